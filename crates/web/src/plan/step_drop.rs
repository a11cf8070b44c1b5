//! `/plans/{plan}/steps/{step}/drop`: a step that is no longer wanted.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use tovholder_casework::act::PageKey;
use tovholder_casework::decide::Intent;
use tovholder_casework::id::*;
use tovholder_casework::plan::*;

use crate::kit::form::Errors;
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, Said, page, page_with_errors};
use crate::kit::sent::{Fields, Sent};
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;
use crate::plan::{Form, again, begin, carry_out, home, to_write};

#[derive(Template)]
#[template(path = "plan/step_drop.html")]
struct Page {
    t: Lang,
    shell: Shell,
    form: Form,
    now: Step,
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] for a step that is not in the plan, or somebody who may not write in it.
pub async fn get(visit: Visit, Path((plan, step)): Path<(PlanId, StepId)>) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let case = to_write(&visit, &mut conn, plan, PageKey::Steps).await?;
    let now = case.plan.step(step).cloned().ok_or(Failure::NotFound)?;
    let fresh = Fields::empty().with("_rev", now.rev);
    let (shell, form) = begin(&visit, &mut conn, &case, visit.t.plan_step_drop(), fresh).await?;
    page(&Page {
        t: visit.t,
        shell,
        form,
        now,
    })
}

/// Drops the step.
///
/// # Errors
/// As [`get`].
pub async fn post(visit: Visit, Path((plan, step)): Path<(PlanId, StepId)>, sent: Sent) -> Result<Response, Failure> {
    let mut errors = Errors::none();
    let intent = Intent::DropStep {
        step,
        rev: sent.rev(),
        reason: sent.text("reason").to_owned(),
    };
    let to = home(plan);
    if let Some(done) = carry_out(&visit, plan, intent, &sent, (&to, Said::Saved), &[], &mut errors).await? {
        return Ok(done);
    }
    let mut conn = visit.read().await?;
    let case = to_write(&visit, &mut conn, plan, PageKey::Steps).await?;
    let now = case.plan.step(step).cloned().ok_or(Failure::NotFound)?;
    let (shell, mut form) = again(&visit, &case, visit.t.plan_step_drop(), &sent, errors);
    form.fields = form.fields.replaced("_rev", now.rev);
    page_with_errors(&Page {
        t: visit.t,
        shell,
        form,
        now,
    })
}
