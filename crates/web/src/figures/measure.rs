//! `/figures/{measure}`: the question, the chart with its uncertainty, the table, the parts, the others, and what the figure means.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use tovholder_casework::access::Right;
use tovholder_casework::act::PageKey;
use tovholder_casework::id::UnitId;
use tovholder_figures::benchmark::Like;
use tovholder_figures::reading::{self, Reading};
use tovholder_figures::set::{Series, Slice, Value};
use tovholder_figures::strategy::{Measure, Strategy};
use tovholder_figures::{Figures, Published};
use tovholder_spells::Month;
use tovholder_spells::forecast::Ahead;
use tovholder_spells::rates;
use tovholder_store::figures::{self as store, Target};

use crate::caseload::sheet::{self, Cell};
use crate::figures::cache::figures;
use crate::figures::chart::{FUNNEL_HEIGHT, Input, Trend};
use crate::figures::compare::{self, Comparison, Others};
use crate::figures::exchanged::Exchanged;
use crate::figures::overview::now;
use crate::figures::*;
use crate::kit::form::{Choice, Link};
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, page};
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;

/// Which part of the people, as it stands in the address, at most one of the three; and which place is drawn beside it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Part {
    group: String,
    unit: String,
    age: String,
    with: String,
}

impl Part {
    fn slice(&self, figures: &Figures, strategy: &Strategy) -> Slice {
        if !self.group.is_empty() {
            return strategy.group(&self.group).map_or(Slice::All, Slice::Group);
        }
        if let Ok(unit) = self.unit.parse::<uuid::Uuid>() {
            let place = figures.units.iter().position(|(id, _)| *id == unit);
            return place.map_or(Slice::All, Slice::Unit);
        }
        self.age.parse().map_or(Slice::All, Slice::Age)
    }
}

/// The query of a slice; empty for all.
fn query(slice: Slice, figures: &Figures, strategy: &Strategy) -> String {
    match slice {
        Slice::All | Slice::Other => String::new(),
        Slice::Group(place) => format!("?group={}", strategy.groups[place].code),
        Slice::Unit(place) => format!("?unit={}", figures.units[place].0),
        Slice::Age(code) => format!("?age={code}"),
    }
}

/// That many of the months ahead are drawn.
const AHEAD: usize = 6;

/// Everything a page, a picture or a table of one measure is made of.
pub struct Shown<'a> {
    pub(crate) t: Lang,
    pub(crate) figures: Arc<Figures>,
    pub(crate) published: Arc<Published>,
    pub(crate) others: Others,
    pub(crate) with: String,
    pub(crate) strategy: &'a Strategy,
    pub(crate) measure: &'a Measure,
    pub(crate) slice: Slice,
    series: Series,
    reading: Reading,
    pub(crate) format: Format,
    targets: Vec<Target>,
    ahead: Vec<(Month, Ahead)>,
}

