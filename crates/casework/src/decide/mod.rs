//! An intended act on a plan becomes changes, or a refusal.
//!
//! [`decide`] is the only door: it checks that the user may, that the input is sound and that the plan allows it, and answers with
//! the [`Change`]s to write, all of them or none. [`Plan::apply`] carries them out on the plan in memory; the store does the same in the
//! database. [`Plan::check`] is what must always be true afterwards.

mod apply;
mod consents;
mod conversations;
mod invariants;
mod people;
mod steps;

pub use consents::latest;
pub use invariants::Broken;

use crate::access::{self, Action, Relation};
use crate::act::*;
use crate::consent::{How, Information, Way};
use crate::id::*;
use crate::plan::*;
use jiff::civil::{Date, DateTime};
use uuid::Uuid;

/// A goal as typed.
#[derive(Clone, Debug, PartialEq)]
pub struct GoalInput {
    /// The goal above it.
    pub parent: Option<GoalId>,
    /// The citizen's words.
    pub words: String,
    /// The employee's words.
    pub professional: String,
    /// What it is directed at.
    pub aim: Aim,
}
/// A step as typed.
#[derive(Clone, Debug, PartialEq)]
pub struct StepInput {
    /// The goal it leads towards.
    pub goal: Option<GoalId>,
    /// What is to be done.
    pub title: String,
    /// Who holds it.
    pub holder: Holder,
    /// When it should be done.
    pub due: Option<Date>,
    /// Which way of working it calls for.
    pub role: Option<StepRole>,
}
/// A booking as typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Booking {
    /// Who holds the conversation.
    pub employee: EmployeeId,
    /// The employee's name.
    pub name: String,
    /// When, local time.
    pub starts: DateTime,
    /// How long, in minutes.
    pub minutes: u32,
    /// How.
    pub channel: Channel,
    /// Where.
    pub place: String,
}
/// An effort as typed.
#[derive(Clone, Debug, PartialEq)]
pub struct EffortInput {
    /// A key of `rules/efforts.toml`.
    pub kind: String,
    /// What it is.
    pub title: String,
    /// The unit that gives it.
    pub unit: Option<UnitId>,
    /// The company.
    pub company: Option<CompanyId>,
    /// Who gives it.
    pub provider: String,
    /// First day.
    pub from: Date,
    /// Last day.
    pub until: Option<Date>,
    /// Weekly hours and paid hours from the first day, when known.
    pub hours: Option<(f64, f64)>,
}
/// A consent to ask for, as typed.
#[derive(Clone, Debug, PartialEq)]
pub struct ConsentInput {
    /// Which way the information goes.
    pub way: Way,
    /// The unit that would read, when it is one.
    pub unit: Option<UnitId>,
    /// The other side, by name: the unit, or somebody outside.
    pub party: String,
    /// Our side, by name: the unit responsible for the citizen.
    pub ours: String,
    /// Which information. A unit's always has the plan itself.
    pub kinds: Vec<Information>,
    /// For what.
    pub purpose: String,
    /// Last day.
    pub until: Date,
    /// The version of the text in force, from the rules.
    pub version: u32,
    /// How many months it may last at most, from the rules.
    pub months: u32,
}

/// A person who joins, as typed.
#[derive(Clone, Debug, PartialEq)]
pub struct PersonInput {
    /// What kind of person.
    pub kind: PersonKind,
    /// For an employee.
    pub employee: Option<EmployeeId>,
    /// Name.
    pub name: String,
    /// What they do here.
    pub role: String,
    /// Where they come from.
    pub organisation: String,
    /// Telephone.
    pub phone: String,
    /// First day.
    pub from: Date,
}
/// What came out of a conversation, from one form.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The booked conversation, or none when it was not booked beforehand.
    pub conversation: Option<(ConversationId, u32)>,
    /// Used when it was not booked beforehand.
    pub unplanned: Option<Booking>,
    /// What was said; the citizen reads it.
    pub note: String,
    /// New goals.
    pub goals: Vec<GoalInput>,
    /// New steps. `goal` may point at a goal of the plan; `None` with a single new goal belongs to none.
    pub steps: Vec<StepInput>,
    /// Steps of the plan that are done by now: ticked as the talk goes through them.
    pub ticked: Vec<StepId>,
    /// Questions answered at the conversation.
    pub answered: Vec<QuestionId>,
    /// The next one.
    pub next: Option<Booking>,
    /// A message to the citizen.
    pub message: String,
}

