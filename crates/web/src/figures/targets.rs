//! `/figures/targets`: what we aim at, month by month, against what is and what is likely; who set it and when.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use serde::Deserialize;
use tovholder_casework::id::UnitId;
use tovholder_casework::import::decimal;
use tovholder_figures::Figures;
use tovholder_figures::reading;
use tovholder_figures::set::Slice;
use tovholder_figures::strategy::{Measure, Strategy};
use tovholder_spells::Month;
use tovholder_store::figures::{self as store, NewTarget, Target};
use tovholder_store::sessions::Role;
use uuid::Uuid;

use crate::figures::cache::figures;
use crate::figures::*;
use crate::kit::form::{Choice, Errors};
use crate::kit::lang::Lang;
use crate::kit::parse;
use crate::kit::respond::{Failure, Said, page, page_with_errors, see_other};
use crate::kit::sent::{Fields, Sent};
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;

/// Whether the user sets targets: leaders do.
#[must_use]
pub fn may_set(visit: &Visit) -> bool {
    matches!(visit.user.role, Some(Role::TeamLeader | Role::Head))
}

/// Which targets.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Input {
    measure: String,
    group: String,
    unit: String,
    year: String,
}

struct Row {
    month: String,
    value: String,
    target: String,
    deviation: String,
    good: Option<bool>,
    forecast: String,
}

struct Change {
    when: String,
    who: String,
    what: String,
}

#[derive(Template)]
#[template(path = "figures/targets.html")]
struct Page {
    t: Lang,
    shell: Shell,
    errors: Errors,
    act: String,
    action: String,
    may_set: bool,
    may_count: bool,
    measures: Vec<Choice>,
    groups: Vec<Choice>,
    units: Vec<Choice>,
    goal: String,
    name: String,
    href: String,
    year: i32,
    earlier: String,
    later: String,
    rows: Vec<Row>,
    target_head: &'static str,
    forecast: &'static str,
    history: Vec<Change>,
    from: String,
    to: String,
    value: String,
    hint: String,
    inhabitants: String,
    inhabitants_now: String,
}

/// What is looked at: measure, group, unit.
struct Chosen<'a> {
    place: usize,
    measure: &'a Measure,
    group: String,
    unit: Option<UnitId>,
    slice: Slice,
}

fn chosen<'a>(strategy: &'a Strategy, figures: &Figures, input: &Input) -> Option<Chosen<'a>> {
    let code = if input.measure.is_empty() {
        "support"
    } else {
        &input.measure
    };
    let (place, measure) = strategy.measure(code)?;
    let group = strategy.group(&input.group).filter(|g| measure.groups.contains(g));
    let unit = input.unit.parse::<Uuid>().ok();
    let unit = unit.and_then(|id| figures.units.iter().position(|(own, _)| *own == id));
    // A target is for a group or a unit, or for all: a group within a unit would soon be about too few.
    let (slice, group, unit) = match (group, unit) {
        (Some(g), _) => (Slice::Group(g), strategy.groups[g].code.clone(), None),
        (None, Some(u)) => (Slice::Unit(u), String::new(), Some(UnitId(figures.units[u].0))),
        (None, None) => (Slice::All, String::new(), None),
    };
    Some(Chosen {
        place,
        measure,
        group,
        unit,
        slice,
    })
}

fn address(chosen: &Chosen<'_>, year: Option<i32>) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("measure", &chosen.measure.code);
    if !chosen.group.is_empty() {
        query.append_pair("group", &chosen.group);
    }
    if let Some(unit) = chosen.unit {
        query.append_pair("unit", &unit.to_string());
    }
    if let Some(year) = year {
        query.append_pair("year", &year.to_string());
    }
    format!("/figures/targets?{}", query.finish())
}

