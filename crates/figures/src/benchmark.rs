//! Published figures of other places, to compare with: facts built into the binary, in `rules/reference/published.csv`.
//!
//! Kept as what was counted over of how many, so that places can be pooled by adding both sides; an average of percentages would let a small island
//! weigh as much as the capital. What was not published stays unknown.

use std::sync::LazyLock;

use tovholder_spells::Month;
use tovholder_spells::rates::{self, Interval};

use crate::strategy::{Measure, Strategy};

const PUBLISHED: &str = include_str!(concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../rules/reference/published.csv"
));

/// The month in which three benefits became one: figures before and after are not of the same thing.
pub const REFORM: Month = Month(2025 * 12 + 6);

/// What one place published month by month.
#[derive(Clone, Debug, PartialEq)]
pub struct Published {
    /// `DK`, a region's key, a comparison group, or a municipality's code.
    pub area: String,
    /// The first month.
    pub from: Month,
    /// Counted, over of how many; none where nothing was published.
    pub figures: Vec<Option<(u64, u64)>>,
}

impl Published {
    /// The figure of a month.
    pub fn of(&self, month: Month) -> Option<(u64, u64)> {
        *self.figures.get(usize::try_from(month - self.from).ok()?)?
    }

    /// The last month there is room for.
    pub fn last(&self) -> Month {
        self.from + (i32::try_from(self.figures.len()).unwrap_or(0) - 1)
    }
}

/// A published series, and which of our own figures it is like.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Like {
    /// The name in the file.
    pub series: &'static str,
    /// The code of the measure.
    pub measure: &'static str,
    /// The code of the group of benefits; none when it is about all of the measure's.
    pub group: Option<&'static str>,
    /// From the pair to the number shown: per cent, per 1,000.
    pub times: f64,
    /// Whether the reform of 1 July 2025 cuts it.
    pub broken: bool,
}

/// The series there are.
pub const SERIES: &[Like] = &[
    Like {
        series: "kontanthjaelp_1000",
        measure: "support",
        group: Some("kontanthjaelp"),
        times: 1000.0,
        broken: true,
    },
    Like {
        series: "dagpenge_1000",
        measure: "support",
        group: Some("dagpenge"),
        times: 1000.0,
        broken: false,
    },
    Like {
        series: "long_term_dagpenge",
        measure: "long_term",
        group: Some("dagpenge"),
        times: 100.0,
        broken: false,
    },
    Like {
        series: "hours_kontanthjaelp",
        measure: "hours",
        group: None,
        times: 100.0,
        broken: true,
    },
];

impl Like {
    /// The published series that can be compared with a measure.
    pub fn of<'a>(measure: &'a Measure, strategy: &'a Strategy) -> impl Iterator<Item = (Like, Option<usize>)> + 'a {
        SERIES
            .iter()
            .filter(|like| like.measure == measure.code)
            .map(|like| (*like, like.group.and_then(|code| strategy.group(code))))
    }

    /// All places of the series.
    pub fn places(self) -> impl Iterator<Item = &'static Published> {
        READ.iter()
            .filter(move |(series, _)| *series == self.series)
            .map(|(_, published)| published)
    }

    /// The place of this area.
    pub fn place(self, area: &str) -> Option<&'static Published> {
        self.places().find(|published| published.area == area)
    }

    /// The number shown for a pair; none of nobody.
    pub fn shown(self, (of, all): (u64, u64)) -> Option<f64> {
        (all > 0).then(|| of as f64 / all as f64 * self.times)
    }
}

static READ: LazyLock<Vec<(String, Published)>> =
    LazyLock::new(|| read(PUBLISHED).expect("a test reads the figures built into the binary"));

fn read(text: &str) -> Result<Vec<(String, Published)>, String> {
    let mut lines = csv::ReaderBuilder::new()
        .delimiter(b';')
        .comment(Some(b'#'))
        .from_reader(text.as_bytes());
    let mut all = Vec::new();
    for line in lines.records() {
        let line = line.map_err(|error| error.to_string())?;
        let field = |at: usize| line.get(at).unwrap_or_default().to_owned();
        let wrong = |what: &str| format!("{} {}: {what}", field(0), field(1));
        let figure = |text: &str| match text {
            "-" => Ok(None),
            pair => {
                let (of, over) = pair.split_once('/').ok_or_else(|| wrong(pair))?;
                match (of.parse(), over.parse()) {
                    (Ok(of), Ok(over)) => Ok(Some((of, over))),
                    _ => Err(wrong(pair)),
                }
            }
        };
        all.push((
            field(0),
            Published {
                area: field(1),
                from: field(2).parse().map_err(|_| wrong("not a month"))?,
                figures: field(3).split(' ').map(figure).collect::<Result<_, String>>()?,
            },
        ));
    }
    Ok(all)
}

