//! One line a citizen: an employee's caseload, or a unit's.

use crate::args;
use crate::db::{AssertSqlSafe, Conn, Error, Value};
use crate::records::Table;
use jiff::civil::{Date, DateTime};
use tovholder_casework::caseload::Summary;
use tovholder_casework::id::*;

/// A citizen on a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The citizen's name.
    pub name: String,
    /// The citizen's telephone.
    pub phone: String,
    /// Date of birth.
    pub birth_date: Date,
    /// The coordinator's name.
    pub coordinator: String,
    /// The plan in short.
    pub summary: Summary,
}

/// Whose citizens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Those the employee coordinates today, or will.
    Coordinator(EmployeeId),
    /// Those the employee takes part for without coordinating.
    Participant(EmployeeId),
    /// Those a unit is responsible for.
    Unit(UnitId),
}

/// Open plans in a scope, by the citizens' names. One query.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn lines(conn: &mut Conn, scope: Scope, today: Date) -> Result<Vec<Line>, Error> {
    let (condition, args): (&str, Vec<Value>) = match scope {
        Scope::Coordinator(employee) => (
            "s.plan_id IN (SELECT plan_id FROM plan_summary WHERE coordinator_id = $1 AND closed IS NULL \
             UNION SELECT plan_id FROM plan_summary WHERE previous_coordinator_id = $1 AND coordinator_from > $2 AND closed IS NULL)",
            vec![employee.into(), today.into()],
        ),
        Scope::Participant(employee) => (
            "s.closed IS NULL AND s.plan_id IN (SELECT plan_id FROM participation WHERE employee_id = $1 \
             AND starts <= $2 AND (ends IS NULL OR ends >= $2))",
            vec![employee.into(), today.into()],
        ),
        Scope::Unit(unit) => ("s.closed IS NULL AND c.unit_id = $1", vec![unit.into()]),
    };
    let columns = Summary::COLUMNS
        .iter()
        .map(|c| format!("s.{c}"))
        .collect::<Vec<_>>()
        .join(", ");
    let sql = format!(
        "SELECT c.name, c.phone, c.birth_date, COALESCE(e.name, ''), {columns} FROM plan_summary s \
         JOIN citizen c ON c.id = s.citizen_id LEFT JOIN employee e ON e.id = s.coordinator_id WHERE {condition} ORDER BY c.name, c.id"
    );
    let rows = conn.rows(AssertSqlSafe(sql), &args).await?;
    rows.iter()
        .map(|row| {
            let mut f = row.fields();
            Ok(Line {
                name: f.next()?,
                phone: f.next()?,
                birth_date: f.next()?,
                coordinator: f.next()?,
                summary: Summary::read(&mut f)?,
            })
        })
        .collect()
}

/// A conversation on an employee's day.
#[derive(Clone, Debug, PartialEq)]
pub struct Appointment {
    /// Which.
    pub id: ConversationId,
    /// The plan it belongs to.
    pub plan: PlanId,
    /// Whose plan.
    pub citizen: CitizenId,
    /// The citizen's name.
    pub name: String,
    /// When.
    pub starts: DateTime,
    /// How long, in minutes.
    pub minutes: u32,
    /// How it is held.
    pub channel: tovholder_casework::plan::Channel,
    /// Where.
    pub place: String,
    /// Where it stands.
    pub status: tovholder_casework::plan::ConversationStatus,
    /// Questions that wait for it.
    pub questions: u32,
}

/// An employee's conversations from `from` up to and including `until`, by time; cancelled ones left out.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn appointments(
    conn: &mut Conn,
    employee: EmployeeId,
    from: Date,
    until: Date,
) -> Result<Vec<Appointment>, Error> {
    let sql = "SELECT t.id, t.plan_id, p.citizen_id, c.name, t.starts, t.minutes, t.channel, t.place, t.status, COALESCE(s.open_questions, 0) \
         FROM conversation t JOIN plan p ON p.id = t.plan_id JOIN citizen c ON c.id = p.citizen_id LEFT JOIN plan_summary s ON s.plan_id = p.id \
         WHERE t.employee_id = $1 AND t.starts >= $2 AND t.starts <= $3 AND t.status <> 'cancelled' ORDER BY t.starts, t.id";
    let rows = conn
        .rows(sql, args![employee, from.at(0, 0, 0, 0), until.at(23, 59, 0, 0)])
        .await?;
    rows.iter()
        .map(|row| {
            let mut f = row.fields();
            Ok(Appointment {
                id: f.next()?,
                plan: f.next()?,
                citizen: f.next()?,
                name: f.next()?,
                starts: f.next()?,
                minutes: f.next()?,
                channel: f.next()?,
                place: f.next()?,
                status: f.next()?,
                questions: f.next()?,
            })
        })
        .collect()
}

/// A step on an employee's desk.
#[derive(Clone, Debug, PartialEq)]
pub struct HeldStep {
    /// Which.
    pub id: StepId,
    /// The plan it belongs to.
    pub plan: PlanId,
    /// Whose plan.
    pub citizen: CitizenId,
    /// The citizen's name.
    pub name: String,
    /// What is to be done.
    pub title: String,
    /// When.
    pub due: Option<Date>,
}

/// The open steps an employee holds, the earliest date first.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn held_steps(conn: &mut Conn, employee: EmployeeId, limit: u32) -> Result<Vec<HeldStep>, Error> {
    let sql = format!(
        "SELECT s.id, s.plan_id, p.citizen_id, c.name, s.title, s.due FROM step s JOIN plan p ON p.id = s.plan_id \
         JOIN citizen c ON c.id = p.citizen_id WHERE s.holder_employee = $1 AND s.status = 'open' \
         ORDER BY CASE WHEN s.due IS NULL THEN 1 ELSE 0 END, s.due, s.id LIMIT {limit}"
    );
    let rows = conn.rows(AssertSqlSafe(sql), args![employee]).await?;
    rows.iter()
        .map(|row| {
            let mut f = row.fields();
            Ok(HeldStep {
                id: f.next()?,
                plan: f.next()?,
                citizen: f.next()?,
                name: f.next()?,
                title: f.next()?,
                due: f.next()?,
            })
        })
        .collect()
}
