//! Telling signal from noise in a series of months: control charts.
//!
//! Any figure goes up or down next month. A control chart draws the limits within which it does so for no particular reason, and marks what no
//! such chance explains. Two charts: [`xmr`] for any measured value, and [`proportions`] for shares whose denominators differ, with Laney's
//! widening when the denominators are large.
//!
//! The rules are those of the NHS' *Making Data Count* (package NHSRplotthedots): a point outside the limits; a trend of seven; two of three near a
//! limit; seven on one side of the centre.
//!
//! ```
//! use tovholder_spells::control::{Signal, signals, xmr};
//! let exits = [21.0, 19.0, 20.0, 22.0, 18.0, 20.0, 21.0, 19.0, 20.0, 40.0, 20.0, 21.0];
//! let chart = xmr(&exits, &exits).unwrap();
//! assert_eq!(signals(&chart)[9].map(|found| found.signal), Some(Signal::Outside));
//! assert!(signals(&chart)[8].is_none());
//! ```
//!
//! Sources: Shewhart 1931; Wheeler, *Understanding Variation* (2.66 = 3/1.128; 3.267 for ranges); Laney 2002 (p′).

/// Moving ranges reach 1.128 standard deviations on average, so 3 of these are 2.66 of those.
const RANGES_TO_LIMIT: f64 = 2.66;
/// A moving range beyond this many times the average is a signal itself and must not widen the limits.
const RANGE_LIMIT: f64 = 3.267;
/// Average moving range of two normal values, in standard deviations (d₂).
const D2: f64 = 1.128;
/// With fewer points than this the limits are trial limits: shown, and named so.
pub const SETTLED: usize = 12;
/// How many points make a trend or a run on one side.
const RUN: usize = 7;

/// One point and the limits it is held against, which in a chart of shares differ from point to point.
///
/// ```
/// use tovholder_spells::control::Point;
/// let point = Point { value: 0.10, centre: 0.05, reach: 0.06 };
/// assert_eq!(point.upper(), 0.11);
/// assert!(point.lower() < 0.0); // draw it at 0
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// What was measured.
    pub value: f64,
    /// The centre line.
    pub centre: f64,
    /// From the centre to either limit.
    pub reach: f64,
}

impl Point {
    /// The upper limit. See [`Point`] for an example.
    pub fn upper(&self) -> f64 {
        self.centre + self.reach
    }

    /// The lower limit; may be below what the measure can be. See [`Point`] for an example.
    pub fn lower(&self) -> f64 {
        self.centre - self.reach
    }

    /// 1 above the centre, −1 below, 0 on it: a point on the centre is on neither side.
    fn side(&self) -> i8 {
        sign(self.value - self.centre)
    }

    fn outside(&self) -> bool {
        self.value > self.upper() || self.value < self.lower()
    }

    /// In the outer third between centre and limit.
    fn near(&self) -> bool {
        !self.outside() && self.reach > 0.0 && (self.value - self.centre).abs() >= self.reach * 2.0 / 3.0
    }
}

fn sign(difference: f64) -> i8 {
    if difference > 0.0 {
        1
    } else if difference < 0.0 {
        -1
    } else {
        0
    }
}

/// A series with its limits.
///
/// ```
/// use tovholder_spells::control::xmr;
/// let chart = xmr(&[3.0, 5.0, 4.0], &[3.0, 5.0, 4.0]).unwrap();
/// assert_eq!(chart.points.len(), 3);
/// assert!(chart.trial); // three months settle nothing
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// The points in order.
    pub points: Vec<Point>,
    /// Whether the limits rest on fewer than [`SETTLED`] points.
    pub trial: bool,
}

/// An XmR chart (individual values and moving ranges): `values` held against limits computed from `base`.
///
/// Limits are mean ± 2.66 · mR̄, where mR̄ is the mean of the absolute differences of neighbours; ranges of 3.267 · mR̄ or more are left out and the
/// mean taken again, so that one leap does not hide the next. `base` is usually all values; after a change that was decided and written down it is the
/// values since. `None` when `base` has fewer than two values.
///
/// ```
/// use tovholder_spells::control::xmr;
/// let chart = xmr(&[2.0, 4.0, 2.0, 4.0], &[2.0, 4.0, 2.0, 4.0]).unwrap();
/// assert!((chart.points[0].upper() - (3.0 + 2.66 * 2.0)).abs() < 1e-12);
/// ```
pub fn xmr(values: &[f64], base: &[f64]) -> Option<Chart> {
    let ranges = moving_ranges(base);
    let all = mean(&ranges)?;
    let kept: Vec<f64> = ranges
        .iter()
        .copied()
        .filter(|&range| range < RANGE_LIMIT * all)
        .collect();
    // When every range is 0 none is below 0: the process has not moved, and the limits are the value itself.
    limits(values, base, mean(&kept).unwrap_or(all))
}