/// Places at one time, for a funnel.
#[derive(Clone, Debug, PartialEq)]
pub struct Funnel {
    /// The month.
    pub month: Month,
    /// What all places together come to, as the number shown.
    pub centre: f64,
    /// The places: code of the area, of how many, the number shown.
    pub places: Vec<(&'static str, u64, f64)>,
}

impl Funnel {
    /// The municipalities of a series in the newest month.
    pub fn of(like: Like) -> Option<Funnel> {
        let month = like.place("DK")?.last();
        let municipal = like.places().filter(|p| p.area.bytes().all(|b| b.is_ascii_digit()));
        let pairs: Vec<(&'static str, (u64, u64))> = municipal
            .filter_map(|p| Some((p.area.as_str(), p.of(month)?)))
            .collect();
        let all: Vec<(u64, u64)> = pairs.iter().map(|(_, pair)| *pair).collect();
        Some(Funnel {
            month,
            centre: rates::pooled(&all)? * like.times,
            places: pairs
                .iter()
                .filter_map(|(area, pair)| Some((*area, pair.1, like.shown(*pair)?)))
                .collect(),
        })
    }

    /// The limits within which a place of this size falls by chance, as numbers shown.
    pub fn limits(&self, of_how_many: f64, times: f64, level: f64) -> Interval {
        let expected = self.centre / times * of_how_many;
        let limits = rates::funnel(expected, level);
        // Funnel limits are of the ratio observed to expected.
        Interval {
            lower: limits.lower * self.centre,
            upper: limits.upper * self.centre,
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that panics fails")]
mod tests {
    use super::*;

    #[test]
    fn the_published_figures_are_read_and_the_unknown_stays_unknown() {
        assert!(READ.len() > 350);
        let like = SERIES[0];
        let denmark = like.place("DK").unwrap();
        assert_eq!(denmark.of("2026-07".parse().unwrap()), Some((83_581, 6_028_459)));
        assert_eq!(denmark.of("2030-01".parse().unwrap()), None);
        assert_eq!(denmark.last(), "2026-07".parse().unwrap());
        let region = SERIES[3].place("midtjylland").unwrap();
        // A member withheld its number in June 2024: the region's sum is not known.
        assert_eq!(region.of("2024-06".parse().unwrap()), None);
        assert!(region.of("2024-05".parse().unwrap()).is_some());
    }

    #[test]
    fn every_series_belongs_to_a_measure() {
        let strategy = Strategy::builtin();
        for like in SERIES {
            let (_, measure) = strategy.measure(like.measure).unwrap();
            assert!(like.places().count() > 90, "{}", like.series);
            assert!(Like::of(measure, &strategy).any(|(found, _)| found == *like));
            assert!(like.group.is_none_or(|code| strategy.group(code).is_some()));
        }
    }

    #[test]
    fn places_are_pooled_not_averaged() {
        let funnel = Funnel::of(SERIES[0]).unwrap();
        assert_eq!(funnel.places.len(), 98);
        let denmark = SERIES[0].place("DK").unwrap().of(funnel.month).unwrap();
        // The municipalities together are the country, as far as the inhabitants of Christiansø.
        assert!((funnel.centre - SERIES[0].shown(denmark).unwrap()).abs() < 0.01);
        let (small, large) = (
            funnel.limits(2_000.0, 1000.0, 0.95),
            funnel.limits(200_000.0, 1000.0, 0.95),
        );
        assert!(small.upper - small.lower > large.upper - large.lower);
        assert!(large.holds(funnel.centre));
    }

    #[test]
    fn a_line_that_is_wrong_is_named() {
        assert!(read("a;b;c;d\nx;y;2024-01;1/2 3").unwrap_err().contains("x y: 3"));
        assert!(read("a;b;c;d\nx;y;2024;1/2").unwrap_err().contains("not a month"));
    }
}
