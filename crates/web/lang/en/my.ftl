# The citizen's own pages. Headings say "my", the rest says "you". Short words and short sentences.

my-greeting = Hello { $name }
my-greeting-no-name = Hello
my-plan-is-closed = The plan is closed. You can still read it.

my-channel-meeting = Meeting
my-channel-phone = Telephone
my-channel-video = Video call
my-channel-home = At your home
my-channel-company = At a company

# The first page
my-next-step = Your next step
my-no-own-step = You have no steps right now. The next thing that happens:
my-no-step = You have no steps right now. Would you like to think of one yourself?
my-more-steps = { $count ->
    [one] You have 1 more step
   *[other] You have { $count } more steps
}
my-next-talk = Your next conversation
my-no-talk = No conversation is agreed. You can choose a time that suits you.
my-unread = { $count ->
    [one] You have 1 new message
   *[other] You have { $count } new messages
}
my-coordinator = My coordinator
my-coordinator-why = The coordinator holds the threads of your plan together. That is always who you can call.
my-news-title = New in the plan
my-news-all = See everything that has happened
my-news-goal-set = New goal: { $text }
my-news-goal-changed = Goal changed: { $text }
my-news-goal-reached = Goal reached: { $text }
my-news-step-set = New step: { $text }
my-news-step-changed = Step changed: { $text }
my-news-step-done = Done: { $text }
my-news-remark = There is a new comment
my-news-talk-booked = Conversation agreed for { $when }
my-news-talk-moved = The conversation is moved to { $when }
my-news-talk-cancelled = The conversation on { $when } is cancelled
my-news-talk-held = Read what you talked about on { $when }
my-news-note-corrected = The note from your conversation on { $when } was corrected
my-news-effort-set = New activity: { $text }
my-news-joined = { $name } has joined your team

# No plan, and a plan that has ended
my-no-plan-title = You have no plan yet
my-no-plan-text = A plan is made when you and an adviser talk together. Call us, and we will find a time.
my-no-plan-call = Call { $phone }
my-no-plan-wishes = You can already write what work you wish for
my-closed-lead = Your plan ended on { $day }
my-closed-reached = What you reached
my-closed-goals = Goals you reached
my-closed-steps = { $count ->
    [one] 1 step was done on the way.
   *[other] { $count } steps were done on the way.
}
my-closed-helped = What helped
my-closed-remains = What is still there
my-closed-read = The plan can no longer be changed, but you can always read it.
my-closed-call = If you need us again, call

# Steps
my-steps-title = My steps
my-steps-mine = What you do
my-steps-others = What others do for you
my-steps-none = You have no steps right now
my-steps-none-text = New steps come when you talk together. You can also think of one yourself.
my-steps-done = Done ({ $count })
my-step-title = Step
my-step-tick = I have done it
my-step-tick-this = I have done it: { $title }
my-step-untick = Open the step again
my-step-due = By { $day } ({ $far })
my-step-by = by { $day }
my-step-was-due = Should have been done by { $day }
my-step-done-on = Done { $day }
my-step-dropped-on = Dropped { $day }
my-step-held-by = { $name } does it
my-step-who = Who
my-step-me = You
my-step-goal = Leads to the goal
my-step-since = Agreed
my-step-edit-link = Change
my-step-edit-title = Change the step
my-step-edit-lead = It is your step. Change it so that it suits you.
my-step-drop-link = Drop the step
my-step-drop-title = Drop the step?
my-step-drop-lead = Plans may change. If you think better of it, you can take the step back straight away.
my-step-drop-label = Would you like to say why?
my-step-drop-hint = You do not have to write anything. If you do, your team can read it.
my-step-drop-submit = Yes, drop the step
my-step-drop-changed = The step was changed in the meantime. See it below before you drop it.
my-step-new-link = Write a step yourself
my-step-new-title = A new step
my-step-new-lead = A good step is small enough to do in a day.
my-step-new-label = What will you do?
my-step-new-hint = For example: Call the local nursery garden
my-step-new-due = When will you have done it?
my-step-new-goal = Which goal does it lead to?
my-back-to-steps = My steps
my-back-to-step = Back to the step
my-back-to-goal = Back to the goal

# Comments
my-remarks = Comments
my-remarks-none = Nobody has written anything here yet.
my-remarks-count = { $count ->
    [one] 1 comment
   *[other] { $count } comments
}
my-remark-title = Write a comment
my-remark-lead = Everyone on your team can read it.
my-remark-label = Your comment
my-remark-submit = Save the comment

