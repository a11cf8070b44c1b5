# The work lists: my day, my citizens, search, the team and companies.

list-day-title = My day
list-today = Conversations today
list-tomorrow = Tomorrow
list-start = Start
list-prepare = Prepare
list-write-outcome = Write
list-questions = { $count ->
    [one] 1 question
   *[other] { $count } questions
}
list-no-talks-today = You have no conversations today.
list-unwritten = Not written yet
list-unwritten-why = These conversations have been held, but what you agreed on is not written. Write it while you remember.
list-my-steps = What I have promised
list-no-steps = You have no open steps. All you have promised is done.
list-tick = Mark as done: { $title }
list-more-steps = There are more. We show the most urgent.
list-see-all = { $count ->
    [one] See the citizen in the list
   *[other] See all { $count }
}
list-see-citizens = { $count ->
    [one] See your citizen
   *[other] See your { $count } citizens
}
list-change-on = Changes on { $date }
list-with-you-since = With you since { $date }
list-all-well = Well on the way
list-all-well-what = No plan lacks a goal of work or contact with a company, and no changes are coming.
list-none-yet = No citizens yet
list-none-yet-what = The citizens you coordinate will stand here. Use the search field above to find a citizen, a colleague or a company.

list-citizens-title = My citizens
list-citizens-file = my-citizens
list-scopes = Whose citizens
list-scope-mine = I coordinate
list-scope-part = I take part
list-scope-unit = My unit
list-lists = Ready lists
list-name-begins = Name
list-no-numbers = Write a name without numbers. Search for a CPR number in the field at the top of the page.
list-every = All
list-unit = Unit
list-filters = My saved filters
list-filter-name = Save what you see now as a filter
list-filter-hint = Give it a name, such as “Call this week”
list-filter-save = Save filter
list-filter-name-missing = Give the filter a name
list-filter-name-long = The name may hold at most { $max } characters
list-filter-too-many = You can have { $max } filters. Remove one before you save another.
list-shown = { $count ->
    [0] No citizens
    [one] 1 citizen
   *[other] { $count } citizens
}
list-none-match = No citizens match
list-none-match-what = Try fewer letters, or see the whole list.
list-age = Age
list-core-task = Task
list-task-work = Job
list-task-life = Daily life
list-task-youth = Youth
list-next-step = Next step
list-due = Due
list-next-talk = Next conversation
list-last-talk = Last conversation
list-company-contact = Company
list-coordinator = Coordinator
list-marks = Note
list-ongoing = ongoing
list-mark-no-goal = No job goal
list-mark-no-company = No company contact
list-mark-unwritten = Not written
list-mark-overdue = Overdue
list-mark-new = New
list-mark-change = Changes { $date }
