//! Files brought in: kept until they are carried out, carried out whole, and taken back whole.
//!
//! What a row does is decided by [`tovholder_casework::import`]; here it is asked twice with the same answer: [`check`] shows the
//! consequences, [`apply`] decides again inside the transaction that carries them out. Citizens' acts stand in their chains with the record
//! before and after; what was before of everything else stands in `import_change`.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use jiff::Timestamp;
use tovholder_casework::act::*;
use tovholder_casework::cpr::{self, Cpr};
use tovholder_casework::id::*;
use tovholder_casework::import::columns::{masked_name, masked_names};
use tovholder_casework::import::{self, Counts, Item, Kind, Known, Mapping, Outcome, Planned, Row, Setting, columns};
use tovholder_casework::person::Citizen;
use uuid::Uuid;

use crate::acts::{self, Entry};
use crate::args;
use crate::db::{AssertSqlSafe, Conn, Db, Error, Tx, Value, placeholders};
use crate::keys::{KeyError, Keyring, Place};
use crate::names::name_words;
use crate::{numbers, people, records};

/// How far a file has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Uploaded; nothing has been written.
    Uploaded,
    /// Carried out.
    Applied,
    /// Carried out and taken back.
    Undone,
}

/// One file brought in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// Its id.
    pub id: BatchId,
    /// What its rows are.
    pub kind: Kind,
    /// The file's name.
    pub file_name: String,
    /// The names of its columns.
    pub header: Vec<String>,
    /// Where each field comes from, once somebody has confirmed it.
    pub mapping: Option<Mapping>,
    /// How far it has come.
    pub status: Status,
    /// How many rows it has.
    pub lines: u32,
    /// When it was uploaded.
    pub uploaded: Timestamp,
    /// By whom.
    pub actor_name: String,
    /// When it was carried out.
    pub applied: Option<Timestamp>,
    /// When it was taken back.
    pub undone: Option<Timestamp>,
    /// What carrying it out did.
    pub counts: Counts,
    /// How many changes stayed when the rest was taken back.
    pub kept: u32,
}

const BATCH: &str = "SELECT id, kind, file_name, header, mapping, status, lines, uploaded, actor_name, applied, undone, created, \
     updated, unchanged, wrong, kept FROM import_batch";

fn json_error(column: &str) -> Error {
    Error::Value {
        column: column.to_owned(),
        wanted: "JSON of an import",
        found: "other text",
    }
}

fn from_json<T: serde::de::DeserializeOwned>(text: &str, column: &str) -> Result<T, Error> {
    serde_json::from_str(text).map_err(|_| json_error(column))
}

/// Lists and maps of text always become JSON.
fn to_json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

fn batch(row: &crate::db::Row) -> Result<Batch, Error> {
    let mut f = row.fields();
    Ok(Batch {
        id: f.next()?,
        kind: f.next()?,
        file_name: f.next()?,
        header: from_json(&f.next::<String>()?, "header")?,
        mapping: f
            .next::<Option<String>>()?
            .map(|text| from_json(&text, "mapping"))
            .transpose()?,
        status: match f.next::<String>()?.as_str() {
            "uploaded" => Status::Uploaded,
            "applied" => Status::Applied,
            _ => Status::Undone,
        },
        lines: f.next()?,
        uploaded: f.next()?,
        actor_name: f.next()?,
        applied: f.next()?,
        undone: f.next()?,
        counts: Counts {
            created: f.next()?,
            updated: f.next()?,
            unchanged: f.next()?,
            wrong: f.next()?,
            repaired: 0,
        },
        kept: f.next()?,
    })
}

/// The statement for [`sealed_row`]s.
pub(crate) const INSERT_ROWS: &str = "INSERT INTO import_row (batch_id, line, sealed)";

fn place(batch: BatchId, line: u32) -> Place {
    Place::new("import_row", "sealed", args![batch, line])
}

/// A row of a file as it lies until the file is carried out: sealed, for most have a CPR number.
pub(crate) fn sealed_row(keys: &Keyring, batch: BatchId, line: u32, cells: &str) -> Result<[Value; 3], KeyError> {
    Ok([batch.into(), line.into(), keys.seal(&place(batch, line), cells)?.into()])
}

/// Masks CPR numbers in the names of files that were brought in before that was done when they came, and forgets what such columns were taken for.
pub(crate) async fn mask_names(tx: &mut Tx) -> Result<(), Error> {
    for row in tx
        .rows("SELECT id, file_name, header FROM import_batch", args![])
        .await?
    {
        let (id, file, header): (BatchId, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        if cpr::stands_in(&file) || cpr::stands_in(&header) {
            let header: Vec<String> = from_json(&header, "header")?;
            tx.execute(
                "UPDATE import_batch SET file_name = $2, header = $3 WHERE id = $1",
                args![id, masked_name(&file), to_json(&masked_names(&header))],
            )
            .await?;
        }
    }
    for row in tx.rows("SELECT DISTINCT name FROM import_mapping", args![]).await? {
        let name: String = row.get(0)?;
        if cpr::stands_in(&name) {
            tx.execute("DELETE FROM import_mapping WHERE name = $1", args![name])
                .await?;
        }
    }
    Ok(())
}

/// Keeps a file until it is carried out.
///
/// # Errors
/// As [`Conn::execute`].
pub async fn add(
    db: &Db,
    kind: Kind,
    file_name: &str,
    header: &[String],
    rows: &[Row],
    actor: &Actor,
    at: Timestamp,
) -> Result<BatchId, Error> {
    let id = BatchId(Uuid::now_v7());
    let mut tx = db.begin_for(id.0).await?;
    tx.execute(
        "INSERT INTO import_batch (id, kind, file_name, header, status, lines, uploaded, actor_id, actor_name) \
         VALUES ($1, $2, $3, $4, 'uploaded', $5, $6, $7, $8)",
        args![
            id,
            kind,
            masked_name(file_name),
            to_json(&masked_names(header)),
            rows.len() as i64,
            at,
            actor.id,
            actor.name.clone()
        ],
    )
    .await?;
    // In portions, so that the text of a large file does not lie in memory twice.
    for rows in rows.chunks(2_000) {
        let rows = rows
            .iter()
            .map(|row| sealed_row(db.keys(), id, row.line, &to_json(&row.cells)))
            .collect::<Result<Vec<_>, _>>()?;
        tx.insert_many(INSERT_ROWS, &rows).await?;
    }
    tx.commit().await?;
    Ok(id)
}

/// One file.
///
/// # Errors
/// As [`Conn::row`].
pub async fn find(conn: &mut Conn, id: BatchId) -> Result<Option<Batch>, Error> {
    conn.row(AssertSqlSafe(format!("{BATCH} WHERE id = $1")), args![id])
        .await?
        .as_ref()
        .map(batch)
        .transpose()
}

/// The latest files, newest first.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn list(conn: &mut Conn, limit: u32) -> Result<Vec<Batch>, Error> {
    let sql = format!("{BATCH} ORDER BY uploaded DESC, id DESC LIMIT {limit}");
    conn.rows(AssertSqlSafe(sql), args![])
        .await?
        .iter()
        .map(batch)
        .collect()
}

