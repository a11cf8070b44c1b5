//! Reading what people type: dates, times and numbers, in the ways Danes and English speakers write them.
//!
//! Pages keep the typed text and show it again beside the error; they never guess. Month names and both languages' number marks are
//! understood whatever language the page is in.

use jiff::civil::{Date, Time};

use super::lang::Lang;

/// Why a typed date or time cannot be used. The two call for different words to the one who typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InputError {
    /// We cannot tell what is meant.
    NotUnderstood,
    /// We can tell, but there is no such day or time: 31 June, 29 February in a common year, 25:00.
    DoesNotExist,
}

impl InputError {
    /// The message to show beside a date field.
    #[must_use]
    pub const fn date_message(self, t: Lang) -> &'static str {
        match self {
            Self::NotUnderstood => t.error_date_not_understood(),
            Self::DoesNotExist => t.error_date_does_not_exist(),
        }
    }

    /// The message to show beside a time field.
    #[must_use]
    pub const fn time_message(self, t: Lang) -> &'static str {
        match self {
            Self::NotUnderstood => t.error_time_not_understood(),
            Self::DoesNotExist => t.error_time_does_not_exist(),
        }
    }
}

/// Reads a date: `2026-11-03`, `3-11-2026`, `3/11 2026`, `03.11.2026`, `3. november 2026`, `3 nov 2026`, `den 3. november 2026`,
/// `November 3, 2026`. In figures the day comes before the month. The year has four digits and is 1800 or later; a year of two digits is
/// not understood, because a birth year and a deadline would be guessed differently.
///
/// # Errors
/// [`InputError::NotUnderstood`] and [`InputError::DoesNotExist`].
pub fn date(typed: &str) -> Result<Date, InputError> {
    use InputError::{DoesNotExist, NotUnderstood};
    let text = normalise(typed);
    let text = ["den ", "d. ", "the "]
        .iter()
        .find_map(|prefix| text.strip_prefix(prefix))
        .unwrap_or(&text);
    let [first, second, third] = parts(text)[..] else {
        return Err(NotUnderstood);
    };
    let (year, month, day) = match (first, second, third) {
        (year, month, day) if year.len() == 4 && is_digits(year) && is_digits(month) => (year, month, day),
        (month, day, year) if !is_digits(month) => (year, month, day),
        (day, month, year) => (year, month, day),
    };
    let year: i16 = if year.len() == 4 && is_digits(year) {
        year.parse().map_err(|_| NotUnderstood)?
    } else {
        return Err(NotUnderstood);
    };
    if !(1800..).contains(&year) {
        return Err(NotUnderstood);
    }
    let month = if is_digits(month) {
        small_number(month)?
    } else {
        month_number(month)?
    };
    Date::new(year, month, small_number(day)?).map_err(|_| DoesNotExist)
}

/// Reads a time of day: `10:30`, `10.30`, `1030`, `930`, `9`, `kl. 10.30`.
///
/// # Errors
/// [`InputError::NotUnderstood`], and [`InputError::DoesNotExist`] from 24:00 and for minutes above 59.
pub fn time(typed: &str) -> Result<Time, InputError> {
    use InputError::{DoesNotExist, NotUnderstood};
    let text = normalise(typed);
    let text = ["kl.", "kl", "at "]
        .iter()
        .find_map(|prefix| text.strip_prefix(prefix))
        .unwrap_or(&text)
        .trim();
    let (hour, minute) = match text.split_once([':', '.']) {
        Some((hour, minute)) if minute.len() == 2 => (hour, minute),
        Some(_) => return Err(NotUnderstood),
        None if !is_digits(text) => return Err(NotUnderstood),
        None if text.len() <= 2 => (text, "00"),
        None => text.split_at(text.len() - 2),
    };
    Time::new(small_number(hour)?, small_number(minute)?, 0, 0).map_err(|_| DoesNotExist)
}

/// Reads a number of hours, zero or more, with at most two decimals: `12`, `12,5`, `12.5`, `12,5 timer`, `½` is not understood. A thousands
/// mark is not accepted, because `1.234` would mean one thing in Danish and another in English. `None` if it is not understood.
#[must_use]
pub fn hours(typed: &str) -> Option<f64> {
    let text = normalise(typed);
    let units = ["timer", "time", "hours", "hour", "t.", "t", "h"];
    let text = units
        .iter()
        .find_map(|unit| text.strip_suffix(unit))
        .unwrap_or(&text)
        .trim_end();
    let (whole, fraction) = text.split_once([',', '.']).unwrap_or((text, "0"));
    if !is_digits(whole) || !is_digits(fraction) || whole.len() > 6 || fraction.len() > 2 {
        return None;
    }
    format!("{whole}.{fraction}").parse().ok()
}

