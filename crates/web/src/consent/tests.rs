//! The citizen says yes, no, and changes their mind; what that opens and closes is seen at the next page.

use jiff::civil::date;
use tovholder_casework::consent::{ConsentStatus, Information};
use tovholder_casework::decide::*;
use tovholder_casework::id::*;
use tovholder_store::plans;
use uuid::Uuid;

use crate::testing::*;

async fn consents(town: &Town) -> Vec<(ConsentId, ConsentStatus)> {
    let mut conn = town.app.db.read().await.expect("reads");
    let case = plans::load(&mut conn, town.anna_plan).await.expect("loads");
    let all = case.expect("is there").plan.consents;
    all.iter().map(|c| (c.id, c.status)).collect()
}

const ASK: [(&str, &str); 4] = [
    ("way", "unit"),
    ("kinds", "strengths"),
    ("purpose", "At du får en mentor, der kender dine håb"),
    ("until", "2026-09-01"),
];

fn ask() -> Vec<(&'static str, String)> {
    let mut fields: Vec<_> = ASK.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    fields.push(("unit", YOUTH.to_string()));
    fields
}

async fn send(town: &Town, who: EmployeeId, path: &str, fields: &[(&str, String)]) -> Page {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    town.employee(who).await.post(path, &fields).await
}

/// What Mette, who works in another unit and takes part, gets at every address she has.
async fn mette_reads(town: &Town) -> Vec<String> {
    let mette = town.employee(METTE).await;
    let home = format!("/plans/{}", town.anna_plan);
    let mut all = Vec::new();
    for path in [
        home.clone(),
        format!("{home}/print"),
        format!("{home}/history"),
        format!("{home}/consents"),
        format!("{home}/progress"),
        format!("{home}/handover"),
        "/day".to_owned(),
        "/citizens?scope=all".to_owned(),
        "/citizens".to_owned(),
    ] {
        all.push(mette.get(&path).await.html);
    }
    all.push(mette.post("/search", &[("q", "Anna")]).await.html);
    all
}

/// Words of every part of Anna's plan.
const OF_THE_PLAN: [&str; 5] = [
    "Jeg vil have et job, hvor jeg er ude",
    "Ring til Solhøj Gartneri",
    "Hun sover dårligt",
    "At min datter ser mig gå på arbejde",
    "Kan jeg få kørsel betalt?",
];

#[tokio::test]
async fn withdrawn_it_closes_every_page_at_once() {
    let town = Town::sqlite().await;
    let before = mette_reads(&town).await.concat();
    for words in OF_THE_PLAN {
        assert!(before.contains(words), "with consent Mette reads {words:?}");
    }
    // A step that Mette holds stands on her day as long as she may read the plan.
    let step = StepInput {
        goal: None,
        title: "Vis vej til værkstedet".into(),
        holder: tovholder_casework::plan::Holder::employee(METTE, "Mette Krog"),
        due: None,
        role: None,
    };
    town.perform(town.anna_plan, KAREN, date(2026, 3, 10), Intent::SetStep(step))
        .await;
    town.employee(METTE)
        .await
        .get("/day")
        .await
        .ok()
        .has("Vis vej til værkstedet");

    let id = consents(&town).await[0].0;
    let anna = town.citizen(ANNA).await;
    anna.get("/my-plan/consents")
        .await
        .ok()
        .has("Ungeenheden")
        .has("Gælder");
    let one = anna.get(&format!("/my-plan/consents/{id}")).await;
    one.ok()
        .has("At du har en mentor, mens du er i praktik")
        .has("Hvis du siger nej");
    let page = format!("/my-plan/consents/{id}/withdraw");
    anna.get(&page).await.ok().has("Vil du trække dit ja tilbage?");
    anna.post(&page, &[]).await.redirects_to("/my-plan/consents");
    assert_eq!(consents(&town).await[0].1, ConsentStatus::Withdrawn);

    let after = mette_reads(&town).await.concat();
    for words in OF_THE_PLAN.iter().chain(&["Vis vej til værkstedet"]) {
        assert!(!after.contains(words), "without consent Mette reads {words:?}");
    }
    let mette = town.employee(METTE).await;
    let home = format!("/plans/{}", town.anna_plan);
    let shut = mette.get(&home).await;
    assert_eq!(shut.status, axum::http::StatusCode::FORBIDDEN);
    shut.has("Anna Lind")
        .has("Borgerens samtykke mangler")
        .has("Karen Holm")
        .lacks("20 30 40 50");
    mette.get("/day").await.ok().has("Anna Lind").has("samtykket mangler");
    // Nor does she write: a note of her own as little as a step.
    mette.post(&format!("{home}/closed-note"), &[("text", "Ny note")]).await;
    mette
        .post(&format!("{home}/steps/new"), &[("title", "Nyt"), ("holder", "citizen")])
        .await;
    let karen = town.employee(KAREN).await;
    karen
        .get(&home)
        .await
        .ok()
        .lacks("Nyt skridt fra Mette")
        .has("samtykke mangler");
    karen.get("/day").await.ok().has("trukket tilbage");
    // Anna sees that Mette stood at the door.
    anna.get("/my-plan/log").await.ok().has("At et samtykke mangler");
}

