use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, date};
use uuid::Uuid;

use super::migrate::{MIGRATIONS, Migration};
use super::{AssertSqlSafe, Db, Engine, Error, Kind, Options, Pools, Trouble, Value, count, placeholders};
use crate::args;
use crate::testing::{Folder, both_empty};

const KINDS: &str = "
    CREATE TABLE kinds (id {uuid} PRIMARY KEY, n {int}, x {real}, s {text}, b {bool}, bytes {bytes}, day {text}, time {text}, at {int}) {strict};
    CREATE TABLE counter (name {text} PRIMARY KEY, value {int} NOT NULL CHECK (value >= 0)) {strict};
    CREATE TABLE act (id {int} PRIMARY KEY, what {text} NOT NULL) {strict};
    -- never update act
    -- never delete act
    CREATE TABLE plan (citizen {uuid} NOT NULL, name {text} NOT NULL, closed {bool} NOT NULL DEFAULT FALSE, UNIQUE (citizen, name)) {strict};
    CREATE UNIQUE INDEX one_open_plan ON plan (citizen) WHERE NOT closed;
";

async fn schema(db: &Db) {
    db.apply(&[Migration {
        version: 1,
        name: "0001_kinds",
        text: KINDS,
    }])
    .await
    .expect("applies");
}

async fn add(db: &Db, sql: &'static str, args: &[Value]) -> Result<u64, Error> {
    let mut tx = db.begin().await?;
    let n = tx.execute(sql, args).await?;
    tx.commit().await?;
    Ok(n)
}

async fn number(db: &Db, sql: &'static str) -> i64 {
    db.read()
        .await
        .expect("reads")
        .row(sql, args![])
        .await
        .expect("runs")
        .expect("a row")
        .get(0)
        .expect("a number")
}

#[derive(Debug, PartialEq, Clone)]
struct Kinds {
    n: Option<i64>,
    x: Option<f64>,
    s: Option<String>,
    b: Option<bool>,
    bytes: Option<Vec<u8>>,
    day: Option<Date>,
    time: Option<DateTime>,
    at: Option<Timestamp>,
}

#[test]
fn every_kind_comes_back_as_it_went_with_and_without_a_value() {
    let full = Kinds {
        n: Some(i64::MIN),
        x: Some(0.1 + 0.2),
        s: Some("Ærø \u{1F9D1}\u{200D}\u{1F91D}\u{200D}\u{1F9D1} مرحبا \u{202E}omvendt' \"--;".to_owned()),
        b: Some(true),
        bytes: Some(vec![0, 255, 39]),
        day: Some(date(2024, 2, 29)),
        time: Some(date(2026, 3, 29).at(2, 30, 0, 0)),
        at: Some(Timestamp::from_millisecond(-1).expect("in range")),
    };
    let none = Kinds {
        n: None,
        x: None,
        s: None,
        b: None,
        bytes: None,
        day: None,
        time: None,
        at: None,
    };
    let zero = Kinds {
        n: Some(0),
        x: Some(-0.5),
        s: Some(String::new()),
        b: Some(false),
        bytes: Some(vec![]),
        ..none.clone()
    };
    both_empty(async |db| {
        schema(&db).await;
        // NULLs first and last: the prepared statement must take both orders.
        for (id, kinds) in [&none, &full, &zero, &none].into_iter().enumerate() {
            let id = Uuid::from_u128(id as u128);
            let k = kinds.clone();
            let sql =
                "INSERT INTO kinds (id, n, x, s, b, bytes, day, time, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
            assert_eq!(
                add(&db, sql, args![id, k.n, k.x, k.s, k.b, k.bytes, k.day, k.time, k.at])
                    .await
                    .expect("inserts"),
                1
            );
            let mut conn = db.read().await.expect("reads");
            let row = conn
                .row(
                    "SELECT id, n, x, s, b, bytes, day, time, at FROM kinds WHERE id = $1",
                    args![id],
                )
                .await
                .expect("runs")
                .expect("found");
            let mut fields = row.fields();
            assert_eq!(fields.next::<Uuid>().expect("an id"), id);
            let back = Kinds {
                n: fields.next().expect("n"),
                x: fields.next().expect("x"),
                s: fields.next().expect("s"),
                b: fields.next().expect("b"),
                bytes: fields.next().expect("bytes"),
                day: fields.next().expect("day"),
                time: fields.next().expect("time"),
                at: fields.next().expect("at"),
            };
            assert_eq!(&back, kinds);
        }
    });
}

