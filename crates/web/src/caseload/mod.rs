//! What an employee works from: the day, my citizens, the team, companies, search.

pub mod citizens;
pub mod day;
pub mod sheet;
#[cfg(test)]
mod tests;

use jiff::civil::Date;
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
    Ok(Seeker {
        employee: visit.employee()?,
        leads: visit.standing(conn).await?.leads,
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
