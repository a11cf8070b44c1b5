//! `/plans/{plan}/conversations/{conversation}/missed`: the citizen did not come. The page asks for a kind next step, not for blame.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use tovholder_casework::access::Action;
use tovholder_casework::decide::{Intent, Refusal, Why};
use tovholder_casework::id::*;
use tovholder_casework::plan::*;
use tovholder_store::people;
use tovholder_store::plans::{PerformError, Performed};
use uuid::Uuid;

use super::hold::message;
use super::times::{self, Offer, Pick, Times};
use super::{About, booked, first_name, open};
use crate::kit::form::Errors;
use crate::kit::format::phone;
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, Said, page, page_with_errors, refused, see_other};
use crate::kit::sent::{Fields, Sent};
use crate::kit::shell::Shell;
use crate::kit::visit::{Opened, Visit};

#[derive(Template)]
#[template(path = "conversation/missed.html")]
struct Page {
    t: Lang,
    shell: Shell,
    errors: Errors,
    first: String,
    name: String,
    phone: String,
    url: String,
    act: String,
    rev: u32,
    about: About,
    note: String,
    times: Times,
    send: bool,
    message: String,
}

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
        first: first_name(t, &case.citizen.name),
        name: case.citizen.name.clone(),
        phone: case.citizen.phone.clone(),
        url: format!("{plan_url}/conversations/{}", talk.id),
        act: Uuid::now_v7().to_string(),
        rev: talk.rev,
        about: About::of(visit, talk),
        note: fields.text("note").to_owned(),
        times: offer.show(t, fields, Pick::Soon, Some(t.talk_missed_later())),
        send: fields.has("send"),
        message: fields.text("message").to_owned(),
        shell,
    }
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] for somebody who may not write in the plan, and for a conversation that is not booked.
pub async fn get(visit: Visit, Path((plan, id)): Path<(PlanId, ConversationId)>) -> Result<Response, Failure> {
    let t = visit.t;
    let mut conn = visit.read().await?;
    let case = open(&visit, &mut conn, plan, Action::Write).await?;
    let talk = booked(&case, id)?;
    let offer = Offer::of(&visit, &mut conn, &case, (talk.employee, talk.name.clone())).await?;
    let mut shell = visit.shell(t.talk_missed_title(first_name(t, &case.citizen.name)));
    let own = people::find_employee(&mut conn, visit.employee()?)
        .await?
        .map_or_else(String::new, |me| me.phone);
    let (first, me) = (first_name(t, &case.citizen.name), visit.user.actor.name.as_str());
    let message = if own.is_empty() {
        t.talk_missed_message_plain(first, me)
    } else {
        t.talk_missed_message(first, me, phone(&own))
    };
    let fresh = Fields::empty()
        .with("next", "none")
        .with("send", "on")
        .with("message", message);
    let fresh = offer.fresh(fresh, talk.channel);
    let fields = visit.fields(&mut conn, &mut shell, None, fresh).await?;
    page(&view(&visit, shell, &case, &talk, &offer, &fields, Errors::none()))
}

/// Notes it, with the new time and the message.
///
/// # Errors
/// As [`get`].
pub async fn post(
    visit: Visit,
    Path((plan, id)): Path<(PlanId, ConversationId)>,
    sent: Sent,
) -> Result<Response, Failure> {
    let t = visit.t;
    let (talk, offer) = {
        let mut conn = visit.read().await?;
        let case = open(&visit, &mut conn, plan, Action::Write).await?;
        let talk = case.plan.conversation(id).cloned().ok_or(Failure::NotFound)?;
        let offer = Offer::of(&visit, &mut conn, &case, (talk.employee, talk.name.clone())).await?;
        (talk, offer)
    };
    let to = format!("/plans/{plan}/conversations/{id}");
    let mut errors = Errors::none();
    let next = offer.read(t, &sent, &mut errors);
    if errors.is_empty() {
        let words = if sent.has("send") && !sent.is_blank("message") {
            message(t, sent.text("message"), next.as_ref())
        } else {
            String::new()
        };
        let intent = Intent::MissConversation {
            conversation: id,
            rev: sent.rev(),
            note: sent.text("note").to_owned(),
            next,
            message: words,
        };
        match visit.perform(plan, intent, &sent, &to).await? {
            Ok(Performed::Done(_)) => return Ok(see_other(&to, Said::Saved, Some((plan, sent.submission())))),
            Ok(Performed::Already(to)) => return Ok(Redirect::to(&to).into_response()),
            Err(PerformError::Refused(Refusal {
                why: Why::Conflict(_), ..
            })) => {
                errors.push("", t.talk_moved_meanwhile(t.datetime(talk.starts)));
            }
            Err(why) => {
                let at = times::field_of(&sent, "next");
                refused(
                    t,
                    &why,
                    &[
                        ("taken", at),
                        ("next", at),
                        ("minutes", times::field_of(&sent, "minutes")),
                    ],
                    &mut errors,
                );
            }
        }
    }
    let mut conn = visit.read().await?;
    let case = open(&visit, &mut conn, plan, Action::Write).await?;
    let Ok(talk) = booked(&case, id) else {
        return Ok(Redirect::to(&to).into_response());
    };
    let offer = Offer::of(&visit, &mut conn, &case, (talk.employee, talk.name.clone())).await?;
    let shell = visit
        .shell(t.talk_missed_title(first_name(t, &case.citizen.name)))
        .failed();
    page_with_errors(&view(&visit, shell, &case, &talk, &offer, &sent, errors))
}
