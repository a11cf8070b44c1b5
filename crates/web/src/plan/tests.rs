//! The plan's pages over HTTP.

use jiff::Timestamp;
use jiff::civil::date;
use tovholder_casework::decide::*;
use tovholder_casework::id::*;
use tovholder_casework::plan::*;
use tovholder_store::plans;
use uuid::Uuid;

use crate::testing::*;

/// Text that breaks out of a page that forgets to escape.
const HTML: &str = "<script>alert('x')</script>\"&'";
const ESCAPED: &str = "&#60;script&#62;";
/// Emoji, and letters that run from right to left.
const LETTERS: &str = "👩🏽‍🌾 שלום مرحبا";

fn act() -> String {
    Uuid::now_v7().to_string()
}

async fn plan(town: &Town, id: PlanId) -> Plan {
    let mut conn = town.app.db.read().await.expect("reads");
    plans::load(&mut conn, id).await.expect("loads").expect("is there").plan
}

/// Every page of Anna's plan that only needs the plan, its goal, step, person, effort and strength.
async fn pages(town: &Town) -> Vec<String> {
    let p = plan(town, town.anna_plan).await;
    let home = format!("/plans/{}", p.head.id);
    let mut all = vec![home.clone()];
    for rest in [
        "print",
        "core-task",
        "goals/new",
        "steps/new",
        "strengths",
        "people/new",
        "efforts/new",
        "progress",
        "progress?together=1",
        "messages/new",
    ] {
        all.push(format!("{home}/{rest}"));
    }
    let (goal, step, effort) = (p.goals[0].id, p.steps[0].id, p.efforts[0].id);
    let (person, strength) = (p.participations[0].id, p.strengths[0].id);
    for rest in [
        format!("goals/{goal}"),
        format!("goals/{goal}/end"),
        format!("steps/{step}"),
        format!("steps/{step}/drop"),
        format!("comments/new?goal={goal}"),
        format!("comments/new?step={step}"),
        format!("strengths/{strength}"),
        format!("people/{person}/end"),
        format!("efforts/{effort}"),
        format!("efforts/{effort}/hours"),
        format!("efforts/{effort}/end"),
    ] {
        all.push(format!("{home}/{rest}"));
    }
    all
}

#[tokio::test]
async fn every_page_opens_in_both_languages_and_for_nobody_else() {
    let town = Town::sqlite().await;
    let (karen, ole, anna) = (
        town.employee(KAREN).await,
        town.employee(OLE).await,
        town.citizen(ANNA).await,
    );
    let english = town.employee(KAREN).await.in_english();
    for path in pages(&town).await {
        karen.get(&path).await.ok().has("lang=\"da\"").has("Anna Lind");
        english.get(&path).await.ok().has("lang=\"en\"").has("Anna Lind");
        ole.get(&path).await.not_found();
        anna.get(&path).await.not_found();
        assert!(
            town.guest().get(&path).await.location.starts_with("/log-in?next="),
            "{path}"
        );
    }
}

#[tokio::test]
async fn nobody_else_can_send_any_form() {
    let town = Town::sqlite().await;
    let before = plan(&town, town.anna_plan).await;
    let (ole, anna) = (town.employee(OLE).await, town.citizen(ANNA).await);
    for path in pages(&town).await {
        let path = path.split('?').next().expect("a path");
        for fields in [
            vec![
                ("words", "x"),
                ("aim", "health"),
                ("title", "x"),
                ("holder", "citizen"),
                ("text", "x"),
                ("kind", "hope"),
            ],
            vec![
                ("status", "dropped"),
                ("until", "2026-03-16"),
                ("_rev", "1"),
                ("core_task", "life"),
                ("reason", "x"),
            ],
        ] {
            for stranger in [&ole, &anna] {
                let answer = stranger.post(path, &fields).await;
                assert!(
                    matches!(answer.status.as_u16(), 404 | 405),
                    "{path} answered {}",
                    answer.status
                );
            }
        }
    }
    for step in &before.steps {
        ole.post(&format!("/plans/{}/steps/{}/tick", before.head.id, step.id), &[])
            .await
            .not_found();
    }
    assert_eq!(plan(&town, town.anna_plan).await, before);
}

#[tokio::test]
async fn the_plan_shows_what_matters_in_few_queries() {
    let town = Town::sqlite().await;
    let home = format!("/plans/{}", town.anna_plan);
    let page = town.employee(KAREN).await.get(&home).await;
    page.ok()
        .has("Anna Lind")
        .has("35 år")
        .has("20 30 40 50")
        .has("Job eller uddannelse")
        .has("Karen Holm")
        .has("Jeg vil have et job, hvor jeg er ude")
        .has("Ordinær beskæftigelse 20 timer inden for gartneri")
        .has("Ring til Solhøj Gartneri")
        .has("Over tiden")
        .has("2 personer, 2 enheder")
        .has("15 timer om ugen, 2,5 med løn")
        .has("At min datter ser mig gå på arbejde")
        .has("Kan jeg få kørsel betalt?")
        .has("Tal om det")
        .has("Tak for en god samtale")
        .has("Hun sover dårligt")
        .lacks("Planen mangler vejen til job");
    assert!(page.queries <= 12, "{} queries", page.queries);
    assert!(page.bytes.len() < 80_000, "{} bytes", page.bytes.len());
    // The coordinator comes first among the people.
    let people = &page.html[page.html.find("id=\"people\"").expect("the people")..];
    assert!(people.find("Karen Holm") < people.find("Mette Krog"));
    // The head of department needs one query more for the units they lead.
    assert!(town.employee(PER).await.get(&home).await.queries <= 12);
}

