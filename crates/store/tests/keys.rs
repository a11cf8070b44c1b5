//! No CPR number lies in the database's files, whatever was brought in, searched for, typed and taken back.

use std::path::Path;

use jiff::Timestamp;
use jiff::civil::date;
use tovholder_casework::act::{Actor, UserKind};
use tovholder_casework::cpr::Cpr;
use tovholder_casework::id::{BatchId, EmployeeId};
use tovholder_casework::import::{Kind, Row, Setting, columns};
use tovholder_casework::rules::Rules;
use tovholder_store::db::Db;
use tovholder_store::search::{self, Seeker};
use tovholder_store::testing::Folder;
use tovholder_store::{drafts, imports, numbers, testing};
use uuid::Uuid;

fn at(minute: i64) -> Timestamp {
    Timestamp::from_second(1_773_651_600 + 60 * minute).expect("in range")
}

fn ada() -> Actor {
    Actor {
        kind: UserKind::Employee,
        id: Uuid::from_u128(99),
        name: "Ada Skov".into(),
        unit: "Staben".into(),
    }
}

async fn bring_in(db: &Db, kind: Kind, name: &str, header: &[&str], rows: &[Vec<String>]) -> BatchId {
    let header: Vec<String> = header.iter().map(|name| (*name).to_owned()).collect();
    let rows: Vec<Row> = (2..)
        .zip(rows)
        .map(|(line, cells)| Row {
            line,
            cells: cells.clone(),
        })
        .collect();
    let id = imports::add(db, kind, name, &header, &rows, &ada(), at(0))
        .await
        .expect("is kept");
    let mut conn = db.read().await.expect("reads");
    let batch = imports::find(&mut conn, id).await.expect("reads").expect("is there");
    drop(conn);
    let mapping = columns::suggest(kind, &batch.header, &rows, &Default::default());
    imports::set_mapping(db, &batch, &mapping).await.expect("is kept");
    let rules = Rules::builtin();
    let setting = Setting {
        demo: true,
        today: date(2026, 3, 16),
        rules: &rules,
    };
    let _ = imports::apply(db, id, None, &ada(), at(1), &setting).await;
    id
}

/// Whether a text stands in any file of a folder.
fn stands_in(folder: &Path, text: &str) -> bool {
    std::fs::read_dir(folder).expect("a folder").any(|file| {
        let bytes = std::fs::read(file.expect("a file").path()).expect("reads");
        bytes.windows(text.len()).any(|part| part == text.as_bytes())
    })
}

#[test]
fn no_number_lies_in_the_files_after_an_import_a_search_a_draft_and_an_undo() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let folder = Folder::new();
        let db = Db::open(&folder.address(), testing::options()).await.expect("opens");
        db.migrate().await.expect("the schema applies");
        bring_in(&db, Kind::Units, "enheder.csv", &["Navn"], &[vec!["Jobcentret".into()]]).await;
        let cprs: Vec<Cpr> = (0..300)
            .map(|nth| Cpr::demo(date(1990, 5, 1), 3 * nth).expect("a number"))
            .collect();
        let hyphened = |cpr: &Cpr| format!("{}-{}", &cpr.digits()[..6], &cpr.digits()[6..]);
        let rows: Vec<Vec<String>> = cprs
            .iter()
            .enumerate()
            .map(|(n, cpr)| {
                let cpr = if n % 2 == 0 { cpr.digits() } else { hyphened(cpr) };
                // Each tenth cannot be taken, and is kept to be mended.
                let unit = if n % 10 == 0 { "Findes ikke" } else { "Jobcentret" };
                vec![cpr, format!("Person {n}"), unit.to_owned()]
            })
            .collect();
        let header = ["CPR", "Navn", "Enhed"];
        let name = format!("borgere {}.csv", hyphened(&cprs[1]));
        let brought = bring_in(&db, Kind::Citizens, &name, &header, &rows).await;
        let hours: Vec<Vec<String>> = cprs
            .iter()
            .map(|cpr| vec![cpr.digits(), "2026-01".into(), "37".into()])
            .collect();
        let spent = bring_in(&db, Kind::Hours, "timer.csv", &["CPR", "Måned", "Timer"], &hours).await;
        // A file without a line of names: the first citizen becomes one.
        let first = cprs[2].digits();
        bring_in(&db, Kind::Citizens, "uden.csv", &[&first, "Navn"], &rows[3..5]).await;

        let mut conn = db.read().await.expect("reads");
        let left = imports::rows(&mut conn, brought).await.expect("opens");
        assert_eq!(left.len(), 30, "those that could not be taken");
        assert_eq!(left[0].cells[0], cprs[0].digits());
        let seeker = Seeker {
            employee: EmployeeId(Uuid::from_u128(5)),
            unit: None,
            leads: vec![],
            only: None,
            today: date(2026, 3, 16),
            former_days: 30,
        };
        let found = search::by_cpr(&mut conn, cprs[7], &seeker)
            .await
            .expect("looks")
            .expect("is there");
        assert_eq!(found.name, "Person 7");
        assert_eq!(numbers::of(&mut conn, found.id).await.expect("opens"), Some(cprs[7]));
        assert!(
            search::by_cpr(&mut conn, cprs[10], &seeker)
                .await
                .expect("looks")
                .is_none()
        );
        drop(conn);
        drafts::save(
            &db,
            Uuid::from_u128(5),
            "/search",
            &format!("q={}", cprs[8].digits()),
            at(2),
        )
        .await
        .expect("is kept");
        imports::undo(&db, spent, &ada(), at(3)).await.expect("is taken back");

        let found =
            |shape: &dyn Fn(&Cpr) -> String| cprs.iter().filter(|cpr| stands_in(folder.path(), &shape(cpr))).count();
        for moment in ["while it is open", "when it is closed"] {
            assert_eq!(found(&|cpr| cpr.digits()), 0, "{moment}");
            assert_eq!(found(&hyphened), 0, "{moment}");
            // The same search finds what does lie there.
            assert!(stands_in(folder.path(), "Person 7"), "{moment}");
            if moment == "while it is open" {
                db.close().await.expect("closes");
            }
        }
        let planted = folder.path().join("planted");
        std::fs::write(&planted, format!("x{}x", cprs[9].digits())).expect("writes");
        assert_eq!(found(&|cpr| cpr.digits()), 1);
    });
}
