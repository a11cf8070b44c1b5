//! Search, the team and the companies.

use jiff::civil::date;
use tovholder_casework::cpr::Cpr;
use tovholder_casework::id::*;
use tovholder_store::{args, numbers};
use uuid::Uuid;

use crate::testing::*;

/// A demo number (day + 60) for one of the town's citizens.
async fn number(town: &Town, citizen: CitizenId, nth: u32) -> String {
    let cpr = Cpr::demo(date(1990, 5, 1), nth).expect("a demo number");
    let mut tx = town.app.db.begin().await.expect("begins");
    numbers::set(&mut tx, citizen, cpr).await.expect("a number");
    tx.commit().await.expect("commits");
    cpr.digits()
}

async fn looks(town: &Town, citizen: CitizenId) -> Vec<String> {
    let mut conn = town.app.db.read().await.expect("reads");
    let rows = conn
        .rows(
            "SELECT reason FROM act WHERE chain = $1 AND kind = 'look' ORDER BY seq",
            args![citizen],
        )
        .await
        .expect("reads");
    rows.iter().map(|row| row.get(0).expect("text")).collect()
}

#[tokio::test]
async fn search_finds_by_the_beginnings_of_words_and_only_what_one_may_open() {
    let town = Town::sqlite().await;
    let karen = town.employee(KAREN).await;
    karen.get("/search").await.ok().has("Søg efter borger");
    for q in ["anna", "LIN", "an li", "lind anna", "Änna"] {
        karen
            .post("/search", &[("q", q)])
            .await
            .ok()
            .has("Anna Lind")
            .has(&format!("/plans/{}", town.anna_plan))
            .has("35 år");
    }
    karen
        .post("/search", &[("q", "an vang")])
        .await
        .ok()
        .lacks("Anna Lind")
        .has("Vi fandt ingen");
    karen.post("/search", &[("q", "nna")]).await.ok().lacks("Anna Lind");
    karen
        .post("/search", &[("q", "mette")])
        .await
        .ok()
        .has("Ungevejleder, Ungeenheden")
        .has("tel:");
    karen
        .post("/search", &[("q", "solhøj")])
        .await
        .ok()
        .has("Solhøj Gartneri")
        .has("Gartneri");
    for q in ["", "   ", "%", "'", "-", "\u{202e}", "🙂", "\0"] {
        karen.post("/search", &[("q", q)]).await.ok().lacks("Anna Lind");
    }
    karen.post("/search", &[("q", "<b>x</b>")]).await.ok().lacks("<b>x</b>");
    karen.post("/search", &[("q", &"x".repeat(100_000))]).await.ok();
    // Without a relation there is nothing to find; with one there is.
    town.employee(OLE)
        .await
        .post("/search", &[("q", "anna")])
        .await
        .ok()
        .lacks("Anna Lind");
    town.employee(METTE)
        .await
        .post("/search", &[("q", "anna")])
        .await
        .ok()
        .has("Anna Lind");
    town.employee(LIS)
        .await
        .post("/search", &[("q", "cille")])
        .await
        .ok()
        .has("ingen plan endnu");
    town.employee(ADA)
        .await
        .post("/search", &[("q", "anna")])
        .await
        .ok()
        .lacks("Anna Lind");
    town.citizen(BO)
        .await
        .post("/search", &[("q", "anna")])
        .await
        .not_found();
    let page = town
        .employee(PER)
        .await
        .in_english()
        .post("/search", &[("q", "anna")])
        .await;
    page.ok().has("coordinator: Karen Holm");
    assert!(page.queries <= 6, "{} queries", page.queries);
}

#[tokio::test]
async fn a_whole_number_leads_to_the_plan_or_to_whoever_is_responsible() {
    let town = Town::sqlite().await;
    let cpr = number(&town, ANNA, 1).await;
    let other = number(&town, CILLE, 2).await;
    let dashed = format!("{}-{}", &cpr[..6], &cpr[6..]);
    let karen = town.employee(KAREN).await;
    for typed in [&cpr, &dashed] {
        karen
            .post("/search", &[("q", typed)])
            .await
            .redirects_to(&format!("/plans/{}", town.anna_plan));
    }
    let stranger = town.employee(OLE).await;
    let page = stranger.post("/search", &[("q", &cpr)]).await;
    page.ok()
        .has("Du har ikke adgang til borgerens plan")
        .has("Karen Holm")
        .has("tel:96123410");
    page.lacks("Anna")
        .lacks(&cpr)
        .lacks(&dashed)
        .lacks(&town.anna_plan.to_string())
        .lacks("1990")
        .lacks("35 år");
    assert_eq!(
        looks(&town, ANNA).await,
        ["search"],
        "Anna can see that somebody searched for her"
    );
    // Nobody coordinates Cille: to another unit her own answers, and her unit's people may open a plan for her.
    town.employee(METTE)
        .await
        .post("/search", &[("q", &other)])
        .await
        .ok()
        .has("Jobcentret")
        .lacks("Cille");
    stranger
        .post("/search", &[("q", &other)])
        .await
        .ok()
        .has("Cille Rask")
        .has(&format!("/citizens/{CILLE}/open-plan"));
    let unknown = Cpr::demo(date(1990, 5, 1), 3).expect("a number").digits();
    stranger
        .post("/search", &[("q", &unknown)])
        .await
        .ok()
        .has("Ingen borger har det nummer")
        .lacks(&unknown);
    let mut conn = town.app.db.read().await.expect("reads");
    for table in ["act", "draft", "submission"] {
        let sql = tovholder_store::db::AssertSqlSafe(format!("SELECT * FROM {table}"));
        let all = conn.rows(sql, args![]).await.expect("reads");
        let texts = all
            .iter()
            .flat_map(|row| (0..16).filter_map(|at| row.get::<String>(at).ok()));
        assert!(
            !texts
                .into_iter()
                .any(|text| text.contains(&cpr) || text.contains(&other)),
            "a CPR number lies in {table}"
        );
    }
}

