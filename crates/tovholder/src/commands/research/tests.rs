use std::collections::{BTreeSet, HashSet};

use jiff::civil::date;
use tovholder_store::{acts, args, testing};
use uuid::Uuid;

use super::*;
use crate::commands::verify;
use crate::demo::{DemoOptions, build};

fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

fn now() -> Timestamp {
    Timestamp::from_second(1_773_651_600).expect("a time")
}

/// Twelve who look alike, one nobody is like, one protected, one who said no; a head and a caseworker.
async fn town(db: &Db) {
    let mut tx = db.begin().await.expect("begins");
    tx.execute(
        "INSERT INTO unit (id, name, kind) VALUES ($1, 'Jobcentret', 'jobcentre')",
        args![id(1)],
    )
    .await
    .expect("unit");
    for (n, name, role, login) in [
        (20, "Per Friis", "head", "per"),
        (21, "Karen Holm", "caseworker", "karen"),
    ] {
        tx.execute(
            "INSERT INTO employee (id, unit_id, name, role, login) VALUES ($1, $2, $3, $4, $5)",
            args![id(n), id(1), name, role, login],
        )
        .await
        .expect("employee");
    }
    for n in 100..115_u128 {
        let born = if n == 112 { "1931-05-05" } else { "1983-04-02" };
        tx.execute(
            "INSERT INTO citizen (id, unit_id, name, birth_date, address, postcode, protected) VALUES ($1, $2, 'Inge Gammelgaard', $3, 'Lærkevej 2', '9230', $4)",
            args![id(n), id(1), born, n == 113],
        )
        .await
        .expect("citizen");
        tx.execute(
            "INSERT INTO spell (id, citizen_id, benefit, starts, ends) VALUES ($1, $2, 'kontanthjaelp', '2024-01-01', $3)",
            args![id(n + 1_000), id(n), if n % 2 == 0 { "2025-05-31" } else { "2025-08-31" }],
        )
        .await
        .expect("spell");
    }
    tx.execute(
        "INSERT INTO correction (id, citizen_id, wish, about, words, asked, due, answer, answered_by, rev) \
         VALUES ($1, $2, 'object', 'other', 'Jeg vil ikke forskes i', 1, '2026-04-01', '', '', 1)",
        args![id(5_000), id(114)],
    )
    .await
    .expect("says no");
    tx.commit().await.expect("commits");
}

fn request(reference: &str) -> Request {
    Request {
        reference: reference.into(),
        project: "Veje til job".into(),
        recipient: "Aalborg Universitet".into(),
        purpose: "Hvad virker".into(),
        basis: "databeskyttelsesloven § 10".into(),
        permission: String::new(),
        delete_by: date(2028, 12, 31),
    }
}

fn about(k: u32) -> Scope {
    Scope {
        from: date(2025, 1, 1),
        until: date(2025, 12, 31),
        k,
        grain: Grain::Month,
    }
}

async fn exported(db: &Db, reference: &str, to: &Path) -> Result<String, Problem> {
    let job = Job {
        db,
        rules: &Rules::builtin(),
        scope: about(5),
        request: request(reference),
        by: "per",
        to,
    };
    export(job, now()).await
}

fn is_pseudonym(field: &str) -> bool {
    let field = field.trim_end_matches([',', '\n']);
    field.len() == 32 && field.chars().all(|c| c.is_ascii_hexdigit())
}

fn pseudonyms(folder: &Path) -> BTreeSet<String> {
    let text = fs::read_to_string(folder.join("persons.csv")).expect("is there");
    let first = |line: &str| line.split(',').next().unwrap_or_default().to_owned();
    text.lines().skip(1).map(first).collect()
}

