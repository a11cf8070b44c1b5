//! The plan: what a citizen wants, the steps on the way, the people around it.
//!
//! One model serves all three core tasks. A [`Plan`] is the whole of one citizen's plan as it stands now; each part is a
//! record with an id and a revision number that grows by one at every change, so that two people who edit the same goal
//! are shown to each other instead of overwriting each other.

use crate::consent::Consent;
use crate::id::*;
pub use crate::keyed::UnknownKey;
use crate::keyed::keyed;
use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

keyed! {
    /// The three equal core tasks of text 000.
    CoreTask {
        /// Into work or education.
        Work = "work",
        /// A meaningful life with the highest possible functioning.
        MeaningfulLife = "life",
        /// A child's or young person's development.
        Youth = "youth",
    }
}
keyed! {
    /// What a goal is directed at. Employment and education are *employment-directed* (job first).
    Aim {
        /// A job, more hours, keeping a job.
        Employment = "employment",
        /// An education or apprenticeship.
        Education = "education",
        /// Health and getting through the day.
        Health = "health",
        /// Home, money, daily life.
        Everyday = "everyday",
        /// Community, friends, family.
        Community = "community",
        /// Learning and development.
        Development = "development",
    }
}
impl Aim {
    /// Whether the goal points at ordinary work or education, as *job first* asks of a plan for work.
    pub const fn is_employment_directed(self) -> bool {
        matches!(self, Aim::Employment | Aim::Education)
    }
}
keyed! {
    /// Where a goal stands.
    GoalStatus {
        /// Being worked on.
        Open = "open",
        /// Reached.
        Reached = "reached",
        /// Let go, with a reason in the history.
        Dropped = "dropped",
    }
}
keyed! {
    /// Where a step stands.
    StepStatus {
        /// To do.
        Open = "open",
        /// Done.
        Done = "done",
        /// No longer wanted.
        Dropped = "dropped",
    }
}
keyed! {
    /// The kinds of people who can hold a step or take part in a plan.
    PersonKind {
        /// The citizen.
        Citizen = "citizen",
        /// An employee of the municipality.
        Employee = "employee",
        /// Family and friends.
        Relative = "relative",
        /// A volunteer or an association.
        Volunteer = "volunteer",
        /// Somebody at a company.
        Company = "company",
        /// An a-kasse, a union, a doctor, a school.
        Partner = "partner",
    }
}
keyed! {
    /// Which way of working the next step calls for (text 003).
    StepRole {
        /// Finds resources in the citizen, the network and the community.
        ResourceFinder = "resource_finder",
        /// Builds the solution together with the citizen.
        CoBuilder = "co_builder",
        /// Makes the rules and the decision understandable.
        Translator = "translator",
    }
}
keyed! {
    /// What a plan rests on.
    StrengthKind {
        /// Something the citizen can or has.
        Resource = "resource",
        /// What the citizen hopes for.
        Hope = "hope",
        /// People to count on.
        Network = "network",
        /// What gives drive.
        Motivation = "motivation",
    }
}
keyed! {
    /// How a conversation is held.
    Channel {
        /// At the jobcentre.
        Meeting = "meeting",
        /// By telephone.
        Phone = "phone",
        /// By video.
        Video = "video",
        /// In the citizen's home.
        Home = "home",
        /// At a company: counts as company contact.
        Company = "company",
    }
}
keyed! {
    /// Where a conversation stands.
    ConversationStatus {
        /// Agreed, not yet held.
        Booked = "booked",
        /// Held.
        Held = "held",
        /// Called off by either side.
        Cancelled = "cancelled",
        /// The citizen did not come.
        NoShow = "no_show",
    }
}
keyed! {
    /// Who gives a rating in the progression view.
    Rater {
        /// The citizen.
        Citizen = "citizen",
        /// The employee.
        Employee = "employee",
    }
}
keyed! {
    /// The six preconditions for work in text 003.
    Precondition {
        /// Seeing a job as one's own task in the first place.
        Ownership = "ownership",
        /// Asking for advice and support when it is needed.
        SeekingHelp = "seeking_help",
        /// Being worth the wage to a workplace.
        Contribution = "contribution",
        /// Having, and working on, the professional and social skills a workplace asks for.
        Skills = "skills",
        /// Being able to see where the jobs are.
        Opportunities = "opportunities",
        /// Being available to companies.
        Availability = "availability",
    }
}
keyed! {
    /// Why the coordinator changes.
    TransferReason {
        /// The citizen asked for it.
        CitizenWish = "citizen_wish",
        /// The employee stops or goes on leave.
        StaffLeft = "staff_left",
        /// The citizen's situation belongs to another unit now.
        NewUnit = "new_unit",
        /// To even out the work.
        Workload = "workload",
        /// Anything else, told in words.
        Other = "other",
    }
}

