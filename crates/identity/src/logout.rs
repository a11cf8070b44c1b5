//! Being told that somebody has logged out elsewhere (OpenID Connect Back-Channel Logout 1.0).

use jiff::Timestamp;
use serde_json::Value;

use crate::provider::{Provider, Refused, text};

/// Seconds the token may be old at most. It is sent at once, and again within minutes.
const OLDEST: i64 = 600;
/// The event the token must be about.
const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";

/// Who has logged out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoggedOut {
    /// The token's own key, to take it once.
    pub id: String,
    /// The person, by the provider's key: all their sessions, unless one is named.
    pub subject: Option<String>,
    /// The session, by the provider's key.
    pub session: Option<String>,
}

impl Provider {
    /// Reads a log-out token: signed by the provider, for us, now, about logging out, and no token for logging in. Blocks.
    ///
    /// # Errors
    /// [`Refused`].
    pub fn logged_out(&self, now: Timestamp, token: &str) -> Result<LoggedOut, Refused> {
        let claims = self.told(now, token)?;
        let age = claims
            .get("iat")
            .and_then(Value::as_i64)
            .map(|made| now.as_second().saturating_sub(made));
        if age.is_none_or(|age| !(-60..=OLDEST).contains(&age)) {
            return Err(Refused::Time);
        }
        let over = claims.get("exp").map(|over| over.as_i64().unwrap_or(0));
        if over.is_some_and(|over| now.as_second() - over >= 60) {
            return Err(Refused::Time);
        }
        // A token to log in with carries a nonce and never this event: neither can be taken for the other.
        if claims.get("nonce").is_some() {
            return Err(Refused::Nonce);
        }
        let event = claims.get("events").and_then(|events| events.get(EVENT));
        if !event.is_some_and(Value::is_object) {
            return Err(Refused::Token);
        }
        let id = text(&claims, "jti").ok_or(Refused::Token)?;
        let (subject, session) = (text(&claims, "sub"), text(&claims, "sid"));
        if subject.is_none() && session.is_none() {
            return Err(Refused::Subject);
        }
        Ok(LoggedOut { id, subject, session })
    }
}
