//! The demo is the same for the same options, sound in every plan, and as varied as it is meant to be.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, date};
use tovholder_casework::act::UserKind;
use tovholder_casework::caseload::{ReadyList, Summary};
use tovholder_casework::cpr::Cpr;
use tovholder_casework::cvr::Cvr;
use tovholder_casework::id::*;
use tovholder_casework::plan::CoreTask;
use tovholder_casework::rules::Rules;
use tovholder_store::caseload::{self, Day, Query, Scope};
use tovholder_store::db::{Conn, Value};
use tovholder_store::people::free_slots;
use tovholder_store::sessions::Role;
use tovholder_store::{acts, args, plans, testing};

use super::chance::{Stream, numbers};
use super::*;

const TODAY: Date = date(2026, 10, 6);

const fn options(citizens: u32, seed: u64) -> DemoOptions {
    DemoOptions {
        citizens,
        seed,
        today: TODAY,
    }
}

async fn built(db: &Db, options: &DemoOptions) -> DemoWorld {
    build(db, options, |_, _| {}).await.unwrap()
}

/// Every row of every table the demo fills.
async fn dump(conn: &mut Conn) -> Vec<(&'static str, Vec<Vec<Value>>)> {
    const TABLES: [&str; 38] = [
        "SELECT * FROM unit ORDER BY id",
        "SELECT * FROM employee ORDER BY id",
        "SELECT * FROM team ORDER BY id",
        "SELECT * FROM team_member ORDER BY team_id, employee_id",
        "SELECT * FROM company ORDER BY id",
        "SELECT * FROM slot ORDER BY employee_id, starts",
        "SELECT * FROM citizen ORDER BY id",
        "SELECT * FROM name_word ORDER BY word, kind, id",
        "SELECT * FROM spell ORDER BY id",
        "SELECT * FROM classification ORDER BY id",
        "SELECT * FROM plan ORDER BY id",
        "SELECT * FROM goal ORDER BY id",
        "SELECT * FROM step ORDER BY id",
        "SELECT * FROM comment ORDER BY id",
        "SELECT * FROM participation ORDER BY id",
        "SELECT * FROM coordination ORDER BY id",
        "SELECT * FROM handover ORDER BY id",
        "SELECT * FROM conversation ORDER BY id",
        "SELECT * FROM question ORDER BY id",
        "SELECT * FROM effort ORDER BY id",
        "SELECT * FROM strength ORDER BY id",
        "SELECT * FROM rating ORDER BY id",
        "SELECT * FROM message ORDER BY id",
        "SELECT * FROM consent ORDER BY id",
        "SELECT * FROM correction ORDER BY id",
        "SELECT * FROM hold ORDER BY id",
        "SELECT * FROM plan_summary ORDER BY plan_id",
        "SELECT * FROM act ORDER BY chain, seq",
        "SELECT * FROM chain ORDER BY id",
        "SELECT * FROM saved_filter ORDER BY id",
        "SELECT * FROM earning ORDER BY citizen_id, month",
        "SELECT * FROM expense ORDER BY id",
        "SELECT * FROM target ORDER BY id",
        "SELECT * FROM comparison_group ORDER BY id",
        "SELECT * FROM status_goal ORDER BY id",
        "SELECT * FROM status_update ORDER BY id",
        "SELECT * FROM emergency ORDER BY id",
        "SELECT * FROM setting ORDER BY key",
    ];
    let mut all = vec![];
    for sql in TABLES {
        let rows = conn.rows(sql, args![]).await.unwrap();
        all.push((sql, rows.iter().map(|row| row.values().to_vec()).collect()));
    }
    // Sealed each time anew: alike once they are opened.
    let numbers = tovholder_store::numbers::all(conn).await.unwrap();
    let open = |(id, cpr): &(CitizenId, Cpr)| args![*id, cpr.digits()].to_vec();
    all.push(("numbers", numbers.iter().map(open).collect()));
    all
}

#[tokio::test]
async fn same_options_same_bytes() {
    let mut dumps = vec![];
    for seed in [7, 7, 8] {
        let (db, _folder) = testing::sqlite().await;
        let world = built(&db, &options(60, seed)).await;
        let dump = dump(&mut db.read().await.unwrap()).await;
        let rows: usize = dump.iter().map(|(_, rows)| rows.len()).sum();
        assert_eq!(world.rows, rows as u64, "every row written is in the dump");
        dumps.push(dump);
        db.close().await.unwrap();
    }
    for (one, other) in dumps[0].iter().zip(&dumps[1]) {
        assert!(one == other, "{} differs between two builds", one.0);
    }
    assert!(dumps[0] != dumps[2], "another seed, other people");
}

