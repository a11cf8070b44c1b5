//! The status sheets over HTTP: who may what, what is kept, and what is never shown.

use jiff::Timestamp;
use tovholder_casework::id::*;
use tovholder_store::args;
use tovholder_store::db::Db;
use uuid::Uuid;

use crate::testing::*;

const NORTH: TeamId = TeamId(Uuid::from_u128(0x500));
const ACROSS: TeamId = TeamId(Uuid::from_u128(0x501));
/// 20 April 2026: the month is more than half gone.
const APRIL: i64 = 1_773_651_600 + 35 * 86_400;

async fn teams(db: &Db) {
    let mut tx = db.begin().await.expect("begins");
    for (id, name, leader) in [(NORTH, "Team Nord", Some(LIS)), (ACROSS, "Team <b>Tværs</b>", None)] {
        tx.execute(
            "INSERT INTO team (id, name, leader_id) VALUES ($1, $2, $3)",
            args![id, name, leader],
        )
        .await
        .expect("team");
    }
    for (team, member) in [
        (NORTH, KAREN),
        (NORTH, OLE),
        (NORTH, LIS),
        (ACROSS, METTE),
        (ACROSS, KIM),
    ] {
        tx.execute(
            "INSERT INTO team_member (team_id, employee_id) VALUES ($1, $2)",
            args![team, member],
        )
        .await
        .expect("member");
    }
    // 25 people who have lived on benefits without an effort for two years, in the jobcentre.
    for n in 0..25u128 {
        let (citizen, spell) = (Uuid::from_u128(0x1000 + n), Uuid::from_u128(0x2000 + n));
        tx.execute(
            "INSERT INTO citizen (id, unit_id, name, birth_date) VALUES ($1, $2, 'Kaj', '1990-05-01')",
            args![citizen, JOBCENTRE],
        )
        .await
        .expect("citizen");
        tx.execute(
            "INSERT INTO spell (id, citizen_id, benefit, starts) VALUES ($1, $2, 'kontanthjaelp', '2024-01-01')",
            args![spell, citizen],
        )
        .await
        .expect("spell");
    }
    tx.commit().await.expect("commits");
}

async fn town() -> Town {
    let town = Town::sqlite().await;
    teams(&town.app.db).await;
    town
}

fn home(team: TeamId) -> String {
    format!("/team/status/{team}")
}

const GOAL: [(&str, &str); 3] = [
    ("words", "Alle har en næste samtale"),
    ("term", "short"),
    ("due", "2026-06-01"),
];

/// Lis sets this goal; its address.
async fn set(town: &Town, more: &[(&str, &str)]) -> String {
    let lis = town.employee(LIS).await;
    let fields = [&GOAL[..], more].concat();
    lis.post(&format!("{}/goals/new", home(NORTH)), &fields)
        .await
        .redirects_to(&home(NORTH));
    let page = lis.get(&home(NORTH)).await;
    let end = page.ok().html.rfind("/end\"").expect("a link to end it");
    let begin = page.html[..end].rfind('"').expect("an address");
    page.html[begin + 1..end].to_owned()
}

/// What one goal's fields are called.
fn of(goal: &str, fields: &[(&str, &str)]) -> Vec<(String, String)> {
    let id = goal.rsplit('/').next().expect("an id");
    let name = |(field, value): &(&str, &str)| (format!("{field}-{id}"), (*value).to_owned());
    fields.iter().map(name).collect()
}

async fn send(browser: &Browser<'_>, path: &str, fields: &[(String, String)]) -> Page {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    browser.post(path, &fields).await
}

fn karen_says<'a>(says: &'a str, karen: &'a str) -> Vec<(&'static str, &'a str)> {
    vec![
        ("judgement", "on_the_way"),
        ("says", says),
        ("action", "Vi ringer til alle"),
        ("holder", karen),
        ("due", "2026-04-01"),
    ]
}

