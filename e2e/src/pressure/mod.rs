//! Many people at once, without browsers: what they sent, what they were answered, and whether the database agrees.
//!
//! - [`client`] — plain HTTP, light enough to share a machine with the server
//! - [`cast`] — who they are: citizens and employees of a demo municipality, each with a session
//! - [`ledger`] — what each sent and what the server acknowledged, and the comparison with what the database holds
//! - [`people`] — what they do, one form after the other
//! - [`node`] — servers that can be killed, and the database server that can be stopped
//! - [`chaos`] — the two together: people who write, and servers that are killed under them

pub mod cast;
pub mod chaos;
pub mod client;
pub mod ledger;
pub mod node;
pub mod people;

/// Randomness from a seed (SplitMix64): the same seed, the same numbers.
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    /// Begins at `seed`.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`, which is at least 1.
    pub const fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    /// Whether something that happens so many times in a hundred happens now.
    pub const fn percent(&mut self, times: u64) -> bool {
        self.below(100) < times
    }
}
