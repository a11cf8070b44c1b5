//! `/my-plan/wishes`: the work I look for, in my own words. `/my-plan/occupation`: the same by the official list of occupations.
//!
//! Wishes belong to the citizen, not to a plan: who has no plan may write them too.

use askama::Template;
use axum::extract::Query;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use tovholder_casework::act::{PageKey, Record};
use tovholder_casework::id::*;
use tovholder_casework::person::Citizen;
use tovholder_casework::reference::{occupation, occupations};
use tovholder_store::db::Conn;
use tovholder_store::people;
use tovholder_store::plans::PerformError;

use super::{conflict, new_act, placed, refusal};
use crate::kit::form::Errors;
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, Said, form_page, page, see_other};
use crate::kit::sent::{Fields, Sent};
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;

/// The most occupations a search shows.
const MOST: usize = 20;

#[derive(Template)]
#[template(path = "citizen/wishes.html")]
struct Page {
    t: Lang,
    shell: Shell,
    errors: Errors,
    act: String,
    rev: u32,
    wishes: String,
    occupation: &'static str,
    theirs: Option<String>,
}

async fn me(visit: &Visit, conn: &mut Conn) -> Result<Citizen, Failure> {
    let id = visit.citizen()?;
    let citizen = people::find_citizen(conn, id).await?.ok_or(Failure::NotFound)?;
    visit.look(Some(id), PageKey::Wishes).await?;
    Ok(citizen)
}

/// The form.
///
/// # Errors
/// [`Failure::NotFound`] for an employee; the database is away.
pub async fn get(visit: Visit) -> Result<Response, Failure> {
    draw(&visit, None, Errors::none(), None).await
}

async fn draw(
    visit: &Visit,
    sent: Option<&Fields>,
    errors: Errors,
    theirs: Option<(String, u32)>,
) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let now = me(visit, &mut conn).await?;
    let fresh = Fields::empty().with("wishes", &now.wishes).with("_rev", now.rev);
    let mut shell = placed(visit.shell(visit.t.my_wishes_title()));
    let fields = visit.fields(&mut conn, &mut shell, sent, fresh).await?;
    let template = Page {
        t: visit.t,
        shell,
        act: new_act(),
        rev: theirs.as_ref().map_or(fields.rev(), |(_, rev)| *rev),
        wishes: fields.text("wishes").to_owned(),
        occupation: occupation(&now.occupation).map_or("", |o| o.title),
        theirs: theirs.map(|(text, _)| text),
        errors,
    };
    form_page(&template, &template.errors)
}

async fn save(
    visit: &Visit,
    sent: &Fields,
    wishes: &str,
    code: &str,
    to: &str,
) -> Result<Result<Response, PerformError>, Failure> {
    let id: CitizenId = visit.citizen()?;
    let sender = visit.sender(sent, to).await?;
    Ok(
        match people::set_wishes(&visit.app.db, id, sent.rev(), wishes, code, &sender).await {
            Ok(None) => Ok(see_other(to, Said::Saved, None)),
            Ok(Some(to)) => Ok(Redirect::to(&to).into_response()),
            Err(PerformError::NotFound) => return Err(Failure::NotFound),
            Err(PerformError::Db(error)) => return Err(Failure::Db(error)),
            Err(why) => Err(why),
        },
    )
}

/// Writes the words.
///
/// # Errors
/// As [`get`].
pub async fn post(visit: Visit, sent: Sent) -> Result<Response, Failure> {
    let now = people::find_citizen(&mut visit.read().await?, visit.citizen()?)
        .await?
        .ok_or(Failure::NotFound)?;
    match save(&visit, &sent, sent.text("wishes"), &now.occupation, "/my-plan/wishes").await? {
        Ok(done) => Ok(done),
        Err(why) => {
            let theirs = match conflict(&why) {
                Some(Record::Citizen(now)) => Some((now.wishes.clone(), now.rev)),
                _ => None,
            };
            draw(&visit, Some(&sent), refusal(&visit, &why, &[]), theirs).await
        }
    }
}

/// What is searched for.
#[derive(Deserialize)]
pub struct Search {
    #[serde(default)]
    q: String,
}
struct Found {
    code: &'static str,
    title: &'static str,
    act: String,
}

#[derive(Template)]
#[template(path = "citizen/occupation.html")]
struct Choose {
    t: Lang,
    shell: Shell,
    q: String,
    rev: u32,
    found: Vec<Found>,
    more: bool,
    chosen: &'static str,
    none_act: String,
}

/// The search.
///
/// # Errors
/// [`Failure::NotFound`] for an employee; the database is away.
pub async fn get_occupation(visit: Visit, Query(search): Query<Search>) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let now = me(&visit, &mut conn).await?;
    let t = visit.t;
    // Nobody types more than this to find an occupation, and a megabyte would be searched for in vain.
    let q: String = search.q.chars().take(100).collect();
    // Many an occupation stands alone in a group of the same name: one line is enough, and single occupations come first.
    let mut titles = std::collections::HashSet::new();
    let some = occupations()
        .find(&q)
        .into_iter()
        .filter(|o| o.level() >= 4 && titles.insert(o.title));
    let all: Vec<_> = some.take(MOST + 1).collect();
    page(&Choose {
        t,
        shell: placed(visit.shell(t.my_occupation_title())),
        q,
        rev: now.rev,
        more: all.len() > MOST,
        found: all
            .into_iter()
            .take(MOST)
            .map(|o| Found {
                code: o.code,
                title: o.title,
                act: new_act(),
            })
            .collect(),
        chosen: occupation(&now.occupation).map_or("", |o| o.title),
        none_act: new_act(),
    })
}

/// Chooses an occupation; an empty one takes the choice back.
///
/// # Errors
/// [`Failure::NotFound`] for a code the list does not have.
pub async fn post_occupation(visit: Visit, sent: Sent) -> Result<Response, Failure> {
    let now = people::find_citizen(&mut visit.read().await?, visit.citizen()?)
        .await?
        .ok_or(Failure::NotFound)?;
    match save(&visit, &sent, &now.wishes, sent.text("occupation"), "/my-plan/wishes").await? {
        Ok(done) => Ok(done),
        Err(why) if conflict(&why).is_none() => Err(Failure::NotFound),
        // Changed meanwhile in another window: the page shows what holds now, to choose again.
        Err(_) => Ok(Redirect::to("/my-plan/occupation").into_response()),
    }
}
