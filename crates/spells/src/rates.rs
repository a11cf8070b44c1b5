//! Comparing places of different size fairly: rates, what was expected, and how sure one can be.
//!
//! A small municipality is at the top or the bottom of every list by chance alone. So: pool numerators and denominators instead of averaging
//! percentages; compare what was observed (O) with what was expected (E) from the people who live there; draw the limits within which chance alone
//! would put a place of that size; and publish a rank only with its interval.
//!
//! ```
//! use tovholder_spells::rates::{funnel, pooled};
//! // 2 % of a large municipality and 6 % of a small one are 2.04 % together, not 4 %.
//! assert_eq!((pooled(&[(4_000, 200_000), (120, 2_000)]).unwrap() * 1e4).round(), 204.0);
//! // Twelve exits where ten were expected is nothing out of the ordinary.
//! let limits = funnel(10.0, 0.95);
//! assert!(limits.lower < 1.2 && 1.2 < limits.upper);
//! ```
//!
//! Sources: Garwood 1936 (exact Poisson); Breslow & Day 1987, eq. 2.13 (Byar); Wilson 1927, Newcombe 1998; Spiegelhalter 2005 (funnel plots and
//! overdispersion; formulas as in the package FunnelPlotR); Marshall 1991 (global empirical Bayes); Goldstein & Spiegelhalter 1996 (ranks).

use crate::distribution::{Random, chi_square_quantile, normal_quantile, sample_quantile};

/// A lower and an upper limit.
///
/// ```
/// use tovholder_spells::rates::Interval;
/// assert!(Interval { lower: 0.2, upper: 0.4 }.holds(0.3));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The lower limit.
    pub lower: f64,
    /// The upper limit.
    pub upper: f64,
}

impl Interval {
    /// Whether a value lies within, ends included. See [`Interval`] for an example.
    pub fn holds(&self, value: f64) -> bool {
        self.lower <= value && value <= self.upper
    }
}

/// The exact interval (Garwood) for the mean of a Poisson count: χ²(α/2; 2O)/2 to χ²(1−α/2; 2(O+1))/2.
///
/// Divide by person-years for a rate, by E for O/E.
///
/// ```
/// let five = tovholder_spells::rates::poisson_exact(5, 0.95);
/// assert_eq!(format!("{:.4}–{:.4}", five.lower, five.upper), "1.6235–11.6683");
/// ```
pub fn poisson_exact(observed: u64, level: f64) -> Interval {
    let (tail, o) = ((1.0 - level) / 2.0, observed as f64);
    Interval {
        lower: chi_square_quantile(tail, 2.0 * o) / 2.0,
        upper: chi_square_quantile(1.0 - tail, 2.0 * (o + 1.0)) / 2.0,
    }
}

/// Byar's approximation of the same: O (1 − 1/(9O) − z/(3√O))³ to (O+1) (1 − 1/(9(O+1)) + z/(3√(O+1)))³. Here for comparing with those who publish
/// it; the exact interval costs nothing more.
///
/// ```
/// let five = tovholder_spells::rates::poisson_byar(5, 0.95);
/// assert_eq!(format!("{:.4}–{:.4}", five.lower, five.upper), "1.6113–11.6682");
/// ```
pub fn poisson_byar(observed: u64, level: f64) -> Interval {
    let z = normal_quantile(0.5 + level / 2.0);
    let limit = |o: f64, z: f64| o * (1.0 - 1.0 / (9.0 * o) + z / (3.0 * o.sqrt())).powi(3);
    let o = observed as f64;
    Interval {
        lower: if observed == 0 { 0.0 } else { limit(o, -z).max(0.0) },
        upper: limit(o + 1.0, z),
    }
}

