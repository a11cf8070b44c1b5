//! How long what is held about a citizen is kept, and what is due to go (`rules/retention.toml`).
//!
//! A citizen goes as a whole: with everything, or not at all. Nothing is due while a plan is open, while a benefit lasts, or while somebody holds it
//! back; then as many years after the last activity as the rule of the day says for what the case is about.

use jiff::civil::Date;
use jiff::{Span, Timestamp};
use serde::{Deserialize, Serialize};

use crate::act::Actor;
use crate::claims::PLAN_SUBJECTS;
use crate::decide::{Refusal, Why, refuse, text};
use crate::id::*;
use crate::rules::RulesOn;

/// What a citizen without a plan is about: work and employment in general (KLE).
pub const NO_PLAN_SUBJECT: &str = "15";

/// What decides how long a citizen is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// There is, or has been, a plan.
    pub has_plan: bool,
    /// A plan is open.
    pub plan_open: bool,
    /// A benefit lasts on the day, or begins later.
    pub on_benefit: bool,
    /// The last day anything happened: a change, a plan closed, a benefit ended. None when nothing is known.
    pub last: Option<Date>,
    /// Somebody holds it back.
    pub held: bool,
}

/// Whether a citizen is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// A plan is open, a benefit lasts, or no day is known to count from.
    InUse,
    /// Until and with this day.
    Until(Date),
    /// It was to go after this day, and is held back.
    Held(Date),
    /// It is due: the last day it was to be kept, and by which rule.
    Due {
        /// The last day.
        until: Date,
        /// The KLE number.
        kle: &'static str,
        /// Years after the last activity.
        years: u32,
    },
}

/// Whether a citizen is kept on the day the rules are asked for.
pub fn judge(facts: &Facts, rules: RulesOn<'_>, today: Date) -> Kept {
    let Some(last) = facts.last.filter(|_| !facts.plan_open && !facts.on_benefit) else {
        return Kept::InUse;
    };
    let subjects: &[&'static str] = if facts.has_plan {
        &PLAN_SUBJECTS
    } else {
        &[NO_PLAN_SUBJECT]
    };
    // A plan is the citizen's own and may have been a joint one: the longer of the two counts.
    let years = |kle: &'static str| (rules.retention(kle).years, kle);
    let (years, kle) = subjects
        .iter()
        .map(|kle| years(kle))
        .max_by_key(|(years, _)| *years)
        .unwrap_or((u32::MAX, ""));
    let Ok(until) = last.checked_add(Span::new().years(i64::from(years.min(1_000)))) else {
        return Kept::InUse;
    };
    if until >= today {
        Kept::Until(until)
    } else if facts.held {
        Kept::Held(until)
    } else {
        Kept::Due { until, kle, years }
    }
}

/// The last day that something can have happened to a citizen whose time is over by this day, whatever the case was about: what happened later keeps
/// them longer. Rather a day too late than too early.
#[must_use]
pub fn quiet_since(rules: RulesOn<'_>, by: Date) -> Date {
    let fewest = PLAN_SUBJECTS
        .iter()
        .chain(&[NO_PLAN_SUBJECT])
        .map(|kle| rules.retention(kle).years)
        .min()
        .unwrap_or(0);
    // The 29th of February and a year is the 28th.
    by.saturating_sub(Span::new().years(i64::from(fewest.min(1_000))))
        .saturating_add(Span::new().days(1))
}

/// That a citizen is held back: nothing of theirs is deleted while it lasts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// Its id.
    pub id: HoldId,
    /// The citizen.
    pub citizen: CitizenId,
    /// Why: a complaint, a court, an audit.
    pub reason: String,
    /// When it was placed.
    pub placed: Timestamp,
    /// By whom.
    pub placed_by: String,
    /// The last day; none: until it is lifted.
    pub until: Option<Date>,
    /// When it was lifted.
    pub lifted: Option<Timestamp>,
    /// By whom.
    pub lifted_by: String,
    /// Revision, from 1.
    pub rev: u32,
}

impl Hold {
    /// A hold from now on.
    ///
    /// # Errors
    /// Refuses a reason of less than ten characters or more than 500, one with a CPR number in it, and a last day that has been.
    pub fn place(
        id: HoldId,
        citizen: CitizenId,
        actor: &Actor,
        reason: &str,
        until: Option<Date>,
        (at, today): (Timestamp, Date),
    ) -> Result<Self, Refusal> {
        let reason = text("reason", reason, 500)?;
        if reason.chars().count() < 10 {
            return refuse("reason", Why::TooShort(10));
        }
        if crate::cpr::stands_in(&reason) {
            return refuse("reason", Why::HasCpr);
        }
        if until.is_some_and(|until| until < today) {
            return refuse("until", Why::NotAllowed);
        }
        Ok(Hold {
            id,
            citizen,
            reason,
            placed: at,
            placed_by: actor.name.clone(),
            until,
            lifted: None,
            lifted_by: String::new(),
            rev: 1,
        })
    }

    /// The same, lifted.
    ///
    /// # Errors
    /// Refuses one that is lifted already.
    pub fn lift(&self, actor: &Actor, at: Timestamp) -> Result<Self, Refusal> {
        if self.lifted.is_some() {
            return refuse("", Why::Changed);
        }
        Ok(Hold {
            lifted: Some(at),
            lifted_by: actor.name.clone(),
            rev: self.rev + 1,
            ..self.clone()
        })
    }

