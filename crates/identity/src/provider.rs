//! Log-in by OpenID Connect: a provider, going there and coming back (OpenID Connect Core 1.0, code flow with PKCE; RFC 9207 for the
//! issuer in the answer).
//!
//! [`Provider::begin`] makes the address to send the browser to and what must be remembered meanwhile. [`Provider::finish`] takes what came
//! back and answers with a [`Proof`], or with why not. Every check is written here, one after another; none is left to a setting.

use std::fmt;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jiff::Timestamp;
use ring::digest::{SHA256, digest};
use serde::Deserialize;
use serde_json::Value;

use crate::http::{Answer, Http, Question, Unreachable};
use crate::jwt::Token;
use crate::keys::{Keys, Unsigned};
use crate::{Random, random_text};

/// Seconds the clocks of the two sides may differ.
const LEEWAY: i64 = 60;
/// Seconds between the first and the second question for keys, however many tokens name a key we do not know.
const KEYS_EVERY: i64 = 60;
/// Seconds for which what the provider says about itself is taken as known.
const KNOWN_FOR: i64 = 3600;
/// Seconds after a provider did not answer during which it is not asked again: otherwise everybody waits for the same silence.
const SILENT_FOR: i64 = 5;
/// Seconds an attempt lasts. Also the most a token's age may be when it arrives.
pub const ATTEMPT: i64 = 600;
/// The longest text that is taken from a provider as a key for something.
const LONGEST: usize = 255;

/// How we know a provider.
pub struct Settings {
    /// The issuer, exactly as the provider writes it.
    pub issuer: String,
    /// Our name there.
    pub client_id: String,
    /// Our secret there. Never shown.
    pub client_secret: String,
    /// Where the browser comes back to.
    pub redirect_uri: String,
    /// What is asked for; `openid` is always among it.
    pub scopes: Vec<String>,
    /// Levels of assurance to ask for; empty: none are asked for.
    pub acr_values: String,
    /// Whether claims are also fetched from the provider's userinfo.
    pub userinfo: bool,
    /// Whether a provider on this machine may be asked without TLS.
    pub development: bool,
}

/// What a provider says about itself.
#[derive(Clone, Debug, Deserialize)]
struct Metadata {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    #[serde(default)]
    userinfo_endpoint: Option<String>,
    #[serde(default)]
    end_session_endpoint: Option<String>,
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
    #[serde(default)]
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
}

/// Why somebody was not let in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The provider cannot be reached, or has a fault of its own.
    Away(String),
    /// The provider says something about itself that we do not go along with.
    Metadata(&'static str),
    /// The answer carries the name of another issuer, or none though it should.
    Issuer,
    /// The code was not taken: used before, too old, or never the provider's.
    Code,
    /// The token cannot be read, or is signed in a way we do not take.
    Token,
    /// The token is not signed by the provider.
    Signature,
    /// The token is meant for somebody else.
    Audience,
    /// The token is too old, or from the future.
    Time,
    /// The token does not belong to this attempt.
    Nonce,
    /// The person did not prove who they are anew, as asked.
    NotRecent,
    /// The token does not say who it is about, or its parts say different things.
    Subject,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refused::Away(why) => write!(f, "the provider is away: {why}"),
            Refused::Metadata(what) => write!(f, "the provider's own description: {what}"),
            Refused::Issuer => f.write_str("the answer is not from the issuer that was asked"),
            Refused::Code => f.write_str("the provider did not take the code"),
            Refused::Token => f.write_str("the token cannot be read, or its algorithm is not taken"),
            Refused::Signature => f.write_str("the token is not signed by the provider"),
            Refused::Audience => f.write_str("the token is meant for somebody else"),
            Refused::Time => f.write_str("the token is too old or from the future"),
            Refused::Nonce => f.write_str("the token does not belong to this attempt"),
            Refused::NotRecent => f.write_str("the proof is older than was asked for"),
            Refused::Subject => f.write_str("the token does not say who it is about"),
        }
    }
}

impl std::error::Error for Refused {}

impl From<Unreachable> for Refused {
    fn from(error: Unreachable) -> Self {
        Refused::Away(error.0)
    }
}

/// An attempt that begins: what to remember, and where to send the browser.
pub struct Attempt {
    /// Comes back in the answer.
    pub state: String,
    /// Comes back in the token.
    pub nonce: String,
    /// Proves that whoever brings the code is whoever asked for it.
    pub verifier: String,
    /// Where to send the browser.
    pub address: String,
}

