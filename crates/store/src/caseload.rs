//! One line a citizen: an employee's caseload, or a unit's; the ready lists and their counts; an employee's day.
//!
//! The ready lists are decided by casework ([`Summary::is_in`]). [`Day::condition`] says the same in SQL, so that a unit of ten
//! thousand is counted without being read; a test holds the two to each other.

use crate::args;
use crate::db::{AssertSqlSafe, Conn, Error, Fields, Row, Value};
use crate::names::name_words;
use crate::records::Table;
use jiff::civil::{Date, DateTime};
use std::cmp::Reverse;
use tovholder_casework::caseload::{NEW_DAYS, ReadyList, Summary};
use tovholder_casework::drift::DriftRule;
use tovholder_casework::id::*;
use tovholder_casework::plan::{Channel, ConversationStatus, CoreTask};

/// A citizen on a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The citizen's name.
    pub name: String,
    /// The citizen's telephone.
    pub phone: String,
    /// Date of birth.
    pub birth_date: Date,
    /// The name of today's coordinator.
    pub coordinator: String,
    /// Name and address are protected.
    pub protected: bool,
    /// The plan in short.
    pub summary: Summary,
}

/// Whether the citizen of the line `line` is protected, 1 or 0. The line does not say so, but it has no telephone then: so only a line without one asks
/// the citizen's own row.
pub(crate) fn protected(line: &str) -> String {
    format!(
        "CASE WHEN {line}.phone = '' AND EXISTS (SELECT 1 FROM citizen whose WHERE whose.id = {line}.citizen_id AND whose.protected = TRUE) \
         THEN 1 ELSE 0 END"
    )
}

/// Whose citizens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Those the employee coordinates today, or will.
    Coordinator(EmployeeId),
    /// Those the employee takes part for without coordinating.
    Participant(EmployeeId),
    /// Those a unit is responsible for.
    Unit(UnitId),
}

/// What the ready lists depend on besides the plans: the moment, and the rules that hold on it.
#[derive(Clone, Debug, PartialEq)]
pub struct Day {
    /// Now, local time in Denmark.
    pub now: DateTime,
    /// The drift rule of each core task.
    pub drift: Vec<(CoreTask, DriftRule)>,
}

/// Arguments as they are put into a text: `args.put(value)` answers `$7`.
#[derive(Default)]
pub(crate) struct Args(pub(crate) Vec<Value>);
impl Args {
    pub(crate) fn put(&mut self, value: impl Into<Value>) -> String {
        self.0.push(value.into());
        format!("${}", self.0.len())
    }
    /// `$7, $8` for a list; an empty list becomes NULL, in which nothing is.
    pub(crate) fn list<V: Into<Value>>(&mut self, values: impl IntoIterator<Item = V>) -> String {
        let places: Vec<_> = values.into_iter().map(|value| self.put(value)).collect();
        if places.is_empty() {
            "NULL".to_owned()
        } else {
            places.join(", ")
        }
    }
}

fn days_before(day: Date, days: i32) -> Date {
    day.saturating_sub(jiff::Span::new().days(days))
}

impl Day {
    /// Whether a line stands in a ready list.
    #[must_use]
    pub fn holds(&self, list: ReadyList, line: &Line) -> bool {
        let summary = &line.summary;
        summary.is_in(list, self.rule(summary.core_task), self.now)
    }

    /// The rule of a core task.
    #[must_use]
    pub fn rule(&self, task: CoreTask) -> DriftRule {
        let found = self.drift.iter().find(|(of, _)| *of == task);
        found.map_or(
            DriftRule {
                employment_goal: false,
                company_contact_weeks: None,
            },
            |(_, rule)| *rule,
        )
    }

