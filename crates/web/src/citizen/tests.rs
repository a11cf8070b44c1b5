use tovholder_casework::access::Standing;
use tovholder_casework::act::*;
use tovholder_casework::decide::*;
use tovholder_casework::id::*;
use tovholder_casework::plan::*;
use tovholder_store::args;
use tovholder_store::plans::{self, Case, Performed, Sender};
use tovholder_store::{acts, drafts, people};
use uuid::Uuid;

use crate::kit::lang::Lang;
use crate::testing::*;

/// A text that would be a tag if a page forgot to escape it.
const TAG: &str = "<script>alert('x')</script>";

async fn case(town: &Town, plan: PlanId) -> Case {
    let mut conn = town.app.db.read().await.expect("reads");
    plans::load(&mut conn, plan).await.expect("reads").expect("is there")
}
async fn anna(town: &Town) -> Plan {
    case(town, town.anna_plan).await.plan
}

/// Something Karen does.
async fn karen(town: &Town, plan: PlanId, intent: Intent) {
    let by = Sender {
        actor: Actor {
            kind: UserKind::Employee,
            id: KAREN.0,
            name: "Karen Holm".into(),
            unit: "Jobcentret".into(),
        },
        standing: Standing::default(),
        submission: SubmissionId(Uuid::now_v7()),
        voice: Voice::Own,
        at: now(),
        now: TODAY.at(9, 30, 0, 0),
        former_days: 30,
        draft: None,
        location: "/".into(),
    };
    let done = plans::perform(&town.app.db, plan, intent, &by)
        .await
        .expect("is allowed");
    assert!(matches!(done, Performed::Done(_)));
}

async fn transfer_to_ole(town: &Town) {
    let to = Intent::Transfer {
        to: OLE,
        name: "Ole Bang".into(),
        from: jiff::civil::date(2026, 4, 1),
        reason: TransferReason::Workload,
        note: String::new(),
        handover: "Anna vil helst ringes op om formiddagen.".into(),
    };
    karen(town, town.anna_plan, to).await;
}

async fn close(town: &Town) {
    let head = anna(town).await.head;
    let balance = Balance {
        reached: "Du fik job.".into(),
        helped: "At komme ud.".into(),
        remains: "Søvnen.".into(),
    };
    karen(
        town,
        town.anna_plan,
        Intent::Close {
            rev: head.rev,
            on: TODAY,
            balance,
            reached: vec![],
        },
    )
    .await;
}

fn own_step(plan: &Plan) -> &Step {
    plan.steps
        .iter()
        .find(|s| s.holder.kind == PersonKind::Citizen)
        .expect("Anna has a step")
}

/// All pages that need no id.
const PAGES: &[&str] = &[
    "/my-plan",
    "/my-plan/goals",
    "/my-plan/goals/new",
    "/my-plan/steps",
    "/my-plan/steps/new",
    "/my-plan/team",
    "/my-plan/conversations",
    "/my-plan/conversations/book",
    "/my-plan/questions",
    "/my-plan/myself",
    "/my-plan/myself/new/hope",
    "/my-plan/wishes",
    "/my-plan/occupation?q=gartner",
    "/my-plan/progress",
    "/my-plan/progress/answer",
    "/my-plan/messages",
    "/my-plan/messages/new",
    "/my-plan/efforts",
    "/my-plan/more",
    "/my-plan/print",
];

/// The pages of one thing in Anna's plan.
fn pages_of(plan: &Plan) -> Vec<String> {
    let (goal, step) = (plan.goals[0].id, plan.steps[0].id);
    let booked = plan
        .conversations
        .iter()
        .find(|c| c.status == ConversationStatus::Booked)
        .expect("one is booked")
        .id;
    vec![
        format!("/my-plan/goals/{goal}"),
        format!("/my-plan/goals/{goal}/edit"),
        format!("/my-plan/goals/{goal}/remark"),
        format!("/my-plan/steps/{step}"),
        format!("/my-plan/steps/{step}/edit"),
        format!("/my-plan/steps/{step}/drop"),
        format!("/my-plan/steps/{step}/remark"),
        format!("/my-plan/messages/{}/answer", plan.messages[0].id),
        format!("/my-plan/conversations/{booked}"),
        format!("/my-plan/conversations/{booked}/move"),
        format!("/my-plan/conversations/{booked}/cancel"),
        format!("/my-plan/conversations/{booked}/calendar.ics"),
        format!("/my-plan/myself/{}", plan.strengths[0].id),
    ]
}

#[tokio::test]
async fn every_page_opens_in_both_languages_for_the_citizen_only() {
    let town = Town::sqlite().await;
    let plan = anna(&town).await;
    let mut pages: Vec<String> = PAGES.iter().map(|p| (*p).to_owned()).collect();
    pages.extend(pages_of(&plan));
    let (danish, english) = (town.citizen(ANNA).await, town.citizen(ANNA).await.in_english());
    let (karen, guest) = (town.employee(KAREN).await, town.guest());
    for path in &pages {
        let (da, en) = (danish.get(path).await, english.get(path).await);
        da.ok();
        en.ok();
        if !path.ends_with(".ics") {
            da.has("lang=\"da\"");
            en.has("lang=\"en\"");
            assert_ne!(
                da.html.split("<h1").nth(1),
                en.html.split("<h1").nth(1),
                "{path} reads the same in both languages"
            );
        }
        karen.get(path).await.not_found();
        assert!(
            guest.get(path).await.location.starts_with("/log-in"),
            "{path} opens without logging in"
        );
    }
}

#[tokio::test]
async fn a_citizen_never_reaches_anothers_things() {
    let town = Town::sqlite().await;
    let plan = anna(&town).await;
    let bo = town.citizen(BO).await;
    for path in pages_of(&plan) {
        bo.get(&path).await.not_found();
        if !path.ends_with(".ics")
            && !path.ends_with(&plan.goals[0].id.to_string())
            && !path.ends_with(&plan.steps[0].id.to_string())
        {
            let fields = [
                ("words", "x"),
                ("aim", "health"),
                ("text", "x"),
                ("starts", "2026-03-19T09:00"),
                ("channel", "phone"),
            ];
            let answer = bo.post(&path, &fields).await;
            assert!(
                matches!(answer.status.as_u16(), 404 | 405),
                "{path} answered {}",
                answer.status
            );
        }
    }
    bo.post(&format!("/my-plan/steps/{}/tick", plan.steps[0].id), &[])
        .await
        .not_found();
    bo.post(
        &format!("/my-plan/questions/{}/withdraw", plan.questions[0].id),
        &[("_rev", "1")],
    )
    .await
    .not_found();
    bo.post(
        &format!("/my-plan/myself/{}/end", plan.strengths[0].id),
        &[("_rev", "1")],
    )
    .await
    .not_found();
    assert_eq!(anna(&town).await, plan, "nothing has changed");
}

