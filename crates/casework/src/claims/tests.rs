use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;
use serde_json::json;
use uuid::Uuid;

use super::*;

const KLE: &str = "http://sts.kombit.dk/constraints/KLE/1";
const CASEWORKER: &str = "http://tovholder.example/roles/usersystemrole/caseworker/1";

fn read(value: Value) -> Result<Claims, ClaimsError> {
    Claims::from_json(&value, &Names::default())
}

fn refused(value: Value) -> ClaimsError {
    read(value).expect_err("is refused")
}

/// The grants of a privileges claim.
fn privileges(claim: impl Into<Value>) -> Result<Vec<Grant>, PrivilegeError> {
    match read(json!({"sub": "x", "privileges": claim.into()})) {
        Ok(claims) => Ok(claims.grants),
        Err(ClaimsError::Privileges(error)) => Err(error),
        Err(other) => panic!("{other}"),
    }
}

fn xml(body: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<bpp:PrivilegeList \
         xmlns:bpp=\"http://digst.dk/oiosaml/basic_privilege_profile\">{body}</bpp:PrivilegeList>"
    )
}

fn group(body: &str) -> String {
    xml(&format!(
        "<PrivilegeGroup Scope=\"urn:dk:gov:saml:cvrNumberIdentifier:29189927\">{body}</PrivilegeGroup>"
    ))
}

fn ours() -> Cvr {
    "29189927".parse().expect("a number")
}

#[test]
fn what_a_citizens_provider_says() {
    let claims = read(json!({
        "sub": "a1b2", "cpr": "610190-1236", "auth_time": 1_773_651_600,
        "loa": "https://data.gov.dk/concept/core/nsis/loa/Substantial",
        "name": "Anna Lind", "iss": "https://mitid.example",
    }))
    .expect("reads");
    assert_eq!(claims.cpr.map(|cpr| cpr.digits()).as_deref(), Some("6101901236"));
    assert_eq!(claims.assurance, Some(Assurance::Substantial));
    assert_eq!(claims.auth_time, Timestamp::from_second(1_773_651_600).ok());
    assert_eq!((claims.login.as_deref(), claims.grants.len()), (None, 0));
    // What is written to a log says nothing of the person.
    let shown = format!("{claims:?}");
    assert!(!shown.contains("610190") && !shown.contains("a1b2"), "{shown}");
}

#[test]
fn a_company_may_send_its_number_as_a_number() {
    for cvr in [json!(29_189_927), json!("29189927"), json!("DK29189927")] {
        assert_eq!(read(json!({"sub": "x", "cvr": cvr})).expect("reads").cvr, Some(ours()));
    }
}

#[test]
fn everything_malformed_has_a_name() {
    assert_eq!(Claims::read(b"{", &Names::default()), Err(ClaimsError::NotJson));
    assert_eq!(Claims::read(b"\xff", &Names::default()), Err(ClaimsError::NotJson));
    assert_eq!(refused(json!([])), ClaimsError::NotAnObject);
    for missing in [json!({}), json!({"sub": ""}), json!({"sub": null})] {
        assert_eq!(refused(missing), ClaimsError::Missing("sub".into()));
    }
    assert_eq!(refused(json!({"sub": 7})), ClaimsError::NotText("sub".into()));
    assert_eq!(refused(json!({"sub": "a\nb"})), ClaimsError::NotText("sub".into()));
    assert_eq!(
        refused(json!({"sub": "x".repeat(501)})),
        ClaimsError::TooLong("sub".into())
    );
    assert_eq!(
        refused(json!({"sub": "x", "cpr": "123"})),
        ClaimsError::Cpr(CprError::Length { found: 3 })
    );
    assert_eq!(
        refused(json!({"sub": "x", "cvr": "29189928"})),
        ClaimsError::Cvr(NumberError::CheckDigit)
    );
    for level in ["", "Medium", "https://example.org/High"] {
        let outcome = read(json!({"sub": "x", "loa": level}));
        if level.is_empty() {
            assert_eq!(outcome.expect("nothing is said").assurance, None);
        } else {
            assert_eq!(outcome, Err(ClaimsError::Assurance), "{level}");
        }
    }
    for time in [json!("1773651600"), json!(1.5), json!(i64::MAX), json!(true)] {
        assert_eq!(refused(json!({"sub": "x", "auth_time": time})), ClaimsError::AuthTime);
    }
    for roles in [json!(1), json!({}), json!(["a", 1]), json!([""]), json!("")] {
        assert_eq!(
            refused(json!({"sub": "x", "roles": roles})),
            ClaimsError::NotAList("roles".into())
        );
    }
    for level in [json!(4), json!(-1), json!("2.5"), json!([2])] {
        assert_eq!(
            refused(json!({"sub": "x", "sensitivity": level})),
            ClaimsError::NotANumber("sensitivity".into())
        );
    }
    assert_eq!(
        refused(json!({"sub": "x", "kle": ["15.2"]})),
        ClaimsError::Privileges(PrivilegeError::Subject)
    );
    // No error repeats what the claim held.
    assert!(
        !refused(json!({"sub": "x", "cpr": "320190-1236"}))
            .to_string()
            .contains("320190")
    );
}

