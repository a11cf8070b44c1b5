//! k-anonymity: nobody in the table of persons stands there alone, nor with fewer than k − 1 others who look the same.
//!
//! What somebody could know about a person from elsewhere is here the year of birth, where they live, and which unit is responsible: the
//! *quasi-identifiers*. [`LADDER`] makes them coarser step by step, for everybody alike, and the first step on which few enough would have to be
//! withheld is taken. Then whoever is in a group of less than k is withheld. Nothing else is changed, and chance has no part in it.
//!
//! k-anonymity does not hide what all in a group have in common, and it says nothing about the other tables: a sequence of benefits by month is as good as a
//! name to whoever knows a few of the months. [`histories`] counts how many have a sequence of their own, and [`same_benefits`] how many groups have
//! one thing in common, so that whoever decides knows.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::{Material, Person, Scope};
use crate::id::*;

/// A step of the ladder: how much of the quasi-identifiers is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rung {
    /// Years in a band of years of birth.
    pub years: i16,
    /// The digits of the postal code that are told.
    pub digits: usize,
    /// Whether the kind of the unit is told.
    pub unit: bool,
}

/// The steps, from the most exact to the coarsest.
pub const LADDER: [Rung; 6] = [
    Rung {
        years: 5,
        digits: 2,
        unit: true,
    },
    Rung {
        years: 10,
        digits: 2,
        unit: true,
    },
    Rung {
        years: 10,
        digits: 1,
        unit: true,
    },
    Rung {
        years: 10,
        digits: 0,
        unit: true,
    },
    Rung {
        years: 10,
        digits: 0,
        unit: false,
    },
    Rung {
        years: 20,
        digits: 0,
        unit: false,
    },
];

impl fmt::Display for Rung {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "birth years in bands of {}, ", self.years)?;
        match self.digits {
            0 => write!(f, "no area, ")?,
            1 => write!(f, "area by the first digit of the postal code, ")?,
            n => write!(f, "area by the first {n} digits of the postal code, ")?,
        }
        f.write_str(if self.unit { "kind of unit" } else { "no unit" })
    }
}

/// What is told of a person in the table of persons. All of it is a quasi-identifier.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Group {
    /// First year of the band.
    pub born_from: i16,
    /// Last year of the band.
    pub born_until: i16,
    /// The first digits of the postal code; empty when it is not told or not known.
    pub area: String,
    /// The kind of unit; empty when it is not told.
    pub unit: String,
}

/// The columns of the table of persons that are quasi-identifiers.
pub const QUASI_IDENTIFIERS: [&str; 4] = ["born_from", "born_until", "area", "unit"];

impl Rung {
    /// The group a person is in on this step.
    ///
    /// ```
    /// # use tovholder_casework::{id::CitizenId, research::{Person, anonymity::LADDER}};
    /// let person = Person { citizen: CitizenId(uuid::Uuid::nil()), born: 1987, postcode: "9230".into(), unit: "jobcentre".into(), left_out: None };
    /// let group = LADDER[2].group(&person);
    /// assert_eq!((group.born_from, group.born_until, group.area.as_str()), (1980, 1989, "9"));
    /// ```
    #[must_use]
    pub fn group(&self, person: &Person) -> Group {
        let born_from = person.born - person.born.rem_euclid(self.years);
        let digits: String = person.postcode.chars().filter(char::is_ascii_digit).collect();
        Group {
            born_from,
            born_until: born_from + self.years - 1,
            area: digits.chars().take(self.digits).collect(),
            unit: if self.unit {
                super::files::code(&person.unit)
            } else {
                String::new()
            },
        }
    }
}

/// Who is told of, in which group, and who is withheld.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// The step of [`LADDER`] that was taken, from 0.
    pub rung: usize,
    /// Those who are in it.
    pub kept: BTreeMap<CitizenId, Group>,
    /// Those who would be in a group of less than k.
    pub withheld: BTreeSet<CitizenId>,
}

impl Published {
    /// How many persons are in each group.
    #[must_use]
    pub fn groups(&self) -> BTreeMap<&Group, usize> {
        let mut groups = BTreeMap::new();
        for group in self.kept.values() {
            *groups.entry(group).or_default() += 1;
        }
        groups
    }
}

fn on(people: &[&Person], rung: usize, k: usize) -> Published {
    let mut groups: BTreeMap<Group, BTreeSet<CitizenId>> = BTreeMap::new();
    for person in people {
        groups
            .entry(LADDER[rung].group(person))
            .or_default()
            .insert(person.citizen);
    }
    let mut published = Published {
        rung,
        kept: BTreeMap::new(),
        withheld: BTreeSet::new(),
    };
    for (group, members) in groups {
        if members.len() < k {
            published.withheld.extend(members);
        } else {
            published
                .kept
                .extend(members.into_iter().map(|member| (member, group.clone())));
        }
    }
    published
}

