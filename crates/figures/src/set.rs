//! The figures of every month, for all and broken down, with small numbers protected: made in one go of people who come part by part.

use std::sync::OnceLock;

use tovholder_spells::disclosure::{self, Mark, Rule};
use tovholder_spells::forecast::Ahead;
use tovholder_spells::period::Length;
use tovholder_spells::person::{Code, Entry, FULL, Person};
use tovholder_spells::table::{self, ALL, Counted as Finished};
use tovholder_spells::{Calendar, Day, Dimension, Gap, Indicator, Interval, Month, Plan, Table};
use uuid::Uuid;

use crate::expenses;
use crate::reading;
use crate::register::{Open, Part, Someone, Town};
use crate::strategy::{Counted, Measure, Strategy, Unit};

/// When two periods on a benefit are one spell: a break of up to four weeks is overlooked.
pub const GAP: Gap = Gap::Weeks4;
/// How many months are computed.
pub const MONTHS: i32 = 60;

/// Which part of the people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Slice {
    /// Everybody the measure is about.
    All,
    /// On this group of benefits: a place in [`Strategy::groups`].
    Group(usize),
    /// Whose responsible unit is this: a place in [`Figures::units`].
    Unit(usize),
    /// Of this age group: a code of [`table::age_group`].
    Age(Code),
    /// None of the units, ages, or groups that are known.
    Other,
}

/// One month's figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Value {
    /// The month.
    pub month: Month,
    /// What was counted; of expenses, what was paid out before the state gave back its part.
    pub numerator: f64,
    /// Over what.
    pub denominator: Option<f64>,
    /// The figure; none where it is not known (yet), or too few stand behind it to show it.
    pub value: Option<f64>,
    /// How many people or spells stand behind it; of expenses, how many lines of the accounts.
    pub n: u64,
    /// Too few: neither figure nor numerator may be shown.
    pub withheld: bool,
    /// Nor may `n`.
    pub n_withheld: bool,
    /// May still change: a break that goes on today may turn out to be no exit.
    pub provisional: bool,
}

impl Value {
    /// Nothing is known of the month.
    fn unknown(month: Month) -> Value {
        Value {
            month,
            numerator: 0.0,
            denominator: None,
            value: None,
            n: 0,
            withheld: false,
            n_withheld: false,
            provisional: false,
        }
    }
}

/// A figure month by month.
#[derive(Clone, Debug)]
pub struct Series {
    /// Of whom.
    pub slice: Slice,
    /// One value a month, in the order of [`Figures::months`].
    pub values: Vec<Value>,
    /// The months that come, once somebody has asked.
    ahead: OnceLock<Vec<(Month, Ahead)>>,
}

impl PartialEq for Series {
    fn eq(&self, other: &Series) -> bool {
        // What lies ahead follows from the values.
        self.slice == other.slice && self.values == other.values
    }
}

impl Series {
    /// A series.
    pub fn new(slice: Slice, values: Vec<Value>) -> Series {
        Series {
            slice,
            values,
            ahead: OnceLock::new(),
        }
    }

    /// What lies ahead ([`reading::ahead`]), worked out when somebody asks for the first time.
    pub fn ahead(&self) -> &[(Month, Ahead)] {
        self.ahead.get_or_init(|| reading::ahead(&self.values))
    }

    /// The newest value that is known and may be shown.
    pub fn latest(&self) -> Option<&Value> {
        self.values.iter().rev().find(|value| value.value.is_some())
    }

    /// The value of a month.
    pub fn of(&self, month: Month) -> Option<&Value> {
        self.values.iter().find(|value| value.month == month)
    }
}

/// A measure with everything known of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// For everybody.
    pub all: Series,
    /// The parts: groups, units, ages.
    pub parts: Vec<Series>,
}

