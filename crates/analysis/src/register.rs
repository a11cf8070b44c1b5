//! Registers too large to hold: files with several rows a person, read piece by piece in the order of persons.
//!
//! Order is by the length of the person's id, then by its bytes: the order of numbers as well as of ids of equal length. A file in
//! that order is read as it lies, in pieces, by as many threads as there are. A file in another order is first brought into it, in
//! memory.

use std::cmp::Ordering;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::problem::{Faults, NAMED, Problem};
use crate::read::{self, Column, Header};

/// How much is read at a time.
const PIECE: usize = 1 << 20;

/// By length, then by bytes.
pub fn order(a: &[u8], b: &[u8]) -> Ordering {
    a.len().cmp(&b.len()).then_with(|| a.cmp(b))
}

/// A file, or what it became when it was sorted.
#[derive(Debug)]
pub struct Source {
    /// Separator and columns.
    pub header: Header,
    path: PathBuf,
    length: u64,
    sorted: Option<Sorted>,
}

#[derive(Debug)]
struct Sorted {
    bytes: Arc<Vec<u8>>,
    /// Where each line begins, and which row it was.
    rows: Vec<(u64, u64)>,
}

impl Source {
    /// Opens a file and reads its header.
    pub fn open(path: &Path) -> Result<Source, Problem> {
        let name = path.display().to_string();
        let problem = |error: io::Error| Problem::input(format!("{name}: {error}"));
        if path
            .extension()
            .is_some_and(|kind| kind.eq_ignore_ascii_case("parquet"))
        {
            return Source::open_columns(path);
        }
        let mut file = File::open(path).map_err(problem)?;
        let length = file.metadata().map_err(problem)?.len();
        let mut start = Vec::new();
        file.by_ref()
            .take(PIECE as u64)
            .read_to_end(&mut start)
            .map_err(problem)?;
        let header = Header::read(&name, &start)?;
        let source = Source {
            header,
            path: path.to_owned(),
            length,
            sorted: None,
        };
        let mut last = Vec::new();
        if length > source.start() {
            file.seek(SeekFrom::End(-1)).map_err(problem)?;
            file.read_to_end(&mut last).map_err(problem)?;
        }
        if read::is_cut_off(&last, source.header.separator) {
            let mut faults = Faults::new(&name);
            faults.add(source.row(length).map_err(problem)?, "", read::A_LINE_END, "");
            return Err(Problem::Faults(faults));
        }
        Ok(source)
    }

    /// Reads a file of columns as rows, and sorts them.
    #[cfg(feature = "parquet")]
    fn open_columns(path: &Path) -> Result<Source, Problem> {
        let bytes = crate::columns::as_csv(path)?;
        let mut source = Source {
            header: Header::read(&path.display().to_string(), &bytes)?,
            path: path.to_owned(),
            length: bytes.len() as u64,
            sorted: Some(Sorted {
                rows: Vec::new(),
                bytes: Arc::new(bytes),
            }),
        };
        source.sort(source.header.column("person")?)?;
        Ok(source)
    }

    #[cfg(not(feature = "parquet"))]
    fn open_columns(path: &Path) -> Result<Source, Problem> {
        Err(Problem::input(format!(
            "{}: this program was built without Parquet; give the same columns as CSV, or build it with --features parquet",
            path.display()
        )))
    }

    /// How many bytes there are.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// Where the first row begins.
    pub fn start(&self) -> u64 {
        self.header.body as u64
    }

    /// The lines from a place on, which must be where a line begins unless `skip` is asked for.
    pub fn lines(&self, from: u64, skip: Skip) -> io::Result<Lines> {
        let input = match &self.sorted {
            Some(sorted) => Input::Memory(Arc::clone(&sorted.bytes), from as usize),
            None => {
                let mut file = File::open(&self.path)?;
                file.seek(SeekFrom::Start(from))?;
                Input::File(file)
            }
        };
        let mut lines = Lines {
            input,
            buffer: vec![0; PIECE],
            at: 0,
            filled: 0,
            base: from,
            ended: false,
        };
        if skip == Skip::ToNextLine {
            lines.skip_line()?;
        }
        Ok(lines)
    }

