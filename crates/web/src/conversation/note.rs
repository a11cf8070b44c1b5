//! `/plans/{plan}/conversations/{conversation}/note`: what was written of a conversation is corrected, by whoever wrote it or by the coordinator.
//! What stood there before is kept in the history, with the reason.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use tovholder_casework::access::{Action, may_correct};
use tovholder_casework::decide::Intent;
use tovholder_casework::id::*;
use tovholder_casework::plan::*;
use tovholder_store::plans::Performed;
use uuid::Uuid;

use super::{About, first_name, open};
use crate::kit::form::Errors;
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, Said, page, page_with_errors, refused, see_other};
use crate::kit::sent::{Fields, Sent};
use crate::kit::shell::Shell;
use crate::kit::visit::{Opened, Visit};

#[derive(Template)]
#[template(path = "conversation/note.html")]
struct Page {
    t: Lang,
    shell: Shell,
    errors: Errors,
    first: String,
    url: String,
    act: String,
    rev: u32,
    about: About,
    /// A missed conversation may have none.
    optional: bool,
    note: String,
    reason: String,
    /// The note as somebody else left it while this was typed.
    theirs: Option<String>,
}

/// Whether the user may correct the note of this conversation.
pub(super) fn may(visit: &Visit, case: &Opened, talk: &Conversation) -> bool {
    let over = matches!(talk.status, ConversationStatus::Held | ConversationStatus::NoShow);
    over && case.plan.is_open() && may_correct(case.relation, &visit.user.actor, talk)
}

/// The conversation, for those who may correct its note.
fn of<'c>(visit: &Visit, case: &'c Opened, id: ConversationId) -> Result<&'c Conversation, Failure> {
    let found = case.plan.conversation(id).filter(|talk| may(visit, case, talk));
    found.ok_or(Failure::NotFound)
}

fn view(visit: &Visit, mut shell: Shell, case: &Opened, talk: &Conversation, fields: &Fields, errors: Errors) -> Page {
    shell.failed = !errors.is_empty();
    Page {
        t: visit.t,
        shell,
        errors,
        first: first_name(visit.t, &case.citizen.name),
        url: format!("/plans/{}/conversations/{}", talk.plan, talk.id),
        act: Uuid::now_v7().to_string(),
        // Once both versions have been seen, saving again is a choice.
        rev: talk.rev,
        about: About::of(visit, talk),
        optional: talk.status == ConversationStatus::NoShow,
        note: fields.text("note").to_owned(),
        reason: fields.text("reason").to_owned(),
        theirs: (fields.rev() != talk.rev).then(|| talk.note.clone()),
    }
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] for everybody else, and for a conversation that has not been.
pub async fn get(visit: Visit, Path((plan, id)): Path<(PlanId, ConversationId)>) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let case = open(&visit, &mut conn, plan, Action::Write).await?;
    let talk = of(&visit, &case, id)?;
    let mut shell = visit.shell(visit.t.talk_correct_title());
    let fresh = Fields::empty().with("_rev", talk.rev).with("note", &talk.note);
    let fields = match visit.draft(&mut conn).await? {
        Some((kept, notice)) => {
            shell.draft = Some(notice);
            kept.or(fresh)
        }
        None => fresh,
    };
    page(&view(&visit, shell, &case, talk, &fields, Errors::none()))
}

/// Corrects it.
///
/// # Errors
/// As [`get`].
pub async fn post(
    visit: Visit,
    Path((plan, id)): Path<(PlanId, ConversationId)>,
    sent: Sent,
) -> Result<Response, Failure> {
    visit.employee()?;
    let to = format!("/plans/{plan}/conversations/{id}");
    let mut errors = Errors::none();
    // Both are asked for at once; casework names one at a time.
    if sent.is_blank("reason") {
        errors.push("reason", visit.t.talk_correct_reason_missing());
    } else {
        let intent = Intent::CorrectNote {
            conversation: id,
            rev: sent.rev(),
            note: sent.text("note").to_owned(),
            reason: sent.text("reason").to_owned(),
        };
        match visit.perform(plan, intent, &sent, &to).await? {
            Ok(Performed::Done(_)) => return Ok(see_other(&to, Said::Saved, Some((plan, sent.submission())))),
            Ok(Performed::Already(to)) => return Ok(Redirect::to(&to).into_response()),
            Err(why) => refused(visit.t, &why, &[("conversation", "")], &mut errors),
        }
    }
    let case = open(&visit, &mut visit.read().await?, plan, Action::Write).await?;
    let talk = of(&visit, &case, id)?;
    let shell = visit.shell(visit.t.talk_correct_title()).failed();
    page_with_errors(&view(&visit, shell, &case, talk, &sent, errors))
}
