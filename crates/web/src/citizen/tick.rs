//! `/my-plan/steps/{step}/tick` and `/untick`: the one thing a citizen does most.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use tovholder_casework::decide::Intent;
use tovholder_casework::id::*;

use super::{carry_out, is_missing, own_plan, start};
use crate::kit::respond::{Failure, Said};
use crate::kit::sent::Sent;
use crate::kit::visit::Visit;

/// Somebody whose session ended while ticking comes back here: to the step, where the tick can be made again.
pub async fn back(Path((step, _)): Path<(StepId, String)>) -> Redirect {
    Redirect::to(&format!("/my-plan/steps/{step}"))
}

/// Ticks or unticks, and comes back to where the citizen was.
///
/// # Errors
/// [`Failure::NotFound`] for a step that is not in the citizen's own plan; the database is away.
pub async fn post(visit: Visit, Path((step, what)): Path<(StepId, String)>, sent: Sent) -> Result<Response, Failure> {
    let (intent, said) = match what.as_str() {
        "tick" => (Intent::TickStep { step }, Said::StepDone),
        "untick" => (Intent::UntickStep { step }, Said::StepReopened),
        _ => return Err(Failure::NotFound),
    };
    let to = match sent.text("from") {
        "home" => "/my-plan".to_owned(),
        "steps" => "/my-plan/steps".to_owned(),
        _ => format!("/my-plan/steps/{step}"),
    };
    let plan = own_plan(&visit).await?;
    match carry_out(&visit, plan, intent, &sent, &to, said).await? {
        Ok(done) => Ok(done),
        Err(why) if is_missing(&why) => Err(Failure::NotFound),
        // The plan was closed meanwhile: the first page says so.
        Err(_) => Ok(start().into_response()),
    }
}
