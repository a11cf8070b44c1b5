use axum::http::StatusCode;
use jiff::Timestamp;
use jiff::civil::date;
use tovholder_casework::caseload::{ReadyList, Summary};
use tovholder_casework::id::*;
use tovholder_casework::plan::CoreTask;
use tovholder_store::args;
use tovholder_store::caseload::{Day, Query, Scope, counts, lines, listing};
use uuid::Uuid;

use crate::kit::pace::Paced;
use crate::testing::*;

#[tokio::test]
async fn the_day_says_what_to_do_now() {
    let town = Town::sqlite().await;
    let page = town.employee(KAREN).await.get("/day").await;
    // Her step was due on the 12th, Anna comes on the 18th, Bo is new and has no goal of work.
    page.ok()
        .has("mandag den 16. marts")
        .has("Aftal besøg i gartneriet")
        .has("Onsdag den 18. marts")
        .has("1 spørgsmål")
        .has("Mangler jobmål")
        .has("Hos dig fra 9. marts 2026");
    assert!(page.queries <= 12, "{} queries", page.queries);
    let english = town.employee(KAREN).await.in_english().get("/day").await;
    english.ok().has("What I have promised").lacks("Det har jeg lovet");
}

#[tokio::test]
async fn a_step_is_ticked_on_the_day_and_only_by_those_with_a_relation() {
    let town = Town::sqlite().await;
    let karen = town.employee(KAREN).await;
    let page = karen.get("/day").await;
    let step = page
        .html
        .split("name=\"step\" value=\"")
        .nth(1)
        .expect("a step")
        .split('"')
        .next()
        .expect("its id")
        .to_owned();
    let plan = town.anna_plan.to_string();
    let fields = [("plan", plan.as_str()), ("step", step.as_str())];
    town.employee(OLE).await.post("/day", &fields).await.not_found();
    karen.post("/day", &fields).await.redirects_to("/day");
    karen
        .get("/day")
        .await
        .ok()
        .lacks("Aftal besøg i gartneriet")
        .has("Alt det, du har lovet, er gjort.");
}

#[tokio::test]
async fn an_empty_day_is_friendly_and_a_citizen_has_none() {
    let town = Town::sqlite().await;
    town.employee(OLE)
        .await
        .get("/day")
        .await
        .ok()
        .has("Du har ingen samtaler i dag.")
        .lacks("Anna Lind");
    town.citizen(ANNA).await.get("/day").await.not_found();
    town.citizen(ANNA).await.get("/citizens").await.not_found();
    town.citizen(ANNA).await.get("/citizens.xlsx").await.not_found();
}

#[tokio::test]
async fn the_caseload_is_one_page_of_few_queries() {
    let town = Town::sqlite().await;
    let page = town.employee(KAREN).await.get("/citizens").await;
    page.ok()
        .has("Anna Lind")
        .has("Bo Vang")
        .has("Ring til Solhøj Gartneri")
        .has("2 borgere")
        .lacks("Cille Rask");
    assert!(page.queries <= 6, "{} queries", page.queries);
    let english = town.employee(KAREN).await.in_english().get("/citizens").await;
    english.ok().has("My citizens").lacks("Mine borgere");
}

#[tokio::test]
async fn nobody_sees_the_citizens_of_others() {
    let town = Town::sqlite().await;
    let ole = town.employee(OLE).await;
    ole.get("/citizens").await.ok().lacks("Anna Lind").lacks("Bo Vang");
    ole.get("/citizens?scope=unit").await.not_found();
    ole.get(&format!("/citizens?scope=unit&unit={JOBCENTRE}"))
        .await
        .not_found();
    ole.get(&format!("/citizens.xlsx?scope=unit&unit={JOBCENTRE}"))
        .await
        .not_found();
    let lis = town.employee(LIS).await;
    lis.get("/citizens").await.ok().has("Anna Lind").has("Karen Holm");
    lis.get(&format!("/citizens?scope=unit&unit={YOUTH}")).await.not_found();
    town.employee(PER)
        .await
        .get(&format!("/citizens?scope=unit&unit={YOUTH}"))
        .await
        .ok()
        .lacks("Anna Lind");
    town.employee(METTE)
        .await
        .get("/citizens?scope=part")
        .await
        .ok()
        .has("Anna Lind")
        .lacks("Bo Vang");
    town.employee(METTE)
        .await
        .get("/citizens")
        .await
        .ok()
        .has("Ingen borgere endnu");
}

