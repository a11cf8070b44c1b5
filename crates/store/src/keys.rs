//! Keys, and what they seal: texts that must not be read in the database's file, numbers that must be found without being read, and
//! backups.
//!
//! A key file has one line a key, `number purpose 64-hex-digits`, and `#` before a comment. Of each purpose the highest number is the
//! newest: it seals, and the older ones still open. `tovholder keys` makes and turns over such files; nothing here prints a key.
//!
//! ```
//! use tovholder_store::keys::{Keyring, Place};
//! use tovholder_store::args;
//!
//! let text = tovholder_store::keys::file::new();
//! let keys = Keyring::parse(&text).expect("keys");
//! let here = Place::new("note", "sealed", args![7_i64]);
//! let sealed = keys.seal(&here, "Ring kun om formiddagen").expect("a key to seal with");
//! assert_eq!(keys.open(&here, &sealed).expect("opens"), "Ring kun om formiddagen");
//! let elsewhere = Place::new("note", "sealed", args![8_i64]);
//! assert!(keys.open(&elsewhere, &sealed).is_err());
//! ```
//!
//! # The sealed form
//!
//! | bytes | what |
//! |---|---|
//! | 1 | version, 1 |
//! | 2 | the key's number, most significant byte first |
//! | 12 | nonce, random |
//! | rest | AES-256-GCM of the text, and its tag of 16 bytes |
//!
//! Sealed along, though not written: the first three bytes, and the [`Place`]. A text moved to another row, column or table does not open.
//! With random nonces one key may seal 2³² texts (NIST SP 800-38D, 8.3); a municipality seals some millions.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::SystemTime;

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use ring::rand::{SecureRandom, SystemRandom};
use ring::{hkdf, hmac};
use tovholder_casework::cpr::Cpr;

use crate::db::Value;

/// Bytes of a key.
pub const KEY_BYTES: usize = 32;
const VERSION: u8 = 1;
const HEAD: usize = 3;
const NONCE: usize = 12;
/// Where the service manager lays the key file when none is configured.
const CREDENTIAL: &str = "tovholder.keys";

/// What a key is for. One key never serves two purposes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Purpose {
    /// Seals texts in the database.
    Seal,
    /// Makes CPR numbers findable without lying open.
    Lookup,
    /// Seals backups.
    Backup,
}

impl Purpose {
    /// All of them; a whole key file has at least one key of each.
    pub const ALL: [Purpose; 3] = [Purpose::Seal, Purpose::Lookup, Purpose::Backup];

    /// The word in a key file.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Purpose::Seal => "seal",
            Purpose::Lookup => "lookup",
            Purpose::Backup => "backup",
        }
    }
}

impl fmt::Display for Purpose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Purpose {
    type Err = ();
    fn from_str(word: &str) -> Result<Self, ()> {
        Purpose::ALL
            .into_iter()
            .find(|purpose| purpose.as_str() == word)
            .ok_or(())
    }
}

/// Why something was not sealed or not opened. Never holds a key or a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyError {
    /// There is no key for this.
    Missing(Purpose),
    /// Sealed with a key that is not here.
    Unknown(Purpose, u16),
    /// It does not open: changed, moved from another row, or sealed with another key of the same number.
    Damaged,
    /// The system gives no randomness.
    NoRandomness,
    /// The key file cannot be used.
    File {
        /// The file.
        file: String,
        /// What is wrong with it, and what to do.
        what: String,
    },
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            KeyError::Missing(purpose) => write!(
                f,
                "there is no {purpose} key: make a key file with `tovholder keys new FILE` and name it in the configuration, [keys] file = \"FILE\""
            ),
            KeyError::Unknown(purpose, number) => write!(
                f,
                "this was sealed with {purpose} key {number}, which is not in the key file: put the key back"
            ),
            KeyError::Damaged => write!(
                f,
                "a sealed text does not open: it was changed, moved, or sealed with another key"
            ),
            KeyError::NoRandomness => write!(f, "the system gives no randomness"),
            KeyError::File { file, what } => write!(f, "{file}: {what}"),
        }
    }
}

