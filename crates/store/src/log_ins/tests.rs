use tovholder_casework::act::UserKind;
use tovholder_casework::claims::{Assurance, Reach};

use super::*;
use crate::accounts::{self, New};
use crate::db::Error;
use crate::sessions::{self, AtProvider, Beginning, Found, How, IDLE_MINUTES};
use crate::testing::both;

const UNIT: UnitId = UnitId(Uuid::from_u128(1));
const KAREN: EmployeeId = EmployeeId(Uuid::from_u128(2));
const OLE: EmployeeId = EmployeeId(Uuid::from_u128(3));

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_773_651_600 + seconds).expect("a time")
}

async fn people(db: &Db) {
    let mut tx = db.begin().await.expect("begins");
    let sql = "INSERT INTO unit (id, name, kind) VALUES ($1, 'Jobcentret', 'jobcentre')";
    tx.execute(sql, args![UNIT]).await.expect("a unit");
    for (id, name, login) in [(KAREN, "Karen Holm", "Kahm@x"), (OLE, "Ole Bang", "olba@x")] {
        let sql =
            "INSERT INTO employee (id, unit_id, name, role, login, email) VALUES ($1, $2, $3, 'caseworker', $4, 'o@x')";
        tx.execute(sql, args![id, UNIT, name, login])
            .await
            .expect("an employee");
    }
    tx.commit().await.expect("commits");
}

fn attempt() -> Attempt {
    Attempt {
        audience: "employee".into(),
        nonce: "n".into(),
        verifier: "v".into(),
        max_age: Some(0),
        next: "/day".into(),
    }
}

#[test]
fn an_attempt_is_taken_once_in_its_browser_and_in_time() {
    both(async |db| {
        begin(&db, "s1", "b", &attempt(), at(0)).await.expect("begins");
        begin(&db, "s2", "b", &attempt(), at(0)).await.expect("begins");
        assert!(
            begin(&db, "s1", "b", &attempt(), at(0)).await.is_err(),
            "a state is never used twice"
        );
        assert_eq!(take(&db, "s1", "other", at(1)).await.expect("reads"), None);
        assert_eq!(take(&db, "s1", "b", at(1)).await.expect("reads"), Some(attempt()));
        assert_eq!(take(&db, "s1", "b", at(1)).await.expect("reads"), None);
        assert_eq!(take(&db, "s2", "b", at(601)).await.expect("reads"), None);
        assert!(take(&db, "s2", "b", at(600)).await.expect("reads").is_some());
        // An hour later they are thrown away, so that the table does not grow.
        begin(&db, "s3", "b", &attempt(), at(3700)).await.expect("begins");
        let count = db
            .read()
            .await
            .expect("reads")
            .row("SELECT count(*) FROM log_in_attempt", args![])
            .await;
        assert_eq!(count.expect("reads").expect("one").get::<i64>(0).expect("a number"), 1);
    });
}

#[test]
fn a_log_out_is_heard_once() {
    both(async |db| {
        assert!(hear(&db, "https://a", "j", at(0)).await.expect("writes"));
        assert!(!hear(&db, "https://a", "j", at(1)).await.expect("writes"));
        assert!(hear(&db, "https://b", "j", at(1)).await.expect("writes"));
    });
}

#[test]
fn failures_are_counted_by_name_and_forgotten() {
    both(async |db| {
        for count in 1..=3 {
            assert_eq!(
                failed(&db, " Karen ", at(count), 3600).await.expect("writes"),
                u32::try_from(count).expect("small")
            );
        }
        let known = async |name: &str, seconds| {
            let mut conn = db.read().await.expect("reads");
            failures(&mut conn, name, at(seconds), 3600).await.expect("reads")
        };
        assert_eq!(known("karen", 10).await, Some((3, at(3))));
        assert_eq!(known("ole", 10).await, None);
        assert_eq!(known("karen", 3700).await, None, "an hour later nothing is known of it");
        succeeded(&db, "KAREN").await.expect("writes");
        assert_eq!(known("karen", 10).await, None);
        // Names lie there as hashes only.
        failed(&db, "karen", at(0), 3600).await.expect("writes");
        failed(&db, "ole", at(4000), 3600).await.expect("writes");
        assert_eq!(known("karen", 0).await, None, "old ones are thrown away");
    });
}

