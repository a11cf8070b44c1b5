//! Who may do what: decided here and nowhere else, from the acting user's relation to the plan (design invariant 3).

use crate::act::{Actor, Record, UserKind};
use crate::consent::{Information, kinds_for};
use crate::decide::{Refusal, Why, refuse, text};
use crate::id::*;
use crate::keyed::keyed;
use crate::plan::*;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

keyed! {
    /// How a user is related to a plan. The strongest relation counts.
    Relation {
        /// The citizen whose plan it is.
        Citizen = "citizen",
        /// Today's coordinator.
        Coordinator = "coordinator",
        /// The coordinator to come, once the change is agreed.
        NextCoordinator = "next_coordinator",
        /// An employee who takes part today, of the unit responsible for the citizen or of one that a consent reaches.
        Participant = "participant",
        /// Leader of the unit that is responsible for the citizen.
        UnitLeader = "unit_leader",
        /// A coordinator whose period ended at most 30 days ago: may read.
        FormerCoordinator = "former_coordinator",
        /// An employee of another unit who takes part today, while no consent reaches that unit: knows whose plan it is and whom to call, nothing more.
        AwaitsConsent = "awaits_consent",
        /// An employee who has taken emergency access: may read for 24 hours, and says why.
        Emergency = "emergency",
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
        /// Ask the citizen for a consent.
        AskConsent = "ask_consent",
        /// Say yes or no to a consent, or enter what the citizen said.
        AnswerConsent = "answer_consent",
        /// See a protected address and telephone, each time by asking for it.
        SeeProtected = "see_protected",
    }
}

keyed! {
    /// An employee's place in the organisation.
    Role {
        /// Works with citizens.
        Caseworker = "caseworker",
        /// Works with companies.
        Consultant = "consultant",
        /// Leads a unit.
        TeamLeader = "team_leader",
        /// Leads the department: all units.
        Head = "head",
        /// Sets the system up; sees no plan by that.
        Administrator = "administrator",
    }
}

keyed! {
    /// What a role gives by itself, without a relation to a plan. Which rows then come is still decided by the relation.
    Right {
        /// Take a list of citizens out of the system.
        ExportCitizens = "export_citizens",
        /// Take a list of companies or of a company's placements out of the system.
        ExportCompanies = "export_companies",
        /// Take figures out of the system. No person stands in them.
        ExportFigures = "export_figures",
        /// Open a plan for a citizen of one's own unit who has none, and find such citizens.
        OpenPlan = "open_plan",
        /// Take emergency access to a plan.
        Emergency = "emergency",
        /// Review how the system is used in the units one leads.
        Review = "review",
        /// See which projects have had pseudonymised data for research, answer for an export, and note that a recipient has deleted it.
        Research = "research",
        /// Bring files in, and take out the rows that could not be read.
        SetUp = "set_up",
    }
}

/// Whether the role gives the right. The whole table, row by row.
pub const fn role_gives(role: Role, right: Right) -> bool {
    use Right::*;
    match role {
        Role::Caseworker => matches!(right, ExportCitizens | ExportFigures | OpenPlan | Emergency),
        Role::Consultant => matches!(right, ExportCompanies | ExportFigures),
        Role::TeamLeader => !matches!(right, SetUp | Research),
        Role::Head => !matches!(right, SetUp),
        Role::Administrator => matches!(right, SetUp | Research),
    }
}

/// What is known of the user when the relation is found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Works in this unit.
    pub unit: Option<UnitId>,
    /// Leads these units.
    pub leads: Vec<UnitId>,
    /// Only plans of these units' citizens, whatever the relation: what the log-in provider's claims narrow. None: of all.
    pub only: Option<Vec<UnitId>>,
}
impl Standing {
    /// Whether the session reaches plans of the unit's citizens at all.
    #[must_use]
    pub fn reaches(&self, unit: Option<UnitId>) -> bool {
        self.only
            .as_ref()
            .is_none_or(|only| unit.is_some_and(|unit| only.contains(&unit)))
    }
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
    if !standing.reaches(unit) {
        return Relation::None;
    }
    let me = EmployeeId(actor.id);
    let mine = |c: &&Coordination| c.employee == me;
    if plan.coordinator_on(today).as_ref().is_some_and(mine) {
        return Relation::Coordinator;
    }
    // Who is several things may do what the widest of them allows: a part more never takes anything away.
    if unit.is_some_and(|unit| standing.leads.contains(&unit)) {
        return Relation::UnitLeader;
    }
    let takes_part = plan.is_open() && plan.team_on(today).any(|p| p.employee == Some(me));
    if takes_part && (at_home(unit, standing) || !consented(plan, standing, today).is_empty()) {
        return Relation::Participant;
    }
    coordinates_besides(plan, me, today, former_days).unwrap_or(if takes_part {
        Relation::AwaitsConsent
    } else {
        Relation::None
    })
}

