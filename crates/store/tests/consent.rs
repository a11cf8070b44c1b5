//! SQL and `casework` agree on who of another unit reads a plan, and on what they are told, over the life of a consent.

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use tovholder_casework::access::{Action, Relation, Role, may};
use tovholder_casework::act::*;
use tovholder_casework::consent::*;
use tovholder_casework::decide::*;
use tovholder_casework::id::*;
use tovholder_casework::plan::*;
use tovholder_store::caseload::{self, Day, Query, Scope};
use tovholder_store::consents;
use tovholder_store::db::Db;
use tovholder_store::plans::{self, PerformError, Performed, Reader, Sender};
use tovholder_store::search::{self, Named, Seeker};
use tovholder_store::{args, people, testing};
use uuid::Uuid;

const JOBCENTRE: UnitId = UnitId(Uuid::from_u128(1));
const YOUTH: UnitId = UnitId(Uuid::from_u128(2));
const KAREN: EmployeeId = EmployeeId(Uuid::from_u128(11));
const METTE: EmployeeId = EmployeeId(Uuid::from_u128(12));
const ANNA: CitizenId = CitizenId(Uuid::from_u128(21));
const START: Date = date(2026, 2, 2);

async fn sender(db: &Db, kind: UserKind, id: Uuid, unit: Option<UnitId>, day: Date) -> Sender {
    let role = (kind == UserKind::Employee).then_some(Role::Caseworker);
    let standing = people::standing(&mut db.read().await.expect("reads"), role, unit).await;
    let now = day.at(10, 0, 0, 0);
    Sender {
        actor: Actor {
            kind,
            id,
            name: "N".into(),
            unit: String::new(),
        },
        standing: standing.expect("reads"),
        submission: SubmissionId(Uuid::now_v7()),
        voice: Voice::Own,
        at: now.to_zoned(TimeZone::UTC).expect("a time").timestamp(),
        now,
        former_days: 30,
        draft: None,
        location: "/".into(),
    }
}

async fn acts(
    db: &Db,
    plan: PlanId,
    kind: UserKind,
    id: Uuid,
    day: Date,
    intent: Intent,
) -> Result<Plan, PerformError> {
    let unit = match id {
        id if id == KAREN.0 => Some(JOBCENTRE),
        id if id == METTE.0 => Some(YOUTH),
        _ => None,
    };
    match plans::perform(db, plan, intent, &sender(db, kind, id, unit, day).await).await? {
        Performed::Done(case) => Ok(case.plan),
        Performed::Already(_) => unreachable!("every form has a number of its own"),
    }
}
async fn karen(db: &Db, plan: PlanId, day: Date, intent: Intent) -> Plan {
    let done = acts(db, plan, UserKind::Employee, KAREN.0, day, intent).await;
    done.expect("is allowed")
}

async fn town(db: &Db) -> PlanId {
    let mut tx = db.begin().await.expect("begins");
    for (id, name) in [(JOBCENTRE, "Jobcentret"), (YOUTH, "Ungeenheden")] {
        let sql = "INSERT INTO unit (id, name, kind) VALUES ($1, $2, 'unit')";
        tx.execute(sql, args![id, name]).await.expect("unit");
    }
    for (id, unit, name) in [(KAREN, JOBCENTRE, "Karen"), (METTE, YOUTH, "Mette")] {
        let sql = "INSERT INTO employee (id, unit_id, name, role) VALUES ($1, $2, $3, 'caseworker')";
        tx.execute(sql, args![id, unit, name]).await.expect("employee");
    }
    let sql = "INSERT INTO citizen (id, unit_id, name, birth_date) VALUES ($1, $2, 'Anna Lind', '1990-05-01')";
    tx.execute(sql, args![ANNA, JOBCENTRE]).await.expect("citizen");
    search::index(&mut tx, Named::Citizen, ANNA, "Anna Lind")
        .await
        .expect("index");
    tx.commit().await.expect("commits");
    let by = sender(db, UserKind::Employee, KAREN.0, Some(JOBCENTRE), START).await;
    let id = plans::open(db, ANNA, CoreTask::Work, (KAREN, "Karen".into()), START, &by)
        .await
        .expect("opens");
    let step = StepInput {
        goal: None,
        title: "Vis vej".into(),
        holder: Holder::employee(METTE, "Mette"),
        due: None,
        role: None,
    };
    let joins = PersonInput {
        kind: PersonKind::Employee,
        employee: Some(METTE),
        name: "Mette".into(),
        role: "Mentor".into(),
        organisation: String::new(),
        phone: String::new(),
        from: START,
    };
    let strength = Intent::SetStrength {
        kind: StrengthKind::Hope,
        text: "Ro".into(),
    };
    for intent in [Intent::SetStep(step), Intent::Join(joins), strength] {
        karen(db, id, START, intent).await;
    }
    id
}

