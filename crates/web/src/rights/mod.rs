//! What the law gives the citizen over what is held about them: to read it and take it along, and to say that it is wrong.

pub mod answers;
pub mod corrections;
pub mod everything;
pub mod hold;
pub mod research;
pub mod retention;
#[cfg(test)]
mod tests;
pub(crate) mod words;

/// The address of everything about oneself.
pub const EVERYTHING: &str = "/my-plan/everything";
/// The address of everything about a citizen, for paper.
pub fn on_paper(citizen: tovholder_casework::id::CitizenId) -> String {
    format!("/citizens/{citizen}/everything")
}
/// Where a citizen says that something is wrong.
pub const CORRECTIONS: &str = "/my-plan/corrections";
/// Where it is answered.
pub const ANSWERS: &str = "/corrections";
/// Who has had what for research.
pub const RESEARCH: &str = "/research";
/// What is soon to be deleted.
pub const RETENTION: &str = "/review/retention";
