//! The matrix: every relation tries every act and every part over the storage layer. What comes of it is committed in `docs/security/access.md`.

use std::fmt::Write as _;

use jiff::civil::{Date, date};
use jiff::{Timestamp, tz::TimeZone};
use tovholder_casework::access::*;
use tovholder_casework::act::*;
use tovholder_casework::consent::*;
use tovholder_casework::correction::{self, About, Wish};
use tovholder_casework::decide::*;
use tovholder_casework::id::*;
use tovholder_casework::person::Citizen;
use tovholder_casework::plan::*;
use tovholder_store::db::Db;
use tovholder_store::plans::{self, PerformError, Performed, Reader, Sender};
use tovholder_store::testing::{self, committed_access};
use tovholder_store::{args, closed, corrections, emergency, people, retention};
use uuid::Uuid;

const OPENED: Date = date(2026, 1, 5);
const TODAY: Date = date(2026, 3, 16);
const JOBCENTRE: UnitId = UnitId(Uuid::from_u128(1));
const YOUTH: UnitId = UnitId(Uuid::from_u128(2));
const HEALTH: UnitId = UnitId(Uuid::from_u128(3));

const fn employee(n: u128) -> EmployeeId {
    EmployeeId(Uuid::from_u128(n))
}
const KAREN: EmployeeId = employee(11);
const NINA: EmployeeId = employee(12);
const METTE: EmployeeId = employee(13);
const FRED: EmployeeId = employee(14);
const TINA: EmployeeId = employee(22);

/// Those who try: the column, who it is, the unit and the role.
const EMPLOYEES: &[(&str, EmployeeId, UnitId, Role)] = &[
    ("coordinator", KAREN, JOBCENTRE, Role::Caseworker),
    ("next", NINA, YOUTH, Role::Caseworker),
    ("former", FRED, JOBCENTRE, Role::Caseworker),
    ("participant", METTE, YOUTH, Role::Caseworker),
    ("awaits", TINA, HEALTH, Role::Caseworker),
    ("unit leader", employee(15), JOBCENTRE, Role::TeamLeader),
    ("head", employee(16), YOUTH, Role::Head),
    ("emergency", employee(17), YOUTH, Role::Caseworker),
    ("colleague", employee(18), JOBCENTRE, Role::Caseworker),
    ("other leader", employee(19), YOUTH, Role::TeamLeader),
    ("consultant", employee(20), JOBCENTRE, Role::Consultant),
    ("administrator", employee(21), JOBCENTRE, Role::Administrator),
];

/// Somebody who tries.
#[derive(Clone)]
struct Who {
    column: &'static str,
    actor: Actor,
    standing: Standing,
    role: Option<Role>,
    unit: Option<UnitId>,
}

fn at(day: Date) -> Timestamp {
    let ten = day.at(10, 0, 0, 0).to_zoned(TimeZone::UTC).expect("a time");
    ten.timestamp()
}

fn sender(who: &Who, day: Date) -> Sender {
    Sender {
        actor: who.actor.clone(),
        standing: who.standing.clone(),
        submission: SubmissionId(Uuid::now_v7()),
        voice: Voice::Own,
        at: at(day),
        now: day.at(10, 0, 0, 0),
        former_days: 30,
        draft: None,
        location: "/".into(),
    }
}

async fn organisation(db: &Db) {
    let mut tx = db.begin().await.expect("begins");
    for (id, name) in [(JOBCENTRE, "Jobcentret"), (YOUTH, "Ungeenheden"), (HEALTH, "Sundhed")] {
        tx.execute(
            "INSERT INTO unit (id, name, kind) VALUES ($1, $2, 'unit')",
            args![id, name],
        )
        .await
        .expect("unit");
    }
    for (name, id, unit, role) in EMPLOYEES {
        tx.execute(
            "INSERT INTO employee (id, unit_id, name, role) VALUES ($1, $2, $3, $4)",
            args![*id, *unit, *name, role.as_str()],
        )
        .await
        .expect("employee");
    }
    tx.commit().await.expect("commits");
}

async fn employees(db: &Db) -> Vec<Who> {
    let mut conn = db.read().await.expect("reads");
    let mut all = Vec::new();
    for (column, id, unit, role) in EMPLOYEES {
        all.push(Who {
            column,
            actor: Actor {
                kind: UserKind::Employee,
                id: id.0,
                name: (*column).into(),
                unit: "Enheden".into(),
            },
            standing: people::standing(&mut conn, Some(*role), Some(*unit))
                .await
                .expect("reads"),
            role: Some(*role),
            unit: Some(*unit),
        });
    }
    all
}

fn citizen(column: &'static str, id: CitizenId) -> Who {
    Who {
        column,
        actor: Actor {
            kind: UserKind::Citizen,
            id: id.0,
            name: column.into(),
            unit: String::new(),
        },
        standing: Standing::default(),
        role: None,
        unit: None,
    }
}

