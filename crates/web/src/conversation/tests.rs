use jiff::civil::date;
use tovholder_casework::act::UserKind;
use tovholder_casework::decide::Intent;
use tovholder_casework::plan::*;
use tovholder_store::{args, plans};
use uuid::Uuid;

use crate::testing::*;

async fn anna(town: &Town) -> Plan {
    plans::load(&mut town.app.db.read().await.expect("reads"), town.anna_plan)
        .await
        .expect("reads")
        .expect("is there")
        .plan
}
fn booked(plan: &Plan) -> &Conversation {
    plan.conversations
        .iter()
        .find(|c| c.status == ConversationStatus::Booked)
        .expect("is booked")
}
/// The day of Anna's conversation has come: it is this morning.
async fn its_day_has_come(town: &Town) {
    let talk = booked(&anna(town).await).id;
    let mut tx = town.app.db.begin().await.expect("begins");
    let moved = "UPDATE conversation SET starts = $2 WHERE id = $1";
    tx.execute(moved, args![talk, date(2026, 3, 16).at(8, 0, 0, 0)])
        .await
        .expect("moves");
    tx.commit().await.expect("commits");
}
fn goal(plan: &Plan, words: &str) -> Goal {
    plan.goals
        .iter()
        .find(|g| g.words == words)
        .cloned()
        .unwrap_or_else(|| panic!("no goal {words:?}"))
}
fn step(plan: &Plan, title: &str) -> Step {
    plan.steps
        .iter()
        .find(|s| s.title == title)
        .cloned()
        .unwrap_or_else(|| panic!("no step {title:?}"))
}
/// The value the page gives a field that stands there once.
fn value(page: &Page, field: &str) -> String {
    let at = page
        .html
        .find(&format!("name=\"{field}\""))
        .unwrap_or_else(|| panic!("no {field}"));
    let rest = &page.html[at..];
    let from = rest.find("value=\"").expect("a value") + 7;
    rest[from..].split('"').next().unwrap_or_default().to_owned()
}
/// The free times the page offers.
fn times(page: &Page) -> Vec<String> {
    let radios = page
        .html
        .split("type=\"radio\"")
        .skip(1)
        .filter(|part| part.contains("name=\"next\""));
    let values = radios.filter_map(|part| part.split("value=\"").nth(1)?.split('"').next().map(str::to_owned));
    values.filter(|value| value.contains('/')).collect()
}

