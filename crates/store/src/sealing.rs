//! What lies sealed in the database as a whole: moved there from before there were keys, counted by key, and moved to newer keys.

use tovholder_casework::cpr::Cpr;
use tovholder_casework::id::{BatchId, CitizenId};
use uuid::Uuid;

use crate::args;
use crate::db::{AssertSqlSafe, Conn, Db, Engine, Error, Row, Tx, Value, placeholders};
use crate::keys::{KeyError, Keyring, Place, Purpose, number_of, sealed_by};
use crate::{drafts, imports, numbers};

/// A column of sealed texts. Each is sealed for the [`Place`] of the table, the column and the row's primary key.
#[derive(Clone, Copy, Debug)]
pub struct Sealed {
    /// The table.
    pub table: &'static str,
    /// Its primary key.
    pub key: &'static [&'static str],
    /// The column, of bytes; may be NULL.
    pub column: &'static str,
}

/// Every column of sealed texts: whoever adds one puts it here, so that it takes part when keys change. A column's name is `sealed` or ends
/// in `_sealed`; a test looks for those that are missing here.
pub const SEALED: &[Sealed] = &[
    Sealed {
        table: NUMBERS,
        key: &["citizen_id"],
        column: "sealed",
    },
    Sealed {
        table: "import_row",
        key: &["batch_id", "line"],
        column: "sealed",
    },
    Sealed {
        table: "draft",
        key: &["user_id", "form"],
        column: "sealed",
    },
    Sealed {
        table: "closed_note",
        key: &["id", "rev"],
        column: "sealed",
    },
    Sealed {
        table: "account",
        key: &["employee_id"],
        column: "secret_sealed",
    },
    Sealed {
        table: "research_project",
        key: &["id"],
        column: "sealed",
    },
];

const NUMBERS: &str = "citizen_cpr";

// From before there were keys ---------------------------------------------------------------------------------------------------

const PLAIN: [&str; 3] = ["citizen_cpr_plain", "import_row_plain", "draft_plain"];

/// Seals what lay open before there were keys, all of it or nothing, and then sees to it that it is gone from the file too.
///
/// The open tables are emptied, the file is written anew, and only then are they dropped: stopped in between, the next start goes on.
pub(crate) async fn what_lay_open(db: &Db) -> Result<(), Error> {
    let mut tx = db.begin().await?;
    if !is_table(&mut tx, PLAIN[0]).await? {
        return tx.rollback().await;
    }
    let used = "SELECT COUNT(*) FROM (SELECT 1 FROM citizen UNION ALL SELECT 1 FROM import_batch UNION ALL SELECT 1 FROM draft_plain) t";
    let used = count(&mut tx, used).await? > 0;
    seal_all(&mut tx).await?;
    // PostgreSQL removes a dropped table's file; a page of an SQLite file keeps what it held until something else is written there.
    if used && db.engine() == Engine::Sqlite {
        empty(&mut tx).await?;
        tx.commit().await?;
        db.rewrite().await?;
        tx = db.begin().await?;
    }
    for table in PLAIN {
        tx.execute(AssertSqlSafe(format!("DROP TABLE IF EXISTS {table}")), args![])
            .await?;
    }
    tx.commit().await
}

async fn empty(tx: &mut Tx) -> Result<(), Error> {
    for table in PLAIN {
        tx.execute(AssertSqlSafe(format!("DELETE FROM {table}")), args![])
            .await?;
    }
    Ok(())
}

