//! The organisation and the companies: what is there before any citizen's story begins.

use std::collections::{BTreeMap, BTreeSet};

use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use tovholder_casework::act::{Actor, UserKind};
use tovholder_casework::id::*;
use tovholder_casework::rules::Rules;
use tovholder_store::sessions::Role;

use super::calendar::{Calendar, Day};
use super::chance::{Ids, Stream, between, numbers, pick};
use super::contact;
use super::roster::Roster;
use super::texts::places::{MAIL_DOMAIN, MUNICIPALITY, UNITS, UnitText};
use super::texts::{Origin, companies, names};

/// A unit.
pub struct Unit {
    /// Its id.
    pub id: UnitId,
    /// Its name.
    pub name: String,
    /// Its kind, as in the table.
    pub kind: &'static str,
    /// Telephone.
    pub phone: String,
    /// Where.
    pub address: String,
    /// Who coordinates plans here, one for each caseload of the roster.
    pub coordinators: Vec<usize>,
    /// Who takes part in plans without coordinating.
    pub specialists: Vec<usize>,
    /// Coordinators who have left, by last day.
    pub former: Vec<usize>,
}

/// An employee.
pub struct Employee {
    /// The id.
    pub id: EmployeeId,
    /// The unit, a number of [`World::units`].
    pub unit: usize,
    /// First name.
    pub first: String,
    /// Whole name.
    pub name: String,
    /// Title.
    pub title: String,
    /// Place in the organisation.
    pub role: Role,
    /// Telephone.
    pub phone: String,
    /// E-mail.
    pub email: String,
    /// Name to log in with.
    pub login: String,
    /// Last day of employment.
    pub left: Option<Day>,
    /// Weekday without conversations, 1 (Monday) – 5.
    pub desk_day: i8,
    /// How many open plans they coordinate.
    pub seats: u16,
}

/// A team.
pub struct Team {
    /// Its id.
    pub id: TeamId,
    /// Its name.
    pub name: String,
    /// Who leads it, a number of [`World::employees`].
    pub leader: usize,
    /// Who is in it.
    pub members: Vec<usize>,
}

/// A company.
pub struct Company {
    /// Its id.
    pub id: CompanyId,
    /// Its name.
    pub name: String,
    /// A number in the shape of a CVR number that cannot be one.
    pub cvr: String,
    /// Trade.
    pub industry: &'static str,
    /// Street and number.
    pub address: String,
    /// Postcode.
    pub postcode: &'static str,
    /// First name of the person to talk to.
    pub contact_first: String,
    /// Name and title of the person to talk to.
    pub contact: String,
    /// Telephone.
    pub phone: String,
    /// E-mail.
    pub email: String,
    /// Employees.
    pub employees: u16,
}

/// Everything that is there before the citizens.
pub struct World {
    /// The dated rules.
    pub rules: Rules,
    /// The days.
    pub calendar: Calendar,
    /// Units, in the order of the texts; the management last.
    pub units: Vec<Unit>,
    /// Everyone.
    pub employees: Vec<Employee>,
    /// Teams.
    pub teams: Vec<Team>,
    /// Companies.
    pub companies: Vec<Company>,
    by_trade: BTreeMap<&'static str, Vec<usize>>,
}

/// Specialists for every thousand citizens, at least two.
const SPECIALISTS: &[(&str, u32)] = &[
    ("jobcenter", 4),
    ("ydelse", 5),
    ("unge", 2),
    ("virksomhed", 7),
    ("rusmiddel", 3),
    ("socialpsykiatri", 4),
    ("sundhed", 4),
    ("familie", 3),
    ("integration", 2),
];
/// People in a team, about.
const TEAM: usize = 14;

/// The kind a unit has in the table.
fn kind(key: &str) -> &'static str {
    match key {
        "jobcenter" => "jobcentre",
        "ydelse" => "benefits",
        "unge" => "youth",
        "virksomhed" => "companies",
        "rusmiddel" => "substance_abuse",
        "socialpsykiatri" => "social_psychiatry",
        "sundhed" => "health",
        "familie" => "family",
        "integration" => "integration",
        _ => "other",
    }
}

