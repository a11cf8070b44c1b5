//! Published figures of other municipalities, from whichever shape they come in, as one list of [`Figure`]s. Parsing only; nothing is fetched here.
//!
//! | from | read by |
//! |---|---|
//! | Jobindsats' API, version 2 | [`jobindsats_v2`] |
//! | Jobindsats' API, version 3 | [`jobindsats_v3`] |
//! | the file of 98 municipalities that public dashboards share | [`municipalities`] |
//! | Statistics Denmark's StatBank, CSV | [`statbank`] |
//! | any of these | [`read`] |
//!
//! A figure that was not published stays unknown: it is neither zero nor the neighbour's. The newest month of Jobindsats is marked as provisional,
//! because late registrations still come in, and a period at which a reform cuts the series is marked, because before and after cannot be compared.

use std::fmt;

use serde_json::Value;
use tovholder_spells::Month;

use crate::problem::{Faults, Problem};
use crate::read::{self as reading, Column, Table};

/// Reads figures in whichever of the shapes above the bytes have. A file that does not name its tables itself is about `table`.
///
/// ```
/// use tovholder_analysis::benchmark::read;
/// let answer = r#"{"columns": ["Område", "Periode", "Antal personer"], "rows": [["Hele landet", "2024M01", 97709]]}"#;
/// assert_eq!(read("answer", "y60a02", answer.as_bytes()).unwrap()[0].value, Some(97709.0));
/// let said = read("answer", "y60a02", b"<!DOCTYPE html>").unwrap_err().to_string();
/// assert!(said.contains("a web page"), "{said}");
/// ```
///
/// # Errors
/// As the reader of the shape, and when it is none of them.
pub fn read(name: &str, table: &str, bytes: &[u8]) -> Result<Vec<Figure>, Problem> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    match text.first() {
        None => Err(Problem::input(format!("{name}: expected figures, found nothing"))),
        Some(b'<') => Err(Problem::input(format!("{name}: expected figures, found a web page"))),
        Some(b'[') => jobindsats_v2(name, table, text),
        Some(b'{') => {
            let file = json(name, text)?;
            if file.get("municipalities").is_some() {
                municipalities(name, text)
            } else if file.get("columns").is_some() {
                jobindsats_v3(name, table, text)
            } else {
                Err(Problem::input(format!(
                    "{name}: expected columns and rows, or municipalities, found neither"
                )))
            }
        }
        Some(_) => statbank(table, &Table::from_bytes(name, bytes.to_vec())?),
    }
}

/// Who published a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// Jobindsats.dk by the Danish Agency for Labour Market and Recruitment (STAR).
    Jobindsats,
    /// StatBank by Statistics Denmark.
    StatBank,
}

impl Source {
    /// The name to show beside a figure.
    pub fn name(self) -> &'static str {
        match self {
            Source::Jobindsats => "Jobindsats.dk / STAR",
            Source::StatBank => "Danmarks Statistik",
        }
    }
}

/// The time a figure is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// `2024M01`.
    Month(Month),
    /// `2024Q1`, named by its first month.
    Quarter(Month),
    /// `2024` or `2024Y`, named by its first month.
    Year(Month),
    /// `2024QMAT03`: the twelve months that end with the one named.
    RollingYear(Month),
}

impl Period {
    /// Reads a period's id as Jobindsats and StatBank write it (StatBank's `2024K1` is a quarter too); `None` for anything else.
    ///
    /// ```
    /// use tovholder_analysis::benchmark::Period;
    /// let rolling = Period::parse("2024QMAT03").unwrap();
    /// assert_eq!((rolling.first().to_string(), rolling.last().to_string()), ("2023-04".into(), "2024-03".into()));
    /// assert_eq!(Period::parse("2024M13"), None);
    /// ```
    pub fn parse(id: &str) -> Option<Period> {
        let (year, rest) = id.split_at_checked(4)?;
        let digits = |text: &str| {
            text.bytes()
                .all(|byte| byte.is_ascii_digit())
                .then(|| text.parse::<i32>().ok())?
        };
        let january = Month(digits(year)? * 12);
        let month = |text: &str| (text.len() == 2).then(|| digits(text).filter(|month| (1..=12).contains(month)))?;
        let quarter =
            |text: &str| (text.len() == 1).then(|| digits(text).filter(|quarter| (1..=4).contains(quarter)))?;
        if rest.is_empty() || rest == "Y" || rest == "Y01" {
            Some(Period::Year(january))
        } else if let Some(text) = rest.strip_prefix("QMAT") {
            Some(Period::RollingYear(january + (month(text)? - 1)))
        } else if let Some(text) = rest.strip_prefix('M') {
            Some(Period::Month(january + (month(text)? - 1)))
        } else if let Some(text) = rest.strip_prefix(['Q', 'K']) {
            Some(Period::Quarter(january + 3 * (quarter(text)? - 1)))
        } else {
            None
        }
    }

