//! Proportional hazards: how much more often something happens to those with a trait, all else as it is (Cox 1972).
//!
//! λ(t | x) = λ₀(t) exp(βᵀx). Nothing is assumed about λ₀: at each time with an event, those at risk (entry < t ≤ time) are compared with each other.
//! `exp(β)` is how many times as often the event happens per unit of x. Several events at one time are ties: Efron's way ([`Ties::Efron`]) is near the exact
//! answer and R's default, Breslow's is simpler and pulls β towards 0. β maximises the partial likelihood by Newton's method, with halved steps where one
//! would make it smaller; the standard errors are those of the inverse information.
//!
//! It describes; it is no effect. People with and without the trait differ in more than the trait, and no figure of one person may be made of it.
//!
//! ```
//! use tovholder_spells::cox::{Subject, Ties, fit};
//! // Those with the trait left after 1, 1 and 6 weeks, the last of them out of sight; those without after 6, 8 and 9.
//! let seen = [(9.0, true, 0.0), (1.0, true, 1.0), (1.0, false, 1.0), (6.0, true, 1.0), (6.0, true, 0.0), (8.0, false, 0.0)];
//! let subjects: Vec<Subject> = seen.into_iter().map(|(time, event, x)| Subject::new(time, event, vec![x])).collect();
//! let fit = fit(&subjects, Ties::Efron).unwrap();
//! assert!((fit.coefficients[0] - 1.6768575).abs() < 1e-6);
//! assert!((fit.hazard_ratios(0.95)[0].estimate - 5.348723).abs() < 1e-5);
//! ```
//!
//! Sources: Cox 1972; Breslow 1974; Efron 1977; Therneau & Grambsch, *Modeling Survival Data*, 2000, appendix E (the worked examples).

use std::fmt;

use crate::distribution::{chi_square_tail, normal_quantile};
use crate::survival::solve;

/// Newton's method gets there in five or so; more means that it does not.
const MOST_STEPS: usize = 50;
/// Two steps closer than this (of the log-likelihood, relative) are one.
const CLOSE: f64 = 1e-12;
/// A coefficient that goes past this has no largest likelihood: exp(20) times as often is for ever.
const RUNAWAY: f64 = 20.0;

/// What is known about one duration.
///
/// ```
/// use tovholder_spells::cox::Subject;
/// let late = Subject { entry: 2.0, ..Subject::new(9.0, true, vec![1.0]) }; // seen from week 2 on
/// assert!(late.entry < late.time);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Subject {
    /// Under observation just after this time; minus infinity when from the start.
    pub entry: f64,
    /// The event happened, or observation ended, at this time.
    pub time: f64,
    /// Whether it happened.
    pub event: bool,
    /// The traits, the same number for everybody.
    pub traits: Vec<f64>,
}

impl Subject {
    /// Seen from the start. See [the module](self) for an example.
    pub fn new(time: f64, event: bool, traits: Vec<f64>) -> Self {
        Subject {
            entry: f64::NEG_INFINITY,
            time,
            event,
            traits,
        }
    }
}

/// What is done with several events at one time.
///
/// ```
/// assert_eq!(tovholder_spells::cox::Ties::default(), tovholder_spells::cox::Ties::Efron);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ties {
    /// Each of d events is compared with all at risk less a part, 0/d, 1/d, … of those to whom it happens at that time.
    #[default]
    Efron,
    /// Each is compared with all at risk.
    Breslow,
}

/// Why there is no answer.
///
/// ```
/// use tovholder_spells::cox::{Subject, Ties, Unfit, fit};
/// // Everybody with the trait leaves before everybody without: no ratio is large enough.
/// let apart: Vec<Subject> = (1..=6).map(|t| Subject::new(f64::from(t), true, vec![if t < 4 { 1.0 } else { 0.0 }])).collect();
/// assert_eq!(fit(&apart, Ties::Efron), Err(Unfit::Endless));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// A time or trait is not a number, a time is not after its entry, or the traits are not as many for everybody.
    Subject(usize),
    /// No event was seen.
    NoEvents,
    /// A trait is the same for everybody at risk, or follows from the others.
    Redundant,
    /// The likelihood grows without end: the event happens to all with a trait before it happens to others.
    Endless,
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unfit::Subject(i) => write!(f, "duration {i} cannot be true"),
            Unfit::NoEvents => f.write_str("no event was seen"),
            Unfit::Redundant => f.write_str("a trait is the same for all, or follows from the others"),
            Unfit::Endless => f.write_str("the event happens to all with a trait before it happens to others"),
        }
    }
}
impl std::error::Error for Unfit {}