#[tokio::test]
async fn the_first_page_shows_what_is_next_within_its_budget() {
    let town = Town::sqlite().await;
    let page = town.citizen(ANNA).await.get("/my-plan").await;
    page.ok()
        .has("Hej Anna")
        .has("Ring til Solhøj Gartneri")
        .has("Senest fredag den 20. marts (om 4 dage)");
    page.has("onsdag den 18. marts")
        .has("om 2 dage, kl. 9.00–9.45")
        .has("Med Karen Holm")
        .has("Du har 1 spørgsmål med");
    page.has("Jeg vil have et job, hvor jeg er ude")
        .has("Jeg vil sove om natten");
    page.has("Jobrådgiver, Jobcentret")
        .has("tel:96123410")
        .has("Du har 1 ny besked")
        .has("Nyt i planen");
    assert!(page.queries <= 12, "{} queries", page.queries);
}

#[tokio::test]
async fn a_page_that_has_nothing_to_show_says_what_to_do() {
    let town = Town::sqlite().await;
    let bo = town.citizen(BO).await;
    bo.get("/my-plan")
        .await
        .ok()
        .has("Du har ingen skridt lige nu")
        .has("Book en samtale")
        .has("Skriv et mål");
    bo.get("/my-plan/steps").await.ok().has("Skriv et skridt selv");
    bo.get("/my-plan/conversations").await.ok().has("Book en samtale");
    bo.get("/my-plan/progress").await.ok().has("Svar for i dag");
    for path in [
        "/my-plan/messages",
        "/my-plan/efforts",
        "/my-plan/goals",
        "/my-plan/print",
    ] {
        bo.get(path).await.ok();
    }
}

#[tokio::test]
async fn who_has_no_plan_is_told_whom_to_call() {
    let town = Town::sqlite().await;
    let cille = town.citizen(CILLE).await;
    cille
        .get("/my-plan")
        .await
        .ok()
        .has("Hej Cille")
        .has("Du har ingen plan endnu")
        .has("tel:96123456");
    cille.get("/my-plan/steps").await.redirects_to("/my-plan");
    cille.get("/my-plan/more").await.ok().lacks("/my-plan/steps/new");
    cille
        .post("/my-plan/questions", &[("text", "Hallo?")])
        .await
        .not_found();
    cille
        .post("/my-plan/wishes", &[("wishes", "Noget med dyr"), ("_rev", "1")])
        .await
        .redirects_to("/my-plan/wishes");
    cille.get("/my-plan/wishes").await.ok().has("Noget med dyr");
}

#[tokio::test]
async fn a_step_is_ticked_opened_again_and_ticked_only_once() {
    let town = Town::sqlite().await;
    let citizen = town.citizen(ANNA).await;
    let step = own_step(&anna(&town).await).id;
    let (tick, untick) = (
        format!("/my-plan/steps/{step}/tick"),
        format!("/my-plan/steps/{step}/untick"),
    );
    let act = Uuid::now_v7().to_string();
    for _ in 0..2 {
        citizen
            .post(&tick, &[("_act", &act), ("from", "home")])
            .await
            .redirects_to("/my-plan");
    }
    let done = anna(&town).await;
    assert_eq!(done.step(step).expect("is there").status, StepStatus::Done);
    assert_eq!(
        done.step(step).expect("is there").rev,
        2,
        "the second sending changed nothing"
    );
    citizen
        .get("/my-plan")
        .await
        .ok()
        .has("Karen Holm tager det")
        .lacks(&tick);
    citizen.get("/my-plan/steps").await.ok().has("Det er gjort (1)");
    citizen
        .post(&untick, &[])
        .await
        .redirects_to(&format!("/my-plan/steps/{step}"));
    citizen.get("/my-plan").await.ok().has(&tick);
    citizen
        .post(&format!("/my-plan/steps/{step}/eat"), &[])
        .await
        .not_found();
    citizen.get(&tick).await.redirects_to(&format!("/my-plan/steps/{step}"));
    let offer = citizen.post(&tick, &[("from", "steps")]).await;
    offer.redirects_to("/my-plan/steps");
    assert!(
        offer
            .cookies
            .iter()
            .any(|c| c.starts_with(&format!("flash=step-done.{}.", town.anna_plan))),
        "undo is offered"
    );
}

#[tokio::test]
async fn a_step_of_my_own() {
    let town = Town::sqlite().await;
    let citizen = town.citizen(ANNA).await;
    let goal = anna(&town).await.goals[0].id.to_string();
    let path = "/my-plan/steps/new";
    citizen
        .post(path, &[("title", " "), ("due", "2026-02-30")])
        .await
        .refused()
        .has("Datoen findes ikke")
        .has("2026-02-30");
    citizen
        .post(path, &[("title", "Ud at gå"), ("due", "15-3-2026")])
        .await
        .refused()
        .has("Den dag er gået")
        .has("Ud at gå");
    citizen
        .post(path, &[("title", "Ud at gå"), ("due", "1-1-2099")])
        .await
        .refused()
        .has("for langt ude");
    let long = "å".repeat(201);
    citizen
        .post(path, &[("title", &long)])
        .await
        .refused()
        .has(&long)
        .has("200 tegn");
    citizen
        .post(path, &[("title", "Ud at gå 🌱"), ("due", "20-3-2026"), ("goal", &goal)])
        .await
        .redirects_to("/my-plan/steps");
    let plan = anna(&town).await;
    let step = plan.steps.last().expect("a step");
    assert_eq!((step.title.as_str(), &step.holder), ("Ud at gå 🌱", &Holder::citizen()));
    assert_eq!(step.goal.map(|g| g.to_string()), Some(goal));
    // An idea is the same form with the title written.
    citizen
        .post(path, &[("title", "Find ét job, jeg vil søge")])
        .await
        .redirects_to("/my-plan/steps");
    citizen
        .get("/my-plan/myself")
        .await
        .ok()
        .has("Skriv eller ret mit CV")
        .lacks("Find ét job, jeg vil søge");
}

