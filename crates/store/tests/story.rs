//! One story, told on every database: a plan is opened, written, ticked, undone, handed over and closed; the log proves it.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use tovholder_casework::access::{Relation, Standing};
use tovholder_casework::act::*;
use tovholder_casework::caseload::Summary;
use tovholder_casework::consent::{Consent, ConsentStatus, How, Information, Reply, Terms, Way};
use tovholder_casework::decide::*;
use tovholder_casework::id::*;
use tovholder_casework::plan::*;
use tovholder_store::acts::{self, Entry};
use tovholder_store::args;
use tovholder_store::caseload::{self, Day, Query, Scope};
use tovholder_store::db::{AssertSqlSafe, Db, Engine, Options};
use tovholder_store::drafts;
use tovholder_store::looks::Looks;
use tovholder_store::plans::{self, PerformError, Performed, Sender};
use tovholder_store::records;
use tovholder_store::testing;
use uuid::Uuid;

const KAREN: EmployeeId = EmployeeId(Uuid::from_u128(11));
const OLE: EmployeeId = EmployeeId(Uuid::from_u128(12));
const STRANGER: EmployeeId = EmployeeId(Uuid::from_u128(13));
const ANNA: CitizenId = CitizenId(Uuid::from_u128(21));
const START: Date = date(2026, 1, 5);

async fn people(db: &Db) {
    let mut tx = db.begin().await.expect("begins");
    let unit = Uuid::from_u128(1);
    tx.execute(
        "INSERT INTO unit (id, name, kind) VALUES ($1, 'Jobcenter', 'jobcentre')",
        args![unit],
    )
    .await
    .expect("unit");
    for (id, name) in [(KAREN, "Karen"), (OLE, "Ole"), (STRANGER, "Fremmed")] {
        tx.execute(
            "INSERT INTO employee (id, unit_id, name, role) VALUES ($1, $2, $3, 'caseworker')",
            args![id, unit, name],
        )
        .await
        .expect("employee");
    }
    tx.execute(
        "INSERT INTO citizen (id, unit_id, name, birth_date) VALUES ($1, $2, 'Anna', '1990-05-01')",
        args![ANNA, unit],
    )
    .await
    .expect("citizen");
    tx.commit().await.expect("commits");
}

fn sender(who: EmployeeId, name: &str, day: Date) -> Sender {
    let now = day.at(10, 0, 0, 0);
    Sender {
        actor: Actor {
            kind: UserKind::Employee,
            id: who.0,
            name: name.into(),
            unit: "Jobcenter".into(),
        },
        standing: Standing {
            unit: Some(UnitId(Uuid::from_u128(1))),
            ..Standing::default()
        },
        submission: SubmissionId(Uuid::now_v7()),
        voice: Voice::Together,
        at: Timestamp::from_millisecond(1_767_600_000_000).expect("in range"),
        now,
        former_days: 30,
        draft: None,
        location: "/plan".into(),
    }
}

fn step(title: &str) -> Intent {
    Intent::SetStep(StepInput {
        goal: None,
        title: title.into(),
        holder: Holder::citizen(),
        due: None,
        role: None,
    })
}

fn done(performed: Performed) -> Plan {
    match performed {
        Performed::Done(case) => case.plan,
        Performed::Already(to) => panic!("received before: {to}"),
    }
}

/// What is stored is the plan casework decided, and the caseload's line is the one casework derives.
async fn same_as_stored(db: &Db, plan: &Plan) {
    let mut conn = db.read().await.expect("reads");
    let stored = plans::load(&mut conn, plan.head.id)
        .await
        .expect("loads")
        .expect("is there");
    stored.plan.check().expect("invariants");
    assert_eq!(Summary::of(&stored.plan), Summary::of(plan));
    assert_eq!(stored.plan.goals, plan.goals);
    assert_eq!(stored.plan.steps, plan.steps);
    assert_eq!(stored.plan.coordinations, plan.coordinations);
    assert_eq!(stored.plan.conversations, plan.conversations);
    assert_eq!(stored.plan.efforts, plan.efforts);
    assert_eq!(stored.plan.messages, plan.messages);
    assert_eq!(stored.plan.head, plan.head);
}

