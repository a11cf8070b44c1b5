//! What survives when servers are killed under people who write. `make chaos` runs it. It ends in failure when anything that was
//! acknowledged is lost, doubled or halved, or anything that holds a plan or the log together does not hold.
//!
//!     chaos --server target/release/tovholder --database sqlite [--kills 500] [--seed 1] [--nodes 1] [--stops yes]
//!           [--pairs 10] [--each 20] [--first-starts 20]
//!
//! The seed decides which town, which people write what, and after how many requests the server is killed. What the kill hits
//! beyond that is up to the machine: two runs of one seed are alike, not the same.

use std::error::Error;

use tovholder_e2e::Database;
use tovholder_e2e::pressure::chaos::{Options, run};

fn main() -> Result<(), Box<dyn Error>> {
    let mut options = Options {
        program: "".into(),
        database: Database::Sqlite,
        kills: 500,
        seed: 1,
        nodes: 1,
        stops: false,
        pairs: 10,
        kills_per_town: 20,
        first_starts: 20,
    };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let value = words.next().ok_or_else(|| format!("{word} needs a value"))?;
        match (word.as_str(), value.as_str()) {
            ("--server", _) => options.program = value.into(),
            ("--database", "sqlite") => options.database = Database::Sqlite,
            ("--database", "postgres") => options.database = Database::Postgres,
            ("--kills", _) => options.kills = value.parse()?,
            ("--seed", _) => options.seed = value.parse()?,
            ("--nodes", _) => options.nodes = value.parse()?,
            ("--stops", "yes" | "no") => options.stops = value == "yes",
            ("--pairs", _) => options.pairs = value.parse()?,
            ("--each", _) => options.kills_per_town = value.parse()?,
            ("--first-starts", _) => options.first_starts = value.parse()?,
            _ => return Err(format!("{word} {value} is not understood: the head of chaos.rs says what is").into()),
        }
    }
    if !options.program.exists() {
        return Err("--server must name the program to kill".into());
    }
    let what = if options.nodes == 1 { "server" } else { "servers" };
    println!(
        "\n## {:?}, {} {what}, seed {}\n",
        options.database, options.nodes, options.seed
    );
    let report = run(&options);
    println!("{report}");
    if report.faults.is_empty() {
        return Ok(());
    }
    let shown: Vec<_> = report.faults.iter().take(20).map(String::as_str).collect();
    Err(format!(
        "{} faults, the first of them:\n  {}",
        report.faults.len(),
        shown.join("\n  ")
    )
    .into())
}
