//! Plain HTTP as a browser speaks it, with kept connections and nothing else.

use std::io::Cursor;
use std::time::Duration;

use http::{HeaderMap, Request};
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::Client as Hyper;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;

/// The longest that an answer is waited for.
const PATIENCE: Duration = Duration::from_secs(60);

/// What a server answered.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Where it leads on, without host.
    pub location: String,
    /// The cookies it sets, `name=value` each.
    pub cookies: Vec<String>,
    /// What it holds.
    pub body: Vec<u8>,
}

impl Answer {
    /// The value of a cookie that the answer sets.
    #[must_use]
    pub fn cookie(&self, name: &str) -> Option<&str> {
        let named = self
            .cookies
            .iter()
            .filter_map(|cookie| cookie.strip_prefix(name)?.strip_prefix('='));
        named.into_iter().next_back()
    }
}

/// Sends requests. Cheap to clone; all clones share their connections.
#[derive(Clone)]
pub struct Client(Hyper<HttpConnector, Full<Cursor<Vec<u8>>>>);

impl Default for Client {
    fn default() -> Self {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        // A request is sent once. Whether it is sent again is for the one who knows what it says.
        let hyper = Hyper::builder(TokioExecutor::new())
            .retry_canceled_requests(false)
            .build(connector);
        Self(hyper)
    }
}

impl Client {
    /// What is at `path` of the server at `base`.
    ///
    /// # Errors
    /// In words, when there was no whole answer.
    pub async fn get(&self, base: &str, path: &str, cookie: &str) -> Result<Answer, String> {
        let request = Request::get(format!("{base}{path}")).header("cookie", cookie);
        self.send(request, Vec::new()).await
    }

    /// Sends a form.
    ///
    /// # Errors
    /// As [`Client::get`]: it may have arrived or not.
    pub async fn post<K: AsRef<str>, V: AsRef<str>>(
        &self,
        base: &str,
        path: &str,
        cookie: &str,
        fields: &[(K, V)],
    ) -> Result<Answer, String> {
        let form = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        let request = Request::post(format!("{base}{path}"))
            .header("cookie", cookie)
            .header("sec-fetch-site", "same-origin")
            .header("origin", base)
            .header("content-type", "application/x-www-form-urlencoded");
        self.send(request, form.into_bytes()).await
    }

    async fn send(&self, request: http::request::Builder, body: Vec<u8>) -> Result<Answer, String> {
        let request = request
            .body(Full::new(Cursor::new(body)))
            .map_err(|error| error.to_string())?;
        let whole = async {
            let answer = self.0.request(request).await.map_err(|error| error.to_string())?;
            let (head, body) = answer.into_parts();
            let body = body.collect().await.map_err(|error| error.to_string())?;
            Ok(Answer {
                status: head.status.as_u16(),
                location: text(&head.headers, "location").next().unwrap_or_default(),
                cookies: text(&head.headers, "set-cookie")
                    .map(|line| line.split(';').next().unwrap_or_default().to_owned())
                    .collect(),
                body: body.to_bytes().to_vec(),
            })
        };
        tokio::time::timeout(PATIENCE, whole)
            .await
            .unwrap_or_else(|_| Err(format!("no answer within {PATIENCE:?}")))
    }
}

fn text<'h>(headers: &'h HeaderMap, name: &'static str) -> impl Iterator<Item = String> + 'h {
    let values = headers.get_all(name).into_iter();
    values.filter_map(|value| value.to_str().ok()).map(str::to_owned)
}
