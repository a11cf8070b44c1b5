//! Tovholder as people meet it: a real server, a real Chromium, and what a person would do in it.
//!
//! [`Server`] starts the program with a small demo municipality of its own. [`Browser`] opens Chromium at it and does
//! what a person does: follow a link by its words, fill in a field by its label, press a button. It counts each of
//! these, so that a test can hold the promise "at most 8 interactions for a conversation". It also asks what a person
//! cannot see at a glance: does [axe](mod@axe) find a barrier, did the browser complain, does the page fit the screen.
//!
//! Helpers fail by panicking, with the way there ("opened /, clicked “Log ind”, …") and what the page showed: in a
//! browser test that is what one needs to know. Nothing here sleeps; all waiting is for something, and ends.

pub mod axe;
mod browser;
pub mod pages;
mod people;
pub mod pressure;
mod process;
mod provider;
pub mod routes;
pub mod secrets;
mod server;
pub mod usage;
mod wire;

pub use browser::{Browser, ConsoleEntry, Language, Options, Screen};
pub use people::Who;
pub use process::build_dir;
pub use provider::LogInProvider;
pub use server::{Database, Installation, Server, ServerOptions, data};
pub use wire::Wire;