async fn seal_all(tx: &mut Tx) -> Result<(), Error> {
    seal_rows(
        tx,
        "SELECT citizen_id, cpr FROM citizen_cpr_plain",
        numbers::INSERT,
        |keys, row| {
            let citizen: CitizenId = row.get(0)?;
            let cpr: Cpr = row.get::<String>(1)?.parse().map_err(|_| Error::Value {
                column: "cpr".to_owned(),
                wanted: "a CPR number",
                found: "other text",
            })?;
            Ok(numbers::row(keys, citizen, cpr)?.to_vec())
        },
    )
    .await?;
    seal_rows(
        tx,
        "SELECT batch_id, line, cells FROM import_row_plain",
        imports::INSERT_ROWS,
        |keys, row| {
            let (batch, line): (BatchId, u32) = (row.get(0)?, row.get(1)?);
            Ok(imports::sealed_row(keys, batch, line, &row.get::<String>(2)?)?.to_vec())
        },
    )
    .await?;
    seal_rows(
        tx,
        "SELECT user_id, form, body, saved FROM draft_plain",
        "INSERT INTO draft (user_id, form, sealed, saved)",
        |keys, row| {
            let (user, form): (Uuid, String) = (row.get(0)?, row.get(1)?);
            let sealed = keys.seal(&drafts::place(user, &form), &row.get::<String>(2)?)?;
            Ok(vec![user.into(), form.into(), sealed.into(), row.get::<i64>(3)?.into()])
        },
    )
    .await?;
    imports::mask_names(tx).await
}

/// Writes each row of one table, sealed, to another.
async fn seal_rows(
    tx: &mut Tx,
    select: &'static str,
    insert: &'static str,
    seal: impl Fn(&Keyring, &Row) -> Result<Vec<Value>, Error>,
) -> Result<(), Error> {
    let rows = tx.rows(select, args![]).await?;
    for rows in rows.chunks(2_000) {
        let keys = tx.keys().clone();
        let rows = rows.iter().map(|row| seal(&keys, row)).collect::<Result<Vec<_>, _>>()?;
        tx.insert_many(insert, &rows).await?;
    }
    Ok(())
}

async fn is_table(conn: &mut Conn, name: &str) -> Result<bool, Error> {
    let sql = match conn.engine() {
        Engine::Sqlite => "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = $1",
        Engine::Postgres => {
            "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = current_schema() AND CAST(table_name AS TEXT) = $1"
        }
    };
    let row = conn.row(sql, args![name]).await?.ok_or(Error::Failed)?;
    Ok(row.get::<i64>(0)? > 0)
}

async fn count(conn: &mut Conn, sql: &'static str) -> Result<i64, Error> {
    conn.row(sql, args![]).await?.ok_or(Error::Failed)?.get(0)
}

// By key --------------------------------------------------------------------------------------------------------------------------

/// How much of a column is sealed, or found, with a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// The table.
    pub table: &'static str,
    /// What the key is for.
    pub purpose: Purpose,
    /// The key's number; nothing for what is no sealed text.
    pub number: Option<u16>,
    /// How many rows.
    pub rows: u64,
}

/// How much is sealed with which key.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn shares(conn: &mut Conn) -> Result<Vec<Share>, Error> {
    let mut shares = Vec::new();
    for Sealed { table, column, .. } in SEALED {
        let sql = format!(
            "SELECT substr({column}, 1, 3), COUNT(*) FROM {table} WHERE {column} IS NOT NULL GROUP BY substr({column}, 1, 3)"
        );
        for row in conn.rows(AssertSqlSafe(sql), args![]).await? {
            shares.push(Share {
                table,
                purpose: Purpose::Seal,
                number: number_of(&row.get::<Vec<u8>>(0)?),
                rows: row.get::<i64>(1)?.unsigned_abs(),
            });
        }
    }
    let sql = "SELECT substr(lookup, 1, 2), COUNT(*) FROM citizen_cpr GROUP BY substr(lookup, 1, 2)";
    for row in conn.rows(sql, args![]).await? {
        let number = row.get::<Vec<u8>>(0)?;
        shares.push(Share {
            table: NUMBERS,
            purpose: Purpose::Lookup,
            number: number.try_into().ok().map(u16::from_be_bytes),
            rows: row.get::<i64>(1)?.unsigned_abs(),
        });
    }
    shares.sort_by_key(|share| (share.purpose, share.number, share.table));
    Ok(shares)
}

/// What moving to the newest keys came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Turned {
    /// Rows moved.
    pub rows: u64,
    /// Rows that stay as they are because they do not open: table and why.
    pub left: Vec<(&'static str, KeyError)>,
}

/// Rows moved in one transaction: short enough that nobody waits for it.
const PORTION: usize = 200;

