//! One citizen, told whole: the person, what they lived on, their plans, and everything that happened.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::Date;
use rand_chacha::ChaCha8Rng;
use tovholder_casework::act::*;
use tovholder_casework::cpr::Cpr;
use tovholder_casework::id::*;
use tovholder_casework::person::Citizen;
use tovholder_casework::plan::Plan;
use tovholder_casework::reference::occupations;
use uuid::Uuid;

use super::calendar::at;
use super::cast;
use super::chance::{Ids, Stream, between, numbers};
use super::characters;
use super::contact;
use super::mix::Mix;
use super::past;
use super::roster::Roster;
use super::spells::{self, Classes, Known, Span};
use super::story::{Person, Refused, Teller, time};
use super::texts::companies::TRADES;
use super::texts::{CoreTask, Name, Origin, Persona, Sex, Slots, names, personas, places};
use super::world::World;

/// A citizen with everything.
pub struct Told {
    /// The person.
    pub citizen: Citizen,
    /// The CPR number, day + 60.
    pub cpr: Cpr,
    /// Benefits, with ids.
    pub spells: Vec<(Uuid, Span)>,
    /// Classifications: id, dimension, span.
    pub classes: Vec<(Uuid, &'static str, Span)>,
    /// Hours of work by month.
    pub earned: Vec<(Uuid, String, f64)>,
    /// Plans, oldest first, as they stand today.
    pub plans: Vec<Plan>,
    /// Everything that happened, by time.
    pub acts: Vec<Act>,
}

/// Tells the citizen with this number.
///
/// # Errors
/// [`Refused`] when casework refuses a turn of the story.
pub fn tell(world: &World, roster: &Roster, mix: &Mix, seed: u64, index: u32) -> Result<Told, Refused> {
    let mut rng = numbers(seed, Stream::Citizen(index));
    let mut ids = Ids::new(numbers(seed ^ 0x6964, Stream::Citizen(index)));
    let place = roster.place(index);
    let cell = mix.cell(place.cell);
    let persona = cell.persona;
    let casts = cast::plans(world, &mut rng, index, place, persona);
    let calendar = &world.calendar;
    let first = casts.first().expect("everybody has a plan");
    let last = casts.last().expect("everybody has a plan");

    let (name, sex, origin, born) = who(&mut rng, calendar.date(calendar.today()), index, persona);
    let mut entered = at(calendar.open_until(first.opened - 1), 10, between(&mut rng, 0, 300));
    // Those with a past were entered before it began; the people placed by hand have only the story that is told of them.
    let grown_up = born < calendar.date(calendar.today() - 24 * 366);
    let has_past = characters::of(index).is_none() && grown_up;
    if has_past {
        entered.day = entered.day.min(calendar.open_until(past::begins(world)));
    }
    let millis = calendar.millis(entered);
    let town = places::town(&mut rng);
    let mut slots = Slots::for_citizen(persona, &name.first, sex, origin, &mut rng);
    slots.set("by", town.name);
    let citizen = Citizen {
        id: CitizenId(ids.next(millis)),
        unit: world.units[place.unit].id,
        name: name.to_string(),
        birth_date: born,
        phone: contact::phone(&mut rng),
        email: format!("{}@post.example", contact::mailbox(&name.to_string())),
        address: places::street(&mut rng),
        postcode: town.postcode.to_owned(),
        // About as many as there are; nobody among the people placed by hand.
        protected: index % 61 == 17 && characters::of(index).is_none(),
        wishes: wishes(persona, &slots),
        occupation: slots.get("fag").and_then(occupation).unwrap_or_default().to_owned(),
        rev: 1,
    };
    let known = Known {
        benefit: cell.benefit,
        age: citizen.age(calendar.date(calendar.today())),
        newcomer: persona.newcomer,
        opened: first.opened,
        current: last.opened,
        closed: last.closed,
    };
    let spans = spells::spells(&world.rules, calendar, &mut rng, known);
    let classes = Classes::draw(calendar, &mut rng, known);
    let person = Person {
        id: citizen.id,
        unit: citizen.unit,
        name: citizen.name.clone(),
        target_group: classes.group().to_owned(),
    };

    let mut acts = vec![entry(world, &citizen, &mut ids, casts[0].coordinators[0].who, millis)];
    let mut plans = Vec::with_capacity(casts.len());
    for cast in &casts {
        let teller = Teller {
            world,
            person: &person,
            persona,
            rng: &mut rng,
            ids: &mut ids,
            acts: &mut acts,
            slots: slots.clone(),
        };
        plans.push(teller.tell(cast)?);
    }
    let mut behind = past::Past::default();
    if has_past && past::has(&known) {
        let first = spans
            .iter()
            .map(|span| span.from)
            .min()
            .unwrap_or(first.opened)
            .min(first.opened);
        let whose = (&citizen, place.unit, plans[0].head.core_task);
        behind = past::tell(world, seed, index, whose, known, first);
        acts.append(&mut behind.acts);
        behind.plans.append(&mut plans);
        plans = behind.plans;
    }
    let mut keyed = |span: &Span| ids.next(calendar.millis(at(span.from, 8, 0)));
    behind
        .spells
        .extend(spans.iter().map(|span| (keyed(span), span.clone())));
    Ok(Told {
        cpr: cpr(born, sex, index),
        earned: past::earned(world, seed, index, &behind.spells),
        spells: behind.spells,
        classes: {
            let groups = classes.target_group.iter().map(|span| ("target_group", span));
            let all = groups.chain(classes.readiness.iter().map(|span| ("readiness", span)));
            all.map(|(dimension, span)| (keyed(span), dimension, span.clone()))
                .collect()
        },
        citizen,
        plans,
        acts,
    })
}

/// Name, sex, origin and date of birth that fit the thread of life.
fn who(rng: &mut ChaCha8Rng, today: Date, index: u32, persona: &Persona) -> (Name, Sex, Origin, Date) {
    if let Some(character) = characters::of(index) {
        let name = Name {
            first: character.first.to_owned(),
            last: character.last.to_owned(),
        };
        return (name, character.sex, character.origin, character.born);
    }
    let sex = persona.sex.unwrap_or_else(|| names::sex(rng));
    let origin = if persona.newcomer {
        names::newcomer_origin(rng)
    } else {
        names::origin(rng)
    };
    let (youngest, oldest) = persona.age;
    let age = between(rng, i32::from(youngest), i32::from(oldest));
    let days = age * 365 + age / 4 + between(rng, 1, 364);
    let born = birthday(today.saturating_sub(jiff::Span::new().days(days)), index);
    (names::name(sex, born.year(), origin, rng), sex, origin, born)
}

/// Different demo numbers for people of one sex born on one day, at least (`Cpr::demo` counts round after 6,000, half of them odd).
const SAME_DAY: u32 = 3_000;
/// So many days are told apart by [`birthday`]: enough for a million citizens.
const DAYS: i32 = 340;

/// A date of birth less than a year earlier, so that two citizens whose CPR numbers would have the same last digits are never born on one day.
fn birthday(around: Date, index: u32) -> Date {
    let number = Date::ZERO.until(around).map_or(0, |span| span.get_days());
    let wanted = i32::try_from(index / SAME_DAY).unwrap_or(0);
    let earlier = |days: i32, date: Date| date.saturating_sub(jiff::Span::new().days(days));
    let mut born = earlier((number - wanted).rem_euclid(DAYS), around);
    while characters::CHARACTERS.iter().any(|c| c.born == born) {
        born = earlier(DAYS, born);
    }
    born
}

/// A demo CPR number that no other citizen has. Odd numbers are men's.
fn cpr(born: Date, sex: Sex, index: u32) -> Cpr {
    let nth = index % SAME_DAY * 2 + u32::from(sex == Sex::Male);
    Cpr::demo(born, nth).expect("everybody here is born after 1858")
}

/// The CPR number alone, as [`tell`] would give it to a citizen whose story is not needed.
#[cfg(test)]
pub fn numbers_of(rng: &mut ChaCha8Rng, world: &World, mix: &Mix, roster: &Roster, index: u32) -> Cpr {
    let persona = mix.cell(roster.place(index).cell).persona;
    let (_, sex, _, born) = who(rng, world.calendar.date(world.calendar.today()), index, persona);
    cpr(born, sex, index)
}

/// The citizen is entered by the first coordinator, the day before the first plan at the latest.
fn entry(world: &World, citizen: &Citizen, ids: &mut Ids, by: usize, millis: i64) -> Act {
    Act {
        id: ActId(ids.next(millis)),
        at: time(millis),
        actor: world.actor(by),
        citizen: Some(citizen.id),
        kind: ActKind::PersonChanged,
        submission: Some(SubmissionId(ids.next(millis))),
        before: None,
        after: Some(Record::Citizen(citizen.clone())),
        reason: String::new(),
        voice: Voice::Own,
    }
}

/// The work a citizen looks for, in everyday words: the trade they know, and the kinds of workplace that fit.
fn wishes(persona: &Persona, slots: &Slots) -> String {
    if persona.core_task != CoreTask::Work {
        return String::new();
    }
    let industries = persona
        .trades
        .iter()
        .filter_map(|key| TRADES.iter().find(|trade| trade.key == *key))
        .map(|trade| trade.industry.to_lowercase());
    let mut words: Vec<String> = slots.get("fag").map(str::to_owned).into_iter().collect();
    words.extend(industries.take(3));
    words.join(", ")
}

/// The DISCO-08 code of a trade's everyday name, when the list has it.
fn occupation(trade: &str) -> Option<&'static str> {
    static CODES: LazyLock<BTreeMap<&'static str, &'static str>> = LazyLock::new(|| {
        let trades = personas().flat_map(|p| p.slots).filter(|(slot, _)| *slot == "fag");
        trades
            .flat_map(|(_, names)| names.iter().copied())
            .filter_map(|name| Some((name, occupations().find(name).first()?.code)))
            .collect()
    });
    CODES.get(trade).copied()
}
