//! `/setup/import/{batch}/discard`: throws away a file that was not brought in.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use tovholder_casework::id::*;
use tovholder_store::imports;

use super::open;
use crate::kit::respond::Failure;
use crate::kit::sent::Sent;
use crate::kit::visit::Visit;

/// Throws it away.
///
/// # Errors
/// [`Failure::NotFound`].
pub async fn post(visit: Visit, Path(id): Path<BatchId>, _sent: Sent) -> Result<Response, Failure> {
    open(&visit, &mut visit.read().await?, id).await?;
    imports::discard(&visit.app.db, id).await?;
    Ok(Redirect::to("/setup").into_response())
}
