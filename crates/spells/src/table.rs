//! From persons to a table, in one pass: [`Table::update`] takes a person, [`Table::merge`] another table, [`Table::finish`] counts.
//!
//! Everything summed is an integer, and a person is counted alone; so any partition of the persons, merged in any order, gives
//! the same table. That is the shape of an aggregate function in a distributed engine.
//!
//! Nothing is done per person and month. A period on a benefit adds one where it begins and takes one away where it ends; the
//! running total is then the number of people at the end of every month. Days are that number times the month's length, corrected
//! in the two months where the period begins and ends.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::duration::{Durations, Stay, medians};
use crate::indicator::{Indicator, Needs};
use crate::interval::{self, parts, union};
use crate::period::Period;
use crate::person::{Code, Entry, FULL, Person, UNKNOWN, changes};
use crate::withhold::{self, Rules};
use crate::{Calendar, Day, Gap, Interval, Month, gap};

/// 52 weeks.
const YEAR: i32 = 364;
/// 80 per cent of 52 weeks, rounded up to whole days.
const MOST_OF_YEAR: i32 = 292;
/// 26 weeks.
const HALF_YEAR: i32 = 182;
/// 13 weeks.
const QUARTER_YEAR: i32 = 91;
/// The months after an exit on which work is looked for.
const AFTER: [i32; 3] = [3, 6, 12];

/// Something to break the figures down by.
///
/// ```
/// use tovholder_spells::{period::Length, *};
/// let calendar = Calendar::new("2024-01".parse().unwrap(), "2024-12".parse().unwrap(), Length::Month, "2024-12-31".parse().unwrap());
/// // By benefit and by the first attribute in `Person::groups`, with totals, and few people withheld.
/// let plan = Plan {
///     by: vec![Dimension::Benefit, Dimension::Group(0)],
///     totals: true,
///     min_cell: 5,
///     ..Plan::new(calendar, Gap::Weeks4)
/// };
/// assert!(plan.indicators.contains(&Indicator::Inflow));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dimension {
    /// The benefit: a person can have several at a time, and each is counted by itself.
    Benefit,
    /// The area: changes without splitting a spell.
    Area,
    /// The age group on the last day of each month: changes without splitting a spell.
    Age,
    /// An attribute of the person that does not change, by its place in [`Person::groups`].
    Group(usize),
}

/// The most dimensions of one table.
pub const MOST_DIMENSIONS: usize = 8;

/// The code that stands for all values of a dimension.
pub const ALL: Code = Code::MAX;

/// What to count. See [`Dimension`] for an example.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Which periods, as known when.
    pub calendar: Calendar,
    /// When two periods on a benefit are one spell.
    pub gap: Gap,
    /// The breakdown; at most [`MOST_DIMENSIONS`].
    pub by: Vec<Dimension>,
    /// Also every total: each dimension, and each combination of dimensions, put together.
    pub totals: bool,
    /// Which figures. Those the data cannot give must not be asked for: they would be nought.
    pub indicators: Vec<Indicator>,
    /// Figures on 1 to `min_cell` − 1 people are withheld, and as many more as keep them from being computed back, however it is tried;
    /// 0 or 1 withholds none.
    pub min_cell: u64,
    /// The entries are weeks, from Thursday to Wednesday: only Thursdays say which month they are in.
    pub weekly: bool,
    /// The register's first day: who was in a spell that day had begun before, nobody knows when. None where all beginnings are real.
    pub observed_from: Option<Day>,
    /// The last day for which hours of work are known.
    pub earnings_to: Option<Day>,
}

impl Plan {
    /// All figures that come from spells alone, not broken down, nothing withheld.
    pub fn new(calendar: Calendar, gap: Gap) -> Plan {
        Plan {
            calendar,
            gap,
            by: Vec::new(),
            totals: false,
            indicators: Indicator::ALL
                .into_iter()
                .filter(|i| matches!(i.definition().needs, Needs::Spells | Needs::Days))
                .collect(),
            min_cell: 0,
            weekly: false,
            observed_from: None,
            earnings_to: None,
        }
    }

    /// A week from Thursday to Wednesday belongs where its Thursday is: so many days at the end do not count.
    fn beyond(&self) -> i64 {
        if self.weekly { 6 } else { 0 }
    }

    fn wants(&self, which: &[Indicator]) -> bool {
        which.iter().any(|i| self.indicators.contains(i))
    }
}

/// One figure of a finished table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure {
    /// The row's group: an index into [`Counted::cells`].
    pub cell: usize,
    /// An index into [`Calendar::periods`].
    pub period: usize,
    /// What it is.
    pub indicator: Indicator,
    /// What was counted.
    pub numerator: f64,
    /// Over what; none for a plain count.
    pub denominator: Option<f64>,
    /// The figure; none where there is nothing to divide by, or the median was not reached.
    pub value: Option<f64>,
    /// How many people or spells stand behind it.
    pub n: u64,
    /// Too few people: only that the figure exists may be shown.
    pub withheld: bool,
}

/// A finished table.
#[derive(Clone, Debug, PartialEq)]
pub struct Counted {
    /// The groups: one code per dimension of the plan, [`ALL`] for a total. In the order of the codes.
    pub cells: Vec<Vec<Code>>,
    /// By cell, period and indicator.
    pub figures: Vec<Figure>,
}

// Counters per cell and month.
const INFLOW: usize = 0;
const OUTFLOW: usize = 1;
/// Correction of the paid days in months where a period begins or ends.
const PART: usize = 2;
/// Of those on benefit when the month before ended: without a day in this month.
const GONE: usize = 3;
const RETURNED: usize = 4;
const SELF_SUPPORTED: usize = 5;

/// The counters every spell touches where it begins and where it ends. Small, for a country's do not fit near the processor.
///
/// Nobody is counted here as being there: who is there at a month's end, and how many different persons a month has, follows from
/// who came and went ([`Series`]).
#[derive(Clone, Copy, Debug, Default)]
#[repr(align(32))]
struct Slot {
    counts: [i32; 6],
    /// Days of the spells ended.
    completed: i64,
}

/// A stay in a cell, or a paid period in one, that waits to be counted.
///
/// A country's slots do not fit near the processor. So what is to be counted is first laid in heaps by cell: the slots of one heap's cells do fit, and
/// once fetched are changed several times.
#[derive(Clone, Copy, Debug)]
struct Change {
    cell: u32,
    days: Interval,
    /// All days are paid.
    paid: bool,
    came: bool,
    ended: bool,
    returned: bool,
    self_supported: bool,
    /// Days of the spell that ended.
    completed: i32,
}

/// A change to a column that waits, for the same reason.
#[derive(Clone, Copy, Debug)]
struct Later {
    slot: u32,
    counter: u32,
    by: i64,
}

