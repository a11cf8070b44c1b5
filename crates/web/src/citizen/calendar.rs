//! `/my-plan/conversations/{conversation}/calendar.ics`: the conversation for the citizen's own calendar.
//!
//! A calendar is often shared with a family or an employer. So the entry says *meeting* and when, and neither with whom, where nor why:
//! the name or the address of a unit may tell more than its owner wants told.

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use icalendar::{Calendar, Component, Event};
use jiff::civil::DateTime;
use tovholder_casework::act::PageKey;
use tovholder_casework::id::*;
use tovholder_casework::plan::*;

use crate::kit::format::instant_of;
use crate::kit::respond::Failure;
use crate::kit::visit::Visit;

/// `20260318T080000Z`: UTC, so that no calendar has to know Danish summer time.
fn utc(local: DateTime) -> String {
    instant_of(local).strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// The file.
///
/// # Errors
/// [`Failure::NotFound`] for a conversation that is not in the citizen's own plan, or is called off.
pub async fn get(visit: Visit, Path(id): Path<ConversationId>) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let case = visit
        .open_own(&mut conn, PageKey::Conversation)
        .await?
        .ok_or(Failure::NotFound)?;
    let agreed = |c: &&Conversation| c.status == ConversationStatus::Booked;
    let talk = case.plan.conversation(id).filter(agreed).ok_or(Failure::NotFound)?;
    let ends = talk
        .starts
        .saturating_add(jiff::Span::new().minutes(i64::from(talk.minutes)));
    let mut event = Event::new();
    event
        .uid(&talk.id.to_string())
        // Moved, it replaces the entry from before instead of standing beside it.
        .add_property("SEQUENCE", talk.rev.to_string())
        .add_property("DTSTAMP", visit.at.strftime("%Y%m%dT%H%M%SZ").to_string())
        .add_property("DTSTART", utc(talk.starts))
        .add_property("DTEND", utc(ends))
        .summary(visit.t.my_calendar_title());
    let calendar = Calendar::new().push(event.done()).done();
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{}.ics\"", visit.t.my_calendar_file()),
        ),
    ];
    Ok((headers, calendar.to_string()).into_response())
}