# Goals
my-goals-title = My goals
my-goals-lead = These are your goals, in your own words.
my-goals-all = See all my goals
my-goals-ended = Earlier goals
my-no-goals-title = You have no goals yet
my-no-goals = Write what you would like. It may be big, and it may be small.
my-goal-title = Goal
my-goal-since = Written { $day }
my-goal-under = Belongs to
my-goal-below = Sub-goals
my-goal-below-new = Write a sub-goal
my-goal-steps = Steps on the way
my-goal-steps-none = There are no steps for this goal yet.
my-goal-new-link = Write a goal
my-goal-new-title = A new goal
my-goal-edit-link = Change it in my own words
my-goal-edit-title = Change the goal
my-goal-words = What would you like?
my-goal-words-hint = Write it as you would say it.
my-goal-aim = What is it mostly about?
my-goal-parent = Is it part of a bigger goal?
my-goal-parent-hint = Then it becomes a sub-goal.
my-adviser-writes = Your adviser writes

# Team
my-team-count = { $count ->
    [0] There is nobody on your team right now.
    [one] 1 person helps you.
   *[other] { $count } people help you.
}
my-team-all = See my whole team
my-team-others = Others who take part
my-team-former = Earlier coordinators
my-team-handover = Read what { $name } was told about you
my-change-heading = You are getting a new coordinator
my-change-text = { $name } takes over on { $day }. Until then, everything stays as it is.
my-change-link = Read and write what your new coordinator should know
my-handover-title = What { $name } should know
my-handover-lead = { $name } becomes your coordinator on { $day }. The text below goes along. You may change it and add to it.
my-handover-label = What my new coordinator should know
my-handover-hint = Write what helps you, and what you are tired of telling.
my-back-to-team = My team

# Conversations
my-talks-title = My conversations
my-talks-coming = Agreed conversations
my-talks-past = Earlier conversations
my-talks-none = You have no conversation agreed
my-talk-title = Conversation
my-talk-booked = Agreed
my-talk-not-written = Notes to come
my-talk-held = Held
my-talk-cancelled = Cancelled
my-talk-missed = Did not take place
my-talk-when = { $far }, { $hours }
my-talk-with = With { $name }
my-talk-line = { $day } at { $hours } with { $with }
my-talk-short = { $channel } at { $hours } with { $with }
my-talk-time = Time
my-talk-who = With
my-talk-where = How
my-talk-note = What you talked about
my-talk-answered = Your questions that were taken up
my-back-to-talks = My conversations
my-back-to-talk = Back to the conversation
my-calendar-link = Add to my calendar
my-calendar-title = Meeting
my-calendar-file = meeting

my-book-link = Book a conversation
my-book-title = Book a conversation
my-book-when = When does it suit you?
my-book-later = Show more days
my-book-with = with { $name }
my-book-choose-time = Choose a time.
my-book-how = How would you like to meet?
my-book-how-hint = If you choose telephone, we call you on { $phone }.
my-book-submit = Book the time
my-book-none = There are no free times right now
my-book-none-text = Call us, and we will find a time together:
my-move-link = Move
my-move-title = Move the conversation
my-move-lead = Choose a new time. Until you do, the old one holds:
my-cancel-link = Cancel it
my-cancel-title = Cancel the conversation
my-cancel-lead = Do you want to cancel this conversation? You can always book a new one.
my-cancel-label = Why do you cancel?
my-cancel-hint = You do not have to write anything.
my-cancel-submit = Yes, cancel the conversation
my-cancel-moved = The conversation was changed in the meantime. See the new time below before you cancel.

# Questions
my-questions = What I want to ask
my-questions-none = You have not written any questions.
my-questions-waiting = { $count ->
    [one] You bring 1 question
   *[other] You bring { $count } questions
}
my-question-add = Write a question
my-question-title = My question
my-question-lead = It is taken up on { $day }, when you talk with { $name }.
my-question-lead-none = It is taken up the next time you talk together.
my-question-label = What would you like to ask?
my-question-hint = There are no stupid questions.
my-question-submit = Save the question
my-question-asked = Written { $when }
my-question-withdraw = Delete the question

# What I can do myself
my-myself-title = What I can do myself
my-myself-lead = Write what the plan should build on: what you can, what you hope for, and who you have.
my-back-to-myself = What I can do myself
my-resource-hint = What are you good at? What have you tried before?
my-hope-hint = What do you hope has happened in a year?
my-network-hint = Who can you call when it is hard?
my-motivation-hint = What gets you up in the morning?
my-strength-label = Write it in your own words
my-strength-end = This no longer fits. Take it away
my-ideas = Steps you can take now
my-ideas-lead = Take what suits you. It is then added to your steps.
my-ideas-link = See ideas for steps
my-idea-take = Take it
my-idea-good-at = Write three things I am good at
my-idea-cv = Write or mend my CV
my-idea-call-company = Call a place where I would like to work
my-idea-ask-friend = Ask a friend if they know of a job
my-idea-find-job = Find one job I want to apply for
my-idea-walk = Go for a walk every day for a week
my-idea-call-someone = Call somebody I miss
my-idea-activity = Try something new close to where I live
my-idea-calm = Write down what gives me peace
my-idea-adult = Talk with an adult I trust
my-idea-visit-school = Visit a school or a workshop
my-idea-get-up = Get up at the same time for a week

