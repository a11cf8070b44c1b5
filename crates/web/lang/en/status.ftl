# The status sheet: a team's own goals, and what it says of them once a month.

status-title = Status sheet
status-title-of = Status sheet of { $name }
status-back = { $team }
status-back-all = All teams
status-see-all = See the status sheets of all teams
status-lead = The team’s own goals, and how they go month by month.
status-leader = The team leader is { $name }.
status-whole = The whole municipality

status-short = Short goals
status-short-none = The team has no short goals now.
status-long = Long goals
status-long-none = The team has no long goals now.
status-none = No goals now.
status-ended = Goals that have ended
status-reach-by = To be reached by { $date }
status-passed = The date has passed
status-by = by { $date }
status-unsaid = The team has not written about the goal yet.
status-goal-silent = { $month } is missing.
status-written = Written by { $who } { $when }

status-empty = The team has no goals yet
status-empty-set = Take a quarter of an hour at the next team meeting. Agree on one goal that you can reach within three months, and write it here in your own words.
status-empty-team = Bring it up at the next team meeting: what would you like to reach? { $leader } writes the goal here when you agree. After that you write yourselves how it goes.
status-empty-head = The team has no leader in the system. The head of department can write the goals together with you.
status-empty-other = When the team has set a goal with its leader, you can read it here.
status-set-first = Set the first goal

status-silent-heading = { $month } is missing
status-silent = { $count ->
    [one] One goal waits for you to write how it goes. Anyone in the team can do it.
   *[other] { $count } goals wait for you to write how they go. Anyone in the team can do it.
}
status-update = Write the status of { $month }
status-update-more = Change the status of { $month }
status-set = Set a goal
status-change = Change the goal
status-end = End the goal
status-print = Show for print
status-history = See the history

status-action = Next action
status-holder = Who does it?
status-due = When is it done?
status-was-done = Was it done?
status-aim-own = The team’s own target is { $value }.
status-aim-strategy = The strategy’s target is { $value }.
status-figure-line = { $value } { $name } ({ $about })

status-update-title = { $name }: status of { $month }
status-update-lead = Write a sentence on each goal, and agree on what you do now. The figures come by themselves. If you leave a goal out, you can write about it later in the month.
status-no-citizens = Name no citizens, not even by first name. Every employee can read the sheet.
status-first-time = This is the first time you write about the goal.
status-judgement = How does it go, in your own judgement?
status-says = What matters most?
status-says-hint = One sentence about the work, not about a citizen
status-action-hint = The next thing you do to come closer to the goal
status-save = Save the status
status-nothing = Write about at least one of the goals.
status-theirs = { $name } wrote this while you were writing. If you save, your text is the one that holds. The other stays in the history.

status-goal-new = { $name }: new goal
status-goal-change = { $name }: change the goal
status-goal-lead = Set the goal together with the team. At most three short and three long goals can be open at once, so that there is room to reach them.
status-words = The goal in your own words
status-words-hint = One sentence that everyone in the team can remember. Name no citizens.
status-words-missing = Write what you want to reach
status-term = A short or a long goal?
status-goal-due = When do you want to have reached it?
status-goal-due-hint = A short goal is reached within three months from when you set it. A long goal is reached within three years.
status-figure = A figure that follows the goal
status-figure-hint = Choose a figure only if it shows whether you are on the right way. Many good goals have none.
status-measure = Figure
status-whose = Whose figure?
status-target = The team’s own target for the figure
status-target-hint = Write it as it stands under Figures, for example 30 for 30%. Without a number here, the strategy’s target is used.
status-target-alone = Choose the figure that the target is for, too
status-goal-save = Save the goal

status-end-title = End the goal
status-outcome = How did it end?
status-why = What did you learn?
status-why-hint = One sentence: what got you there, or why do you stop? Other teams can use it.
status-end-save = End the goal

status-history-of = { $name }: month by month
status-history-lead = Nothing is deleted. When a text is changed, the old one still stands here. The figures are computed with what we know today.
status-history-none = There is no history yet
status-history-none-what = When the team has set its first goal, it stands here.
status-before = { $count ->
    [one] Changed once
   *[other] Changed { $count } times
}
status-was-set = New goal
status-was-changed = The goal was changed
status-goal-by = { $words } (by { $date })

status-all-title = The status sheets of all teams
status-all-lead = Here everyone can read what the other teams work on, and learn from it. The sheet is there to help the team itself. Nobody is compared.
status-answer = { $many } of { $teams } teams with goals have written in { $month }.
status-no-teams = There are no teams yet
status-no-teams-what = The system administrator can bring them in from a file under Set-up.
status-not-begun = Not begun
status-waits = Waits for { $month }
status-is-written = Written in { $month }
status-new-goals = New goals
status-mine = (your team)

status-day = { $name } has not written the status of { $month } yet.
status-day-open = Open the sheet
status-withheld = The number is not shown: there are too few behind it.
