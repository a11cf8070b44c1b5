//! Reading the cells of a row: each value in one canonical spelling, or what is wrong with it.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::columns::fold;
use super::fields::{Field, Shape, fields};
use super::{Kind, Mapping, Row, weeks};
use crate::cpr::{Cpr, CprError};
use crate::cvr::{Cvr, NumberError};
use crate::rules::Rules;

/// What the reading depends on.
#[derive(Clone, Copy)]
pub struct Setting<'r> {
    /// Whether this is the demo: it takes invented CPR numbers only (day + 60), an installation takes none of those.
    pub demo: bool,
    /// Today.
    pub today: Date,
    /// The rules that know the benefits.
    pub rules: &'r Rules,
}

/// A row whose cells could be read: field → value in its canonical spelling. A blank cell is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The line in the file.
    pub line: u32,
    /// The values.
    pub values: BTreeMap<&'static str, String>,
    /// The citizen's number, kept apart from everything else.
    pub cpr: Option<Cpr>,
    /// Whether a lost 0 was put back.
    pub repaired: bool,
    /// Field → name of the column it came from, for errors found later; empty for what holds for all rows.
    pub(super) columns: BTreeMap<&'static str, String>,
}

/// What is wrong with one cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowError {
    /// The field; empty when it is the row as a whole.
    pub field: &'static str,
    /// The name of the column in the file; empty when there is none.
    pub column: String,
    /// What is wrong.
    pub problem: Problem,
    /// What stood there, masked where it could be a CPR number.
    pub found: String,
}

/// What can be wrong. Each tells what was expected, and with that how to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The row has fewer or more cells than the header: it was cut, or a separator stands inside a text without quotes.
    Cells {
        /// How many there should be.
        expected: usize,
        /// How many there are.
        found: usize,
    },
    /// Nothing stands there.
    Required,
    /// Neither log-in nor e-mail stands there.
    LoginOrEmail,
    /// More characters than there is room for.
    TooLong(usize),
    /// Letters were lost on the way: the file was saved in the wrong character set.
    Garbled,
    /// No CPR number.
    Cpr(CprError),
    /// Somebody's real number in the demo.
    RealCpr,
    /// An invented number (day + 60) in a real installation.
    DemoCpr,
    /// No CVR number.
    Cvr(NumberError),
    /// No date.
    NotADate,
    /// A date that does not exist.
    NoSuchDate,
    /// No month.
    NotAMonth,
    /// A month that does not exist.
    NoSuchMonth,
    /// No number, with or without decimals.
    NotADecimal,
    /// Fewer than none, or more hours than the month has.
    NotHours {
        /// The hours of the month.
        most: u32,
    },
    /// A day or month that has not come yet.
    InFuture,
    /// The end lies before the start.
    EndBeforeStart,
    /// No telephone number.
    NotAPhone,
    /// No e-mail address.
    NotAnEmail,
    /// No Danish postal code.
    NotAPostcode,
    /// No whole number.
    NotANumber,
    /// None of these words.
    NotOneOf(&'static [(&'static str, &'static [&'static str])]),
    /// No such benefit on that day.
    UnknownBenefit,
    /// No unit of that name.
    UnknownUnit,
    /// Nobody with that log-in or e-mail.
    UnknownEmployee,
    /// No citizen with that number.
    UnknownCitizen,
    /// Several are known by that name or address.
    Ambiguous,
    /// A column is named after a week that there is not, stands twice, or leaves a week out.
    WeeksBroken,
    /// The weeks do not follow upon those that are known.
    WeeksApart,
    /// No code of three digits.
    NotAState,
    /// Somebody else was responsible on some of the same days.
    Overlaps {
        /// The line that says so; none when it is there already.
        line: Option<u32>,
    },
    /// The same stands on an earlier line.
    Repeated {
        /// That line.
        line: u32,
    },
}

