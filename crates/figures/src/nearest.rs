//! Municipalities like ours: near in the conditions they work under, not in how they do.
//!
//! Nearness must not use what is compared. Were municipalities chosen because as many live on benefits there as here, the comparison would always say that
//! it goes like elsewhere. So it uses what an employment service cannot change: how many live there, how many of them are employees, how far they travel
//! to work. Each is measured in how much municipalities usually differ (a standard deviation over all of them), and the three differences count the same.

use std::sync::LazyLock;

use tovholder_spells::Month;

use crate::published::{Area, Published, Quantity};

const CONDITIONS: &str = include_str!(concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../rules/reference/conditions.csv"
));

/// How many municipalities are like ours.
pub const LIKE: usize = 8;

/// The conditions of a municipality.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Conditions {
    /// Its code.
    pub code: u16,
    /// How many live there.
    pub inhabitants: u64,
    /// How many of 1,000 inhabitants are employees, as full-time persons.
    pub employees: f64,
    /// How far they have to work on average, in km.
    pub commute: f64,
}

impl Conditions {
    /// What is compared. A number of inhabitants counts by its logarithm: 10,000 and 20,000 are as different as 100,000 and 200,000.
    fn scale(&self) -> [f64; 3] {
        [(self.inhabitants as f64).ln(), self.employees, self.commute]
    }
}

static READ: LazyLock<Vec<(u16, f64, f64)>> =
    LazyLock::new(|| read(CONDITIONS).expect("a test reads the conditions built into the binary"));

fn read(text: &str) -> Result<Vec<(u16, f64, f64)>, String> {
    let mut lines = csv::ReaderBuilder::new()
        .delimiter(b';')
        .comment(Some(b'#'))
        .from_reader(text.as_bytes());
    lines
        .records()
        .map(|line| {
            let line = line.map_err(|error| error.to_string())?;
            let field = |at: usize| line.get(at).unwrap_or_default();
            match (field(0).parse(), field(1).parse(), field(2).parse()) {
                (Ok(code), Ok(employees), Ok(commute)) => Ok((code, employees, commute)),
                _ => Err(format!("{}: expected two numbers", field(0))),
            }
        })
        .collect()
}

/// The conditions of every municipality whose inhabitants are known.
pub fn conditions(published: &Published) -> Vec<Conditions> {
    let all = READ.iter().filter_map(|&(code, employees, commute)| {
        let inhabitants = published.latest(Quantity::Inhabitants, Area::Municipality(code), Month(i32::MAX))?;
        Some(Conditions {
            code,
            inhabitants,
            employees: employees / inhabitants as f64 * 1000.0,
            commute,
        })
    });
    all.filter(|of| of.inhabitants > 0).collect()
}

/// The municipalities nearest to one, the nearest first, each with its distance; empty where the one is not known.
///
/// ```
/// use tovholder_figures::nearest::{Conditions, nearest};
/// let of = |code, inhabitants, employees, commute| Conditions { code, inhabitants, employees, commute };
/// let all = [of(1, 10_000, 400.0, 20.0), of(2, 11_000, 410.0, 21.0), of(3, 500_000, 450.0, 10.0), of(4, 9_000, 300.0, 40.0)];
/// assert_eq!(nearest(&all, 1, 2).iter().map(|(code, _)| *code).collect::<Vec<_>>(), [2, 4]);
/// ```
pub fn nearest(all: &[Conditions], own: u16, many: usize) -> Vec<(u16, f64)> {
    let Some(own) = all.iter().find(|of| of.code == own) else {
        return vec![];
    };
    let spread: Vec<f64> = (0..3)
        .map(|at| deviation(all.iter().map(|of| of.scale()[at])))
        .collect();
    let here = own.scale();
    let mut others: Vec<(u16, f64)> = all
        .iter()
        .filter(|of| of.code != own.code)
        .map(|of| {
            let there = of.scale();
            let squares = (0..3)
                .filter(|&at| spread[at] > 0.0)
                .map(|at| ((there[at] - here[at]) / spread[at]).powi(2));
            (of.code, squares.sum::<f64>().sqrt())
        })
        .collect();
    others.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
    others.truncate(many);
    others
}

fn deviation(values: impl Iterator<Item = f64> + Clone) -> f64 {
    let n = values.clone().count() as f64;
    let mean = values.clone().sum::<f64>() / n;
    (values.map(|v| (v - mean).powi(2)).sum::<f64>() / n).sqrt()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that panics fails")]
mod tests {
    use super::*;

    #[test]
    fn all_98_have_conditions() {
        let all = conditions(&Published::over(&[]));
        assert_eq!(all.len(), 98);
        for of in &all {
            assert!((1_000..1_000_000).contains(&of.inhabitants), "{of:?}");
            assert!((200.0..600.0).contains(&of.employees), "{of:?}");
            assert!((5.0..60.0).contains(&of.commute), "{of:?}");
        }
    }

    #[test]
    fn the_distance_can_be_counted_by_hand() {
        let of = |code, inhabitants, employees, commute| Conditions {
            code,
            inhabitants,
            employees,
            commute,
        };
        // The same number of inhabitants: it says nothing. Employees 300, 400, 500: mean 400, deviation 81.65. Commute 10, 10, 40: deviation 14.14.
        let all = [
            of(1, 5_000, 300.0, 10.0),
            of(2, 5_000, 400.0, 10.0),
            of(3, 5_000, 500.0, 40.0),
        ];
        let found = nearest(&all, 1, 9);
        assert_eq!(found.iter().map(|(code, _)| *code).collect::<Vec<_>>(), [2, 3]);
        let shown: Vec<String> = found.iter().map(|(_, distance)| format!("{distance:.4}")).collect();
        // 100/81.65 and the root of (200/81.65)² + (30/14.14)².
        assert_eq!(shown, ["1.2247", "3.2404"]);
        assert_eq!(nearest(&all, 9, 3), []);
    }

    #[test]
    fn an_island_is_like_islands_and_the_capital_like_large_cities() {
        let all = conditions(&Published::over(&[]));
        let codes = |own| {
            nearest(&all, own, LIKE)
                .into_iter()
                .map(|(code, _)| code)
                .collect::<Vec<_>>()
        };
        // Samsø: Læsø, Ærø, Langeland among them, never Copenhagen.
        assert!(codes(741).contains(&492) && !codes(741).contains(&101));
        // Copenhagen: Aarhus, Odense, Aalborg or Frederiksberg among them.
        assert!(codes(101).contains(&751));
        assert_eq!(codes(766).len(), LIKE);
    }

    #[test]
    fn a_line_that_is_wrong_is_named() {
        assert!(read("a;b;c\n766;x;1").unwrap_err().contains("766"));
    }
}