/// The relation of one who will coordinate the plan, or did of late.
fn coordinates_besides(plan: &Plan, me: EmployeeId, today: Date, former_days: i32) -> Option<Relation> {
    let mut own = plan.coordinations.iter().filter(|c| c.employee == me);
    if own.clone().any(|c| c.from > today) {
        return Some(Relation::NextCoordinator);
    }
    let still_reads = |until: Date| today <= until.saturating_add(jiff::Span::new().days(former_days));
    own.any(|c| c.until.is_some_and(still_reads))
        .then_some(Relation::FormerCoordinator)
}

/// Whether the user works in the unit responsible for the citizen.
fn at_home(unit: Option<UnitId>, standing: &Standing) -> bool {
    unit.is_some() && unit == standing.unit
}

/// What consents let the user's unit read.
fn consented(plan: &Plan, standing: &Standing, today: Date) -> Vec<Information> {
    standing
        .unit
        .map_or_else(Vec::new, |unit| kinds_for(&plan.consents, unit, today))
}

/// How far into a plan somebody sees who may read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// All of it.
    Whole,
    /// As far as the citizen's consent goes.
    Consented {
        /// Who reads: one's own notes and messages stay one's own.
        me: EmployeeId,
        /// The unit the consent reaches.
        unit: UnitId,
        /// What it is about.
        kinds: Vec<Information>,
    },
}

/// How far the user sees, whose relation is `relation`. Only who takes part, works elsewhere and is nothing else besides sees less than all.
pub fn reach(
    relation: Relation,
    plan: &Plan,
    unit: Option<UnitId>,
    actor: &Actor,
    standing: &Standing,
    today: Date,
    former_days: i32,
) -> Reach {
    match (relation, actor.employee(), standing.unit) {
        (Relation::Participant, Some(me), Some(own))
            if !at_home(unit, standing) && coordinates_besides(plan, me, today, former_days).is_none() =>
        {
            Reach::Consented {
                me,
                unit: own,
                kinds: consented(plan, standing, today),
            }
        }
        _ => Reach::Whole,
    }
}

impl Reach {
    /// Whether a record may be seen. The one list of what each kind of information is.
    #[must_use]
    pub fn shows(&self, record: &Record) -> bool {
        let Reach::Consented { me, unit, kinds } = self else {
            return true;
        };
        let has = |kind: Information| kinds.contains(&kind);
        match record {
            Record::Citizen(_)
            | Record::Plan(_)
            | Record::Goal(_)
            | Record::Step(_)
            | Record::Comment(_)
            | Record::Participation(_)
            | Record::Coordination(_)
            | Record::Effort(_)
            | Record::Emergency(_)
            | Record::ClosedNote(_) => has(Information::Plan),
            // That there is one, and when, belongs to the plan; what was said does not.
            Record::Conversation(talk) => {
                let mine = talk.employee == *me || talk.written_by == Some(*me);
                has(Information::Conversations) || mine || talk.note.is_empty()
            }
            Record::Message(message) => has(Information::Conversations) || message.employee == Some(*me),
            Record::Question(_) | Record::Handover(_) => has(Information::Conversations),
            Record::Strength(_) => has(Information::Strengths),
            Record::Rating(_) => has(Information::Preconditions),
            // Whom else the citizen lets know what is nobody else's business.
            Record::Consent(consent) => consent.unit == Some(*unit),
            // What the citizen holds to be wrong is for those who answer for the whole plan.
            Record::Correction(_) | Record::Hold(_) => false,
        }
    }

    /// The plan as far as it may be seen. Whole records go, never parts of one: what is written back is always a whole record.
    #[must_use]
    pub fn cut(&self, plan: &Plan) -> Plan {
        let mut plan = plan.clone();
        if *self == Reach::Whole {
            return plan;
        }
        plan.conversations
            .retain(|r| self.shows(&Record::Conversation(r.clone())));
        plan.messages.retain(|r| self.shows(&Record::Message(r.clone())));
        plan.questions.retain(|r| self.shows(&Record::Question(r.clone())));
        plan.handovers.retain(|r| self.shows(&Record::Handover(r.clone())));
        plan.strengths.retain(|r| self.shows(&Record::Strength(r.clone())));
        plan.ratings.retain(|r| self.shows(&Record::Rating(r.clone())));
        plan.consents.retain(|r| self.shows(&Record::Consent(r.clone())));
        plan
    }
}

