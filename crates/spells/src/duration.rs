//! The median of durations in every cell and period at once, without a survival curve per question.
//!
//! A spell is followed in a window of twelve months from the age it has when the window opens (left truncation) to its exit or to
//! the window's end (censoring). Cutting the follow-up at every month's end changes nothing in the estimate: at each age the same
//! spells are at risk. So a window is twelve months put together, and the next window is one month added and one taken away.

use crate::{Calendar, Day, Interval};

/// The part of a spell in one cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stay {
    pub cell: u32,
    /// When the spell began: its age is counted from here, wherever it was then.
    pub begun: Day,
    pub days: Interval,
    /// The spell ended with this stay.
    pub ended: bool,
}

/// What is known of the durations in one cell and period.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Durations {
    pub exits: u64,
    pub spells: u64,
    pub median: Option<f64>,
}

/// The ages at which a spell was followed in one month: at risk of an exit at each of `first..=last()` days. Small, for there are very many.
#[derive(Clone, Copy, Default)]
struct Followed {
    first: u32,
    /// Days after the first, less than a month.
    more: u8,
    ended: bool,
}

impl Followed {
    fn last(self) -> u32 {
        self.first + u32::from(self.more)
    }
}

/// By cell, then by period.
pub(crate) fn medians(
    calendar: &Calendar,
    observed_from: Option<Day>,
    stays: Vec<Stay>,
    cells: usize,
) -> Vec<Durations> {
    let mut out = Vec::with_capacity(cells * calendar.periods().len());
    // By cell, by counting: there are many stays and few cells.
    let mut starts = vec![0usize; cells + 1];
    for stay in &stays {
        starts[stay.cell as usize + 1] += 1;
    }
    for i in 0..cells {
        starts[i + 1] += starts[i];
    }
    let mut order = vec![0u32; stays.len()];
    let mut next = starts.clone();
    for (i, stay) in stays.iter().enumerate() {
        let at = &mut next[stay.cell as usize];
        order[*at] = i as u32;
        *at += 1;
    }
    let mut window = Window {
        first_day: observed_from.map_or(calendar.first_day(), |day| day.max(calendar.first_day() - 1) + 1),
        ..Window::default()
    };
    for cell in 0..cells {
        let of_cell = &order[starts[cell]..starts[cell + 1]];
        window.slide(calendar, of_cell.iter().map(|&i| &stays[i as usize]), &mut out);
    }
    out
}

/// The months of a stay in which it was followed, with the ages. An exit is dated the first day after, as in the flows; so the
/// step from age a to a + 1 belongs to the day it is completed.
fn followed(calendar: &Calendar, first_day: Day, stay: &Stay, mut take: impl FnMut(usize, Followed)) {
    let first = (stay.days.from + 1).max(first_day);
    let last = stay.days.to.min(calendar.as_of());
    let mut day = first;
    while day <= last {
        let (month, into) = calendar.place(day);
        if month == calendar.months() {
            return;
        }
        let until = last.min(day + (calendar.length(month) - into - 1) as i32);
        take(
            month,
            Followed {
                first: (day - stay.begun) as u32,
                more: (until - day) as u8,
                ended: stay.ended && until == stay.days.to,
            },
        );
        day = until + 1;
    }
}

/// Spells at risk and exits, by age.
#[derive(Default)]
struct Window {
    /// The first day on which an exit would have been seen.
    first_day: Day,
    /// ± at risk.
    risk: Vec<i32>,
    exits: Vec<i32>,
    all_exits: i64,
    months: Vec<usize>,
    list: Vec<Followed>,
}

impl Window {
    fn slide<'a>(
        &mut self,
        calendar: &Calendar,
        stays: impl Iterator<Item = &'a Stay> + Clone,
        out: &mut Vec<Durations>,
    ) {
        let n = calendar.months();
        // How many stays are first, and last, followed in each month.
        let (mut firsts, mut lasts) = (vec![0u64; n + 1], vec![0u64; n + 1]);
        self.months.clear();
        self.months.resize(n + 1, 0);
        let mut oldest = 0;
        for stay in stays.clone() {
            let (mut first, mut last) = (None, None);
            followed(calendar, self.first_day, stay, |month, f| {
                self.months[month + 1] += 1;
                first = first.or(Some(month));
                last = Some(month);
                oldest = oldest.max(f.last());
            });
            if let (Some(first), Some(last)) = (first, last) {
                firsts[first] += 1;
                lasts[last] += 1;
            }
        }
        for m in 0..n {
            self.months[m + 1] += self.months[m];
        }
        self.list.clear();
        self.list.resize(self.months[n], Followed::default());
        let mut at = self.months.clone();
        for stay in stays {
            followed(calendar, self.first_day, stay, |month, f| {
                self.list[at[month]] = f;
                at[month] += 1;
            });
        }
        for ages in [&mut self.risk, &mut self.exits] {
            ages.clear();
            ages.resize(oldest as usize + 2, 0);
        }
        self.all_exits = 0;
        let (mut from, mut to) = (0, 0);
        for period in calendar.periods() {
            let end = calendar.months_of(period).end;
            while to < end {
                self.month(to, 1);
                to += 1;
            }
            while from + 12 < to {
                self.month(from, -1);
                from += 1;
            }
            let spells = firsts[..to].iter().sum::<u64>() - lasts[..from].iter().sum::<u64>();
            out.push(Durations {
                exits: self.all_exits as u64,
                spells,
                median: median(&self.risk, &self.exits),
            });
        }
    }

    fn month(&mut self, month: usize, by: i32) {
        for f in &self.list[self.months[month]..self.months[month + 1]] {
            self.risk[f.first as usize] += by;
            self.risk[f.last() as usize + 1] -= by;
            if f.ended {
                self.exits[f.last() as usize] += by;
                self.all_exits += i64::from(by);
            }
        }
    }
}

/// The median of the Kaplan–Meier curve by R's rule: the first age with survival under one half; where survival is exactly one
/// half, the middle of the flat part, which ends with the next exit or, if there is none, with the last age observed.
fn median(risk: &[i32], exits: &[i32]) -> Option<f64> {
    const TOLERANCE: f64 = 1e-9;
    let (mut survival, mut at_risk) = (1.0, 0i64);
    let mut half = None;
    let mut oldest = 0;
    for (age, (&change, &exits)) in risk.iter().zip(exits).enumerate() {
        at_risk += i64::from(change);
        if at_risk > 0 {
            oldest = age;
        }
        if exits > 0 {
            if let Some(half) = half {
                return Some((half + age as f64) / 2.0);
            }
            survival *= 1.0 - f64::from(exits) / at_risk as f64;
            if survival < 0.5 - TOLERANCE {
                return Some(age as f64);
            }
            if survival < 0.5 + TOLERANCE {
                half = Some(age as f64);
            }
        }
    }
    half.map(|half| (half + oldest as f64) / 2.0)
}
