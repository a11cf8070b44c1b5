//! The database: one SQL text and one typed call, on SQLite and on PostgreSQL.
//!
//! ```no_run
//! # use tovholder_store::{args, db::{Db, Error, Options}};
//! # async fn example() -> Result<(), Error> {
//! let db = Db::open("sqlite:/var/lib/tovholder/data.db", Options::default()).await?;
//! db.migrate().await?;
//!
//! let mut tx = db.begin().await?;
//! tx.execute("INSERT INTO unit (id, name) VALUES ($1, $2)", args![uuid::Uuid::nil(), "Jobcenter"]).await?;
//! tx.commit().await?; // dropped without this, everything is undone
//!
//! let mut conn = db.read().await?;
//! for row in conn.rows("SELECT id, name FROM unit ORDER BY name", args![]).await? {
//!     let mut fields = row.fields();
//!     let (id, name): (uuid::Uuid, String) = (fields.next()?, fields.next()?);
//! }
//! # Ok(()) }
//! ```
//!
//! # The common subset
//!
//! `$1` and reuse of it, `RETURNING`, `ON CONFLICT … DO UPDATE/NOTHING`, CTEs, window functions, `CASE`, `COALESCE`, `LIKE`,
//! `TRUE`/`FALSE`, `NULLS FIRST/LAST`, `CAST(… AS BIGINT | TEXT | DOUBLE PRECISION)`. Not: JSON operators, date arithmetic,
//! `ILIKE`, arrays. Dates compare as text. Whole numbers divide alike; a Boolean column is compared with a Boolean argument.
//! An argument that stands alone in a SELECT or beside another argument has no column to take its type from, so wrap it in
//! a `CAST`.

mod conn;
pub mod count;
mod dialect;
mod error;
mod health;
pub(crate) mod migrate;
mod sqlite;
mod value;
mod way;

#[cfg(test)]
mod tests;
#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that panics fails")]
mod trouble_tests;

use std::fmt;
use std::time::{Duration, Instant};

use sqlx::postgres::PgPoolOptions;
use sqlx::{ConnectOptions, Connection, PgPool, Postgres, Transaction};
use uuid::Uuid;

use health::Health;
use sqlite::Sqlite;

use crate::keys::Keyring;

pub use conn::{Conn, Tx, placeholders};
pub use dialect::Engine;
pub use error::Error;
pub use health::{Setting, Trouble};
pub use sqlx::{AssertSqlSafe, SqlSafeStr};
pub use value::{Fields, Found, FromValue, Kind, Row, Stored, Value};
pub use way::{Way, way};

/// How to open a database. [`Options::default`] serves a municipality on one machine.
#[derive(Debug, Clone)]
pub struct Options {
    /// Connections that read at the same time (SQLite), 4.
    pub readers: u32,
    /// Connections in all (PostgreSQL), 10.
    pub connections: u32,
    /// How long to wait for a connection or a lock before [`Error::Unavailable`] or [`Error::Stuck`], 10 seconds.
    pub wait: Duration,
    /// SQLite: make the file when it is not there. Otherwise its absence is an error.
    pub create: bool,
    /// SQLite: write without waiting for the disk, and alone (whoever reads waits for the writer), for building a fresh file that is thrown away if the
    /// machine stops.
    /// [`Db::close`] then makes the file safe.
    pub bulk: bool,
    /// What seals and opens; none. Only what reads or writes sealed texts and CPR numbers needs it.
    pub keys: Keyring,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            readers: 4,
            connections: 10,
            wait: Duration::from_secs(10),
            create: true,
            bulk: false,
            keys: Keyring::none(),
        }
    }
}

/// A database, cheap to clone and share.
#[derive(Clone)]
pub struct Db {
    pub(crate) pools: Pools,
    wait: Duration,
    keys: Keyring,
    health: Health,
}

#[derive(Clone)]
pub(crate) enum Pools {
    Sqlite(Sqlite),
    Postgres {
        pool: PgPool,
        /// One connection for what requests wait for while they hold one of the pool. Were it taken from there too, as many requests as there
        /// are connections would wait for a connection that none of them gives back.
        apart: PgPool,
    },
}

/// Shows the engine only: an address may hold a password.
impl fmt::Debug for Db {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Db").field(&self.engine()).finish()
    }
}

