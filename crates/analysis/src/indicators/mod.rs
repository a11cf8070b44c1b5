//! `tovholder indicators`: spells in, figures out, each with its definition, its n, and withheld where it is of too few people.
//!
//! | to find | look in |
//! |---|---|
//! | the arguments, and the order of things | this file |
//! | reading spells and states by several threads | `input` |
//! | persons, efforts, earnings and caseworkers | `beside` |
//! | names as numbers | `codes` |
//! | the table as CSV and JSON | `output` |
//! | reading and nothing else, to measure against | `bare` |
//!
//! # Decisions
//!
//! - **Rows** are the combinations of `--by` that occur, in every period; `--totals` adds those with `*` for all values of one or more
//!   breakdowns. Persons on two benefits stand in both rows, and once in the total.
//! - **Benefit codes** are taken as they are; `--known-benefits` makes any other a fault.
//! - **Overlaps** of a benefit with itself count once and are told about on standard error; `--strict` makes them faults. Overlaps of
//!   different benefits are ordinary. A person in two areas on one day is always a fault: areas could not add up.
//! - **Small numbers** are withheld with as many others as keep them from being computed back from the sums of the table and the balance of stock
//!   and flows; each withheld small number is proven to have a span of at least `--min-cell` (`tovholder_spells::table`).
//! - **Registers begin.** With `--observed-from`, who is in a spell on the register's first day is carried and no inflow; medians follow that spell from
//!   the age it had by then, or not at all where it is written as begun that day; what looks a year back waits for a year.
//! - **Figures whose register was not given** are left out, not nought.

mod bare;
mod beside;
mod codes;
mod input;
mod output;

use std::collections::HashSet;
use std::path::PathBuf;

use tovholder_spells::indicator::{Definition, Needs};
use tovholder_spells::period::Length;
use tovholder_spells::{Calendar, Day, Dimension, Gap, Indicator, Month, Plan};

pub use bare::{Sums, read_only};
pub use beside::share;

use crate::problem::Problem;
use crate::read::Column;
use crate::register::Source;
use crate::write::{Destination, Format};
use beside::{A_DAY, Bad, Beside, Caseworkers, Earnings, Efforts, optional};
use codes::{Codes, Dictionary};
use input::{Inputs, Rows};

/// Count persons, stock, days, flows, durations and shares from spells
#[derive(Clone, Debug, clap::Args)]
pub struct Arguments {
    /// CSV: person,benefit,start,end and optionally area,share
    #[arg(long, value_name = "FILE", required_unless_present_any = ["states", "define"])]
    pub spells: Option<PathBuf>,
    /// Instead of spells: one row a person, a column a month (2024-01) or week (2024W07, y_2407); never used for stock
    #[arg(long, value_name = "FILE", conflicts_with = "spells")]
    pub states: Option<PathBuf>,
    /// CSV: person,birth_date,sex and any column to break down by
    #[arg(long, value_name = "FILE")]
    pub persons: Option<PathBuf>,
    /// CSV: person,kind,start,end,company_directed,hours_per_week,paid_hours_per_week
    #[arg(long, value_name = "FILE")]
    pub efforts: Option<PathBuf>,
    /// CSV: person,month,hours
    #[arg(long, value_name = "FILE")]
    pub earnings: Option<PathBuf>,
    /// CSV: person,employee,start,end
    #[arg(long, value_name = "FILE")]
    pub caseworkers: Option<PathBuf>,
    /// The data date: nothing after it is known
    #[arg(long, value_name = "DATE", required_unless_present = "define")]
    pub as_of: Option<Day>,
    /// The register's first day: whoever is in a spell that day was so before, and did not come that day
    #[arg(long, value_name = "DATE")]
    pub observed_from: Option<Day>,
    /// The first month
    #[arg(long, value_name = "MONTH", required_unless_present = "define")]
    pub from: Option<Month>,
    /// The last month
    #[arg(long, value_name = "MONTH", required_unless_present = "define")]
    pub to: Option<Month>,
    /// month, quarter, year or rolling-year (twelve months, named by the last)
    #[arg(long, default_value = "month")]
    pub period: Length,
    /// What to break down by: benefit, area, age, and columns of the file of persons
    #[arg(long, value_name = "COL,…", value_delimiter = ',')]
    pub by: Vec<String>,
    /// Also the rows with * for all values of one or more breakdowns
    #[arg(long)]
    pub totals: bool,
    /// When two periods on a benefit are one spell: 0d, 28d or calendar-month
    #[arg(long, default_value = "0d")]
    pub gap: Gap,
    /// Figures on fewer people than this, but not none, are withheld; 0 withholds nothing
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub min_cell: u64,
    /// Only these figures; without it, all that the files allow
    #[arg(long, value_name = "NAME,…", value_delimiter = ',')]
    pub indicators: Vec<Indicator>,
    /// The benefits there are: any other code is a fault
    #[arg(long, value_name = "CODE,…", value_delimiter = ',')]
    pub known_benefits: Vec<String>,
    /// Days given twice for a person and benefit are faults
    #[arg(long)]
    pub strict: bool,
    /// How many threads count; without it, as many as there are cores
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub threads: Option<u16>,
    /// The form of the table
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// Where the table goes
    #[command(flatten)]
    pub destination: Destination,
    /// Explain a figure, by its name or by the definition id in a table; `all` explains every one
    #[arg(long, value_name = "ID")]
    pub define: Option<String>,
}

