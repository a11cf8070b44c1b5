//! Research over the storage layer: what is read, whose it is, and that the register, the log and the files belong together.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use tovholder_casework::act::{Actor, UserKind};
use tovholder_casework::id::*;
use tovholder_casework::research::anonymity::publish;
use tovholder_casework::research::{Grain, LeftOut, Request, Scope};
use tovholder_store::db::{AssertSqlSafe, Db};
use tovholder_store::keys::Keyring;
use tovholder_store::plans::PerformError;
use tovholder_store::research::{self, Finished, Pseudonyms, Recorded};
use tovholder_store::testing::{self, both};
use tovholder_store::{acts, args, sealing};
use uuid::Uuid;

const FROM: Date = date(2025, 1, 1);
const UNTIL: Date = date(2025, 12, 31);

fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

fn per() -> Actor {
    Actor {
        kind: UserKind::Employee,
        id: id(20),
        name: "Per Juhl".into(),
        unit: "Jobcentret".into(),
    }
}

/// A unit, its head, and five citizens: one has a plan, two a benefit in the period, one had a benefit before it, one is protected.
async fn town(db: &Db) {
    let mut tx = db.begin().await.expect("begins");
    for sql in [
        "INSERT INTO unit (id, name, kind) VALUES ($1, 'Jobcentret', 'jobcentre')".to_owned(),
        "INSERT INTO employee (id, unit_id, name, role) VALUES ($2, $1, 'Per Juhl', 'head')".to_owned(),
    ] {
        let both = [id(1).into(), id(20).into()];
        let args = if sql.contains("$2") { &both[..] } else { &both[..1] };
        tx.execute(AssertSqlSafe(sql), args).await.expect("organisation");
    }
    for n in 100..105_u128 {
        tx.execute(
            "INSERT INTO citizen (id, unit_id, name, birth_date, postcode, protected) VALUES ($1, $2, 'Inge Gammelgaard', '1983-04-02', '9230', $3)",
            args![id(n), id(1), n == 104],
        )
        .await
        .expect("citizen");
        let ends = if n == 103 { "2024-12-31" } else { "2025-06-30" };
        if n > 100 {
            tx.execute(
                "INSERT INTO spell (id, citizen_id, benefit, starts, ends) VALUES ($1, $2, 'kontanthjaelp', '2024-01-01', $3)",
                args![id(n + 1_000), id(n), ends],
            )
            .await
            .expect("spell");
        }
    }
    let plan = id(300);
    for sql in [
        "INSERT INTO plan (id, citizen_id, core_task, opened, rev) VALUES ($1, $2, 'work', '2025-02-01', 1)",
        "INSERT INTO step (id, plan_id, title, holder_kind, status, since, ended, rev) VALUES ($2, $1, 'Ring', 'citizen', 'done', '2025-03-01', '2026-02-01', 1)",
        "INSERT INTO effort (id, plan_id, kind, title, provider, starts, hours, withdrawn, rev) \
         VALUES ($2, $1, 'mentor', 'Mentor', 'Ole', '2025-03-01', '[{\"from\":\"2025-03-01\",\"hours\":2.0,\"paid\":0.0}]', FALSE, 1)",
        "INSERT INTO rating (id, plan_id, given, rater, precondition, value, note, withdrawn, rev) \
         VALUES ($2, $1, '2025-04-01', 'citizen', 'skills', 3, 'Det går', FALSE, 1)",
        "INSERT INTO coordination (id, plan_id, employee_id, name, starts, note, rev) VALUES ($2, $1, $2, 'Per Juhl', '2025-02-01', '', 1)",
        "INSERT INTO conversation (id, plan_id, employee_id, name, starts, minutes, channel, place, status, note, booked_by_citizen, rev) \
         VALUES ($2, $1, $2, 'Per Juhl', '2025-12-31T14:00', 45, 'meeting', 'Stuen', 'held', 'Sagt', FALSE, 1)",
    ] {
        let second = if sql.contains("citizen_id") { id(100) } else { id(20) };
        tx.execute(sql, args![plan, second]).await.expect(sql);
    }
    for (n, table, columns, values) in [
        (
            2,
            "effort",
            "kind, title, provider, starts, hours, withdrawn, rev",
            "'mentor', 'X', '', '2025-03-01', '[]', TRUE, 1",
        ),
        (
            3,
            "rating",
            "given, rater, precondition, value, note, withdrawn, rev",
            "'2026-01-01', 'citizen', 'skills', 3, '', FALSE, 1",
        ),
    ] {
        let sql = format!("INSERT INTO {table} (id, plan_id, {columns}) VALUES ($1, $2, {values})");
        tx.execute(AssertSqlSafe(sql), args![id(400 + n), plan])
            .await
            .expect(table);
    }
    tx.commit().await.expect("commits");
}