#[tokio::test]
async fn one_form_makes_note_goal_step_ticks_next_conversation_and_message() {
    let town = Town::sqlite().await;
    let karen = town.employee(KAREN).await;
    let plan = anna(&town).await;
    let (talk, question) = (booked(&plan).clone(), plan.questions[0].id);
    let done = step(&plan, "Ring til Solhøj Gartneri").id;
    let url = format!("/plans/{}/conversations/{}", town.anna_plan, talk.id);

    let page = karen.get(&url).await;
    page.ok()
        .has("Samtale med Anna Lind")
        .has("Kan jeg få kørsel betalt?")
        .has("Jeg vil have et job, hvor jeg er ude")
        .has("planter igen");
    page.has("er ikke begyndt endnu").lacks("Anna kom ikke");
    assert!(page.queries <= 12, "{} queries", page.queries);
    let early = [("_rev", value(&page, "_rev")), ("note", "Vi ses.".to_owned())];
    let early: Vec<(&str, &str)> = early.iter().map(|(name, value)| (*name, value.as_str())).collect();
    karen
        .post(&url, &early)
        .await
        .refused()
        .has("Samtalen er først")
        .has("Vi ses.");
    its_day_has_come(&town).await;
    let page = karen.get(&url).await;
    let next = times(&page)[1].clone();
    let (day, rev) = (value(&page, "due-1"), value(&page, "_rev"));
    assert_eq!(day, "2026-03-30", "fourteen days");
    let (act, done, question) = (value(&page, "_act"), done.to_string(), question.to_string());
    let fields = [
        ("_act", act.as_str()),
        ("_rev", &rev),
        ("note", "Anna har ringet. Hun begynder på mandag."),
        ("ticked", &done),
        ("answered", &question),
        ("goal-1", "Jeg vil tjene mine egne penge"),
        ("aim-1", "employment"),
        ("goal-2", ""),
        ("aim-2", "employment"),
        ("step-1", "Køb arbejdssko"),
        ("holder-1", "citizen"),
        ("due-1", &day),
        ("step-2", "Søg om befordring"),
        ("holder-2", &format!("employee:{METTE}")),
        ("due-2", "1. april 2026"),
        ("step-3", "Køre Anna den første dag"),
        ("holder-3", "relative"),
        ("holder_name-3", "Annas søster"),
        ("due-3", ""),
        ("step-4", ""),
        ("holder-4", "citizen"),
        ("due-4", &day),
        ("next", &next),
        ("channel", "phone"),
        ("place", "Torvet 1"),
        ("send", "on"),
        ("message", "Tak for i dag."),
        ("_voice", "together"),
        ("_voice", "on_behalf"),
    ];
    karen.post(&url, &fields).await.redirects_to(&url);
    karen.post(&url, &fields).await.redirects_to(&url);

    let plan = anna(&town).await;
    plan.check().expect("is sound");
    let held = plan.conversation(talk.id).expect("is there");
    assert_eq!(
        (held.status, held.note.as_str()),
        (ConversationStatus::Held, "Anna har ringet. Hun begynder på mandag.")
    );
    let new = goal(&plan, "Jeg vil tjene mine egne penge");
    assert_eq!(
        plan.goals.iter().filter(|g| g.words == new.words).count(),
        1,
        "sent twice, made once"
    );
    assert_eq!(step(&plan, "Køb arbejdssko").goal, Some(new.id));
    assert_eq!(
        step(&plan, "Søg om befordring").holder,
        Holder::employee(METTE, "Mette Krog")
    );
    assert_eq!(step(&plan, "Søg om befordring").due, Some(date(2026, 4, 1)));
    assert_eq!(
        step(&plan, "Køre Anna den første dag").holder,
        Holder::named(PersonKind::Relative, "Annas søster")
    );
    assert_eq!(step(&plan, "Ring til Solhøj Gartneri").status, StepStatus::Done);
    assert_eq!(plan.questions[0].answered_in, Some(talk.id));
    let agreed = booked(&plan);
    assert!(next.starts_with(&agreed.starts.strftime("%Y-%m-%dT%H:%M").to_string()));
    assert_eq!(
        (agreed.channel, agreed.place.as_str()),
        (Channel::Phone, ""),
        "nobody telephones to an address"
    );
    let message = &plan.messages.last().expect("was sent").text;
    assert!(
        message.starts_with("Tak for i dag.\n\nNæste samtale er ") && message.ends_with("Karen Holm ringer til dig."),
        "{message}"
    );

    let receipt = karen.get(&url).await;
    receipt
        .ok()
        .has("Hun begynder på mandag.")
        .has("Køb arbejdssko")
        .has("Jeg vil tjene mine egne penge")
        .has("Søg om befordring");
    receipt
        .has("Kan jeg få kørsel betalt?")
        .has("Tak for i dag.")
        .has(&format!("/conversations/{}/calendar.ics", agreed.id));
    karen
        .in_english()
        .get(&url)
        .await
        .ok()
        .has("What you agreed")
        .lacks("Det aftalte I");
}

