//! The report as a tagged PDF, for a meeting where it lies on the table and for those who have it read aloud.

use axum::extract::{Path, Query};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use tovholder_paper::{Anchor, Block, Colour, Column, Fonts, LINE, Paper, Picture, Shape, Style};

use super::show::{Which, about, find};
use super::{Entry, Figure, Shown, Told};
use crate::figures::chart::{Mark, Trend};
use crate::figures::*;
use crate::kit::assets::{PAPER_REGULAR, PAPER_SEMIBOLD};
use crate::kit::format::one_stop;
use crate::kit::lang::Lang;
use crate::kit::respond::Failure;
use crate::kit::theme;
use crate::kit::visit::Visit;

/// Height of a chart on paper, in points.
const CHART: f32 = 112.0;
/// Room from margin to margin, in points: the scale of the pictures that are as wide as the page.
const ROOM: f32 = 483.0;
// The colours of `app.css`; meaning is never in them alone.
const GOOD: Colour = Colour(0x23, 0x65, 0x2d);
const BAD: Colour = Colour(0xa8, 0x20, 0x1a);
const CHANGE: Colour = Colour(0x1a, 0x52, 0x76);
const QUIET: Colour = Colour(0x54, 0x60, 0x5d);
const TARGET: Colour = Colour(0x8a, 0x5a, 0x12);
const WHITE: Colour = Colour(255, 255, 255);

