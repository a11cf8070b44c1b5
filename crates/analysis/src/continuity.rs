//! `tovholder continuity`: a log of contacts in, how many people each citizen meets out.

use std::collections::HashMap;
use std::path::PathBuf;

use serde::Serialize;
use tovholder_spells::Day;
use tovholder_spells::continuity::{Continuity, continuity};

use crate::order;
use crate::problem::{Faults, Problem};
use crate::progress::Progress;
use crate::read::{self, Column, Row, Table};
use crate::write::{self, Destination, Format};

/// Count how many people each citizen meets, how often they change, and who hands over to whom
#[derive(Clone, Debug, clap::Args)]
pub struct Arguments {
    /// CSV with one row a contact
    #[arg(long, value_name = "FILE")]
    pub log: PathBuf,
    /// Column with the citizen or case
    #[arg(long, value_name = "COL")]
    pub case: String,
    /// Column with the professional
    #[arg(long, value_name = "COL")]
    pub worker: String,
    /// Column with the time: a day, a day and time of day, or a number
    #[arg(long, value_name = "COL")]
    pub time: String,
    /// Column with the professional's team or unit, for the handovers between them
    #[arg(long, value_name = "COL")]
    pub group: Option<String>,
    /// JSON with everything, or CSV with one row a case
    #[arg(long, value_enum, default_value_t = Format::Json)]
    pub format: Format,
    /// Where the answer goes
    #[command(flatten)]
    pub destination: Destination,
}

/// The answer, as it is written.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answer {
    /// One for each case.
    pub cases: Vec<Case>,
    /// All cases together.
    pub summary: Summary,
}

/// One case's contacts in figures; see [`Continuity`] for what they mean.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Case {
    /// The case as named in the file.
    pub case: String,
    /// How many contacts.
    pub contacts: u64,
    /// With how many different people.
    pub workers: u64,
    /// How many contacts were with another than the one before.
    pub changes: u64,
    /// The share with the one seen most.
    pub upc: Option<f64>,
    /// The chance that two contacts are with the same; `None` below two contacts.
    pub coc: Option<f64>,
    /// The share of contacts without a change; `None` below two contacts.
    pub secon: Option<f64>,
    /// The number of equally much seen people that would give the same concentration.
    pub effective_workers: Option<f64>,
}

/// All cases together. A case with one contact has no `coc` and no `secon`, and counts in the means of the others only.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Summary {
    /// How many cases.
    pub cases: u64,
    /// How many of them have two contacts or more.
    pub cases_with_two_contacts: u64,
    /// How many contacts.
    pub contacts: u64,
    /// Means over the cases that have the figure.
    pub mean: Means,
    /// The share of cases in which the person never changed.
    pub share_without_change: Option<f64>,
    /// The same among cases with two contacts or more, in which a change was possible.
    pub share_without_change_of_two_contacts: Option<f64>,
    /// Who hands over to whom, with `--group`.
    pub handovers: Option<Handovers>,
}

/// Means over cases.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Means {
    /// Of contacts.
    pub contacts: Option<f64>,
    /// Of different people.
    pub workers: Option<f64>,
    /// Of changes.
    pub changes: Option<f64>,
    /// Of the share with the one seen most.
    pub upc: Option<f64>,
    /// Of the chance that two contacts are with the same.
    pub coc: Option<f64>,
    /// Of the share of contacts without a change.
    pub secon: Option<f64>,
    /// Of the effective number of people.
    pub effective_workers: Option<f64>,
}

/// How many contacts were with somebody of one group just after one with somebody else of another, or of the same.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Handovers {
    /// The groups: rows and columns.
    pub groups: Vec<String>,
    /// Rows from, columns to.
    pub counts: Vec<Vec<u64>>,
}

