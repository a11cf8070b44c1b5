//! `/review/emergency/{emergency}`: a leader reads why emergency access was taken, and signs that they have seen it.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use tovholder_casework::access::Right;
use tovholder_casework::act::PageKey;
use tovholder_casework::id::*;
use tovholder_store::db::Conn;
use tovholder_store::emergency::{Case, find, sign};

use super::Form;
use super::review::{EmergencyView, HOME, emergency};
use crate::kit::form::Errors;
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, Said, page, page_with_errors, refused, see_other};
use crate::kit::sent::{Fields, Sent};
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;

#[derive(Template)]
#[template(path = "access/sign.html")]
struct Page {
    t: Lang,
    shell: Shell,
    form: Form,
    one: EmergencyView,
}

async fn open(visit: &Visit, conn: &mut Conn, id: EmergencyId) -> Result<Case, Failure> {
    visit.must(Right::Review)?;
    let leads = visit.standing(conn).await?.leads;
    let case = find(conn, id, &leads).await?.ok_or(Failure::NotFound)?;
    visit.look(Some(case.emergency.citizen), PageKey::Review).await?;
    Ok(case)
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] for everybody but the leaders of the unit responsible for the citizen.
pub async fn get(visit: Visit, Path(id): Path<EmergencyId>) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let case = open(&visit, &mut conn, id).await?;
    let mut shell = visit.shell(visit.t.acc_sign_title());
    let fields = visit.fields(&mut conn, &mut shell, None, Fields::empty()).await?;
    let form = Form::new(&visit, fields, Errors::none());
    page(&Page {
        t: visit.t,
        shell,
        form,
        one: emergency(&visit, case),
    })
}

/// Signs it.
///
/// # Errors
/// As [`get`].
pub async fn post(visit: Visit, Path(id): Path<EmergencyId>, sent: Sent) -> Result<Response, Failure> {
    let case = open(&visit, &mut visit.read().await?, id).await?;
    let sender = visit.sender(&sent, HOME).await?;
    let signed = sign(&visit.app.db, id, sent.text("remark"), &sender).await;
    match Visit::refusal_apart(signed)? {
        Ok(None) => Ok(see_other(HOME, Said::Saved, None)),
        Ok(Some(to)) => Ok(Redirect::to(&to).into_response()),
        Err(why) => {
            let mut errors = Errors::none();
            refused(visit.t, &why, &[], &mut errors);
            let shell = visit.shell(visit.t.acc_sign_title()).failed();
            page_with_errors(&Page {
                t: visit.t,
                shell,
                form: Form::new(&visit, (*sent).clone(), errors),
                one: emergency(&visit, case),
            })
        }
    }
}
