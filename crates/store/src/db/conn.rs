//! A connection and a transaction: the calls that run SQL.

use std::fmt::{self, Write as _};
use std::ops::{Deref, DerefMut};

use sqlx::pool::PoolConnection;
use sqlx::{AssertSqlSafe, PgPool, Postgres, SqlSafeStr, SqlStr, Transaction};

use super::health::Health;
use super::sqlite::Lease;
use super::{Engine, Error, Row, Value, count, value};
use crate::keys::Keyring;

/// A connection. Functions of the store take `&mut Conn`, and so work alone and, called with `&mut tx`, inside a [`Tx`].
pub struct Conn {
    inner: Inner,
    failed: bool,
    keys: Keyring,
    /// Where it tells what it met.
    health: Health,
}

pub(super) enum Inner {
    Sqlite(Lease),
    /// A connection to read with, and where to get another when it is found dead; none when that did not help.
    Postgres(Option<PoolConnection<Postgres>>, PgPool),
    SqliteTx(Lease),
    PostgresTx(Transaction<'static, Postgres>),
}

enum Driver<'c> {
    Sqlite(&'c mut Lease),
    Postgres(&'c mut sqlx::PgConnection),
}

/// What a statement answers with.
pub(super) struct Answer {
    pub(super) rows: Vec<Row>,
    pub(super) affected: u64,
}

impl fmt::Debug for Conn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Conn").field(&self.engine()).finish()
    }
}

/// As many as one statement of [`Conn::insert_many`] carries: enough to make the cost per statement vanish, few enough
/// to keep the prepared statement small.
const MANY_ROWS: usize = 500;
const MANY_ARGUMENTS: usize = 8_000;

impl Conn {
    pub(super) fn new(inner: Inner, keys: &Keyring, health: &Health) -> Self {
        Self {
            inner,
            failed: false,
            keys: keys.clone(),
            health: health.clone(),
        }
    }

    /// What seals and opens, as [`Db::keys`](super::Db::keys).
    #[must_use]
    pub const fn keys(&self) -> &Keyring {
        &self.keys
    }

    /// Which engine this is.
    #[must_use]
    pub const fn engine(&self) -> Engine {
        match self.inner {
            Inner::Sqlite(_) | Inner::SqliteTx(_) => Engine::Sqlite,
            Inner::Postgres(..) | Inner::PostgresTx(_) => Engine::Postgres,
        }
    }

    /// All rows of the answer.
    ///
    /// A text built while running is wrapped in [`AssertSqlSafe`] by a caller who made sure that no input is part of it.
    ///
    /// # Errors
    /// See [`Error`]. After an error a [`Tx`] can only be rolled back.
    pub async fn rows(&mut self, sql: impl SqlSafeStr, args: &[Value]) -> Result<Vec<Row>, Error> {
        self.run(sql.into_sql_str(), args.iter(), Want::Rows)
            .await
            .map(|answer| answer.rows)
    }

    /// The first row of the answer, if any.
    ///
    /// # Errors
    /// As [`Conn::rows`].
    pub async fn row(&mut self, sql: impl SqlSafeStr, args: &[Value]) -> Result<Option<Row>, Error> {
        self.run(sql.into_sql_str(), args.iter(), Want::Row)
            .await
            .map(|answer| answer.rows.into_iter().next())
    }

    /// Runs a statement and answers with the number of rows it wrote.
    ///
    /// # Errors
    /// As [`Conn::rows`].
    pub async fn execute(&mut self, sql: impl SqlSafeStr, args: &[Value]) -> Result<u64, Error> {
        self.run(sql.into_sql_str(), args.iter(), Want::Nothing)
            .await
            .map(|answer| answer.affected)
    }

    /// Inserts many rows with few statements and answers with the number written. `sql` is `INSERT INTO t (a, b)`, and may go
    /// on after the word `{rows}`: `INSERT INTO t (a, b) {rows} ON CONFLICT DO NOTHING`. All rows have the same length.
    ///
    /// # Errors
    /// As [`Conn::rows`]; inside a [`Tx`] all rows are written or none.
    pub async fn insert_many<R: AsRef<[Value]>>(&mut self, sql: &'static str, rows: &[R]) -> Result<u64, Error> {
        let width = rows.first().map_or(0, |row| row.as_ref().len());
        if width == 0 {
            return Ok(0);
        }
        if rows.iter().any(|row| row.as_ref().len() != width) {
            return Err(Error::Statement {
                message: "rows of different lengths".to_owned(),
                sql: sql.to_owned(),
            });
        }
        let (before, after) = sql.split_once("{rows}").unwrap_or((sql, ""));
        let chunk = (MANY_ARGUMENTS.min(self.engine().most_arguments()) / width).clamp(1, MANY_ROWS);
        let mut written = 0;
        let mut rest = rows;
        while !rest.is_empty() {
            // Whole chunks, then halves, quarters…: few different statements, so that each is prepared once and found again.
            let take = if rest.len() >= chunk {
                chunk
            } else {
                1 << rest.len().ilog2()
            };
            let (now, later) = rest.split_at(take);
            rest = later;
            let text = values(before, width, take, after, self.engine());
            let args: Vec<&Value> = now.iter().flat_map(AsRef::as_ref).collect();
            written += self
                .run(AssertSqlSafe(text).into_sql_str(), args.into_iter(), Want::Nothing)
                .await?
                .affected;
        }
        Ok(written)
    }