async fn some_rows(conn: &mut Conn, id: BatchId, limit: &str) -> Result<Vec<Row>, Error> {
    let sql = format!("SELECT line, sealed FROM import_row WHERE batch_id = $1 ORDER BY line{limit}");
    let rows = conn.rows(AssertSqlSafe(sql), args![id]).await?;
    rows.iter()
        .map(|row| {
            let line = row.get(0)?;
            let cells = conn.keys().open(&place(id, line), &row.get::<Vec<u8>>(1)?)?;
            Ok(Row {
                line,
                cells: from_json(&cells, "cells")?,
            })
        })
        .collect()
}

/// The rows that are still kept.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn rows(conn: &mut Conn, id: BatchId) -> Result<Vec<Row>, Error> {
    some_rows(conn, id, "").await
}

/// The first rows.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn sample(conn: &mut Conn, id: BatchId, how_many: u32) -> Result<Vec<Row>, Error> {
    some_rows(conn, id, &format!(" LIMIT {how_many}")).await
}

/// What columns were taken for the last time: folded name → field, or nothing.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn remembered(conn: &mut Conn, kind: Kind) -> Result<BTreeMap<String, String>, Error> {
    let rows = conn
        .rows("SELECT name, field FROM import_mapping WHERE kind = $1", args![kind])
        .await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// Keeps the mapping somebody confirmed, with the file and for the next one.
///
/// # Errors
/// As [`Conn::execute`].
pub async fn set_mapping(db: &Db, batch: &Batch, mapping: &Mapping) -> Result<(), Error> {
    let mut tx = db.begin().await?;
    tx.execute(
        "UPDATE import_batch SET mapping = $2 WHERE id = $1 AND status = 'uploaded'",
        args![batch.id, to_json(mapping)],
    )
    .await?;
    let rows: Vec<[Value; 3]> = columns::to_remember(&batch.header, mapping)
        .into_iter()
        .map(|(name, field)| [batch.kind.into(), name.into(), field.into()])
        .collect();
    tx.insert_many(
        "INSERT INTO import_mapping (kind, name, field) {rows} ON CONFLICT (kind, name) DO UPDATE SET field = excluded.field",
        &rows,
    )
    .await?;
    tx.commit().await
}

/// Throws away a file that was not carried out.
///
/// # Errors
/// As [`Conn::execute`].
pub async fn discard(db: &Db, id: BatchId) -> Result<(), Error> {
    let mut tx = db.begin().await?;
    tx.execute(
        "DELETE FROM import_row WHERE batch_id IN (SELECT id FROM import_batch WHERE id = $1 AND status = 'uploaded')",
        args![id],
    )
    .await?;
    tx.execute(
        "DELETE FROM import_batch WHERE id = $1 AND status = 'uploaded'",
        args![id],
    )
    .await?;
    tx.commit().await
}

/// Days that the rows of a file are kept when nobody carries it out, and the rows that could not be taken.
pub const KEPT_DAYS: i64 = 7;

/// Forgets what has lain longer than [`KEPT_DAYS`].
///
/// # Errors
/// As [`Conn::execute`].
pub async fn purge(db: &Db, now: Timestamp) -> Result<(), Error> {
    let before = now
        .saturating_sub(jiff::SignedDuration::from_hours(24 * KEPT_DAYS))
        .unwrap_or(now);
    let old = db
        .read()
        .await?
        .row(
            "SELECT id FROM import_batch WHERE uploaded < $1 AND (status = 'uploaded' OR EXISTS \
         (SELECT 1 FROM import_row r WHERE r.batch_id = import_batch.id))",
            args![before],
        )
        .await?;
    if old.is_none() {
        return Ok(());
    }
    let mut tx = db.begin().await?;
    tx.execute(
        "DELETE FROM import_row WHERE batch_id IN (SELECT id FROM import_batch WHERE uploaded < $1)",
        args![before],
    )
    .await?;
    tx.execute(
        "DELETE FROM import_batch WHERE uploaded < $1 AND status = 'uploaded'",
        args![before],
    )
    .await?;
    tx.commit().await
}

