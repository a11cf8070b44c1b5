//! Units, employees and citizens.

use crate::acts::{self, Entry};
use crate::args;
use crate::db::{AssertSqlSafe, Conn, Db, Error};
use crate::plans::{PerformError, Sender};
use crate::records::{self, Table};
use crate::sessions::Role;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use std::collections::HashMap;
use tovholder_casework::access::Standing;
use tovholder_casework::act::{Act, ActKind, Actor, Record, UserKind, Voice};
use tovholder_casework::id::*;
use tovholder_casework::person::Citizen;
use uuid::Uuid;

/// A part of the organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Its id.
    pub id: UnitId,
    /// Its name.
    pub name: String,
    /// What kind: `jobcentre`, `youth`, …
    pub kind: String,
    /// Telephone.
    pub phone: String,
    /// Where it is.
    pub address: String,
}

/// An employee as colleagues and citizens see them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Employee {
    /// The id.
    pub id: EmployeeId,
    /// The unit.
    pub unit: UnitId,
    /// The unit's name.
    pub unit_name: String,
    /// Name.
    pub name: String,
    /// What they do, e.g. *jobrådgiver*.
    pub title: String,
    /// Place in the organisation; none for a word no role has.
    pub role: Option<Role>,
    /// Telephone.
    pub phone: String,
    /// E-mail.
    pub email: String,
}

const EMPLOYEES: &str = "SELECT e.id, e.unit_id, u.name, e.name, e.title, e.role, e.phone, e.email FROM employee e JOIN unit u ON u.id = e.unit_id";

fn employee(row: &crate::db::Row) -> Result<Employee, Error> {
    let mut f = row.fields();
    Ok(Employee {
        id: f.next()?,
        unit: f.next()?,
        unit_name: f.next()?,
        name: f.next()?,
        title: f.next()?,
        role: f.next::<String>()?.parse().ok(),
        phone: f.next()?,
        email: f.next()?,
    })
}

/// Everyone who works here today, by name.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn employees(conn: &mut Conn) -> Result<Vec<Employee>, Error> {
    let sql = format!("{EMPLOYEES} WHERE e.left_on IS NULL ORDER BY e.name, e.id");
    conn.rows(AssertSqlSafe(sql), args![])
        .await?
        .iter()
        .map(employee)
        .collect()
}

/// Those of the employees who work here today, by name.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn employees_among(conn: &mut Conn, ids: &[EmployeeId]) -> Result<Vec<Employee>, Error> {
    if ids.is_empty() {
        return Ok(vec![]);
    }
    let places = crate::db::placeholders(1, ids.len());
    let sql = format!("{EMPLOYEES} WHERE e.left_on IS NULL AND e.id IN ({places}) ORDER BY e.name, e.id");
    let ids: Vec<_> = ids.iter().map(|id| (*id).into()).collect();
    conn.rows(AssertSqlSafe(sql), &ids)
        .await?
        .iter()
        .map(employee)
        .collect()
}

/// Everyone who works in a unit today, by name.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn employees_of_unit(conn: &mut Conn, unit: UnitId) -> Result<Vec<Employee>, Error> {
    let sql = format!("{EMPLOYEES} WHERE e.left_on IS NULL AND e.unit_id = $1 ORDER BY e.name, e.id");
    conn.rows(AssertSqlSafe(sql), args![unit])
        .await?
        .iter()
        .map(employee)
        .collect()
}

/// One employee, also one who has left.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn find_employee(conn: &mut Conn, id: EmployeeId) -> Result<Option<Employee>, Error> {
    let sql = format!("{EMPLOYEES} WHERE e.id = $1");
    conn.row(AssertSqlSafe(sql), args![id])
        .await?
        .as_ref()
        .map(employee)
        .transpose()
}

/// Somebody who works here today, by id or by the name an identity provider knows them by.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn employee_known_as(conn: &mut Conn, name: &str) -> Result<Option<Employee>, Error> {
    let (known, by) = match name.parse::<EmployeeId>() {
        Ok(id) => ("e.id", args![id].to_vec()),
        Err(_) => ("e.login", args![name].to_vec()),
    };
    if name.is_empty() {
        return Ok(None);
    }
    let sql = format!("{EMPLOYEES} WHERE e.left_on IS NULL AND {known} = $1");
    let row = conn.row(AssertSqlSafe(sql), &by).await?;
    row.as_ref().map(employee).transpose()
}

