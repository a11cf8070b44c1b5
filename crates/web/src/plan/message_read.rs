//! `/plans/{plan}/messages/{message}/read`: what the citizen wrote has been read, and waits for nobody any more.

use axum::extract::Path;
use axum::response::{Redirect, Response};
use tovholder_casework::decide::Intent;
use tovholder_casework::id::*;

use crate::kit::form::Errors;
use crate::kit::respond::{Failure, Said, see_other};
use crate::kit::sent::Sent;
use crate::kit::visit::Visit;
use crate::plan::{carry_out, home};

/// It is read.
///
/// # Errors
/// [`Failure::NotFound`] for a plan the user has no relation to.
pub async fn post(
    visit: Visit,
    Path((plan, message)): Path<(PlanId, MessageId)>,
    sent: Sent,
) -> Result<Response, Failure> {
    let to = home(plan);
    let intent = Intent::ReadMessage { message };
    let done = carry_out(&visit, plan, intent, &sent, (&to, Said::Read), &[], &mut Errors::none()).await?;
    // Refused: the plan was closed, or the message was taken back. The plan's page shows how it stands.
    Ok(done.unwrap_or_else(|| see_other(&to, Said::NotDone, None)))
}

/// Somebody who had to log in again between the page and the button comes back to the plan.
pub async fn back(Path((plan, _)): Path<(PlanId, MessageId)>) -> Redirect {
    Redirect::to(&home(plan))
}
