//! `/my-plan/consents` and `/my-plan/consents/{consent}`: what the citizen has agreed to, and the answer to what is asked.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use tovholder_casework::act::PageKey;
use tovholder_casework::consent::How;
use tovholder_casework::decide::Intent;
use tovholder_casework::id::*;
use tovholder_store::plans::Performed;
use uuid::Uuid;

use super::{View, find, heaps, view};
use crate::kit::form::Errors;
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, Said, page, page_with_errors, refused, see_other};
use crate::kit::sent::Sent;
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;

/// Where the citizen's consents stand.
pub(super) const HERE: &str = "/my-plan/consents";

#[derive(Template)]
#[template(path = "consent/own.html")]
struct Page {
    t: Lang,
    shell: Shell,
    asked: Vec<View>,
    holds: Vec<View>,
    over: Vec<View>,
}

/// The page.
///
/// # Errors
/// The user is no citizen, or has never had a plan.
pub async fn get(visit: Visit) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let case = visit.open_own(&mut conn, PageKey::Consents).await?;
    let case = case.ok_or(Failure::NotFound)?;
    let [asked, holds, over] = heaps(&visit, &case, HERE);
    page(&Page {
        t: visit.t,
        shell: crate::citizen::shell(&visit, &case, visit.t.consent_own_title()),
        asked,
        holds,
        over,
    })
}

#[derive(Template)]
#[template(path = "consent/own_one.html")]
struct One {
    t: Lang,
    shell: Shell,
    one: View,
    act: String,
    errors: Errors,
}

async fn show(visit: &Visit, id: ConsentId, errors: Errors) -> Result<One, Failure> {
    let mut conn = visit.read().await?;
    let case = visit.open_own(&mut conn, PageKey::Consents).await?;
    let case = case.ok_or(Failure::NotFound)?;
    let one = view(visit, find(&case, id)?, HERE);
    let mut shell = crate::citizen::shell(visit, &case, &one.party);
    shell.failed = !errors.is_empty();
    Ok(One {
        t: visit.t,
        shell,
        one,
        act: Uuid::now_v7().to_string(),
        errors,
    })
}

/// One consent, whole.
///
/// # Errors
/// [`Failure::NotFound`] when it is not the citizen's.
pub async fn get_one(visit: Visit, Path(id): Path<ConsentId>) -> Result<Response, Failure> {
    page(&show(&visit, id, Errors::none()).await?)
}

/// Answers it.
///
/// # Errors
/// As [`get_one`].
pub async fn post_one(visit: Visit, Path(id): Path<ConsentId>, sent: Sent) -> Result<Response, Failure> {
    let t = visit.t;
    // Nobody learns from the form whether somebody else's consent exists.
    show(&visit, id, Errors::none()).await?;
    let mut errors = Errors::none();
    let answer = match sent.text("answer") {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    match answer {
        None => errors.push("answer", t.error_required()),
        Some(yes) => {
            let plan = crate::citizen::own_plan(&visit).await?;
            let intent = Intent::AnswerConsent {
                consent: id,
                yes,
                how: How::OwnPage,
            };
            match visit.perform(plan, intent, &sent, HERE).await? {
                Ok(Performed::Done(_)) => {
                    let said = if yes { Said::ConsentGiven } else { Said::ConsentDeclined };
                    return Ok(see_other(HERE, said, Some((plan, sent.submission()))));
                }
                Ok(Performed::Already(to)) => return Ok(Redirect::to(&to).into_response()),
                Err(why) => refused(t, &why, &[], &mut errors),
            }
        }
    }
    page_with_errors(&show(&visit, id, errors).await?)
}
