//! A strategy's goals as figures. Pure: no database, no pages.
//!
//! | to find | look in |
//! |---|---|
//! | the goals, and what measures each | [`strategy`] |
//! | what is known: people, plans, companies | [`register`] |
//! | the figures of every month, broken down, with small numbers protected | [`set`] |
//! | whether a series moves or only wobbles, and against its target | [`reading`] |
//! | what others publish, and its versions | [`published`] |
//! | the published figures of a place, compared | [`benchmark`] |
//! | municipalities that work under like conditions | [`nearest`] |
//! | figures exchanged between municipalities | [`exchange`] |
//!
//! People are read part by part, a [`set::Figures`] is made of them in one go, and pages only look things up in that.

pub mod benchmark;
pub mod exchange;
mod expenses;
pub mod nearest;
pub mod published;
pub mod reading;
pub mod register;
pub mod set;
pub mod strategy;
#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that panics fails")]
mod ten_goals;

pub use published::Published;
pub use register::{Part, Town};
pub use set::Figures;
pub use strategy::Strategy;
