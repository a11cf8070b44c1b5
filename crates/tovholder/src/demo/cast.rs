//! What a citizen's plans will be like, drawn before they are told: when they open and close, who coordinates, and what state they are in today.

use rand_chacha::ChaCha8Rng;
use tovholder_casework::plan::TransferReason;

use super::calendar::{Day, Moment};
use super::chance::{between, chance, pick, waiting};
use super::characters::{self, Character};
use super::roster::Place;
use super::texts::{CoreTask, Persona};
use super::world::World;

/// A coordinator's period to come about.
#[derive(Clone, Copy)]
pub struct Period {
    /// Who, a number of [`World::employees`].
    pub who: usize,
    /// First day.
    pub from: Day,
    /// Why the coordinator changed, in a word and in words; the first one's is not used.
    pub why: (TransferReason, &'static str),
}

/// Why a plan for work will be drifting today.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Drifting {
    /// It has no goal of a job or an education.
    NoGoal,
    /// It has had no contact with a company.
    NoCompany,
}

/// One plan to tell.
pub struct PlanCast {
    /// First day.
    pub opened: Day,
    /// Last day, if it is closed.
    pub closed: Option<Day>,
    /// Coordinators, first to last.
    pub coordinators: Vec<Period>,
    /// A change agreed for a day after today.
    pub coming: Option<Period>,
    /// Colleagues of several units take part.
    pub joint: bool,
    /// A step is past its date today.
    pub overdue: bool,
    /// No conversation is booked today.
    pub no_next: bool,
    /// Today's conversation days are over and nothing was written: the time it was booked for.
    pub unwritten: Option<Moment>,
    /// Drifting today.
    pub drifting: Option<Drifting>,
    /// Citizen and employee use the progression view.
    pub rates: bool,
    /// The time of the next conversation after today.
    pub ahead: Option<Moment>,
    /// The person placed by hand.
    pub character: Option<&'static Character>,
}

/// Slots a day, on each day with conversations.
pub const SLOTS: &[(i32, i32)] = &[(9, 0), (10, 0), (11, 0), (12, 30), (13, 30), (14, 30)];
/// A slot's length in minutes.
pub const SLOT_MINUTES: u32 = 45;
/// How far ahead free times are offered.
pub const SLOT_DAYS: Day = 42;

const WORKLOAD: (TransferReason, &str) = (
    TransferReason::Workload,
    "Vi fordeler borgerne mere jævnt i teamet, så der er tid til alle.",
);
const NEW_JOB: (TransferReason, &str) = (
    TransferReason::StaffLeft,
    "{medarbejder} har fået nyt arbejde. {medarbejder} og den nye tovholder har holdt et møde sammen med {navn}.",
);
const INSIDE: &[(TransferReason, &str)] = &[
    WORKLOAD,
    (
        TransferReason::StaffLeft,
        "{medarbejder} går på orlov. Planen fortsætter uændret.",
    ),
    (
        TransferReason::CitizenWish,
        "{navn} har bedt om en ny tovholder. Ønsket er talt igennem, og vi har fulgt det.",
    ),
    (
        TransferReason::NewUnit,
        "{navn} har fået brug for et andet team, og planen følger med.",
    ),
];

/// Draws a citizen's plans, oldest first.
pub fn plans(world: &World, rng: &mut ChaCha8Rng, index: u32, place: Place, persona: &Persona) -> Vec<PlanCast> {
    let today = world.calendar.today();
    let first_day = today - 5 * 365;
    let unit = &world.units[place.unit];
    if place.open {
        let character = characters::of(index);
        let age = character.map_or_else(|| 3 + waiting(rng, 290.0).min(1_700), |c| c.opened);
        let opened = world.calendar.open_until(today - age.max(1));
        let mut plans = vec![];
        if character.is_none() && opened > first_day + 500 && chance(rng, 0.12) {
            let closed = world.calendar.open_until(opened - 60 - waiting(rng, 150.0).min(300));
            let start = world
                .calendar
                .open_until((closed - 60 - waiting(rng, 150.0)).max(first_day));
            plans.push(closed_plan(world, rng, place, start, closed));
        }
        let owner = unit.coordinators[place.caseload];
        plans.push(open_plan(world, rng, place, persona, opened, owner, character));
        plans
    } else {
        let closed = today - between(rng, 2, 1_500);
        let opened = (closed - 60 - waiting(rng, 200.0)).max(first_day);
        let (opened, closed) = (world.calendar.open_until(opened), world.calendar.open_until(closed));
        vec![closed_plan(world, rng, place, opened, closed)]
    }
}

/// One of the unit's coordinators, but not this one when there is another.
fn another(world: &World, rng: &mut ChaCha8Rng, place: Place, not: Option<usize>) -> usize {
    let all = &world.units[place.unit].coordinators;
    let others: Vec<usize> = all.iter().copied().filter(|who| Some(*who) != not).collect();
    match pick(rng, &others) {
        Some(who) => *who,
        None => {
            // A small unit, or one that coordinates nothing today: its specialists step in.
            let specialists = &world.units[place.unit].specialists;
            pick(rng, specialists).copied().unwrap_or_default()
        }
    }
}