impl Db {
    /// Opens `sqlite:path/to/file.db` or `postgres://user:password@host/name`.
    ///
    /// # Errors
    /// [`Error::Address`] for anything else, [`Error::Unavailable`] when the file or the server is out of reach.
    pub async fn open(address: &str, options: Options) -> Result<Self, Error> {
        let health = Health::default();
        let pools = match address.split_once(':') {
            Some(("sqlite", path)) => {
                Pools::Sqlite(Sqlite::open(path.strip_prefix("//").unwrap_or(path), &options).await?)
            }
            Some(("postgres" | "postgresql", _)) => postgres(address, &options, &health).await?,
            _ => {
                return Err(Error::Address {
                    reason: "it starts with neither sqlite: nor postgres:".to_owned(),
                });
            }
        };
        Ok(Self {
            pools,
            wait: options.wait,
            keys: options.keys,
            health,
        })
    }

    /// Which engine this is.
    #[must_use]
    pub const fn engine(&self) -> Engine {
        match self.pools {
            Pools::Sqlite(_) => Engine::Sqlite,
            Pools::Postgres { .. } => Engine::Postgres,
        }
    }

    /// What seals and opens.
    #[must_use]
    pub const fn keys(&self) -> &Keyring {
        &self.keys
    }

    /// The same database, seen by a process with other keys.
    #[cfg(any(test, feature = "testing"))]
    #[must_use]
    pub fn with_keys(&self, keys: Keyring) -> Self {
        Self { keys, ..self.clone() }
    }

    /// A connection to read with. Every statement sees what was committed before it.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when none is free within [`Options::wait`].
    pub async fn read(&self) -> Result<Conn, Error> {
        let inner = match &self.pools {
            Pools::Sqlite(file) => conn::Inner::Sqlite(file.read().await?),
            Pools::Postgres { pool, .. } => {
                conn::Inner::Postgres(Some(pool.acquire().await.map_err(no_sql)?), pool.clone())
            }
        };
        Ok(Conn::new(inner, &self.keys, &self.health))
    }

    /// A connection on which all statements see the database as it was at the first of them, for reports whose figures must
    /// agree. Hold it for seconds, not minutes: the engines keep old versions for as long.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when none is free within [`Options::wait`].
    pub async fn snapshot(&self) -> Result<Conn, Error> {
        let inner = match &self.pools {
            Pools::Sqlite(file) => {
                let mut lease = file.read().await?;
                lease.begin("BEGIN DEFERRED")?;
                conn::Inner::SqliteTx(lease)
            }
            Pools::Postgres { pool, .. } => conn::Inner::PostgresTx(
                begin_on(pool, &self.health, "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY").await?,
            ),
        };
        Ok(Conn::new(inner, &self.keys, &self.health))
    }

    /// A transaction that writes, alone: no other writer runs until it ends. What it reads is therefore still true when it
    /// commits, on either engine, and nothing has to be tried again.
    ///
    /// # Errors
    /// [`Error::Stuck`] when the other writers do not finish within [`Options::wait`].
    pub async fn begin(&self) -> Result<Tx, Error> {
        let lock = "SELECT pg_advisory_xact_lock(8391735729151337582)".to_owned();
        self.begin_with(lock, false).await
    }

    /// A transaction that decides about one subject only, as a rule a citizen: on PostgreSQL it waits for other writers on the
    /// same subject (and for [`Db::begin`]), and runs beside those on other subjects. SQLite has one writer at a time anyway.
    ///
    /// What it reads about the subject is still true when it commits; what it reads about others may not be.
    ///
    /// # Errors
    /// [`Error::Stuck`] when the other writers do not finish within [`Options::wait`], or two block each other.
    pub async fn begin_for(&self, subject: Uuid) -> Result<Tx, Error> {
        self.begin_with(subject_lock(subject), false).await
    }

    /// As [`Db::begin_for`], on a connection kept apart for it: for the one task whose work requests wait for while they hold a connection.
    ///
    /// # Errors
    /// As [`Db::begin_for`].
    pub(crate) async fn begin_apart(&self, subject: Uuid) -> Result<Tx, Error> {
        self.begin_with(subject_lock(subject), true).await
    }

    async fn begin_with(&self, lock: String, kept_apart: bool) -> Result<Tx, Error> {
        let begun = self.try_begin(lock, kept_apart).await;
        if let Err(error) = &begun {
            self.health.met(error);
        }
        begun
    }

    async fn try_begin(&self, lock: String, kept_apart: bool) -> Result<Tx, Error> {
        match &self.pools {
            Pools::Sqlite(file) => {
                let mut lease = file.write().await?;
                lease.begin("BEGIN IMMEDIATE")?;
                Ok(Tx::new(conn::Inner::SqliteTx(lease), &self.keys, &self.health))
            }
            Pools::Postgres { pool, apart } => {
                let pool = if kept_apart { apart } else { pool };
                // Read committed, so that each statement after the lock sees what the former holder committed.
                let how = "BEGIN ISOLATION LEVEL READ COMMITTED, READ WRITE";
                let tx = begin_on(pool, &self.health, how).await?;
                let mut tx = Tx::new(conn::Inner::PostgresTx(tx), &self.keys, &self.health);
                tx.lock(AssertSqlSafe(format!(
                    "SET LOCAL lock_timeout = {}; {lock}",
                    self.wait.as_millis()
                )))
                .await?;
                Ok(tx)
            }
        }
    }

