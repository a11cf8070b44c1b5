//! Everything the system holds about one citizen, in one piece: for the citizen to read and take along (GDPR articles 15 and 20).
//!
//! The names in it are a promise to whoever reads the file by machine: `docs/everything.md` tells each, and a test holds the two together. What belongs in
//! it is decided by [`crate::holdings`].

use crate::args;
use crate::db::{AssertSqlSafe, Conn, Error, Row};
use crate::keys::Place;
use crate::plans;
use crate::records::Table;
use crate::{drafts, numbers, people};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value as Json;
use tovholder_casework::access::Emergency;
use tovholder_casework::consent::Consent;
use tovholder_casework::correction::Correction;
use tovholder_casework::id::*;
use tovholder_casework::person::Citizen;
use tovholder_casework::plan::*;
use tovholder_casework::retention::Hold;
use uuid::Uuid;

/// The name of the format.
pub const FORMAT: &str = "tovholder.everything";
/// Its version: grows when a name changes or goes, not when one is added.
pub const VERSION: u32 = 1;

/// Everything about a citizen.
#[derive(Clone, Debug, Serialize)]
pub struct Everything {
    /// [`FORMAT`].
    pub format: &'static str,
    /// [`VERSION`].
    pub version: u32,
    /// When it was put together.
    pub made: Timestamp,
    /// Who the citizen is.
    pub person: Person,
    /// Periods on a benefit, first to last.
    pub benefits: Vec<Spell>,
    /// Target groups and readiness over time.
    pub classifications: Vec<Classification>,
    /// Hours paid by employers, by month.
    pub paid_hours: Vec<PaidHours>,
    /// What the national register says, by week.
    pub support_weeks: Vec<SupportWeeks>,
    /// Who was responsible before there was a plan here.
    pub responsible: Vec<Responsible>,
    /// The plans, open and closed, first to last.
    pub plans: Vec<OnePlan>,
    /// Each time somebody took emergency access.
    pub emergency_access: Vec<Emergency>,
    /// What the citizen has said is wrong, and the answers.
    pub corrections: Vec<Correction>,
    /// Why it was or is kept longer than its time.
    pub holds: Vec<Hold>,
    /// What the citizen has typed and not sent.
    pub drafts: Vec<Draft>,
    /// The citizen's log-ins.
    pub log_ins: Vec<LogIn>,
    /// Links made for the citizen to log in with.
    pub log_in_links: Vec<LogInLink>,
    /// What came from files.
    pub imports: Vec<Import>,
    /// What happened, and who looked, first to last.
    pub record: Vec<Happened>,
}

/// Who the citizen is.
#[derive(Clone, Debug, Serialize)]
pub struct Person {
    /// The CPR number, ten digits; none when the system does not know it.
    pub cpr: Option<String>,
    /// The name of the unit responsible.
    pub unit_name: String,
    /// The particulars.
    #[serde(flatten)]
    pub citizen: Citizen,
}

/// A period on a benefit.
#[derive(Clone, Debug, Serialize)]
pub struct Spell {
    /// Its id.
    pub id: Uuid,
    /// The benefit's code.
    pub benefit: String,
    /// First day.
    pub from: Date,
    /// Last day; none while it lasts.
    pub until: Option<Date>,
}

/// A target group or a readiness over time.
#[derive(Clone, Debug, Serialize)]
pub struct Classification {
    /// Its id.
    pub id: Uuid,
    /// `target_group` or `readiness`.
    pub dimension: String,
    /// The code.
    pub code: String,
    /// First day.
    pub from: Date,
    /// Last day; none while it lasts.
    pub until: Option<Date>,
}

/// Hours paid in a month.
#[derive(Clone, Debug, Serialize)]
pub struct PaidHours {
    /// Its id.
    pub id: Uuid,
    /// The month, `2026-03`.
    pub month: String,
    /// The hours.
    pub hours: f64,
}

/// What the national register of support says.
#[derive(Clone, Debug, Serialize)]
pub struct SupportWeeks {
    /// Its id.
    pub id: Uuid,
    /// The first week told of, `2024W07`.
    pub first_week: String,
    /// The last.
    pub last_week: String,
    /// First week, last week and code, with `;` between.
    pub runs: String,
}