#[tokio::test]
async fn an_ordinary_conversation_takes_few_touches() {
    let town = Town::sqlite().await;
    let karen = town.employee(KAREN).await;
    its_day_has_come(&town).await;
    let url = format!(
        "/plans/{}/conversations/{}",
        town.anna_plan,
        booked(&anna(&town).await).id
    );
    let page = karen.get(&url).await;
    // Everything but note, goal, step and time is sent as the page came: open, four fields and the button make six.
    let next = times(&page)[0].clone();
    let mut sent: Vec<(String, String)> = ["_act", "_rev", "aim-1", "due-1", "next_minutes", "place"]
        .iter()
        .map(|f| ((*f).to_owned(), value(&page, f)))
        .collect();
    sent.push(("aim-1".into(), "employment".into()));
    sent.retain(|(name, value)| name != "aim-1" || value == "employment");
    for (name, value) in [
        ("holder-1", "citizen"),
        ("channel", "meeting"),
        ("send", "on"),
        ("message", "Tak"),
        ("_voice", "together"),
    ] {
        sent.push((name.into(), value.into()));
    }
    page.has("<option value=\"employment\" selected>")
        .has("<option value=\"citizen\" selected>")
        .has("<option value=\"meeting\" selected>");
    page.has("name=\"send\" value=\"on\" checked")
        .has("name=\"_voice\" value=\"together\" checked");
    for (name, value) in [
        ("note", "En god samtale."),
        ("goal-1", "Et job"),
        ("step-1", "Skriv cv"),
        ("next", &next),
    ] {
        sent.push((name.into(), value.into()));
    }
    let fields: Vec<(&str, &str)> = sent.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    karen.post(&url, &fields).await.redirects_to(&url);
    let plan = anna(&town).await;
    assert_eq!(booked(&plan).place, "Torvet 1");
    assert_eq!(step(&plan, "Skriv cv").due, Some(date(2026, 3, 30)));
}

#[tokio::test]
async fn each_wrong_row_gets_its_own_word_and_nothing_is_saved() {
    let town = Town::sqlite().await;
    let karen = town.employee(KAREN).await;
    let before = anna(&town).await;
    let url = format!("/plans/{}/conversations/new", town.anna_plan);
    let long = "x".repeat(501);
    let page = karen
        .post(
            &url,
            &[
                ("held_date", "2026-03-16"),
                ("held_time", "09:00"),
                ("held_channel", "meeting"),
                ("note", ""),
                ("goal-1", "Et fint mål"),
                ("aim-1", "health"),
                ("goal-2", &long),
                ("aim-2", "health"),
                ("step-1", "Et fint skridt"),
                ("holder-1", "citizen"),
                ("due-1", "31-6-2026"),
                ("step-2", "Et skridt uden navn"),
                ("holder-2", "volunteer"),
                ("holder_name-2", " "),
                ("step-3", "For længe siden"),
                ("holder-3", "citizen"),
                ("due-3", "2020-01-01"),
                ("step-4", "<script>alert(1)</script>"),
                ("holder-4", &format!("employee:{OLE}")),
                ("next", "other"),
                ("next_date", "2026-03-01"),
                ("next_time", "10:00"),
                ("channel", "meeting"),
                ("message", "<b>hej</b>"),
            ],
        )
        .await;
    page.refused();
    for field in [
        "note",
        "goal-2",
        "due-1",
        "holder_name-2",
        "due-3",
        "holder-4",
        "next_date",
    ] {
        page.has(&format!("id=\"{field}-error\""));
    }
    for field in ["goal-1", "step-1", "step-2", "step-3"] {
        page.lacks(&format!("id=\"{field}-error\""));
    }
    page.has("Et fint mål")
        .has("Et fint skridt")
        .has("31-6-2026")
        .has(&long)
        .has("&#60;script&#62;alert(1)")
        .lacks("<script>alert(1)");
    page.has("&#60;b&#62;hej").has("Datoen findes ikke");
    assert_eq!(anna(&town).await, before);

    let page = karen
        .post(
            &url,
            &[("held_date", "i går"), ("held_time", "25:00"), ("note", "noget")],
        )
        .await;
    page.refused()
        .has("id=\"held_date-error\"")
        .has("id=\"held_time-error\"")
        .has("id=\"held_channel-error\"")
        .has("id=\"next-error\"");
    let late = [
        ("held_date", "2026-03-17"),
        ("held_time", "09:00"),
        ("held_channel", "phone"),
        ("note", "noget"),
        ("next", "none"),
    ];
    karen.post(&url, &late).await.refused().has("id=\"held_date-error\"");
    assert_eq!(anna(&town).await, before);
}

