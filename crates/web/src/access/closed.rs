//! `/plans/{plan}/closed-note` and `/my-plan/closed-notes`: what a unit keeps to itself and the citizen.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use tovholder_casework::access::Action;
use tovholder_casework::act::PageKey;
use tovholder_casework::closed::may_write;
use tovholder_casework::id::*;
use tovholder_store::closed::{self, Opened as Note};
use tovholder_store::db::Conn;

use super::Form;
use crate::kit::form::Errors;
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, Said, page, page_with_errors, refused, see_other};
use crate::kit::sent::{Fields, Sent};
use crate::kit::shell::Shell;
use crate::kit::visit::{Opened, Visit};

#[derive(Template)]
#[template(path = "access/closed_note.html")]
struct Page {
    t: Lang,
    shell: Shell,
    form: Form,
    home: String,
    name: String,
    unit: String,
    /// Whether it may be written now.
    writes: bool,
    /// When it was last written and by whom; empty when it was never.
    last: String,
    /// What stands there now, when somebody else wrote meanwhile, or when it can only be read.
    now: String,
    rev: u32,
}

fn last(t: Lang, note: &Note) -> String {
    t.acc_closed_last(t.instant(note.note.at), note.note.author.as_str())
}

/// The plan, and the note of the user's own unit if there is one. Those who may not write one have no such page.
async fn open(visit: &Visit, conn: &mut Conn, plan: PlanId) -> Result<(Opened, UnitId, Option<Note>), Failure> {
    visit.employee()?;
    let unit = visit.user.unit.ok_or(Failure::NotFound)?;
    let case = visit.open_for(conn, plan, PageKey::ClosedNote, Action::Write).await?;
    if !may_write(case.relation, Some(unit), unit) {
        return Err(Failure::NotFound);
    }
    let notes = closed::notes(conn, plan, case.relation, Some(unit)).await?;
    let own = notes.into_iter().find(|note| note.note.unit == unit);
    Ok((case, unit, own))
}

fn view(visit: &Visit, case: &Opened, own: Option<&Note>, form: Form, shell: Shell, now: String) -> Page {
    let t = visit.t;
    Page {
        t,
        shell,
        home: crate::plan::home(case.plan.head.id),
        name: case.citizen.name.clone(),
        unit: visit.user.actor.unit.clone(),
        writes: case.plan.is_open(),
        last: own.map_or_else(String::new, |note| last(t, note)),
        now,
        rev: own.map_or(0, |note| note.note.rev),
        form,
    }
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] for those who may not write the plan.
pub async fn get(visit: Visit, Path(plan): Path<PlanId>) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let (case, _, own) = open(&visit, &mut conn, plan).await?;
    let mut shell = visit.shell(visit.t.acc_closed_title());
    let stands = own.as_ref().map_or("", |note| note.text.as_str()).to_owned();
    let fields = visit
        .fields(&mut conn, &mut shell, None, Fields::empty().with("text", &stands))
        .await?;
    let now = if case.plan.is_open() { String::new() } else { stands };
    let form = Form::new(&visit, fields, Errors::none());
    page(&view(&visit, &case, own.as_ref(), form, shell, now))
}

/// Writes the note.
///
/// # Errors
/// As [`get`].
pub async fn post(visit: Visit, Path(plan): Path<PlanId>, sent: Sent) -> Result<Response, Failure> {
    let (_, unit, _) = open(&visit, &mut visit.read().await?, plan).await?;
    let to = crate::plan::home(plan);
    let sender = visit.sender(&sent, &to).await?;
    let seen = sent.value::<u32>("_rev").unwrap_or(0);
    let written = closed::write(&visit.app.db, plan, Some(unit), seen, sent.text("text"), &sender).await;
    match Visit::refusal_apart(written)? {
        Ok(None) => Ok(see_other(&to, Said::Saved, None)),
        Ok(Some(to)) => Ok(Redirect::to(&to).into_response()),
        Err(why) => {
            let mut errors = Errors::none();
            refused(visit.t, &why, &[], &mut errors);
            let (case, _, own) = open(&visit, &mut visit.read().await?, plan).await?;
            // Somebody wrote meanwhile: theirs beside one's own, so that saving again is a choice.
            let meanwhile = own.as_ref().filter(|note| note.note.rev != seen);
            let now = meanwhile.map_or_else(String::new, |note| note.text.clone());
            let shell = visit.shell(visit.t.acc_closed_title()).failed();
            let form = Form::new(&visit, (*sent).clone(), errors);
            page_with_errors(&view(&visit, &case, own.as_ref(), form, shell, now))
        }
    }
}

struct OwnNote {
    unit: String,
    last: String,
    text: String,
}

#[derive(Template)]
#[template(path = "access/closed_notes.html")]
struct OwnPage {
    t: Lang,
    shell: Shell,
    notes: Vec<OwnNote>,
}

/// The citizen's own page: the notes of all units.
///
/// # Errors
/// The user is no citizen, or the database is away.
pub async fn own(visit: Visit) -> Result<Response, Failure> {
    let t = visit.t;
    let mut conn = visit.read().await?;
    let Some(case) = visit.open_own(&mut conn, PageKey::ClosedNote).await? else {
        return Err(Failure::NotFound);
    };
    let notes = closed::notes(&mut conn, case.plan.head.id, case.relation, None).await?;
    page(&OwnPage {
        t,
        shell: crate::citizen::shell(&visit, &case, t.acc_closed_own_title()),
        notes: notes
            .into_iter()
            .map(|note| OwnNote {
                last: last(t, &note),
                unit: note.note.unit_name,
                text: note.text,
            })
            .collect(),
    })
}
