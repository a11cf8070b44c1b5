//! Units' closed notes: their words lie sealed, a row for each revision, and are opened for those who may read them and for nobody else.

use crate::acts::{self, Entry};
use crate::args;
use crate::db::{Conn, Db, Error};
use crate::keys::Place;
use crate::plans::{self, PerformError, Sender};
use tovholder_casework::access::{Action, Relation, may};
use tovholder_casework::act::{Act, ActKind, Record, Voice};
use tovholder_casework::closed::{ClosedNote, may_read, may_write, words};
use tovholder_casework::decide::{Refusal, Why};
use tovholder_casework::id::*;
use uuid::Uuid;

/// A note with its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The note.
    pub note: ClosedNote,
    /// Its words.
    pub text: String,
}

/// Where a revision lies: what its words are sealed to.
fn place(id: ClosedNoteId, rev: u32) -> Place {
    Place::new("closed_note", "sealed", args![id, rev])
}

const NEWEST: &str = "SELECT n.id, n.plan_id, n.unit_id, u.name, n.author, n.written, n.rev, n.sealed FROM closed_note n JOIN unit u ON u.id = n.unit_id \
     WHERE n.plan_id = $1 AND n.rev = (SELECT MAX(o.rev) FROM closed_note o WHERE o.id = n.id) ORDER BY u.name, n.id";

/// The newest notes of every unit, still sealed.
async fn newest(conn: &mut Conn, plan: PlanId) -> Result<Vec<(ClosedNote, Vec<u8>)>, Error> {
    let rows = conn.rows(NEWEST, args![plan]).await?;
    rows.iter()
        .map(|row| {
            let mut f = row.fields();
            let note = ClosedNote {
                id: f.next()?,
                plan: f.next()?,
                unit: f.next()?,
                unit_name: f.next()?,
                author: f.next()?,
                at: f.next()?,
                rev: f.next()?,
            };
            Ok((note, f.next()?))
        })
        .collect()
}

/// The notes on a plan that this relation may read, opened. The others stay sealed.
///
/// # Errors
/// As [`Conn::rows`], and when a note does not open: its key is gone, or somebody has moved or changed it.
pub async fn notes(
    conn: &mut Conn,
    plan: PlanId,
    relation: Relation,
    own: Option<UnitId>,
) -> Result<Vec<Opened>, Error> {
    let mut opened = Vec::new();
    for (note, sealed) in newest(conn, plan).await? {
        if may_read(relation, own, note.unit) {
            let text = conn.keys().open(&place(note.id, note.rev), &sealed)?;
            opened.push(Opened { note, text });
        }
    }
    Ok(opened)
}

/// Writes the note of the sender's own unit `own` on a plan. `seen` is the revision the sender saw; 0 when there was none. Answers where the form went
/// when it was carried out before.
///
/// # Errors
/// [`PerformError::NotFound`] without a relation to the plan; a refusal when the unit is not theirs to write for, when somebody has written meanwhile, and
/// of the words; the database's when there is no key to seal with.
pub async fn write(
    db: &Db,
    plan: PlanId,
    own: Option<UnitId>,
    seen: u32,
    typed: &str,
    sender: &Sender,
) -> Result<Option<String>, PerformError> {
    let refuse = |why| PerformError::Refused(Refusal { field: "", why });
    let mut tx = db.begin_for(plan.0).await?;
    if let Some(location) = plans::first_time(&mut tx, sender).await? {
        return Ok(Some(location));
    }
    let case = plans::load(&mut tx, plan).await?.ok_or(PerformError::NotFound)?;
    let today = sender.now.date();
    let relation = plans::relation(&case, &sender.actor, &sender.standing, today, sender.former_days);
    if !may(relation, Action::Read) {
        return Err(PerformError::NotFound);
    }
    let (Some(unit), Some(employee)) = (own, sender.actor.employee()) else {
        return Err(refuse(Why::NotAllowed));
    };
    if !may_write(relation, own, unit) {
        return Err(refuse(Why::NotAllowed));
    }
    if !case.plan.is_open() {
        return Err(refuse(Why::PlanClosed));
    }
    let text = words(typed)?;
    let all = newest(&mut tx, plan).await?;
    let before = all.into_iter().map(|(note, _)| note).find(|note| note.unit == unit);
    if before.as_ref().map_or(0, |note| note.rev) != seen {
        return Err(refuse(Why::Changed));
    }
    let after = ClosedNote {
        id: before
            .as_ref()
            .map_or_else(|| ClosedNoteId(Uuid::now_v7()), |note| note.id),
        plan,
        unit,
        unit_name: sender.actor.unit.clone(),
        author: sender.actor.name.clone(),
        at: sender.at,
        rev: seen + 1,
    };
    let sealed = tx
        .keys()
        .seal(&place(after.id, after.rev), &text)
        .map_err(Error::from)?;
    tx.execute(
        "INSERT INTO closed_note (id, rev, plan_id, unit_id, sealed, employee_id, author, written) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        args![after.id, after.rev, plan, unit, sealed, employee, after.author.clone(), after.at],
    )
    .await?;
    let citizen = case.citizen.id;
    let act = Act {
        id: ActId(Uuid::now_v7()),
        at: sender.at,
        actor: sender.actor.clone(),
        citizen: Some(citizen),
        kind: ActKind::ClosedNoteWritten,
        submission: Some(sender.submission),
        before: before.map(Record::ClosedNote),
        after: Some(Record::ClosedNote(after)),
        reason: String::new(),
        voice: Voice::Own,
    };
    acts::append(&mut tx, &[Entry { chain: citizen.0, act }]).await?;
    if let Some(form) = &sender.draft {
        crate::drafts::discard(&mut tx, sender.actor.id, form).await?;
    }
    tx.commit().await?;
    Ok(None)
}
