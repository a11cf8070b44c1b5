//! Every page of [`PAGES`] in a real browser: both languages, on a phone and at a desk, with and without JavaScript.
//! Pictures of all of them go to `target/screenshots/`. Look at them.
//!
//! Afterwards: was every page of the router among them, and is nobody's CPR number in any of it?

use std::fmt::Write;

use tovholder_e2e::pages::PAGES;
use tovholder_e2e::{Browser, Database, Options, Screen, Server, Who, Wire, axe, routes, secrets};

/// What is wrong with the page that is open now; nothing, one hopes. It came with the status it should have.
async fn faults(browser: &Browser, status: u16) -> Vec<String> {
    let mut faults = Vec::new();
    let language = browser.options().language.code();
    if browser.language().await != language {
        faults.push(format!(
            "the page says it is in “{}”, not “{language}”",
            browser.language().await
        ));
    }
    if browser.count("h1").await != 1 {
        faults.push("the page should have one main heading".to_owned());
    }
    if browser.text_of("main").await.trim().is_empty() {
        faults.push("there is nothing to read in <main>".to_owned());
    }
    let overflow = browser.overflow().await;
    if overflow > 0 {
        faults.push(format!("one has to scroll {overflow} px sideways"));
    }
    if browser.options().javascript {
        let barriers = browser.axe().await;
        if !barriers.is_empty() {
            faults.push(format!("axe finds barriers:\n{}", axe::report(&barriers)));
        }
    }
    faults.extend(
        browser
            .console_errors()
            .await
            .iter()
            // The browser calls it an error that a page says what went wrong.
            .filter(|entry| {
                status == 200
                    || !entry
                        .message
                        .contains(&format!("the server responded with a status of {status}"))
            })
            .map(|entry| format!("console: {entry}")),
    );
    faults
}

/// Where citizens read all that is held about them, their number too.
const EVERYTHING: &str = "/my-plan/everything";

/// Where a CPR number is found in what went out: addresses, pages, the log and the metrics.
async fn numbers_found(server: &Server, pages: &[(String, String)]) -> Vec<String> {
    let numbers = secrets::numbers(server).await.expect("the database is there");
    assert!(numbers.len() > 60, "everybody has one");
    let metrics = Wire::default()
        .text(server.metrics_url().expect("the demo has metrics"), "")
        .await
        .expect("the metrics answer");
    let plans = pages.iter().any(|(path, _)| path.starts_with("/plans/"));
    assert!(
        !plans || metrics.contains("/plans/{plan}"),
        "the metrics name the pages that were opened"
    );
    let log = server.log();
    assert!(log.contains("listening on"), "what the server wrote is kept");
    let mut all: Vec<(&str, &str)> = vec![("the log", &log), ("the metrics", &metrics)];
    for (path, html) in pages {
        all.push((path, path));
        all.push((path, html));
    }
    // Whoever asks for everything about themselves reads their own number there, once; and it is the one place.
    let own = |place: &str, found: &[String]| place == EVERYTHING && found.len() == 1;
    all.into_iter()
        .flat_map(|(place, text)| {
            let found = secrets::found(text, &numbers);
            let found = if own(place, &found) { vec![] } else { found };
            found
                .into_iter()
                .map(move |found| format!("a CPR number in {place}: {found}"))
        })
        .collect()
}

async fn every_page_is_sound(options: Options) {
    assert!(!PAGES.is_empty(), "there are no pages to look at");
    // While one works on some pages: only those whose name begins so. Whether all are there is then not asked.
    let only = std::env::var("PAGES_BEGINNING").unwrap_or_default();
    let server = Server::start(Database::Sqlite);
    let browser = Browser::start(server.url(), options).await;
    let width = if options.screen == Screen::Phone { 375 } else { 1280 };
    let script = if options.javascript { "" } else { "-no-script" };
    let mut report = String::new();
    let mut here = Who::Nobody;
    let mut opened: Vec<(String, String)> = vec![];
    for page in PAGES.iter().filter(|page| page.name.starts_with(&only)) {
        if page.who != here {
            browser.log_in(page.who).await;
            here = page.who;
            browser.console_errors().await;
        }
        let name = format!("{}-{}-{width}{script}", page.name, options.language.code());
        let status = browser.open(page).await;
        if status != page.status {
            let _ = writeln!(
                report,
                "{name}: {} (then {:?}) answered {status}",
                page.path, page.follow
            );
            browser.console_errors().await;
            continue;
        }
        browser.screenshot(&name).await;
        let path = browser.path().await;
        for fault in faults(&browser, status).await {
            let _ = writeln!(report, "{name} ({path}): {fault}");
        }
        opened.push((path, browser.html().await));
        if page.printed {
            browser.print_screenshot(&format!("{name}-print")).await;
        }
    }
    let paths: Vec<String> = opened.iter().map(|(path, _)| path.clone()).collect();
    let missing = if only.is_empty() {
        routes::missing(&paths)
    } else {
        vec![]
    };
    for page in missing {
        let _ = writeln!(report, "{page} is in the router and on no page of the list");
    }
    for found in numbers_found(&server, &opened).await {
        let _ = writeln!(report, "{found}");
    }
    assert!(
        report.is_empty(),
        "the pages have faults:\n{report}\nThe server said:\n{}",
        server.said()
    );
}

#[tokio::test]
async fn in_danish_on_a_phone() {
    every_page_is_sound(Options::default().phone()).await;
}

#[tokio::test]
async fn in_danish_at_a_desk() {
    every_page_is_sound(Options::default()).await;
}

#[tokio::test]
async fn in_english_on_a_phone() {
    every_page_is_sound(Options::default().phone().english()).await;
}

#[tokio::test]
async fn in_english_at_a_desk() {
    every_page_is_sound(Options::default().english()).await;
}

#[tokio::test]
async fn in_danish_on_a_phone_without_javascript() {
    every_page_is_sound(Options::default().phone().no_script()).await;
}

#[tokio::test]
async fn in_english_at_a_desk_without_javascript() {
    every_page_is_sound(Options::default().english().no_script()).await;
}
