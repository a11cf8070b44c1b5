//! Setting up: units, employees and citizens from files, undo of a whole file, and links to log in with.
//!
//! For the administrator only; to everybody else these addresses do not exist.

pub mod batch;
pub mod check;
pub mod discard;
pub mod example;
pub mod links;
pub mod mend;
pub mod overview;
pub mod read;
#[cfg(test)]
mod tests;
pub mod undo;
pub mod upload;
pub mod words;

use tovholder_casework::id::*;
use tovholder_casework::import::Setting;
use tovholder_store::db::Conn;
use tovholder_store::imports::{self, Batch};
use tovholder_store::sessions::Role;

use crate::kit::respond::Failure;
use crate::kit::visit::Visit;

/// The administrator, and nobody else.
///
/// # Errors
/// [`Failure::NotFound`].
pub fn administrator(visit: &Visit) -> Result<EmployeeId, Failure> {
    if visit.user.role == Some(Role::Administrator) {
        visit.employee()
    } else {
        Err(Failure::NotFound)
    }
}

/// The administrator, who has proved of late who they are: what is made here lets others in.
///
/// # Errors
/// [`Failure::NotFound`], [`Failure::ProveAgain`].
pub fn careful_administrator(visit: &Visit) -> Result<EmployeeId, Failure> {
    let me = administrator(visit)?;
    visit.recent()?;
    Ok(me)
}

/// A file, for the administrator.
async fn open(visit: &Visit, conn: &mut Conn, id: BatchId) -> Result<Batch, Failure> {
    administrator(visit)?;
    imports::find(conn, id).await?.ok_or(Failure::NotFound)
}

/// What reading a file here depends on.
fn setting(visit: &Visit) -> Setting<'_> {
    Setting {
        demo: visit.app.site.demo,
        today: visit.today(),
        rules: &visit.app.rules,
    }
}