/// An employee who was responsible.
#[derive(Clone, Debug, Serialize)]
pub struct Responsible {
    /// Its id.
    pub id: Uuid,
    /// The employee's id.
    pub employee: EmployeeId,
    /// The employee's name.
    pub name: String,
    /// First day.
    pub from: Date,
    /// Last day; none while it lasts.
    pub until: Option<Date>,
}

/// A plan with everything in it.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "each field holds the records of its name")]
pub struct OnePlan {
    #[serde(flatten)]
    pub head: PlanHead,
    pub goals: Vec<Goal>,
    pub steps: Vec<Step>,
    pub comments: Vec<Comment>,
    pub participations: Vec<Participation>,
    pub coordinations: Vec<Coordination>,
    pub handovers: Vec<Handover>,
    pub conversations: Vec<Conversation>,
    pub questions: Vec<Question>,
    pub efforts: Vec<Effort>,
    pub strengths: Vec<Strength>,
    pub ratings: Vec<Rating>,
    pub messages: Vec<Message>,
    pub consents: Vec<Consent>,
    pub closed_notes: Vec<ClosedNote>,
}

impl OnePlan {
    /// The plan as the rest of the system knows it: without the closed notes.
    #[must_use]
    pub fn plan(&self) -> Plan {
        Plan {
            head: self.head.clone(),
            goals: self.goals.clone(),
            steps: self.steps.clone(),
            comments: self.comments.clone(),
            participations: self.participations.clone(),
            coordinations: self.coordinations.clone(),
            handovers: self.handovers.clone(),
            conversations: self.conversations.clone(),
            questions: self.questions.clone(),
            efforts: self.efforts.clone(),
            strengths: self.strengths.clone(),
            ratings: self.ratings.clone(),
            messages: self.messages.clone(),
            consents: self.consents.clone(),
        }
    }
}

/// A revision of a unit's closed note, opened: the citizen reads it.
#[derive(Clone, Debug, Serialize)]
pub struct ClosedNote {
    /// The note.
    pub id: ClosedNoteId,
    /// Revision, from 1.
    pub rev: u32,
    /// The unit's id.
    pub unit: UnitId,
    /// The unit's name.
    pub unit_name: String,
    /// Who wrote this revision.
    pub author: String,
    /// The author's id.
    pub employee: EmployeeId,
    /// When.
    pub written: Timestamp,
    /// The words; none on what another hands over.
    pub text: Option<String>,
}

/// What was typed and not sent.
#[derive(Clone, Debug, Serialize)]
pub struct Draft {
    /// The form's address.
    pub form: String,
    /// When it was kept.
    pub saved: Timestamp,
    /// The fields, as a browser sends them.
    pub fields: String,
}

/// A log-in.
#[derive(Clone, Debug, Serialize)]
pub struct LogIn {
    /// When it began.
    pub began: Timestamp,
    /// When it was last used.
    pub seen: Timestamp,
    /// When it was ended; none when it ran out, or still lasts.
    pub ended: Option<Timestamp>,
    /// How: `demo`, `link`, `password` or `provider`.
    pub how: String,
    /// How sure the provider was.
    pub assurance: Option<String>,
    /// When the citizen last proved who they are.
    pub proved: Option<Timestamp>,
    /// The provider.
    pub provider: Option<String>,
    /// What the provider calls the citizen.
    pub subject: Option<String>,
    /// The browser.
    pub device: String,
}

/// A link to log in with.
#[derive(Clone, Debug, Serialize)]
pub struct LogInLink {
    /// Until when it holds.
    pub expires: Timestamp,
    /// When it was used.
    pub used: Option<Timestamp>,
}

/// What a row of a file made or changed.
#[derive(Clone, Debug, Serialize)]
pub struct Import {
    /// The file's number.
    pub batch: BatchId,
    /// What it was a file of.
    pub kind: String,
    /// What the file was called.
    pub file: String,
    /// Who brought it in.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// The line.
    pub line: i64,
    /// What it is about.
    pub item: Uuid,
    /// What people recognise it by.
    pub name: String,
    /// As it was before; none when the row made it.
    pub before: Option<Json>,
    /// As the row made it.
    pub after: Json,
    /// Why it stayed when the file was taken back.
    pub kept: Option<String>,
}