/// Reads, counts and writes.
///
/// # Errors
/// When the file cannot be read or has rows that cannot be used; nothing is written then.
pub fn run(arguments: &Arguments) -> Result<(), Problem> {
    let table = Table::open(&arguments.log)?;
    let progress = Progress::new("reading", table.length());
    let answer = count(&table, arguments, &progress)?;
    drop(progress);
    match arguments.format {
        Format::Json => arguments.destination.json(&answer),
        Format::Csv => arguments.destination.write(|out| {
            write::line(
                out,
                [
                    "case",
                    "contacts",
                    "workers",
                    "changes",
                    "upc",
                    "coc",
                    "secon",
                    "effective_workers",
                ],
            )?;
            for case in &answer.cases {
                let whole = [case.contacts, case.workers, case.changes].map(|value| value.to_string());
                let shares = [case.upc, case.coc, case.secon, case.effective_workers]
                    .map(|value| value.map_or(String::new(), |value| value.to_string()));
                let fields = [case.case.as_str()].into_iter();
                write::line(
                    out,
                    fields
                        .chain(whole.iter().map(String::as_str))
                        .chain(shares.iter().map(String::as_str)),
                )?;
            }
            Ok(())
        }),
    }
}

/// Reads a table, tells how far that is, and counts.
///
/// # Errors
/// When the table lacks a column or has rows that cannot be used.
pub fn count(table: &Table, arguments: &Arguments, progress: &Progress) -> Result<Answer, Problem> {
    let (case, worker) = (table.column(&arguments.case)?, table.column(&arguments.worker)?);
    let time = table.column(&arguments.time)?;
    let group = arguments.group.as_ref().map(|name| table.column(name)).transpose()?;

    let (mut cases, mut workers, mut groups) = (Names::default(), Names::default(), Names::default());
    let mut contacts = Vec::new();
    let mut kind = None;
    table.each_telling(progress, |row, faults| {
        let who = row.needed(case, faults).map(|name| cases.number(&name));
        let with = row.needed(worker, faults).map(|name| workers.number(&name));
        let of = group.map_or(0, |group| groups.number(&row.text(group)));
        if let (Some(case), Some(worker), Some(time)) = (who, with, moment(row, time, &mut kind, faults)) {
            contacts.push(Contact {
                case,
                time,
                worker,
                group: of,
            });
        }
    })?;
    if contacts.is_empty() {
        return Err(Problem::input(format!(
            "{}: row 2: expected a contact, found nothing",
            table.name()
        )));
    }
    // A stable sort: contacts at the same time keep the order of the file.
    contacts.sort_by(|a, b| a.case.cmp(&b.case).then(a.time.total_cmp(&b.time)));

    let mut handovers = tovholder_spells::continuity::Handovers::default();
    let mut seen: Vec<Case> = Vec::new();
    for contacts in contacts.chunk_by(|a, b| a.case == b.case) {
        let with: Vec<u32> = contacts.iter().map(|contact| contact.worker).collect();
        seen.push(figures(
            cases.names[contacts[0].case as usize].clone(),
            continuity(&with),
        ));
        handovers.update(
            &contacts
                .iter()
                .map(|contact| (contact.worker, contact.group))
                .collect::<Vec<_>>(),
        );
    }
    seen.sort_by(|a, b| order::names(&a.case, &b.case));
    let handovers = group.map(|_| {
        let matrix = handovers.matrix();
        let mut order: Vec<usize> = (0..groups.names.len()).collect();
        order.sort_by(|&a, &b| order::names(&groups.names[a], &groups.names[b]));
        Handovers {
            groups: order.iter().map(|&i| groups.names[i].clone()).collect(),
            counts: order
                .iter()
                .map(|&from| order.iter().map(|&to| matrix[from][to]).collect())
                .collect(),
        }
    });
    Ok(Answer {
        summary: summary(&seen, handovers),
        cases: seen,
    })
}

/// One row of the log, names as numbers.
struct Contact {
    case: u32,
    time: f64,
    worker: u32,
    group: u32,
}

/// Names, each kept once and known by its number.
#[derive(Default)]
struct Names {
    numbers: HashMap<String, u32>,
    names: Vec<String>,
}

impl Names {
    fn number(&mut self, name: &str) -> u32 {
        if let Some(&number) = self.numbers.get(name) {
            return number;
        }
        let number = u32::try_from(self.names.len()).expect("a file held in memory has fewer than 2³² rows");
        self.numbers.insert(name.to_owned(), number);
        self.names.push(name.to_owned());
        number
    }
}

