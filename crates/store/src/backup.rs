//! Backups: a copy of the database at one moment, sealed as it is written and opened as it is read.
//!
//! A backup file is a line that says what it is, a head, and chunks:
//!
//! | bytes | what |
//! |---|---|
//! | 19 | `TOVHOLDER BACKUP 1` and a line end |
//! | 4 | length of the head |
//! | … | the head, JSON to be read without a key: see [`Head`] |
//! | 4, then as many | a chunk's length, and the chunk: AES-256-GCM of up to 1 MiB and its tag of 16 bytes; as often as needed |
//!
//! Each backup has a key of its own, drawn (HKDF-SHA-256) from a backup key and 32 random bytes in the head. A chunk's nonce is its number and
//! whether it is the last, and sealed along is the hash of all that stands before the first chunk: chunks that are missing, changed, doubled or
//! in another order do not open, a head that was changed opens none, and a file without its last chunk is cut.

use std::fmt;
use std::io::{self, Read, Write};

use jiff::Timestamp;
use ring::aead::{Aad, LessSafeKey, NONCE_LEN, Nonce};
use ring::rand::{SecureRandom, SystemRandom};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::args;
use crate::db::{Conn, Db, Engine, Error, Pools};
use crate::keys::{KeyError, Keyring, Purpose};

const MAGIC: &[u8; 19] = b"TOVHOLDER BACKUP 1\n";
/// What a chunk holds, before its tag.
const CHUNK: usize = 1 << 20;
const TAG: usize = 16;
/// No head is larger.
const MOST_HEAD: usize = 64 * 1024;

/// What a backup says about itself, to be read without a key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The moment the copy shows.
    pub made: Timestamp,
    /// `sqlite`: the file itself; `postgres`: what `pg_dump --format=custom` writes.
    pub engine: String,
    /// The program that made it.
    pub program: String,
    /// The last step of the schema.
    pub schema: i64,
    /// What the log's chains looked like.
    pub heads: Heads,
    /// The number of the backup key.
    pub key: u16,
    /// What this backup's own key is drawn with.
    pub salt: String,
}

/// How many chains the log has, how many links, and a hash over where each ends: two databases with the same have the same log.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heads {
    /// Chains.
    pub chains: u64,
    /// Acts and looks in them.
    pub links: u64,
    /// SHA-256 over every chain's id, length and last hash.
    pub digest: String,
}

/// Why a backup was not written or not read.
#[derive(Debug)]
pub enum BackupError {
    /// It is no backup, or one of a newer program.
    NoBackup,
    /// What stands in front of the copy is damaged.
    Head,
    /// A chunk does not open: it was changed, or comes from elsewhere. Chunks are counted from 1.
    Chunk(u64),
    /// The file ends before its last chunk.
    Cut(u64),
    /// Something comes after the last chunk.
    Longer,
    /// A key is missing.
    Keys(KeyError),
    /// The database.
    Db(Error),
    /// The disk.
    Io(io::Error),
}

impl fmt::Display for BackupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BackupError::NoBackup => write!(f, "this is no backup of Tovholder, or one of a newer program"),
            BackupError::Head => write!(f, "the beginning of the backup is damaged"),
            BackupError::Chunk(n) => write!(
                f,
                "the backup is damaged: chunk {n} (from byte {} of the copy) was changed, moved or sealed with another key",
                (n - 1) * CHUNK as u64
            ),
            BackupError::Cut(n) => write!(f, "the backup is cut: it ends before chunk {n}, which is not the last"),
            BackupError::Longer => write!(f, "the backup is damaged: something comes after its end"),
            BackupError::Keys(error) => write!(f, "{error}"),
            BackupError::Db(error) => write!(f, "{error}"),
            BackupError::Io(error) => write!(f, "{error}"),
        }
    }
}

impl std::error::Error for BackupError {}

