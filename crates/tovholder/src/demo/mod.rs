//! The demo municipality: an invented place with invented people, for showing and testing the whole system.
//!
//! [`build`] fills an empty database with five years of a municipality's work, the same for the same [`DemoOptions`], to the byte of all that is not sealed. Each citizen is told alone
//! ([`citizen`]), in the order of days, by turns that [`tovholder_casework::decide`] carries out: the history is what the product itself would have
//! written. What is told first: [`mix`] (how common each thread of life is), [`roster`] (who is on whose caseload), [`world`] (units, employees,
//! companies). [`people`] are those to log in as.

mod aims;
mod calendar;
mod cast;
mod chance;
mod characters;
mod citizen;
mod contact;
mod costs;
mod emergencies;
mod mix;
mod newcomer;
mod organisation;
mod past;
mod people;
mod rights;
mod roster;
mod rows;
mod spells;
mod status;
mod story;
#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that panics fails")]
mod tests;
#[allow(
    dead_code,
    unused_imports,
    reason = "a wardrobe: the generator takes the texts it needs"
)]
pub mod texts;
mod world;

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::civil::Date;
use tokio::sync::mpsc;
use tovholder_store::args;
use tovholder_store::db::{Conn, Db, Error};

use calendar::Calendar;
use mix::Mix;
pub use people::people;
use roster::Roster;
use rows::Batch;
use story::Refused;
use world::World;

/// What to build.
#[derive(Clone, Copy, Debug)]
pub struct DemoOptions {
    /// How many citizens, 20–1,000,000.
    pub citizens: u32,
    /// Where the randomness begins.
    pub seed: u64,
    /// The day the demo stands at: history ends the evening before, bookings go on after it.
    pub today: Date,
}

/// What was built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoWorld {
    /// Citizens.
    pub citizens: u32,
    /// Employees, also those who have left.
    pub employees: u32,
    /// Companies.
    pub companies: u32,
    /// Rows in all.
    pub rows: u64,
}

/// Why the demo was not built.
#[derive(Debug)]
pub enum DemoError {
    /// The number of citizens is outside 20–1,000,000.
    Citizens(u32),
    /// The database holds citizens already.
    NotEmpty,
    /// A turn of a story was refused: a mistake in the demo.
    Refused(u32, Refused),
    /// The database.
    Db(Error),
}

impl fmt::Display for DemoError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DemoError::Citizens(n) => write!(f, "the demo has 20 to 1,000,000 citizens, not {n}"),
            DemoError::NotEmpty => write!(f, "the database holds citizens already"),
            DemoError::Refused(index, refused) => write!(f, "the story of citizen {index} was refused: {refused}"),
            DemoError::Db(error) => write!(f, "{error}"),
        }
    }
}

impl std::error::Error for DemoError {}

impl From<Error> for DemoError {
    fn from(error: Error) -> Self {
        DemoError::Db(error)
    }
}

/// Whether nobody is in the database yet: neither employees nor citizens.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn is_empty(conn: &mut Conn) -> Result<bool, Error> {
    let sql = "SELECT id FROM employee UNION ALL SELECT id FROM citizen LIMIT 1";
    Ok(conn.row(sql, args![]).await?.is_none())
}

/// Citizens told and written together.
const BATCH: u32 = 100;
/// Batches in one transaction: few, because each is a wait for the disk, and not one alone, because the log of a transaction takes room.
const BATCHES_A_COMMIT: u32 = 50;