#[tokio::test]
async fn goals_in_my_own_words() {
    let town = Town::sqlite().await;
    let citizen = town.citizen(ANNA).await;
    let plan = anna(&town).await;
    let goal = &plan.goals[0];
    let here = format!("/my-plan/goals/{}", goal.id);
    let edit = format!("{here}/edit");
    citizen
        .get(&here)
        .await
        .ok()
        .has("Din rådgiver skriver")
        .has("Ordinær beskæftigelse 20 timer inden for gartneri");
    citizen
        .post(&edit, &[("words", ""), ("aim", "")])
        .await
        .refused()
        .has("Vælg en af mulighederne");
    citizen
        .post(
            &edit,
            &[("words", "Jeg vil være gartner"), ("aim", "employment"), ("_rev", "1")],
        )
        .await
        .redirects_to(&here);
    let changed = anna(&town).await;
    let after = changed.goal(goal.id).expect("is there");
    assert_eq!(after.words, "Jeg vil være gartner");
    assert_eq!(
        after.professional, goal.professional,
        "the employee's words stay the employee's"
    );
    // Seen by somebody who still had the first version on the screen.
    let page = citizen
        .post(
            &edit,
            &[("words", "Jeg vil noget andet"), ("aim", "health"), ("_rev", "1")],
        )
        .await;
    page.refused()
        .has("Jeg vil noget andet")
        .has("Det, der er gemt nu")
        .has("Jeg vil være gartner")
        .has("name=\"_rev\" value=\"2\"");
    citizen
        .post(
            &edit,
            &[("words", "Jeg vil noget andet"), ("aim", "health"), ("_rev", "2")],
        )
        .await
        .redirects_to(&here);
    // A goal of one's own, and one below it.
    citizen
        .post(
            "/my-plan/goals/new",
            &[
                ("words", "Stå op"),
                ("aim", "everyday"),
                ("parent", &goal.id.to_string()),
            ],
        )
        .await
        .redirects_to("/my-plan/goals");
    citizen.get(&here).await.ok().has("Stå op");
    let below = anna(&town).await.goals.last().expect("a goal").id.to_string();
    citizen
        .post(
            "/my-plan/goals/new",
            &[("words", "For dybt"), ("aim", "health"), ("parent", &below)],
        )
        .await
        .refused()
        .has("For dybt");
}

#[tokio::test]
async fn remarks_are_read_by_both() {
    let town = Town::sqlite().await;
    let citizen = town.citizen(ANNA).await;
    let plan = anna(&town).await;
    let (step, goal) = (own_step(&plan).id, plan.goals[0].id);
    for here in [format!("/my-plan/steps/{step}"), format!("/my-plan/goals/{goal}")] {
        let remark = format!("{here}/remark");
        citizen
            .post(&remark, &[("text", "  ")])
            .await
            .refused()
            .has("Skriv noget her");
        citizen
            .post(&remark, &[("text", "Jeg ringede, de ringer tilbage")])
            .await
            .redirects_to(&here);
        citizen
            .get(&here)
            .await
            .ok()
            .has("Jeg ringede, de ringer tilbage")
            .lacks("de</textarea>")
            .has("my-remark-own");
    }
    karen(
        &town,
        town.anna_plan,
        Intent::Comment {
            step: Some(step),
            goal: None,
            text: "Godt!".into(),
        },
    )
    .await;
    citizen
        .get("/my-plan")
        .await
        .ok()
        .has("Der er skrevet en ny kommentar")
        .has("2 kommentarer");
}

#[tokio::test]
async fn a_conversation_is_booked_moved_and_cancelled() {
    let town = Town::sqlite().await;
    let citizen = town.citizen(BO).await;
    let book = "/my-plan/conversations/book";
    citizen
        .get(book)
        .await
        .ok()
        .has("2026-03-17T09:00")
        .lacks("2026-03-16T09:00")
        .lacks("2026-03-18T09:00");
    citizen
        .post(book, &[])
        .await
        .refused()
        .has("Vælg en tid")
        .has("Vælg en af mulighederne");
    citizen
        .post(book, &[("starts", "2026-03-17T09:10"), ("channel", "phone")])
        .await
        .refused()
        .has("lige blevet optaget");
    citizen
        .post(book, &[("starts", "2026-03-17T09:00"), ("channel", "company")])
        .await
        .refused();
    // Anna has this time.
    citizen
        .post(book, &[("starts", "2026-03-18T09:00"), ("channel", "phone")])
        .await
        .refused()
        .has("lige blevet optaget");
    let act = Uuid::now_v7().to_string();
    for _ in 0..2 {
        let fields = [
            ("starts", "2026-03-17T09:00"),
            ("channel", "meeting"),
            ("_act", act.as_str()),
        ];
        citizen.post(book, &fields).await.redirects_to("/my-plan/conversations");
    }
    let plan = case(&town, town.bo_plan).await.plan;
    assert_eq!(plan.conversations.len(), 1, "sent twice, booked once");
    let talk = &plan.conversations[0];
    assert_eq!(
        (talk.employee, talk.minutes, talk.place.as_str(), talk.booked_by_citizen),
        (KAREN, 45, "Torvet 1", true)
    );
    let here = format!("/my-plan/conversations/{}", talk.id);
    citizen
        .get(&here)
        .await
        .ok()
        .has("kl. 9.00–9.45".trim_start_matches("kl. "))
        .has("Torvet 1");
    let to = [("starts", "2026-03-17T10:00"), ("channel", "phone"), ("_rev", "1")];
    citizen
        .post(&format!("{here}/move"), &to)
        .await
        .redirects_to("/my-plan/conversations");
    let moved = case(&town, town.bo_plan).await.plan.conversations[0].clone();
    assert_eq!(
        (moved.starts.hour(), moved.channel, moved.place.as_str()),
        (10, Channel::Phone, "20 30 40 50")
    );
    // Called off by somebody who saw the old time: the new one is shown first.
    let cancel = format!("{here}/cancel");
    citizen
        .post(&cancel, &[("_rev", "1"), ("reason", "Jeg er syg")])
        .await
        .refused()
        .has("kl. 10.00–10.45")
        .has("Jeg er syg")
        .has("name=\"_rev\" value=\"2\"");
    citizen
        .post(&cancel, &[("_rev", "2"), ("reason", "")])
        .await
        .redirects_to("/my-plan/conversations");
    citizen.get(&here).await.ok().has("Aflyst").lacks("/move");
    citizen.get(&cancel).await.not_found();
    citizen.get(&format!("{here}/move")).await.not_found();
    citizen.get(&format!("{here}/calendar.ics")).await.not_found();
}

#[tokio::test]
async fn from_the_day_of_a_change_the_next_coordinators_times_are_offered() {
    let town = Town::sqlite().await;
    let to = Intent::Transfer {
        to: OLE,
        name: "Ole Bang".into(),
        from: jiff::civil::date(2026, 3, 20),
        reason: TransferReason::Workload,
        note: String::new(),
        handover: String::new(),
    };
    karen(&town, town.bo_plan, to).await;
    let mut tx = town.app.db.begin().await.expect("begins");
    let starts = jiff::civil::date(2026, 3, 23).at(8, 30, 0, 0);
    tx.execute(
        "INSERT INTO slot (employee_id, starts, minutes) VALUES ($1, $2, 30)",
        args![OLE, starts],
    )
    .await
    .expect("slot");
    tx.commit().await.expect("commits");
    let citizen = town.citizen(BO).await;
    let page = citizen.get("/my-plan/conversations/book").await;
    page.ok()
        .has("2026-03-19T09:00")
        .has("2026-03-23T08:30")
        .lacks("2026-03-23T09:00")
        .has("med Ole Bang");
    citizen
        .post(
            "/my-plan/conversations/book",
            &[("starts", "2026-03-23T08:30"), ("channel", "video")],
        )
        .await
        .redirects_to("/my-plan/conversations");
    assert_eq!(case(&town, town.bo_plan).await.plan.conversations[0].employee, OLE);
}

