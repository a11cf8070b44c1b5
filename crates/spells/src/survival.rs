//! How long it takes, when not everybody has got there yet: Kaplan–Meier and its relatives.
//!
//! A mean of finished spells leaves out everybody who is still waiting, and those are the ones who wait longest. The estimators here count a
//! person as long as the person was seen and no longer (censoring), and from when the person came into sight and not before (left truncation:
//! who is sampled from a stock was not at risk of leaving before the sampling).
//!
//! Observations go into a [`Tally`], which only counts; tallies of parts [`merge`](Tally::merge) into the tally of the whole, in any order and with
//! the same result to the last bit, and [`finish`](Tally::finish) makes the [`Curve`]. Times may have any unit; the answers have the same.
//!
//! ```
//! use tovholder_spells::survival::{Observation, Tally, Transform};
//!
//! let mut weeks = Tally::default();
//! for time in [9.0, 13.0, 18.0] {
//!     weeks.update(Observation::event(time))?;
//! }
//! weeks.update(Observation::censored(28.0))?; // still there when the data ended
//! let curve = weeks.finish();
//! assert_eq!(curve.survival(13.0), Some(0.5));
//! assert_eq!(curve.median(Transform::Log, 0.95).estimate, Some(15.5)); // the middle of the flat part at one half
//! # Ok::<(), tovholder_spells::survival::Impossible>(())
//! ```
//!
//! Sources: Kaplan & Meier 1958; Greenwood 1926; Nelson 1972, Aalen 1978; Aalen & Johansen 1978; Mantel 1966, Peto & Peto 1972 (log-rank);
//! Klein & Moeschberger, *Survival Analysis*, 2nd ed. 2003; the conventions of R's package `survival` where there is a choice.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt;

use crate::distribution::{chi_square_tail, normal_quantile};

/// Closer than this to one half is one half: survival is a product of fractions, and (5/6)(4/5)(3/4) must count as 3/6.
const TOLERANCE: f64 = 1e-9;

/// One duration that was seen, whole or in part.
///
/// ```
/// use tovholder_spells::survival::Observation;
/// let seen = Observation::of_cause(26.0, 2).entering(10.0); // came into sight after 10 weeks, left for cause 2 after 26
/// assert_eq!((seen.entry, seen.time, seen.cause), (10.0, 26.0, Some(2)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Observation {
    /// Came under observation just after this time; minus infinity when seen from the start.
    pub entry: f64,
    /// The event happened, or observation ended, at this time.
    pub time: f64,
    /// What happened (any number; where there is one kind of event, 1), or `None` when the time is censored.
    pub cause: Option<u16>,
}

impl Observation {
    /// It happened at `time`. See [`Observation`] for an example.
    pub fn event(time: f64) -> Self {
        Self::of_cause(time, 1)
    }

    /// It happened at `time`, and was of this kind. See [`Observation`] for an example.
    pub fn of_cause(time: f64, cause: u16) -> Self {
        Self {
            entry: f64::NEG_INFINITY,
            time,
            cause: Some(cause),
        }
    }

    /// It had not happened at `time`, and nobody knows when it did.
    ///
    /// ```
    /// assert_eq!(tovholder_spells::survival::Observation::censored(5.0).cause, None);
    /// ```
    pub fn censored(time: f64) -> Self {
        Self {
            entry: f64::NEG_INFINITY,
            time,
            cause: None,
        }
    }

    /// The same, seen only from `entry` on. See [`Observation`] for an example.
    pub fn entering(self, entry: f64) -> Self {
        Self { entry, ..self }
    }
}

/// Why an observation cannot be true.
///
/// ```
/// use tovholder_spells::survival::{Impossible, Observation, Tally};
/// let backwards = Observation::event(3.0).entering(3.0);
/// assert_eq!(Tally::default().update(backwards), Err(Impossible::EndsBeforeItIsSeen));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Impossible {
    /// The time is not a number, infinite or below zero.
    Time,
    /// The entry is not a number.
    Entry,
    /// The time is not after the entry.
    EndsBeforeItIsSeen,
}

impl fmt::Display for Impossible {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Impossible::Time => "the time is not a number from 0 up",
            Impossible::Entry => "the entry is not a number",
            Impossible::EndsBeforeItIsSeen => "the time is not after the entry",
        })
    }
}

impl std::error::Error for Impossible {}

/// A time that can be a key: ordered, and with one zero.
#[derive(Clone, Copy, Debug)]
struct Moment(f64);

impl Moment {
    fn new(time: f64) -> Self {
        Moment(time + 0.0) // −0 becomes 0
    }
}

impl PartialEq for Moment {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Moment {}

impl PartialOrd for Moment {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Moment {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

/// What happened at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Count {
    entered: u64,
    censored: u64,
    events: BTreeMap<u16, u64>,
}

impl Count {
    fn happened(&self) -> u64 {
        self.events.values().sum()
    }

