//! What the plan itself can say: drafts of the handover and of the balance, put together from what stands in it. People edit them.

use jiff::civil::Date;
use tovholder_casework::person::Citizen;
use tovholder_casework::plan::*;

use crate::conversation::first_name;
use crate::kit::lang::Lang;
use crate::kit::words;

/// The most a handover or a part of a balance holds, in characters.
const MOST: usize = 4_000;

/// A heading with its lines, when there are any.
fn part(into: &mut Vec<String>, heading: &str, lines: impl IntoIterator<Item = String>) {
    let lines: Vec<String> = lines
        .into_iter()
        .map(|line| format!("- {}", line.replace('\n', " ")))
        .collect();
    if !lines.is_empty() {
        into.push(format!("{heading}\n{}", lines.join("\n")));
    }
}

fn together(parts: &[String]) -> String {
    let text = parts.join("\n\n");
    if text.chars().count() <= MOST {
        text
    } else {
        text.chars().take(MOST - 1).chain(['…']).collect()
    }
}

/// A step with who does it, and when.
pub(crate) fn step_line(t: Lang, citizen: &Citizen, step: &Step) -> String {
    let who = if step.holder.kind == PersonKind::Citizen {
        citizen.name.as_str()
    } else {
        step.holder.name.as_str()
    };
    match step.due {
        Some(due) => t.coord_step_due(t.date(due), step.title.as_str(), who),
        None => t.coord_step(step.title.as_str(), who),
    }
}

pub(crate) fn open_goals(plan: &Plan) -> impl Iterator<Item = &Goal> {
    plan.goals.iter().filter(|goal| goal.status == GoalStatus::Open)
}

/// *What your new coordinator should know*, as the plan tells it.
#[must_use]
pub fn handover_draft(t: Lang, citizen: &Citizen, plan: &Plan, today: Date) -> String {
    let first = first_name(t, &citizen.name);
    let mut parts = Vec::new();
    part(
        &mut parts,
        &t.coord_draft_goals(first.as_str()),
        open_goals(plan).map(|goal| goal.words.clone()),
    );
    part(
        &mut parts,
        t.coord_draft_steps(),
        plan.open_steps()
            .into_iter()
            .take(8)
            .map(|step| step_line(t, citizen, step)),
    );
    let lasts =
        |effort: &&Effort| !effort.withdrawn && effort.from <= today && effort.until.is_none_or(|until| until >= today);
    let running = plan.efforts.iter().filter(lasts).map(|effort| effort.title.clone());
    let carries = [StrengthKind::Resource, StrengthKind::Network, StrengthKind::Motivation];
    let strengths = plan
        .strengths
        .iter()
        .filter(|s| s.ended.is_none() && carries.contains(&s.kind));
    let strengths = strengths.map(|s| format!("{}: {}", words::strength_kind(t, s.kind), s.text));
    part(&mut parts, t.coord_draft_works(), strengths.chain(running));
    let hopes = plan
        .strengths
        .iter()
        .filter(|s| s.ended.is_none() && s.kind == StrengthKind::Hope)
        .map(|s| s.text.clone());
    part(&mut parts, &t.coord_draft_hopes(first.as_str()), hopes);
    let asked = plan.questions.iter().filter(|q| q.waits()).map(|q| q.text.clone());
    part(&mut parts, t.coord_draft_questions(), asked);
    together(&parts)
}

/// Figures of a plan's life.
pub(crate) struct Life {
    /// Begun months from first to last day.
    pub months: u32,
    /// Conversations held.
    pub conversations: usize,
    /// Steps done.
    pub steps: usize,
    /// Everybody who has taken part: the citizen's coordinators and the people around the plan, each once.
    pub people: usize,
}
impl Life {
    pub(crate) fn of(plan: &Plan, last: Date) -> Self {
        let days = last
            .since(plan.head.opened)
            .map_or(0, |span| span.get_days())
            .max(0)
            .cast_unsigned()
            + 1;
        let mut people: Vec<String> = plan.coordinations.iter().map(|c| c.employee.to_string()).collect();
        people.extend(
            plan.participations
                .iter()
                .map(|p| p.employee.map_or_else(|| p.name.clone(), |id| id.to_string())),
        );
        people.sort_unstable();
        people.dedup();
        Life {
            months: days.div_ceil(30),
            conversations: plan
                .conversations
                .iter()
                .filter(|c| c.status == ConversationStatus::Held)
                .count(),
            steps: plan.steps.iter().filter(|s| s.status == StepStatus::Done).count(),
            people: people.len(),
        }
    }
}

/// What was reached, what helped and what remains, as the plan tells it.
#[must_use]
pub fn balance_draft(t: Lang, plan: &Plan) -> Balance {
    let mut reached = Vec::new();
    let of = |status: GoalStatus| {
        plan.goals
            .iter()
            .filter(move |goal| goal.status == status)
            .map(|goal| goal.words.clone())
    };
    part(&mut reached, t.coord_draft_reached(), of(GoalStatus::Reached));
    let done = plan
        .steps
        .iter()
        .filter(|step| step.status == StepStatus::Done)
        .map(|step| step.title.clone());
    part(&mut reached, t.coord_draft_done(), done);
    let mut helped = Vec::new();
    part(
        &mut helped,
        t.coord_draft_efforts(),
        plan.efforts.iter().filter(|e| !e.withdrawn).map(|e| e.title.clone()),
    );
    let people = plan.participations.iter().map(|p| {
        if p.role.is_empty() {
            p.name.clone()
        } else {
            format!("{}, {}", p.name, p.role)
        }
    });
    part(&mut helped, t.coord_draft_people(), people);
    let mut remains = Vec::new();
    part(&mut remains, t.coord_draft_open_goals(), of(GoalStatus::Open));
    Balance {
        reached: together(&reached),
        helped: together(&helped),
        remains: together(&remains),
    }
}
