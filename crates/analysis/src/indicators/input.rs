//! Spells or states in the order of persons, in pieces, by several threads; each counts the persons of its pieces.

use std::cmp::Ordering;
use std::io;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering as Atomic};

use tovholder_spells::person::{Assignment, Code, Entry, FULL, UNKNOWN};
use tovholder_spells::{Day, Interval, Month, Person, Plan, Table};

use super::beside::{
    A_SHARE, AN_ID, Beside, Caseworkers, Earnings, Efforts, Follower, NOT_BEFORE, interval, optional, share,
};
use super::codes::{Codes, Dictionary};
use crate::problem::Problem;
use crate::progress::Progress;
use crate::read::{self, Column, Header};
use crate::register::{FoundFaults, Lines, Record, Skip, Source, order};

/// Pieces per thread: enough that none waits long for the last.
const PIECES: u64 = 16;

/// What a row of the main file is.
#[derive(Debug)]
pub(super) enum Rows {
    /// A period on a benefit.
    Spells {
        benefit: Column,
        start: Column,
        end: Column,
        area: Option<Column>,
        share: Option<Column>,
    },
    /// All of a person's states, a column a period.
    States { columns: Vec<(Column, Interval)> },
}

impl Rows {
    /// The columns of a file of spells.
    pub fn spells(header: &Header) -> Result<Rows, Problem> {
        Ok(Rows::Spells {
            benefit: header.column("benefit")?,
            start: header.column("start")?,
            end: header.column("end")?,
            area: header.optional("area"),
            share: header.optional("share"),
        })
    }

    /// The columns of a file of states, and whether they are weeks. A week is taken from its Thursday on, for that is the day that
    /// says which month it is in.
    pub fn states(header: &Header) -> Result<(Rows, bool), Problem> {
        let (mut columns, mut weeks, mut months) = (Vec::new(), 0, 0);
        for (i, name) in header.columns.iter().enumerate() {
            let text = name.as_bytes();
            let days = if let Some(month) = Month::from_iso(text) {
                months += 1;
                Interval::new(month.first(), (month + 1).first())
            } else {
                week(text).map(|monday| {
                    weeks += 1;
                    Interval {
                        from: monday + 3,
                        to: monday + 10,
                    }
                })
            };
            columns.extend(days.map(|days| (Column(i), days)));
        }
        if columns.is_empty() || (weeks > 0 && months > 0) {
            return Err(Problem::input(format!(
                "{}: row 1: expected columns named as months (2024-01) or as weeks (2024W07 or y_2407), and not both; found {}",
                header.name,
                header.columns.join(", ")
            )));
        }
        columns.sort_by_key(|c| c.1);
        Ok((Rows::States { columns }, weeks > 0))
    }

    /// The last day of the last column of states.
    pub fn last_day(&self) -> Option<Day> {
        match self {
            Rows::Spells { .. } => None,
            Rows::States { columns } => columns.last().map(|c| c.1.to - 1),
        }
    }

    fn area(&self) -> Option<Column> {
        match self {
            Rows::Spells { area, .. } => *area,
            Rows::States { .. } => None,
        }
    }
}

/// The Monday of `2024W07` or `y_2407`. DREAM begins in 1991, so two digits from 91 on are of the last century.
fn week(name: &[u8]) -> Option<Day> {
    let number = |digits: &[u8]| -> Option<i32> {
        let all = !digits.is_empty() && digits.iter().all(u8::is_ascii_digit);
        std::str::from_utf8(digits).ok().filter(|_| all)?.parse().ok()
    };
    let (year, week) = match name {
        [year @ .., b'W' | b'w', a, b] if year.len() == 4 => (number(year)?, number(&[*a, *b])?),
        [b'y' | b'Y', b'_', y1, y2, w1, w2] => {
            let year = number(&[*y1, *y2])?;
            (year + if year >= 91 { 1900 } else { 2000 }, number(&[*w1, *w2])?)
        }
        _ => return None,
    };
    Day::of_iso_week(year, week)
}

/// Everything there is to read.
pub(super) struct Inputs {
    pub main: Source,
    pub rows: Rows,
    pub person: Column,
    pub persons: Option<Beside>,
    pub birth_date: Option<Column>,
    /// The columns of persons to break down by, in the order of the plan's groups.
    pub groups: Vec<Column>,
    pub efforts: Option<(Beside, Efforts)>,
    pub earnings: Option<(Beside, Earnings)>,
    pub caseworkers: Option<(Beside, Caseworkers)>,
    pub benefits: Dictionary,
    pub areas: Dictionary,
    pub attributes: Vec<Dictionary>,
}

