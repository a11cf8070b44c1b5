//! Pseudonymised data for research: what an export is made of, its pseudonyms, and the register of who got what.
//!
//! Names, CPR numbers, addresses and texts are never read. The register and the log are written in one transaction: every person who is in an export reads
//! it in their record, and `tovholder verify` looks for each line of the register in the log.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use ring::hmac;
use ring::rand::{SecureRandom, SystemRandom};
use tovholder_casework::act::{Act, ActKind, Actor, PageKey, Voice};
use tovholder_casework::correction::{Outcome, Wish};
use tovholder_casework::id::*;
use tovholder_casework::research::*;
use uuid::Uuid;

use crate::acts::{self, Entry};
use crate::args;
use crate::db::{AssertSqlSafe, Conn, Db, Error, Row};
use crate::keys::{KEY_BYTES, KeyError, Place};
use crate::plans::{self, PerformError, Sender};

// What an export is made of -------------------------------------------------------------------------------------------------------

/// Everything an export of the period is made of. Read it from one moment ([`Db::snapshot`]).
///
/// # Errors
/// As [`Conn::rows`].
pub async fn material(conn: &mut Conn, from: Date, until: Date) -> Result<Material, Error> {
    let period = args![from, until];
    let objects = objecting(conn).await?;
    let mut all = Material::default();
    let people = "SELECT c.id, c.birth_date, c.postcode, u.kind, c.protected FROM citizen c JOIN unit u ON u.id = c.unit_id \
         WHERE EXISTS (SELECT 1 FROM spell s WHERE s.citizen_id = c.id AND s.starts <= $2 AND (s.ends IS NULL OR s.ends >= $1)) \
         OR EXISTS (SELECT 1 FROM plan p WHERE p.citizen_id = c.id AND p.opened <= $2 AND (p.closed IS NULL OR p.closed >= $1))";
    for row in conn.rows(people, period).await? {
        let citizen: CitizenId = row.get(0)?;
        all.people.push(Person {
            citizen,
            born: row.get::<Date>(1)?.year(),
            postcode: row.get(2)?,
            unit: row.get(3)?,
            left_out: left_out(row.get(4)?, objects.contains(&citizen)),
        });
    }
    let spells =
        "SELECT citizen_id, benefit, starts, ends FROM spell WHERE starts <= $2 AND (ends IS NULL OR ends >= $1)";
    for row in conn.rows(spells, period).await? {
        let mut f = row.fields();
        all.spells.push(Spell {
            citizen: f.next()?,
            benefit: f.next()?,
            from: f.next()?,
            until: f.next()?,
        });
    }
    let mut steps: HashMap<PlanId, [u32; 3]> = HashMap::new();
    let counted = "SELECT plan_id, SUM(CASE WHEN since BETWEEN $1 AND $2 THEN 1 ELSE 0 END), \
         SUM(CASE WHEN status = 'done' AND ended BETWEEN $1 AND $2 THEN 1 ELSE 0 END), \
         SUM(CASE WHEN status = 'dropped' AND ended BETWEEN $1 AND $2 THEN 1 ELSE 0 END) FROM step GROUP BY plan_id";
    for row in conn.rows(counted, period).await? {
        steps.insert(row.get(0)?, [row.get(1)?, row.get(2)?, row.get(3)?]);
    }
    let plans = "SELECT id, citizen_id, core_task, opened, closed FROM plan WHERE opened <= $2 AND (closed IS NULL OR closed >= $1)";
    for row in conn.rows(plans, period).await? {
        let mut f = row.fields();
        let plan: PlanId = f.next()?;
        let [agreed, done, dropped] = steps.get(&plan).copied().unwrap_or_default();
        all.plans.push(OnePlan {
            plan,
            citizen: f.next()?,
            core_task: f.next()?,
            opened: f.next()?,
            closed: f.next()?,
            steps: agreed,
            done,
            dropped,
        });
    }
    let efforts = "SELECT plan_id, kind, company_id, starts, ends, hours FROM effort \
         WHERE NOT withdrawn AND starts <= $2 AND (ends IS NULL OR ends >= $1)";
    for row in conn.rows(efforts, period).await? {
        let mut f = row.fields();
        all.efforts.push(OneEffort {
            plan: f.next()?,
            kind: f.next()?,
            at_company: f.next::<Option<CompanyId>>()?.is_some(),
            from: f.next()?,
            until: f.next()?,
            hours: serde_json::from_str(&f.next::<String>()?).map_err(|_| Error::Value {
                column: "hours".to_owned(),
                wanted: "a series of hours as JSON",
                found: "other text",
            })?,
        });
    }
    let talks =
        "SELECT plan_id, substr(starts, 1, 10), channel, status FROM conversation WHERE starts >= $1 AND starts < $2";
    for row in conn.rows(talks, args![from, until.saturating_add(1.day())]).await? {
        let mut f = row.fields();
        all.talks.push(Talk {
            plan: f.next()?,
            on: f.next()?,
            channel: f.next()?,
            status: f.next()?,
        });
    }
    let answers =
        "SELECT plan_id, given, rater, precondition, value FROM rating WHERE NOT withdrawn AND given BETWEEN $1 AND $2";
    for row in conn.rows(answers, period).await? {
        let mut f = row.fields();
        all.answers.push(Answer {
            plan: f.next()?,
            on: f.next()?,
            rater: f.next()?,
            precondition: f.next()?,
            value: f.next()?,
        });
    }
    let coordinators = "SELECT plan_id, employee_id, starts, ends FROM coordination WHERE starts <= $2 AND (ends IS NULL OR ends >= $1)";
    for row in conn.rows(coordinators, period).await? {
        let mut f = row.fields();
        all.coordinators.push(Coordinator {
            plan: f.next()?,
            employee: f.next()?,
            from: f.next()?,
            until: f.next()?,
        });
    }
    Ok(all)
}

