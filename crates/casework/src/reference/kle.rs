use std::sync::LazyLock;

use super::{list, rows};

/// A KLE subject: what a municipal case is filed under.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kle {
    /// `nn.nn.nn`.
    pub number: &'static str,
    /// Danish title.
    pub title: &'static str,
}

static KLE: LazyLock<Vec<Kle>> = LazyLock::new(|| {
    rows(list!("kle.csv"))
        .map(|[number, title]| Kle { number, title })
        .collect()
});

/// The subjects a case here can be filed under, by number.
pub fn kle_subjects() -> &'static [Kle] {
    &KLE
}

/// The subject with this number.
///
/// ```
/// use tovholder_casework::reference::kle;
/// assert_eq!(kle("15.17.22").map(|k| k.title), Some("Ressourceforløb"));
/// ```
pub fn kle(number: &str) -> Option<&'static Kle> {
    KLE.binary_search_by(|k| k.number.cmp(number))
        .ok()
        .map(|index| &KLE[index])
}
