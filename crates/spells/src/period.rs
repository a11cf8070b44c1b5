//! The months that are counted, and the periods they are shown in.

use std::fmt;
use std::str::FromStr;

use crate::{Day, Interval, Month};

/// How long a period is.
///
/// ```
/// use tovholder_spells::period::Length;
/// assert_eq!("rolling-year".parse(), Ok(Length::RollingYear));
/// assert_eq!(Length::Quarter.id(), "quarter");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Length {
    /// `month`, named `2024-01`.
    #[default]
    Month,
    /// `quarter`, named `2024Q1`.
    Quarter,
    /// `year`, named `2024`.
    Year,
    /// `rolling-year`: twelve months, named by the last of them.
    RollingYear,
}

impl Length {
    /// The name on the command line.
    pub fn id(self) -> &'static str {
        match self {
            Length::Month => "month",
            Length::Quarter => "quarter",
            Length::Year => "year",
            Length::RollingYear => "rolling-year",
        }
    }
}

/// The text named no length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoSuchLength;

impl fmt::Display for NoSuchLength {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected month, quarter, year or rolling-year")
    }
}
impl std::error::Error for NoSuchLength {}

impl FromStr for Length {
    type Err = NoSuchLength;
    fn from_str(text: &str) -> Result<Length, NoSuchLength> {
        [Length::Month, Length::Quarter, Length::Year, Length::RollingYear]
            .into_iter()
            .find(|length| length.id() == text)
            .ok_or(NoSuchLength)
    }
}

/// Some months in a row that are shown as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// `2024-01`, `2024Q1`, `2024`; a rolling year by its last month.
    pub name: String,
    /// The first month.
    pub first: Month,
    /// The last month that is known at all.
    pub last: Month,
    /// The month the period ends with, known or not.
    pub whole: Month,
}

/// The months counted: those of the periods, and the eleven before, which a year back from the first period needs.
///
/// Nothing after the data date is seen: months that begin later are left out, and the month of the data date is as long as it is known.
///
/// ```
/// use tovholder_spells::{Calendar, period::Length};
/// let calendar = Calendar::new("2024-01".parse().unwrap(), "2024-12".parse().unwrap(), Length::Quarter, "2024-05-10".parse().unwrap());
/// let names: Vec<&str> = calendar.periods().iter().map(|p| p.name.as_str()).collect();
/// assert_eq!(names, ["2024Q1", "2024Q2"]);
/// assert_eq!(calendar.days_of(&calendar.periods()[1]), 30 + 10);
/// ```
#[derive(Clone, Debug)]
pub struct Calendar {
    base: Month,
    length: Length,
    first_day: Day,
    months: usize,
    as_of: Day,
    periods: Vec<Period>,
    /// Per day from the first: month and days into it.
    places: Vec<(u16, u16)>,
    /// Per month: how many days are known.
    lengths: Vec<i64>,
    /// Per month: the periods that have it are first..=last.
    touched: Vec<(u16, u16)>,
}

impl Calendar {
    /// The periods from one month to another (both counted; a quarter or year that is begun is whole), as known on the data date.
    pub fn new(from: Month, to: Month, length: Length, as_of: Day) -> Calendar {
        let size = match length {
            Length::Month | Length::RollingYear => 1,
            Length::Quarter => 3,
            Length::Year => 12,
        };
        let known = as_of.month();
        let mut periods = Vec::new();
        let mut first = Month(from.0.div_euclid(size) * size);
        while first <= to && first <= known {
            let whole = first + (size - 1);
            let name = match length {
                Length::Month | Length::RollingYear => first.to_string(),
                Length::Quarter => format!("{:04}Q{}", first.year(), (first.number() + 2) / 3),
                Length::Year => format!("{:04}", first.year()),
            };
            let back = if length == Length::RollingYear { 11 } else { 0 };
            periods.push(Period {
                name,
                first: first + -back,
                last: whole.min(known),
                whole,
            });
            first = first + size;
        }
        let base = periods.first().map_or(from, |p| p.first.min(p.last + -11));
        let months = periods.last().map_or(0, |p| (p.last - base + 1) as usize);
        let mut places = Vec::new();
        let mut lengths = Vec::with_capacity(months);
        let mut touched = Vec::with_capacity(months);
        for m in 0..months {
            let month = base + m as i32;
            let days = month.days().min(as_of - month.first() + 1);
            places.extend((0..days).map(|offset| (m as u16, offset as u16)));
            lengths.push(i64::from(days));
            let first = periods.partition_point(|p| p.last < month);
            let after = periods.partition_point(|p| p.first <= month);
            touched.push((first as u16, after as u16));
        }
        Calendar {
            base,
            length,
            first_day: base.first(),
            months,
            as_of,
            periods,
            places,
            lengths,
            touched,
        }
    }

    /// The periods, in order.
    pub fn periods(&self) -> &[Period] {
        &self.periods
    }

    /// The last day that is known.
    pub fn as_of(&self) -> Day {
        self.as_of
    }

    /// How many months are counted.
    pub(crate) fn months(&self) -> usize {
        self.months
    }

    /// The first day counted.
    pub(crate) fn first_day(&self) -> Day {
        self.first_day
    }

    /// Where a day is: its month and how far into it. Days before are at the beginning, days not known are past the end.
    #[inline]
    pub(crate) fn place(&self, day: Day) -> (usize, i64) {
        let at = day - self.first_day;
        if at < 0 {
            return (0, 0);
        }
        match self.places.get(at as usize) {
            Some(&(month, offset)) => (usize::from(month), i64::from(offset)),
            None => (self.months, 0),
        }
    }

    /// The periods that have one of the days: first, and the one after the last.
    #[inline]
    pub(crate) fn touched(&self, days: Interval) -> (usize, usize) {
        if self.months == 0 || days.to <= self.first_day() {
            return (0, 0);
        }
        let (first, _) = self.place(days.from);
        if first == self.months {
            return (0, 0);
        }
        let last = self.place(days.to - 1).0.min(self.months - 1);
        (usize::from(self.touched[first].0), usize::from(self.touched[last].1))
    }

    /// The known length of a counted month.
    pub(crate) fn length(&self, month: usize) -> i64 {
        self.lengths[month]
    }

    /// The counted months of a period, as places.
    pub(crate) fn months_of(&self, period: &Period) -> std::ops::Range<usize> {
        (period.first - self.base) as usize..(period.last - self.base + 1) as usize
    }

    /// After how many periods the next one begins, and over how many the last twelve months reach, the period's own counted.
    pub(crate) fn overlap(&self) -> (usize, usize) {
        match self.length {
            Length::Month => (1, 12),
            Length::Quarter => (1, 4),
            Length::Year => (1, 1),
            Length::RollingYear => (12, 1),
        }
    }

    /// How many days of a period are known.
    pub fn days_of(&self, period: &Period) -> i64 {
        self.months_of(period).map(|m| self.lengths[m]).sum()
    }

    /// The last known day of a period.
    pub fn end_of(&self, period: &Period) -> Day {
        period.last.last().min(self.as_of)
    }

    /// Whether the period goes on after the data date: its figures are of the days up to then.
    pub fn is_cut(&self, period: &Period) -> bool {
        period.whole.last() > self.as_of
    }
}
