//! Log-in with a real provider: an employee and a citizen go there, come back to the page they wanted, and log out on both sides.

use tovholder_e2e::{Browser, Database, Installation, LogInProvider, Options, Server, secrets};

struct Scene {
    // Dropped in this order.
    server: Server,
    provider: LogInProvider,
}

fn scene(database: Database) -> Scene {
    let provider = LogInProvider::start();
    let installation = Installation::listening(database, provider.port(), |folder| provider.config(folder));
    for (kind, file) in [
        ("units", "start-units.csv"),
        ("employees", "start-employees.csv"),
        ("citizens", "start-citizens.csv"),
    ] {
        installation.import(kind, file);
    }
    Scene {
        server: installation.serve(),
        provider,
    }
}

/// What the provider asks of somebody: a name and a password, and whether Tovholder may know.
async fn at_theprovider(browser: &Browser, name: &str) {
    browser.fill_css("input[name=login]", name).await;
    browser.fill_css("input[name=password]", "hvad som helst").await;
    browser.click_css("button[type=submit]").await;
    browser.click_css("button[type=submit]").await;
}

async fn logs_out(browser: &Browser) {
    browser.click_css("summary.menu-button").await;
    browser.click_css("form[action='/log-out'] button").await;
}

async fn there_and_back(database: Database) {
    let scene = scene(database);
    let browser = Browser::start(scene.server.url(), Options::default()).await;

    // An employee wants to see their citizens, logs in at the provider, and is there.
    browser.goto("/citizens").await;
    browser.assert_sees("Log ind med Rebæk-login").await;
    browser.assert_accessible().await;
    browser.screenshot("log-in-providers").await;
    browser.click("Log ind med Rebæk-login").await;
    at_theprovider(&browser, "karen").await;
    browser.assert_path("/citizens").await;
    browser.assert_sees("Karen Holm Madsen").await;
    browser.goto("/sessions").await;
    browser.assert_sees("Her er du logget ind").await;
    browser.assert_accessible().await;
    browser.screenshot("sessions-provider").await;
    let karen = browser.cookie_header().await;

    // Logging out goes on to the provider by itself, which asks, and comes back.
    logs_out(&browser).await;
    browser.click_css("button[name=logout], button[type=submit]").await;
    browser.assert_sees("Log ind med Rebæk-login").await;
    assert!(browser.path().await.starts_with("/log-in"));
    browser.goto("/citizens").await;
    browser.assert_sees("Log ind med Rebæk-login").await;
    assert_ne!(karen, "", "there was a session");

    // The same browser, somebody who is not sure enough, and somebody who is not in the register.
    for (name, words) in [("lis", "mere sikker måde"), ("ghost", "Vi kender dig ikke her endnu")] {
        let browser = Browser::start(scene.server.url(), Options::default()).await;
        browser.goto("/log-in").await;
        browser.click("Log ind med Rebæk-login").await;
        at_theprovider(&browser, name).await;
        browser.assert_sees(words).await;
        assert_eq!(browser.status().await, 403, "{name}");
        browser.assert_accessible().await;
        browser.screenshot(&format!("turned-away-{name}")).await;
    }

    // A citizen, on a phone and without scripts.
    let phone = Browser::start(scene.server.url(), Options::default().phone().no_script()).await;
    phone.goto("/my-plan").await;
    phone.click("Log ind med Prøve-ID").await;
    at_theprovider(&phone, "ida").await;
    phone.assert_path("/my-plan").await;
    phone.assert_sees("Ida Brøndum").await;
    // The token holds a CPR number, so it does not go back in an address: the provider asks instead.
    logs_out(&phone).await;
    assert!(!phone.path().await.contains("id_token_hint"));
    phone.click_css("button[name=logout], button[type=submit]").await;
    phone.goto("/my-plan").await;
    phone.assert_sees("Log ind med Prøve-ID").await;

    // Somebody the municipality does not know is told so.
    let stranger = Browser::start(scene.server.url(), Options::default().phone()).await;
    stranger.goto("/log-in").await;
    stranger.click("Log ind med Prøve-ID").await;
    at_theprovider(&stranger, "nobody").await;
    stranger.assert_sees("Du har ikke en plan her").await;
    stranger.assert_accessible().await;
    stranger.screenshot("turned-away-citizen").await;

    let numbers = secrets::numbers(&scene.server).await.expect("the database is there");
    assert_eq!(secrets::found(&scene.server.log(), &numbers), Vec::<String>::new());
}

#[tokio::test]
async fn on_sqlite() {
    there_and_back(Database::Sqlite).await;
}

#[tokio::test]
async fn on_postgres() {
    there_and_back(Database::Postgres).await;
}

#[tokio::test]
async fn logged_out_at_theprovider_is_logged_out_here() {
    let scene = scene(Database::Sqlite);
    let browser = Browser::start(scene.server.url(), Options::default()).await;
    browser.goto("/day").await;
    browser.click("Log ind med Rebæk-login").await;
    at_theprovider(&browser, "karen").await;
    browser.assert_path("/day").await;
    // Karen logs out of everything at the provider, without coming by: it tells Tovholder.
    browser.goto(&format!("{}/session/end", scene.provider.issuer())).await;
    browser.click_css("button[name=logout], button[type=submit]").await;
    // Its page comes when it has told everybody.
    browser.assert_sees("Sign-out Success").await;
    browser.goto("/day").await;
    browser.assert_sees("Log ind med Rebæk-login").await;
}
