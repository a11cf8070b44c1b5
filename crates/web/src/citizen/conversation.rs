//! `/my-plan/conversations/{conversation}`: when, where, with whom, and what came out of it.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use tovholder_casework::act::PageKey;
use tovholder_casework::id::*;

use super::questions::{Waiting, waiting};
use super::words::Talk;
use super::{shell, start};
use crate::conversation::{Corrected, corrected};
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, page};
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;

#[derive(Template)]
#[template(path = "citizen/conversation.html")]
struct Page {
    t: Lang,
    shell: Shell,
    talk: Talk,
    /// When the note does not say what was first written.
    corrected: Option<Corrected>,
    /// Questions that were taken up at it.
    answered: Vec<String>,
    /// Questions that wait for it.
    questions: Vec<Waiting>,
    open: bool,
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] for a conversation that is not in the citizen's own plan.
pub async fn get(visit: Visit, Path(id): Path<ConversationId>) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let Some(case) = visit.open_own(&mut conn, PageKey::Conversation).await? else {
        return Ok(start());
    };
    let (t, plan) = (visit.t, &case.plan);
    let talk = plan.conversation(id).ok_or(Failure::NotFound)?;
    let answered = plan.questions.iter().filter(|q| q.answered_in == Some(id));
    let corrected = corrected(&visit, &mut conn, case.citizen.id, talk).await?;
    page(&Page {
        t,
        corrected,
        shell: shell(&visit, &case, t.my_talk_title()),
        talk: Talk::new(t, talk, visit.now),
        answered: answered.map(|q| q.text.clone()).collect(),
        questions: waiting(t, plan, visit.today()),
        open: plan.is_open(),
    })
}
