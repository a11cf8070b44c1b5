//! People who write, and servers that are killed under them.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::Runtime;
use tokio::sync::watch;
use uuid::Uuid;

use super::Chance;
use super::cast;
use super::ledger::{Found, Ledger};
use super::node::{Node, Town, database_server};
use super::people::{Worker, World, visitor};
use crate::server::Database;

/// The longest that is waited for the next request or answer before a kill.
const PATIENCE: Duration = Duration::from_secs(30);

/// More than the connections that a server keeps.
const POOL: usize = 20;

/// What to do, and how often.
#[derive(Clone, Debug)]
pub struct Options {
    /// The server.
    pub program: PathBuf,
    /// Where the municipality is kept.
    pub database: Database,
    /// How many kills, at least.
    pub kills: u32,
    /// Where the randomness begins.
    pub seed: u64,
    /// How many servers on the one database; more than one only with PostgreSQL.
    pub nodes: usize,
    /// Whether the database server is stopped too.
    pub stops: bool,
    /// How many citizens write, each beside the employee who coordinates their plan.
    pub pairs: usize,
    /// After that many kills the municipality is made anew, from another seed.
    pub kills_per_town: u32,
    /// How many of the kills hit a server that starts on an empty database for the first time.
    pub first_starts: u32,
}

/// What came of it.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Kills while people were writing.
    pub working: u32,
    /// Kills while the server was starting on what the last one left.
    pub starting: u32,
    /// Kills while the server was starting on an empty database.
    pub first: u32,
    /// Stops of the database server.
    pub stops: u32,
    /// Forms acknowledged, each counted once.
    pub forms: u64,
    /// Acts that these made.
    pub acts: u64,
    /// Comparisons with the database.
    pub checks: u32,
    /// Acts looked up in all comparisons: those of the whole town, after every kill.
    pub looked_up: u64,
    /// Forms without an answer that were found whole.
    pub kept: u64,
    /// Forms without an answer of which there was no trace.
    pub absent: u64,
    /// Forms sent again with the same number, and answered as the first time.
    pub twice: u64,
    /// Acknowledged drafts looked up.
    pub drafts: u64,
    /// Looks that had to be in the log, looked up.
    pub looks: u64,
    /// Sessions tried.
    pub sessions: u64,
    /// Answers that the service was away.
    pub away: u64,
    /// The seeds of the towns.
    pub seeds: Vec<u64>,
    /// Everything that was wrong.
    pub faults: Vec<String>,
}

impl Report {
    /// Kills of all kinds.
    #[must_use]
    pub const fn kills(&self) -> u32 {
        self.working + self.starting + self.first
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows = [
            ("kills", u64::from(self.kills())),
            ("… while people were writing", u64::from(self.working)),
            ("… while starting on what was left", u64::from(self.starting)),
            ("… while starting on an empty database", u64::from(self.first)),
            ("stops of the database server", u64::from(self.stops)),
            ("forms acknowledged", self.forms),
            ("acts acknowledged", self.acts),
            ("comparisons with the database", u64::from(self.checks)),
            ("acknowledged acts looked up in these", self.looked_up),
            ("forms without an answer, found whole", self.kept),
            ("forms without an answer, without a trace", self.absent),
            ("forms sent again and answered alike", self.twice),
            ("acknowledged drafts looked up", self.drafts),
            ("looks looked up", self.looks),
            ("sessions tried", self.sessions),
            ("answers “away for now”", self.away),
            ("faults", self.faults.len() as u64),
        ];
        writeln!(f, "| what | how many |\n|---|--:|")?;
        for (what, many) in rows {
            writeln!(f, "| {what} | {many} |")?;
        }
        write!(f, "\nSeeds of the towns: {:?}", self.seeds)
    }
}

/// Kills servers until it is enough, or something is wrong.
///
/// # Panics
/// When a town cannot be made.
#[must_use]
pub fn run(options: &Options) -> Report {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime");
    let mut report = Report::default();
    let mut chance = Chance::new(options.seed);
    first_starts(options, &mut chance, &mut report);
    while report.kills() < options.kills && report.faults.is_empty() {
        let seed = chance.below(1_000_000);
        report.seeds.push(seed);
        let kills = options.kills_per_town.min(options.kills - report.kills());
        Round::begin(options, &runtime, seed, &mut report).run(kills);
        eprintln!(
            "  {} kills, {} stops of the database, {} acts acknowledged, {} faults",
            report.kills(),
            report.stops,
            report.acts,
            report.faults.len()
        );
    }
    report
}