/// How much there is of everything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Overview {
    /// Units.
    pub units: u32,
    /// Employees who work here.
    pub employees: u32,
    /// Teams.
    pub teams: u32,
    /// Citizens.
    pub citizens: u32,
    /// Periods on a benefit.
    pub spells: u32,
    /// Months with hours of work.
    pub hours: u32,
    /// Citizens whose weeks on support are known.
    pub states: u32,
    /// Periods with somebody responsible, from before the plans.
    pub assignments: u32,
    /// Companies.
    pub companies: u32,
    /// Months of a benefit's expenses.
    pub expenses: u32,
    /// Open plans.
    pub plans: u32,
}
impl Overview {
    /// How many of a kind.
    pub const fn of(&self, kind: Kind) -> u32 {
        match kind {
            Kind::Units => self.units,
            Kind::Employees => self.employees,
            Kind::Teams => self.teams,
            Kind::Citizens => self.citizens,
            Kind::Spells => self.spells,
            Kind::Hours => self.hours,
            Kind::States => self.states,
            Kind::Assignments => self.assignments,
            Kind::Companies => self.companies,
            Kind::Expenses => self.expenses,
        }
    }
}

/// Counts everything, in one query.
///
/// # Errors
/// As [`Conn::row`].
pub async fn overview(conn: &mut Conn) -> Result<Overview, Error> {
    let row = conn
        .row(
            "SELECT (SELECT COUNT(*) FROM unit), (SELECT COUNT(*) FROM employee WHERE left_on IS NULL), (SELECT COUNT(*) FROM team), \
             (SELECT COUNT(*) FROM citizen), (SELECT COUNT(*) FROM spell), (SELECT COUNT(*) FROM earning), (SELECT COUNT(*) FROM support_history), (SELECT COUNT(*) FROM assignment), (SELECT COUNT(*) FROM company), (SELECT COUNT(*) FROM expense), \
             (SELECT COUNT(*) FROM plan WHERE closed IS NULL)",
            args![],
        )
        .await?
        .ok_or(Error::Failed)?;
    let mut f = row.fields();
    Ok(Overview {
        units: f.next()?,
        employees: f.next()?,
        teams: f.next()?,
        citizens: f.next()?,
        spells: f.next()?,
        hours: f.next()?,
        states: f.next()?,
        assignments: f.next()?,
        companies: f.next()?,
        expenses: f.next()?,
        plans: f.next()?,
    })
}

// How each kind lies in its table ---------------------------------------------------------------------------------------------

#[derive(Clone, Copy, PartialEq)]
enum Type {
    Text,
    OptionalText,
    Id,
    OptionalId,
    Number,
    Decimal,
    /// `yes` or `no`; nothing is no.
    YesNo,
}

struct Lies {
    table: &'static str,
    insert: &'static str,
    /// Field, column, type; in the order of the insert, after the id.
    columns: &'static [(&'static str, &'static str, Type)],
    /// Who may point at one: table and column. One that is pointed at is not removed.
    used_by: &'static [(&'static str, &'static str)],
    /// The kind of its words in `name_word`.
    words: Option<&'static str>,
}

use Type::{Decimal, Id, Number, OptionalId, OptionalText, Text, YesNo};

const fn lies(kind: Kind) -> &'static Lies {
    match kind {
        Kind::Units => &Lies {
            table: "unit",
            insert: "INSERT INTO unit (id, name, kind, phone, address)",
            columns: &[
                ("name", "name", Text),
                ("kind", "kind", Text),
                ("phone", "phone", Text),
                ("address", "address", Text),
            ],
            used_by: &[
                ("employee", "unit_id"),
                ("citizen", "unit_id"),
                ("effort", "unit_id"),
                ("target", "unit_id"),
                ("status_goal", "unit_id"),
                ("closed_note", "unit_id"),
                ("consent", "unit_id"),
            ],
            words: None,
        },
        Kind::Employees => &Lies {
            table: "employee",
            insert: "INSERT INTO employee (id, unit_id, name, title, role, phone, email, login, left_on)",
            columns: &[
                ("unit", "unit_id", Id),
                ("name", "name", Text),
                ("title", "title", Text),
                ("role", "role", Text),
                ("phone", "phone", Text),
                ("email", "email", Text),
                ("login", "login", Text),
                ("left_on", "left_on", OptionalText),
            ],
            used_by: &[
                ("team", "leader_id"),
                ("team_member", "employee_id"),
                ("step", "holder_employee"),
                ("participation", "employee_id"),
                ("coordination", "employee_id"),
                ("assignment", "employee_id"),
                ("conversation", "employee_id"),
                ("conversation", "written_by"),
                ("message", "employee_id"),
                ("plan_summary", "coordinator_id"),
                ("plan_summary", "previous_coordinator_id"),
                ("slot", "employee_id"),
                ("target", "set_by"),
                ("comparison_group", "set_by"),
                ("report", "saved_by"),
                ("status_goal", "set_by"),
                ("status_update", "holder_id"),
                ("status_update", "written_by"),
                ("emergency", "employee_id"),
                ("closed_note", "employee_id"),
                ("consent", "asked_by"),
                ("access_review", "employee_id"),
                ("access_review", "by_id"),
                ("research_export", "employee_id"),
                ("research_deletion", "by_id"),
                ("session", "user_id"),
                ("log_in_link", "user_id"),
                ("account", "employee_id"),
                ("recovery_code", "employee_id"),
                ("act", "actor_id"),
            ],
            words: Some("employee"),
        },
        Kind::Teams => &Lies {
            table: "team",
            insert: "INSERT INTO team (id, name, leader_id)",
            columns: &[("name", "name", Text), ("leader", "leader_id", OptionalId)],
            used_by: &[("status_goal", "team_id")],
            words: None,
        },
        Kind::Citizens => &Lies {
            table: "citizen",
            insert: "INSERT INTO citizen (id, unit_id, name, birth_date, phone, email, address, postcode, protected)",
            columns: &[
                ("unit", "unit_id", Id),
                ("name", "name", Text),
                ("birth_date", "birth_date", Text),
                ("phone", "phone", Text),
                ("email", "email", Text),
                ("address", "address", Text),
                ("postcode", "postcode", Text),
                ("protected", "protected", YesNo),
            ],
            used_by: &[
                ("plan", "citizen_id"),
                ("plan_summary", "citizen_id"),
                ("spell", "citizen_id"),
                ("classification", "citizen_id"),
                ("earning", "citizen_id"),
                ("assignment", "citizen_id"),
                ("support_history", "citizen_id"),
                ("emergency", "citizen_id"),
                ("correction", "citizen_id"),
                ("hold", "citizen_id"),
                ("session", "user_id"),
                ("log_in_link", "user_id"),
            ],
            words: Some("citizen"),
        },
        Kind::Spells => &Lies {
            table: "spell",
            insert: "INSERT INTO spell (id, citizen_id, benefit, starts, ends)",
            columns: &[
                ("citizen", "citizen_id", Id),
                ("benefit", "benefit", Text),
                ("starts", "starts", Text),
                ("ends", "ends", OptionalText),
            ],
            used_by: &[],
            words: None,
        },
        Kind::Hours => &Lies {
            table: "earning",
            insert: "INSERT INTO earning (id, citizen_id, month, hours)",
            columns: &[
                ("citizen", "citizen_id", Id),
                ("month", "month", Text),
                ("hours", "hours", Decimal),
            ],
            used_by: &[],
            words: None,
        },
        Kind::States => &Lies {
            table: "support_history",
            insert: "INSERT INTO support_history (id, citizen_id, first_week, last_week, runs)",
            columns: &[
                ("citizen", "citizen_id", Id),
                ("first_week", "first_week", Text),
                ("last_week", "last_week", Text),
                ("runs", "runs", Text),
            ],
            used_by: &[],
            words: None,
        },
        Kind::Assignments => &Lies {
            table: "assignment",
            insert: "INSERT INTO assignment (id, citizen_id, employee_id, starts, ends)",
            columns: &[
                ("citizen", "citizen_id", Id),
                ("employee", "employee_id", Id),
                ("starts", "starts", Text),
                ("ends", "ends", OptionalText),
            ],
            used_by: &[],
            words: None,
        },
        Kind::Companies => &Lies {
            table: "company",
            insert: "INSERT INTO company (id, name, cvr, industry, address, postcode, contact, phone, email, employees)",
            columns: &[
                ("name", "name", Text),
                ("cvr", "cvr", Text),
                ("industry", "industry", Text),
                ("address", "address", Text),
                ("postcode", "postcode", Text),
                ("contact", "contact", Text),
                ("phone", "phone", Text),
                ("email", "email", Text),
                ("employees", "employees", Number),
            ],
            used_by: &[("effort", "company_id")],
            words: Some("company"),
        },
        Kind::Expenses => &Lies {
            table: "expense",
            insert: "INSERT INTO expense (id, month, benefit, gross, refund)",
            columns: &[
                ("month", "month", Text),
                ("benefit", "benefit", Text),
                ("gross", "gross", Decimal),
                ("refund", "refund", Decimal),
            ],
            used_by: &[],
            words: None,
        },
    }
}