fn request() -> Request {
    Request {
        reference: "24/1".into(),
        project: "Veje til job".into(),
        recipient: "Aalborg Universitet".into(),
        purpose: "Hvad virker".into(),
        basis: "databeskyttelsesloven § 10".into(),
        permission: String::new(),
        delete_by: date(2028, 12, 31),
    }
}

async fn record(db: &Db, persons: &[u128], sum: &str) -> Recorded {
    let request = request();
    let scope = Scope {
        from: FROM,
        until: UNTIL,
        k: 3,
        grain: Grain::Month,
    };
    let persons: Vec<CitizenId> = persons.iter().map(|n| CitizenId(id(*n))).collect();
    let mut conn = db.read().await.expect("reads");
    let pseudonyms = Pseudonyms::of(&mut conn, &request.reference).await.expect("a key");
    drop(conn);
    let finished = Finished {
        request: &request,
        scope: &scope,
        persons: &persons,
        coarsened: "bands".into(),
        withheld: 0,
        left_out: 0,
        told: "persons.csv: person".into(),
        sha256: sum.repeat(32),
    };
    research::record(db, &pseudonyms, &finished, &per(), Timestamp::UNIX_EPOCH)
        .await
        .expect("is carried out")
}

async fn unlogged(db: &Db) -> i64 {
    research::unlogged(&mut db.read().await.expect("reads"))
        .await
        .expect("counts")
}

#[test]
fn what_touches_the_period_is_read_and_nothing_else() {
    both(async |db| {
        town(&db).await;
        let mut conn = db.snapshot().await.expect("reads");
        let all = research::material(&mut conn, FROM, UNTIL).await.expect("reads");
        let mut people: Vec<_> = all
            .people
            .iter()
            .map(|one| (one.citizen.0.as_u128(), one.left_out))
            .collect();
        people.sort_unstable();
        let protected = Some(LeftOut::Protected);
        assert_eq!(people, [(100, None), (101, None), (102, None), (104, protected)]);
        assert_eq!((all.people[0].born, all.people[0].unit.as_str()), (1983, "jobcentre"));
        assert_eq!((all.spells.len(), all.plans.len(), all.efforts.len()), (3, 1, 1));
        assert_eq!((all.talks.len(), all.answers.len(), all.coordinators.len()), (1, 1, 1));
        assert_eq!(all.talks[0].on, UNTIL, "the whole last day is in it");
        let plan = &all.plans[0];
        assert_eq!(
            (plan.steps, plan.done, plan.dropped),
            (1, 0, 0),
            "what was done after the period is not"
        );
        assert_eq!(all.efforts[0].hours.len(), 1);
        assert_eq!(publish(&all.people, 3, 5).kept.len(), 3);
    });
}

