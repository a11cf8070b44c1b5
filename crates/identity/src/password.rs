//! Passwords: Argon2id, and what a new one must be.

use std::fmt;

use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;

use crate::Random;

/// Kilobytes, rounds, lanes.
type Cost = (u32, u32, u32);
/// What OWASP's cheat sheet on storing passwords asks of Argon2id at least (19 MiB, 2, 1).
const COST: Cost = (19 * 1024, 2, 1);
/// Bytes of salt.
const SALT: usize = 16;
/// Bytes of the result.
const RESULT: usize = 32;
/// The shortest password, in characters. It stands beside a code from an app.
pub const SHORTEST: usize = 12;
/// The longest. Nothing is cut off.
pub const LONGEST: usize = 200;

/// Why a password will not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weak {
    /// Shorter than [`SHORTEST`].
    Short,
    /// Longer than [`LONGEST`].
    Long,
    /// One thing over and over, or letters and digits in their order.
    Simple,
    /// The user's own name or the place's is most of it.
    Known,
}

/// Whether a password will do. `known` are words others would try first: the user's name, the place's.
///
/// No rule asks for signs of several kinds: length is what counts (NIST SP 800-63B).
///
/// # Errors
/// [`Weak`].
pub fn check(password: &str, known: &[&str]) -> Result<(), Weak> {
    let length = password.chars().count();
    if length < SHORTEST {
        return Err(Weak::Short);
    }
    if length > LONGEST {
        return Err(Weak::Long);
    }
    let lower = password.to_lowercase();
    let mut different: Vec<char> = lower.chars().collect();
    different.sort_unstable();
    different.dedup();
    let chars: Vec<char> = lower.chars().collect();
    let in_order = chars
        .windows(2)
        .filter(|pair| {
            let (a, b) = (u32::from(pair[0]), u32::from(pair[1]));
            a.abs_diff(b) <= 1
        })
        .count();
    let rows = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];
    let typed = rows.iter().any(|row| lower.contains(&row[..6]));
    if different.len() < 5 || in_order * 3 > length * 2 || (typed && length < SHORTEST + 6) {
        return Err(Weak::Simple);
    }
    let left = known
        .iter()
        .flat_map(|words| words.split(|c: char| !c.is_alphanumeric()))
        .filter(|word| word.chars().count() >= 3)
        .fold(lower, |left, word| left.replace(&word.to_lowercase(), ""));
    for common in [
        "password",
        "adgangskode",
        "kodeord",
        "velkommen",
        "sommer",
        "vinter",
        "kommune",
        "tovholder",
    ] {
        if left.contains(common) && left.chars().count() < common.chars().count() + 8 {
            return Err(Weak::Known);
        }
    }
    if left.chars().count() < 8 {
        return Err(Weak::Known);
    }
    Ok(())
}

/// The machine cannot do it: no memory for it.
#[derive(Debug)]
pub struct Failed;

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the password could not be hashed")
    }
}

impl std::error::Error for Failed {}

fn hash_with(password: &str, salt: &[u8], (memory, rounds, lanes): Cost) -> Result<[u8; RESULT], Failed> {
    let params = Params::new(memory, rounds, lanes, Some(RESULT)).map_err(|_| Failed)?;
    let mut out = [0; RESULT];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(password.as_bytes(), salt, &mut out)
        .map_err(|_| Failed)?;
    Ok(out)
}

/// A password as it is kept: with its salt and its cost, in the usual text form. Takes tens of milliseconds and 19 MiB.
///
/// # Errors
/// [`Failed`].
pub fn hash(password: &str, random: Random<'_>) -> Result<String, Failed> {
    let mut salt = [0; SALT];
    random(&mut salt);
    let (memory, rounds, lanes) = COST;
    let result = hash_with(password, &salt, COST)?;
    Ok(format!(
        "$argon2id$v=19$m={memory},t={rounds},p={lanes}${}${}",
        STANDARD_NO_PAD.encode(salt),
        STANDARD_NO_PAD.encode(result)
    ))
}

/// Whether it is the password. Without one that is kept, as much work is done for nothing: how long the answer takes must not tell whether
/// there is an account.
#[must_use]
pub fn verify(password: &str, kept: Option<&str>) -> bool {
    let Some((cost, salt, wanted)) = kept.and_then(parts) else {
        let _ = hash_with(password, &[0; SALT], COST);
        return false;
    };
    hash_with(password, &salt, cost).is_ok_and(|result| crate::same(&result, &wanted))
}

/// Cost, salt and result of what [`hash`] wrote.
fn parts(kept: &str) -> Option<(Cost, Vec<u8>, Vec<u8>)> {
    let mut parts = kept.strip_prefix("$argon2id$v=19$")?.split('$');
    let (cost, salt, result) = (parts.next()?, parts.next()?, parts.next()?);
    let mut numbers = cost.split(',');
    let mut number = |name: &str| numbers.next()?.strip_prefix(name)?.parse::<u32>().ok();
    let cost = (number("m=")?, number("t=")?, number("p=")?);
    // What was not written by us could ask for all of the machine's memory.
    if cost.0 > 1024 * 1024 || cost.1 > 20 || cost.2 > 8 || parts.next().is_some() {
        return None;
    }
    Some((
        cost,
        STANDARD_NO_PAD.decode(salt).ok()?,
        STANDARD_NO_PAD.decode(result).ok()?,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_password_is_known_again_and_another_is_not() {
        let mut random = |bytes: &mut [u8]| bytes.fill(7);
        let kept = hash("tre små grønne tog", &mut random).expect("hashes");
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        assert!(verify("tre små grønne tog", Some(&kept)));
        assert!(!verify("tre små grønne Tog", Some(&kept)));
        assert!(!verify("tre små grønne tog", None));
        assert!(!verify("", Some("$argon2id$v=19$m=4294967295,t=1,p=1$AAAA$AAAA")));
    }

    /// What the reference implementation in C writes for the same password, salt and cost.
    #[test]
    fn the_form_is_the_usual_one() {
        let mut random = |bytes: &mut [u8]| bytes.copy_from_slice(b"somesaltsomesalt");
        let kept = hash("tre små grønne tog", &mut random).expect("hashes");
        assert_eq!(
            kept,
            "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$LLDIQ2gwvHHV2BJyZwbCJZq8wN2LCdxG7TPV6Dc8UUU"
        );
    }

    #[test]
    fn what_others_would_try_first_is_refused() {
        let known = ["Karen Holm", "Lærkebro Kommune"];
        for (password, weak) in [
            ("kort", Weak::Short),
            ("aaaaaaaaaaaa", Weak::Simple),
            ("abcdefghijklm", Weak::Simple),
            ("1234567890123", Weak::Simple),
            ("qwertyuiop12", Weak::Simple),
            ("karenholm123", Weak::Known),
            ("Lærkebro2026!", Weak::Known),
            ("Velkommen2026", Weak::Known),
            ("adgangskode1", Weak::Known),
        ] {
            assert_eq!(check(password, &known), Err(weak), "{password}");
        }
        assert_eq!(check(&"ab3d5".repeat(41), &known), Err(Weak::Long));
        for good in ["tre små grønne tog", "korrekt-hest-batteri", "Xk9!fa2#Lw0qz"] {
            assert_eq!(check(good, &known), Ok(()), "{good}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn nothing_panics(password in ".{0,60}", known in ".{0,20}", kept in "\\$argon2id\\$v=19\\$[m=0-9,tp$A-Za-z]{0,10}") {
            let _ = check(&password, &[&known]);
            let _ = parts(&kept);
        }
    }
}