    /// What [`Summary::is_in`] says, over the columns of `plan_summary s`.
    fn condition(&self, list: ReadyList, args: &mut Args) -> String {
        let today = self.now.date();
        match list {
            ReadyList::All => "1 = 1".to_owned(),
            ReadyList::NoNextConversation => {
                format!("(s.last_booked IS NULL OR s.last_booked < {})", args.put(self.now))
            }
            ReadyList::Drifting => self.drifting(args),
            ReadyList::StepOverdue => format!("s.earliest_due < {}", args.put(today)),
            ReadyList::NewToMe => format!(
                "(s.coordinator_from <= {} AND s.coordinator_from >= {})",
                args.put(today),
                args.put(days_before(today, NEW_DAYS))
            ),
            ReadyList::WaitingForCitizen => "(s.waits_citizen > 0 AND s.waits_employee = 0)".to_owned(),
            ReadyList::WaitingForMe => {
                "(s.waits_employee > 0 OR s.open_questions > 0 OR s.unread_messages > 0)".to_owned()
            }
            ReadyList::ChangeComing => format!("s.coordinator_from > {}", args.put(today)),
            ReadyList::OutcomeMissing => format!("s.first_booked < {}", args.put(self.now)),
        }
    }

    fn drifting(&self, args: &mut Args) -> String {
        let mut any = Vec::new();
        for (task, rule) in &self.drift {
            let mut why = Vec::new();
            if rule.employment_goal {
                why.push(format!("s.has_employment_goal = {}", args.put(false)));
            }
            if let Some(weeks) = rule.company_contact_weeks {
                let last = args.put(self.now.date().saturating_sub(jiff::Span::new().weeks(weeks)));
                why.push(format!(
                    "(s.opened < {last} AND (s.last_company_contact IS NULL OR s.last_company_contact < {last}))"
                ));
            }
            if !why.is_empty() {
                any.push(format!(
                    "(s.core_task = '{}' AND ({}))",
                    task.as_str(),
                    why.join(" OR ")
                ));
            }
        }
        if any.is_empty() {
            "1 = 0".to_owned()
        } else {
            format!("({})", any.join(" OR "))
        }
    }
}

/// By what a list is sorted. Those without the date come last, whichever way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// The citizen's name, å last.
    #[default]
    Name,
    /// Age.
    Age,
    /// Core task.
    Task,
    /// The next step's date.
    Step,
    /// The next conversation.
    Next,
    /// The last conversation held.
    Last,
    /// The last company contact.
    Company,
}
impl Sort {
    /// Every way, in the order of the columns.
    pub const ALL: &'static [Sort] = &[
        Sort::Name,
        Sort::Age,
        Sort::Task,
        Sort::Step,
        Sort::Next,
        Sort::Last,
        Sort::Company,
    ];
    /// The word in the address.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Sort::Name => "name",
            Sort::Age => "age",
            Sort::Task => "task",
            Sort::Step => "step",
            Sort::Next => "next",
            Sort::Last => "last",
            Sort::Company => "company",
        }
    }
}

/// Names in Danish order: å stands last, though its bytes come before æ and ø.
pub(crate) fn danish(column: &str) -> String {
    format!("REPLACE(REPLACE({column}, 'Å', 'Ø~'), 'å', 'ø~')")
}

/// What [`danish`] sorts by, for names that were read.
pub(crate) fn danish_key(name: &str) -> String {
    name.replace('Å', "Ø~").replace('å', "ø~")
}

/// Which lines, in which order, how many.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    /// Whose citizens.
    pub scope: Scope,
    /// Which ready list.
    pub list: ReadyList,
    /// Only this core task.
    pub core_task: Option<CoreTask>,
    /// Beginnings of words of the name; every one must be found.
    pub name: String,
    /// The column.
    pub sort: Sort,
    /// The other way round.
    pub descending: bool,
    /// At most this many.
    pub limit: u32,
    /// After this many.
    pub offset: u32,
}
impl Query {
    /// All of a scope, by name.
    #[must_use]
    pub const fn all(scope: Scope) -> Self {
        Query {
            scope,
            list: ReadyList::All,
            core_task: None,
            name: String::new(),
            sort: Sort::Name,
            descending: false,
            limit: u32::MAX,
            offset: 0,
        }
    }
    /// One ready list of it.
    #[must_use]
    pub const fn of(mut self, list: ReadyList) -> Self {
        self.list = list;
        self
    }
    /// The first few.
    #[must_use]
    pub const fn first(mut self, limit: u32) -> Self {
        self.limit = limit;
        self
    }

