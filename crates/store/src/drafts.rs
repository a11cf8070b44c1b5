//! What a user typed and has not sent yet: kept on the server, so that it survives a time-out, a closed lid and a new log-in.

use crate::args;
use crate::db::{Conn, Db, Error, Tx};
use crate::keys::Place;
use jiff::Timestamp;
use uuid::Uuid;

/// The most a draft may hold, in bytes: a form of four megabytes, of which every byte had to be escaped. Whatever a form may hold can thus be kept; the
/// limit only stops what no form could have sent.
pub const MAX_BYTES: usize = 3 * 4 * 1024 * 1024;

/// A draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The form's fields, as sent by a browser (`application/x-www-form-urlencoded`).
    pub body: String,
    /// When it was saved.
    pub saved: Timestamp,
}

/// A draft lies sealed: anything may be typed, a CPR number into the search too.
pub(crate) fn place(user: Uuid, form: &str) -> Place {
    Place::new("draft", "sealed", args![user, form])
}

/// Saves or replaces the user's draft of a form. `form` is the form's address, without query.
///
/// # Errors
/// As [`Conn::execute`].
pub async fn save(db: &Db, user: Uuid, form: &str, body: &str, at: Timestamp) -> Result<(), Error> {
    let sealed = db.keys().seal(&place(user, form), body)?;
    let mut tx = db.begin_for(user).await?;
    tx.execute(
        "INSERT INTO draft (user_id, form, sealed, saved) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (user_id, form) DO UPDATE SET sealed = excluded.sealed, saved = excluded.saved",
        args![user, form.to_owned(), sealed, at],
    )
    .await?;
    tx.commit().await
}

/// The user's draft of a form.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn find(conn: &mut Conn, user: Uuid, form: &str) -> Result<Option<Draft>, Error> {
    let row = conn
        .row(
            "SELECT sealed, saved FROM draft WHERE user_id = $1 AND form = $2",
            args![user, form.to_owned()],
        )
        .await?;
    row.map(|row| {
        Ok(Draft {
            body: conn.keys().open(&place(user, form), &row.get::<Vec<u8>>(0)?)?,
            saved: row.get(1)?,
        })
    })
    .transpose()
}

/// Throws a draft away, in the caller's transaction.
///
/// # Errors
/// As [`Conn::execute`].
pub async fn discard(tx: &mut Tx, user: Uuid, form: &str) -> Result<(), Error> {
    tx.execute(
        "DELETE FROM draft WHERE user_id = $1 AND form = $2",
        args![user, form.to_owned()],
    )
    .await
    .map(drop)
}
