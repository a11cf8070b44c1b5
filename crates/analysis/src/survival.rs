//! `tovholder survival`: durations in, Kaplan–Meier and its relatives out.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Serialize;
use tovholder_spells::survival::{Curve, Observation, Tally, Transform, log_rank};

use crate::order;
use crate::problem::{Faults, Problem};
use crate::progress::Progress;
use crate::read::{Column, Row, Table};
use crate::write::{self, Destination, Format};

/// Estimate how long it takes from durations of which some had not ended when the data did
#[derive(Clone, Debug, clap::Args)]
pub struct Arguments {
    /// CSV with one row a duration
    #[arg(long, value_name = "FILE")]
    pub input: PathBuf,
    /// Column with the duration, in any unit
    #[arg(long, value_name = "COL")]
    pub time: String,
    /// Column with 1 (it happened) or 0 or nothing (not seen to happen)
    #[arg(
        long,
        value_name = "COL",
        required_unless_present = "cause",
        conflicts_with = "cause"
    )]
    pub event: Option<String>,
    /// Column with the time from which the person was seen, if later than the start
    #[arg(long, value_name = "COL")]
    pub entry: Option<String>,
    /// Column to compare by
    #[arg(long, value_name = "COL")]
    pub group: Option<String>,
    /// Column that names what happened (0 or nothing: not seen to happen), instead of --event
    #[arg(long, value_name = "COL")]
    pub cause: Option<String>,
    /// Times to answer for; without it, every time at which somebody left
    #[arg(long, value_name = "T,…", value_delimiter = ',', value_parser = time)]
    pub at: Vec<f64>,
    /// Mean time out of the first T
    #[arg(long, value_name = "T", value_parser = time)]
    pub rmst: Option<f64>,
    /// How the intervals are drawn
    #[arg(long, value_enum, default_value_t)]
    pub conf: Conf,
    /// Level of the intervals
    #[arg(long, default_value_t = 0.95, value_parser = level)]
    pub level: f64,
    /// JSON with everything, or CSV with the curves
    #[arg(long, value_enum, default_value_t = Format::Json)]
    pub format: Format,
    /// Where the answer goes
    #[command(flatten)]
    pub destination: Destination,
}

/// How the intervals are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Conf {
    /// On the logarithm of survival, as R does unless told otherwise
    #[default]
    Log,
    /// On the logarithm of minus the logarithm
    LogLog,
}

impl From<Conf> for Transform {
    fn from(conf: Conf) -> Self {
        match conf {
            Conf::Log => Transform::Log,
            Conf::LogLog => Transform::LogLog,
        }
    }
}

fn time(text: &str) -> Result<f64, String> {
    crate::read::number(text.trim().as_bytes())
        .filter(|&time| time >= 0.0)
        .ok_or_else(|| "expected a number from 0 up".to_owned())
}

fn level(text: &str) -> Result<f64, String> {
    crate::read::number(text.as_bytes())
        .filter(|&level| level > 0.0 && level < 1.0)
        .ok_or_else(|| "expected a number between 0 and 1".to_owned())
}

/// The answer, as it is written.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answer {
    /// How the intervals are drawn.
    pub conf: Conf,
    /// Their level.
    pub level: f64,
    /// One for each group, in order; one in all without `--group`.
    pub groups: Vec<Group>,
    /// The test of whether the groups differ, where there are two or more that could have had an event.
    pub logrank: Option<LogRank>,
    /// The causes over all groups, with `--cause`.
    pub incidence: Vec<Incidence>,
}

/// What one group's durations say.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Group {
    /// Its name; `None` without `--group`.
    pub group: Option<String>,
    /// How many durations.
    pub n: u64,
    /// How many of them ended with the event.
    pub events: u64,
    /// The time by which it had happened to half.
    pub median: Estimate,
    /// Survival at the times asked for.
    pub at: Vec<At>,
    /// The mean out of the first `--rmst`; `None` where the data do not reach so far.
    pub rmst: Option<f64>,
    /// The causes in this group, with `--cause`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub incidence: Vec<Incidence>,
}