#[test]
fn an_employee_is_known_by_log_in_and_only_one_at_a_time() {
    both(async |db| {
        people(&db).await;
        let who = async |login: &str| {
            let mut conn = db.read().await.expect("reads");
            employee(&mut conn, login).await.expect("reads").map(|known| known.id)
        };
        assert_eq!(who("KAHM@X").await, Some(KAREN));
        assert_eq!(who("").await, None);
        assert_eq!(who("nobody").await, None);
        let mut tx = db.begin().await.expect("begins");
        tx.execute("UPDATE employee SET login = 'KAHM@x' WHERE id = $1", args![OLE])
            .await
            .expect("a name that differs in its case only");
        tx.commit().await.expect("commits");
        assert_eq!(who("kahm@x").await, None, "it cannot be told which");
        let mut tx = db.begin().await.expect("begins");
        tx.execute("UPDATE employee SET left_on = '2026-01-31' WHERE id = $1", args![OLE])
            .await
            .expect("leaves");
        tx.commit().await.expect("commits");
        assert_eq!(who("kahm@x").await, Some(KAREN), "who has left is nobody");
        let mut conn = db.read().await.expect("reads");
        assert_eq!(units(&mut conn, "Jobcentret").await.expect("reads"), [UNIT]);
        assert_eq!(units(&mut conn, &UNIT.to_string()).await.expect("reads"), [UNIT]);
        assert_eq!(units(&mut conn, "Ukendt").await.expect("reads"), []);
    });
}

fn provider(subject: &str, session: &str) -> AtProvider {
    AtProvider {
        issuer: "https://a".into(),
        subject: subject.into(),
        session: Some(session.into()),
        id_token: Some("t.o.k".into()),
        assurance: Some(Assurance::High),
        reach: vec![Reach {
            units: vec![UNIT],
            subjects: vec!["15.*".parse().expect("a subject")],
            sensitivity: None,
        }],
    }
}

async fn come(db: &Db, who: EmployeeId, token: &str, provider: Option<AtProvider>, seconds: i64) {
    let how = if provider.is_some() {
        How::Provider
    } else {
        How::Password
    };
    let beginning = Beginning {
        kind: UserKind::Employee,
        user: who.0,
        token,
        csrf: "c",
        how,
        proved: at(seconds - 100),
        provider,
        link: None,
        device: "Firefox",
        at: at(seconds),
    };
    sessions::begin_as(db, &beginning).await.expect("begins");
}

async fn alive(db: &Db, token: &str, seconds: i64) -> bool {
    let mut conn = db.read().await.expect("reads");
    let (found, _) = sessions::find(&mut conn, token, at(seconds)).await.expect("reads");
    matches!(found, Found::Live(_))
}

#[test]
fn a_link_is_used_when_a_session_begins_with_it_and_not_before() {
    both(async |db| {
        people(&db).await;
        let make = async |token: &str| {
            let made = sessions::make_link(&db, UserKind::Employee, KAREN.0, token, at(600)).await;
            made.expect("writes");
        };
        let good = async |token: &str, seconds: i64| {
            let mut conn = db.read().await.expect("reads");
            let found = sessions::by_link(&mut conn, token, at(seconds)).await.expect("reads");
            found.map(|(kind, user, role)| (kind, EmployeeId(user), role))
        };
        let begin = async |user: EmployeeId, token: &str, link: &str, seconds: i64| {
            let beginning = Beginning {
                kind: UserKind::Employee,
                user: user.0,
                token,
                csrf: "c",
                how: How::Link,
                proved: at(seconds),
                provider: None,
                link: Some(link),
                device: "",
                at: at(seconds),
            };
            sessions::begin_as(&db, &beginning).await
        };
        make("l1").await;
        make("l2").await;
        let karen = Some((UserKind::Employee, KAREN, Some(Role::Caseworker)));
        assert_eq!(good("l1", 1).await, karen, "looking uses nothing");
        assert_eq!(good("l1", 1).await, karen);
        assert_eq!(good("l1", 601).await, None, "too late");
        assert_eq!(good("l3", 1).await, None, "no such link");
        assert!(!begin(OLE, "s0", "l1", 2).await.expect("asks"), "somebody else's");
        assert!(begin(KAREN, "s1", "l1", 2).await.expect("begins"));
        assert!(alive(&db, "s1", 3).await);
        // Two with the same link at the same time: both were told whose it is, one begins.
        assert!(!begin(KAREN, "s2", "l1", 3).await.expect("asks"));
        assert!(!alive(&db, "s2", 4).await);
        assert_eq!(good("l1", 4).await, None);
        // The session cannot begin (its token is taken), so the link is as good as it was.
        begin(KAREN, "s1", "l2", 5)
            .await
            .expect_err("there is one of that token");
        assert_eq!(good("l2", 5).await, karen);
        // Whoever is in already proves with it who they are.
        assert!(!begin(KAREN, "s3", "l2", 601).await.expect("asks"), "too late");
        let proved = sessions::prove(&db, "s1", KAREN.0, at(6), None, Some("l2")).await;
        assert!(proved.expect("writes"));
        let again = sessions::prove(&db, "s1", KAREN.0, at(7), None, Some("l2")).await;
        assert!(!again.expect("asks"));
    });
}