    /// The first month of the period. See [`Period::parse`] for an example.
    pub fn first(self) -> Month {
        match self {
            Period::Month(month) | Period::Quarter(month) | Period::Year(month) => month,
            Period::RollingYear(month) => month + -11,
        }
    }

    /// The last month of the period. See [`Period::parse`] for an example.
    pub fn last(self) -> Month {
        match self {
            Period::Month(month) | Period::RollingYear(month) => month,
            Period::Quarter(month) => month + 2,
            Period::Year(month) => month + 11,
        }
    }
}

impl fmt::Display for Period {
    /// As Jobindsats writes it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of = |month: Month| (month.0.div_euclid(12), month.0.rem_euclid(12));
        match *self {
            Period::Month(month) => write!(f, "{}M{:02}", of(month).0, of(month).1 + 1),
            Period::Quarter(month) => write!(f, "{}Q{}", of(month).0, of(month).1 / 3 + 1),
            Period::Year(month) => write!(f, "{}Y", of(month).0),
            Period::RollingYear(month) => write!(f, "{}QMAT{:02}", of(month).0, of(month).1 + 1),
        }
    }
}

/// A date at which what is counted became something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Break {
    /// The first month of the new counting.
    pub month: Month,
    /// How the ids of the tables it concerns begin.
    pub tables: &'static [&'static str],
    /// What happened.
    pub what: &'static str,
}

/// The breaks we know of. On 1 July 2025 the new social assistance took over from the old one, from education assistance and from the repatriation
/// and transition benefits: Jobindsats' tables y60 against y36, y38 and y35.
pub const BREAKS: [Break; 1] = [Break {
    month: Month(2025 * 12 + 6),
    tables: &["y35", "y36", "y38", "y60"],
    what: "kontanthjælpsreformen 1. juli 2025",
}];

/// The break that lies at the beginning of a period of a table, or inside it: the period cannot be compared with those before.
///
/// ```
/// use tovholder_analysis::benchmark::{Period, break_at};
/// let at = |table: &str, period: &str| break_at(table, Period::parse(period).unwrap()).is_some();
/// assert!(at("Y60A02", "2025M07") && at("y60a02", "2025Y"));
/// assert!(!at("y60a02", "2025M06") && !at("y60a02", "2025M08"));
/// assert!(!at("y01a02", "2025M07")); // unemployment benefits are what they were
/// ```
pub fn break_at(table: &str, period: Period) -> Option<&'static Break> {
    let table = table.to_ascii_lowercase();
    BREAKS.iter().find(|cut| {
        period.first() <= cut.month
            && cut.month <= period.last()
            && cut.tables.iter().any(|begins| table.starts_with(begins))
    })
}

/// One published figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Who published it.
    pub source: Source,
    /// The table's id in small letters: `y60a02`, `auk01`.
    pub table: String,
    /// The place by its Danish name; the country is `Hele landet`.
    pub area: String,
    /// Whom it is about: the values of the table's other dimensions, in the table's order with ` · ` between; empty for all.
    pub group: String,
    /// What was measured, as the source calls it.
    pub measure: String,
    /// When.
    pub period: Period,
    /// The figure; `None` where the source shows none, because it is small or not known.
    pub value: Option<f64>,
    /// Whether it is expected to be corrected: Jobindsats' newest month in this table.
    pub provisional: bool,
    /// Whether a reform cuts the series at the beginning of this period or inside it; see [`break_at`].
    pub at_break: bool,
}

impl Figure {
    fn new(
        source: Source,
        table: &str,
        area: &str,
        group: String,
        measure: &str,
        period: Period,
        value: Option<f64>,
    ) -> Self {
        let table = table.to_ascii_lowercase();
        let at_break = source == Source::Jobindsats && break_at(&table, period).is_some();
        let (area, measure) = (area_name(area).to_owned(), measure.to_owned());
        Figure {
            source,
            table,
            area,
            group,
            measure,
            period,
            value,
            provisional: false,
            at_break,
        }
    }
}

/// The Danish name of a place that the English edition of StatBank calls otherwise.
fn area_name(name: &str) -> &str {
    match name {
        "All Denmark" => "Hele landet",
        "Copenhagen" => "København",
        other => other,
    }
}

/// Marks Jobindsats' newest month of each table. Periods that end earlier than the table's newest are settled.
fn mark_provisional(figures: &mut [Figure]) {
    let mut newest = std::collections::HashMap::new();
    for figure in figures.iter() {
        let last = newest.entry(figure.table.clone()).or_insert(figure.period.last());
        *last = (*last).max(figure.period.last());
    }
    for figure in figures {
        figure.provisional = newest.get(&figure.table) == Some(&figure.period.last());
    }
}

