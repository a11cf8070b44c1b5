//! Sessions: who is at the keyboard.
//!
//! A session is a random token in a cookie; the database holds its SHA-256 only. How somebody proved who they are is not the
//! session's business: the demo lets you choose a person, a real installation asks an identity provider.

use crate::args;
use crate::db::{Conn, Db, Error};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
pub use tovholder_casework::access::Role;
use tovholder_casework::act::{Actor, UserKind};
use tovholder_casework::id::*;
use uuid::Uuid;

/// Minutes without a sign of life before a session ends.
pub const IDLE_MINUTES: i64 = 60;
/// Hours a session lasts at most.
pub const MAX_HOURS: i64 = 12;

/// A user with a live session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// Who acts.
    pub actor: Actor,
    /// The employee's role; none for a citizen.
    pub role: Option<Role>,
    /// The employee's unit.
    pub unit: Option<UnitId>,
    /// What every form of this session must carry.
    pub csrf: String,
}
impl User {
    /// The citizen's id when a citizen is logged in.
    pub fn citizen(&self) -> Option<CitizenId> {
        (self.actor.kind == UserKind::Citizen).then_some(CitizenId(self.actor.id))
    }
    /// The employee's id when an employee is logged in.
    pub fn employee(&self) -> Option<EmployeeId> {
        self.actor.employee()
    }
}

/// What a session's token leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// A live session.
    Live(Box<User>),
    /// One that has ended. Whose it was is known, so that what they typed can be kept for them; nothing else may be done with it.
    Ended {
        /// The user it belonged to.
        user: Uuid,
    },
    /// None.
    Nothing,
}

fn digest(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// Begins a session. `token` and `csrf` are fresh random text of at least 128 bits each.
///
/// # Errors
/// As [`Conn::execute`].
pub async fn begin(db: &Db, kind: UserKind, user: Uuid, token: &str, csrf: &str, at: Timestamp) -> Result<(), Error> {
    let mut tx = db.begin_for(user).await?;
    tx.execute(
        "INSERT INTO session (token_hash, user_kind, user_id, created, seen, ended, csrf) VALUES ($1, $2, $3, $4, $4, NULL, $5)",
        args![digest(token).to_vec(), kind, user, at, csrf.to_owned()],
    )
    .await?;
    tx.commit().await
}

/// Finds the user of a session. The second answer says that a sign of life is due, see [`touch`].
///
/// # Errors
/// As [`Conn::rows`].
pub async fn find(conn: &mut Conn, token: &str, now: Timestamp) -> Result<(Found, bool), Error> {
    let hash = digest(token).to_vec();
    let row = conn
        .row(
            "SELECT s.user_kind, s.user_id, s.created, s.seen, s.ended, s.csrf, COALESCE(e.name, c.name), COALESCE(u.name, ''), \
                    e.role, e.unit_id, e.left_on \
             FROM session s LEFT JOIN employee e ON s.user_kind = 'employee' AND e.id = s.user_id \
             LEFT JOIN citizen c ON s.user_kind = 'citizen' AND c.id = s.user_id LEFT JOIN unit u ON u.id = e.unit_id \
             WHERE s.token_hash = $1",
            args![hash.clone()],
        )
        .await?;
    let Some(row) = row else {
        return Ok((Found::Nothing, false));
    };
    let mut f = row.fields();
    let (kind, user): (UserKind, Uuid) = (f.next()?, f.next()?);
    let (created, seen, ended): (Timestamp, Timestamp, Option<Timestamp>) = (f.next()?, f.next()?, f.next()?);
    let (csrf, name, unit_name): (String, Option<String>, String) = (f.next()?, f.next()?, f.next()?);
    let (role, unit, left): (Option<String>, Option<UnitId>, Option<jiff::civil::Date>) =
        (f.next()?, f.next()?, f.next()?);
    let age = |since: Timestamp| now.as_second() - since.as_second();
    let over = ended.is_some() || age(seen) > IDLE_MINUTES * 60 || age(created) > MAX_HOURS * 3600 || left.is_some();
    let Some(name) = name.filter(|_| !over) else {
        return Ok((Found::Ended { user }, false));
    };
    let found = Found::Live(Box::new(User {
        actor: Actor {
            kind,
            id: user,
            name,
            unit: unit_name,
        },
        role: role.and_then(|word| word.parse().ok()),
        unit,
        csrf,
    }));
    // Seen in what is the future now: the clock has been set back, and the session is to end as if it had always been right.
    Ok((found, age(seen).abs() >= 60))
}

/// Notes a sign of life, at most once a minute, so that reading a page costs no write.
///
/// # Errors
/// As [`Conn::execute`].
pub async fn touch(db: &Db, token: &str, now: Timestamp) -> Result<(), Error> {
    let mut tx = db.begin_for(Uuid::nil()).await?;
    tx.execute(
        "UPDATE session SET seen = $2, created = CASE WHEN created > $2 THEN $2 ELSE created END WHERE token_hash = $1",
        args![digest(token).to_vec(), now],
    )
    .await?;
    tx.commit().await
}

/// Ends a session.
///
/// # Errors
/// As [`Conn::execute`].
pub async fn end(db: &Db, token: &str, at: Timestamp) -> Result<(), Error> {
    let mut tx = db.begin_for(Uuid::nil()).await?;
    tx.execute(
        "UPDATE session SET ended = $2 WHERE token_hash = $1 AND ended IS NULL",
        args![digest(token).to_vec(), at],
    )
    .await?;
    tx.commit().await
}

/// Makes a link that lets a user in once, for installations and moments without an identity provider. `token` is fresh random text.
///
/// # Errors
/// As [`Conn::execute`].
pub async fn make_link(db: &Db, kind: UserKind, user: Uuid, token: &str, expires: Timestamp) -> Result<(), Error> {
    let mut tx = db.begin_for(user).await?;
    tx.execute(
        "INSERT INTO log_in_link (token_hash, user_kind, user_id, expires, used) VALUES ($1, $2, $3, $4, NULL)",
        args![digest(token).to_vec(), kind, user, expires],
    )
    .await?;
    tx.commit().await
}

/// Uses a link: whom it lets in, once and in time.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn redeem(db: &Db, token: &str, at: Timestamp) -> Result<Option<(UserKind, Uuid, Option<Role>)>, Error> {
    let mut tx = db.begin_for(Uuid::nil()).await?;
    let row = tx
        .row(
            "UPDATE log_in_link SET used = $2 WHERE token_hash = $1 AND used IS NULL AND expires >= $2 RETURNING user_kind, user_id",
            args![digest(token).to_vec(), at],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    let (kind, user): (UserKind, Uuid) = (row.get(0)?, row.get(1)?);
    let role = tx.row("SELECT role FROM employee WHERE id = $1", args![user]).await?;
    let role: Option<String> = role.map(|row| row.get(0)).transpose()?;
    tx.commit().await?;
    Ok(Some((kind, user, role.and_then(|word| word.parse().ok()))))
}
