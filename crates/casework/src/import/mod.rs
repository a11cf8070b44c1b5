//! Bringing in what a municipality already has: a table of text becomes planned changes, or says what is wrong with each row.
//!
//! Nothing here reads a file or a database. [`columns`] finds out what each column holds, [`parse()`] reads the cells of a row,
//! [`decide()`] holds the rows against what is there already ([`Known`]) and answers with what each would do. The same answer is the dry
//! run and, carried out, the import.
//!
//! ```
//! use std::collections::BTreeMap;
//! use tovholder_casework::import::*;
//! use tovholder_casework::rules::Rules;
//!
//! let header = ["Enhed", "Telefon"].map(String::from);
//! let rows = [Row::new(2, ["Jobcentret", "96 12 34 00"]), Row::new(3, ["", "96 12 34 10"])];
//! let mapping = columns::suggest(Kind::Units, &header, &rows, &BTreeMap::new());
//! let rules = Rules::builtin();
//! let setting = Setting { demo: false, today: jiff::civil::date(2026, 3, 16), rules: &rules };
//! let drafts = parse(Kind::Units, &header, &rows, &mapping, &setting);
//! let planned = decide(Kind::Units, drafts, &Known::default(), &mut uuid::Uuid::now_v7);
//! assert_eq!(counts(&planned), Counts { created: 1, wrong: 1, ..Counts::default() });
//! ```

pub mod columns;
mod decide;
mod fields;
mod parse;
#[cfg(test)]
mod tests;
pub mod weeks;

pub use columns::Mapping;
pub use decide::{Counts, Item, Known, Outcome, Planned, counts, decide, keys};
pub use fields::{Field, Shape, fields, missing};
pub use parse::{Draft, Problem, RowError, Setting, date, decimal, mask, month, parse};

use crate::keyed::keyed;

keyed! {
    /// What a file holds, one row each. In the order in which they come in: each refers to those before it.
    Kind {
        /// Parts of the organisation.
        Units = "units",
        /// Employees.
        Employees = "employees",
        /// Teams, with leader and members.
        Teams = "teams",
        /// Citizens.
        Citizens = "citizens",
        /// Periods on a benefit.
        Spells = "spells",
        /// Paid hours of work, a citizen and a month a row.
        Hours = "hours",
        /// Weeks on any public support, from the national register.
        States = "states",
        /// Who was responsible for a citizen before there was a plan here.
        Assignments = "assignments",
        /// Companies.
        Companies = "companies",
        /// What benefits cost in a month, from the accounts.
        Expenses = "expenses",
    }
}

/// One row of a file, as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The line in the file, counted from 1 as an editor or a spreadsheet does.
    pub line: u32,
    /// The cells as they stood. As many as the header has, when the row is whole.
    pub cells: Vec<String>,
}

impl Row {
    /// A row.
    pub fn new<C: Into<String>>(line: u32, cells: impl IntoIterator<Item = C>) -> Row {
        Row {
            line,
            cells: cells.into_iter().map(Into::into).collect(),
        }
    }
}
