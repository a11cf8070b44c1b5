//! Numbers of companies: the CVR number of a company and the P-number of each of its workplaces. Placements belong to a workplace.

use std::fmt;
use std::str::FromStr;

/// A CVR number: eight digits, the last one a check digit.
///
/// ```
/// use tovholder_casework::cvr::{Cvr, NumberError};
///
/// let cvr: Cvr = "DK 29 18 99 27".parse().unwrap();
/// assert_eq!(cvr.to_string(), "29189927");
/// assert_eq!("29189928".parse::<Cvr>(), Err(NumberError::CheckDigit));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Cvr(u32);

/// A P-number: ten digits for one workplace. It has no check digit.
///
/// ```
/// use tovholder_casework::cvr::PNumber;
/// assert_eq!("1003388394".parse::<PNumber>().unwrap().to_string(), "1003388394");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PNumber(u64);

/// Why a text is not such a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberError {
    /// Nothing was typed.
    Empty,
    /// Something that is no digit. Spaces, and `DK` in front of a CVR number, are fine.
    NotDigits,
    /// The wrong number of digits.
    Length {
        /// How many there should be.
        expected: usize,
        /// How many there are.
        found: usize,
    },
    /// The check digit does not fit: probably a slip of the finger.
    CheckDigit,
    /// Numbers do not begin with 0.
    LeadingZero,
}

impl fmt::Display for NumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NumberError::Empty => write!(f, "no number"),
            NumberError::NotDigits => write!(f, "something that is no digit"),
            NumberError::Length { expected, found } => write!(f, "expected {expected} digits, found {found}"),
            NumberError::CheckDigit => write!(f, "the check digit does not fit"),
            NumberError::LeadingZero => write!(f, "begins with 0"),
        }
    }
}

impl std::error::Error for NumberError {}

fn digits(text: &str, expected: usize) -> Result<Vec<u8>, NumberError> {
    let mut digits = Vec::with_capacity(expected);
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        digits.push(
            c.to_digit(10)
                .and_then(|d| u8::try_from(d).ok())
                .ok_or(NumberError::NotDigits)?,
        );
    }
    match digits.len() {
        0 => Err(NumberError::Empty),
        found if found != expected => Err(NumberError::Length { expected, found }),
        _ if digits[0] == 0 => Err(NumberError::LeadingZero),
        _ => Ok(digits),
    }
}

impl FromStr for Cvr {
    type Err = NumberError;

    fn from_str(text: &str) -> Result<Cvr, NumberError> {
        let text = text.trim();
        let text = text
            .get(..2)
            .filter(|head| head.eq_ignore_ascii_case("dk"))
            .map_or(text, |_| &text[2..]);
        let digits = digits(text, 8)?;
        // Erhvervsstyrelsen: the weighted sum of all eight digits is a multiple of 11
        let sum: u32 = digits
            .iter()
            .zip([2, 7, 6, 5, 4, 3, 2, 1])
            .map(|(d, weight)| u32::from(*d) * weight)
            .sum();
        if !sum.is_multiple_of(11) {
            return Err(NumberError::CheckDigit);
        }
        Ok(Cvr(digits.iter().fold(0, |n, d| n * 10 + u32::from(*d))))
    }
}

impl FromStr for PNumber {
    type Err = NumberError;

    fn from_str(text: &str) -> Result<PNumber, NumberError> {
        Ok(PNumber(digits(text, 10)?.iter().fold(0, |n, d| n * 10 + u64::from(*d))))
    }
}

impl fmt::Display for Cvr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08}", self.0)
    }
}

impl fmt::Display for PNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:010}", self.0)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that panics fails")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn errors() {
        for (text, error) in [
            ("", NumberError::Empty),
            ("DK", NumberError::Empty),
            ("2918992", NumberError::Length { expected: 8, found: 7 }),
            ("291899270", NumberError::Length { expected: 8, found: 9 }),
            ("29189-27", NumberError::NotDigits),
            ("æøå", NumberError::NotDigits),
            ("٢٩١٨٩٩٢٧", NumberError::NotDigits),
            ("00000000", NumberError::LeadingZero),
        ] {
            assert_eq!(text.parse::<Cvr>(), Err(error), "{text}");
        }
        assert_eq!(
            "123".parse::<PNumber>(),
            Err(NumberError::Length { expected: 10, found: 3 })
        );
    }

    proptest! {
        /// One wrong digit is always noticed: that is what the check digit is for.
        #[test]
        fn one_slip_is_noticed(first in 1_000_000u32..=9_999_999, place in 0usize..8, other in 0u8..10) {
            // one beginning in eleven has no check digit
            let whole = (0..10).map(|last| format!("{first}{last}")).find(|text| text.parse::<Cvr>().is_ok());
            prop_assume!(whole.is_some());
            let text = whole.unwrap();
            let mut slip = text.clone().into_bytes();
            prop_assume!(slip[place] != b'0' + other);
            slip[place] = b'0' + other;
            prop_assert!(String::from_utf8(slip).unwrap().parse::<Cvr>().is_err());
        }

        #[test]
        fn written_and_read_again(n in 1_000_000_000u64..=9_999_999_999) {
            let p: PNumber = n.to_string().parse().unwrap();
            prop_assert_eq!(p.to_string(), n.to_string());
        }

        #[test]
        fn any_text_is_a_number_or_an_error(text in "\\PC{0,14}") {
            if let Ok(cvr) = text.parse::<Cvr>() {
                prop_assert_eq!(cvr.to_string().parse::<Cvr>(), Ok(cvr));
            }
        }
    }
}
