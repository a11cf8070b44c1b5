//! Files are carried out whole and taken back whole, on every database.

use jiff::Timestamp;
use jiff::civil::date;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use tovholder_casework::act::*;
use tovholder_casework::cpr::Cpr;
use tovholder_casework::id::*;
use tovholder_casework::import::{Counts, Kind, Row, Setting, columns};
use tovholder_casework::rules::Rules;
use tovholder_store::db::{Db, Engine, Value};
use tovholder_store::imports::{self, ApplyError, Fate, Status};
use tovholder_store::{acts, args, testing};
use uuid::Uuid;

fn ada() -> Actor {
    Actor {
        kind: UserKind::Employee,
        id: Uuid::from_u128(99),
        name: "Ada Skov".into(),
        unit: "Staben".into(),
    }
}
fn at(minute: i64) -> Timestamp {
    Timestamp::from_second(1_773_651_600 + 60 * minute).expect("in range")
}

/// Uploads, maps as suggested, and carries out.
async fn bring_in(
    db: &Db,
    kind: Kind,
    header: &[&str],
    rows: &[Vec<String>],
    rules: &Rules,
) -> (BatchId, Result<Counts, ApplyError>) {
    let header: Vec<String> = header.iter().map(|name| (*name).to_owned()).collect();
    let rows: Vec<Row> = (2..)
        .zip(rows)
        .map(|(line, cells)| Row {
            line,
            cells: cells.clone(),
        })
        .collect();
    let id = imports::add(db, kind, "fil.csv", &header, &rows, &ada(), at(0))
        .await
        .expect("is kept");
    let batch = imports::find(&mut db.read().await.expect("reads"), id)
        .await
        .expect("reads")
        .expect("is there");
    assert_eq!((batch.status, batch.lines as usize), (Status::Uploaded, rows.len()));
    let mapping = columns::suggest(kind, &header, &rows, &Default::default());
    imports::set_mapping(db, &batch, &mapping).await.expect("is kept");
    let setting = Setting {
        demo: true,
        today: date(2026, 3, 16),
        rules,
    };
    (id, imports::apply(db, id, None, &ada(), at(1), &setting).await)
}

fn row<const N: usize>(cells: [&str; N]) -> Vec<String> {
    cells.map(str::to_owned).to_vec()
}

/// Everything an import may write, except the record of it and the revisions that only count upwards.
async fn everything(db: &Db) -> Vec<Vec<Value>> {
    let mut conn = db.read().await.expect("reads");
    let mut all = Vec::new();
    for sql in [
        "SELECT 'unit', id, name, kind, phone, address FROM unit ORDER BY id",
        "SELECT 'employee', id, unit_id, name, title, role, phone, email, login, left_on FROM employee ORDER BY id",
        "SELECT 'team', id, name, leader_id FROM team ORDER BY id",
        "SELECT 'member', team_id, employee_id FROM team_member ORDER BY team_id, employee_id",
        "SELECT 'citizen', id, unit_id, name, birth_date, phone, email, address, postcode, wishes FROM citizen ORDER BY id",
        "SELECT 'cpr', citizen_id, lookup FROM citizen_cpr ORDER BY citizen_id",
        "SELECT 'spell', id, citizen_id, benefit, starts, ends FROM spell ORDER BY id",
        "SELECT 'earning', id, citizen_id, month, hours FROM earning ORDER BY id",
        "SELECT 'weeks', id, citizen_id, first_week, last_week, runs FROM support_history ORDER BY id",
        "SELECT 'assignment', id, citizen_id, employee_id, starts, ends FROM assignment ORDER BY id",
        "SELECT 'expense', id, month, benefit, gross, refund FROM expense ORDER BY id",
        "SELECT 'company', id, name, cvr, industry, address, postcode, contact, phone, email, employees FROM company ORDER BY id",
        "SELECT 'word', word, kind, id FROM name_word ORDER BY word, kind, id",
    ] {
        all.extend(
            conn.rows(sql, args![])
                .await
                .expect("reads")
                .iter()
                .map(|row| row.values().to_vec()),
        );
    }
    all
}

async fn chains_hold(db: &Db) {
    let mut conn = db.read().await.expect("reads");
    for chain in acts::chains(&mut conn).await.expect("reads") {
        acts::verify_chain(&mut conn, chain)
            .await
            .expect("reads")
            .expect("the chain holds");
    }
}

