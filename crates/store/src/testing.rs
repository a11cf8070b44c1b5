//! Fresh databases for tests, on both engines. Behind the feature `testing`.
//!
//! ```
//! use tovholder_store::{args, testing};
//!
//! testing::both(async |db| {
//!     let mut conn = db.read().await.expect("a connection");
//!     let row = conn.row("SELECT 1", args![]).await.expect("runs").expect("one row");
//!     assert_eq!(row.get::<i64>(0).expect("a number"), 1);
//! });
//! ```
//!
//! PostgreSQL takes part when `TOVHOLDER_TEST_POSTGRES` holds the address of a server on which databases may be made;
//! `dev/with-postgres cargo test` starts one and stops it again.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::{env, fs, process};

use jiff::Timestamp;
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection};
use tovholder_casework::access::Standing;
use tovholder_casework::act::{Actor, UserKind, Voice};
use tovholder_casework::id::{EmployeeId, SubmissionId};
use uuid::Uuid;

use crate::db::{Db, Options};
use crate::keys::Keyring;
use crate::plans::Sender;

/// Where the tests find PostgreSQL.
pub const POSTGRES: &str = "TOVHOLDER_TEST_POSTGRES";

/// Runs a test against a fresh database with the whole schema on SQLite and, when there is one, on PostgreSQL.
///
/// # Panics
/// When the test panics, and when a database cannot be made.
pub fn both(test: impl AsyncFn(Db)) {
    both_empty(async |db| {
        db.migrate().await.expect("the schema applies");
        test(db).await;
    });
}

/// As [`both`], without the schema.
///
/// # Panics
/// As [`both`].
pub fn both_empty(test: impl AsyncFn(Db)) {
    both_at(async |db, _| test(db).await);
}

/// As [`both_empty`], with the database's address, for what opens it a second time.
///
/// # Panics
/// As [`both`].
pub fn both_at(test: impl AsyncFn(Db, String)) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime");

    let folder = Folder::new();
    eprintln!("on SQLite:");
    runtime.block_on(async {
        let db = folder.open().await;
        test(db.clone(), folder.address()).await;
        db.close().await.expect("closes");
    });

    let Ok(server) = env::var(POSTGRES) else {
        eprintln!("PostgreSQL skipped: {POSTGRES} is not set");
        return;
    };
    eprintln!("on PostgreSQL:");
    let name = unique("tovholder_test").replace('-', "_");
    let server: PgConnectOptions = server.parse().expect("an address of PostgreSQL");
    runtime.block_on(admin(
        &server,
        format!("CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'"),
    ));
    // The database goes away even when the test fails; the failure is passed on afterwards.
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        runtime.block_on(async {
            let address = server.clone().database(&name).to_url_lossy();
            let db = Db::open(address.as_str(), options()).await.expect("PostgreSQL opens");
            test(db.clone(), address.to_string()).await;
            db.close().await.expect("closes");
        });
    }));
    runtime.block_on(admin(&server, format!("DROP DATABASE {name} WITH (FORCE)")));
    if let Err(failure) = outcome {
        resume_unwind(failure);
    }
}

/// The keys of tests: always the same, and of no use elsewhere.
///
/// # Panics
/// Never: the text is sound.
#[must_use]
pub fn keys() -> Keyring {
    let key = |byte: &str| byte.repeat(32);
    let text = format!("1 seal {}\n1 lookup {}\n1 backup {}\n", key("51"), key("52"), key("53"));
    Keyring::parse(&text).expect("keys")
}

/// [`Options::default`] with the keys of tests.
#[must_use]
pub fn options() -> Options {
    Options {
        keys: keys(),
        ..Options::default()
    }
}

async fn admin(server: &PgConnectOptions, sql: String) {
    let mut connection = PgConnection::connect_with(server).await.expect("PostgreSQL answers");
    sqlx::raw_sql(AssertSqlSafe(sql))
        .execute(&mut connection)
        .await
        .expect("databases may be made");
    connection.close().await.expect("closes");
}

/// An employee who sends form number `form`, so many seconds after 1970, from a page that leads to `/there`.
///
/// # Panics
/// When there is no such time.
#[must_use]
pub fn sender((id, name): (EmployeeId, &str), form: u128, seconds: i64) -> Sender {
    let at = Timestamp::from_second(seconds).expect("a time");
    Sender {
        actor: Actor {
            kind: UserKind::Employee,
            id: id.0,
            name: name.into(),
            unit: "Jobcentret".into(),
        },
        standing: Standing::default(),
        submission: SubmissionId(Uuid::from_u128(form)),
        voice: Voice::Own,
        at,
        now: jiff::tz::TimeZone::UTC.to_datetime(at),
        former_days: 30,
        draft: None,
        location: "/there".into(),
    }
}

/// A fresh SQLite database with the whole schema, for a test that has a runtime of its own. The file lives as long as the
/// [`Folder`].
///
/// # Panics
/// When it cannot be made.
pub async fn sqlite() -> (Db, Folder) {
    let folder = Folder::new();
    let db = folder.open().await;
    db.migrate().await.expect("the schema applies");
    (db, folder)
}

/// A folder that is removed when it is dropped.
#[derive(Debug)]
pub struct Folder(PathBuf);

impl Folder {
    /// A fresh, empty folder in the system's temporary folder.
    ///
    /// # Panics
    /// When it cannot be made.
    #[must_use]
    pub fn new() -> Self {
        let path = env::temp_dir().join(unique("tovholder-test"));
        fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    /// Its path.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The address of the SQLite file in it.
    #[must_use]
    pub fn address(&self) -> String {
        format!("sqlite:{}", self.0.join("test.db").display())
    }

    async fn open(&self) -> Db {
        Db::open(&self.address(), options()).await.expect("SQLite opens")
    }
}

impl Default for Folder {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // A leftover in the temporary folder is no reason to fail.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A name that no other test, in this process or another, uses at the same time.
fn unique(stem: &str) -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("{stem}-{}-{}", process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}

/// Holds a generated part of `docs/security/access.md` to what is committed: with `UPDATE_ACCESS=1` the part is rewritten, otherwise a difference
/// fails and says which lines.
///
/// # Panics
/// When the file differs, or has no such part.
pub fn committed_access(part: &str, now: &str) {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/security/access.md");
    let whole = fs::read_to_string(file).expect("the table is committed");
    let (begin, end) = (format!("<!-- {part} -->\n"), format!("<!-- end of {part} -->"));
    let from = whole.find(&begin).expect("the part begins") + begin.len();
    let until = from + whole[from..].find(&end).expect("the part ends");
    let committed = &whole[from..until];
    if committed == now {
        return;
    }
    if env::var_os("UPDATE_ACCESS").is_some() {
        let text = [&whole[..from], now, &whole[until..]].concat();
        fs::write(file, text).expect("the table can be written");
        return;
    }
    let only = |these: &str, those: &str| {
        let lines = these.lines().filter(|line| !those.lines().any(|other| other == *line));
        lines.collect::<Vec<_>>().join("\n")
    };
    panic!(
        "docs/security/access.md no longer fits. See whether the difference is meant, and run with UPDATE_ACCESS=1. Now:\n{}\nCommitted:\n{}",
        only(now, committed),
        only(committed, now)
    );
}
