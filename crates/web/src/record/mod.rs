//! The record as people read it: what happened to a plan, and who has looked at it.

pub(crate) mod fields;
pub mod history;
pub mod log;
#[cfg(test)]
mod tests;

use jiff::civil::Date;

use crate::kit::format::sentence;
use crate::kit::lang::Lang;
use crate::kit::shell::Shell;
use crate::kit::visit::{Opened, Visit};

/// What stands around these pages. The citizen's lie under *more*.
fn shell(visit: &Visit, case: Option<&Opened>, title: &str) -> Shell {
    match case {
        _ if visit.user.citizen().is_none() => visit.shell(title),
        Some(case) => crate::citizen::shell(visit, case, title),
        None => crate::citizen::placed(visit.shell(title)),
    }
}

/// `Mandag den 16. marts`, as a heading; with the year when it is not this one.
fn day_heading(t: Lang, day: Date, today: Date) -> String {
    sentence(&t.weekday_date_near(day, today))
}