#[tokio::test]
async fn the_calendar_says_a_meeting_and_no_more() {
    let town = Town::sqlite().await;
    let plan = anna(&town).await;
    let talk = plan
        .conversations
        .iter()
        .find(|c| c.status == ConversationStatus::Booked)
        .expect("booked");
    let path = format!("/my-plan/conversations/{}/calendar.ics", talk.id);
    let page = town.citizen(ANNA).await.get(&path).await;
    // 9.00 in Denmark in March is 8.00 UTC.
    page.ok()
        .has("BEGIN:VCALENDAR")
        .has("SUMMARY:Møde")
        .has("DTSTART:20260318T080000Z")
        .has("DTEND:20260318T084500Z");
    page.has(&format!("UID:{}", talk.id));
    for secret in ["Karen", "Anna", "Torvet", "Jobcent", "LOCATION", "DESCRIPTION"] {
        page.lacks(secret);
    }
    town.citizen(ANNA)
        .await
        .in_english()
        .get(&path)
        .await
        .ok()
        .has("SUMMARY:Meeting");
}

#[tokio::test]
async fn questions_are_asked_and_taken_back() {
    let town = Town::sqlite().await;
    let citizen = town.citizen(ANNA).await;
    citizen.post("/my-plan/questions", &[("text", "")]).await.refused();
    citizen
        .post("/my-plan/questions", &[("text", "Må jeg tage min hund med?")])
        .await
        .redirects_to("/my-plan/conversations");
    citizen
        .get("/my-plan/conversations")
        .await
        .ok()
        .has("Må jeg tage min hund med?");
    let id = anna(&town).await.questions.last().expect("a question").id;
    citizen
        .post(&format!("/my-plan/questions/{id}/withdraw"), &[("_rev", "1")])
        .await
        .redirects_to("/my-plan/conversations");
    citizen
        .get("/my-plan/conversations")
        .await
        .ok()
        .lacks("Må jeg tage min hund med?");
}

#[tokio::test]
async fn my_team_has_the_coordinator_first_and_says_how_many() {
    let town = Town::sqlite().await;
    let citizen = town.citizen(ANNA).await;
    let page = citizen.get("/my-plan/team").await;
    page.ok()
        .has("Der er 2 personer, som hjælper dig.")
        .has("Mentor, Ungeenheden")
        .lacks("Du får en ny tovholder");
    assert!(
        page.html.find("Karen Holm") < page.html.find("Mette Krog"),
        "the coordinator stands first"
    );
    citizen.get("/my-plan/handover").await.not_found();
    transfer_to_ole(&town).await;
    citizen
        .get("/my-plan/team")
        .await
        .ok()
        .has("Ole Bang tager over onsdag den 1. april 2026");
    citizen.get("/my-plan").await.ok().has("Du får en ny tovholder");
}

#[tokio::test]
async fn the_citizen_writes_what_the_next_coordinator_should_know() {
    let town = Town::sqlite().await;
    transfer_to_ole(&town).await;
    let citizen = town.citizen(ANNA).await;
    citizen
        .get("/my-plan/handover")
        .await
        .ok()
        .has("Anna vil helst ringes op om formiddagen.")
        .has("Det skal Ole Bang vide");
    citizen
        .post("/my-plan/handover", &[("text", "Ring efter kl. 10."), ("_rev", "1")])
        .await
        .redirects_to("/my-plan/team");
    let page = citizen
        .post(
            "/my-plan/handover",
            &[("text", "Og spørg til min datter."), ("_rev", "1")],
        )
        .await;
    page.refused().has("Og spørg til min datter.").has("Ring efter kl. 10.");
    assert_eq!(anna(&town).await.handovers[0].text, "Ring efter kl. 10.");
}

#[tokio::test]
async fn strengths_are_written_changed_and_taken_away() {
    let town = Town::sqlite().await;
    let citizen = town.citizen(ANNA).await;
    citizen.get("/my-plan/myself/new/luck").await.not_found();
    citizen
        .post("/my-plan/myself/new/network", &[("text", "")])
        .await
        .refused();
    citizen
        .post("/my-plan/myself/new/network", &[("text", "Min søster Eva")])
        .await
        .redirects_to("/my-plan/myself");
    let plan = anna(&town).await;
    let new = plan.strengths.last().expect("a strength");
    assert_eq!((new.kind, new.text.as_str()), (StrengthKind::Network, "Min søster Eva"));
    let here = format!("/my-plan/myself/{}", new.id);
    citizen
        .post(&here, &[("text", "Min søster og Bo"), ("_rev", "1")])
        .await
        .redirects_to("/my-plan/myself");
    citizen
        .post(&here, &[("text", "Kun Bo"), ("_rev", "1")])
        .await
        .refused()
        .has("Kun Bo")
        .has("Min søster og Bo");
    citizen
        .post(&format!("{here}/end"), &[("_rev", "2")])
        .await
        .redirects_to("/my-plan/myself");
    citizen.get("/my-plan/myself").await.ok().lacks("Min søster og Bo");
    citizen.get(&here).await.not_found();
}

#[tokio::test]
async fn wishes_are_kept_with_their_history() {
    let town = Town::sqlite().await;
    let citizen = town.citizen(ANNA).await;
    citizen
        .post(
            "/my-plan/wishes",
            &[("wishes", "Ude, og gerne om morgenen"), ("_rev", "1")],
        )
        .await
        .redirects_to("/my-plan/wishes");
    let page = citizen
        .post("/my-plan/wishes", &[("wishes", "Inde"), ("_rev", "1")])
        .await;
    page.refused()
        .has("Inde")
        .has("Ude, og gerne om morgenen")
        .has("name=\"_rev\" value=\"2\"");
    citizen
        .get("/my-plan/occupation?q=t%C3%B8mrer")
        .await
        .ok()
        .has("711510");
    citizen
        .get("/my-plan/occupation?q=zzzz")
        .await
        .ok()
        .has("Vi fandt ikke noget");
    citizen
        .post("/my-plan/occupation", &[("occupation", "999999"), ("_rev", "2")])
        .await
        .not_found();
    citizen
        .post("/my-plan/occupation", &[("occupation", "711510"), ("_rev", "2")])
        .await
        .redirects_to("/my-plan/wishes");
    citizen
        .post("/my-plan/occupation", &[("occupation", ""), ("_rev", "2")])
        .await
        .redirects_to("/my-plan/occupation");
    let mut conn = town.app.db.read().await.expect("reads");
    let now = people::find_citizen(&mut conn, ANNA)
        .await
        .expect("reads")
        .expect("Anna");
    assert_eq!(
        (now.wishes.as_str(), now.occupation.as_str(), now.rev),
        ("Ude, og gerne om morgenen", "711510", 3)
    );
    let history = acts::of_citizen(&mut conn, ANNA, false, None, 2).await.expect("reads");
    assert!(
        history
            .iter()
            .all(|(_, act)| act.kind == ActKind::PersonChanged && act.actor.id == ANNA.0)
    );
    let before = history[1].1.before.clone();
    assert!(
        matches!(before, Some(Record::Citizen(c)) if c.wishes.is_empty()),
        "the first wish had none before it"
    );
    acts::verify_chain(&mut conn, ANNA.0)
        .await
        .expect("reads")
        .expect("the chain holds");
}

