//! The leader's pages over HTTP, on a town with enough people to have figures.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;
use tovholder_casework::id::*;
use tovholder_store::args;
use tovholder_store::db::Db;
use uuid::Uuid;

use crate::kit::app::Clock;
use crate::testing::*;

pub(super) async fn person(db: &Db, n: u128, unit: UnitId, name: &str, benefit: &str, starts: &str) {
    let mut tx = db.begin().await.expect("begins");
    tx.execute(
        "INSERT INTO citizen (id, unit_id, name, birth_date) VALUES ($1, $2, $3, '1990-05-01')",
        args![Uuid::from_u128(n), unit, name],
    )
    .await
    .expect("citizen");
    tx.execute(
        "INSERT INTO spell (id, citizen_id, benefit, starts) VALUES ($1, $2, $3, $4)",
        args![Uuid::from_u128(n + 0x1_0000), Uuid::from_u128(n), benefit, starts],
    )
    .await
    .expect("spell");
    tx.commit().await.expect("commits");
}

/// 30 on kontanthjælp for two years and 20 on dagpenge since December in the jobcentre; 3 young people for two years in the youth unit.
pub(super) async fn crowd(town: &Town) {
    let db = &town.app.db;
    for n in 0..30 {
        person(
            db,
            0x1000 + n,
            JOBCENTRE,
            &format!("Kaj <b>{n}</b>"),
            "kontanthjaelp",
            "2024-01-01",
        )
        .await;
    }
    for n in 0..20 {
        person(
            db,
            0x2000 + n,
            JOBCENTRE,
            &format!("Dorte {n}"),
            "dagpenge",
            "2025-12-01",
        )
        .await;
    }
    for n in 0..3 {
        person(
            db,
            0x3000 + n,
            YOUTH,
            &format!("Ung {n}"),
            "kontanthjaelp",
            "2024-01-01",
        )
        .await;
    }
}

async fn town() -> Town {
    let town = Town::sqlite().await;
    crowd(&town).await;
    town
}

#[tokio::test]
async fn the_overview_answers_the_question_with_definition_month_and_how_many() {
    let town = town().await;
    let karen = town.employee(KAREN).await;
    let page = karen.get("/figures").await;
    page.ok().has("Går det den rigtige vej?").has("Opgjort 16. marts 2026");
    for goal in ["Færre lever af offentlig forsørgelse", "Enhederne arbejder sammen"] {
        page.has(goal);
    }
    assert_eq!(page.html.matches("class=\"card goal-card").count(), 10);
    assert_eq!(page.html.matches("Hvad betyder tallet?").count(), 10);
    // 33 people have been on benefit for more than a year, none had an effort.
    page.has("100,0\u{a0}%")
        .has("februar 2026 · 33 borgere")
        .has("passive_share.1-28d");
    // Nobody has brought in hours of work: not known, not nought.
    page.has("Kendes ikke endnu").has("Vi har ikke tallet endnu.");
    let again = karen.get("/figures").await;
    assert!(again.ok().queries <= 3, "{} queries", again.queries);
    assert!(!page.html.contains(" style="));
    let english = town.employee(LIS).await.in_english();
    english
        .get("/figures")
        .await
        .ok()
        .has("Are we moving the right way?")
        .has("Fewer people live on public support");
}

#[tokio::test]
async fn a_citizen_and_a_guest_see_no_figures() {
    let town = town().await;
    let anna = town.citizen(ANNA).await;
    for path in [
        "/figures",
        "/figures/passive",
        "/figures/targets",
        "/figures/passive/people",
        "/figures/passive/table.xlsx",
    ] {
        anna.get(path).await.not_found();
        assert!(town.guest().get(path).await.location.starts_with("/log-in"), "{path}");
    }
    anna.post("/figures/targets?measure=passive", &[("value", "5")])
        .await
        .not_found();
}

#[tokio::test]
async fn every_measure_has_a_page_in_both_languages() {
    let town = town().await;
    let (danish, english) = (town.employee(KAREN).await, town.employee(KAREN).await.in_english());
    for measure in &town.app.figures().strategy().measures {
        let path = format!("/figures/{}", measure.code);
        danish
            .get(&path)
            .await
            .ok()
            .has(&measure.da.question)
            .has("Hvad betyder tallet?")
            .has("Opgjort 16. marts 2026.");
        english.get(&path).await.ok().has(&measure.en.question).lacks("Opgjort");
    }
    danish.get("/figures/nonsense").await.not_found();
    danish.get("/figures/passive?group=nonsense").await.ok();
    danish.get("/figures/passive?unit=nonsense&age=x").await.ok();
}