impl<'a> Shown<'a> {
    async fn find(visit: &Visit, strategy: &'a Strategy, code: &str, part: &Part) -> Result<Shown<'a>, Failure> {
        visit.employee()?;
        let (place, measure) = strategy.measure(code).ok_or(Failure::NotFound)?;
        let figures = figures(visit).await?;
        let slice = part.slice(&figures, strategy);
        let series = figures.series(place, slice);
        let mut conn = visit.read().await?;
        let targets = store::targets(&mut conn, Some(code)).await?;
        // Most figures are like nothing that is published.
        let others = match Like::of(measure, strategy).next() {
            Some(_) => Others::read(&mut conn).await?,
            None => Others::default(),
        };
        Ok(Shown {
            t: visit.t,
            published: visit.app.figures().published(),
            others,
            with: part.with.clone(),
            reading: Reading::of(&series, measure.better),
            ahead: figures.ahead(place, slice).iter().copied().take(AHEAD).collect(),
            format: Format::of(measure, &figures),
            figures,
            strategy,
            measure,
            slice,
            series,
            targets,
        })
    }

    /// Group and unit of the slice, as targets are kept; none for ages, which have no targets.
    fn aimed(&self) -> Option<(&str, Option<UnitId>)> {
        match self.slice {
            Slice::All => Some(("", None)),
            Slice::Group(place) => Some((&self.strategy.groups[place].code, None)),
            Slice::Unit(place) => Some(("", Some(UnitId(self.figures.units[place].0)))),
            Slice::Age(_) | Slice::Other => None,
        }
    }

    fn target(&self, month: Month) -> Option<f64> {
        let (group, unit) = self.aimed()?;
        target_of(&self.targets, self.measure, group, unit, month)?.value
    }

    fn title(&self) -> String {
        let words = words(self.t, self.measure);
        match self.slice {
            Slice::All => words.goal.clone(),
            slice => self.t.fig_goal_for(
                words.goal.as_str(),
                slice_name(self.t, slice, &self.figures, self.strategy),
            ),
        }
    }

    fn trend(&self) -> Option<Trend> {
        let target = |month: Month| Some((month, self.target(month)?));
        let months = || {
            self.figures
                .months
                .iter()
                .copied()
                .chain(self.ahead.iter().map(|(m, _)| *m))
        };
        let targets: Vec<(Month, f64)> = months().filter_map(target).collect();
        Trend::draw(
            self.t,
            &Input {
                title: self.title(),
                says: sentence(self.t, &self.reading).to_owned(),
                reading: &self.reading,
                better: self.measure.better,
                format: self.format,
                targets: &targets,
                ahead: &self.ahead,
                other: (&[], ""),
                cuts: &[],
                small: false,
            },
        )
    }

    fn href(&self, path: &str) -> String {
        let query = query(self.slice, &self.figures, self.strategy);
        format!("/figures/{}{path}{query}", self.measure.code)
    }
}

/// A month in the table.
struct Row {
    month: String,
    value: String,
    counted: String,
    n: String,
    target: String,
    deviation: String,
}

fn row(of: &Shown<'_>, value: &Value) -> Row {
    let t = of.t;
    let dash = || "–".to_owned();
    let target = of.target(value.month);
    let month = month_name(t, value.month);
    Row {
        month: if value.provisional {
            t.fig_provisional(month)
        } else {
            month
        },
        value: match (value.value, value.withheld) {
            (Some(v), _) => of.format.show(t, v),
            (None, true) => t.fig_few().to_owned(),
            (None, false) => t.fig_not_known().to_owned(),
        },
        counted: if tovholder_figures::set::is_share(of.measure) && value.value.is_some() {
            t.integer(value.numerator as i64)
        } else {
            dash()
        },
        n: if value.n_withheld {
            t.fig_few().to_owned()
        } else if of.measure.counted == Counted::Expenses {
            value.value.map_or_else(dash, |_| of.format.show(t, value.numerator))
        } else {
            t.integer(value.n as i64)
        },
        target: target.map_or_else(dash, |v| of.format.show(t, v)),
        deviation: match (value.value, target) {
            (Some(v), Some(target)) => of.format.difference(t, v - target),
            _ => dash(),
        },
    }
}

struct PartRow {
    name: String,
    href: String,
    value: String,
    between: String,
    n: String,
}

struct Breakdown {
    title: &'static str,
    rows: Vec<PartRow>,
    share: bool,
}

fn breakdowns(of: &Shown<'_>, month: Month) -> Vec<Breakdown> {
    let t = of.t;
    let Some((place, _)) = of.strategy.measure(&of.measure.code) else {
        return vec![];
    };
    let parts = &of.figures.measured[place].parts;
    type Is = fn(Slice) -> bool;
    let kinds: [(&'static str, Is); 3] = [
        (t.fig_by_group(), |s| matches!(s, Slice::Group(_))),
        (t.fig_by_unit(), |s| matches!(s, Slice::Unit(_))),
        (t.fig_by_age(), |s| matches!(s, Slice::Age(_))),
    ];
    let share = tovholder_figures::set::is_share(of.measure);
    kinds
        .into_iter()
        .map(|(title, is)| Breakdown {
            title,
            share,
            rows: parts
                .iter()
                .filter(|series| is(series.slice))
                .filter_map(|series| Some((series, series.of(month)?)))
                .filter(|(_, value)| value.n > 0 || value.withheld)
                .map(|(series, value)| {
                    let shown = row(of, value);
                    let between = value.value.and(value.denominator).filter(|_| share).and_then(|all| {
                        let held = rates::wilson(value.numerator as u64, all as u64, 0.95)?;
                        Some(t.fig_between(of.format.show(t, held.upper), of.format.show(t, held.lower)))
                    });
                    PartRow {
                        name: slice_name(t, series.slice, &of.figures, of.strategy),
                        href: format!(
                            "/figures/{}{}",
                            of.measure.code,
                            query(series.slice, &of.figures, of.strategy)
                        ),
                        value: shown.value,
                        between: between.unwrap_or_default(),
                        n: shown.n,
                    }
                })
                .collect(),
        })
        .filter(|breakdown: &Breakdown| breakdown.rows.len() > 1)
        .collect()
}

#[derive(Template)]
#[template(path = "figures/measure.html")]
struct Page {
    t: Lang,
    shell: Shell,
    part: Option<String>,
    whole: String,
    groups: Vec<Link>,
    way: WayWords,
    class: &'static str,
    says: &'static str,
    value: String,
    name: String,
    about: String,
    target: Option<(String, String, &'static str)>,
    trend: Option<Trend>,
    forecast: Option<String>,
    trial: bool,
    rows: Vec<Row>,
    share: bool,
    n_head: &'static str,
    target_head: &'static str,
    breakdowns: Vec<Breakdown>,
    month: String,
    comparisons: Vec<Comparison>,
    others: Vec<Choice>,
    same: Vec<(&'static str, String)>,
    definition: Definition,
    note: String,
    counted: Vec<String>,
    as_of: String,
    needs_hours: bool,
    earned_to: Option<String>,
    weeks_to: Option<String>,
    /// Where the table is taken out as a file, for those who may.
    sheet: Option<String>,
    picture: String,
    targets: Option<String>,
    people: Option<String>,
    funnel_height: f64,
    here: String,
    exchanged: Option<Exchanged>,
}

/// The page.
///
/// # Errors
/// The user is no employee, there is no such measure or part, or the database is away.
pub async fn get(visit: Visit, Path(code): Path<String>, Query(part): Query<Part>) -> Result<Response, Failure> {
    let t = visit.t;
    let app = visit.app.clone();
    let of = Shown::find(&visit, app.figures().strategy(), &code, &part).await?;
    let words = words(t, of.measure);
    let latest = of.reading.values.last().copied();
    let (value, about) = now(t, of.measure, of.format, latest.as_ref());
    let target = latest.and_then(|latest| {
        let (value, target) = (latest.value?, of.target(latest.month)?);
        Some((
            of.format.show(t, target),
            of.format.difference(t, value - target),
            target_sentence(t, &of.reading, value, target, of.measure.better),
        ))
    });
    let month = latest.map_or_else(|| of.figures.months.last().copied().unwrap_or_default(), |v| v.month);
    let all = |href: String| Link::new(t.fig_all(), href, of.slice == Slice::All);
    let mut groups = vec![all(format!("/figures/{code}"))];
    groups.extend(
        of.measure
            .groups
            .iter()
            .filter(|_| of.measure.groups.len() > 1)
            .map(|&place| {
                let slice = Slice::Group(place);
                let href = format!("/figures/{code}{}", query(slice, &of.figures, of.strategy));
                Link::new(group_name(t, &of.strategy.groups[place]), href, of.slice == slice)
            }),
    );
    let leads = matches!(of.slice, Slice::All | Slice::Unit(_)) && people::may_see(&visit, of.measure);
    let here = visit.app.site.municipality.clone();
    let (comparisons, others) = compare::comparisons(&of, &here, visit.today());
    let exchanged = Exchanged::find(&visit, &of.figures, of.measure, of.slice).await?;
    page(&Page {
        t,
        exchanged,
        shell: visit.shell(words.question.as_str()),
        part: (of.slice != Slice::All).then(|| slice_name(t, of.slice, &of.figures, of.strategy)),
        whole: format!("/figures/{code}"),
        groups: if groups.len() > 1 { groups } else { vec![] },
        way: way_words(t, of.reading.way),
        class: overview::class(of.reading.way),
        says: sentence(t, &of.reading),
        value,
        name: of.format.name(t, of.measure, words).to_owned(),
        about,
        target,
        trend: of.trend(),
        forecast: of.ahead.last().map(|(month, a)| match a.range {
            Some((low, high)) => t.fig_forecast_range(
                of.format.show(t, high),
                of.format.show(t, low.max(0.0)),
                month_name(t, *month),
                of.format.show(t, a.value),
            ),
            None => t.fig_forecast(month_name(t, *month), of.format.show(t, a.value)),
        }),
        trial: of.reading.chart.as_ref().is_some_and(|c| c.trial),
        rows: of
            .series
            .values
            .iter()
            .rev()
            .take(reading::SHOWN)
            .map(|v| row(&of, v))
            .collect(),
        share: tovholder_figures::set::is_share(of.measure),
        n_head: if of.measure.counted == Counted::Expenses {
            t.fig_gross()
        } else {
            t.fig_n()
        },
        target_head: target_head(t, of.measure),
        breakdowns: breakdowns(&of, month),
        month: month_name(t, month),
        comparisons,
        others,
        same: [("group", part.group), ("unit", part.unit), ("age", part.age)]
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .collect(),
        definition: definition(t, of.measure),
        note: words.note.clone(),
        counted: of
            .measure
            .groups
            .iter()
            .map(|&g| group_name(t, &of.strategy.groups[g]).to_owned())
            .collect(),
        as_of: t.date(date(of.figures.as_of)),
        needs_hours: matches!(of.measure.counted, Counted::Spells(i) if i.definition().needs == tovholder_spells::indicator::Needs::Earnings),
        earned_to: of.figures.earned_to.map(|m| month_name(t, m)),
        weeks_to: of
            .figures
            .weeks
            .filter(|_| of.measure.counted == Counted::Spells(tovholder_spells::Indicator::SelfSupportShare))
            .map(|weeks| t.date(date(weeks.to - 1))),
        sheet: visit.has(Right::ExportFigures).then(|| of.href("/table.xlsx")),
        picture: of.href("/picture.svg"),
        targets: (targets::may_set(&visit) && of.aimed().is_some()).then(|| format!("/figures/targets?measure={code}")),
        people: leads.then(|| match of.slice {
            Slice::Unit(place) => format!("/figures/{code}/people?unit={}", of.figures.units[place].0),
            _ => format!("/figures/{code}/people"),
        }),
        funnel_height: FUNNEL_HEIGHT,
        here,
    })
}

#[derive(Template)]
#[template(path = "figures/picture.html")]
struct Picture {
    t: Lang,
    trend: Trend,
    about: String,
    name: String,
    source: String,
}

/// The chart as a picture for a report: an SVG file that stands by itself.
///
/// # Errors
/// As [`get`]; [`Failure::NotFound`] while there are no months.
pub async fn picture(visit: Visit, Path(code): Path<String>, Query(part): Query<Part>) -> Result<Response, Failure> {
    let t = visit.t;
    let app = visit.app.clone();
    let of = Shown::find(&visit, app.figures().strategy(), &code, &part).await?;
    let picture = Picture {
        t,
        trend: of.trend().ok_or(Failure::NotFound)?,
        about: now(t, of.measure, of.format, of.reading.values.last()).1,
        name: of.format.name(t, of.measure, words(t, of.measure)).to_owned(),
        source: t.fig_picture_source(
            t.date(date(of.figures.as_of)),
            definition(t, of.measure).id,
            visit.app.site.municipality.clone(),
        ),
    };
    let text = picture.render().map_err(Failure::Page)?;
    let mut response = text.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("image/svg+xml"));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{code}.svg\"")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(response)
}

/// The table as an Excel file: every month computed, and on each row what the figure means.
///
/// # Errors
/// As [`get`].
pub async fn table(visit: Visit, Path(code): Path<String>, Query(part): Query<Part>) -> Result<Response, Failure> {
    visit.must(Right::ExportFigures)?;
    let t = visit.t;
    let app = visit.app.clone();
    let of = Shown::find(&visit, app.figures().strategy(), &code, &part).await?;
    let heads = [
        t.fig_month(),
        t.fig_measure(),
        t.fig_part(),
        t.fig_value(),
        t.fig_counted(),
        t.fig_of(),
        t.fig_n(),
        t.fig_target(),
        t.fig_remark(),
        t.fig_definition(),
        t.fig_data_date(),
    ];
    let empty = || Cell::Text(String::new());
    let number = |value: Option<f64>| value.map_or_else(empty, Cell::Number);
    let unit = of.format.unit;
    let id = definition(t, of.measure).id;
    let name = of.format.name(t, of.measure, words(t, of.measure));
    let part = slice_name(t, of.slice, &of.figures, of.strategy);
    let rows: Vec<Vec<Cell>> = of
        .series
        .values
        .iter()
        .map(|v| {
            let remark = match v {
                v if v.withheld => t.fig_few(),
                v if v.value.is_none() => t.fig_not_known(),
                v if v.provisional => t.fig_may_change(),
                _ => "",
            };
            vec![
                v.month.to_string().into(),
                name.into(),
                part.clone().into(),
                number(v.value.map(|v| unit.shown(v))),
                number(v.value.map(|_| v.numerator)),
                number(v.value.and(v.denominator)),
                if v.n_withheld {
                    empty()
                } else {
                    Cell::Number(v.n as f64)
                },
                number(of.target(v.month).map(|v| unit.shown(v))),
                remark.into(),
                id.clone().into(),
                Cell::Day(Some(date(of.figures.as_of))),
            ]
        })
        .collect();
    let others = compare::table(&of, visit.today());
    let heads_of_others = [
        t.fig_month(),
        t.fig_measure(),
        t.fig_place(),
        t.fig_value(),
        t.fig_counted(),
        t.fig_of(),
        t.cmp_lower(),
        t.cmp_upper(),
        t.fig_remark(),
        t.cmp_source_head(),
    ];
    let title = of.title();
    let mut sheets = vec![sheet::Sheet {
        title: &title,
        heads: &heads,
        rows: &rows,
    }];
    if !others.is_empty() {
        sheets.push(sheet::Sheet {
            title: t.fig_compare_title(),
            heads: &heads_of_others,
            rows: &others,
        });
    }
    let many = sheets.iter().map(|sheet| sheet.rows.len()).sum();
    visit.exported(Right::ExportFigures, PageKey::Figures, many).await?;
    sheet::answer_all(&code, &sheets)
}