#[tokio::test]
async fn my_view_and_my_advisers_stand_side_by_side() {
    let town = Town::sqlite().await;
    let citizen = town.citizen(ANNA).await;
    let page = citizen.get("/my-plan/progress").await;
    page.ok().has("Tal om hvorfor").has("mark-citizen").has("mark-employee");
    assert_eq!(
        page.html.matches("<figure").count(),
        6,
        "one picture for each, and none of all"
    );
    let form = "/my-plan/progress/answer";
    citizen.post(form, &[]).await.refused().has("mindst én");
    citizen
        .post(form, &[("skills-note", "Jeg kan grave")])
        .await
        .refused()
        .has("Jeg kan grave")
        .has("Vælg også et svar her");
    citizen.post(form, &[("skills", "6")]).await.refused();
    let long = "ø".repeat(501);
    citizen
        .post(form, &[("skills", "4"), ("skills-note", &long)])
        .await
        .refused()
        .has("skills-note-error");
    citizen
        .post(form, &[("skills", "5"), ("skills-note", "Jeg kan grave")])
        .await
        .redirects_to("/my-plan/progress");
    citizen.get("/my-plan/progress").await.ok().has("Jeg kan grave");
    citizen.get(form).await.ok().has("Jeg kan grave");
    let plan = anna(&town).await;
    let own = plan.ratings.last().expect("a rating");
    assert_eq!((own.rater, own.value, own.on), (Rater::Citizen, 5, TODAY));
    // A plan for daily life does not ask about preconditions for work.
    let head = plan.head;
    karen(
        &town,
        town.anna_plan,
        Intent::ChangeCoreTask {
            core_task: CoreTask::MeaningfulLife,
            rev: head.rev,
            reason: "Sammen".into(),
        },
    )
    .await;
    citizen.get("/my-plan/progress").await.not_found();
    citizen.get("/my-plan/more").await.ok().lacks("/my-plan/progress");
}

#[tokio::test]
async fn opening_the_messages_is_reading_them() {
    let town = Town::sqlite().await;
    let citizen = town.citizen(ANNA).await;
    citizen.get("/my-plan/more").await.ok().has("Du har 1 ny besked");
    citizen
        .get("/my-plan/messages")
        .await
        .ok()
        .has("Tak for en god samtale")
        .has(">Ny<")
        .has("tel:96123410");
    citizen.get("/my-plan/messages").await.ok().lacks(">Ny<");
    citizen.get("/my-plan").await.ok().lacks("ny besked");
    assert!(anna(&town).await.messages.iter().all(|m| m.read));
}

#[tokio::test]
async fn the_menu_shows_where_a_page_belongs() {
    let town = Town::sqlite().await;
    let citizen = town.citizen(ANNA).await;
    for (path, item) in [
        ("/my-plan", "/my-plan"),
        ("/my-plan/steps/new", "/my-plan/steps"),
        ("/my-plan/questions", "/my-plan/conversations"),
        ("/my-plan/progress/answer", "/my-plan/more"),
        ("/my-plan/history", "/my-plan/more"),
        ("/my-plan/history?topic=steps", "/my-plan/more"),
        ("/my-plan/log", "/my-plan/more"),
        ("/my-plan/occupation?q=x", "/my-plan/more"),
    ] {
        let page = citizen.get(path).await;
        page.ok().has(&format!("href=\"{item}\" aria-current=\"page\""));
        assert_eq!(page.html.matches("aria-current=\"page\"").count(), 1, "{path}");
    }
}

#[tokio::test]
async fn a_closed_plan_shows_its_balance_and_takes_no_forms() {
    let town = Town::sqlite().await;
    let citizen = town.citizen(ANNA).await;
    let before = anna(&town).await;
    close(&town).await;
    let page = citizen.get("/my-plan").await;
    page.ok()
        .has("Din plan sluttede den 16. marts 2026")
        .has("Du fik job.")
        .has("At komme ud.")
        .has("Søvnen.");
    for path in [
        "/my-plan/goals",
        "/my-plan/steps",
        "/my-plan/team",
        "/my-plan/conversations",
        "/my-plan/myself",
        "/my-plan/efforts",
        "/my-plan/messages",
        "/my-plan/progress",
    ] {
        let page = citizen.get(path).await;
        page.ok();
        let main = page.html.split("<main").nth(1).expect("a page");
        assert!(!main.contains("method=\"post\""), "{path} still has a form");
    }
    citizen.get("/my-plan/print").await.ok().has("Du fik job.");
    citizen.get("/my-plan/steps/new").await.redirects_to("/my-plan");
    citizen
        .post("/my-plan/steps/new", &[("title", "For sent")])
        .await
        .redirects_to("/my-plan");
    citizen
        .post(&format!("/my-plan/steps/{}/tick", before.steps[0].id), &[])
        .await
        .redirects_to("/my-plan");
}

#[tokio::test]
async fn html_in_every_field_is_text() {
    let town = Town::sqlite().await;
    let mut tx = town.app.db.begin().await.expect("begins");
    for sql in [
        "UPDATE citizen SET name = $1, wishes = $1",
        "UPDATE employee SET name = $1, title = $1, phone = $1",
        "UPDATE unit SET name = $1, address = $1",
        "UPDATE goal SET words = $1, professional = $1",
        "UPDATE step SET title = $1, holder_name = $1",
        "UPDATE participation SET name = $1, role = $1, organisation = $1, phone = $1",
        "UPDATE coordination SET name = $1, note = $1",
        "UPDATE conversation SET name = $1, place = $1, note = $1",
        "UPDATE question SET body = $1",
        "UPDATE effort SET title = $1, provider = $1",
        "UPDATE strength SET body = $1",
        "UPDATE rating SET note = $1",
        "UPDATE message SET author = $1, body = $1",
    ] {
        tx.execute(sql, args![TAG]).await.expect("updates");
    }
    tx.commit().await.expect("commits");
    let citizen = town.citizen(ANNA).await;
    let plan = anna(&town).await;
    let about = Intent::Comment {
        step: Some(plan.steps[0].id),
        goal: None,
        text: TAG.into(),
    };
    karen(&town, town.anna_plan, about).await;
    let mut pages: Vec<String> = PAGES.iter().map(|p| (*p).to_owned()).collect();
    pages.extend(pages_of(&plan));
    pages.push(format!("/my-plan/occupation?q={TAG}").replace(['<', '>', '\''], "%3C"));
    for path in pages {
        citizen.get(&path).await.ok().lacks("<script>alert");
    }
    citizen.get("/my-plan").await.ok().has("&#60;script&#62;");
    for (path, fields) in [
        ("/my-plan/steps/new", vec![("title", TAG), ("due", TAG)]),
        ("/my-plan/goals/new", vec![("words", TAG), ("aim", TAG)]),
        ("/my-plan/conversations/book", vec![("starts", TAG), ("channel", TAG)]),
        (
            "/my-plan/progress/answer",
            vec![("ownership-note", TAG), ("ownership", TAG)],
        ),
    ] {
        citizen.post(path, &fields).await.refused().lacks("<script>alert");
    }
}

