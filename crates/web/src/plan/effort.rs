//! `/plans/{plan}/efforts/{effort}`: an effort to be changed, with its hours over time.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use tovholder_casework::act::PageKey;
use tovholder_casework::decide::Intent;
use tovholder_casework::id::*;
use tovholder_casework::plan::*;
use tovholder_store::db::Conn;

use crate::kit::form::Errors;
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, Said, page, page_with_errors};
use crate::kit::sent::{Fields, Sent};
use crate::kit::shell::Shell;
use crate::kit::visit::{Opened, Visit};
use crate::plan::effort_new::{EffortChoices, read};
use crate::plan::{Form, again, begin, carry_out, home, to_write};

#[derive(Template)]
#[template(path = "plan/effort.html")]
struct Page {
    t: Lang,
    shell: Shell,
    form: Form,
    effort: EffortChoices,
    /// The effort as it stands in the plan.
    now: Effort,
    conflict: bool,
}

/// An effort of the plan.
pub(super) fn find(case: &Opened, id: EffortId) -> Result<Effort, Failure> {
    case.plan
        .efforts
        .iter()
        .find(|e| e.id == id && !e.withdrawn)
        .cloned()
        .ok_or(Failure::NotFound)
}

fn fresh(t: Lang, effort: &Effort) -> Fields {
    let first = effort.hours.iter().find(|h| h.from <= effort.from);
    let hours = |hours: Option<f64>| hours.map_or_else(String::new, |h| t.number(h));
    let id = |id: Option<String>| id.unwrap_or_default();
    Fields::empty()
        .with("_rev", effort.rev)
        .with("kind", &effort.kind)
        .with("title", &effort.title)
        .with("company", id(effort.company.map(|c| c.to_string())))
        .with("unit", id(effort.unit.map(|u| u.to_string())))
        .with("provider", &effort.provider)
        .with("from", effort.from)
        .with("until", effort.until.map_or_else(String::new, |d| d.to_string()))
        .with("hours", hours(first.map(|h| h.hours)))
        .with("paid", hours(first.map(|h| h.paid)))
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] for an effort that is not in the plan, or somebody who may not write in it.
pub async fn get(visit: Visit, Path((plan, id)): Path<(PlanId, EffortId)>) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let case = to_write(&visit, &mut conn, plan, PageKey::Efforts).await?;
    let now = find(&case, id)?;
    let (shell, form) = begin(
        &visit,
        &mut conn,
        &case,
        visit.t.plan_effort_title(),
        fresh(visit.t, &now),
    )
    .await?;
    page(&view(&visit, &mut conn, now, shell, form).await?)
}

/// Changes the effort.
///
/// # Errors
/// As [`get`].
pub async fn post(visit: Visit, Path((plan, id)): Path<(PlanId, EffortId)>, sent: Sent) -> Result<Response, Failure> {
    let mut errors = Errors::none();
    if let Some(input) = read(&visit, &sent, &mut errors).await? {
        let intent = Intent::ChangeEffort {
            effort: id,
            rev: sent.rev(),
            input,
        };
        let to = home(plan);
        if let Some(done) = carry_out(&visit, plan, intent, &sent, (&to, Said::Saved), &[], &mut errors).await? {
            return Ok(done);
        }
    }
    let mut conn = visit.read().await?;
    let case = to_write(&visit, &mut conn, plan, PageKey::Efforts).await?;
    let now = find(&case, id)?;
    let (shell, form) = again(&visit, &case, visit.t.plan_effort_title(), &sent, errors);
    page_with_errors(&view(&visit, &mut conn, now, shell, form).await?)
}

async fn view(visit: &Visit, conn: &mut Conn, now: Effort, shell: Shell, mut form: Form) -> Result<Page, Failure> {
    let conflict = form.fields.rev() != now.rev;
    form.fields = form.fields.replaced("_rev", now.rev);
    let effort = EffortChoices::load(visit, conn, &form).await?;
    Ok(Page {
        t: visit.t,
        shell,
        form,
        effort,
        now,
        conflict,
    })
}
