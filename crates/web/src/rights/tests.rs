use std::collections::BTreeSet;

use jiff::civil::date;
use serde_json::Value as Json;
use tovholder_casework::cpr::Cpr;
use tovholder_casework::id::CitizenId;
use tovholder_casework::retention::Kept;
use tovholder_casework::rules::Rules;
use tovholder_store::db::{AssertSqlSafe, Conn, Engine, Value};
use tovholder_store::holdings::{HOLDINGS, Told};
use tovholder_store::{args, numbers, retention};
use uuid::Uuid;

use super::EVERYTHING;
use crate::testing::*;

const FILE: &str = "/my-plan/everything.json";
/// Nobody's: the day is one too many.
const CPR: &str = "6105901234";

/// Columns that are not told, and why.
const NOT_TOLD: &[(&str, &str, &str)] = &[
    ("session", "csrf", "lets others act in the session"),
    ("session", "id_token", "lets others act at the provider"),
    ("session", "provider_session", "the provider's own number of it"),
    ("session", "user_kind", "the file is a citizen's"),
    ("log_in_link", "user_kind", "the file is a citizen's"),
];

/// Anna, with something in every table that holds something of a citizen.
async fn town() -> Town {
    let town = Town::sqlite().await;
    fill(&town).await;
    town
}

async fn fill(town: &Town) {
    let cpr: Cpr = CPR.parse().expect("ten digits");
    let mut tx = town.app.db.begin().await.expect("begins");
    numbers::set(&mut tx, ANNA, cpr).await.expect("is set");
    let id = |n: u128| Uuid::from_u128(0x9000 + n);
    for (sql, args) in [
        (
            "INSERT INTO spell (id, citizen_id, benefit, starts) VALUES ($1, $2, 'kontanthjaelp', '2025-11-03')",
            args![id(1), ANNA].to_vec(),
        ),
        (
            "INSERT INTO classification (id, citizen_id, dimension, code, starts, ends) VALUES ($1, $2, 'readiness', 'klar', '2025-11-03', '2026-01-31')",
            args![id(2), ANNA].to_vec(),
        ),
        (
            "INSERT INTO earning (id, citizen_id, month, hours) VALUES ($1, $2, '2026-02', 12.5)",
            args![id(3), ANNA].to_vec(),
        ),
        (
            "INSERT INTO assignment (id, citizen_id, employee_id, starts, ends) VALUES ($1, $2, $3, '2025-10-01', '2026-01-11')",
            args![id(4), ANNA, OLE].to_vec(),
        ),
        (
            "INSERT INTO support_history (id, citizen_id, first_week, last_week, runs) VALUES ($1, $2, '2025W40', '2026W05', '2025W45 2026W05 730')",
            args![id(5), ANNA].to_vec(),
        ),
        (
            "INSERT INTO log_in_link (token_hash, user_kind, user_id, expires) VALUES ($1, 'citizen', $2, 1773651600123)",
            args![vec![7u8; 32], ANNA].to_vec(),
        ),
        (
            "INSERT INTO import_batch (id, kind, file_name, header, status, lines, uploaded, actor_id, actor_name, applied) \
             VALUES ($1, 'citizens', 'borgere.csv', '[]', 'applied', 1, 1773000000000, $2, 'Ada Skov', 1773000000000)",
            args![id(6), ADA].to_vec(),
        ),
        (
            "INSERT INTO import_change (batch_id, line, item_id, name, item_before, item_after, kept) \
             VALUES ($1, 17, $2, 'Anna Lind', NULL, '{\"name\":\"Anna Lind fra filen\"}', 'used')",
            args![id(6), ANNA].to_vec(),
        ),
        (
            "INSERT INTO import_change (batch_id, line, item_id, name, item_before, item_after) \
             VALUES ($1, 18, $2, 'Ydelse', '{\"benefit\":\"foer\"}', '{\"benefit\":\"efter\"}')",
            args![id(6), id(1)].to_vec(),
        ),
    ] {
        tx.execute(sql, &args).await.expect(sql);
    }
    tx.commit().await.expect("commits");
    let plan = format!("/plans/{}", town.anna_plan);
    let karen = town.employee(KAREN).await;
    let mette = town.employee(METTE).await;
    mette
        .post(
            &format!("{plan}/closed-note"),
            &[("text", "Bor hos en veninde <b>"), ("_rev", "0")],
        )
        .await
        .redirects_to(&plan);
    mette
        .post(
            &format!("{plan}/closed-note"),
            &[("text", "Har fået egen bolig"), ("_rev", "1")],
        )
        .await
        .redirects_to(&plan);
    let step = town
        .app
        .db
        .read()
        .await
        .expect("reads")
        .row("SELECT id FROM step ORDER BY id", args![])
        .await;
    let step: Uuid = step.expect("reads").expect("is there").get(0).expect("an id");
    let remark = [
        ("step", step.to_string()),
        ("text", "Det gik godt i telefonen".to_owned()),
    ];
    let remark = remark.each_ref().map(|(name, value)| (*name, value.as_str()));
    karen
        .post(&format!("{plan}/comments/new"), &remark)
        .await
        .redirects_to(&format!("{plan}/steps/{step}"));
    let transferred = karen
        .post(
            &format!("{plan}/transfer"),
            &[
                ("to", &METTE.to_string()),
                ("from", "2026-04-01"),
                ("reason", "workload"),
                ("note", "Karen får nye opgaver"),
                ("handover", "Ring helst om formiddagen"),
            ],
        )
        .await;
    assert!(transferred.status.is_redirection(), "{}", transferred.html);
    let ole = town.employee(OLE).await;
    ole.post(
        &format!("/citizens/{ANNA}/emergency"),
        &[("reason", "Hun svarer ikke, og det haster")],
    )
    .await
    .redirects_to(&plan);
    let anna = town.citizen(ANNA).await;
    let wrong = [
        ("wish", "correct"),
        ("about", "words"),
        ("words", "Det har jeg aldrig sagt"),
    ];
    anna.post("/my-plan/corrections", &wrong)
        .await
        .redirects_to("/my-plan/corrections");
    let lis = town.employee(LIS).await;
    let hold = format!("/citizens/{ANNA}/hold");
    lis.post(&hold, &[("reason", "En klage er ikke afgjort endnu"), ("until", "")])
        .await
        .redirects_to(super::RETENTION);
    let kept = anna
        .post("/draft/my-plan/messages/new", &[("text", "Kære Karen, jeg når ikke")])
        .await;
    assert!(kept.status.is_success(), "{}", kept.html);
}

