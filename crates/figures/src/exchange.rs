//! Figures as they are exchanged between municipalities: counts of many people, with their definitions, and nothing of anybody.
//!
//! Here is what stands in a file and how it is compared. That it comes from where it says is somebody else's business: whoever reads the file checks
//! its signature first. The format is described in `docs/exchange.md`.

use std::fmt;

use serde::{Deserialize, Serialize};
use tovholder_spells::rates::{self, Interval};
use tovholder_spells::{Day, Indicator, Month};

use crate::reading::SHOWN;
use crate::set::{Figures, GAP, RULE, Series, Slice, Value, is_share};
use crate::strategy::{Counted, Measure, Strategy, Unit};

/// The name and version of the format.
pub const FORMAT: &str = "tovholder-exchange-1";

/// What stands on the first line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// [`FORMAT`].
    pub format: String,
    /// The municipality's name.
    pub municipality: String,
    /// The day its figures were made, `2026-03-16`.
    pub as_of: String,
    /// How many live there; none where nobody has said.
    pub inhabitants: Option<u32>,
    /// Fewer people than this are marked and empty.
    pub threshold: u64,
    /// A share of fewer than this is marked and empty.
    pub least_denominator: u64,
}

/// One figure, a line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// Name and version of the definition.
    pub definition: String,
    /// The benefits it is about, sorted; empty for figures that are about none.
    pub benefits: Vec<String>,
    /// How it is written.
    pub unit: Unit,
    /// The months, oldest first; those nothing is known of are left out.
    pub months: Vec<Cell>,
}

/// A month of a figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cell {
    /// `2026-02`.
    pub month: String,
    /// Too few: the month is marked, and everything else is empty.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub few: bool,
    /// The figure, as computed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
    /// What was counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub numerator: Option<f64>,
    /// Over what.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub denominator: Option<f64>,
    /// How many stand behind it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub n: Option<u64>,
}

/// What a file says.
#[derive(Clone, Debug, PartialEq)]
pub struct Body {
    /// The first line.
    pub head: Head,
    /// The figures.
    pub lines: Vec<Line>,
}

/// Why a file is refused, or a figure in it left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong(pub String);
impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl std::error::Error for Wrong {}

/// Name and version of what a measure counts.
#[must_use]
pub fn definition(measure: &Measure) -> String {
    match measure.counted {
        Counted::Spells(indicator) => indicator.id(GAP),
        Counted::Companies => "companies.1".to_owned(),
        Counted::Joint => "joint_share.1".to_owned(),
        Counted::Expenses => "expenses.1".to_owned(),
    }
}

/// Whether a measure is exchanged. Kroner are not: they say how large a municipality is. Nor is self-support that the national register has
/// been asked about, since others may not have asked it and would mean something else by the same name.
fn is_exchanged(measure: &Measure, figures: &Figures) -> bool {
    match measure.counted {
        Counted::Expenses => false,
        Counted::Spells(Indicator::SelfSupportShare) => figures.weeks.is_none(),
        _ => true,
    }
}

/// The benefits of a part of a measure.
fn benefits(strategy: &Strategy, measure: &Measure, slice: Slice) -> Vec<String> {
    let groups: Vec<usize> = match slice {
        Slice::Group(place) => vec![place],
        _ => measure.groups.clone(),
    };
    let mut all: Vec<String> = groups
        .iter()
        .flat_map(|&g| strategy.groups[g].benefits.clone())
        .collect();
    all.sort();
    all.dedup();
    all
}

/// Whether a cell may be shown: the same rule for everything that leaves the house.
fn shows(unit: Unit, numerator: f64, denominator: Option<f64>, n: u64) -> bool {
    if RULE.hides(n) {
        return false;
    }
    match denominator {
        Some(all) if unit == Unit::Share => RULE.shows_rate(numerator.round() as u64, all.round() as u64),
        _ => true,
    }
}