async fn view(visit: &Visit, input: &Input, fields: &Fields, errors: Errors) -> Result<Page, Failure> {
    let t = visit.t;
    let app = visit.app.clone();
    let strategy = app.figures().strategy();
    let figures = figures(visit).await?;
    let chosen = chosen(strategy, &figures, input).ok_or(Failure::NotFound)?;
    let mut conn = visit.read().await?;
    let targets = store::targets(&mut conn, Some(&chosen.measure.code)).await?;
    let inhabitants = store::inhabitants(&mut conn).await?;
    drop(conn);
    let format = Format::of(chosen.measure, &figures);
    let series = figures.measured[chosen.place].of(chosen.slice);
    let ahead = figures.ahead(chosen.place, chosen.slice);
    let this_year = i32::from(visit.today().year());
    let year = input
        .year
        .parse()
        .unwrap_or(this_year)
        .clamp(this_year - 4, this_year + 3);
    let january = Month(year * 12);
    let dash = || "–".to_owned();
    let mut rows: Vec<Row> = (0..12)
        .map(|i| {
            let month = january + i;
            let value = series.and_then(|s| s.of(month));
            let number = value.and_then(|v| v.value);
            let target = target_of(&targets, chosen.measure, &chosen.group, chosen.unit, month).and_then(|t| t.value);
            let forecast = ahead.iter().find(|(m, _)| *m == month && number.is_none());
            Row {
                month: month_name(t, month),
                value: match value {
                    Some(v) if v.withheld => t.fig_few().to_owned(),
                    _ => number.map_or_else(dash, |v| format.show(t, v)),
                },
                target: target.map_or_else(dash, |v| format.show(t, v)),
                deviation: match (number, target) {
                    (Some(v), Some(target)) => format.difference(t, v - target),
                    _ => dash(),
                },
                good: number
                    .zip(target)
                    .and_then(|(v, target)| reading::met(v, target, chosen.measure.better)),
                forecast: forecast.map_or_else(dash, |(_, a)| format.show(t, a.value)),
            }
        })
        .collect();
    // Money adds up over a year; shares, durations and people do not.
    if chosen.measure.unit == Unit::Kroner {
        let value = |month: Month| series?.of(month)?.value;
        let target = |month| target_of(&targets, chosen.measure, &chosen.group, chosen.unit, month)?.value;
        let likely = |month| value(month).or_else(|| ahead.iter().find(|(m, _)| *m == month).map(|(_, a)| a.value));
        rows.extend(year_so_far(t, format, january, value, target, likely));
    }
    let mut shell = visit.shell(t.fig_targets_title());
    shell.failed = !errors.is_empty();
    let choice = |value: &str, label: &str, now: &str| Choice::new(value, label, value == now);
    Ok(Page {
        t,
        act: Uuid::now_v7().to_string(),
        action: address(&chosen, None),
        may_set: may_set(visit),
        may_count: visit.user.role == Some(Role::Head),
        measures: strategy
            .measures
            .iter()
            .map(|m| choice(&m.code, &words(t, m).goal, &chosen.measure.code))
            .collect(),
        groups: chosen
            .measure
            .groups
            .iter()
            .filter(|_| chosen.measure.groups.len() > 1)
            .map(|&g| {
                choice(
                    &strategy.groups[g].code,
                    group_name(t, &strategy.groups[g]),
                    &chosen.group,
                )
            })
            .collect(),
        units: figures
            .units
            .iter()
            .filter(|_| matches!(chosen.measure.counted, Counted::Spells(_)))
            .map(|(id, name)| Choice::new(id.to_string(), name.as_str(), chosen.unit == Some(UnitId(*id))))
            .collect(),
        goal: match chosen.slice {
            Slice::All => words(t, chosen.measure).goal.clone(),
            slice => t.fig_goal_for(
                words(t, chosen.measure).goal.as_str(),
                slice_name(t, slice, &figures, strategy),
            ),
        },
        name: format.name(t, chosen.measure, words(t, chosen.measure)).to_owned(),
        href: format!("/figures/{}", chosen.measure.code),
        year,
        earlier: address(&chosen, Some(year - 1)),
        later: address(&chosen, Some(year + 1)),
        rows,
        target_head: target_head(t, chosen.measure),
        forecast: if ahead.is_empty() {
            t.fig_forecast_none()
        } else {
            t.fig_forecast_about()
        },
        history: history(t, &chosen, format, &targets),
        from: fields.text("from").to_owned(),
        to: fields.text("to").to_owned(),
        value: fields.text("value").to_owned(),
        hint: match chosen.measure.unit {
            Unit::Share => t.fig_value_hint_share(),
            Unit::Weeks => t.fig_value_hint_weeks(),
            Unit::Kroner => t.fig_value_hint_kroner(),
            _ => t.fig_value_hint(),
        }
        .to_owned(),
        inhabitants: fields.text("inhabitants").to_owned(),
        inhabitants_now: inhabitants.map_or_else(|| t.fig_inhabitants_none().to_owned(), |n| t.integer(i64::from(n))),
        errors,
        shell,
    })
}

/// The months of the year that are known, added up, beside the budget of the same months, and what the year comes to if it goes on.
fn year_so_far(
    t: Lang,
    format: Format,
    january: Month,
    value: impl Fn(Month) -> Option<f64>,
    target: impl Fn(Month) -> Option<f64>,
    likely: impl Fn(Month) -> Option<f64>,
) -> Option<Row> {
    let year = || (0..12).map(|i| january + i);
    let known: Vec<Month> = year().filter(|&month| value(month).is_some()).collect();
    let spent: f64 = known.iter().filter_map(|&month| value(month)).sum();
    let budget: Option<f64> = known.iter().map(|&month| target(month)).sum();
    let whole: Option<f64> = year().map(likely).sum();
    let dash = || "–".to_owned();
    known.last()?;
    Some(Row {
        month: if known.len() == 12 {
            t.fig_year_whole().to_owned()
        } else {
            t.fig_year_so_far(known.len())
        },
        value: format.show(t, spent),
        target: budget.map_or_else(dash, |budget| format.show(t, budget)),
        deviation: budget.map_or_else(dash, |budget| format.difference(t, spent - budget)),
        good: budget.map(|budget| spent <= budget),
        forecast: whole
            .filter(|_| known.len() < 12)
            .map_or_else(dash, |whole| format.show(t, whole)),
    })
}

