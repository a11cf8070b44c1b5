//! The published figures of others beside ours: the country, the region, the groups the head has made, and municipalities like ours.

use jiff::civil::Date;
use tovholder_casework::reference;
use tovholder_figures::Published;
use tovholder_figures::benchmark::{Funnel, Like, Place, REFORM};
use tovholder_figures::nearest;
use tovholder_figures::published::Quantity;
use tovholder_figures::reading::Reading;
use tovholder_figures::set::{Slice, Value};
use tovholder_spells::Month;
use tovholder_store::db::{Conn, Error};
use tovholder_store::published::{self as store, Group};

use crate::caseload::sheet::Cell;
use crate::figures::chart::{FunnelPicture, Input, Trend};
use crate::figures::measure::Shown;
use crate::figures::*;
use crate::kit::form::Choice;
use crate::kit::lang::Lang;

/// What the municipality compares itself with, as the head has set it.
#[derive(Clone, Debug, Default)]
pub struct Others {
    /// The municipality that counts as ours.
    pub own: Option<u16>,
    /// Everything that has been said of every group, the newest first.
    pub history: Vec<Group>,
}

impl Others {
    /// Reads it: two queries.
    ///
    /// # Errors
    /// The database is away.
    pub async fn read(conn: &mut Conn) -> Result<Others, Error> {
        Ok(Others {
            own: store::own(conn).await?,
            history: store::group_history(conn).await?,
        })
    }
}

/// A place to compare with, as it can be chosen.
pub struct With {
    /// In the address: `DK`, `region`, `like`, `own` or a group's id.
    pub key: String,
    /// Its name.
    pub name: String,
    /// What it is.
    pub place: Place,
}

/// Every place there is to compare with, in a fixed order: ours as published, the region, municipalities like ours, the groups, the country.
#[must_use]
pub fn places(t: Lang, published: &Published, others: &Others, today: Date) -> Vec<With> {
    let with = |key: &str, name: String, codes: Vec<u16>| With {
        key: key.to_owned(),
        name,
        place: Place::Municipalities(codes),
    };
    let mut all = Vec::new();
    if let Some(own) = others.own.and_then(reference::municipality) {
        let region = own.region(today);
        let members = reference::municipalities().iter().filter(|m| m.region(today) == region);
        all.push(with("own", t.cmp_as_published(own.name), vec![own.code]));
        all.push(with(
            "region",
            region.name.to_owned(),
            members.map(|m| m.code).collect(),
        ));
        let like = nearest::nearest(&nearest::conditions(published), own.code, nearest::LIKE);
        let like: Vec<u16> = like.into_iter().map(|(code, _)| code).collect();
        if !like.is_empty() {
            all.push(with("like", t.cmp_like().to_owned(), like));
        }
    }
    for group in store::groups(&others.history) {
        all.push(with(&group.id.to_string(), group.name.clone(), group.areas.clone()));
    }
    all.push(With {
        key: "DK".to_owned(),
        name: t.fig_country().to_owned(),
        place: Place::Denmark,
    });
    all
}

/// The names of municipalities, in alphabetical order.
#[must_use]
pub fn names(codes: &[u16]) -> String {
    let mut names: Vec<&str> = codes
        .iter()
        .filter_map(|code| reference::municipality(*code))
        .map(|m| m.name)
        .collect();
    names.sort_by_key(|name| danish(name));
    names.join(", ")
}

/// A key by which Danish names sort: æ, ø and å last, and aa as å.
#[must_use]
pub fn danish(name: &str) -> String {
    let name = name.to_lowercase().replace("aa", "å");
    name.replace('æ', "{").replace('ø', "|").replace('å', "}")
}

/// A place in the table.
pub struct Row {
    /// Its name.
    pub name: String,
    /// Where to read which municipalities are in it.
    pub href: Option<&'static str>,
    /// The figure, or that there is none.
    pub value: String,
    /// Whose figures it lacks.
    pub missing: String,
    /// Where it would lie by chance.
    pub between: String,
    /// Of how many.
    pub all: String,
    /// Whether it is our own figure.
    pub own: bool,
    /// Whether it is the one in the chart.
    pub chosen: bool,
}

/// One of our figures beside the published ones that are like it.
pub struct Comparison {
    /// What is compared.
    pub title: String,
    /// The months, ours and the chosen place's.
    pub trend: Option<Trend>,
    /// The month of the table.
    pub month: String,
    /// The table.
    pub places: Vec<Row>,
    /// All municipalities by size.
    pub funnel: Option<FunnelPicture>,
    /// Whether a reform cuts the series.
    pub broken: bool,
    /// Whether the month may still change at its source.
    pub provisional: bool,
    /// Who published it, and when it was read.
    pub source: String,
}

