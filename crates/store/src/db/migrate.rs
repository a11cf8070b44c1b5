//! The schema, step by step: embedded texts, applied once each, in order, and never changed afterwards.

use sha2::{Digest, Sha256};
use sqlx::AssertSqlSafe;

use super::{Conn, Db, Error};
use crate::{args, sealing};

/// One step of the schema: `migrations/0001_name.sql`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Migration<'a> {
    pub(crate) version: i64,
    pub(crate) name: &'a str,
    pub(crate) text: &'a str,
}

include!(concat!(env!("OUT_DIR"), "/migrations.rs"));

impl Migration<'_> {
    /// SHA-256 of the text, with the line ends of Unix so that a checkout on Windows is the same schema.
    fn checksum(&self) -> String {
        Sha256::digest(self.text.replace("\r\n", "\n"))
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }
}

impl Db {
    /// Brings the schema up to this program's: applies what is missing, in order, each step in its own transaction.
    ///
    /// Safe when several processes start at once: each step is taken by the one that holds the writer's lock.
    ///
    /// # Errors
    /// [`Error::Migration`] when a step that was applied has since been changed, or the database holds steps that this
    /// program does not know because a newer program made them. Nothing is changed then. [`Error::Keys`] when CPR numbers from before
    /// they were sealed lie there and there is no key.
    pub async fn migrate(&self) -> Result<(), Error> {
        let (before, applied) = self.apply(MIGRATIONS).await?;
        if before > 0 && applied > 0 {
            // An index made anew has not been measured. Without it questions are answered, only slower: no reason not to start.
            let _ = self.analyze().await;
        }
        sealing::what_lay_open(self).await
    }

    /// For what only reads and does not bring the schema up itself.
    ///
    /// # Errors
    /// [`Error::Migration`] when the schema is not this program's.
    pub async fn must_be_current(&self) -> Result<(), Error> {
        match next(&mut self.read().await?, MIGRATIONS).await {
            Ok((_, None)) => Ok(()),
            // Without the table of steps it is no database of ours, or one nobody has begun to use.
            Ok((_, Some(_))) | Err(Error::Statement { .. }) => Err(Error::Migration {
                message: "the database is older than this program; start `tovholder serve` with it once, which brings it up to date"
                    .to_owned(),
            }),
            Err(error) => Err(error),
        }
    }

    /// How many steps had been applied before, and how many were now.
    pub(crate) async fn apply(&self, migrations: &[Migration<'_>]) -> Result<(usize, usize), Error> {
        let mut tx = self.begin().await?;
        tx.execute(
            "CREATE TABLE IF NOT EXISTS migration (version BIGINT PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied TEXT NOT NULL)",
            args![],
        )
        .await?;
        tx.commit().await?;
        let mut first = None;
        loop {
            let mut tx = self.begin().await?;
            let (before, next) = next(&mut tx, migrations).await?;
            let first = *first.get_or_insert(before);
            let Some(next) = next else {
                return Ok((first, before - first));
            };
            let text = self.engine().render(next.name, next.text)?;
            tx.script(AssertSqlSafe(text)).await.map_err(|error| match error {
                Error::Unavailable { .. } | Error::Stuck { .. } => error,
                // The whole text is in the file; the engine's message says what is wrong with it.
                Error::Statement { message, .. } | Error::Constraint { message, .. } => Error::Migration {
                    message: format!("{}: {message}", next.name),
                },
                other => Error::Migration {
                    message: format!("{}: {other}", next.name),
                },
            })?;
            tx.execute(
                "INSERT INTO migration (version, name, checksum, applied) VALUES ($1, $2, $3, CAST(CURRENT_TIMESTAMP AS TEXT))",
                args![next.version, next.name, next.checksum()],
            )
            .await?;
            tx.commit().await?;
        }
    }
}

/// How many steps are applied, and the first that is not, after checking all those that are.
async fn next<'m, 't>(
    conn: &mut Conn,
    migrations: &'m [Migration<'t>],
) -> Result<(usize, Option<&'m Migration<'t>>), Error> {
    let applied = conn
        .rows(
            "SELECT version, name, checksum FROM migration ORDER BY version",
            args![],
        )
        .await?;
    for (index, row) in applied.iter().enumerate() {
        let (version, name, checksum) = (row.get::<i64>(0)?, row.get::<String>(1)?, row.get::<String>(2)?);
        match migrations.get(index) {
            Some(known) if known.version == version && known.checksum() == checksum => {}
            Some(known) if known.version == version => {
                return Err(Error::Migration {
                    message: format!(
                        "{name} was applied and has since been changed; undo the change and add a new step instead"
                    ),
                });
            }
            _ => {
                return Err(Error::Migration {
                    message: format!(
                        "the database holds {name}, which this program does not know; start a newer program"
                    ),
                });
            }
        }
    }
    Ok((applied.len(), migrations.get(applied.len())))
}

#[cfg(test)]
mod tests {
    use super::super::Engine;
    use super::MIGRATIONS;

    #[test]
    fn steps_are_numbered_from_one_without_a_gap_and_render_for_both_engines() {
        for (index, migration) in MIGRATIONS.iter().enumerate() {
            assert_eq!(migration.version, index as i64 + 1, "{}", migration.name);
            for engine in [Engine::Sqlite, Engine::Postgres] {
                engine.render(migration.name, migration.text).expect("renders");
            }
        }
    }
}
