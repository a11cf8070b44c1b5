//! A whole municipality at once: employees and citizens who read and write for some minutes. `make load` runs it. It ends in failure
//! when anybody meets an error, an act is lost, or memory grows.
//!
//!     load --server target/release/tovholder --database sqlite [--minutes 10] [--employees 200] [--citizens 1000]
//!          [--town 3000] [--think 10] [--nodes 1] [--seed 1]
//!
//! Everybody thinks for about `--think` seconds between two requests; 80 in 100 are pages, the rest are forms. With two servers, the
//! second is killed after a third of the time, and started again after two thirds.

use std::error::Error;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use tokio::task::JoinSet;
use tokio::time::sleep;
use tovholder_e2e::Database;
use tovholder_e2e::pressure::ledger::Ledger;
use tovholder_e2e::pressure::node::{Node, Town};
use tovholder_e2e::pressure::people::{Took, Worker, World};
use tovholder_e2e::pressure::{Chance, cast};
use tovholder_e2e::usage::{cpu_ms, database_ms, memory_mb};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// How often processor time and memory are noted.
const EVERY: Duration = Duration::from_secs(30);
/// In a hundred requests, how many are pages.
const READS: u64 = 80;
/// Memory may be that much greater in the last third than in the middle one, in percent, and still be called flat.
const FLAT: f64 = 5.0;

struct Arguments {
    server: PathBuf,
    database: Database,
    minutes: f64,
    employees: usize,
    citizens: usize,
    town: u32,
    think: f64,
    nodes: usize,
    seed: u64,
}

fn arguments() -> Result<Arguments> {
    let mut given = Arguments {
        server: PathBuf::new(),
        database: Database::Sqlite,
        minutes: 10.0,
        employees: 200,
        citizens: 1_000,
        town: 3_000,
        think: 10.0,
        nodes: 1,
        seed: 1,
    };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let value = words.next().ok_or_else(|| format!("{word} needs a value"))?;
        match (word.as_str(), value.as_str()) {
            ("--server", _) => given.server = value.into(),
            ("--database", "sqlite") => given.database = Database::Sqlite,
            ("--database", "postgres") => given.database = Database::Postgres,
            ("--minutes", _) => given.minutes = value.parse()?,
            ("--employees", _) => given.employees = value.parse()?,
            ("--citizens", _) => given.citizens = value.parse()?,
            ("--town", _) => given.town = value.parse()?,
            ("--think", _) => given.think = value.parse()?,
            ("--nodes", _) => given.nodes = value.parse()?,
            ("--seed", _) => given.seed = value.parse()?,
            _ => return Err(format!("{word} {value} is not understood: the head of load.rs says what is").into()),
        }
    }
    if !given.server.exists() {
        return Err("--server must name the program to load".into());
    }
    Ok(given)
}

/// Somebody who thinks between two requests, for about that many seconds.
async fn person(mut worker: Worker, world: Arc<World>, mut chance: Chance, think: f64) {
    let mut part = move || chance.below(1_000) as f64 / 1_000.0;
    sleep(Duration::from_secs_f64(think * part())).await;
    while !world.is_over() {
        worker.act().await;
        sleep(Duration::from_secs_f64(think * (0.5 + part()))).await;
    }
}

/// The time within which that many in a hundred were answered, in milliseconds.
fn quantile(sorted: &[u32], percent: usize) -> f64 {
    let at = (sorted.len() * percent).div_ceil(100).saturating_sub(1);
    sorted.get(at).map_or(0.0, |micros| f64::from(*micros) / 1000.0)
}

/// What was noted in one interval.
struct Note {
    memory_mb: u64,
}

struct Watch {
    began: Instant,
    cpu: f64,
    database: f64,
    at: Instant,
    notes: Vec<Note>,
    all: Vec<Took>,
}

impl Watch {
    fn new(nodes: &[Option<Node>]) -> Self {
        println!(
            "| second | requests | a second | p50 ms | p99 ms | server's CPU % | database's CPU % | server's memory MB |"
        );
        println!("|--:|--:|--:|--:|--:|--:|--:|--:|");
        let now = Instant::now();
        Self {
            began: now,
            at: now,
            cpu: used(nodes),
            database: database_ms(),
            notes: Vec::new(),
            all: Vec::new(),
        }
    }

    fn note(&mut self, nodes: &[Option<Node>], took: Vec<Took>) {
        let seconds = self.at.elapsed().as_secs_f64();
        let mut sorted: Vec<u32> = took.iter().map(|took| took.micros).collect();
        sorted.sort_unstable();
        let (cpu, database) = (used(nodes), database_ms());
        let memory_mb = nodes
            .iter()
            .flatten()
            .filter_map(|node| memory_mb(node.id(), "VmRSS").ok())
            .max()
            .unwrap_or(0);
        // A server that was killed took its count with it.
        let share = |used: f64| (used / seconds / 10.0).max(0.0);
        println!(
            "| {:.0} | {} | {:.1} | {:.1} | {:.1} | {:.0} | {:.0} | {memory_mb} |",
            self.began.elapsed().as_secs_f64(),
            sorted.len(),
            sorted.len() as f64 / seconds,
            quantile(&sorted, 50),
            quantile(&sorted, 99),
            share(cpu - self.cpu),
            share(database - self.database),
        );
        (self.cpu, self.database, self.at) = (cpu, database, Instant::now());
        self.notes.push(Note { memory_mb });
        self.all.extend(took);
    }
}

