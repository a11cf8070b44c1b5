//! The management report over HTTP.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;
use tovholder_store::testing;
use uuid::Uuid;

use crate::figures::tests::{crowd, person};
use crate::kit::app::Clock;
use crate::testing::*;

const EDIT: &str = "/figures/report/2026-02/edit";

async fn town() -> Town {
    let town = Town::sqlite().await;
    crowd(&town).await;
    town
}

fn words<'a>(rev: &'a str, title: &'a str, introduction: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("_rev", rev),
        ("title", title),
        ("introduction", introduction),
        ("show-passive", "on"),
        ("comment-passive", "Vi begynder <i>nu</i>."),
        ("comment-support", "Gemt til senere."),
    ]
}

#[tokio::test]
async fn a_leader_finds_the_newest_months_report_with_all_goals() {
    let town = town().await;
    let lis = town.employee(LIS).await;
    let page = lis.get("/figures/report").await;
    page.ok()
        .has("Ledelsesrapport for februar 2026")
        .has("Ingen har skrevet i rapporten endnu")
        .has("100,0\u{a0}%")
        .has("februar 2026 · 33 borgere")
        .has("passive_share.1-28d")
        .has("Opgjort 16. marts 2026")
        .lacks("Udgiv rapporten");
    assert_eq!(page.html.matches("class=\"report-figure\"").count(), 10);
    assert!(!page.html.contains(" style="));
    let again = lis.get("/figures/report").await;
    assert!(again.ok().queries <= 5, "{} queries", again.queries);
    town.employee(LIS)
        .await
        .in_english()
        .get("/figures/report")
        .await
        .ok()
        .has("Management report for February 2026")
        .lacks("Opgjort");
    // Those who do not write have nothing to read yet.
    let karen = town.employee(KAREN).await;
    karen
        .get("/figures/report")
        .await
        .ok()
        .has("Der er ikke udgivet en rapport endnu");
    karen.get("/figures/report/2026-02").await.not_found();
    karen.get("/figures/report/2026-02/table.xlsx").await.not_found();
    karen.get(EDIT).await.not_found();
    let anna = town.citizen(ANNA).await;
    for path in ["/figures/report", "/figures/report/2026-02", EDIT] {
        anna.get(path).await.not_found();
        assert!(town.guest().get(path).await.location.starts_with("/log-in"), "{path}");
    }
    for path in [
        "/figures/report/nonsense",
        "/figures/report/2046-02",
        "/figures/report/1999-01",
        "/figures/report/2026-02?version=3",
    ] {
        lis.get(path).await.not_found();
    }
}

#[tokio::test]
async fn words_are_saved_escaped_and_shown_to_leaders_only_until_it_is_published() {
    let town = town().await;
    let (lis, karen) = (town.employee(LIS).await, town.employee(KAREN).await);
    lis.get(EDIT)
        .await
        .ok()
        .has("Strategiens mål")
        .has("value=\"Ledelsesrapport for februar 2026\"");
    let form = words("0", "Februar <b>nu</b>", "Første linje.\r\nAnden <script>linje.");
    lis.post(EDIT, &form).await.redirects_to("/figures/report/2026-02");
    let page = lis.get("/figures/report/2026-02").await;
    page.ok()
        .has("Februar &#60;b&#62;nu&#60;/b&#62;")
        .has("Anden &#60;script&#62;linje.")
        .has("Vi begynder &#60;i&#62;nu&#60;/i&#62;.")
        .has("1. udgave, gemt")
        .has("Lis Dahl")
        .has("Udgiv rapporten")
        .lacks("Gemt til senere.");
    assert_eq!(page.html.matches("class=\"report-figure\"").count(), 1);
    // A comment to a figure that is not shown waits in the form.
    let edit = lis.get(EDIT).await;
    edit.ok()
        .has("Gemt til senere.")
        .has("id=\"show-passive\" name=\"show-passive\" value=\"on\" checked")
        .lacks("<script>linje");
    karen.get("/figures/report/2026-02").await.not_found();
    karen
        .post("/figures/report/2026-02", &[("_rev", "1")])
        .await
        .not_found();
    karen.post(EDIT, &form).await.not_found();
}

#[tokio::test]
async fn what_cannot_be_saved_keeps_what_was_typed() {
    let town = town().await;
    let lis = town.employee(LIS).await;
    lis.post(EDIT, &[("title", " "), ("introduction", "Min \"tekst\"")])
        .await
        .refused()
        .has("Skriv en overskrift")
        .has("Vælg mindst ét tal")
        .has("Min &#34;tekst&#34;");
    let mut form = words("0", "Februar", "Anna med 610190-1236 er kommet i job");
    lis.post(EDIT, &form)
        .await
        .refused()
        .has("ligner et CPR-nummer")
        .has("610190-1236");
    form[2].1 = "";
    form[4].1 = "6101901236";
    lis.post(EDIT, &form).await.refused().has("ligner et CPR-nummer");
    let long = "x".repeat(2_001);
    form[4].1 = &long;
    lis.post(EDIT, &form).await.refused().has("2.000").has(&long);
    lis.get("/figures/report").await.ok().has("Ingen har skrevet");
}

