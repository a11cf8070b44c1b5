//! The record of what happened: appended to, read back, proved; never changed.
//!
//! Each citizen's acts and looks form a chain: every row holds the hash of itself and the row before it. Change one, remove
//! one or slip one in, and the chain breaks at that place. Chains do not depend on each other, so writers do not wait for each
//! other, and one chain can end by retention without breaking the rest.

use crate::args;
use crate::db::{Conn, Error, Row, Tx, Value};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use tovholder_casework::act::*;
use tovholder_casework::id::*;
use uuid::Uuid;

/// An act ready to be written, with the chain it belongs to.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The citizen's, company's or employee's id.
    pub chain: Uuid,
    /// What happened.
    pub act: Act,
}

const COLUMNS: &str = "id, chain, seq, at, actor_kind, actor_id, actor_name, actor_unit, citizen_id, kind, submission, \
     record_before, record_after, reason, voice, hash";
/// The acts for which [`ActKind::is_look`] holds, for `IN`. A text and no list, so that every statement is written once.
pub(crate) const LOOKS: &str = "('look', 'look.emergency', 'export')";

const INSERT: &str = "INSERT INTO act (id, chain, seq, at, actor_kind, actor_id, actor_name, actor_unit, citizen_id, kind, \
     submission, record_before, record_after, reason, voice, hash)";

/// The hash of a row: SHA-256 over the hash before it and every field, each with its length, so that no two different rows
/// give the same bytes.
fn hash(
    previous: &[u8],
    seq: i64,
    chain: Uuid,
    act: &Act,
    before: &Option<String>,
    after: &Option<String>,
) -> [u8; 32] {
    let mut sha = Sha256::new();
    let mut field = |bytes: &[u8]| {
        sha.update((bytes.len() as u64).to_le_bytes());
        sha.update(bytes);
    };
    field(previous);
    field(&seq.to_le_bytes());
    field(chain.as_bytes());
    field(act.id.0.as_bytes());
    field(&act.at.as_millisecond().to_le_bytes());
    field(act.actor.kind.as_str().as_bytes());
    field(act.actor.id.as_bytes());
    field(act.actor.name.as_bytes());
    field(act.actor.unit.as_bytes());
    field(act.citizen.map(|c| c.0).unwrap_or_default().as_bytes());
    field(act.kind.as_str().as_bytes());
    field(act.submission.map(|s| s.0).unwrap_or_default().as_bytes());
    field(before.as_deref().unwrap_or_default().as_bytes());
    field(after.as_deref().unwrap_or_default().as_bytes());
    field(act.reason.as_bytes());
    field(act.voice.as_str().as_bytes());
    sha.finalize().into()
}

fn json(record: &Option<Record>) -> Option<String> {
    // Records are plain data with string keys: they always become JSON.
    record.as_ref().map(|r| serde_json::to_string(r).unwrap_or_default())
}

/// Lengthens a chain in memory: the rows to insert, given the chain's last number and hash, which move on.
pub fn link(entries: &[Entry], seq: &mut i64, head: &mut Vec<u8>) -> Vec<Vec<Value>> {
    let mut rows = Vec::with_capacity(entries.len());
    for Entry { chain, act } in entries {
        *seq += 1;
        let (before, after) = (json(&act.before), json(&act.after));
        let hash = hash(head, *seq, *chain, act, &before, &after);
        *head = hash.to_vec();
        rows.push(vec![
            act.id.into(),
            (*chain).into(),
            (*seq).into(),
            act.at.into(),
            act.actor.kind.into(),
            act.actor.id.into(),
            act.actor.name.clone().into(),
            act.actor.unit.clone().into(),
            act.citizen.into(),
            act.kind.into(),
            act.submission.into(),
            before.into(),
            after.into(),
            act.reason.clone().into(),
            act.voice.into(),
            Value::Bytes(hash.to_vec()),
        ]);
    }
    rows
}