/// The comparisons of a figure, and what can be chosen for the chart; nothing where nothing is published that is like it.
pub fn comparisons(of: &Shown<'_>, here: &str, today: Date) -> (Vec<Comparison>, Vec<Choice>) {
    let all = places(of.t, &of.published, &of.others, today);
    let chosen = chosen(&all, &of.with);
    let found: Vec<Comparison> = likes(of)
        .into_iter()
        .filter_map(|(like, group)| comparison(of, like, group, here, &all, chosen))
        .collect();
    let choices = all.iter().zip(0..);
    let choices = choices.map(|(with, at)| Choice::new(with.key.as_str(), with.name.as_str(), at == chosen));
    let choices = if found.is_empty() { vec![] } else { choices.collect() };
    (found, choices)
}

/// The place asked for; the country, which is last, where nobody has asked or it is gone.
fn chosen(all: &[With], key: &str) -> usize {
    let last = all.len().saturating_sub(1);
    all.iter().position(|with| with.key == key).unwrap_or(last)
}

/// The published series that are like the part shown.
fn likes(of: &Shown<'_>) -> Vec<(Like, Option<usize>)> {
    if of.measure.unit == Unit::Per1000 && of.figures.inhabitants.is_none() {
        return vec![];
    }
    Like::of(of.measure, of.strategy)
        .filter(|(_, group)| match (of.slice, group) {
            (Slice::All, _) => true,
            (Slice::Group(slice), Some(group)) => slice == *group,
            _ => false,
        })
        .collect()
}

fn title(of: &Shown<'_>, group: Option<usize>) -> String {
    let goal = words(of.t, of.measure).goal.as_str();
    group.map_or_else(
        || goal.to_owned(),
        |g| of.t.fig_goal_for(goal, group_name(of.t, &of.strategy.groups[g])),
    )
}

/// Who published the series, and when the newest of it was read.
fn source(t: Lang, published: &Published, like: Like) -> String {
    let one = |quantity: Quantity| {
        let read = published
            .read(quantity)
            .map_or_else(String::new, |day| t.date(date(day)));
        t.cmp_source(read, quantity.source().name(), quantity.table().to_uppercase())
    };
    let (counted, of_all) = (one(like.counted), one(like.of_all));
    if counted == of_all {
        return counted;
    }
    format!("{counted} {of_all}")
}

