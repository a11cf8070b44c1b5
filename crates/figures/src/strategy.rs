//! The goals of a strategy and what measures each: read from `strategies/*.toml`, where the words are too.

use std::fmt;

use serde::{Deserialize, Serialize};
use tovholder_spells::Indicator;
use tovholder_spells::person::Code;

/// The strategy built into the binary.
const HEDENSTED: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../strategies/hedensted.toml"));

/// Which way is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Better {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
    /// Neither: a figure to follow and talk about.
    Watch,
}

/// How a figure is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// A share of 1, shown as per cent.
    Share,
    /// A whole number.
    Count,
    /// Days, shown as weeks.
    Weeks,
    /// Times a year.
    Times,
    /// Per 1,000 inhabitants; without the number of inhabitants, a plain number.
    #[serde(rename = "per_1000")]
    Per1000,
}

impl Unit {
    /// From the figure as computed to the number shown: per cent, weeks.
    pub fn shown(self, value: f64) -> f64 {
        match self {
            Unit::Share => value * 100.0,
            Unit::Weeks => value / 7.0,
            Unit::Count | Unit::Times | Unit::Per1000 => value,
        }
    }

    /// From the number typed to the figure as computed.
    pub fn stored(self, shown: f64) -> f64 {
        match self {
            Unit::Share => shown / 100.0,
            Unit::Weeks => shown * 7.0,
            Unit::Count | Unit::Times | Unit::Per1000 => shown,
        }
    }
}

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// A figure of spells.
    Spells(Indicator),
    /// Different companies with a course running in the month.
    Companies,
    /// Of the plans open on the last day: those with employees of two units or more.
    Joint,
}

/// The words of a measure in one language.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// The goal.
    pub goal: String,
    /// The question a leader asks.
    pub question: String,
    /// What the number is, to stand after it.
    pub name: String,
    /// What to know before using it; may be empty.
    pub note: String,
}

/// Benefits that are looked at as one.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Name in data and addresses.
    pub code: String,
    /// Danish.
    pub da: String,
    /// English.
    pub en: String,
    /// Codes of `rules/benefits.toml`.
    pub benefits: Vec<String>,
}

/// A figure of the strategy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// Name in data and addresses.
    pub code: String,
    /// The number of the goal it measures; none for a figure beside them.
    pub goal: Option<u8>,
    /// What is counted.
    pub counted: Counted,
    /// How it is written.
    pub unit: Unit,
    /// Which way is good.
    pub better: Better,
    /// Places in [`Strategy::groups`]; empty for figures that are not about benefits.
    pub groups: Vec<usize>,
    /// In Danish.
    pub da: Words,
    /// In English.
    pub en: Words,
}

/// A whole strategy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strategy {
    /// The groups of benefits.
    pub groups: Vec<Group>,
    /// Goals first, in their order.
    pub measures: Vec<Measure>,
    /// Kinds of effort that do not last and make nobody active.
    pub not_an_effort: Vec<String>,
}

/// What is wrong with a strategy's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StrategyError(String);
impl fmt::Display for StrategyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl std::error::Error for StrategyError {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    not_an_effort: Vec<String>,
    group: Vec<Group>,
    measure: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    code: String,
    goal: Option<u8>,
    indicator: String,
    unit: Unit,
    better: Better,
    groups: Vec<String>,
    da: Words,
    en: Words,
}

impl Strategy {
    /// The strategy built into the binary.
    pub fn builtin() -> Strategy {
        Strategy::parse(HEDENSTED).expect("a test reads the strategy built into the binary")
    }

