//! `/plans/{plan}/transfer`: the plan gets a new coordinator. One act, with a reason and a page that says what the new one should know.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;
use tovholder_casework::access::Action;
use tovholder_casework::act::PageKey;
use tovholder_casework::decide::Intent;
use tovholder_casework::id::*;
use tovholder_casework::plan::*;
use tovholder_store::db::Conn;
use tovholder_store::plans::Performed;
use uuid::Uuid;

use super::{UnitOfChoices, colleagues, coordinators, facts, open_for};
use crate::conversation::first_name;
use crate::kit::form::{Choice, Errors};
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, Said, page, page_with_errors, refused, see_other};
use crate::kit::sent::{Fields, Sent};
use crate::kit::shell::Shell;
use crate::kit::visit::{Opened, Visit};
use crate::kit::words;

#[derive(Template)]
#[template(path = "coordination/transfer.html")]
struct Page {
    t: Lang,
    shell: Shell,
    errors: Errors,
    first: String,
    plan_url: String,
    act: String,
    /// Who has the plan today, or who takes over next.
    now: String,
    changes: usize,
    units: Vec<UnitOfChoices>,
    chosen: bool,
    from: String,
    reasons: Vec<Choice>,
    note: String,
    handover: String,
    former_days: u32,
}

/// The first day a new coordinator can have: the one who leaves keeps at least one.
fn earliest(plan: &Plan, today: Date) -> Date {
    plan.coordinations.last().map_or(today, |last| {
        last.from.saturating_add(jiff::Span::new().days(1)).max(today)
    })
}

async fn case(visit: &Visit, conn: &mut Conn, plan: PlanId) -> Result<Opened, Failure> {
    let case = open_for(visit, conn, plan, PageKey::Transfer, Action::Transfer).await?;
    if case.plan.is_open() {
        Ok(case)
    } else {
        Err(Failure::NotFound)
    }
}

async fn view(
    visit: &Visit,
    conn: &mut Conn,
    shell: Shell,
    case: &Opened,
    fields: &Fields,
    errors: Errors,
) -> Result<Page, Failure> {
    let t = visit.t;
    let last = case.plan.coordinations.last().ok_or(Failure::NotFound)?;
    let begun = case
        .plan
        .coordinations
        .iter()
        .filter(|c| c.from <= visit.today())
        .count();
    let units = colleagues(conn, t, case.citizen.unit, Some(last.employee), fields.text("to")).await?;
    Ok(Page {
        t,
        errors,
        first: first_name(t, &case.citizen.name),
        plan_url: format!("/plans/{}", case.plan.head.id),
        act: Uuid::now_v7().to_string(),
        now: if last.from > visit.today() {
            t.coord_transfer_coming(last.name.as_str(), t.date(last.from))
        } else {
            t.coord_transfer_now(last.name.as_str(), t.date(last.from))
        },
        changes: begun.saturating_sub(1),
        chosen: units.iter().any(|unit| unit.people.iter().any(|p| p.chosen)),
        units,
        from: fields.text("from").to_owned(),
        reasons: words::choices(t, TransferReason::ALL, words::transfer_reason, fields.text("reason")),
        note: fields.text("note").to_owned(),
        handover: fields.text("handover").to_owned(),
        former_days: visit.rules().coordinator().former_reads_days,
        shell,
    })
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] for somebody who may not change the coordinator.
pub async fn get(visit: Visit, Path(plan): Path<PlanId>) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let case = case(&visit, &mut conn, plan).await?;
    let mut shell = visit.shell(visit.t.coord_transfer_title(case.citizen.name.as_str()));
    let fresh = Fields::empty().with("from", earliest(&case.plan, visit.today())).with(
        "handover",
        facts::handover_draft(visit.t, &case.citizen, &case.plan, visit.today()),
    );
    let fields = visit.fields(&mut conn, &mut shell, None, fresh).await?;
    page(&view(&visit, &mut conn, shell, &case, &fields, Errors::none()).await?)
}

/// Changes the coordinator.
///
/// # Errors
/// As [`get`].
pub async fn post(visit: Visit, Path(plan): Path<PlanId>, sent: Sent) -> Result<Response, Failure> {
    let t = visit.t;
    visit.employee()?;
    let mut errors = Errors::none();
    let chosen: Option<EmployeeId> = sent.value("to");
    let to = coordinators(&mut visit.read().await?)
        .await?
        .into_iter()
        .find(|e| Some(e.id) == chosen);
    if to.is_none() {
        errors.push("to", t.coord_choose_colleague());
    }
    let from = sent.required_date("from", t, &mut errors);
    let reason = sent.choice("reason", t, &mut errors);
    if let (Some(to), Some(from), Some(reason)) = (to, from, reason)
        && errors.is_empty()
    {
        let (note, handover) = (sent.text("note").to_owned(), sent.text("handover").to_owned());
        let intent = Intent::Transfer {
            to: to.id,
            name: to.name,
            from,
            reason,
            note,
            handover,
        };
        let receipt = format!("/plans/{plan}/handover");
        match visit.perform(plan, intent, &sent, &receipt).await? {
            Ok(Performed::Done(_)) => return Ok(see_other(&receipt, Said::Transferred, None)),
            Ok(Performed::Already(to)) => return Ok(Redirect::to(&to).into_response()),
            Err(why) => refused(t, &why, &[], &mut errors),
        }
    }
    let mut conn = visit.read().await?;
    let case = case(&visit, &mut conn, plan).await?;
    let shell = visit.shell(t.coord_transfer_title(case.citizen.name.as_str())).failed();
    page_with_errors(&view(&visit, &mut conn, shell, &case, &sent, errors).await?)
}
