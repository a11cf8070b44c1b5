//! Filters an employee has given a name: the query of *my citizens* as it stands in the address.

use crate::args;
use crate::db::{Conn, Db, Error};
use uuid::Uuid;

/// The longest name of a filter, in characters.
pub const MAX_NAME: usize = 60;
/// The most filters one user keeps.
pub const MAX_FILTERS: usize = 20;

/// A filter with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedFilter {
    /// Its id.
    pub id: Uuid,
    /// What the user calls it.
    pub name: String,
    /// The query, as in an address.
    pub query: String,
}

/// A user's filters, oldest first.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn of_user(conn: &mut Conn, user: Uuid) -> Result<Vec<SavedFilter>, Error> {
    let rows = conn
        .rows(
            "SELECT id, name, query FROM saved_filter WHERE user_id = $1 ORDER BY id",
            args![user],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(SavedFilter {
                id: row.get(0)?,
                name: row.get(1)?,
                query: row.get(2)?,
            })
        })
        .collect()
}

/// Keeps a filter. One of the same name is replaced, so that a form sent twice keeps one.
///
/// # Errors
/// As [`Conn::execute`].
pub async fn save(db: &Db, user: Uuid, name: &str, query: &str) -> Result<(), Error> {
    let mut tx = db.begin_for(user).await?;
    tx.execute(
        "DELETE FROM saved_filter WHERE user_id = $1 AND name = $2",
        args![user, name.to_owned()],
    )
    .await?;
    tx.execute(
        "INSERT INTO saved_filter (id, user_id, name, query) VALUES ($1, $2, $3, $4)",
        args![Uuid::now_v7(), user, name.to_owned(), query.to_owned()],
    )
    .await?;
    tx.commit().await
}

/// Forgets one of the user's own filters.
///
/// # Errors
/// As [`Conn::execute`].
pub async fn remove(db: &Db, user: Uuid, id: Uuid) -> Result<(), Error> {
    let mut tx = db.begin_for(user).await?;
    tx.execute(
        "DELETE FROM saved_filter WHERE user_id = $1 AND id = $2",
        args![user, id],
    )
    .await?;
    tx.commit().await
}