#[tokio::test]
async fn two_leaders_do_not_write_over_each_other() {
    let town = town().await;
    let (lis, per) = (town.employee(LIS).await, town.employee(PER).await);
    lis.post(EDIT, &words("0", "Lis skriver", "Fra Lis"))
        .await
        .redirects_to("/figures/report/2026-02");
    let page = per.post(EDIT, &words("0", "Per skriver", "Fra Per")).await;
    page.refused()
        .has("En anden har gemt en nyere udgave")
        .has("Lis Dahl har skrevet")
        .has("Fra Lis")
        .has("value=\"Per skriver\"")
        .has("name=\"_rev\" value=\"1\"");
    // Having seen it, Per chooses.
    per.post(EDIT, &words("1", "Per skriver", "Fra Per"))
        .await
        .redirects_to("/figures/report/2026-02");
    lis.get("/figures/report/2026-02")
        .await
        .ok()
        .has("Fra Per")
        .has("2. udgave");
    lis.get("/figures/report/2026-02?version=1")
        .await
        .ok()
        .has("Fra Lis")
        .has("Der er en nyere kladde")
        .lacks("Udgiv rapporten");
}

struct Moving(Arc<AtomicI64>);
impl Clock for Moving {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(self.0.load(Ordering::SeqCst)).expect("in range")
    }
}

#[tokio::test]
async fn a_published_report_stands_as_it_was() {
    let (db, folder) = testing::sqlite().await;
    let time = Arc::new(AtomicI64::new(now().as_second()));
    let moving = time.clone();
    let town = Town::changed(db, Some(folder), |inner| inner.clock = Box::new(Moving(moving))).await;
    crowd(&town).await;
    let (lis, karen) = (town.employee(LIS).await, town.employee(KAREN).await);
    // Nothing saved is nothing to publish.
    lis.post("/figures/report/2026-02", &[("_rev", "0")])
        .await
        .redirects_to("/figures/report/2026-02");
    karen.get("/figures/report/2026-02").await.not_found();
    lis.post(EDIT, &words("0", "Februar", "Et år"))
        .await
        .redirects_to("/figures/report/2026-02");
    let act = Uuid::now_v7().to_string();
    for _ in 0..2 {
        lis.post("/figures/report/2026-02", &[("_rev", "1"), ("_act", &act)])
            .await
            .redirects_to("/figures/report/2026-02");
    }
    let published = karen.get("/figures/report").await;
    published
        .ok()
        .has("2. udgave, udgivet")
        .has("februar 2026 · 33 borgere")
        .has("Opgjort 16. marts 2026")
        .lacks("Kladde")
        .lacks("Skriv i rapporten");
    karen.get("/figures/report/2026-02?version=1").await.not_found();
    // Somebody turns out to have been on benefit all the time: what is published stays, what is being written follows.
    for n in 0..7 {
        person(&town.app.db, 0x9000 + n, JOBCENTRE, "Ny", "kontanthjaelp", "2024-01-01").await;
    }
    time.fetch_add(61, Ordering::SeqCst);
    karen.get("/figures").await.ok();
    town.app.figures().settled().await;
    karen.get("/figures").await.ok().has("februar 2026 · 40 borgere");
    karen
        .get("/figures/report")
        .await
        .ok()
        .has("februar 2026 · 33 borgere")
        .lacks("40 borgere");
    // A later version is a new one; the published one stays until it is published too.
    lis.get(EDIT).await.ok().has("Rapporten er udgivet.");
    lis.post(EDIT, &words("2", "Februar, rettet", "Et år til"))
        .await
        .redirects_to("/figures/report/2026-02");
    lis.get("/figures/report")
        .await
        .ok()
        .has("Februar, rettet")
        .has("40 borgere");
    karen
        .get("/figures/report")
        .await
        .ok()
        .has("33 borgere")
        .lacks("rettet");
    // Publishing what somebody else has changed meanwhile is not done unseen.
    lis.post("/figures/report/2026-02", &[("_rev", "2")])
        .await
        .redirects_to("/figures/report/2026-02");
    karen.get("/figures/report").await.ok().lacks("rettet");
    lis.post("/figures/report/2026-02", &[("_rev", "3")])
        .await
        .redirects_to("/figures/report/2026-02");
    karen
        .get("/figures/report")
        .await
        .ok()
        .has("4. udgave, udgivet")
        .has("rettet")
        .has("40 borgere");
    karen
        .get("/figures/report/2026-02?version=2")
        .await
        .ok()
        .has("33 borgere")
        .has("Der er en nyere udgave");
}