#[tokio::test]
async fn a_megabyte_emoji_and_text_from_right_to_left() {
    let town = Town::sqlite().await;
    let citizen = town.citizen(ANNA).await;
    let plan = anna(&town).await;
    let megabyte = "æ".repeat(512 * 1024);
    let remark = format!("/my-plan/steps/{}/remark", plan.steps[0].id);
    for (path, field) in [
        ("/my-plan/questions", "text"),
        (remark.as_str(), "text"),
        ("/my-plan/myself/new/hope", "text"),
        ("/my-plan/wishes", "wishes"),
        ("/my-plan/steps/new", "title"),
    ] {
        let page = citizen.post(path, &[(field, &megabyte), ("_rev", "1")]).await;
        page.refused().has("for lang");
        assert!(page.html.contains(&megabyte), "{path} kept what was typed");
    }
    assert_eq!(anna(&town).await, plan, "nothing was half saved");
    let mixed = "👩🏽‍🌾 أريد أن أعمل مع النباتات";
    citizen
        .post("/my-plan/questions", &[("text", mixed)])
        .await
        .redirects_to("/my-plan/conversations");
    citizen
        .get("/my-plan/conversations")
        .await
        .ok()
        .has(mixed)
        .has("dir=\"auto\"");
}

#[tokio::test]
async fn what_was_typed_when_the_session_ended_stands_there_after_logging_in() {
    let town = Town::sqlite().await;
    let citizen = town.citizen(ANNA).await;
    let mut tx = town.app.db.begin().await.expect("begins");
    tx.execute("UPDATE session SET ended = TRUE WHERE user_id = $1", args![ANNA.0])
        .await
        .expect("updates");
    tx.commit().await.expect("commits");
    for (path, field) in [("/my-plan/questions", "text"), ("/my-plan/steps/new", "title")] {
        let page = citizen.post(path, &[(field, "halvt skrevet")]).await;
        page.redirects_to(&format!("/log-in?next={}", path.replace('/', "%2F")));
        town.citizen(ANNA)
            .await
            .get(path)
            .await
            .ok()
            .has("halvt skrevet")
            .has(&format!("/discard-draft{path}"));
    }
    // What a page keeps while typing goes to the same place.
    citizen.post("/draft/my-plan/wishes", &[("wishes", "mere")]).await;
    let mut conn = town.app.db.read().await.expect("reads");
    let kept = drafts::find(&mut conn, ANNA.0, "/my-plan/wishes")
        .await
        .expect("reads")
        .expect("is kept");
    assert_eq!(kept.body, "wishes=mere");
    drop(conn);
    // Sent, it is gone.
    let back = town.citizen(ANNA).await;
    back.post("/my-plan/questions", &[("text", "helt skrevet")])
        .await
        .redirects_to("/my-plan/conversations");
    back.get("/my-plan/questions").await.ok().lacks("halvt skrevet");
}

#[tokio::test]
async fn a_long_name_and_no_name_are_greeted() {
    let town = Town::sqlite().await;
    for (name, greeting) in [
        ("a".repeat(140), "Hej</h1>"),
        (" ".to_owned(), "Hej</h1>"),
        ("Åse Bæk".to_owned(), "Hej Åse</h1>"),
    ] {
        let mut tx = town.app.db.begin().await.expect("begins");
        tx.execute("UPDATE citizen SET name = $1 WHERE id = $2", args![name, ANNA])
            .await
            .expect("updates");
        tx.commit().await.expect("commits");
        town.citizen(ANNA).await.get("/my-plan").await.ok().has(greeting);
    }
}

/// LIX (Björnsson 1968): words per sentence, plus the share of words with more than six letters in percent. Each message is a sentence of its
/// own on the page, so its end counts as one.
fn lix(texts: &[&str]) -> f64 {
    let (mut words, mut long, mut sentences) = (0.0, 0.0, 0.0);
    for text in texts {
        let ends = text.matches(['.', '?', '!', ':']).count();
        sentences += (ends + usize::from(!text.ends_with(['.', '?', '!', ':']))) as f64;
        for word in text.split_whitespace() {
            words += 1.0;
            long += f64::from(u8::from(word.chars().filter(|c| c.is_alphabetic()).count() > 6));
        }
    }
    words / sentences + 100.0 * long / words
}

#[test]
fn the_words_are_easy_to_read() {
    let texts: Vec<&str> = include_str!("../../lang/da/my.ftl")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(" = ").map(|(_, text)| text))
        .filter(|text| !text.contains('{'))
        .collect();
    assert!(texts.len() > 150);
    assert!(lix(&texts) <= 35.0, "LIX {:.1}", lix(&texts));
    // Longer texts one by one: a hard one must not hide among easy ones.
    for text in texts.iter().filter(|text| text.split_whitespace().count() >= 12) {
        assert!(lix(&[text]) <= 35.0, "LIX {:.1}: {text}", lix(&[text]));
    }
    assert_eq!(Lang::Da.my_coordinator(), "Min tovholder");
}

