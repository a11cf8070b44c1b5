//! How many different people a citizen must deal with, and how often the person changes.
//!
//! | measure | formula, with N contacts, nᵢ of them with professional i, M professionals | says |
//! |---|---|---|
//! | UPC | max nᵢ / N | the share of contacts with the one seen most |
//! | COC | (Σ nᵢ² − N) / (N (N − 1)) | the chance that two contacts drawn at random are with the same |
//! | SECON | Σ cⱼ / (N − 1), cⱼ = 1 when contact j is with the same as the one before | the share of contacts without a change |
//! | MMCI | (1 − M/(N + 0.1)) / (1 − 1/(N + 0.1)) | few professionals for many contacts |
//! | HHI | Σ (nᵢ / N)² | concentration; 1/HHI is the effective number of professionals |
//!
//! Sources: UPC, COC (Bice & Boxerman 1977), SECON (Steinwachs 1979) and MMCI (Magill & Senf 1987) as defined side by side in BMC Health Services
//! Research; HHI is Herfindahl's and Hirschman's index, 1/HHI Laakso and Taagepera's effective number (1979).
//!
//! The figures describe what a citizen meets. They are no measure of a professional, and a low number reached by closing help is no gain.

use std::collections::BTreeMap;

/// One citizen's contacts in figures.
///
/// ```
/// use tovholder_spells::continuity::{Continuity, continuity};
/// let seen: Continuity = continuity(&["Anna", "Anna", "Anna", "Bo", "Bo", "Cille"]);
/// assert_eq!((seen.contacts, seen.workers, seen.changes), (6, 3, 2));
/// assert_eq!((seen.upc, seen.secon), (Some(0.5), Some(0.6)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Continuity {
    /// N: how many contacts.
    pub contacts: u64,
    /// M: with how many different professionals.
    pub workers: u64,
    /// How many contacts were with another than the contact before.
    pub changes: u64,
    /// Usual provider of care; `None` without contacts.
    pub upc: Option<f64>,
    /// Continuity of care; `None` below two contacts.
    pub coc: Option<f64>,
    /// Sequential continuity; `None` below two contacts.
    pub secon: Option<f64>,
    /// Modified, modified continuity index; `None` below two contacts.
    pub mmci: Option<f64>,
    /// Herfindahl–Hirschman index; `None` without contacts.
    pub hhi: Option<f64>,
    /// The number of equally much seen professionals that would give the same concentration, 1/HHI; `None` without contacts.
    pub effective_workers: Option<f64>,
}

/// The figures for one citizen's contacts, in the order they took place. See [`Continuity`] for an example.
pub fn continuity<W: Ord>(contacts: &[W]) -> Continuity {
    let mut times: BTreeMap<&W, u64> = BTreeMap::new();
    for worker in contacts {
        *times.entry(worker).or_default() += 1;
    }
    let total = contacts.len() as u64;
    let changes = contacts.windows(2).filter(|pair| pair[0] != pair[1]).count() as u64;
    let n = total as f64;
    let squares = times.values().map(|&times| (times * times) as f64).sum::<f64>();
    let most = times.values().copied().max();
    let two_or_more = |value: f64| (total >= 2).then_some(value);
    Continuity {
        contacts: total,
        workers: times.len() as u64,
        changes,
        upc: most.map(|most| most as f64 / n),
        coc: two_or_more((squares - n) / (n * (n - 1.0))),
        secon: two_or_more((n - 1.0 - changes as f64) / (n - 1.0)),
        mmci: two_or_more((1.0 - times.len() as f64 / (n + 0.1)) / (1.0 - 1.0 / (n + 0.1))),
        hhi: most.map(|_| squares / (n * n)),
        effective_workers: most.map(|_| n * n / squares),
    }
}

/// From which group to which group citizens are handed: how many contacts were with somebody of `to` just after one with somebody else of `from`.
///
/// The diagonal holds changes of person inside a group.
///
/// ```
/// use tovholder_spells::continuity::Handovers;
/// let mut handovers = Handovers::default();
/// handovers.update(&[("Anna", "jobcentre"), ("Bo", "jobcentre"), ("Cille", "psychiatry"), ("Cille", "psychiatry")]);
/// assert_eq!(handovers.groups(), ["jobcentre", "psychiatry"]);
/// assert_eq!(handovers.matrix(), [[1, 1], [0, 0]]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handovers<G: Ord> {
    counts: BTreeMap<(G, G), u64>,
    groups: BTreeMap<G, ()>,
}

impl<G: Ord> Default for Handovers<G> {
    fn default() -> Self {
        Self {
            counts: BTreeMap::new(),
            groups: BTreeMap::new(),
        }
    }
}

