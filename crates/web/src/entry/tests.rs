use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use tovholder_casework::act::UserKind;
use tovholder_casework::id::EmployeeId;
use tovholder_store::sessions::Role;

use crate::Person;
use crate::testing::*;

#[tokio::test]
async fn who_is_not_logged_in_is_asked_to_and_comes_back() {
    let town = Town::sqlite().await;
    town.guest().get("/").await.redirects_to("/log-in");
    let page = town.guest().get("/log-in?next=/my-plan").await;
    page.ok().has("/my-plan");
}

#[tokio::test]
async fn a_page_that_is_not_there_says_so_in_the_users_language() {
    let town = Town::sqlite().await;
    town.guest()
        .get("/findes-ikke")
        .await
        .not_found()
        .has("Siden findes ikke");
    town.guest()
        .in_english()
        .get("/findes-ikke")
        .await
        .not_found()
        .lacks("Siden findes ikke");
}

#[tokio::test]
async fn a_form_without_the_sessions_token_is_refused() {
    let town = Town::sqlite().await;
    let karen = town.employee(KAREN).await;
    let page = karen.post("/log-out", &[]).await;
    page.redirects_to("/log-in");
    let forged = karen.post("/draft/day", &[("_csrf", "x")]).await;
    assert!(forged.location.starts_with("/log-in"), "the session has ended");
}

#[tokio::test]
async fn a_draft_is_kept_and_thrown_away() {
    let town = Town::sqlite().await;
    let karen = town.employee(KAREN).await;
    let saved = karen.post("/draft/plans/x", &[("note", "halvt skrevet")]).await;
    assert_eq!(saved.status, StatusCode::NO_CONTENT);
    let find = async || {
        let mut conn = town.app.db.read().await.expect("reads");
        tovholder_store::drafts::find(&mut conn, KAREN.0, "/plans/x")
            .await
            .expect("reads")
    };
    assert_eq!(find().await.expect("is kept").body, "note=halvt+skrevet");
    karen.post("/discard-draft/plans/x", &[]).await.redirects_to("/plans/x");
    assert_eq!(find().await, None);
}

#[tokio::test]
async fn the_probes_answer() {
    let town = Town::sqlite().await;
    town.guest().get("/livez").await.ok().has("ok");
    town.guest()
        .get("/readyz")
        .await
        .ok()
        .has("ready")
        .has("journal_mode=wal synchronous=2");
}

#[tokio::test]
async fn who_finds_a_hole_is_told_whom_to_tell() {
    // Good for half a year from the day it is read: a machine that answers is a machine that is looked after.
    let town = Town::sqlite().await;
    town.guest()
        .get("/.well-known/security.txt")
        .await
        .ok()
        .has("Contact: mailto:sikkerhed@kommune.example\nExpires: 2026-09-12T09:00:00Z\nPreferred-Languages: da, en\n");
    let (db, folder) = tovholder_store::testing::sqlite().await;
    let town = Town::changed(db, Some(folder), |app| {
        let mut site = (*app.site).clone();
        site.security_contact = None;
        app.site = std::sync::Arc::new(site);
    })
    .await;
    town.guest().get("/.well-known/security.txt").await.not_found();
}