    fn left(&self) -> u64 {
        self.censored + self.happened()
    }
}

/// Counts of observations per moment: everything the estimators need, in whole numbers.
///
/// ```
/// use tovholder_spells::survival::{Observation, Tally};
/// let (mut north, mut south) = (Tally::default(), Tally::default());
/// north.update(Observation::event(4.0))?;
/// south.update(Observation::censored(6.0))?;
/// north.merge(&south);
/// assert_eq!((north.n(), north.events()), (2, 1));
/// # Ok::<(), tovholder_spells::survival::Impossible>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    at: BTreeMap<Moment, Count>,
}

impl Tally {
    /// Counts one observation. See [`Tally`] for an example.
    ///
    /// # Errors
    /// When the observation cannot be true; the tally is then as before.
    pub fn update(&mut self, seen: Observation) -> Result<(), Impossible> {
        if !seen.time.is_finite() || seen.time < 0.0 {
            return Err(Impossible::Time);
        }
        if seen.entry.is_nan() {
            return Err(Impossible::Entry);
        }
        if seen.entry >= seen.time {
            return Err(Impossible::EndsBeforeItIsSeen);
        }
        self.at.entry(Moment::new(seen.entry)).or_default().entered += 1;
        let count = self.at.entry(Moment::new(seen.time)).or_default();
        match seen.cause {
            Some(cause) => *count.events.entry(cause).or_default() += 1,
            None => count.censored += 1,
        }
        Ok(())
    }

    /// Adds the counts of another part. See [`Tally`] for an example.
    pub fn merge(&mut self, other: &Tally) {
        for (&moment, theirs) in &other.at {
            let ours = self.at.entry(moment).or_default();
            ours.entered += theirs.entered;
            ours.censored += theirs.censored;
            for (&cause, &events) in &theirs.events {
                *ours.events.entry(cause).or_default() += events;
            }
        }
    }

    /// How many observations. See [`Tally`] for an example.
    pub fn n(&self) -> u64 {
        self.at.values().map(Count::left).sum()
    }

    /// How many of them ended with the event. See [`Tally`] for an example.
    pub fn events(&self) -> u64 {
        self.at.values().map(Count::happened).sum()
    }

    /// How many are under observation just before `time`: entry < time ≤ exit.
    fn at_risk(&self, time: f64) -> u64 {
        self.at
            .range(..Moment::new(time))
            .fold(0, |under, (_, count)| under + count.entered - count.left())
    }

    /// The curve of these observations.
    ///
    /// With n at risk and d events at time t: S(t) = Π (1 − d/n) (Kaplan–Meier); H(t) = Σ d/n (Nelson–Aalen); and for each cause c
    /// F_c(t) = Σ S(t−) d_c/n (Aalen–Johansen), which is not 1 − the Kaplan–Meier of that cause: that one overstates, because it lets those who
    /// left for another reason leave again. See [the module](self) for an example.
    pub fn finish(&self) -> Curve {
        let causes: Vec<u16> = {
            let mut causes: Vec<u16> = self
                .at
                .values()
                .flat_map(|count| count.events.keys().copied())
                .collect();
            causes.sort_unstable();
            causes.dedup();
            causes
        };
        let mut steps = Vec::new();
        let (mut under, mut survival, mut greenwood, mut hazard) = (0u64, 1.0, 0.0, 0.0);
        let mut incidence = vec![0.0; causes.len()];
        for (moment, count) in &self.at {
            // Who enters at this very moment is not at risk of what happens now (entry < t), so entries are added last.
            let (d, n) = (count.happened(), under);
            if count.left() > 0 {
                for (cif, cause) in incidence.iter_mut().zip(&causes) {
                    let of_cause = count.events.get(cause).copied().unwrap_or(0);
                    *cif += survival * of_cause as f64 / n as f64;
                }
                survival *= (n - d) as f64 / n as f64;
                greenwood += d as f64 / (n as f64 * (n - d) as f64);
                hazard += d as f64 / n as f64;
                steps.push(Step {
                    time: moment.0,
                    at_risk: n,
                    events: d,
                    censored: count.censored,
                    survival,
                    greenwood: if d == n { f64::INFINITY } else { greenwood },
                    hazard,
                    incidence: incidence.clone(),
                });
            }
            under = under + count.entered - count.left();
        }
        Curve {
            tally: self.clone(),
            causes,
            steps,
        }
    }
}

/// How the interval around survival is drawn. Both are right; they differ most where few are left, so a figure must name the one it used.
///
/// ```
/// use tovholder_spells::survival::Transform;
/// assert_eq!(Transform::default(), Transform::Log); // as in R; others prefer log-log
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Transform {
    /// exp(ln S ± z·se), at most 1. The default of R.
    #[default]
    Log,
    /// S^exp(± z·se / ln S): cannot leave 0–1.
    LogLog,
}

/// The curve at one time where somebody left.
///
/// ```
/// # use tovholder_spells::survival::{Observation, Tally};
/// let mut tally = Tally::default();
/// tally.update(Observation::event(2.0))?;
/// tally.update(Observation::censored(2.0))?;
/// let curve = tally.finish();
/// let step = &curve.steps()[0];
/// assert_eq!((step.at_risk, step.events, step.censored, step.survival, step.hazard), (2, 1, 1, 0.5, 0.5));
/// # Ok::<(), tovholder_spells::survival::Impossible>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// When.
    pub time: f64,
    /// How many were under observation just before.
    pub at_risk: u64,
    /// To how many it happened.
    pub events: u64,
    /// How many went out of sight.
    pub censored: u64,
    /// Kaplan–Meier: the share to whom it has not happened yet.
    pub survival: f64,
    /// Greenwood's sum Σ d / (n (n − d)): the variance of ln S. Infinite when S is 0.
    pub greenwood: f64,
    /// Nelson–Aalen: the cumulative hazard.
    pub hazard: f64,
    /// Aalen–Johansen, one for each of [`Curve::causes`]: the share to whom this has happened.
    pub incidence: Vec<f64>,
}

