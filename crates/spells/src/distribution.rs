//! The distributions that intervals and tests are made of: normal, gamma and chi-square.
//!
//! Written here because a whole statistics library is a large thing to bring along for four functions. Accurate to about 12 digits in the
//! range used (degrees of freedom up to millions); the tests hold them against published tables.

use std::f64::consts::{PI, SQRT_2};

/// The natural logarithm of the gamma function, for `x > 0`.
///
/// Lanczos' approximation with g = 7 and nine terms; for small `x` by the reflection Γ(x)Γ(1−x) = π / sin πx.
///
/// ```
/// use tovholder_spells::distribution::ln_gamma;
/// assert!((ln_gamma(5.0) - 24f64.ln()).abs() < 1e-12); // Γ(5) = 4!
/// ```
pub fn ln_gamma(x: f64) -> f64 {
    const TERMS: [f64; 9] = [
        0.999_999_999_999_809_9,
        676.520_368_121_885_1,
        -1_259.139_216_722_402_8,
        771.323_428_777_653_1,
        -176.615_029_162_140_6,
        12.507_343_278_686_905,
        -0.138_571_095_265_720_12,
        9.984_369_578_019_572e-6,
        1.505_632_735_149_311_6e-7,
    ];
    if x < 0.5 {
        return (PI / (PI * x).sin()).ln() - ln_gamma(1.0 - x);
    }
    let x = x - 1.0;
    let t = x + 7.5;
    let sum = TERMS
        .iter()
        .enumerate()
        .skip(1)
        .fold(TERMS[0], |sum, (i, term)| sum + term / (x + i as f64));
    0.5 * (2.0 * PI).ln() + (x + 0.5) * t.ln() - t + sum.ln()
}

/// The two regularised incomplete gamma functions P(a, x) and Q(a, x) = 1 − P(a, x).
///
/// Both at once, because the small one of the two keeps its digits only when it is the one computed: by the series below `a + 1`, by Lentz'
/// continued fraction above.
fn incomplete_gamma(a: f64, x: f64) -> (f64, f64) {
    if x <= 0.0 {
        return (0.0, 1.0);
    }
    // x^a e^-x / Γ(a)
    let scale = (a * x.ln() - x - ln_gamma(a)).exp();
    // The number of terms needed near the top of the distribution grows as the square root of `a`.
    let most = 1_000 + (20.0 * a.sqrt()) as usize;
    if x < a + 1.0 {
        let (mut term, mut sum, mut n) = (1.0 / a, 1.0 / a, a);
        for _ in 0..most {
            n += 1.0;
            term *= x / n;
            sum += term;
            if term < sum * f64::EPSILON {
                break;
            }
        }
        let p = (sum * scale).min(1.0);
        (p, 1.0 - p)
    } else {
        const TINY: f64 = 1e-300;
        let mut b = x + 1.0 - a;
        let mut c = 1.0 / TINY;
        let mut d = 1.0 / b;
        let mut h = d;
        for i in 1..=most {
            let an = -(i as f64) * (i as f64 - a);
            b += 2.0;
            d = an * d + b;
            if d.abs() < TINY {
                d = TINY;
            }
            c = b + an / c;
            if c.abs() < TINY {
                c = TINY;
            }
            d = 1.0 / d;
            let change = d * c;
            h *= change;
            if (change - 1.0).abs() < f64::EPSILON {
                break;
            }
        }
        let q = (scale * h).min(1.0);
        (1.0 - q, q)
    }
}

/// The probability that a chi-square variable with `df` degrees of freedom exceeds `x`: the p-value of a test.
///
/// ```
/// use tovholder_spells::distribution::chi_square_tail;
/// assert!((chi_square_tail(3.841458820694124, 1.0) - 0.05).abs() < 1e-12);
/// ```
pub fn chi_square_tail(x: f64, df: f64) -> f64 {
    incomplete_gamma(df / 2.0, x / 2.0).1
}