/// What a user wants to do. Revisions are those the user saw.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "fields are those of the records they change")]
pub enum Intent {
    SetGoal(GoalInput),
    ChangeGoal {
        goal: GoalId,
        rev: u32,
        input: GoalInput,
    },
    EndGoal {
        goal: GoalId,
        rev: u32,
        status: GoalStatus,
        reason: String,
    },
    ReopenGoal {
        goal: GoalId,
        rev: u32,
    },
    SetStep(StepInput),
    ChangeStep {
        step: StepId,
        rev: u32,
        input: StepInput,
    },
    /// Ticking and unticking carry no revision: two people who tick the same step agree.
    TickStep {
        step: StepId,
    },
    UntickStep {
        step: StepId,
    },
    DropStep {
        step: StepId,
        rev: u32,
        reason: String,
    },
    Comment {
        step: Option<StepId>,
        goal: Option<GoalId>,
        text: String,
    },
    SetStrength {
        kind: StrengthKind,
        text: String,
    },
    ChangeStrength {
        strength: StrengthId,
        rev: u32,
        text: String,
    },
    EndStrength {
        strength: StrengthId,
        rev: u32,
    },
    Rate {
        rater: Rater,
        answers: Vec<(Precondition, u8, String)>,
    },
    /// Both sides answer in one form, sitting together.
    RateTogether {
        citizen: Vec<(Precondition, u8, String)>,
        employee: Vec<(Precondition, u8, String)>,
    },
    Join(PersonInput),
    Leave {
        participation: ParticipationId,
        rev: u32,
        until: Date,
    },
    SetEffort(EffortInput),
    ChangeEffort {
        effort: EffortId,
        rev: u32,
        input: EffortInput,
    },
    SetHours {
        effort: EffortId,
        rev: u32,
        from: Date,
        hours: f64,
        paid: f64,
    },
    EndEffort {
        effort: EffortId,
        rev: u32,
        until: Date,
    },
    Book(Booking),
    MoveConversation {
        conversation: ConversationId,
        rev: u32,
        to: Booking,
    },
    CancelConversation {
        conversation: ConversationId,
        rev: u32,
        reason: String,
    },
    /// The citizen did not come. What follows belongs to the same act: a new time, and a word to the citizen.
    MissConversation {
        conversation: ConversationId,
        rev: u32,
        note: String,
        next: Option<Booking>,
        message: String,
    },
    Hold(Outcome),
    /// Corrects what was written of a conversation. The note before stays in the history, with the reason.
    CorrectNote {
        conversation: ConversationId,
        rev: u32,
        note: String,
        reason: String,
    },
    Ask {
        text: String,
    },
    WithdrawQuestion {
        question: QuestionId,
        rev: u32,
    },
    /// A message to the other side: from an employee to the citizen, from the citizen to the coordinator.
    Send {
        text: String,
    },
    /// Answers a message from the other side, which thereby is read.
    Answer {
        message: MessageId,
        text: String,
    },
    /// The citizen has opened the messages.
    ReadMessages,
    /// An employee has read what the citizen wrote. No revision: two who have read it agree.
    ReadMessage {
        message: MessageId,
    },
    Transfer {
        to: EmployeeId,
        name: String,
        from: Date,
        reason: TransferReason,
        note: String,
        handover: String,
    },
    WriteHandover {
        handover: HandoverId,
        rev: u32,
        text: String,
    },
    ChangeCoreTask {
        core_task: CoreTask,
        rev: u32,
        reason: String,
    },
    Close {
        rev: u32,
        on: Date,
        balance: Balance,
        reached: Vec<GoalId>,
    },
    /// Asks the citizen for a consent.
    AskConsent(ConsentInput),
    /// The citizen's yes or no.
    AnswerConsent {
        consent: ConsentId,
        yes: bool,
        how: How,
    },
    /// Withdraws a consent; it ends at once. No reason is asked for.
    WithdrawConsent {
        consent: ConsentId,
        how: How,
    },
    /// Undoes the changes of one submission, newest first, as long as nothing has changed since.
    Undo(Vec<Change>),
}

