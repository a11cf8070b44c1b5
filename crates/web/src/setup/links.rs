//! `/setup/links`: a link that lets somebody in once, until people log in with the municipality's own users or MitID.
//!
//! Names are sent in the form and never stand in an address. That a link was made stands in the log: the citizen's own, where the citizen
//! sees it, or the administrator's for an employee.

use askama::Template;
use axum::http::{HeaderMap, header};
use axum::response::Response;
use jiff::SignedDuration;
use tovholder_casework::act::{PageKey, UserKind};
use tovholder_casework::id::*;
use tovholder_store::{links, sessions};
use uuid::Uuid;

use super::careful_administrator;
use crate::entry::ways::random_text;
use crate::kit::form::{Choice, Errors};
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, page, page_with_errors};
use crate::kit::sent::{Fields, Sent};
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;

/// Hours a link works.
const HOURS: i64 = 24;
/// People shown to choose from.
const SHOWN: u32 = 20;

struct Person {
    value: String,
    name: String,
    about: String,
    make: String,
}

struct Made {
    heading: String,
    link: String,
    once: String,
}

#[derive(Template)]
#[template(path = "setup/links.html")]
struct Page {
    t: Lang,
    shell: Shell,
    errors: Errors,
    who: Vec<Choice>,
    typed: String,
    found: Vec<Person>,
    none: bool,
    more: bool,
    made: Option<Made>,
}

fn build(visit: &Visit, sent: &Fields, errors: Errors) -> Page {
    let t = visit.t;
    let citizen = sent.text("who") == "citizen";
    Page {
        t,
        shell: visit.shell(t.setup_links_title()),
        errors,
        who: vec![
            Choice::new("employee", t.setup_links_employee(), !citizen),
            Choice::new("citizen", t.setup_links_citizen(), citizen),
        ],
        typed: sent.text("name").to_owned(),
        found: vec![],
        none: false,
        more: false,
        made: None,
    }
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] for anybody but the administrator; [`Failure::ProveAgain`].
pub async fn get(visit: Visit) -> Result<Response, Failure> {
    careful_administrator(&visit)?;
    page(&build(&visit, &Fields::empty(), Errors::none()))
}

/// Finds people, or makes the link for the one chosen and shows it, this once.
///
/// # Errors
/// [`Failure::NotFound`] for anybody but the administrator, and for somebody who is not there.
pub async fn post(visit: Visit, headers: HeaderMap, sent: Sent) -> Result<Response, Failure> {
    careful_administrator(&visit)?;
    let t = visit.t;
    let kind = if sent.text("who") == "citizen" {
        UserKind::Citizen
    } else {
        UserKind::Employee
    };
    let mut built = build(&visit, &sent, Errors::none());
    if sent.has("person") {
        let id: Uuid = sent.value("person").ok_or(Failure::NotFound)?;
        let person = links::by_id(&mut visit.read().await?, kind, id)
            .await?
            .ok_or(Failure::NotFound)?;
        let token = random_text()?;
        let until = visit
            .at
            .saturating_add(SignedDuration::from_hours(HOURS))
            .unwrap_or(visit.at);
        // First the log, then the link: one that nobody can see was made is not made.
        visit
            .look((kind == UserKind::Citizen).then_some(CitizenId(id)), PageKey::LogInLink)
            .await?;
        sessions::make_link(&visit.app.db, kind, id, &token, until).await?;
        built.made = Some(Made {
            heading: t.setup_links_made(person.name.as_str()),
            link: format!("{}/log-in?link={token}", address(&visit, &headers)),
            once: t.setup_links_once(t.instant(until)),
        });
        return page(&built);
    }
    if sent.is_blank("name") {
        built.errors.push("name", t.error_required());
        built.shell.failed = true;
        return page_with_errors(&built);
    }
    let mut found = links::find(&mut visit.read().await?, kind, sent.text("name"), SHOWN + 1).await?;
    built.more = found.len() > SHOWN as usize;
    found.truncate(SHOWN as usize);
    built.none = found.is_empty();
    built.found = found
        .into_iter()
        .map(|person| {
            let born = person.born.map(|day| t.setup_links_born(t.date(day)));
            let about: Vec<String> = [born.unwrap_or(person.title), person.unit]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect();
            Person {
                value: person.id.to_string(),
                make: t.setup_links_make(person.name.as_str()),
                name: person.name,
                about: about.join(" · "),
            }
        })
        .collect();
    page(&built)
}

/// How the administrator came here is how the other one will.
fn address(visit: &Visit, headers: &HeaderMap) -> String {
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .unwrap_or("localhost");
    let scheme = if visit.app.secure_cookies { "https" } else { "http" };
    format!("{scheme}://{host}")
}
