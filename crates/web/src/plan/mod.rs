//! A plan as the employee works with it: goals, steps, strengths, efforts, people, progression.
//!
//! One page shows everything ([`overview`]); each change has a small form on an address of its own, so that a form can be
//! linked to, kept as a draft and come back to. This file holds what the forms share.

pub mod comment_new;
pub mod core_task;
pub mod effort;
pub mod effort_end;
pub mod effort_hours;
pub mod effort_new;
pub mod goal;
pub mod goal_end;
pub mod goal_new;
pub mod message_new;
pub mod message_read;
pub mod overview;
pub mod person_end;
pub mod person_new;
pub mod print;
pub mod progress;
pub mod step;
pub mod step_drop;
pub mod step_new;
pub mod step_tick;
pub mod strength;
pub mod strengths;
#[cfg(test)]
mod tests;

use axum::response::{IntoResponse, Redirect, Response};
use tovholder_casework::access::Action;
use tovholder_casework::act::{PageKey, Voice};
use tovholder_casework::decide::Intent;
use tovholder_casework::id::*;
use tovholder_casework::plan::*;
use tovholder_store::db::Conn;
use tovholder_store::plans::Performed;
use uuid::Uuid;

use crate::kit::form::{Choice, Errors};
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, Said, refused, see_other};
use crate::kit::sent::{Fields, Sent};
use crate::kit::shell::Shell;
use crate::kit::visit::{Opened, Visit};
use crate::kit::words;

/// The address of a plan.
pub(crate) fn home(plan: PlanId) -> String {
    format!("/plans/{plan}")
}

/// Opens a plan for an employee. A citizen has pages of their own.
async fn look(visit: &Visit, conn: &mut Conn, plan: PlanId, page: PageKey) -> Result<Opened, Failure> {
    visit.employee()?;
    visit.open(conn, plan, page).await
}

/// Whether the page may offer to change the plan.
fn writes(case: &Opened) -> bool {
    case.may(Action::Write) && case.plan.is_open()
}

/// Opens a plan for an employee who wants to change it. Somebody who may only read has no such page.
async fn to_write(visit: &Visit, conn: &mut Conn, plan: PlanId, page: PageKey) -> Result<Opened, Failure> {
    visit.employee()?;
    visit.open_for(conn, plan, page, Action::Write).await
}

/// What every form about a plan carries.
struct Form {
    /// The plan's address.
    home: String,
    /// Whose plan.
    name: String,
    /// The number of this sending.
    act: String,
    /// Where the form's draft is kept.
    draft: String,
    /// What stands in the fields.
    fields: Fields,
    /// What is wrong with them.
    errors: Errors,
}

impl Form {
    fn new(visit: &Visit, case: &Opened, fields: Fields, errors: Errors) -> Self {
        Form {
            home: home(case.plan.head.id),
            name: case.citizen.name.clone(),
            act: Uuid::now_v7().to_string(),
            draft: format!("/draft{}", visit.page_path()),
            fields,
            errors,
        }
    }
    /// Whose words, as a choice: the citizen's own words are written together, or by the employee alone.
    fn voices(&self, t: Lang) -> Vec<Choice> {
        words::choices(
            t,
            &[Voice::Together, Voice::OnBehalf],
            words::voice,
            self.fields.text("_voice"),
        )
    }
    /// What was typed, as text.
    fn text(&self, name: &str) -> &str {
        self.fields.text(name)
    }
}

/// The form as it begins: with what was typed here before and never sent, and for the rest with `fresh`.
async fn begin(
    visit: &Visit,
    conn: &mut Conn,
    case: &Opened,
    title: &str,
    fresh: Fields,
) -> Result<(Shell, Form), Failure> {
    if !case.plan.is_open() {
        return Err(Failure::NotFound);
    }
    let mut shell = visit.shell(title);
    let fields = visit.fields(conn, &mut shell, None, fresh).await?;
    Ok((shell, Form::new(visit, case, fields, Errors::none())))
}

/// The form once more with what was sent, because something must be mended.
fn again(visit: &Visit, case: &Opened, title: &str, sent: &Sent, errors: Errors) -> (Shell, Form) {
    (
        visit.shell(title).failed(),
        Form::new(visit, case, sent.0.clone(), errors),
    )
}

/// Carries out what a form asks and sends the user to `to`. None when it was refused: why then stands in `errors`.
async fn carry_out(
    visit: &Visit,
    plan: PlanId,
    intent: Intent,
    sent: &Fields,
    (to, said): (&str, Said),
    names: &[(&str, &str)],
    errors: &mut Errors,
) -> Result<Option<Response>, Failure> {
    visit.employee()?;
    match visit.perform(plan, intent, sent, to).await? {
        Ok(Performed::Done(_)) => Ok(Some(see_other(to, said, Some((plan, sent.submission()))))),
        Ok(Performed::Already(to)) => Ok(Some(Redirect::to(&to).into_response())),
        Err(why) => {
            refused(visit.t, &why, names, errors);
            Ok(None)
        }
    }
}

/// The query of the address.
fn query(visit: &Visit) -> Fields {
    visit
        .path
        .split_once('?')
        .map_or_else(Fields::empty, |(_, query)| Fields::parse(query))
}

/// The goals a step or a goal may belong to.
fn goal_choices(goals: impl Iterator<Item = Goal>, chosen: &str) -> Vec<Choice> {
    goals
        .map(|goal| Choice::new(goal.id.to_string(), clipped(&goal.words), goal.id.to_string() == chosen))
        .collect()
}

/// The beginning of a long text, for a list.
fn clipped(text: &str) -> String {
    const MOST: usize = 80;
    let line = text.lines().next().unwrap_or_default();
    if line.chars().count() <= MOST && line.len() == text.len() {
        return line.to_owned();
    }
    let mut short: String = line.chars().take(MOST).collect();
    short.push('…');
    short
}

/// The beginning of what a message answers; empty when it answers nothing.
pub(crate) fn answered(plan: &Plan, message: &Message) -> String {
    let to = message.answers.and_then(|id| plan.message(id));
    to.map_or_else(String::new, |to| clipped(&to.text))
}

/// A remark as shown.
struct Remark {
    author: String,
    on: String,
    text: String,
}
/// The remarks on a goal or a step, oldest first.
fn remarks(t: Lang, plan: &Plan, about: impl Fn(&Comment) -> bool) -> Vec<Remark> {
    let found = plan.comments.iter().filter(|c| !c.withdrawn && about(c));
    found
        .map(|c| Remark {
            author: c.author.clone(),
            on: t.date(c.on),
            text: c.text.clone(),
        })
        .collect()
}