/// What was seen on the way.
#[derive(Default)]
pub(super) struct Seen {
    pub persons: u64,
    pub rows: u64,
    /// Persons that the file of persons does not know.
    pub strangers: u64,
    /// Rows that overlap an earlier one of the same person and benefit.
    pub overlaps: FoundFaults,
    faults: FoundFaults,
    /// All ids are digits; there are some of ten, and these are of nine.
    ten_digits: bool,
    nine_digits: FoundFaults,
    /// Where each area was first met.
    areas: Vec<(Code, u64)>,
}

impl Seen {
    fn merge(&mut self, other: Seen) {
        self.persons += other.persons;
        self.rows += other.rows;
        self.strangers += other.strangers;
        self.overlaps.merge(other.overlaps);
        self.faults.merge(other.faults);
        self.ten_digits |= other.ten_digits;
        self.nine_digits.merge(other.nine_digits);
        self.areas.extend(other.areas);
    }
}

/// Counts everybody.
pub(super) fn count<'p>(inputs: &mut Inputs, plan: &'p Plan, threads: usize) -> Result<(Table<'p>, Seen), Problem> {
    let (table, mut seen) = match attempt(inputs, plan, threads)? {
        Some(done) => done,
        None => {
            inputs.main.sort(inputs.person)?;
            attempt(inputs, plan, threads)?.expect("the rows are in order now")
        }
    };
    // A municipality is a number of three or four digits; where both occur, noughts were lost.
    let names = inputs.areas.names();
    let digits = |name: &str| name.bytes().all(|b| b.is_ascii_digit());
    let longest = names.iter().filter(|n| digits(n)).map(|n| n.len()).max().unwrap_or(0);
    seen.areas.sort_unstable_by_key(|&(code, offset)| (code, offset));
    seen.areas.dedup_by_key(|met| met.0);
    if let Some(area) = inputs.rows.area() {
        for &(code, offset) in &seen.areas {
            let name = &names[usize::from(code)];
            if !name.is_empty() && digits(name) && name.len() < longest {
                let expected = format!("an area of {longest} digits like the others (a leading 0 lost?)");
                seen.faults
                    .add(offset, &inputs.main.header.columns[area.0], expected, name.as_bytes());
            }
        }
    }
    if seen.ten_digits {
        seen.faults.merge(std::mem::take(&mut seen.nine_digits));
    }
    if !seen.faults.is_empty() {
        return Err(Problem::Faults(std::mem::take(&mut seen.faults).rows(&inputs.main)?));
    }
    Ok((table, seen))
}