/// Whether a text stands where the source shows no figure.
fn is_nothing(text: &str) -> bool {
    matches!(text, "" | "." | ".." | "..." | "…" | "*" | "-")
}

/// A cell of Jobindsats' answers: a number, or a text with decimal comma, or nothing. A text with a point is refused, since in Danish it could be
/// thousands as well as decimals.
fn cell(value: &Value) -> Result<Option<f64>, ()> {
    match value {
        Value::Null => Ok(None),
        Value::Number(number) => number.as_f64().map(Some).ok_or(()),
        Value::String(text) if is_nothing(text.trim()) => Ok(None),
        Value::String(text) if text.contains('.') => Err(()),
        Value::String(text) => reading::number(text.trim().as_bytes()).map(Some).ok_or(()),
        _ => Err(()),
    }
}

fn json(name: &str, bytes: &[u8]) -> Result<Value, Problem> {
    serde_json::from_slice(bytes).map_err(|error| Problem::input(format!("{name}: expected JSON, found {error}")))
}

/// Reads an answer of Jobindsats' API version 2: a list with one object of `Variables` (each with `Name` and `Label`) and `Data`, numbers as texts with
/// decimal comma. `name` is for messages.
///
/// ```
/// use tovholder_analysis::benchmark::jobindsats_v2;
/// let answer = r#"[{"Variables": [{"Name": "area", "Label": "Område"}, {"Name": "period", "Label": "Periode"},
///     {"Name": "_kon", "Label": "Køn"}, {"Name": "mema02_1", "Label": "Antal personer"}],
///     "Data": [["Hedensted", "2024M01", "Kvinder", "1204,5"], ["Hedensted", "2024M01", "Mænd", ""]]}]"#;
/// let figures = jobindsats_v2("answer", "Y01A02", answer.as_bytes()).unwrap();
/// assert_eq!((figures[0].group.as_str(), figures[0].measure.as_str(), figures[0].value), ("Kvinder", "Antal personer", Some(1204.5)));
/// assert_eq!(figures[1].value, None);
/// ```
///
/// # Errors
/// When the answer has another shape, naming where.
pub fn jobindsats_v2(name: &str, table: &str, bytes: &[u8]) -> Result<Vec<Figure>, Problem> {
    let answer = json(name, bytes)?;
    let wrong = |what: &str| Problem::input(format!("{name}: expected {what}"));
    let first = answer.get(0).ok_or_else(|| wrong("a list with one object"))?;
    let variables = first
        .get("Variables")
        .and_then(Value::as_array)
        .ok_or_else(|| wrong("Variables"))?;
    let text = |variable: &Value, key: &str| variable.get(key).and_then(Value::as_str).map(str::to_owned);
    let columns: Option<Vec<Heading>> = variables
        .iter()
        .map(|variable| {
            let id = text(variable, "Name")?;
            Some(Heading {
                label: text(variable, "Label").unwrap_or_else(|| id.clone()),
                id,
            })
        })
        .collect();
    let rows = first
        .get("Data")
        .and_then(Value::as_array)
        .ok_or_else(|| wrong("Data"))?;
    grid(
        name,
        table,
        &columns.ok_or_else(|| wrong("a Name for each of the Variables"))?,
        rows,
    )
}

/// Reads an answer of Jobindsats' API version 3: `columns` and `rows`. A column is a text, or an object with an `id` or a `name` and perhaps a `label`.
///
/// ```
/// use tovholder_analysis::benchmark::jobindsats_v3;
/// let answer = r#"{"columns": ["Område", "Periode", "Antal personer"], "rows": [["Hele landet", "2024M01", 97709], ["Hele landet", "2024M02", null]]}"#;
/// let figures = jobindsats_v3("answer", "y60a02", answer.as_bytes()).unwrap();
/// assert_eq!((figures[0].value, figures[1].value), (Some(97709.0), None));
/// assert!(figures[1].provisional && !figures[0].provisional);
/// ```
///
/// # Errors
/// When the answer has another shape, naming where.
pub fn jobindsats_v3(name: &str, table: &str, bytes: &[u8]) -> Result<Vec<Figure>, Problem> {
    let answer = json(name, bytes)?;
    let wrong = |what: &str| Problem::input(format!("{name}: expected {what}"));
    let columns = answer
        .get("columns")
        .and_then(Value::as_array)
        .ok_or_else(|| wrong("columns"))?;
    let heading = |column: &Value| {
        let text = |key: &str| column.get(key).and_then(Value::as_str).map(str::to_owned);
        let id = column
            .as_str()
            .map(str::to_owned)
            .or_else(|| text("id"))
            .or_else(|| text("name"))?;
        Some(Heading {
            label: text("label").or_else(|| text("name")).unwrap_or_else(|| id.clone()),
            id,
        })
    };
    let columns: Option<Vec<Heading>> = columns.iter().map(heading).collect();
    let rows = answer
        .get("rows")
        .and_then(Value::as_array)
        .ok_or_else(|| wrong("rows"))?;
    grid(
        name,
        table,
        &columns.ok_or_else(|| wrong("a name for each column"))?,
        rows,
    )
}

