//! A database that is locked, full, read-only or gone says so, and works on by itself when the cause is gone.

use std::fs::OpenOptions;
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;
use std::time::Duration;

use super::{Db, Engine, Options, Trouble};
use crate::args;
use crate::testing::{self, Folder};

async fn hasty(folder: &Folder) -> Db {
    let options = Options {
        wait: Duration::from_millis(200),
        ..testing::options()
    };
    Db::open(&folder.address(), options).await.unwrap()
}

async fn write(db: &Db, key: &str, bytes: usize) -> Result<(), super::Error> {
    let mut tx = db.begin().await?;
    let sql = "INSERT INTO setting (key, value) VALUES ($1, $2)";
    tx.execute(sql, args![key, "x".repeat(bytes)]).await?;
    tx.commit().await
}

async fn count(db: &Db) -> i64 {
    let sql = "SELECT COUNT(*) FROM setting";
    let row = db.read().await.unwrap().row(sql, args![]).await.unwrap();
    row.unwrap().get(0).unwrap()
}

fn on_sqlite(test: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(test);
}

#[test]
fn a_lock_that_another_program_holds_is_named_and_forgotten() {
    on_sqlite(async {
        let folder = Folder::new();
        let db = hasty(&folder).await;
        db.migrate().await.unwrap();
        let other = rusqlite::Connection::open(folder.path().join("test.db")).unwrap();
        other.execute_batch("BEGIN EXCLUSIVE").unwrap();
        let refused = write(&db, "a", 1).await.unwrap_err();
        assert_eq!(refused.trouble(), Some(Trouble::Locked), "{refused:?}");
        assert_eq!(db.takes_writes().await.unwrap_err().trouble(), Some(Trouble::Locked));
        assert_eq!(count(&db).await, 0, "what is there can be read meanwhile");
        other.execute_batch("COMMIT").unwrap();
        db.takes_writes().await.unwrap();
        write(&db, "a", 1).await.unwrap();
        assert_eq!(count(&db).await, 1);
    });
}

#[test]
fn a_full_disk_is_named_until_there_is_room_again() {
    on_sqlite(async {
        let folder = Folder::new();
        let db = hasty(&folder).await;
        db.migrate().await.unwrap();
        write(&db, "before", 10).await.unwrap();
        limit(&db, "PRAGMA max_page_count = 1").await; // as large as it is now
        let refused = write(&db, "large", 1_000_000).await.unwrap_err();
        assert_eq!(refused.trouble(), Some(Trouble::Full), "{refused:?}");
        for _ in 0..3 {
            assert_eq!(db.takes_writes().await.unwrap_err().trouble(), Some(Trouble::Full));
        }
        assert_eq!(count(&db).await, 1, "nothing was half written, and all can be read");
        limit(&db, "PRAGMA max_page_count = 1000000").await;
        db.takes_writes().await.unwrap();
        assert_eq!(count(&db).await, 1, "finding out leaves nothing behind");
        write(&db, "large", 1_000_000).await.unwrap();
        assert_eq!(count(&db).await, 2);
    });
}

async fn limit(db: &Db, sql: &'static str) {
    let mut tx = db.begin().await.unwrap();
    tx.row(sql, args![]).await.unwrap().unwrap();
    tx.rollback().await.unwrap();
}

/// Marks the file as written by a newer SQLite, which makes it read-only to ours, whoever runs the test; or takes the mark away.
fn read_only(file: &Path, mark: bool) {
    let mut file = OpenOptions::new().write(true).open(file).unwrap();
    // https://www.sqlite.org/fileformat2.html, 1.3.3: the write version; 2 is the log we use.
    file.seek(SeekFrom::Start(18)).unwrap();
    file.write_all(&[if mark { 3 } else { 2 }]).unwrap();
    file.sync_all().unwrap();
}

#[test]
fn a_read_only_file_is_named_and_read_until_it_takes_writes_again() {
    on_sqlite(async {
        let folder = Folder::new();
        let file = folder.path().join("test.db");
        let db = hasty(&folder).await;
        db.migrate().await.unwrap();
        write(&db, "before", 10).await.unwrap();
        db.close().await.unwrap();
        let db = hasty(&folder).await;
        assert_eq!(count(&db).await, 1);
        db.close().await.unwrap();
        read_only(&file, true);
        let db = hasty(&folder).await;
        for _ in 0..3 {
            let refused = write(&db, "a", 1).await.unwrap_err();
            assert_eq!(refused.trouble(), Some(Trouble::ReadOnly), "{refused:?}");
            assert_eq!(db.takes_writes().await.unwrap_err().trouble(), Some(Trouble::ReadOnly));
            assert_eq!(count(&db).await, 1);
        }
        read_only(&file, false);
        db.takes_writes().await.unwrap();
        write(&db, "a", 1).await.unwrap();
        assert_eq!(count(&db).await, 2);
    });
}

