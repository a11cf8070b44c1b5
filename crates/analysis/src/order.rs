//! In which order names from a file are listed.

use std::cmp::Ordering;

/// Names in the order a reader expects: numbers by size and before words, words by their letters.
///
/// ```
/// use tovholder_analysis::order::names;
/// let mut weeks = ["10", "none", "9"];
/// weeks.sort_by(|a, b| names(a, b));
/// assert_eq!(weeks, ["9", "10", "none"]);
/// ```
pub fn names(a: &str, b: &str) -> Ordering {
    let number = |text: &str| crate::read::number(text.as_bytes());
    match (number(a), number(b)) {
        (Some(x), Some(y)) => x.total_cmp(&y).then_with(|| a.cmp(b)),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => a.cmp(b),
    }
}
