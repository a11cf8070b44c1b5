//! `tovholder serve`: a real installation.

use std::path::PathBuf;
use std::sync::Arc;

use tovholder_store::db::{Db, Options};
use tovholder_store::looks::Looks;
use tovholder_web::{App, Inner, SystemClock};

use super::Problem;
use crate::config::Config;
use crate::serve;

#[derive(clap::Args)]
pub struct Arguments {
    /// The configuration; `docs/operation.md` describes it
    #[arg(long)]
    config: PathBuf,
}

pub async fn run(arguments: Arguments) -> Result<(), Problem> {
    serve::log();
    let config = Config::read(&arguments.config)?;
    let db = Db::open(&config.database.address, Options::default()).await?;
    db.migrate().await?;
    let app = App::new(Inner {
        looks: Looks::start(db.clone()),
        db,
        rules: config.rules()?,
        clock: Box::new(SystemClock),
        site: Arc::new(config.site()?),
        people: vec![],
        secure_cookies: config.server.secure_cookies,
    });
    tovholder_web::figures::cache::warm(&app);
    serve::run(app, &config.server.listen, config.server.metrics.as_deref(), |_| {}).await
}
