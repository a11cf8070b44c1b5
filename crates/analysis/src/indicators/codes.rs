//! Names as numbers. All threads share one dictionary; each remembers what it has asked, so it asks once a name.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tovholder_spells::person::{Code, UNKNOWN};
use tovholder_spells::table::ALL;

use crate::read::decode;

/// The names of one breakdown.
#[derive(Debug)]
pub struct Dictionary {
    entries: Mutex<Entries>,
    /// The only names allowed, if that is asked for.
    known: Option<HashSet<String>>,
}

#[derive(Debug)]
struct Entries {
    codes: HashMap<String, Code>,
    names: Vec<String>,
}

/// Why a name has no code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It is not on the list.
    NotKnown,
    /// There are too many different names for a breakdown.
    TooMany,
}

impl Refused {
    /// What was expected.
    pub fn expected(self) -> &'static str {
        match self {
            Refused::NotKnown => "one of the known benefits",
            Refused::TooMany => "at most 65,000 different values",
        }
    }
}

impl Dictionary {
    /// Empty: the first name is that of no value.
    pub fn new(known: Option<HashSet<String>>) -> Dictionary {
        Dictionary {
            entries: Mutex::new(Entries {
                codes: HashMap::from([(String::new(), UNKNOWN)]),
                names: vec![String::new()],
            }),
            known,
        }
    }

    fn lock(&self) -> MutexGuard<'_, Entries> {
        // A thread that panicked while it held the list ends the whole command anyway.
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn code(&self, bytes: &[u8]) -> Result<Code, Refused> {
        let name = decode(bytes);
        if self.known.as_ref().is_some_and(|known| !known.contains(name.as_ref())) {
            return Err(Refused::NotKnown);
        }
        let mut entries = self.lock();
        if let Some(&code) = entries.codes.get(name.as_ref()) {
            return Ok(code);
        }
        let code = entries.names.len();
        if code >= usize::from(ALL) {
            return Err(Refused::TooMany);
        }
        entries.names.push(name.clone().into_owned());
        entries.codes.insert(name.into_owned(), code as Code);
        Ok(code as Code)
    }

    /// The names by code.
    pub fn names(&self) -> Vec<String> {
        self.lock().names.clone()
    }
}

/// What one thread knows of a dictionary.
#[derive(Debug)]
pub struct Codes<'d> {
    dictionary: &'d Dictionary,
    seen: HashMap<Box<[u8]>, Result<Code, Refused>, BuildHasherDefault<Quick>>,
    last: Vec<u8>,
    last_code: Result<Code, Refused>,
    /// Where each name was first met.
    pub first_met: Vec<(Code, u64)>,
}

impl<'d> Codes<'d> {
    /// Knows nothing yet.
    pub fn new(dictionary: &'d Dictionary) -> Codes<'d> {
        Codes {
            dictionary,
            seen: HashMap::default(),
            last: Vec::new(),
            last_code: Ok(UNKNOWN),
            first_met: Vec::new(),
        }
    }

    /// The code of a name met at a place in the file.
    #[inline]
    pub fn code(&mut self, name: &[u8], offset: u64) -> Result<Code, Refused> {
        // The next row often has the name of the last.
        if name == self.last.as_slice() {
            return self.last_code;
        }
        let code = match self.seen.get(name) {
            Some(&code) => code,
            None => {
                let code = match name {
                    b"" => Ok(UNKNOWN),
                    _ => self.dictionary.code(name),
                };
                self.seen.insert(name.into(), code);
                if let Ok(code) = code {
                    self.first_met.push((code, offset));
                }
                code
            }
        };
        self.last.clear();
        self.last.extend_from_slice(name);
        self.last_code = code;
        code
    }
}

/// Eight bytes at a time. The names are few and come from the user's own file.
#[derive(Default)]
pub struct Quick(u64);

impl Hasher for Quick {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }
    fn write(&mut self, bytes: &[u8]) {
        for part in bytes.chunks(8) {
            let mut eight = [0; 8];
            eight[..part.len()].copy_from_slice(part);
            self.0 = (self.0.rotate_left(5) ^ u64::from_le_bytes(eight)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        }
    }
    fn write_usize(&mut self, n: usize) {
        self.0 = (self.0 ^ n as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
}