/// A change or a look, as the record keeps it.
#[derive(Clone, Debug, Serialize)]
pub struct Happened {
    /// Its id.
    pub id: ActId,
    /// Its number among all that happened to this citizen.
    pub number: i64,
    /// When.
    pub at: Timestamp,
    /// `citizen`, `employee` or `system`.
    pub by_kind: String,
    /// Who, by id.
    pub by_id: Uuid,
    /// Who, by name at the time.
    pub by: String,
    /// From which unit.
    pub unit: String,
    /// What was done.
    pub kind: String,
    /// The form it came with.
    pub form: Option<SubmissionId>,
    /// The part of the plan before.
    pub before: Option<Json>,
    /// The part of the plan after.
    pub after: Option<Json>,
    /// Why; of a look, what was looked at.
    pub reason: String,
    /// Whose words.
    pub voice: String,
}

impl Everything {
    /// The file, on one line.
    #[must_use]
    pub fn line(&self) -> String {
        // Plain data with string keys always becomes JSON.
        serde_json::to_string(self).unwrap_or_default()
    }
}

async fn rows<T>(
    conn: &mut Conn,
    sql: &'static str,
    citizen: CitizenId,
    read: impl Fn(&Row) -> Result<T, Error>,
) -> Result<Vec<T>, Error> {
    conn.rows(sql, args![citizen]).await?.iter().map(read).collect()
}

/// A text that was written as JSON. One that is not stands as it is, so that nothing is left out.
fn json(text: String) -> Json {
    serde_json::from_str(&text).unwrap_or(Json::String(text))
}

/// Everything about a citizen; none when there is no such citizen. Asking for it is not logged here: whoever shows it does that first.
///
/// # Errors
/// As [`Conn::rows`], and when something sealed does not open.
pub async fn of(conn: &mut Conn, citizen: CitizenId, made: Timestamp) -> Result<Option<Everything>, Error> {
    put_together(conn, citizen, made, Reader::Citizen).await
}

/// As [`of`], for an employee to hand over on paper: without what only the citizen reads (drafts, the CPR number and the words of the units' closed
/// notes), and without where a protected citizen lives and can be reached, for paper lies about.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn to_hand_over(conn: &mut Conn, citizen: CitizenId, made: Timestamp) -> Result<Option<Everything>, Error> {
    let mut all = put_together(conn, citizen, made, Reader::Employee).await?;
    if let Some(all) = all.as_mut().filter(|all| all.person.citizen.protected) {
        all.person.citizen = all.person.citizen.veiled();
        for one in &mut all.imports {
            (one.before, one.after) = (None, Json::Null);
        }
    }
    Ok(all)
}

/// Who reads what is put together.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reader {
    /// The citizen: all of it.
    Citizen,
    /// The employee who hands it over: what is sealed stays so.
    Employee,
}