/// Counts, or explains.
pub fn run(arguments: &Arguments) -> Result<(), Problem> {
    if let Some(id) = &arguments.define {
        let text = explain(id)?;
        return arguments.destination.write(|out| out.write_all(text.as_bytes()));
    }
    let missing = |what: &str| Problem::input(format!("--{what} is needed"));
    let mut as_of = arguments.as_of.ok_or_else(|| missing("as-of"))?;
    let from = arguments.from.ok_or_else(|| missing("from"))?;
    let to = arguments.to.ok_or_else(|| missing("to"))?;
    if to < from {
        return Err(Problem::input(format!("--to {to} is before --from {from}")));
    }
    if to - from >= 1200 {
        return Err(Problem::input("at most a hundred years at a time"));
    }
    if let Some(first) = arguments.observed_from.filter(|first| from < first.month()) {
        return Err(Problem::input(format!(
            "--from {from} is before the register's first day, {first}"
        )));
    }
    let main = match (&arguments.spells, &arguments.states) {
        (Some(path), _) | (None, Some(path)) => Source::open(path)?,
        (None, None) => return Err(missing("spells")),
    };
    let (rows, weekly) = match arguments.states {
        Some(_) => Rows::states(&main.header)?,
        None => (Rows::spells(&main.header)?, false),
    };
    if let Some(last) = rows.last_day() {
        as_of = as_of.min(last);
    }
    let (mut inputs, by, earnings_to) = open(arguments, main, rows)?;
    let calendar = Calendar::new(from, to, arguments.period, as_of);
    if calendar.periods().is_empty() {
        return Err(Problem::input(format!("nothing from {from} on is known on {as_of}")));
    }
    for period in calendar.periods().iter().filter(|p| calendar.is_cut(p)) {
        eprintln!("{}: known up to {} only", period.name, calendar.end_of(period));
    }
    let plan = Plan {
        calendar,
        gap: arguments.gap,
        indicators: figures(arguments, &by)?,
        by,
        totals: arguments.totals,
        min_cell: arguments.min_cell,
        weekly,
        observed_from: arguments.observed_from,
        earnings_to,
    };
    let threads = match arguments.threads {
        Some(n) => usize::from(n),
        None => std::thread::available_parallelism().map_or(1, usize::from),
    };
    let (table, seen) = input::count(&mut inputs, &plan, threads)?;
    if seen.strangers > 0 {
        eprintln!(
            "{} of {} persons are not in the file of persons",
            seen.strangers, seen.persons
        );
    }
    if !seen.overlaps.is_empty() {
        let overlaps = seen.overlaps.rows(&inputs.main)?;
        if arguments.strict {
            return Err(Problem::Faults(overlaps));
        }
        eprintln!(
            "{overlaps}\nDays given twice were counted once ({} rows)",
            overlaps.count()
        );
    }
    let names = |dictionary: &Dictionary| dictionary.names();
    let columns = output::Columns::new(
        &plan,
        arguments.by.iter().map(|name| name.trim().to_lowercase()).collect(),
        names(&inputs.benefits),
        names(&inputs.areas),
        inputs.attributes.iter().map(names).collect(),
    );
    output::write(&arguments.destination, arguments.format, &plan, columns, table.ready())
}

