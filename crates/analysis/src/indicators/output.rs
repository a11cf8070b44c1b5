//! The table, long: a line for every figure.

use std::io::{self, Write};

use tovholder_spells::person::{Code, UNKNOWN};
use tovholder_spells::table::{ALL, Counted, Figure, Ready, age_group};
use tovholder_spells::{Dimension, Plan};

use crate::order;
use crate::problem::Problem;
use crate::write::{self, Destination, Format};

const BUFFER: usize = 1 << 20;

/// The breakdowns as columns: area and benefit always, the others as asked.
pub(super) struct Columns {
    names: Vec<String>,
    /// For each column the dimension of the plan, if it is broken down by.
    dimensions: Vec<Option<usize>>,
    /// For each column its values by code.
    values: Vec<Vec<String>>,
}

impl Columns {
    pub fn new(
        plan: &Plan,
        asked: Vec<String>,
        benefits: Vec<String>,
        areas: Vec<String>,
        attributes: Vec<Vec<String>>,
    ) -> Columns {
        let mut columns = Columns {
            names: Vec::new(),
            dimensions: Vec::new(),
            values: Vec::new(),
        };
        // An area that is a column of the persons takes the area's place.
        let area = asked.iter().position(|name| name == "area");
        columns.push(
            "area",
            area,
            area.map_or(&areas, |i| values(plan.by[i], &benefits, &areas, &attributes))
                .clone(),
        );
        let benefit = plan.by.iter().position(|d| *d == Dimension::Benefit);
        columns.push("benefit", benefit, benefits.clone());
        for (i, name) in asked.iter().enumerate() {
            if Some(i) == area || Some(i) == benefit {
                continue;
            }
            let ages = (0..=tovholder_spells::table::AGES.len() as Code + 1)
                .map(age_group)
                .collect();
            let of = match plan.by[i] {
                Dimension::Age => ages,
                other => values(other, &benefits, &areas, &attributes).clone(),
            };
            columns.push(name, Some(i), of);
        }
        columns
    }

    fn push(&mut self, name: &str, dimension: Option<usize>, values: Vec<String>) {
        self.names.push(name.to_owned());
        self.dimensions.push(dimension);
        self.values.push(values);
    }

    /// Numbers the values by their names. They were numbered as they were met, which with several threads is never the same; what is withheld must be.
    fn in_order(&mut self, ready: &mut Ready<'_>) {
        for (dimension, values) in self.dimensions.iter().zip(&mut self.values) {
            let Some(dimension) = *dimension else { continue };
            let mut order: Vec<usize> = (0..values.len()).collect();
            order.sort_by_key(|&old| &values[old]);
            let mut codes = vec![UNKNOWN; values.len()];
            for (new, &old) in order.iter().enumerate() {
                codes[old] = new as Code;
            }
            values.sort();
            ready.recode(dimension, &codes);
        }
    }

    /// What stands in the columns for a cell.
    fn of<'c>(&'c self, cell: &'c [Code]) -> impl Iterator<Item = &'c str> {
        self.dimensions
            .iter()
            .zip(&self.values)
            .map(|(dimension, values)| match dimension.map(|d| cell[d]) {
                None | Some(ALL) => "*",
                Some(code) => values.get(usize::from(code)).map_or("", String::as_str),
            })
    }
}

fn values<'v>(
    dimension: Dimension,
    benefits: &'v Vec<String>,
    areas: &'v Vec<String>,
    attributes: &'v [Vec<String>],
) -> &'v Vec<String> {
    match dimension {
        Dimension::Benefit => benefits,
        Dimension::Area | Dimension::Age => areas,
        Dimension::Group(group) => &attributes[group],
    }
}

/// Writes the table: by the values of the breakdowns, then by period, then by figure.
pub(super) fn write(
    destination: &Destination,
    format: Format,
    plan: &Plan,
    mut columns: Columns,
    mut ready: Ready<'_>,
) -> Result<(), Problem> {
    // What is withheld depends on the whole table; without that, a cell is made when it is written.
    if plan.min_cell > 1 {
        columns.in_order(&mut ready);
        let Counted { cells, figures } = ready.finish();
        let mut starts = vec![0; cells.len() + 1];
        for figure in &figures {
            starts[figure.cell + 1] += 1;
        }
        for i in 0..cells.len() {
            starts[i + 1] += starts[i];
        }
        write_cells(destination, format, plan, &columns, &cells, |cell, out| {
            out.extend_from_slice(&figures[starts[cell]..starts[cell + 1]])
        })
    } else {
        write_cells(destination, format, plan, &columns, ready.cells(), |cell, out| {
            ready.figures(cell, out)
        })
    }
}