/// What SQLite answers when there is no room: the largest size it may have is the size it has.
async fn room(town: &Town, sql: &'static str) {
    let mut tx = town.app.db.begin().await.expect("begins");
    tx.row(sql, tovholder_store::args![]).await.expect("is set");
    tx.rollback().await.expect("ends");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_told_to_people_and_machines_and_forgotten_when_there_is_room() {
    let town = Town::sqlite().await;
    let karen = town.employee(KAREN).await;
    let long = "x".repeat(900_000);
    room(&town, "PRAGMA max_page_count = 1").await;
    let page = karen.post("/draft/plans/x", &[("note", long.as_str())]).await;
    assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE);
    page.has("Det kan ikke gemmes lige nu")
        .has("ikke gemt endnu")
        .lacks("Intet er gået tabt");
    for _ in 0..2 {
        let ready = town.guest().get("/readyz").await;
        assert_eq!(ready.status, StatusCode::SERVICE_UNAVAILABLE);
        ready.has("not ready\ndatabase full");
    }
    town.guest().get("/livez").await.ok();
    room(&town, "PRAGMA max_page_count = 1000000").await;
    town.guest().get("/readyz").await.ok().has("ready");
    let saved = karen.post("/draft/plans/x", &[("note", long.as_str())]).await;
    assert_eq!(saved.status, StatusCode::NO_CONTENT);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_database_is_told_and_pages_come_back_by_themselves() {
    let (db, folder) = tovholder_store::testing::sqlite().await;
    db.close().await.expect("closes");
    let options = tovholder_store::db::Options {
        wait: std::time::Duration::from_millis(300),
        ..tovholder_store::testing::options()
    };
    let hasty = tovholder_store::db::Db::open(&folder.address(), options)
        .await
        .expect("opens");
    let other = tovholder_store::db::Db::open(&folder.address(), tovholder_store::testing::options())
        .await
        .expect("opens");
    let town = Town::on(hasty, Some(folder)).await;
    let anna = town.citizen(ANNA).await;
    anna.get("/my-plan").await.ok();
    // Another program, with a long transaction.
    let held = other.begin().await.expect("begins");
    let page = anna.get("/my-plan").await;
    assert_eq!(
        page.status,
        StatusCode::SERVICE_UNAVAILABLE,
        "a look that cannot be logged is no look"
    );
    page.has("Vi kan ikke komme til dine oplysninger lige nu");
    let ready = town.guest().get("/readyz").await;
    assert_eq!(ready.status, StatusCode::SERVICE_UNAVAILABLE);
    ready.has("database locked");
    held.rollback().await.expect("ends");
    anna.get("/my-plan").await.ok();
    town.guest().get("/readyz").await.ok();
}

/// The people to log in as, one for every walk and one for none.
fn people() -> Vec<Person> {
    let employee = |id: EmployeeId, role, name: &str, title: &str, why: &str| Person {
        kind: UserKind::Employee,
        id: id.0,
        role: Some(role),
        name: name.into(),
        title: title.into(),
        why_da: why.into(),
        why_en: format!("{why} (en)"),
    };
    vec![
        Person {
            kind: UserKind::Citizen,
            id: ANNA.0,
            role: None,
            name: "Anna Lind".into(),
            title: String::new(),
            why_da: "Vil arbejde <ude>".into(),
            why_en: "Wants to work <outside>".into(),
        },
        employee(
            OLE,
            Role::Caseworker,
            "Ole Bang",
            "Jobrådgiver",
            "Har fem samtaler i dag",
        ),
        employee(KAREN, Role::Caseworker, "Karen Holm", "Jobrådgiver", "Holder i tovet"),
        employee(
            KIM,
            Role::Consultant,
            "Kim Frost",
            "Virksomhedskonsulent",
            "Kender gartneriet",
        ),
        employee(LIS, Role::TeamLeader, "Lis Dahl", "Teamleder", "Leder jobcentret"),
        employee(PER, Role::Head, "Per Juhl", "Afdelingsleder", "Leder afdelingen"),
        employee(
            ADA,
            Role::Administrator,
            "Ada Skov",
            "Systemansvarlig",
            "Sætter systemet op",
        ),
    ]
}

async fn demo() -> Town {
    let (db, folder) = tovholder_store::testing::sqlite().await;
    Town::changed(db, Some(folder), |app| app.people = people()).await
}

#[tokio::test]
async fn each_walk_begins_as_somebody_who_fits() {
    let town = demo().await;
    for (key, name) in [
        ("citizen", "Anna Lind"),
        ("employee", "Ole Bang"),
        ("tovholder", "Karen Holm"),
        ("consultant", "Kim Frost"),
        ("team", "Lis Dahl"),
        ("leader", "Per Juhl"),
    ] {
        let path = format!("/walk/{key}");
        let page = town.guest().get(&path).await;
        page.ok()
            .has(&format!("Log ind som {name}"))
            .has("<li class=\"walk-step\">");
        let english = town.guest().in_english().get(&path).await;
        english.ok().has(&format!("Log in as {name}")).lacks("Log ind som");
    }
    town.guest().get("/walk/coordinator").await.not_found();
    town.guest().get("/walk/citizen").await.has("Skriv din plan ud");
}

#[tokio::test]
async fn the_door_shows_everybody_and_lets_them_in() {
    let town = demo().await;
    let door = town.guest().get("/log-in").await;
    for person in people() {
        door.ok().has(&person.name).has(&format!("value=\"{}\"", person.id));
    }
    door.has("Vil arbejde &#60;ude&#62;").lacks("<ude>");
    for (who, times) in [
        ("citizen", 1),
        ("caseworker", 2),
        ("consultant", 1),
        ("team_leader", 1),
        ("head", 1),
    ] {
        let found = door.html.matches(&format!("data-who=\"{who}\"")).count();
        assert_eq!(found, times, "{who}");
    }
    door.has("<span class=\"choose-title\">Borger</span>");
    for link in door.html.split("href=\"/walk/").skip(1) {
        let key = link.split('"').next().expect("split gives one part");
        town.guest().get(&format!("/walk/{key}")).await.ok();
    }
    for (id, first) in [
        (ANNA.0, "/my-plan"),
        (KAREN.0, "/day"),
        (KIM.0, "/companies"),
        (LIS.0, "/team"),
        (ADA.0, "/setup"),
    ] {
        let answer = town.guest().post("/log-in", &[("person", &id.to_string())]).await;
        answer.redirects_to(first);
        assert_eq!(answer.cookies.len(), 1, "{:?}", answer.cookies);
    }
    let next = [("person", KAREN.0.to_string()), ("next", "/plans/x?a=1".to_owned())];
    let next: Vec<(&str, &str)> = next.iter().map(|(n, v)| (*n, v.as_str())).collect();
    town.guest().post("/log-in", &next).await.redirects_to("/plans/x?a=1");
}

#[tokio::test]
async fn another_site_cannot_log_anybody_in() {
    let town = demo().await;
    let request = Request::post("/log-in")
        .header("sec-fetch-site", "cross-site")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(format!("person={}", KAREN.0)))
        .expect("a request");
    let answer = town.ask("/log-in", request).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert!(answer.cookies.is_empty());
}