impl std::error::Error for KeyError {}

/// Where a sealed text lies: table, column and the row's key. Part of what is sealed.
#[derive(Clone, PartialEq, Eq)]
pub struct Place(Vec<u8>);

impl Place {
    /// The field `column` of the row of `table` with this key: one value, or as many as its primary key has.
    #[must_use]
    pub fn new(table: &str, column: &str, row: &[Value]) -> Self {
        let mut place = Place(Vec::with_capacity(64));
        place.put(table.as_bytes());
        place.put(column.as_bytes());
        for value in row {
            match value {
                Value::Uuid(id) => place.put(id.as_bytes()),
                // SQLite gives an id back as bytes, so that the two are one.
                Value::Bytes(bytes) => place.put(bytes),
                Value::Int(n) => place.put(&n.to_be_bytes()),
                Value::Bool(yes) => place.put(&i64::from(*yes).to_be_bytes()),
                Value::Text(text) => place.put(text.as_bytes()),
                Value::Real(x) => place.put(&x.to_be_bytes()),
                Value::Null(_) => place.put(&[]),
            }
        }
        place
    }

    /// With its length before it, so that no two places read alike.
    fn put(&mut self, part: &[u8]) {
        self.0.extend((part.len() as u64).to_be_bytes());
        self.0.extend(part);
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Place")
    }
}

enum Key {
    Seal(Box<LessSafeKey>),
    Lookup(hmac::Key),
    Backup(hkdf::Prk),
}

impl Key {
    fn new(purpose: Purpose, bytes: &[u8; KEY_BYTES]) -> Self {
        match purpose {
            Purpose::Seal => Key::Seal(Box::new(cipher(bytes))),
            Purpose::Lookup => Key::Lookup(hmac::Key::new(hmac::HMAC_SHA256, bytes)),
            Purpose::Backup => Key::Backup(hkdf::Prk::new_less_safe(hkdf::HKDF_SHA256, bytes)),
        }
    }

    const fn purpose(&self) -> Purpose {
        match self {
            Key::Seal(_) => Purpose::Seal,
            Key::Lookup(_) => Purpose::Lookup,
            Key::Backup(_) => Purpose::Backup,
        }
    }
}

fn cipher(bytes: &[u8; KEY_BYTES]) -> LessSafeKey {
    LessSafeKey::new(UnboundKey::new(&AES_256_GCM, bytes).expect("a key of AES-256 has 32 bytes"))
}

/// The keys as they were read, newest first.
#[derive(Default)]
struct Held {
    keys: Vec<(u16, Key)>,
    /// When the file was written, and its length: whether it must be read again.
    stamp: Option<(SystemTime, u64)>,
}

impl Held {
    fn of(&self, purpose: Purpose) -> impl Iterator<Item = &(u16, Key)> {
        self.keys.iter().filter(move |(_, key)| key.purpose() == purpose)
    }
}

#[derive(Default)]
struct Inner {
    source: Option<Source>,
    held: RwLock<Arc<Held>>,
}

#[derive(Clone)]
struct Source {
    file: PathBuf,
    /// The service manager made the file and gives it to this service alone, also where its mode says otherwise because of an access list.
    credential: bool,
}

/// The keys of an installation; cheap to clone and share. [`Keyring::none`] holds none and seals nothing.
///
/// A keyring that was read from a file reads it again when the file has changed ([`Keyring::refresh`]) and when it meets a key it does not know.
#[derive(Clone, Default)]
pub struct Keyring(Arc<Inner>);

/// Shows nothing.
impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keyring")
    }
}

