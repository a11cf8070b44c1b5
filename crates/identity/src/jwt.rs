//! Signed tokens (RFC 7515, 7519), only as far as log-in needs them: three algorithms, all with public keys.
//!
//! What the header asks for decides nothing but which of our three algorithms is tried with a key that is fit for it. `none` and the
//! algorithms with a shared secret are unknown here, so nobody can talk us into them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde_json::Value;

/// The longest token that is read, in bytes.
const LONGEST: usize = 64 * 1024;

/// How a token may be signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// RSA, PKCS #1 v1.5, SHA-256.
    Rs256,
    /// RSA, PSS, SHA-256.
    Ps256,
    /// The curve P-256, SHA-256.
    Es256,
}

impl Algorithm {
    /// Those we take, by the names they have in headers and keys.
    pub(crate) fn named(name: &str) -> Option<Self> {
        match name {
            "RS256" => Some(Algorithm::Rs256),
            "PS256" => Some(Algorithm::Ps256),
            "ES256" => Some(Algorithm::Es256),
            _ => None,
        }
    }
}

/// Why a token cannot even be checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenError {
    /// Not three parts of base64 with JSON in the first two, or larger than any we know of.
    Malformed,
    /// Signed in a way we do not take, or not at all.
    Algorithm,
    /// The header asks for something we do not know and must not ignore.
    Critical,
}

/// A token that has been taken apart. Nothing in it may be believed before [`crate::keys::Keys::check`].
#[derive(Debug)]
pub struct Token<'t> {
    /// How it says it is signed.
    pub algorithm: Algorithm,
    /// Which key it says it is signed with.
    pub key_id: Option<String>,
    /// What kind of token it says it is.
    pub kind: Option<String>,
    /// What is signed: header and payload as they stand.
    pub signed: &'t str,
    /// The signature.
    pub signature: Vec<u8>,
    payload: Vec<u8>,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    #[serde(default)]
    kid: Option<String>,
    #[serde(default)]
    typ: Option<String>,
    #[serde(default)]
    crit: Option<Value>,
}

impl<'t> Token<'t> {
    /// Takes a token apart.
    ///
    /// # Errors
    /// [`TokenError`].
    pub fn parse(token: &'t str) -> Result<Self, TokenError> {
        if token.len() > LONGEST {
            return Err(TokenError::Malformed);
        }
        let (signed, signature) = token.rsplit_once('.').ok_or(TokenError::Malformed)?;
        let (header, payload) = signed.split_once('.').ok_or(TokenError::Malformed)?;
        let bytes = |part: &str| URL_SAFE_NO_PAD.decode(part).map_err(|_| TokenError::Malformed);
        let header: Header = serde_json::from_slice(&bytes(header)?).map_err(|_| TokenError::Malformed)?;
        if header.crit.is_some() {
            return Err(TokenError::Critical);
        }
        Ok(Token {
            algorithm: Algorithm::named(&header.alg).ok_or(TokenError::Algorithm)?,
            key_id: header.kid,
            kind: header.typ,
            signed,
            signature: bytes(signature)?,
            payload: bytes(payload)?,
        })
    }

    /// What the token says, once its signature has been checked.
    ///
    /// # Errors
    /// [`TokenError::Malformed`] for what is no JSON object.
    pub fn claims(&self) -> Result<Value, TokenError> {
        let value: Value = serde_json::from_slice(&self.payload).map_err(|_| TokenError::Malformed)?;
        if value.is_object() {
            Ok(value)
        } else {
            Err(TokenError::Malformed)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn token(header: &str) -> String {
        format!(
            "{}.{}.{}",
            URL_SAFE_NO_PAD.encode(header),
            URL_SAFE_NO_PAD.encode("{}"),
            "AA"
        )
    }

    #[test]
    fn only_three_algorithms_are_known() {
        for name in ["RS256", "PS256", "ES256"] {
            assert!(
                Token::parse(&token(&format!("{{\"alg\":\"{name}\"}}"))).is_ok(),
                "{name}"
            );
        }
        for name in ["none", "None", "NONE", "", "HS256", "RS512", "ES256K", "EdDSA", "rs256"] {
            let refused = Token::parse(&token(&format!("{{\"alg\":\"{name}\"}}"))).err();
            assert_eq!(refused, Some(TokenError::Algorithm), "{name}");
        }
    }

    #[test]
    fn what_must_not_be_ignored_is_not() {
        let critical = token("{\"alg\":\"RS256\",\"crit\":[\"exp\"]}");
        assert_eq!(Token::parse(&critical).err(), Some(TokenError::Critical));
    }

    #[test]
    fn anything_else_is_malformed() {
        for bad in [
            "",
            ".",
            "..",
            "a.b",
            "e30.e30.",
            "!.!.!",
            "bnVsbA.e30.AA",
            "e30.e30.AA.AA",
        ] {
            assert_eq!(Token::parse(bad).err(), Some(TokenError::Malformed), "{bad}");
        }
        assert_eq!(
            Token::parse(&"a".repeat(LONGEST + 1)).err(),
            Some(TokenError::Malformed)
        );
        let sound = token("{\"alg\":\"ES256\"}");
        assert!(Token::parse(&sound).expect("sound").claims().is_ok());
        let number = format!(
            "{}.{}.AA",
            URL_SAFE_NO_PAD.encode("{\"alg\":\"ES256\"}"),
            URL_SAFE_NO_PAD.encode("7")
        );
        assert!(Token::parse(&number).expect("sound").claims().is_err());
    }

    proptest! {
        #[test]
        fn random_text_never_panics(text in ".{0,200}", parts in prop::collection::vec("[A-Za-z0-9_-]{0,40}", 0..5)) {
            let _ = Token::parse(&text);
            let _ = Token::parse(&parts.join("."));
        }
    }
}
