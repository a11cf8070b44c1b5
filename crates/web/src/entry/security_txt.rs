//! Whom to tell of a hole in the security (RFC 9116).

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use jiff::SignedDuration;

use crate::kit::app::App;

/// So long what stands here may be believed without asking again. RFC 9116 wants less than a year.
const GOOD_FOR: SignedDuration = SignedDuration::from_hours(180 * 24);

/// The contact, where the municipality has named one.
pub async fn get(State(app): State<App>) -> Response {
    let Some(contact) = &app.site.security_contact else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let expires = app.clock.now().saturating_add(GOOD_FOR).unwrap_or_default();
    format!("Contact: {contact}\nExpires: {expires:.0}\nPreferred-Languages: da, en\n").into_response()
}