#[tokio::test]
async fn a_team_that_has_not_begun_is_told_what_to_do() {
    let town = town().await;
    let page = town.employee(LIS).await.get(&home(NORTH)).await;
    page.ok().has("Teamet har ingen mål endnu").has("Sæt det første mål");
    let page = town.employee(KAREN).await.get(&home(NORTH)).await;
    page.ok().has("Lis Dahl skriver målet her").lacks("/goals/new");
    let page = town.employee(METTE).await.get(&home(NORTH)).await;
    page.ok().has("kan du læse det her").lacks("/goals/new");
    let page = town.employee(KIM).await.get(&home(ACROSS)).await;
    page.ok()
        .has("Afdelingslederen kan skrive målene")
        .has("Team &#60;b&#62;Tværs");
    town.employee(PER).await.get(&home(ACROSS)).await.ok().has("/goals/new");
}

#[tokio::test]
async fn a_goal_is_set_with_its_figure_and_shown_to_everybody() {
    let town = town().await;
    let goal = set(&town, &[("measure", "passive"), ("whose", "unit"), ("target", "40,5")]).await;
    let page = town.employee(METTE).await.get(&home(NORTH)).await;
    // The number comes by itself, with what it is about, its month, how many and the target.
    page.ok()
        .has("Alle har en næste samtale")
        .has("1. juni 2026")
        .has("100,0\u{a0}%")
        .has("Jobcentret · februar 2026 · 25 borgere")
        .has("Teamets eget mål er 40,5\u{a0}%.")
        .has("passive_share.1-28d")
        .lacks("/goals/");
    assert!(page.queries <= 12, "{} statements", page.queries);
    let english = town.employee(METTE).await.in_english().get(&home(NORTH)).await;
    english.ok().has("The team’s own target is 40.5%.");
    // Set for the whole municipality, it says so.
    let lis = town.employee(LIS).await;
    lis.get(&goal).await.ok().has("value=\"40,5\"");
    let whole = [&GOAL[..], &[("measure", "passive"), ("whose", "all"), ("_rev", "1")]].concat();
    lis.post(&goal, &whole).await.redirects_to(&home(NORTH));
    lis.get(&home(NORTH)).await.ok().has("Hele kommunen · februar 2026");
    // The strategy's own target stands in where the team has none.
    lis.post(
        "/figures/targets?measure=passive",
        &[("from", "2026-02"), ("to", "2026-02"), ("value", "15")],
    )
    .await;
    lis.get(&home(NORTH))
        .await
        .ok()
        .has("Måltallet i strategien er 15,0\u{a0}%.");
}

#[tokio::test]
async fn a_figure_of_few_is_withheld_on_the_sheet_too() {
    let town = town().await;
    let mut tx = town.app.db.begin().await.expect("begins");
    tx.execute("DELETE FROM spell WHERE id >= $1", args![Uuid::from_u128(0x2003)])
        .await
        .expect("only three are left");
    tx.commit().await.expect("commits");
    set(&town, &[("measure", "passive"), ("whose", "unit")]).await;
    let page = town.employee(KAREN).await.get(&home(NORTH)).await;
    page.ok()
        .has("Tallet vises ikke")
        .has("Jobcentret · februar 2026<")
        .lacks("100,0")
        .lacks("3 borgere");
}

#[tokio::test]
async fn only_those_who_may_set_and_write() {
    let town = town().await;
    let goal = set(&town, &[]).await;
    let update = format!("{}/update", home(NORTH));
    let new = format!("{}/goals/new", home(NORTH));
    let end = format!("{goal}/end");
    for who in [KAREN, METTE, ADA] {
        let browser = town.employee(who).await;
        for path in [&new, &goal, &end] {
            browser.get(path).await.not_found();
            browser.post(path, &GOAL).await.not_found();
        }
    }
    for who in [METTE, PER, ADA] {
        let browser = town.employee(who).await;
        browser.get(&update).await.not_found();
        browser.post(&update, &[]).await.not_found();
    }
    for (who, path) in [(KAREN, &update), (LIS, &update), (PER, &new), (PER, &goal), (LIS, &end)] {
        town.employee(who).await.get(path).await.ok();
    }
    // Nothing here is for citizens, and no other team's goal is reached through one's own.
    let anna = town.citizen(ANNA).await;
    for path in ["/team/status", &home(NORTH), &update, &new] {
        anna.get(path).await.not_found();
    }
    let elsewhere = goal.replace(&NORTH.to_string(), &ACROSS.to_string());
    town.employee(PER).await.get(&elsewhere).await.not_found();
    town.employee(KAREN).await.get(&home(TeamId(ANNA.0))).await.not_found();
}

