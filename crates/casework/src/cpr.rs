//! CPR numbers: what identifies a citizen to public authorities. Never a key, never in a URL, a log, a calendar or a message.
//!
//! Printing a [`Cpr`] in any way masks the last four digits; whoever needs them all asks for [`Cpr::digits`] by name. The errors
//! never repeat what was typed, so that they can be logged.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;

/// A CPR number with a date of birth that exists.
///
/// ```
/// use tovholder_casework::cpr::Cpr;
///
/// let cpr: Cpr = "610190-1236".parse().unwrap();
/// assert_eq!(cpr.to_string(), "610190-••••");
/// assert_eq!(format!("{cpr:?}"), "Cpr(610190-••••)");
/// assert_eq!(cpr.digits(), "6101901236");
/// assert_eq!(cpr.birth_date(), jiff::civil::date(1990, 1, 1));
/// assert!(cpr.is_demo());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Cpr([u8; 10]);

/// Why a text is not a CPR number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CprError {
    /// Nothing was typed.
    Empty,
    /// Something that is neither a digit, a space nor the hyphen after the sixth digit.
    NotDigits,
    /// Not ten digits.
    Length {
        /// How many digits there are.
        found: usize,
    },
    /// Nine digits that become a number with a 0 in front: what a spreadsheet makes of it. Ask, then use the repaired number.
    LeadingZeroLost {
        /// The number with its 0.
        repaired: Cpr,
    },
    /// The first six digits and the seventh are no date of birth.
    NoSuchDate,
}

impl fmt::Display for CprError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CprError::Empty => write!(f, "no number"),
            CprError::NotDigits => write!(f, "something that is no digit"),
            CprError::Length { found } => write!(f, "expected 10 digits, found {found}"),
            CprError::LeadingZeroLost { .. } => write!(f, "9 digits: the 0 in front seems to be lost"),
            CprError::NoSuchDate => write!(f, "the first digits are no date of birth"),
        }
    }
}

impl std::error::Error for CprError {}

/// What demo numbers add to the day of birth: no authority accepts days 61–91 as a birth date.
const DEMO: u8 = 60;

impl Cpr {
    /// A demo number for a birth date (years 1858–2057): day + 60, and of the serial numbers that fit the century the
    /// `nth`, counted round. Odd `nth` give an odd last digit.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use tovholder_casework::cpr::Cpr;
    ///
    /// let cpr = Cpr::demo(date(2007, 12, 31), 5).unwrap();
    /// assert_eq!((cpr.birth_date(), cpr.is_demo()), (date(2007, 12, 31), true));
    /// assert_eq!(Cpr::demo(date(1857, 1, 1), 5), None);
    /// ```
    pub fn demo(birth_date: Date, nth: u32) -> Option<Cpr> {
        let year = birth_date.year();
        let yy = u8::try_from(year.rem_euclid(100)).ok()?;
        let fits: Vec<u8> = (0..=9).filter(|seventh| year_of_birth(yy, *seventh) == year).collect();
        if fits.is_empty() {
            return None;
        }
        let count = u32::try_from(fits.len()).ok()? * 1000;
        let nth = nth % count;
        let seventh = fits[usize::try_from(nth / 1000).ok()?];
        let (day, month) = (
            u8::try_from(birth_date.day()).ok()? + DEMO,
            u8::try_from(birth_date.month()).ok()?,
        );
        let digit = |n: u32| u8::try_from(n % 10).unwrap_or(0);
        Some(Cpr([
            day / 10,
            day % 10,
            month / 10,
            month % 10,
            yy / 10,
            yy % 10,
            seventh,
            digit(nth / 100),
            digit(nth / 10),
            digit(nth),
        ]))
    }

    fn from_digits(digits: [u8; 10]) -> Result<Cpr, CprError> {
        let cpr = Cpr(digits);
        cpr.birth().map(|_| cpr).ok_or(CprError::NoSuchDate)
    }

    fn birth(&self) -> Option<Date> {
        let pair = |at: usize| self.0[at] * 10 + self.0[at + 1];
        let day = if self.is_demo() { pair(0) - DEMO } else { pair(0) };
        Date::new(
            year_of_birth(pair(4), self.0[6]),
            i8::try_from(pair(2)).ok()?,
            i8::try_from(day).ok()?,
        )
        .ok()
    }

    /// The date of birth, with the century told by the seventh digit.
    pub fn birth_date(&self) -> Date {
        self.birth().expect("a number is only made when its date exists")
    }

    /// Day + 60: a number for demonstration, that belongs to nobody. Installations refuse them, the demo takes nothing else.
    pub fn is_demo(&self) -> bool {
        self.0[0] >= 6
    }

    /// Does it satisfy modulus 11? Only a hint for "did you mean…": since 1 October 2007 valid numbers need not.
    pub fn modulus11(&self) -> bool {
        let weights = [4u32, 3, 2, 7, 6, 5, 4, 3, 2, 1];
        self.0
            .iter()
            .zip(weights)
            .map(|(digit, weight)| u32::from(*digit) * weight)
            .sum::<u32>()
            .is_multiple_of(11)
    }

