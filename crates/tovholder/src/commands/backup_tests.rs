use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use jiff::civil::date;
use tovholder_casework::act::{Act, ActKind, Actor, UserKind, Voice};
use tovholder_casework::id::ActId;
use tovholder_store::acts::{self, Entry};
use tovholder_store::db::Options;
use tovholder_store::testing::{self, Folder};

use super::*;
use crate::demo::{self, DemoOptions};

fn now(second: i64) -> Timestamp {
    Timestamp::from_second(1_773_651_600 + second).unwrap()
}

fn job<'a>(db: &'a Db, address: &'a str, folder: &'a Folder) -> Job<'a> {
    Job {
        db,
        address,
        to: folder.path(),
        keep: None,
        work: Some(folder.path()),
        trial: None,
        programs: None,
    }
}

async fn town(db: &Db) {
    let options = DemoOptions {
        citizens: 25,
        seed: 3,
        today: date(2026, 3, 16),
    };
    demo::build(db, &options, |_, _| ()).await.unwrap();
}

/// Writes acts one after the other until it is told to stop; counts those that were acknowledged.
async fn writer(db: Db, chain: Uuid, acknowledged: Arc<AtomicU64>, stop: Arc<AtomicBool>) {
    while !stop.load(Ordering::Relaxed) {
        let act = Act {
            id: ActId(Uuid::now_v7()),
            at: now(0),
            actor: Actor {
                kind: UserKind::System,
                id: Uuid::nil(),
                name: "skriver".into(),
                unit: String::new(),
            },
            citizen: None,
            kind: ActKind::Imported,
            submission: None,
            before: None,
            after: None,
            reason: "x".repeat(500),
            voice: Voice::Own,
        };
        let mut tx = db.begin_for(chain).await.unwrap();
        acts::append(&mut tx, &[Entry { chain, act }]).await.unwrap();
        tx.commit().await.unwrap();
        acknowledged.fetch_add(1, Ordering::Relaxed);
        tokio::task::yield_now().await;
    }
}

fn backups(folder: &Folder) -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_string_lossy().ends_with(SUFFIX))
        .collect();
    all.sort();
    all
}

/// An address to restore to, with nothing there.
async fn empty(db: &Db, address: &str, folder: &Folder) -> String {
    match db.engine() {
        Engine::Sqlite => format!(
            "sqlite:{}",
            folder.path().join(format!("{}.db", Uuid::now_v7())).display()
        ),
        Engine::Postgres => {
            let name = format!("tovholder_restore_{}", Uuid::now_v7().simple());
            let sql = AssertSqlSafe(format!("CREATE DATABASE {name}"));
            db.read().await.unwrap().execute(sql, args![]).await.unwrap();
            Address::parse(address).unwrap().with_database(&name)
        }
    }
}

async fn gone(db: &Db, address: &str) {
    if db.engine() == Engine::Postgres {
        let name = address.rsplit('/').next().unwrap().split('?').next().unwrap();
        let sql = AssertSqlSafe(format!("DROP DATABASE {name} WITH (FORCE)"));
        db.read().await.unwrap().execute(sql, args![]).await.unwrap();
    }
}

async fn links_of(address: &str, chain: Uuid) -> i64 {
    let options = Options {
        create: false,
        ..testing::options()
    };
    let db = Db::open(address, options).await.unwrap();
    let mut conn = db.read().await.unwrap();
    let length = acts::verify_chain(&mut conn, chain).await.unwrap().unwrap();
    drop(conn);
    db.close().await.unwrap();
    length
}

#[test]
fn a_backup_made_while_others_write_holds_all_that_was_acknowledged_before_it_and_breaks_no_chain() {
    testing::both_at(async |db, address| {
        db.migrate().await.unwrap();
        town(&db).await;
        let folder = Folder::new();
        let (acknowledged, stop) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicBool::new(false)));
        let chains = [Uuid::from_u128(1), Uuid::from_u128(2)];
        let writers = chains.map(|chain| tokio::spawn(writer(db.clone(), chain, acknowledged.clone(), stop.clone())));
        while acknowledged.load(Ordering::Relaxed) < 20 {
            tokio::task::yield_now().await;
        }
        let before = acknowledged.load(Ordering::Relaxed);
        let said = back_up(&job(&db, &address, &folder), now(0)).await.unwrap();
        let after = acknowledged.load(Ordering::Relaxed);
        stop.store(true, Ordering::Relaxed);
        for writer in writers {
            writer.await.unwrap();
        }
        assert!(said.contains("26 citizens") && said.contains("all whole"), "{said}");
        assert!(after > before, "others wrote meanwhile");

        let file = &backups(&folder)[0];
        let to = empty(&db, &address, &folder).await;
        let restored = restore::restore(file, &to, &testing::keys(), None).await.unwrap();
        assert_eq!(restored.citizens_and_plans().0, 26);
        let kept = links_of(&to, chains[0]).await + links_of(&to, chains[1]).await;
        assert!(kept.unsigned_abs() >= before, "{kept} of {before}");
        // Never over something that is there.
        let twice = restore::restore(file, &to, &testing::keys(), None).await.unwrap_err();
        assert_eq!(twice.status, 2, "{twice}");
        assert_eq!(links_of(&to, chains[0]).await + links_of(&to, chains[1]).await, kept);
        gone(&db, &to).await;
        // The copy that lay in the open is gone.
        assert!(!folder.path().join(".tovholder-backup").exists());
    });
}

