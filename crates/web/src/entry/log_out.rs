//! `/log-out`: here, and at the provider that let the user in.

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use tovholder_store::sessions;

use crate::entry::ways::asking;
use crate::kit::app::App;
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, Said, page, see_other, session_cookie};
use crate::kit::sent::Sent;
use crate::kit::shell::Shell;
use crate::kit::visit::{SESSION_COOKIE, cookie};

/// Goes on to the provider by itself at once. A redirect would not do: the browser lets a form lead to our own addresses only.
#[derive(Template)]
#[template(path = "entry/log_out.html")]
struct Onwards {
    t: Lang,
    shell: Shell,
    name: String,
    address: String,
}

/// Ends the session.
///
/// # Errors
/// The database is away.
pub async fn post(State(app): State<App>, t: Lang, headers: HeaderMap, _sent: Sent) -> Result<Response, Failure> {
    let token = cookie(&headers, SESSION_COOKIE).unwrap_or_default();
    out(&app, t, token).await
}

/// Ends the session with this token, and shows the way on.
///
/// # Errors
/// The database is away.
pub async fn out(app: &App, t: Lang, token: &str) -> Result<Response, Failure> {
    let from = sessions::end(&app.db, token, app.clock.now()).await?;
    let way = from.as_ref().and_then(|from| app.ways.by_issuer(&from.issuer));
    let mut onwards = None;
    if let (Some(from), Some(way)) = (from, way) {
        let back = format!("{}/log-in", app.ways.address);
        let address = asking(app, way.entrance, move |provider, now| {
            provider.end_address(now, from.id_token.as_deref(), &back)
        });
        // A provider that is away logs nobody out; here they are out all the same.
        if let Ok(Some(address)) = address.await? {
            onwards = Some((way.name.clone(), address));
        }
    }
    let mut response = match onwards {
        None => see_other("/log-in", Said::LoggedOut, None),
        Some((name, address)) => {
            let mut shell = Shell::new(app.site.clone(), t, "/log-in", t.enter_out_title());
            shell.onwards = Some(address.clone());
            page(&Onwards {
                t,
                shell,
                name,
                address,
            })?
        }
    };
    if let Ok(value) = HeaderValue::from_str(&session_cookie("", 0)) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    Ok(response)
}