/// Who holds a step: exactly one, of any kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// What kind of person holds it.
    pub kind: PersonKind,
    /// Set when an employee holds it.
    pub employee: Option<EmployeeId>,
    /// The name shown. Empty for the citizen, whose name the page already knows.
    pub name: String,
}
impl Holder {
    /// The citizen holds it.
    pub fn citizen() -> Self {
        Holder {
            kind: PersonKind::Citizen,
            employee: None,
            name: String::new(),
        }
    }
    /// An employee holds it.
    pub fn employee(id: EmployeeId, name: impl Into<String>) -> Self {
        Holder {
            kind: PersonKind::Employee,
            employee: Some(id),
            name: name.into(),
        }
    }
    /// Somebody known by name holds it.
    pub fn named(kind: PersonKind, name: impl Into<String>) -> Self {
        Holder {
            kind,
            employee: None,
            name: name.into(),
        }
    }
}

/// The plan's first page: whose it is, when it opened, and how it ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlanHead {
    /// Its id.
    pub id: PlanId,
    /// Whose plan it is.
    pub citizen: CitizenId,
    /// Which core task it serves.
    pub core_task: CoreTask,
    /// First day.
    pub opened: Date,
    /// Last day; none while open.
    pub closed: Option<Date>,
    /// The balance written when it closed.
    pub balance: Option<Balance>,
    /// Revision, from 1.
    pub rev: u32,
}
/// What a plan led to, in words, written when it closes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Balance {
    /// What was reached.
    pub reached: String,
    /// What helped.
    pub helped: String,
    /// What is still open, and who to turn to.
    pub remains: String,
}

/// A goal, or a sub-goal when `parent` is set (goals nest one level).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Goal {
    /// Its id.
    pub id: GoalId,
    /// The plan it belongs to.
    pub plan: PlanId,
    /// The goal above it.
    pub parent: Option<GoalId>,
    /// The citizen's own words. 1–500 characters.
    pub words: String,
    /// The employee's words, kept apart. At most 2,000 characters.
    pub professional: String,
    /// What it is directed at.
    pub aim: Aim,
    /// Where it stands.
    pub status: GoalStatus,
    /// The day it was set.
    pub since: Date,
    /// The day it was reached or let go.
    pub ended: Option<Date>,
    /// Revision, from 1.
    pub rev: u32,
}

/// A small step, with one holder and a date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Its id.
    pub id: StepId,
    /// The plan it belongs to.
    pub plan: PlanId,
    /// The goal it leads towards.
    pub goal: Option<GoalId>,
    /// What is to be done. 1–200 characters.
    pub title: String,
    /// Who holds it.
    pub holder: Holder,
    /// When it should be done.
    pub due: Option<Date>,
    /// Which way of working it calls for.
    pub role: Option<StepRole>,
    /// Where it stands.
    pub status: StepStatus,
    /// The day it was set.
    pub since: Date,
    /// The day it was done or dropped.
    pub ended: Option<Date>,
    /// Revision, from 1.
    pub rev: u32,
}
impl Step {
    /// Open and past its date.
    pub fn is_overdue(&self, today: Date) -> bool {
        self.status == StepStatus::Open && self.due.is_some_and(|due| due < today)
    }
}