#[test]
fn every_plan_is_sound_and_every_chain_holds() {
    testing::both(async |db| {
        built(&db, &options(120, 1)).await;
        let mut conn = db.read().await.unwrap();
        let plans_ = conn.rows("SELECT id FROM plan ORDER BY id", args![]).await.unwrap();
        assert!(plans_.len() > 120, "some have had two plans");
        let mut answers = 0;
        for row in &plans_ {
            let id: PlanId = row.get(0).unwrap();
            let case = plans::load(&mut conn, id).await.unwrap().unwrap();
            case.plan.check().unwrap();
            let line = conn
                .row(
                    "SELECT coordinator_id, next_step, open_questions, unread_messages FROM plan_summary WHERE plan_id = $1",
                    args![id],
                )
                .await
                .unwrap()
                .unwrap();
            let summary = Summary::of(&case.plan);
            assert_eq!(line.get::<Option<EmployeeId>>(0).unwrap(), summary.coordinator);
            assert_eq!(line.get::<String>(1).unwrap(), summary.next_step);
            assert_eq!(line.get::<u32>(2).unwrap(), summary.open_questions);
            assert_eq!(line.get::<u32>(3).unwrap(), summary.unread_messages);
            answers += case.plan.messages.iter().filter(|m| m.answers.is_some()).count();
        }
        assert!(answers > 10, "{answers} answers");
        let chains = acts::chains(&mut conn).await.unwrap();
        assert_eq!(chains.len(), 120);
        for chain in chains {
            let proved = acts::verify_chain(&mut conn, chain).await.unwrap();
            assert!(proved.unwrap() > 5);
        }
    });
}

#[test]
fn lists_have_somebody_in_them() {
    testing::both(async |db| {
        built(&db, &options(400, 1)).await;
        let mut conn = db.read().await.unwrap();
        let rules = Rules::builtin();
        let now = TODAY.at(9, 30, 0, 0);
        let rule = |task: CoreTask| rules.on(TODAY).drift(task).limits;
        let day = Day {
            now,
            drift: CoreTask::ALL.iter().map(|task| (*task, rule(*task))).collect(),
        };
        let mut seen: BTreeMap<ReadyList, u32> = BTreeMap::new();
        let units = conn.rows("SELECT id FROM unit", args![]).await.unwrap();
        for row in units {
            let unit = row.get::<UnitId>(0).unwrap();
            for line in caseload::lines(
                &mut conn,
                &Query {
                    limit: 10_000,
                    ..Query::all(Scope::Unit(unit))
                },
                &day,
            )
            .await
            .unwrap()
            {
                for list in ReadyList::ALL {
                    let in_it = line.summary.is_in(*list, rule(line.summary.core_task), now);
                    *seen.entry(*list).or_default() += u32::from(in_it);
                }
            }
        }
        let all = seen[&ReadyList::All];
        assert!((250..=320).contains(&all), "{all} open plans of 400 citizens");
        for (list, count) in &seen {
            assert!(*count > 0, "nobody in {list}");
        }
        let share = |list| f64::from(seen[&list]) / f64::from(all);
        assert!((0.08..0.24).contains(&share(ReadyList::StepOverdue)), "{seen:?}");
        assert!((0.05..0.20).contains(&share(ReadyList::NoNextConversation)), "{seen:?}");
        assert!((0.04..0.20).contains(&share(ReadyList::Drifting)), "{seen:?}");
    });
}