#[test]
fn an_installation_may_call_its_claims_otherwise_or_leave_some_out() {
    let names = Names {
        login: "upn".into(),
        cpr: "https://data.gov.dk/model/core/eid/cprNumber".into(),
        cvr: String::new(),
        ..Names::default()
    };
    let claims = Claims::from_json(
        &json!({
            "sub": "x", "upn": " karen@laerkebro.example ", "cvr": "no number", "": "nobody",
            "https://data.gov.dk/model/core/eid/cprNumber": "6101901236",
        }),
        &names,
    )
    .expect("reads");
    assert_eq!(claims.login.as_deref(), Some("karen@laerkebro.example"));
    assert!(claims.cpr.is_some() && claims.cvr.is_none());
}

#[test]
fn privileges_in_xml_are_read_plain_and_in_base64() {
    let text = group(&format!(
        "\n  <Constraint Name=\"{KLE}\">15.*, 32.24.04</Constraint>\n  <!-- a remark -->\
         <Constraint Name=\"http://sts.kombit.dk/constraints/orgenhed/1\">5a1b0000-0000-4000-8000-00000000000a</Constraint>\
         <Constraint Name=\"http://sts.kombit.dk/constraints/foelsomhed/1\">2</Constraint>\
         <Privilege>{CASEWORKER}</Privilege><Privilege><![CDATA[urn:a&b]]></Privilege><Privilege>urn:a&amp;b&#47;c</Privilege>"
    ));
    let grants = privileges(text.as_str()).expect("reads");
    let [grant] = grants.as_slice() else {
        panic!("one group")
    };
    assert_eq!(grant.scope, Scope::Company(ours()));
    assert_eq!(grant.privileges, [CASEWORKER, "urn:a&b", "urn:a&b/c"]);
    assert_eq!(grant.limits.units, ["5a1b0000-0000-4000-8000-00000000000a"]);
    assert!(grant.limits.subjects.iter().any(|subject| subject.covers("15.20.01")));
    assert_eq!(grant.limits.sensitivity, Some(2));

    let base64 = STANDARD.encode(&text);
    assert_eq!(privileges(base64.as_str()).as_ref(), Ok(&grants));
    // Brokers break lines and leave padding out.
    let broken: String = base64.trim_end_matches('=').chars().flat_map(|c| [c, '\n']).collect();
    assert_eq!(privileges(broken), Ok(grants));
    assert_eq!(privileges(xml("")), Ok(vec![]));
    assert_eq!(privileges(" "), Ok(vec![]));
}

#[test]
fn privileges_of_a_broker_are_the_same() {
    let claim = json!({"cvr": "29189927", "c": [{KLE: "15.*"}, {"urn:dk:kombit:sensitivity": "3"}], "p": [CASEWORKER]});
    let grants = privileges(claim.clone()).expect("reads");
    assert_eq!(grants[0].scope, Scope::Company(ours()));
    assert_eq!(grants[0].limits.sensitivity, Some(3));
    for form in [
        json!([claim]),
        json!(claim.to_string()),
        json!([claim.to_string()]),
        json!(json!([claim]).to_string()),
        json!(STANDARD.encode(claim.to_string())),
        json!({"cvr": "29189927", "c": {KLE: ["15.*"], "urn:dk:kombit:sensitivity": "3"}, "p": CASEWORKER}),
    ] {
        assert_eq!(privileges(form.clone()).as_ref(), Ok(&grants), "{form}");
    }
}

