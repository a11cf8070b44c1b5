//! The commands of analysts: files of registers in, tables out. The formulas are in `tovholder-spells`; here is what reads and writes.
//!
//! | to find | look in |
//! |---|---|
//! | what a file may look like, and how a bad row is named | [`read`], [`problem`] |
//! | how an answer is written | [`mod@write`] |
//! | `tovholder indicators`: figures from spells | [`indicators`] |
//! | files too large to hold, in the order of persons | [`register`] |
//! | `tovholder spells synth`: a register of people who do not exist | [`synth`] |
//! | `tovholder survival`: how long it takes | [`survival`] |
//! | `tovholder continuity`: how many people a citizen meets | [`continuity`] |
//! | in which order names are listed | [`order`] |
//! | published figures of other municipalities, in one shape | [`benchmark`] |
//! | how far long work has come | [`progress`] |

pub mod benchmark;
#[cfg(feature = "parquet")]
mod columns;
pub mod continuity;
pub mod indicators;
pub mod order;
pub mod problem;
pub mod progress;
pub mod read;
pub mod register;
pub mod survival;
pub mod synth;
#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that panics fails")]
mod testing;
pub mod write;