#[tokio::test]
async fn a_new_plan_says_what_to_do() {
    let town = Town::sqlite().await;
    let home = format!("/plans/{}", town.bo_plan);
    let page = town.employee(KAREN).await.get(&home).await;
    page.ok()
        .has("Der er ingen mål endnu")
        .has("Planen mangler vejen til job")
        .has("Der er ikke et mål om job eller uddannelse.")
        .has(&format!("{home}/goals/new?aim=employment"))
        .lacks("Aftal kontakt med en virksomhed")
        .has("Der er ikke aftalt en samtale.")
        .has("1 person, 1 enhed");
}

/// Design invariant 7: the same case under the rules of two dates gives two answers.
#[tokio::test]
async fn drift_follows_the_rules_of_the_day() {
    let town = Town::sqlite().await;
    let opened = date(2025, 11, 17);
    let by = sender(opened.at(9, 0, 0, 0));
    let id = plans::open(
        &town.app.db,
        CILLE,
        CoreTask::Work,
        (KAREN, "Karen Holm".into()),
        opened,
        &by,
    )
    .await
    .expect("opens");
    let goal = GoalInput {
        parent: None,
        words: "Jeg vil være tømrer".into(),
        professional: String::new(),
        aim: Aim::Education,
    };
    plans::perform(&town.app.db, id, Intent::SetGoal(goal), &sender(opened.at(9, 0, 0, 0)))
        .await
        .expect("sets");
    // Eleven weeks without a company: the rule said twelve until January, and says eight from February.
    let at = |day: &str| -> Timestamp { format!("{day}T09:00:00Z").parse().expect("an instant") };
    for (day, drifts) in [("2026-01-31", false), ("2026-02-01", true)] {
        let then = town.at(at(day));
        let page = then.employee(KAREN).await.get(&format!("/plans/{id}")).await;
        page.ok();
        assert_eq!(
            page.html
                .contains("Der har ikke været kontakt med en virksomhed siden 17. november 2025"),
            drifts,
            "{day}"
        );
        assert_eq!(page.html.contains("Der må højst gå 8 uger"), drifts, "{day}");
        assert_eq!(page.html.contains("efforts/new?kind=company_visit"), drifts, "{day}");
    }
}

#[tokio::test]
async fn former_and_next_coordinators_read_and_see_no_buttons() {
    let town = Town::sqlite().await;
    let home = format!("/plans/{}", town.anna_plan);
    let (ole, karen) = (town.employee(OLE).await, town.employee(KAREN).await);
    transfer(&town, date(2026, 3, 20)).await;
    ole.get(&home)
        .await
        .ok()
        .has("Du bliver tovholder 20. marts 2026")
        .lacks("/goals/new")
        .lacks("/tick\"")
        .lacks(&format!("{home}/log"));
    karen
        .get(&home)
        .await
        .ok()
        .has("Ole Bang bliver tovholder 20. marts 2026.")
        .has("/goals/new");
    for path in [
        "goals/new",
        "steps/new",
        "strengths",
        "people/new",
        "efforts/new",
        "messages/new",
        "core-task",
    ] {
        ole.get(&format!("{home}/{path}")).await.not_found();
    }
    let p = plan(&town, town.anna_plan).await;
    ole.get(&format!("{home}/goals/{}", p.goals[0].id))
        .await
        .ok()
        .lacks("<textarea");
    ole.get(&format!("{home}/steps/{}", p.steps[0].id))
        .await
        .ok()
        .lacks("<textarea");
    ole.get(&format!("{home}/progress")).await.ok().lacks("<select");
    let then = town.at("2026-03-25T09:00:00Z".parse().expect("an instant"));
    then.employee(KAREN)
        .await
        .get(&home)
        .await
        .ok()
        .has("Du var tovholder før")
        .lacks("/goals/new")
        .lacks("/tick\"");
    then.employee(OLE).await.get(&home).await.ok().has("/goals/new");
    let tick = format!("{home}/steps/{}/tick", p.steps[0].id);
    then.employee(KAREN).await.post(&tick, &[]).await.redirects_to(&home);
    assert_eq!(plan(&town, town.anna_plan).await.steps, p.steps);
}

async fn transfer(town: &Town, from: jiff::civil::Date) {
    let intent = Intent::Transfer {
        to: OLE,
        name: "Ole Bang".into(),
        from,
        reason: TransferReason::Workload,
        note: String::new(),
        handover: String::new(),
    };
    plans::perform(&town.app.db, town.anna_plan, intent, &sender(TODAY.at(9, 0, 0, 0)))
        .await
        .expect("transfers");
}