#[derive(Clone, Debug)]
struct Heap {
    changes: Vec<Change>,
    later: Vec<Later>,
}

/// How many heaps, and how much waits in each.
const HEAPS: usize = 64;
const WAITING: usize = 1 << 12;

// Counters few spells touch, or that need more data than plain spells: columns, for most tables need few of them.
// Those marked ± begin and end: their running total is meant.
/// In a spell from before the first day counted, or before the register's first day.
const CARRIED: usize = 0;
const MOVED_IN: usize = 1;
const MOVED_OUT: usize = 2;
/// ± persons counted in this period already; by period, not by month.
const REPEATED: usize = 3;
/// ± most of the year on benefit.
const LONG: usize = 4;
/// Where breaks are allowed, paid days are not all days of a spell. ± on benefit, paid periods begun, and carried as above.
const PAID: usize = 5;
const PAID_BEGUN: usize = 6;
const PAID_CARRIED: usize = 7;

// The next three count days, and take the next place too, for the correction where they begin and end.
/// ± share of full time missing on paid days.
const SHORT: usize = 8;
/// ± share of full time in efforts on paid days.
const ACTIVE: usize = 10;
/// ± with a caseworker.
const ASSIGNED: usize = 12;
/// ± a year into the spell, and of these without effort.
const SENIOR: usize = 14;
const PASSIVE: usize = 15;
/// ± a year with a caseworker, and of these without change.
const KNOWN: usize = 16;
const UNCHANGED: usize = 17;
/// ± different persons in companies, and with ordinary hours; by period.
const COMPANY: usize = 18;
const HOURS: usize = 19;
const CHANGES: usize = 20;
/// In work 3, 6 and 12 months after.
const WORK: usize = 21;

const COLUMNS: usize = 24;

/// Half-done sums. See the [module](self).
///
/// ```
/// use tovholder_spells::{period::Length, person::{Entry, FULL}, *};
/// let day = |text: &str| text.parse::<Day>().unwrap();
/// let calendar = Calendar::new("2024-01".parse().unwrap(), "2024-02".parse().unwrap(), Length::Month, day("2024-06-30"));
/// let plan = Plan::new(calendar, Gap::None);
/// let days = Interval::inclusive(day("2024-01-10"), day("2024-02-20")).unwrap();
/// let person = Person { entries: vec![Entry { benefit: 1, area: 1, share: FULL, days }], ..Person::default() };
/// let (mut one, mut two) = (Table::new(&plan), Table::new(&plan));
/// one.update(&person);
/// two.update(&person);
/// one.merge(two);
/// let table = one.finish();
/// let stock: Vec<f64> = table.figures.iter().filter(|f| f.indicator == Indicator::StockEnd).map(|f| f.numerator).collect();
/// assert_eq!(stock, [2.0, 0.0]);
/// ```
#[derive(Clone, Debug)]
pub struct Table<'p> {
    plan: &'p Plan,
    views: Vec<View>,
    sums: Sums,
    scratch: Scratch,
}

/// Which dimensions are kept apart; the others are put together.
#[derive(Clone, Copy, Debug)]
struct View {
    kept: u32,
    by_benefit: bool,
    by_area: bool,
    by_age: bool,
}

#[derive(Clone, Debug)]
struct Sums {
    /// Months, and one place past the end.
    stride: usize,
    cells: Cells,
    slots: Vec<Slot>,
    heaps: [Heap; HEAPS],
    /// By counter, then like `slots`; what is beyond a column's end is nought.
    columns: Vec<Vec<i64>>,
    stays: Vec<Stay>,
    wants: Wants,
}

#[derive(Clone, Copy, Debug)]
struct Wants {
    long: bool,
    median: bool,
    after: bool,
    full_time: bool,
    efforts: bool,
    work: bool,
    hours: bool,
    caseworkers: bool,
}

/// Lists used again for every person, so that none is allocated.
#[derive(Clone, Debug, Default)]
struct Scratch {
    entries: Vec<Entry>,
    by_benefit: Vec<Entry>,
    /// Paid days on any benefit.
    any: Vec<Interval>,
    long: Vec<Interval>,
    scope: ScopeScratch,
    more: More,
}

#[derive(Clone, Debug, Default)]
struct ScopeScratch {
    paid: Vec<Interval>,
    spells: Vec<Interval>,
    /// The key of the cell from this day on.
    line: Vec<(Day, u128)>,
    short: Vec<(Interval, i64)>,
    persons: Seen,
    company: Seen,
    hours: Seen,
}

/// Per cell the period from which a person has not been counted yet.
type Seen = Vec<(u32, usize)>;

/// What the person's other registers say, as sets of days.
#[derive(Clone, Debug, Default)]
struct More {
    /// An effort within the last year, that day counted.
    effort: Vec<Interval>,
    company: Vec<Interval>,
    active: Vec<(Interval, i64)>,
    /// In a month with hours, or an effort with paid hours.
    hours: Vec<Interval>,
    assigned: Vec<Interval>,
    changes: Vec<Day>,
    /// A caseworker for at least a year.
    known: Vec<Interval>,
    /// A change within the last year.
    changed: Vec<Interval>,
}

