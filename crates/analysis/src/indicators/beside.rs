//! The registers beside the spells: persons, efforts, earnings and caseworkers.

use std::cmp::Ordering;
use std::io;
use std::path::Path;

use tovholder_spells::person::{FOREVER, FULL};
use tovholder_spells::{Day, Interval, Month};

use crate::problem::Problem;
use crate::read::{self, Column};
use crate::register::{FoundFaults, Lines, Record, Skip, Source, order};

/// What a field is not.
#[derive(Clone, Copy, Debug)]
pub struct Bad {
    /// Which field.
    pub column: Column,
    /// What was expected.
    pub expected: &'static str,
}

pub(super) const A_DAY: &str = "a day that exists, as YYYY-MM-DD";
pub(super) const AN_ID: &str = "an id";
pub(super) const NOT_BEFORE: &str = "an end not before the start";
pub(super) const A_SHARE: &str = "a share of full time, 0 to 1";

/// A field that may not be there at all in a file.
pub(super) fn optional(record: &Record, column: Option<Column>) -> &[u8] {
    column.map_or(b"", |column| record.get(column))
}

/// From start to end, both counted; an empty end is none.
pub(super) fn interval(start: &[u8], end: &[u8], columns: (Column, Column)) -> Result<Interval, Bad> {
    let bad = |column, expected| Bad { column, expected };
    let from = Day::from_iso(start).ok_or(bad(columns.0, A_DAY))?;
    let to = match end {
        b"" => FOREVER,
        _ => Day::from_iso(end).ok_or(bad(columns.1, A_DAY))? + 1,
    };
    Interval::new(from, to).ok_or(bad(columns.1, NOT_BEFORE))
}

/// A share in billionths: `1`, `0.5`, `0,5`; nothing is full time. More than nine decimals are cut off.
///
/// ```
/// use tovholder_analysis::indicators::share;
/// assert_eq!(share(b"0,5"), Some(500_000_000));
/// assert_eq!(share(b""), Some(1_000_000_000));
/// assert_eq!(share(b"1.7"), None);
/// ```
#[inline]
pub fn share(text: &[u8]) -> Option<u32> {
    let (whole, decimals) = match text {
        b"" | b"1" => return Some(FULL),
        [whole, b'.' | b',', decimals @ ..] if !decimals.is_empty() => (whole, decimals),
        [whole] => (whole, &[][..]),
        _ => return None,
    };
    let mut value = match whole {
        b'0' => 0,
        b'1' => FULL,
        _ => return None,
    };
    let mut place = FULL / 10;
    for digit in decimals {
        if !digit.is_ascii_digit() {
            return None;
        }
        // At most nine digits count, so this is under two whole ones.
        value += u32::from(digit - b'0') * place;
        place /= 10;
    }
    (value <= FULL).then_some(value)
}

/// Hours a week as a share of 37, at most full time; nothing is full time.
fn share_of_37(text: &[u8]) -> Option<u32> {
    if text.is_empty() {
        return Some(FULL);
    }
    let hours = read::number(text).filter(|hours| (0.0..=168.0).contains(hours))?;
    Some((hours / 37.0 * f64::from(FULL)).round().min(f64::from(FULL)) as u32)
}

fn flag(text: &[u8]) -> Option<bool> {
    match text.to_ascii_lowercase().as_slice() {
        b"1" | b"true" | b"yes" | b"ja" => Some(true),
        b"" | b"0" | b"false" | b"no" | b"nej" => Some(false),
        _ => None,
    }
}

/// Reads a row of the efforts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Efforts {
    start: Column,
    end: Column,
    company_directed: Column,
    hours: Option<Column>,
    paid: Option<Column>,
}

impl Efforts {
    pub fn of(source: &Source) -> Result<Efforts, Problem> {
        let header = &source.header;
        Ok(Efforts {
            start: header.column("start")?,
            end: header.column("end")?,
            company_directed: header.column("company_directed")?,
            hours: header.optional("hours_per_week"),
            paid: header.optional("paid_hours_per_week"),
        })
    }

    pub fn read(self, record: &Record) -> Result<tovholder_spells::person::Effort, Bad> {
        let days = interval(record.get(self.start), record.get(self.end), (self.start, self.end))?;
        let company_directed = flag(record.get(self.company_directed)).ok_or(Bad {
            column: self.company_directed,
            expected: "1 or 0",
        })?;
        let hours = |column: Option<Column>| match column {
            Some(column) => share_of_37(record.get(column)).ok_or(Bad {
                column,
                expected: "hours a week, 0 to 168",
            }),
            None => Ok(FULL),
        };
        let paid = !optional(record, self.paid).is_empty() && hours(self.paid)? > 0;
        Ok(tovholder_spells::person::Effort {
            days,
            company_directed,
            share: hours(self.hours)?,
            paid,
        })
    }
}

/// Reads a row of the earnings.
#[derive(Clone, Copy, Debug)]
pub(super) struct Earnings {
    month: Column,
    hours: Column,
}

impl Earnings {
    pub fn of(source: &Source) -> Result<Earnings, Problem> {
        Ok(Earnings {
            month: source.header.column("month")?,
            hours: source.header.column("hours")?,
        })
    }