/// Who set what when: the months set at once stand as one.
fn history(t: Lang, chosen: &Chosen<'_>, format: Format, targets: &[Target]) -> Vec<Change> {
    let own = |target: &&Target| target.group == chosen.group && target.unit == chosen.unit;
    let mut found: Vec<Vec<&Target>> = Vec::new();
    for target in targets.iter().filter(own) {
        match found.last_mut() {
            Some(same) if same[0].at == target.at && same[0].value == target.value && same[0].by == target.by => {
                same.push(target);
            }
            _ => found.push(vec![target]),
        }
    }
    found
        .into_iter()
        .map(|set| {
            let first = set.iter().map(|t| t.month).min().unwrap_or_default();
            let last = set.iter().map(|t| t.month).max().unwrap_or_default();
            let months = if first == last {
                month_name(t, first)
            } else {
                t.fig_months(month_name(t, first), month_name(t, last))
            };
            Change {
                when: t.instant(set[0].at),
                who: set[0].by.clone(),
                what: match set[0].value {
                    Some(value) => t.fig_history_set(months, format.show(t, value)),
                    None => t.fig_history_taken(months),
                },
            }
        })
        .collect()
}

/// The page.
///
/// # Errors
/// The user is no employee, there is no such measure, or the database is away.
pub async fn get(visit: Visit, Query(input): Query<Input>) -> Result<Response, Failure> {
    visit.employee()?;
    let this = Month(i32::from(visit.today().year()) * 12 + i32::from(visit.today().month()) - 1);
    let fields = Fields::empty()
        .with("from", this)
        .with("to", Month(this.year() * 12 + 11));
    page(&view(&visit, &input, &fields, Errors::none()).await?)
}

/// The most months set at once.
const MOST: i32 = 36;

/// Sets a target for a row of months, or the number of inhabitants.
///
/// # Errors
/// As [`get`]; [`Failure::NotFound`] for those who do not set targets.
pub async fn post(visit: Visit, Query(input): Query<Input>, sent: Sent) -> Result<Response, Failure> {
    let me = visit.employee()?;
    if !may_set(&visit) {
        return Err(Failure::NotFound);
    }
    let t = visit.t;
    let app = visit.app.clone();
    let mut errors = Errors::none();
    let figures = figures(&visit).await?;
    let chosen = chosen(app.figures().strategy(), &figures, &input).ok_or(Failure::NotFound)?;
    if sent.has("inhabitants") {
        if visit.user.role != Some(Role::Head) {
            return Err(Failure::NotFound);
        }
        match parse::whole_number(sent.text("inhabitants")).filter(|&many| many > 0) {
            Some(many) => {
                let mut tx = app.db.begin_for(me.0).await?;
                store::set_inhabitants(&mut tx, many).await?;
                tx.commit().await?;
                // Who has just typed it wants to see what it makes of the figures.
                app.figures().forget();
                return Ok(see_other(&address(&chosen, None), Said::Saved, None));
            }
            None => errors.push("inhabitants", t.fig_inhabitants_wrong()),
        }
        return page_with_errors(&view(&visit, &input, &sent, errors).await?);
    }
    let month = |name: &str, errors: &mut Errors| {
        let found = sent.text(name).trim().parse::<Month>().ok();
        if found.is_none() {
            errors.push(name, t.fig_month_wrong());
        }
        found
    };
    let (from, to) = (month("from", &mut errors), month("to", &mut errors));
    if let (Some(from), Some(to)) = (from, to)
        && !(0..MOST).contains(&(to - from))
    {
        errors.push("to", t.fig_months_wrong(MOST));
    }
    let typed = sent.text("value").trim().trim_end_matches('%').trim().to_owned();
    let value = match typed.as_str() {
        // Nothing typed takes the target away.
        "" => Some(None),
        typed if chosen.measure.unit == Unit::Kroner => {
            let kroner = decimal(typed.trim_end_matches(['k', 'r', '.']));
            kroner.filter(|kroner| (0.0..1e11).contains(kroner)).map(Some)
        }
        typed => parse::hours(typed).map(|shown| Some(chosen.measure.unit.stored(shown))),
    };
    if value.is_none() || chosen.measure.unit == Unit::Share && value.flatten().is_some_and(|v| v > 1.0) {
        errors.push("value", t.fig_value_wrong());
    }
    let (Some(from), Some(to), Some(value), true) = (from, to, value, errors.is_empty()) else {
        return page_with_errors(&view(&visit, &input, &sent, errors).await?);
    };
    let targets: Vec<NewTarget> = (from.0..=to.0)
        .map(|month| NewTarget {
            measure: chosen.measure.code.clone(),
            group: chosen.group.clone(),
            unit: chosen.unit,
            month: Month(month),
            value,
        })
        .collect();
    let there = address(&chosen, Some(from.year()));
    let sender = visit.sender(&sent, &there).await?;
    let before = store::set_targets(&app.db, &targets, &sender).await?;
    Ok(see_other(&before.unwrap_or(there), Said::Saved, None))
}
