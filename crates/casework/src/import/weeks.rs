//! Weekly states as the national register of support has them: a row a person, a column a week, a code of three digits in the cell and
//! nothing where there was no support.
//!
//! One day in a week is enough for its code, and a week has one code only. So the register says whether somebody was without support, and
//! never how many were on it. Here the weeks of a citizen are kept as runs of the same code.
//!
//! ```
//! use tovholder_casework::import::weeks::*;
//! let monday = week("y_2407").unwrap().unwrap();
//! assert_eq!(week("2024W07"), Some(Ok(monday)));
//! let history = History::of(monday, ["111", "111", "", "651"]);
//! assert_eq!(history.text(), "2024W07 2024W08 111;2024W10 2024W10 651");
//! assert_eq!(week("y_2454"), Some(Err(NoSuchWeek)));
//! assert_eq!(week("Navn"), None);
//! ```

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::{Date, ISOWeekDate, Weekday};

/// A name like a week's, of a week that there is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoSuchWeek;

/// The Monday of the week that a column is named after: `2024W07`, `2024-W07` or `y_2407`, where two digits from 91 on are of the last
/// century, since the register begins in 1991. Nothing for a name that is not like a week's.
pub fn week(name: &str) -> Option<Result<Date, NoSuchWeek>> {
    let name = name.trim().to_ascii_lowercase();
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let (year, week) = match name.strip_prefix("y_") {
        Some(rest) if rest.len() == 4 && digits(rest) => {
            let year: i16 = rest[..2].parse().ok()?;
            (year + if year >= 91 { 1900 } else { 2000 }, &rest[2..])
        }
        Some(_) => return None,
        None => {
            let (year, week) = name.split_once('w')?;
            let year = year.strip_suffix('-').unwrap_or(year);
            if year.len() != 4 || week.len() != 2 || !digits(year) || !digits(week) {
                return None;
            }
            (year.parse().ok()?, week)
        }
    };
    let week: i8 = week.parse().ok()?;
    Some(
        ISOWeekDate::new(year, week, Weekday::Monday)
            .map(ISOWeekDate::date)
            .map_err(|_| NoSuchWeek),
    )
}

/// A Monday as its week's name: `2024W07`.
pub fn name(monday: Date) -> String {
    let week = monday.iso_week_date();
    format!("{:04}W{:02}", week.year(), week.week())
}

fn after(monday: Date, weeks: i32) -> Date {
    monday.saturating_add(weeks.weeks())
}

/// What the columns of a header are, in which the weeks must follow each other without a hole.
///
/// # Errors
/// The first column that breaks the row of weeks: one of no week, a week that stands twice, or the first after a hole.
pub fn columns(header: &[String]) -> Result<Vec<(usize, Date)>, usize> {
    let mut weeks = Vec::new();
    for (at, name) in header.iter().enumerate() {
        match week(name) {
            Some(Ok(monday)) => weeks.push((at, monday)),
            Some(Err(NoSuchWeek)) => return Err(at),
            None => {}
        }
    }
    weeks.sort_by_key(|(_, monday)| *monday);
    for pair in weeks.windows(2) {
        if pair[1].1 != after(pair[0].1, 1) {
            return Err(pair[1].0);
        }
    }
    Ok(weeks)
}

/// Weeks in a row with the same code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The Monday of the first.
    pub first: Date,
    /// The Monday of the last.
    pub last: Date,
    /// The code.
    pub code: String,
}

/// What is known of a citizen's weeks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct History {
    /// The Monday of the first week that is known.
    pub first: Date,
    /// The Monday of the last: a week between them that is in no run was without support.
    pub last: Date,
    /// The weeks with a code, oldest first.
    pub runs: Vec<Run>,
}

