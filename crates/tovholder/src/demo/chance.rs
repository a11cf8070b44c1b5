//! Randomness and ids, all from the seed: every citizen has a stream of their own, so that each can be told alone and in any order.

use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use uuid::{Builder, Uuid};

/// Whose random numbers.
#[derive(Clone, Copy)]
pub enum Stream {
    /// The organisation and the companies.
    World,
    /// Who gets which thread of life and which coordinator.
    Roster,
    /// One citizen's whole story.
    Citizen(u32),
}

/// The random numbers of a stream.
pub fn numbers(seed: u64, stream: Stream) -> ChaCha8Rng {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    rng.set_stream(match stream {
        Stream::World => 0,
        Stream::Roster => 1,
        Stream::Citizen(index) => 2 + u64::from(index),
    });
    rng
}

/// Yes with this probability.
pub fn chance(rng: &mut ChaCha8Rng, probability: f64) -> bool {
    rng.random_bool(probability.clamp(0.0, 1.0))
}

/// Any of these numbers, both ends included.
pub fn between(rng: &mut ChaCha8Rng, low: i32, high: i32) -> i32 {
    if high <= low { low } else { rng.random_range(low..=high) }
}

/// Waiting times as they are in life: mostly short, some very long. `mean` in days, never more than six times that.
pub fn waiting(rng: &mut ChaCha8Rng, mean: f64) -> i32 {
    let even: f64 = rng.random_range(0.0..1.0);
    (-mean * (1.0 - even).ln()).min(mean * 6.0) as i32
}

/// Any of the things; none when there are none.
pub fn pick<'a, T>(rng: &mut ChaCha8Rng, of: &'a [T]) -> Option<&'a T> {
    if of.is_empty() {
        None
    } else {
        of.get(rng.random_range(0..of.len()))
    }
}

/// Makes ids of UUID version 7 from simulated time: they sort by it, and within a millisecond in the order they were made.
pub struct Ids {
    rng: ChaCha8Rng,
    made: u16,
}

impl Ids {
    /// Ids that draw from the numbers.
    pub const fn new(rng: ChaCha8Rng) -> Self {
        Ids { rng, made: 0 }
    }

    /// The next id, for a thing that came to be at this time.
    pub fn next(&mut self, millis: i64) -> Uuid {
        let mut tail: [u8; 10] = self.rng.random();
        let [high, low] = (self.made & 0x0fff).to_be_bytes();
        (tail[0], tail[1]) = (high, low);
        self.made = self.made.wrapping_add(1);
        Builder::from_unix_timestamp_millis(millis.unsigned_abs(), &tail).into_uuid()
    }
}
