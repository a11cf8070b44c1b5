//! `/plans/{plan}/consents`: what the citizen has agreed to, and who cannot read the plan yet.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use tovholder_casework::access::{Action, Reach};
use tovholder_casework::act::PageKey;
use tovholder_casework::id::*;
use tovholder_store::consents;

use super::{View, heaps};
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, page};
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;

/// Somebody who takes part and cannot read.
struct Waiting {
    name: String,
    unit: String,
    /// Where the consent is asked for.
    ask: String,
}

#[derive(Template)]
#[template(path = "consent/list.html")]
struct Page {
    t: Lang,
    shell: Shell,
    home: String,
    name: String,
    /// May ask for one.
    asks: bool,
    waiting: Vec<Waiting>,
    asked: Vec<View>,
    holds: Vec<View>,
    over: Vec<View>,
}

/// Where the consents of a plan stand.
pub(super) fn address(plan: PlanId) -> String {
    format!("{}/consents", crate::plan::home(plan))
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] for a plan the user has no relation to.
pub async fn get(visit: Visit, Path(plan): Path<PlanId>) -> Result<Response, Failure> {
    visit.employee()?;
    let mut conn = visit.read().await?;
    let case = visit.open(&mut conn, plan, PageKey::Consents).await?;
    let here = address(plan);
    let waiting = if case.reach == Reach::Whole {
        consents::waiting(&mut conn, plan, visit.today()).await?
    } else {
        vec![]
    };
    let [asked, holds, over] = heaps(&visit, &case, &here);
    page(&Page {
        t: visit.t,
        shell: visit.shell(visit.t.consent_title()),
        home: crate::plan::home(plan),
        name: case.citizen.name.clone(),
        asks: case.plan.is_open() && case.may(Action::AskConsent),
        waiting: waiting
            .into_iter()
            .map(|(name, id, unit)| Waiting {
                name,
                unit,
                ask: format!("{here}/new?unit={id}"),
            })
            .collect(),
        asked,
        holds,
        over,
    })
}
