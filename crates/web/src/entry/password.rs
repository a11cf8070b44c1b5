//! `/log-in/password`: an employee's own password and a code from their app, where there is no provider or it is away.
//!
//! Whatever is wrong, the answer is the same and takes as long: nobody learns whether there is such an account. Attempts are counted before
//! they are tried, so that many at once count as many.

use askama::Template;
use axum::extract::{Query, Request};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use serde::Deserialize;
use tovholder_casework::act::UserKind;
use tovholder_casework::id::EmployeeId;
use tovholder_identity::throttle::{self, FORGOTTEN};
use tovholder_identity::{password, totp};
use tovholder_store::sessions::{How, Role};
use tovholder_store::{accounts, log_ins};

use crate::entry::enter::{Proved, enter, own_address};
use crate::entry::turned_away::wait_words;
use crate::kit::app::App;
use crate::kit::form::Errors;
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, page, page_with_errors};
use crate::kit::sent::{Fields, unmasked};
use crate::kit::shell::Shell;
use crate::kit::visit::{Guest, Visit};

/// The most this form can hold, in bytes.
const MAX_FORM: usize = 16 * 1024;
/// Characters from which on what was typed is a recovery code and no code from an app.
const RECOVERY: usize = 12;

/// Where to go afterwards.
#[derive(Deserialize)]
pub struct Input {
    #[serde(default)]
    next: String,
}

#[derive(Template)]
#[template(path = "entry/password.html")]
struct Page {
    t: Lang,
    shell: Shell,
    errors: Errors,
    /// The user name as typed.
    typed: String,
    next: String,
}

fn build(guest: &Guest, name: &str, next: &str) -> Page {
    let t = guest.t;
    Page {
        t,
        shell: guest.shell(t.enter_password_title()),
        errors: Errors::none(),
        typed: name.to_owned(),
        next: own_address(next),
    }
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] where nobody has a password of their own.
pub async fn get(guest: Guest, Query(input): Query<Input>) -> Result<Response, Failure> {
    if !guest.app.ways.passwords {
        return Err(Failure::NotFound);
    }
    page(&build(&guest, "", &input.next))
}

/// Logs in.
///
/// # Errors
/// As [`get`]; [`Failure::Forged`] for a form that stands on another site; the database is away.
pub async fn post(guest: Guest, request: Request) -> Result<Response, Failure> {
    if !guest.app.ways.passwords {
        return Err(Failure::NotFound);
    }
    let (headers, client) = from_here(&guest.app, &request)?;
    let body = axum::body::to_bytes(request.into_body(), MAX_FORM)
        .await
        .map_err(|_| Failure::TooLarge)?;
    let sent = Fields::parse(&String::from_utf8_lossy(&body));
    let (name, next) = (sent.text("name"), sent.text("next"));
    // What was left out is no attempt: it is said beside its field.
    let mut built = build(&guest, name, next);
    for field in ["name", "_password", "_code"] {
        if sent.is_blank(field) {
            built.errors.push(field, guest.t.error_required());
        }
    }
    if !built.errors.is_empty() {
        built.shell.failed = true;
        return page_with_errors(&built);
    }
    match tried(
        &guest.app,
        client,
        name,
        sent.text("_password"),
        sent.text("_code"),
        None,
    )
    .await?
    {
        Tried::Right(employee, role) => {
            let proved = Proved {
                kind: UserKind::Employee,
                user: employee.0,
                role: Some(role),
                how: How::Password,
                at: guest.app.clock.now(),
                provider: None,
                link: None,
            };
            enter(&guest.app, &headers, proved, next).await
        }
        other => refused(&other, guest.t, |text, status| {
            built.errors.push("", text);
            built.shell.failed = true;
            Ok((status, Html(built.render()?)).into_response())
        }),
    }
}

/// The headers of a form that stands on our own page, and where it comes from. Nobody is logged in yet, so there is no token to look for.
///
/// # Errors
/// [`Failure::Forged`].
pub fn from_here(app: &App, request: &Request) -> Result<(HeaderMap, Option<std::net::IpAddr>), Failure> {
    let site = request.headers().get("sec-fetch-site");
    if site.is_some_and(|site| site != "same-origin" && site != "none") {
        return Err(Failure::Forged { kept: false });
    }
    let client = app.ways.client(request.headers(), request.extensions());
    Ok((request.headers().clone(), client))
}

/// A form with something secret in it, by somebody logged in: headers, where it comes from, and fields. Not [`crate::kit::sent::Sent`], which keeps
/// what was typed as a draft when something is wrong.
///
/// # Errors
/// [`Failure::Forged`], [`Failure::TooLarge`].
pub async fn secret_form(
    visit: &Visit,
    request: Request,
) -> Result<(HeaderMap, Option<std::net::IpAddr>, Fields), Failure> {
    let (headers, client) = from_here(&visit.app, &request)?;
    let body = axum::body::to_bytes(request.into_body(), MAX_FORM)
        .await
        .map_err(|_| Failure::TooLarge)?;
    let sent = Fields::parse(&String::from_utf8_lossy(&body));
    if unmasked(sent.text("_csrf")).as_deref() == Some(visit.user.csrf.as_str()) {
        Ok((headers, client, sent))
    } else {
        Err(Failure::Forged { kept: false })
    }
}

