//! Log-in against a provider that can be told to misbehave: a small server of our own on this machine.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use axum::Form;
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{Request, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use jiff::SignedDuration;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};
use tovholder_casework::claims::{Assurance, Names};
use tovholder_identity::http::Client;
use tovholder_identity::provider::{Provider, Settings};
use tovholder_store::args;
use tovholder_store::sessions::Role;

use crate::entry::ways::{Entrance, Way, Ways};
use crate::testing::*;

const KLE: &str = "http://sts.kombit.dk/constraints/KLE/1";
const UNIT: &str = "http://sts.kombit.dk/constraints/orgenhed/1";

fn base64(bytes: impl AsRef<[u8]>) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes)
}

struct Signer {
    id: &'static str,
    pair: EcdsaKeyPair,
}

impl Signer {
    fn new(id: &'static str) -> Self {
        let random = SystemRandom::new();
        let made = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).expect("a key");
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, made.as_ref(), &random).expect("a key");
        Signer { id, pair }
    }
    fn sign(&self, claims: &Value) -> String {
        let header = json!({"alg": "ES256", "kid": self.id}).to_string();
        let signed = format!("{}.{}", base64(header), base64(claims.to_string()));
        let signature = self.pair.sign(&SystemRandom::new(), signed.as_bytes()).expect("signs");
        format!("{signed}.{}", base64(signature))
    }
    fn jwk(&self) -> Value {
        let point = self.pair.public_key().as_ref();
        json!({"kty": "EC", "crv": "P-256", "kid": self.id, "x": base64(&point[1..33]), "y": base64(&point[33..])})
    }
}

/// What the provider does. A test changes what it should do otherwise.
struct Deeds {
    /// The claims it gives; the nonce is put in as it should be, unless it stands here.
    claims: Value,
    /// Nonces by code; a code is taken away when it is redeemed.
    codes: HashMap<String, String>,
    /// What it signs with.
    signer: Signer,
    /// The keys it shows.
    keys: Vec<Value>,
    /// A token to give instead of a signed one.
    token: Option<String>,
    /// It has a fault.
    down: bool,
    /// Codes are never taken away.
    forgetful: bool,
}

#[derive(Clone)]
struct Site {
    issuer: String,
    deeds: Arc<Mutex<Deeds>>,
}

impl Site {
    fn change(&self, change: impl FnOnce(&mut Deeds)) {
        change(&mut self.deeds.lock().expect("no panic"));
    }
    fn says(&self, name: &str, value: Value) {
        self.change(|deeds| {
            deeds.claims[name] = value;
        });
    }
    fn forgets(&self, name: &str) {
        self.change(|deeds| {
            deeds.claims.as_object_mut().expect("an object").remove(name);
        });
    }
}

async fn discovery(State(site): State<Site>) -> Response {
    if site.deeds.lock().expect("no panic").down {
        return StatusCode::BAD_GATEWAY.into_response();
    }
    let issuer = &site.issuer;
    json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/auth"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/keys"),
        "end_session_endpoint": format!("{issuer}/end"),
        "authorization_response_iss_parameter_supported": true,
    })
    .to_string()
    .into_response()
}

async fn keys(State(site): State<Site>) -> String {
    json!({"keys": site.deeds.lock().expect("no panic").keys}).to_string()
}

async fn token(State(site): State<Site>, Form(form): Form<HashMap<String, String>>) -> Response {
    let mut deeds = site.deeds.lock().expect("no panic");
    let code = form.get("code").cloned().unwrap_or_default();
    let nonce = if deeds.forgetful {
        deeds.codes.get(&code).cloned()
    } else {
        deeds.codes.remove(&code)
    };
    let Some(nonce) = nonce else {
        return (StatusCode::BAD_REQUEST, "{\"error\":\"invalid_grant\"}").into_response();
    };
    let mut claims = deeds.claims.clone();
    let fields = claims.as_object_mut().expect("an object");
    fields.entry("nonce").or_insert(json!(nonce));
    if fields.get("nonce") == Some(&Value::Null) {
        fields.remove("nonce");
    }
    let token = deeds.token.clone().unwrap_or_else(|| deeds.signer.sign(&claims));
    json!({"id_token": token, "access_token": "a"})
        .to_string()
        .into_response()
}