impl Measured {
    /// The series of a slice.
    pub fn of(&self, slice: Slice) -> Option<&Series> {
        if slice == Slice::All {
            return Some(&self.all);
        }
        self.parts.iter().find(|series| series.slice == slice)
    }
}

/// Everything computed on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Figures {
    /// The last day that was known.
    pub as_of: Day,
    /// The months, oldest first; the last one is the last that is over.
    pub months: Vec<Month>,
    /// One for each of [`Strategy::measures`].
    pub measured: Vec<Measured>,
    /// The units: id and name.
    pub units: Vec<(Uuid, String)>,
    /// How many live in the municipality.
    pub inhabitants: Option<u32>,
    /// How many people the register held.
    pub people: usize,
    /// The last month with hours of work.
    pub earned_to: Option<Month>,
    /// The weeks known from the national register of support.
    pub weeks: Option<Interval>,
}

impl Figures {
    /// Computes the strategy's figures for the last [`MONTHS`] whole months before the data date. `parts` holds everybody once, in any order.
    pub fn compute(town: &Town, parts: impl IntoIterator<Item = Part>, strategy: &Strategy, as_of: Day) -> Figures {
        let over = if as_of == as_of.month().last() {
            as_of.month()
        } else {
            as_of.month() + -1
        };
        Figures::between(town, parts, strategy, as_of, over + (1 - MONTHS), over)
    }

    /// A measure's series of a slice; of a slice with nobody in it, months without figures.
    pub fn series(&self, measure: usize, slice: Slice) -> Series {
        let found = self.measured.get(measure).and_then(|measured| measured.of(slice));
        found.cloned().unwrap_or_else(|| {
            let unknown = self.months.iter().map(|&month| Value::unknown(month));
            Series::new(slice, unknown.collect())
        })
    }

    /// What lies ahead of that series; empty where nothing can be said.
    pub fn ahead(&self, measure: usize, slice: Slice) -> &[(Month, Ahead)] {
        let found = self.measured.get(measure).and_then(|measured| measured.of(slice));
        found.map_or(&[], Series::ahead)
    }

    /// As [`Figures::compute`], for these months.
    pub fn between(
        town: &Town,
        parts: impl IntoIterator<Item = Part>,
        strategy: &Strategy,
        as_of: Day,
        from: Month,
        to: Month,
    ) -> Figures {
        let months: Vec<Month> = (from.0..=to.0).map(Month).collect();
        let calendar = Calendar::new(from, to, Length::Month, as_of);
        let sets = sets(strategy, town);
        let plans: Vec<SetPlans> = sets.iter().map(|set| set.plans(&calendar, town)).collect();
        let mut tables: Vec<SetTables<'_>> = plans
            .iter()
            .zip(&sets)
            .map(|(plans, set)| SetTables::new(set, plans))
            .collect();
        let mut others = Others::new(&months);
        let mut people = 0;
        for part in parts {
            people += part.people.len();
            for someone in &part.people {
                for tables in &mut tables {
                    tables.update(someone);
                }
                others.update(&someone.plans);
            }
            others.companies.extend(part.companies);
        }
        let mut measured: Vec<Option<Measured>> = vec![None; strategy.measures.len()];
        for (tables, set) in tables.into_iter().zip(&sets) {
            let counted = tables.finish();
            for &(place, indicator) in &set.members {
                let make = Make {
                    measure: &strategy.measures[place],
                    indicator,
                    months: &months,
                    as_of,
                    inhabitants: town.inhabitants,
                    weeks: set.weeks,
                };
                measured[place] = Some(make.measured(&counted, town.units.len()));
            }
        }
        let measured = measured
            .into_iter()
            .zip(&strategy.measures)
            .map(|(done, measure)| {
                done.unwrap_or_else(|| match measure.counted {
                    Counted::Expenses => expenses::measured(town, measure, &months),
                    _ => Measured {
                        all: others.series(measure, &months),
                        parts: vec![],
                    },
                })
            })
            .collect();
        Figures {
            as_of,
            months,
            measured,
            units: town.units.clone(),
            inhabitants: town.inhabitants,
            people,
            earned_to: town.earned_to,
            weeks: town.weeks,
        }
    }
}