    /// Which of the ordered lines. Nothing when all are asked for: SQLite sorts faster when there is no limit.
    fn part(&self) -> String {
        match (self.limit, self.offset) {
            (u32::MAX, 0) => String::new(),
            (limit, offset) => format!(" LIMIT {limit} OFFSET {offset}"),
        }
    }

    /// The open plans of the scope as `s`: each way to belong to it by itself, so that each finds its own index (an `OR` finds neither).
    fn of_scope(&self, today: Date, args: &mut Args) -> String {
        let ways = match self.scope {
            Scope::Coordinator(employee) => {
                let (me, today) = (args.put(employee), args.put(today));
                vec![
                    format!("coordinator_id = {me}"),
                    format!("previous_coordinator_id = {me} AND coordinator_from > {today} AND coordinator_id <> {me}"),
                ]
            }
            Scope::Participant(employee) => {
                let (me, today) = (args.put(employee), args.put(today));
                vec![format!("plan_id IN ({})", crate::consents::taking_part(&me, &today))]
            }
            Scope::Unit(unit) => vec![format!("unit_id = {}", args.put(unit))],
        };
        let columns = Summary::COLUMNS.join(", ");
        let ways = ways.iter().map(|way| {
            format!(
                "SELECT {columns}, unit_id, name, phone, birth_date FROM plan_summary WHERE closed IS NULL AND {way}"
            )
        });
        format!("({}) s", ways.collect::<Vec<_>>().join(" UNION ALL "))
    }

    /// Core task and name; neither the scope nor the ready list.
    fn condition(&self, args: &mut Args) -> String {
        let mut condition = "1 = 1".to_owned();
        if let Some(task) = self.core_task {
            condition.push_str(&format!(" AND s.core_task = {}", args.put(task)));
        }
        condition.push_str(&has_words("s.citizen_id", &self.name, args));
        condition
    }

    /// The one query that answers it, with its arguments.
    #[must_use]
    pub fn sql(&self, day: &Day) -> (String, Vec<Value>) {
        self.statement(day, true)
    }

    fn statement(&self, day: &Day, ordered: bool) -> (String, Vec<Value>) {
        let today = day.now.date();
        let mut args = Args::default();
        let columns: Vec<_> = Summary::COLUMNS.iter().map(|c| format!("s.{c}")).collect();
        let mut sql = format!(
            "SELECT s.name, s.phone, s.birth_date, COALESCE(e.name, ''), {}, {} FROM {} LEFT JOIN employee e ON e.id = {} WHERE {} AND {}",
            protected("s"),
            columns.join(", "),
            self.of_scope(today, &mut args),
            coordinator_today(today, &mut args),
            self.condition(&mut args),
            day.condition(self.list, &mut args),
        );
        if ordered {
            sql.push_str(&format!(" ORDER BY {}{}", self.order(day, &mut args), self.part()));
        }
        (sql, args.0)
    }

    fn order(&self, day: &Day, args: &mut Args) -> String {
        let down = if self.descending { " DESC" } else { "" };
        let name = danish("s.name");
        let first = match self.sort {
            Sort::Name => return format!("{name}{down}, s.citizen_id"),
            // The youngest are born last.
            Sort::Age => format!("s.birth_date{}", if self.descending { "" } else { " DESC" }),
            Sort::Task => format!("CASE s.core_task WHEN 'work' THEN 0 WHEN 'life' THEN 1 ELSE 2 END{down}"),
            Sort::Step => format!("s.next_step_due{down} NULLS LAST"),
            Sort::Next => {
                let now = args.put(day.now);
                format!(
                    "CASE WHEN s.first_booked >= {now} THEN s.first_booked WHEN s.last_booked >= {now} THEN s.last_booked END{down} NULLS LAST"
                )
            }
            Sort::Last => format!("s.last_held{down} NULLS LAST"),
            Sort::Company => format!("s.last_company_contact{down} NULLS LAST"),
        };
        format!("{first}, {name}, s.citizen_id")
    }
}