impl World {
    /// Builds the organisation a roster needs.
    pub fn build(calendar: Calendar, roster: &Roster, seed: u64) -> Self {
        let mut builder = Builder {
            rng: numbers(seed, Stream::World),
            ids: Ids::new(numbers(seed ^ 0x6964, Stream::World)),
            // All of this is older than the first story.
            born: calendar.millis(super::calendar::at(0, 8, 0)),
            logins: BTreeSet::new(),
            world: World {
                rules: Rules::builtin(),
                calendar,
                units: vec![],
                employees: vec![],
                teams: vec![],
                companies: vec![],
                by_trade: BTreeMap::new(),
            },
        };
        let citizens = u32::try_from(roster.len()).unwrap_or(u32::MAX);
        for (index, text) in UNITS.iter().enumerate() {
            builder.unit(text, &roster.caseloads[index], citizens);
        }
        builder.management();
        builder.companies(citizens);
        builder.world
    }

    /// An employee as an acting user.
    pub fn actor(&self, employee: usize) -> Actor {
        let who = &self.employees[employee];
        Actor {
            kind: UserKind::Employee,
            id: who.id.0,
            name: who.name.clone(),
            unit: self.units[who.unit].name.clone(),
        }
    }

    /// The unit with this key of the texts.
    pub fn unit(&self, key: &str) -> usize {
        UNITS.iter().position(|unit| unit.key == key).unwrap_or(0)
    }

    /// A company of one of the trades; any company when none has them.
    pub fn company(&self, trades: &[&str], rng: &mut ChaCha8Rng) -> &Company {
        let trade = pick(rng, trades).and_then(|trade| self.by_trade.get(trade));
        let index = match trade.and_then(|fitting| pick(rng, fitting)) {
            Some(index) => *index,
            None => rng.random_range(0..self.companies.len()),
        };
        &self.companies[index]
    }
}

struct Builder {
    rng: ChaCha8Rng,
    ids: Ids,
    born: i64,
    logins: BTreeSet<String>,
    world: World,
}

impl Builder {
    fn id<T: Id>(&mut self) -> T {
        T::from(self.ids.next(self.born))
    }

    fn unit(&mut self, text: &'static UnitText, caseloads: &[u16], citizens: u32) {
        let unit = self.world.units.len();
        let id = self.id();
        let phone = contact::phone(&mut self.rng);
        self.world.units.push(Unit {
            id,
            name: text.name.to_owned(),
            kind: kind(text.key),
            phone,
            address: text.address.to_owned(),
            coordinators: vec![],
            specialists: vec![],
            former: vec![],
        });
        for seats in caseloads {
            let title = self.title(text, false);
            let who = self.employee(unit, title, Role::Caseworker);
            self.world.employees[who].seats = *seats;
            self.world.units[unit].coordinators.push(who);
        }
        let per_thousand = SPECIALISTS
            .iter()
            .find(|(key, _)| *key == text.key)
            .map_or(2, |(_, n)| *n);
        for _ in 0..(citizens * per_thousand / 1_000).max(2) {
            let role = if text.key == "virksomhed" {
                Role::Consultant
            } else {
                Role::Caseworker
            };
            let title = self.title(text, true);
            let who = self.employee(unit, title, role);
            self.world.units[unit].specialists.push(who);
        }
        if !caseloads.is_empty() {
            self.former(unit, text, caseloads.len());
        }
        self.teams(unit, text);
    }

    fn title(&mut self, text: &UnitText, specialist: bool) -> String {
        // The jobcentre's specialists are its mentors; everybody else has a title of the unit.
        if specialist && text.key == "jobcenter" {
            "Mentor".to_owned()
        } else {
            pick(&mut self.rng, text.roles).map_or_else(String::new, |role| (*role).to_owned())
        }
    }

    /// Those who coordinated here and have found other work: their plans were handed over on the way.
    fn former(&mut self, unit: usize, text: &UnitText, coordinators: usize) {
        let many = (coordinators / 5).max(3);
        let mut days: Vec<Day> = (0..many)
            .map(|_| {
                let back = between(&mut self.rng, 10, 1_700);
                self.world.calendar.open_until(self.world.calendar.today() - back)
            })
            .collect();
        days.sort_unstable();
        for day in days {
            let title = self.title(text, false);
            let who = self.employee(unit, title, Role::Caseworker);
            self.world.employees[who].left = Some(day);
            self.world.units[unit].former.push(who);
        }
    }

