//! `/my-plan/messages/new` and `/my-plan/messages/{message}/answer`: the citizen writes to the coordinator, or answers a message. It waits until
//! somebody has read it.

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
/// The database is away.
pub async fn get(visit: Visit) -> Result<Response, Failure> {
    draw(&visit, None, None, Errors::none()).await
}

/// The form with the message that is answered.
///
/// # Errors
/// [`Failure::NotFound`] for a message that is not to the citizen.
pub async fn get_answer(visit: Visit, Path(id): Path<MessageId>) -> Result<Response, Failure> {
    draw(&visit, Some(id), None, Errors::none()).await
}

async fn draw(
    visit: &Visit,
    to: Option<MessageId>,
    sent: Option<&Fields>,
    errors: Errors,
) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let t = visit.t;
    let Some(case) = visit.open_own(&mut conn, PageKey::Messages).await? else {
        return Ok(start());
    };
    let coordinator = case.plan.coordinator(visit.today());
    let (Some(coordinator), true) = (coordinator, case.plan.is_open()) else {
        return Ok(start());
    };
    let (title, quote) = match to {
        None => (t.my_write_title(coordinator.name.as_str()), String::new()),
        Some(id) => {
            let to = case.plan.message(id);
            let to = to.filter(|m| m.author_kind != PersonKind::Citizen && !m.withdrawn);
            let to = to.ok_or(Failure::NotFound)?;
            (t.my_answer_title(to.author.as_str()), to.text.clone())
        }
    };
    let text = Text {
        title,
        back: ("/my-plan/messages".to_owned(), t.my_messages_title().to_owned()),
        lead: t.my_write_lead().to_owned(),
        quote,
        field: "text",
        label: t.my_write_label().to_owned(),
        hint: t.my_write_hint().to_owned(),
        optional: false,
        submit: t.my_write_submit().to_owned(),
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
pub async fn post(visit: Visit, sent: Sent) -> Result<Response, Failure> {
    let text = sent.text("text").to_owned();
    send(&visit, None, Intent::Send { text }, &sent).await
}

/// Sends the answer.
///
/// # Errors
/// As [`get_answer`].
pub async fn post_answer(visit: Visit, Path(message): Path<MessageId>, sent: Sent) -> Result<Response, Failure> {
    let text = sent.text("text").to_owned();
    send(&visit, Some(message), Intent::Answer { message, text }, &sent).await
}

async fn send(visit: &Visit, to: Option<MessageId>, intent: Intent, sent: &Sent) -> Result<Response, Failure> {
    let plan = own_plan(visit).await?;
    match carry_out(visit, plan, intent, sent, "/my-plan/messages", Said::Sent).await? {
        Ok(done) => Ok(done),
        Err(why) if is_missing(&why) => Err(Failure::NotFound),
        Err(why) => draw(visit, to, Some(sent), refusal(visit, &why, &[("message", "text")])).await,
    }
}
