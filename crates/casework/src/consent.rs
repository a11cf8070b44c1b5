//! What a citizen has agreed that others may know: concrete, for a time, and withdrawn at once (retssikkerhedsloven §§ 11 a and 12 no. 3).
//!
//! A consent names which information, from whom, to whom, for what and until when, and the version of the text that was read. A unit that is not
//! responsible for the citizen reads the plan by a consent and no further than it goes: [`kinds_for`] answers, and [`crate::access`] asks at every reading
//! and every writing (design invariant 6). Consents that concern somebody outside the municipality are kept here as well; nothing leaves the system to
//! them by itself.

use crate::id::*;
use crate::keyed::keyed;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

keyed! {
    /// A kind of information a consent can be about. `rules/consent.toml` has the words.
    Information {
        /// Goals, steps, efforts and remarks on them, the people around the plan, when conversations are, and how to reach the citizen. What a unit
        /// cannot take part without.
        Plan = "plan",
        /// Notes of conversations, questions for them, messages, and what a new coordinator is told.
        Conversations = "conversations",
        /// Answers on the six preconditions for work.
        Preconditions = "preconditions",
        /// Resources, hopes, network, motivation.
        Strengths = "strengths",
        /// From outside: health.
        Health = "health",
        /// From outside: an employer's knowledge.
        Employment = "employment",
        /// From outside: an a-kasse's knowledge.
        Benefits = "benefits",
        /// From outside: schools and education.
        Education = "education",
        /// From outside: another authority's help.
        OtherCase = "other_case",
    }
}
impl Information {
    /// Whether it stands in the plan. The rest is known to others, and asked for.
    #[must_use]
    pub const fn is_in_plan(self) -> bool {
        matches!(
            self,
            Information::Plan | Information::Conversations | Information::Preconditions | Information::Strengths
        )
    }
}

keyed! {
    /// Which way the information goes.
    Way {
        /// Another unit of the municipality reads the plan.
        Unit = "unit",
        /// Somebody outside is told.
        Give = "give",
        /// Somebody outside is asked.
        Gather = "gather",
    }
}
impl Way {
    /// Whether a consent of this way can be about this kind of information.
    #[must_use]
    pub const fn concerns(self, kind: Information) -> bool {
        match self {
            Way::Unit | Way::Give => kind.is_in_plan(),
            Way::Gather => !kind.is_in_plan(),
        }
    }
}

keyed! {
    /// Where a consent stands.
    ConsentStatus {
        /// Asked for; the citizen has not answered.
        Asked = "asked",
        /// The citizen said yes.
        Given = "given",
        /// The citizen said no.
        Declined = "declined",
        /// Withdrawn by the citizen, or taken back before it was answered.
        Withdrawn = "withdrawn",
        /// A newer one for the same unit has taken its place.
        Replaced = "replaced",
    }
}

keyed! {
    /// How the citizen answered.
    How {
        /// Themselves, on their own page.
        OwnPage = "own_page",
        /// By word of mouth, to an employee.
        Spoken = "spoken",
        /// On paper, which the municipality keeps.
        Paper = "paper",
    }
}

/// An answer, or a withdrawal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// The day.
    pub on: Date,
    /// Who entered it, by name: the citizen or an employee.
    pub by: String,
    /// How the citizen said it.
    pub how: How,
}

/// What a consent says. It never changes once it has been asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// Which way.
    pub way: Way,
    /// From whom, by name.
    pub from: String,
    /// To whom, by name.
    pub to: String,
    /// Which information.
    pub kinds: Vec<Information>,
    /// For what, in plain words. 10–500 characters.
    pub purpose: String,
    /// The version of the text that was read.
    pub version: u32,
    /// Who asked, by name.
    pub asked_by: String,
}

impl Terms {
    /// The other side, by name: who would read, be told or be asked.
    #[must_use]
    pub fn other_side(&self) -> &str {
        match self.way {
            Way::Unit | Way::Give => &self.to,
            Way::Gather => &self.from,
        }
    }
}

/// How many days a withdrawal or a no is news to the coordinator.
pub const NEWS_DAYS: i32 = 14;

/// What an employee should know of a consent on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// The employee takes part in the plan and no consent lets the own unit read it.
    Missing,
    /// It ends on this day.
    Ends(Date),
    /// The citizen said no on this day.
    Declined(Date),
    /// It was withdrawn on this day.
    Withdrawn(Date),
}