    pub fn read(self, record: &Record) -> Result<(Month, f64), Bad> {
        let month = Month::from_iso(record.get(self.month)).ok_or(Bad {
            column: self.month,
            expected: "a month, as YYYY-MM",
        })?;
        let hours = read::number(record.get(self.hours))
            .filter(|hours| (0.0..=744.0).contains(hours))
            .ok_or(Bad {
                column: self.hours,
                expected: "hours a month, 0 to 744",
            })?;
        Ok((month, hours))
    }
}

/// Reads a row of the caseworkers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Caseworkers {
    employee: Column,
    start: Column,
    end: Column,
}

impl Caseworkers {
    pub fn of(source: &Source) -> Result<Caseworkers, Problem> {
        let header = &source.header;
        Ok(Caseworkers {
            employee: header.column("employee")?,
            start: header.column("start")?,
            end: header.column("end")?,
        })
    }

    pub fn read<'r>(&self, record: &'r Record) -> Result<(&'r [u8], Interval), Bad> {
        let employee = record.get(self.employee);
        if employee.is_empty() {
            return Err(Bad {
                column: self.employee,
                expected: AN_ID,
            });
        }
        Ok((
            employee,
            interval(record.get(self.start), record.get(self.end), (self.start, self.end))?,
        ))
    }
}

/// A file beside the spells, checked and in the order of persons.
#[derive(Debug)]
pub(super) struct Beside {
    pub source: Source,
    pub person: Column,
}

impl Beside {
    /// Opens the file and checks every row; `once` says that a person has one row.
    pub fn open<'c>(
        path: &Path,
        once: bool,
        check: impl FnOnce(&Source) -> Result<Box<dyn FnMut(&Record) -> Result<(), Bad> + 'c>, Problem>,
    ) -> Result<Beside, Problem> {
        let mut source = Source::open(path)?;
        let person = source.header.column("person")?;
        let mut check = check(&source)?;
        // The first time rows are checked, and if they are not in order, the second time only persons with two rows are looked for.
        loop {
            let (mut faults, ordered) = pass(&source, person, once, &mut check)
                .map_err(|error| Problem::input(format!("{}: {error}", source.header.name)))?;
            if !faults.is_empty() {
                return Err(Problem::Faults(std::mem::take(&mut faults).rows(&source)?));
            }
            if ordered {
                return Ok(Beside { source, person });
            }
            source.sort(person)?;
        }
    }

    /// Reads along with somebody who goes through persons in order, from this person on.
    pub fn follow(&self, from: &[u8]) -> io::Result<Follower<'_>> {
        let start = self.source.find(self.person, from)?;
        Ok(Follower {
            beside: self,
            lines: self.source.lines(start, Skip::Nothing)?,
            record: Record::default(),
            waiting: false,
        })
    }
}

fn pass(
    source: &Source,
    person: Column,
    once: bool,
    check: &mut dyn FnMut(&Record) -> Result<(), Bad>,
) -> io::Result<(FoundFaults, bool)> {
    let columns = &source.header.columns;
    let mut faults = FoundFaults::default();
    let (mut ordered, mut last) = (true, Vec::new());
    let mut record = Record::default();
    let mut lines = source.lines(source.start(), Skip::Nothing)?;
    while let Some((offset, line)) = lines.next()? {
        if !record.split(line, source.header.separator) {
            faults.add(offset, "", "a closing quote", line);
            continue;
        }
        if record.len() != columns.len() {
            faults.add(offset, "", read::expected_fields(columns.len()), line);
            continue;
        }
        let id = record.get(person);
        if id.is_empty() {
            faults.add(offset, &columns[person.0], AN_ID, b"");
            continue;
        }
        match order(&last, id) {
            Ordering::Less => {
                last.clear();
                last.extend_from_slice(id);
            }
            Ordering::Equal if once => faults.add(offset, &columns[person.0], "one row a person", id),
            Ordering::Equal => {}
            Ordering::Greater => ordered = false,
        }
        if let Err(bad) = check(&record) {
            faults.add(offset, &columns[bad.column.0], bad.expected, record.get(bad.column));
        }
    }
    Ok((faults, ordered))
}

/// A reader that keeps up with another file's persons.
pub(super) struct Follower<'a> {
    beside: &'a Beside,
    lines: Lines,
    record: Record,
    /// The record is of a person not asked for yet.
    waiting: bool,
}

impl Follower<'_> {
    /// Hands over the rows of a person. Persons are asked for in order.
    pub fn each(&mut self, id: &[u8], mut take: impl FnMut(&Record)) -> io::Result<()> {
        loop {
            if !self.waiting {
                let Some((_, line)) = self.lines.next()? else {
                    return Ok(());
                };
                // The file was checked: every row splits.
                self.record.split(line, self.beside.source.header.separator);
                self.waiting = true;
            }
            match order(self.record.get(self.beside.person), id) {
                Ordering::Greater => return Ok(()),
                Ordering::Equal => take(&self.record),
                Ordering::Less => {}
            }
            self.waiting = false;
        }
    }
}
