//! The monthly management report: chosen figures with the leader's own words, as a page, as a PDF and as Excel.
//!
//! What a report says is put together in one place, [`Figure`]: of a report that is being written from the figures as they are now, of one that is
//! published from what was kept with it. Page, PDF and Excel only draw it.

pub mod edit;
pub mod pdf;
pub mod sheet;
pub mod show;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tovholder_figures::reading::Reading;
use tovholder_figures::set::{Measured, Series, Slice, Value};
use tovholder_figures::strategy::{Better, Measure, Strategy, Unit};
use tovholder_figures::{Figures, Published};
use tovholder_spells::Month;
use tovholder_store::figures::{self as store, Target};
use tovholder_store::reports::{Report, Version};

use crate::figures::cache::figures;
use crate::figures::chart::{Input, Trend};
use crate::figures::overview::{compared, now};
use crate::figures::*;
use crate::kit::lang::Lang;
use crate::kit::respond::Failure;
use crate::kit::visit::Visit;

/// What a version of a report holds, as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Body {
    /// The heading.
    pub title: String,
    /// The leader's introduction.
    pub introduction: String,
    /// The figures that are in it or have a comment, in the strategy's order.
    pub choices: Vec<Choice>,
    /// The numbers as they were when it was published; none while it is being written.
    pub frozen: Option<Frozen>,
}

/// What is said about a measure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The measure's code.
    pub measure: String,
    /// Whether it is in the report. A comment to a figure that was taken out is kept for the day it comes back.
    pub shown: bool,
    /// The leader's comment; may be empty.
    pub comment: String,
}

/// The numbers of a published report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Frozen {
    /// The day the figures were made.
    pub as_of: Date,
    /// How many people they were made of.
    pub people: usize,
    /// The figures.
    pub figures: Vec<Figure>,
}

/// One figure with everything a report says about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// The measure's code.
    pub measure: String,
    /// The number of the goal it measures.
    pub goal: Option<u8>,
    /// How it is written.
    pub unit: Unit,
    /// Which way is good.
    pub better: Better,
    /// Name and version of the definition.
    pub definition: String,
    /// The months of the chart, oldest first.
    pub months: Vec<MonthValue>,
    /// What is said of it in Danish.
    pub da: Told,
    /// What is said of it in English.
    pub en: Told,
}

/// A month of a figure. Nothing is in it that may not be shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MonthValue {
    /// The month, such as `2026-02`.
    pub month: String,
    /// The figure as computed; none where it is not known, or too few stand behind it.
    pub value: Option<f64>,
    /// What was counted; none where it may not be shown.
    pub numerator: Option<f64>,
    /// Over what.
    pub denominator: Option<f64>,
    /// How many stand behind it; none where they are too few to tell.
    pub n: Option<u64>,
    /// Whether too few stand behind it.
    pub few: bool,
    /// Whether it may still change.
    pub open: bool,
    /// The target.
    pub target: Option<f64>,
}

/// What is said of a figure in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The goal.
    pub title: String,
    /// The value with its unit, or a dash.
    pub value: String,
    /// What the number is.
    pub name: String,
    /// Its month, and how many stand behind it.
    pub about: String,
    /// How many stand behind it.
    pub n: String,
    /// What the months say, in one sentence.
    pub says: String,
    /// The target with its unit; empty without one.
    pub target: String,
    /// The distance to it; empty without one.
    pub deviation: String,
    /// How the figure stands to it, in one sentence.
    pub target_says: String,
    /// The published comparison; empty without one.
    pub compared: String,
    /// What the figure means.
    pub means: String,
    /// What to know before using it.
    pub note: String,
}