impl Keyring {
    /// No keys: for what neither seals nor opens.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Keys from the text of a key file.
    ///
    /// # Errors
    /// [`KeyError::File`] names the line and what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let keys = parse(text).map_err(|what| KeyError::File {
            file: "the keys".to_owned(),
            what,
        })?;
        Ok(Self(Arc::new(Inner {
            source: None,
            held: RwLock::new(Arc::new(Held { keys, stamp: None })),
        })))
    }

    /// Keys from a file that nobody but its owner may read.
    ///
    /// # Errors
    /// [`KeyError::File`].
    pub fn read(file: &Path) -> Result<Self, KeyError> {
        Self::from_source(Source {
            file: file.to_owned(),
            credential: false,
        })
    }

    /// The credential `tovholder.keys` that the service manager gives to this service (`LoadCredential=`); without one, the configured file, which
    /// commands outside the service read; without that, no keys.
    ///
    /// # Errors
    /// [`KeyError::File`].
    pub fn configured(file: Option<&Path>) -> Result<Self, KeyError> {
        let given = std::env::var_os("CREDENTIALS_DIRECTORY").map(|folder| Path::new(&folder).join(CREDENTIAL));
        match (given.filter(|given| given.exists()), file) {
            (Some(given), _) => Self::from_source(Source {
                file: given,
                credential: true,
            }),
            (None, Some(file)) => Self::read(file),
            (None, None) => Ok(Self::none()),
        }
    }

    fn from_source(source: Source) -> Result<Self, KeyError> {
        let held = source.read()?;
        Ok(Self(Arc::new(Inner {
            source: Some(source),
            held: RwLock::new(Arc::new(held)),
        })))
    }

    fn held(&self) -> Arc<Held> {
        Arc::clone(&self.0.held.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads the file again if it has changed; answers whether it had. A file that cannot be used leaves the keys as they were.
    ///
    /// # Errors
    /// [`KeyError::File`].
    pub fn refresh(&self) -> Result<bool, KeyError> {
        let Some(source) = &self.0.source else {
            return Ok(false);
        };
        if source.stamp()? == self.held().stamp {
            return Ok(false);
        }
        let held = source.read()?;
        *self.0.held.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(held);
        Ok(true)
    }

    /// The same, after a look whether the file has changed: for finding numbers, where a missing key shows as nobody found. A file that cannot
    /// be used leaves the keys as they were.
    #[must_use]
    pub(crate) fn fresh(&self) -> &Self {
        let _ = self.refresh();
        self
    }

    /// The numbers of the keys of a purpose, newest first.
    #[must_use]
    pub fn numbers(&self, purpose: Purpose) -> Vec<u16> {
        self.held().of(purpose).map(|(number, _)| *number).collect()
    }

    /// The number of the key that seals, or makes findable, today.
    ///
    /// # Errors
    /// [`KeyError::Missing`].
    pub fn newest(&self, purpose: Purpose) -> Result<u16, KeyError> {
        let newest = self.held().of(purpose).map(|(number, _)| *number).next();
        newest.ok_or(KeyError::Missing(purpose))
    }

    /// Whether there is a key of each purpose.
    ///
    /// # Errors
    /// [`KeyError::Missing`] names the first purpose without one.
    pub fn complete(&self) -> Result<(), KeyError> {
        Purpose::ALL
            .into_iter()
            .try_for_each(|purpose| self.newest(purpose).map(drop))
    }

    /// Seals a text for the place it is going to lie in, with the newest key.
    ///
    /// # Errors
    /// [`KeyError::Missing`] without a key, [`KeyError::NoRandomness`].
    pub fn seal(&self, place: &Place, text: &str) -> Result<Vec<u8>, KeyError> {
        let held = self.held();
        let Some((number, Key::Seal(key))) = held.of(Purpose::Seal).next() else {
            return Err(KeyError::Missing(Purpose::Seal));
        };
        let mut nonce = [0; NONCE];
        SystemRandom::new()
            .fill(&mut nonce)
            .map_err(|_| KeyError::NoRandomness)?;
        let mut sealed = Vec::with_capacity(HEAD + NONCE + text.len() + 16);
        sealed.push(VERSION);
        sealed.extend(number.to_be_bytes());
        let along = Aad::from([&sealed, place.0.as_slice()].concat());
        sealed.extend(nonce);
        sealed.extend(text.as_bytes());
        let tag = key
            .seal_in_place_separate_tag(Nonce::assume_unique_for_key(nonce), along, &mut sealed[HEAD + NONCE..])
            .map_err(|_| KeyError::Damaged)?;
        sealed.extend(tag.as_ref());
        Ok(sealed)
    }

    /// Opens what was sealed for this place.
    ///
    /// # Errors
    /// [`KeyError::Unknown`] when its key is not here, [`KeyError::Damaged`] when it does not open.
    pub fn open(&self, place: &Place, sealed: &[u8]) -> Result<String, KeyError> {
        let number = number_of(sealed).ok_or(KeyError::Damaged)?;
        let (head, rest) = sealed.split_at(HEAD);
        let (nonce, cipher) = rest.split_at_checked(NONCE).ok_or(KeyError::Damaged)?;
        let mut held = self.held();
        if !held.of(Purpose::Seal).any(|(n, _)| *n == number) && self.refresh()? {
            held = self.held();
        }
        let key = held.of(Purpose::Seal).find_map(|(n, key)| match key {
            Key::Seal(key) if *n == number => Some(key),
            _ => None,
        });
        let key = key.ok_or(KeyError::Unknown(Purpose::Seal, number))?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| KeyError::Damaged)?;
        let mut text = cipher.to_vec();
        let along = Aad::from([head, place.0.as_slice()].concat());
        let length = key
            .open_in_place(nonce, along, &mut text)
            .map_err(|_| KeyError::Damaged)?
            .len();
        text.truncate(length);
        String::from_utf8(text).map_err(|_| KeyError::Damaged)
    }

    /// What a CPR number is found by: the newest key's number, and HMAC-SHA-256 of its digits.
    ///
    /// # Errors
    /// [`KeyError::Missing`].
    pub fn lookup(&self, cpr: Cpr) -> Result<Vec<u8>, KeyError> {
        let first = self.lookups(cpr)?.into_iter().next();
        first.ok_or(KeyError::Missing(Purpose::Lookup))
    }

    /// What a CPR number may be found by: one for each key, newest first. Until all are moved to a new key, some lie under the one before.
    ///
    /// # Errors
    /// [`KeyError::Missing`] without a key.
    pub fn lookups(&self, cpr: Cpr) -> Result<Vec<Vec<u8>>, KeyError> {
        let held = self.held();
        let marks: Vec<Vec<u8>> = held
            .of(Purpose::Lookup)
            .filter_map(|(number, key)| match key {
                Key::Lookup(key) => {
                    let mut mark = number.to_be_bytes().to_vec();
                    mark.extend(hmac::sign(key, format!("cpr {}", cpr.digits()).as_bytes()).as_ref());
                    Some(mark)
                }
                _ => None,
            })
            .collect();
        if marks.is_empty() {
            return Err(KeyError::Missing(Purpose::Lookup));
        }
        Ok(marks)
    }

    /// The key of one backup: drawn from a backup key and the backup's own salt, so that no two backups share one.
    pub(crate) fn backup_cipher(&self, number: u16, salt: &[u8; 32]) -> Result<LessSafeKey, KeyError> {
        let held = self.held();
        let key = held.of(Purpose::Backup).find_map(|(n, key)| match key {
            Key::Backup(key) if *n == number => Some(key),
            _ => None,
        });
        let key = key.ok_or(KeyError::Unknown(Purpose::Backup, number))?;
        let about: [&[u8]; 2] = [b"tovholder backup", salt];
        let unbound = key
            .expand(&about, &AES_256_GCM)
            .expect("a key is shorter than what may be drawn");
        Ok(LessSafeKey::new(UnboundKey::from(unbound)))
    }
}

