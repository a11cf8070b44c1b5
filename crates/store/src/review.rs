//! How the system is used, for its leaders: who looked at whom, read for [`tovholder_casework::review`], and what leaders found out.

use crate::args;
use crate::db::{AssertSqlSafe, Conn, Db, Error, Value, placeholders};
use crate::plans::{self, PerformError, Sender};
use crate::sessions::Role;
use jiff::Timestamp;
use jiff::civil::DateTime;
use std::collections::{HashMap, HashSet};
use tovholder_casework::act::ActKind;
use tovholder_casework::id::*;
use tovholder_casework::review::{Looked, LookedAt, Looker, Material, Tie};

const HOUR: i64 = 3_600_000;

/// Looks since this instant at citizens by those who work in the units, with what is needed to judge them. `local` says what the clock shows in
/// Denmark at an instant; looks are counted by the hour.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn material(
    conn: &mut Conn,
    units: &[UnitId],
    since: Timestamp,
    former_days: i32,
    local: impl Fn(Timestamp) -> DateTime,
) -> Result<Material, Error> {
    if units.is_empty() {
        return Ok(Material::default());
    }
    let places = placeholders(2, units.len());
    let mut args = args![since].to_vec();
    args.extend(units.iter().map(|unit| Value::from(*unit)));
    let own = format!("SELECT id FROM employee WHERE unit_id IN ({places})");
    let looks = format!(
        "FROM act WHERE kind IN ('look', 'look.emergency') AND at >= $1 AND citizen_id IS NOT NULL AND actor_kind = 'employee' AND actor_id IN ({own})"
    );
    let mut found = Material {
        former_days,
        ..Material::default()
    };
    let sql = format!(
        "SELECT actor_id, citizen_id, at / {HOUR}, COUNT(*) {looks} GROUP BY actor_id, citizen_id, at / {HOUR} ORDER BY at / {HOUR}, actor_id, citizen_id"
    );
    for row in conn.rows(AssertSqlSafe(sql), &args).await? {
        let at = Timestamp::from_millisecond(row.get::<i64>(2)? * HOUR).unwrap_or(since);
        found.looks.push(Looked {
            who: row.get(0)?,
            citizen: row.get(1)?,
            at: local(at),
            pages: u32::try_from(row.get::<i64>(3)?).unwrap_or(u32::MAX),
        });
    }
    let all_units: Vec<UnitId> = crate::people::units(conn)
        .await?
        .into_iter()
        .map(|unit| unit.id)
        .collect();
    let looking: HashSet<EmployeeId> = found.looks.iter().map(|look| look.who).collect();
    for row in conn
        .rows(
            "SELECT id, name, unit_id, role FROM employee WHERE left_on IS NULL ORDER BY id",
            args![],
        )
        .await?
    {
        let (id, name): (EmployeeId, String) = (row.get(0)?, row.get(1)?);
        if looking.contains(&id) {
            found.lookers.push(Looker {
                id,
                name: name.clone(),
                leads: match row.get::<String>(3)?.parse() {
                    Ok(Role::TeamLeader) => vec![row.get(2)?],
                    Ok(Role::Head) => all_units.clone(),
                    _ => vec![],
                },
            });
        }
        found.colleagues.push((id, name));
    }
    // Those who were looked at, and those of the name of somebody who looked: where such a one lives is where the employee may live.
    let sql = format!(
        "SELECT c.id, c.name, c.address, c.postcode, c.unit_id FROM citizen c WHERE c.id IN (SELECT DISTINCT citizen_id {looks}) \
         OR c.name IN (SELECT e.name FROM employee e WHERE e.unit_id IN ({places})) ORDER BY c.id"
    );
    for row in conn.rows(AssertSqlSafe(sql), &args).await? {
        let mut f = row.fields();
        found.citizens.push(LookedAt {
            id: f.next()?,
            name: f.next()?,
            address: f.next()?,
            postcode: f.next()?,
            unit: f.next()?,
        });
    }
    // Only between those who looked and those they looked at: a municipality has years of coordinators.
    let ties = |table: &str| {
        format!(
            "SELECT t.employee_id, p.citizen_id, t.starts, t.ends FROM (SELECT DISTINCT actor_id, citizen_id {looks}) l \
             JOIN plan p ON p.citizen_id = l.citizen_id JOIN {table} t ON t.plan_id = p.id AND t.employee_id = l.actor_id"
        )
    };
    let sql = format!("{} UNION ALL {}", ties("coordination"), ties("participation"));
    for row in conn.rows(AssertSqlSafe(sql), &args).await? {
        let mut f = row.fields();
        found.ties.push(Tie {
            who: f.next()?,
            citizen: f.next()?,
            from: f.next()?,
            until: f.next()?,
        });
    }
    Ok(found)
}

/// What a leader found out about a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The leader's words.
    pub remark: String,
    /// The leader.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// What leaders wrote about findings of these employees, by the finding's key.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn remarks(conn: &mut Conn, of: &[EmployeeId]) -> Result<HashMap<String, Remark>, Error> {
    if of.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = format!(
        "SELECT finding, remark, by_name, at FROM access_review WHERE employee_id IN ({})",
        placeholders(1, of.len())
    );
    let args: Vec<Value> = of.iter().map(|id| Value::from(*id)).collect();
    let rows = conn.rows(AssertSqlSafe(sql), &args).await?;
    rows.iter()
        .map(|row| {
            let mut f = row.fields();
            let finding = f.next()?;
            let remark = Remark {
                remark: f.next()?,
                by: f.next()?,
                at: f.next()?,
            };
            Ok((finding, remark))
        })
        .collect()
}

/// A leader has looked into a finding about an employee, and says what they found out. The caller has made sure that the finding is theirs to look
/// into. Answers where the form went when it was carried out before.
///
/// # Errors
/// Refuses an empty remark, one about oneself, and a finding that somebody has looked into already.
pub async fn look_into(
    db: &Db,
    finding: &str,
    about: EmployeeId,
    remark: &str,
    sender: &Sender,
) -> Result<Option<String>, PerformError> {
    let remark = tovholder_casework::review::remark(about, &sender.actor, remark)?;
    let mut tx = db.begin_for(about.0).await?;
    if let Some(location) = plans::first_time(&mut tx, sender).await? {
        return Ok(Some(location));
    }
    let insert = "INSERT INTO access_review (finding, employee_id, remark, by_id, by_name, at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (finding) DO NOTHING";
    let reason = format!("{finding}: {remark}");
    let (leader, name) = (sender.actor.id, sender.actor.name.clone());
    plans::note_once(
        &mut tx,
        (insert, args![finding, about, remark, leader, name, sender.at]),
        about.0,
        (ActKind::AccessReviewed, reason),
        sender,
    )
    .await?;
    tx.commit().await?;
    Ok(None)
}
