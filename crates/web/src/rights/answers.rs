//! `/corrections` and `/corrections/{correction}`: what citizens say is wrong, for those who answer: the coordinator, and the unit's leader.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::ToSpan as _;
use tovholder_casework::act::PageKey;
use tovholder_casework::correction::Outcome;
use tovholder_casework::id::*;
use tovholder_store::corrections::{self, Case};
use uuid::Uuid;

use super::ANSWERS;
use super::words::{about, outcome, wish};
use crate::kit::form::{Choice, Errors};
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, Said, form_page, page, refused, see_other};
use crate::kit::sent::{Fields, Sent};
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;
use crate::kit::words::choices;

/// Days that what was answered stays on the list.
const DAYS: i64 = 90;

/// One of them, as those who answer read it.
struct One {
    href: String,
    citizen: String,
    plan: String,
    heading: String,
    when: String,
    words: String,
    due: String,
    late: bool,
    soon: bool,
    /// What came of it; empty while it waits.
    outcome: &'static str,
    answer: String,
    answered: String,
}

fn one(visit: &Visit, case: Case) -> One {
    let (t, it, today) = (visit.t, case.correction, visit.today());
    let soon = today.saturating_add(jiff::Span::new().days(i64::from(visit.rules().rights().soon_days)));
    One {
        href: format!("{ANSWERS}/{}", it.id),
        citizen: case.citizen,
        plan: case.plan.map_or_else(String::new, crate::plan::home),
        heading: t.rights_about_heading(about(t, it.about), wish(t, it.wish)),
        when: t.rights_said_on(t.instant(it.asked)),
        late: it.is_overdue(today),
        soon: it.outcome.is_none() && it.due <= soon,
        due: t.rights_answer_by(t.date(it.due)),
        outcome: it.outcome.map_or("", |came| outcome(t, came)),
        answered: it.answered.map_or_else(String::new, |at| {
            t.rights_answered_by(t.instant(at), it.answered_by.as_str())
        }),
        words: it.words,
        answer: it.answer,
    }
}

#[derive(Template)]
#[template(path = "rights/answers.html")]
struct List {
    t: Lang,
    shell: Shell,
    waits: Vec<One>,
    done: Vec<One>,
}

/// Those the user answers.
///
/// # Errors
/// The user is no employee, or the database is away.
pub async fn list(visit: Visit) -> Result<Response, Failure> {
    let me = visit.employee()?;
    visit.look(None, PageKey::Corrections).await?;
    let mut conn = visit.read().await?;
    let standing = visit.standing(&mut conn).await?;
    let since = visit.at.saturating_sub((24 * DAYS).hours()).unwrap_or(visit.at);
    let found = corrections::of_employee(&mut conn, me, &standing, visit.today(), since).await?;
    let all = found.into_iter().map(|case| one(&visit, case));
    let (waits, done) = all.partition(|one| one.outcome.is_empty());
    page(&List {
        t: visit.t,
        shell: visit.shell(visit.t.rights_answers_title()),
        waits,
        done,
    })
}

#[derive(Template)]
#[template(path = "rights/answer.html")]
struct Page {
    t: Lang,
    shell: Shell,
    errors: Errors,
    act: String,
    draft: String,
    one: One,
    outcomes: Vec<Choice>,
    answer: String,
}

async fn draw(visit: &Visit, id: CorrectionId, sent: Option<&Fields>, errors: Errors) -> Result<Response, Failure> {
    let t = visit.t;
    visit.employee()?;
    let sender = visit.sender(&Fields::empty(), ANSWERS).await?;
    let mut conn = visit.read().await?;
    let case = corrections::find(&mut conn, id, &sender)
        .await?
        .ok_or(Failure::NotFound)?;
    visit.look(Some(case.correction.citizen), PageKey::Corrections).await?;
    let mut shell = visit.shell(t.rights_answer_title(case.citizen.as_str()));
    let fields = visit.fields(&mut conn, &mut shell, sent, Fields::empty()).await?;
    let template = Page {
        t,
        shell,
        act: Uuid::now_v7().to_string(),
        draft: format!("/draft{}", visit.page_path()),
        one: one(visit, case),
        outcomes: choices(t, Outcome::ALL, outcome, fields.text("outcome")),
        answer: fields.text("answer").to_owned(),
        errors,
    };
    form_page(&template, &template.errors)
}

/// One of them.
///
/// # Errors
/// [`Failure::NotFound`] for those who do not answer it.
pub async fn get(visit: Visit, Path(id): Path<CorrectionId>) -> Result<Response, Failure> {
    draw(&visit, id, None, Errors::none()).await
}

/// Answers it.
///
/// # Errors
/// As [`get`].
pub async fn post(visit: Visit, Path(id): Path<CorrectionId>, sent: Sent) -> Result<Response, Failure> {
    visit.employee()?;
    let t = visit.t;
    let mut errors = Errors::none();
    if let Some(came) = sent.choice::<Outcome>("outcome", t, &mut errors) {
        let sender = visit.sender(&sent, ANSWERS).await?;
        let answered = corrections::answer(&visit.app.db, id, came, sent.text("answer"), &sender).await;
        match Visit::refusal_apart(answered)? {
            Ok(None) => return Ok(see_other(ANSWERS, Said::Saved, None)),
            Ok(Some(to)) => return Ok(Redirect::to(&to).into_response()),
            Err(why) => refused(t, &why, &[], &mut errors),
        }
    }
    draw(&visit, id, Some(&sent), errors).await
}
