//! Reading a plan whole, and carrying out what casework decided.

use crate::acts::{self, Entry};
use crate::args;
use crate::db::{AssertSqlSafe, Conn, Db, Error, Tx, Value};
use crate::parts;
use crate::records::{self, Table};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use tovholder_casework::access::{self, Action, Emergency, Reach, Relation, Standing};
use tovholder_casework::act::*;
use tovholder_casework::caseload::Summary;
use tovholder_casework::decide::{self, Context, Intent, Refusal, Why};
use tovholder_casework::id::*;
use tovholder_casework::person::Citizen;
use tovholder_casework::plan::*;
use uuid::Uuid;

/// A plan with the citizen it belongs to.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// Whose plan it is.
    pub citizen: Citizen,
    /// The plan.
    pub plan: Plan,
}

/// The citizen's open plan, or else the one closed last.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn current_plan(conn: &mut Conn, citizen: CitizenId) -> Result<Option<PlanId>, Error> {
    let row = conn
        .row(
            "SELECT id FROM plan WHERE citizen_id = $1 ORDER BY CASE WHEN closed IS NULL THEN 0 ELSE 1 END, closed DESC LIMIT 1",
            args![citizen],
        )
        .await?;
    row.map(|row| row.get(0)).transpose()
}

/// Every plan there is, oldest first.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn all(conn: &mut Conn) -> Result<Vec<PlanId>, Error> {
    let rows = conn.rows("SELECT id FROM plan ORDER BY id", args![]).await?;
    rows.iter().map(|row| row.get(0)).collect()
}

/// The caseload's line of a plan as it is stored.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn summary(conn: &mut Conn, plan: PlanId) -> Result<Option<Summary>, Error> {
    let sql = format!(
        "SELECT {} FROM plan_summary WHERE plan_id = $1",
        Summary::COLUMNS.join(", ")
    );
    conn.row(AssertSqlSafe(sql), args![plan])
        .await?
        .map(|row| Summary::read(&mut row.fields()))
        .transpose()
}

/// The plan with everything in it: two queries, however much it holds.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn load(conn: &mut Conn, id: PlanId) -> Result<Option<Case>, Error> {
    load_where(conn, "p.id = $1", id.0).await
}

/// The citizen's open plan with everything in it, or else the one closed last: as [`current_plan`] and [`load`], in one query less.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn load_current(conn: &mut Conn, citizen: CitizenId) -> Result<Option<Case>, Error> {
    let which = "p.citizen_id = $1 ORDER BY CASE WHEN p.closed IS NULL THEN 0 ELSE 1 END, p.closed DESC LIMIT 1";
    load_where(conn, which, citizen.0).await
}

async fn load_where(conn: &mut Conn, which: &str, id: Uuid) -> Result<Option<Case>, Error> {
    let sql = format!(
        "SELECT {}, {} FROM plan p JOIN citizen c ON c.id = p.citizen_id WHERE {which}",
        prefixed("p", PlanHead::COLUMNS),
        prefixed("c", Citizen::COLUMNS),
    );
    let Some(row) = conn.row(AssertSqlSafe(sql), args![id]).await? else {
        return Ok(None);
    };
    let mut f = row.fields();
    let mut plan = Plan::empty(PlanHead::read(&mut f)?);
    let citizen = Citizen::read(&mut f)?;
    parts::read(conn, &mut plan).await?;
    Ok(Some(Case { citizen, plan }))
}