#[tokio::test]
async fn small_numbers_are_shown_nowhere() {
    let town = town().await;
    let karen = town.employee(KAREN).await;
    let page = karen.get("/figures/stock").await;
    // 53 in all; of the 3 young ones neither they nor the 50 that would give them away.
    page.ok().has(">53<").has("Ungeenheden").has("For få til at vise");
    let youth = karen.get(&format!("/figures/stock?unit={YOUTH}")).await;
    youth.ok().lacks(">3<").has("Der er ingen tal at vise");
    let jobcentre = karen.get(&format!("/figures/stock?unit={JOBCENTRE}")).await;
    jobcentre.ok().lacks(">50<");
    let sheet = karen.get(&format!("/figures/stock/table.xlsx?unit={YOUTH}")).await;
    assert_eq!(
        sheet.ok().headers["content-type"]
            .to_str()
            .unwrap_or_default()
            .split('.')
            .next_back(),
        Some("sheet")
    );
    // A group of 30 may be seen.
    karen
        .get("/figures/stock?group=dagpenge")
        .await
        .ok()
        .has(">20<")
        .has("Kun A-dagpenge.");
}

#[tokio::test]
async fn a_chart_is_a_picture_that_stands_by_itself() {
    let town = town().await;
    let karen = town.employee(KAREN).await;
    let picture = karen.get("/figures/stock/picture.svg").await;
    assert_eq!(picture.ok().headers["content-type"], "image/svg+xml");
    assert!(picture.html.starts_with("<svg xmlns"), "{}", &picture.html[..60]);
    picture
        .has("Lærkebro Kommune")
        .has("16. marts 2026")
        .has("stock_end.1-28d")
        .lacks("style=")
        .lacks("class=");
    // Without months there is no picture.
    karen.get("/figures/to_work/picture.svg").await.not_found();
}

#[tokio::test]
async fn expenses_stand_against_the_budget_month_by_month_and_for_the_year() {
    let town = town().await;
    let mut tx = town.app.db.begin().await.expect("begins");
    for (n, month, benefit, gross, refund) in [
        (1u128, "2026-01", "kontanthjaelp", 1_500_000.0, 300_000.0),
        (2, "2026-01", "dagpenge", 400_000.0, 100_000.0),
        (3, "2026-02", "kontanthjaelp", 1_400_000.0, 250_000.0),
        (4, "2026-02", "dagpenge", 500_000.0, 100_000.0),
    ] {
        tx.execute(
            "INSERT INTO expense (id, month, benefit, gross, refund) VALUES ($1, $2, $3, $4, $5)",
            args![Uuid::from_u128(0x9000 + n), month, benefit, gross, refund],
        )
        .await
        .expect("expense");
    }
    tx.commit().await.expect("commits");
    let (lis, karen) = (town.employee(LIS).await, town.employee(KAREN).await);
    karen
        .get("/figures/expenses")
        .await
        .ok()
        .has("Holder vi budgettet?")
        .has("1.550.000\u{a0}kr.")
        .has("februar 2026 · 1.900.000\u{a0}kr. før refusion")
        .has("Før refusion")
        .has("A-dagpenge")
        .lacks("Borgerne bag");
    lis.get("/figures/expenses/people").await.not_found();
    let to = "/figures/targets?measure=expenses";
    lis.get(to)
        .await
        .ok()
        .has("Budget")
        .has("1.250.000")
        .lacks("Ungeenheden");
    for wrong in ["mange", "-5", "999999999999999"] {
        let page = lis
            .post(to, &[("from", "2026-01"), ("to", "2026-12"), ("value", wrong)])
            .await;
        page.refused().has(wrong);
    }
    lis.post(
        to,
        &[("from", "2026-01"), ("to", "2026-12"), ("value", "1.600.000 kr.")],
    )
    .await
    .redirects_to("/figures/targets?measure=expenses&year=2026");
    let page = karen.get("/figures/targets?measure=expenses&year=2026").await;
    // January cost 1.5 million and February 1.55: 3.05 of 3.2.
    page.ok()
        .has("1.600.000\u{a0}kr.")
        .has("−100.000\u{a0}kr.")
        .has("Indtil nu: 2 måneder")
        .has("3.050.000\u{a0}kr.")
        .has("3.200.000\u{a0}kr.")
        .has("−150.000\u{a0}kr.");
    let group = karen
        .get("/figures/targets?measure=expenses&group=dagpenge&year=2026")
        .await;
    group.ok().has("700.000\u{a0}kr.").lacks("3.200.000");
    let sheet = karen.get("/figures/expenses/table.xlsx").await;
    assert_eq!(sheet.status, axum::http::StatusCode::OK);
    karen
        .in_english()
        .get("/figures/expenses")
        .await
        .ok()
        .has("DKK\u{a0}1,550,000");
}

