//! Finding citizens, colleagues and companies by the beginnings of the words of their names.
//!
//! A citizen is found by those who may open the plan, and by nobody else. Names lie folded in `name_word`; whoever writes a
//! name calls [`index`] in the same transaction.

use crate::args;
use crate::caseload::{Args, danish, has_words};
use crate::db::{AssertSqlSafe, Conn, Error, Tx};
use crate::names::name_words;
use jiff::civil::Date;
use tovholder_casework::cpr::Cpr;
use tovholder_casework::id::*;
use uuid::Uuid;

/// What a name belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// A citizen.
    Citizen,
    /// An employee.
    Employee,
    /// A company.
    Company,
}
impl Named {
    const fn as_str(self) -> &'static str {
        match self {
            Named::Citizen => "citizen",
            Named::Employee => "employee",
            Named::Company => "company",
        }
    }
}

/// Makes a name findable, in the caller's transaction. A name it had before is no longer found.
///
/// # Errors
/// As [`Conn::execute`].
pub async fn index(tx: &mut Tx, named: Named, id: impl Into<Uuid>, name: &str) -> Result<(), Error> {
    let id = id.into();
    tx.execute("DELETE FROM name_word WHERE id = $1", args![id]).await?;
    let rows: Vec<_> = name_words(name)
        .into_iter()
        .map(|word| args![word, named.as_str(), id].to_vec())
        .collect();
    tx.insert_many("INSERT INTO name_word (word, kind, id)", &rows)
        .await
        .map(drop)
}

/// Who searches: what decides which plans may be opened.
#[derive(Clone, Debug)]
pub struct Seeker {
    /// The employee.
    pub employee: EmployeeId,
    /// Their own unit, when their role lets them open a plan for a citizen of the unit who has none.
    pub unit: Option<UnitId>,
    /// The units they lead.
    pub leads: Vec<UnitId>,
    /// Only citizens of these units: [`tovholder_casework::access::Standing::only`].
    pub only: Option<Vec<UnitId>>,
    /// Today.
    pub today: Date,
    /// How many days a former coordinator keeps reading.
    pub former_days: i32,
}
impl Seeker {
    /// Whether the seeker may open the plan in `plan` of the citizen `c`: the relations of `casework::access`, in SQL.
    pub(crate) fn related(&self, plan: &str, args: &mut Args) -> String {
        let me = args.put(self.employee);
        let today = args.put(self.today);
        let former = args.put(self.today.saturating_sub(jiff::Span::new().days(self.former_days)));
        let takes_part = crate::consents::taking_part(&me, &today);
        let leads = args.list(self.leads.iter().copied());
        let within = self.within(args);
        format!(
            "(({plan} IN (SELECT plan_id FROM coordination WHERE employee_id = {me} AND (ends IS NULL OR ends >= {former}) \
             UNION {takes_part}) \
             OR c.unit_id IN ({leads})) AND {within})"
        )
    }
}

impl Seeker {
    /// Whether the session reaches the citizen `c`.
    fn within(&self, args: &mut Args) -> String {
        match &self.only {
            None => "1 = 1".to_owned(),
            Some(units) => format!("c.unit_id IN ({})", args.list(units.iter().copied())),
        }
    }

    /// Whether the seeker may open a plan for the citizen `c`, who has no open plan (`casework::access::may_open_plan`, in SQL).
    fn may_open(&self, args: &mut Args) -> String {
        let units = args.list(self.unit.iter().chain(&self.leads).copied());
        let within = self.within(args);
        format!("((s.plan_id IS NULL OR s.closed IS NOT NULL) AND c.unit_id IN ({units}) AND {within})")
    }
}

/// A citizen who was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundCitizen {
    /// Who.
    pub id: CitizenId,
    /// The name.
    pub name: String,
    /// Date of birth, to tell two of the same name apart.
    pub birth_date: Date,
    /// The plan to open: the open one, else the one closed last; none when there has never been one.
    pub plan: Option<PlanId>,
    /// Whether that plan is closed.
    pub closed: bool,
    /// The coordinator's name.
    pub coordinator: String,
    /// The coordinator's telephone, or else the unit's.
    pub phone: String,
    /// The responsible unit's name.
    pub unit: String,
    /// Name and address are protected.
    pub protected: bool,
    /// Whether the seeker may open the plan's pages.
    pub related: bool,
    /// Whether the seeker may open a new plan for the citizen.
    pub may_open: bool,
}

const CITIZEN: &str = "SELECT c.id, c.name, c.birth_date, s.plan_id, COALESCE(s.closed, ''), COALESCE(e.name, ''), \
     COALESCE(NULLIF(e.phone, ''), u.phone), u.name, CASE WHEN c.protected = TRUE THEN 1 ELSE 0 END";