    /// Brings the rows into the order of persons, in memory. Rows of one person stay in their order.
    pub fn sort(&mut self, person: Column) -> Result<(), Problem> {
        let problem = |error: io::Error| Problem::input(format!("{}: {error}", self.header.name));
        let read;
        let all: &[u8] = match &self.sorted {
            Some(sorted) => &sorted.bytes,
            None => {
                read = std::fs::read(&self.path).map_err(problem)?;
                &read
            }
        };
        let mut lines: Vec<(Key, Range<usize>, u64)> = Vec::new();
        let (mut at, mut row) = (self.header.body, 1);
        let mut record = Record::default();
        while at < all.len() {
            let end = memchr::memchr(b'\n', &all[at..]).map_or(all.len(), |n| at + n);
            row += 1;
            let line = trim_end(&all[at..end]);
            if !line.is_empty() {
                // A row without that field is a fault when it is read; here it goes first.
                let key = match record.split(line, self.header.separator) {
                    // Quotes are taken off on the way, so the field does not stand in the file as it is.
                    true if line.contains(&b'"') => Key::Own(record.get(person).into()),
                    true if record.len() > person.0 => {
                        let (from, to) = record.spans[person.0];
                        Key::Part(at + from as usize..at + to as usize)
                    }
                    _ => Key::Part(at..at),
                };
                lines.push((key, at..at + line.len(), row));
            }
            at = end + 1;
        }
        lines.sort_by(|a, b| order(a.0.of(all), b.0.of(all)));
        let mut bytes = Vec::with_capacity(all.len() + 1);
        bytes.extend_from_slice(&all[..self.header.body]);
        let mut rows = Vec::with_capacity(lines.len());
        for (_, line, row) in lines {
            rows.push((bytes.len() as u64, row));
            bytes.extend_from_slice(&all[line]);
            bytes.push(b'\n');
        }
        self.length = bytes.len() as u64;
        self.sorted = Some(Sorted {
            bytes: Arc::new(bytes),
            rows,
        });
        Ok(())
    }

    /// Whether [`Source::sort`] was called.
    pub fn is_sorted(&self) -> bool {
        self.sorted.is_some()
    }

    /// Which row of the file a line is, by where it begins. Counts line ends, so it is for messages.
    pub fn row(&self, offset: u64) -> io::Result<u64> {
        if let Some(sorted) = &self.sorted {
            let found = sorted.rows.binary_search_by_key(&offset, |r| r.0);
            return Ok(found.map_or(0, |i| sorted.rows[i].1));
        }
        let mut file = File::open(&self.path)?.take(offset);
        let mut buffer = vec![0; PIECE];
        let mut row = 1;
        loop {
            match file.read(&mut buffer)? {
                0 => return Ok(row),
                n => row += memchr::memchr_iter(b'\n', &buffer[..n]).count() as u64,
            }
        }
    }

    /// Where the first line of a person, or of the next one, begins; the file must be in order.
    pub fn find(&self, person: Column, id: &[u8]) -> io::Result<u64> {
        // Below `low` all lines are of persons before; at `high` begins one that is not, or the file ends.
        let (mut low, mut high) = (self.start(), self.length);
        let mut record = Record::default();
        while high - low > PIECE as u64 {
            let middle = low + (high - low) / 2;
            let mut lines = self.lines(middle, Skip::ToNextLine)?;
            let Some((offset, line)) = lines.next()? else {
                high = middle;
                continue;
            };
            let before = record.split(line, self.header.separator)
                && record.len() > person.0
                && order(record.get(person), id) == Ordering::Less;
            if before {
                low = offset;
            } else if offset >= high {
                high = middle;
            } else {
                high = offset;
            }
        }
        let mut lines = self.lines(low, Skip::Nothing)?;
        while let Some((offset, line)) = lines.next()? {
            record.split(line, self.header.separator);
            if record.len() > person.0 && order(record.get(person), id) != Ordering::Less {
                return Ok(offset);
            }
        }
        Ok(self.length)
    }
}

/// What a line is sorted by: a part of the file, or a copy where that is not how it is written.
enum Key {
    Part(Range<usize>),
    Own(Box<[u8]>),
}

