//! Consents in lists: the rule of `casework::access` for employees of other units, in SQL, and what somebody is told on their day.
//!
//! The consents of a plan are part of it; [`crate::plans`] loads and writes them.

use crate::args;
use crate::caseload::Args;
use crate::db::{AssertSqlSafe, Conn, Error};
use crate::records;
use jiff::civil::Date;
use tovholder_casework::consent::ConsentStatus;
use tovholder_casework::id::*;

/// How many days a withdrawal or a no stands on the coordinator's day.
const NEWS_DAYS: i32 = 14;

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

/// What somebody should know of a consent today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// The employee takes part in the plan and no consent lets the own unit read it.
    Missing,
    /// It ends on this day.
    Ends(Date),
    /// The citizen said no on this day.
    Declined(Date),
    /// It was withdrawn on this day.
    Withdrawn(Date),
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
/// `remind_days` and those that were declined or withdrawn of late. One query.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn of_day(conn: &mut Conn, me: EmployeeId, today: Date, remind_days: u32) -> Result<Vec<Line>, Error> {
    let mut args = Args::default();
    let (who, day) = (args.put(me), args.put(today));
    let soon = args.put(today.saturating_add(jiff::Span::new().days(i64::from(remind_days))));
    let missing = taking_part(&who, &day);
    let protected = crate::caseload::protected("s");
    // Today's coordinator, or the one before while a change lies ahead: found by the caseload's lines, which lie side by side.
    let news = format!(
        "k.until >= {day} AND ((k.status = 'given' AND k.until <= {soon}) OR k.status IN ('declined', 'withdrawn'))"
    );
    let sql = format!(
        "SELECT 'missing' AS what, s.plan_id AS plan_id, s.name AS name, {day} AS until, '' AS said, {protected} AS protected FROM participation t \
             JOIN plan_summary s ON s.plan_id = t.plan_id \
             WHERE t.employee_id = {who} AND t.starts <= {day} AND (t.ends IS NULL OR t.ends >= {day}) AND s.closed IS NULL \
             AND t.plan_id NOT IN ({missing}) \
             AND NOT EXISTS (SELECT 1 FROM coordination o WHERE o.plan_id = t.plan_id AND o.employee_id = {who} AND (o.ends IS NULL OR o.ends >= {day})) \
             AND NOT EXISTS (SELECT 1 FROM employee e WHERE e.id = {who} AND e.role = 'head') \
         UNION ALL SELECT k.status, s.plan_id, s.name, k.until, k.said, {protected} FROM plan_summary s JOIN consent k ON k.plan_id = s.plan_id \
             WHERE s.closed IS NULL AND s.coordinator_id = {who} AND s.coordinator_from <= {day} AND {news} \
         UNION ALL SELECT k.status, s.plan_id, s.name, k.until, k.said, {protected} FROM plan_summary s JOIN consent k ON k.plan_id = s.plan_id \
             WHERE s.closed IS NULL AND s.previous_coordinator_id = {who} AND s.coordinator_from > {day} AND {news} \
         ORDER BY until, name, plan_id"
    );
    let rows = conn.rows(AssertSqlSafe(sql), &args.0).await?;
    let lately = today.saturating_sub(jiff::Span::new().days(NEWS_DAYS));
    let mut lines = Vec::new();
    for row in &rows {
        let (what, plan, name): (String, PlanId, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let protected = row.get::<i64>(5)? == 1;
        let Ok(status) = what.parse::<ConsentStatus>() else {
            lines.push(Line {
                plan,
                name,
                party: String::new(),
                news: News::Missing,
                protected,
            });
            continue;
        };
        let (terms, answer, end) = records::said(&row.get::<String>(4)?)?;
        let news = match (status, answer, end) {
            (ConsentStatus::Given, ..) => Some(News::Ends(row.get(3)?)),
            (ConsentStatus::Declined, Some(no), _) => Some(News::Declined(no.on)).filter(|_| no.on >= lately),
            // One that was taken back before it was answered is no news.
            (ConsentStatus::Withdrawn, Some(_), Some(end)) => {
                Some(News::Withdrawn(end.on)).filter(|_| end.on >= lately)
            }
            _ => None,
        };
        lines.extend(news.map(|news| Line {
            plan,
            name,
            party: terms.other_side().to_owned(),
            news,
            protected,
        }));
    }
    Ok(lines)
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
