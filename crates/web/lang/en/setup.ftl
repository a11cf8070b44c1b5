# Setting up: data from files, and the first links to log in with.

setup-title = Setup
setup-lead = This is where the municipality's units, employees and citizens come in, so that you can make the first plan.
setup-in-title = What is in now
setup-steps-title = How to get started
setup-step-done = { $count } in
setup-step-todo = Missing
setup-step-later = Can wait
setup-step-units-hint = Jobcentre, youth unit, benefits … One unit is responsible for each citizen.
setup-step-employees-hint = With unit, role, and log-in or e-mail.
setup-step-teams-hint = Who works together, also across units.
setup-step-citizens-hint = With CPR number, name and the unit responsible.
setup-step-spells-hint = Which benefit the citizen is on, and since when.
setup-step-hours-hint = Hours of ordinary paid work, month by month. Only with them can we see whether people get work.
setup-step-expenses-hint = What benefits cost a month, from the accounts. No persons in it.
setup-step-companies-hint = Companies you work with.
setup-step-links = Make a link for an employee
setup-step-links-hint = The employee uses the link to log in the first time.
setup-step-links-later = Once the employees are in
setup-step-links-ready = Ready
setup-step-plan = The first plan
setup-step-plan-hint = The employee logs in, searches for the citizen and opens the plan. As administrator you cannot see plans yourself.
setup-plans = { $count ->
    [0] None yet
    [one] 1 open plan
   *[other] { $count } open plans
}
setup-history-title = Files you have brought in
setup-history-none = You have not brought in any files yet.
setup-history-none-hint = Begin with the units. You see what will happen before anything is saved.
setup-col-file = File
setup-col-what = What
setup-col-when = When
setup-col-who = Who
setup-col-state = Status
setup-state-uploaded = Not brought in yet
setup-state-applied = Brought in
setup-state-undone = Undone
setup-login-title = About logging in
setup-login-text = Shared log-in with the municipality's own users and MitID is not built yet. Until then people come in by links that work once.

setup-kind-units = Units
setup-kind-employees = Employees
setup-kind-teams = Teams
setup-kind-citizens = Citizens
setup-kind-spells = Benefits
setup-kind-hours = Paid hours
setup-kind-expenses = Expenses
setup-kind-companies = Companies

setup-upload-title = Bring in a file
setup-upload-lead = Choose a file from Excel or another system. Nothing is saved as data until you have seen what will happen and said yes.
setup-upload-kind = What is in the file?
setup-upload-file = File
setup-upload-file-hint = Excel (.xlsx), OpenDocument (.ods) or CSV. At most { $megabytes } MB and { $rows } rows. The first row holds the names of the columns.
setup-upload-submit = See what is in the file
setup-upload-examples-title = No file yet?
setup-upload-examples = Download a template and open it in Excel. The people in it are invented, so delete them before you bring it in.
setup-upload-privacy = The file stays on your own server. Its rows are deleted once they are brought in. If you do not bring them in, they are deleted after { $days } days.

setup-file-missing = Choose a file.
setup-file-empty = The file is empty.
setup-file-no-rows = The file has names of columns and no rows below them.
setup-file-too-large = The file is too large. At most { $megabytes } MB. Split it into several files.
setup-file-too-many-rows = The file has too many rows. At most { $rows } at a time. Split it into several files.
setup-file-too-many-columns = The file has too many columns. At most { $columns }. Delete those you do not need.
setup-file-old = This is an older Excel file or one with a password. Save it as .xlsx without a password and try again.
setup-file-broken = The file cannot be read. Open it in Excel, save it as .xlsx or CSV, and try again.

setup-columns-title = { $kind }: what is in the columns?
setup-columns-lead = We have guessed from the names and from what you chose last time. Correct what does not fit.
setup-columns-sample = The first rows of { $file }
setup-columns-sample-note = CPR numbers are not shown in full.
setup-columns-none = Is not in the file
setup-columns-fixed-unit = Unit for rows without one
setup-columns-fixed-role = Role for rows without one
setup-columns-fixed-none = None
setup-columns-submit = Try without saving
setup-columns-missing = Choose the column that holds { $field }.
setup-columns-missing-either = Choose a column with log-in or e-mail. Otherwise two people of the same name cannot be told apart.
setup-columns-twice = The column is already used for { $field }. Choose another.
setup-columns-blank = A blank cell never changes what is there already.
setup-discard = Delete the file again

