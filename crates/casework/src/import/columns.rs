//! Which column holds what: suggested from its name, from what was chosen last time, and from what stands in it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::fields::{Field, Shape, fields};
use super::parse::looks_like;
use super::{Kind, Row, weeks};
use crate::cpr;

/// Where each field comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// Field → number of the column, from 0.
    pub columns: BTreeMap<String, usize>,
    /// Field → what holds for all rows that say nothing themselves.
    pub fixed: BTreeMap<String, String>,
}

/// A column's name with only its letters and digits, in lower case: `CPR-nr.` and `cpr nr` are the same column.
pub fn fold(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// A file's name, or a column's, without the CPR number somebody put there: a file without a line of names begins with a citizen.
///
/// ```
/// use tovholder_casework::import::columns::masked_name;
///
/// assert_eq!(masked_name("610190-1236"), "••••••-••••");
/// assert_eq!(masked_name("Uge 2026-11"), "Uge 2026-11");
/// ```
#[must_use]
pub fn masked_name(name: &str) -> String {
    if cpr::stands_in(name) {
        name.chars().map(|c| if c.is_ascii_digit() { '•' } else { c }).collect()
    } else {
        name.to_owned()
    }
}

/// The names of a file's columns as they are kept and told: masked, and no two alike.
#[must_use]
pub fn masked_names(header: &[String]) -> Vec<String> {
    let mut all: Vec<String> = Vec::with_capacity(header.len());
    for name in header {
        let mut name = masked_name(name);
        while all.contains(&name) {
            name.push('•');
        }
        all.push(name);
    }
    all
}

/// Suggests a mapping. `remembered` tells what was chosen for a column of this (folded) name before: a field, or nothing when it was
/// left out. No column is suggested for two fields.
pub fn suggest(kind: Kind, header: &[String], rows: &[Row], remembered: &BTreeMap<String, String>) -> Mapping {
    let names: Vec<String> = header.iter().map(|name| fold(name)).collect();
    let mut free: BTreeSet<usize> = (0..names.len()).collect();
    let mut columns = BTreeMap::new();
    // Weeks are known by their names and belong together: the first stands for all.
    for field in fields(kind).iter().filter(|field| field.shape == Shape::Weeks) {
        if let Some(first) = header.iter().position(|name| weeks::week(name).is_some()) {
            columns.insert(field.key.to_owned(), first);
            free.retain(|at| weeks::week(&header[*at]).is_none());
        }
    }
    for (at, name) in names.iter().enumerate() {
        if !free.contains(&at) {
            continue;
        }
        if let Some(field) = remembered.get(name) {
            // One that was left out last time is left out again.
            free.remove(&at);
            if fields(kind).iter().any(|f| f.key == field) && !columns.contains_key(field) {
                columns.insert(field.clone(), at);
            }
        }
    }
    // The whole name first, for all fields; then a name that only begins like one; then what stands in the cells.
    let exact = |field: &Field, at: usize| field.names.contains(&names[at].as_str());
    let begins = |field: &Field, at: usize| {
        field
            .names
            .iter()
            .any(|name| name.len() >= 4 && names[at].starts_with(name))
    };
    let holds = |field: &Field, at: usize| {
        let mut cells = rows
            .iter()
            .filter_map(|row| row.cells.get(at))
            .filter(|cell| !cell.trim().is_empty())
            .take(20)
            .peekable();
        cells.peek().is_some() && cells.all(|cell| looks_like(field.shape, cell))
    };
    let told = |field: &Field| matches!(field.shape, Shape::Cpr | Shape::Cvr | Shape::Email);
    let typical = |field: &Field, at: usize| told(field) && holds(field, at);
    type Fits<'f> = &'f dyn Fn(&Field, usize) -> bool;
    let rounds: [Fits<'_>; 3] = [&exact, &begins, &typical];
    for fits in rounds {
        for field in fields(kind) {
            if columns.contains_key(field.key) {
                continue;
            }
            // Of two names for the same thing the one that comes first in the field's list is meant.
            let rank = |at: usize| {
                field
                    .names
                    .iter()
                    .position(|name| *name == names[at])
                    .unwrap_or(usize::MAX)
            };
            if let Some(at) = free
                .iter()
                .copied()
                .filter(|at| fits(field, *at))
                .min_by_key(|at| (rank(*at), *at))
            {
                free.remove(&at);
                columns.insert(field.key.to_owned(), at);
            }
        }
    }
    Mapping {
        columns,
        fixed: BTreeMap::new(),
    }
}

/// What to remember of a mapping: for every column of the file its folded name and the field it was given, or nothing.
pub fn to_remember(header: &[String], mapping: &Mapping) -> BTreeMap<String, String> {
    let field = |at: usize| {
        mapping
            .columns
            .iter()
            .find(|(_, column)| **column == at)
            .map_or("", |(field, _)| field)
    };
    header
        .iter()
        .enumerate()
        // A week is known by its name; the next file has others.
        .filter(|(_, name)| weeks::week(name).is_none())
        .map(|(at, name)| (fold(name), field(at).to_owned()))
        // Folded, ten digits with a hyphen in an odd place can be somebody's number after all.
        .filter(|(name, _)| !name.is_empty() && !cpr::stands_in(name))
        .collect()
}
