//! `/figures/groups`: whom we compare ourselves with, who is in it and why; and where the published figures come from.

use askama::Template;
use axum::response::Response;
use tovholder_casework::reference;
use tovholder_figures::nearest::{self, Conditions};
use tovholder_figures::published::Quantity;
use tovholder_store::published::{self as store, Group};
use tovholder_store::sessions::Role;

use crate::figures::cache::figures;
use crate::figures::compare::{Others, danish, names};
use crate::figures::*;
use crate::kit::form::{Choice, Errors};
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, Said, page, page_with_errors, see_other};
use crate::kit::sent::{Fields, Sent};
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;

/// Whether the user makes groups: the head does.
#[must_use]
pub fn may_set(visit: &Visit) -> bool {
    visit.user.role == Some(Role::Head)
}

struct Line {
    name: String,
    members: String,
    many: String,
    who: String,
    href: String,
}

struct Near {
    name: String,
    own: bool,
    inhabitants: String,
    employees: String,
    commute: String,
}

struct Change {
    what: String,
    who: String,
    restore: Option<String>,
}

struct Source {
    what: &'static str,
    from: String,
    newest: String,
    read: String,
}

struct Brought {
    what: String,
    who: String,
    undone: Option<String>,
}

#[derive(Template)]
#[template(path = "figures/groups.html")]
struct Page {
    t: Lang,
    shell: Shell,
    errors: Errors,
    may_set: bool,
    own: Option<String>,
    choices: Vec<Choice>,
    near: Vec<Near>,
    groups: Vec<Line>,
    from: Vec<(String, String)>,
    history: Vec<Change>,
    sources: Vec<Source>,
    brought: Vec<Brought>,
}

/// Who said what a group is, the newest first.
fn history(t: Lang, all: &[Group]) -> Vec<Change> {
    let standing = store::groups(all);
    all.iter()
        .zip(0..)
        .map(|(group, at): (_, usize)| {
            let before = all[at + 1..].iter().find(|earlier| earlier.id == group.id);
            let what = match before {
                _ if group.areas.is_empty() => t.cmp_history_removed(group.name.as_str()),
                None => t.cmp_history_made(names(&group.areas), group.name.as_str()),
                Some(_) => t.cmp_history_changed(names(&group.areas), group.name.as_str()),
            };
            let newest = all[..at].iter().all(|later| later.id != group.id);
            let gone = newest && standing.iter().all(|other| other.id != group.id);
            Change {
                what,
                who: format!("{}, {}", group.by, t.instant(group.at)),
                restore: gone.then(|| format!("/figures/groups/{}", group.id)),
            }
        })
        .collect()
}

fn near(t: Lang, all: &[Conditions], own: u16) -> Vec<Near> {
    let line = |code: u16| {
        let of = all.iter().find(|of| of.code == code)?;
        Some(Near {
            name: reference::municipality(code)?.name.to_owned(),
            own: code == own,
            inhabitants: t.integer(of.inhabitants as i64),
            employees: t.decimal(of.employees, 0),
            commute: t.decimal(of.commute, 1),
        })
    };
    let mut others: Vec<Near> = nearest::nearest(all, own, nearest::LIKE)
        .into_iter()
        .filter_map(|(code, _)| line(code))
        .collect();
    // By name: how near each is says less than the list would make one think.
    others.sort_by_key(|near| danish(&near.name));
    line(own).into_iter().chain(others).collect()
}

fn quantity_name(t: Lang, quantity: Quantity) -> &'static str {
    match quantity {
        Quantity::Inhabitants => t.cmp_of_inhabitants(),
        Quantity::KontanthjaelpFullTime => t.cmp_of_kontanthjaelp_full_time(),
        Quantity::KontanthjaelpPersons => t.cmp_of_kontanthjaelp_persons(),
        Quantity::KontanthjaelpHours => t.cmp_of_kontanthjaelp_hours(),
        Quantity::DagpengeFullTime => t.cmp_of_dagpenge_full_time(),
        Quantity::DagpengeLongTerm => t.cmp_of_dagpenge_long_term(),
    }
}