/// A citizen with a plan in which every kind of part stands, and everybody who tries: the citizen first, the other citizen last.
struct Fixture {
    plan: Plan,
    everyone: Vec<Who>,
}

async fn done(db: &Db, plan: PlanId, intent: Intent, sender: &Sender) -> Plan {
    match plans::perform(db, plan, intent, sender).await.expect("is allowed") {
        Performed::Done(case) => case.plan,
        Performed::Already(_) => unreachable!("every form has a number of its own"),
    }
}

fn goal(words: &str) -> GoalInput {
    GoalInput {
        parent: None,
        words: words.into(),
        professional: String::new(),
        aim: Aim::Employment,
    }
}
fn step(title: &str, holder: Holder) -> StepInput {
    StepInput {
        goal: None,
        title: title.into(),
        holder,
        due: None,
        role: None,
    }
}
fn booking(by: EmployeeId, day: Date) -> Booking {
    Booking {
        employee: by,
        name: "Karen".into(),
        starts: day.at(9, 0, 0, 0),
        minutes: 30,
        channel: Channel::Meeting,
        place: "Torvet 1".into(),
    }
}
/// At an hour no other fixture has.
fn own_hour(by: EmployeeId, from: Date) -> Booking {
    static NEXT: std::sync::atomic::AtomicI64 = std::sync::atomic::AtomicI64::new(0);
    let hours = NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let mut booking = booking(by, from);
    booking.starts = booking.starts.saturating_add(jiff::Span::new().hours(hours));
    booking
}
fn effort() -> EffortInput {
    EffortInput {
        kind: "course".into(),
        title: "Kursus".into(),
        unit: None,
        company: None,
        provider: "Skolen".into(),
        from: TODAY,
        until: None,
        hours: Some((10.0, 0.0)),
    }
}
fn outcome(conversation: Option<(ConversationId, u32)>, unplanned: Option<Booking>, next: Option<Booking>) -> Outcome {
    Outcome {
        conversation,
        unplanned,
        note: "Vi talte om planen.".into(),
        goals: vec![goal("Et job"), goal("En uddannelse")],
        steps: vec![
            step("Ring til gartneriet", Holder::citizen()),
            step("Skriv en ansøgning", Holder::citizen()),
            step("Find et kursus", Holder::employee(KAREN, "Karen")),
        ],
        ticked: vec![],
        answered: vec![],
        next,
        message: "Tak for i dag".into(),
    }
}
fn asks(unit: UnitId, kinds: Vec<Information>) -> ConsentInput {
    ConsentInput {
        way: Way::Unit,
        unit: Some(unit),
        party: "Enheden".into(),
        ours: "Jobcentret".into(),
        kinds,
        purpose: "At hjælpe på tværs".into(),
        until: date(2026, 8, 1),
        version: 1,
        months: 12,
    }
}
fn consent(plan: &Plan, status: ConsentStatus) -> ConsentId {
    plan.consents.iter().find(|c| c.status == status).expect("is there").id
}
fn answers() -> Vec<(Precondition, u8, String)> {
    vec![(Precondition::ALL[0], 3, String::new())]
}
fn transfer(to: EmployeeId, from: Date) -> Intent {
    Intent::Transfer {
        to,
        name: "Den nye".into(),
        from,
        reason: TransferReason::Workload,
        note: String::new(),
        handover: "Anna ringer helst om formiddagen".into(),
    }
}