/// The `p`-quantile of the chi-square distribution with `df` degrees of freedom (`df` need not be whole); 0 when `df` is 0.
///
/// Newton's method on the incomplete gamma function, on whichever tail is the smaller, inside an interval that shrinks at every step: where
/// Newton would leave it, it is halved. Good to some 13 digits while `df` is
/// below a thousand.
///
/// ```
/// use tovholder_spells::distribution::chi_square_quantile;
/// assert!((chi_square_quantile(0.95, 1.0) - 3.841458820694124).abs() < 1e-10);
/// ```
pub fn chi_square_quantile(p: f64, df: f64) -> f64 {
    if df <= 0.0 || p <= 0.0 {
        return 0.0;
    }
    if p >= 1.0 {
        return f64::INFINITY;
    }
    let half = df / 2.0;
    // How much too great `x` is, as a probability.
    let excess = |x: f64| {
        let (lower, upper) = incomplete_gamma(half, x / 2.0);
        if p < 0.5 { lower - p } else { 1.0 - p - upper }
    };
    let density = |x: f64| 0.5 * ((half - 1.0) * (x / 2.0).ln() - x / 2.0 - ln_gamma(half)).exp();
    let (mut low, mut high, mut x) = (0.0, f64::INFINITY, df);
    loop {
        let too_much = excess(x);
        if too_much < 0.0 {
            low = x;
        } else {
            high = x;
        }
        let newton = x - too_much / density(x);
        let next = if newton > low && newton < high {
            newton
        } else if high.is_infinite() {
            2.0 * x + 10.0
        } else {
            0.5 * (low + high)
        };
        if (next - x).abs() <= 1e-13 * x || next <= low || next >= high {
            return next;
        }
        x = next;
    }
}

/// The `p`-quantile of the standard normal distribution: 1.959964 for 0.975.
///
/// The square root of a chi-square quantile with one degree of freedom, so that there is one routine to trust.
///
/// ```
/// use tovholder_spells::distribution::normal_quantile;
/// assert!((normal_quantile(0.975) - 1.959963984540054).abs() < 1e-12);
/// assert!((normal_quantile(0.025) + 1.959963984540054).abs() < 1e-12);
/// ```
pub fn normal_quantile(p: f64) -> f64 {
    if p == 0.5 {
        0.0
    } else if p < 0.5 {
        -chi_square_quantile(1.0 - 2.0 * p, 1.0).sqrt()
    } else {
        chi_square_quantile(2.0 * p - 1.0, 1.0).sqrt()
    }
}

/// The probability that a standard normal variable is at most `x`.
///
/// ```
/// use tovholder_spells::distribution::normal_below;
/// assert!((normal_below(1.959963984540054) - 0.975).abs() < 1e-12);
/// ```
pub fn normal_below(x: f64) -> f64 {
    let tail = 0.5 * incomplete_gamma(0.5, (x / SQRT_2) * (x / SQRT_2)).1;
    if x < 0.0 { tail } else { 1.0 - tail }
}

/// The quantile of a sample by linear interpolation between order statistics (R's type 7, the usual one of spreadsheets); `None` for an
/// empty sample.
///
/// ```
/// use tovholder_spells::distribution::sample_quantile;
/// assert_eq!(sample_quantile(&[4.0, 1.0, 3.0, 2.0], 0.5), Some(2.5));
/// assert_eq!(sample_quantile(&[], 0.5), None);
/// ```
pub fn sample_quantile(sample: &[f64], p: f64) -> Option<f64> {
    let mut sorted = sample.to_vec();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len().checked_sub(1)?;
    let place = p.clamp(0.0, 1.0) * last as f64;
    let (below, above) = (place.floor() as usize, place.ceil() as usize);
    Some(sorted[below] + (place - place.floor()) * (sorted[above] - sorted[below]))
}

