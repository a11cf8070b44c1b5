//! `/plans/{plan}/conversations/{conversation}/calendar.ics`: a booked conversation for the employee's own calendar.
//!
//! A work calendar is open to colleagues and often to the world of a telephone, so the entry says no more than *conversation with* and the
//! initials: enough for the one who knows, nothing for the one who does not.

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use icalendar::{Calendar, Component, Event};
use jiff::civil::DateTime;
use tovholder_casework::access::Action;
use tovholder_casework::id::*;

use super::{booked, ends, open};
use crate::kit::format::{initials, instant_of};
use crate::kit::respond::Failure;
use crate::kit::visit::Visit;

/// `20260318T080000Z`: UTC, so that no calendar has to know Danish summer time.
fn utc(local: DateTime) -> String {
    instant_of(local).strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// The file.
///
/// # Errors
/// [`Failure::NotFound`] for somebody without a relation to the plan, and for a conversation that is not booked.
pub async fn get(visit: Visit, Path((plan, id)): Path<(PlanId, ConversationId)>) -> Result<Response, Failure> {
    let case = open(&visit, &mut visit.read().await?, plan, Action::Read).await?;
    let talk = booked(&case, id)?;
    let mut event = Event::new();
    event
        .uid(&talk.id.to_string())
        // Moved, it replaces the entry from before instead of standing beside it.
        .add_property("SEQUENCE", talk.rev.to_string())
        .add_property("DTSTAMP", visit.at.strftime("%Y%m%dT%H%M%SZ").to_string())
        .add_property("DTSTART", utc(talk.starts))
        .add_property("DTEND", utc(ends(&talk)))
        .summary(&visit.t.talk_calendar_title(initials(&case.citizen.name)));
    let calendar = Calendar::new().push(event.done()).done();
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{}.ics\"", visit.t.talk_calendar_file()),
        ),
    ];
    Ok((headers, calendar.to_string()).into_response())
}