impl History {
    /// Of the codes from a week on, one each; empty for none.
    pub fn of<'c>(first: Date, codes: impl IntoIterator<Item = &'c str>) -> History {
        let (mut runs, mut next): (Vec<Run>, Date) = (Vec::new(), first);
        for code in codes {
            match runs.last_mut() {
                Some(run) if run.code == code && after(run.last, 1) == next => run.last = next,
                _ if code.is_empty() => {}
                _ => runs.push(Run {
                    first: next,
                    last: next,
                    code: code.to_owned(),
                }),
            }
            next = after(next, 1);
        }
        History {
            first,
            last: after(next, -1).max(first),
            runs,
        }
    }

    /// The runs as they are kept: `2024W07 2024W09 111;…`.
    pub fn text(&self) -> String {
        let runs = self
            .runs
            .iter()
            .map(|run| format!("{} {} {}", name(run.first), name(run.last), run.code));
        runs.collect::<Vec<_>>().join(";")
    }

    /// As it was kept; nothing when the text is another.
    pub fn read(first: &str, last: &str, runs: &str) -> Option<History> {
        let monday = |text: &str| week(text)?.ok();
        let run = |text: &str| {
            let mut words = text.split(' ');
            let (first, last, code) = (words.next()?, words.next()?, words.next()?);
            Some(Run {
                first: monday(first)?,
                last: monday(last)?,
                code: code.to_owned(),
            })
        };
        Some(History {
            first: monday(first)?,
            last: monday(last)?,
            runs: runs
                .split(';')
                .filter(|run| !run.is_empty())
                .map(run)
                .collect::<Option<_>>()?,
        })
    }

    /// With what is newer: its weeks hold, the others stay. Nothing where weeks between the two would be unknown.
    pub fn with(&self, newer: &History) -> Option<History> {
        if newer.first > after(self.last, 1) || self.first > after(newer.last, 1) {
            return None;
        }
        let mut codes: BTreeMap<Date, &str> = BTreeMap::new();
        for (history, whole) in [(self, true), (newer, false)] {
            if !whole {
                codes.retain(|monday, _| *monday < newer.first || *monday > newer.last);
            }
            for run in &history.runs {
                let weeks = (0..)
                    .map(|n| after(run.first, n))
                    .take_while(|monday| *monday <= run.last);
                codes.extend(weeks.map(|monday| (monday, run.code.as_str())));
            }
        }
        let (first, last) = (self.first.min(newer.first), self.last.max(newer.last));
        let weeks = (0..).map(|n| after(first, n)).take_while(|monday| *monday <= last);
        Some(History::of(
            first,
            weeks.map(|monday| codes.get(&monday).copied().unwrap_or_default()),
        ))
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that panics fails")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn monday(text: &str) -> Date {
        week(text).unwrap().unwrap()
    }

    #[test]
    fn weeks_are_known_by_name_and_belong_to_the_year_of_their_thursday() {
        // 1 January 2026 is a Thursday: its week is the first of 2026 and begins in December.
        assert_eq!(monday("2026W01").to_string(), "2025-12-29");
        assert_eq!(monday("y_9101").to_string(), "1990-12-31");
        assert_eq!(monday("Y_2653"), monday("2026-w53"));
        for name in ["2024W53", "2024W00", "y_2454", "y_2500"] {
            assert_eq!(week(name), Some(Err(NoSuchWeek)), "{name}");
        }
        for name in [
            "", "w", "y_", "y_24071", "2024-01", "24W07", "2024W7", "år_2407", "2024W0x", "CPR", "y_24æ",
        ] {
            assert_eq!(week(name), None, "{name}");
        }
    }

    #[test]
    fn columns_stand_in_any_order_but_without_a_hole() {
        let header = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let found = columns(&header(&["y_2602", "CPR", "2026W01"])).unwrap();
        assert_eq!(found, [(2, monday("y_2601")), (0, monday("y_2602"))]);
        assert_eq!(columns(&header(&["CPR"])), Ok(vec![]));
        assert_eq!(columns(&header(&["y_2601", "y_2603"])), Err(1));
        assert_eq!(columns(&header(&["y_2601", "2026W01"])), Err(1));
        assert_eq!(columns(&header(&["y_2601", "y_2654"])), Err(1));
    }

    #[test]
    fn newer_weeks_hold_and_older_ones_stay() {
        let old = History::of(monday("y_2601"), ["111", "111", "111", "", "651"]);
        let new = History::of(monday("y_2603"), ["", "111", "111", "111"]);
        let both = old.with(&new).unwrap();
        assert_eq!(both.text(), "2026W01 2026W02 111;2026W04 2026W06 111");
        assert_eq!(
            (name(both.first), name(both.last)),
            ("2026W01".into(), "2026W06".into())
        );
        assert_eq!(both.with(&new), Some(both.clone()), "the same again changes nothing");
        assert_eq!(
            old.with(&History::of(monday("y_2607"), ["111"])),
            None,
            "week 6 would be unknown"
        );
        assert!(old.with(&History::of(monday("y_2606"), ["111"])).is_some());
        assert_eq!(History::read("2026W01", "2026W06", "2026W01 999"), None);
    }

    proptest! {
        #[test]
        fn kept_and_read_again_it_is_the_same(codes in prop::collection::vec(prop::sample::select(vec!["", "111", "651"]), 1..40)) {
            let history = History::of(monday("y_2450"), codes.iter().copied());
            let again = History::read(&name(history.first), &name(history.last), &history.text()).unwrap();
            prop_assert_eq!(&again, &history);
            prop_assert_eq!(history.with(&history), Some(again));
        }
    }
}
