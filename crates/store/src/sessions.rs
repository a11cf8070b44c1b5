//! Sessions: who is at the keyboard.
//!
//! A session is a random token in a cookie; the database holds its SHA-256 only. It knows how its user proved who they are, when, and what
//! that narrows; which attempts led to it is [`crate::log_ins`]' business.

use crate::args;
use crate::db::{Conn, Db, Error, Tx};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
pub use tovholder_casework::access::Role;
use tovholder_casework::act::{Actor, UserKind};
use tovholder_casework::claims::{Assurance, Reach};
use tovholder_casework::id::*;
use uuid::Uuid;

/// Minutes without a sign of life before a session ends.
pub const IDLE_MINUTES: i64 = 60;
/// Hours a session lasts at most.
pub const MAX_HOURS: i64 = 12;

/// How somebody proved who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// Chosen from the demo's people.
    Demo,
    /// By a link that works once.
    Link,
    /// By a password and a code.
    Password,
    /// By an identity provider.
    Provider,
}
impl How {
    /// The word in the table.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            How::Demo => "demo",
            How::Link => "link",
            How::Password => "password",
            How::Provider => "provider",
        }
    }
    fn from_word(word: &str) -> How {
        match word {
            "demo" => How::Demo,
            "password" => How::Password,
            "provider" => How::Provider,
            _ => How::Link,
        }
    }
}

/// What an identity provider has proved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AtProvider {
    /// The provider.
    pub issuer: String,
    /// Its key for the user.
    pub subject: String,
    /// Its key for its session.
    pub session: Option<String>,
    /// Its token, to log out with. None when it holds a CPR number: it would stand in an address.
    pub id_token: Option<String>,
    /// How sure it is.
    pub assurance: Option<Assurance>,
    /// What its claims narrow.
    pub reach: Vec<Reach>,
}

/// A session to begin. `token` and `csrf` are fresh random text of at least 128 bits each.
#[derive(Clone, Debug)]
pub struct Beginning<'b> {
    /// Which kind of user.
    pub kind: UserKind,
    /// The citizen's or the employee's id.
    pub user: Uuid,
    /// The token for the cookie.
    pub token: &'b str,
    /// What every form must carry.
    pub csrf: &'b str,
    /// How they proved who they are.
    pub how: How,
    /// When they did.
    pub proved: Timestamp,
    /// What a provider has proved.
    pub provider: Option<AtProvider>,
    /// The token of the link they came by, which is used with it.
    pub link: Option<&'b str>,
    /// A name for the browser.
    pub device: &'b str,
    /// Now.
    pub at: Timestamp,
}

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
    /// How the session began.
    pub how: How,
    /// When the user last proved who they are.
    pub proved: Timestamp,
    /// When the session ends, whatever is done.
    pub until: Timestamp,
    /// What the provider's claims narrow; empty: nothing.
    pub reach: Vec<Reach>,
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

pub(crate) fn digest(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// Begins a session for somebody who was chosen from the demo's people, or in a test. `token` and `csrf` are fresh random text of at least 128
/// bits each.
///
/// # Errors
/// As [`Conn::execute`].
pub async fn begin(db: &Db, kind: UserKind, user: Uuid, token: &str, csrf: &str, at: Timestamp) -> Result<(), Error> {
    let beginning = Beginning {
        kind,
        user,
        token,
        csrf,
        how: How::Demo,
        proved: at,
        provider: None,
        link: None,
        device: "",
        at,
    };
    begin_as(db, &beginning).await.map(drop)
}

/// Begins a session; `false` when the link was used or its time was over. A link is used if and only if a session begins with it.
///
/// # Errors
/// As [`Conn::execute`].
pub async fn begin_as(db: &Db, new: &Beginning<'_>) -> Result<bool, Error> {
    let provider = new.provider.clone();
    let (known, at_provider) = (provider.is_some(), provider.unwrap_or_default());
    let mut tx = db.begin_for(new.user).await?;
    if !used(&mut tx, new.link, new.user, new.at).await? {
        return Ok(false);
    }
    tx.execute(
        "INSERT INTO session (token_hash, user_kind, user_id, created, seen, ended, csrf, how, proved, device, assurance, issuer, subject, \
         provider_session, id_token, reach) VALUES ($1, $2, $3, $4, $4, NULL, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        args![
            digest(new.token).to_vec(),
            new.kind,
            new.user,
            new.at,
            new.csrf.to_owned(),
            new.how.as_str().to_owned(),
            new.proved,
            new.device.to_owned(),
            at_provider.assurance.map(|level| level.as_str().to_owned()),
            known.then_some(at_provider.issuer),
            known.then_some(at_provider.subject),
            at_provider.session,
            at_provider.id_token,
            written(&at_provider.reach),
        ],
    )
    .await?;
    tx.commit().await?;
    Ok(true)
}