    /// Whether it holds on the day.
    #[must_use]
    pub fn holds(&self, today: Date) -> bool {
        self.lifted.is_none() && self.until.is_none_or(|until| until >= today)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that panics fails")]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;
    use uuid::Uuid;

    use crate::rules::Rules;

    fn facts(last: Option<Date>) -> Facts {
        Facts {
            has_plan: true,
            plan_open: false,
            on_benefit: false,
            last,
            held: false,
        }
    }

    #[test]
    fn a_citizen_goes_when_the_years_of_the_rule_are_over_and_not_a_day_before() {
        let rules = Rules::builtin();
        let last = date(2020, 2, 29);
        let on = |facts: &Facts, today| judge(facts, rules.on(today), today);
        let until = date(2025, 2, 28);
        assert_eq!(on(&facts(Some(last)), until), Kept::Until(until));
        let next = date(2025, 3, 1);
        assert_eq!(
            on(&facts(Some(last)), next),
            Kept::Due {
                until,
                kle: "15.20.01",
                years: 5
            }
        );
        let held = Facts {
            held: true,
            ..facts(Some(last))
        };
        assert_eq!(on(&held, next), Kept::Held(until));
        assert_eq!(
            on(&facts(None), next),
            Kept::InUse,
            "nobody goes without a day to count from"
        );
    }

    proptest! {
        /// Whoever is asked about no further, because something happened after that day, would not have gone.
        #[test]
        fn nobody_goes_in_whose_life_something_happened_after_the_quiet_day(
            last in 0i32..20_000, ahead in 0i32..8_000, has_plan: bool,
        ) {
            let rules = Rules::builtin();
            let day = |n: i32| date(1990, 1, 1).saturating_add(Span::new().days(n));
            let (last, by) = (day(last), day(last + ahead));
            let of = Facts { has_plan, ..facts(Some(last)) };
            if last > quiet_since(rules.on(by), by) {
                let kept = judge(&of, rules.on(by), by);
                prop_assert!(matches!(kept, Kept::Until(until) if until > by), "{kept:?}");
            }
        }
    }

    #[test]
    fn the_rules_of_two_days_give_two_answers_and_the_longer_of_two_subjects_counts() {
        let text = "basis = \"local\"\nsource = \"the municipality\"\n\
            [[retention]]\nvalid_from = \"2014-07-01\"\nkle = \"\"\nyears = 2\n\
            [[retention]]\nvalid_from = \"2014-07-01\"\nvalid_to = \"2025-12-31\"\nkle = \"15.17.30\"\nyears = 10\n\
            [[retention]]\nvalid_from = \"2026-01-01\"\nkle = \"15.17.30\"\nyears = 3\n";
        let rules = Rules::from_files([("retention.toml", text)]).unwrap();
        let someone = facts(Some(date(2020, 6, 1)));
        let on = |today| judge(&someone, rules.on(today), today);
        assert_eq!(on(date(2025, 12, 31)), Kept::Until(date(2030, 6, 1)));
        assert_eq!(
            on(date(2026, 1, 1)),
            Kept::Due {
                until: date(2023, 6, 1),
                kle: "15.17.30",
                years: 3
            }
        );
        let without = Facts {
            has_plan: false,
            ..someone.clone()
        };
        let today = date(2026, 1, 1);
        assert_eq!(
            judge(&without, rules.on(today), today),
            Kept::Due {
                until: date(2022, 6, 1),
                kle: "15",
                years: 2
            }
        );
        assert_eq!(rules.on(today).leftover("draft"), 365);
    }

    #[test]
    fn a_hold_has_a_reason_a_day_and_is_lifted_once() {
        let leader = Actor {
            kind: crate::act::UserKind::Employee,
            id: Uuid::from_u128(1),
            name: "Lis Dahl".into(),
            unit: "Jobcentret".into(),
        };
        let today = date(2026, 3, 16);
        let place = |reason: &str, until| {
            let (id, citizen) = (HoldId(Uuid::from_u128(2)), CitizenId(Uuid::from_u128(3)));
            Hold::place(id, citizen, &leader, reason, until, (Timestamp::UNIX_EPOCH, today))
        };
        assert_eq!(place("Klage", None).unwrap_err().why, Why::TooShort(10));
        assert_eq!(place("Klage fra 610590-1234", None).unwrap_err().why, Why::HasCpr);
        assert_eq!(
            place("En klage er ikke afgjort", Some(date(2026, 3, 15)))
                .unwrap_err()
                .field,
            "until"
        );
        let hold = place("En klage er ikke afgjort", Some(today)).unwrap();
        assert!(hold.holds(today) && !hold.holds(date(2026, 3, 17)));
        let lifted = hold.lift(&leader, Timestamp::UNIX_EPOCH).unwrap();
        assert!(!lifted.holds(today));
        assert_eq!(
            lifted.lift(&leader, Timestamp::UNIX_EPOCH).unwrap_err().why,
            Why::Changed
        );
    }

    proptest! {
        /// Something that keeps a citizen never makes them due.
        #[test]
        fn what_keeps_never_deletes(year in 2000i16..2040, month in 1i8..=12, days in 0i32..20_000, has_plan: bool, plan_open: bool, on_benefit: bool, held: bool) {
            let rules = Rules::builtin();
            let last = date(year, month, 1);
            let today = last.saturating_add(Span::new().days(days));
            let facts = Facts { has_plan, plan_open, on_benefit, last: Some(last), held };
            let kept = judge(&facts, rules.on(today), today);
            if plan_open || on_benefit {
                prop_assert_eq!(kept, Kept::InUse);
            } else if held {
                prop_assert!(matches!(kept, Kept::Until(_) | Kept::Held(_)), "{:?}", kept);
            } else {
                let over = today > last.saturating_add(Span::new().years(5));
                prop_assert_eq!(matches!(kept, Kept::Due { .. }), over);
            }
        }
    }
}