/// Random numbers from a seed: the same seed gives the same numbers on every machine, so that a published interval can be computed again.
///
/// SplitMix64 (Steele, Lea & Flood 2014): small, fast and good enough for a bootstrap; not for secrets.
#[derive(Clone, Debug)]
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Random(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Between 0 and 1, never either.
    pub(crate) fn uniform(&mut self) -> f64 {
        ((self.next() >> 11) as f64 + 0.5) / (1u64 << 53) as f64
    }

    /// A Poisson number with the given mean: by multiplication when small, by Hörmann's transformed rejection (PTRS, 1993) when large.
    pub(crate) fn poisson(&mut self, mean: f64) -> u64 {
        if mean <= 0.0 {
            return 0;
        }
        if mean < 10.0 {
            let floor = (-mean).exp();
            let (mut k, mut product) = (0, self.uniform());
            while product > floor {
                k += 1;
                product *= self.uniform();
            }
            return k;
        }
        let b = 0.931 + 2.53 * mean.sqrt();
        let a = -0.059 + 0.02483 * b;
        let inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
        let v_r = 0.9277 - 3.6224 / (b - 2.0);
        loop {
            let u = self.uniform() - 0.5;
            let v = self.uniform();
            let us = 0.5 - u.abs();
            let k = ((2.0 * a / us + b) * u + mean + 0.43).floor();
            if us >= 0.07 && v <= v_r {
                return k as u64;
            }
            if k < 0.0 || (us < 0.013 && v > us) {
                continue;
            }
            let accept = (v * inverse_alpha / (a / (us * us) + b)).ln();
            if accept <= k * mean.ln() - mean - ln_gamma(k + 1.0) {
                return k as u64;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gamma_at_whole_and_half() {
        assert!((ln_gamma(0.5) - PI.sqrt().ln()).abs() < 1e-13);
        assert!((ln_gamma(1.0)).abs() < 1e-13);
        let factorial_170: f64 = (1..=169).map(|n| f64::from(n).ln()).sum();
        assert!((ln_gamma(170.0) - factorial_170).abs() < 1e-10);
    }

    /// Upper points of the chi-square table in any textbook.
    #[test]
    fn chi_square_table() {
        for (p, df, x) in [
            (0.95, 1.0, 3.841_459),
            (0.95, 2.0, 5.991_465),
            (0.99, 10.0, 23.209_251),
            (0.025, 10.0, 3.246_973),
            (0.975, 100.0, 129.561_197),
            (0.005, 30.0, 13.786_720),
        ] {
            let found = chi_square_quantile(p, df);
            assert!((found - x).abs() < 1e-6, "{p} {df}: {found}");
        }
        // With two degrees of freedom it is an exponential: −2 ln(1 − p).
        assert!((chi_square_quantile(0.3, 2.0) + 2.0 * 0.7f64.ln()).abs() < 1e-13);
    }

    #[test]
    fn quantile_and_tail_undo_each_other() {
        for df in [0.5, 1.0, 3.0, 17.0, 400.0, 25_000.0, 2e6] {
            for p in [1e-6, 0.001, 0.2, 0.5, 0.9, 0.999, 1.0 - 1e-6] {
                let tail = chi_square_tail(chi_square_quantile(p, df), df);
                // The logarithm of a probability is a difference of numbers as large as `df`, and has lost so many digits.
                assert!((tail - (1.0 - p)).abs() < 1e-12 + 2e-15 * df, "{df} {p} {tail}");
            }
        }
    }

    #[test]
    fn poisson_numbers_have_their_mean_and_variance() {
        let mut random = Random::new(7);
        for mean in [0.3, 4.0, 12.0, 250.0] {
            let draws: Vec<f64> = (0..20_000).map(|_| random.poisson(mean) as f64).collect();
            let average = draws.iter().sum::<f64>() / draws.len() as f64;
            let variance = draws.iter().map(|d| (d - average).powi(2)).sum::<f64>() / draws.len() as f64;
            assert!((average / mean - 1.0).abs() < 0.03, "{mean}: mean {average}");
            assert!((variance / mean - 1.0).abs() < 0.06, "{mean}: variance {variance}");
        }
    }
}
