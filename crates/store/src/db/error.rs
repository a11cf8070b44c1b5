//! What can go wrong between us and a database, in the few kinds that callers treat differently.

use std::fmt;
use std::io;

use super::Trouble;
use crate::keys::KeyError;

/// An error from the database layer.
///
/// No variant carries an argument or a stored value: what a person typed never reaches a log through an error.
#[derive(Debug)]
pub enum Error {
    /// A unique index or primary key already holds these values.
    Conflict {
        /// The table that refused.
        table: String,
        /// The columns of the index, the same on both engines; for an index over an expression, the name of the index on
        /// SQLite and the expression on PostgreSQL.
        columns: Vec<String>,
    },
    /// The row breaks another rule of the schema: a foreign key, a check, a missing value, or a trigger that refuses.
    Constraint {
        /// The engine's own message, which names the rule.
        message: String,
        /// The SQL text.
        sql: String,
    },
    /// The database is closed or out of reach. Nothing was written; trying again later may work.
    Unavailable {
        /// Why, for the log.
        message: String,
    },
    /// The database is there and cannot go on now: locked, full or read-only. Nothing was written; trying again later may work.
    Stuck {
        /// What stands in the way.
        trouble: Trouble,
        /// The engine's message, for the log.
        message: String,
    },
    /// A column holds something else than the caller asked for.
    Value {
        /// The column's name.
        column: String,
        /// The type asked for.
        wanted: &'static str,
        /// The kind of value found.
        found: &'static str,
    },
    /// An argument cannot be stored alike on both engines: text with a NUL character, or a number that is not a number.
    Argument {
        /// The position, from 1, as in `$1`.
        position: usize,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The schema in the database and the migrations in this program do not fit together.
    Migration {
        /// What does not fit, and what to do.
        message: String,
    },
    /// The transaction was asked to go on or to commit after one of its statements had failed. All of it is undone.
    Failed,
    /// The address of the database cannot be understood.
    Address {
        /// What is wrong with it; never the address itself, which may hold a password.
        reason: String,
    },
    /// Something could not be sealed or opened.
    Keys(KeyError),
    /// Anything else the database refused: as a rule a mistake in the SQL.
    Statement {
        /// The engine's message and code.
        message: String,
        /// The SQL text.
        sql: String,
    },
}

impl Error {
    /// Whether this is a conflict on exactly this table and these columns.
    #[must_use]
    pub fn is_conflict_on(&self, table: &str, columns: &[&str]) -> bool {
        matches!(self, Self::Conflict { table: t, columns: c } if t == table && c == columns)
    }

    /// What stands in the database's way, when that is what this is about.
    #[must_use]
    pub const fn trouble(&self) -> Option<Trouble> {
        match self {
            Self::Stuck { trouble, .. } => Some(*trouble),
            Self::Unavailable { .. } => Some(Trouble::Away),
            _ => None,
        }
    }

    /// Whether SQLite says that another connection is in the way.
    pub(super) fn is_sqlite_busy(error: &rusqlite::Error) -> bool {
        error.sqlite_error_code() == Some(rusqlite::ErrorCode::DatabaseBusy)
    }