/// What this municipality gives away: what the figures already protect, and of each part only benefits, never units or ages.
#[must_use]
pub fn body(figures: &Figures, strategy: &Strategy, municipality: &str) -> Body {
    let mut lines = Vec::new();
    for (measure, measured) in strategy.measures.iter().zip(&figures.measured) {
        if !is_exchanged(measure, figures) {
            continue;
        }
        let groups = measured
            .parts
            .iter()
            .filter(|part| matches!(part.slice, Slice::Group(_)));
        for series in [&measured.all].into_iter().chain(groups) {
            // Per inhabitant, where nobody has said how many there are, is another figure.
            if measure.unit == Unit::Per1000 && figures.inhabitants.is_none() {
                continue;
            }
            lines.push(Line {
                definition: definition(measure),
                benefits: benefits(strategy, measure, series.slice),
                unit: measure.unit,
                months: series.values[series.values.len().saturating_sub(SHOWN)..]
                    .iter()
                    .filter_map(|v| cell(measure, figures, v))
                    .collect(),
            });
        }
    }
    Body {
        head: Head {
            format: FORMAT.to_owned(),
            municipality: municipality.to_owned(),
            as_of: figures.as_of.to_string(),
            inhabitants: figures.inhabitants,
            threshold: RULE.threshold,
            least_denominator: RULE.least_denominator,
        },
        lines,
    }
}

/// What was counted over what. A figure per inhabitant is made of days; what is given away is the full-time persons they come to, of the inhabitants.
fn counted(measure: &Measure, figures: &Figures, value: &Value) -> (f64, Option<f64>) {
    match (measure.unit, figures.inhabitants.map(f64::from)) {
        (Unit::Per1000, Some(all)) => (value.value.unwrap_or(0.0) * all / 1000.0, Some(all)),
        _ => (value.numerator, value.denominator),
    }
}

fn cell(measure: &Measure, figures: &Figures, value: &Value) -> Option<Cell> {
    let mut cell = Cell {
        month: value.month.to_string(),
        few: false,
        value: None,
        numerator: None,
        denominator: None,
        n: None,
    };
    let (numerator, denominator) = counted(measure, figures, value);
    match value.value {
        // A month that may still change is not given away: two files would disagree about it.
        _ if value.provisional => return None,
        Some(shown) if shows(measure.unit, numerator, denominator, value.n) => {
            cell.value = Some(shown);
            cell.numerator = Some(numerator);
            cell.denominator = denominator;
            cell.n = Some(value.n);
        }
        Some(_) => cell.few = true,
        None if value.withheld || value.n_withheld => cell.few = true,
        None => return None,
    }
    Some(cell)
}

impl Body {
    /// The text that is signed: a line for the head and one for each figure.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        let mut push = |line: Result<String, serde_json::Error>| {
            text.push_str(&line.expect("numbers and text without anything that cannot be written"));
            text.push('\n');
        };
        push(serde_json::to_string(&self.head));
        for line in &self.lines {
            push(serde_json::to_string(line));
        }
        text
    }

    /// Reads the text of a file whose signature has been checked.
    ///
    /// # Errors
    /// The first thing wrong: another format, a line that cannot be read, a small number that should not be there.
    pub fn read(text: &str) -> Result<Body, Wrong> {
        let wrong = |line: usize, what: &dyn fmt::Display| Wrong(format!("line {}: {what}", line + 1));
        let mut lines = text.lines().enumerate();
        let (_, first) = lines.next().ok_or_else(|| Wrong("the file is empty".into()))?;
        let head: Head = serde_json::from_str(first).map_err(|error| wrong(0, &error))?;
        if head.format != FORMAT {
            return Err(wrong(0, &format!("the format is {}, not {FORMAT}", head.format)));
        }
        if head.municipality.trim().is_empty() || head.municipality.chars().count() > 80 {
            return Err(wrong(0, &"no name of a municipality"));
        }
        if head.as_of.len() != 10 || head.as_of.parse::<Day>().is_err() {
            return Err(wrong(0, &format!("{} is no day", head.as_of)));
        }
        if head.threshold < RULE.threshold || head.least_denominator < RULE.least_denominator {
            return Err(wrong(0, &"smaller numbers are shown than we show"));
        }
        let mut all = Vec::new();
        for (at, line) in lines {
            let line: Line = serde_json::from_str(line).map_err(|error| wrong(at, &error))?;
            for cell in &line.months {
                let Cell {
                    month,
                    few,
                    value,
                    numerator,
                    denominator,
                    n,
                } = cell;
                if month.parse::<Month>().is_err() {
                    return Err(wrong(at, &format!("{month} is no month")));
                }
                match (few, value, numerator, n) {
                    (true, None, None, None) if denominator.is_none() => {}
                    (false, Some(value), Some(numerator), Some(n))
                        if value.is_finite() && numerator.is_finite() && denominator.is_none_or(f64::is_finite) =>
                    {
                        if !shows(line.unit, *numerator, *denominator, *n) {
                            return Err(wrong(
                                at,
                                &format!(
                                    "{} {month}: too few people stand behind a number that is shown",
                                    line.definition
                                ),
                            ));
                        }
                    }
                    _ => {
                        return Err(wrong(
                            at,
                            &format!("{} {month}: neither a number nor marked as too few", line.definition),
                        ));
                    }
                }
            }
            all.push(line);
        }
        Ok(Body { head, lines: all })
    }
}