/// A remark on a step or a goal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comment {
    /// Its id.
    pub id: CommentId,
    /// The plan it belongs to.
    pub plan: PlanId,
    /// The step it is about.
    pub step: Option<StepId>,
    /// The goal it is about.
    pub goal: Option<GoalId>,
    /// What kind of person wrote it.
    pub author_kind: PersonKind,
    /// Who wrote it, by name.
    pub author: String,
    /// 1–2,000 characters.
    pub text: String,
    /// The day it was written.
    pub on: Date,
    /// Taken back by its author.
    pub withdrawn: bool,
    /// Revision, from 1.
    pub rev: u32,
}

/// Somebody's part in the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participation {
    /// Its id.
    pub id: ParticipationId,
    /// The plan.
    pub plan: PlanId,
    /// What kind of person.
    pub kind: PersonKind,
    /// Set for employees: gives access to the plan while it lasts.
    pub employee: Option<EmployeeId>,
    /// Name shown.
    pub name: String,
    /// What they do here, e.g. *mentor*.
    pub role: String,
    /// Where they come from.
    pub organisation: String,
    /// Telephone.
    pub phone: String,
    /// First day.
    pub from: Date,
    /// Last day, inclusive; none while it lasts.
    pub until: Option<Date>,
    /// Revision, from 1.
    pub rev: u32,
}
impl Participation {
    /// Whether it lasts on the day.
    pub fn covers(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| until >= day)
    }
}

/// One coordinator's period. The periods of a plan tile its life (design invariant 1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coordination {
    /// Its id.
    pub id: CoordinationId,
    /// The plan.
    pub plan: PlanId,
    /// The coordinator.
    pub employee: EmployeeId,
    /// The coordinator's name.
    pub name: String,
    /// First day.
    pub from: Date,
    /// Last day, inclusive; none while it lasts.
    pub until: Option<Date>,
    /// Why the coordinator changed; none for the first.
    pub reason: Option<TransferReason>,
    /// The reason in words.
    pub note: String,
    /// Revision, from 1.
    pub rev: u32,
}
impl Coordination {
    /// Whether it lasts on the day.
    pub fn covers(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| until >= day)
    }
}

/// What the new coordinator should know. The citizen may edit it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handover {
    /// Its id.
    pub id: HandoverId,
    /// The plan.
    pub plan: PlanId,
    /// The period it introduces.
    pub coordination: CoordinationId,
    /// The text. At most 4,000 characters.
    pub text: String,
    /// Revision, from 1.
    pub rev: u32,
}

/// A meeting with the citizen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversation {
    /// Its id.
    pub id: ConversationId,
    /// The plan.
    pub plan: PlanId,
    /// The employee who holds it.
    pub employee: EmployeeId,
    /// The employee's name.
    pub name: String,
    /// Local time in Denmark.
    pub starts: DateTime,
    /// Length in minutes, 5–480.
    pub minutes: u32,
    /// How it is held.
    pub channel: Channel,
    /// Where.
    pub place: String,
    /// Where it stands.
    pub status: ConversationStatus,
    /// What came out of it; the citizen reads it. At most 10,000 characters.
    pub note: String,
    /// The employee who wrote the note, once there is one; not always the one who was booked.
    #[serde(default)]
    pub written_by: Option<EmployeeId>,
    /// Whether the citizen chose the time.
    pub booked_by_citizen: bool,
    /// Revision, from 1.
    pub rev: u32,
}

/// A question for a conversation, from the citizen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Its id.
    pub id: QuestionId,
    /// The plan.
    pub plan: PlanId,
    /// The conversation where it was answered; none while it waits.
    pub answered_in: Option<ConversationId>,
    /// 1–1,000 characters.
    pub text: String,
    /// The day it was asked.
    pub asked: Date,
    /// Taken back.
    pub withdrawn: bool,
    /// Revision, from 1.
    pub rev: u32,
}
impl Question {
    /// Whether it still waits for an answer.
    pub fn waits(&self) -> bool {
        self.answered_in.is_none() && !self.withdrawn
    }
}

/// Weekly hours from a day on.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hours {
    /// From this day on.
    pub from: Date,
    /// Hours a week, 0–60.
    pub hours: f64,
    /// Of which paid by the company, 0–`hours`.
    pub paid: f64,
}

