//! People around the plan, their efforts, the change of coordinator, and closing.

use super::*;

pub(super) fn join(c: &mut Changes<'_, '_>, p: PersonInput) -> Result<(), Refusal> {
    if p.from < c.plan.head.opened {
        return refuse("from", Why::BeforePlan);
    }
    steps::within_reach(c, "from", p.from)?;
    let already = p.employee.is_some() && c.plan.team_on(p.from).any(|other| other.employee == p.employee);
    if already {
        return refuse("employee", Why::AlreadyCoordinator);
    }
    let participation = Participation {
        id: c.id(),
        plan: c.plan.head.id,
        kind: p.kind,
        employee: p.employee,
        name: text("name", &p.name, 140)?,
        role: text("role", &p.role, 100)?,
        organisation: optional_text("organisation", &p.organisation, 140)?,
        phone: optional_text("phone", &p.phone, 40)?,
        from: p.from,
        until: None,
        rev: 1,
    };
    c.add(ActKind::Joined, Record::Participation(participation));
    Ok(())
}

pub(super) fn leave(c: &mut Changes<'_, '_>, id: ParticipationId, rev: u32, until: Date) -> Result<(), Refusal> {
    let found = c.plan.participations.iter().find(|p| p.id == id).cloned();
    let now = found.ok_or(Refusal {
        field: "participation",
        why: Why::NotFound,
    })?;
    same_rev(Record::Participation(now.clone()), rev)?;
    if until < now.from {
        return refuse("until", Why::EndBeforeStart);
    }
    let after = Participation {
        until: Some(until),
        ..now.clone()
    };
    c.put(
        ActKind::Left,
        Some(Record::Participation(now)),
        Record::Participation(after),
        "",
    );
    Ok(())
}

fn hours(from: Date, hours: f64, paid: f64) -> Result<Hours, Refusal> {
    if !(0.0..=60.0).contains(&hours) {
        return refuse("hours", Why::OutOfRange(0, 60));
    }
    if !(0.0..=hours).contains(&paid) {
        return refuse("paid", Why::OutOfRange(0, hours as i64));
    }
    Ok(Hours { from, hours, paid })
}

fn fill_effort(c: &Changes<'_, '_>, effort: Effort, e: EffortInput) -> Result<Effort, Refusal> {
    steps::within_reach(c, "from", e.from)?;
    if let Some(until) = e.until {
        steps::within_reach(c, "until", until)?;
        if until < e.from {
            return refuse("until", Why::EndBeforeStart);
        }
    }
    let mut series = effort.hours;
    series.retain(|h| h.from > e.from);
    if let Some((weekly, paid)) = e.hours {
        series.insert(0, hours(e.from, weekly, paid)?);
    }
    Ok(Effort {
        kind: text("kind", &e.kind, 60)?,
        title: text("title", &e.title, 200)?,
        unit: e.unit,
        company: e.company,
        provider: optional_text("provider", &e.provider, 140)?,
        from: e.from,
        until: e.until,
        hours: series,
        ..effort
    })
}

pub(super) fn set_effort(c: &mut Changes<'_, '_>, e: EffortInput) -> Result<(), Refusal> {
    let blank = Effort {
        id: c.id(),
        plan: c.plan.head.id,
        kind: String::new(),
        title: String::new(),
        unit: None,
        company: None,
        provider: String::new(),
        from: e.from,
        until: None,
        hours: vec![],
        withdrawn: false,
        rev: 1,
    };
    let effort = fill_effort(c, blank, e)?;
    c.add(ActKind::EffortSet, Record::Effort(effort));
    Ok(())
}

fn find_effort(c: &Changes<'_, '_>, id: EffortId, rev: u32) -> Result<Effort, Refusal> {
    let found = c.plan.efforts.iter().find(|e| e.id == id).cloned();
    let now = found.ok_or(Refusal {
        field: "effort",
        why: Why::NotFound,
    })?;
    same_rev(Record::Effort(now.clone()), rev)?;
    Ok(now)
}