impl From<KeyError> for BackupError {
    fn from(error: KeyError) -> Self {
        BackupError::Keys(error)
    }
}
impl From<Error> for BackupError {
    fn from(error: Error) -> Self {
        BackupError::Db(error)
    }
}
impl From<io::Error> for BackupError {
    fn from(error: io::Error) -> Self {
        BackupError::Io(error)
    }
}

impl Head {
    /// The head of a backup made now.
    ///
    /// # Errors
    /// [`KeyError::Missing`] without a backup key, [`KeyError::NoRandomness`].
    pub fn new(keys: &Keyring, engine: Engine, made: Timestamp, schema: i64, heads: Heads) -> Result<Self, KeyError> {
        let mut salt = [0; 32];
        SystemRandom::new()
            .fill(&mut salt)
            .map_err(|_| KeyError::NoRandomness)?;
        Ok(Self {
            made,
            engine: name(engine).to_owned(),
            program: env!("CARGO_PKG_VERSION").to_owned(),
            schema,
            heads,
            key: keys.newest(Purpose::Backup)?,
            salt: hex(&salt),
        })
    }

    /// Which engine's copy it is.
    #[must_use]
    pub fn engine(&self) -> Option<Engine> {
        [Engine::Sqlite, Engine::Postgres]
            .into_iter()
            .find(|engine| name(*engine) == self.engine)
    }

    fn cipher(&self, keys: &Keyring) -> Result<LessSafeKey, BackupError> {
        let salt = unhex(&self.salt).ok_or(BackupError::Head)?;
        Ok(keys.backup_cipher(self.key, &salt)?)
    }
}

const fn name(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "sqlite",
        Engine::Postgres => "postgres",
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    let digits = text.as_bytes();
    let mut bytes = [0; 32];
    if digits.len() != 64 || !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(bytes)
}

/// A chunk's nonce: its number, and whether it is the last. No other chunk of the same backup has it, and each backup has its own key.
fn nonce(number: u64, last: bool) -> Nonce {
    let mut bytes = [0; NONCE_LEN];
    bytes[3] = u8::from(last);
    bytes[4..].copy_from_slice(&number.to_be_bytes());
    Nonce::assume_unique_for_key(bytes)
}

/// Seals what is written to it. [`Sealer::finish`] writes the last chunk; without it the backup is cut.
pub struct Sealer<W> {
    out: W,
    cipher: LessSafeKey,
    /// The hash of what stands before the first chunk.
    about: [u8; 32],
    /// Chunks written.
    number: u64,
    chunk: Vec<u8>,
}

impl<W: Write> Sealer<W> {
    /// Writes the beginning.
    ///
    /// # Errors
    /// [`BackupError::Keys`], [`BackupError::Io`].
    pub fn new(mut out: W, keys: &Keyring, head: &Head) -> Result<Self, BackupError> {
        let text = serde_json::to_vec(head).map_err(|_| BackupError::Head)?;
        let length = u32::try_from(text.len()).map_err(|_| BackupError::Head)?;
        let beginning = [&MAGIC[..], &length.to_be_bytes(), &text].concat();
        out.write_all(&beginning)?;
        Ok(Self {
            out,
            cipher: head.cipher(keys)?,
            about: Sha256::digest(&beginning).into(),
            number: 0,
            chunk: Vec::with_capacity(CHUNK + TAG),
        })
    }

    fn put(&mut self, last: bool) -> io::Result<()> {
        self.cipher
            .seal_in_place_append_tag(nonce(self.number, last), Aad::from(self.about), &mut self.chunk)
            .map_err(|_| io::Error::other("a chunk could not be sealed"))?;
        let length = u32::try_from(self.chunk.len()).map_err(io::Error::other)?;
        self.out.write_all(&length.to_be_bytes())?;
        self.out.write_all(&self.chunk)?;
        self.number += 1;
        self.chunk.clear();
        Ok(())
    }

    /// Writes what is left, as the last chunk, and gives back what was written to.
    ///
    /// # Errors
    /// [`BackupError::Io`].
    pub fn finish(mut self) -> Result<W, BackupError> {
        self.put(true)?;
        self.out.flush()?;
        Ok(self.out)
    }
}

