//! Answers: a page, a way on, or a clear word about what went wrong.

use askama::Template;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Redirect, Response};
use tovholder_casework::decide::{Refusal, Why};
use tovholder_casework::id::*;
use tovholder_store::db::Error;
use tovholder_store::plans::PerformError;

use crate::entry::turned_away::wait_words;
use crate::kit::app::App;
use crate::kit::form::Errors;
use crate::kit::lang::Lang;
use crate::kit::shell::{FlashKind, Shell};
use crate::kit::visit::{SESSION_COOKIE, Session, cookie, shell_of};

/// The cookie that carries what to say on the next page.
pub const FLASH_COOKIE: &str = "flash";

/// Why there is no page. Turned into a page in the user's language by [`layer`].
#[derive(Debug)]
pub enum Failure {
    /// Nothing there, or nothing the user may know of.
    NotFound,
    /// Not logged in; where to come back to.
    LogIn {
        /// The address asked for.
        next: String,
    },
    /// Logged in, but the proof is too old for this; where to come back to.
    ProveAgain {
        /// The address asked for.
        next: String,
    },
    /// The form did not carry the session's token.
    Forged {
        /// Whether what was typed is kept as a draft of the page.
        kept: bool,
    },
    /// Another page stands in its place.
    Instead(Box<Response>),
    /// More was sent than any form holds.
    TooLarge,
    /// The user does this more often than a person would: so many seconds to wait.
    TooFast(i64),
    /// The database.
    Db(Error),
    /// A page could not be put together.
    Page(askama::Error),
    /// A handler panicked.
    Panicked,
}
impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Failure::Db(error)
    }
}
impl From<askama::Error> for Failure {
    fn from(error: askama::Error) -> Self {
        Failure::Page(error)
    }
}

/// Marks a response that [`layer`] makes a page of.
#[derive(Clone, Copy)]
struct ErrorPage {
    status: StatusCode,
    /// What was typed waits on the page it was sent to.
    kept: bool,
    /// Seconds until it may be tried again; 0: nothing is said of it.
    wait: i64,
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let kept = matches!(self, Failure::Forged { kept: true });
        let wait = if let Failure::TooFast(seconds) = self {
            seconds
        } else {
            0
        };
        let status = match self {
            Failure::LogIn { next } => {
                let next: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
                return Redirect::to(&format!("/log-in?next={next}")).into_response();
            }
            Failure::ProveAgain { next } => {
                let next: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
                return Redirect::to(&format!("/log-in/again?next={next}")).into_response();
            }
            Failure::Instead(page) => return *page,
            Failure::NotFound => StatusCode::NOT_FOUND,
            Failure::Forged { .. } => StatusCode::FORBIDDEN,
            Failure::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Failure::TooFast(_) => StatusCode::TOO_MANY_REQUESTS,
            Failure::Panicked => StatusCode::INTERNAL_SERVER_ERROR,
            Failure::Db(error) if error.trouble().is_some() => {
                tracing::warn!(%error, "the database cannot serve");
                StatusCode::SERVICE_UNAVAILABLE
            }
            Failure::Db(error) => {
                tracing::error!(?error, "the database refused");
                StatusCode::INTERNAL_SERVER_ERROR
            }
            Failure::Page(error) => {
                tracing::error!(%error, "a page could not be put together");
                StatusCode::INTERNAL_SERVER_ERROR
            }
        };
        let mut response = status.into_response();
        response.extensions_mut().insert(ErrorPage { status, kept, wait });
        response
    }
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorTemplate {
    t: Lang,
    shell: Shell,
    text: String,
    reference: Option<String>,
    /// The page where what was typed waits.
    back: Option<String>,
}