/// Takes the first step of [`LADDER`] on which at most `percent` in a hundred would be withheld, or else the last, and withholds them. Those who
/// are left out are in neither list. Each citizen stands once in `people`; in which order does not matter.
#[must_use]
pub fn publish(people: &[Person], k: u32, percent: u32) -> Published {
    let people: Vec<&Person> = people.iter().filter(|person| person.left_out.is_none()).collect();
    let k = usize::try_from(k.max(1)).unwrap_or(usize::MAX);
    let few = |published: &Published| published.withheld.len() * 100 <= people.len() * percent as usize;
    let mut published = on(&people, 0, k);
    for rung in 1..LADDER.len() {
        if few(&published) {
            break;
        }
        published = on(&people, rung, k);
    }
    published
}

/// What [`prove`] found in a table that keeps its promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proof {
    /// Persons.
    pub persons: usize,
    /// Groups of persons who look the same.
    pub groups: usize,
    /// The smallest of them.
    pub smallest: usize,
}

/// Why a table is not fit to leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unproved {
    /// Nobody is in it.
    Nobody,
    /// It cannot be read, or has other columns.
    Unreadable,
    /// A person stands in it twice.
    Twice,
    /// A group is smaller than was promised.
    TooSmall(usize),
}

impl fmt::Display for Unproved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unproved::Nobody => f.write_str("nobody is left: there are too few persons for this k"),
            Unproved::Unreadable => f.write_str("the table of persons cannot be read"),
            Unproved::Twice => f.write_str("a person stands twice in the table of persons"),
            Unproved::TooSmall(size) => write!(f, "a group of the table of persons has only {size} in it"),
        }
    }
}
impl std::error::Error for Unproved {}

/// Reads the finished table of persons and counts: each combination of the quasi-identifiers has at least k persons. Every column but the pseudonym counts as
/// one, so that a column more cannot slip past.
///
/// # Errors
/// [`Unproved`]: then nothing may leave.
pub fn prove(persons: &str, k: u32) -> Result<Proof, Unproved> {
    let mut reader = csv::Reader::from_reader(persons.as_bytes());
    let header = reader.headers().map_err(|_| Unproved::Unreadable)?.clone();
    if header.get(0) != Some("person") || header.len() != QUASI_IDENTIFIERS.len() + 1 {
        return Err(Unproved::Unreadable);
    }
    if header.iter().skip(1).ne(QUASI_IDENTIFIERS) {
        return Err(Unproved::Unreadable);
    }
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut groups: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    for record in reader.records() {
        let record = record.map_err(|_| Unproved::Unreadable)?;
        let mut fields = record.iter().map(str::to_owned);
        if !seen.insert(fields.next().unwrap_or_default()) {
            return Err(Unproved::Twice);
        }
        *groups.entry(fields.collect()).or_default() += 1;
    }
    let smallest = groups.values().copied().min().ok_or(Unproved::Nobody)?;
    if smallest < k as usize {
        return Err(Unproved::TooSmall(smallest));
    }
    Ok(Proof {
        persons: seen.len(),
        groups: groups.len(),
        smallest,
    })
}

/// How many persons can be told from others by their history of benefits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Histories {
    /// Nobody else of their group has the same history.
    pub alone: usize,
    /// Fewer than k of their group have it, themselves among them.
    pub few: usize,
}

/// First day, benefit and last day as they are told, in order.
type History<'a> = Vec<(String, &'a str, String)>;

