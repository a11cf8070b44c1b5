//! Tovholder: an open digital jobcenter, as one binary.
//!
//! `tovholder demo` makes and serves a fictional municipality; `tovholder serve --config FILE` a real one. `tovholder help` lists the rest.

/// Prints a line. Whoever reads may have had enough (`| head`): what the command does goes on all the same.
macro_rules! say {
    ($($line:tt)*) => {{
        use std::io::Write as _;
        let _ = writeln!(std::io::stdout(), $($line)*);
    }};
}

mod commands;
mod config;
mod demo;
mod fetch;
mod log_in;
mod serve;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

#[derive(Parser)]
#[command(
    name = "tovholder",
    version,
    about = "An open digital jobcenter for Danish municipalities"
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Make the demo municipality if it is not there, and serve it on 127.0.0.1
    Demo(commands::demo::Arguments),
    /// Serve a real installation
    Serve(commands::serve::Arguments),
    /// Read a configuration, say what is wrong with it or what it comes to
    CheckConfig(commands::check_config::Arguments),
    /// Name the first administrator and print a link to log in with
    Administrator(commands::administrator::Arguments),
    /// Bring in units, employees, teams, citizens, benefits or companies from CSV or Excel; take a file back
    Import(commands::import::Arguments),
    /// Figures others publish: fetch the newest, list them, take a version back
    #[command(subcommand)]
    Published(commands::published::Arguments),
    /// Exchange figures with other municipalities in small signed files
    Benchmark(commands::benchmark::Arguments),
    /// Count persons, stock, days, flows, durations and shares from spells; explain a figure
    Indicators(Box<tovholder_analysis::indicators::Arguments>),
    /// Periods on benefits
    #[command(subcommand)]
    Spells(Spells),
    /// Copy the database while servers write, sealed, and prove the copy by restoring it
    Backup(commands::backup::Arguments),
    /// Open a backup into a database with nothing in it, and walk what came out
    Restore(commands::restore::Arguments),
    /// Keys that seal CPR numbers, closed notes and backups: make, add, rotate, list
    #[command(subcommand)]
    Keys(commands::keys::Arguments),
    /// Say what is to be deleted because its time is over, or delete it after it was put into a sealed archive
    Retention(commands::retention::Arguments),
    /// Pseudonymised data for research: what it would hold, the export, and the register of who got what
    #[command(subcommand)]
    Research(commands::research::Arguments),
    /// Prove that the database is whole: the log's chains and the invariants of every plan
    Verify(commands::verify::Arguments),
    Survival(tovholder_analysis::survival::Arguments),
    Continuity(tovholder_analysis::continuity::Arguments),
}

#[derive(Subcommand)]
enum Spells {
    /// Draw a register of people who do not exist, of any size: same seed, same bytes
    Synth(tovholder_analysis::synth::Arguments),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("tovholder: {error}");
            return ExitCode::FAILURE;
        }
    };
    let done = runtime.block_on(async {
        match arguments.command {
            Command::Demo(a) => commands::demo::run(a).await,
            Command::Serve(a) => commands::serve::run(a).await,
            Command::CheckConfig(a) => commands::check_config::run(a),
            Command::Administrator(a) => commands::administrator::run(a).await,
            Command::Import(a) => commands::import::run(a).await,
            Command::Published(a) => commands::published::run(a).await,
            Command::Benchmark(a) => commands::benchmark::run(a).await,
            Command::Backup(a) => commands::backup::run(a).await,
            Command::Restore(a) => commands::restore::run(a).await,
            Command::Keys(a) => commands::keys::run(a).await,
            Command::Retention(a) => commands::retention::run(a).await,
            Command::Research(a) => commands::research::run(a).await,
            Command::Verify(a) => commands::verify::run(a).await,
            Command::Indicators(a) => Ok(tovholder_analysis::indicators::run(&a)?),
            Command::Spells(Spells::Synth(a)) => Ok(tovholder_analysis::synth::run(&a)?),
            Command::Survival(a) => Ok(tovholder_analysis::survival::run(&a)?),
            Command::Continuity(a) => Ok(tovholder_analysis::continuity::run(&a)?),
        }
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("tovholder: {problem}");
            ExitCode::from(problem.status)
        }
    }
}
