# Roles, menu, and the short messages after an action.

role-citizen = Citizen
role-caseworker = Counsellor
role-consultant = Company consultant
role-team-leader = Team leader
role-head = Head of department
role-administrator = System administrator

nav-my-plan = My plan
nav-my-steps = Steps
nav-my-conversations = Conversations
nav-my-team = My team
nav-more = More
nav-day = My day
nav-citizens = My citizens
nav-companies = Companies
nav-team = The team
nav-figures = Figures
nav-setup = Setup

flash-saved = Saved.
flash-step-done = Well done. The step is marked as done.
flash-step-reopened = The step is open again.
flash-step-dropped = The step is dropped.
flash-undone = Undone.
flash-not-done = That was not possible. Here you can see how things stand now.
flash-cannot-undo = It cannot be undone, because something new has happened since. Nothing was changed.
flash-booked = The conversation is booked.
flash-moved = The conversation is moved.
flash-cancelled = The conversation is cancelled.
flash-conversation-saved = The conversation is saved and the plan is up to date.
flash-asked = Your question is saved. It will be taken up when you talk.
flash-sent = The message is sent.
flash-read = The message is marked as read.
flash-transferred = The change of coordinator is agreed.
flash-closed = The plan is closed.
flash-plan-opened = The plan is opened.
flash-logged-out = You are logged out.

refused-not-allowed = You cannot do that in this plan. Ask the coordinator.
refused-too-long = The text is too long. There is room for { $max } characters. What you wrote is still here.
refused-not-found = It is no longer part of the plan. Reload the page to see what holds now.
refused-plan-closed = The plan is closed and cannot be changed.
refused-before-plan = The day is before the first day of the plan.
refused-in-the-past = The time has passed. Choose a later one.
refused-too-far-ahead = The day is too far in the future.
refused-not-booked = The conversation has already been held, moved or cancelled.
refused-already-there = The person is here already. Choose somebody else.
refused-not-before = Choose { $day } or a later day.
refused-out-of-range = Write a number from { $low } to { $high }.
refused-too-deep = A sub-goal cannot have sub-goals of its own.
refused-cannot-undo = It cannot be undone, because something new has happened since.
refused-wrong-rater = The citizen's answers can only be written by the citizen or together with the citizen.
error-date-required = Write a date, for example 2026-11-03.
error-taken = The time has just been taken. Choose another.
error-unavailable-title = We cannot reach your information right now
error-unavailable-text = It is our fault, not yours. Nothing is lost. Try again in a few minutes.
