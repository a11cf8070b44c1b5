//! Emergency access and the leader's review, over HTTP.

use tovholder_casework::id::*;
use tovholder_store::{args, numbers};

use crate::testing::*;

/// A CPR number for Anna, with the day raised by sixty as in all made-up numbers.
const CPR: &str = "6105900004";

async fn town() -> Town {
    let town = Town::sqlite().await;
    let mut tx = town.app.db.begin().await.expect("begins");
    let cpr = CPR.parse().expect("a number");
    numbers::set(&mut tx, ANNA, cpr).await.expect("a number");
    tx.commit().await.expect("commits");
    town
}

fn page_of(citizen: CitizenId) -> String {
    format!("/citizens/{citizen}/emergency")
}
const REASON: &str = "Borgerens søn ringer: hun svarer ikke <b>";

#[tokio::test]
async fn from_the_search_to_the_leaders_signature() {
    let town = town().await;
    let plan = format!("/plans/{}", town.anna_plan);
    let ole = town.employee(OLE).await;
    ole.get(&plan).await.not_found();
    let found = ole.post("/search", &[("q", CPR)]).await;
    found
        .ok()
        .has(&page_of(ANNA))
        .has("Karen Holm")
        .lacks("Anna Lind")
        .lacks(&plan);

    // The page tells that there is a plan and whom to call; not the name, not a word of the plan.
    let asks = ole.get(&page_of(ANNA)).await;
    asks.ok()
        .has("Karen Holm")
        .has("24 timer")
        .has("Borgeren kan se")
        .has("Lederen af borgerens enhed");
    asks.lacks("Anna Lind")
        .lacks(&town.anna_plan.to_string())
        .lacks("planter");
    assert!(asks.queries <= 16, "{} queries", asks.queries);

    for (typed, says) in [
        ("", "Skriv"),
        ("Hast", "mindst 10 tegn"),
        ("Ring 610190-1236 nu", "CPR-nummer"),
    ] {
        let refused = ole.post(&page_of(ANNA), &[("reason", typed)]).await;
        refused.refused().has(says).has(typed).lacks("Anna Lind");
        ole.get(&plan).await.not_found();
    }

    ole.post(&page_of(ANNA), &[("reason", REASON)])
        .await
        .redirects_to(&plan);
    let read = ole.get(&plan).await;
    read.ok()
        .has("Anna Lind")
        .has("nødadgang")
        .has("17. marts 2026")
        .has("hun svarer ikke &#60;b&#62;");
    for way in [
        "/goals/new",
        "/steps/new",
        "/transfer",
        "/close",
        "/log",
        "/book",
        "/messages/new",
    ] {
        assert!(!read.html.contains(&format!("{plan}{way}")), "offers {way}");
        ole.get(&format!("{plan}{way}")).await.not_found();
        ole.post(&format!("{plan}{way}"), &[("text", "Hej"), ("words", "Hej")])
            .await
            .not_found();
    }
    // A colleague has nothing of it, and the list of citizens and the search do not know the plan any better.
    town.employee(KIM).await.get(&plan).await.not_found();
    ole.get("/citizens").await.ok().lacks("Anna Lind");
    ole.post("/search", &[("q", "Anna")]).await.ok().lacks("Anna Lind");
    // Asked for again it is there already.
    ole.get(&page_of(ANNA)).await.redirects_to(&plan);

    // The citizen sees who, when and why.
    let anna = town.citizen(ANNA).await;
    anna.get("/my-plan/log")
        .await
        .ok()
        .has("Ole Bang")
        .has("hun svarer ikke &#60;b&#62;")
        .has("Planen");
    anna.get("/my-plan/history").await.ok().has("Nødadgang taget");
    // A search later the same day stands beside the reason, not in its place. The search of before has its line only once.
    ole.post("/search", &[("q", CPR)]).await.ok();
    let log = anna.get("/my-plan/log").await;
    log.ok().has("hun svarer ikke &#60;b&#62;").has("Søgte med CPR-nummer");
    assert_eq!(log.html.matches("Søgte med CPR-nummer").count(), 1);
    assert_eq!(log.html.matches("Tog nødadgang").count(), 1);

    // The leader is told until it is signed.
    let lis = town.employee(LIS).await;
    lis.get("/team").await.ok().has("taget nødadgang");
    let review = lis.get("/review/access").await;
    review
        .ok()
        .has("Ole Bang")
        .has("Anna Lind")
        .has("hun svarer ikke &#60;b&#62;")
        .has("2 sider åbnet");
    let (_, rest) = review.html.split_once("/review/emergency/").expect("a link");
    let sign = format!("/review/emergency/{}", rest.split('"').next().unwrap_or_default());
    lis.get(&sign).await.ok().has("Ole Bang");
    lis.post(&sign, &[("remark", "  ")]).await.refused();
    for stranger in [OLE, KAREN, METTE, KIM, ADA] {
        let stranger = town.employee(stranger).await;
        stranger.get("/review/access").await.not_found();
        stranger.get(&sign).await.not_found();
        stranger.post(&sign, &[("remark", "Fint")]).await.not_found();
    }
    lis.post(&sign, &[("remark", "Der var grund til det <i>")])
        .await
        .redirects_to("/review/access");
    lis.get("/team").await.ok().lacks("taget nødadgang");
    lis.get("/review/access")
        .await
        .ok()
        .has("Der var grund til det &#60;i&#62;")
        .has("Ingen nødadgang venter");
    anna.get("/my-plan/history")
        .await
        .ok()
        .has("Der var grund til det &#60;i&#62;");

    // A day later it is over.
    let tomorrow = town.at(now() + jiff::SignedDuration::from_hours(24));
    tomorrow.employee(OLE).await.get(&plan).await.not_found();
    for lang in [
        town.employee(LIS).await.in_english(),
        town.employee(OLE).await.in_english(),
    ] {
        let page = lang.get("/review/access").await;
        assert!(page.html.contains("Use of the system") || page.status == 404);
    }
}