/// The same without leaving out large moving ranges, as spreadsheets do it.
///
/// ```
/// use tovholder_spells::control::{xmr, xmr_unscreened};
/// let leap = [1.0, 2.0, 1.0, 2.0, 30.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0];
/// let reach = |chart: Option<tovholder_spells::control::Chart>| chart.unwrap().points[0].reach;
/// assert!(reach(xmr(&leap, &leap)) < reach(xmr_unscreened(&leap, &leap)));
/// ```
pub fn xmr_unscreened(values: &[f64], base: &[f64]) -> Option<Chart> {
    limits(values, base, mean(&moving_ranges(base))?)
}

fn limits(values: &[f64], base: &[f64], range: f64) -> Option<Chart> {
    let (centre, reach) = (mean(base)?, RANGES_TO_LIMIT * range);
    let points = values.iter().map(|&value| Point { value, centre, reach }).collect();
    Some(Chart {
        points,
        trial: base.len() < SETTLED,
    })
}

fn moving_ranges(values: &[f64]) -> Vec<f64> {
    values.windows(2).map(|pair| (pair[1] - pair[0]).abs()).collect()
}

fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// How the limits of a chart of shares are widened.
///
/// ```
/// use tovholder_spells::control::Widening;
/// assert_ne!(Widening::None, Widening::Laney);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Widening {
    /// The classical p-chart: counts vary as the binomial distribution says, which in large municipalities they do not.
    None,
    /// Laney's p′: times σ_z, the spread from month to month of the standardised shares.
    Laney,
}

/// A chart of shares: `counts` of (how many, out of how many).
///
/// Limits are p̄ ± 3 √(p̄ q̄ / n), with p̄ the pooled share; for [`Widening::Laney`] times σ_z = mR̄(z) / 1.128, where z is the distance from p̄ in standard
/// errors. `None` with fewer than two points, a denominator of 0 or a numerator above its denominator.
///
/// ```
/// use tovholder_spells::control::{Widening, proportions};
/// let chart = proportions(&[(10, 100), (30, 300)], Widening::None).unwrap();
/// assert_eq!(chart.points[0].centre, 0.1);
/// assert!(chart.points[0].reach > chart.points[1].reach); // few people, wide limits
/// ```
pub fn proportions(counts: &[(u64, u64)], widening: Widening) -> Option<Chart> {
    if counts.len() < 2 || counts.iter().any(|&(of, all)| all == 0 || of > all) {
        return None;
    }
    let total = |part: fn(&(u64, u64)) -> u64| counts.iter().map(part).sum::<u64>() as f64;
    let centre = total(|count| count.0) / total(|count| count.1);
    let error = |all: u64| (centre * (1.0 - centre) / all as f64).sqrt();
    let width = match widening {
        Widening::None => 1.0,
        // Nothing varies where everybody or nobody does: the limits are the centre either way.
        Widening::Laney if error(1) == 0.0 => 1.0,
        Widening::Laney => laney(counts, centre)?,
    };
    let points = counts
        .iter()
        .map(|&(of, all)| Point {
            value: of as f64 / all as f64,
            centre,
            reach: 3.0 * error(all) * width,
        })
        .collect();
    Some(Chart {
        points,
        trial: counts.len() < SETTLED,
    })
}

/// Laney's σ_z.
fn laney(counts: &[(u64, u64)], centre: f64) -> Option<f64> {
    let z: Vec<f64> = counts
        .iter()
        .map(|&(of, all)| (of as f64 / all as f64 - centre) / (centre * (1.0 - centre) / all as f64).sqrt())
        .collect();
    Some(mean(&moving_ranges(&z))? / D2)
}

/// Why a point is worth a question, in order of weight: a point that takes part in several is named by the first.
///
/// ```
/// use tovholder_spells::control::Signal;
/// assert!(Signal::Outside < Signal::OneSide);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Signal {
    /// Beyond a limit.
    Outside,
    /// One of seven or more that rise, or fall, without a pause; equal neighbours break it.
    Trend,
    /// One of at least two of three neighbours in the outer third, all three on the same side.
    TwoOfThree,
    /// One of seven or more on the same side of the centre.
    OneSide,
}

