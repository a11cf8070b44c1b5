//! Where a monthly series is heading, shown only when the method has earned it.
//!
//! Counts on benefits have strong seasons, so the forecast to beat is the same month last year (seasonal naive). Holt–Winters' exponential smoothing is
//! tried in both its forms against that, month by month through the past with only what was known then (rolling origin); it is shown only if it was
//! closer. The range around it is how far off it has been.
//!
//! ```
//! use tovholder_spells::forecast::{Unknown, forecast};
//! // Six years of a rising series with a season of four quarters.
//! let season = [10.0, 0.0, -10.0, 0.0];
//! let quarters: Vec<f64> = (0..24).map(|i| 100.0 + 2.0 * f64::from(i) + season[i as usize % 4]).collect();
//! let ahead = forecast(&quarters, 4, 4).unwrap();
//! assert!((ahead.months[0].value - 158.0).abs() < 3.0);
//! assert!(ahead.error < ahead.naive_error);
//! // A short series has no forecast.
//! assert!(matches!(forecast(&quarters[..9], 4, 4), Err(Unknown::TooShort { .. })));
//! ```
//!
//! Sources: Holt 1957, Winters 1960; Hyndman & Athanasopoulos, *Forecasting: Principles and Practice*, ch. 8; Hyndman & Koehler 2006 (MASE).

use std::fmt;

use crate::distribution::sample_quantile;

/// How the season comes upon the level.
///
/// ```
/// use tovholder_spells::forecast::Season;
/// assert_ne!(Season::Added, Season::Times);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Season {
    /// So many more in January.
    Added,
    /// So many per cent more in January; for series above 0.
    Times,
}

/// Holt–Winters' smoothing with given weights.
///
/// With period m, level l, slope b and season s: l ← α (y − s) + (1−α)(l + b), b ← β (l − l₋₁) + (1−β) b, s ← γ (y − l₋₁ − b₋₁) + (1−γ) s,
/// for [`Season::Times`] with division; the forecast h ahead is l + h b with the season of that month. It starts from the mean of the first period, the
/// mean growth from the first to the second, and the first period's distance from its mean; then runs over all values.
///
/// ```
/// use tovholder_spells::forecast::{HoltWinters, Season};
/// let smoothing = HoltWinters { alpha: 0.3, beta: 0.05, gamma: 0.4, season: Season::Added, period: 2 };
/// let flat = smoothing.fit(&[3.0, 5.0, 3.0, 5.0, 3.0]).unwrap();
/// assert!((flat.ahead(1) - 5.0).abs() < 1e-12);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HoltWinters {
    /// Weight of the newest value in the level, 0–1.
    pub alpha: f64,
    /// Weight of the newest change in the slope, 0–1.
    pub beta: f64,
    /// Weight of the newest value in the season, 0–1.
    pub gamma: f64,
    /// How the season comes upon the level.
    pub season: Season,
    /// How many values make a round: 12 for months.
    pub period: usize,
}

/// A smoothed series, ready to look ahead. See [`HoltWinters`] for an example.
#[derive(Clone, Debug, PartialEq)]
pub struct Fitted {
    level: f64,
    slope: f64,
    /// The seasons of the last period, in order.
    seasons: Vec<f64>,
    times: bool,
    /// Sum of the squared one-step errors over all values.
    pub sse: f64,
}

impl HoltWinters {
    /// Smooths a series; `None` when it is shorter than two periods, holds a value that is no number, or is to be divided and not all above 0.
    /// See [`HoltWinters`] for an example.
    pub fn fit(&self, values: &[f64]) -> Option<Fitted> {
        let (m, times) = (self.period, self.season == Season::Times);
        let unfit = |&value: &f64| !value.is_finite() || (times && value <= 0.0);
        if m == 0 || values.len() < 2 * m || values.iter().any(unfit) {
            return None;
        }
        let mean = |part: &[f64]| part.iter().sum::<f64>() / part.len() as f64;
        let mut level = mean(&values[..m]);
        let mut slope = (mean(&values[m..2 * m]) - level) / m as f64;
        let mut seasons: Vec<f64> = values[..m]
            .iter()
            .map(|value| if times { value / level } else { value - level })
            .collect();
        let mut sse = 0.0;
        for (i, &value) in values.iter().enumerate() {
            let season = &mut seasons[i % m];
            let (before, expected) = (level, level + slope);
            if times {
                sse += (value - expected * *season).powi(2);
                level = self.alpha * (value / *season) + (1.0 - self.alpha) * expected;
                *season = self.gamma * (value / expected) + (1.0 - self.gamma) * *season;
            } else {
                sse += (value - (expected + *season)).powi(2);
                level = self.alpha * (value - *season) + (1.0 - self.alpha) * expected;
                *season = self.gamma * (value - expected) + (1.0 - self.gamma) * *season;
            }
            slope = self.beta * (level - before) + (1.0 - self.beta) * slope;
        }
        seasons.rotate_left(values.len() % m);
        Some(Fitted {
            level,
            slope,
            seasons,
            times,
            sse,
        })
    }