/// The weeks of the national register an indicator is made with.
fn weeks_for(indicator: Indicator, weeks: Option<Interval>) -> Option<Interval> {
    weeks.filter(|_| indicator == Indicator::SelfSupportShare)
}

/// Days after which somebody without support has got by without it.
const SUPPORT_FOLLOWED: i32 = 91;

/// Whether those who left in a month can be followed in these weeks.
fn followed(month: Month, weeks: Interval) -> bool {
    weeks.from <= month.first() && month.last() + SUPPORT_FOLLOWED <= weeks.to
}

fn indicator(measure: &Measure) -> Option<Indicator> {
    match measure.counted {
        Counted::Spells(indicator) => Some(indicator),
        Counted::Companies | Counted::Joint | Counted::Expenses => None,
    }
}

/// Measures that are counted together: of the same groups, with or without what the national register knows.
struct Set {
    /// Places in [`Strategy::groups`].
    groups: Vec<usize>,
    /// With these, only those the national register knows, and with the support it knows of.
    weeks: Option<Interval>,
    /// Places in [`Strategy::measures`], and what is counted.
    members: Vec<(usize, Indicator)>,
}

/// What the national register knows is asked of self-support alone: it must never add to a stock.
fn sets(strategy: &Strategy, town: &Town) -> Vec<Set> {
    let mut sets: Vec<Set> = Vec::new();
    for (place, measure) in strategy.measures.iter().enumerate() {
        let Some(indicator) = indicator(measure) else { continue };
        let weeks = weeks_for(indicator, town.weeks);
        match sets
            .iter_mut()
            .find(|set| set.groups == measure.groups && set.weeks == weeks)
        {
            Some(set) => set.members.push((place, indicator)),
            None => sets.push(Set {
                groups: measure.groups.clone(),
                weeks,
                members: vec![(place, indicator)],
            }),
        }
    }
    sets
}

/// In the set, and outside it: benefits outside still count where a figure asks whether somebody was on any benefit at all.
const IN: Code = 1;
const OUT: Code = 2;

/// A code that is no group's.
const NO_GROUP: Code = Code::MAX - 1;

/// How a set is broken down.
struct SetPlans {
    /// Set by unit, with totals.
    by_unit: Plan,
    /// Set by age.
    by_age: Plan,
    /// By group, each by itself.
    by_group: Plan,
}

impl Set {
    fn plans(&self, calendar: &Calendar, town: &Town) -> SetPlans {
        let mut indicators: Vec<Indicator> = self.members.iter().map(|(_, indicator)| *indicator).collect();
        indicators.sort_unstable();
        indicators.dedup();
        // Where nobody has brought in hours of work, work after a benefit is not known; nought would be a lie.
        if town.earned_to.is_none() {
            indicators.retain(|i| {
                !matches!(
                    i,
                    Indicator::ExitToWork3 | Indicator::ExitToWork6 | Indicator::ExitToWork12
                )
            });
        }
        let plan = |by: Vec<Dimension>, totals: bool| Plan {
            by,
            totals,
            indicators: indicators.clone(),
            min_cell: 0,
            earnings_to: town.earned_to.map(Month::last),
            ..Plan::new(calendar.clone(), GAP)
        };
        SetPlans {
            by_unit: plan(vec![Dimension::Benefit, Dimension::Group(0)], true),
            by_age: plan(vec![Dimension::Benefit, Dimension::Age], false),
            by_group: plan(vec![Dimension::Benefit], false),
        }
    }
}

/// A set being counted.
struct SetTables<'p> {
    set: &'p Set,
    /// Which codes are in the set.
    inside: Vec<bool>,
    by_unit: Table<'p>,
    by_age: Table<'p>,
    by_group: Table<'p>,
    /// Room for one person.
    person: Person,
}