/// Opens and checks the files beside, and finds what to break down by.
fn open(arguments: &Arguments, main: Source, rows: Rows) -> Result<(Inputs, Vec<Dimension>, Option<Day>), Problem> {
    let header = arguments
        .persons
        .as_deref()
        .map(Source::open)
        .transpose()?
        .map(|s| s.header);
    let mut by = Vec::new();
    let mut groups: Vec<Column> = Vec::new();
    for name in &arguments.by {
        let name = name.trim();
        let dimension = match name.to_lowercase().as_str() {
            "benefit" => Dimension::Benefit,
            "area" if main.header.optional("area").is_some() && arguments.spells.is_some() => Dimension::Area,
            "age" if header.as_ref().is_some_and(|h| h.optional("age").is_none()) => Dimension::Age,
            _ => match header.as_ref().and_then(|h| h.optional(name)) {
                Some(column) => {
                    groups.push(column);
                    Dimension::Group(groups.len() - 1)
                }
                None => {
                    let why = match &header {
                        Some(header) => format!("{} has no such column", header.name),
                        None => "it takes --persons".to_owned(),
                    };
                    return Err(Problem::input(format!("cannot break down by {name}: {why}")));
                }
            },
        };
        if by.contains(&dimension) {
            return Err(Problem::input(format!("--by {name} is there twice")));
        }
        by.push(dimension);
    }
    if by.len() > tovholder_spells::table::MOST_DIMENSIONS {
        let most = tovholder_spells::table::MOST_DIMENSIONS;
        return Err(Problem::input(format!("at most {most} breakdowns at a time")));
    }
    let birth_date = match &header {
        Some(header) if by.contains(&Dimension::Age) => Some(header.column("birth_date")?),
        Some(header) => header.optional("birth_date"),
        None => None,
    };
    let attributes: Vec<Dictionary> = groups.iter().map(|_| Dictionary::new(None)).collect();
    let persons = arguments.persons.as_deref().map(|path| {
        Beside::open(path, true, |_| {
            let mut codes: Vec<Codes<'_>> = attributes.iter().map(Codes::new).collect();
            let groups = groups.clone();
            Ok(Box::new(move |record| {
                let born = optional(record, birth_date);
                if let Some(column) = birth_date.filter(|_| !born.is_empty() && Day::from_iso(born).is_none()) {
                    return Err(Bad {
                        column,
                        expected: A_DAY,
                    });
                }
                for (codes, &column) in codes.iter_mut().zip(&groups) {
                    codes.code(record.get(column), 0).map_err(|why| Bad {
                        column,
                        expected: why.expected(),
                    })?;
                }
                Ok(())
            }))
        })
    });
    let persons = persons.transpose()?;
    let mut kind = None;
    let efforts = arguments.efforts.as_deref().map(|path| {
        Beside::open(path, false, |source| {
            let read = Efforts::of(source)?;
            kind = Some(read);
            Ok(Box::new(move |record| read.read(record).map(drop)))
        })
    });
    let efforts = efforts.transpose()?.zip(kind);
    let mut last_month = None;
    let mut kind = None;
    let earnings = arguments.earnings.as_deref().map(|path| {
        Beside::open(path, false, |source| {
            let read = Earnings::of(source)?;
            kind = Some(read);
            let last = &mut last_month;
            Ok(Box::new(move |record| {
                let (month, _) = read.read(record)?;
                *last = (*last).max(Some(month));
                Ok(())
            }))
        })
    });
    let earnings = earnings.transpose()?.zip(kind);
    let mut kind = None;
    let caseworkers = arguments.caseworkers.as_deref().map(|path| {
        Beside::open(path, false, |source| {
            let read = Caseworkers::of(source)?;
            kind = Some(read);
            Ok(Box::new(move |record| read.read(record).map(drop)))
        })
    });
    let caseworkers = caseworkers.transpose()?.zip(kind);
    let known: HashSet<String> = arguments
        .known_benefits
        .iter()
        .map(|code| code.trim().to_owned())
        .collect();
    let inputs = Inputs {
        person: main.header.column("person")?,
        main,
        rows,
        persons,
        birth_date,
        groups,
        efforts,
        earnings,
        caseworkers,
        benefits: Dictionary::new((!known.is_empty()).then_some(known)),
        areas: Dictionary::new(None),
        attributes,
    };
    Ok((inputs, by, last_month.map(Month::last)))
}

