//! `/account`: an employee's own password, and the app whose codes go with it.

use askama::Template;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use qrcodegen::{QrCode, QrCodeEcc};
use tovholder_casework::id::EmployeeId;
use tovholder_identity::password::{self, Weak};
use tovholder_identity::totp::{self, Secret};
use tovholder_store::db::Error;
use tovholder_store::{accounts, sessions};

use crate::entry::password::secret_form;
use crate::entry::ways::{pool, random};
use crate::kit::form::Errors;
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, page};
use crate::kit::sent::Fields;
use crate::kit::shell::Shell;
use crate::kit::visit::{SESSION_COOKIE, Visit, cookie};

/// How many recovery codes one gets.
const CODES: usize = 8;
/// Random bytes in each.
const CODE_BYTES: usize = 10;

/// A QR code as one path of an SVG picture, and how many squares wide it is.
struct Picture {
    size: i32,
    path: String,
}

#[derive(Template)]
#[template(path = "entry/account.html")]
struct Page {
    t: Lang,
    shell: Shell,
    errors: Errors,
    /// Since when there is an account, and how many recovery codes are left.
    there: Option<(String, String)>,
    /// The user name.
    typed: String,
    secret: String,
    /// The secret in groups, to type.
    grouped: String,
    picture: Option<Picture>,
}

#[derive(Template)]
#[template(path = "entry/account_made.html")]
struct Made {
    t: Lang,
    shell: Shell,
    codes: Vec<String>,
}

/// The employee, who has proved of late who they are.
fn may(visit: &Visit) -> Result<EmployeeId, Failure> {
    let me = visit.employee()?;
    if !visit.app.ways.passwords {
        return Err(Failure::NotFound);
    }
    visit.recent()?;
    Ok(me)
}

fn in_groups(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let groups: Vec<String> = letters.chunks(4).map(|four| four.iter().collect()).collect();
    groups.join(" ")
}

fn picture(address: &str) -> Option<Picture> {
    let code = QrCode::encode_text(address, QrCodeEcc::Medium).ok()?;
    let size = code.size();
    let mut path = String::new();
    for y in 0..size {
        for x in (0..size).filter(|x| code.get_module(*x, y)) {
            path += &format!("M{x} {y}h1v1h-1z");
        }
    }
    Some(Picture { size, path })
}

async fn build(visit: &Visit, me: EmployeeId, sent: Option<&Fields>, errors: Errors) -> Result<Page, Failure> {
    let t = visit.t;
    let mut conn = visit.read().await?;
    let there = accounts::own(&mut conn, me).await?;
    let name = match (sent, &there) {
        (Some(sent), _) => sent.text("name").to_owned(),
        (None, Some(own)) => own.name.clone(),
        (None, None) => accounts::suggested_name(&mut conn, me).await?,
    };
    // The same secret until it works: it may be in the app already.
    let secret = match sent.and_then(|sent| Secret::from_base32(sent.text("_secret"))) {
        Some(secret) => secret,
        None => Secret::new(&mut pool()?),
    };
    let address = secret.address(
        &visit.app.site.municipality,
        if name.is_empty() { &visit.user.actor.name } else { &name },
    );
    let mut shell = visit.shell(t.account_title());
    shell.failed = !errors.is_empty();
    Ok(Page {
        t,
        shell,
        errors,
        there: there.map(|own| (t.instant(own.made), t.account_codes_left(own.codes))),
        typed: name,
        grouped: in_groups(&secret.base32()),
        secret: secret.base32(),
        picture: picture(&address),
    })
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] for citizens, and where nobody has a password of their own; [`Failure::ProveAgain`].
pub async fn get(visit: Visit) -> Result<Response, Failure> {
    let me = may(&visit)?;
    page(&build(&visit, me, None, Errors::none()).await?)
}

/// Keeps password and secret, and shows the recovery codes, this once. All other sessions end.
///
/// # Errors
/// As [`get`]; [`Failure::Forged`].
pub async fn post(visit: Visit, request: Request) -> Result<Response, Failure> {
    let me = may(&visit)?;
    let t = visit.t;
    let (headers, _, sent) = secret_form(&visit, request).await?;
    let (name, typed) = (sent.text("name").trim(), sent.text("_password"));
    let mut errors = Errors::none();
    let length = name.chars().count();
    if name.is_empty() {
        errors.push("name", t.error_required());
    } else if length > 140 || name.contains(char::is_control) {
        errors.push("name", t.error_too_long(length, 140));
    } else if tovholder_casework::cpr::stands_in(name) {
        errors.push("name", t.refused_has_cpr());
    }
    let known = [
        name,
        visit.user.actor.name.as_str(),
        visit.app.site.municipality.as_str(),
    ];
    match password::check(typed, &known) {
        Err(Weak::Short) => errors.push("_password", t.account_short(password::SHORTEST)),
        Err(Weak::Long) => errors.push("_password", t.account_long(password::LONGEST)),
        Err(Weak::Simple | Weak::Known) => errors.push("_password", t.account_easy()),
        Ok(()) if typed != sent.text("_again") => errors.push("_again", t.account_differs()),
        Ok(()) => {}
    }
    let secret = Secret::from_base32(sent.text("_secret"));
    let step = secret
        .as_ref()
        .and_then(|secret| secret.check(sent.text("_code"), visit.at, None));
    if step.is_none() {
        errors.push("_code", t.account_code_wrong());
    }
    let (Some(secret), Some(step), true) = (secret, step, errors.is_empty()) else {
        let built = build(&visit, me, Some(&sent), errors).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(built.render()?)).into_response());
    };
    let codes = (0..CODES)
        .map(|_| {
            let mut bytes = [0; CODE_BYTES];
            random(&mut bytes)?;
            Ok(totp::base32(&bytes))
        })
        .collect::<Result<Vec<String>, Failure>>()?;
    let place = visit.app.ways.checking.acquire().await.map_err(|_| Failure::Panicked)?;
    let (typed, mut random) = (typed.to_owned(), pool()?);
    let hashed = tokio::task::spawn_blocking(move || password::hash(&typed, &mut random))
        .await
        .map_err(|_| Failure::Panicked)?
        .map_err(|error| {
            Failure::Db(Error::Unavailable {
                message: error.to_string(),
            })
        })?;
    drop(place);
    let new = accounts::New {
        employee: me,
        name,
        password: &hashed,
        secret: secret.bytes(),
        step,
        codes: &codes,
    };
    match accounts::set(&visit.app.db, &new, visit.at).await {
        Ok(()) => {}
        Err(Error::Conflict { .. }) => {
            let mut errors = Errors::none();
            errors.push("name", t.account_name_taken());
            let built = build(&visit, me, Some(&sent), errors).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(built.render()?)).into_response());
        }
        Err(error) => return Err(error.into()),
    }
    let token = cookie(&headers, SESSION_COOKIE);
    sessions::end_all(&visit.app.db, me.0, token, visit.at).await?;
    page(&Made {
        t,
        shell: visit.shell(t.account_made_title()),
        codes: codes.iter().map(|code| in_groups(code)).collect(),
    })
}
