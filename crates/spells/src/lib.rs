//! Periods on benefits, and honest numbers made of them. No files, no database, no framework, no dependencies.
//!
//! | to find | look in |
//! |---|---|
//! | days and months as numbers, ISO dates and weeks | [`day`] |
//! | sets of days: union, intersection, a moving window | [`interval`] |
//! | when two periods are one spell | [`gap`] |
//! | months, quarters, years; what is not known yet | [`period`] |
//! | what is known about one person | [`person`] |
//! | what each figure means, in Danish and English | [`indicator`] |
//! | from persons to a table: update, merge, finish | [`table`] |
//! | how many different people a citizen must deal with, and how often they change | [`continuity`] |
//! | how much more often something happens to those with a trait: proportional hazards | [`cox`] |
//! | telling signal from noise in a series of months: XmR and p-charts | [`control`] |
//! | small numbers: what must be withheld, and proof that it cannot be computed back | [`disclosure`] |
//! | normal, gamma and chi-square: what intervals and tests are made of | [`distribution`] |
//! | where a monthly series is heading, shown only when the method has earned it | [`forecast`] |
//! | comparing places of different size fairly: intervals, expected numbers, funnel limits, ranks | [`rates`] |
//! | how long it takes when not everybody has got there: Kaplan–Meier and its relatives | [`survival`] |
//!
//! # Design
//!
//! **A spell belongs to a person, not to a row.** Registers split periods at birthdays, moves and changes of fund; whoever counts rows
//! counts those. Here all rows of a person on a benefit are first united into a set of days ([`interval::union`]), then joined by a
//! named [`Gap`] rule, and only then attributes are laid over them. What changes inside a spell moves the person from one group to
//! another ([`Indicator::MovedIn`]); it never begins or ends anything.
//!
//! **Dates are inclusive outside and half-open inside.** A register's end is the last day; an [`Interval`] ends with the day after.
//!
//! **Nothing after the data date is seen.** Periods that go on are cut there and counted as going on. A share that takes time to
//! follow up is left out until every spell in it has been followed.
//!
//! **Integers until the last division.** Shares of full time are billionths. So sums do not depend on their order, and tables of
//! parts of the persons can be merged in any order ([`Table`]).
//!
//! **Work per bend, not per month.** Whatever holds over a time is a set of intervals, and a set of intervals touches the counters
//! twice per interval: where it begins and where it ends.

pub mod continuity;
pub mod control;
pub mod cox;
pub mod day;
pub mod disclosure;
pub mod distribution;
mod duration;
pub mod forecast;
pub mod gap;
pub mod indicator;
pub mod interval;
pub mod period;
pub mod person;
pub mod rates;
pub mod survival;
pub mod table;
mod withhold;

pub use day::{Day, Month};
pub use gap::Gap;
pub use indicator::Indicator;
pub use interval::Interval;
pub use period::Calendar;
pub use person::Person;
pub use table::{Dimension, Plan, Table};
