//! The words of the demo municipality.
//!
//! Everything here is Danish casework text as plain data, plus the few combinators that make it vary: a text may
//! hold slots, `{by}`, and alternatives, `[gerne|helst]`, and [`Slots::fill`] settles both with the caller's random
//! numbers. The same seed gives the same words. Nothing is taken from a real case, person, company or place.
//!
//! Two rules for whoever adds a text: write as if the citizen reads it, because the citizen does; and let a persona
//! be coherent, so that goals, steps, notes and closing words belong to one life.

pub mod balls;
pub mod companies;
pub mod fill;
pub mod messages;
pub mod names;
pub mod persona;
pub mod personas_life;
pub mod personas_work;
pub mod personas_work_more;
pub mod personas_youth;
pub mod places;
pub mod progression;
pub mod status;

pub use fill::Slots;
pub use names::{Name, Origin, Sex};
pub use persona::{CoreTask, Effort, Goal, Notes, PERSONAS, Persona, Step, Who, personas, pick_persona};

#[cfg(test)]
mod tests;
