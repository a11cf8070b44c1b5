//! Emergency access: taken by an employee, signed by a leader, kept for ever.

use crate::args;
use crate::db::{AssertSqlSafe, Conn, Db, Error, Tx, Value, placeholders};
use crate::plans::{self, PerformError, Sender};
use crate::records::Table;
use jiff::Timestamp;
use tovholder_casework::access::{Action, Emergency, Right, Role, may, role_gives};
use tovholder_casework::act::{ActKind, Record, Voice};
use tovholder_casework::id::*;
use uuid::Uuid;

/// What the employee holds for the citizen at this instant.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn held(
    conn: &mut Conn,
    citizen: CitizenId,
    employee: EmployeeId,
    at: Timestamp,
) -> Result<Option<Emergency>, Error> {
    let sql = format!(
        "SELECT {} FROM emergency WHERE employee_id = $1 AND citizen_id = $2 AND starts <= $3 AND ends > $3 ORDER BY ends DESC LIMIT 1",
        Emergency::COLUMNS.join(", ")
    );
    conn.row(AssertSqlSafe(sql), args![employee, citizen, at])
        .await?
        .map(|row| Emergency::read(&mut row.fields()))
        .transpose()
}

/// What became of a form about emergency access.
#[derive(Clone, Debug, PartialEq)]
pub enum Taken {
    /// Access is given: the plan to read.
    Given(PlanId),
    /// The user may read the plan already.
    Needless(PlanId),
}

/// Takes emergency access to a citizen's plan.
///
/// # Errors
/// [`PerformError::NotFound`] when the citizen has no plan or the role does not give the right; a refusal of the reason.
pub async fn take(
    db: &Db,
    citizen: CitizenId,
    role: Option<Role>,
    reason: &str,
    sender: &Sender,
) -> Result<Taken, PerformError> {
    if !role.is_some_and(|role| role_gives(role, Right::Emergency)) {
        return Err(PerformError::NotFound);
    }
    let mut tx = db.begin_for(citizen.0).await?;
    let case = plans::load_current(&mut tx, citizen)
        .await?
        .ok_or(PerformError::NotFound)?;
    let plan = case.plan.head.id;
    if plans::first_time(&mut tx, sender).await?.is_some() {
        return Ok(Taken::Given(plan));
    }
    let today = sender.now.date();
    let relation = plans::relation(&case, &sender.actor, &sender.standing, today, sender.former_days);
    if may(relation, Action::Read) {
        return Ok(Taken::Needless(plan));
    }
    let taken = Emergency::take(EmergencyId(Uuid::now_v7()), citizen, &sender.actor, reason, sender.at)?;
    if held(&mut tx, citizen, taken.employee, sender.at).await?.is_some() {
        return Ok(Taken::Needless(plan));
    }
    write(&mut tx, ActKind::EmergencyTaken, None, taken, sender).await?;
    tx.commit().await?;
    Ok(Taken::Given(plan))
}

/// Emergency access is taken and seen to in the employee's own words, whatever the form says.
async fn write(
    tx: &mut Tx,
    kind: ActKind,
    before: Option<Emergency>,
    after: Emergency,
    sender: &Sender,
) -> Result<(), PerformError> {
    let sender = Sender {
        voice: Voice::Own,
        ..sender.clone()
    };
    let records = (before.map(Record::Emergency), Record::Emergency(after.clone()));
    plans::write_apart(tx, after.citizen, kind, records, &sender).await
}

/// One time emergency access was taken, as a leader sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// What was taken.
    pub emergency: Emergency,
    /// The citizen's name.
    pub citizen: String,
    /// The unit responsible for the citizen.
    pub unit: UnitId,
    /// How many pages were opened in it.
    pub looks: u32,
}

const CASES: &str = "JOIN citizen c ON c.id = m.citizen_id";

