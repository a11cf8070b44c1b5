//! Local accounts, waiting after attempts that failed, and the list of sessions.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use jiff::{SignedDuration, Timestamp};
use tovholder_identity::totp::Secret;
use tovholder_store::args;

use crate::entry::ways::Ways;
use crate::testing::*;

const PASSWORD: &str = "tre små grønne tog";

/// The value of a hidden field.
fn hidden<'p>(page: &'p Page, name: &str) -> &'p str {
    let (_, rest) = page
        .html
        .split_once(&format!("name=\"{name}\" value=\""))
        .expect("the field");
    rest.split('"').next().expect("a value")
}

fn later(seconds: i64) -> Timestamp {
    now() + SignedDuration::from_secs(seconds)
}

/// Karen chooses a password: the secret of her codes, and the codes for the day the phone is lost.
async fn with_account(town: &Town) -> (Secret, Vec<String>) {
    let karen = town.employee(KAREN).await;
    let page = karen.get("/account").await;
    page.ok().has("post@laerkebro.example").has("role=\"img\"");
    let base32 = hidden(&page, "_secret").to_owned();
    let secret = Secret::from_base32(&base32).expect("a secret");
    let made = karen
        .post(
            "/account",
            &[
                ("name", "Karen.Holm"),
                ("_password", PASSWORD),
                ("_again", PASSWORD),
                ("_secret", &base32),
                ("_code", &secret.code_at(now())),
            ],
        )
        .await;
    made.ok().has("Dine nødkoder").lacks(PASSWORD);
    let codes = made
        .html
        .split("<code class=\"secret\">")
        .skip(1)
        .filter_map(|rest| rest.split('<').next())
        .map(str::to_owned)
        .collect();
    (secret, codes)
}

async fn tries(town: &Town, name: &str, password: &str, code: &str) -> Page {
    let fields = [
        ("name", name),
        ("_password", password),
        ("_code", code),
        ("next", "/citizens"),
    ];
    town.guest().post("/log-in/password", &fields).await
}

fn session(page: &Page) -> Option<String> {
    page.cookies.iter().find_map(|cookie| {
        let value = cookie.strip_prefix("tovholder=")?.split(';').next()?;
        (!value.is_empty()).then(|| value.to_owned())
    })
}

/// What the page says was wrong.
fn said(page: &Page) -> &str {
    let (_, rest) = page.html.split_once("error-summary").expect("an error");
    rest.split("</ul>").next().expect("its end")
}

#[tokio::test]
async fn a_password_and_a_code_let_an_employee_in() {
    let town = Town::sqlite().await;
    let (secret, codes) = with_account(&town).await;
    assert_eq!(codes.len(), 8);
    let soon = town.at(later(30));
    let page = tries(&soon, " KAREN.holm ", PASSWORD, &secret.code_at(later(30))).await;
    page.redirects_to("/citizens");
    let token = session(&page).expect("is logged in");
    soon.with_session(&token).get("/day").await.ok();
    soon.with_session(&token)
        .get("/sessions")
        .await
        .ok()
        .has("Med adgangskode");
    // The code has been used, also by somebody who looked over her shoulder.
    let again = tries(&soon, "karen.holm", PASSWORD, &secret.code_at(later(30))).await;
    again.refused();
    assert_eq!(session(&again), None);
    // A code on paper, once, however it is typed.
    let paper = codes[0].to_lowercase().replace(' ', "-");
    assert!(session(&tries(&soon, "karen.holm", PASSWORD, &paper).await).is_some());
    tries(&soon, "karen.holm", PASSWORD, &codes[0]).await.refused();
    soon.with_session(&token)
        .get("/account")
        .await
        .ok()
        .has("7 nødkoder tilbage");
}

