//! Who they are: citizens and employees of a demo municipality, each with a session of their own.

use jiff::Timestamp;
use tovholder_casework::act::UserKind;
use tovholder_store::args;
use tovholder_store::db::{Db, Error};
use tovholder_store::sessions;
use uuid::Uuid;

use super::Chance;

/// The day it is in the municipality; a Monday, not a holiday.
pub const TODAY: &str = "2026-03-16";
/// The moment at which the demo's clock starts on that day.
const MORNING: &str = "2026-03-16T08:30:00Z";

/// Somebody who is logged in.
#[derive(Clone, Debug)]
pub struct Person {
    /// Citizen or employee.
    pub kind: UserKind,
    /// Their id.
    pub id: Uuid,
    /// The plan they work with, open, which the employee coordinates.
    pub plan: Uuid,
    /// The citizen whose plan it is.
    pub citizen: Uuid,
    /// An open step of the plan that nobody else touches; none when the plan has too few.
    pub step: Option<Uuid>,
    /// The session's cookie.
    pub cookie: String,
    /// What the session's forms carry.
    pub csrf: String,
}

/// Logs in that many citizens, each with an open plan, and beside each of the first `employees` of them the plan's coordinator.
/// An employee who coordinates several of these plans is there several times, as with several devices.
///
/// # Errors
/// The database is away.
pub async fn log_in(db: &Db, citizens: usize, employees: usize, chance: &mut Chance) -> Result<Vec<Person>, Error> {
    let mut conn = db.read().await?;
    let rows = conn
        .rows(
            "SELECT p.id, p.citizen_id, c.employee_id FROM plan p JOIN coordination c ON c.plan_id = p.id \
             JOIN employee e ON e.id = c.employee_id \
             WHERE p.closed IS NULL AND p.opened <= $1 AND c.starts <= $1 AND (c.ends IS NULL OR c.ends >= $1) \
             AND e.left_on IS NULL ORDER BY p.id",
            args![TODAY],
        )
        .await?;
    let mut plans: Vec<(Uuid, Uuid, Uuid)> = Vec::with_capacity(rows.len());
    for row in &rows {
        plans.push((row.get(0)?, row.get(1)?, row.get(2)?));
    }
    // Any of them, so that every seed meets other plans.
    for n in (1..plans.len()).rev() {
        plans.swap(n, chance.below(n as u64 + 1) as usize);
    }
    let steps = conn
        .rows(
            "SELECT plan_id, id FROM step WHERE status = 'open' ORDER BY plan_id, id",
            args![],
        )
        .await?;
    let mut open: Vec<(Uuid, Uuid)> = Vec::with_capacity(steps.len());
    for row in &steps {
        open.push((row.get(0)?, row.get(1)?));
    }
    drop(conn);

    let mut cast = Vec::with_capacity(citizens + employees);
    for place in 0..citizens.max(employees) {
        let Some(&(plan, citizen, coordinator)) = plans.get(place % plans.len().max(1)) else {
            break;
        };
        // Whoever comes round again finds the steps taken.
        let mut own = open.iter().filter(|(of, _)| *of == plan && place < plans.len());
        let mut next_step = || own.next().map(|(_, step)| *step);
        let people = [
            (UserKind::Citizen, citizen, place < citizens),
            (UserKind::Employee, coordinator, place < employees),
        ];
        for (kind, id, comes) in people {
            if !comes {
                continue;
            }
            let (token, csrf) = (word(chance), word(chance));
            let at: Timestamp = MORNING.parse().expect("a moment");
            sessions::begin(db, kind, id, &token, &csrf, at).await?;
            cast.push(Person {
                kind,
                id,
                plan,
                citizen,
                step: next_step(),
                cookie: format!("tovholder={token}"),
                csrf: masked(&csrf),
            });
        }
    }
    Ok(cast)
}

fn word(chance: &mut Chance) -> String {
    (0..4).map(|_| format!("{:016x}", chance.next())).collect()
}

/// A session's token as a page shows it: a mask, and the token mixed with it. Here the mask is nothing but zeros.
fn masked(token: &str) -> String {
    let hex: String = token.bytes().map(|byte| format!("{byte:02x}")).collect();
    "00".repeat(token.len()) + &hex
}
