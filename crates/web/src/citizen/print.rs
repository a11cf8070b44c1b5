//! `/my-plan/print`: the whole plan on paper, in plain words.

use askama::Template;
use axum::response::Response;
use jiff::civil::Date;
use tovholder_casework::act::PageKey;
use tovholder_casework::plan::*;
use tovholder_casework::reference::occupation;
use tovholder_store::people;

use super::efforts::{self, Line};
use super::words::{StepLine, Talk};
use super::{Someone, employee, shell, start};
use crate::kit::charts::Stage;
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, page};
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;
use crate::kit::words;

struct GoalText {
    words: String,
    professional: String,
    reached: bool,
    below: Vec<String>,
}
struct Group {
    heading: &'static str,
    items: Vec<String>,
}

#[derive(Template)]
#[template(path = "citizen/print.html")]
struct Page {
    t: Lang,
    shell: Shell,
    name: String,
    today: Date,
    opened: Date,
    closed: Option<Date>,
    balance: Option<Balance>,
    goals: Vec<GoalText>,
    mine: Vec<StepLine>,
    others: Vec<StepLine>,
    talks: Vec<Talk>,
    questions: Vec<String>,
    coordinator: Option<Someone>,
    people: Vec<Someone>,
    groups: Vec<Group>,
    wishes: String,
    occupation: &'static str,
    efforts: Vec<Line>,
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] for an employee; the database is away.
pub async fn get(visit: Visit) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let Some(case) = visit.open_own(&mut conn, PageKey::Print).await? else {
        return Ok(start());
    };
    let (t, plan, today) = (visit.t, &case.plan, visit.today());
    let staff = people::employees_of_plan(&mut conn, plan.head.id).await?;
    let kept = |g: &&Goal| g.status != GoalStatus::Dropped;
    let goals = plan
        .goals
        .iter()
        .filter(kept)
        .filter(|g| g.parent.is_none())
        .map(|g| GoalText {
            words: g.words.clone(),
            professional: g.professional.clone(),
            reached: g.status == GoalStatus::Reached,
            below: plan
                .goals
                .iter()
                .filter(kept)
                .filter(|s| s.parent == Some(g.id))
                .map(|s| s.words.clone())
                .collect(),
        });
    let open = plan.open_steps().into_iter();
    let (mine, others): (Vec<&Step>, Vec<&Step>) = open.partition(|s| s.holder.kind == PersonKind::Citizen);
    // Paper is read on other days: a date, and not how far it is.
    let step = |s: &Step| StepLine {
        when: s.due.map_or_else(String::new, |due| t.my_step_by(t.date(due))),
        ..StepLine::new(t, plan, s, today)
    };
    let coordinator = plan.coordinator(today);
    let group = |kind: &StrengthKind| {
        let items: Vec<String> = plan
            .strengths
            .iter()
            .filter(|s| s.kind == *kind && s.ended.is_none())
            .map(|s| s.text.clone())
            .collect();
        (!items.is_empty()).then(|| Group {
            heading: words::strength_kind(t, *kind),
            items,
        })
    };
    let running = plan
        .efforts
        .iter()
        .filter(|e| !e.withdrawn && efforts::stage(e, today) != Stage::Ended);
    page(&Page {
        t,
        shell: shell(&visit, &case, t.my_print_title()),
        name: case.citizen.name.clone(),
        today,
        opened: plan.head.opened,
        closed: plan.head.closed,
        balance: plan.head.balance.clone(),
        goals: goals.collect(),
        mine: mine.into_iter().map(step).collect(),
        others: others.into_iter().map(step).collect(),
        talks: plan
            .conversations
            .iter()
            .map(|c| Talk::new(t, c, visit.now))
            .filter(|c| c.coming)
            .collect(),
        questions: plan
            .questions
            .iter()
            .filter(|q| q.waits())
            .map(|q| q.text.clone())
            .collect(),
        coordinator: coordinator.map(|c| employee(&staff, c.employee, &c.name)),
        people: super::team::around(&visit, plan, &staff),
        groups: StrengthKind::ALL.iter().filter_map(group).collect(),
        wishes: case.citizen.wishes.clone(),
        occupation: occupation(&case.citizen.occupation).map_or("", |o| o.title),
        efforts: running.map(|e| efforts::line(&visit, e)).collect(),
    })
}