#[tokio::test]
async fn a_goal_is_set_changed_reached_and_taken_up_again() {
    let town = Town::sqlite().await;
    let karen = town.employee(KAREN).await;
    let home = format!("/plans/{}", town.bo_plan);
    let new = format!("{home}/goals/new");
    let fields = [
        ("words", "Jeg vil køre lastbil 🚚"),
        ("professional", "Kørekort C"),
        ("aim", "education"),
        ("_voice", "together"),
    ];
    karen.post(&new, &fields).await.redirects_to(&home);
    let set = plan(&town, town.bo_plan).await;
    let goal = &set.goals[0];
    assert_eq!(
        (goal.words.as_str(), goal.aim),
        ("Jeg vil køre lastbil 🚚", Aim::Education)
    );
    karen
        .get(&home)
        .await
        .ok()
        .has("Jeg vil køre lastbil 🚚")
        .lacks("Planen mangler vejen til job");

    karen
        .post(
            &new,
            &[
                ("words", "Jeg vil bestå teorien"),
                ("aim", "education"),
                ("parent", &goal.id.to_string()),
            ],
        )
        .await
        .redirects_to(&home);
    let edit = format!("{home}/goals/{}", goal.id);
    karen
        .get(&edit)
        .await
        .ok()
        .has("name=\"_rev\" value=\"1\"")
        .has("Jeg vil køre lastbil 🚚");
    karen
        .post(
            &edit,
            &[("_rev", "1"), ("words", "Jeg vil køre bus"), ("aim", "employment")],
        )
        .await
        .redirects_to(&home);

    let end = format!("{edit}/end");
    karen
        .get(&format!("{end}?status=reached"))
        .await
        .ok()
        .has("value=\"reached\" checked");
    karen
        .post(
            &end,
            &[("_rev", "2"), ("status", "reached"), ("reason", "Kørekortet er hjemme")],
        )
        .await
        .redirects_to(&home);
    // Its sub-goal goes on by itself.
    karen
        .get(&home)
        .await
        .ok()
        .has("Et mål er nået eller lagt væk")
        .has("Jeg vil bestå teorien");
    karen
        .post(&end, &[("_rev", "3"), ("status", "open")])
        .await
        .redirects_to(&home);
    let now = plan(&town, town.bo_plan).await;
    assert_eq!(
        now.goal(goal.id).map(|g| (g.status, g.words.as_str())),
        Some((GoalStatus::Open, "Jeg vil køre bus"))
    );
    assert_eq!(now.goals.iter().filter(|g| g.parent == Some(goal.id)).count(), 1);
}

#[tokio::test]
async fn two_people_who_edit_the_same_goal_see_both_versions() {
    let town = Town::sqlite().await;
    let (karen, mette) = (town.employee(KAREN).await, town.employee(METTE).await);
    let goal = plan(&town, town.anna_plan).await.goals[0].clone();
    let path = format!("/plans/{}/goals/{}", town.anna_plan, goal.id);
    mette
        .post(
            &path,
            &[
                ("_rev", "1"),
                ("words", "Jeg vil arbejde udenfor"),
                ("aim", "employment"),
            ],
        )
        .await
        .redirects_to(&format!("/plans/{}", town.anna_plan));
    let both = karen
        .post(
            &path,
            &[("_rev", "1"), ("words", "Jeg vil passe planter"), ("aim", "employment")],
        )
        .await;
    both.refused()
        .has("Nogen har ændret det imens")
        .has("Jeg vil arbejde udenfor")
        .has("Jeg vil passe planter</textarea>")
        .has("name=\"_rev\" value=\"2\"");
    assert_eq!(
        plan(&town, town.anna_plan)
            .await
            .goal(goal.id)
            .map(|g| g.words.clone())
            .as_deref(),
        Some("Jeg vil arbejde udenfor")
    );
    karen
        .post(
            &path,
            &[("_rev", "2"), ("words", "Jeg vil passe planter"), ("aim", "employment")],
        )
        .await
        .redirects_to(&format!("/plans/{}", town.anna_plan));
    assert_eq!(
        plan(&town, town.anna_plan)
            .await
            .goal(goal.id)
            .map(|g| g.words.clone())
            .as_deref(),
        Some("Jeg vil passe planter")
    );
}

#[tokio::test]
async fn a_draft_of_a_goal_others_have_changed_is_shown_beside_it() {
    let town = Town::sqlite().await;
    let (karen, mette) = (town.employee(KAREN).await, town.employee(METTE).await);
    let goal = plan(&town, town.anna_plan).await.goals[0].id;
    let path = format!("/plans/{}/goals/{goal}", town.anna_plan);
    karen
        .post(
            &format!("/draft{path}"),
            &[("_rev", "1"), ("words", "Min kladde"), ("aim", "employment")],
        )
        .await;
    karen
        .get(&path)
        .await
        .ok()
        .has("Min kladde</textarea>")
        .lacks("Nogen har ændret det imens");
    mette
        .post(&path, &[("_rev", "1"), ("words", "Mettes ord"), ("aim", "employment")])
        .await;
    karen
        .get(&path)
        .await
        .ok()
        .has("Min kladde</textarea>")
        .has("Nogen har ændret det imens")
        .has("Mettes ord");
}