/// A set that has been counted.
struct CountedSet<'p> {
    set: &'p Set,
    by_unit: Finished,
    by_age: Finished,
    by_group: Finished,
}

impl<'p> SetTables<'p> {
    fn new(set: &'p Set, plans: &'p SetPlans) -> SetTables<'p> {
        let mut inside: Vec<bool> = vec![];
        for &place in &set.groups {
            inside.resize(inside.len().max(place + 2), false);
            inside[place + 1] = true;
        }
        SetTables {
            set,
            inside,
            by_unit: Table::new(&plans.by_unit),
            by_age: Table::new(&plans.by_age),
            by_group: Table::new(&plans.by_group),
            person: Person::default(),
        }
    }

    fn update(&mut self, someone: &Someone) {
        let inside = &self.inside;
        let in_set = |code: Code| inside.get(usize::from(code)).copied().unwrap_or(false);
        if !someone.benefits.iter().any(|(code, _)| in_set(*code)) {
            return;
        }
        let elsewhere = match self.set.weeks {
            Some(weeks) if !someone.is_known(weeks) => return,
            Some(_) => someone.supported_elsewhere(),
            None => vec![],
        };
        let in_or_out = |code| if in_set(code) { IN } else { OUT };
        let person = &mut self.person;
        describe(someone, in_or_out, &elsewhere, person);
        self.by_unit.update(person);
        self.by_age.update(person);
        describe(someone, |code| code, &elsewhere, person);
        self.by_group.update(person);
    }

    fn finish(self) -> CountedSet<'p> {
        CountedSet {
            set: self.set,
            by_unit: self.by_unit.finish(),
            by_age: self.by_age.finish(),
            by_group: self.by_group.finish(),
        }
    }
}

/// Puts what is known of somebody the way the tables read it.
fn describe(someone: &Someone, code: impl Fn(Code) -> Code, elsewhere: &[Interval], person: &mut Person) {
    person.clear();
    person.entries.extend(elsewhere.iter().map(|&days| Entry {
        benefit: code(NO_GROUP),
        area: 1,
        share: FULL,
        days,
    }));
    person
        .entries
        .extend(someone.benefits.iter().map(|&(benefit, days)| Entry {
            benefit: code(benefit),
            area: 1,
            share: FULL,
            days,
        }));
    person.groups.push(someone.unit);
    person.born = someone.born;
    person.efforts.extend_from_slice(&someone.efforts);
    person.earned.extend_from_slice(&someone.earned);
    person.assignments.extend_from_slice(&someone.coordinators);
}

/// Shares of people: some of many, where both the some and the others must be enough.
pub fn is_share(measure: &Measure) -> bool {
    measure.unit == Unit::Share
}

/// One measure's series out of the finished tables.
struct Make<'a> {
    measure: &'a Measure,
    indicator: Indicator,
    months: &'a [Month],
    as_of: Day,
    inhabitants: Option<u32>,
    weeks: Option<Interval>,
}