impl<'p> Table<'p> {
    /// Nothing counted yet.
    pub fn new(plan: &'p Plan) -> Table<'p> {
        use Indicator as I;
        assert!(plan.by.len() <= MOST_DIMENSIONS, "at most {MOST_DIMENSIONS} dimensions");
        let every = (1u32 << plan.by.len()) - 1;
        let kept = if plan.totals { 0..=every } else { every..=every };
        let view = |kept: u32| {
            let has = |d| plan.by.iter().enumerate().any(|(i, &x)| x == d && kept >> i & 1 == 1);
            View {
                kept,
                by_benefit: has(Dimension::Benefit),
                by_area: has(Dimension::Area),
                by_age: has(Dimension::Age),
            }
        };
        Table {
            plan,
            views: kept.map(view).collect(),
            sums: Sums {
                stride: plan.calendar.months() + 1,
                cells: Cells::default(),
                slots: Vec::new(),
                heaps: [const { Heap::EMPTY }; HEAPS],
                columns: vec![Vec::new(); COLUMNS],
                stays: Vec::new(),
                wants: Wants {
                    long: plan.wants(&[I::LongTermShare]),
                    median: plan.wants(&[I::DurationMedianKm]),
                    after: plan.wants(&[I::SelfSupportShare, I::ReturnShare]),
                    full_time: plan.wants(&[I::FullTimePersons, I::ActivationDegree]),
                    efforts: plan.wants(&[I::PassiveShare, I::CompanyDirectedShare, I::ActivationDegree]),
                    work: plan.wants(&[I::ExitToWork3, I::ExitToWork6, I::ExitToWork12]),
                    hours: plan.wants(&[I::OrdinaryHoursShare]),
                    caseworkers: plan.wants(&[I::CaseworkerChanges, I::ShareWithoutChange]),
                },
            },
            scratch: Scratch::default(),
        }
    }

    /// Counts one person. Nobody may be given twice, in this table or in one it is merged with.
    pub fn update(&mut self, person: &Person) {
        let (plan, scratch) = (self.plan, &mut self.scratch);
        let wants = self.sums.wants;
        let known = plan.calendar.as_of() + 1;
        scratch.entries.clear();
        scratch.entries.extend(person.entries.iter().filter_map(|entry| {
            let days = Interval::new(entry.days.from, entry.days.to.min(known))?;
            Some(Entry { days, ..*entry })
        }));
        if scratch.entries.is_empty() {
            return;
        }
        if !scratch.entries.is_sorted_by_key(|e| e.days.from) {
            scratch.entries.sort_unstable_by_key(|e| e.days);
        }
        scratch.any.clear();
        scratch.any.extend(scratch.entries.iter().map(|e| e.days));
        union(&mut scratch.any);
        scratch.long.clear();
        if wants.long {
            interval::mostly_into(&scratch.any, YEAR, MOST_OF_YEAR, &mut scratch.long);
        }
        scratch.more.read(person, wants, known);
        let one_benefit = scratch.entries.iter().all(|e| e.benefit == scratch.entries[0].benefit);
        if !one_benefit && self.views.iter().any(|v| v.by_benefit) {
            scratch.by_benefit.clone_from(&scratch.entries);
            scratch.by_benefit.sort_by_key(|e| e.benefit);
        }
        for view in &self.views {
            let mut scope = Scope {
                plan,
                view: *view,
                person,
                any: &scratch.any,
                long: &scratch.long,
                more: &scratch.more,
                sums: &mut self.sums,
            };
            if !view.by_benefit {
                scope.count(ALL, &scratch.entries, &mut scratch.scope);
            } else if one_benefit {
                scope.count(scratch.entries[0].benefit, &scratch.entries, &mut scratch.scope);
            } else {
                for entries in scratch.by_benefit.chunk_by(|a, b| a.benefit == b.benefit) {
                    scope.count(entries[0].benefit, entries, &mut scratch.scope);
                }
            }
        }
    }

    /// Adds what another table of the same plan has counted, of other persons.
    pub fn merge(&mut self, other: Table<'p>) {
        let (mine, mut theirs) = (&mut self.sums, other.sums);
        mine.settle(self.plan);
        theirs.settle(self.plan);
        let mut now = Vec::with_capacity(theirs.cells.keys.len());
        for (cell, &key) in theirs.cells.keys.iter().enumerate() {
            let to = mine.cell(key);
            now.push(to);
            let (to, from) = (to as usize * mine.stride, cell * mine.stride);
            for i in 0..mine.stride {
                let (a, b) = (&mut mine.slots[to + i], &theirs.slots[from + i]);
                a.counts.iter_mut().zip(b.counts).for_each(|(a, b)| *a += b);
                a.completed += b.completed;
            }
            for (mine_of, column) in mine.columns.iter_mut().zip(&theirs.columns) {
                let Some(theirs_of) = column.get(from..) else { continue };
                if mine_of.len() < mine.slots.len() {
                    mine_of.resize(mine.slots.len(), 0);
                }
                let places = mine_of[to..].iter_mut().zip(theirs_of).take(mine.stride);
                places.for_each(|(a, b)| *a += b);
            }
        }
        mine.stays.extend(theirs.stays.into_iter().map(|stay| Stay {
            cell: now[stay.cell as usize],
            ..stay
        }));
    }

    /// The table of what was counted.
    pub fn finish(self) -> Counted {
        self.ready().finish()
    }

    /// What was counted, to be taken cell by cell: a country's table is large, and who writes it down needs no copy. Nothing in it is withheld but
    /// what is small by itself; only [`Ready::finish`] sees what could be computed back.
    ///
    /// ```
    /// use tovholder_spells::{period::Length, *};
    /// let calendar = Calendar::new("2024-01".parse().unwrap(), "2024-02".parse().unwrap(), Length::Month, "2024-06-30".parse().unwrap());
    /// let plan = Plan::new(calendar, Gap::None);
    /// let ready = Table::new(&plan).ready();
    /// assert!(ready.cells().is_empty());
    /// ```
    pub fn ready(self) -> Ready<'p> {
        let Table { plan, mut sums, .. } = self;
        sums.settle(plan);
        let dimensions = plan.by.len();
        let mut order: Vec<usize> = (0..sums.cells.keys.len()).collect();
        order.sort_unstable_by_key(|&cell| codes(sums.cells.keys[cell], dimensions));
        let medians = if sums.wants.median {
            let stays = std::mem::take(&mut sums.stays);
            medians(&plan.calendar, plan.observed_from, stays, sums.cells.keys.len())
        } else {
            Vec::new()
        };
        let cells = order
            .iter()
            .map(|&cell| codes(sums.cells.keys[cell], dimensions))
            .collect();
        Ready {
            plan,
            sums,
            order,
            cells,
            medians,
        }
    }
}

/// Sums that are done. See [`Table::ready`].
#[derive(Debug)]
pub struct Ready<'p> {
    plan: &'p Plan,
    sums: Sums,
    /// For each cell of the table its number in the sums.
    order: Vec<usize>,
    cells: Vec<Vec<Code>>,
    medians: Vec<Durations>,
}

