//! Reading a rule file: dated entries in TOML, with errors that tell a person what to mend.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt;
use std::ops::{Deref, RangeInclusive};

use jiff::civil::Date;
use toml::{Table, Value};

/// What is wrong in a rule file, and where. It stops the program at start: a municipality must not work by half a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleError {
    /// File name, such as `drift.toml`.
    pub file: String,
    /// Which entry: heading, number in the file, and code where it has one. Empty when the whole file is meant.
    pub entry: String,
    /// The key inside the entry. Empty when the whole entry is meant.
    pub key: String,
    /// What would have been right.
    pub expected: String,
    /// What is there.
    pub found: String,
}

impl fmt::Display for RuleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if !self.entry.is_empty() {
            write!(f, ", {}", self.entry)?;
        }
        if !self.key.is_empty() {
            write!(f, ", key `{}`", self.key)?;
        }
        write!(f, ": expected {}, found {}", self.expected, self.found)
    }
}

impl std::error::Error for RuleError {}

/// How sure a rule is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// In force.
    Law,
    /// Decided but not in force yet, or with details still missing.
    Expected,
    /// The municipality's own choice; ours is a default.
    Local,
    /// Generally known, to be checked against the official list.
    Unverified,
}

/// A rule with the days it counts, and where it is from. It can be used as the rule itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated<T> {
    /// First day.
    pub valid_from: Date,
    /// Last day; `None` = until further notice.
    pub valid_to: Option<Date>,
    /// Law and section, or who decided it.
    pub source: String,
    /// How sure it is.
    pub basis: Basis,
    /// The rule.
    pub rule: T,
}

impl<T> Dated<T> {
    /// Does it count on this day?
    pub fn covers(&self, date: Date) -> bool {
        self.valid_from <= date && self.valid_to.is_none_or(|last| date <= last)
    }

    /// Is there a day on which both count?
    pub(super) fn meets<U>(&self, other: &Dated<U>) -> bool {
        other.valid_to.is_none_or(|last| self.valid_from <= last)
            && self.valid_to.is_none_or(|last| other.valid_from <= last)
    }
}

impl<T> Deref for Dated<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.rule
    }
}

/// A rule file that is valid TOML with the right headings.
pub(super) struct File {
    pub(super) name: String,
    table: Table,
}

/// What may stand at the top of a file and count for all its entries.
const SHARED: [&str; 3] = ["basis", "source", "valid_from"];

impl File {
    pub(super) fn parse(name: &str, text: &str, headings: &[&str]) -> Result<File, RuleError> {
        let error = |key: &str, expected: &str, found: String| RuleError {
            file: name.to_owned(),
            entry: String::new(),
            key: key.to_owned(),
            expected: expected.to_owned(),
            found,
        };
        let table: Table = text
            .parse()
            .map_err(|e: toml::de::Error| error("", "valid TOML", e.to_string().trim_end().to_owned()))?;
        for key in table.keys() {
            if !headings.contains(&key.as_str()) && !SHARED.contains(&key.as_str()) {
                let known = headings.iter().chain(&SHARED).copied().collect::<Vec<_>>().join(", ");
                return Err(error(key, &format!("one of {known}"), format!("`{key}`")));
            }
        }
        Ok(File {
            name: name.to_owned(),
            table,
        })
    }

