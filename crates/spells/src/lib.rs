//! Periods on benefits, and honest numbers made of them. No files, no database, no framework.
//!
//! | to find | look in |
//! |---|---|
//! | days and months as numbers, ISO dates and weeks | [`day`] |
//! | how many different people a citizen must deal with, and how often they change | [`continuity`] |
//! | telling signal from noise in a series of months: XmR and p-charts | [`control`] |
//! | small numbers: what must be withheld, and proof that it cannot be computed back | [`disclosure`] |
//! | normal, gamma and chi-square: what intervals and tests are made of | [`distribution`] |
//! | where a monthly series is heading, shown only when the method has earned it | [`forecast`] |
//! | comparing places of different size fairly: intervals, expected numbers, funnel limits, ranks | [`rates`] |
//! | how long it takes when not everybody has got there: Kaplan–Meier and its relatives | [`survival`] |

pub mod continuity;
pub mod control;
pub mod day;
pub mod disclosure;
pub mod distribution;
pub mod forecast;
pub mod rates;
pub mod survival;

pub use day::{Day, Month};
