use std::collections::HashMap;

use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::json;

use super::*;

const ISSUER: &str = "https://login.example";
/// A Monday morning.
const NOW: i64 = 1_773_651_600;

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).expect("a time")
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
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", part(&json!({"alg": "ES256", "kid": self.id})), part(claims));
        let signature = self.pair.sign(&SystemRandom::new(), signed.as_bytes()).expect("signs");
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
    }
    fn jwk(&self) -> Value {
        let point = self.pair.public_key().as_ref();
        json!({"kty": "EC", "crv": "P-256", "kid": self.id, "use": "sig",
            "x": URL_SAFE_NO_PAD.encode(&point[1..33]), "y": URL_SAFE_NO_PAD.encode(&point[33..])})
    }
}

/// A provider that answers what a test lays out for it, and remembers what it was asked.
#[derive(Default)]
struct Fake {
    answers: Mutex<HashMap<String, Answer>>,
    asked: Mutex<Vec<Question>>,
}

impl Fake {
    fn says(&self, path: &str, status: u16, body: &Value) {
        let answer = Answer {
            status,
            body: body.to_string().into_bytes(),
        };
        self.answers
            .lock()
            .expect("no panic")
            .insert(format!("{ISSUER}{path}"), answer);
    }
    fn times(&self, path: &str) -> usize {
        let asked = self.asked.lock().expect("no panic");
        asked
            .iter()
            .filter(|question| question.address == format!("{ISSUER}{path}"))
            .count()
    }
    fn last(&self) -> Question {
        self.asked.lock().expect("no panic").last().cloned().expect("was asked")
    }
}

impl Http for Fake {
    fn ask(&self, question: &Question) -> Result<Answer, Unreachable> {
        self.asked.lock().expect("no panic").push(question.clone());
        let answers = self.answers.lock().expect("no panic");
        answers
            .get(&question.address)
            .cloned()
            .ok_or_else(|| Unreachable("no route".to_owned()))
    }
}

fn settings() -> Settings {
    Settings {
        issuer: ISSUER.into(),
        client_id: "tovholder".into(),
        client_secret: "s&cret".into(),
        redirect_uri: "https://plan.example/log-in/with/employee/callback".into(),
        scopes: vec!["profile".into(), "openid".into()],
        acr_values: String::new(),
        userinfo: false,
        development: false,
    }
}

fn metadata() -> Value {
    json!({
        "issuer": ISSUER,
        "authorization_endpoint": format!("{ISSUER}/auth"),
        "token_endpoint": format!("{ISSUER}/token"),
        "jwks_uri": format!("{ISSUER}/keys"),
        "userinfo_endpoint": format!("{ISSUER}/me"),
        "end_session_endpoint": format!("{ISSUER}/end?x=1"),
        "authorization_response_iss_parameter_supported": true,
    })
}

const DISCOVERY: &str = "/.well-known/openid-configuration";

struct Scene {
    fake: Arc<Fake>,
    provider: Provider,
    signer: Signer,
}

fn scene_with(settings: Settings, metadata: &Value) -> Scene {
    let fake = Arc::new(Fake::default());
    let signer = Signer::new("one");
    fake.says(DISCOVERY, 200, metadata);
    fake.says("/keys", 200, &json!({"keys": [signer.jwk()]}));
    Scene {
        provider: Provider::new(settings, fake.clone()),
        fake,
        signer,
    }
}

fn scene() -> Scene {
    scene_with(settings(), &metadata())
}

const PENDING: Pending<'static> = Pending {
    nonce: "n1",
    verifier: "v1",
    max_age: None,
};

fn claims() -> Value {
    json!({"iss": ISSUER, "aud": "tovholder", "sub": "karen-1", "nonce": "n1", "iat": NOW, "exp": NOW + 300,
        "auth_time": NOW - 20, "sid": "s1", "preferred_username": "karen"})
}

/// The same claims with one of them changed, or taken away.
fn but(name: &str, value: Value) -> Value {
    let mut claims = claims();
    let fields = claims.as_object_mut().expect("an object");
    if value.is_null() {
        fields.remove(name);
    } else {
        fields.insert(name.to_owned(), value);
    }
    claims
}

