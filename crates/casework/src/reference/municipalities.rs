use std::sync::LazyLock;

use jiff::civil::Date;

use super::{list, number, rows};

/// One of the 98 municipalities.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Municipality {
    /// Official code, 101–860.
    pub code: u16,
    /// Name without the word Kommune.
    pub name: &'static str,
    /// Key of its region up to and including 2026; ask [`Municipality::region`] for the region of a day.
    region: &'static str,
    /// The old regional labour market council (RAR), kept as a group to compare with.
    pub labour_council: &'static str,
}

impl Municipality {
    /// Its region on a day.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use tovholder_casework::reference::municipality;
    ///
    /// let roskilde = municipality(265).unwrap();
    /// assert_eq!(roskilde.region(date(2026, 12, 31)).name, "Region Sjælland");
    /// assert_eq!(roskilde.region(date(2027, 1, 1)).name, "Region Østdanmark");
    /// ```
    pub fn region(&self, date: Date) -> &'static Region {
        let region = region(self.region).expect("a test looks up the region of every municipality");
        match region.merged_into() {
            Some(next) if region.valid_to.is_some_and(|last| last < date) => next,
            _ => region,
        }
    }
}

/// A region.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Region {
    /// Name in data.
    pub key: &'static str,
    /// Official code, where there is one.
    pub code: Option<u16>,
    /// Full name.
    pub name: &'static str,
    /// First day.
    pub valid_from: Date,
    /// Last day.
    pub valid_to: Option<Date>,
    merged_into: &'static str,
}

impl Region {
    /// The region that took over.
    pub fn merged_into(&self) -> Option<&'static Region> {
        region(self.merged_into)
    }
}

static MUNICIPALITIES: LazyLock<Vec<Municipality>> = LazyLock::new(|| {
    rows(list!("municipalities.csv"))
        .map(|[code, name, region, labour_council]| Municipality {
            code: number(code),
            name,
            region,
            labour_council,
        })
        .collect()
});

static REGIONS: LazyLock<Vec<Region>> = LazyLock::new(|| {
    let day = |text: &str| -> Option<Date> { text.parse().ok() };
    rows(list!("regions.csv"))
        .map(|[key, code, name, from, to, merged_into]| Region {
            key,
            code: (!code.is_empty()).then(|| number(code)),
            name,
            valid_from: day(from).expect("a test reads every date in the lists"),
            valid_to: day(to),
            merged_into,
        })
        .collect()
});

/// All 98, by code.
pub fn municipalities() -> &'static [Municipality] {
    &MUNICIPALITIES
}

/// The municipality with this code.
pub fn municipality(code: u16) -> Option<&'static Municipality> {
    MUNICIPALITIES.iter().find(|m| m.code == code)
}

/// The municipality with this name, as people write it: with or without *Kommune* and the genitive before it, `aa` or `å`, any case.
///
/// ```
/// use tovholder_casework::reference::municipality_named;
///
/// for name in ["Århus", "Aarhus Kommune", "aarhus"] {
///     assert_eq!(municipality_named(name).map(|m| m.code), Some(751));
/// }
/// assert_eq!(municipality_named("Randers Kommune").map(|m| m.code), Some(730));
/// assert_eq!(municipality_named("Hjørring").map(|m| m.code), Some(860));
/// assert_eq!(municipality_named("Atlantis"), None);
/// ```
pub fn municipality_named(name: &str) -> Option<&'static Municipality> {
    let wanted = plain(name);
    MUNICIPALITIES.iter().find(|m| plain(m.name) == wanted)
}

fn plain(name: &str) -> String {
    let name = name.trim().to_lowercase().replace("aa", "å");
    let name = name.strip_suffix("kommune").unwrap_or(&name).trim();
    // official names differ in a last genitive s (Nordfyns, Vesthimmerlands), and so do people: leave it out on both sides
    name.strip_suffix('s').unwrap_or(name).to_owned()
}

/// All regions of all days.
pub fn regions() -> &'static [Region] {
    &REGIONS
}

/// The region with this key.
pub fn region(key: &str) -> Option<&'static Region> {
    REGIONS.iter().find(|r| r.key == key)
}