async fn opened(db: &Db) -> PlanId {
    people(db).await;
    plans::open(
        db,
        ANNA,
        CoreTask::Work,
        (KAREN, "Karen".into()),
        START,
        &sender(KAREN, "Karen", START),
    )
    .await
    .expect("opens")
}

#[test]
fn a_plan_lives_from_first_conversation_to_balance() {
    testing::both(async |db| {
        let id = opened(&db).await;
        let karen = |day| sender(KAREN, "Karen", day);
        let outcome = Outcome {
            conversation: None,
            unplanned: Some(Booking {
                employee: KAREN,
                name: "Karen".into(),
                starts: START.at(9, 0, 0, 0),
                minutes: 45,
                channel: Channel::Meeting,
                place: "Rådhuset 😀 \u{202e}".into(),
            }),
            note: "Anna vil gerne arbejde med blomster <b>".into(),
            goals: vec![GoalInput {
                parent: None,
                words: "Job i et gartneri".into(),
                professional: "Ordinær beskæftigelse".into(),
                aim: Aim::Employment,
            }],
            steps: vec![StepInput {
                goal: None,
                title: "Ring til gartneriet".into(),
                holder: Holder::citizen(),
                due: Some(date(2026, 1, 20)),
                role: None,
            }],
            ticked: vec![],
            answered: vec![],
            next: Some(Booking {
                employee: KAREN,
                name: "Karen".into(),
                starts: date(2026, 2, 2).at(9, 0, 0, 0),
                minutes: 30,
                channel: Channel::Company,
                place: "Gartneriet".into(),
            }),
            message: "Vi ses den 2. februar".into(),
        };
        let plan = done(
            plans::perform(&db, id, Intent::Hold(outcome), &karen(START))
                .await
                .expect("held"),
        );
        same_as_stored(&db, &plan).await;
        assert_eq!(plan.steps[0].goal, Some(plan.goals[0].id));

        let effort = Intent::SetEffort(EffortInput {
            kind: "company_placement".into(),
            title: "Praktik".into(),
            unit: None,
            company: None,
            provider: "Gartneriet".into(),
            from: date(2026, 2, 3),
            until: None,
            hours: Some((20.0, 2.5)),
        });
        let plan = done(plans::perform(&db, id, effort, &karen(START)).await.expect("effort"));
        same_as_stored(&db, &plan).await;

        let tick = Intent::TickStep { step: plan.steps[0].id };
        let form = karen(START);
        let plan = done(plans::perform(&db, id, tick.clone(), &form).await.expect("ticked"));
        assert_eq!(plan.steps[0].status, StepStatus::Done);
        // The same form again: answered, not carried out.
        let again = plans::perform(&db, id, tick, &form).await.expect("answered");
        assert_eq!(again, Performed::Already("/plan".into()));
        let plan = done(
            plans::undo(&db, id, form.submission, &karen(START))
                .await
                .expect("undone"),
        );
        assert_eq!(plan.steps[0].status, StepStatus::Open);
        same_as_stored(&db, &plan).await;
        // Undone once, it cannot be undone again.
        let twice = plans::undo(&db, id, form.submission, &karen(START)).await;
        assert!(matches!(
            twice,
            Err(PerformError::Refused(Refusal {
                why: Why::CannotUndo,
                ..
            }))
        ));

        let transfer = Intent::Transfer {
            to: OLE,
            name: "Ole".into(),
            from: date(2026, 2, 1),
            reason: TransferReason::CitizenWish,
            note: String::new(),
            handover: "Anna er bedst om morgenen".into(),
        };
        let plan = done(
            plans::perform(&db, id, transfer, &karen(date(2026, 1, 20)))
                .await
                .expect("transferred"),
        );
        same_as_stored(&db, &plan).await;
        let late = plans::perform(&db, id, step("for sent"), &karen(date(2026, 2, 10))).await;
        assert!(
            matches!(
                late,
                Err(PerformError::Refused(Refusal {
                    why: Why::NotAllowed,
                    ..
                }))
            ),
            "the former coordinator only reads"
        );

        let close = Intent::Close {
            rev: plan.head.rev,
            on: date(2026, 6, 1),
            balance: Balance {
                reached: "Job 20 timer".into(),
                helped: "Mentor".into(),
                remains: String::new(),
            },
            reached: vec![plan.goals[0].id],
        };
        let plan = done(
            plans::perform(&db, id, close, &sender(OLE, "Ole", date(2026, 6, 1)))
                .await
                .expect("closed"),
        );
        same_as_stored(&db, &plan).await;
        assert_eq!(plan.goals[0].status, GoalStatus::Reached);

        // Closed, it is read by its last coordinator for 30 days more, and written by nobody.
        let closed = plans::load(&mut db.read().await.expect("reads"), id)
            .await
            .expect("loads")
            .expect("is there");
        let ole = |day| plans::relation(&closed, &sender(OLE, "Ole", day).actor, &Standing::default(), day, 30);
        assert_eq!(ole(date(2026, 7, 1)), Relation::FormerCoordinator);
        assert_eq!(ole(date(2026, 7, 2)), Relation::None);

        let mut conn = db.read().await.expect("reads");
        let proved = acts::verify_chain(&mut conn, ANNA.0)
            .await
            .expect("reads")
            .expect("the chain holds");
        let history = acts::of_citizen(&mut conn, ANNA, false, None, 100)
            .await
            .expect("history");
        assert_eq!(history.len() as i64, proved);
        assert!(history.windows(2).all(|pair| pair[0].0 > pair[1].0), "newest first");
        assert!(history.iter().all(|(_, act)| act.after.is_some()));

        let newest = history[0].1.at;
        let others = acts::of_others(&mut conn, ANNA, newest).await.expect("reads");
        let others: Vec<_> = others.map(|act| act.expect("an act")).collect();
        let wanted = history.iter().map(|(_, act)| act.clone());
        let wanted: Vec<_> = wanted
            .filter(|act| act.at >= newest && act.actor.id != ANNA.0)
            .take(30)
            .collect();
        assert_eq!(others, wanted);
        let later = newest + jiff::SignedDuration::from_secs(1);
        let none = acts::of_others(&mut conn, ANNA, later).await.expect("reads");
        assert_eq!(none.count(), 0);
    });
}

