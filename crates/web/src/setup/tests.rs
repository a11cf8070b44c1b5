use tovholder_casework::import::{Kind, Mapping, Row, Setting, columns, decide, fields, parse};
use tovholder_casework::rules::Rules;
use tovholder_store::{args, imports};

use super::{example, mend, read};
use crate::kit::lang::Lang;
use crate::testing::*;

async fn count(town: &Town, table: &str) -> i64 {
    let sql = format!("SELECT COUNT(*) FROM {table}");
    let mut conn = town.app.db.read().await.expect("reads");
    let row = conn
        .row(tovholder_store::db::AssertSqlSafe(sql), args![])
        .await
        .expect("counts")
        .expect("one row");
    row.get(0).expect("a number")
}

/// Uploads a file and answers with its page.
async fn upload(ada: &Browser<'_>, kind: &str, file: &str) -> String {
    let sent = ada
        .upload("/setup/import", &[("kind", kind)], "min fil.csv", file.as_bytes())
        .await;
    assert_eq!(sent.status, axum::http::StatusCode::SEE_OTHER, "{}", sent.html);
    assert!(sent.location.starts_with("/setup/import/"), "{}", sent.location);
    sent.location
}

/// The columns as suggested on the page, and the numbers the dry run shows, as the forms would send them.
fn fields_of(html: &str) -> Vec<(String, String)> {
    let after = |text: &str, mark: &str| {
        text.split_once(mark)
            .map(|(_, rest)| rest.split('"').next().unwrap_or("").to_owned())
    };
    let mut fields = Vec::new();
    for piece in html.split("<select ").skip(1) {
        let piece = piece.split("</select>").next().unwrap_or("");
        let chosen = piece.split("<option ").find(|option| option.contains(" selected"));
        fields.push((
            after(piece, "name=\"").unwrap_or_default(),
            chosen.and_then(|o| after(o, "value=\"")).unwrap_or_default(),
        ));
    }
    for piece in html.split("<input type=\"hidden\" ").skip(1) {
        let (name, value) = (
            after(piece, "name=\"").unwrap_or_default(),
            after(piece, "value=\"").unwrap_or_default(),
        );
        if !name.starts_with('_') {
            fields.push((name, value));
        }
    }
    fields
}

async fn send(ada: &Browser<'_>, path: &str, fields: &[(String, String)]) -> Page {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    ada.post(path, &fields).await
}

/// As far as the dry run.
async fn dry(ada: &Browser<'_>, kind: &str, file: &str) -> (String, Page) {
    let batch = upload(ada, kind, file).await;
    let columns = ada.get(&batch).await;
    send(ada, &batch, &fields_of(&columns.ok().html))
        .await
        .redirects_to(&format!("{batch}/check"));
    let check = ada.get(&format!("{batch}/check")).await;
    check.ok();
    (batch, check)
}

#[tokio::test]
async fn the_templates_come_in_one_after_the_other_and_go_out_again() {
    let town = Town::sqlite().await;
    let ada = town.employee(ADA).await;
    let tables = [
        "unit",
        "employee",
        "team",
        "citizen",
        "spell",
        "earning",
        "support_history",
        "assignment",
        "company",
        "expense",
    ];
    let mut before = Vec::new();
    for table in tables {
        before.push(count(&town, table).await);
    }
    let mut batches = Vec::new();
    for kind in Kind::ALL {
        let template = ada.get(&format!("/setup/import/example/{kind}.csv")).await;
        let (batch, check) = dry(&ada, kind.as_str(), &template.ok().html).await;
        for (table, count_before) in tables.iter().zip(&before) {
            if *table == check_table(*kind) {
                assert_eq!(
                    count(&town, table).await,
                    *count_before,
                    "the dry run of {kind} writes nothing"
                );
            }
        }
        check.lacks("errors.csv");
        send(&ada, &format!("{batch}/check"), &fields_of(&check.html))
            .await
            .redirects_to(&batch);
        let receipt = ada.get(&batch).await;
        receipt.ok().has("Ada Skov").has("/undo");
        // Sent twice: once is enough, and the answer is the first one's.
        send(&ada, &format!("{batch}/check"), &fields_of(&check.html))
            .await
            .redirects_to(&batch);
        batches.push(batch);
    }
    // Jobcentret and Ungeenheden are here already; so is nobody and nothing else of the templates.
    assert_eq!(count(&town, "unit").await, before[0]);
    assert_eq!(count(&town, "employee").await, before[1] + 2);
    assert_eq!(count(&town, "citizen").await, before[3] + 2);
    assert_eq!(count(&town, "spell").await, before[4] + 2);
    assert_eq!(count(&town, "earning").await, before[5] + 2);
    assert_eq!(
        count(&town, "company").await,
        before[8] + 1,
        "Solhøj Gartneri is known by its name"
    );
    assert_eq!(count(&town, "expense").await, before[9] + 2);
    assert_eq!(count(&town, "assignment").await, before[7] + 2);
    assert_eq!(count(&town, "support_history").await, before[6] + 2);
    ada.get("/setup").await.ok().has("min fil.csv").has("Indlæst");
    for batch in batches.iter().rev() {
        ada.get(&format!("{batch}/undo")).await.ok();
        ada.post(&format!("{batch}/undo"), &[]).await.redirects_to(batch);
        ada.get(batch).await.ok().has("fortrudt").lacks("/undo\"");
    }
    for (table, before) in tables.iter().zip(before) {
        assert_eq!(count(&town, table).await, before, "{table}");
    }
}