#[tokio::test]
async fn a_conversation_that_was_not_booked_begins_with_now() {
    let town = Town::sqlite().await;
    let karen = town.employee(KAREN).await;
    let url = format!("/plans/{}/conversations/new", town.bo_plan);
    let page = karen.get(&url).await;
    page.ok().has("Holdt i dag kl. 10.00");
    let act = value(&page, "_act");
    let fields = [
        ("_act", act.as_str()),
        ("held_date", &value(&page, "held_date")),
        ("held_time", &value(&page, "held_time")),
        ("held_minutes", "30"),
        ("held_channel", "phone"),
        ("note", "Bo ringede."),
        ("step-1", "Find papirerne"),
        ("holder-1", "citizen"),
        ("next", "none"),
        ("message", "Tak"),
    ];
    let sent = karen.post(&url, &fields).await;
    sent.redirects_to(&format!("/plans/{}/written/{act}", town.bo_plan));
    let there = karen.get(&sent.location).await;
    karen
        .get(&there.location)
        .await
        .ok()
        .has("Bo ringede.")
        .has("Find papirerne")
        .has("Aftal en samtale");
    let case = plans::load(&mut town.app.db.read().await.expect("reads"), town.bo_plan)
        .await
        .expect("reads")
        .expect("is there");
    let held = &case.plan.conversations[0];
    assert_eq!(
        (held.starts, held.minutes, held.channel),
        (TODAY.at(10, 0, 0, 0), 30, Channel::Phone)
    );
    assert!(case.plan.messages.is_empty(), "the box was not ticked");
    let ole = town.employee(OLE).await;
    ole.get(&sent.location).await.not_found();
    ole.get(&there.location).await.not_found();
}

#[tokio::test]
async fn two_plans_do_not_get_the_same_time() {
    let town = Town::sqlite().await;
    let karen = town.employee(KAREN).await;
    let (anna_book, bo_book) = (
        format!("/plans/{}/book", town.anna_plan),
        format!("/plans/{}/book", town.bo_plan),
    );
    let page = karen.get(&anna_book).await;
    page.ok().has("Karen Holm").has("Mette Krog");
    let time = times(&page)[2].clone();
    let fields = [
        ("next", time.as_str()),
        ("channel", "meeting"),
        ("place", "Torvet 1"),
        ("with", &KAREN.to_string()),
    ];
    let (one, other) = tokio::join!(karen.post(&anna_book, &fields), karen.post(&bo_book, &fields));
    let taken = match (one.status.as_u16(), other.status.as_u16()) {
        (303, 422) => other,
        (422, 303) => one,
        both => panic!("{both:?}"),
    };
    taken
        .refused()
        .has("id=\"next-error\"")
        .has("Tidspunktet er lige blevet optaget")
        .lacks(&time);

    // Any other time is checked against what is booked, also where it only overlaps.
    let (day, hour) = time.split_once('T').expect("a time");
    let other = [
        ("next", "other"),
        ("next_date", day),
        ("next_time", &format!("{}:30", &hour[..2])),
        ("next_minutes", "20"),
        ("channel", "phone"),
    ];
    karen
        .post(&bo_book, &other)
        .await
        .refused()
        .has("id=\"next_date-error\"");
    karen
        .post(&bo_book, &[("next", ""), ("channel", "phone")])
        .await
        .refused()
        .has("id=\"next-error\"");
    karen
        .post(
            &bo_book,
            &[("next", "other"), ("next_date", "2026-02-30"), ("next_time", "x")],
        )
        .await
        .refused()
        .has("id=\"next_date-error\"")
        .has("id=\"next_time-error\"");
}