#[test]
fn nobody_without_a_relation_gets_in_and_nothing_is_written() {
    testing::both(async |db| {
        let id = opened(&db).await;
        let refused = plans::perform(&db, id, step("x"), &sender(STRANGER, "Fremmed", START)).await;
        assert!(matches!(refused, Err(PerformError::NotFound)));
        let mut conn = db.read().await.expect("reads");
        let case = plans::load(&mut conn, id).await.expect("loads").expect("is there");
        assert!(case.plan.steps.is_empty());
    });
}

#[test]
fn two_who_edit_the_same_goal_are_shown_to_each_other() {
    testing::both(async |db| {
        let id = opened(&db).await;
        let karen = || sender(KAREN, "Karen", START);
        let goal = |words: &str| GoalInput {
            parent: None,
            words: words.into(),
            professional: String::new(),
            aim: Aim::Health,
        };
        let plan = done(
            plans::perform(&db, id, Intent::SetGoal(goal("Sove bedre")), &karen())
                .await
                .expect("set"),
        );
        let (goal_id, rev) = (plan.goals[0].id, plan.goals[0].rev);
        let change = |words| Intent::ChangeGoal {
            goal: goal_id,
            rev,
            input: goal(words),
        };
        done(
            plans::perform(&db, id, change("Sove hele natten"), &karen())
                .await
                .expect("first"),
        );
        let second = plans::perform(&db, id, change("Sove otte timer"), &karen()).await;
        let Err(PerformError::Refused(Refusal {
            why: Why::Conflict(now),
            ..
        })) = second
        else {
            panic!("{second:?}")
        };
        assert!(matches!(*now, Record::Goal(Goal { ref words, .. }) if words == "Sove hele natten"));
    });
}