# The work I wish for
my-wishes-title = The work I wish for
my-wishes-none = You have not written anything yet.
my-wishes-edit = Write what you wish for
my-wishes-label = What work would you like?
my-wishes-hint = Write what you want to do, where and how much.
my-occupation-title = Occupation
my-occupation-none = If you choose an occupation too, it is easier to find places that suit you.
my-occupation-link = Find my occupation
my-occupation-chosen = You have chosen:
my-occupation-remove = Remove the choice
my-occupation-search = Search for an occupation
my-occupation-hint = The list is in Danish. For example gartner, chauffør or køkken
my-occupation-found = What we found
my-occupation-nothing = We found nothing. Try another or a shorter word.
my-occupation-more = There are more. Write a longer word to see fewer.
my-occupation-choose = Choose

# How it is going
my-progress-title = How it is going
my-progress-lead = Six things matter much for getting a job. Here you see how you and your adviser see them. You need not agree. Talk about it where you see it differently.
my-progress-you = You
my-progress-adviser = Your adviser
my-progress-same = You see it the same way.
my-progress-near = You see it almost the same way.
my-progress-mine-higher = You believe in it more than your adviser does. Talk about why.
my-progress-mine-lower = Your adviser believes in it more than you do. Talk about why.
my-progress-only-me = Only you have answered.
my-progress-only-them = You have not answered yet.
my-progress-none = There are no answers yet
my-progress-none-text = Answer what you feel like. It takes a couple of minutes.
my-progress-link = Answer for today
my-progress-form-title = How is it today?
my-progress-form-lead = Choose what fits best. Skip it if you are in doubt. No answer is wrong, and they are not added up.
my-progress-choice = { $value }: { $anchor }
my-progress-note = Would you like to add something?
my-progress-choose-one = Answer at least one of the six.
my-progress-choose-with-note = You have written a note. Choose an answer here as well.

# Messages
my-messages-title = My messages
my-messages-none = You have no messages
my-messages-none-text = You can write to your coordinator whenever you like. What your team writes to you stands here too.
my-message-new = New
my-message-own = You
my-message-read = Read
my-message-unread = Not read yet
my-message-answer = Answer
my-messages-write = Write a message
my-messages-talk = Would you rather talk about it?
my-messages-talk-text = Call, or keep it for the next conversation:
my-write-title = Write to { $name }
my-answer-title = Answer to { $name }
my-write-lead = What you write goes into the plan. Everyone on your team can read it.
my-write-label = Your message
my-write-hint = If it is urgent, call instead.
my-write-submit = Send the message

# Activities
my-efforts-title = What is going on
my-efforts-chart = At the same time
my-efforts-reading = { $ongoing ->
    [0] Nothing is going on right now.
    [one] 1 thing is going on.
   *[other] { $ongoing } things are going on.
} { $planned ->
    [0] Nothing more is agreed.
    [one] 1 is agreed and begins later.
   *[other] { $planned } are agreed and begin later.
}
my-efforts-none = Nothing is going on right now
my-efforts-none-text = When you begin something, such as work practice or a course, you can see it here.
my-effort-from = From { $from }
my-effort-from-until = { $from } to { $until }
my-effort-hours = { $hours } a week
my-effort-hours-paid = { $hours } a week, of which you are paid for { $paid }

# More
my-more-title = More
my-more-messages = Read and write messages
my-more-goals = Read and change your goals
my-more-myself = Write what you can and hope for, and find new steps
my-more-progress = Answer six questions, and see how it moves
my-more-efforts = See activities and work practice on one line
my-more-print = Get the whole plan on paper
my-more-wishes = Write what you want to do
my-more-history-title = What has happened
my-more-history = See everything that was written and changed
my-more-log-title = Who has looked?
my-more-log = See who has opened your plan, and when
my-help = Help
my-help-text = If something is hard to find or understand, call us on

# Print
my-print-title = My plan on paper
my-print-heading = Plan for { $name }
my-print-dates = Began { $opened }. Printed { $today }.
my-print-how = You can also print from your browser.