/// Those who have said no to something being done with what is held about them.
async fn objecting(conn: &mut Conn) -> Result<HashSet<CitizenId>, Error> {
    let rows = conn
        .rows("SELECT citizen_id, wish, outcome FROM correction", args![])
        .await?;
    let mut all = HashSet::new();
    for row in &rows {
        if objects(row.get::<Wish>(1)?, row.get::<Option<Outcome>>(2)?) {
            all.insert(row.get(0)?);
        }
    }
    Ok(all)
}

const fn left_out(protected: bool, objects: bool) -> Option<LeftOut> {
    match (protected, objects) {
        (true, _) => Some(LeftOut::Protected),
        (false, true) => Some(LeftOut::Objects),
        (false, false) => None,
    }
}

// Pseudonyms ----------------------------------------------------------------------------------------------------------------------

/// The pseudonyms of one project. Its key is drawn when the project first gets something, lies sealed in the database, and is nobody else's: what two
/// projects hold cannot be joined.
pub struct Pseudonyms {
    project: ProjectId,
    reference: String,
    key: hmac::Key,
    /// Of a project that is new, to be kept when the export is recorded.
    sealed: Option<Vec<u8>>,
}

impl Pseudonyms {
    /// Those of the project with this number in the municipality's records, which may be a new one.
    ///
    /// # Errors
    /// As [`Conn::row`], and when there is no key to seal with or the project's does not open.
    pub async fn of(conn: &mut Conn, reference: &str) -> Result<Self, Error> {
        let place = |project: ProjectId| Place::new("research_project", "sealed", args![project]);
        let sql = "SELECT id, sealed FROM research_project WHERE reference = $1";
        let known = conn.row(sql, args![reference]).await?;
        let (project, hex, sealed) = match known {
            Some(row) => {
                let project = row.get(0)?;
                (
                    project,
                    conn.keys().open(&place(project), &row.get::<Vec<u8>>(1)?)?,
                    None,
                )
            }
            None => {
                let project = ProjectId(Uuid::now_v7());
                let mut bytes = [0; KEY_BYTES];
                let drawn = SystemRandom::new().fill(&mut bytes);
                drawn.map_err(|_| KeyError::NoRandomness)?;
                let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
                let sealed = conn.keys().seal(&place(project), &hex)?;
                (project, hex, Some(sealed))
            }
        };
        Ok(Self {
            project,
            reference: reference.to_owned(),
            key: hmac::Key::new(hmac::HMAC_SHA256, hex.as_bytes()),
            sealed,
        })
    }