#[tokio::test]
async fn a_step_is_held_by_anybody() {
    let town = Town::sqlite().await;
    let karen = town.employee(KAREN).await;
    let home = format!("/plans/{}", town.anna_plan);
    let new = format!("{home}/steps/new");
    let (mette, ole) = (format!("employee:{METTE}"), OLE.to_string());
    karen
        .get(&new)
        .await
        .ok()
        .has("Mette Krog")
        .has("Anna Lind")
        .has("Ole Bang");
    for fields in [
        vec![("holder", "citizen")],
        vec![("holder", mette.as_str())],
        vec![("holder", "colleague"), ("colleague", ole.as_str())],
        vec![
            ("holder", "other"),
            ("holder_kind", "relative"),
            ("holder_name", "Mor: Ulla"),
        ],
        vec![("holder", "company:Inge Toft")],
    ] {
        let all: Vec<_> = [
            ("title", "Ring til lægen"),
            ("due", "2026-04-01"),
            ("role", "translator"),
        ]
        .into_iter()
        .chain(fields)
        .collect();
        karen.post(&new, &all).await.redirects_to(&home);
    }
    let p = plan(&town, town.anna_plan).await;
    let held: Vec<_> = p
        .steps
        .iter()
        .filter(|s| s.title == "Ring til lægen")
        .map(|s| (s.holder.kind, s.holder.name.as_str()))
        .collect();
    assert_eq!(
        held,
        [
            (PersonKind::Citizen, ""),
            (PersonKind::Employee, "Mette Krog"),
            (PersonKind::Employee, "Ole Bang"),
            (PersonKind::Relative, "Mor: Ulla"),
            (PersonKind::Company, "Inge Toft")
        ]
    );
    // A holder outside the plan stays chosen when the step is changed.
    let named = p.steps.iter().find(|s| s.holder.name == "Mor: Ulla").expect("the step");
    let page = karen.get(&format!("{home}/steps/{}", named.id)).await;
    page.ok().has("value=\"relative:Mor: Ulla\" checked");
}

#[tokio::test]
async fn a_step_without_a_sound_holder_is_refused_with_everything_kept() {
    let town = Town::sqlite().await;
    let karen = town.employee(KAREN).await;
    let new = format!("/plans/{}/steps/new", town.anna_plan);
    let nobody = format!("employee:{}", Uuid::from_u128(9));
    for (holder, extra) in [
        ("", ("x", "")),
        ("nobody", ("x", "")),
        ("citizen:x", ("due", "31-02-2026")),
        ("citizen", ("due", "2026-03-15")),
        (nobody.as_str(), ("x", "")),
        ("employee:no-id", ("x", "")),
        ("colleague", ("colleague", "")),
        ("other", ("holder_name", "")),
        ("other", ("holder_kind", "employee")),
    ] {
        let page = karen
            .post(&new, &[("title", "Et langt skridt"), ("holder", holder), extra])
            .await;
        page.refused().has("value=\"Et langt skridt\"").has("error-summary");
    }
    assert_eq!(plan(&town, town.anna_plan).await.steps.len(), 2);
}

#[tokio::test]
async fn a_step_is_ticked_twice_and_opened_again_and_dropped() {
    let town = Town::sqlite().await;
    let karen = town.employee(KAREN).await;
    let step = plan(&town, town.anna_plan).await.steps[0].id;
    let home = format!("/plans/{}", town.anna_plan);
    let tick = format!("{home}/steps/{step}/tick");
    let number = act();
    for _ in 0..2 {
        karen.post(&tick, &[("_act", &number)]).await.redirects_to(&home);
    }
    karen.post(&tick, &[]).await.redirects_to(&home);
    assert_eq!(
        plan(&town, town.anna_plan).await.step(step).map(|s| (s.status, s.rev)),
        Some((StepStatus::Done, 2))
    );
    karen.get(&home).await.ok().has("Gjort 16. marts 2026");
    karen.get(&tick).await.redirects_to(&home);
    karen
        .post(&format!("{home}/steps/{step}/untick"), &[])
        .await
        .redirects_to(&home);
    karen
        .post(
            &format!("{home}/steps/{step}/drop"),
            &[("_rev", "3"), ("reason", "Det er ikke nødvendigt")],
        )
        .await
        .redirects_to(&home);
    assert_eq!(
        plan(&town, town.anna_plan).await.step(step).map(|s| s.status),
        Some(StepStatus::Dropped)
    );
}

