//! `/figures`: are we moving the right way? The strategy's goals at a glance, each with value, target, comparison and a small chart.

use askama::Template;
use axum::response::Response;
use tovholder_figures::benchmark::{Like, Place};
use tovholder_figures::reading::{Reading, Way};
use tovholder_figures::set::{Slice, Value};
use tovholder_figures::strategy::Measure;
use tovholder_figures::{Figures, Published};
use tovholder_spells::Month;
use tovholder_store::figures::{self as store, Target};

use crate::figures::cache::figures;
use crate::figures::chart::{Input, Trend};
use crate::figures::*;
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, page};
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;

struct Card {
    number: String,
    goal: String,
    href: String,
    way: WayWords,
    class: &'static str,
    value: String,
    name: String,
    about: String,
    says: String,
    target: Option<(String, &'static str)>,
    compared: Option<String>,
    trend: Option<Trend>,
    note: String,
    definition: Definition,
}

struct More {
    goal: String,
    href: String,
    value: String,
    name: String,
    about: String,
    way: WayWords,
}

#[derive(Template)]
#[template(path = "figures/overview.html")]
struct Page {
    t: Lang,
    shell: Shell,
    as_of: String,
    people: String,
    summary: Vec<(String, WayWords, &'static str)>,
    answer: String,
    cards: Vec<Card>,
    more: Vec<More>,
    leads: bool,
}

/// The page.
///
/// # Errors
/// The user is no employee, or the database is away.
pub async fn get(visit: Visit) -> Result<Response, Failure> {
    visit.employee()?;
    let t = visit.t;
    let figures = figures(&visit).await?;
    let published = visit.app.figures().published();
    let targets = store::targets(&mut visit.read().await?, None).await?;
    let app = visit.app.clone();
    let strategy = app.figures().strategy();
    let each = || strategy.measures.iter().zip(&figures.measured);
    let mut ways = Vec::new();
    let mut cards = Vec::new();
    for (measure, measured) in each().filter(|(m, _)| m.goal.is_some()) {
        let reading = Reading::of(&measured.all, measure.better);
        ways.push(reading.way);
        cards.push(card(t, strategy, (&figures, &published), measure, &reading, &targets));
    }
    let more = each()
        .filter(|(m, _)| m.goal.is_none())
        .map(|(measure, measured)| {
            let reading = Reading::of(&measured.all, measure.better);
            let format = Format::of(measure, &figures);
            let (value, about) = now(t, measure, format, measured.all.latest());
            More {
                goal: words(t, measure).goal.clone(),
                href: format!("/figures/{}", measure.code),
                name: words(t, measure).name.clone(),
                way: way_words(t, reading.way),
                value,
                about,
            }
        })
        .collect();
    page(&Page {
        t,
        shell: visit.shell(t.fig_title()),
        as_of: t.date(date(figures.as_of)),
        people: t.integer(figures.people),
        summary: summary(t, &ways),
        answer: answer(t, &ways),
        cards,
        more,
        leads: targets::may_set(&visit),
    })
}

/// How many goals go which way, in words and numbers; ways nobody goes are left out, but right and wrong always stand there.
fn summary(t: Lang, ways: &[Way]) -> Vec<(String, WayWords, &'static str)> {
    let all = [
        Way::Right,
        Way::Wrong,
        Way::Steady,
        Way::Up,
        Way::Down,
        Way::TooFew,
        Way::Unknown,
    ];
    all.into_iter()
        .map(|way| (way, ways.iter().filter(|w| **w == way).count()))
        .filter(|(way, many)| *many > 0 || matches!(way, Way::Right | Way::Wrong))
        .map(|(way, many)| (t.integer(many), way_words(t, way), class(way)))
        .collect()
}

fn answer(t: Lang, ways: &[Way]) -> String {
    let of = |way: Way| ways.iter().filter(|w| **w == way).count();
    let (right, wrong) = (of(Way::Right), of(Way::Wrong));
    match (right, wrong) {
        (0, 0) => t.fig_answer_neither().to_owned(),
        (right, 0) => t.fig_answer_right(right),
        (0, wrong) => t.fig_answer_wrong(wrong),
        (right, wrong) => t.fig_answer_both(t.fig_answer_right(right), t.fig_answer_wrong(wrong)),
    }
}

/// Ending of a class.
#[must_use]
pub const fn class(way: Way) -> &'static str {
    match way {
        Way::Right => "good",
        Way::Wrong => "bad",
        Way::Up | Way::Down => "change",
        Way::Steady | Way::TooFew | Way::Unknown => "plain",
    }
}

/// The newest value and what is to be known of it: month and how many. Dashes where there is none.
#[must_use]
pub fn now(t: Lang, measure: &Measure, format: Format, value: Option<&Value>) -> (String, String) {
    match value {
        Some(value) => {
            let month = month_name(t, value.month);
            let number = value.value.map_or_else(|| "–".to_owned(), |v| format.show(t, v));
            let about = if value.provisional {
                t.fig_about_provisional(month, behind(t, measure, value))
            } else {
                t.fig_about(month, behind(t, measure, value))
            };
            (number, about)
        }
        None => ("–".to_owned(), t.fig_no_value().to_owned()),
    }
}

fn card(
    t: Lang,
    strategy: &Strategy,
    (figures, published): (&Figures, &Published),
    measure: &Measure,
    reading: &Reading,
    targets: &[Target],
) -> Card {
    let words = words(t, measure);
    let format = Format::of(measure, figures);
    let latest = reading.values.last();
    let (value, about) = now(t, measure, format, latest);
    let line: Vec<(Month, f64)> = figures
        .months
        .iter()
        .filter_map(|m| Some((*m, target_of(targets, measure, "", None, *m)?.value?)))
        .collect();
    let target = latest.and_then(|latest| {
        let (value, target) = (
            latest.value?,
            target_of(targets, measure, "", None, latest.month)?.value?,
        );
        let says = target_sentence(t, reading, value, target, measure.better);
        Some((format.show(t, target), says))
    });
    let says = sentence(t, reading);
    Card {
        number: measure.goal.map(|n| n.to_string()).unwrap_or_default(),
        goal: words.goal.clone(),
        href: format!("/figures/{}", measure.code),
        way: way_words(t, reading.way),
        class: class(reading.way),
        name: format.name(t, measure, words).to_owned(),
        says: says.to_owned(),
        target,
        compared: compared(t, strategy, figures, published, measure),
        trend: Trend::draw(
            t,
            &Input {
                title: words.goal.clone(),
                says: says.to_owned(),
                reading,
                better: measure.better,
                format,
                targets: &line,
                ahead: &[],
                other: (&[], ""),
                cuts: &[],
                small: true,
            },
        ),
        note: words.note.clone(),
        definition: definition(t, measure),
        value,
        about,
    }
}

/// Here and in the whole country, for the first group that can be compared, in the newest month both know.
#[must_use]
pub fn compared(
    t: Lang,
    strategy: &Strategy,
    figures: &Figures,
    published: &Published,
    measure: &Measure,
) -> Option<String> {
    let (place, _) = strategy.measure(&measure.code)?;
    Like::of(measure, strategy).find_map(|(like, group)| {
        if measure.unit == Unit::Per1000 && figures.inhabitants.is_none() {
            return None;
        }
        let slice = group.map_or(Slice::All, Slice::Group);
        let own = figures.measured[place].of(slice)?;
        let (month, own, country) = own
            .values
            .iter()
            .rev()
            .find_map(|v| Some((v.month, v.value?, like.value(published, &Place::Denmark, v.month)?)))?;
        let name = group.map_or_else(
            || words(t, measure).name.clone(),
            |g| group_name(t, &strategy.groups[g]).to_owned(),
        );
        let format = Format::of(measure, figures);
        let country = format.show(t, format.unit.stored(country));
        Some(t.fig_compared(country, name, month_name(t, month), format.show(t, own)))
    })
}