#[tokio::test]
async fn a_booked_conversation_is_moved_and_called_off() {
    let town = Town::sqlite().await;
    let karen = town.employee(KAREN).await;
    let talk = booked(&anna(&town).await).clone();
    let url = format!("/plans/{}/conversations/{}", town.anna_plan, talk.id);
    let home = format!("/plans/{}", town.anna_plan);
    let page = karen.get(&format!("{url}/move")).await;
    page.ok().has("onsdag den 18. marts");
    let time = times(&page).last().expect("free").clone();
    let rev = value(&page, "_rev");
    let fields = [
        ("_rev", rev.as_str()),
        ("next", &time),
        ("channel", "home"),
        ("place", "Torvet 1"),
    ];
    karen.post(&format!("{url}/move"), &fields).await.redirects_to(&home);
    let moved = booked(&anna(&town).await).clone();
    assert_eq!(
        (moved.id, moved.place.as_str()),
        (talk.id, "Lærkevej 2"),
        "at home is where the citizen lives"
    );
    karen
        .post(&format!("{url}/move"), &fields)
        .await
        .refused()
        .has("ændret imens");

    let late = [("_rev", rev.as_str()), ("reason", "<i>Syg</i>")];
    karen
        .post(&format!("{url}/cancel"), &late)
        .await
        .refused()
        .has("&#60;i&#62;Syg")
        .has("ændret imens");
    let now = moved.rev.to_string();
    karen
        .post(&format!("{url}/cancel"), &[("_rev", &now), ("reason", "Karen er syg")])
        .await
        .redirects_to(&home);
    assert_eq!(
        anna(&town).await.conversation(talk.id).expect("is kept").status,
        ConversationStatus::Cancelled
    );
    karen.get(&url).await.ok().has("Aflyst");
    karen.get(&format!("{url}/move")).await.not_found();
    karen.get(&format!("{url}/calendar.ics")).await.not_found();
}

#[tokio::test]
async fn what_was_typed_survives_that_the_citizen_called_off_meanwhile() {
    let town = Town::sqlite().await;
    let karen = town.employee(KAREN).await;
    let talk = booked(&anna(&town).await).clone();
    let url = format!("/plans/{}/conversations/{}", town.anna_plan, talk.id);
    let rev = value(&karen.get(&url).await, "_rev");
    karen
        .post(&format!("{url}/cancel"), &[("_rev", &rev)])
        .await
        .redirects_to(&format!("/plans/{}", town.anna_plan));
    let fields = [("_rev", rev.as_str()), ("note", "En lang note"), ("next", "none")];
    let page = karen.post(&url, &fields).await;
    page.refused()
        .has("En lang note")
        .has("imens")
        .has("/conversations/new\"");
    let act = value(&page, "_act");
    let fields = [
        ("_act", act.as_str()),
        ("note", "En lang note"),
        ("next", "none"),
        ("held_date", &value(&page, "held_date")),
        ("held_time", &value(&page, "held_time")),
        ("held_channel", "meeting"),
    ];
    let sent = karen
        .post(&format!("/plans/{}/conversations/new", town.anna_plan), &fields)
        .await;
    sent.redirects_to(&format!("/plans/{}/written/{act}", town.anna_plan));
}

#[tokio::test]
async fn a_citizen_who_did_not_come_gets_a_friendly_word_and_a_new_time() {
    let town = Town::sqlite().await;
    let karen = town.employee(KAREN).await;
    its_day_has_come(&town).await;
    let talk = booked(&anna(&town).await).clone();
    let url = format!("/plans/{}/conversations/{}", town.anna_plan, talk.id);
    let page = karen.get(&format!("{url}/missed")).await;
    page.ok()
        .has("Anna kom ikke")
        .has("20 30 40 50")
        .has("Ring til mig på 96 12 34 10");
    let (rev, time) = (value(&page, "_rev"), times(&page)[3].clone());
    let fields = [
        ("_rev", rev.as_str()),
        ("note", "Bussen kørte ikke"),
        ("next", &time),
        ("channel", "meeting"),
        ("place", "Torvet 1"),
        ("send", "on"),
        ("message", "Hej Anna"),
    ];
    karen
        .post(
            &format!("{url}/missed"),
            &[("_rev", &rev), ("next", "other"), ("note", "Bussen")],
        )
        .await
        .refused()
        .has("Bussen")
        .has("id=\"next_date-error\"");
    karen.post(&format!("{url}/missed"), &fields).await.redirects_to(&url);
    let plan = anna(&town).await;
    assert_eq!(
        plan.conversation(talk.id).expect("is kept").status,
        ConversationStatus::NoShow
    );
    assert!(booked(&plan).starts > talk.starts || booked(&plan).id != talk.id);
    assert!(
        plan.messages
            .last()
            .expect("sent")
            .text
            .contains("I mødes her: Torvet 1")
    );
    karen
        .get(&url)
        .await
        .ok()
        .has("Borgeren kom ikke")
        .has("Bussen kørte ikke")
        .has("calendar.ics");
}

