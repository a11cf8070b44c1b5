//! The keys a provider signs with (RFC 7517), and checking a signature with them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, RSA_PKCS1_2048_8192_SHA256, RSA_PSS_2048_8192_SHA256, RsaPublicKeyComponents,
    UnparsedPublicKey,
};
use serde::Deserialize;
use serde_json::Value;

use crate::jwt::{Algorithm, Token};

/// The most keys that are kept of one provider.
const MOST: usize = 50;

/// A provider's public keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keys(Vec<Key>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Key {
    id: Option<String>,
    /// The one algorithm it is meant for, when it says so.
    algorithm: Option<Algorithm>,
    kind: Kind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    Rsa { n: Vec<u8>, e: Vec<u8> },
    P256 { point: Vec<u8> },
}

impl Kind {
    const fn fits(&self, algorithm: Algorithm) -> bool {
        matches!(
            (self, algorithm),
            (Kind::Rsa { .. }, Algorithm::Rs256 | Algorithm::Ps256) | (Kind::P256 { .. }, Algorithm::Es256)
        )
    }
}

/// Why a signature is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsigned {
    /// No key of the provider's has that name: perhaps it has a new one.
    UnknownKey,
    /// The signature is not by that key.
    Forged,
}

#[derive(Deserialize)]
struct Entry {
    kty: String,
    #[serde(default)]
    kid: Option<String>,
    #[serde(default)]
    alg: Option<String>,
    #[serde(default, rename = "use")]
    purpose: Option<String>,
    #[serde(default)]
    crv: Option<String>,
    #[serde(default)]
    n: Option<String>,
    #[serde(default)]
    e: Option<String>,
    #[serde(default)]
    x: Option<String>,
    #[serde(default)]
    y: Option<String>,
}

impl Keys {
    /// Reads a key set. Keys for other purposes and of other kinds are left out: a provider may have them beside those we use.
    #[must_use]
    pub fn read(json: &[u8]) -> Option<Keys> {
        let value: Value = serde_json::from_slice(json).ok()?;
        let entries = value.get("keys")?.as_array()?;
        let keys = entries.iter().take(MOST).filter_map(|entry| {
            let entry = Entry::deserialize(entry).ok()?;
            key(&entry)
        });
        Some(Keys(keys.collect()))
    }

    /// Checks a token's signature.
    ///
    /// # Errors
    /// [`Unsigned`].
    pub fn check(&self, token: &Token<'_>) -> Result<(), Unsigned> {
        let fits = |key: &&Key| {
            key.kind.fits(token.algorithm) && key.algorithm.is_none_or(|algorithm| algorithm == token.algorithm)
        };
        let named: Vec<&Key> = self
            .0
            .iter()
            .filter(|key| token.key_id.is_none() || key.id == token.key_id)
            .collect();
        if named.is_empty() {
            return Err(Unsigned::UnknownKey);
        }
        let fit: Vec<&Key> = named.into_iter().filter(fits).collect();
        // A token that names no key is believed only when there is no choice.
        let [key] = fit.as_slice() else {
            return Err(Unsigned::Forged);
        };
        let (message, signature) = (token.signed.as_bytes(), token.signature.as_slice());
        let checked = match (&key.kind, token.algorithm) {
            (Kind::Rsa { n, e }, Algorithm::Rs256) => {
                RsaPublicKeyComponents { n, e }.verify(&RSA_PKCS1_2048_8192_SHA256, message, signature)
            }
            (Kind::Rsa { n, e }, _) => {
                RsaPublicKeyComponents { n, e }.verify(&RSA_PSS_2048_8192_SHA256, message, signature)
            }
            (Kind::P256 { point }, _) => {
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(message, signature)
            }
        };
        checked.map_err(|_| Unsigned::Forged)
    }
}