impl Scene {
    fn gives(&self, claims: &Value) {
        self.fake.says(
            "/token",
            200,
            &json!({"id_token": self.signer.sign(claims), "access_token": "a1", "token_type": "Bearer"}),
        );
    }
    fn outcome(&self, claims: &Value) -> Result<Proof, Refused> {
        self.gives(claims);
        self.provider.finish(at(NOW), &PENDING, "c1")
    }
    fn refused(&self, claims: &Value) -> Option<Refused> {
        self.outcome(claims).err()
    }
}

#[test]
fn going_there() {
    let scene = scene();
    let mut byte = 0;
    let mut random = |bytes: &mut [u8]| {
        byte += 1;
        bytes.fill(byte);
    };
    let attempt = scene.provider.begin(at(NOW), &mut random, Some(0)).expect("begins");
    let (endpoint, query) = attempt.address.split_once('?').expect("a query");
    assert_eq!(endpoint, "https://login.example/auth");
    let fields: HashMap<String, String> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let field = |name: &str| fields.get(name).map(String::as_str);
    assert_eq!(field("scope"), Some("openid profile"));
    assert_eq!(field("state"), Some(attempt.state.as_str()));
    assert_eq!(field("nonce"), Some(attempt.nonce.as_str()));
    assert_eq!(field("max_age"), Some("0"));
    assert_eq!(field("code_challenge_method"), Some("S256"));
    let challenge = URL_SAFE_NO_PAD.encode(digest(&SHA256, attempt.verifier.as_bytes()));
    assert_eq!(field("code_challenge"), Some(challenge.as_str()));
    assert!(attempt.state != attempt.nonce && attempt.nonce != attempt.verifier);
    assert!(!attempt.address.contains(&attempt.verifier) && !attempt.address.contains("s&cret"));
}

#[test]
fn coming_back() {
    let scene = scene();
    let proof = scene.outcome(&claims()).expect("is let in");
    assert_eq!(
        (proof.subject.as_str(), proof.session.as_deref()),
        ("karen-1", Some("s1"))
    );
    assert_eq!(proof.proved, Some(at(NOW - 20)));
    assert_eq!(proof.claims["preferred_username"], "karen");
    let question = {
        let asked = scene.fake.asked.lock().expect("no panic");
        asked
            .iter()
            .find(|question| question.form.is_some())
            .cloned()
            .expect("the code was sent")
    };
    let form = question.form.expect("a form");
    assert!(form.contains(&("code_verifier".into(), "v1".into())) && form.contains(&("code".into(), "c1".into())));
    // Name and secret are escaped before they are put together (RFC 6749, 2.3.1).
    assert_eq!(
        question.authorization,
        Some(format!("Basic {}", STANDARD.encode("tovholder:s%26cret")))
    );
    assert!(form.iter().all(|(name, _)| name != "client_secret"));
}

#[test]
fn a_provider_that_wants_the_secret_in_the_form_gets_it_there() {
    let mut said = metadata();
    said["token_endpoint_auth_methods_supported"] = json!(["client_secret_post"]);
    let scene = scene_with(settings(), &said);
    scene.outcome(&claims()).expect("is let in");
    let asked = scene.fake.asked.lock().expect("no panic");
    let sent = asked.iter().find_map(|question| question.form.clone()).expect("a form");
    assert!(sent.contains(&("client_secret".into(), "s&cret".into())));
}