/// Anything done for the goal over time. Efforts run in parallel.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Effort {
    /// Its id.
    pub id: EffortId,
    /// The plan.
    pub plan: PlanId,
    /// A key of `rules/efforts.toml`, e.g. `company_placement`.
    pub kind: String,
    /// What it is, in everyday words. 1–200 characters.
    pub title: String,
    /// The unit that gives it.
    pub unit: Option<UnitId>,
    /// The company where it takes place.
    pub company: Option<CompanyId>,
    /// Who gives it, by name.
    pub provider: String,
    /// First day.
    pub from: Date,
    /// Last day, inclusive; none while it lasts.
    pub until: Option<Date>,
    /// The hours over time, sorted by day.
    pub hours: Vec<Hours>,
    /// Entered by mistake.
    pub withdrawn: bool,
    /// Revision, from 1.
    pub rev: u32,
}
impl Effort {
    /// The hours that hold on the day, or the first agreed.
    pub fn hours_on(&self, day: Date) -> Option<Hours> {
        self.hours
            .iter()
            .rev()
            .find(|h| h.from <= day)
            .or(self.hours.first())
            .copied()
    }
}

/// A resource, a hope, a person to count on, a motivation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Strength {
    /// Its id.
    pub id: StrengthId,
    /// The plan.
    pub plan: PlanId,
    /// Which of the four.
    pub kind: StrengthKind,
    /// 1–500 characters.
    pub text: String,
    /// The day it was written.
    pub since: Date,
    /// No longer so.
    pub ended: Option<Date>,
    /// Revision, from 1.
    pub rev: u32,
}

/// One answer, by one rater, on one precondition, on one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rating {
    /// Its id.
    pub id: RatingId,
    /// The plan.
    pub plan: PlanId,
    /// The day.
    pub on: Date,
    /// Who answers.
    pub rater: Rater,
    /// About what.
    pub precondition: Precondition,
    /// 1–5; the anchors stand in the language files.
    pub value: u8,
    /// In own words. At most 500 characters.
    pub note: String,
    /// Taken back.
    pub withdrawn: bool,
    /// Revision, from 1.
    pub rev: u32,
}

/// A message to the citizen or from the citizen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Its id.
    pub id: MessageId,
    /// The plan.
    pub plan: PlanId,
    /// What kind of person wrote it: an employee or the citizen. The first messages could only come from employees.
    #[serde(default = "an_employee")]
    pub author_kind: PersonKind,
    /// Who wrote it, by name.
    pub author: String,
    /// The employee at the other end: who wrote it, or whom the citizen writes to.
    #[serde(default)]
    pub employee: Option<EmployeeId>,
    /// The message it answers.
    #[serde(default)]
    pub answers: Option<MessageId>,
    /// 1–2,000 characters.
    pub text: String,
    /// The day it was sent.
    pub on: Date,
    /// Whether the other side has read it: the citizen by opening it, an employee by saying so or by answering.
    pub read: bool,
    /// Taken back.
    pub withdrawn: bool,
    /// Revision, from 1.
    pub rev: u32,
}

impl Message {
    /// Whether it waits to be read by the citizen.
    pub fn waits_for_citizen(&self) -> bool {
        self.author_kind != PersonKind::Citizen && !self.read && !self.withdrawn
    }
    /// Whether it came from the citizen and nobody has read it yet.
    pub fn waits_for_employee(&self) -> bool {
        self.author_kind == PersonKind::Citizen && !self.read && !self.withdrawn
    }
}

const fn an_employee() -> PersonKind {
    PersonKind::Employee
}

