//! The pages of Tovholder: router, templates, assets and languages.
//!
//! `router.rs` is every address on one page. `kit` holds what all pages share; beside it one folder per capability, one file per page.

pub mod entry;
pub mod kit;
pub mod router;

pub use kit::app::{App, Clock, Inner, ShiftedClock, SystemClock};
pub use router::router;