/// Reads a whole number, zero or more: `12`, `1.234`, `1,234`, `1 234`. `None` if it is not understood or larger than fits.
#[must_use]
pub fn whole_number(typed: &str) -> Option<u32> {
    let text = normalise(typed);
    let mut groups = text.split(['.', ',', ' ']);
    let first = groups.next()?;
    let rest: Vec<_> = groups.collect();
    // With thousands marks, every group but the first has three digits.
    let grouped = rest.is_empty() || first.len() <= 3 && rest.iter().all(|group| group.len() == 3);
    let marks = text
        .chars()
        .filter(|c| !c.is_ascii_digit())
        .collect::<std::collections::BTreeSet<_>>()
        .len();
    let digits = first.to_owned() + &rest.concat();
    if grouped && marks <= 1 && !first.is_empty() && is_digits(&digits) {
        digits.parse().ok()
    } else {
        None
    }
}

/// Lower case, plain spaces and hyphens, European figures. Phones set to Arabic or Persian type other figures, and text pasted from other
/// programs carries invisible marks for writing direction.
fn normalise(typed: &str) -> String {
    let mapped = typed.chars().filter_map(|c| match c {
        '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' => None,
        '\u{0660}'..='\u{0669}' => char::from_digit(u32::from(c) - 0x0660, 10),
        '\u{06F0}'..='\u{06F9}' => char::from_digit(u32::from(c) - 0x06F0, 10),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => Some('-'),
        c if c.is_whitespace() => Some(' '),
        c => Some(c),
    });
    mapped.collect::<String>().trim().to_lowercase()
}

/// Splits a date into its runs of digits and of letters. Between two runs stands at most one mark, and spaces; with anything else there
/// are no parts, so the date is not understood.
fn parts(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let same = |c: char| {
            if first.is_ascii_digit() {
                c.is_ascii_digit()
            } else {
                c.is_alphabetic()
            }
        };
        let end = rest.find(|c| !same(c)).unwrap_or(rest.len());
        if end == 0 {
            return Vec::new();
        }
        parts.push(&rest[..end]);
        let gap = rest[end..].trim_start();
        let after = gap.strip_prefix(['.', '-', '/', ',']).unwrap_or(gap).trim_start();
        if after.is_empty() && gap.len() != after.len() {
            return Vec::new();
        }
        rest = after;
    }
    parts
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|c| c.is_ascii_digit())
}

fn small_number(text: &str) -> Result<i8, InputError> {
    if is_digits(text) && text.len() <= 2 {
        text.parse().map_err(|_| InputError::NotUnderstood)
    } else {
        Err(InputError::NotUnderstood)
    }
}

/// The month a word begins: at least three letters of its name in either language.
fn month_number(word: &str) -> Result<i8, InputError> {
    let long_enough = word.chars().count() >= 3;
    (1..=12)
        .find(|&month| {
            long_enough
                && Lang::ALL
                    .into_iter()
                    .any(|lang| lang.month_name(month).to_lowercase().starts_with(word))
        })
        .ok_or(InputError::NotUnderstood)
}

#[cfg(test)]
mod tests {
    use super::InputError::{DoesNotExist, NotUnderstood};
    use super::*;
    use jiff::civil;

    #[test]
    fn one_day_in_many_spellings() {
        for typed in [
            "2026-11-03",
            "3-11-2026",
            "03-11-2026",
            "3/11 2026",
            "3/11-2026",
            "3/11/2026",
            "03.11.2026",
            "3.11.2026",
            "3. november 2026",
            " 3.november 2026 ",
            "3 nov 2026",
            "3. nov. 2026",
            "3 November 2026",
            "NOVEMBER 3, 2026",
            "den 3. november 2026",
            "d. 3/11 2026",
            "3\u{00A0}november\u{00A0}2026",
            "\u{200E}3\u{200E}-\u{200E}11\u{200E}-2026",
            "3–11–2026",
            "٣-١١-٢٠٢٦",
            "2026/11/3",
        ] {
            assert_eq!(date(typed), Ok(civil::date(2026, 11, 3)), "{typed}");
        }
    }

    #[test]
    fn days_that_do_not_exist() {
        for typed in [
            "31-6-2026",
            "31. juni 2026",
            "29-02-2026",
            "29. februar 2100",
            "0-1-2026",
            "32-1-2026",
            "1-13-2026",
            "2026-00-10",
            "2026-02-30",
        ] {
            assert_eq!(date(typed), Err(DoesNotExist), "{typed}");
        }
        assert_eq!(date("29-02-2028"), Ok(civil::date(2028, 2, 29)));
        assert_eq!(date("29. februar 2000"), Ok(civil::date(2000, 2, 29)));
    }

