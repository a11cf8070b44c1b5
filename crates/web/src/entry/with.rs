//! `/log-in/with/…`: to a provider and back, and what a provider tells us about log-outs.
//!
//! Nobody is made here. An employee is known by the name the provider has for them, a citizen by CPR number; both must be in the register
//! before, and the role is the register's. Claims only narrow.

use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use serde_json::json;
use tovholder_casework::act::UserKind;
use tovholder_casework::claims::{Claims, ClaimsError, Limits, Reach};
use tovholder_identity::provider::{ATTEMPT, Pending, Proof};
use tovholder_store::db::Conn;
use tovholder_store::log_ins::{self, Attempt};
use tovholder_store::numbers;
use tovholder_store::sessions::{self, AtProvider, How};

use crate::entry::enter::{Proved, enter, own_address};
use crate::entry::turned_away::{self, Turned};
use crate::entry::ways::{Entrance, Way, asking, pool, random_text};
use crate::kit::app::App;
use crate::kit::respond::Failure;
use crate::kit::sent::Fields;
use crate::kit::visit::{Guest, cookie};

/// The cookie that ties an attempt to the browser that began it: an answer that somebody else was given is of no use in another browser.
const BROWSER_COOKIE: &str = "on_the_way";
/// The largest log-out token with its field.
const MAX_TOLD: usize = 64 * 1024;

/// Where to go afterwards, and whether the person is to prove it anew.
#[derive(Deserialize)]
pub struct Going {
    #[serde(default)]
    next: String,
    #[serde(default)]
    again: String,
}

/// Sends the browser to the provider.
///
/// # Errors
/// [`Failure::NotFound`] without such a provider; the database is away.
pub async fn go(
    guest: Guest,
    Path(entrance): Path<String>,
    Query(going): Query<Going>,
    request: Request,
) -> Result<Response, Failure> {
    let (app, now) = (&guest.app, guest.app.clock.now());
    let entrance = Entrance::from_key(&entrance).ok_or(Failure::NotFound)?;
    let way = app.ways.for_whom(entrance).ok_or(Failure::NotFound)?;
    let next = own_address(&going.next);
    let client = app.ways.client(request.headers(), request.extensions());
    if let Some(client) = client {
        let seconds = app.ways.beginnings.wait(client, now);
        if seconds > 0 {
            return turned_away::page(&guest, Some(entrance), &way.name, &Turned::TooMany { seconds }, &next);
        }
        app.ways.beginnings.count(client, now);
    }
    // Now, and not at some time today.
    let max_age = (!going.again.is_empty()).then_some(0);
    let mut random = pool()?;
    let begun = asking(app, entrance, move |provider, now| {
        provider.begin(now, &mut random, max_age)
    })
    .await?;
    let attempt = match begun {
        Ok(attempt) => attempt,
        Err(refused) => return turned_away::page(&guest, Some(entrance), &way.name, &refused.into(), &next),
    };
    // Several tabs may be on their way from one browser.
    let known = cookie(request.headers(), BROWSER_COOKIE).filter(|value| value.len() == 64);
    let browser = match known {
        Some(browser) => browser.to_owned(),
        None => random_text()?,
    };
    let kept = Attempt {
        audience: entrance.key().to_owned(),
        nonce: attempt.nonce,
        verifier: attempt.verifier,
        max_age,
        next,
    };
    log_ins::begin(&app.db, &attempt.state, &browser, &kept, now).await?;
    let mut response = Redirect::to(&attempt.address).into_response();
    let cookie = format!("{BROWSER_COOKIE}={browser}; Path=/log-in; HttpOnly; SameSite=Lax; Max-Age={ATTEMPT}");
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    Ok(response)
}

/// What comes back in the address.
#[derive(Deserialize)]
pub struct Answer {
    #[serde(default)]
    state: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    iss: Option<String>,
    #[serde(default)]
    error: String,
}