#[tokio::test]
async fn who_logs_in_as_another_is_the_first_no_longer() {
    let town = demo().await;
    let karen = town.employee(KAREN).await;
    karen.get("/").await.redirects_to("/day");
    karen
        .post("/log-in", &[("person", &ANNA.0.to_string())])
        .await
        .redirects_to("/my-plan");
    karen.get("/").await.redirects_to("/log-in");
}

#[tokio::test]
async fn what_was_typed_when_the_session_ended_is_there_after_log_in() {
    let town = demo().await;
    let karen = town.employee(KAREN).await;
    let away = "Du har været væk et stykke tid";
    karen.get("/log-in?next=/plans/x").await.ok().lacks(away);
    tovholder_store::sessions::end(&town.app.db, karen.token(), now())
        .await
        .expect("ends");

    // Nothing was typed yet: nothing is said to be kept.
    karen.get("/log-in?next=/plans/x").await.ok().has(away).lacks("er gemt");
    let answer = karen
        .post("/plans/x", &[("note", "Anna ringer på tirsdag <3"), ("_act", "y")])
        .await;
    answer.redirects_to("/log-in?next=%2Fplans%2Fx");
    karen.get(&answer.location).await.ok().has(away).has("er gemt");
    karen.get("/log-in").await.ok().lacks(away);
    town.guest().get(&answer.location).await.ok().lacks(away);

    let again = karen
        .post("/log-in", &[("person", &KAREN.0.to_string()), ("next", "/plans/x")])
        .await;
    again.redirects_to("/plans/x");
    let cookie = again.cookies.first().expect("a session");
    let token = cookie.split(['=', ';']).nth(1).expect("a token");
    let (found, _) = tovholder_store::sessions::find(&mut town.app.db.read().await.expect("reads"), token, now())
        .await
        .expect("reads");
    let tovholder_store::sessions::Found::Live(user) = found else {
        panic!("logged in again: {found:?}");
    };
    let draft = tovholder_store::drafts::find(&mut town.app.db.read().await.expect("reads"), user.actor.id, "/plans/x")
        .await
        .expect("reads")
        .expect("is kept");
    let fields = crate::kit::sent::Fields::parse(&draft.body);
    assert_eq!(fields.text("note"), "Anna ringer på tirsdag <3");
    assert!(!fields.has("_csrf") && !fields.has("_act"), "{}", draft.body);
}

