//! Pieces every page shares.

pub mod format;
pub mod lang;
pub mod parse;