/// Wilson's interval for a share of `of` out of `all`, without continuity correction; `None` when `all` is 0 or less than `of`.
///
/// ```
/// let share = tovholder_spells::rates::wilson(15, 148, 0.95).unwrap();
/// assert_eq!(format!("{:.5}–{:.5}", share.lower, share.upper), "0.06239–0.16049");
/// ```
pub fn wilson(of: u64, all: u64, level: f64) -> Option<Interval> {
    if all == 0 || of > all {
        return None;
    }
    let (n, p, z) = (all as f64, of as f64 / all as f64, normal_quantile(0.5 + level / 2.0));
    let centre = p + z * z / (2.0 * n);
    let reach = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + z * z / n;
    // Nobody and everybody are exact: rounding must not put a hair between.
    let lower = if of == 0 { 0.0 } else { (centre - reach) / scale };
    let upper = if of == all { 1.0 } else { (centre + reach) / scale };
    Some(Interval { lower, upper })
}

/// The share of several places together: all numerators over all denominators. `None` when nobody is counted.
///
/// The mean of the places' percentages is another number, in which a citizen of a small place counts for a hundred of a large one's.
/// See [the module](self) for an example.
pub fn pooled(counts: &[(u64, u64)]) -> Option<f64> {
    let (of, all) = counts
        .iter()
        .fold((0, 0), |(of, all), count| (of + count.0, all + count.1));
    (all > 0).then(|| of as f64 / all as f64)
}

/// The limits between which O/E lies by chance in a place where E is expected: χ²(α/2; 2E)/2E to χ²(1−α/2; 2(E+1))/2E. Usual levels are 0.95 and 0.998.
///
/// ```
/// let ten = tovholder_spells::rates::funnel(10.0, 0.95);
/// assert_eq!(format!("{:.6}–{:.6}", ten.lower, ten.upper), "0.479539–1.839036");
/// ```
pub fn funnel(expected: f64, level: f64) -> Interval {
    let tail = (1.0 - level) / 2.0;
    Interval {
        lower: chi_square_quantile(tail, 2.0 * expected) / (2.0 * expected),
        upper: chi_square_quantile(1.0 - tail, 2.0 * (expected + 1.0)) / (2.0 * expected),
    }
}

/// Observed and expected of one place.
///
/// ```
/// use tovholder_spells::rates::Place;
/// assert_eq!(Place { observed: 80.0, expected: 100.0 }.ratio(), 0.8);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// O: how many it happened to.
    pub observed: f64,
    /// E: how many it would have happened to, had people like these fared as they do in the whole country; above 0.
    pub expected: f64,
}

impl Place {
    /// O/E. See [`Place`] for an example.
    pub fn ratio(&self) -> f64 {
        self.observed / self.expected
    }
}

/// The expected number by indirect standardisation, Σ nₛ pₛ: the place's people in each stratum (age, benefit, time on it) times the stratum's rate in
/// the standard population. Leave the place itself out of the standard, or a large place is compared with itself.
///
/// ```
/// use tovholder_spells::rates::standardised;
/// // 300 under 30 (of whom 20 % leave everywhere) and 700 over (10 %).
/// assert!((standardised(&[(300.0, 0.2), (700.0, 0.1)]) - 130.0).abs() < 1e-9);
/// ```
pub fn standardised(strata: &[(f64, f64)]) -> f64 {
    strata.iter().map(|(people, rate)| people * rate).sum()
}

/// How the ratios are transformed so that their spread is alike in small and large places.
///
/// ```
/// use tovholder_spells::rates::{Place, Scale};
/// let place = Place { observed: 121.0, expected: 100.0 };
/// assert!((Scale::Root.z(place) - 2.0).abs() < 1e-9); // (1.1 − 1) / (1 / 20)
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// √(O/E) with standard error 1/(2√E) around 1.
    Root,
    /// ln(O/E) with standard error 1/√E around 0; where O is 0, half a case is counted.
    Log,
}

impl Scale {
    /// The place's distance from what was expected, in standard errors. See [`Scale`] for an example.
    pub fn z(self, place: Place) -> f64 {
        let error = self.error(place.expected);
        match self {
            Scale::Root => (place.ratio().sqrt() - 1.0) / error,
            Scale::Log => (place.observed.max(0.5) / place.expected).ln() / error,
        }
    }

    fn error(self, expected: f64) -> f64 {
        match self {
            Scale::Root => 1.0 / (2.0 * expected.sqrt()),
            Scale::Log => 1.0 / expected.sqrt(),
        }
    }

