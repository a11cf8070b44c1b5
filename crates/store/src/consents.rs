//! Consents in lists: the rule of `casework::access` for employees of other units, in SQL, and what somebody is told on their day.
//!
//! The consents of a plan are part of it; [`crate::plans`] loads and writes them.

use crate::args;
use crate::caseload::{self, Args, danish_key};
use crate::db::{AssertSqlSafe, Conn, Error, Row};
use crate::records::Table;
use jiff::civil::Date;
use std::collections::HashMap;
use tovholder_casework::consent::{Consent, News};
use tovholder_casework::id::*;

/// Whether a consent lets the unit in `unit` read the plan in `plan`.
fn reached(plan: &str, unit: &str, today: &str) -> String {
    format!(
        "EXISTS (SELECT 1 FROM consent k WHERE k.plan_id = {plan} AND k.unit_id = {unit} AND k.status = 'given' AND k.until >= {today})"
    )
}

/// The plans the employee `me` takes part in and may read: of citizens of the own unit, and of those whose consent reaches it. SQL, for `IN (…)`.
pub(crate) fn taking_part(me: &str, today: &str) -> String {
    format!(
        "SELECT t.plan_id FROM participation t JOIN plan tp ON tp.id = t.plan_id JOIN citizen tc ON tc.id = tp.citizen_id \
         JOIN employee te ON te.id = t.employee_id WHERE t.employee_id = {me} AND t.starts <= {today} AND (t.ends IS NULL OR t.ends >= {today}) \
         AND (tc.unit_id = te.unit_id OR {})",
        reached("t.plan_id", "te.unit_id", today)
    )
}

/// Whether the employee `me` may read the plan in `plan` of a citizen of the unit in `home` by something else than a part in it, or works where a consent reaches: who
/// holds a step may see it then. SQL.
pub(crate) fn may_see_held(plan: &str, home: &str, me: &str, today: &str) -> String {
    format!(
        "EXISTS (SELECT 1 FROM employee te WHERE te.id = {me} AND (te.unit_id = {home} OR te.role = 'head' OR {} \
         OR EXISTS (SELECT 1 FROM coordination o WHERE o.plan_id = {plan} AND o.employee_id = {me} AND (o.ends IS NULL OR o.ends >= {today}))))",
        reached(plan, "te.unit_id", today)
    )
}

/// A line about a consent on an employee's day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The plan.
    pub plan: PlanId,
    /// The citizen's name.
    pub name: String,
    /// The other side; empty when it is the employee's own unit.
    pub party: String,
    /// What there is to know.
    pub news: News,
    /// The citizen's name and address are protected.
    pub protected: bool,
}

/// What an employee should know of consents today: those missing on plans they take part in, and on plans they coordinate those that end within
/// `remind_days` and those that were declined or withdrawn of late. By the day it is about, what is missing by today.
///
/// `own` is the employee's caseload, see [`caseload::Scope::Coordinator`]: it says already on which few of 400 plans there may be news.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn of_day(
    conn: &mut Conn,
    me: EmployeeId,
    today: Date,
    remind_days: u32,
    own: &[caseload::Line],
) -> Result<Vec<Line>, Error> {
    let mut lines = missing(conn, me, today).await?;
    let own = own.iter().filter(|line| {
        line.summary.coordinator_on(today) == Some(me) && line.summary.may_have_consent_news(today, remind_days)
    });
    let own: HashMap<PlanId, &caseload::Line> = own.map(|line| (line.summary.plan, line)).collect();
    if !own.is_empty() {
        let mut args = Args::default();
        let (day, plans) = (args.put(today), args.list(own.keys().copied()));
        let columns = Consent::COLUMNS.join(", ");
        // What cannot be news by the index is not looked up.
        let sql = format!(
            "SELECT {columns} FROM consent WHERE plan_id IN ({plans}) AND status IN ('given', 'declined', 'withdrawn') AND until >= {day}"
        );
        for row in conn.rows(AssertSqlSafe(sql), &args.0).await? {
            let consent = Consent::read(&mut row.fields())?;
            if let (Some(news), Some(line)) = (consent.news(today, remind_days), own.get(&consent.plan)) {
                lines.push(Line {
                    plan: consent.plan,
                    name: line.name.clone(),
                    party: consent.terms.other_side().to_owned(),
                    news,
                    protected: line.protected,
                });
            }
        }
    }
    lines.sort_by_cached_key(|line| {
        let (News::Ends(day) | News::Declined(day) | News::Withdrawn(day)) = line.news else {
            return (today, danish_key(&line.name), line.plan);
        };
        (day, danish_key(&line.name), line.plan)
    });
    Ok(lines)
}

/// The plans the employee takes part in and no consent lets the own unit read.
async fn missing(conn: &mut Conn, me: EmployeeId, today: Date) -> Result<Vec<Line>, Error> {
    let readable = taking_part("$1", "$2");
    let protected = caseload::protected("s");
    let sql = format!(
        "SELECT s.plan_id, s.name, {protected} FROM participation t JOIN plan_summary s ON s.plan_id = t.plan_id \
         WHERE t.employee_id = $1 AND t.starts <= $2 AND (t.ends IS NULL OR t.ends >= $2) AND s.closed IS NULL \
         AND t.plan_id NOT IN ({readable}) \
         AND NOT EXISTS (SELECT 1 FROM coordination o WHERE o.plan_id = t.plan_id AND o.employee_id = $1 AND (o.ends IS NULL OR o.ends >= $2)) \
         AND NOT EXISTS (SELECT 1 FROM employee e WHERE e.id = $1 AND e.role = 'head')"
    );
    let rows = conn.rows(AssertSqlSafe(sql), args![me, today]).await?;
    let line = |row: &Row| {
        Ok(Line {
            plan: row.get(0)?,
            name: row.get(1)?,
            party: String::new(),
            news: News::Missing,
            protected: row.get::<i64>(2)? == 1,
        })
    };
    rows.iter().map(line).collect()
}

/// The employees who take part in a plan today and work in units that no consent lets read it: name, unit and the unit's name.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn waiting(conn: &mut Conn, plan: PlanId, today: Date) -> Result<Vec<(String, UnitId, String)>, Error> {
    let reached = reached("t.plan_id", "e.unit_id", "$2");
    let sql = format!(
        "SELECT e.name, e.unit_id, u.name FROM participation t JOIN employee e ON e.id = t.employee_id JOIN unit u ON u.id = e.unit_id \
         JOIN plan p ON p.id = t.plan_id JOIN citizen c ON c.id = p.citizen_id \
         WHERE t.plan_id = $1 AND t.starts <= $2 AND (t.ends IS NULL OR t.ends >= $2) AND p.closed IS NULL AND e.unit_id <> c.unit_id \
         AND NOT {reached} \
         AND NOT EXISTS (SELECT 1 FROM coordination o WHERE o.plan_id = t.plan_id AND o.employee_id = e.id AND (o.ends IS NULL OR o.ends >= $2)) \
         ORDER BY u.name, e.name, e.id"
    );
    let rows = conn.rows(AssertSqlSafe(sql), args![plan, today]).await?;
    rows.iter()
        .map(|row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .collect()
}
