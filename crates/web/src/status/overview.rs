//! `/team/status`: every team's goals, and who has written this month. To learn from each other: no numbers side by side, no order but the name.

use askama::Template;
use axum::response::Response;
use tovholder_casework::status::month_of;
use tovholder_store::status as store;

use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, page};
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;
use crate::status::*;

struct Line {
    words: String,
    judged: Option<Says>,
}

struct Card {
    name: String,
    href: String,
    leader: String,
    mine: bool,
    state: String,
    kind: &'static str,
    goals: Vec<Line>,
}

#[derive(Template)]
#[template(path = "status/overview.html")]
struct Page {
    t: Lang,
    shell: Shell,
    answer: String,
    teams: Vec<Card>,
}

/// The page.
///
/// # Errors
/// The user is no employee, or the database is away.
pub async fn get(visit: Visit) -> Result<Response, Failure> {
    let (t, me, today) = (visit.t, visit.employee()?, visit.today());
    let teams = store::teams(&mut visit.read().await?, me).await?;
    let month = t.month_name(today.month());
    let with_goals = teams.iter().filter(|team| !team.sheet.goals.is_empty()).count();
    let written = |team: &store::TeamLine| team.sheet.updates.iter().any(|u| u.month == month_of(today));
    let many = teams.iter().filter(|team| written(team)).count();
    let card = |team: &store::TeamLine| {
        let (state, kind) = if team.sheet.goals.is_empty() {
            (t.status_not_begun().to_owned(), "plain")
        } else if team.sheet.silent(today).next().is_some() {
            (t.status_waits(month), "")
        } else if written(team) {
            (t.status_is_written(month), "good")
        } else {
            (t.status_new_goals().to_owned(), "info")
        };
        let line = |goal: &TeamGoal| Line {
            words: goal.words.clone(),
            judged: team.sheet.latest(goal.id, today).map(|u| judged(t, u.said.judgement)),
        };
        Card {
            name: team.name.clone(),
            href: home(team.id),
            leader: team.leader.clone(),
            mine: team.mine,
            goals: team.sheet.goals.iter().map(line).collect(),
            state,
            kind,
        }
    };
    page(&Page {
        t,
        shell: visit.shell(t.status_all_title()),
        answer: t.status_answer(many, month, with_goals),
        teams: teams.iter().map(card).collect(),
    })
}