#[tokio::test]
async fn an_earlier_month_ends_with_that_month() {
    let town = town().await;
    let lis = town.employee(LIS).await;
    lis.get("/figures/report").await.ok().has("/figures/report/2025-11");
    lis.get("/figures/report/2025-11")
        .await
        .ok()
        .has("Ledelsesrapport for november 2025")
        .has("november 2025 · 33 borgere")
        .lacks("februar 2026 · ");
}

#[tokio::test]
async fn the_sheet_holds_figures_months_and_words_and_no_small_number() {
    let town = town().await;
    let lis = town.employee(LIS).await;
    let mut form = words("0", "Februar", "");
    form.push(("show-stock", "on"));
    lis.post(EDIT, &form).await.redirects_to("/figures/report/2026-02");
    let file = lis.get("/figures/report/2026-02/table.xlsx").await;
    file.ok();
    assert_eq!(
        file.headers["content-disposition"],
        "attachment; filename=\"ledelsesrapport-2026-02.xlsx\""
    );
    use calamine::Reader as _;
    let mut book = calamine::Xlsx::new(std::io::Cursor::new(file.bytes.clone())).expect("an Excel file");
    assert_eq!(book.sheet_names(), ["Ledelsesrapport", "Måned for måned"]);
    let sheet = book.worksheet_range("Ledelsesrapport").expect("the sheet");
    let cell = |row: u32, column: u32| {
        sheet
            .get_value((row, column))
            .map(ToString::to_string)
            .unwrap_or_default()
    };
    let row = (1..=sheet.height() as u32)
        .find(|row| cell(*row, 12) == "passive_share.1-28d")
        .expect("the figure's row");
    assert_eq!(
        (cell(row, 2).as_str(), cell(row, 3).as_str(), cell(row, 7).as_str()),
        ("2026-02", "100", "33")
    );
    assert_eq!(cell(row, 10), "Vi begynder <i>nu</i>.");
    let months = book.worksheet_range("Måned for måned").expect("the sheet");
    assert_eq!(months.height(), 1 + 2 * 24);
}

#[tokio::test]
async fn the_pdf_is_tagged_and_says_what_the_page_says() {
    let town = town().await;
    let (lis, karen) = (town.employee(LIS).await, town.employee(KAREN).await);
    let mut form = words("0", "Februar i tal", "Vi er på vej.");
    for code in ["support", "companies", "to_work", "stock"] {
        form.push(match code {
            "support" => ("show-support", "on"),
            "companies" => ("show-companies", "on"),
            "to_work" => ("show-to_work", "on"),
            _ => ("show-stock", "on"),
        });
    }
    lis.post(EDIT, &form).await.redirects_to("/figures/report/2026-02");
    karen.get("/figures/report/2026-02/report.pdf").await.not_found();
    let file = lis.get("/figures/report/2026-02/report.pdf").await;
    file.ok();
    assert_eq!(file.headers["content-type"], "application/pdf");
    assert_eq!(
        file.headers["content-disposition"],
        "inline; filename=\"ledelsesrapport-2026-02.pdf\""
    );
    let has = |what: &str| {
        file.bytes
            .windows(what.len())
            .filter(|window| *window == what.as_bytes())
            .count()
    };
    // That it conforms to PDF/UA-1 is checked by the writer, which refuses otherwise.
    for what in [
        "/StructTreeRoot",
        "/MarkInfo",
        "da-DK",
        "pdfuaid:part",
        "/Outlines",
        "/FontFile2",
    ] {
        assert!(has(what) > 0, "{what}");
    }
    let tags = |tag: &str| has(&format!("/S/{tag}")) + has(&format!("/S /{tag}"));
    assert_eq!((tags("H1"), tags("Table"), tags("THead")), (1, 1, 1));
    // The figures in short, how to read the charts, five figures, how they are made; one figure has no months to draw.
    assert_eq!(tags("H2"), 8);
    assert_eq!(tags("Figure"), 1 + 4);
    let english = town
        .employee(LIS)
        .await
        .in_english()
        .get("/figures/report/2026-02/report.pdf")
        .await;
    assert!(english.ok().bytes.windows(5).any(|w| w == b"en-GB"));
    // Published, it is the same for every reader, whenever they read it.
    lis.post("/figures/report/2026-02", &[("_rev", "1")])
        .await
        .redirects_to("/figures/report/2026-02");
    let (first, second) = (
        karen.get("/figures/report/2026-02/report.pdf").await,
        lis.get("/figures/report/2026-02/report.pdf?version=2").await,
    );
    assert_eq!(first.ok().bytes, second.ok().bytes);
}