fn key(entry: &Entry) -> Option<Key> {
    if entry.purpose.as_deref().is_some_and(|purpose| purpose != "sig") {
        return None;
    }
    let algorithm = match entry.alg.as_deref() {
        None => None,
        Some(name) => Some(Algorithm::named(name)?),
    };
    let bytes = |part: &Option<String>| URL_SAFE_NO_PAD.decode(part.as_deref()?).ok();
    let kind = match (entry.kty.as_str(), entry.crv.as_deref()) {
        ("RSA", _) => {
            let bare = |mut number: Vec<u8>| {
                let zeros = number.iter().take_while(|byte| **byte == 0).count();
                number.drain(..zeros);
                number
            };
            Kind::Rsa {
                n: bare(bytes(&entry.n)?),
                e: bare(bytes(&entry.e)?),
            }
        }
        ("EC", Some("P-256")) => {
            let (x, y) = (bytes(&entry.x)?, bytes(&entry.y)?);
            if x.len() != 32 || y.len() != 32 {
                return None;
            }
            Kind::P256 {
                point: [&[4][..], &x, &y].concat(),
            }
        }
        _ => return None,
    };
    algorithm.is_none_or(|algorithm| kind.fits(algorithm)).then(|| Key {
        id: entry.kid.clone(),
        algorithm,
        kind,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The example of RFC 7515, appendix A.2: RS256.
    const RSA_KEY: &str = r#"{"keys":[{"kty":"RSA","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ","e":"AQAB"}]}"#;
    const RSA_TOKEN: &str = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";
    /// The example of RFC 7515, appendix A.3: ES256.
    const EC_KEY: &str = r#"{"keys":[{"kty":"oct","k":"AA"},{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]}"#;
    const EC_TOKEN: &str = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

    /// PS256, signed once by another implementation (Node's crypto) with a key that was thrown away.
    const PSS_KEY: &str = r#"{"keys":[{"kty":"RSA","kid":"one","e":"AQAB","n":"pRdw4xEdcgXtHmGlVb133fTyd9Db3raFGbPuTJ6u96nEF8JcqxlrgW3Wii-MBNfMXLB1vdFEZFTA2XoLAwpmoc2izu8g1BmwbrOGDDbyTdtvh2BD-MISNcg4n8vBbyivnGRtur70gv7CNjokhz8h27KQFxgVgJ9u_lyWKIzNOu4B09MFsfwsMlEka6v0Q6bkXEPhnZqs1KEteP6s-kTc2apiSV4uqVrn1yAxtZmbpTzIf3jC8Oeer7ubVx2z86cIbkfFjEnd-xgNO9dJUJqt9KRGUW-KCjKotQyBS9Ie4Z1qAzew0HnAYIrvANrEbhDbq12q1bEZp5YmJ84awoB3EQ"}]}"#;
    const PSS_TOKEN: &str = "eyJhbGciOiJQUzI1NiIsImtpZCI6Im9uZSJ9.eyJpc3MiOiJqb2UifQ.dXph5x4ZEvddAGka9jq55-8Vh8mt8BGlG7dRKMo9Fq6H2xNwLK1frIZM1Lv2MjpeXo9oE2I2OVRzVUxAf3F5BASlF0DhvTY9gy0AIdi3TowAwXO5bfBbtV_JjfW_X-4Hf893jn5Pc1f3IL0XN4QrGKQQcg9HxQKtWL-Uu7ZF0VmzfukiOd_uERABfD1Q_StXa3_JEKKx_MZ_8oFFuLgiVKmhezFVk3rRP8N6IdWSDe70HpXwV_26vqj5PpisPLZ8dkCZ2tANRZnemScjoX67ChRuKQlQIBqR9HAHDUygPYShgc_L_KSwclMhDpr14fbikiMKx_FCZDCj9Bvc5gFEUg";

    fn check(keys: &str, token: &str) -> Result<(), Unsigned> {
        let keys = Keys::read(keys.as_bytes()).expect("a key set");
        keys.check(&Token::parse(token).expect("a token"))
    }

    #[test]
    fn the_examples_of_the_standard_are_signed() {
        assert_eq!(check(RSA_KEY, RSA_TOKEN), Ok(()));
        assert_eq!(check(EC_KEY, EC_TOKEN), Ok(()));
        assert_eq!(check(PSS_KEY, PSS_TOKEN), Ok(()));
        let renamed = PSS_KEY.replace("\"one\"", "\"two\"");
        assert_eq!(check(&renamed, PSS_TOKEN), Err(Unsigned::UnknownKey));
    }

    #[test]
    fn one_letter_changed_is_forged() {
        for (keys, token) in [(RSA_KEY, RSA_TOKEN), (EC_KEY, EC_TOKEN)] {
            let at = token.find(".eyJpc3MiOiJqb2Ui").expect("is there") + 14;
            let mut changed = token.to_owned();
            changed.replace_range(at..=at, "Q");
            assert_ne!(changed, token);
            assert_eq!(check(keys, &changed), Err(Unsigned::Forged));
        }
        // The right key of the wrong kind.
        assert_eq!(check(EC_KEY, RSA_TOKEN), Err(Unsigned::Forged));
        assert_eq!(check("{\"keys\":[]}", RSA_TOKEN), Err(Unsigned::UnknownKey));
    }

    #[test]
    fn a_key_is_used_only_for_what_it_is_meant() {
        for meant in [
            "\"use\":\"enc\"",
            "\"alg\":\"RS512\"",
            "\"alg\":\"ES256\"",
            "\"alg\":\"HS256\"",
        ] {
            let keys = RSA_KEY.replace("\"kty\":\"RSA\"", &format!("\"kty\":\"RSA\",{meant}"));
            assert_eq!(check(&keys, RSA_TOKEN), Err(Unsigned::UnknownKey), "{meant}");
        }
        let only_pss = RSA_KEY.replace("\"kty\":\"RSA\"", "\"kty\":\"RSA\",\"alg\":\"PS256\"");
        assert_eq!(check(&only_pss, RSA_TOKEN), Err(Unsigned::Forged));
    }

    #[test]
    fn without_a_name_there_must_be_no_choice() {
        let twice = RSA_KEY.replace(
            "]}",
            &format!(",{}", RSA_KEY.strip_prefix("{\"keys\":[").expect("a set")),
        );
        assert_eq!(check(&twice, RSA_TOKEN), Err(Unsigned::Forged));
    }

    proptest! {
        #[test]
        fn random_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), n in "[A-Za-z0-9_-]{0,60}") {
            let _ = Keys::read(&bytes);
            let set = format!("{{\"keys\":[{{\"kty\":\"RSA\",\"n\":\"{n}\",\"e\":\"AQAB\"}},{{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"{n}\",\"y\":\"{n}\"}}]}}");
            if let Some(keys) = Keys::read(set.as_bytes()) {
                let _ = keys.check(&Token::parse(RSA_TOKEN).expect("a token"));
                let _ = keys.check(&Token::parse(EC_TOKEN).expect("a token"));
            }
        }
    }
}
