//! `/citizens/{citizen}/hold`: a leader holds back what is held about a citizen, so that it is not deleted when its time is over, or lifts that.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use tovholder_casework::access::Right;
use tovholder_casework::act::PageKey;
use tovholder_casework::id::*;
use tovholder_store::{people, retention};
use uuid::Uuid;

use super::RETENTION;
use crate::kit::form::Errors;
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, Said, form_page, refused, see_other};
use crate::kit::sent::{Fields, Sent};
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;

/// One hold, in words.
struct One {
    reason: String,
    by: String,
    until: String,
    lifted: String,
}

#[derive(Template)]
#[template(path = "rights/hold.html")]
struct Page {
    t: Lang,
    shell: Shell,
    errors: Errors,
    act: String,
    draft: String,
    name: String,
    reason: String,
    until: String,
    /// Somebody holds it back now.
    lasts: bool,
    all: Vec<One>,
    on_paper: String,
}

async fn draw(visit: &Visit, citizen: CitizenId, sent: Option<&Fields>, errors: Errors) -> Result<Response, Failure> {
    visit.must(Right::Review)?;
    let t = visit.t;
    let mut conn = visit.read().await?;
    let leads = visit.standing(&mut conn).await?.leads;
    let someone = people::find_citizen(&mut conn, citizen).await?;
    let someone = someone
        .filter(|one| leads.contains(&one.unit))
        .ok_or(Failure::NotFound)?;
    visit.look(Some(citizen), PageKey::Retention).await?;
    let mut shell = visit.shell(t.rights_hold_title(someone.name.as_str()));
    let fields = visit.fields(&mut conn, &mut shell, sent, Fields::empty()).await?;
    let holds = retention::holds(&mut conn, citizen).await?;
    let template = Page {
        t,
        shell,
        act: Uuid::now_v7().to_string(),
        draft: format!("/draft{}", visit.page_path()),
        name: someone.name,
        on_paper: super::on_paper(citizen),
        reason: fields.text("reason").to_owned(),
        until: fields.text("until").to_owned(),
        lasts: holds.iter().any(|hold| hold.holds(visit.today())),
        all: holds
            .into_iter()
            .map(|hold| One {
                by: t.rights_hold_by(t.instant(hold.placed), hold.placed_by.as_str()),
                until: hold.until.map_or_else(
                    || t.rights_hold_until_lifted().to_owned(),
                    |day| t.rights_hold_until_day(t.date(day)),
                ),
                lifted: hold.lifted.map_or_else(String::new, |at| {
                    t.rights_hold_lifted(t.instant(at), hold.lifted_by.as_str())
                }),
                reason: hold.reason,
            })
            .collect(),
        errors,
    };
    form_page(&template, &template.errors)
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] for everybody but the leaders of the unit responsible for the citizen.
pub async fn get(visit: Visit, Path(citizen): Path<CitizenId>) -> Result<Response, Failure> {
    draw(&visit, citizen, None, Errors::none()).await
}

/// Holds it back, or with `lift` lets it go.
///
/// # Errors
/// As [`get`].
pub async fn post(visit: Visit, Path(citizen): Path<CitizenId>, sent: Sent) -> Result<Response, Failure> {
    visit.must(Right::Review)?;
    let mut errors = Errors::none();
    let until = sent.date("until", visit.t, &mut errors);
    if errors.is_empty() {
        let sender = visit.sender(&sent, RETENTION).await?;
        let done = if sent.has("lift") {
            retention::lift(&visit.app.db, citizen, &sender).await
        } else {
            retention::hold(&visit.app.db, citizen, sent.text("reason"), until, &sender).await
        };
        match Visit::refusal_apart(done)? {
            Ok(None) => return Ok(see_other(RETENTION, Said::Saved, None)),
            Ok(Some(to)) => return Ok(Redirect::to(&to).into_response()),
            Err(why) => refused(visit.t, &why, &[], &mut errors),
        }
    }
    draw(&visit, citizen, Some(&sent), errors).await
}
