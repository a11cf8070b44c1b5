//! Sets of days, as sorted lists of intervals that neither overlap nor touch.
//!
//! Outside, the end of a period is its last day; inside, an interval is half-open: from its first day to the day after its last.
//! Then a length is a subtraction, adjoining periods share a number, and nothing is counted twice.

use crate::Day;

/// The days from `from` to the day before `to`.
///
/// ```
/// use tovholder_spells::{Day, Interval};
/// let day = |text: &str| text.parse::<Day>().unwrap();
/// let january = Interval::inclusive(day("2024-01-01"), day("2024-01-31")).unwrap();
/// assert_eq!(january.days(), 31);
/// assert_eq!(january.to, day("2024-02-01"));
/// assert_eq!(Interval::inclusive(day("2024-01-02"), day("2024-01-01")), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Interval {
    /// The first day.
    pub from: Day,
    /// The day after the last.
    pub to: Day,
}

impl Interval {
    /// From the first day to the day before `to`; `None` if that is no day at all.
    #[inline]
    pub fn new(from: Day, to: Day) -> Option<Interval> {
        (from < to).then_some(Interval { from, to })
    }

    /// From the first to the last day, both counted; `None` if the end is before the start.
    #[inline]
    pub fn inclusive(first: Day, last: Day) -> Option<Interval> {
        Interval::new(first, last + 1)
    }

    /// How many days.
    #[inline]
    pub fn days(self) -> i32 {
        self.to - self.from
    }

    /// The days both have.
    #[inline]
    pub fn and(self, other: Interval) -> Option<Interval> {
        Interval::new(self.from.max(other.from), self.to.min(other.to))
    }

    /// Whether the day is one of them.
    #[inline]
    pub fn has(self, day: Day) -> bool {
        self.from <= day && day < self.to
    }
}

/// Makes any list of intervals a set: sorted, overlaps counted once, adjoining ones joined.
///
/// ```
/// use tovholder_spells::{Day, Interval, interval::union};
/// let days = |from, to| Interval::new(Day(from), Day(to)).unwrap();
/// let mut list = vec![days(5, 9), days(0, 3), days(3, 4), days(6, 7)];
/// union(&mut list);
/// assert_eq!(list, [days(0, 4), days(5, 9)]);
/// ```
pub fn union(list: &mut Vec<Interval>) {
    if !list.is_sorted_by_key(|i| i.from) {
        list.sort_unstable();
    }
    let mut kept = 0;
    for i in 1..list.len() {
        if list[i].from <= list[kept].to {
            list[kept].to = list[kept].to.max(list[i].to);
        } else {
            kept += 1;
            list[kept] = list[i];
        }
    }
    list.truncate(kept + 1);
}

/// How many days a set has: Σ (to − from).
///
/// ```
/// use tovholder_spells::{Day, Interval, interval::total};
/// let days = |from, to| Interval::new(Day(from), Day(to)).unwrap();
/// assert_eq!(total(&[days(0, 4), days(6, 9)]), 7);
/// ```
pub fn total(set: &[Interval]) -> i64 {
    set.iter().map(|i| i64::from(i.days())).sum()
}

/// Whether a day is in a set.
///
/// ```
/// use tovholder_spells::{Day, Interval, interval::has};
/// let set = [Interval::new(Day(2), Day(5)).unwrap()];
/// assert!(has(&set, Day(4)) && !has(&set, Day(5))); // half-open: 5 is the day after
/// ```
pub fn has(set: &[Interval], day: Day) -> bool {
    let after = set.partition_point(|i| i.from <= day);
    after > 0 && set[after - 1].has(day)
}

/// Hands over the parts of one interval that are in a set.
///
/// ```
/// use tovholder_spells::{Day, Interval, interval::parts};
/// let days = |from, to| Interval::new(Day(from), Day(to)).unwrap();
/// let mut found = Vec::new();
/// parts(&[days(0, 4), days(6, 9)], days(3, 7), |part| found.push(part));
/// assert_eq!(found, [days(3, 4), days(6, 7)]);
/// ```
#[inline]
pub fn parts(set: &[Interval], of: Interval, mut take: impl FnMut(Interval)) {
    let first = set.partition_point(|i| i.to <= of.from);
    for part in set[first..].iter().map_while(|i| i.and(of)) {
        take(part);
    }
}

/// The days two sets share.
///
/// ```
/// use tovholder_spells::{Day, Interval, interval::both};
/// let days = |from, to| Interval::new(Day(from), Day(to)).unwrap();
/// assert_eq!(both(&[days(0, 4), days(6, 9)], &[days(2, 7)]), [days(2, 4), days(6, 7)]);
/// ```
pub fn both(a: &[Interval], b: &[Interval]) -> Vec<Interval> {
    let mut out = Vec::new();
    for &of in b {
        parts(a, of, |part| out.push(part));
    }
    out
}

/// The days of a set that another does not have.
///
/// ```
/// use tovholder_spells::{Day, Interval, interval::without};
/// let days = |from, to| Interval::new(Day(from), Day(to)).unwrap();
/// assert_eq!(without(&[days(0, 9)], &[days(2, 4), days(8, 12)]), [days(0, 2), days(4, 8)]);
/// ```
pub fn without(set: &[Interval], taken: &[Interval]) -> Vec<Interval> {
    let mut out = Vec::new();
    for &of in set {
        let mut from = of.from;
        parts(taken, of, |part| {
            out.extend(Interval::new(from, part.from));
            from = part.to;
        });
        out.extend(Interval::new(from, of.to));
    }
    out
}

