//! `/my-plan/goals/{goal}`: one goal: my words, the employee's words apart, the steps on the way, and what has been said.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use tovholder_casework::act::PageKey;
use tovholder_casework::id::*;
use tovholder_casework::plan::*;

use super::words::{Said, StepLine, remarks};
use super::{new_act, shell, start};
use crate::kit::form::Link;
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, page};
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;
use crate::kit::words;

#[derive(Template)]
#[template(path = "citizen/goal.html")]
struct Page {
    t: Lang,
    shell: Shell,
    id: GoalId,
    words: String,
    professional: String,
    aim: &'static str,
    status: &'static str,
    reached: bool,
    since: jiff::civil::Date,
    here: String,
    parent: Option<Link>,
    below: Vec<Link>,
    steps: Vec<StepLine>,
    remarks: Vec<Said>,
    /// Whether plan and goal are open: then they may be changed.
    open: bool,
    /// Whether it may have sub-goals.
    top: bool,
    act: String,
    /// A remark that was typed here and not sent.
    kept: String,
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] for a goal that is not in the citizen's own plan.
pub async fn get(visit: Visit, Path(id): Path<GoalId>) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let Some(case) = visit.open_own(&mut conn, PageKey::Goals).await? else {
        return Ok(start());
    };
    let (t, plan) = (visit.t, &case.plan);
    let goal = plan.goal(id).ok_or(Failure::NotFound)?;
    let link = |g: &Goal| Link::new(g.words.as_str(), format!("/my-plan/goals/{}", g.id), false);
    let steps = plan
        .steps
        .iter()
        .filter(|s| s.goal == Some(id) && s.status != StepStatus::Dropped);
    page(&Page {
        t,
        shell: shell(&visit, &case, t.my_goal_title()),
        id,
        words: goal.words.clone(),
        professional: goal.professional.clone(),
        aim: words::aim(t, goal.aim),
        status: words::goal_status(t, goal.status),
        reached: goal.status == GoalStatus::Reached,
        since: goal.since,
        here: format!("/my-plan/goals/{id}"),
        parent: goal.parent.and_then(|parent| plan.goal(parent)).map(link),
        below: plan.goals.iter().filter(|g| g.parent == Some(id)).map(link).collect(),
        steps: steps.map(|s| StepLine::new(t, plan, s, visit.today())).collect(),
        remarks: remarks(t, visit.today(), plan.comments.iter().filter(|c| c.goal == Some(id))),
        open: plan.is_open() && goal.status == GoalStatus::Open,
        top: goal.parent.is_none(),
        act: new_act(),
        kept: super::remark::kept(&visit, &mut conn).await?,
    })
}