#[test]
fn a_null_without_a_kind_fits_every_column() {
    both_empty(async |db| {
        schema(&db).await;
        let n = Value::NULL;
        for id in 0..2 {
            let id = Uuid::from_u128(id);
            let args = args![
                id,
                n.clone(),
                n.clone(),
                n.clone(),
                n.clone(),
                n.clone(),
                n.clone(),
                n.clone(),
                n.clone()
            ];
            add(
                &db,
                "INSERT INTO kinds (id, n, x, s, b, bytes, day, time, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                args,
            )
            .await
            .expect("inserts");
        }
        assert_eq!(
            number(
                &db,
                "SELECT COUNT(*) FROM kinds WHERE n IS NULL AND b IS NULL AND at IS NULL"
            )
            .await,
            2
        );
    });
}

#[test]
fn booleans_dates_sums_and_lists_mean_the_same_in_queries() {
    both_empty(async |db| {
        schema(&db).await;
        for (id, (day, yes)) in [
            (date(2026, 1, 9), true),
            (date(2026, 1, 10), false),
            (date(2026, 2, 1), true),
        ]
        .into_iter()
        .enumerate()
        {
            let sql = "INSERT INTO kinds (id, day, b, n, x, s) VALUES ($1, $2, $3, $4, $5, $6)";
            add(
                &db,
                sql,
                args![
                    Uuid::from_u128(id as u128),
                    day,
                    yes,
                    10_000_i64 * (id as i64 + 1),
                    0.5,
                    ["a", "Z", "å"][id]
                ],
            )
            .await
            .expect("inserts");
        }
        let mut conn = db.read().await.expect("reads");
        let row = conn
            .row(
                "SELECT SUM(n), AVG(n), SUM(x), MAX(day), COUNT(*), SUM(n) * -1, AVG(n) / 3, 7 / 2 FROM kinds WHERE day BETWEEN $1 AND $2 AND (b OR day = $3)",
                args![date(2026, 1, 9), date(2026, 1, 31), date(2026, 1, 10)],
            )
            .await
            .expect("runs")
            .expect("a row");
        assert_eq!(row.get::<i64>(0).expect("sum"), 30_000);
        assert_eq!(row.get::<f64>(1).expect("avg"), 15_000.0);
        assert_eq!(row.get::<f64>(2).expect("sum"), 1.0);
        assert_eq!(row.get::<Date>(3).expect("max"), date(2026, 1, 10));
        assert_eq!(row.get::<i64>(4).expect("count"), 2);
        assert_eq!(row.get::<i64>(5).expect("negative"), -30_000);
        assert_eq!(row.get::<f64>(6).expect("a third"), 5_000.0);
        assert_eq!(row.get::<i64>(7).expect("whole division"), 3);
        // Byte order on both: capitals before small letters, å last.
        let names = conn
            .rows("SELECT s FROM kinds WHERE b = $1 OR b <> $1 ORDER BY s", args![true])
            .await
            .expect("runs");
        assert_eq!(
            names
                .iter()
                .map(|row| row.get::<String>(0).expect("text"))
                .collect::<Vec<_>>(),
            ["Z", "a", "å"]
        );
        let sql = format!("SELECT COUNT(*) FROM kinds WHERE s IN ({})", placeholders(1, 2));
        let row = conn
            .row(AssertSqlSafe(sql), args!["a", "å"])
            .await
            .expect("runs")
            .expect("a row");
        assert_eq!(row.get::<i64>(0).expect("count"), 2);
        assert!(
            conn.row("SELECT n FROM kinds WHERE s = $1", args!["findes ikke"])
                .await
                .expect("runs")
                .is_none()
        );
    });
}

