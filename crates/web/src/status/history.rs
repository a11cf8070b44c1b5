//! `/team/status/{team}/history`: what the team said month by month, who said it, and what it said before.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use jiff::civil::Date;
use tovholder_casework::id::*;
use tovholder_casework::plan::GoalStatus;
use tovholder_casework::status::month_of;

use crate::figures::cache::figures;
use crate::kit::format::wall_clock;
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, page};
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;
use crate::kit::words;
use crate::status::*;

struct Said {
    words: String,
    figure: String,
    now: UpdateView,
    /// What stood there before, the newest first.
    before: Vec<UpdateView>,
}

struct Change {
    what: String,
    words: String,
    why: String,
    by: String,
    when: String,
}

struct MonthView {
    id: String,
    name: String,
    said: Vec<Said>,
    changes: Vec<Change>,
}

#[derive(Template)]
#[template(path = "status/history.html")]
struct Page {
    t: Lang,
    shell: Shell,
    home: String,
    team: String,
    months: Vec<MonthView>,
}

/// The page.
///
/// # Errors
/// As [`crate::status::sheet::get`].
pub async fn get(visit: Visit, Path(team): Path<TeamId>) -> Result<Response, Failure> {
    visit.employee()?;
    let t = visit.t;
    let figures = figures(&visit).await?;
    let opened = open(&visit, &mut visit.read().await?, team).await?;
    let app = visit.app.clone();
    let known = Known {
        strategy: app.figures().strategy(),
        figures: &figures,
        targets: &[],
    };
    let updated = opened.sheet.updates.iter().map(|update| update.month);
    let changed = opened.sheet.goals.iter().map(when);
    let months: BTreeSet<Date> = updated.chain(changed).collect();
    page(&Page {
        t,
        shell: visit.shell(t.status_history_of(&opened.team.name)),
        home: home(team),
        months: months
            .into_iter()
            .rev()
            .map(|m| month(t, &opened.sheet, &known, m))
            .collect(),
        team: opened.team.name,
    })
}

/// The month in which this was written of a goal.
fn when(goal: &TeamGoal) -> Date {
    month_of(wall_clock(goal.at).date())
}

fn month(t: Lang, sheet: &Sheet, known: &Known<'_>, month: Date) -> MonthView {
    let goals = sheet.current().filter_map(|goal| {
        let mut all = sheet.updates.iter().filter(|u| u.goal == goal.id && u.month == month);
        let now = all.next()?;
        Some(Said {
            words: goal.words.clone(),
            figure: known.figure_then(t, goal, month),
            now: said(t, now),
            before: all.map(|update| said(t, update)).collect(),
        })
    });
    let mut changed: Vec<&TeamGoal> = sheet.goals.iter().filter(|goal| when(goal) == month).collect();
    changed.sort_by_key(|goal| std::cmp::Reverse((goal.at, goal.rev)));
    let changes = changed.into_iter().map(|goal| Change {
        what: match (goal.status, goal.rev) {
            (GoalStatus::Open, 1) => t.status_was_set().to_owned(),
            (GoalStatus::Open, _) => t.status_was_changed().to_owned(),
            (ended, _) => words::goal_status(t, ended).to_owned(),
        },
        words: match goal.status {
            GoalStatus::Open => t.status_goal_by(t.date(goal.due), &goal.words),
            _ => goal.words.clone(),
        },
        why: goal.why.clone(),
        by: goal.by.clone(),
        when: t.instant(goal.at),
    });
    MonthView {
        id: month.strftime("m%Y-%m").to_string(),
        name: crate::kit::format::sentence(&t.month_year(month)),
        said: goals.collect(),
        changes: changes.collect(),
    }
}
