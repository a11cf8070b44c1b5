# Every error says what happened, what was kept and what you can do.

# At the top of a form with errors. Below the heading come error-summary-kept and a list of links to the fields.
error-summary = { $count ->
    [one] There is one thing to correct
   *[other] There are { $count } things to correct
}
error-summary-kept = What you wrote is still here. Correct the error and save again.
error-title-prefix = Error:

# Beside the field.
error-required = Write something here.
error-choose-one = Choose one of the options.
error-too-long = The text is too long. There is room for { $max } characters, and you have written { $count }.
error-date-not-understood = We did not understand the date. Write it as 3 November 2026 or 3-11-2026.
error-date-does-not-exist = That date does not exist. Check that the day and the month fit together.
error-date-in-past = That date has passed. Choose today or a later day.
error-end-before-start = The end date is before the start date. Correct one of them.
error-time-not-understood = We did not understand the time. Write it as 10:30.
error-time-does-not-exist = That time does not exist. It must be from 0:00 to 23:59.
error-number-expected = Write a number, for example 12 or 12.5.

# The whole page.
error-conflict-text = While you were writing, someone else saved a new version. Nothing is lost: both versions are shown side by side below. Choose the right one, or combine them, and save again.
error-conflict-mine = What you wrote
error-conflict-theirs = What is saved now
error-not-found-title = The page does not exist
error-not-found-text = The address may be mistyped, or the page may have moved. Nothing has been changed. Go to the front page and find your way from there.
error-server-title = Something went wrong on our side
error-server-text = The fault is ours, not yours. We do not know whether the last change was saved. What was saved before is still there. Wait a moment, go back and check whether the change is there. If not, try again.
error-server-reference = If that does not help, let us know and mention the code { $reference }.
error-front-page = Go to the front page
error-back-to-page = Go to the page
error-too-fast-title = Wait a little
error-too-fast-text = You have searched or taken files out many times in a short while. There is a limit to that, so that nobody can empty the system.
error-too-large-title = That is too much at once
error-too-large-text = What you sent is larger than we can take at one time. It has not been saved. Go back in your browser: what you wrote is usually still there. Split the text in two, or choose a smaller file, and try again.
error-expired-form-title = The page has been open too long
error-expired-form-text = For the sake of security we did not accept what you sent. Go back, load the page again, and send it once more.
error-expired-form-kept = For the sake of security we did not accept what you sent. What you wrote is kept as a draft. Go to the page, read it through, and save again.