async fn fixture(db: &Db) -> Fixture {
    let (anna, bo) = (CitizenId(Uuid::now_v7()), CitizenId(Uuid::now_v7()));
    let mut tx = db.begin().await.expect("begins");
    for id in [anna, bo] {
        tx.execute(
            "INSERT INTO citizen (id, unit_id, name, birth_date, phone) VALUES ($1, $2, 'Anna', '1990-05-01', '20304050')",
            args![id, JOBCENTRE],
        )
        .await
        .expect("citizen");
    }
    tx.commit().await.expect("commits");
    let mut everyone = vec![citizen("citizen", anna)];
    everyone.extend(employees(db).await);
    everyone.push(citizen("other citizen", bo));
    let who = |column: &str| {
        everyone
            .iter()
            .find(|who| who.column == column)
            .expect("is there")
            .clone()
    };

    let fred = |day| sender(&who("former"), day);
    let id = plans::open(db, anna, CoreTask::Work, (FRED, "Fred".into()), OPENED, &fred(OPENED))
        .await
        .expect("opens");
    let first = outcome(None, Some(booking(FRED, OPENED)), None);
    done(db, id, Intent::Hold(first), &fred(OPENED)).await;
    // One whose day comes before the trying begins: only of such can it be told that nobody came.
    let early = Intent::Book(own_hour(FRED, date(2026, 1, 6)));
    done(db, id, early, &fred(OPENED)).await;
    let joins = |who, name: &str| PersonInput {
        kind: PersonKind::Employee,
        employee: Some(who),
        name: name.into(),
        role: "Mentor".into(),
        organisation: String::new(),
        phone: String::new(),
        from: date(2026, 2, 1),
    };
    done(db, id, Intent::Join(joins(TINA, "Tina")), &fred(date(2026, 2, 1))).await;
    done(db, id, Intent::Join(joins(METTE, "Mette")), &fred(date(2026, 2, 1))).await;
    // Mette's unit reads all of the plan; one asked for is still without an answer.
    let asks = Intent::AskConsent(asks(YOUTH, Information::ALL[..4].to_vec()));
    let plan = done(db, id, asks.clone(), &fred(date(2026, 2, 1))).await;
    let yes = Intent::AnswerConsent {
        consent: plan.consents[0].id,
        yes: true,
        how: How::OwnPage,
    };
    done(db, id, yes, &sender(&everyone[0], date(2026, 2, 2))).await;
    let plan = done(db, id, asks, &fred(date(2026, 2, 3))).await;
    let (second, third) = (plan.goals[1].clone(), plan.steps[1].clone());
    let ended = Intent::EndGoal {
        goal: second.id,
        rev: second.rev,
        status: GoalStatus::Reached,
        reason: String::new(),
    };
    for intent in [
        ended,
        Intent::TickStep { step: third.id },
        Intent::SetEffort(effort()),
        Intent::SetStrength {
            kind: StrengthKind::Hope,
            text: "At blive gartner".into(),
        },
        Intent::Rate {
            rater: Rater::Employee,
            answers: answers(),
        },
        Intent::Comment {
            step: Some(plan.steps[0].id),
            goal: None,
            text: "Husk nummeret".into(),
        },
        transfer(KAREN, date(2026, 3, 1)),
    ] {
        done(db, id, intent, &fred(date(2026, 2, 20))).await;
    }
    let own = sender(&everyone[0], date(2026, 3, 9));
    done(
        db,
        id,
        Intent::Ask {
            text: "Hvad med kørsel?".into(),
        },
        &own,
    )
    .await;
    let own = sender(&everyone[0], date(2026, 3, 9));
    done(
        db,
        id,
        Intent::Send {
            text: "Jeg er syg i dag".into(),
        },
        &own,
    )
    .await;
    let karen = |day| sender(&who("coordinator"), day);
    let booked = Intent::Book(own_hour(KAREN, date(2026, 4, 20)));
    done(db, id, booked, &karen(date(2026, 3, 10))).await;
    let plan = done(db, id, transfer(NINA, date(2026, 4, 1)), &karen(date(2026, 3, 10))).await;
    let eva = who("emergency");
    emergency::take(
        db,
        anna,
        eva.role,
        "Borgeren ringede og var ude af sig selv",
        &sender(&eva, TODAY),
    )
    .await
    .expect("is given");
    let mette = who("participant");
    closed::write(db, id, mette.unit, 0, "Det ved kun vi", &sender(&mette, TODAY))
        .await
        .expect("writes");
    let said = (Wish::Correct, About::Words);
    corrections::ask(db, said, "Det har jeg ikke sagt", 1, &sender(&who("citizen"), TODAY))
        .await
        .expect("is said");
    retention::hold(
        db,
        anna,
        "En klage er ikke afgjort",
        None,
        &sender(&who("unit leader"), TODAY),
    )
    .await
    .expect("is held");
    Fixture { plan, everyone }
}

/// Every intent, one or more lines each, from one list: an intent without a line does not compile, since the first half of the macro is a match
/// without an arm for the rest.
macro_rules! intents {
    ($plan:ident; $($pattern:pat => $($name:literal: $sample:expr),+;)+) => {
        fn belongs(intent: &Intent, name: &str) -> bool {
            match intent { $($pattern => [$($name),+].contains(&name)),+ }
        }
        fn intents($plan: &Plan) -> Vec<(&'static str, Intent)> {
            vec![$($(($name, $sample)),+),+]
        }
    };
}

fn booked(plan: &Plan) -> (ConversationId, u32) {
    let talk = plan
        .conversations
        .iter()
        .find(|talk| talk.status == ConversationStatus::Booked);
    talk.map(|talk| (talk.id, talk.rev)).expect("one is booked")
}
fn held(plan: &Plan) -> (ConversationId, u32) {
    let talk = plan
        .conversations
        .iter()
        .find(|talk| talk.status == ConversationStatus::Held);
    talk.map(|talk| (talk.id, talk.rev)).expect("one is held")
}
fn message(plan: &Plan, by: PersonKind) -> MessageId {
    plan.messages
        .iter()
        .find(|m| m.author_kind == by)
        .expect("one is sent")
        .id
}
fn set_step(plan: &Plan) -> Change {
    Change {
        kind: ActKind::StepSet,
        before: None,
        after: Record::Step(plan.steps[0].clone()),
        reason: String::new(),
        voice: Voice::Own,
    }
}

