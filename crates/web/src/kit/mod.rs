//! Pieces every page shares.

pub mod app;
pub mod assets;
pub mod charts;
pub mod escape;
pub mod form;
pub mod format;
pub mod lang;
pub mod pace;
pub mod panic;
pub mod parse;
pub mod respond;
pub mod sent;
pub mod shell;
pub mod theme;
pub mod visit;
pub mod words;