/// ` AND …` for every word typed: some word of the name with the id in `column` begins so.
pub(crate) fn has_words(column: &str, typed: &str, args: &mut Args) -> String {
    let words = name_words(typed).into_iter().take(5);
    words
        .map(|word| {
            let (from, to) = (args.put(word.clone()), args.put(format!("{word}\u{10ffff}")));
            format!(" AND {column} IN (SELECT id FROM name_word WHERE word >= {from} AND word < {to})")
        })
        .collect()
}

fn line(f: &mut Fields<'_>) -> Result<Line, Error> {
    Ok(Line {
        name: f.next()?,
        phone: f.next()?,
        birth_date: f.next()?,
        coordinator: f.next()?,
        protected: f.next::<i64>()? == 1,
        summary: Summary::read(f)?,
    })
}

/// Open plans as asked for. One query.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn lines(conn: &mut Conn, query: &Query, day: &Day) -> Result<Vec<Line>, Error> {
    read(conn, query.sql(day)).await
}

async fn read(conn: &mut Conn, (sql, args): (String, Vec<Value>)) -> Result<Vec<Line>, Error> {
    let rows = conn.rows(AssertSqlSafe(sql), &args).await?;
    rows.iter().map(|row| line(&mut row.fields())).collect()
}

/// Who coordinates today: the one before, while an agreed change lies ahead.
fn coordinator_today(today: Date, args: &mut Args) -> String {
    let today = args.put(today);
    format!(
        "CASE WHEN s.coordinator_from > {today} AND s.previous_coordinator_id IS NOT NULL \
         THEN s.previous_coordinator_id ELSE s.coordinator_id END"
    )
}

/// How many plans' lines say something else of the citizen than the citizen's own row: none, while the database keeps its rules.
///
/// # Errors
/// As [`Conn::row`].
pub async fn strayed(conn: &mut Conn) -> Result<u64, Error> {
    let sql = "SELECT COUNT(*) FROM plan_summary s JOIN citizen c ON c.id = s.citizen_id WHERE s.unit_id IS NULL OR s.unit_id <> c.unit_id \
               OR s.name <> c.name OR s.phone <> CASE WHEN c.protected THEN '' ELSE c.phone END OR s.birth_date <> c.birth_date";
    let row = conn.row(sql, args![]).await?;
    Ok(row
        .map(|row| row.get::<i64>(0))
        .transpose()?
        .unwrap_or_default()
        .unsigned_abs())
}

/// How many plans stand in each ready list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts([u32; ReadyList::ALL.len()]);
impl Counts {
    /// How many stand in one list.
    #[must_use]
    pub fn of(&self, list: ReadyList) -> u32 {
        ReadyList::ALL
            .iter()
            .position(|l| *l == list)
            .map_or(0, |at| self.0[at])
    }
    fn columns(day: &Day, args: &mut Args) -> String {
        let count = |list: &ReadyList| format!("COUNT(CASE WHEN {} THEN 1 END)", day.condition(*list, args));
        ReadyList::ALL.iter().map(count).collect::<Vec<_>>().join(", ")
    }
    /// Counts lines that were read.
    #[must_use]
    pub fn among(lines: &[Line], day: &Day) -> Self {
        let mut counts = Counts::default();
        for (count, list) in counts.0.iter_mut().zip(ReadyList::ALL) {
            *count = lines.iter().map(|line| u32::from(day.holds(*list, line))).sum();
        }
        counts
    }
    fn read(f: &mut Fields<'_>) -> Result<Self, Error> {
        let mut counts = Counts::default();
        for count in &mut counts.0 {
            *count = f.next()?;
        }
        Ok(counts)
    }
}
impl std::ops::Add for Counts {
    type Output = Self;
    fn add(mut self, other: Self) -> Self {
        for (count, more) in self.0.iter_mut().zip(other.0) {
            *count += more;
        }
        self
    }
}