#[tokio::test]
async fn a_leader_sets_targets_and_everybody_sees_who_did() {
    let town = town().await;
    let (lis, karen) = (town.employee(LIS).await, town.employee(KAREN).await);
    let to = "/figures/targets?measure=passive";
    karen
        .get(to)
        .await
        .ok()
        .has("Færre går et år uden en indsats")
        .lacks("Gem måltal")
        .has("Der er ikke sat måltal endnu.");
    let set = [("from", "2026-01"), ("to", "2026-03"), ("value", "12,5 %")];
    karen.post(to, &set).await.not_found();
    lis.get(to).await.ok().has("Gem måltal").lacks("Kommunens indbyggere");
    let act = Uuid::now_v7().to_string();
    for _ in 0..2 {
        let form = [set[0], set[1], set[2], ("_act", act.as_str())];
        lis.post(to, &form)
            .await
            .redirects_to("/figures/targets?measure=passive&year=2026");
    }
    let page = karen.get("/figures/targets?measure=passive&year=2026").await;
    page.ok()
        .has("12,5\u{a0}%")
        .has("+87,5 procentpoint")
        .has("ikke nået")
        .has("Lis Dahl")
        .has("12,5\u{a0}% for januar 2026 til marts 2026");
    assert_eq!(page.html.matches("Lis Dahl").count(), 1);
    karen.get("/figures").await.ok().has("Måltallet er 12,5\u{a0}%.");
    karen
        .get("/figures/passive")
        .await
        .ok()
        .has("Afvigelsen er +87,5 procentpoint.");
    // Of the whole municipality, not of a unit.
    karen
        .get(&format!("/figures/passive?unit={JOBCENTRE}"))
        .await
        .ok()
        .lacks("Afvigelsen er");
    // Taken away again; the history keeps both.
    lis.post(to, &[("from", "2026-02"), ("to", "2026-02"), ("value", "")])
        .await
        .redirects_to("/figures/targets?measure=passive&year=2026");
    let page = karen.get(to).await;
    page.ok()
        .has("Måltallet for februar 2026 blev fjernet")
        .has("12,5\u{a0}% for januar 2026 til marts 2026");
    karen.get("/figures").await.ok().lacks("Måltallet er 12,5\u{a0}%.");
}

#[tokio::test]
async fn a_target_that_cannot_be_read_keeps_what_was_typed() {
    let town = town().await;
    let lis = town.employee(LIS).await;
    let to = "/figures/targets?measure=passive";
    let typed = [("from", "2026-05"), ("to", "<b>maj</b>"), ("value", "\"><script>")];
    let page = lis.post(to, &typed).await;
    page.refused()
        .has("Skriv år og måned")
        .has("Skriv et tal")
        .has("value=\"2026-05\"")
        .lacks("<b>maj")
        .lacks("<script>");
    lis.post(to, &[("from", "2026-05"), ("to", "2026-04"), ("value", "1")])
        .await
        .refused()
        .has("Den sidste måned skal komme efter");
    lis.post(to, &[("from", "2026-05"), ("to", "2036-04"), ("value", "1")])
        .await
        .refused();
    // A share of 170 per cent is none.
    lis.post(to, &[("from", "2026-05"), ("to", "2026-05"), ("value", "170")])
        .await
        .refused();
    lis.post("/figures/targets?measure=nonsense", &typed).await.not_found();
}