#[test]
fn a_backup_that_was_changed_is_refused_and_leaves_nothing() {
    testing::both_at(async |db, address| {
        db.migrate().await.unwrap();
        town(&db).await;
        let folder = Folder::new();
        back_up(&job(&db, &address, &folder), now(0)).await.unwrap();
        let whole = fs::read(&backups(&folder)[0]).unwrap();
        let bad = folder.path().join("bad");
        let mut flipped = whole.clone();
        let at = flipped.len() - 1000;
        flipped[at] ^= 1;
        for (bytes, says) in [
            (&flipped[..], "is damaged: chunk"),
            (&whole[..whole.len() - 1], "is cut"),
            (&[&whole[..], b"x"].concat()[..], "after its end"),
            (&b"SQLite format 3"[..], "no backup"),
        ] {
            fs::write(&bad, bytes).unwrap();
            let to = empty(&db, &address, &folder).await;
            let refused = restore::restore(&bad, &to, &testing::keys(), None).await.unwrap_err();
            assert!(refused.words.contains(says), "{refused}");
            match restore::sqlite_path(&to) {
                Some(path) => assert!(!path.exists() && !beside(&path, ".restoring").exists()),
                None => {
                    let there = Db::open(&to, restore::options(&testing::keys())).await.unwrap();
                    assert!(there.is_empty().await.unwrap());
                    there.close().await.unwrap();
                }
            }
            gone(&db, &to).await;
        }
        let other = Keyring::parse(&format!("1 backup {}\n", "77".repeat(32))).unwrap();
        let to = empty(&db, &address, &folder).await;
        assert!(restore::restore(&backups(&folder)[0], &to, &other, None).await.is_err());
        gone(&db, &to).await;
        let wrong = if db.engine() == Engine::Sqlite {
            "postgres://x/y"
        } else {
            "sqlite:/tmp/x.db"
        };
        let refused = restore::restore(&backups(&folder)[0], wrong, &testing::keys(), None)
            .await
            .unwrap_err();
        assert_eq!(refused.status, 2, "{refused}");
    });
}

/// A chain that is broken is copied as it is, and found when the copy is proved.
#[test]
fn a_database_that_is_not_whole_is_written_and_not_called_proved() {
    testing::both_at(async |db, address| {
        db.migrate().await.unwrap();
        town(&db).await;
        let folder = Folder::new();
        back_up(&job(&db, &address, &folder), now(0)).await.unwrap();
        let mut tx = db.begin().await.unwrap();
        tx.execute("UPDATE plan_summary SET next_step = 'Noget andet'", args![])
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let mut job = job(&db, &address, &folder);
        job.keep = Some(1);
        let refused = back_up(&job, now(1)).await.unwrap_err();
        assert_eq!(refused.status, NOT_PROVED, "{refused}");
        assert_eq!(backups(&folder).len(), 2, "the good one is kept");
    });
}

#[test]
fn the_newest_are_kept_and_one_backup_works_at_a_time() {
    testing::both_at(async |db, address| {
        if db.engine() == Engine::Postgres {
            return;
        }
        db.migrate().await.unwrap();
        let folder = Folder::new();
        let mut job = job(&db, &address, &folder);
        fs::write(folder.path().join("tovholder.toml"), "mine").unwrap();
        for second in 0..4 {
            job.keep = Some(2);
            back_up(&job, now(second)).await.unwrap();
        }
        let names: Vec<String> = backups(&folder)
            .iter()
            .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
            .collect();
        assert_eq!(
            names,
            ["tovholder-20260316T090002Z.backup", "tovholder-20260316T090003Z.backup"]
        );
        assert!(folder.path().join("tovholder.toml").exists());
        assert!(back_up(&job, now(3)).await.is_err(), "never over another");
        let held = Work::begin(folder.path()).unwrap();
        let busy = back_up(&job, now(9)).await.unwrap_err();
        assert!(busy.words.contains("another backup"), "{busy}");
        // A run that was killed leaves its copy behind; the next one removes it.
        fs::write(held.0.join("copy.db"), "x").unwrap();
        let Work(path, lock) = &held;
        assert!(path.exists());
        lock.as_ref().unwrap().unlock().unwrap();
        back_up(&job, now(9)).await.unwrap();
        let single = folder.path().join("one");
        job.to = &single;
        assert_eq!(
            back_up(&job, now(9)).await.unwrap_err().status,
            2,
            "--keep is for folders"
        );
        job.keep = None;
        back_up(&job, now(9)).await.unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(fs::metadata(&single).unwrap().permissions().mode() & 0o777, 0o600);
        }
    });
}