    #[test]
    fn dates_that_are_not_understood() {
        for typed in [
            "",
            " ",
            "i morgen",
            "3-11",
            "3. november",
            "3-11-26",
            "november 2026",
            "2026",
            "20261103",
            "3-11-20261",
            "3-11-0026",
            "3--11--2026",
            "-3-11-2026",
            "3-11-2026.",
            "3-11-2026 kl. 10",
            "3. no 2026",
            "3. novembro 2026",
            "003-11-2026",
            "3+11+2026",
            "2026-november",
            "👍-11-2026",
            "3 november november",
        ] {
            assert_eq!(date(typed), Err(NotUnderstood), "{typed}");
        }
    }

    #[test]
    fn what_we_write_we_can_read() {
        let mut day = civil::date(2024, 1, 1);
        while day.year() < 2025 {
            for lang in Lang::ALL {
                assert_eq!(date(&lang.date(day)), Ok(day));
                assert_eq!(date(&lang.date_short(day)), Ok(day));
            }
            assert_eq!(date(&day.to_string()), Ok(day));
            day = day.tomorrow().expect("in range");
        }
        for (hour, minute) in (0..24).flat_map(|hour| (0..60).map(move |minute| (hour, minute))) {
            let at = civil::time(hour, minute, 0, 0);
            for lang in Lang::ALL {
                assert_eq!(time(&lang.time(at)), Ok(at));
            }
        }
        for quarter in 0..400_u32 {
            let value = f64::from(quarter) / 4.0;
            for lang in Lang::ALL {
                assert_eq!(hours(&lang.hours(value)), Some(value));
            }
            for lang in Lang::ALL {
                assert_eq!(whole_number(&lang.integer(quarter * 9_973)), Some(quarter * 9_973));
            }
        }
    }

    #[test]
    fn times() {
        for typed in ["10:30", "10.30", "1030", "kl. 10.30", "KL 10:30", "at 10:30", " 10:30 "] {
            assert_eq!(time(typed), Ok(civil::time(10, 30, 0, 0)), "{typed}");
        }
        assert_eq!(time("930"), Ok(civil::time(9, 30, 0, 0)));
        assert_eq!(time("9"), Ok(civil::time(9, 0, 0, 0)));
        assert_eq!(time("0000"), Ok(civil::time(0, 0, 0, 0)));
        for typed in ["24:00", "25", "10:60", "2400", "1299"] {
            assert_eq!(time(typed), Err(DoesNotExist), "{typed}");
        }
        for typed in [
            "", "kl.", "ti", "10:3", "10:300", "10-30", "10:30:00", "-1:30", "10300", ":30", "1æ", "é30",
        ] {
            assert_eq!(time(typed), Err(NotUnderstood), "{typed}");
        }
    }

    #[test]
    fn hours_and_whole_numbers() {
        for (typed, value) in [
            ("12", 12.0),
            ("12,5", 12.5),
            ("12.5", 12.5),
            ("0,25", 0.25),
            ("12,5 timer", 12.5),
            ("1 time", 1.0),
            ("7t", 7.0),
            ("٣٧", 37.0),
        ] {
            assert_eq!(hours(typed), Some(value), "{typed}");
        }
        for typed in [
            "", "timer", "-3", "−3", "1.234", "1.234,5", "12,", ",5", "12,5,5", "½", "NaN", "inf", "1e3", "1234567",
        ] {
            assert_eq!(hours(typed), None, "{typed}");
        }
        for (typed, value) in [
            ("0", 0),
            ("12", 12),
            ("1234", 1234),
            ("1.234", 1234),
            ("1,234", 1234),
            ("1 234", 1234),
            ("1.234.567", 1_234_567),
        ] {
            assert_eq!(whole_number(typed), Some(value), "{typed}");
        }
        for typed in [
            "",
            "-1",
            "1,5",
            "12.34",
            "1.234,567",
            "1..234",
            ".234",
            "1234.567",
            "tre",
            "99999999999",
        ] {
            assert_eq!(whole_number(typed), None, "{typed}");
        }
    }

    #[test]
    fn the_two_errors_have_their_own_words() {
        for t in Lang::ALL {
            assert_ne!(NotUnderstood.date_message(t), DoesNotExist.date_message(t));
            assert_ne!(NotUnderstood.time_message(t), DoesNotExist.time_message(t));
        }
    }
}