#[tokio::test]
async fn a_tick_after_the_session_ended_comes_back_to_the_page_it_was_on() {
    let town = demo().await;
    let karen = town.employee(KAREN).await;
    tovholder_store::sessions::end(&town.app.db, karen.token(), now())
        .await
        .expect("ends");
    for (referer, next) in [
        (
            "http://127.0.0.1:8080/plans/x?show=all",
            "/log-in?next=%2Fplans%2Fx%3Fshow%3Dall",
        ),
        ("https://foreign.example/plans/y", "/log-in?next=%2Fplans%2Fy"),
        ("nonsense", "/log-in?next=%2Fplans%2Fx%2Fsteps%2F1%2Ftick"),
    ] {
        let request = Request::post("/plans/x/steps/1/tick")
            .header(header::COOKIE, karen.cookies())
            .header(header::REFERER, referer)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from("_csrf=x&_act=y"))
            .expect("a request");
        town.ask("/plans/x/steps/1/tick", request).await.redirects_to(next);
    }
}

#[tokio::test]
async fn the_accessibility_page_says_whom_to_call() {
    let town = demo().await;
    let page = town.guest().get("/accessibility").await;
    page.ok().has("WCAG 2.2").has("tel:").has("Det mangler vi");
    town.guest()
        .in_english()
        .get("/accessibility")
        .await
        .ok()
        .has("What is missing");
    town.guest().get("/was").await.redirects_to("/accessibility");
}

#[tokio::test]
async fn a_megabyte_typed_when_the_session_ended_is_there_after_log_in() {
    let town = demo().await;
    let karen = town.employee(KAREN).await;
    let page = format!("/plans/{}/conversations/new", town.anna_plan);
    // A megabyte of letters that take three times their room when a browser sends them.
    let much = "æ å".repeat(200_000);
    assert!(much.len() >= 1_000_000);
    tovholder_store::sessions::end(&town.app.db, karen.token(), now())
        .await
        .expect("ends");
    let answer = karen.post(&page, &[("note", &much), ("held_place", "Torvet")]).await;
    answer.redirects_to(&format!("/log-in?next={}", page.replace('/', "%2F")));
    karen.get(&answer.location).await.ok().has("er gemt");
    town.employee(KAREN)
        .await
        .get(&page)
        .await
        .ok()
        .has(&much)
        .has("value=\"Torvet\"")
        .has("Vi har gemt det, du skrev");

    // Kept while it is typed, too.
    let karen = town.employee(KAREN).await;
    let more = format!("{much}!");
    let saved = karen.post(&format!("/draft{page}"), &[("note", &more)]).await;
    assert_eq!(saved.status, StatusCode::NO_CONTENT);
    karen.get(&page).await.ok().has(&more);
}

#[tokio::test]
async fn more_than_a_form_holds_is_never_said_to_be_kept() {
    let town = demo().await;
    let karen = town.employee(KAREN).await;
    tovholder_store::sessions::end(&town.app.db, karen.token(), now())
        .await
        .expect("ends");
    let flood = "x".repeat(crate::kit::sent::MAX_FORM);
    let answer = karen.post("/plans/x", &[("note", &flood)]).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    answer.has("Det er ikke gemt").has("Gå tilbage i browseren");
    karen.get("/log-in?next=/plans/x").await.ok().lacks("er gemt");
}