/// Appends acts to their chains, in the caller's transaction.
///
/// # Errors
/// As [`Conn::execute`].
pub async fn append(tx: &mut Tx, entries: &[Entry]) -> Result<(), Error> {
    // Chains in one order, so that two writers never wait for each other crosswise.
    let mut chains: Vec<Uuid> = entries.iter().map(|e| e.chain).collect();
    chains.sort_unstable();
    chains.dedup();
    let mut rows = Vec::with_capacity(entries.len());
    for chain in chains {
        let own: Vec<Entry> = entries.iter().filter(|e| e.chain == chain).cloned().collect();
        let many = own.len() as i64;
        let head = tx
            .row(
                "INSERT INTO chain (id, seq, hash) VALUES ($1, $2, $3) \
                 ON CONFLICT (id) DO UPDATE SET seq = chain.seq + $2 RETURNING seq, hash",
                args![chain, many, Value::Bytes(Vec::new())],
            )
            .await?;
        let head = head.ok_or(Error::Failed)?;
        let (mut seq, mut hash): (i64, Vec<u8>) = (head.get::<i64>(0)? - many, head.get(1)?);
        rows.extend(link(&own, &mut seq, &mut hash));
        tx.execute(
            "UPDATE chain SET hash = $2 WHERE id = $1",
            args![chain, Value::Bytes(hash)],
        )
        .await?;
    }
    tx.insert_many(INSERT, &rows).await.map(drop)
}

/// As [`append`], for many chains with one act each: a few statements for every five hundred.
///
/// # Errors
/// As [`Conn::execute`]; [`Error::Failed`] when a chain comes twice.
pub async fn append_each(tx: &mut Tx, entries: &[Entry]) -> Result<(), Error> {
    // In one order, as there.
    let mut entries: Vec<&Entry> = entries.iter().collect();
    entries.sort_unstable_by_key(|entry| entry.chain);
    for some in entries.chunks(500) {
        let longer: Vec<[Value; 3]> = some
            .iter()
            .map(|entry| [entry.chain.into(), 1_i64.into(), Value::Bytes(Vec::new())])
            .collect();
        tx.insert_many(
            "INSERT INTO chain (id, seq, hash) {rows} ON CONFLICT (id) DO UPDATE SET seq = chain.seq + excluded.seq",
            &longer,
        )
        .await?;
        let ids: Vec<Value> = some.iter().map(|entry| entry.chain.into()).collect();
        let places = crate::db::placeholders(1, ids.len());
        let sql = format!("SELECT id, seq, hash FROM chain WHERE id IN ({places})");
        let mut heads: HashMap<Uuid, (i64, Vec<u8>)> = HashMap::new();
        for row in tx.rows(crate::db::AssertSqlSafe(sql), &ids).await? {
            heads.insert(row.get(0)?, (row.get(1)?, row.get(2)?));
        }
        let (mut rows, mut ends) = (Vec::new(), Vec::new());
        for entry in some {
            let (seq, mut head) = heads.remove(&entry.chain).ok_or(Error::Failed)?;
            rows.extend(link(std::slice::from_ref(*entry), &mut (seq - 1), &mut head));
            ends.push([entry.chain.into(), seq.into(), Value::Bytes(head)]);
        }
        tx.insert_many(
            "INSERT INTO chain (id, seq, hash) {rows} ON CONFLICT (id) DO UPDATE SET hash = excluded.hash",
            &ends,
        )
        .await?;
        tx.insert_many(INSERT, &rows).await?;
    }
    Ok(())
}

/// The statement for rows made by [`link`], for those who write many chains at once.
pub const INSERT_ACTS: &str = INSERT;

/// An act with its place: chain, number in it, the act, the texts of before and after as they are stored, and its hash.
type Placed = (Uuid, i64, Act, Option<String>, Option<String>, Vec<u8>);

fn read(row: &Row) -> Result<Placed, Error> {
    let mut f = row.fields();
    let (id, chain, seq, at): (ActId, Uuid, i64, Timestamp) = (f.next()?, f.next()?, f.next()?, f.next()?);
    let actor = Actor {
        kind: f.next()?,
        id: f.next()?,
        name: f.next()?,
        unit: f.next()?,
    };
    let (citizen, kind, submission) = (f.next()?, f.next()?, f.next()?);
    let (before, after): (Option<String>, Option<String>) = (f.next()?, f.next()?);
    let (reason, voice, hash) = (f.next()?, f.next()?, f.next()?);
    let record = |text: &Option<String>| text.as_ref().and_then(|t| serde_json::from_str(t).ok());
    let act = Act {
        id,
        at,
        actor,
        citizen,
        kind,
        submission,
        before: record(&before),
        after: record(&after),
        reason,
        voice,
    };
    Ok((chain, seq, act, before, after, hash))
}

