//! How dates, times, numbers, telephone numbers and names are written on the screen.
//!
//! Words and word order come from `lang/{da,en}/format.ftl`. What is written here can be read back by [`super::parse`].

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

use super::lang::{Count, Lang};

/// Danish time. The zone's rules are compiled in, so a machine without a time zone database shows the same clock.
static COPENHAGEN: TimeZone = jiff::tz::get!("Europe/Copenhagen");

/// What the clock on a Danish wall shows at an instant.
#[must_use]
pub fn wall_clock(instant: Timestamp) -> DateTime {
    COPENHAGEN.to_datetime(instant)
}

/// The instant at which a Danish wall clock shows this. An hour that does not exist when summer time begins counts as the hour after, and
/// of an hour that comes twice the first is meant.
#[must_use]
pub fn instant_of(local: DateTime) -> Timestamp {
    COPENHAGEN
        .to_ambiguous_timestamp(local)
        .compatible()
        .unwrap_or(Timestamp::UNIX_EPOCH)
}

/// A small value that may be given as itself or by reference, because templates pass every field by reference.
pub trait Given<T> {
    /// The value.
    fn given(self) -> T;
}

impl<T, U: Given<T> + Copy> Given<T> for &U {
    fn given(self) -> T {
        (*self).given()
    }
}

macro_rules! given {
    ($($small:ty),+) => {$(
        impl Given<$small> for $small {
            fn given(self) -> $small {
                self
            }
        }
    )+};
}
given!(Date, DateTime, Time, Timestamp, f64);

impl Lang {
    /// `3. november 2026` · `3 November 2026`
    #[must_use]
    pub fn date(self, date: impl Given<Date>) -> String {
        let date = date.given();
        self.format_day_month_year(date.day(), self.month_name(date.month()), date.year())
    }

    /// `3. nov. 2026` · `3 Nov 2026`, for tables.
    #[must_use]
    pub fn date_short(self, date: impl Given<Date>) -> String {
        let date = date.given();
        self.format_day_month_year(date.day(), self.month_short(date.month()), date.year())
    }

    /// `november 2026` · `November 2026`
    #[must_use]
    pub fn month_year(self, date: impl Given<Date>) -> String {
        let date = date.given();
        self.format_month_year(self.month_name(date.month()), date.year())
    }

    /// `tirsdag den 3. november` · `Tuesday 3 November`
    #[must_use]
    pub fn weekday_date(self, date: impl Given<Date>) -> String {
        let date = date.given();
        let day = self.format_day_month(date.day(), self.month_name(date.month()));
        self.format_weekday_date(day, self.weekday_name(date))
    }

    /// `tirsdag den 3. november 2026` · `Tuesday 3 November 2026`
    #[must_use]
    pub fn weekday_date_full(self, date: impl Given<Date>) -> String {
        let date = date.given();
        self.format_weekday_date(self.date(date), self.weekday_name(date))
    }

    /// [`weekday_date`](Self::weekday_date) in the year of `today`, with the year in every other.
    #[must_use]
    pub fn weekday_date_near(self, date: impl Given<Date>, today: impl Given<Date>) -> String {
        let (date, today) = (date.given(), today.given());
        if date.year() == today.year() {
            self.weekday_date(date)
        } else {
            self.weekday_date_full(date)
        }
    }

    /// `10.30` · `10:30`
    #[must_use]
    pub fn time(self, time: impl Given<Time>) -> String {
        let time = time.given();
        self.format_time(time.hour(), format_args!("{:02}", time.minute()))
    }

    /// `10.30–11.15` · `10:30–11:15`
    #[must_use]
    pub fn time_range(self, from: impl Given<Time>, to: impl Given<Time>) -> String {
        let (from, to) = (from.given(), to.given());
        self.format_time_range(self.time(from), self.time(to))
    }

    /// `tirsdag den 3. november kl. 10.30` · `Tuesday 3 November at 10:30`
    #[must_use]
    pub fn datetime(self, datetime: impl Given<DateTime>) -> String {
        let datetime = datetime.given();
        self.format_date_time(self.weekday_date(datetime.date()), self.time(datetime.time()))
    }