/// A signal and the way it points.
///
/// ```
/// use tovholder_spells::control::{Found, Signal};
/// let found = Found { signal: Signal::Trend, upwards: false };
/// assert!(!found.upwards); // whether that is good, the indicator knows
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// Which rule.
    pub signal: Signal,
    /// Above the centre or rising, against below or falling.
    pub upwards: bool,
}

/// For each point the weightiest signal it takes part in. See [the module](self) for an example.
pub fn signals(chart: &Chart) -> Vec<Option<Found>> {
    let points = &chart.points;
    let values: Vec<f64> = points.iter().map(|point| point.value).collect();
    let sides: Vec<i8> = points.iter().map(Point::side).collect();
    let trend = spread_back(&trends(&values));
    let one_side = spread_back(&runs(&sides));
    let near: Vec<bool> = points.iter().map(Point::near).collect();
    let two_of_three = two_of_three(&near, &sides);
    (0..points.len())
        .map(|i| {
            let (signal, way) = if points[i].outside() {
                (Signal::Outside, sides[i])
            } else if trend[i] != 0 {
                (Signal::Trend, trend[i])
            } else if two_of_three[i] {
                (Signal::TwoOfThree, sides[i])
            } else if one_side[i] != 0 {
                (Signal::OneSide, one_side[i])
            } else {
                return None;
            };
            Some(Found {
                signal,
                upwards: way > 0,
            })
        })
        .collect()
}

/// 1 (or −1) where the seven values ending here rise (or fall) at every step.
fn trends(values: &[f64]) -> Vec<i8> {
    let steps: Vec<i8> = values.windows(2).map(|pair| sign(pair[1] - pair[0])).collect();
    let mut found = vec![0; values.len()];
    for (start, run) in steps.windows(RUN - 1).enumerate() {
        if run.iter().all(|&step| step == run[0]) {
            found[start + RUN - 1] = run[0];
        }
    }
    found
}

/// 1 (or −1) where the seven points ending here are all above (or below) the centre.
fn runs(sides: &[i8]) -> Vec<i8> {
    let mut found = vec![0; sides.len()];
    for (start, run) in sides.windows(RUN).enumerate() {
        if run.iter().all(|&side| side == run[0]) {
            found[start + RUN - 1] = run[0];
        }
    }
    found
}

/// Marks all seven that led to a mark. Where a fall follows a rise, the turning point belongs to what comes after.
fn spread_back(ends: &[i8]) -> Vec<i8> {
    let mut all = vec![0; ends.len()];
    for (end, &way) in ends.iter().enumerate() {
        if way != 0 {
            all[end + 1 - RUN..=end].fill(way);
        }
    }
    all
}

/// The points in the outer third that have another within a window of three which lies on one side.
fn two_of_three(near: &[bool], sides: &[i8]) -> Vec<bool> {
    let mut found = vec![false; near.len()];
    for start in 0..near.len().saturating_sub(2) {
        let window = start..start + 3;
        let same_side = sides[start] != 0 && sides[window.clone()].iter().all(|&side| side == sides[start]);
        if same_side && near[window.clone()].iter().filter(|&&near| near).count() >= 2 {
            for i in window {
                found[i] |= near[i];
            }
        }
    }
    found
}

/// Whether a process as it is will meet its target.
///
/// ```
/// use tovholder_spells::control::{Assurance, assurance, xmr};
/// let values = [20.0, 22.0, 21.0, 19.0, 20.0];
/// let chart = xmr(&values, &values).unwrap();
/// assert_eq!(assurance(&chart, 10.0, true), Some(Assurance::Pass)); // at least 10: always
/// assert_eq!(assurance(&chart, 21.0, true), Some(Assurance::HitAndMiss)); // some months, by chance
/// assert_eq!(assurance(&chart, 40.0, true), Some(Assurance::Fail)); // never, unless something is changed
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assurance {
    /// The whole range between the limits is on the right side of the target.
    Pass,
    /// The target lies between the limits: chance decides from month to month.
    HitAndMiss,
    /// The whole range is on the wrong side.
    Fail,
}