#[tokio::test]
async fn the_team_sees_its_people_and_its_sums() {
    let town = Town::sqlite().await;
    // Without a team: the unit.
    let page = town.employee(OLE).await.get("/team").await;
    page.ok()
        .has("Jobcentret")
        .has("Karen Holm")
        .has("tel:96123410")
        .has("tovholder for 2")
        .lacks("Anna Lind");
    page.lacks("Planer i enhederne");
    assert!(page.queries <= 8, "{} queries", page.queries);
    let team = TeamId(Uuid::from_u128(0x500));
    let mut tx = town.app.db.begin().await.expect("begins");
    tx.execute(
        "INSERT INTO team (id, name, leader_id) VALUES ($1, 'Team Syd', $2)",
        args![team, LIS],
    )
    .await
    .expect("team");
    for member in [KAREN, METTE] {
        tx.execute(
            "INSERT INTO team_member (team_id, employee_id) VALUES ($1, $2)",
            args![team, member],
        )
        .await
        .expect("member");
    }
    tx.commit().await.expect("commits");
    let karen = town.employee(KAREN).await.get("/team").await;
    karen
        .ok()
        .has("Team Syd")
        .has("Mette Krog")
        .has("(dig)")
        .has("list=drifting")
        .has("1 hos dig")
        .lacks("Ole Bang");
    town.employee(KAREN)
        .await
        .in_english()
        .get("/team")
        .await
        .ok()
        .has("coordinates 2")
        .lacks("tovholder for");
    town.citizen(ANNA).await.get("/team").await.not_found();
}

#[tokio::test]
async fn leaders_see_their_units_and_come_to_the_citizens() {
    let town = Town::sqlite().await;
    let unit = format!("/citizens?scope=unit&amp;unit={JOBCENTRE}&amp;list=drifting").replace("&amp;", "&#38;");
    town.employee(LIS)
        .await
        .get("/team")
        .await
        .ok()
        .has("Planer i enhederne i dag")
        .has(&unit)
        .lacks("I alt");
    let head = town.employee(PER).await.get("/team").await;
    head.ok().has(&unit);
    assert!(head.queries <= 12, "{} queries", head.queries);
    town.employee(PER)
        .await
        .get(&format!("/citizens?scope=unit&unit={JOBCENTRE}&list=drifting"))
        .await
        .ok()
        .has("Bo Vang");
}

#[tokio::test]
async fn companies_are_filtered_shown_and_exported() {
    let town = Town::sqlite().await;
    let ole = town.employee(OLE).await;
    let page = ole.get("/companies").await;
    page.ok().has("Solhøj Gartneri").has("Inge Toft").has("tel:96554433");
    assert!(page.queries <= 4, "{} queries", page.queries);
    ole.get("/companies?q=gart&industry=Gartneri&active=1")
        .await
        .ok()
        .has("Solhøj Gartneri");
    ole.get("/companies?industry=Bageri")
        .await
        .ok()
        .has("Ingen virksomheder passer")
        .lacks("Inge Toft");
    ole.get("/companies?town=9999%00&page=x").await.ok().lacks("Inge Toft");
    let file = town.employee(KIM).await.get("/companies.xlsx?q=sol").await;
    assert!(file.ok().bytes.starts_with(b"PK"), "a workbook");
    town.citizen(ANNA).await.get("/companies").await.not_found();
    town.citizen(ANNA).await.get("/companies.xlsx").await.not_found();
    ole.in_english()
        .get("/companies")
        .await
        .ok()
        .has("Industry")
        .lacks("Branche");
}

#[tokio::test]
async fn a_company_names_citizens_to_those_who_take_part_only() {
    let town = Town::sqlite().await;
    let path = format!("/companies/{NURSERY}");
    let stranger = town.employee(OLE).await.get(&path).await;
    stranger
        .ok()
        .has("Praktik i Solhøj Gartneri")
        .has("en borger")
        .has(">15<")
        .has(">2,5<");
    stranger.lacks("Anna Lind").lacks(&town.anna_plan.to_string());
    for who in [KAREN, METTE, LIS, PER] {
        town.employee(who)
            .await
            .get(&path)
            .await
            .ok()
            .has("Anna Lind")
            .lacks("<td>en borger</td>");
    }
    town.employee(KIM).await.get(&path).await.ok().lacks("Anna Lind");
    town.citizen(ANNA).await.get(&path).await.not_found();
    town.employee(OLE)
        .await
        .get(&format!("/companies/{}", Uuid::from_u128(9)))
        .await
        .not_found();
    let sheet = |bytes: Vec<u8>| {
        use calamine::Reader;
        let mut book: calamine::Xlsx<_> =
            calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).expect("a workbook");
        let range = book.worksheet_range("Solhøj Gartneri").expect("the sheet");
        range.get_value((1, 2)).expect("a name").to_string()
    };
    assert_eq!(
        sheet(
            town.employee(KIM)
                .await
                .get(&format!("{path}/placements.xlsx"))
                .await
                .bytes
        ),
        "en borger"
    );
    assert_eq!(
        sheet(
            town.employee(LIS)
                .await
                .get(&format!("{path}/placements.xlsx"))
                .await
                .bytes
        ),
        "Anna Lind"
    );
}
