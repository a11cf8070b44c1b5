//! Days and months as plain numbers, so that a register of millions of periods is counted with additions.
//!
//! The calendar is the proleptic Gregorian one. The conversions follow the well-known *days from civil* arithmetic: a year
//! that begins on 1 March has its leap day last, and five months of it always have 153 days.

use std::fmt;

/// A calendar day: the number of days since 1 January 1970.
///
/// ```
/// use tovholder_spells::Day;
/// let day = Day::from_ymd(2024, 2, 29).unwrap();
/// assert_eq!(day.to_string(), "2024-02-29");
/// assert_eq!((day + 1).to_string(), "2024-03-01");
/// assert_eq!(Day::from_ymd(2023, 2, 29), None);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i32);

/// A calendar month: twelve times the year, plus the month counted from 0.
///
/// ```
/// use tovholder_spells::Month;
/// let february: Month = "2024-02".parse().unwrap();
/// assert_eq!(february.days(), 29);
/// assert_eq!((february + 11).to_string(), "2025-01");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(pub i32);

/// The text was not a day or a month that exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoSuchDay;

impl fmt::Display for NoSuchDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no such day")
    }
}
impl std::error::Error for NoSuchDay {}

impl Day {
    /// The day of a year, month (1–12) and day of the month, if it exists. Years 1 to 9999.
    #[inline]
    pub fn from_ymd(year: i32, month: i32, day: i32) -> Option<Day> {
        if !(1..=9999).contains(&year) || !(1..=12).contains(&month) || day < 1 {
            return None;
        }
        let of = Month(year * 12 + month - 1);
        if day > of.days() {
            return None;
        }
        Some(Day(of.first().0 + day - 1))
    }

    /// Year, month and day of the month.
    pub const fn ymd(self) -> (i32, i32, i32) {
        // Eras of 400 years from 1 March of year 0.
        let shifted = self.0 + 719_468;
        let era = shifted.div_euclid(146_097);
        let of_era = shifted.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * of_year + 2) / 153;
        let day = of_year - (153 * from_march + 2) / 5 + 1;
        let month = if from_march < 10 {
            from_march + 3
        } else {
            from_march - 9
        };
        let year = year_of_era + era * 400 + (month <= 2) as i32;
        (year, month, day)
    }

    /// The month the day is in.
    pub const fn month(self) -> Month {
        let (year, month, _) = self.ymd();
        Month(year * 12 + month - 1)
    }

    /// The Monday of an ISO week, if the year has that week. The week belongs to the month of its Thursday
    /// (ISO 8601: week 1 is the one with the year's first Thursday).
    ///
    /// ```
    /// use tovholder_spells::Day;
    /// let monday = Day::of_iso_week(2024, 5).unwrap();
    /// assert_eq!(monday.to_string(), "2024-01-29");
    /// assert_eq!((monday + 3).month().to_string(), "2024-02");
    /// assert_eq!(Day::of_iso_week(2024, 53), None);
    /// ```
    pub fn of_iso_week(year: i32, week: i32) -> Option<Day> {
        if week < 1 {
            return None;
        }
        // 4 January is always in week 1.
        let fourth = Day::from_ymd(year, 1, 4)?;
        let monday = fourth.0 - fourth.weekday() + (week - 1) * 7;
        let (thursdays_year, _, _) = Day(monday + 3).ymd();
        if thursdays_year == year {
            Some(Day(monday))
        } else {
            None
        }
    }

    /// Monday is 0, Sunday 6. 1 January 1970 was a Thursday.
    pub const fn weekday(self) -> i32 {
        (self.0 + 3).rem_euclid(7)
    }

    /// The same day of the month so many months later, or the month's last day where it is shorter.
    ///
    /// ```
    /// use tovholder_spells::Day;
    /// assert_eq!(Day::from_ymd(2024, 1, 31).unwrap().plus_months(1), Day::from_ymd(2024, 2, 29).unwrap());
    /// ```
    pub fn plus_months(self, months: i32) -> Day {
        let (_, _, day) = self.ymd();
        let to = Month(self.month().0 + months);
        Day(to.first().0 + if day < to.days() { day } else { to.days() } - 1)
    }

    /// Reads `2024-02-29`, and nothing else: four, two and two digits.
    #[inline]
    pub fn from_iso(text: &[u8]) -> Option<Day> {
        let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text else {
            return None;
        };
        let (Some(y), Some(m), Some(d)) = (
            number([y1, y2, y3, y4]),
            number([b'0', b'0', m1, m2]),
            number([b'0', b'0', d1, d2]),
        ) else {
            return None;
        };
        Day::from_ymd(y, m, d)
    }
}

const fn number(digits: [u8; 4]) -> Option<i32> {
    let mut value = 0;
    let mut i = 0;
    while i < 4 {
        if !digits[i].is_ascii_digit() {
            return None;
        }
        value = value * 10 + (digits[i] - b'0') as i32;
        i += 1;
    }
    Some(value)
}

/// The years whose months' first days are kept ready.
const READY: (i32, i32) = (1900, 2100);

static FIRST_DAYS: [Day; ((READY.1 - READY.0) * 12) as usize] = {
    let mut days = [Day(0); ((READY.1 - READY.0) * 12) as usize];
    let mut i = 0;
    while i < days.len() {
        days[i] = Month(READY.0 * 12 + i as i32).first_by_arithmetic();
        i += 1;
    }
    days
};

