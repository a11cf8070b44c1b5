//! What is known: people with their benefits, efforts and coordinators; plans with the units in them; companies.
//!
//! Read from the database by the store. Everything here is days and numbers: names stay where they are.

use tovholder_spells::person::{Assignment, Code, Effort, FOREVER};
use tovholder_spells::{Day, Interval, Month, interval};
use uuid::Uuid;

/// One person.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Someone {
    /// Whose plan it is: leads back to the people behind a figure for those who may see them.
    pub id: Uuid,
    /// The unit responsible today: its place in [`Town::units`] and one; 0 for none.
    pub unit: Code,
    /// The day of birth.
    pub born: Option<Day>,
    /// Periods on benefits: the group's code ([`crate::Strategy::code_of`]) and the days.
    pub benefits: Vec<(Code, Interval)>,
    /// Efforts that last.
    pub efforts: Vec<Effort>,
    /// Hours of work by month, as the register of wages has them.
    pub earned: Vec<(Month, f64)>,
    /// What the national register knows; none for those not in it.
    pub weeks: Option<Weeks>,
    /// The coordinators.
    pub coordinators: Vec<Assignment>,
    /// The plans: the days each was open, and who took part in it when, by unit.
    pub plans: Vec<Open>,
}

/// Weeks of a citizen in the national register of support, Mondays to Sundays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weeks {
    /// The weeks that are known.
    pub known: Interval,
    /// Those with support of any kind, or in which the citizen had died, emigrated or gone on pension; in order. The other known ones were
    /// without.
    pub supported: Vec<Interval>,
}

/// A plan's life, and the units in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// The days it was open.
    pub days: Interval,
    /// Units with an employee in the plan, and when: coordinators and participants.
    pub units: Vec<(Code, Interval)>,
}

/// What a benefit cost in a month, in kroner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Expense {
    /// The month.
    pub month: Month,
    /// The group's code, as of the benefits of people.
    pub benefit: Code,
    /// Paid out.
    pub gross: f64,
    /// Given back by the state.
    pub refund: f64,
}

/// What is known of the municipality as a whole on a day.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Town {
    /// The units: id and name.
    pub units: Vec<(Uuid, String)>,
    /// The weeks known from the national register of support: to the end of the newest, and from the first that anybody in the newest has. None where
    /// it has not been brought in.
    pub weeks: Option<Interval>,
    /// What the benefits cost, as far as the accounts have been brought in.
    pub expenses: Vec<Expense>,
    /// How many live in the municipality; none where nobody has said.
    pub inhabitants: Option<u32>,
    /// The last month with hours of work; none where there are no hours at all.
    pub earned_to: Option<Month>,
}

/// Some of the people, or all. The figures of a large municipality are counted part by part, so that not everybody is in memory at once.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Part {
    /// The people.
    pub people: Vec<Someone>,
    /// Their courses in companies: a number for the company, and the days.
    pub companies: Vec<(u32, Interval)>,
}

impl Someone {
    /// Whether the national register knows of all these weeks.
    pub fn is_known(&self, weeks: Interval) -> bool {
        let known = self.weeks.as_ref().map(|own| own.known);
        known.is_some_and(|own| own.from <= weeks.from && own.to >= weeks.to)
    }

    /// Support that only the national register knows of. A week in which the person was on a benefit of ours tells nothing new: one day in
    /// it is enough for its code. As everywhere, a week is counted from its Thursday, the day that says which month it belongs to.
    pub fn supported_elsewhere(&self) -> Vec<Interval> {
        let Some(weeks) = &self.weeks else { return vec![] };
        let whole = |days: &Interval| Interval {
            from: days.from - days.from.weekday(),
            to: if days.to == FOREVER {
                FOREVER
            } else {
                days.to + (7 - days.to.weekday()) % 7
            },
        };
        let mut own: Vec<Interval> = self.benefits.iter().map(|(_, days)| whole(days)).collect();
        interval::union(&mut own);
        let elsewhere = interval::without(&weeks.supported, &own).into_iter();
        elsewhere
            .map(|days| Interval {
                from: days.from + 3,
                to: days.to + 3,
            })
            .collect()
    }
}