#[test]
fn a_municipality_comes_in_and_goes_out_again() {
    testing::both(async |db| {
        let rules = Rules::builtin();
        let mut batches = Vec::new();
        type File<'f> = (Kind, &'f [&'f str], Vec<Vec<String>>, u32, u32);
        let files: [File<'_>; 10] = [
            (
                Kind::Units,
                &["Navn", "Type"],
                vec![row(["Jobcentret", "Jobcenter"]), row(["Ungeenheden", "unge"])],
                2,
                0,
            ),
            (
                Kind::Employees,
                &["Navn", "Enhed", "Login", "Rolle"],
                vec![
                    row(["Karen Holm", "Jobcentret", "kaho", "Rådgiver"]),
                    row(["Ole Bang", "Findes ikke", "oleb", ""]),
                ],
                1,
                1,
            ),
            (
                Kind::Teams,
                &["Team", "Leder", "Medlemmer"],
                vec![row(["Team Nord", "kaho", "kaho"])],
                1,
                0,
            ),
            (
                Kind::Citizens,
                &["CPR", "Navn", "Enhed"],
                vec![
                    row(["610190-1236", "Anna Müller-Lind", "Jobcentret"]),
                    row(["7112750017", "Bo", "Ungeenheden"]),
                ],
                2,
                0,
            ),
            (
                Kind::Spells,
                &["CPR", "Ydelse", "Fra"],
                vec![row(["610190-1236", "dagpenge", "01-02-2026"])],
                1,
                0,
            ),
            (
                Kind::Hours,
                &["CPR", "Måned", "Timer"],
                vec![
                    row(["610190-1236", "2026-01", "148,5"]),
                    row(["610190-1236", "2026-02", "900"]),
                    row(["610190-1236", "2026-13", "10"]),
                    row(["610190-1236", "01-2026", "20"]),
                    row(["7112750017", "januar 2026", "0"]),
                ],
                2,
                3,
            ),
            (
                Kind::Assignments,
                &["CPR", "Sagsbehandler", "Fra", "Til"],
                vec![
                    row(["610190-1236", "KAHO", "01-02-2024", "31-12-2024"]),
                    row(["610190-1236", "kaho", "31-12-2024", ""]),
                    row(["610190-1236", "kaho", "01-01-2025", ""]),
                    row(["610190-1236", "ukendt", "01-01-2023", "01-02-2023"]),
                ],
                2,
                2,
            ),
            (
                Kind::States,
                &["CPR", "y_2601", "2026W02", "2026W03"],
                vec![
                    row(["610190-1236", "111", "111", ""]),
                    row(["7112750017", "", "1x1", ""]),
                ],
                1,
                1,
            ),
            (
                Kind::Companies,
                &["Virksomhed", "CVR"],
                vec![row(["Byens Brød", "29189927"])],
                1,
                0,
            ),
            (
                Kind::Expenses,
                &["Måned", "Ydelse", "Udgift", "Refusion"],
                vec![
                    row(["2026-01", "Kontanthjælp", "1.250.000,50", "100.000"]),
                    row(["01-2026", "kontanthjaelp", "7", ""]),
                    row(["2026-02", "Guldpension", "7", ""]),
                    row(["2026-02", "A-dagpenge", "-7,25", ""]),
                ],
                2,
                2,
            ),
        ];
        for (kind, header, rows, created, wrong) in files {
            let (id, counts) = bring_in(&db, kind, header, &rows, &rules).await;
            assert_eq!(
                counts.expect("is carried out"),
                Counts {
                    created,
                    wrong,
                    ..Counts::default()
                },
                "{kind}"
            );
            batches.push(id);
        }
        let mut conn = db.read().await.expect("reads");
        let overview = imports::overview(&mut conn).await.expect("counts");
        assert_eq!(
            (overview.units, overview.employees, overview.teams, overview.citizens),
            (2, 1, 1, 2)
        );
        let left = imports::rows(&mut conn, batches[1]).await.expect("reads");
        assert_eq!(
            left.len(),
            1,
            "only the row that could not be taken is kept, to be mended"
        );
        let words = conn
            .rows(
                "SELECT word FROM name_word WHERE kind = 'citizen' AND word = 'muller'",
                args![],
            )
            .await
            .expect("reads");
        assert_eq!(words.len(), 1);
        drop(conn);
        chains_hold(&db).await;

        // The units are in use: nothing would go, so nothing is touched.
        let undone = imports::undo(&db, batches[0], &ada(), at(2)).await;
        assert!(matches!(undone, Err(ApplyError::Nothing)), "{undone:?}");
        for id in batches.iter().rev() {
            let changes = imports::undo(&db, *id, &ada(), at(3)).await.expect("is taken back");
            assert!(changes.iter().all(|c| c.fate == Fate::Remove), "{changes:?}");
        }
        assert_eq!(everything(&db).await, Vec::<Vec<Value>>::new());
        chains_hold(&db).await;
        let again = imports::undo(&db, batches[9], &ada(), at(4)).await;
        assert!(matches!(again, Err(ApplyError::NotThere)), "once is enough");
    });
}

#[test]
fn a_citizens_chain_tells_before_and_after() {
    testing::both(async |db| {
        let rules = Rules::builtin();
        bring_in(&db, Kind::Units, &["Navn"], &[row(["Jobcentret"])], &rules)
            .await
            .1
            .expect("in");
        let header = ["CPR", "Navn", "Enhed", "Telefon"];
        bring_in(
            &db,
            Kind::Citizens,
            &header,
            &[row(["610190-1236", "Anna Lind", "Jobcentret", ""])],
            &rules,
        )
        .await
        .1
        .expect("in");
        let (second, counts) = bring_in(
            &db,
            Kind::Citizens,
            &header,
            &[row(["610190-1236", "Anna Lind", "Jobcentret", "20 30 40 50"])],
            &rules,
        )
        .await;
        assert_eq!(
            counts.expect("in"),
            Counts {
                updated: 1,
                ..Counts::default()
            }
        );
        imports::undo(&db, second, &ada(), at(5)).await.expect("back");
        let mut conn = db.read().await.expect("reads");
        let told: Vec<(Option<String>, Option<String>, Uuid)> = acts::of_submission(&mut conn, SubmissionId(second.0))
            .await
            .expect("reads")
            .into_iter()
            .map(|act| {
                let phone = |record: Option<Record>| match record {
                    Some(Record::Citizen(citizen)) => Some(citizen.phone),
                    _ => None,
                };
                (phone(act.before), phone(act.after), act.actor.id)
            })
            .collect();
        let ada = ada().id;
        assert_eq!(
            told,
            [
                (Some(String::new()), Some("20 30 40 50".into()), ada),
                (Some("20 30 40 50".into()), Some(String::new()), ada)
            ]
        );
    });
}

#[test]
fn many_rows_about_a_citizen_are_one_act() {
    testing::both(async |db| {
        let rules = Rules::builtin();
        let units = bring_in(&db, Kind::Units, &["Navn"], &[row(["Jobcentret"])], &rules).await;
        units.1.expect("in");
        let people = [
            row(["610190-1236", "Anna", "Jobcentret"]),
            row(["7112750017", "Bo", "Jobcentret"]),
        ];
        let people = bring_in(&db, Kind::Citizens, &["CPR", "Navn", "Enhed"], &people, &rules).await;
        people.1.expect("in");
        let hours = [
            row(["610190-1236", "2025-11", "10"]),
            row(["7112750017", "2025-11", "20"]),
            row(["610190-1236", "2025-12", "30"]),
        ];
        let (id, counts) = bring_in(&db, Kind::Hours, &["CPR", "Måned", "Timer"], &hours, &rules).await;
        assert_eq!(counts.expect("in").created, 3);
        let mut conn = db.read().await.expect("reads");
        let told = acts::of_submission(&mut conn, SubmissionId(id.0)).await.expect("reads");
        assert_eq!(told.len(), 2, "one for each citizen");
        assert_ne!(told[0].citizen, told[1].citizen);
        drop(conn);
        chains_hold(&db).await;
    });
}

#[test]
fn what_was_used_or_changed_since_stays_and_the_rest_goes() {
    testing::both(async |db| {
        let rules = Rules::builtin();
        bring_in(&db, Kind::Units, &["Navn"], &[row(["Jobcentret"])], &rules)
            .await
            .1
            .expect("in");
        let people = [
            row(["610190-1236", "Anna", "Jobcentret"]),
            row(["7112750017", "Bo", "Jobcentret"]),
            row(["6302010018", "Cille", "Jobcentret"]),
            row(["6402010019", "Dan", "Jobcentret"]),
        ];
        let (id, counts) = bring_in(&db, Kind::Citizens, &["CPR", "Navn", "Enhed"], &people, &rules).await;
        assert_eq!(counts.expect("in").created, 4);
        let mut tx = db.begin().await.expect("begins");
        let who = async |tx: &mut tovholder_store::db::Tx, name: &str| -> Uuid {
            let row = tx
                .row("SELECT id FROM citizen WHERE name = $1", args![name])
                .await
                .expect("reads")
                .expect("is there");
            row.get(0).expect("an id")
        };
        let (anna, bo, cille) = (
            who(&mut tx, "Anna").await,
            who(&mut tx, "Bo").await,
            who(&mut tx, "Cille").await,
        );
        tx.execute(
            "INSERT INTO spell (id, citizen_id, benefit, starts) VALUES ($1, $2, 'dagpenge', '2026-02-01')",
            args![Uuid::now_v7(), anna],
        )
        .await
        .expect("a spell");
        tx.execute("UPDATE citizen SET phone = '11 22 33 44' WHERE id = $1", args![bo])
            .await
            .expect("a change");
        // She wrote her wishes: nothing the file knew has changed, but something has happened.
        let act = Act {
            id: ActId(Uuid::now_v7()),
            at: at(2),
            actor: Actor {
                kind: UserKind::Citizen,
                id: cille,
                name: "Cille".into(),
                unit: String::new(),
            },
            citizen: Some(CitizenId(cille)),
            kind: ActKind::PersonChanged,
            submission: None,
            before: None,
            after: None,
            reason: String::new(),
            voice: Voice::Own,
        };
        acts::append(&mut tx, &[acts::Entry { chain: cille, act }])
            .await
            .expect("an act");
        tx.commit().await.expect("commits");
        let changes = imports::undo(&db, id, &ada(), at(3)).await.expect("is taken back");
        let fates: Vec<(&str, Fate)> = changes.iter().map(|c| (c.name.as_str(), c.fate)).collect();
        assert_eq!(
            fates,
            [
                ("Anna", Fate::Used),
                ("Bo", Fate::Changed),
                ("Cille", Fate::Used),
                ("Dan", Fate::Remove)
            ]
        );
        let mut conn = db.read().await.expect("reads");
        let left = conn
            .rows("SELECT name FROM citizen ORDER BY name", args![])
            .await
            .expect("reads");
        assert_eq!(left.len(), 3);
        let kept = imports::kept(&mut conn, id, 10).await.expect("reads");
        assert_eq!(
            kept,
            [
                (2, "Anna".into(), Fate::Used),
                (3, "Bo".into(), Fate::Changed),
                (4, "Cille".into(), Fate::Used)
            ]
        );
        let batch = imports::find(&mut conn, id).await.expect("reads").expect("is there");
        assert_eq!((batch.status, batch.kept), (Status::Undone, 3));
        drop(conn);
        chains_hold(&db).await;
    });
}

#[test]
fn nothing_is_written_when_the_consequences_have_changed() {
    testing::both(async |db| {
        let rules = Rules::builtin();
        let header = vec!["Navn".to_owned()];
        let rows = [Row::new(2, ["Jobcentret"])];
        let id = imports::add(&db, Kind::Units, "a.csv", &header, &rows, &ada(), at(0))
            .await
            .expect("kept");
        let setting = Setting {
            demo: true,
            today: date(2026, 3, 16),
            rules: &rules,
        };
        let early = imports::apply(&db, id, None, &ada(), at(1), &setting).await;
        assert!(
            matches!(early, Err(ApplyError::NotThere)),
            "nobody has said what the columns hold"
        );
        let mut conn = db.read().await.expect("reads");
        let batch = imports::find(&mut conn, id).await.expect("reads").expect("is there");
        drop(conn);
        imports::set_mapping(
            &db,
            &batch,
            &columns::suggest(Kind::Units, &header, &rows, &Default::default()),
        )
        .await
        .expect("kept");
        let shown = Counts {
            created: 1,
            ..Counts::default()
        };
        bring_in(&db, Kind::Units, &["Navn"], &[row(["Jobcentret"])], &rules)
            .await
            .1
            .expect("somebody else was first");
        let before = everything(&db).await;
        let late = imports::apply(&db, id, Some(shown), &ada(), at(2), &setting).await;
        assert!(
            matches!(late, Err(ApplyError::Changed(now)) if now == Counts { unchanged: 1, ..Counts::default() }),
            "{late:?}"
        );
        assert_eq!(everything(&db).await, before);
        // What a column was taken for is known the next time.
        let remembered = imports::remembered(&mut db.read().await.expect("reads"), Kind::Units)
            .await
            .expect("reads");
        assert_eq!(remembered, [("navn".to_owned(), "name".to_owned())].into());
        // And what nobody carries out is forgotten.
        imports::purge(&db, at(0) + jiff::SignedDuration::from_hours(24 * 6))
            .await
            .expect("looks");
        assert!(
            imports::find(&mut db.read().await.expect("reads"), id)
                .await
                .expect("reads")
                .is_some()
        );
        imports::purge(&db, at(0) + jiff::SignedDuration::from_hours(24 * 8))
            .await
            .expect("looks");
        assert!(
            imports::find(&mut db.read().await.expect("reads"), id)
                .await
                .expect("reads")
                .is_none()
        );
    });
}

/// Whoever adds a table that points at a unit, an employee, a citizen or a company must say so in `imports.rs`, or taking an import back
/// would fail on it.
#[test]
fn every_table_that_points_at_an_imported_thing_is_asked_before_it_is_removed() {
    testing::both(async |db| {
        if db.engine() != Engine::Sqlite {
            return;
        }
        let known = include_str!("../src/imports.rs");
        let mut conn = db.read().await.expect("reads");
        let rows = conn
            .rows(
                "SELECT m.name, f.\"from\", f.\"table\" FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table'",
                args![],
            )
            .await
            .expect("reads");
        assert!(rows.len() > 20, "the tables are listed");
        for row in rows {
            let (table, column, to): (String, String, String) = (
                row.get(0).expect("text"),
                row.get(1).expect("text"),
                row.get(2).expect("text"),
            );
            // A citizen's number and a team's members go with them.
            let goes_along = table == "citizen_cpr" || (table == "team_member" && to == "team");
            if ["unit", "employee", "citizen", "company", "team", "spell"].contains(&to.as_str()) && !goes_along {
                assert!(
                    known.contains(&format!("(\"{table}\", \"{column}\")")),
                    "{table}.{column} points at {to}"
                );
            }
        }
    });
}

/// A few rows of a kind, drawn so that they often meet what is there.
fn file(kind: Kind) -> BoxedStrategy<Vec<Vec<String>>> {
    let name = || prop::sample::select(vec!["Anna Lind", "Bo", "Åse Ø", "D'Angelo 🦔", ""]).prop_map(str::to_owned);
    let phone = || prop::sample::select(vec!["", "96 12 34 00", "20304050"]).prop_map(str::to_owned);
    let unit = || prop::sample::select(vec!["Jobcentret", "Unge", "Ukendt"]).prop_map(str::to_owned);
    let cpr = || (1i8..6).prop_map(|d| Cpr::demo(date(1980, 1, d), d as u32).expect("a number").digits());
    let login = || prop::sample::select(vec!["kaho", "oleb", "mekr", ""]).prop_map(str::to_owned);
    let row = match kind {
        Kind::Units => (unit(), phone()).prop_map(|(a, b)| vec![a, b]).boxed(),
        Kind::Employees => (name(), unit(), login(), phone())
            .prop_map(|(a, b, c, d)| vec![a, b, c, d])
            .boxed(),
        Kind::Teams => (unit(), login(), login())
            .prop_map(|(a, b, c)| vec![a, b.clone(), format!("{b},{c}")])
            .boxed(),
        Kind::Citizens => (cpr(), name(), unit(), phone())
            .prop_map(|(a, b, c, d)| vec![a, b, c, d])
            .boxed(),
        Kind::Spells => (
            cpr(),
            prop::sample::select(vec!["", "2026-03-01"]).prop_map(str::to_owned),
        )
            .prop_map(|(a, b)| vec![a, "dagpenge".into(), "2026-02-01".into(), b])
            .boxed(),
        Kind::Hours => (
            cpr(),
            prop::sample::select(vec!["2026-01", "2026-02", "2026-13"]),
            prop::sample::select(vec!["0", "37,5", "160.33", "900"]),
        )
            .prop_map(|(a, b, c)| vec![a, b.into(), c.into()])
            .boxed(),
        Kind::Companies => (
            name(),
            prop::sample::select(vec!["", "29189927", "29189846"]).prop_map(str::to_owned),
            phone(),
        )
            .prop_map(|(a, b, c)| vec![a, b, c])
            .boxed(),
        Kind::States => (
            cpr(),
            prop::collection::vec(prop::sample::select(vec!["", "111", "651", "elleve"]), 3),
        )
            .prop_map(|(a, b)| [vec![a], b.into_iter().map(str::to_owned).collect()].concat())
            .boxed(),
        Kind::Assignments => (
            cpr(),
            login(),
            prop::sample::select(vec!["2025-01-01", "2025-02-01"]),
            prop::sample::select(vec!["", "2025-01-31", "2025-03-31"]),
        )
            .prop_map(|(a, b, c, d)| vec![a, b, c.into(), d.into()])
            .boxed(),
        Kind::Expenses => (
            prop::sample::select(vec!["2026-01", "2026-02", "2026-13"]),
            prop::sample::select(vec!["dagpenge", "kontanthjælp", "guld"]),
            prop::sample::select(vec!["1.000.000", "0", "-12,5"]),
            prop::sample::select(vec!["", "0", "99,25"]),
        )
            .prop_map(|(a, b, c, d)| vec![a.into(), b.into(), c.into(), d.into()])
            .boxed(),
    };
    prop::collection::vec(row, 1..6).boxed()
}

fn header(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Units => &["Navn", "Telefon"],
        Kind::Employees => &["Navn", "Enhed", "Login", "Telefon"],
        Kind::Teams => &["Navn", "Leder", "Medlemmer"],
        Kind::Citizens => &["CPR", "Navn", "Enhed", "Telefon"],
        Kind::Spells => &["CPR", "Ydelse", "Fra", "Til"],
        Kind::Hours => &["CPR", "Måned", "Timer"],
        Kind::States => &["CPR", "2025W51", "2025W52", "2026W01"],
        Kind::Assignments => &["CPR", "Sagsbehandler", "Fra", "Til"],
        Kind::Companies => &["Navn", "CVR", "Telefon"],
        Kind::Expenses => &["Måned", "Ydelse", "Udgift", "Refusion"],
    }
}

