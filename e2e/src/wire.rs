//! HTTP without a browser: for files, for metrics, and for measuring.

use std::error::Error;

use http::Request;
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// A client that speaks HTTP as a browser does, for whoever has the cookies ([`crate::Browser::cookie_header`]).
#[derive(Clone)]
pub struct Wire(Client<HttpConnector, Full<&'static [u8]>>);

impl Default for Wire {
    fn default() -> Self {
        Self(Client::builder(TokioExecutor::new()).build_http())
    }
}

impl Wire {
    /// What is at this address, as it is.
    ///
    /// # Errors
    /// Anything but status 200.
    pub async fn file(&self, url: &str, cookie: &str) -> Result<Vec<u8>> {
        self.get(url, cookie, "identity").await
    }

    /// The same as text.
    ///
    /// # Errors
    /// As [`Wire::file`].
    pub async fn text(&self, url: &str, cookie: &str) -> Result<String> {
        Ok(String::from_utf8_lossy(&self.file(url, cookie).await?).into_owned())
    }

    /// The same packed, as a browser asks for it.
    ///
    /// # Errors
    /// As [`Wire::file`].
    pub async fn packed(&self, url: &str, cookie: &str) -> Result<Vec<u8>> {
        self.get(url, cookie, "br, gzip").await
    }

    async fn get(&self, url: &str, cookie: &str, encoding: &str) -> Result<Vec<u8>> {
        let request = Request::get(url)
            .header("cookie", cookie)
            .header("accept-encoding", encoding);
        match self.send(request.body(Full::default())?).await? {
            (200, body) => Ok(body),
            (status, _) => Err(format!("{url} answered {status}").into()),
        }
    }

    /// Sends a form and expects to be led on, as after every form that was accepted.
    ///
    /// # Errors
    /// Anything but status 303.
    pub async fn post(&self, url: &str, cookie: &str, fields: &[(&str, &str)]) -> Result<()> {
        let form = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        let request = Request::post(url)
            .header("cookie", cookie)
            .header("content-type", "application/x-www-form-urlencoded");
        // The few forms of a run live as long as it.
        let body: &'static [u8] = form.leak().as_bytes();
        match self.send(request.body(Full::from(body))?).await? {
            (303, _) => Ok(()),
            (status, _) => Err(format!("a form sent to {url} was answered with {status}").into()),
        }
    }

    async fn send(&self, request: Request<Full<&'static [u8]>>) -> Result<(u16, Vec<u8>)> {
        let answer = self.0.request(request).await?;
        let status = answer.status().as_u16();
        Ok((status, answer.into_body().collect().await?.to_bytes().to_vec()))
    }
}