#[tokio::test]
async fn a_consent_to_less_shows_less() {
    let town = Town::sqlite().await;
    let home = format!("/plans/{}", town.anna_plan);
    let list = format!("{home}/consents");
    let asked = send(&town, KAREN, &format!("{list}/new"), &ask()).await;
    let id = consents(&town).await[1].0;
    asked.redirects_to(&format!("{list}/{id}"));
    // Until it is answered the old one holds.
    assert!(mette_reads(&town).await.concat().contains("Hun sover dårligt"));
    let anna = town.citizen(ANNA).await;
    anna.get("/my-plan").await.ok().has("Vi spørger dig");
    let page = format!("/my-plan/consents/{id}");
    anna.get(&page)
        .await
        .ok()
        .has("Ja, det siger jeg ja til")
        .has("Nej, det vil jeg ikke");
    anna.post(&page, &[]).await.refused();
    anna.post(&page, &[("answer", "yes")])
        .await
        .redirects_to("/my-plan/consents");
    let now: Vec<_> = consents(&town).await.into_iter().map(|(_, status)| status).collect();
    assert_eq!(now, [ConsentStatus::Replaced, ConsentStatus::Given]);

    let mette = town.employee(METTE).await;
    let read = mette_reads(&town).await.concat();
    for (words, shown) in OF_THE_PLAN.iter().zip([true, true, false, true, false]) {
        assert_eq!(read.contains(words), shown, "{words:?}");
    }
    mette
        .get(&home)
        .await
        .ok()
        .has("fordi borgeren har sagt ja")
        .has("Det omfatter ikke");
    // What she may not see she does not write either, and what she writes leaves the rest alone.
    let rated = mette
        .post(
            &format!("{home}/progress"),
            &[("employee-skills", "5"), ("skills", "5"), ("employee.skills", "5")],
        )
        .await;
    assert_ne!(rated.status, axum::http::StatusCode::SEE_OTHER, "{}", rated.html);
    let karen = town.employee(KAREN).await;
    karen
        .get(&home)
        .await
        .ok()
        .has("Hun sover dårligt")
        .has("Kan jeg få kørsel betalt?");
}

#[tokio::test]
async fn the_last_day_is_the_last() {
    let town = Town::sqlite().await;
    let home = format!("/plans/{}", town.anna_plan);
    let day = |month, day| {
        let noon = date(2026, month, day).at(11, 0, 0, 0);
        let zone = jiff::tz::TimeZone::get("Europe/Copenhagen").expect("a zone");
        noon.to_zoned(zone).expect("a time").timestamp()
    };
    let on = |at| town.at(at);
    on(day(12, 31))
        .employee(METTE)
        .await
        .get(&home)
        .await
        .ok()
        .has("Jeg vil have et job");
    // Both sides are told three weeks before.
    on(day(12, 20))
        .employee(KAREN)
        .await
        .get("/day")
        .await
        .ok()
        .has("slutter");
    on(day(12, 20))
        .citizen(ANNA)
        .await
        .get("/my-plan")
        .await
        .ok()
        .has("dit ja slutter");
    on(day(12, 1))
        .citizen(ANNA)
        .await
        .get("/my-plan")
        .await
        .ok()
        .lacks("dit ja slutter");
    let next = jiff::Timestamp::from_second(day(12, 31).as_second() + 86_400).expect("a time");
    let page = on(next).employee(METTE).await.get(&home).await;
    assert_eq!(page.status, axum::http::StatusCode::FORBIDDEN);
    on(next)
        .citizen(ANNA)
        .await
        .get("/my-plan/consents")
        .await
        .ok()
        .has("Udløbet");
}

