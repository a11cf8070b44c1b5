//! Tables in: CSV with `,` or `;`, with or without BOM, decimal point or comma, UTF-8 or Windows-1252, LF or CRLF.
//!
//! A row that cannot be used is a [`Faults`] entry with row, column, what was expected and what was found; a command that has
//! any stops with exit status 2 before it writes.
//!
//! ```
//! use tovholder_analysis::read::Table;
//! let table = Table::from_bytes("stay.csv", b"\xEF\xBB\xBFperson;weeks\nA;12,5\nB;\n".to_vec()).unwrap();
//! let (person, weeks) = (table.column("person").unwrap(), table.column("weeks").unwrap());
//! let mut seen = Vec::new();
//! table
//!     .each(|row, faults| {
//!         let who = row.text(person).into_owned();
//!         seen.push((who, row.number(weeks, faults)));
//!     })
//!     .unwrap();
//! assert_eq!(seen, [("A".to_owned(), Some(12.5)), ("B".to_owned(), None)]);
//! ```

use std::borrow::Cow;
use std::path::Path;

use tovholder_spells::{Day, Month};

use crate::problem::{Faults, Problem};
use crate::progress::Progress;

/// Which column of a table: its place in the row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column(pub usize);

/// The first line of a file: how it is separated, and what its columns are called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// The file's name, for messages.
    pub name: String,
    /// `,` or `;`.
    pub separator: u8,
    /// The names of the columns as they stand, trimmed.
    pub columns: Vec<String>,
    /// Where the second line begins.
    pub body: usize,
}

impl Header {
    /// Reads the header from the beginning of a file.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Header, Problem> {
        let start = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
        let (line, next) = line_at(bytes, start);
        if line.is_empty() {
            return Err(Problem::input(format!(
                "{name}: row 1: expected a header, found nothing"
            )));
        }
        let count = |byte| line.iter().filter(|&&b| b == byte).count();
        let separator = if count(b';') > count(b',') { b';' } else { b',' };
        let mut fields = Vec::new();
        if !split(line, separator, &mut fields) {
            return Err(Problem::input(format!("{name}: row 1: expected a closing quote")));
        }
        let columns: Vec<String> = fields.iter().map(|f| decode(f).trim().to_owned()).collect();
        for (i, column) in columns.iter().enumerate() {
            if columns[..i].iter().any(|earlier| earlier.eq_ignore_ascii_case(column)) {
                return Err(Problem::input(format!("{name}: row 1: column {column} stands twice")));
            }
        }
        Ok(Header {
            name: name.to_owned(),
            separator,
            columns,
            body: next,
        })
    }

    /// The column of that name, capitals or not; a problem that lists the columns if there is none.
    pub fn column(&self, name: &str) -> Result<Column, Problem> {
        self.optional(name).ok_or_else(|| {
            Problem::input(format!(
                "{}: row 1: expected a column {name}, found {}",
                self.name,
                self.columns.join(", ")
            ))
        })
    }

    /// The column of that name, if there is one.
    pub fn optional(&self, name: &str) -> Option<Column> {
        self.columns
            .iter()
            .position(|c| c.eq_ignore_ascii_case(name))
            .map(Column)
    }
}

/// A file in memory.
#[derive(Clone, Debug)]
pub struct Table {
    header: Header,
    bytes: Vec<u8>,
}

impl Table {
    /// Reads a file.
    pub fn open(path: &Path) -> Result<Table, Problem> {
        let name = path.display().to_string();
        let bytes = std::fs::read(path).map_err(|error| Problem::input(format!("{name}: {error}")))?;
        Table::from_bytes(&name, bytes)
    }

    /// A file already read; `name` is for messages.
    pub fn from_bytes(name: &str, bytes: Vec<u8>) -> Result<Table, Problem> {
        Ok(Table {
            header: Header::read(name, &bytes)?,
            bytes,
        })
    }

    /// The file's name.
    pub fn name(&self) -> &str {
        &self.header.name
    }

    /// The names of the columns.
    pub fn columns(&self) -> &[String] {
        &self.header.columns
    }

    /// The column of that name, or a problem that lists the columns.
    pub fn column(&self, name: &str) -> Result<Column, Problem> {
        self.header.column(name)
    }

    /// The column of that name, if there is one.
    pub fn optional(&self, name: &str) -> Option<Column> {
        self.header.optional(name)
    }