/// The lines asked for, and the counts of every ready list within scope, core task and name. What one employee has is read whole, with one query, and
/// counted here; a unit may have ten thousand, so the database counts them and gives a page.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn listing(conn: &mut Conn, query: &Query, day: &Day) -> Result<(Counts, Vec<Line>), Error> {
    if let Scope::Unit(_) = query.scope {
        return Ok((counts(conn, query, day).await?, lines(conn, query, day).await?));
    }
    let whole = Query {
        list: ReadyList::All,
        limit: u32::MAX,
        offset: 0,
        ..query.clone()
    };
    // Names are put in order here: SQLite would carry every line through its sorter, which costs as much as finding them.
    let by_name = query.sort == Sort::Name;
    let mut lines = read(conn, whole.statement(day, !by_name)).await?;
    if by_name {
        let key = |line: &Line| (danish_key(&line.name), line.summary.citizen);
        if query.descending {
            lines.sort_by_cached_key(|line| {
                let (name, citizen) = key(line);
                (Reverse(name), citizen)
            });
        } else {
            lines.sort_by_cached_key(key);
        }
    }
    let counts = Counts::among(&lines, day);
    let asked = lines.into_iter().filter(|line| day.holds(query.list, line));
    let page = asked.skip(query.offset as usize).take(query.limit as usize);
    Ok((counts, page.collect()))
}

/// The counts of every ready list within scope, core task and name. One query.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn counts(conn: &mut Conn, query: &Query, day: &Day) -> Result<Counts, Error> {
    let mut args = Args::default();
    let columns = Counts::columns(day, &mut args);
    let sql = format!(
        "SELECT {columns} FROM {} WHERE {}",
        query.of_scope(day.now.date(), &mut args),
        query.condition(&mut args)
    );
    let row = conn.row(AssertSqlSafe(sql), &args.0).await?;
    row.map_or(Ok(Counts::default()), |row| Counts::read(&mut row.fields()))
}

/// The counts of each unit that has open plans. One query.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn unit_counts(conn: &mut Conn, units: &[UnitId], day: &Day) -> Result<Vec<(UnitId, Counts)>, Error> {
    let mut args = Args::default();
    let columns = Counts::columns(day, &mut args);
    let units = args.list(units.iter().copied());
    let sql = format!(
        "SELECT s.unit_id, {columns} FROM plan_summary s WHERE s.closed IS NULL AND s.unit_id IN ({units}) GROUP BY s.unit_id"
    );
    let rows = conn.rows(AssertSqlSafe(sql), &args.0).await?;
    rows.iter()
        .map(|row| {
            let mut f = row.fields();
            Ok((f.next()?, Counts::read(&mut f)?))
        })
        .collect()
}

/// The counts of each of the employees who coordinates a plan today. One query.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn employee_counts(
    conn: &mut Conn,
    employees: &[EmployeeId],
    day: &Day,
) -> Result<Vec<(EmployeeId, Counts)>, Error> {
    let mut args = Args::default();
    let columns = Counts::columns(day, &mut args);
    let today = coordinator_today(day.now.date(), &mut args);
    let who = args.list(employees.iter().copied());
    let sql = format!(
        "SELECT {today}, {columns} FROM plan_summary s WHERE s.closed IS NULL AND {today} IN ({who}) \
         AND (s.coordinator_id IN ({who}) OR s.previous_coordinator_id IN ({who})) GROUP BY 1"
    );
    let rows = conn.rows(AssertSqlSafe(sql), &args.0).await?;
    rows.iter()
        .map(|row| {
            let mut f = row.fields();
            Ok((f.next()?, Counts::read(&mut f)?))
        })
        .collect()
}

