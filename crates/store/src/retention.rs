//! What is due to go, what is held back, and deletion: one citizen, one transaction, all or nothing.

use std::collections::HashMap;

use crate::acts::{self, Entry, LOOKS};
use crate::args;
use crate::caseload::Args;
use crate::db::{AssertSqlSafe, Conn, Db, Error, Tx, Value, placeholders};
use crate::holdings::HOLDINGS;
use crate::plans::{self, PerformError, Sender};
use crate::records::Table;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use tovholder_casework::act::{Act, ActKind, Actor, Record, UserKind, Voice};
use tovholder_casework::id::*;
use tovholder_casework::retention::{Facts, Hold, Kept, judge, quiet_since};
use tovholder_casework::rules::{Rules, RulesOn};
use uuid::Uuid;

/// A citizen and how long they are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Someone {
    /// Who.
    pub citizen: CitizenId,
    /// The name.
    pub name: String,
    /// The unit responsible.
    pub unit: UnitId,
    /// The last day anything happened.
    pub last: Option<Date>,
    /// How long they are kept.
    pub kept: Kept,
}

/// Those whose time is over on the last day of `by` at the latest, held back or not, by name; with `only`, one citizen if so.
///
/// The record is long, and a day in it only lets somebody stay longer: it is asked only for those whom plans and benefits would let go.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn due_by(
    conn: &mut Conn,
    only: Option<CitizenId>,
    rules: RulesOn<'_>,
    today: Date,
    by: Date,
) -> Result<Vec<Someone>, Error> {
    let mut args = Args::default();
    let (day, quiet) = (args.put(today), args.put(quiet_since(rules, by)));
    let only = only.map_or_else(String::new, |citizen| format!("c.id = {} AND ", args.put(citizen)));
    let sql = format!(
        "SELECT c.id, c.name, c.unit_id, (SELECT COUNT(*) FROM plan p WHERE p.citizen_id = c.id), \
         (SELECT MAX(p.closed) FROM plan p WHERE p.citizen_id = c.id), (SELECT MAX(s.ends) FROM spell s WHERE s.citizen_id = c.id), \
         (SELECT COUNT(*) FROM hold h WHERE h.citizen_id = c.id AND h.lifted IS NULL AND (h.until IS NULL OR h.until >= {day})) \
         FROM citizen c WHERE {only}\
         NOT EXISTS (SELECT 1 FROM plan p WHERE p.citizen_id = c.id AND (p.closed IS NULL OR p.closed > {quiet})) \
         AND NOT EXISTS (SELECT 1 FROM spell s WHERE s.citizen_id = c.id AND (s.ends IS NULL OR s.ends >= {day} OR s.ends > {quiet})) ORDER BY c.name, c.id"
    );
    let ends_by = |kept: &Kept| match kept {
        Kept::Due { until, .. } | Kept::Held(until) | Kept::Until(until) => *until <= by,
        Kept::InUse => false,
    };
    let mut candidates = Vec::new();
    for row in conn.rows(AssertSqlSafe(sql), &args.0).await? {
        let (citizen, name, unit): (CitizenId, String, UnitId) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let closed: Option<Date> = row.get(4)?;
        let facts = Facts {
            has_plan: row.get::<i64>(3)? > 0,
            plan_open: false,
            on_benefit: false,
            last: closed.max(row.get(5)?),
            held: row.get::<i64>(6)? > 0,
        };
        if facts.last.is_none() || ends_by(&judge(&facts, rules, today)) {
            candidates.push((citizen, name, unit, facts));
        }
    }
    let mut acted: HashMap<CitizenId, Date> = HashMap::new();
    for some in candidates.chunks(500) {
        let mut args = Args::default();
        let chains = args.list(some.iter().map(|(citizen, ..)| citizen.0));
        let sql =
            format!("SELECT chain, MAX(at) FROM act WHERE chain IN ({chains}) AND kind NOT IN {LOOKS} GROUP BY chain");
        for row in conn.rows(AssertSqlSafe(sql), &args.0).await? {
            let day = TimeZone::UTC.to_datetime(row.get::<Timestamp>(1)?).date();
            acted.insert(row.get(0)?, day);
        }
    }
    let judged = candidates.into_iter().map(|(citizen, name, unit, mut facts)| {
        facts.last = facts.last.max(acted.get(&citizen).copied());
        Someone {
            citizen,
            name,
            unit,
            last: facts.last,
            kept: judge(&facts, rules, today),
        }
    });
    Ok(judged.filter(|someone| ends_by(&someone.kept)).collect())
}