#[test]
fn a_session_knows_how_it_began() {
    both(async |db| {
        people(&db).await;
        come(&db, KAREN, "t1", Some(provider("k", "s1")), 0).await;
        let mut conn = db.read().await.expect("reads");
        let (found, _) = sessions::find(&mut conn, "t1", at(5)).await.expect("reads");
        let Found::Live(user) = found else { panic!("it lives") };
        assert_eq!((user.how, user.proved), (How::Provider, at(-100)));
        assert_eq!(user.until, at(12 * 3600));
        assert_eq!(user.reach, provider("k", "s1").reach);
        drop(conn);
        // Proved again, with less than before.
        let less = AtProvider {
            reach: vec![],
            ..provider("k", "s1")
        };
        sessions::prove(&db, "t1", KAREN.0, at(50), Some(less), None)
            .await
            .expect("writes");
        let mut conn = db.read().await.expect("reads");
        let (found, _) = sessions::find(&mut conn, "t1", at(60)).await.expect("reads");
        let Found::Live(user) = found else { panic!("it lives") };
        assert_eq!((user.proved, user.reach.len()), (at(50), 0));
        drop(conn);
        // A limit that cannot be read cannot be kept: nobody is let in with it.
        let mut tx = db.begin().await.expect("begins");
        tx.execute("UPDATE session SET reach = '[{\"units\":1}]'", args![])
            .await
            .expect("writes");
        tx.commit().await.expect("commits");
        assert!(!alive(&db, "t1", 70).await);
    });
}

#[test]
fn sessions_end_one_by_one_all_and_from_the_provider() {
    both(async |db| {
        people(&db).await;
        for (token, session) in [("t1", "s1"), ("t2", "s2"), ("t3", "s3")] {
            come(&db, KAREN, token, Some(provider("k", session)), 0).await;
        }
        come(&db, KAREN, "t4", None, 10).await;
        come(&db, OLE, "o1", Some(provider("o", "s1")), 0).await;
        let places = sessions::places(&mut db.read().await.expect("reads"), KAREN.0, "t4", at(20))
            .await
            .expect("reads");
        assert_eq!(places.len(), 4);
        assert_eq!(
            (places[0].here, places[0].how, places[0].device.as_str()),
            (true, How::Password, "Firefox")
        );
        assert!(places[1..].iter().all(|place| !place.here));
        // Nobody ends another's.
        assert!(
            !sessions::end_place(&db, OLE.0, &places[1].id, at(20))
                .await
                .expect("writes")
        );
        assert!(
            sessions::end_place(&db, KAREN.0, &places[1].id, at(20))
                .await
                .expect("writes")
        );
        assert!(
            !sessions::end_place(&db, KAREN.0, &places[1].id, at(20))
                .await
                .expect("writes")
        );
        let left = sessions::places(&mut db.read().await.expect("reads"), KAREN.0, "t4", at(20)).await;
        assert_eq!(left.expect("reads").len(), 3);
        // The provider names a session, or a person, or nobody at all.
        let told = async |subject, session| {
            sessions::end_at_provider(&db, "https://a", subject, session, at(30))
                .await
                .expect("writes")
        };
        assert_eq!(told(None, None).await, 0);
        assert_eq!(told(Some("k"), Some("s9")).await, 0);
        assert_eq!(told(Some("o"), Some("s1")).await, 1);
        assert!(!alive(&db, "o1", 31).await);
        assert_eq!(told(Some("k"), None).await, 2);
        assert!(alive(&db, "t4", 31).await, "that one did not come from the provider");
        // What is left.
        come(&db, KAREN, "t5", None, 40).await;
        assert_eq!(
            sessions::end_all(&db, KAREN.0, Some("t5"), at(50))
                .await
                .expect("writes"),
            1
        );
        assert!(alive(&db, "t5", 51).await && !alive(&db, "t4", 51).await);
        assert_eq!(sessions::end_all(&db, KAREN.0, None, at(60)).await.expect("writes"), 1);
        // No token is kept longer than its session.
        let row = db
            .read()
            .await
            .expect("reads")
            .row("SELECT count(*) FROM session WHERE id_token IS NOT NULL", args![])
            .await;
        assert_eq!(row.expect("reads").expect("one").get::<i64>(0).expect("a number"), 0);
    });
}

