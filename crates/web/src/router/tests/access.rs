//! The matrix over HTTP: everybody asks for every address, reading and sending, and what comes of it is committed in `docs/security/access.md`.
//!
//! The addresses are read off `router.rs` as it is written, so that one without a row cannot be forgotten.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use axum::http::StatusCode;
use jiff::civil::date;
use tovholder_casework::act::*;
use tovholder_casework::decide::*;
use tovholder_casework::id::*;
use tovholder_casework::plan::*;
use tovholder_store::acts::Entry;
use tovholder_store::args;
use tovholder_store::plans;
use tovholder_store::testing::committed_access;
use uuid::Uuid;

use crate::testing::*;

const ROUTER: &str = include_str!("../../router.rs");

/// An address as the router has it.
#[derive(Clone, Debug)]
struct Address {
    /// The comment it stands under.
    capability: &'static str,
    pattern: &'static str,
    get: bool,
    post: bool,
}

fn addresses() -> Vec<Address> {
    let mut all = Vec::new();
    let mut capability = "entry";
    let mut rest = ROUTER;
    while let Some(at) = rest.find(".route(") {
        for line in rest[..at].lines().map(str::trim) {
            if let Some(name) = line.strip_prefix("// ").and_then(|words| words.split_once(": ")) {
                capability = name.0;
            }
            if line.starts_with("fn around") {
                capability = "beside the pages";
            }
            if line.starts_with("fn own_plan") {
                capability = "citizen";
            }
        }
        rest = &rest[at + ".route(".len()..];
        let mut open = 1;
        let end = rest.find(|c: char| {
            match c {
                '(' => open += 1,
                ')' => open -= 1,
                _ => {}
            }
            open == 0
        });
        let call = &rest[..end.expect("a call that begins ends")];
        let (pattern, handlers) = call
            .split_once('"')
            .and_then(|(_, rest)| rest.split_once('"'))
            .expect("an address is written out");
        let has = |method: &str| {
            handlers
                .match_indices(method)
                .any(|(at, _)| !handlers[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
        };
        all.push(Address {
            capability,
            pattern,
            get: has("get("),
            post: has("post("),
        });
    }
    all
}

const FRED: EmployeeId = EmployeeId(Uuid::from_u128(0x210));
const NINA: EmployeeId = EmployeeId(Uuid::from_u128(0x211));
const EVA: EmployeeId = EmployeeId(Uuid::from_u128(0x212));
const TINA: EmployeeId = EmployeeId(Uuid::from_u128(0x213));
const HEALTH: UnitId = UnitId(Uuid::from_u128(0x102));
const TEAM: TeamId = TeamId(Uuid::from_u128(0x220));

/// Who asks: the column, and who it is.
const COLUMNS: &[(&str, Option<(UserKind, Uuid)>)] = &[
    ("guest", None),
    ("Anna", Some((UserKind::Citizen, ANNA.0))),
    ("Bo", Some((UserKind::Citizen, BO.0))),
    ("coord", Some((UserKind::Employee, KAREN.0))),
    ("next", Some((UserKind::Employee, NINA.0))),
    ("former", Some((UserKind::Employee, FRED.0))),
    ("part", Some((UserKind::Employee, METTE.0))),
    ("awaits", Some((UserKind::Employee, TINA.0))),
    ("lead", Some((UserKind::Employee, LIS.0))),
    ("head", Some((UserKind::Employee, PER.0))),
    ("emerg", Some((UserKind::Employee, EVA.0))),
    ("coll", Some((UserKind::Employee, OLE.0))),
    ("cons", Some((UserKind::Employee, KIM.0))),
    ("admin", Some((UserKind::Employee, ADA.0))),
];

/// The town, and what stands for each part of an address.
struct Fixture {
    town: Town,
    parts: BTreeMap<&'static str, String>,
}

async fn fixture() -> Fixture {
    let town = Town::sqlite().await;
    let plan = town.anna_plan;
    let mut tx = town.app.db.begin().await.expect("begins");
    tx.execute(
        "INSERT INTO unit (id, name, kind) VALUES ($1, 'Sundhed', 'health')",
        args![HEALTH],
    )
    .await
    .expect("unit");
    for (id, unit, name) in [
        (FRED, YOUTH, "Fred Toft"),
        (NINA, YOUTH, "Nina Bay"),
        (EVA, YOUTH, "Eva Riis"),
        (TINA, HEALTH, "Tina Lund"),
    ] {
        tx.execute(
            "INSERT INTO employee (id, unit_id, name, title, role) VALUES ($1, $2, $3, 'Rådgiver', 'caseworker')",
            args![id, unit, name],
        )
        .await
        .expect("employee");
    }
    tx.execute(
        "INSERT INTO team (id, name, leader_id) VALUES ($1, 'Team Nord', $2)",
        args![TEAM, LIS],
    )
    .await
    .expect("team");
    tx.execute(
        "INSERT INTO team_member (team_id, employee_id) VALUES ($1, $2)",
        args![TEAM, KAREN],
    )
    .await
    .expect("member");
    tx.commit().await.expect("commits");
    let transfer = |to: EmployeeId, name: &str, from| Intent::Transfer {
        to,
        name: name.into(),
        from,
        reason: TransferReason::Workload,
        note: String::new(),
        handover: "Ring om formiddagen".into(),
    };
    // Tina is asked to take part, and nobody has asked Anna yet.
    let joins = PersonInput {
        kind: PersonKind::Employee,
        employee: Some(TINA),
        name: "Tina Lund".into(),
        role: "Vejleder".into(),
        organisation: "Sundhed".into(),
        phone: String::new(),
        from: date(2026, 1, 12),
    };
    town.perform(plan, KAREN, date(2026, 1, 12), Intent::Join(joins)).await;
    // Fred coordinated for a while, and Nina will.
    town.perform(
        plan,
        KAREN,
        date(2026, 1, 30),
        transfer(FRED, "Fred Toft", date(2026, 2, 1)),
    )
    .await;
    town.perform(
        plan,
        FRED,
        date(2026, 2, 19),
        transfer(KAREN, "Karen Holm", date(2026, 2, 20)),
    )
    .await;
    town.perform(
        plan,
        KAREN,
        date(2026, 3, 10),
        transfer(NINA, "Nina Bay", date(2026, 4, 1)),
    )
    .await;
    let anna = town.citizen(ANNA).await;
    let sent = anna.post("/my-plan/messages/new", &[("text", "Må jeg ringe?")]).await;
    assert!(sent.status.is_redirection(), "{}: {}", sent.status, sent.html);
    let eva = town.employee(EVA).await;
    let taken = eva
        .post(
            &format!("/citizens/{ANNA}/emergency"),
            &[("reason", "Borgeren er i fare")],
        )
        .await;
    taken.redirects_to(&format!("/plans/{plan}"));
    let mut conn = town.app.db.read().await.expect("reads");
    let id = async |conn: &mut tovholder_store::db::Conn, sql: &'static str| -> Option<Uuid> {
        conn.row(sql, args![])
            .await
            .expect("reads")
            .map(|row| row.get(0).expect("an id"))
    };
    // Something of everything else: a team's goal, a group of municipalities, a file brought in.
    let lis = town.employee(LIS).await;
    let goal = [
        ("words", "Alle har en næste samtale"),
        ("term", "short"),
        ("due", "2026-06-01"),
    ];
    lis.post(&format!("/team/status/{TEAM}/goals/new"), &goal)
        .await
        .redirects_to(&format!("/team/status/{TEAM}"));
    let group = [("name", "Naboer"), ("areas", "766"), ("areas", "751")];
    let per = town.employee(PER).await;
    per.post("/figures/groups/new", &group)
        .await
        .redirects_to("/figures/groups");
    let ada = town.employee(ADA).await;
    let file = "Navn;Type\nSundhed;Sundhed\n".as_bytes();
    let batch = ada
        .upload("/setup/import", &[("kind", "units")], "enheder.csv", file)
        .await
        .location;
    let batch = batch.rsplit('/').next().expect("an address ends").to_owned();
    let team_goal = id(&mut conn, "SELECT goal_id FROM status_goal").await.expect("is set");
    let group = id(&mut conn, "SELECT group_id FROM comparison_group")
        .await
        .expect("is made");
    // Ole looked on a Sunday: something for his leader to ask about.
    let act = Act {
        id: ActId(Uuid::now_v7()),
        at: now() - jiff::SignedDuration::from_hours(24),
        actor: Actor {
            kind: UserKind::Employee,
            id: OLE.0,
            name: "Ole Bang".into(),
            unit: "Jobcentret".into(),
        },
        citizen: Some(BO),
        kind: ActKind::Looked,
        submission: None,
        before: None,
        after: None,
        reason: Act::looking_at(PageKey::Plan, ""),
        voice: Voice::Own,
    };
    let looked = Entry { chain: BO.0, act };
    town.app.looks.record(looked).await.expect("is recorded");
    let emergency = id(&mut conn, "SELECT id FROM emergency").await.expect("is taken");
    let wrong = [
        ("wish", "correct"),
        ("about", "words"),
        ("words", "Det har jeg ikke sagt"),
    ];
    anna.post("/my-plan/corrections", &wrong)
        .await
        .redirects_to("/my-plan/corrections");
    let correction = id(&mut conn, "SELECT id FROM correction").await.expect("is said");
    let export = town.research("Veje til job", date(2028, 12, 31), now()).await;
    let form = id(&mut conn, "SELECT submission FROM act WHERE kind = 'conversation.held'")
        .await
        .expect("one is held");
    let case = plans::load(&mut conn, plan).await.expect("loads").expect("is there");
    drop(conn);
    let p = case.plan;
    let talk = |status| {
        p.conversations
            .iter()
            .find(|c| c.status == status)
            .expect("is there")
            .id
    };
    let message = |by| p.messages.iter().find(|m| m.author_kind == by).expect("is there").id;
    let parts = BTreeMap::from([
        ("plan", plan.to_string()),
        ("goal", p.goals[0].id.to_string()),
        ("step", p.steps[0].id.to_string()),
        ("strength", p.strengths[0].id.to_string()),
        ("participation", p.participations[0].id.to_string()),
        ("consent", p.consents[0].id.to_string()),
        ("effort", p.efforts[0].id.to_string()),
        ("conversation", talk(ConversationStatus::Booked).to_string()),
        ("conversation held", talk(ConversationStatus::Held).to_string()),
        ("question", p.questions[0].id.to_string()),
        ("message", message(PersonKind::Citizen).to_string()),
        ("message from an employee", message(PersonKind::Employee).to_string()),
        ("handover", p.handovers.last().expect("is there").id.to_string()),
        ("form", form.to_string()),
        ("emergency", emergency.to_string()),
        ("correction", correction.to_string()),
        ("export", export.to_string()),
        ("finding", format!("hours.{OLE}.2026-03-15")),
        ("citizen", CILLE.to_string()),
        ("citizen with a plan", ANNA.to_string()),
        ("company", NURSERY.to_string()),
        ("team", TEAM.to_string()),
        ("month", "2026-02".to_owned()),
        ("measure", "stock".to_owned()),
        ("kind", "hope".to_owned()),
        ("tick", "tick".to_owned()),
        ("audience", "employee".to_owned()),
        ("entrance", "employee".to_owned()),
        ("code", "da".to_owned()),
        ("file", "citizens.csv".to_owned()),
        ("*page", "day".to_owned()),
        ("group", group.to_string()),
        ("batch", batch),
        ("team goal", team_goal.to_string()),
        ("measure with a picture", "companies".to_owned()),
    ]);
    Fixture { town, parts }
}

impl Fixture {
    /// A pattern with real ids in it. A new kind of id has no answer here until somebody says which.
    fn path(&self, pattern: &str) -> String {
        let part = |name: &str| -> &str {
            let own = pattern.starts_with("/my-plan");
            let name = match name {
                "conversation" if pattern.ends_with("/note") => "conversation held",
                "message" if own => "message from an employee",
                "citizen" if pattern.ends_with("/emergency") => "citizen with a plan",
                "goal" if pattern.starts_with("/team/") => "team goal",
                "measure" if pattern.ends_with("/picture.svg") => "measure with a picture",
                other => other,
            };
            let found = self.parts.get(name);
            found.unwrap_or_else(|| panic!("{pattern}: say in this test what stands for {{{name}}}"))
        };
        let words =
            pattern.split('/').map(
                |word| match word.strip_prefix('{').and_then(|word| word.strip_suffix('}')) {
                    Some(name) => part(name),
                    None => word,
                },
            );
        let path = words.collect::<Vec<_>>().join("/");
        // A remark is about something.
        let about = if pattern.ends_with("/comments/new") {
            format!("?step={}", part("step"))
        } else {
            String::new()
        };
        path + &about
    }
}

fn cell(page: &Page) -> String {
    match page.status {
        StatusCode::SEE_OTHER if page.location.starts_with("/log-in") => "in".to_owned(),
        StatusCode::SEE_OTHER => "→".to_owned(),
        other => other.as_u16().to_string(),
    }
}

/// How much this user has ever changed about Anna.
async fn written(town: &Town, who: Option<(UserKind, Uuid)>) -> i64 {
    let id = who.map_or(Uuid::nil(), |(_, id)| id);
    let mut conn = town.app.db.read().await.expect("reads");
    let sql = "SELECT COUNT(*) FROM act WHERE actor_id = $1 AND citizen_id = $2 AND kind NOT IN ('look', 'look.emergency', 'export')";
    let row = conn.row(sql, args![id, ANNA]).await.expect("reads").expect("one row");
    row.get(0).expect("a number")
}

/// What one column answers: reading first, then sending, so that what is sent changes nothing of what is read.
async fn column(who: Option<(UserKind, Uuid)>, all: &[Address]) -> Vec<(String, String)> {
    let fixture = fixture().await;
    let town = &fixture.town;
    let before = written(town, who).await;
    let browser = || async {
        match who {
            None => town.guest(),
            Some((UserKind::Citizen, id)) => town.citizen(CitizenId(id)).await,
            Some((_, id)) => town.employee(EmployeeId(id)).await,
        }
    };
    let me = browser().await;
    let mut reads = Vec::new();
    for address in all {
        reads.push(if address.get {
            cell(&me.get(&fixture.path(address.pattern)).await)
        } else {
            String::new()
        });
    }
    let mut sends = Vec::new();
    for address in all {
        let one = browser().await;
        sends.push(if address.post {
            let fields: &[(&str, &str)] = if address.pattern.ends_with("/comments/new") {
                &[("step", &fixture.parts["step"])]
            } else {
                &[]
            };
            cell(&one.post(&fixture.path(address.pattern), fields).await)
        } else {
            String::new()
        });
    }
    // An address may answer those who only read with the page the button stands on. Whatever it answers, nothing was written in Anna's plan by anybody
    // who may not write there.
    let may_write = who.is_some_and(|(_, id)| [ANNA.0, KAREN.0, METTE.0, LIS.0, PER.0].contains(&id));
    assert!(
        may_write || written(town, who).await == before,
        "{who:?} wrote in Anna's plan"
    );
    reads.into_iter().zip(sends).collect()
}

/// Addresses one only sends to. Who comes by them all the same is sent on to the page the button stands on, whoever they are and whether or not there is
/// such a thing: that tells nothing, and that page decides.
const SENDS_ON: &[&str] = &[
    "/plans/{plan}/steps/{step}/tick",
    "/plans/{plan}/steps/{step}/untick",
    "/plans/{plan}/messages/{message}/read",
    "/my-plan/steps/{step}/{tick}",
    "/my-plan/questions/{question}/withdraw",
    "/my-plan/myself/{strength}/end",
];

/// Addresses whose empty form is answered as if it were not there, whoever sends it, stages of a file that has just been brought in, and log-in
/// providers, of which this town has none.
const UNREACHED: &[&str] = &[
    "/day",
    "/log-in",
    "/log-in/again",
    "/log-in/with/{entrance}",
    "/log-in/with/{entrance}/callback",
    "/log-in/with/{entrance}/logged-out",
    "/log-out",
    "/setup/import/{batch}/check",
    "/setup/import/{batch}/errors.csv",
    "/setup/import/{batch}/undo",
];

/// What a pattern names that belongs to somebody: a part of Anna's plan.
fn of_annas_plan(pattern: &str) -> bool {
    pattern.starts_with("/plans/{plan}")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everybody_asks_for_every_address() {
    let all = addresses();
    assert!(all.len() > 100, "only {} addresses are found", all.len());
    let mut columns = Vec::new();
    for (_, who) in COLUMNS {
        columns.push(column(*who, &all).await);
    }
    let wrong = broken_rules(&all, &columns);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    committed_access("addresses", &table(&all, &columns));
}

/// Rules over the whole table, besides the snapshot. The ids are real: the coordinator, and Anna, come in everywhere.
fn broken_rules(all: &[Address], columns: &[Vec<(String, String)>]) -> Vec<String> {
    let at = |name: &str| {
        COLUMNS
            .iter()
            .position(|(column, _)| *column == name)
            .expect("a column")
    };
    let employees: Vec<&str> = COLUMNS
        .iter()
        .filter(|(_, who)| matches!(who, Some((UserKind::Employee, _))))
        .map(|(column, _)| *column)
        .collect();
    let mut wrong = Vec::new();
    for (n, address) in all.iter().enumerate() {
        let pattern = address.pattern;
        let cells = |column: &str| {
            let (read, send) = &columns[at(column)][n];
            let read = if SENDS_ON.contains(&pattern) && read == "→" {
                ""
            } else {
                read
            };
            [read.to_owned(), send.clone()]
        };
        // An address that nobody reaches says nothing.
        let reached = |read: bool| {
            let of = |cells: &(String, String)| if read { cells.0.clone() } else { cells.1.clone() };
            columns
                .iter()
                .map(|column| of(&column[n]))
                .any(|cell| !["404", "in"].contains(&cell.as_str()))
        };
        let nobody = (address.get && !reached(true)) || (address.post && !reached(false));
        if nobody && !UNREACHED.contains(&pattern) {
            wrong.push(format!("{pattern} answers nobody"));
        }
        let mut all_are = |column: &str, what: &str, fits: &dyn Fn(&str) -> bool| {
            let cells = cells(column);
            if cells.iter().any(|cell| !cell.is_empty() && !fits(cell)) {
                wrong.push(format!("{pattern} for {column}: {cells:?}, {what}"));
            }
        };
        if of_annas_plan(pattern) {
            all_are("coord", "should be there", &|cell| cell != "404");
            all_are("awaits", "is closed without a consent", &|cell| {
                cell == "403" || cell == "404"
            });
            for stranger in ["Bo", "coll", "cons", "admin"] {
                all_are(stranger, "should not be there", &|cell| cell == "404");
            }
        }
        if pattern.starts_with("/my-plan") {
            all_are("Anna", "should be there", &|cell| cell != "404");
            for column in &employees {
                all_are(column, "is a citizen's page", &|cell| cell == "404");
            }
            let of_another = [
                "{step}",
                "{goal}",
                "{message}",
                "{conversation}",
                "{strength}",
                "{question}",
                "{handover}",
                "{consent}",
            ];
            if of_another.iter().any(|part| pattern.contains(part)) {
                all_are("Bo", "is Anna's", &|cell| cell == "404");
            }
        } else if !["entry", "beside the pages", "citizen"].contains(&address.capability)
            && !pattern.ends_with("/undo/{form}")
        {
            // Nor do citizens come to the employees' pages; what they did themselves they may undo.
            for column in ["Anna", "Bo"] {
                all_are(column, "is an employee's page", &|cell| cell == "404");
            }
        }
        if pattern.starts_with("/review") {
            for (column, _) in COLUMNS
                .iter()
                .filter(|(column, _)| !["guest", "lead", "head"].contains(column))
            {
                all_are(column, "is for leaders", &|cell| cell == "404");
            }
        }
        // A guest gets no further than the door.
        if !["entry", "beside the pages"].contains(&address.capability) {
            all_are("guest", "should ask to log in", &|cell| cell == "in");
        }
    }
    wrong
}

fn table(all: &[Address], columns: &[Vec<(String, String)>]) -> String {
    let names: Vec<&str> = COLUMNS.iter().map(|(name, _)| *name).collect();
    let mut text = String::new();
    let mut groups: Vec<&str> = Vec::new();
    for address in all {
        if !groups.contains(&address.capability) {
            groups.push(address.capability);
        }
    }
    for group in groups {
        write!(
            text,
            "### {group}\n\n| | address | {} |\n|---|---|{}\n",
            names.join(" | "),
            "---|".repeat(names.len())
        )
        .expect("a string takes everything");
        for (n, address) in all
            .iter()
            .enumerate()
            .filter(|(_, address)| address.capability == group)
        {
            let mut line = |method: &str, cells: Vec<&str>| {
                writeln!(text, "| {method} | `{}` | {} |", address.pattern, cells.join(" | "))
                    .expect("a string takes everything");
            };
            if address.get {
                line("get", columns.iter().map(|column| column[n].0.as_str()).collect());
            }
            if address.post {
                line("post", columns.iter().map(|column| column[n].1.as_str()).collect());
            }
        }
        text.push('\n');
    }
    text
}
