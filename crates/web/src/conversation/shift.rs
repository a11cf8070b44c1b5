//! `/plans/{plan}/conversations/{conversation}/move`: another time for a booked conversation.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use tovholder_casework::access::Action;
use tovholder_casework::decide::{Intent, Refusal, Why};
use tovholder_casework::id::*;
use tovholder_casework::plan::*;
use tovholder_store::plans::{PerformError, Performed};
use uuid::Uuid;

use super::book::{Page, objections};
use super::times::{Offer, Pick};
use super::{About, booked, open};
use crate::kit::form::Errors;
use crate::kit::respond::{Failure, Said, page, page_with_errors, see_other};
use crate::kit::sent::{Fields, Sent};
use crate::kit::shell::Shell;
use crate::kit::visit::{Opened, Visit};

fn view(
    visit: &Visit,
    shell: Shell,
    case: &Opened,
    talk: &Conversation,
    offer: &Offer,
    fields: &Fields,
    errors: Errors,
) -> Page {
    let t = visit.t;
    let plan_url = format!("/plans/{}", case.plan.head.id);
    Page {
        t,
        errors,
        name: case.citizen.name.clone(),
        action: format!("{plan_url}/conversations/{}/move", talk.id),
        act: Uuid::now_v7().to_string(),
        rev: talk.rev,
        now: Some(About::of(visit, talk)),
        hosts: vec![],
        host: offer.employee.to_string(),
        times: offer.show(t, fields, Pick::Soon, None),
        submit: t.talk_move_submit(),
        plan_url,
        shell,
    }
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] for somebody who takes no part in the plan, and for a conversation that is not booked.
pub async fn get(visit: Visit, Path((plan, id)): Path<(PlanId, ConversationId)>) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let case = open(&visit, &mut conn, plan, Action::TakePart).await?;
    let talk = booked(&case, id)?;
    let offer = Offer::of(&visit, &mut conn, &case, (talk.employee, talk.name.clone())).await?;
    let mut shell = visit.shell(visit.t.talk_move_title(case.citizen.name.as_str()));
    let fields = visit.fields(&mut conn, &mut shell, None, fresh(&talk)).await?;
    page(&view(&visit, shell, &case, &talk, &offer, &fields, Errors::none()))
}

/// It stays what it was but for the time.
fn fresh(talk: &Conversation) -> Fields {
    Fields::empty()
        .with("channel", talk.channel)
        .with("place", &talk.place)
        .with("next_minutes", talk.minutes)
}

/// Moves it.
///
/// # Errors
/// As [`get`].
pub async fn post(
    visit: Visit,
    Path((plan, id)): Path<(PlanId, ConversationId)>,
    sent: Sent,
) -> Result<Response, Failure> {
    let (case, mut talk, offer) = {
        let mut conn = visit.read().await?;
        let case = open(&visit, &mut conn, plan, Action::TakePart).await?;
        let talk = case.plan.conversation(id).cloned().ok_or(Failure::NotFound)?;
        let offer = Offer::of(&visit, &mut conn, &case, (talk.employee, talk.name.clone())).await?;
        (case, talk, offer)
    };
    let mut errors = Errors::none();
    let to = format!("/plans/{plan}");
    let booking = offer.read(visit.t, &sent, &mut errors);
    if let Some(booking) = booking.filter(|_| errors.is_empty()) {
        let intent = Intent::MoveConversation {
            conversation: id,
            rev: sent.rev(),
            to: booking,
        };
        match visit.perform(plan, intent, &sent, &to).await? {
            Ok(Performed::Done(_)) => return Ok(see_other(&to, Said::Moved, Some((plan, sent.submission())))),
            Ok(Performed::Already(to)) => return Ok(Redirect::to(&to).into_response()),
            Err(PerformError::Refused(Refusal {
                why: Why::Conflict(_), ..
            })) => {
                let mut conn = visit.read().await?;
                let now = open(&visit, &mut conn, plan, Action::TakePart).await?;
                // Called off or held meanwhile, there is nothing left to move: the conversation's page says how it stands.
                let Ok(moved) = booked(&now, id) else {
                    return Ok(Redirect::to(&format!("/plans/{plan}/conversations/{id}")).into_response());
                };
                errors.push("", visit.t.talk_moved_meanwhile(visit.t.datetime(moved.starts)));
                talk = moved;
            }
            Err(why) => objections(&visit, &why, &sent, &mut errors),
        }
    } else if errors.is_empty() {
        errors.push("next", visit.t.talk_choose_time());
    }
    let mut conn = visit.read().await?;
    let offer = Offer::of(&visit, &mut conn, &case, (talk.employee, talk.name.clone())).await?;
    let shell = visit
        .shell(visit.t.talk_move_title(case.citizen.name.as_str()))
        .failed();
    page_with_errors(&view(&visit, shell, &case, &talk, &offer, &sent, errors))
}
