use jiff::civil::{Date, date};
use tovholder_casework::decide::Intent;
use tovholder_casework::id::*;
use tovholder_casework::plan::*;
use tovholder_store::{acts, plans};

use crate::testing::*;

async fn load(town: &Town, plan: PlanId) -> Plan {
    plans::load(&mut town.app.db.read().await.expect("reads"), plan)
        .await
        .expect("reads")
        .expect("is there")
        .plan
}

/// Exactly one coordinator holds the plan on every day of a month.
fn tiles(plan: &Plan) {
    plan.check().expect("is sound");
    let mut day = plan.head.opened;
    while day <= date(2026, 5, 1) {
        assert_eq!(
            plan.coordinations.iter().filter(|c| c.covers(day)).count(),
            1,
            "on {day}"
        );
        day = day.tomorrow().expect("in range");
    }
}

fn transfer(to: EmployeeId, name: &str, from: Date) -> Intent {
    Intent::Transfer {
        to,
        name: name.into(),
        from,
        reason: TransferReason::Workload,
        note: String::new(),
        handover: String::new(),
    }
}

#[tokio::test]
async fn a_new_coordinator_takes_over_without_a_day_between() {
    let town = Town::sqlite().await;
    let karen = town.employee(KAREN).await;
    let url = format!("/plans/{}/transfer", town.anna_plan);
    let page = karen.get(&url).await;
    page.ok()
        .has("Karen Holm har været tovholder siden 12. januar 2026")
        .has("Ole Bang · Jobrådgiver · ingen planer")
        .has("<optgroup label=\"Ungeenheden\">");
    page.has("value=\"2026-03-16\"")
        .lacks("Ada Skov")
        .has("- Jeg vil have et job, hvor jeg er ude")
        .has("- Ring til Solhøj Gartneri (Anna Lind, senest 20. marts 2026)");
    page.has("Praktik i Solhøj Gartneri")
        .has("At min datter ser mig gå på arbejde")
        .has("Kan jeg få kørsel betalt?");
    assert!(page.queries <= 14, "{} queries", page.queries);

    let ole = OLE.to_string();
    let good = [
        ("to", ole.as_str()),
        ("from", "1. april 2026"),
        ("reason", "workload"),
        ("note", "Ole har plads"),
        ("handover", "Anna sover dårligt <b>"),
    ];
    karen
        .post(&url, &good)
        .await
        .redirects_to(&format!("/plans/{}/handover", town.anna_plan));
    let plan = load(&town, town.anna_plan).await;
    tiles(&plan);
    assert_eq!(plan.coordinator_on(date(2026, 3, 31)).map(|c| c.employee), Some(KAREN));
    assert_eq!(plan.coordinator_on(date(2026, 4, 1)).map(|c| c.employee), Some(OLE));

    let id = plan.handovers[0].id;
    let receipt = format!("/plans/{}/handover/{id}", town.anna_plan);
    let looks = async || {
        let mut conn = town.app.db.read().await.expect("reads");
        let looks = acts::looks(&mut conn, ANNA, None, None, 100).await;
        looks.expect("reads").len()
    };
    let before = looks().await;
    karen
        .get(&format!("/plans/{}/handover", town.anna_plan))
        .await
        .redirects_to(&receipt);
    let page = karen.get(&receipt).await;
    assert_eq!(looks().await, before + 1, "led on to a page, she has looked at one");
    karen
        .get(&url)
        .await
        .ok()
        .has("Det er aftalt, at Ole Bang er tovholder fra 1. april 2026.")
        .lacks("har skiftet tovholder");
    page.ok()
        .has("Karen Holm giver planen videre. Fra 1. april 2026 er Ole Bang tovholder.")
        .has("Ole har plads")
        .has("Anna sover dårligt &#60;b&#62;");
    page.has("Jeg vil sove om natten")
        .has("Mette Krog")
        .has("Onsdag den 18. marts kl. 9.00");
    town.employee(OLE).await.get(&receipt).await.ok().lacks("Ret teksten");
    karen.in_english().get(&receipt).await.ok().has("hands the plan over");
}

