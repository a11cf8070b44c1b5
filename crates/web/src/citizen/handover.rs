//! `/my-plan/handover`: what the next coordinator should know. The citizen may write in it.

use axum::response::Response;
use tovholder_casework::act::{PageKey, Record};
use tovholder_casework::decide::Intent;
use tovholder_casework::id::*;
use tovholder_casework::plan::*;

use super::write::{self, Text};
use super::{carry_out, conflict, own_case, refusal, start};
use crate::kit::form::Errors;
use crate::kit::respond::{Failure, Said};
use crate::kit::sent::{Fields, Sent};
use crate::kit::visit::Visit;

fn coming(plan: &Plan, today: jiff::civil::Date) -> Option<(&Coordination, &Handover)> {
    let next = plan.is_open().then(|| plan.next_coordinator(today)).flatten()?;
    Some((next, plan.handovers.iter().find(|h| h.coordination == next.id)?))
}

/// The text, to read and to write in.
///
/// # Errors
/// [`Failure::NotFound`] when no change of coordinator is agreed.
pub async fn get(visit: Visit) -> Result<Response, Failure> {
    draw(&visit, None, Errors::none(), None).await
}

async fn draw(
    visit: &Visit,
    sent: Option<&Fields>,
    errors: Errors,
    theirs: Option<(String, u32)>,
) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let t = visit.t;
    let Some(case) = visit.open_own(&mut conn, PageKey::Handover).await? else {
        return Ok(start());
    };
    let (next, handover) = coming(&case.plan, visit.today()).ok_or(Failure::NotFound)?;
    let text = Text {
        title: t.my_handover_title(next.name.as_str()),
        back: ("/my-plan/team".to_owned(), t.my_back_to_team().to_owned()),
        lead: t.my_handover_lead(t.weekday_date_near(next.from, visit.today()), next.name.as_str()),
        quote: String::new(),
        field: "text",
        label: t.my_handover_label().to_owned(),
        hint: t.my_handover_hint().to_owned(),
        optional: true,
        submit: t.common_save().to_owned(),
        value: (handover.text.clone(), handover.rev),
        theirs,
        end: String::new(),
    };
    write::draw(visit, &mut conn, &case, text, sent, errors).await
}

/// Writes it.
///
/// # Errors
/// As [`get`].
pub async fn post(visit: Visit, sent: Sent) -> Result<Response, Failure> {
    let case = own_case(&visit, &mut visit.read().await?).await?;
    let handover: HandoverId = coming(&case.plan, visit.today()).ok_or(Failure::NotFound)?.1.id;
    let intent = Intent::WriteHandover {
        handover,
        rev: sent.rev(),
        text: sent.text("text").to_owned(),
    };
    match carry_out(&visit, case.plan.head.id, intent, &sent, "/my-plan/team", Said::Saved).await? {
        Ok(done) => Ok(done),
        Err(why) => {
            let theirs = match conflict(&why) {
                Some(Record::Handover(now)) => Some((now.text.clone(), now.rev)),
                _ => None,
            };
            draw(&visit, Some(&sent), refusal(&visit, &why, &[]), theirs).await
        }
    }
}