fn values(kind: Kind, item: &Item) -> Result<Vec<Value>, Error> {
    let mut values = vec![Value::from(item.id)];
    for (field, _, of) in lies(kind).columns {
        let text = item.values.get(*field).map_or("", String::as_str);
        let wrong = |_| json_error(field);
        values.push(match of {
            Text => text.into(),
            OptionalText => Some(text.to_owned()).filter(|text| !text.is_empty()).into(),
            Id => text.parse::<Uuid>().map_err(wrong)?.into(),
            OptionalId if text.is_empty() => None::<Uuid>.into(),
            OptionalId => Some(text.parse::<Uuid>().map_err(wrong)?).into(),
            Number => text.parse::<i64>().unwrap_or(0).into(),
            YesNo => (text == "yes").into(),
            Decimal => text.parse::<f64>().map_err(|_| json_error(field))?.into(),
        });
    }
    Ok(values)
}

fn item(kind: Kind, row: &crate::db::Row) -> Result<Item, Error> {
    let mut f = row.fields();
    let id = f.next()?;
    let mut values = BTreeMap::new();
    for (field, _, of) in lies(kind).columns {
        let value = match of {
            Text => f.next::<String>()?,
            OptionalText => f.next::<Option<String>>()?.unwrap_or_default(),
            Id => f.next::<Uuid>()?.to_string(),
            OptionalId => f.next::<Option<Uuid>>()?.map_or_else(String::new, |id| id.to_string()),
            Decimal => f.next::<f64>()?.to_string(),
            YesNo => if f.next::<bool>()? { "yes" } else { "" }.to_owned(),
            Number => match f.next::<i64>()? {
                0 => String::new(),
                number => number.to_string(),
            },
        };
        values.insert((*field).to_owned(), value);
    }
    Ok(Item { id, values })
}

fn select(kind: Kind) -> String {
    let lies = lies(kind);
    let columns: Vec<&str> = lies.columns.iter().map(|(_, column, _)| *column).collect();
    format!("SELECT id, {} FROM {}", columns.join(", "), lies.table)
}

/// Ids and numbers asked for in one statement.
const MANY: usize = 500;

async fn items(conn: &mut Conn, kind: Kind, column: &str, ids: &[Uuid]) -> Result<Vec<Item>, Error> {
    let mut found = Vec::new();
    for ids in ids.chunks(MANY) {
        let sql = format!("{} WHERE {column} IN ({})", select(kind), placeholders(1, ids.len()));
        let args: Vec<Value> = ids.iter().copied().map(Value::from).collect();
        for row in conn.rows(AssertSqlSafe(sql), &args).await? {
            found.push(item(kind, &row)?);
        }
    }
    with_members(conn, kind, &mut found).await?;
    Ok(found)
}

