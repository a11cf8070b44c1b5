//! Somebody has proved who they are: the session begins, and they come to where they wanted to go.

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use tovholder_casework::act::UserKind;
use tovholder_store::sessions::{self, AtProvider, Beginning, How, Role};
use uuid::Uuid;

use crate::entry::front::first_page;
use crate::entry::ways::random_text;
use crate::kit::app::App;
use crate::kit::respond::{Failure, session_cookie};
use crate::kit::visit::{SESSION_COOKIE, cookie};

/// Who has come, and how.
pub struct Proved {
    /// Which kind of user.
    pub kind: UserKind,
    /// The citizen's or the employee's id.
    pub user: Uuid,
    /// The employee's role, for the first page.
    pub role: Option<Role>,
    /// How they proved who they are.
    pub how: How,
    /// When they did.
    pub at: Timestamp,
    /// What a provider has proved.
    pub provider: Option<AtProvider>,
    /// The token of the link they came by.
    pub link: Option<String>,
}

/// Begins the session, or renews the proof of the one there is when the same person proves it again, and sends them on.
///
/// # Errors
/// [`Failure::NotFound`] when the link was used a moment ago; the database is away.
pub async fn enter(app: &App, headers: &HeaderMap, proved: Proved, next: &str) -> Result<Response, Failure> {
    let now = app.clock.now();
    let next = own_address(next);
    let to = if next.is_empty() {
        first_page(if proved.kind == UserKind::Citizen {
            None
        } else {
            proved.role
        })
        .to_owned()
    } else {
        next
    };
    let link = proved.link.as_deref();
    let before = cookie(headers, SESSION_COOKIE);
    let mut renewed = false;
    if let Some(before) = before {
        let (found, _) = sessions::find(&mut app.db.read().await?, before, now).await?;
        if let sessions::Found::Live(user) = &found {
            renewed = (user.actor.kind, user.actor.id) == (proved.kind, proved.user) && proved.how != How::Demo;
        }
    }
    let mut response = Redirect::to(&to).into_response();
    let begun = match before {
        Some(before) if renewed => {
            sessions::prove(&app.db, before, proved.user, proved.at, proved.provider, link).await?
        }
        _ => {
            let (token, csrf) = (random_text()?, random_text()?);
            if let Ok(value) = HeaderValue::from_str(&session_cookie(&token, sessions::MAX_HOURS * 3600)) {
                response.headers_mut().append(header::SET_COOKIE, value);
            }
            let beginning = Beginning {
                kind: proved.kind,
                user: proved.user,
                token: &token,
                csrf: &csrf,
                how: proved.how,
                proved: proved.at,
                provider: proved.provider,
                link,
                device: device(headers),
                at: now,
            };
            sessions::begin_as(&app.db, &beginning).await?
        }
    };
    if !begun {
        return Err(Failure::NotFound);
    }
    if let Some(before) = before.filter(|_| !renewed) {
        // Whoever was logged in here before is not any longer.
        sessions::end(&app.db, before, now).await?;
    }
    metrics::counter!("tovholder_log_ins_total", "how" => proved.how.as_str(), "who" => proved.kind.as_str())
        .increment(1);
    Ok(response)
}

/// Only addresses of our own: never another host's.
#[must_use]
pub fn own_address(next: &str) -> String {
    let own =
        next.starts_with('/') && !next.starts_with("//") && !next.contains('\\') && !next.contains(char::is_control);
    if own { next.to_owned() } else { String::new() }
}

/// A name for the browser that its owner knows it by. Never what the browser said of itself: that would be kept as it came.
fn device(headers: &HeaderMap) -> &'static str {
    let said = headers
        .get(header::USER_AGENT)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let has = |word: &str| said.contains(word);
    // The order matters: most browsers name those they descend from.
    match () {
        () if has("Edg/") && has("Windows") => "Edge, Windows",
        () if has("Edg/") => "Edge",
        () if has("Firefox/") && has("Windows") => "Firefox, Windows",
        () if has("Firefox/") && has("Android") => "Firefox, Android",
        () if has("Firefox/") => "Firefox",
        () if has("Chrome/") && has("Windows") => "Chrome, Windows",
        () if has("Chrome/") && has("Android") => "Chrome, Android",
        () if has("Chrome/") && has("Mac OS X") => "Chrome, Mac",
        () if has("Chrome/") => "Chrome",
        () if has("iPhone") => "Safari, iPhone",
        () if has("iPad") => "Safari, iPad",
        () if has("Safari/") => "Safari, Mac",
        () => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn a_browser_has_a_name_its_owner_knows() {
        for (said, name) in [
            (
                "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0",
                "Edge, Windows",
            ),
            ("Mozilla/5.0 (X11; Linux) Gecko/20100101 Firefox/140.0", "Firefox"),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) AppleWebKit/605 Version/18.0 Mobile/15E148 Safari/604.1",
                "Safari, iPhone",
            ),
            ("<script>", ""),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::USER_AGENT, HeaderValue::from_static(said));
            assert_eq!(device(&headers), name);
        }
    }
}