/// Survival at one time with its interval.
///
/// ```
/// # use tovholder_spells::survival::{Observation, Tally, Transform};
/// let mut tally = Tally::default();
/// for time in 1..=10 {
///     tally.update(Observation::event(f64::from(time)))?;
/// }
/// let half_way = tally.finish().at(5.0, Transform::LogLog, 0.95);
/// assert_eq!(half_way.at_risk, 6); // just before 5
/// assert!(half_way.lower < half_way.survival && half_way.survival < half_way.upper);
/// # Ok::<(), tovholder_spells::survival::Impossible>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct At {
    /// When.
    pub time: f64,
    /// Survival; `None` past the last observation, where nobody knows (unless it had come to 0).
    pub survival: Option<f64>,
    /// Lower limit; `None` when survival is 0 or unknown.
    pub lower: Option<f64>,
    /// Upper limit; `None` when survival is 0 or unknown.
    pub upper: Option<f64>,
    /// How many were under observation just before.
    pub at_risk: u64,
}

/// A quantile with its interval; `None` where the curve or the limit never comes that far.
///
/// ```
/// use tovholder_spells::survival::Quantile;
/// let unknown = Quantile { estimate: None, lower: None, upper: None };
/// assert!(unknown.estimate.is_none());
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quantile {
    /// The estimate.
    pub estimate: Option<f64>,
    /// Lower limit.
    pub lower: Option<f64>,
    /// Upper limit.
    pub upper: Option<f64>,
}

/// What the observations say about time. See [the module](self) for an example.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    tally: Tally,
    causes: Vec<u16>,
    steps: Vec<Step>,
}

impl Curve {
    /// Every time at which somebody left, in order. See [`Step`] for an example.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The kinds of event seen, in order: the places in [`Step::incidence`].
    ///
    /// ```
    /// # use tovholder_spells::survival::{Observation, Tally};
    /// let mut tally = Tally::default();
    /// tally.update(Observation::of_cause(3.0, 7))?;
    /// tally.update(Observation::of_cause(1.0, 2))?;
    /// assert_eq!(tally.finish().causes(), [2, 7]);
    /// # Ok::<(), tovholder_spells::survival::Impossible>(())
    /// ```
    pub fn causes(&self) -> &[u16] {
        &self.causes
    }

    /// The last step at or before `time`; `None` before the first.
    fn step(&self, time: f64) -> Option<&Step> {
        self.steps[..self.steps.partition_point(|step| step.time <= time)].last()
    }

    /// Whether something is known about this time: no later than the last observation, or everybody had left.
    fn known(&self, time: f64) -> bool {
        self.steps
            .last()
            .is_some_and(|last| time <= last.time || last.survival == 0.0)
    }

    /// Survival at `time`: `None` when it lies past the last observation, because a curve that is drawn on as flat is a guess. The exit rate at
    /// `time` is 1 − this. See [the module](self) for an example.
    pub fn survival(&self, time: f64) -> Option<f64> {
        self.known(time)
            .then(|| self.step(time).map_or(1.0, |step| step.survival))
    }

    /// The cumulative hazard at `time` (Nelson–Aalen), `None` past the last observation.
    ///
    /// ```
    /// # use tovholder_spells::survival::{Observation, Tally};
    /// let mut tally = Tally::default();
    /// tally.update(Observation::event(1.0))?;
    /// tally.update(Observation::event(2.0))?;
    /// assert_eq!(tally.finish().hazard(2.0), Some(1.0 / 2.0 + 1.0 / 1.0));
    /// # Ok::<(), tovholder_spells::survival::Impossible>(())
    /// ```
    pub fn hazard(&self, time: f64) -> Option<f64> {
        self.known(time)
            .then(|| self.step(time).map_or(0.0, |step| step.hazard))
    }

