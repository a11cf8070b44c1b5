//! Serving: pages on one port, metrics on another, and a stop that lets everybody finish.

use std::net::SocketAddr;

use axum::Router;
use axum::routing::get;
use metrics_exporter_prometheus::PrometheusBuilder;
use tokio::net::TcpListener;
use tovholder_store::db::{Setting, count};
use tovholder_web::App;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::prelude::*;

use crate::commands::Problem;

/// Sends what the program says to standard error: no request bodies, no names, no numbers of persons, also not when it panics.
pub fn log() {
    let targets = Targets::new()
        .with_default(LevelFilter::WARN)
        .with_target("tovholder", LevelFilter::INFO);
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(std::io::stderr)
        .with_target(false);
    // A second call in one process is a test's; the first subscriber stays.
    let _ = tracing_subscriber::registry().with(targets).with(lines).try_init();
    tovholder_web::kit::panic::log_places_only();
}

/// Serves until it is told to stop. `ready` is called with the address once it listens.
pub async fn run(app: App, listen: &str, metrics: Option<&str>, ready: impl FnOnce(&str)) -> Result<(), Problem> {
    let taken = |address: &str, error: std::io::Error| Problem::other(format!("cannot listen on {address}: {error}"));
    let db = app.db.clone();
    keeps_what_it_acknowledges(&db.settings().await?, std::env::var_os(UNSAFE).is_some())?;
    let pages = TcpListener::bind(listen).await.map_err(|error| taken(listen, error))?;
    if let Some(address) = metrics {
        let listener = TcpListener::bind(address)
            .await
            .map_err(|error| taken(address, error))?;
        say!("metrics on http://{}/metrics", listener.local_addr()?);
        tokio::spawn(serve_metrics(listener)?);
    }
    let url = format!("http://{}", pages.local_addr()?);
    say!("listening on {url}");
    ready(&url);
    let router = tovholder_web::router(app).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(pages, router)
        .with_graceful_shutdown(told_to_stop())
        .await?;
    Ok(db.close().await?)
}

/// Set for tests with a PostgreSQL that does not wait for its disk (`dev/with-postgres`).
const UNSAFE: &str = "TOVHOLDER_PG_FAST";

/// Refuses a database that would lose acknowledged writes in a power cut.
fn keeps_what_it_acknowledges(settings: &[Setting], tests: bool) -> Result<(), Problem> {
    let lax: Vec<String> = settings
        .iter()
        .filter(|setting| !setting.safe)
        .map(|setting| format!("{setting} should be {}", setting.wanted))
        .collect();
    if lax.is_empty() {
        return Ok(());
    }
    if tests {
        tracing::warn!(settings = lax.join(", "), "a power cut may lose what was saved");
        return Ok(());
    }
    Err(Problem::other(format!(
        "with these settings of the database a power cut may lose what was saved: {}. Change them and start again \
         (for tests alone: {UNSAFE}=1)",
        lax.join(", ")
    )))
}

fn serve_metrics(listener: TcpListener) -> Result<impl Future<Output = ()>, Problem> {
    let recorder = PrometheusBuilder::new()
        .install_recorder()
        .map_err(|error| Problem::other(error.to_string()))?;
    let text = move || {
        let recorder = recorder.clone();
        async move {
            let totals = count::totals();
            for (name, value) in [
                ("tovholder_sql_statements_total", totals.statements),
                ("tovholder_sql_shared_statements_total", totals.shared_statements),
                ("tovholder_sql_rows_total", totals.rows),
                ("tovholder_sql_commits_total", totals.commits),
                ("tovholder_sql_failures_total", totals.failures),
            ] {
                metrics::counter!(name).absolute(value);
            }
            recorder.run_upkeep();
            recorder.render()
        }
    };
    Ok(async move {
        let router = Router::new().route("/metrics", get(text));
        if let Err(error) = axum::serve(listener, router).await {
            tracing::error!(%error, "the metrics stopped");
        }
    })
}

async fn told_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = interrupt => {}
        () = terminate => {}
    }
}