/// How a column tells the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Day,
    Number,
}

/// The time of a row as a number that sorts, in seconds or in the file's own unit. One file tells it in one way: a day and a number cannot be put
/// in order.
fn moment(row: &Row<'_>, column: Column, kind: &mut Option<Kind>, faults: &mut Faults) -> Option<f64> {
    let text = row.text(column);
    let day = || seconds(&text).map(|seconds| (Kind::Day, seconds));
    let number = || read::number(text.as_bytes()).map(|number| (Kind::Number, number));
    match day().or_else(number) {
        Some((found, value)) if found == *kind.get_or_insert(found) => return Some(value),
        _ => {}
    }
    let expected = match kind {
        Some(Kind::Day) => "a day as YYYY-MM-DD, or with the time of day as YYYY-MM-DDTHH:MM",
        Some(Kind::Number) => "a number, as in the rows before",
        None => "a day as YYYY-MM-DD, with or without the time of day, or a number",
    };
    row.fault(column, expected, faults);
    None
}

/// `2024-02-29`, `2024-02-29T09:30` or `2024-02-29 09:30:15` in seconds.
fn seconds(text: &str) -> Option<f64> {
    let (day, rest) = text.as_bytes().split_at_checked(10)?;
    let midnight = f64::from(Day::from_iso(day)?.0) * 86_400.0;
    if rest.is_empty() {
        return Some(midnight);
    }
    let clock = std::str::from_utf8(rest).ok()?.strip_prefix(['T', ' '])?;
    let mut parts = clock.split(':').map(|part| {
        let whole = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        part.parse::<u32>().ok().filter(|_| whole)
    });
    let (hours, minutes) = (parts.next()??, parts.next()??);
    let seconds = parts.next().unwrap_or(Some(0))?;
    let real = hours < 24 && minutes < 60 && seconds < 60 && parts.next().is_none();
    real.then(|| midnight + f64::from(hours * 3_600 + minutes * 60 + seconds))
}

fn figures(case: String, of: Continuity) -> Case {
    Case {
        case,
        contacts: of.contacts,
        workers: of.workers,
        changes: of.changes,
        upc: of.upc,
        coc: of.coc,
        secon: of.secon,
        effective_workers: of.effective_workers,
    }
}