/// Gives every failure its page, and takes the message of the last form off the cookie once a page has shown it.
pub async fn layer(State(app): State<App>, request: Request, next: Next) -> Response {
    let t = Lang::from_headers(request.headers());
    let path = request.uri().path().to_owned();
    let sent = request.method() == Method::POST;
    let had_flash = cookie(request.headers(), FLASH_COOKIE).is_some();
    let mut response = next.run(request).await;
    let error = response.extensions().get::<ErrorPage>().copied();
    if let Some(ErrorPage { status, kept, wait }) = error.or_else(|| rejection(&response)) {
        let (heading, text) = match status {
            StatusCode::NOT_FOUND => (t.error_not_found_title(), t.error_not_found_text().to_owned()),
            StatusCode::FORBIDDEN if kept => (t.error_expired_form_title(), t.error_expired_form_kept().to_owned()),
            StatusCode::FORBIDDEN => (t.error_expired_form_title(), t.error_expired_form_text().to_owned()),
            StatusCode::PAYLOAD_TOO_LARGE => (t.error_too_large_title(), t.error_too_large_text().to_owned()),
            StatusCode::TOO_MANY_REQUESTS => (t.error_too_fast_title(), too_fast_words(t, wait)),
            // What was sent is not on the disk, and nobody is told that it was.
            StatusCode::SERVICE_UNAVAILABLE if sent => (
                t.error_unavailable_form_title(),
                t.error_unavailable_form_text().to_owned(),
            ),
            StatusCode::SERVICE_UNAVAILABLE => (t.error_unavailable_title(), t.error_unavailable_text().to_owned()),
            _ => (t.error_server_title(), t.error_server_text().to_owned()),
        };
        let back = kept.then(|| path.clone());
        let session = response.extensions().get::<Session>();
        let shell = shell_of(&app, session, t, path, heading);
        let page = ErrorTemplate {
            t,
            shell,
            text,
            reference: None,
            back,
        }
        .render()
        .unwrap_or_default();
        response = (status, Html(page)).into_response();
        if wait > 0 {
            response.headers_mut().insert(header::RETRY_AFTER, wait.into());
        }
    }
    let is_page = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if had_flash && is_page && response.status() == StatusCode::OK {
        let gone = HeaderValue::from_static("flash=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
        response.headers_mut().append(header::SET_COOKIE, gone);
    }
    response
}

/// The error page for an answer the framework gave before any of our handlers: an address that is no address, a method no page has, a body
/// it would not read. It has no body or a line of English.
fn rejection(response: &Response) -> Option<ErrorPage> {
    let ours = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| !kind.as_bytes().starts_with(b"text/plain"));
    let status = match response.status() {
        status if ours || !(status.is_client_error() || status.is_server_error()) => return None,
        status @ StatusCode::PAYLOAD_TOO_LARGE => status,
        status if status.is_client_error() => StatusCode::NOT_FOUND,
        status => status,
    };
    Some(ErrorPage {
        status,
        kept: false,
        wait: 0,
    })
}

/// A page.
///
/// # Errors
/// [`Failure::Page`].
pub fn page(template: &impl Template) -> Result<Response, Failure> {
    Ok(Html(template.render()?).into_response())
}

/// The same page again, because something in the form must be mended: status 422.
///
/// # Errors
/// [`Failure::Page`].
pub fn page_with_errors(template: &impl Template) -> Result<Response, Failure> {
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(template.render()?)).into_response())
}

/// A page with a form: status 422 when something in it must be mended.
///
/// # Errors
/// [`Failure::Page`].
pub fn form_page(template: &impl Template, errors: &Errors) -> Result<Response, Failure> {
    if errors.is_empty() {
        page(template)
    } else {
        page_with_errors(template)
    }
}

/// What to say to somebody who does something more often than a person would.
#[must_use]
pub fn too_fast_words(t: Lang, seconds: i64) -> String {
    format!("{} {}", t.error_too_fast_text(), wait_words(t, seconds))
}

/// The same page again, because the user must wait before it does more: status 429.
///
/// # Errors
/// [`Failure::Page`].
pub fn page_too_fast(template: &impl Template, seconds: i64) -> Result<Response, Failure> {
    let wait = [(header::RETRY_AFTER, HeaderValue::from(seconds))];
    Ok((StatusCode::TOO_MANY_REQUESTS, wait, Html(template.render()?)).into_response())
}