async fn all_items(conn: &mut Conn, kind: Kind) -> Result<Vec<Item>, Error> {
    let mut found = Vec::new();
    for row in conn.rows(AssertSqlSafe(select(kind)), args![]).await? {
        found.push(item(kind, &row)?);
    }
    with_members(conn, kind, &mut found).await?;
    Ok(found)
}

/// The members of teams stand in a table of their own.
async fn with_members(conn: &mut Conn, kind: Kind, teams: &mut [Item]) -> Result<(), Error> {
    if kind != Kind::Teams {
        return Ok(());
    }
    let mut members: HashMap<Uuid, BTreeSet<String>> = HashMap::new();
    for row in conn
        .rows("SELECT team_id, employee_id FROM team_member", args![])
        .await?
    {
        members
            .entry(row.get(0)?)
            .or_default()
            .insert(row.get::<Uuid>(1)?.to_string());
    }
    for team in teams {
        let all: Vec<String> = members.remove(&team.id).unwrap_or_default().into_iter().collect();
        team.values.insert("members".to_owned(), all.join(","));
    }
    Ok(())
}

/// What the rows ask for: of citizens those in the file only, of the rest everything, which is little.
async fn known(conn: &mut Conn, kind: Kind, cprs: &[Cpr]) -> Result<Known, Error> {
    let mut known = Known::default();
    let mut ids: Vec<Uuid> = Vec::new();
    let mut number_of: HashMap<Uuid, Cpr> = HashMap::new();
    for (cpr, CitizenId(id)) in numbers::find_many(conn, cprs).await? {
        known.citizens.insert(cpr, id);
        number_of.insert(id, cpr);
        ids.push(id);
    }
    if matches!(kind, Kind::Employees | Kind::Citizens) {
        for row in conn.rows("SELECT id, name FROM unit", args![]).await? {
            known.add_unit(row.get(0)?, &row.get::<String>(1)?);
        }
    }
    // A team has those who work here; who was responsible once may have left.
    let employees = match kind {
        Kind::Teams => Some("SELECT id, login, email FROM employee WHERE left_on IS NULL"),
        Kind::Assignments => Some("SELECT id, login, email FROM employee"),
        _ => None,
    };
    if let Some(sql) = employees {
        for row in conn.rows(sql, args![]).await? {
            known.add_employee(row.get(0)?, &row.get::<String>(1)?, &row.get::<String>(2)?);
        }
    }
    let found = match kind {
        Kind::Citizens => items(conn, kind, "id", &ids).await?,
        kind if kind.of_citizens() => items(conn, kind, "citizen_id", &ids).await?,
        _ => all_items(conn, kind).await?,
    };
    for item in found {
        let cpr = number_of.get(&item.id).copied();
        known.add(kind, item, cpr);
    }
    Ok(known)
}

/// What carrying a file out would do, row by row. Writes nothing.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn check(conn: &mut Conn, batch: &Batch, rows: &[Row], setting: &Setting<'_>) -> Result<Vec<Planned>, Error> {
    let mapping = batch.mapping.clone().unwrap_or_default();
    let drafts = import::parse(batch.kind, &batch.header, rows, &mapping, setting);
    let mut cprs: Vec<Cpr> = drafts
        .iter()
        .filter_map(|(_, draft)| draft.as_ref().ok()?.cpr)
        .collect();
    cprs.sort_unstable();
    cprs.dedup();
    let known = known(conn, batch.kind, &cprs).await?;
    Ok(import::decide(batch.kind, drafts, &known, &mut Uuid::now_v7))
}

/// Why a file was not carried out.
#[derive(Debug)]
pub enum ApplyError {
    /// There is no such file, or it has been carried out.
    NotThere,
    /// The consequences are no longer those that were shown. Nothing is written.
    Changed(Counts),
    /// No row can be taken.
    Nothing,
    /// The database.
    Db(Error),
}
impl From<Error> for ApplyError {
    fn from(error: Error) -> Self {
        ApplyError::Db(error)
    }
}

/// Carries a file out: all rows that can be taken, in one transaction, with acts. Rows that cannot are left to be mended. `shown` is what
/// the user saw and agreed to.
///
/// # Errors
/// See [`ApplyError`].
pub async fn apply(
    db: &Db,
    id: BatchId,
    shown: Option<Counts>,
    actor: &Actor,
    at: Timestamp,
    setting: &Setting<'_>,
) -> Result<Counts, ApplyError> {
    let mut tx = db.begin().await?;
    let batch = find(&mut tx, id)
        .await?
        .filter(|b| b.status == Status::Uploaded && b.mapping.is_some())
        .ok_or(ApplyError::NotThere)?;
    let planned = {
        let rows = rows(&mut tx, id).await?;
        check(&mut tx, &batch, &rows, setting).await?
    };
    let counts = import::counts(&planned);
    if shown.is_some_and(|shown| shown != counts) {
        return Err(ApplyError::Changed(counts));
    }
    if counts.created + counts.updated + counts.unchanged == 0 {
        return Err(ApplyError::Nothing);
    }
    let mut wrong: Vec<u32> = Vec::new();
    let mut changes = Vec::new();
    let mut writes = Vec::new();
    for row in planned {
        let (before, after) = match row.outcome {
            Outcome::Create(after) => (None, after),
            Outcome::Update { before, after } => (Some(before), after),
            Outcome::Unchanged(_) => continue,
            Outcome::Wrong(_) => {
                wrong.push(row.line);
                continue;
            }
        };
        changes.push(change(batch.kind, id, row.line, before.as_ref(), &after));
        writes.push(Write {
            before,
            after: Some(after),
            cpr: row.cpr,
        });
        if writes.len() == PORTION {
            carry_out(&mut tx, batch.kind, &mut changes, &mut writes, id, actor, at).await?;
        }
    }
    carry_out(&mut tx, batch.kind, &mut changes, &mut writes, id, actor, at).await?;
    // What could be taken is in its place now; the text of the file is no longer needed for it.
    if wrong.is_empty() {
        tx.execute("DELETE FROM import_row WHERE batch_id = $1", args![id])
            .await?;
    } else {
        keep_rows(&mut tx, id, &wrong).await?;
    }
    tx.execute(
        "UPDATE import_batch SET status = 'applied', applied = $2, created = $3, updated = $4, unchanged = $5, wrong = $6 WHERE id = $1",
        args![id, at, counts.created, counts.updated, counts.unchanged, counts.wrong],
    )
    .await?;
    tx.commit().await?;
    if counts.created >= MEASURE_FROM {
        // Without it questions are answered, only slower: no reason to call what stands a failure.
        let _ = db.analyze().await;
    }
    Ok(counts)
}

