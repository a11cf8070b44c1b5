//! How long to wait after attempts that failed: longer each time, never for ever.
//!
//! Two counts. One an account, kept in the database, so that it holds across restarts and on every node. One an address, kept in memory,
//! generous because a whole town hall may share one address.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;

/// Attempts on an account that are free: people mistype.
const FREE: u32 = 5;
/// The longest wait, in seconds. Whoever wants to lock somebody else out can do so for no longer.
const LONGEST: i64 = 900;
/// Seconds without an attempt after which an account starts afresh.
pub const FORGOTTEN: i64 = 24 * 3600;

/// Seconds to wait after so many attempts on one account that failed: none up to the fifth, then 30, 60, 120 … up to 15 minutes.
///
/// ```
/// use tovholder_identity::throttle::wait;
///
/// assert_eq!([4, 5, 6, 7, 20].map(wait), [0, 30, 60, 120, 900]);
/// ```
#[must_use]
pub fn wait(failures: u32) -> i64 {
    match failures.checked_sub(FREE) {
        None => 0,
        Some(more) => 30_i64.checked_shl(more.min(20)).unwrap_or(LONGEST).min(LONGEST),
    }
}

/// The window, in seconds.
const WINDOW: i64 = 900;
/// Addresses kept in mind at once. Beyond it those that are quiet are forgotten, then all.
const ADDRESSES: usize = 10_000;

/// Attempts, by the address they come from: so many in a quarter of an hour.
pub struct Addresses {
    most: u32,
    seen: Mutex<HashMap<IpAddr, (u32, Timestamp)>>,
}

/// The part of an address that is one customer's: of IPv6 the network, because a machine has as many addresses in it as it likes.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => {
            let mut parts = v6.segments();
            parts[4..].fill(0);
            IpAddr::from(parts)
        }
        v4 => v4,
    }
}

impl Addresses {
    /// At most so many attempts.
    #[must_use]
    pub fn new(most: u32) -> Self {
        Addresses {
            most,
            seen: Mutex::default(),
        }
    }

    /// Seconds the address has to wait; none: it may try.
    #[must_use]
    pub fn wait(&self, address: IpAddr, now: Timestamp) -> i64 {
        let all = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        match all.get(&network(address)) {
            Some((failures, since)) if *failures >= self.most => (since.as_second() + WINDOW - now.as_second()).max(0),
            _ => 0,
        }
    }

    /// Counts an attempt.
    pub fn count(&self, address: IpAddr, now: Timestamp) {
        let mut all = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let over = |since: &Timestamp| now.as_second() - since.as_second() >= WINDOW;
        if all.len() >= ADDRESSES {
            all.retain(|_, (_, since)| !over(since));
            if all.len() >= ADDRESSES {
                all.clear();
            }
        }
        let (failures, since) = all.entry(network(address)).or_insert((0, now));
        if over(since) {
            (*failures, *since) = (0, now);
        }
        *failures = failures.saturating_add(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_grows_and_ends() {
        let waits: Vec<i64> = (0..200).map(wait).collect();
        assert!(waits.windows(2).all(|pair| pair[0] <= pair[1]));
        assert_eq!((waits[0], waits[199], wait(u32::MAX)), (0, LONGEST, LONGEST));
    }

    #[test]
    fn an_address_that_fails_too_often_waits_and_others_do_not() {
        let addresses = Addresses::new(60);
        let at = |seconds| Timestamp::from_second(seconds).expect("a time");
        let (one, other): (IpAddr, IpAddr) = (
            "192.0.2.1".parse().expect("an address"),
            "192.0.2.2".parse().expect("an address"),
        );
        for _ in 0..60 {
            assert_eq!(addresses.wait(one, at(0)), 0);
            addresses.count(one, at(0));
        }
        assert_eq!(addresses.wait(one, at(100)), WINDOW - 100);
        assert_eq!(addresses.wait(other, at(100)), 0);
        assert_eq!(addresses.wait(one, at(WINDOW)), 0);
        addresses.count(one, at(WINDOW));
        assert_eq!(addresses.wait(one, at(WINDOW)), 0, "a new window begins");
    }

    #[test]
    fn a_machine_cannot_hide_among_its_own_addresses() {
        let addresses = Addresses::new(60);
        let at = Timestamp::from_second(0).expect("a time");
        for last in 0..60 {
            let v6: IpAddr = format!("2001:db8:1:2::{last:x}").parse().expect("an address");
            addresses.count(v6, at);
        }
        assert!(addresses.wait("2001:db8:1:2:ffff::1".parse().expect("an address"), at) > 0);
        assert_eq!(addresses.wait("2001:db8:1:3::1".parse().expect("an address"), at), 0);
        // An IPv4 address written as IPv6 is the same address.
        assert_eq!(
            network("::ffff:192.0.2.1".parse().expect("an address")),
            "192.0.2.1".parse::<IpAddr>().expect("an address")
        );
    }

    #[test]
    fn memory_is_bounded() {
        let addresses = Addresses::new(60);
        let at = Timestamp::from_second(0).expect("a time");
        for number in 0..25_000_u32 {
            addresses.count(IpAddr::from(number.to_be_bytes()), at);
        }
        assert!(addresses.seen.lock().expect("no panic").len() <= ADDRESSES);
    }
}