#[test]
fn decimal_numbers_of_the_engine_are_read_as_whole_or_real() {
    both_empty(async |db| {
        let mut conn = db.read().await.expect("reads");
        for (text, whole, real) in [
            ("0", Some(0), 0.0),
            ("7", Some(7), 7.0),
            ("-9223372036854775808", Some(i64::MIN), -9_223_372_036_854_775_808.0),
            ("120000000", Some(120_000_000), 120_000_000.0),
            ("12345678.25", None, 12_345_678.25),
            ("-0.00070001", None, -0.000_700_01),
            ("0.1", None, 0.1),
        ] {
            let row = conn
                .row("SELECT CAST(CAST($1 AS TEXT) AS NUMERIC)", args![text])
                .await
                .expect("runs")
                .expect("a row");
            assert_eq!(row.get::<i64>(0).ok(), whole, "{text}");
            assert_eq!(row.get::<f64>(0).expect("a number"), real, "{text}");
        }
    });
}

#[test]
fn one_text_takes_arguments_of_several_kinds() {
    both_empty(async |db| {
        schema(&db).await;
        let sql = "INSERT INTO kinds (id, x) VALUES ($1, $2)";
        for (id, x) in [
            Value::Int(1),
            Value::Real(1.5),
            Value::NULL,
            Value::Int(-2),
            Value::Null(Kind::Real),
        ]
        .into_iter()
        .enumerate()
        {
            add(&db, sql, args![Uuid::from_u128(id as u128), x])
                .await
                .expect("inserts");
        }
        let mut conn = db.read().await.expect("reads");
        let rows = conn
            .rows("SELECT x FROM kinds ORDER BY id", args![])
            .await
            .expect("runs");
        let xs: Vec<_> = rows
            .iter()
            .map(|row| row.get::<Option<f64>>(0).expect("a number"))
            .collect();
        assert_eq!(xs, [Some(1.0), Some(1.5), None, Some(-2.0), None]);
    });
}

#[test]
fn arguments_too_few_or_too_many_are_refused() {
    both_empty(async |db| {
        schema(&db).await;
        let mut conn = db.read().await.expect("reads");
        for (sql, args) in [
            ("SELECT id FROM act WHERE id = $1 AND what = $2", args![1].as_slice()),
            ("SELECT id FROM act WHERE id = $1", args![1, "to"]),
        ] {
            let refused = conn.rows(sql, args).await.expect_err("refused").to_string();
            assert!(refused.contains("arguments for"), "{refused}");
        }
        let quoted = conn
            .rows("SELECT id FROM act WHERE what = 'it''s $9' OR what = $1", args!["x"])
            .await;
        assert_eq!(quoted.expect("a dollar in a text is a dollar").len(), 0);
    });
}

#[test]
fn a_dropped_transaction_leaves_nothing_and_its_connection_works_on() {
    both_empty(async |db| {
        schema(&db).await;
        for round in 0..20 {
            let mut tx = db.begin().await.expect("begins");
            tx.execute("INSERT INTO act (id, what) VALUES ($1, $2)", args![1, "aldrig"])
                .await
                .expect("inserts");
            drop(tx);
            let mut tx = db.begin().await.expect("begins again");
            let row = tx
                .row("SELECT COUNT(*) FROM act", args![])
                .await
                .expect("runs")
                .expect("a row");
            assert_eq!(row.get::<i64>(0).expect("a number"), round);
            tx.execute("INSERT INTO act (id, what) VALUES ($1, $2)", args![round + 100, "gemt"])
                .await
                .expect("inserts");
            tx.commit().await.expect("commits");
        }
        assert_eq!(number(&db, "SELECT COUNT(*) FROM act WHERE what = 'gemt'").await, 20);
        assert_eq!(number(&db, "SELECT COUNT(*) FROM act").await, 20);
    });
}

