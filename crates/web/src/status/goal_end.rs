//! `/team/status/{team}/goals/{goal}/end`: a goal is reached, or put aside, with what the team learned from it.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use tovholder_casework::id::*;
use tovholder_casework::plan::GoalStatus;
use tovholder_store::status::Unwritten;

use crate::kit::form::Choice;
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, Said, page, page_with_errors, see_other};
use crate::kit::sent::{Fields, Sent};
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;
use crate::kit::words;
use crate::status::goal::to_change;
use crate::status::*;

#[derive(Template)]
#[template(path = "status/goal_end.html")]
struct Page {
    t: Lang,
    shell: Shell,
    form: Form,
    words: String,
    outcomes: Vec<Choice>,
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] for those who do not set the team's goals, and for a goal that is not open.
pub async fn get(visit: Visit, Path((team, goal)): Path<(TeamId, TeamGoalId)>) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let opened = open_to_set(&visit, &mut conn, team).await?;
    let now = to_change(&opened, goal)?;
    let fresh = Fields::empty().with("_rev", now.rev);
    let title = visit.t.status_end_title().to_owned();
    let (shell, form) = begin(&visit, &mut conn, &opened.team, title, fresh).await?;
    page(&view(visit.t, now, shell, form))
}

/// Ends the goal.
///
/// # Errors
/// As [`get`].
pub async fn post(
    visit: Visit,
    Path((team, goal)): Path<(TeamId, TeamGoalId)>,
    sent: Sent,
) -> Result<Response, Failure> {
    let t = visit.t;
    let opened = open_to_set(&visit, &mut visit.read().await?, team).await?;
    let mut errors = Errors::none();
    let status = sent.choice("status", t, &mut errors).unwrap_or(GoalStatus::Open);
    let wrong = if errors.is_empty() {
        let to = home(team);
        let sender = visit.sender(&sent, &to).await?;
        let of = (goal, sent.rev());
        match store::end_goal(&visit.app.db, team, of, (status, sent.text("why")), &sender).await {
            Ok(None) => return Ok(see_other(&to, Said::Saved, None)),
            Ok(Some(to)) => return Ok(Redirect::to(&to).into_response()),
            Err(Unwritten::Db(error)) => return Err(error.into()),
            Err(Unwritten::Refused(wrong)) => wrong,
        }
    } else {
        let end = opened.sheet.end(goal, sent.rev(), status, sent.text("why"));
        end.err().unwrap_or_default()
    };
    for refusal in &wrong {
        refused(t, refusal, refusal.field, &mut errors);
    }
    let opened = open_to_set(&visit, &mut visit.read().await?, team).await?;
    let now = to_change(&opened, goal)?;
    let (shell, mut form) = again(&visit, &opened.team, t.status_end_title().to_owned(), &sent, errors);
    form.fields = form.fields.replaced("_rev", now.rev);
    page_with_errors(&view(t, now, shell, form))
}

fn view(t: Lang, now: &TeamGoal, shell: Shell, form: Form) -> Page {
    Page {
        t,
        shell,
        words: now.words.clone(),
        outcomes: words::choices(
            t,
            &[GoalStatus::Reached, GoalStatus::Dropped],
            words::goal_status,
            form.text("status"),
        ),
        form,
    }
}
