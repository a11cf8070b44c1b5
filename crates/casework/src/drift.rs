//! *Job first*: a plan for work needs an employment-directed goal, and company contact within the weeks the rules set.
//!
//! A plan without them is *drifting*: not a score and not a fault, but a reminder of what to do next, shown to the employee and the team.

use crate::plan::*;
use jiff::civil::Date;

/// The rule that holds on a day for a core task (`rules/drift.toml`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DriftRule {
    /// Whether an employment-directed goal is asked for.
    pub employment_goal: bool,
    /// Weeks within which there must be company contact, counted from the plan's first day or the last contact; none = not asked for.
    pub company_contact_weeks: Option<u32>,
}

/// Why a plan is drifting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drift {
    /// No open goal points at work or education.
    NoEmploymentGoal,
    /// No company contact since this day, longer than the rule allows.
    NoCompanyContact {
        /// The last contact, or the plan's first day.
        since: Date,
        /// The weeks the rule allows.
        weeks: u32,
    },
}

/// Judges a plan for work on a day. `last_company_contact` may lie in the future (a placement already agreed).
///
/// ```
/// use tovholder_casework::drift::*;
/// use jiff::civil::date;
/// let rule = DriftRule { employment_goal: true, company_contact_weeks: Some(8) };
/// let opened = date(2026, 1, 5);
/// assert_eq!(judge(rule, opened, true, None, date(2026, 3, 2)), vec![]);                 // eight weeks to the day
/// assert_eq!(judge(rule, opened, true, None, date(2026, 3, 3)).len(), 1);                // one day more
/// assert_eq!(judge(rule, opened, true, Some(date(2026, 2, 1)), date(2026, 3, 3)), vec![]);
/// assert_eq!(judge(rule, opened, false, Some(date(2026, 2, 1)), date(2026, 3, 3)), vec![Drift::NoEmploymentGoal]);
/// ```
pub fn judge(
    rule: DriftRule,
    opened: Date,
    has_employment_goal: bool,
    last_company_contact: Option<Date>,
    today: Date,
) -> Vec<Drift> {
    let mut found = Vec::new();
    if rule.employment_goal && !has_employment_goal {
        found.push(Drift::NoEmploymentGoal);
    }
    if let Some(weeks) = rule.company_contact_weeks {
        let since = last_company_contact.map_or(opened, |contact| contact.max(opened));
        if since.saturating_add(jiff::Span::new().weeks(weeks)) < today {
            found.push(Drift::NoCompanyContact { since, weeks });
        }
    }
    found
}

impl Plan {
    /// The last (or agreed future) day of company contact: an effort at a company, or a conversation held at one.
    ///
    /// An effort counts until its last day: while it lasts, contact is as late as `today`.
    pub fn last_company_contact(&self) -> Option<Date> {
        let efforts = self
            .efforts
            .iter()
            .filter(|e| e.company.is_some() && !e.withdrawn)
            .map(|e| e.until.unwrap_or(Date::MAX));
        let talks = self
            .conversations
            .iter()
            .filter(|c| c.channel == Channel::Company)
            .filter(|c| matches!(c.status, ConversationStatus::Held | ConversationStatus::Booked))
            .map(|c| c.starts.date());
        efforts.chain(talks).max()
    }
}