#[tokio::test]
async fn two_people_who_change_the_same_step_see_both_versions() {
    let town = Town::sqlite().await;
    let (karen, mette) = (town.employee(KAREN).await, town.employee(METTE).await);
    let step = plan(&town, town.anna_plan).await.steps[0].clone();
    let (home, rev) = (format!("/plans/{}", town.anna_plan), step.rev.to_string());
    let path = format!("{home}/steps/{}", step.id);
    mette
        .post(
            &path,
            &[("_rev", &rev), ("title", "Skriv til gartneriet"), ("holder", "citizen")],
        )
        .await
        .redirects_to(&home);
    let both = karen
        .post(
            &path,
            &[
                ("_rev", &rev),
                ("title", "Besøg gartneriet"),
                ("holder", "citizen"),
                ("due", "2026-03-30"),
            ],
        )
        .await;
    both.refused()
        .has("Nogen har ændret det imens")
        .has("Skriv til gartneriet")
        .has("value=\"Besøg gartneriet\"")
        .has("value=\"2026-03-30\"");
    // Ticked while the form lay open: what was typed is still there.
    let rev = plan(&town, town.anna_plan)
        .await
        .step(step.id)
        .expect("the step")
        .rev
        .to_string();
    mette.post(&format!("{path}/tick"), &[]).await.redirects_to(&home);
    karen
        .post(
            &path,
            &[("_rev", &rev), ("title", "Cykl til gartneriet"), ("holder", "citizen")],
        )
        .await
        .refused()
        .has("value=\"Cykl til gartneriet\"")
        .has("Gjort");
}

#[tokio::test]
async fn a_form_sent_twice_is_carried_out_once() {
    let town = Town::sqlite().await;
    let karen = town.employee(KAREN).await;
    let home = format!("/plans/{}", town.bo_plan);
    for (path, to, fields) in [
        ("goals/new", &home, vec![("words", "Jeg vil ud"), ("aim", "health")]),
        ("messages/new", &home, vec![("text", "Hej Bo")]),
        (
            "strengths",
            &format!("{home}/strengths"),
            vec![("kind", "hope"), ("text", "Ro")],
        ),
    ] {
        let number = act();
        let fields: Vec<_> = fields.into_iter().chain([("_act", number.as_str())]).collect();
        for _ in 0..2 {
            karen.post(&format!("{home}/{path}"), &fields).await.redirects_to(to);
        }
    }
    let p = plan(&town, town.bo_plan).await;
    assert_eq!((p.goals.len(), p.messages.len(), p.strengths.len()), (1, 1, 1));
}

#[tokio::test]
async fn remarks_stand_on_goals_and_steps() {
    let town = Town::sqlite().await;
    let karen = town.employee(KAREN).await;
    let p = plan(&town, town.anna_plan).await;
    let home = format!("/plans/{}", town.anna_plan);
    let (goal, step) = (p.goals[0].id.to_string(), p.steps[0].id.to_string());
    let new = format!("{home}/comments/new");
    karen
        .post(&new, &[("goal", &goal), ("text", "Det går fint")])
        .await
        .redirects_to(&format!("{home}/goals/{goal}"));
    karen
        .post(&new, &[("step", &step), ("text", LETTERS)])
        .await
        .redirects_to(&format!("{home}/steps/{step}"));
    karen
        .get(&format!("{home}/goals/{goal}"))
        .await
        .ok()
        .has("Det går fint")
        .has("Karen Holm");
    karen.get(&format!("{home}/steps/{step}")).await.ok().has(LETTERS);
    karen.get(&home).await.ok().has("1 bemærkning");
    karen.post(&new, &[("step", &step), ("text", " ")]).await.refused();
    karen.post(&new, &[("text", "Om ingenting")]).await.not_found();
    karen.get(&new).await.redirects_to(&home);
}

#[tokio::test]
async fn strengths_come_change_and_go() {
    let town = Town::sqlite().await;
    let karen = town.employee(KAREN).await;
    let page = format!("/plans/{}/strengths", town.anna_plan);
    karen
        .post(
            &page,
            &[("kind", "network"), ("text", "Min søster"), ("_voice", "together")],
        )
        .await
        .redirects_to(&page);
    karen.get(&page).await.ok().has("Min søster");
    let of = async || {
        plan(&town, town.anna_plan)
            .await
            .strengths
            .into_iter()
            .find(|s| s.kind == StrengthKind::Network)
            .expect("one")
    };
    let one = format!("{page}/{}", of().await.id);
    karen
        .post(&one, &[("_rev", "1"), ("text", "Min søster Eva")])
        .await
        .redirects_to(&page);
    karen
        .post(&one, &[("_rev", "1"), ("text", "Min bror")])
        .await
        .refused()
        .has("Min søster Eva")
        .has("Min bror</textarea>");
    karen
        .post(&one, &[("_rev", "2"), ("text", "Min søster Eva"), ("do", "end")])
        .await
        .redirects_to(&page);
    assert_eq!(of().await.ended, Some(TODAY));
    karen.get(&page).await.ok().lacks("Min søster");
    karen.post(&page, &[("kind", "hope"), ("text", "")]).await.refused();
    karen
        .post(&page, &[("kind", "wish"), ("text", "Noget")])
        .await
        .refused()
        .has("Noget</textarea>");
}

