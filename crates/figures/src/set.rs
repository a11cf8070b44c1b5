//! The figures of every month, for all and broken down, with small numbers protected: made in one go from a [`Register`].

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
use crate::register::{Register, Someone};
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
    /// Computes the strategy's figures for the last [`MONTHS`] whole months before the data date.
    pub fn compute(register: &Register, strategy: &Strategy, as_of: Day) -> Figures {
        let over = if as_of == as_of.month().last() {
            as_of.month()
        } else {
            as_of.month() + -1
        };
        Figures::between(register, strategy, as_of, over + (1 - MONTHS), over)
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
    pub fn between(register: &Register, strategy: &Strategy, as_of: Day, from: Month, to: Month) -> Figures {
        let months: Vec<Month> = (from.0..=to.0).map(Month).collect();
        let calendar = Calendar::new(from, to, Length::Month, as_of);
        let mut measured: Vec<Option<Measured>> = vec![None; strategy.measures.len()];
        for set in sets(strategy) {
            // What the national register knows is asked of self-support alone: it must never add to a stock.
            for weeks in [None, register.weeks] {
                let members: Vec<(usize, Indicator)> = strategy
                    .measures
                    .iter()
                    .enumerate()
                    .filter(|(_, m)| m.groups == set)
                    .filter_map(|(place, m)| Some((place, indicator(m)?)))
                    .filter(|(_, i)| weeks_for(*i, register.weeks) == weeks)
                    .filter(|(place, _)| measured[*place].is_none())
                    .collect();
                if members.is_empty() {
                    continue;
                }
                let indicators = members.iter().map(|(_, indicator)| *indicator).collect();
                let counted = SetTables::count(register, &calendar, &set, indicators, weeks);
                for (place, indicator) in members {
                    let make = Make {
                        measure: &strategy.measures[place],
                        indicator,
                        months: &months,
                        as_of,
                        inhabitants: register.inhabitants,
                        weeks,
                    };
                    measured[place] = Some(make.measured(&counted, register.units.len()));
                }
            }
        }
        let measured = measured
            .into_iter()
            .zip(&strategy.measures)
            .map(|(done, measure)| {
                done.unwrap_or_else(|| match measure.counted {
                    Counted::Expenses => expenses::measured(register, measure, &months),
                    _ => Measured {
                        all: own(register, measure, &months),
                        parts: vec![],
                    },
                })
            })
            .collect();
        Figures {
            as_of,
            months,
            measured,
            units: register.units.clone(),
            inhabitants: register.inhabitants,
            people: register.people.len(),
            earned_to: register.earned_to,
            weeks: register.weeks,
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

/// The different sets of groups that measures are about.
fn sets(strategy: &Strategy) -> Vec<Vec<usize>> {
    let mut sets: Vec<Vec<usize>> = Vec::new();
    for measure in &strategy.measures {
        if indicator(measure).is_some() && !sets.contains(&measure.groups) {
            sets.push(measure.groups.clone());
        }
    }
    sets
}

/// In the set, and outside it: benefits outside still count where a figure asks whether somebody was on any benefit at all.
const IN: Code = 1;
const OUT: Code = 2;

/// A code that is no group's.
const NO_GROUP: Code = Code::MAX - 1;

/// The tables of one set of groups.
struct SetTables {
    set: Vec<usize>,
    /// Set by unit, with totals.
    by_unit: Finished,
    /// Set by age.
    by_age: Finished,
    /// By group, each by itself.
    by_group: Finished,
}

impl SetTables {
    /// With `weeks`, only those the national register knows, and with the support it knows of.
    fn count(
        register: &Register,
        calendar: &Calendar,
        set: &[usize],
        mut indicators: Vec<Indicator>,
        weeks: Option<Interval>,
    ) -> SetTables {
        indicators.sort_unstable();
        indicators.dedup();
        // Where nobody has brought in hours of work, work after a benefit is not known; nought would be a lie.
        if register.earned_to.is_none() {
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
            earnings_to: register.earned_to.map(Month::last),
            ..Plan::new(calendar.clone(), GAP)
        };
        let unit = plan(vec![Dimension::Benefit, Dimension::Group(0)], true);
        let age = plan(vec![Dimension::Benefit, Dimension::Age], false);
        let group = plan(vec![Dimension::Benefit], false);
        let (mut by_unit, mut by_age, mut by_group) = (Table::new(&unit), Table::new(&age), Table::new(&group));
        let mut inside: Vec<bool> = vec![];
        for &place in set {
            inside.resize(inside.len().max(place + 2), false);
            inside[place + 1] = true;
        }
        let in_set = |code: Code| inside.get(usize::from(code)).copied().unwrap_or(false);
        let mut person = Person::default();
        for someone in &register.people {
            if !someone.benefits.iter().any(|(code, _)| in_set(*code)) {
                continue;
            }
            let elsewhere = match weeks {
                Some(weeks) if !someone.is_known(weeks) => continue,
                Some(_) => someone.supported_elsewhere(),
                None => vec![],
            };
            let in_or_out = |code| if in_set(code) { IN } else { OUT };
            describe(someone, in_or_out, &elsewhere, &mut person);
            by_unit.update(&person);
            by_age.update(&person);
            describe(someone, |code| code, &elsewhere, &mut person);
            by_group.update(&person);
        }
        SetTables {
            set: set.to_vec(),
            by_unit: by_unit.finish(),
            by_age: by_age.finish(),
            by_group: by_group.finish(),
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
    fn measured(&self, tables: &SetTables, units: usize) -> Measured {
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
        if tables.set.len() > 1 {
            let code = |place: usize| Code::try_from(place + 1).unwrap_or(Code::MAX - 1);
            let groups = tables.set.iter().map(|&place| (Slice::Group(place), vec![code(place)]));
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

/// The figures that are not of spells.
fn own(register: &Register, measure: &Measure, months: &[Month]) -> Series {
    let values = months.iter().map(|&month| {
        let (some, many) = match measure.counted {
            Counted::Joint => joint(register, month.last()),
            _ => (companies(register, month), None),
        };
        let mut value = Value {
            month,
            numerator: some as f64,
            denominator: many.map(|many| many as f64),
            value: match many {
                None => Some(some as f64),
                Some(0) => None,
                Some(many) => Some(some as f64 / many as f64),
            },
            n: many.unwrap_or(some),
            withheld: false,
            n_withheld: false,
            provisional: false,
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

fn companies(register: &Register, month: Month) -> u64 {
    let running = |days: &Interval| days.from <= month.last() && days.to > month.first();
    let mut seen: Vec<u32> = register
        .companies
        .iter()
        .filter(|(_, days)| running(days))
        .map(|(c, _)| *c)
        .collect();
    seen.sort_unstable();
    seen.dedup();
    seen.len() as u64
}

fn joint(register: &Register, day: Day) -> (u64, Option<u64>) {
    let (mut some, mut all) = (0, 0);
    for plan in register
        .people
        .iter()
        .flat_map(|p| &p.plans)
        .filter(|plan| plan.days.has(day))
    {
        all += 1;
        let mut units: Vec<Code> = plan
            .units
            .iter()
            .filter(|(_, days)| days.has(day))
            .map(|(unit, _)| *unit)
            .collect();
        units.sort_unstable();
        units.dedup();
        some += u64::from(units.len() > 1);
    }
    (some, Some(all))
}

/// Whether somebody is counted in a measure's numerator in a month: the same tables, with nobody else in them.
pub fn is_behind(someone: &Someone, measure: &Measure, month: Month, figures: &Figures) -> bool {
    let Some(indicator) = indicator(measure) else {
        return measure.counted == Counted::Joint && {
            let register = Register {
                people: vec![someone.clone()],
                ..Register::default()
            };
            joint(&register, month.last()).0 > 0
        };
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
