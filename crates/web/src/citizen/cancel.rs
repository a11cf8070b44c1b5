//! `/my-plan/conversations/{conversation}/cancel`: call a conversation off. A reason may be given, none is asked for.

use axum::extract::Path;
use axum::response::Response;
use tovholder_casework::act::PageKey;
use tovholder_casework::decide::Intent;
use tovholder_casework::id::*;

use super::words::Talk;
use super::write::{self, Text};
use super::{carry_out, conflict, is_missing, own_plan, refusal, start};
use crate::kit::form::Errors;
use crate::kit::format::sentence;
use crate::kit::respond::{Failure, Said};
use crate::kit::sent::{Fields, Sent};
use crate::kit::visit::Visit;

/// The form.
///
/// # Errors
/// [`Failure::NotFound`] for a conversation that is not in the citizen's own plan, or is over.
pub async fn get(visit: Visit, Path(id): Path<ConversationId>) -> Result<Response, Failure> {
    draw(&visit, id, None, Errors::none()).await
}

async fn draw(visit: &Visit, id: ConversationId, sent: Option<&Fields>, errors: Errors) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let t = visit.t;
    let Some(case) = visit.open_own(&mut conn, PageKey::Conversation).await? else {
        return Ok(start());
    };
    let now = case.plan.conversation(id).ok_or(Failure::NotFound)?;
    let talk = Talk::new(t, now, visit.now);
    if !talk.coming || !case.plan.is_open() {
        return Err(Failure::NotFound);
    }
    let text = Text {
        title: t.my_cancel_title().to_owned(),
        back: (talk.href, t.my_back_to_talk().to_owned()),
        lead: t.my_cancel_lead().to_owned(),
        quote: sentence(&t.my_talk_line(talk.day.as_str(), talk.hours.as_str(), talk.with.as_str())),
        field: "reason",
        label: t.my_cancel_label().to_owned(),
        hint: t.my_cancel_hint().to_owned(),
        optional: true,
        submit: t.my_cancel_submit().to_owned(),
        value: (String::new(), now.rev),
        // Moved meanwhile: the page shows the new time, and calling it off is a choice again.
        theirs: (!errors.is_empty() && sent.is_some_and(|s| s.rev() != now.rev)).then(|| (String::new(), now.rev)),
        end: String::new(),
    };
    write::draw(visit, &mut conn, &case, text, sent, errors).await
}

/// Calls it off.
///
/// # Errors
/// As [`get`].
pub async fn post(visit: Visit, Path(id): Path<ConversationId>, sent: Sent) -> Result<Response, Failure> {
    let plan = own_plan(&visit).await?;
    let intent = Intent::CancelConversation {
        conversation: id,
        rev: sent.rev(),
        reason: sent.text("reason").to_owned(),
    };
    match carry_out(&visit, plan, intent, &sent, "/my-plan/conversations", Said::Cancelled).await? {
        Ok(done) => Ok(done),
        Err(why) if is_missing(&why) => Err(Failure::NotFound),
        Err(why) => {
            let mut errors = Errors::none();
            if conflict(&why).is_some() {
                errors.push("", visit.t.my_cancel_moved());
            } else {
                errors = refusal(&visit, &why, &[("conversation", "")]);
            }
            draw(&visit, id, Some(&sent), errors).await
        }
    }
}