/// A number with its interval.
///
/// ```
/// let ratio = tovholder_spells::cox::Ratio { estimate: 2.0, lower: 1.0, upper: 4.0 };
/// assert!(ratio.lower < ratio.estimate);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ratio {
    /// How many times as often, per unit of the trait.
    pub estimate: f64,
    /// Lower limit.
    pub lower: f64,
    /// Upper limit.
    pub upper: f64,
}

/// The answer. See [the module](self) for an example.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// β, in the order of the traits.
    pub coefficients: Vec<f64>,
    /// Their standard errors.
    pub standard_errors: Vec<f64>,
    /// The logarithm of the partial likelihood at β = 0 and at the answer.
    pub log_likelihood: [f64; 2],
}

impl Fit {
    /// exp(β) with exp(β ± z·se). See [the module](self) for an example.
    ///
    /// # Panics
    /// When the level is not between 0 and 1.
    pub fn hazard_ratios(&self, level: f64) -> Vec<Ratio> {
        let z = normal_quantile((1.0 + level) / 2.0);
        let pairs = self.coefficients.iter().zip(&self.standard_errors);
        pairs
            .map(|(beta, se)| Ratio {
                estimate: beta.exp(),
                lower: (beta - z * se).exp(),
                upper: (beta + z * se).exp(),
            })
            .collect()
    }

    /// Twice the rise of the log-likelihood from β = 0, and how likely so large a rise is when no trait matters.
    ///
    /// ```
    /// # use tovholder_spells::cox::Fit;
    /// let fit = Fit { coefficients: vec![0.9], standard_errors: vec![0.5], log_likelihood: [-10.0, -8.0] };
    /// assert_eq!(fit.likelihood_ratio().0, 4.0);
    /// ```
    pub fn likelihood_ratio(&self) -> (f64, f64) {
        let test = 2.0 * (self.log_likelihood[1] - self.log_likelihood[0]);
        (test, chi_square_tail(test, self.coefficients.len() as f64))
    }
}