#[test]
fn a_transaction_with_a_failed_statement_cannot_commit() {
    both_empty(async |db| {
        schema(&db).await;
        let mut tx = db.begin().await.expect("begins");
        tx.execute("INSERT INTO act (id, what) VALUES ($1, $2)", args![1, "første"])
            .await
            .expect("inserts");
        let conflict = tx
            .execute("INSERT INTO act (id, what) VALUES ($1, $2)", args![1, "anden"])
            .await
            .expect_err("refused");
        assert!(conflict.is_conflict_on("act", &["id"]), "{conflict:?}");
        assert!(matches!(tx.commit().await, Err(Error::Failed)));
        assert_eq!(number(&db, "SELECT COUNT(*) FROM act").await, 0);
        // An argument that never reached the database counts too.
        let mut tx = db.begin().await.expect("begins");
        let refused = tx
            .execute("INSERT INTO act (id, what) VALUES ($1, $2)", args![2, "a\0b"])
            .await;
        assert!(
            matches!(refused, Err(Error::Argument { position: 2, .. })),
            "{refused:?}"
        );
        assert!(matches!(tx.commit().await, Err(Error::Failed)));
        assert_eq!(
            add(
                &db,
                "INSERT INTO act (id, what) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                args![3, "tredje"]
            )
            .await
            .expect("inserts"),
            1
        );
        assert_eq!(
            add(
                &db,
                "INSERT INTO act (id, what) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                args![3, "igen"]
            )
            .await
            .expect("skips"),
            0
        );
    });
}

#[test]
fn conflicts_and_broken_rules_are_told_apart() {
    both_empty(async |db| {
        schema(&db).await;
        let (anna, bo) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let insert = "INSERT INTO plan (citizen, name, closed) VALUES ($1, $2, $3)";
        add(&db, insert, args![anna, "hemmelig", true]).await.expect("inserts");
        let same = add(&db, insert, args![anna, "hemmelig", true])
            .await
            .expect_err("refused");
        assert!(same.is_conflict_on("plan", &["citizen", "name"]), "{same:?}");
        assert!(
            !format!("{same} {same:?}").contains("hemmelig"),
            "a conflict must not repeat what was typed"
        );
        add(&db, insert, args![anna, "to", false]).await.expect("inserts");
        add(&db, insert, args![bo, "tre", false]).await.expect("inserts");
        let second_open = add(&db, insert, args![anna, "fire", false]).await.expect_err("refused");
        assert!(second_open.is_conflict_on("plan", &["citizen"]), "{second_open:?}");

        for (sql, args) in [
            (
                "INSERT INTO counter (name, value) VALUES ($1, $2)",
                args!["hemmelig", -1],
            ),
            (
                "INSERT INTO counter (name, value) VALUES ($1, $2)",
                args!["hemmelig", None::<i64>],
            ),
        ] {
            let broken = add(&db, sql, args).await.expect_err("refused");
            assert!(matches!(broken, Error::Constraint { .. }), "{broken:?}");
            assert!(!format!("{broken} {broken:?}").contains("hemmelig"));
        }
        let wrong = add(&db, "INSERT INTO nowhere (id) VALUES ($1)", args![1])
            .await
            .expect_err("refused");
        assert!(matches!(wrong, Error::Statement { .. }), "{wrong:?}");
    });
}