/// A provider on this machine. It ends with the test that started it.
async fn provider() -> Site {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let issuer = format!("http://{}", listener.local_addr().expect("an address"));
    let signer = Signer::new("one");
    let seconds = now().as_second();
    let site = Site {
        deeds: Arc::new(Mutex::new(Deeds {
            claims: json!({"iss": issuer, "aud": "tovholder", "sub": "k-1", "sid": "s-1", "iat": seconds, "exp": seconds + 300,
                "auth_time": seconds, "loa": "https://data.gov.dk/concept/core/nsis/loa/Substantial",
                "preferred_username": "KAREN@laerkebro.example"}),
            codes: HashMap::new(),
            keys: vec![signer.jwk()],
            signer,
            token: None,
            down: false,
            forgetful: false,
        })),
        issuer,
    };
    let router = Router::new()
        .route("/.well-known/openid-configuration", get(discovery))
        .route("/keys", get(keys))
        .route("/token", post(token))
        .with_state(site.clone());
    tokio::spawn(async move { axum::serve(listener, router).await });
    site
}

fn way(site: &Site, entrance: Entrance) -> Way {
    Way {
        entrance,
        name: "Prøvelogin".into(),
        provider: Provider::new(
            Settings {
                issuer: site.issuer.clone(),
                client_id: "tovholder".into(),
                client_secret: "secret".into(),
                redirect_uri: format!("http://localhost/log-in/with/{}/callback", entrance.key()),
                scopes: vec![],
                acr_values: String::new(),
                userinfo: false,
                development: true,
            },
            Arc::new(Client::new()),
        ),
        names: Names::default(),
        minimum: Some(Assurance::Substantial),
        roles: [("urn:tovholder:caseworker".to_owned(), Role::Caseworker)].into(),
        units: [(
            "5a1b0000-0000-4000-8000-00000000000a".to_owned(),
            "Ungeenheden".to_owned(),
        )]
        .into(),
        ours: "29189927".parse().ok(),
        step_up_minutes: 15,
    }
}

/// A town whose people log in at the provider.
struct Scene {
    site: Site,
    town: Town,
}

impl Scene {
    async fn new() -> Self {
        Self::with(|_| ()).await
    }
    async fn with(change: impl Fn(&mut Way)) -> Self {
        let site = provider().await;
        site.says("roles", json!(["urn:tovholder:caseworker", "urn:other"]));
        let (db, folder) = tovholder_store::testing::sqlite().await;
        let ways = Ways {
            providers: Entrance::ALL
                .into_iter()
                .map(|entrance| {
                    let mut way = way(&site, entrance);
                    change(&mut way);
                    way
                })
                .collect(),
            address: "http://localhost".into(),
            ..Ways::default()
        };
        let town = Town::changed(db, Some(folder), |inner| {
            inner.ways = ways;
        })
        .await;
        let mut tx = town.app.db.begin().await.expect("begins");
        for (id, login) in [(KAREN, "karen@laerkebro.example"), (ADA, "ada@laerkebro.example")] {
            tx.execute("UPDATE employee SET login = $2 WHERE id = $1", args![id, login])
                .await
                .expect("a login");
        }
        let anna = "6105901234".parse().expect("a number");
        tovholder_store::numbers::set(&mut tx, ANNA, anna)
            .await
            .expect("a number");
        tx.commit().await.expect("commits");
        Scene { site, town }
    }
    /// Goes to the provider: the cookie of the browser, and the state.
    async fn goes(&self, entrance: &str, query: &str) -> Trip {
        let page = self.town.guest().get(&format!("/log-in/with/{entrance}{query}")).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.html);
        let (_, asked) = page.location.split_once('?').expect("a query");
        let fields: HashMap<String, String> = form_urlencoded::parse(asked.as_bytes()).into_owned().collect();
        let cookie = page
            .cookies
            .iter()
            .find(|cookie| cookie.starts_with("on_the_way="))
            .expect("a cookie");
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/log-in"));
        self.site.change(|deeds| {
            deeds.codes.insert(fields["state"].clone(), fields["nonce"].clone());
        });
        Trip {
            entrance: entrance.to_owned(),
            browser: cookie.split(';').next().unwrap_or_default().to_owned(),
            state: fields["state"].clone(),
            fields,
        }
    }
    /// Comes back with this query behind the state.
    async fn comes_with(&self, trip: &Trip, query: &str) -> Page {
        let path = format!("/log-in/with/{}/callback?state={}{query}", trip.entrance, trip.state);
        let request = Request::get(&path)
            .header(header::COOKIE, format!("lang=da; {}", trip.browser))
            .header("sec-fetch-site", "cross-site")
            .header(header::USER_AGENT, "Mozilla/5.0 (Windows NT 10.0) Gecko Firefox/140.0")
            .body(Body::empty())
            .expect("a request");
        self.town.ask(&path, request).await
    }
    async fn comes(&self, trip: &Trip) -> Page {
        let issuer: String = form_urlencoded::byte_serialize(self.site.issuer.as_bytes()).collect();
        self.comes_with(trip, &format!("&code={}&iss={issuer}", trip.state))
            .await
    }
    /// There and back.
    async fn logs_in(&self, entrance: &str) -> Page {
        let trip = self.goes(entrance, "").await;
        self.comes(&trip).await
    }
    /// There and back, and turned away with these words.
    async fn turned_away(&self, entrance: &str, status: StatusCode, words: &str) {
        let page = self.logs_in(entrance).await;
        assert_eq!(page.status, status, "{}", page.html);
        page.has(words);
        assert_eq!(session(&page), None, "nobody is logged in");
    }
}

