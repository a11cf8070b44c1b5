//! People on their way in: attempts under way with a provider, log-outs it has told of, attempts on accounts that failed, and who somebody is by what
//! was proved of them.

use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use tovholder_casework::id::*;
use uuid::Uuid;

use crate::args;
use crate::db::{Conn, Db, Error};
use crate::sessions::{Role, digest};

/// Minutes an attempt lasts.
const MINUTES: i64 = 10;
/// Hours for which a log-out that was told of is remembered: longer than its token is taken.
const TOLD_HOURS: i64 = 24;

fn before(now: Timestamp, minutes: i64) -> Timestamp {
    now.saturating_sub(SignedDuration::from_mins(minutes)).unwrap_or(now)
}

/// An attempt under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// Which provider: `employee`, `citizen` or `company`.
    pub audience: String,
    /// What the token must carry.
    pub nonce: String,
    /// What the code must be redeemed with.
    pub verifier: String,
    /// How old the proof may be, in seconds, when a recent one is wanted.
    pub max_age: Option<i64>,
    /// Where the user wants to go.
    pub next: String,
}

/// Keeps an attempt, to be taken once within ten minutes by whoever brings its state in the same browser. Old ones are thrown away.
///
/// # Errors
/// As [`Conn::execute`].
pub async fn begin(db: &Db, state: &str, browser: &str, attempt: &Attempt, now: Timestamp) -> Result<(), Error> {
    let mut tx = db.begin_for(Uuid::nil()).await?;
    tx.execute(
        "DELETE FROM log_in_attempt WHERE begun < $1",
        args![before(now, 6 * MINUTES)],
    )
    .await?;
    tx.execute(
        "INSERT INTO log_in_attempt (state_hash, browser_hash, audience, nonce, verifier, max_age, next, begun, used) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL)",
        args![
            digest(state).to_vec(),
            digest(browser).to_vec(),
            attempt.audience.clone(),
            attempt.nonce.clone(),
            attempt.verifier.clone(),
            attempt.max_age,
            attempt.next.clone(),
            now,
        ],
    )
    .await?;
    tx.commit().await
}

/// Takes an attempt: once, in time, in the browser that began it.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn take(db: &Db, state: &str, browser: &str, now: Timestamp) -> Result<Option<Attempt>, Error> {
    let mut tx = db.begin_for(Uuid::nil()).await?;
    let row = tx
        .row(
            "UPDATE log_in_attempt SET used = $3 WHERE state_hash = $1 AND browser_hash = $2 AND used IS NULL AND begun >= $4 \
             RETURNING audience, nonce, verifier, max_age, next",
            args![
                digest(state).to_vec(),
                digest(browser).to_vec(),
                now,
                before(now, MINUTES)
            ],
        )
        .await?;
    let attempt = row
        .map(|row| {
            let mut f = row.fields();
            Ok::<_, Error>(Attempt {
                audience: f.next()?,
                nonce: f.next()?,
                verifier: f.next()?,
                max_age: f.next()?,
                next: f.next()?,
            })
        })
        .transpose()?;
    tx.commit().await?;
    Ok(attempt)
}

/// Notes that a log-out was told of; answers whether it is heard for the first time.
///
/// # Errors
/// As [`Conn::execute`].
pub async fn hear(db: &Db, issuer: &str, token: &str, now: Timestamp) -> Result<bool, Error> {
    let mut tx = db.begin_for(Uuid::nil()).await?;
    tx.execute(
        "DELETE FROM log_out_told WHERE at < $1",
        args![before(now, TOLD_HOURS * 60)],
    )
    .await?;
    let heard = tx
        .execute(
            "INSERT INTO log_out_told (token_hash, at) VALUES ($1, $2) ON CONFLICT (token_hash) DO NOTHING",
            args![digest(&format!("{issuer} {token}")).to_vec(), now],
        )
        .await?;
    tx.commit().await?;
    Ok(heard == 1)
}

fn name_hash(name: &str) -> Vec<u8> {
    Sha256::digest(format!("log-in name {}", name.trim().to_lowercase())).to_vec()
}

/// How many attempts on an account have failed of late, and when the last did. `forgotten`: seconds after which they no longer count.
///
/// # Errors
/// As [`Conn::row`].
pub async fn failures(
    conn: &mut Conn,
    name: &str,
    now: Timestamp,
    forgotten: i64,
) -> Result<Option<(u32, Timestamp)>, Error> {
    let row = conn
        .row(
            "SELECT failures, last FROM log_in_failure WHERE name_hash = $1 AND last >= $2",
            args![name_hash(name), before(now, forgotten / 60)],
        )
        .await?;
    row.map(|row| Ok((row.get::<u32>(0)?, row.get(1)?))).transpose()
}

/// Counts an attempt that failed; answers how many there are now.
///
/// # Errors
/// As [`Conn::execute`].
pub async fn failed(db: &Db, name: &str, now: Timestamp, forgotten: i64) -> Result<u32, Error> {
    let mut tx = db.begin_for(Uuid::nil()).await?;
    tx.execute(
        "DELETE FROM log_in_failure WHERE last < $1",
        args![before(now, forgotten / 60)],
    )
    .await?;
    let row = tx
        .row(
            "INSERT INTO log_in_failure (name_hash, failures, last) VALUES ($1, 1, $2) \
             ON CONFLICT (name_hash) DO UPDATE SET failures = log_in_failure.failures + 1, last = $2 RETURNING failures",
            args![name_hash(name), now],
        )
        .await?;
    let failures = row.map_or(Ok(1), |row| row.get(0))?;
    tx.commit().await?;
    Ok(failures)
}

/// Forgets what failed, because somebody has got in.
///
/// # Errors
/// As [`Conn::execute`].
pub async fn succeeded(db: &Db, name: &str) -> Result<(), Error> {
    let mut tx = db.begin_for(Uuid::nil()).await?;
    tx.execute(
        "DELETE FROM log_in_failure WHERE name_hash = $1",
        args![name_hash(name)],
    )
    .await?;
    tx.commit().await
}

/// An employee as the register knows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Employee {
    /// The id.
    pub id: EmployeeId,
    /// The role: the register's, whatever a provider says.
    pub role: Role,
}

/// The employee whom a provider knows by this name, in upper or lower case. Two of them are nobody: it cannot be told which.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn employee(conn: &mut Conn, login: &str) -> Result<Option<Employee>, Error> {
    let rows = conn
        .rows(
            "SELECT id, role FROM employee WHERE lower(login) = lower($1) AND login <> '' AND left_on IS NULL LIMIT 2",
            args![login.to_owned()],
        )
        .await?;
    let [row] = rows.as_slice() else {
        return Ok(None);
    };
    let role: String = row.get(1)?;
    Ok(role
        .parse()
        .ok()
        .zip(row.get(0).ok())
        .map(|(role, id)| Employee { id, role }))
}

/// The units with this id or this name: what a provider's limit on units means here.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn units(conn: &mut Conn, called: &str) -> Result<Vec<UnitId>, Error> {
    let id = called.parse().unwrap_or(Uuid::nil());
    let rows = conn
        .rows(
            "SELECT id FROM unit WHERE id = $1 OR name = $2 ORDER BY id",
            args![id, called.to_owned()],
        )
        .await?;
    rows.iter().map(|row| row.get(0)).collect()
}

#[cfg(test)]
mod tests;