impl Source {
    fn wrong(&self, what: impl fmt::Display) -> KeyError {
        KeyError::File {
            file: self.file.display().to_string(),
            what: what.to_string(),
        }
    }

    fn stamp(&self) -> Result<Option<(SystemTime, u64)>, KeyError> {
        let about = fs::metadata(&self.file).map_err(|error| self.wrong(error))?;
        Ok(about.modified().ok().map(|at| (at, about.len())))
    }

    fn read(&self) -> Result<Held, KeyError> {
        // Before the text, so that a change meanwhile is seen the next time.
        let stamp = self.stamp()?;
        #[cfg(unix)]
        if !self.credential {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = fs::metadata(&self.file)
                .map_err(|error| self.wrong(error))?
                .permissions()
                .mode();
            if mode & 0o077 != 0 {
                return Err(self.wrong("others may read these keys: chmod 600 it"));
            }
        }
        let text = fs::read_to_string(&self.file).map_err(|error| self.wrong(error))?;
        let keys = parse(&text).map_err(|what| self.wrong(what))?;
        Ok(Held { keys, stamp })
    }
}

/// The number of the key a text is sealed with; nothing when it is no sealed text.
pub(crate) fn number_of(sealed: &[u8]) -> Option<u16> {
    match sealed {
        [VERSION, high, low, ..] => Some(u16::from_be_bytes([*high, *low])),
        _ => None,
    }
}