#[tokio::test]
async fn some_have_no_use_for_it() {
    let town = town().await;
    for (who, citizen) in [(KIM, ANNA), (ADA, ANNA), (OLE, CILLE)] {
        let browser = town.employee(who).await;
        browser.get(&page_of(citizen)).await.not_found();
        browser.post(&page_of(citizen), &[("reason", REASON)]).await.not_found();
    }
    let bo = town.citizen(BO).await;
    bo.get(&page_of(ANNA)).await.not_found();
    bo.post(&page_of(ANNA), &[("reason", REASON)]).await.not_found();
    town.employee(KIM)
        .await
        .post("/search", &[("q", CPR)])
        .await
        .ok()
        .lacks("/emergency");
    // Nor do they find or open anything for citizens of their own unit who have no plan.
    let open = format!("/citizens/{CILLE}/open-plan");
    for who in [KIM, ADA] {
        let browser = town.employee(who).await;
        browser
            .post("/search", &[("q", "Cille")])
            .await
            .ok()
            .lacks("Cille Rask");
        browser.get(&open).await.not_found();
        browser.post(&open, &[("core_task", "work")]).await.not_found();
    }
    town.employee(OLE)
        .await
        .post("/search", &[("q", "Cille")])
        .await
        .ok()
        .has("Cille Rask");
    // Those with a relation are sent to the plan, and nothing is taken.
    let plan = format!("/plans/{}", town.anna_plan);
    town.employee(METTE)
        .await
        .post(&page_of(ANNA), &[("reason", REASON)])
        .await
        .redirects_to(&plan);
    town.employee(LIS)
        .await
        .get("/review/access")
        .await
        .ok()
        .lacks("Mette Krog");
}

#[tokio::test]
async fn what_leaves_as_a_file_needs_a_right_and_is_counted() {
    let town = Town::sqlite().await;
    let company = format!("/companies/{NURSERY}");
    for (who, page, file, may) in [
        (KAREN, "/citizens", "/citizens.xlsx", true),
        (KIM, "/citizens", "/citizens.xlsx", false),
        (KAREN, "/companies", "/companies.xlsx", false),
        (KIM, "/companies", "/companies.xlsx", true),
        (KAREN, company.as_str(), &format!("{company}/placements.xlsx"), false),
        (LIS, company.as_str(), &format!("{company}/placements.xlsx"), true),
    ] {
        let browser = town.employee(who).await;
        let html = browser.get(page).await;
        assert_eq!(html.ok().html.contains(file), may, "{page} offers {file}");
        let answer = browser.get(file).await;
        if may {
            answer.ok();
        } else {
            answer.not_found();
        }
    }
    let ada = town.employee(ADA).await;
    for file in ["/citizens.xlsx", "/companies.xlsx", "/figures/stock/table.xlsx"] {
        ada.get(file).await.not_found();
    }
    let mut conn = town.app.db.read().await.expect("reads");
    let rows = conn
        .rows("SELECT reason FROM act WHERE kind = 'export' ORDER BY at, id", args![])
        .await
        .expect("reads");
    let reasons: Vec<String> = rows.iter().map(|row| row.get(0).expect("text")).collect();
    assert_eq!(
        reasons,
        ["caseload: 2", "companies: 1", "company: 1"],
        "what and how many rows, of those that were let out alone"
    );
}

