//! What a caseload of 400 costs: processor time and bytes of one request, through the whole application.
//!
//! `cargo bench -p tovholder-web --features testing --bench caseload`; with `-- --serve PORT` the same town is served to look at,
//! logged in by opening `/log-in?link=` plus the printed token.

use std::hint::black_box;

use axum::body::Body;
use axum::http::{Request, header};
use jiff::civil::{Date, date};
use tovholder_casework::act::UserKind;
use tovholder_casework::caseload::Summary;
use tovholder_casework::id::*;
use tovholder_casework::plan::{Channel, CoreTask};
use tovholder_store::db::{Db, Value};
use tovholder_store::{args, records, search, sessions};
use tovholder_web::testing::{JOBCENTRE, KAREN, LIS, METTE, OLE, PER, TODAY, Town, now};
use tower::ServiceExt;
use uuid::Uuid;

const CITIZENS: u32 = 400;
const ROUNDS: u32 = 300;

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(run());
}

async fn run() {
    let town = Town::sqlite().await;
    fill(&town.app.db).await;
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(at) = arguments.iter().position(|word| word == "--serve") {
        return serve(&town, arguments.get(at + 1).map_or("8090", String::as_str)).await;
    }
    let token = Uuid::now_v7().simple().to_string();
    sessions::begin(
        &town.app.db,
        UserKind::Employee,
        KAREN.0,
        &token,
        "0123456789abcdef",
        now(),
    )
    .await
    .expect("a session");
    for path in [
        "/citizens",
        "/citizens?sort=next",
        "/citizens?list=step_overdue",
        "/day",
        "/citizens.xlsx",
    ] {
        measure(&town, &token, path).await;
    }
}

/// Processor time the process has used, in milliseconds; the kernel counts in hundredths of a second.
fn processor_ms() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("Linux");
    let after_name = stat.rsplit(')').next().expect("a name in brackets");
    let ticks: Vec<f64> = after_name
        .split_whitespace()
        .skip(11)
        .take(2)
        .map(|t| t.parse().expect("ticks"))
        .collect();
    ticks.iter().sum::<f64>() * 10.0
}

async fn measure(town: &Town, token: &str, path: &str) {
    let router = tovholder_web::router(town.app.clone());
    let get = async |encoding: &'static str| {
        let request = Request::get(path)
            .header(header::COOKIE, format!("lang=da; tovholder={token}"))
            .header(header::ACCEPT_ENCODING, encoding)
            .body(Body::empty())
            .expect("a request");
        let response = router.clone().oneshot(request).await.expect("an answer");
        assert_eq!(response.status(), 200, "{path}");
        axum::body::to_bytes(response.into_body(), usize::MAX)
            .await
            .expect("a body")
    };
    let (plain, small) = (get("identity").await.len(), get("br").await.len());
    let cost = |from: f64| (processor_ms() - from) / f64::from(ROUNDS);
    let began = processor_ms();
    for _ in 0..ROUNDS {
        black_box(get("identity").await);
    }
    let bare = cost(began);
    let began = processor_ms();
    for _ in 0..ROUNDS {
        black_box(get("br").await);
    }
    println!(
        "{path:<32} {bare:>6.2} ms processor   {:>6.2} ms with compression   {plain:>7} bytes, {small:>6} compressed",
        cost(began)
    );
}

async fn serve(town: &Town, port: &str) {
    for (name, who) in [
        ("Karen", KAREN),
        ("Lis (leads the jobcentre)", LIS),
        ("Per (head)", PER),
        ("Ole (nobody's coordinator)", OLE),
    ] {
        let token = format!("{}{}", Uuid::now_v7().simple(), Uuid::now_v7().simple());
        let later = now()
            .saturating_add(jiff::SignedDuration::from_hours(1))
            .expect("in range");
        sessions::make_link(&town.app.db, UserKind::Employee, who.0, &token, later)
            .await
            .expect("a link");
        println!("{name}: http://127.0.0.1:{port}/log-in?link={token}");
    }
    let listener = tokio::net::TcpListener::bind(format!("127.0.0.1:{port}"))
        .await
        .expect("a free port");
    axum::serve(listener, tovholder_web::router(town.app.clone()))
        .await
        .expect("serves");
}

fn day(offset: i64) -> Date {
    TODAY.saturating_add(jiff::Span::new().days(offset))
}