/// The very first start, on an empty database, killed somewhere between nothing and ready: the next start goes on from there.
fn first_starts(options: &Options, chance: &mut Chance, report: &mut Report) {
    let unharmed = Town::empty(&options.program, options.database);
    let usual = match unharmed.launch().listening() {
        Ok((_, took)) => took,
        Err(why) => return report.faults.push(format!("a first start failed: {why}")),
    };
    for _ in 0..options.first_starts {
        let town = Town::empty(&options.program, options.database);
        for _ in 0..=chance.below(2) {
            let mut node = town.launch();
            let _ = node.listening_within(usual.mul_f64(chance.below(1000) as f64 / 900.0));
            node.kill();
            report.first += 1;
        }
        let mut node = town.launch();
        if let Err(why) = node.listening() {
            report.faults.push(format!("after a killed first start: {why}"));
        }
        report.faults.extend(town.verify().err());
        report.faults.extend(node.complaints());
        report.checks += 1;
    }
}

/// One town, its people, and the servers that are killed under them.
struct Round<'r> {
    options: &'r Options,
    runtime: &'r Runtime,
    report: &'r mut Report,
    chance: Chance,
    town: Town,
    world: Arc<World>,
    nodes: Vec<Option<Node>>,
    /// How long a start takes.
    usual: Duration,
    /// Sessions that were found ended are not tried again.
    tried: usize,
}

impl<'r> Round<'r> {
    fn begin(options: &'r Options, runtime: &'r Runtime, seed: u64, report: &'r mut Report) -> Self {
        let mut chance = Chance::new(seed);
        let town = Town::build(&options.program, options.database, 60, seed);
        let mut ledger = Ledger::default();
        let people = runtime.block_on(async {
            let db = town.open().await.expect("the town is there");
            ledger.begin(&db).await.expect("the town can be read");
            let people = cast::log_in(&db, options.pairs, options.pairs, &mut chance).await;
            let people = people.expect("sessions can be begun");
            db.close().await.expect("the town can be left");
            people
        });
        let busy: Vec<Uuid> = people.iter().map(|person| person.id).collect();
        let world = Arc::new(World::new(options.nodes, ledger));
        for (place, person) in people.into_iter().enumerate() {
            let worker = Worker::new(Arc::clone(&world), place, person, chance.next(), 15);
            runtime.spawn(worker.work());
        }
        let mut round = Self {
            nodes: (0..options.nodes).map(|_| None).collect(),
            options,
            runtime,
            report,
            chance,
            town,
            world,
            usual: Duration::from_millis(200),
            tried: 0,
        };
        for place in 0..options.nodes {
            round.start(place);
        }
        if let Some(citizen) = round.somebody_else(&busy) {
            let world = Arc::clone(&round.world);
            let seed = round.chance.next();
            runtime.spawn(visitor(world, 0, (citizen, "/my-plan"), seed));
        }
        round
    }

    /// A citizen whom the demo's log-in page offers, and who is not one of these.
    fn somebody_else(&self, busy: &[Uuid]) -> Option<Uuid> {
        let base = self.world.nodes.borrow().iter().flatten().next().cloned()?;
        let page = self
            .runtime
            .block_on(self.world.client.get(&base, "/log-in", ""))
            .ok()?;
        let page = String::from_utf8_lossy(&page.body);
        let buttons = page
            .split("<button")
            .filter(|button| button.contains("data-who=\"citizen\""));
        let mut offered = buttons.filter_map(|button| {
            let (_, rest) = button.split_once("value=\"")?;
            rest.split('"').next()?.parse().ok()
        });
        // The first has a plan in every town.
        offered.find(|citizen| !busy.contains(citizen))
    }

    fn run(mut self, kills: u32) {
        let before = self.report.kills();
        while self.report.kills() - before < kills && self.report.faults.is_empty() {
            self.round();
        }
        self.world.end();
        let (forms, acts) = self.world.ledger().acknowledged();
        self.report.forms += forms;
        self.report.acts += acts;
        let count = |counter: &std::sync::atomic::AtomicU64| counter.load(std::sync::atomic::Ordering::Relaxed);
        self.report.twice += count(&self.world.twice);
        self.report.away += count(&self.world.away);
        if !self.report.faults.is_empty() {
            drop(self.nodes);
            eprintln!("what is left of it is in {}", self.town.keep().display());
        }
    }