    /// The weights with the least one-step error on this series: a coarse grid, then smaller and smaller steps from its best point. No randomness:
    /// the same series gives the same weights. `None` as for [`fit`](Self::fit).
    ///
    /// ```
    /// use tovholder_spells::forecast::{HoltWinters, Season};
    /// let values: Vec<f64> = (0..24).map(|i| f64::from(i % 4) + f64::from(i)).collect();
    /// let best = HoltWinters::best(&values, Season::Added, 4).unwrap();
    /// let other = HoltWinters { alpha: 0.5, beta: 0.5, gamma: 0.5, ..best };
    /// assert!(best.fit(&values).unwrap().sse <= other.fit(&values).unwrap().sse);
    /// ```
    pub fn best(values: &[f64], season: Season, period: usize) -> Option<HoltWinters> {
        let with = |[alpha, beta, gamma]: [f64; 3]| HoltWinters {
            alpha,
            beta,
            gamma,
            season,
            period,
        };
        let error = |weights: [f64; 3]| {
            with(weights)
                .fit(values)
                .map(|fitted| fitted.sse)
                .filter(|sse| sse.is_finite())
                .unwrap_or(f64::INFINITY)
        };
        with([0.1; 3]).fit(values)?;
        let grid = [0.05, 0.2, 0.5, 0.8];
        let (mut best, mut least) = ([0.1; 3], error([0.1; 3]));
        let mut try_out = |weights: [f64; 3], best: &mut [f64; 3]| {
            let found = error(weights);
            let better = found < least;
            if better {
                (*best, least) = (weights, found);
            }
            better
        };
        for alpha in grid {
            for beta in grid {
                for gamma in grid {
                    try_out([alpha, beta, gamma], &mut best);
                }
            }
        }
        let mut step = 0.1;
        while step > 0.004 {
            let mut moved = false;
            for weight in 0..3 {
                for way in [-step, step] {
                    let mut weights = best;
                    weights[weight] = (weights[weight] + way).clamp(0.0, 1.0);
                    moved |= try_out(weights, &mut best);
                }
            }
            if !moved {
                step /= 2.0;
            }
        }
        Some(with(best))
    }
}

impl Fitted {
    /// The forecast `steps` ahead of the last value, 1 being the next. See [`HoltWinters`] for an example.
    pub fn ahead(&self, steps: usize) -> f64 {
        let season = self.seasons[(steps.max(1) - 1) % self.seasons.len()];
        let line = self.level + steps as f64 * self.slope;
        if self.times { line * season } else { line + season }
    }
}

/// The same month last year, `steps` ahead of the last value; `None` when there is no full period.
///
/// ```
/// use tovholder_spells::forecast::seasonal_naive;
/// assert_eq!(seasonal_naive(&[1.0, 2.0, 3.0, 4.0], 4, 2), Some(2.0));
/// assert_eq!(seasonal_naive(&[1.0, 2.0, 3.0, 4.0], 4, 5), Some(1.0));
/// ```
pub fn seasonal_naive(values: &[f64], period: usize, steps: usize) -> Option<f64> {
    let last_period = values.len().checked_sub(period)?;
    values.get(last_period + (steps.max(1) - 1) % period.max(1)).copied()
}

/// Mean absolute scaled error: the mean absolute error of `forecasts` against `actual`, over the mean absolute difference from the year before within
/// `history`. Below 1 is better than the seasonal naive does one year ahead in its own history. `None` when a year's difference is always 0 or there
/// is nothing to compare.
///
/// ```
/// use tovholder_spells::forecast::mase;
/// let history = [1.0, 2.0, 3.0, 4.0]; // with a period of 2 it is 2 off
/// assert_eq!(mase(&history, 2, &[5.0, 7.0], &[5.0, 6.0]), Some(0.25));
/// ```
pub fn mase(history: &[f64], period: usize, forecasts: &[f64], actual: &[f64]) -> Option<f64> {
    let differences: Vec<f64> = (period..history.len())
        .map(|i| (history[i] - history[i - period]).abs())
        .collect();
    let scale = mean(&differences).filter(|&scale| scale > 0.0)?;
    let errors: Vec<f64> = forecasts
        .iter()
        .zip(actual)
        .map(|(forecast, actual)| (forecast - actual).abs())
        .collect();
    Some(mean(&errors)? / scale)
}

fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// One month ahead. See [`forecast`] for an example.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ahead {
    /// The forecast.
    pub value: f64,
    /// The range that held 80 % of what came, so many months after forecasts made in the past; `None` with fewer than [`ENOUGH`] of these.
    pub range: Option<(f64, f64)>,
}

/// A forecast that beat the seasonal naive. See [the module](self) for an example.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast {
    /// The smoothing that was best in the past.
    pub smoothing: HoltWinters,
    /// The months ahead.
    pub months: Vec<Ahead>,
    /// Its mean absolute scaled error over the rolling origins.
    pub error: f64,
    /// The same for the seasonal naive at the same origins.
    pub naive_error: f64,
    /// How many origins it was tried from.
    pub origins: usize,
}

/// Why there is no forecast to show.
///
/// ```
/// use tovholder_spells::forecast::{Unknown, forecast};
/// // The same year over and over: nothing is better than saying "as last year".
/// let same: Vec<f64> = (0..48).map(|i| f64::from(i % 12)).collect();
/// assert!(matches!(forecast(&same, 12, 3), Err(Unknown::NoBetter { .. })));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Unknown {
    /// The series is too short to try a method on its past.
    TooShort {
        /// How many values it would take.
        needed: usize,
    },
    /// A value is missing or no number.
    Gap,
    /// The best method was no closer than "as last year".
    NoBetter {
        /// Its mean absolute error.
        error: f64,
        /// That of the seasonal naive.
        naive_error: f64,
    },
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unknown::TooShort { needed } => write!(f, "fewer than {needed} values"),
            Unknown::Gap => f.write_str("a value is missing"),
            Unknown::NoBetter { error, naive_error } => {
                write!(
                    f,
                    "off by {error:.2} on average, the same month last year by {naive_error:.2}"
                )
            }
        }
    }
}

impl std::error::Error for Unknown {}

/// How many past errors a range needs.
pub const ENOUGH: usize = 10;

/// A forecast of the next `horizon` values, or why there is none to show.
///
/// From the end of the third period on, every month is an origin: each form of Holt–Winters is fitted to what was known then and looks ahead, up to
/// `horizon`, and so does the seasonal naive. The form with the smaller mean absolute error is used, if it is smaller than the naive one's. The range of
/// a month h ahead runs from the 10th to the 90th percentile of (what came − forecast) at h, added to the forecast; as percentiles of what happened they
/// assume no distribution and need not lie evenly around it.
///
/// ```
/// use tovholder_spells::forecast::forecast;
/// let months: Vec<f64> = (0..72).map(|i| 500.0 + 3.0 * f64::from(i) + 40.0 * (f64::from(i) * std::f64::consts::TAU / 12.0).sin()).collect();
/// let ahead = forecast(&months, 12, 6).unwrap();
/// assert_eq!(ahead.months.len(), 6);
/// let (low, high) = ahead.months[0].range.unwrap();
/// assert!(low <= 716.0 + 5.0 && high >= 716.0 - 5.0);
/// ```
///
/// # Errors
/// When the series is too short, has a gap, or the method is no better than last year's month.
pub fn forecast(values: &[f64], period: usize, horizon: usize) -> Result<Forecast, Unknown> {
    let first = 3 * period.max(1);
    let needed = first + period.max(1);
    if values.len() < needed {
        return Err(Unknown::TooShort { needed });
    }
    if values.iter().any(|value| !value.is_finite()) {
        return Err(Unknown::Gap);
    }
    let naive = trial(values, first, horizon, |past| {
        Some(
            (1..=horizon)
                .filter_map(|steps| seasonal_naive(past, period, steps))
                .collect(),
        )
    });
    let naive_error = mean_absolute(&naive).unwrap_or(0.0);
    let mut best: Option<(Season, Vec<Vec<f64>>, f64)> = None;
    for season in [Season::Added, Season::Times] {
        let errors = trial(values, first, horizon, |past| {
            let fitted = HoltWinters::best(past, season, period)?.fit(past)?;
            Some((1..=horizon).map(|steps| fitted.ahead(steps)).collect())
        });
        // A form that could not be fitted everywhere has fewer errors to answer for, and is out.
        let everywhere = errors.iter().map(Vec::len).eq(naive.iter().map(Vec::len));
        let found = mean_absolute(&errors).filter(|_| everywhere);
        if let Some(error) = found.filter(|error| best.as_ref().is_none_or(|(_, _, least)| error < least)) {
            best = Some((season, errors, error));
        }
    }
    let (season, errors, error) = best.ok_or(Unknown::NoBetter {
        error: f64::INFINITY,
        naive_error,
    })?;
    let no_better = Unknown::NoBetter { error, naive_error };
    if error.is_nan() || error >= naive_error {
        return Err(no_better);
    }
    let smoothing = HoltWinters::best(values, season, period).ok_or(no_better)?;
    let fitted = smoothing.fit(values).ok_or(no_better)?;
    let scale = mean(
        &(period..values.len())
            .map(|i| (values[i] - values[i - period]).abs())
            .collect::<Vec<_>>(),
    );
    let scale = scale.filter(|&scale| scale > 0.0).ok_or(no_better)?;
    let months = errors
        .iter()
        .enumerate()
        .map(|(i, errors)| {
            let value = fitted.ahead(i + 1);
            let quantile = |p| sample_quantile(errors, p).filter(|_| errors.len() >= ENOUGH);
            Ahead {
                value,
                range: quantile(0.1)
                    .zip(quantile(0.9))
                    .map(|(low, high)| (value + low, value + high)),
            }
        })
        .collect();
    Ok(Forecast {
        smoothing,
        months,
        error: error / scale,
        naive_error: naive_error / scale,
        origins: values.len() - first,
    })
}