/// A conversation on an employee's day.
#[derive(Clone, Debug, PartialEq)]
pub struct Appointment {
    /// Which.
    pub id: ConversationId,
    /// The plan it belongs to.
    pub plan: PlanId,
    /// Whose plan.
    pub citizen: CitizenId,
    /// The citizen's name.
    pub name: String,
    /// When.
    pub starts: DateTime,
    /// How long, in minutes.
    pub minutes: u32,
    /// How it is held.
    pub channel: Channel,
    /// Where.
    pub place: String,
    /// Where it stands.
    pub status: ConversationStatus,
    /// Questions that wait for it.
    pub questions: u32,
    /// The citizen's name and address are protected.
    pub protected: bool,
}

fn appointments_where(condition: &str) -> String {
    format!(
        "SELECT t.id, t.plan_id, s.citizen_id, s.name, t.starts, t.minutes, t.channel, t.place, t.status, s.open_questions, {} \
         FROM conversation t JOIN plan_summary s ON s.plan_id = t.plan_id WHERE {condition}",
        protected("s")
    )
}

fn appointment(row: &Row) -> Result<Appointment, Error> {
    let mut f = row.fields();
    Ok(Appointment {
        id: f.next()?,
        plan: f.next()?,
        citizen: f.next()?,
        name: f.next()?,
        starts: f.next()?,
        minutes: f.next()?,
        channel: f.next()?,
        place: f.next()?,
        status: f.next()?,
        questions: f.next()?,
        protected: f.next::<i64>()? == 1,
    })
}

/// An employee's conversations from `from` up to and including `until`, by time; cancelled ones left out.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn appointments(
    conn: &mut Conn,
    employee: EmployeeId,
    from: Date,
    until: Date,
) -> Result<Vec<Appointment>, Error> {
    let sql = appointments_where(
        "t.employee_id = $1 AND t.starts >= $2 AND t.starts <= $3 AND t.status <> 'cancelled' ORDER BY t.starts, t.id",
    );
    let args = args![employee, from.at(0, 0, 0, 0), until.at(23, 59, 0, 0)];
    let rows = conn.rows(AssertSqlSafe(sql), args).await?;
    rows.iter().map(appointment).collect()
}

/// An employee's conversations from days before `today` that nobody has written an outcome of, the oldest first.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn unwritten(
    conn: &mut Conn,
    employee: EmployeeId,
    today: Date,
    limit: u32,
) -> Result<Vec<Appointment>, Error> {
    let sql = appointments_where(&format!(
        "t.employee_id = $1 AND t.status = 'booked' AND t.starts < $2 ORDER BY t.starts, t.id LIMIT {limit}"
    ));
    let rows = conn
        .rows(AssertSqlSafe(sql), args![employee, today.at(0, 0, 0, 0)])
        .await?;
    rows.iter().map(appointment).collect()
}

/// How many conversations each of the employees has on a day, and when the next one begins after `now`. One query.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn busy(
    conn: &mut Conn,
    employees: &[EmployeeId],
    now: DateTime,
) -> Result<Vec<(EmployeeId, u32, Option<DateTime>)>, Error> {
    let mut args = Args::default();
    let (at, from, until) = (
        args.put(now),
        args.put(now.date().at(0, 0, 0, 0)),
        args.put(now.date().at(23, 59, 0, 0)),
    );
    let who = args.list(employees.iter().copied());
    let sql = format!(
        "SELECT employee_id, COUNT(*), MIN(CASE WHEN status = 'booked' AND starts >= {at} THEN starts END) FROM conversation \
         WHERE employee_id IN ({who}) AND starts >= {from} AND starts <= {until} AND status <> 'cancelled' GROUP BY employee_id"
    );
    let rows = conn.rows(AssertSqlSafe(sql), &args.0).await?;
    rows.iter()
        .map(|row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .collect()
}

/// A message from a citizen that nobody has read yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Which.
    pub id: MessageId,
    /// The plan it belongs to.
    pub plan: PlanId,
    /// The citizen's name.
    pub name: String,
    /// The day it was written.
    pub sent: Date,
    /// The citizen's name and address are protected.
    pub protected: bool,
}