#[tokio::test]
async fn the_calendar_entry_names_nobody() {
    let town = Town::sqlite().await;
    let karen = town.employee(KAREN).await;
    let talk = booked(&anna(&town).await).clone();
    let file = karen
        .get(&format!(
            "/plans/{}/conversations/{}/calendar.ics",
            town.anna_plan, talk.id
        ))
        .await;
    file.ok()
        .has("BEGIN:VEVENT")
        .has("DTSTART:20260318T080000Z")
        .has("DTEND:20260318T084500Z")
        .has("Samtale med AL")
        .lacks("Anna")
        .lacks("Lind");
}

#[tokio::test]
async fn a_draft_survives_that_the_session_ends() {
    let town = Town::sqlite().await;
    let url = format!("/plans/{}/conversations/new", town.anna_plan);
    let token = Uuid::now_v7().simple().to_string();
    let db = &town.app.db;
    tovholder_store::sessions::begin(db, UserKind::Employee, KAREN.0, &token, "0123456789abcdef", now())
        .await
        .expect("begins");
    tovholder_store::sessions::end(db, &token, now()).await.expect("ends");
    let ended = town.with_session(&token);
    let sent = ended
        .post(
            &url,
            &[
                ("note", "Halvt skrevet <b>"),
                ("goal-2", "Et mål"),
                ("holder-3", "relative"),
                ("_voice", "on_behalf"),
            ],
        )
        .await;
    assert!(sent.location.starts_with("/log-in?next="), "{}", sent.location);
    let page = town.employee(KAREN).await.get(&url).await;
    page.ok()
        .has("Halvt skrevet &#60;b&#62;")
        .has("value=\"Et mål\"")
        .has("<option value=\"relative\" selected>")
        .has("Slet kladden");
    page.lacks("name=\"_voice\" value=\"together\" checked");

    // Sent, the draft is gone.
    let karen = town.employee(KAREN).await;
    let fields = [
        ("held_date", "2026-03-16"),
        ("held_time", "9.30"),
        ("held_channel", "phone"),
        ("note", "Helt skrevet"),
        ("next", "none"),
    ];
    assert_eq!(karen.post(&url, &fields).await.status.as_u16(), 303);
    karen.get(&url).await.ok().lacks("Halvt skrevet").lacks("Slet kladden");
}

