//! PostgreSQL is stopped as a power cut would, and started again: whoever asks afterwards is served at once, however many connections of before
//! lie in the pool.
//!
//! A file of its own, because it stops the server that all other tests use.

use std::process::Command;

use tovholder_store::db::{Db, Engine};
use tovholder_store::{args, testing};

fn server(what: &str) -> bool {
    let Ok(control) = std::env::var("TOVHOLDER_TEST_POSTGRES_CONTROL") else {
        return false;
    };
    let done = Command::new("sh").args([control.as_str(), what]).output();
    assert!(
        done.expect("there is a shell").status.success(),
        "the server did not {what}"
    );
    true
}

async fn read(db: &Db) -> i64 {
    let sql = "SELECT COUNT(*) FROM setting";
    let row = db.read().await.expect("a connection").row(sql, args![]).await;
    row.expect("reads").expect("a row").get(0).expect("a number")
}

async fn write(db: &Db, key: String) {
    let mut tx = db.begin().await.expect("begins");
    let sql = "INSERT INTO setting (key, value) VALUES ($1, 'x')";
    tx.execute(sql, args![key]).await.expect("writes");
    tx.commit().await.expect("commits");
}

#[test]
fn nobody_is_turned_away_by_connections_from_before_a_stop() {
    testing::both(async |db| {
        if db.engine() == Engine::Sqlite {
            return;
        }
        let mut held = vec![];
        for _ in 0..10 {
            held.push(db.read().await.expect("a connection"));
        }
        drop(held);
        write(&db, "before".to_owned()).await;
        if !server("stop") || !server("start") {
            eprintln!("not run: the server is not ours to stop");
            return;
        }
        let readers = (0..20).map(|_| {
            let db = db.clone();
            tokio::spawn(async move { read(&db).await })
        });
        let writers = (0..10).map(|number| {
            let db = db.clone();
            tokio::spawn(async move { write(&db, number.to_string()).await })
        });
        let (readers, writers): (Vec<_>, Vec<_>) = (readers.collect(), writers.collect());
        for reader in readers {
            // What was written before may be gone: for tests the server does not wait for its disk (TOVHOLDER_PG_FAST).
            assert!(reader.await.expect("is served") <= 11);
        }
        for writer in writers {
            writer.await.expect("is served");
        }
        assert!(read(&db).await >= 10);
        db.takes_writes().await.expect("serves");
    });
}
