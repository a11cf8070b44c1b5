//! `/my-plan/conversations`: what is agreed, what has been, and my questions for the next one.

use askama::Template;
use axum::response::Response;
use tovholder_casework::act::PageKey;
use tovholder_casework::plan::*;

use super::questions::{Waiting, waiting};
use super::words::Talk;
use super::{shell, start};
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, page};
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;

#[derive(Template)]
#[template(path = "citizen/conversations.html")]
struct Page {
    t: Lang,
    shell: Shell,
    open: bool,
    coming: Vec<Talk>,
    past: Vec<Talk>,
    questions: Vec<Waiting>,
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] for an employee; the database is away.
pub async fn get(visit: Visit) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let Some(case) = visit.open_own(&mut conn, PageKey::Conversation).await? else {
        return Ok(start());
    };
    let (t, plan) = (visit.t, &case.plan);
    let talk = |c: &Conversation| Talk::new(t, c, visit.now);
    let (coming, mut past): (Vec<Talk>, Vec<Talk>) = plan.conversations.iter().map(talk).partition(|c| c.coming);
    past.reverse();
    page(&Page {
        t,
        shell: shell(&visit, &case, t.my_talks_title()),
        open: plan.is_open(),
        coming,
        past,
        questions: waiting(t, plan, visit.today()),
    })
}
