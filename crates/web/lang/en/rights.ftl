# The citizen's rights: everything about you.

rights-everything-title = Everything about you
rights-everything-more = Read and download all we have written down about you
rights-everything-link = See all we have written down about you
rights-everything-lead = This is all this system knows about you. You have a right to see it, have it on paper and take it with you.
rights-everything-made = Fetched { $when }. The page also shows your CPR number. Mind who is looking.
rights-paper-title = Everything about { $name }
rights-paper-link = Print everything for the citizen
rights-paper-lead = This page is for the citizen, who has asked for it on paper. Print it and give it to the citizen in person. The citizen can see that you have fetched it.
rights-paper-about = This is what we have written down about you. Your CPR number and what you are still writing are left out. If something is wrong, tell us. We will answer you.
rights-paper-made = Printed { $when } by { $name }, { $unit }.
rights-paper-closed = The unit gives it to you itself.
rights-everything-file = Download as a file
rights-everything-file-about = The file holds the same and can be read by other systems. Paper is easiest for people.
rights-parts = Go to
rights-person = About you
rights-cpr = CPR number
rights-born = Born
rights-unit = Unit responsible
rights-occupation = Job you wish for

rights-plan-open = Your plan from { $opened }
rights-plan-closed = Plan from { $opened } to { $closed }
rights-plan-itself = The plan
rights-since = Written down
rights-ended = Ended
rights-length = Lasts
rights-minutes = { $count ->
    [one] 1 minute
   *[other] { $count } minutes
}
rights-time-chosen = Who chose the time
rights-you-chose = You
rights-asked = Asked
rights-answered = Answered
rights-read = Read
rights-remarks = Remarks
rights-efforts = Efforts and placements
rights-ratings = Answers about the way to a job
rights-coordinators = Your coordinators
rights-people = People in the plan
rights-person-kind = Knows you as
rights-handovers = Written to a new coordinator

rights-registers = Benefits and hours
rights-registers-about = This comes from other systems in the municipality.
rights-benefits = Benefits
rights-classes = Target group and readiness
rights-paid-hours = Paid hours
rights-hours = Hours
rights-weeks = Weeks with a benefit
rights-weeks-told = Week { $first } to { $last }
rights-weeks-runs = From week, to week and code
rights-responsible = Was responsible before the plan
rights-when = When
rights-period = { $from } to { $until }
rights-period-open = From { $from }

rights-around = Log-in, drafts and files
rights-around-about = This is what the system remembers in order to work.
rights-drafts = Written, but not sent
rights-typed = You wrote
rights-kept = Kept
rights-log-ins = Where you have logged in
rights-browser = Browser
rights-seen = Last used
rights-provider = Logged in with
rights-links = Link to log in with
rights-link-until = Link that works until { $until }
rights-used = Used
rights-imports = Brought in from files
rights-import-by = Brought in by
rights-import-line = { $file }, line { $line }

rights-corrections-title = Is something wrong?
rights-corrections-more = Write what is wrong, or what you do not want
rights-corrections-link = Is something wrong? Write to us
rights-corrections-lead = { $months ->
    [one] Write it here. You get an answer within a month.
   *[other] Write it here. You get an answer within { $months } months.
}
rights-write = Write to us
rights-write-know = Your coordinator and the leader read it. Others who may read your whole plan can see it too. Your words stay, also when we do not agree.
rights-wish = What do you want?
rights-wish-correct = Something is wrong or missing
rights-wish-object = There is something you must not do with my data
rights-about = What is it about?
rights-about-person = Name, address and telephone
rights-about-goals = Goals and steps
rights-about-words = Notes, messages and remarks
rights-about-efforts = Efforts and placements
rights-about-progress = Answers about the way to a job
rights-about-people = People in the plan, and who looks
rights-about-registers = Benefits, hours and target group
rights-about-other = Something else
rights-about-heading = { $about }: { $wish }
rights-words = What is the matter?
rights-words-hint = Write what it says, and what it should say. Do not write a CPR number.
rights-said-on = Written { $when }
rights-waits-until = You get an answer by { $day }
rights-waits-late = You should have had an answer by { $day }
rights-late-what = That is our mistake. You can call
rights-answered-by = Answered { $when } by { $who }
rights-complain = Your words stay in the plan's history. If you do not agree with the answer, you can complain to the Danish Data Protection Agency at
rights-outcome = What came of it?
rights-outcome-done = We have done it
rights-outcome-partly = We have done some of it
rights-outcome-refused = We have not done it