/// The figures asked for, or all that the files allow.
fn figures(arguments: &Arguments, by: &[Dimension]) -> Result<Vec<Indicator>, Problem> {
    // Weeks say who was on a benefit at all in the week: too much for stocks and days, and for shares of a stock.
    let of_stock = [
        Indicator::PassiveShare,
        Indicator::ShareWithoutChange,
        Indicator::ActivationDegree,
    ];
    let lacking = |indicator: Indicator| match indicator.definition().needs {
        _ if arguments.states.is_some() && of_stock.contains(&indicator) => Some("day-exact spells (--spells)"),
        Needs::Days if arguments.states.is_some() => Some("day-exact spells (--spells)"),
        Needs::Changes if !by.contains(&Dimension::Area) && !by.contains(&Dimension::Age) => Some("--by area or age"),
        Needs::Efforts if arguments.efforts.is_none() => Some("--efforts"),
        Needs::Earnings if arguments.earnings.is_none() => Some("--earnings"),
        Needs::Hours if arguments.earnings.is_none() && arguments.efforts.is_none() => Some("--earnings or --efforts"),
        Needs::Caseworkers if arguments.caseworkers.is_none() => Some("--caseworkers"),
        _ => None,
    };
    if arguments.indicators.is_empty() {
        return Ok(Indicator::ALL.into_iter().filter(|&i| lacking(i).is_none()).collect());
    }
    for &indicator in &arguments.indicators {
        if let Some(what) = lacking(indicator) {
            return Err(Problem::input(format!("{indicator} takes {what}")));
        }
    }
    // In the order of the definitions, each once.
    Ok(Indicator::ALL
        .into_iter()
        .filter(|i| arguments.indicators.contains(i))
        .collect())
}

/// The words of a definition, in Danish and English.
pub fn explain(id: &str) -> Result<String, Problem> {
    if id == "all" {
        return Ok(Indicator::ALL.into_iter().map(words).collect::<Vec<_>>().join("\n"));
    }
    let indicator: Indicator = id.parse().map_err(|why| Problem::input(format!("{id}: {why}")))?;
    let mut text = words(indicator);
    if let Some(gap) = [Gap::None, Gap::Weeks4, Gap::CalendarMonth]
        .into_iter()
        .find(|gap| id.ends_with(&format!("-{gap}")))
    {
        let (da, en) = gap_words(gap);
        text.push_str(&format!("\nPauseregel {gap}: {da}\nGap rule {gap}: {en}\n"));
    }
    Ok(text)
}

fn words(indicator: Indicator) -> String {
    let &Definition {
        name,
        version,
        by_gap,
        da,
        en,
        means_da,
        means_en,
        formula,
        source,
        ..
    } = indicator.definition();
    let gap = if by_gap { "-GAP (0d, 28d or calendar-month)" } else { "" };
    format!("{name}.{version}{gap}\n\n{da}\n{means_da}\n\n{en}\n{means_en}\n\nFormula: {formula}\nSource: {source}\n")
}

/// What a gap rule means, in Danish and English.
pub fn gap_words(gap: Gap) -> (&'static str, &'static str) {
    match gap {
        Gap::None => (
            "Én dag uden ydelse slutter forløbet. Perioder, der støder op til hinanden, er ét forløb.",
            "One day without benefit ends the spell. Adjoining periods are one spell.",
        ),
        Gap::Weeks4 => (
            "En pause på højst 28 dage med højst 10 timers almindeligt arbejde bryder ikke forløbet. Timerne i en måned fordeles på månedens dage uden ydelse.",
            "A break of at most 28 days with at most 10 hours of ordinary work does not end the spell. A month's hours are shared out over its days without benefit.",
        ),
        Gap::CalendarMonth => (
            "Forløbet slutter, når der går en hel kalendermåned uden ydelse.",
            "The spell ends when a whole calendar month passes without benefit.",
        ),
    }
}
