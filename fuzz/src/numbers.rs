//! Dates, numbers of persons, numbers of companies.

use tovholder_casework::cpr::{Cpr, stands_in};
use tovholder_casework::cvr::{Cvr, PNumber};
use tovholder_casework::import::{self, mask, weeks};
use tovholder_spells::{Day, Month};
use tovholder_web::kit::parse;

use crate::text;

/// Everything that reads a day, a time or a quantity.
pub fn date(input: &[u8]) {
    let typed = text(input);
    if let Ok(day) = parse::date(&typed) {
        assert_eq!(parse::date(&day.to_string()), Ok(day), "{typed:?}");
        assert!(day.year() >= 1800);
    }
    if let Ok(day) = import::date(&typed) {
        assert_eq!(import::date(&day.to_string()), Ok(day), "{typed:?}");
    }
    if let Ok(month) = import::month(&typed) {
        assert_eq!(month.day(), 1, "{typed:?}");
        assert_eq!(
            import::month(&month.strftime("%Y-%m").to_string()),
            Ok(month),
            "{typed:?}"
        );
    }
    if let Ok(time) = parse::time(&typed) {
        assert_eq!(parse::time(&time.strftime("%H:%M").to_string()), Ok(time), "{typed:?}");
    }
    if let Some(hours) = parse::hours(&typed) {
        assert!((0.0..1_000_000.0).contains(&hours), "{typed:?}");
    }
    if let Some(number) = parse::whole_number(&typed) {
        assert_eq!(parse::whole_number(&number.to_string()), Some(number), "{typed:?}");
    }
    if let Some(number) = import::decimal(&typed) {
        assert!(number.is_finite(), "{typed:?}");
    }
    if let Some(Ok(monday)) = weeks::week(&typed) {
        assert_eq!(monday.weekday(), jiff::civil::Weekday::Monday, "{typed:?}");
    }
    if let Some(day) = Day::from_iso(input) {
        assert_eq!(Day::from_iso(day.to_string().as_bytes()), Some(day), "{typed:?}");
    }
    if let Ok(day) = typed.parse::<Day>() {
        assert_eq!(day.to_string().parse(), Ok(day), "{typed:?}");
    }
    if let Ok(month) = typed.parse::<Month>() {
        assert_eq!(month.to_string().parse(), Ok(month), "{typed:?}");
    }
}

/// A number, and a text.
pub fn cpr(input: &[u8]) {
    let typed = text(input);
    if let Ok(cpr) = typed.parse::<Cpr>() {
        let digits = cpr.digits();
        assert_eq!(digits.len(), 10);
        assert_eq!(digits.parse(), Ok(cpr), "{typed:?}");
        assert!(stands_in(&digits), "what is a number is found where it stands");
        assert!(!stands_in(&cpr.to_string()), "shown, it is hidden");
    }
    let hidden = mask(&typed);
    assert!(!stands_in(&hidden), "{typed:?} masked is {hidden:?}");
    assert_eq!(mask(&hidden), hidden, "masked twice is masked once");
}

/// Numbers of companies.
pub fn cvr(input: &[u8]) {
    let typed = text(input);
    if let Ok(cvr) = typed.parse::<Cvr>() {
        assert_eq!(cvr.to_string().parse(), Ok(cvr), "{typed:?}");
    }
    if let Ok(number) = typed.parse::<PNumber>() {
        assert_eq!(number.to_string().parse(), Ok(number), "{typed:?}");
    }
}
