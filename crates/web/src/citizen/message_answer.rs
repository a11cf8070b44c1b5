//! `/my-plan/messages/{message}/answer`: the citizen answers a message. It waits for the employee until somebody has read it.

use axum::extract::Path;
use axum::response::Response;
use tovholder_casework::act::PageKey;
use tovholder_casework::decide::Intent;
use tovholder_casework::id::*;
use tovholder_casework::plan::*;

use super::write::{self, Text};
use super::{carry_out, is_missing, own_plan, refusal, start};
use crate::kit::form::Errors;
use crate::kit::respond::{Failure, Said};
use crate::kit::sent::{Fields, Sent};
use crate::kit::visit::Visit;

/// The form.
///
/// # Errors
/// [`Failure::NotFound`] for a message that is not to the citizen.
pub async fn get(visit: Visit, Path(id): Path<MessageId>) -> Result<Response, Failure> {
    draw(&visit, id, None, Errors::none()).await
}

async fn draw(visit: &Visit, id: MessageId, sent: Option<&Fields>, errors: Errors) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let t = visit.t;
    let Some(case) = visit.open_own(&mut conn, PageKey::Messages).await? else {
        return Ok(start());
    };
    if !case.plan.is_open() {
        return Ok(start());
    }
    let to = case.plan.message(id);
    let to = to.filter(|m| m.author_kind != PersonKind::Citizen && !m.withdrawn);
    let to = to.ok_or(Failure::NotFound)?;
    let text = Text {
        title: t.my_answer_title(to.author.as_str()),
        back: ("/my-plan/messages".to_owned(), t.my_messages_title().to_owned()),
        lead: t.my_answer_lead().to_owned(),
        quote: to.text.clone(),
        field: "text",
        label: t.my_answer_label().to_owned(),
        hint: t.my_answer_hint().to_owned(),
        optional: false,
        submit: t.my_answer_submit().to_owned(),
        value: (String::new(), 0),
        theirs: None,
        end: String::new(),
    };
    write::draw(visit, &mut conn, &case, text, sent, errors).await
}

/// Sends it.
///
/// # Errors
/// As [`get`].
pub async fn post(visit: Visit, Path(message): Path<MessageId>, sent: Sent) -> Result<Response, Failure> {
    let plan = own_plan(&visit).await?;
    let intent = Intent::Answer {
        message,
        text: sent.text("text").to_owned(),
    };
    match carry_out(&visit, plan, intent, &sent, "/my-plan/messages", Said::Sent).await? {
        Ok(done) => Ok(done),
        Err(why) if is_missing(&why) => Err(Failure::NotFound),
        Err(why) => draw(&visit, message, Some(&sent), refusal(&visit, &why, &[])).await,
    }
}
