//! `/research`: which projects have had pseudonymised data for research, and when the recipients must have deleted it. `/research/{export}`: one export, and the
//! note that it is deleted.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use tovholder_casework::access::Right;
use tovholder_casework::act::PageKey;
use tovholder_casework::id::*;
use tovholder_casework::research::Grain;
use tovholder_store::research::{self, Registered};
use uuid::Uuid;

use super::RESEARCH;
use crate::kit::form::Errors;
use crate::kit::format::wall_clock;
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, Said, form_page, page, refused, see_other};
use crate::kit::sent::{Fields, Sent};
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;

/// One export, in words.
struct One {
    href: String,
    project: String,
    reference: String,
    recipient: String,
    purpose: String,
    law: String,
    permission: String,
    period: String,
    persons: String,
    alike: String,
    out: String,
    made: String,
    deadline: String,
    late: bool,
    sum: String,
    /// That it is deleted; empty while nobody has said so.
    deleted: String,
    remark: String,
}

/// A sum in groups of eight, so that it fits a telephone and can be read aloud.
fn in_groups(sum: &str) -> String {
    let digits: Vec<char> = sum.chars().collect();
    let groups: Vec<String> = digits.chunks(8).map(|group| group.iter().collect()).collect();
    groups.join(" ")
}

fn one(visit: &Visit, it: Registered) -> One {
    let t = visit.t;
    One {
        href: format!("{RESEARCH}/{}", it.id),
        late: it.is_overdue(visit.today()),
        permission: if it.request.permission.is_empty() {
            t.rights_research_no_permission().to_owned()
        } else {
            it.request.permission
        },
        period: t.rights_period(t.date(it.scope.from), t.date(it.scope.until)),
        persons: t.rights_research_persons(it.persons),
        alike: match it.scope.grain {
            Grain::Month => t.rights_research_alike_month(it.scope.k),
            Grain::Quarter => t.rights_research_alike_quarter(it.scope.k),
            Grain::Year => t.rights_research_alike_year(it.scope.k),
        },
        out: t.rights_research_out_of(t.integer(it.left_out), t.integer(it.withheld)),
        made: t.rights_research_made(t.instant(it.made), it.employee.as_str()),
        deadline: t.rights_research_deadline(t.date(it.request.delete_by)),
        deleted: it.deletion.as_ref().map_or_else(String::new, |deletion| {
            t.rights_research_deleted(t.date(deletion.day), t.instant(deletion.at), deletion.by.as_str())
        }),
        remark: it.deletion.map_or_else(String::new, |deletion| deletion.remark),
        project: it.request.project,
        reference: it.request.reference,
        recipient: it.request.recipient,
        purpose: it.request.purpose,
        law: it.request.basis,
        sum: in_groups(&it.sha256),
    }
}

#[derive(Template)]
#[template(path = "rights/research.html")]
struct List {
    t: Lang,
    shell: Shell,
    back: (&'static str, &'static str),
    kept: Vec<One>,
    deleted: Vec<One>,
}

/// The register.
///
/// # Errors
/// [`Failure::NotFound`] for everybody but the head of department and the administrator.
pub async fn list(visit: Visit) -> Result<Response, Failure> {
    visit.must(Right::Research)?;
    visit.look(None, PageKey::Research).await?;
    let t = visit.t;
    let all = research::register(&mut visit.read().await?).await?;
    let all = all.into_iter().map(|it| one(&visit, it));
    let (kept, deleted) = all.partition(|one| one.deleted.is_empty());
    page(&List {
        t,
        shell: visit.shell(t.rights_research_title()),
        back: if visit.has(Right::SetUp) {
            ("/setup", t.nav_setup())
        } else {
            ("/team", t.nav_team())
        },
        kept,
        deleted,
    })
}

#[derive(Template)]
#[template(path = "rights/research_one.html")]
struct Page {
    t: Lang,
    shell: Shell,
    errors: Errors,
    act: String,
    draft: String,
    one: One,
    day: String,
    remark: String,
}

async fn draw(visit: &Visit, id: ExportId, sent: Option<&Fields>, errors: Errors) -> Result<Response, Failure> {
    visit.must(Right::Research)?;
    let mut conn = visit.read().await?;
    let found = research::find(&mut conn, id).await?.ok_or(Failure::NotFound)?;
    visit.look(None, PageKey::Research).await?;
    let mut shell = visit.shell(found.request.project.as_str());
    let fields = visit.fields(&mut conn, &mut shell, sent, Fields::empty()).await?;
    let template = Page {
        t: visit.t,
        shell,
        act: Uuid::now_v7().to_string(),
        draft: format!("/draft{}", visit.page_path()),
        one: one(visit, found),
        day: fields.text("day").to_owned(),
        remark: fields.text("remark").to_owned(),
        errors,
    };
    form_page(&template, &template.errors)
}

/// One export.
///
/// # Errors
/// As [`list`].
pub async fn get(visit: Visit, Path(id): Path<ExportId>) -> Result<Response, Failure> {
    draw(&visit, id, None, Errors::none()).await
}

/// Notes that the recipient has deleted it.
///
/// # Errors
/// As [`get`].
pub async fn post(visit: Visit, Path(id): Path<ExportId>, sent: Sent) -> Result<Response, Failure> {
    visit.must(Right::Research)?;
    let mut errors = Errors::none();
    let day = sent.required_date("day", visit.t, &mut errors);
    if sent.is_blank("remark") {
        errors.push("remark", visit.t.error_required());
    }
    if let Some(day) = day.filter(|_| errors.is_empty()) {
        let sender = visit.sender(&sent, RESEARCH).await?;
        let made_on = |at| wall_clock(at).date();
        let noted = research::note_deletion(&visit.app.db, id, day, sent.text("remark"), made_on, &sender).await;
        match Visit::refusal_apart(noted)? {
            Ok(None) => return Ok(see_other(RESEARCH, Said::Saved, None)),
            Ok(Some(to)) => return Ok(Redirect::to(&to).into_response()),
            Err(why) => refused(visit.t, &why, &[], &mut errors),
        }
    }
    draw(&visit, id, Some(&sent), errors).await
}
