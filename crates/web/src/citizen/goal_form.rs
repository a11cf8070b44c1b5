//! `/my-plan/goals/new` and `/my-plan/goals/{goal}/edit`: a goal in the citizen's own words.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use serde::Deserialize;
use tovholder_casework::act::{PageKey, Record};
use tovholder_casework::decide::{GoalInput, Intent};
use tovholder_casework::id::*;
use tovholder_casework::plan::*;

use super::{carry_out, conflict, is_missing, new_act, own_case, refusal, shell, start};
use crate::kit::form::{Choice, Errors};
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, Said, form_page};
use crate::kit::sent::{Fields, Sent};
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;
use crate::kit::words;

#[derive(Template)]
#[template(path = "citizen/goal_form.html")]
struct Page {
    t: Lang,
    shell: Shell,
    errors: Errors,
    act: String,
    rev: u32,
    here: String,
    back: String,
    words: String,
    aims: Vec<Choice>,
    /// Goals it may lie under; empty when that cannot be chosen.
    parents: Vec<Choice>,
    professional: String,
    /// As somebody else left it meanwhile.
    theirs: Option<Goal>,
    theirs_aim: &'static str,
}

/// Where a new goal may begin.
#[derive(Deserialize)]
pub struct Under {
    #[serde(default)]
    under: String,
}

/// The form for a new goal; `?under=` puts it under another.
///
/// # Errors
/// [`Failure::NotFound`] for an employee; the database is away.
pub async fn get_new(visit: Visit, Query(at): Query<Under>) -> Result<Response, Failure> {
    let fresh = Fields::empty().with("parent", at.under);
    draw(&visit, None, fresh, None, Errors::none(), None).await
}
/// The form for a goal that is there.
///
/// # Errors
/// [`Failure::NotFound`] for a goal that is not in the citizen's own plan.
pub async fn get_edit(visit: Visit, Path(id): Path<GoalId>) -> Result<Response, Failure> {
    draw(&visit, Some(id), Fields::empty(), None, Errors::none(), None).await
}

async fn draw(
    visit: &Visit,
    goal: Option<GoalId>,
    fresh: Fields,
    sent: Option<&Fields>,
    errors: Errors,
    theirs: Option<Goal>,
) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let Some(case) = visit.open_own(&mut conn, PageKey::Goals).await? else {
        return Ok(start());
    };
    if !case.plan.is_open() {
        return Ok(start());
    }
    let (t, plan) = (visit.t, &case.plan);
    let now = match goal {
        Some(id) => Some(plan.goal(id).ok_or(Failure::NotFound)?),
        None => None,
    };
    let fresh = match now {
        Some(g) => Fields::empty()
            .with("words", &g.words)
            .with("aim", g.aim)
            .with("_rev", g.rev),
        None => fresh,
    };
    let title = if goal.is_some() {
        t.my_goal_edit_title()
    } else {
        t.my_goal_new_title()
    };
    let mut shell = shell(visit, &case, title);
    let fields = visit.fields(&mut conn, &mut shell, sent, fresh).await?;
    let parent = fields.value::<GoalId>("parent");
    let tops = plan
        .goals
        .iter()
        .filter(|g| goal.is_none() && g.parent.is_none() && g.status == GoalStatus::Open);
    let template = Page {
        t,
        shell,
        act: new_act(),
        // After a conflict the form carries the new revision: saving again is then a choice.
        rev: theirs.as_ref().map_or(fields.rev(), |g| g.rev),
        here: visit.page_path().to_owned(),
        back: goal.map_or_else(|| "/my-plan/goals".to_owned(), |id| format!("/my-plan/goals/{id}")),
        words: fields.text("words").to_owned(),
        aims: words::choices(t, Aim::ALL, words::aim, fields.text("aim")),
        parents: tops
            .map(|g| Choice::new(g.id.to_string(), g.words.as_str(), parent == Some(g.id)))
            .collect(),
        professional: now.map_or_else(String::new, |g| g.professional.clone()),
        theirs_aim: theirs.as_ref().map_or("", |g| words::aim(t, g.aim)),
        theirs,
        errors,
    };
    form_page(&template, &template.errors)
}

/// Sets a new goal.
///
/// # Errors
/// As [`get_new`].
pub async fn post_new(visit: Visit, sent: Sent) -> Result<Response, Failure> {
    post(visit, None, sent).await
}
/// Changes a goal.
///
/// # Errors
/// As [`get_edit`].
pub async fn post_edit(visit: Visit, Path(id): Path<GoalId>, sent: Sent) -> Result<Response, Failure> {
    post(visit, Some(id), sent).await
}

async fn post(visit: Visit, goal: Option<GoalId>, sent: Sent) -> Result<Response, Failure> {
    let case = own_case(&visit, &mut visit.read().await?).await?;
    let mut errors = Errors::none();
    if sent.is_blank("words") {
        errors.push("words", visit.t.error_required());
    }
    let aim = sent.choice::<Aim>("aim", visit.t, &mut errors);
    let (Some(aim), true) = (aim, errors.is_empty()) else {
        return draw(&visit, goal, Fields::empty(), Some(&sent), errors, None).await;
    };
    let now = goal.map(|id| case.plan.goal(id).ok_or(Failure::NotFound)).transpose()?;
    let input = GoalInput {
        // Where a goal lies is decided when it is set.
        parent: now.map_or_else(|| sent.value("parent"), |g| g.parent),
        words: sent.text("words").to_owned(),
        professional: String::new(),
        aim,
    };
    let (intent, to) = match goal {
        None => (Intent::SetGoal(input), "/my-plan/goals".to_owned()),
        Some(id) => (
            Intent::ChangeGoal {
                goal: id,
                rev: sent.rev(),
                input,
            },
            format!("/my-plan/goals/{id}"),
        ),
    };
    match carry_out(&visit, case.plan.head.id, intent, &sent, &to, Said::Saved).await? {
        Ok(done) => Ok(done),
        Err(why) if goal.is_some() && is_missing(&why) => Err(Failure::NotFound),
        Err(why) => {
            let theirs = match conflict(&why) {
                Some(Record::Goal(now)) => Some(now.clone()),
                _ => None,
            };
            draw(
                &visit,
                goal,
                Fields::empty(),
                Some(&sent),
                refusal(&visit, &why, &[]),
                theirs,
            )
            .await
        }
    }
}