/// A page of a citizen's history, newest first: changes, or looks. `before` continues after the last act of the page before.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn of_citizen(
    conn: &mut Conn,
    citizen: CitizenId,
    looks: bool,
    before: Option<i64>,
    limit: u32,
) -> Result<Vec<(i64, Act)>, Error> {
    let not = if looks { "" } else { "NOT " };
    let sql = format!(
        "SELECT {COLUMNS} FROM act WHERE chain = $1 AND seq < $2 AND kind {not}IN {LOOKS} ORDER BY seq DESC LIMIT {limit}"
    );
    let rows = conn
        .rows(
            crate::db::AssertSqlSafe(sql),
            args![citizen.0, before.unwrap_or(i64::MAX)],
        )
        .await?;
    rows.iter()
        .map(|row| read(row).map(|(_, seq, act, ..)| (seq, act)))
        .collect()
}

/// What others than the citizen have changed since a moment, newest first, among the last thirty changes. Each is understood when it is taken:
/// whoever shows four need not pay for thirty.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn of_others(
    conn: &mut Conn,
    citizen: CitizenId,
    since: Timestamp,
) -> Result<impl Iterator<Item = Result<Act, Error>>, Error> {
    // The thirty are found along the chain; only those that count are brought here.
    let sql = format!(
        "SELECT {COLUMNS} FROM (SELECT {COLUMNS} FROM act WHERE chain = $1 AND kind NOT IN {LOOKS} \
         ORDER BY seq DESC LIMIT 30) a WHERE at >= $2 AND actor_id <> $1 ORDER BY seq DESC"
    );
    let rows = conn
        .rows(crate::db::AssertSqlSafe(sql), args![citizen.0, since])
        .await?;
    Ok(rows.into_iter().map(|row| read(&row).map(|(_, _, act, ..)| act)))
}

/// A page of the looks at a citizen, newest first, of one employee when `who` is given; see [`of_citizen`].
///
/// # Errors
/// As [`Conn::rows`].
pub async fn looks(
    conn: &mut Conn,
    citizen: CitizenId,
    who: Option<Uuid>,
    before: Option<i64>,
    limit: u32,
) -> Result<Vec<(i64, Act)>, Error> {
    let mut args = args![citizen.0, before.unwrap_or(i64::MAX)].to_vec();
    let own = if let Some(who) = who {
        args.push(who.into());
        " AND actor_id = $3"
    } else {
        ""
    };
    let sql = format!(
        "SELECT {COLUMNS} FROM act WHERE chain = $1 AND seq < $2 AND kind IN {LOOKS}{own} ORDER BY seq DESC LIMIT {limit}"
    );
    let rows = conn.rows(crate::db::AssertSqlSafe(sql), &args).await?;
    rows.iter()
        .map(|row| read(row).map(|(_, seq, act, ..)| (seq, act)))
        .collect()
}

/// The employees who have ever looked at a citizen, by name.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn lookers(conn: &mut Conn, citizen: CitizenId) -> Result<Vec<(Uuid, String)>, Error> {
    let sql = format!(
        "SELECT actor_id, MAX(actor_name) FROM act WHERE chain = $1 AND kind IN {LOOKS} AND actor_kind = 'employee' \
         GROUP BY actor_id ORDER BY MAX(actor_name), actor_id"
    );
    let rows = conn.rows(crate::db::AssertSqlSafe(sql), args![citizen.0]).await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// A page of some kinds of changes in a citizen's history, newest first; see [`of_citizen`].
///
/// # Errors
/// As [`Conn::rows`].
pub async fn of_kinds(
    conn: &mut Conn,
    citizen: CitizenId,
    kinds: &[ActKind],
    before: Option<i64>,
    limit: u32,
) -> Result<Vec<(i64, Act)>, Error> {
    let mut args = args![citizen.0, before.unwrap_or(i64::MAX)].to_vec();
    args.extend(kinds.iter().map(|kind| Value::from(*kind)));
    let places = crate::db::placeholders(3, kinds.len());
    let sql = format!(
        "SELECT {COLUMNS} FROM act WHERE chain = $1 AND seq < $2 AND kind IN ({places}) ORDER BY seq DESC LIMIT {limit}"
    );
    let rows = conn.rows(crate::db::AssertSqlSafe(sql), &args).await?;
    rows.iter()
        .map(|row| read(row).map(|(_, seq, act, ..)| (seq, act)))
        .collect()
}