pub(super) fn change_effort(c: &mut Changes<'_, '_>, id: EffortId, rev: u32, e: EffortInput) -> Result<(), Refusal> {
    let now = find_effort(c, id, rev)?;
    let after = fill_effort(c, now.clone(), e)?;
    if after != now {
        c.put(
            ActKind::EffortChanged,
            Some(Record::Effort(now)),
            Record::Effort(after),
            "",
        );
    }
    Ok(())
}

pub(super) fn set_hours(
    c: &mut Changes<'_, '_>,
    id: EffortId,
    rev: u32,
    from: Date,
    weekly: f64,
    paid: f64,
) -> Result<(), Refusal> {
    let now = find_effort(c, id, rev)?;
    if from < now.from {
        return refuse("from", Why::NotBefore(now.from));
    }
    if now.until.is_some_and(|until| from > until) {
        return refuse("from", Why::EndBeforeStart);
    }
    let mut after = now.clone();
    after.hours.retain(|h| h.from != from);
    after.hours.push(hours(from, weekly, paid)?);
    after.hours.sort_by_key(|h| h.from);
    c.put(
        ActKind::EffortChanged,
        Some(Record::Effort(now)),
        Record::Effort(after),
        "",
    );
    Ok(())
}

pub(super) fn end_effort(c: &mut Changes<'_, '_>, id: EffortId, rev: u32, until: Date) -> Result<(), Refusal> {
    let now = find_effort(c, id, rev)?;
    if until < now.from {
        return refuse("until", Why::EndBeforeStart);
    }
    let after = Effort {
        until: Some(until),
        ..now.clone()
    };
    c.put(
        ActKind::EffortEnded,
        Some(Record::Effort(now)),
        Record::Effort(after),
        "",
    );
    Ok(())
}

/// One act: the old period ends the day before, the new begins, and the handover page goes with it.
pub(super) fn transfer(
    c: &mut Changes<'_, '_>,
    to: EmployeeId,
    name: String,
    from: Date,
    reason: TransferReason,
    note: String,
    handover: String,
) -> Result<(), Refusal> {
    let note = optional_text("note", &note, 1_000)?;
    if reason == TransferReason::Other && note.is_empty() {
        return refuse("note", Why::Required);
    }
    let handover_text = optional_text("handover", &handover, 4_000)?;
    steps::within_reach(c, "from", from)?;
    let Some(now) = c.plan.coordinations.last().cloned() else {
        return refuse("to", Why::NotFound);
    };
    if now.employee == to {
        return refuse("to", Why::AlreadyCoordinator);
    }
    // Every day keeps exactly one coordinator, so the one who leaves keeps at least one day.
    let earliest = now.from.saturating_add(jiff::Span::new().days(1)).max(c.today());
    if from < earliest {
        return refuse("from", Why::NotBefore(earliest));
    }
    let until = from.saturating_sub(jiff::Span::new().days(1));
    let ended = Coordination {
        until: Some(until),
        ..now.clone()
    };
    c.put(
        ActKind::CoordinatorEnded,
        Some(Record::Coordination(now)),
        Record::Coordination(ended),
        "",
    );
    let new = Coordination {
        id: c.id(),
        plan: c.plan.head.id,
        employee: to,
        name: text("to", &name, 140)?,
        from,
        until: None,
        reason: Some(reason),
        note: note.clone(),
        rev: 1,
    };
    let page = Handover {
        id: c.id(),
        plan: c.plan.head.id,
        coordination: new.id,
        text: handover_text,
        rev: 1,
    };
    c.put(ActKind::CoordinatorNamed, None, Record::Coordination(new), &note);
    c.add(ActKind::HandoverWritten, Record::Handover(page));
    Ok(())
}