setup-field-name = name
setup-field-kind = kind
setup-field-phone = phone
setup-field-address = address
setup-field-unit = unit
setup-field-login = log-in
setup-field-email = e-mail
setup-field-title = job title
setup-field-role = role
setup-field-left-on = last working day
setup-field-leader = leader
setup-field-members = members
setup-field-cpr = CPR number
setup-field-birth-date = date of birth
setup-field-postcode = postal code
setup-field-benefit = benefit
setup-field-starts = first day
setup-field-ends = last day
setup-field-month = month
setup-field-hours = paid hours
setup-field-gross = expense
setup-field-refund = refund
setup-field-cvr = CVR number
setup-field-industry = industry
setup-field-contact = contact person
setup-field-employees = number of employees
setup-hint-leader = The leader's log-in or e-mail
setup-hint-members = Log-ins or e-mails with commas between. The team gets exactly those named here.
setup-hint-unit = The name as it stands under Units
setup-hint-left-on = Whoever has left cannot log in
setup-hint-hours = All the citizen's paid hours in the month together. Write 0 where there are none.
setup-hint-gross = Kroner, before the state has given anything back
setup-hint-refund = Kroner the state has given back. Empty means 0.
setup-hint-birth-date = Without the column we use the CPR number

setup-check-title = { $kind }: this will happen
setup-check-lead = Nothing is saved yet. Read it through, and say yes when it is right.
setup-count-created = New
setup-count-updated = Changed
setup-count-unchanged = Unchanged
setup-count-wrong = With errors
setup-count-repaired = { $count ->
    [one] 1 number lacked a 0 in front. We have put it back.
   *[other] { $count } numbers lacked a 0 in front. We have put it back.
}
setup-check-changed = Something has happened since you saw the figures. Nothing is saved. Here are the new ones.
setup-check-nothing = None of the rows can be brought in as they are. Correct the file, or choose other columns.
setup-check-same = Everything in the file is there already. There is nothing to change.
setup-check-updates = What will be changed
setup-check-updates-more = The first { $count } are shown.
setup-check-errors = Rows with errors
setup-check-errors-lead = They are left out. Download them as a file, correct them, and bring in the corrected file afterwards.
setup-check-errors-more = { $shown } of { $count } are shown. All are in the file.
setup-errors-download = { $count ->
    [one] Download the row with errors
   *[other] Download the { $count } rows with errors
}
setup-col-line = Row
setup-col-column = Column
setup-col-found = It says
setup-col-expected = It should say
setup-col-repair = How to correct it
setup-col-who-what = Who or what
setup-col-before = Before
setup-col-after = After
setup-blank = (blank)
setup-whole-row = the whole row
setup-confirm = { $count ->
    [one] Bring in 1 row
   *[other] Bring in { $count } rows
}
setup-confirm-without = { $count ->
    [one] Bring in 1 row and skip those with errors
   *[other] Bring in { $count } rows and skip those with errors
}
setup-back-to-columns = Back to the columns
setup-back-to-setup = Setup

setup-receipt-title = { $kind }: the file has been brought in
setup-receipt-undone-title = { $kind }: the file has been taken back
setup-receipt-by = { $file }, brought in { $when } by { $who }.
setup-receipt-undone-by = { $file }, undone { $when }.
setup-receipt-log = Every change is in the history with your name.
setup-receipt-next = On to setup
setup-receipt-another = Bring in another file
setup-receipt-wrong-kept = The rows with errors are kept for { $days } days so that you can download and correct them.
setup-undo-link = Undo the whole file
setup-undo-title = Undo { $file }
setup-undo-lead = What the file changed becomes what it was. What has been used or corrected since is left alone.
setup-undo-removed = Removed again
setup-undo-restored = As before
setup-undo-kept = Stay
setup-undo-kept-title = These stay
setup-undo-kept-more = The first { $count } are shown.
setup-undo-used = Has been put to use since, for example in a plan
setup-undo-changed = Has been changed since
setup-undo-confirm = Undo the file
setup-undo-keep = No, keep it
setup-undo-nothing = Everything from the file has been used or changed since, so there is nothing we can undo.
setup-undo-why = Why

