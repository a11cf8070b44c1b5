//! `/plans/{plan}/steps/{step}`: a step, its remarks, and its fields to be changed.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use tovholder_casework::act::PageKey;
use tovholder_casework::decide::Intent;
use tovholder_casework::id::*;
use tovholder_casework::plan::*;
use tovholder_store::db::Conn;
use uuid::Uuid;

use crate::kit::form::Errors;
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, Said, page, page_with_errors};
use crate::kit::sent::{Fields, Sent};
use crate::kit::shell::Shell;
use crate::kit::visit::{Opened, Visit};
use crate::kit::words;
use crate::plan::step_new::{StepChoices, holder_fields, holder_name, read};
use crate::plan::{Form, Remark, again, begin, carry_out, home, look, remarks, to_write, writes};

#[derive(Template)]
#[template(path = "plan/step.html")]
struct Page {
    t: Lang,
    shell: Shell,
    form: Form,
    step: StepChoices,
    /// The step as it stands in the plan.
    now: Step,
    holder: String,
    status: &'static str,
    goal: Option<String>,
    overdue: bool,
    /// Somebody changed the step after this form was drawn: both versions are shown.
    conflict: bool,
    /// The form is shown.
    edits: bool,
    /// The step may be ticked, opened again and remarked on.
    writes: bool,
    remarks: Vec<Remark>,
    /// Where the button that ticks the step, or opens it again, is sent.
    tick_to: String,
    tick_act: String,
    comment_act: String,
}

fn fresh(step: &Step) -> Fields {
    let fields = Fields::empty()
        .with("_rev", step.rev)
        .with("title", &step.title)
        .with("due", step.due.map_or_else(String::new, |d| d.to_string()))
        .with("goal", step.goal.map_or_else(String::new, |g| g.to_string()))
        .with("role", step.role.map_or("", StepRole::as_str));
    holder_fields(fields, &step.holder)
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] for a step that is not in the plan.
pub async fn get(visit: Visit, Path((plan, step)): Path<(PlanId, StepId)>) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let case = look(&visit, &mut conn, plan, PageKey::Steps).await?;
    let now = case.plan.step(step).cloned().ok_or(Failure::NotFound)?;
    let (shell, form) = if writes(&case) && now.status == StepStatus::Open {
        begin(&visit, &mut conn, &case, visit.t.plan_step_page(), fresh(&now)).await?
    } else {
        (
            visit.shell(visit.t.plan_step_page()),
            Form::new(&visit, &case, Fields::empty(), Errors::none()),
        )
    };
    page(&view(&visit, &mut conn, &case, now, shell, form).await?)
}

/// Changes the step.
///
/// # Errors
/// As [`get`]; also for somebody who may not write in the plan.
pub async fn post(visit: Visit, Path((plan, step)): Path<(PlanId, StepId)>, sent: Sent) -> Result<Response, Failure> {
    let mut errors = Errors::none();
    if let Some(input) = read(&visit, &sent, &mut errors).await? {
        let intent = Intent::ChangeStep {
            step,
            rev: sent.rev(),
            input,
        };
        let to = home(plan);
        if let Some(done) = carry_out(&visit, plan, intent, &sent, (&to, Said::Saved), &[], &mut errors).await? {
            return Ok(done);
        }
    }
    let mut conn = visit.read().await?;
    let case = to_write(&visit, &mut conn, plan, PageKey::Steps).await?;
    let now = case.plan.step(step).cloned().ok_or(Failure::NotFound)?;
    let (shell, form) = again(&visit, &case, visit.t.plan_step_page(), &sent, errors);
    page_with_errors(&view(&visit, &mut conn, &case, now, shell, form).await?)
}

async fn view(
    visit: &Visit,
    conn: &mut Conn,
    case: &Opened,
    now: Step,
    shell: Shell,
    mut form: Form,
) -> Result<Page, Failure> {
    let t = visit.t;
    let writes = writes(case);
    // A step that was ticked while the form lay open is still shown beside what was typed.
    let edits = writes && (now.status == StepStatus::Open || !form.errors.is_empty());
    let conflict = edits && form.fields.rev() != now.rev;
    form.fields = form.fields.replaced("_rev", now.rev);
    Ok(Page {
        step: StepChoices::load(visit, conn, case, &form).await?,
        holder: holder_name(&now.holder, &case.citizen.name),
        status: words::step_status(t, now.status),
        goal: now.goal.and_then(|id| case.plan.goal(id)).map(|g| g.words.clone()),
        overdue: now.is_overdue(visit.today()),
        remarks: remarks(t, &case.plan, |c| c.step == Some(now.id)),
        tick_to: format!(
            "{}/steps/{}/{}",
            form.home,
            now.id,
            if now.status == StepStatus::Open {
                "tick"
            } else {
                "untick"
            }
        ),
        tick_act: Uuid::now_v7().to_string(),
        comment_act: Uuid::now_v7().to_string(),
        t,
        shell,
        form,
        now,
        conflict,
        edits,
        writes,
    })
}