#[test]
fn an_append_only_table_refuses_updates_and_deletions() {
    both_empty(async |db| {
        schema(&db).await;
        add(&db, "INSERT INTO act (id, what) VALUES ($1, $2)", args![1, "sket"])
            .await
            .expect("inserts");
        for sql in ["UPDATE act SET what = 'rettet'", "DELETE FROM act"] {
            let refused = add(&db, sql, args![]).await.expect_err("refused");
            assert!(
                matches!(&refused, Error::Constraint { message, .. } if message.contains("append-only")),
                "{refused:?}"
            );
        }
        assert_eq!(number(&db, "SELECT COUNT(*) FROM act WHERE what = 'sket'").await, 1);
    });
}

/// Reads, waits for the others to read too, and writes what it read plus one: loses updates unless writers exclude each other.
async fn count_up(db: Db, name: &'static str, subject: Option<Uuid>) {
    for _ in 0..25 {
        let mut tx = match subject {
            Some(subject) => db.begin_for(subject).await,
            None => db.begin().await,
        }
        .expect("begins");
        let value: i64 = tx
            .row("SELECT value FROM counter WHERE name = $1", args![name])
            .await
            .expect("runs")
            .expect("a row")
            .get(0)
            .expect("n");
        tokio::task::yield_now().await;
        tx.execute("UPDATE counter SET value = $2 WHERE name = $1", args![name, value + 1])
            .await
            .expect("updates");
        tx.commit().await.expect("commits");
    }
}

#[test]
fn concurrent_writers_lose_nothing() {
    both_empty(async |db| {
        schema(&db).await;
        for name in ["a", "b"] {
            add(&db, "INSERT INTO counter (name, value) VALUES ($1, $2)", args![name, 0])
                .await
                .expect("inserts");
        }
        let (a, b) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let writers = [
            ("a", None),
            ("a", Some(a)),
            ("a", Some(a)),
            ("b", Some(b)),
            ("b", Some(b)),
            ("b", None),
        ];
        let tasks: Vec<_> = writers
            .into_iter()
            .map(|(name, subject)| tokio::spawn(count_up(db.clone(), name, subject)))
            .collect();
        for task in tasks {
            task.await.expect("no writer fails");
        }
        assert_eq!(number(&db, "SELECT value FROM counter WHERE name = 'a'").await, 75);
        assert_eq!(number(&db, "SELECT value FROM counter WHERE name = 'b'").await, 75);
    });
}

#[test]
fn writers_on_different_subjects_run_beside_each_other_on_postgres() {
    both_empty(async |db| {
        if db.engine() == Engine::Postgres {
            let one = db.begin_for(Uuid::from_u128(1)).await.expect("begins");
            let other = db
                .begin_for(Uuid::from_u128(2))
                .await
                .expect("does not wait for the first");
            other.commit().await.expect("commits");
            one.commit().await.expect("commits");
        }
    });
}

#[test]
fn a_writer_that_waits_too_long_is_told_so() {
    both_empty(async |db| {
        let holder = db.begin().await.expect("begins");
        // SQLite's pool keeps the patience it was opened with; opening must not run out of it on a busy machine.
        let hasty = match &db.pools {
            Pools::Sqlite(file) => {
                let path = file.path().display();
                let wait = Duration::from_secs(1);
                let options = Options {
                    wait,
                    ..Options::default()
                };
                Db::open(&format!("sqlite:{path}"), options).await.expect("opens")
            }
            Pools::Postgres { .. } => Db {
                wait: Duration::from_millis(20),
                ..db.clone()
            },
        };
        let refused = hasty.begin().await.expect_err("refused");
        assert_eq!(refused.trouble(), Some(Trouble::Locked), "{refused:?}");
        drop(holder);
        hasty.begin().await.expect("begins").commit().await.expect("commits");
    });
}