#[tokio::test]
async fn the_head_says_how_many_live_here_and_the_others_can_be_compared() {
    let town = town().await;
    let (per, lis) = (town.employee(PER).await, town.employee(LIS).await);
    let to = "/figures/targets?measure=support";
    per.get(to).await.ok().has("Kommunens indbyggere").has("ikke angivet");
    lis.post(to, &[("inhabitants", "10.000")]).await.not_found();
    per.post(to, &[("inhabitants", "mange")])
        .await
        .refused()
        .has("Skriv, hvor mange der bor i kommunen")
        .has("value=\"mange\"");
    per.post(to, &[("inhabitants", "2.000")])
        .await
        .redirects_to("/figures/targets?measure=support");
    per.get(to).await.ok().has("Nu: 2.000.");
    // 33 on kontanthjælp all of February are 16.5 of 1,000; the country had 87,146 of 6,028,459 then, which is 14.5.
    let page = per.get("/figures/support").await;
    page.ok()
        .has("Hele landet")
        // Nobody has said which municipality we are: no region, and none like ours.
        .lacks("Region Midtjylland")
        .lacks("Kommuner som vores")
        .has(">16,5<")
        .has(">14,5<")
        .has("Jobindsats.dk")
        .has("Alle 98 kommuner");
    page.has("Den 1. juli 2025 blev tre ydelser til én");
    per.get("/figures")
        .await
        .ok()
        .has("Kontanthjælp: 16,5 her og 14,5 i hele landet (februar 2026).");
}

/// A town whose head has said how many live there and which municipality it is.
async fn compared_town() -> Town {
    let town = town().await;
    let per = town.employee(PER).await;
    per.post("/figures/targets?measure=support", &[("inhabitants", "2.000")])
        .await
        .redirects_to("/figures/targets?measure=support");
    per.post("/figures/groups", &[("own", "766")])
        .await
        .redirects_to("/figures/groups");
    // Whoever comes first waits for the figures; the pages that are counted come later.
    per.get("/figures").await.ok();
    drop(per);
    town
}

#[tokio::test]
async fn who_is_like_us_is_explained_and_everybody_can_read_it() {
    let town = compared_town().await;
    let karen = town.employee(KAREN).await;
    let page = karen.get("/figures/groups").await;
    page.ok()
        .has("Vi sammenligner som Hedensted.")
        .has("hvor langt de i gennemsnit har til arbejde")
        .has("Vi ser med vilje ikke på, hvor mange der er på ydelse.")
        .has("Os og de otte")
        .has("Danmarks Statistik (FOLK1AM)")
        .has("22. august 2026")
        .lacks("Gem<")
        .lacks("Lav en gruppe");
    let like = page.html.split("Os og de otte").nth(2).unwrap_or_default();
    let rows = like
        .split("</table>")
        .next()
        .unwrap_or_default()
        .matches("<tr>")
        .count();
    // The head of the table, ourselves and eight.
    assert_eq!(rows, 10);
    assert!(page.queries <= 8, "{} queries", page.queries);
    town.employee(PER)
        .await
        .in_english()
        .get("/figures/groups")
        .await
        .ok()
        .has("We compare as Hedensted.");
    town.citizen(ANNA).await.get("/figures/groups").await.not_found();
    karen.post("/figures/groups", &[("own", "101")]).await.not_found();
    let per = town.employee(PER).await;
    per.post("/figures/groups", &[("own", "411")])
        .await
        .refused()
        .has("Vælg en kommune på listen");
    per.post("/figures/groups", &[("own", "")])
        .await
        .redirects_to("/figures/groups");
    karen
        .get("/figures/groups")
        .await
        .ok()
        .has("Ingen har valgt, hvilken kommune vi er.");
}