    /// All ten digits, unmasked, without the hyphen. Call it only where the law lets the number go.
    pub fn digits(&self) -> String {
        self.0.iter().map(|digit| char::from(b'0' + digit)).collect()
    }
}

/// The year of birth by the CPR office's table of the seventh digit and the year's two digits.
fn year_of_birth(yy: u8, seventh: u8) -> i16 {
    let century = match (seventh, yy) {
        (0..=3, _) | (4 | 9, 37..) => 1900,
        (4 | 9, _) | (5..=8, ..=57) => 2000,
        _ => 1800,
    };
    century + i16::from(yy)
}

impl FromStr for Cpr {
    type Err = CprError;

    /// Ten digits, with or without a hyphen after the sixth; spaces are ignored.
    fn from_str(text: &str) -> Result<Cpr, CprError> {
        let mut digits: Vec<u8> = Vec::with_capacity(10);
        let mut hyphen = None;
        for c in text.chars().filter(|c| !c.is_whitespace()) {
            match c.to_digit(10).and_then(|digit| u8::try_from(digit).ok()) {
                Some(digit) => digits.push(digit),
                // a hyphen, or what a word processor makes of it; five digits before it when the 0 is lost
                None if matches!(c, '-' | '\u{2010}'..='\u{2014}') && hyphen.is_none() => hyphen = Some(digits.len()),
                None => return Err(CprError::NotDigits),
            }
        }
        if digits.is_empty() {
            return Err(CprError::Empty);
        }
        let found = digits.len();
        if hyphen.is_some_and(|at| at + 4 != found) {
            return Err(if matches!(found, 9 | 10) {
                CprError::NotDigits
            } else {
                CprError::Length { found }
            });
        }
        if found == 9 {
            digits.insert(0, 0);
        }
        let number = <[u8; 10]>::try_from(digits).map_err(|_| CprError::Length { found })?;
        match Cpr::from_digits(number) {
            Ok(repaired) if found == 9 => Err(CprError::LeadingZeroLost { repaired }),
            Err(_) if found == 9 => Err(CprError::Length { found }),
            answer => answer,
        }
    }
}

/// Whether a CPR number stands in a text: ten digits that are one, with or without a hyphen or a space after the sixth, and no digit
/// right before or after them.
///
/// ```
/// use tovholder_casework::cpr::stands_in;
///
/// assert!(stands_in("Ring til 610190-1236 i dag"));
/// assert!(!stands_in("Ring på 20 30 40 50, eller skriv sag 12345678901"));
/// ```
pub fn stands_in(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    let digits = |from: usize, many: usize| {
        let run = chars.get(from..from + many)?;
        run.iter()
            .all(char::is_ascii_digit)
            .then(|| run.iter().collect::<String>())
    };
    let digit_at = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(char::is_ascii_digit);
    (0..chars.len()).any(|at| {
        let Some(birth) = digits(at, 6).filter(|_| !digit_at(at.checked_sub(1))) else {
            return false;
        };
        let parted = chars
            .get(at + 6)
            .is_some_and(|c| matches!(c, ' ' | '\u{a0}' | '-' | '\u{2010}'..='\u{2014}'));
        let serial = at + 6 + usize::from(parted);
        let Some(last) = digits(serial, 4).filter(|_| !digit_at(Some(serial + 4))) else {
            return false;
        };
        (birth + &last).parse::<Cpr>().is_ok()
    })
}

impl fmt::Display for Cpr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-••••", &self.digits()[..6])
    }
}