#[test]
fn those_to_log_in_as() {
    testing::both(async |db| {
        assert_eq!(people(&mut db.read().await.unwrap()).await.unwrap().len(), 0);
        assert!(is_empty(&mut db.read().await.unwrap()).await.unwrap());
        built(&db, &options(200, 1)).await;
        assert!(matches!(
            build(&db, &options(60, 1), |_, _| {}).await,
            Err(DemoError::NotEmpty)
        ));
        let mut conn = db.read().await.unwrap();
        let people = people(&mut conn).await.unwrap();
        let roles: Vec<Option<Role>> = people.iter().map(|p| p.role).collect();
        let wanted = [
            None,
            Some(Role::Caseworker),
            Some(Role::Caseworker),
            Some(Role::Consultant),
            Some(Role::TeamLeader),
            Some(Role::Head),
            Some(Role::Administrator),
        ];
        assert_eq!(roles[..7], wanted);
        assert!(people[7..].iter().all(|p| p.kind == UserKind::Citizen));
        let different: BTreeSet<_> = people.iter().map(|p| p.id).collect();
        assert_eq!(different.len(), people.len());

        // The first citizen's story has the turns it was placed for.
        let plan = plans::current_plan(&mut conn, CitizenId(people[0].id))
            .await
            .unwrap()
            .unwrap();
        let plan = plans::load(&mut conn, plan).await.unwrap().unwrap().plan;
        assert_eq!(plan.coordinations.len(), 2);
        assert_eq!(plan.coordinator(TODAY).unwrap().employee, EmployeeId(people[1].id));
        let next = plan.next_conversation(TODAY.at(9, 30, 0, 0)).unwrap();
        assert!(
            next.starts.date() <= date(2026, 10, 12),
            "within a weekend of three days: {}",
            next.starts
        );
        let step = plan.next_step().unwrap();
        assert_eq!(step.due, Some(date(2026, 10, 7)));
        assert!(plan.team_on(TODAY).filter(|p| p.employee.is_some()).count() >= 2);
        let paid = plan
            .efforts
            .iter()
            .filter(|e| e.until.is_none_or(|until| until >= TODAY));
        assert!(
            paid.filter(|e| e.hours.windows(2).any(|pair| pair[0].paid < pair[1].paid))
                .count()
                > 0,
            "paid hours rise"
        );
        let gap = plan.ratings.iter().any(|own| {
            let other = plan
                .ratings
                .iter()
                .find(|r| r.on == own.on && r.precondition == own.precondition && r.rater != own.rater);
            other.is_some_and(|other| other.value != own.value)
        });
        assert!(gap, "citizen and employee see it differently");
        let slots = free_slots(
            &mut conn,
            EmployeeId(people[1].id),
            TODAY.at(9, 30, 0, 0),
            date(2026, 11, 17),
            100,
        )
        .await
        .unwrap();
        assert!(slots.len() > 10);
    });
}

#[test]
fn benefits_are_as_common_as_published() {
    let mix = Mix::fitted();
    let roster = Roster::draw(20_000, 3, &mix);
    let mut benefits: BTreeMap<&str, f64> = BTreeMap::new();
    let mut tasks: BTreeMap<texts::CoreTask, f64> = BTreeMap::new();
    for index in 0..20_000 {
        let cell = mix.cell(roster.place(index).cell);
        *benefits.entry(cell.benefit).or_default() += 1.0 / 20_000.0;
        *tasks.entry(cell.persona.core_task).or_default() += 1.0 / 20_000.0;
    }
    for (code, share) in mix::benefit_shares() {
        assert!(
            (benefits[code] - share).abs() < 0.015,
            "{code}: {} for {share}",
            benefits[code]
        );
    }
    for (task, share) in mix::CORE_TASKS {
        assert!(
            (tasks[task] - share).abs() < 0.015,
            "{task:?}: {} for {share}",
            tasks[task]
        );
    }
}

#[test]
fn spells_follow_the_law_of_their_days() {
    testing::both(async |db| {
        built(&db, &options(300, 2)).await;
        let mut conn = db.read().await.unwrap();
        let rules = Rules::builtin();
        let rows = conn
            .rows(
                "SELECT citizen_id, benefit, starts, ends FROM spell ORDER BY citizen_id, starts",
                args![],
            )
            .await
            .unwrap();
        let mut last: Option<(CitizenId, Option<Date>)> = None;
        let mut reformed = 0;
        for row in &rows {
            let mut f = row.fields();
            let (citizen, benefit): (CitizenId, String) = (f.next().unwrap(), f.next().unwrap());
            let (starts, ends): (Date, Option<Date>) = (f.next().unwrap(), f.next().unwrap());
            for day in [starts, ends.unwrap_or(TODAY)] {
                assert!(rules.on(day).benefit(&benefit).is_some(), "{benefit} on {day}");
            }
            let begins = rules.on(starts).benefit(&benefit).unwrap();
            assert!(
                begins.no_new_from.is_none_or(|day| starts < day),
                "{benefit} began {starts}"
            );
            if let Some((same, before)) = last
                && same == citizen
            {
                assert!(before.unwrap() < starts, "overlap");
            }
            reformed += u32::from(starts == date(2025, 7, 1));
            last = Some((citizen, ends));
        }
        assert!(
            reformed > 5,
            "the reform of 1 July 2025 changed names of spells that ran"
        );
    });
}

