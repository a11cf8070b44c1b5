//! The pages of Tovholder: router, templates, assets and languages.
//!
//! `router.rs` is every address on one page. `kit` holds what all pages share; beside it one folder per capability, one file per page.

pub mod access;
pub mod caseload;
pub mod citizen;
pub mod consent;
pub mod conversation;
pub mod coordination;
pub mod entry;
pub mod figures;
pub mod kit;
pub mod plan;
pub mod record;
pub mod rights;
pub mod router;
pub mod setup;
pub mod status;
#[cfg(any(test, feature = "testing"))]
pub mod testing;

pub use kit::app::{App, Clock, Inner, Person, ShiftedClock, SystemClock};
pub use router::router;
