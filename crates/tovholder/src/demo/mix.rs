//! How common each thread of life is: fitted so that benefits follow the published national figures, and core tasks the mission's.

use rand::RngExt;
use rand_chacha::ChaCha8Rng;

use super::texts::{CoreTask, Persona, personas};

/// People on each benefit in Denmark, in the benefits the employment service works with.
///
/// A-dagpenge and kontanthjælp: Jobindsats.dk / STAR, July 2026 (measures y25i01, unemployed on a-dagpenge, and y60a02, full-time persons on
/// kontanthjælp, which since 1 July 2025 includes what was uddannelseshjælp and selvforsørgelses- og hjemrejseydelse). The others: Danmarks Statistik,
/// the labour market account's population status (AMR), end of November 2018, the latest edition with these states: sygedagpenge is 7036
/// and 15800, jobafklaring 17005, ressourceforløb 17024, ledighedsydelse 15100, 15110 and 15120.
pub const ON_BENEFIT: &[(&str, f64)] = &[
    ("dagpenge", 77_888.0),
    ("kontanthjaelp", 83_581.0),
    ("sygedagpenge", 21_568.0),
    ("jobafklaring", 15_554.0),
    ("ressourceforloeb", 20_712.0),
    ("ledighedsydelse", 13_339.0),
];

/// The rest of those with a plan: our own choice, because no statistics count plans. People on disability pension stand outside the
/// employment effort, and most children and young people have no benefit; both have plans here.
pub const BESIDE: &[(&str, f64)] = &[("foertidspension", 0.05), ("ingen", 0.06)];

/// The three core tasks among plans: our own choice, near what a municipality's employment area sees.
pub const CORE_TASKS: &[(CoreTask, f64)] = &[
    (CoreTask::Work, 0.78),
    (CoreTask::MeaningfulLife, 0.15),
    (CoreTask::Youth, 0.07),
];

/// The share of each benefit among those with a plan. Sums to 1.
pub fn benefit_shares() -> Vec<(&'static str, f64)> {
    let all: f64 = ON_BENEFIT.iter().map(|(_, n)| n).sum();
    let beside: f64 = BESIDE.iter().map(|(_, share)| share).sum();
    let on = ON_BENEFIT.iter().map(|(code, n)| (*code, n / all * (1.0 - beside)));
    on.chain(BESIDE.iter().copied()).collect()
}

/// A thread of life on a benefit.
#[derive(Clone, Copy)]
pub struct Cell {
    /// The thread.
    pub persona: &'static Persona,
    /// The benefit today: a code of `rules/benefits.toml`.
    pub benefit: &'static str,
    weight: f64,
}

/// Every thread on every benefit that fits it, with how common it is.
pub struct Mix {
    cells: Vec<Cell>,
    total: f64,
}

impl Mix {
    /// Fits the weights to both margins by proportional fitting: scale to one, scale to the other, until neither moves.
    pub fn fitted() -> Self {
        let mut cells: Vec<Cell> = Vec::new();
        for persona in personas() {
            for (rank, benefit) in persona.benefits.iter().enumerate() {
                let benefit = today_code(benefit);
                let weight = f64::from(persona.weight) * 0.6_f64.powi(i32::try_from(rank).unwrap_or(9));
                match cells
                    .iter_mut()
                    .find(|c| c.persona.key == persona.key && c.benefit == benefit)
                {
                    Some(cell) => cell.weight += weight,
                    None => cells.push(Cell {
                        persona,
                        benefit,
                        weight,
                    }),
                }
            }
        }
        let benefits = benefit_shares();
        for _ in 0..200 {
            for (code, share) in &benefits {
                scale(&mut cells, *share, |c| c.benefit == *code);
            }
            for (task, share) in CORE_TASKS {
                scale(&mut cells, *share, |c| c.persona.core_task == *task);
            }
        }
        let total = cells.iter().map(|c| c.weight).sum();
        Mix { cells, total }
    }

    /// A thread on a benefit.
    pub fn draw(&self, rng: &mut ChaCha8Rng) -> usize {
        let mut left = rng.random_range(0.0..1.0) * self.total;
        for (index, cell) in self.cells.iter().enumerate() {
            left -= cell.weight;
            if left < 0.0 {
                return index;
            }
        }
        0
    }

    /// The cell with the number [`Mix::draw`] gave.
    pub fn cell(&self, index: usize) -> Cell {
        self.cells[index.min(self.cells.len() - 1)]
    }

    /// The number of a thread on a benefit; of the thread on any benefit when they do not fit; the first when there is no such thread.
    pub fn find(&self, persona: &str, benefit: &str) -> usize {
        let of = |c: &Cell| c.persona.key == persona;
        let both = self.cells.iter().position(|c| of(c) && c.benefit == benefit);
        both.or_else(|| self.cells.iter().position(of)).unwrap_or(0)
    }
}

fn scale(cells: &mut [Cell], share: f64, of: impl Fn(&Cell) -> bool) {
    let sum: f64 = cells.iter().filter(|c| of(c)).map(|c| c.weight).sum();
    if sum > 0.0 {
        for cell in cells.iter_mut().filter(|c| of(c)) {
            cell.weight *= share / sum;
        }
    }
}

/// The benefit a thread's word stands for today: three became one with the reform of 1 July 2025. Before it, [`super::spells`] tells them apart.
fn today_code(word: &'static str) -> &'static str {
    match word {
        "selvforsoergelse_sho" | "uddannelseshjaelp" => "kontanthjaelp",
        other => other,
    }
}
