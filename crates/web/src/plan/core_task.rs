//! `/plans/{plan}/core-task`: what the plan serves. Each of the three is worth as much as the others.

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
use crate::kit::visit::Visit;
use crate::kit::words;
use crate::plan::{Form, again, begin, carry_out, home, to_write};

#[derive(Template)]
#[template(path = "plan/core_task.html")]
struct Page {
    t: Lang,
    shell: Shell,
    form: Form,
    core_tasks: Vec<Choice>,
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] for somebody who may not write in the plan.
pub async fn get(visit: Visit, Path(plan): Path<PlanId>) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let case = to_write(&visit, &mut conn, plan, PageKey::Plan).await?;
    let head = &case.plan.head;
    let fresh = Fields::empty().with("_rev", head.rev).with("core_task", head.core_task);
    let (shell, form) = begin(&visit, &mut conn, &case, visit.t.plan_core_task_title(), fresh).await?;
    page(&view(&visit, shell, form))
}

/// Changes it.
///
/// # Errors
/// As [`get`].
pub async fn post(visit: Visit, Path(plan): Path<PlanId>, sent: Sent) -> Result<Response, Failure> {
    let mut errors = Errors::none();
    if let Some(core_task) = sent.choice("core_task", visit.t, &mut errors) {
        let intent = Intent::ChangeCoreTask {
            core_task,
            rev: sent.rev(),
            reason: sent.text("reason").to_owned(),
        };
        let to = home(plan);
        if let Some(done) = carry_out(&visit, plan, intent, &sent, (&to, Said::Saved), &[], &mut errors).await? {
            return Ok(done);
        }
    }
    let mut conn = visit.read().await?;
    let case = to_write(&visit, &mut conn, plan, PageKey::Plan).await?;
    let (shell, mut form) = again(&visit, &case, visit.t.plan_core_task_title(), &sent, errors);
    form.fields = form.fields.replaced("_rev", case.plan.head.rev);
    page_with_errors(&view(&visit, shell, form))
}

fn view(visit: &Visit, shell: Shell, form: Form) -> Page {
    let core_tasks = words::choices(visit.t, CoreTask::ALL, words::core_task, form.text("core_task"));
    Page {
        t: visit.t,
        shell,
        form,
        core_tasks,
    }
}