struct Trip {
    entrance: String,
    browser: String,
    state: String,
    fields: HashMap<String, String>,
}

/// The session's token, when the answer begins one.
fn session(page: &Page) -> Option<String> {
    page.cookies.iter().find_map(|cookie| {
        let value = cookie.strip_prefix("tovholder=")?.split(';').next()?;
        (!value.is_empty()).then(|| value.to_owned())
    })
}

#[tokio::test]
async fn an_employee_comes_in_and_lands_where_they_wanted() {
    let scene = Scene::new().await;
    let plan = format!("/plans/{}", scene.town.anna_plan);
    scene.town.guest().get(&plan).await.redirects_to(&format!(
        "/log-in?next={}",
        form_urlencoded::byte_serialize(plan.as_bytes()).collect::<String>()
    ));
    let trip = scene.goes("employee", &format!("?next={plan}")).await;
    assert_eq!(trip.fields["code_challenge_method"], "S256");
    let page = scene.comes(&trip).await;
    page.redirects_to(&plan);
    let token = session(&page).expect("is logged in");
    let karen = scene.town.with_session(&token);
    karen.get(&plan).await.ok().has("Anna Lind");
    karen
        .get("/sessions")
        .await
        .ok()
        .has("Firefox, Windows")
        .has("Med MitID eller kommunens log-in");
}

#[tokio::test]
async fn a_citizen_comes_in_by_number_and_no_token_with_a_number_is_kept() {
    let scene = Scene::new().await;
    scene.site.says("cpr", json!("610590-1234"));
    let page = scene.logs_in("citizen").await;
    page.redirects_to("/my-plan");
    let token = session(&page).expect("is logged in");
    scene.town.with_session(&token).get("/my-plan").await.ok();
    let row = scene
        .town
        .app
        .db
        .read()
        .await
        .expect("reads")
        .row(
            "SELECT id_token, assurance FROM session WHERE issuer IS NOT NULL",
            args![],
        )
        .await
        .expect("reads")
        .expect("one");
    assert_eq!(row.get::<Option<String>>(0).expect("text"), None);
    assert_eq!(
        row.get::<Option<String>>(1).expect("text").as_deref(),
        Some("substantial")
    );
    // Somebody who is not in the register is told so, and nobody is made.
    scene.site.says("cpr", json!("610590-1235"));
    scene
        .turned_away("citizen", StatusCode::FORBIDDEN, "Du har ikke en plan her")
        .await;
    // And a citizen is none by another way in.
    scene.site.forgets("cpr");
    scene
        .turned_away("citizen", StatusCode::FORBIDDEN, "Vi fik ikke de oplysninger")
        .await;
}

#[tokio::test]
async fn a_company_is_told_that_there_is_nothing_yet() {
    let scene = Scene::new().await;
    scene.site.says("cvr", json!("29189927"));
    scene
        .turned_away("company", StatusCode::OK, "ikke noget til virksomheder her endnu")
        .await;
    scene.site.forgets("cvr");
    scene
        .turned_away("company", StatusCode::FORBIDDEN, "Vi fik ikke de oplysninger")
        .await;
}