#[test]
fn every_claim_that_does_not_fit_is_refused() {
    let scene = scene();
    let cases = [
        ("iss", json!("https://login.example/"), Refused::Issuer),
        ("iss", json!("https://evil.example"), Refused::Issuer),
        ("iss", Value::Null, Refused::Issuer),
        ("aud", json!("another"), Refused::Audience),
        ("aud", json!([]), Refused::Audience),
        ("aud", json!(["another"]), Refused::Audience),
        ("aud", json!(["tovholder", "another"]), Refused::Audience),
        ("aud", Value::Null, Refused::Audience),
        ("azp", json!("another"), Refused::Audience),
        ("exp", json!(NOW - 60), Refused::Time),
        ("exp", json!("soon"), Refused::Time),
        ("exp", Value::Null, Refused::Time),
        ("iat", json!(NOW + 120), Refused::Time),
        ("iat", json!(NOW - 3600), Refused::Time),
        ("iat", Value::Null, Refused::Time),
        ("nbf", json!(NOW + 120), Refused::Time),
        ("nbf", json!("soon"), Refused::Time),
        ("nonce", json!("n2"), Refused::Nonce),
        ("nonce", Value::Null, Refused::Nonce),
        ("sub", Value::Null, Refused::Subject),
        ("sub", json!(""), Refused::Subject),
        ("sub", json!(7), Refused::Subject),
        ("at_hash", json!("wrong"), Refused::Token),
    ];
    for (name, value, wanted) in cases {
        assert_eq!(
            scene.refused(&but(name, value.clone())),
            Some(wanted),
            "{name} = {value}"
        );
    }
    let mut both = but("aud", json!(["tovholder", "another"]));
    both["azp"] = json!("tovholder");
    assert_eq!(scene.refused(&both), None);
    let half = digest(&SHA256, b"a1");
    let hash = URL_SAFE_NO_PAD.encode(half.as_ref().get(..16).expect("half"));
    assert_eq!(scene.refused(&but("at_hash", json!(hash))), None);
    assert_eq!(scene.refused(&but("aud", json!(["tovholder"]))), None);
}

#[test]
fn a_recent_proof_is_recent() {
    let scene = scene();
    let finish = |claims: &Value| {
        scene.gives(claims);
        let pending = Pending {
            max_age: Some(0),
            ..PENDING
        };
        scene.provider.finish(at(NOW), &pending, "c1").err()
    };
    assert_eq!(finish(&claims()), None);
    assert_eq!(finish(&but("auth_time", json!(NOW - 61))), Some(Refused::NotRecent));
    assert_eq!(finish(&but("auth_time", json!(NOW + 120))), Some(Refused::NotRecent));
    assert_eq!(finish(&but("auth_time", Value::Null)), Some(Refused::NotRecent));
}

#[test]
fn foreign_and_unsigned_tokens_are_refused() {
    let scene = scene();
    let give = |token: String| {
        scene.fake.says("/token", 200, &json!({"id_token": token}));
        scene.provider.finish(at(NOW), &PENDING, "c1").err()
    };
    // Somebody else's key under the provider's name.
    assert_eq!(give(Signer::new("one").sign(&claims())), Some(Refused::Signature));
    let sound = scene.signer.sign(&claims());
    let (signed, _) = sound.rsplit_once('.').expect("three parts");
    assert_eq!(give(format!("{signed}.")), Some(Refused::Signature));
    let (_, payload) = signed.split_once('.').expect("two parts");
    let none = URL_SAFE_NO_PAD.encode("{\"alg\":\"none\"}");
    assert_eq!(give(format!("{none}.{payload}.")), Some(Refused::Token));
    // The public key as a shared secret.
    let shared = URL_SAFE_NO_PAD.encode("{\"alg\":\"HS256\",\"kid\":\"one\"}");
    assert_eq!(give(format!("{shared}.{payload}.AAAA")), Some(Refused::Token));
    assert_eq!(give("no token".into()), Some(Refused::Token));
    assert_eq!(give(sound), None);
}

#[test]
fn a_new_key_is_looked_for_once_a_minute_and_no_more() {
    let scene = scene();
    scene.outcome(&claims()).expect("is let in");
    assert_eq!(scene.fake.times("/keys"), 1);
    let newer = Signer::new("two");
    let finish = |seconds: i64| {
        let mut claims = but("iat", json!(seconds));
        claims["exp"] = json!(seconds + 300);
        scene
            .fake
            .says("/token", 200, &json!({"id_token": newer.sign(&claims)}));
        scene.provider.finish(at(seconds), &PENDING, "c1").err()
    };
    // Not known, and asked a moment ago: no flood of questions however many such tokens come.
    assert_eq!(finish(NOW + 10), Some(Refused::Signature));
    assert_eq!(finish(NOW + 20), Some(Refused::Signature));
    assert_eq!(scene.fake.times("/keys"), 1);
    // Asked again a minute later, it is still not there.
    assert_eq!(finish(NOW + 60), Some(Refused::Signature));
    assert_eq!(scene.fake.times("/keys"), 2);
    scene
        .fake
        .says("/keys", 200, &json!({"keys": [scene.signer.jwk(), newer.jwk()]}));
    assert_eq!(finish(NOW + 90), Some(Refused::Signature));
    assert_eq!(finish(NOW + 120), None);
    assert_eq!(scene.fake.times("/keys"), 3);
    // A key that has been withdrawn is trusted for an hour at most.
    scene.fake.says("/keys", 200, &json!({"keys": []}));
    assert_eq!(finish(NOW + 130), None);
    assert_eq!(finish(NOW + 120 + KNOWN_FOR), Some(Refused::Signature));
}

