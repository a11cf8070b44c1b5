//! What every answer promises, whichever page it comes from.

mod access;
mod every_link;

use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};

use crate::kit::assets;
use crate::kit::visit::SESSION_COOKIE;
use crate::testing::*;

const FORM: &str = "application/x-www-form-urlencoded";

fn get(path: &str) -> Request<Body> {
    Request::get(path).body(Body::empty()).expect("a request")
}

fn get_packed(path: &str, encodings: &str) -> Request<Body> {
    Request::get(path)
        .header(header::ACCEPT_ENCODING, encodings)
        .body(Body::empty())
        .expect("a request")
}

fn form(path: &str, cookie: &str, body: impl Into<Body>) -> Request<Body> {
    Request::post(path)
        .header(header::COOKIE, cookie)
        .header(header::CONTENT_TYPE, FORM)
        .body(body.into())
        .expect("a request")
}

#[tokio::test]
async fn every_answer_carries_the_rules_for_the_browser() {
    let town = Town::sqlite().await;
    for (path, status) in [
        ("/", StatusCode::SEE_OTHER),
        ("/log-in", StatusCode::OK),
        ("/accessibility", StatusCode::OK),
        ("/my-plan-that-is-not", StatusCode::NOT_FOUND),
        ("/log-out", StatusCode::NOT_FOUND),
        ("/language/da", StatusCode::SEE_OTHER),
        ("/livez", StatusCode::OK),
        ("/readyz", StatusCode::OK),
        (assets::css(), StatusCode::OK),
        (assets::js(), StatusCode::OK),
        ("/assets/nothing.css", StatusCode::NOT_FOUND),
    ] {
        let answer = town.ask(path, get(path)).await;
        assert_eq!(answer.status, status, "{path}");
        let carries = |name: &str| {
            answer
                .headers
                .get(name)
                .and_then(|v| v.to_str().ok())
                .unwrap_or_default()
        };
        let csp = carries("content-security-policy");
        for rule in [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        ] {
            assert!(
                csp.split("; ").any(|part| part.trim() == rule),
                "{path}: {rule} in {csp}"
            );
        }
        assert!(!csp.contains("unsafe") && !csp.contains('*'), "{path}: {csp}");
        assert_eq!(carries("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(carries("referrer-policy"), "same-origin", "{path}");
        assert_eq!(carries("cross-origin-opener-policy"), "same-origin", "{path}");
        assert_eq!(carries("cross-origin-resource-policy"), "same-origin", "{path}");
        assert!(
            carries("strict-transport-security").starts_with("max-age=31536000"),
            "{path}"
        );
        assert!(carries("permissions-policy").contains("camera=()"), "{path}");
        let kept = carries("cache-control");
        if path.starts_with("/assets/") && status == StatusCode::OK {
            assert_eq!(kept, "public, max-age=31536000, immutable", "{path}");
        } else {
            assert_eq!(kept, "no-store", "{path}");
        }
    }
    // A page about a person is no exception, nor is a form that was refused.
    let karen = town.employee(KAREN).await;
    let page = karen.get("/log-in").await;
    assert_eq!(page.ok().headers[header::CACHE_CONTROL], "no-store");
    let refused = karen.post("/discard-draft/x", &[]).await;
    assert_eq!(refused.headers[header::CACHE_CONTROL], "no-store");
}

#[tokio::test]
async fn no_page_has_script_or_style_within() {
    let town = Town::sqlite().await;
    for path in ["/log-in", "/accessibility", "/walk/citizen", "/not-there"] {
        let html = town.ask(path, get(path)).await.html;
        assert!(html.contains("<html"), "{path}");
        assert!(!html.contains("<style") && !html.contains(" style="), "{path}");
        for script in html.split("<script").skip(1) {
            assert!(
                script.trim_start().starts_with("src=\"/assets/"),
                "{path}: <script{script}"
            );
        }
        for handler in [" onclick=", " onload=", " onsubmit=", "javascript:"] {
            assert!(!html.contains(handler), "{path}: {handler}");
        }
    }
}

#[tokio::test]
async fn pages_and_assets_travel_packed() {
    let town = Town::sqlite().await;
    let plain = town.ask("/log-in", get("/log-in")).await;
    assert!(!plain.headers.contains_key(header::CONTENT_ENCODING));
    for (asked, answered) in [
        ("br", "br"),
        ("gzip", "gzip"),
        ("gzip, deflate, br", "br"),
        ("gzip;q=1, br;q=0", "gzip"),
    ] {
        let packed = town.ask("/log-in", get_packed("/log-in", asked)).await;
        assert_eq!(packed.headers[header::CONTENT_ENCODING], answered, "{asked}");
        assert!(
            packed.bytes.len() < plain.bytes.len(),
            "{asked}: {} bytes",
            packed.bytes.len()
        );
        assert!(
            packed.headers[header::VARY]
                .to_str()
                .is_ok_and(|v| v.contains("accept-encoding"))
        );
        let style = town.ask(assets::css(), get_packed(assets::css(), asked)).await;
        assert_eq!(style.headers[header::CONTENT_ENCODING], answered, "{asked}");
    }
    let mut unpacked = Vec::new();
    let packed = town.ask("/log-in", get_packed("/log-in", "br")).await;
    brotli::BrotliDecompress(&mut &packed.bytes[..], &mut unpacked).expect("brotli");
    assert_eq!(unpacked, plain.bytes);
}

#[tokio::test]
async fn an_assets_name_is_made_of_its_content() {
    let town = Town::sqlite().await;
    let page = town.ask("/log-in", get("/log-in")).await;
    let mut seen = 0;
    for part in page.html.split("=\"/assets/").skip(1) {
        let name = part.split(['"', '#']).next().expect("split gives one part");
        if name == "licences.txt" {
            continue;
        }
        let fingerprint = name
            .rsplit_once('.')
            .and_then(|(stem, _)| stem.rsplit_once('-'))
            .map(|(_, f)| f);
        assert!(
            fingerprint.is_some_and(|f| f.len() >= 8 && f.bytes().all(|b| b.is_ascii_hexdigit())),
            "{name}"
        );
        let path = format!("/assets/{name}");
        assert_eq!(town.ask(&path, get(&path)).await.status, StatusCode::OK, "{path}");
        seen += 1;
    }
    assert!(seen >= 4, "only {seen} assets on the page");
}

#[tokio::test]
async fn cookies_are_out_of_reach_of_scripts_and_other_sites() {
    for secure in [false, true] {
        let (db, folder) = tovholder_store::testing::sqlite().await;
        let town = Town::changed(db, Some(folder), |app| {
            app.secure_cookies = secure;
            app.people = demo_people();
        })
        .await;
        let log_in = town
            .ask("/log-in", form("/log-in", "", format!("person={}", KAREN.0)))
            .await;
        let karen = town.employee(KAREN).await;
        let answers = [
            log_in,
            karen.get("/language/en").await,
            karen.post("/log-out", &[]).await,
            // A page after a form takes the message's cookie away again.
            town.ask(
                "/log-in",
                Request::get("/log-in")
                    .header(header::COOKIE, "flash=logged-out")
                    .body(Body::empty())
                    .expect("a request"),
            )
            .await,
        ];
        for answer in &answers {
            assert!(!answer.cookies.is_empty(), "{}", answer.path);
            for cookie in &answer.cookies {
                let parts: Vec<&str> = cookie.split("; ").collect();
                assert!(parts.contains(&"HttpOnly"), "{cookie}");
                assert!(parts.contains(&"SameSite=Lax"), "{cookie}");
                assert!(parts.contains(&"Path=/"), "{cookie}");
                assert_eq!(parts.contains(&"Secure"), secure, "{cookie}");
            }
        }
        let names: Vec<&str> = answers
            .iter()
            .flat_map(|a| &a.cookies)
            .filter_map(|c| c.split('=').next())
            .collect();
        for name in [SESSION_COOKIE, "lang", "flash"] {
            assert!(names.contains(&name), "{name} in {names:?}");
        }
    }
}

#[tokio::test]
async fn a_form_without_the_token_is_refused_in_words() {
    let town = Town::sqlite().await;
    let karen = town.employee(KAREN).await;
    let send = async |fetch_site: &str| {
        let request = Request::post("/draft/plans/x")
            .header(header::COOKIE, karen.cookies())
            .header(header::CONTENT_TYPE, FORM)
            .header("sec-fetch-site", fetch_site)
            .body(Body::from("note=halvt+skrevet"))
            .expect("a request");
        town.ask("/draft/plans/x", request).await
    };
    let kept = async || {
        let mut conn = town.app.db.read().await.expect("reads");
        tovholder_store::drafts::find(&mut conn, KAREN.0, "/plans/x")
            .await
            .expect("reads")
    };
    let from_elsewhere = send("cross-site").await;
    assert_eq!(from_elsewhere.status, StatusCode::FORBIDDEN);
    from_elsewhere.has("Af hensyn til sikkerheden").has("<h1>");
    assert_eq!(kept().await, None, "nobody puts words in Karen's mouth");

    let from_a_stale_page = send("same-origin").await;
    assert_eq!(from_a_stale_page.status, StatusCode::FORBIDDEN);
    from_a_stale_page.has("gemt som kladde");
    assert_eq!(kept().await.expect("is kept").body, "note=halvt+skrevet");
}

#[tokio::test]
async fn more_than_any_form_holds_is_refused_in_words() {
    let town = Town::sqlite().await;
    let karen = town.employee(KAREN).await;
    let flood = "x".repeat(crate::kit::sent::MAX_FORM + 1);
    let refused = town
        .ask("/draft/plans/x", form("/draft/plans/x", karen.cookies(), flood))
        .await;
    assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
    refused.has("<h1>").has("Gå til forsiden");
    let refused = town
        .ask("/log-in", form("/log-in", "lang=da", "x".repeat(100_000)))
        .await;
    assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
    refused.has("<h1>");
}

#[tokio::test]
async fn what_the_framework_refuses_is_a_page_too() {
    let town = Town::sqlite().await;
    let put = Request::put("/log-in").body(Body::empty()).expect("a request");
    town.ask("/log-in", put).await.not_found().has("Siden findes ikke");
    town.guest().get("/walk/%ff").await.not_found().has("Siden findes ikke");
}

#[tokio::test]
async fn answers_are_counted_by_route_and_never_by_address() {
    let recorder = metrics_exporter_prometheus::PrometheusBuilder::new().build_recorder();
    let town = Town::sqlite().await;
    {
        let _counting = metrics::set_default_local_recorder(&recorder);
        for path in ["/walk/citizen", "/walk/leader", "/walk/nobody", "/plans/0190-secret"] {
            town.ask(path, get(path)).await;
        }
        town.ask(assets::css(), get(assets::css())).await;
        let odd = Request::builder()
            .method("BREW")
            .uri("/log-in")
            .body(Body::empty())
            .expect("a request");
        town.ask("/log-in", odd).await;
    }
    let text = recorder.handle().render();
    let count = |labels: [&str; 3]| {
        let line = text
            .lines()
            .find(|line| line.starts_with("tovholder_http_requests_total{") && labels.iter().all(|l| line.contains(l)));
        line.and_then(|line| line.rsplit(' ').next()?.parse::<u64>().ok())
    };
    let walk = "route=\"/walk/{audience}\"";
    assert_eq!(count(["method=\"GET\"", walk, "status=\"200\""]), Some(2), "{text}");
    assert_eq!(count(["method=\"GET\"", walk, "status=\"404\""]), Some(1), "{text}");
    assert_eq!(
        count(["method=\"GET\"", "route=\"/assets/{name}\"", "status=\"200\""]),
        Some(1),
        "{text}"
    );
    assert_eq!(
        count(["method=\"other\"", "route=\"/log-in\"", "status=\"404\""]),
        Some(1),
        "{text}"
    );
    for raw in ["secret", "leader", "BREW"] {
        assert!(!text.contains(raw), "{raw} in {text}");
    }
}

fn demo_people() -> Vec<crate::Person> {
    use tovholder_casework::act::UserKind;
    use tovholder_store::sessions::Role;
    vec![crate::Person {
        kind: UserKind::Employee,
        id: KAREN.0,
        role: Some(Role::Caseworker),
        name: "Karen Holm".into(),
        title: "Jobrådgiver".into(),
        why_da: "Har travlt".into(),
        why_en: "Is busy".into(),
    }]
}

#[tokio::test]
async fn outside_the_demo_there_is_nobody_to_be() {
    let (db, folder) = tovholder_store::testing::sqlite().await;
    let town = Town::changed(db, Some(folder), |app| {
        let mut site = (*app.site).clone();
        site.demo = false;
        site.accessibility_url = "https://was.example/erklaering".into();
        app.site = Arc::new(site);
    })
    .await;
    town.guest().get("/walk/citizen").await.not_found();
    let door = town.guest().get("/log-in").await;
    door.ok().lacks("/walk/").lacks("name=\"person\"").has("link");
    let as_karen = town
        .ask("/log-in", form("/log-in", "", format!("person={}", KAREN.0)))
        .await;
    as_karen.not_found();
    town.guest()
        .get("/was")
        .await
        .redirects_to("https://was.example/erklaering");
    town.guest()
        .get("/accessibility")
        .await
        .ok()
        .has("https://was.example/erklaering")
        .has("Digitaliseringsstyrelsen");
}

/// What was logged on this thread while it lasts.
#[derive(Clone, Default)]
struct Said(Arc<std::sync::Mutex<String>>);
impl tracing::Subscriber for Said {
    fn enabled(&self, _: &tracing::Metadata<'_>) -> bool {
        true
    }
    fn new_span(&self, _: &tracing::span::Attributes<'_>) -> tracing::span::Id {
        tracing::span::Id::from_u64(1)
    }
    fn record(&self, _: &tracing::span::Id, _: &tracing::span::Record<'_>) {}
    fn record_follows_from(&self, _: &tracing::span::Id, _: &tracing::span::Id) {}
    fn event(&self, event: &tracing::Event<'_>) {
        struct Lines<'a>(&'a mut String);
        impl tracing::field::Visit for Lines<'_> {
            fn record_debug(&mut self, field: &tracing::field::Field, value: &dyn std::fmt::Debug) {
                self.0.push_str(&format!("{field}={value:?}\n"));
            }
        }
        event.record(&mut Lines(&mut self.0.lock().expect("one thread")));
    }
    fn enter(&self, _: &tracing::span::Id) {}
    fn exit(&self, _: &tracing::span::Id) {}
}

#[tokio::test]
async fn a_handler_that_panics_answers_with_a_page_and_says_nothing_about_anybody() {
    use tower::ServiceExt;
    async fn stumbles(axum::extract::Path(who): axum::extract::Path<String>) -> &'static str {
        tokio::task::yield_now().await;
        panic!("{who} has CPR number 110190-1234")
    }
    let recorder = metrics_exporter_prometheus::PrometheusBuilder::new().build_recorder();
    let said = Said::default();
    let town = Town::sqlite().await;
    let pages = axum::Router::new()
        .route("/stumbles/{who}", axum::routing::get(stumbles))
        .route("/stands", axum::routing::get(async || "stands"));
    let router = super::around(pages, town.app.clone());
    let ask = async |path: &str| router.clone().oneshot(get(path)).await.expect("an answer");
    let (answer, after) = {
        let _counting = metrics::set_default_local_recorder(&recorder);
        let _listening = tracing::subscriber::set_default(said.clone());
        let former = std::panic::take_hook();
        crate::kit::panic::log_places_only();
        let answer = ask("/stumbles/Anna-Lind").await;
        std::panic::set_hook(former);
        (answer, ask("/stands").await)
    };
    assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert!(answer.headers().contains_key("content-security-policy"));
    let body = axum::body::to_bytes(answer.into_body(), usize::MAX)
        .await
        .expect("a body");
    let html = String::from_utf8_lossy(&body);
    assert!(html.contains("<h1>Noget gik galt hos os</h1>"), "{html}");
    assert_eq!(after.status(), StatusCode::OK, "everybody else goes on");

    let counted = recorder.handle().render();
    let route = "route=\"/stumbles/{who}\"";
    for line in [
        format!("tovholder_panics_total{{{route}}} 1"),
        format!("tovholder_http_requests_total{{method=\"GET\",{route},status=\"500\"}} 1"),
    ] {
        assert!(counted.contains(&line), "{line} in {counted}");
    }
    let logged = said.0.lock().expect("one thread").clone();
    assert!(logged.contains("router/tests.rs:"), "the place in the code: {logged}");
    assert!(logged.contains("/stumbles/{who}"), "{logged}");
    for secret in ["Anna", "110190", "CPR"] {
        assert!(!logged.contains(secret), "{logged}");
        assert!(!counted.contains(secret), "{counted}");
    }
    // The page knows the address one asked for oneself, and nothing of what the code said.
    assert!(!html.contains("110190") && !html.contains("CPR"), "{html}");
}