#[tokio::test]
async fn a_goal_with_mistakes_keeps_what_was_typed() {
    let town = town().await;
    let lis = town.employee(LIS).await;
    let new = format!("{}/goals/new", home(NORTH));
    let page = lis
        .post(
            &new,
            &[
                ("words", "Hjælp <i>610190-1236</i>"),
                ("term", "short"),
                ("due", "2026-12-01"),
                ("target", "12"),
            ],
        )
        .await;
    page.refused()
        .has("Skriv ikke et CPR-nummer her")
        .has("Vælg 16. juni 2026 eller en tidligere dag")
        .has("Vælg også det nøgletal")
        .has("Hjælp &#60;i&#62;610190-1236")
        .has("value=\"12\"")
        .has("value=\"2026-12-01\"");
    let page = lis.post(&new, &[("measure", "passive"), ("target", "140")]).await;
    page.refused()
        .has("Skriv, hvad I vil nå")
        .has("Skriv et tal")
        .has("value=\"140\"");
    for n in 1..=3 {
        set(&town, &[("n", &n.to_string())]).await;
    }
    lis.post(&new, &GOAL).await.refused().has("Der er 3 i forvejen");
}

#[tokio::test]
async fn the_month_is_written_once_corrected_without_loss_and_asked_for_again() {
    let town = town().await;
    let goal = set(&town, &[]).await;
    let update = format!("{}/update", home(NORTH));
    let (karen, who) = (town.employee(KAREN).await, KAREN.to_string());
    let page = karen.get(&update).await;
    page.ok()
        .has("Team Nord: status for marts")
        .has("Nævn ingen borgere")
        .has("data-draft=\"/draft/team/status/")
        .lacks("Blev det gjort?");
    assert!(page.queries <= 12, "{} statements", page.queries);
    let mut first = of(&goal, &karen_says("Vi er <b>begyndt</b>", &who));
    first.push(("_act".to_owned(), Uuid::from_u128(7).to_string()));
    // Sent twice, written once.
    for _ in 0..2 {
        send(&karen, &update, &first).await.redirects_to(&home(NORTH));
    }
    let page = karen.get(&home(NORTH)).await;
    page.ok()
        .has("Vi er &#60;b&#62;begyndt")
        .has("Vi ringer til alle")
        .has("Karen Holm, senest 1. april 2026")
        .has("Skrevet af Karen Holm 16. marts 2026")
        .has("På vej");
    let again = karen.get(&update).await;
    again.ok().has("Vi er &#60;b&#62;begyndt");
    let mut second = of(&goal, &karen_says("Vi er godt i gang", &who));
    second.extend(of(&goal, &[("rev", "1")]));
    send(&karen, &update, &second).await.redirects_to(&home(NORTH));
    let history = karen.get(&format!("{}/history", home(NORTH))).await;
    history
        .ok()
        .has("Marts 2026")
        .has("Vi er godt i gang")
        .has("Rettet én gang")
        .has("Vi er &#60;b&#62;begyndt")
        .has("Nyt mål");
    // Next month what was agreed is asked for, and Min dag reminds the team, and nobody else.
    let april = town.at(Timestamp::from_second(APRIL).expect("a time"));
    for (who, reminded) in [(KAREN, true), (OLE, true), (METTE, false), (PER, false)] {
        let page = april.employee(who).await.get("/day").await;
        assert_eq!(
            page.ok().html.contains("Team Nord har ikke skrevet status for april"),
            reminded
        );
    }
    town.employee(KAREN)
        .await
        .get("/day")
        .await
        .ok()
        .lacks("har ikke skrevet status");
    let ole = april.employee(OLE).await;
    ole.get(&update)
        .await
        .ok()
        .has("Blev det gjort?")
        .has("Vi er godt i gang")
        .has("Vi ringer til alle");
    let mut unanswered = of(&goal, &karen_says("April går godt", &who));
    unanswered.retain(|(name, _)| !name.starts_with("due"));
    unanswered.extend(of(&goal, &[("due", "2026-05-04")]));
    send(&ole, &update, &unanswered).await.refused().has("April går godt");
    unanswered.extend(of(&goal, &[("done", "partly")]));
    send(&ole, &update, &unanswered).await.redirects_to(&home(NORTH));
    ole.get(&home(NORTH))
        .await
        .ok()
        .has("Blev det gjort? Noget af det")
        .has("Ole Bang");
    april
        .employee(KAREN)
        .await
        .get("/day")
        .await
        .ok()
        .lacks("har ikke skrevet status");
}