#[test]
fn a_code_that_is_not_taken() {
    let scene = scene();
    scene.fake.says("/token", 400, &json!({"error": "invalid_grant"}));
    assert_eq!(
        scene.provider.finish(at(NOW), &PENDING, "c1").err(),
        Some(Refused::Code)
    );
    for (status, error) in [(401, "invalid_client"), (400, "invalid_client")] {
        scene.fake.says("/token", status, &json!({"error": error}));
        let refused = scene.provider.finish(at(NOW), &PENDING, "c1").err();
        assert!(matches!(refused, Some(Refused::Metadata(_))), "{refused:?}");
    }
    for status in [500, 503, 302] {
        scene.fake.says("/token", status, &json!({}));
        let refused = scene.provider.finish(at(NOW), &PENDING, "c1").err();
        assert!(matches!(refused, Some(Refused::Away(_))), "{refused:?}");
    }
}

#[test]
fn what_a_provider_says_about_itself_must_fit() {
    for (name, value) in [
        ("issuer", json!("https://login.example/")),
        ("token_endpoint", json!("http://login.example/token")),
        ("jwks_uri", json!("http://127.0.0.1/keys")),
        ("userinfo_endpoint", json!("ftp://login.example/me")),
        ("authorization_endpoint", Value::Null),
    ] {
        let mut said = metadata();
        said[name] = value;
        let refused = scene_with(settings(), &said).provider.reachable(at(NOW)).err();
        assert!(matches!(refused, Some(Refused::Metadata(_))), "{name}: {refused:?}");
    }
}

#[test]
fn only_a_developers_own_machine_is_asked_without_tls() {
    for address in [
        "http://127.0.0.1:18720",
        "http://localhost/x",
        "http://[::1]:80",
        "http://127.9.9.9",
    ] {
        assert!(safe(address, true), "{address}");
        assert!(!safe(address, false), "{address}");
    }
    for address in [
        "http://login.example",
        "http://127.0.0.1.evil.example",
        "http://localhost@evil.example",
        "http://localhost:1@evil.example",
        "http://10.0.0.1",
        "ftp://127.0.0.1",
        "",
    ] {
        assert!(!safe(address, true), "{address}");
    }
    let wrong = |change: fn(&mut Settings)| {
        let mut settings = settings();
        change(&mut settings);
        settings.check().is_err()
    };
    assert!(!wrong(|_| ()));
    assert!(wrong(|s| s.issuer = "http://login.example".into()));
    assert!(wrong(|s| s.issuer = "https://login.example?x".into()));
    assert!(wrong(|s| s.client_id.clear()));
    assert!(wrong(|s| s.client_secret.clear()));
}

#[test]
fn a_provider_that_is_away_is_not_asked_by_everybody() {
    let scene = scene();
    scene.fake.says(DISCOVERY, 503, &json!({}));
    for second in 0..SILENT_FOR {
        assert!(matches!(
            scene.provider.reachable(at(NOW + second)),
            Err(Refused::Away(_))
        ));
    }
    assert_eq!(scene.fake.times(DISCOVERY), 1);
    // It is back, and so are we, by ourselves.
    scene.fake.says(DISCOVERY, 200, &metadata());
    assert_eq!(scene.provider.reachable(at(NOW + SILENT_FOR)), Ok(()));
    assert_eq!(scene.provider.reachable(at(NOW + 3000)), Ok(()));
    assert_eq!(scene.fake.times(DISCOVERY), 2);
}

