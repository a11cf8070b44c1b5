//! Asking Jobindsats and StatBank for published figures, when somebody runs `tovholder published fetch`, and never otherwise.
//!
//! Every question is asked and every answer read before anything is written. The token stands in a file of its own; it goes to the address of the
//! configuration, over TLS, and nowhere else: redirects are not followed, and no message holds it.

use std::collections::BTreeMap;
use std::time::Duration;

use tovholder_analysis::benchmark::{self, Figure};
use tovholder_figures::published::{Source, Table};
use ureq::http::Uri;

use crate::commands::Problem;
use crate::config::{Jobindsats, StatBank};

/// The most an answer may hold, in bytes; the largest real ones hold a few million.
const LARGEST: u64 = 64 * 1024 * 1024;

/// What is to be asked of one source.
pub struct Questions {
    /// Whom and what, without the token.
    pub origin: String,
    source: Source,
    agent: ureq::Agent,
    seconds: u16,
    /// What is sent to be let in. Never shown.
    authorization: Option<String>,
    /// The file it was read from, for messages.
    token_file: String,
    questions: Vec<Question>,
}

struct Question {
    table: String,
    address: String,
    body: Option<String>,
}

/// The questions to Jobindsats: every table we know of, for the newest months, municipalities and country.
///
/// # Errors
/// The configuration names no address that is safe to send a token to, or no token.
pub fn jobindsats(config: &Jobindsats, tables: &[Table], months: u16) -> Result<Questions, Problem> {
    let base = base(&config.address)?;
    let file = config.token_file.display().to_string();
    let token = std::fs::read_to_string(&config.token_file)
        .map_err(|error| Problem::input(format!("{file}: expected the token of Jobindsats, found {error}")))?;
    let token = token.trim();
    if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(Problem::input(format!(
            "{file}: expected the token of Jobindsats and nothing else"
        )));
    }
    let asked = asked(tables, |table| table.id != STATBANK_TABLE);
    let mut questions = Vec::new();
    for (id, table) in &asked {
        let ask = |parts: &[&str]| {
            let parts: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
            parts.join("&")
        };
        let mut add = |address: String| {
            questions.push(Question {
                table: (*id).to_owned(),
                address,
                body: None,
            });
        };
        match config.version {
            2 => {
                let period = format!("period=l(m:{months})");
                let query = ask(&[&period, "area=*", &table.ask_v2]);
                add(format!("{base}/data/{}/json/?{query}", id.to_uppercase()));
            }
            3 => {
                let period = format!("period.M=latest:{months}");
                // The municipalities, and then the country, which is no sum of them.
                for area in ["hierarchy._nykom=*", "hierarchy._nykom=/"] {
                    let query = ask(&["mgroup.*=*", &period, area, &table.ask_v3, "format=json"]);
                    add(format!("{base}/data/{id}?{query}"));
                }
            }
            other => {
                return Err(Problem::input(format!(
                    "[published.jobindsats] version: expected 2 or 3, found {other}"
                )));
            }
        }
    }
    Ok(Questions {
        origin: origin(&base, asked.keys()),
        source: Source::Jobindsats,
        agent: agent(config.seconds),
        seconds: config.seconds,
        authorization: Some(if config.version == 2 {
            token.to_owned()
        } else {
            format!("Bearer {token}")
        }),
        token_file: file,
        questions,
    })
}

/// The one table of StatBank we compare by.
const STATBANK_TABLE: &str = "folk1am";

/// The question to StatBank: how many live where, every month there is.
///
/// # Errors
/// The configuration names no usable address.
pub fn statbank(config: &StatBank, tables: &[Table]) -> Result<Questions, Problem> {
    let base = base(&config.address)?;
    let asked = asked(tables, |table| table.id == STATBANK_TABLE);
    // Only the totals of sex and age: everybody.
    let body = |id: &str| {
        format!(
            r#"{{"table":"{}","format":"BULK","lang":"da","variables":[{{"code":"OMRÅDE","values":["*"]}},{{"code":"KØN","values":["TOT"]}},{{"code":"ALDER","values":["IALT"]}},{{"code":"Tid","values":["*"]}}]}}"#,
            id.to_uppercase()
        )
    };
    Ok(Questions {
        origin: origin(&base, asked.keys()),
        source: Source::StatBank,
        agent: agent(config.seconds),
        seconds: config.seconds,
        authorization: None,
        token_file: String::new(),
        questions: asked
            .keys()
            .map(|id| Question {
                table: (*id).to_owned(),
                address: format!("{base}/data"),
                body: Some(body(id)),
            })
            .collect(),
    })
}

/// Each table once.
fn asked(tables: &[Table], own: impl Fn(&Table) -> bool) -> BTreeMap<&str, &Table> {
    let own = tables.iter().filter(|table| own(table));
    own.map(|table| (table.id.as_str(), table)).collect()
}

