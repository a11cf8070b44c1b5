//! One-time codes from an app (TOTP, RFC 6238 over HOTP, RFC 4226): six digits, thirty seconds, SHA-1, which is what every app knows.
//!
//! SHA-1's weakness is collisions; an HMAC does not rest on their absence.

use std::fmt;

use jiff::Timestamp;
use ring::hmac;

use crate::Random;

/// Bytes of a secret: as many as the hash gives (RFC 4226, 4).
const SECRET: usize = 20;
/// Seconds a code lasts.
const STEP: i64 = 30;
/// Steps the clocks may differ, to either side.
const DRIFT: i64 = 1;

/// The secret an app and we share.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Vec<u8>);

/// Never shows it.
impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

impl Secret {
    /// A new one.
    pub fn new(random: Random<'_>) -> Self {
        let mut bytes = vec![0; SECRET];
        random(&mut bytes);
        Secret(bytes)
    }

    /// One that was kept.
    #[must_use]
    pub fn from_bytes(bytes: Vec<u8>) -> Option<Self> {
        (bytes.len() >= 16 && bytes.len() <= 64).then_some(Secret(bytes))
    }

    /// To keep it, sealed.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// As people type it into an app.
    #[must_use]
    pub fn base32(&self) -> String {
        base32(&self.0)
    }

    /// Reads what [`Secret::base32`] wrote; blanks and lower case are fine.
    #[must_use]
    pub fn from_base32(text: &str) -> Option<Self> {
        Secret::from_bytes(from_base32(text)?)
    }

    /// As an app scans it. `place` and `who` are what the app calls it.
    #[must_use]
    pub fn address(&self, place: &str, who: &str) -> String {
        let escaped = |text: &str| {
            let mut out = String::new();
            for byte in text.bytes() {
                if byte.is_ascii_alphanumeric() || b"-._~@".contains(&byte) {
                    out.push(char::from(byte));
                } else {
                    out += &format!("%{byte:02X}");
                }
            }
            out
        };
        let (place, who) = (escaped(place), escaped(who));
        format!("otpauth://totp/{place}:{who}?secret={}&issuer={place}", self.base32())
    }

    /// The step whose code this is, now or one to either side; only one later than `used`, so that a code works once.
    #[must_use]
    pub fn check(&self, code: &str, now: Timestamp, used: Option<i64>) -> Option<i64> {
        let typed: String = code.chars().filter(|c| !c.is_whitespace()).collect();
        let present = now.as_second().div_euclid(STEP);
        (present - DRIFT..=present + DRIFT)
            .filter(|step| used.is_none_or(|used| *step > used))
            .find(|step| {
                let right = self.code(*step, 6);
                crate::same(right.as_bytes(), typed.as_bytes())
            })
    }

    /// The code now, for tests that play the app.
    #[must_use]
    pub fn code_at(&self, now: Timestamp) -> String {
        self.code(now.as_second().div_euclid(STEP), 6)
    }

    fn code(&self, step: i64, digits: u32) -> String {
        let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &self.0);
        let tag = hmac::sign(&key, &step.to_be_bytes());
        let tag = tag.as_ref();
        let at = usize::from(tag.last().copied().unwrap_or(0) & 0x0f);
        let four = tag.get(at..at + 4).unwrap_or(&[0; 4]);
        let number = four.iter().fold(0_u32, |sum, byte| sum << 8 | u32::from(*byte)) & 0x7fff_ffff;
        let modulus = 10_u32.pow(digits);
        format!("{:0width$}", number % modulus, width = digits as usize)
    }
}

const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// Bytes as letters and digits that are hard to mistake (RFC 4648, 6), without padding.
#[must_use]
pub fn base32(bytes: &[u8]) -> String {
    let mut out = String::new();
    for five in bytes.chunks(5) {
        let mut bits = [0_u8; 8];
        bits[3..3 + five.len()].copy_from_slice(five);
        let number = u64::from_be_bytes(bits);
        let letters = (five.len() * 8).div_ceil(5);
        for place in 0..letters {
            let letter = (number >> (35 - 5 * place)) & 31;
            out.push(char::from(LETTERS[usize::try_from(letter).unwrap_or(0)]));
        }
    }
    out
}