fn check_table(kind: Kind) -> &'static str {
    match kind {
        Kind::Units => "unit",
        Kind::Employees => "employee",
        Kind::Teams => "team",
        Kind::Citizens => "citizen",
        Kind::Spells => "spell",
        Kind::Hours => "earning",
        Kind::States => "support_history",
        Kind::Assignments => "assignment",
        Kind::Companies => "company",
        Kind::Expenses => "expense",
    }
}

#[tokio::test]
async fn a_benefit_that_is_changed_is_called_by_its_name() {
    let town = Town::sqlite().await;
    let ada = town.employee(ADA).await;
    let file = |gross: &str| format!("Måned;Ydelse;Bruttoudgift;Refusion\n2026-01;Kontanthjælp;{gross};100\n");
    let (batch, check) = dry(&ada, "expenses", &file("4000")).await;
    send(&ada, &format!("{batch}/check"), &fields_of(&check.html))
        .await
        .redirects_to(&batch);
    let (_, check) = dry(&ada, "expenses", &file("5000")).await;
    check
        .has("2026-01 Kontanthjælp")
        .has("5.000")
        .lacks("2026-01 kontanthjaelp");
}

#[tokio::test]
async fn errors_are_shown_with_row_and_column_and_come_as_a_file_to_mend() {
    let town = Town::sqlite().await;
    let ada = town.employee(ADA).await;
    let file = "CPR;Navn;Enhed;Født\n6105901234;Anna <b>;Jobcentret;\n0105901234;Rigtig;Jobcentret;\n=2+3;+45 20;Voksen;31-02-1990\n";
    let (batch, check) = dry(&ada, "citizens", file).await;
    check
        .has("Det her er en demo")
        .has("0105901234".get(..6).expect("six digits"))
        .lacks("0105901234")
        .has("En dag, der findes");
    let mend = ada.get(&format!("{batch}/errors.csv")).await;
    mend.ok()
        .has(r#""CPR";"Navn";"Enhed";"Født";"Fejl""#)
        .has(r#""'=2+3";"'+45 20";"Voksen""#)
        .has(r#""0105901234";"Rigtig"#)
        .lacks("Anna");
    send(&ada, &format!("{batch}/check"), &fields_of(&check.html))
        .await
        .redirects_to(&batch);
    ada.get(&batch).await.ok().has("errors.csv");
    ada.get(&format!("{batch}/errors.csv")).await.ok().has("Rigtig");
    // Mended and brought in again, the rest comes; the column of errors is nothing to us.
    let mended = mend.html.replace("0105901234", "6105901299").replace(
        r#""'=2+3";"'+45 20";"Voksen";"31-02-1990""#,
        "6205901299;Bo;Jobcentret;28-02-1990",
    );
    let (_, check) = dry(&ada, "citizens", &mended).await;
    check.has("Indlæs 2 rækker");
    ada.in_english().get(&batch).await.ok().has("brought in");
}

#[tokio::test]
async fn a_formula_goes_out_guarded_and_comes_back_as_it_was() {
    let header = vec!["Navn".to_owned()];
    let rows = [Row::new(2, ["=cmd|' /C calc'!A0"]), Row::new(3, ["-1"])];
    let long = "x".repeat(141);
    let all = [rows.to_vec(), vec![Row::new(4, [long])]].concat();
    let rules = Rules::builtin();
    let setting = Setting {
        demo: true,
        today: TODAY,
        rules: &rules,
    };
    let mapping = columns::suggest(Kind::Units, &header, &all, &Default::default());
    let plan = |rows: &[Row]| {
        decide(
            Kind::Units,
            parse(Kind::Units, &header, rows, &mapping, &setting),
            &Default::default(),
            &mut uuid::Uuid::now_v7,
        )
    };
    let file = mend::file(Lang::Da, &header, &all, &plan(&all));
    assert_eq!(
        read::table(&file).expect("reads").rows.len(),
        1,
        "only the row with an error"
    );
    for cell in ["=cmd|' /C calc'!A0", "+45 20 30 40 50", "-1", "@x"] {
        assert!(mend::guarded(cell).starts_with('\''), "{cell}");
        let back = plan(&[Row::new(2, [mend::guarded(cell)])]);
        assert!(format!("{back:?}").contains(&format!("{cell:?}")), "{back:?}");
    }
}

#[tokio::test]
async fn weeks_stand_as_one_column_and_a_week_that_is_not_is_named() {
    let town = Town::sqlite().await;
    let ada = town.employee(ADA).await;
    for file in ["citizens", "units"] {
        let template = ada.get(&format!("/setup/import/example/{file}.csv")).await.html;
        let (batch, check) = dry(&ada, file, &template).await;
        send(&ada, &format!("{batch}/check"), &fields_of(&check.html)).await;
    }
    let batch = upload(&ada, "states", "y_2601;Nr;y_2602;y_2603\n130;6105901234;130;\n").await;
    let page = ada.get(&batch).await;
    page.ok().has("3 uger: y_2601 til y_2603").lacks(">y_2602<");
    assert_eq!(
        fields_of(&page.html),
        [("cpr".into(), "1".into()), ("states".into(), "0".into())]
    );
    send(&ada, &batch, &fields_of(&page.html))
        .await
        .redirects_to(&format!("{batch}/check"));
    ada.get(&format!("{batch}/check")).await.ok().has("Indlæs 1 række");
    let (_, check) = dry(&ada, "states", "CPR;y_2652;y_2654\n6105901234;130;\n").await;
    check.has("y_2654").has("Uger, der findes");
    let batch = upload(&ada, "states", "CPR;Noget\n6105901234;130\n").await;
    ada.post(&batch, &[("cpr", "0")])
        .await
        .refused()
        .has("Vælg den kolonne, der har uger");
}

#[tokio::test]
async fn what_the_columns_hold_is_remembered_and_what_is_missing_is_told() {
    let town = Town::sqlite().await;
    let ada = town.employee(ADA).await;
    let batch = upload(&ada, "units", "Kaldes;Nr\nBorgerservice;96 12 34 00\n").await;
    ada.post(&batch, &[("phone", "1")])
        .await
        .refused()
        .has("Vælg den kolonne, der har navn")
        .has("value=\"1\" selected");
    ada.post(&batch, &[("name", "0"), ("phone", "0")])
        .await
        .refused()
        .has("allerede brugt");
    ada.post(&batch, &[("name", "0"), ("phone", "1")])
        .await
        .redirects_to(&format!("{batch}/check"));
    let next = upload(&ada, "units", "Nr;Kaldes\n96 12 34 01;Kantinen\n").await;
    let suggested = fields_of(&ada.get(&next).await.ok().html);
    assert!(
        suggested.contains(&("name".into(), "1".into())) && suggested.contains(&("phone".into(), "0".into())),
        "{suggested:?}"
    );
    // Units may be given for all rows at once.
    let people = upload(&ada, "citizens", "CPR;Navn\n6105901234;Anna Ny\n").await;
    ada.post(&people, &[("cpr", "0"), ("name", "1")]).await.refused();
    ada.post(&people, &[("cpr", "0"), ("name", "1"), ("fixed_unit", "Jobcentret")])
        .await
        .redirects_to(&format!("{people}/check"));
    ada.get(&format!("{people}/check")).await.ok().has("Indlæs 1 række");
    ada.post(&format!("{people}/discard"), &[]).await.redirects_to("/setup");
    ada.get(&people).await.not_found();
}

#[tokio::test]
async fn files_that_are_no_tables_are_told_from_those_that_are() {
    let town = Town::sqlite().await;
    let ada = town.employee(ADA).await;
    for (file, words) in [
        (&b""[..], "Filen er tom"),
        (b"Navn\n", "ingen rækker"),
        (b"PK\x03\x04", "kan ikke læses"),
    ] {
        ada.upload("/setup/import", &[("kind", "units")], "fil", file)
            .await
            .refused()
            .has(words);
    }
    let large = vec![b'a'; read::MAX_BYTES + 1];
    ada.upload("/setup/import", &[("kind", "units")], "stor.csv", &large)
        .await
        .refused()
        .has("for stor");
    ada.upload("/setup/import", &[("kind", "elefanter")], "fil.csv", b"Navn\nA\n")
        .await
        .refused();
    ada.upload("/setup/import", &[("kind", "units")], "", b"")
        .await
        .refused()
        .has("Vælg en fil");
    assert_eq!(count(&town, "import_batch").await, 0);
}

#[tokio::test]
async fn html_in_every_cell_and_name_is_only_text() {
    let town = Town::sqlite().await;
    let ada = town.employee(ADA).await;
    let bad = "<script>alert(1)</script>";
    let file = format!("Navn;{bad}\n{bad};{bad}\n{}{bad};x\n", "å".repeat(140));
    let sent = ada
        .upload(
            "/setup/import",
            &[("kind", "units")],
            &format!("{bad}.csv"),
            file.as_bytes(),
        )
        .await;
    let batch = sent.location.clone();
    ada.get(&batch).await.ok().lacks(bad);
    ada.post(&batch, &[("name", "0"), ("phone", "1")]).await;
    ada.get(&format!("{batch}/check")).await.ok().lacks(bad);
    ada.post(&batch, &[("name", "0")]).await;
    let check = ada.get(&format!("{batch}/check")).await;
    check.ok().lacks(bad);
    send(&ada, &format!("{batch}/check"), &fields_of(&check.html))
        .await
        .redirects_to(&batch);
    ada.get(&batch).await.ok().lacks(bad);
    ada.get(&format!("{batch}/undo")).await.ok().lacks(bad);
    ada.get("/setup").await.ok().lacks(bad);
}

#[tokio::test]
async fn only_the_administrator_finds_these_pages() {
    let town = Town::sqlite().await;
    let ada = town.employee(ADA).await;
    let (batch, check) = dry(&ada, "units", "Navn\nKantinen\n").await;
    send(&ada, &format!("{batch}/check"), &fields_of(&check.html))
        .await
        .redirects_to(&batch);
    for who in [
        town.employee(KAREN).await,
        town.employee(PER).await,
        town.employee(LIS).await,
        town.citizen(ANNA).await,
    ] {
        for path in [
            "/setup",
            "/setup/import",
            "/setup/import/example/units.csv",
            "/setup/links",
            &batch,
        ] {
            who.get(path).await.not_found();
        }
        for path in ["check", "undo", "errors.csv"] {
            who.get(&format!("{batch}/{path}")).await.not_found();
        }
        for path in ["check", "undo", "discard"] {
            who.post(&format!("{batch}/{path}"), &[]).await.not_found();
        }
        who.post(&batch, &[("name", "0")]).await.not_found();
        who.post("/setup/links", &[("who", "citizen"), ("person", &ANNA.to_string())])
            .await
            .not_found();
        who.upload("/setup/import", &[("kind", "units")], "a.csv", b"Navn\nX\n")
            .await
            .not_found();
    }
    assert_eq!(count(&town, "log_in_link").await, 0);
    let forged = ada
        .upload_with("x", "/setup/import", &[("kind", "units")], "a.csv", b"Navn\nX\n")
        .await;
    assert_eq!(forged.status, axum::http::StatusCode::FORBIDDEN);
    let guest = town
        .guest()
        .upload("/setup/import", &[("kind", "units")], "a.csv", b"Navn\nX\n")
        .await;
    assert!(guest.location.starts_with("/log-in"), "{}", guest.location);
    assert_eq!(count(&town, "import_batch").await, 1);
}

#[tokio::test]
async fn a_link_lets_one_person_in_once_and_stands_in_the_log() {
    let town = Town::sqlite().await;
    let ada = town.employee(ADA).await;
    let mut tx = town.app.db.begin().await.expect("begins");
    for (word, kind, id) in [
        ("anna", "citizen", ANNA.0),
        ("lind", "citizen", ANNA.0),
        ("karen", "employee", KAREN.0),
    ] {
        tx.execute(
            "INSERT INTO name_word (word, kind, id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
            args![word, kind, id],
        )
        .await
        .expect("a word");
    }
    tx.commit().await.expect("commits");
    ada.get("/setup/links").await.ok().has("MitID");
    ada.post("/setup/links", &[("who", "citizen"), ("name", " ")])
        .await
        .refused();
    ada.post("/setup/links", &[("who", "citizen"), ("name", "an% li")])
        .await
        .ok()
        .has("fandt ingen");
    ada.post("/setup/links", &[("who", "employee"), ("name", "anna")])
        .await
        .ok()
        .has("fandt ingen");
    let found = ada
        .post("/setup/links", &[("who", "citizen"), ("name", "Ann LI")])
        .await;
    found.ok().has("Anna Lind").has("1. maj 1990").has(&ANNA.to_string());
    let made = ada
        .post("/setup/links", &[("who", "citizen"), ("person", &ANNA.to_string())])
        .await;
    let link = made
        .ok()
        .html
        .split("/log-in?link=")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("a link")
        .to_owned();
    town.guest()
        .post("/log-in", &[("link", &link)])
        .await
        .redirects_to("/my-plan");
    let again = town.guest().post("/log-in", &[("link", &link)]).await;
    assert_ne!(again.location, "/my-plan", "a used link lets nobody in");
    let mut conn = town.app.db.read().await.expect("reads");
    let logged = conn
        .rows(
            "SELECT actor_name FROM act WHERE citizen_id = $1 AND reason = 'log_in_link'",
            args![ANNA],
        )
        .await
        .expect("reads");
    assert_eq!(logged.len(), 1);
    assert_eq!(logged[0].get::<String>(0).expect("a name"), "Ada Skov");
    drop(conn);
    ada.post("/setup/links", &[("who", "employee"), ("person", &ANNA.to_string())])
        .await
        .not_found();
}

#[tokio::test]
async fn what_was_used_since_is_told_before_and_after_the_undo() {
    let town = Town::sqlite().await;
    let ada = town.employee(ADA).await;
    let (batch, check) = dry(&ada, "units", "Navn\nKantinen\nVærkstedet\n").await;
    send(&ada, &format!("{batch}/check"), &fields_of(&check.html))
        .await
        .redirects_to(&batch);
    let mut tx = town.app.db.begin().await.expect("begins");
    tx.execute(
        "UPDATE citizen SET unit_id = (SELECT id FROM unit WHERE name = 'Kantinen') WHERE id = $1",
        args![CILLE],
    )
    .await
    .expect("moves");
    tx.commit().await.expect("commits");
    ada.get(&format!("{batch}/undo"))
        .await
        .ok()
        .has("Kantinen")
        .has("taget i brug")
        .lacks("Værkstedet");
    ada.post(&format!("{batch}/undo"), &[]).await.redirects_to(&batch);
    ada.get(&batch).await.ok().has("Kantinen").has("taget i brug");
    let left = imports::overview(&mut town.app.db.read().await.expect("reads"))
        .await
        .expect("counts")
        .units;
    assert_eq!(left, 3);
}

#[tokio::test]
async fn a_first_start_is_told_what_comes_next() {
    let town = Town::sqlite().await;
    let ada = town.employee(ADA).await;
    let page = ada.get("/setup").await;
    page.ok()
        .has("Sådan kommer I i gang")
        .has("/setup/import?kind=units")
        .has("Kan vente")
        .has("/setup/links");
    assert!(page.queries <= 5, "{}", page.queries);
    ada.get("/setup/import?kind=teams")
        .await
        .ok()
        .has("value=\"teams\" checked");
    ada.in_english().get("/setup").await.ok().has("How to get started");
}

#[test]
fn every_template_fits_its_own_columns_in_both_languages() {
    for t in Lang::ALL {
        for kind in Kind::ALL {
            let table = read::table(&example::file(t, *kind)).expect("reads");
            let mapping: Mapping = columns::suggest(*kind, &table.header, &table.rows, &Default::default());
            let expected: Vec<&str> = fields(*kind).iter().map(|field| field.key).collect();
            let width = table.header.len();
            for (at, field) in expected.iter().enumerate() {
                assert_eq!(mapping.columns.get(*field), Some(&at), "{kind} {field} in {}", t.code());
            }
            assert!(table.rows.iter().all(|row| row.cells.len() == width), "{kind}");
        }
    }
}
