//! The leader's figures: the strategy's goals, each figure with its definition, the targets, and the people behind for those who may see them.
//!
//! The figures are computed for the whole municipality and kept in memory ([`cache`]); a page looks things up and reads the targets. Never a number
//! without its definition, its month and how many stand behind it; never a table of who does best.

pub mod cache;
pub mod chart;
pub mod compare;
pub mod exchanged;
pub mod group;
pub mod groups;
pub mod measure;
pub mod overview;
pub mod people;
pub mod report;
pub mod targets;
#[cfg(test)]
mod tests;

use jiff::civil::Date;
use tovholder_casework::id::UnitId;
use tovholder_figures::Figures;
use tovholder_figures::reading::{self, Reading, Way};
use tovholder_figures::set::{Slice, Value, age_name};
use tovholder_figures::strategy::{Better, Counted, Group, Measure, Strategy, Unit, Words};
use tovholder_spells::control::Assurance;
use tovholder_spells::{Day, Month};
use tovholder_store::figures::Target;

use crate::kit::lang::Lang;

/// The measure's words in the language of the page.
#[must_use]
pub fn words(t: Lang, measure: &Measure) -> &Words {
    match t {
        Lang::Da => &measure.da,
        Lang::En => &measure.en,
    }
}

/// The group's name.
#[must_use]
pub fn group_name(t: Lang, group: &Group) -> &str {
    match t {
        Lang::Da => &group.da,
        Lang::En => &group.en,
    }
}

/// A day as a date.
#[must_use]
pub fn date(day: Day) -> Date {
    let (year, month, day) = day.ymd();
    Date::new(
        i16::try_from(year).unwrap_or(1),
        i8::try_from(month).unwrap_or(1),
        i8::try_from(day).unwrap_or(1),
    )
    .unwrap_or(Date::ZERO)
}

/// A date as a day.
#[must_use]
pub fn day(date: Date) -> Day {
    Day::from_ymd(date.year().into(), date.month().into(), date.day().into()).unwrap_or_default()
}

/// `marts 2026`.
#[must_use]
pub fn month_name(t: Lang, month: Month) -> String {
    t.month_year(date(month.first()))
}

/// How a measure's numbers are written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Format {
    unit: Unit,
}

impl Format {
    /// Of this measure; without the number of inhabitants there is nothing to share by.
    #[must_use]
    pub fn of(measure: &Measure, figures: &Figures) -> Format {
        let unit = match measure.unit {
            Unit::Per1000 if figures.inhabitants.is_none() => Unit::Count,
            unit => unit,
        };
        Format { unit }
    }

    /// With unit: `12,5 %`.
    #[must_use]
    pub fn show(self, t: Lang, value: f64) -> String {
        match self.unit {
            Unit::Share => t.percent(value, 1),
            _ => t.decimal(self.unit.shown(value), self.places()),
        }
    }

    fn places(self) -> usize {
        match self.unit {
            Unit::Count => 0,
            Unit::Share | Unit::Weeks | Unit::Per1000 => 1,
            Unit::Times => 2,
        }
    }

    /// A difference, with its sign, in percentage points for shares.
    #[must_use]
    pub fn difference(self, t: Lang, value: f64) -> String {
        let number = t.decimal(self.unit.shown(value), self.places());
        let number = if value > 0.0 && !number.chars().all(|c| "0,.".contains(c)) {
            format!("+{number}")
        } else {
            number
        };
        match self.unit {
            Unit::Share => t.fig_points(number),
            _ => number,
        }
    }

    /// The mark of a scale: no more decimals than the step has.
    #[must_use]
    pub fn tick(self, t: Lang, shown: f64, step: f64) -> String {
        let places = if step >= 1.0 {
            0
        } else if step >= 0.1 {
            1
        } else {
            2
        };
        match self.unit {
            Unit::Share => t.percent(shown / 100.0, places),
            _ => t.decimal(shown, places),
        }
    }

    /// What the number is when the measure is per inhabitant and nobody has said how many there are.
    #[must_use]
    pub fn name<'w>(self, t: Lang, measure: &Measure, words: &'w Words) -> &'w str {
        if self.unit == measure.unit {
            &words.name
        } else {
            t.fig_full_time()
        }
    }
}

/// What a part of the people is called.
#[must_use]
pub fn slice_name(t: Lang, slice: Slice, figures: &Figures, strategy: &Strategy) -> String {
    match slice {
        Slice::All => t.fig_all().to_owned(),
        Slice::Group(place) => group_name(t, &strategy.groups[place]).to_owned(),
        Slice::Unit(place) => figures.units[place].1.clone(),
        Slice::Age(code) => t.fig_years(age_name(code)),
        Slice::Other => t.fig_other().to_owned(),
    }
}

/// Which way it goes, in a word, with the kind of tag and the icon: never by colour alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WayWords {
    /// In a word or two.
    pub text: &'static str,
    /// The kind of tag.
    pub kind: &'static str,
    /// The icon.
    pub icon: &'static str,
}

