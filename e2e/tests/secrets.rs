//! Nobody's CPR number leaves the database (design invariant 12), also when people type numbers where they may and where they
//! should not. `tests/pages.rs` asks the same of every page there is.

use std::io::Cursor;

use calamine::{Reader, open_workbook_auto_from_rs};
use tovholder_e2e::{Browser, Database, Options, Server, Who, Wire, data, secrets};
use tovholder_store::args;
use tovholder_store::db::{AssertSqlSafe, Db, Options as DbOptions};

/// What went out, each with where it was.
#[derive(Default)]
struct Out(Vec<(String, String)>);

impl Out {
    fn add(&mut self, place: impl Into<String>, text: impl Into<String>) {
        self.0.push((place.into(), text.into()));
    }

    /// The page that is open now, and its address.
    async fn page(&mut self, browser: &Browser) {
        let path = browser.path().await;
        self.add(format!("the address {path}"), path.clone());
        self.add(format!("the page {path}"), browser.html().await);
    }

    /// A file of the site.
    async fn file(&mut self, server: &Server, browser: &Browser, path: &str) -> Vec<u8> {
        let url = format!("{}{path}", server.url());
        let cookie = browser.cookie_header().await;
        let bytes = Wire::default().file(&url, &cookie).await.expect("the file is there");
        self.add(path, String::from_utf8_lossy(&bytes));
        bytes
    }

    fn found(&self, numbers: &[String]) -> Vec<String> {
        self.0
            .iter()
            .flat_map(|(place, text)| {
                secrets::found(text, numbers)
                    .into_iter()
                    .map(move |found| format!("{place}: {found}"))
            })
            .collect()
    }
}

async fn search(browser: &Browser, words: &str) {
    browser.goto("/day").await;
    browser.fill_css("#find", words).await;
    browser.click_css(".find-button").await;
}

fn hyphened(number: &str) -> String {
    format!("{}-{}", &number[..6], &number[6..])
}

#[tokio::test]
async fn no_number_leaves_the_database() {
    let server = Server::start(Database::Sqlite);
    let browser = Browser::start(server.url(), Options::default()).await;
    let numbers = secrets::numbers(&server).await.expect("the database is there");
    let mut out = Out::default();

    // Searching by number is allowed: a number of each citizen's, in both shapes, until one led to a plan and one to a colleague.
    browser.log_in(Who::Caseworker).await;
    let (mut plans, mut turned_away) = (0, 0);
    for (at, number) in numbers.iter().enumerate() {
        search(&browser, &if at % 2 == 0 { number.clone() } else { hyphened(number) }).await;
        out.page(&browser).await;
        let led_to_a_plan = browser.path().await.starts_with("/plans/");
        plans += usize::from(led_to_a_plan);
        turned_away += usize::from(!led_to_a_plan);
        if plans > 2 && turned_away > 2 {
            break;
        }
    }
    assert!(
        plans > 0 && turned_away > 0,
        "both answers were seen: {plans}, {turned_away}"
    );

    // A number typed in an address, where a name belongs: the list leads to an address without it.
    let typed = format!("/citizens?q={}", hyphened(&numbers[0]));
    browser.goto(&typed).await;
    out.page(&browser).await;
    // Nothing is there; the log and the metrics below must not repeat what was typed.
    assert_eq!(browser.goto_status(&format!("/plans/{}", numbers[1])).await, 404);

    // Files.
    browser.goto("/citizens").await;
    let book = out.file(&server, &browser, "/citizens.xlsx").await;
    let mut book = open_workbook_auto_from_rs(Cursor::new(book)).expect("an Excel file");
    for (name, sheet) in book.worksheets() {
        let cells: Vec<String> = sheet.cells().map(|(_, _, cell)| cell.to_string()).collect();
        assert!(cells.len() > 100, "there is a caseload in it");
        out.add(format!("the sheet {name}"), cells.join("\n"));
    }
    browser.log_in(Who::Citizen).await;
    browser.goto("/my-plan").await;
    let calendar = browser
        .attribute("a[href$='.ics']", "href")
        .await
        .expect("a conversation is booked");
    let calendar = out.file(&server, &browser, &calendar).await;
    assert!(String::from_utf8_lossy(&calendar).contains("BEGIN:VEVENT"));
    for page in ["/my-plan/log", "/my-plan/history"] {
        browser.goto(page).await;
        out.page(&browser).await;
    }

    // A file of citizens, with numbers of some who are new, one who is known, and some with mistakes.
    browser.log_in(Who::Administrator).await;
    browser.goto("/setup/import?kind=citizens").await;
    browser.fill_css("#file", &data("citizens.csv")).await;
    for _ in 0..3 {
        browser
            .click_css("main form[method=post] button[type=submit].button-primary")
            .await;
        out.page(&browser).await;
    }
    let brought_in = std::fs::read_to_string(data("citizens.csv")).expect("the file is there");

    let metrics = Wire::default()
        .text(server.metrics_url().expect("the demo has metrics"), "")
        .await
        .expect("the metrics answer");
    assert!(
        metrics.contains("/plans/{plan}"),
        "the metrics name the pages that were opened"
    );
    out.add("the metrics", metrics);
    out.add("the log", server.log());
    for (table, text) in tables(server.database()).await {
        out.add(format!("the table {table}"), text);
    }

    let mut numbers = secrets::numbers(&server).await.expect("the database is there");
    // Also those that were not taken.
    numbers.extend(
        brought_in
            .lines()
            .skip(1)
            .filter_map(|row| row.split(';').next().map(str::to_owned)),
    );
    assert_eq!(out.found(&numbers), Vec::<String>::new());

    // The same search finds what was planted: in the address that was typed, and in the file that was sent.
    out.add("an address", typed);
    out.add("a file", brought_in);
    let places: Vec<String> = out.found(&numbers);
    assert!(places.iter().any(|place| place.starts_with("an address")), "{places:?}");
    assert!(
        places.iter().filter(|place| place.starts_with("a file")).count() >= 7,
        "{places:?}"
    );
}

/// Every table as text: the numbers themselves, and the rows of files with mistakes, lie sealed.
async fn tables(database: &str) -> Vec<(String, String)> {
    let options = DbOptions {
        create: false,
        ..DbOptions::default()
    };
    let db = Db::open(database, options).await.expect("the database is there");
    let mut conn = db.read().await.expect("reads");
    let names = "SELECT m.name, group_concat('quote(' || c.name || ')', '||'' ''||') FROM sqlite_master m, pragma_table_info(m.name) c \
                 WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' GROUP BY m.name";
    let mut tables = vec![];
    for row in conn.rows(names, args![]).await.expect("names") {
        let (name, columns): (String, String) = (row.get(0).expect("a name"), row.get(1).expect("columns"));
        let all = AssertSqlSafe(format!("SELECT {columns} FROM {name}"));
        let rows = conn.rows(all, args![]).await.expect("rows");
        let rows: Vec<String> = rows.iter().map(|row| row.get(0).expect("text")).collect();
        tables.push((name, rows.join("\n")));
    }
    assert!(tables.len() > 25, "{} tables", tables.len());
    assert!(tables.iter().any(|(name, rows)| name == "act" && rows.len() > 10_000));
    drop(conn);
    db.close().await.expect("closes");
    tables
}