/// A column of an answer.
struct Heading {
    id: String,
    label: String,
}

impl Heading {
    fn is(&self, names: &[&str]) -> bool {
        names
            .iter()
            .any(|name| self.id.to_lowercase() == *name || self.label.to_lowercase() == *name)
    }
}

/// Rows of places, periods, dimensions and measures. A dimension has an id that begins with `_`, or no number in it at all; a column with numbers is a
/// measure, and must hold nothing else.
fn grid(name: &str, table: &str, columns: &[Heading], rows: &[Value]) -> Result<Vec<Figure>, Problem> {
    let place = |names: &[&str], what: &str| {
        columns.iter().position(|column| column.is(names)).ok_or_else(|| {
            let found: Vec<&str> = columns.iter().map(|column| column.label.as_str()).collect();
            Problem::input(format!(
                "{name}: expected a column of {what}, found {}",
                found.join(", ")
            ))
        })
    };
    let area = place(&["area", "område", "omraade", "kommune", "_nykom"], "areas")?;
    let period = place(&["period", "periode", "tid"], "periods")?;
    let rows: Vec<&Vec<Value>> = rows
        .iter()
        .enumerate()
        .map(|(i, row)| {
            row.as_array().filter(|row| row.len() == columns.len()).ok_or_else(|| {
                Problem::input(format!(
                    "{name}: row {}: expected {} values as there are columns",
                    i + 1,
                    columns.len()
                ))
            })
        })
        .collect::<Result<_, _>>()?;
    let is_measure = |column: &usize| {
        let column = *column;
        let known = |row: &&Vec<Value>| matches!(cell(&row[column]), Ok(Some(_)));
        let nothing = |row: &&Vec<Value>| matches!(cell(&row[column]), Ok(None));
        column != area
            && column != period
            && !columns[column].id.starts_with('_')
            && (rows.iter().any(known) || rows.iter().all(nothing))
    };
    let measures: Vec<usize> = (0..columns.len()).filter(is_measure).collect();
    let dimensions: Vec<usize> = (0..columns.len())
        .filter(|&column| column != area && column != period && !measures.contains(&column))
        .collect();
    if measures.is_empty() {
        return Err(Problem::input(format!(
            "{name}: expected a column of numbers, found none"
        )));
    }
    let shown = |value: &Value| {
        value
            .as_str()
            .map_or_else(|| value.to_string(), |text| text.trim().to_owned())
    };
    let mut faults = Faults::new(name);
    let mut figures = Vec::with_capacity(rows.len() * measures.len());
    for (i, row) in rows.iter().enumerate() {
        let number = i as u64 + 1;
        let id = shown(&row[period]);
        let Some(when) = Period::parse(&id) else {
            faults.add(number, &columns[period].label, "a period such as 2024M01", id);
            continue;
        };
        let group: Vec<String> = dimensions.iter().map(|&column| shown(&row[column])).collect();
        for &column in &measures {
            let heading = &columns[column].label;
            match cell(&row[column]) {
                Ok(value) => figures.push(Figure::new(
                    Source::Jobindsats,
                    table,
                    &shown(&row[area]),
                    group.join(" · "),
                    heading,
                    when,
                    value,
                )),
                Err(()) => faults.add(
                    number,
                    heading,
                    "a number with decimal comma, or nothing",
                    shown(&row[column]),
                ),
            }
        }
    }
    faults.finish()?;
    mark_provisional(&mut figures);
    Ok(figures)
}

/// One column of the file of municipalities: its section and name there, and the group and measure it holds.
type Held = (&'static str, &'static str, &'static str, &'static str);