/// Deletes everything of a citizen who is due, in one transaction. The citizen's chain ends with a link that says why. Answers `false` when the citizen is
/// not due any more: held back meanwhile, back with a new plan, or gone already.
///
/// # Errors
/// As [`Conn::execute`]; nothing is deleted then.
pub async fn delete(db: &Db, citizen: CitizenId, rules: &Rules, today: Date, at: Timestamp) -> Result<bool, Error> {
    let mut tx = db.begin_for(citizen.0).await?;
    let due = due_by(&mut tx, Some(citizen), rules.on(today), today, today).await?;
    let Some(Kept::Due { until, kle, years }) = due.first().map(|someone| &someone.kept) else {
        return Ok(false);
    };
    let last = format!("KLE {kle}, {years} years after the last activity, kept until {until}");
    end(&mut tx, citizen, &last, at).await?;
    tx.commit().await?;
    Ok(true)
}

async fn end(tx: &mut Tx, citizen: CitizenId, why: &str, at: Timestamp) -> Result<(), Error> {
    let head = tx
        .row("SELECT seq, hash FROM chain WHERE id = $1", args![citizen])
        .await?;
    let (seq, before): (i64, Vec<u8>) = match head {
        Some(row) => (row.get(0)?, row.get(1)?),
        None => (0, Vec::new()),
    };
    let act = Act {
        id: ActId(Uuid::now_v7()),
        at,
        actor: Actor {
            kind: UserKind::System,
            id: Uuid::nil(),
            name: "tovholder retention".to_owned(),
            unit: String::new(),
        },
        citizen: None,
        kind: ActKind::EndedByRetention,
        submission: None,
        before: None,
        after: None,
        reason: why.to_owned(),
        voice: Voice::Own,
    };
    acts::append(tx, &[Entry { chain: citizen.0, act }]).await?;
    tx.execute(
        "INSERT INTO chain_end (chain, seq, before, at) VALUES ($1, $2, $3, $4)",
        args![citizen, seq + 1, Value::Bytes(before), at],
    )
    .await?;
    // What employees sent or began to write about the citizen is known by the addresses it stood at.
    let mut ids = vec![citizen.to_string()];
    let plans = tx
        .rows("SELECT id FROM plan WHERE citizen_id = $1", args![citizen])
        .await?;
    for plan in &plans {
        ids.push(plan.get::<PlanId>(0)?.to_string());
    }
    for id in ids {
        for sql in [
            "DELETE FROM submission WHERE location LIKE $1",
            "DELETE FROM draft WHERE form LIKE $1",
        ] {
            tx.execute(sql, args![format!("%{id}%")]).await?;
        }
    }
    for holding in HOLDINGS {
        let whose = match holding.table {
            // The last link stays, and the head it ends at.
            "chain" => continue,
            "act" => "chain = $1 AND kind <> 'retention.ended'",
            _ => holding.whose,
        };
        let sql = format!("DELETE FROM {} WHERE {whose}", holding.table);
        tx.execute(AssertSqlSafe(sql), args![citizen]).await?;
    }
    Ok(())
}

/// What lies around without anybody having a use for it any more, with the days it is kept; forgotten for everybody at once.
///
/// # Errors
/// As [`Conn::execute`].
pub async fn leftovers(
    db: &Db,
    rules: &Rules,
    today: Date,
    now: Timestamp,
    carry_out: bool,
) -> Result<Vec<(&'static str, u64)>, Error> {
    let mut done = Vec::new();
    for (what, table, column) in [
        ("draft", "draft", "saved"),
        ("session", "session", "seen"),
        ("link", "log_in_link", "expires"),
        ("form", "submission", "at"),
    ] {
        let days = rules.on(today).leftover(what);
        let before = now
            .saturating_sub(jiff::SignedDuration::from_hours(24 * i64::from(days)))
            .unwrap_or(now);
        let count = if carry_out {
            let mut tx = db.begin().await?;
            let sql = format!("DELETE FROM {table} WHERE {column} < $1");
            let count = tx.execute(AssertSqlSafe(sql), args![before]).await?;
            tx.commit().await?;
            count
        } else {
            let sql = format!("SELECT COUNT(*) FROM {table} WHERE {column} < $1");
            let row = db
                .read()
                .await?
                .row(AssertSqlSafe(sql), args![before])
                .await?
                .ok_or(Error::Failed)?;
            row.get::<i64>(0)?.unsigned_abs()
        };
        done.push((what, count));
    }
    Ok(done)
}

