//! Why a command stopped.

use std::fmt;

/// How many faults are named before the rest are only counted.
pub const NAMED: usize = 10;

/// One thing wrong in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The line in the file, the header being row 1, as a spreadsheet counts.
    pub row: u64,
    /// The column's name; empty where the whole row is meant.
    pub column: String,
    /// What should have stood there.
    pub expected: String,
    /// What stood there.
    pub found: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "row {}", self.row)?;
        if !self.column.is_empty() {
            write!(f, ", column {}", self.column)?;
        }
        write!(f, ": expected {}, found {}", self.expected, shown(&self.found))
    }
}

/// What was found, in quotes, short enough for a line.
fn shown(found: &str) -> String {
    if found.is_empty() {
        return "nothing".to_owned();
    }
    let mut short: String = found.chars().take(60).collect();
    if short.len() < found.len() {
        short.push('…');
    }
    format!("{short:?}")
}

/// The faults of one file: the first few by name, and how many there are.
///
/// ```
/// use tovholder_analysis::problem::Faults;
/// let mut faults = Faults::new("spells.csv");
/// faults.add(3, "end", "a day not before the start", "2023-01-01");
/// let problem = faults.finish().unwrap_err();
/// assert_eq!(problem.status(), 2);
/// assert!(problem.to_string().contains("row 3, column end: expected a day not before the start, found \"2023-01-01\""));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Faults {
    file: String,
    named: Vec<Fault>,
    count: u64,
}

impl Faults {
    /// None so far.
    pub fn new(file: impl Into<String>) -> Self {
        Faults {
            file: file.into(),
            ..Faults::default()
        }
    }

    /// One more.
    pub fn add(&mut self, row: u64, column: &str, expected: impl Into<String>, found: impl Into<String>) {
        self.count += 1;
        if self.named.len() < NAMED {
            self.named.push(Fault {
                row,
                column: column.to_owned(),
                expected: expected.into(),
                found: found.into(),
            });
        }
    }

    /// Those of another part of the same file.
    pub fn merge(&mut self, other: Faults) {
        self.count += other.count;
        self.named.extend(other.named);
        self.named.sort_by_key(|fault| fault.row);
        self.named.truncate(NAMED);
    }

    /// So many more, not named.
    pub fn count_more(&mut self, more: u64) {
        self.count += more;
    }

    /// Whether there are any.
    pub fn any(&self) -> bool {
        self.count > 0
    }

    /// How many there are.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Nothing, or the reason to stop.
    pub fn finish(self) -> Result<(), Problem> {
        if self.count == 0 {
            Ok(())
        } else {
            Err(Problem::Faults(self))
        }
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, fault) in self.named.iter().enumerate() {
            if i > 0 {
                writeln!(f)?;
            }
            write!(f, "{}: {fault}", self.file)?;
        }
        let rest = self.count - self.named.len() as u64;
        if rest > 0 {
            write!(f, "\n{}: and {rest} more", self.file)?;
        }
        Ok(())
    }
}

/// Why a command stopped: said on standard error, and told by the exit status.
#[derive(Debug)]
pub enum Problem {
    /// A file has rows that cannot be used. Nothing was written.
    Faults(Faults),
    /// What was asked for, or given, cannot be used.
    Input(String),
    /// Something around us failed.
    Other(String),
}

impl Problem {
    /// What was asked for, or given, cannot be used.
    pub fn input(words: impl Into<String>) -> Self {
        Problem::Input(words.into())
    }

    /// Something around us failed.
    pub fn other(words: impl Into<String>) -> Self {
        Problem::Other(words.into())
    }

    /// The exit status: 2 for bad input, 1 for the rest.
    pub fn status(&self) -> u8 {
        match self {
            Problem::Faults(_) | Problem::Input(_) => 2,
            Problem::Other(_) => 1,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Problem::Faults(faults) => faults.fmt(f),
            Problem::Input(words) | Problem::Other(words) => f.write_str(words),
        }
    }
}
impl std::error::Error for Problem {}