#[tokio::test]
async fn where_a_protected_citizen_lives_stands_on_one_page_for_few() {
    const PHONE: &str = "20 30 40 50";
    const STREET: &str = "Lærkevej 2";
    let town = Town::sqlite().await;
    let plan = format!("/plans/{}", town.anna_plan);
    let contact = format!("{plan}/contact");
    let karen = town.employee(KAREN).await;
    karen.get(&plan).await.ok().has(PHONE).lacks("adressebeskyttet");
    let mut tx = town.app.db.begin().await.expect("begins");
    tx.execute("UPDATE citizen SET protected = TRUE WHERE id = $1", args![ANNA])
        .await
        .expect("is protected");
    tx.commit().await.expect("commits");

    karen
        .get(&plan)
        .await
        .ok()
        .has("Navne- og adressebeskyttet")
        .has(&contact);
    for who in [KAREN, METTE, LIS, PER] {
        let browser = town.employee(who).await;
        browser
            .get(&contact)
            .await
            .ok()
            .has("20 30 40 50")
            .has(STREET)
            .has("9581")
            .has("skrevet ned");
        for page in [
            "",
            "/print",
            "/history",
            "/progress",
            "/steps/new",
            "/conversations/new",
            "/book",
        ] {
            let page = browser.get(&format!("{plan}{page}")).await;
            page.ok().lacks(PHONE).lacks("20304050").lacks(STREET);
        }
        for list in [
            "/day",
            "/citizens",
            "/team",
            "/companies",
            &format!("/companies/{NURSERY}"),
        ] {
            let page = browser.get(list).await;
            page.ok().lacks(PHONE).lacks("20304050").lacks(STREET);
        }
        let found = browser.post("/search", &[("q", "Anna")]).await;
        found.ok().lacks(PHONE).lacks("20304050").lacks(STREET);
    }
    for who in [OLE, KIM, ADA] {
        town.employee(who).await.get(&contact).await.not_found();
    }
    let anna = town.citizen(ANNA).await;
    anna.get(&contact).await.not_found();
    anna.get("/my-plan/log")
        .await
        .ok()
        .has("Adresse og telefon")
        .has("Lis Dahl");

    // Who reads in emergency access reads the plan, and not where she lives.
    let ole = town.employee(OLE).await;
    ole.post(&page_of(ANNA), &[("reason", REASON)])
        .await
        .redirects_to(&plan);
    ole.get(&plan)
        .await
        .ok()
        .has("Navne- og adressebeskyttet")
        .lacks(&contact)
        .lacks(PHONE);
    ole.get(&contact).await.not_found();

    let file = karen.get("/citizens.xlsx").await;
    use calamine::Reader;
    let mut book: calamine::Xlsx<_> =
        calamine::open_workbook_from_rs(std::io::Cursor::new(file.ok().bytes.clone())).expect("a workbook");
    let sheet = book.worksheet_range("Mine borgere").expect("the sheet");
    let cells: Vec<String> = sheet.rows().flatten().map(ToString::to_string).collect();
    assert!(cells.iter().any(|cell| cell == "Anna Lind"));
    let anna_row = sheet
        .rows()
        .find(|row| matches!(&row[0], calamine::Data::String(name) if name == "Anna Lind"))
        .expect("a row");
    assert_eq!(anna_row[1].to_string(), "", "no telephone: {anna_row:?}");
}

/// Looks of an employee at a citizen, so many hours before now.
async fn looked(town: &Town, who: EmployeeId, citizen: CitizenId, hours: i64) {
    use tovholder_casework::act::*;
    let act = Act {
        id: ActId(uuid::Uuid::now_v7()),
        at: now() - jiff::SignedDuration::from_hours(hours),
        actor: Actor {
            kind: UserKind::Employee,
            id: who.0,
            name: "N".into(),
            unit: "Jobcentret".into(),
        },
        citizen: Some(citizen),
        kind: ActKind::Looked,
        submission: None,
        before: None,
        after: None,
        reason: Act::looking_at(PageKey::Plan, ""),
        voice: Voice::Own,
    };
    let entry = tovholder_store::acts::Entry { chain: citizen.0, act };
    town.app.looks.record(entry).await.expect("is recorded");
}

