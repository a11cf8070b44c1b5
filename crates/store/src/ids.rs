//! Ids and keyed enums as arguments and fields.

use tovholder_casework::{access, act, caseload, id::*, plan};

crate::impl_id_value!(
    CitizenId, EmployeeId, UnitId, TeamId, CompanyId, PlanId, GoalId, StepId, CommentId, ParticipationId,
    CoordinationId, HandoverId, ConversationId, QuestionId, EffortId, StrengthId, RatingId, MessageId, ActId, SubmissionId,
);
crate::impl_word_value!(
    plan::CoreTask, plan::Aim, plan::GoalStatus, plan::StepStatus, plan::PersonKind, plan::StepRole, plan::StrengthKind,
    plan::Channel, plan::ConversationStatus, plan::Rater, plan::Precondition, plan::TransferReason, act::UserKind, act::Voice,
    act::ActKind, access::Relation, caseload::ReadyList,
);