    /// The pseudonym of a person or a plan: 32 hexadecimal digits.
    #[must_use]
    pub fn pseudonym(&self, id: Uuid) -> String {
        let mark = hmac::sign(&self.key, id.as_bytes());
        mark.as_ref()[..16].iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

// The register --------------------------------------------------------------------------------------------------------------------

/// An export as the register has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registered {
    /// Its id.
    pub id: ExportId,
    /// Who got it, for what and until when.
    pub request: Request,
    /// When it was made.
    pub made: Timestamp,
    /// Who answers for it.
    pub employee: String,
    /// Of which period, and how exact.
    pub scope: Scope,
    /// What was told of the persons, in words.
    pub coarsened: String,
    /// How many persons.
    pub persons: u32,
    /// How many were withheld because too few were like them.
    pub withheld: u32,
    /// How many were left out: protected, or they said no.
    pub left_out: u32,
    /// The columns of the files.
    pub told: String,
    /// The SHA-256 sum of the list of the files' sums.
    pub sha256: String,
    /// That the recipient has deleted it.
    pub deletion: Option<Deletion>,
}

/// That a recipient has deleted what they got.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deletion {
    /// The day they did.
    pub day: Date,
    /// How the municipality knows.
    pub remark: String,
    /// Who noted it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

impl Registered {
    /// Whether the recipient should have deleted it, and nothing says that they have.
    #[must_use]
    pub fn is_overdue(&self, today: Date) -> bool {
        self.deletion.is_none() && self.request.delete_by < today
    }
}

const REGISTER: &str = "SELECT e.id, p.reference, e.project, e.recipient, e.purpose, e.basis, e.permission, e.delete_by, e.made, e.employee, \
     e.first_day, e.last_day, e.k, e.grain, e.coarsened, e.persons, e.withheld, e.left_out, e.told, e.sha256, d.day, d.remark, d.by_name, d.at \
     FROM research_export e JOIN research_project p ON p.id = e.project_id LEFT JOIN research_deletion d ON d.export_id = e.id";

fn registered(row: &Row) -> Result<Registered, Error> {
    let mut f = row.fields();
    let id = f.next()?;
    let request = Request {
        reference: f.next()?,
        project: f.next()?,
        recipient: f.next()?,
        purpose: f.next()?,
        basis: f.next()?,
        permission: f.next()?,
        delete_by: f.next()?,
    };
    let (made, employee) = (f.next()?, f.next()?);
    let scope = Scope {
        from: f.next()?,
        until: f.next()?,
        k: f.next()?,
        grain: f.next()?,
    };
    Ok(Registered {
        id,
        request,
        made,
        employee,
        scope,
        coarsened: f.next()?,
        persons: f.next()?,
        withheld: f.next()?,
        left_out: f.next()?,
        told: f.next()?,
        sha256: f.next()?,
        deletion: match f.next::<Option<Date>>()? {
            Some(day) => Some(Deletion {
                day,
                remark: f.next()?,
                by: f.next()?,
                at: f.next()?,
            }),
            None => None,
        },
    })
}

/// The whole register, the latest first.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn register(conn: &mut Conn) -> Result<Vec<Registered>, Error> {
    let sql = format!("{REGISTER} ORDER BY e.made DESC, e.id DESC");
    let rows = conn.rows(AssertSqlSafe(sql), args![]).await?;
    rows.iter().map(registered).collect()
}

/// One export.
///
/// # Errors
/// As [`Conn::row`].
pub async fn find(conn: &mut Conn, id: ExportId) -> Result<Option<Registered>, Error> {
    let sql = format!("{REGISTER} WHERE e.id = $1");
    let row = conn.row(AssertSqlSafe(sql), args![id]).await?;
    row.as_ref().map(registered).transpose()
}

/// Whether an export with this sum is in the register.
///
/// # Errors
/// As [`Conn::row`].
pub async fn is_registered(conn: &mut Conn, sha256: &str) -> Result<bool, Error> {
    let sql = "SELECT id FROM research_export WHERE sha256 = $1";
    Ok(conn.row(sql, args![sha256]).await?.is_some())
}

/// What there is to write down about a finished export, besides its request and scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finished<'a> {
    /// The request.
    pub request: &'a Request,
    /// The scope.
    pub scope: &'a Scope,
    /// The persons who are in it.
    pub persons: &'a [CitizenId],
    /// What was told of them, in words.
    pub coarsened: String,
    /// How many were withheld.
    pub withheld: usize,
    /// How many were left out.
    pub left_out: usize,
    /// The columns of the files.
    pub told: String,
    /// The SHA-256 sum of the list of the files' sums.
    pub sha256: String,
}

/// What came of recording an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recorded {
    /// It is in the register, and in everybody's log.
    Done(ExportId),
    /// So many of those in it have gone, become protected or said no since it was read. Nothing was written, and nothing may leave.
    Meanwhile(usize),
}