#[tokio::test]
async fn an_own_step_is_changed() {
    let town = Town::sqlite().await;
    let citizen = town.citizen(ANNA).await;
    let (own, theirs) = {
        let steps = anna(&town).await.steps;
        (steps[0].clone(), steps[1].clone())
    };
    let page = format!("/my-plan/steps/{}", own.id);
    let edit = format!("{page}/edit");
    citizen.get(&page).await.ok().has(&edit);
    citizen
        .get(&edit)
        .await
        .ok()
        .has("Ring til Solhøj Gartneri")
        .has("value=\"2026-03-20\"");
    let rev = own.rev.to_string();
    let goal = own.goal.map_or_else(String::new, |goal| goal.to_string());
    for (fields, error) in [
        ([("title", " "), ("due", "2026-03-20")], "Skriv noget her."),
        ([("title", "Gå forbi"), ("due", "2026-03-01")], "Den dag er gået."),
        ([("title", "Gå forbi"), ("due", "2026-02-30")], "Datoen findes ikke."),
    ] {
        let again = citizen.post(&edit, &[&fields[..], &[("_rev", &rev)]].concat()).await;
        again.refused().has(error).has(&format!("value=\"{}\"", fields[1].1));
    }
    let fields = [
        ("title", TAG),
        ("due", ""),
        ("goal", goal.as_str()),
        ("_rev", rev.as_str()),
    ];
    let saved = citizen.post(&edit, &fields).await;
    saved.redirects_to(&page);
    citizen.get(&page).await.ok().lacks(TAG).has("&#60;script&#62;");
    let now = anna(&town).await.steps[0].clone();
    assert_eq!((now.title.as_str(), now.due), (TAG, None));
    assert_eq!((now.goal, &now.holder), (own.goal, &own.holder));
    town.employee(KAREN)
        .await
        .get(&format!("/plans/{}/history?topic=steps", town.anna_plan))
        .await
        .ok()
        .has("Skridt ændret")
        .has("Ring til Solhøj Gartneri");

    // Somebody was there first: both stand there, and saving again is a choice.
    let fields = [("title", "Cykl forbi"), ("_rev", rev.as_str())];
    let both = citizen.post(&edit, &fields).await;
    both.refused()
        .has("Cykl forbi")
        .has("&#60;script&#62;")
        .has("Det, der er gemt nu");
    both.has(&format!("name=\"_rev\" value=\"{}\"", now.rev));
    let new = now.rev.to_string();
    citizen
        .post(&edit, &[("title", "Cykl forbi"), ("_rev", &new)])
        .await
        .redirects_to(&page);
    assert_eq!(anna(&town).await.steps[0].title, "Cykl forbi");

    // What others hold is theirs.
    let path = format!("/my-plan/steps/{}", theirs.id);
    citizen.get(&path).await.ok().lacks("/edit").lacks("/drop");
    for what in ["edit", "drop"] {
        let path = format!("{path}/{what}");
        citizen.get(&path).await.not_found();
        let rev = theirs.rev.to_string();
        citizen
            .post(&path, &[("title", "Mit"), ("_rev", &rev)])
            .await
            .not_found();
    }
    assert_eq!(anna(&town).await.steps[1], theirs);
    town.citizen(BO).await.get(&edit).await.not_found();
    town.citizen(ANNA)
        .await
        .in_english()
        .get(&edit)
        .await
        .ok()
        .has("Change the step");
}

#[tokio::test]
async fn an_own_step_whose_day_has_gone_keeps_it_until_another_is_chosen() {
    let town = Town::sqlite().await;
    let own = anna(&town).await.steps[0].clone();
    let later = town.at(now() + jiff::SignedDuration::from_hours(24 * 7));
    let citizen = later.citizen(ANNA).await;
    let edit = format!("/my-plan/steps/{}/edit", own.id);
    let rev = own.rev.to_string();
    citizen
        .post(&edit, &[("title", "Ring i dag"), ("due", "2026-03-20"), ("_rev", &rev)])
        .await
        .redirects_to(&format!("/my-plan/steps/{}", own.id));
    assert_eq!(anna(&town).await.steps[0].due, own.due);
}

#[tokio::test]
async fn an_own_step_is_dropped_with_or_without_a_reason_and_taken_back() {
    let town = Town::sqlite().await;
    let citizen = town.citizen(ANNA).await;
    let own = anna(&town).await.steps[0].clone();
    let drop = format!("/my-plan/steps/{}/drop", own.id);
    citizen
        .get(&drop)
        .await
        .ok()
        .has("Ring til Solhøj Gartneri")
        .has("Du behøver ikke skrive noget");
    let (rev, form) = (own.rev.to_string(), Uuid::now_v7().to_string());
    let much = "æ".repeat(501);
    citizen
        .post(&drop, &[("reason", &much), ("_rev", &rev)])
        .await
        .refused()
        .has(&much);
    let dropped = citizen
        .post(&drop, &[("reason", TAG), ("_rev", &rev), ("_act", &form)])
        .await;
    dropped.redirects_to("/my-plan/steps");
    assert!(
        dropped
            .cookies
            .iter()
            .any(|c| c.starts_with("flash=step-dropped.") && c.contains(&form))
    );
    assert_eq!(anna(&town).await.steps[0].status, StepStatus::Dropped);
    citizen.get(&drop).await.not_found();
    citizen
        .get("/my-plan/history")
        .await
        .ok()
        .has("Skridt droppet")
        .has("&#60;script&#62;")
        .lacks(TAG);
    citizen
        .post(&format!("/plans/{}/undo/{form}", town.anna_plan), &[])
        .await
        .redirects_to("/my-plan");
    let back = anna(&town).await.steps[0].clone();
    assert_eq!(back.status, StepStatus::Open);

    // Karen changed it while the page lay open: the page shows what it became, and asks once more.
    let asked = citizen.post(&drop, &[("_rev", &rev)]).await;
    asked.refused().has("Skridtet er blevet ændret imens");
    let rev = back.rev.to_string();
    asked.has(&format!("name=\"_rev\" value=\"{rev}\""));
    citizen
        .post(&drop, &[("_rev", &rev)])
        .await
        .redirects_to("/my-plan/steps");
    assert_eq!(anna(&town).await.steps[0].status, StepStatus::Dropped);
}

#[tokio::test]
async fn a_citizen_writes_to_the_coordinator_without_being_asked() {
    let town = Town::sqlite().await;
    let (citizen, karen) = (town.citizen(ANNA).await, town.employee(KAREN).await);
    let form = "/my-plan/messages/new";
    citizen.get("/my-plan/messages").await.ok().has(form);
    citizen
        .get(form)
        .await
        .ok()
        .has("Skriv til Karen Holm")
        .has("Din besked");
    let much = "æ".repeat(2_001);
    citizen.post(form, &[("text", &much)]).await.refused().has(&much);
    citizen
        .post(form, &[("text", "")])
        .await
        .refused()
        .has("Skriv noget her.");
    citizen
        .post(form, &[("text", "Må jeg komme en time senere?")])
        .await
        .redirects_to("/my-plan/messages");
    citizen
        .get("/my-plan/messages")
        .await
        .ok()
        .has("Må jeg komme en time senere?");
    karen.get("/day").await.ok().has("Nye beskeder fra borgere");
    karen
        .get(&format!("/plans/{}", town.anna_plan))
        .await
        .ok()
        .has("Må jeg komme en time senere?")
        .has("Anna Lind har skrevet en besked.");
}