/// The employees a plan's page shows: its coordinators and participants, with title, unit and telephone.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn employees_of_plan(conn: &mut Conn, plan: PlanId) -> Result<Vec<Employee>, Error> {
    let sql = format!(
        "{EMPLOYEES} WHERE e.id IN (SELECT employee_id FROM coordination WHERE plan_id = $1 \
         UNION SELECT employee_id FROM participation WHERE plan_id = $1 AND employee_id IS NOT NULL)"
    );
    conn.rows(AssertSqlSafe(sql), args![plan])
        .await?
        .iter()
        .map(employee)
        .collect()
}

/// All units by name.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn units(conn: &mut Conn) -> Result<Vec<Unit>, Error> {
    let rows = conn
        .rows(
            "SELECT id, name, kind, phone, address FROM unit ORDER BY name, id",
            args![],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let mut f = row.fields();
            Ok(Unit {
                id: f.next()?,
                name: f.next()?,
                kind: f.next()?,
                phone: f.next()?,
                address: f.next()?,
            })
        })
        .collect()
}

/// How many citizens there are.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn count_citizens(conn: &mut Conn) -> Result<i64, Error> {
    let row = conn
        .row("SELECT COUNT(*) FROM citizen", &[])
        .await?
        .ok_or(Error::Failed)?;
    row.get(0)
}

/// One citizen.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn find_citizen(conn: &mut Conn, id: CitizenId) -> Result<Option<Citizen>, Error> {
    let sql = format!("SELECT {} FROM citizen WHERE id = $1", Citizen::COLUMNS.join(", "));
    conn.row(AssertSqlSafe(sql), args![id])
        .await?
        .map(|row| Citizen::read(&mut row.fields()))
        .transpose()
}

/// Writes what work a citizen looks for: the record, the history and the draft, in one transaction or not at all.
/// Answers where the form went when it was carried out before.
///
/// # Errors
/// [`PerformError::NotFound`] for anybody but the citizen, and what [`Citizen::with_wishes`] refuses.
pub async fn set_wishes(
    db: &Db,
    id: CitizenId,
    rev: u32,
    wishes: &str,
    occupation: &str,
    sender: &Sender,
) -> Result<Option<String>, PerformError> {
    if sender.actor.kind != UserKind::Citizen || sender.actor.id != id.0 {
        return Err(PerformError::NotFound);
    }
    let mut tx = db.begin_for(id.0).await?;
    if let Some(location) = crate::plans::first_time(&mut tx, sender).await? {
        return Ok(Some(location));
    }
    let before = find_citizen(&mut tx, id).await?.ok_or(PerformError::NotFound)?;
    if let Some(after) = before.with_wishes(rev, wishes, occupation)? {
        // Read under the lock of this transaction: the revision cannot have moved.
        if !records::write(&mut tx, &after).await? {
            return Err(PerformError::NotFound);
        }
        let act = Act {
            id: ActId(Uuid::now_v7()),
            at: sender.at,
            actor: sender.actor.clone(),
            citizen: Some(id),
            kind: ActKind::PersonChanged,
            submission: Some(sender.submission),
            before: Some(Record::Citizen(before)),
            after: Some(Record::Citizen(after)),
            reason: String::new(),
            voice: sender.voice,
        };
        acts::append(&mut tx, &[Entry { chain: id.0, act }]).await?;
    }
    if let Some(form) = &sender.draft {
        crate::drafts::discard(&mut tx, sender.actor.id, form).await?;
    }
    tx.commit().await?;
    Ok(None)
}

/// Where an employee works, and the units they lead: a team leader their own, the head all of them.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn standing(conn: &mut Conn, role: Option<Role>, unit: Option<UnitId>) -> Result<Standing, Error> {
    let leads = match role {
        Some(Role::TeamLeader) => unit.into_iter().collect(),
        Some(Role::Head) => units(conn).await?.into_iter().map(|unit| unit.id).collect(),
        _ => vec![],
    };
    Ok(Standing {
        unit,
        leads,
        only: None,
    })
}

/// A time an employee offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Whose time.
    pub employee: EmployeeId,
    /// Local time in Denmark.
    pub starts: DateTime,
    /// How long, in minutes.
    pub minutes: u32,
}

