# The citizen's rights: everything about you.

rights-everything-title = Everything about you
rights-everything-more = Read and download all we have written down about you
rights-everything-link = See all we have written down about you
rights-everything-lead = This is all this system knows about you. You have a right to see it, have it on paper and take it with you.
rights-everything-made = Fetched { $when }. The page also shows your CPR number. Mind who is looking.
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