    fn target(self) -> f64 {
        match self {
            Scale::Root => 1.0,
            Scale::Log => 0.0,
        }
    }
}

/// How much more the places differ than chance explains.
///
/// ```
/// use tovholder_spells::rates::{Place, Scale, overdispersion};
/// let places: Vec<Place> = [80.0, 120.0, 95.0, 150.0].map(|observed| Place { observed, expected: 100.0 }).to_vec();
/// let more = overdispersion(&places, Scale::Root, 0.0).unwrap();
/// assert!(more.phi > 1.0);
/// // Places differ by more than chance, so the limits are wider than chance alone would draw them.
/// assert!(more.limits(100.0, 0.95).upper > more.scale.limits(100.0, 0.0, 0.95).upper);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Overdispersion {
    /// The scale it was computed on.
    pub scale: Scale,
    /// φ = Σ z² / I: 1 when chance explains all.
    pub phi: f64,
    /// τ²: the variance between places beyond chance, on the scale; 0 when I φ < I − 1.
    pub tau_squared: f64,
}

impl Overdispersion {
    /// Limits of O/E at `expected`, chance and differences between places together. See [`Overdispersion`] for an example.
    pub fn limits(&self, expected: f64, level: f64) -> Interval {
        self.scale.limits(expected, self.tau_squared, level)
    }
}

impl Scale {
    /// Limits of O/E: target ± z √(s² + τ²) on the scale, carried back to ratios. See [`Overdispersion`] for an example.
    pub fn limits(self, expected: f64, tau_squared: f64, level: f64) -> Interval {
        let on_scale = self.limits_on_scale(expected, tau_squared, level);
        let back = |limit: f64| match self {
            Scale::Root => limit.max(0.0).powi(2),
            Scale::Log => limit.exp(),
        };
        Interval {
            lower: back(on_scale.lower),
            upper: back(on_scale.upper),
        }
    }

    /// The same before it is carried back.
    ///
    /// ```
    /// use tovholder_spells::rates::Scale;
    /// assert!((Scale::Root.limits_on_scale(100.0, 0.0, 0.95).upper - 1.097998).abs() < 1e-6); // 1 + 1.96 / 20
    /// ```
    pub fn limits_on_scale(self, expected: f64, tau_squared: f64, level: f64) -> Interval {
        let reach = normal_quantile(0.5 + level / 2.0) * (self.error(expected).powi(2) + tau_squared).sqrt();
        Interval {
            lower: self.target() - reach,
            upper: self.target() + reach,
        }
    }
}

/// Overdispersion of the places, the outermost share `winsorise` of z at each end (0.1 is usual, 0 for none) pulled in to the quantile so that a few
/// outliers do not make room for themselves. `None` with fewer than two places or an expected number that is not above 0.
///
/// φ = Σ z²/I; τ² = (I φ − (I − 1)) / (Σ w − Σ w²/Σ w) with w = 1/s², at least 0 (DerSimonian & Laird 1986; Spiegelhalter 2005).
/// See [`Overdispersion`] for an example.
pub fn overdispersion(places: &[Place], scale: Scale, winsorise: f64) -> Option<Overdispersion> {
    if places.len() < 2
        || places
            .iter()
            .any(|place| place.expected.is_nan() || place.expected <= 0.0)
    {
        return None;
    }
    let z: Vec<f64> = places.iter().map(|&place| scale.z(place)).collect();
    let (low, high) = (sample_quantile(&z, winsorise)?, sample_quantile(&z, 1.0 - winsorise)?);
    let count = places.len() as f64;
    let phi = z.iter().map(|z| z.clamp(low, high).powi(2)).sum::<f64>() / count;
    let weights: Vec<f64> = places
        .iter()
        .map(|place| scale.error(place.expected).powi(-2))
        .collect();
    let sum: f64 = weights.iter().sum();
    let squares: f64 = weights.iter().map(|weight| weight * weight).sum();
    let tau_squared = ((count * phi - (count - 1.0)) / (sum - squares / sum)).max(0.0);
    Some(Overdispersion {
        scale,
        phi,
        tau_squared,
    })
}