#[tokio::test]
async fn strangers_and_citizens_find_nothing_and_readers_only_read() {
    let town = Town::sqlite().await;
    let talk = booked(&anna(&town).await).id;
    let plan = town.anna_plan;
    let urls = [
        "new".to_owned(),
        talk.to_string(),
        format!("{talk}/move"),
        format!("{talk}/cancel"),
        format!("{talk}/missed"),
        format!("{talk}/calendar.ics"),
    ];
    let urls = urls
        .iter()
        .map(|end| format!("/plans/{plan}/conversations/{end}"))
        .chain([format!("/plans/{plan}/book")]);
    for url in urls {
        town.employee(OLE).await.get(&url).await.not_found();
        town.citizen(ANNA).await.get(&url).await.not_found();
        town.citizen(BO).await.get(&url).await.not_found();
        town.employee(METTE).await.get(&url).await.ok();
        town.employee(METTE).await.in_english().get(&url).await.ok();
        town.employee(OLE)
            .await
            .post(&url, &[("note", "x"), ("next", "none")])
            .await
            .status
            .is_success()
            .then(|| panic!("{url}"));
    }
    // The coordinator to come may read, and gets no form.
    let transfer = Intent::Transfer {
        to: OLE,
        name: "Ole Bang".into(),
        from: date(2026, 4, 1),
        reason: TransferReason::Workload,
        note: String::new(),
        handover: String::new(),
    };
    town.perform(plan, KAREN, TODAY, transfer).await;
    let url = format!("/plans/{plan}/conversations/{talk}");
    town.employee(OLE)
        .await
        .get(&url)
        .await
        .ok()
        .lacks("name=\"note\"")
        .has("Aftalt");
    town.employee(OLE)
        .await
        .post(&url, &[("note", "x"), ("next", "none")])
        .await
        .not_found();
}

/// Anna's conversation in January, of which Karen wrote the note.
async fn held_talk(town: &Town) -> Conversation {
    let plan = anna(town).await;
    let held = plan.conversations.iter().find(|c| c.status == ConversationStatus::Held);
    held.expect("one was held").clone()
}

#[tokio::test]
async fn a_note_is_corrected_and_everybody_can_see_what_it_said_and_why() {
    let town = Town::sqlite().await;
    let (karen, citizen) = (town.employee(KAREN).await, town.citizen(ANNA).await);
    let talk = held_talk(&town).await;
    let page = format!("/plans/{}/conversations/{}", town.anna_plan, talk.id);
    let note = format!("{page}/note");
    karen.get(&page).await.ok().has(&note).lacks("Rettet");
    karen
        .get(&note)
        .await
        .ok()
        .has("Anna vil gerne arbejde med planter igen")
        .has("Hvorfor retter du noten?");
    town.employee(KAREN)
        .await
        .in_english()
        .get(&note)
        .await
        .ok()
        .has("Correct the note");

    let rev = talk.rev.to_string();
    let without_reason = karen
        .post(&note, &[("note", "Anna vil <b>ud</b>"), ("_rev", &rev)])
        .await;
    without_reason
        .refused()
        .has("Skriv kort, hvorfor du retter noten.")
        .has("Anna vil &#60;b&#62;ud");
    let empty = karen
        .post(&note, &[("note", " "), ("reason", "Forkert"), ("_rev", &rev)])
        .await;
    empty.refused().has("Skriv noget her.").has("Forkert");

    let form = Uuid::now_v7().to_string();
    let reason = "Jeg skrev <i>forkert</i>";
    let fields = [
        ("note", "Anna vil <b>ud</b>"),
        ("reason", reason),
        ("_rev", rev.as_str()),
        ("_act", form.as_str()),
    ];
    karen.post(&note, &fields).await.redirects_to(&page);
    let line = "Rettet 16. marts 2026 af Karen Holm";
    for (who, path) in [
        (&karen, page.as_str()),
        (&citizen, &format!("/my-plan/conversations/{}", talk.id)),
    ] {
        let shown = who.get(path).await;
        shown
            .ok()
            .has(line)
            .has("Jeg skrev &#60;i&#62;")
            .has("Anna vil &#60;b&#62;");
        shown.lacks("planter igen").lacks("<b>ud").lacks("<i>for");
    }
    for (who, path) in [
        (&karen, format!("/plans/{}/history?topic=conversations", town.anna_plan)),
        (&citizen, "/my-plan/history?topic=conversations".to_owned()),
    ] {
        let history = who.get(&path).await;
        history
            .ok()
            .has("Note rettet")
            .has("<del>Anna vil gerne arbejde med planter igen");
        history.has("<ins>Anna vil &#60;b&#62;").has("Jeg skrev &#60;i&#62;");
    }
    citizen
        .get("/my-plan")
        .await
        .ok()
        .has("Noten fra jeres samtale 12. januar 2026 er rettet");

    let undo = format!("/plans/{}/undo/{form}", town.anna_plan);
    karen.post(&undo, &[]).await;
    assert_eq!(held_talk(&town).await.note, talk.note);
    karen.get(&page).await.ok().has("planter igen").lacks(line);
}