/// Every text and number in a file, however deep.
fn leaves(json: &Json, into: &mut BTreeSet<String>) {
    match json {
        Json::Object(fields) => fields.values().for_each(|value| leaves(value, into)),
        Json::Array(all) => all.iter().for_each(|value| leaves(value, into)),
        Json::String(text) => {
            into.insert(text.clone());
        }
        Json::Null => {}
        other => {
            into.insert(other.to_string());
        }
    }
}

async fn columns(conn: &mut Conn, table: &str) -> Vec<String> {
    let rows = conn
        .rows("SELECT name FROM pragma_table_info($1)", args![table.to_owned()])
        .await;
    rows.expect("reads")
        .iter()
        .map(|row| row.get(0).expect("a name"))
        .collect()
}

/// The schema is asked for every column of every table that is told, and everything in Anna's rows must stand in her file.
#[tokio::test]
async fn all_that_lies_in_the_database_about_somebody_stands_in_their_file() {
    let town = town().await;
    let anna = town.citizen(ANNA).await;
    let file = anna.get(FILE).await;
    file.ok();
    let json: Json = serde_json::from_str(&file.html).expect("is JSON");
    let mut told = BTreeSet::new();
    leaves(&json, &mut told);
    let mut conn = town.app.db.read().await.expect("reads");
    for holding in HOLDINGS {
        let Told::As(path) = holding.told else { continue };
        let place = path.split('.').try_fold(&json, |json, name| match json {
            Json::Array(all) => all.first()?.get(name),
            other => other.get(name),
        });
        assert!(place.is_some(), "{} is to stand at {path}", holding.table);
        for column in columns(&mut conn, holding.table).await {
            if NOT_TOLD
                .iter()
                .any(|(table, name, _)| (*table, *name) == (holding.table, column.as_str()))
            {
                continue;
            }
            let sql = format!("SELECT {column} FROM {} WHERE {}", holding.table, holding.whose);
            let rows = conn.rows(AssertSqlSafe(sql), args![ANNA]).await.expect("reads");
            assert!(!rows.is_empty(), "{}: nothing to try it on", holding.table);
            for row in rows {
                let value: Value = row.get(0).expect("a value");
                let here = |text: &str| told.contains(text);
                let found = match &value {
                    Value::Text(text) if text.starts_with(['{', '[']) => {
                        let mut inside = BTreeSet::new();
                        leaves(&serde_json::from_str(text).expect("JSON"), &mut inside);
                        inside.iter().all(|leaf| here(leaf))
                    }
                    Value::Text(text) => text.is_empty() || here(text) || here(&format!("{text}:00")),
                    Value::Uuid(id) => here(&id.to_string()),
                    Value::Int(at) if *at > 1_000_000_000_000 => {
                        here(&jiff::Timestamp::from_millisecond(*at).expect("a time").to_string())
                    }
                    // Small numbers, and yes and no, are found anywhere; bytes are sealed texts and hashes.
                    _ => true,
                };
                assert!(
                    found,
                    "{}.{column}: {value:?} does not stand in the file",
                    holding.table
                );
            }
        }
    }
    for words in [CPR, "Bor hos en veninde <b>", "Har fået egen bolig"] {
        assert!(told.contains(words), "{words}");
    }
}

