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
list-unread = New messages from citizens
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
list-none-part-what = Here are the citizens whose plan you take part in without being the coordinator.
list-none-unit-what = Here are the citizens the unit has an open plan for.

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
list-protected = Protected address
list-marks = Note
list-ongoing = ongoing
list-mark-no-goal = No job goal
list-mark-no-company = No company contact
list-mark-unwritten = Not written
list-mark-overdue = Overdue
list-mark-unread = { $count ->
    [one] 1 new message
   *[other] { $count } new messages
}
list-mark-new = New
list-mark-change = Changes { $date }

list-search-title = Search
list-search-hint = Write a name or the beginning of it. A whole CPR number leads straight to the plan.
list-years = { $years } years
list-no-plan = no plan yet
list-plan-closed = the plan is closed
list-coordinated-by = coordinator: { $name }
list-title-at = { $title }, { $unit }
list-found-citizens = Citizens
list-found-colleagues = Colleagues
list-found-nothing = We found nobody
list-found-nothing-what = Try fewer letters. You only find citizens you have a reason to see. With a whole CPR number you can see whom to talk to.
list-found-no-number = No citizen has that number. Check that all ten digits are right.
list-no-access = You do not have access to the citizen's plan
list-no-access-what = Call the one who is responsible. Together you can find out whether you should take part in the plan.
list-no-access-logged = The citizen can see that you have searched.
list-turn-to = Is responsible

list-units-caption = Plans in the units today
list-units-all = In all
list-units-about = The numbers are open plans today. A plan can stand in several lists. Press a number to see the citizens.
list-open-plans = Open plans
list-of-them-yours = { $count ->
    [0] none of them yours
   *[other] { $count } yours
}
list-busy-none = No conversations today
list-busy-over = { $count ->
    [one] 1 conversation today, over now
   *[other] { $count } conversations today, over now
}
list-busy-next = { $count ->
    [one] 1 conversation today, at { $time }
   *[other] { $count } conversations today, next at { $time }
}
list-plans = { $count ->
    [0] no plans
    [one] coordinates 1
   *[other] coordinates { $count }
}
list-me = (you)
list-team-empty = Nobody in the team yet
list-team-empty-what = The team gets its members in the setup.
list-drift-title = When does a plan lack something?
list-drift-what = It is not a fault but a reminder: set a goal together with the citizen, or find a company that fits the wishes.

list-companies-file = companies
list-placements-file = placements
list-industry = Industry
list-town = Town
list-contact = Contact
list-cvr = CVR number
list-employees = Employees
list-active = Placements now
list-only-active = Only those with placements now
list-no-company-matches = No companies match
list-no-companies = No companies yet
list-no-companies-what = Companies come in with a file in the setup.
list-placement = Placement
list-kind = Kind
list-period = When
list-hours = Hours a week
list-paid = Of these paid
list-a-citizen = a citizen
list-placements-now = Placements now
list-placements-coming = Placements agreed
list-placements-before = Earlier placements
list-placements-none = There are no placements at the moment.
list-names-why = You see the names of citizens whose plan you take part in. The others stand as “a citizen”.
list-open-plan = Open a plan
