//! `/plans/{plan}/goals/{goal}/end`: a goal is reached, put aside, or taken up again.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use tovholder_casework::act::PageKey;
use tovholder_casework::decide::Intent;
use tovholder_casework::id::*;
use tovholder_casework::plan::*;

use crate::kit::form::{Choice, Errors};
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, Said, page, page_with_errors};
use crate::kit::sent::{Fields, Sent};
use crate::kit::shell::Shell;
use crate::kit::visit::{Opened, Visit};
use crate::kit::words;
use crate::plan::{Form, again, begin, carry_out, home, query, to_write};

#[derive(Template)]
#[template(path = "plan/goal_end.html")]
struct Page {
    t: Lang,
    shell: Shell,
    form: Form,
    now: Goal,
    outcomes: Vec<Choice>,
    open_steps: usize,
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] for a goal that is not in the plan, or somebody who may not write in it.
pub async fn get(visit: Visit, Path((plan, goal)): Path<(PlanId, GoalId)>) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let case = to_write(&visit, &mut conn, plan, PageKey::Goals).await?;
    let now = case.plan.goal(goal).cloned().ok_or(Failure::NotFound)?;
    let fresh = Fields::empty()
        .with("_rev", now.rev)
        .with("_voice", "together")
        .with("status", query(&visit).text("status"));
    let (shell, form) = begin(&visit, &mut conn, &case, visit.t.plan_goal_end(), fresh).await?;
    page(&view(&visit, &case, now, shell, form))
}

/// Ends the goal or opens it again.
///
/// # Errors
/// As [`get`].
pub async fn post(visit: Visit, Path((plan, goal)): Path<(PlanId, GoalId)>, sent: Sent) -> Result<Response, Failure> {
    let mut errors = Errors::none();
    if let Some(status) = sent.choice("status", visit.t, &mut errors) {
        let rev = sent.rev();
        let intent = match status {
            GoalStatus::Open => Intent::ReopenGoal { goal, rev },
            _ => Intent::EndGoal {
                goal,
                rev,
                status,
                reason: sent.text("reason").to_owned(),
            },
        };
        let to = home(plan);
        if let Some(done) = carry_out(&visit, plan, intent, &sent, (&to, Said::Saved), &[], &mut errors).await? {
            return Ok(done);
        }
    }
    let mut conn = visit.read().await?;
    let case = to_write(&visit, &mut conn, plan, PageKey::Goals).await?;
    let now = case.plan.goal(goal).cloned().ok_or(Failure::NotFound)?;
    let (shell, mut form) = again(&visit, &case, visit.t.plan_goal_end(), &sent, errors);
    form.fields = form.fields.replaced("_rev", now.rev);
    page_with_errors(&view(&visit, &case, now, shell, form))
}

fn view(visit: &Visit, case: &Opened, now: Goal, shell: Shell, form: Form) -> Page {
    let outcomes: &[GoalStatus] = match now.status {
        GoalStatus::Open => &[GoalStatus::Reached, GoalStatus::Dropped],
        _ => &[GoalStatus::Open],
    };
    let of_goal = |s: &&Step| s.goal == Some(now.id) && s.status == StepStatus::Open;
    Page {
        t: visit.t,
        outcomes: words::choices(visit.t, outcomes, words::goal_status, form.text("status")),
        open_steps: case.plan.steps.iter().filter(of_goal).count(),
        shell,
        form,
        now,
    }
}