#[tokio::test]
async fn an_update_with_mistakes_says_all_of_them_and_writes_nothing() {
    let town = town().await;
    let (one, two) = (set(&town, &[]).await, set(&town, &[("n", "2")]).await);
    assert_ne!(one, two);
    let update = format!("{}/update", home(NORTH));
    let (karen, who) = (town.employee(KAREN).await, KAREN.to_string());
    karen
        .post(&update, &[])
        .await
        .refused()
        .has("Skriv om mindst ét af målene");
    let mut fields = of(&one, &karen_says("Alt er godt", &who));
    let wrong = [
        ("judgement", "stuck"),
        ("says", "Ring til 6101901236"),
        ("action", "Vi <script>"),
        ("holder", &METTE.to_string()),
        ("due", "31-31-2026"),
    ];
    fields.extend(of(&two, &wrong));
    let page = send(&karen, &update, &fields).await;
    page.refused()
        .has("Skriv ikke et CPR-nummer her")
        .has("Ring til 6101901236")
        .has("Vi &#60;script&#62;")
        .has("31-31-2026")
        .has("Alt er godt");
    karen
        .get(&home(NORTH))
        .await
        .ok()
        .lacks("Alt er godt")
        .lacks("6101901236");
    // Without a judgement nothing is assumed.
    let mut silent = of(&one, &karen_says("Alt er godt", &who));
    silent.retain(|(name, _)| !name.starts_with("judgement"));
    send(&karen, &update, &silent).await.refused().has("Alt er godt");
}

#[tokio::test]
async fn two_who_write_at_once_see_each_others_words() {
    let town = town().await;
    let goal = set(&town, &[]).await;
    let update = format!("{}/update", home(NORTH));
    let who = KAREN.to_string();
    let (karen, ole) = (town.employee(KAREN).await, town.employee(OLE).await);
    send(&karen, &update, &of(&goal, &karen_says("Karens ord", &who)))
        .await
        .redirects_to(&home(NORTH));
    let mut oles = of(&goal, &karen_says("Oles ord", &who));
    let page = send(&ole, &update, &oles).await;
    page.refused()
        .has("Oles ord")
        .has("Karens ord")
        .has("Karen Holm har skrevet det her");
    // The form now carries what was seen: sending again is a choice.
    oles.extend(of(&goal, &[("rev", "1")]));
    send(&ole, &update, &oles).await.redirects_to(&home(NORTH));
    ole.get(&home(NORTH)).await.ok().has("Oles ord");
    // A goal two leaders change at once.
    let (lis, per) = (town.employee(LIS).await, town.employee(PER).await);
    let change = |words, rev| [("words", words), ("term", "long"), ("due", "2027-01-01"), ("_rev", rev)];
    lis.post(&goal, &change("Lis’ ord", "1"))
        .await
        .redirects_to(&home(NORTH));
    let page = per.post(&goal, &change("Pers ord", "1")).await;
    page.refused()
        .has("Pers ord")
        .has("Lis’ ord")
        .has("name=\"_rev\" value=\"2\"");
    per.post(&goal, &change("Pers ord", "2"))
        .await
        .redirects_to(&home(NORTH));
    let history = per.get(&format!("{}/history", home(NORTH))).await;
    history.ok().has("Lis’ ord").has("Pers ord").has("Målet blev rettet");
}

