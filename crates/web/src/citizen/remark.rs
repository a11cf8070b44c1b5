//! `/my-plan/steps/{step}/remark` and `/my-plan/goals/{goal}/remark`: a word about it, which everyone around the plan can read.

use axum::extract::Path;
use axum::response::Response;
use tovholder_casework::act::PageKey;
use tovholder_casework::decide::Intent;
use tovholder_casework::id::*;
use tovholder_store::db::Conn;
use tovholder_store::drafts;

use super::write::{self, Text};
use super::{carry_out, is_missing, own_plan, refusal, start};
use crate::kit::form::Errors;
use crate::kit::respond::{Failure, Said};
use crate::kit::sent::{Fields, Sent};
use crate::kit::visit::Visit;

/// What was typed under the thing's own page and has not been sent: it stands there again.
pub(super) async fn kept(visit: &Visit, conn: &mut Conn) -> Result<String, Failure> {
    let form = format!("{}/remark", visit.page_path());
    let draft = drafts::find(conn, visit.user.actor.id, &form).await?;
    Ok(draft.map_or_else(String::new, |draft| Fields::parse(&draft.body).text("text").to_owned()))
}

#[derive(Clone, Copy)]
enum About {
    Step(StepId),
    Goal(GoalId),
}

/// The form about a step.
///
/// # Errors
/// [`Failure::NotFound`] for what is not in the citizen's own plan.
pub async fn get_step(visit: Visit, Path(id): Path<StepId>) -> Result<Response, Failure> {
    draw(&visit, About::Step(id), None, Errors::none()).await
}
/// The form about a goal.
///
/// # Errors
/// As [`get_step`].
pub async fn get_goal(visit: Visit, Path(id): Path<GoalId>) -> Result<Response, Failure> {
    draw(&visit, About::Goal(id), None, Errors::none()).await
}
/// Writes it about a step.
///
/// # Errors
/// As [`get_step`].
pub async fn post_step(visit: Visit, Path(id): Path<StepId>, sent: Sent) -> Result<Response, Failure> {
    post(&visit, About::Step(id), &sent).await
}
/// Writes it about a goal.
///
/// # Errors
/// As [`get_step`].
pub async fn post_goal(visit: Visit, Path(id): Path<GoalId>, sent: Sent) -> Result<Response, Failure> {
    post(&visit, About::Goal(id), &sent).await
}

impl About {
    fn page(self) -> String {
        match self {
            About::Step(id) => format!("/my-plan/steps/{id}"),
            About::Goal(id) => format!("/my-plan/goals/{id}"),
        }
    }
}

async fn draw(visit: &Visit, about: About, sent: Option<&Fields>, errors: Errors) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let t = visit.t;
    let Some(case) = visit.open_own(&mut conn, PageKey::Remarks).await? else {
        return Ok(start());
    };
    let (quote, back) = match about {
        About::Step(id) => (case.plan.step(id).map(|s| s.title.clone()), t.my_back_to_step()),
        About::Goal(id) => (case.plan.goal(id).map(|g| g.words.clone()), t.my_back_to_goal()),
    };
    let text = Text {
        title: t.my_remark_title().to_owned(),
        back: (about.page(), back.to_owned()),
        lead: t.my_remark_lead().to_owned(),
        quote: quote.ok_or(Failure::NotFound)?,
        field: "text",
        label: t.my_remark_label().to_owned(),
        hint: String::new(),
        optional: false,
        submit: t.my_remark_submit().to_owned(),
        value: (String::new(), 0),
        theirs: None,
        end: String::new(),
    };
    write::draw(visit, &mut conn, &case, text, sent, errors).await
}

async fn post(visit: &Visit, about: About, sent: &Fields) -> Result<Response, Failure> {
    let plan = own_plan(visit).await?;
    let (step, goal) = match about {
        About::Step(id) => (Some(id), None),
        About::Goal(id) => (None, Some(id)),
    };
    let intent = Intent::Comment {
        step,
        goal,
        text: sent.text("text").to_owned(),
    };
    match carry_out(visit, plan, intent, sent, &about.page(), Said::Saved).await? {
        Ok(done) => Ok(done),
        Err(why) if is_missing(&why) => Err(Failure::NotFound),
        Err(why) => draw(visit, about, Some(sent), refusal(visit, &why, &[])).await,
    }
}
