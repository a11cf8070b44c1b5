//! A unit's closed note on a plan: read by the unit's own employees who have a part in the plan, and by the citizen. Nobody else, whatever they lead.
//!
//! The note is no part of the [`Plan`](crate::plan::Plan): what loads, prints, exports and searches plans cannot reach it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::access::{Action, Relation, may};
use crate::decide::{Refusal, text};
use crate::id::*;

/// That a note was written, without its words: those lie sealed in a table of their own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosedNote {
    /// The note.
    pub id: ClosedNoteId,
    /// The plan.
    pub plan: PlanId,
    /// The unit that keeps it.
    pub unit: UnitId,
    /// The unit's name.
    pub unit_name: String,
    /// Who wrote this revision.
    pub author: String,
    /// When.
    pub at: Timestamp,
    /// Revision, from 1.
    pub rev: u32,
}

/// Whether a note of the unit `keeps` may be read: by the citizen, and by the unit's own employees who coordinate the plan, take part in it or lead the
/// unit responsible. Emergency access does not open it, nor does having been the coordinator.
pub fn may_read(relation: Relation, own: Option<UnitId>, keeps: UnitId) -> bool {
    match relation {
        Relation::Citizen => true,
        Relation::Coordinator | Relation::Participant | Relation::UnitLeader => own == Some(keeps),
        Relation::NextCoordinator
        | Relation::FormerCoordinator
        | Relation::AwaitsConsent
        | Relation::Emergency
        | Relation::None => false,
    }
}

/// Whether the user may write the note of the unit `keeps`: who of the unit's own may write the plan.
pub fn may_write(relation: Relation, own: Option<UnitId>, keeps: UnitId) -> bool {
    relation != Relation::Citizen && may(relation, Action::Write) && may_read(relation, own, keeps)
}

/// The words of a note as typed.
///
/// # Errors
/// Refuses an empty one, and one of more than 10,000 characters.
pub fn words(typed: &str) -> Result<String, Refusal> {
    text("text", typed, 10_000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn only_the_citizen_and_the_units_own_with_a_part_read_it() {
        let (youth, jobcentre) = (UnitId(Uuid::from_u128(1)), UnitId(Uuid::from_u128(2)));
        for relation in Relation::ALL.iter().copied() {
            let part = matches!(
                relation,
                Relation::Coordinator | Relation::Participant | Relation::UnitLeader
            );
            let citizen = relation == Relation::Citizen;
            assert_eq!(may_read(relation, Some(youth), youth), part || citizen, "{relation}");
            // Another unit's note is read by the citizen alone.
            assert_eq!(may_read(relation, Some(jobcentre), youth), citizen, "{relation}");
            assert_eq!(may_read(relation, None, youth), citizen, "{relation}");
            assert_eq!(may_write(relation, Some(youth), youth), part, "{relation}");
            assert!(!may_write(relation, Some(jobcentre), youth), "{relation}");
            // Whoever reads it may read the plan.
            assert!(!may_read(relation, Some(youth), youth) || may(relation, Action::Read));
        }
    }
}