#[test]
fn every_malformed_privilege_has_a_name() {
    use PrivilegeError::*;
    let cases = [
        ("%%%".to_owned(), NotBase64),
        (STANDARD.encode("hello"), NotXml),
        (STANDARD.encode([0xff, 0xfe]), NotXml),
        ("<a".to_owned(), NotXml),
        ("<PrivilegeList>".to_owned(), NotXml),
        ("<PrivilegeList></PrivilegeGroup>".to_owned(), NotXml),
        (
            "<PrivilegeList/><PrivilegeList/>".to_owned(),
            Unexpected("PrivilegeList".into()),
        ),
        ("<Other/>".to_owned(), Unexpected("Other".into())),
        (xml("<Other/>"), Unexpected("Other".into())),
        (xml("hello"), Unexpected("text".into())),
        (xml("<PrivilegeGroup/>"), NoScope),
        (
            xml("<PrivilegeGroup Scope=\"urn:dk:gov:saml:cvrNumberIdentifier:1\"/>"),
            Cvr,
        ),
        (group("<Constraint>15.*</Constraint>"), NoName),
        (
            group("<Constraint Name=\"urn:x\">1</Constraint>"),
            UnknownLimit("urn:x".into()),
        ),
        (
            group(&format!("<Constraint Name=\"{KLE}\"> , </Constraint>")),
            EmptyLimit,
        ),
        (group(&format!("<Constraint Name=\"{KLE}\"/>")), EmptyLimit),
        (
            group(&format!("<Constraint Name=\"{KLE}\">15.*.*</Constraint>")),
            Subject,
        ),
        (
            group("<Constraint Name=\"urn:dk:kombit:sensitivity\">4</Constraint>"),
            Sensitivity,
        ),
        (group("<Privilege> </Privilege>"), EmptyPrivilege),
        (group("<Privilege/>"), EmptyPrivilege),
        (group("<Privilege><b>x</b></Privilege>"), Unexpected("b".into())),
        (group("<Privilege>&unknown;</Privilege>"), Entity),
        (group(&format!("<Privilege>{}</Privilege>", "x".repeat(2001))), TooLong),
        ("x".repeat(64 * 1024 + 1), TooLong),
        ("{".to_owned(), NotBroker),
        ("[1]".to_owned(), NotBroker),
        ("{\"p\":[]}".to_owned(), NoScope),
        ("{\"cvr\":\"1\"}".to_owned(), Cvr),
        ("{\"cvr\":29189927}".to_owned(), Cvr),
        ("{\"cvr\":\"29189927\",\"x\":1}".to_owned(), Unexpected("x".into())),
        ("{\"cvr\":\"29189927\",\"c\":\"x\"}".to_owned(), NotBroker),
        ("{\"cvr\":\"29189927\",\"c\":[\"x\"]}".to_owned(), NotBroker),
        (format!("{{\"cvr\":\"29189927\",\"c\":[{{\"{KLE}\":[]}}]}}"), EmptyLimit),
        (format!("{{\"cvr\":\"29189927\",\"c\":[{{\"{KLE}\":1}}]}}"), NotBroker),
        ("{\"cvr\":\"29189927\",\"p\":[\"\"]}".to_owned(), EmptyPrivilege),
    ];
    for (claim, error) in cases {
        let shown: String = claim.chars().take(90).collect();
        assert_eq!(privileges(claim), Err(error), "{shown}");
    }
    assert_eq!(privileges(json!(5)), Err(NotBroker));
}

#[test]
fn a_document_that_would_grow_is_refused() {
    let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]><PrivilegeList/>";
    assert_eq!(privileges(bomb), Err(PrivilegeError::Entity));
}

#[test]
fn claims_narrow_a_role_and_never_give_one() {
    let means = |privilege: &str| privilege == CASEWORKER;
    let claims = |groups: Value| read(json!({"sub": "x", "privileges": groups})).expect("reads");
    let limited = |kle: &str| json!({"cvr": "29189927", "c": [{KLE: kle}], "p": [CASEWORKER]});
    // Nothing that means the role: nothing is left of it.
    assert_eq!(
        read(json!({"sub": "x"})).expect("reads").narrowed(means, Some(ours())),
        None
    );
    let other = claims(json!({"cvr": "29189927", "p": ["urn:other"]}));
    assert_eq!(other.narrowed(means, Some(ours())), None);
    // On behalf of somebody else, or of nobody we know to be us.
    let elsewhere = claims(json!({"cvr": "25313763", "p": [CASEWORKER]}));
    assert_eq!(elsewhere.narrowed(means, Some(ours())), None);
    assert_eq!(claims(limited("15.*")).narrowed(means, None), None);
    let person = xml(&format!(
        "<PrivilegeGroup Scope=\"urn:dk:gov:saml:cprNumberIdentifier:6101901236\"><Privilege>{CASEWORKER}</Privilege></PrivilegeGroup>"
    ));
    assert_eq!(claims(json!(person)).narrowed(means, Some(ours())), None);
    // Two groups: either is enough, and they are not mixed.
    let both = claims(json!([limited("15.*"), limited("32.*")]));
    assert_eq!(both.narrowed(means, Some(ours())).map(|limits| limits.len()), Some(2));
    // One of them without limits: the whole role.
    let whole = claims(json!([limited("15.*"), {"cvr": "29189927", "p": [CASEWORKER]}]));
    assert_eq!(whole.narrowed(means, Some(ours())), Some(vec![]));
    // Plain roles with limits beside them.
    let plain = read(json!({"sub": "x", "roles": CASEWORKER, "kle": ["15.*"], "units": ["A"], "sensitivity": 1}))
        .expect("reads");
    let limits = plain.narrowed(means, None).expect("the role is there");
    assert_eq!((limits[0].units.len(), limits[0].sensitivity), (1, Some(1)));
    assert_eq!(plain.own_limits(), limits);
}

