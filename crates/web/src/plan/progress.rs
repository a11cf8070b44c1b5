//! `/plans/{plan}/progress`: the six preconditions for work, as the citizen and the employee each see them.
//!
//! The gap between the two is something to talk about. There is no sum and no rank.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use jiff::civil::Date;
use tovholder_casework::act::{PageKey, Voice};
use tovholder_casework::decide::Intent;
use tovholder_casework::id::*;
use tovholder_casework::plan::*;

use crate::kit::charts::{SideBySide, Views};
use crate::kit::form::{Choice, Errors};
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, Said, page, page_with_errors};
use crate::kit::sent::{Fields, Sent};
use crate::kit::shell::Shell;
use crate::kit::visit::{Opened, Visit};
use crate::kit::words;
use crate::plan::{Form, again, begin, carry_out, home, look, query, to_write, writes};

#[derive(Template)]
#[template(path = "plan/progress.html")]
struct Page {
    t: Lang,
    shell: Shell,
    form: Form,
    asked: Vec<Asked>,
    /// Citizen and employee sit together and both answer.
    together: bool,
    /// The form stands open: somebody is about to answer, or nobody has answered yet.
    opens: bool,
    writes: bool,
    charts: Vec<Chart>,
}

/// One precondition in the form.
struct Asked {
    title: &'static str,
    about: &'static str,
    citizen: Side,
    employee: Side,
}
/// One side's answer to it.
struct Side {
    name: String,
    choices: Vec<Choice>,
    /// What this side answered last.
    last: String,
    note_name: String,
    note: String,
}

/// One precondition over time.
struct Chart {
    chart: SideBySide,
    notes: Vec<Note>,
}
/// What somebody said with an answer.
struct Note {
    on: String,
    who: String,
    text: String,
}

/// The latest answers to one precondition.
pub(super) struct Standing {
    pub title: &'static str,
    pub citizen: Option<u8>,
    pub employee: Option<u8>,
    /// The two differ so much that it is worth a talk.
    pub gap: bool,
}

/// From this difference on, the gap is marked as something to talk about.
const GAP: u8 = 2;

/// The latest answer of one side.
fn latest(plan: &Plan, precondition: Precondition, rater: Rater) -> Option<&Rating> {
    let given = plan
        .ratings
        .iter()
        .filter(|r| !r.withdrawn && r.precondition == precondition && r.rater == rater);
    given.max_by_key(|r| (r.on, r.id))
}

/// The latest answers, side by side; empty when nobody has answered yet.
pub(super) fn standings(t: Lang, plan: &Plan) -> Vec<Standing> {
    let value = |precondition, rater| latest(plan, precondition, rater).map(|r| r.value);
    let standing = |p: &Precondition| {
        let (citizen, employee) = (value(*p, Rater::Citizen), value(*p, Rater::Employee));
        let gap = matches!((citizen, employee), (Some(a), Some(b)) if a.abs_diff(b) >= GAP);
        Standing {
            title: words::precondition(t, *p),
            citizen,
            employee,
            gap,
        }
    };
    let all: Vec<Standing> = Precondition::ALL.iter().map(standing).collect();
    if all.iter().all(|s| s.citizen.is_none() && s.employee.is_none()) {
        vec![]
    } else {
        all
    }
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] for a plan the user has no relation to.
pub async fn get(visit: Visit, Path(plan): Path<PlanId>) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let case = look(&visit, &mut conn, plan, PageKey::Progress).await?;
    let title = visit.t.plan_progress_title();
    let fresh = match query(&visit).text("together") {
        "1" => Fields::empty().with("_voice", Voice::Together),
        _ => Fields::empty(),
    };
    let (shell, form) = if writes(&case) {
        begin(&visit, &mut conn, &case, title, fresh).await?
    } else {
        (
            visit.shell(title),
            Form::new(&visit, &case, Fields::empty(), Errors::none()),
        )
    };
    page(&view(&visit, &case, shell, form))
}

/// Keeps the answers: those that are left out stay as they were.
///
/// # Errors
/// As [`get`]; also for somebody who may not write in the plan.
pub async fn post(visit: Visit, Path(plan): Path<PlanId>, sent: Sent) -> Result<Response, Failure> {
    let mut errors = Errors::none();
    let citizen = if sent.voice() == Voice::Together {
        read(visit.t, &sent, Rater::Citizen, &mut errors)
    } else {
        vec![]
    };
    let employee = read(visit.t, &sent, Rater::Employee, &mut errors);
    if citizen.is_empty() && employee.is_empty() && errors.is_empty() {
        errors.push(
            name(Precondition::Ownership, Rater::Employee),
            visit.t.plan_progress_nothing(),
        );
    }
    if errors.is_empty() {
        let to = format!("{}/progress", home(plan));
        let intent = Intent::RateTogether { citizen, employee };
        if let Some(done) = carry_out(&visit, plan, intent, &sent, (&to, Said::Saved), &[], &mut errors).await? {
            return Ok(done);
        }
    }
    let mut conn = visit.read().await?;
    let case = to_write(&visit, &mut conn, plan, PageKey::Progress).await?;
    let (shell, form) = again(&visit, &case, visit.t.plan_progress_title(), &sent, errors);
    page_with_errors(&view(&visit, &case, shell, form))
}