impl Intent {
    /// What the user must be allowed to do.
    pub fn action(&self) -> Action {
        use Intent::*;
        match self {
            TickStep { .. }
            | UntickStep { .. }
            | Comment { .. }
            | Book(_)
            | MoveConversation { .. }
            | CancelConversation { .. }
            | Ask { .. }
            | WithdrawQuestion { .. }
            | WithdrawConsent { .. }
            | ReadMessages => Action::TakePart,
            SetGoal(_)
            | ChangeGoal { .. }
            | SetStep(_)
            | ChangeStep { .. }
            | DropStep { .. }
            | Send { .. }
            | Answer { .. }
            | SetStrength { .. }
            | ChangeStrength { .. }
            | EndStrength { .. }
            | Rate { .. }
            | RateTogether { .. }
            | WriteHandover { .. } => Action::WriteAsCitizen,
            Transfer { .. } => Action::Transfer,
            Close { .. } => Action::Close,
            AskConsent(_) => Action::AskConsent,
            AnswerConsent { .. } => Action::AnswerConsent,
            Undo(_) => Action::TakePart,
            _ => Action::Write,
        }
    }
    /// Whether the relation allows it. Who may write may also write what the citizen may.
    pub fn allowed(&self, relation: Relation) -> bool {
        match self.action() {
            Action::WriteAsCitizen => {
                access::may(relation, Action::WriteAsCitizen) || access::may(relation, Action::Write)
            }
            action => access::may(relation, action),
        }
    }
}

/// Why an intended act was refused. The words for people stand in the language files.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    /// The field of the form it belongs to; empty when it concerns the whole.
    pub field: &'static str,
    /// The reason.
    pub why: Why,
}
/// Reasons for a refusal.
#[derive(Clone, Debug, PartialEq)]
pub enum Why {
    /// The relation to the plan does not allow it.
    NotAllowed,
    /// Nothing was typed.
    Required,
    /// Longer than this many characters.
    TooLong(usize),
    /// Shorter than this many characters.
    TooShort(usize),
    /// The thing is not part of this plan (any more).
    NotFound,
    /// Somebody changed it first; the record as it is now.
    Conflict(Box<Record>),
    /// The plan is closed.
    PlanClosed,
    /// An end before its start.
    EndBeforeStart,
    /// A day before the plan opened.
    BeforePlan,
    /// A time that has passed.
    InThePast,
    /// A day before today.
    DayGone,
    /// Something is told of this day, which has not come.
    NotYet(Date),
    /// More than five years ahead.
    TooFarAhead,
    /// The conversation is held, cancelled or missed already.
    NotBooked,
    /// Already the coordinator.
    AlreadyCoordinator,
    /// The change must take effect on this day or later.
    NotBefore(Date),
    /// A number outside its range.
    OutOfRange(i64, i64),
    /// A sub-goal cannot have sub-goals.
    TooDeep,
    /// What was done cannot be undone any more.
    CannotUndo,
    /// A CPR number stands in a text that many may read.
    HasCpr,
    /// The day must be this one or earlier.
    NotAfter(Date),
    /// There are this many already, and no more may be open at once.
    TooMany(usize),
    /// Somebody else has written meanwhile.
    Changed,
    /// An employee cannot answer as the citizen without sitting together, nor the other way round.
    WrongRater,
}
impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "refused ({}): {:?}", self.field, self.why)
    }
}
impl std::error::Error for Refusal {}

pub(crate) fn refuse<T>(field: &'static str, why: Why) -> Result<T, Refusal> {
    Err(Refusal { field, why })
}

/// Who acts, when, and where new ids come from.
pub struct Context<'a> {
    /// Who acts.
    pub actor: &'a Actor,
    /// The actor's relation to the plan.
    pub relation: Relation,
    /// Whose words are written.
    pub voice: Voice,
    /// Now, local time in Denmark.
    pub now: DateTime,
    /// A source of new ids.
    pub new_id: &'a mut (dyn FnMut() -> Uuid + Send),
}
impl Context<'_> {
    /// Today.
    pub fn today(&self) -> Date {
        self.now.date()
    }
}