#[test]
fn the_register_and_the_log_are_written_together_or_not_at_all() {
    both(async |db| {
        town(&db).await;
        // Protected, gone, or against it since it was read: nothing is written.
        assert_eq!(record(&db, &[100, 101, 104, 999], "aa").await, Recorded::Meanwhile(2));
        assert!(
            research::register(&mut db.read().await.expect("reads"))
                .await
                .expect("reads")
                .is_empty()
        );
        assert!(
            acts::chains(&mut db.read().await.expect("reads"))
                .await
                .expect("reads")
                .is_empty()
        );
        for sum in ["aa", "bb"] {
            assert!(matches!(record(&db, &[102, 100, 101], sum).await, Recorded::Done(_)));
        }
        let mut conn = db.read().await.expect("reads");
        for chain in [100, 101, 102, 20] {
            assert_eq!(
                acts::verify_chain(&mut conn, id(chain)).await.expect("reads"),
                Ok(2),
                "{chain}"
            );
        }
        assert_eq!(unlogged(&db).await, 0);
        // What stands in the register cannot be changed or taken out, and a line that was slipped in is found.
        for sql in ["UPDATE research_export SET persons = 4", "DELETE FROM research_export"] {
            let mut tx = db.begin().await.expect("begins");
            assert!(tx.execute(sql, args![]).await.is_err(), "{sql}");
        }
        let mut tx = db.begin().await.expect("begins");
        tx.execute(
            "INSERT INTO research_export SELECT $1, project_id, project, recipient, purpose, basis, permission, delete_by, made, employee_id, employee, first_day, \
             last_day, k, grain, coarsened, persons, withheld, left_out, told, $2 FROM research_export WHERE sha256 = $3",
            args![id(77), "cc".repeat(32), "aa".repeat(32)],
        )
        .await
        .expect("is slipped in");
        tx.commit().await.expect("commits");
        assert_eq!(unlogged(&db).await, 1);
    });
}

#[test]
fn a_project_keeps_its_pseudonyms_when_the_keys_are_turned_over_and_no_two_share_one() {
    both(async |db| {
        town(&db).await;
        assert!(matches!(record(&db, &[100, 101, 102], "aa").await, Recorded::Done(_)));
        let mark = async |db: &Db, reference: &str| {
            let mut conn = db.read().await.expect("reads");
            let pseudonyms = Pseudonyms::of(&mut conn, reference).await.expect("opens");
            pseudonyms.pseudonym(id(100))
        };
        let before = mark(&db, "24/1").await;
        assert_eq!(before.len(), 32);
        assert_eq!(before, mark(&db, "24/1").await);
        assert_ne!(before, mark(&db, "24/2").await);
        let newer = Keyring::parse(&format!(
            "1 seal {}\n2 seal {}\n1 lookup {}\n1 backup {}\n",
            "51".repeat(32),
            "61".repeat(32),
            "52".repeat(32),
            "53".repeat(32)
        ))
        .expect("keys");
        let turned = db.with_keys(newer);
        sealing::turn(&turned, |_| {}).await.expect("turns");
        assert_eq!(before, mark(&turned, "24/1").await);
        let shares = sealing::shares(&mut turned.read().await.expect("reads"))
            .await
            .expect("counts");
        let own: Vec<_> = shares
            .iter()
            .filter(|share| share.table == "research_project")
            .map(|share| share.number)
            .collect();
        assert_eq!(own, [Some(2)]);
    });
}

#[test]
fn that_it_is_deleted_is_noted_once() {
    both(async |db| {
        town(&db).await;
        let Recorded::Done(export) = record(&db, &[100, 101, 102], "aa").await else {
            panic!("somebody is left out")
        };
        let note = async |export: ExportId, day: Date| {
            let form = u128::from(day.day_of_year().unsigned_abs());
            let mut sender = testing::sender((EmployeeId(id(20)), "Per Juhl"), form, 0);
            sender.now = date(2026, 3, 16).at(10, 0, 0, 0);
            research::note_deletion(
                &db,
                export,
                day,
                "Brev fra projektlederen",
                |_| date(2026, 1, 1),
                &sender,
            )
            .await
        };
        assert!(matches!(
            note(export, date(2025, 12, 31)).await,
            Err(PerformError::Refused(_))
        ));
        assert!(matches!(
            note(ExportId(id(9)), date(2026, 1, 31)).await,
            Err(PerformError::NotFound)
        ));
        assert_eq!(note(export, date(2026, 2, 1)).await.expect("is noted"), None);
        assert!(matches!(
            note(export, date(2026, 2, 2)).await,
            Err(PerformError::Refused(_))
        ));
        let found = research::find(&mut db.read().await.expect("reads"), export)
            .await
            .expect("reads")
            .expect("is there");
        assert_eq!(
            found.deletion.as_ref().map(|deletion| deletion.day),
            Some(date(2026, 2, 1))
        );
        assert!(!found.is_overdue(date(2030, 1, 1)), "deleted is never late");
    });
}
