//! `/my-plan/questions`: what I want to ask next time. Kept until it has been taken up.

use axum::extract::Path;
use axum::response::{Redirect, Response};
use jiff::civil::Date;
use tovholder_casework::act::PageKey;
use tovholder_casework::decide::Intent;
use tovholder_casework::id::*;
use tovholder_casework::plan::*;

use super::write::{self, Text};
use super::{carry_out, is_missing, new_act, own_plan, refusal, start};
use crate::kit::form::Errors;
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, Said};
use crate::kit::sent::{Fields, Sent};
use crate::kit::visit::Visit;

/// A question that has not been taken up.
pub(super) struct Waiting {
    pub text: String,
    pub when: String,
    /// Where the form goes that takes it back, with its number and the revision.
    pub withdraw: String,
    pub act: String,
    pub rev: u32,
}

/// The questions that wait, oldest first.
pub(super) fn waiting(t: Lang, plan: &Plan, today: Date) -> Vec<Waiting> {
    let open = plan.questions.iter().filter(|q| q.waits());
    open.map(|q| Waiting {
        text: q.text.clone(),
        when: t.relative_day(q.asked, today),
        withdraw: format!("/my-plan/questions/{}/withdraw", q.id),
        act: new_act(),
        rev: q.rev,
    })
    .collect()
}

/// The form.
///
/// # Errors
/// [`Failure::NotFound`] for an employee; the database is away.
pub async fn get(visit: Visit) -> Result<Response, Failure> {
    draw(&visit, None, Errors::none()).await
}

async fn draw(visit: &Visit, sent: Option<&Fields>, errors: Errors) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let t = visit.t;
    let Some(case) = visit.open_own(&mut conn, PageKey::Conversation).await? else {
        return Ok(start());
    };
    if !case.plan.is_open() {
        return Ok(start());
    }
    let lead = match case.plan.next_conversation(visit.now) {
        Some(talk) => t.my_question_lead(
            t.weekday_date_near(talk.starts.date(), visit.today()),
            talk.name.as_str(),
        ),
        None => t.my_question_lead_none().to_owned(),
    };
    let text = Text {
        title: t.my_question_title().to_owned(),
        back: ("/my-plan/conversations".to_owned(), t.my_back_to_talks().to_owned()),
        lead,
        quote: String::new(),
        field: "text",
        label: t.my_question_label().to_owned(),
        hint: t.my_question_hint().to_owned(),
        optional: false,
        submit: t.my_question_submit().to_owned(),
        value: (String::new(), 0),
        theirs: None,
        end: String::new(),
    };
    write::draw(visit, &mut conn, &case, text, sent, errors).await
}

/// Notes the question.
///
/// # Errors
/// As [`get`].
pub async fn post(visit: Visit, sent: Sent) -> Result<Response, Failure> {
    let plan = own_plan(&visit).await?;
    let intent = Intent::Ask {
        text: sent.text("text").to_owned(),
    };
    match carry_out(&visit, plan, intent, &sent, "/my-plan/conversations", Said::Asked).await? {
        Ok(done) => Ok(done),
        Err(why) => draw(&visit, Some(&sent), refusal(&visit, &why, &[])).await,
    }
}

/// Somebody whose session ended while taking a question back comes to the list of them.
pub async fn back() -> Redirect {
    Redirect::to("/my-plan/conversations")
}

/// Takes a question back.
///
/// # Errors
/// [`Failure::NotFound`] for a question that is not in the citizen's own plan.
pub async fn withdraw(visit: Visit, Path(id): Path<QuestionId>, sent: Sent) -> Result<Response, Failure> {
    let plan = own_plan(&visit).await?;
    let intent = Intent::WithdrawQuestion {
        question: id,
        rev: sent.rev(),
    };
    match carry_out(&visit, plan, intent, &sent, "/my-plan/conversations", Said::Saved).await? {
        Ok(done) => Ok(done),
        Err(why) if is_missing(&why) => Err(Failure::NotFound),
        // Taken up or taken back meanwhile: the list shows what holds now.
        Err(_) => Ok(axum::response::IntoResponse::into_response(back().await)),
    }
}
