//! `tovholder administrator`: the first person in, on an empty database; later, the way back in.

use std::path::PathBuf;

use jiff::{SignedDuration, Timestamp};
use tovholder_casework::act::UserKind;
use tovholder_store::db::Db;
use tovholder_store::{people, sessions};

use super::Problem;
use crate::config::Config;

/// Minutes the link is good for.
const MINUTES: i64 = 60;

#[derive(clap::Args)]
pub struct Arguments {
    /// The configuration of the installation
    #[arg(long)]
    config: PathBuf,
    /// The administrator's name
    #[arg(long)]
    name: String,
    /// The unit the administrator belongs to, made if it is not there
    #[arg(long, default_value = "Administration")]
    unit: String,
}

pub async fn run(arguments: Arguments) -> Result<(), Problem> {
    let config = Config::read(&arguments.config)?;
    let (name, unit) = (arguments.name.trim(), arguments.unit.trim());
    if name.is_empty() || name.chars().count() > 140 || unit.is_empty() {
        return Err(Problem::input("a name has 1 to 140 characters, and the unit needs one"));
    }
    let db = Db::open(&config.database.address, config.options()?).await?;
    db.migrate().await?;
    let id = people::administrator(&db, name, unit, Timestamp::now()).await?;
    let mut random = [0u8; 32];
    getrandom::fill(&mut random).map_err(|error| Problem::other(format!("no randomness: {error}")))?;
    let token: String = random.iter().map(|b| format!("{b:02x}")).collect();
    let expires = Timestamp::now() + SignedDuration::from_mins(MINUTES);
    sessions::make_link(&db, UserKind::Employee, id.0, &token, expires).await?;
    say!(
        "{name} can log in once within {MINUTES} minutes at:\n  {}/log-in?link={token}",
        config.server.address()
    );
    Ok(())
}