#[tokio::test]
async fn a_change_that_cannot_be_is_refused_and_what_was_typed_stays() {
    let town = Town::sqlite().await;
    let karen = town.employee(KAREN).await;
    let url = format!("/plans/{}/transfer", town.anna_plan);
    let page = karen
        .post(
            &url,
            &[
                ("handover", "<i>vigtigt</i>"),
                ("note", "en grund"),
                ("from", "30. februar 2026"),
            ],
        )
        .await;
    page.refused()
        .has("id=\"to-error\"")
        .has("id=\"from-error\"")
        .has("id=\"reason-error\"")
        .has("&#60;i&#62;vigtigt")
        .has("value=\"en grund\"");
    let (ole, karen_id) = (OLE.to_string(), KAREN.to_string());
    let past = [("to", ole.as_str()), ("from", "2026-03-15"), ("reason", "workload")];
    karen
        .post(&url, &past)
        .await
        .refused()
        .has("Vælg 16. marts 2026 eller en senere dag.");
    let same = [
        ("to", karen_id.as_str()),
        ("from", "2026-04-01"),
        ("reason", "workload"),
    ];
    karen.post(&url, &same).await.refused().has("id=\"to-error\"");
    let why = [("to", ole.as_str()), ("from", "2026-04-01"), ("reason", "other")];
    karen.post(&url, &why).await.refused().has("id=\"note-error\"");
    assert_eq!(load(&town, town.anna_plan).await.coordinations.len(), 1);
}

#[tokio::test]
async fn the_former_coordinator_reads_for_thirty_days() {
    let town = Town::sqlite().await;
    // Karen let go on 14 February: thirty days later it is 16 March, today.
    let plan = town
        .perform(
            town.anna_plan,
            KAREN,
            date(2026, 2, 15),
            transfer(OLE, "Ole Bang", date(2026, 2, 15)),
        )
        .await;
    let page = format!("/plans/{}/handover/{}", town.anna_plan, plan.handovers[0].id);
    town.employee(KAREN)
        .await
        .get(&page)
        .await
        .ok()
        .has("Karen Holm gav planen videre til Ole Bang den 15. februar 2026.");
    town.employee(KAREN)
        .await
        .get(&format!("/plans/{}/transfer", town.anna_plan))
        .await
        .not_found();
    town.employee(KAREN)
        .await
        .post(&page, &[("_rev", "1"), ("text", "nyt")])
        .await
        .refused();
    town.employee(OLE).await.get(&page).await.ok();

    let town = Town::sqlite().await;
    let plan = town
        .perform(
            town.anna_plan,
            KAREN,
            date(2026, 2, 14),
            transfer(OLE, "Ole Bang", date(2026, 2, 14)),
        )
        .await;
    let page = format!("/plans/{}/handover/{}", town.anna_plan, plan.handovers[0].id);
    town.employee(KAREN).await.get(&page).await.not_found();
    town.employee(KAREN)
        .await
        .post(&page, &[("_rev", "1"), ("text", "nyt")])
        .await
        .not_found();
}

#[tokio::test]
async fn two_who_write_in_the_handover_see_each_other() {
    let town = Town::sqlite().await;
    let plan = town
        .perform(
            town.anna_plan,
            KAREN,
            TODAY,
            transfer(OLE, "Ole Bang", date(2026, 4, 1)),
        )
        .await;
    let id = plan.handovers[0].id;
    let (own, theirs) = (
        format!("/my-plan/handover/{id}"),
        format!("/plans/{}/handover/{id}", town.anna_plan),
    );
    let (anna, karen) = (town.citizen(ANNA).await, town.employee(KAREN).await);
    anna.get(&own)
        .await
        .ok()
        .has("Ret teksten")
        .has("At min datter ser mig gå på arbejde");
    anna.post(&own, &[("_rev", "1"), ("text", "Jeg er bedst om morgenen")])
        .await
        .redirects_to(&own);
    let page = karen
        .post(&theirs, &[("_rev", "1"), ("text", "Ring om formiddagen")])
        .await;
    page.refused()
        .has("Jeg er bedst om morgenen")
        .has("Ring om formiddagen")
        .has("name=\"_rev\" value=\"2\"");
    karen
        .post(
            &theirs,
            &[("_rev", "2"), ("text", "Bedst om morgenen. Ring om formiddagen")],
        )
        .await
        .redirects_to(&theirs);
    anna.get(&own).await.ok().has("Bedst om morgenen. Ring om formiddagen");
    anna.post(&own, &[("_rev", "3"), ("text", &"x".repeat(4_001))])
        .await
        .refused()
        .has("4.000 tegn");

    town.citizen(BO).await.get(&own).await.not_found();
    town.citizen(BO)
        .await
        .post(&own, &[("_rev", "3"), ("text", "x")])
        .await
        .not_found();
    anna.get(&theirs).await.not_found();
    town.employee(PER).await.get(&theirs).await.ok();
    town.employee(KIM).await.get(&theirs).await.not_found();
    town.employee(METTE)
        .await
        .get(&format!("/plans/{}/transfer", town.anna_plan))
        .await
        .not_found();
}