impl Ready<'_> {
    /// The groups, as in [`Counted::cells`].
    pub fn cells(&self) -> &[Vec<Code>] {
        &self.cells
    }

    /// Gives the values of a dimension other codes, and the cells the order of these. Where several figures would protect a small one as well, the
    /// codes decide which is withheld; so where names got their codes in the order in which they were met, they are to be put in an order that lasts.
    ///
    /// ```
    /// use tovholder_spells::{period::Length, person::{Entry, FULL}, *};
    /// let calendar = Calendar::new("2024-01".parse().unwrap(), "2024-02".parse().unwrap(), Length::Month, "2024-06-30".parse().unwrap());
    /// let plan = Plan { by: vec![Dimension::Area], ..Plan::new(calendar, Gap::None) };
    /// let mut table = Table::new(&plan);
    /// let days = Interval::inclusive("2024-01-10".parse().unwrap(), "2024-02-20".parse().unwrap()).unwrap();
    /// for area in [1, 2] {
    ///     table.update(&Person { entries: vec![Entry { benefit: 1, area, share: FULL, days }], ..Person::default() });
    /// }
    /// let mut ready = table.ready();
    /// ready.recode(0, &[0, 7, 3]);
    /// assert_eq!(ready.cells(), [[3], [7]]);
    /// ```
    pub fn recode(&mut self, dimension: usize, codes: &[Code]) {
        let numbers = std::mem::take(&mut self.order);
        let mut cells: Vec<(Vec<Code>, usize)> = std::mem::take(&mut self.cells).into_iter().zip(numbers).collect();
        for (cell, _) in &mut cells {
            // The total's code is beyond all values.
            if let Some(&code) = codes.get(usize::from(cell[dimension])) {
                cell[dimension] = code;
            }
        }
        cells.sort_unstable();
        (self.cells, self.order) = cells.into_iter().unzip();
    }

    /// Appends the figures of one cell, by period and indicator.
    ///
    /// # Panics
    /// When there is no such cell.
    pub fn figures(&self, place: usize, figures: &mut Vec<Figure>) {
        let (plan, sums, cell) = (self.plan, &self.sums, self.order[place]);
        let series = Series::of(plan, sums, cell);
        for (p, period) in plan.calendar.periods().iter().enumerate() {
            for &indicator in &plan.indicators {
                let ratio = match indicator {
                    Indicator::DurationMedianKm => {
                        let median = self.medians.get(cell * plan.calendar.periods().len() + p);
                        median.map(|m| Ratio {
                            numerator: m.exits as f64,
                            denominator: Some(m.spells as f64),
                            value: m.median,
                            n: m.spells,
                            few: [m.exits, m.spells],
                        })
                    }
                    _ => series.ratio(plan, indicator, p, period),
                };
                if let Some(r) = ratio {
                    figures.push(Figure {
                        cell: place,
                        period: p,
                        indicator,
                        numerator: r.numerator,
                        denominator: r.denominator,
                        value: r.value,
                        n: r.n,
                        withheld: r.few.into_iter().any(|count| 0 < count && count < plan.min_cell),
                    });
                }
            }
        }
    }

    /// The whole table, with everything withheld that would give away what is small.
    pub fn finish(self) -> Counted {
        let plan = self.plan;
        let periods = plan.calendar.periods().len();
        let mut figures = Vec::with_capacity(self.cells.len() * periods * plan.indicators.len());
        for place in 0..self.cells.len() {
            self.figures(place, &mut figures);
        }
        if plan.min_cell > 1 {
            let (lag, window) = plan.calendar.overlap();
            let rules = Rules {
                threshold: plan.min_cell,
                totals: plan.totals,
                lag,
                window,
                moves: plan.by.iter().any(|d| matches!(d, Dimension::Area | Dimension::Age)),
                stock_is_paid: plan.gap == Gap::None,
            };
            withhold::close(&self.cells, &mut figures, periods, &rules);
        }
        Counted {
            cells: self.cells,
            figures,
        }
    }
}

/// One person on one benefit, or on all of them together, in one view.
struct Scope<'a> {
    plan: &'a Plan,
    view: View,
    person: &'a Person,
    any: &'a [Interval],
    long: &'a [Interval],
    more: &'a More,
    sums: &'a mut Sums,
}

