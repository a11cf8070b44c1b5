//! `/plans/{plan}/undo/{form}`: takes back what one form did, as long as nothing has changed since.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use tovholder_casework::id::*;
use tovholder_store::plans::Performed;

use crate::kit::respond::{Failure, Said, see_other};
use crate::kit::sent::Sent;
use crate::kit::visit::Visit;

/// Takes it back. Only the one who sent the form can.
///
/// # Errors
/// [`Failure::NotFound`] for somebody without a relation to the plan.
pub async fn post(
    visit: Visit,
    Path((plan, form)): Path<(PlanId, SubmissionId)>,
    sent: Sent,
) -> Result<Response, Failure> {
    let to = if visit.user.citizen().is_some() {
        "/my-plan".to_owned()
    } else {
        format!("/plans/{plan}")
    };
    Ok(match visit.undo(plan, form, &sent, &to).await? {
        Ok(Performed::Done(_)) => see_other(&to, Said::Undone, None),
        Ok(Performed::Already(to)) => Redirect::to(&to).into_response(),
        // Something new has happened, or it touches other people's days: the message says that nothing was changed.
        Err(_) => see_other(&to, Said::CannotUndo, None),
    })
}