#[tokio::test]
async fn the_citizen_reads_everything_on_one_page_and_others_do_not() {
    let town = town().await;
    let anna = town.citizen(ANNA).await;
    let page = anna.get(EVERYTHING).await;
    page.ok()
        .has("610590 1234")
        .has("Anna Lind")
        .has("Lærkevej 2")
        .has("Jeg vil sove om natten")
        .has("Ring til Solhøj Gartneri")
        .has("Det gik godt i telefonen")
        .has("At min datter ser mig gå på arbejde")
        .has("Kan jeg få kørsel betalt?")
        .has("Bor hos en veninde &#60;b&#62;")
        .has("Har fået egen bolig")
        .has("Ring helst om formiddagen")
        .has("Hun svarer ikke, og det haster")
        .has("Februar 2026")
        .has("2025W45 2026W05 730")
        .has("Kære Karen, jeg når ikke")
        .has("borgere.csv, linje 17")
        .has("Anna Lind fra filen")
        .has("Mette Krog")
        .has("Det har jeg aldrig sagt");
    // It is folded, each part with how much is in it, and nothing is left out for that: see above.
    assert!(page.html.matches("<details class=\"more\">").count() > 10);
    page.has("<h2 id=\"looked\">Hvem har kigget <span class=\"count\">");
    // It is the citizen's own look, and what was taken along is told too.
    anna.get(FILE).await.ok();
    let mut conn = town.app.db.read().await.expect("reads");
    let sql = "SELECT kind, reason FROM act WHERE chain = $1 AND reason LIKE 'everything%' ORDER BY seq";
    let rows = conn.rows(sql, args![ANNA]).await.expect("reads");
    let logged: Vec<(String, String)> = rows
        .iter()
        .map(|row| (row.get(0).expect("text"), row.get(1).expect("text")))
        .collect();
    let wanted = [("look", "everything"), ("export", "everything: json")].map(|(k, r)| (k.to_owned(), r.to_owned()));
    assert_eq!(logged, wanted);
    drop(conn);
    anna.get("/my-plan/more").await.ok().has(EVERYTHING);
    anna.get("/my-plan/log").await.ok().has(EVERYTHING);
    for who in [KAREN, LIS, PER, ADA] {
        let who = town.employee(who).await;
        who.get(EVERYTHING).await.not_found();
        who.get(FILE).await.not_found();
    }
    // Bo reads his own, and Cille without a plan hers; nothing of Anna's is in it.
    for other in [BO, CILLE] {
        let other = town.citizen(other).await;
        for address in [EVERYTHING, FILE] {
            other.get(address).await.ok().lacks("Anna").lacks(CPR).lacks("veninde");
        }
        other
            .in_english()
            .get(EVERYTHING)
            .await
            .ok()
            .has("Everything about you");
    }
    town.guest()
        .get(FILE)
        .await
        .redirects_to("/log-in?next=%2Fmy-plan%2Feverything.json");
}

#[tokio::test]
async fn those_who_answer_for_a_citizens_rights_print_everything_for_them() {
    let town = town().await;
    let paper = super::on_paper(ANNA);
    for who in [KAREN, LIS, PER] {
        town.employee(who)
            .await
            .get(&paper)
            .await
            .ok()
            .has("<h1>Alt om Anna Lind</h1>")
            .has("1. maj 1990")
            .has("Lærkevej 2")
            .has("Ring til Solhøj Gartneri")
            .has("Det gik godt i telefonen")
            .has("Februar 2026")
            .has("Den får du af enheden selv")
            // What only the citizen reads: closed notes of every unit, what she is writing, and the number she knows.
            .lacks("veninde")
            .lacks("Har fået egen bolig")
            .lacks("Kære Karen, jeg når ikke")
            .lacks(CPR)
            .lacks("610590")
            .lacks("everything.json");
    }
    let karen = town.employee(KAREN).await;
    karen.get(&format!("/plans/{}", town.anna_plan)).await.ok().has(&paper);
    karen
        .get(&paper)
        .await
        .ok()
        .has("Skrevet ud 16. marts 2026 kl. 10.00 af Karen Holm, Jobcentret.");
    for who in [METTE, KIM, ADA] {
        town.employee(who).await.get(&paper).await.not_found();
    }
    for who in [ANNA, BO] {
        town.citizen(who).await.get(&paper).await.not_found();
    }
    town.citizen(ANNA)
        .await
        .get("/my-plan/log")
        .await
        .ok()
        .has("Karen Holm");
    // Without a plan the leader prints it, and nobody else.
    let paper_of_cille = super::on_paper(CILLE);
    let lis = town.employee(LIS).await;
    lis.get(&format!("/citizens/{CILLE}/hold"))
        .await
        .ok()
        .has(&paper_of_cille);
    lis.get(&paper_of_cille).await.ok().has("Alt om Cille Rask");
    karen.get(&paper_of_cille).await.not_found();
    // Where a protected citizen lives stands on no paper that another prints.
    let mut tx = town.app.db.begin().await.expect("begins");
    let sql = "UPDATE citizen SET protected = TRUE WHERE id = $1";
    tx.execute(sql, args![ANNA]).await.expect("updates");
    tx.commit().await.expect("commits");
    let page = karen.get(&paper).await;
    page.ok()
        .has("Ring til Solhøj Gartneri")
        .lacks("Lærkevej 2")
        .lacks("fra filen");
    town.citizen(ANNA).await.get(EVERYTHING).await.ok().has("Lærkevej 2");
    // Whoever finds an open screen is asked who they are.
    let token = karen.token().to_owned();
    let later = town.at(now() + jiff::SignedDuration::from_mins(20));
    let asked = later.with_session(&token).get(&paper).await;
    assert!(asked.location.starts_with("/log-in/again?next="), "{}", asked.location);
}