/// New rows after which the tables are measured anew.
const MEASURE_FROM: u32 = 1_000;

/// Rows written at a time: a large file's acts and statements never lie in memory all at once.
const PORTION: usize = 2_000;

/// What `import_change` keeps of a row.
fn change(kind: Kind, batch: BatchId, line: u32, before: Option<&Item>, after: &Item) -> Vec<Value> {
    let text = |item: &Item| to_json(&item.values);
    let called_by: &[&str] = match kind {
        Kind::Spells => &["benefit", "starts"],
        Kind::Hours => &["month", "hours"],
        Kind::States => &["first_week", "last_week"],
        Kind::Assignments => &["starts", "ends"],
        Kind::Expenses => &["month", "benefit"],
        _ => &["name"],
    };
    let told = called_by
        .iter()
        .map(|field| after.values.get(*field).map_or("", String::as_str));
    let name = told.collect::<Vec<_>>().join(" ");
    vec![
        batch.into(),
        line.into(),
        after.id.into(),
        name.into(),
        before.map(text).into(),
        text(after).into(),
    ]
}

/// Writes a portion and empties it.
async fn carry_out(
    tx: &mut Tx,
    kind: Kind,
    changes: &mut Vec<Vec<Value>>,
    writes: &mut Vec<Write>,
    batch: BatchId,
    actor: &Actor,
    at: Timestamp,
) -> Result<(), Error> {
    tx.insert_many(
        "INSERT INTO import_change (batch_id, line, item_id, name, item_before, item_after)",
        changes,
    )
    .await?;
    write(tx, kind, writes, batch, actor, at).await?;
    changes.clear();
    writes.clear();
    Ok(())
}

/// Keeps these rows of a file and forgets the others.
async fn keep_rows(tx: &mut Tx, id: BatchId, lines: &[u32]) -> Result<(), Error> {
    let rows = rows(tx, id).await?;
    let lines: HashSet<u32> = lines.iter().copied().collect();
    let gone: Vec<u32> = rows
        .iter()
        .map(|row| row.line)
        .filter(|line| !lines.contains(line))
        .collect();
    for gone in gone.chunks(MANY) {
        let sql = format!(
            "DELETE FROM import_row WHERE batch_id = $1 AND line IN ({})",
            placeholders(2, gone.len())
        );
        let mut args = vec![Value::from(id)];
        args.extend(gone.iter().copied().map(Value::from));
        tx.execute(AssertSqlSafe(sql), &args).await?;
    }
    Ok(())
}

/// One thing to write: made (no before), changed, or removed (no after).
struct Write {
    before: Option<Item>,
    after: Option<Item>,
    cpr: Option<Cpr>,
}

fn set_citizen(citizen: &mut Citizen, item: &Item) -> Result<(), Error> {
    let text = |field: &str| item.values.get(field).cloned().unwrap_or_default();
    citizen.unit = text("unit").parse().map_err(|_| json_error("unit"))?;
    citizen.name = text("name");
    citizen.birth_date = text("birth_date").parse().map_err(|_| json_error("birth_date"))?;
    citizen.phone = text("phone");
    citizen.email = text("email");
    citizen.address = text("address");
    citizen.postcode = text("postcode");
    citizen.protected = text("protected") == "yes";
    Ok(())
}

fn new_citizen(item: &Item) -> Result<Citizen, Error> {
    let mut citizen = Citizen {
        id: CitizenId(item.id),
        unit: UnitId(Uuid::nil()),
        name: String::new(),
        birth_date: jiff::civil::Date::ZERO,
        phone: String::new(),
        email: String::new(),
        address: String::new(),
        postcode: String::new(),
        protected: false,
        wishes: String::new(),
        occupation: String::new(),
        rev: 1,
    };
    set_citizen(&mut citizen, item)?;
    Ok(citizen)
}

