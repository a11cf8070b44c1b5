//! What is remembered: SQL for SQLite and PostgreSQL, one schema and one set of queries.
//!
//! - [`db`] — the two engines behind one call
//! - [`records`] — how each part of a plan lies in its table
//! - [`plans`] — reading a plan whole, and carrying out what casework decided: state, history and log in one transaction
//! - [`acts`] — the hash-chained record of what happened, read back and proved
//! - [`looks`] — who looked, written in batches; [`emergency`] — access without a relation, signed by a leader;
//!   [`closed`] — units' closed notes; [`review`] — how the system is used
//! - [`names`] — the words of names, for search
//! - [`people`] — units, employees, citizens
//! - [`caseload`] — one line a citizen, the ready lists, an employee's day; [`filters`] that are kept
//! - [`teams`], [`companies`], [`search`] — who works together; companies and their placements; finding people
//! - [`figures`] — what the leader's figures are made of, and the targets
//! - [`status`] — the teams' status sheets
//! - [`imports`] — files brought in, and taken back; [`published`] — figures others publish, and groups to compare with
//! - [`keys`] — what seals texts in the database and backups, and makes CPR numbers findable
//! - [`numbers`] — citizens' CPR numbers; [`sealing`] — everything sealed, moved to newer keys
//! - [`backup`] — sealed copies of the whole database
//! - [`corrections`] — what citizens say is wrong, and the answers
//! - [`retention`] — what is due to be deleted, what is held back, and deletion
//! - [`research`] — pseudonymised data for research, and the register of who got what
//! - [`holdings`] — what lies where of a citizen; [`everything`] — all of it in one piece, for the citizen
//! - [`exchanges`] — figures of other municipalities
//! - [`reports`] — the monthly management reports
//! - [`log_ins`], [`accounts`] — people on their way in: by a provider, or by a password and a code
//! - [`sessions`], [`drafts`] — what users carry and what they have not sent yet

pub mod accounts;
pub mod acts;
pub mod backup;
pub mod caseload;
pub mod closed;
pub mod companies;
pub mod consents;
pub mod corrections;
pub mod db;
pub mod drafts;
pub mod emergency;
pub mod everything;
pub mod exchanges;
pub mod figures;
pub mod filters;
pub mod holdings;
mod ids;
pub mod imports;
pub mod keys;
pub mod links;
pub mod log_ins;
pub mod looks;
pub mod names;
pub mod numbers;
mod parts;
pub mod people;
pub mod plans;
pub mod published;
pub mod records;
pub mod reports;
pub mod research;
pub mod retention;
pub mod review;
pub mod sealing;
pub mod search;
pub mod sessions;
pub mod status;
pub mod teams;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
