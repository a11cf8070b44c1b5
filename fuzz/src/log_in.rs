//! What providers of log-in say of people, and what they sign it with.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use tovholder_casework::claims::{Claims, Limits, Names};
use tovholder_identity::jwt::Token;
use tovholder_identity::keys::Keys;

use crate::text;

/// Beyond this the same in base64 is longer than what is read.
const SHORT: usize = 40_000;

fn sound(claims: &Claims) {
    let all = |limits: &Limits| limits.sensitivity.is_none_or(|level| level <= 3);
    assert!(claims.grants.iter().all(|grant| all(&grant.limits)), "0 to 3");
    let shown = format!("{claims:?}");
    if let Some(cpr) = claims.cpr {
        assert!(!shown.contains(&cpr.digits()), "what is logged holds no CPR number");
    }
    assert_eq!(
        claims.narrowed(|_| false, None),
        None,
        "a role that nothing means is not given"
    );
    let given = claims.narrowed(|_| true, claims.cvr);
    let unlimited = claims.grants.iter().any(|grant| grant.limits.is_none());
    assert!(
        unlimited || given.is_none_or(|limits| !limits.is_empty()),
        "no limit is lost"
    );
}

/// What a token says of somebody.
pub fn claims(input: &[u8]) {
    match Claims::read(input, &Names::default()) {
        Ok(claims) => sound(&claims),
        Err(refused) => assert!(refused.to_string().len() < 1_000, "an error is a sentence"),
    }
}

/// A list of privileges: XML, JSON, or one of them in base64.
pub fn privileges(input: &[u8]) {
    let all = text(input);
    let read = |text: &str| Claims::from_json(&json!({"sub": "x", "privileges": text}), &Names::default());
    let open = read(&all);
    if let Ok(claims) = &open {
        sound(claims);
    }
    if all.len() < SHORT && all.trim().starts_with(['<', '{', '[']) {
        assert_eq!(read(&STANDARD.encode(all.as_bytes())), open, "the same in base64");
    }
}

/// A provider's keys, and below them a token.
pub fn token(input: &[u8]) {
    let all = text(input);
    let (keys, token) = all.split_once('\n').unwrap_or(("", &all));
    let Ok(token) = Token::parse(token) else { return };
    let _ = token.claims();
    // Nobody draws a signature.
    if let Some(keys) = Keys::read(keys.as_bytes()) {
        assert!(keys.check(&token).is_err(), "nothing is signed by chance");
    }
}
