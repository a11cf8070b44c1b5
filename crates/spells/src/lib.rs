//! Periods on benefits, and honest numbers made of them. No files, no database, no framework.
//!
//! | to find | look in |
//! |---|---|
//! | days and months as numbers, ISO dates and weeks | [`day`] |
pub mod day;

pub use day::{Day, Month};