    /// Lets the engine measure its tables so that it chooses good plans. Worth doing after an import.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the database is busy.
    pub async fn analyze(&self) -> Result<(), Error> {
        let mut tx = self.begin().await?;
        if self.engine() == Engine::Sqlite {
            // A sample of each index, as PostgreSQL takes one: read whole, a large file would keep everybody waiting who writes.
            tx.rows("PRAGMA analysis_limit = 1000", &[]).await?;
        }
        tx.execute("ANALYZE", &[]).await?;
        tx.commit().await
    }

    /// As [`Db::analyze`], after a whole municipality was written; PostgreSQL also tidies up, which it would otherwise begin by itself beside the first
    /// visitors.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the database is busy or away.
    pub async fn settle(&self) -> Result<(), Error> {
        match &self.pools {
            Pools::Sqlite(_) => self.analyze().await,
            // No transaction may surround it.
            Pools::Postgres { pool, .. } => {
                let tidied = sqlx::raw_sql("VACUUM (ANALYZE)").execute(pool).await;
                tidied
                    .map(|_| ())
                    .map_err(|error| Error::from_postgres(error, "VACUUM (ANALYZE)"))
            }
        }
    }

    /// Writes an SQLite file anew, so that nothing of what was deleted is left in it. PostgreSQL sees to that by itself.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when others use the file, or there is no room for a copy of it.
    pub(crate) async fn rewrite(&self) -> Result<(), Error> {
        match &self.pools {
            Pools::Sqlite(file) => file.rewrite().await,
            Pools::Postgres { .. } => Ok(()),
        }
    }

    /// Waits for connections in use, then closes them all. A database opened with [`Options::bulk`] is made safe on disk.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the disk does not take what was written in bulk.
    pub async fn close(&self) -> Result<(), Error> {
        match &self.pools {
            Pools::Sqlite(file) => file.close().await?,
            Pools::Postgres { pool, apart } => {
                apart.close().await;
                pool.close().await;
            }
        }
        Ok(())
    }
}

/// A connection that has lain in the pool for longer is tested before it is used.
const RESTED: Duration = Duration::from_secs(15);

async fn postgres(address: &str, options: &Options, health: &Health) -> Result<Pools, Error> {
    let connect = way::connect_options(address)?
        .application_name("tovholder")
        .statement_cache_capacity(512)
        .disable_statement_logging();
    let pool = |connections| {
        let health = health.clone();
        PgPoolOptions::new()
            .max_connections(connections)
            .acquire_timeout(options.wait)
            // A round trip before every use would double the cost of a short page, so only a connection is tested that has rested, or has not been
            // used since another one was found dead: after a stop of the server they are all dead, and a dead one is thrown away here.
            .test_before_acquire(false)
            .before_acquire(move |connection, state| {
                let since = Instant::now().checked_sub(state.idle_for);
                let doubtful = state.idle_for > RESTED || since.is_none_or(|since| health.lost_after(since));
                Box::pin(async move {
                    if doubtful {
                        connection.ping().await?;
                    }
                    Ok(true)
                })
            })
    };
    Ok(Pools::Postgres {
        apart: pool(1).connect_lazy_with(connect.clone()),
        pool: pool(options.connections.max(1))
            .connect_with(connect)
            .await
            .map_err(no_sql)?,
    })
}

/// Begins a transaction; on another connection when the first is found dead, because nothing was done on it yet.
async fn begin_on(pool: &PgPool, health: &Health, how: &'static str) -> Result<Transaction<'static, Postgres>, Error> {
    let error = match pool.begin_with(how).await {
        Ok(tx) => return Ok(tx),
        Err(error) => error,
    };
    let waited = matches!(error, sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed);
    let error = no_sql(error);
    if waited || error.trouble() != Some(Trouble::Away) {
        return Err(error);
    }
    health.met(&error);
    pool.begin_with(how).await.map_err(no_sql)
}

/// Shares the lock of [`Db::begin`] and takes the subject's.
fn subject_lock(subject: Uuid) -> String {
    // The last half of a UUIDv7 is random. Two subjects that share it would only wait for each other.
    let key = subject.as_u64_pair().1.cast_signed();
    format!("SELECT pg_advisory_xact_lock_shared(8391735729151337582), pg_advisory_xact_lock({key})")
}

fn no_sql(error: sqlx::Error) -> Error {
    Error::from_postgres(error, "")
}
