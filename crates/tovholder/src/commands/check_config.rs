//! `tovholder check-config`.

use std::path::PathBuf;

use super::Problem;
use crate::config::Config;

#[derive(clap::Args)]
pub struct Arguments {
    /// The configuration to check
    file: PathBuf,
}

pub fn run(arguments: Arguments) -> Result<(), Problem> {
    let config = Config::read(&arguments.file)?;
    config.rules()?;
    config.options()?;
    config.site()?;
    config.log_in.ways(&config.server)?;
    say!("{config}");
    Ok(())
}
