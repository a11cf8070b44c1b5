//! `/my-plan/myself/new/{kind}` and `/my-plan/myself/{strength}`: write something I can, hope for, count on or am driven by.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use tovholder_casework::act::{PageKey, Record};
use tovholder_casework::decide::Intent;
use tovholder_casework::id::*;
use tovholder_casework::plan::*;

use super::write::{self, Text};
use super::{carry_out, conflict, is_missing, own_plan, refusal, start};
use crate::kit::form::Errors;
use crate::kit::respond::{Failure, Said};
use crate::kit::sent::{Fields, Sent};
use crate::kit::visit::Visit;
use crate::kit::words;

#[derive(Clone, Copy)]
enum Which {
    New(StrengthKind),
    Old(StrengthId),
}

/// The form for something new. An address that names no kind does not exist.
///
/// # Errors
/// [`Failure::NotFound`].
pub async fn get_new(visit: Visit, Path(kind): Path<String>) -> Result<Response, Failure> {
    draw(&visit, new(&kind)?, None, Errors::none(), None).await
}
/// The form for something written before.
///
/// # Errors
/// [`Failure::NotFound`] for what is not in the citizen's own plan.
pub async fn get_edit(visit: Visit, Path(id): Path<StrengthId>) -> Result<Response, Failure> {
    draw(&visit, Which::Old(id), None, Errors::none(), None).await
}

fn new(kind: &str) -> Result<Which, Failure> {
    kind.parse().map(Which::New).map_err(|_| Failure::NotFound)
}

async fn draw(
    visit: &Visit,
    which: Which,
    sent: Option<&Fields>,
    errors: Errors,
    theirs: Option<(String, u32)>,
) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let t = visit.t;
    let Some(case) = visit.open_own(&mut conn, PageKey::Strengths).await? else {
        return Ok(start());
    };
    if !case.plan.is_open() {
        return Ok(start());
    }
    let (kind, value, end) = match which {
        Which::New(kind) => (kind, (String::new(), 0), String::new()),
        Which::Old(id) => {
            let now = case
                .plan
                .strengths
                .iter()
                .find(|s| s.id == id && s.ended.is_none())
                .ok_or(Failure::NotFound)?;
            (
                now.kind,
                (now.text.clone(), now.rev),
                format!("/my-plan/myself/{id}/end"),
            )
        }
    };
    let text = Text {
        title: words::strength_kind(t, kind).to_owned(),
        back: ("/my-plan/myself".to_owned(), t.my_back_to_myself().to_owned()),
        lead: String::new(),
        quote: String::new(),
        field: "text",
        label: t.my_strength_label().to_owned(),
        hint: String::new(),
        optional: false,
        submit: t.common_save().to_owned(),
        value,
        theirs,
        end,
    };
    write::draw(visit, &mut conn, &case, text, sent, errors).await
}

/// Writes something new.
///
/// # Errors
/// As [`get_new`].
pub async fn post_new(visit: Visit, Path(kind): Path<String>, sent: Sent) -> Result<Response, Failure> {
    let which = new(&kind)?;
    let Which::New(kind) = which else {
        return Err(Failure::NotFound);
    };
    let intent = Intent::SetStrength {
        kind,
        text: sent.text("text").to_owned(),
    };
    post(&visit, which, intent, &sent).await
}
/// Changes something written before.
///
/// # Errors
/// As [`get_edit`].
pub async fn post_edit(visit: Visit, Path(id): Path<StrengthId>, sent: Sent) -> Result<Response, Failure> {
    let intent = Intent::ChangeStrength {
        strength: id,
        rev: sent.rev(),
        text: sent.text("text").to_owned(),
    };
    post(&visit, Which::Old(id), intent, &sent).await
}

async fn post(visit: &Visit, which: Which, intent: Intent, sent: &Fields) -> Result<Response, Failure> {
    let plan = own_plan(visit).await?;
    match carry_out(visit, plan, intent, sent, "/my-plan/myself", Said::Saved).await? {
        Ok(done) => Ok(done),
        Err(why) if is_missing(&why) => Err(Failure::NotFound),
        Err(why) => {
            let theirs = match conflict(&why) {
                Some(Record::Strength(now)) => Some((now.text.clone(), now.rev)),
                _ => None,
            };
            draw(visit, which, Some(sent), refusal(visit, &why, &[]), theirs).await
        }
    }
}

/// Somebody whose session ended while taking something away comes to the list.
pub async fn back() -> Redirect {
    Redirect::to("/my-plan/myself")
}

/// Takes it away: it no longer holds. It stays in the history.
///
/// # Errors
/// [`Failure::NotFound`] for what is not in the citizen's own plan.
pub async fn end(visit: Visit, Path(id): Path<StrengthId>, sent: Sent) -> Result<Response, Failure> {
    let plan = own_plan(&visit).await?;
    let intent = Intent::EndStrength {
        strength: id,
        rev: sent.rev(),
    };
    match carry_out(&visit, plan, intent, &sent, "/my-plan/myself", Said::Saved).await? {
        Ok(done) => Ok(done),
        Err(why) if is_missing(&why) => Err(Failure::NotFound),
        // Changed meanwhile: the list shows what holds now.
        Err(_) => Ok(back().await.into_response()),
    }
}
