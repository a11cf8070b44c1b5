//! `/my-plan`: the next step and the next conversation, and below them the rest of the plan in short.

use askama::Template;
use axum::response::Response;
use jiff::ToSpan as _;
use tovholder_casework::act::PageKey;
use tovholder_casework::plan::*;
use tovholder_store::{acts, people};

use super::words::{NEWS_DAYS, News, StepLine, Talk, news};
use super::{Change, Someone, coming_change, employee, shell};
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, page};
use crate::kit::shell::Shell;
use crate::kit::visit::{Opened, Visit};

/// A goal in short.
struct GoalLine {
    href: String,
    words: String,
    /// Its sub-goals that are still open.
    below: Vec<String>,
}

#[derive(Template)]
#[template(path = "citizen/home.html")]
struct Home {
    t: Lang,
    shell: Shell,
    greeting: String,
    /// The citizen's own next step.
    step: Option<StepLine>,
    /// What others do next, when the citizen has no step.
    others: Option<StepLine>,
    /// How many own steps come after it.
    more_steps: usize,
    talk: Option<Talk>,
    calendar: String,
    questions: usize,
    messages: usize,
    /// How many consents wait for an answer.
    consents: usize,
    /// Consents that end soon: the other side, and when.
    ending: Vec<(String, String)>,
    goals: Vec<GoalLine>,
    coordinator: Option<Someone>,
    change: Option<Change>,
    news: Vec<News>,
}

#[derive(Template)]
#[template(path = "citizen/no_plan.html")]
struct NoPlan {
    t: Lang,
    shell: Shell,
    greeting: String,
}

#[derive(Template)]
#[template(path = "citizen/closed.html")]
struct Closed {
    t: Lang,
    shell: Shell,
    greeting: String,
    closed: jiff::civil::Date,
    balance: Balance,
    reached: Vec<String>,
    steps_done: usize,
}

fn greeting(t: Lang, name: &str) -> String {
    match name.split_whitespace().next() {
        // A first name of a normal length. Longer ones would fill the phone and are greeted without.
        Some(first) if first.chars().count() <= 24 => t.my_greeting(first),
        _ => t.my_greeting_no_name().to_owned(),
    }
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] for an employee; the database is away.
pub async fn get(visit: Visit) -> Result<Response, Failure> {
    let t = visit.t;
    let mut conn = visit.read().await?;
    let Some(case) = visit.open_own(&mut conn, PageKey::Plan).await? else {
        let shell = visit.shell(t.nav_my_plan());
        return page(&NoPlan {
            t,
            shell,
            greeting: greeting(t, &visit.user.actor.name),
        });
    };
    let plan = &case.plan;
    if let (Some(closed), Some(balance)) = (plan.head.closed, &plan.head.balance) {
        return page(&closed_page(&visit, &case, closed, balance));
    }
    let staff = people::employees_of_plan(&mut conn, plan.head.id).await?;
    let since = visit
        .at
        .saturating_sub((24 * (NEWS_DAYS + 1)).hours())
        .unwrap_or(visit.at);
    let latest = acts::of_others(&mut conn, case.citizen.id, since).await?;
    let today = visit.today();
    let next = plan.next_step().map(|s| StepLine::new(t, plan, s, today));
    let (step, others) = match next {
        Some(step) if step.can_tick => (Some(step), None),
        other => (None, other),
    };
    let mine = |s: &&Step| s.status == StepStatus::Open && s.holder.kind == PersonKind::Citizen;
    let talk = plan.next_conversation(visit.now);
    let open = |g: &&Goal| g.status == GoalStatus::Open;
    let goals = plan
        .goals
        .iter()
        .filter(open)
        .filter(|g| g.parent.is_none())
        .map(|g| GoalLine {
            href: format!("/my-plan/goals/{}", g.id),
            words: g.words.clone(),
            below: plan
                .goals
                .iter()
                .filter(open)
                .filter(|s| s.parent == Some(g.id))
                .map(|s| s.words.clone())
                .collect(),
        });
    page(&Home {
        t,
        shell: shell(&visit, &case, t.nav_my_plan()),
        greeting: greeting(t, &case.citizen.name),
        more_steps: plan.steps.iter().filter(mine).count().saturating_sub(1),
        step,
        others,
        calendar: talk.map_or_else(String::new, |c| format!("/my-plan/conversations/{}/calendar.ics", c.id)),
        talk: talk.map(|c| Talk::new(t, c, visit.now)),
        questions: plan.questions.iter().filter(|q| q.waits()).count(),
        messages: plan.messages.iter().filter(|m| m.waits_for_citizen()).count(),
        consents: plan.consents.iter().filter(|c| c.waits(today)).count(),
        ending: plan
            .consents
            .iter()
            .filter(|c| c.ends_soon(today, visit.rules().consent_limit().remind_days))
            .map(|c| (c.terms.other_side().to_owned(), t.relative_day(c.until, today)))
            .collect(),
        goals: goals.collect(),
        coordinator: plan.coordinator(today).map(|c| employee(&staff, c.employee, &c.name)),
        change: coming_change(plan, today),
        news: news(t, plan, latest, visit.at)?,
    })
}

fn closed_page(visit: &Visit, case: &Opened, closed: jiff::civil::Date, balance: &Balance) -> Closed {
    let plan = &case.plan;
    Closed {
        t: visit.t,
        shell: shell(visit, case, visit.t.nav_my_plan()),
        greeting: greeting(visit.t, &case.citizen.name),
        closed,
        balance: balance.clone(),
        reached: plan
            .goals
            .iter()
            .filter(|g| g.status == GoalStatus::Reached)
            .map(|g| g.words.clone())
            .collect(),
        steps_done: plan.steps.iter().filter(|s| s.status == StepStatus::Done).count(),
    }
}