    /// Translates an error of SQLite; `sql` is the text that was run, empty when there was none.
    pub(super) fn from_sqlite(error: rusqlite::Error, sql: &str) -> Self {
        use rusqlite::ffi;
        let sql = beginning(sql);
        let Some(&ffi::Error { extended_code, .. }) = error.sqlite_error() else {
            return Self::Statement {
                message: error.to_string(),
                sql,
            };
        };
        let message = match error {
            rusqlite::Error::SqliteFailure(_, Some(message)) => message,
            rusqlite::Error::SqlInputError { msg, .. } => msg,
            other => other.to_string(),
        };
        match extended_code {
            ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_ROWID => {
                sqlite_conflict(&message)
            }
            // The extended codes keep the primary code in the low byte.
            code => match code & 0xff {
                ffi::SQLITE_BUSY | ffi::SQLITE_LOCKED | ffi::SQLITE_PROTOCOL => {
                    Self::stuck(Trouble::Locked, &message, code)
                }
                ffi::SQLITE_FULL => Self::stuck(Trouble::Full, &message, code),
                ffi::SQLITE_READONLY => Self::stuck(Trouble::ReadOnly, &message, code),
                ffi::SQLITE_NOMEM | ffi::SQLITE_IOERR | ffi::SQLITE_CANTOPEN => Self::Unavailable {
                    message: format!("{message} ({code})"),
                },
                // A foreign key, a check or a missing value, a trigger of the schema, or a value of the wrong type for a strict table.
                ffi::SQLITE_CONSTRAINT => Self::Constraint { message, sql },
                _ => Self::Statement {
                    message: format!("{message} ({code})"),
                    sql,
                },
            },
        }
    }

    fn stuck(trouble: Trouble, message: &str, code: impl fmt::Display) -> Self {
        Self::Stuck {
            trouble,
            message: format!("{message} ({code})"),
        }
    }

    /// Translates an error of PostgreSQL or of the driver that speaks to it; `sql` is the text that was run, empty when there was none.
    pub(super) fn from_postgres(error: sqlx::Error, sql: &str) -> Self {
        let sql = beginning(sql);
        match error {
            sqlx::Error::Database(error) => Self::from_server(error.as_ref(), sql),
            sqlx::Error::Io(_) | sqlx::Error::Tls(_) => Self::Unavailable {
                message: format!("{error}{}", what_to_do(&error)),
            },
            sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed
            | sqlx::Error::BeginFailed => Self::Unavailable {
                message: error.to_string(),
            },
            other => Self::Statement {
                message: other.to_string(),
                sql,
            },
        }
    }

    fn from_server(error: &dyn sqlx::error::DatabaseError, sql: String) -> Self {
        use sqlx::error::ErrorKind;
        let code = error.code().unwrap_or_default();
        let message = error.message().to_owned();
        match error.kind() {
            ErrorKind::UniqueViolation => {
                let error = error.downcast_ref::<sqlx::postgres::PgDatabaseError>();
                Self::Conflict {
                    table: error.table().unwrap_or_default().to_owned(),
                    columns: error.detail().map(postgres_key).unwrap_or_default(),
                }
            }
            ErrorKind::ForeignKeyViolation
            | ErrorKind::NotNullViolation
            | ErrorKind::CheckViolation
            | ErrorKind::ExclusionViolation => Self::Constraint { message, sql },
            _ => match &*code {
                // A lock that did not come in time, a deadlock, a serialisation failure; the connection, resources and
                // operator classes: https://www.postgresql.org/docs/current/errcodes-appendix.html
                "55P03" | "40P01" | "40001" => Self::stuck(Trouble::Locked, &message, &code),
                "53100" => Self::stuck(Trouble::Full, &message, &code),
                // Written to as read-only; a standby says so at the beginning of the transaction, as a thing it does not do.
                "25006" => Self::stuck(Trouble::ReadOnly, &message, &code),
                "0A000" if sql.is_empty() => Self::stuck(Trouble::ReadOnly, &message, &code),
                code if ["08", "53", "57P", "58"].iter().any(|class| code.starts_with(class)) => Self::Unavailable {
                    message: format!("{message} ({code})"),
                },
                // Raised by a trigger of the schema.
                "P0001" => Self::Constraint { message, sql },
                // "invalid input syntax for type uuid: …" repeats the value, so class 22 keeps its code only.
                code if code.starts_with("22") => Self::Statement {
                    message: format!("data exception ({code})"),
                    sql,
                },
                code => Self::Statement {
                    message: format!("{message} ({code})"),
                    sql,
                },
            },
        }
    }
}

/// What to do about a connection that does not come about, where the driver's own words do not say it.
fn what_to_do(error: &sqlx::Error) -> &'static str {
    // The certificate's fault comes as text inside an error of input.
    let text = error.to_string();
    let missing = matches!(error, sqlx::Error::Io(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::PermissionDenied));
    if text.contains("not valid for") {
        " (the database's certificate is not for that name: the address must name the host as the certificate does)"
    } else if text.contains("peer certificate") || text.contains("nvalid certificate") {
        " (nobody we trust has signed the database's certificate: sslrootcert=FILE in the address names the authority that has, in PEM)"
    } else if text.contains("does not support TLS") {
        " (the database takes no encrypted connections: set ssl = on there)"
    } else if missing {
        " (the database's socket, or a file that the address names, as by sslrootcert: is the file there, and may we read it?)"
    } else {
        ""
    }
}