async fn cases(conn: &mut Conn, condition: &str, args: &[Value]) -> Result<Vec<Case>, Error> {
    let columns: Vec<String> = Emergency::COLUMNS.iter().map(|column| format!("m.{column}")).collect();
    let sql = format!(
        "SELECT {}, c.name, c.unit_id, (SELECT COUNT(*) FROM act a WHERE a.chain = m.citizen_id AND a.kind = 'look.emergency' \
         AND a.actor_id = m.employee_id AND a.at >= m.starts AND a.at < m.ends) \
         FROM emergency m {CASES} WHERE {condition} ORDER BY m.starts DESC, m.id",
        columns.join(", ")
    );
    let rows = conn.rows(AssertSqlSafe(sql), args).await?;
    rows.iter()
        .map(|row| {
            let mut f = row.fields();
            Ok(Case {
                emergency: Emergency::read(&mut f)?,
                citizen: f.next()?,
                unit: f.next()?,
                looks: u32::try_from(f.next::<i64>()?).unwrap_or(u32::MAX),
            })
        })
        .collect()
}

/// Emergency access to plans of the units' citizens: everything that waits to be signed, and what was taken since this instant.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn of_units(conn: &mut Conn, units: &[UnitId], since: Timestamp) -> Result<Vec<Case>, Error> {
    if units.is_empty() {
        return Ok(vec![]);
    }
    let mut args = args![since].to_vec();
    args.extend(units.iter().map(|unit| Value::from(*unit)));
    let places = placeholders(2, units.len());
    let condition = format!("(m.seen IS NULL OR m.starts >= $1) AND c.unit_id IN ({places})");
    cases(conn, &condition, &args).await
}

/// How many wait to be signed by somebody else than this employee.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn waiting(conn: &mut Conn, units: &[UnitId], leader: EmployeeId) -> Result<u32, Error> {
    if units.is_empty() {
        return Ok(0);
    }
    let mut args = args![leader].to_vec();
    args.extend(units.iter().map(|unit| Value::from(*unit)));
    let sql = format!(
        "SELECT COUNT(*) FROM emergency m {CASES} WHERE m.seen IS NULL AND m.employee_id <> $1 AND c.unit_id IN ({})",
        placeholders(2, units.len())
    );
    let row = conn.row(AssertSqlSafe(sql), &args).await?.ok_or(Error::Failed)?;
    Ok(u32::try_from(row.get::<i64>(0)?).unwrap_or(u32::MAX))
}

/// One of them, for a leader of the unit responsible for the citizen; nobody else finds it.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn find(conn: &mut Conn, id: EmergencyId, leads: &[UnitId]) -> Result<Option<Case>, Error> {
    let found = cases(conn, "m.id = $1", args![id]).await?.into_iter().next();
    Ok(found.filter(|case| leads.contains(&case.unit)))
}

/// A leader has seen it, and says so with a remark. Answers where the form went when it was carried out before.
///
/// # Errors
/// [`PerformError::NotFound`] for those who do not lead the unit responsible for the citizen; a refusal, see [`Emergency::seen_by`].
pub async fn sign(db: &Db, id: EmergencyId, remark: &str, sender: &Sender) -> Result<Option<String>, PerformError> {
    let leads = &sender.standing.leads;
    let found = find(&mut db.read().await?, id, leads).await?;
    let citizen = found.ok_or(PerformError::NotFound)?.emergency.citizen;
    let mut tx = db.begin_for(citizen.0).await?;
    if let Some(location) = plans::first_time(&mut tx, sender).await? {
        return Ok(Some(location));
    }
    // Again, under the lock of this transaction.
    let before = find(&mut tx, id, leads).await?.ok_or(PerformError::NotFound)?.emergency;
    let after = before.seen_by(&sender.actor, remark, sender.at)?;
    write(&mut tx, ActKind::EmergencySeen, Some(before), after, sender).await?;
    tx.commit().await?;
    Ok(None)
}
