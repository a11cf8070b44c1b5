//! What an employee works from: the day, my citizens, the team, companies, search.

pub mod citizens;
pub mod companies;
pub mod company;
pub mod day;
#[cfg(test)]
mod finding_tests;
pub mod search;
pub mod sheet;
pub mod team;
#[cfg(test)]
mod tests;

use jiff::civil::Date;
use tovholder_casework::access::Right;
use tovholder_casework::plan::CoreTask;
use tovholder_store::caseload::Day;
use tovholder_store::search::Seeker;

use crate::kit::respond::Failure;
use crate::kit::visit::Visit;

/// What the ready lists depend on at this request: now, and the rules of today.
#[must_use]
pub fn day_of(visit: &Visit) -> Day {
    let rule = |task: &CoreTask| (*task, visit.rules().drift(*task).limits);
    Day {
        now: visit.now,
        drift: CoreTask::ALL.iter().map(rule).collect(),
    }
}

/// Who looks for citizens.
///
/// # Errors
/// The user is no employee, or the database is away.
pub async fn seeker(visit: &Visit, conn: &mut tovholder_store::db::Conn) -> Result<Seeker, Failure> {
    let standing = visit.standing(conn).await?;
    Ok(Seeker {
        employee: visit.employee()?,
        unit: visit.user.unit.filter(|_| visit.has(Right::OpenPlan)),
        leads: standing.leads,
        only: standing.only,
        today: visit.today(),
        former_days: visit.rules().coordinator().former_reads_days.cast_signed(),
    })
}

/// The address of a plan.
#[must_use]
pub fn plan_href(plan: impl std::fmt::Display) -> String {
    format!("/plans/{plan}")
}

/// Age in whole years on a day.
#[must_use]
pub fn age(born: Date, today: Date) -> i16 {
    let had_birthday = (today.month(), today.day()) >= (born.month(), born.day());
    today.year() - born.year() - i16::from(!had_birthday)
}

/// What somebody typed to look for: one line, without the signs no name holds, of a name's length at most.
#[must_use]
pub fn sought(typed: &str) -> String {
    let words: Vec<&str> = typed
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ").chars().take(140).collect()
}