impl fmt::Debug for Cpr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cpr({self})")
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that panics fails")]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn century_by_the_table() {
        for (text, year) in [
            ("6101000000", 1900),
            ("6101993999", 1999),
            ("6101364000", 2036),
            ("6101374000", 1937),
            ("6101369999", 2036),
            ("6101379999", 1937),
            ("6101575000", 2057),
            ("6101585000", 1858),
            ("6101998999", 1899),
        ] {
            assert_eq!(text.parse::<Cpr>().unwrap().birth_date().year(), year, "{text}");
        }
    }

    #[test]
    fn hyphen_and_spaces() {
        let cpr: Cpr = "6101901236".parse().unwrap();
        for text in ["610190-1236", " 610190 - 1236 ", "610190–1236", "610190 1236"] {
            assert_eq!(text.parse(), Ok(cpr), "{text}");
        }
        for text in [
            "61019-01236",
            "6101-901236",
            "610190--1236",
            "610190-123x",
            "６１０１９０１２３６",
            "6101901236-",
            "-6101901236",
        ] {
            assert_eq!(text.parse::<Cpr>(), Err(CprError::NotDigits), "{text}");
        }
    }

    #[test]
    fn dates_that_do_not_exist() {
        for text in [
            "6113901236",
            "9102901236",
            "9002991236",
            "6001901236",
            "9901901236",
            "6100901236",
            "0000000000",
            "4001901236",
        ] {
            assert_eq!(text.parse::<Cpr>(), Err(CprError::NoSuchDate), "{text}");
        }
        // 29 February in a leap year and in a year that is none
        assert_eq!("8902004000".parse::<Cpr>().unwrap().birth_date(), date(2000, 2, 29));
        assert_eq!("8902000000".parse::<Cpr>(), Err(CprError::NoSuchDate));
    }

    #[test]
    fn a_lost_zero_is_told_apart() {
        let whole: Cpr = "0101904000".parse().unwrap();
        assert_eq!(
            "101904000".parse::<Cpr>(),
            Err(CprError::LeadingZeroLost { repaired: whole })
        );
        assert_eq!(
            "10190-4000".parse::<Cpr>(),
            Err(CprError::LeadingZeroLost { repaired: whole })
        );
        assert_eq!("999904000".parse::<Cpr>(), Err(CprError::Length { found: 9 }));
        assert_eq!("12345".parse::<Cpr>(), Err(CprError::Length { found: 5 }));
        assert_eq!("61019012366".parse::<Cpr>(), Err(CprError::Length { found: 11 }));
        assert_eq!(" ".parse::<Cpr>(), Err(CprError::Empty));
    }

    #[test]
    fn modulus_11_is_only_a_hint() {
        // weights 4 3 2 7 6 5 4 3 2 1 on 6 1 0 1 9 0 …: 24 + 3 + 7 + 54 = 88 = 8 × 11
        assert!("6101900000".parse::<Cpr>().unwrap().modulus11());
        let other: Cpr = "6101900001".parse().unwrap();
        assert!(!other.modulus11());
    }

    #[test]
    fn a_number_is_found_in_a_text_however_it_is_written() {
        for text in [
            "6101901236",
            "(610190-1236)",
            "Tal med 610190 1236, og ring så",
            "sag7: 610190–1236.",
            "1 610190-1236",
        ] {
            assert!(stands_in(text), "{text}");
        }
        for text in [
            "",
            "61019",
            "Ring 96 12 34 56",
            "16101901236",
            "610190-12367",
            "6113901236",
            "EAN 5798006101901",
            "610190--1236",
            "uge 12, 1234 kr.",
        ] {
            assert!(!stands_in(text), "{text}");
        }
    }

    proptest! {
        /// Whatever stands around it, so long as it is no digit.
        #[test]
        fn a_number_is_found_anywhere(before in "[^0-9]{0,8}", after in "[^0-9]{0,8}", nth in 0u32..10_000) {
            let digits = Cpr::demo(date(1990, 1, 1), nth).unwrap().digits();
            let text = format!("{before}{}-{}{after}", &digits[..6], &digits[6..]);
            prop_assert!(stands_in(&text), "{}", text);
        }

        #[test]
        fn demo_numbers_keep_their_date(days in 0i64..73_000, nth in 0u32..10_000) {
            let born = date(1858, 1, 1).saturating_add(jiff::Span::new().days(days));
            let cpr = Cpr::demo(born, nth).unwrap();
            prop_assert!(cpr.is_demo());
            prop_assert_eq!(cpr.birth_date(), born);
            prop_assert_eq!(cpr.digits().parse::<Cpr>(), Ok(cpr));
            prop_assert_eq!(u32::from(cpr.0[9]) % 2, nth % 2);
        }

        /// Numbers next to each other in the count are different ones.
        #[test]
        fn demo_numbers_are_many(days in 0i64..73_000) {
            let born = date(1858, 1, 1).saturating_add(jiff::Span::new().days(days));
            let all: std::collections::BTreeSet<_> = (0..1000).map(|nth| Cpr::demo(born, nth)).collect();
            prop_assert_eq!(all.len(), 1000);
        }

        /// The last four digits never show by accident: not in print, not in an error.
        #[test]
        fn masked_in_every_print(days in 0i64..73_000, nth in 0u32..10_000) {
            let born = date(1858, 1, 1).saturating_add(jiff::Span::new().days(days));
            let cpr = Cpr::demo(born, nth).unwrap();
            let digits = cpr.digits();
            let lost = CprError::LeadingZeroLost { repaired: cpr };
            for print in [format!("{cpr}"), format!("{cpr:?}"), format!("{cpr:#?}"), format!("{lost}"), format!("{lost:?}")] {
                let shown: String = print.chars().filter(char::is_ascii_digit).collect();
                prop_assert!(!shown.contains(&digits), "{}", print);
                prop_assert!(!print.contains(&digits[6..]) || digits[..6].contains(&digits[6..]), "{}", print);
            }
        }

        /// Any ten digits with a date that exists are a number, whatever the check digit says.
        #[test]
        fn the_check_digit_never_rejects(serial in 0u32..10_000) {
            let text = format!("610190{serial:04}");
            prop_assert!(text.parse::<Cpr>().is_ok());
        }

        #[test]
        fn any_text_is_a_number_or_an_error(text in "\\PC{0,16}") {
            if let Ok(cpr) = text.parse::<Cpr>() {
                prop_assert_eq!(cpr.digits().parse::<Cpr>(), Ok(cpr));
            }
        }
    }
}