#[tokio::test]
async fn people_join_and_leave() {
    let town = Town::sqlite().await;
    let karen = town.employee(KAREN).await;
    let home = format!("/plans/{}", town.anna_plan);
    let new = format!("{home}/people/new");
    let ole = OLE.to_string();
    karen
        .post(
            &new,
            &[("kind", "employee"), ("employee", &ole), ("from", "2026-03-16")],
        )
        .await
        .redirects_to(&home);
    let volunteer = [
        ("kind", "volunteer"),
        ("name", "Tove Hald"),
        ("role", "Besøgsven"),
        ("organisation", "Røde Kors"),
        ("phone", "22334455"),
        ("from", "16-3-2026"),
    ];
    karen.post(&new, &volunteer).await.redirects_to(&home);
    karen
        .get(&home)
        .await
        .ok()
        .has("4 personer, 2 enheder")
        .has("Tove Hald")
        .has("Besøgsven · Røde Kors")
        .has("22 33 44 55")
        .has("Jobrådgiver · Jobcentret");
    // The colleague now has a relation to the plan.
    town.employee(OLE).await.get(&home).await.ok();
    for (fields, kept) in [
        (
            vec![("kind", "employee"), ("employee", ""), ("from", "2026-03-16")],
            "error-summary",
        ),
        (
            vec![("kind", "employee"), ("employee", ole.as_str()), ("from", "2026-03-16")],
            "error-summary",
        ),
        (
            vec![
                ("kind", "citizen"),
                ("name", "Anna"),
                ("role", "x"),
                ("from", "2026-03-16"),
            ],
            "value=\"Anna\"",
        ),
        (
            vec![
                ("kind", "relative"),
                ("name", "Eva Lind"),
                ("role", ""),
                ("from", "2026-03-16"),
            ],
            "value=\"Eva Lind\"",
        ),
        (
            vec![
                ("kind", "relative"),
                ("name", "Eva Lind"),
                ("role", "Søster"),
                ("from", "30. februar 2026"),
            ],
            "value=\"Søster\"",
        ),
        (
            vec![
                ("kind", "relative"),
                ("name", "Eva Lind"),
                ("role", "Søster"),
                ("from", "2025-01-01"),
            ],
            "før planens første dag",
        ),
    ] {
        karen.post(&new, &fields).await.refused().has(kept);
    }
    let person = plan(&town, town.anna_plan)
        .await
        .participations
        .into_iter()
        .find(|p| p.name == "Tove Hald")
        .expect("Tove")
        .id;
    let end = format!("{home}/people/{person}/end");
    karen
        .post(&end, &[("_rev", "1"), ("until", "2026-03-01")])
        .await
        .refused();
    karen
        .post(&end, &[("_rev", "1"), ("until", "2026-03-16")])
        .await
        .redirects_to(&home);
}

#[tokio::test]
async fn efforts_run_with_hours_that_change() {
    let town = Town::sqlite().await;
    let karen = town.employee(KAREN).await;
    let home = format!("/plans/{}", town.bo_plan);
    let new = format!("{home}/efforts/new");
    let nursery = NURSERY.to_string();
    let good = [
        ("kind", "company_placement"),
        ("title", "Praktik i gartneriet"),
        ("company", nursery.as_str()),
        ("from", "2026-03-16"),
        ("hours", "10"),
        ("paid", ""),
    ];
    karen.post(&new, &good).await.redirects_to(&home);
    let effort = plan(&town, town.bo_plan).await.efforts[0].clone();
    assert_eq!(
        (effort.provider.as_str(), effort.company),
        ("Solhøj Gartneri", Some(NURSERY))
    );
    let path = format!("{home}/efforts/{}", effort.id);
    karen.get(&path).await.ok().has("value=\"10\"").has("Solhøj Gartneri");
    karen
        .post(
            &format!("{path}/hours"),
            &[("_rev", "1"), ("from", "2026-04-01"), ("hours", "20"), ("paid", "5,5")],
        )
        .await
        .redirects_to(&home);
    karen.get(&path).await.ok().has("20 timer om ugen, 5,5 med løn");
    // Changing the words keeps the hours, those of the first day and those that came later.
    karen
        .post(
            &path,
            &[
                ("_rev", "2"),
                ("kind", "company_placement"),
                ("title", "Praktik"),
                ("company", &nursery),
                ("from", "2026-03-16"),
                ("hours", "10"),
                ("paid", "0"),
            ],
        )
        .await
        .redirects_to(&home);
    let hours: Vec<_> = plan(&town, town.bo_plan).await.efforts[0]
        .hours
        .iter()
        .map(|h| (h.from, h.hours, h.paid))
        .collect();
    assert_eq!(hours, [(date(2026, 3, 16), 10.0, 0.0), (date(2026, 4, 1), 20.0, 5.5)]);
    karen
        .post(
            &path,
            &[
                ("_rev", "2"),
                ("kind", "company_placement"),
                ("title", "Mit ord"),
                ("from", "2026-03-16"),
            ],
        )
        .await
        .refused()
        .has("value=\"Mit ord\"")
        .has("Nogen har ændret det imens");
    karen
        .post(&format!("{path}/end"), &[("_rev", "3"), ("until", "2026-03-01")])
        .await
        .refused();
    karen
        .post(&format!("{path}/end"), &[("_rev", "3"), ("until", "2026-05-01")])
        .await
        .redirects_to(&home);
    for (field, value, says) in [
        ("until", "2026-03-01", "error-summary"),
        ("from", "31-02-2026", "value=\"31-02-2026\""),
        ("from", "2036-01-01", "for langt ude"),
        ("hours", "mange", "value=\"mange\""),
        ("hours", "61", "fra 0 til 60"),
        ("paid", "11", "flere løntimer"),
        ("company", "no-id", "error-summary"),
        ("title", "", "Skriv, hvad det er"),
        ("kind", "", "error-summary"),
    ] {
        let fields: Vec<_> = [("until", "")]
            .iter()
            .chain(good.iter())
            .map(|(n, v)| if *n == field { (*n, value) } else { (*n, *v) })
            .collect();
        karen.post(&new, &fields).await.refused().has(says);
    }
    assert_eq!(plan(&town, town.bo_plan).await.efforts.len(), 1);
}