#[tokio::test]
async fn the_caseload_is_filtered_sorted_and_never_by_number() {
    let town = Town::sqlite().await;
    let karen = town.employee(KAREN).await;
    karen.get("/citizens?q=li").await.ok().has("Anna Lind").lacks("Bo Vang");
    karen.get("/citizens?q=an+li").await.ok().has("Anna Lind");
    karen.get("/citizens?q=an+vang").await.ok().has("Ingen borgere passer");
    karen
        .get("/citizens?list=drifting")
        .await
        .ok()
        .has("Bo Vang")
        .lacks("Anna Lind");
    karen.get("/citizens?task=life").await.ok().lacks("Bo Vang");
    let at = |html: &str, name: &str| html.find(name).expect("is shown");
    let up = karen.get("/citizens?sort=age").await;
    assert!(
        at(&up.html, "Anna Lind") < at(&up.html, "Bo Vang"),
        "the youngest first"
    );
    let down = karen.get("/citizens?sort=-age").await;
    assert!(at(&down.html, "Bo Vang") < at(&down.html, "Anna Lind"));
    // A CPR number never stands in an address for longer than it takes to send it away.
    let number = karen.get("/citizens?q=610190-1236&list=drifting").await;
    number.redirects_to("/citizens?scope=mine&list=drifting");
    // What nobody knows is not said.
    karen
        .get("/citizens?list=x&task=y&sort=z&page=w&unit=u")
        .await
        .ok()
        .has("Anna Lind");
    karen
        .get("/citizens?q=%3Cscript%3E")
        .await
        .ok()
        .lacks("<script>")
        .has("&#60;script&#62;");
}

#[tokio::test]
async fn a_filter_is_kept_used_and_forgotten() {
    let town = Town::sqlite().await;
    let karen = town.employee(KAREN).await;
    let query = "scope=mine&list=drifting";
    karen
        .post("/citizens", &[("query", query), ("name", " ")])
        .await
        .refused()
        .has("Giv filteret et navn");
    karen
        .post("/citizens", &[("query", query), ("name", &"x".repeat(61))])
        .await
        .refused()
        .has(&"x".repeat(61));
    let saved = karen
        .post("/citizens", &[("query", query), ("name", "<b>Ring</b>")])
        .await;
    saved.redirects_to("/citizens?scope=mine&list=drifting");
    karen
        .post("/citizens", &[("query", query), ("name", "<b>Ring</b>")])
        .await
        .redirects_to("/citizens?scope=mine&list=drifting");
    let page = karen.get("/citizens").await;
    page.ok().has("&#60;b&#62;Ring").lacks("<b>Ring</b>");
    assert_eq!(
        page.html.matches("&#60;b&#62;Ring&#60;/b&#62;</a>").count(),
        1,
        "sent twice, kept once"
    );
    let id = page
        .html
        .split("name=\"remove\" value=\"")
        .nth(1)
        .expect("a filter")
        .split('"')
        .next()
        .expect("its id")
        .to_owned();
    let ole = town.employee(OLE).await;
    ole.get("/citizens").await.ok().lacks("Ring&#60;");
    ole.post("/citizens", &[("remove", &id)]).await;
    karen.get("/citizens").await.ok().has("&#60;b&#62;Ring");
    karen
        .post("/citizens", &[("remove", &id), ("query", query)])
        .await
        .redirects_to("/citizens?scope=mine&list=drifting");
    karen.get("/citizens").await.ok().lacks("Ring&#60;");
}

#[tokio::test]
async fn the_excel_file_holds_the_same_lines_as_text_and_is_logged() {
    let town = Town::sqlite().await;
    let mut tx = town.app.db.begin().await.expect("begins");
    tx.execute("UPDATE citizen SET name = '=1+1' WHERE id = $1", args![BO])
        .await
        .expect("renames");
    tx.commit().await.expect("commits");
    let page = town.employee(KAREN).await.get("/citizens.xlsx?list=drifting").await;
    page.ok();
    use calamine::{Data, Reader};
    let mut book: calamine::Xlsx<_> =
        calamine::open_workbook_from_rs(std::io::Cursor::new(page.bytes)).expect("a workbook");
    let sheet = book.worksheet_range("Mine borgere").expect("the sheet");
    assert_eq!(sheet.height(), 2, "a head and Bo");
    assert_eq!(sheet.get_value((1, 0)), Some(&Data::String("=1+1".into())));
    assert!(
        book.worksheet_formula("Mine borgere")
            .expect("formulas")
            .used_cells()
            .count()
            == 0
    );
    let mut conn = town.app.db.read().await.expect("reads");
    let logged = conn
        .rows(
            "SELECT reason FROM act WHERE kind = 'export' AND chain = $1",
            args![KAREN],
        )
        .await
        .expect("reads");
    assert_eq!(logged.len(), 1);
}