#[tokio::test]
async fn nobody_learns_whether_there_is_an_account() {
    let town = Town::sqlite().await;
    let (secret, _) = with_account(&town).await;
    let soon = town.at(later(30));
    let code = secret.code_at(later(30));
    let unknown = tries(&soon, "ingen", PASSWORD, &code).await;
    unknown.refused().has("Det passede ikke sammen").has("value=\"ingen\"");
    for (password, code) in [("forkert adgangskode", code.as_str()), (PASSWORD, "000000")] {
        let page = tries(&soon, "karen.holm", password, code).await;
        page.refused();
        assert_eq!(said(&page), said(&unknown));
        page.lacks("forkert adgangskode").lacks(PASSWORD);
    }
    // What was left out is said beside its field, and is no attempt.
    for _ in 0..10 {
        let page = tries(&soon, "karen.holm", "", "").await;
        page.refused()
            .has("id=\"_password-error\"")
            .has("id=\"_code-error\"")
            .lacks("Det passede ikke");
    }
}

#[tokio::test]
async fn the_wait_grows_also_for_names_that_are_not_there() {
    let town = Town::sqlite().await;
    let (secret, _) = with_account(&town).await;
    for name in ["karen.holm", "ingen"] {
        for _ in 0..5 {
            tries(&town, name, "forkert adgangskode", "1").await.refused();
        }
        let page = tries(&town, name, PASSWORD, &secret.code_at(later(60))).await;
        assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS, "{name}");
        assert_eq!(page.headers[header::RETRY_AFTER], "30");
        page.has("Du kan prøve igen om 30 sekunder");
    }
    // After the wait one may try again; wrong again, the wait is twice as long.
    let soon = town.at(later(31));
    tries(&soon, "karen.holm", "forkert adgangskode", "1").await.refused();
    let page = tries(&soon, "karen.holm", PASSWORD, &secret.code_at(later(31))).await;
    assert_eq!(page.headers[header::RETRY_AFTER], "60");
    let after = town.at(later(100));
    assert!(session(&tries(&after, "karen.holm", PASSWORD, &secret.code_at(later(100))).await).is_some());
    // Having got in, one begins afresh.
    tries(&after, "karen.holm", "forkert adgangskode", "1").await.refused();
}

#[tokio::test]
async fn many_attempts_at_once_count_as_many() {
    let town = Town::sqlite().await;
    let tried = futures(&town, 20).await;
    let through = tried
        .iter()
        .filter(|status| **status == StatusCode::UNPROCESSABLE_ENTITY)
        .count();
    assert!(through <= 6, "{through} of 20 were tried");
}

/// So many attempts at the same time.
async fn futures(town: &Town, many: usize) -> Vec<StatusCode> {
    let mut set = tokio::task::JoinSet::new();
    for _ in 0..many {
        let app = town.app.clone();
        set.spawn(async move {
            let body = "name=karen&_password=forkert&_code=1";
            let request = Request::post("/log-in/password")
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(Body::from(body))
                .expect("a request");
            let answer = tower::ServiceExt::oneshot(crate::router(app), request).await;
            answer.expect("an answer").status()
        });
    }
    set.join_all().await
}