#[tokio::test]
async fn both_sides_answer_in_one_form_when_they_sit_together() {
    let town = Town::sqlite().await;
    let karen = town.employee(KAREN).await;
    let page = format!("/plans/{}/progress", town.bo_plan);
    karen
        .get(&page)
        .await
        .ok()
        .has("Ingen har svaret endnu")
        .lacks("skills_citizen");
    karen
        .get(&format!("{page}?together=1"))
        .await
        .ok()
        .has("name=\"skills_citizen\"")
        .has("name=\"skills_employee\"");
    let both = [
        ("_voice", "together"),
        ("skills_citizen", "4"),
        ("skills_employee", "2"),
        ("skills_citizen_note", "Jeg har truckkort"),
    ];
    karen.post(&page, &both).await.redirects_to(&page);
    karen
        .get(&page)
        .await
        .ok()
        .has("Borgeren svarer 2 højere end medarbejderen")
        .has("Jeg har truckkort");
    karen
        .get(&format!("/plans/{}", town.bo_plan))
        .await
        .ok()
        .has("Tal om det");
    // Alone, the employee answers only as employee, whatever is sent.
    karen
        .post(&page, &[("ownership_citizen", "5"), ("ownership_employee", "1")])
        .await
        .redirects_to(&page);
    let p = plan(&town, town.bo_plan).await;
    assert!(
        !p.ratings
            .iter()
            .any(|r| r.precondition == Precondition::Ownership && r.rater == Rater::Citizen)
    );
    for fields in [
        vec![],
        vec![("skills_employee", "6")],
        vec![("skills_employee", "x")],
        vec![("skills_employee_note", "Uden tal")],
    ] {
        karen.post(&page, &fields).await.refused();
    }
    karen
        .post(&page, &[("skills_employee_note", "Uden tal")])
        .await
        .has("Uden tal</textarea>");
    assert_eq!(plan(&town, town.bo_plan).await.ratings, p.ratings);
}

#[tokio::test]
async fn the_core_task_changes_with_a_reason() {
    let town = Town::sqlite().await;
    let karen = town.employee(KAREN).await;
    let home = format!("/plans/{}", town.bo_plan);
    let page = format!("{home}/core-task");
    karen
        .post(&page, &[("_rev", "1"), ("core_task", "life"), ("reason", "")])
        .await
        .refused();
    karen
        .post(
            &page,
            &[("_rev", "1"), ("core_task", "life"), ("reason", "Helbredet først")],
        )
        .await
        .redirects_to(&home);
    karen
        .get(&home)
        .await
        .ok()
        .has("Et godt hverdagsliv")
        .lacks("Planen mangler vejen til job");
}

#[tokio::test]
async fn html_is_text_everywhere() {
    let town = Town::sqlite().await;
    let karen = town.employee(KAREN).await;
    let home = format!("/plans/{}", town.bo_plan);
    karen
        .post(
            &format!("{home}/goals/new"),
            &[("words", HTML), ("professional", HTML), ("aim", "work")],
        )
        .await
        .refused()
        .has(ESCAPED)
        .lacks("<script>alert");
    karen
        .post(
            &format!("{home}/goals/new"),
            &[("words", HTML), ("professional", HTML), ("aim", "health")],
        )
        .await;
    karen
        .post(
            &format!("{home}/steps/new"),
            &[
                ("title", HTML),
                ("holder", "other"),
                ("holder_kind", "partner"),
                ("holder_name", HTML),
            ],
        )
        .await;
    karen
        .post(&format!("{home}/strengths"), &[("kind", "hope"), ("text", HTML)])
        .await;
    karen
        .post(
            &format!("{home}/people/new"),
            &[
                ("kind", "partner"),
                ("name", HTML),
                ("role", HTML),
                ("organisation", HTML),
                ("phone", "<b>1"),
                ("from", "2026-03-16"),
            ],
        )
        .await;
    karen
        .post(
            &format!("{home}/efforts/new"),
            &[
                ("kind", HTML),
                ("title", HTML),
                ("provider", HTML),
                ("from", "2026-03-16"),
            ],
        )
        .await;
    karen.post(&format!("{home}/messages/new"), &[("text", HTML)]).await;
    karen
        .post(
            &format!("{home}/progress"),
            &[("skills_employee", "1"), ("skills_employee_note", HTML)],
        )
        .await;
    let p = plan(&town, town.bo_plan).await;
    assert_eq!(
        (
            p.goals.len(),
            p.steps.len(),
            p.strengths.len(),
            p.participations.len(),
            p.efforts.len(),
            p.messages.len(),
            p.ratings.len()
        ),
        (1, 1, 1, 1, 1, 1, 1)
    );
    karen
        .post(
            &format!("{home}/comments/new"),
            &[("goal", &p.goals[0].id.to_string()), ("text", HTML)],
        )
        .await;
    let goal = p.goals[0].id;
    let step = p.steps[0].id;
    let effort = p.efforts[0].id;
    for rest in [
        String::new(),
        "/print".into(),
        "/progress".into(),
        "/strengths".into(),
        format!("/goals/{goal}"),
        format!("/goals/{goal}/end"),
        format!("/steps/{step}"),
        format!("/steps/{step}/drop"),
        format!("/steps/new?goal={goal}"),
        format!("/comments/new?step={step}"),
        format!("/efforts/{effort}"),
        format!("/people/{}/end", p.participations[0].id),
        format!("/strengths/{}", p.strengths[0].id),
    ] {
        karen
            .get(&format!("{home}{rest}"))
            .await
            .ok()
            .has(ESCAPED)
            .lacks("<script>alert");
    }
}