fn ask(until: Date, kinds: Vec<Information>) -> Intent {
    Intent::AskConsent(ConsentInput {
        way: Way::Unit,
        unit: Some(YOUTH),
        party: "Ungeenheden".into(),
        ours: "Jobcentret".into(),
        kinds,
        purpose: "At hjælpe på tværs".into(),
        until,
        version: 1,
        months: 12,
    })
}

/// Whether Mette reads the plan on the day: asked at the plan, in her list, in the search, of the step she holds and of what she is told. They agree.
async fn mette_reads(db: &Db, plan: PlanId, day: Date) -> bool {
    let mette = sender(db, UserKind::Employee, METTE.0, Some(YOUTH), day).await;
    let mut conn = db.read().await.expect("reads");
    let reader = Reader {
        actor: &mette.actor,
        standing: &mette.standing,
        at: mette.at,
        today: day,
        former_days: 30,
    };
    let read = plans::read_as(&mut conn, plan, &reader).await.expect("reads").is_some();
    let awaited = plans::awaited(&mut conn, plan, &reader).await.expect("reads");
    assert_eq!(awaited.is_some(), !read);
    assert_eq!(
        awaited.map(|a| (a.name, a.coordinator)),
        (!read).then(|| ("Anna Lind".into(), Some(KAREN)))
    );
    let case = plans::load(&mut conn, plan).await.expect("loads").expect("is there");
    let relation = plans::relation(&case, &mette.actor, &mette.standing, day, 30);
    assert_eq!(may(relation, Action::Read), read);
    assert_eq!(relation == Relation::AwaitsConsent, !read);
    let moment = Day {
        now: day.at(10, 0, 0, 0),
        drift: vec![],
    };
    let lines = caseload::lines(&mut conn, &Query::all(Scope::Participant(METTE)), &moment).await;
    assert_eq!(lines.expect("reads").len(), usize::from(read), "the list on {day}");
    let held = caseload::held_steps(&mut conn, METTE, day, 10).await.expect("reads");
    assert_eq!(held.len(), usize::from(read), "the step on {day}");
    let seeker = Seeker {
        employee: METTE,
        unit: Some(YOUTH),
        leads: vec![],
        only: None,
        today: day,
        former_days: 30,
    };
    let found = search::citizens(&mut conn, "Anna", &seeker, 10)
        .await
        .expect("searches");
    assert_eq!(
        found.iter().filter(|c| c.related).count(),
        usize::from(read),
        "the search on {day}"
    );
    let news = consents::of_day(&mut conn, METTE, day, 21, &[]).await.expect("reads");
    let missing = news
        .iter()
        .any(|line| line.news == News::Missing && line.name == "Anna Lind");
    assert_eq!(missing, !read, "her day on {day}");
    let waiting = consents::waiting(&mut conn, plan, day).await.expect("reads");
    assert_eq!(waiting.len(), usize::from(!read), "the coordinator's list on {day}");
    read
}

async fn karens_day(db: &Db, day: Date) -> Vec<News> {
    let mut conn = db.read().await.expect("reads");
    let moment = Day {
        now: day.at(10, 0, 0, 0),
        drift: vec![],
    };
    let own = caseload::lines(&mut conn, &Query::all(Scope::Coordinator(KAREN)), &moment).await;
    let own = own.expect("reads");
    let lines = consents::of_day(&mut conn, KAREN, day, 21, &own).await.expect("reads");
    lines.into_iter().map(|line| line.news).collect()
}