/// The beginning of what is sealed with a key.
pub(crate) fn sealed_by(number: u16) -> Vec<u8> {
    [&[VERSION][..], &number.to_be_bytes()].concat()
}

/// The keys of a text, newest first; an error names the line and never repeats it.
fn parse(text: &str) -> Result<Vec<(u16, Key)>, String> {
    let mut keys: Vec<(u16, Key)> = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let line = line.split('#').next().unwrap_or_default().trim();
        if line.is_empty() {
            continue;
        }
        let wrong = |what: &str| format!("line {}: {what}", at + 1);
        let words: Vec<&str> = line.split_whitespace().collect();
        let [number, purpose, hex] = words[..] else {
            return Err(wrong("expected: number purpose key"));
        };
        let number = number.parse().ok().filter(|number| *number > 0);
        let number: u16 = number.ok_or_else(|| wrong("a key's number is 1 to 65535"))?;
        let purpose: Purpose = purpose
            .parse()
            .map_err(|()| wrong("a key is for seal, lookup or backup"))?;
        let bytes = unhex(hex).ok_or_else(|| wrong("a key is 64 hexadecimal digits"))?;
        if keys.iter().any(|(n, key)| *n == number && key.purpose() == purpose) {
            return Err(wrong("there is a key with this number and purpose above"));
        }
        keys.push((number, Key::new(purpose, &bytes)));
    }
    keys.sort_by_key(|(number, _)| std::cmp::Reverse(*number));
    Ok(keys)
}

fn unhex(text: &str) -> Option<[u8; KEY_BYTES]> {
    let mut bytes = [0; KEY_BYTES];
    if text.len() != 2 * KEY_BYTES || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(bytes)
}

/// Making key files and adding to them.
pub mod file {
    use super::*;

    /// The text of a new key file: one random key of each purpose.
    ///
    /// # Panics
    /// When the system gives no randomness.
    #[must_use]
    pub fn new() -> String {
        let keys: String = Purpose::ALL.into_iter().map(|purpose| line(1, purpose)).collect();
        format!(
            "# Keys of a Tovholder installation: number, purpose, key. Keep a copy where the database's copies are not.\n{keys}"
        )
    }

    fn line(number: u16, purpose: Purpose) -> String {
        let mut bytes = [0; KEY_BYTES];
        SystemRandom::new()
            .fill(&mut bytes)
            .expect("the system gives randomness");
        let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        format!("{number} {purpose} {hex}\n")
    }