    /// `tirsdag den 3. november 2026 kl. 10.30` · `Tuesday 3 November 2026 at 10:30`
    #[must_use]
    pub fn datetime_full(self, datetime: impl Given<DateTime>) -> String {
        let datetime = datetime.given();
        self.format_date_time(self.weekday_date_full(datetime.date()), self.time(datetime.time()))
    }

    /// `3. november 2026 kl. 10.30` · `3 November 2026 at 10:30`, in Danish time.
    #[must_use]
    pub fn instant(self, instant: impl Given<Timestamp>) -> String {
        let instant = instant.given();
        let local = wall_clock(instant);
        self.format_date_time(self.date(local.date()), self.time(local.time()))
    }

    /// How far a date is from today: `i dag`, `i morgen`, `om 5 dage`, `for 3 uger siden`, `om 4 måneder`, `for 2 år siden`.
    ///
    /// Days up to 13, then whole weeks, from two months whole months, from two years whole years; what is begun is not counted.
    #[must_use]
    pub fn relative_day(self, date: impl Given<Date>, today: impl Given<Date>) -> String {
        let (date, today) = (date.given(), today.given());
        let ahead = date >= today;
        let (from, to) = if ahead { (today, date) } else { (date, today) };
        let days = days_between(from, to);
        let months = months_between(from, to);
        match (months, days, ahead) {
            (24.., _, true) => self.format_years_ahead(months / 12),
            (24.., _, false) => self.format_years_ago(months / 12),
            (2.., _, true) => self.format_months_ahead(months),
            (2.., _, false) => self.format_months_ago(months),
            (_, 14.., true) => self.format_weeks_ahead(days / 7),
            (_, 14.., false) => self.format_weeks_ago(days / 7),
            (_, _, true) => self.format_days_ahead(days),
            (_, _, false) => self.format_days_ago(days),
        }
    }

    /// A length of time in days, in the words people use: `5 dage`, `13 uger`, `4 uger og 3 dage`. Both dates of an interval count, so a
    /// placement from Monday to Sunday lasts `1 uge`: give last minus first plus one.
    #[must_use]
    pub fn duration(self, days: impl Count) -> String {
        let days = days.count();
        match (days / 7, days % 7) {
            (0, days) => self.format_days(days),
            (weeks, 0) => self.format_weeks(weeks),
            (weeks, days) => self.format_two_parts(self.format_weeks(weeks), self.format_days(days)),
        }
    }

    /// `1 uge`, `13 uger` · `1 week`, `13 weeks`
    #[must_use]
    pub fn weeks(self, weeks: impl Count) -> String {
        self.format_weeks(weeks)
    }