fn write_cells(
    destination: &Destination,
    format: Format,
    plan: &Plan,
    columns: &Columns,
    cells: &[Vec<Code>],
    figures_of: impl Fn(usize, &mut Vec<Figure>),
) -> Result<(), Problem> {
    debug_assert_eq!(UNKNOWN, 0);
    // The codes are in the order in which names were met; readers want the names' order. Totals come last.
    let mut cells: Vec<(Vec<&str>, usize)> = cells
        .iter()
        .enumerate()
        .map(|(i, cell)| (columns.of(cell).collect(), i))
        .collect();
    cells.sort_by(|a, b| {
        let pairs = a.0.iter().zip(&b.0);
        pairs
            .map(|(x, y)| (*x == "*").cmp(&(*y == "*")).then_with(|| order::names(x, y)))
            .find(|o| o.is_ne())
            .unwrap_or(std::cmp::Ordering::Equal)
    });
    let ids: Vec<String> = plan.indicators.iter().map(|i| i.id(plan.gap)).collect();
    let id = |figure: &Figure| {
        plan.indicators
            .iter()
            .position(|i| *i == figure.indicator)
            .map_or("", |at| ids[at].as_str())
    };
    destination.write(|out| {
        // As large as the file's own buffer, so that it is written from here and not copied there.
        let mut buffer = Vec::with_capacity(BUFFER + (1 << 12));
        let mut first = true;
        let mut figures = Vec::new();
        match format {
            Format::Csv => {
                let names = columns.names.iter().map(String::as_str);
                let figures = [
                    "indicator",
                    "numerator",
                    "denominator",
                    "value",
                    "n",
                    "withheld",
                    "definition",
                ];
                write::line(out, std::iter::once("period").chain(names).chain(figures))?;
            }
            Format::Json => out.write_all(b"[")?,
        }
        for (names, cell) in &cells {
            figures.clear();
            figures_of(*cell, &mut figures);
            let mut group = Vec::new();
            for (column, name) in columns.names.iter().zip(names) {
                match format {
                    Format::Csv => {
                        group.push(b',');
                        write::field(&mut group, name);
                    }
                    Format::Json => {
                        group.push(b',');
                        serde_json::to_writer(&mut group, column)?;
                        group.push(b':');
                        serde_json::to_writer(&mut group, name)?;
                    }
                }
            }
            for figure in &figures {
                let period = &plan.calendar.periods()[figure.period].name;
                match format {
                    Format::Csv => csv(&mut buffer, period, &group, figure, id(figure)),
                    Format::Json => {
                        if !std::mem::take(&mut first) {
                            buffer.push(b',');
                        }
                        json(&mut buffer, period, &group, figure, id(figure))?;
                    }
                }
                if buffer.len() > BUFFER {
                    out.write_all(&buffer)?;
                    buffer.clear();
                }
            }
        }
        if format == Format::Json {
            buffer.extend_from_slice(b"\n]\n");
        }
        out.write_all(&buffer)
    })
}

fn csv(line: &mut Vec<u8>, period: &str, group: &[u8], figure: &Figure, id: &str) {
    line.extend_from_slice(period.as_bytes());
    line.extend_from_slice(group);
    line.push(b',');
    line.extend_from_slice(figure.indicator.name().as_bytes());
    line.push(b',');
    if figure.withheld {
        line.extend_from_slice(b",,,,true,");
    } else {
        number(line, figure.numerator);
        line.push(b',');
        if let Some(denominator) = figure.denominator {
            number(line, denominator);
        }
        line.push(b',');
        if let Some(value) = figure.value {
            number(line, value);
        }
        line.push(b',');
        whole(line, figure.n);
        line.extend_from_slice(b",false,");
    }
    line.extend_from_slice(id.as_bytes());
    line.push(b'\n');
}

fn json(line: &mut Vec<u8>, period: &str, group: &[u8], figure: &Figure, id: &str) -> io::Result<()> {
    write!(line, "\n{{\"period\":\"{period}\"")?;
    line.extend_from_slice(group);
    write!(line, ",\"indicator\":\"{}\"", figure.indicator.name())?;
    let shown = !figure.withheld;
    let numbers = [
        ("numerator", Some(figure.numerator)),
        ("denominator", figure.denominator),
        ("value", figure.value),
        ("n", Some(figure.n as f64)),
    ];
    for (name, value) in numbers {
        write!(line, ",\"{name}\":")?;
        match value.filter(|_| shown) {
            Some(value) => number(line, value),
            None => line.extend_from_slice(b"null"),
        }
    }
    write!(line, ",\"withheld\":{},\"definition\":\"{id}\"}}", figure.withheld)
}

/// Whole numbers without a point, others with as many digits as tell them apart from any other number.
fn number(line: &mut Vec<u8>, value: f64) {
    // There and back: quicker than to ask for the fraction.
    let cut = value as i64;
    if cut as f64 == value && value.abs() < 1e15 {
        if cut < 0 {
            line.push(b'-');
        }
        whole(line, cut.unsigned_abs());
    } else {
        // Writing to a vector does not fail.
        let _ = write!(line, "{value}");
    }
}

fn whole(line: &mut Vec<u8>, mut value: u64) {
    let mut digits = [0; 20];
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + (value % 10) as u8;
        value /= 10;
        if value == 0 {
            break;
        }
    }
    line.extend_from_slice(&digits[at..]);
}
