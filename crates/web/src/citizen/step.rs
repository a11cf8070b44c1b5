//! `/my-plan/steps/{step}`: one step, with what has been said about it.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use tovholder_casework::act::PageKey;
use tovholder_casework::id::*;
use tovholder_casework::plan::*;

use super::words::{Said, StepLine, remarks};
use super::{new_act, shell, start, step_form};
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, page};
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;

#[derive(Template)]
#[template(path = "citizen/step.html")]
struct Page {
    t: Lang,
    shell: Shell,
    step: StepLine,
    mine: bool,
    /// Whether the citizen may change and drop it.
    changes: bool,
    dropped: bool,
    since: jiff::civil::Date,
    goal_href: String,
    remarks: Vec<Said>,
    /// Whether the plan is open: then remarks may be written.
    open: bool,
    act: String,
    /// A remark that was typed here and not sent.
    kept: String,
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] for a step that is not in the citizen's own plan.
pub async fn get(visit: Visit, Path(id): Path<StepId>) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let Some(case) = visit.open_own(&mut conn, PageKey::Steps).await? else {
        return Ok(start());
    };
    let (t, plan) = (visit.t, &case.plan);
    let step = plan.step(id).ok_or(Failure::NotFound)?;
    page(&Page {
        t,
        shell: shell(&visit, &case, t.my_step_title()),
        step: StepLine::new(t, plan, step, visit.today()),
        mine: step.holder.kind == PersonKind::Citizen,
        changes: step_form::changes(&case, step),
        dropped: step.status == StepStatus::Dropped,
        since: step.since,
        goal_href: step
            .goal
            .map_or_else(String::new, |goal| format!("/my-plan/goals/{goal}")),
        remarks: remarks(t, visit.today(), plan.comments.iter().filter(|c| c.step == Some(id))),
        open: plan.is_open(),
        act: new_act(),
        kept: super::remark::kept(&visit, &mut conn).await?,
    })
}
