//! `/setup`: what is in, and what comes next.

use askama::Template;
use axum::response::Response;
use tovholder_casework::import::Kind;
use tovholder_store::imports::{self, Overview, Status};

use super::{administrator, words};
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, page};
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;

struct Step {
    href: String,
    name: String,
    hint: &'static str,
    status: String,
    kind: &'static str,
}

struct File {
    href: String,
    name: String,
    what: &'static str,
    when: String,
    who: String,
    state: &'static str,
    tag: &'static str,
}

#[derive(Template)]
#[template(path = "setup/overview.html")]
struct Page {
    t: Lang,
    shell: Shell,
    counts: Vec<(String, &'static str)>,
    steps: Vec<Step>,
    files: Vec<File>,
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] for anybody but the administrator.
pub async fn get(visit: Visit) -> Result<Response, Failure> {
    administrator(&visit)?;
    let t = visit.t;
    let mut conn = visit.read().await?;
    let there = imports::overview(&mut conn).await?;
    let files = imports::list(&mut conn, 20).await?;
    drop(conn);
    let files = files
        .into_iter()
        .map(|batch| File {
            href: format!("/setup/import/{}", batch.id),
            what: words::kind(t, batch.kind),
            when: t.instant(batch.undone.or(batch.applied).unwrap_or(batch.uploaded)),
            who: batch.actor_name,
            name: batch.file_name,
            state: match batch.status {
                Status::Uploaded => t.setup_state_uploaded(),
                Status::Applied => t.setup_state_applied(),
                Status::Undone => t.setup_state_undone(),
            },
            tag: match batch.status {
                Status::Uploaded => "warn",
                Status::Applied => "good",
                Status::Undone => "plain",
            },
        })
        .collect();
    let counts = Kind::ALL
        .iter()
        .map(|kind| (t.integer(there.of(*kind)), words::kind(t, *kind)))
        .collect();
    page(&Page {
        t,
        shell: visit.shell(t.setup_title()),
        counts,
        steps: steps(t, &there),
        files,
    })
}

fn steps(t: Lang, there: &Overview) -> Vec<Step> {
    let mut steps: Vec<Step> = Kind::ALL
        .iter()
        .map(|kind| {
            let count = there.of(*kind);
            let needed = matches!(kind, Kind::Units | Kind::Employees | Kind::Citizens);
            Step {
                href: format!("/setup/import?kind={kind}"),
                name: words::kind(t, *kind).to_owned(),
                hint: match kind {
                    Kind::Units => t.setup_step_units_hint(),
                    Kind::Employees => t.setup_step_employees_hint(),
                    Kind::Teams => t.setup_step_teams_hint(),
                    Kind::Citizens => t.setup_step_citizens_hint(),
                    Kind::Spells => t.setup_step_spells_hint(),
                    Kind::Hours => t.setup_step_hours_hint(),
                    Kind::States => t.setup_step_states_hint(),
                    Kind::Assignments => t.setup_step_assignments_hint(),
                    Kind::Companies => t.setup_step_companies_hint(),
                    Kind::Expenses => t.setup_step_expenses_hint(),
                },
                status: match (count, needed) {
                    (0, true) => t.setup_step_todo().to_owned(),
                    (0, false) => t.setup_step_later().to_owned(),
                    _ => t.setup_step_done(t.integer(count)),
                },
                // A finished step stays a link: more files come.
                kind: if count == 0 { "todo" } else { "done" },
            }
        })
        .collect();
    steps.push(Step {
        href: "/setup/links".to_owned(),
        name: t.setup_step_links().to_owned(),
        hint: t.setup_step_links_hint(),
        status: if there.employees == 0 {
            t.setup_step_links_later()
        } else {
            t.setup_step_links_ready()
        }
        .to_owned(),
        kind: "todo",
    });
    steps.push(Step {
        href: String::new(),
        name: t.setup_step_plan().to_owned(),
        hint: t.setup_step_plan_hint(),
        status: t.setup_plans(there.plans),
        kind: if there.plans == 0 { "waiting" } else { "done" },
    });
    steps
}
