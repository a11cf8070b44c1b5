//! What a machine asks: alive, and ready.

use axum::extract::State;
use axum::http::StatusCode;
use tovholder_store::args;

use crate::kit::app::App;

/// The process answers.
pub async fn live() -> &'static str {
    "ok\n"
}

/// The database answers and takes writes.
pub async fn ready(State(app): State<App>) -> (StatusCode, &'static str) {
    let reads = async { app.db.read().await?.row("SELECT 1", args![]).await };
    let writes = async { app.db.begin_for(uuid::Uuid::nil()).await?.rollback().await };
    match (reads.await, writes.await) {
        (Ok(_), Ok(())) => (StatusCode::OK, "ready\n"),
        (Err(_), _) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n"),
        (_, Err(_)) => (StatusCode::SERVICE_UNAVAILABLE, "the database takes no writes\n"),
    }
}