/// What was remembered of an attempt.
pub struct Pending<'p> {
    /// As in [`Attempt`].
    pub nonce: &'p str,
    /// As in [`Attempt`].
    pub verifier: &'p str,
    /// The most the proof's age may be, in seconds, when a recent one was asked for.
    pub max_age: Option<i64>,
}

/// What a provider has proved.
pub struct Proof {
    /// All that was said of the person, as JSON.
    pub claims: Value,
    /// The token as it came, to log out with.
    pub id_token: String,
    /// The provider's key for the person.
    pub subject: String,
    /// The provider's key for the session, when it has one.
    pub session: Option<String>,
    /// When the person proved who they are, as far as the provider says.
    pub proved: Option<Timestamp>,
}

#[derive(Default)]
struct Known {
    metadata: Option<(Metadata, Timestamp)>,
    keys: Option<(Keys, Timestamp)>,
    silent_since: Option<Timestamp>,
}

/// A provider. Keeps what it has said about itself.
pub struct Provider {
    settings: Settings,
    http: Arc<dyn Http>,
    known: Mutex<Known>,
}

/// Whether an address may be asked: TLS, or this machine while somebody develops.
fn safe(address: &str, development: bool) -> bool {
    if address.starts_with("https://") {
        return true;
    }
    let Some(rest) = address.strip_prefix("http://") else {
        return false;
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = match authority.strip_prefix('[') {
        Some(v6) => v6.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    };
    let here = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
    development && here && !authority.contains('@')
}

impl Settings {
    /// What is wrong with them, in words for whoever wrote the configuration.
    ///
    /// # Errors
    /// The first thing.
    pub fn check(&self) -> Result<(), &'static str> {
        if !safe(&self.issuer, self.development) || self.issuer.contains(['?', '#']) {
            return Err(
                "issuer: expected an address that begins with https:// (http:// only for this machine, with development = true)",
            );
        }
        if self.client_id.is_empty() {
            return Err("client_id: expected our name at the provider");
        }
        if self.client_secret.is_empty() {
            return Err("client_secret_file: expected our secret at the provider");
        }
        Ok(())
    }
}

impl Provider {
    /// A provider that has not been asked anything yet.
    #[must_use]
    pub fn new(settings: Settings, http: Arc<dyn Http>) -> Self {
        Provider {
            settings,
            http,
            known: Mutex::default(),
        }
    }

    /// The issuer.
    #[must_use]
    pub fn issuer(&self) -> &str {
        &self.settings.issuer
    }