    /// The share to whom this has happened by `time` (Aalen–Johansen), `None` past the last observation. A cause never seen has the share 0.
    ///
    /// ```
    /// # use tovholder_spells::survival::{Observation, Tally};
    /// let mut tally = Tally::default();
    /// tally.update(Observation::of_cause(1.0, 1))?; // to work
    /// tally.update(Observation::of_cause(2.0, 2))?; // to education
    /// let curve = tally.finish();
    /// assert_eq!((curve.incidence(1, 2.0), curve.incidence(2, 2.0)), (Some(0.5), Some(0.5)));
    /// # Ok::<(), tovholder_spells::survival::Impossible>(())
    /// ```
    pub fn incidence(&self, cause: u16, time: f64) -> Option<f64> {
        let place = self.causes.binary_search(&cause).ok();
        self.known(time).then(|| match (place, self.step(time)) {
            (Some(place), Some(step)) => step.incidence[place],
            _ => 0.0,
        })
    }

    /// Survival at `time` with limits at the given level (0.95), and how many it rests on. See [`At`] for an example.
    pub fn at(&self, time: f64, transform: Transform, level: f64) -> At {
        let (lower, upper) = match (self.known(time), self.step(time)) {
            (false, _) => (None, None),
            (true, None) => (Some(1.0), Some(1.0)),
            (true, Some(step)) => match limits(step, transform, normal_quantile(0.5 + level / 2.0)) {
                Some((lower, upper)) => (Some(lower), Some(upper)),
                None => (None, None),
            },
        };
        At {
            time,
            survival: self.survival(time),
            lower,
            upper,
            at_risk: self.tally.at_risk(time),
        }
    }

    /// The time by which it has happened to half. The same as [`quantile`](Self::quantile) of 0.5.
    /// See [the module](self) for an example.
    pub fn median(&self, transform: Transform, level: f64) -> Quantile {
        self.quantile(0.5, transform, level)
    }

    /// The time by which it has happened to the share `p`.
    ///
    /// The rule of R's `quantile.survfit`: the time where the curve steps below 1 − p; where it runs flat at exactly 1 − p, the middle of the flat
    /// part (as the median of an even number of values is the middle of the two in the centre). The limits are the same rule used on
    /// the limits of the curve. Other programs take the beginning of the flat part, or by a rounding error its end.
    ///
    /// ```
    /// # use tovholder_spells::survival::{Observation, Tally, Transform};
    /// let mut days = Tally::default();
    /// for time in [42.0, 88.0, 1.0, 75.0, 29.0] {
    ///     days.update(Observation::event(time))?;
    /// }
    /// days.update(Observation::censored(243.0))?;
    /// let curve = days.finish();
    /// assert_eq!(curve.quantile(0.5, Transform::Log, 0.95).estimate, Some(58.5)); // half way from 42 to 75
    /// assert_eq!(curve.quantile(0.6, Transform::Log, 0.95).estimate, Some(75.0));
    /// # Ok::<(), tovholder_spells::survival::Impossible>(())
    /// ```
    pub fn quantile(&self, p: f64, transform: Transform, level: f64) -> Quantile {
        let z = normal_quantile(0.5 + level / 2.0);
        let (mut estimate, mut lower, mut upper) =
            (vec![(0.0, Some(0.0))], vec![(0.0, Some(0.0))], vec![(0.0, Some(0.0))]);
        for step in &self.steps {
            let limits = limits(step, transform, z);
            estimate.push((step.time, Some(1.0 - step.survival)));
            // The lower limit of survival is reached first, so it gives the lower limit of time.
            lower.push((step.time, limits.map(|(lower, _)| 1.0 - lower)));
            upper.push((step.time, limits.map(|(_, upper)| 1.0 - upper)));
        }
        Quantile {
            estimate: crossing(&estimate, p),
            lower: crossing(&lower, p),
            upper: crossing(&upper, p),
        }
    }

    /// The restricted mean: the mean time spent waiting out of the first `tau`, ∫ S from 0 to tau. `None` when tau lies past the last observation
    /// while somebody was still waiting. Two municipalities can be compared by it even where fewer than half have left.
    ///
    /// ```
    /// # use tovholder_spells::survival::{Observation, Tally};
    /// let mut tally = Tally::default();
    /// tally.update(Observation::event(4.0))?;
    /// tally.update(Observation::censored(10.0))?;
    /// let curve = tally.finish();
    /// assert_eq!(curve.restricted_mean(10.0), Some(4.0 * 1.0 + 6.0 * 0.5));
    /// assert_eq!(curve.restricted_mean(11.0), None);
    /// # Ok::<(), tovholder_spells::survival::Impossible>(())
    /// ```
    pub fn restricted_mean(&self, tau: f64) -> Option<f64> {
        if !self.known(tau) || tau < 0.0 {
            return None;
        }
        let (mut area, mut from, mut height) = (0.0, 0.0, 1.0);
        for step in self.steps.iter().take_while(|step| step.time < tau) {
            area += (step.time - from) * height;
            (from, height) = (step.time, step.survival);
        }
        Some(area + (tau - from) * height)
    }
}