/// The changes that came with one form, oldest first.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn of_submission(conn: &mut Conn, submission: SubmissionId) -> Result<Vec<Act>, Error> {
    let sql = format!("SELECT {COLUMNS} FROM act WHERE submission = $1 ORDER BY seq");
    let rows = conn.rows(crate::db::AssertSqlSafe(sql), args![submission]).await?;
    rows.iter().map(|row| read(row).map(|(_, _, act, ..)| act)).collect()
}

/// The changes that came with the form that last did this to a record, oldest first: what a conversation led to, say.
/// Empty when no form did it, as with what was imported.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn of_form_that(conn: &mut Conn, citizen: CitizenId, kind: ActKind, record: Uuid) -> Result<Vec<Act>, Error> {
    let sql = format!(
        "SELECT {COLUMNS} FROM act WHERE submission = (SELECT submission FROM act WHERE chain = $1 AND kind = $2 \
         AND record_after LIKE $3 ORDER BY seq DESC LIMIT 1) ORDER BY seq"
    );
    let holds = format!("%\"id\":\"{record}\"%");
    let rows = conn
        .rows(crate::db::AssertSqlSafe(sql), args![citizen.0, kind, holds])
        .await?;
    rows.iter().map(|row| read(row).map(|(_, _, act, ..)| act)).collect()
}

/// A place where a chain does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrokenLink {
    /// The chain.
    pub chain: Uuid,
    /// The first number that is missing, out of place or not what its hash says.
    pub seq: i64,
    /// What is wrong.
    pub what: &'static str,
}

/// Proves one chain from its first row to its head; one that has ended by retention from its last link.
///
/// # Errors
/// As [`Conn::rows`]; a broken link is an answer, not an error.
pub async fn verify_chain(conn: &mut Conn, chain: Uuid) -> Result<Result<i64, BrokenLink>, Error> {
    let sql = format!("SELECT {COLUMNS} FROM act WHERE chain = $1 ORDER BY seq");
    let rows = conn.rows(crate::db::AssertSqlSafe(sql), args![chain]).await?;
    let end =
        "SELECT c.seq, c.hash, e.seq, e.before FROM chain c LEFT JOIN chain_end e ON e.chain = c.id WHERE c.id = $1";
    let head = conn.row(end, args![chain]).await?;
    let ended: Option<(i64, Vec<u8>)> = match &head {
        Some(row) => row.get::<Option<i64>>(2)?.zip(row.get(3)?),
        None => None,
    };
    let (mut expected, mut previous) = ended.map_or((0, Vec::new()), |(last, before)| (last - 1, before));
    let broken = |seq, what| Ok(Err(BrokenLink { chain, seq, what }));
    for row in &rows {
        let (_, seq, act, before, after, stored) = read(row)?;
        expected += 1;
        if seq != expected {
            return broken(expected, "missing");
        }
        if hash(&previous, seq, chain, &act, &before, &after).as_slice() != stored {
            return broken(seq, "altered");
        }
        previous = stored;
    }
    match head {
        Some(head) if head.get::<i64>(0)? == expected && head.get::<Vec<u8>>(1)? == previous => Ok(Ok(expected)),
        Some(_) => broken(expected + 1, "the end does not match the chain's head"),
        None if rows.is_empty() => Ok(Ok(0)),
        None => broken(1, "the chain's head is missing"),
    }
}

/// Every chain there is.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn chains(conn: &mut Conn) -> Result<Vec<Uuid>, Error> {
    let rows = conn
        .rows(
            "SELECT id FROM chain UNION SELECT DISTINCT chain FROM act ORDER BY 1",
            args![],
        )
        .await?;
    rows.iter().map(|row| row.get(0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_and_casework_agree_on_what_a_look_is() {
        let looks = ActKind::ALL.iter().filter(|kind| kind.is_look());
        let looks: Vec<String> = looks.map(|kind| format!("'{}'", kind.as_str())).collect();
        assert_eq!(LOOKS, format!("({})", looks.join(", ")));
    }
}
