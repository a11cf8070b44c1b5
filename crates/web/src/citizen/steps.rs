//! `/my-plan/steps`: mine first, what others do below, what is done folded away.

use askama::Template;
use axum::response::Response;
use tovholder_casework::act::PageKey;
use tovholder_casework::plan::*;

use super::words::StepLine;
use super::{shell, start};
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, page};
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;

#[derive(Template)]
#[template(path = "citizen/steps.html")]
struct Steps {
    t: Lang,
    shell: Shell,
    open: bool,
    mine: Vec<StepLine>,
    others: Vec<StepLine>,
    done: Vec<StepLine>,
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] for an employee; the database is away.
pub async fn get(visit: Visit) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let Some(case) = visit.open_own(&mut conn, PageKey::Steps).await? else {
        return Ok(start());
    };
    let (t, plan) = (visit.t, &case.plan);
    let line = |s: &Step| StepLine::new(t, plan, s, visit.today());
    let open = plan.open_steps().into_iter();
    let (mine, others): (Vec<&Step>, Vec<&Step>) = open.partition(|s| s.holder.kind == PersonKind::Citizen);
    let mut done: Vec<&Step> = plan.steps.iter().filter(|s| s.status != StepStatus::Open).collect();
    done.sort_by_key(|s| std::cmp::Reverse((s.ended, s.id)));
    page(&Steps {
        t,
        shell: shell(&visit, &case, t.my_steps_title()),
        open: plan.is_open(),
        mine: mine.into_iter().map(line).collect(),
        others: others.into_iter().map(line).collect(),
        done: done.into_iter().map(line).collect(),
    })
}