intents! { p;
    Intent::SetGoal(_) => "set a goal": Intent::SetGoal(goal("Et nyt mål"));
    Intent::ChangeGoal { .. } => "change a goal":
        Intent::ChangeGoal { goal: p.goals[0].id, rev: p.goals[0].rev, input: goal("Andre ord") };
    Intent::EndGoal { .. } => "end a goal":
        Intent::EndGoal { goal: p.goals[0].id, rev: p.goals[0].rev, status: GoalStatus::Reached, reason: String::new() };
    Intent::ReopenGoal { .. } => "take a goal up again": Intent::ReopenGoal { goal: p.goals[1].id, rev: p.goals[1].rev };
    Intent::SetStep(_) => "agree a step": Intent::SetStep(step("Et nyt skridt", Holder::citizen()));
    Intent::ChangeStep { .. } =>
        "change a step the citizen holds":
            Intent::ChangeStep { step: p.steps[0].id, rev: p.steps[0].rev, input: step("Andre ord", Holder::citizen()) },
        "change a step an employee holds":
            Intent::ChangeStep { step: p.steps[2].id, rev: p.steps[2].rev, input: step("Andre ord", Holder::citizen()) };
    Intent::TickStep { .. } => "tick a step": Intent::TickStep { step: p.steps[0].id };
    Intent::UntickStep { .. } => "untick a step": Intent::UntickStep { step: p.steps[1].id };
    Intent::DropStep { .. } =>
        "drop a step the citizen holds": Intent::DropStep { step: p.steps[0].id, rev: p.steps[0].rev, reason: "Ikke nu".into() },
        "drop a step an employee holds": Intent::DropStep { step: p.steps[2].id, rev: p.steps[2].rev, reason: "Ikke nu".into() };
    Intent::Comment { .. } => "remark": Intent::Comment { step: Some(p.steps[0].id), goal: None, text: "Godt".into() };
    Intent::SetStrength { .. } => "write a strength": Intent::SetStrength { kind: StrengthKind::Hope, text: "Ro".into() };
    Intent::ChangeStrength { .. } => "change a strength":
        Intent::ChangeStrength { strength: p.strengths[0].id, rev: p.strengths[0].rev, text: "Mere ro".into() };
    Intent::EndStrength { .. } => "end a strength": Intent::EndStrength { strength: p.strengths[0].id, rev: p.strengths[0].rev };
    Intent::Rate { .. } =>
        "rate as the citizen": Intent::Rate { rater: Rater::Citizen, answers: answers() },
        "rate as an employee": Intent::Rate { rater: Rater::Employee, answers: answers() };
    Intent::RateTogether { .. } => "rate both, without sitting together":
        Intent::RateTogether { citizen: answers(), employee: answers() };
    Intent::Join(_) => "let somebody join": Intent::Join(PersonInput {
        kind: PersonKind::Employee, employee: Some(employee(18)), name: "Ole".into(), role: "Mentor".into(), organisation: String::new(),
        phone: String::new(), from: TODAY,
    });
    Intent::Leave { .. } => "end somebody's part":
        Intent::Leave { participation: p.participations[0].id, rev: p.participations[0].rev, until: TODAY };
    Intent::SetEffort(_) => "agree an effort": Intent::SetEffort(effort());
    Intent::ChangeEffort { .. } => "change an effort":
        Intent::ChangeEffort { effort: p.efforts[0].id, rev: p.efforts[0].rev, input: effort() };
    Intent::SetHours { .. } => "set hours":
        Intent::SetHours { effort: p.efforts[0].id, rev: p.efforts[0].rev, from: TODAY, hours: 12.0, paid: 2.0 };
    Intent::EndEffort { .. } => "end an effort": Intent::EndEffort { effort: p.efforts[0].id, rev: p.efforts[0].rev, until: TODAY };
    Intent::Book(_) => "book a conversation": Intent::Book(booking(KAREN, date(2029, 5, 4)));
    Intent::MoveConversation { .. } => "move a conversation":
        Intent::MoveConversation { conversation: booked(p).0, rev: booked(p).1, to: booking(KAREN, date(2029, 5, 8)) };
    Intent::CancelConversation { .. } => "call a conversation off":
        Intent::CancelConversation { conversation: booked(p).0, rev: booked(p).1, reason: String::new() };
    Intent::MissConversation { .. } => "note that the citizen did not come":
        Intent::MissConversation { conversation: booked(p).0, rev: booked(p).1, note: String::new(), next: None, message: String::new() };
    Intent::Hold(_) => "write a conversation": Intent::Hold(outcome(None, Some(booking(KAREN, OPENED)), None));
    Intent::CorrectNote { .. } => "correct the note of a conversation":
        Intent::CorrectNote { conversation: held(p).0, rev: held(p).1, note: "Rettet".into(), reason: "En fejl".into() };
    Intent::Ask { .. } => "ask a question": Intent::Ask { text: "Hvornår?".into() };
    Intent::WithdrawQuestion { .. } => "take a question back":
        Intent::WithdrawQuestion { question: p.questions[0].id, rev: p.questions[0].rev };
    Intent::Send { .. } => "send a message": Intent::Send { text: "Hej".into() };
    Intent::Answer { .. } =>
        "answer the citizen": Intent::Answer { message: message(p, PersonKind::Citizen), text: "Hej".into() },
        "answer an employee": Intent::Answer { message: message(p, PersonKind::Employee), text: "Hej".into() };
    Intent::ReadMessages => "open one's messages": Intent::ReadMessages;
    Intent::ReadMessage { .. } => "mark the citizen's message as read": Intent::ReadMessage { message: message(p, PersonKind::Citizen) };
    Intent::Transfer { .. } => "change the coordinator": transfer(employee(18), date(2026, 5, 1));
    Intent::WriteHandover { .. } => "write the handover page":
        Intent::WriteHandover { handover: p.handovers[0].id, rev: p.handovers[0].rev, text: "Nyt".into() };
    Intent::ChangeCoreTask { .. } => "change the core task":
        Intent::ChangeCoreTask { core_task: CoreTask::MeaningfulLife, rev: p.head.rev, reason: "Et ønske".into() };
    Intent::Close { .. } => "close the plan": Intent::Close {
        rev: p.head.rev, on: TODAY, balance: Balance { reached: "Et job".into(), helped: String::new(), remains: String::new() }, reached: vec![],
    };
    Intent::AskConsent(_) => "ask for a consent": Intent::AskConsent(asks(HEALTH, vec![]));
    Intent::AnswerConsent { .. } =>
        "say yes to a consent": Intent::AnswerConsent { consent: consent(p, ConsentStatus::Asked), yes: true, how: How::OwnPage },
        "enter the citizen's yes to a consent":
            Intent::AnswerConsent { consent: consent(p, ConsentStatus::Asked), yes: true, how: How::Spoken };
    Intent::WithdrawConsent { .. } =>
        "withdraw a consent": Intent::WithdrawConsent { consent: consent(p, ConsentStatus::Given), how: How::OwnPage },
        "withdraw a consent for the citizen": Intent::WithdrawConsent { consent: consent(p, ConsentStatus::Given), how: How::Spoken };
    Intent::Undo(_) => "undo": Intent::Undo(vec![set_step(p)]);
}