/// Writes rows, the words of their names, and the acts.
async fn write(
    tx: &mut Tx,
    kind: Kind,
    writes: &[Write],
    batch: BatchId,
    actor: &Actor,
    at: Timestamp,
) -> Result<(), Error> {
    let lies = lies(kind);
    let mut inserts = Vec::new();
    let keys = tx.keys().clone();
    let mut numbered: Vec<[Value; 3]> = Vec::new();
    let mut words: Vec<[Value; 3]> = Vec::new();
    let mut members: Vec<[Value; 2]> = Vec::new();
    let mut entries = Vec::with_capacity(writes.len());
    let mut told: HashSet<CitizenId> = HashSet::new();
    let sets: Vec<String> = lies
        .columns
        .iter()
        .enumerate()
        .map(|(at, (_, column, _))| format!("{column} = ${}", at + 2))
        .collect();
    let update = format!("UPDATE {} SET {} WHERE id = $1", lies.table, sets.join(", "));
    let delete = format!("DELETE FROM {} WHERE id = $1", lies.table);
    for Write { before, after, cpr } in writes {
        let Some(id) = after.as_ref().or(before.as_ref()).map(|item| item.id) else {
            continue;
        };
        let (mut record_before, mut record_after) = (None, None);
        // What hangs on it by its name or as members goes first, and comes again with the new.
        if before.is_some() {
            let renamed = before.as_ref().map(|b| b.values.get("name")) != after.as_ref().map(|a| a.values.get("name"));
            if let Some(words) = lies.words.filter(|_| renamed) {
                tx.execute("DELETE FROM name_word WHERE kind = $1 AND id = $2", args![words, id])
                    .await?;
            }
            if kind == Kind::Teams {
                tx.execute("DELETE FROM team_member WHERE team_id = $1", args![id])
                    .await?;
            }
            if kind == Kind::Citizens {
                record_before = people::find_citizen(tx, CitizenId(id)).await?;
            }
        }
        match (before, after) {
            (None, Some(after)) => {
                inserts.push(values(kind, after)?);
                if let Some(cpr) = cpr {
                    numbered.push(numbers::row(&keys, CitizenId(id), *cpr)?);
                }
                if kind == Kind::Citizens {
                    record_after = Some(new_citizen(after)?);
                }
            }
            (Some(_), Some(after)) if kind == Kind::Citizens => {
                let mut citizen = record_before.clone().ok_or(Error::Failed)?;
                set_citizen(&mut citizen, after)?;
                citizen.rev += 1;
                records::write(tx, &citizen).await?;
                record_after = Some(citizen);
            }
            (Some(_), Some(after)) => {
                tx.execute(AssertSqlSafe(update.as_str()), &values(kind, after)?)
                    .await?;
            }
            (Some(_), None) => {
                if kind == Kind::Citizens {
                    numbers::forget(tx, CitizenId(id)).await?;
                }
                tx.execute(AssertSqlSafe(delete.as_str()), args![id]).await?;
            }
            (None, None) => {}
        }
        if let Some(after) = after {
            let text = |field: &str| after.values.get(field).map_or("", String::as_str);
            if let Some(of) = lies.words {
                words.extend(
                    name_words(text("name"))
                        .into_iter()
                        .map(|word| [word.into(), of.into(), id.into()]),
                );
            }
            let all = text("members")
                .split(',')
                .filter_map(|member| member.parse::<Uuid>().ok())
                .filter(|_| kind == Kind::Teams);
            members.extend(all.map(|member| [id.into(), member.into()]));
        }
        let citizen = match kind {
            Kind::Citizens => Some(CitizenId(id)),
            kind if kind.of_citizens() => after
                .as_ref()
                .or(before.as_ref())
                .and_then(|spell| spell.values.get("citizen")?.parse().ok()),
            _ => None,
        };
        // Twelve months of hours are one thing that happened to a citizen, not twelve.
        if kind.of_citizens() && citizen.is_some_and(|citizen| !told.insert(citizen)) {
            continue;
        }
        let act = Act {
            id: ActId(Uuid::now_v7()),
            at,
            actor: actor.clone(),
            citizen,
            kind: ActKind::Imported,
            submission: Some(SubmissionId(batch.0)),
            before: record_before.map(Record::Citizen),
            after: record_after.map(Record::Citizen),
            reason: String::new(),
            voice: Voice::Own,
        };
        entries.push(Entry {
            chain: citizen.map_or(id, |c| c.0),
            act,
        });
    }
    tx.insert_many(lies.insert, &inserts).await?;
    tx.insert_many(numbers::INSERT, &numbered).await?;
    tx.insert_many(
        "INSERT INTO name_word (word, kind, id) {rows} ON CONFLICT DO NOTHING",
        &words,
    )
    .await?;
    tx.insert_many("INSERT INTO team_member (team_id, employee_id)", &members)
        .await?;
    append_many(tx, entries).await
}

/// As [`acts::append`], for tens of thousands of chains: their heads are read and written many at a time. The caller holds the lock of
/// [`Db::begin`], so that nobody else lengthens a chain meanwhile.
async fn append_many(tx: &mut Tx, entries: Vec<Entry>) -> Result<(), Error> {
    let mut by_chain: BTreeMap<Uuid, Vec<Entry>> = BTreeMap::new();
    for entry in entries {
        by_chain.entry(entry.chain).or_default().push(entry);
    }
    let chains: Vec<Uuid> = by_chain.keys().copied().collect();
    let mut heads: HashMap<Uuid, (i64, Vec<u8>)> = HashMap::new();
    for chains in chains.chunks(MANY) {
        let sql = format!(
            "SELECT id, seq, hash FROM chain WHERE id IN ({})",
            placeholders(1, chains.len())
        );
        let args: Vec<Value> = chains.iter().copied().map(Value::from).collect();
        for row in tx.rows(AssertSqlSafe(sql), &args).await? {
            heads.insert(row.get(0)?, (row.get(1)?, row.get(2)?));
        }
    }
    let (mut rows, mut ends) = (Vec::new(), Vec::new());
    for (chain, entries) in &by_chain {
        let (mut seq, mut hash) = heads.remove(chain).unwrap_or_default();
        rows.extend(acts::link(entries, &mut seq, &mut hash));
        ends.push([(*chain).into(), seq.into(), Value::Bytes(hash)]);
    }
    tx.insert_many(acts::INSERT_ACTS, &rows).await?;
    tx.insert_many(
        "INSERT INTO chain (id, seq, hash) {rows} ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, hash = excluded.hash",
        &ends,
    )
    .await?;
    Ok(())
}

// Taking back ------------------------------------------------------------------------------------------------------------------

/// What taking a file back does with one of its changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// What the row made is removed.
    Remove,
    /// What the row changed becomes what it was.
    Restore,
    /// It stays: something else refers to it, or has happened to it since.
    Used,
    /// It stays: it has been changed since.
    Changed,
}

/// One change of a file and what taking back does with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UndoRow {
    /// The line in the file.
    pub line: u32,
    /// What it is called.
    pub name: String,
    /// What happens to it.
    pub fate: Fate,
    before: Option<Item>,
    after: Item,
}