#[test]
fn one_employee_is_not_booked_twice_at_the_same_time() {
    testing::both(async |db| {
        let id = opened(&db).await;
        let day = date(2026, 3, 2);
        let mut tx = db.begin().await.expect("begins");
        for hour in [8, 9, 10, 11] {
            tx.execute(
                "INSERT INTO slot (employee_id, starts, minutes) VALUES ($1, $2, 30)",
                args![KAREN, day.at(hour, 0, 0, 0)],
            )
            .await
            .expect("offered");
        }
        tx.commit().await.expect("commits");
        let book = async |hour, minute, minutes| {
            let booking = Intent::Book(Booking {
                employee: KAREN,
                name: "Karen".into(),
                starts: day.at(hour, minute, 0, 0),
                minutes,
                channel: Channel::Phone,
                place: String::new(),
            });
            plans::perform(&db, id, booking, &sender(KAREN, "Karen", START)).await
        };
        done(book(9, 0, 45).await.expect("booked"));
        for (hour, minute, minutes) in [(9, 0, 45), (9, 30, 10), (8, 30, 31), (8, 0, 480), (9, 44, 30)] {
            let second = book(hour, minute, minutes).await;
            assert!(
                matches!(second, Err(PerformError::Taken)),
                "{hour}.{minute}: {second:?}"
            );
        }
        done(book(8, 30, 30).await.expect("ends as the other begins"));
        done(book(9, 45, 20).await.expect("begins as the other ends"));

        // The one at 9.45 reaches into the time offered at 10, so that is not free either.
        let mut conn = db.read().await.expect("reads");
        let free = tovholder_store::people::free_slots(&mut conn, KAREN, START.at(8, 0, 0, 0), day, 10)
            .await
            .expect("reads");
        let free: Vec<_> = free.iter().map(|slot| slot.starts.hour()).collect();
        assert_eq!(free, [8, 11]);
        let one = tovholder_store::people::free_slots(&mut conn, KAREN, START.at(8, 0, 0, 0), day, 1)
            .await
            .expect("reads");
        assert_eq!(one.len(), 1);
        let plans = tovholder_store::people::plans_coordinated(&mut conn)
            .await
            .expect("reads");
        assert_eq!(plans.get(&KAREN), Some(&1));
    });
}

#[test]
fn the_log_refuses_change_and_a_changed_log_is_found() {
    testing::both(async |db| {
        let id = opened(&db).await;
        for n in 0..5 {
            done(
                plans::perform(&db, id, step(&format!("skridt {n}")), &sender(KAREN, "Karen", START))
                    .await
                    .expect("set"),
            );
        }
        let mut tx = db.begin().await.expect("begins");
        assert!(
            tx.execute("UPDATE act SET reason = 'x' WHERE seq = 3", args![])
                .await
                .is_err(),
            "append-only"
        );
        drop(tx);
        let mut tx = db.begin().await.expect("begins");
        assert!(
            tx.execute("DELETE FROM act WHERE seq = 3", args![]).await.is_err(),
            "append-only"
        );
        drop(tx);
        // Somebody with the database in hand takes the lock off and changes a row.
        let mut tx = db.begin().await.expect("begins");
        match db.engine() {
            Engine::Sqlite => tx.execute("DROP TRIGGER act_never_update", args![]).await,
            Engine::Postgres => tx.execute("DROP TRIGGER act_never_update ON act", args![]).await,
        }
        .expect("drops");
        tx.execute("UPDATE act SET actor_name = 'En anden' WHERE seq = 3", args![])
            .await
            .expect("changes");
        tx.commit().await.expect("commits");
        let broken = acts::verify_chain(&mut db.read().await.expect("reads"), ANNA.0)
            .await
            .expect("reads");
        assert_eq!(broken.expect_err("is found").seq, 3);
    });
}

#[test]
fn a_look_is_written_while_every_connection_is_in_use() {
    testing::both(async |db| {
        opened(&db).await;
        let looks = Looks::start(db.clone());
        // As many as read at once by default; each holds its connection until its look is on disk.
        let most = match db.engine() {
            Engine::Sqlite => Options::default().readers,
            Engine::Postgres => Options::default().connections,
        };
        let mut held = vec![];
        for _ in 0..most {
            held.push(db.read().await.expect("is free"));
        }
        let by = sender(KAREN, "Karen", START);
        let act = Act {
            id: ActId(Uuid::now_v7()),
            at: by.at,
            actor: by.actor,
            citizen: Some(ANNA),
            kind: ActKind::Looked,
            submission: None,
            before: None,
            after: None,
            reason: String::new(),
            voice: Voice::Own,
        };
        looks.record(Entry { chain: ANNA.0, act }).await.expect("is written");
        assert_eq!(held.len(), most as usize);
    });
}