/// The days on which at least `enough` of the last `window` days, that day counted, are in the set.
///
/// The number of such days rises by one a day, stays, or falls by one; so it is followed from bend to bend and never day by day.
///
/// ```
/// use tovholder_spells::{Day, Interval, interval::mostly};
/// let days = |from, to| Interval::new(Day(from), Day(to)).unwrap();
/// // 8 of the last 10 days: reached on the eighth day, lost when three have left the window.
/// assert_eq!(mostly(&[days(0, 20)], 10, 8), [days(7, 22)]);
/// ```
pub fn mostly(set: &[Interval], window: i32, enough: i32) -> Vec<Interval> {
    let mut out = Vec::new();
    mostly_into(set, window, enough, &mut out);
    out
}

/// Whether there can be a window with so many days at all, intervals that reach into it taken whole. Most sets come nowhere near.
fn ever(set: &[Interval], window: i32, enough: i32) -> bool {
    let (mut first, mut inside) = (0, 0);
    // There are most days in a window that ends with an interval.
    set.iter().any(|last| {
        inside += last.days();
        while set[first].to <= last.to - window {
            inside -= set[first].days();
            first += 1;
        }
        inside >= enough
    })
}

/// [`mostly`], into a list that is used again and again.
pub fn mostly_into(set: &[Interval], window: i32, enough: i32, out: &mut Vec<Interval>) {
    out.clear();
    if !ever(set, window, enough) {
        return;
    }
    let (mut head, mut tail) = (0, 0);
    let bend = |i: usize| -> Option<Day> {
        let interval = set.get(i / 2)?;
        Some(if i.is_multiple_of(2) {
            interval.from
        } else {
            interval.to
        })
    };
    // How many days of the set are in the window that ends with the day before `at`.
    let mut inside = 0;
    let Some(mut at) = bend(0) else { return };
    while tail < set.len() * 2 {
        // The next bend: a day begins or ends to count at the head, or leaves at the tail.
        while bend(head) == Some(at) {
            head += 1;
        }
        while bend(tail).is_some_and(|day| day + window == at) {
            tail += 1;
        }
        let next = match (bend(head), bend(tail)) {
            (Some(h), Some(t)) => h.min(t + window),
            (None, Some(t)) => t + window,
            _ => break,
        };
        let slope = (head % 2) as i32 - (tail % 2) as i32;
        let steps = next - at;
        // After k more days (k from 1 to steps) there are inside + slope·k; that is the count on the day at + k − 1.
        let (first, last) = match slope {
            0 if inside >= enough => (1, steps),
            0 => (1, 0),
            1 => ((enough - inside).max(1), steps),
            _ => (1, (inside - enough).min(steps)),
        };
        if let Some(more) = Interval::new(at + (first - 1), at + last) {
            match out.last_mut() {
                Some(before) if before.to == more.from => before.to = more.to,
                _ => out.push(more),
            }
        }
        inside += slope * steps;
        at = next;
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that panics fails")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn any_list() -> impl Strategy<Value = Vec<Interval>> {
        proptest::collection::vec((0..200, 1..40), 0..8).prop_map(|list| {
            list.into_iter()
                .map(|(from, n)| Interval::new(Day(from), Day(from + n)).unwrap())
                .collect()
        })
    }
    fn any_set() -> impl Strategy<Value = Vec<Interval>> {
        any_list().prop_map(|mut list| {
            union(&mut list);
            list
        })
    }
    fn day_by_day(set: &[Interval]) -> Vec<bool> {
        (-50..400).map(|d| set.iter().any(|i| i.has(Day(d)))).collect()
    }

    proptest! {
        #[test]
        fn a_union_has_the_same_days_once_and_is_idempotent(list in any_list()) {
            let mut once = list.clone();
            union(&mut once);
            prop_assert_eq!(day_by_day(&list), day_by_day(&once));
            prop_assert!(once.windows(2).all(|w| w[0].to < w[1].from));
            let mut twice = [once.clone(), once.clone()].concat();
            union(&mut twice);
            prop_assert_eq!(once, twice);
        }

        #[test]
        fn sets_are_what_they_are_day_by_day(a in any_set(), b in any_set()) {
            let (da, db) = (day_by_day(&a), day_by_day(&b));
            prop_assert_eq!(day_by_day(&both(&a, &b)), da.iter().zip(&db).map(|(x, y)| *x && *y).collect::<Vec<_>>());
            prop_assert_eq!(day_by_day(&without(&a, &b)), da.iter().zip(&db).map(|(x, y)| *x && !*y).collect::<Vec<_>>());
            prop_assert!((-50..400).all(|d| has(&a, Day(d)) == da[(d + 50) as usize]));
        }

        #[test]
        fn mostly_is_what_counting_day_by_day_gives(set in any_set(), window in 1..60, enough in 1..60) {
            let found = mostly(&set, window, enough);
            prop_assert!(found.windows(2).all(|w| w[0].to < w[1].from));
            for d in -5..300 {
                let counted = (d - window + 1..=d).filter(|&x| has(&set, Day(x))).count() as i32;
                prop_assert_eq!(has(&found, Day(d)), counted >= enough, "day {}: {}", d, counted);
            }
        }
    }
}
