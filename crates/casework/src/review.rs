//! How the system is used: what a leader should ask about. A finding says what happened, never that it was wrong.
//!
//! [`findings`] is handed who looked at whom in a stretch of time and what tied them together, and answers with what stands out. What it cannot know
//! is where an employee lives: that stands nowhere in the system. It takes a citizen of the same name as the employee for the employee's own record, and
//! looks for others at that address.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan as _;
use jiff::civil::{Date, DateTime};

use crate::act::Actor;
use crate::decide::{Refusal, Why, refuse, text};
use crate::id::*;
use crate::keyed::keyed;
use crate::reference::is_office_day;

keyed! {
    /// What stands out.
    FindingKind {
        /// Many citizens in one week without a part in their plans.
        ManyPlans = "many_plans",
        /// A citizen with the employee's own name.
        OwnName = "own_name",
        /// A citizen at the address of a citizen with the employee's own name.
        OwnAddress = "own_address",
        /// A citizen with a colleague's name.
        Colleague = "colleague",
        /// Outside working hours.
        Hours = "hours",
    }
}

/// So many citizens in a week without a part in their plans stand out.
pub const MANY: usize = 5;
/// Working hours, on weekdays that are no holidays: from this hour.
pub const FROM_HOUR: i8 = 6;
/// Working hours: before this hour.
pub const UNTIL_HOUR: i8 = 20;

/// Looks by one employee at one citizen within one hour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Looked {
    /// Who looked.
    pub who: EmployeeId,
    /// At whom.
    pub citizen: CitizenId,
    /// In which hour, local time in Denmark.
    pub at: DateTime,
    /// How many pages.
    pub pages: u32,
}

/// Somebody with a name: an employee or a citizen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Looker {
    /// Who.
    pub id: EmployeeId,
    /// Name.
    pub name: String,
    /// The units they lead.
    pub leads: Vec<UnitId>,
}

/// A citizen who was looked at, or who has an employee's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookedAt {
    /// Who.
    pub id: CitizenId,
    /// Name.
    pub name: String,
    /// Street and number.
    pub address: String,
    /// Postal code.
    pub postcode: String,
    /// The unit responsible.
    pub unit: UnitId,
}

/// An employee's part in a citizen's plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tie {
    /// Who.
    pub who: EmployeeId,
    /// Whose plan.
    pub citizen: CitizenId,
    /// From when.
    pub from: Date,
    /// Until when; ongoing when none.
    pub until: Option<Date>,
}

/// Everything the review looks at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Material {
    /// Who looked at whom.
    pub looks: Vec<Looked>,
    /// The employees who looked.
    pub lookers: Vec<Looker>,
    /// Names of everybody who works here.
    pub colleagues: Vec<(EmployeeId, String)>,
    /// Those who were looked at, and citizens with the name of one who looked.
    pub citizens: Vec<LookedAt>,
    /// Who has, had or will have a part in whose plan.
    pub ties: Vec<Tie>,
    /// Days a former coordinator keeps reading.
    pub former_days: i32,
}

/// Something to ask about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What.
    pub kind: FindingKind,
    /// Who looked.
    pub who: EmployeeId,
    /// The week's Monday, the month's first, or the day.
    pub day: Date,
    /// At whom, in the order of ids.
    pub citizens: Vec<CitizenId>,
    /// How many pages in all.
    pub pages: u32,
    /// The last hour in which it happened.
    pub last: DateTime,
}

impl Finding {
    /// What a leader's remark is kept under: the same finding has the same key tomorrow.
    pub fn key(&self) -> String {
        match self.kind {
            FindingKind::ManyPlans | FindingKind::Hours => format!("{}.{}.{}", self.kind, self.who, self.day),
            _ => {
                let citizen = self.citizens.first().map(ToString::to_string).unwrap_or_default();
                format!("{}.{}.{}.{citizen}", self.kind, self.who, self.day)
            }
        }
    }
}

/// A leader's remark on a finding, as typed.
///
/// # Errors
/// Refuses an empty one, one of more than 1,000 characters, and a leader who looks into their own use.
pub fn remark(about: EmployeeId, leader: &Actor, typed: &str) -> Result<String, Refusal> {
    if leader.employee().is_none_or(|leader| leader == about) {
        return refuse("", Why::NotAllowed);
    }
    text("remark", typed, 1_000)
}

/// A name as it is compared: without capitals, and without how many spaces stand in it.
fn folded(name: &str) -> String {
    name.split_whitespace()
        .map(str::to_lowercase)
        .collect::<Vec<_>>()
        .join(" ")
}

fn place(citizen: &LookedAt) -> Option<(String, &str)> {
    (!citizen.address.trim().is_empty()).then(|| (folded(&citizen.address), citizen.postcode.as_str()))
}

fn in_hours(at: DateTime) -> bool {
    is_office_day(at.date()) && (FROM_HOUR..UNTIL_HOUR).contains(&at.hour())
}

fn monday(day: Date) -> Date {
    day.saturating_sub(i64::from(day.weekday().to_monday_zero_offset()).days())
}