/// Hides what could be a CPR number: of nine digits or more in a row, however spaced, only the first six stay.
///
/// ```
/// use tovholder_casework::import::mask;
/// assert_eq!(mask("Anna 610190-1236"), "Anna 610190-••••");
/// assert_eq!(mask("96 12 34 00"), "96 12 34 00");
/// ```
pub fn mask(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut shown = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        if !chars[at].is_numeric() {
            shown.push(chars[at]);
            at += 1;
            continue;
        }
        // A run: digits, with at most two other marks that are no letters between one and the next.
        let (mut end, mut digits, mut next) = (at, 0, at);
        while next < chars.len() && next - end <= 2 {
            if chars[next].is_numeric() {
                digits += 1;
                end = next + 1;
            } else if chars[next].is_alphabetic() {
                break;
            }
            next += 1;
        }
        let mut seen = 0;
        for c in &chars[at..end] {
            seen += usize::from(c.is_numeric());
            shown.push(if c.is_numeric() && digits >= 9 && seen > 6 {
                '•'
            } else {
                *c
            });
        }
        at = end;
    }
    shown
}

/// The most of a cell that an error repeats.
const SHOWN: usize = 60;

fn shown(cell: &str) -> String {
    let masked = mask(cell.trim());
    if masked.chars().count() <= SHOWN {
        masked
    } else {
        masked.chars().take(SHOWN).chain(['…']).collect()
    }
}

/// Reads the cells of every row.
pub fn parse(
    kind: Kind,
    header: &[String],
    rows: &[Row],
    mapping: &Mapping,
    setting: &Setting<'_>,
) -> Vec<(u32, Result<Draft, Vec<RowError>>)> {
    let weeks = if kind == Kind::States {
        weeks::columns(header)
    } else {
        Ok(vec![])
    };
    rows.iter()
        .map(|row| (row.line, parse_row(kind, header, row, mapping, setting, &weeks)))
        .collect()
}

fn parse_row(
    kind: Kind,
    header: &[String],
    row: &Row,
    mapping: &Mapping,
    setting: &Setting<'_>,
    weeks: &Result<Vec<(usize, Date)>, usize>,
) -> Result<Draft, Vec<RowError>> {
    if row.cells.len() != header.len() {
        let problem = Problem::Cells {
            expected: header.len(),
            found: row.cells.len(),
        };
        return Err(vec![RowError {
            field: "",
            column: String::new(),
            problem,
            found: String::new(),
        }]);
    }
    let mut draft = Draft {
        line: row.line,
        values: BTreeMap::new(),
        cpr: None,
        repaired: false,
        columns: BTreeMap::new(),
    };
    let mut errors = Vec::new();
    for field in fields(kind) {
        if field.shape == Shape::Weeks {
            errors.extend(read_weeks(field.key, header, row, weeks, setting, &mut draft).err());
            continue;
        }
        let at = mapping.columns.get(field.key);
        let cell = at.and_then(|at| row.cells.get(*at)).map_or("", String::as_str);
        let clean = clean(cell);
        let (text, column) = match (clean.is_empty(), mapping.fixed.get(field.key)) {
            (true, Some(fixed)) => (self::clean(fixed), String::new()),
            _ => (clean, at.and_then(|at| header.get(*at)).cloned().unwrap_or_default()),
        };
        let wrong = |problem| RowError {
            field: field.key,
            column: column.clone(),
            problem,
            found: shown(&text),
        };
        if text.is_empty() {
            if field.required {
                errors.push(wrong(Problem::Required));
            }
            continue;
        }
        match read(field, &text, setting) {
            Ok(read) => {
                draft.repaired |= read.repaired;
                match read.cpr {
                    Some(cpr) => draft.cpr = Some(cpr),
                    None => drop(draft.values.insert(field.key, read.value)),
                }
                draft.columns.insert(field.key, column);
            }
            Err(problem) => errors.push(wrong(problem)),
        }
    }
    together(kind, &mut draft, setting, &mut errors);
    if errors.is_empty() { Ok(draft) } else { Err(errors) }
}

