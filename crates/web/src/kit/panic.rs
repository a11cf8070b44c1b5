//! A handler that panics: the user gets the ordinary page for an error of ours instead of a dropped connection, it is counted, and the log names the
//! place in the code, never what was in hand.

use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::Poll;

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;

use crate::kit::respond::Failure;

/// Catches what the handlers below it do not. A transaction that was open is rolled back when it is dropped, so nothing is half saved.
///
/// # Errors
/// [`Failure::Panicked`], of which [`crate::kit::respond::layer`] makes the page.
pub async fn layer(request: Request, next: Next) -> Result<Response, Failure> {
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "none".to_owned(), |path| path.as_str().to_owned());
    let mut answer = pin!(next.run(request));
    // Polled no more once it has panicked, so nothing is seen in a state it was never meant to be in.
    let answer = poll_fn(|cx| match catch_unwind(AssertUnwindSafe(|| answer.as_mut().poll(cx))) {
        Ok(Poll::Pending) => Poll::Pending,
        Ok(Poll::Ready(answer)) => Poll::Ready(Some(answer)),
        Err(_) => Poll::Ready(None),
    })
    .await;
    answer.ok_or_else(|| {
        metrics::counter!("tovholder_panics_total", "route" => route.clone()).increment(1);
        tracing::error!(route, "a page panicked");
        Failure::Panicked
    })
}

/// From here on the program tells of a panic by its place in the code alone. Its message may quote what the code stumbled over, and that may be about
/// a person.
pub fn log_places_only() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(String::new, ToString::to_string);
        tracing::error!(place, "panicked");
    }));
}
