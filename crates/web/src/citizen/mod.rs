//! The citizen's own pages, at `/my-plan`: phone first, in plain words, one thing at a time.
//!
//! Every page opens the plan of whoever is logged in, so no address names a plan and nobody reaches another's. What somebody may do is
//! decided by casework; these pages only leave out what a citizen has no use for.

pub mod book;
pub mod calendar;
pub mod cancel;
pub mod conversation;
pub mod conversations;
pub mod efforts;
pub mod goal;
pub mod goal_form;
pub mod goals;
pub mod handover;
pub mod home;
pub mod message_new;
pub mod messages;
pub mod more;
pub mod myself;
pub mod print;
pub mod progress;
pub mod questions;
pub mod remark;
pub mod step;
pub mod step_drop;
pub mod step_form;
pub mod steps;
pub mod strength;
pub mod team;
pub mod tick;
pub mod wishes;
mod words;
mod write;

#[cfg(test)]
mod tests;

use axum::response::{IntoResponse, Redirect, Response};
use tovholder_casework::act::Record;
use tovholder_casework::decide::{Intent, Refusal, Why};
use tovholder_casework::id::*;
use tovholder_casework::plan::*;
use tovholder_store::db::Conn;
use tovholder_store::people::Employee;
use tovholder_store::plans::{self, PerformError, Performed};

use crate::kit::form::Errors;
use crate::kit::respond::{Failure, Said, refused, see_other};
use crate::kit::sent::Fields;
use crate::kit::shell::Shell;
use crate::kit::visit::{Opened, Visit};

/// Where a citizen without a plan is sent: that page says whom to call.
fn start() -> Response {
    Redirect::to("/my-plan").into_response()
}

/// The number of the plan a form is about; [`Failure::NotFound`] when there is none.
pub(crate) async fn own_plan(visit: &Visit) -> Result<PlanId, Failure> {
    let citizen = visit.citizen()?;
    plans::current_plan(&mut visit.read().await?, citizen)
        .await?
        .ok_or(Failure::NotFound)
}

/// The plan a form is about, whole. The look is logged when the page is drawn, not when a form comes in.
async fn own_case(visit: &Visit, conn: &mut Conn) -> Result<plans::Case, Failure> {
    plans::load_current(conn, visit.citizen()?)
        .await?
        .ok_or(Failure::NotFound)
}

/// What stands around a page of the plan: with the number of unread messages at *more*.
pub(crate) fn shell(visit: &Visit, case: &Opened, title: &str) -> Shell {
    let mut shell = placed(visit.shell(title));
    let unread = case.plan.messages.iter().filter(|m| m.waits_for_citizen()).count();
    if let Some(more) = shell.nav.last_mut() {
        more.waiting = u32::try_from(unread).unwrap_or(u32::MAX);
    }
    shell
}

/// Marks the item of the menu a page belongs to where its address does not say so.
pub(crate) fn placed(mut shell: Shell) -> Shell {
    let page = shell.path.split('?').next().unwrap_or_default();
    let under = match page.split('/').nth(2).unwrap_or_default() {
        "questions" => "/my-plan/conversations",
        "handover" => "/my-plan/team",
        "consents" | "messages" | "myself" | "wishes" | "occupation" | "progress" | "efforts" | "print" | "history"
        | "log" | "everything" | "corrections" => "/my-plan/more",
        _ => return shell,
    };
    for item in &mut shell.nav {
        item.current = item.href == under;
    }
    shell
}

/// A form that has not been drawn before gets a number, so that sending it twice counts once.
fn new_act() -> String {
    uuid::Uuid::now_v7().to_string()
}

/// Carries out a form and sends the citizen on, with an offer to undo. A refusal comes back, to be shown in the form.
async fn carry_out(
    visit: &Visit,
    plan: PlanId,
    intent: Intent,
    sent: &Fields,
    to: &str,
    said: Said,
) -> Result<Result<Response, PerformError>, Failure> {
    Ok(match visit.perform(plan, intent, sent, to).await? {
        Ok(Performed::Done(_)) => Ok(see_other(to, said, Some((plan, sent.submission())))),
        Ok(Performed::Already(to)) => Ok(Redirect::to(&to).into_response()),
        Err(why) => Err(why),
    })
}

/// A refusal in words, beside its field.
fn refusal(visit: &Visit, why: &PerformError, names: &[(&str, &str)]) -> Errors {
    let mut errors = Errors::none();
    refused(visit.t, why, names, &mut errors);
    errors
}

/// The record as somebody else left it meanwhile.
fn conflict(why: &PerformError) -> Option<&Record> {
    match why {
        PerformError::Refused(Refusal {
            why: Why::Conflict(now),
            ..
        }) => Some(now),
        _ => None,
    }
}

/// Whether the thing a form is about is not in the citizen's plan: then the page does not exist.
fn is_missing(why: &PerformError) -> bool {
    matches!(why, PerformError::Refused(Refusal { why: Why::NotFound, .. }))
}

/// Somebody around the plan, as the citizen meets them.
struct Someone {
    name: String,
    role: String,
    phone: String,
}

/// An employee with title, unit and telephone; just the name when the employee is not known any more.
fn employee(all: &[Employee], id: EmployeeId, name: &str) -> Someone {
    match all.iter().find(|e| e.id == id) {
        None => Someone {
            name: name.to_owned(),
            role: String::new(),
            phone: String::new(),
        },
        Some(e) => {
            let parts: Vec<&str> = [e.title.as_str(), e.unit_name.as_str()]
                .into_iter()
                .filter(|p| !p.is_empty())
                .collect();
            Someone {
                name: e.name.clone(),
                role: parts.join(", "),
                phone: e.phone.clone(),
            }
        }
    }
}

/// A change of coordinator that is agreed but has not happened yet.
struct Change {
    name: String,
    from: jiff::civil::Date,
    has_text: bool,
}

fn coming_change(plan: &Plan, today: jiff::civil::Date) -> Option<Change> {
    let next = plan.is_open().then(|| plan.next_coordinator(today)).flatten()?;
    let has_text = plan.handovers.iter().any(|h| h.coordination == next.id);
    Some(Change {
        name: next.name.clone(),
        from: next.from,
        has_text,
    })
}
