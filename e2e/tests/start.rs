//! A real start, with nobody there who made the program: an empty database, the administrator's link, units, employees and
//! citizens from files, the first log-in of an employee, and the first plan.

use tovholder_e2e::{Browser, Database, Installation, Options, data, secrets};

/// Sends the page's own form.
const SEND: &str = "main form[method=post] button[type=submit].button-primary";

/// Brings a file in, from the first page of *Opsætning* to its receipt: chosen, recognised, tried, and said yes to.
async fn bring_in(browser: &Browser, kind: &str, file: &str, rows: usize) {
    browser.goto("/setup").await;
    browser.click_css(&format!("main a[href$='?kind={kind}']")).await;
    browser.fill_css("#file", &data(file)).await;
    browser.click_css(SEND).await;
    // The columns are recognised by their names, so there is nothing to choose.
    browser.click_css(SEND).await;
    browser.assert_accessible().await;
    assert_eq!(
        new_rows(browser).await,
        rows.to_string(),
        "{file}: all rows are new and none has an error"
    );
    assert_eq!(browser.count("a[href$='/errors.csv']").await, 0, "{file}");
    browser.click_css(SEND).await;
    assert_eq!(new_rows(browser).await, rows.to_string(), "{file} is in");
    assert_eq!(
        browser.count("main a[href$='/undo']").await,
        1,
        "{file} can be taken back"
    );
}

/// The first of the numbers on the page: what is new.
async fn new_rows(browser: &Browser) -> String {
    browser.text_of(".stat-number").await
}

async fn from_an_empty_database_to_the_first_plan(database: Database) {
    let installation = Installation::new(database);
    let link = installation.administrator("Ada Skov");
    let server = installation.serve();
    let browser = Browser::start(server.url(), Options::default()).await;

    // The administrator comes in once by the link, and sees what to do first.
    browser.goto("/log-in").await;
    assert_eq!(
        browser.count("button[name=person]").await,
        0,
        "a real installation lets nobody choose who to be"
    );
    browser.goto(&link).await;
    browser.click_css("main form button").await;
    browser.assert_path("/setup").await;
    browser.assert_sees("Rebæk Kommune").await;
    browser.assert_sees("Ada Skov").await;
    browser.assert_accessible().await;

    bring_in(&browser, "units", "start-units.csv", 2).await;
    bring_in(&browser, "employees", "start-employees.csv", 3).await;
    bring_in(&browser, "citizens", "start-citizens.csv", 3).await;
    // Brought in again, the same file changes nothing.
    browser.goto("/setup/import?kind=citizens").await;
    browser.fill_css("#file", &data("start-citizens.csv")).await;
    browser.click_css(SEND).await;
    browser.click_css(SEND).await;
    assert_eq!(new_rows(&browser).await, "0");
    assert_eq!(browser.count(SEND).await, 0, "there is nothing to say yes to");

    // A link for the first employee.
    browser.goto("/setup/links").await;
    browser.fill_css("#name", "Karen").await;
    browser.click_css("main form[novalidate] button[type=submit]").await;
    browser.click_css(".person-choice button").await;
    let made = browser
        .attribute("#link", "value")
        .await
        .expect("the link is shown, this once");
    browser.click_css("summary.menu-button").await;
    browser.click_css("form[action='/log-out'] button").await;

    // Karen logs in, finds a citizen and opens the first plan.
    browser.goto(&made).await;
    browser.click_css("main form button").await;
    browser.assert_path("/day").await;
    browser.assert_sees("Karen Holm Madsen").await;
    browser.fill_css("#find", "Ida").await;
    browser.click_css(".find-button").await;
    browser.click_css("main a[href$='/open-plan']").await;
    browser.click_css("label[for^='core_task']").await;
    browser
        .click_css("main form[novalidate] button[type=submit].button-primary")
        .await;
    let plan = browser.path().await;
    assert!(plan.starts_with("/plans/"), "the plan is shown: {plan}");
    browser.assert_sees("Ida Brøndum").await;
    browser.assert_sees("Karen Holm Madsen").await;
    browser.assert_accessible().await;
    // Somebody of another unit is not hers to find.
    browser.fill_css("#find", "Yasmin").await;
    browser.click_css(".find-button").await;
    browser.assert_not_sees("Yasmin Öztürk").await;

    // A link works once.
    browser.click_css("summary.menu-button").await;
    browser.click_css("form[action='/log-out'] button").await;
    browser.goto(&made).await;
    browser.click_css("main form button").await;
    assert_eq!(browser.status().await, 404, "the link has been used");

    let numbers = secrets::numbers(&server).await.expect("the database is there");
    assert_eq!(numbers.len(), 3);
    assert_eq!(secrets::found(&server.log(), &numbers), Vec::<String>::new());
}

#[tokio::test]
async fn on_sqlite() {
    from_an_empty_database_to_the_first_plan(Database::Sqlite).await;
}

#[tokio::test]
async fn on_postgres() {
    from_an_empty_database_to_the_first_plan(Database::Postgres).await;
}
