//! What is known about one person: what the accumulators read.

use crate::{Day, Interval, Month};

/// Full time, in the billionths that shares are counted in: integers, so that any order of adding gives the same sum.
pub const FULL: u32 = 1_000_000_000;

/// A code for a value of a breakdown: a benefit, an area, a sex. What it stands for is the caller's business.
pub type Code = u16;

/// The code of no value.
pub const UNKNOWN: Code = 0;

/// A period on a benefit, as registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Which benefit.
    pub benefit: Code,
    /// Which municipality pays.
    pub area: Code,
    /// The share of full time, in billionths, at most [`FULL`].
    pub share: u32,
    /// When. An entry without an end goes on for ever ([`FOREVER`]).
    pub days: Interval,
}

/// The end of a period that has none.
pub const FOREVER: Day = Day(i32::MAX / 4);

/// A period of an effort.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effort {
    /// When.
    pub days: Interval,
    /// In a company.
    pub company_directed: bool,
    /// The share of 37 hours a week, in billionths, at most [`FULL`].
    pub share: u32,
    /// With ordinary paid hours.
    pub paid: bool,
}

/// A period in which an employee was responsible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// Who; a number that is the same for the same employee of this person.
    pub employee: u32,
    /// When.
    pub days: Interval,
}

/// Everything known about one person, in any order.
///
/// ```
/// use tovholder_spells::{Interval, Person, person::{Entry, FULL}};
/// let days = Interval::inclusive("2024-01-01".parse().unwrap(), "2024-03-31".parse().unwrap()).unwrap();
/// // Half of full time on benefit 1 in area 851.
/// let person = Person { entries: vec![Entry { benefit: 1, area: 851, share: FULL / 2, days }], ..Person::default() };
/// assert_eq!(person.entries[0].days.days(), 91);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Person {
    /// Periods on benefits.
    pub entries: Vec<Entry>,
    /// The values of the attributes that do not change, in the order of the plan's groups.
    pub groups: Vec<Code>,
    /// The day of birth.
    pub born: Option<Day>,
    /// Efforts.
    pub efforts: Vec<Effort>,
    /// Hours of ordinary work, month by month.
    pub earned: Vec<(Month, f64)>,
    /// Who was responsible.
    pub assignments: Vec<Assignment>,
}

impl Person {
    /// Empties all lists, keeping their room.
    pub fn clear(&mut self) {
        self.entries.clear();
        self.groups.clear();
        self.born = None;
        self.efforts.clear();
        self.earned.clear();
        self.assignments.clear();
    }
}

/// The longest cover by a colleague that is no change of caseworker, when the same one is back after it.
pub const COVER: i32 = 28;

/// The days on which a person got a new caseworker. On a day with two assignments the one begun last counts; a cover of at most
/// [`COVER`] days after which the same employee is back is passed over. The first assignment is no change.
///
/// ```
/// use tovholder_spells::{Day, Interval, person::{changes, Assignment}};
/// let who = |employee, from, to| Assignment { employee, days: Interval::new(Day(from), Day(to)).unwrap() };
/// assert_eq!(changes(&[who(1, 0, 100), who(2, 100, 200)]), [Day(100)]);
/// assert_eq!(changes(&[who(1, 0, 100), who(2, 100, 128), who(1, 128, 200)]), []);
/// assert_eq!(changes(&[who(1, 0, 100), who(2, 100, 129), who(1, 129, 200)]), [Day(100), Day(129)]);
/// ```
pub fn changes(assignments: &[Assignment]) -> Vec<Day> {
    // Who is responsible, from which day to which, without overlaps.
    let mut sorted = assignments.to_vec();
    sorted.sort_unstable_by_key(|a| (a.days.from, a.days.to, a.employee));
    let mut bends: Vec<Day> = sorted.iter().flat_map(|a| [a.days.from, a.days.to]).collect();
    bends.sort_unstable();
    bends.dedup();
    let mut line: Vec<Assignment> = Vec::new();
    for pair in bends.windows(2) {
        let Some(ruling) = sorted.iter().rfind(|a| a.days.has(pair[0])) else {
            continue;
        };
        match line.last_mut() {
            Some(last) if last.employee == ruling.employee => last.days.to = pair[1],
            _ => line.push(Assignment {
                employee: ruling.employee,
                days: Interval {
                    from: pair[0],
                    to: pair[1],
                },
            }),
        }
    }
    let mut out = Vec::new();
    let mut at = 0;
    while at + 1 < line.len() {
        let covered = line.get(at + 2).is_some_and(|back| {
            back.employee == line[at].employee
                && line[at + 1].days.days() <= COVER
                && back.days.from - line[at + 1].days.from <= COVER
        });
        if covered {
            // The cover disappears; the next comparison is with the one who is back.
            at += 2;
        } else {
            at += 1;
            out.push(line[at].days.from);
        }
    }
    out
}