/// A municipality's number beside ours.
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    /// Whose.
    pub municipality: String,
    /// The day its figures were made.
    pub as_of: String,
    /// The month.
    pub month: Month,
    /// The figure, as computed.
    pub value: f64,
    /// Within which it may lie by chance; none where that cannot be said.
    pub between: Option<Interval>,
    /// How many stand behind it.
    pub n: u64,
}

/// One figure of ours beside theirs.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The measure's code.
    pub measure: String,
    /// Which part.
    pub slice: Slice,
    /// Ours first, then theirs, all of the newest month everybody knows.
    pub numbers: Vec<Number>,
    /// All together, where it can be said: what was counted over what.
    pub pooled: Option<f64>,
}

/// What came of comparing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Compared {
    /// The figures that are the same on both sides.
    pub rows: Vec<Row>,
    /// What was left out, and why.
    pub skipped: Vec<String>,
}

type Parts = (f64, f64, Option<f64>, u64);

fn number(unit: Unit, who: (&str, &str), month: Month, (value, numerator, denominator, n): Parts) -> Number {
    let whole = |number: f64| number.round().max(0.0) as u64;
    let between = match (unit, denominator) {
        (Unit::Share, Some(all)) => rates::wilson(whole(numerator), whole(all), 0.95),
        (Unit::Per1000, Some(all)) if all > 0.0 => {
            let counted = rates::poisson_exact(whole(numerator), 0.95);
            let times = 1000.0 / all;
            Some(Interval {
                lower: counted.lower * times,
                upper: counted.upper * times,
            })
        }
        _ => None,
    };
    Number {
        municipality: who.0.to_owned(),
        as_of: who.1.to_owned(),
        month,
        value,
        between,
        n,
    }
}

/// What is counted here: definition and benefits, the measure, and its months.
type Known<'f> = ((String, Vec<String>), &'f Measure, &'f Series);

