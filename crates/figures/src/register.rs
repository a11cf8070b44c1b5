//! What is known: people with their benefits, efforts and coordinators; plans with the units in them; companies.
//!
//! Read from the database by the store. Everything here is days and numbers: names stay where they are.

use tovholder_spells::person::{Assignment, Code, Effort};
use tovholder_spells::{Day, Interval, Month};
use uuid::Uuid;

/// One person.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Someone {
    /// Whose plan it is: leads back to the people behind a figure for those who may see them.
    pub id: Uuid,
    /// The unit responsible today: its place in [`Register::units`] and one; 0 for none.
    pub unit: Code,
    /// The day of birth.
    pub born: Option<Day>,
    /// Periods on benefits: the group's code ([`crate::Strategy::code_of`]) and the days.
    pub benefits: Vec<(Code, Interval)>,
    /// Efforts that last.
    pub efforts: Vec<Effort>,
    /// Hours of work by month, as the register of wages has them.
    pub earned: Vec<(Month, f64)>,
    /// The coordinators.
    pub coordinators: Vec<Assignment>,
    /// The plans: the days each was open, and who took part in it when, by unit.
    pub plans: Vec<Open>,
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

/// Everything known on a day.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Register {
    /// The people.
    pub people: Vec<Someone>,
    /// The units: id and name.
    pub units: Vec<(Uuid, String)>,
    /// Courses in companies: a number for the company, and the days.
    pub companies: Vec<(u32, Interval)>,
    /// What the benefits cost, as far as the accounts have been brought in.
    pub expenses: Vec<Expense>,
    /// How many live in the municipality; none where nobody has said.
    pub inhabitants: Option<u32>,
    /// The last month with hours of work; none where there are no hours at all.
    pub earned_to: Option<Month>,
}
