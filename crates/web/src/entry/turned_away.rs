//! The page for somebody who did not get in: what happened, and what to do. What was wrong with a token in detail stands in the log only.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use tovholder_casework::claims::ClaimsError;
use tovholder_identity::provider::Refused;

use crate::entry::ways::Entrance;
use crate::kit::lang::Lang;
use crate::kit::respond::Failure;
use crate::kit::shell::Shell;
use crate::kit::visit::Guest;

/// Why somebody did not get in.
#[derive(Debug)]
pub enum Turned {
    /// Not begun here, used before, or too long ago.
    Attempt,
    /// Given up at the provider.
    Cancelled,
    /// The provider is away.
    Away(String),
    /// Something about the answer does not fit: it may be forged.
    Refused(Refused),
    /// What the provider says of the person cannot be read, or too little is said.
    Claims(ClaimsError),
    /// The provider is not sure enough.
    Assurance,
    /// Not in the register.
    Unknown,
    /// In the register, and without the right that the municipality asks for.
    NoRight,
    /// The rights are limited to units that are not here.
    Units,
    /// A company: there is nothing for companies yet.
    Company,
    /// Too many attempts.
    TooMany {
        /// Seconds to wait.
        seconds: i64,
    },
}

impl From<Refused> for Turned {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Away(why) => Turned::Away(why),
            other => Turned::Refused(other),
        }
    }
}

impl Turned {
    /// A word for the log and the metrics: never about the person.
    const fn key(&self) -> &'static str {
        match self {
            Turned::Attempt => "attempt",
            Turned::Cancelled => "cancelled",
            Turned::Away(_) => "away",
            Turned::Refused(_) => "refused",
            Turned::Claims(_) => "claims",
            Turned::Assurance => "assurance",
            Turned::Unknown => "unknown",
            Turned::NoRight => "no_right",
            Turned::Units => "units",
            Turned::Company => "company",
            Turned::TooMany { .. } => "too_many",
        }
    }

    const fn status(&self) -> StatusCode {
        match self {
            Turned::Attempt => StatusCode::BAD_REQUEST,
            Turned::Away(_) => StatusCode::SERVICE_UNAVAILABLE,
            Turned::Company => StatusCode::OK,
            Turned::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Turned::Cancelled
            | Turned::Refused(_)
            | Turned::Claims(_)
            | Turned::Assurance
            | Turned::Unknown
            | Turned::NoRight
            | Turned::Units => StatusCode::FORBIDDEN,
        }
    }
}

#[derive(Template)]
#[template(path = "entry/turned_away.html")]
struct Page {
    t: Lang,
    shell: Shell,
    kind: &'static str,
    text: String,
    what_now: String,
    /// Where to try again; empty when that would not help.
    again: String,
}

/// The page. `name` is what people call the provider.
///
/// # Errors
/// [`Failure::Page`].
pub fn page(
    guest: &Guest,
    entrance: Option<Entrance>,
    name: &str,
    why: &Turned,
    next: &str,
) -> Result<Response, Failure> {
    let t = guest.t;
    let who = entrance.map_or("", Entrance::key);
    metrics::counter!("tovholder_log_ins_refused_total", "why" => why.key(), "who" => who).increment(1);
    match why {
        Turned::Away(reason) => tracing::warn!(who, reason, "the log-in provider is away"),
        Turned::Refused(refused) => tracing::warn!(who, reason = %refused, "a log-in was refused"),
        Turned::Claims(error) => tracing::warn!(who, reason = %error, "a log-in was refused"),
        other => tracing::info!(who, why = other.key(), "a log-in ended without a session"),
    }
    let employee = entrance == Some(Entrance::Employee);
    let again = {
        let next: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
        format!("/log-in?next={next}")
    };
    let (title, text, what_now, again): (&str, String, String, String) = match why {
        Turned::Attempt => (
            t.enter_attempt_title(),
            t.enter_attempt_text().to_owned(),
            t.enter_attempt_now().to_owned(),
            again,
        ),
        Turned::Cancelled => (
            t.enter_cancelled_title(),
            t.enter_cancelled_text(name),
            t.enter_cancelled_now().to_owned(),
            again,
        ),
        Turned::Away(_) => (
            t.enter_away_title(),
            t.enter_away_text(name),
            if employee {
                t.enter_away_now_employee().to_owned()
            } else {
                t.enter_away_now().to_owned()
            },
            again,
        ),
        Turned::Refused(Refused::NotRecent) => (
            t.enter_not_recent_title(),
            t.enter_not_recent_text(name),
            t.enter_attempt_now().to_owned(),
            again,
        ),
        Turned::Refused(_) => (
            t.enter_refused_title(),
            t.enter_refused_text(name),
            t.enter_refused_now().to_owned(),
            again,
        ),
        Turned::Claims(_) => (
            t.enter_claims_title(),
            t.enter_claims_text(name),
            t.enter_claims_now().to_owned(),
            String::new(),
        ),
        Turned::Assurance => (
            t.enter_assurance_title(),
            t.enter_assurance_text(name),
            if employee {
                t.enter_assurance_now_employee().to_owned()
            } else {
                t.enter_assurance_now().to_owned()
            },
            again,
        ),
        Turned::Unknown if employee => (
            t.enter_unknown_employee_title(),
            t.enter_unknown_employee_text().to_owned(),
            t.enter_unknown_employee_now().to_owned(),
            String::new(),
        ),
        Turned::Unknown => (
            t.enter_unknown_citizen_title(),
            t.enter_unknown_citizen_text(guest.app.site.municipality.as_str()),
            t.enter_unknown_citizen_now().to_owned(),
            String::new(),
        ),
        Turned::NoRight => (
            t.enter_no_right_title(),
            t.enter_no_right_text().to_owned(),
            t.enter_no_right_now().to_owned(),
            String::new(),
        ),
        Turned::Units => (
            t.enter_units_title(),
            t.enter_units_text().to_owned(),
            t.enter_no_right_now().to_owned(),
            String::new(),
        ),
        Turned::Company => (
            t.enter_company_title(),
            t.enter_company_text().to_owned(),
            t.enter_company_now().to_owned(),
            String::new(),
        ),
        Turned::TooMany { seconds } => (
            t.enter_too_many_title(),
            t.enter_too_many_text().to_owned(),
            wait_words(t, *seconds),
            again,
        ),
    };
    let page = Page {
        t,
        shell: guest.shell(title),
        kind: if matches!(why, Turned::Company | Turned::Cancelled) {
            "info"
        } else {
            "warning"
        },
        text,
        what_now,
        again,
    };
    let mut response = (why.status(), Html(page.render()?)).into_response();
    if let Turned::TooMany { seconds } = why {
        response
            .headers_mut()
            .insert(axum::http::header::RETRY_AFTER, (*seconds).max(1).into());
    }
    Ok(response)
}

/// How long to wait, in words: seconds up to two minutes, then whole minutes.
#[must_use]
pub fn wait_words(t: Lang, seconds: i64) -> String {
    if seconds <= 120 {
        t.enter_wait_seconds(seconds.max(1))
    } else {
        t.enter_wait_minutes((seconds + 59) / 60)
    }
}
