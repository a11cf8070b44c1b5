//! `/plans/{plan}/people/{participation}/end`: somebody's part in the plan ends.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use tovholder_casework::act::PageKey;
use tovholder_casework::decide::Intent;
use tovholder_casework::id::*;
use tovholder_casework::plan::*;

use crate::kit::form::Errors;
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, Said, page, page_with_errors};
use crate::kit::sent::{Fields, Sent};
use crate::kit::shell::Shell;
use crate::kit::visit::{Opened, Visit};
use crate::plan::{Form, again, begin, carry_out, home, to_write};

#[derive(Template)]
#[template(path = "plan/person_end.html")]
struct Page {
    t: Lang,
    shell: Shell,
    form: Form,
    now: Participation,
    open_steps: usize,
}

fn find(case: &Opened, id: ParticipationId) -> Result<Participation, Failure> {
    case.plan
        .participations
        .iter()
        .find(|p| p.id == id)
        .cloned()
        .ok_or(Failure::NotFound)
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] for somebody who is not around the plan, or who may not write in it.
pub async fn get(visit: Visit, Path((plan, id)): Path<(PlanId, ParticipationId)>) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let case = to_write(&visit, &mut conn, plan, PageKey::People).await?;
    let now = find(&case, id)?;
    let fresh = Fields::empty().with("_rev", now.rev).with("until", visit.today());
    let (shell, form) = begin(
        &visit,
        &mut conn,
        &case,
        &visit.t.plan_person_end(now.name.as_str()),
        fresh,
    )
    .await?;
    page(&view(&visit, &case, now, shell, form))
}

/// Ends it.
///
/// # Errors
/// As [`get`].
pub async fn post(
    visit: Visit,
    Path((plan, id)): Path<(PlanId, ParticipationId)>,
    sent: Sent,
) -> Result<Response, Failure> {
    let mut errors = Errors::none();
    if let Some(until) = sent.required_date("until", visit.t, &mut errors) {
        let intent = Intent::Leave {
            participation: id,
            rev: sent.rev(),
            until,
        };
        let to = home(plan);
        if let Some(done) = carry_out(&visit, plan, intent, &sent, (&to, Said::Saved), &[], &mut errors).await? {
            return Ok(done);
        }
    }
    let mut conn = visit.read().await?;
    let case = to_write(&visit, &mut conn, plan, PageKey::People).await?;
    let now = find(&case, id)?;
    let (shell, mut form) = again(
        &visit,
        &case,
        &visit.t.plan_person_end(now.name.as_str()),
        &sent,
        errors,
    );
    form.fields = form.fields.replaced("_rev", now.rev);
    page_with_errors(&view(&visit, &case, now, shell, form))
}

fn view(visit: &Visit, case: &Opened, now: Participation, shell: Shell, form: Form) -> Page {
    let holds = |s: &&Step| {
        let theirs = match now.employee {
            Some(_) => s.holder.employee == now.employee,
            None => s.holder.kind == now.kind && s.holder.name == now.name,
        };
        theirs && s.status == StepStatus::Open
    };
    Page {
        t: visit.t,
        open_steps: case.plan.steps.iter().filter(holds).count(),
        shell,
        form,
        now,
    }
}