#[tokio::test]
async fn the_head_makes_groups_changes_them_and_takes_them_away_and_everything_is_remembered() {
    let town = compared_town().await;
    let (per, lis) = (town.employee(PER).await, town.employee(LIS).await);
    for path in [
        "/figures/groups/new",
        "/figures/groups/00000000-0000-0000-0000-000000000001",
    ] {
        lis.get(path).await.not_found();
        lis.post(path, &[("name", "x"), ("areas", "766"), ("areas", "751")])
            .await
            .not_found();
    }
    per.get("/figures/groups/00000000-0000-0000-0000-000000000001")
        .await
        .not_found();
    // A former area to begin with.
    let page = per.get("/figures/groups/new?from=RAR+%C3%98stjylland").await;
    page.ok().has("value=\"RAR Østjylland\"");
    assert_eq!(page.html.matches(" checked").count(), 11);
    assert_eq!(page.html.matches("name=\"areas\"").count(), 98);
    let typed = [("name", "<b>Os"), ("areas", "766")];
    per.post("/figures/groups/new", &typed)
        .await
        .refused()
        .has("Vælg mindst to kommuner")
        .has("value=\"&#60;b&#62;Os\"")
        .has("value=\"766\" checked");
    per.post(
        "/figures/groups/new",
        &[("name", " "), ("areas", "766"), ("areas", "751")],
    )
    .await
    .refused()
    .has("Skriv noget her.");
    let act = Uuid::now_v7().to_string();
    for _ in 0..2 {
        let form = [
            ("name", "Nord & <b>syd"),
            ("areas", "860"),
            ("areas", "550"),
            ("areas", "999"),
            ("_act", act.as_str()),
        ];
        per.post("/figures/groups/new", &form)
            .await
            .redirects_to("/figures/groups");
    }
    let page = lis.get("/figures/groups").await;
    page.ok()
        .has("Nord &#38; &#60;b&#62;syd")
        .has("2 kommuner")
        .has("Hjørring, Tønder")
        .has("Per ")
        .lacks("<b>syd");
    per.post(
        "/figures/groups/new",
        &[("name", "NORD & <b>SYD"), ("areas", "860"), ("areas", "550")],
    )
    .await
    .refused()
    .has("Der er allerede en gruppe, der hedder det");
    let group = format!("/figures/groups/{act}");
    per.get(&group)
        .await
        .ok()
        .has("value=\"860\" checked")
        .has("Fjern gruppen");
    per.post(
        &group,
        &[
            ("name", "Nordsyd"),
            ("areas", "860"),
            ("areas", "550"),
            ("areas", "101"),
        ],
    )
    .await
    .redirects_to("/figures/groups");
    per.get("/figures/groups")
        .await
        .ok()
        .has("3 kommuner")
        .has("Nordsyd blev ændret: Hjørring, København, Tønder");
    per.post(&group, &[("remove", "yes")])
        .await
        .redirects_to("/figures/groups");
    let page = per.get("/figures/groups").await;
    page.ok()
        .has("Der er ingen grupper endnu.")
        .has("Nordsyd blev fjernet")
        .has("Hent den frem igen");
    per.get(&group)
        .await
        .ok()
        .has("Gruppen er fjernet.")
        .has("value=\"101\" checked")
        .lacks("Fjern gruppen");
    per.post(&group, &[("name", "Nordsyd"), ("areas", "860"), ("areas", "550")])
        .await
        .redirects_to("/figures/groups");
    let page = per.get("/figures/groups").await;
    page.ok().has("2 kommuner").lacks("Hent den frem igen");
    assert_eq!(page.html.matches("blev ændret").count(), 2);
}

#[tokio::test]
async fn a_figure_stands_beside_region_group_municipalities_like_ours_and_country() {
    let town = compared_town().await;
    let per = town.employee(PER).await;
    let act = Uuid::now_v7().to_string();
    let group = [
        ("name", "Øerne"),
        ("areas", "741"),
        ("areas", "825"),
        ("_act", act.as_str()),
    ];
    per.post("/figures/groups/new", &group)
        .await
        .redirects_to("/figures/groups");
    let page = per.get("/figures/support").await;
    page.ok()
        .has("Hedensted, som offentliggjort")
        .has("Region Midtjylland")
        .has("Kommuner som vores")
        .has(">Øerne<")
        .has("Lærkebro Kommune og Hele landet, måned for måned.")
        .has("Jobindsats.dk / STAR (Y60A02), hentet 22. august 2026. Danmarks Statistik (FOLK1AM), hentet 22. august 2026.");
    assert!(page.queries <= 8, "{} queries", page.queries);
    // The line that was asked for, with the part of the people kept.
    let page = per
        .get(&format!("/figures/support?group=kontanthjaelp&with={act}"))
        .await;
    page.ok()
        .has("Lærkebro Kommune og Øerne, måned for måned.")
        .has("name=\"group\" value=\"kontanthjaelp\"")
        .has(&format!("value=\"{act}\" selected"))
        .lacks("(Y25I01)");
    per.get("/figures/support?with=nonsense")
        .await
        .ok()
        .has("og Hele landet, måned");
    // 33 on kontanthjælp of 2,000 are 16.5 of 1,000, and by chance it could be 11.4 to 23.2.
    page.has(">11,4–23,2<");
    let sheet = per.get("/figures/support/table.xlsx").await;
    let mut book: calamine::Xlsx<_> =
        calamine::open_workbook_from_rs(std::io::Cursor::new(sheet.ok().bytes.clone())).expect("opens");
    let names = calamine::Reader::sheet_names(&book);
    assert_eq!(names.get(1).map(String::as_str), Some("Sammenlignet med andre"));
    let range = calamine::Reader::worksheet_range(&mut book, "Sammenlignet med andre").expect("a sheet");
    let text = |row: &[calamine::Data], at: usize| row[at].to_string();
    let of = |place: &str| {
        range
            .rows()
            .filter(|row| text(row, 2) == place && text(row, 0) == "2026-02")
            .count()
    };
    // Kontanthjælp and dagpenge.
    for place in [
        "Hele landet",
        "Øerne",
        "Region Midtjylland",
        "Kommuner som vores",
        "Hedensted, som offentliggjort",
    ] {
        assert_eq!(of(place), 2, "{place}");
    }
    let cut = range
        .rows()
        .find(|row| text(row, 0) == "2025-07" && text(row, 2) == "Hele landet")
        .expect("a row");
    assert!(text(cut, 8).contains("Loven blev ændret"));
}