/// Hours emergency access lasts.
pub const EMERGENCY_HOURS: i64 = 24;

/// Emergency access, taken by an employee who has no relation to the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Emergency {
    /// Its id.
    pub id: EmergencyId,
    /// Whose plans.
    pub citizen: CitizenId,
    /// Who took it.
    pub employee: EmployeeId,
    /// Name at the time.
    pub name: String,
    /// Unit at the time.
    pub unit: String,
    /// Why, in the employee's words.
    pub reason: String,
    /// From when.
    pub from: Timestamp,
    /// Until when: the first instant without access.
    pub until: Timestamp,
    /// When a leader has marked it as seen.
    pub seen: Option<Timestamp>,
    /// Who that was.
    pub seen_by: String,
    /// The leader's remark.
    pub remark: String,
    /// Revision, from 1.
    pub rev: u32,
}

impl Emergency {
    /// Whether it holds at this instant.
    pub fn holds(&self, at: Timestamp) -> bool {
        self.from <= at && at < self.until
    }

    /// Emergency access from now on.
    ///
    /// # Errors
    /// Refuses a reason of less than ten characters or more than 500, and one with a CPR number in it: the citizen and the leader read it.
    pub fn take(
        id: EmergencyId,
        citizen: CitizenId,
        actor: &Actor,
        reason: &str,
        at: Timestamp,
    ) -> Result<Self, Refusal> {
        let reason = text("reason", reason, 500)?;
        if reason.chars().count() < 10 {
            return refuse("reason", Why::TooShort(10));
        }
        if crate::cpr::stands_in(&reason) {
            return refuse("reason", Why::HasCpr);
        }
        let Some(employee) = actor.employee() else {
            return refuse("", Why::NotAllowed);
        };
        Ok(Emergency {
            id,
            citizen,
            employee,
            name: actor.name.clone(),
            unit: actor.unit.clone(),
            reason,
            from: at,
            until: at + jiff::SignedDuration::from_hours(EMERGENCY_HOURS),
            seen: None,
            seen_by: String::new(),
            remark: String::new(),
            rev: 1,
        })
    }

    /// The same, seen by a leader with a remark. Nobody signs for themselves.
    ///
    /// # Errors
    /// Refuses the one who took it, an empty or too long remark, and what somebody has signed already.
    pub fn seen_by(&self, leader: &Actor, remark: &str, at: Timestamp) -> Result<Self, Refusal> {
        if leader.employee().is_none_or(|leader| leader == self.employee) {
            return refuse("", Why::NotAllowed);
        }
        if self.seen.is_some() {
            return refuse("", Why::Changed);
        }
        Ok(Emergency {
            seen: Some(at),
            seen_by: leader.name.clone(),
            remark: text("remark", remark, 1_000)?,
            rev: self.rev + 1,
            ..self.clone()
        })
    }
}

/// The relation of somebody whose other relation is `otherwise`, when they may have taken emergency access: it is given to those who may not read otherwise,
/// to the one who took it, for the citizen it was taken for, and for as long as it lasts.
pub fn in_emergency(
    otherwise: Relation,
    citizen: CitizenId,
    actor: &Actor,
    taken: &Emergency,
    at: Timestamp,
) -> Relation {
    let own = actor.employee() == Some(taken.employee) && citizen == taken.citizen;
    if !may(otherwise, Action::Read) && own && taken.holds(at) {
        Relation::Emergency
    } else {
        otherwise
    }
}

/// Whether the relation allows the action. The whole table, row by row.
pub const fn may(relation: Relation, action: Action) -> bool {
    use Action::*;
    match relation {
        Relation::Citizen => {
            matches!(
                action,
                Read | TakePart | WriteAsCitizen | AnswerConsent | ReadLog | SeeProtected
            )
        }
        Relation::Coordinator | Relation::UnitLeader => {
            matches!(
                action,
                Read | TakePart | Write | Transfer | Close | ReadLog | AskConsent | AnswerConsent | SeeProtected
            )
        }
        Relation::Participant => matches!(action, Read | TakePart | Write | SeeProtected),
        Relation::NextCoordinator | Relation::FormerCoordinator | Relation::Emergency => matches!(action, Read),
        Relation::AwaitsConsent | Relation::None => false,
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
    standing.reaches(Some(responsible)) && (own == Some(responsible) || standing.leads.contains(&responsible))
}
