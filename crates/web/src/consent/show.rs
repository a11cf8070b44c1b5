//! `/plans/{plan}/consents/{consent}`: a consent as it is read to the citizen, and the citizen's answer when they sit together.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use tovholder_casework::access::Action;
use tovholder_casework::act::PageKey;
use tovholder_casework::consent::How;
use tovholder_casework::decide::Intent;
use tovholder_casework::id::*;
use tovholder_store::plans::Performed;
use uuid::Uuid;

use super::list::address;
use super::{View, find, view};
use crate::kit::form::Errors;
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, Said, page, page_with_errors, refused, see_other};
use crate::kit::sent::Sent;
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;

#[derive(Template)]
#[template(path = "consent/show.html")]
struct Page {
    t: Lang,
    shell: Shell,
    list: String,
    one: View,
    act: String,
    errors: Errors,
    /// May enter the citizen's answer.
    answers: bool,
    /// May withdraw it for the citizen.
    withdraws: bool,
    /// How that is offered, what it means, and its button.
    ends: [&'static str; 3],
    /// Where the same is asked for anew; empty for those who may not ask.
    renew: String,
}

async fn put_together(visit: &Visit, plan: PlanId, id: ConsentId, errors: Errors) -> Result<Page, Failure> {
    visit.employee()?;
    let mut conn = visit.read().await?;
    let case = visit.open(&mut conn, plan, PageKey::Consents).await?;
    let list = address(plan);
    let one = view(visit, find(&case, id)?, &list);
    let open = case.plan.is_open();
    let mut shell = visit.shell(one.party.clone());
    shell.failed = !errors.is_empty();
    Ok(Page {
        t: visit.t,
        shell,
        answers: open && one.waits && case.may(Action::AnswerConsent),
        withdraws: (one.holds || one.waits) && case.may(Action::TakePart),
        ends: if one.holds {
            [
                visit.t.consent_withdraw_for(),
                visit.t.consent_withdraw_for_what(),
                visit.t.consent_withdraw_for_yes(),
            ]
        } else {
            [
                visit.t.consent_take_back(),
                visit.t.consent_take_back_what(),
                visit.t.consent_take_back(),
            ]
        },
        renew: if open && !one.waits && case.may(Action::AskConsent) {
            format!("{list}/new?renew={id}")
        } else {
            String::new()
        },
        list,
        one,
        act: Uuid::now_v7().to_string(),
        errors,
    })
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] for a plan the user has no relation to, and for a consent that is not theirs to see.
pub async fn get(visit: Visit, Path((plan, id)): Path<(PlanId, ConsentId)>) -> Result<Response, Failure> {
    page(&put_together(&visit, plan, id, Errors::none()).await?)
}

/// Enters what the citizen said.
///
/// # Errors
/// As [`get`].
pub async fn post(visit: Visit, Path((plan, id)): Path<(PlanId, ConsentId)>, sent: Sent) -> Result<Response, Failure> {
    visit.employee()?;
    let mut errors = Errors::none();
    let answer = |yes, how| Intent::AnswerConsent { consent: id, yes, how };
    let (intent, said, undo) = match sent.text("answer") {
        "yes_spoken" => (Some(answer(true, How::Spoken)), Said::ConsentGiven, true),
        "yes_paper" => (Some(answer(true, How::Paper)), Said::ConsentGiven, true),
        "no" => (Some(answer(false, How::Spoken)), Said::ConsentDeclined, true),
        "withdraw" => {
            let intent = Intent::WithdrawConsent {
                consent: id,
                how: How::Spoken,
            };
            (Some(intent), Said::ConsentWithdrawn, false)
        }
        _ => (None, Said::Saved, false),
    };
    let to = address(plan);
    match intent {
        None => errors.push("answer", visit.t.error_required()),
        Some(intent) => match visit.perform(plan, intent, &sent, &to).await? {
            Ok(Performed::Done(_)) => {
                let undo = undo.then(|| (plan, sent.submission()));
                return Ok(see_other(&to, said, undo));
            }
            Ok(Performed::Already(to)) => return Ok(Redirect::to(&to).into_response()),
            Err(why) => refused(visit.t, &why, &[("consent", "")], &mut errors),
        },
    }
    page_with_errors(&put_together(&visit, plan, id, errors).await?)
}