/// What came of an attempt.
pub enum Tried {
    /// It is them.
    Right(EmployeeId, Role),
    /// It is not, or not known to be.
    Wrong,
    /// Not tried at all: so many seconds to wait.
    Wait(i64),
}

/// What to say about an attempt that did not succeed.
///
/// # Errors
/// What `show` says.
pub fn refused(
    tried: &Tried,
    t: Lang,
    show: impl FnOnce(String, StatusCode) -> Result<Response, Failure>,
) -> Result<Response, Failure> {
    match tried {
        Tried::Wait(seconds) => {
            metrics::counter!("tovholder_log_ins_refused_total", "why" => "too_many", "who" => "employee").increment(1);
            let text = format!("{} {}", t.enter_too_many_text(), wait_words(t, *seconds));
            let mut response = show(text, StatusCode::TOO_MANY_REQUESTS)?;
            response
                .headers_mut()
                .insert(axum::http::header::RETRY_AFTER, (*seconds).max(1).into());
            Ok(response)
        }
        Tried::Wrong | Tried::Right(..) => {
            metrics::counter!("tovholder_log_ins_refused_total", "why" => "password", "who" => "employee").increment(1);
            show(t.enter_password_wrong().to_owned(), StatusCode::UNPROCESSABLE_ENTITY)
        }
    }
}

/// Tries a name, a password and a code. `only`: the one whose account it must be.
///
/// # Errors
/// The database is away.
pub async fn tried(
    app: &App,
    client: Option<std::net::IpAddr>,
    name: &str,
    typed: &str,
    code: &str,
    only: Option<EmployeeId>,
) -> Result<Tried, Failure> {
    let now = app.clock.now();
    if let Some(client) = client {
        let seconds = app.ways.failures.wait(client, now);
        if seconds > 0 {
            return Ok(Tried::Wait(seconds));
        }
    }
    let earlier = log_ins::failures(&mut app.db.read().await?, name, now, FORGOTTEN).await?;
    if let Some((failures, last)) = earlier {
        let left = throttle::wait(failures) - (now.as_second() - last.as_second());
        if left > 0 {
            return Ok(Tried::Wait(left));
        }
    }
    // Counted as failed until it has succeeded: whoever tries a hundred at once meets the count of the others.
    let before = log_ins::failed(&app.db, name, now, FORGOTTEN).await?.saturating_sub(1);
    let others = before > earlier.map_or(0, |(failures, _)| failures);
    if others && throttle::wait(before) > 0 {
        return Ok(Tried::Wait(throttle::wait(before)));
    }
    // Few at a time: each takes memory and a processor that pages need as well.
    let place = app.ways.checking.acquire().await.map_err(|_| Failure::Panicked)?;
    let account = accounts::find(&mut app.db.read().await?, name).await?;
    let account = account.filter(|account| only.is_none_or(|only| only == account.employee));
    let (typed, kept) = (
        typed.to_owned(),
        account.as_ref().map(|account| account.password.clone()),
    );
    let right = tokio::task::spawn_blocking(move || password::verify(&typed, kept.as_deref()))
        .await
        .map_err(|_| Failure::Panicked)?;
    drop(place);
    let known = match account.filter(|_| right) {
        Some(account) if code_is_right(app, &account, code, now).await? => Some(account),
        _ => None,
    };
    match known {
        Some(account) => {
            log_ins::succeeded(&app.db, name).await?;
            Ok(Tried::Right(account.employee, account.role))
        }
        None => {
            if let Some(client) = client {
                app.ways.failures.count(client, now);
            }
            Ok(Tried::Wrong)
        }
    }
}

async fn code_is_right(
    app: &App,
    account: &accounts::Account,
    code: &str,
    now: jiff::Timestamp,
) -> Result<bool, Failure> {
    let bare = bare_code(code);
    if bare.chars().count() >= RECOVERY {
        return Ok(accounts::use_code(&app.db, account.employee, &bare, now).await?);
    }
    let Some(secret) = totp::Secret::from_bytes(account.secret.clone()) else {
        return Ok(false);
    };
    match secret.check(code, now, Some(account.step)) {
        // Two with the same code at the same time: the database lets one of them.
        Some(step) => Ok(accounts::use_step(&app.db, account.employee, step).await?),
        None => Ok(false),
    }
}

/// A code without what people put between its letters.
#[must_use]
pub fn bare_code(code: &str) -> String {
    let letters = code.chars().filter(|c| !c.is_whitespace() && *c != '-');
    letters.flat_map(char::to_uppercase).collect()
}