setup-links-title = Link to log in
setup-links-lead = The link works once and for at most 24 hours. Whoever has the link can log in as the person. So give it to nobody else.
setup-links-who = Who is the link for?
setup-links-employee = An employee
setup-links-citizen = A citizen
setup-links-name = Name or the beginning of it
setup-links-name-hint = For example anna li
setup-links-search = Find
setup-links-none = We found nobody of that name. Try with fewer letters.
setup-links-found = Choose the person
setup-links-more = There are more of that name. Write more of it.
setup-links-born = born { $date }
setup-links-make = Make a link for { $name }
setup-links-made = The link for { $name }
setup-links-once = Copy the link now. It cannot be shown again. It works until { $until }.
setup-links-label = Link
setup-links-logged = That you made the link is in the log. A citizen can see it in their own log.

setup-expect-cells = { $expected } cells. The row has { $found }.
setup-repair-cells = The file was cut, or there is a separator inside a text without quotes. Get the file from the system again.
setup-expect-required = { $field }
setup-repair-required = Fill in the cell.
setup-expect-login = Log-in or e-mail
setup-repair-login = Fill in one of the two.
setup-expect-too-long = At most { $max } characters
setup-repair-too-long = Shorten the text.
setup-expect-letters = Whole letters
setup-repair-letters = Letters were lost. Save the file as CSV UTF-8 or .xlsx from the system it comes from.
setup-expect-cpr = 10 digits, for example 010190-1234
setup-repair-cpr = Write the whole number with 10 digits.
setup-expect-cpr-date = A date of birth that exists in the first 6 digits
setup-repair-cpr-date = Correct the first 6 digits.
setup-expect-cpr-demo = An invented number (day + 60)
setup-repair-cpr-demo = This is a demo. It does not take real CPR numbers. Add 60 to the day, or use the template.
setup-expect-cpr-real = A real CPR number
setup-repair-cpr-real = The number is invented (day + 60) and belongs in the demo. Write the citizen's own number.
setup-expect-cvr = 8 digits, for example 29189927
setup-repair-cvr = Look the number up at virk.dk.
setup-repair-cvr-check = One digit is probably wrong. Look the number up at virk.dk.
setup-expect-date = A date, for example 01-05-1990
setup-repair-date = Write day, month and a year of four digits.
setup-expect-date-exists = A day that exists
setup-repair-date-exists = Correct the day or the month.
setup-expect-month = A month, such as 2026-03
setup-repair-month = Write the month, and the year with four digits.
setup-expect-month-exists = A month that exists
setup-repair-month-exists = Correct the month, so that it is from 01 to 12.
setup-expect-decimal = A number, such as 37.5
setup-repair-decimal = Write the number alone.
setup-expect-hours = At most { $most } hours: the month has no more
setup-repair-hours = Correct the number. It is hours, not kroner or minutes, and never below 0.
setup-expect-past = A time that has been
setup-repair-past = Correct the date or the month.
setup-expect-after = A last day after the first
setup-repair-after = Correct one of the two dates.
setup-expect-phone = A telephone number, for example 96 12 34 00
setup-repair-phone = Write only digits, blanks and +.
setup-expect-email = An e-mail address, for example name@kommune.dk
setup-repair-email = Correct the address, or leave the cell blank.
setup-expect-postcode = 4 digits
setup-repair-postcode = Correct the postal code, or leave the cell blank.
setup-expect-number = A whole number
setup-repair-number = Write only digits.
setup-expect-one-of = One of: { $words }
setup-repair-one-of = Write one of the words.
setup-expect-benefit = A benefit there was on that day
setup-repair-benefit = Write the name as it stands in the rules, for example Kontanthjælp.
setup-expect-unit = A unit that is here already
setup-repair-unit = Bring in the unit first, or spell the name the same way.
setup-expect-employee = Log-in or e-mail of somebody who is in
setup-repair-employee = Bring in the employee first, or correct the spelling.
setup-expect-citizen = A citizen who is in
setup-repair-citizen = Bring in the citizen first.
setup-expect-one = Only one that fits
setup-repair-one = Several have the same name or e-mail. Use log-in or CVR number to tell them apart.
setup-expect-once = Only one row about the same
setup-repair-once = The same stands in row { $line }. Delete one of them.
setup-errors-column = Error

setup-unit-kind-jobcentre = Jobcentre
setup-unit-kind-benefits = Benefits
setup-unit-kind-youth = Youth
setup-unit-kind-substance-abuse = Substance abuse
setup-unit-kind-social-psychiatry = Social psychiatry
setup-unit-kind-health = Health
setup-unit-kind-companies = Company service
setup-unit-kind-family = Family
setup-unit-kind-integration = Integration
setup-unit-kind-management = Management
setup-unit-kind-other = Other