#[tokio::test]
async fn whoever_finds_an_open_screen_is_asked_to_prove_who_they_are() {
    let town = town().await;
    let token = town.citizen(ANNA).await.token().to_owned();
    let later = town.at(now() + jiff::SignedDuration::from_mins(20));
    let anna = later.with_session(&token);
    for (address, next) in [
        (EVERYTHING, "%2Fmy-plan%2Feverything"),
        (FILE, "%2Fmy-plan%2Feverything.json"),
    ] {
        anna.get(address)
            .await
            .redirects_to(&format!("/log-in/again?next={next}"));
    }
}

/// Whoever reads the file by machine finds every name in it told.
#[tokio::test]
async fn every_name_in_the_file_is_told_in_the_document() {
    const DOCUMENT: &str = include_str!("../../../../docs/everything.md");
    fn names(json: &Json, into: &mut BTreeSet<String>) {
        match json {
            Json::Object(fields) => {
                for (name, value) in fields {
                    into.insert(name.clone());
                    // What an act was before and after is a part of the plan, or what a file held: told as a whole.
                    if !["before", "after"].contains(&name.as_str()) {
                        names(value, into);
                    }
                }
            }
            Json::Array(all) => all.iter().for_each(|value| names(value, into)),
            _ => {}
        }
    }
    let town = town().await;
    let file = town.citizen(ANNA).await.get(FILE).await;
    let mut all = BTreeSet::new();
    names(&serde_json::from_str(&file.html).expect("is JSON"), &mut all);
    assert!(all.len() > 80, "{}", all.len());
    let missing: Vec<_> = all
        .iter()
        .filter(|name| !DOCUMENT.contains(&format!("`{name}`")))
        .collect();
    assert!(missing.is_empty(), "docs/everything.md does not tell {missing:?}");
}

