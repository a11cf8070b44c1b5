//! When two periods on a benefit are one spell. Three rules are in use in Denmark; every figure says which it was made with.

use std::fmt;
use std::str::FromStr;

use crate::{Day, Interval, Month};

/// The most hours of ordinary work in a gap that [`Gap::Weeks4`] overlooks.
pub const HOURS_OVERLOOKED: f64 = 10.0;

/// How long a break may be inside one spell.
///
/// ```
/// use tovholder_spells::{Day, Gap, Interval};
/// let february = Interval::inclusive("2023-02-01".parse::<Day>().unwrap(), "2023-02-28".parse::<Day>().unwrap()).unwrap();
/// assert!(!Gap::None.joins(february, 0.0));
/// assert!(Gap::Weeks4.joins(february, 10.0)); // 28 days and 10 hours
/// assert!(!Gap::Weeks4.joins(february, 10.1));
/// assert!(!Gap::CalendarMonth.joins(february, 0.0)); // a whole month without benefit
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Gap {
    /// `0d`: one day without benefit ends the spell; adjoining days join. Jobindsats' count of spells until 2017.
    #[default]
    None,
    /// `28d`: up to 28 days without benefit, with at most 10 hours of ordinary work in them, do not end the spell. The rule is per gap.
    /// Statistics Denmark's rule for long-term unemployment.
    Weeks4,
    /// `calendar-month`: the spell ends when a whole calendar month is without benefit. Jobindsats' rule for status after a spell.
    CalendarMonth,
}

impl Gap {
    /// Whether the spell goes on across the gap, given the hours of ordinary work in it.
    pub fn joins(self, gap: Interval, hours: f64) -> bool {
        match self {
            Gap::None => false,
            // The tolerance is for hours that were shared out over days.
            Gap::Weeks4 => gap.days() <= 28 && hours <= HOURS_OVERLOOKED + 1e-9,
            Gap::CalendarMonth => {
                let month = gap.from.month();
                let whole = if month.first() == gap.from { month } else { month + 1 };
                (whole + 1).first() > gap.to
            }
        }
    }

    /// The rule's name on the command line and in a definition's id.
    pub fn id(self) -> &'static str {
        match self {
            Gap::None => "0d",
            Gap::Weeks4 => "28d",
            Gap::CalendarMonth => "calendar-month",
        }
    }
}

impl fmt::Display for Gap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// The text named no gap rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoSuchGap;

impl fmt::Display for NoSuchGap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected 0d, 28d or calendar-month")
    }
}
impl std::error::Error for NoSuchGap {}

impl FromStr for Gap {
    type Err = NoSuchGap;
    fn from_str(text: &str) -> Result<Gap, NoSuchGap> {
        [Gap::None, Gap::Weeks4, Gap::CalendarMonth]
            .into_iter()
            .find(|gap| gap.id() == text)
            .ok_or(NoSuchGap)
    }
}

/// Spells: the paid days of one person, joined by a gap rule. `paid` is a set (see [`union`](crate::interval::union)).
///
/// Hours are known a month at a time. They are shared out evenly over the days of that month without benefit, so that a gap has
/// the hours of the days it takes of them.
///
/// ```
/// use tovholder_spells::{gap, Day, Gap, Interval};
/// let days = |from, to| Interval::new(Day(from), Day(to)).unwrap();
/// let paid = [days(0, 10), days(38, 50), days(79, 90)];
/// let mut spells = Vec::new();
/// gap::join_into(&paid, Gap::Weeks4, &[], &mut spells);
/// assert_eq!(spells, [days(0, 50), days(79, 90)]); // 28 days join, 29 do not
/// ```
pub fn join_into(paid: &[Interval], gap: Gap, earned: &[(Month, f64)], spells: &mut Vec<Interval>) {
    spells.clear();
    for &next in paid {
        match spells.last_mut() {
            Some(spell) => {
                let between = Interval {
                    from: spell.to,
                    to: next.from,
                };
                // The hours cost a search, and only one rule asks for them.
                let short = gap == Gap::Weeks4 && between.days() <= 28;
                let hours = if short { hours_in(between, paid, earned) } else { 0.0 };
                if gap.joins(between, hours) {
                    spell.to = next.to;
                } else {
                    spells.push(next);
                }
            }
            None => spells.push(next),
        }
    }
}