/// Series over time: `labels` are periods.
const OVER_TIME: [Held; 17] = [
    ("unemployment", "total", "", "Ledige"),
    ("unemployment", "totalRate", "", "Ledige i pct. af arbejdsstyrken"),
    ("unemployment", "dagpenge", "A-dagpenge", "Ledige"),
    (
        "unemployment",
        "dagpengeRate",
        "A-dagpenge",
        "Ledige i pct. af arbejdsstyrken",
    ),
    ("unemployment", "kontanthjaelp", "Kontanthjælp", "Ledige"),
    (
        "unemployment",
        "kontanthjaelpRate",
        "Kontanthjælp",
        "Ledige i pct. af arbejdsstyrken",
    ),
    ("longterm", "total", "", "Langtidsledige"),
    ("longterm", "dagpenge", "A-dagpenge", "Langtidsledige"),
    ("longterm", "kontanthjaelp", "Kontanthjælp", "Langtidsledige"),
    ("cashAssistance", "persons", "", "Antal personer"),
    ("cashAssistance", "fullTime", "", "Antal fuldtidspersoner"),
    (
        "cashAssistance",
        "workforceRate",
        "",
        "Fuldtidspersoner i pct. af arbejdsstyrken 16-66 år",
    ),
    (
        "cashAssistance",
        "populationRate",
        "",
        "Fuldtidspersoner i pct. af befolkningen 16-66 år",
    ),
    ("activation", "degree", "", "Aktiveringsgrad"),
    ("activation", "affectedShare", "", "Andel aktiveringsberørte"),
    ("ordinaryHours", "persons", "", "Antal personer med ordinære timer"),
    ("ordinaryHours", "share", "", "Andel personer med ordinære timer"),
];

/// Breakdowns of one period: `labels` are groups.
const BREAKDOWNS: [Held; 3] = [
    ("cashVisitation", "fullTime", "", "Antal fuldtidspersoner"),
    ("offers", "courses", "", "Antal aktiveringsforløb"),
    ("offers", "activated", "", "Antal aktiverede"),
];

/// Single figures of one period.
const TOTALS: [Held; 3] = [
    ("offers", "coursesTotal", "", "Antal aktiveringsforløb"),
    ("offers", "activatedTotal", "", "Antal aktiverede"),
    (
        "offers",
        "averageCourses",
        "",
        "Gns. antal aktiveringsforløb pr. aktiveret",
    ),
];

/// Reads the file of 98 municipalities and the country that public dashboards over Jobindsats share (`dashboard-data.json`: `meta.sourceStatus` names the
/// table behind each section; each municipality has the sections, each with `labels` and lists as long). The measures keep Jobindsats' names
/// where the file has its measures. A section a municipality does not have is left out, a figure it does not have is `None`.
///
/// ```
/// use tovholder_analysis::benchmark::municipalities;
/// let file = r#"{"meta": {"sourceStatus": {"cashAssistance": {"dataset": "y60a02"}}},
///     "municipalities": {"hedensted": {"name": "Hedensted", "cashAssistance": {"labels": ["2025M06", "2025M07"], "persons": [310, null]}}},
///     "national": {"name": "Hele landet"}}"#;
/// let figures = municipalities("file", file.as_bytes()).unwrap();
/// assert_eq!((figures[0].area.as_str(), figures[0].table.as_str(), figures[0].value), ("Hedensted", "y60a02", Some(310.0)));
/// assert_eq!((figures[1].value, figures[1].at_break, figures[1].provisional), (None, true, true));
/// ```
///
/// # Errors
/// When the file has another shape, naming the municipality, the section and what was found.
pub fn municipalities(name: &str, bytes: &[u8]) -> Result<Vec<Figure>, Problem> {
    let file = json(name, bytes)?;
    let wrong = |place: &str, expected: &str| Problem::input(format!("{name}: {place}: expected {expected}"));
    let areas = file
        .get("municipalities")
        .and_then(Value::as_object)
        .ok_or_else(|| wrong("municipalities", "an object"))?;
    let country = file.get("national").ok_or_else(|| wrong("national", "an object"))?;
    let mut figures = Vec::new();
    for (key, area) in areas
        .iter()
        .map(|(key, area)| (key.as_str(), area))
        .chain([("national", country)])
    {
        let area_name = area
            .get("name")
            .and_then(Value::as_str)
            .ok_or_else(|| wrong(key, "a name"))?;
        let held = OVER_TIME.iter().chain(&BREAKDOWNS).chain(&TOTALS);
        for (i, &(section, field, group, measure)) in held.enumerate() {
            let Some(values) = area.get(section).and_then(|section| section.get(field)) else {
                continue;
            };
            let at = format!("{key}.{section}.{field}");
            let table = file
                .pointer(&format!("/meta/sourceStatus/{section}/dataset"))
                .and_then(Value::as_str)
                .ok_or_else(|| wrong(&format!("meta.sourceStatus.{section}"), "a dataset"))?;
            let number = |value: &Value| match value {
                Value::Null => Ok(None),
                value => value
                    .as_f64()
                    .map(Some)
                    .ok_or_else(|| wrong(&at, &format!("a number or null, found {value}"))),
            };
            let period = |id: Option<&Value>| {
                let id = id.and_then(Value::as_str).unwrap_or("");
                Period::parse(id).ok_or_else(|| wrong(&at, &format!("a period such as 2024M01, found {id:?}")))
            };
            let mut add = |group: &str, when: Period, value: &Value| -> Result<(), Problem> {
                let value = number(value)?;
                figures.push(Figure::new(
                    Source::Jobindsats,
                    table,
                    area_name,
                    group.to_owned(),
                    measure,
                    when,
                    value,
                ));
                Ok(())
            };
            let own = area.get(section).and_then(|section| section.get("period"));
            if i >= OVER_TIME.len() + BREAKDOWNS.len() {
                add(group, period(own)?, values)?;
                continue;
            }
            let labels = area
                .get(section)
                .and_then(|section| section.get("labels"))
                .and_then(Value::as_array);
            let pair = labels
                .zip(values.as_array())
                .filter(|(labels, values)| labels.len() == values.len());
            let (labels, values) = pair.ok_or_else(|| wrong(&at, "a list as long as its labels"))?;
            for (label, value) in labels.iter().zip(values) {
                if i < OVER_TIME.len() {
                    add(group, period(Some(label))?, value)?;
                } else {
                    let group = label.as_str().ok_or_else(|| wrong(&at, "labels of text"))?;
                    add(group, period(own)?, value)?;
                }
            }
        }
    }
    mark_provisional(&mut figures);
    Ok(figures)
}