/// Finds β. See [the module](self) for an example.
///
/// # Errors
/// When the data have no answer.
pub fn fit(subjects: &[Subject], ties: Ties) -> Result<Fit, Unfit> {
    let traits = subjects.first().map_or(0, |s| s.traits.len());
    let wrong = |s: &Subject| {
        !s.time.is_finite()
            || s.entry.is_nan()
            || s.entry >= s.time
            || s.traits.len() != traits
            || s.traits.iter().any(|x| !x.is_finite())
    };
    if let Some(i) = subjects.iter().position(wrong) {
        return Err(Unfit::Subject(i));
    }
    let events = subjects.iter().filter(|s| s.event).count();
    if events == 0 {
        return Err(Unfit::NoEvents);
    }
    // Around their means and by their spread, no exp() is too large and every trait weighs alike.
    let n = subjects.len() as f64;
    let mut scales = Vec::with_capacity(traits);
    for k in 0..traits {
        let mean = subjects.iter().map(|s| s.traits[k]).sum::<f64>() / n;
        let spread = (subjects.iter().map(|s| (s.traits[k] - mean).powi(2)).sum::<f64>() / n).sqrt();
        if spread == 0.0 {
            return Err(Unfit::Redundant);
        }
        scales.push((mean, spread));
    }
    let scaled: Vec<Subject> = subjects
        .iter()
        .map(|s| Subject {
            traits: s
                .traits
                .iter()
                .zip(&scales)
                .map(|(x, (mean, spread))| (x - mean) / spread)
                .collect(),
            ..*s
        })
        .collect();
    let data = Data::new(&scaled, ties);
    let mut beta = vec![0.0; traits];
    let mut here = data.likelihood(&beta);
    let at_zero = here.log;
    for round in 0..MOST_STEPS {
        // Traits that follow from each other do so from the start; a likelihood that only flattens far out has no top.
        let flat = if round == 0 { Unfit::Redundant } else { Unfit::Endless };
        let mut step = solve(here.information.clone(), here.score.clone()).ok_or(flat)?;
        // Half of infinity is infinity: a curvature of next to nothing leads nowhere.
        if step.iter().any(|s| !s.is_finite()) {
            return Err(flat);
        }
        let (next, there) = loop {
            let next: Vec<f64> = beta.iter().zip(&step).map(|(b, s)| b + s).collect();
            let there = data.likelihood(&next);
            if there.log >= here.log - CLOSE * (1.0 + here.log.abs()) || step.iter().all(|s| s.abs() < CLOSE) {
                break (next, there);
            }
            step.iter_mut().for_each(|s| *s /= 2.0);
        };
        let rise = there.log - here.log;
        (beta, here) = (next, there);
        if beta.iter().any(|b| b.abs() > RUNAWAY) {
            return Err(Unfit::Endless);
        }
        if rise.abs() <= CLOSE * (1.0 + here.log.abs()) && step.iter().all(|s| s.abs() < 1e-9) {
            let unit = |k: usize| (0..traits).map(|i| if i == k { 1.0 } else { 0.0 }).collect();
            let mut standard_errors = Vec::with_capacity(traits);
            for k in 0..traits {
                let column = solve(here.information.clone(), unit(k)).ok_or(Unfit::Redundant)?;
                standard_errors.push(column[k].sqrt() / scales[k].1);
            }
            return Ok(Fit {
                coefficients: beta.iter().zip(&scales).map(|(b, scale)| b / scale.1).collect(),
                standard_errors,
                log_likelihood: [at_zero, here.log],
            });
        }
    }
    Err(Unfit::Endless)
}

/// The partial likelihood at one β: its logarithm, its slope and minus its curvature.
struct Likelihood {
    log: f64,
    score: Vec<f64>,
    information: Vec<Vec<f64>>,
}

/// Sums over some subjects of exp(βᵀx) times 1, x and xxᵀ.
#[derive(Clone)]
struct Weights {
    one: f64,
    x: Vec<f64>,
    xx: Vec<Vec<f64>>,
}

impl Weights {
    fn none(traits: usize) -> Weights {
        Weights {
            one: 0.0,
            x: vec![0.0; traits],
            xx: vec![vec![0.0; traits]; traits],
        }
    }

    fn add(&mut self, weight: f64, x: &[f64]) {
        self.one += weight;
        for (i, xi) in x.iter().enumerate() {
            self.x[i] += weight * xi;
            for (j, xj) in x.iter().enumerate() {
                self.xx[i][j] += weight * xi * xj;
            }
        }
    }
}

struct Data<'a> {
    subjects: &'a [Subject],
    ties: Ties,
    /// From the last time to the first, and from the last entry to the first: who comes into the risk set going backwards, and who leaves it.
    by_time: Vec<usize>,
    by_entry: Vec<usize>,
}