impl Scope<'_> {
    fn count(&mut self, benefit: Code, entries: &[Entry], scratch: &mut ScopeScratch) {
        let (plan, wants) = (self.plan, self.sums.wants);
        scratch.paid.clear();
        scratch.paid.extend(entries.iter().map(|e| e.days));
        union(&mut scratch.paid);
        let spells: &[Interval] = match plan.gap {
            Gap::None => &scratch.paid,
            rule => {
                gap::join_into(&scratch.paid, rule, &self.person.earned, &mut scratch.spells);
                &scratch.spells
            }
        };
        self.line(benefit, entries, &mut scratch.line);
        scratch.short.clear();
        if wants.full_time {
            missing_share(entries, &mut scratch.short);
        }
        scratch.persons.clear();
        scratch.company.clear();
        scratch.hours.clear();

        let first_day = plan.calendar.first_day();
        // The place in the line where the last stay was, and its cell.
        let mut here = (usize::MAX, 0);
        for (i, &spell) in spells.iter().enumerate() {
            if spell.to < first_day {
                continue;
            }
            let mut k = scratch.line.partition_point(|&(day, _)| day <= spell.from) - 1;
            loop {
                let until = scratch.line.get(k + 1).map_or(spell.to, |&(day, _)| day.min(spell.to));
                let stay = Interval {
                    from: scratch.line[k].0.max(spell.from),
                    to: until,
                };
                let ends = until == spell.to;
                if until < first_day {
                    // Moved on before anything is counted; the spell goes on elsewhere.
                    k += 1;
                    continue;
                }
                if here.0 != k {
                    here = (k, self.sums.cell(scratch.line[k].1));
                }
                let cell = here.1;
                // Without breaks, all days of a stay are paid.
                let all_paid = plan.gap == Gap::None;
                self.stay(cell, spell, stay, spells.get(i + 1), all_paid);
                if !ends {
                    let at = plan.calendar.place(until).0;
                    self.sums.later(cell, at, MOVED_OUT, 1);
                    let next = self.sums.cell(scratch.line[k + 1].1);
                    self.sums.later(next, at, MOVED_IN, 1);
                }
                // Who has one period in one group is counted in no month twice.
                let seen = (scratch.paid.len() > 1 || scratch.line.len() > 1).then_some(&mut scratch.persons);
                if all_paid {
                    self.again(cell, stay, seen);
                } else {
                    self.paid_with_breaks(cell, stay, &scratch.paid, seen);
                }
                self.short(cell, stay, &scratch.short);
                if wants.efforts || wants.hours || wants.caseworkers {
                    let seen = (&mut scratch.company, &mut scratch.hours);
                    self.more(cell, spell, stay, &scratch.paid, seen);
                }
                if ends {
                    break;
                }
                k += 1;
            }
        }
    }

    /// The cells the person is in, and from when. Their changes never split a spell.
    fn line(&self, benefit: Code, entries: &[Entry], line: &mut Vec<(Day, u128)>) {
        const ALWAYS: Day = Day(i32::MIN / 4);
        line.clear();
        let view = self.view;
        if !view.by_age && entries.iter().all(|e| e.area == entries[0].area) {
            let area = if view.by_area { entries[0].area } else { ALL };
            line.push((ALWAYS, self.key(benefit, area, ALL)));
            return;
        }
        let born = self.person.born.filter(|_| view.by_age);
        let mut area = if view.by_area { entries[0].area } else { ALL };
        let mut age = if view.by_age { UNKNOWN } else { ALL };
        let mut births = born.into_iter().flat_map(|born| {
            let turns = move |i: usize| Month(born.month().0 + 12 * AGES[i]).first();
            std::iter::once((ALWAYS, 1)).chain((0..AGES.len()).map(move |i| (turns(i), i as Code + 2)))
        });
        let mut birth = births.next();
        let mut moves = entries.iter().filter(|_| view.by_area).map(|e| (e.days.from, e.area));
        let mut moved = moves.next();
        line.push((ALWAYS, self.key(benefit, area, age)));
        loop {
            let next = match (birth, moved) {
                (Some((b, _)), Some((m, _))) => b.min(m),
                (Some((b, _)), None) => b,
                (None, Some((m, _))) => m,
                (None, None) => break,
            };
            if let Some((_, code)) = birth.filter(|b| b.0 == next) {
                age = code;
                birth = births.next();
            } else if let Some((_, code)) = moved {
                area = code;
                moved = moves.next();
            }
            let key = self.key(benefit, area, age);
            match line.last_mut() {
                Some(last) if last.0 == next => last.1 = key,
                _ => line.push((next, key)),
            }
        }
        line.dedup_by_key(|l| l.1);
    }

    fn key(&self, benefit: Code, area: Code, age: Code) -> u128 {
        let mut key = 0u128;
        for (i, dimension) in self.plan.by.iter().enumerate() {
            let code = match dimension {
                _ if self.view.kept >> i & 1 == 0 => ALL,
                Dimension::Benefit => benefit,
                Dimension::Area => area,
                Dimension::Age => age,
                Dimension::Group(group) => self.person.groups.get(*group).copied().unwrap_or(UNKNOWN),
            };
            key |= u128::from(code) << (16 * i);
        }
        key
    }

    /// The part of a spell that is in one cell.
    fn stay(&mut self, cell: u32, spell: Interval, stay: Interval, next: Option<&Interval>, all_paid: bool) {
        let calendar = &self.plan.calendar;
        let wants = self.sums.wants;
        let was_running = self.plan.observed_from.is_some_and(|first| spell.from <= first);
        let carried = stay.from < calendar.first_day() || stay.from == spell.from && was_running;
        if carried {
            self.sums.later(cell, calendar.place(stay.from).0, CARRIED, 1);
        }
        let exit = spell.to;
        let ended = stay.to == exit && exit <= calendar.as_of();
        let mut change = Change {
            cell,
            days: stay,
            paid: all_paid,
            came: !carried && stay.from == spell.from,
            ended,
            returned: false,
            self_supported: false,
            completed: if ended { spell.days() } else { 0 },
        };
        if ended && wants.after {
            change.returned = next.is_some_and(|next| next.from < exit + HALF_YEAR);
            let after = self.any.partition_point(|i| i.to <= exit);
            change.self_supported = self.any.get(after).is_none_or(|i| i.from >= exit + QUARTER_YEAR);
        }
        self.sums.change(self.plan, change);
        if ended && wants.work {
            for (i, months) in AFTER.into_iter().enumerate() {
                let day = exit.plus_months(months);
                let worked = |&(month, hours): &(Month, f64)| month == day.month() && hours > 0.0;
                if self.person.earned.iter().any(worked) && !interval::has(self.any, day) {
                    self.sums.later(cell, calendar.place(exit).0, WORK + i, 1);
                }
            }
        }
        // A beginning on the register's first day is the register's, not the spell's: its age is not known.
        if wants.median && self.plan.observed_from != Some(spell.from) {
            self.sums.stays.push(Stay {
                cell,
                begun: spell.from,
                days: stay,
                ended,
            });
        }
        if wants.long {
            parts(self.long, stay, |long| {
                self.sums.begin_end(cell, LONG, calendar, long, 1)
            });
        }
    }

    /// Takes back who was counted in these periods before.
    #[inline]
    fn again(&mut self, cell: u32, paid: Interval, seen: Option<&mut Seen>) {
        let Some(seen) = seen else { return };
        let calendar = &self.plan.calendar;
        let days = Interval {
            to: paid.to - self.plan.beyond() as i32,
            ..paid
        };
        let (first, after) = calendar.touched(days);
        match seen.iter_mut().find(|(c, _)| *c == cell) {
            None => seen.push((cell, after)),
            Some((_, next)) => {
                let again = (*next).min(after);
                *next = (*next).max(after);
                if first < again {
                    self.sums.later(cell, first, REPEATED, 1);
                    self.sums.later(cell, again, REPEATED, -1);
                }
            }
        }
    }

    /// The paid periods of a stay that may have breaks.
    fn paid_with_breaks(&mut self, cell: u32, stay: Interval, paid: &[Interval], mut seen: Option<&mut Seen>) {
        let calendar = &self.plan.calendar;
        parts(paid, stay, |paid| {
            if paid.to < calendar.first_day() {
                return;
            }
            self.sums.begin_end(cell, PAID, calendar, paid, 1);
            let how = if paid.from < calendar.first_day() {
                PAID_CARRIED
            } else {
                PAID_BEGUN
            };
            self.sums.later(cell, calendar.place(paid.from).0, how, 1);
            let days_only = Change {
                cell,
                days: paid,
                paid: true,
                came: false,
                ended: false,
                returned: false,
                self_supported: false,
                completed: 0,
            };
            self.sums.change(self.plan, days_only);
            self.again(cell, paid, seen.as_deref_mut());
        });
    }

    /// The share of full time that is missing in one stay.
    #[inline]
    fn short(&mut self, cell: u32, stay: Interval, short: &[(Interval, i64)]) {
        for &(days, share) in short.iter().skip_while(|(days, _)| days.to <= stay.from) {
            if days.from >= stay.to {
                break;
            }
            if let Some(part) = days.and(stay) {
                self.sums.days(cell, SHORT, &self.plan.calendar, part, share);
            }
        }
    }

    /// What other registers say about one stay.
    fn more(&mut self, cell: u32, spell: Interval, stay: Interval, paid: &[Interval], seen: (&mut Seen, &mut Seen)) {
        let (calendar, more, sums) = (&self.plan.calendar, self.more, &mut *self.sums);
        if sums.wants.efforts {
            if let Some(senior) = Interval::new((spell.from + (YEAR - 1)).max(stay.from), stay.to) {
                sums.begin_end(cell, SENIOR, calendar, senior, 1);
                sums.begin_end(cell, PASSIVE, calendar, senior, 1);
                parts(&more.effort, senior, |part| {
                    sums.begin_end(cell, PASSIVE, calendar, part, -1)
                });
            }
            for &(days, share) in &more.active {
                if let Some(both) = days.and(stay) {
                    parts(paid, both, |part| sums.days(cell, ACTIVE, calendar, part, share));
                }
            }
        }
        for (set, seen, counter) in [(&more.company, seen.0, COMPANY), (&more.hours, seen.1, HOURS)] {
            parts(set, stay, |days| {
                parts(paid, days, |part| {
                    if let Some((first, after)) = not_seen(calendar, cell, part, seen) {
                        sums.later(cell, first, counter, 1);
                        sums.later(cell, after, counter, -1);
                    }
                });
            });
        }
        if sums.wants.caseworkers {
            parts(&more.assigned, stay, |part| {
                sums.days(cell, ASSIGNED, calendar, part, 1)
            });
            for &day in more
                .changes
                .iter()
                .filter(|&&day| stay.has(day) && day >= calendar.first_day())
            {
                sums.later(cell, calendar.place(day).0, CHANGES, 1);
            }
            if let Some(senior) = Interval::new((spell.from + (YEAR - 1)).max(stay.from), stay.to) {
                parts(&more.known, senior, |known| {
                    sums.begin_end(cell, KNOWN, calendar, known, 1);
                    sums.begin_end(cell, UNCHANGED, calendar, known, 1);
                    parts(&more.changed, known, |part| {
                        sums.begin_end(cell, UNCHANGED, calendar, part, -1)
                    });
                });
            }
        }
    }
}