    fn driver(&mut self) -> Result<Driver<'_>, Error> {
        Ok(match &mut self.inner {
            Inner::Sqlite(lease) | Inner::SqliteTx(lease) => Driver::Sqlite(lease),
            Inner::Postgres(Some(connection), _) => Driver::Postgres(connection),
            Inner::Postgres(None, _) => {
                return Err(Error::Unavailable {
                    message: "the connection was lost".to_owned(),
                });
            }
            Inner::PostgresTx(connection) => Driver::Postgres(connection),
        })
    }

    /// Takes another connection in the place of one to read with that was found dead.
    async fn renew(&mut self) -> bool {
        let Inner::Postgres(connection, pool) = &mut self.inner else {
            return false;
        };
        // Its place in the pool is given back first: with all places taken by the dead, everybody would wait for everybody.
        drop(connection.take().map(PoolConnection::detach));
        *connection = pool.acquire().await.ok();
        connection.is_some()
    }

    async fn run<'v>(
        &mut self,
        sql: SqlStr,
        args: impl ExactSizeIterator<Item = &'v Value> + Clone,
        want: Want,
    ) -> Result<Answer, Error> {
        // A full disk ends a transaction inside SQLite. Whatever came after it would be kept at once, each by itself.
        if self.failed && matches!(self.inner, Inner::SqliteTx(_) | Inner::PostgresTx(_)) {
            return Err(Error::Failed);
        }
        count::statement();
        if let Err(error) = check_count(sql.as_str(), args.len()) {
            return self.fail(error);
        }
        let mut answer = self.ask(&sql, args.clone(), want).await;
        // Outside a transaction each statement stands alone, and one that reads can be asked again. So whoever gets a connection that died in the
        // pool, as all do when the server is started again, does not notice.
        if let Err(error @ Error::Unavailable { .. }) = &answer {
            self.health.met(error);
            if self.renew().await {
                answer = self.ask(&sql, args, want).await;
            }
        }
        match answer {
            Ok(answer) => {
                count::rows(answer.rows.len());
                Ok(answer)
            }
            Err(error) => self.fail(error),
        }
    }

    async fn ask<'v>(
        &mut self,
        sql: &SqlStr,
        args: impl ExactSizeIterator<Item = &'v Value>,
        want: Want,
    ) -> Result<Answer, Error> {
        match self.driver()? {
            Driver::Sqlite(lease) => {
                // A call that never waits would never let another task of this thread go on, however many of them follow each other.
                tokio::task::coop::consume_budget().await;
                lease.run(sql.as_str(), args, want)
            }
            Driver::Postgres(connection) => postgres(connection, sql, args, want).await,
        }
    }

    fn fail<T>(&mut self, error: Error) -> Result<T, Error> {
        self.failed = true;
        count::failure();
        self.health.met(&error);
        Err(error)
    }
}

async fn postgres<'v>(
    connection: &mut sqlx::PgConnection,
    sql: &SqlStr,
    args: impl ExactSizeIterator<Item = &'v Value>,
    want: Want,
) -> Result<Answer, Error> {
    let (args, kinds) = value::postgres_arguments(args)?;
    // The driver keeps one prepared statement per text, typed by the arguments of its first use. Were a later use to bring another kind,
    // say 1.5 where 1 came before, the bytes of the one would be read as the other. With the kinds as a part of the text, each combination
    // has its own statement.
    let typed = AssertSqlSafe(format!("{} -- {kinds}", sql.as_str()));
    let query = sqlx::query_with::<Postgres, _>(typed, args);
    let failed = |error| Error::from_postgres(error, sql.as_str());
    let (rows, affected) = match want {
        Want::Rows => (query.fetch_all(connection).await.map_err(failed)?, 0),
        Want::Row => (
            Vec::from_iter(query.fetch_optional(connection).await.map_err(failed)?),
            0,
        ),
        Want::Nothing => (
            Vec::new(),
            query.execute(connection).await.map_err(failed)?.rows_affected(),
        ),
    };
    Ok(Answer {
        rows: value::postgres_rows(&rows)?,
        affected,
    })
}

/// What the caller takes of the answer.
#[derive(Clone, Copy)]
pub(super) enum Want {
    Rows,
    Row,
    Nothing,
}