#[test]
fn a_transaction_that_sqlite_itself_ended_does_not_block_the_writer() {
    both_empty(async |db| {
        schema(&db).await;
        if db.engine() == Engine::Postgres {
            return;
        }
        // What SQLite does by itself when the disk is full.
        let trigger =
            "CREATE TRIGGER full_disk BEFORE INSERT ON act WHEN NEW.id < 0 BEGIN SELECT RAISE(ROLLBACK, 'full'); END";
        add(&db, trigger, args![]).await.expect("a trigger");
        for _ in 0..3 {
            let mut tx = db.begin().await.expect("the writer works on");
            let insert = "INSERT INTO act (id, what) VALUES ($1, $2)";
            tx.execute(insert, args![-1, "x"]).await.expect_err("refused");
            // SQLite is outside any transaction now, and would keep this at once.
            tx.execute(insert, args![1, "uden for"])
                .await
                .expect_err("it takes nothing more");
            assert!(matches!(tx.commit().await, Err(Error::Failed)));
        }
        assert_eq!(number(&db, "SELECT COUNT(*) FROM act").await, 0);
    });
}

#[test]
fn a_snapshot_does_not_see_what_is_committed_meanwhile() {
    both_empty(async |db| {
        schema(&db).await;
        let mut snapshot = db.snapshot().await.expect("begins");
        let count = "SELECT COUNT(*) FROM act";
        assert_eq!(
            snapshot
                .row(count, args![])
                .await
                .expect("runs")
                .expect("a row")
                .get::<i64>(0)
                .expect("n"),
            0
        );
        add(&db, "INSERT INTO act (id, what) VALUES ($1, $2)", args![1, "imens"])
            .await
            .expect("inserts");
        assert_eq!(
            snapshot
                .row(count, args![])
                .await
                .expect("runs")
                .expect("a row")
                .get::<i64>(0)
                .expect("n"),
            0
        );
        drop(snapshot);
        assert_eq!(number(&db, count).await, 1);
    });
}

#[test]
fn a_reader_of_sqlite_cannot_write() {
    both_empty(async |db| {
        schema(&db).await;
        if db.engine() == Engine::Sqlite {
            let mut conn = db.read().await.expect("reads");
            conn.execute("INSERT INTO act (id, what) VALUES ($1, $2)", args![1, "nej"])
                .await
                .expect_err("refused");
        }
    });
}

const SECOND: &str = "CREATE TABLE later (id {int}) {strict};";

#[test]
fn a_database_that_is_brought_up_to_date_is_measured_anew() {
    both_empty(async |db| {
        db.must_be_current().await.expect_err("there is nothing");
        let last = MIGRATIONS.len() - 1;
        db.apply(&MIGRATIONS[..last]).await.expect("applies");
        let unit = "INSERT INTO unit (id, name, kind) VALUES ($1, 'Jobcentret', 'jobcentre')";
        add(&db, unit, args![Uuid::nil()]).await.expect("inserts");
        let measured = match db.engine() {
            Engine::Sqlite => "SELECT COUNT(*) FROM sqlite_master WHERE name = 'sqlite_stat1'",
            Engine::Postgres => "SELECT COUNT(*) FROM pg_class WHERE oid = 'unit'::regclass AND reltuples > 0",
        };
        assert_eq!(number(&db, measured).await, 0);
        let older = db.must_be_current().await.expect_err("is older").to_string();
        assert!(older.contains("older than this program"), "{older}");
        db.migrate().await.expect("goes on");
        db.must_be_current().await.expect("is up to date");
        assert_eq!(number(&db, measured).await, 1);
    });
}

