//! SQLite: its connections, and the calls on them.
//!
//! SQLite runs inside this process. A statement is a function call that answers in some microseconds, as a rule from memory, so it is made on the thread
//! that asks: to hand it to another thread and wait for the answer costs several times the statement itself. What may wait for the disk or for another
//! program, a commit or the writer's lock, tells the runtime first ([`blocking`]), so that other requests go on.

use std::fmt;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags};
use tokio::runtime::{Handle, RuntimeFlavor};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use uuid::Uuid;

use super::conn::{Answer, Want};
use super::value::{Cells, Found, Value};
use super::{Error, Options, Trouble};

/// One file: several connections that read, one that writes.
#[derive(Clone)]
pub(crate) struct Sqlite {
    read: Arc<Pool>,
    write: Arc<Pool>,
}

/// Statements that a connection keeps prepared: more than the program has.
const PREPARED: usize = 512;

impl Sqlite {
    pub(super) async fn open(path: &str, options: &Options) -> Result<Self, Error> {
        if path.is_empty() || path.starts_with(":memory:") {
            return Err(Error::Address {
                reason: "SQLite needs a file: readers and the writer are separate connections".to_owned(),
            });
        }
        let opening = |writes| Opening {
            path: PathBuf::from(path),
            options: options.clone(),
            writes,
        };
        let this = Self {
            read: Arc::new(Pool::new(opening(false), options.readers.max(1))),
            write: Arc::new(Pool::new(opening(true), 1)),
        };
        // The writer first: it makes the file and turns on the log that readers need.
        drop(this.write().await?);
        drop(this.read().await?);
        Ok(this)
    }

    pub(super) async fn read(&self) -> Result<Lease, Error> {
        self.read.lease().await
    }

    pub(super) async fn write(&self) -> Result<Lease, Error> {
        self.write.lease().await
    }

    #[cfg(test)]
    pub(super) fn path(&self) -> &std::path::Path {
        &self.write.opening.path
    }

    /// Copies the file as it is at one moment. On a reader's connection: the writer's would keep everybody from writing as long as it takes.
    pub(crate) async fn copy_to(&self, file: &str) -> Result<(), Error> {
        let mut lease = self.read().await?;
        // The copy is a write to SQLite, though not to this file.
        lease.script("PRAGMA query_only = OFF")?;
        let into = [Value::from(file)];
        let copied = blocking(|| lease.run("VACUUM INTO $1", into.iter(), Want::Nothing));
        // Not given back before it is a reader's again.
        lease.spoilt |= lease.script("PRAGMA query_only = ON").is_err();
        copied.map(drop)
    }

    /// Writes the file anew and empties its log: nothing of what was deleted is left in either.
    pub(super) async fn rewrite(&self) -> Result<(), Error> {
        let mut lease = self.write().await?;
        // The copy of a large file has no place in memory.
        lease.script("PRAGMA temp_store = FILE; VACUUM; PRAGMA temp_store = MEMORY")?;
        let log = lease.run("PRAGMA wal_checkpoint(TRUNCATE)", [].iter(), Want::Row)?;
        match log.rows.first().map(|row| row.get::<i64>(0)) {
            Some(Ok(0)) => Ok(()),
            _ => Err(Error::Unavailable {
                message: "others read the file, so its log could not be emptied: close them and start again".to_owned(),
            }),
        }
    }

    /// Waits for connections in use, then closes all. What was written in bulk is made safe first.
    pub(super) async fn close(&self) -> Result<(), Error> {
        self.read.close().await;
        if self.write.opening.options.bulk
            && let Ok(lease) = self.write().await
        {
            // Only the file: a table that was renamed has opened the temporary database too, which cannot be written back and is locked.
            let safe = "PRAGMA synchronous = FULL; PRAGMA journal_mode = WAL; PRAGMA main.wal_checkpoint(TRUNCATE)";
            blocking(|| lease.connection().execute_batch(safe)).map_err(|error| Error::from_sqlite(error, safe))?;
        }
        self.write.close().await;
        Ok(())
    }
}

/// Runs what may wait, and lets the runtime's other tasks go on meanwhile where it can.
fn blocking<T>(work: impl FnOnce() -> T) -> T {
    match Handle::try_current().map(|runtime| runtime.runtime_flavor()) {
        Ok(RuntimeFlavor::MultiThread) => tokio::task::block_in_place(work),
        _ => work(),
    }
}