fn prefixed(table: &str, columns: &[&str]) -> String {
    columns
        .iter()
        .map(|c| format!("{table}.{c}"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// Who sends a form, and when.
#[derive(Clone, Debug)]
pub struct Sender {
    /// Who acts.
    pub actor: Actor,
    /// What is known of the user when relations are found.
    pub standing: Standing,
    /// The form's own number, made when the page was drawn. Sent twice, the second is answered with the first one's result.
    pub submission: SubmissionId,
    /// Whose words.
    pub voice: Voice,
    /// Now.
    pub at: Timestamp,
    /// Now, local time in Denmark.
    pub now: DateTime,
    /// How many days a former coordinator keeps reading.
    pub former_days: i32,
    /// The draft this form was written in: thrown away when the form is carried out.
    pub draft: Option<String>,
    /// Where the user is sent afterwards.
    pub location: String,
}

/// What became of a form.
#[derive(Clone, Debug, PartialEq)]
pub enum Performed {
    /// Carried out; the plan as it is now.
    Done(Box<Case>),
    /// Carried out before; where the user was sent then.
    Already(String),
}

/// Why a form was not carried out. Nothing was written.
#[derive(Debug)]
pub enum PerformError {
    /// There is no such plan, or the user has no relation to it: the two are not told apart.
    NotFound,
    /// Casework refused.
    Refused(Refusal),
    /// The time is taken: the employee is booked already.
    Taken,
    /// The database.
    Db(Error),
}
impl From<Error> for PerformError {
    fn from(error: Error) -> Self {
        PerformError::Db(error)
    }
}
impl From<Refusal> for PerformError {
    fn from(refusal: Refusal) -> Self {
        PerformError::Refused(refusal)
    }
}

/// The user's relation to a plan.
pub fn relation(case: &Case, actor: &Actor, standing: &Standing, today: Date, former_days: i32) -> Relation {
    access::relation(&case.plan, Some(case.citizen.unit), actor, standing, today, former_days)
}

/// How far the user sees, who has this relation to the plan.
fn reach(case: &Case, relation: Relation, actor: &Actor, standing: &Standing, today: Date, former_days: i32) -> Reach {
    let unit = Some(case.citizen.unit);
    access::reach(relation, &case.plan, unit, actor, standing, today, former_days)
}

/// Who wants to read, and when.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    /// Who.
    pub actor: &'a Actor,
    /// What is known of the user when relations are found.
    pub standing: &'a Standing,
    /// Now.
    pub at: Timestamp,
    /// Today, in Denmark.
    pub today: Date,
    /// How many days a former coordinator keeps reading.
    pub former_days: i32,
}

/// A plan as one may read it. Where a protected citizen lives and can be reached is left out for everybody but the citizen, and what the citizen's consent
/// does not reach is left out for other units.
#[derive(Clone, Debug, PartialEq)]
pub struct Readable {
    /// The plan with its citizen.
    pub case: Case,
    /// The reader's relation to it.
    pub relation: Relation,
    /// How far the reader sees: the plan is cut to it already.
    pub reach: Reach,
    /// The emergency access it is read by, when there is no other relation.
    pub emergency: Option<Emergency>,
}

/// The plan, for those who may read it. Nothing alike for no such plan and no relation to it. Emergency access is looked for only where there is no
/// other relation, so that it costs nobody else a query.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn read_as(conn: &mut Conn, plan: PlanId, reader: &Reader<'_>) -> Result<Option<Readable>, Error> {
    let Some(mut case) = load(conn, plan).await? else {
        return Ok(None);
    };
    let mut relation = relation(&case, reader.actor, reader.standing, reader.today, reader.former_days);
    let mut emergency = None;
    let reaches = reader.standing.reaches(Some(case.citizen.unit));
    if let (false, Some(employee), true) = (access::may(relation, Action::Read), reader.actor.employee(), reaches) {
        emergency = crate::emergency::held(conn, case.citizen.id, employee, reader.at).await?;
        if let Some(taken) = &emergency {
            relation = access::in_emergency(relation, case.citizen.id, reader.actor, taken, reader.at);
        }
    }
    if relation != Relation::Citizen {
        case.citizen = case.citizen.veiled();
    }
    let reach = reach(
        &case,
        relation,
        reader.actor,
        reader.standing,
        reader.today,
        reader.former_days,
    );
    case.plan = reach.cut(&case.plan);
    Ok(access::may(relation, Action::Read).then_some(Readable {
        case,
        relation,
        reach,
        emergency,
    }))
}

/// What an employee of another unit is told, who takes part in a plan that no consent lets the unit read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Awaited {
    /// Whose plan it is.
    pub citizen: CitizenId,
    /// The citizen's name.
    pub name: String,
    /// Who coordinates the plan today, and can ask for the consent.
    pub coordinator: Option<EmployeeId>,
}

/// Whether the reader takes part in the plan and waits for the citizen's consent. Asked where [`read_as`] gave nothing.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn awaited(conn: &mut Conn, plan: PlanId, reader: &Reader<'_>) -> Result<Option<Awaited>, Error> {
    let Some(case) = load(conn, plan).await? else {
        return Ok(None);
    };
    let relation = relation(&case, reader.actor, reader.standing, reader.today, reader.former_days);
    Ok((relation == Relation::AwaitsConsent).then(|| Awaited {
        citizen: case.citizen.id,
        name: case.citizen.name.clone(),
        coordinator: case.plan.coordinator(reader.today).map(|c| c.employee),
    }))
}