#[test]
fn the_caseload_follows_the_coordinator() {
    testing::both(async |db| {
        let id = opened(&db).await;
        let names = async |scope, today: Date| {
            let mut conn = db.read().await.expect("reads");
            let day = Day {
                now: today.at(10, 0, 0, 0),
                drift: vec![],
            };
            let lines = caseload::lines(&mut conn, &Query::all(scope), &day)
                .await
                .expect("lines");
            lines.into_iter().map(|line| line.name).collect::<Vec<_>>()
        };
        assert_eq!(names(Scope::Coordinator(KAREN), START).await, ["Anna"]);
        let transfer = Intent::Transfer {
            to: OLE,
            name: "Ole".into(),
            from: date(2026, 2, 1),
            reason: TransferReason::Workload,
            note: String::new(),
            handover: String::new(),
        };
        done(
            plans::perform(&db, id, transfer, &sender(KAREN, "Karen", START))
                .await
                .expect("transferred"),
        );
        assert_eq!(
            names(Scope::Coordinator(KAREN), date(2026, 1, 31)).await,
            ["Anna"],
            "still hers until the day"
        );
        assert!(names(Scope::Coordinator(KAREN), date(2026, 2, 1)).await.is_empty());
        assert_eq!(names(Scope::Coordinator(OLE), date(2026, 2, 1)).await, ["Anna"]);
        assert_eq!(names(Scope::Unit(UnitId(Uuid::from_u128(1))), START).await, ["Anna"]);
    });
}

#[test]
fn the_caseload_follows_the_citizens_name_unit_and_protection() {
    testing::both(async |db| {
        opened(&db).await;
        let change = async |sql: &'static str| {
            let mut tx = db.begin().await.expect("begins");
            tx.execute(sql, args![]).await.expect("changed");
            tx.commit().await.expect("commits");
        };
        let shown = async |unit: u128| {
            let mut conn = db.read().await.expect("reads");
            assert_eq!(caseload::strayed(&mut conn).await.expect("compared"), 0);
            let day = Day {
                now: START.at(10, 0, 0, 0),
                drift: vec![],
            };
            let unit = Query::all(Scope::Unit(UnitId(Uuid::from_u128(unit))));
            let lines = caseload::lines(&mut conn, &unit, &day).await.expect("lines");
            let mut of = lines.into_iter().map(|line| (line.name, line.phone, line.birth_date));
            (of.next(), of.next())
        };
        let was = shown(1).await.0.expect("Anna's line");
        change(
            "UPDATE citizen SET name = 'Anna Vinter', phone = '20 30 40 50', birth_date = '1980-02-29', rev = rev + 1",
        )
        .await;
        let anna = ("Anna Vinter".to_owned(), "20 30 40 50".to_owned(), date(1980, 2, 29));
        assert_ne!(was, anna);
        assert_eq!(shown(1).await, (Some(anna.clone()), None));
        change("UPDATE citizen SET protected = TRUE").await;
        let protected = (anna.0.clone(), String::new(), anna.2);
        assert_eq!(
            shown(1).await.0,
            Some(protected),
            "a protected number is not on the line"
        );
        change("UPDATE citizen SET protected = FALSE").await;
        assert_eq!(shown(1).await.0, Some(anna.clone()));
        let two = Uuid::from_u128(2);
        let mut tx = db.begin().await.expect("begins");
        tx.execute(
            "INSERT INTO unit (id, name, kind) VALUES ($1, 'Unge', 'youth')",
            args![two],
        )
        .await
        .expect("a unit");
        tx.execute("UPDATE citizen SET unit_id = $1", args![two])
            .await
            .expect("moved");
        tx.commit().await.expect("commits");
        assert_eq!(shown(1).await, (None, None));
        assert_eq!(shown(2).await.0, Some(anna));
        change("UPDATE plan_summary SET name = 'En anden'").await;
        let mut conn = db.read().await.expect("reads");
        assert_eq!(
            caseload::strayed(&mut conn).await.expect("compared"),
            1,
            "what strays is found"
        );
    });
}