/// Fills Karen's caseload up to 400 with lines of every kind.
async fn fill(db: &Db) {
    let first = [
        "Aisha", "Bent", "Camilla", "Dorthe", "Emil", "Freja", "Gurli", "Hassan", "Inger", "Jonas", "Kirsten", "Lars",
        "Mia",
    ];
    let last = [
        "Andersen",
        "Bak",
        "Christensen",
        "Dam",
        "Eriksen",
        "Friis",
        "Gravgaard",
        "Holm",
        "Iversen",
        "Jørgensen",
        "Kjær",
    ];
    let steps = [
        "Ring til bageren om en praktik",
        "Skriv ansøgning til plejehjemmet",
        "Tal med lægen om søvnen",
        "Find bus til Nørrebæk",
        "",
    ];
    let mut tx = db.begin().await.expect("begins");
    for n in 0..CITIZENS - 2 {
        let m = n as usize;
        let id = u128::from(n);
        let (citizen, plan) = (
            CitizenId(Uuid::from_u128(0x7000_0000 + id)),
            PlanId(Uuid::from_u128(0x8000_0000_0000_7000_8000_0000_0000_0000 + id)),
        );
        let name = format!("{} {}", first[m % first.len()], last[m % last.len()]);
        tx.execute(
            "INSERT INTO citizen (id, unit_id, name, birth_date, phone) VALUES ($1, $2, $3, $4, '20 30 40 50')",
            args![
                citizen,
                JOBCENTRE,
                name.clone(),
                date(1960 + (n % 45) as i16, 3, 1 + (n % 28) as i8)
            ],
        )
        .await
        .expect("citizen");
        search::index(&mut tx, search::Named::Citizen, citizen, &name)
            .await
            .expect("index");
        let task = CoreTask::ALL[if m.is_multiple_of(5) { 1 + m / 5 % 2 } else { 0 }];
        let opened = day(-i64::from(n % 300) - 1);
        tx.execute(
            "INSERT INTO plan (id, citizen_id, core_task, opened, rev) VALUES ($1, $2, $3, $4, 1)",
            args![plan, citizen, task, opened],
        )
        .await
        .expect("plan");
        tx.execute(
            "INSERT INTO coordination (id, plan_id, employee_id, name, starts, ends, reason, note, rev) VALUES ($1, $2, $3, 'Karen Holm', $4, NULL, $5, '', 1)",
            args![Uuid::now_v7(), plan, KAREN, opened, Value::NULL],
        )
        .await
        .expect("coordination");
        let booked = (!m.is_multiple_of(4)).then(|| day(i64::from(n % 40) - 3).at(9 + (n % 6) as i8, 0, 0, 0));
        let due = (!steps[m % steps.len()].is_empty()).then(|| day(i64::from(n % 30) - 6));
        let summary = Summary {
            plan,
            citizen,
            core_task: task,
            opened,
            closed: None,
            coordinator: Some(KAREN),
            coordinator_from: Some(opened),
            previous_coordinator: None,
            has_employment_goal: !m.is_multiple_of(9),
            last_company_contact: m.is_multiple_of(2).then(|| day(-i64::from(n % 90))),
            first_booked: booked,
            last_booked: booked,
            last_held: Some(day(-i64::from(n % 60))),
            next_step: steps[m % steps.len()].to_owned(),
            next_step_due: due,
            earliest_due: due,
            waits_citizen: n % 2,
            waits_employee: n % 3,
            open_questions: u32::from(m.is_multiple_of(11)),
            unread_messages: u32::from(m.is_multiple_of(19)),
        };
        if let Some(starts) = booked.filter(|_| n < 90) {
            tx.execute(
                "INSERT INTO conversation (id, plan_id, employee_id, name, starts, minutes, channel, place, status, note, booked_by_citizen, rev) \
                 VALUES ($1, $2, $3, 'Karen Holm', $4, 45, $5, '', 'booked', '', $6, 1) ON CONFLICT DO NOTHING",
                args![Uuid::now_v7(), plan, KAREN, starts, Channel::ALL[m % 5], false],
            )
            .await
            .expect("conversation");
        }
        records::write(&mut tx, &summary).await.expect("summary");
    }
    let team = Uuid::from_u128(0x6000);
    tx.execute(
        "INSERT INTO team (id, name, leader_id) VALUES ($1, 'Team Syd', $2)",
        args![team, LIS],
    )
    .await
    .expect("team");
    for member in [KAREN, OLE, METTE] {
        tx.execute(
            "INSERT INTO team_member (team_id, employee_id) VALUES ($1, $2)",
            args![team, member],
        )
        .await
        .expect("member");
    }
    tx.commit().await.expect("commits");
}
