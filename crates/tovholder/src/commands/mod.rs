//! One file per command.

pub mod administrator;
pub mod backup;
pub mod benchmark;
pub mod check_config;
pub mod demo;
pub mod import;
pub mod keys;
mod postgres;
pub mod published;
pub mod research;
pub mod restore;
pub mod retention;
pub mod serve;
pub mod verify;

use std::fmt;

/// Why a command stopped, in words, and the exit status: 2 for bad input, 1 for the rest.
#[derive(Debug)]
pub struct Problem {
    /// What happened and what to do.
    pub words: String,
    /// The exit status.
    pub status: u8,
}
impl Problem {
    /// What was given cannot be used.
    pub fn input(words: impl Into<String>) -> Self {
        Problem {
            words: words.into(),
            status: 2,
        }
    }
    /// Something around us failed.
    pub fn other(words: impl Into<String>) -> Self {
        Problem {
            words: words.into(),
            status: 1,
        }
    }
}
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words)
    }
}
impl From<tovholder_analysis::problem::Problem> for Problem {
    fn from(problem: tovholder_analysis::problem::Problem) -> Self {
        Problem {
            words: problem.to_string(),
            status: problem.status(),
        }
    }
}
impl From<tovholder_store::db::Error> for Problem {
    fn from(error: tovholder_store::db::Error) -> Self {
        Problem::other(error.to_string())
    }
}
impl From<tovholder_store::keys::KeyError> for Problem {
    fn from(error: tovholder_store::keys::KeyError) -> Self {
        Problem::input(error.to_string())
    }
}
impl From<tovholder_store::backup::BackupError> for Problem {
    fn from(error: tovholder_store::backup::BackupError) -> Self {
        Problem::other(error.to_string())
    }
}
impl From<crate::demo::DemoError> for Problem {
    fn from(error: crate::demo::DemoError) -> Self {
        match error {
            crate::demo::DemoError::Citizens(_) | crate::demo::DemoError::NotEmpty => Problem::input(error.to_string()),
            _ => Problem::other(error.to_string()),
        }
    }
}
impl From<std::io::Error> for Problem {
    fn from(error: std::io::Error) -> Self {
        Problem::other(error.to_string())
    }
}