impl Data<'_> {
    fn new(subjects: &[Subject], ties: Ties) -> Data<'_> {
        let order = |key: &dyn Fn(&Subject) -> f64| {
            let mut order: Vec<usize> = (0..subjects.len()).collect();
            order.sort_by(|&a, &b| key(&subjects[b]).total_cmp(&key(&subjects[a])));
            order
        };
        Data {
            subjects,
            ties,
            by_time: order(&|s| s.time),
            by_entry: order(&|s| s.entry),
        }
    }

    fn likelihood(&self, beta: &[f64]) -> Likelihood {
        let traits = beta.len();
        let line = |s: &Subject| s.traits.iter().zip(beta).map(|(x, b)| x * b).sum::<f64>();
        let mut risk = Weights::none(traits);
        let mut out = Likelihood {
            log: 0.0,
            score: vec![0.0; traits],
            information: vec![vec![0.0; traits]; traits],
        };
        let (mut at, mut left) = (0, 0);
        while at < self.by_time.len() {
            let time = self.subjects[self.by_time[at]].time;
            let mut dying = Weights::none(traits);
            let mut events = 0;
            while let Some(s) = self
                .by_time
                .get(at)
                .map(|&i| &self.subjects[i])
                .filter(|s| s.time == time)
            {
                let weight = line(s).exp();
                risk.add(weight, &s.traits);
                if s.event {
                    events += 1;
                    dying.add(weight, &s.traits);
                    out.log += line(s);
                    out.score.iter_mut().zip(&s.traits).for_each(|(score, x)| *score += x);
                }
                at += 1;
            }
            // Who comes into sight at this time or later was not at risk at it.
            while let Some(s) = self
                .by_entry
                .get(left)
                .map(|&i| &self.subjects[i])
                .filter(|s| s.entry >= time)
            {
                risk.add(-line(s).exp(), &s.traits);
                left += 1;
            }
            for i in 0..events {
                let part = match self.ties {
                    Ties::Efron => f64::from(i) / f64::from(events),
                    Ties::Breslow => 0.0,
                };
                let one = risk.one - part * dying.one;
                let mean: Vec<f64> = risk
                    .x
                    .iter()
                    .zip(&dying.x)
                    .map(|(all, own)| (all - part * own) / one)
                    .collect();
                out.log -= one.ln();
                for k in 0..traits {
                    out.score[k] -= mean[k];
                    for l in 0..traits {
                        out.information[k][l] += (risk.xx[k][l] - part * dying.xx[k][l]) / one - mean[k] * mean[l];
                    }
                }
            }
        }
        out
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that panics fails")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn near(found: f64, expected: f64, digits: i32) {
        assert!(
            (found - expected).abs() <= 0.6 * 10f64.powi(-digits),
            "{found}, not {expected}"
        );
    }

    /// `"9 13 13+"` with one trait: a plus marks a time out of sight.
    fn group(text: &str, x: f64) -> Vec<Subject> {
        let one = |word: &str| match word.strip_suffix('+') {
            Some(time) => Subject::new(time.parse().unwrap(), false, vec![x]),
            None => Subject::new(word.parse().unwrap(), true, vec![x]),
        };
        text.split_whitespace().map(one).collect()
    }

    /// Miller 1981: 11 with maintenance, 12 without.
    fn aml() -> Vec<Subject> {
        let mut all = group("9 13 13+ 18 23 28+ 31 34 45+ 48 161+", 0.0);
        all.extend(group("5 5 8 8 12 16+ 23 27 30 33 43 45", 1.0));
        all
    }

    #[test]
    fn vector_aml() {
        let efron = fit(&aml(), Ties::Efron).unwrap();
        near(efron.coefficients[0], 0.915532, 6);
        near(efron.standard_errors[0], 0.511934, 6);
        let breslow = fit(&aml(), Ties::Breslow).unwrap();
        near(breslow.coefficients[0], 0.9042, 4);
        near(breslow.standard_errors[0], 0.5122, 4);
        let (test, p) = breslow.likelihood_ratio();
        near(test, 3.3, 1);
        near(p, 0.06945, 5);
    }

    /// Therneau & Grambsch, appendix E: the answer in closed form.
    #[test]
    fn vector_closed_form() {
        let seen = [
            (9.0, 1, 0.0),
            (1.0, 1, 1.0),
            (1.0, 0, 1.0),
            (6.0, 1, 1.0),
            (6.0, 1, 0.0),
            (8.0, 0, 0.0),
        ];
        let subjects: Vec<Subject> = seen
            .iter()
            .map(|&(time, event, x)| Subject::new(time, event == 1, vec![x]))
            .collect();
        let breslow = fit(&subjects, Ties::Breslow).unwrap();
        near(breslow.coefficients[0], (1.5 + 33f64.sqrt() / 2.0).ln(), 9);
        near(breslow.coefficients[0], 1.4752849, 7);
        let efron = fit(&subjects, Ties::Efron).unwrap();
        let exact = (2.0 * (23.0f64 / 3.0).sqrt() * (((45.0 / 23.0) * (3.0f64 / 23.0).sqrt()).acos() / 3.0).cos()).ln();
        near(efron.coefficients[0], exact, 9);
        near(efron.coefficients[0], 1.6768575, 7);
        // One step of Newton's method from 0 is 8/5.
        let zero = Data::new(&subjects, Ties::Breslow).likelihood(&[0.0]);
        near(zero.score[0] / zero.information[0][0], 1.6, 12);
    }

    #[test]
    fn what_has_no_answer_says_why() {
        let same: Vec<Subject> = (1..5).map(|t| Subject::new(f64::from(t), true, vec![2.0])).collect();
        assert_eq!(fit(&same, Ties::Efron), Err(Unfit::Redundant));
        let twice: Vec<Subject> = aml()
            .into_iter()
            .map(|s| Subject {
                traits: vec![s.traits[0], 2.0 * s.traits[0]],
                ..s
            })
            .collect();
        assert_eq!(fit(&twice, Ties::Efron), Err(Unfit::Redundant));
        assert_eq!(
            fit(&[Subject::new(1.0, false, vec![1.0])], Ties::Efron),
            Err(Unfit::NoEvents)
        );
        let backwards = Subject {
            entry: 2.0,
            ..Subject::new(1.0, true, vec![1.0])
        };
        assert_eq!(fit(&[backwards], Ties::Efron), Err(Unfit::Subject(0)));
    }

    fn subject() -> impl Strategy<Value = Subject> {
        (0..8i32, 1..12i32, any::<bool>(), -3..4i32, 0..2i32).prop_map(|(entry, more, event, x, y)| Subject {
            entry: f64::from(entry),
            time: f64::from(entry + more),
            event,
            traits: vec![f64::from(x), f64::from(y)],
        })
    }

    /// Breslow's likelihood as it is written: for every event its weight over that of all at risk.
    fn written_out(subjects: &[Subject], beta: &[f64]) -> f64 {
        let line = |s: &Subject| s.traits.iter().zip(beta).map(|(x, b)| x * b).sum::<f64>();
        let events = subjects.iter().filter(|s| s.event);
        events
            .map(|e| {
                let at_risk = subjects.iter().filter(|s| s.entry < e.time && e.time <= s.time);
                line(e) - at_risk.map(|s| line(s).exp()).sum::<f64>().ln()
            })
            .sum()
    }

    proptest! {
        /// Who comes into sight late is at risk from then on; and the answer is a top: a little to any side is no better.
        #[test]
        fn the_answer_is_the_top_of_the_likelihood(subjects in prop::collection::vec(subject(), 12..40)) {
            if let Ok(fit) = fit(&subjects, Ties::Breslow) {
                let top = written_out(&subjects, &fit.coefficients);
                prop_assert!((top - fit.log_likelihood[1]).abs() < 1e-7, "{top} {:?}", fit.log_likelihood);
                for step in [[1e-3, 0.0], [-1e-3, 0.0], [0.0, 1e-3], [0.0, -1e-3]] {
                    let beside = [fit.coefficients[0] + step[0], fit.coefficients[1] + step[1]];
                    prop_assert!(written_out(&subjects, &beside) <= top + 1e-9);
                }
            }
        }

        /// Another unit of time or of a trait says the same.
        #[test]
        fn units_do_not_matter(subjects in prop::collection::vec(subject(), 12..40)) {
            let other: Vec<Subject> = subjects.iter().map(|s| Subject {
                entry: s.entry * 7.0, time: s.time * 7.0, event: s.event, traits: vec![s.traits[0] * 100.0 + 5.0, s.traits[1]],
            }).collect();
            if let (Ok(a), Ok(b)) = (fit(&subjects, Ties::Efron), fit(&other, Ties::Efron)) {
                prop_assert!((a.coefficients[0] - 100.0 * b.coefficients[0]).abs() < 1e-6 * (1.0 + a.standard_errors[0]));
                prop_assert!((a.standard_errors[1] - b.standard_errors[1]).abs() < 1e-6 * (1.0 + a.standard_errors[1]));
            }
        }
    }
}
