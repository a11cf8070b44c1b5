//! `/review/retention`: whose time is over or soon over, and who is held back, for the leader of the unit.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::Deserialize;
use tovholder_casework::access::Right;
use tovholder_casework::act::PageKey;
use tovholder_casework::retention::Kept;
use tovholder_store::retention;

use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, page};
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;

/// Days ahead the page looks.
const DAYS: i32 = 365;

/// So many of each list are shown until all are asked for: a large unit has thousands.
const SHOWN: usize = 100;

/// What the address asks for.
#[derive(Deserialize)]
pub struct Input {
    /// Anything: all of them.
    all: Option<String>,
}

/// Somebody whose time is over or soon over.
struct One {
    name: String,
    last: String,
    until: String,
    href: String,
}

/// Some of them, those whose time is over first before the others.
struct People {
    shown: Vec<One>,
    /// How many are shown of how many; empty when it is all.
    part: String,
}
impl People {
    fn first(t: Lang, mut list: Vec<(Date, One)>, all: bool) -> Self {
        list.sort_by_key(|(until, _)| *until);
        let (shown, whole) = (if all { usize::MAX } else { SHOWN }, list.len());
        People {
            part: if whole > shown {
                t.rights_retention_part(t.integer(shown), t.integer(whole))
            } else {
                String::new()
            },
            shown: list.into_iter().map(|(_, one)| one).take(shown).collect(),
        }
    }
}

/// Somebody who is held back.
struct Held {
    name: String,
    reason: String,
    by: String,
    until: String,
    href: String,
}

#[derive(Template)]
#[template(path = "rights/retention.html")]
struct Page {
    t: Lang,
    shell: Shell,
    due: People,
    soon: People,
    held: Vec<Held>,
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] for everybody but leaders.
pub async fn get(visit: Visit, Query(input): Query<Input>) -> Result<Response, Failure> {
    visit.must(Right::Review)?;
    let (t, today) = (visit.t, visit.today());
    let mut conn = visit.read().await?;
    let leads = visit.standing(&mut conn).await?.leads;
    visit.look(None, PageKey::Retention).await?;
    let horizon = today.saturating_add(DAYS.days());
    let all = retention::due_by(&mut conn, None, visit.rules(), today, horizon).await?;
    let holds = retention::of_units(&mut conn, &leads, today).await?;
    drop(conn);
    let href = |citizen| format!("/citizens/{citizen}/hold");
    let (mut due, mut soon) = (Vec::new(), Vec::new());
    for one in all.iter().filter(|one| leads.contains(&one.unit)) {
        let (until, over) = match one.kept {
            Kept::Due { until, .. } => (until, true),
            Kept::Until(until) => (until, false),
            _ => continue,
        };
        let shown = One {
            name: one.name.clone(),
            last: one.last.map_or_else(String::new, |day| t.date(day)),
            until: t.date(until),
            href: href(one.citizen),
        };
        if over {
            due.push((until, shown));
        } else {
            soon.push((until, shown));
        }
    }
    let held = holds.into_iter().map(|(name, hold)| Held {
        name,
        until: hold.until.map_or_else(
            || t.rights_hold_until_lifted().to_owned(),
            |day| t.rights_hold_until_day(t.date(day)),
        ),
        by: t.rights_hold_by(t.instant(hold.placed), hold.placed_by.as_str()),
        href: href(hold.citizen),
        reason: hold.reason,
    });
    page(&Page {
        t,
        shell: visit.shell(t.rights_retention_title()),
        due: People::first(t, due, input.all.is_some()),
        soon: People::first(t, soon, input.all.is_some()),
        held: held.collect(),
    })
}