/// A reach as it is kept; nothing when nothing is narrowed.
fn written(reach: &[Reach]) -> Option<String> {
    let text = || serde_json::to_string(reach).expect("a reach is text and numbers");
    (!reach.is_empty()).then(text)
}

/// Notes that the session's user has proved who they are again; `false` when the link they came by was used or its time was over.
///
/// # Errors
/// As [`Conn::execute`].
pub async fn prove(
    db: &Db,
    token: &str,
    user: Uuid,
    proved: Timestamp,
    provider: Option<AtProvider>,
    link: Option<&str>,
) -> Result<bool, Error> {
    let mut tx = db.begin_for(user).await?;
    if !used(&mut tx, link, user, proved).await? {
        return Ok(false);
    }
    let hash = digest(token).to_vec();
    tx.execute(
        "UPDATE session SET proved = $2 WHERE token_hash = $1 AND ended IS NULL",
        args![hash.clone(), proved],
    )
    .await?;
    if let Some(provider) = provider {
        tx.execute(
            "UPDATE session SET how = 'provider', assurance = $2, issuer = $3, subject = $4, provider_session = $5, id_token = $6, reach = $7 \
             WHERE token_hash = $1 AND ended IS NULL",
            args![
                hash,
                provider.assurance.map(|level| level.as_str().to_owned()),
                provider.issuer,
                provider.subject,
                provider.session,
                provider.id_token,
                written(&provider.reach),
            ],
        )
        .await?;
    }
    tx.commit().await?;
    Ok(true)
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
                    e.role, e.unit_id, e.left_on, s.how, s.proved, s.reach \
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
    let (how, proved, reach): (String, Option<Timestamp>, Option<String>) = (f.next()?, f.next()?, f.next()?);
    let age = |since: Timestamp| now.as_second() - since.as_second();
    let over = ended.is_some() || age(seen) > IDLE_MINUTES * 60 || age(created) > MAX_HOURS * 3600 || left.is_some();
    // A limit that cannot be read cannot be kept: the session is over, and the next log-in writes it anew.
    let reach = match reach.as_deref().map(serde_json::from_str) {
        None => Some(vec![]),
        Some(read) => read.ok(),
    };
    let (Some(name), Some(reach), false) = (name, reach, over) else {
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
        how: How::from_word(&how),
        proved: proved.unwrap_or(created),
        until: created
            .saturating_add(jiff::SignedDuration::from_hours(MAX_HOURS))
            .unwrap_or(created),
        reach,
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

/// Ends a session. Answers with where its user is to be logged out as well, when a provider let them in.
///
/// # Errors
/// As [`Conn::execute`].
pub async fn end(db: &Db, token: &str, at: Timestamp) -> Result<Option<AtProvider>, Error> {
    let mut tx = db.begin_for(Uuid::nil()).await?;
    let hash = digest(token).to_vec();
    let row = tx
        .row(
            "SELECT issuer, subject, provider_session, id_token FROM session WHERE token_hash = $1 AND ended IS NULL",
            args![hash.clone()],
        )
        .await?;
    let mut provider = None;
    if let Some(row) = row {
        let mut f = row.fields();
        let (issuer, subject): (Option<String>, Option<String>) = (f.next()?, f.next()?);
        if let (Some(issuer), Some(subject)) = (issuer, subject) {
            provider = Some(AtProvider {
                issuer,
                subject,
                session: f.next()?,
                id_token: f.next()?,
                ..AtProvider::default()
            });
        }
        tx.execute(
            "UPDATE session SET ended = $2, id_token = NULL WHERE token_hash = $1 AND ended IS NULL",
            args![hash, at],
        )
        .await?;
    }
    tx.commit().await?;
    Ok(provider)
}

/// One of a user's live sessions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// What names it, to end it. Nobody can use it to log in.
    pub id: String,
    /// A name for the browser; empty when it gave none.
    pub device: String,
    /// How the user proved who they are.
    pub how: How,
    /// Since when.
    pub since: Timestamp,
    /// The last sign of life, to the minute.
    pub seen: Timestamp,
    /// Whether it is the one that asks.
    pub here: bool,
}

fn live_since(now: Timestamp) -> (Timestamp, Timestamp) {
    let before = |seconds: i64| {
        now.saturating_sub(jiff::SignedDuration::from_secs(seconds))
            .unwrap_or(now)
    };
    (before(IDLE_MINUTES * 60), before(MAX_HOURS * 3600))
}

/// Where a user is logged in now, the newest first.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn places(conn: &mut Conn, user: Uuid, token: &str, now: Timestamp) -> Result<Vec<Place>, Error> {
    let (seen, created) = live_since(now);
    let here = digest(token);
    let rows = conn
        .rows(
            "SELECT token_hash, device, how, created, seen FROM session \
             WHERE user_id = $1 AND ended IS NULL AND seen >= $2 AND created >= $3 ORDER BY created DESC, token_hash LIMIT 100",
            args![user, seen, created],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let mut f = row.fields();
            let hash: Vec<u8> = f.next()?;
            Ok(Place {
                here: hash == here,
                id: hash.iter().map(|byte| format!("{byte:02x}")).collect(),
                device: f.next()?,
                how: How::from_word(&f.next::<String>()?),
                since: f.next()?,
                seen: f.next()?,
            })
        })
        .collect()
}