#[tokio::test]
async fn the_review_shows_what_stands_out_until_somebody_else_has_looked_into_it() {
    let town = Town::sqlite().await;
    let mut tx = town.app.db.begin().await.expect("begins");
    for n in 0..5u128 {
        tx.execute(
            "INSERT INTO citizen (id, unit_id, name, birth_date, address, postcode) VALUES ($1, $2, $3, '1980-01-01', 'Torvet 5', '9581')",
            args![CitizenId(uuid::Uuid::from_u128(0x900 + n)), YOUTH, format!("Ung {n}")],
        )
        .await
        .expect("citizen");
    }
    // A citizen called as Ole, and one who lives there; a citizen called as Karen.
    for (id, name, address) in [
        (0x910u128, "Ole Bang", "Engen 3"),
        (0x911, "Else Bang", "Engen 3"),
        (0x912, "Karen Holm", ""),
    ] {
        tx.execute(
            "INSERT INTO citizen (id, unit_id, name, birth_date, address, postcode) VALUES ($1, $2, $3, '1980-01-01', $4, '9581')",
            args![CitizenId(uuid::Uuid::from_u128(id)), JOBCENTRE, name, address],
        )
        .await
        .expect("citizen");
    }
    tx.commit().await.expect("commits");
    let lis = town.employee(LIS).await;
    lis.get("/review/access")
        .await
        .ok()
        .has("Der er ikke noget")
        .has("adresser står ikke i systemet");
    let id = |n: u128| CitizenId(uuid::Uuid::from_u128(n));
    for n in 0..5 {
        looked(&town, OLE, id(0x900 + n), 1).await;
    }
    for n in [0x911, 0x912] {
        looked(&town, OLE, id(n), 1).await;
    }
    // Lis herself, on Sunday.
    looked(&town, LIS, ANNA, 24).await;
    // Karen at her own citizen, in working hours: nothing to ask about. Mette works in a unit that Lis does not lead.
    looked(&town, KAREN, ANNA, 1).await;
    looked(&town, METTE, ANNA, 24).await;

    let review = lis.get("/review/access").await;
    review
        .ok()
        .has("Slog 7 borgere op")
        .has("bor sammen med en borger med medarbejderens navn")
        .has("samme navn som en kollega")
        .has("Else Bang")
        .has("En borger i Ungeenheden")
        .has("uden for arbejdstid")
        .has("Det handler om dig")
        .lacks("Ung 1")
        .lacks("Mette Krog");
    assert!(review.queries <= 14, "{} queries", review.queries);
    let links: Vec<String> = review
        .html
        .split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|href| href.starts_with("/review/findings/"))
        .map(str::to_owned)
        .collect();
    assert_eq!(links.len(), 3, "her own is not hers to look into: {links:?}");
    let one = links
        .iter()
        .find(|href| href.contains("own_address"))
        .expect("is there");
    lis.get(one).await.ok().has("Else Bang");
    lis.post(one, &[("remark", " ")]).await.refused();
    for stranger in [OLE, KAREN, METTE, KIM, ADA] {
        let stranger = town.employee(stranger).await;
        stranger.get(one).await.not_found();
        stranger.post(one, &[("remark", "Fint")]).await.not_found();
    }
    lis.get("/review/findings/own_address.x").await.not_found();
    lis.post(one, &[("remark", "Det er hans søster <b>, og han er taget af sagen")])
        .await
        .redirects_to("/review/access");
    lis.get("/review/access")
        .await
        .ok()
        .has("Det er hans søster &#60;b&#62;")
        .has("1 set på");
    lis.post(one, &[("remark", "Igen")]).await.refused();
    // The head sees Lis' own, and may look into it; Lis may not.
    let per = town.employee(PER).await;
    let page = per.get("/review/access").await;
    page.ok().has("Lis Dahl").has("Mette Krog").has("Ung 1");
    let hours = page
        .html
        .split("href=\"")
        .filter_map(|rest| rest.split('"').next())
        .find(|href| href.contains(&format!("hours.{LIS}")))
        .expect("is there")
        .to_owned();
    lis.get(&hours).await.ok().has("Det handler om dig");
    lis.post(&hours, &[("remark", "Jeg glemte noget")]).await.refused();
    per.post(&hours, &[("remark", "Aftalt arbejde søndag")])
        .await
        .redirects_to("/review/access");
    let mut conn = town.app.db.read().await.expect("reads");
    let kept = conn
        .rows(
            "SELECT chain FROM act WHERE kind = 'review.done' ORDER BY chain",
            args![],
        )
        .await
        .expect("reads");
    assert_eq!(kept.len(), 2, "both stand in the record");
    for chain in tovholder_store::acts::chains(&mut conn).await.expect("reads") {
        let proved = tovholder_store::acts::verify_chain(&mut conn, chain)
            .await
            .expect("reads");
        assert!(proved.is_ok(), "{proved:?}");
    }
}