async fn put_together(
    conn: &mut Conn,
    citizen: CitizenId,
    made: Timestamp,
    reader: Reader,
) -> Result<Option<Everything>, Error> {
    let Some(person) = people::find_citizen(conn, citizen).await? else {
        return Ok(None);
    };
    let unit = "SELECT name FROM unit WHERE id = $1";
    let unit = conn.row(unit, args![person.unit]).await?;
    let person = Person {
        cpr: match reader {
            Reader::Citizen => numbers::of(conn, citizen).await?.map(|cpr| cpr.digits()),
            Reader::Employee => None,
        },
        unit_name: unit.map(|row| row.get(0)).transpose()?.unwrap_or_default(),
        citizen: person,
    };
    Ok(Some(Everything {
        format: FORMAT,
        version: VERSION,
        made,
        benefits: rows(
            conn,
            "SELECT id, benefit, starts, ends FROM spell WHERE citizen_id = $1 ORDER BY starts, id",
            citizen,
            |row| {
                let mut f = row.fields();
                Ok(Spell {
                    id: f.next()?,
                    benefit: f.next()?,
                    from: f.next()?,
                    until: f.next()?,
                })
            },
        )
        .await?,
        classifications: rows(
            conn,
            "SELECT id, dimension, code, starts, ends FROM classification WHERE citizen_id = $1 ORDER BY dimension, starts, id",
            citizen,
            |row| {
                let mut f = row.fields();
                Ok(Classification {
                    id: f.next()?,
                    dimension: f.next()?,
                    code: f.next()?,
                    from: f.next()?,
                    until: f.next()?,
                })
            },
        )
        .await?,
        paid_hours: rows(
            conn,
            "SELECT id, month, hours FROM earning WHERE citizen_id = $1 ORDER BY month, id",
            citizen,
            |row| {
                let mut f = row.fields();
                Ok(PaidHours {
                    id: f.next()?,
                    month: f.next()?,
                    hours: f.next()?,
                })
            },
        )
        .await?,
        support_weeks: rows(
            conn,
            "SELECT id, first_week, last_week, runs FROM support_history WHERE citizen_id = $1",
            citizen,
            |row| {
                let mut f = row.fields();
                Ok(SupportWeeks {
                    id: f.next()?,
                    first_week: f.next()?,
                    last_week: f.next()?,
                    runs: f.next()?,
                })
            },
        )
        .await?,
        responsible: rows(
            conn,
            "SELECT a.id, a.employee_id, e.name, a.starts, a.ends FROM assignment a JOIN employee e ON e.id = a.employee_id \
             WHERE a.citizen_id = $1 ORDER BY a.starts, a.id",
            citizen,
            |row| {
                let mut f = row.fields();
                Ok(Responsible {
                    id: f.next()?,
                    employee: f.next()?,
                    name: f.next()?,
                    from: f.next()?,
                    until: f.next()?,
                })
            },
        )
        .await?,
        plans: all_plans(conn, citizen, reader).await?,
        emergency_access: emergencies(conn, citizen).await?,
        corrections: crate::corrections::of_citizen(conn, citizen).await?,
        holds: crate::retention::holds(conn, citizen).await?,
        drafts: match reader {
            Reader::Citizen => all_drafts(conn, citizen).await?,
            Reader::Employee => vec![],
        },
        log_ins: rows(
            conn,
            "SELECT created, seen, ended, how, assurance, proved, issuer, subject, device FROM session WHERE user_id = $1 ORDER BY created",
            citizen,
            |row| {
                let mut f = row.fields();
                Ok(LogIn {
                    began: f.next()?,
                    seen: f.next()?,
                    ended: f.next()?,
                    how: f.next()?,
                    assurance: f.next()?,
                    proved: f.next()?,
                    provider: f.next()?,
                    subject: f.next()?,
                    device: f.next()?,
                })
            },
        )
        .await?,
        log_in_links: rows(
            conn,
            "SELECT expires, used FROM log_in_link WHERE user_id = $1 ORDER BY expires",
            citizen,
            |row| {
                Ok(LogInLink {
                    expires: row.get(0)?,
                    used: row.get(1)?,
                })
            },
        )
        .await?,
        imports: imports(conn, citizen).await?,
        record: record(conn, citizen).await?,
        person,
    }))
}

async fn all_plans(conn: &mut Conn, citizen: CitizenId, reader: Reader) -> Result<Vec<OnePlan>, Error> {
    let sql = "SELECT id FROM plan WHERE citizen_id = $1 ORDER BY opened, id";
    let ids: Vec<PlanId> = rows(conn, sql, citizen, |row| row.get(0)).await?;
    let mut all = Vec::new();
    for id in ids {
        // Read in the caller's transaction or right after each other: a plan does not go away.
        let Some(plans::Case { plan, .. }) = plans::load(conn, id).await? else {
            continue;
        };
        all.push(OnePlan {
            closed_notes: closed_notes(conn, id, reader).await?,
            head: plan.head,
            goals: plan.goals,
            steps: plan.steps,
            comments: plan.comments,
            participations: plan.participations,
            coordinations: plan.coordinations,
            handovers: plan.handovers,
            conversations: plan.conversations,
            questions: plan.questions,
            efforts: plan.efforts,
            strengths: plan.strengths,
            ratings: plan.ratings,
            messages: plan.messages,
            consents: plan.consents,
        });
    }
    Ok(all)
}

