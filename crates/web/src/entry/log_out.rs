//! `/log-out`.

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use tovholder_store::sessions;

use crate::kit::app::App;
use crate::kit::respond::{Failure, Said, see_other, session_cookie};
use crate::kit::sent::Sent;
use crate::kit::visit::{SESSION_COOKIE, cookie};

/// Ends the session.
///
/// # Errors
/// The database is away.
pub async fn post(State(app): State<App>, headers: HeaderMap, _sent: Sent) -> Result<Response, Failure> {
    if let Some(token) = cookie(&headers, SESSION_COOKIE) {
        sessions::end(&app.db, token, app.clock.now()).await?;
    }
    let mut response = see_other("/log-in", Said::LoggedOut, None);
    let gone = session_cookie("", 0);
    if let Ok(value) = HeaderValue::from_str(&gone) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    Ok(response)
}
