//! `/plans/{plan}/goals/{goal}`: a goal, its remarks, and its words to be changed.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use tovholder_casework::act::PageKey;
use tovholder_casework::decide::Intent;
use tovholder_casework::id::*;
use tovholder_casework::plan::*;
use uuid::Uuid;

use crate::kit::form::Errors;
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, Said, page, page_with_errors};
use crate::kit::sent::{Fields, Sent};
use crate::kit::shell::Shell;
use crate::kit::visit::{Opened, Visit};
use crate::kit::words;
use crate::plan::goal_new::{GoalChoices, read};
use crate::plan::{Form, Remark, again, begin, carry_out, home, look, remarks, to_write, writes};

#[derive(Template)]
#[template(path = "plan/goal.html")]
struct Page {
    t: Lang,
    shell: Shell,
    form: Form,
    goal: GoalChoices,
    /// The goal as it stands in the plan.
    now: Goal,
    status: &'static str,
    aim: &'static str,
    /// Somebody changed the goal after this form was drawn: both versions are shown.
    conflict: bool,
    /// The form is shown.
    edits: bool,
    /// The goal may be ended, taken up again and remarked on.
    writes: bool,
    remarks: Vec<Remark>,
    comment_act: String,
}

fn fresh(goal: &Goal) -> Fields {
    Fields::empty()
        .with("_rev", goal.rev)
        .with("_voice", "together")
        .with("words", &goal.words)
        .with("professional", &goal.professional)
        .with("aim", goal.aim)
        .with("parent", goal.parent.map_or_else(String::new, |p| p.to_string()))
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] for a goal that is not in the plan.
pub async fn get(visit: Visit, Path((plan, goal)): Path<(PlanId, GoalId)>) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let case = look(&visit, &mut conn, plan, PageKey::Goals).await?;
    let now = case.plan.goal(goal).cloned().ok_or(Failure::NotFound)?;
    let (shell, form) = if writes(&case) && now.status == GoalStatus::Open {
        begin(&visit, &mut conn, &case, visit.t.plan_goal_title(), fresh(&now)).await?
    } else {
        (
            visit.shell(visit.t.plan_goal_title()),
            Form::new(&visit, &case, Fields::empty(), Errors::none()),
        )
    };
    page(&view(&visit, &case, now, shell, form))
}

/// Changes the goal.
///
/// # Errors
/// As [`get`]; also for somebody who may not write in the plan.
pub async fn post(visit: Visit, Path((plan, goal)): Path<(PlanId, GoalId)>, sent: Sent) -> Result<Response, Failure> {
    let mut errors = Errors::none();
    if let Some(input) = read(visit.t, &sent, &mut errors) {
        let intent = Intent::ChangeGoal {
            goal,
            rev: sent.rev(),
            input,
        };
        let to = home(plan);
        if let Some(done) = carry_out(&visit, plan, intent, &sent, (&to, Said::Saved), &[], &mut errors).await? {
            return Ok(done);
        }
    }
    let mut conn = visit.read().await?;
    let case = to_write(&visit, &mut conn, plan, PageKey::Goals).await?;
    let now = case.plan.goal(goal).cloned().ok_or(Failure::NotFound)?;
    let (shell, form) = again(&visit, &case, visit.t.plan_goal_title(), &sent, errors);
    page_with_errors(&view(&visit, &case, now, shell, form))
}

fn view(visit: &Visit, case: &Opened, now: Goal, shell: Shell, mut form: Form) -> Page {
    let t = visit.t;
    let writes = writes(case);
    // A goal that was ended while the form lay open is still shown beside what was typed.
    let edits = writes && (now.status == GoalStatus::Open || !form.errors.is_empty());
    let conflict = edits && form.fields.rev() != now.rev;
    // Once both versions have been seen, saving again is a choice.
    form.fields = form.fields.replaced("_rev", now.rev);
    Page {
        goal: GoalChoices::of(t, &case.plan, &form, Some(now.id)),
        status: words::goal_status(t, now.status),
        aim: words::aim(t, now.aim),
        remarks: remarks(t, &case.plan, |c| c.goal == Some(now.id)),
        comment_act: Uuid::now_v7().to_string(),
        t,
        shell,
        form,
        now,
        conflict,
        edits,
        writes,
    }
}