#[tokio::test]
async fn what_is_wrong_is_said_answered_and_read() {
    const WORDS: &str = "Jeg har ikke sagt, at jeg <b>ikke</b> vil";
    const ANSWER: &str = "Noten siger det, vi aftalte <i>sammen</i>";
    let town = Town::sqlite().await;
    let anna = town.citizen(ANNA).await;
    anna.get("/my-plan/more").await.ok().has(super::CORRECTIONS);
    anna.get(super::CORRECTIONS)
        .await
        .ok()
        .has("Du får svar inden en måned");
    // What was typed stays when something is missing.
    let missing = anna
        .post(super::CORRECTIONS, &[("wish", "correct"), ("words", WORDS)])
        .await;
    missing
        .refused()
        .has("Jeg har ikke sagt, at jeg &#60;b&#62;ikke")
        .has("about-error");
    anna.post(super::CORRECTIONS, &[])
        .await
        .refused()
        .has("words-error")
        .has("wish-error");
    let form = [
        ("wish", "correct"),
        ("about", "words"),
        ("words", WORDS),
        ("_act", "01890000-0000-7000-8000-000000000001"),
    ];
    anna.post(super::CORRECTIONS, &form)
        .await
        .redirects_to(super::CORRECTIONS);
    // Sent twice it counts once.
    anna.post(super::CORRECTIONS, &form)
        .await
        .redirects_to(super::CORRECTIONS);
    let page = anna.get(super::CORRECTIONS).await;
    page.ok()
        .has("Du får svar senest 16. april 2026")
        .has("&#60;b&#62;ikke&#60;/b&#62;");
    assert_eq!(page.html.matches("<blockquote").count(), 1);

    // It waits for the coordinator and the leaders, on the day's page and the team's, and for nobody else.
    town.employee(KAREN)
        .await
        .get("/day")
        .await
        .ok()
        .has("En borger siger, at noget er forkert");
    town.employee(LIS)
        .await
        .get("/team")
        .await
        .ok()
        .has("En borger siger, at noget er forkert");
    let list = town.employee(KAREN).await.get(super::ANSWERS).await;
    list.ok().has("Anna Lind").has("Svar senest 16. april 2026");
    let (_, rest) = list.html.split_once("/corrections/").expect("a link");
    let one = format!("/corrections/{}", rest.split('"').next().unwrap_or_default());
    for who in [METTE, OLE, KIM, ADA] {
        let who = town.employee(who).await;
        who.get(&one).await.not_found();
        who.post(&one, &[("outcome", "done"), ("answer", ANSWER)])
            .await
            .not_found();
        who.get(super::ANSWERS).await.ok().lacks("Anna Lind");
        who.get("/day").await.ok().lacks("siger, at noget er forkert");
    }
    anna.get(&one).await.not_found();
    // When the day has passed both sides are told.
    let later = town.at(now() + jiff::SignedDuration::from_hours(24 * 40));
    later
        .employee(LIS)
        .await
        .get("/team")
        .await
        .ok()
        .has("Fristen for at svare er gået");
    later
        .employee(LIS)
        .await
        .get(super::ANSWERS)
        .await
        .ok()
        .has("Fristen er gået");
    later
        .citizen(ANNA)
        .await
        .get(super::CORRECTIONS)
        .await
        .ok()
        .has("Du skulle have haft svar 16. april 2026");

    let karen = town.employee(KAREN).await;
    karen.get(&one).await.ok().has("&#60;b&#62;ikke&#60;/b&#62;");
    karen
        .post(&one, &[("outcome", "refused"), ("answer", "Nej <b>")])
        .await
        .refused()
        .has("Nej &#60;b&#62;");
    karen
        .post(&one, &[("answer", ANSWER)])
        .await
        .refused()
        .has("outcome-error");
    karen
        .post(&one, &[("outcome", "refused"), ("answer", ANSWER)])
        .await
        .redirects_to(super::ANSWERS);
    karen
        .post(&one, &[("outcome", "done"), ("answer", ANSWER)])
        .await
        .refused();
    karen
        .get(&one)
        .await
        .ok()
        .has("Vi har ikke gjort det")
        .lacks("name=\"answer\"");
    karen.get("/day").await.ok().lacks("siger, at noget er forkert");
    // The citizen reads the answer and where to complain; her own words stay in the plan's history.
    anna.get(super::CORRECTIONS)
        .await
        .ok()
        .has("&#60;i&#62;sammen&#60;/i&#62;")
        .has("Karen Holm")
        .has("Datatilsynet");
    let plan = format!("/plans/{}/history", town.anna_plan);
    for who in [KAREN, LIS] {
        let history = town.employee(who).await.get(&plan).await;
        history.ok().has("&#60;b&#62;ikke&#60;/b&#62;").has("&#60;i&#62;sammen");
    }
    // Another unit's participant reads by a consent, which is not about this.
    town.employee(METTE).await.get(&plan).await.lacks("&#60;b&#62;ikke");
    anna.in_english()
        .get(super::CORRECTIONS)
        .await
        .ok()
        .has("Is something wrong?")
        .has("We have not done it");
    town.employee(LIS)
        .await
        .in_english()
        .get(&one)
        .await
        .ok()
        .has("We have not done it");
}

#[tokio::test]
async fn who_has_no_plan_may_say_it_too_and_the_leader_answers() {
    let town = Town::sqlite().await;
    let cille = town.citizen(CILLE).await;
    let wrong = [
        ("wish", "object"),
        ("about", "registers"),
        ("words", "I må ikke bruge mine timer"),
    ];
    cille
        .post(super::CORRECTIONS, &wrong)
        .await
        .redirects_to(super::CORRECTIONS);
    town.employee(KAREN)
        .await
        .get(super::ANSWERS)
        .await
        .ok()
        .lacks("Cille Rask");
    let list = town.employee(LIS).await.get(super::ANSWERS).await;
    list.ok().has("Cille Rask");
    let (_, rest) = list.html.split_once("/corrections/").expect("a link");
    let one = format!("/corrections/{}", rest.split('"').next().unwrap_or_default());
    let answer = [("outcome", "done"), ("answer", "Vi bruger dem ikke mere fra i dag.")];
    town.employee(LIS)
        .await
        .post(&one, &answer)
        .await
        .redirects_to(super::ANSWERS);
    cille
        .get(super::CORRECTIONS)
        .await
        .ok()
        .has("Vi bruger dem ikke mere fra i dag.");
}

