//! `/log-in`: in the demo, choose a person; in a real installation, come with a link.
//!
//! How somebody proves who they are ends here: the rest of the system knows sessions only.

use askama::Template;
use axum::extract::{Query, Request, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use tovholder_casework::act::UserKind;
use tovholder_store::{drafts, sessions};

use crate::entry::front::first_page;
use crate::entry::walk::Audience;
use crate::kit::app::{App, Person};
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, page, session_cookie};
use crate::kit::sent::Fields;
use crate::kit::shell::Shell;
use crate::kit::visit::{Guest, SESSION_COOKIE, cookie};

/// Where to go afterwards.
#[derive(Deserialize)]
pub struct Input {
    #[serde(default)]
    next: String,
    /// A one-time link's token.
    #[serde(default)]
    link: String,
}

#[derive(Template)]
#[template(path = "entry/log_in.html")]
struct LogIn<'a> {
    t: Lang,
    shell: Shell,
    people: &'a [Person],
    /// What to say to somebody whose session ended while they were away.
    away: Option<&'static str>,
    next: String,
    link: String,
}

/// The page.
///
/// # Errors
/// The database is away; [`Failure::Page`].
pub async fn get(guest: Guest, Query(input): Query<Input>) -> Result<Response, Failure> {
    let t = guest.t;
    let next = own_address(&input.next);
    let away = match guest.ended {
        Some(user) if !next.is_empty() => {
            let page = next.split('?').next().unwrap_or_default();
            let draft = drafts::find(&mut guest.app.db.read().await?, user, page).await?;
            Some(if draft.is_some() {
                t.log_in_away_kept()
            } else {
                t.log_in_away()
            })
        }
        _ => None,
    };
    page(&LogIn {
        t,
        shell: guest.shell(t.log_in_title()),
        people: guest.app.people.as_slice(),
        away,
        next,
        link: input.link,
    })
}

/// Only addresses of our own: never another host's.
fn own_address(next: &str) -> String {
    let own =
        next.starts_with('/') && !next.starts_with("//") && !next.contains('\\') && !next.contains(char::is_control);
    if own { next.to_owned() } else { String::new() }
}

/// The most this form can hold, in bytes: a link's token and an address.
const MAX_FORM: usize = 16 * 1024;

/// Begins a session.
///
/// # Errors
/// [`Failure::NotFound`] for somebody who is not on the list, or a link that is used or too old; [`Failure::Forged`] for a form that stands on
/// another site, which would log somebody in as another without their knowing.
pub async fn post(State(app): State<App>, request: Request) -> Result<Response, Failure> {
    let elsewhere = request.headers().get("sec-fetch-site");
    if elsewhere.is_some_and(|site| site != "same-origin" && site != "none") {
        return Err(Failure::Forged { kept: false });
    }
    let before = cookie(request.headers(), SESSION_COOKIE).map(str::to_owned);
    let body = axum::body::to_bytes(request.into_body(), MAX_FORM)
        .await
        .map_err(|_| Failure::TooLarge)?;
    let sent = Fields::parse(&String::from_utf8_lossy(&body));
    let at = app.clock.now();
    let (kind, id, role) = if let Some(chosen) = app.people.iter().find(|p| p.id.to_string() == sent.text("person")) {
        (chosen.kind, chosen.id, chosen.role)
    } else if !sent.is_blank("link") {
        sessions::redeem(&app.db, sent.text("link"), at)
            .await?
            .ok_or(Failure::NotFound)?
    } else {
        return Err(Failure::NotFound);
    };
    let (token, csrf) = (random()?, random()?);
    // Whoever was logged in here before is not any longer.
    if let Some(before) = before {
        sessions::end(&app.db, &before, at).await?;
    }
    sessions::begin(&app.db, kind, id, &token, &csrf, at).await?;
    let next = own_address(sent.text("next"));
    let role = if kind == UserKind::Citizen { None } else { role };
    let to = if next.is_empty() {
        first_page(role)
    } else {
        next.as_str()
    };
    let mut response = Redirect::to(to).into_response();
    if let Ok(value) = HeaderValue::from_str(&session_cookie(&token, sessions::MAX_HOURS * 3600)) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    Ok(response)
}

/// 256 random bits as text.
fn random() -> Result<String, Failure> {
    let mut bytes = [0u8; 32];
    getrandom::fill(&mut bytes).map_err(|_| {
        Failure::Db(tovholder_store::db::Error::Unavailable {
            message: "no randomness".to_owned(),
        })
    })?;
    Ok(bytes.iter().map(|b| format!("{b:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::own_address;

    #[test]
    fn nobody_is_sent_to_another_host() {
        assert_eq!(own_address("/my-plan?x=1"), "/my-plan?x=1");
        for foreign in [
            "https://example.org",
            "//example.org",
            "/\\example.org",
            "javascript:x",
            "",
            "/a\r\nb",
        ] {
            assert_eq!(own_address(foreign), "", "{foreign}");
        }
    }
}
