//! Who is who: every citizen's thread of life, and whose caseload they are on. Small enough to hold for a whole city.

use super::chance::{Stream, chance, numbers};
use super::characters;
use super::mix::Mix;
use super::texts::places::UNITS;

/// The share of the citizens who have an open plan today; the others had one.
const OPEN: f64 = 0.72;
/// From this many citizens on, one caseworker has [`LOAD`] of them: for measuring the caseload page.
pub const LOAD_FROM: u32 = 10_000;
/// The measured caseload.
pub const LOAD: u16 = 397;

/// A citizen's place.
#[derive(Clone, Copy)]
pub struct Place {
    /// The thread of life and benefit, a number of [`Mix`].
    pub cell: usize,
    /// Whether the plan is open today.
    pub open: bool,
    /// The unit the coordinator comes from, a number of [`UNITS`].
    pub unit: usize,
    /// Which of the unit's caseloads; open plans only.
    pub caseload: usize,
    /// Where in it.
    pub seat: u16,
}

/// All citizens' places, and the sizes of the caseloads.
pub struct Roster {
    places: Vec<Place>,
    /// For each unit of [`UNITS`], how many open plans each of its caseworkers coordinates.
    pub caseloads: Vec<Vec<u16>>,
}

impl Roster {
    /// Draws everyone's thread and deals the open plans out.
    pub fn draw(citizens: u32, seed: u64, mix: &Mix) -> Self {
        let mut rng = numbers(seed, Stream::Roster);
        let mut open = vec![0u32; UNITS.len()];
        let mut places: Vec<Place> = (0..citizens)
            .map(|index| {
                let drawn = mix.draw(&mut rng);
                let is_open = chance(&mut rng, OPEN);
                let (cell, is_open) = match characters::of(index) {
                    Some(character) => (mix.find(character.persona, character.benefit), true),
                    None => (drawn, is_open),
                };
                let key = mix.cell(cell).persona.unit;
                let unit = UNITS.iter().position(|unit| unit.key == key).unwrap_or(0);
                open[unit] += u32::from(is_open);
                Place {
                    cell,
                    open: is_open,
                    unit,
                    caseload: 0,
                    seat: 0,
                }
            })
            .collect();
        let caseloads: Vec<Vec<u16>> = open
            .iter()
            .enumerate()
            .map(|(unit, open)| caseloads(*open, unit == 0 && citizens >= LOAD_FROM))
            .collect();
        let mut next = vec![(0usize, 0u16); UNITS.len()];
        for place in places.iter_mut().filter(|place| place.open) {
            let (caseload, seat) = &mut next[place.unit];
            if *seat >= caseloads[place.unit][*caseload] {
                (*caseload, *seat) = (*caseload + 1, 0);
            }
            (place.caseload, place.seat) = (*caseload, *seat);
            *seat += 1;
        }
        Roster { places, caseloads }
    }

    /// A citizen's place.
    pub fn place(&self, index: u32) -> Place {
        self.places[index as usize]
    }

    /// How many citizens.
    pub const fn len(&self) -> usize {
        self.places.len()
    }
}

/// Deals so many open plans to caseworkers, 40–60 to each as far as the number allows; the last one gets [`LOAD`] when asked for.
fn caseloads(open: u32, load: bool) -> Vec<u16> {
    let extra = if load && open > u32::from(LOAD) * 2 {
        u32::from(LOAD)
    } else {
        0
    };
    let rest = open - extra;
    let workers = rest.div_ceil(50).max(u32::from(rest > 0));
    let wanted: Vec<u32> = (0..workers).map(|k| 40 + (k * 13 + 7) % 21).collect();
    let all: u32 = wanted.iter().sum();
    let (mut dealt, mut sum) = (0, 0);
    let mut sizes: Vec<u16> = wanted
        .iter()
        .map(|want| {
            sum += want;
            let until = u32::try_from(u64::from(rest) * u64::from(sum) / u64::from(all)).unwrap_or(rest);
            let size = until - dealt;
            dealt = until;
            u16::try_from(size).unwrap_or(u16::MAX)
        })
        .collect();
    if extra > 0 {
        sizes.push(LOAD);
    }
    sizes
}
