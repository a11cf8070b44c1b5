//! Emergency access in the demo: once it was taken and a leader has signed it, once it waits for the leader.

use tovholder_casework::access::Emergency;
use tovholder_casework::act::{Act, ActKind, Actor, PageKey, Record, UserKind, Voice};
use tovholder_casework::decide::Refusal;
use tovholder_casework::id::*;
use tovholder_store::acts::{self, Entry};
use tovholder_store::db::{Error, Tx};
use tovholder_store::{args, records};
use uuid::Uuid;

use super::calendar::at;
use super::story::time;
use super::world::World;

/// Days ago, hour, minute, and why it could not wait.
const TAKEN: [(i32, i32, i32, &str); 2] = [
    (
        9,
        20,
        40,
        "Borgeren ringede til vores døgntelefon og var ude af sig selv. Jeg måtte vide, hvem der kender hende.",
    ),
    (
        1,
        15,
        10,
        "Borgeren sidder hos os og kan ikke huske, hvem der er tovholder. Rådgiveren tager ikke telefonen.",
    ),
];
const REMARK: &str = "Jeg har talt med medarbejderen. Der var grund til det, og tovholderen ved besked.";

/// The same numbers every time: the demo is the same to the byte.
fn id(n: u128) -> Uuid {
    Uuid::from_u128(0x656d_6572_6700_7000_8000_0000_0000_0000 + n)
}

fn employee(id: Uuid, name: String, unit: String) -> Actor {
    Actor {
        kind: UserKind::Employee,
        id,
        name,
        unit,
    }
}

/// The leader of a unit, the first when there are several. Asked for each citizen by itself: joined to all of them, a jobcentre of tens of thousands
/// takes SQLite minutes.
pub(super) async fn leader(tx: &mut Tx, unit: UnitId, name: String) -> Result<Option<Actor>, Error> {
    let sql = "SELECT id, name FROM employee WHERE unit_id = $1 AND role = 'team_leader' ORDER BY id LIMIT 1";
    let found = tx.row(sql, args![unit]).await?;
    found
        .map(|row| Ok(employee(row.get(0)?, row.get(1)?, name)))
        .transpose()
}

/// Writes them. Answers how many rows.
///
/// # Errors
/// As [`Tx::execute`](tovholder_store::db::Conn::execute).
pub async fn write(tx: &mut Tx, world: &World) -> Result<u64, Error> {
    let who = tx
        .row(
            "SELECT e.id, e.name, u.name FROM employee e JOIN unit u ON u.id = e.unit_id \
             WHERE e.role = 'caseworker' AND e.left_on IS NULL AND u.kind <> 'jobcentre' ORDER BY e.id LIMIT 1",
            args![],
        )
        .await?;
    let Some(who) = who else { return Ok(0) };
    let taker = employee(who.get(0)?, who.get(1)?, who.get(2)?);
    let plans = tx
        .rows(
            "SELECT c.id, u.id, u.name FROM citizen c JOIN plan p ON p.citizen_id = c.id AND p.closed IS NULL \
             JOIN unit u ON u.id = c.unit_id AND u.kind = 'jobcentre' \
             WHERE p.id NOT IN (SELECT plan_id FROM coordination WHERE employee_id = $1 \
             UNION SELECT plan_id FROM participation WHERE employee_id = $1) ORDER BY c.id LIMIT 2",
            args![taker.id],
        )
        .await?;
    let (mut rows, mut next) = (0, 0);
    let mut number = || {
        next += 1;
        id(next)
    };
    for (row, (days, hour, minute, reason)) in plans.iter().zip(TAKEN) {
        let citizen: CitizenId = row.get(0)?;
        let Some(leader) = leader(tx, row.get(1)?, row.get(2)?).await? else {
            continue;
        };
        let calendar = &world.calendar;
        let day = calendar.open_until(calendar.today() - days);
        let from = time(calendar.millis(at(day, hour, minute)));
        let refused = |_: Refusal| Error::Failed;
        let taken = Emergency::take(EmergencyId(number()), citizen, &taker, reason, from).map_err(refused)?;
        let mut entries = Vec::new();
        let mut add =
            |kind, actor: &Actor, at, before: Option<&Emergency>, after: Option<&Emergency>, reason: String| {
                entries.push(Entry {
                    chain: citizen.0,
                    act: Act {
                        id: ActId(number()),
                        at,
                        actor: actor.clone(),
                        citizen: Some(citizen),
                        kind,
                        submission: None,
                        before: before.cloned().map(Record::Emergency),
                        after: after.cloned().map(Record::Emergency),
                        reason,
                        voice: Voice::Own,
                    },
                });
            };
        add(ActKind::EmergencyTaken, &taker, from, None, Some(&taken), String::new());
        let minutes = |n: i64| from + jiff::SignedDuration::from_mins(n);
        for (n, page) in [(0, PageKey::Plan), (3, PageKey::History)] {
            let seen = Act::looking_at(page, &taken.reason);
            add(ActKind::LookedInEmergency, &taker, minutes(n), None, None, seen);
        }
        records::write(tx, &taken).await?;
        if days > 1 {
            let signed = taken.seen_by(&leader, REMARK, minutes(14 * 60)).map_err(refused)?;
            add(
                ActKind::EmergencySeen,
                &leader,
                minutes(14 * 60),
                Some(&taken),
                Some(&signed),
                String::new(),
            );
            records::write(tx, &signed).await?;
        }
        rows += 1 + entries.len() as u64;
        acts::append(tx, &entries).await?;
    }
    Ok(rows)
}