#[test]
fn a_session_nobody_uses_is_on_no_list() {
    both(async |db| {
        people(&db).await;
        come(&db, KAREN, "t1", None, 0).await;
        let late = IDLE_MINUTES * 60 + 1;
        let places = sessions::places(&mut db.read().await.expect("reads"), KAREN.0, "x", at(late)).await;
        assert!(places.expect("reads").is_empty());
        assert!(!alive(&db, "t1", late).await);
        // Ending it says where else to log out, once.
        come(&db, KAREN, "t2", Some(provider("k", "s1")), 0).await;
        let gone = sessions::end(&db, "t2", at(1))
            .await
            .expect("writes")
            .expect("from a provider");
        assert_eq!(
            (gone.issuer.as_str(), gone.id_token.as_deref()),
            ("https://a", Some("t.o.k"))
        );
        assert_eq!(sessions::end(&db, "t2", at(2)).await.expect("writes"), None);
    });
}

#[test]
fn an_account_is_kept_changed_and_its_codes_work_once() {
    both(async |db| {
        people(&db).await;
        let codes = ["AAAA".to_owned(), "BBBB".to_owned()];
        let new = |employee, name, secret, codes| New {
            employee,
            name,
            password: "$hash",
            secret,
            step: 10,
            codes,
        };
        accounts::set(&db, &new(KAREN, " Karen.Holm ", b"12345678901234567890", &codes), at(0))
            .await
            .expect("is made");
        let find = async |name: &str| {
            let mut conn = db.read().await.expect("reads");
            accounts::find(&mut conn, name).await.expect("reads")
        };
        let account = find("KAREN.holm").await.expect("is there");
        assert_eq!((account.employee, account.step), (KAREN, 10));
        assert_eq!(account.secret, b"12345678901234567890");
        assert!(find("ole").await.is_none());
        let taken = accounts::set(&db, &new(OLE, "karen.holm", b"12345678901234567890", &[]), at(0)).await;
        assert!(matches!(taken, Err(Error::Conflict { .. })), "{taken:?}");
        // A step is used once, and none before it.
        assert!(!accounts::use_step(&db, KAREN, 10).await.expect("writes"));
        assert!(accounts::use_step(&db, KAREN, 12).await.expect("writes"));
        assert!(!accounts::use_step(&db, KAREN, 11).await.expect("writes"));
        assert!(accounts::use_code(&db, KAREN, "AAAA", at(1)).await.expect("writes"));
        assert!(!accounts::use_code(&db, KAREN, "AAAA", at(1)).await.expect("writes"));
        assert!(!accounts::use_code(&db, OLE, "BBBB", at(1)).await.expect("writes"));
        let own = async || {
            let mut conn = db.read().await.expect("reads");
            accounts::own(&mut conn, KAREN).await.expect("reads").expect("is there")
        };
        assert_eq!((own().await.name.as_str(), own().await.codes), ("karen.holm", 1));
        // Made anew, the old codes are gone.
        accounts::set(&db, &new(KAREN, "kh", b"abcdefghijabcdefghij", &codes[..1]), at(5))
            .await
            .expect("changes");
        assert!(!accounts::use_code(&db, KAREN, "BBBB", at(6)).await.expect("writes"));
        assert_eq!((own().await.made, own().await.codes), (at(5), 1));
        // Who has left has no account any more.
        let mut tx = db.begin().await.expect("begins");
        tx.execute("UPDATE employee SET left_on = '2026-01-31' WHERE id = $1", args![KAREN])
            .await
            .expect("leaves");
        tx.commit().await.expect("commits");
        assert!(find("kh").await.is_none());
    });
}