    /// All entries under a heading, in the order of the file.
    pub(super) fn entries<T>(
        &self,
        heading: &str,
        read: impl Fn(&Entry<'_>) -> Result<T, RuleError>,
    ) -> Result<Vec<Dated<T>>, RuleError> {
        let not_a_list = |found: &str| RuleError {
            file: self.name.clone(),
            entry: String::new(),
            key: heading.to_owned(),
            expected: format!("at least one [[{heading}]]"),
            found: found.to_owned(),
        };
        let list = match self.table.get(heading) {
            Some(Value::Array(list)) if !list.is_empty() => list,
            Some(other) => return Err(not_a_list(&show(other))),
            None => return Err(not_a_list("nothing")),
        };
        let mut out = Vec::with_capacity(list.len());
        for (index, value) in list.iter().enumerate() {
            let Value::Table(table) = value else {
                return Err(not_a_list(&show(value)));
            };
            let entry = Entry {
                file: self,
                name: name_of(heading, index, table),
                table,
                used: RefCell::default(),
            };
            let dated = Dated {
                valid_from: entry.date("valid_from")?,
                valid_to: entry.optional_date("valid_to")?,
                source: entry.text("source")?,
                basis: entry.one_of(
                    "basis",
                    &[
                        ("law", Basis::Law),
                        ("expected", Basis::Expected),
                        ("local", Basis::Local),
                        ("unverified", Basis::Unverified),
                    ],
                )?,
                rule: read(&entry)?,
            };
            if let Some(last) = dated.valid_to.filter(|last| *last < dated.valid_from) {
                let expected = format!("a day not before valid_from, {}", dated.valid_from);
                return Err(entry.error("valid_to", &expected, &last.to_string()));
            }
            entry.nothing_left()?;
            out.push(dated);
        }
        Ok(out)
    }

    /// Versions of the same rule follow each other day by day, in the order of the file.
    pub(super) fn check_versions<T, K: PartialEq>(
        &self,
        heading: &str,
        entries: &[Dated<T>],
        key: impl Fn(&T) -> K,
    ) -> Result<(), RuleError> {
        for (index, later) in entries.iter().enumerate() {
            let Some(earlier) = entries[..index].iter().rev().find(|e| key(e) == key(later)) else {
                continue;
            };
            let error = |expected: String, found: String| RuleError {
                file: self.name.clone(),
                entry: format!("{heading} no. {}", index + 1),
                key: "valid_from".to_owned(),
                expected,
                found,
            };
            let Some(last) = earlier.valid_to else {
                return Err(error(
                    "the version before it to have a valid_to".to_owned(),
                    format!("{}, an overlap with a version without end", later.valid_from),
                ));
            };
            let next = last
                .tomorrow()
                .map_err(|_| error("a day in the calendar".to_owned(), last.to_string()))?;
            if later.valid_from != next {
                let what = if later.valid_from < next { "an overlap" } else { "a gap" };
                return Err(error(
                    format!("{next}, the day after the version before it ends"),
                    format!("{}, {what}", later.valid_from),
                ));
            }
        }
        Ok(())
    }

    /// An error about the file as a whole.
    pub(super) fn error(&self, key: &str, expected: &str, found: &str) -> RuleError {
        RuleError {
            file: self.name.clone(),
            entry: String::new(),
            key: key.to_owned(),
            expected: expected.to_owned(),
            found: found.to_owned(),
        }
    }
}

/// One entry under a heading. It remembers which keys were asked for, so that a misspelt key is found and not ignored.
pub(super) struct Entry<'a> {
    file: &'a File,
    name: String,
    table: &'a Table,
    used: RefCell<BTreeSet<&'static str>>,
}

