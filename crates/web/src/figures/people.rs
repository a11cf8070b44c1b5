//! `/figures/{measure}/people`: the citizens counted in a figure, for the leader of the unit responsible for them. The look is recorded.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use serde::Deserialize;
use tovholder_casework::act::PageKey;
use tovholder_casework::id::UnitId;
use tovholder_figures::set::{Slice, is_behind};
use tovholder_figures::strategy::{Counted, Measure};
use tovholder_spells::Indicator;
use tovholder_store::figures as store;
use tovholder_store::sessions::Role;

use crate::caseload::plan_href;
use crate::figures::cache::{figures, people_of};
use crate::figures::*;
use crate::kit::form::Link;
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, page};
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;

/// Whether the user may be shown the people behind a figure of theirs at all: leaders, and figures that count people.
#[must_use]
pub fn may_see(visit: &Visit, measure: &Measure) -> bool {
    let counts_people = !matches!(
        measure.counted,
        Counted::Companies
            | Counted::Expenses
            | Counted::Spells(Indicator::DurationMedianKm | Indicator::DurationCompletedMean)
    );
    counts_people && matches!(visit.user.role, Some(Role::TeamLeader | Role::Head))
}

/// Whose people.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Input {
    unit: String,
}

#[derive(Template)]
#[template(path = "figures/people.html")]
struct Page {
    t: Lang,
    shell: Shell,
    back: String,
    question: String,
    about: String,
    units: Vec<Link>,
    people: Vec<(String, String)>,
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] for everybody but the unit's leaders.
pub async fn get(visit: Visit, Path(code): Path<String>, Query(input): Query<Input>) -> Result<Response, Failure> {
    visit.employee()?;
    let t = visit.t;
    let app = visit.app.clone();
    let strategy = app.figures().strategy();
    let (place, measure) = strategy.measure(&code).ok_or(Failure::NotFound)?;
    if !may_see(&visit, measure) {
        return Err(Failure::NotFound);
    }
    let figures = figures(&visit).await?;
    let mut conn = visit.read().await?;
    let leads = visit.standing(&mut conn).await?.leads;
    let led: Vec<&(uuid::Uuid, String)> = figures
        .units
        .iter()
        .filter(|(id, _)| leads.contains(&UnitId(*id)))
        .collect();
    let own = || {
        led.iter()
            .find(|(id, _)| Some(UnitId(*id)) == visit.user.unit)
            .or(led.first())
    };
    let unit = if input.unit.is_empty() {
        own()
    } else {
        led.iter().find(|(id, _)| id.to_string() == input.unit)
    };
    let (unit, name) = unit.copied().cloned().ok_or(Failure::NotFound)?;
    // The month that the unit's own page of the figure shows: where the newest is withheld or not known yet, an earlier one than the whole's.
    let slice = figures.units.iter().position(|(id, _)| *id == unit).map(Slice::Unit);
    let month = slice
        .and_then(|slice| figures.series(place, slice).latest().map(|value| value.month))
        .or_else(|| figures.measured[place].all.latest().map(|value| value.month))
        .or_else(|| figures.months.last().copied())
        .unwrap_or_default();
    let unit_id = UnitId(unit);
    visit.look(None, PageKey::PeopleBehind).await?;
    let people = people_of(&mut conn, strategy, visit.rules(), unit_id).await?;
    let names = store::names_of_unit(&mut conn, unit_id).await?;
    drop(conn);
    let mut people: Vec<(String, String)> = people
        .iter()
        .filter(|someone| is_behind(someone, measure, month, &figures))
        .filter_map(|someone| {
            let (name, plan) = names.get(&someone.id)?;
            Some((name.clone(), plan.map(plan_href).unwrap_or_default()))
        })
        .collect();
    people.sort_by_cached_key(|(name, _)| name.to_lowercase());
    page(&Page {
        t,
        shell: visit.shell(t.fig_people_title()),
        back: format!("/figures/{code}"),
        question: words(t, measure).goal.clone(),
        about: t.fig_people_about(
            people.len(),
            month_name(t, month),
            words(t, measure).name.as_str(),
            name.as_str(),
        ),
        units: if led.len() > 1 {
            led.iter()
                .map(|(id, name)| Link::new(name.as_str(), format!("/figures/{code}/people?unit={id}"), *id == unit))
                .collect()
        } else {
            vec![]
        },
        people,
    })
}