/// Whether the process, judged by its newest limits, meets `target`; `higher` says that more is better. `None` without points.
/// See [`Assurance`] for an example.
pub fn assurance(chart: &Chart, target: f64, higher: bool) -> Option<Assurance> {
    let newest = chart.points.last()?;
    Some(if target > newest.upper() {
        if higher { Assurance::Fail } else { Assurance::Pass }
    } else if target < newest.lower() {
        if higher { Assurance::Pass } else { Assurance::Fail }
    } else {
        Assurance::HitAndMiss
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that panics fails")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn close(found: f64, expected: f64, digits: i32) {
        assert!(
            (found - expected).abs() < 0.6 * 10f64.powi(-digits),
            "{found} is not {expected}"
        );
    }

    #[test]
    fn limits_of_the_reference_series() {
        let values: Vec<f64> = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]
            .map(f64::from)
            .to_vec();
        let plain = xmr_unscreened(&values, &values).unwrap().points[0];
        close(plain.centre, 1.944444, 6);
        close(plain.upper(), 6.951503, 6);
        close(plain.lower(), -3.062614, 6);
        let screened = xmr(&values, &values).unwrap();
        close(screened.points[0].upper(), 4.604444, 6);
        close(screened.points[0].lower(), -0.715556, 6);
        assert_eq!(
            signals(&screened)[4],
            Some(Found {
                signal: Signal::Outside,
                upwards: true
            })
        );
        assert_eq!(signals(&screened).iter().flatten().count(), 1);
        assert!(!screened.trial);
    }

    #[test]
    fn trends_end_where_the_seventh_point_is() {
        let marks = |values: &[i32]| trends(&values.iter().map(|&value| f64::from(value)).collect::<Vec<_>>());
        assert_eq!(marks(&[1, 2, 3, 4, 5, 6, 7]), [0, 0, 0, 0, 0, 0, 1]);
        assert_eq!(marks(&[1, 2, 3, 3, 4, 5, 6]), [0; 7]);
        assert_eq!(marks(&[2, 1, 2, 3, 4, 5, 6, 7, 3]), [0, 0, 0, 0, 0, 0, 0, 1, 0]);
        assert_eq!(marks(&[7, 6, 5, 4, 3, 2, 1]), [0, 0, 0, 0, 0, 0, -1]);
        assert_eq!(marks(&[1, 2, 3, 4, 5, 6]), [0; 6]);
        assert_eq!(
            spread_back(&marks(&[2, 1, 2, 3, 4, 5, 6, 7, 3])),
            [0, 1, 1, 1, 1, 1, 1, 1, 0]
        );
    }

    #[test]
    fn runs_on_one_side() {
        assert_eq!(runs(&[1; 6]), [0; 6]);
        assert_eq!(runs(&[1, 1, 1, 1, 1, 1, 1, 1, -1]), [0, 0, 0, 0, 0, 0, 1, 1, 0]);
        assert_eq!(runs(&[1, 1, 1, 0, 1, 1, 1, 1]), [0; 8]); // one on the centre is on neither side
        assert_eq!(
            spread_back(&runs(&[1, 1, 1, 1, 1, 1, 1, 1, -1])),
            [1, 1, 1, 1, 1, 1, 1, 1, 0]
        );
    }

    #[test]
    fn two_of_three_need_one_side() {
        let near = [true, false, true];
        assert_eq!(two_of_three(&near, &[1, 1, 1]), near);
        assert_eq!(two_of_three(&near, &[1, -1, 1]), [false; 3]);
        assert_eq!(
            two_of_three(&[false, false, true, true, false, false], &[-1; 6]),
            [false, false, true, true, false, false]
        );
        assert_eq!(two_of_three(&[true, false, false, true], &[1; 4]), [false; 4]);
    }

    #[test]
    fn the_weightiest_rule_names_the_point() {
        let point = |value: f64| Point {
            value,
            centre: 0.0,
            reach: 3.0,
        };
        let of = |values: &[f64]| {
            signals(&Chart {
                points: values.iter().map(|&value| point(value)).collect(),
                trial: false,
            })
        };
        let names = |found: Vec<Option<Found>>| {
            found
                .into_iter()
                .map(|found| found.map(|found| found.signal))
                .collect::<Vec<_>>()
        };
        // A trend that ends outside, with two in the outer third on its way.
        let found = names(of(&[0.1, 0.5, 1.0, 1.5, 2.1, 2.5, 3.5]));
        assert_eq!(found[6], Some(Signal::Outside));
        assert_eq!(found[..6], [Some(Signal::Trend); 6]);
        // Seven on one side, of which two near the limit.
        let found = names(of(&[0.5, 0.4, 0.5, 2.1, 2.1, 0.4, 0.5]));
        assert_eq!(found[3], Some(Signal::TwoOfThree));
        assert_eq!(found[0], Some(Signal::OneSide));
        // Exactly at two thirds counts as near; exactly on the limit is not outside.
        assert_eq!(
            names(of(&[2.0, 3.0, 1.0])),
            [Some(Signal::TwoOfThree), Some(Signal::TwoOfThree), None]
        );
        let found = of(&[-0.5, -0.4, -0.5, -2.1, -2.1, -0.4, -0.5]);
        assert!(found.iter().all(|found| !found.unwrap().upwards));
    }

    #[test]
    fn charts_of_shares() {
        let d = [12, 15, 11, 18, 9, 14, 16, 30, 13, 12, 15, 10];
        let n = [200, 210, 190, 220, 180, 205, 215, 210, 200, 195, 205, 190];
        let counts: Vec<(u64, u64)> = d.into_iter().zip(n).collect();
        let plain = proportions(&counts, Widening::None).unwrap();
        close(plain.points[7].centre, 0.072314, 6);
        close(plain.points[7].upper(), 0.125934, 6);
        close(plain.points[7].value, 0.142857, 6);
        assert_eq!(signals(&plain)[7].map(|found| found.signal), Some(Signal::Outside));
        close(laney(&counts, plain.points[0].centre).unwrap(), 1.265806, 6);
        let wide = proportions(&counts, Widening::Laney).unwrap();
        close(wide.points[7].upper(), 0.140186, 6);
        assert_eq!(signals(&wide)[7].map(|found| found.signal), Some(Signal::Outside));
        assert_eq!(proportions(&[(1, 0), (1, 2)], Widening::None), None);
        assert_eq!(proportions(&[(3, 2), (1, 2)], Widening::None), None);
        assert_eq!(
            proportions(&[(0, 9), (0, 8)], Widening::Laney).unwrap().points[0].reach,
            0.0
        );
    }

    #[test]
    fn a_still_process_and_a_short_one() {
        let still = [5.0; 12];
        let chart = xmr(&still, &still).unwrap();
        assert_eq!(chart.points[0].reach, 0.0);
        assert!(signals(&chart).iter().all(Option::is_none));
        assert!(xmr(&[5.0, 6.0], &[5.0, 6.0]).unwrap().trial);
        assert_eq!(xmr(&[5.0], &[5.0]), None);
        // After a change that was decided, new values are held against limits of their own.
        let rebased = xmr(&[5.0, 6.0, 5.0, 50.0], &[5.0, 6.0, 5.0]).unwrap();
        assert_eq!(signals(&rebased)[3].map(|found| found.signal), Some(Signal::Outside));
    }

    #[test]
    fn assurance_turns_with_the_direction() {
        let values = [20.0, 22.0, 21.0, 19.0, 20.0];
        let chart = xmr(&values, &values).unwrap();
        assert_eq!(assurance(&chart, 40.0, false), Some(Assurance::Pass));
        assert_eq!(assurance(&chart, 1.0, false), Some(Assurance::Fail));
        assert_eq!(
            assurance(
                &Chart {
                    points: vec![],
                    trial: true
                },
                1.0,
                false
            ),
            None
        );
    }

    proptest! {
        /// Signals do not depend on the unit, and turn over when the series is turned over.
        #[test]
        fn unit_and_sign(values in prop::collection::vec(-50i32..50, 2..40), scale in 1u8..4) {
            let plain: Vec<f64> = values.iter().map(|&value| f64::from(value)).collect();
            let scale = f64::from(1u32 << scale); // powers of two, so that nothing is rounded
            let scaled: Vec<f64> = plain.iter().map(|value| value * scale).collect();
            let turned: Vec<f64> = plain.iter().map(|value| -value).collect();
            let of = |values: &[f64]| signals(&xmr(values, values).unwrap());
            prop_assert_eq!(of(&plain), of(&scaled));
            for (plain, turned) in of(&plain).into_iter().zip(of(&turned)) {
                prop_assert_eq!(plain.map(|found| (found.signal, found.upwards)), turned.map(|found| (found.signal, !found.upwards)));
            }
        }
    }
}