impl Figure {
    /// The figure of a measure as it is now.
    #[must_use]
    pub fn of(
        strategy: &Strategy,
        figures: &Figures,
        published: &Published,
        targets: &[Target],
        place: usize,
    ) -> Option<Figure> {
        let (measure, measured) = (strategy.measures.get(place)?, figures.measured.get(place)?);
        let reading = Reading::of(&measured.all, measure.better);
        let told = |t: Lang| told(t, strategy, (figures, published), measure, &reading, targets);
        let from = measured.all.values.len().saturating_sub(reading::SHOWN);
        let months = measured.all.values[from..].iter().map(|v| MonthValue {
            month: v.month.to_string(),
            value: v.value,
            numerator: v.value.map(|_| v.numerator),
            denominator: v.value.and(v.denominator),
            n: (!(v.n_withheld || v.withheld && v.n == 0)).then_some(v.n),
            few: v.withheld,
            open: v.provisional,
            target: target_of(targets, measure, "", None, v.month).and_then(|t| t.value),
        });
        Some(Figure {
            measure: measure.code.clone(),
            goal: measure.goal,
            unit: Format::of(measure, figures).unit,
            better: measure.better,
            definition: definition(Lang::En, measure).id,
            months: months.collect(),
            da: told(Lang::Da),
            en: told(Lang::En),
        })
    }

    /// What is said of it in the language of the page.
    #[must_use]
    pub fn told(&self, t: Lang) -> &Told {
        match t {
            Lang::Da => &self.da,
            Lang::En => &self.en,
        }
    }

    /// How its numbers are written.
    #[must_use]
    pub fn format(&self) -> Format {
        Format { unit: self.unit }
    }

    /// Which way it goes.
    #[must_use]
    pub fn reading(&self) -> Reading {
        let values = self.months.iter().filter_map(|m| {
            Some(Value {
                month: m.month.parse().ok()?,
                numerator: m.numerator.unwrap_or(0.0),
                denominator: m.denominator,
                value: m.value,
                n: m.n.unwrap_or(0),
                withheld: m.few,
                n_withheld: m.n.is_none(),
                provisional: m.open,
            })
        });
        let series = Series::new(Slice::All, values.collect());
        Reading::of(&series, self.better)
    }

    /// Its chart; `small` without scale and months.
    #[must_use]
    pub fn trend(&self, t: Lang, small: bool) -> Option<Trend> {
        let targets: Vec<(Month, f64)> = self
            .months
            .iter()
            .filter_map(|m| Some((m.month.parse().ok()?, m.target?)))
            .collect();
        let told = self.told(t);
        Trend::draw(
            t,
            &Input {
                title: told.title.clone(),
                says: told.says.clone(),
                reading: &self.reading(),
                better: self.better,
                format: self.format(),
                targets: &targets,
                ahead: &[],
                other: (&[], ""),
                cuts: &[],
                small,
            },
        )
    }
}

fn told(
    t: Lang,
    strategy: &Strategy,
    (figures, published): (&Figures, &Published),
    measure: &Measure,
    reading: &Reading,
    targets: &[Target],
) -> Told {
    let words = words(t, measure);
    let format = Format::of(measure, figures);
    let latest = reading.values.last();
    let (value, about) = now(t, measure, format, latest);
    let aimed = latest.and_then(|latest| {
        let target = target_of(targets, measure, "", None, latest.month)?.value?;
        Some((latest.value?, target))
    });
    let definition = definition(t, measure);
    Told {
        title: words.goal.clone(),
        name: format.name(t, measure, words).to_owned(),
        n: latest.map_or_else(|| "–".to_owned(), |v| behind(t, measure, v)),
        says: sentence(t, reading).to_owned(),
        target: aimed.map_or_else(String::new, |(_, target)| format.show(t, target)),
        deviation: aimed.map_or_else(String::new, |(value, target)| format.difference(t, value - target)),
        target_says: aimed.map_or_else(String::new, |(value, target)| {
            target_sentence(t, reading, value, target, measure.better).to_owned()
        }),
        compared: compared(t, strategy, figures, published, measure).unwrap_or_default(),
        means: definition.means,
        note: words.note.clone(),
        value,
        about,
    }
}

/// The figures as far as the end of a month, as today's register has them.
fn until(figures: &Figures, month: Month) -> Figures {
    let series = |series: &Series| {
        let values = series.values.iter().filter(|v| v.month <= month).copied().collect();
        Series::new(series.slice, values)
    };
    Figures {
        months: figures.months.iter().copied().filter(|m| *m <= month).collect(),
        measured: figures
            .measured
            .iter()
            .map(|measured| Measured {
                all: series(&measured.all),
                parts: measured
                    .parts
                    .iter()
                    .filter(|part| matches!(part.slice, Slice::Group(_)))
                    .map(series)
                    .collect(),
            })
            .collect(),
        units: vec![],
        ..*figures
    }
}

