//! How often one person may do what a machine would do without end: search, look up CPR numbers, take files out.
//!
//! Generous for people, so that nobody notices who works; somebody who reads the registers through with a program is stopped and stands in the log as well. Kept in
//! memory: with several servers each counts by itself, and a restart forgets.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use uuid::Uuid;

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Paced {
    /// A search. As one types there is one for each pause.
    Search,
    /// A search for a whole CPR number, which tells whether there is somebody.
    Number,
    /// A file with people or companies taken out.
    Export,
}

impl Paced {
    /// So many times in so many seconds.
    const fn limit(self) -> (u32, i64) {
        match self {
            Paced::Search => (60, 60),
            Paced::Number => (120, 3600),
            Paced::Export => (30, 3600),
        }
    }

    const fn as_str(self) -> &'static str {
        match self {
            Paced::Search => "search",
            Paced::Number => "number",
            Paced::Export => "export",
        }
    }
}

/// Counts kept in mind at once. Beyond it those whose time is over are forgotten.
const MANY: usize = 10_000;

/// How often everybody has, of late.
#[derive(Default)]
pub struct Pace(Mutex<HashMap<(Uuid, Paced), (u32, Timestamp)>>);

impl Pace {
    /// Counts that somebody does it now. Answers the seconds until they may; 0: they may.
    pub fn count(&self, who: Uuid, what: Paced, now: Timestamp) -> i64 {
        let (most, window) = what.limit();
        let left = |since: Timestamp, window: i64| since.as_second() + window - now.as_second();
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MANY {
            all.retain(|(_, what), (_, since)| left(*since, what.limit().1) > 0);
        }
        let (times, since) = all.entry((who, what)).or_insert((0, now));
        // A clock that was set back must not lock anybody out.
        if left(*since, window) <= 0 || *since > now {
            (*times, *since) = (0, now);
        }
        if *times >= most {
            metrics::counter!("tovholder_too_fast_total", "what" => what.as_str()).increment(1);
            return left(*since, window).max(1);
        }
        *times += 1;
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("a time")
    }

    #[test]
    fn whoever_asks_too_often_waits_until_the_time_is_over_and_others_do_not() {
        let pace = Pace::default();
        let (one, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        for what in [Paced::Search, Paced::Number, Paced::Export] {
            let (most, window) = what.limit();
            for _ in 0..most {
                assert_eq!(pace.count(one, what, at(1_000)), 0);
            }
            assert_eq!(pace.count(one, what, at(1_010)), window - 10, "{what:?}");
            assert_eq!(pace.count(other, what, at(1_010)), 0);
            // Waiting is not made longer by asking.
            assert_eq!(pace.count(one, what, at(1_000 + window - 1)), 1);
            for _ in 0..most {
                assert_eq!(pace.count(one, what, at(1_000 + window)), 0);
            }
            assert_eq!(pace.count(one, what, at(1_000 + window)), window);
            assert_eq!(pace.count(one, what, at(0)), 0, "the clock was set back");
        }
    }

    #[test]
    fn memory_is_bounded_by_who_is_busy() {
        let pace = Pace::default();
        for number in 0..25_000_u32 {
            pace.count(Uuid::from_u128(number.into()), Paced::Search, at(i64::from(number)));
        }
        assert!(pace.0.lock().expect("no panic").len() <= MANY);
    }
}