#[tokio::test]
async fn a_version_brought_in_is_compared_with_until_it_is_taken_back_and_unknown_stays_unknown() {
    use tovholder_figures::published::Line;
    use tovholder_store::published::{self as store, NewVersion};
    let (db, folder) = tovholder_store::testing::sqlite().await;
    let time = Arc::new(AtomicI64::new(now().as_second()));
    let moving = time.clone();
    let town = Town::changed(db, Some(folder), |inner| inner.clock = Box::new(Moving(moving))).await;
    crowd(&town).await;
    let per = town.employee(PER).await;
    per.post("/figures/targets?measure=support", &[("inhabitants", "2.000")])
        .await
        .redirects_to("/figures/targets?measure=support");
    let act = Uuid::now_v7().to_string();
    let group = [
        ("name", "Øerne"),
        ("areas", "741"),
        ("areas", "825"),
        ("_act", act.as_str()),
    ];
    per.post("/figures/groups/new", &group)
        .await
        .redirects_to("/figures/groups");
    per.get("/figures/support")
        .await
        .ok()
        .has(">14,5<")
        .lacks("Mangler tal for");
    // The country becomes 120,569 of 6,028,459, and Samsø is not shown. The newest month is provisional.
    let line =
        |area: &str, figures: &str| Line::read("kontanthjaelp_full_time", area, "2026-02", figures).expect("a line");
    let lines = [line("DK", "120569 . . . . . 1"), line("741", "-")];
    let version = NewVersion {
        origin: "y60a02 <b>.json",
        by: "Ada",
        at: town.app.clock.now(),
        lines: &lines,
    };
    let id = store::add(&town.app.db, &version)
        .await
        .expect("brings in")
        .expect("an id");
    let anew = async || {
        time.fetch_add(61, Ordering::SeqCst);
        per.get("/figures/support").await.ok();
        town.app.figures().settled().await;
    };
    anew().await;
    per.get("/figures/support")
        .await
        .ok()
        .has(">20,0<")
        .has("Ikke offentliggjort<br>")
        .has("Mangler tal for Samsø")
        .has("(Y60A02), hentet 16. marts 2026.");
    per.get("/figures/groups")
        .await
        .ok()
        .has("Til og med august 2026: y60a02 &#60;b&#62;.json")
        .has("Ada, ");
    assert!(
        store::undo(&town.app.db, id, "Ada", town.app.clock.now())
            .await
            .expect("undoes")
    );
    anew().await;
    per.get("/figures/support")
        .await
        .ok()
        .has(">14,5<")
        .lacks("Mangler tal for");
    per.get("/figures/groups").await.ok().has("Taget tilbage af Ada");
}