#[tokio::test]
async fn an_answer_waits_for_the_employee_until_it_is_read() {
    let town = Town::sqlite().await;
    let (citizen, karen) = (town.citizen(ANNA).await, town.employee(KAREN).await);
    let home = format!("/plans/{}", town.anna_plan);
    let asked = anna(&town).await.messages[0].clone();
    let answer = format!("/my-plan/messages/{}/answer", asked.id);
    citizen.get("/my-plan/messages").await.ok().has(&answer);
    citizen
        .get(&answer)
        .await
        .ok()
        .has("Svar til Karen Holm")
        .has("Tak for en god samtale");
    citizen
        .post(&answer, &[("text", " ")])
        .await
        .refused()
        .has("Skriv noget her.");
    let much = "æ".repeat(2_001);
    citizen.post(&answer, &[("text", &much)]).await.refused().has(&much);
    karen.get("/day").await.ok().lacks("Nye beskeder fra borgere");

    let form = Uuid::now_v7().to_string();
    let fields = [("text", TAG), ("_act", form.as_str())];
    citizen.post(&answer, &fields).await.redirects_to("/my-plan/messages");
    citizen.post(&answer, &fields).await.redirects_to("/my-plan/messages");
    let messages = anna(&town).await.messages;
    assert_eq!(messages.len(), 2, "sent twice, written once");
    assert!(messages[0].read, "who answers has read");
    let reply = messages[1].clone();
    assert_eq!((reply.author_kind, reply.employee), (PersonKind::Citizen, Some(KAREN)));
    citizen
        .get("/my-plan/messages")
        .await
        .ok()
        .has("Ikke læst endnu")
        .has("Svar på: Tak for en god samtale")
        .lacks(TAG);
    citizen.get("/my-plan").await.ok().lacks("ny besked");

    // It stands in Karen's day, on her list, in the plan and in its history; what it says is only where reading it is logged.
    let day = karen.get("/day").await;
    day.ok()
        .has("Nye beskeder fra borgere")
        .has(&format!("{home}#messages"));
    day.lacks("script&#62;");
    assert!(day.queries <= 12, "{} queries", day.queries);
    karen
        .get("/citizens?list=waiting_for_me")
        .await
        .ok()
        .has("Anna Lind")
        .has("1 ny besked");
    let page = karen.get(&home).await;
    page.ok()
        .has("Anna Lind har skrevet en besked.")
        .has("&#60;script&#62;")
        .lacks(TAG);
    karen
        .get(&format!("{home}/history?topic=conversations"))
        .await
        .ok()
        .has("Svar på");
    // Mette takes part, but the answer is not to her; Ole has nothing to do with it.
    town.employee(METTE)
        .await
        .get("/day")
        .await
        .ok()
        .lacks("Nye beskeder fra borgere");
    town.employee(OLE)
        .await
        .get("/day")
        .await
        .ok()
        .lacks("Nye beskeder fra borgere");

    let read = format!("{home}/messages/{}/read", reply.id);
    karen.get(&read).await.redirects_to(&home);
    town.employee(OLE).await.post(&read, &[]).await.not_found();
    citizen.post(&read, &[]).await.not_found();
    karen.post(&read, &[]).await.redirects_to(&home);
    karen.get("/day").await.ok().lacks("Nye beskeder fra borgere");
    karen.get(&home).await.ok().lacks("har skrevet en besked");
    citizen
        .get("/my-plan/messages")
        .await
        .ok()
        .lacks("Ikke læst endnu")
        .has("Læst");
}

#[tokio::test]
async fn an_employee_answers_the_answer_and_only_messages_to_oneself_are_answered() {
    let town = Town::sqlite().await;
    let (citizen, karen) = (town.citizen(ANNA).await, town.employee(KAREN).await);
    let home = format!("/plans/{}", town.anna_plan);
    // Mette, who takes part, has asked something: her day shows the answer, and so does the coordinator's.
    let mette = town.employee(METTE).await;
    mette
        .post(&format!("{home}/messages/new"), &[("text", "Hvordan gik det?")])
        .await
        .redirects_to(&home);
    let asked = anna(&town).await.messages[1].clone();
    citizen
        .post(
            &format!("/my-plan/messages/{}/answer", asked.id),
            &[("text", "Det gik godt")],
        )
        .await
        .redirects_to("/my-plan/messages");
    for employee in [&mette, &karen] {
        employee
            .get("/day")
            .await
            .ok()
            .has("Nye beskeder fra borgere")
            .has("Anna Lind");
    }
    let reply = anna(&town).await.messages[2].clone();
    let answer = format!("{home}/messages/{}/answer", reply.id);
    karen
        .get(&answer)
        .await
        .ok()
        .has("Det gik godt")
        .has("Svar til Anna Lind");
    karen.post(&answer, &[("text", "")]).await.refused().has("Det gik godt");
    town.employee(OLE).await.get(&answer).await.not_found();
    citizen.get(&answer).await.not_found();
    karen
        .post(&answer, &[("text", "Hvor er det godt")])
        .await
        .redirects_to(&home);
    for employee in [&mette, &karen] {
        employee.get("/day").await.ok().lacks("Nye beskeder fra borgere");
    }
    citizen.get("/my-plan/more").await.ok().has("Du har 2 nye beskeder");
    citizen
        .get("/my-plan/messages")
        .await
        .ok()
        .has("Hvor er det godt")
        .has("Svar på: Det gik godt");

    // Nobody answers themselves, or a message of another plan.
    karen
        .get(&format!("{home}/messages/{}/answer", asked.id))
        .await
        .not_found();
    citizen
        .get(&format!("/my-plan/messages/{}/answer", reply.id))
        .await
        .not_found();
    citizen
        .post(&format!("/my-plan/messages/{}/answer", reply.id), &[("text", "x")])
        .await
        .not_found();
    town.citizen(BO)
        .await
        .get(&format!("/my-plan/messages/{}/answer", asked.id))
        .await
        .not_found();
    assert_eq!(anna(&town).await.messages.len(), 4);
}

#[tokio::test]
async fn a_message_that_nobody_has_read_can_be_taken_back() {
    let town = Town::sqlite().await;
    let (citizen, karen) = (town.citizen(ANNA).await, town.employee(KAREN).await);
    let home = format!("/plans/{}", town.anna_plan);
    let send = async |text: &str| {
        let form = Uuid::now_v7().to_string();
        karen
            .post(&format!("{home}/messages/new"), &[("text", text), ("_act", &form)])
            .await
            .redirects_to(&home);
        format!("{home}/undo/{form}")
    };
    let undo = send("Sendt til den forkerte").await;
    karen.post(&undo, &[]).await.redirects_to(&home);
    citizen
        .get("/my-plan/messages")
        .await
        .ok()
        .lacks("Sendt til den forkerte");
    let undo = send("Vi ses").await;
    citizen.get("/my-plan/messages").await.ok().has("Vi ses");
    karen.post(&undo, &[]).await;
    citizen.get("/my-plan/messages").await.ok().has("Vi ses");
}
