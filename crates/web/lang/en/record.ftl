# The plan's history, and who has looked.

record-title = What has happened
record-lead = Everything written and changed in the plan. Nothing is lost: what was there before can always be read.
record-own-lead = Here you can read everything written and changed in your plan. What was there before is here still.
record-topics = Show only
record-topic-all = Everything
record-topic-goals = Goals and resources
record-topic-steps = Steps
record-topic-conversations = Conversations and messages
record-topic-people = People
record-topic-efforts = Efforts
record-topic-progress = Progress
record-topic-rest = The plan
record-empty = Nothing has happened yet
record-empty-what = When somebody writes or changes something, it will stand here.
record-before = before
record-after = now
record-became = became
record-nothing = empty
record-older = Show older
record-newest = Show the newest
record-you = you
record-you-did = You

record-plan-opened = The plan was opened
record-plan-closed = The plan was closed
record-core-task-changed = The plan's task was changed
record-goal-set = New goal
record-goal-changed = Goal changed
record-goal-reached = Goal reached
record-goal-dropped = Goal put away
record-goal-reopened = Goal taken up again
record-step-set = New step
record-step-changed = Step changed
record-step-done = Step done
record-step-reopened = Step opened again
record-step-dropped = Step dropped
record-commented = Remark
record-joined = Joined the plan
record-left = No longer takes part
record-coordinator-named = New coordinator
record-coordinator-ended = Coordinator stops
record-handover-written = Written to the new coordinator
record-booked = Conversation booked
record-moved = Conversation moved
record-cancelled = Conversation cancelled
record-held = Conversation held
record-missed = Conversation the citizen did not come to
record-asked = Question for the conversation
record-answered = Question answered
record-question-withdrawn = Question taken back
record-effort-set = New effort
record-effort-changed = Effort changed
record-effort-ended = Effort ended
record-strength-set = Written about what the plan rests on
record-strength-changed = Changed in what the plan rests on
record-strength-ended = No longer so
record-rated = Answers about the way to work
record-message-sent = Message sent
record-message-read = Message read
record-undone = Undone
record-person-changed = The citizen's particulars
record-imported = Brought in from a file
record-looked = Looked

record-wishes = Wishes
record-core-task = Task
record-opened = Began
record-closed = Ended
record-reached = What we reached
record-helped = What helped
record-remains = What remains
record-goal = Goal
record-professional = The employee's words
record-aim = Direction
record-part-of = Part of
record-status = Status
record-step = Step
record-holder = Who does it
record-due = Due
record-step-role = Way of working
record-towards = Towards
record-remark = Remark
record-about = About
record-withdrawn = Taken back
record-organisation = From
record-handover = To the new coordinator
record-when = When
record-with = With
record-channel = How
record-place = Place
record-note = What was agreed
record-question = Question
record-effort = Effort
record-kind = Kind
record-provider = At
record-hours = Hours
record-hours-from = from { $date }: { $hours } a week, of which { $paid } paid
record-no-longer = No longer from
record-answer = Answer
record-message = Message

log-title = Who has looked
log-lead = Every time somebody opens the plan, it is written down. The citizen can see the same list.
log-own-lead = Every time somebody opens your plan, it is written down here. If something puzzles you, call your coordinator.
log-empty = Nobody has looked yet
log-empty-what = When an employee opens the plan, the name will stand here.
log-times = { $count ->
    [one] once
   *[other] { $count } times
}
log-at = Last at { $time }
log-own-looks = { $count ->
    [one] You have looked once yourself
   *[other] You have looked { $count } times yourself
}
log-citizen-looks = { $count ->
    [one] The citizen has looked once
   *[other] The citizen has looked { $count } times
}
log-why-coordinator = is the coordinator
log-why-participant = takes part in the plan: { $role }
log-why-next = becomes the coordinator
log-why-former = has been the coordinator
log-why-leader = leads the unit
log-why-search = searched by CPR number and got no access
log-why-log-in-link = is the administrator and made a link to log in

log-page-plan = The plan
log-page-goals = Goals
log-page-steps = Steps
log-page-progress = The way to work
log-page-efforts = Efforts
log-page-strengths = What the plan rests on
log-page-people = People in the plan
log-page-messages = Messages
log-page-remarks = Remarks
log-page-conversation = A conversation
log-page-book = Booking a conversation
log-page-handover = The page for the new coordinator
log-page-log = Who has looked
log-page-history = What has happened
log-page-print = The plan for printing
log-page-close = Closing the plan
log-page-transfer = Change of coordinator
log-page-open-plan = Opening the plan
log-page-caseload = A list of citizens
log-page-search = Search
log-page-log-in-link = A link to log in as the citizen
log-page-other = A page of the plan