    /// `tirsdag` · `Tuesday`
    #[must_use]
    pub fn weekday_name(self, date: impl Given<Date>) -> &'static str {
        let date = date.given();
        match date.weekday().to_monday_one_offset() {
            1 => self.format_weekday_1(),
            2 => self.format_weekday_2(),
            3 => self.format_weekday_3(),
            4 => self.format_weekday_4(),
            5 => self.format_weekday_5(),
            6 => self.format_weekday_6(),
            _ => self.format_weekday_7(),
        }
    }

    /// `november` · `November`. `month` is 1 for January to 12 for December; other numbers count as December.
    #[must_use]
    pub fn month_name(self, month: i8) -> &'static str {
        match month {
            1 => self.format_month_1(),
            2 => self.format_month_2(),
            3 => self.format_month_3(),
            4 => self.format_month_4(),
            5 => self.format_month_5(),
            6 => self.format_month_6(),
            7 => self.format_month_7(),
            8 => self.format_month_8(),
            9 => self.format_month_9(),
            10 => self.format_month_10(),
            11 => self.format_month_11(),
            _ => self.format_month_12(),
        }
    }

    /// `nov.` · `Nov`. Months as in [`month_name`](Self::month_name).
    #[must_use]
    pub fn month_short(self, month: i8) -> &'static str {
        match month {
            1 => self.format_month_short_1(),
            2 => self.format_month_short_2(),
            3 => self.format_month_short_3(),
            4 => self.format_month_short_4(),
            5 => self.format_month_short_5(),
            6 => self.format_month_short_6(),
            7 => self.format_month_short_7(),
            8 => self.format_month_short_8(),
            9 => self.format_month_short_9(),
            10 => self.format_month_short_10(),
            11 => self.format_month_short_11(),
            _ => self.format_month_short_12(),
        }
    }

    /// `1.234` · `1,234`. Negative numbers get a real minus sign.
    #[must_use]
    pub fn integer(self, number: impl Count) -> String {
        let number = number.count();
        let mut text = String::new();
        if number < 0 {
            text.push('−');
        }
        self.push_grouped(&mut text, &number.unsigned_abs().to_string());
        text
    }

    /// A number with exactly `places` decimals, halves rounded away from zero: `1.234,5` · `1,234.5`. What is not a number is a dash.
    #[must_use]
    pub fn decimal(self, number: impl Given<f64>, places: usize) -> String {
        let number = number.given();
        if !number.is_finite() {
            return "–".to_owned();
        }
        // `format!` rounds halves to even, people round them up. Beyond 2^53 there are no halves left to round.
        let scale = 10_f64.powi(i32::try_from(places).unwrap_or(i32::MAX));
        let scaled = number.abs() * scale;
        let rounded = if scaled < 9.0e15 {
            scaled.round() / scale
        } else {
            number.abs()
        };
        let digits = format!("{rounded:.places$}");
        let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
        let mut text = String::new();
        if number < 0.0 && digits.bytes().any(|digit| (b'1'..=b'9').contains(&digit)) {
            text.push('−');
        }
        self.push_grouped(&mut text, whole);
        if !fraction.is_empty() {
            text.push(self.decimal_mark());
            text.push_str(fraction);
        }
        text
    }

    /// A number with at most two decimals and no needless zeros: `12`, `12,5`, `0,25`.
    #[must_use]
    pub fn number(self, number: impl Given<f64>) -> String {
        let number = number.given();
        let text = self.decimal(number, 2);
        match text.split_once(self.decimal_mark()) {
            Some(_) => text
                .trim_end_matches('0')
                .trim_end_matches(self.decimal_mark())
                .to_owned(),
            None => text,
        }
    }

    /// A share (0 to 1) as a percentage with `places` decimals: `12,5 %` (with a space that does not break) · `12.5%`
    #[must_use]
    pub fn percent(self, share: impl Given<f64>, places: usize) -> String {
        let share = share.given();
        if share.is_finite() {
            self.format_percent(self.decimal(share * 100.0, places))
        } else {
            "–".to_owned()
        }
    }

    /// Hours with at most two decimals: `12,5 timer`, `1 time` · `12.5 hours`, `1 hour`
    #[must_use]
    pub fn hours(self, hours: impl Given<f64>) -> String {
        let hours = hours.given();
        let number = self.number(hours);
        if number == "1" {
            self.format_hour_one().to_owned()
        } else {
            self.format_hours(number)
        }
    }

    const fn decimal_mark(self) -> char {
        match self {
            Self::Da => ',',
            Self::En => '.',
        }
    }

    const fn thousands_mark(self) -> char {
        match self {
            Self::Da => '.',
            Self::En => ',',
        }
    }

    fn push_grouped(self, text: &mut String, digits: &str) {
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                text.push(self.thousands_mark());
            }
            text.push(digit);
        }
    }
}

fn days_between(from: Date, to: Date) -> i64 {
    to.duration_since(from).as_hours() / 24
}

/// Whole months: the day of the month must have been reached.
fn months_between(from: Date, to: Date) -> i64 {
    let months = (i64::from(to.year()) - i64::from(from.year())) * 12 + i64::from(to.month()) - i64::from(from.month());
    if to.day() < from.day() { months - 1 } else { months }
}