/// Fills an empty database. `progress` hears how many citizens are written, of how many.
///
/// Memory does not grow with the number of citizens: they are told in batches, by as many threads as there are processors, while the batches before
/// are written in order.
///
/// # Errors
/// See [`DemoError`]. On an error part of the demo may be written: begin again with an empty database.
pub async fn build(db: &Db, options: &DemoOptions, mut progress: impl FnMut(u32, u32)) -> Result<DemoWorld, DemoError> {
    if !(20..=1_000_000).contains(&options.citizens) {
        return Err(DemoError::Citizens(options.citizens));
    }
    let citizens = options.citizens;
    let mix = Mix::fitted();
    let roster = Roster::draw(citizens, options.seed, &mix);
    let world = World::build(Calendar::around(options.today), &roster, options.seed);
    let shared = Arc::new((world, roster, mix));

    let mut tx = db.begin().await?;
    if !is_empty(&mut tx).await? {
        return Err(DemoError::NotEmpty);
    }
    let mut built = DemoWorld {
        citizens,
        employees: u32::try_from(shared.0.employees.len()).unwrap_or(u32::MAX),
        companies: u32::try_from(shared.0.companies.len()).unwrap_or(u32::MAX),
        rows: organisation::write(&shared.0, &mut tx).await?,
    };
    let mut tellers = Tellers::start(&shared, options);
    let mut costs = costs::Costs::default();
    let mut written = 0;
    for batch in 0..citizens.div_ceil(BATCH) {
        let rows = tellers.next(batch).await?;
        built.rows += rows.write(&mut tx).await?;
        costs.merge(&rows.costs);
        written += rows.citizens;
        progress(written, citizens);
        if (batch + 1) % BATCHES_A_COMMIT == 0 {
            tx.commit().await?;
            tx = db.begin().await?;
        }
    }
    built.rows += newcomer::write(&mut tx, options.today).await?;
    built.rows += costs.write(&mut tx, &shared.0.calendar).await?;
    built.rows += aims::write(&mut tx, &shared.0, options, &costs).await?;
    built.rows += status::write(&mut tx, &shared.0, options).await?;
    built.rows += emergencies::write(&mut tx, &shared.0).await?;
    built.rows += rights::write(&mut tx, &shared.0).await?;
    built.citizens += 1;
    tx.commit().await?;
    db.settle().await?;
    Ok(built)
}

/// The threads that tell. Thread n of m tells batches n, n + m, n + 2m…, so that the batches come in the same order however many there are.
struct Tellers {
    batches: Vec<mpsc::Receiver<Result<Batch, DemoError>>>,
    stop: Arc<AtomicBool>,
}

impl Tellers {
    fn start(shared: &Arc<(World, Roster, Mix)>, options: &DemoOptions) -> Self {
        let threads = std::thread::available_parallelism()
            .map_or(2, |n| u32::try_from(n.get()).unwrap_or(2))
            .min(8);
        let stop = Arc::new(AtomicBool::new(false));
        let batches = (0..threads)
            .map(|first| {
                let (sender, receiver) = mpsc::channel(1);
                let (shared, stop, options) = (shared.clone(), stop.clone(), *options);
                std::thread::spawn(move || {
                    for batch in (first..options.citizens.div_ceil(BATCH)).step_by(threads as usize) {
                        let told = tell(&shared, &options, batch);
                        let failed = told.is_err();
                        if stop.load(Ordering::Relaxed) || sender.blocking_send(told).is_err() || failed {
                            break;
                        }
                    }
                });
                receiver
            })
            .collect();
        Tellers { batches, stop }
    }

    async fn next(&mut self, batch: u32) -> Result<Batch, DemoError> {
        let thread = batch as usize % self.batches.len();
        match self.batches[thread].recv().await {
            Some(told) => told,
            // A thread ends early only when it panics, and then the panic has been printed.
            None => Err(DemoError::Db(Error::Unavailable {
                message: "a thread that tells citizens has ended".to_owned(),
            })),
        }
    }
}

impl Drop for Tellers {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

fn tell(shared: &(World, Roster, Mix), options: &DemoOptions, batch: u32) -> Result<Batch, DemoError> {
    let (world, roster, mix) = shared;
    let mut rows = Batch::default();
    for index in batch * BATCH..((batch + 1) * BATCH).min(options.citizens) {
        let told = citizen::tell(world, roster, mix, options.seed, index)
            .map_err(|refused| DemoError::Refused(index, refused))?;
        rows.add(&world.calendar, told);
    }
    Ok(rows)
}
