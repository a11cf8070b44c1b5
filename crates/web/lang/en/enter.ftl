# Getting in and out: logging in with a provider or a password, proving it again, and where one is logged in.

enter-with = Log in with { $name }
enter-for-employees = For employees
enter-for-citizens = For citizens
enter-for-companies = For companies
enter-door-away = Did not answer a moment ago. You are welcome to try.
enter-again = Try again
enter-back = Other ways to log in

# When somebody did not get in: what happened, and what one can do.
enter-attempt-title = Try to log in again
enter-attempt-text = It took too long, or the page had been used before. So we could not log you in.
enter-attempt-now = Start over, and it usually works. Use the same browser all the way.
enter-cancelled-title = You were not logged in
enter-cancelled-text = You stopped at { $name } before you were done.
enter-cancelled-now = That is fine. You can try again whenever you like.
enter-away-title = We cannot log you in right now
enter-away-text = We get no answer from { $name }. It is not your fault.
enter-away-now = Wait a little and try again. If it is urgent, call us. The number is at the bottom of the page.
enter-away-now-employee = Wait a little and try again. If you have a password here, you can log in with that meanwhile.
enter-not-recent-title = You need to confirm again
enter-not-recent-text = We asked { $name } to ask you again, but did not get a new answer.
enter-refused-title = We dare not log you in
enter-refused-text = The answer from { $name } did not fit what we had asked for. It may be a mistake, or somebody may have tried to cheat. So we stopped here.
enter-refused-now = Close the page and start over from our own front page. If it happens again, call us.
enter-claims-title = We did not get the information we need
enter-claims-text = { $name } said yes to you. But we were not told who you are in a way that we can use.
enter-claims-now = You cannot mend this yourself. Call us, and we will find out together.
enter-assurance-title = You need to log in more securely
enter-assurance-text = The way you used at { $name } is not secure enough for what is kept here.
enter-assurance-now = Use the MitID app, for example, and try again.
enter-assurance-now-employee = Use your code device or app when you log in, and try again.
enter-unknown-employee-title = We do not know you here yet
enter-unknown-employee-text = You are logged in with the municipality, but you are not on the list of employees in Tovholder.
enter-unknown-employee-now = Ask your leader or whoever looks after the system to put you on the list. Then you can come in.
enter-unknown-citizen-title = You have no plan here
enter-unknown-citizen-text = Logging in went well. But { $municipality } has not registered you here yet.
enter-unknown-citizen-now = If you think you should have a plan, call us. The number is at the bottom of the page.
enter-no-right-title = You lack a right
enter-no-right-text = We know you. But the municipality has not given you the right that goes with your role.
enter-no-right-now = Ask your leader for the right. Then log in again.
enter-units-title = Your rights are for a place we do not know
enter-units-text = The municipality has limited your rights to a unit that is not in Tovholder.
enter-company-title = There is nothing for companies here yet
enter-company-text = Logging in went well. But the pages for companies are not built yet, so there is nothing to show you.
enter-company-now = To reach a company consultant, call us. The number is at the bottom of the page.
enter-too-many-title = Wait a little before you try again
enter-too-many-text = There have been too many attempts. For security, we take a break.
enter-wait-seconds = { $count ->
    [one] You can try again in one second.
   *[other] You can try again in { $count } seconds.
}
enter-wait-minutes = { $count ->
    [one] You can try again in one minute.
   *[other] You can try again in { $count } minutes.
}

# Password and code.
enter-password-link = Log in with a password
enter-password-title = Log in with a password
enter-password-lead = For employees who have chosen a password here.
enter-name = User name
enter-password = Password
enter-code = Code from your app
enter-code-hint = Six digits. Without your phone, type one of your emergency codes.
enter-password-help = If you have forgotten the password, ask whoever looks after the system for a new link.
enter-password-wrong = These did not fit together. Check user name, password and code. A code works only once, so wait for the next one if need be.
enter-refused-summary = That did not work

# Prove it again.
enter-prove-title = Confirm that it is you
enter-prove-lead = What you are about to do can give others access. So we ask once more.
enter-prove-with = Confirm with { $name }
enter-prove-submit = Confirm
enter-prove-link = You are logged in with a link, and it works only once. Get a new link and log in with that. Then you can choose a password as well.

# Log out at the provider.
enter-out-title = You are logged out
enter-out-lead = You are logged out here. Now we send you on, so that you are logged out at { $name } as well.
enter-out-there = Log out at { $name }

# One's own password.
account-title = Password and codes
account-lead = Choose a password, and set up an app that makes codes. Then you can log in even when the municipality’s own log-in does not work.
account-there = You have had a password since { $since }.
account-codes-left = { $count ->
    [0] You have no emergency codes left.
    [one] You have one emergency code left.
   *[other] You have { $count } emergency codes left.
}
account-anew = Here you can do it all anew. The old ones stop working, and you are logged out everywhere else.
account-step-password = 1. Choose a password
account-name-hint = You type this when you log in.
account-new-password = New password
account-password-hint = At least 12 characters. Four random words are easier to remember than digits and signs.
account-again = Type it again
account-step-app = 2. Set up your app
account-app-how = Open an app that makes codes on your phone. It can be Microsoft Authenticator or another. Choose to add an account, and hold the phone up to the picture.
account-picture = QR code for your app
account-type-instead = If you cannot use the picture, type this in the app:
account-code = The code that the app shows now
account-code-hint = Six digits. They change every half minute.
account-submit = Save
account-short = The password is too short. It needs at least { $least } characters.
account-long = The password is too long. There is room for { $most } characters.
account-easy = The password is too easy to guess. Do not use your name, the municipality’s name, or characters in a row.
account-differs = The two passwords are not the same. Type the same one both times.
account-code-wrong = The code did not fit. Type the one the app shows right now, and check that the phone’s clock is right.
account-name-taken = Somebody else has that user name. Choose another.
account-made-title = The password is saved
account-made-lead = Next time you can log in with user name, password and a code from your app.
account-codes-title = Your emergency codes
account-codes-text = Write the codes down and keep them somewhere safe. If you lose the phone, each of them works once in place of a code from the app. We show them only now.
account-done = I have written them down

# Where one is logged in.
sessions-title = Where you are logged in
sessions-lead = If you do not recognise a place on the list, log it out and call us.
sessions-here = Here
sessions-unknown-device = Unknown browser
sessions-how-demo = Chosen in the demo
sessions-how-link = With a link
sessions-how-password = With a password
sessions-how-provider = With MitID or the municipality’s log-in
sessions-since = Logged in { $when }
sessions-seen = last used { $when }
sessions-end = Log out
sessions-end-others = Log out everywhere else
sessions-end-all = Log out everywhere, here as well
sessions-limits = You are logged out by yourself after { $minutes } minutes without using the page, and after { $hours } hours at the latest. We tell you beforehand.
sessions-soon = You will soon be logged out
sessions-over = You have probably been logged out now
sessions-soon-kept = That is because you have not used the page for a while. If you are writing something, save it first, or stay logged in.
sessions-stay = Stay logged in