/// The beginning of a text: that of an import has thousands of places, and its beginning says which it is.
fn beginning(sql: &str) -> String {
    sql[..sql.floor_char_boundary(2_000)].to_owned()
}

/// The columns in `Key (a, b)=(1, 2) already exists.`, whatever language the server speaks; the values are left behind.
fn postgres_key(detail: &str) -> Vec<String> {
    let columns = detail
        .split_once('(')
        .and_then(|(_, rest)| rest.split_once(")=("))
        .map_or("", |(columns, _)| columns);
    columns.split(", ").map(str::to_owned).collect()
}

/// `UNIQUE constraint failed: t.a, t.b`, or `UNIQUE constraint failed: index 'name'` for an index over an expression.
fn sqlite_conflict(message: &str) -> Error {
    let on = message.split_once("failed: ").map_or("", |(_, on)| on);
    if let Some(index) = on.strip_prefix("index '") {
        return Error::Conflict {
            table: String::new(),
            columns: vec![index.trim_end_matches('\'').to_owned()],
        };
    }
    let mut table = "";
    let columns = on
        .split(", ")
        .map(|column| match column.split_once('.') {
            Some((t, column)) => {
                table = t;
                column.to_owned()
            }
            None => column.to_owned(),
        })
        .collect();
    Error::Conflict {
        table: table.to_owned(),
        columns,
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Conflict { table, columns } => {
                write!(f, "a row with the same {} exists in {table}", columns.join(", "))
            }
            Self::Constraint { message, sql } => write!(f, "the schema refused: {message} in: {sql}"),
            Self::Unavailable { message } => write!(f, "the database is unavailable: {message}"),
            Self::Stuck { trouble, message } => write!(f, "the database is {trouble}: {message}"),
            Self::Value { column, wanted, found } => write!(f, "column {column} should be {wanted} and is {found}"),
            Self::Argument { position, reason } => write!(f, "argument ${position} cannot be stored: {reason}"),
            Self::Migration { message } => write!(f, "the schema does not fit: {message}"),
            Self::Failed => write!(f, "the transaction is undone because one of its statements had failed"),
            Self::Address { reason } => write!(f, "the address of the database is not valid: {reason}"),
            Self::Keys(error) => write!(f, "{error}"),
            Self::Statement { message, sql } => write!(f, "{message} in: {sql}"),
        }
    }
}

impl std::error::Error for Error {}

impl From<KeyError> for Error {
    fn from(error: KeyError) -> Self {
        Self::Keys(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_columns_of_a_conflict_are_read_without_its_values() {
        assert_eq!(
            postgres_key("Key (unit, name)=(7, (a)=(b)) already exists."),
            ["unit", "name"]
        );
        assert_eq!(postgres_key("Nøglen (cpr)=(0107610000) findes allerede."), ["cpr"]);
        let error = sqlite_conflict("UNIQUE constraint failed: citizen.unit, citizen.name");
        assert!(error.is_conflict_on("citizen", &["unit", "name"]), "{error:?}");
        let error = sqlite_conflict("UNIQUE constraint failed: index 'one_open_plan'");
        assert!(error.is_conflict_on("", &["one_open_plan"]), "{error:?}");
    }
}
