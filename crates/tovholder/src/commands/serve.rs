//! `tovholder serve`: a real installation.

use std::path::PathBuf;
use std::sync::Arc;

use tovholder_store::db::Db;
use tovholder_store::keys::Keyring;
use tovholder_store::looks::Looks;
use tovholder_web::{App, Inner, SystemClock};

use super::Problem;
use super::keys::LOOKS_EVERY;
use crate::config::Config;
use crate::serve;

#[derive(clap::Args)]
pub struct Arguments {
    /// The configuration; `docs/operation.md` describes it
    #[arg(long)]
    config: PathBuf,
}

/// Reads the key file again when somebody has added a key.
async fn read_keys_again(keys: Keyring) {
    let mut every = tokio::time::interval(LOOKS_EVERY);
    let mut told = None;
    loop {
        every.tick().await;
        match keys.refresh() {
            Ok(false) => told = None,
            Ok(true) => tracing::info!("the keys were read again"),
            // Once, not every five seconds: what was read before still serves.
            Err(error) if told.as_ref() != Some(&error) => {
                tracing::error!(%error, "the keys cannot be read again");
                told = Some(error);
            }
            Err(_) => {}
        }
    }
}

pub async fn run(arguments: Arguments) -> Result<(), Problem> {
    serve::log();
    let config = Config::read(&arguments.config)?;
    let db = Db::open(&config.database.address, config.options()?).await?;
    db.migrate().await?;
    let app = App::new(Inner {
        looks: Looks::start(db.clone()),
        db,
        rules: config.rules()?,
        clock: Box::new(SystemClock),
        site: Arc::new(config.site()?),
        people: vec![],
        ways: config.log_in.ways(&config.server)?,
        secure_cookies: config.server.secure_cookies,
    });
    tokio::spawn(read_keys_again(app.db.keys().clone()));
    tovholder_web::figures::cache::warm(&app);
    serve::run(app, &config.server.listen, config.server.metrics.as_deref(), |_| {}).await
}