#[tokio::test]
async fn an_answer_is_taken_once_in_the_browser_that_asked_and_in_time() {
    let scene = Scene::new().await;
    scene.site.change(|deeds| deeds.forgetful = true);
    let trip = scene.goes("employee", "").await;
    // In another browser: somebody was sent a link with the answer in it.
    let stolen = Trip {
        browser: format!("on_the_way={}", "0".repeat(64)),
        entrance: trip.entrance.clone(),
        state: trip.state.clone(),
        fields: HashMap::new(),
    };
    let page = scene.comes(&stolen).await;
    assert_eq!((page.status, session(&page)), (StatusCode::BAD_REQUEST, None));
    page.has("Prøv at logge ind igen");
    // By another way in than it was begun.
    let crossed = Trip {
        entrance: "citizen".into(),
        browser: scene.goes("employee", "").await.browser,
        state: "x".into(),
        fields: HashMap::new(),
    };
    assert_eq!(scene.comes(&crossed).await.status, StatusCode::BAD_REQUEST);
    // The first time it works, the second time it does not, whatever the provider thinks of the code.
    assert!(session(&scene.comes(&trip).await).is_some());
    let again = scene.comes(&trip).await;
    assert_eq!((again.status, session(&again)), (StatusCode::BAD_REQUEST, None));
    // Ten minutes are the most.
    let slow = scene.goes("employee", "").await;
    let later = Scene {
        site: scene.site.clone(),
        town: scene.town.at(now() + SignedDuration::from_mins(11)),
    };
    assert_eq!(
        later.comes(&slow).await.status,
        StatusCode::NOT_FOUND,
        "that town has no provider"
    );
    let mut conn = scene.town.app.db.read().await.expect("reads");
    let used: i64 = conn
        .row("SELECT count(*) FROM log_in_attempt WHERE used IS NULL", args![])
        .await
        .expect("reads")
        .expect("one")
        .get(0)
        .expect("a number");
    assert_eq!(used, 2, "those that nobody came back from");
    drop(conn);
    let late = now() + SignedDuration::from_mins(11);
    let taken = tovholder_store::log_ins::take(
        &scene.town.app.db,
        &slow.state,
        slow.browser.strip_prefix("on_the_way=").unwrap_or_default(),
        late,
    );
    assert_eq!(taken.await.expect("reads"), None, "too late");
}