const CITIZEN_FROM: &str = "FROM citizen c JOIN unit u ON u.id = c.unit_id LEFT JOIN plan_summary s ON s.citizen_id = c.id AND s.plan_id = \
     (SELECT p.id FROM plan p WHERE p.citizen_id = c.id ORDER BY CASE WHEN p.closed IS NULL THEN 0 ELSE 1 END, p.closed DESC LIMIT 1)";

fn citizen(row: &crate::db::Row) -> Result<FoundCitizen, Error> {
    let mut f = row.fields();
    let (id, name, birth_date, plan) = (f.next()?, f.next()?, f.next()?, f.next()?);
    let closed: String = f.next()?;
    Ok(FoundCitizen {
        id,
        name,
        birth_date,
        plan,
        closed: !closed.is_empty(),
        coordinator: f.next()?,
        phone: f.next()?,
        unit: f.next()?,
        protected: f.next::<i64>()? == 1,
        related: f.next::<i64>()? == 1,
        may_open: f.next::<i64>()? == 1,
    })
}

/// Citizens the seeker may open, by name. Every word typed must begin a word of the name. One query.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn citizens(conn: &mut Conn, typed: &str, seeker: &Seeker, limit: u32) -> Result<Vec<FoundCitizen>, Error> {
    if name_words(typed).is_empty() {
        return Ok(vec![]);
    }
    let mut args = Args::default();
    let related = seeker.related("s.plan_id", &mut args);
    let may_open = seeker.may_open(&mut args);
    let words = has_words("c.id", typed, &mut args);
    let sql = format!(
        "{CITIZEN}, CASE WHEN {related} THEN 1 ELSE 0 END, CASE WHEN {may_open} THEN 1 ELSE 0 END {CITIZEN_FROM} \
         LEFT JOIN employee e ON e.id = s.coordinator_id WHERE ({related} OR {may_open}){words} ORDER BY {}, c.id LIMIT {limit}",
        danish("c.name")
    );
    conn.rows(AssertSqlSafe(sql), &args.0)
        .await?
        .iter()
        .map(citizen)
        .collect()
}

/// The citizen with a CPR number, whether or not the seeker may open the plan: look at [`FoundCitizen::related`] before showing
/// more than whom to turn to.
///
/// # Errors
/// As [`Conn::rows`]; [`Error::Keys`] without keys.
pub async fn by_cpr(conn: &mut Conn, cpr: Cpr, seeker: &Seeker) -> Result<Option<FoundCitizen>, Error> {
    let mut args = Args::default();
    let related = seeker.related("s.plan_id", &mut args);
    let may_open = seeker.may_open(&mut args);
    let lookups = args.list(conn.keys().fresh().lookups(cpr)?);
    let sql = format!(
        "{CITIZEN}, CASE WHEN {related} THEN 1 ELSE 0 END, CASE WHEN {may_open} THEN 1 ELSE 0 END {CITIZEN_FROM} LEFT JOIN employee e ON e.id = s.coordinator_id \
         WHERE c.id IN (SELECT citizen_id FROM citizen_cpr WHERE lookup IN ({lookups}))"
    );
    conn.row(AssertSqlSafe(sql), &args.0)
        .await?
        .as_ref()
        .map(citizen)
        .transpose()
}

/// A colleague who was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundColleague {
    /// Who.
    pub id: EmployeeId,
    /// The name.
    pub name: String,
    /// What they do.
    pub title: String,
    /// Their unit.
    pub unit: String,
    /// Telephone.
    pub phone: String,
    /// E-mail.
    pub email: String,
}

/// Colleagues who work here today, by name. One query.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn colleagues(conn: &mut Conn, typed: &str, limit: u32) -> Result<Vec<FoundColleague>, Error> {
    if name_words(typed).is_empty() {
        return Ok(vec![]);
    }
    let mut args = Args::default();
    let words = has_words("e.id", typed, &mut args);
    let sql = format!(
        "SELECT e.id, e.name, e.title, u.name, e.phone, e.email FROM employee e JOIN unit u ON u.id = e.unit_id \
         WHERE e.left_on IS NULL{words} ORDER BY {}, e.id LIMIT {limit}",
        danish("e.name")
    );
    let rows = conn.rows(AssertSqlSafe(sql), &args.0).await?;
    rows.iter()
        .map(|row| {
            let mut f = row.fields();
            Ok(FoundColleague {
                id: f.next()?,
                name: f.next()?,
                title: f.next()?,
                unit: f.next()?,
                phone: f.next()?,
                email: f.next()?,
            })
        })
        .collect()
}
