//! `/my-plan/corrections`: the citizen says that something is wrong, or that they do not want something, and reads the answers.

use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use tovholder_casework::act::PageKey;
use tovholder_casework::correction::{About, Correction, Outcome, Wish};
use tovholder_store::corrections;
use uuid::Uuid;

use super::CORRECTIONS;
use super::words::{about, outcome, wish};
use crate::kit::form::{Choice, Errors};
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, Said, form_page, refused, see_other};
use crate::kit::sent::{Fields, Sent};
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;
use crate::kit::words::choices;

/// What the citizen said before.
struct Said1 {
    heading: String,
    when: String,
    words: String,
    /// What came of it; empty while it waits.
    outcome: &'static str,
    kind: &'static str,
    waits: String,
    late: bool,
    answer: String,
    answered: String,
    /// Some of it, or all, was refused: where to complain.
    complain: bool,
}

#[derive(Template)]
#[template(path = "rights/corrections.html")]
struct Page {
    t: Lang,
    shell: Shell,
    errors: Errors,
    act: String,
    wishes: Vec<Choice>,
    abouts: Vec<Choice>,
    words: String,
    lead: String,
    all: Vec<Said1>,
}

fn said(visit: &Visit, one: Correction) -> Said1 {
    let t = visit.t;
    let late = one.is_overdue(visit.today());
    Said1 {
        heading: t.rights_about_heading(about(t, one.about), wish(t, one.wish)),
        when: t.rights_said_on(t.instant(one.asked)),
        outcome: one.outcome.map_or("", |came| outcome(t, came)),
        kind: match one.outcome {
            Some(Outcome::Done) => "good",
            Some(Outcome::Partly) => "info",
            Some(Outcome::Refused) => "plain",
            None => "",
        },
        waits: if late {
            t.rights_waits_late(t.date(one.due))
        } else {
            t.rights_waits_until(t.date(one.due))
        },
        late,
        answered: one.answered.map_or_else(String::new, |at| {
            t.rights_answered_by(t.instant(at), one.answered_by.as_str())
        }),
        complain: one.outcome.is_some_and(|came| came != Outcome::Done),
        words: one.words,
        answer: one.answer,
    }
}

async fn draw(visit: &Visit, sent: Option<&Fields>, errors: Errors) -> Result<Response, Failure> {
    let t = visit.t;
    let citizen = visit.citizen()?;
    visit.look(Some(citizen), PageKey::Corrections).await?;
    let mut conn = visit.read().await?;
    let mut shell = crate::citizen::placed(visit.shell(t.rights_corrections_title()));
    let fields = visit.fields(&mut conn, &mut shell, sent, Fields::empty()).await?;
    let all = corrections::of_citizen(&mut conn, citizen).await?;
    let template = Page {
        t,
        shell,
        act: Uuid::now_v7().to_string(),
        wishes: choices(t, Wish::ALL, wish, fields.text("wish")),
        abouts: choices(t, About::ALL, about, fields.text("about")),
        words: fields.text("words").to_owned(),
        lead: t.rights_corrections_lead(visit.rules().rights().answer_months),
        all: all.into_iter().map(|one| said(visit, one)).collect(),
        errors,
    };
    form_page(&template, &template.errors)
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] for an employee; the database is away.
pub async fn get(visit: Visit) -> Result<Response, Failure> {
    draw(&visit, None, Errors::none()).await
}

/// The citizen says it.
///
/// # Errors
/// As [`get`].
pub async fn post(visit: Visit, sent: Sent) -> Result<Response, Failure> {
    visit.citizen()?;
    let t = visit.t;
    let mut errors = Errors::none();
    let wanted = sent.choice::<Wish>("wish", t, &mut errors);
    let part = sent.choice::<About>("about", t, &mut errors);
    if let (Some(wanted), Some(part)) = (wanted, part) {
        let sender = visit.sender(&sent, CORRECTIONS).await?;
        let months = visit.rules().rights().answer_months;
        let asked = corrections::ask(&visit.app.db, (wanted, part), sent.text("words"), months, &sender).await;
        match Visit::refusal_apart(asked)? {
            Ok(None) => return Ok(see_other(CORRECTIONS, Said::Saved, None)),
            Ok(Some(to)) => return Ok(Redirect::to(&to).into_response()),
            Err(why) => refused(t, &why, &[], &mut errors),
        }
    } else if sent.is_blank("words") {
        errors.push("words", t.error_required());
    }
    draw(&visit, Some(&sent), errors).await
}
