//! `/language/da`, `/language/en`: the language of the pages, kept in a cookie.

use axum::extract::{Path, Query};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::kit::lang::Lang;
use crate::kit::respond::Failure;

/// Where to come back to.
#[derive(Deserialize)]
pub struct Input {
    #[serde(default)]
    back: String,
}

/// Sets the language.
///
/// # Errors
/// [`Failure::NotFound`] for a language there is not.
pub async fn get(Path(code): Path<String>, Query(input): Query<Input>) -> Result<Response, Failure> {
    let lang = Lang::from_code(&code).ok_or(Failure::NotFound)?;
    let back = if input.back.starts_with('/') && !input.back.starts_with("//") && !input.back.contains('\\') {
        input.back
    } else {
        "/".to_owned()
    };
    let mut response = Redirect::to(&back).into_response();
    let cookie = format!("lang={}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax", lang.code());
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    Ok(response)
}