impl<G: Ord + Clone> Handovers<G> {
    /// Counts one citizen's contacts (professional, group), in the order they took place. See [`Handovers`] for an example.
    pub fn update<W: PartialEq>(&mut self, contacts: &[(W, G)]) {
        for (_, group) in contacts {
            self.groups.insert(group.clone(), ());
        }
        for pair in contacts.windows(2) {
            if pair[0].0 != pair[1].0 {
                *self.counts.entry((pair[0].1.clone(), pair[1].1.clone())).or_default() += 1;
            }
        }
    }

    /// Adds the counts of other citizens.
    ///
    /// ```
    /// use tovholder_spells::continuity::Handovers;
    /// let (mut all, mut more) = (Handovers::default(), Handovers::default());
    /// more.update(&[("Anna", 1), ("Bo", 2)]);
    /// all.merge(&more);
    /// all.merge(&more);
    /// assert_eq!(all.matrix(), [[0, 2], [0, 0]]);
    /// ```
    pub fn merge(&mut self, other: &Self) {
        for group in other.groups.keys() {
            self.groups.insert(group.clone(), ());
        }
        for (pair, count) in &other.counts {
            *self.counts.entry(pair.clone()).or_default() += count;
        }
    }

    /// The groups in order: the rows and columns of the matrix. See [`Handovers`] for an example.
    pub fn groups(&self) -> Vec<G> {
        self.groups.keys().cloned().collect()
    }

    /// The counts, rows from and columns to. See [`Handovers`] for an example.
    pub fn matrix(&self) -> Vec<Vec<u64>> {
        let count = |from: &G, to: &G| self.counts.get(&(from.clone(), to.clone())).copied().unwrap_or(0);
        self.groups
            .keys()
            .map(|from| self.groups.keys().map(|to| count(from, to)).collect())
            .collect()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that panics fails")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(sequence: &str) -> Continuity {
        continuity(&sequence.chars().collect::<Vec<_>>())
    }

    #[test]
    fn the_reference_sequences() {
        for (sequence, upc, coc, secon, mmci, hhi) in [
            ("AAAAAA", 1.0, 1.0, 1.0, 1.0, 1.0),
            ("AAABBC", 0.5, 0.266667, 0.6, 0.607843, 0.388889),
            ("ABABAB", 0.5, 0.4, 0.0, 0.803922, 0.5),
            ("ABCDEF", 0.166667, 0.0, 0.0, 0.019608, 0.166667),
            ("AAAABB", 0.666667, 0.466667, 0.8, 0.803922, 0.555556),
            ("AABAAB", 0.666667, 0.466667, 0.4, 0.803922, 0.555556),
        ] {
            let found = of(sequence);
            for (name, found, expected) in [
                ("upc", found.upc, upc),
                ("coc", found.coc, coc),
                ("secon", found.secon, secon),
                ("mmci", found.mmci, mmci),
                ("hhi", found.hhi, hhi),
            ] {
                let found = found.unwrap();
                assert!(
                    (found - expected).abs() < 6e-7,
                    "{sequence} {name}: {found} is not {expected}"
                );
            }
        }
        assert!((of("AAABBC").effective_workers.unwrap() - 2.571).abs() < 6e-4);
        assert_eq!((of("AABAAB").changes, of("AAAABB").changes), (3, 1));
    }

    #[test]
    fn too_few_contacts_say_nothing() {
        let one = of("A");
        assert_eq!((one.contacts, one.workers, one.changes), (1, 1, 0));
        assert_eq!((one.upc, one.coc, one.secon, one.mmci), (Some(1.0), None, None, None));
        assert_eq!(of("").upc, None);
        assert_eq!(of("").effective_workers, None);
    }

    proptest! {
        #[test]
        fn within_bounds(sequence in prop::collection::vec(0u8..5, 2..30)) {
            let found = continuity(&sequence);
            for value in [found.upc, found.coc, found.secon, found.mmci, found.hhi] {
                prop_assert!((0.0..=1.0).contains(&value.unwrap()));
            }
            let effective = found.effective_workers.unwrap();
            prop_assert!(effective >= 1.0 - 1e-12 && effective <= found.workers as f64 + 1e-9);
            // The order matters to SECON alone.
            let mut sorted = sequence.clone();
            sorted.sort_unstable();
            let ordered = continuity(&sorted);
            prop_assert_eq!((found.coc, found.upc, found.mmci), (ordered.coc, ordered.upc, ordered.mmci));
            prop_assert!(ordered.secon >= found.secon);
            prop_assert!((found.secon.unwrap() - (1.0 - found.changes as f64 / (sequence.len() - 1) as f64)).abs() < 1e-12);
        }

        #[test]
        fn handovers_are_the_changes(sequence in prop::collection::vec((0u8..5, 0u8..3), 0..30)) {
            let mut handovers = Handovers::default();
            handovers.update(&sequence);
            let workers: Vec<u8> = sequence.iter().map(|&(worker, _)| worker).collect();
            prop_assert_eq!(handovers.matrix().iter().flatten().sum::<u64>(), continuity(&workers).changes);
        }
    }
}