/// The areas of the former labour market councils, to begin a group with.
fn former(groups: &[&Group]) -> Vec<(String, String)> {
    let mut areas: Vec<&str> = reference::municipalities().iter().map(|m| m.labour_council).collect();
    areas.sort_by_key(|name| danish(name));
    areas.dedup();
    areas
        .into_iter()
        .filter(|name| groups.iter().all(|group| group.name != *name))
        .map(|name| {
            let query = form_urlencoded::Serializer::new(String::new())
                .append_pair("from", name)
                .finish();
            (name.to_owned(), format!("/figures/groups/new?{query}"))
        })
        .collect()
}

async fn view(visit: &Visit, fields: &Fields, errors: Errors) -> Result<Page, Failure> {
    let t = visit.t;
    visit.employee()?;
    // What is published is kept with our own figures.
    figures(visit).await?;
    let published = visit.app.figures().published();
    let mut conn = visit.read().await?;
    let others = Others::read(&mut conn).await?;
    let versions = store::versions(&mut conn).await?;
    drop(conn);
    let standing = store::groups(&others.history);
    let own = others.own.and_then(reference::municipality);
    let typed = fields.text("own");
    let chosen = if typed.is_empty() {
        own.map_or_else(String::new, |m| m.code.to_string())
    } else {
        typed.to_owned()
    };
    let mut municipalities: Vec<_> = reference::municipalities().iter().collect();
    municipalities.sort_by_key(|m| danish(m.name));
    let conditions = nearest::conditions(&published);
    let mut shell = visit.shell(t.cmp_title());
    shell.failed = !errors.is_empty();
    Ok(Page {
        t,
        may_set: may_set(visit),
        own: own.map(|m| m.name.to_owned()),
        choices: municipalities
            .iter()
            .map(|m| Choice::new(m.code.to_string(), m.name, m.code.to_string() == chosen))
            .collect(),
        near: own.map_or_else(Vec::new, |own| near(t, &conditions, own.code)),
        groups: standing
            .iter()
            .map(|group| Line {
                name: group.name.clone(),
                members: names(&group.areas),
                many: t.cmp_municipalities(group.areas.len()),
                who: t.cmp_by(group.by.as_str(), t.instant(group.at)),
                href: format!("/figures/groups/{}", group.id),
            })
            .collect(),
        from: former(&standing),
        history: history(t, &others.history),
        sources: Quantity::ALL
            .into_iter()
            .map(|quantity| Source {
                what: quantity_name(t, quantity),
                from: format!("{} ({})", quantity.source().name(), quantity.table().to_uppercase()),
                newest: published
                    .newest(quantity)
                    .map_or_else(String::new, |month| month_name(t, month)),
                read: published
                    .read(quantity)
                    .map_or_else(String::new, |day| t.date(date(day))),
            })
            .collect(),
        brought: versions
            .iter()
            .map(|version| Brought {
                what: t.cmp_brought(month_name(t, version.data_month), version.origin.as_str()),
                who: format!("{}, {}", version.by, t.instant(version.at)),
                undone: version
                    .undone
                    .as_ref()
                    .map(|(by, at)| t.cmp_taken_back(by.as_str(), t.instant(*at))),
            })
            .collect(),
        errors,
        shell,
    })
}

/// The page.
///
/// # Errors
/// The user is no employee, or the database is away.
pub async fn get(visit: Visit) -> Result<Response, Failure> {
    page(&view(&visit, &Fields::empty(), Errors::none()).await?)
}

/// Says which municipality is ours.
///
/// # Errors
/// As [`get`]; [`Failure::NotFound`] for anybody but the head.
pub async fn post(visit: Visit, sent: Sent) -> Result<Response, Failure> {
    let me = visit.employee()?;
    if !may_set(&visit) {
        return Err(Failure::NotFound);
    }
    let typed = sent.text("own");
    let own = typed.parse().ok().and_then(reference::municipality);
    if own.is_none() && !typed.is_empty() {
        let mut errors = Errors::none();
        errors.push("own", visit.t.cmp_own_wrong());
        return page_with_errors(&view(&visit, &sent, errors).await?);
    }
    let mut tx = visit.app.db.begin_for(me.0).await?;
    store::set_own(&mut tx, own.map(|m| m.code)).await?;
    tx.commit().await?;
    Ok(see_other("/figures/groups", Said::Saved, None))
}