/// A telephone number in groups one can read aloud: `12 34 56 78`, `+45 12 34 56 78`. A number that is not Danish is returned as typed,
/// without outer spaces: other countries group in other ways.
#[must_use]
pub fn phone(number: &str) -> String {
    let compact: String = number
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '.' | '(' | ')' | '/'))
        .collect();
    let (prefix, rest) = match compact.strip_prefix("+45").or_else(|| compact.strip_prefix("0045")) {
        Some(rest) => ("+45 ", rest),
        None => ("", compact.as_str()),
    };
    if rest.len() != 8 || !rest.bytes().all(|c| c.is_ascii_digit()) {
        return number.trim().to_owned();
    }
    format!("{prefix}{} {} {} {}", &rest[..2], &rest[2..4], &rest[4..6], &rest[6..])
}

/// A telephone number for a `tel:` link: digits with a leading plus if there was one.
#[must_use]
pub fn phone_link(number: &str) -> String {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    if number.trim_start().starts_with('+') {
        format!("+{digits}")
    } else {
        digits
    }
}

/// A sentence that ends in an abbreviation ends in one full stop: `207.600.000 kr.`
#[must_use]
pub fn one_stop(text: String) -> String {
    text.replace("..", ".")
}

/// The same words as the beginning of a sentence: `Torsdag den 19. marts`.
#[must_use]
pub fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// One or two letters that stand for a person where there is no picture: first letter of the first and of the last name. `?` if the name
/// holds no letter or digit.
#[must_use]
pub fn initials(name: &str) -> String {
    let mut letters = name.split_whitespace().filter_map(first_letter);
    match (letters.next(), letters.next_back()) {
        (None, _) => "?".to_owned(),
        (Some(first), None) => first,
        (Some(first), Some(last)) => first + &last,
    }
}