/// A figure in a report, with its comment.
pub struct Entry<'a> {
    /// The figure.
    pub figure: Cow<'a, Figure>,
    /// What the leader says of it; may be empty.
    pub comment: &'a str,
}

/// A report to be drawn.
pub struct Shown {
    /// The month.
    pub month: Month,
    /// Which version; none of one that nobody has saved yet.
    pub version: Option<Version>,
    /// Title, texts and choices.
    pub body: Body,
    /// The day of the numbers.
    pub as_of: Date,
    /// How many people they were made of.
    pub people: usize,
    /// The figures as they are now; empty for a published one.
    live: Vec<Figure>,
}

impl Shown {
    /// The figures in it, in their order.
    #[must_use]
    pub fn entries(&self) -> Vec<Entry<'_>> {
        let frozen = self.body.frozen.as_ref().map_or(&self.live, |f| &f.figures);
        let choices = self.body.choices.iter().filter(|c| c.shown);
        choices
            .filter_map(|choice| {
                Some(Entry {
                    figure: Cow::Borrowed(frozen.iter().find(|f| f.measure == choice.measure)?),
                    comment: &choice.comment,
                })
            })
            .collect()
    }

    /// The number its author saw; 0 of one nobody has saved.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.version.as_ref().map_or(0, |v| v.version)
    }

    /// The name of its files.
    #[must_use]
    pub fn file(&self, t: Lang) -> String {
        format!("{}-{}", t.rep_file(), self.month)
    }
}

/// Whether the user writes reports: those who set targets do.
#[must_use]
pub fn may_write(visit: &Visit) -> bool {
    targets::may_set(visit)
}

/// The last month that is over, of which the newest report is.
#[must_use]
pub fn newest(figures: &Figures) -> Month {
    figures.months.last().copied().unwrap_or_default()
}

/// A report nobody has written yet: all goals, no words but a title.
#[must_use]
pub fn fresh(t: Lang, strategy: &Strategy, month: Month) -> Body {
    Body {
        title: t.rep_default_title(month_name(t, month)),
        choices: strategy
            .measures
            .iter()
            .filter(|m| m.goal.is_some())
            .map(|m| Choice {
                measure: m.code.clone(),
                shown: true,
                comment: String::new(),
            })
            .collect(),
        ..Body::default()
    }
}

/// Reads what was kept.
///
/// # Errors
/// What is kept is no report: somebody has been at the database.
pub fn read(report: &Report) -> Result<Body, Failure> {
    serde_json::from_str(&report.body).map_err(|error| Failure::Page(askama::Error::Custom(Box::new(error))))
}

/// The figures of a month as they are now, every measure.
///
/// # Errors
/// The database is away.
pub async fn live(visit: &Visit, figures: &Arc<Figures>, month: Month) -> Result<Vec<Figure>, Failure> {
    let app = visit.app.clone();
    let strategy = app.figures().strategy();
    let published = app.figures().published();
    let targets = store::targets(&mut visit.read().await?, None).await?;
    let cut = (month < newest(figures)).then(|| until(figures, month));
    let figures = cut.as_ref().unwrap_or(figures);
    Ok((0..strategy.measures.len())
        .filter_map(|place| Figure::of(strategy, figures, &published, &targets, place))
        .collect())
}

/// A version, or the month's report nobody has written yet.
///
/// # Errors
/// The database is away; [`Failure::NotFound`] for a month nothing is known of.
pub async fn shown(visit: &Visit, month: Month, report: Option<Report>) -> Result<Shown, Failure> {
    let figures = figures(visit).await?;
    let body = match &report {
        Some(report) => read(report)?,
        None if figures.months.contains(&month) => fresh(visit.t, visit.app.figures().strategy(), month),
        None => return Err(Failure::NotFound),
    };
    let version = report.map(|report| report.version);
    Ok(match &body.frozen {
        Some(frozen) => Shown {
            month,
            version,
            as_of: frozen.as_of,
            people: frozen.people,
            live: vec![],
            body,
        },
        None => Shown {
            month,
            version,
            as_of: date(figures.as_of),
            people: figures.people,
            live: live(visit, &figures, month).await?,
            body,
        },
    })
}