/// A field's name: `ownership_citizen`.
fn name(precondition: Precondition, rater: Rater) -> String {
    format!("{precondition}_{rater}")
}
fn note_name(precondition: Precondition, rater: Rater) -> String {
    format!("{precondition}_{rater}_note")
}

fn read(t: Lang, sent: &Fields, rater: Rater, errors: &mut Errors) -> Vec<(Precondition, u8, String)> {
    let mut answers = Vec::new();
    for precondition in Precondition::ALL {
        let field = name(*precondition, rater);
        let note = note_name(*precondition, rater);
        let text = sent.text(&note).trim();
        if text.chars().count() > 500 {
            errors.push(&note, t.refused_too_long(t.integer(500)));
        }
        match sent.value::<u8>(&field) {
            Some(value @ 1..=5) => answers.push((*precondition, value, text.to_owned())),
            None if sent.is_blank(&field) && text.is_empty() => {}
            None if sent.is_blank(&field) => errors.push(&field, t.plan_progress_note_alone()),
            _ => errors.push(&field, t.error_choose_one()),
        }
    }
    answers
}

fn view(visit: &Visit, case: &Opened, shell: Shell, form: Form) -> Page {
    let t = visit.t;
    let side = |p: Precondition, rater| {
        let field = name(p, rater);
        let anchors = words::precondition_anchors(t, p);
        let choice = |(at, anchor): (usize, &&str)| {
            let value = (at + 1).to_string();
            Choice {
                chosen: form.text(&field) == value,
                label: format!("{value} · {anchor}"),
                value,
                hint: String::new(),
            }
        };
        Side {
            choices: anchors.iter().enumerate().map(choice).collect(),
            last: latest(&case.plan, p, rater)
                .map_or_else(String::new, |r| t.plan_progress_last(t.date_short(r.on), r.value)),
            note: form.text(&note_name(p, rater)).to_owned(),
            note_name: note_name(p, rater),
            name: field,
        }
    };
    let ask = |p: &Precondition| Asked {
        title: words::precondition(t, *p),
        about: words::precondition_about(t, *p),
        citizen: side(*p, Rater::Citizen),
        employee: side(*p, Rater::Employee),
    };
    let charts: Vec<Chart> = Precondition::ALL.iter().filter_map(|p| chart(t, case, *p)).collect();
    let asks = visit.path.contains('?') || shell.draft.is_some() || !form.errors.is_empty();
    Page {
        opens: asks || charts.is_empty(),
        charts,
        asked: Precondition::ALL.iter().map(ask).collect(),
        together: form.fields.voice() == Voice::Together,
        writes: writes(case),
        t,
        shell,
        form,
    }
}

/// The answers to one precondition, day by day.
fn chart(t: Lang, case: &Opened, precondition: Precondition) -> Option<Chart> {
    let given: Vec<&Rating> = case
        .plan
        .ratings
        .iter()
        .filter(|r| !r.withdrawn && r.precondition == precondition)
        .collect();
    let mut days: Vec<Date> = given.iter().map(|r| r.on).collect();
    days.sort();
    days.dedup();
    if days.is_empty() {
        return None;
    }
    let on = |day: Date, rater| given.iter().find(|r| r.on == day && r.rater == rater).map(|r| r.value);
    let points: Vec<Views> = days
        .iter()
        .map(|day| Views {
            date: *day,
            citizen: on(*day, Rater::Citizen),
            employee: on(*day, Rater::Employee),
        })
        .collect();
    let last = |side: fn(&Views) -> Option<u8>| points.iter().rev().find_map(side);
    let name = case.citizen.name.as_str();
    let reading = match (last(|v| v.citizen), last(|v| v.employee)) {
        (Some(a), Some(b)) if a == b => t.plan_progress_same(a),
        (Some(a), Some(b)) if a > b => t.plan_progress_citizen_higher(a - b),
        (Some(a), Some(b)) => t.plan_progress_employee_higher(b - a),
        (None, _) => t.plan_progress_citizen_missing().to_owned(),
        (_, None) => t.plan_progress_employee_missing().to_owned(),
    };
    let mut notes: Vec<&&Rating> = given.iter().filter(|r| !r.note.is_empty()).collect();
    notes.sort_by_key(|r| std::cmp::Reverse((r.on, r.id)));
    let who = |rater| {
        if rater == Rater::Citizen {
            name.to_owned()
        } else {
            words::rater(t, rater).to_owned()
        }
    };
    let notes = notes.into_iter().map(|r| Note {
        on: t.date_short(r.on),
        who: who(r.rater),
        text: r.note.clone(),
    });
    Some(Chart {
        notes: notes.collect(),
        chart: SideBySide::new(
            words::precondition(t, precondition),
            reading,
            name,
            words::rater(t, Rater::Employee),
            points,
        ),
    })
}
