//! What may happen in a citizen's case, and what happens: pure decisions, without SQL and without HTTP.
//!
//! - [`plan`] — the plan and its parts
//! - [`decide`] — an intended act on a plan becomes changes, or a refusal
//! - [`person`] — the citizen as a person
//! - [`act`] — what is kept of everything that happens
//! - [`access`] — who may do what, from their relation to the plan
//! - [`claims`] — what an identity provider says of somebody, and how it narrows
//! - [`correction`] — what a citizen says is wrong, and the answer
//! - [`drift`] — *job first*: when a plan is drifting, by dated rules
//! - [`caseload`] — one line a citizen, and the ready lists
//! - [`status`] — a team's status sheet: its own goals, and what it says of them every month
//! - [`retention`] — how long a citizen is kept, and what holds them back
//! - [`research`] — pseudonymised data for research: who is in it, how they are made alike, and the files
//! - [`rules`] — what the law and the municipality may change, by date
//! - [`reference`] — the official lists: municipalities, occupations, KLE, postal codes, holidays
//! - [`cpr`], [`cvr`] — numbers of persons and companies

pub mod access;
pub mod act;
pub mod caseload;
pub mod claims;
pub mod closed;
pub mod consent;
pub mod correction;
pub mod cpr;
pub mod cvr;
pub mod decide;
pub mod drift;
pub mod id;
pub mod import;
mod keyed;
pub mod person;
pub mod plan;
pub mod reference;
pub mod research;
pub mod retention;
pub mod review;
pub mod rules;
pub mod status;
