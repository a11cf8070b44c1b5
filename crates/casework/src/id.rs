//! Identifiers: one type per thing, so that a step's id can never be taken for a goal's.
//!
//! All are UUID version 7: sortable by creation time, unguessable enough to stand in a URL, and never a CPR number.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// An identifier that wraps a [`Uuid`].
pub trait Id: Copy + From<Uuid> + Into<Uuid> {}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);
        impl From<Uuid> for $name { fn from(id: Uuid) -> Self { Self(id) } }
        impl From<$name> for Uuid { fn from(id: $name) -> Uuid { id.0 } }
        impl Id for $name {}
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { self.0.fmt(f) }
        }
        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> { text.parse().map(Self) }
        }
    )+};
}

ids! {
    /// A citizen.
    CitizenId,
    /// An employee of the municipality.
    EmployeeId,
    /// A part of the organisation: jobcentre, youth, social psychiatry…
    UnitId,
    /// People who work together, possibly across units.
    TeamId,
    /// A company.
    CompanyId,
    /// A citizen's plan.
    PlanId,
    /// A goal or sub-goal.
    GoalId,
    /// A step.
    StepId,
    /// A remark on a step or a goal.
    CommentId,
    /// Somebody's part in a plan.
    ParticipationId,
    /// One coordinator's period.
    CoordinationId,
    /// The page a new coordinator receives.
    HandoverId,
    /// A conversation.
    ConversationId,
    /// A question for a conversation.
    QuestionId,
    /// An effort.
    EffortId,
    /// A resource, a hope, a person in the network, a motivation.
    StrengthId,
    /// One answer on one precondition by one rater.
    RatingId,
    /// A message to the citizen.
    MessageId,
    /// One thing that happened.
    ActId,
    /// One form sent in: the acts that belong together.
    SubmissionId,
    /// One file brought in.
    BatchId,
    /// A goal a team sets itself.
    TeamGoalId,
    /// One time somebody took emergency access.
    EmergencyId,
    /// A unit's closed note on a plan.
    ClosedNoteId,
    /// A consent that was asked for.
    ConsentId,
    /// Something a citizen says is wrong.
    CorrectionId,
    /// That a citizen is held back from deletion.
    HoldId,
    /// A project that has had data for research.
    ProjectId,
    /// One export of data for research.
    ExportId,
}