/// Every revision of every unit's note. [`tovholder_casework::closed::may_read`] lets the citizen read them all.
async fn closed_notes(conn: &mut Conn, plan: PlanId, reader: Reader) -> Result<Vec<ClosedNote>, Error> {
    let sql = "SELECT n.id, n.rev, n.unit_id, u.name, n.author, n.employee_id, n.written, n.sealed FROM closed_note n \
               JOIN unit u ON u.id = n.unit_id WHERE n.plan_id = $1 ORDER BY u.name, n.id, n.rev";
    let rows = conn.rows(sql, args![plan]).await?;
    rows.iter()
        .map(|row| {
            let mut f = row.fields();
            let (id, rev): (ClosedNoteId, u32) = (f.next()?, f.next()?);
            let (unit, unit_name, author) = (f.next()?, f.next()?, f.next()?);
            let (employee, written, sealed): (_, _, Vec<u8>) = (f.next()?, f.next()?, f.next()?);
            let place = Place::new("closed_note", "sealed", args![id, rev]);
            Ok(ClosedNote {
                id,
                rev,
                unit,
                unit_name,
                author,
                employee,
                written,
                text: match reader {
                    Reader::Citizen => Some(conn.keys().open(&place, &sealed)?),
                    Reader::Employee => None,
                },
            })
        })
        .collect()
}

async fn emergencies(conn: &mut Conn, citizen: CitizenId) -> Result<Vec<Emergency>, Error> {
    let sql = format!(
        "SELECT {} FROM emergency WHERE citizen_id = $1 ORDER BY starts, id",
        Emergency::COLUMNS.join(", ")
    );
    let rows = conn.rows(AssertSqlSafe(sql), args![citizen]).await?;
    rows.iter().map(|row| Emergency::read(&mut row.fields())).collect()
}

async fn all_drafts(conn: &mut Conn, citizen: CitizenId) -> Result<Vec<Draft>, Error> {
    let sql = "SELECT form, saved, sealed FROM draft WHERE user_id = $1 ORDER BY saved, form";
    let rows = conn.rows(sql, args![citizen]).await?;
    rows.iter()
        .map(|row| {
            let form: String = row.get(0)?;
            let sealed: Vec<u8> = row.get(2)?;
            Ok(Draft {
                fields: conn.keys().open(&drafts::place(citizen.0, &form), &sealed)?,
                saved: row.get(1)?,
                form,
            })
        })
        .collect()
}

async fn imports(conn: &mut Conn, citizen: CitizenId) -> Result<Vec<Import>, Error> {
    let whose = crate::holdings::HOLDINGS.iter().find(|h| h.table == "import_change");
    let whose = whose.map_or("item_id = $1", |h| h.whose);
    let sql = format!(
        "SELECT c.batch_id, b.kind, b.file_name, b.actor_name, b.uploaded, c.line, c.item_id, c.name, c.item_before, c.item_after, c.kept \
         FROM import_change c JOIN import_batch b ON b.id = c.batch_id WHERE {whose} ORDER BY b.uploaded, c.line"
    );
    let rows = conn.rows(AssertSqlSafe(sql), args![citizen]).await?;
    rows.iter()
        .map(|row| {
            let mut f = row.fields();
            Ok(Import {
                batch: f.next()?,
                kind: f.next()?,
                file: f.next()?,
                by: f.next()?,
                at: f.next()?,
                line: f.next()?,
                item: f.next()?,
                name: f.next()?,
                before: f.next::<Option<String>>()?.map(json),
                after: json(f.next()?),
                kept: f.next()?,
            })
        })
        .collect()
}

async fn record(conn: &mut Conn, citizen: CitizenId) -> Result<Vec<Happened>, Error> {
    let sql = "SELECT id, seq, at, actor_kind, actor_id, actor_name, actor_unit, kind, submission, record_before, record_after, reason, voice \
               FROM act WHERE chain = $1 ORDER BY seq";
    rows(conn, sql, citizen, |row| {
        let mut f = row.fields();
        Ok(Happened {
            id: f.next()?,
            number: f.next()?,
            at: f.next()?,
            by_kind: f.next()?,
            by_id: f.next()?,
            by: f.next()?,
            unit: f.next()?,
            kind: f.next()?,
            form: f.next()?,
            before: f.next::<Option<String>>()?.map(json),
            after: f.next::<Option<String>>()?.map(json),
            reason: f.next()?,
            voice: f.next()?,
        })
    })
    .await
}