    /// Reads a strategy.
    ///
    /// # Errors
    /// The first thing wrong, with the measure it is about.
    pub fn parse(text: &str) -> Result<Strategy, StrategyError> {
        let file: File = toml::from_str(text).map_err(|error| StrategyError(error.to_string()))?;
        let mut measures = Vec::with_capacity(file.measure.len());
        for entry in file.measure {
            let wrong = |what: String| StrategyError(format!("measure {}: {what}", entry.code));
            let counted = match entry.indicator.as_str() {
                "companies" => Counted::Companies,
                "joint_share" => Counted::Joint,
                name => Counted::Spells(
                    name.parse()
                        .map_err(|error| wrong(format!("indicator {name}: {error}")))?,
                ),
            };
            let place = |code: &String| {
                let found = file.group.iter().position(|group| group.code == *code);
                found.ok_or_else(|| wrong(format!("there is no group {code}")))
            };
            let groups = entry.groups.iter().map(place).collect::<Result<Vec<usize>, _>>()?;
            if matches!(counted, Counted::Spells(_)) == groups.is_empty() {
                return Err(wrong("figures of spells need groups, others have none".to_owned()));
            }
            if measures.iter().any(|m: &Measure| m.code == entry.code) {
                return Err(wrong("stands twice".to_owned()));
            }
            measures.push(Measure {
                counted,
                groups,
                goal: entry.goal,
                unit: entry.unit,
                better: entry.better,
                code: entry.code,
                da: entry.da,
                en: entry.en,
            });
        }
        measures.sort_by_key(|measure| measure.goal.unwrap_or(u8::MAX));
        Ok(Strategy {
            groups: file.group,
            measures,
            not_an_effort: file.not_an_effort,
        })
    }

    /// The measure with this code, and its place.
    pub fn measure(&self, code: &str) -> Option<(usize, &Measure)> {
        self.measures
            .iter()
            .enumerate()
            .find(|(_, measure)| measure.code == code)
    }

    /// The place of the group with this code.
    pub fn group(&self, code: &str) -> Option<usize> {
        self.groups.iter().position(|group| group.code == code)
    }

    /// The code a benefit is counted under: its group's place and one; those of no group share the last.
    pub fn code_of(&self, benefit: &str) -> Code {
        let found = self
            .groups
            .iter()
            .position(|group| group.benefits.iter().any(|b| b == benefit));
        let place = found.unwrap_or(self.groups.len());
        Code::try_from(place + 1).unwrap_or(Code::MAX - 1)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that panics fails")]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_strategy_has_ten_goals_in_order() {
        let strategy = Strategy::builtin();
        let goals: Vec<u8> = strategy.measures.iter().filter_map(|m| m.goal).collect();
        assert_eq!(goals, (1..=10).collect::<Vec<u8>>());
        for measure in &strategy.measures {
            for words in [&measure.da, &measure.en] {
                assert!(!words.goal.is_empty() && !words.question.is_empty() && !words.name.is_empty());
            }
        }
        // Law that renames a benefit moves nobody to another group.
        assert_eq!(strategy.code_of("uddannelseshjaelp"), strategy.code_of("kontanthjaelp"));
        assert_ne!(strategy.code_of("su"), strategy.code_of("kontanthjaelp"));
    }

    #[test]
    fn what_is_wrong_is_said() {
        let text = |indicator: &str, groups: &str| {
            format!(
                "[[group]]\ncode='a'\nda='A'\nen='A'\nbenefits=['x']\n[[measure]]\ncode='m'\nindicator='{indicator}'\nunit='count'\n\
                 better='watch'\ngroups={groups}\nda={{goal='g',question='q',name='n',note=''}}\nen={{goal='g',question='q',name='n',note=''}}"
            )
        };
        assert!(Strategy::parse(&text("persons", "['a']")).is_ok());
        let error = |indicator: &str, groups: &str| Strategy::parse(&text(indicator, groups)).unwrap_err().to_string();
        assert!(error("persons", "['b']").contains("there is no group b"));
        assert!(error("nonsense", "['a']").contains("measure m: indicator nonsense"));
        assert!(error("persons", "[]").contains("need groups"));
    }

    #[test]
    fn shown_and_stored_are_each_others_way_back() {
        for unit in [Unit::Share, Unit::Count, Unit::Weeks, Unit::Times, Unit::Per1000] {
            assert!((unit.stored(unit.shown(0.35)) - 0.35).abs() < 1e-12);
        }
    }
}
