//! A clock that goes backwards, as one does when it was wrong and is set right: nothing is refused, nothing is lost, and no session lives longer.

use jiff::Timestamp;
use tovholder_casework::act::{Act, ActKind, Actor, UserKind, Voice};
use tovholder_casework::id::ActId;
use tovholder_store::acts::{self, Entry};
use tovholder_store::looks::Looks;
use tovholder_store::sessions::{self, Found};
use tovholder_store::{args, drafts, testing};
use uuid::Uuid;

fn at(minute: i64) -> Timestamp {
    Timestamp::from_second(1_773_651_600 + 60 * minute).expect("in range")
}

fn entry(minute: i64, reason: &str) -> Entry {
    let chain = Uuid::from_u128(7);
    Entry {
        chain,
        act: Act {
            id: ActId(Uuid::now_v7()),
            at: at(minute),
            actor: Actor {
                kind: UserKind::Employee,
                id: Uuid::from_u128(99),
                name: "Ada Skov".into(),
                unit: "Staben".into(),
            },
            citizen: None,
            kind: ActKind::Imported,
            submission: None,
            before: None,
            after: None,
            reason: reason.into(),
            voice: Voice::Own,
        },
    }
}

#[test]
fn acts_and_looks_keep_their_order_and_their_chain() {
    testing::both(async |db| {
        let looks = Looks::start(db.clone());
        for (minute, reason) in [(10, "first"), (-600, "the clock was set back"), (-599, "third")] {
            let mut tx = db.begin().await.expect("begins");
            acts::append(&mut tx, &[entry(minute, reason)]).await.expect("is kept");
            tx.commit().await.expect("commits");
            looks.record(entry(minute, "a look")).await.expect("is kept");
        }
        let mut conn = db.read().await.expect("reads");
        let chain = Uuid::from_u128(7);
        let length = acts::verify_chain(&mut conn, chain)
            .await
            .expect("reads")
            .expect("holds");
        assert_eq!(length, 6);
        let rows = conn
            .rows("SELECT reason, at FROM act WHERE chain = $1 ORDER BY seq", args![chain])
            .await
            .expect("reads");
        let told: Vec<(String, Timestamp)> = rows
            .iter()
            .map(|row| (row.get(0).expect("text"), row.get(1).expect("a time")))
            .collect();
        assert_eq!(
            told[2],
            ("the clock was set back".to_owned(), at(-600)),
            "in the order it happened, with the time the clock said"
        );
        assert_eq!(told[4].0, "third");
    });
}

#[test]
fn a_session_from_the_future_lives_no_longer_than_another() {
    testing::both(async |db| {
        let user = Uuid::from_u128(5);
        let mut tx = db.begin().await.expect("begins");
        let unit = "INSERT INTO unit (id, name, kind, phone, address) VALUES ($1, 'Jobcentret', '', '', '')";
        tx.execute(unit, args![user]).await.expect("a unit");
        let employee = "INSERT INTO employee (id, unit_id, name, title, role, phone, email, login) VALUES ($1, $1, 'Ada', '', 'caseworker', '', '', '')";
        tx.execute(employee, args![user]).await.expect("an employee");
        tx.commit().await.expect("commits");
        // The clock was ten days ahead when the session began, and is then set right.
        let ahead = 10 * 24 * 60;
        sessions::begin(&db, UserKind::Employee, user, "token", "csrf", at(ahead))
            .await
            .expect("begins");
        let find = async |minute: i64| {
            let mut conn = db.read().await.expect("reads");
            let (found, due) = sessions::find(&mut conn, "token", at(minute)).await.expect("reads");
            (matches!(found, Found::Live(_)), due)
        };
        assert_eq!(
            find(0).await,
            (true, true),
            "nobody is thrown out, and it is seen again at once"
        );
        sessions::touch(&db, "token", at(0)).await.expect("is seen");
        assert_eq!(find(0).await, (true, false));
        assert_eq!(
            find(sessions::IDLE_MINUTES + 1).await,
            (false, false),
            "it ends by the clock as it is now"
        );
        for hour in 0..sessions::MAX_HOURS * 4 {
            sessions::touch(&db, "token", at(hour * 15)).await.expect("is seen");
        }
        assert_eq!(
            find(sessions::MAX_HOURS * 60 + 5).await,
            (false, false),
            "however often it is used"
        );
    });
}

#[test]
fn a_draft_saved_later_by_an_earlier_clock_is_the_one_that_is_found() {
    testing::both(async |db| {
        let user = Uuid::from_u128(5);
        drafts::save(&db, user, "/a", "note=one", at(10))
            .await
            .expect("is kept");
        drafts::save(&db, user, "/a", "note=two", at(-600))
            .await
            .expect("is kept");
        let found = drafts::find(&mut db.read().await.expect("reads"), user, "/a")
            .await
            .expect("reads");
        assert_eq!(found.expect("is there").body, "note=two");
    });
}
