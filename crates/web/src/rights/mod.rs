//! What the law gives the citizen over what is held about them: to read it and take it along, and to say that it is wrong.

pub mod everything;
#[cfg(test)]
mod tests;

/// The address of everything about oneself.
pub const EVERYTHING: &str = "/my-plan/everything";
