//! `/my-plan/progress`: six preconditions for work, as I see them and as my adviser sees them, over time. A difference is something to talk
//! about; there is no sum and no mark.

use std::collections::BTreeMap;

use askama::Template;
use axum::response::Response;
use jiff::civil::Date;
use tovholder_casework::act::PageKey;
use tovholder_casework::decide::Intent;
use tovholder_casework::plan::*;

use super::{carry_out, new_act, own_plan, refusal, shell, start};
use crate::kit::charts::{SideBySide, Views};
use crate::kit::form::{Choice, Errors};
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, Said, form_page, page};
use crate::kit::sent::{Fields, Sent};
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;
use crate::kit::words;

/// One precondition over time.
struct Line {
    about: &'static str,
    chart: SideBySide,
    /// What the latest answers mean; empty when there is none.
    mine: &'static str,
    theirs: &'static str,
    notes: Vec<Note>,
}
struct Note {
    who: String,
    text: String,
    when: String,
}

#[derive(Template)]
#[template(path = "citizen/progress.html")]
struct Page {
    t: Lang,
    shell: Shell,
    open: bool,
    lines: Vec<Line>,
}

/// Whether a plan asks about the preconditions for work.
pub(super) const fn asks(task: CoreTask) -> bool {
    matches!(task, CoreTask::Work | CoreTask::Youth)
}

fn line(t: Lang, plan: &Plan, about: Precondition, today: Date) -> Option<Line> {
    let given: Vec<&Rating> = plan
        .ratings
        .iter()
        .filter(|r| r.precondition == about && !r.withdrawn)
        .collect();
    if given.is_empty() {
        return None;
    }
    let mut days: BTreeMap<Date, Views> = BTreeMap::new();
    for rating in &given {
        let day = days.entry(rating.on).or_insert(Views {
            date: rating.on,
            citizen: None,
            employee: None,
        });
        match rating.rater {
            Rater::Citizen => day.citizen = Some(rating.value),
            Rater::Employee => day.employee = Some(rating.value),
        }
    }
    let latest = |rater: Rater| given.iter().rev().find(|r| r.rater == rater).copied();
    let (mine, theirs) = (latest(Rater::Citizen), latest(Rater::Employee));
    let reading = match (mine.map(|r| r.value), theirs.map(|r| r.value)) {
        (Some(a), Some(b)) if a == b => t.my_progress_same(),
        (Some(a), Some(b)) if a.abs_diff(b) == 1 => t.my_progress_near(),
        (Some(a), Some(b)) if a > b => t.my_progress_mine_higher(),
        (Some(_), Some(_)) => t.my_progress_mine_lower(),
        (Some(_), None) => t.my_progress_only_me(),
        (None, _) => t.my_progress_only_them(),
    };
    let anchors = words::precondition_anchors(t, about);
    let anchor = |r: Option<&Rating>| r.map_or("", |r| anchors[usize::from(r.value.clamp(1, 5)) - 1]);
    let notes = [mine, theirs]
        .into_iter()
        .flatten()
        .filter(|r| !r.note.is_empty())
        .map(|r| Note {
            who: if r.rater == Rater::Citizen {
                t.my_progress_you().to_owned()
            } else {
                t.my_progress_adviser().to_owned()
            },
            text: r.note.clone(),
            when: t.relative_day(r.on, today),
        });
    Some(Line {
        about: words::precondition_about(t, about),
        mine: anchor(mine),
        theirs: anchor(theirs),
        notes: notes.collect(),
        chart: SideBySide::new(
            words::precondition(t, about),
            reading,
            t.my_progress_you(),
            t.my_progress_adviser(),
            days.into_values().collect(),
        ),
    })
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] for a plan that does not ask about preconditions for work.
pub async fn get(visit: Visit) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let Some(case) = visit.open_own(&mut conn, PageKey::Progress).await? else {
        return Ok(start());
    };
    let (t, plan) = (visit.t, &case.plan);
    if !asks(plan.head.core_task) {
        return Err(Failure::NotFound);
    }
    page(&Page {
        t,
        shell: shell(&visit, &case, t.my_progress_title()),
        open: plan.is_open(),
        lines: Precondition::ALL
            .iter()
            .filter_map(|p| line(t, plan, *p, visit.today()))
            .collect(),
    })
}