/// Every value of every column of every table that holds any of these words or ids.
async fn traces(conn: &mut Conn, of: &[String]) -> BTreeSet<String> {
    let (tables, columns) = match conn.engine() {
        Engine::Sqlite => (
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
            "SELECT name FROM pragma_table_info($1)",
        ),
        Engine::Postgres => (
            "SELECT CAST(table_name AS TEXT) FROM information_schema.tables WHERE table_schema = 'public'",
            "SELECT CAST(column_name AS TEXT) FROM information_schema.columns WHERE table_name = $1",
        ),
    };
    let names = |rows: Vec<tovholder_store::db::Row>| -> Vec<String> {
        rows.iter().map(|row| row.get(0).expect("a name")).collect()
    };
    let mut found = BTreeSet::new();
    for table in names(conn.rows(tables, args![]).await.expect("reads")) {
        if table == "migration" {
            continue;
        }
        for column in names(conn.rows(columns, args![table.clone()]).await.expect("reads")) {
            let sql = format!("SELECT {column} FROM {table}");
            for row in conn.rows(AssertSqlSafe(sql), args![]).await.expect("reads") {
                let text = match row.get(0).expect("a value") {
                    Value::Text(text) => text,
                    Value::Uuid(id) => id.to_string(),
                    _ => continue,
                };
                if of.iter().any(|word| text.contains(word.as_str())) {
                    found.insert(format!("{table}.{column}"));
                }
            }
        }
    }
    found
}

async fn count(conn: &mut Conn, table: &str, whose: &str, of: CitizenId) -> i64 {
    let sql = format!("SELECT COUNT(*) FROM {table} WHERE {whose}");
    let row = conn
        .row(AssertSqlSafe(sql), args![of])
        .await
        .expect("reads")
        .expect("a row");
    row.get(0).expect("a number")
}

/// On both databases: nobody goes before their time, while a plan is open or while held back; who goes leaves nothing but the end of a chain that still
/// proves itself; and what fails on the way leaves everything.
#[test]
fn whose_time_is_over_goes_whole_and_nobody_else_does() {
    tovholder_store::testing::both(async |db| {
        let town = Town::on(db.clone(), None).await;
        fill(&town).await;
        let rules = Rules::builtin();
        let day = date(2032, 6, 1);
        let at = now() + jiff::SignedDuration::from_hours(24 * 2_270);
        let delete = async || retention::delete(&db, ANNA, &rules, day, at).await;
        let kept = async || {
            let mut conn = db.read().await.expect("reads");
            let due = retention::due_by(&mut conn, Some(ANNA), rules.on(day), day, day).await;
            due.expect("reads").pop().map(|someone| someone.kept)
        };
        assert_eq!(kept().await, None, "a plan is open");
        assert!(!delete().await.expect("answers"));
        let mut tx = db.begin().await.expect("begins");
        for sql in [
            "UPDATE plan SET closed = '2026-03-16', balance_reached = 'Job', balance_helped = '', balance_remains = '' WHERE citizen_id = $1",
            "UPDATE spell SET ends = '2026-03-15' WHERE citizen_id = $1",
        ] {
            tx.execute(sql, args![ANNA]).await.expect(sql);
        }
        tx.commit().await.expect("commits");
        assert!(matches!(kept().await, Some(Kept::Held(_))), "{:?}", kept().await);
        assert!(!delete().await.expect("answers"), "held back");
        let lis = town.employee(LIS).await;
        let hold = format!("/citizens/{ANNA}/hold");
        lis.post(&hold, &[("lift", "1")]).await.redirects_to(super::RETENTION);
        assert!(matches!(kept().await, Some(Kept::Due { .. })));

        // Something still points at her: the last statement of the deletion fails, and all is there.
        let all = async || {
            let mut conn = db.read().await.expect("reads");
            let mut counts = Vec::new();
            for holding in HOLDINGS {
                counts.push((
                    holding.table,
                    count(&mut conn, holding.table, holding.whose, ANNA).await,
                ));
            }
            counts
        };
        let before = all().await;
        assert!(
            before.iter().all(|(_, count)| *count > 0),
            "something in every table: {before:?}"
        );
        let mut tx = db.begin().await.expect("begins");
        let point = match tx.engine() {
            Engine::Sqlite => "CREATE TABLE pointer (citizen_id BLOB REFERENCES citizen (id))",
            Engine::Postgres => "CREATE TABLE pointer (citizen_id UUID REFERENCES citizen (id))",
        };
        tx.execute(point, args![]).await.expect("is made");
        tx.execute("INSERT INTO pointer (citizen_id) VALUES ($1)", args![ANNA])
            .await
            .expect("points");
        tx.commit().await.expect("commits");
        assert!(delete().await.is_err());
        assert_eq!(all().await, before, "all or nothing");
        let mut tx = db.begin().await.expect("begins");
        tx.execute("DROP TABLE pointer", args![]).await.expect("is gone");
        tx.commit().await.expect("commits");

        let bo_before = tovholder_store::everything::of(&mut db.read().await.expect("reads"), BO, at).await;
        let bo_before = bo_before.expect("reads").expect("is there").line();
        assert!(delete().await.expect("deletes"));
        assert!(!delete().await.expect("answers"), "gone already");
        for (table, left) in all().await {
            let stays = i64::from(matches!(table, "act" | "chain"));
            assert_eq!(left, stays, "{table}");
        }
        let mut conn = db.read().await.expect("reads");
        let words = ["Anna", "planter igen", "veninde", "egen bolig", "datter", CPR].map(str::to_owned);
        let found = traces(&mut conn, &words).await;
        assert!(found.is_empty(), "{found:?}");
        let ids = [ANNA.to_string(), town.anna_plan.to_string()];
        let found = traces(&mut conn, &ids).await;
        let end = ["act.chain", "chain.id", "chain_end.chain"].map(str::to_owned);
        assert_eq!(found, BTreeSet::from(end), "nothing but where the chain ended");
        // The chain that ended proves itself, and so do the others.
        for chain in tovholder_store::acts::chains(&mut conn).await.expect("reads") {
            let proof = tovholder_store::acts::verify_chain(&mut conn, chain)
                .await
                .expect("reads");
            assert!(proof.is_ok(), "{proof:?}");
        }
        let bo = tovholder_store::everything::of(&mut conn, BO, at)
            .await
            .expect("reads")
            .expect("is there");
        assert_eq!(bo.line(), bo_before);
        drop(conn);
        // Only what has ended can be deleted, and not its end.
        for chain in [BO, ANNA] {
            let mut tx = db.begin().await.expect("begins");
            let refused = tx.execute("DELETE FROM act WHERE chain = $1", args![chain]).await;
            assert!(refused.is_err(), "{chain}");
        }
    });
}