/// An employee's free times after `from`, soonest first: those offered in which nothing is booked, not even in part.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn free_slots(
    conn: &mut Conn,
    employee: EmployeeId,
    from: DateTime,
    until: Date,
    limit: u32,
) -> Result<Vec<Slot>, Error> {
    let end = |starts: DateTime, minutes: u32| starts.saturating_add(jiff::Span::new().minutes(i64::from(minutes)));
    // What began up to eight hours before, the longest a conversation may be, can still be going on.
    let rows = conn
        .rows(
            "SELECT starts, minutes, 0 AS busy FROM slot WHERE employee_id = $1 AND starts > $2 AND starts < $3 \
             UNION ALL SELECT starts, minutes, 1 FROM conversation WHERE employee_id = $1 AND status = 'booked' AND starts > $4 AND starts < $5 \
             ORDER BY busy DESC, starts",
            args![
                employee,
                from,
                until.at(23, 59, 0, 0),
                from.saturating_sub(jiff::Span::new().hours(8)),
                until.at(23, 59, 0, 0).saturating_add(jiff::Span::new().hours(8))
            ],
        )
        .await?;
    let mut busy: Vec<(DateTime, DateTime)> = Vec::new();
    let mut free = Vec::new();
    for row in &rows {
        let (starts, minutes): (DateTime, u32) = (row.get(0)?, row.get(1)?);
        let ends = end(starts, minutes);
        if row.get::<i64>(2)? == 1 {
            busy.push((starts, ends));
        } else if !busy.iter().any(|(from, until)| *from < ends && starts < *until) {
            free.push(Slot {
                employee,
                starts,
                minutes,
            });
        }
    }
    free.truncate(limit as usize);
    Ok(free)
}

/// How many open plans each employee coordinates, or is about to take over. Who has none is not in it.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn plans_coordinated(conn: &mut Conn) -> Result<HashMap<EmployeeId, u32>, Error> {
    let rows = conn
        .rows(
            "SELECT coordinator_id, COUNT(*) FROM plan_summary WHERE closed IS NULL AND coordinator_id IS NOT NULL GROUP BY coordinator_id",
            args![],
        )
        .await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// Names an administrator, with a unit for them when it is not there, and logs that it was done from the command line.
/// Somebody with that name and role already is taken as they are.
///
/// # Errors
/// As [`Conn::execute`].
pub async fn administrator(db: &Db, name: &str, unit: &str, at: Timestamp) -> Result<EmployeeId, Error> {
    let mut tx = db.begin().await?;
    let known = "SELECT id FROM employee WHERE role = 'administrator' AND name = $1 AND left_on IS NULL";
    if let Some(row) = tx.row(known, args![name.to_owned()]).await? {
        return row.get(0);
    }
    let unit_id = match tx
        .row("SELECT id FROM unit WHERE name = $1", args![unit.to_owned()])
        .await?
    {
        Some(row) => row.get::<UnitId>(0)?,
        None => {
            let id = UnitId(Uuid::now_v7());
            tx.execute(
                "INSERT INTO unit (id, name, kind) VALUES ($1, $2, 'administration')",
                args![id, unit.to_owned()],
            )
            .await?;
            id
        }
    };
    let id = EmployeeId(Uuid::now_v7());
    tx.execute(
        "INSERT INTO employee (id, unit_id, name, role) VALUES ($1, $2, $3, 'administrator')",
        args![id, unit_id, name.to_owned()],
    )
    .await?;
    let act = Act {
        id: ActId(Uuid::now_v7()),
        at,
        actor: Actor {
            kind: UserKind::System,
            id: Uuid::nil(),
            name: "tovholder administrator".to_owned(),
            unit: String::new(),
        },
        citizen: None,
        kind: ActKind::PersonChanged,
        submission: None,
        before: None,
        after: None,
        reason: "administrator".to_owned(),
        voice: Voice::Own,
    };
    acts::append(&mut tx, &[Entry { chain: id.0, act }]).await?;
    tx.commit().await?;
    Ok(id)
}

/// All companies by name, for a field that chooses one.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn company_names(conn: &mut Conn) -> Result<Vec<(CompanyId, String)>, Error> {
    let rows = conn
        .rows("SELECT id, name FROM company ORDER BY name, id", args![])
        .await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// One company's name.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn company_name(conn: &mut Conn, id: CompanyId) -> Result<Option<String>, Error> {
    let row = conn.row("SELECT name FROM company WHERE id = $1", args![id]).await?;
    row.map(|row| row.get(0)).transpose()
}