/// One question of the form.
struct Question {
    name: &'static str,
    note_name: String,
    heading: &'static str,
    about: &'static str,
    choices: Vec<Choice>,
    note: String,
}

#[derive(Template)]
#[template(path = "citizen/progress_form.html")]
struct Form {
    t: Lang,
    shell: Shell,
    errors: Errors,
    act: String,
    questions: Vec<Question>,
}

/// The form to answer today. What was answered earlier today stands in it, to be mended.
///
/// # Errors
/// As [`get`].
pub async fn get_form(visit: Visit) -> Result<Response, Failure> {
    draw(&visit, None, Errors::none()).await
}

fn note_name(about: Precondition) -> String {
    format!("{about}-note")
}

async fn draw(visit: &Visit, sent: Option<&Fields>, errors: Errors) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let Some(case) = visit.open_own(&mut conn, PageKey::Progress).await? else {
        return Ok(start());
    };
    let (t, plan) = (visit.t, &case.plan);
    if !asks(plan.head.core_task) {
        return Err(Failure::NotFound);
    }
    if !plan.is_open() {
        return Ok(start());
    }
    let today = visit.today();
    let earlier = plan
        .ratings
        .iter()
        .filter(|r| r.on == today && r.rater == Rater::Citizen && !r.withdrawn);
    let fresh = earlier.fold(Fields::empty(), |fields, r| {
        fields
            .with(r.precondition.as_str(), r.value)
            .with(&note_name(r.precondition), &r.note)
    });
    let mut shell = shell(visit, &case, t.my_progress_form_title());
    let fields = visit.fields(&mut conn, &mut shell, sent, fresh).await?;
    let question = |about: &Precondition| {
        let chosen = fields.text(about.as_str());
        let anchors = words::precondition_anchors(t, *about).into_iter().zip(1..=5_u8);
        Question {
            name: about.as_str(),
            note_name: note_name(*about),
            heading: words::precondition(t, *about),
            about: words::precondition_about(t, *about),
            choices: anchors
                .map(|(anchor, value)| {
                    Choice::new(
                        value.to_string(),
                        t.my_progress_choice(anchor, value),
                        chosen == value.to_string(),
                    )
                })
                .collect(),
            note: fields.text(&note_name(*about)).to_owned(),
        }
    };
    let template = Form {
        t,
        shell,
        act: new_act(),
        questions: Precondition::ALL.iter().map(question).collect(),
        errors,
    };
    form_page(&template, &template.errors)
}

/// The longest note, as casework has it. Checked here too, so that the message stands beside the right one of six notes.
const NOTE: usize = 500;

/// Saves the answers.
///
/// # Errors
/// As [`get`].
pub async fn post_form(visit: Visit, sent: Sent) -> Result<Response, Failure> {
    let plan = own_plan(&visit).await?;
    let t = visit.t;
    let mut errors = Errors::none();
    let mut answers = Vec::new();
    for about in Precondition::ALL {
        let note_name = note_name(*about);
        let note = sent.text(&note_name);
        let many = note.chars().count();
        if many > NOTE {
            errors.push(note_name.as_str(), t.error_too_long(many, NOTE));
        }
        match sent.value::<u8>(about.as_str()) {
            Some(value) => answers.push((*about, value, note.to_owned())),
            None if !note.trim().is_empty() => errors.push(about.as_str(), t.my_progress_choose_with_note()),
            None => {}
        }
    }
    if answers.is_empty() && errors.is_empty() {
        errors.push(Precondition::ALL[0].as_str(), t.my_progress_choose_one());
    }
    if !errors.is_empty() {
        return draw(&visit, Some(&sent), errors).await;
    }
    let intent = Intent::Rate {
        rater: Rater::Citizen,
        answers,
    };
    match carry_out(&visit, plan, intent, &sent, "/my-plan/progress", Said::Saved).await? {
        Ok(done) => Ok(done),
        Err(why) => {
            draw(
                &visit,
                Some(&sent),
                refusal(&visit, &why, &[("value", ""), ("rater", "")]),
            )
            .await
        }
    }
}
