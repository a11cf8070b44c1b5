use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::*;

/// A file of the real data that may lie beside the checkout. A fresh clone does not have it, and passes.
fn shared(file: &str) -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data")
        .join(file);
    match std::fs::read_to_string(&path) {
        Ok(text) => Some(text.trim_start_matches('\u{feff}').to_owned()),
        Err(error) => {
            println!("skipped: {} cannot be read ({error})", path.display());
            None
        }
    }
}

#[test]
fn ninety_eight_municipalities_in_five_regions_then_four() {
    let count = |day: Date| {
        let mut count = BTreeMap::new();
        for m in municipalities() {
            *count.entry(m.region(day).key).or_insert(0) += 1;
        }
        count
    };
    assert_eq!(municipalities().len(), 98);
    assert_eq!(
        count(date(2026, 12, 31)),
        BTreeMap::from([
            ("hovedstaden", 29),
            ("sjaelland", 17),
            ("syddanmark", 22),
            ("midtjylland", 19),
            ("nordjylland", 11)
        ])
    );
    assert_eq!(
        count(date(2027, 1, 1)),
        BTreeMap::from([
            ("oestdanmark", 46),
            ("syddanmark", 22),
            ("midtjylland", 19),
            ("nordjylland", 11)
        ])
    );
    let codes: BTreeSet<_> = municipalities().iter().map(|m| m.code).collect();
    assert_eq!(codes.len(), 98);
    let councils: BTreeSet<_> = municipalities().iter().map(|m| m.labour_council).collect();
    assert_eq!(councils.len(), 8);
    let oestjylland = municipalities()
        .iter()
        .filter(|m| m.labour_council == "RAR Østjylland")
        .count();
    assert_eq!(oestjylland, 11);
    for m in municipalities() {
        assert_eq!(municipality(m.code), Some(m));
        assert_eq!(municipality_named(m.name), Some(m));
    }
    for r in regions() {
        // a region ends only where another takes over on the next day
        assert_eq!(
            r.valid_to.map(|last| last.tomorrow().unwrap()),
            r.merged_into().map(|next| next.valid_from)
        );
    }
}

#[test]
fn municipalities_agree_with_the_address_register() {
    let Some(text) = shared("geography/dawa_kommune.json") else {
        return;
    };
    let list: serde_json::Value = serde_json::from_str(&text).unwrap();
    let theirs: BTreeMap<u64, &str> = list
        .as_array()
        .unwrap()
        .iter()
        .map(|k| (k["kode"].as_u64().unwrap(), k["navn"].as_str().unwrap()))
        .collect();
    for m in municipalities() {
        let name = theirs[&u64::from(m.code)];
        assert_eq!(municipality_named(name), Some(m), "{name}");
    }
    let ours: BTreeSet<_> = municipalities().iter().map(|m| u64::from(m.code)).collect();
    // Christiansø, and two test entries of the register
    assert_eq!(
        theirs
            .keys()
            .filter(|code| !ours.contains(code))
            .copied()
            .collect::<Vec<_>>(),
        [99, 411, 999]
    );
}

#[test]
fn occupations_are_a_whole_tree() {
    let all = occupations().all();
    let levels: Vec<_> = (1..=5)
        .map(|level| all.iter().filter(|o| o.level() == level).count())
        .collect();
    assert_eq!(levels, [10, 42, 126, 429, 564]);
    assert!(all.windows(2).all(|pair| pair[0].code < pair[1].code));
    for o in all {
        assert_eq!(occupation(o.code), Some(o));
        assert!(!o.title.is_empty() && o.code.chars().all(|c| c.is_ascii_digit()));
        match o.group() {
            Some(group) => assert_eq!(group.level() + 1, o.level()),
            None => assert_eq!(o.level(), 1),
        }
    }
}

#[test]
fn occupations_are_found_by_words() {
    let codes = |query: &str| occupations().find(query).iter().map(|o| o.code).collect::<Vec<_>>();
    assert!(codes("TØMRER").contains(&"7115"));
    assert!(codes("skibe tømrer").contains(&"711520"));
    // inside a compound too (bygningssnedkerarbejde), but after the words that begin with it
    let place = |code: &str| codes("snedker").iter().position(|found| *found == code);
    assert!(place("711510").is_some() && place("711510") < place("7115"));
    assert_eq!(codes("  "), Vec::<&str>::new());
    assert_eq!(codes("qqq"), Vec::<&str>::new());
    assert_eq!(codes("0110"), ["0110", "011000"]);
}