#[test]
fn migrations_apply_once_and_refuse_what_does_not_fit() {
    both_empty(async |db| {
        let first = Migration {
            version: 1,
            name: "0001_kinds",
            text: KINDS,
        };
        let second = Migration {
            version: 2,
            name: "0002_later",
            text: SECOND,
        };
        assert_eq!(db.apply(&[first]).await.expect("applies"), (0, 1));
        assert_eq!(db.apply(&[first, second]).await.expect("goes on"), (1, 1));
        assert_eq!(db.apply(&[first, second]).await.expect("has nothing to do"), (2, 0));
        let windows = KINDS.replace('\n', "\r\n");
        db.apply(&[
            Migration {
                text: &windows,
                ..first
            },
            second,
        ])
        .await
        .expect("line ends do not matter");
        assert_eq!(number(&db, "SELECT COUNT(*) FROM migration").await, 2);

        let changed = db
            .apply(&[
                Migration {
                    text: "CREATE TABLE other (id {int})",
                    ..first
                },
                second,
            ])
            .await
            .expect_err("refused")
            .to_string();
        assert!(
            changed.contains("0001_kinds was applied and has since been changed"),
            "{changed}"
        );
        let newer = db.apply(&[first]).await.expect_err("refused").to_string();
        assert!(
            newer.contains("0002_later, which this program does not know"),
            "{newer}"
        );

        // A step that fails half-way leaves nothing of itself.
        let third = Migration {
            version: 3,
            name: "0003_broken",
            text: "CREATE TABLE half (id {int}); CREATE TABLE later (id {int});",
        };
        let broken = db
            .apply(&[first, second, third])
            .await
            .expect_err("refused")
            .to_string();
        assert!(broken.contains("0003_broken"), "{broken}");
        db.apply(&[
            first,
            second,
            Migration {
                text: "CREATE TABLE half (id {int})",
                ..third
            },
        ])
        .await
        .expect("applies when mended");
    });
}

#[test]
fn two_programs_that_start_at_once_share_the_work() {
    let folder = Folder::new();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime");
    const STEPS: &[Migration<'static>] = &[
        Migration {
            version: 1,
            name: "0001_kinds",
            text: KINDS,
        },
        Migration {
            version: 2,
            name: "0002_later",
            text: SECOND,
        },
    ];
    runtime.block_on(async {
        let start = |address: String| {
            tokio::spawn(async move {
                let db = Db::open(&address, Options::default()).await.expect("opens");
                db.apply(STEPS).await.expect("applies");
                db.close().await.expect("closes");
            })
        };
        let programs: Vec<_> = (0..6).map(|_| start(folder.address())).collect();
        for program in programs {
            program.await.expect("every program starts");
        }
        let db = Db::open(&folder.address(), Options::default()).await.expect("opens");
        assert_eq!(number(&db, "SELECT COUNT(*) FROM migration").await, 2);
    });
    both_empty(async |db| {
        let programs: Vec<_> = (0..6)
            .map(|_| {
                let db = db.clone();
                tokio::spawn(async move { db.apply(STEPS).await })
            })
            .collect();
        for program in programs {
            program.await.expect("does not panic").expect("applies");
        }
        assert_eq!(number(&db, "SELECT COUNT(*) FROM migration").await, 2);
    });
}

#[test]
fn queries_are_counted() {
    both_empty(async |db| {
        schema(&db).await;
        let before = count::totals();
        let (sum, outer) = count::scope(async {
            let (_, inner) = count::scope(async {
                add(&db, "INSERT INTO act (id, what) VALUES ($1, $2)", args![1, "talt"])
                    .await
                    .expect("inserts");
            })
            .await;
            assert_eq!(inner, 1, "beginning and committing are not queries");
            let mut conn = db.read().await.expect("reads");
            conn.rows("SELECT id FROM act", args![]).await.expect("runs");
            conn.row("SELECT id FROM act", args![]).await.expect("runs");
            number(&db, "SELECT SUM(id) FROM act").await
        })
        .await;
        assert_eq!((sum, outer), (1, 4));
        let (_, others) = count::scope(count::shared(number(&db, "SELECT SUM(id) FROM act"))).await;
        assert_eq!(others, 0, "what is done for many is nobody's");
        let after = count::totals();
        // Other tests run at the same time, so the totals grew by at least this.
        assert!(
            after.statements >= before.statements + 4
                && after.rows >= before.rows + 3
                && after.commits > before.commits
                && after.shared_statements > before.shared_statements
        );
    });
}