/// The periods a person is to be counted in for these days, which may not have been counted before. Days come in order.
fn not_seen(calendar: &Calendar, cell: u32, days: Interval, seen: &mut Seen) -> Option<(usize, usize)> {
    let (first, after) = calendar.touched(days);
    if first >= after {
        return None;
    }
    match seen.iter_mut().find(|(c, _)| *c == cell) {
        None => {
            seen.push((cell, after));
            Some((first, after))
        }
        Some((_, next)) if *next < after => {
            let first = first.max(*next);
            *next = after;
            Some((first, after))
        }
        Some(_) => None,
    }
}

/// The days on which less than full time is paid, and how much is missing. On one benefit the largest share counts, so that the
/// same period given twice is the same; different benefits add up, to full time at most.
fn missing_share(entries: &[Entry], out: &mut Vec<(Interval, i64)>) {
    let full = i64::from(FULL);
    let mut i = 0;
    while i < entries.len() {
        // Entries that hang together by overlaps.
        let (start, mut to) = (i, entries[i].days.to);
        i += 1;
        while i < entries.len() && entries[i].days.from < to {
            to = to.max(entries[i].days.to);
            i += 1;
        }
        let together = &entries[start..i];
        if together.iter().all(|e| e.share == FULL) {
            continue;
        }
        if let [one] = together {
            out.push((one.days, full - i64::from(one.share)));
            continue;
        }
        let mut bends: Vec<Day> = together.iter().flat_map(|e| [e.days.from, e.days.to]).collect();
        bends.sort_unstable();
        bends.dedup();
        for pair in bends.windows(2) {
            let days = Interval {
                from: pair[0],
                to: pair[1],
            };
            let mut shares: Vec<(Code, i64)> = Vec::new();
            for e in together.iter().filter(|e| e.days.has(days.from)) {
                match shares.iter_mut().find(|s| s.0 == e.benefit) {
                    Some(s) => s.1 = s.1.max(i64::from(e.share)),
                    None => shares.push((e.benefit, i64::from(e.share))),
                }
            }
            let paid: i64 = shares.iter().map(|s| s.1).sum();
            if paid < full && !shares.is_empty() {
                out.push((days, full - paid));
            }
        }
    }
}

impl More {
    fn read(&mut self, person: &Person, wants: Wants, known: Day) {
        let cut = |days: Interval| Interval::new(days.from, days.to.min(known));
        // A year on from a day, that day counted.
        let year_from = |from: Day, to: Day| Interval {
            from,
            to: to + (YEAR - 1),
        };
        for list in [
            &mut self.effort,
            &mut self.company,
            &mut self.hours,
            &mut self.assigned,
            &mut self.known,
            &mut self.changed,
        ] {
            list.clear();
        }
        self.active.clear();
        self.changes.clear();
        if wants.efforts {
            for effort in &person.efforts {
                let Some(days) = cut(effort.days) else { continue };
                self.effort.push(year_from(days.from, days.to));
                if effort.company_directed {
                    self.company.push(days);
                }
            }
            union(&mut self.effort);
            union(&mut self.company);
            let mut bends: Vec<Day> = person
                .efforts
                .iter()
                .filter_map(|e| cut(e.days))
                .flat_map(|d| [d.from, d.to])
                .collect();
            bends.sort_unstable();
            bends.dedup();
            for pair in bends.windows(2) {
                let share: i64 = person
                    .efforts
                    .iter()
                    .filter(|e| e.days.has(pair[0]))
                    .map(|e| i64::from(e.share))
                    .sum();
                if share > 0 {
                    let days = Interval {
                        from: pair[0],
                        to: pair[1],
                    };
                    self.active.push((days, share.min(i64::from(FULL))));
                }
            }
        }
        if wants.hours {
            self.hours
                .extend(person.earned.iter().filter(|e| e.1 > 0.0).map(|(month, _)| Interval {
                    from: month.first(),
                    to: (*month + 1).first(),
                }));
            self.hours
                .extend(person.efforts.iter().filter(|e| e.paid).filter_map(|e| cut(e.days)));
            union(&mut self.hours);
        }
        if wants.caseworkers && !person.assignments.is_empty() {
            self.changes = changes(&person.assignments);
            self.assigned
                .extend(person.assignments.iter().filter_map(|a| cut(a.days)));
            union(&mut self.assigned);
            if let Some(first) = self.assigned.first() {
                let from = first.from + (YEAR - 1);
                self.known.extend(
                    self.assigned
                        .iter()
                        .filter_map(|a| Interval::new(a.from.max(from), a.to)),
                );
            }
            self.changed
                .extend(self.changes.iter().map(|&day| year_from(day, day + 1)));
            union(&mut self.changed);
        }
    }
}

impl Sums {
    #[inline]
    fn cell(&mut self, key: u128) -> u32 {
        let (cell, new) = self.cells.of(key);
        if new {
            self.slots.resize(self.slots.len() + self.stride, Slot::default());
        }
        cell
    }

    #[inline]
    fn change(&mut self, plan: &Plan, change: Change) {
        let heap = &mut self.heaps[change.cell as usize % HEAPS];
        match heap.changes.len() {
            0 => heap.changes.reserve_exact(WAITING),
            WAITING => heap.settle_changes(plan, self.stride, &mut self.slots),
            _ => {}
        }
        heap.changes.push(change);
    }

    /// So much more in a column.
    #[inline]
    fn later(&mut self, cell: u32, month: usize, counter: usize, by: i64) {
        let heap = &mut self.heaps[cell as usize % HEAPS];
        match heap.later.len() {
            0 => heap.later.reserve_exact(WAITING),
            WAITING => heap.settle_later(&mut self.columns, self.slots.len()),
            _ => {}
        }
        heap.later.push(Later {
            slot: cell * self.stride as u32 + month as u32,
            counter: counter as u32,
            by,
        });
    }