#[tokio::test]
async fn a_plan_is_closed_with_its_balance() {
    let town = Town::sqlite().await;
    let karen = town.employee(KAREN).await;
    let url = format!("/plans/{}/close", town.anna_plan);
    let page = karen.get(&url).await;
    page.ok()
        .has("1 spørgsmål fra Anna er ikke besvaret")
        .has("1 aftalt samtale bliver aflyst")
        .has("2 åbne skridt bliver lagt væk")
        .has("1 person er ikke længere med")
        .has("Praktik i Solhøj Gartneri");
    let goal = load(&town, town.anna_plan).await.goals[0].id.to_string();
    let early = [
        ("_rev", "1"),
        ("reached", "Anna har job <b>"),
        ("on", "2026-01-11"),
        ("goals", goal.as_str()),
    ];
    karen
        .post(&url, &early)
        .await
        .refused()
        .has("Vælg 12. januar 2026 eller en senere dag.")
        .has("Anna har job &#60;b&#62;");
    karen
        .post(
            &url,
            &[
                ("_rev", "1"),
                ("reached", " "),
                ("on", "2026-03-17"),
                ("helped", "Humor"),
            ],
        )
        .await
        .refused()
        .has("id=\"reached-error\"")
        .has("Humor");
    karen
        .post(&url, &[("_rev", "1"), ("reached", "Job"), ("on", "2026-03-17")])
        .await
        .refused()
        .has("id=\"on-error\"");
    karen
        .post(&url, &[("_rev", "7"), ("reached", "Job"), ("on", "2026-03-16")])
        .await
        .refused()
        .has("ændret imens");
    assert!(load(&town, town.anna_plan).await.is_open());

    let fields = [
        ("_rev", "1"),
        ("reached", "Anna har job i gartneriet"),
        ("helped", "Praktikken"),
        ("remains", ""),
        ("on", "2026-03-16"),
        ("goals", goal.as_str()),
    ];
    karen.post(&url, &fields).await.redirects_to(&url);
    karen.post(&url, &fields).await.redirects_to(&url);
    let plan = load(&town, town.anna_plan).await;
    plan.check().expect("is sound");
    assert_eq!(plan.goals[0].status, GoalStatus::Reached);
    assert_eq!(plan.coordinations[0].until, Some(TODAY));
    let page = karen.get(&url).await;
    page.ok()
        .has("Anna har job i gartneriet")
        .has("Praktikken")
        .has("begyndte 12. januar 2026 og sluttede 16. marts 2026")
        .has(&format!("/citizens/{ANNA}/open-plan"));
    page.has("Jeg vil have et job, hvor jeg er ude")
        .lacks("Det er der tilbage");
    town.employee(OLE).await.get(&url).await.not_found();
    town.employee(METTE)
        .await
        .get(&format!("/plans/{}/close", town.bo_plan))
        .await
        .not_found();
}

#[tokio::test]
async fn it_is_not_closed_before_the_present_coordinator_began() {
    let town = Town::sqlite().await;
    town.perform(
        town.anna_plan,
        KAREN,
        date(2026, 3, 10),
        transfer(OLE, "Ole Bang", date(2026, 3, 10)),
    )
    .await;
    let url = format!("/plans/{}/close", town.anna_plan);
    let page = town
        .employee(OLE)
        .await
        .post(&url, &[("_rev", "1"), ("reached", "Job"), ("on", "2026-03-09")])
        .await;
    page.refused().has("Vælg 10. marts 2026 eller en senere dag.");
    town.employee(OLE)
        .await
        .post(&url, &[("_rev", "1"), ("reached", "Job"), ("on", "2026-03-10")])
        .await
        .redirects_to(&url);
}