#[test]
fn what_leaves_is_whole_registered_and_in_everybodys_log() {
    testing::both(async |db| {
        town(&db).await;
        let folder = testing::Folder::new();
        let to = folder.path().join("first");
        let said = preview(&db, &Rules::builtin(), about(5), now())
            .await
            .expect("previews");
        for part in [
            "15 persons had",
            "1 with protected",
            "1 who said no",
            "12 persons in 1 groups, the smallest of 12; withheld: 1",
            "by month: 0 persons",
            "in 1 of 1 groups",
        ] {
            assert!(said.contains(part), "{part}: {said}");
        }
        let links = |db: &Db| {
            let db = db.clone();
            async move { verify::prove(&db).await.expect("proves").links }
        };
        assert_eq!(links(&db).await, 0, "a preview writes nothing");

        // Who may not answer for it does not; a k below the least is no k.
        for (by, k, said) in [
            ("karen", 5, "head of department"),
            ("nobody", 5, "Per Friis"),
            ("per", 2, "--k"),
        ] {
            let job = Job {
                db: &db,
                rules: &Rules::builtin(),
                scope: about(k),
                request: request("24/1"),
                by,
                to: &to,
            };
            let problem = export(job, now()).await.expect_err("is refused");
            assert!(problem.words.contains(said), "{problem}");
            assert!(!to.exists() && links(&db).await == 0);
        }

        let said = exported(&db, "24/1", &to).await.expect("exports");
        assert!(said.contains("12 persons in 1 groups"), "{said}");
        assert!(is_complete(&to), "each file has the sum the list says");
        let all = research::register(&mut db.read().await.expect("reads"))
            .await
            .expect("reads");
        assert_eq!(all.len(), 1);
        assert_eq!((all[0].persons, all[0].withheld, all[0].left_out), (12, 1, 2));
        assert_eq!(all[0].sha256, sum_of(&to).expect("is there"));
        assert!(list(&all, date(2026, 3, 16)).contains("to be deleted by 2028-12-31"));
        assert!(list(&all, date(2029, 1, 1)).contains("OVERDUE"));
        let mut conn = db.read().await.expect("reads");
        for n in 100..115 {
            let looks = acts::looks(&mut conn, CitizenId(id(n)), None, None, 10)
                .await
                .expect("reads");
            let reasons: Vec<&str> = looks.iter().map(|(_, act)| act.reason.as_str()).collect();
            let expected: &[&str] = if n < 112 {
                &["research: Veje til job (Aalborg Universitet)"]
            } else {
                &[]
            };
            assert_eq!(reasons, expected, "{n}: those who are in it, and nobody else");
        }
        drop(conn);
        verify::prove(&db).await.expect("proves").whole().expect("whole");
        assert_eq!(links(&db).await, 13, "twelve, and one in the log of who answers for it");

        let again = exported(&db, "24/1", &to).await.expect_err("nothing is written over");
        assert!(again.words.contains("already"), "{again}");
        // The same project has the same pseudonyms, another has others.
        let (follow_up, other) = (folder.path().join("later"), folder.path().join("other"));
        exported(&db, "24/1", &follow_up).await.expect("exports");
        exported(&db, "24/2", &other).await.expect("exports");
        assert_eq!(pseudonyms(&to), pseudonyms(&follow_up));
        assert!(pseudonyms(&to).is_disjoint(&pseudonyms(&other)));
        assert_eq!(pseudonyms(&to).len(), 12);
    });
}

#[test]
fn stopped_half_way_it_is_finished_when_it_was_recorded_and_thrown_away_when_it_was_not() {
    testing::both(async |db| {
        town(&db).await;
        let folder = testing::Folder::new();
        let (to, partial) = (folder.path().join("out"), folder.path().join("out.partial"));
        // Stopped before it was recorded: what lies there never was an export.
        fs::create_dir(&partial).expect("is made");
        fs::write(partial.join("persons.csv"), "half").expect("is written");
        exported(&db, "24/1", &to).await.expect("exports");
        assert!(!partial.exists());
        // Stopped after it, before it had its name.
        fs::rename(&to, &partial).expect("moves");
        let said = exported(&db, "24/1", &to).await.expect("finishes");
        assert!(said.contains("finished what was stopped") && is_complete(&to), "{said}");
        let all = research::register(&mut db.read().await.expect("reads"))
            .await
            .expect("reads");
        assert_eq!(all.len(), 1, "once in the register");
    });
}