/// Collects the changes of one decision.
pub(crate) struct Changes<'a, 'b> {
    plan: &'a Plan,
    ctx: &'a mut Context<'b>,
    out: Vec<Change>,
}
impl Changes<'_, '_> {
    fn id<T: Id>(&mut self) -> T {
        T::from((self.ctx.new_id)())
    }
    fn add(&mut self, kind: ActKind, after: Record) {
        self.put(kind, None, after, "");
    }
    fn put(&mut self, kind: ActKind, before: Option<Record>, after: Record, reason: &str) {
        let rev = before.as_ref().map_or(1, |b| b.rev() + 1);
        let reason = reason.trim().to_owned();
        self.out.push(Change {
            kind,
            before,
            after: after.with_rev(rev),
            reason,
            voice: self.ctx.voice,
        });
    }
    fn today(&self) -> Date {
        self.ctx.today()
    }
}

/// Decides an intended act on a plan.
///
/// # Errors
/// A [`Refusal`] that names the field and the reason; nothing is changed then.
pub fn decide(plan: &Plan, intent: Intent, ctx: &mut Context<'_>) -> Result<Vec<Change>, Refusal> {
    if !intent.allowed(ctx.relation) {
        return refuse("", Why::NotAllowed);
    }
    // A consent is withdrawn also when the plan is closed: others outside may still be told by it.
    let only_reads = matches!(intent, Intent::ReadMessages | Intent::WithdrawConsent { .. });
    if !plan.is_open() && !only_reads && !matches!(intent, Intent::Undo(_)) {
        return refuse("", Why::PlanClosed);
    }
    let mut c = Changes {
        plan,
        ctx,
        out: Vec::new(),
    };
    match intent {
        Intent::SetGoal(input) => steps::set_goal(&mut c, input).map(drop)?,
        Intent::ChangeGoal { goal, rev, input } => steps::change_goal(&mut c, goal, rev, input)?,
        Intent::EndGoal {
            goal,
            rev,
            status,
            reason,
        } => steps::end_goal(&mut c, goal, rev, status, &reason)?,
        Intent::ReopenGoal { goal, rev } => steps::end_goal(&mut c, goal, rev, GoalStatus::Open, "")?,
        Intent::SetStep(input) => steps::set_step(&mut c, input, "")?,
        Intent::ChangeStep { step, rev, input } => steps::change_step(&mut c, step, rev, input)?,
        Intent::TickStep { step } => steps::tick(&mut c, step, true)?,
        Intent::UntickStep { step } => steps::tick(&mut c, step, false)?,
        Intent::DropStep { step, rev, reason } => steps::drop_step(&mut c, step, rev, &reason)?,
        Intent::Comment { step, goal, text } => steps::comment(&mut c, step, goal, text)?,
        Intent::SetStrength { kind, text } => steps::set_strength(&mut c, kind, text)?,
        Intent::ChangeStrength { strength, rev, text } => steps::change_strength(&mut c, strength, rev, Some(text))?,
        Intent::EndStrength { strength, rev } => steps::change_strength(&mut c, strength, rev, None)?,
        Intent::Rate { rater, answers } => steps::rate(&mut c, rater, answers)?,
        Intent::RateTogether { citizen, employee } => {
            if citizen.is_empty() && employee.is_empty() {
                return refuse("answers", Why::Required);
            }
            for (rater, answers) in [(Rater::Citizen, citizen), (Rater::Employee, employee)] {
                if !answers.is_empty() {
                    steps::rate(&mut c, rater, answers)?;
                }
            }
        }
        Intent::Join(input) => people::join(&mut c, input)?,
        Intent::Leave {
            participation,
            rev,
            until,
        } => people::leave(&mut c, participation, rev, until)?,
        Intent::SetEffort(input) => people::set_effort(&mut c, input)?,
        Intent::ChangeEffort { effort, rev, input } => people::change_effort(&mut c, effort, rev, input)?,
        Intent::SetHours {
            effort,
            rev,
            from,
            hours,
            paid,
        } => people::set_hours(&mut c, effort, rev, from, hours, paid)?,
        Intent::EndEffort { effort, rev, until } => people::end_effort(&mut c, effort, rev, until)?,
        Intent::Book(booking) => conversations::book(&mut c, booking, "starts")?,
        Intent::MoveConversation { conversation, rev, to } => conversations::shift(&mut c, conversation, rev, to)?,
        Intent::CancelConversation {
            conversation,
            rev,
            reason,
        } => conversations::cancel(&mut c, conversation, rev, &reason)?,
        Intent::MissConversation {
            conversation,
            rev,
            note,
            next,
            message,
        } => conversations::miss(&mut c, conversation, rev, note, next, message)?,
        Intent::Hold(outcome) => conversations::hold(&mut c, outcome)?,
        Intent::CorrectNote {
            conversation,
            rev,
            note,
            reason,
        } => conversations::correct(&mut c, conversation, rev, &note, &reason)?,
        Intent::Ask { text } => conversations::ask(&mut c, text)?,
        Intent::WithdrawQuestion { question, rev } => conversations::withdraw_question(&mut c, question, rev)?,
        Intent::Send { text } => conversations::send(&mut c, text)?,
        Intent::Answer { message, text } => conversations::answer(&mut c, message, text)?,
        Intent::ReadMessages => conversations::read_messages(&mut c),
        Intent::ReadMessage { message } => conversations::read_message(&mut c, message)?,
        Intent::Transfer {
            to,
            name,
            from,
            reason,
            note,
            handover,
        } => people::transfer(&mut c, to, name, from, reason, note, handover)?,
        Intent::WriteHandover { handover, rev, text } => people::write_handover(&mut c, handover, rev, text)?,
        Intent::ChangeCoreTask { core_task, rev, reason } => people::change_core_task(&mut c, core_task, rev, &reason)?,
        Intent::Close {
            rev,
            on,
            balance,
            reached,
        } => people::close(&mut c, rev, on, balance, reached)?,
        Intent::AskConsent(input) => consents::ask(&mut c, input)?,
        Intent::AnswerConsent { consent, yes, how } => consents::answer(&mut c, consent, yes, how)?,
        Intent::WithdrawConsent { consent, how } => consents::withdraw(&mut c, consent, how)?,
        Intent::Undo(changes) => apply::undo(&mut c, changes)?,
    }
    Ok(c.out)
}

