//! `/draft/…`: keeps what is being typed; `/discard-draft/…`: throws it away.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use tovholder_store::drafts;

use crate::kit::respond::Failure;
use crate::kit::sent::{Sent, keep_draft};
use crate::kit::visit::Visit;

/// Keeps a draft of the form on `/{page}`.
///
/// # Errors
/// The database is away; [`Failure::TooLarge`].
pub async fn save(visit: Visit, Path(page): Path<String>, sent: Sent) -> Result<Response, Failure> {
    keep_draft(&visit.app, visit.user.actor.id, &format!("/{page}"), &sent).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Throws the draft away and shows the page afresh.
///
/// # Errors
/// The database is away.
pub async fn discard(visit: Visit, Path(page): Path<String>, _sent: Sent) -> Result<Redirect, Failure> {
    let mut tx = visit.app.db.begin_for(visit.user.actor.id).await?;
    drafts::discard(&mut tx, visit.user.actor.id, &format!("/{page}")).await?;
    tx.commit().await?;
    Ok(Redirect::to(&format!("/{page}")))
}