/// The coordinators of a plan that ends with `last`: the changes lie between the days, at least three weeks from each other.
fn coordinators(
    world: &World,
    rng: &mut ChaCha8Rng,
    place: Place,
    opened: Day,
    until: Day,
    last: usize,
    changed: Option<Day>,
) -> Vec<Period> {
    let calendar = &world.calendar;
    let start = |who| Period {
        who,
        from: opened,
        why: WORKLOAD,
    };
    let life = until - opened;
    // The longer the plan, the more likely a change; over all plans about two in five have had one.
    let changes = match changed {
        Some(_) => 1,
        None if life < 45 => 0,
        None => {
            let likely = (f64::from(life) / 650.0).clamp(0.12, 0.85);
            i32::from(chance(rng, likely)) + i32::from(life > 500 && chance(rng, 0.25))
        }
    };
    let former = &world.units[place.unit].former;
    let mut periods: Vec<Period> = vec![];
    let mut before = opened;
    for n in 0..changes {
        let share = life / changes;
        let (low, high) = (opened + n * share + 21, opened + (n + 1) * share - 21);
        let leaver = former.iter().copied().find(|who| {
            let left = world.employees[*who].left.unwrap_or_default();
            left > low && left < high
        });
        let (who, from, why) = match (changed, leaver) {
            (Some(day), _) => (another(world, rng, place, Some(last)), day, INSIDE[1]),
            (None, Some(who)) if chance(rng, 0.6) => (who, world.employees[who].left.unwrap_or(low) + 1, NEW_JOB),
            _ => {
                let why = pick(rng, INSIDE).copied().unwrap_or(WORKLOAD);
                (another(world, rng, place, Some(last)), between(rng, low, high), why)
            }
        };
        let from = calendar.open_from(from);
        let again = periods.iter().any(|p: &Period| p.who == who);
        if who == last || again || from <= before + 14 || from >= until - 1 {
            continue;
        }
        // Whoever leaves began with the plan, or took it over at the change before.
        match periods.last_mut() {
            None => periods.push(start(who)),
            Some(period) => period.who = who,
        }
        periods.push(Period { who: last, from, why });
        before = from;
    }
    if periods.is_empty() {
        periods.push(start(last));
    }
    periods
}

fn closed_plan(world: &World, rng: &mut ChaCha8Rng, place: Place, opened: Day, closed: Day) -> PlanCast {
    let last = another(world, rng, place, None);
    PlanCast {
        opened,
        closed: Some(closed),
        coordinators: coordinators(world, rng, place, opened, closed, last, None),
        coming: None,
        joint: chance(rng, 0.22),
        overdue: false,
        no_next: false,
        unwritten: None,
        drifting: None,
        rates: chance(rng, 0.16),
        ahead: None,
        character: None,
    }
}

fn open_plan(
    world: &World,
    rng: &mut ChaCha8Rng,
    place: Place,
    persona: &Persona,
    opened: Day,
    owner: usize,
    character: Option<&'static Character>,
) -> PlanCast {
    let calendar = &world.calendar;
    let today = calendar.today();
    let work = persona.core_task == CoreTask::Work;
    let changed = character.and_then(|c| c.changed).map(|days| today - days);
    let periods = match character {
        Some(c) if c.changed.is_none() => vec![Period {
            who: owner,
            from: opened,
            why: WORKLOAD,
        }],
        _ => coordinators(world, rng, place, opened, today, owner, changed),
    };
    let change_in = match character {
        Some(c) => c.coming,
        None => chance(rng, 0.035).then(|| between(rng, 4, 20)),
    };
    let coming = change_in
        .map(|days| Period {
            who: another(world, rng, place, Some(owner)),
            from: calendar.open_from(today + days),
            why: pick(rng, INSIDE).copied().unwrap_or(WORKLOAD),
        })
        .filter(|p| p.who != owner && periods.last().is_some_and(|last| last.from < today - 7));
    let drifting = (character.is_none() && work && chance(rng, 0.135)).then(|| {
        if chance(rng, 0.35) {
            Drifting::NoGoal
        } else {
            Drifting::NoCompany
        }
    });
    let ahead = character.map_or_else(
        || slot_of_seat(world, owner, place.seat),
        |c| {
            // An hour outside the slots, so that it never meets another booking.
            let day = calendar.open_from(today + c.next?);
            Some(super::calendar::at(day, 15, 30))
        },
    );
    let unwritten = (character.is_none() && place.seat < 60 && chance(rng, 0.02)).then(|| {
        let seat = i32::from(place.seat);
        let day = (0..=seat % 5).fold(today, |day, _| calendar.open_until(day - 1));
        super::calendar::at(day, 8, 30 + 30 * (seat / 5))
    });
    PlanCast {
        opened,
        closed: None,
        coordinators: periods,
        coming,
        joint: character.map_or_else(|| chance(rng, 0.25), |c| c.joint),
        overdue: character.is_none() && chance(rng, 0.16),
        no_next: character.is_none() && chance(rng, 0.09),
        unwritten,
        drifting,
        rates: character.is_some() || chance(rng, 0.26),
        ahead,
        character,
    }
}

/// The days from today on which an employee holds conversations.
pub fn talking_days(world: &World, employee: usize) -> impl Iterator<Item = Day> {
    let calendar = &world.calendar;
    let desk_day = world.employees[employee].desk_day;
    (calendar.today()..calendar.today() + 700)
        .filter(move |day| calendar.is_open(*day) && calendar.date(*day).weekday().to_monday_one_offset() != desk_day)
}

/// The time that belongs to a seat of a caseload: every seat its own, spread over the coming weeks, so that nobody is booked twice.
fn slot_of_seat(world: &World, employee: usize, seat: u16) -> Option<Moment> {
    // A prime number of slots more than there are seats: stepping by any other number meets each of them once.
    const STEP: usize = 53;
    let needed = usize::from(world.employees[employee].seats) * 5 / 4;
    let slots = [131usize, 251, 509, 1_021, 2_039].into_iter().find(|n| *n > needed)?;
    let index = (usize::from(seat) + 1) * STEP % slots;
    let day = talking_days(world, employee).nth(index / SLOTS.len())?;
    let (hour, minute) = SLOTS[index % SLOTS.len()];
    Some(super::calendar::at(day, hour, minute))
}
