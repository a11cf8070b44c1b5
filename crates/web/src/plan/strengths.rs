//! `/plans/{plan}/strengths`: what the citizen can, hopes for, counts on and is driven by.

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
#[template(path = "plan/strengths.html")]
struct Page {
    t: Lang,
    shell: Shell,
    form: Form,
    groups: Vec<Group>,
    kinds: Vec<Choice>,
    voices: Vec<Choice>,
}

/// The strengths of one kind.
pub(super) struct Group {
    pub label: &'static str,
    pub strengths: Vec<Strength>,
}

/// What the plan rests on today, by kind. Kinds without any are left out.
pub(super) fn groups(t: Lang, plan: &Plan) -> Vec<Group> {
    let of = |kind| {
        plan.strengths
            .iter()
            .filter(move |s: &&Strength| s.kind == kind && s.ended.is_none())
            .cloned()
    };
    let group = |kind: &StrengthKind| Group {
        label: words::strength_kind(t, *kind),
        strengths: of(*kind).collect(),
    };
    StrengthKind::ALL
        .iter()
        .map(group)
        .filter(|g| !g.strengths.is_empty())
        .collect()
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] for somebody who may not write in the plan.
pub async fn get(visit: Visit, Path(plan): Path<PlanId>) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let case = to_write(&visit, &mut conn, plan, PageKey::Strengths).await?;
    let fresh = Fields::empty()
        .with("_voice", "together")
        .with("kind", query(&visit).text("kind"));
    let (shell, form) = begin(&visit, &mut conn, &case, visit.t.plan_strengths_title(), fresh).await?;
    page(&view(&visit, &case, shell, form))
}

/// Adds one.
///
/// # Errors
/// As [`get`].
pub async fn post(visit: Visit, Path(plan): Path<PlanId>, sent: Sent) -> Result<Response, Failure> {
    let mut errors = Errors::none();
    let kind = sent.choice("kind", visit.t, &mut errors);
    if sent.is_blank("text") {
        errors.push("text", visit.t.error_required());
    }
    if let (Some(kind), true) = (kind, errors.is_empty()) {
        let intent = Intent::SetStrength {
            kind,
            text: sent.text("text").to_owned(),
        };
        // Back to this page: one seldom comes alone.
        let to = format!("{}/strengths", home(plan));
        if let Some(done) = carry_out(&visit, plan, intent, &sent, (&to, Said::Saved), &[], &mut errors).await? {
            return Ok(done);
        }
    }
    let mut conn = visit.read().await?;
    let case = to_write(&visit, &mut conn, plan, PageKey::Strengths).await?;
    let (shell, form) = again(&visit, &case, visit.t.plan_strengths_title(), &sent, errors);
    page_with_errors(&view(&visit, &case, shell, form))
}

fn view(visit: &Visit, case: &Opened, shell: Shell, form: Form) -> Page {
    let t = visit.t;
    Page {
        groups: groups(t, &case.plan),
        kinds: words::choices(t, StrengthKind::ALL, words::strength_kind, form.text("kind")),
        voices: form.voices(t),
        t,
        shell,
        form,
    }
}
