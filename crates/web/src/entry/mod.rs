//! Coming in and going out: the front door, log-in, language, drafts, and what a machine asks.

pub mod accessibility;
pub mod account;
#[cfg(test)]
mod account_tests;
pub mod again;
pub mod draft;
pub mod enter;
pub mod front;
pub mod language;
pub mod log_in;
pub mod log_out;
pub mod password;
pub mod probe;
#[cfg(test)]
mod provider_tests;
pub mod security_txt;
pub mod sessions;
#[cfg(test)]
mod tests;
pub mod turned_away;
pub mod walk;
pub mod ways;
pub mod with;
