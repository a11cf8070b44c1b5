//! Whether the database serves: what stands in its way now, and whether its settings keep what they promise.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use uuid::Uuid;

use super::{Conn, Db, Engine, Error};
use crate::args;

/// What stands in the way of a database that is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Another program, or a long transaction, holds it.
    Locked,
    /// Its disk is full.
    Full,
    /// Its file, its disk or the server takes no writes.
    ReadOnly,
    /// Out of reach, or its disk answers with errors.
    Away,
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Trouble::Locked => "locked: another program holds the database",
            Trouble::Full => "full: there is no room on the database's disk",
            Trouble::ReadOnly => "read-only: the database takes no writes",
            Trouble::Away => "away: the database does not answer",
        })
    }
}

/// What was met of late, shared by all that use the database.
#[derive(Clone, Default)]
pub(super) struct Health(Arc<Mutex<Met>>);

#[derive(Default)]
struct Met {
    /// When the last write succeeded; nothing when it did not.
    written: Option<Instant>,
    /// When a connection was last found dead.
    lost: Option<Instant>,
}

/// So long a write that succeeded speaks for the next one.
const TRUSTED: Duration = Duration::from_secs(60);

impl Health {
    fn met_of_late(&self) -> MutexGuard<'_, Met> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn met(&self, error: &Error) {
        let Some(trouble) = error.trouble() else { return };
        let mut met = self.met_of_late();
        met.written = None;
        if trouble == Trouble::Away {
            met.lost = Some(Instant::now());
        }
    }

    pub(super) fn written(&self) {
        self.met_of_late().written = Some(Instant::now());
    }

    /// Whether a connection was found dead after this instant: what has lain in the pool since is then as dead, as a rule.
    pub(super) fn lost_after(&self, instant: Instant) -> bool {
        self.met_of_late().lost.is_some_and(|lost| lost >= instant)
    }

    fn is_known_good(&self) -> bool {
        self.met_of_late().written.is_some_and(|at| at.elapsed() < TRUSTED)
    }
}

/// A setting that decides whether an acknowledged write survives a power cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Its name in the engine.
    pub name: &'static str,
    /// What it is.
    pub value: String,
    /// Whether writes are safe with it.
    pub safe: bool,
    /// What it must be.
    pub wanted: &'static str,
}

impl fmt::Display for Setting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.name, self.value)
    }
}

/// Larger than what a page has left over, so that a full disk shows.
const PROBE_BYTES: usize = 64 * 1024;
const PROBE: &str = "probe";

impl Db {
    /// Whether a write would succeed now. While others write, nothing is written to find out; after a write that did not succeed, and after a
    /// minute without any, only a write tells.
    ///
    /// # Errors
    /// What stands in the way; [`Error::trouble`] names it.
    pub async fn takes_writes(&self) -> Result<(), Error> {
        let mut tx = self.begin_for(Uuid::nil()).await?;
        if self.health.is_known_good() {
            return tx.rollback().await;
        }
        tx.execute(
            "INSERT INTO setting (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            args![PROBE, "x".repeat(PROBE_BYTES)],
        )
        .await?;
        tx.commit().await?;
        let mut tx = self.begin_for(Uuid::nil()).await?;
        tx.execute("DELETE FROM setting WHERE key = $1", args![PROBE]).await?;
        tx.commit().await
    }

    /// The settings by which an acknowledged write survives a power cut, as they are on the connections that write.
    ///
    /// # Errors
    /// As [`Conn::row`].
    pub async fn settings(&self) -> Result<Vec<Setting>, Error> {
        match self.engine() {
            Engine::Sqlite => {
                // Of the connection that writes: `synchronous` and `foreign_keys` are its own.
                let mut tx = self.begin().await?;
                let journal = one(&mut tx, "PRAGMA journal_mode").await?;
                let synchronous = one(&mut tx, "PRAGMA synchronous").await?;
                let keys = one(&mut tx, "PRAGMA foreign_keys").await?;
                tx.rollback().await?;
                Ok(vec![
                    setting("journal_mode", journal, &["wal"], "wal"),
                    setting("synchronous", synchronous, &["2", "3"], "2 (full)"),
                    setting("foreign_keys", keys, &["1"], "1 (on)"),
                ])
            }
            Engine::Postgres => {
                let mut conn = self.read().await?;
                let mut found = Vec::new();
                for (name, sql, safe, wanted) in [
                    ("fsync", "SELECT current_setting('fsync')", &["on"][..], "on"),
                    (
                        "synchronous_commit",
                        "SELECT current_setting('synchronous_commit')",
                        // Each of these waits for the server's own disk.
                        &["on", "local", "remote_write", "remote_apply"],
                        "on",
                    ),
                    (
                        "full_page_writes",
                        "SELECT current_setting('full_page_writes')",
                        &["on"],
                        "on",
                    ),
                ] {
                    found.push(setting(name, one(&mut conn, sql).await?, safe, wanted));
                }
                Ok(found)
            }
        }
    }
}

fn setting(name: &'static str, value: String, safe: &[&str], wanted: &'static str) -> Setting {
    Setting {
        name,
        safe: safe.contains(&value.as_str()),
        value,
        wanted,
    }
}

/// The one value of an answer, as text.
async fn one(conn: &mut Conn, sql: &'static str) -> Result<String, Error> {
    let row = conn.row(sql, args![]).await?.ok_or(Error::Failed)?;
    match row.get::<String>(0) {
        Ok(text) => Ok(text),
        Err(_) => Ok(row.get::<i64>(0)?.to_string()),
    }
}