    /// Hands every row over. Rows with too few or too many fields are faults and are not handed over; blank lines are passed by.
    pub fn each(&self, take: impl FnMut(&Row<'_>, &mut Faults)) -> Result<(), Problem> {
        self.each_telling(&Progress::silent(), take)
    }

    /// How many bytes there are: what [`Table::each_telling`] advances by in all, but for the header.
    pub fn length(&self) -> u64 {
        self.bytes.len() as u64
    }

    /// [`Table::each`], for a person who waits.
    pub fn each_telling(
        &self,
        progress: &Progress,
        mut take: impl FnMut(&Row<'_>, &mut Faults),
    ) -> Result<(), Problem> {
        let mut faults = Faults::new(self.name());
        let mut fields = Vec::with_capacity(self.columns().len());
        let (mut at, mut number) = (self.header.body, 1);
        while at < self.bytes.len() {
            let (line, next) = line_at(&self.bytes, at);
            progress.advance((next - at) as u64);
            at = next;
            number += 1;
            if line.is_empty() {
                continue;
            }
            if !split(line, self.header.separator, &mut fields) {
                faults.add(number, "", "a closing quote", decode(line));
                continue;
            }
            if fields.len() != self.columns().len() {
                faults.add(number, "", expected_fields(self.columns().len()), decode(line));
                continue;
            }
            if is_cut_off(&self.bytes, self.header.separator) && at == self.bytes.len() {
                faults.add(number, "", A_LINE_END, decode(line));
                continue;
            }
            let row = Row {
                number,
                columns: self.columns(),
                fields: &fields,
            };
            take(&row, &mut faults);
        }
        faults.finish()
    }
}

/// What a row of the wrong length should have had.
pub fn expected_fields(count: usize) -> String {
    format!("{count} fields as in the header (is the file cut off?)")
}

/// What a file whose last row just stops should have had.
pub const A_LINE_END: &str = "a line end after the last field (is the file cut off?)";

/// Whether a file stops right after a separator: a last field that is empty, or was never written. An empty end would be a spell that goes on for
/// ever, so this is not guessed. A last field with something in it may stand without a line end.
pub fn is_cut_off(end: &[u8], separator: u8) -> bool {
    end.last() == Some(&separator)
}

/// One row, as fields. The readers that can fail add to the faults and answer `None`.
pub struct Row<'a> {
    /// The line in the file, the header being row 1.
    pub number: u64,
    columns: &'a [String],
    fields: &'a [Cow<'a, [u8]>],
}

impl Row<'_> {
    /// The field's bytes without blanks around.
    pub fn bytes(&self, column: Column) -> &[u8] {
        self.fields[column.0].trim_ascii()
    }

    /// The field as text; bytes that are not UTF-8 are read as Windows-1252.
    pub fn text(&self, column: Column) -> Cow<'_, str> {
        decode(self.bytes(column))
    }

    /// Text that must be there.
    pub fn needed(&self, column: Column, faults: &mut Faults) -> Option<Cow<'_, str>> {
        if self.bytes(column).is_empty() {
            self.fault(column, "a value", faults);
            return None;
        }
        Some(self.text(column))
    }

    /// A number with decimal point or comma; an empty field is `None` without a fault.
    pub fn number(&self, column: Column, faults: &mut Faults) -> Option<f64> {
        if self.bytes(column).is_empty() {
            return None;
        }
        let value = number(self.bytes(column));
        if value.is_none() {
            self.fault(column, "a number", faults);
        }
        value
    }

    /// A day as `YYYY-MM-DD`; an empty field is `None` without a fault.
    pub fn day(&self, column: Column, faults: &mut Faults) -> Option<Day> {
        if self.bytes(column).is_empty() {
            return None;
        }
        let day = Day::from_iso(self.bytes(column));
        if day.is_none() {
            self.fault(column, "a day that exists, as YYYY-MM-DD", faults);
        }
        day
    }

    /// A month as `YYYY-MM`; an empty field is `None` without a fault.
    pub fn month(&self, column: Column, faults: &mut Faults) -> Option<Month> {
        if self.bytes(column).is_empty() {
            return None;
        }
        let month = Month::from_iso(self.bytes(column));
        if month.is_none() {
            self.fault(column, "a month, as YYYY-MM", faults);
        }
        month
    }

    /// Yes or no as `1`/`0`, `true`/`false`, `yes`/`no` or `ja`/`nej`; an empty field is no.
    pub fn flag(&self, column: Column, faults: &mut Faults) -> bool {
        match self.text(column).to_ascii_lowercase().as_str() {
            "1" | "true" | "yes" | "ja" => true,
            "0" | "false" | "no" | "nej" | "" => false,
            _ => {
                self.fault(column, "1 or 0", faults);
                false
            }
        }
    }

    /// Says that the field is not what was expected.
    pub fn fault(&self, column: Column, expected: impl Into<String>, faults: &mut Faults) {
        faults.add(self.number, &self.columns[column.0], expected, self.text(column));
    }
}

/// A finite number with decimal point or comma.
///
/// ```
/// use tovholder_analysis::read::number;
/// assert_eq!(number(b"0,5"), Some(0.5));
/// assert_eq!(number(b"1.234,5"), None);
/// ```
pub fn number(text: &[u8]) -> Option<f64> {
    if !text.iter().all(|b| b.is_ascii_digit() || b"+-.,eE".contains(b)) {
        return None;
    }
    let text = std::str::from_utf8(text).ok()?.replace(',', ".");
    text.parse::<f64>().ok().filter(|value| value.is_finite())
}

/// UTF-8, or else Windows-1252, in which every byte is a letter.
pub fn decode(bytes: &[u8]) -> Cow<'_, str> {
    /// What Windows-1252 has where Latin-1 has control characters.
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(
            bytes
                .iter()
                .map(|&b| match b {
                    0x80..=0x9f => HIGH[usize::from(b - 0x80)],
                    _ => char::from(b),
                })
                .collect(),
        ),
    }
}