/// Seals everything anew that is not sealed with the newest key, and moves CPR numbers to the newest key they are found by.
///
/// In portions of their own transactions, while others read and write: a row that somebody else has written meanwhile is left alone.
/// Stopped half-way, it is begun again and goes on where it was. `progress` hears the rows moved so far.
///
/// # Errors
/// [`Error::Keys`] without keys; as [`Conn::rows`].
pub async fn turn(db: &Db, mut progress: impl FnMut(u64)) -> Result<Turned, Error> {
    db.keys().refresh()?;
    let mut turned = Turned::default();
    for sealed in SEALED {
        let mut after: Option<Vec<Value>> = None;
        loop {
            let portion = portion(db, sealed, after.take(), &mut turned).await?;
            progress(turned.rows);
            match portion {
                Some(last) => after = Some(last),
                None => break,
            }
        }
    }
    Ok(turned)
}

/// Moves the next rows after a key; answers with the last one's key, or nothing when there are no more.
async fn portion(
    db: &Db,
    sealed: &Sealed,
    after: Option<Vec<Value>>,
    turned: &mut Turned,
) -> Result<Option<Vec<Value>>, Error> {
    let Sealed { table, key, column } = *sealed;
    let keys = db.keys();
    let found = table == NUMBERS;
    let keyed = key.join(", ");
    let mut args = args![sealed_by(keys.newest(Purpose::Seal)?)].to_vec();
    let mut old = format!("substr({column}, 1, 3) <> $1");
    if found {
        args.push(keys.newest(Purpose::Lookup)?.to_be_bytes().into());
        old.push_str(" OR substr(lookup, 1, 2) <> $2");
    }
    let mut sql = format!("SELECT {keyed}, {column} FROM {table} WHERE {column} IS NOT NULL AND ({old})");
    if let Some(after) = after {
        sql.push_str(&format!(
            " AND ({keyed}) > ({})",
            placeholders(args.len() + 1, key.len())
        ));
        args.extend(after);
    }
    sql.push_str(&format!(" ORDER BY {keyed} LIMIT {PORTION}"));

    let mut tx = db.begin_for(Uuid::nil()).await?;
    let rows = tx.rows(AssertSqlSafe(sql), &args).await?;
    let last = rows.last().map(|row| row.values()[..key.len()].to_vec());
    for row in rows {
        let values = row.values();
        let (id, before) = (&values[..key.len()], row.get::<Vec<u8>>(key.len())?);
        let place = Place::new(table, column, id);
        let anew = keys.open(&place, &before).and_then(|text| {
            let lookup = match text.parse::<Cpr>() {
                Ok(cpr) if found => Some(keys.lookup(cpr)?),
                _ => None,
            };
            Ok((keys.seal(&place, &text)?, lookup))
        });
        let (sealed, lookup) = match anew {
            Ok(anew) => anew,
            Err(why) => {
                turned.left.push((table, why));
                continue;
            }
        };
        let mut args = id.to_vec();
        args.extend([before.into(), sealed.into()]);
        let mut sets = format!("{column} = ${}", args.len());
        if let Some(lookup) = lookup {
            args.push(lookup.into());
            sets.push_str(&format!(", lookup = ${}", args.len()));
        }
        let is_it: Vec<String> = key
            .iter()
            .chain([&column])
            .enumerate()
            .map(|(at, name)| format!("{name} = ${}", at + 1))
            .collect();
        let sql = format!("UPDATE {table} SET {sets} WHERE {}", is_it.join(" AND "));
        turned.rows += tx.execute(AssertSqlSafe(sql), &args).await?;
    }
    tx.commit().await?;
    Ok(last)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that panics fails")]
mod tests {
    use jiff::Timestamp;
    use tovholder_casework::act::{Actor, UserKind};
    use tovholder_casework::import::Kind;

    use super::*;
    use crate::db::migrate::MIGRATIONS;
    use crate::testing::{self, Folder};

    const CPRS: [&str; 3] = ["6101901236", "7112750017", "8210790003"];

    fn ring(seal: &[u16], lookup: &[u16]) -> Keyring {
        let line = |purpose: &str, n: &u16| format!("{n} {purpose} {}\n", format!("{n:02x}").repeat(32));
        let text: String = seal
            .iter()
            .map(|n| line("seal", n))
            .chain(lookup.iter().map(|n| line("lookup", n)))
            .collect();
        Keyring::parse(&text).unwrap()
    }

    async fn execute(db: &Db, sql: &'static str, args: &[Value]) {
        let mut tx = db.begin().await.unwrap();
        tx.execute(sql, args).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn people(db: &Db) {
        execute(
            db,
            "INSERT INTO unit (id, name, kind, phone, address) VALUES ($1, 'Jobcentret', '', '', '')",
            args![Uuid::nil()],
        )
        .await;
        for n in 0..3 {
            let sql = "INSERT INTO citizen (id, unit_id, name, birth_date, phone, email, address, postcode) VALUES ($1, $2, 'Anna Lind', '1990-01-01', '', '', '', '')";
            execute(db, sql, args![Uuid::from_u128(n), Uuid::nil()]).await;
        }
    }

    /// A database as it was before there were keys, with numbers wherever they lay then.
    async fn from_before(db: &Db) {
        let keys = MIGRATIONS.iter().position(|step| step.name.ends_with("_keys")).unwrap();
        db.apply(&MIGRATIONS[..keys]).await.unwrap();
        people(db).await;
        for (n, cpr) in (0..).zip(CPRS) {
            execute(
                db,
                "INSERT INTO citizen_cpr (citizen_id, cpr) VALUES ($1, $2)",
                args![Uuid::from_u128(n), cpr],
            )
            .await;
        }
        execute(
            db,
            "INSERT INTO import_batch (id, kind, file_name, header, status, lines, uploaded, actor_id, actor_name) \
             VALUES ($1, 'citizens', '610190-1236.csv', $2, 'uploaded', 1, 0, $1, 'Ada')",
            args![Uuid::from_u128(50), "[\"7112750017\",\"Navn\"]"],
        )
        .await;
        execute(db, "INSERT INTO import_mapping (kind, name, field) VALUES ('citizens', '7112750017', 'cpr'), ('citizens', 'navn', 'name')", args![]).await;
        execute(
            db,
            "INSERT INTO import_row (batch_id, line, cells) VALUES ($1, 2, '[\"8210790003\",\"Bo\"]')",
            args![Uuid::from_u128(50)],
        )
        .await;
        execute(
            db,
            "INSERT INTO draft (user_id, form, body, saved) VALUES ($1, '/search', 'q=610190-1236', 7)",
            args![Uuid::from_u128(60)],
        )
        .await;
    }

    async fn all_is_there(db: &Db) {
        let mut conn = db.read().await.unwrap();
        for (n, cpr) in (0..).zip(CPRS) {
            let (citizen, cpr) = (CitizenId(Uuid::from_u128(n)), cpr.parse().unwrap());
            assert_eq!(numbers::find(&mut conn, cpr).await.unwrap(), Some(citizen));
            assert_eq!(numbers::of(&mut conn, citizen).await.unwrap(), Some(cpr));
        }
        assert_eq!(
            numbers::find(&mut conn, "6101901237".parse().unwrap()).await.unwrap(),
            None
        );
        let rows = imports::rows(&mut conn, BatchId(Uuid::from_u128(50))).await.unwrap();
        assert_eq!(rows[0].cells, ["8210790003", "Bo"]);
        let draft = drafts::find(&mut conn, Uuid::from_u128(60), "/search")
            .await
            .unwrap()
            .unwrap();
        assert_eq!(
            (draft.body.as_str(), draft.saved.as_millisecond()),
            ("q=610190-1236", 7)
        );
    }

    /// Which of the numbers stand in the database's files, in any shape they are written in.
    fn in_the_files(folder: &Folder) -> Vec<String> {
        let mut found = vec![];
        for file in std::fs::read_dir(folder.path()).unwrap() {
            let path = file.unwrap().path();
            let bytes = std::fs::read(&path).unwrap();
            for shape in CPRS
                .iter()
                .flat_map(|cpr| [(*cpr).to_owned(), format!("{}-{}", &cpr[..6], &cpr[6..])])
            {
                if bytes.windows(shape.len()).any(|part| part == shape.as_bytes()) {
                    found.push(format!("{shape} in {}", path.display()));
                }
            }
        }
        found
    }

    #[test]
    fn what_lay_open_is_sealed_and_nothing_of_it_is_lost() {
        testing::both_empty(async |db| {
            from_before(&db).await;
            let without = db.with_keys(Keyring::none());
            let refused = without.migrate().await.unwrap_err();
            assert!(matches!(refused, Error::Keys(KeyError::Missing(_))), "{refused:?}");
            for _ in 0..2 {
                db.migrate().await.unwrap();
                all_is_there(&db).await;
            }
            let mut conn = db.read().await.unwrap();
            assert!(!is_table(&mut conn, "citizen_cpr_plain").await.unwrap());
            let batch = imports::find(&mut conn, BatchId(Uuid::from_u128(50)))
                .await
                .unwrap()
                .unwrap();
            assert_eq!(
                (batch.file_name.as_str(), batch.header[0].as_str()),
                ("••••••-••••.csv", "••••••••••")
            );
            let known = imports::remembered(&mut conn, Kind::Citizens).await.unwrap();
            assert_eq!(known.keys().collect::<Vec<_>>(), ["navn"]);
        });
    }

    #[test]
    fn what_lay_open_is_gone_from_the_file_too_also_when_the_start_was_cut_short() {
        tokio::runtime::Runtime::new().unwrap().block_on(gone_from_the_file());
    }

    async fn gone_from_the_file() {
        let folder = Folder::new();
        let db = Db::open(&folder.address(), testing::options()).await.unwrap();
        from_before(&db).await;
        assert!(
            in_the_files(&folder).len() >= 3,
            "the search finds them while they lie open"
        );
        // Stopped between sealing and writing the file anew.
        db.apply(MIGRATIONS).await.unwrap();
        let mut tx = db.begin().await.unwrap();
        seal_all(&mut tx).await.unwrap();
        empty(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
        assert!(
            !in_the_files(&folder).is_empty(),
            "what is deleted is still in the file"
        );
        db.migrate().await.unwrap();
        assert_eq!(in_the_files(&folder), Vec::<String>::new());
        all_is_there(&db).await;
        db.close().await.unwrap();
        assert_eq!(in_the_files(&folder), Vec::<String>::new());
    }

    #[test]
    fn every_sealed_column_takes_part_when_keys_change() {
        testing::both(async |db| {
            let mut conn = db.read().await.unwrap();
            let sql = match conn.engine() {
                Engine::Sqlite => {
                    "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'"
                }
                Engine::Postgres => {
                    "SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT) FROM information_schema.columns WHERE table_schema = current_schema()"
                }
            };
            let mut sealed = 0;
            for row in conn.rows(sql, args![]).await.unwrap() {
                let (table, column): (String, String) = (row.get(0).unwrap(), row.get(1).unwrap());
                if column == "sealed" || column.ends_with("_sealed") {
                    sealed += 1;
                    let known = SEALED.iter().any(|s| s.table == table && s.column == column);
                    assert!(known, "{table}.{column} is not in SEALED");
                }
            }
            assert_eq!(sealed, SEALED.len(), "each of SEALED is in the schema");
        });
    }

    #[test]
    fn keys_are_turned_over_while_others_read_and_write() {
        testing::both(async |db| {
            let old = db.with_keys(ring(&[1], &[1]));
            let both = db.with_keys(ring(&[1, 2], &[1, 2]));
            people(&old).await;
            let mut tx = old.begin().await.unwrap();
            for (n, cpr) in (0..).zip(CPRS) {
                numbers::set(&mut tx, CitizenId(Uuid::from_u128(n)), cpr.parse().unwrap())
                    .await
                    .unwrap();
            }
            tx.commit().await.unwrap();
            // More than one portion of drafts, with keys of several columns.
            let at = Timestamp::from_millisecond(7).unwrap();
            for n in 0..450 {
                drafts::save(
                    &old,
                    Uuid::from_u128(60 + n / 3),
                    ["/search", "/a", "/ø"][n as usize % 3],
                    "q=610190-1236",
                    at,
                )
                .await
                .unwrap();
            }
            let ada = Actor {
                kind: UserKind::System,
                id: Uuid::nil(),
                name: "Ada".into(),
                unit: String::new(),
            };
            let rows = [tovholder_casework::import::Row {
                line: 2,
                cells: vec!["8210790003".into(), "Bo".into()],
            }];
            let header = ["CPR".to_owned(), "Navn".to_owned()];
            let batch = imports::add(&old, Kind::Citizens, "fil.csv", &header, &rows, &ada, at)
                .await
                .unwrap();

            // Before they are moved, whoever has both keys finds and opens everything.
            let found = numbers::find(&mut both.read().await.unwrap(), CPRS[1].parse().unwrap())
                .await
                .unwrap();
            assert_eq!(found, Some(CitizenId(Uuid::from_u128(1))));
            let before = shares(&mut both.read().await.unwrap()).await.unwrap();
            assert!(before.iter().all(|share| share.number == Some(1)), "{before:?}");
            assert_eq!(before.iter().map(|share| share.rows).sum::<u64>(), 3 + 450 + 1 + 3);

            let mut heard = vec![];
            let turned = turn(&both, |rows| heard.push(rows)).await.unwrap();
            assert_eq!((turned.rows, turned.left.len()), (3 + 450 + 1, 0));
            assert!(heard.len() > 5 && heard.is_sorted(), "{heard:?}");
            let after = shares(&mut both.read().await.unwrap()).await.unwrap();
            assert!(after.iter().all(|share| share.number == Some(2)), "{after:?}");
            assert_eq!(
                turn(&both, |_| ()).await.unwrap(),
                Turned::default(),
                "nothing is left to move"
            );

            // The old keys can go.
            let new = db.with_keys(ring(&[2], &[2]));
            let mut conn = new.read().await.unwrap();
            for (n, cpr) in (0..).zip(CPRS) {
                let (citizen, cpr) = (CitizenId(Uuid::from_u128(n)), cpr.parse().unwrap());
                assert_eq!(numbers::find(&mut conn, cpr).await.unwrap(), Some(citizen));
                assert_eq!(numbers::of(&mut conn, citizen).await.unwrap(), Some(cpr));
            }
            for n in 0..450 {
                let draft = drafts::find(
                    &mut conn,
                    Uuid::from_u128(60 + n / 3),
                    ["/search", "/a", "/ø"][n as usize % 3],
                )
                .await
                .unwrap();
                assert_eq!(draft.unwrap().body, "q=610190-1236");
            }
            assert_eq!(imports::rows(&mut conn, batch).await.unwrap()[0].cells[1], "Bo");
            let lost = drafts::find(&mut old.read().await.unwrap(), Uuid::from_u128(60), "/a")
                .await
                .unwrap_err();
            assert!(
                matches!(lost, Error::Keys(KeyError::Unknown(Purpose::Seal, 2))),
                "{lost:?}"
            );
        });
    }

    #[test]
    fn what_does_not_open_stays_as_it_is_and_is_named() {
        testing::both(async |db| {
            let old = db.with_keys(ring(&[1], &[1]));
            let at = Timestamp::from_millisecond(7).unwrap();
            for n in 0..3 {
                drafts::save(&old, Uuid::from_u128(n), "/a", "note=x", at)
                    .await
                    .unwrap();
            }
            // Moved from one row to another, as a thief with a hand in the database might.
            let swap = "UPDATE draft SET sealed = (SELECT sealed FROM draft WHERE user_id = $1) WHERE user_id = $2";
            execute(&db, swap, args![Uuid::from_u128(0), Uuid::from_u128(1)]).await;
            let moved = drafts::find(&mut old.read().await.unwrap(), Uuid::from_u128(1), "/a")
                .await
                .unwrap_err();
            assert!(matches!(moved, Error::Keys(KeyError::Damaged)), "{moved:?}");
            let turned = turn(&db.with_keys(ring(&[1, 2], &[1])), |_| ()).await.unwrap();
            assert_eq!((turned.rows, turned.left), (2, vec![("draft", KeyError::Damaged)]));
        });
    }
}