    /// Counts all that waits.
    fn settle(&mut self, plan: &Plan) {
        for heap in &mut self.heaps {
            heap.settle_changes(plan, self.stride, &mut self.slots);
            heap.settle_later(&mut self.columns, self.slots.len());
        }
    }

    /// So many more from the first day to the last.
    #[inline]
    fn begin_end(&mut self, cell: u32, counter: usize, calendar: &Calendar, days: Interval, by: i64) {
        self.later(cell, calendar.place(days.from).0, counter, by);
        self.later(cell, calendar.place(days.to).0, counter, -by);
    }

    /// So much on each of the days; `counter` and the one after it.
    fn days(&mut self, cell: u32, counter: usize, calendar: &Calendar, days: Interval, by: i64) {
        let (from, into) = calendar.place(days.from);
        self.later(cell, from, counter, by);
        self.later(cell, from, counter + 1, -into * by);
        let (to, into) = calendar.place(days.to);
        self.later(cell, to, counter, -by);
        self.later(cell, to, counter + 1, into * by);
    }
}

impl Heap {
    const EMPTY: Heap = Heap {
        changes: Vec::new(),
        later: Vec::new(),
    };

    #[inline(never)]
    fn settle_changes(&mut self, plan: &Plan, stride: usize, slots: &mut [Slot]) {
        let beyond = plan.beyond();
        for change in self.changes.drain(..) {
            let of_cell = &mut slots[change.cell as usize * stride..][..stride];
            let (from, into) = plan.calendar.place(change.days.from);
            let begins = &mut of_cell[from].counts;
            begins[INFLOW] += i32::from(change.came);
            begins[PART] -= if change.paid { into as i32 } else { 0 };
            let (to, out_of) = plan.calendar.place(change.days.to);
            let ends = &mut of_cell[to];
            ends.counts[PART] += if change.paid { out_of as i32 } else { 0 };
            ends.counts[GONE] += i32::from(change.paid && out_of <= beyond);
            ends.counts[OUTFLOW] += i32::from(change.ended);
            ends.counts[RETURNED] += i32::from(change.returned);
            ends.counts[SELF_SUPPORTED] += i32::from(change.self_supported);
            ends.completed += i64::from(change.completed);
        }
    }

    #[inline(never)]
    fn settle_later(&mut self, columns: &mut [Vec<i64>], slots: usize) {
        for later in self.later.drain(..) {
            let column = &mut columns[later.counter as usize];
            if column.len() < slots {
                column.resize(slots, 0);
            }
            column[later.slot as usize] += later.by;
        }
    }
}

/// The ages at which a group begins. Under the first is group 1.
pub const AGES: [i32; 11] = [16, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65];

/// The name of an age group's code.
///
/// ```
/// use tovholder_spells::table::age_group;
/// assert_eq!([1, 2, 3, 12].map(age_group), ["0-15", "16-19", "20-24", "65+"]);
/// ```
pub fn age_group(code: Code) -> String {
    match usize::from(code) {
        0 => String::new(),
        1 => format!("0-{}", AGES[0] - 1),
        i if i <= AGES.len() => format!("{}-{}", AGES[i - 2], AGES[i - 1] - 1),
        _ => format!("{}+", AGES[AGES.len() - 1]),
    }
}

fn codes(key: u128, dimensions: usize) -> Vec<Code> {
    (0..dimensions).map(|i| (key >> (16 * i)) as Code).collect()
}

/// The groups met so far.
#[derive(Clone, Debug, Default)]
struct Cells {
    keys: Vec<u128>,
    numbers: HashMap<u128, u32, BuildHasherDefault<Mixed>>,
    /// By a part of the mixed key the group last met there: nearly always the answer.
    recent: Vec<u32>,
}

const RECENT: u32 = 14;

impl Cells {
    #[inline]
    fn of(&mut self, key: u128) -> (u32, bool) {
        if self.recent.is_empty() {
            self.recent.resize(1 << RECENT, u32::MAX);
        }
        let at = (mix(key) >> (u64::BITS - RECENT)) as usize;
        let cell = self.recent[at];
        if self.keys.get(cell as usize) == Some(&key) {
            return (cell, false);
        }
        let new = self.keys.len() as u32;
        let cell = *self.numbers.entry(key).or_insert(new);
        self.recent[at] = cell;
        if cell == new {
            self.keys.push(key);
        }
        (cell, cell == new)
    }
}

