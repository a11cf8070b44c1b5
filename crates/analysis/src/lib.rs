//! The commands of analysts: files of registers in, tables out. The formulas are in `tovholder-spells`; here is what reads and writes.
//!
//! | to find | look in |
//! |---|---|
//! | what a file may look like, and how a bad row is named | [`read`], [`problem`] |
//! | how an answer is written | [`write`] |
//! | how far long work has come | [`progress`] |

pub mod problem;
pub mod progress;
pub mod read;
pub mod write;
