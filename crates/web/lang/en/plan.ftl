# The plan as the employee works with it.

plan-back = The plan of { $name }
plan-to-plan = To the plan
plan-age = { $age } years old
plan-opened = The plan began on { $day }
plan-closed-on = The plan was closed on { $day }
plan-balance-reached = What we reached
plan-balance-helped = What helped
plan-balance-remains = What remains
plan-coordinator-since = Coordinator since { $day }
plan-next-coordinator = { $name } becomes coordinator on { $day }.
plan-reads-former = You were the coordinator before. You can read the plan a little longer, but not change it.
plan-reads-next = You become the coordinator on { $day }. Until then you can read the plan, but not change it.
plan-status = Where it stands
plan-overdue = Overdue
plan-voice = Who wrote the citizen's words?

plan-drift-title = The plan lacks its way to work
plan-drift-add-goal = Write a goal of work or education
plan-drift-add-company = Agree on contact with a company

plan-next-step = Next step
plan-next-step-none = There are no open steps. What should happen next?
plan-next-talk = Next conversation
plan-next-talk-none = No conversation is booked.
plan-talk-start = Start the conversation
plan-talk-book = Book a conversation
plan-talk-move = Move the conversation
plan-talk-now = Start a conversation now
plan-talk-missing = The conversation of { $when } has not been written up.
plan-talk-write = Write what came out of it
plan-questions = { $count ->
    [one] One question is waiting
   *[other] { $count } questions are waiting
}

plan-goals = Goals
plan-goals-none = There are no goals yet
plan-goals-none-text = Ask what the citizen wants. Write it the way it is said.
plan-goals-ended = { $count ->
    [one] One goal reached or put aside
   *[other] { $count } goals reached or put aside
}
plan-goal-title = Goal
plan-goal-new = New goal
plan-subgoal-new = New sub-goal
plan-goal-save = Save the goal
plan-goal-edit = Change the goal
plan-goal-words = The goal in the words of { $name }
plan-goal-words-hint = Write it the way it is said. Begin with “I want” if you can.
plan-goal-words-missing = Write the goal in the citizen's own words.
plan-goal-aim = What is the goal about?
plan-goal-professional = The employee's words
plan-goal-professional-hint = The professional words stand apart. The citizen can read them.
plan-goal-parent = Is it a sub-goal?
plan-goal-parent-hint = Choose the goal it belongs under.
plan-goal-reached = The goal is reached
plan-goal-drop = Put the goal aside
plan-goal-reopen = Take the goal up again
plan-goal-end = How did it go with the goal?
plan-goal-outcome = Where does the goal stand now?
plan-goal-reason = What happened?
plan-goal-reason-hint = It stands in the plan's history. The citizen can read it.
plan-goal-open-steps = { $count ->
    [one] One step under the goal is still open. It stays in the plan.
   *[other] { $count } steps under the goal are still open. They stay in the plan.
}

plan-steps-loose = Steps outside the goals
plan-steps-loose-none = None at present.
plan-steps-ended = { $count ->
    [one] One step done or dropped
   *[other] { $count } steps done or dropped
}
plan-step-page = Step
plan-step-new = New step
plan-step-save = Save the step
plan-step-edit = Change the step
plan-step-title = What is to be done?
plan-step-title-hint = A small step that can be finished. For example “Call the nursery”.
plan-step-title-missing = Write what is to be done.
plan-step-holder = Who does it?
plan-step-holder-hint = One person is responsible for a step.
plan-step-held-by = Done by
plan-step-due = No later than
plan-step-by = by { $day }
plan-step-goal = Which goal does the step lead to?
plan-step-role = What does the step ask of you?
plan-step-role-hint = To find resources, build together or translate.
plan-step-tick = It is done
plan-step-untick = Open the step again
plan-step-done-on = Done on { $day }
plan-step-dropped-on = Dropped on { $day }
plan-step-drop = Drop the step
plan-step-drop-reason = Why should it not be done after all?
plan-holder-me = You
plan-holder-colleague = Another colleague
plan-holder-other = Somebody outside the municipality
plan-holder-kind = Who is it?
plan-holder-missing = Choose who does it.
plan-holder-colleague-missing = Choose a colleague from the list.
plan-holder-name-missing = Write a name.

plan-comments = Remarks
plan-comments-none = No remarks yet.
plan-comment-count = { $count ->
    [one] 1 remark
   *[other] { $count } remarks
}
plan-comment-new = New remark
plan-comment-text = Write a remark
plan-comment-save = Save the remark

plan-conflict-title = Somebody changed it meanwhile
plan-conflict-text = This is how it stands in the plan now. What you wrote is in the fields below and has not been saved. If you save, your words hold. The earlier ones can still be read in the history.
plan-conflict-theirs = Keep what stands now

plan-strengths = What the plan rests on
plan-strengths-title = What the plan rests on
plan-strengths-lead = What can the citizen do, what is hoped for, who is there, and what drives? The next step grows from it.
plan-strengths-none = Nothing written yet. Ask what the citizen is good at and hopes for.
plan-strengths-edit = Add or change
plan-strength-title = What the plan rests on
plan-strength-kind = What is it?
plan-strength-text = In the words of { $name }
plan-strength-end = No longer so