#[test]
fn occupations_agree_with_the_statistics_office() {
    let Some(text) = shared("disco08/disco08_da.csv") else {
        return;
    };
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(text.as_bytes());
    let theirs: BTreeMap<String, String> = reader
        .records()
        .map(|row| row.unwrap())
        .map(|row| {
            (
                row[1].trim().to_owned(),
                row[3].split_whitespace().collect::<Vec<_>>().join(" "),
            )
        })
        .collect();
    let ours: BTreeMap<String, String> = occupations()
        .all()
        .iter()
        .map(|o| (o.code.to_owned(), o.title.to_owned()))
        .collect();
    assert_eq!(ours, theirs);
}

#[test]
fn kle_numbers_are_known_and_titled() {
    assert!(kle_subjects().windows(2).all(|pair| pair[0].number < pair[1].number));
    for subject in kle_subjects() {
        assert_eq!(kle(subject.number), Some(subject));
        let parts: Vec<_> = subject.number.split('.').collect();
        assert!(
            parts.len() == 3
                && parts
                    .iter()
                    .all(|p| p.len() == 2 && p.chars().all(|c| c.is_ascii_digit()))
        );
        assert!(!subject.title.is_empty());
    }
    assert_eq!(kle("15.18.05").map(|k| k.title), Some("Virksomhedspraktik"));
    assert!(kle("15.17.30").is_some_and(|k| k.title.starts_with("Helhedsorienteret plan")));
    assert_eq!(kle("99.99.99"), None);
}

#[test]
fn kle_agrees_with_the_mapping() {
    let Some(text) = shared("kle/kle-mapping.csv") else {
        return;
    };
    for subject in kle_subjects() {
        assert!(
            text.contains(&format!("{}. {}", subject.number, subject.title)),
            "{}",
            subject.number
        );
    }
}

#[test]
fn postal_codes_have_names() {
    let all = postal::all();
    assert_eq!(all.len(), 1109);
    assert!(all.windows(2).all(|pair| pair[0].number < pair[1].number));
    for p in all {
        assert!(!p.name.is_empty());
        assert_eq!(p.municipality().is_none(), p.number < 1000, "{}", p.number);
    }
    assert_eq!(postal_name(1050), Some("København K"));
    assert_eq!(postal_name(1234), None);
    assert_eq!(
        postal(8789).and_then(Postal::municipality).map(|m| m.name),
        Some("Horsens")
    );
}

#[test]
fn postal_codes_agree_with_the_address_register() {
    let Some(text) = shared("geography/dawa_postnumre.csv") else {
        return;
    };
    let mut rows = text.lines().skip(1).filter(|line| !line.trim().is_empty());
    assert!(rows.all(|line| {
        let mut fields = line.split(';');
        let number: u16 = fields.next().unwrap().trim().parse().unwrap();
        postal_name(number) == fields.next().map(str::trim)
    }));
}

#[test]
fn public_holidays_agree_with_the_calendar() {
    let Some(text) = shared("danish_language/helligdage_2010_2035.csv") else {
        return;
    };
    let theirs: BTreeSet<(String, String)> = text
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once(','))
        .map(|(day, name)| (day.to_owned(), name.trim().to_owned()))
        .collect();
    let ours: BTreeSet<(String, String)> = (2010..=2035)
        .flat_map(holidays)
        .filter(|h| h.kind == HolidayKind::Public)
        .map(|h| (h.date.to_string(), h.da.to_owned()))
        .collect();
    assert_eq!(ours, theirs);
}

#[test]
fn holidays_known_by_heart() {
    // the earliest and the latest Easter there can be, and some years in between
    for (year, month, day) in [
        (1818, 3, 22),
        (1943, 4, 25),
        (2000, 4, 23),
        (2024, 3, 31),
        (2038, 4, 25),
    ] {
        assert_eq!(easter(year), date(year, month, day));
    }
    assert!(!is_working_day(date(2023, 5, 5)), "Store bededag 2023");
    assert!(is_working_day(date(2024, 4, 26)), "Store bededag was abolished");
    assert!(!is_working_day(date(2026, 4, 3)), "Good Friday");
    assert!(
        is_working_day(date(2026, 6, 5)) && !is_office_day(date(2026, 6, 5)),
        "Constitution Day"
    );
    assert!(!is_working_day(date(2026, 4, 11)), "a Saturday");
    assert!(is_office_day(date(2026, 4, 13)));
}

proptest! {
    #[test]
    fn easter_is_a_sunday_in_its_season(year in 1583i16..=9998) {
        let day = easter(year);
        prop_assert_eq!(day.weekday(), jiff::civil::Weekday::Sunday);
        prop_assert!(date(year, 3, 22) <= day && day <= date(year, 4, 25));
        let days = holidays(year);
        prop_assert!(days.windows(2).all(|pair| pair[0].date <= pair[1].date));
        prop_assert!(days.iter().all(|h| h.date.year() == year));
    }

    #[test]
    fn searching_never_panics(query in "\\PC{0,20}") {
        prop_assert!(occupations().find(&query).len() <= occupations().all().len());
    }
}