/// The words of a way.
#[must_use]
pub fn way_words(t: Lang, way: Way) -> WayWords {
    let (text, kind, icon) = match way {
        Way::Right => (t.fig_way_right(), "good", "success"),
        Way::Wrong => (t.fig_way_wrong(), "bad", "warning"),
        Way::Up => (t.fig_way_up(), "info", "chevron-up"),
        Way::Down => (t.fig_way_down(), "info", "chevron-down"),
        Way::Steady => (t.fig_way_steady(), "plain", "minus"),
        Way::TooFew => (t.fig_way_too_few(), "plain", "hourglass"),
        Way::Unknown => (t.fig_way_unknown(), "plain", "help"),
    };
    WayWords { text, kind, icon }
}

/// What the months say, in one sentence.
#[must_use]
pub fn sentence(t: Lang, reading: &Reading) -> &'static str {
    match (reading.way, reading.upwards) {
        (Way::Right, true) => t.fig_says_right_up(),
        (Way::Right, false) => t.fig_says_right_down(),
        (Way::Wrong, true) => t.fig_says_wrong_up(),
        (Way::Wrong, false) => t.fig_says_wrong_down(),
        (Way::Up, _) => t.fig_says_up(),
        (Way::Down, _) => t.fig_says_down(),
        (Way::Steady, _) => t.fig_says_steady(),
        (Way::TooFew, _) => t.fig_says_too_few(),
        (Way::Unknown, _) => t.fig_says_unknown(),
    }
}

/// How the figure stands to its target, in one sentence; empty where it cannot be said.
#[must_use]
pub fn target_sentence(t: Lang, reading: &Reading, value: f64, target: f64, better: Better) -> &'static str {
    match (reading::met(value, target, better), reading.assurance(target, better)) {
        (None, _) => "",
        // What is on the move will not stay where it was.
        (Some(met), _) if reading.way != Way::Steady => {
            if met {
                t.fig_target_met_now()
            } else {
                t.fig_target_not_met_now()
            }
        }
        (Some(true), Some(Assurance::HitAndMiss) | None) => t.fig_target_met(),
        (Some(true), _) => t.fig_target_met_safe(),
        (Some(false), Some(Assurance::Fail)) => t.fig_target_out_of_reach(),
        (Some(false), _) => t.fig_target_not_met(),
    }
}

/// What a measure means: the definition of the indicator, and its name for those who want to look it up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// In the language of the page.
    pub means: String,
    /// Numerator and denominator, in English.
    pub formula: &'static str,
    /// Where it comes from, in English.
    pub source: &'static str,
    /// Name and version.
    pub id: String,
}

/// The definition of a measure.
#[must_use]
pub fn definition(t: Lang, measure: &Measure) -> Definition {
    match measure.counted {
        Counted::Spells(indicator) => {
            let d = indicator.definition();
            Definition {
                means: match t {
                    Lang::Da => d.means_da,
                    Lang::En => d.means_en,
                }
                .to_owned(),
                formula: d.formula,
                source: d.source,
                id: indicator.id(tovholder_figures::set::GAP),
            }
        }
        Counted::Companies => Definition {
            means: t.fig_means_companies().to_owned(),
            formula: "number of different companies with an effort that lasts on at least one day of the month",
            source: "Own data",
            id: "companies.1".to_owned(),
        },
        Counted::Joint => Definition {
            means: t.fig_means_joint().to_owned(),
            formula: "plans open on the last day in which employees of two units or more take part that day, the coordinator counted / plans open on the last day",
            source: "Own data; employees are counted in the unit they work in today",
            id: "joint_share.1".to_owned(),
        },
    }
}

/// How many stand behind a value: `1.234 borgere`. Of small numbers only that they are small.
#[must_use]
pub fn behind(t: Lang, measure: &Measure, value: &Value) -> String {
    if value.n_withheld || value.withheld && value.n == 0 {
        return t.fig_few().to_owned();
    }
    use tovholder_spells::Indicator as I;
    match measure.counted {
        Counted::Companies => t.fig_n_companies(value.n),
        Counted::Joint => t.fig_n_plans(value.n),
        Counted::Spells(
            I::Inflow
            | I::Outflow
            | I::DurationCompletedMean
            | I::DurationMedianKm
            | I::ExitToWork3
            | I::ExitToWork6
            | I::ExitToWork12
            | I::SelfSupportShare
            | I::ReturnShare,
        ) => t.fig_n_spells(value.n),
        Counted::Spells(I::CaseworkerChanges) => t.fig_n_changes(value.n),
        Counted::Spells(_) => t.fig_n_people(value.n),
    }
}

/// The target that holds for a month: the newest one set, unless it was taken away.
#[must_use]
pub fn target_of<'a>(
    targets: &'a [Target],
    measure: &Measure,
    group: &str,
    unit: Option<UnitId>,
    month: Month,
) -> Option<&'a Target> {
    // They come newest first.
    targets
        .iter()
        .find(|t| t.measure == measure.code && t.group == group && t.unit == unit && t.month == month)
        .filter(|t| t.value.is_some())
}