/// A number with its interval; `None` where the data do not reach so far.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Estimate {
    /// The number.
    pub estimate: Option<f64>,
    /// Lower limit.
    pub lower: Option<f64>,
    /// Upper limit.
    pub upper: Option<f64>,
}

/// Survival at one time; `None` past the last observation.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct At {
    /// The time.
    pub t: f64,
    /// The share to whom it has not happened.
    pub survival: Option<f64>,
    /// Lower limit.
    pub lower: Option<f64>,
    /// Upper limit.
    pub upper: Option<f64>,
    /// How many were under observation just before.
    pub at_risk: u64,
}

/// The log-rank test.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct LogRank {
    /// The test value.
    pub chisq: f64,
    /// Degrees of freedom.
    pub df: usize,
    /// The probability of so large a value when the groups do not differ.
    pub p: f64,
}

/// The share to whom one cause has happened.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Incidence {
    /// The cause as named in the file.
    pub cause: String,
    /// The share at the times asked for.
    pub at: Vec<Cif>,
}

/// The cumulative incidence at one time; `None` past the last observation.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Cif {
    /// The time.
    pub t: f64,
    /// The share.
    pub cif: Option<f64>,
}

/// Reads, estimates and writes.
///
/// # Errors
/// When the file cannot be read or has rows that cannot be used; nothing is written then.
pub fn run(arguments: &Arguments) -> Result<(), Problem> {
    let table = Table::open(&arguments.input)?;
    let progress = Progress::new("reading", table.length());
    let answer = estimate(&table, arguments, &progress)?;
    drop(progress);
    match arguments.format {
        Format::Json => arguments.destination.json(&answer),
        Format::Csv => arguments.destination.write(|out| {
            write::line(out, ["group", "t", "survival", "lower", "upper", "at_risk"])?;
            let number = |value: Option<f64>| value.map_or(String::new(), |value| value.to_string());
            for group in &answer.groups {
                for at in &group.at {
                    let [survival, lower, upper] = [at.survival, at.lower, at.upper].map(number);
                    let (name, t, n) = (
                        group.group.as_deref().unwrap_or(""),
                        at.t.to_string(),
                        at.at_risk.to_string(),
                    );
                    write::line(out, [name, &t, &survival, &lower, &upper, &n])?;
                }
            }
            Ok(())
        }),
    }
}

/// Reads a table, tells how far that is, and estimates.
///
/// # Errors
/// When the table lacks a column or has rows that cannot be used.
pub fn estimate(table: &Table, arguments: &Arguments, progress: &Progress) -> Result<Answer, Problem> {
    let given = |name: &Option<String>| name.as_ref().map(|name| table.column(name)).transpose();
    let columns = Columns {
        time: table.column(&arguments.time)?,
        event: given(&arguments.event)?,
        entry: given(&arguments.entry)?,
        cause: given(&arguments.cause)?,
    };
    let group = given(&arguments.group)?;
    let mut causes = BTreeMap::new();
    let mut groups: BTreeMap<String, Tally> = BTreeMap::new();
    table.each_telling(progress, |row, faults| {
        if let Some(seen) = columns.observation(row, &mut causes, faults) {
            let name = group.map_or(String::new(), |group| row.text(group).into_owned());
            if let Err(why) = groups.entry(name).or_default().update(seen) {
                let expected = format!("a possible duration: {why}");
                row.fault(columns.time, expected, faults);
            }
        }
    })?;
    if groups.is_empty() {
        return Err(Problem::input(format!(
            "{}: row 2: expected a duration, found nothing",
            table.name()
        )));
    }
    let mut groups: Vec<(String, Tally)> = groups.into_iter().collect();
    groups.sort_by(|a, b| order::names(&a.0, &b.0));
    let mut causes: Vec<(String, u16)> = causes.into_iter().collect();
    causes.sort_by(|a, b| order::names(&a.0, &b.0));

    let mut all = Tally::default();
    for (_, tally) in &groups {
        all.merge(tally);
    }
    let tallies: Vec<&Tally> = groups.iter().map(|(_, tally)| tally).collect();
    let logrank = log_rank(&tallies).map(|test| LogRank {
        chisq: test.chi_square,
        df: test.df,
        p: test.p,
    });
    let describe = |(name, tally): &(String, Tally)| {
        let curve = tally.finish();
        let median = curve.median(arguments.conf.into(), arguments.level);
        Group {
            group: group.map(|_| name.clone()),
            n: tally.n(),
            events: tally.events(),
            median: Estimate {
                estimate: median.estimate,
                lower: median.lower,
                upper: median.upper,
            },
            at: times(&curve, arguments)
                .into_iter()
                .map(|t| at(&curve, t, arguments))
                .collect(),
            rmst: arguments.rmst.and_then(|tau| curve.restricted_mean(tau)),
            // Without groups it would say the same as the one over all.
            incidence: if group.is_some() {
                incidence(&curve, &causes, arguments)
            } else {
                Vec::new()
            },
        }
    };
    Ok(Answer {
        conf: arguments.conf,
        level: arguments.level,
        groups: groups.iter().map(describe).collect(),
        logrank,
        incidence: incidence(&all.finish(), &causes, arguments),
    })
}

