use std::sync::LazyLock;

use super::{Municipality, list, municipality, number, rows};

/// A postal code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Postal {
    /// 800–9990; write it with four digits.
    pub number: u16,
    /// Name of the town or district.
    pub name: &'static str,
    municipality: Option<u16>,
}

impl Postal {
    /// Where the middle of the area lies: a first guess, as areas cross municipal borders.
    pub fn municipality(&self) -> Option<&'static Municipality> {
        municipality(self.municipality?)
    }
}

static POSTAL: LazyLock<Vec<Postal>> = LazyLock::new(|| {
    rows(list!("postal.csv"))
        .map(|[code, name, municipality]| Postal {
            number: number(code),
            name,
            municipality: (!municipality.is_empty()).then(|| number(municipality)),
        })
        .collect()
});

/// The postal code with this number.
pub fn postal(code: u16) -> Option<&'static Postal> {
    POSTAL
        .binary_search_by_key(&code, |p| p.number)
        .ok()
        .map(|index| &POSTAL[index])
}

/// Its name.
///
/// ```
/// use tovholder_casework::reference::postal_name;
/// assert_eq!(postal_name(8600), Some("Silkeborg"));
/// ```
pub fn postal_name(code: u16) -> Option<&'static str> {
    postal(code).map(|p| p.name)
}

#[cfg(test)]
pub(super) fn all() -> &'static [Postal] {
    &POSTAL
}
