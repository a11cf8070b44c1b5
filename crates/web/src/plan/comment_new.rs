//! `/plans/{plan}/comments/new?goal=…` or `?step=…`: a remark on a goal or a step.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use tovholder_casework::act::PageKey;
use tovholder_casework::decide::Intent;
use tovholder_casework::id::*;

use crate::kit::form::Errors;
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, Said, page, page_with_errors};
use crate::kit::sent::{Fields, Sent};
use crate::kit::shell::Shell;
use crate::kit::visit::{Opened, Visit};
use crate::plan::{Form, again, begin, carry_out, home, query, to_write};

#[derive(Template)]
#[template(path = "plan/comment_new.html")]
struct Page {
    t: Lang,
    shell: Shell,
    form: Form,
    about: String,
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] for somebody who may not write in the plan, or a goal or step that is not in it.
pub async fn get(visit: Visit, Path(plan): Path<PlanId>) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let case = to_write(&visit, &mut conn, plan, PageKey::Remarks).await?;
    let asked = query(&visit);
    let fresh = Fields::empty()
        .with("goal", asked.text("goal"))
        .with("step", asked.text("step"));
    let (shell, form) = begin(&visit, &mut conn, &case, visit.t.plan_comment_new(), fresh).await?;
    match view(&visit, &case, shell, form) {
        Some(form) => page(&form),
        // Come here without saying what the remark is about, as after throwing a draft away.
        None => Ok(Redirect::to(&home(plan)).into_response()),
    }
}

/// Writes the remark.
///
/// # Errors
/// As [`get`].
pub async fn post(visit: Visit, Path(plan): Path<PlanId>, sent: Sent) -> Result<Response, Failure> {
    let mut errors = Errors::none();
    let (step, goal): (Option<StepId>, Option<GoalId>) = (sent.value("step"), sent.value("goal"));
    let to = match (step, goal) {
        (Some(step), _) => format!("{}/steps/{step}", home(plan)),
        (None, Some(goal)) => format!("{}/goals/{goal}", home(plan)),
        (None, None) => return Err(Failure::NotFound),
    };
    let intent = Intent::Comment {
        step,
        goal,
        text: sent.text("text").to_owned(),
    };
    if let Some(done) = carry_out(&visit, plan, intent, &sent, (&to, Said::Saved), &[], &mut errors).await? {
        return Ok(done);
    }
    let mut conn = visit.read().await?;
    let case = to_write(&visit, &mut conn, plan, PageKey::Remarks).await?;
    let (shell, form) = again(&visit, &case, visit.t.plan_comment_new(), &sent, errors);
    page_with_errors(&view(&visit, &case, shell, form).ok_or(Failure::NotFound)?)
}

fn view(visit: &Visit, case: &Opened, shell: Shell, form: Form) -> Option<Page> {
    let step = form
        .fields
        .value("step")
        .and_then(|id| case.plan.step(id))
        .map(|s| s.title.clone());
    let goal = form
        .fields
        .value("goal")
        .and_then(|id| case.plan.goal(id))
        .map(|g| g.words.clone());
    let about = step.or(goal)?;
    Some(Page {
        t: visit.t,
        shell,
        form,
        about,
    })
}