#[tokio::test]
async fn leaders_see_whose_time_is_over_and_hold_back() {
    const REASON: &str = "En klage over <b> er ikke afgjort";
    let town = Town::sqlite().await;
    let mut tx = town.app.db.begin().await.expect("begins");
    let spell =
        "INSERT INTO spell (id, citizen_id, benefit, starts, ends) VALUES ($1, $2, 'kontanthjaelp', '2018-01-01', $3)";
    for (id, ends) in [(1, "2019-12-31")] {
        let id = Uuid::from_u128(0x9100 + id);
        tx.execute(spell, args![id, CILLE, ends]).await.expect("inserts");
    }
    tx.commit().await.expect("commits");
    let lis = town.employee(LIS).await;
    lis.get("/team").await.ok().has(super::RETENTION);
    let page = lis.get(super::RETENTION).await;
    page.ok()
        .has("Cille Rask")
        .has("31. december 2024")
        .lacks("Anna Lind")
        .lacks("Bo Vang");
    let hold = format!("/citizens/{CILLE}/hold");
    page.has(&hold);
    for stranger in [KAREN, METTE, KIM, ADA] {
        let stranger = town.employee(stranger).await;
        stranger.get(super::RETENTION).await.not_found();
        stranger.get(&hold).await.not_found();
        stranger.post(&hold, &[("reason", REASON)]).await.not_found();
    }
    lis.post(&hold, &[("reason", "Kort <i>")])
        .await
        .refused()
        .has("Kort &#60;i&#62;")
        .has("reason-error");
    lis.post(&hold, &[("reason", REASON), ("until", "i morgen måske")])
        .await
        .refused()
        .has("i morgen måske");
    lis.post(&hold, &[("reason", REASON), ("until", "")])
        .await
        .redirects_to(super::RETENTION);
    lis.get(super::RETENTION)
        .await
        .ok()
        .has("En klage over &#60;b&#62;")
        .has("Ingen skal slettes nu");
    lis.get(&hold).await.ok().has("Ophæv").lacks("name=\"reason\"");
    // The citizen reads that, and why.
    let cille = town.citizen(CILLE).await;
    cille.get(EVERYTHING).await.ok().has("En klage over &#60;b&#62;");
    lis.post(&hold, &[("lift", "1")]).await.redirects_to(super::RETENTION);
    lis.get(super::RETENTION).await.ok().has("Ingen bliver holdt tilbage");
    lis.get(&hold).await.ok().has("Ophævet");
    lis.in_english()
        .get(super::RETENTION)
        .await
        .ok()
        .has("Time limits for deletion");
}

#[tokio::test]
async fn a_hundred_whose_time_is_over_are_shown_and_all_when_asked_for() {
    let town = Town::sqlite().await;
    let mut tx = town.app.db.begin().await.expect("begins");
    for n in 1..=101u128 {
        let citizen = Uuid::from_u128(0xa000 + n);
        let sql = "INSERT INTO citizen (id, unit_id, name, birth_date, phone, email, address, postcode, protected, wishes, occupation, rev) \
                   SELECT $1, unit_id, $2, '1980-01-01', '', '', '', '', FALSE, '', '', 1 FROM citizen WHERE id = $3";
        tx.execute(sql, args![citizen, format!("Borger nr. {n}"), CILLE])
            .await
            .expect("inserts");
        let sql = "INSERT INTO spell (id, citizen_id, benefit, starts, ends) VALUES ($1, $1, 'kontanthjaelp', '2018-01-01', $2)";
        // Number 1 is the last whose time was over.
        let ends = date(2019, 12, 31).saturating_sub(jiff::Span::new().days(n as i64));
        tx.execute(sql, args![citizen, ends]).await.expect("inserts");
    }
    tx.commit().await.expect("commits");
    let lis = town.employee(LIS).await;
    let page = lis.get(super::RETENTION).await;
    page.ok()
        .has("Her er 100 af 101.")
        .has("?all=1")
        .has("<td>Borger nr. 101</td>")
        .has("<td>Borger nr. 2</td>")
        .lacks("<td>Borger nr. 1</td>");
    let whole = lis.get(&format!("{}?all=1", super::RETENTION)).await;
    whole.ok().has("<td>Borger nr. 1</td>").lacks("Her er 1");
}

