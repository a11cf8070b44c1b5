//! `/my-plan/messages`: messages to me and my answers. Opening the page is reading them.

use askama::Template;
use axum::response::Response;
use tovholder_casework::act::PageKey;
use tovholder_casework::decide::Intent;
use tovholder_casework::plan::*;

use super::{Someone, employee, shell, start};
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, page};
use crate::kit::sent::Fields;
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;
use crate::plan::answered;

struct Line {
    who: String,
    text: String,
    day: String,
    machine: String,
    /// Not read before now.
    new: bool,
    /// Written by the citizen; then whether somebody has read it.
    own: bool,
    read: bool,
    /// What it answers; empty when it answers nothing.
    answers: String,
    /// Where it can be answered; empty where it cannot.
    answer: String,
    /// The latest to the citizen: the one most likely to be answered.
    latest: bool,
}

#[derive(Template)]
#[template(path = "citizen/messages.html")]
struct Page {
    t: Lang,
    shell: Shell,
    messages: Vec<Line>,
    coordinator: Option<Someone>,
    open: bool,
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] for an employee; the database is away.
pub async fn get(visit: Visit) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let Some(case) = visit.open_own(&mut conn, PageKey::Messages).await? else {
        return Ok(start());
    };
    let (t, plan, today) = (visit.t, &case.plan, visit.today());
    let staff = tovholder_store::people::employees_of_plan(&mut conn, plan.head.id).await?;
    drop(conn);
    let mut messages: Vec<Line> = plan
        .messages
        .iter()
        .rev()
        .filter(|m| !m.withdrawn)
        .map(|m| {
            let own = m.author_kind == PersonKind::Citizen;
            Line {
                who: if own {
                    t.my_message_own().to_owned()
                } else {
                    m.author.clone()
                },
                text: m.text.clone(),
                day: t.weekday_date_near(m.on, today),
                machine: m.on.to_string(),
                new: m.waits_for_citizen(),
                own,
                read: m.read,
                answers: answered(plan, m),
                answer: if own || !plan.is_open() {
                    String::new()
                } else {
                    format!("/my-plan/messages/{}/answer", m.id)
                },
                latest: false,
            }
        })
        .collect();
    if let Some(latest) = messages.iter_mut().find(|m| !m.own) {
        latest.latest = true;
    }
    let mut shell = shell(&visit, &case, t.my_messages_title());
    if messages.iter().any(|m| m.new) {
        // Whether they could be marked as read is no reason to keep them from their reader.
        let _ = visit
            .perform(
                plan.head.id,
                Intent::ReadMessages,
                &Fields::empty(),
                "/my-plan/messages",
            )
            .await?;
        if let Some(more) = shell.nav.last_mut() {
            more.waiting = 0;
        }
    }
    page(&Page {
        t,
        shell,
        messages,
        coordinator: plan.coordinator(today).map(|c| employee(&staff, c.employee, &c.name)),
        open: plan.is_open(),
    })
}
