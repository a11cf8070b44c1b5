//! `/plans/{plan}/messages/new`: a message to the citizen.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use tovholder_casework::decide::Intent;
use tovholder_casework::id::*;

use crate::kit::form::Errors;
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, Said, page, page_with_errors};
use crate::kit::sent::{Fields, Sent};
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;
use crate::plan::{Form, again, begin, carry_out, home, to_write};

#[derive(Template)]
#[template(path = "plan/message_new.html")]
struct Page {
    t: Lang,
    shell: Shell,
    form: Form,
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] for somebody who may not write in the plan.
pub async fn get(visit: Visit, Path(plan): Path<PlanId>) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let case = to_write(&visit, &mut conn, plan, "messages").await?;
    let (shell, form) = begin(&visit, &mut conn, &case, visit.t.plan_message_new(), Fields::empty()).await?;
    page(&Page {
        t: visit.t,
        shell,
        form,
    })
}

/// Sends it.
///
/// # Errors
/// As [`get`].
pub async fn post(visit: Visit, Path(plan): Path<PlanId>, sent: Sent) -> Result<Response, Failure> {
    let mut errors = Errors::none();
    let intent = Intent::Send {
        text: sent.text("text").to_owned(),
    };
    let to = home(plan);
    if let Some(done) = carry_out(&visit, plan, intent, &sent, (&to, Said::Sent), &[], &mut errors).await? {
        return Ok(done);
    }
    let mut conn = visit.read().await?;
    let case = to_write(&visit, &mut conn, plan, "messages").await?;
    let (shell, form) = again(&visit, &case, visit.t.plan_message_new(), &sent, errors);
    page_with_errors(&Page {
        t: visit.t,
        shell,
        form,
    })
}