#[tokio::test]
async fn the_people_behind_are_for_their_units_leader() {
    let town = town().await;
    let path = "/figures/passive/people";
    town.employee(KAREN).await.get(path).await.not_found();
    town.employee(ADA).await.get(path).await.not_found();
    let lis = town.employee(LIS).await;
    let page = lis.get(path).await;
    page.ok()
        .has("30 borgere hos Jobcentret")
        .has("Kaj &#60;b&#62;7")
        .lacks("Dorte")
        .lacks("Ung 1")
        .lacks("<b>7");
    lis.get(&format!("{path}?unit={YOUTH}")).await.not_found();
    town.employee(PER)
        .await
        .get(&format!("{path}?unit={YOUTH}"))
        .await
        .ok()
        .has("Ung 1")
        .lacks("Kaj");
    lis.get("/figures/companies/people").await.not_found();
    let mut conn = town.app.db.read().await.expect("reads");
    let looks = conn
        .row(
            "SELECT COUNT(*) FROM act WHERE kind = 'look' AND reason = 'people_behind' AND actor_id = $1",
            args![LIS],
        )
        .await
        .expect("reads")
        .expect("a count");
    assert_eq!(looks.get::<i64>(0).expect("a number"), 1);
}

struct Moving(Arc<AtomicI64>);
impl Clock for Moving {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(self.0.load(Ordering::SeqCst)).expect("in range")
    }
}

#[tokio::test]
async fn a_change_is_seen_a_minute_later_and_nobody_waits_for_it() {
    let (db, folder) = tovholder_store::testing::sqlite().await;
    let time = Arc::new(AtomicI64::new(now().as_second()));
    let moving = time.clone();
    let town = Town::changed(db, Some(folder), |inner| inner.clock = Box::new(Moving(moving))).await;
    crowd(&town).await;
    let karen = town.employee(KAREN).await;
    karen.get("/figures/stock").await.ok().has(">53<");
    person(&town.app.db, 0x9000, JOBCENTRE, "Ny", "dagpenge", "2025-12-01").await;
    karen.get("/figures/stock").await.ok().has(">53<");
    time.fetch_add(61, Ordering::SeqCst);
    // The old figures answer while the new ones are made.
    karen.get("/figures/stock").await.ok().has(">53<");
    town.app.figures().settled().await;
    karen.get("/figures/stock").await.ok().has(">54<");
    // Nothing has changed since: asked once a minute, computed no more.
    time.fetch_add(61, Ordering::SeqCst);
    let page = karen.get("/figures/stock").await;
    assert!(page.ok().queries <= 5, "{} queries", page.queries);
}

#[tokio::test]
async fn other_municipalities_own_figures_stand_beside_ours() {
    let town = town().await;
    let karen = town.employee(KAREN).await;
    karen
        .get("/figures/passive")
        .await
        .ok()
        .lacks("Andre kommuner, egne tal");
    let benefits = {
        let app = town.app.clone();
        let strategy = app.figures().strategy();
        let (_, measure) = strategy.measure("passive").expect("a measure");
        let mut all: Vec<String> = measure
            .groups
            .iter()
            .flat_map(|&g| strategy.groups[g].benefits.clone())
            .collect();
        all.sort();
        all.dedup();
        serde_json::to_string(&all).expect("text")
    };
    let body = format!(
        "{{\"format\":\"tovholder-exchange-1\",\"municipality\":\"Solvig <b>Kommune\",\"as_of\":\"2026-03-10\",\"inhabitants\":40000,\"threshold\":5,\"least_denominator\":20}}\n\
         {{\"definition\":\"passive_share.1-28d\",\"benefits\":{benefits},\"unit\":\"share\",\"months\":[{{\"month\":\"2026-01\",\"value\":0.25,\"numerator\":50.0,\"denominator\":200.0,\"n\":200}}]}}\n"
    );
    let file = tovholder_store::exchanges::Exchange {
        municipality: "Solvig <b>Kommune".into(),
        as_of: "2026-03-10".into(),
        public_key: "0".repeat(64),
        body,
        signature: "0".repeat(128),
    };
    tovholder_store::exchanges::add(&town.app.db, &file, now())
        .await
        .expect("keeps");
    let page = karen.get("/figures/passive").await;
    // 33 of 33 here and 50 of 200 there are 83 of 233.
    page.ok()
        .has("Andre kommuner, egne tal")
        .has("Solvig &#60;b&#62;Kommune")
        .has(">25,0\u{a0}%<")
        .has("10. marts 2026")
        .has(">35,6\u{a0}%<");
    assert!(page.queries <= 5, "{} queries", page.queries);
    karen
        .get(&format!("/figures/passive?unit={JOBCENTRE}"))
        .await
        .ok()
        .lacks("Solvig");
}
