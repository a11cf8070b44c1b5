//! Who holds the rope: a plan is opened, handed over and closed, and what was done last is taken back.

pub mod close;
pub mod facts;
pub mod handover;
pub mod open;
#[cfg(test)]
mod tests;
pub mod transfer;
pub mod undo;

use tovholder_casework::access::Action;
use tovholder_casework::act::PageKey;
use tovholder_casework::id::*;
use tovholder_store::db::Conn;
use tovholder_store::people::{self, Employee};
use tovholder_store::sessions::Role;

use crate::kit::form::Choice;
use crate::kit::lang::Lang;
use crate::kit::respond::Failure;
use crate::kit::visit::{Opened, Visit};

/// Opens a plan for an employee who wants to do this. Citizens have pages of their own.
async fn open_for(
    visit: &Visit,
    conn: &mut Conn,
    plan: PlanId,
    page: PageKey,
    action: Action,
) -> Result<Opened, Failure> {
    visit.employee()?;
    visit.open_for(conn, plan, page, action).await
}

/// The colleagues of one unit, to choose a coordinator among.
struct UnitOfChoices {
    name: String,
    people: Vec<Choice>,
}

/// Those who can coordinate, by unit and by name, the given unit first. The number of plans each has stands beside the name, so that the
/// work can be shared evenly; the list is not sorted by it, because it is no ranking.
async fn colleagues(
    conn: &mut Conn,
    t: Lang,
    first: UnitId,
    except: Option<EmployeeId>,
    chosen: &str,
) -> Result<Vec<UnitOfChoices>, Failure> {
    let plans = people::plans_coordinated(conn).await?;
    let mut all = coordinators(conn).await?;
    all.retain(|e| Some(e.id) != except);
    all.sort_by(|a, b| (a.unit != first, &a.unit_name, &a.name).cmp(&(b.unit != first, &b.unit_name, &b.name)));
    let mut units: Vec<UnitOfChoices> = Vec::new();
    for e in all {
        let label = t.coord_colleague(
            e.name.as_str(),
            plans.get(&e.id).copied().unwrap_or(0),
            e.title.as_str(),
        );
        let choice = Choice::new(e.id.to_string(), label, e.id.to_string() == chosen);
        match units.last_mut() {
            Some(unit) if unit.name == e.unit_name => unit.people.push(choice),
            _ => units.push(UnitOfChoices {
                name: e.unit_name,
                people: vec![choice],
            }),
        }
    }
    Ok(units)
}

/// Everybody but those who only look after the system.
async fn coordinators(conn: &mut Conn) -> Result<Vec<Employee>, Failure> {
    let mut all = people::employees(conn).await?;
    all.retain(|e| e.role != Some(Role::Administrator));
    Ok(all)
}
