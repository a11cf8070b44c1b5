//! What citizens say is wrong in the demo: once it waits for an answer, once it was answered. And one is held back from deletion.

use tovholder_casework::act::{Act, ActKind, Actor, Record, UserKind, Voice};
use tovholder_casework::correction::{About, Correction, Outcome, Wish};
use tovholder_casework::decide::Refusal;
use tovholder_casework::id::*;
use tovholder_casework::retention::Hold;
use tovholder_store::acts::{self, Entry};
use tovholder_store::db::{Error, Tx};
use tovholder_store::{args, records};
use uuid::Uuid;

use super::calendar::at;
use super::story::time;
use super::world::World;

/// Days ago, what it is about, and in which words.
const SAID: [(i32, Wish, About, &str); 2] = [
    (
        12,
        Wish::Correct,
        About::Words,
        "I noten fra vores samtale står, at jeg ikke vil arbejde om morgenen. Jeg sagde, at jeg ikke kan, før børnene er afleveret. Ret det, tak.",
    ),
    (
        3,
        Wish::Object,
        About::People,
        "Jeg kender en af dem, der er med i planen. Jeg vil ikke have, at hun kan læse om mig.",
    ),
];
const HELD: &str = "Borgeren har klaget til Ankestyrelsen over en afgørelse. Sagen er ikke afgjort.";
const ANSWER: &str = "Det har du ret i. Jeg har rettet noten, så der står, at du kan møde fra klokken ni. Undskyld.";

/// The same numbers every time: the demo is the same to the byte.
fn id(n: u128) -> Uuid {
    Uuid::from_u128(0x636f_7272_6563_7000_8000_0000_0000_0000 + n)
}

fn actor(kind: UserKind, id: Uuid, name: String, unit: String) -> Actor {
    Actor { kind, id, name, unit }
}

/// Writes them. Answers how many rows.
///
/// # Errors
/// As [`Tx::execute`](tovholder_store::db::Conn::execute).
pub async fn write(tx: &mut Tx, world: &World) -> Result<u64, Error> {
    let plans = tx
        .rows(
            "SELECT c.id, c.name, e.id, e.name, u.name, u.id FROM citizen c JOIN plan p ON p.citizen_id = c.id AND p.closed IS NULL \
             JOIN unit u ON u.id = c.unit_id AND u.kind = 'jobcentre' \
             JOIN coordination k ON k.plan_id = p.id AND k.ends IS NULL JOIN employee e ON e.id = k.employee_id ORDER BY c.id DESC LIMIT 2",
            args![],
        )
        .await?;
    let calendar = &world.calendar;
    let (mut rows, mut next) = (0, 0);
    let mut number = || {
        next += 1;
        id(next)
    };
    for (row, (days, wish, about, words)) in plans.iter().zip(SAID) {
        let citizen = actor(UserKind::Citizen, row.get(0)?, row.get(1)?, String::new());
        let coordinator = actor(UserKind::Employee, row.get(2)?, row.get(3)?, row.get(4)?);
        let refused = |_: Refusal| Error::Failed;
        let day = calendar.date(calendar.open_until(calendar.today() - days));
        let instant =
            |days: i32, hour| time(calendar.millis(at(calendar.open_until(calendar.today() - days), hour, 15)));
        let number_of = CorrectionId(number());
        let asked =
            Correction::ask(number_of, &citizen, (wish, about), words, (instant(days, 19), day), 1).map_err(refused)?;
        let mut history = vec![(ActKind::CorrectionAsked, &citizen, asked.asked, None, asked.clone())];
        if days > 7 {
            let answered = asked
                .answer(&coordinator, Outcome::Done, ANSWER, instant(days - 4, 10))
                .map_err(refused)?;
            history.push((
                ActKind::CorrectionAnswered,
                &coordinator,
                instant(days - 4, 10),
                Some(asked),
                answered,
            ));
        }
        let mut entries = Vec::new();
        for (kind, who, at, before, after) in history {
            records::write(tx, &after).await?;
            entries.push(Entry {
                chain: citizen.id,
                act: Act {
                    id: ActId(number()),
                    at,
                    actor: who.clone(),
                    citizen: Some(CitizenId(citizen.id)),
                    kind,
                    submission: None,
                    before: before.map(Record::Correction),
                    after: Some(Record::Correction(after)),
                    reason: String::new(),
                    voice: Voice::Own,
                },
            });
        }
        let led = super::emergencies::leader(tx, row.get(5)?, row.get(4)?).await?;
        if let Some(leader) = led.filter(|_| days > 7) {
            let placed = (instant(days - 5, 14), day);
            let hold =
                Hold::place(HoldId(number()), CitizenId(citizen.id), &leader, HELD, None, placed).map_err(refused)?;
            records::write(tx, &hold).await?;
            rows += 1;
            entries.push(Entry {
                chain: citizen.id,
                act: Act {
                    id: ActId(number()),
                    at: placed.0,
                    actor: leader,
                    citizen: Some(CitizenId(citizen.id)),
                    kind: ActKind::HoldPlaced,
                    submission: None,
                    before: None,
                    after: Some(Record::Hold(hold)),
                    reason: String::new(),
                    voice: Voice::Own,
                },
            });
        }
        rows += 1 + entries.len() as u64;
        acts::append(tx, &entries).await?;
    }
    Ok(rows)
}
