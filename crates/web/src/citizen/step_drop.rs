//! `/my-plan/steps/{step}/drop`: a step of the citizen's own that is no longer wanted. A reason may be given, none is asked for.

use axum::extract::Path;
use axum::response::Response;
use tovholder_casework::act::PageKey;
use tovholder_casework::decide::Intent;
use tovholder_casework::id::*;

use super::step_form::changes;
use super::write::{self, Text};
use super::{carry_out, conflict, is_missing, own_plan, refusal, start};
use crate::kit::form::Errors;
use crate::kit::respond::{Failure, Said};
use crate::kit::sent::{Fields, Sent};
use crate::kit::visit::Visit;

/// The form.
///
/// # Errors
/// [`Failure::NotFound`] for a step that is not the citizen's own, or is behind them.
pub async fn get(visit: Visit, Path(id): Path<StepId>) -> Result<Response, Failure> {
    draw(&visit, id, None, Errors::none()).await
}

async fn draw(visit: &Visit, id: StepId, sent: Option<&Fields>, errors: Errors) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let t = visit.t;
    let Some(case) = visit.open_own(&mut conn, PageKey::Steps).await? else {
        return Ok(start());
    };
    let step = case.plan.step(id).filter(|step| changes(&case, step));
    let step = step.ok_or(Failure::NotFound)?;
    let text = Text {
        title: t.my_step_drop_title().to_owned(),
        back: (format!("/my-plan/steps/{id}"), t.my_back_to_step().to_owned()),
        lead: t.my_step_drop_lead().to_owned(),
        quote: step.title.clone(),
        field: "reason",
        label: t.my_step_drop_label().to_owned(),
        hint: t.my_step_drop_hint().to_owned(),
        optional: true,
        submit: t.my_step_drop_submit().to_owned(),
        value: (String::new(), step.rev),
        // Changed meanwhile: the page shows the step as it is now, and dropping it is a choice again.
        theirs: (!errors.is_empty() && sent.is_some_and(|s| s.rev() != step.rev)).then(|| (String::new(), step.rev)),
        end: String::new(),
    };
    write::draw(visit, &mut conn, &case, text, sent, errors).await
}

/// Drops it. What was done here can be undone on the next page.
///
/// # Errors
/// As [`get`].
pub async fn post(visit: Visit, Path(id): Path<StepId>, sent: Sent) -> Result<Response, Failure> {
    let plan = own_plan(&visit).await?;
    let intent = Intent::DropStep {
        step: id,
        rev: sent.rev(),
        reason: sent.text("reason").to_owned(),
    };
    match carry_out(&visit, plan, intent, &sent, "/my-plan/steps", Said::StepDropped).await? {
        Ok(done) => Ok(done),
        Err(why) if is_missing(&why) => Err(Failure::NotFound),
        Err(why) => {
            let mut errors = Errors::none();
            if conflict(&why).is_some() {
                errors.push("", visit.t.my_step_drop_changed());
            } else {
                errors = refusal(&visit, &why, &[]);
            }
            draw(&visit, id, Some(&sent), errors).await
        }
    }
}