/// Carries out one intended act: state, history, log, the caseload's line and the draft, in one transaction or not at all.
///
/// # Errors
/// See [`PerformError`].
pub async fn perform(db: &Db, plan: PlanId, intent: Intent, sender: &Sender) -> Result<Performed, PerformError> {
    let mut tx = db.begin_for(plan.0).await?;
    if let Some(location) = first_time(&mut tx, sender).await? {
        return Ok(Performed::Already(location));
    }
    let mut case = load(&mut tx, plan).await?.ok_or(PerformError::NotFound)?;
    let relation = relation(
        &case,
        &sender.actor,
        &sender.standing,
        sender.now.date(),
        sender.former_days,
    );
    // Who may not read does not learn that there is something to write in.
    if !access::may(relation, Action::Read) {
        return Err(PerformError::NotFound);
    }
    let reach = reach(
        &case,
        relation,
        &sender.actor,
        &sender.standing,
        sender.now.date(),
        sender.former_days,
    );
    let mut new_id = Uuid::now_v7;
    let mut ctx = Context {
        actor: &sender.actor,
        relation,
        voice: sender.voice,
        now: sender.now,
        new_id: &mut new_id,
    };
    let changes = decide::decide(&reach.cut(&case.plan), intent, &mut ctx)?;
    // Nobody writes what they may not see.
    if !changes.iter().all(|change| reach.shows(&change.after)) {
        return Err(PerformError::Refused(Refusal {
            field: "",
            why: Why::NotAllowed,
        }));
    }
    case.plan.apply(&changes);
    write(&mut tx, &case.plan, &changes, sender).await?;
    tx.commit().await?;
    case.plan = reach.cut(&case.plan);
    Ok(Performed::Done(Box::new(case)))
}

/// Takes back what one form did, if nothing has changed since.
///
/// # Errors
/// See [`PerformError`].
pub async fn undo(db: &Db, plan: PlanId, form: SubmissionId, sender: &Sender) -> Result<Performed, PerformError> {
    let acts = acts::of_submission(&mut db.read().await?, form).await?;
    // Only the one who did it, and only what belongs to the plan: the records are looked up in it.
    let own = acts.iter().all(|act| act.actor.id == sender.actor.id);
    let changes = acts.into_iter().filter_map(|act| {
        let (kind, before, reason, voice) = (act.kind, act.before, act.reason, act.voice);
        act.after.map(|after| Change {
            kind,
            before,
            after,
            reason,
            voice,
        })
    });
    let changes = if own { changes.collect() } else { vec![] };
    perform(db, plan, Intent::Undo(changes), sender).await
}

/// Opens a plan for a citizen: the plan, its first coordinator, and the log of it.
///
/// # Errors
/// [`PerformError::Taken`] when the citizen has an open plan already.
pub async fn open(
    db: &Db,
    citizen: CitizenId,
    core_task: CoreTask,
    coordinator: (EmployeeId, String),
    opened: Date,
    sender: &Sender,
) -> Result<PlanId, PerformError> {
    let mut tx = db.begin_for(citizen.0).await?;
    if first_time(&mut tx, sender).await?.is_some() {
        return current_plan(&mut tx, citizen).await?.ok_or(PerformError::NotFound);
    }
    let mut new_id = Uuid::now_v7;
    let mut ctx = Context {
        actor: &sender.actor,
        relation: Relation::Coordinator,
        voice: sender.voice,
        now: sender.now,
        new_id: &mut new_id,
    };
    let (plan, changes) = decide::open_plan(citizen, core_task, coordinator, opened, &mut ctx)?;
    write(&mut tx, &plan, &changes, sender).await?;
    tx.commit().await?;
    Ok(plan.head.id)
}

/// Notes the form as received. Answers where the first one went when it was received before.
pub(crate) async fn first_time(tx: &mut Tx, sender: &Sender) -> Result<Option<String>, Error> {
    let new = tx
        .execute(
            "INSERT INTO submission (id, at, actor_id, location) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING",
            args![sender.submission, sender.at, sender.actor.id, sender.location.clone()],
        )
        .await?;
    if new == 1 {
        return Ok(None);
    }
    let row = tx
        .row(
            "SELECT location FROM submission WHERE id = $1",
            args![sender.submission],
        )
        .await?;
    row.map(|row| row.get(0)).transpose()
}

