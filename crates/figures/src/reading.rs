//! What a series says: whether it moves or only wobbles, which way is good, and how it stands to its target.
//!
//! A month that is higher than the last says nothing by itself. The limits of an XmR chart say how far the figure swings for no particular
//! reason; only what they do not explain is called a change.

use tovholder_spells::Month;
use tovholder_spells::control::{self, Assurance, Chart, Found};
use tovholder_spells::forecast::{self, Ahead};

use crate::set::{Series, Value};
use crate::strategy::Better;

/// Months shown and judged: two years, so that every month of the year is in it twice.
pub const SHOWN: usize = 24;
/// Fewer months than this say nothing.
pub const LEAST: usize = 8;
/// A change seen in the last so many months is a change now.
const NOW: usize = 3;

/// Which way it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The right way.
    Right,
    /// The wrong way.
    Wrong,
    /// It rose, and that is neither good nor bad.
    Up,
    /// It fell, and that is neither good nor bad.
    Down,
    /// It only wobbles.
    Steady,
    /// Too few months to say.
    TooFew,
    /// There is no figure.
    Unknown,
}

/// The months shown, with limits and what they say.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The values shown, oldest first; all have a figure.
    pub values: Vec<Value>,
    /// The limits, one point a value; none with fewer than two values.
    pub chart: Option<Chart>,
    /// The signals, one a value.
    pub signals: Vec<Option<Found>>,
    /// What it comes to.
    pub way: Way,
    /// Whether it rose, where it changed.
    pub upwards: bool,
}

impl Reading {
    /// Reads those of the last [`SHOWN`] months that have a figure.
    pub fn of(series: &Series, better: Better) -> Reading {
        // Of the last two years, whatever is known of them: an older figure is no answer to how it goes.
        let from = series.values.len().saturating_sub(SHOWN);
        let values: Vec<Value> = series.values[from..]
            .iter()
            .filter(|v| v.value.is_some())
            .copied()
            .collect();
        let numbers: Vec<f64> = values.iter().filter_map(|v| v.value).collect();
        let chart = control::xmr(&numbers, &numbers);
        let signals = chart.as_ref().map(control::signals).unwrap_or_default();
        // A month that may still change is drawn, but it does not decide.
        let settled = signals.iter().zip(&values).filter(|(_, value)| !value.provisional);
        let found = settled.rev().take(NOW).find_map(|(signal, _)| *signal);
        let way = match (numbers.len(), found, better) {
            (0, ..) => Way::Unknown,
            (few, ..) if few < LEAST => Way::TooFew,
            (_, None, _) => Way::Steady,
            (_, Some(found), Better::Watch) if found.upwards => Way::Up,
            (_, Some(_), Better::Watch) => Way::Down,
            (_, Some(found), better) if found.upwards == (better == Better::Higher) => Way::Right,
            (_, Some(_), _) => Way::Wrong,
        };
        Reading {
            values,
            chart,
            signals,
            way,
            upwards: found.is_some_and(|f| f.upwards),
        }
    }

    /// Whether the figure as it moves now will meet a target.
    pub fn assurance(&self, target: f64, better: Better) -> Option<Assurance> {
        if self.values.len() < LEAST || better == Better::Watch {
            return None;
        }
        control::assurance(self.chart.as_ref()?, target, better == Better::Higher)
    }
}

/// Whether a value meets its target.
pub fn met(value: f64, target: f64, better: Better) -> Option<bool> {
    match better {
        Better::Higher => Some(value >= target),
        Better::Lower => Some(value <= target),
        Better::Watch => None,
    }
}

/// How many months ahead are looked at.
pub const AHEAD: usize = 12;

