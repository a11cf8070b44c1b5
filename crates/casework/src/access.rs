//! Who may do what: decided here and nowhere else, from the acting user's relation to the plan (design invariant 3).

use crate::act::{Actor, UserKind};
use crate::id::*;
use crate::keyed::keyed;
use crate::plan::*;
use jiff::civil::Date;

keyed! {
    /// How a user is related to a plan. The strongest relation counts.
    Relation {
        /// The citizen whose plan it is.
        Citizen = "citizen",
        /// Today's coordinator.
        Coordinator = "coordinator",
        /// The coordinator to come, once the change is agreed.
        NextCoordinator = "next_coordinator",
        /// An employee who takes part today.
        Participant = "participant",
        /// Leader of the unit that is responsible for the citizen.
        UnitLeader = "unit_leader",
        /// A coordinator whose period ended at most 30 days ago: may read.
        FormerCoordinator = "former_coordinator",
        /// None: no access.
        None = "none",
    }
}

keyed! {
    /// What a user may want to do with a plan.
    Action {
        /// Read it.
        Read = "read",
        /// Tick and comment steps, ask questions, book, move and cancel conversations.
        TakePart = "take_part",
        /// Set and change goals, steps, strengths, efforts, people; hold conversations.
        Write = "write",
        /// Write the citizen's own words: goals, hopes, rating as citizen, the handover page.
        WriteAsCitizen = "write_as_citizen",
        /// Change the coordinator.
        Transfer = "transfer",
        /// Close the plan.
        Close = "close",
        /// See the list of who has looked.
        ReadLog = "read_log",
    }
}

/// What is known of the user when the relation is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Leads these units.
    pub leads: Vec<UnitId>,
}

/// The user's relation to the plan on the day.
///
/// `unit` is the unit responsible for the citizen; `former_days` how long a former coordinator keeps read access.
pub fn relation(
    plan: &Plan,
    unit: Option<UnitId>,
    actor: &Actor,
    standing: &Standing,
    today: Date,
    former_days: i32,
) -> Relation {
    match actor.kind {
        UserKind::System => return Relation::None,
        UserKind::Citizen => {
            return if plan.head.citizen.0 == actor.id {
                Relation::Citizen
            } else {
                Relation::None
            };
        }
        UserKind::Employee => {}
    }
    let me = EmployeeId(actor.id);
    let mine = |c: &&Coordination| c.employee == me;
    if plan.coordinator_on(today).as_ref().is_some_and(mine) {
        return Relation::Coordinator;
    }
    if plan.coordinations.iter().any(|c| c.employee == me && c.from > today) {
        return Relation::NextCoordinator;
    }
    if plan.is_open() && plan.team_on(today).any(|p| p.employee == Some(me)) {
        return Relation::Participant;
    }
    if unit.is_some_and(|unit| standing.leads.contains(&unit)) {
        return Relation::UnitLeader;
    }
    let still_reads = |until: Date| today <= until.saturating_add(jiff::Span::new().days(former_days));
    if plan
        .coordinations
        .iter()
        .filter(mine)
        .filter_map(|c| c.until)
        .any(still_reads)
    {
        return Relation::FormerCoordinator;
    }
    Relation::None
}

/// Whether the relation allows the action. The whole table, row by row.
pub const fn may(relation: Relation, action: Action) -> bool {
    use Action::*;
    match relation {
        Relation::Citizen => matches!(action, Read | TakePart | WriteAsCitizen | ReadLog),
        Relation::Coordinator | Relation::UnitLeader => {
            matches!(action, Read | TakePart | Write | Transfer | Close | ReadLog)
        }
        Relation::Participant => matches!(action, Read | TakePart | Write),
        Relation::NextCoordinator | Relation::FormerCoordinator => matches!(action, Read),
        Relation::None => false,
    }
}

/// Whether the note of a conversation may be corrected: by the employee who wrote it, and by the coordinator. `written_by` is not known of notes
/// from before it was kept; those are taken to be written by the one who held the conversation.
pub fn may_correct(relation: Relation, actor: &Actor, talk: &Conversation) -> bool {
    let author = talk.written_by.unwrap_or(talk.employee);
    may(relation, Action::Write) && (relation == Relation::Coordinator || actor.employee() == Some(author))
}

/// Whether the relation allows changing or dropping this step. Who may write may change every step; the citizen those they hold themselves.
pub fn may_change_step(relation: Relation, step: &Step) -> bool {
    may(relation, Action::Write) || (relation == Relation::Citizen && step.holder.kind == PersonKind::Citizen)
}

/// Whether an employee may open a plan for a citizen who has none: those who work in the unit responsible for the citizen, and its leaders.
/// There is no plan yet that the employee could have a relation to.
pub fn may_open_plan(responsible: UnitId, own: Option<UnitId>, standing: &Standing) -> bool {
    own == Some(responsible) || standing.leads.contains(&responsible)
}
