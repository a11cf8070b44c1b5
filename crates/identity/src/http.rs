//! Asking a provider something.

use std::fmt;
use std::time::Duration;

/// The largest answer that is read. Key sets and tokens are a few kilobytes.
const LARGEST: u64 = 512 * 1024;
/// Seconds to wait for a whole answer: somebody sits and waits for the page behind it.
const SECONDS: u64 = 10;

/// What to ask.
#[derive(Clone, Default)]
pub struct Question {
    /// The address.
    pub address: String,
    /// The fields of a form to send; none: only ask.
    pub form: Option<Vec<(String, String)>>,
    /// The header `Authorization`.
    pub authorization: Option<String>,
}

/// What came back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The body.
    pub body: Vec<u8>,
}

/// The provider could not be reached or did not answer in time. Says why, without what was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreachable(pub String);

impl fmt::Display for Unreachable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unreachable {}

/// Whoever can ask. It blocks: call it where blocking is allowed.
pub trait Http: Send + Sync {
    /// Asks, and waits for the answer.
    ///
    /// # Errors
    /// [`Unreachable`].
    fn ask(&self, question: &Question) -> Result<Answer, Unreachable>;
}

/// Asks over the network: ten seconds, half a megabyte, and no redirect is followed, so that nobody who answers can send a secret on.
pub struct Client(ureq::Agent);

impl Client {
    /// A client.
    #[must_use]
    pub fn new() -> Self {
        Client(
            ureq::Agent::config_builder()
                .timeout_global(Some(Duration::from_secs(SECONDS)))
                .http_status_as_error(false)
                .max_redirects(0)
                .max_redirects_will_error(false)
                .user_agent(concat!("Tovholder/", env!("CARGO_PKG_VERSION")))
                .build()
                .into(),
        )
    }
}

impl Default for Client {
    fn default() -> Self {
        Client::new()
    }
}

impl Http for Client {
    fn ask(&self, question: &Question) -> Result<Answer, Unreachable> {
        let lost = |error: ureq::Error| Unreachable(error.to_string());
        let authorization = question.authorization.as_deref();
        let sent = match &question.form {
            None => {
                let mut request = self.0.get(&question.address).header("Accept", "application/json");
                if let Some(authorization) = authorization {
                    request = request.header("Authorization", authorization);
                }
                request.call()
            }
            Some(form) => {
                let mut request = self.0.post(&question.address).header("Accept", "application/json");
                if let Some(authorization) = authorization {
                    request = request.header("Authorization", authorization);
                }
                let body = form_urlencoded::Serializer::new(String::new())
                    .extend_pairs(form)
                    .finish();
                request
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .send(body)
            }
        };
        let mut response = sent.map_err(lost)?;
        let status = response.status().as_u16();
        let body = response
            .body_mut()
            .with_config()
            .limit(LARGEST)
            .read_to_vec()
            .map_err(lost)?;
        Ok(Answer { status, body })
    }
}