/// The limits of survival after a step; `None` where it is 0, because the logarithm has no value there.
fn limits(step: &Step, transform: Transform, z: f64) -> Option<(f64, f64)> {
    if step.survival <= 0.0 {
        return None;
    }
    if step.greenwood == 0.0 {
        return Some((1.0, 1.0)); // nobody has left yet
    }
    let (log, error) = (step.survival.ln(), step.greenwood.sqrt());
    Some(match transform {
        Transform::Log => ((log - z * error).exp(), (log + z * error).exp().min(1.0)),
        // ln S is below 0, so a larger exponent gives a smaller survival.
        Transform::LogLog => {
            let reach = (z * error / log.abs()).exp();
            (step.survival.powf(reach), step.survival.powf(1.0 / reach))
        }
    })
}

/// Where a rising curve of (time, share) crosses `p`, by the rule described at [`Curve::quantile`].
fn crossing(curve: &[(f64, Option<f64>)], p: f64) -> Option<f64> {
    let last = curve.last()?;
    let known = || curve.iter().filter_map(|&(time, share)| Some((time, share?)));
    // The lowest share that reaches the mark, and the earliest time it did: an upper limit can sink again, and R looks for the share.
    let reaching = |mark: f64| {
        known()
            .filter(|&(_, share)| share >= mark)
            .reduce(|best, point| if point.1 < best.1 { point } else { best })
            .map(|(time, _)| time)
    };
    let begins = reaching(p - TOLERANCE)?;
    match reaching(p + TOLERANCE) {
        Some(ends) => Some((begins + ends) / 2.0),
        // The curve ends flat at the mark: the flat part lasts to the last observation.
        None if last.1.is_some_and(|share| (share - p).abs() < TOLERANCE) => Some((begins + last.0) / 2.0),
        None => None,
    }
}

/// Whether the curves of several groups differ: the result of [`log_rank`].
#[derive(Clone, Debug, PartialEq)]
pub struct LogRank {
    /// The test value; chi-square distributed when the groups do not differ.
    pub chi_square: f64,
    /// Degrees of freedom: groups that could have had an event, less one.
    pub df: usize,
    /// The probability of a test value at least this large when the groups do not differ.
    pub p: f64,
    /// Events seen in each group.
    pub observed: Vec<u64>,
    /// Events expected in each group had all had the same risk.
    pub expected: Vec<f64>,
}

/// The log-rank test of two or more groups; `None` when fewer than two groups could have had an event, or nothing happened.
///
/// At each time with d events among n, group i with nᵢ at risk expects d·nᵢ/n; with O and E summed over time and V the hypergeometric
/// covariance Σ d (n−d)/(n−1) (nᵢ/n) (δᵢⱼ − nⱼ/n), the test value is (O−E)ᵀ V⁻¹ (O−E), one group left out (Mantel 1966; Peto & Peto 1972).
///
/// ```
/// use tovholder_spells::survival::{Observation, Tally, log_rank};
/// let (mut quick, mut slow) = (Tally::default(), Tally::default());
/// for time in 1..=10 {
///     quick.update(Observation::event(f64::from(time)))?;
///     slow.update(Observation::event(f64::from(10 * time)))?;
/// }
/// let test = log_rank(&[&quick, &slow]).unwrap();
/// assert_eq!(test.df, 1);
/// assert!(test.p < 0.01);
/// # Ok::<(), tovholder_spells::survival::Impossible>(())
/// ```
pub fn log_rank(groups: &[&Tally]) -> Option<LogRank> {
    let mut moments: BTreeMap<Moment, Vec<Count>> = BTreeMap::new();
    for (i, group) in groups.iter().enumerate() {
        for (&moment, count) in &group.at {
            moments
                .entry(moment)
                .or_insert_with(|| vec![Count::default(); groups.len()])[i] = count.clone();
        }
    }
    let k = groups.len();
    let mut under = vec![0u64; k];
    let mut observed = vec![0u64; k];
    let mut expected = vec![0.0; k];
    let mut covariance = vec![vec![0.0; k]; k];
    for counts in moments.values() {
        let d: u64 = counts.iter().map(Count::happened).sum();
        let n: u64 = under.iter().sum();
        if d > 0 {
            let (d, n) = (d as f64, n as f64);
            let spread = if n > 1.0 { d * (n - d) / (n - 1.0) } else { 0.0 };
            for i in 0..k {
                let share = under[i] as f64 / n;
                observed[i] += counts[i].happened();
                expected[i] += d * share;
                for (j, cell) in covariance[i].iter_mut().enumerate() {
                    let same = if i == j { 1.0 } else { 0.0 };
                    *cell += spread * share * (same - under[j] as f64 / n);
                }
            }
        }
        for (under, count) in under.iter_mut().zip(counts) {
            *under = *under + count.entered - count.left();
        }
    }
    let able: Vec<usize> = (0..k).filter(|&i| expected[i] > 0.0).collect();
    let (_, rest) = able.split_last()?;
    if rest.is_empty() {
        return None;
    }
    let difference: Vec<f64> = rest.iter().map(|&i| observed[i] as f64 - expected[i]).collect();
    let matrix: Vec<Vec<f64>> = rest
        .iter()
        .map(|&i| rest.iter().map(|&j| covariance[i][j]).collect())
        .collect();
    let solved = solve(matrix, difference.clone())?;
    let chi_square = difference.iter().zip(&solved).map(|(a, b)| a * b).sum();
    let df = rest.len();
    Some(LogRank {
        chi_square,
        df,
        p: chi_square_tail(chi_square, df as f64),
        observed,
        expected,
    })
}

