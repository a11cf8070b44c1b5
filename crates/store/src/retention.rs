//! What is due to go, what is held back, and deletion: one citizen, one transaction, all or nothing.

use std::collections::HashMap;

use crate::acts::{self, Entry};
use crate::args;
use crate::db::{AssertSqlSafe, Conn, Db, Error, Tx, Value, placeholders};
use crate::holdings::HOLDINGS;
use crate::plans::{self, PerformError, Sender};
use crate::records::Table;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use tovholder_casework::act::{Act, ActKind, Actor, Record, UserKind, Voice};
use tovholder_casework::id::*;
use tovholder_casework::retention::{Facts, Hold, Kept, judge};
use tovholder_casework::rules::Rules;
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

/// Everybody, with how long they are kept; with `only`, one citizen.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn everybody(
    conn: &mut Conn,
    only: Option<CitizenId>,
    rules: &Rules,
    today: Date,
) -> Result<Vec<Someone>, Error> {
    let (one, args) = match only {
        Some(citizen) => (" WHERE c.id = $1", args![citizen].to_vec()),
        None => ("", vec![]),
    };
    let mut facts: HashMap<CitizenId, Facts> = HashMap::new();
    let mut people = Vec::new();
    let sql = format!("SELECT c.id, c.name, c.unit_id FROM citizen c{one} ORDER BY c.name, c.id");
    for row in conn.rows(AssertSqlSafe(sql), &args).await? {
        let id: CitizenId = row.get(0)?;
        people.push((id, row.get::<String>(1)?, row.get::<UnitId>(2)?));
        facts.insert(
            id,
            Facts {
                has_plan: false,
                plan_open: false,
                on_benefit: false,
                last: None,
                held: false,
            },
        );
    }
    // One row a citizen: whether it still lasts, how many, and the last day it tells of.
    let lasting = |table: &str, end: &str| {
        format!(
            "SELECT t.citizen_id, COUNT(*), SUM(CASE WHEN t.{end} IS NULL THEN 1 ELSE 0 END), MAX(t.{end}) FROM {table} t \
             JOIN citizen c ON c.id = t.citizen_id{one} GROUP BY t.citizen_id"
        )
    };
    for row in conn.rows(AssertSqlSafe(lasting("plan", "closed")), &args).await? {
        if let Some(of) = facts.get_mut(&row.get(0)?) {
            of.has_plan = true;
            of.plan_open = row.get::<i64>(2)? > 0;
            of.last = of.last.max(row.get(3)?);
        }
    }
    for row in conn.rows(AssertSqlSafe(lasting("spell", "ends")), &args).await? {
        if let Some(of) = facts.get_mut(&row.get(0)?) {
            let last: Option<Date> = row.get(3)?;
            of.on_benefit = row.get::<i64>(2)? > 0 || last.is_some_and(|last| last >= today);
            of.last = of.last.max(last);
        }
    }
    // Only of those whom nothing else keeps: the record is long.
    let acts = format!(
        "SELECT c.id, MAX(a.at) FROM citizen c JOIN act a ON a.chain = c.id AND a.kind NOT IN ('look', 'look.emergency', 'export') \
         AND NOT EXISTS (SELECT 1 FROM plan p WHERE p.citizen_id = c.id AND p.closed IS NULL) \
         AND NOT EXISTS (SELECT 1 FROM spell s WHERE s.citizen_id = c.id AND s.ends IS NULL){one} GROUP BY c.id"
    );
    for row in conn.rows(AssertSqlSafe(acts), &args).await? {
        if let Some(of) = facts.get_mut(&row.get(0)?) {
            let day = TimeZone::UTC.to_datetime(row.get::<Timestamp>(1)?).date();
            of.last = of.last.max(Some(day));
        }
    }
    let held = format!(
        "SELECT DISTINCT h.citizen_id FROM hold h JOIN citizen c ON c.id = h.citizen_id{} h.lifted IS NULL AND (h.until IS NULL OR h.until >= ${})",
        if one.is_empty() {
            " WHERE".to_owned()
        } else {
            format!("{one} AND")
        },
        args.len() + 1
    );
    let mut with_day = args.clone();
    with_day.push(Value::from(today));
    for row in conn.rows(AssertSqlSafe(held), &with_day).await? {
        if let Some(of) = facts.get_mut(&row.get(0)?) {
            of.held = true;
        }
    }
    Ok(people
        .into_iter()
        .filter_map(|(citizen, name, unit)| {
            let of = facts.get(&citizen)?;
            Some(Someone {
                citizen,
                name,
                unit,
                last: of.last,
                kept: judge(of, rules.on(today), today),
            })
        })
        .collect())
}

/// Deletes everything of a citizen who is due, in one transaction. The citizen's chain ends with a link that says why. Answers `false` when the citizen is
/// not due any more: held back meanwhile, back with a new plan, or gone already.
///
/// # Errors
/// As [`Conn::execute`]; nothing is deleted then.
pub async fn delete(db: &Db, citizen: CitizenId, rules: &Rules, today: Date, at: Timestamp) -> Result<bool, Error> {
    let mut tx = db.begin_for(citizen.0).await?;
    let due = everybody(&mut tx, Some(citizen), rules, today).await?;
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

/// The holds that last of citizens of these units.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn of_units(conn: &mut Conn, units: &[UnitId], today: Date) -> Result<Vec<Hold>, Error> {
    if units.is_empty() {
        return Ok(vec![]);
    }
    let columns: Vec<String> = Hold::COLUMNS.iter().map(|column| format!("h.{column}")).collect();
    let sql = format!(
        "SELECT {} FROM hold h JOIN citizen c ON c.id = h.citizen_id WHERE h.lifted IS NULL AND c.unit_id IN ({}) ORDER BY h.placed, h.id",
        columns.join(", "),
        placeholders(1, units.len())
    );
    let units: Vec<Value> = units.iter().map(|unit| Value::from(*unit)).collect();
    let rows = conn.rows(AssertSqlSafe(sql), &units).await?;
    let all: Result<Vec<Hold>, Error> = rows.iter().map(|row| Hold::read(&mut row.fields())).collect();
    Ok(all?.into_iter().filter(|hold| hold.holds(today)).collect())
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
