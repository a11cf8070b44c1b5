//! `/plans/{plan}/close`: the plan ends with a balance of what was reached; afterwards the page shows it.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use tovholder_casework::access::Action;
use tovholder_casework::act::PageKey;
use tovholder_casework::decide::{Intent, Refusal, Why};
use tovholder_casework::id::*;
use tovholder_casework::plan::*;
use tovholder_store::plans::{PerformError, Performed};
use uuid::Uuid;

use super::facts::{Life, balance_draft, open_goals};
use super::open_for;
use crate::conversation::first_name;
use crate::kit::form::{Choice, Errors};
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, Said, page, page_with_errors, refused, see_other};
use crate::kit::sent::{Fields, Sent};
use crate::kit::shell::Shell;
use crate::kit::visit::{Opened, Visit};

#[derive(Template)]
#[template(path = "coordination/close.html")]
struct Page {
    t: Lang,
    shell: Shell,
    errors: Errors,
    first: String,
    plan_url: String,
    act: String,
    rev: u32,
    figures: Vec<(String, &'static str)>,
    goals: Vec<Choice>,
    reached: String,
    helped: String,
    remains: String,
    on: String,
    ends: Vec<String>,
}

#[derive(Template)]
#[template(path = "coordination/closed.html")]
struct Closed {
    t: Lang,
    shell: Shell,
    first: String,
    plan_url: String,
    citizen_url: String,
    lead: String,
    figures: Vec<(String, &'static str)>,
    goals: Vec<String>,
    balance: Balance,
}

fn figures(t: Lang, plan: &Plan, last: jiff::civil::Date) -> Vec<(String, &'static str)> {
    let life = Life::of(plan, last);
    vec![
        (t.integer(life.months), t.coord_months()),
        (t.integer(life.conversations), t.coord_conversations()),
        (t.integer(life.steps), t.coord_steps_done()),
        (t.integer(life.people), t.coord_people()),
    ]
}

/// What ends with the plan, in plain words and with numbers.
fn ends(t: Lang, plan: &Plan, first: &str, today: jiff::civil::Date) -> Vec<String> {
    let booked = plan
        .conversations
        .iter()
        .filter(|c| c.status == ConversationStatus::Booked)
        .count();
    let steps = plan.steps.iter().filter(|s| s.status == StepStatus::Open).count();
    let people = plan.team_on(today).count();
    let questions = plan.questions.iter().filter(|q| q.waits()).count();
    let mut all = Vec::new();
    if questions > 0 {
        all.push(t.coord_ends_questions(questions, first));
    }
    if booked > 0 {
        all.push(t.coord_ends_conversations(booked));
    }
    if steps > 0 {
        all.push(t.coord_ends_steps(steps));
    }
    if people > 0 {
        all.push(t.coord_ends_people(people));
    }
    all.push(t.coord_ends_coordinator().to_owned());
    all
}

fn view(visit: &Visit, shell: Shell, case: &Opened, fields: &Fields, errors: Errors) -> Page {
    let t = visit.t;
    let ticked: Vec<&str> = fields.all("goals").collect();
    let goals = open_goals(&case.plan).map(|goal| {
        let id = goal.id.to_string();
        Choice::new(id.as_str(), goal.words.as_str(), ticked.contains(&id.as_str()))
    });
    Page {
        t,
        errors,
        first: first_name(t, &case.citizen.name),
        plan_url: format!("/plans/{}", case.plan.head.id),
        act: Uuid::now_v7().to_string(),
        rev: case.plan.head.rev,
        figures: figures(t, &case.plan, visit.today()),
        goals: goals.collect(),
        reached: fields.text("reached").to_owned(),
        helped: fields.text("helped").to_owned(),
        remains: fields.text("remains").to_owned(),
        on: fields.text("on").to_owned(),
        ends: ends(t, &case.plan, &first_name(t, &case.citizen.name), visit.today()),
        shell,
    }
}

/// The page; of a closed plan, its balance.
///
/// # Errors
/// [`Failure::NotFound`] for somebody who may not close the plan, or may not read a closed one.
pub async fn get(visit: Visit, Path(plan): Path<PlanId>) -> Result<Response, Failure> {
    let t = visit.t;
    let mut conn = visit.read().await?;
    let case = open_for(&visit, &mut conn, plan, PageKey::Close, Action::Read).await?;
    if let (Some(closed), Some(balance)) = (case.plan.head.closed, &case.plan.head.balance) {
        return page(&Closed {
            t,
            shell: visit.shell(t.coord_closed_title(case.citizen.name.as_str())),
            first: first_name(t, &case.citizen.name),
            plan_url: format!("/plans/{plan}"),
            citizen_url: format!("/citizens/{}", case.citizen.id),
            lead: t.coord_closed_lead(t.date(closed), t.date(case.plan.head.opened)),
            figures: figures(t, &case.plan, closed),
            goals: case
                .plan
                .goals
                .iter()
                .filter(|g| g.status == GoalStatus::Reached)
                .map(|g| g.words.clone())
                .collect(),
            balance: balance.clone(),
        });
    }
    if !case.may(Action::Close) {
        return Err(Failure::NotFound);
    }
    let mut shell = visit.shell(t.coord_close_title(case.citizen.name.as_str()));
    let draft = balance_draft(t, &case.plan);
    let fresh = Fields::empty()
        .with("reached", draft.reached)
        .with("helped", draft.helped)
        .with("remains", draft.remains)
        .with("on", visit.today());
    let fields = visit.fields(&mut conn, &mut shell, None, fresh).await?;
    page(&view(&visit, shell, &case, &fields, Errors::none()))
}

/// Closes the plan.
///
/// # Errors
/// As [`get`].
pub async fn post(visit: Visit, Path(plan): Path<PlanId>, sent: Sent) -> Result<Response, Failure> {
    let t = visit.t;
    visit.employee()?;
    let mut errors = Errors::none();
    let text = |name: &str| sent.text(name).to_owned();
    if sent.is_blank("reached") {
        errors.push("reached", t.coord_reached_missing());
    }
    let on = sent.required_date("on", t, &mut errors);
    if let Some(on) = on.filter(|_| errors.is_empty()) {
        let balance = Balance {
            reached: text("reached"),
            helped: text("helped"),
            remains: text("remains"),
        };
        let mut reached: Vec<GoalId> = sent.all("goals").filter_map(|id| id.parse().ok()).collect();
        reached.sort_unstable();
        reached.dedup();
        let to = format!("/plans/{plan}/close");
        match visit
            .perform(
                plan,
                Intent::Close {
                    rev: sent.rev(),
                    on,
                    balance,
                    reached,
                },
                &sent,
                &to,
            )
            .await?
        {
            Ok(Performed::Done(_)) => return Ok(see_other(&to, Said::Closed, None)),
            Ok(Performed::Already(to)) => return Ok(Redirect::to(&to).into_response()),
            Err(PerformError::Refused(Refusal {
                why: Why::PlanClosed, ..
            })) => return Ok(Redirect::to(&to).into_response()),
            Err(PerformError::Refused(Refusal {
                why: Why::Conflict(_), ..
            })) => errors.push("", t.coord_changed_meanwhile()),
            Err(why) => refused(t, &why, &[], &mut errors),
        }
    }
    let case = open_for(&visit, &mut visit.read().await?, plan, PageKey::Close, Action::Close).await?;
    let shell = visit.shell(t.coord_close_title(case.citizen.name.as_str())).failed();
    page_with_errors(&view(&visit, shell, &case, &sent, errors))
}