/// The ratios drawn towards their common mean, the more the smaller the place: Marshall's global empirical Bayes estimate.
///
/// m = ΣO/ΣE, s² = ΣE(r − m)²/ΣE, A = max(0, s² − m/Ē), θ = m + A/(A + m/E) (r − m). For maps and for planning; not for saying how a place did.
///
/// ```
/// use tovholder_spells::rates::{Place, shrunk};
/// let small = Place { observed: 3.0, expected: 1.0 };
/// let large = Place { observed: 800.0, expected: 1_000.0 };
/// let ratios = shrunk(&[small, large]).unwrap();
/// assert!(ratios[0] < 3.0); // three times the expected on one expected case is weak evidence
/// ```
pub fn shrunk(places: &[Place]) -> Option<Vec<f64>> {
    let expected: f64 = places.iter().map(|place| place.expected).sum();
    if places
        .iter()
        .any(|place| place.expected.is_nan() || place.expected <= 0.0)
        || expected <= 0.0
    {
        return None;
    }
    let mean = places.iter().map(|place| place.observed).sum::<f64>() / expected;
    let spread = places
        .iter()
        .map(|place| place.expected * (place.ratio() - mean).powi(2))
        .sum::<f64>()
        / expected;
    let between = (spread - mean * places.len() as f64 / expected).max(0.0);
    let trust = |place: &Place| {
        if between == 0.0 {
            0.0
        } else {
            between / (between + mean / place.expected)
        }
    };
    Some(
        places
            .iter()
            .map(|place| mean + trust(place) * (place.ratio() - mean))
            .collect(),
    )
}

/// The rank of a place and where it could as well have been.
///
/// ```
/// use tovholder_spells::rates::Rank;
/// let rank = Rank { rank: 3, from: 1, to: 9 };
/// assert!(rank.from <= rank.rank && rank.rank <= rank.to);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rank {
    /// 1 for the highest ratio; places with the same ratio share the best rank.
    pub rank: usize,
    /// The best rank of its interval.
    pub from: usize,
    /// The worst rank of its interval.
    pub to: usize,
}

/// Ranks by O/E, highest first, with intervals by parametric bootstrap: each place's O is drawn anew `draws` times (1,000 or more) from a Poisson
/// distribution around what was observed, the places ranked each time, and the inner `level` (0.9: from the 5th to the 95th percentile) of a place's
/// ranks reported. The same seed gives the same intervals.
///
/// `None` without places or draws, or with an expected number that is not above 0.
///
/// ```
/// use tovholder_spells::rates::{Place, ranks};
/// let places: Vec<Place> = [20.0, 22.0, 60.0].map(|observed| Place { observed, expected: 20.0 }).to_vec();
/// let ranks = ranks(&places, 0.9, 1_000, 1).unwrap();
/// assert_eq!((ranks[2].rank, ranks[2].from, ranks[2].to), (1, 1, 1)); // clearly highest
/// assert_eq!((ranks[0].from, ranks[0].to), (2, 3)); // second or third, nobody knows
/// ```
pub fn ranks(places: &[Place], level: f64, draws: usize, seed: u64) -> Option<Vec<Rank>> {
    if places.is_empty()
        || draws == 0
        || places
            .iter()
            .any(|place| place.expected.is_nan() || place.expected <= 0.0)
    {
        return None;
    }
    let mut random = Random::new(seed);
    let mut drawn = vec![Vec::with_capacity(draws); places.len()];
    for _ in 0..draws {
        let ratios: Vec<f64> = places
            .iter()
            .map(|place| random.poisson(place.observed) as f64 / place.expected)
            .collect();
        for (ranks, rank) in drawn.iter_mut().zip(ranked(&ratios)) {
            ranks.push(rank);
        }
    }
    let observed = ranked(&places.iter().map(Place::ratio).collect::<Vec<_>>());
    let tail = ((1.0 - level) / 2.0 * draws as f64).floor() as usize;
    let rank = |(mut drawn, rank): (Vec<usize>, usize)| {
        drawn.sort_unstable();
        // The observed rank belongs to its own interval, whatever was drawn.
        Rank {
            rank,
            from: drawn[tail].min(rank),
            to: drawn[draws - 1 - tail].max(rank),
        }
    };
    Some(drawn.into_iter().zip(observed).map(rank).collect())
}

