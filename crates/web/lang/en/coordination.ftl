# Who is coordinator: opening a plan, handing it over, closing it.

coord-back = To the plan
coord-leave = Cancel
coord-colleague = { $name } · { $title } · { $plans ->
    [0] no plans
    [one] 1 plan
   *[other] { $plans } plans
}
coord-colleague-hint = The number is the open plans the colleague coordinates, so that the work can be shared evenly.
coord-choose-colleague = Choose a colleague.
coord-changed-meanwhile = The plan has changed meanwhile. Look it through and save again. What you wrote is still here.

# Changing the coordinator.
coord-transfer-title = New coordinator for { $name }
coord-transfer-now = { $name } has been coordinator since { $since }.
coord-transfer-coming = It is agreed that { $name } is coordinator from { $since }. If you change again, it is after that day.
coord-transfer-changes = { $changes ->
    [one] { $first } has changed coordinator once before.
   *[other] { $first } has changed coordinator { $changes } times before.
} Few changes are best.
coord-to = New coordinator
coord-from = From which day?
coord-from-hint = The old coordinator stays up to the day before and can read the plan for { $days } days after.
coord-reason = Why the change?
coord-note = More words about why
coord-note-hint = { $first } can read it.
coord-handover-text = What your new adviser should know
coord-handover-text-hint = The draft comes from the plan. Adjust it together with { $first }, who can write in it afterwards too.
coord-transfer-submit = Change coordinator

coord-draft-goals = What { $first } wants:
coord-draft-steps = Next steps:
coord-steps-title = Next steps
coord-draft-works = What works:
coord-draft-hopes = What { $first } hopes for:
coord-draft-questions = Questions that wait for an answer:
coord-step = { $title } ({ $who })
coord-step-due = { $title } ({ $who }, by { $day })

coord-handover-title = Handover: { $name }
coord-handover-title-own = What your coordinator should know
coord-handover-lead = { $before } hands the plan over. From { $day }, { $name } is coordinator.
coord-handover-past = { $before } handed the plan over to { $name } on { $day }.
coord-handover-first = From { $day }, { $name } is coordinator.
coord-handover-empty = Nothing is written here yet.
coord-handover-edit = Edit the text
coord-handover-label = Text
coord-people-title = Those who take part
coord-goals-title = What { $name } wants
coord-goals-title-own = What you want
coord-no-goals = There are no open goals.
coord-no-steps = There are no open steps.
coord-talks-title = Conversations agreed
coord-no-talks = No conversation is agreed.
coord-talk-line = { $when } with { $with }. { $how }
coord-strengths-title = What { $name } builds on
coord-strengths-title-own = What you build on

# Closing a plan.
coord-close-title = Close the plan for { $name }
coord-close-lead = Take stock together with { $first }: what was reached, what helped, and what remains?
coord-months = months begun
coord-conversations = conversations
coord-steps-done = steps done
coord-people = employees and others took part
coord-goals-reached = Tick the goals that are reached
coord-reached = What was reached
coord-reached-hint = The draft comes from the plan. Write it so that one can be proud of it.
coord-reached-missing = Write what was reached. One line is enough.
coord-helped = What helped
coord-helped-hint = What made the difference? Others can learn from it.
coord-remains = What remains
coord-remains-hint = And whom { $first } can turn to now.
coord-on = The plan’s last day
coord-ends-title = When the plan ends
coord-ends-conversations = { $count ->
    [one] 1 agreed conversation is called off
   *[other] { $count } agreed conversations are called off
}
coord-ends-steps = { $count ->
    [one] 1 open step is put away
   *[other] { $count } open steps are put away
}
coord-ends-people = { $count ->
    [one] 1 person no longer takes part and loses access to the plan
   *[other] { $count } people no longer take part and lose access to the plan
}
coord-ends-questions = { $count ->
    [one] 1 question from { $first } has no answer. Answer it before you close
   *[other] { $count } questions from { $first } have no answer. Answer them before you close
}
coord-ends-coordinator = The coordinator lets go of the plan on the same day
coord-ends-kept = Nothing is deleted. { $first } can still read all of it. Closing cannot be undone, but you can open a new plan.
coord-close-submit = Close the plan
coord-draft-reached = Goals reached:
coord-draft-done = Steps done:
coord-draft-efforts = Efforts on the way:
coord-draft-people = People who took part:
coord-draft-open-goals = Goals still open:
coord-closed-title = Balance of the plan for { $name }
coord-closed-lead = The plan began { $opened } and ended { $closed }.
coord-open-again = Open a new plan for { $first }

# Opening a plan.
coord-open-title = Open a plan for { $name }
coord-open-lead = { $first } gets one plan and one coordinator from the first day.
coord-core-task = What should the plan help with first of all?
coord-opened = First day
coord-open-submit = Open the plan
coord-has-plan = { $first } has an open plan already. You have not changed anything.

coord-handover-link = Handover at the change of coordinator