impl Make<'_> {
    fn measured(&self, tables: &CountedSet<'_>, units: usize) -> Measured {
        let mut all = self.series(Slice::All, &tables.by_unit, &[IN, ALL]);
        for value in &mut all.values {
            let few = if is_share(self.measure) {
                !rate_shows(value)
            } else {
                RULE.hides(value.n)
            };
            hide(value, few, RULE.hides(value.n));
        }
        let mut parts = Vec::new();
        if tables.set.groups.len() > 1 {
            let code = |place: usize| Code::try_from(place + 1).unwrap_or(Code::MAX - 1);
            let groups = tables
                .set
                .groups
                .iter()
                .map(|&place| (Slice::Group(place), vec![code(place)]));
            parts.extend(self.protected(groups, &tables.by_group));
        }
        let unit_codes = 0..=Code::try_from(units).unwrap_or(Code::MAX - 1);
        let unit = |code: Code| match code {
            0 => Slice::Other,
            code => Slice::Unit(usize::from(code) - 1),
        };
        parts.extend(self.protected(unit_codes.map(|code| (unit(code), vec![IN, code])), &tables.by_unit));
        let age = |code: Code| if code == 0 { Slice::Other } else { Slice::Age(code) };
        parts.extend(self.protected((0..=12).map(|code| (age(code), vec![IN, code])), &tables.by_age));
        Measured { all, parts }
    }

    fn series(&self, slice: Slice, of: &Finished, cell: &[Code]) -> Series {
        let mut values: Vec<Value> = self
            .months
            .iter()
            .map(|&month| Value {
                provisional: self.indicator.definition().by_gap && month.last() + 29 > self.as_of,
                ..Value::unknown(month)
            })
            .collect();
        if let Some(place) = of.cells.iter().position(|codes| codes == cell) {
            for figure in of
                .figures
                .iter()
                .filter(|f| f.cell == place && f.indicator == self.indicator)
                .filter(|f| self.weeks.is_none_or(|weeks| followed(self.months[f.period], weeks)))
            {
                let value = &mut values[figure.period];
                (value.numerator, value.denominator, value.n) = (figure.numerator, figure.denominator, figure.n);
                value.value = figure.value.map(|v| match (self.measure.unit, self.inhabitants) {
                    (Unit::Per1000, Some(all)) => v / f64::from(all) * 1000.0,
                    _ => v,
                });
            }
        }
        Series::new(slice, values)
    }

    /// The parts of one breakdown, so that no small number can be read or computed back month by month. Parts without anybody are left out.
    fn protected(&self, cells: impl Iterator<Item = (Slice, Vec<Code>)>, of: &Finished) -> Vec<Series> {
        let mut parts: Vec<Series> = cells
            .map(|(slice, codes)| self.series(slice, of, &codes))
            .filter(|series| series.values.iter().any(|value| value.n > 0))
            .collect();
        for month in 0..self.months.len() {
            let rows: Vec<Vec<u64>> = parts
                .iter()
                .map(|series| {
                    let value = &series.values[month];
                    match value.denominator {
                        Some(all) if is_share(self.measure) => {
                            vec![value.numerator as u64, (all - value.numerator).max(0.0) as u64]
                        }
                        _ if is_share(self.measure) => vec![0, 0],
                        _ => vec![value.n],
                    }
                })
                .collect();
            let Ok(table) = disclosure::Table::two_way(&rows) else {
                continue;
            };
            let mask = table.protect(&RULE);
            for (row, series) in parts.iter_mut().enumerate() {
                let value = &mut series.values[month];
                let closed = |column: usize| mask.mark(row, column) != Mark::Shown;
                let (few, n_few) = if is_share(self.measure) {
                    (closed(0) || closed(1) || !rate_shows(value), closed(2))
                } else {
                    (closed(0), closed(0))
                };
                hide(value, few, n_few);
            }
        }
        parts
    }
}

/// Threshold 5, shares of at least 20, nobody is nobody.
pub const RULE: Rule = Rule {
    threshold: 5,
    least_denominator: 20,
    hide_zeros: false,
};

fn rate_shows(value: &Value) -> bool {
    match value.denominator {
        Some(all) => RULE.shows_rate(value.numerator as u64, all as u64),
        None => true,
    }
}

fn hide(value: &mut Value, few: bool, n_few: bool) {
    value.n_withheld = n_few;
    if few && (value.value.is_some() || value.n > 0) {
        value.withheld = true;
        value.value = None;
        value.numerator = 0.0;
        value.denominator = None;
    }
    if n_few {
        value.n = 0;
    }
}

/// What the figures that are not of spells are counted from.
struct Others {
    /// For each month's last day: the open plans with more than one unit in them, and all.
    joint: Vec<(Day, u64, u64)>,
    companies: Vec<(u32, Interval)>,
}