/// The codes of a row's weeks, as runs. Weeks that are not over are left out: nobody is known to be without support in them yet.
fn read_weeks(
    field: &'static str,
    header: &[String],
    row: &Row,
    weeks: &Result<Vec<(usize, Date)>, usize>,
    setting: &Setting<'_>,
    draft: &mut Draft,
) -> Result<(), RowError> {
    let wrong = |at: Option<usize>, problem, found: &str| RowError {
        field,
        column: at.and_then(|at| header.get(at)).cloned().unwrap_or_default(),
        problem,
        found: shown(found),
    };
    let weeks = weeks
        .as_ref()
        .map_err(|at| wrong(Some(*at), Problem::WeeksBroken, &header[*at]))?;
    let over: Vec<(usize, Date)> = weeks
        .iter()
        .copied()
        .filter(|(_, monday)| monday.saturating_add(jiff::Span::new().days(6)) < setting.today)
        .collect();
    if weeks.is_empty() {
        return Err(wrong(None, Problem::WeeksBroken, ""));
    }
    let Some((_, first)) = over.first() else {
        return Err(wrong(weeks.first().map(|(at, _)| *at), Problem::InFuture, ""));
    };
    let mut codes: Vec<String> = Vec::with_capacity(over.len());
    for (at, _) in &over {
        let cell = clean(row.cells.get(*at).map_or("", String::as_str));
        codes.push(match cell.as_str() {
            // What programs write for nothing.
            "" | "." | "0" => String::new(),
            code if code.len() == 3 && code.bytes().all(|b| b.is_ascii_digit()) => cell,
            other => return Err(wrong(Some(*at), Problem::NotAState, other)),
        });
    }
    let history = weeks::History::of(*first, codes.iter().map(String::as_str));
    draft.values.insert("first_week", weeks::name(history.first));
    draft.values.insert("last_week", weeks::name(history.last));
    draft.values.insert("runs", history.text());
    Ok(())
}

/// What only shows when the cells of a row are seen together.
fn together(kind: Kind, draft: &mut Draft, setting: &Setting<'_>, errors: &mut Vec<RowError>) {
    let about = |field: &'static str, problem, draft: &Draft| RowError {
        field,
        column: draft.columns.get(field).cloned().unwrap_or_default(),
        problem,
        found: draft.values.get(field).cloned().unwrap_or_default(),
    };
    let day = |field: &str, draft: &Draft| draft.values.get(field).and_then(|text| text.parse::<Date>().ok());
    match kind {
        Kind::Employees => {
            let known = |field| draft.values.contains_key(field) || errors.iter().any(|e| e.field == field);
            if !known("login") && !known("email") {
                errors.push(about("login", Problem::LoginOrEmail, draft));
            }
        }
        Kind::Citizens => {
            if let (None, Some(cpr)) = (draft.values.get("birth_date"), draft.cpr) {
                draft.values.insert("birth_date", cpr.birth_date().to_string());
            }
            if day("birth_date", draft).is_some_and(|born| born > setting.today) {
                errors.push(about("birth_date", Problem::InFuture, draft));
            }
        }
        Kind::Spells | Kind::Assignments => {
            let (starts, ends) = (day("starts", draft), day("ends", draft));
            if let (Some(starts), Some(ends)) = (starts, ends)
                && ends < starts
            {
                errors.push(about("ends", Problem::EndBeforeStart, draft));
            }
            if kind == Kind::Assignments && starts.is_some_and(|starts| starts > setting.today) {
                errors.push(about("starts", Problem::InFuture, draft));
            }
            if let (Some(benefit), Some(starts)) = (draft.values.get("benefit").cloned(), starts) {
                match benefit_code(setting.rules, &benefit, starts) {
                    Some(code) => drop(draft.values.insert("benefit", code)),
                    None => errors.push(about("benefit", Problem::UnknownBenefit, draft)),
                }
            }
        }
        Kind::Hours => {
            let Some(month) = draft.values.get("month").and_then(|text| month(text).ok()) else {
                return;
            };
            if month > setting.today {
                errors.push(about("month", Problem::InFuture, draft));
            }
            let most = 24 * u32::from(month.days_in_month().unsigned_abs());
            let hours = draft.values.get("hours").and_then(|text| text.parse::<f64>().ok());
            if hours.is_some_and(|hours| hours < 0.0 || hours > f64::from(most)) {
                errors.push(about("hours", Problem::NotHours { most }, draft));
            }
        }
        Kind::Expenses => {
            let Some(month) = draft.values.get("month").and_then(|text| month(text).ok()) else {
                return;
            };
            if month > setting.today {
                errors.push(about("month", Problem::InFuture, draft));
            }
            if let Some(benefit) = draft.values.get("benefit").cloned() {
                // One that began in the month was there in it too.
                let code = |on| benefit_code(setting.rules, &benefit, on);
                match code(month).or_else(|| code(month.last_of_month())) {
                    Some(code) => drop(draft.values.insert("benefit", code)),
                    None => errors.push(about("benefit", Problem::UnknownBenefit, draft)),
                }
            }
        }
        Kind::Units | Kind::Teams | Kind::States | Kind::Companies => {}
    }
}