/// On SQLite a caseload is read from one index: neither the lines nor the citizens are looked up one by one.
#[test]
fn a_caseload_lies_in_one_index() {
    testing::both(async |db| {
        if db.engine() == Engine::Postgres {
            return;
        }
        let day = Day {
            now: START.at(10, 0, 0, 0),
            drift: vec![],
        };
        let (sql, args) = Query::all(Scope::Coordinator(KAREN)).sql(&day);
        let mut conn = db.read().await.expect("reads");
        let plan = conn
            .rows(AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}")), &args)
            .await
            .expect("explained");
        let plan: Vec<String> = plan.iter().map(|row| row.get(3).expect("a step")).collect();
        let reads: Vec<_> = plan.iter().filter(|step| step.starts_with("SEARCH")).collect();
        assert!(
            reads
                .iter()
                .any(|step| step.contains("COVERING INDEX plan_summary_coordinator (coordinator_id=?)")),
            "{plan:#?}"
        );
        assert!(reads.iter().all(|step| !step.contains(" citizen")), "{plan:#?}");
        assert!(
            plan.iter().all(|step| !step.starts_with("SCAN plan_summary")),
            "{plan:#?}"
        );
    });
}

#[test]
fn a_citizens_answer_waits_for_the_writer_and_the_coordinator() {
    testing::both(async |db| {
        let id = opened(&db).await;
        let citizen = Sender {
            actor: Actor {
                kind: UserKind::Citizen,
                id: ANNA.0,
                name: "Anna".into(),
                unit: String::new(),
            },
            ..sender(KAREN, "Karen", START)
        };
        let unread = async |who: EmployeeId, day: Date| {
            let mut conn = db.read().await.expect("reads");
            let moment = Day {
                now: day.at(9, 0, 0, 0),
                drift: vec![],
            };
            let own = Query::all(Scope::Coordinator(who));
            let own = caseload::lines(&mut conn, &own, &moment).await.expect("reads");
            let found = caseload::unread(&mut conn, who, day, &own, 10).await.expect("unread");
            found.into_iter().map(|m| (m.plan, m.name, m.sent)).collect::<Vec<_>>()
        };
        let join = Intent::Join(PersonInput {
            kind: PersonKind::Employee,
            employee: Some(OLE),
            name: "Ole".into(),
            role: "mentor".into(),
            organisation: String::new(),
            phone: String::new(),
            from: START,
        });
        done(
            plans::perform(&db, id, join, &sender(KAREN, "Karen", START))
                .await
                .expect("joins"),
        );
        let send = Intent::Send {
            text: "Hvordan går det?".into(),
        };
        let plan = done(
            plans::perform(&db, id, send, &sender(OLE, "Ole", START))
                .await
                .expect("sent"),
        );
        same_as_stored(&db, &plan).await;
        assert!(unread(OLE, START).await.is_empty());

        let answer = Intent::Answer {
            message: plan.messages[0].id,
            text: "Godt".into(),
        };
        let form = SubmissionId(Uuid::now_v7());
        let by = Sender {
            submission: form,
            ..citizen
        };
        let plan = done(plans::perform(&db, id, answer, &by).await.expect("answered"));
        same_as_stored(&db, &plan).await;
        let waits = vec![(id, "Anna".to_owned(), START)];
        assert_eq!(unread(OLE, START).await, waits, "who asked");
        assert_eq!(unread(KAREN, START).await, waits, "who coordinates");
        assert!(unread(STRANGER, START).await.is_empty());

        // Ole stops: the answer is not his any more, but it is not lost.
        let leave = Intent::Leave {
            participation: plan.participations[0].id,
            rev: plan.participations[0].rev,
            until: START,
        };
        done(
            plans::perform(&db, id, leave, &sender(KAREN, "Karen", START))
                .await
                .expect("left"),
        );
        let tomorrow = START.tomorrow().expect("in range");
        assert!(unread(OLE, tomorrow).await.is_empty());
        assert_eq!(unread(KAREN, tomorrow).await, waits);

        let read = Intent::ReadMessage {
            message: plan.messages[1].id,
        };
        let plan = done(
            plans::perform(&db, id, read, &sender(KAREN, "Karen", tomorrow))
                .await
                .expect("read"),
        );
        same_as_stored(&db, &plan).await;
        assert!(unread(KAREN, tomorrow).await.is_empty());
        // Taking back is a form of its own.
        let by = Sender {
            submission: SubmissionId(Uuid::now_v7()),
            ..by
        };
        let undone = plans::undo(&db, id, form, &by).await;
        assert!(
            matches!(
                undone,
                Err(PerformError::Refused(Refusal {
                    why: Why::CannotUndo,
                    ..
                }))
            ),
            "it has been read"
        );
        let mut conn = db.read().await.expect("reads");
        acts::verify_chain(&mut conn, ANNA.0)
            .await
            .expect("reads")
            .expect("the chain holds");
    });
}