/// Tries something, and says whether it changed anything.
async fn tries(db: &Db, fixture: &Fixture, who: &Who, intent: Intent) -> (&'static str, bool) {
    match plans::perform(db, fixture.plan.head.id, intent, &sender(who, TODAY)).await {
        Ok(_) => ("yes", true),
        Err(PerformError::NotFound) => ("404", false),
        Err(PerformError::Refused(Refusal {
            why: Why::NotAllowed | Why::WrongRater,
            ..
        })) => ("no", false),
        // The door was open; what lay behind it did not fit.
        Err(PerformError::Refused(_) | PerformError::Taken) => ("yes", false),
        Err(PerformError::Db(error)) => panic!("{error}"),
    }
}

fn table(first: &str, columns: impl Iterator<Item = String>, rows: &[(String, Vec<String>)]) -> String {
    let columns: Vec<String> = columns.collect();
    let mut text = format!(
        "| {first} | {} |\n|---|{}\n",
        columns.join(" | "),
        "---|".repeat(columns.len())
    );
    for (name, cells) in rows {
        writeln!(text, "| {name} | {} |", cells.join(" | ")).expect("a string takes everything");
    }
    text
}

#[test]
fn every_relation_tries_every_act() {
    testing::both(async |db| {
        organisation(&db).await;
        let mut now = fixture(&db).await;
        let mut rows = Vec::new();
        let names: Vec<&str> = intents(&now.plan).into_iter().map(|(name, _)| name).collect();
        for name in names {
            let (mut cells, mut anybody) = (Vec::new(), false);
            for n in 0..now.everyone.len() {
                let who = now.everyone[n].clone();
                let found = intents(&now.plan).into_iter().find(|(own, _)| *own == name);
                let (_, intent) = found.expect("each plan has it");
                assert!(belongs(&intent, name), "{name} tries something else");
                let (cell, changed) = tries(&db, &now, &who, intent).await;
                cells.push(cell.to_owned());
                anybody |= changed;
                if changed {
                    now = fixture(&db).await;
                }
            }
            // What nobody can carry out says nothing about who may. Two are asked for knowing that the plan refuses them: answers for the citizen without
            // sitting together, and closing a plan whose coordinator is about to change.
            let refused = ["rate both, without sitting together", "close the plan"].contains(&name);
            assert!(anybody != refused, "{name}: somebody could: {anybody}");
            rows.push((name.to_owned(), cells));
        }
        // Rules over the whole table, besides the snapshot.
        let columns: Vec<&str> = now.everyone.iter().map(|who| who.column).collect();
        for (name, cells) in &rows {
            for (column, cell) in columns.iter().zip(cells) {
                match *column {
                    "awaits" | "colleague" | "other leader" | "consultant" | "administrator" | "other citizen"
                    | "emergency" => {
                        assert_eq!(cell, "404", "{column}: {name}");
                    }
                    "next" | "former" => assert_eq!(cell, "no", "{column}: {name}"),
                    _ => assert_ne!(cell, "404", "{column}: {name}"),
                }
            }
        }
        let columns = columns.iter().map(|column| (*column).to_owned());
        committed_access("acts", &table("act", columns, &rows));
    });
}