plan-people = Around the plan
plan-people-count = { $people }, { $units }
plan-count-people = { $count ->
    [one] 1 person
   *[other] { $count } people
}
plan-count-units = { $count ->
    [one] 1 unit
   *[other] { $count } units
}
plan-person-coordinator = Coordinator · { $title }, { $unit }
plan-person-role = { $role } · { $from }
plan-person-new = Add a person
plan-person-lead = Who should be around the plan of { $name }? Fewer is better: each person is one more to deal with.
plan-person-kind = Who is it?
plan-person-organisation = Where does the person come from?
plan-person-role-field = Role in the plan
plan-person-role-hint = For example mentor. A colleague gets their title when the field is empty.
plan-person-role-missing = Write what the person does here.
plan-person-from = With us from
plan-person-save = Add to the plan
plan-person-end = Does { $name } no longer take part?
plan-person-end-short = End
plan-person-until = Last day
plan-person-holds = { $count ->
    [one] The person holds an open step. Give it to somebody else.
   *[other] The person holds { $count } open steps. Give them to others.
}
plan-transfer = Change coordinator

plan-efforts = Happening at the same time
plan-efforts-none = There are no efforts yet. They can begin side by side; none needs to wait for another.
plan-efforts-chart = Efforts
plan-efforts-reading = { $running } under way, { $planned } planned.
plan-efforts-older = { $count ->
    [one] One older effort is in the history
   *[other] { $count } older efforts are in the history
}
plan-effort-new = New effort
plan-effort-title = Change the effort
plan-effort-lead = Efforts can run side by side. A company first, if possible.
plan-effort-save = Save the effort
plan-effort-kind = What kind of effort?
plan-effort-title-field = What is it, in everyday words?
plan-effort-title-hint = For example “Placement at Solhøj Nursery”.
plan-effort-title-missing = Write what it is.
plan-effort-company = Company
plan-effort-company-hint = Choose it if it takes place at a company. It counts as company contact.
plan-effort-unit = Which unit gives it?
plan-effort-provider = Who gives it?
plan-effort-provider-hint = When left empty, the company's name is used.
plan-effort-first = First day
plan-effort-last = Last day
plan-effort-from = from { $day }
plan-effort-from-until = { $from } to { $until }
plan-effort-hours = New hours
plan-effort-hours-from = From which day?
plan-effort-hours-field = Hours a week
plan-effort-hours-first = Hours a week from the first day
plan-effort-hours-missing = Write the hours a week.
plan-effort-hours-over-time = Hours over time
plan-effort-hours-none = No hours have been agreed yet.
plan-effort-paid = Of which paid
plan-effort-paid-hint = Hours the company pays for.
plan-effort-paid-too-many = There cannot be more paid hours than hours.
plan-effort-hours-week = { $hours } a week
plan-effort-hours-paid = { $hours } a week, { $paid } paid
plan-effort-end = End the effort

plan-progress = Six things to have in place
plan-progress-title = Six things to have in place
plan-progress-lead = The citizen and the employee each give their answer. Where the answers are far apart, there is something to talk about.
plan-progress-answer = Answer now
plan-progress-who = Who answers?
plan-progress-alone = I answer by myself
plan-progress-together = I answer together with { $name }
plan-progress-hint = 1 is far off, 5 is fully in place. Skip what you have not talked about.
plan-progress-last = Last { $value }, { $day }
plan-progress-note = Write a few words
plan-progress-note-of = Words from { $name }
plan-progress-note-own = Your words
plan-progress-note-alone = Choose a number for what you wrote.
plan-progress-nothing = Answer at least one thing.
plan-progress-save = Save the answers
plan-progress-over-time = Over time
plan-progress-none = Nobody has answered yet
plan-progress-none-text = When you have answered for the first time, you can follow it here.
plan-progress-caption = The latest answers, side by side
plan-progress-open = Answer, and see it over time
plan-progress-read = See it over time
plan-progress-talk-about = Talk about it
plan-progress-same = Both answer { $value }.
plan-progress-citizen-higher = The citizen answers { $gap } higher than the employee. What does the citizen see?
plan-progress-employee-higher = The employee answers { $gap } higher than the citizen. What does the employee see?
plan-progress-citizen-missing = The citizen has not answered yet.
plan-progress-employee-missing = The employee has not answered yet.

plan-talks = Latest conversations
plan-talks-none = There have been no conversations yet.
plan-talk-no-note = Nothing was written.

plan-messages = Messages
plan-messages-none = No messages yet.
plan-message-new = Write a message
plan-message-lead = The message appears on the front page of { $name }.
plan-message-text = Message
plan-message-hint = Keep it short and friendly. Do not write a CPR number.
plan-message-read = read
plan-message-unread = not read yet
plan-message-answers = In answer to: { $text }
plan-message-answer = Answer
plan-message-mark-read = I have read it
plan-unread = { $count ->
    [one] { $name } has written a message.
   *[other] { $name } has written { $count } messages that nobody has read.
}
plan-unread-see = Read it

plan-core-task = Core task
plan-core-task-title = What should the plan lead to?
plan-core-task-lead = The three are worth the same. The choice decides what the plan reminds you of.
plan-core-task-reason = Why is it changed?
plan-core-task-reason-hint = The citizen can read it in the history.

plan-more = More about the plan
plan-history = History
plan-log = Who has seen the plan
plan-print = For printing
plan-close = Close the plan
plan-print-title = Plan for { $name }
plan-print-date = Printed on { $day }
plan-print-coordinator = Coordinator
