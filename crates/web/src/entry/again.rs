//! `/log-in/again`: whoever is about to do something that must not be done from an open screen proves once more who they are.

use askama::Template;
use axum::extract::{Query, Request};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;
use tovholder_store::sessions::How;
use tovholder_store::{accounts, sessions};

use crate::entry::enter::own_address;
use crate::entry::password::{Tried, refused, secret_form, tried};
use crate::entry::ways::Entrance;
use crate::kit::form::Errors;
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, page};

use crate::kit::shell::Shell;
use crate::kit::visit::{SESSION_COOKIE, Visit, cookie};

/// Where to go afterwards.
#[derive(Deserialize)]
pub struct Input {
    #[serde(default)]
    next: String,
}

/// How this user can prove it.
enum Means {
    /// At the provider: the address there, and what people call it.
    Provider(String, String),
    /// With password and code.
    Password,
    /// The demo: by choosing the person again.
    Demo(String),
    /// Not at all: a link works once.
    None,
}

#[derive(Template)]
#[template(path = "entry/again.html")]
struct Page {
    t: Lang,
    shell: Shell,
    errors: Errors,
    means: Means,
    next: String,
}

async fn build(visit: &Visit, next: &str) -> Result<Page, Failure> {
    let t = visit.t;
    let next = own_address(next);
    let entrance = if visit.user.citizen().is_some() {
        Entrance::Citizen
    } else {
        Entrance::Employee
    };
    let escaped: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
    let has_account = match visit.user.employee() {
        Some(me) if visit.app.ways.passwords => accounts::own(&mut visit.read().await?, me).await?.is_some(),
        _ => false,
    };
    let means = match (visit.user.how, visit.app.ways.for_whom(entrance)) {
        (How::Provider, Some(way)) => Means::Provider(
            format!("/log-in/with/{}?again=1&next={escaped}", entrance.key()),
            way.name.clone(),
        ),
        (How::Demo, _) => Means::Demo(visit.user.actor.id.to_string()),
        _ if has_account => Means::Password,
        _ => Means::None,
    };
    Ok(Page {
        t,
        shell: visit.shell(t.enter_prove_title()),
        errors: Errors::none(),
        means,
        next,
    })
}

/// The page.
///
/// # Errors
/// The database is away.
pub async fn get(visit: Visit, Query(input): Query<Input>) -> Result<Response, Failure> {
    page(&build(&visit, &input.next).await?)
}

/// Proves it with password and code.
///
/// # Errors
/// [`Failure::Forged`]; the database is away.
pub async fn post(visit: Visit, request: Request) -> Result<Response, Failure> {
    let (headers, client, sent) = secret_form(&visit, request).await?;
    let me = visit.employee()?;
    let next = sent.text("next");
    let own = accounts::own(&mut visit.read().await?, me)
        .await?
        .ok_or(Failure::NotFound)?;
    let (typed, code) = (sent.text("_password"), sent.text("_code"));
    match tried(&visit.app, client, &own.name, typed, code, Some(me)).await? {
        Tried::Right(..) => {
            let token = cookie(&headers, SESSION_COOKIE).unwrap_or_default();
            sessions::prove(&visit.app.db, token, me.0, visit.at, None, None).await?;
            let to = own_address(next);
            Ok(Redirect::to(if to.is_empty() { "/" } else { &to }).into_response())
        }
        other => {
            let mut built = build(&visit, next).await?;
            refused(&other, visit.t, |text, status: StatusCode| {
                built.errors.push("", text);
                built.shell.failed = true;
                Ok((status, Html(built.render()?)).into_response())
            })
        }
    }
}
