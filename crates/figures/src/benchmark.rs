//! Published figures of other places, to compare with.
//!
//! A figure is what was counted over of how many. Places are pooled by adding both sides; an average of percentages would let a small island weigh as much
//! as the capital. What was not published stays unknown, and so does a sum that would need it.

use tovholder_spells::Month;
use tovholder_spells::rates::{self, Interval};

use crate::published::{Area, Published, Quantity};
use crate::strategy::{Measure, Strategy};

/// The month in which three benefits became one: figures before and after are not of the same thing.
pub const REFORM: Month = Month(2025 * 12 + 6);

/// A place to compare with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The whole country, as it is published: more than its municipalities together, since some people belong to none.
    Denmark,
    /// Municipalities together, by their codes: a region, a group, or one alone.
    Municipalities(Vec<u16>),
}

impl Place {
    fn areas(&self) -> Vec<Area> {
        match self {
            Place::Denmark => vec![Area::Denmark],
            Place::Municipalities(codes) => codes.iter().map(|code| Area::Municipality(*code)).collect(),
        }
    }
}

/// A published series, and which of our own figures it is like.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Like {
    /// Its name.
    pub series: &'static str,
    /// The code of the measure.
    pub measure: &'static str,
    /// The code of the group of benefits; none when it is about all of the measure's.
    pub group: Option<&'static str>,
    /// What is counted.
    pub counted: Quantity,
    /// Of how many.
    pub of_all: Quantity,
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
        counted: Quantity::KontanthjaelpFullTime,
        of_all: Quantity::Inhabitants,
        times: 1000.0,
        broken: true,
    },
    Like {
        series: "dagpenge_1000",
        measure: "support",
        group: Some("dagpenge"),
        counted: Quantity::DagpengeFullTime,
        of_all: Quantity::Inhabitants,
        times: 1000.0,
        broken: false,
    },
    Like {
        series: "long_term_dagpenge",
        measure: "long_term",
        group: Some("dagpenge"),
        counted: Quantity::DagpengeLongTerm,
        of_all: Quantity::DagpengeFullTime,
        times: 100.0,
        broken: false,
    },
    Like {
        series: "hours_kontanthjaelp",
        measure: "hours",
        group: None,
        counted: Quantity::KontanthjaelpHours,
        of_all: Quantity::KontanthjaelpPersons,
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

    /// What is counted over of how many in one area.
    fn area(self, published: &Published, area: Area, month: Month) -> Option<(u64, u64)> {
        let counted = published.of(self.counted, area, month)??;
        let all = match self.of_all {
            // Inhabitants are published months after the rest, and move slowly.
            Quantity::Inhabitants => published.latest(Quantity::Inhabitants, area, month)?,
            other => published.of(other, area, month)??,
        };
        Some((counted, all))
    }

    /// The pairs of a place, one for each area in it; none as soon as one of them is not known.
    fn pairs(self, published: &Published, place: &Place, month: Month) -> Option<Vec<(u64, u64)>> {
        let pairs: Option<Vec<_>> = place
            .areas()
            .into_iter()
            .map(|area| self.area(published, area, month))
            .collect();
        pairs.filter(|pairs| !pairs.is_empty())
    }

    /// Counted over of how many, both added up; none where one of the municipalities is not known.
    pub fn pair(self, published: &Published, place: &Place, month: Month) -> Option<(u64, u64)> {
        let pairs = self.pairs(published, place, month)?;
        Some(pairs.iter().fold((0, 0), |(of, all), pair| (of + pair.0, all + pair.1)))
    }

    /// The municipalities of a place that keep it from being known.
    pub fn missing(self, published: &Published, place: &Place, month: Month) -> Vec<u16> {
        let unknown = place
            .areas()
            .into_iter()
            .filter(|area| self.area(published, *area, month).is_none());
        unknown
            .filter_map(|area| match area {
                Area::Municipality(code) => Some(code),
                Area::Denmark => None,
            })
            .collect()
    }

    /// The number shown of a place: pooled, never an average of shares.
    pub fn value(self, published: &Published, place: &Place, month: Month) -> Option<f64> {
        rates::pooled(&self.pairs(published, place, month)?).map(|share| share * self.times)
    }

    /// The newest month of the country.
    pub fn newest(self, published: &Published) -> Option<Month> {
        let last = published.newest(self.counted)?;
        (0..24)
            .map(|back| last + -back)
            .find(|month| self.area(published, Area::Denmark, *month).is_some())
    }

    /// Whether a month is the newest its source has: late registrations still come in.
    pub fn provisional(self, published: &Published, month: Month) -> bool {
        [self.counted, self.of_all]
            .into_iter()
            .filter(|quantity| *quantity != Quantity::Inhabitants)
            .any(|quantity| published.newest(quantity) == Some(month))
    }

    /// Where a number shown would lie by chance in 95 of 100 such places: Wilson's interval for a share, Byar's for a rate.
    ///
    /// ```
    /// use tovholder_figures::benchmark::SERIES;
    /// let (rate, share) = (SERIES[0], SERIES[2]);
    /// let of_rate = rate.interval((165, 10_000)).unwrap();
    /// assert!(of_rate.lower > 14.0 && of_rate.upper < 19.3 && of_rate.holds(16.5));
    /// let of_share = share.interval((15, 148)).unwrap();
    /// assert_eq!(format!("{:.1}–{:.1}", of_share.lower, of_share.upper), "6.2–16.0");
    /// assert_eq!(share.interval((0, 0)), None);
    /// ```
    pub fn interval(self, (of, all): (u64, u64)) -> Option<Interval> {
        let (limits, scale) = match self.of_all {
            Quantity::Inhabitants if all > 0 => (rates::poisson_byar(of, 0.95), self.times / all as f64),
            Quantity::Inhabitants => return None,
            _ => (rates::wilson(of, all, 0.95)?, self.times),
        };
        Some(Interval {
            lower: limits.lower * scale,
            upper: limits.upper * scale,
        })
    }
}