/// Files upon files; each is once carried out and taken back, which leaves everything as it was, and then carried out to stay.
#[test]
fn taken_back_is_as_if_it_had_never_been() {
    testing::both(async |db| {
        let rules = Rules::builtin();
        let mut draw = TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]));
        let (mut carried_out, mut changed) = (0, 0);
        for round in 0..10 * Kind::ALL.len() {
            let kind = Kind::ALL[round % Kind::ALL.len()];
            let rows = file(kind).new_tree(&mut draw).expect("a file").current();
            let before = everything(&db).await;
            let (id, counts) = bring_in(&db, kind, header(kind), &rows, &rules).await;
            let counts = match counts {
                Ok(counts) => counts,
                Err(ApplyError::Nothing) => continue,
                Err(other) => panic!("{other:?}"),
            };
            carried_out += 1;
            changed += counts.updated;
            if counts.created + counts.updated == 0 {
                assert_eq!(everything(&db).await, before, "round {round}, {kind}");
                continue;
            }
            assert_ne!(everything(&db).await, before, "round {round}, {kind}");
            imports::undo(&db, id, &ada(), at(9)).await.expect("is taken back");
            assert_eq!(everything(&db).await, before, "round {round}, {kind}: {rows:?}");
            bring_in(&db, kind, header(kind), &rows, &rules)
                .await
                .1
                .expect("comes in again");
        }
        assert!(
            carried_out > 40 && changed > 10,
            "the files do something: {carried_out}, {changed}"
        );
        chains_hold(&db).await;
    });
}
