//! `/plans/{plan}/strengths/{strength}`: one strength, to be put in other words or ended.

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
use crate::plan::{Form, again, begin, carry_out, home, to_write};

#[derive(Template)]
#[template(path = "plan/strength.html")]
struct Page {
    t: Lang,
    shell: Shell,
    form: Form,
    now: Strength,
    kind: &'static str,
    voices: Vec<Choice>,
    conflict: bool,
}

fn find(case: &Opened, id: StrengthId) -> Result<Strength, Failure> {
    case.plan
        .strengths
        .iter()
        .find(|s| s.id == id)
        .cloned()
        .ok_or(Failure::NotFound)
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] for a strength that is not in the plan, or somebody who may not write in it.
pub async fn get(visit: Visit, Path((plan, id)): Path<(PlanId, StrengthId)>) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let case = to_write(&visit, &mut conn, plan, PageKey::Strengths).await?;
    let now = find(&case, id)?;
    let fresh = Fields::empty()
        .with("_rev", now.rev)
        .with("_voice", "together")
        .with("text", &now.text);
    let (shell, form) = begin(&visit, &mut conn, &case, visit.t.plan_strength_title(), fresh).await?;
    page(&view(&visit, now, shell, form))
}

/// Changes or ends it.
///
/// # Errors
/// As [`get`].
pub async fn post(visit: Visit, Path((plan, id)): Path<(PlanId, StrengthId)>, sent: Sent) -> Result<Response, Failure> {
    let mut errors = Errors::none();
    let rev = sent.rev();
    let intent = match sent.text("do") {
        "end" => Intent::EndStrength { strength: id, rev },
        _ => Intent::ChangeStrength {
            strength: id,
            rev,
            text: sent.text("text").to_owned(),
        },
    };
    let to = format!("{}/strengths", home(plan));
    if let Some(done) = carry_out(&visit, plan, intent, &sent, (&to, Said::Saved), &[], &mut errors).await? {
        return Ok(done);
    }
    let mut conn = visit.read().await?;
    let case = to_write(&visit, &mut conn, plan, PageKey::Strengths).await?;
    let now = find(&case, id)?;
    let (shell, form) = again(&visit, &case, visit.t.plan_strength_title(), &sent, errors);
    page_with_errors(&view(&visit, now, shell, form))
}

fn view(visit: &Visit, now: Strength, shell: Shell, mut form: Form) -> Page {
    let t = visit.t;
    let conflict = form.fields.rev() != now.rev;
    form.fields = form.fields.replaced("_rev", now.rev);
    Page {
        kind: words::strength_kind(t, now.kind),
        voices: form.voices(t),
        t,
        shell,
        form,
        now,
        conflict,
    }
}