/// Places at one time, for a funnel.
#[derive(Clone, Debug, PartialEq)]
pub struct Funnel {
    /// The month.
    pub month: Month,
    /// What all places together come to, as the number shown.
    pub centre: f64,
    /// The places: code of the municipality, of how many, the number shown.
    pub places: Vec<(u16, u64, f64)>,
}

impl Funnel {
    /// The municipalities of a series in the newest month.
    pub fn of(like: Like, published: &Published) -> Option<Funnel> {
        let month = like.newest(published)?;
        let pairs: Vec<(u16, (u64, u64))> = published
            .municipalities(like.counted)
            .filter_map(|code| Some((code, like.area(published, Area::Municipality(code), month)?)))
            .filter(|(_, (_, all))| *all > 0)
            .collect();
        let all: Vec<(u64, u64)> = pairs.iter().map(|(_, pair)| *pair).collect();
        Some(Funnel {
            month,
            centre: rates::pooled(&all)? * like.times,
            places: pairs
                .iter()
                .map(|(code, (of, all))| (*code, *all, *of as f64 / *all as f64 * like.times))
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
    use crate::published::{Line, Version};

    fn month(text: &str) -> Month {
        text.parse().unwrap()
    }

    #[test]
    fn every_series_belongs_to_a_measure() {
        let strategy = Strategy::builtin();
        let published = Published::over(&[]);
        for like in SERIES {
            let (_, measure) = strategy.measure(like.measure).unwrap();
            assert!(like.newest(&published).is_some(), "{}", like.series);
            assert!(Like::of(measure, &strategy).any(|(found, _)| found == *like));
            assert!(like.group.is_none_or(|code| strategy.group(code).is_some()));
        }
    }

    #[test]
    fn a_sum_that_needs_an_unknown_number_is_unknown_and_says_whose() {
        let published = Published::over(&[]);
        let hours = SERIES[3];
        let place = Place::Municipalities(vec![727, 741]);
        // Samsø's number of June 2024 was not shown.
        assert_eq!(hours.pair(&published, &place, month("2024-06")), None);
        assert_eq!(hours.value(&published, &place, month("2024-06")), None);
        assert_eq!(hours.missing(&published, &place, month("2024-06")), [741]);
        assert!(
            hours
                .pair(&published, &Place::Municipalities(vec![727]), month("2024-06"))
                .is_some()
        );
        assert_eq!(
            hours.pair(&published, &Place::Municipalities(vec![]), month("2024-06")),
            None
        );
        assert!(hours.missing(&published, &Place::Denmark, month("2030-01")).is_empty());
    }

    #[test]
    fn places_are_pooled_not_averaged() {
        let line = |quantity: &str, area: &str, number: &str| Line::read(quantity, area, "2026-09", number).unwrap();
        let published = Published::over(&[Version {
            read: "2026-10-20".parse().unwrap(),
            lines: vec![
                line("kontanthjaelp_hours", "101", "300"),
                line("kontanthjaelp_persons", "101", "1000"),
                line("kontanthjaelp_hours", "741", "1"),
                line("kontanthjaelp_persons", "741", "10"),
            ],
        }]);
        let both = Place::Municipalities(vec![101, 741]);
        assert_eq!(SERIES[3].pair(&published, &both, month("2026-09")), Some((301, 1010)));
        // The average of 30 and 10 per cent would be 20.
        assert_eq!(
            format!("{:.4}", SERIES[3].value(&published, &both, month("2026-09")).unwrap()),
            "29.8020"
        );
    }

    #[test]
    fn the_newest_month_is_provisional_until_a_newer_one_comes() {
        let july = month("2026-07");
        let built_in = Published::over(&[]);
        assert_eq!(SERIES[0].newest(&built_in), Some(july));
        assert!(SERIES[0].provisional(&built_in, july));
        assert!(!SERIES[0].provisional(&built_in, month("2026-06")));
        let newer = Published::over(&[Version {
            read: "2026-09-20".parse().unwrap(),
            lines: vec![Line::read("kontanthjaelp_full_time", "DK", "2026-08", "83000").unwrap()],
        }]);
        assert!(!SERIES[0].provisional(&newer, july) && SERIES[0].provisional(&newer, month("2026-08")));
    }

    #[test]
    fn the_municipalities_together_are_the_country() {
        let published = Published::over(&[]);
        let funnel = Funnel::of(SERIES[0], &published).unwrap();
        assert_eq!(funnel.places.len(), 98);
        let denmark = SERIES[0].value(&published, &Place::Denmark, funnel.month).unwrap();
        // As far as the inhabitants of Christiansø and those of no known municipality.
        assert!((funnel.centre - denmark).abs() < 0.01);
        let (small, large) = (
            funnel.limits(2_000.0, 1000.0, 0.95),
            funnel.limits(200_000.0, 1000.0, 0.95),
        );
        assert!(small.upper - small.lower > large.upper - large.lower);
        assert!(large.holds(funnel.centre));
    }
}
