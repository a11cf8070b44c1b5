//! `/plans/{plan}/efforts/{effort}/end`: an effort ends.

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
use crate::plan::effort::find;

use crate::plan::{Form, again, begin, carry_out, home, to_write};

#[derive(Template)]
#[template(path = "plan/effort_end.html")]
struct Page {
    t: Lang,
    shell: Shell,
    form: Form,
    now: Effort,
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] for an effort that is not in the plan, or somebody who may not write in it.
pub async fn get(visit: Visit, Path((plan, id)): Path<(PlanId, EffortId)>) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let case = to_write(&visit, &mut conn, plan, PageKey::Efforts).await?;
    let now = find(&case, id)?;
    let fresh = Fields::empty().with("_rev", now.rev).with("until", visit.today());
    let (shell, form) = begin(&visit, &mut conn, &case, visit.t.plan_effort_end(), fresh).await?;
    page(&Page {
        t: visit.t,
        shell,
        form,
        now,
    })
}

/// Carries it out.
///
/// # Errors
/// As [`get`].
pub async fn post(visit: Visit, Path((plan, id)): Path<(PlanId, EffortId)>, sent: Sent) -> Result<Response, Failure> {
    let mut errors = Errors::none();
    if let Some(until) = sent.required_date("until", visit.t, &mut errors) {
        let intent = Intent::EndEffort {
            effort: id,
            rev: sent.rev(),
            until,
        };
        let to = home(plan);
        if let Some(done) = carry_out(&visit, plan, intent, &sent, (&to, Said::Saved), &[], &mut errors).await? {
            return Ok(done);
        }
    }
    let mut conn = visit.read().await?;
    let case = to_write(&visit, &mut conn, plan, PageKey::Efforts).await?;
    let now = find(&case, id)?;
    let (shell, mut form) = again(&visit, &case, visit.t.plan_effort_end(), &sent, errors);
    form.fields = form.fields.replaced("_rev", now.rev);
    page_with_errors(&Page {
        t: visit.t,
        shell,
        form,
        now,
    })
}