/// Every kind of record, with whether the plan as it was read holds one. A kind without an arm does not compile.
fn kinds(records: &[Record]) -> Vec<&'static str> {
    let name = |record: &Record| match record {
        Record::Citizen(_) => "citizen",
        Record::Plan(_) => "plan",
        Record::Goal(_) => "goal",
        Record::Step(_) => "step",
        Record::Comment(_) => "comment",
        Record::Participation(_) => "participation",
        Record::Coordination(_) => "coordination",
        Record::Handover(_) => "handover",
        Record::Conversation(_) => "conversation",
        Record::Question(_) => "question",
        Record::Effort(_) => "effort",
        Record::Strength(_) => "strength",
        Record::Rating(_) => "rating",
        Record::Message(_) => "message",
        Record::Emergency(_) => "emergency access",
        Record::ClosedNote(_) => "closed note of the participant's unit",
        Record::Consent(_) => "consent",
        Record::Correction(_) => "what the citizen says is wrong",
        Record::Hold(_) => "hold against deletion",
    };
    let mut names: Vec<&str> = records.iter().map(name).collect();
    names.dedup();
    names
}

/// The parts of a plan as it was read.
fn parts(citizen: &Citizen, plan: &Plan) -> Vec<Record> {
    let mut all = vec![Record::Citizen(citizen.clone()), Record::Plan(plan.head.clone())];
    all.extend(plan.goals.iter().cloned().map(Record::Goal));
    all.extend(plan.steps.iter().cloned().map(Record::Step));
    all.extend(plan.comments.iter().cloned().map(Record::Comment));
    all.extend(plan.participations.iter().cloned().map(Record::Participation));
    all.extend(plan.coordinations.iter().cloned().map(Record::Coordination));
    all.extend(plan.handovers.iter().cloned().map(Record::Handover));
    all.extend(plan.conversations.iter().cloned().map(Record::Conversation));
    all.extend(plan.questions.iter().cloned().map(Record::Question));
    all.extend(plan.efforts.iter().cloned().map(Record::Effort));
    all.extend(plan.strengths.iter().cloned().map(Record::Strength));
    all.extend(plan.ratings.iter().cloned().map(Record::Rating));
    all.extend(plan.messages.iter().cloned().map(Record::Message));
    all.extend(plan.consents.iter().cloned().map(Record::Consent));
    all
}

/// What this user can read of everything there is about the plan.
async fn reads(db: &Db, plan: PlanId, who: &Who) -> Vec<Record> {
    let mut conn = db.read().await.expect("reads");
    let reader = Reader {
        actor: &who.actor,
        standing: &who.standing,
        at: at(TODAY),
        today: TODAY,
        former_days: 30,
    };
    let mut all = match plans::read_as(&mut conn, plan, &reader).await.expect("reads") {
        Some(found) => parts(&found.case.citizen, &found.case.plan),
        None => vec![],
    };
    let beginning = Timestamp::from_second(0).expect("a time");
    if let Some(found) = plans::read_as(&mut conn, plan, &reader).await.expect("reads") {
        let notes = closed::notes(&mut conn, plan, found.relation, who.unit)
            .await
            .expect("opens");
        all.extend(notes.into_iter().map(|note| Record::ClosedNote(note.note)));
    }
    let cases = emergency::of_units(&mut conn, &who.standing.leads, beginning)
        .await
        .expect("reads");
    all.extend(cases.into_iter().map(|case| Record::Emergency(case.emergency)));
    let said = match who.actor.employee() {
        None => corrections::of_citizen(&mut conn, CitizenId(who.actor.id))
            .await
            .expect("reads"),
        Some(me) => {
            let cases = corrections::of_employee(&mut conn, me, &who.standing, TODAY, beginning)
                .await
                .expect("reads");
            let sender = sender(who, TODAY);
            for case in &cases {
                let found = corrections::find(&mut conn, case.correction.id, &sender)
                    .await
                    .expect("reads");
                assert!(found.is_some(), "{} finds what is on their list", who.column);
            }
            cases.into_iter().map(|case| case.correction).collect()
        }
    };
    all.extend(said.into_iter().map(Record::Correction));
    let holds = match who.actor.employee() {
        None => retention::holds(&mut conn, CitizenId(who.actor.id))
            .await
            .expect("reads"),
        Some(_) => retention::of_units(&mut conn, &who.standing.leads, TODAY)
            .await
            .expect("reads")
            .into_iter()
            .map(|(_, hold)| hold)
            .collect(),
    };
    all.extend(holds.into_iter().map(Record::Hold));
    all
}