#[test]
fn fifty_thousand_rows_go_in_with_few_statements() {
    both_empty(async |db| {
        schema(&db).await;
        let rows: Vec<[Value; 4]> = (0..50_000_u32)
            .map(|n| {
                let text = if n % 3 == 0 { None } else { Some(format!("række {n}")) };
                [
                    Uuid::from_u128(n.into()).into(),
                    n.into(),
                    text.into(),
                    (n % 2 == 0).into(),
                ]
            })
            .collect();
        let (written, statements) = count::scope(async {
            let mut tx = db.begin().await.expect("begins");
            let written = tx
                .insert_many("INSERT INTO kinds (id, n, s, b)", &rows)
                .await
                .expect("inserts");
            tx.commit().await.expect("commits");
            written
        })
        .await;
        assert_eq!((written, statements), (50_000, 100));
        let mut tx = db.begin().await.expect("begins");
        let again = tx
            .insert_many(
                "INSERT INTO kinds (id, n, s, b) {rows} ON CONFLICT DO NOTHING",
                &rows[..1_001],
            )
            .await
            .expect("skips");
        assert_eq!(again, 0);
        assert_eq!(
            tx.insert_many("INSERT INTO kinds (id)", &Vec::<Vec<Value>>::new())
                .await
                .expect("nothing to do"),
            0
        );
        tx.insert_many(
            "INSERT INTO kinds (id, n)",
            &[args![Uuid::nil(), 1].as_slice(), args![Uuid::nil()]],
        )
        .await
        .expect_err("ragged");
        drop(tx);
        assert_eq!(number(&db, "SELECT SUM(n) FROM kinds WHERE b").await, 624_975_000);
        assert_eq!(number(&db, "SELECT COUNT(*) FROM kinds WHERE s IS NULL").await, 16_667);
        db.analyze().await.expect("analyzes");
        db.settle().await.expect("settles");
    });
}

#[test]
fn a_file_built_in_bulk_is_whole_when_it_is_closed() {
    let folder = Folder::new();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let db = Db::open(
            &folder.address(),
            Options {
                bulk: true,
                ..Options::default()
            },
        )
        .await
        .expect("opens");
        schema(&db).await;
        add(&db, "INSERT INTO act (id, what) VALUES ($1, $2)", args![1, "bygget"])
            .await
            .expect("inserts");
        // As a migration does; it makes SQLite open its temporary database, too.
        for sql in [
            "CREATE TABLE early (id INTEGER PRIMARY KEY) STRICT",
            "ALTER TABLE early RENAME TO late",
        ] {
            add(&db, sql, args![]).await.expect("renames");
        }
        db.close().await.expect("closes");
        assert!(!folder.path().join("test.db-wal").exists(), "the log is written back");
        let db = Db::open(
            &folder.address(),
            Options {
                create: false,
                ..Options::default()
            },
        )
        .await
        .expect("opens");
        assert_eq!(number(&db, "SELECT COUNT(*) FROM act").await, 1);
    });
}

#[test]
fn an_address_that_makes_no_sense_is_refused_without_repeating_it() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        for address in [
            "mysql://u:hemmelig@h/d",
            "sqlite::memory:",
            "sqlite:",
            "postgres://u:hemmelig@h:port/d",
        ] {
            let error = Db::open(address, Options::default()).await.expect_err("refused");
            assert!(matches!(error, Error::Address { .. }), "{error:?}");
            assert!(!format!("{error} {error:?}").contains("hemmelig"));
        }
        let folder = Folder::new();
        let missing = Db::open(
            &folder.address(),
            Options {
                create: false,
                ..Options::default()
            },
        )
        .await
        .expect_err("not there");
        assert!(matches!(missing, Error::Unavailable { .. }), "{missing:?}");
    });
}