    /// One kill, or one stop of the database server, and everything that follows from it.
    fn round(&mut self) {
        // A tenth of the kills come right after the start.
        let most = if self.chance.percent(10) { 3 } else { 150 };
        self.wait(most);
        let victim = self.chance.below(self.nodes.len() as u64) as usize;
        let stop = self.options.stops && self.chance.percent(30);
        let mut stopped = stop;
        if stop {
            database_server("stop");
            self.report.stops += 1;
            if self.chance.percent(50) {
                database_server("start");
                stopped = false;
                // The servers find their way back to it by themselves: people go on.
                self.wait(150);
            }
        }
        let kill = !stop || self.chance.percent(50);
        if kill {
            self.kill(victim);
            self.report.working += 1;
        }
        if self.nodes.iter().flatten().count() > 0 && !stop {
            // The others go on with those who were with this one.
            self.wait(100);
        }

        let world = Arc::clone(&self.world);
        let gate = self.runtime.block_on(world.gate.write());
        if stopped {
            database_server("start");
        }
        let early = kill && self.chance.percent(40);
        if early {
            self.check(true);
        }
        while kill && self.chance.percent(20) {
            // Killed again before it was ready.
            let mut node = self.town.launch();
            let _ = node.listening_within(self.usual.mul_f64(self.chance.below(1000) as f64 / 900.0));
            node.kill();
            self.report.faults.extend(node.complaints());
            self.report.starting += 1;
            self.check(!early);
        }
        if kill {
            self.start(victim);
        }
        self.check(!early);
        self.sessions();
        drop(gate);
    }

    /// Waits for some requests sent or answered, fewer than `most`.
    fn wait(&mut self, most: u64) {
        let more = self.chance.below(most);
        let which = if self.chance.percent(50) {
            &self.world.sent
        } else {
            &self.world.answered
        };
        let mut counter = which.subscribe();
        let enough = *counter.borrow_and_update() + more;
        let reached = self.runtime.block_on(async { until(&mut counter, enough).await });
        if !reached {
            self.report.faults.push(format!(
                "nobody was answered within {PATIENCE:?}: the service did not return"
            ));
        }
    }

    fn start(&mut self, place: usize) {
        let mut node = self.town.launch();
        match node.listening() {
            Ok((url, took)) => {
                self.usual = took;
                self.world.node(place, Some(url));
                self.nodes[place] = Some(node);
            }
            Err(why) => self.report.faults.push(format!("started again after a kill: {why}")),
        }
    }

    fn kill(&mut self, place: usize) {
        if let Some(mut node) = self.nodes[place].take() {
            node.kill();
            self.world.node(place, None);
            self.report.faults.extend(node.complaints());
        }
    }

    /// Compares everything that is known with what the database holds, and lets `tovholder verify` prove the rest.
    fn check(&mut self, first: bool) {
        let mut ledger = self.world.swap_ledger(Ledger::default());
        let found: Result<Found, _> = self.runtime.block_on(async {
            let db = self.town.open().await?;
            let found = ledger.check(&db).await?;
            db.close().await?;
            Ok::<_, tovholder_store::db::Error>(found)
        });
        self.world.swap_ledger(ledger);
        self.report.checks += 1;
        match found {
            Ok(found) => {
                self.report.looked_up += found.acts;
                self.report.drafts += found.drafts;
                self.report.looks += found.looks;
                if first {
                    self.report.kept += found.kept;
                    self.report.absent += found.absent;
                }
                self.report.faults.extend(found.faults);
            }
            Err(error) => self.report.faults.push(format!("the database cannot be read: {error}")),
        }
        self.report.faults.extend(self.town.verify().err());
    }

    /// Tries the sessions that were begun since the last time.
    fn sessions(&mut self) {
        let Some(base) = self.world.nodes.borrow().iter().flatten().next().cloned() else {
            return;
        };
        let visits: Vec<_> = self.world.visits().iter().skip(self.tried).cloned().collect();
        self.tried += visits.len();
        for visit in visits {
            let ask = || {
                self.runtime
                    .block_on(self.world.client.get(&base, visit.page, &visit.cookie))
            };
            let mut answer = ask();
            // Each connection to a database server that was stopped meanwhile is found out once, and says so.
            for _ in 0..POOL {
                if answer.as_ref().is_ok_and(|answer| answer.status == 503) {
                    self.report.away += 1;
                    answer = ask();
                }
            }
            let is = answer.as_ref().is_ok_and(|answer| answer.status == 200);
            self.report.sessions += 1;
            if visit.live.is_some_and(|live| live != is) {
                let status = answer.map(|answer| answer.status);
                self.report
                    .faults
                    .push(format!("a session that was left {:?} answers {status:?}", visit.live));
            }
        }
    }
}

/// Whether a counter reaches a number in time.
async fn until(counter: &mut watch::Receiver<u64>, enough: u64) -> bool {
    let reached = counter.wait_for(|now| *now >= enough);
    tokio::time::timeout(PATIENCE, reached)
        .await
        .is_ok_and(|reached| reached.is_ok())
}