/// What came less what was forecast, for each step ahead, from every origin from `first` on.
fn trial(values: &[f64], first: usize, horizon: usize, method: impl Fn(&[f64]) -> Option<Vec<f64>>) -> Vec<Vec<f64>> {
    let mut errors = vec![Vec::new(); horizon];
    for origin in first..values.len() {
        let Some(ahead) = method(&values[..origin]) else {
            continue;
        };
        for ((errors, actual), forecast) in errors.iter_mut().zip(&values[origin..]).zip(ahead) {
            errors.push(actual - forecast);
        }
    }
    errors
}

fn mean_absolute(errors: &[Vec<f64>]) -> Option<f64> {
    mean(&errors.iter().flatten().map(|error| error.abs()).collect::<Vec<_>>())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that panics fails")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// International airline passengers in thousands, January 1949 to December 1960 (Box & Jenkins, *Time Series Analysis*, 1976, series G).
    const PASSENGERS: [u16; 144] = [
        112, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118, 115, 126, 141, 135, 125, 149, 170, 170, 158, 133,
        114, 140, 145, 150, 178, 163, 172, 178, 199, 199, 184, 162, 146, 166, 171, 180, 193, 181, 183, 218, 230, 242,
        209, 191, 172, 194, 196, 196, 236, 235, 229, 243, 264, 272, 237, 211, 180, 201, 204, 188, 235, 227, 234, 264,
        302, 293, 259, 229, 203, 229, 242, 233, 267, 269, 270, 315, 364, 347, 312, 274, 237, 278, 284, 277, 317, 313,
        318, 374, 413, 405, 355, 306, 271, 306, 315, 301, 356, 348, 355, 422, 465, 467, 404, 347, 305, 336, 340, 318,
        362, 348, 363, 435, 491, 505, 404, 359, 310, 337, 360, 342, 406, 396, 420, 472, 548, 559, 463, 407, 362, 405,
        417, 391, 419, 461, 472, 535, 622, 606, 508, 461, 390, 432,
    ];

    fn passengers() -> Vec<f64> {
        PASSENGERS.map(f64::from).to_vec()
    }

    fn close(found: f64, expected: f64, digits: i32) {
        assert!(
            (found - expected).abs() < 0.6 * 10f64.powi(-digits),
            "{found} is not {expected}"
        );
    }

    #[test]
    fn multiplied_season() {
        let smoothing = HoltWinters {
            alpha: 0.3,
            beta: 0.05,
            gamma: 0.4,
            season: Season::Times,
            period: 12,
        };
        let fitted = smoothing.fit(&passengers()).unwrap();
        close(fitted.sse, 19076.504767, 6);
        let expected = [
            448.9001, 424.8003, 482.7541, 500.7743, 516.2812, 590.8712, 677.5671, 669.6994, 556.9221, 493.7588,
            423.9926,
        ];
        for (i, expected) in expected.into_iter().enumerate() {
            close(fitted.ahead(i + 1), expected, 4);
        }
        // A whole period ahead is the month that was smoothed last, and its season counts with that last value in it. The Python package
        // statsmodels (0.15) takes the season as it was a year before and says 470.8247; both are shown so that nobody "corrects" it.
        close(fitted.ahead(12), 469.8939, 4);
        let before = smoothing.fit(&passengers()[..143]).unwrap();
        close((fitted.level + 12.0 * fitted.slope) * before.seasons[0], 470.8247, 4);
    }

    #[test]
    fn added_season() {
        let smoothing = HoltWinters {
            alpha: 0.3,
            beta: 0.05,
            gamma: 0.4,
            season: Season::Added,
            period: 12,
        };
        let fitted = smoothing.fit(&passengers()).unwrap();
        close(fitted.sse, 37890.463555, 6);
        for (i, expected) in [460.069, 443.3527, 491.7783].into_iter().enumerate() {
            close(fitted.ahead(i + 1), expected, 4);
        }
    }

    #[test]
    fn naive_and_scale() {
        let all = passengers();
        let (history, last) = all.split_at(132);
        let naive: Vec<f64> = (1..=12)
            .map(|steps| seasonal_naive(history, 12, steps).unwrap())
            .collect();
        let errors: Vec<f64> = naive.iter().zip(last).map(|(a, b)| (a - b).abs()).collect();
        close(mean(&errors).unwrap(), 47.8333, 4);
        close(
            mean(&errors).unwrap() / mase(history, 12, &naive, last).unwrap(),
            30.45,
            2,
        );
        close(mase(history, 12, &naive, last).unwrap(), 1.570881, 6);
        assert_eq!(mase(&[2.0; 24], 12, &[1.0], &[1.0]), None);
    }

    #[test]
    fn smoothing_beats_last_year_on_the_passengers() {
        let ahead = forecast(&passengers(), 12, 3).unwrap();
        assert_eq!(ahead.smoothing.season, Season::Times);
        assert!(
            ahead.error < 0.6 * ahead.naive_error,
            "{} {}",
            ahead.error,
            ahead.naive_error
        );
        let (low, high) = ahead.months[0].range.unwrap();
        assert!(low < ahead.months[0].value && ahead.months[0].value < high);
        assert!(high - low < 60.0);
        assert_eq!(ahead.origins, 108);
    }

    #[test]
    fn nothing_is_shown_without_reason() {
        let all = passengers();
        assert_eq!(forecast(&all[..47], 12, 3), Err(Unknown::TooShort { needed: 48 }));
        let mut gap = all[..60].to_vec();
        gap[30] = f64::NAN;
        assert_eq!(forecast(&gap, 12, 3), Err(Unknown::Gap));
        // One year is like the last from the second on, while the first was another: nothing comes closer than "as last year".
        let years = [
            &all[100..112],
            &all[..12],
            &all[..12],
            &all[..12],
            &all[..12],
            &all[..12],
        ]
        .concat();
        match forecast(&years, 12, 3) {
            Err(Unknown::NoBetter { error, naive_error }) => assert!(error > naive_error && naive_error == 0.0),
            other => panic!("{other:?}"),
        }
        // Zeros: no form with division, and the other may still be used or refused, but nothing breaks.
        let zeros = [0.0; 60];
        assert!(matches!(forecast(&zeros, 12, 3), Err(Unknown::NoBetter { .. })));
        assert_eq!(HoltWinters::best(&zeros, Season::Times, 12), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        /// A level with a fixed season is continued without error, whatever the weights.
        #[test]
        fn a_regular_series_is_continued(alpha in 0.01f64..0.99, beta in 0.01f64..0.99, gamma in 0.01f64..0.99, season in prop::collection::vec(-20.0f64..20.0, 4)) {
            let series = |i: usize| 200.0 + season[i % 4];
            let values: Vec<f64> = (0..16).map(series).collect();
            let smoothing = HoltWinters { alpha, beta, gamma, season: Season::Added, period: 4 };
            let fitted = smoothing.fit(&values).unwrap();
            prop_assert!(fitted.sse < 1e-9);
            for steps in 1..=9 {
                prop_assert!((fitted.ahead(steps) - series(15 + steps)).abs() < 1e-6);
            }
        }
    }
}