/// The file.
///
/// # Errors
/// As [`find`]; [`Failure::Page`] when the file would not conform to PDF/UA-1.
pub async fn get(visit: Visit, Path(month): Path<String>, Query(which): Query<Which>) -> Result<Response, Failure> {
    let (shown, _) = find(&visit, &month, &which).await?;
    let file = shown.file(visit.t);
    // Some milliseconds of work: other requests are answered meanwhile.
    let bytes = tokio::task::spawn_blocking(move || write(&visit, &shown))
        .await
        .map_err(|error| Failure::Page(askama::Error::Custom(Box::new(error))))??;
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/pdf"));
    if let Ok(value) = HeaderValue::from_str(&format!("inline; filename=\"{file}.pdf\"")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(response)
}

fn colour(of: theme::Colour) -> Colour {
    Colour(of.0, of.1, of.2)
}

fn write(visit: &Visit, shown: &Shown) -> Result<Vec<u8>, Failure> {
    let t = visit.t;
    let site = &visit.app.site;
    let (accent, tint) = (colour(site.theme.primary()), colour(site.theme.tint()));
    let page = |page: usize, pages: usize| t.rep_page(t.integer(page), t.integer(pages));
    let (year, month, day) = (shown.as_of.year(), shown.as_of.month(), shown.as_of.day());
    let draft = shown.body.frozen.is_none();
    let paper = Paper {
        title: shown.body.title.clone(),
        language: match t {
            Lang::Da => "da-DK",
            Lang::En => "en-GB",
        },
        author: site.municipality.clone(),
        date: (year.unsigned_abs(), month.unsigned_abs(), day.unsigned_abs()),
        id: format!("{} {} {}", site.municipality, shown.month, shown.number()),
        foot: if draft {
            format!("{} · {} · {}", site.municipality, shown.body.title, t.rep_draft())
        } else {
            format!("{} · {}", site.municipality, shown.body.title)
        },
        page: &page,
        accent,
        tint,
        blocks: blocks(t, &site.municipality, shown, tint, accent),
    };
    let fonts = Fonts {
        regular: PAPER_REGULAR,
        bold: PAPER_SEMIBOLD,
    };
    paper
        .write(&fonts)
        .map_err(|problem| Failure::Page(askama::Error::Custom(Box::new(problem))))
}

fn blocks(t: Lang, municipality: &str, shown: &Shown, tint: Colour, accent: Colour) -> Vec<Block> {
    let text = |style, text: &str| Block::Text(style, text.to_owned());
    let heading = |words: &str| Block::Heading(2, words.to_owned());
    let entries = shown.entries();
    let mut all = vec![
        text(Style::Small, municipality),
        Block::Heading(1, shown.body.title.clone()),
        text(
            Style::Small,
            &shown
                .version
                .as_ref()
                .map_or_else(|| t.rep_unsaved().to_owned(), |v| about(t, v)),
        ),
    ];
    if shown.body.frozen.is_none() {
        all.push(Block::Mark(BAD, t.rep_draft().to_owned()));
    }
    if !shown.body.introduction.is_empty() {
        all.push(text(Style::Lead, &shown.body.introduction));
    }
    all.push(Block::Keep(vec![heading(t.rep_short()), table(t, &entries)]));
    all.push(Block::Keep(vec![
        heading(t.rep_legend()),
        text(Style::Plain, t.rep_legend_about()),
        Block::Picture(legend(t, tint, accent)),
    ]));
    all.extend(entries.iter().map(|entry| section(t, entry, tint, accent)));
    all.push(Block::Keep(vec![
        heading(t.rep_means()),
        text(Style::Plain, &t.fig_known(t.date(shown.as_of), t.integer(shown.people))),
        text(Style::Plain, t.fig_how_small()),
    ]));
    for entry in &entries {
        let told = entry.figure.told(t);
        all.push(Block::Keep(vec![
            text(Style::Bold, &titled(&entry.figure, told)),
            text(Style::Plain, format!("{} {}", told.means, told.note).trim()),
            text(Style::Small, &t.fig_definition_id(entry.figure.definition.as_str())),
        ]));
    }
    all
}

fn titled(figure: &Figure, told: &Told) -> String {
    match figure.goal {
        Some(number) => format!("{number}. {}", told.title),
        None => told.title.clone(),
    }
}

fn table(t: Lang, entries: &[Entry<'_>]) -> Block {
    let column = |head: &str, share, number| Column {
        head: head.to_owned(),
        share,
        number,
    };
    Block::Table {
        columns: vec![
            column(t.fig_goal(), 0.28, false),
            column(t.fig_value(), 0.10, true),
            column(t.fig_target(), 0.10, true),
            column(t.fig_deviation(), 0.20, true),
            column(t.fig_n(), 0.17, true),
            column(t.fig_way(), 0.15, false),
        ],
        rows: entries
            .iter()
            .map(|entry| {
                let told = entry.figure.told(t);
                vec![
                    titled(&entry.figure, told),
                    told.value.clone(),
                    told.target.clone(),
                    told.deviation.clone(),
                    told.n.clone(),
                    way_words(t, entry.figure.reading().way).text.to_owned(),
                ]
            })
            .collect(),
    }
}

fn section(t: Lang, entry: &Entry<'_>, tint: Colour, accent: Colour) -> Block {
    let (figure, told) = (&entry.figure, entry.figure.told(t));
    let way = figure.reading().way;
    let colour = match overview::class(way) {
        "good" => GOOD,
        "bad" => BAD,
        "change" => CHANGE,
        _ => QUIET,
    };
    let mut left = vec![
        Block::Mark(colour, way_words(t, way).text.to_owned()),
        Block::Number {
            value: told.value.clone(),
            name: told.name.clone(),
        },
    ];
    if !told.target.is_empty() {
        let target = one_stop(t.fig_target_deviation(told.deviation.as_str(), told.target.as_str()));
        left.push(Block::Text(Style::Plain, format!("{target} {}", told.target_says)));
    }
    if !told.compared.is_empty() {
        left.push(Block::Text(Style::Plain, told.compared.clone()));
    }
    left.push(Block::Text(Style::Small, told.about.clone()));
    let mut all = vec![Block::Rule, Block::Heading(2, titled(figure, told))];
    match figure.trend(t, false) {
        Some(trend) => all.push(Block::Beside(0.4, left, chart(t, figure, &trend, tint, accent))),
        None => {
            left.push(Block::Text(Style::Plain, told.says.clone()));
            all.extend(left);
        }
    }
    if !entry.comment.is_empty() {
        all.push(Block::Note {
            heading: t.rep_comment().to_owned(),
            text: entry.comment.to_owned(),
        });
    }
    Block::Keep(all)
}

/// What the chart shows, for those who hear it.
fn alt(t: Lang, figure: &Figure) -> String {
    let (told, format) = (figure.told(t), figure.format());
    let known: Vec<(&str, f64)> = figure
        .months
        .iter()
        .filter_map(|m| Some((m.month.as_str(), m.value?)))
        .collect();
    let (Some(first), Some(last)) = (known.first(), known.last()) else {
        return told.title.clone();
    };
    let name = |month: &str| month.parse().map_or_else(|_| month.to_owned(), |m| month_name(t, m));
    let (low, high) = known
        .iter()
        .fold((f64::MAX, f64::MIN), |(low, high), (_, v)| (low.min(*v), high.max(*v)));
    t.rep_alt(
        format.show(t, first.1),
        name(first.0),
        format.show(t, high),
        format.show(t, last.1),
        format.show(t, low),
        told.says.as_str(),
        told.title.as_str(),
        name(last.0),
    )
}

/// The chart of the pages, on paper: places along the width stay per cent, heights shrink.
fn chart(t: Lang, figure: &Figure, trend: &Trend, tint: Colour, accent: Colour) -> Picture {
    let down = f64::from(CHART) / trend.height;
    let at = |x: f64, y: f64| (x as f32, (y * down) as f32);
    let (left, right) = (trend.left, trend.right);
    let line = |from: (f32, f32), to: (f32, f32), pen: f32, dash: &[f32], colour| Shape::Line {
        from,
        to,
        pen,
        dash: dash.to_vec(),
        colour,
    };
    let mut shapes = Vec::new();
    if let Some((top, height)) = trend.band {
        let (x, y) = at(left, top);
        shapes.push(Shape::Rect(x, y, (right - left) as f32, (height * down) as f32, tint));
    }
    for tick in &trend.ticks {
        shapes.push(line(at(left, tick.y), at(right, tick.y), 0.4, &[], LINE));
        let (x, y) = at(0.0, tick.y);
        shapes.push(Shape::Word((x, y + 2.5), Anchor::Start, tick.text.clone()));
    }
    if let Some(y) = trend.centre {
        shapes.push(line(at(left, y), at(right, y), 0.6, &[], QUIET));
    }
    for s in &trend.strokes {
        let (pen, dash, colour): (f32, &[f32], _) = match s.kind {
            "main" => (1.5, &[], accent),
            "target" => (1.3, &[1.5, 2.0], TARGET),
            _ => (1.0, &[4.0, 2.0], QUIET),
        };
        shapes.push(line(at(s.x1, s.y1), at(s.x2, s.y2), pen, dash, colour));
    }
    let mark = |m: &Mark| {
        let place = at(m.x, m.y);
        match m.kind {
            "good" => Shape::Diamond(place, 4.2, GOOD),
            "bad" => Shape::Diamond(place, 4.2, BAD),
            "change" => Shape::Diamond(place, 4.2, CHANGE),
            "open" => Shape::Circle(place, 2.6, WHITE, accent),
            _ => Shape::Circle(place, 1.5, accent, accent),
        }
    };
    shapes.extend(trend.quiet().chain(trend.loud()).map(mark));
    for label in &trend.months {
        let anchor = match label.anchor {
            "start" => Anchor::Start,
            "end" => Anchor::End,
            _ => Anchor::Middle,
        };
        shapes.push(Shape::Word(at(label.x, label.y), anchor, label.text.clone()));
    }
    Picture {
        alt: alt(t, figure),
        caption: trend.reading.clone(),
        width: 100.0,
        height: CHART,
        shapes,
    }
}

/// What the lines and marks mean.
fn legend(t: Lang, tint: Colour, accent: Colour) -> Picture {
    let keys = [
        t.fig_key_band(),
        t.fig_target(),
        t.fig_key_open(),
        t.fig_key_good(),
        t.fig_key_bad(),
        t.fig_key_change(),
    ];
    let mut shapes = Vec::new();
    for (at, words) in keys.iter().enumerate() {
        let (x, y) = ((at % 3) as f32 * ROOM / 3.0, (at / 3) as f32 * 15.0 + 8.0);
        let middle = (x + 10.0, y);
        let end = (x + 20.0, y);
        match at {
            0 => shapes.push(Shape::Rect(x, y - 5.0, 20.0, 10.0, tint)),
            1 => shapes.push(Shape::Line {
                from: (x, y),
                to: end,
                pen: 1.3,
                dash: vec![1.5, 2.0],
                colour: TARGET,
            }),
            2 => shapes.push(Shape::Circle(middle, 2.6, WHITE, accent)),
            3 => shapes.push(Shape::Diamond(middle, 4.2, GOOD)),
            4 => shapes.push(Shape::Diamond(middle, 4.2, BAD)),
            _ => shapes.push(Shape::Diamond(middle, 4.2, CHANGE)),
        }
        shapes.push(Shape::Word((x + 26.0, y + 2.5), Anchor::Start, (*words).to_owned()));
    }
    Picture {
        alt: format!("{}: {}.", t.rep_legend(), keys.join(", ")),
        caption: String::new(),
        width: ROOM,
        height: 32.0,
        shapes,
    }
}