/// Reads a table of StatBank as it delivers in bulk: CSV with a column for each dimension, `TID` and `INDHOLD`. The place is the column `OMRÅDE` (or
/// `BOPKOM`, `ARBKOM`, `KOMK`); the measure is the column `TAL` or `ENHED` where there is one, or else the word `INDHOLD`.
///
/// ```
/// use tovholder_analysis::{benchmark::statbank, read::Table};
/// let csv = "OMRÅDE;YDELSESTYPE;TID;INDHOLD\nAll Denmark;Sygedagpenge;2024Q1;71000\nHedensted;Sygedagpenge;2024Q1;..\n";
/// let figures = statbank("AUK01", &Table::from_bytes("auk01.csv", csv.into()).unwrap()).unwrap();
/// assert_eq!((figures[0].area.as_str(), figures[0].group.as_str(), figures[0].value), ("Hele landet", "Sygedagpenge", Some(71000.0)));
/// assert_eq!(figures[1].value, None);
/// ```
///
/// # Errors
/// When a column is missing, or a row holds no period or no number, by row and column.
pub fn statbank(id: &str, table: &Table) -> Result<Vec<Figure>, Problem> {
    let first_of = |names: &[&str]| names.iter().find_map(|name| table.optional(name));
    let area = first_of(&["OMRÅDE", "BOPKOM", "ARBKOM", "KOMK"]).map_or_else(|| table.column("OMRÅDE"), Ok)?;
    let (time, content) = (table.column("TID")?, table.column("INDHOLD")?);
    let measure = first_of(&["TAL", "ENHED"]);
    let taken = [Some(area), Some(time), Some(content), measure];
    let dimensions: Vec<Column> = (0..table.columns().len())
        .map(Column)
        .filter(|column| !taken.contains(&Some(*column)))
        .collect();
    let mut figures = Vec::new();
    table.each(|row, faults| {
        let id_of_period = row.text(time);
        let Some(period) = Period::parse(&id_of_period) else {
            row.fault(time, "a period such as 2024M01, 2024Q1 or 2024", faults);
            return;
        };
        let text = row.text(content);
        let value = match text.as_ref() {
            // StatBank's signs: a dash is none at all, points are unknown or confidential.
            "-" => Some(0.0),
            text if is_nothing(text) => None,
            _ => match row.number(content, faults) {
                None => return,
                known => known,
            },
        };
        let group: Vec<_> = dimensions.iter().map(|&column| row.text(column)).collect();
        let measure = measure.map_or("INDHOLD".into(), |measure| row.text(measure));
        figures.push(Figure::new(
            Source::StatBank,
            id,
            &row.text(area),
            group.join(" · "),
            &measure,
            period,
            value,
        ));
    })?;
    Ok(figures)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that panics fails")]
mod tests {
    use super::*;
    use std::path::PathBuf;

    /// A file of the real data that lies beside the repository where somebody has fetched it; it is not ours to ship.
    fn real(file: &str) -> Option<PathBuf> {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
            .join("../../../shared/data")
            .join(file);
        if !path.exists() {
            println!("passed by: {file} is not here");
            return None;
        }
        Some(path)
    }

    #[test]
    fn periods() {
        for id in ["2024M01", "2024M12", "2024Q4", "2024Y", "2024QMAT12"] {
            assert_eq!(Period::parse(id).unwrap().to_string(), id);
        }
        assert_eq!(Period::parse("2024K4"), Period::parse("2024Q4"));
        assert_eq!(Period::parse("2024"), Period::parse("2024Y"));
        for id in [
            "",
            "2024M1",
            "2024M00",
            "2024Q5",
            "24M01",
            "2024QMAT13",
            "2024U01",
            "M012024",
            "20é4M01",
            "2024M+1",
        ] {
            assert_eq!(Period::parse(id), None, "{id}");
        }
        let (first, last) = (
            Period::parse("2025Q3").unwrap().first(),
            Period::parse("2025Q3").unwrap().last(),
        );
        assert_eq!(
            (first.to_string(), last.to_string()),
            ("2025-07".into(), "2025-09".into())
        );
    }

    #[test]
    fn both_versions_say_the_same() {
        let v2 = r#"[{"Variables":[{"Name":"area","Label":"Område"},{"Name":"period","Label":"Periode"},{"Name":"_alder","Label":"Alder"},
            {"Name":"m1","Label":"Antal personer"},{"Name":"m4","Label":"Andel"}],
            "Data":[["Odder","2026M05","65","12","1,5"],["Odder","2026M06","65","","-"]]}]"#;
        let v3 = r#"{"columns":[{"name":"Område"},{"name":"Periode"},{"id":"_alder","name":"Alder"},{"name":"Antal personer"},{"name":"Andel"}],
            "rows":[["Odder","2026M05","65",12,1.5],["Odder","2026M06","65",null,null]]}"#;
        let (v2, v3) = (
            jobindsats_v2("v2", "Y60A02", v2.as_bytes()).unwrap(),
            jobindsats_v3("v3", "y60a02", v3.as_bytes()).unwrap(),
        );
        assert_eq!(v2, v3);
        assert_eq!(v2.len(), 4);
        // An age that looks like a number is still a dimension.
        assert!(v2.iter().all(|figure| figure.group == "65"));
        assert_eq!(
            v2.iter().map(|figure| figure.value).collect::<Vec<_>>(),
            [Some(12.0), Some(1.5), None, None]
        );
        assert_eq!(
            v2.iter().map(|figure| figure.provisional).collect::<Vec<_>>(),
            [false, false, true, true]
        );
    }

    #[test]
    fn other_shapes_are_named() {
        let v3 = |text: &str| jobindsats_v3("f", "y01a02", text.as_bytes()).unwrap_err().to_string();
        assert!(v3("{\"columns\": [").contains("f: expected JSON"));
        assert!(v3("{}").contains("f: expected columns"));
        assert!(
            v3(r#"{"columns":["Periode","Antal"],"rows":[]}"#)
                .contains("expected a column of areas, found Periode, Antal")
        );
        assert!(
            v3(r#"{"columns":["Område","Periode","Antal"],"rows":[["Odder","2024M01"]]}"#)
                .contains("row 1: expected 3 values")
        );
        let said = v3(
            r#"{"columns":["Område","Periode","Antal"],"rows":[["Odder","2024M01","1"],["Odder","2024M02","1.204"],["Odder","jan","2"],["Odder","2024M03","ca. 3"]]}"#,
        );
        assert_eq!(
            said.lines().collect::<Vec<_>>(),
            [
                "f: row 2, column Antal: expected a number with decimal comma, or nothing, found \"1.204\"",
                "f: row 3, column Periode: expected a period such as 2024M01, found \"jan\"",
                "f: row 4, column Antal: expected a number with decimal comma, or nothing, found \"ca. 3\"",
            ]
        );
        let v2 = |text: &str| jobindsats_v2("f", "y01a02", text.as_bytes()).unwrap_err().to_string();
        assert!(v2("[]").contains("a list with one object"));
        assert!(v2(r#"[{"Variables":[{}],"Data":[]}]"#).contains("a Name for each"));
    }

    #[test]
    fn a_file_of_another_shape_is_named() {
        let said = |area: &str| {
            let file = format!(
                r#"{{"meta":{{"sourceStatus":{{"offers":{{"dataset":"y60c02"}}}}}},"municipalities":{{"odder":{area}}},"national":{{"name":"Hele landet"}}}}"#
            );
            municipalities("f", file.as_bytes()).unwrap_err().to_string()
        };
        assert_eq!(said("{}"), "f: odder: expected a name");
        assert_eq!(
            said(r#"{"name":"Odder","offers":{"period":"2024M01","labels":["a","b"],"courses":[1]}}"#),
            "f: odder.offers.courses: expected a list as long as its labels"
        );
        assert_eq!(
            said(r#"{"name":"Odder","offers":{"period":"2024M01","labels":["a"],"courses":["1"]}}"#),
            "f: odder.offers.courses: expected a number or null, found \"1\""
        );
        assert_eq!(
            said(r#"{"name":"Odder","offers":{"labels":["a"],"courses":[1]}}"#),
            "f: odder.offers.courses: expected a period such as 2024M01, found \"\""
        );
        assert_eq!(
            said(r#"{"name":"Odder","longterm":{"labels":["2024M01"],"total":[1]}}"#),
            "f: meta.sourceStatus.longterm: expected a dataset"
        );
    }

    #[test]
    fn statbank_rows() {
        let of = |text: &str| statbank("LBESK69", &Table::from_bytes("f.csv", text.into()).unwrap());
        let figures = of(
            "\u{feff}TAL;BOPKOM;KØN;TID;INDHOLD\nFuldtid;Copenhagen;I alt;2008Q1;1,5\nFuldtid;Fanø;I alt;2008Q1;-\n",
        )
        .unwrap();
        assert_eq!(
            (
                figures[0].area.as_str(),
                figures[0].measure.as_str(),
                figures[0].group.as_str()
            ),
            ("København", "Fuldtid", "I alt")
        );
        assert_eq!(
            (figures[0].value, figures[1].value, figures[0].provisional),
            (Some(1.5), Some(0.0), false)
        );
        let said = of("OMRÅDE;TID;INDHOLD\nFanø;2008Q9;1\nFanø;2008Q1;x\n")
            .unwrap_err()
            .to_string();
        assert_eq!(
            said.lines().collect::<Vec<_>>(),
            [
                "f.csv: row 2, column TID: expected a period such as 2024M01, 2024Q1 or 2024, found \"2008Q9\"",
                "f.csv: row 3, column INDHOLD: expected a number, found \"x\"",
            ]
        );
        assert!(
            of("KOMMUNE;TID;INDHOLD\n")
                .unwrap_err()
                .to_string()
                .contains("expected a column OMRÅDE")
        );
    }

    #[test]
    fn the_real_file_of_municipalities() {
        let Some(path) = real("jobindsats/kommunal_98_kommuner.json") else {
            return;
        };
        let figures = municipalities("real", &std::fs::read(path).unwrap()).unwrap();
        let areas: std::collections::BTreeSet<&str> = figures.iter().map(|figure| figure.area.as_str()).collect();
        assert_eq!(areas.len(), 99);
        let one = |area: &str, group: &str, measure: &str, period: &str| {
            let when = Period::parse(period).unwrap();
            let found: Vec<&Figure> = figures
                .iter()
                .filter(|f| f.area == area && f.group == group && f.measure == measure && f.period == when)
                .collect();
            assert_eq!(found.len(), 1, "{area} {group} {measure} {period}");
            found[0].clone()
        };
        assert_eq!(one("Albertslund", "", "Ledige", "2021M08").value, Some(656.0));
        assert_eq!(
            one("Hele landet", "", "Antal personer", "2021M08").value,
            Some(97_709.0)
        );
        assert_eq!(
            one(
                "Albertslund",
                "Åbenlys uddannelsesparat",
                "Antal fuldtidspersoner",
                "2026M07"
            )
            .value,
            None
        );
        assert_eq!(one("Samsø", "", "Antal aktiverede", "2026M07").value, None);
        assert!(one("Odder", "", "Antal personer", "2025M07").at_break);
        assert!(!one("Odder", "", "Ledige", "2025M07").at_break);
        assert!(
            one("Odder", "", "Ledige", "2026M07").provisional && !one("Odder", "", "Ledige", "2026M06").provisional
        );
        // Ordinary hours come a month later than the rest.
        assert!(one("Odder", "", "Antal personer med ordinære timer", "2026M06").provisional);
        assert_eq!(figures.iter().filter(|figure| figure.value.is_none()).count(), 623);
    }

    #[test]
    fn the_real_files_of_statbank() {
        for (id, file, rows) in [
            ("AUK01", "dst_statbank/auk01_social_assistance.csv", 8_892),
            ("LBESK69", "dst_statbank/lbesk69_employees_by_municipality.csv", 8_307),
            ("FOLK1AM", "dst_statbank/folk1am_population_by_municipality.csv", 5_565),
        ] {
            let Some(path) = real(file) else { return };
            let figures = statbank(id, &Table::open(&path).unwrap()).unwrap();
            assert_eq!(figures.len(), rows, "{id}");
            assert!(figures.iter().any(|figure| figure.area == "Hele landet"));
            assert!(figures.iter().all(|figure| figure.value.is_some()));
        }
    }
}
