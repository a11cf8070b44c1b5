//! Goals, steps, remarks, strengths and the progression view.

use super::*;

pub(super) fn set_goal(c: &mut Changes<'_, '_>, input: GoalInput) -> Result<GoalId, Refusal> {
    let id = c.id();
    let goal = Goal {
        id,
        plan: c.plan.head.id,
        parent: None,
        words: String::new(),
        professional: String::new(),
        aim: input.aim,
        status: GoalStatus::Open,
        since: c.today(),
        ended: None,
        rev: 1,
    };
    let goal = fill_goal(c, goal, input)?;
    c.add(ActKind::GoalSet, Record::Goal(goal));
    Ok(id)
}

fn fill_goal(c: &Changes<'_, '_>, goal: Goal, input: GoalInput) -> Result<Goal, Refusal> {
    if let Some(parent) = input.parent {
        match c.plan.goal(parent) {
            None => return refuse("parent", Why::NotFound),
            Some(above) if above.parent.is_some() || parent == goal.id => return refuse("parent", Why::TooDeep),
            Some(_) if c.plan.goals.iter().any(|g| g.parent == Some(goal.id)) => return refuse("parent", Why::TooDeep),
            Some(_) => {}
        }
    }
    Ok(Goal {
        parent: input.parent,
        words: text("words", &input.words, 500)?,
        professional: optional_text("professional", &input.professional, 2_000)?,
        aim: input.aim,
        ..goal
    })
}

fn find_goal(c: &Changes<'_, '_>, id: GoalId) -> Result<Goal, Refusal> {
    c.plan.goal(id).cloned().ok_or(Refusal {
        field: "goal",
        why: Why::NotFound,
    })
}

pub(super) fn change_goal(c: &mut Changes<'_, '_>, id: GoalId, rev: u32, mut input: GoalInput) -> Result<(), Refusal> {
    let now = find_goal(c, id)?;
    same_rev(Record::Goal(now.clone()), rev)?;
    if c.ctx.relation == Relation::Citizen {
        // The citizen's page shows the employee's words but does not edit them.
        input.professional.clone_from(&now.professional);
    }
    let after = fill_goal(c, now.clone(), input)?;
    if after != now {
        c.put(ActKind::GoalChanged, Some(Record::Goal(now)), Record::Goal(after), "");
    }
    Ok(())
}

pub(super) fn end_goal(
    c: &mut Changes<'_, '_>,
    id: GoalId,
    rev: u32,
    status: GoalStatus,
    reason: &str,
) -> Result<(), Refusal> {
    let now = find_goal(c, id)?;
    same_rev(Record::Goal(now.clone()), rev)?;
    let reason = optional_text("reason", reason, 500)?;
    let (kind, ended) = match status {
        GoalStatus::Open => (ActKind::GoalReopened, None),
        GoalStatus::Reached => (ActKind::GoalReached, Some(c.today())),
        GoalStatus::Dropped => (ActKind::GoalDropped, Some(c.today())),
    };
    if now.status != status {
        let after = Goal {
            status,
            ended,
            ..now.clone()
        };
        c.put(kind, Some(Record::Goal(now)), Record::Goal(after), &reason);
    }
    Ok(())
}

fn fill_step(c: &Changes<'_, '_>, step: Step, input: StepInput, new_goals: &[GoalId]) -> Result<Step, Refusal> {
    if let Some(goal) = input.goal
        && c.plan.goal(goal).is_none()
        && !new_goals.contains(&goal)
    {
        return refuse("goal", Why::NotFound);
    }
    let title = text("title", &input.title, 200)?;
    if let Some(due) = input.due {
        within_reach(c, "due", due)?;
        // A day that has gone already may stand as it is when only the words are changed.
        if due < c.today() && step.due != Some(due) {
            return refuse("due", Why::DayGone);
        }
    }
    let holder = match input.holder.kind {
        PersonKind::Citizen => Holder::citizen(),
        PersonKind::Employee if input.holder.employee.is_none() => return refuse("holder", Why::Required),
        _ => Holder {
            name: text("holder", &input.holder.name, 140)?,
            ..input.holder
        },
    };
    Ok(Step {
        goal: input.goal,
        title,
        holder,
        due: input.due,
        role: input.role,
        ..step
    })
}