/// Solves a small system of linear equations by elimination with pivots; `None` when it has no single answer.
pub(crate) fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Option<Vec<f64>> {
    let n = right.len();
    for column in 0..n {
        let pivot = (column..n).max_by(|&a, &b| matrix[a][column].abs().total_cmp(&matrix[b][column].abs()))?;
        if matrix[pivot][column].abs() < 1e-12 {
            return None;
        }
        matrix.swap(column, pivot);
        right.swap(column, pivot);
        for row in column + 1..n {
            let factor = matrix[row][column] / matrix[column][column];
            let (above, below) = matrix.split_at_mut(row);
            for (cell, from) in below[0][column..].iter_mut().zip(&above[column][column..]) {
                *cell -= factor * from;
            }
            right[row] -= factor * right[column];
        }
    }
    for row in (0..n).rev() {
        let known: f64 = (row + 1..n).map(|column| matrix[row][column] * right[column]).sum();
        right[row] = (right[row] - known) / matrix[row][row];
    }
    Some(right)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that panics fails")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tally(observations: impl IntoIterator<Item = Observation>) -> Tally {
        let mut tally = Tally::default();
        for observation in observations {
            tally.update(observation).unwrap();
        }
        tally
    }

    /// `"9 13 13+"`: a plus marks a censored time.
    fn times(text: &str) -> Tally {
        tally(text.split_whitespace().map(|word| match word.strip_suffix('+') {
            Some(time) => Observation::censored(time.parse().unwrap()),
            None => Observation::event(word.parse().unwrap()),
        }))
    }

    /// Miller 1981, the trial of maintenance chemotherapy in acute myelogenous leukaemia.
    fn aml() -> (Tally, Tally) {
        (
            times("9 13 13+ 18 23 28+ 31 34 45+ 48 161+"),
            times("5 5 8 8 12 16+ 23 27 30 33 43 45"),
        )
    }

    fn close(found: f64, expected: f64, digits: i32) {
        assert!(
            (found - expected).abs() < 0.6 * 10f64.powi(-digits),
            "{found} is not {expected}"
        );
    }

    #[test]
    fn aml_curves() {
        let (maintained, not) = aml();
        assert_eq!(
            (maintained.n(), maintained.events(), not.n(), not.events()),
            (11, 7, 12, 11)
        );
        let survivals = |tally: &Tally| -> Vec<f64> {
            tally
                .finish()
                .steps()
                .iter()
                .filter(|step| step.events > 0)
                .map(|step| step.survival)
                .collect()
        };
        let expected = [0.909091, 0.818182, 0.715909, 0.613636, 0.490909, 0.368182, 0.184091];
        for (found, expected) in survivals(&maintained).into_iter().zip(expected) {
            close(found, expected, 6);
        }
        let expected = [
            0.833333, 0.666667, 0.583333, 0.486111, 0.388889, 0.291667, 0.194444, 0.097222, 0.0,
        ];
        assert_eq!(survivals(&not).len(), 9);
        for (found, expected) in survivals(&not).into_iter().zip(expected) {
            close(found, expected, 6);
        }
    }

    #[test]
    fn aml_medians_with_intervals_as_r_prints_them() {
        let (maintained, not) = aml();
        let median = maintained.finish().median(Transform::Log, 0.95);
        assert_eq!(
            median,
            Quantile {
                estimate: Some(31.0),
                lower: Some(18.0),
                upper: None
            }
        );
        let median = not.finish().median(Transform::Log, 0.95);
        assert_eq!(
            median,
            Quantile {
                estimate: Some(23.0),
                lower: Some(8.0),
                upper: None
            }
        );
    }

    #[test]
    fn aml_restricted_means() {
        let (maintained, not) = aml();
        let (maintained, not) = (maintained.finish(), not.finish());
        close(maintained.restricted_mean(24.0).unwrap(), 20.920455, 6);
        close(not.restricted_mean(24.0).unwrap(), 17.069444, 6);
        close(maintained.restricted_mean(48.0).unwrap(), 31.843182, 6);
        close(not.restricted_mean(48.0).unwrap(), 22.708333, 6);
    }

    #[test]
    fn aml_log_rank() {
        let (maintained, not) = aml();
        let test = log_rank(&[&maintained, &not]).unwrap();
        close(test.chi_square, 3.396389, 6);
        close(test.p, 0.065339, 6);
        assert_eq!(test.df, 1);
        // The order of the groups says nothing.
        close(log_rank(&[&not, &maintained]).unwrap().chi_square, test.chi_square, 12);
        close(test.expected.iter().sum::<f64>(), 18.0, 12);
    }

    /// Freireich 1963, as worked in many textbooks (Collett; Kleinbaum & Klein): 6-MP against placebo in leukaemia.
    #[test]
    fn freireich() {
        let treated = times("6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+");
        let placebo = times("1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23");
        let curve = treated.finish();
        for (time, expected) in [
            (6.0, 0.8571),
            (7.0, 0.8067),
            (10.0, 0.7529),
            (13.0, 0.6902),
            (16.0, 0.6275),
            (22.0, 0.5378),
            (23.0, 0.4482),
        ] {
            close(curve.survival(time).unwrap(), expected, 4);
        }
        assert_eq!(curve.median(Transform::Log, 0.95).estimate, Some(23.0));
        assert_eq!(placebo.finish().median(Transform::Log, 0.95).estimate, Some(8.0));
        close(log_rank(&[&treated, &placebo]).unwrap().chi_square, 16.79, 2);
    }

    /// Three conventions give 42, 58.5 and 75 on the same six spells; ours is the middle of the flat part.
    #[test]
    fn median_convention() {
        let curve = times("42 88 1 75 29 243+").finish();
        let expected = [5.0 / 6.0, 4.0 / 6.0, 3.0 / 6.0, 2.0 / 6.0, 1.0 / 6.0, 1.0 / 6.0];
        for (step, expected) in curve.steps().iter().zip(expected) {
            close(step.survival, expected, 12);
        }
        assert_eq!(curve.median(Transform::Log, 0.95).estimate, Some(58.5));
        close(curve.restricted_mean(90.0).unwrap(), 54.166667, 6);
        // A curve that ends flat at one half: the flat part lasts to the last observation.
        assert_eq!(
            times("2 4 8+ 10+").finish().median(Transform::Log, 0.95).estimate,
            Some(7.0)
        );
        // One that never comes down to it has no median.
        assert_eq!(
            times("2 4+ 8+ 10+").finish().median(Transform::Log, 0.95).estimate,
            None
        );
    }

    /// Limits by hand: three of ten have left, so S = 0.7 and Greenwood's sum is 1/90 + 1/72 + 1/56.
    #[test]
    fn limits_by_hand() {
        let curve = times("1 2 3 9+ 9+ 9+ 9+ 9+ 9+ 9+").finish();
        let error = (1.0 / 90.0 + 1.0 / 72.0 + 1.0 / 56.0_f64).sqrt();
        let (z, s) = (1.959963984540054, 0.7_f64);
        let log = curve.at(3.0, Transform::Log, 0.95);
        close(log.lower.unwrap(), s * (-z * error).exp(), 12);
        assert_eq!(log.upper, Some((s * (z * error).exp()).min(1.0)));
        let loglog = curve.at(3.0, Transform::LogLog, 0.95);
        close(
            loglog.lower.unwrap(),
            (-((-(s.ln())).ln() + z * error / s.ln().abs()).exp()).exp(),
            12,
        );
        close(
            loglog.upper.unwrap(),
            (-((-(s.ln())).ln() - z * error / s.ln().abs()).exp()).exp(),
            12,
        );
        assert_eq!((log.at_risk, curve.at(3.5, Transform::Log, 0.95).at_risk), (8, 7));
        // Somebody went out of sight, but nobody has left yet.
        let none = times("2+ 5 9").finish().at(3.0, Transform::LogLog, 0.95);
        assert_eq!((none.lower, none.upper), (Some(1.0), Some(1.0)));
    }

    #[test]
    fn nothing_is_said_past_the_last_observation() {
        let curve = times("3 7+").finish();
        assert_eq!(curve.survival(7.0), Some(0.5));
        let later = curve.at(8.0, Transform::Log, 0.95);
        assert_eq!(
            (later.survival, later.lower, later.upper, later.at_risk),
            (None, None, None, 0)
        );
        assert_eq!(times("3 7").finish().survival(8.0), Some(0.0));
        assert_eq!(times("").finish().survival(1.0), None);
        assert_eq!(times("").finish().median(Transform::Log, 0.95).estimate, None);
    }

    /// Late entries by hand: at 4 only those seen before 4 count.
    #[test]
    fn left_truncation() {
        let curve = tally([
            Observation::event(4.0),
            Observation::event(6.0).entering(4.0), // not at risk at 4
            Observation::censored(8.0).entering(1.0),
            Observation::event(10.0).entering(5.0),
        ])
        .finish();
        let at_risk: Vec<u64> = curve.steps().iter().map(|step| step.at_risk).collect();
        assert_eq!(at_risk, [2, 3, 2, 1]);
        close(curve.survival(6.0).unwrap(), 0.5 * 2.0 / 3.0, 12);
        close(curve.hazard(6.0).unwrap(), 0.5 + 1.0 / 3.0, 12);
    }

    #[test]
    fn aalen_johansen_by_hand_and_the_naive_way_overstates() {
        let all = tally([
            Observation::of_cause(1.0, 1),
            Observation::of_cause(2.0, 2),
            Observation::censored(3.0),
            Observation::of_cause(4.0, 1),
            Observation::of_cause(5.0, 2),
        ]);
        let curve = all.finish();
        // 1/5; then 3/5 are left at 4, of two at risk one leaves for cause 1.
        close(curve.incidence(1, 4.0).unwrap(), 0.2 + 0.6 * 0.5, 12);
        close(curve.incidence(2, 5.0).unwrap(), 0.2 + 0.3, 12);
        assert_eq!(curve.incidence(9, 5.0), Some(0.0));
        let naive = times("1 2+ 3+ 4 5+").finish();
        assert!(1.0 - naive.survival(5.0).unwrap() > curve.incidence(1, 5.0).unwrap());
    }

    #[test]
    fn impossible_observations_change_nothing() {
        let mut all = times("3");
        let before = all.clone();
        for (wrong, why) in [
            (Observation::event(f64::NAN), Impossible::Time),
            (Observation::event(-1.0), Impossible::Time),
            (Observation::event(f64::INFINITY), Impossible::Time),
            (Observation::event(2.0).entering(f64::NAN), Impossible::Entry),
            (Observation::event(2.0).entering(2.5), Impossible::EndsBeforeItIsSeen),
        ] {
            assert_eq!(all.update(wrong), Err(why));
        }
        assert_eq!(all, before);
    }

    fn any_observation() -> impl Strategy<Value = Observation> {
        (0u8..30, 0u8..20, 0u16..4).prop_map(|(time, back, cause)| {
            let time = f64::from(time);
            let seen = if cause == 0 {
                Observation::censored(time)
            } else {
                Observation::of_cause(time, cause)
            };
            if back == 0 || back > 8 {
                seen
            } else {
                seen.entering(time - f64::from(back))
            }
        })
    }

    proptest! {
        /// At every time everybody is either still there or has left for one of the causes.
        #[test]
        fn incidence_and_survival_make_one(observations in prop::collection::vec(any_observation(), 1..80)) {
            let curve = tally(observations).finish();
            let mut last = 1.0;
            for step in curve.steps() {
                prop_assert!((step.incidence.iter().sum::<f64>() + step.survival - 1.0).abs() < 1e-9);
                prop_assert!(step.survival <= last && step.survival >= 0.0);
                prop_assert!(step.events + step.censored <= step.at_risk);
                last = step.survival;
            }
        }

        /// Without censoring and late entry it is the share that has not left.
        #[test]
        fn without_censoring_it_is_the_plain_share(times in prop::collection::vec(0u8..30, 1..60), at in 0u8..30) {
            let curve = tally(times.iter().map(|&time| Observation::event(f64::from(time)))).finish();
            let staying = times.iter().filter(|&&time| time > at).count() as f64 / times.len() as f64;
            prop_assert!((curve.survival(f64::from(at)).unwrap() - staying).abs() < 1e-9);
            let mut sorted: Vec<f64> = times.iter().map(|&time| f64::from(time)).collect();
            sorted.sort_by(f64::total_cmp);
            let half = sorted.len() / 2;
            let median = if sorted.len() % 2 == 1 { sorted[half] } else { (sorted[half - 1] + sorted[half]) / 2.0 };
            prop_assert_eq!(curve.median(Transform::Log, 0.95).estimate, Some(median));
            let mean = times.iter().map(|&time| f64::from(time)).sum::<f64>() / times.len() as f64;
            prop_assert!((curve.restricted_mean(30.0).unwrap() - mean).abs() < 1e-9);
        }

        /// However the observations are parted, and in whatever order the parts are merged, the curve is the same to the last bit.
        #[test]
        fn parts_make_the_whole(observations in prop::collection::vec((any_observation(), 0usize..4), 0..80), turn in 0usize..4) {
            let whole = tally(observations.iter().map(|&(seen, _)| seen));
            let mut merged = Tally::default();
            for part in 0..4 {
                let part = (part + turn) % 4;
                merged.merge(&tally(observations.iter().filter(|(_, of)| *of == part).map(|&(seen, _)| seen)));
            }
            prop_assert_eq!(&merged, &whole);
            prop_assert_eq!(merged.finish(), whole.finish());
        }

        /// Limits lie around the estimate, and a higher level widens them.
        #[test]
        fn limits_lie_around(observations in prop::collection::vec(any_observation(), 1..60), at in 0u8..30) {
            let curve = tally(observations).finish();
            for transform in [Transform::Log, Transform::LogLog] {
                let narrow = curve.at(f64::from(at), transform, 0.8);
                let wide = curve.at(f64::from(at), transform, 0.95);
                if let (Some(s), Some(l), Some(u), Some(ll), Some(uu)) = (narrow.survival, narrow.lower, narrow.upper, wide.lower, wide.upper) {
                    prop_assert!(ll <= l + 1e-12 && l <= s + 1e-12 && s <= u + 1e-12 && u <= uu + 1e-12);
                }
            }
        }
    }
}
