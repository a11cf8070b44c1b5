//! `/figures/report/{month}/edit`: the leader chooses figures and writes.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use tovholder_casework::cpr;
use tovholder_spells::Month;
use tovholder_store::reports::{self, Added, NewVersion};
use uuid::Uuid;

use super::show::{Which, address, find};
use super::{Body, Choice, may_write};
use crate::figures::*;
use crate::kit::form::Errors;
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, Said, page, page_with_errors, see_other};
use crate::kit::sent::{Fields, Sent};
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;

/// Letters in a title at most.
const TITLE: usize = 120;
/// Letters in the introduction at most.
const INTRODUCTION: usize = 6_000;
/// Letters in a comment at most.
const COMMENT: usize = 2_000;

/// A figure that may be in the report.
struct Row {
    show: String,
    shown: bool,
    comment: String,
    label: String,
    hint: String,
    text: String,
}

/// What somebody else saved meanwhile.
struct Theirs {
    about: String,
    title: String,
    introduction: String,
    comments: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "figures/report_edit.html")]
struct Page {
    t: Lang,
    shell: Shell,
    errors: Errors,
    act: String,
    rev: u32,
    action: String,
    back: String,
    month: String,
    published: bool,
    title: String,
    introduction: String,
    goals: Vec<Row>,
    more: Vec<Row>,
    theirs: Option<Theirs>,
}

fn show(code: &str) -> String {
    format!("show-{code}")
}

fn comment(code: &str) -> String {
    format!("comment-{code}")
}

/// The form's fields as the version has them.
fn fields(body: &Body, number: u32) -> Fields {
    let mut fields = Fields::empty()
        .with("title", &body.title)
        .with("introduction", &body.introduction)
        .with("_rev", number);
    for choice in &body.choices {
        if choice.shown {
            fields = fields.with(&show(&choice.measure), "on");
        }
        fields = fields.with(&comment(&choice.measure), &choice.comment);
    }
    fields
}

async fn view(
    visit: &Visit,
    month: &str,
    sent: Option<&Fields>,
    errors: Errors,
    conflict: bool,
) -> Result<Page, Failure> {
    if !may_write(visit) {
        return Err(Failure::NotFound);
    }
    let t = visit.t;
    let (shown, _) = find(visit, month, &Which::default()).await?;
    let app = visit.app.clone();
    let strategy = app.figures().strategy();
    let to = address(shown.month);
    let mut shell = visit.shell(t.rep_edit_title());
    let fresh = fields(&shown.body, shown.number());
    let fields = visit.fields(&mut visit.read().await?, &mut shell, sent, fresh).await?;
    let all = super::live(visit, &cache::figures(visit).await?, shown.month).await?;
    let row = |measure: &Measure| {
        let told = all.iter().find(|f| f.measure == measure.code).map(|f| f.told(t));
        Row {
            show: show(&measure.code),
            shown: fields.has(&show(&measure.code)),
            comment: comment(&measure.code),
            label: words(t, measure).goal.clone(),
            hint: told.map_or_else(String::new, |told| {
                t.rep_now(told.about.as_str(), told.name.as_str(), told.value.as_str())
            }),
            text: fields.text(&comment(&measure.code)).to_owned(),
        }
    };
    let theirs = conflict.then(|| Theirs {
        about: shown.version.as_ref().map_or_else(String::new, |v| v.by.clone()),
        title: shown.body.title.clone(),
        introduction: shown.body.introduction.clone(),
        comments: shown
            .body
            .choices
            .iter()
            .filter(|c| !c.comment.is_empty())
            .filter_map(|c| {
                Some((
                    words(t, strategy.measure(&c.measure)?.1).goal.clone(),
                    c.comment.clone(),
                ))
            })
            .collect(),
    });
    let rows = |goals: bool| {
        strategy
            .measures
            .iter()
            .filter(|m| m.goal.is_some() == goals)
            .map(row)
            .collect()
    };
    Ok(Page {
        t,
        shell,
        act: Uuid::now_v7().to_string(),
        // Having seen the other's version, saving again is a choice.
        rev: if conflict { shown.number() } else { fields.rev() },
        action: format!("{to}/edit"),
        back: to,
        month: month_name(t, shown.month),
        published: shown.body.frozen.is_some(),
        title: fields.text("title").to_owned(),
        introduction: fields.text("introduction").to_owned(),
        goals: rows(true),
        more: rows(false),
        errors,
        theirs,
    })
}

/// The form.
///
/// # Errors
/// [`Failure::NotFound`] for those who do not write reports; the database is away.
pub async fn get(visit: Visit, Path(month): Path<String>) -> Result<Response, Failure> {
    page(&view(&visit, &month, None, Errors::none(), false).await?)
}

/// A text as it is kept: lines ended alike, nothing but blanks is nothing.
fn text(sent: &Fields, name: &str, most: usize, t: Lang, errors: &mut Errors) -> String {
    let text = sent.text(name).replace("\r\n", "\n").trim().to_owned();
    if text.chars().count() > most {
        errors.push(name, t.refused_too_long(t.integer(most as i64)));
    }
    if cpr::stands_in(&text) {
        errors.push(name, t.rep_cpr());
    }
    text
}

/// Saves a new version.
///
/// # Errors
/// As [`get`].
pub async fn post(visit: Visit, Path(month): Path<String>, sent: Sent) -> Result<Response, Failure> {
    let me = visit.employee()?;
    if !may_write(&visit) {
        return Err(Failure::NotFound);
    }
    let t = visit.t;
    let number: Month = month.parse().map_err(|_| Failure::NotFound)?;
    let app = visit.app.clone();
    let mut errors = Errors::none();
    let title = text(&sent, "title", TITLE, t, &mut errors);
    if title.is_empty() {
        errors.push("title", t.rep_title_missing());
    }
    let introduction = text(&sent, "introduction", INTRODUCTION, t, &mut errors);
    let mut choices = Vec::new();
    for measure in &app.figures().strategy().measures {
        let shown = sent.has(&show(&measure.code));
        let comment = text(&sent, &comment(&measure.code), COMMENT, t, &mut errors);
        if shown || !comment.is_empty() {
            choices.push(Choice {
                measure: measure.code.clone(),
                shown,
                comment,
            });
        }
    }
    if !choices.iter().any(|c| c.shown) {
        errors.push(
            app.figures()
                .strategy()
                .measures
                .first()
                .map_or_else(String::new, |m| show(&m.code)),
            t.rep_none_chosen(),
        );
    }
    if !errors.is_empty() {
        return page_with_errors(&view(&visit, &month, Some(&sent), errors, false).await?);
    }
    // A month nothing is known of has no report.
    find(&visit, &month, &Which::default()).await?;
    let body = Body {
        title,
        introduction,
        choices,
        frozen: None,
    };
    let kept = serde_json::to_string(&body).map_err(|error| Failure::Page(askama::Error::Custom(Box::new(error))))?;
    let added = reports::add(
        &app.db,
        sent.submission(),
        (me, visit.user.actor.name.as_str()),
        visit.at,
        &NewVersion {
            month: number,
            after: sent.rev(),
            closed: false,
            body: &kept,
            draft: visit.page_path(),
        },
    )
    .await?;
    match added {
        Added::Yes => Ok(see_other(&address(number), Said::Saved, None)),
        Added::Conflict => {
            errors.push("", t.rep_conflict());
            page_with_errors(&view(&visit, &month, Some(&sent), errors, true).await?)
        }
    }
}