pub(super) fn within_reach(c: &Changes<'_, '_>, field: &'static str, day: Date) -> Result<(), Refusal> {
    if day > c.today().saturating_add(jiff::Span::new().years(5)) {
        refuse(field, Why::TooFarAhead)
    } else {
        Ok(())
    }
}

pub(super) fn set_step(c: &mut Changes<'_, '_>, input: StepInput, reason: &str) -> Result<(), Refusal> {
    let new_goals: Vec<GoalId> = c
        .out
        .iter()
        .filter_map(|change| match &change.after {
            Record::Goal(goal) => Some(goal.id),
            _ => None,
        })
        .collect();
    let step = Step {
        id: c.id(),
        plan: c.plan.head.id,
        goal: None,
        title: String::new(),
        holder: Holder::citizen(),
        due: None,
        role: None,
        status: StepStatus::Open,
        since: c.today(),
        ended: None,
        rev: 1,
    };
    let step = fill_step(c, step, input, &new_goals)?;
    c.put(ActKind::StepSet, None, Record::Step(step), reason);
    Ok(())
}

fn find_step(c: &Changes<'_, '_>, id: StepId) -> Result<Step, Refusal> {
    c.plan.step(id).cloned().ok_or(Refusal {
        field: "step",
        why: Why::NotFound,
    })
}

fn may_change(c: &Changes<'_, '_>, step: &Step) -> Result<(), Refusal> {
    if access::may_change_step(c.ctx.relation, step) {
        Ok(())
    } else {
        refuse("", Why::NotAllowed)
    }
}

pub(super) fn change_step(c: &mut Changes<'_, '_>, id: StepId, rev: u32, mut input: StepInput) -> Result<(), Refusal> {
    let now = find_step(c, id)?;
    may_change(c, &now)?;
    same_rev(Record::Step(now.clone()), rev)?;
    if c.ctx.relation == Relation::Citizen {
        // Giving a step to somebody else, and what it asks of the employee, is agreed with them.
        input.holder = now.holder.clone();
        input.role = now.role;
    }
    let after = fill_step(c, now.clone(), input, &[])?;
    if after != now {
        c.put(ActKind::StepChanged, Some(Record::Step(now)), Record::Step(after), "");
    }
    Ok(())
}

pub(super) fn tick(c: &mut Changes<'_, '_>, id: StepId, done: bool) -> Result<(), Refusal> {
    let now = find_step(c, id)?;
    let (status, kind, ended) = if done {
        (StepStatus::Done, ActKind::StepDone, Some(c.today()))
    } else {
        (StepStatus::Open, ActKind::StepReopened, None)
    };
    if now.status != status {
        let after = Step {
            status,
            ended,
            ..now.clone()
        };
        c.put(kind, Some(Record::Step(now)), Record::Step(after), "");
    }
    Ok(())
}

pub(super) fn drop_step(c: &mut Changes<'_, '_>, id: StepId, rev: u32, reason: &str) -> Result<(), Refusal> {
    let now = find_step(c, id)?;
    may_change(c, &now)?;
    same_rev(Record::Step(now.clone()), rev)?;
    let reason = optional_text("reason", reason, 500)?;
    if now.status != StepStatus::Dropped {
        let after = Step {
            status: StepStatus::Dropped,
            ended: Some(c.today()),
            ..now.clone()
        };
        c.put(
            ActKind::StepDropped,
            Some(Record::Step(now)),
            Record::Step(after),
            &reason,
        );
    }
    Ok(())
}