/// Nothing if the rows are not in the order of persons.
fn attempt<'p>(inputs: &Inputs, plan: &'p Plan, threads: usize) -> Result<Option<(Table<'p>, Seen)>, Problem> {
    let name = &inputs.main.header.name;
    let progress = Progress::new("counting", inputs.main.length());
    let pieces = (threads as u64 * PIECES).min(inputs.main.length() / 4096 + 1);
    let next = AtomicUsize::new(0);
    let disordered = AtomicBool::new(false);
    let work = || -> io::Result<(Table<'p>, Seen)> {
        let mut worker = Worker::new(inputs, plan);
        loop {
            let piece = next.fetch_add(1, Atomic::Relaxed) as u64;
            if piece >= pieces || disordered.load(Atomic::Relaxed) {
                return Ok(worker.done());
            }
            if !worker.piece(piece, pieces, &progress)? {
                disordered.store(true, Atomic::Relaxed);
            }
        }
    };
    let results: Vec<io::Result<(Table<'p>, Seen)>> = std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut results = vec![work()];
        for other in others {
            results.push(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        results
    });
    let mut whole: Option<(Table<'p>, Seen)> = None;
    for result in results {
        let (table, seen) = result.map_err(|error| Problem::input(format!("{name}: {error}")))?;
        match &mut whole {
            None => whole = Some((table, seen)),
            Some((all, all_seen)) => {
                all.merge(table);
                all_seen.merge(seen);
            }
        }
    }
    Ok(whole.filter(|_| !disordered.load(Atomic::Relaxed)))
}

/// One thread's work.
struct Worker<'a, 'p> {
    inputs: &'a Inputs,
    table: Table<'p>,
    seen: Seen,
    benefits: Codes<'a>,
    areas: Codes<'a>,
    attributes: Vec<Codes<'a>>,
    /// The person whose rows are being gathered.
    id: Vec<u8>,
    person: Person,
    /// Where each of the person's entries stands in the file.
    places: Vec<u64>,
    record: Record,
    beside: Vec<Option<Follower<'a>>>,
    employees: Vec<Vec<u8>>,
}

const PERSONS: usize = 0;
const EFFORTS: usize = 1;
const EARNINGS: usize = 2;
const CASEWORKERS: usize = 3;

impl<'a, 'p> Worker<'a, 'p> {
    fn new(inputs: &'a Inputs, plan: &'p Plan) -> Self {
        Worker {
            inputs,
            table: Table::new(plan),
            seen: Seen::default(),
            benefits: Codes::new(&inputs.benefits),
            areas: Codes::new(&inputs.areas),
            attributes: inputs.attributes.iter().map(Codes::new).collect(),
            id: Vec::new(),
            person: Person::default(),
            places: Vec::new(),
            record: Record::default(),
            beside: Vec::new(),
            employees: Vec::new(),
        }
    }

    fn done(mut self) -> (Table<'p>, Seen) {
        self.seen.areas = self.areas.first_met;
        (self.table, self.seen)
    }

    /// Counts the persons of one piece; false if they are not in order.
    ///
    /// A piece begins in the middle of anything. The person of the first whole line belongs to the piece before, which goes on
    /// until that person ends.
    fn piece(&mut self, piece: u64, of: u64, progress: &Progress) -> io::Result<bool> {
        let source = &self.inputs.main;
        let (start, length) = (source.start(), source.length() - source.start());
        let edge = |i: u64| start + (u128::from(length) * u128::from(i) / u128::from(of)) as u64;
        let (from, to) = (edge(piece), edge(piece + 1));
        let first = piece == 0;
        let mut lines: Lines = source.lines(from, if first { Skip::Nothing } else { Skip::ToNextLine })?;
        // The person before, to be passed by if it is another piece's.
        let mut passing = !first;
        let mut started = false;
        let mut over = false;
        let mut told = from;
        self.id.clear();
        self.person.clear();
        self.places.clear();
        self.beside.clear();
        while let Some((offset, line)) = lines.next()? {
            if offset - told > 1 << 22 {
                progress.advance(offset - told);
                told = offset;
            }
            // What lies past the edge is another piece's to complain about.
            let mut spans = Fields::default();
            if let Err(expected) = self.cut(line, &mut spans) {
                if offset <= to {
                    self.seen.faults.add(offset, "", expected, line);
                }
                continue;
            }
            let id = spans.get(self.inputs.person);
            if id.is_empty() {
                if offset <= to {
                    self.fault(offset, self.inputs.person, AN_ID, b"");
                }
                continue;
            }
            if id != self.id.as_slice() {
                if over {
                    break;
                }
                if order(&self.id, id) != Ordering::Less {
                    return Ok(false);
                }
                if started && !passing {
                    self.person_done()?;
                }
                passing = passing && !started;
                started = true;
                self.id.clear();
                self.id.extend_from_slice(id);
            }
            over |= offset > to;
            if !passing {
                self.row(offset, &spans);
            }
            if let Some(record) = spans.many.take() {
                self.record = record;
            }
        }
        if started && !passing {
            self.person_done()?;
        }
        progress.advance(to.saturating_sub(told));
        Ok(true)
    }

    #[cold]
    fn fault(&mut self, offset: u64, column: Column, expected: impl Into<String>, found: &[u8]) {
        let name = &self.inputs.main.header.columns[column.0];
        self.seen.faults.add(offset, name, expected, found);
    }

    /// Cuts a line into fields, or says what it should have had.
    #[inline]
    fn cut<'l>(&mut self, line: &'l [u8], fields: &mut Fields<'l>) -> Result<(), String> {
        let header = &self.inputs.main.header;
        let found = if header.columns.len() <= MOST && fields.cut(line, header.separator) {
            fields.count
        } else {
            // Quotes, or a line of many columns: slower, and seldom.
            if !self.record.split(line, header.separator) {
                return Err("a closing quote".to_owned());
            }
            let record = fields.many.insert(std::mem::take(&mut self.record));
            record.len()
        };
        match found == header.columns.len() {
            true => Ok(()),
            false => Err(read::expected_fields(header.columns.len())),
        }
    }

    fn row(&mut self, offset: u64, fields: &Fields<'_>) {
        self.seen.rows += 1;
        let inputs = self.inputs;
        match &inputs.rows {
            &Rows::Spells {
                benefit,
                start,
                end,
                area,
                share: part,
            } => {
                let name = fields.get(benefit);
                let code = match self.benefits.code(name, offset) {
                    Ok(UNKNOWN) => return self.fault(offset, benefit, "a benefit", name),
                    Ok(code) => code,
                    Err(why) => return self.fault(offset, benefit, why.expected(), name),
                };
                let days = match interval(fields.get(start), fields.get(end), (start, end)) {
                    Ok(days) => days,
                    Err(bad) => {
                        let mut found = read::decode(fields.get(bad.column)).into_owned();
                        if bad.expected == NOT_BEFORE {
                            found = format!("{found} after a start of {}", read::decode(fields.get(start)));
                        }
                        return self.fault(offset, bad.column, bad.expected, found.as_bytes());
                    }
                };
                let area = match area {
                    Some(column) => match self.areas.code(fields.get(column), offset) {
                        Ok(code) => code,
                        Err(why) => return self.fault(offset, column, why.expected(), fields.get(column)),
                    },
                    None => UNKNOWN,
                };
                let share = match part {
                    Some(column) => match share(fields.get(column)) {
                        Some(share) => share,
                        None => return self.fault(offset, column, A_SHARE, fields.get(column)),
                    },
                    None => FULL,
                };
                self.person.entries.push(Entry {
                    benefit: code,
                    area,
                    share,
                    days,
                });
                self.places.push(offset);
            }
            Rows::States { columns } => {
                if !self.places.is_empty() {
                    return self.fault(offset, inputs.person, "one row a person", fields.get(inputs.person));
                }
                self.places.push(offset);
                for &(column, days) in columns {
                    let name = fields.get(column);
                    let code = match self.benefits.code(name, offset) {
                        Ok(UNKNOWN) => continue,
                        Ok(code) => code,
                        Err(why) => return self.fault(offset, column, why.expected(), name),
                    };
                    match self.person.entries.last_mut() {
                        Some(last) if last.benefit == code && last.days.to == days.from => last.days.to = days.to,
                        _ => self.person.entries.push(Entry {
                            benefit: code,
                            area: UNKNOWN,
                            share: FULL,
                            days,
                        }),
                    }
                }
            }
        }
    }

    /// All rows of a person are there.
    fn person_done(&mut self) -> io::Result<()> {
        self.seen.persons += 1;
        match self.id.len() {
            9 if self.id.iter().all(u8::is_ascii_digit) => {
                let place = self.places.first().copied().unwrap_or(0);
                let column = &self.inputs.main.header.columns[self.inputs.person.0];
                let expected = "an id of 10 digits like the others (a leading 0 lost?)";
                self.seen.nine_digits.add(place, column, expected, &self.id);
            }
            10 if !self.seen.ten_digits => self.seen.ten_digits = self.id.iter().all(u8::is_ascii_digit),
            _ => {}
        }
        if self.person.entries.len() > 1 && matches!(self.inputs.rows, Rows::Spells { .. }) {
            self.overlaps();
        }
        if self.seen.faults.is_empty() {
            self.read_beside()?;
            self.table.update(&self.person);
        }
        self.person.clear();
        self.places.clear();
        Ok(())
    }

    /// Finds days with two areas, which is a fault, and days given twice for a benefit, which count once.
    fn overlaps(&mut self) {
        let entries = &self.person.entries;
        let mut latest = entries[0].days.to;
        let apart = entries[1..].iter().all(|e| {
            let apart = e.days.from >= latest;
            latest = latest.max(e.days.to);
            apart
        });
        if apart {
            return;
        }
        let mut sorted: Vec<usize> = (0..entries.len()).collect();
        sorted.sort_by_key(|&i| (entries[i].days.from, self.places[i]));
        for (at, &i) in sorted.iter().enumerate() {
            for &j in &sorted[..at] {
                if entries[j].days.to <= entries[i].days.from {
                    continue;
                }
                // The later row in the file is the one to look at.
                let place = self.places[i].max(self.places[j]);
                if let Some(area) = self.inputs.rows.area().filter(|_| entries[i].area != entries[j].area) {
                    let expected = format!("one area on {}", entries[i].days.from);
                    let names = self.inputs.areas.names();
                    let both = [entries[j].area, entries[i].area].map(|code| names[usize::from(code)].as_str());
                    let column = &self.inputs.main.header.columns[area.0];
                    self.seen
                        .faults
                        .add(place, column, expected, both.join(" and ").as_bytes());
                    break;
                }
                if entries[i].benefit == entries[j].benefit {
                    let column = &self.inputs.main.header.columns[self.inputs.person.0];
                    self.seen.overlaps.add(place, column, "days given once", &self.id);
                    break;
                }
            }
        }
    }

    /// What the files beside say about the person.
    fn read_beside(&mut self) -> io::Result<()> {
        let inputs = self.inputs;
        let files = [
            inputs.persons.as_ref(),
            inputs.efforts.as_ref().map(|f| &f.0),
            inputs.earnings.as_ref().map(|f| &f.0),
            inputs.caseworkers.as_ref().map(|f| &f.0),
        ];
        if self.beside.is_empty() {
            for file in files {
                self.beside.push(file.map(|file| file.follow(&self.id)).transpose()?);
            }
        }
        let (id, person) = (&self.id, &mut self.person);
        person.groups.resize(inputs.groups.len(), UNKNOWN);
        if let Some(follower) = &mut self.beside[PERSONS] {
            let mut known = false;
            follower.each(id, |record| {
                known = true;
                person.born = Day::from_iso(optional(record, inputs.birth_date));
                for (i, &column) in inputs.groups.iter().enumerate() {
                    // Too many different values were refused when the file was checked.
                    person.groups[i] = self.attributes[i].code(record.get(column), 0).unwrap_or(UNKNOWN);
                }
            })?;
            self.seen.strangers += u64::from(!known);
        }
        // The files were checked: every row reads.
        if let (Some(follower), Some((_, efforts))) = (&mut self.beside[EFFORTS], &inputs.efforts) {
            follower.each(id, |record| person.efforts.extend(efforts.read(record).ok()))?;
        }
        if let (Some(follower), Some((_, earnings))) = (&mut self.beside[EARNINGS], &inputs.earnings) {
            follower.each(id, |record| person.earned.extend(earnings.read(record).ok()))?;
        }
        if let (Some(follower), Some((_, caseworkers))) = (&mut self.beside[CASEWORKERS], &inputs.caseworkers) {
            let employees = &mut self.employees;
            employees.clear();
            follower.each(id, |record| {
                if let Ok((employee, days)) = caseworkers.read(record) {
                    let number = employees.iter().position(|known| known == employee).unwrap_or_else(|| {
                        employees.push(employee.to_vec());
                        employees.len() - 1
                    });
                    person.assignments.push(Assignment {
                        employee: number as u32,
                        days,
                    });
                }
            })?;
        }
        Ok(())
    }
}

/// The most columns of the fast way.
const MOST: usize = 16;

/// A line cut into fields, without a copy.
#[derive(Default)]
pub(super) struct Fields<'l> {
    line: &'l [u8],
    /// Where each field ends.
    ends: [u32; MOST],
    count: usize,
    /// A line that had to be copied.
    many: Option<Record>,
}