rights-answers-title = Citizens who say no
rights-answers-lead = A citizen thinks that something is wrong, or does not want something to happen. Answer in plain words, and first correct what must be corrected.
rights-answers-wait = Waiting for an answer
rights-answers-none = Nobody waits for an answer from you.
rights-answers-done = Answered in the last three months
rights-answers-day = { $count ->
    [one] A citizen says that something is wrong
   *[other] { $count } citizens say that something is wrong
}
rights-answers-day-late = The time for an answer has passed.
rights-answer-title = Answer to { $name }
rights-answer-open = Read and answer
rights-answer-read = Read the answer
rights-answer-by = Answer by { $day }
rights-answer-plan = Open the plan
rights-answer-know = First correct what you agree with, on the plan's own pages. Then answer here. The citizen reads your answer and can complain to the Danish Data Protection Agency. The citizen's words stay.
rights-answer-words = Your answer
rights-answer-hint = Write what you have done. If you said no to something, write why.
rights-answer-send = Send the answer
rights-late = The time has passed
rights-answer-at-the-latest = Answer by the latest

rights-retention-title = Time limits for deletion
rights-retention-lead = When nothing has happened in a case for long, it must be deleted. Here is whose time is over, and who must not be deleted.
rights-retention-due = To be deleted now
rights-retention-due-what = They are deleted the next time operations run deletion. First, everything is put into a sealed archive.
rights-retention-none-due = Nobody is to be deleted now.
rights-retention-soon = To be deleted within a year
rights-retention-none-soon = Nobody is to be deleted in the next year.
rights-retention-part = Here are { $shown } of { $whole }. The oldest time limits come first.
rights-retention-all = Show all
rights-retention-held = Must not be deleted
rights-retention-none-held = Nobody is held back.
rights-last = Something last happened
rights-kept-until = Kept until and with
rights-hold = Must not be deleted
rights-hold-open = Hold back
rights-hold-change = See or lift
rights-hold-title = May { $name } be deleted?
rights-hold-lead = As long as { $name } is held back, nothing is deleted, not even when its time is over. The citizen can see the reason.
rights-hold-reason = Why must it not be deleted?
rights-hold-reason-hint = For instance a complaint, a court case or an audit. Do not write a CPR number.
rights-hold-until = Until and with
rights-hold-until-hint = Leave it empty if it holds until a leader lifts it.
rights-hold-place = Hold back
rights-hold-lift = Lift
rights-hold-lift-what = When you lift it, the ordinary time counts again.
rights-hold-by = Decided { $when } by { $who }
rights-hold-until-lifted = Holds until a leader lifts it
rights-hold-until-day = Holds until and with { $day }
rights-hold-lifted = Lifted { $when } by { $who }

rights-research-title = Data given to research
rights-research-lead = Who has had data without names for research, what they are to use it for, and when it must be deleted.
rights-research-empty = Nobody has had data for research
rights-research-empty-what = When operations make an export with the command tovholder research, it stands here. The citizens in it can see it under Who has looked.
rights-research-kept = With the recipient
rights-research-none-kept = All of it is deleted again.
rights-research-gone = Deleted by the recipient
rights-research-open = Read more, or note that it is deleted
rights-research-see = Read more
rights-research-persons = { $count ->
    [one] 1 citizen
   *[other] { $count } citizens
}
rights-research-made = Made { $when }; { $who } answers for it
rights-research-deadline = To be deleted by { $day }
rights-research-deleted = Deleted { $day }. Noted { $when } by { $who }
rights-research-reference = Case number
rights-research-purpose = Purpose
rights-research-law = Legal basis
rights-research-permission = Permission from Datatilsynet
rights-research-no-permission = Not needed, the municipality has found
rights-research-period = The time it is about
rights-research-care = Blurred
rights-research-alike-month = At least { $count } are alike in age, area and unit. Days stand as months.
rights-research-alike-quarter = At least { $count } are alike in age, area and unit. Days stand as quarters.
rights-research-alike-year = At least { $count } are alike in age, area and unit. Days stand as years.
rights-research-out = Not in it
rights-research-out-of = { $left } with a protected name or because they said no. { $withheld } because too few were like them.
rights-research-who = When and who
rights-research-sum = Checksum (SHA-256)
rights-research-note = Has the recipient deleted it?
rights-research-note-what = Note it here when the recipient has confirmed it. It cannot be changed afterwards.
rights-research-day = Deleted on
rights-research-how = How do we know?
rights-research-how-hint = For instance: a letter from the head of the project, and where it is kept. No CPR number.
rights-research-save = Save that it is deleted