/// What stands out, the latest first.
pub fn findings(material: &Material) -> Vec<Finding> {
    let citizens: BTreeMap<CitizenId, &LookedAt> = material.citizens.iter().map(|c| (c.id, c)).collect();
    let lookers: BTreeMap<EmployeeId, &Looker> = material.lookers.iter().map(|l| (l.id, l)).collect();
    let mut ties: BTreeMap<(EmployeeId, CitizenId), Vec<&Tie>> = BTreeMap::new();
    for tie in &material.ties {
        ties.entry((tie.who, tie.citizen)).or_default().push(tie);
    }
    let mut names: BTreeMap<String, Vec<EmployeeId>> = BTreeMap::new();
    for (id, name) in &material.colleagues {
        names.entry(folded(name)).or_default().push(*id);
    }
    // Citizens with an employee's own name, and where they live.
    let mut homes: BTreeMap<EmployeeId, BTreeSet<(String, &str)>> = BTreeMap::new();
    for citizen in &material.citizens {
        for who in names.get(&folded(&citizen.name)).into_iter().flatten() {
            homes.entry(*who).or_default().extend(place(citizen));
        }
    }
    let tied = |look: &Looked| {
        let day = look.at.date();
        let leads = lookers
            .get(&look.who)
            .zip(citizens.get(&look.citizen))
            .is_some_and(|(looker, citizen)| looker.leads.contains(&citizen.unit));
        let part = ties.get(&(look.who, look.citizen)).is_some_and(|ties| {
            ties.iter().any(|tie| {
                // A coordinator to come reads beforehand, one who has been a while longer.
                tie.until
                    .is_none_or(|until| day <= until.saturating_add(material.former_days.days()))
            })
        });
        leads || part
    };

    let mut found: BTreeMap<(FindingKind, EmployeeId, Date, Option<CitizenId>), Finding> = BTreeMap::new();
    let mut add = |kind: FindingKind, look: &Looked, day: Date, about: Option<CitizenId>| {
        let finding = found.entry((kind, look.who, day, about)).or_insert_with(|| Finding {
            kind,
            who: look.who,
            day,
            citizens: vec![],
            pages: 0,
            last: look.at,
        });
        if let Err(place) = finding.citizens.binary_search(&look.citizen) {
            finding.citizens.insert(place, look.citizen);
        }
        finding.pages += look.pages;
        finding.last = finding.last.max(look.at);
    };
    for look in &material.looks {
        let (day, month) = (look.at.date(), look.at.date().first_of_month());
        if !tied(look) {
            add(FindingKind::ManyPlans, look, monday(day), None);
        }
        if !in_hours(look.at) {
            add(FindingKind::Hours, look, day, None);
        }
        let Some(citizen) = citizens.get(&look.citizen) else {
            continue;
        };
        let of_the_name = names.get(&folded(&citizen.name));
        if of_the_name.is_some_and(|ids| ids.contains(&look.who)) {
            add(FindingKind::OwnName, look, month, Some(look.citizen));
        } else {
            if of_the_name.is_some() {
                add(FindingKind::Colleague, look, month, Some(look.citizen));
            }
            let home = place(citizen);
            let at_home = homes
                .get(&look.who)
                .zip(home)
                .is_some_and(|(homes, place)| homes.contains(&place));
            if at_home {
                add(FindingKind::OwnAddress, look, month, Some(look.citizen));
            }
        }
    }
    let mut all: Vec<Finding> = found
        .into_values()
        .filter(|finding| finding.kind != FindingKind::ManyPlans || finding.citizens.len() >= MANY)
        .collect();
    all.sort_by(|a, b| b.last.cmp(&a.last).then_with(|| a.key().cmp(&b.key())));
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use uuid::Uuid;

    const OLE: EmployeeId = EmployeeId(Uuid::from_u128(1));
    const LIS: EmployeeId = EmployeeId(Uuid::from_u128(2));
    const UNIT: UnitId = UnitId(Uuid::from_u128(9));

    fn citizen(n: u128, name: &str, address: &str) -> LookedAt {
        LookedAt {
            id: CitizenId(Uuid::from_u128(n)),
            name: name.into(),
            address: address.into(),
            postcode: "9581".into(),
            unit: UNIT,
        }
    }
    fn look(who: EmployeeId, n: u128, at: DateTime) -> Looked {
        Looked {
            who,
            citizen: CitizenId(Uuid::from_u128(n)),
            at,
            pages: 2,
        }
    }
    /// A Tuesday morning.
    fn tuesday() -> DateTime {
        date(2026, 3, 10).at(10, 0, 0, 0)
    }
    fn material(looks: Vec<Looked>, citizens: Vec<LookedAt>) -> Material {
        Material {
            looks,
            citizens,
            lookers: vec![
                Looker {
                    id: OLE,
                    name: "Ole Bang".into(),
                    leads: vec![],
                },
                Looker {
                    id: LIS,
                    name: "Lis Dahl".into(),
                    leads: vec![UNIT],
                },
            ],
            colleagues: vec![(OLE, "Ole Bang".into()), (LIS, "Lis Dahl".into())],
            ties: vec![],
            former_days: 30,
        }
    }
    fn kinds(material: &Material) -> Vec<(FindingKind, EmployeeId)> {
        findings(material).into_iter().map(|f| (f.kind, f.who)).collect()
    }
    fn many() -> Vec<LookedAt> {
        (100..105)
            .map(|n| citizen(n, &format!("Borger {n}"), "Torvet 1"))
            .collect()
    }

    #[test]
    fn many_citizens_in_a_week_without_a_part_and_neither_fewer_nor_with_one() {
        let looks = |who| (100..105).map(|n| look(who, n, tuesday())).collect::<Vec<_>>();
        let mut all = material(looks(OLE), many());
        assert_eq!(kinds(&all), [(FindingKind::ManyPlans, OLE)]);
        assert_eq!(findings(&all)[0].citizens.len(), 5);
        assert_eq!(findings(&all)[0].pages, 10);
        assert_eq!(findings(&all)[0].day, date(2026, 3, 9), "the week's Monday");
        // One in the week after.
        all.looks[4].at = date(2026, 3, 16).at(10, 0, 0, 0);
        assert_eq!(kinds(&all), []);
        // A part in one of the plans, also one that ended lately.
        let mut all = material(looks(OLE), many());
        let tie = Tie {
            who: OLE,
            citizen: CitizenId(Uuid::from_u128(100)),
            from: date(2026, 1, 1),
            until: Some(date(2026, 2, 20)),
        };
        all.ties = vec![tie];
        assert_eq!(kinds(&all), []);
        all.ties[0].until = Some(date(2026, 1, 20));
        assert_eq!(kinds(&all), [(FindingKind::ManyPlans, OLE)], "it ended long ago");
        // The leader of the unit reads with a reason; of another unit she would not.
        assert_eq!(kinds(&material(looks(LIS), many())), []);
        let mut elsewhere = material(looks(LIS), many());
        elsewhere.citizens.iter_mut().for_each(|c| c.unit = UnitId(Uuid::nil()));
        assert_eq!(kinds(&elsewhere), [(FindingKind::ManyPlans, LIS)]);
    }

    #[test]
    fn ones_own_name_and_who_lives_there_and_a_colleagues_name() {
        let own = citizen(1, "Ole  BANG", "Lærkevej 2");
        let spouse = citizen(2, "Else Bang", "lærkevej  2");
        let elsewhere = citizen(3, "Per Bang", "Lærkevej 3");
        let colleague = citizen(4, "Lis Dahl", "Torvet 1");
        let looks = (1..5).map(|n| look(OLE, n, tuesday())).collect();
        let all = material(looks, vec![own.clone(), spouse.clone(), elsewhere, colleague]);
        let found: Vec<(FindingKind, u128)> = findings(&all)
            .iter()
            .map(|f| (f.kind, f.citizens[0].0.as_u128()))
            .collect();
        assert_eq!(
            found,
            [
                (FindingKind::Colleague, 4),
                (FindingKind::OwnAddress, 2),
                (FindingKind::OwnName, 1)
            ]
        );
        // Without a citizen of the employee's name nothing is known of where they live; nor do two without an address live together.
        let all = material(vec![look(OLE, 2, tuesday())], vec![spouse]);
        assert_eq!(kinds(&all), []);
        let nowhere = |c: LookedAt| LookedAt {
            address: " ".into(),
            ..c
        };
        let all = material(
            vec![look(OLE, 2, tuesday())],
            vec![nowhere(own), nowhere(citizen(2, "Else Bang", ""))],
        );
        assert_eq!(kinds(&all), []);
    }

    #[test]
    fn working_hours_are_weekdays_from_six_to_twenty() {
        let day = |day: Date, hour: i8| {
            let all = material(vec![look(LIS, 100, day.at(hour, 0, 0, 0))], many());
            !kinds(&all).is_empty()
        };
        let (tuesday, saturday, new_year) = (date(2026, 3, 10), date(2026, 3, 14), date(2026, 1, 1));
        for (day_of, hour, stands_out) in [
            (tuesday, 5, true),
            (tuesday, 6, false),
            (tuesday, 19, false),
            (tuesday, 20, true),
            (saturday, 12, true),
            (new_year, 12, true),
        ] {
            assert_eq!(day(day_of, hour), stands_out, "{day_of} at {hour}");
        }
    }

    #[test]
    fn a_finding_keeps_its_key() {
        let all = material(vec![look(OLE, 4, tuesday())], vec![citizen(4, "Lis Dahl", "")]);
        let mut later = all.clone();
        later.looks.push(look(OLE, 4, date(2026, 3, 20).at(9, 0, 0, 0)));
        assert_eq!(findings(&all)[0].key(), findings(&later)[0].key());
        later.looks.push(look(OLE, 4, date(2026, 4, 7).at(9, 0, 0, 0)));
        assert_eq!(findings(&later).len(), 2, "next month it is asked again");
    }
}