#[tokio::test]
async fn a_closed_note_is_read_by_its_unit_and_the_citizen_and_stands_nowhere_else() {
    const WORDS: &str = "Hun er bange for sin tidligere kæreste <b>";
    const SHOWN: &str = "tidligere kæreste &#60;b&#62;";
    let town = Town::sqlite().await;
    let plan = format!("/plans/{}", town.anna_plan);
    let note = format!("{plan}/closed-note");
    let (mette, karen, anna) = (
        town.employee(METTE).await,
        town.employee(KAREN).await,
        town.citizen(ANNA).await,
    );
    mette.get(&plan).await.ok().has(&note);
    mette.get(&note).await.ok().has("Ungeenheden").has("Borgeren læser det");
    mette.post(&note, &[("text", " "), ("_rev", "0")]).await.refused();
    mette
        .post(&note, &[("text", WORDS), ("_rev", "0")])
        .await
        .redirects_to(&plan);
    mette.get(&note).await.ok().has(SHOWN);
    anna.get("/my-plan/closed-notes")
        .await
        .ok()
        .has(SHOWN)
        .has("Ungeenheden")
        .has("Mette Krog");
    // Another unit has a note of its own, and does not see this one, whatever it leads.
    for who in [KAREN, LIS, PER] {
        let browser = town.employee(who).await;
        browser.get(&note).await.ok().lacks("tidligere");
    }
    karen
        .post(&note, &[("text", "Karens egen"), ("_rev", "0")])
        .await
        .redirects_to(&plan);
    mette.get(&note).await.ok().lacks("Karens egen");
    anna.get("/my-plan/closed-notes")
        .await
        .ok()
        .has("Karens egen")
        .has(SHOWN);
    // Two of one unit who write at once: the second sees both.
    let lis = town.employee(LIS).await;
    let both = lis.post(&note, &[("text", "Lis' egen"), ("_rev", "0")]).await;
    both.refused()
        .has("Karens egen")
        .has("Lis&#39; egen")
        .has("name=\"_rev\" value=\"1\"");

    for who in [OLE, KIM, ADA] {
        let browser = town.employee(who).await;
        browser.get(&note).await.not_found();
        browser.post(&note, &[("text", "Hej"), ("_rev", "0")]).await.not_found();
    }
    town.citizen(BO)
        .await
        .get("/my-plan/closed-notes")
        .await
        .ok()
        .lacks("tidligere");
    // Nowhere else: not on the plan, on paper, in the history, in a list or a file, nor in the database as it lies.
    for who in [KAREN, METTE, LIS, PER] {
        let browser = town.employee(who).await;
        for page in [
            &plan,
            &format!("{plan}/print"),
            &format!("{plan}/history"),
            "/day",
            "/citizens",
        ] {
            browser.get(page).await.ok().lacks("tidligere kæreste");
        }
        browser
            .post("/search", &[("q", "tidligere")])
            .await
            .ok()
            .lacks("kæreste");
    }
    for page in ["/my-plan", "/my-plan/print", "/my-plan/history"] {
        anna.get(page).await.ok().lacks("tidligere kæreste");
    }
    anna.get("/my-plan/history")
        .await
        .ok()
        .has("lukkede note skrevet")
        .has("Ungeenheden");
    let mut conn = town.app.db.read().await.expect("reads");
    let acts = conn
        .rows(
            "SELECT COALESCE(record_before, '') || COALESCE(record_after, '') || reason FROM act",
            args![],
        )
        .await
        .expect("reads");
    for act in &acts {
        let text: String = act.get(0).expect("text");
        assert!(!text.contains("kæreste"), "{text}");
    }
    let sealed = conn
        .rows("SELECT sealed FROM closed_note", args![])
        .await
        .expect("reads");
    assert_eq!(sealed.len(), 2);
    for row in &sealed {
        let bytes: Vec<u8> = row.get(0).expect("bytes");
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("kæreste") && !text.contains("Karens"), "{text}");
    }
    // One who reads in emergency access does not open it.
    let ole = town.employee(OLE).await;
    ole.post(&page_of(ANNA), &[("reason", REASON)])
        .await
        .redirects_to(&plan);
    ole.get(&note).await.not_found();
}
