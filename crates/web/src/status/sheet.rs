//! `/team/status/{team}`: a team's sheet as it is now.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use tovholder_casework::id::*;
use tovholder_casework::plan::GoalStatus;
use tovholder_casework::status::{Term, month_of};
use tovholder_store::figures as targets;

use crate::figures::cache::figures;
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, page};
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;
use crate::kit::words;
use crate::status::*;

/// A goal that is no longer open.
struct Ended {
    words: String,
    result: &'static str,
    reached: bool,
    why: String,
    by: String,
    when: String,
}

struct Part {
    id: &'static str,
    heading: &'static str,
    none: &'static str,
    goals: Vec<GoalView>,
}

#[derive(Template)]
#[template(path = "status/sheet.html")]
struct Page {
    t: Lang,
    shell: Shell,
    home: String,
    team: String,
    leader: String,
    /// The month of today, as it stands in a sentence and in front of one.
    month: &'static str,
    month_first: String,
    may_update: bool,
    may_set: bool,
    silent: usize,
    parts: Vec<Part>,
    open: usize,
    ended: Vec<Ended>,
    begun: bool,
}

/// The page.
///
/// # Errors
/// The user is no employee, there is no such team, or the database is away.
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
    let ended = opened.sheet.current().filter(|goal| goal.status != GoalStatus::Open);
    let mut ended: Vec<&TeamGoal> = ended.collect();
    ended.sort_by_key(|goal| std::cmp::Reverse(goal.at));
    page(&Page {
        t,
        shell: visit.shell(t.status_title_of(&opened.team.name)),
        home: home(team),
        leader,
        month: t.month_name(visit.today().month()),
        month_first: crate::kit::format::sentence(t.month_name(visit.today().month())),
        may_update: opened.place.may_update(),
        may_set: opened.place.may_set(),
        silent: opened.sheet.silent(visit.today()).count(),
        parts: vec![
            Part {
                id: "short",
                heading: t.status_short(),
                none: t.status_short_none(),
                goals: goals(&visit, &opened, &known, Term::Short),
            },
            Part {
                id: "long",
                heading: t.status_long(),
                none: t.status_long_none(),
                goals: goals(&visit, &opened, &known, Term::Long),
            },
        ],
        open: opened.sheet.all_open().count(),
        ended: ended
            .into_iter()
            .map(|goal| Ended {
                words: goal.words.clone(),
                result: words::goal_status(t, goal.status),
                reached: goal.status == GoalStatus::Reached,
                why: goal.why.clone(),
                by: goal.by.clone(),
                when: t.instant(goal.at),
            })
            .collect(),
        begun: opened.sheet.updates.iter().any(|u| u.month == month_of(visit.today())),
        team: opened.team.name,
    })
}