/// A consent that was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// Its id.
    pub id: ConsentId,
    /// The plan it belongs to.
    pub plan: PlanId,
    /// The unit that may read; none when it concerns somebody outside.
    pub unit: Option<UnitId>,
    /// Who asked.
    pub asked_by: EmployeeId,
    /// The day it was asked for: the words are those of this day.
    pub asked: Date,
    /// Last day, inclusive.
    pub until: Date,
    /// Where it stands.
    pub status: ConsentStatus,
    /// What it says.
    pub terms: Terms,
    /// The citizen's answer.
    pub answer: Option<Reply>,
    /// That it was withdrawn, taken back or replaced.
    pub end: Option<Reply>,
    /// Revision, from 1.
    pub rev: u32,
}

impl Consent {
    /// Whether it holds on the day. One that is withdrawn holds from that moment not even for the rest of the day.
    #[must_use]
    pub fn holds(&self, day: Date) -> bool {
        self.status == ConsentStatus::Given && self.asked <= day && day <= self.until
    }
    /// Whether it waits for the citizen's answer.
    #[must_use]
    pub fn waits(&self, day: Date) -> bool {
        self.status == ConsentStatus::Asked && day <= self.until
    }
    /// Whether it holds today and ends within so many days.
    #[must_use]
    pub fn ends_soon(&self, today: Date, days: u32) -> bool {
        self.holds(today) && self.until <= today.saturating_add(jiff::Span::new().days(i64::from(days)))
    }
    /// What was said no to or taken back, and when. One that was taken back before it was answered is no news.
    fn refused(&self) -> Option<News> {
        match (self.status, &self.answer, &self.end) {
            (ConsentStatus::Declined, Some(no), _) => Some(News::Declined(no.on)),
            (ConsentStatus::Withdrawn, Some(_), Some(end)) => Some(News::Withdrawn(end.on)),
            _ => None,
        }
    }
    /// The last day on which it can be news to the coordinator, whatever is said or done then.
    #[must_use]
    pub fn news_ends(&self) -> Option<Date> {
        match (self.status, self.refused()) {
            (ConsentStatus::Given, _) => Some(self.until),
            (_, Some(News::Declined(on) | News::Withdrawn(on))) => {
                Some(on.saturating_add(jiff::Span::new().days(NEWS_DAYS)).min(self.until))
            }
            _ => None,
        }
    }
    /// What the coordinator should know of it today, when an end is news `remind_days` before it comes.
    #[must_use]
    pub fn news(&self, today: Date, remind_days: u32) -> Option<News> {
        let news = if self.ends_soon(today, remind_days) {
            Some(News::Ends(self.until))
        } else {
            self.refused()
        };
        news.filter(|_| self.news_ends().is_some_and(|last| today <= last))
    }
}

/// What consents let a unit read of the plan on a day. Nothing without the plan itself: notes alone open no door.
#[must_use]
pub fn kinds_for(consents: &[Consent], unit: UnitId, day: Date) -> Vec<Information> {
    let hold = consents.iter().filter(|c| c.unit == Some(unit) && c.holds(day));
    let mut kinds: Vec<Information> = hold.flat_map(|c| c.terms.kinds.iter().copied()).collect();
    kinds.retain(|kind| kind.is_in_plan());
    kinds.sort();
    kinds.dedup();
    if kinds.contains(&Information::Plan) {
        kinds
    } else {
        vec![]
    }
}

/// A text with its places filled in; a place that is not known stays as it is. What is filled in is not searched again.
///
/// ```
/// # use tovholder_casework::consent::fill;
/// assert_eq!(fill("{to} læser {what}.", &[("to", "Unge {what}"), ("what", "mål")]), "Unge {what} læser mål.");
/// ```
#[must_use]
pub fn fill(text: &str, places: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(text.len() + 100);
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let (before, after) = rest.split_at(open);
        out.push_str(before);
        let found = after.find('}').and_then(|close| {
            let name = &after[1..close];
            let (_, value) = places.iter().find(|(place, _)| *place == name)?;
            Some((*value, close + 1))
        });
        match found {
            Some((value, used)) => {
                out.push_str(value);
                rest = &after[used..];
            }
            None => {
                out.push('{');
                rest = &after[1..];
            }
        }
    }
    out.push_str(rest);
    out
}