#[tokio::test]
async fn one_address_waits_and_others_do_not() {
    let (db, folder) = tovholder_store::testing::sqlite().await;
    let town = Town::changed(db, Some(folder), |inner| {
        inner.ways = Ways {
            proxies: 1,
            ..Ways::default()
        };
    })
    .await;
    let from = async |seen: &str, name: &str| {
        let mut request = Request::post("/log-in")
            .header("x-forwarded-for", seen)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(format!("link={name}")))
            .expect("a request");
        let peer: std::net::SocketAddr = "127.0.0.1:5000".parse().expect("an address");
        request.extensions_mut().insert(axum::extract::ConnectInfo(peer));
        town.ask("/log-in", request).await.status
    };
    for guess in 0..60 {
        assert_eq!(from("192.0.2.7", &guess.to_string()).await, StatusCode::NOT_FOUND);
    }
    // What somebody writes into the header themselves stands further left and does not help.
    assert_eq!(
        from("198.51.100.1, 192.0.2.7", "x").await,
        StatusCode::TOO_MANY_REQUESTS
    );
    assert_eq!(from("192.0.2.8", "x").await, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_will_not_do_is_said_beside_its_field_and_no_secret_comes_back() {
    let town = Town::sqlite().await;
    let karen = town.employee(KAREN).await;
    let page = karen.get("/account").await;
    let base32 = hidden(&page, "_secret").to_owned();
    let secret = Secret::from_base32(&base32).expect("a secret");
    let code = secret.code_at(now());
    let send = async |name: &str, password: &str, again: &str, code: &str| {
        let fields = [
            ("name", name),
            ("_password", password),
            ("_again", again),
            ("_secret", &base32),
            ("_code", code),
        ];
        karen.post("/account", &fields).await
    };
    for (name, password, again, code, words) in [
        ("", PASSWORD, PASSWORD, code.as_str(), "Skriv noget her"),
        ("610190-1236", PASSWORD, PASSWORD, &code, "CPR"),
        ("karen", "kort", "kort", &code, "mindst 12 tegn"),
        ("karen", "karenholm123", "karenholm123", &code, "let at gætte"),
        ("karen", PASSWORD, "noget andet", &code, "ikke ens"),
        ("karen", PASSWORD, PASSWORD, "000000", "Koden passede ikke"),
    ] {
        let page = send(name, password, again, code).await;
        page.refused().has(words).lacks(&format!("value=\"{password}\""));
        assert_eq!(hidden(&page, "_secret"), base32, "the app keeps its secret");
    }
    let html = send("<b>", PASSWORD, PASSWORD, "000000").await;
    html.refused().lacks("value=\"<b>").has("&#60;b&#62;");
    // Somebody else's name is taken.
    with_account(&town).await;
    let ole = town.employee(OLE).await;
    let page = ole.get("/account").await;
    let base32 = hidden(&page, "_secret").to_owned();
    let code = Secret::from_base32(&base32).expect("a secret").code_at(now());
    let fields = [
        ("name", "karen.holm"),
        ("_password", PASSWORD),
        ("_again", PASSWORD),
        ("_secret", &base32),
        ("_code", &code),
    ];
    ole.post("/account", &fields)
        .await
        .refused()
        .has("En anden har brugernavnet");
}

#[tokio::test]
async fn a_password_never_becomes_a_draft() {
    let town = Town::sqlite().await;
    let karen = town.employee(KAREN).await;
    karen.post("/log-out", &[]).await.redirects_to("/log-in");
    for path in ["/account", "/log-in/again", "/log-in/password"] {
        karen
            .post(path, &[("name", "karen"), ("_password", PASSWORD), ("note", PASSWORD)])
            .await;
    }
    let row = town
        .app
        .db
        .read()
        .await
        .expect("reads")
        .row("SELECT count(*) FROM draft", args![])
        .await
        .expect("reads");
    assert_eq!(row.expect("one").get::<i64>(0).expect("a number"), 0);
}

#[tokio::test]
async fn an_account_asks_for_a_recent_proof_and_is_for_employees() {
    let town = Town::sqlite().await;
    town.citizen(ANNA).await.get("/account").await.not_found();
    let karen = town.employee(KAREN).await;
    let later_town = town.at(later(16 * 60));
    let there = later_town.with_session(karen.token());
    there
        .get("/account")
        .await
        .redirects_to("/log-in/again?next=%2Faccount");
    there
        .post("/account", &[("name", "k")])
        .await
        .redirects_to("/log-in/again?next=%2Faccount");
}

#[tokio::test]
async fn with_an_account_one_proves_it_again_by_password_and_code() {
    let town = Town::sqlite().await;
    let (secret, _) = with_account(&town).await;
    let soon = town.at(later(30));
    let page = tries(&soon, "karen.holm", PASSWORD, &secret.code_at(later(30))).await;
    let token = session(&page).expect("is logged in");
    let then = town.at(later(20 * 60));
    let karen = then.with_session(&token);
    let page = karen.get("/log-in/again?next=%2Faccount").await;
    page.ok().has("name=\"_password\"");
    let csrf = {
        let mut conn = then.app.db.read().await.expect("reads");
        match tovholder_store::sessions::find(&mut conn, &token, later(20 * 60))
            .await
            .expect("reads")
        {
            (tovholder_store::sessions::Found::Live(user), _) => user.csrf,
            _ => panic!("the session lives"),
        }
    };
    let send = async |password: &str, code: &str, csrf: &str| {
        let body = form_urlencoded::Serializer::new(String::new())
            .append_pair("_csrf", &crate::kit::sent::masked(csrf))
            .append_pair("_password", password)
            .append_pair("_code", code)
            .append_pair("next", "/account")
            .finish();
        let request = Request::post("/log-in/again")
            .header(header::COOKIE, format!("lang=da; tovholder={token}"))
            .body(Body::from(body))
            .expect("a request");
        then.ask("/log-in/again", request).await
    };
    let code = secret.code_at(later(20 * 60));
    assert_eq!(
        send(PASSWORD, &code, "0123456789abcdef").await.status,
        StatusCode::FORBIDDEN
    );
    send("forkert adgangskode", &code, &csrf).await.refused();
    send(PASSWORD, &code, &csrf).await.redirects_to("/account");
    karen.get("/account").await.ok();
}

#[tokio::test]
async fn one_sees_where_one_is_logged_in_and_ends_it() {
    let town = Town::sqlite().await;
    let (here, there, elsewhere) = (
        town.employee(KAREN).await,
        town.employee(KAREN).await,
        town.employee(KAREN).await,
    );
    let ole = town.employee(OLE).await;
    let page = here.get("/sessions").await;
    assert_eq!(
        page.html.matches("name=\"end\"").count(),
        4,
        "two others, all others, all"
    );
    let theirs = ole.get("/sessions").await;
    assert_eq!(theirs.html.matches("name=\"end\"").count(), 1);
    assert!(page.queries <= 3, "{}", page.queries);
    // The first of the others ends; nobody else's can be ended, whatever is sent.
    let ids: Vec<&str> = page
        .html
        .split("name=\"end\" value=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    for nonsense in ["", "zz", &"0".repeat(64), "æ"] {
        here.post("/sessions", &[("end", nonsense)])
            .await
            .redirects_to("/sessions");
    }
    ole.post("/sessions", &[("end", ids[0])])
        .await
        .redirects_to("/sessions");
    assert_eq!(here.get("/sessions").await.html.matches("class=\"session\"").count(), 3);
    here.post("/sessions", &[("end", ids[0])])
        .await
        .redirects_to("/sessions");
    assert_eq!(here.get("/sessions").await.html.matches("class=\"session\"").count(), 2);
    here.post("/sessions", &[("end", "others")])
        .await
        .redirects_to("/sessions");
    for gone in [&there, &elsewhere] {
        assert!(gone.get("/day").await.location.starts_with("/log-in"));
    }
    here.get("/day").await.ok();
    here.post("/sessions", &[("end", "all")]).await.redirects_to("/log-in");
    assert!(here.get("/day").await.location.starts_with("/log-in"));
    ole.get("/day").await.ok();
    assert_eq!(
        town.employee(METTE).await.get("/sessions/stay").await.status,
        StatusCode::NO_CONTENT
    );
}

#[tokio::test]
async fn a_page_says_when_the_session_ends() {
    let town = Town::sqlite().await;
    let karen = town.employee(KAREN).await;
    karen.get("/day").await.ok().has("data-session-ends=\"3600\"");
    town.guest().get("/log-in").await.ok().lacks("data-session-ends");
}

#[tokio::test]
async fn an_installation_can_do_without_passwords() {
    let (db, folder) = tovholder_store::testing::sqlite().await;
    let town = Town::changed(db, Some(folder), |inner| inner.ways.passwords = false).await;
    town.guest().get("/log-in/password").await.not_found();
    tries(&town, "karen", PASSWORD, "1").await.not_found();
    town.employee(KAREN).await.get("/account").await.not_found();
    town.guest().get("/log-in").await.ok().lacks("/log-in/password");
}
