//! Coming in and going out: the front door, log-in, language, drafts, and what a machine asks.

pub mod accessibility;
pub mod draft;
pub mod front;
pub mod language;
pub mod log_in;
pub mod log_out;
pub mod probe;
#[cfg(test)]
mod tests;
pub mod walk;