/// The ready lists exist twice: in casework for one plan, in SQL for many. Here they are held to each other.
#[test]
fn the_ready_lists_of_sql_are_those_of_casework() {
    tovholder_store::testing::both(async |db| {
        let now = date(2026, 3, 16).at(10, 0, 0, 0);
        let rules = tovholder_casework::rules::Rules::builtin();
        let rules = rules.on(now.date());
        let day = Day {
            now,
            drift: CoreTask::ALL.iter().map(|t| (*t, rules.drift(*t).limits)).collect(),
        };
        let unit = UnitId(Uuid::from_u128(1));
        let (me, other) = (EmployeeId(Uuid::from_u128(2)), EmployeeId(Uuid::from_u128(3)));
        let mut tx = db.begin().await.expect("begins");
        tx.execute(
            "INSERT INTO unit (id, name, kind) VALUES ($1, 'U', 'jobcentre')",
            args![unit],
        )
        .await
        .expect("unit");
        for employee in [me, other] {
            tx.execute(
                "INSERT INTO employee (id, unit_id, name, role) VALUES ($1, $2, 'E', 'caseworker')",
                args![employee, unit],
            )
            .await
            .expect("employee");
        }
        // Dates on both sides of every limit, drawn so that all combinations of two neighbours occur.
        let days = [
            None,
            Some(-90),
            Some(-57),
            Some(-56),
            Some(-31),
            Some(-30),
            Some(-1),
            Some(0),
            Some(1),
            Some(40),
        ];
        let at = |n: usize| days[n % days.len()].map(|d: i32| now.date().saturating_add(jiff::Span::new().days(d)));
        let mut all = Vec::new();
        for n in 0..600usize {
            let (plan, citizen) = (
                PlanId(Uuid::from_u128(0x1000 + n as u128)),
                CitizenId(Uuid::from_u128(0x9000 + n as u128)),
            );
            let task = CoreTask::ALL[n % 3];
            let opened = at(n / 3).unwrap_or(date(2025, 1, 1)).min(now.date());
            tx.execute(
                "INSERT INTO citizen (id, unit_id, name, birth_date) VALUES ($1, $2, $3, '1990-01-01')",
                args![
                    citizen,
                    unit,
                    ["Zoë", "Åse", "Ægir", "Anna", "Ørn", "anna å", "Øå"][n % 7]
                ],
            )
            .await
            .expect("citizen");
            tx.execute(
                "INSERT INTO plan (id, citizen_id, core_task, opened, rev) VALUES ($1, $2, $3, $4, 1)",
                args![plan, citizen, task, opened],
            )
            .await
            .expect("plan");
            let talk = |n: usize| at(n).map(|d| d.at(if n.is_multiple_of(2) { 9 } else { 11 }, 0, 0, 0));
            let booked = talk(n / 5);
            let summary = Summary {
                plan,
                citizen,
                core_task: task,
                opened,
                closed: None,
                coordinator: Some(me),
                coordinator_from: at(n / 7).or(Some(opened)),
                previous_coordinator: n.is_multiple_of(2).then_some(other),
                has_employment_goal: !n.is_multiple_of(4),
                last_company_contact: at(n / 11),
                first_booked: booked,
                last_booked: booked.map(|b| b.max(talk(n / 13).unwrap_or(b))),
                last_held: None,
                next_step: String::new(),
                next_step_due: None,
                earliest_due: at(n / 17),
                waits_citizen: (n % 2) as u32,
                waits_employee: (n / 2 % 2) as u32,
                unread_messages: u32::from(n.is_multiple_of(19)),
                open_questions: (n / 4 % 2) as u32,
                first_consent_news: None,
                last_consent_news: None,
            };
            tovholder_store::records::write(&mut tx, &summary)
                .await
                .expect("summary");
            all.push(summary);
        }
        tx.commit().await.expect("commits");
        let mut conn = db.read().await.expect("reads");
        let scope = Query::all(Scope::Unit(unit));
        let counted = counts(&mut conn, &scope, &day).await.expect("counts");
        for list in ReadyList::ALL {
            let expected: Vec<PlanId> = all
                .iter()
                .filter(|s| s.is_in(*list, day.rule(s.core_task), now))
                .map(|s| s.plan)
                .collect();
            let mut found: Vec<PlanId> = lines(&mut conn, &scope.clone().of(*list), &day)
                .await
                .expect("lines")
                .iter()
                .map(|l| l.summary.plan)
                .collect();
            found.sort_unstable();
            assert_eq!(found, expected, "{list}");
            assert_eq!(counted.of(*list) as usize, expected.len(), "{list}");
            assert!(
                *list == ReadyList::All || (!expected.is_empty() && expected.len() < all.len()),
                "{list} is not tried"
            );
        }
        // What one employee has is put in order and counted by us: as the database would.
        for (descending, limit, offset) in [(false, u32::MAX, 0), (true, u32::MAX, 0), (false, 50, 7)] {
            let mine = Query {
                descending,
                limit,
                offset,
                ..Query::all(Scope::Coordinator(me))
            };
            let ordered = lines(&mut conn, &mine, &day).await.expect("lines");
            let (counted, read) = listing(&mut conn, &mine, &day).await.expect("reads");
            assert!(ordered.len() > 40 && read == ordered, "{descending} {limit} {offset}");
            assert_eq!(counted, counts(&mut conn, &mine, &day).await.expect("counts"));
        }
    });
}