impl<W: Write> Write for Sealer<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.chunk.len() == CHUNK {
            self.put(false)?;
        }
        let taken = bytes.len().min(CHUNK - self.chunk.len());
        self.chunk.extend_from_slice(&bytes[..taken]);
        Ok(taken)
    }

    /// A chunk is written when it is full: nothing to do before.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Reads the head of a backup. Whether it is true shows when the copy is opened.
///
/// # Errors
/// [`BackupError::NoBackup`], [`BackupError::Head`], [`BackupError::Io`].
pub fn head(from: &mut impl Read) -> Result<Head, BackupError> {
    beginning(from).map(|(head, _)| head)
}

fn beginning(from: &mut impl Read) -> Result<(Head, [u8; 32]), BackupError> {
    let short = |error: io::Error, what| match error.kind() {
        io::ErrorKind::UnexpectedEof => what,
        _ => BackupError::Io(error),
    };
    let mut start = [0; MAGIC.len() + 4];
    from.read_exact(&mut start)
        .map_err(|error| short(error, BackupError::NoBackup))?;
    let (magic, length) = start.split_at(MAGIC.len());
    if magic != MAGIC {
        return Err(BackupError::NoBackup);
    }
    let length = u32::from_be_bytes(length.try_into().map_err(|_| BackupError::Head)?) as usize;
    if length > MOST_HEAD {
        return Err(BackupError::Head);
    }
    let mut text = vec![0; length];
    from.read_exact(&mut text)
        .map_err(|error| short(error, BackupError::Head))?;
    let head = serde_json::from_slice(&text).map_err(|_| BackupError::Head)?;
    let about = Sha256::new().chain_update(start).chain_update(&text).finalize();
    Ok((head, about.into()))
}

/// Opens a backup to the end and writes the copy. Nothing is written of a chunk that does not open; a caller who gets an error throws away what
/// was written before it.
///
/// # Errors
/// See [`BackupError`].
pub fn open(from: &mut impl Read, keys: &Keyring, to: &mut impl Write) -> Result<Head, BackupError> {
    let (head, about) = beginning(from)?;
    let cipher = head.cipher(keys)?;
    let mut number = 0;
    loop {
        let mut length = [0; 4];
        match from.read_exact(&mut length) {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Err(BackupError::Cut(number + 1)),
            read => read?,
        }
        let length = u32::from_be_bytes(length) as usize;
        if !(TAG..=CHUNK + TAG).contains(&length) {
            return Err(BackupError::Chunk(number + 1));
        }
        let mut sealed = Vec::with_capacity(length);
        from.take(length as u64).read_to_end(&mut sealed)?;
        if sealed.len() < length {
            return Err(BackupError::Cut(number + 1));
        }
        // Whether a chunk is the last is known by which nonce opens it.
        let mut once = sealed.clone();
        if let Ok(text) = cipher.open_in_place(nonce(number, false), Aad::from(about), &mut once) {
            to.write_all(text)?;
            number += 1;
            continue;
        }
        let text = cipher
            .open_in_place(nonce(number, true), Aad::from(about), &mut sealed)
            .map_err(|_| BackupError::Chunk(number + 1))?;
        to.write_all(text)?;
        to.flush()?;
        let mut more = [0];
        return match from.read(&mut more)? {
            0 => Ok(head),
            _ => Err(BackupError::Longer),
        };
    }
}

/// What the log's chains look like.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn heads(conn: &mut Conn) -> Result<Heads, Error> {
    let mut sha = Sha256::new();
    let mut heads = Heads::default();
    let mut after = uuid::Uuid::nil();
    loop {
        let rows = conn
            .rows(
                "SELECT id, seq, hash FROM chain WHERE id > $1 ORDER BY id LIMIT 10000",
                args![after],
            )
            .await?;
        for row in &rows {
            let (id, seq, hash): (uuid::Uuid, i64, Vec<u8>) = (row.get(0)?, row.get(1)?, row.get(2)?);
            sha.update(id.as_bytes());
            sha.update(seq.to_be_bytes());
            sha.update(&hash);
            heads.chains += 1;
            heads.links += seq.unsigned_abs();
            after = id;
        }
        if rows.len() < 10_000 {
            break;
        }
    }
    heads.digest = hex(&sha.finalize());
    Ok(heads)
}

