//! The real official lists, as data in `rules/reference/` and embedded in the binary: facts that name things and decide
//! nothing. Each file names its source in its first lines. They are read once, at first use.

mod holidays;
mod kle;
mod municipalities;
mod occupations;
mod postal;
#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that panics fails")]
mod tests;

pub use holidays::{Holiday, HolidayKind, easter, holidays, is_office_day, is_working_day};
pub use kle::{Kle, kle, kle_subjects};
pub use municipalities::{Municipality, Region, municipalities, municipality, municipality_named, region, regions};
pub use occupations::{Occupation, Occupations, occupation, occupations};
pub use postal::{Postal, postal, postal_name};

macro_rules! list {
    ($name:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../rules/reference/", $name))
    };
}
use list;

/// The rows of one of our own lists: `#` comments, one header row, `;` between fields, no quotes. The lists are part of the
/// program and read by tests, so a row that does not fit is a programming error.
fn rows<const N: usize>(text: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    text.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .skip(1)
        .map(|line| {
            let mut fields = line.split(';');
            let row = std::array::from_fn(|_| fields.next().expect("a test counts the fields of every row"));
            assert!(fields.next().is_none(), "too many fields: {line}");
            row
        })
}

/// A number from one of our own lists.
fn number(text: &str) -> u16 {
    text.parse().expect("a test reads every number in the lists")
}