#[test]
fn a_reach_says_whose_plans_one_may_see() {
    let (a, b) = (UnitId(Uuid::from_u128(1)), UnitId(Uuid::from_u128(2)));
    let reach = |units: &[UnitId], subjects: &[&str], sensitivity| Reach {
        units: units.to_vec(),
        subjects: subjects
            .iter()
            .map(|subject| subject.parse().expect("a subject"))
            .collect(),
        sensitivity,
    };
    assert_eq!(units_reached(&[]), None, "nothing is narrowed");
    assert_eq!(units_reached(&[reach(&[a], &["15.*"], Some(2))]), Some(vec![a]));
    assert_eq!(
        units_reached(&[reach(&[a], &[], None), reach(&[b], &["15.17.30"], Some(3))]),
        Some(vec![a, b])
    );
    assert_eq!(
        units_reached(&[reach(&[a], &[], None), reach(&[], &["15.*"], None)]),
        None
    );
    // About something else, or nothing so sensitive: no plans, and not all of them.
    assert_eq!(units_reached(&[reach(&[], &["32.*"], None)]), Some(vec![]));
    assert_eq!(units_reached(&[reach(&[a], &["15.*"], Some(1))]), Some(vec![]));
    assert_eq!(
        units_reached(&[reach(&[a], &["32.*"], None), reach(&[b], &["15.*"], None)]),
        Some(vec![b])
    );
    let kept = serde_json::to_string(&reach(&[a], &["15.*"], Some(2))).expect("a text");
    assert_eq!(
        serde_json::from_str::<Reach>(&kept).expect("reads"),
        reach(&[a], &["15.*"], Some(2))
    );
}

/// Pieces that look like the real thing, put together anyhow.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "<PrivilegeList>",
        "</PrivilegeList>",
        "<PrivilegeGroup Scope=\"urn:dk:gov:saml:cvrNumberIdentifier:29189927\">",
        "<PrivilegeGroup Scope='x'",
        "</PrivilegeGroup>",
        "<Constraint Name=\"urn:dk:kombit:KLE\">",
        "</Constraint>",
        "<Privilege>",
        "</Privilege>",
        "<Privilege/>",
        "15.*",
        "&amp;",
        "&#0;",
        "&#x110000;",
        "&x",
        "<![CDATA[",
        "]]>",
        "<!--",
        "-->",
        "<?xml?>",
        "<!DOCTYPE",
        "æ",
        ">",
        "=",
        "\"",
        "\0",
    ]);
    prop::collection::vec(piece, 0..20).prop_map(|pieces| pieces.concat())
}

/// Any JSON, not too deep.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,20}".prop_map(Value::from),
        pieces().prop_map(Value::from),
        pieces().prop_map(|text| Value::from(STANDARD.encode(text))),
    ];
    leaf.prop_recursive(3, 20, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::hash_map("cvr|c|p|[a-z]{0,3}", inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn random_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = Claims::read(&bytes, &Names::default());
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let _ = privileges_of(text.clone());
        let _ = privileges_of(STANDARD.encode(&bytes));
        let _ = text.parse::<Subject>();
        let _ = Assurance::read(&text);
    }

    #[test]
    fn random_claims_never_panic(
        name in "sub|cpr|cvr|loa|roles|units|kle|sensitivity|privileges|auth_time|preferred_username",
        value in any_json(),
        whole in any_json(),
    ) {
        let _ = read(json!({"sub": "x", name: value}));
        let _ = read(whole);
    }

    #[test]
    fn random_markup_never_panics(text in pieces()) {
        let _ = privileges_of(text);
    }

    /// What is read from a sound document is what was written in it, whatever the words.
    #[test]
    fn what_is_written_is_read(words in prop::collection::vec("[a-zæøå<>&\"' :/.]{1,30}", 1..6)) {
        let escaped = |word: &String| word.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let kept: Vec<&String> = words.iter().filter(|word| !word.trim().is_empty()).collect();
        let body: String = kept.iter().map(|word| format!("<Privilege>{}</Privilege>", escaped(word))).collect();
        let grants = privileges(group(&body)).expect("sound");
        let wanted: Vec<&str> = kept.iter().map(|word| word.trim()).collect();
        prop_assert_eq!(&grants[0].privileges, &wanted);
    }
}

fn privileges_of(text: String) -> Result<Claims, ClaimsError> {
    read(json!({"sub": "x", "privileges": text}))
}
