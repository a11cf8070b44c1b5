log-in-title = Log in
log-in-demo-lead = Choose who you want to be. Everybody is made up, and you cannot do anything wrong.
log-in-walk-lead = You get a few steps to follow while you click. The page can be printed.
log-in-link-lead = You have been given a link that works once. Press to log in.
log-in-submit = Log in
log-in-how = You log in with a link from the municipality. If it has been used or is too old, call and ask for a new one.
log-in-away = You have been away for a while. Log in again, and you return to the page you were on.
log-in-away-kept = You have been away for a while. What you wrote is kept. Log in again, and it is there.
