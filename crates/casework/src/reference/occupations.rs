use std::sync::LazyLock;

use super::{list, rows};

/// An occupation, or a group of occupations, in DISCO-08.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occupation {
    /// 1–4 or 6 digits. A text, because it may begin with 0.
    pub code: &'static str,
    /// Danish title.
    pub title: &'static str,
    lower: String,
}

impl Occupation {
    /// 1 (ten main groups) to 5 (single occupations).
    pub fn level(&self) -> u8 {
        match self.code.len() {
            6 => 5,
            digits => u8::try_from(digits).unwrap_or(5),
        }
    }

    /// The group it belongs to, one level up.
    pub fn group(&self) -> Option<&'static Occupation> {
        let digits = if self.code.len() == 6 { 4 } else { self.code.len() - 1 };
        occupation(&self.code[..digits])
    }
}

/// The whole classification.
#[derive(Debug)]
pub struct Occupations {
    all: Vec<Occupation>,
}

static OCCUPATIONS: LazyLock<Occupations> = LazyLock::new(|| Occupations {
    all: rows(list!("occupations.csv"))
        .map(|[code, title]| Occupation {
            code,
            title,
            lower: title.to_lowercase(),
        })
        .collect(),
});

/// DISCO-08.
pub fn occupations() -> &'static Occupations {
    &OCCUPATIONS
}

/// The occupation or group with this code.
pub fn occupation(code: &str) -> Option<&'static Occupation> {
    let all = &OCCUPATIONS.all;
    all.binary_search_by(|o| o.code.cmp(code)).ok().map(|index| &all[index])
}

impl Occupations {
    /// All, by code: a group stands before its members.
    pub fn all(&self) -> &[Occupation] {
        &self.all
    }

    /// Search by code or by words. Every word must be found; titles that begin with it come first, then those with a word that
    /// begins with it, then those that have it inside a word (Danish writes compounds). Within each, single occupations before
    /// groups. An empty search finds nothing.
    ///
    /// ```
    /// use tovholder_casework::reference::occupations;
    ///
    /// let found = occupations().find("tømrer");
    /// assert_eq!(found[0].code, "711510");
    /// assert!(occupations().find("7115").iter().all(|o| o.code.starts_with("7115")));
    /// ```
    pub fn find(&self, query: &str) -> Vec<&Occupation> {
        let query = query.trim().to_lowercase();
        if query.is_empty() {
            return Vec::new();
        }
        if query.chars().all(|c| c.is_ascii_digit()) {
            return self.all.iter().filter(|o| o.code.starts_with(&query)).collect();
        }
        let words: Vec<&str> = query.split_whitespace().collect();
        let mut found: Vec<(u8, u8, &Occupation)> = self
            .all
            .iter()
            .filter_map(|o| {
                let worst = words
                    .iter()
                    .map(|word| place(&o.lower, word))
                    .collect::<Option<Vec<u8>>>()?
                    .into_iter()
                    .max()?;
                let rank = if o.lower.starts_with(&query) { 0 } else { worst };
                Some((rank, 5 - o.level(), o))
            })
            .collect();
        found.sort_by_key(|(rank, level, o)| (*rank, *level, o.code));
        found.into_iter().map(|(_, _, o)| o).collect()
    }
}

/// 1 = a word of the title begins with it, 2 = it is inside a word.
fn place(title: &str, word: &str) -> Option<u8> {
    let begins = title.split(|c: char| !c.is_alphanumeric()).any(|w| w.starts_with(word));
    if begins {
        Some(1)
    } else {
        title.contains(word).then_some(2)
    }
}