/// Writes an export into the register and into the record of every person in it, in one transaction or not at all. Nothing may leave before.
///
/// # Errors
/// As [`Conn::execute`]; [`Error::Conflict`] when another export has just begun the same project.
pub async fn record(
    db: &Db,
    pseudonyms: &Pseudonyms,
    finished: &Finished<'_>,
    by: &Actor,
    at: Timestamp,
) -> Result<Recorded, Error> {
    let mut tx = db.begin().await?;
    // Alone from here on: whoever says no from now on is told that it has left.
    let objects = objecting(&mut tx).await?;
    let mut fit = HashSet::new();
    for row in tx.rows("SELECT id, protected FROM citizen", args![]).await? {
        let id: CitizenId = row.get(0)?;
        if left_out(row.get(1)?, objects.contains(&id)).is_none() {
            fit.insert(id);
        }
    }
    let unfit = finished.persons.iter().filter(|id| !fit.contains(id)).count();
    if unfit > 0 {
        tx.rollback().await?;
        return Ok(Recorded::Meanwhile(unfit));
    }
    if let Some(sealed) = &pseudonyms.sealed {
        tx.execute(
            "INSERT INTO research_project (id, reference, sealed) VALUES ($1, $2, $3)",
            args![pseudonyms.project, pseudonyms.reference.clone(), sealed.clone()],
        )
        .await?;
    }
    let (id, request, scope) = (ExportId(Uuid::now_v7()), finished.request, finished.scope);
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    tx.execute(
        "INSERT INTO research_export (id, project_id, project, recipient, purpose, basis, permission, delete_by, made, employee_id, employee, \
         first_day, last_day, k, grain, coarsened, persons, withheld, left_out, told, sha256) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)",
        args![
            id,
            pseudonyms.project,
            request.project.clone(),
            request.recipient.clone(),
            request.purpose.clone(),
            request.basis.clone(),
            request.permission.clone(),
            request.delete_by,
            at,
            by.id,
            by.name.clone(),
            scope.from,
            scope.until,
            scope.k,
            scope.grain,
            finished.coarsened.clone(),
            number(finished.persons.len()),
            number(finished.withheld),
            number(finished.left_out),
            finished.told.clone(),
            finished.sha256.clone()
        ],
    )
    .await?;
    let act = |citizen: Option<CitizenId>, note: &str| Act {
        id: ActId(Uuid::now_v7()),
        at,
        actor: by.clone(),
        citizen,
        kind: ActKind::Exported,
        submission: None,
        before: None,
        after: None,
        reason: Act::looking_at(PageKey::Research, note),
        voice: Voice::Own,
    };
    let note = format!("{} ({})", request.project, request.recipient);
    let mut entries: Vec<Entry> = finished
        .persons
        .iter()
        .map(|citizen| Entry {
            chain: citizen.0,
            act: act(Some(*citizen), &note),
        })
        .collect();
    let note = format!(
        "{}, {} persons, sha256 {}",
        request.reference,
        finished.persons.len(),
        finished.sha256
    );
    entries.push(Entry {
        chain: by.id,
        act: act(None, &note),
    });
    acts::append_each(&mut tx, &entries).await?;
    tx.commit().await?;
    Ok(Recorded::Done(id))
}

/// How many lines of the register are not in the log of whoever answers for them, or are there with another sum.
///
/// # Errors
/// As [`Conn::row`].
pub async fn unlogged(conn: &mut Conn) -> Result<i64, Error> {
    let sql = "SELECT COUNT(*) FROM research_export e WHERE NOT EXISTS (SELECT 1 FROM act a WHERE a.chain = e.employee_id \
         AND a.kind = 'export' AND a.reason LIKE 'research: %' || e.sha256)";
    conn.row(sql, args![]).await?.ok_or(Error::Failed)?.get(0)
}

/// Notes that a recipient has deleted what they got. The caller has made sure that the sender may. Answers where the form went when it was carried out before.
///
/// # Errors
/// [`PerformError::NotFound`] when there is no such export; a refusal, see [`deleted`], and when it is noted already.
pub async fn note_deletion(
    db: &Db,
    id: ExportId,
    day: Date,
    remark: &str,
    made_on: impl Fn(Timestamp) -> Date,
    sender: &Sender,
) -> Result<Option<String>, PerformError> {
    let mut tx = db.begin_for(id.0).await?;
    if let Some(location) = plans::first_time(&mut tx, sender).await? {
        return Ok(Some(location));
    }
    let export = find(&mut tx, id).await?.ok_or(PerformError::NotFound)?;
    let remark = deleted(day, remark, made_on(export.made), sender.now.date())?;
    let insert = "INSERT INTO research_deletion (export_id, day, remark, by_id, by_name, at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (export_id) DO NOTHING";
    let (by, name) = (sender.actor.id, sender.actor.name.clone());
    let reason = format!("{}: {day}: {remark}", export.sha256);
    plans::note_once(
        &mut tx,
        (insert, args![id, day, remark, by, name, sender.at]),
        by,
        (ActKind::ResearchDeleted, reason),
        sender,
    )
    .await?;
    tx.commit().await?;
    Ok(None)
}