/// The provider has sent somebody back.
///
/// # Errors
/// [`Failure::NotFound`] without such a provider; the database is away.
pub async fn back(
    guest: Guest,
    Path(entrance): Path<String>,
    Query(answer): Query<Answer>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let (app, now) = (&guest.app, guest.app.clock.now());
    let entrance = Entrance::from_key(&entrance).ok_or(Failure::NotFound)?;
    let way = app.ways.for_whom(entrance).ok_or(Failure::NotFound)?;
    let away = |why: Turned, next: &str| turned_away::page(&guest, Some(entrance), &way.name, &why, next);
    // Taken before anything else is looked at, so that no answer can be tried twice.
    let browser = cookie(&headers, BROWSER_COOKIE).unwrap_or_default();
    let Some(attempt) = log_ins::take(&app.db, &answer.state, browser, now).await? else {
        return away(Turned::Attempt, "");
    };
    if attempt.audience != entrance.key() {
        return away(Turned::Attempt, &attempt.next);
    }
    let named = answer.iss.clone();
    if let Err(refused) = asking(app, entrance, move |provider, now| {
        provider.answered_by(now, named.as_deref())
    })
    .await?
    {
        return away(refused.into(), &attempt.next);
    }
    if !answer.error.is_empty() {
        let own_choice = matches!(
            answer.error.as_str(),
            "access_denied" | "login_required" | "interaction_required"
        );
        let why = if own_choice {
            Turned::Cancelled
        } else {
            Turned::Away(format!("it answers with {:?}", short(&answer.error)))
        };
        return away(why, &attempt.next);
    }
    let (code, nonce, verifier, max_age) = (
        answer.code,
        attempt.nonce.clone(),
        attempt.verifier.clone(),
        attempt.max_age,
    );
    let finished = asking(app, entrance, move |provider, now| {
        let pending = Pending {
            nonce: &nonce,
            verifier: &verifier,
            max_age,
        };
        provider.finish(now, &pending, &code)
    });
    let proof = match finished.await? {
        Ok(proof) => proof,
        Err(refused) => return away(refused.into(), &attempt.next),
    };
    let claims = match Claims::from_json(&proof.claims, &way.names) {
        Ok(claims) => claims,
        Err(error) => return away(Turned::Claims(error), &attempt.next),
    };
    if way.minimum.is_some_and(|least| claims.assurance < Some(least)) {
        return away(Turned::Assurance, &attempt.next);
    }
    let mut conn = app.db.read().await?;
    let known = match entrance {
        Entrance::Employee => employee(&mut conn, way, &claims).await?,
        Entrance::Citizen => citizen(&mut conn, way, &claims).await?,
        Entrance::Company if claims.cvr.is_none() => Err(Turned::Claims(ClaimsError::Missing(way.names.cvr.clone()))),
        Entrance::Company => Err(Turned::Company),
    };
    drop(conn);
    match known {
        Err(why) => away(why, &attempt.next),
        Ok((mut proved, reach)) => {
            proved.at = proof.proved.unwrap_or(now).min(now);
            proved.provider = Some(at_provider(way, proof, &claims, reach));
            enter(app, &headers, proved, &attempt.next).await
        }
    }
}

fn short(word: &str) -> String {
    word.chars().filter(char::is_ascii_graphic).take(60).collect()
}

/// The employee whom the provider names, with what is left of their role.
async fn employee(
    conn: &mut Conn,
    way: &Way,
    claims: &Claims,
) -> Result<Result<(Proved, Vec<Reach>), Turned>, Failure> {
    let Some(login) = &claims.login else {
        return Ok(Err(Turned::Claims(ClaimsError::Missing(way.names.login.clone()))));
    };
    let Some(known) = log_ins::employee(conn, login).await? else {
        return Ok(Err(Turned::Unknown));
    };
    let limits = if way.roles.is_empty() {
        claims.own_limits()
    } else {
        let means = |privilege: &str| way.roles.get(privilege) == Some(&known.role);
        match claims.narrowed(means, way.ours) {
            Some(limits) => limits,
            None => return Ok(Err(Turned::NoRight)),
        }
    };
    let mut reach = Vec::new();
    for limits in limits {
        match reached(conn, way, limits).await? {
            Some(within) => reach.push(within),
            None => return Ok(Err(Turned::Units)),
        }
    }
    let proved = Proved {
        kind: UserKind::Employee,
        user: known.id.0,
        role: Some(known.role),
        how: How::Provider,
        at: jiff::Timestamp::UNIX_EPOCH,
        provider: None,
        link: None,
    };
    Ok(Ok((proved, reach)))
}