impl Key {
    fn of<'a>(&'a self, all: &'a [u8]) -> &'a [u8] {
        match self {
            Key::Part(range) => all[range.clone()].trim_ascii(),
            Key::Own(bytes) => bytes,
        }
    }
}

/// Whether a place may be in the middle of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Skip {
    /// A line begins here.
    Nothing,
    /// Begin with the line after.
    ToNextLine,
}

#[derive(Debug)]
enum Input {
    File(File),
    Memory(Arc<Vec<u8>>, usize),
}

impl Input {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Input::File(file) => file.read(buffer),
            Input::Memory(bytes, at) => {
                let n = buffer.len().min(bytes.len() - *at);
                buffer[..n].copy_from_slice(&bytes[*at..*at + n]);
                *at += n;
                Ok(n)
            }
        }
    }
}

/// Lines, one after another, out of one buffer.
#[derive(Debug)]
pub struct Lines {
    input: Input,
    buffer: Vec<u8>,
    at: usize,
    filled: usize,
    /// Where in the file the buffer begins.
    base: u64,
    ended: bool,
}

impl Lines {
    /// The next line without its end, and where it begins. Blank lines are passed by.
    #[expect(
        clippy::should_implement_trait,
        reason = "the line lives in the buffer, which an Iterator cannot lend"
    )]
    #[inline]
    pub fn next(&mut self) -> io::Result<Option<(u64, &[u8])>> {
        loop {
            let (from, to, next) = match memchr::memchr(b'\n', &self.buffer[self.at..self.filled]) {
                Some(n) => (self.at, self.at + n, self.at + n + 1),
                None if !self.ended => {
                    self.fill()?;
                    continue;
                }
                None if self.at == self.filled => return Ok(None),
                None => (self.at, self.filled, self.filled),
            };
            self.at = next;
            let length = trim_end(&self.buffer[from..to]).len();
            if length > 0 {
                return Ok(Some((self.base + from as u64, &self.buffer[from..from + length])));
            }
        }
    }

    /// Passes by what is left of a line, be it nothing but its end.
    fn skip_line(&mut self) -> io::Result<()> {
        loop {
            match memchr::memchr(b'\n', &self.buffer[self.at..self.filled]) {
                Some(n) => {
                    self.at += n + 1;
                    return Ok(());
                }
                None => self.at = self.filled,
            }
            if self.ended {
                return Ok(());
            }
            self.fill()?;
        }
    }

    fn fill(&mut self) -> io::Result<()> {
        self.buffer.copy_within(self.at..self.filled, 0);
        self.base += self.at as u64;
        self.filled -= self.at;
        self.at = 0;
        if self.filled == self.buffer.len() {
            self.buffer.resize(self.filled * 2, 0);
        }
        let n = self.input.read(&mut self.buffer[self.filled..])?;
        self.filled += n;
        self.ended = n == 0;
        Ok(())
    }
}