/// Spreads codes over the high bits. The keys are our own numbers, so nobody can choose them to collide.
fn mix(key: u128) -> u64 {
    ((key as u64) ^ ((key >> 64) as u64).rotate_left(32)).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

#[derive(Default)]
struct Mixed(u64);

impl Hasher for Mixed {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for &b in bytes {
            self.0 = (self.0 ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    fn write_u128(&mut self, key: u128) {
        let mixed = mix(key);
        // The table takes low and high bits.
        self.0 = mixed ^ (mixed >> 32);
    }
}

/// One cell, month by month, with the running totals made.
struct Series<'a> {
    slots: &'a [Slot],
    /// By counter; empty where nobody was counted.
    columns: Vec<&'a [i64]>,
    /// Their running totals, month by month or period by period.
    running: Vec<Vec<i64>>,
    stock: Vec<i64>,
    paid_days: Vec<i64>,
    /// By period.
    persons: Vec<i64>,
}

struct Ratio {
    numerator: f64,
    denominator: Option<f64>,
    value: Option<f64>,
    n: u64,
    /// The numbers of people it would tell.
    few: [u64; 2],
}

impl Ratio {
    fn count(n: i64) -> Ratio {
        let n = n as u64;
        Ratio {
            numerator: n as f64,
            denominator: None,
            value: Some(n as f64),
            n,
            few: [n, 0],
        }
    }

    fn over(numerator: f64, denominator: f64, n: i64) -> Ratio {
        Ratio {
            numerator,
            denominator: Some(denominator),
            value: (denominator != 0.0).then(|| numerator / denominator),
            n: n as u64,
            few: [n as u64, 0],
        }
    }

    /// Some of many: too few of them, or too few others, would be told too.
    fn share(some: i64, many: i64) -> Ratio {
        let rest = (many - some).min(some.max(1)) as u64;
        Ratio {
            few: [some as u64, if some == 0 || some == many { many as u64 } else { rest }],
            ..Ratio::over(some as f64, many as f64, many)
        }
    }
}

fn running(changes: impl Iterator<Item = i64>) -> Vec<i64> {
    let sum = |total: &mut i64, by| {
        *total += by;
        Some(*total)
    };
    changes.scan(0, sum).collect()
}

impl<'a> Series<'a> {
    fn of(plan: &Plan, sums: &'a Sums, cell: usize) -> Series<'a> {
        let (from, months) = (cell * sums.stride, sums.stride - 1);
        let calendar = &plan.calendar;
        let slots = &sums.slots[from..from + sums.stride];
        let of_cell = |column: &'a Vec<i64>| column.get(from..from + sums.stride).unwrap_or_default();
        let columns: Vec<&[i64]> = sums.columns.iter().map(of_cell).collect();
        let count = |counter: usize, m: usize| i64::from(slots[m].counts[counter]);
        let seldom = |counter: usize, m: usize| columns[counter].get(m).copied().unwrap_or(0);
        let came = |m: usize| count(INFLOW, m) + seldom(MOVED_IN, m);
        let change = |m: usize| came(m) + seldom(CARRIED, m) - count(OUTFLOW, m) - seldom(MOVED_OUT, m);
        let stock = running((0..months).map(change));
        let (paid, begun, carried): (_, Vec<i64>, _) = match plan.gap {
            // Who was running when the register began came into sight in that month, without coming.
            Gap::None => {
                let seen = |m: usize| came(m) + if m > 0 { seldom(CARRIED, m) } else { 0 };
                (stock.clone(), (0..months).map(seen).collect(), CARRIED)
            }
            _ => (
                running((0..months).map(|m| seldom(PAID, m))),
                (0..months).map(|m| seldom(PAID_BEGUN, m)).collect(),
                PAID_CARRIED,
            ),
        };
        let running: Vec<Vec<i64>> = columns.iter().map(|column| running(column.iter().copied())).collect();
        // The persons of a period: on benefit as it began, plus those who began in it, less those counted already.
        let persons = calendar.periods().iter().enumerate().map(|(p, period)| {
            let repeated = running[REPEATED].get(p).copied().unwrap_or(0);
            let of = calendar.months_of(period);
            let before = match of.start {
                0 => seldom(carried, 0),
                first => paid[first - 1],
            };
            before - count(GONE, of.start) + begun[of].iter().sum::<i64>() - repeated
        });
        Series {
            paid_days: (0..months)
                .map(|m| paid[m] * calendar.length(m) + count(PART, m))
                .collect(),
            persons: persons.collect(),
            slots,
            columns,
            running,
            stock,
        }
    }

    fn ratio(&self, plan: &Plan, indicator: Indicator, p: usize, period: &Period) -> Option<Ratio> {
        use Indicator as I;
        let calendar = &plan.calendar;
        let months = calendar.months_of(period);
        let last = months.end - 1;
        let sum = |counter: usize| {
            months
                .clone()
                .map(|m| i64::from(self.slots[m].counts[counter]))
                .sum::<i64>()
        };
        let seldom = |counter: usize| {
            let column = self.columns[counter].get(months.clone());
            column.map_or(0, |months| months.iter().sum::<i64>())
        };
        let persons = self.persons[p];
        let paid_days = || self.paid_days[months.clone()].iter().sum::<i64>();
        let end = |counter: usize| self.running[counter].get(last).copied().unwrap_or(0);
        let by_period = |counter: usize| self.running[counter].get(p).copied().unwrap_or(0);
        // Exact even where a whole country's billionths of days would not fit 64 bits.
        let days = |counter: usize| -> i128 {
            let (days, part) = (&self.running[counter], self.columns[counter + 1]);
            let whole = |(m, &days): (usize, &i64)| i128::from(days) * i128::from(calendar.length(m));
            let whole_months = days.iter().enumerate().take(months.end).skip(months.start).map(whole);
            let parts = part.iter().take(months.end).skip(months.start);
            whole_months.sum::<i128>() + parts.map(|&days| i128::from(days)).sum::<i128>()
        };
        let full_time_days = || (i128::from(paid_days()) * i128::from(FULL) - days(SHORT)) as f64 / f64::from(FULL);
        // Every exit of the period must have been followed so far.
        // And looking back a year takes a year that was observed.
        let seen_a_year = plan
            .observed_from
            .is_none_or(|first| first + (YEAR - 1) <= calendar.end_of(period));
        let followed = |days: i32| calendar.end_of(period) + (days - 1) <= calendar.as_of();
        let worked = |i: usize| {
            let seen_to = plan.earnings_to.map_or(calendar.as_of(), |to| to.min(calendar.as_of()));
            ((period.last + AFTER[i]).last() <= seen_to).then(|| Ratio::share(seldom(WORK + i), sum(OUTFLOW)))
        };
        Some(match indicator {
            I::Persons => Ratio::count(persons),
            I::StockEnd => Ratio::count(self.stock[last]),
            I::PersonDays => {
                let days = paid_days() as f64;
                Ratio {
                    numerator: days,
                    denominator: None,
                    value: Some(days),
                    n: persons as u64,
                    few: [persons as u64, 0],
                }
            }
            I::FullTimePersons => Ratio::over(full_time_days(), calendar.days_of(period) as f64, persons),
            I::Inflow => Ratio::count(sum(INFLOW)),
            I::Outflow => Ratio::count(sum(OUTFLOW)),
            I::MovedIn => Ratio::count(seldom(MOVED_IN)),
            I::MovedOut => Ratio::count(seldom(MOVED_OUT)),
            I::DurationCompletedMean => {
                let days: i64 = months.clone().map(|m| self.slots[m].completed).sum();
                Ratio::over(days as f64, sum(OUTFLOW) as f64, sum(OUTFLOW))
            }
            I::DurationMedianKm => return None,
            I::LongTermShare | I::PassiveShare if !seen_a_year => return None,
            I::LongTermShare => Ratio::share(end(LONG), self.stock[last]),
            I::PassiveShare => Ratio::share(end(PASSIVE), end(SENIOR)),
            I::CompanyDirectedShare => Ratio::share(by_period(COMPANY), persons),
            I::ActivationDegree => Ratio::over(days(ACTIVE) as f64 / f64::from(FULL), full_time_days(), persons),
            I::ExitToWork3 => worked(0)?,
            I::ExitToWork6 => worked(1)?,
            I::ExitToWork12 => worked(2)?,
            I::SelfSupportShare if followed(QUARTER_YEAR) => Ratio::share(sum(SELF_SUPPORTED), sum(OUTFLOW)),
            I::ReturnShare if followed(HALF_YEAR) => Ratio::share(sum(RETURNED), sum(OUTFLOW)),
            I::SelfSupportShare | I::ReturnShare => return None,
            I::OrdinaryHoursShare => {
                if plan.earnings_to.is_some_and(|to| to < calendar.end_of(period)) {
                    return None;
                }
                Ratio::share(by_period(HOURS), persons)
            }
            I::CaseworkerChanges => {
                Ratio::over(seldom(CHANGES) as f64, days(ASSIGNED) as f64 / 365.25, seldom(CHANGES))
            }
            I::ShareWithoutChange => Ratio::share(end(UNCHANGED), end(KNOWN)),
        })
    }
}
