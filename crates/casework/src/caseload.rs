//! One line a citizen, and the ready lists an employee works from.
//!
//! A [`Summary`] is what a caseload shows of a plan. It holds dates, never judgements that age: the lists are found from it and
//! today's date. The store keeps it beside the plan, written in the same transaction, so that a caseload of 400 is one query.

use crate::consent::{Consent, NEWS_DAYS};
use crate::drift::{self, Drift, DriftRule};
use crate::id::*;
use crate::keyed::keyed;
use crate::plan::*;
use jiff::civil::{Date, DateTime};

/// What a caseload shows of one plan, derived from the plan alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// The plan.
    pub plan: PlanId,
    /// Whose.
    pub citizen: CitizenId,
    /// Which core task.
    pub core_task: CoreTask,
    /// First day.
    pub opened: Date,
    /// Last day.
    pub closed: Option<Date>,
    /// The coordinator of the period that has no end yet, or the last.
    pub coordinator: Option<EmployeeId>,
    /// First day of that period.
    pub coordinator_from: Option<Date>,
    /// The one before, when the period is a change.
    pub previous_coordinator: Option<EmployeeId>,
    /// Whether an open goal points at work or education.
    pub has_employment_goal: bool,
    /// See [`Plan::last_company_contact`].
    pub last_company_contact: Option<Date>,
    /// Earliest conversation that is still booked.
    pub first_booked: Option<DateTime>,
    /// Latest conversation that is still booked.
    pub last_booked: Option<DateTime>,
    /// Latest conversation held.
    pub last_held: Option<Date>,
    /// The step to take first.
    pub next_step: String,
    /// Its date.
    pub next_step_due: Option<Date>,
    /// Earliest date of an open step.
    pub earliest_due: Option<Date>,
    /// Open steps the citizen holds.
    pub waits_citizen: u32,
    /// Open steps employees hold.
    pub waits_employee: u32,
    /// Questions not answered yet.
    pub open_questions: u32,
    /// Messages from the citizen that nobody has read yet.
    pub unread_messages: u32,
    /// Of the days on which news of a consent is over, the earliest. See [`crate::consent::Consent::news_ends`].
    pub first_consent_news: Option<Date>,
    /// The latest of them.
    pub last_consent_news: Option<Date>,
}

impl Summary {
    /// Derives the summary from a plan.
    pub fn of(plan: &Plan) -> Self {
        let open = || plan.steps.iter().filter(|s| s.status == StepStatus::Open);
        let booked = || {
            plan.conversations
                .iter()
                .filter(|c| c.status == ConversationStatus::Booked)
                .map(|c| c.starts)
        };
        let last = plan.coordinations.last();
        let previous = plan
            .coordinations
            .len()
            .checked_sub(2)
            .map(|i| plan.coordinations[i].employee);
        let next = plan.next_step();
        let consent_news = || plan.consents.iter().filter_map(Consent::news_ends);
        Summary {
            plan: plan.head.id,
            citizen: plan.head.citizen,
            core_task: plan.head.core_task,
            opened: plan.head.opened,
            closed: plan.head.closed,
            coordinator: last.map(|c| c.employee),
            coordinator_from: last.map(|c| c.from),
            previous_coordinator: previous,
            has_employment_goal: plan.has_employment_goal(),
            last_company_contact: plan.last_company_contact(),
            first_booked: booked().min(),
            last_booked: booked().max(),
            last_held: plan
                .conversations
                .iter()
                .filter(|c| c.status == ConversationStatus::Held)
                .map(|c| c.starts.date())
                .max(),
            next_step: next.map(|s| s.title.clone()).unwrap_or_default(),
            next_step_due: next.and_then(|s| s.due),
            earliest_due: open().filter_map(|s| s.due).min(),
            waits_citizen: open().filter(|s| s.holder.kind == PersonKind::Citizen).count() as u32,
            waits_employee: open().filter(|s| s.holder.kind == PersonKind::Employee).count() as u32,
            open_questions: plan.questions.iter().filter(|q| q.waits()).count() as u32,
            unread_messages: plan.messages.iter().filter(|m| m.waits_for_employee()).count() as u32,
            first_consent_news: consent_news().min(),
            last_consent_news: consent_news().max(),
        }
    }

    /// Who coordinates on the day.
    pub fn coordinator_on(&self, today: Date) -> Option<EmployeeId> {
        match self.coordinator_from {
            Some(from) if from > today && self.previous_coordinator.is_some() => self.previous_coordinator,
            _ => self.coordinator,
        }
    }

    /// Whether some consent of the plan may be news on the day. `false` is sure; the consents themselves say what it is ([`Consent::news`]).
    pub fn may_have_consent_news(&self, today: Date, remind_days: u32) -> bool {
        let ahead = i64::from(remind_days).max(NEWS_DAYS.into());
        let ahead = today.saturating_add(jiff::Span::new().days(ahead));
        self.first_consent_news.is_some_and(|first| first <= ahead)
            && self.last_consent_news.is_some_and(|last| last >= today)
    }

    /// Why the plan is drifting on the day, if it is.
    pub fn drift(&self, rule: DriftRule, today: Date) -> Vec<Drift> {
        if self.closed.is_some() {
            return vec![];
        }
        drift::judge(
            rule,
            self.opened,
            self.has_employment_goal,
            self.last_company_contact,
            today,
        )
    }

    /// Whether the plan belongs in the ready list.
    pub fn is_in(&self, list: ReadyList, rule: DriftRule, now: DateTime) -> bool {
        let today = now.date();
        match list {
            ReadyList::All => true,
            ReadyList::NoNextConversation => self.last_booked.is_none_or(|at| at < now),
            ReadyList::Drifting => !self.drift(rule, today).is_empty(),
            ReadyList::StepOverdue => self.earliest_due.is_some_and(|due| due < today),
            ReadyList::NewToMe => self
                .coordinator_from
                .is_some_and(|from| from <= today && from >= today.saturating_sub(jiff::Span::new().days(NEW_DAYS))),
            ReadyList::WaitingForCitizen => self.waits_citizen > 0 && self.waits_employee == 0,
            ReadyList::WaitingForMe => self.waits_employee > 0 || self.open_questions > 0 || self.unread_messages > 0,
            ReadyList::ChangeComing => self.coordinator_from.is_some_and(|from| from > today),
            ReadyList::OutcomeMissing => self.first_booked.is_some_and(|at| at < now),
        }
    }
}

/// A citizen is *new to me* for this many days.
pub const NEW_DAYS: i32 = 30;

keyed! {
    /// The ready lists of *my citizens*.
    ReadyList {
        /// Everyone.
        All = "all",
        /// No conversation is booked.
        NoNextConversation = "no_next_conversation",
        /// No employment-directed goal, or no company contact in time.
        Drifting = "drifting",
        /// A step is past its date.
        StepOverdue = "step_overdue",
        /// Taken over in the last 30 days.
        NewToMe = "new_to_me",
        /// Only the citizen holds open steps.
        WaitingForCitizen = "waiting_for_citizen",
        /// An employee holds a step, a question is unanswered, or a message from the citizen is unread.
        WaitingForMe = "waiting_for_me",
        /// A change of coordinator is agreed and not yet in force.
        ChangeComing = "change_coming",
        /// A conversation's time has passed and nothing is written.
        OutcomeMissing = "outcome_missing",
    }
}
