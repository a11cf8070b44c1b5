# Emergency access, protected particulars, closed notes, and the leader's look at how the system is used.

acc-emergency-title = Emergency access
acc-emergency-lead = The citizen has a plan that you take no part in. Emergency access is for what cannot wait.
acc-emergency-first = Call here first, if there is time
acc-emergency-know = What you should know
acc-emergency-reads = You can read the plan for { $hours } hours. You can change nothing.
acc-emergency-logged = Every page you open is written down together with your reason.
acc-emergency-citizen = The citizen can see that you have looked, when and why.
acc-emergency-leader = The leader of the citizen's unit is shown it and signs whether there was reason for it.
acc-emergency-reason = Why can it not wait?
acc-emergency-reason-hint = Write what has happened. The citizen and the leader read it. Do not write a CPR number.
acc-emergency-take = Read the plan for { $hours } hours
acc-emergency-link = Can it not wait? Take emergency access
acc-emergency-reading = You read the plan in emergency access until { $until }. Every page you open is written down together with your reason: { $reason }

acc-review-title = Use of the system
acc-review-lead = Here stands what a leader should look at. That something stands here does not mean that anybody did wrong. Ask, and write down what you found.
acc-review-link = See how the system is used
acc-review-emergency = Emergency access
acc-review-none-waits = No emergency access waits for you.
acc-review-waits = { $count ->
    [one] An employee has taken emergency access. Look at it, and sign.
   *[other] Emergency access was taken { $count } times. Look at it, and sign.
}
acc-review-signed = { $count ->
    [one] 1 seen in the last month
   *[other] { $count } seen in the last month
}
acc-read-plan-of = Read the plan of { $citizen }. { $looks }.
acc-pages-opened = { $count ->
    [0] No pages opened
    [one] 1 page opened
   *[other] { $count } pages opened
}
acc-from-until = { $from } to { $until }
acc-when = When
acc-pages = Read
acc-signed-by = Seen by { $who } { $when }: { $remark }
acc-sign-title = Emergency access: see and sign
acc-sign-open = See and sign
acc-sign = I have seen it
acc-sign-own = You took this emergency access yourself. Another leader signs.
acc-remark = What did you find?
acc-remark-hint = Write briefly whether there was reason for it, and what you have done. The citizen can read it.

acc-protected = Protected name and address
acc-protected-show = Show address and telephone
acc-contact-title = { $name }: address and telephone
acc-contact-protected = Do not show it to others, and do not write it in notes, calendars or messages.
acc-contact-logged = It is written down that you have seen this. The citizen can see it.

acc-closed-title = The unit's closed note
acc-closed-lead = Only the citizen and those employees of { $unit } who take part in the plan can read the note. It stands on no print, in no list and in no search.
acc-closed-last = Last written { $when } by { $who }
acc-closed-text = Note
acc-closed-hint = Write what your unit needs to remember. The citizen reads it.
acc-closed-now = What stands there now
acc-closed-own-title = Notes of the units
acc-closed-own-lead = The notes can be read by you and by the unit that wrote them, and by nobody else.
acc-closed-own-none = There are no notes
acc-closed-own-none-what = When a unit writes something that only it and you can read, it stands here.
acc-closed-more = What only you and the unit can read

acc-review-findings = Other things to look at
acc-review-days = The last { $days } days. Working hours are weekdays from { $from } to { $until }.
acc-review-no-findings = There is nothing for you to look at.
acc-review-addresses = Employees' addresses do not stand in the system. An address can be found only when a citizen has the employee's name. The rest the system cannot see.
acc-review-done = { $count ->
    [one] 1 looked into
   *[other] { $count } looked into
}
acc-found-many-plans = { $count ->
    [one] Looked up 1 citizen in one week without a part in the plan.
   *[other] Looked up { $count } citizens in one week without a part in their plans.
}
acc-found-own-name = Looked at a citizen with their own name.
acc-found-own-address = Looked at a citizen who lives with a citizen of the employee's name.
acc-found-colleague = Looked at a citizen with a colleague's name.
acc-found-hours = Looked at citizens outside working hours, last at { $time }.
acc-week-of = The week from { $day }
acc-found-pages = { $count ->
    [one] 1 page
   *[other] { $count } pages
}
acc-citizen-of = A citizen of { $unit }
acc-finding-title = Look at the use
acc-finding-open = Look into it, and write what you found
acc-finding-own = This is about you. Another leader looks at it.
acc-finding-hint = Write briefly what the explanation was, and what you have done.
acc-finding-save = I have looked into it
acc-looked-into = { $who } { $when }: { $remark }
