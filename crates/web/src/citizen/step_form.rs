//! `/my-plan/steps/new`: a step of the citizen's own. The ideas on *what I can do myself* come here too, with the title written.

use askama::Template;
use axum::response::Response;
use tovholder_casework::decide::{Intent, StepInput};
use tovholder_casework::id::*;
use tovholder_casework::plan::*;

use super::{begin, carry_out, form_page, new_act, own_plan, refusal, shell, start};
use crate::kit::form::{Choice, Errors};
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, Said};
use crate::kit::sent::{Fields, Sent};
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;

#[derive(Template)]
#[template(path = "citizen/step_form.html")]
struct Page {
    t: Lang,
    shell: Shell,
    errors: Errors,
    act: String,
    title: String,
    due: String,
    today: String,
    goals: Vec<Choice>,
}

/// The form.
///
/// # Errors
/// [`Failure::NotFound`] for an employee; the database is away.
pub async fn get(visit: Visit) -> Result<Response, Failure> {
    draw(&visit, None, Errors::none()).await
}

async fn draw(visit: &Visit, sent: Option<&Fields>, errors: Errors) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let Some(case) = visit.open_own(&mut conn, "my_steps").await? else {
        return Ok(start());
    };
    if !case.plan.is_open() {
        return Ok(start());
    }
    let t = visit.t;
    let (fields, notice) = begin(visit, &mut conn, sent, Fields::empty()).await?;
    let mut shell = shell(visit, &case, t.my_step_new_title());
    shell.draft = notice;
    let chosen = fields.value::<GoalId>("goal");
    let open = case.plan.goals.iter().filter(|g| g.status == GoalStatus::Open);
    let template = Page {
        t,
        shell,
        act: new_act(),
        title: fields.text("title").to_owned(),
        due: fields.text("due").to_owned(),
        today: visit.today().to_string(),
        goals: open
            .map(|g| Choice::new(g.id.to_string(), g.words.as_str(), chosen == Some(g.id)))
            .collect(),
        errors,
    };
    form_page(&template, &template.errors)
}

/// Sets the step.
///
/// # Errors
/// As [`get`].
pub async fn post(visit: Visit, sent: Sent) -> Result<Response, Failure> {
    let plan = own_plan(&visit).await?;
    let mut errors = Errors::none();
    let due = sent.date("due", visit.t, &mut errors);
    if sent.is_blank("title") {
        errors.push("title", visit.t.error_required());
    }
    if due.is_some_and(|day| day < visit.today()) {
        errors.push("due", visit.t.error_date_in_past());
    }
    if !errors.is_empty() {
        return draw(&visit, Some(&sent), errors).await;
    }
    let input = StepInput {
        goal: sent.value("goal"),
        title: sent.text("title").to_owned(),
        holder: Holder::citizen(),
        due,
        role: None,
    };
    match carry_out(
        &visit,
        plan,
        Intent::SetStep(input),
        &sent,
        "/my-plan/steps",
        Said::Saved,
    )
    .await?
    {
        Ok(done) => Ok(done),
        Err(why) => draw(&visit, Some(&sent), refusal(&visit, &why, &[])).await,
    }
}
