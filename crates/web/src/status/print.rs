//! `/team/status/{team}/print`: the sheet on one page of paper, for the wall.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use tovholder_casework::id::*;
use tovholder_casework::status::Term;
use tovholder_store::figures as targets;

use crate::figures::cache::figures;
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, page};
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;
use crate::status::*;

#[derive(Template)]
#[template(path = "status/print.html")]
struct Page {
    t: Lang,
    shell: Shell,
    home: String,
    team: String,
    leader: String,
    printed: String,
    parts: Vec<(&'static str, Vec<GoalView>)>,
}

/// The page.
///
/// # Errors
/// As [`crate::status::sheet::get`].
pub async fn get(visit: Visit, Path(team): Path<TeamId>) -> Result<Response, Failure> {
    visit.employee()?;
    let t = visit.t;
    let figures = figures(&visit).await?;
    let mut conn = visit.read().await?;
    let opened = open(&visit, &mut conn, team).await?;
    let leader = leader_name(&mut conn, &opened.team).await?;
    let targets = targets::targets(&mut conn, None).await?;
    drop(conn);
    let app = visit.app.clone();
    let known = Known {
        strategy: app.figures().strategy(),
        figures: &figures,
        targets: &targets,
    };
    let part = |heading, term| (heading, goals(&visit, &opened, &known, term));
    page(&Page {
        t,
        shell: visit.shell(t.status_title_of(&opened.team.name)),
        home: home(team),
        leader,
        printed: t.date(visit.today()),
        parts: vec![part(t.status_short(), Term::Short), part(t.status_long(), Term::Long)],
        team: opened.team.name.clone(),
    })
}