#[test]
fn every_relation_reads_what_it_may() {
    testing::both(async |db| {
        organisation(&db).await;
        let Fixture { plan, everyone } = fixture(&db).await;
        let mut read = Vec::new();
        for who in &everyone {
            read.push(kinds(&reads(&db, plan.head.id, who).await));
        }
        let mut all: Vec<&str> = Vec::new();
        for own in &read {
            all.extend(
                own.iter()
                    .filter(|kind| !all.contains(kind))
                    .copied()
                    .collect::<Vec<_>>(),
            );
        }
        let cells = |kind: &str| {
            let cell = |own: &Vec<&str>| if own.contains(&kind) { "yes" } else { "404" }.to_owned();
            read.iter().map(cell).collect()
        };
        let rows: Vec<(String, Vec<String>)> = all.iter().map(|kind| ((*kind).to_owned(), cells(kind))).collect();
        assert_eq!(rows.len(), 19, "a kind is missing in the fixture: {all:?}");
        for (who, own) in everyone.iter().zip(&read) {
            match who.column {
                "awaits" | "colleague" | "consultant" | "administrator" | "other citizen" | "other leader" => {
                    assert!(own.is_empty(), "{} reads {own:?}", who.column);
                }
                _ => assert!(own.contains(&"plan"), "{} reads nothing", who.column),
            }
        }
        let columns = everyone.iter().map(|who| who.column.to_owned());
        committed_access("reading", &table("part", columns, &rows));
    });
}

#[test]
fn what_a_role_gives() {
    let cells = |role: Role| {
        let cell = |right: &Right| if role_gives(role, *right) { "yes" } else { "no" }.to_owned();
        Right::ALL.iter().map(cell).collect()
    };
    let rows: Vec<(String, Vec<String>)> = Role::ALL
        .iter()
        .map(|role| (role.as_str().replace('_', " "), cells(*role)))
        .collect();
    let columns = Right::ALL.iter().map(|right| right.as_str().replace('_', " "));
    committed_access("roles", &table("role", columns, &rows));
}

#[test]
fn emergency_access_ends_is_refused_without_a_reason_and_is_signed_by_another() {
    testing::both(async |db| {
        organisation(&db).await;
        let Fixture { plan, everyone } = fixture(&db).await;
        let who = |column: &str| {
            everyone
                .iter()
                .find(|who| who.column == column)
                .expect("is there")
                .clone()
        };
        let (eva, ole, lis) = (who("emergency"), who("colleague"), who("unit leader"));
        let read = async |who: &Who, at: Timestamp| {
            let mut conn = db.read().await.expect("reads");
            let reader = Reader {
                actor: &who.actor,
                standing: &who.standing,
                at,
                today: TODAY,
                former_days: 30,
            };
            plans::read_as(&mut conn, plan.head.id, &reader).await.expect("reads")
        };
        let hours = |n: i64| at(TODAY) + jiff::SignedDuration::from_hours(n);
        let found = read(&eva, hours(0)).await.expect("reads");
        assert_eq!(found.relation, Relation::Emergency);
        assert!(
            read(&eva, hours(EMERGENCY_HOURS) - jiff::SignedDuration::from_secs(1))
                .await
                .is_some()
        );
        assert!(read(&eva, hours(EMERGENCY_HOURS)).await.is_none(), "it ends");
        assert!(
            read(&eva, hours(0) - jiff::SignedDuration::from_secs(1))
                .await
                .is_none(),
            "not before it began"
        );
        assert!(read(&ole, hours(0)).await.is_none(), "it is not a colleague's");

        let citizen = plan.head.citizen;
        let take =
            async |who: &Who, reason: &str| emergency::take(&db, citizen, who.role, reason, &sender(who, TODAY)).await;
        for (reason, why) in [
            ("  ", Why::Required),
            ("Hast", Why::TooShort(10)),
            ("Ring til 610190-1236 nu", Why::HasCpr),
            (&"x".repeat(501), Why::TooLong(500)),
        ] {
            match take(&ole, reason).await {
                Err(PerformError::Refused(refusal)) => assert_eq!((refusal.field, refusal.why), ("reason", why)),
                other => panic!("{other:?}"),
            }
        }
        for stranger in ["consultant", "administrator", "citizen", "other citizen"] {
            let answer = take(&who(stranger), "Det kan ikke vente").await;
            assert!(matches!(answer, Err(PerformError::NotFound)), "{stranger}");
        }
        let needless = take(&who("coordinator"), "Det kan ikke vente")
            .await
            .expect("is answered");
        assert_eq!(needless, emergency::Taken::Needless(plan.head.id));

        let mut conn = db.read().await.expect("reads");
        let leads = lis.standing.leads.clone();
        let beginning = Timestamp::from_second(0).expect("a time");
        let waits = emergency::of_units(&mut conn, &leads, beginning).await.expect("reads");
        assert_eq!(waits.len(), 1);
        assert_eq!(
            emergency::waiting(&mut conn, &leads, employee(15))
                .await
                .expect("reads"),
            1
        );
        drop(conn);
        let id = waits[0].emergency.id;
        for stranger in ["coordinator", "other leader", "emergency", "colleague"] {
            let answer = emergency::sign(&db, id, "Set", &sender(&who(stranger), TODAY)).await;
            assert!(matches!(answer, Err(PerformError::NotFound)), "{stranger}");
        }
        emergency::sign(&db, id, "Der var grund til det", &sender(&lis, TODAY))
            .await
            .expect("signs");
        let twice = emergency::sign(&db, id, "Igen", &sender(&who("head"), TODAY)).await;
        assert!(matches!(
            twice,
            Err(PerformError::Refused(Refusal { why: Why::Changed, .. }))
        ));
        let mut conn = db.read().await.expect("reads");
        assert_eq!(
            emergency::waiting(&mut conn, &leads, employee(15))
                .await
                .expect("reads"),
            0
        );
        let kinds = [ActKind::EmergencyTaken, ActKind::EmergencySeen];
        let acts = tovholder_store::acts::of_kinds(&mut conn, citizen, &kinds, None, 10)
            .await
            .expect("reads");
        assert_eq!(acts.len(), 2, "both stand in the citizen's history");
        let verified = tovholder_store::acts::verify_chain(&mut conn, citizen.0)
            .await
            .expect("reads");
        assert!(verified.is_ok(), "{verified:?}");
    });
}