#[test]
fn lists_and_pages_agree_over_a_consents_life() {
    testing::both(async |db| {
        let plan = town(&db).await;
        let until = date(2026, 6, 30);
        assert!(!mette_reads(&db, plan, START).await, "a part in the plan is not enough");

        let asked = karen(&db, plan, START, ask(until, vec![])).await;
        assert!(!mette_reads(&db, plan, START).await, "asking is not enough");
        let consent = asked.consents[0].id;
        let answer = |consent, yes| Intent::AnswerConsent {
            consent,
            yes,
            how: How::OwnPage,
        };
        let anna = async |day, intent| acts(&db, plan, UserKind::Citizen, ANNA.0, day, intent).await;
        anna(START, answer(consent, true)).await.expect("is allowed");
        assert!(mette_reads(&db, plan, START).await);
        assert!(mette_reads(&db, plan, until).await, "the last day counts");
        assert!(!mette_reads(&db, plan, date(2026, 7, 1)).await, "and the next does not");
        assert_eq!(karens_day(&db, date(2026, 6, 8)).await, []);
        assert_eq!(karens_day(&db, date(2026, 6, 9)).await, [News::Ends(until)]);

        // She reads the plan and not the hopes; what she may not see she does not write.
        let mette = async |intent| acts(&db, plan, UserKind::Employee, METTE.0, START, intent).await;
        let hope = || Intent::SetStrength {
            kind: StrengthKind::Hope,
            text: "Arbejde".into(),
        };
        let refused = mette(hope()).await;
        assert!(
            matches!(
                refused,
                Err(PerformError::Refused(Refusal {
                    why: Why::NotAllowed,
                    ..
                }))
            ),
            "{refused:?}"
        );
        let step = asked.steps[0].id;
        let ticked = mette(Intent::TickStep { step }).await.expect("is allowed");
        assert!(ticked.strengths.is_empty(), "nor does she get to see it by writing");
        mette(Intent::UntickStep { step }).await.expect("is allowed");

        // To more: the new one takes the old one's place.
        let more = karen(&db, plan, START, ask(until, vec![Information::Strengths])).await;
        let wider = more
            .consents
            .iter()
            .find(|c| c.status == ConsentStatus::Asked)
            .expect("waits")
            .id;
        let both = anna(START, answer(wider, true)).await.expect("is allowed");
        let statuses: Vec<_> = both.consents.iter().map(|c| (c.id == wider, c.status)).collect();
        assert!(
            statuses.contains(&(false, ConsentStatus::Replaced)) && statuses.contains(&(true, ConsentStatus::Given))
        );
        assert_eq!(mette(hope()).await.expect("is allowed").strengths.len(), 2);

        let withdraw = || Intent::WithdrawConsent {
            consent: wider,
            how: How::OwnPage,
        };
        anna(date(2026, 3, 2), withdraw()).await.expect("is allowed");
        assert!(!mette_reads(&db, plan, date(2026, 3, 2)).await, "withdrawn at once");
        assert!(matches!(mette(hope()).await, Err(PerformError::NotFound)));
        assert!(anna(date(2026, 3, 2), withdraw()).await.is_err(), "once is enough");
        assert_eq!(
            karens_day(&db, date(2026, 3, 16)).await,
            [News::Withdrawn(date(2026, 3, 2))]
        );
        assert_eq!(karens_day(&db, date(2026, 3, 17)).await, []);

        // What is stored is what was decided, and the chain holds.
        let mut conn = db.read().await.expect("reads");
        let stored = plans::load(&mut conn, plan)
            .await
            .expect("loads")
            .expect("is there")
            .plan;
        stored.check().expect("the plan is sound");
        let end = stored
            .consents
            .iter()
            .find(|c| c.id == wider)
            .and_then(|c| c.end.clone());
        assert_eq!(end.map(|end| (end.on, end.how)), Some((date(2026, 3, 2), How::OwnPage)));
        tovholder_store::acts::verify_chain(&mut conn, ANNA.0)
            .await
            .expect("reads")
            .expect("the chain holds");
    });
}