/// 1 for the highest; equals share the best rank.
fn ranked(ratios: &[f64]) -> Vec<usize> {
    let mut sorted = ratios.to_vec();
    sorted.sort_by(|a, b| b.total_cmp(a));
    ratios
        .iter()
        .map(|ratio| sorted.partition_point(|other| other > ratio) + 1)
        .collect()
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

    fn between(found: Interval, lower: f64, upper: f64, digits: i32) {
        close(found.lower, lower, digits);
        close(found.upper, upper, digits);
    }

    #[test]
    fn exact_poisson() {
        between(poisson_exact(0, 0.95), 0.0, 3.6889, 4);
        between(poisson_exact(5, 0.95), 1.6235, 11.6683, 4);
        between(poisson_exact(23, 0.95), 14.580, 34.5113, 3);
        between(poisson_exact(100, 0.95), 81.364, 121.6268, 3);
        close(poisson_exact(23, 0.95).upper, 34.5113, 4);
        close(poisson_exact(100, 0.95).upper, 121.6268, 4);
    }

    #[test]
    fn byar() {
        between(poisson_byar(5, 0.95), 1.6113, 11.6682, 4);
        between(poisson_byar(23, 0.95), 14.5754, 34.5128, 4);
        assert_eq!(poisson_byar(0, 0.95).lower, 0.0);
    }

    #[test]
    fn wilson_as_newcombe() {
        between(wilson(15, 148, 0.95).unwrap(), 0.06239, 0.16049, 5);
        between(wilson(81, 263, 0.95).unwrap(), 0.25529, 0.36621, 5);
        between(wilson(0, 20, 0.95).unwrap(), 0.0, 0.16113, 5);
        assert_eq!(wilson(20, 20, 0.95).unwrap().upper, 1.0);
        assert_eq!(wilson(0, 0, 0.95), None);
        assert_eq!(wilson(3, 2, 0.95), None);
    }

    #[test]
    fn funnel_limits() {
        between(funnel(10.0, 0.95), 0.479539, 1.839036, 6);
        between(funnel(10.0, 0.998), 0.296052, 2.413397, 6);
        between(funnel(50.0, 0.95), 0.742219, 1.318375, 6);
        between(funnel(50.0, 0.998), 0.619179, 1.518838, 6);
        between(funnel(100.0, 0.95), 0.81364, 1.216268, 6);
        between(funnel(100.0, 0.998), 0.719214, 1.349243, 6);
    }

    fn seven() -> Vec<Place> {
        let observed = [80.0, 120.0, 95.0, 150.0, 60.0, 110.0, 105.0];
        let expected = [100.0, 100.0, 100.0, 110.0, 90.0, 100.0, 95.0];
        observed
            .into_iter()
            .zip(expected)
            .map(|(observed, expected)| Place { observed, expected })
            .collect()
    }

    #[test]
    fn overdispersion_of_seven_places() {
        let z = [-2.1115, 1.9089, -0.5064, 3.5187, -3.4817, 0.9762, 1.0003];
        for (place, z) in seven().into_iter().zip(z) {
            close(Scale::Root.z(place), z, 4);
        }
        let found = overdispersion(&seven(), Scale::Root, 0.0).unwrap();
        close(found.phi, 4.973716, 6);
        close(found.tau_squared, 0.0120995, 7);
        close(
            Scale::Root.limits_on_scale(100.0, found.tau_squared, 0.95).upper,
            1.236819,
            6,
        );
        close(found.limits(100.0, 0.95).upper, 1.236819_f64.powi(2), 5);
        // Pulling in the outermost lowers φ.
        assert!(overdispersion(&seven(), Scale::Root, 0.1).unwrap().phi < found.phi);
        // The logarithm tells the same story.
        close(Scale::Log.z(seven()[0]), 10.0 * 0.8f64.ln(), 12);
        assert!((overdispersion(&seven(), Scale::Log, 0.0).unwrap().phi - found.phi).abs() < 0.5);
        assert_eq!(overdispersion(&seven()[..1], Scale::Root, 0.0), None);
        // Places that differ less than chance would have it are not overdispersed.
        let alike = [Place {
            observed: 100.0,
            expected: 100.0,
        }; 5];
        assert_eq!(overdispersion(&alike, Scale::Root, 0.1).unwrap().tau_squared, 0.0);
    }

    #[test]
    fn marshall() {
        let expected = [0.850122, 1.165159, 0.968261, 1.299119, 0.751816, 1.0864, 1.089942];
        for (found, expected) in shrunk(&seven()).unwrap().into_iter().zip(expected) {
            close(found, expected, 6);
        }
        assert_eq!(shrunk(&[]), None);
        assert_eq!(
            shrunk(
                &[Place {
                    observed: 0.0,
                    expected: 3.0
                }; 2]
            ),
            Some(vec![0.0, 0.0])
        );
    }

    #[test]
    fn pooling_is_not_averaging() {
        close(pooled(&[(4_000, 200_000), (120, 2_000)]).unwrap(), 0.02039604, 8);
        assert_eq!(pooled(&[(0, 0)]), None);
    }

    #[test]
    fn ranks_are_the_same_with_the_same_seed_and_share_ties() {
        let places = seven();
        assert_eq!(ranks(&places, 0.9, 2_000, 4), ranks(&places, 0.9, 2_000, 4));
        let found = ranks(&places, 0.9, 2_000, 4).unwrap();
        assert_eq!(
            found.iter().map(|rank| rank.rank).collect::<Vec<_>>(),
            [6, 2, 5, 1, 7, 4, 3]
        );
        assert!(
            found[6].to - found[6].from >= 2,
            "the middle is crowded: {:?}",
            found[6]
        );
        let tied = [Place {
            observed: 10.0,
            expected: 10.0,
        }; 3];
        assert!(ranks(&tied, 0.9, 100, 1).unwrap().iter().all(|rank| rank.rank == 1));
        assert_eq!(ranks(&[], 0.9, 100, 1), None);
    }

    proptest! {
        /// The exact interval is what it says: at the lower limit so many or more have the probability α/2, at the upper so few or fewer.
        #[test]
        fn exact_means_exact(observed in 1u64..60) {
            let limits = poisson_exact(observed, 0.9);
            let at_most = |mean: f64, k: u64| {
                let mut term = (-mean).exp();
                (1..=k).fold(term, |sum, i| { term *= mean / i as f64; sum + term })
            };
            prop_assert!((1.0 - at_most(limits.lower, observed - 1) - 0.05).abs() < 1e-9);
            prop_assert!((at_most(limits.upper, observed) - 0.05).abs() < 1e-9);
        }

        #[test]
        fn shares_lie_within_their_interval(of in 0u64..200, more in 0u64..200) {
            prop_assume!(of + more > 0);
            let (share, limits) = (of as f64 / (of + more) as f64, wilson(of, of + more, 0.95).unwrap());
            prop_assert!(limits.holds(share) && limits.lower >= 0.0 && limits.upper <= 1.0);
        }

        /// Shrinking keeps the order of places of one size and never leaves the range.
        #[test]
        fn shrinking_goes_towards_the_mean(observed in prop::collection::vec(0u32..200, 2..20)) {
            let places: Vec<Place> = observed.iter().map(|&o| Place { observed: f64::from(o), expected: 50.0 }).collect();
            let mean = places.iter().map(|place| place.observed).sum::<f64>() / (50.0 * places.len() as f64);
            for (place, shrunk) in places.iter().zip(shrunk(&places).unwrap()) {
                prop_assert!((shrunk - mean).abs() <= (place.ratio() - mean).abs() + 1e-9);
            }
        }
    }
}
