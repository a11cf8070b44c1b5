//! `/review/findings/{finding}`: a leader has asked about something that stood out, and writes down what they found.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use tovholder_casework::access::Right;
use tovholder_casework::act::PageKey;
use tovholder_store::db::Conn;
use tovholder_store::review::look_into;

use super::Form;
use super::review::{FindingView, HOME, findings};
use crate::kit::form::Errors;
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, Said, page, page_with_errors, refused, see_other};
use crate::kit::sent::{Fields, Sent};
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;

#[derive(Template)]
#[template(path = "access/finding.html")]
struct Page {
    t: Lang,
    shell: Shell,
    form: Form,
    one: FindingView,
}

/// The finding, for those who lead the unit of the employee it is about.
async fn open(visit: &Visit, conn: &mut Conn, key: &str) -> Result<FindingView, Failure> {
    visit.must(Right::Review)?;
    let all = findings(visit, conn).await?;
    let one = all.into_iter().find(|one| one.key == key).ok_or(Failure::NotFound)?;
    visit.look(None, PageKey::Review).await?;
    Ok(one)
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] for everybody but the leaders of the employee's unit.
pub async fn get(visit: Visit, Path(key): Path<String>) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let one = open(&visit, &mut conn, &key).await?;
    let mut shell = visit.shell(visit.t.acc_finding_title());
    let fields = visit.fields(&mut conn, &mut shell, None, Fields::empty()).await?;
    let form = Form::new(&visit, fields, Errors::none());
    page(&Page {
        t: visit.t,
        shell,
        form,
        one,
    })
}

/// Keeps the remark.
///
/// # Errors
/// As [`get`].
pub async fn post(visit: Visit, Path(key): Path<String>, sent: Sent) -> Result<Response, Failure> {
    let one = open(&visit, &mut visit.read().await?, &key).await?;
    let sender = visit.sender(&sent, HOME).await?;
    let kept = look_into(&visit.app.db, &key, one.who, sent.text("remark"), &sender).await;
    match Visit::refusal_apart(kept)? {
        Ok(None) => Ok(see_other(HOME, Said::Saved, None)),
        Ok(Some(to)) => Ok(Redirect::to(&to).into_response()),
        Err(why) => {
            let mut errors = Errors::none();
            refused(visit.t, &why, &[], &mut errors);
            let shell = visit.shell(visit.t.acc_finding_title()).failed();
            page_with_errors(&Page {
                t: visit.t,
                shell,
                form: Form::new(&visit, (*sent).clone(), errors),
                one,
            })
        }
    }
}
