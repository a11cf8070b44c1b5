//! What happened: every change is an act, and every look is recorded the same way.
//!
//! An [`Act`] keeps who did it, for whom, what it was before and after, and why. The acts of a citizen are the plan's history,
//! the timeline, *what changed*, and undo. See `docs/architecture.md`.

use crate::access::Emergency;
use crate::closed::ClosedNote;
use crate::consent::Consent;
use crate::correction::Correction;
use crate::id::*;
use crate::keyed::keyed;
use crate::person::Citizen;
use crate::plan::*;
use crate::retention::Hold;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

keyed! {
    /// The kinds of users.
    UserKind {
        /// A citizen.
        Citizen = "citizen",
        /// An employee, also a leader or a company consultant.
        Employee = "employee",
        /// The system itself: the first start, an import run from the command line.
        System = "system",
    }
}

/// Who acts. No write happens without one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// Which kind of user.
    pub kind: UserKind,
    /// The citizen's or the employee's id.
    pub id: Uuid,
    /// Name at the time, so that the record can be read for ever.
    pub name: String,
    /// The employee's unit at the time; empty for a citizen.
    pub unit: String,
}
impl Actor {
    /// The employee's id, when an employee acts.
    pub fn employee(&self) -> Option<EmployeeId> {
        (self.kind == UserKind::Employee).then_some(EmployeeId(self.id))
    }
}

keyed! {
    /// Whose words an act records.
    Voice {
        /// The acting user's own.
        Own = "own",
        /// Written side by side, citizen and employee together.
        Together = "together",
        /// Written by an employee on the citizen's behalf, without the citizen at the table.
        OnBehalf = "on_behalf",
    }
}

/// Any part of a plan, the citizen as a person, or what lies around a plan, with its table's name as the tag.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "table", rename_all = "snake_case")]
#[expect(missing_docs, reason = "each variant is the record of the same name")]
pub enum Record {
    Citizen(Citizen),
    Plan(PlanHead),
    Goal(Goal),
    Step(Step),
    Comment(Comment),
    Participation(Participation),
    Coordination(Coordination),
    Handover(Handover),
    Conversation(Conversation),
    Question(Question),
    Effort(Effort),
    Strength(Strength),
    Rating(Rating),
    Message(Message),
    Emergency(Emergency),
    ClosedNote(ClosedNote),
    Consent(Consent),
    Correction(Correction),
    Hold(Hold),
}

macro_rules! each_record {
    ($self:expr, $r:ident => $body:expr) => {
        match $self {
            Record::Citizen($r) => $body,
            Record::Plan($r) => $body,
            Record::Goal($r) => $body,
            Record::Step($r) => $body,
            Record::Comment($r) => $body,
            Record::Participation($r) => $body,
            Record::Coordination($r) => $body,
            Record::Handover($r) => $body,
            Record::Conversation($r) => $body,
            Record::Question($r) => $body,
            Record::Effort($r) => $body,
            Record::Strength($r) => $body,
            Record::Rating($r) => $body,
            Record::Message($r) => $body,
            Record::Emergency($r) => $body,
            Record::ClosedNote($r) => $body,
            Record::Consent($r) => $body,
            Record::Correction($r) => $body,
            Record::Hold($r) => $body,
        }
    };
}

impl Record {
    /// The record's id.
    pub fn id(&self) -> Uuid {
        each_record!(self, r => r.id.0)
    }
    /// The record's revision, from 1.
    pub fn rev(&self) -> u32 {
        each_record!(self, r => r.rev)
    }
    /// The same record at another revision.
    pub fn with_rev(mut self, rev: u32) -> Self {
        each_record!(&mut self, r => r.rev = rev);
        self
    }
}

