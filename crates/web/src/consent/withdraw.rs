//! `/my-plan/consents/{consent}/withdraw`: the citizen takes a yes back. No reason is asked for.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use tovholder_casework::act::PageKey;
use tovholder_casework::consent::How;
use tovholder_casework::decide::Intent;
use tovholder_casework::id::*;
use tovholder_store::plans::Performed;
use uuid::Uuid;

use super::own::HERE;
use super::{View, find, view};
use crate::kit::form::Errors;
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, Said, page, page_with_errors, refused, see_other};
use crate::kit::sent::Sent;
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;

#[derive(Template)]
#[template(path = "consent/withdraw.html")]
struct Page {
    t: Lang,
    shell: Shell,
    one: View,
    act: String,
    errors: Errors,
}

async fn show(visit: &Visit, id: ConsentId, errors: Errors) -> Result<Page, Failure> {
    let mut conn = visit.read().await?;
    let case = visit.open_own(&mut conn, PageKey::Consents).await?;
    let case = case.ok_or(Failure::NotFound)?;
    let one = view(visit, find(&case, id)?, HERE);
    let mut shell = crate::citizen::shell(visit, &case, visit.t.consent_withdraw_title());
    shell.failed = !errors.is_empty();
    Ok(Page {
        t: visit.t,
        shell,
        one,
        act: Uuid::now_v7().to_string(),
        errors,
    })
}

/// Asks once more. A consent that does not hold any more is shown instead.
///
/// # Errors
/// [`Failure::NotFound`] when it is not the citizen's.
pub async fn get(visit: Visit, Path(id): Path<ConsentId>) -> Result<Response, Failure> {
    let shown = show(&visit, id, Errors::none()).await?;
    if shown.one.holds {
        page(&shown)
    } else {
        Ok(Redirect::to(&shown.one.href).into_response())
    }
}

/// Withdraws it: whoever read by it is shut out at their next page.
///
/// # Errors
/// As [`get`].
pub async fn post(visit: Visit, Path(id): Path<ConsentId>, sent: Sent) -> Result<Response, Failure> {
    show(&visit, id, Errors::none()).await?;
    let plan = crate::citizen::own_plan(&visit).await?;
    let intent = Intent::WithdrawConsent {
        consent: id,
        how: How::OwnPage,
    };
    match visit.perform(plan, intent, &sent, HERE).await? {
        Ok(Performed::Done(_)) => Ok(see_other(HERE, Said::ConsentWithdrawn, None)),
        Ok(Performed::Already(to)) => Ok(Redirect::to(&to).into_response()),
        Err(why) => {
            let mut errors = Errors::none();
            refused(visit.t, &why, &[], &mut errors);
            page_with_errors(&show(&visit, id, errors).await?)
        }
    }
}