/// How to open a connection.
struct Opening {
    path: PathBuf,
    options: Options,
    writes: bool,
}

impl Opening {
    fn open(&self) -> rusqlite::Result<Connection> {
        let Options { bulk, create, wait, .. } = self.options;
        let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        flags.set(OpenFlags::SQLITE_OPEN_CREATE, create && self.writes);
        let connection = Connection::open_with_flags(&self.path, flags)?;
        connection.set_prepared_statement_cache_capacity(PREPARED);
        connection.busy_timeout(wait)?;
        // An acknowledged write survives a power cut.
        let synchronous = if bulk { "OFF" } else { "FULL" };
        connection.execute_batch(&format!(
            "PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA synchronous = {synchronous}"
        ))?;
        if self.writes {
            // A file that is thrown away if the machine stops needs no log of what it was before; what it takes to undo stays in memory.
            // Opened again without bulk, it gets the log that lets readers and the writer work at the same time.
            let (journal, cache) = if bulk { ("MEMORY", -262_144) } else { ("WAL", -16_384) };
            // After a great write the log is cut back to 64 MB.
            connection.execute_batch(&format!(
                "PRAGMA journal_mode = {journal}; PRAGMA cache_size = {cache}; PRAGMA wal_autocheckpoint = 1000; \
                 PRAGMA journal_size_limit = 67108864"
            ))?;
        } else {
            connection.execute_batch("PRAGMA cache_size = -8192; PRAGMA query_only = ON")?;
        }
        Ok(connection)
    }
}

struct Pool {
    opening: Opening,
    free: Mutex<Vec<Connection>>,
    places: Arc<Semaphore>,
    size: u32,
}

impl Pool {
    fn new(opening: Opening, size: u32) -> Self {
        Self {
            opening,
            free: Mutex::default(),
            places: Arc::new(Semaphore::new(size as usize)),
            size,
        }
    }

    async fn lease(self: &Arc<Self>) -> Result<Lease, Error> {
        let wait = self.opening.options.wait;
        let deadline = Instant::now() + wait;
        let place = tokio::time::timeout(wait, Arc::clone(&self.places).acquire_owned())
            .await
            .map_err(|_| Error::Stuck {
                trouble: Trouble::Locked,
                message: "no connection was free in time".to_owned(),
            })?
            .map_err(|_| Error::Unavailable {
                message: "the database is closed".to_owned(),
            })?;
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let connection = match free {
            Some(connection) => connection,
            None => loop {
                match blocking(|| self.opening.open()) {
                    // Turning the log on in a fresh file needs the file alone, and SQLite does not wait for that by itself: of several
                    // programs that start at once, all but one come here.
                    Err(error) if Error::is_sqlite_busy(&error) && Instant::now() < deadline => {
                        tokio::time::sleep(Duration::from_millis(10)).await;
                    }
                    opened => break opened.map_err(|error| Error::from_sqlite(error, ""))?,
                }
            },
        };
        Ok(Lease {
            connection: Some(connection),
            spoilt: false,
            pool: Arc::clone(self),
            _place: place,
        })
    }