impl Month {
    /// The first day.
    #[inline]
    pub fn first(self) -> Day {
        match FIRST_DAYS.get((self.0 - READY.0 * 12) as usize) {
            Some(&day) => day,
            None => self.first_by_arithmetic(),
        }
    }

    const fn first_by_arithmetic(self) -> Day {
        let (year, month) = (self.year(), self.number());
        let y = if month <= 2 { year - 1 } else { year };
        let from_march = (month + 9) % 12;
        let era = y.div_euclid(400);
        let year_of_era = y.rem_euclid(400);
        let of_year = (153 * from_march + 2) / 5;
        Day(era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + of_year - 719_468)
    }

    /// How many days it has.
    #[inline]
    pub const fn days(self) -> i32 {
        match self.number() {
            2 => {
                let y = self.year();
                if y % 4 == 0 && (y % 100 != 0 || y % 400 == 0) {
                    29
                } else {
                    28
                }
            }
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        }
    }

    /// The last day.
    pub fn last(self) -> Day {
        Day(self.first().0 + self.days() - 1)
    }

    /// The year.
    #[inline]
    pub const fn year(self) -> i32 {
        self.0.div_euclid(12)
    }

    /// The month of the year, 1 to 12.
    #[inline]
    pub const fn number(self) -> i32 {
        self.0.rem_euclid(12) + 1
    }

    /// Reads `2024-02`, and nothing else.
    pub const fn from_iso(text: &[u8]) -> Option<Month> {
        let &[y1, y2, y3, y4, b'-', m1, m2] = text else {
            return None;
        };
        match (number([y1, y2, y3, y4]), number([b'0', b'0', m1, m2])) {
            (Some(y), Some(m)) if y >= 1 && m >= 1 && m <= 12 => Some(Month(y * 12 + m - 1)),
            _ => None,
        }
    }
}

impl std::str::FromStr for Day {
    type Err = NoSuchDay;
    fn from_str(text: &str) -> Result<Day, NoSuchDay> {
        Day::from_iso(text.as_bytes()).ok_or(NoSuchDay)
    }
}
impl std::str::FromStr for Month {
    type Err = NoSuchDay;
    fn from_str(text: &str) -> Result<Month, NoSuchDay> {
        Month::from_iso(text.as_bytes()).ok_or(NoSuchDay)
    }
}
impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (y, m, d) = self.ymd();
        write!(f, "{y:04}-{m:02}-{d:02}")
    }
}
impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.number())
    }
}
impl std::ops::Add<i32> for Day {
    type Output = Day;
    #[inline]
    fn add(self, days: i32) -> Day {
        Day(self.0 + days)
    }
}
impl std::ops::Sub<i32> for Day {
    type Output = Day;
    #[inline]
    fn sub(self, days: i32) -> Day {
        Day(self.0 - days)
    }
}
impl std::ops::Sub for Day {
    type Output = i32;
    #[inline]
    fn sub(self, earlier: Day) -> i32 {
        self.0 - earlier.0
    }
}
impl std::ops::Add<i32> for Month {
    type Output = Month;
    #[inline]
    fn add(self, months: i32) -> Month {
        Month(self.0 + months)
    }
}
impl std::ops::Sub for Month {
    type Output = i32;
    #[inline]
    fn sub(self, earlier: Month) -> i32 {
        self.0 - earlier.0
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that panics fails")]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_three_centuries_follows_the_one_before() {
        let mut expected = Day::from_ymd(1850, 1, 1).unwrap();
        assert_eq!(Day::from_ymd(1970, 1, 1), Some(Day(0)));
        for month in (1850 * 12..2150 * 12).map(Month) {
            assert_eq!(month.first(), expected);
            for d in 1..=month.days() {
                let day = Day::from_ymd(month.year(), month.number(), d).unwrap();
                assert_eq!(day, expected);
                assert_eq!(day.ymd(), (month.year(), month.number(), d));
                assert_eq!(day.month(), month);
                expected = expected + 1;
            }
            assert_eq!(Day::from_ymd(month.year(), month.number(), month.days() + 1), None);
        }
    }

    #[test]
    fn twenty_ninth_of_february_exists_in_leap_years_only() {
        assert!(Day::from_iso(b"2024-02-29").is_some());
        assert!(Day::from_iso(b"2000-02-29").is_some());
        assert_eq!(Day::from_iso(b"2023-02-29"), None);
        assert_eq!(Day::from_iso(b"1900-02-29"), None);
    }

    #[test]
    fn only_the_iso_form_is_a_day() {
        for text in [
            "2024-1-1",
            "2024-01-0",
            "2024-13-01",
            "01-01-2024",
            "2024/01/01",
            "2024-01-01 ",
            "",
            "0000-01-01",
        ] {
            assert_eq!(Day::from_iso(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn years_with_53_weeks() {
        assert_eq!(Day::of_iso_week(2020, 53).unwrap().to_string(), "2020-12-28");
        assert_eq!(Day::of_iso_week(2021, 53), None);
        assert_eq!(Day::of_iso_week(2021, 1).unwrap().to_string(), "2021-01-04");
    }
}
