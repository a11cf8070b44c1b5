//! `/figures/groups/new` and `/figures/groups/{group}`: a group of municipalities to compare with; made, changed, taken away and brought back.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use serde::Deserialize;
use tovholder_casework::reference;
use tovholder_store::published::{self as store, Group};
use uuid::Uuid;

use crate::figures::compare::danish;
use crate::figures::groups::may_set;
use crate::kit::form::{Choice, Errors};
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, Said, page, page_with_errors, see_other};
use crate::kit::sent::{Fields, Sent};
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;

/// The most letters of a name: it stands in a table and under a chart.
const LONGEST: usize = 60;

/// What a new group begins with.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Begin {
    from: String,
}

struct Region {
    name: &'static str,
    choices: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "figures/group.html")]
struct Page {
    t: Lang,
    shell: Shell,
    errors: Errors,
    act: String,
    /// Of the form that takes the group away: another sending.
    removing: String,
    action: String,
    typed: String,
    regions: Vec<Region>,
    /// It stands, so that it can be taken away.
    standing: bool,
    gone: bool,
}

/// A group as the form knows it.
struct Known {
    id: Uuid,
    newest: Group,
    /// What it held before it was taken away; the same as `newest` while it stands.
    last: Group,
}

async fn known(visit: &Visit, id: Uuid) -> Result<(Known, Vec<Group>), Failure> {
    let history = store::group_history(&mut visit.read().await?).await?;
    let newest = history.iter().find(|group| group.id == id).ok_or(Failure::NotFound)?;
    let last = history.iter().find(|group| group.id == id && !group.areas.is_empty());
    let known = Known {
        id,
        last: last.unwrap_or(newest).clone(),
        newest: newest.clone(),
    };
    Ok((known, history))
}

fn view(visit: &Visit, known: Option<&Known>, fields: &Fields, errors: Errors) -> Page {
    let t = visit.t;
    let today = visit.today();
    let mut shell = visit.shell(match known {
        None => t.cmp_new_title().to_owned(),
        Some(known) => known.last.name.clone(),
    });
    shell.failed = !errors.is_empty();
    let mut all: Vec<_> = reference::municipalities().iter().collect();
    all.sort_by_key(|m| danish(m.name));
    let mut regions: Vec<Region> = Vec::new();
    let mut order: Vec<_> = all.iter().map(|m| m.region(today)).collect();
    order.sort_by_key(|region| danish(region.name));
    order.dedup();
    for region in order {
        let choices = all.iter().filter(|m| m.region(today) == region).map(|m| {
            let code = m.code.to_string();
            let chosen = fields.all("areas").any(|sent| sent == code);
            Choice::new(code, m.name, chosen)
        });
        regions.push(Region {
            name: region.name,
            choices: choices.collect(),
        });
    }
    Page {
        t,
        act: Uuid::now_v7().to_string(),
        removing: Uuid::now_v7().to_string(),
        action: known.map_or_else(
            || "/figures/groups/new".to_owned(),
            |known| format!("/figures/groups/{}", known.id),
        ),
        typed: fields.text("name").to_owned(),
        regions,
        standing: known.is_some_and(|known| !known.newest.areas.is_empty()),
        gone: known.is_some_and(|known| known.newest.areas.is_empty()),
        errors,
        shell,
    }
}

fn fields_of(name: &str, areas: impl Iterator<Item = u16>) -> Fields {
    areas.fold(Fields::empty().with("name", name), |fields, code| {
        fields.with("areas", code)
    })
}

fn head(visit: &Visit) -> Result<(), Failure> {
    visit.employee()?;
    if may_set(visit) { Ok(()) } else { Err(Failure::NotFound) }
}

/// The form for a new group; `from` names the area of a former labour market council to begin with.
///
/// # Errors
/// [`Failure::NotFound`] for anybody but the head.
pub async fn get_new(visit: Visit, Query(begin): Query<Begin>) -> Result<Response, Failure> {
    head(&visit)?;
    let members: Vec<u16> = reference::municipalities()
        .iter()
        .filter(|m| m.labour_council == begin.from)
        .map(|m| m.code)
        .collect();
    let name = if members.is_empty() { "" } else { begin.from.as_str() };
    page(&view(
        &visit,
        None,
        &fields_of(name, members.iter().copied()),
        Errors::none(),
    ))
}

/// The form of a group.
///
/// # Errors
/// [`Failure::NotFound`] for anybody but the head, and for no such group.
pub async fn get(visit: Visit, Path(id): Path<Uuid>) -> Result<Response, Failure> {
    head(&visit)?;
    let (known, _) = known(&visit, id).await?;
    let fields = fields_of(&known.last.name, known.last.areas.iter().copied());
    page(&view(&visit, Some(&known), &fields, Errors::none()))
}

/// Makes a group.
///
/// # Errors
/// As [`get_new`].
pub async fn post_new(visit: Visit, sent: Sent) -> Result<Response, Failure> {
    head(&visit)?;
    let history = store::group_history(&mut visit.read().await?).await?;
    // The number of the form is the number of the group: sent twice, it is one group.
    let id = sent.submission().0;
    save(visit, None, id, &history, &sent).await
}

/// Changes a group, takes it away or brings it back.
///
/// # Errors
/// As [`get`].
pub async fn post(visit: Visit, Path(id): Path<Uuid>, sent: Sent) -> Result<Response, Failure> {
    head(&visit)?;
    let (known, history) = known(&visit, id).await?;
    if sent.has("remove") {
        let by = (visit.employee()?, visit.user.actor.name.as_str());
        let gone: (Uuid, &str, &[u16]) = (id, &known.last.name, &[]);
        store::set_group(&visit.app.db, sent.submission(), by, visit.at, gone).await?;
        return Ok(see_other("/figures/groups", Said::Saved, None));
    }
    save(visit, Some(known), id, &history, &sent).await
}

async fn save(
    visit: Visit,
    known: Option<Known>,
    id: Uuid,
    history: &[Group],
    sent: &Sent,
) -> Result<Response, Failure> {
    let t = visit.t;
    let mut errors = Errors::none();
    let name = sent.text("name").trim();
    let taken = || {
        let mut others = store::groups(history).into_iter().filter(|group| group.id != id);
        others.any(|group| group.name.to_lowercase() == name.to_lowercase())
    };
    if name.is_empty() {
        errors.push("name", t.error_required());
    } else if name.chars().count() > LONGEST {
        errors.push("name", t.cmp_name_long(LONGEST));
    } else if taken() {
        errors.push("name", t.cmp_name_taken());
    }
    let mut areas: Vec<u16> = sent
        .all("areas")
        .filter_map(|code| reference::municipality(code.parse().ok()?).map(|m| m.code))
        .collect();
    areas.sort_unstable();
    areas.dedup();
    if areas.len() < 2 {
        errors.push("areas", t.cmp_areas_few());
    }
    if !errors.is_empty() {
        return page_with_errors(&view(&visit, known.as_ref(), sent, errors));
    }
    let by = (visit.employee()?, visit.user.actor.name.as_str());
    store::set_group(&visit.app.db, sent.submission(), by, visit.at, (id, name, &areas)).await?;
    Ok(see_other("/figures/groups", Said::Saved, None))
}