#[tokio::test]
async fn a_megabyte_is_refused_beside_its_field_and_kept() {
    let town = Town::sqlite().await;
    let karen = town.employee(KAREN).await;
    let home = format!("/plans/{}", town.bo_plan);
    let much = "æ".repeat(500_000);
    for (path, fields) in [
        ("goals/new", vec![("words", much.as_str()), ("aim", "health")]),
        (
            "goals/new",
            vec![("words", "Kort"), ("professional", much.as_str()), ("aim", "health")],
        ),
        ("steps/new", vec![("title", much.as_str()), ("holder", "citizen")]),
        ("strengths", vec![("kind", "hope"), ("text", much.as_str())]),
        ("messages/new", vec![("text", much.as_str())]),
        (
            "people/new",
            vec![
                ("kind", "partner"),
                ("name", much.as_str()),
                ("role", "x"),
                ("from", "2026-03-16"),
            ],
        ),
        (
            "efforts/new",
            vec![("kind", "mentor"), ("title", much.as_str()), ("from", "2026-03-16")],
        ),
        (
            "core-task",
            vec![("_rev", "1"), ("core_task", "life"), ("reason", much.as_str())],
        ),
        (
            "progress",
            vec![("skills_employee", "1"), ("skills_employee_note", much.as_str())],
        ),
    ] {
        let page = karen.post(&format!("{home}/{path}"), &fields).await;
        page.refused();
        assert!(page.html.contains("Teksten er for lang"), "{path}");
        assert!(page.html.contains(&much), "{path} lost what was typed");
    }
}

#[tokio::test]
async fn letters_of_all_kinds_are_kept() {
    let town = Town::sqlite().await;
    let karen = town.employee(KAREN).await;
    let home = format!("/plans/{}", town.bo_plan);
    karen
        .post(
            &format!("{home}/goals/new"),
            &[("words", LETTERS), ("aim", "community")],
        )
        .await
        .redirects_to(&home);
    karen
        .post(&format!("{home}/messages/new"), &[("text", "Linje 1\r\nLinje 2\u{0}")])
        .await
        .redirects_to(&home);
    karen.get(&home).await.ok().has(LETTERS).has("Linje 1\nLinje 2");
}

#[tokio::test]
async fn what_was_typed_waits_as_a_draft() {
    let town = Town::sqlite().await;
    let karen = town.employee(KAREN).await;
    let path = format!("/plans/{}/steps/new", town.bo_plan);
    karen
        .post(
            &format!("/draft{path}"),
            &[("title", "Halvt skrevet"), ("holder", "citizen")],
        )
        .await;
    karen
        .get(&path)
        .await
        .ok()
        .has("value=\"Halvt skrevet\"")
        .has("value=\"citizen\" checked")
        .has("/discard-draft/plans/");
    karen
        .post(&path, &[("title", "Helt skrevet"), ("holder", "citizen")])
        .await;
    karen.get(&path).await.ok().lacks("Halvt skrevet");
}

#[tokio::test]
async fn a_closed_plan_shows_its_balance_and_no_buttons() {
    let town = Town::sqlite().await;
    let home = format!("/plans/{}", town.anna_plan);
    let balance = Balance {
        reached: "Anna har fået job".into(),
        helped: "Praktikken".into(),
        remains: String::new(),
    };
    let close = Intent::Close {
        rev: 1,
        on: TODAY,
        balance,
        reached: vec![],
    };
    plans::perform(&town.app.db, town.anna_plan, close, &sender(TODAY.at(9, 0, 0, 0)))
        .await
        .expect("closes");
    let karen = town.employee(KAREN).await;
    karen
        .get(&home)
        .await
        .ok()
        .has("Planen er afsluttet 16. marts 2026")
        .has("Anna har fået job")
        .lacks("/goals/new")
        .lacks("/tick\"")
        .lacks(&format!("{home}/close\""));
    karen.get(&format!("{home}/goals/new")).await.not_found();
    // Sent from a page that was drawn before: refused in words, with what was typed.
    karen
        .post(
            &format!("{home}/goals/new"),
            &[("words", "Et sent mål"), ("aim", "health")],
        )
        .await
        .refused()
        .has("Et sent mål")
        .has("Planen er afsluttet");
}