#[tokio::test]
async fn two_who_correct_a_note_are_shown_to_each_other() {
    let town = Town::sqlite().await;
    let karen = town.employee(KAREN).await;
    let talk = held_talk(&town).await;
    let page = format!("/plans/{}/conversations/{}", town.anna_plan, talk.id);
    let (note, rev) = (format!("{page}/note"), talk.rev.to_string());
    let write = async |text: &str, rev: &str| {
        karen
            .post(&note, &[("note", text), ("reason", "Forkert"), ("_rev", rev)])
            .await
    };
    write("Den første rettelse", &rev).await.redirects_to(&page);
    let both = write("Den anden rettelse", &rev).await;
    both.refused()
        .has("Den første rettelse")
        .has("Den anden rettelse")
        .has("Nogen har ændret det imens");
    assert_eq!(held_talk(&town).await.note, "Den første rettelse");
    let now = value(&both, "_rev");
    write("Den anden rettelse", &now).await.redirects_to(&page);
    assert_eq!(held_talk(&town).await.note, "Den anden rettelse");

    // What lay half typed on the note of before is shown beside what it says now.
    let (draft, old) = (format!("/draft{note}"), now.as_str());
    karen
        .post(&draft, &[("note", "Halvt skrevet"), ("reason", ""), ("_rev", old)])
        .await;
    karen
        .get(&note)
        .await
        .ok()
        .has("Halvt skrevet")
        .has("Den anden rettelse")
        .has("Nogen har ændret det imens");
}

#[tokio::test]
async fn only_the_writer_and_the_coordinator_correct_a_note() {
    let town = Town::sqlite().await;
    let talk = held_talk(&town).await;
    let page = format!("/plans/{}/conversations/{}", town.anna_plan, talk.id);
    let (note, rev) = (format!("{page}/note"), talk.rev.to_string());
    let fields = [("note", "Noget andet"), ("reason", "Fordi"), ("_rev", rev.as_str())];
    for who in [METTE, LIS, OLE] {
        let employee = town.employee(who).await;
        employee.get(&note).await.not_found();
        employee.post(&note, &fields).await.not_found();
    }
    town.employee(METTE).await.get(&page).await.ok().lacks("/note");
    let citizen = town.citizen(ANNA).await;
    citizen.get(&note).await.not_found();
    citizen.post(&note, &fields).await.not_found();
    assert_eq!(held_talk(&town).await, talk);
    // A conversation that has not been has no note to correct.
    let booked = booked(&anna(&town).await).id;
    let karen = town.employee(KAREN).await;
    karen
        .get(&format!("/plans/{}/conversations/{booked}/note", town.anna_plan))
        .await
        .not_found();

    // Mette writes one herself: she may correct it, and Karen, who coordinates, may too.
    let mette = town.employee(METTE).await;
    let new = format!("/plans/{}/conversations/new", town.anna_plan);
    let sent = mette
        .post(
            &new,
            &[
                ("held_date", "2026-03-16"),
                ("held_time", "09:00"),
                ("held_minutes", "30"),
                ("held_channel", "phone"),
                ("note", "Anna ringede"),
                ("next", "none"),
                ("_act", &Uuid::now_v7().to_string()),
            ],
        )
        .await;
    let shown = mette.get(&mette.get(&sent.location).await.location).await;
    let page = shown.path.clone();
    shown.ok().has(&format!("{page}/note"));
    karen.get(&format!("{page}/note")).await.ok();
    let fields = [("note", "Anna skrev"), ("reason", "Det var en sms"), ("_rev", "1")];
    mette.post(&format!("{page}/note"), &fields).await.redirects_to(&page);
    mette.get(&page).await.ok().has("af Mette Krog");
}