/// The first letter of a word as a capital, with accents that are characters of their own (`e` + U+0301). Quotes, brackets and the
/// invisible marks for writing direction are passed over.
fn first_letter(word: &str) -> Option<String> {
    let mut rest = word.chars().skip_while(|c| !c.is_alphanumeric());
    let mut letter: String = rest.next()?.to_uppercase().collect();
    letter.extend(rest.take_while(|c| ('\u{0300}'..='\u{036F}').contains(c)));
    Some(letter)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, datetime, time};

    const DA: Lang = Lang::Da;
    const EN: Lang = Lang::En;

    #[test]
    fn dates() {
        let day = date(2026, 11, 3);
        assert_eq!(DA.date(day), "3. november 2026");
        assert_eq!(EN.date(day), "3 November 2026");
        assert_eq!(DA.date_short(day), "3. nov. 2026");
        assert_eq!(EN.date_short(day), "3 Nov 2026");
        assert_eq!(DA.date_short(date(2026, 5, 31)), "31. maj 2026");
        assert_eq!(DA.month_year(day), "november 2026");
        assert_eq!(EN.month_year(day), "November 2026");
        assert_eq!(DA.weekday_date(day), "tirsdag den 3. november");
        assert_eq!(EN.weekday_date(day), "Tuesday 3 November");
        assert_eq!(DA.weekday_date_full(day), "tirsdag den 3. november 2026");
        assert_eq!(DA.weekday_date_near(day, date(2026, 1, 1)), "tirsdag den 3. november");
        assert_eq!(
            DA.weekday_date_near(day, date(2025, 12, 31)),
            "tirsdag den 3. november 2026"
        );
        assert_eq!(EN.weekday_date_near(day, date(2027, 1, 1)), "Tuesday 3 November 2026");
    }

    #[test]
    fn every_month_and_weekday_has_its_own_name() {
        for lang in Lang::ALL {
            let months: std::collections::BTreeSet<_> = (1..=12).map(|month| lang.month_name(month)).collect();
            let short: std::collections::BTreeSet<_> = (1..=12).map(|month| lang.month_short(month)).collect();
            let days: std::collections::BTreeSet<_> =
                (1..=7).map(|day| lang.weekday_name(date(2026, 11, day))).collect();
            assert_eq!((months.len(), short.len(), days.len()), (12, 12, 7));
        }
        assert_eq!(DA.weekday_name(date(2026, 11, 1)), "søndag");
        assert_eq!(DA.weekday_name(date(2026, 11, 2)), "mandag");
    }

    #[test]
    fn times() {
        assert_eq!(DA.time(time(10, 30, 0, 0)), "10.30");
        assert_eq!(EN.time(time(9, 5, 59, 0)), "9:05");
        assert_eq!(DA.time(time(0, 0, 0, 0)), "0.00");
        assert_eq!(DA.time_range(time(10, 30, 0, 0), time(11, 15, 0, 0)), "10.30–11.15");
        let meeting = datetime(2026, 11, 3, 10, 30, 0, 0);
        assert_eq!(DA.datetime(meeting), "tirsdag den 3. november kl. 10.30");
        assert_eq!(EN.datetime(meeting), "Tuesday 3 November at 10:30");
        assert_eq!(DA.datetime_full(meeting), "tirsdag den 3. november 2026 kl. 10.30");
    }

    #[test]
    fn instants_are_shown_in_danish_time_in_winter_and_summer() {
        let at = |text: &str| text.parse::<Timestamp>().expect("valid");
        assert_eq!(DA.instant(at("2026-11-03T09:30:00Z")), "3. november 2026 kl. 10.30");
        assert_eq!(DA.instant(at("2026-07-01T22:30:00Z")), "2. juli 2026 kl. 0.30");
        assert_eq!(EN.instant(at("2026-12-31T23:00:00Z")), "1 January 2027 at 0:00");
        // The clock goes back at 3 o'clock on 25 October 2026: half past two comes twice.
        assert_eq!(
            wall_clock(at("2026-10-25T00:30:00Z")),
            wall_clock(at("2026-10-25T01:30:00Z"))
        );
        // And far ahead of the tables the rule still holds.
        assert_eq!(DA.instant(at("2060-07-01T10:00:00Z")), "1. juli 2060 kl. 12.00");
    }

    #[test]
    fn days_seen_from_today() {
        let today = date(2026, 11, 3);
        let da = |days: i32| {
            DA.relative_day(
                today.checked_add(jiff::Span::new().days(days)).expect("in range"),
                today,
            )
        };
        assert_eq!(da(0), "i dag");
        assert_eq!(da(1), "i morgen");
        assert_eq!(da(-1), "i går");
        assert_eq!(da(5), "om 5 dage");
        assert_eq!(da(13), "om 13 dage");
        assert_eq!(da(14), "om 2 uger");
        assert_eq!(da(-21), "for 3 uger siden");
        assert_eq!(da(-27), "for 3 uger siden");
        assert_eq!(da(60), "om 8 uger");
        assert_eq!(da(61), "om 2 måneder");
        assert_eq!(da(-365), "for 12 måneder siden");
        assert_eq!(da(730), "om 23 måneder");
        assert_eq!(da(731), "om 2 år");
        assert_eq!(da(-1100), "for 3 år siden");
        assert_eq!(EN.relative_day(date(2026, 11, 4), today), "tomorrow");
        assert_eq!(EN.relative_day(date(2026, 10, 13), today), "3 weeks ago");
        // From a leap day, and to the end of a short month.
        assert_eq!(DA.relative_day(date(2024, 4, 29), date(2024, 2, 29)), "om 2 måneder");
        assert_eq!(DA.relative_day(date(2026, 2, 28), date(2025, 12, 31)), "om 8 uger");
        assert_eq!(DA.relative_day(Date::MAX, Date::MIN), "om 19998 år");
    }

    #[test]
    fn durations() {
        assert_eq!(DA.duration(0), "0 dage");
        assert_eq!(DA.duration(1), "1 dag");
        assert_eq!(DA.duration(7), "1 uge");
        assert_eq!(DA.duration(31), "4 uger og 3 dage");
        assert_eq!(EN.duration(8), "1 week and 1 day");
        assert_eq!(DA.weeks(13_u32), "13 uger");
        assert_eq!(EN.weeks(1_usize), "1 week");
    }

    #[test]
    fn numbers() {
        assert_eq!(DA.integer(0), "0");
        assert_eq!(DA.integer(999), "999");
        assert_eq!(DA.integer(1_234_567), "1.234.567");
        assert_eq!(EN.integer(-1_234), "−1,234");
        assert_eq!(DA.integer(i64::MIN), "−9.223.372.036.854.775.808");
        assert_eq!(DA.decimal(1234.5, 1), "1.234,5");
        assert_eq!(EN.decimal(1234.5, 1), "1,234.5");
        assert_eq!(DA.decimal(2.5, 0), "3");
        assert_eq!(DA.decimal(-2.5, 0), "−3");
        assert_eq!(DA.decimal(0.125, 2), "0,13");
        assert_eq!(DA.decimal(999.96, 1), "1.000,0");
        assert_eq!(DA.decimal(-0.04, 1), "0,0");
        assert_eq!(DA.decimal(f64::NAN, 1), "–");
        assert_eq!(DA.decimal(f64::INFINITY, 1), "–");
        assert_eq!(DA.decimal(1e15, 2), "1.000.000.000.000.000,00");
        assert_eq!(DA.number(12.0), "12");
        assert_eq!(DA.number(100.0), "100");
        assert_eq!(DA.number(0.25), "0,25");
        assert_eq!(EN.number(1_000.5), "1,000.5");
        assert_eq!(DA.number(1_000.0), "1.000");
    }

    #[test]
    fn percentages_and_hours() {
        assert_eq!(DA.percent(0.125, 1), "12,5\u{00A0}%");
        assert_eq!(EN.percent(0.125, 1), "12.5%");
        assert_eq!(DA.percent(1.0, 0), "100\u{00A0}%");
        assert_eq!(DA.percent(f64::NAN, 0), "–");
        assert_eq!(DA.hours(12.5), "12,5 timer");
        assert_eq!(DA.hours(1.0), "1 time");
        assert_eq!(DA.hours(0.0), "0 timer");
        assert_eq!(EN.hours(37.0), "37 hours");
        assert_eq!(EN.hours(1.0), "1 hour");
    }

    #[test]
    fn telephone_numbers() {
        for typed in [
            "12345678",
            "12 34 56 78",
            "1234 5678",
            "12-34-56-78",
            " 12\u{00A0}345 678 ",
        ] {
            assert_eq!(phone(typed), "12 34 56 78", "{typed}");
        }
        assert_eq!(phone("+4512345678"), "+45 12 34 56 78");
        assert_eq!(phone("0045 12345678"), "+45 12 34 56 78");
        for other in ["+46 8 123 456 78", "112", "", "lokal 42", "١٢٣٤٥٦٧٨"] {
            assert_eq!(phone(other), other);
        }
        assert_eq!(phone_link("+45 12 34 56 78"), "+4512345678");
        assert_eq!(phone_link("12 34 56 78"), "12345678");
    }

    #[test]
    fn initials_of_every_kind_of_name() {
        assert_eq!(initials("Jens"), "J");
        assert_eq!(initials("Anne-Marie Sø Hansen"), "AH");
        assert_eq!(initials("  østen   ærø "), "ØÆ");
        assert_eq!(initials(""), "?");
        assert_eq!(initials(" \u{200F} – "), "?");
        assert_eq!(initials("(Bo) ’t Hooft"), "BH");
        assert_eq!(initials("e\u{0301}mile Zola"), "E\u{0301}Z");
        assert_eq!(initials("\u{200F}محمد علي"), "مع");
        assert_eq!(initials("李 小龙"), "李小");
        assert_eq!(initials(&"å".repeat(140)), "Å");
        assert_eq!(initials(&"Ib ".repeat(47)), "II");
    }
}
