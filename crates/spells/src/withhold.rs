//! What else must be withheld so that a withheld figure is not a subtraction away.
//!
//! Three ways to compute a small number back are closed. A total less its other parts: where one part of a shown total is
//! withheld, the smallest other part goes with it. The balance of stock and flows: where one of them is withheld, the flows
//! are. And the same people under another name: the persons behind the days are the persons, the spells behind a mean are the outflow.
//!
//! This is done by rule, for every table, in one pass over it and again until nothing changes. It leaves no equation with a single unknown;
//! it does not prove that no set of equations narrows a number down. That proof, for one table of counts at a time, is
//! [`disclosure`](crate::disclosure).

use std::collections::HashMap;

use crate::Indicator as I;
use crate::person::Code;
use crate::table::{ALL, Figure};

/// The figure whose people another figure tells, if it tells any but its own.
fn base(indicator: I) -> I {
    match indicator {
        I::PersonDays | I::FullTimePersons | I::ActivationDegree | I::CompanyDirectedShare | I::OrdinaryHoursShare => {
            I::Persons
        }
        I::LongTermShare => I::StockEnd,
        I::Inflow | I::MovedIn | I::MovedOut | I::DurationCompletedMean | I::SelfSupportShare | I::ReturnShare => {
            I::Outflow
        }
        I::ExitToWork3 | I::ExitToWork6 | I::ExitToWork12 => I::Outflow,
        other => other,
    }
}

/// Marks more figures as withheld. They come by cell, then by period.
pub(crate) fn close(cells: &[Vec<Code>], figures: &mut [Figure], periods: usize) {
    if !figures.iter().any(|f| f.withheld) {
        return;
    }
    let at = Places::of(figures, cells.len(), periods);
    let lines = lines(cells);
    let mut indicators: Vec<I> = figures.iter().map(|f| f.indicator).collect();
    indicators.sort_unstable();
    indicators.dedup();
    loop {
        let mut changed = false;
        for cell in 0..cells.len() {
            for period in 0..periods {
                changed |= together(&at, figures, &indicators, cell, period);
            }
        }
        for (total, parts) in &lines {
            for period in 0..periods {
                for &indicator in &indicators {
                    changed |= one_of_many(&at, figures, *total, parts, period, indicator);
                }
            }
        }
        if !changed {
            return;
        }
    }
}

/// Where the figures of each cell and period begin: they are few, and stand together.
struct Places {
    starts: Vec<usize>,
    periods: usize,
}

impl Places {
    fn of(figures: &[Figure], cells: usize, periods: usize) -> Places {
        let mut starts = vec![0; cells * periods + 1];
        for figure in figures {
            starts[figure.cell * periods + figure.period + 1] += 1;
        }
        for i in 1..starts.len() {
            starts[i] += starts[i - 1];
        }
        Places { starts, periods }
    }

    fn find(&self, figures: &[Figure], cell: usize, period: usize, indicator: I) -> Option<usize> {
        let at = cell * self.periods + period;
        (self.starts[at]..self.starts[at + 1]).find(|&i| figures[i].indicator == indicator)
    }
}

/// Every total with its parts along one dimension.
fn lines(cells: &[Vec<Code>]) -> Vec<(usize, Vec<usize>)> {
    let numbers: HashMap<&[Code], usize> = cells.iter().enumerate().map(|(i, cell)| (cell.as_slice(), i)).collect();
    let mut parts: HashMap<(usize, usize), Vec<usize>> = HashMap::new();
    for (i, cell) in cells.iter().enumerate() {
        for dimension in (0..cell.len()).filter(|&d| cell[d] != ALL) {
            let mut total = cell.clone();
            total[dimension] = ALL;
            if let Some(&total) = numbers.get(total.as_slice()) {
                parts.entry((total, dimension)).or_default().push(i);
            }
        }
    }
    let mut lines: Vec<_> = parts.into_iter().collect();
    lines.sort_unstable();
    lines.into_iter().map(|((total, _), parts)| (total, parts)).collect()
}

/// The balance of one cell and period, and figures on the same people.
fn together(at: &Places, figures: &mut [Figure], indicators: &[I], cell: usize, period: usize) -> bool {
    let find = |figures: &[Figure], period: usize, indicator: I| at.find(figures, cell, period, indicator);
    let is = |figures: &[Figure], i: Option<usize>| i.is_some_and(|i| figures[i].withheld);
    let mut changed = false;
    let before = period
        .checked_sub(1)
        .and_then(|before| find(figures, before, I::StockEnd));
    let flows = [I::Inflow, I::Outflow, I::MovedIn, I::MovedOut].map(|i| find(figures, period, i));
    let unknown = is(figures, before)
        || is(figures, find(figures, period, I::StockEnd))
        || flows.into_iter().any(|i| is(figures, i));
    for &indicator in indicators {
        let of = base(indicator);
        let with_its_base = of != indicator && is(figures, find(figures, period, of));
        let shown = || find(figures, period, indicator).filter(|&i| !figures[i].withheld);
        if (with_its_base || (unknown && of == I::Outflow))
            && let Some(i) = shown()
        {
            figures[i].withheld = true;
            changed = true;
        }
    }
    changed
}

/// Where one part of a shown total is withheld, the smallest other one is too.
fn one_of_many(
    at: &Places,
    figures: &mut [Figure],
    total: usize,
    parts: &[usize],
    period: usize,
    indicator: I,
) -> bool {
    let Some(whole) = at
        .find(figures, total, period, indicator)
        .filter(|&i| !figures[i].withheld)
    else {
        return false;
    };
    let found: Vec<usize> = parts
        .iter()
        .filter_map(|&part| at.find(figures, part, period, indicator))
        .collect();
    if found.iter().filter(|&&i| figures[i].withheld).count() != 1 {
        return false;
    }
    let others = found.into_iter().filter(|&i| !figures[i].withheld && figures[i].n > 0);
    // Where all others are nought, the total is the part.
    let smallest = others.min_by_key(|&i| (figures[i].n, i)).unwrap_or(whole);
    figures[smallest].withheld = true;
    true
}