impl Entry<'_> {
    pub(super) fn error(&self, key: &str, expected: &str, found: &str) -> RuleError {
        RuleError {
            file: self.file.name.clone(),
            entry: self.name.clone(),
            key: key.to_owned(),
            expected: expected.to_owned(),
            found: found.to_owned(),
        }
    }

    fn get(&self, key: &'static str) -> Option<&Value> {
        self.used.borrow_mut().insert(key);
        let shared = SHARED.contains(&key).then(|| self.file.table.get(key)).flatten();
        self.table.get(key).or(shared)
    }

    fn required<T>(&self, key: &'static str, expected: &str, value: Option<T>) -> Result<T, RuleError> {
        value.ok_or_else(|| self.error(key, expected, "nothing"))
    }

    /// A text that is not empty.
    pub(super) fn text(&self, key: &'static str) -> Result<String, RuleError> {
        let text = self.required(key, "a text", self.optional_text(key)?)?;
        if text.trim().is_empty() {
            return Err(self.error(key, "a text", "an empty text"));
        }
        Ok(text)
    }

    /// A text, possibly empty.
    pub(super) fn optional_text(&self, key: &'static str) -> Result<Option<String>, RuleError> {
        match self.get(key) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(other) => Err(self.error(key, "a text in quotes", &show(other))),
        }
    }

    pub(super) fn texts(&self, key: &'static str) -> Result<Vec<String>, RuleError> {
        let expected = "a list of texts in quotes";
        match self.get(key) {
            None => Ok(Vec::new()),
            Some(Value::Array(list)) => list
                .iter()
                .map(|v| {
                    v.as_str()
                        .map(str::to_owned)
                        .ok_or_else(|| self.error(key, expected, &show(v)))
                })
                .collect(),
            Some(other) => Err(self.error(key, expected, &show(other))),
        }
    }

    pub(super) fn number(&self, key: &'static str, range: RangeInclusive<u32>) -> Result<u32, RuleError> {
        let expected = format!("a number from {} to {}", range.start(), range.end());
        self.required(key, &expected, self.optional_number(key, range)?)
    }

    pub(super) fn optional_number(
        &self,
        key: &'static str,
        range: RangeInclusive<u32>,
    ) -> Result<Option<u32>, RuleError> {
        let Some(value) = self.get(key) else { return Ok(None) };
        match value
            .as_integer()
            .and_then(|n| u32::try_from(n).ok())
            .filter(|n| range.contains(n))
        {
            Some(number) => Ok(Some(number)),
            None => {
                let expected = format!("a number from {} to {}", range.start(), range.end());
                Err(self.error(key, &expected, &show(value)))
            }
        }
    }

    pub(super) fn flag(&self, key: &'static str) -> Result<bool, RuleError> {
        self.required(key, "true or false", self.optional_flag(key)?)
    }

    pub(super) fn optional_flag(&self, key: &'static str) -> Result<Option<bool>, RuleError> {
        match self.get(key) {
            None => Ok(None),
            Some(Value::Boolean(flag)) => Ok(Some(*flag)),
            Some(other) => Err(self.error(key, "true or false", &show(other))),
        }
    }

    pub(super) fn one_of<T: Copy>(&self, key: &'static str, choices: &[(&str, T)]) -> Result<T, RuleError> {
        let text = self.text(key)?;
        choices
            .iter()
            .find(|(name, _)| *name == text)
            .map(|(_, value)| *value)
            .ok_or_else(|| {
                let names = choices.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
                self.error(key, &format!("one of {names}"), &format!("`{text}`"))
            })
    }

    pub(super) fn date(&self, key: &'static str) -> Result<Date, RuleError> {
        self.required(key, "a date such as \"2026-07-01\"", self.optional_date(key)?)
    }

    pub(super) fn optional_date(&self, key: &'static str) -> Result<Option<Date>, RuleError> {
        let Some(value) = self.get(key) else { return Ok(None) };
        let text = match value {
            Value::String(text) => text.clone(),
            Value::Datetime(date) => date.to_string(),
            other => return Err(self.error(key, "a date such as \"2026-07-01\"", &show(other))),
        };
        // strptime and not parse: the latter also accepts a time of day and drops it in silence
        Date::strptime("%Y-%m-%d", &text)
            .map(Some)
            .map_err(|_| self.error(key, "a date such as \"2026-07-01\"", &format!("`{text}`")))
    }

    /// Pairs of codes in DREAM: `[[130, 138], [730, 738]]`.
    pub(super) fn ranges(&self, key: &'static str) -> Result<Vec<RangeInclusive<u16>>, RuleError> {
        let expected = "a list of ranges such as [[130, 138]], codes from 100 to 999";
        let value = self.required(key, expected, self.get(key))?;
        let one = |value: &Value| -> Option<RangeInclusive<u16>> {
            let pair = value.as_array().filter(|pair| pair.len() == 2)?;
            let code = |v: &Value| {
                v.as_integer()
                    .and_then(|n| u16::try_from(n).ok())
                    .filter(|n| (100..=999).contains(n))
            };
            let (first, last) = (code(&pair[0])?, code(&pair[1])?);
            (first <= last).then_some(first..=last)
        };
        let list = value
            .as_array()
            .ok_or_else(|| self.error(key, expected, &show(value)))?;
        list.iter()
            .map(|v| one(v).ok_or_else(|| self.error(key, expected, &show(v))))
            .collect()
    }

    /// A list of small tables, handed over one by one.
    pub(super) fn tables(&self, key: &'static str, expected: &str) -> Result<Vec<&Table>, RuleError> {
        let value = self.required(key, expected, self.get(key))?;
        let list = value
            .as_array()
            .ok_or_else(|| self.error(key, expected, &show(value)))?;
        list.iter()
            .map(|v| v.as_table().ok_or_else(|| self.error(key, expected, &show(v))))
            .collect()
    }

    fn nothing_left(&self) -> Result<(), RuleError> {
        let used = self.used.borrow();
        match self.table.keys().find(|key| !used.contains(key.as_str())) {
            None => Ok(()),
            Some(key) => {
                let known = used.iter().copied().collect::<Vec<_>>().join(", ");
                Err(self.error(key, &format!("one of {known}"), "a key that means nothing here"))
            }
        }
    }
}

fn name_of(heading: &str, index: usize, table: &Table) -> String {
    let code = ["code", "core_task", "target_group", "kind", "kle"]
        .iter()
        .find_map(|key| table.get(*key)?.as_str());
    match code {
        Some(code) => format!("{heading} no. {} ({code})", index + 1),
        None => format!("{heading} no. {}", index + 1),
    }
}

fn show(value: &Value) -> String {
    let text = value.to_string();
    if text.chars().count() > 60 {
        format!("`{}…`", text.chars().take(60).collect::<String>())
    } else {
        format!("`{text}`")
    }
}