/// What citizens have written to the employee and nobody has read: on every plan the employee coordinates today, and the answers to the employee's
/// own messages on plans they take part in. The oldest first. What it says stands on the plan, where reading it is logged.
///
/// `own` is the employee's caseload, see [`Scope::Coordinator`]: it says already on which few of 400 plans something waits.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn unread(
    conn: &mut Conn,
    employee: EmployeeId,
    today: Date,
    own: &[Line],
    limit: u32,
) -> Result<Vec<Unread>, Error> {
    let waits = |s: &&Summary| s.unread_messages > 0 && s.coordinator_on(today) == Some(employee);
    let own = own.iter().map(|line| &line.summary).filter(waits);
    let mut args = Args::default();
    let (me, day) = (args.put(employee), args.put(today));
    let own = args.list(own.map(|summary| summary.plan));
    let takes_part = crate::consents::taking_part(&me, &day);
    // Two questions, each found by the plans it asks for: as one with OR, PostgreSQL reads every message there is.
    let half = |whose: String| {
        format!(
            "SELECT m.id, m.plan_id, s.name, m.sent, {} AS protected FROM message m JOIN plan_summary s ON s.plan_id = m.plan_id \
             WHERE m.author_kind = 'citizen' AND m.seen = FALSE AND m.withdrawn = FALSE AND {whose} \
             AND s.closed IS NULL AND s.unread_messages > 0",
            protected("s")
        )
    };
    let sql = format!(
        "{} UNION {} ORDER BY sent, id LIMIT {limit}",
        half(format!("m.plan_id IN ({own})")),
        half(format!("m.employee_id = {me} AND m.plan_id IN ({takes_part})"))
    );
    let rows = conn.rows(AssertSqlSafe(sql), &args.0).await?;
    rows.iter()
        .map(|row| {
            Ok(Unread {
                id: row.get(0)?,
                plan: row.get(1)?,
                name: row.get(2)?,
                sent: row.get(3)?,
                protected: row.get::<i64>(4)? == 1,
            })
        })
        .collect()
}

/// A step on an employee's desk.
#[derive(Clone, Debug, PartialEq)]
pub struct HeldStep {
    /// Which.
    pub id: StepId,
    /// The plan it belongs to.
    pub plan: PlanId,
    /// Whose plan.
    pub citizen: CitizenId,
    /// The citizen's name.
    pub name: String,
    /// What is to be done.
    pub title: String,
    /// When.
    pub due: Option<Date>,
    /// The citizen's name and address are protected.
    pub protected: bool,
}

/// The open steps an employee holds on plans they may read, the earliest date first.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn held_steps(
    conn: &mut Conn,
    employee: EmployeeId,
    today: Date,
    limit: u32,
) -> Result<Vec<HeldStep>, Error> {
    let may_see = crate::consents::may_see_held("s.plan_id", "l.unit_id", "$1", "$2");
    // Each half comes in its order out of the index and ends at the limit: whoever holds hundreds has few of them looked up.
    let half = |due: &str| {
        format!(
            "SELECT * FROM (SELECT s.id, s.plan_id, l.citizen_id, l.name, s.title, s.due, {} AS protected FROM step s \
             JOIN plan_summary l ON l.plan_id = s.plan_id \
             WHERE s.holder_employee = $1 AND s.status = 'open' AND s.due IS {due} AND {may_see} ORDER BY s.due, s.id LIMIT {limit}) h",
            protected("l")
        )
    };
    let sql = format!(
        "SELECT id, plan_id, citizen_id, name, title, due, protected FROM ({} UNION ALL {}) a \
         ORDER BY CASE WHEN due IS NULL THEN 1 ELSE 0 END, due, id LIMIT {limit}",
        half("NOT NULL"),
        half("NULL")
    );
    let rows = conn.rows(AssertSqlSafe(sql), args![employee, today]).await?;
    rows.iter()
        .map(|row| {
            let mut f = row.fields();
            Ok(HeldStep {
                id: f.next()?,
                plan: f.next()?,
                citizen: f.next()?,
                name: f.next()?,
                title: f.next()?,
                due: f.next()?,
                protected: f.next::<i64>()? == 1,
            })
        })
        .collect()
}