#[test]
fn a_leader_does_not_sign_for_themselves() {
    testing::both(async |db| {
        organisation(&db).await;
        let Fixture { plan, everyone } = fixture(&db).await;
        let lone = everyone
            .iter()
            .find(|who| who.column == "other leader")
            .expect("is there")
            .clone();
        let mut her = sender(&lone, TODAY);
        emergency::take(&db, plan.head.citizen, lone.role, "Det kan ikke vente", &her)
            .await
            .expect("is given");
        // Before it was signed she came to lead the citizen's unit.
        her.standing.leads.push(JOBCENTRE);
        her.submission = SubmissionId(Uuid::now_v7());
        let mut conn = db.read().await.expect("reads");
        let beginning = Timestamp::from_second(0).expect("a time");
        let cases = emergency::of_units(&mut conn, &[JOBCENTRE], beginning)
            .await
            .expect("reads");
        drop(conn);
        let own = cases
            .iter()
            .find(|case| case.emergency.employee.0 == lone.actor.id)
            .expect("waits");
        let signed = emergency::sign(&db, own.emergency.id, "Fint", &her).await;
        assert!(
            matches!(
                signed,
                Err(PerformError::Refused(Refusal {
                    why: Why::NotAllowed,
                    ..
                }))
            ),
            "{signed:?}"
        );
    });
}

#[test]
fn what_a_citizen_says_is_wrong_is_answered_once_by_those_who_may() {
    testing::both(async |db| {
        organisation(&db).await;
        let Fixture { plan, everyone } = fixture(&db).await;
        let citizen = plan.head.citizen;
        let mut conn = db.read().await.expect("reads");
        let said = corrections::of_citizen(&mut conn, citizen).await.expect("reads");
        let (id, due) = (said[0].id, said[0].due);
        assert_eq!(
            due,
            TODAY.saturating_add(jiff::Span::new().months(1)),
            "a month by the rule"
        );
        drop(conn);
        let words = "Vi har rettet noten, så den siger det, du sagde.";
        let answer =
            async |who: &Who| corrections::answer(&db, id, correction::Outcome::Done, words, &sender(who, TODAY)).await;
        for who in everyone
            .iter()
            .filter(|who| !["coordinator", "unit leader", "head"].contains(&who.column))
        {
            let refused = answer(who).await;
            assert!(
                matches!(refused, Err(PerformError::NotFound)),
                "{}: {refused:?}",
                who.column
            );
        }
        let who = |column: &str| everyone.iter().find(|who| who.column == column).expect("is there");
        answer(who("coordinator")).await.expect("answers");
        let twice = answer(who("unit leader")).await;
        assert!(
            matches!(&twice, Err(PerformError::Refused(refusal)) if refusal.why == Why::Changed),
            "{twice:?}"
        );
        let mut conn = db.read().await.expect("reads");
        let kinds = [ActKind::CorrectionAsked, ActKind::CorrectionAnswered];
        let acts = tovholder_store::acts::of_kinds(&mut conn, citizen, &kinds, None, 10).await;
        assert_eq!(acts.expect("reads").len(), 2, "both stand in the citizen's history");
        let verified = tovholder_store::acts::verify_chain(&mut conn, citizen.0)
            .await
            .expect("reads");
        assert!(verified.is_ok(), "{verified:?}");
    });
}
