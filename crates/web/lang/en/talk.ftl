# Conversations as the employee holds and books them.

talk-title = Conversation with { $name }
talk-back = To the plan
talk-back-to-talk = To the conversation
talk-day-and-time = { $day } at { $time }
talk-about-line = { $how } · with { $with }
talk-leave = Cancel

talk-do-move = Move
talk-do-cancel = Call off
talk-do-missed = { $first } did not come
talk-do-calendar = Add to my calendar
talk-do-book = Arrange a conversation
talk-early = The conversation has not begun yet. You can prepare the note: what you write is kept as a draft. Save when you have talked.

# What one should know.
talk-questions = Questions from { $first }
talk-questions-hint = Tick those you have talked about.
talk-steps-done = Tick steps that are done
talk-no-open-steps = There are no open steps right now.
talk-step-due = { $who } · by { $day }
talk-step-overdue = { $who } · was due { $day }
talk-goals-now = Goals in the plan
talk-no-goals = There are no goals yet. Ask what matters most right now.
talk-last-note = Note from { $day }

# What one writes.
talk-held-when = Held { $day } at { $time }. { $how }
talk-held-when-title = When and how
talk-minutes = Minutes
talk-channel = How
talk-place = Place
talk-note = Note
talk-note-hint = { $first } can read the note. Write so that you both recognise the conversation.
talk-new-goals = New goals
talk-add-goal = Add another goal
talk-goal-words = Goal { $n }, as { $first } says it
talk-goal-aim = The goal is about
talk-new-steps = New steps
talk-add-step = Add another step
talk-step-title = Step { $n }
talk-step-holder = Who does it?
talk-step-due-label = By
talk-step-name = Name of the one who does it
talk-holder-me = { $name } (me)
talk-holder-role = { $name } · { $role }
talk-holder-relative = Somebody in the family, or a friend
talk-holder-volunteer = A volunteer or an association
talk-holder-company = Somebody at a company
talk-holder-partner = Somebody else, such as a doctor or a school
talk-next-title = Next conversation
talk-choose-label = Free times with { $with }
talk-no-free-times = { $with } has no free times in the next six weeks. Agree on another time.
talk-choose-time = Choose a time.
talk-other-time = Another time
talk-no-next = No new time right now
talk-message-title = Message to { $first }
talk-send = Send the message when I save
talk-message = Message
talk-message-hint = Time and place of the next conversation are added below by themselves.
talk-message-draft = Thank you for the talk today, { $first }.
talk-message-draft-on = Thank you for the talk on { $day }, { $first }.
talk-next-meeting = The next conversation is { $when } with { $name }.
talk-next-meeting-at = The next conversation is { $when } with { $name }. You meet here: { $place }.
talk-next-phone = The next conversation is { $when }. { $name } will ring you.
talk-next-video = The next conversation is { $when }. You and { $name } meet on video.
talk-next-short = { $when } with { $with }. { $how }.
talk-together = Written together with { $first }
talk-together-hint = Remove the tick if you write goals and steps by yourself afterwards.
talk-submit = Save the conversation
talk-changed-meanwhile = The conversation has been moved, called off or written by somebody else meanwhile. What you wrote is still here. Save again, and it becomes a conversation of its own.
talk-moved-meanwhile = The conversation has changed meanwhile. It is now { $when }. What you wrote is still here. Save again if that is right.

# A conversation that was held.
talk-note-title = Note
talk-no-note = No note was written.
talk-correct-link = Correct the note
talk-correct-title = Correct the note
talk-correct-what = Correct what is wrong or missing. What it said before stays in the history, where { $first } and the rest of you can read it.
talk-correct-reason = Why are you correcting the note?
talk-correct-reason-hint = For example: “The meeting time was wrong”. { $first } can read it.
talk-correct-reason-missing = Say in a few words why you are correcting the note.
talk-correct-submit = Save the correction
talk-corrected = Corrected { $day } by { $name }
talk-corrected-before = See what it said before
talk-came-title = What you agreed
talk-came-done = Done
talk-came-answered = Questions you talked about
talk-message-sent = Message to { $first }
talk-see-all = See what you agreed
talk-to-plan = Go to the plan

# Booking, moving, calling off.
talk-book-title = Arrange a conversation with { $name }
talk-book-submit = Arrange the conversation
talk-whose-times = Who will hold the conversation?
talk-citizen-sees = { $name } sees the time on their own page at once.
talk-move-title = Move the conversation with { $name }
talk-move-now = It is now { $when }
talk-move-submit = Move the conversation
talk-cancel-title = Call off the conversation with { $name }
talk-cancel-what = The conversation disappears from your calendars in Tovholder. Notes, goals and steps stay as they are. Tell { $first } yourself if it is soon.
talk-cancel-reason = Why
talk-cancel-reason-hint = { $first } can read the reason.
talk-cancel-submit = Call off the conversation
talk-cancel-rather-move = Move it instead

# The citizen did not come.
talk-missed-title = { $first } did not come
talk-missed-lead = It happens, and there is usually a reason. Ring first and hear whether everything is all right.
talk-missed-note = What do you know?
talk-missed-note-hint = Only what you know. { $first } can read it.
talk-missed-next = New time
talk-missed-later = We will find a time when we have talked
talk-missed-message = Hello { $first }. We did not get to talk today. I hope you are well. Ring me on { $phone }, or choose a new time yourself under Conversations. Kind regards, { $name }
talk-missed-message-plain = Hello { $first }. We did not get to talk today. I hope you are well. Choose a new time under Conversations, or ring me. Kind regards, { $name }
talk-missed-submit = Save
talk-missed-advice = Have you heard from { $first }? A call is often enough to find a new time.

talk-calendar-title = Conversation with { $initials }
talk-calendar-file = conversation