fn origin<'a>(base: &str, tables: impl Iterator<Item = &'a &'a str>) -> String {
    let tables: Vec<&str> = tables.copied().collect();
    format!("{base} ({})", tables.join(", "))
}

/// The address without a slash at its end. Only TLS, or a server on this machine: a token must not travel where others can read it.
fn base(address: &str) -> Result<String, Problem> {
    let wrong = || {
        Problem::input(format!(
            "{address:?}: expected an address that begins with https:// (http:// only for this machine) and has no question"
        ))
    };
    let uri: Uri = address.parse().map_err(|_| wrong())?;
    let here = matches!(uri.host(), Some("127.0.0.1" | "localhost" | "[::1]"));
    let safe = match uri.scheme_str() {
        Some("https") => true,
        Some("http") => here,
        _ => false,
    };
    let bare = uri.query().is_none() && !uri.authority().is_some_and(|a| a.as_str().contains('@'));
    if safe && bare {
        Ok(address.trim_end_matches('/').to_owned())
    } else {
        Err(wrong())
    }
}

fn agent(seconds: u16) -> ureq::Agent {
    ureq::Agent::config_builder()
        .timeout_global(Some(Duration::from_secs(seconds.into())))
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .user_agent(concat!("Tovholder/", env!("CARGO_PKG_VERSION")))
        .build()
        .into()
}

impl Questions {
    /// Asks everything, one question after another, and reads the answers.
    ///
    /// # Errors
    /// The first question that is not answered as it should be: what happened, and what to do. Nothing has been written then.
    pub fn ask(&self) -> Result<Vec<Figure>, Problem> {
        let mut figures = Vec::new();
        for question in &self.questions {
            let bytes = self.answer(question)?;
            let name = format!("{}, {}", self.source.name(), question.table);
            let read = benchmark::read(&name, &question.table, &bytes);
            figures.extend(read.map_err(|error| Problem::other(format!("{error}\n{}", self.untouched())))?);
        }
        Ok(figures)
    }

    fn untouched(&self) -> &'static str {
        "Nothing is brought in."
    }

    fn problem(&self, question: &Question, what: &str) -> Problem {
        Problem::other(format!(
            "{}, {}: {what} {}",
            self.source.name(),
            question.table,
            self.untouched()
        ))
    }

    fn answer(&self, question: &Question) -> Result<Vec<u8>, Problem> {
        let lost = |error: ureq::Error| match error {
            ureq::Error::Timeout(_) => self.problem(
                question,
                &format!(
                    "no whole answer within {} seconds. Try again later, or allow more (`seconds`).",
                    self.seconds
                ),
            ),
            ureq::Error::BodyExceedsLimit(_) => self.problem(question, "the answer is larger than any we know of."),
            other => self.problem(question, &format!("the connection failed: {other}.")),
        };
        let accept = if question.body.is_some() {
            "text/csv"
        } else {
            "application/json"
        };
        let sent = match &question.body {
            None => {
                let mut request = self.agent.get(&question.address).header("Accept", accept);
                if let Some(authorization) = &self.authorization {
                    request = request.header("Authorization", authorization);
                }
                request.call()
            }
            Some(body) => self
                .agent
                .post(&question.address)
                .header("Accept", accept)
                .header("Content-Type", "application/json; charset=utf-8")
                .send(body),
        };
        let mut response = sent.map_err(lost)?;
        let status = response.status().as_u16();
        let header = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok());
        let wait = header("retry-after").map(str::to_owned);
        let is_page = header("content-type").is_some_and(|kind| kind.starts_with("text/html"));
        let refused = match status {
            200 if is_page => Some(
                "a web page came instead of figures. Is the address right, and does a proxy stand between?".to_owned(),
            ),
            200 => None,
            401 | 403 => Some(format!(
                "the token in {} was refused (status {status}). Is it still valid?",
                self.token_file
            )),
            404 => Some("the source knows no such table at this address (status 404).".to_owned()),
            429 => Some(match wait {
                Some(wait) if wait.bytes().all(|b| b.is_ascii_digit()) => {
                    format!("too many questions (status 429). Run the command again in {wait} seconds.")
                }
                Some(when) => format!("too many questions (status 429). Run the command again after {when}."),
                None => "too many questions (status 429). Run the command again later.".to_owned(),
            }),
            300..=399 => Some(format!(
                "the source has moved (status {status}). Set its new address in the configuration; we follow nobody with a token."
            )),
            500.. => Some(format!(
                "the source has a fault of its own (status {status}). Try again later."
            )),
            other => Some(format!("the source would not answer (status {other}).")),
        };
        if let Some(what) = refused {
            return Err(self.problem(question, &what));
        }
        let body = response.body_mut().with_config().limit(LARGEST);
        body.read_to_vec().map_err(lost)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that panics fails")]
mod tests;