#[test]
fn the_answer_names_its_issuer() {
    let with = scene();
    assert_eq!(with.provider.answered_by(at(NOW), Some(ISSUER)), Ok(()));
    assert_eq!(
        with.provider.answered_by(at(NOW), Some("https://evil.example")),
        Err(Refused::Issuer)
    );
    assert_eq!(with.provider.answered_by(at(NOW), None), Err(Refused::Issuer));
    let mut said = metadata();
    said["authorization_response_iss_parameter_supported"] = json!(false);
    let without = scene_with(settings(), &said);
    assert_eq!(without.provider.answered_by(at(NOW), None), Ok(()));
    assert_eq!(
        without.provider.answered_by(at(NOW), Some("https://evil.example")),
        Err(Refused::Issuer)
    );
}

#[test]
fn userinfo_adds_and_never_replaces() {
    let scene = scene_with(
        Settings {
            userinfo: true,
            ..settings()
        },
        &metadata(),
    );
    scene.fake.says(
        "/me",
        200,
        &json!({"sub": "karen-1", "cpr": "6101901236", "preferred_username": "somebody"}),
    );
    let proof = scene.outcome(&claims()).expect("is let in");
    assert_eq!(proof.claims["cpr"], "6101901236");
    assert_eq!(proof.claims["preferred_username"], "karen");
    assert_eq!(scene.fake.last().authorization.as_deref(), Some("Bearer a1"));
    for other in [json!({"sub": "somebody"}), json!({"cpr": "6101901236"}), json!([])] {
        scene.fake.says("/me", 200, &other);
        assert!(scene.outcome(&claims()).is_err(), "{other}");
    }
}

#[test]
fn logging_out_there() {
    let scene = scene();
    let address = scene
        .provider
        .end_address(at(NOW), Some("t.o.k"), "https://plan.example/log-in")
        .expect("reachable");
    assert_eq!(
        address.as_deref(),
        Some(
            "https://login.example/end?x=1&client_id=tovholder&post_logout_redirect_uri=https%3A%2F%2Fplan.example%2Flog-in&id_token_hint=t.o.k"
        )
    );
}

fn told() -> Value {
    json!({"iss": ISSUER, "aud": "tovholder", "iat": NOW, "exp": NOW + 120, "jti": "j1", "sub": "karen-1", "sid": "s1",
        "events": {"http://schemas.openid.net/event/backchannel-logout": {}}})
}

#[test]
fn being_told_of_a_log_out() {
    let scene = scene();
    let hear = |claims: &Value| scene.provider.logged_out(at(NOW), &scene.signer.sign(claims));
    let heard = hear(&told()).expect("is believed");
    assert_eq!(
        (heard.id.as_str(), heard.subject.as_deref(), heard.session.as_deref()),
        ("j1", Some("karen-1"), Some("s1"))
    );
    let cases = [
        ("iss", json!("https://evil.example"), Refused::Issuer),
        ("aud", json!("another"), Refused::Audience),
        ("iat", json!(NOW - 601), Refused::Time),
        ("iat", json!(NOW + 61), Refused::Time),
        ("iat", Value::Null, Refused::Time),
        ("exp", json!(NOW - 60), Refused::Time),
        ("nonce", json!("n1"), Refused::Nonce),
        ("events", json!({}), Refused::Token),
        ("events", Value::Null, Refused::Token),
        (
            "events",
            json!({"http://schemas.openid.net/event/backchannel-logout": true}),
            Refused::Token,
        ),
        ("jti", Value::Null, Refused::Token),
    ];
    for (name, value, wanted) in cases {
        let mut claims = told();
        claims[name] = value.clone();
        if value.is_null() {
            claims.as_object_mut().expect("an object").remove(name);
        }
        assert_eq!(hear(&claims), Err(wanted), "{name} = {value}");
    }
    let mut nobody = told();
    let fields = nobody.as_object_mut().expect("an object");
    fields.remove("sub");
    fields.remove("sid");
    assert_eq!(hear(&nobody), Err(Refused::Subject));
    assert_eq!(
        scene.provider.logged_out(at(NOW), &Signer::new("one").sign(&told())),
        Err(Refused::Signature)
    );
    // A token to log in with is no token to log out with.
    assert!(hear(&claims()).is_err());
    // And the other way round.
    assert_eq!(scene.refused(&told()), Some(Refused::Nonce));
}