#[tokio::test]
async fn who_has_had_what_for_research_is_told_and_the_citizen_reads_that_it_left() {
    const HOW: &str = "Brev fra <i>projektlederen</i>";
    let town = Town::sqlite().await;
    let per = town.employee(PER).await;
    per.get("/team").await.ok().has(super::RESEARCH);
    per.get(super::RESEARCH)
        .await
        .ok()
        .has("Ingen har fået data til forskning")
        .lacks("<ul class=\"looks\">");
    let late = town
        .research("Før", date(2026, 3, 15), now() - jiff::SignedDuration::from_hours(48))
        .await;
    let one = town.research("Veje til job", date(2028, 12, 31), now()).await;
    let (late, one) = (
        format!("{}/{late}", super::RESEARCH),
        format!("{}/{one}", super::RESEARCH),
    );
    let ada = town.employee(ADA).await;
    ada.get("/setup").await.ok().has(super::RESEARCH);
    for who in [&per, &ada] {
        let page = who.get(super::RESEARCH).await;
        page.ok()
            .has("Veje til job")
            .has("Aalborg &#60;Universitet&#62;")
            .has("3 borgere")
            .has("Skal være slettet senest 31. december 2028")
            .has("Fristen er gået");
        assert!(page.queries <= 6, "{}", page.queries);
        who.get(&one)
            .await
            .ok()
            .has("Hvad der hjælper &#60;b&#62;")
            .has("databeskyttelsesloven § 10")
            .has("Ikke nødvendig")
            .has("Mindst 3 ligner hinanden")
            .has(&["abababab"; 8].join(" "))
            .lacks("Anna Lind");
    }
    // Everybody else is told that there is no such page.
    for stranger in [KAREN, METTE, KIM, LIS] {
        let stranger = town.employee(stranger).await;
        stranger.get(super::RESEARCH).await.not_found();
        stranger.get(&one).await.not_found();
        stranger
            .post(&one, &[("day", "2026-03-16"), ("remark", HOW)])
            .await
            .not_found();
    }
    let anna = town.citizen(ANNA).await;
    anna.get(super::RESEARCH).await.not_found();
    // Each citizen in it reads it, each project by itself, beside what the same employee looked at.
    anna.get("/my-plan/log")
        .await
        .ok()
        .has("Gav oplysninger videre til forskning: Veje til job (Aalborg &#60;Universitet&#62;). Navn, CPR-nummer og adresse er ikke med.")
        .has("Gav oplysninger videre til forskning: Før (Aalborg")
        .has("Data uden navn til forskning");
    town.citizen(CILLE)
        .await
        .get("/my-plan/log")
        .await
        .ok()
        .has("Veje til job");
    anna.get(EVERYTHING).await.ok().has("Veje til job");
    anna.get(FILE).await.ok().has("research: Veje til job (Aalborg");
    // A day before it was made, one to come, and no words: what was typed stays.
    per.post(&one, &[("day", "2026-03-15"), ("remark", HOW)])
        .await
        .refused()
        .has("day-error")
        .has("Brev fra &#60;i&#62;");
    per.post(&one, &[("day", "2026-03-17"), ("remark", HOW)])
        .await
        .refused()
        .has("day-error");
    per.post(&one, &[("day", "")])
        .await
        .refused()
        .has("day-error")
        .has("remark-error");
    let form = [
        ("day", "2026-03-16"),
        ("remark", HOW),
        ("_act", "01890000-0000-7000-8000-000000000009"),
    ];
    per.post(&late, &form).await.redirects_to(super::RESEARCH);
    per.post(&late, &form).await.redirects_to(super::RESEARCH);
    per.post(&late, &[("day", "2026-03-16"), ("remark", "Igen")])
        .await
        .refused();
    per.get(super::RESEARCH)
        .await
        .ok()
        .has("Slettet 16. marts 2026")
        .lacks("Fristen er gået");
    per.get(&late)
        .await
        .ok()
        .has("Brev fra &#60;i&#62;")
        .lacks("name=\"remark\"");
    let english = per.in_english();
    english.get(super::RESEARCH).await.ok().has("Data given to research");
    english.get(&one).await.ok().has("Has the recipient deleted it?");
}