/// The limits with our own units in them; none when a unit is not known here, for then it cannot be kept to.
async fn reached(conn: &mut Conn, way: &Way, limits: Limits) -> Result<Option<Reach>, Failure> {
    let mut units = Vec::new();
    for called in &limits.units {
        let name = way.units.get(called).unwrap_or(called);
        let found = log_ins::units(conn, name).await?;
        if found.is_empty() {
            return Ok(None);
        }
        units.extend(found);
    }
    Ok(Some(Reach {
        units,
        subjects: limits.subjects,
        sensitivity: limits.sensitivity,
    }))
}

/// The citizen with the number the provider names.
async fn citizen(conn: &mut Conn, way: &Way, claims: &Claims) -> Result<Result<(Proved, Vec<Reach>), Turned>, Failure> {
    let Some(cpr) = claims.cpr else {
        return Ok(Err(Turned::Claims(ClaimsError::Missing(way.names.cpr.clone()))));
    };
    let Some(id) = numbers::find(conn, cpr).await? else {
        return Ok(Err(Turned::Unknown));
    };
    let proved = Proved {
        kind: UserKind::Citizen,
        user: id.0,
        role: None,
        how: How::Provider,
        at: jiff::Timestamp::UNIX_EPOCH,
        provider: None,
        link: None,
    };
    // A citizen's own plan is theirs, whatever is said of roles.
    Ok(Ok((proved, vec![])))
}

/// What is kept of the proof. The token goes back in an address when somebody logs out, so none with a CPR number in it is kept.
fn at_provider(way: &Way, proof: Proof, claims: &Claims, reach: Vec<Reach>) -> AtProvider {
    let holds_number = claims.cpr.is_some() || tovholder_casework::cpr::stands_in(&proof.claims.to_string());
    AtProvider {
        issuer: way.provider.issuer().to_owned(),
        subject: proof.subject,
        session: proof.session,
        id_token: (!holds_number).then_some(proof.id_token),
        assurance: claims.assurance,
        reach,
    }
}

/// A provider tells that somebody has logged out there (back-channel log-out): their sessions end here.
///
/// # Errors
/// [`Failure::NotFound`] without such a provider; the database is away.
pub async fn told(State(app): State<App>, Path(entrance): Path<String>, request: Request) -> Result<Response, Failure> {
    let entrance = Entrance::from_key(&entrance).ok_or(Failure::NotFound)?;
    let way = app.ways.for_whom(entrance).ok_or(Failure::NotFound)?;
    let now = app.clock.now();
    let body = axum::body::to_bytes(request.into_body(), MAX_TOLD)
        .await
        .map_err(|_| Failure::TooLarge)?;
    let fields = Fields::parse(&String::from_utf8_lossy(&body));
    let token = fields.text("logout_token").to_owned();
    let wrong = |why: &str| {
        tracing::warn!(
            who = entrance.key(),
            reason = why,
            "a log-out was told of and not believed"
        );
        let answer = json!({"error": "invalid_request", "error_description": why});
        let kind = [(header::CONTENT_TYPE, "application/json")];
        (StatusCode::BAD_REQUEST, kind, answer.to_string()).into_response()
    };
    let read = asking(&app, entrance, move |provider, now| provider.logged_out(now, &token)).await?;
    let gone = match read {
        Ok(gone) => gone,
        Err(refused) => return Ok(wrong(&refused.to_string())),
    };
    let issuer = way.provider.issuer();
    if !log_ins::hear(&app.db, issuer, &gone.id, now).await? {
        return Ok(wrong("the token was used before"));
    }
    let ended =
        sessions::end_at_provider(&app.db, issuer, gone.subject.as_deref(), gone.session.as_deref(), now).await?;
    tracing::info!(who = entrance.key(), ended, "a provider told of a log-out");
    Ok(StatusCode::OK.into_response())
}