/// A citizen's holds, the latest first.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn holds(conn: &mut Conn, citizen: CitizenId) -> Result<Vec<Hold>, Error> {
    let sql = format!(
        "SELECT {} FROM hold WHERE citizen_id = $1 ORDER BY placed DESC, id DESC",
        Hold::COLUMNS.join(", ")
    );
    let rows = conn.rows(AssertSqlSafe(sql), args![citizen]).await?;
    rows.iter().map(|row| Hold::read(&mut row.fields())).collect()
}

/// The holds that last of citizens of these units, each with the citizen's name.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn of_units(conn: &mut Conn, units: &[UnitId], today: Date) -> Result<Vec<(String, Hold)>, Error> {
    if units.is_empty() {
        return Ok(vec![]);
    }
    let columns: Vec<String> = Hold::COLUMNS.iter().map(|column| format!("h.{column}")).collect();
    let sql = format!(
        "SELECT c.name, {} FROM hold h JOIN citizen c ON c.id = h.citizen_id WHERE h.lifted IS NULL AND c.unit_id IN ({}) ORDER BY h.placed, h.id",
        columns.join(", "),
        placeholders(1, units.len())
    );
    let units: Vec<Value> = units.iter().map(|unit| Value::from(*unit)).collect();
    let rows = conn.rows(AssertSqlSafe(sql), &units).await?;
    let all: Result<Vec<(String, Hold)>, Error> = rows
        .iter()
        .map(|row| {
            let mut fields = row.fields();
            Ok((fields.next()?, Hold::read(&mut fields)?))
        })
        .collect();
    Ok(all?.into_iter().filter(|(_, hold)| hold.holds(today)).collect())
}

/// Holds a citizen back, for a leader of the unit responsible. Answers where the form went when it was carried out before.
///
/// # Errors
/// [`PerformError::NotFound`] for everybody else; a refusal, see [`Hold::place`].
pub async fn hold(
    db: &Db,
    citizen: CitizenId,
    reason: &str,
    until: Option<Date>,
    sender: &Sender,
) -> Result<Option<String>, PerformError> {
    let mut tx = db.begin_for(citizen.0).await?;
    if let Some(location) = plans::first_time(&mut tx, sender).await? {
        return Ok(Some(location));
    }
    led(&mut tx, citizen, sender).await?;
    let when = (sender.at, sender.now.date());
    let placed = Hold::place(HoldId(Uuid::now_v7()), citizen, &sender.actor, reason, until, when)?;
    let records = (None, Record::Hold(placed));
    plans::write_apart(&mut tx, citizen, ActKind::HoldPlaced, records, sender).await?;
    tx.commit().await?;
    Ok(None)
}

/// Lifts a citizen's holds.
///
/// # Errors
/// As [`hold`].
pub async fn lift(db: &Db, citizen: CitizenId, sender: &Sender) -> Result<Option<String>, PerformError> {
    let mut tx = db.begin_for(citizen.0).await?;
    if let Some(location) = plans::first_time(&mut tx, sender).await? {
        return Ok(Some(location));
    }
    led(&mut tx, citizen, sender).await?;
    let today = sender.now.date();
    for before in holds(&mut tx, citizen)
        .await?
        .into_iter()
        .filter(|hold| hold.holds(today))
    {
        let after = before.lift(&sender.actor, sender.at)?;
        let records = (Some(Record::Hold(before)), Record::Hold(after));
        plans::write_apart(&mut tx, citizen, ActKind::HoldLifted, records, sender).await?;
    }
    tx.commit().await?;
    Ok(None)
}

/// The sender leads the unit responsible for the citizen, or there is no such citizen.
async fn led(conn: &mut Conn, citizen: CitizenId, sender: &Sender) -> Result<(), PerformError> {
    let someone = crate::people::find_citizen(conn, citizen).await?;
    let led = someone.is_some_and(|someone| sender.standing.leads.contains(&someone.unit));
    if led { Ok(()) } else { Err(PerformError::NotFound) }
}