fn summary(cases: &[Case], handovers: Option<Handovers>) -> Summary {
    let mean = |figure: &dyn Fn(&Case) -> Option<f64>| {
        let values: Vec<f64> = cases.iter().filter_map(figure).collect();
        (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
    };
    let unchanged = |case: &Case| Some(if case.changes == 0 { 1.0 } else { 0.0 });
    Summary {
        cases: cases.len() as u64,
        cases_with_two_contacts: cases.iter().filter(|case| case.contacts >= 2).count() as u64,
        contacts: cases.iter().map(|case| case.contacts).sum(),
        mean: Means {
            contacts: mean(&|case| Some(case.contacts as f64)),
            workers: mean(&|case| Some(case.workers as f64)),
            changes: mean(&|case| Some(case.changes as f64)),
            upc: mean(&|case| case.upc),
            coc: mean(&|case| case.coc),
            secon: mean(&|case| case.secon),
            effective_workers: mean(&|case| case.effective_workers),
        },
        share_without_change: mean(&unchanged),
        share_without_change_of_two_contacts: mean(&|case| unchanged(case).filter(|_| case.contacts >= 2)),
        handovers,
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
        let line = format!("continuity --log f.csv --case citizen --worker who --time day {line}");
        Line::parse_from(line.split_whitespace()).arguments
    }

    fn answer(text: &str, line: &str) -> Result<Answer, Problem> {
        let table = Table::from_bytes("f.csv", text.as_bytes().to_vec())?;
        count(&table, &arguments(line), &Progress::silent())
    }

    /// Citizen 10 sees AAABBC, out of order in the file; 9 sees AA; 2 sees one.
    const LOG: &str = "citizen,day,who,team\n10,2024-01-06,C,south\n10,2024-01-01,A,north\n10,2024-01-02,A,north\n9,2024-05-01,A,north\n\
                       10,2024-01-03T08:00,A,north\n10,2024-01-03 13:15:10,B,north\n10,2024-01-05,B,north\n9,2024-04-01,A,north\n2,2024-01-01,C,south\n";

    #[test]
    fn the_shape_and_the_figures() {
        let answer = answer(LOG, "--group team").unwrap();
        let json = serde_json::to_value(&answer).unwrap();
        let names: Vec<&str> = json["cases"]
            .as_array()
            .unwrap()
            .iter()
            .map(|case| case["case"].as_str().unwrap())
            .collect();
        assert_eq!(names, ["2", "9", "10"]);
        let case = &json["cases"][2];
        assert_eq!(
            (
                case["contacts"].as_u64(),
                case["workers"].as_u64(),
                case["changes"].as_u64()
            ),
            (Some(6), Some(3), Some(2))
        );
        for (name, expected) in [
            ("upc", 0.5),
            ("coc", 0.266667),
            ("secon", 0.6),
            ("effective_workers", 2.571429),
        ] {
            assert!((case[name].as_f64().unwrap() - expected).abs() < 1e-6, "{name}");
        }
        assert!(json["cases"][0]["coc"].is_null() && json["cases"][0]["secon"].is_null());
        let summary = &json["summary"];
        assert_eq!(
            (summary["cases"].as_u64(), summary["contacts"].as_u64()),
            (Some(3), Some(9))
        );
        assert_eq!(summary["mean"]["secon"], 0.8); // of two cases
        assert_eq!(summary["share_without_change"], 2.0 / 3.0);
        assert_eq!(summary["share_without_change_of_two_contacts"], 0.5);
        assert_eq!(
            summary["handovers"],
            serde_json::json!({ "groups": ["north", "south"], "counts": [[1, 1], [0, 0]] })
        );
    }

    #[test]
    fn without_groups_there_are_no_handovers() {
        let answer = answer("citizen;day;who\n1;2,5;A\n1;2,25;B\n1;10;A\n", "").unwrap();
        assert_eq!(answer.summary.handovers, None);
        assert_eq!(answer.cases[0].changes, 1); // B, A, A
    }

    #[test]
    fn bad_rows_are_named_and_nothing_is_written() {
        let said = answer(
            "citizen,day,who\n1,2024-02-29,A\n,2024-02-29,A\n1,2023-02-29,A\n1,2024-01-01,\n1,17,A\n1,2024-01-01T25:00,A\n1,2024-01-01T9:00,A\n1,,A\n",
            "",
        )
        .unwrap_err()
        .to_string();
        let day = "expected a day as YYYY-MM-DD, or with the time of day as YYYY-MM-DDTHH:MM, found";
        let expected = [
            "f.csv: row 3, column citizen: expected a value, found nothing".to_owned(),
            format!("f.csv: row 4, column day: {day} \"2023-02-29\""),
            "f.csv: row 5, column who: expected a value, found nothing".to_owned(),
            format!("f.csv: row 6, column day: {day} \"17\""),
            format!("f.csv: row 7, column day: {day} \"2024-01-01T25:00\""),
            format!("f.csv: row 8, column day: {day} \"2024-01-01T9:00\""),
            format!("f.csv: row 9, column day: {day} nothing"),
        ];
        assert_eq!(said.lines().collect::<Vec<_>>(), expected);
        assert!(
            answer("citizen,day,who\n", "")
                .unwrap_err()
                .to_string()
                .contains("expected a contact")
        );

        let folder = Folder::new("continuity");
        let mut arguments = arguments("");
        (arguments.log, arguments.destination.out) = (folder.path("log.csv"), Some(folder.path("out")));
        arguments.format = Format::Csv;
        assert!(folder.refuses("log.csv", "citizen,day,who\n1,never,A\n", || run(&arguments)));
        let written = folder.writes("log.csv", LOG, || run(&arguments));
        assert!(written.contains("\n9,2,1,0,1,1,1,1\n"), "{written}");
    }
}