/// Reads base32; blanks, hyphens and lower case are fine.
#[must_use]
pub fn from_base32(text: &str) -> Option<Vec<u8>> {
    let (mut bits, mut count, mut out) = (0_u32, 0, Vec::new());
    for c in text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '=')) {
        let c = u8::try_from(c.to_ascii_uppercase()).ok()?;
        let value = LETTERS.iter().position(|letter| *letter == c)?;
        bits = bits << 5 | u32::try_from(value).ok()?;
        count += 5;
        if count >= 8 {
            count -= 8;
            out.push(u8::try_from(bits >> count & 0xff).ok()?);
            bits &= (1 << count) - 1;
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn secret() -> Secret {
        Secret(b"12345678901234567890".to_vec())
    }

    /// RFC 4226, appendix D.
    #[test]
    fn the_codes_of_rfc_4226() {
        let codes = [
            "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489",
        ];
        for (count, code) in codes.iter().enumerate() {
            assert_eq!(secret().code(i64::try_from(count).expect("small"), 6), *code);
        }
    }

    /// RFC 6238, appendix B, the rows with SHA-1.
    #[test]
    fn the_codes_of_rfc_6238() {
        let rows = [
            (59, "94287082"),
            (1_111_111_109, "07081804"),
            (1_111_111_111, "14050471"),
            (1_234_567_890, "89005924"),
            (2_000_000_000, "69279037"),
            (20_000_000_000, "65353130"),
        ];
        for (seconds, code) in rows {
            assert_eq!(secret().code(i64::div_euclid(seconds, STEP), 8), code);
        }
    }

    #[test]
    fn a_code_works_around_its_time_and_once() {
        let secret = secret();
        let at = |seconds| Timestamp::from_second(seconds).expect("a time");
        let code = secret.code_at(at(3000));
        assert_eq!(secret.check(&code, at(3000), None), Some(100));
        assert_eq!(
            secret.check(&format!(" {} {} ", &code[..3], &code[3..]), at(3000), None),
            Some(100)
        );
        assert_eq!(secret.check(&code, at(2970), None), Some(100));
        assert_eq!(secret.check(&code, at(3059), None), Some(100));
        assert_eq!(secret.check(&code, at(3060), None), None);
        assert_eq!(secret.check(&code, at(2969), None), None);
        assert_eq!(secret.check(&code, at(3000), Some(100)), None, "used");
        for wrong in ["", "12345", "abcdef", "１２３４５６"] {
            assert_eq!(secret.check(wrong, at(3000), None), None);
        }
    }

    /// RFC 4648, section 10.
    #[test]
    fn base32_of_rfc_4648() {
        for (bytes, text) in [
            ("", ""),
            ("f", "MY"),
            ("fo", "MZXQ"),
            ("foo", "MZXW6"),
            ("foob", "MZXW6YQ"),
            ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI"),
        ] {
            assert_eq!(base32(bytes.as_bytes()), text);
            assert_eq!(from_base32(text).as_deref(), Some(bytes.as_bytes()));
        }
        assert_eq!(from_base32("mzxw 6ytb-oi==").as_deref(), Some("foobar".as_bytes()));
        assert_eq!(from_base32("MZXW1"), None);
    }

    #[test]
    fn what_an_app_scans() {
        assert_eq!(
            secret().address("Lærkebro Kommune", "karen@laerkebro.example"),
            "otpauth://totp/L%C3%A6rkebro%20Kommune:karen@laerkebro.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=L%C3%A6rkebro%20Kommune"
        );
        assert_eq!(format!("{:?}", secret()), "Secret");
    }

    proptest! {
        #[test]
        fn base32_is_read_back(bytes in prop::collection::vec(any::<u8>(), 0..40), text in ".{0,40}") {
            prop_assert_eq!(from_base32(&base32(&bytes)), Some(bytes));
            let _ = from_base32(&text);
        }
    }
}