keyed! {
    /// What was done. The words shown for each stand in the language files.
    ActKind {
        /// A plan was opened.
        PlanOpened = "plan.opened",
        /// A plan was closed with its balance.
        PlanClosed = "plan.closed",
        /// The core task changed.
        CoreTaskChanged = "plan.core_task",
        /// A goal was set.
        GoalSet = "goal.set",
        /// A goal's words or aim changed.
        GoalChanged = "goal.changed",
        /// A goal was reached.
        GoalReached = "goal.reached",
        /// A goal was let go.
        GoalDropped = "goal.dropped",
        /// A goal was taken up again.
        GoalReopened = "goal.reopened",
        /// A step was agreed.
        StepSet = "step.set",
        /// A step changed.
        StepChanged = "step.changed",
        /// A step was done.
        StepDone = "step.done",
        /// A done step was opened again.
        StepReopened = "step.reopened",
        /// A step was dropped.
        StepDropped = "step.dropped",
        /// A remark was written.
        Commented = "comment.written",
        /// Somebody joined.
        Joined = "participation.joined",
        /// Somebody left.
        Left = "participation.left",
        /// A coordinator was named or changed.
        CoordinatorNamed = "coordination.named",
        /// A coordinator's period ended.
        CoordinatorEnded = "coordination.ended",
        /// The handover page was written or changed.
        HandoverWritten = "handover.written",
        /// A conversation was booked.
        ConversationBooked = "conversation.booked",
        /// It was moved.
        ConversationMoved = "conversation.moved",
        /// It was called off.
        ConversationCancelled = "conversation.cancelled",
        /// It was held.
        ConversationHeld = "conversation.held",
        /// The citizen did not come.
        ConversationMissed = "conversation.missed",
        /// The note of a conversation was corrected.
        NoteCorrected = "conversation.note",
        /// A question was asked.
        QuestionAsked = "question.asked",
        /// A question was answered.
        QuestionAnswered = "question.answered",
        /// A question was taken back.
        QuestionWithdrawn = "question.withdrawn",
        /// An effort was agreed.
        EffortSet = "effort.set",
        /// An effort changed.
        EffortChanged = "effort.changed",
        /// An effort ended.
        EffortEnded = "effort.ended",
        /// A resource, hope, person or motivation was written.
        StrengthSet = "strength.set",
        /// It changed.
        StrengthChanged = "strength.changed",
        /// It is no longer so.
        StrengthEnded = "strength.ended",
        /// A precondition was rated.
        Rated = "rating.given",
        /// A message was sent.
        MessageSent = "message.sent",
        /// A message was opened.
        MessageRead = "message.read",
        /// An earlier act was undone.
        Undone = "act.undone",
        /// A person's particulars were entered or changed.
        PersonChanged = "person.changed",
        /// An import wrote or took back a record.
        Imported = "import.applied",
        /// Somebody took emergency access.
        EmergencyTaken = "emergency.taken",
        /// A leader has seen that somebody did.
        EmergencySeen = "emergency.seen",
        /// A unit wrote its closed note.
        ClosedNoteWritten = "closed_note.written",
        /// A consent was asked for.
        ConsentAsked = "consent.asked",
        /// The citizen said yes.
        ConsentGiven = "consent.given",
        /// The citizen said no.
        ConsentDeclined = "consent.declined",
        /// A consent was withdrawn, or taken back before it was answered.
        ConsentWithdrawn = "consent.withdrawn",
        /// A newer consent took its place.
        ConsentReplaced = "consent.replaced",
        /// A leader looked into how somebody uses the system.
        AccessReviewed = "review.done",
        /// A citizen said that something is wrong, or that they do not want it.
        CorrectionAsked = "correction.asked",
        /// It was answered.
        CorrectionAnswered = "correction.answered",
        /// What is held about a citizen was held back from deletion.
        HoldPlaced = "hold.placed",
        /// It no longer is.
        HoldLifted = "hold.lifted",
        /// A recipient has said that they deleted what they got for research.
        ResearchDeleted = "research.deleted",
        /// Everything about a citizen was deleted when its time was over: the last link of the chain.
        EndedByRetention = "retention.ended",
        /// A page was looked at.
        Looked = "look",
        /// A page was looked at in emergency access.
        LookedInEmergency = "look.emergency",
        /// A list was exported.
        Exported = "export",
    }
}
impl ActKind {
    /// Whether it records a reading rather than a change.
    pub const fn is_look(self) -> bool {
        matches!(self, ActKind::Looked | ActKind::LookedInEmergency | ActKind::Exported)
    }
}