/// A benefit by its code or its name in either language, among those there were on a day.
fn benefit_code(rules: &Rules, written: &str, on: Date) -> Option<String> {
    let wanted = fold(written);
    let on = rules.on(on);
    let mut all = on.benefits();
    all.find(|b| {
        [b.code.as_str(), &b.label.da, &b.label.en]
            .iter()
            .any(|name| fold(name) == wanted)
    })
    .map(|b| b.code.clone())
}

/// One line of text without what does no good in a name: control characters, blanks in a row, and the apostrophe a spreadsheet
/// puts before what could be a formula.
fn clean(cell: &str) -> String {
    let words = cell
        .split(|c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}')
        .filter(|word| !word.is_empty());
    let text = words.collect::<Vec<_>>().join(" ");
    match text.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest.to_owned(),
        _ => text,
    }
}

struct Read {
    value: String,
    cpr: Option<Cpr>,
    repaired: bool,
}

/// No municipality pays a hundred billion in a month; a number beyond it is something else.
const MOST_KRONER: f64 = 1e11;

/// With at most two decimals: hundredths of an hour, øre.
fn rounded(number: f64) -> String {
    ((number * 100.0).round() / 100.0).to_string()
}

fn plain(value: impl Into<String>) -> Result<Read, Problem> {
    Ok(Read {
        value: value.into(),
        cpr: None,
        repaired: false,
    })
}

fn read(field: &Field, text: &str, setting: &Setting<'_>) -> Result<Read, Problem> {
    if text.contains('\u{fffd}') {
        return Err(Problem::Garbled);
    }
    let long = |max: usize| {
        if text.chars().count() > max {
            Err(Problem::TooLong(max))
        } else {
            plain(text)
        }
    };
    match field.shape {
        Shape::Name => long(140),
        Shape::Text(max) => long(max),
        Shape::Unit | Shape::Employee => long(254),
        Shape::Employees => long(4000),
        Shape::Benefit => long(140),
        // Read over all their columns: see `read_weeks`.
        Shape::Weeks => plain(text),
        Shape::Phone => {
            let digits = text.chars().filter(char::is_ascii_digit).count();
            let marks = text
                .chars()
                .all(|c| c.is_ascii_digit() || matches!(c, ' ' | '+' | '-' | '.' | '/' | '(' | ')'));
            if marks && (4..=20).contains(&digits) {
                long(40)
            } else {
                Err(Problem::NotAPhone)
            }
        }
        Shape::Email => {
            let (name, host) = text.split_once('@').ok_or(Problem::NotAnEmail)?;
            let sound =
                !name.is_empty() && host.contains('.') && !host.contains('@') && !text.contains(char::is_whitespace);
            if sound { long(254) } else { Err(Problem::NotAnEmail) }
        }
        Shape::Postcode => {
            let digits: Option<u16> = text
                .chars()
                .all(|c| c.is_ascii_digit())
                .then(|| text.parse().ok())
                .flatten();
            match (digits, text.len()) {
                (Some(_), 4) => plain(text),
                (Some(_), 3) => Ok(Read {
                    value: format!("0{text}"),
                    cpr: None,
                    repaired: true,
                }),
                _ => Err(Problem::NotAPostcode),
            }
        }
        Shape::Number => {
            let whole = text
                .strip_suffix(",0")
                .or_else(|| text.strip_suffix(".0"))
                .unwrap_or(text);
            let digits: String = whole.chars().filter(|c| !matches!(c, '.' | ' ')).collect();
            match digits.parse::<u32>() {
                Ok(number) if number <= 10_000_000 => plain(number.to_string()),
                _ => Err(Problem::NotANumber),
            }
        }
        Shape::Date => plain(date(text)?.to_string()),
        Shape::Month => plain(month(text)?.strftime("%Y-%m").to_string()),
        Shape::Hours => {
            let hours = decimal(text).ok_or(Problem::NotADecimal)?;
            plain(rounded(hours))
        }
        Shape::Kroner => match decimal(text).ok_or(Problem::NotADecimal)? {
            kroner if kroner.abs() < MOST_KRONER => plain(rounded(kroner)),
            _ => Err(Problem::NotADecimal),
        },
        Shape::Cpr => {
            let (cpr, repaired) = match text.parse::<Cpr>() {
                Ok(cpr) => (cpr, false),
                Err(CprError::LeadingZeroLost { repaired }) => (repaired, true),
                Err(error) => return Err(Problem::Cpr(error)),
            };
            match (setting.demo, cpr.is_demo()) {
                (true, false) => Err(Problem::RealCpr),
                (false, true) => Err(Problem::DemoCpr),
                _ => Ok(Read {
                    value: String::new(),
                    cpr: Some(cpr),
                    repaired,
                }),
            }
        }
        Shape::Cvr => plain(text.parse::<Cvr>().map_err(Problem::Cvr)?.to_string()),
        Shape::Word(words) => {
            let wanted = fold(text);
            let key = words
                .iter()
                .find(|(key, names)| fold(key) == wanted || names.iter().any(|name| fold(name) == wanted));
            plain(key.ok_or(Problem::NotOneOf(words))?.0)
        }
    }
}

