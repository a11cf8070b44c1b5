//! `/plans/{plan}/print`: the plan on paper, in the order it is talked about.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use tovholder_casework::act::PageKey;
use tovholder_casework::id::*;
use tovholder_store::people::employees_of_plan;

use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, page};
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;
use crate::plan::overview::{GoalView, Head, Person, Steps, Talk, goals, head, people, talk};
use crate::plan::strengths::{Group, groups};
use crate::plan::{home, look};

#[derive(Template)]
#[template(path = "plan/print.html")]
struct Page {
    t: Lang,
    shell: Shell,
    home: String,
    head: Head,
    printed: String,
    talk: Option<Talk>,
    goals: Vec<GoalView>,
    loose: Steps,
    strengths: Vec<Group>,
    people: Vec<Person>,
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] for a plan the user has no relation to.
pub async fn get(visit: Visit, Path(plan): Path<PlanId>) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let case = look(&visit, &mut conn, plan, PageKey::Print).await?;
    let colleagues = employees_of_plan(&mut conn, plan).await?;
    let t = visit.t;
    let (goals, _, loose) = goals(&visit, &case);
    page(&Page {
        home: home(plan),
        head: head(&visit, &case, &colleagues),
        printed: t.date(visit.today()),
        talk: case.plan.next_conversation(visit.now).map(|c| talk(&visit, c)),
        goals,
        loose,
        strengths: groups(t, &case.plan),
        people: people(&visit, &case, &colleagues).0,
        shell: visit.shell(t.plan_print_title(&case.citizen.name)),
        t,
    })
}