/// The whole of one plan as it stands now.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// Whose it is, and since when.
    pub head: PlanHead,
    /// Goals and sub-goals in the order they were set.
    pub goals: Vec<Goal>,
    /// Steps in the order they were set.
    pub steps: Vec<Step>,
    /// Remarks.
    pub comments: Vec<Comment>,
    /// Everyone who takes or took part.
    pub participations: Vec<Participation>,
    /// The coordinators, first to last.
    pub coordinations: Vec<Coordination>,
    /// Handover pages.
    pub handovers: Vec<Handover>,
    /// Conversations by time.
    pub conversations: Vec<Conversation>,
    /// Questions.
    pub questions: Vec<Question>,
    /// Efforts by first day.
    pub efforts: Vec<Effort>,
    /// Resources, hopes, network, motivation.
    pub strengths: Vec<Strength>,
    /// Progression answers by day.
    pub ratings: Vec<Rating>,
    /// Messages by day.
    pub messages: Vec<Message>,
    /// Consents in the order they were asked for.
    pub consents: Vec<Consent>,
}

impl Plan {
    /// A plan with nothing in it yet but its head.
    pub fn empty(head: PlanHead) -> Self {
        Plan {
            head,
            goals: vec![],
            steps: vec![],
            comments: vec![],
            participations: vec![],
            coordinations: vec![],
            handovers: vec![],
            conversations: vec![],
            questions: vec![],
            efforts: vec![],
            strengths: vec![],
            ratings: vec![],
            messages: vec![],
            consents: vec![],
        }
    }
    /// The coordinator on a day of the plan's life.
    pub fn coordinator_on(&self, day: Date) -> Option<&Coordination> {
        self.coordinations.iter().find(|c| c.covers(day))
    }
    /// The coordinator to show today: the one of today, else the first to come, else the last there was.
    pub fn coordinator(&self, today: Date) -> Option<&Coordination> {
        self.coordinator_on(today)
            .or_else(|| self.coordinations.iter().find(|c| c.from > today))
            .or_else(|| self.coordinations.last())
    }
    /// Who takes over next, when a change is already agreed.
    pub fn next_coordinator(&self, today: Date) -> Option<&Coordination> {
        self.coordinations
            .iter()
            .find(|c| c.from > today && self.coordinator_on(today).is_some())
    }
    /// The open steps in the order they are due, those without a day last.
    pub fn open_steps(&self) -> Vec<&Step> {
        let mut open: Vec<&Step> = self.steps.iter().filter(|s| s.status == StepStatus::Open).collect();
        open.sort_by_key(|s| (s.due.unwrap_or(Date::MAX), s.since, s.id));
        open
    }
    /// The open step to take first: the citizen's own before others', then the earliest date.
    pub fn next_step(&self) -> Option<&Step> {
        self.steps
            .iter()
            .filter(|s| s.status == StepStatus::Open)
            .min_by_key(|s| {
                (
                    s.holder.kind != PersonKind::Citizen,
                    s.due.unwrap_or(Date::MAX),
                    s.since,
                    s.id,
                )
            })
    }
    /// The first booked conversation that has not begun.
    pub fn next_conversation(&self, now: DateTime) -> Option<&Conversation> {
        self.conversations
            .iter()
            .filter(|c| c.status == ConversationStatus::Booked && c.starts >= now)
            .min_by_key(|c| c.starts)
    }
    /// Whether any open goal points at work or education.
    pub fn has_employment_goal(&self) -> bool {
        self.goals
            .iter()
            .any(|g| g.status == GoalStatus::Open && g.aim.is_employment_directed())
    }
    /// Everyone who takes part on the day, besides the citizen and the coordinator.
    pub fn team_on(&self, day: Date) -> impl Iterator<Item = &Participation> {
        self.participations.iter().filter(move |p| p.covers(day))
    }
    /// Whether the plan is open on the day.
    pub fn is_open(&self) -> bool {
        self.head.closed.is_none()
    }
    /// Finds a step.
    pub fn step(&self, id: StepId) -> Option<&Step> {
        self.steps.iter().find(|s| s.id == id)
    }
    /// Finds a goal.
    pub fn goal(&self, id: GoalId) -> Option<&Goal> {
        self.goals.iter().find(|g| g.id == id)
    }
    /// Finds a message.
    pub fn message(&self, id: MessageId) -> Option<&Message> {
        self.messages.iter().find(|m| m.id == id)
    }
    /// Finds a conversation.
    pub fn conversation(&self, id: ConversationId) -> Option<&Conversation> {
        self.conversations.iter().find(|c| c.id == id)
    }
}
