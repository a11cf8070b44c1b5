//! What citizens say is wrong, and the answers.

use crate::args;
use crate::db::{AssertSqlSafe, Conn, Db, Error, Value, placeholders};
use crate::plans::{self, PerformError, Sender};
use crate::records::Table;
use jiff::Timestamp;
use jiff::civil::Date;
use tovholder_casework::access::{Relation, Standing};
use tovholder_casework::act::{ActKind, Record};
use tovholder_casework::correction::{About, Correction, Outcome, Wish, may_answer};
use tovholder_casework::id::*;
use uuid::Uuid;

/// What was said, with whose it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// What was said, and what came of it.
    pub correction: Correction,
    /// The citizen's name.
    pub citizen: String,
    /// The unit responsible.
    pub unit: UnitId,
    /// The citizen's open plan, or the one closed last.
    pub plan: Option<PlanId>,
}

/// A citizen's own, the latest first.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn of_citizen(conn: &mut Conn, citizen: CitizenId) -> Result<Vec<Correction>, Error> {
    let sql = format!(
        "SELECT {} FROM correction WHERE citizen_id = $1 ORDER BY asked DESC, id DESC",
        Correction::COLUMNS.join(", ")
    );
    let rows = conn.rows(AssertSqlSafe(sql), args![citizen]).await?;
    rows.iter().map(|row| Correction::read(&mut row.fields())).collect()
}

/// Those an employee answers: of citizens whose open plan they coordinate on the day, and of citizens of units they lead. What waits, and what was
/// answered since this instant; what is due first comes first.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn of_employee(
    conn: &mut Conn,
    employee: EmployeeId,
    standing: &Standing,
    today: Date,
    since: Timestamp,
) -> Result<Vec<Case>, Error> {
    let mut args = args![employee, today, since].to_vec();
    let leads = if standing.leads.is_empty() {
        String::new()
    } else {
        args.extend(standing.leads.iter().map(|unit| Value::from(*unit)));
        format!(" OR c.unit_id IN ({})", placeholders(4, standing.leads.len()))
    };
    let condition = format!(
        "(r.outcome IS NULL OR r.answered >= $3) AND (EXISTS (SELECT 1 FROM plan q JOIN coordination k ON k.plan_id = q.id \
         WHERE q.citizen_id = r.citizen_id AND q.closed IS NULL AND k.employee_id = $1 AND k.starts <= $2 AND (k.ends IS NULL OR k.ends >= $2)){leads})"
    );
    let found = cases(conn, &condition, &args).await?;
    Ok(found
        .into_iter()
        .filter(|case| standing.reaches(Some(case.unit)))
        .collect())
}

/// How many wait for this employee's answer, and whether the day has passed for one of them.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn waiting(
    conn: &mut Conn,
    employee: EmployeeId,
    standing: &Standing,
    today: Date,
) -> Result<(u32, bool), Error> {
    let all = of_employee(conn, employee, standing, today, Timestamp::MAX).await?;
    let late = all.iter().any(|case| case.correction.is_overdue(today));
    Ok((u32::try_from(all.len()).unwrap_or(u32::MAX), late))
}

async fn cases(conn: &mut Conn, condition: &str, args: &[Value]) -> Result<Vec<Case>, Error> {
    let columns: Vec<String> = Correction::COLUMNS.iter().map(|column| format!("r.{column}")).collect();
    let sql = format!(
        "SELECT {}, c.name, c.unit_id, (SELECT p.id FROM plan p WHERE p.citizen_id = r.citizen_id \
         ORDER BY CASE WHEN p.closed IS NULL THEN 0 ELSE 1 END, p.closed DESC LIMIT 1) \
         FROM correction r JOIN citizen c ON c.id = r.citizen_id WHERE {condition} \
         ORDER BY CASE WHEN r.outcome IS NULL THEN 0 ELSE 1 END, r.due, r.id",
        columns.join(", ")
    );
    let rows = conn.rows(AssertSqlSafe(sql), args).await?;
    rows.iter()
        .map(|row| {
            let mut f = row.fields();
            Ok(Case {
                correction: Correction::read(&mut f)?,
                citizen: f.next()?,
                unit: f.next()?,
                plan: f.next()?,
            })
        })
        .collect()
}

/// One of them, for an employee who answers it; nobody else finds it.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn find(conn: &mut Conn, id: CorrectionId, sender: &Sender) -> Result<Option<Case>, Error> {
    let Some(case) = cases(conn, "r.id = $1", args![id]).await?.into_iter().next() else {
        return Ok(None);
    };
    Ok(answers(conn, case.unit, case.plan, sender).await?.then_some(case))
}

/// Whether the sender answers a citizen's rights: by the relation to the plan, or without a plan by leading the unit responsible.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn answers(conn: &mut Conn, unit: UnitId, plan: Option<PlanId>, sender: &Sender) -> Result<bool, Error> {
    if sender.actor.employee().is_none() || !sender.standing.reaches(Some(unit)) {
        return Ok(false);
    }
    let whole = match plan {
        Some(plan) => plans::load(conn, plan).await?,
        None => None,
    };
    let relation = match whole {
        Some(whole) => plans::relation(
            &whole,
            &sender.actor,
            &sender.standing,
            sender.now.date(),
            sender.former_days,
        ),
        None if sender.standing.leads.contains(&unit) => Relation::UnitLeader,
        None => Relation::None,
    };
    Ok(may_answer(relation))
}

/// The citizen says something. `months` is how long an answer may take. Answers where the form went when it was carried out before.
///
/// # Errors
/// A refusal, see [`Correction::ask`].
pub async fn ask(
    db: &Db,
    wanted: (Wish, About),
    words: &str,
    months: u32,
    sender: &Sender,
) -> Result<Option<String>, PerformError> {
    let mut tx = db.begin_for(sender.actor.id).await?;
    if let Some(location) = plans::first_time(&mut tx, sender).await? {
        return Ok(Some(location));
    }
    let when = (sender.at, sender.now.date());
    let asked = Correction::ask(CorrectionId(Uuid::now_v7()), &sender.actor, wanted, words, when, months)?;
    let (citizen, record) = (asked.citizen, Record::Correction(asked));
    plans::write_apart(&mut tx, citizen, ActKind::CorrectionAsked, (None, record), sender).await?;
    tx.commit().await?;
    Ok(None)
}

/// An employee answers. Answers where the form went when it was carried out before.
///
/// # Errors
/// [`PerformError::NotFound`] for those who do not answer it; a refusal, see [`Correction::answer`].
pub async fn answer(
    db: &Db,
    id: CorrectionId,
    outcome: Outcome,
    words: &str,
    sender: &Sender,
) -> Result<Option<String>, PerformError> {
    let found = find(&mut db.read().await?, id, sender).await?;
    let citizen = found.ok_or(PerformError::NotFound)?.correction.citizen;
    let mut tx = db.begin_for(citizen.0).await?;
    if let Some(location) = plans::first_time(&mut tx, sender).await? {
        return Ok(Some(location));
    }
    // Again, under the lock of this transaction.
    let before = find(&mut tx, id, sender)
        .await?
        .ok_or(PerformError::NotFound)?
        .correction;
    let after = before.answer(&sender.actor, outcome, words, sender.at)?;
    let citizen = after.citizen;
    let records = (Some(Record::Correction(before)), Record::Correction(after));
    plans::write_apart(&mut tx, citizen, ActKind::CorrectionAnswered, records, sender).await?;
    tx.commit().await?;
    Ok(None)
}