#[test]
fn numbers_belong_to_nobody() {
    testing::both(async |db| {
        built(&db, &options(150, 1)).await;
        let mut conn = db.read().await.unwrap();
        let numbers = tovholder_store::numbers::all(&mut conn).await.unwrap();
        assert_eq!(numbers.len(), 151, "everybody drawn, and the newcomer");
        for (_, cpr) in numbers {
            assert!(cpr.digits()[..2].parse::<u8>().unwrap() >= 61);
            assert!(cpr.is_demo());
        }
        for row in conn.rows("SELECT cvr FROM company", args![]).await.unwrap() {
            let cvr: String = row.get(0).unwrap();
            assert_eq!(cvr.len(), 8);
            assert!(cvr.parse::<Cvr>().is_err(), "{cvr} could be a company's");
        }
    });
}

/// Nobody's number lies in the file, and everybody's is found there by whoever has the keys.
#[tokio::test]
async fn no_number_lies_in_the_file() {
    let (db, folder) = testing::sqlite().await;
    built(&db, &options(60, 1)).await;
    let numbers = tovholder_store::numbers::all(&mut db.read().await.unwrap())
        .await
        .unwrap();
    assert_eq!(numbers.len(), 61);
    db.close().await.unwrap();
    let bytes = std::fs::read(folder.path().join("test.db")).unwrap();
    let stands = |text: &str| bytes.windows(text.len()).any(|part| part == text.as_bytes());
    assert!(stands("Nikolaj Bruun"), "the search finds what lies there");
    for (_, cpr) in numbers {
        let digits = cpr.digits();
        assert!(!stands(&digits) && !stands(&format!("{}-{}", &digits[..6], &digits[6..])));
    }
}

/// For a city too: no CPR number twice, and nobody booked twice at one time.
#[test]
fn no_two_alike() {
    let mix = Mix::fitted();
    let citizens = 12_000;
    let roster = Roster::draw(citizens, 5, &mix);
    let world = World::build(Calendar::around(TODAY), &roster, 5);
    let mut booked = BTreeSet::new();
    let mut loads = BTreeMap::new();
    for index in 0..citizens {
        let place = roster.place(index);
        let mut rng = numbers(5, Stream::Citizen(index));
        let persona = mix.cell(place.cell).persona;
        let plans = cast::plans(&world, &mut rng, index, place, persona);
        if let Some(plan) = plans.last().filter(|plan| plan.closed.is_none()) {
            let owner = plan.coordinators.last().unwrap().who;
            *loads.entry(owner).or_insert(0u16) += 1;
            for time in [plan.ahead, plan.unwritten].into_iter().flatten() {
                assert!(
                    booked.insert((owner, time)),
                    "citizen {index} is booked on top of another"
                );
            }
        }
    }
    assert_eq!(loads.values().max(), Some(&roster::LOAD));
    let usual = loads.values().filter(|load| (35..=65).contains(*load)).count();
    assert!(
        usual * 100 > loads.len() * 85,
        "{usual} of {} caseloads are usual",
        loads.len()
    );
    let born = (0..citizens).map(|index| {
        let mut rng = numbers(5, Stream::Citizen(index));
        citizen::numbers_of(&mut rng, &world, &mix, &roster, index)
    });
    let numbers: BTreeSet<String> = born.map(|cpr| cpr.digits()).collect();
    assert_eq!(numbers.len(), citizens as usize);
}

/// The demo has consents at every stage, and most of them are given.
#[tokio::test]
async fn consents_are_given_thought_over_and_withdrawn() {
    let (db, _folder) = testing::sqlite().await;
    built(&db, &options(600, 1)).await;
    let mut conn = db.read().await.unwrap();
    let rows = conn
        .rows("SELECT status, COUNT(*) FROM consent GROUP BY status", args![])
        .await
        .unwrap();
    let many: BTreeMap<String, i64> = rows
        .iter()
        .map(|row| (row.get(0).unwrap(), row.get(1).unwrap()))
        .collect();
    for status in ["given", "declined", "withdrawn", "replaced"] {
        assert!(many.get(status).is_some_and(|n| *n > 0), "{status}: {many:?}");
    }
    assert!(many["given"] > 5 * many["withdrawn"], "{many:?}");
}
