//! How somebody proves who they are: the protocols, without pages and without a database.
//!
//! - [`provider`] — a provider of log-in by OpenID Connect: what it says about itself, its keys, and going there and back
//! - [`logout`] — ending a session on both sides
//! - [`jwt`], [`keys`] — signed tokens, and the keys they are signed with
//! - [`http`] — asking the provider; a trait, so that tests answer themselves
//! - [`password`], [`totp`] — local accounts: a password and a code from an app
//! - [`throttle`] — how long to wait after attempts that failed
//!
//! The time and the randomness are parameters. What the tokens say *about somebody* is read elsewhere (`tovholder_casework::claims`).

pub mod http;
pub mod jwt;
pub mod keys;
pub mod logout;
pub mod password;
pub mod provider;
pub mod throttle;
pub mod totp;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// Fills bytes with randomness fit for secrets.
pub type Random<'r> = &'r mut dyn FnMut(&mut [u8]);

/// 256 random bits as text that can stand in an address.
pub fn random_text(random: Random<'_>) -> String {
    let mut bytes = [0_u8; 32];
    random(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Whether two secrets are the same, in a time that does not tell where they differ: ring compares the two's digests under one key.
fn same(one: &[u8], other: &[u8]) -> bool {
    use ring::hmac;
    let key = hmac::Key::new(hmac::HMAC_SHA256, b"only to compare");
    hmac::verify(&key, other, hmac::sign(&key, one).as_ref()).is_ok()
}