pub(super) fn comment(
    c: &mut Changes<'_, '_>,
    step: Option<StepId>,
    goal: Option<GoalId>,
    typed: String,
) -> Result<(), Refusal> {
    match (step, goal) {
        (Some(id), None) => drop(find_step(c, id)?),
        (None, Some(id)) => drop(find_goal(c, id)?),
        _ => return refuse("step", Why::NotFound),
    }
    let comment = Comment {
        id: c.id(),
        plan: c.plan.head.id,
        step,
        goal,
        author_kind: match c.ctx.actor.kind {
            UserKind::Citizen => PersonKind::Citizen,
            _ => PersonKind::Employee,
        },
        author: c.ctx.actor.name.clone(),
        text: text("text", &typed, 2_000)?,
        on: c.today(),
        withdrawn: false,
        rev: 1,
    };
    c.add(ActKind::Commented, Record::Comment(comment));
    Ok(())
}

pub(super) fn set_strength(c: &mut Changes<'_, '_>, kind: StrengthKind, typed: String) -> Result<(), Refusal> {
    let strength = Strength {
        id: c.id(),
        plan: c.plan.head.id,
        kind,
        text: text("text", &typed, 500)?,
        since: c.today(),
        ended: None,
        rev: 1,
    };
    c.add(ActKind::StrengthSet, Record::Strength(strength));
    Ok(())
}

pub(super) fn change_strength(
    c: &mut Changes<'_, '_>,
    id: StrengthId,
    rev: u32,
    typed: Option<String>,
) -> Result<(), Refusal> {
    let found = c.plan.strengths.iter().find(|s| s.id == id).cloned();
    let now = found.ok_or(Refusal {
        field: "strength",
        why: Why::NotFound,
    })?;
    same_rev(Record::Strength(now.clone()), rev)?;
    let (kind, after) = match typed {
        Some(typed) => (
            ActKind::StrengthChanged,
            Strength {
                text: text("text", &typed, 500)?,
                ..now.clone()
            },
        ),
        None => (
            ActKind::StrengthEnded,
            Strength {
                ended: Some(c.today()),
                ..now.clone()
            },
        ),
    };
    if after != now {
        c.put(kind, Some(Record::Strength(now)), Record::Strength(after), "");
    }
    Ok(())
}

pub(super) fn rate(
    c: &mut Changes<'_, '_>,
    rater: Rater,
    answers: Vec<(Precondition, u8, String)>,
) -> Result<(), Refusal> {
    let sits_there = match rater {
        Rater::Citizen => c.ctx.relation == Relation::Citizen || c.ctx.voice == Voice::Together,
        Rater::Employee => c.ctx.relation != Relation::Citizen,
    };
    if !sits_there {
        return refuse("rater", Why::WrongRater);
    }
    if answers.is_empty() {
        return refuse("answers", Why::Required);
    }
    for (precondition, value, note) in answers {
        if !(1..=5).contains(&value) {
            return refuse("value", Why::OutOfRange(1, 5));
        }
        let note = optional_text("note", &note, 500)?;
        // A second answer on the same day corrects the first.
        let today = c.today();
        let same = c
            .plan
            .ratings
            .iter()
            .find(|r| r.on == today && r.rater == rater && r.precondition == precondition && !r.withdrawn)
            .cloned();
        match same {
            Some(now) => {
                let after = Rating {
                    value,
                    note,
                    ..now.clone()
                };
                if after != now {
                    c.put(ActKind::Rated, Some(Record::Rating(now)), Record::Rating(after), "");
                }
            }
            None => {
                let id = c.id();
                let plan = c.plan.head.id;
                let rating = Rating {
                    id,
                    plan,
                    on: today,
                    rater,
                    precondition,
                    value,
                    note,
                    withdrawn: false,
                    rev: 1,
                };
                c.add(ActKind::Rated, Record::Rating(rating));
            }
        }
    }
    Ok(())
}