/// The times to answer for: those asked for, or else every time at which somebody left.
fn times(curve: &Curve, arguments: &Arguments) -> Vec<f64> {
    if arguments.at.is_empty() {
        curve.steps().iter().map(|step| step.time).collect()
    } else {
        arguments.at.clone()
    }
}

fn at(curve: &Curve, t: f64, arguments: &Arguments) -> At {
    let at = curve.at(t, arguments.conf.into(), arguments.level);
    At {
        t,
        survival: at.survival,
        lower: at.lower,
        upper: at.upper,
        at_risk: at.at_risk,
    }
}

fn incidence(curve: &Curve, causes: &[(String, u16)], arguments: &Arguments) -> Vec<Incidence> {
    let times = times(curve, arguments);
    let of = |(name, number): &(String, u16)| Incidence {
        cause: name.clone(),
        at: times
            .iter()
            .map(|&t| Cif {
                t,
                cif: curve.incidence(*number, t),
            })
            .collect(),
    };
    causes.iter().map(of).collect()
}

/// Where in a row to look.
struct Columns {
    time: Column,
    event: Option<Column>,
    entry: Option<Column>,
    cause: Option<Column>,
}

impl Columns {
    /// The row as an observation, causes numbered as they turn up; `None` when a fault was added.
    fn observation(
        &self,
        row: &Row<'_>,
        causes: &mut BTreeMap<String, u16>,
        faults: &mut Faults,
    ) -> Option<Observation> {
        let zero = |column| matches!(crate::read::number(row.bytes(column)), Some(0.0)) || row.bytes(column).is_empty();
        let number = |column, expected: &str, faults: &mut Faults| {
            let value = crate::read::number(row.bytes(column));
            if value.is_none() {
                row.fault(column, expected, faults);
            }
            value
        };
        let cause = if let Some(column) = self.cause {
            if zero(column) {
                None
            } else {
                let name = row.text(column).into_owned();
                let next = u16::try_from(causes.len()).ok();
                match causes.get(&name).copied().or(next) {
                    Some(number) => {
                        causes.insert(name, number);
                        Some(number)
                    }
                    None => {
                        row.fault(column, "no more than 65,536 different causes", faults);
                        return None;
                    }
                }
            }
        } else if let Some(column) = self.event {
            match crate::read::number(row.bytes(column)) {
                _ if zero(column) => None,
                Some(1.0) => Some(1),
                _ => {
                    row.fault(column, "1 (it happened), 0 or nothing (not seen to happen)", faults);
                    return None;
                }
            }
        } else {
            None
        };
        let time = number(self.time, "a number from 0 up", faults)?;
        let entry = match self.entry {
            Some(column) if !row.bytes(column).is_empty() => number(column, "a number, or nothing", faults)?,
            _ => f64::NEG_INFINITY,
        };
        Some(Observation { entry, time, cause })
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that panics fails")]
mod tests {
    use super::*;
    use crate::testing::Folder;
    use clap::Parser;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        arguments: Arguments,
    }

    fn arguments(line: &str) -> Arguments {
        Line::parse_from(format!("survival --input f.csv {line}").split_whitespace()).arguments
    }

    fn answer(text: &str, line: &str) -> Result<Answer, Problem> {
        let table = Table::from_bytes("f.csv", text.as_bytes().to_vec())?;
        estimate(&table, &arguments(line), &Progress::silent())
    }

    const AML: &str = "weeks,happened,arm\n9,1,maintained\n13,1,maintained\n13,0,maintained\n18,1,maintained\n23,1,maintained\n28,,maintained\n31,1,maintained\n34,1,maintained\n45,0,maintained\n48,1,maintained\n161,0,maintained\n5,1,not\n5,1,not\n8,1,not\n8,1,not\n12,1,not\n16,0,not\n23,1,not\n27,1,not\n30,1,not\n33,1,not\n43,1,not\n45,1,not\n";

    #[test]
    fn the_shape_and_the_figures() {
        let answer = answer(AML, "--time weeks --event happened --group arm --at 6,13,26 --rmst 24").unwrap();
        let json = serde_json::to_value(&answer).unwrap();
        let first = &json["groups"][0];
        assert_eq!(
            (first["group"].as_str(), first["n"].as_u64(), first["events"].as_u64()),
            (Some("maintained"), Some(11), Some(7))
        );
        assert_eq!(
            first["median"],
            serde_json::json!({ "estimate": 31.0, "lower": 18.0, "upper": null })
        );
        assert_eq!(
            json["groups"][1]["median"],
            serde_json::json!({ "estimate": 23.0, "lower": 8.0, "upper": null })
        );
        assert_eq!(
            (first["at"][1]["t"].as_f64(), first["at"][1]["at_risk"].as_u64()),
            (Some(13.0), Some(10))
        );
        assert!((first["at"][1]["survival"].as_f64().unwrap() - 0.818182).abs() < 1e-6);
        assert!((first["rmst"].as_f64().unwrap() - 20.920455).abs() < 1e-6);
        assert!((json["logrank"]["chisq"].as_f64().unwrap() - 3.396389).abs() < 1e-6);
        assert_eq!(json["logrank"]["df"], 1);
        assert_eq!(
            (&json["conf"], &json["incidence"]),
            (&"log".into(), &serde_json::json!([]))
        );
    }

    #[test]
    fn intervals_follow_the_transform_and_the_level() {
        let lower = |line: &str| {
            answer(AML, &format!("--time weeks --event happened --at 23 {line}"))
                .unwrap()
                .groups[0]
                .at[0]
                .lower
        };
        let (log, loglog, wide) = (lower(""), lower("--conf log-log"), lower("--level 0.99"));
        assert!(log != loglog && wide < log);
    }

    #[test]
    fn causes_and_survival_make_one() {
        let text = "t;why;late\n1;work;\n2;school;\n3;0;\n4;work;2\n5;;1,5\n6;pension;\n";
        let answer = answer(text, "--time t --cause why --entry late").unwrap();
        let names: Vec<&str> = answer.incidence.iter().map(|of| of.cause.as_str()).collect();
        assert_eq!(names, ["pension", "school", "work"]);
        assert_eq!(answer.groups[0].group, None);
        assert_eq!(answer.groups[0].events, 4);
        for (i, at) in answer.groups[0].at.iter().enumerate() {
            let sum: f64 = answer.incidence.iter().map(|of| of.at[i].cif.unwrap()).sum();
            assert!((sum + at.survival.unwrap() - 1.0).abs() < 1e-12);
        }
        // Six rows, but at 1 those who entered at 2 and at 1.5 were not yet seen.
        assert_eq!(answer.groups[0].at[0].at_risk, 4);
        assert_eq!(answer.groups[0].at[1].survival, Some(0.75 * 0.75));
    }

    #[test]
    fn groups_have_their_own_causes() {
        let text = "t,why,place\n1,1,a\n2,2,a\n1,2,b\n3,0,b\n";
        let answer = answer(text, "--time t --cause why --group place --at 2,9").unwrap();
        assert_eq!(answer.groups[0].incidence[0].at[0].cif, Some(0.5));
        assert_eq!(answer.groups[1].incidence[0].at[0].cif, Some(0.0));
        assert_eq!(answer.incidence[1].at[0].cif, Some(0.5));
        assert_eq!(answer.groups[1].at[1].survival, None); // nobody was seen so long
        assert_eq!(answer.incidence[1].at[1].cif, None);
    }

    #[test]
    fn names_that_are_numbers_stand_in_their_order() {
        let answer = answer("t,e,g\n1,1,10\n2,1,9\n3,1,2\n", "--time t --event e --group g").unwrap();
        let names: Vec<_> = answer.groups.iter().map(|group| group.group.clone().unwrap()).collect();
        assert_eq!(names, ["2", "9", "10"]);
    }

    #[test]
    fn bad_rows_are_named_and_nothing_is_written() {
        let said = |text: &str| answer(text, "--time t --event e --entry late").unwrap_err().to_string();
        let found = said("t,e,late\n1,1,\n,1,\nx,1,\n-2,0,\n5,2,\n5,1,5\n5,1,y\n6,1\n");
        let lines: Vec<&str> = found.lines().collect();
        assert_eq!(
            lines,
            [
                "f.csv: row 3, column t: expected a number from 0 up, found nothing",
                "f.csv: row 4, column t: expected a number from 0 up, found \"x\"",
                "f.csv: row 5, column t: expected a possible duration: the time is not a number from 0 up, found \"-2\"",
                "f.csv: row 6, column e: expected 1 (it happened), 0 or nothing (not seen to happen), found \"2\"",
                "f.csv: row 7, column t: expected a possible duration: the time is not after the entry, found \"5\"",
                "f.csv: row 8, column late: expected a number, or nothing, found \"y\"",
                "f.csv: row 9: expected 3 fields as in the header (is the file cut off?), found \"6,1\"",
            ]
        );
        assert!(said("t,e,late\n").contains("expected a duration"));
        assert!(
            answer("t,e\n1,1\n", "--time weeks --event e")
                .unwrap_err()
                .to_string()
                .contains("expected a column weeks, found t, e")
        );

        let folder = Folder::new("survival");
        let mut arguments = arguments("--time t --event e");
        (arguments.input, arguments.destination.out) = (folder.path("in.csv"), Some(folder.path("out")));
        assert!(folder.refuses("in.csv", "t,e\n1,7\n", || run(&arguments)));
        let written = folder.writes("in.csv", "t,e\n1,1\n4,0\n", || run(&arguments));
        let written: serde_json::Value = serde_json::from_str(&written).unwrap();
        assert_eq!(written["groups"][0]["n"], 2);
        arguments.format = Format::Csv;
        let written = folder.writes("in.csv", "t,e\n1,1\n4,0\n", || run(&arguments));
        assert!(
            written.starts_with("group,t,survival,lower,upper,at_risk\n,1,0.5,"),
            "{written}"
        );
    }

    #[test]
    fn arguments_that_cannot_be() {
        for line in [
            "--time t",
            "--time t --event e --cause c",
            "--time t --event e --at -1",
            "--time t --event e --rmst x",
            "--time t --event e --level 1",
        ] {
            let words: Vec<String> = format!("survival --input f.csv {line}")
                .split_whitespace()
                .map(String::from)
                .collect();
            assert!(Line::try_parse_from(words).is_err(), "{line}");
        }
    }
}