fn comparison(
    of: &Shown<'_>,
    like: Like,
    group: Option<usize>,
    here: &str,
    all: &[With],
    chosen: usize,
) -> Option<Comparison> {
    let t = of.t;
    let published = of.published.as_ref();
    let (place, _) = of.strategy.measure(&of.measure.code)?;
    let own = of.figures.measured[place].of(group.map_or(Slice::All, Slice::Group))?;
    let stored = |shown: f64| of.format.unit.stored(shown);
    let show = |shown: f64| of.format.show(t, stored(shown));
    let between = |pair: (u64, u64)| {
        like.interval(pair)
            .map_or_else(String::new, |held| t.fig_between(show(held.upper), show(held.lower)))
    };
    let with = all.get(chosen)?;
    let line: Vec<(Month, f64)> = own
        .values
        .iter()
        .filter_map(|v| Some((v.month, stored(like.value(published, &with.place, v.month)?))))
        .collect();
    // The newest month both know.
    let newest = own
        .values
        .iter()
        .rev()
        .find(|v| v.value.is_some() && like.pair(published, &Place::Denmark, v.month).is_some())?;
    let month = newest.month;
    // Of how many our own figure is.
    let size = |value: &Value| match of.measure.unit {
        Unit::Per1000 => of.figures.inhabitants.map(f64::from),
        _ => value.denominator,
    };
    let ours = newest.value.map(|v| of.format.unit.shown(v)).zip(size(newest));
    let mut rows = vec![Row {
        name: here.to_owned(),
        href: None,
        value: ours.map_or_else(String::new, |(shown, _)| show(shown)),
        missing: String::new(),
        between: ours.map_or_else(String::new, |(shown, size)| {
            between(((shown / like.times * size).round() as u64, size.round() as u64))
        }),
        all: ours.map_or_else(String::new, |(_, size)| t.integer(size.round() as i64)),
        own: true,
        chosen: false,
    }];
    rows.extend(all.iter().zip(0..).map(|(with, at)| {
        let pair = like.pair(published, &with.place, month);
        let missing = like.missing(published, &with.place, month);
        let alone = matches!(&with.place, Place::Municipalities(codes) if codes.len() == 1);
        Row {
            name: with.name.clone(),
            href: (with.key != "DK" && with.key != "own" && with.key != "region").then_some("/figures/groups"),
            value: like
                .value(published, &with.place, month)
                .map_or_else(|| t.fig_not_published().to_owned(), show),
            missing: if missing.is_empty() || alone {
                String::new()
            } else {
                t.cmp_missing(names(&missing))
            },
            between: pair.map_or_else(String::new, between),
            all: pair.map_or_else(|| "–".to_owned(), |(_, all)| t.integer(all as i64)),
            own: false,
            chosen: at == chosen,
        }
    }));
    let funnel = Funnel::of(like, published);
    let ours = funnel.as_ref().and_then(|f| {
        // Our own figure of the funnel's month, or the newest before it.
        let value = own
            .values
            .iter()
            .rev()
            .find(|v| v.month <= f.month && v.value.is_some())?;
        Some((size(value)?, of.format.unit.shown(value.value?)))
    });
    let says = match (&funnel, ours) {
        (Some(f), Some((size, shown))) => {
            let limits = f.limits(size, like.times, 0.998);
            if shown > limits.upper {
                t.fig_funnel_above()
            } else if shown < limits.lower {
                t.fig_funnel_below()
            } else {
                t.fig_funnel_within()
            }
        }
        _ => "",
    };
    let title = title(of, group);
    let reading = Reading::of(own, of.measure.better);
    Some(Comparison {
        trend: Trend::draw(
            t,
            &Input {
                title: title.clone(),
                says: t.fig_compared_reading(here, with.name.as_str()),
                reading: &Reading {
                    // The band is on the figure's own chart; here two lines are enough.
                    chart: None,
                    signals: vec![],
                    ..reading
                },
                better: of.measure.better,
                format: of.format,
                targets: &[],
                ahead: &[],
                other: (&line, with.name.as_str()),
                cuts: if like.broken { &[REFORM] } else { &[] },
                small: false,
            },
        ),
        month: month_name(t, month),
        places: rows,
        funnel: funnel.and_then(|f| {
            let title = t.fig_funnel_title(month_name(t, f.month));
            FunnelPicture::draw(t, (title, says.to_owned()), &f, like.times, of.format, ours)
        }),
        title,
        broken: like.broken,
        provisional: like.provisional(published, month),
        source: source(t, published, like),
    })
}

/// The comparisons as rows of a sheet: every place in every month, with its limits, what is to be said of it, and its source.
pub fn table(of: &Shown<'_>, today: Date) -> Vec<Vec<Cell>> {
    let t = of.t;
    let published = of.published.as_ref();
    let all = places(t, published, &of.others, today);
    let number = |value: Option<f64>| value.map_or_else(|| Cell::Text(String::new()), Cell::Number);
    let mut rows = Vec::new();
    for (like, group) in likes(of) {
        let (title, source) = (title(of, group), source(t, published, like));
        for with in &all {
            for &month in &of.figures.months {
                let pair = like.pair(published, &with.place, month);
                let missing = like.missing(published, &with.place, month);
                let limits = pair.and_then(|pair| like.interval(pair));
                let mut remarks: Vec<String> = Vec::new();
                match pair {
                    Some(_) if like.provisional(published, month) => remarks.push(t.fig_may_change().to_owned()),
                    None if missing.len() > 1 || !missing.is_empty() && with.key != "own" => {
                        remarks.push(format!("{}. {}", t.fig_not_published(), t.cmp_missing(names(&missing))));
                    }
                    None => remarks.push(t.fig_not_published().to_owned()),
                    Some(_) => {}
                }
                if like.broken && month == REFORM {
                    remarks.push(t.fig_key_cut().to_owned());
                }
                rows.push(vec![
                    month.to_string().into(),
                    title.clone().into(),
                    with.name.clone().into(),
                    number(like.value(published, &with.place, month)),
                    number(pair.map(|(of, _)| of as f64)),
                    number(pair.map(|(_, all)| all as f64)),
                    number(limits.map(|held| held.lower)),
                    number(limits.map(|held| held.upper)),
                    remarks.join(". ").into(),
                    source.clone().into(),
                ]);
            }
        }
    }
    rows
}