#[test]
fn a_draft_holds_what_a_form_holds() {
    testing::both(async |db| {
        let body = format!("note={}", "%C3%A6".repeat(drafts::MAX_BYTES / 6 - 1));
        let at = Timestamp::from_millisecond(1_767_600_000_000).expect("in range");
        drafts::save(&db, KAREN.0, "/x", &body, at).await.expect("saved");
        let mut conn = db.read().await.expect("reads");
        let found = drafts::find(&mut conn, KAREN.0, "/x")
            .await
            .expect("reads")
            .expect("is there");
        assert!(found.body == body);
    });
}

/// Two of every part of a plan, in their order: the later one with everything, the earlier with nothing where nothing may be.
fn fill(plan: &mut Plan) {
    let of = plan.head.id;
    let id = |n: u128| Uuid::from_u128(n);
    for (n, on, full) in [(2, date(2026, 2, 1), false), (1, date(2026, 3, 1), true)] {
        let or_none = |text: &str| if full { text.to_owned() } else { String::new() };
        let ended = full.then_some(date(2026, 4, 1));
        let reply = |by: &str| Reply {
            on,
            by: by.into(),
            how: How::Paper,
        };
        plan.goals.push(Goal {
            id: GoalId(id(100 + n)),
            plan: of,
            parent: plan.goals.last().map(|goal| goal.id),
            words: format!("Ord {n}"),
            professional: or_none("Faglige ord"),
            aim: Aim::Health,
            status: if full { GoalStatus::Reached } else { GoalStatus::Open },
            since: on,
            ended,
            rev: 1,
        });
        plan.steps.push(Step {
            id: StepId(id(200 + n)),
            plan: of,
            goal: full.then_some(GoalId(id(101))),
            title: format!("Skridt {n}"),
            holder: match full {
                true => Holder::employee(OLE, "Ole"),
                false => Holder::citizen(),
            },
            due: full.then_some(date(2026, 5, 1)),
            role: full.then_some(StepRole::Translator),
            status: if full { StepStatus::Done } else { StepStatus::Open },
            since: on,
            ended,
            rev: 1,
        });
        plan.comments.push(Comment {
            id: CommentId(id(300 + n)),
            plan: of,
            step: full.then_some(StepId(id(201))),
            goal: (!full).then_some(GoalId(id(102))),
            author_kind: PersonKind::Relative,
            author: "Mor".into(),
            text: format!("Bemærkning {n}"),
            on,
            withdrawn: full,
            rev: 1,
        });
        plan.participations.push(Participation {
            id: ParticipationId(id(400 + n)),
            plan: of,
            kind: PersonKind::Partner,
            employee: full.then_some(OLE),
            name: "Ole".into(),
            role: "Mentor".into(),
            organisation: or_none("Fritidsklubben"),
            phone: or_none("00 00 00 00"),
            from: on,
            until: ended,
            rev: 1,
        });
        plan.coordinations.push(Coordination {
            id: CoordinationId(id(500 + n)),
            plan: of,
            employee: OLE,
            name: "Ole".into(),
            from: on,
            until: Some(on),
            reason: full.then_some(TransferReason::Workload),
            note: or_none("Bedre tid"),
            rev: 1,
        });
        plan.handovers.push(Handover {
            id: HandoverId(id(600 - n)),
            plan: of,
            coordination: CoordinationId(id(500 + n)),
            text: format!("Overlevering {n}"),
            rev: 1,
        });
        plan.conversations.push(Conversation {
            id: ConversationId(id(700 + n)),
            plan: of,
            employee: KAREN,
            name: "Karen".into(),
            starts: on.at(9, 30, 0, 0),
            minutes: 45,
            channel: Channel::Home,
            place: "Hos Anna".into(),
            status: ConversationStatus::Held,
            note: or_none("Talt om arbejde"),
            written_by: full.then_some(OLE),
            booked_by_citizen: full,
            rev: 1,
        });
        plan.questions.push(Question {
            id: QuestionId(id(800 + n)),
            plan: of,
            answered_in: full.then_some(ConversationId(id(701))),
            text: format!("Spørgsmål {n}"),
            asked: on,
            withdrawn: full,
            rev: 1,
        });
        plan.efforts.push(Effort {
            id: EffortId(id(900 + n)),
            plan: of,
            kind: "wage_subsidy".into(),
            title: format!("Indsats {n}"),
            unit: full.then_some(UnitId(id(1))),
            company: None,
            provider: or_none("Et værksted"),
            from: on,
            until: ended,
            hours: Vec::from_iter(full.then_some(Hours {
                from: on,
                hours: 12.5,
                paid: 3.0,
            })),
            withdrawn: full,
            rev: 1,
        });
        plan.strengths.push(Strength {
            id: StrengthId(id(1_000 + n)),
            plan: of,
            kind: StrengthKind::Network,
            text: format!("Styrke {n}"),
            since: on,
            ended,
            rev: 1,
        });
        plan.ratings.push(Rating {
            id: RatingId(id(1_100 + n)),
            plan: of,
            on,
            rater: Rater::Citizen,
            precondition: Precondition::Skills,
            value: 4,
            note: or_none("Det går"),
            withdrawn: full,
            rev: 1,
        });
        plan.messages.push(Message {
            id: MessageId(id(1_200 + n)),
            plan: of,
            author_kind: PersonKind::Citizen,
            author: "Anna".into(),
            employee: full.then_some(OLE),
            answers: plan.messages.last().map(|message| message.id),
            text: format!("Besked {n}"),
            on,
            read: full,
            withdrawn: !full,
            rev: 1,
        });
        plan.consents.push(Consent {
            id: ConsentId(id(1_300 + n)),
            plan: of,
            unit: full.then_some(UnitId(id(1))),
            asked_by: KAREN,
            asked: on,
            until: date(2026, 12, 31),
            status: ConsentStatus::Withdrawn,
            terms: Terms {
                way: Way::Gather,
                from: "Lægen".into(),
                to: "Jobcentret".into(),
                kinds: vec![Information::ALL[0]],
                purpose: "Finde et job, der passer".into(),
                version: 1,
                asked_by: "Karen".into(),
            },
            answer: full.then(|| reply("Anna")),
            end: full.then(|| reply("Karen")),
            rev: 1,
        });
    }
}