keyed! {
    /// What somebody looked at, or took out of the system. The log keeps the key; the language files have words for each.
    PageKey {
        /// The plan.
        Plan = "plan",
        /// Goals.
        Goals = "goals",
        /// Steps.
        Steps = "steps",
        /// The six preconditions.
        Progress = "progress",
        /// Efforts.
        Efforts = "efforts",
        /// What the plan rests on.
        Strengths = "strengths",
        /// The people around it.
        People = "people",
        /// Messages.
        Messages = "messages",
        /// Remarks.
        Remarks = "remarks",
        /// Conversations and the questions for them.
        Conversation = "conversation",
        /// What the new coordinator should know.
        Handover = "handover",
        /// Who has looked.
        Log = "log",
        /// What happened.
        History = "history",
        /// The plan on paper.
        Print = "print",
        /// Closing the plan.
        Close = "close",
        /// A change of coordinator.
        Transfer = "transfer",
        /// Opening a plan.
        OpenPlan = "open_plan",
        /// The work a citizen wishes for.
        Wishes = "wishes",
        /// The citizen's list of pages.
        More = "more",
        /// A list of citizens.
        Caseload = "caseload",
        /// A search.
        Search = "search",
        /// An employee's day.
        Day = "day",
        /// A team and its units.
        Team = "team",
        /// A list of companies.
        Companies = "companies",
        /// A company with its placements.
        Company = "company",
        /// Rows of an import that could not be read.
        ImportErrors = "import_errors",
        /// A link to log in as somebody.
        LogInLink = "log_in_link",
        /// The citizens behind a figure.
        PeopleBehind = "people_behind",
        /// The page where emergency access is taken.
        Emergency = "emergency",
        /// Where the citizen lives and can be reached.
        Contact = "contact",
        /// A unit's closed note.
        ClosedNote = "closed_note",
        /// Consents.
        Consents = "consents",
        /// That a consent is missing: the citizen's name and whom to call.
        ConsentMissing = "consent_missing",
        /// How the system is used.
        Review = "review",
        /// Everything that is held about a citizen.
        Everything = "everything",
        /// What a citizen says is wrong.
        Corrections = "corrections",
        /// What is soon to be deleted, and what is held back.
        Retention = "retention",
        /// Pseudonymised data for research, and the register of it. In a citizen's record: the project and who received it.
        Research = "research",
        /// Figures.
        Figures = "figures",
    }
}

/// One change to one record, decided but not yet written.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What was done.
    pub kind: ActKind,
    /// The record as it was; none when it is new.
    pub before: Option<Record>,
    /// The record as it becomes.
    pub after: Record,
    /// Why, in words.
    pub reason: String,
    /// Whose words.
    pub voice: Voice,
}

/// One thing that happened, as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Act {
    /// Its id.
    pub id: ActId,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: Actor,
    /// Whom it concerns; none for acts about the organisation.
    pub citizen: Option<CitizenId>,
    /// What was done.
    pub kind: ActKind,
    /// The form it came with.
    pub submission: Option<SubmissionId>,
    /// The record before.
    pub before: Option<Record>,
    /// The record after.
    pub after: Option<Record>,
    /// Why; for a look or an export see [`Act::looked_at`].
    pub reason: String,
    /// Whose words.
    pub voice: Voice,
}

impl Act {
    /// What a look was at, or what an export took out, and what was noted beside it: the reason of emergency access, the number of rows. It is kept as
    /// `page` or `page: note`. No page means one that is no more.
    pub fn looked_at(&self) -> (Option<PageKey>, &str) {
        let (page, note) = self.reason.split_once(": ").unwrap_or((&self.reason, ""));
        (page.parse().ok(), note)
    }
    /// The reason to keep for a look or an export; see [`Act::looked_at`].
    pub fn looking_at(page: PageKey, note: &str) -> String {
        if note.is_empty() {
            page.as_str().to_owned()
        } else {
            format!("{page}: {note}")
        }
    }
}
