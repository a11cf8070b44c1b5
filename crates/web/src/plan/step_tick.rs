//! `/plans/{plan}/steps/{step}/tick` and `/untick`: a step is done, or open again.

use axum::extract::Path;
use axum::response::{Redirect, Response};
use tovholder_casework::decide::Intent;
use tovholder_casework::id::*;

use crate::kit::form::Errors;
use crate::kit::respond::{Failure, Said, see_other};
use crate::kit::sent::Sent;
use crate::kit::visit::Visit;
use crate::plan::{carry_out, home};

/// The step is done.
///
/// # Errors
/// [`Failure::NotFound`] for a plan the user has no relation to.
pub async fn tick(visit: Visit, Path((plan, step)): Path<(PlanId, StepId)>, sent: Sent) -> Result<Response, Failure> {
    set(visit, plan, Intent::TickStep { step }, Said::StepDone, sent).await
}

/// The step is open again.
///
/// # Errors
/// As [`tick`].
pub async fn untick(visit: Visit, Path((plan, step)): Path<(PlanId, StepId)>, sent: Sent) -> Result<Response, Failure> {
    set(visit, plan, Intent::UntickStep { step }, Said::StepReopened, sent).await
}

/// Somebody who had to log in again between the page and the tick comes back to the plan.
pub async fn back(Path((plan, _)): Path<(PlanId, StepId)>) -> Redirect {
    Redirect::to(&home(plan))
}

async fn set(visit: Visit, plan: PlanId, intent: Intent, said: Said, sent: Sent) -> Result<Response, Failure> {
    let to = home(plan);
    let done = carry_out(&visit, plan, intent, &sent, (&to, said), &[], &mut Errors::none()).await?;
    // Refused: the plan was closed, or the step is gone. The plan's page shows how it stands.
    Ok(done.unwrap_or_else(|| see_other(&to, Said::NotDone, None)))
}