/// The line that begins at `at`, without its end, and where the next begins.
fn line_at(bytes: &[u8], at: usize) -> (&[u8], usize) {
    let rest = &bytes[at..];
    let (line, next) = match rest.iter().position(|&b| b == b'\n') {
        Some(end) => (&rest[..end], at + end + 1),
        None => (rest, bytes.len()),
    };
    (line.strip_suffix(b"\r").unwrap_or(line), next)
}

/// Cuts a line into fields; false if a quote is not closed. A doubled quote inside quotes is a quote.
pub fn split<'a>(line: &'a [u8], separator: u8, fields: &mut Vec<Cow<'a, [u8]>>) -> bool {
    fields.clear();
    if !line.contains(&b'"') {
        fields.extend(line.split(|&b| b == separator).map(Cow::Borrowed));
        return true;
    }
    let mut rest = line;
    loop {
        let Some(quoted) = rest.strip_prefix(b"\"") else {
            let end = rest.iter().position(|&b| b == separator);
            fields.push(Cow::Borrowed(&rest[..end.unwrap_or(rest.len())]));
            match end {
                Some(end) => rest = &rest[end + 1..],
                None => return true,
            }
            continue;
        };
        let mut text = Vec::new();
        let mut at = 0;
        loop {
            match (quoted.get(at), quoted.get(at + 1)) {
                (Some(b'"'), Some(b'"')) => {
                    text.push(b'"');
                    at += 2;
                }
                (Some(b'"'), None) => {
                    fields.push(Cow::Owned(text));
                    return true;
                }
                (Some(b'"'), Some(&b)) if b == separator => {
                    fields.push(Cow::Owned(text));
                    rest = &quoted[at + 2..];
                    break;
                }
                (Some(b'"') | None, _) => return false,
                (Some(&b), _) => {
                    text.push(b);
                    at += 1;
                }
            }
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that panics fails")]
mod tests {
    use super::*;

    fn faults(text: &[u8], take: impl Fn(&Row<'_>, &mut Faults)) -> String {
        let table = Table::from_bytes("f.csv", text.to_vec()).unwrap();
        table.each(take).unwrap_err().to_string()
    }

    #[test]
    fn letters_of_windows_1252_and_utf_8_are_the_same() {
        let old = Table::from_bytes("f.csv", b"name\nS\xF8ren \x80\n".to_vec()).unwrap();
        let new = Table::from_bytes("f.csv", "name\nSøren €\n".into()).unwrap();
        for table in [old, new] {
            table.each(|row, _| assert_eq!(row.text(Column(0)), "Søren €")).unwrap();
        }
    }

    #[test]
    fn quotes_semicolons_and_carriage_returns() {
        let table = Table::from_bytes("f.csv", b"a;b\r\n\"x;\"\"y\"\"\";\"\"\r\n\r\n;2\r\n".to_vec()).unwrap();
        let mut seen = Vec::new();
        table
            .each(|row, _| {
                seen.push((
                    row.number,
                    row.text(Column(0)).into_owned(),
                    row.text(Column(1)).into_owned(),
                ))
            })
            .unwrap();
        assert_eq!(
            seen,
            [(2, "x;\"y\"".into(), String::new()), (4, String::new(), "2".into())]
        );
    }

    #[test]
    fn every_bad_row_is_named() {
        let said = faults(
            b"day,n\n2023-02-29,1\n2024-02-29,x\n2024-0\n\"2024,3\n",
            |row, faults| {
                row.day(Column(0), faults);
                row.number(Column(1), faults);
            },
        );
        assert_eq!(
            said,
            "f.csv: row 2, column day: expected a day that exists, as YYYY-MM-DD, found \"2023-02-29\"\n\
             f.csv: row 3, column n: expected a number, found \"x\"\n\
             f.csv: row 4: expected 2 fields as in the header (is the file cut off?), found \"2024-0\"\n\
             f.csv: row 5: expected a closing quote, found \"\\\"2024,3\""
        );
    }

    #[test]
    fn many_faults_are_counted() {
        let said = faults(&[b"n\n".to_vec(), b"x\n".repeat(25)].concat(), |row, faults| {
            row.number(Column(0), faults);
        });
        assert_eq!(said.lines().count(), 11);
        assert!(said.ends_with("f.csv: and 15 more"), "{said}");
    }

    #[test]
    fn a_missing_or_doubled_column_is_said() {
        let table = Table::from_bytes("f.csv", b"Person,start\n".to_vec()).unwrap();
        assert_eq!(table.column("person").unwrap(), Column(0));
        let said = table.column("end").unwrap_err().to_string();
        assert_eq!(said, "f.csv: row 1: expected a column end, found Person, start");
        assert!(Table::from_bytes("f.csv", b"a,A\n".to_vec()).is_err());
        assert!(Table::from_bytes("f.csv", Vec::new()).is_err());
    }
}