/// The last step of the schema; 0 in a database without one.
///
/// # Errors
/// As [`Conn::row`].
pub async fn schema(conn: &mut Conn) -> Result<i64, Error> {
    let row = conn
        .row("SELECT COALESCE(MAX(version), 0) FROM migration", args![])
        .await?;
    row.ok_or(Error::Failed)?.get(0)
}

impl Db {
    /// Copies an SQLite database, as it is at one moment, to a file that is not there yet. Others read and write meanwhile.
    ///
    /// # Errors
    /// [`Error::Statement`] when the file is there or this is no SQLite; [`Error::Stuck`] when there is no room for it.
    pub async fn copy_to(&self, file: &std::path::Path) -> Result<(), Error> {
        let wrong = |message: &str| Error::Statement {
            message: message.to_owned(),
            sql: "VACUUM INTO".to_owned(),
        };
        let file = file.to_str().ok_or_else(|| wrong("the file's name is no text"))?;
        match &self.pools {
            Pools::Sqlite(from) => from.copy_to(file).await,
            Pools::Postgres { .. } => Err(wrong("only an SQLite database is copied so")),
        }
    }

    /// Whether SQLite finds its own file whole, page by page; PostgreSQL answers for itself.
    ///
    /// # Errors
    /// As [`Conn::rows`].
    pub async fn is_whole(&self) -> Result<bool, Error> {
        if self.engine() != Engine::Sqlite {
            return Ok(true);
        }
        let rows = self.read().await?.rows("PRAGMA integrity_check", args![]).await?;
        Ok(rows.len() == 1
            && rows
                .first()
                .is_some_and(|row| row.get::<String>(0).is_ok_and(|text| text == "ok")))
    }

    /// Whether nothing is in the database yet, not even a table.
    ///
    /// # Errors
    /// As [`Conn::row`].
    pub async fn is_empty(&self) -> Result<bool, Error> {
        let sql = match self.engine() {
            Engine::Sqlite => "SELECT COUNT(*) FROM sqlite_master",
            Engine::Postgres => {
                "SELECT COUNT(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
                 WHERE n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND c.relkind IN ('r', 'p', 'v', 'm', 'S')"
            }
        };
        let row = self.read().await?.row(sql, args![]).await?;
        Ok(row.ok_or(Error::Failed)?.get::<i64>(0)? == 0)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that panics fails")]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing;

    fn sealed(copy: &[u8]) -> Vec<u8> {
        let keys = testing::keys();
        let made = Timestamp::from_second(1_773_651_600).unwrap();
        let head = Head::new(&keys, Engine::Sqlite, made, 11, Heads::default()).unwrap();
        let mut sealer = Sealer::new(vec![], &keys, &head).unwrap();
        sealer.write_all(copy).unwrap();
        sealer.finish().unwrap()
    }

    fn opened(file: &[u8]) -> Result<Vec<u8>, BackupError> {
        let mut copy = vec![];
        open(&mut &file[..], &testing::keys(), &mut copy).map(|_| copy)
    }

    /// Three chunks and a bit, no two bytes in a row alike.
    fn copy() -> Vec<u8> {
        (0..3 * CHUNK + 100).map(|at| (at * 7 + at / 256) as u8).collect()
    }

    /// Where each chunk begins, with its length before it.
    fn chunks(file: &[u8]) -> Vec<usize> {
        let mut at = MAGIC.len() + 4 + u32::from_be_bytes(file[19..23].try_into().unwrap()) as usize;
        let mut all = vec![];
        while at < file.len() {
            all.push(at);
            at += 4 + u32::from_be_bytes(file[at..at + 4].try_into().unwrap()) as usize;
        }
        all
    }

    #[test]
    fn what_was_sealed_is_opened_whatever_its_length() {
        for length in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK] {
            let copy = &copy()[..length];
            let file = sealed(copy);
            assert!(opened(&file).unwrap() == copy, "{length}");
        }
        assert_eq!(head(&mut &sealed(b"x")[..]).unwrap().engine(), Some(Engine::Sqlite));
    }

