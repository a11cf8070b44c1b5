//! `/plans/{plan}/conversations/{conversation}/cancel`: a booked conversation is called off.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use tovholder_casework::access::Action;
use tovholder_casework::decide::{Intent, Refusal, Why};
use tovholder_casework::id::*;
use tovholder_casework::plan::*;
use tovholder_store::plans::{PerformError, Performed};
use uuid::Uuid;

use super::{About, booked, first_name, open};
use crate::kit::form::Errors;
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, Said, page, page_with_errors, refused, see_other};
use crate::kit::sent::{Fields, Sent};
use crate::kit::shell::Shell;
use crate::kit::visit::{Opened, Visit};

#[derive(Template)]
#[template(path = "conversation/cancel.html")]
struct Page {
    t: Lang,
    shell: Shell,
    errors: Errors,
    first: String,
    url: String,
    act: String,
    rev: u32,
    about: About,
    reason: String,
}

fn view(visit: &Visit, case: &Opened, talk: &Conversation, fields: &Fields, errors: Errors) -> Page {
    let plan_url = format!("/plans/{}", case.plan.head.id);
    Page {
        t: visit.t,
        shell: visit
            .shell(visit.t.talk_cancel_title(case.citizen.name.as_str()))
            .marked(&errors),
        errors,
        first: first_name(visit.t, &case.citizen.name),
        url: format!("{plan_url}/conversations/{}", talk.id),
        act: Uuid::now_v7().to_string(),
        rev: talk.rev,
        about: About::of(visit, talk),
        reason: fields.text("reason").to_owned(),
    }
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] for somebody who takes no part in the plan, and for a conversation that is not booked.
pub async fn get(visit: Visit, Path((plan, id)): Path<(PlanId, ConversationId)>) -> Result<Response, Failure> {
    let case = open(&visit, &mut visit.read().await?, plan, Action::TakePart).await?;
    let talk = booked(&case, id)?;
    page(&view(&visit, &case, &talk, &Fields::empty(), Errors::none()))
}

/// Calls it off.
///
/// # Errors
/// As [`get`].
pub async fn post(
    visit: Visit,
    Path((plan, id)): Path<(PlanId, ConversationId)>,
    sent: Sent,
) -> Result<Response, Failure> {
    visit.employee()?;
    let to = format!("/plans/{plan}");
    let intent = Intent::CancelConversation {
        conversation: id,
        rev: sent.rev(),
        reason: sent.text("reason").to_owned(),
    };
    let why = match visit.perform(plan, intent, &sent, &to).await? {
        Ok(Performed::Done(_)) => return Ok(see_other(&to, Said::Cancelled, Some((plan, sent.submission())))),
        Ok(Performed::Already(to)) => return Ok(Redirect::to(&to).into_response()),
        Err(why) => why,
    };
    let case = open(&visit, &mut visit.read().await?, plan, Action::TakePart).await?;
    let Ok(talk) = booked(&case, id) else {
        return Ok(Redirect::to(&format!("/plans/{plan}/conversations/{id}")).into_response());
    };
    let mut errors = Errors::none();
    match why {
        PerformError::Refused(Refusal {
            why: Why::Conflict(_), ..
        }) => {
            errors.push("", visit.t.talk_moved_meanwhile(visit.t.datetime(talk.starts)));
        }
        why => refused(visit.t, &why, &[], &mut errors),
    }
    page_with_errors(&view(&visit, &case, &talk, &sent, errors))
}
