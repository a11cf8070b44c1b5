//! `/sessions`: where I am logged in, and ending it there.

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use tovholder_store::sessions::{self, How, IDLE_MINUTES, MAX_HOURS};

use crate::kit::app::App;
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, Said, page, see_other};
use crate::kit::sent::Sent;
use crate::kit::shell::Shell;
use crate::kit::visit::{SESSION_COOKIE, Visit, cookie};

struct Row {
    id: String,
    device: String,
    how: &'static str,
    since: String,
    seen: String,
    here: bool,
}

#[derive(Template)]
#[template(path = "entry/sessions.html")]
struct Page {
    t: Lang,
    shell: Shell,
    rows: Vec<Row>,
    limits: String,
    /// Whether the user can have a password of their own.
    account: bool,
}

/// The page.
///
/// # Errors
/// The database is away.
pub async fn get(visit: Visit, headers: HeaderMap) -> Result<Response, Failure> {
    let t = visit.t;
    let token = cookie(&headers, SESSION_COOKIE).unwrap_or_default();
    let places = sessions::places(&mut visit.read().await?, visit.user.actor.id, token, visit.at).await?;
    let rows = places
        .into_iter()
        .map(|place| Row {
            device: if place.device.is_empty() {
                t.sessions_unknown_device().to_owned()
            } else {
                place.device
            },
            how: match place.how {
                How::Demo => t.sessions_how_demo(),
                How::Link => t.sessions_how_link(),
                How::Password => t.sessions_how_password(),
                How::Provider => t.sessions_how_provider(),
            },
            since: t.instant(place.since),
            seen: t.instant(place.seen),
            here: place.here,
            id: place.id,
        })
        .collect();
    page(&Page {
        t,
        shell: visit.shell(t.sessions_title()),
        rows,
        limits: t.sessions_limits(MAX_HOURS, IDLE_MINUTES),
        account: visit.user.employee().is_some() && visit.app.ways.passwords,
    })
}

/// Ends one session, all others, or all.
///
/// # Errors
/// The database is away.
pub async fn post(visit: Visit, headers: HeaderMap, sent: Sent) -> Result<Response, Failure> {
    let me = visit.user.actor.id;
    let token = cookie(&headers, SESSION_COOKIE).unwrap_or_default();
    match sent.text("end") {
        "others" => {
            sessions::end_all(&visit.app.db, me, Some(token), visit.at).await?;
        }
        "all" => {
            // Here as well, and where the session came from.
            let response = super::log_out::out(&visit.app, visit.t, token).await?;
            sessions::end_all(&visit.app.db, me, None, visit.at).await?;
            return Ok(response);
        }
        one => {
            // One that has ended meanwhile is what was wanted.
            sessions::end_place(&visit.app.db, me, one, visit.at).await?;
        }
    }
    Ok(see_other("/sessions", Said::SessionEnded, None))
}

/// A sign of life, asked for when somebody wants to stay. The session's layer has noted it already.
pub async fn stay(_visit: Visit, State(_app): State<App>) -> StatusCode {
    StatusCode::NO_CONTENT
}