impl Others {
    fn new(months: &[Month]) -> Others {
        Others {
            joint: months.iter().map(|month| (month.last(), 0, 0)).collect(),
            companies: vec![],
        }
    }

    fn update(&mut self, plans: &[Open]) {
        for (day, some, all) in &mut self.joint {
            for plan in plans.iter().filter(|plan| plan.days.has(*day)) {
                *all += 1;
                *some += u64::from(is_joint(plan, *day));
            }
        }
    }

    fn series(&self, measure: &Measure, months: &[Month]) -> Series {
        let values = months.iter().zip(&self.joint).map(|(&month, &(_, joint, open))| {
            let (some, many) = match measure.counted {
                Counted::Joint => (joint, Some(open)),
                _ => (self.companies_in(month), None),
            };
            let mut value = Value {
                numerator: some as f64,
                denominator: many.map(|many| many as f64),
                value: match many {
                    None => Some(some as f64),
                    Some(0) => None,
                    Some(many) => Some(some as f64 / many as f64),
                },
                n: many.unwrap_or(some),
                ..Value::unknown(month)
            };
            // Companies are no persons: a single one is nobody's secret.
            if many.is_some() {
                let few = !rate_shows(&value);
                let n_few = RULE.hides(value.n);
                hide(&mut value, few, n_few);
            }
            value
        });
        Series::new(Slice::All, values.collect())
    }

    fn companies_in(&self, month: Month) -> u64 {
        let running = |days: &Interval| days.from <= month.last() && days.to > month.first();
        let companies = self.companies.iter().filter(|(_, days)| running(days));
        let mut seen: Vec<u32> = companies.map(|(company, _)| *company).collect();
        seen.sort_unstable();
        seen.dedup();
        seen.len() as u64
    }
}

/// Whether employees of more than one unit are in the plan on the day.
fn is_joint(plan: &Open, day: Day) -> bool {
    let mut units = plan
        .units
        .iter()
        .filter(|(_, days)| days.has(day))
        .map(|(unit, _)| *unit);
    units.next().is_some_and(|first| units.any(|unit| unit != first))
}

/// Whether somebody is counted in a measure's numerator in a month: the same tables, with nobody else in them.
pub fn is_behind(someone: &Someone, measure: &Measure, month: Month, figures: &Figures) -> bool {
    let Some(indicator) = indicator(measure) else {
        let day = month.last();
        let joint = |plan: &Open| plan.days.has(day) && is_joint(plan, day);
        return measure.counted == Counted::Joint && someone.plans.iter().any(joint);
    };
    let inside = |code: Code| measure.groups.iter().any(|&place| place + 1 == usize::from(code));
    if !someone.benefits.iter().any(|(code, _)| inside(*code)) {
        return false;
    }
    let elsewhere = match weeks_for(indicator, figures.weeks) {
        Some(weeks) if !someone.is_known(weeks) || !followed(month, weeks) => return false,
        Some(_) => someone.supported_elsewhere(),
        None => vec![],
    };
    let plan = Plan {
        by: vec![Dimension::Benefit],
        indicators: vec![indicator],
        earnings_to: figures.earned_to.map(Month::last),
        ..Plan::new(Calendar::new(month, month, Length::Month, figures.as_of), GAP)
    };
    let mut person = Person::default();
    let in_or_out = |code| if inside(code) { IN } else { OUT };
    describe(someone, in_or_out, &elsewhere, &mut person);
    let mut table = Table::new(&plan);
    table.update(&person);
    let finished = table.finish();
    let cell = finished.cells.iter().position(|codes| codes == &[IN]);
    finished
        .figures
        .iter()
        .any(|f| Some(f.cell) == cell && f.numerator > 0.0)
}

/// The name of an age group.
pub fn age_name(code: Code) -> String {
    table::age_group(code).replace('-', "–")
}