    /// Writes a new key file that only its owner may read. Never over another.
    ///
    /// # Errors
    /// [`KeyError::File`], also when the file is there already.
    pub fn create(path: &Path) -> Result<(), KeyError> {
        // Written beside and then given its name, which fails where there is a file: stopped half-way, there is no half file in the way.
        let beside = beside(path);
        write(&beside, &new(), path)?;
        let named = fs::hard_link(&beside, path).map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => wrong(path, "it is there already; nothing is overwritten"),
            _ => wrong(path, error),
        });
        fs::remove_file(&beside).map_err(|error| wrong(path, error))?;
        named
    }

    /// Adds a newer key of a purpose to a key file and answers with its number. The file is replaced whole, so that a server reading it
    /// meanwhile reads the old one or the new one.
    ///
    /// # Errors
    /// [`KeyError::File`].
    pub fn add(path: &Path, purpose: Purpose) -> Result<u16, KeyError> {
        let number = Keyring::read(path)?.numbers(purpose).first().copied().unwrap_or(0);
        let number = number
            .checked_add(1)
            .ok_or_else(|| wrong(path, "there are no more numbers"))?;
        let mut text = fs::read_to_string(path).map_err(|error| wrong(path, error))?;
        if !text.ends_with('\n') {
            text.push('\n');
        }
        text.push_str(&line(number, purpose));
        let beside = beside(path);
        write(&beside, &text, path)?;
        fs::rename(&beside, path).map_err(|error| wrong(path, error))?;
        Ok(number)
    }

    fn beside(path: &Path) -> PathBuf {
        let mut beside = path.as_os_str().to_owned();
        beside.push(".new");
        PathBuf::from(beside)
    }

    fn wrong(path: &Path, what: impl fmt::Display) -> KeyError {
        KeyError::File {
            file: path.display().to_string(),
            what: what.to_string(),
        }
    }

    fn write(path: &Path, text: &str, named: &Path) -> Result<(), KeyError> {
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let written = options.open(path).and_then(|mut file| {
            io::Write::write_all(&mut file, text.as_bytes())?;
            file.sync_all()
        });
        written.map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => wrong(
                path,
                "it is there: somebody else makes keys at this moment, or did and was stopped; then remove it, no key in it was used",
            ),
            _ => wrong(named, error),
        })
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that panics fails")]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::args;
    use crate::testing::Folder;

    fn ring(numbers: &[(u16, &str, u8)]) -> Keyring {
        let text: String = numbers
            .iter()
            .map(|(number, purpose, byte)| format!("{number} {purpose} {}\n", format!("{byte:02x}").repeat(32)))
            .collect();
        Keyring::parse(&text).unwrap()
    }

    fn here() -> Place {
        Place::new("note", "sealed", args![Uuid::from_u128(7)])
    }

    #[test]
    fn a_key_file_is_read_line_by_line_and_a_slip_is_named_without_the_key() {
        let keys = ring(&[(1, "seal", 1), (3, "seal", 3), (2, "seal", 2), (1, "lookup", 9)]);
        assert_eq!(keys.numbers(Purpose::Seal), [3, 2, 1]);
        assert_eq!(keys.newest(Purpose::Seal), Ok(3));
        assert_eq!(keys.complete(), Err(KeyError::Missing(Purpose::Backup)));
        let good = "ab".repeat(32);
        assert!(Keyring::parse(&format!("\n# nothing\n 7   backup {good} # the spare\n")).is_ok());
        for (text, line) in [
            (format!("1 seal {good}\n0 seal {good}"), "line 2"),
            (format!("65536 seal {good}"), "line 1"),
            (format!("1 sael {good}"), "line 1"),
            (format!("1 seal {}", &good[1..]), "line 1"),
            (format!("1 seal {}", good.replace("ab", "aæ")), "line 1"),
            (format!("1 seal {good} x"), "line 1"),
            ("1 seal".to_owned(), "line 1"),
            (format!("1 seal {good}\n# and\n1 seal {good}"), "line 3"),
        ] {
            let error = Keyring::parse(&text).unwrap_err().to_string();
            assert!(error.contains(line), "{error}");
            assert!(!error.contains("abab"), "{error}");
        }
    }

    #[test]
    fn nothing_shows_a_key_or_a_text() {
        let keys = ring(&[(1, "seal", 0xab), (1, "lookup", 0xcd)]);
        assert_eq!(format!("{keys:?}"), "Keyring");
        let hidden = Place::new("citizen_cpr", "sealed", args!["6101901236"]);
        assert_eq!(format!("{hidden:?}"), "Place");
    }

    #[test]
    fn what_is_sealed_opens_with_its_own_key_and_with_no_other() {
        let old = ring(&[(1, "seal", 1)]);
        let sealed = old.seal(&here(), "Ring kun om formiddagen").unwrap();
        assert_eq!(number_of(&sealed), Some(1));
        assert_ne!(
            sealed,
            old.seal(&here(), "Ring kun om formiddagen").unwrap(),
            "each sealing is its own"
        );
        let both = ring(&[(1, "seal", 1), (2, "seal", 2)]);
        assert_eq!(both.open(&here(), &sealed).unwrap(), "Ring kun om formiddagen");
        assert_eq!(number_of(&both.seal(&here(), "").unwrap()), Some(2), "the newest seals");
        assert_eq!(
            ring(&[(2, "seal", 2)]).open(&here(), &sealed),
            Err(KeyError::Unknown(Purpose::Seal, 1))
        );
        assert_eq!(ring(&[(1, "seal", 2)]).open(&here(), &sealed), Err(KeyError::Damaged));
        assert_eq!(
            Keyring::none().open(&here(), &sealed),
            Err(KeyError::Unknown(Purpose::Seal, 1))
        );
        assert_eq!(
            Keyring::none().seal(&here(), "x"),
            Err(KeyError::Missing(Purpose::Seal))
        );
        // A key of another purpose is no key.
        assert_eq!(
            ring(&[(1, "backup", 1)]).open(&here(), &sealed),
            Err(KeyError::Unknown(Purpose::Seal, 1))
        );
    }

    #[test]
    fn places_do_not_read_alike() {
        let id = Uuid::from_u128(7);
        let all = [
            Place::new("note", "sealed", args![id]),
            Place::new("note", "sealed", args![Uuid::from_u128(8)]),
            Place::new("note", "text", args![id]),
            Place::new("notes", "ealed", args![id]),
            Place::new("note", "sealed", args![id, 1_i64]),
            Place::new("note", "sealed", args![id, "1"]),
            Place::new("note", "sealed", args![id, "", "1"]),
            Place::new("note", "sealed", args![id, "1", ""]),
        ];
        for (a, one) in all.iter().enumerate() {
            for (b, other) in all.iter().enumerate() {
                assert_eq!(one == other, a == b, "{a} {b}");
            }
        }
        let bytes = Place::new("note", "sealed", &[Value::Bytes(id.as_bytes().to_vec())]);
        assert!(bytes == all[0], "as SQLite gives an id back");
    }

    #[test]
    fn a_number_is_found_by_its_key_and_under_each_older_one() {
        let cpr: Cpr = "6101901236".parse().unwrap();
        let other: Cpr = "6101901237".parse().unwrap();
        let old = ring(&[(1, "lookup", 1)]);
        let both = ring(&[(1, "lookup", 1), (2, "lookup", 2)]);
        assert_eq!(old.lookup(cpr).unwrap().len(), 34);
        assert_eq!(old.lookup(cpr), old.lookup(cpr));
        assert_ne!(old.lookup(cpr), old.lookup(other));
        let marks = both.lookups(cpr).unwrap();
        assert_eq!(marks.len(), 2);
        assert_eq!(marks[0], both.lookup(cpr).unwrap());
        assert_eq!(marks[1], old.lookup(cpr).unwrap());
        assert_eq!(Keyring::none().lookup(cpr), Err(KeyError::Missing(Purpose::Lookup)));
    }

    #[test]
    fn a_file_is_made_for_its_owner_alone_grows_and_is_read_again() {
        let folder = Folder::new();
        let path = folder.path().join("keys");
        file::create(&path).unwrap();
        let again = file::create(&path).unwrap_err().to_string();
        assert!(again.contains("already"), "{again}");
        assert_eq!(
            fs::read_dir(folder.path()).unwrap().count(),
            1,
            "nothing lies beside it"
        );
        // Somebody was stopped half-way: what is there is named, and the keys are as they were.
        let beside = folder.path().join("keys.new");
        fs::write(&beside, "1 seal ").unwrap();
        let stopped = file::add(&path, Purpose::Seal).unwrap_err().to_string();
        assert!(
            stopped.contains("keys.new") && stopped.contains("remove it"),
            "{stopped}"
        );
        fs::remove_file(&beside).unwrap();
        let keys = Keyring::read(&path).unwrap();
        keys.complete().unwrap();
        assert_eq!(keys.refresh(), Ok(false));
        let sealed = keys.seal(&here(), "før").unwrap();

        assert_eq!(file::add(&path, Purpose::Seal), Ok(2));
        // Another process has sealed with the new key: it is fetched when it is met.
        let newer = Keyring::read(&path).unwrap().seal(&here(), "efter").unwrap();
        assert_eq!(keys.open(&here(), &newer).unwrap(), "efter");
        assert_eq!(keys.open(&here(), &sealed).unwrap(), "før");
        assert_eq!(keys.newest(Purpose::Seal), Ok(2));
        assert_eq!(file::add(&path, Purpose::Lookup), Ok(2));
        assert_eq!(keys.refresh(), Ok(true));
        assert_eq!(keys.numbers(Purpose::Lookup), [2, 1]);

        // A file that has become useless leaves the keys as they were.
        fs::write(&path, "1 seal forkert").unwrap();
        assert!(keys.refresh().is_err());
        assert_eq!(keys.open(&here(), &newer).unwrap(), "efter");

        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let made = fs::metadata(&path).unwrap().permissions().mode();
            assert_eq!(made & 0o777, 0o600);
            fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
            let open = Keyring::read(&path).unwrap_err().to_string();
            assert!(open.contains("chmod 600"), "{open}");
        }
        assert!(Keyring::read(&folder.path().join("none")).is_err());
        assert!(Keyring::configured(None).is_ok_and(|keys| keys.complete().is_err()));
    }

    #[test]
    fn each_backup_has_a_key_of_its_own() {
        let keys = ring(&[(1, "backup", 1)]);
        let sealed = |salt: [u8; 32]| {
            let mut text = b"the same".to_vec();
            let key = keys.backup_cipher(1, &salt).unwrap();
            key.seal_in_place_append_tag(Nonce::assume_unique_for_key([0; 12]), Aad::empty(), &mut text)
                .unwrap();
            text
        };
        assert_eq!(sealed([1; 32]), sealed([1; 32]));
        assert_ne!(sealed([1; 32]), sealed([2; 32]));
        assert_eq!(
            keys.backup_cipher(2, &[0; 32]).err(),
            Some(KeyError::Unknown(Purpose::Backup, 2))
        );
    }

    proptest! {
        #[test]
        fn what_is_sealed_opens(text in ".{0,300}", row in any::<i64>()) {
            let keys = ring(&[(1, "seal", 1), (9, "seal", 2)]);
            let place = Place::new("t", "c", args![row]);
            let sealed = keys.seal(&place, &text).unwrap();
            prop_assert_eq!(sealed.len(), 31 + text.len());
            prop_assert_eq!(keys.open(&place, &sealed).unwrap(), text.clone());
            let elsewhere = Place::new("t", "c", args![row.wrapping_add(1)]);
            prop_assert_eq!(keys.open(&elsewhere, &sealed), Err(KeyError::Damaged));
        }

        /// A bit turned anywhere is noticed: in the text, the tag, the nonce, the version or the key's number.
        #[test]
        fn a_turned_bit_is_noticed(text in ".{0,60}", at in any::<prop::sample::Index>(), bit in 0u8..8) {
            let keys = ring(&[(1, "seal", 1), (3, "seal", 2), (2, "seal", 4)]);
            let mut sealed = keys.seal(&here(), &text).unwrap();
            let at = at.index(sealed.len());
            sealed[at] ^= 1 << bit;
            prop_assert!(keys.open(&here(), &sealed).is_err());
        }

        /// Any bytes are refused, and nothing panics.
        #[test]
        fn any_bytes_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
            prop_assert!(ring(&[(1, "seal", 1)]).open(&here(), &bytes).is_err());
        }

        #[test]
        fn any_text_is_keys_or_an_error(text in "\\PC{0,80}") {
            let _ = Keyring::parse(&text);
        }
    }
}