#[tokio::test]
async fn a_goal_ends_with_what_was_learned() {
    let town = town().await;
    let goal = set(&town, &[]).await;
    let (lis, end) = (town.employee(LIS).await, format!("{goal}/end"));
    let page = lis.post(&end, &[("_rev", "1"), ("why", "Fordi <b>")]).await;
    page.refused().has("Fordi &#60;b&#62;");
    lis.post(&end, &[("_rev", "1"), ("status", "dropped"), ("why", " ")])
        .await
        .refused();
    let act = Uuid::from_u128(8).to_string();
    let fields = [
        ("_rev", "1"),
        ("status", "dropped"),
        ("why", "Vi målte det forkerte"),
        ("_act", &act),
    ];
    for _ in 0..2 {
        lis.post(&end, &fields).await.redirects_to(&home(NORTH));
    }
    lis.get(&home(NORTH))
        .await
        .ok()
        .has("Mål, der er afsluttet")
        .has("Vi målte det forkerte")
        .has("Lagt væk");
    lis.get(&goal).await.not_found();
    lis.get(&end).await.not_found();
    lis.get(&format!("{}/update", home(NORTH))).await.not_found();
}

#[tokio::test]
async fn all_teams_are_read_by_all_and_the_sheet_is_printed() {
    let town = town().await;
    let goal = set(&town, &[("measure", "passive"), ("whose", "unit")]).await;
    let page = town.employee(METTE).await.get("/team/status").await;
    page.ok()
        .has("Ikke begyndt")
        .has("Nye mål")
        .has("0 af 1 teams med mål har skrevet i marts.")
        .has("Team &#60;b&#62;Tværs");
    // One's own team stands first.
    assert!(page.html.find("Tværs") < page.html.find("Team Nord"));
    assert!(page.queries <= 6, "{} statements", page.queries);
    let (karen, who) = (town.employee(KAREN).await, KAREN.to_string());
    let said = of(&goal, &karen_says("Vi er begyndt", &who));
    send(&karen, &format!("{}/update", home(NORTH)), &said)
        .await
        .redirects_to(&home(NORTH));
    let page = karen.get("/team/status").await;
    page.ok()
        .has("Skrevet i marts")
        .has("1 af 1 teams med mål har skrevet i marts.")
        .has("På vej");
    let paper = karen.get(&format!("{}/print", home(NORTH))).await;
    paper
        .ok()
        .has("Marts 2026: På vej.")
        .has("Vi er begyndt")
        .has("Vi ringer til alle")
        .has("100,0\u{a0}%")
        .has("data-print");
    let team = karen.get("/team").await;
    team.ok().has(&home(NORTH)).has("/team/status\"");
    for path in [
        "/team/status",
        &home(NORTH),
        &format!("{}/history", home(NORTH)),
        &format!("{}/print", home(NORTH)),
    ] {
        town.employee(KAREN)
            .await
            .in_english()
            .get(path)
            .await
            .ok()
            .has("<html lang=\"en\"");
    }
}

#[tokio::test]
async fn what_was_typed_is_a_draft_until_it_is_sent() {
    let town = town().await;
    let goal = set(&town, &[]).await;
    let update = format!("{}/update", home(NORTH));
    let (karen, who) = (town.employee(KAREN).await, KAREN.to_string());
    let half = of(&goal, &[("says", "Halvt skrevet")]);
    let kept = send(&karen, &format!("/draft{update}"), &half).await;
    assert!(kept.status.is_success());
    karen.get(&update).await.ok().has("Halvt skrevet");
    town.employee(OLE).await.get(&update).await.ok().lacks("Halvt skrevet");
    send(&karen, &update, &of(&goal, &karen_says("Helt skrevet", &who)))
        .await
        .redirects_to(&home(NORTH));
    karen.get(&update).await.ok().has("Helt skrevet").lacks("Halvt skrevet");
}