#[tokio::test]
async fn asked_and_answered_in_the_room() {
    let town = Town::sqlite().await;
    let list = format!("/plans/{}/consents", town.anna_plan);
    let new = format!("{list}/new");
    let karen = town.employee(KAREN).await;
    karen.get(&list).await.ok().has("Bed om et samtykke");
    for way in ["unit", "give", "gather"] {
        karen.get(&format!("{new}?way={way}")).await.ok();
        town.employee(KAREN)
            .await
            .in_english()
            .get(&format!("{new}?way={way}"))
            .await
            .ok();
    }
    // Errors keep what was typed, and nothing typed is HTML.
    let evil = "<b>&\"'</b>";
    let fields = [
        ("way", "gather"),
        ("party", evil),
        ("purpose", "<i>kort"),
        ("until", "2030-01-01"),
    ];
    let again = karen.post(&new, &fields).await;
    again
        .refused()
        .has("&#60;b&#62;")
        .has("&#60;i&#62;kort")
        .has("2030-01-01")
        .lacks(evil);
    for (field, value) in [
        ("until", "i morgen"),
        ("purpose", "Kort"),
        ("purpose", "CPR 010190-1234 bruges"),
    ] {
        let fields = [
            ("way", "gather"),
            ("party", "Læge Holst"),
            ("kinds", "health"),
            ("purpose", "At kende mit helbred"),
            ("until", "2026-06-01"),
        ];
        let fields = fields.map(|(name, typed)| (name, if name == field { value } else { typed }));
        karen.post(&new, &fields).await.refused().has("Læge Holst");
    }
    let fields = [
        ("way", "gather"),
        ("party", evil),
        ("kinds", "health"),
        ("purpose", "At vide, hvad jeg kan klare <i>"),
        ("until", "2026-06-01"),
    ];
    karen.post(&new, &fields).await;
    let (id, _) = consents(&town).await[1];
    let page = format!("{list}/{id}");
    karen
        .get(&page)
        .await
        .ok()
        .has("Sidder I sammen?")
        .has("mit helbred")
        .lacks(evil)
        .lacks("<i>");
    town.citizen(ANNA)
        .await
        .get("/my-plan/consents")
        .await
        .ok()
        .has("Læs og svar")
        .lacks(evil);
    karen.post(&page, &[("answer", "måske")]).await.refused();
    karen
        .post(&page, &[("answer", "yes_paper"), ("_voice", "together")])
        .await
        .redirects_to(&list);
    karen.get(&page).await.ok().has("Svarede på papir").has("Tekst nr. 1");
    karen
        .get(&format!("{new}?renew={id}"))
        .await
        .ok()
        .has("At vide, hvad jeg kan klare");
    karen.post(&page, &[("answer", "withdraw")]).await.redirects_to(&list);
    karen
        .get(&page)
        .await
        .ok()
        .has("Trukket tilbage")
        .lacks("Borgeren vil ikke mere");
    karen.post(&page, &[("answer", "yes_spoken")]).await.refused();
    karen
        .get(&format!("/plans/{}/history", town.anna_plan))
        .await
        .ok()
        .has("Samtykke trukket tilbage");
    town.employee(KAREN)
        .await
        .in_english()
        .get(&page)
        .await
        .ok()
        .has("Withdrawn");
}

#[tokio::test]
async fn nobody_else_asks_answers_or_sees() {
    let town = Town::sqlite().await;
    let id = consents(&town).await[0].0;
    let list = format!("/plans/{}/consents", town.anna_plan);
    for who in [OLE, KIM, ADA] {
        let stranger = town.employee(who).await;
        for path in [list.clone(), format!("{list}/new"), format!("{list}/{id}")] {
            stranger.get(&path).await.not_found();
        }
        send(&town, who, &format!("{list}/new"), &ask()).await.not_found();
        stranger
            .post(&format!("{list}/{id}"), &[("answer", "withdraw")])
            .await
            .not_found();
    }
    // Mette reads by a consent; she does not widen it herself.
    let mette = town.employee(METTE).await;
    mette.get(&list).await.ok().lacks("Bed om et samtykke");
    mette.get(&format!("{list}/new")).await.not_found();
    send(&town, METTE, &format!("{list}/new"), &ask()).await.not_found();
    // Bo has a plan of his own.
    let bo = town.citizen(BO).await;
    bo.get("/my-plan/consents")
        .await
        .ok()
        .has("Du har ikke sagt ja til noget");
    for path in [
        format!("/my-plan/consents/{id}"),
        format!("/my-plan/consents/{id}/withdraw"),
    ] {
        bo.get(&path).await.not_found();
        bo.post(&path, &[("answer", "yes")]).await.not_found();
        bo.get(&path.replace(&id.to_string(), &Uuid::nil().to_string()))
            .await
            .not_found();
        town.employee(KAREN).await.get(&path).await.not_found();
    }
    assert_eq!(consents(&town).await[0].1, ConsentStatus::Given);
    // Whom else the citizen lets know what is nobody else's business.
    let mut other = ask_youth();
    other.unit = Some(JOBCENTRE);
    other.party = "Lægehuset ved Torvet".into();
    other.kinds = vec![Information::Plan];
    town.perform(town.anna_plan, KAREN, date(2026, 3, 10), Intent::AskConsent(other))
        .await;
    let other = consents(&town).await[1].0;
    mette.get(&list).await.ok().has("Ungeenheden").lacks("Lægehuset");
    mette.get(&format!("{list}/{other}")).await.not_found();
    mette
        .get(&format!("/plans/{}/history", town.anna_plan))
        .await
        .ok()
        .lacks("Lægehuset");
}

#[tokio::test]
async fn what_is_undone_never_opens_a_door() {
    let town = Town::sqlite().await;
    let list = format!("/plans/{}/consents", town.anna_plan);
    let (id, _) = consents(&town).await[0];
    let act = Uuid::now_v7().to_string();
    let karen = town.employee(KAREN).await;
    let fields = [("_act", act.as_str()), ("answer", "withdraw")];
    let gone = karen.post(&format!("{list}/{id}"), &fields).await;
    gone.redirects_to(&list);
    karen.post(&format!("/plans/{}/undo/{act}", town.anna_plan), &[]).await;
    assert_eq!(consents(&town).await[0].1, ConsentStatus::Withdrawn);
}