fn trim_end(line: &[u8]) -> &[u8] {
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// One line as fields, in room that is used again.
#[derive(Clone, Debug, Default)]
pub struct Record {
    bytes: Vec<u8>,
    spans: Vec<(u32, u32)>,
}

impl Record {
    /// Takes a line; false if a quote is not closed.
    pub fn split(&mut self, line: &[u8], separator: u8) -> bool {
        self.bytes.clear();
        self.spans.clear();
        if memchr::memchr(b'"', line).is_none() {
            self.bytes.extend_from_slice(line);
            let mut from = 0;
            for to in memchr::memchr_iter(separator, line) {
                self.spans.push((from, to as u32));
                from = to as u32 + 1;
            }
            self.spans.push((from, line.len() as u32));
            return true;
        }
        let mut fields = Vec::new();
        let whole = read::split(line, separator, &mut fields);
        for field in fields {
            let from = self.bytes.len() as u32;
            self.bytes.extend_from_slice(&field);
            self.spans.push((from, self.bytes.len() as u32));
        }
        whole
    }

    /// How many fields.
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// A field without blanks around; empty if the row is too short.
    #[inline]
    pub fn get(&self, column: Column) -> &[u8] {
        match self.spans.get(column.0) {
            Some(&(from, to)) => self.bytes[from as usize..to as usize].trim_ascii(),
            None => b"",
        }
    }
}

/// A fault not yet given its row: for that, line ends must be counted.
#[derive(Clone, Debug)]
struct Found {
    offset: u64,
    column: String,
    expected: String,
    found: String,
}

/// The faults of a part of a source.
#[derive(Clone, Debug, Default)]
pub struct FoundFaults {
    named: Vec<Found>,
    count: u64,
}

impl FoundFaults {
    /// One more. `column` may be empty.
    #[cold]
    pub fn add(&mut self, offset: u64, column: &str, expected: impl Into<String>, found: &[u8]) {
        self.count += 1;
        // In a sorted copy rows are named in another order than they come; so many are kept that the first are likely among them.
        if self.named.len() < NAMED * 100 {
            self.named.push(Found {
                offset,
                column: column.to_owned(),
                expected: expected.into(),
                found: read::decode(found).into_owned(),
            });
        }
    }

    /// Those of another part.
    pub fn merge(&mut self, other: FoundFaults) {
        self.count += other.count;
        self.named.extend(other.named);
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// With rows: the first by name.
    pub fn rows(mut self, source: &Source) -> Result<Faults, Problem> {
        let mut faults = Faults::new(&source.header.name);
        if source.is_sorted() {
            let row = |f: &Found| source.row(f.offset).unwrap_or(0);
            self.named.sort_by_cached_key(row);
        } else {
            self.named.sort_by_key(|f| f.offset);
        }
        for (i, found) in self.named.iter().enumerate() {
            // Only those that will be shown are worth the counting.
            let row = match i < NAMED {
                true => source
                    .row(found.offset)
                    .map_err(|error| Problem::input(format!("{}: {error}", source.header.name)))?,
                false => u64::MAX,
            };
            faults.add(row, &found.column, found.expected.clone(), found.found.clone());
        }
        faults.count_more(self.count - self.named.len() as u64);
        Ok(faults)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that panics fails")]
mod tests {
    use super::*;

    fn source(name: &str, text: &str) -> Source {
        let path = std::env::temp_dir().join(format!("tovholder-register-{}-{name}.csv", std::process::id()));
        std::fs::write(&path, text).unwrap();
        Source::open(&path).unwrap()
    }

    #[test]
    fn lines_are_whole_wherever_the_buffer_ends() {
        let text: String = "person,x\n".to_owned()
            + &(0..200_000)
                .map(|i| format!("{i},{}\r\n\n", "y".repeat(i % 17)))
                .collect::<String>();
        let source = source("lines", &text);
        let mut lines = source.lines(source.start(), Skip::Nothing).unwrap();
        let mut record = Record::default();
        let mut count = 0;
        while let Some((offset, line)) = lines.next().unwrap() {
            assert!(text.as_bytes()[offset as usize..].starts_with(line));
            assert!(record.split(line, b','));
            assert_eq!(record.get(Column(0)), count.to_string().as_bytes());
            assert_eq!(record.get(Column(1)).len(), count % 17);
            count += 1;
        }
        assert_eq!(count, 200_000);
        assert_eq!(
            source.row(source.find(Column(0), b"150000").unwrap()).unwrap(),
            2 + 2 * 150_000
        );
        assert_eq!(source.find(Column(0), b"999999").unwrap(), source.length());
        std::fs::remove_file(&source.path).unwrap();
    }

    #[test]
    fn sorting_keeps_the_rows_numbers_and_the_order_within_a_person() {
        let mut source = source("sort", "person,x\nb,1\na,2\naa,3\n\na,4");
        source.sort(Column(0)).unwrap();
        let mut lines = source.lines(source.start(), Skip::Nothing).unwrap();
        let mut seen = Vec::new();
        while let Some((offset, line)) = lines.next().unwrap() {
            seen.push((source.row(offset).unwrap(), String::from_utf8(line.to_vec()).unwrap()));
        }
        let expected = [(3, "a,2"), (6, "a,4"), (2, "b,1"), (4, "aa,3")].map(|(row, line)| (row, line.to_owned()));
        assert_eq!(seen, expected);
        std::fs::remove_file(&source.path).unwrap();
    }
}
