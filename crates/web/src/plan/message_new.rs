//! `/plans/{plan}/messages/new` and `/plans/{plan}/messages/{message}/answer`: a message to the citizen, or an answer to one from the citizen.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use tovholder_casework::act::PageKey;
use tovholder_casework::decide::Intent;
use tovholder_casework::id::*;
use tovholder_casework::plan::*;

use crate::kit::form::Errors;
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, Said, page, page_with_errors};
use crate::kit::sent::{Fields, Sent};
use crate::kit::shell::Shell;
use crate::kit::visit::{Opened, Visit};
use crate::plan::{Form, again, begin, carry_out, home, to_write};

#[derive(Template)]
#[template(path = "plan/message_new.html")]
struct Page {
    t: Lang,
    shell: Shell,
    form: Form,
    /// What is answered.
    quote: Option<String>,
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] for somebody who may not write in the plan.
pub async fn get(visit: Visit, Path(plan): Path<PlanId>) -> Result<Response, Failure> {
    draw(&visit, plan, None, None).await
}

/// The page with the citizen's message on it.
///
/// # Errors
/// As [`get`]; also for a message the citizen did not write.
pub async fn get_answer(visit: Visit, Path((plan, id)): Path<(PlanId, MessageId)>) -> Result<Response, Failure> {
    draw(&visit, plan, Some(id), None).await
}

fn from_citizen(case: &Opened, id: MessageId) -> Result<&Message, Failure> {
    let found = case.plan.message(id);
    let found = found.filter(|m| m.author_kind == PersonKind::Citizen && !m.withdrawn);
    found.ok_or(Failure::NotFound)
}

async fn draw(
    visit: &Visit,
    plan: PlanId,
    to: Option<MessageId>,
    wrong: Option<(&Sent, Errors)>,
) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let case = to_write(visit, &mut conn, plan, PageKey::Messages).await?;
    let quote = match to {
        Some(id) => Some(from_citizen(&case, id)?.text.clone()),
        None => None,
    };
    let t = visit.t;
    let title = if to.is_some() {
        t.my_answer_title(case.citizen.name.as_str())
    } else {
        t.plan_message_new().to_owned()
    };
    let Some((sent, errors)) = wrong else {
        let (shell, form) = begin(visit, &mut conn, &case, &title, Fields::empty()).await?;
        return page(&Page { t, shell, form, quote });
    };
    let (shell, form) = again(visit, &case, &title, sent, errors);
    page_with_errors(&Page { t, shell, form, quote })
}

/// Sends it.
///
/// # Errors
/// As [`get`].
pub async fn post(visit: Visit, Path(plan): Path<PlanId>, sent: Sent) -> Result<Response, Failure> {
    let text = sent.text("text").to_owned();
    send(&visit, plan, None, Intent::Send { text }, &sent).await
}

/// Sends the answer.
///
/// # Errors
/// As [`get_answer`].
pub async fn post_answer(
    visit: Visit,
    Path((plan, message)): Path<(PlanId, MessageId)>,
    sent: Sent,
) -> Result<Response, Failure> {
    let text = sent.text("text").to_owned();
    send(&visit, plan, Some(message), Intent::Answer { message, text }, &sent).await
}

async fn send(
    visit: &Visit,
    plan: PlanId,
    to: Option<MessageId>,
    intent: Intent,
    sent: &Sent,
) -> Result<Response, Failure> {
    let mut errors = Errors::none();
    let names = [("message", "text")];
    match carry_out(
        visit,
        plan,
        intent,
        sent,
        (&home(plan), Said::Sent),
        &names,
        &mut errors,
    )
    .await?
    {
        Some(done) => Ok(done),
        None => draw(visit, plan, to, Some((sent, errors))).await,
    }
}