    #[test]
    fn chunks_that_are_missing_moved_doubled_or_from_another_backup_are_noticed() {
        let (copy, file) = (copy(), sealed(&copy()));
        let at = chunks(&file);
        assert_eq!(at.len(), 4);
        let part = |n: usize| &file[at[n]..at.get(n + 1).copied().unwrap_or(file.len())];
        let made = |parts: &[&[u8]]| opened(&[&[&file[..at[0]]], parts].concat().concat());
        assert!(made(&[part(0), part(1), part(2), part(3)]).unwrap() == copy);
        assert!(matches!(made(&[part(0), part(1), part(2)]), Err(BackupError::Cut(4))));
        assert!(matches!(made(&[]), Err(BackupError::Cut(1))));
        assert!(matches!(
            made(&[part(0), part(2), part(1), part(3)]),
            Err(BackupError::Chunk(2))
        ));
        assert!(matches!(made(&[part(0), part(1), part(1)]), Err(BackupError::Chunk(3))));
        assert!(matches!(made(&[part(0), part(3)]), Err(BackupError::Chunk(2))));
        let other = sealed(&copy);
        assert!(matches!(
            made(&[part(0), &other[at[1]..at[2]]]),
            Err(BackupError::Chunk(2))
        ));
        let all = [part(0), part(1), part(2), part(3)];
        assert!(matches!(made(&[&all[..], &[b"x"]].concat()), Err(BackupError::Longer)));
        assert!(matches!(opened(&file[..file.len() - 1]), Err(BackupError::Cut(4))));
    }

    #[test]
    fn another_file_another_key_and_a_changed_head_are_told_apart() {
        assert!(matches!(
            opened(b"SQLite format 3\0 and so on and on"),
            Err(BackupError::NoBackup)
        ));
        assert!(matches!(opened(b""), Err(BackupError::NoBackup)));
        let file = sealed(b"abc");
        // In the bytes: as text, what is sealed before it would be longer than it is.
        let schema = b"\"schema\":11";
        let at = file.windows(schema.len()).position(|part| part == schema).unwrap();
        let mut newer = file.clone();
        newer[at + 9..at + 11].copy_from_slice(b"99");
        assert!(matches!(opened(&newer), Err(BackupError::Chunk(1))));
        let other = Keyring::parse(&format!("1 backup {}\n", "77".repeat(32))).unwrap();
        let wrong = open(&mut &file[..], &other, &mut vec![]);
        assert!(matches!(wrong, Err(BackupError::Chunk(1))));
        let none = open(&mut &file[..], &Keyring::none(), &mut vec![]);
        assert!(matches!(
            none,
            Err(BackupError::Keys(KeyError::Unknown(Purpose::Backup, 1)))
        ));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        /// A bit turned anywhere in the file is noticed, and what opens is what was sealed.
        #[test]
        fn a_turned_bit_is_noticed(copy in prop::collection::vec(any::<u8>(), 0..3_000), at in any::<prop::sample::Index>(), bit in 0u8..8) {
            let mut file = sealed(&copy);
            prop_assert_eq!(opened(&file).unwrap(), copy);
            let at = at.index(file.len());
            file[at] ^= 1 << bit;
            prop_assert!(opened(&file).is_err());
        }

        #[test]
        fn any_bytes_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            prop_assert!(opened(&bytes).is_err());
            let begun = [&MAGIC[..], &bytes].concat();
            prop_assert!(opened(&begun).is_err());
        }
    }
}