/// What to say on the next page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// Saved.
    Saved,
    /// A step is done.
    StepDone,
    /// A step is open again.
    StepReopened,
    /// A step is dropped.
    StepDropped,
    /// What was asked is not possible any more.
    NotDone,
    /// Undone.
    Undone,
    /// It could not be undone.
    CannotUndo,
    /// A conversation is booked.
    Booked,
    /// A conversation is moved.
    Moved,
    /// A conversation is called off.
    Cancelled,
    /// A conversation is written.
    ConversationSaved,
    /// A question was noted.
    Asked,
    /// A message was sent.
    Sent,
    /// A message is read.
    Read,
    /// The coordinator changes.
    Transferred,
    /// The plan is closed.
    Closed,
    /// A consent is asked for.
    ConsentAsked,
    /// The citizen said yes.
    ConsentGiven,
    /// The citizen said no.
    ConsentDeclined,
    /// A consent is withdrawn.
    ConsentWithdrawn,
    /// The plan is opened.
    PlanOpened,
    /// A report is published.
    Published,
    /// Logged out.
    LoggedOut,
    /// Logged out somewhere else.
    SessionEnded,
}
impl Said {
    const ALL: &'static [(Said, &'static str)] = &[
        (Said::Saved, "saved"),
        (Said::StepDone, "step-done"),
        (Said::StepReopened, "step-reopened"),
        (Said::StepDropped, "step-dropped"),
        (Said::NotDone, "not-done"),
        (Said::Undone, "undone"),
        (Said::CannotUndo, "cannot-undo"),
        (Said::Booked, "booked"),
        (Said::Moved, "moved"),
        (Said::Cancelled, "cancelled"),
        (Said::ConversationSaved, "conversation-saved"),
        (Said::Asked, "asked"),
        (Said::Sent, "sent"),
        (Said::Read, "read"),
        (Said::Transferred, "transferred"),
        (Said::Closed, "closed"),
        (Said::ConsentAsked, "consent-asked"),
        (Said::ConsentGiven, "consent-given"),
        (Said::ConsentDeclined, "consent-declined"),
        (Said::ConsentWithdrawn, "consent-withdrawn"),
        (Said::PlanOpened, "plan-opened"),
        (Said::Published, "published"),
        (Said::LoggedOut, "logged-out"),
        (Said::SessionEnded, "session-ended"),
    ];
    fn key(self) -> &'static str {
        Said::ALL
            .iter()
            .find(|(said, _)| *said == self)
            .map_or("saved", |(_, key)| key)
    }
    fn words(self, t: Lang) -> &'static str {
        match self {
            Said::Saved => t.flash_saved(),
            Said::StepDone => t.flash_step_done(),
            Said::StepReopened => t.flash_step_reopened(),
            Said::StepDropped => t.flash_step_dropped(),
            Said::NotDone => t.flash_not_done(),
            Said::Undone => t.flash_undone(),
            Said::CannotUndo => t.flash_cannot_undo(),
            Said::Booked => t.flash_booked(),
            Said::Moved => t.flash_moved(),
            Said::Cancelled => t.flash_cancelled(),
            Said::ConversationSaved => t.flash_conversation_saved(),
            Said::Asked => t.flash_asked(),
            Said::Sent => t.flash_sent(),
            Said::Read => t.flash_read(),
            Said::Transferred => t.flash_transferred(),
            Said::Closed => t.flash_closed(),
            Said::ConsentAsked => t.flash_consent_asked(),
            Said::ConsentGiven => t.flash_consent_given(),
            Said::ConsentDeclined => t.flash_consent_declined(),
            Said::ConsentWithdrawn => t.flash_consent_withdrawn(),
            Said::PlanOpened => t.flash_plan_opened(),
            Said::Published => t.flash_published(),
            Said::LoggedOut => t.flash_logged_out(),
            Said::SessionEnded => t.flash_session_ended(),
        }
    }
}