fn used(nodes: &[Option<Node>]) -> f64 {
    nodes.iter().flatten().filter_map(|node| cpu_ms(node.id()).ok()).sum()
}

fn start(town: &Town, world: &World, place: usize) -> Result<Node> {
    let mut node = town.launch();
    let (url, _) = node.listening()?;
    world.node(place, Some(url));
    Ok(node)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let given = arguments()?;
    let mut chance = Chance::new(given.seed);
    let town = Town::build(&given.server, given.database, given.town, given.seed);
    let mut ledger = Ledger::default();
    let db = town.open().await?;
    ledger.begin(&db).await?;
    let people = cast::log_in(&db, given.citizens, given.employees, &mut chance).await?;
    db.close().await?;
    let world = Arc::new(World::new(given.nodes, ledger));
    let mut nodes = Vec::new();
    for place in 0..given.nodes {
        nodes.push(Some(start(&town, &world, place)?));
    }
    let mut different: Vec<_> = people.iter().map(|person| person.id).collect();
    different.sort_unstable();
    different.dedup();
    println!(
        "\n## {:?}, {} server(s), {} citizens in the town, {} people logged in ({} different), seed {}\n",
        given.database,
        given.nodes,
        given.town,
        people.len(),
        different.len(),
        given.seed
    );

    let mut everybody = JoinSet::new();
    for (place, one) in people.into_iter().enumerate() {
        let worker = Worker::new(Arc::clone(&world), place, one, chance.next(), READS);
        everybody.spawn(person(
            worker,
            Arc::clone(&world),
            Chance::new(chance.next()),
            given.think,
        ));
    }
    let whole = Duration::from_secs_f64(given.minutes * 60.0);
    let mut watch = Watch::new(&nodes);
    let (mut killed, mut started) = (false, given.nodes == 1);
    while watch.began.elapsed() < whole {
        sleep(EVERY.min(whole.saturating_sub(watch.began.elapsed()))).await;
        watch.note(&nodes, world.took());
        let now = watch.began.elapsed();
        if given.nodes > 1 && !killed && now >= whole / 3 {
            if let Some(mut node) = nodes[1].take() {
                node.kill();
            }
            world.node(1, None);
            killed = true;
            println!("| | the second server is killed | | | | | | |");
        } else if !started && now >= whole * 2 / 3 {
            nodes[1] = Some(start(&town, &world, 1)?);
            started = true;
            println!("| | it is started again | | | | | | |");
        }
    }
    world.end();
    while everybody.join_next().await.is_some() {}
    watch.all.extend(world.took());

    let mut faults = Vec::new();
    let db = town.open().await?;
    let mut ledger = world.swap_ledger(Ledger::default());
    let found = ledger.check(&db).await?;
    db.close().await?;
    faults.extend(found.faults);
    faults.extend(town.verify().err());
    faults.extend(nodes.iter().flatten().flat_map(Node::complaints));
    println!("\n| what | pages | forms |\n|---|--:|--:|");
    let sorted = |write: bool| {
        let mut micros: Vec<u32> = watch
            .all
            .iter()
            .filter(|t| t.write == write)
            .map(|t| t.micros)
            .collect();
        micros.sort_unstable();
        micros
    };
    let (pages, forms) = (sorted(false), sorted(true));
    println!("| answered | {} | {} |", pages.len(), forms.len());
    for percent in [50, 95, 99] {
        let (page, form) = (quantile(&pages, percent), quantile(&forms, percent));
        println!("| p{percent}, ms | {page:.1} | {form:.1} |");
    }
    println!(
        "| longest, ms | {:.1} | {:.1} |",
        quantile(&pages, 100),
        quantile(&forms, 100)
    );
    let (away, broken) = (world.away.load(Ordering::Relaxed), world.broken.load(Ordering::Relaxed));
    println!(
        "\n{} forms acknowledged, {} acts and {} looks looked up afterwards; {} answers “away for now”, {broken} requests broken off; {} faults.",
        found.forms,
        found.acts,
        found.looks,
        away,
        faults.len()
    );
    let third = watch.notes.len() / 3;
    if third > 0 {
        let mean = |notes: &[Note]| notes.iter().map(|note| note.memory_mb as f64).sum::<f64>() / notes.len() as f64;
        let (middle, last) = (
            mean(&watch.notes[third..2 * third]),
            mean(&watch.notes[watch.notes.len() - third..]),
        );
        let more = (last / middle - 1.0) * 100.0;
        println!("Memory: {middle:.1} MB in the middle third, {last:.1} MB in the last ({more:+.1} %).");
        if more > FLAT {
            faults.push(format!("memory grew by {more:.1} %"));
        }
    }
    // Where a server is killed, requests break off, and are sent again to the other.
    if away > 0 || (broken > 0 && !killed) {
        faults.push(format!("{away} answers “away for now”, {broken} requests broken off"));
    }
    if faults.is_empty() {
        return Ok(());
    }
    let shown: Vec<_> = faults.iter().take(20).map(String::as_str).collect();
    Err(format!("{} faults, the first of them:\n  {}", faults.len(), shown.join("\n  ")).into())
}