/// What somebody wrote, and what tells who somebody is: every such column of the schema.
const TEXTS: &[&str] = &[
    "SELECT name FROM citizen",
    "SELECT address FROM citizen",
    "SELECT phone FROM citizen",
    "SELECT email FROM citizen",
    "SELECT wishes FROM citizen",
    "SELECT birth_date FROM citizen",
    "SELECT name FROM employee",
    "SELECT name FROM unit",
    "SELECT name FROM company",
    "SELECT words FROM goal",
    "SELECT professional FROM goal",
    "SELECT title FROM step",
    "SELECT holder_name FROM step",
    "SELECT body FROM comment",
    "SELECT name FROM participation",
    "SELECT organisation FROM participation",
    "SELECT name FROM coordination",
    "SELECT note FROM coordination",
    "SELECT body FROM handover",
    "SELECT note FROM conversation",
    "SELECT place FROM conversation",
    "SELECT body FROM question",
    "SELECT title FROM effort",
    "SELECT provider FROM effort",
    "SELECT body FROM strength",
    "SELECT note FROM rating",
    "SELECT body FROM message",
    "SELECT words FROM correction",
    "SELECT answer FROM correction",
    "SELECT balance_reached FROM plan WHERE closed IS NOT NULL",
    "SELECT balance_helped FROM plan WHERE closed IS NOT NULL",
    "SELECT balance_remains FROM plan WHERE closed IS NOT NULL",
];

/// The demo's people are searched for in every file that leaves: names, numbers, days of birth, addresses, texts, ids.
#[tokio::test]
async fn nothing_that_names_somebody_or_that_somebody_wrote_is_in_any_file() {
    let (db, folder) = testing::sqlite().await;
    let options = DemoOptions {
        citizens: 200,
        seed: 3,
        today: date(2026, 3, 16),
    };
    build(&db, &options, |_, _| {}).await.expect("builds");
    let mut conn = db.read().await.expect("reads");
    let head = "SELECT id FROM employee WHERE role = 'head' AND left_on IS NULL";
    let head: Uuid = conn
        .row(head, args![])
        .await
        .expect("reads")
        .expect("one")
        .get(0)
        .expect("an id");
    let to = folder.path().join("out");
    let job = Job {
        db: &db,
        rules: &Rules::builtin(),
        scope: about(5),
        request: request("24/1"),
        by: &head.to_string(),
        to: &to,
    };
    export(job, now()).await.expect("exports");
    let mut files = Vec::new();
    for entry in fs::read_dir(&to).expect("reads") {
        let path = entry.expect("reads").path();
        let text = fs::read_to_string(&path).expect("is text");
        files.push((path.file_name().expect("a name").to_string_lossy().into_owned(), text));
    }
    assert_eq!(files.len(), 9);
    for (name, least) in [
        ("benefits.csv", 50),
        ("plans.csv", 50),
        ("efforts.csv", 50),
        ("conversations.csv", 50),
        ("progress.csv", 20),
    ] {
        let text = &files.iter().find(|(file, _)| file == name).expect("is there").1;
        assert!(text.lines().count() > least, "{name}: something to search in");
        assert!(!text.contains(",other,"), "{name}: every code of the demo is known");
    }
    let mut secrets: HashSet<String> = HashSet::new();
    for sql in TEXTS {
        for row in conn.rows(*sql, args![]).await.expect("reads") {
            let text: String = row.get(0).expect("text");
            secrets.extend(Some(text).filter(|text| text.chars().count() > 3));
        }
    }
    assert!(secrets.len() > 1_500, "{} texts to search for", secrets.len());
    for (_, cpr) in tovholder_store::numbers::all(&mut conn).await.expect("reads") {
        let digits = cpr.digits();
        secrets.extend([format!("{}-{}", &digits[..6], &digits[6..]), digits]);
    }
    for sql in [
        "SELECT id FROM citizen",
        "SELECT id FROM plan",
        "SELECT id FROM employee",
        "SELECT id FROM effort",
    ] {
        for row in conn.rows(sql, args![]).await.expect("reads") {
            let id: Uuid = row.get(0).expect("an id");
            secrets.extend([id.to_string(), id.simple().to_string()]);
        }
    }
    for (name, text) in &files {
        // Digits of a pseudonym may be anybody's telephone number.
        let told = text.split_inclusive([',', '\n']).filter(|field| !is_pseudonym(field));
        let text: String = told.collect();
        for secret in &secrets {
            // The codebook speaks of jobcentres and of what the columns mean: there a place of one word may stand.
            let ordinary = name == files::CODEBOOK && !secret.contains(char::is_whitespace);
            assert!(
                ordinary || !text.contains(secret.as_str()),
                "{secret:?} stands in {name}"
            );
        }
        if name.ends_with(".csv") {
            let exact = text.split([',', '\n']).find(|field| field.parse::<Date>().is_ok());
            assert_eq!(exact, None, "a whole day stands in {name}");
        }
    }
}