/// Whether a cell could be such a value, to recognise a column by what stands in it.
pub(super) fn looks_like(shape: Shape, cell: &str) -> bool {
    let text = clean(cell);
    match shape {
        Shape::Cpr => matches!(text.parse::<Cpr>(), Ok(_) | Err(CprError::LeadingZeroLost { .. })),
        Shape::Cvr => text.parse::<Cvr>().is_ok(),
        Shape::Email => text.contains('@'),
        _ => false,
    }
}

/// Reads a date as files hold it: `1990-05-01`, `01-05-1990`, `1/5/1990`, `1.5.1990`, `19900501`, with or without a time after it,
/// or the number a spreadsheet keeps it as (32994).
///
/// # Errors
/// [`Problem::NotADate`] when it cannot be told, also for a year of two digits; [`Problem::NoSuchDate`] for 31 June.
pub fn date(text: &str) -> Result<Date, Problem> {
    let text = text.trim();
    // A time after the date: everything from the T or the blank, as long as it looks like one.
    let day = match text.split_once(['T', ' ']) {
        Some((day, time)) if time.contains(':') && day.len() >= 8 => day,
        _ => text,
    };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let number = |part: &str| part.parse::<i16>().map_err(|_| Problem::NotADate);
    let serial = day.strip_suffix(".0").unwrap_or(day);
    if digits(serial) {
        return match serial.len() {
            // 1 is 1 January 1900; the spreadsheet believes in 29 February 1900, so from March on it is one ahead.
            // Four digits are a year, not a day before 1927.
            5 => {
                let days: i32 = serial.parse().map_err(|_| Problem::NotADate)?;
                let day = jiff::civil::date(1899, 12, 30).saturating_add(jiff::Span::new().days(days));
                make(day.year(), day.month().into(), day.day().into())
            }
            8 => make(number(&serial[..4])?, number(&serial[4..6])?, number(&serial[6..])?),
            _ => Err(Problem::NotADate),
        };
    }
    let parts: Vec<&str> = day
        .split(['-', '/', '.', ' '])
        .filter(|part| !part.is_empty())
        .collect();
    let [first, second, third] = parts[..] else {
        return Err(Problem::NotADate);
    };
    if !parts.iter().all(|part| digits(part)) {
        return Err(Problem::NotADate);
    }
    match (first.len(), third.len()) {
        (4, 1..=2) => make(number(first)?, number(second)?, number(third)?),
        (1..=2, 4) => make(number(third)?, number(second)?, number(first)?),
        _ => Err(Problem::NotADate),
    }
}

/// The months in both languages, as long as they need be to be told apart.
const MONTHS: [[&str; 2]; 12] = [
    ["jan", "jan"],
    ["feb", "feb"],
    ["mar", "mar"],
    ["apr", "apr"],
    ["maj", "may"],
    ["jun", "jun"],
    ["jul", "jul"],
    ["aug", "aug"],
    ["sep", "sep"],
    ["okt", "oct"],
    ["nov", "nov"],
    ["dec", "dec"],
];

