//! What was acknowledged survives a kill, in short; `make chaos` is the long form.

use std::path::Path;

use tovholder_e2e::pressure::chaos::{Options, Report, run};
use tovholder_e2e::{Database, build_dir};

fn short(database: Database, kills: u32, nodes: usize) -> Report {
    let report = run(&Options {
        program: Path::new(&build_dir()).join("tovholder"),
        database,
        kills,
        seed: 1,
        nodes,
        stops: false,
        pairs: 6,
        kills_per_town: kills,
        first_starts: 1,
    });
    println!("{report}");
    assert!(report.faults.is_empty(), "{:#?}", report.faults);
    assert!(report.kills() >= kills && report.acts > 0 && report.looked_up >= report.acts);
    assert!(report.drafts > 0 && report.looks > 0, "every kind of thing was tried");
    report
}

#[test]
fn nothing_acknowledged_is_lost_on_sqlite() {
    let report = short(Database::Sqlite, 8, 1);
    assert!(report.sessions > 0, "somebody logged in");
}

#[test]
fn nothing_acknowledged_is_lost_on_postgres() {
    short(Database::Postgres, 3, 1);
}

#[test]
fn nothing_acknowledged_is_lost_when_one_of_two_servers_dies() {
    short(Database::Postgres, 3, 2);
}