impl<'l> Fields<'l> {
    /// Cuts at separators; false if there is a quote or too many of them.
    #[inline]
    pub fn cut(&mut self, line: &'l [u8], separator: u8) -> bool {
        self.line = line;
        for (i, &byte) in line.iter().enumerate() {
            if byte == separator {
                if self.count == MOST - 1 {
                    return false;
                }
                self.ends[self.count] = i as u32;
                self.count += 1;
            } else if byte == b'"' {
                return false;
            }
        }
        self.ends[self.count] = line.len() as u32;
        self.count += 1;
        true
    }

    pub fn count(&self) -> usize {
        self.count
    }

    #[inline]
    pub fn get(&self, column: Column) -> &[u8] {
        if let Some(record) = &self.many {
            return record.get(column);
        }
        let from = match column.0 {
            0 => 0,
            i => self.ends[i - 1] as usize + 1,
        };
        let field = &self.line[from..self.ends[column.0] as usize];
        // Blanks around a field are rare; looking at its ends is quicker than trimming.
        match field {
            [b'!'..=b'~', .., b'!'..=b'~'] | [b'!'..=b'~'] | [] => field,
            _ => field.trim_ascii(),
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that panics fails")]
mod tests {
    use super::*;

    #[test]
    fn weeks_by_either_name() {
        let monday = Day::from_ymd(2024, 2, 12);
        assert_eq!(week(b"2024W07"), monday);
        assert_eq!(week(b"y_2407"), monday);
        assert_eq!(week(b"y_9107").unwrap().ymd().0, 1991);
        for name in ["2024W60", "y_247", "person", "y_24ab", "2024-W07"] {
            assert_eq!(week(name.as_bytes()), None, "{name}");
        }
    }

    #[test]
    fn shares() {
        for (text, expected) in [
            ("1", Some(FULL)),
            ("1.0", Some(FULL)),
            ("0.25", Some(FULL / 4)),
            ("0,1234567891", Some(123_456_789)),
            ("0", Some(0)),
            ("1.000000001", None),
            ("-0.5", None),
            ("0.", None),
            (".5", None),
            ("x", None),
            ("10", None),
        ] {
            assert_eq!(share(text.as_bytes()), expected, "{text}");
        }
    }
}