/// The hours of ordinary work in a gap.
fn hours_in(gap: Interval, paid: &[Interval], earned: &[(Month, f64)]) -> f64 {
    let mut hours = 0.0;
    for &(month, of_month) in earned {
        let month = Interval {
            from: month.first(),
            to: (month + 1).first(),
        };
        if let Some(part) = gap.and(month) {
            let mut free = month.days();
            crate::interval::parts(paid, month, |p| free -= p.days());
            hours += of_month * f64::from(part.days()) / f64::from(free);
        }
    }
    hours
}

/// The first day on which somebody who left on `exit` counts as gone for good under the rule, if nothing comes.
///
/// ```
/// use tovholder_spells::{gap, Day, Gap};
/// let exit: Day = "2024-02-10".parse().unwrap();
/// assert_eq!(gap::certain_from(Gap::Weeks4, exit).to_string(), "2024-03-10");
/// assert_eq!(gap::certain_from(Gap::CalendarMonth, exit).to_string(), "2024-04-01");
/// ```
pub fn certain_from(gap: Gap, exit: Day) -> Day {
    match gap {
        Gap::None => exit + 1,
        Gap::Weeks4 => exit + 29,
        Gap::CalendarMonth => {
            let month = exit.month();
            let whole = if month.first() == exit { month } else { month + 1 };
            (whole + 1).first()
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that panics fails")]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }
    fn days(first: &str, last: &str) -> Interval {
        Interval::inclusive(day(first), day(last)).unwrap()
    }
    fn spells(paid: &[Interval], gap: Gap, earned: &[(Month, f64)]) -> Vec<Interval> {
        let mut out = Vec::new();
        join_into(paid, gap, earned, &mut out);
        out
    }

    #[test]
    fn vector_28_days_and_10_hours_join_29_days_or_more_hours_break() {
        let february: Month = "2023-02".parse().unwrap();
        let paid = [days("2023-01-01", "2023-01-31"), days("2023-03-01", "2023-03-31")];
        assert_eq!(spells(&paid, Gap::Weeks4, &[(february, 10.0)]).len(), 1);
        assert_eq!(spells(&paid, Gap::Weeks4, &[(february, 10.1)]).len(), 2);
        let paid = [days("2023-01-01", "2023-01-30"), days("2023-02-28", "2023-03-31")];
        assert_eq!(spells(&paid, Gap::Weeks4, &[]).len(), 1);
        let paid = [days("2023-01-01", "2023-01-30"), days("2023-03-01", "2023-03-31")];
        assert_eq!(spells(&paid, Gap::Weeks4, &[]).len(), 2);
    }

    #[test]
    fn vector_two_gaps_of_20_days_each_join_because_the_rule_is_per_gap() {
        let paid = [
            days("2024-01-01", "2024-01-10"),
            days("2024-01-31", "2024-02-09"),
            days("2024-03-01", "2024-03-10"),
        ];
        assert_eq!(spells(&paid, Gap::Weeks4, &[]), [days("2024-01-01", "2024-03-10")]);
    }

    #[test]
    fn vector_sp1_a_is_one_spell_under_28d_and_two_under_0d() {
        let paid = [days("2024-01-10", "2024-02-20"), days("2024-03-05", "2024-05-31")];
        assert_eq!(paid[1].from - paid[0].to, 13);
        assert_eq!(spells(&paid, Gap::Weeks4, &[]).len(), 1);
        assert_eq!(spells(&paid, Gap::None, &[]).len(), 2);
        assert_eq!(spells(&paid, Gap::CalendarMonth, &[]).len(), 1);
    }

    #[test]
    fn a_calendar_month_ends_a_spell_and_sixty_days_without_one_do_not() {
        let paid = [days("2024-06-01", "2024-07-01"), days("2024-08-31", "2024-09-30")];
        assert_eq!(spells(&paid, Gap::CalendarMonth, &[]).len(), 1);
        let paid = [days("2024-01-01", "2024-01-31"), days("2024-03-01", "2024-03-31")];
        assert_eq!(spells(&paid, Gap::CalendarMonth, &[]).len(), 2);
    }

    #[test]
    fn hours_belong_to_the_days_without_benefit() {
        let january: Month = "2024-01".parse().unwrap();
        // All of January's 12 hours lie in the gap of 11 days; before the first period nothing is paid either in the second case.
        let paid = [days("2024-01-01", "2024-01-20"), days("2024-02-01", "2024-02-10")];
        assert_eq!(spells(&paid, Gap::Weeks4, &[(january, 12.0)]).len(), 2);
        let paid = [days("2024-01-12", "2024-01-20"), days("2024-02-01", "2024-02-10")];
        assert_eq!(spells(&paid, Gap::Weeks4, &[(january, 12.0)]).len(), 1);
    }
}
