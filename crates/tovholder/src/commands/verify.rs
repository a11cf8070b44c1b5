//! `tovholder verify`: proves the log's chains and the invariants of every plan.

use std::io::IsTerminal;
use std::path::PathBuf;

use tovholder_casework::caseload::Summary;
use tovholder_store::acts;
use tovholder_store::caseload;
use tovholder_store::db::{Db, Options};
use tovholder_store::plans;
use tovholder_store::research;

use super::Problem;
use crate::config::Config;

#[derive(clap::Args)]
#[group(required = true, multiple = false)]
pub struct Arguments {
    /// The configuration of an installation
    #[arg(long)]
    config: Option<PathBuf>,
    /// The folder of a demo municipality
    #[arg(long)]
    data: Option<PathBuf>,
    /// A database address
    #[arg(long)]
    database: Option<String>,
}

pub async fn run(arguments: Arguments) -> Result<(), Problem> {
    let address = match (arguments.config, arguments.data, arguments.database) {
        (Some(config), ..) => Config::read(&config)?.database.address,
        (_, Some(data), _) => format!("sqlite:{}", data.join("demo.db").display()),
        (.., address) => address.unwrap_or_default(),
    };
    let db = Db::open(
        &address,
        Options {
            create: false,
            ..Options::default()
        },
    )
    .await?;
    db.must_be_current().await?;
    let proof = prove(&db).await?;
    proof.whole()?;
    say!(
        "whole: {} acts and looks in {} chains, {} plans",
        proof.links,
        proof.chains,
        proof.plans
    );
    Ok(())
}

/// What was walked, and what was found wrong.
pub(super) struct Proof {
    /// Acts and looks.
    pub links: i64,
    /// Chains.
    pub chains: usize,
    /// Plans.
    pub plans: usize,
    faults: Vec<String>,
}

impl Proof {
    /// Nothing was found wrong; otherwise the first faults.
    pub fn whole(&self) -> Result<(), Problem> {
        if self.faults.is_empty() {
            return Ok(());
        }
        let shown: Vec<_> = self.faults.iter().take(20).map(String::as_str).collect();
        Err(Problem::other(format!(
            "{} faults, the first of them:\n  {}",
            self.faults.len(),
            shown.join("\n  ")
        )))
    }
}

/// Walks every chain and every plan.
pub(super) async fn prove(db: &Db) -> Result<Proof, Problem> {
    let mut conn = db.snapshot().await?;
    let progress = |what: &str, done: usize, all: usize| {
        if std::io::stderr().is_terminal() && (done.is_multiple_of(500) || done == all) {
            eprint!("\r  {what}: {done} of {all} ");
        }
    };
    let chains = acts::chains(&mut conn).await?;
    let (mut links, mut faults) = (0, Vec::new());
    for (n, chain) in chains.iter().enumerate() {
        match acts::verify_chain(&mut conn, *chain).await? {
            Ok(length) => links += length,
            Err(broken) => faults.push(format!(
                "chain {} breaks at number {}: {}",
                broken.chain, broken.seq, broken.what
            )),
        }
        progress("chains", n + 1, chains.len());
    }
    let plans = plans::all(&mut conn).await?;
    for (n, plan) in plans.iter().enumerate() {
        if let Some(case) = plans::load(&mut conn, *plan).await? {
            if let Err(broken) = case.plan.check() {
                faults.push(format!("plan {plan}: {}", broken.0));
            }
            if plans::summary(&mut conn, *plan).await?.as_ref() != Some(&Summary::of(&case.plan)) {
                faults.push(format!("plan {plan}: the caseload's line does not match the plan"));
            }
        }
        progress("plans", n + 1, plans.len());
    }
    if std::io::stderr().is_terminal() {
        eprintln!();
    }
    let strayed = caseload::strayed(&mut conn).await?;
    if strayed > 0 {
        faults.push(format!("{strayed} of the caseload's lines do not match their citizen"));
    }
    let unknown = research::unlogged(&mut conn).await?;
    if unknown > 0 {
        faults.push(format!(
            "{unknown} lines of the register of research are not in the log, or have another sum there"
        ));
    }
    Ok(Proof {
        links,
        chains: chains.len(),
        plans: plans.len(),
        faults,
    })
}