    async fn close(&self) {
        // Whoever has a connection gives it back first; an error means that the pool was closed before.
        let all = self.places.acquire_many(self.size).await;
        self.places.close();
        drop(all);
        self.free.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

/// A connection in use. Dropped, it undoes a transaction that was not committed and goes back.
pub(crate) struct Lease {
    /// Always there until it is dropped.
    connection: Option<Connection>,
    /// Not to be used again: it was opened for reading only, or its file answers with errors. A new one may do better.
    spoilt: bool,
    pool: Arc<Pool>,
    _place: OwnedSemaphorePermit,
}

impl Lease {
    fn connection(&self) -> &Connection {
        self.connection
            .as_ref()
            .expect("a lease holds its connection until it is dropped")
    }

    /// Begins a transaction, with `BEGIN IMMEDIATE` or `BEGIN DEFERRED`.
    pub(super) fn begin(&mut self, how: &str) -> Result<(), Error> {
        let done = blocking(|| self.connection().execute_batch(how));
        done.map_err(|error| self.failed(error, how))
    }

    fn failed(&mut self, error: rusqlite::Error, sql: &str) -> Error {
        let error = Error::from_sqlite(error, sql);
        self.spoilt |= matches!(error.trouble(), Some(Trouble::ReadOnly | Trouble::Away));
        error
    }

    /// Keeps the transaction: when this answers, the disk has it.
    pub(super) fn commit(&mut self) -> Result<(), Error> {
        let done = blocking(|| self.connection().execute_batch("COMMIT"));
        done.map_err(|error| self.failed(error, "COMMIT"))
    }

    pub(super) fn rollback(&mut self) -> Result<(), Error> {
        if self.connection().is_autocommit() {
            return Ok(());
        }
        blocking(|| self.connection().execute_batch("ROLLBACK")).map_err(|error| Error::from_sqlite(error, "ROLLBACK"))
    }

    /// Runs a text of several statements.
    pub(super) fn script(&mut self, text: &str) -> Result<(), Error> {
        blocking(|| self.connection().execute_batch(text)).map_err(|error| Error::from_sqlite(error, text))
    }

    /// Runs one statement.
    pub(super) fn run<'v>(
        &mut self,
        sql: &str,
        args: impl ExactSizeIterator<Item = &'v Value>,
        want: Want,
    ) -> Result<Answer, Error> {
        let args: Vec<&Value> = args.collect();
        for (index, value) in args.iter().enumerate() {
            value.check(index)?;
        }
        let done = self.run_checked(sql, &args, want);
        done.map_err(|error| self.failed(error, sql))
    }

    fn run_checked(&mut self, sql: &str, args: &[&Value], want: Want) -> rusqlite::Result<Answer> {
        let connection = self.connection();
        let mut statement = connection.prepare_cached(sql)?;
        for place in 1..=statement.parameter_count() {
            // `$2` is a name to SQLite, which numbers names as they come; a bare `?` has none and stands for its own place.
            let named = statement.parameter_name(place).and_then(|name| name[1..].parse().ok());
            let Some(value) = args.get(named.unwrap_or(place) - 1) else {
                return Err(rusqlite::Error::InvalidParameterCount(args.len(), place));
            };
            statement.raw_bind_parameter(place, Bound(value))?;
        }
        let mut cells = match want {
            Want::Nothing => Cells::default(),
            Want::Row | Want::Rows => Cells::new(statement.column_names().into_iter().map(str::to_owned)),
        };
        let reads = statement.readonly();
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next()? {
            for index in 0..cells.width() {
                push(&mut cells, row.get_ref(index)?);
            }
            if let Want::Row = want {
                break;
            }
        }
        drop(rows);
        let mut answer = Answer {
            rows: cells.into_rows(),
            affected: 0,
        };
        if !reads {
            answer.affected = connection.changes();
        }
        Ok(answer)
    }
}

impl fmt::Debug for Lease {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Lease")
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        let Some(connection) = self.connection.take() else {
            return;
        };
        if !connection.is_autocommit() {
            let _ = connection.execute_batch("ROLLBACK");
        }
        // One that cannot undo is closed, which undoes.
        if connection.is_autocommit() && !self.spoilt && !self.pool.places.is_closed() {
            let mut free = self.pool.free.lock().unwrap_or_else(PoisonError::into_inner);
            free.push(connection);
        }
    }
}

/// An argument as SQLite takes it.
struct Bound<'v>(&'v Value);

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self.0 {
            Value::Null(_) => ValueRef::Null,
            Value::Int(n) => ValueRef::Integer(*n),
            Value::Real(x) => ValueRef::Real(*x),
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
            Value::Bool(yes) => ValueRef::Integer((*yes).into()),
            Value::Uuid(id) => ValueRef::Blob(id.as_bytes()),
            Value::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

fn push(cells: &mut Cells, field: ValueRef<'_>) {
    cells.push(match field {
        ValueRef::Null => Found::Null,
        ValueRef::Integer(n) => Found::Int(n),
        ValueRef::Real(x) => Found::Real(x),
        // Only text that this program wrote, which is UTF-8, is in a file of ours; in a damaged one the rest is still worth reading.
        ValueRef::Text(text) => match str::from_utf8(text) {
            Ok(text) => Found::Text(text),
            Err(_) => return cells.push(Found::Text(&String::from_utf8_lossy(text))),
        },
        // Sixteen bytes are nearly always an id; asked for as bytes they are bytes.
        ValueRef::Blob(bytes) => Uuid::from_slice(bytes).map_or(Found::Bytes(bytes), Found::Uuid),
    });
}