    fn employee(&mut self, unit: usize, title: String, role: Role) -> usize {
        let sex = names::sex(&mut self.rng);
        let year = self.rng.random_range(1962..=1998);
        let origin = if self.rng.random_bool(0.9) {
            Origin::Danish
        } else {
            names::origin(&mut self.rng)
        };
        let name = names::name(sex, year, origin, &mut self.rng);
        let login = self.login(&name.to_string());
        let phone = contact::phone(&mut self.rng);
        let id = self.id();
        let desk_day = self.rng.random_range(1..=5);
        self.world.employees.push(Employee {
            id,
            unit,
            name: name.to_string(),
            first: name.first,
            title,
            role,
            phone,
            email: format!("{login}@{MAIL_DOMAIN}"),
            login,
            left: None,
            desk_day,
            seats: 0,
        });
        self.world.employees.len() - 1
    }

    fn login(&mut self, name: &str) -> String {
        let plain = contact::mailbox(name);
        let login = (1..)
            .map(|n| if n == 1 { plain.clone() } else { format!("{plain}{n}") })
            .find(|login| !self.logins.contains(login))
            .unwrap_or(plain);
        self.logins.insert(login.clone());
        login
    }

    /// Divides a unit's people into its teams, each with a leader.
    fn teams(&mut self, unit: usize, text: &UnitText) {
        let people: Vec<usize> = (0..self.world.employees.len())
            .filter(|who| {
                let who = &self.world.employees[*who];
                who.unit == unit && who.left.is_none()
            })
            .collect();
        let many = text.teams.len().max(people.len() / TEAM);
        for n in 0..many {
            let leader = self.employee(unit, "Teamleder".to_owned(), Role::TeamLeader);
            let name = text.teams[n % text.teams.len()];
            let round = n / text.teams.len();
            let name = if round == 0 {
                name.to_owned()
            } else {
                format!("{name} {}", round + 1)
            };
            let id = self.id();
            let members = people.iter().copied().skip(n).step_by(many).chain([leader]).collect();
            self.world.teams.push(Team {
                id,
                name,
                leader,
                members,
            });
        }
    }

    fn management(&mut self) {
        let unit = self.world.units.len();
        let id = self.id();
        let phone = contact::phone(&mut self.rng);
        self.world.units.push(Unit {
            id,
            name: "Arbejdsmarked og Borger".to_owned(),
            kind: "management",
            phone,
            address: "Rådhuspladsen 1, 9581 Lærkebro".to_owned(),
            coordinators: vec![],
            specialists: vec![],
            former: vec![],
        });
        self.employee(unit, "Arbejdsmarkedschef".to_owned(), Role::Head);
        self.employee(unit, format!("Systemansvarlig i {MUNICIPALITY}"), Role::Administrator);
    }

    fn companies(&mut self, citizens: u32) {
        let mut taken = BTreeSet::new();
        for n in 0..(citizens / 12 + 60) {
            let mut text = companies::company(&mut self.rng);
            for _ in 0..8 {
                if !taken.contains(&text.name) {
                    break;
                }
                text = companies::company(&mut self.rng);
            }
            let mut name = text.name.clone();
            if taken.contains(&name) {
                name = format!("{name} i {}", text.town.name);
            }
            let plain = name.clone();
            for again in 2.. {
                if taken.insert(name.clone()) {
                    break;
                }
                name = format!("{plain} {again}");
            }
            let id = self.id();
            let index = self.world.companies.len();
            self.world.by_trade.entry(text.trade.key).or_default().push(index);
            let (address, phone) = (
                super::texts::places::street(&mut self.rng),
                contact::phone(&mut self.rng),
            );
            self.world.companies.push(Company {
                id,
                cvr: contact::impossible_cvr(n),
                industry: text.trade.industry,
                address,
                postcode: text.town.postcode,
                contact: format!("{}, {}", text.contact, text.contact_title.to_lowercase()),
                contact_first: text.contact.first,
                phone,
                email: format!("kontakt@{}.example", contact::mailbox(&name).replace('.', "-")),
                employees: text.employees,
                name,
            });
        }
    }
}
