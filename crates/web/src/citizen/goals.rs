//! `/my-plan/goals`: my goals in my own words.

use askama::Template;
use axum::response::Response;
use tovholder_casework::act::PageKey;
use tovholder_casework::plan::*;

use super::{shell, start};
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, page};
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;
use crate::kit::words;

/// A goal in the list, with the sub-goals under it.
struct Line {
    href: String,
    words: String,
    aim: &'static str,
    status: &'static str,
    reached: bool,
    below: Vec<Line>,
}

#[derive(Template)]
#[template(path = "citizen/goals.html")]
struct Page {
    t: Lang,
    shell: Shell,
    open: bool,
    goals: Vec<Line>,
    ended: Vec<Line>,
}

fn line(t: Lang, plan: &Plan, goal: &Goal) -> Line {
    Line {
        href: format!("/my-plan/goals/{}", goal.id),
        words: goal.words.clone(),
        aim: words::aim(t, goal.aim),
        status: words::goal_status(t, goal.status),
        reached: goal.status == GoalStatus::Reached,
        below: plan
            .goals
            .iter()
            .filter(|g| g.parent == Some(goal.id))
            .map(|g| line(t, plan, g))
            .collect(),
    }
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] for an employee; the database is away.
pub async fn get(visit: Visit) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let Some(case) = visit.open_own(&mut conn, PageKey::Goals).await? else {
        return Ok(start());
    };
    let (t, plan) = (visit.t, &case.plan);
    let top = plan.goals.iter().filter(|g| g.parent.is_none());
    let (open, ended): (Vec<&Goal>, Vec<&Goal>) = top.partition(|g| g.status == GoalStatus::Open);
    page(&Page {
        t,
        shell: shell(&visit, &case, t.my_goals_title()),
        open: plan.is_open(),
        goals: open.into_iter().map(|g| line(t, plan, g)).collect(),
        ended: ended.into_iter().map(|g| line(t, plan, g)).collect(),
    })
}