    /// Our name at the provider.
    #[must_use]
    pub fn client_id(&self) -> &str {
        &self.settings.client_id
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        // What is known is replaced whole, so a panic elsewhere leaves nothing half done.
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn ask(&self, question: &Question) -> Result<Answer, Refused> {
        if !safe(&question.address, self.settings.development) {
            return Err(Refused::Metadata("an address without TLS"));
        }
        Ok(self.http.ask(question)?)
    }

    /// What the provider says about itself, asked for at most once an hour. Blocks.
    fn metadata(&self, now: Timestamp) -> Result<Metadata, Refused> {
        let mut known = self.known();
        if let Some((metadata, asked)) = &known.metadata
            && now.as_second() - asked.as_second() < KNOWN_FOR
        {
            return Ok(metadata.clone());
        }
        if let Some(since) = known.silent_since
            && now.as_second() - since.as_second() < SILENT_FOR
        {
            return Err(Refused::Away("it did not answer a moment ago".to_owned()));
        }
        // The lock is kept while the provider is asked: one question for all who wait.
        match self.discover() {
            Ok(metadata) => {
                known.metadata = Some((metadata.clone(), now));
                known.silent_since = None;
                Ok(metadata)
            }
            Err(refused) => {
                known.silent_since = Some(now);
                Err(refused)
            }
        }
    }

    fn discover(&self) -> Result<Metadata, Refused> {
        let issuer = &self.settings.issuer;
        let answer = self.ask(&Question {
            address: format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/')),
            ..Question::default()
        })?;
        if answer.status != 200 {
            return Err(Refused::Away(format!(
                "its description answers with status {}",
                answer.status
            )));
        }
        let metadata: Metadata =
            serde_json::from_slice(&answer.body).map_err(|_| Refused::Metadata("it cannot be read"))?;
        if metadata.issuer != *issuer {
            return Err(Refused::Metadata("it names another issuer"));
        }
        let optional = [&metadata.userinfo_endpoint, &metadata.end_session_endpoint];
        let addresses = [
            &metadata.authorization_endpoint,
            &metadata.token_endpoint,
            &metadata.jwks_uri,
        ];
        let all = addresses.into_iter().chain(optional.into_iter().flatten());
        for address in all {
            if !safe(address, self.settings.development) {
                return Err(Refused::Metadata("an address without TLS"));
            }
        }
        Ok(metadata)
    }

    /// Whether the provider can be reached: for the page that tells how the service is. Blocks.
    ///
    /// # Errors
    /// Why not.
    pub fn reachable(&self, now: Timestamp) -> Result<(), Refused> {
        self.metadata(now).map(|_| ())
    }

    /// Whether the provider did not answer when it was asked last. Asks nothing.
    #[must_use]
    pub fn silent(&self) -> bool {
        self.known().silent_since.is_some()
    }

    /// Begins an attempt. `max_age`: how old a proof may be at most, in seconds, when a recent one is wanted. Blocks.
    ///
    /// # Errors
    /// [`Refused::Away`], [`Refused::Metadata`].
    pub fn begin(&self, now: Timestamp, random: Random<'_>, max_age: Option<i64>) -> Result<Attempt, Refused> {
        let metadata = self.metadata(now)?;
        let (state, nonce, verifier) = (random_text(random), random_text(random), random_text(random));
        let challenge = URL_SAFE_NO_PAD.encode(digest(&SHA256, verifier.as_bytes()));
        let mut scopes = vec!["openid"];
        scopes.extend(
            self.settings
                .scopes
                .iter()
                .map(String::as_str)
                .filter(|scope| *scope != "openid"),
        );
        let mut query = form_urlencoded::Serializer::new(String::new());
        query
            .append_pair("response_type", "code")
            .append_pair("client_id", &self.settings.client_id)
            .append_pair("redirect_uri", &self.settings.redirect_uri)
            .append_pair("scope", &scopes.join(" "))
            .append_pair("state", &state)
            .append_pair("nonce", &nonce)
            .append_pair("code_challenge", &challenge)
            .append_pair("code_challenge_method", "S256");
        if !self.settings.acr_values.is_empty() {
            query.append_pair("acr_values", &self.settings.acr_values);
        }
        if let Some(seconds) = max_age {
            query.append_pair("max_age", &seconds.to_string());
        }
        let address = with_query(&metadata.authorization_endpoint, &query.finish());
        Ok(Attempt {
            state,
            nonce,
            verifier,
            address,
        })
    }

    /// Whether an answer may come from this provider at all: the issuer it names, before anything else in it is looked at. Blocks.
    ///
    /// # Errors
    /// [`Refused::Issuer`], or the provider is away.
    pub fn answered_by(&self, now: Timestamp, named: Option<&str>) -> Result<(), Refused> {
        match named {
            Some(issuer) if issuer == self.settings.issuer => Ok(()),
            Some(_) => Err(Refused::Issuer),
            None if self.metadata(now)?.authorization_response_iss_parameter_supported => Err(Refused::Issuer),
            None => Ok(()),
        }
    }

    /// Turns the code that came back into a proof. Blocks.
    ///
    /// # Errors
    /// [`Refused`].
    pub fn finish(&self, now: Timestamp, pending: &Pending<'_>, code: &str) -> Result<Proof, Refused> {
        let metadata = self.metadata(now)?;
        let tokens = self.redeem(&metadata, pending.verifier, code)?;
        let claims = self.signed(now, &metadata, &tokens.id_token)?;
        self.check_id_token(now, &claims, pending)?;
        if let (Some(hash), Some(access)) = (claims.get("at_hash"), &tokens.access_token) {
            let half = digest(&SHA256, access.as_bytes());
            let half = half.as_ref().get(..16).unwrap_or_default();
            if hash.as_str() != Some(URL_SAFE_NO_PAD.encode(half).as_str()) {
                return Err(Refused::Token);
            }
        }
        let subject = text(&claims, "sub").ok_or(Refused::Subject)?;
        let session = text(&claims, "sid");
        let proved = claims
            .get("auth_time")
            .and_then(Value::as_i64)
            .and_then(|seconds| Timestamp::from_second(seconds).ok());
        let claims = if self.settings.userinfo {
            self.with_userinfo(&metadata, claims, tokens.access_token.as_deref())?
        } else {
            claims
        };
        Ok(Proof {
            claims,
            id_token: tokens.id_token,
            subject,
            session,
            proved,
        })
    }

    fn redeem(&self, metadata: &Metadata, verifier: &str, code: &str) -> Result<Tokens, Refused> {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let mut form = vec![
            pair("grant_type", "authorization_code"),
            pair("code", code),
            pair("redirect_uri", &self.settings.redirect_uri),
            pair("code_verifier", verifier),
        ];
        // Without a list the standard says: basic.
        let methods = metadata.token_endpoint_auth_methods_supported.as_deref();
        let basic = methods.is_none_or(|methods| methods.iter().any(|method| method == "client_secret_basic"));
        let authorization = if basic {
            let escaped = |part: &str| form_urlencoded::byte_serialize(part.as_bytes()).collect::<String>();
            let both = format!(
                "{}:{}",
                escaped(&self.settings.client_id),
                escaped(&self.settings.client_secret)
            );
            Some(format!("Basic {}", STANDARD.encode(both)))
        } else {
            form.push(pair("client_id", &self.settings.client_id));
            form.push(pair("client_secret", &self.settings.client_secret));
            None
        };
        let answer = self.ask(&Question {
            address: metadata.token_endpoint.clone(),
            form: Some(form),
            authorization,
        })?;
        match answer.status {
            200 => serde_json::from_slice(&answer.body).map_err(|_| Refused::Token),
            // Our own name or secret is wrong: nothing the person can do about.
            401 | 403 => Err(Refused::Metadata(
                "it does not know us: is client_id and the secret right?",
            )),
            400..=499 if error_named(&answer.body, "invalid_client") => Err(Refused::Metadata(
                "it does not know us: is client_id and the secret right?",
            )),
            400..=499 => Err(Refused::Code),
            other => Err(Refused::Away(format!("its tokens answer with status {other}"))),
        }
    }

    /// The claims of a token that the provider has signed for us. Looks for new keys when the token names one we do not know, at most once a
    /// minute.
    fn signed(&self, now: Timestamp, metadata: &Metadata, token: &str) -> Result<Value, Refused> {
        let token = Token::parse(token).map_err(|_| Refused::Token)?;
        let known = self.known().keys.clone();
        let age = |asked: &Timestamp| now.as_second() - asked.as_second();
        let (keys, asked) = match known {
            Some((keys, asked)) if age(&asked) < KNOWN_FOR => (keys, asked),
            _ => (self.fetch_keys(now, metadata)?, now),
        };
        let mut checked = keys.check(&token);
        if checked == Err(Unsigned::UnknownKey) && age(&asked) >= KEYS_EVERY {
            checked = self.fetch_keys(now, metadata)?.check(&token);
        }
        checked.map_err(|_| Refused::Signature)?;
        let claims = token.claims().map_err(|_| Refused::Token)?;
        if claims.get("iss").and_then(Value::as_str) != Some(self.settings.issuer.as_str()) {
            return Err(Refused::Issuer);
        }
        self.check_audience(&claims)?;
        Ok(claims)
    }

    fn fetch_keys(&self, now: Timestamp, metadata: &Metadata) -> Result<Keys, Refused> {
        let answer = self.ask(&Question {
            address: metadata.jwks_uri.clone(),
            ..Question::default()
        })?;
        if answer.status != 200 {
            return Err(Refused::Away(format!("its keys answer with status {}", answer.status)));
        }
        let keys = Keys::read(&answer.body).ok_or(Refused::Metadata("its keys cannot be read"))?;
        self.known().keys = Some((keys.clone(), now));
        Ok(keys)
    }

    fn check_audience(&self, claims: &Value) -> Result<(), Refused> {
        let us = Some(self.settings.client_id.as_str());
        let party = claims.get("azp");
        if party.is_some_and(|party| party.as_str() != us) {
            return Err(Refused::Audience);
        }
        match claims.get("aud") {
            Some(Value::String(one)) if Some(one.as_str()) == us => Ok(()),
            Some(Value::Array(several)) => {
                let named = several.iter().any(|one| one.as_str() == us);
                // Meant for others as well: then it must say that it was made for us.
                if named && (several.len() == 1 || party.is_some()) {
                    Ok(())
                } else {
                    Err(Refused::Audience)
                }
            }
            _ => Err(Refused::Audience),
        }
    }

    fn check_id_token(&self, now: Timestamp, claims: &Value, pending: &Pending<'_>) -> Result<(), Refused> {
        let now = now.as_second();
        let seconds = |name: &str| claims.get(name).and_then(Value::as_f64);
        let since = |name: &str| seconds(name).map(|then| now as f64 - then);
        let (leeway, attempt) = (LEEWAY as f64, ATTEMPT as f64);
        if since("exp").is_none_or(|past| past >= leeway) {
            return Err(Refused::Time);
        }
        if since("iat").is_none_or(|age| age < -leeway || age > attempt + leeway) {
            return Err(Refused::Time);
        }
        if claims.get("nbf").is_some() && since("nbf").is_none_or(|age| age < -leeway) {
            return Err(Refused::Time);
        }
        if claims.get("nonce").and_then(Value::as_str) != Some(pending.nonce) {
            return Err(Refused::Nonce);
        }
        if let Some(max_age) = pending.max_age {
            let most = (max_age + LEEWAY) as f64;
            if since("auth_time").is_none_or(|age| age < -leeway || age > most) {
                return Err(Refused::NotRecent);
            }
        }
        Ok(())
    }

    /// Adds what the provider says of the person when asked. What the signed token says stands.
    fn with_userinfo(&self, metadata: &Metadata, claims: Value, access: Option<&str>) -> Result<Value, Refused> {
        let (Some(address), Some(access)) = (&metadata.userinfo_endpoint, access) else {
            return Err(Refused::Metadata("it has no userinfo, or gives nothing to ask with"));
        };
        let answer = self.ask(&Question {
            address: address.clone(),
            form: None,
            authorization: Some(format!("Bearer {access}")),
        })?;
        if answer.status != 200 {
            return Err(Refused::Away(format!(
                "its userinfo answers with status {}",
                answer.status
            )));
        }
        let said: Value = serde_json::from_slice(&answer.body).map_err(|_| Refused::Token)?;
        let (Value::Object(mut all), Value::Object(more)) = (claims, said) else {
            return Err(Refused::Token);
        };
        // Without this, somebody else's answer could be put beside the token.
        if more.get("sub").is_none() || more.get("sub") != all.get("sub") {
            return Err(Refused::Subject);
        }
        for (name, value) in more {
            all.entry(name).or_insert(value);
        }
        Ok(Value::Object(all))
    }

    /// The address that ends the session at the provider, when it has one. `id_token` helps it to know which; leave it out when it holds what may
    /// not stand in an address. Blocks.
    ///
    /// # Errors
    /// The provider is away.
    pub fn end_address(&self, now: Timestamp, id_token: Option<&str>, back: &str) -> Result<Option<String>, Refused> {
        let Some(endpoint) = self.metadata(now)?.end_session_endpoint else {
            return Ok(None);
        };
        let mut query = form_urlencoded::Serializer::new(String::new());
        query
            .append_pair("client_id", &self.settings.client_id)
            .append_pair("post_logout_redirect_uri", back);
        if let Some(token) = id_token {
            query.append_pair("id_token_hint", token);
        }
        Ok(Some(with_query(&endpoint, &query.finish())))
    }

    /// The claims of a log-out token, signature, issuer and audience checked. Blocks.
    pub(crate) fn told(&self, now: Timestamp, token: &str) -> Result<Value, Refused> {
        let metadata = self.metadata(now)?;
        self.signed(now, &metadata, token)
    }
}

#[derive(Deserialize)]
struct Tokens {
    id_token: String,
    #[serde(default)]
    access_token: Option<String>,
}

fn error_named(body: &[u8], name: &str) -> bool {
    let value: Option<Value> = serde_json::from_slice(body).ok();
    value.is_some_and(|value| value.get("error").and_then(Value::as_str) == Some(name))
}

fn with_query(endpoint: &str, query: &str) -> String {
    let between = if endpoint.contains('?') { '&' } else { '?' };
    format!("{endpoint}{between}{query}")
}

/// A key of the provider's: there, not empty, not long, and without what could break a line.
pub(crate) fn text(claims: &Value, name: &str) -> Option<String> {
    let text = claims.get(name)?.as_str()?;
    (!text.is_empty() && text.len() <= LONGEST && !text.contains(char::is_control)).then(|| text.to_owned())
}

#[cfg(test)]
mod tests;