#[test]
fn connections_that_the_server_cut_are_made_anew() {
    testing::both(async |db| {
        if db.engine() == Engine::Sqlite {
            return;
        }
        write(&db, "before", 10).await.unwrap();
        for round in 1..=3 {
            // Several lie in the pool, just used, when all but one are cut.
            let mut held = vec![];
            for _ in 0..6 {
                let mut conn = db.read().await.unwrap();
                conn.row("SELECT 1", args![]).await.unwrap();
                held.push(conn);
            }
            let mut conn = held.pop().unwrap();
            // One is being read with, and is cut as well.
            let mut reading = held.pop().unwrap();
            drop(held);
            let cut = "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()";
            let row = conn.row(cut, args![]).await.unwrap().unwrap();
            assert!(row.get::<i64>(0).unwrap() >= 5);
            drop(conn);
            // Nobody notices: neither who reads, nor who writes, nor who asks whether it can be written.
            reading.row("SELECT 1", args![]).await.unwrap();
            let (readers, writers) = (
                (0..6).map(|_| count(&db)),
                (0..3).map(|number| {
                    let (db, key) = (db.clone(), format!("{round} {number}"));
                    async move { write(&db, &key, 1).await }
                }),
            );
            for reader in readers {
                reader.await;
            }
            for writer in writers.map(tokio::spawn).collect::<Vec<_>>() {
                writer.await.unwrap().unwrap();
            }
            db.takes_writes().await.unwrap();
            db.snapshot().await.unwrap().row("SELECT 1", args![]).await.unwrap();
            assert_eq!(count(&db).await, 1 + 3 * round);
        }
    });
}

#[test]
fn what_a_transaction_had_begun_is_not_done_again_elsewhere() {
    testing::both(async |db| {
        if db.engine() == Engine::Sqlite {
            return;
        }
        let mut tx = db.begin().await.unwrap();
        let sql = "INSERT INTO setting (key, value) VALUES ($1, 'x')";
        tx.execute(sql, args!["half"]).await.unwrap();
        let mut snapshot = db.snapshot().await.unwrap();
        snapshot.row("SELECT 1", args![]).await.unwrap();
        let cut = "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()";
        db.read().await.unwrap().row(cut, args![]).await.unwrap();
        let lost = tx.execute(sql, args!["other half"]).await.unwrap_err();
        assert_eq!(lost.trouble(), Some(Trouble::Away), "{lost:?}");
        assert!(tx.commit().await.is_err());
        // A report whose figures must agree does not go on with others either.
        let lost = snapshot.row("SELECT 1", args![]).await.unwrap_err();
        assert_eq!(lost.trouble(), Some(Trouble::Away), "{lost:?}");
        assert_eq!(count(&db).await, 0);
    });
}

#[test]
fn a_server_that_became_read_only_is_named() {
    testing::both(async |db| {
        if db.engine() == Engine::Sqlite {
            return;
        }
        let mut tx = db.begin().await.unwrap();
        tx.execute("SET TRANSACTION READ ONLY", args![]).await.unwrap();
        let sql = "INSERT INTO setting (key, value) VALUES ('a', 'b')";
        let refused = tx.execute(sql, args![]).await.unwrap_err();
        assert_eq!(refused.trouble(), Some(Trouble::ReadOnly), "{refused:?}");
        drop(tx);
        db.takes_writes().await.unwrap();
        assert_eq!(count(&db).await, 0);
    });
}

#[test]
fn the_settings_that_keep_writes_are_read_and_judged() {
    testing::both(async |db| {
        let settings = db.settings().await.unwrap();
        assert_eq!(settings.len(), 3);
        if db.engine() == Engine::Sqlite {
            assert!(settings.iter().all(|setting| setting.safe), "{settings:?}");
        }
    });
    on_sqlite(async {
        let folder = Folder::new();
        let bulk = Options {
            bulk: true,
            ..testing::options()
        };
        let db = Db::open(&folder.address(), bulk).await.unwrap();
        let lax: Vec<String> = db
            .settings()
            .await
            .unwrap()
            .iter()
            .filter(|s| !s.safe)
            .map(ToString::to_string)
            .collect();
        assert_eq!(lax, ["journal_mode=memory", "synchronous=0"]);
    });
}