/// Reads a month as files hold it: `2026-03`, `03-2026`, `3/2026`, `202603`, `2026M03`, `marts 2026`, or any date in it. Answers with its
/// first day.
///
/// # Errors
/// [`Problem::NotAMonth`] when it cannot be told; [`Problem::NoSuchMonth`] for month 13.
pub fn month(text: &str) -> Result<Date, Problem> {
    let text = text.trim();
    let number = |part: &str| {
        let digits = !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        part.parse::<i16>().ok().filter(|_| digits)
    };
    let parts: Vec<&str> = match text.split_at_checked(4) {
        Some((year, month)) if month.len() == 2 && text.bytes().all(|b| b.is_ascii_digit()) => vec![year, month],
        _ => text
            .split(['-', '/', '.', ' ', 'M', 'm'])
            .filter(|part| !part.is_empty())
            .collect(),
    };
    let named = || {
        let (name, year) = text.rsplit_once([' ', '-', '.'])?;
        let name = fold(name);
        let at = MONTHS
            .iter()
            .position(|names| names.iter().any(|m| name.starts_with(m)))?;
        Some((number(year).filter(|_| year.len() == 4)?, i16::try_from(at + 1).ok()?))
    };
    let written = match parts[..] {
        [year, month] if year.len() == 4 && month.len() <= 2 => number(year).zip(number(month)),
        [month, year] if year.len() == 4 && month.len() <= 2 => number(year).zip(number(month)),
        _ => None,
    };
    match written.or_else(named) {
        Some((year, month)) => make(year, month, 1).map_err(|problem| match problem {
            Problem::NoSuchDate => Problem::NoSuchMonth,
            _ => Problem::NotAMonth,
        }),
        None => match date(text) {
            Ok(day) => Ok(day.first_of_month()),
            Err(Problem::NoSuchDate) => Err(Problem::NoSuchMonth),
            Err(_) => Err(Problem::NotAMonth),
        },
    }
}

/// Reads a number as Danish files hold it: a comma before the decimals, points or blanks between the thousands, a minus in front or, as
/// bookkeeping has it, behind. A point that parts no thousands is taken for a decimal point.
///
/// ```
/// use tovholder_casework::import::decimal;
/// assert_eq!(decimal("1.234.567,50"), Some(1_234_567.5));
/// assert_eq!(decimal("1,234,567.50"), Some(1_234_567.5));
/// assert_eq!(decimal("160.33"), Some(160.33));
/// assert_eq!(decimal("1.200"), Some(1200.0));
/// assert_eq!(decimal("12 000-"), Some(-12_000.0));
/// assert_eq!(decimal("1.23.4"), None);
/// ```
pub fn decimal(text: &str) -> Option<f64> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let minus = ['-', '\u{2212}'];
    let bare = text.strip_prefix(minus).or_else(|| text.strip_suffix(minus));
    let (sign, digits) = bare.map_or((1.0, text.as_str()), |rest| (-1.0, rest));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let in_thousands = |text: &str, mark: char| {
        let mut parts = text.split(mark);
        let first = parts.next().unwrap_or_default();
        let begins = all_digits(first) && first.len() <= 3 && !first.starts_with('0');
        begins && text.contains(mark) && parts.all(|part| part.len() == 3 && all_digits(part))
    };
    let (whole, decimals) = match digits.rfind([',', '.']) {
        None => (digits, ""),
        Some(_) if in_thousands(digits, '.') => (digits, ""),
        Some(_) if in_thousands(digits, ',') && digits.matches(',').count() > 1 => (digits, ""),
        Some(at) => (&digits[..at], &digits[at + 1..]),
    };
    let sound = all_digits(whole) || in_thousands(whole, '.') || in_thousands(whole, ',');
    if !sound || !(decimals.is_empty() || all_digits(decimals)) || whole.len() > 20 || decimals.len() > 20 {
        return None;
    }
    let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
    let number: f64 = format!("{whole}.{decimals}0").parse().ok()?;
    // No nought below nought.
    Some(if number == 0.0 { 0.0 } else { sign * number })
}

fn make(year: i16, month: i16, day: i16) -> Result<Date, Problem> {
    if !(1850..=2150).contains(&year) {
        return Err(Problem::NotADate);
    }
    let (month, day) = (
        i8::try_from(month).map_err(|_| Problem::NoSuchDate)?,
        i8::try_from(day).map_err(|_| Problem::NoSuchDate)?,
    );
    Date::new(year, month, day).map_err(|_| Problem::NoSuchDate)
}
