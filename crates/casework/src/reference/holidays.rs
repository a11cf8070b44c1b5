use std::sync::LazyLock;

use jiff::civil::{Date, Weekday};
use jiff::{Span, civil};

use super::{list, rows};

/// A holiday in a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holiday {
    /// The day.
    pub date: Date,
    /// Danish name.
    pub da: &'static str,
    /// English name.
    pub en: &'static str,
    /// What it closes.
    pub kind: HolidayKind,
}

/// What a holiday closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HolidayKind {
    /// A public holiday.
    Public,
    /// A working day in law, but municipal offices are normally closed.
    Office,
}

struct Rule {
    da: &'static str,
    en: &'static str,
    kind: HolidayKind,
    when: When,
    first_year: Option<i16>,
    last_year: Option<i16>,
}

enum When {
    AfterEaster(i64),
    Fixed { month: i8, day: i8 },
}

static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let number = |text: &str| text.parse().expect("a test reads every row of the holidays");
    rows(list!("holidays.csv"))
        .map(|[da, en, kind, how, value, first_year, last_year]| Rule {
            da,
            en,
            kind: if kind == "public" {
                HolidayKind::Public
            } else {
                HolidayKind::Office
            },
            when: match value.split_once('-').filter(|_| how == "date") {
                Some((month, day)) => When::Fixed {
                    month: number(month),
                    day: number(day),
                },
                None => When::AfterEaster(value.parse().expect("a test reads every row of the holidays")),
            },
            first_year: first_year.parse().ok(),
            last_year: last_year.parse().ok(),
        })
        .collect()
});

/// Easter Sunday, by the anonymous Gregorian method (Meeus, *Astronomical Algorithms*, chapter 8). Years 1583–9999.
///
/// ```
/// use jiff::civil::date;
/// assert_eq!(tovholder_casework::reference::easter(2026), date(2026, 4, 5));
/// ```
pub fn easter(year: i16) -> Date {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19) % 32;
    let small = |n: i32| i8::try_from(n).expect("month and day are small by the method");
    civil::date(year, small(month), small(day))
}

/// The holidays of a year in order: public ones, and the days on which municipal offices are closed. Years 1583–9999.
///
/// ```
/// use tovholder_casework::reference::holidays;
///
/// // Store bededag was abolished from 2024: the same question, two years, two answers
/// assert!(holidays(2023).iter().any(|h| h.da == "Store bededag"));
/// assert!(!holidays(2024).iter().any(|h| h.da == "Store bededag"));
/// ```
pub fn holidays(year: i16) -> Vec<Holiday> {
    let sunday = easter(year);
    let mut days: Vec<Holiday> = RULES
        .iter()
        .filter(|r| r.first_year.is_none_or(|first| first <= year) && r.last_year.is_none_or(|last| year <= last))
        .map(|r| Holiday {
            date: match r.when {
                When::AfterEaster(days) => sunday.saturating_add(Span::new().days(days)),
                When::Fixed { month, day } => civil::date(year, month, day),
            },
            da: r.da,
            en: r.en,
            kind: r.kind,
        })
        .collect();
    days.sort_by_key(|h| h.date);
    days
}

/// Monday to Friday and no public holiday (hverdag).
pub fn is_working_day(date: Date) -> bool {
    is_open(date, |kind| kind == HolidayKind::Public)
}

/// A working day on which municipal offices are normally open: the days to offer for a conversation.
///
/// ```
/// use jiff::civil::date;
/// use tovholder_casework::reference::{is_office_day, is_working_day};
///
/// let christmas_eve = date(2026, 12, 24);
/// assert!(is_working_day(christmas_eve) && !is_office_day(christmas_eve));
/// ```
pub fn is_office_day(date: Date) -> bool {
    is_open(date, |_| true)
}

fn is_open(date: Date, closes: impl Fn(HolidayKind) -> bool) -> bool {
    !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
        && !holidays(date.year()).iter().any(|h| h.date == date && closes(h.kind))
}