/// Sends the user on, with a word for the next page and, when it can be undone, the form that did it.
pub fn see_other(to: &str, said: Said, undo: Option<(PlanId, SubmissionId)>) -> Response {
    let undo = undo.map_or_else(String::new, |(plan, form)| format!(".{plan}.{form}"));
    let cookie = format!(
        "{FLASH_COOKIE}={}{undo}; Path=/; Max-Age=60; HttpOnly; SameSite=Lax",
        said.key()
    );
    let mut response = Redirect::to(to).into_response();
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}

/// What the cookie says, and where undo is sent.
pub(crate) fn flash_from(t: Lang, cookie: &str) -> Option<(FlashKind, String, Option<String>)> {
    let mut parts = cookie.split('.');
    let key = parts.next()?;
    let (said, _) = Said::ALL.iter().find(|(_, k)| *k == key)?;
    let kind = if matches!(said, Said::CannotUndo | Said::NotDone) {
        FlashKind::Warning
    } else {
        FlashKind::Success
    };
    let undo = match (
        parts.next().and_then(|p| p.parse::<PlanId>().ok()),
        parts.next().and_then(|p| p.parse::<SubmissionId>().ok()),
    ) {
        (Some(plan), Some(form)) => Some(format!("/plans/{plan}/undo/{form}")),
        _ => None,
    };
    Some((kind, said.words(t).to_owned(), undo))
}

/// The session's cookie, kept for so many seconds. The router adds `Secure` where the installation asks for it, as for every cookie.
#[must_use]
pub fn session_cookie(token: &str, max_age: i64) -> String {
    format!("{SESSION_COOKIE}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={max_age}")
}

/// What casework refused, in words, beside the field it belongs to. `names` maps casework's field to the form's where they differ.
pub fn refused(t: Lang, error: &PerformError, names: &[(&str, &str)], errors: &mut Errors) {
    match error {
        PerformError::Refused(Refusal { field, why }) => {
            let field = names
                .iter()
                .find(|(from, _)| from == field)
                .map_or(*field, |(_, to)| to);
            errors.push(field, why_words(t, why));
        }
        PerformError::Taken => errors.push(
            names.iter().find(|(from, _)| *from == "taken").map_or("", |(_, to)| to),
            t.error_taken(),
        ),
        PerformError::NotFound | PerformError::Db(_) => errors.push("", t.error_server_text()),
    }
}

/// A refusal in words.
#[must_use]
pub fn why_words(t: Lang, why: &Why) -> String {
    match why {
        Why::NotAllowed => t.refused_not_allowed().to_owned(),
        Why::Required => t.error_required().to_owned(),
        Why::TooLong(max) => t.refused_too_long(t.integer(*max as i64)),
        Why::TooShort(least) => t.refused_too_short(t.integer(*least as i64)),
        Why::NotFound => t.refused_not_found().to_owned(),
        Why::Conflict(_) => t.error_conflict_text().to_owned(),
        Why::PlanClosed => t.refused_plan_closed().to_owned(),
        Why::EndBeforeStart => t.error_end_before_start().to_owned(),
        Why::BeforePlan => t.refused_before_plan().to_owned(),
        Why::InThePast => t.refused_in_the_past().to_owned(),
        Why::DayGone => t.error_date_in_past().to_owned(),
        Why::NotYet(day) => t.refused_not_yet(t.date(*day)),
        Why::TooFarAhead => t.refused_too_far_ahead().to_owned(),
        Why::NotBooked => t.refused_not_booked().to_owned(),
        Why::AlreadyCoordinator => t.refused_already_there().to_owned(),
        Why::NotBefore(day) => t.refused_not_before(t.date(*day)),
        Why::OutOfRange(low, high) => t.refused_out_of_range(high, low),
        Why::TooDeep => t.refused_too_deep().to_owned(),
        Why::CannotUndo => t.refused_cannot_undo().to_owned(),
        Why::WrongRater => t.refused_wrong_rater().to_owned(),
        Why::HasCpr => t.refused_has_cpr().to_owned(),
        Why::NotAfter(day) => t.refused_not_after(t.date(*day)),
        Why::TooMany(most) => t.refused_too_many(*most),
        Why::Changed => t.error_conflict_text().to_owned(),
    }
}