/// What taking a file back would do, change by change. Writes nothing.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn undo_check(conn: &mut Conn, batch: &Batch) -> Result<Vec<UndoRow>, Error> {
    let kind = batch.kind;
    let rows = conn
        .rows(
            "SELECT line, item_id, name, item_before, item_after FROM import_change WHERE batch_id = $1 ORDER BY line",
            args![batch.id],
        )
        .await?;
    let mut changes = Vec::with_capacity(rows.len());
    for row in rows {
        let id: Uuid = row.get(1)?;
        let read = |text: String| from_json(&text, "import_change").map(|values| Item { id, values });
        let (before, after) = (row.get::<Option<String>>(3)?.map(read).transpose()?, read(row.get(4)?)?);
        changes.push(UndoRow {
            line: row.get(0)?,
            name: row.get(2)?,
            fate: Fate::Restore,
            before,
            after,
        });
    }
    let ids: Vec<Uuid> = changes.iter().map(|change| change.after.id).collect();
    let now: HashMap<Uuid, Item> = items(conn, kind, "id", &ids)
        .await?
        .into_iter()
        .map(|item| (item.id, item))
        .collect();
    let made: Vec<Uuid> = changes
        .iter()
        .filter(|change| change.before.is_none())
        .map(|change| change.after.id)
        .collect();
    let used = used(conn, kind, &made).await?;
    for change in &mut changes {
        let id = change.after.id;
        let filled = |item: &Item| {
            item.values
                .clone()
                .into_iter()
                .filter(|(_, v)| !v.is_empty())
                .collect::<BTreeMap<_, _>>()
        };
        change.fate = if now.get(&id).is_none_or(|now| filled(now) != filled(&change.after)) {
            Fate::Changed
        } else if change.before.is_some() {
            Fate::Restore
        } else if used.contains(&id) {
            Fate::Used
        } else {
            Fate::Remove
        };
    }
    Ok(changes)
}

/// Which of them something refers to, or has happened to.
async fn used(conn: &mut Conn, kind: Kind, ids: &[Uuid]) -> Result<HashSet<Uuid>, Error> {
    let mut used = HashSet::new();
    for ids in ids.chunks(MANY) {
        let args: Vec<Value> = ids.iter().copied().map(Value::from).collect();
        let list = placeholders(1, ids.len());
        let refer = lies(kind)
            .used_by
            .iter()
            .map(|(table, column)| format!("SELECT {column} FROM {table} WHERE {column} IN ({list})"));
        // An act of another kind than an import's: somebody has worked with it. A look alone is no work.
        let acts = format!(
            "SELECT chain FROM act WHERE chain IN ({list}) AND kind NOT IN ('import.applied', 'look', 'export')"
        );
        let sql = refer.chain([acts]).collect::<Vec<_>>().join(" UNION ");
        for row in conn.rows(AssertSqlSafe(sql), &args).await? {
            used.insert(row.get(0)?);
        }
    }
    Ok(used)
}

/// Takes a file back, in one transaction: what it made is removed, what it changed becomes what it was. What has been changed or used
/// since stays as it is. Answers what happened to each.
///
/// # Errors
/// See [`ApplyError`]; [`ApplyError::Nothing`] when everything would stay.
pub async fn undo(db: &Db, id: BatchId, actor: &Actor, at: Timestamp) -> Result<Vec<UndoRow>, ApplyError> {
    let mut tx = db.begin().await?;
    let batch = find(&mut tx, id)
        .await?
        .filter(|b| b.status == Status::Applied)
        .ok_or(ApplyError::NotThere)?;
    let changes = undo_check(&mut tx, &batch).await?;
    let stays = |change: &&UndoRow| matches!(change.fate, Fate::Used | Fate::Changed);
    let kept: Vec<&UndoRow> = changes.iter().filter(stays).collect();
    if kept.len() == changes.len() {
        return Err(ApplyError::Nothing);
    }
    let back = changes.iter().rev().filter(|change| !stays(change));
    let mut writes: Vec<Write> = Vec::new();
    for change in back {
        writes.push(Write {
            before: Some(change.after.clone()),
            after: change.before.clone(),
            cpr: None,
        });
        if writes.len() == PORTION {
            carry_out(&mut tx, batch.kind, &mut vec![], &mut writes, id, actor, at).await?;
        }
    }
    carry_out(&mut tx, batch.kind, &mut vec![], &mut writes, id, actor, at).await?;
    for change in &kept {
        let why = if change.fate == Fate::Used { "used" } else { "changed" };
        tx.execute(
            "UPDATE import_change SET kept = $3 WHERE batch_id = $1 AND line = $2",
            args![id, change.line, why],
        )
        .await?;
    }
    tx.execute("DELETE FROM import_row WHERE batch_id = $1", args![id])
        .await?;
    tx.execute(
        "UPDATE import_batch SET status = 'undone', undone = $2, kept = $3 WHERE id = $1",
        args![id, at, kept.len() as i64],
    )
    .await?;
    tx.commit().await?;
    Ok(changes)
}

/// The changes that stayed when the rest was taken back: line, name, and whether it was because something refers to it.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn kept(conn: &mut Conn, id: BatchId, limit: u32) -> Result<Vec<(u32, String, Fate)>, Error> {
    let sql = format!(
        "SELECT line, name, kept FROM import_change WHERE batch_id = $1 AND kept IS NOT NULL ORDER BY line LIMIT {limit}"
    );
    let rows = conn.rows(AssertSqlSafe(sql), args![id]).await?;
    rows.iter()
        .map(|row| {
            let fate = if row.get::<String>(2)? == "used" {
                Fate::Used
            } else {
                Fate::Changed
            };
            Ok((row.get(0)?, row.get(1)?, fate))
        })
        .collect()
}