/// Ends one of a user's own sessions; answers whether there was such a one.
///
/// # Errors
/// As [`Conn::execute`].
pub async fn end_place(db: &Db, user: Uuid, id: &str, at: Timestamp) -> Result<bool, Error> {
    let bytes = |id: &str| -> Option<Vec<u8>> {
        (id.len() == 64 && id.is_ascii())
            .then(|| {
                (0..64)
                    .step_by(2)
                    .map(|i| u8::from_str_radix(&id[i..i + 2], 16).ok())
                    .collect()
            })
            .flatten()
    };
    let Some(hash) = bytes(id) else {
        return Ok(false);
    };
    let mut tx = db.begin_for(user).await?;
    let ended = tx
        .execute(
            "UPDATE session SET ended = $3, id_token = NULL WHERE token_hash = $1 AND user_id = $2 AND ended IS NULL",
            args![hash, user, at],
        )
        .await?;
    tx.commit().await?;
    Ok(ended == 1)
}

/// Ends all of a user's sessions, but the one with the token `except`.
///
/// # Errors
/// As [`Conn::execute`].
pub async fn end_all(db: &Db, user: Uuid, except: Option<&str>, at: Timestamp) -> Result<u64, Error> {
    let except = except.map(digest).unwrap_or_default().to_vec();
    let mut tx = db.begin_for(user).await?;
    let ended = tx
        .execute(
            "UPDATE session SET ended = $3, id_token = NULL WHERE user_id = $1 AND token_hash <> $2 AND ended IS NULL",
            args![user, except, at],
        )
        .await?;
    tx.commit().await?;
    Ok(ended)
}

/// Ends what a provider says has ended: its one session when it names one, otherwise all sessions of its user.
///
/// # Errors
/// As [`Conn::execute`].
pub async fn end_at_provider(
    db: &Db,
    issuer: &str,
    subject: Option<&str>,
    session: Option<&str>,
    at: Timestamp,
) -> Result<u64, Error> {
    let mut tx = db.begin_for(Uuid::nil()).await?;
    let text = |key: Option<&str>| key.map(str::to_owned);
    let ended = tx
        .execute(
            "UPDATE session SET ended = $4, id_token = NULL WHERE issuer = $1 AND ended IS NULL \
             AND (CAST($2 AS TEXT) IS NULL OR subject = $2) AND (CAST($3 AS TEXT) IS NULL OR provider_session = $3) \
             AND (CAST($2 AS TEXT) IS NOT NULL OR CAST($3 AS TEXT) IS NOT NULL)",
            args![issuer.to_owned(), text(subject), text(session), at],
        )
        .await?;
    tx.commit().await?;
    Ok(ended)
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

/// Whom a link would let in now. It is used when the session begins, see [`Beginning::link`].
///
/// # Errors
/// As [`Conn::row`].
pub async fn by_link(
    conn: &mut Conn,
    token: &str,
    at: Timestamp,
) -> Result<Option<(UserKind, Uuid, Option<Role>)>, Error> {
    let row = conn
        .row(
            "SELECT l.user_kind, l.user_id, e.role FROM log_in_link l LEFT JOIN employee e ON e.id = l.user_id \
             WHERE l.token_hash = $1 AND l.used IS NULL AND l.expires >= $2",
            args![digest(token).to_vec(), at],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    let role: Option<String> = row.get(2)?;
    Ok(Some((
        row.get(0)?,
        row.get(1)?,
        role.and_then(|word| word.parse().ok()),
    )))
}

/// Uses a link, when it is by one that somebody comes; answers whether they may go on.
async fn used(tx: &mut Tx, link: Option<&str>, user: Uuid, at: Timestamp) -> Result<bool, Error> {
    let Some(token) = link else { return Ok(true) };
    let used = tx
        .execute(
            "UPDATE log_in_link SET used = $3 WHERE token_hash = $1 AND user_id = $2 AND used IS NULL AND expires >= $3",
            args![digest(token).to_vec(), user, at],
        )
        .await?;
    Ok(used == 1)
}