/// Our figures beside those of others. A figure is the same when its definition with version and its benefits are.
#[must_use]
pub fn compare(figures: &Figures, strategy: &Strategy, here: &str, others: &[Body]) -> Compared {
    let mut all = Compared::default();
    // In the strategy's order; where two measures count the same, the first.
    let mut known: Vec<Known<'_>> = Vec::new();
    for (measure, measured) in strategy.measures.iter().zip(&figures.measured) {
        if !is_exchanged(measure, figures) {
            continue;
        }
        let groups = measured
            .parts
            .iter()
            .filter(|part| matches!(part.slice, Slice::Group(_)));
        for series in [&measured.all].into_iter().chain(groups) {
            let same = (definition(measure), benefits(strategy, measure, series.slice));
            if !known.iter().any(|(other, ..)| *other == same) {
                known.push((same, measure, series));
            }
        }
    }
    let (own, others): (Vec<&Body>, Vec<&Body>) = others.iter().partition(|body| body.head.municipality == here);
    if !own.is_empty() {
        all.skipped.push(format!("{here}: that is us"));
    }
    for body in &others {
        for line in &body.lines {
            let same = |(known, ..): &Known<'_>| known.0 == line.definition && known.1 == line.benefits;
            if !known.iter().any(same) {
                all.skipped.push(format!(
                    "{}: {} of {} is not counted here",
                    body.head.municipality,
                    line.definition,
                    if line.benefits.is_empty() {
                        "no benefits".to_owned()
                    } else {
                        line.benefits.join(", ")
                    }
                ));
            }
        }
    }
    let as_of = figures.as_of.to_string();
    for ((definition, benefits), measure, series) in known {
        let theirs: Vec<(&Head, &Line)> = others
            .iter()
            .filter_map(|body| {
                let line = body
                    .lines
                    .iter()
                    .find(|l| l.definition == definition && l.benefits == benefits)?;
                Some((&body.head, line))
            })
            .collect();
        let unit = measure.unit;
        let of = |month: Month| -> Option<Vec<(&str, &str, Parts)>> {
            let own = series.of(month).filter(|v| !v.provisional)?;
            // Without the number of inhabitants our figure is another one.
            if unit == Unit::Per1000 && figures.inhabitants.is_none() {
                return None;
            }
            let (numerator, denominator) = counted(measure, figures, own);
            let mut found = vec![(here, as_of.as_str(), (own.value?, numerator, denominator, own.n))];
            for (head, line) in &theirs {
                let cell = line.months.iter().find(|c| c.month == month.to_string())?;
                let parts = (cell.value?, cell.numerator?, cell.denominator, cell.n?);
                found.push((&head.municipality, &head.as_of, parts));
            }
            Some(found)
        };
        if theirs.is_empty() {
            continue;
        }
        let Some((month, found)) = figures.months.iter().rev().find_map(|m| Some((*m, of(*m)?))) else {
            all.skipped.push(format!("{definition}: no month that everybody knows"));
            continue;
        };
        let sum =
            |part: &dyn Fn(&Parts) -> Option<f64>| found.iter().map(|(_, _, parts)| part(parts)).sum::<Option<f64>>();
        let times = match unit {
            Unit::Per1000 => Some(1000.0),
            _ if is_share(measure) => Some(1.0),
            _ => None,
        };
        let pooled = times.and_then(|times| {
            let (of, over) = (sum(&|p| Some(p.1))?, sum(&|p| p.2)?);
            (over > 0.0).then(|| of / over * times)
        });
        all.rows.push(Row {
            measure: measure.code.clone(),
            slice: series.slice,
            numbers: found
                .iter()
                .map(|(name, as_of, parts)| number(unit, (name, as_of), month, *parts))
                .collect(),
            pooled,
        });
    }
    all
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that panics fails")]
mod tests {
    use super::*;
    use crate::register::{Part, Someone, Town};
    use tovholder_spells::Interval as Days;
    use tovholder_spells::person::FOREVER;

    fn figures(dagpenge: usize, kontanthjaelp: usize, inhabitants: u32) -> Figures {
        let strategy = Strategy::builtin();
        let from: Day = "2024-01-01".parse().unwrap();
        let person = |benefit: &str| Someone {
            unit: 1,
            benefits: vec![(strategy.code_of(benefit), Days::new(from, FOREVER).unwrap())],
            ..Someone::default()
        };
        let mut people = vec![person("dagpenge"); dagpenge];
        people.extend(vec![person("kontanthjaelp"); kontanthjaelp]);
        let town = Town {
            units: vec![(uuid::Uuid::nil(), "Jobcentret".into())],
            inhabitants: Some(inhabitants),
            ..Town::default()
        };
        let companies = vec![];
        Figures::compute(
            &town,
            [Part { people, companies }],
            &strategy,
            "2026-03-15".parse().unwrap(),
        )
    }

    #[test]
    fn what_is_written_is_read_back_and_no_small_number_is_in_it() {
        let strategy = Strategy::builtin();
        for (dagpenge, kontanthjaelp) in [(30, 20), (30, 3), (4, 1), (0, 0), (5, 19)] {
            let body = body(&figures(dagpenge, kontanthjaelp, 10_000), &strategy, "Rebæk Kommune");
            assert_eq!(Body::read(&body.text()).unwrap(), body);
            for cell in body.lines.iter().flat_map(|l| &l.months) {
                assert!(cell.n.is_none_or(|n| n == 0 || n >= RULE.threshold), "{cell:?}");
                assert_eq!(cell.few, cell.value.is_none());
                assert!(!cell.few || cell.n.is_none() && cell.numerator.is_none() && cell.denominator.is_none());
            }
            assert!(!body.text().contains("Jobcentret"), "a unit is nobody else's business");
        }
        // Three on one benefit: neither they nor the thirty that would give them away.
        let protected = body(&figures(30, 3, 10_000), &strategy, "Rebæk Kommune");
        let stock = strategy.measure("stock").unwrap().1;
        let parts: Vec<&Line> = protected
            .lines
            .iter()
            .filter(|l| {
                l.definition == definition(stock) && l.benefits.len() < benefits(&strategy, stock, Slice::All).len()
            })
            .collect();
        assert!(parts.len() >= 2 && parts.iter().all(|l| l.months.last().is_some_and(|c| c.few)));
    }

    #[test]
    fn a_file_that_shows_too_few_is_refused() {
        let mut body = body(&figures(30, 20, 10_000), &Strategy::builtin(), "Rebæk Kommune");
        let shown = |body: &mut Body| {
            let cells = body.lines.iter_mut().flat_map(|l| &mut l.months);
            cells.filter(|c| c.value.is_some()).last().cloned().unwrap()
        };
        let place = body
            .lines
            .iter()
            .position(|l| l.months.iter().any(|c| c.value.is_some()))
            .unwrap();
        let good = shown(&mut body);
        for bad in [
            Cell {
                n: Some(3),
                ..good.clone()
            },
            Cell {
                few: true,
                ..good.clone()
            },
            Cell {
                n: None,
                ..good.clone()
            },
            Cell {
                month: "2026-13".into(),
                ..good.clone()
            },
        ] {
            let mut changed = body.clone();
            changed.lines[place].months.push(bad.clone());
            assert!(Body::read(&changed.text()).is_err(), "{bad:?}");
        }
        let share = body.lines.iter().position(|l| l.unit == Unit::Share).unwrap();
        let of_few = Cell {
            month: "2026-01".into(),
            few: false,
            value: Some(0.5),
            numerator: Some(5.0),
            denominator: Some(10.0),
            n: Some(10),
        };
        body.lines[share].months.push(of_few);
        assert!(Body::read(&body.text()).is_err(), "a share of ten");
        let mut lax = Body { lines: vec![], ..body };
        lax.head.threshold = 1;
        assert!(Body::read(&lax.text()).is_err());
        assert!(Body::read("").is_err() && Body::read("{}").is_err());
    }

    #[test]
    fn the_same_is_compared_and_pooled_by_adding_both_sides() {
        let strategy = Strategy::builtin();
        let ours = figures(100, 50, 10_000);
        let mut theirs = body(&figures(300, 60, 40_000), &strategy, "Solvig Kommune");
        theirs.lines.push(Line {
            definition: "stock_end.9-28d".into(),
            benefits: vec![],
            unit: Unit::Count,
            months: vec![],
        });
        let found = compare(&ours, &strategy, "Rebæk Kommune", &[theirs]);
        assert_eq!(
            found.skipped[0],
            "Solvig Kommune: stock_end.9-28d of no benefits is not counted here"
        );
        let support = found
            .rows
            .iter()
            .find(|r| r.measure == "support" && r.slice == Slice::All)
            .unwrap();
        assert_eq!(
            found.rows[0].measure, strategy.measures[0].code,
            "in the strategy's order"
        );
        let own = body(&ours, &strategy, "Rebæk Kommune");
        let alone = compare(&ours, &strategy, "Rebæk Kommune", &[own]);
        assert_eq!((alone.rows.len(), alone.skipped.len()), (0, 1));
        // 150 of 10,000 and 360 of 40,000: 15 and 9 per 1,000, and together 510 of 50,000.
        let values: Vec<f64> = support
            .numbers
            .iter()
            .map(|n| (n.value * 100.0).round() / 100.0)
            .collect();
        assert_eq!(values, [15.0, 9.0]);
        assert!((support.pooled.unwrap() - 10.2).abs() < 1e-9);
        assert!(support.numbers.iter().all(|n| n.between.unwrap().holds(n.value)));
        assert_eq!(support.numbers[1].municipality, "Solvig Kommune");
        // Numbers of people are shown side by side, but places of different size have no common one.
        let stock = found.rows.iter().find(|r| r.measure == "stock").unwrap();
        assert_eq!(stock.pooled, None);
    }
}