/// Writes the parts that [`fill`] made, the last of each first; what others point at before them.
async fn write_backwards(db: &Db, plan: &Plan) {
    let mut tx = db.begin().await.expect("begins");
    // The second goal and message point at the first.
    for (goal, message) in plan.goals.iter().zip(&plan.messages) {
        assert!(records::write(&mut tx, goal).await.expect("goal"));
        assert!(records::write(&mut tx, message).await.expect("message"));
    }
    macro_rules! write {
        ($($list:ident),+) => { $(for record in plan.$list.iter().rev().take(2) {
            assert!(records::write(&mut tx, record).await.expect(stringify!($list)));
        })+ };
    }
    write!(
        steps,
        comments,
        participations, coordinations, handovers, conversations, questions
    );
    write!(efforts, strengths, ratings, consents);
    tx.commit().await.expect("commits");
}

#[test]
fn a_plan_is_read_as_it_was_written_with_all_its_parts_in_their_order() {
    testing::both(async |db| {
        let id = opened(&db).await;
        let read = async || {
            let mut conn = db.read().await.expect("reads");
            plans::load(&mut conn, id).await.expect("loads").expect("is there").plan
        };
        let mut plan = read().await;
        fill(&mut plan);
        write_backwards(&db, &plan).await;
        assert_eq!(read().await, plan);
    });
}