/// SQLite reads a missing argument as NULL and ignores one too many, where PostgreSQL refuses; so both refuse, here.
fn check_count(sql: &str, args: usize) -> Result<(), Error> {
    let (mut highest, mut bare) = (0, 0);
    // Every other piece is outside quotes. A doubled quote inside a text opens and closes an empty piece, which does no harm.
    for code in sql.split('\'').step_by(2) {
        for after in code.split('$').skip(1) {
            let digits = after.bytes().take_while(u8::is_ascii_digit).count();
            highest = highest.max(after[..digits].parse().unwrap_or(0));
        }
        bare += code.matches('?').count();
    }
    let highest = highest.max(bare);
    if highest == args {
        return Ok(());
    }
    Err(Error::Statement {
        message: format!("{args} arguments for {highest} places"),
        sql: sql.to_owned(),
    })
}

/// `INSERT INTO t (a, b)` + ` VALUES ($1, $2), ($3, $4)` + the rest.
///
/// For SQLite the places are bare: it looks each name up in a list of all before it, and 8,000 of them take a hundred times as long as the rows.
fn values(before: &str, width: usize, rows: usize, after: &str, engine: Engine) -> String {
    let mut text = String::with_capacity(before.len() + after.len() + 8 * width * rows);
    let bare = vec!["?"; width].join(", ");
    text.push_str(before);
    for row in 0..rows {
        text.push_str(if row == 0 { " VALUES (" } else { ", (" });
        match engine {
            Engine::Sqlite => text.push_str(&bare),
            Engine::Postgres => text.push_str(&placeholders(row * width + 1, width)),
        }
        text.push(')');
    }
    text.push_str(after);
    text
}

/// `$3, $4, $5` for `placeholders(3, 3)`, to write `IN (…)` for a list. Wrap the text in [`AssertSqlSafe`].
#[must_use]
pub fn placeholders(first: usize, how_many: usize) -> String {
    let mut text = String::new();
    for n in first..first + how_many {
        let _ = write!(text, "{}${n}", if n == first { "" } else { ", " });
    }
    text
}

/// A transaction that writes. Dropped without [`Tx::commit`], all of it is undone before the connection is used again.
///
/// Once a statement has failed the transaction takes no more and cannot commit. PostgreSQL works so; SQLite would go on, and a text that
/// works on one engine must work on the other. Expecting a conflict? Say `ON CONFLICT DO NOTHING` and look at the count.
pub struct Tx(Conn);

impl fmt::Debug for Tx {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Tx").field(&self.engine()).finish()
    }
}

impl Deref for Tx {
    type Target = Conn;
    fn deref(&self) -> &Conn {
        &self.0
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Conn {
        &mut self.0
    }
}

impl Tx {
    pub(super) fn new(inner: Inner, keys: &Keyring, health: &Health) -> Self {
        Self(Conn::new(inner, keys, health))
    }

    /// Keeps everything. When this answers, the disk has it.
    ///
    /// # Errors
    /// [`Error::Failed`] when a statement of the transaction had failed; [`Error::Constraint`] or [`Error::Unavailable`] when the
    /// database refuses. Nothing is kept then.
    pub async fn commit(self) -> Result<(), Error> {
        if self.0.failed {
            // A database that cannot roll back has lost the transaction, or will when the connection closes.
            let _ = self.rollback().await;
            return Err(Error::Failed);
        }
        let health = self.0.health;
        let done = match self.0.inner {
            Inner::SqliteTx(mut lease) => lease.commit(),
            Inner::PostgresTx(tx) => tx.commit().await.map_err(|error| Error::from_postgres(error, "COMMIT")),
            Inner::Sqlite(_) | Inner::Postgres(..) => Ok(()),
        };
        match &done {
            Ok(()) => {
                count::commit();
                health.written();
            }
            Err(error) => health.met(error),
        }
        done
    }

    /// Undoes everything, and waits until that is done.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the database is gone; everything is undone then too.
    pub async fn rollback(self) -> Result<(), Error> {
        match self.0.inner {
            Inner::SqliteTx(mut lease) => lease.rollback(),
            Inner::PostgresTx(tx) => tx
                .rollback()
                .await
                .map_err(|error| Error::from_postgres(error, "ROLLBACK")),
            Inner::Sqlite(_) | Inner::Postgres(..) => Ok(()),
        }
    }

    /// Runs a text of several statements, for migrations.
    pub(super) async fn script(&mut self, text: impl SqlSafeStr) -> Result<(), Error> {
        count::statement();
        self.raw(text.into_sql_str()).await
    }

    /// Takes a lock. Not counted: it is a part of beginning.
    pub(super) async fn lock(&mut self, text: impl SqlSafeStr) -> Result<(), Error> {
        self.raw(text.into_sql_str()).await
    }

    async fn raw(&mut self, text: SqlStr) -> Result<(), Error> {
        let done = match self.0.driver() {
            Err(lost) => Err(lost),
            Ok(Driver::Sqlite(lease)) => lease.script(text.as_str()),
            Ok(Driver::Postgres(connection)) => sqlx::raw_sql(text.clone())
                .execute(connection)
                .await
                .map(drop)
                .map_err(|error| Error::from_postgres(error, text.as_str())),
        };
        done.or_else(|error| self.0.fail(error))
    }
}
