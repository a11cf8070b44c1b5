//! What a machine asks: alive, and ready.

use axum::extract::State;
use axum::http::StatusCode;
use tovholder_store::args;
use tovholder_store::db::Trouble;

use crate::kit::app::App;

/// The process answers.
pub async fn live() -> &'static str {
    "ok\n"
}

/// The database answers and takes writes, and its settings keep them; what stands in the way is named, a line each:
///
/// ```text
/// not ready
/// database full: there is no room on the database's disk
/// ```
pub async fn ready(State(app): State<App>) -> (StatusCode, String) {
    let reads = async { app.db.read().await?.row("SELECT 1", args![]).await.map(drop) };
    let state = match reads.await {
        Ok(()) => app.db.takes_writes().await,
        away => away,
    };
    if let Err(error) = state {
        tracing::warn!(%error, "not ready");
        let trouble = error.trouble().unwrap_or(Trouble::Away);
        return (
            StatusCode::SERVICE_UNAVAILABLE,
            format!("not ready\ndatabase {trouble}\n"),
        );
    }
    let settings = app.db.settings().await.unwrap_or_default();
    let settings: Vec<String> = settings.iter().map(ToString::to_string).collect();
    // Who is logged in goes on working, and so do passwords: a provider that is away takes nobody's requests from this node.
    let silent: String = app
        .ways
        .providers
        .iter()
        .filter(|way| way.provider.silent())
        .map(|way| format!("log-in {} did not answer when it was asked last\n", way.entrance.key()))
        .collect();
    (
        StatusCode::OK,
        format!("ready\nsettings {}\n{silent}", settings.join(" ")),
    )
}
