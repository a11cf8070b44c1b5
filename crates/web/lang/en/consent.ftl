# Consents: whom the citizen has said yes to.

consent-title = Consents
consent-lead = Other units can read the plan only when the citizen has said yes. When the citizen changes their mind, it closes at once.
consent-new = Ask for a consent
consent-none = Nothing has been asked for yet
consent-none-what = Ask for a consent when another unit is to take part, or when you need to talk with somebody outside the municipality.
consent-asked = Waits for the citizen’s answer
consent-holds = In force
consent-over = No longer in force
consent-waiting = They take part in the plan but cannot read it yet
consent-ask-for = Ask for consent

consent-own-title = What I have agreed to
consent-own-lead = You decide who may read your plan, and whom we may talk with about you.
consent-own-none = You have not agreed to anything
consent-own-none-what = Only the employees who are responsible for your plan, and their leaders, can read it. If others need to read it too, we ask you first.
consent-own-asked = We are asking you
consent-own-holds = You have said yes to
consent-own-question = Do you say yes to { $party }?
consent-read-and-answer = Read and answer
consent-until = Lasts until { $until }, that day included
consent-ends = Ends { $when }
consent-if-no = If you say no
consent-if-regret = If you change your mind
consent-yes = Yes, I agree to that
consent-no = No, I do not want that
consent-withdraw = Withdraw your yes
consent-withdraw-title = Do you want to withdraw your yes?
consent-withdraw-yes = Withdraw it now
consent-withdraw-no = Keep it
consent-no-reason = You need not say why.

consent-way-unit = May read parts of the plan
consent-way-give = May be told something
consent-way-gather = May be asked
consent-status-asked = Waits for an answer
consent-status-unanswered = Not answered
consent-status-given = In force
consent-status-over = Has ended
consent-status-declined = Said no
consent-status-taken-back = Question taken back
consent-status-withdrawn = Withdrawn
consent-status-replaced = Replaced by a new one
consent-asked-by = { $who } asked on { $day }
consent-answered-you = You answered on { $day }
consent-answered-own-page = Answered themselves on { $day }
consent-answered-spoken = Answered by word of mouth on { $day }, written down by { $who }
consent-answered-paper = Answered on paper on { $day }, written down by { $who }
consent-withdrawn-own = You withdrew it on { $day }
consent-withdrawn-on = Withdrawn on { $day }, written down by { $who }
consent-replaced-on = A new one took its place on { $day }
consent-version = Text no. { $version }, in the words of { $day }

consent-together = Are you sitting together?
consent-together-what = Read the text aloud, and ask whether anything is unclear. Press what the citizen answers. The citizen can also answer on their own page.
consent-says-yes = The citizen says yes
consent-signed = The citizen has signed on paper
consent-says-no = The citizen says no
consent-withdraw-for = The citizen no longer wants this
consent-withdraw-for-what = The consent ends as soon as you press. Do not ask why.
consent-withdraw-for-yes = Withdraw the consent
consent-take-back = Take the question back
consent-take-back-what = The citizen is no longer asked.
consent-renew = Ask for the same again

consent-new-lead = A consent says exactly what it is about. Choose the least that is needed. Afterwards you see the text that the citizen answers.
consent-which-way = What is needed?
consent-ask-unit = Another unit reads the plan
consent-ask-give = Tell somebody outside the municipality
consent-ask-gather = Ask somebody outside the municipality
consent-unit = Which unit?
consent-kinds-unit = What should the unit be able to read besides the plan?
consent-kinds-unit-hint = Goals, steps, efforts and people in the plan are always included.
consent-party = Who?
consent-party-hint = Write the name of the doctor, unemployment fund, employer or authority. One of them, not “all doctors”.
consent-kinds = What is it about?
consent-kinds-hint = Choose only what is needed.
consent-purpose = What is it to be used for?
consent-purpose-hint = Write it so that the citizen recognises it from the plan. It becomes part of the text.
consent-until-label = Until which day?
consent-until-hint = At most { $months } months ahead.
consent-make = Make the text
consent-part-plan = goals, steps and efforts
consent-part-conversations = notes, questions and messages
consent-part-preconditions = answers on the six preconditions
consent-part-strengths = resources, hopes and network

consent-reads-all = You read the plan because the citizen has said yes. The consent lasts until { $until }.
consent-reads-part = You read the plan because the citizen has said yes. The consent lasts until { $until }. It does not cover: { $parts }.
consent-person-missing = Cannot read the plan: consent is missing
consent-missing-title = The citizen’s consent is missing
consent-missing-text = You have been asked to take part in the plan. It belongs to another unit, and the citizen has no consent in force that lets { $unit } read it.
consent-missing-what = Call the coordinator. The coordinator can ask the citizen, and when the citizen says yes, the plan opens here.
consent-missing-logged = It is written down that you have seen the name. The citizen can see it.

consent-day-title = Consents
consent-day-missing = You take part in the plan, but the consent is missing
consent-day-ends = { $party }: ends { $when }
consent-day-declined = { $party }: the citizen said no { $when }
consent-day-withdrawn = { $party }: withdrawn { $when }
consent-banner = { $count ->
    [one] We are asking whether you agree to something
   *[other] We are asking whether you agree to { $count } things
}
consent-banner-ends = { $party }: your yes ends { $when }
consent-more = See who may read your plan, and withdraw your yes
consent-team-link = See who may read your plan