/// The [`AHEAD`] months that come, where the method has beaten last year's month on the series' own past; none otherwise. Takes some milliseconds:
/// [`Series::ahead`] keeps the answer.
pub fn ahead(values: &[Value]) -> Vec<(Month, Ahead)> {
    // Months that may still change would lead the forecast astray.
    let first = values.iter().position(|v| v.value.is_some());
    let last = values.iter().rposition(|v| v.value.is_some() && !v.provisional);
    let (Some(first), Some(last)) = (first, last) else {
        return Vec::new();
    };
    let Some(known) = values.get(first..=last) else {
        return Vec::new();
    };
    let numbers: Vec<f64> = known.iter().map(|v| v.value.unwrap_or(f64::NAN)).collect();
    let Ok(found) = forecast::forecast(&numbers, 12, AHEAD) else {
        return Vec::new();
    };
    let from = values[last].month;
    found
        .months
        .into_iter()
        .zip(1..)
        .map(|(ahead, step)| (from + step, ahead))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::f64::consts::FRAC_PI_6;

    use super::*;
    use crate::set::Slice;

    fn series(numbers: impl IntoIterator<Item = Option<f64>>) -> Series {
        let values = numbers.into_iter().zip(0..).map(|(value, i)| Value {
            month: Month(24_000 + i),
            numerator: 0.0,
            denominator: None,
            value,
            n: 100,
            withheld: false,
            n_withheld: false,
            provisional: false,
        });
        Series::new(Slice::All, values.collect())
    }

    fn way(numbers: &[f64], better: Better) -> Way {
        Reading::of(&series(numbers.iter().map(|n| Some(*n))), better).way
    }

    #[test]
    fn a_wobble_is_no_change_and_a_leap_is_good_or_bad_by_the_measure() {
        let wobble = [20.0, 22.0, 19.0, 21.0, 20.0, 18.0, 21.0, 22.0, 19.0, 20.0];
        assert_eq!(way(&wobble, Better::Lower), Way::Steady);
        let mut leap = wobble.to_vec();
        leap.push(40.0);
        assert_eq!(way(&leap, Better::Lower), Way::Wrong);
        assert_eq!(way(&leap, Better::Higher), Way::Right);
        assert_eq!(way(&leap, Better::Watch), Way::Up);
        // Long ago is not now.
        leap.extend([20.0, 19.0, 21.0, 20.0]);
        assert_eq!(way(&leap, Better::Lower), Way::Steady);
    }

    #[test]
    fn a_month_that_may_still_change_decides_nothing() {
        let mut wobble = series([20.0, 22.0, 19.0, 21.0, 20.0, 18.0, 21.0, 22.0, 19.0, 20.0, 40.0].map(Some));
        assert_eq!(Reading::of(&wobble, Better::Lower).way, Way::Wrong);
        wobble.values[10].provisional = true;
        assert_eq!(Reading::of(&wobble, Better::Lower).way, Way::Steady);
    }

    #[test]
    fn too_few_months_say_nothing() {
        assert_eq!(way(&[1.0, 9.0, 30.0], Better::Lower), Way::TooFew);
        assert_eq!(way(&[], Better::Lower), Way::Unknown);
        let gaps = series([None, Some(1.0), None, Some(2.0), None]);
        assert_eq!(Reading::of(&gaps, Better::Lower).values.len(), 2);
    }

    #[test]
    fn a_target_between_the_limits_is_a_matter_of_chance() {
        let wobble = [20.0, 22.0, 19.0, 21.0, 20.0, 18.0, 21.0, 22.0, 19.0, 20.0];
        let reading = Reading::of(&series(wobble.map(Some)), Better::Lower);
        assert_eq!(reading.assurance(20.0, Better::Lower), Some(Assurance::HitAndMiss));
        assert_eq!(reading.assurance(60.0, Better::Lower), Some(Assurance::Pass));
        assert_eq!(reading.assurance(1.0, Better::Lower), Some(Assurance::Fail));
        assert_eq!(reading.assurance(20.0, Better::Watch), None);
        assert_eq!(met(20.0, 20.0, Better::Lower), Some(true));
        assert_eq!(met(20.0, 20.1, Better::Higher), Some(false));
    }

    #[test]
    fn a_forecast_comes_only_where_it_beats_last_year() {
        let line = series((0..60).map(|i| Some(100.0 + 2.0 * f64::from(i) + 9.0 * (f64::from(i) * FRAC_PI_6).sin())));
        assert_eq!((line.ahead().len(), line.ahead()[0].0), (AHEAD, Month(24_060)));
        let same = series((0..60).map(|i| Some(f64::from(i % 12))));
        assert_eq!(same.ahead(), []);
    }
}
