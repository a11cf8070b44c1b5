//! The commands without the web application: quick to build, for measuring and trying out.

use std::process::ExitCode;

use clap::Parser;
use tovholder_analysis::{indicators, synth};

#[derive(Parser)]
enum Command {
    /// Count persons, stock, days, flows, durations and shares from spells
    Indicators(Box<indicators::Arguments>),
    /// Read the columns of the spells and nothing else: what everything else is measured against
    #[command(hide = true)]
    Read(Box<indicators::Arguments>),
    /// Draw a register of people who do not exist
    Synth(synth::Arguments),
}

fn main() -> ExitCode {
    let done = match Command::parse() {
        Command::Indicators(arguments) => indicators::run(&arguments),
        Command::Read(arguments) => indicators::read_only(&arguments).map(|sums| println!("{sums:?}")),
        Command::Synth(arguments) => synth::run(&arguments),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::from(problem.status())
        }
    }
}
