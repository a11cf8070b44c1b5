//! The days of the demo: numbered, with what an office needs to know of each, worked out once.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use tovholder_casework::reference::is_office_day;

/// A day, numbered from the calendar's first.
pub type Day = i32;

/// A minute of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// Which day.
    pub day: Day,
    /// Minutes after midnight, 0–1439.
    pub minute: i32,
}

/// A moment; `at(day, 9, 30)` is half past nine.
pub const fn at(day: Day, hour: i32, minute: i32) -> Moment {
    Moment {
        day,
        minute: hour * 60 + minute,
    }
}

struct Known {
    date: Date,
    open: bool,
    /// Milliseconds since 1970 at midnight, by the day's offset at noon. Nobody works while the clock is changed at night.
    midnight: i64,
}

/// Ten years up to today, and two ahead.
pub struct Calendar {
    days: Vec<Known>,
    today: Day,
}

const BEFORE: Day = 3_660;
const AFTER: Day = 740;

impl Calendar {
    /// The calendar around today.
    pub fn around(today: Date) -> Self {
        // Danish time by its rule, so that the demo is the same on a machine without a time zone database.
        let denmark = TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap_or(TimeZone::UTC);
        let days = (-BEFORE..=AFTER)
            .map(|n| {
                let date = today.saturating_add(Span::new().days(n));
                let noon = denmark
                    .to_timestamp(date.at(12, 0, 0, 0))
                    .unwrap_or(Timestamp::UNIX_EPOCH);
                Known {
                    date,
                    open: is_office_day(date),
                    midnight: noon.as_millisecond() - 12 * 3_600_000,
                }
            })
            .collect();
        Calendar { days, today: BEFORE }
    }

    /// Today's number.
    pub const fn today(&self) -> Day {
        self.today
    }

    fn known(&self, day: Day) -> &Known {
        let last = self.days.len() - 1;
        &self.days[usize::try_from(day).unwrap_or(0).min(last)]
    }

    /// The date of a day; days outside the calendar become its first or last.
    pub fn date(&self, day: Day) -> Date {
        self.known(day).date
    }

    /// The number of a date.
    pub fn day(&self, date: Date) -> Day {
        let days = self.days[0].date.until(date).map_or(0, |span| span.get_days());
        days.clamp(0, BEFORE + AFTER)
    }

    /// Whether the offices are open.
    pub fn is_open(&self, day: Day) -> bool {
        self.known(day).open
    }

    /// The first day from this one on with open offices.
    pub fn open_from(&self, day: Day) -> Day {
        (day..day + 20).find(|d| self.is_open(*d)).unwrap_or(day)
    }

    /// The last day up to this one with open offices.
    pub fn open_until(&self, day: Day) -> Day {
        (day - 20..=day).rev().find(|d| self.is_open(*d)).unwrap_or(day)
    }

    /// Wall-clock time of a moment.
    pub fn time(&self, moment: Moment) -> DateTime {
        let small = |n: i32| i8::try_from(n).unwrap_or(0);
        let minute = moment.minute.clamp(0, 1_439);
        self.date(moment.day).at(small(minute / 60), small(minute % 60), 0, 0)
    }

    /// Milliseconds since 1970 of a moment.
    pub fn millis(&self, moment: Moment) -> i64 {
        self.known(moment.day).midnight + i64::from(moment.minute) * 60_000
    }
}