#[tokio::test]
async fn whoever_searches_or_takes_out_files_without_end_waits() {
    let town = Town::sqlite().await;
    let karen = town.employee(KAREN).await;
    for _ in 0..60 {
        karen.post("/search", &[("q", "Anna")]).await.ok();
    }
    let waits = karen.post("/search", &[("q", "Anna <b>")]).await;
    assert_eq!(waits.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(waits.headers["retry-after"], "60");
    // What was typed is kept, and nothing is found.
    waits
        .has("Vent lidt")
        .has("om 60 sekunder")
        .has("Anna &#60;b&#62;")
        .lacks("Anna Lind");
    // Somebody else, and all other work, goes on.
    town.employee(METTE)
        .await
        .post("/search", &[("q", "Anna")])
        .await
        .ok()
        .has("Anna Lind");
    karen.get("/citizens").await.ok().has("Anna Lind");

    let lis = town.employee(LIS).await;
    for _ in 0..30 {
        lis.get("/companies.xlsx").await.ok();
    }
    let waits = lis.get("/companies.xlsx").await;
    assert_eq!(waits.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(waits.headers["retry-after"], "3600");
    waits.has("Vent lidt").has("om 60 minutter");
    let english = lis.in_english().get("/citizens.xlsx?scope=unit").await;
    assert_eq!(
        english.status,
        StatusCode::TOO_MANY_REQUESTS,
        "all files count together"
    );
    english.has("Wait a little");
}

#[tokio::test]
async fn numbers_are_looked_up_more_slowly_than_names() {
    let town = Town::sqlite().await;
    let town_at = |minute: i64| town.app.pace().count(KAREN.0, Paced::Number, after(minute));
    for _ in 0..120 {
        assert_eq!(town_at(0), 0);
    }
    let waits = town
        .employee(KAREN)
        .await
        .post("/search", &[("q", "610384-6001")])
        .await;
    assert_eq!(waits.status, StatusCode::TOO_MANY_REQUESTS);
    waits.has("om 60 minutter").lacks("610384");
    assert_eq!(town_at(60), 0);
}

fn after(minutes: i64) -> Timestamp {
    Timestamp::from_second(now().as_second() + minutes * 60).expect("a time")
}

#[tokio::test]
async fn a_protected_citizen_is_marked_wherever_the_name_stands_on_a_list() {
    let town = Town::sqlite().await;
    let karen = town.employee(KAREN).await;
    let places = ["/day", "/citizens"];
    let marks = async |words: &str| {
        let mut marks = vec![];
        for place in places {
            marks.push(karen.get(place).await.ok().html.matches(words).count());
        }
        let found = karen.post("/search", &[("q", "Anna")]).await;
        marks.push(found.ok().html.matches(words).count());
        marks
    };
    assert_eq!(marks("Adressebeskyttet").await, [0, 0, 0]);
    let names = karen.get("/day").await.html.matches(">Anna Lind</a>").count();
    assert!(names >= 2);
    let queries = karen.get("/day").await.queries;
    let mut tx = town.app.db.begin().await.expect("begins");
    // Bo has no telephone, which alone does not mark him.
    tx.execute("UPDATE citizen SET phone = '' WHERE id = $1", args![BO])
        .await
        .expect("is without");
    tx.execute("UPDATE citizen SET protected = TRUE WHERE id = $1", args![ANNA])
        .await
        .expect("is protected");
    tx.commit().await.expect("commits");
    assert_eq!(marks("Adressebeskyttet").await, [names, 1, 1]);
    assert_eq!(karen.get("/day").await.queries, queries, "no query more");
}