#[tokio::test]
async fn a_citizen_without_a_plan_gets_one() {
    let town = Town::sqlite().await;
    let url = format!("/citizens/{CILLE}/open-plan");
    // Mette's unit is another; Ada and Kim are of the unit, and have no use for its citizens.
    town.employee(METTE).await.get(&url).await.not_found();
    town.employee(METTE).await.post(&url, &[]).await.not_found();
    town.employee(ADA).await.get(&url).await.not_found();
    town.employee(KIM).await.get(&url).await.not_found();
    town.citizen(CILLE).await.get(&url).await.not_found();
    let ole = town.employee(OLE).await;
    ole.get(&url)
        .await
        .ok()
        .has("Åbn en plan for Cille Rask")
        .has(&format!("<option value=\"{OLE}\" selected>"))
        .has("Karen Holm · Jobrådgiver · 2 planer");
    ole.in_english().get(&url).await.ok().has("2 plans");
    let page = town
        .employee(OLE)
        .await
        .post(&url, &[("opened", "i går"), ("coordinator", "x")])
        .await;
    page.refused()
        .has("id=\"core_task-error\"")
        .has("id=\"coordinator-error\"")
        .has("id=\"opened-error\"")
        .has("value=\"i går\"");
    let (me, act) = (OLE.to_string(), uuid::Uuid::now_v7().to_string());
    let late = [
        ("core_task", "youth"),
        ("coordinator", me.as_str()),
        ("opened", "2026-03-17"),
    ];
    town.employee(OLE)
        .await
        .post(&url, &late)
        .await
        .refused()
        .has("id=\"opened-error\"");

    let fields = [
        ("_act", act.as_str()),
        ("core_task", "youth"),
        ("coordinator", &me),
        ("opened", "2026-03-10"),
    ];
    let ole = town.employee(OLE).await;
    let to = ole.post(&url, &fields).await.location;
    ole.post(&url, &fields).await.redirects_to(&to);
    let id: PlanId = to.trim_start_matches("/plans/").parse().expect("a plan");
    let plan = load(&town, id).await;
    assert_eq!(
        (plan.head.core_task, plan.head.opened, plan.coordinations[0].employee),
        (CoreTask::Youth, date(2026, 3, 10), OLE)
    );
    ole.get(&url).await.redirects_to(&to);
    let again = [
        ("core_task", "work"),
        ("coordinator", me.as_str()),
        ("opened", "2026-03-16"),
    ];
    ole.post(&url, &again).await.refused().has("allerede en åben plan");
}

#[tokio::test]
async fn what_was_done_last_is_taken_back_by_the_one_who_did_it() {
    let town = Town::sqlite().await;
    let karen = town.employee(KAREN).await;
    let home = format!("/plans/{}", town.anna_plan);
    let act = uuid::Uuid::now_v7().to_string();
    let fields = [
        ("_act", act.as_str()),
        ("next", "other"),
        ("next_date", "2026-04-20"),
        ("next_time", "10:00"),
        ("channel", "phone"),
    ];
    karen.post(&format!("{home}/book"), &fields).await.redirects_to(&home);
    let undo = format!("{home}/undo/{act}");
    let booked = async || {
        let plan = load(&town, town.anna_plan).await;
        plan.conversations
            .iter()
            .any(|c| c.starts.date() == date(2026, 4, 20) && c.status == ConversationStatus::Booked)
    };
    assert!(booked().await);
    town.employee(OLE).await.post(&undo, &[]).await.not_found();
    let page = town.citizen(ANNA).await.post(&undo, &[]).await;
    page.redirects_to("/my-plan");
    assert!(
        page.cookies.iter().any(|c| c.starts_with("flash=cannot-undo")),
        "{:?}",
        page.cookies
    );
    assert!(booked().await, "only the one who did it");

    let page = karen.post(&undo, &[]).await;
    page.redirects_to(&home);
    assert!(
        page.cookies.iter().any(|c| c.starts_with("flash=undone")),
        "{:?}",
        page.cookies
    );
    assert!(!booked().await);
    let page = karen.post(&undo, &[]).await;
    assert!(
        page.cookies.iter().any(|c| c.starts_with("flash=cannot-undo")),
        "{:?}",
        page.cookies
    );
    let page = karen.post(&format!("{home}/undo/{}", uuid::Uuid::now_v7()), &[]).await;
    assert!(
        page.cookies.iter().any(|c| c.starts_with("flash=cannot-undo")),
        "{:?}",
        page.cookies
    );
}