/// Counts those whose group and benefits together, as exact as the scope tells them, are theirs alone, or those of fewer than k.
#[must_use]
pub fn histories(scope: &Scope, material: &Material, published: &Published) -> Histories {
    let mut of: BTreeMap<CitizenId, History<'_>> = BTreeMap::new();
    for spell in &material.spells {
        if published.kept.contains_key(&spell.citizen) {
            let told = (scope.first(spell.from), spell.benefit.as_str(), scope.last(spell.until));
            of.entry(spell.citizen).or_default().push(told);
        }
    }
    let mut alike: BTreeMap<(&Group, History<'_>), usize> = BTreeMap::new();
    for (citizen, group) in &published.kept {
        let mut history = of.remove(citizen).unwrap_or_default();
        history.sort_unstable();
        *alike.entry((group, history)).or_default() += 1;
    }
    Histories {
        alone: alike.values().filter(|size| **size == 1).count(),
        few: alike.values().filter(|size| **size < scope.k as usize).sum(),
    }
}

/// In how many groups, and of how many, everybody has the same benefits: whoever knows that somebody is in the table and in which group knows these too.
#[must_use]
pub fn same_benefits(material: &Material, published: &Published) -> (usize, usize) {
    let mut of: BTreeMap<CitizenId, BTreeSet<&str>> = BTreeMap::new();
    for spell in &material.spells {
        of.entry(spell.citizen).or_default().insert(&spell.benefit);
    }
    let mut groups: BTreeMap<&Group, BTreeSet<BTreeSet<&str>>> = BTreeMap::new();
    for (citizen, group) in &published.kept {
        let benefits = of.remove(citizen).unwrap_or_default();
        groups.entry(group).or_default().insert(benefits);
    }
    let same = groups.values().filter(|kinds| kinds.len() == 1).count();
    (same, groups.len())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that panics fails")]
mod tests {
    use super::*;
    use crate::research::{Grain, LeftOut, Spell};
    use jiff::civil::date;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn person(n: u128, born: i16, postcode: &str, unit: &str) -> Person {
        Person {
            citizen: CitizenId(Uuid::from_u128(n)),
            born,
            postcode: postcode.into(),
            unit: unit.into(),
            left_out: None,
        }
    }

    fn csv(published: &Published) -> String {
        let mut text = format!("person,{}\n", QUASI_IDENTIFIERS.join(","));
        for (n, group) in published.kept.values().enumerate() {
            text.push_str(&format!(
                "{n},{},{},{},{}\n",
                group.born_from, group.born_until, group.area, group.unit
            ));
        }
        text
    }

    #[test]
    fn the_first_step_on_which_few_are_withheld_is_taken() {
        let alike = |n: u128| person(n, 1981 + i16::try_from(n % 4).unwrap(), "9230", "jobcentre");
        let mut people: Vec<Person> = (0..20).map(alike).collect();
        assert_eq!(publish(&people, 5, 5).rung, 0);
        // One in twenty-one is less than five in a hundred.
        people.push(person(100, 1950, "9230", "jobcentre"));
        let one = publish(&people, 5, 5);
        assert_eq!((one.rung, one.withheld.len(), one.kept.len()), (0, 1, 20));
        // Two are too many, and on no step is there anybody like them: the coarsest is taken, and they are withheld all the same.
        people.push(person(101, 1921, "9230", "youth"));
        let two = publish(&people, 5, 5);
        assert_eq!((two.rung, two.withheld.len()), (LADDER.len() - 1, 2));
        // Ten from elsewhere, spread over a county: with less of the postal code told they are enough.
        let mut spread: Vec<Person> = (0..20).map(alike).collect();
        spread.extend((0..10u128).map(|n| person(200 + n, 1985, &format!("9{n}00"), "jobcentre")));
        let spread = publish(&spread, 5, 5);
        assert_eq!((LADDER[spread.rung].digits, spread.withheld.len()), (1, 0));
        assert_eq!(publish(&[], 5, 5).kept.len(), 0);
    }

    #[test]
    fn the_proof_is_of_the_table_itself() {
        let header = "person,born_from,born_until,area,unit\n";
        let row = |n: u32, area: &str| format!("{n},1980,1984,{area},youth\n");
        let rows = |areas: &[&str]| {
            let rows: String = (0..).zip(areas).map(|(n, area)| row(n, area)).collect();
            format!("{header}{rows}")
        };
        let proof = prove(&rows(&["92", "92", "92", "", "", ""]), 3).unwrap();
        assert_eq!((proof.persons, proof.groups, proof.smallest), (6, 2, 3));
        assert_eq!(prove(&rows(&["92", "92", "92", ""]), 3), Err(Unproved::TooSmall(1)));
        assert_eq!(prove(header, 3), Err(Unproved::Nobody));
        let twice = format!("{header}{}{}", row(1, ""), row(1, ""));
        assert_eq!(prove(&twice, 1), Err(Unproved::Twice));
        // A column more may tell them apart: it must be counted, or the table must not leave.
        assert_eq!(
            prove("person,born_from,born_until,area,unit,sex\n1,1,1,,,f\n", 1),
            Err(Unproved::Unreadable)
        );
        assert_eq!(prove("", 1), Err(Unproved::Unreadable));
    }

    #[test]
    fn histories_of_ones_own_and_groups_with_one_thing_in_common_are_counted() {
        let people: Vec<Person> = (0..6).map(|n| person(n, 1981, "9230", "jobcentre")).collect();
        let spell = |n: u128, benefit: &str, from| Spell {
            citizen: CitizenId(Uuid::from_u128(n)),
            benefit: benefit.into(),
            from,
            until: None,
        };
        let mut material = Material {
            spells: (0..5).map(|n| spell(n, "dagpenge", date(2025, 1, 1))).collect(),
            people,
            ..Material::default()
        };
        material.spells.push(spell(5, "dagpenge", date(2025, 2, 1)));
        let published = publish(&material.people, 5, 5);
        let scope = |grain| Scope {
            from: date(2024, 1, 1),
            until: date(2025, 12, 31),
            k: 5,
            grain,
        };
        let by = |grain| histories(&scope(grain), &material, &published);
        assert_eq!(by(Grain::Month), Histories { alone: 1, few: 1 });
        assert_eq!(by(Grain::Quarter), Histories { alone: 0, few: 0 });
        assert_eq!(same_benefits(&material, &published), (1, 1));
        material.spells.push(spell(5, "sygedagpenge", date(2025, 2, 1)));
        assert_eq!(same_benefits(&material, &published), (0, 1));
    }

    fn anybody() -> impl Strategy<Value = (i16, String, &'static str, Option<LeftOut>)> {
        let out = prop_oneof![
            8 => Just(None),
            1 => Just(Some(LeftOut::Protected)),
            1 => Just(Some(LeftOut::Objects)),
        ];
        let postcode = prop_oneof!["[0-9]{4}", "9[23]00", Just(String::new()), "\\PC{0,6}"];
        (
            1920i16..2012,
            postcode,
            prop_oneof![Just("jobcentre"), Just("youth"), Just("")],
            out,
        )
    }

    proptest! {
        /// Whatever the table: each group has k or more, everybody is in it as they are, withheld or left out, and the order they come in means nothing.
        #[test]
        fn any_table_is_k_anonymous_and_nothing_else_is_changed(
            drawn in prop::collection::vec(anybody(), 0..120), k in 1u32..9, percent in 0u32..30, turn in 0usize..120,
        ) {
            let mut people: Vec<Person> = (0..).zip(drawn).map(|(n, (born, postcode, unit, left_out))| Person {
                left_out, ..person(n, born, &postcode, unit)
            }).collect();
            let published = publish(&people, k, percent);
            if published.kept.is_empty() {
                prop_assert_eq!(prove(&csv(&published), k), Err(Unproved::Nobody));
            } else {
                let proof = prove(&csv(&published), k).unwrap();
                prop_assert!(proof.smallest >= k as usize);
                prop_assert_eq!(proof.persons, published.kept.len());
            }
            for person in &people {
                let kept = published.kept.get(&person.citizen);
                let withheld = published.withheld.contains(&person.citizen);
                if person.left_out.is_some() {
                    prop_assert!(kept.is_none() && !withheld, "who is left out is nowhere");
                } else {
                    prop_assert!(kept.is_some() != withheld, "in it or withheld, one of them");
                    let group = LADDER[published.rung].group(person);
                    prop_assert!(kept.is_none_or(|kept| *kept == group));
                    // Withheld are only those who had to be.
                    let size = people.iter().filter(|other| other.left_out.is_none() && LADDER[published.rung].group(other) == group).count();
                    prop_assert_eq!(withheld, size < k as usize);
                }
            }
            let counted = people.iter().filter(|person| person.left_out.is_none()).count();
            // No step before it would have done.
            let few = |p: &Published| p.withheld.len() * 100 <= counted * percent as usize;
            let counting: Vec<&Person> = people.iter().filter(|person| person.left_out.is_none()).collect();
            for rung in 0..published.rung {
                prop_assert!(!few(&on(&counting, rung, k as usize)));
            }
            prop_assert!(few(&published) || published.rung == LADDER.len() - 1);
            if !people.is_empty() {
                let turn = turn % people.len();
                people.rotate_left(turn);
                people.reverse();
            }
            prop_assert_eq!(publish(&people, k, percent), published);
        }

        /// Each step tells no more than the one before: who looked alike goes on to look alike.
        #[test]
        fn who_is_alike_stays_alike_further_down(a in anybody(), b in anybody()) {
            let one = person(1, a.0, &a.1, a.2);
            let other = person(2, b.0, &b.1, b.2);
            for pair in LADDER.windows(2) {
                if pair[0].group(&one) == pair[0].group(&other) {
                    prop_assert_eq!(pair[1].group(&one), pair[1].group(&other));
                }
            }
        }

        /// Any text is proved or refused, and nothing panics.
        #[test]
        fn any_text_is_proved_or_refused(text in "\\PC{0,80}", k in 1u32..9) {
            let _ = prove(&text, k);
        }
    }
}