pub(super) fn write_handover(c: &mut Changes<'_, '_>, id: HandoverId, rev: u32, typed: String) -> Result<(), Refusal> {
    let found = c.plan.handovers.iter().find(|h| h.id == id).cloned();
    let now = found.ok_or(Refusal {
        field: "handover",
        why: Why::NotFound,
    })?;
    same_rev(Record::Handover(now.clone()), rev)?;
    let after = Handover {
        text: optional_text("text", &typed, 4_000)?,
        ..now.clone()
    };
    if after != now {
        c.put(
            ActKind::HandoverWritten,
            Some(Record::Handover(now)),
            Record::Handover(after),
            "",
        );
    }
    Ok(())
}

pub(super) fn change_core_task(c: &mut Changes<'_, '_>, to: CoreTask, rev: u32, reason: &str) -> Result<(), Refusal> {
    let now = c.plan.head.clone();
    same_rev(Record::Plan(now.clone()), rev)?;
    let reason = text("reason", reason, 500)?;
    if now.core_task != to {
        let after = PlanHead {
            core_task: to,
            ..now.clone()
        };
        c.put(
            ActKind::CoreTaskChanged,
            Some(Record::Plan(now)),
            Record::Plan(after),
            &reason,
        );
    }
    Ok(())
}

/// Closing ends everything that runs: the coordinator's period, people's parts, booked conversations and open steps.
pub(super) fn close(
    c: &mut Changes<'_, '_>,
    rev: u32,
    on: Date,
    balance: Balance,
    reached: Vec<GoalId>,
) -> Result<(), Refusal> {
    let now = c.plan.head.clone();
    same_rev(Record::Plan(now.clone()), rev)?;
    let balance = Balance {
        reached: text("reached", &balance.reached, 4_000)?,
        helped: optional_text("helped", &balance.helped, 4_000)?,
        remains: optional_text("remains", &balance.remains, 4_000)?,
    };
    if on > c.today() {
        return refuse("on", Why::TooFarAhead);
    }
    let last = c.plan.coordinations.last().cloned();
    let earliest = last.as_ref().map_or(now.opened, |l| l.from);
    if on < earliest {
        return refuse("on", Why::NotBefore(earliest));
    }
    for id in reached {
        let goal = c.plan.goal(id).cloned().ok_or(Refusal {
            field: "goals",
            why: Why::NotFound,
        })?;
        steps::end_goal(c, id, goal.rev, GoalStatus::Reached, "")?;
    }
    for talk in c
        .plan
        .conversations
        .iter()
        .filter(|t| t.status == ConversationStatus::Booked)
    {
        let after = Conversation {
            status: ConversationStatus::Cancelled,
            ..talk.clone()
        };
        c.put(
            ActKind::ConversationCancelled,
            Some(Record::Conversation(talk.clone())),
            Record::Conversation(after),
            "",
        );
    }
    for step in c.plan.steps.iter().filter(|s| s.status == StepStatus::Open) {
        let after = Step {
            status: StepStatus::Dropped,
            ended: Some(on),
            ..step.clone()
        };
        c.put(
            ActKind::StepDropped,
            Some(Record::Step(step.clone())),
            Record::Step(after),
            "",
        );
    }
    for person in c
        .plan
        .participations
        .iter()
        .filter(|p| p.until.is_none_or(|until| until > on))
    {
        let after = Participation {
            until: Some(on.max(person.from)),
            ..person.clone()
        };
        c.put(
            ActKind::Left,
            Some(Record::Participation(person.clone())),
            Record::Participation(after),
            "",
        );
    }
    if let Some(last) = last {
        let after = Coordination {
            until: Some(on),
            ..last.clone()
        };
        c.put(
            ActKind::CoordinatorEnded,
            Some(Record::Coordination(last)),
            Record::Coordination(after),
            "",
        );
    }
    let after = PlanHead {
        closed: Some(on),
        balance: Some(balance),
        ..now.clone()
    };
    c.put(ActKind::PlanClosed, Some(Record::Plan(now)), Record::Plan(after), "");
    Ok(())
}