/// Whether the employee is booked for something else while the conversation lasts. The database itself refuses two that begin at once;
/// this also finds those that only overlap.
async fn taken(tx: &mut Tx, talk: &Conversation) -> Result<bool, Error> {
    if talk.status != ConversationStatus::Booked {
        return Ok(false);
    }
    let end = |starts: DateTime, minutes: u32| starts.saturating_add(jiff::Span::new().minutes(i64::from(minutes)));
    let rows = tx
        .rows(
            "SELECT starts, minutes FROM conversation WHERE employee_id = $1 AND status = 'booked' AND id <> $2 AND starts > $3 AND starts < $4",
            args![
                talk.employee,
                talk.id,
                // No conversation is longer than eight hours.
                talk.starts.saturating_sub(jiff::Span::new().hours(8)),
                end(talk.starts, talk.minutes)
            ],
        )
        .await?;
    for row in &rows {
        if end(row.get(0)?, row.get(1)?) > talk.starts {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Writes a record about a citizen that is no part of a plan (emergency access, a correction, a hold) with its act, and throws the draft away. Read it under
/// the lock of this transaction first: the revision then cannot have moved.
pub(crate) async fn write_apart(
    tx: &mut Tx,
    citizen: CitizenId,
    kind: ActKind,
    (before, after): (Option<Record>, Record),
    sender: &Sender,
) -> Result<(), PerformError> {
    if !records::write_any(tx, &after).await? {
        return Err(PerformError::NotFound);
    }
    let act = Act {
        id: ActId(Uuid::now_v7()),
        at: sender.at,
        actor: sender.actor.clone(),
        citizen: Some(citizen),
        kind,
        submission: Some(sender.submission),
        before,
        after: Some(after),
        reason: String::new(),
        voice: sender.voice,
    };
    acts::append(tx, &[Entry { chain: citizen.0, act }]).await?;
    if let Some(form) = &sender.draft {
        crate::drafts::discard(tx, sender.actor.id, form).await?;
    }
    Ok(())
}

/// Notes what is decided once and is about no citizen's record, with its act in `chain`, and throws the draft away. `insert` ends in `ON CONFLICT … DO NOTHING`.
///
/// # Errors
/// Refused with [`Why::Changed`] when it was decided before.
pub(crate) async fn note_once(
    tx: &mut Tx,
    (insert, args): (&'static str, &[Value]),
    chain: Uuid,
    (kind, reason): (ActKind, String),
    sender: &Sender,
) -> Result<(), PerformError> {
    if tx.execute(insert, args).await? == 0 {
        return Err(PerformError::Refused(Refusal {
            field: "",
            why: Why::Changed,
        }));
    }
    let act = Act {
        id: ActId(Uuid::now_v7()),
        at: sender.at,
        actor: sender.actor.clone(),
        citizen: None,
        kind,
        submission: Some(sender.submission),
        before: None,
        after: None,
        reason,
        voice: Voice::Own,
    };
    acts::append(tx, &[Entry { chain, act }]).await?;
    if let Some(form) = &sender.draft {
        crate::drafts::discard(tx, sender.actor.id, form).await?;
    }
    Ok(())
}

/// Writes decided changes with everything that goes with them.
async fn write(tx: &mut Tx, plan: &Plan, changes: &[Change], sender: &Sender) -> Result<(), PerformError> {
    let mut entries = Vec::with_capacity(changes.len());
    for change in changes {
        if let Record::Conversation(talk) = &change.after
            && taken(tx, talk).await?
        {
            return Err(PerformError::Taken);
        }
        let written = records::write_any(tx, &change.after)
            .await
            .map_err(|error| match error {
                Error::Conflict { ref table, .. } if table == "conversation" || table == "plan" => PerformError::Taken,
                other => PerformError::Db(other),
            })?;
        if !written {
            // The plan was read under this transaction's lock, so the revision can only be behind if a record was moved between plans.
            return Err(PerformError::NotFound);
        }
        entries.push(Entry {
            chain: plan.head.citizen.0,
            act: Act {
                id: ActId(Uuid::now_v7()),
                at: sender.at,
                actor: sender.actor.clone(),
                citizen: Some(plan.head.citizen),
                kind: change.kind,
                submission: Some(sender.submission),
                before: change.before.clone(),
                after: Some(change.after.clone()),
                reason: change.reason.clone(),
                voice: change.voice,
            },
        });
    }
    if !entries.is_empty() {
        acts::append(tx, &entries).await?;
        records::write(tx, &Summary::of(plan)).await?;
    }
    if let Some(form) = &sender.draft {
        crate::drafts::discard(tx, sender.actor.id, form).await?;
    }
    Ok(())
}