#[tokio::test]
async fn a_crossed_answer_uses_the_attempt_up() {
    let scene = Scene::new().await;
    let trip = scene.goes("employee", "").await;
    let crossed = Trip {
        entrance: "citizen".into(),
        browser: trip.browser.clone(),
        state: trip.state.clone(),
        fields: HashMap::new(),
    };
    assert_eq!(scene.comes(&crossed).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(scene.comes(&trip).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_misbehaving_provider_lets_nobody_in() {
    const DARE_NOT: &str = "Vi tør ikke logge dig ind";
    let scene = Scene::new().await;
    let seconds = now().as_second();
    for (name, value) in [
        ("iss", json!("https://evil.example")),
        ("aud", json!("another")),
        ("azp", json!("another")),
        ("exp", json!(seconds - 61)),
        ("iat", json!(seconds - 3600)),
        ("nonce", json!("another")),
        ("nonce", Value::Null),
        ("sub", json!("")),
    ] {
        let before = scene.site.deeds.lock().expect("no panic").claims.clone();
        scene.site.says(name, value.clone());
        let page = scene.logs_in("employee").await;
        assert_eq!(
            (page.status, session(&page)),
            (StatusCode::FORBIDDEN, None),
            "{name} = {value}"
        );
        page.has(DARE_NOT);
        scene.site.change(|deeds| deeds.claims = before);
    }
    // A key of somebody else's under the same name, a token without a signature, and none at all.
    let claims = scene.site.deeds.lock().expect("no panic").claims.clone();
    let none = format!("{}.{}.", base64("{\"alg\":\"none\"}"), base64(claims.to_string()));
    for token in [Signer::new("one").sign(&claims), none, "token".to_owned()] {
        scene.site.change(|deeds| deeds.token = Some(token));
        scene.turned_away("employee", StatusCode::FORBIDDEN, DARE_NOT).await;
    }
    scene.site.change(|deeds| deeds.token = None);
    // Another issuer in the answer, or none though this provider names itself.
    for query in ["&iss=https%3A%2F%2Fevil.example", ""] {
        let trip = scene.goes("employee", "").await;
        let page = scene.comes_with(&trip, &format!("&code={}{query}", trip.state)).await;
        assert_eq!((page.status, session(&page)), (StatusCode::FORBIDDEN, None), "{query}");
        page.has(DARE_NOT);
    }
    // A code that was used before.
    let first = scene.goes("employee", "").await;
    assert!(session(&scene.comes(&first).await).is_some());
    let second = scene.goes("employee", "").await;
    scene.site.change(|deeds| deeds.codes.clear());
    let page = scene.comes(&second).await;
    assert_eq!((page.status, session(&page)), (StatusCode::FORBIDDEN, None));
    page.has(DARE_NOT);
    // Claims that cannot be read are named in the log only, never half used.
    for (name, value) in [
        ("loa", json!("https://example.org/Very")),
        ("cpr", json!("123")),
        ("privileges", json!("<a")),
        (
            "privileges",
            json!({"cvr": "29189927", "c": [{"urn:unknown": "1"}], "p": []}),
        ),
    ] {
        let before = scene.site.deeds.lock().expect("no panic").claims.clone();
        scene.site.says(name, value);
        scene
            .turned_away("employee", StatusCode::FORBIDDEN, "Vi fik ikke de oplysninger")
            .await;
        scene.site.change(|deeds| deeds.claims = before);
    }
    assert!(
        session(&scene.logs_in("employee").await).is_some(),
        "itself again, it lets people in"
    );
}

#[tokio::test]
async fn a_key_that_is_new_is_fetched() {
    let scene = Scene::new().await;
    assert!(session(&scene.logs_in("employee").await).is_some());
    // The other ways in have providers of their own, which have not seen any key yet: the first token they meet is by the new one.
    let newer = Signer::new("two");
    scene.site.change(|deeds| {
        deeds.keys.push(newer.jwk());
        deeds.signer = newer;
    });
    scene.site.says("cpr", json!("6105901234"));
    assert!(session(&scene.logs_in("citizen").await).is_some());
    // Known for less than a minute, the keys are not asked for again, however many unknown ones come.
    scene
        .turned_away("employee", StatusCode::FORBIDDEN, "Vi tør ikke logge dig ind")
        .await;
}

#[tokio::test]
async fn low_assurance_is_not_enough() {
    let scene = Scene::new().await;
    for low in [json!("Low"), Value::Null] {
        scene.site.says("loa", low);
        scene
            .turned_away("employee", StatusCode::FORBIDDEN, "mere sikker måde")
            .await;
    }
    scene.site.says("loa", json!("http://eidas.europa.eu/LoA/high"));
    assert!(session(&scene.logs_in("employee").await).is_some());
}

#[tokio::test]
async fn claims_never_give_a_role_the_register_does_not_have() {
    let scene = Scene::with(|way| {
        way.roles
            .insert("urn:tovholder:administrator".into(), Role::Administrator);
    })
    .await;
    // Karen is a caseworker. The provider calling her an administrator gives her nothing, and takes her own role.
    scene.site.says("roles", json!(["urn:tovholder:administrator"]));
    scene
        .turned_away("employee", StatusCode::FORBIDDEN, "Du mangler en rettighed")
        .await;
    // With both she is what the register says.
    scene.site.says(
        "roles",
        json!(["urn:tovholder:administrator", "urn:tovholder:caseworker"]),
    );
    let page = scene.logs_in("employee").await;
    page.redirects_to("/day");
    let token = session(&page).expect("is logged in");
    scene.town.with_session(&token).get("/setup").await.not_found();
    // Somebody the register does not have is nobody.
    scene.site.says("preferred_username", json!("ghost@laerkebro.example"));
    scene
        .turned_away("employee", StatusCode::FORBIDDEN, "Vi kender dig ikke her endnu")
        .await;
    scene.site.says("preferred_username", json!(""));
    scene
        .turned_away("employee", StatusCode::FORBIDDEN, "Vi fik ikke de oplysninger")
        .await;
}

#[tokio::test]
async fn limits_follow_the_session() {
    let scene = Scene::new().await;
    scene.site.forgets("roles");
    let privileges =
        |unit: &str| json!({"cvr": "29189927", "c": [{KLE: "15.*"}, {UNIT: unit}], "p": ["urn:tovholder:caseworker"]});
    scene
        .site
        .says("privileges", privileges("5a1b0000-0000-4000-8000-00000000000a"));
    let token = session(&scene.logs_in("employee").await).expect("is logged in");
    // Karen is Anna's coordinator, and Anna belongs to the jobcentre: out of reach now, in the plan, in what is written, and in the search.
    let karen = scene.town.with_session(&token);
    let plan = format!("/plans/{}", scene.town.anna_plan);
    karen.get(&plan).await.not_found();
    let csrf = csrf_of(&scene.town, &token).await;
    let send = async |path: &str, fields: &str| {
        let body = format!("_csrf={}&{fields}", crate::kit::sent::masked(&csrf));
        let request = Request::post(path)
            .header(header::COOKIE, format!("lang=da; tovholder={token}"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .expect("a request");
        scene.town.ask(path, request).await
    };
    send(&format!("{plan}/steps/new"), "title=Ring&holder=citizen")
        .await
        .not_found();
    send("/search", "q=Anna").await.ok().lacks(&plan);
    // With the jobcentre's people among them, she is Anna's coordinator again.
    scene.site.says("privileges", privileges(&JOBCENTRE.to_string()));
    let token = session(&scene.logs_in("employee").await).expect("is logged in");
    scene.town.with_session(&token).get(&plan).await.ok();
    // A unit we do not know cannot be kept to.
    scene
        .site
        .says("privileges", privileges("5a1b0000-0000-4000-8000-00000000000b"));
    scene
        .turned_away("employee", StatusCode::FORBIDDEN, "et sted, vi ikke kender")
        .await;
    // Given on behalf of somebody else, it is not given.
    scene.site.says(
        "privileges",
        json!({"cvr": "25313763", "p": ["urn:tovholder:caseworker"]}),
    );
    scene
        .turned_away("employee", StatusCode::FORBIDDEN, "Du mangler en rettighed")
        .await;
}

#[tokio::test]
async fn given_up_at_the_provider_and_a_provider_that_is_away() {
    let scene = Scene::new().await;
    let issuer: String = form_urlencoded::byte_serialize(scene.site.issuer.as_bytes()).collect();
    let trip = scene.goes("employee", "?next=/day").await;
    let page = scene
        .comes_with(&trip, &format!("&error=access_denied&iss={issuer}"))
        .await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    page.has("Du stoppede hos Prøvelogin").has("/log-in?next=%2Fday");

    let trip = scene.goes("employee", "").await;
    let page = scene
        .comes_with(&trip, &format!("&error=%3Cscript%3E&iss={issuer}"))
        .await;
    assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE);
    page.lacks("<script>").has("Vi kan ikke logge dig ind lige nu");

    let away = Scene::new().await;
    away.site.change(|deeds| deeds.down = true);
    let page = away.town.guest().get("/log-in/with/employee").await;
    assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE);
    page.has("Vi kan ikke logge dig ind lige nu");
    away.town.guest().get("/log-in").await.ok().has("Svarede ikke lige før");
    away.town
        .guest()
        .get("/readyz")
        .await
        .ok()
        .has("ready\n")
        .has("log-in employee did not answer");
}

#[tokio::test]
async fn logging_out_goes_on_to_the_provider() {
    let scene = Scene::new().await;
    let token = session(&scene.logs_in("employee").await).expect("is logged in");
    let csrf = csrf_of(&scene.town, &token).await;
    let body = format!("_csrf={}", crate::kit::sent::masked(&csrf));
    let request = Request::post("/log-out")
        .header(header::COOKIE, format!("lang=da; tovholder={token}"))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(body))
        .expect("a request");
    let page = scene.town.ask("/log-out", request).await;
    page.ok()
        .has("Log ud hos Prøvelogin")
        .has("http-equiv=\"refresh\"")
        .has(&format!("{}/end?client_id=tovholder", scene.site.issuer))
        .has("post_logout_redirect_uri=http%3A%2F%2Flocalhost%2Flog-in")
        .has("id_token_hint=");
    assert!(page.cookies.iter().any(|cookie| cookie.starts_with("tovholder=;")));
    let karen = scene.town.with_session(&token);
    assert!(karen.get("/day").await.location.starts_with("/log-in"));
}

/// The token every form of a session must carry.
async fn csrf_of(town: &Town, token: &str) -> String {
    let mut conn = town.app.db.read().await.expect("reads");
    match tovholder_store::sessions::find(&mut conn, token, now())
        .await
        .expect("reads")
    {
        (tovholder_store::sessions::Found::Live(user), _) => user.csrf,
        _ => panic!("the session lives"),
    }
}

#[tokio::test]
async fn a_provider_ends_sessions_and_is_believed_once() {
    let scene = Scene::new().await;
    let token = session(&scene.logs_in("employee").await).expect("is logged in");
    let seconds = now().as_second();
    let told = json!({"iss": scene.site.issuer, "aud": "tovholder", "iat": seconds, "jti": "j-1", "sid": "s-1",
        "events": {"http://schemas.openid.net/event/backchannel-logout": {}}});
    let tell = async |claims: &Value| {
        let token = scene.site.deeds.lock().expect("no panic").signer.sign(claims);
        let request = Request::post("/log-in/with/employee/logged-out")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(format!("logout_token={token}")))
            .expect("a request");
        scene.town.ask("/log-in/with/employee/logged-out", request).await
    };
    let mut wrong = told.clone();
    wrong["nonce"] = json!("n");
    let page = tell(&wrong).await;
    assert_eq!(page.status, StatusCode::BAD_REQUEST);
    page.has("invalid_request");
    let karen = scene.town.with_session(&token);
    karen.get("/day").await.ok();
    // Another session of somebody else's is left alone.
    let mut other = told.clone();
    other["sid"] = json!("s-2");
    other["jti"] = json!("j-2");
    assert_eq!(tell(&other).await.status, StatusCode::OK);
    karen.get("/day").await.ok();
    assert_eq!(tell(&told).await.status, StatusCode::OK);
    assert!(karen.get("/day").await.location.starts_with("/log-in"), "is logged out");
    assert_eq!(tell(&told).await.status, StatusCode::BAD_REQUEST, "heard before");
}

#[tokio::test]
async fn what_lets_others_in_asks_for_a_recent_proof() {
    let scene = Scene::with(|way| {
        way.roles
            .insert("urn:tovholder:administrator".into(), Role::Administrator);
    })
    .await;
    scene.site.says("preferred_username", json!("ada@laerkebro.example"));
    scene.site.says("roles", json!("urn:tovholder:administrator"));
    // Logged in at the provider half an hour ago.
    scene.site.says("auth_time", json!(now().as_second() - 1800));
    let token = session(&scene.logs_in("employee").await).expect("is logged in");
    let ada = scene.town.with_session(&token);
    ada.get("/setup").await.ok();
    ada.get("/setup/links")
        .await
        .redirects_to("/log-in/again?next=%2Fsetup%2Flinks");
    let page = ada.get("/log-in/again?next=%2Fsetup%2Flinks").await;
    page.ok()
        .has("Bekræft med Prøvelogin")
        .has("/log-in/with/employee?again=1&#38;next=%2Fsetup%2Flinks");
    // The provider is asked for a proof from now, and one from then does not do.
    let trip = scene.goes("employee", "?again=1&next=/setup/links").await;
    assert_eq!(trip.fields["max_age"], "0");
    let trip = Trip {
        browser: format!("{}; tovholder={token}", trip.browser),
        ..trip
    };
    let page = scene.comes(&trip).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    page.has("Du skal bekræfte igen");
    scene.site.says("auth_time", json!(now().as_second()));
    let trip = scene.goes("employee", "?again=1&next=/setup/links").await;
    let trip = Trip {
        browser: format!("{}; tovholder={token}", trip.browser),
        ..trip
    };
    let page = scene.comes(&trip).await;
    page.redirects_to("/setup/links");
    assert_eq!(session(&page), None, "the session goes on");
    ada.get("/setup/links").await.ok();
}

#[tokio::test]
async fn there_is_no_way_in_that_is_not_configured() {
    let town = Town::sqlite().await;
    for path in [
        "/log-in/with/employee",
        "/log-in/with/employee/callback?state=x&code=y",
        "/log-in/with/nobody",
    ] {
        town.guest().get(path).await.not_found();
    }
}
