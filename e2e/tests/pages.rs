//! Every page of [`PAGES`] in a real browser: both languages, on a phone and at a desk, with and without JavaScript.
//! Pictures of all of them go to `target/screenshots/`. Look at them.

use std::fmt::Write;

use tovholder_e2e::pages::PAGES;
use tovholder_e2e::{Browser, Database, Options, Screen, Server, Who, axe};

/// What is wrong with the page that is open now; nothing, one hopes.
async fn faults(browser: &Browser) -> Vec<String> {
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
            .map(|entry| format!("console: {entry}")),
    );
    faults
}

async fn every_page_is_sound(options: Options) {
    assert!(!PAGES.is_empty(), "there are no pages to look at");
    let server = Server::start(Database::Sqlite);
    let browser = Browser::start(server.url(), options).await;
    let width = if options.screen == Screen::Phone { 375 } else { 1280 };
    let script = if options.javascript { "" } else { "-no-script" };
    let mut report = String::new();
    let mut here = Who::Nobody;
    for page in PAGES {
        if page.who != here {
            browser.log_in(page.who).await;
            here = page.who;
            browser.console_errors().await;
        }
        let name = format!("{}-{}-{width}{script}", page.name, options.language.code());
        let status = browser.open(page).await;
        if status != 200 {
            let _ = writeln!(
                report,
                "{name}: {} (then {:?}) answered {status}",
                page.path, page.follow
            );
            browser.console_errors().await;
            continue;
        }
        browser.screenshot(&name).await;
        for fault in faults(&browser).await {
            let _ = writeln!(report, "{name} ({}): {fault}", browser.path().await);
        }
        if page.printed {
            browser.print_screenshot(&format!("{name}-print")).await;
        }
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