/// Opens a plan for a citizen who has none open: the plan and its first coordinator.
///
/// # Errors
/// Refuses a first day more than five years back or in the future.
pub fn open_plan(
    citizen: CitizenId,
    core_task: CoreTask,
    coordinator: (EmployeeId, String),
    opened: Date,
    ctx: &mut Context<'_>,
) -> Result<(Plan, Vec<Change>), Refusal> {
    if opened > ctx.today() {
        return refuse("opened", Why::TooFarAhead);
    }
    let head = PlanHead {
        id: PlanId((ctx.new_id)()),
        citizen,
        core_task,
        opened,
        closed: None,
        balance: None,
        rev: 1,
    };
    let first = Coordination {
        id: CoordinationId((ctx.new_id)()),
        plan: head.id,
        employee: coordinator.0,
        name: coordinator.1,
        from: opened,
        until: None,
        reason: None,
        note: String::new(),
        rev: 1,
    };
    let voice = ctx.voice;
    let change = |kind, after| Change {
        kind,
        before: None,
        after,
        reason: String::new(),
        voice,
    };
    let changes = vec![
        change(ActKind::PlanOpened, Record::Plan(head.clone())),
        change(ActKind::CoordinatorNamed, Record::Coordination(first)),
    ];
    let mut plan = Plan::empty(head);
    plan.apply(&changes);
    Ok((plan, changes))
}

/// Trims, and refuses emptiness and too much.
pub(crate) fn text(field: &'static str, typed: &str, max: usize) -> Result<String, Refusal> {
    let trimmed = optional_text(field, typed, max)?;
    if trimmed.is_empty() {
        refuse(field, Why::Required)
    } else {
        Ok(trimmed)
    }
}
/// Trims, and refuses too much. Control characters other than line breaks are dropped: no database stores a NUL alike.
pub(crate) fn optional_text(field: &'static str, typed: &str, max: usize) -> Result<String, Refusal> {
    let clean: String = typed
        .replace("\r\n", "\n")
        .chars()
        .filter(|c| !c.is_control() || *c == '\n' || *c == '\t')
        .collect();
    let clean = clean.trim();
    if clean.chars().count() > max {
        refuse(field, Why::TooLong(max))
    } else {
        Ok(clean.to_owned())
    }
}
/// Refuses a revision that is not the present one, with the record as it is now.
pub(crate) fn same_rev(now: Record, seen: u32) -> Result<(), Refusal> {
    if now.rev() == seen {
        Ok(())
    } else {
        refuse("", Why::Conflict(Box::new(now)))
    }
}
