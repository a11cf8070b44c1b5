//! `/citizens`: *Mine borgere*. The caseload as a list, with ready lists, filters that are kept, and Excel.

use askama::Template;
use axum::extract::Query;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::{Date, DateTime};
use serde::Deserialize;
use tovholder_casework::access::Right;
use tovholder_casework::act::PageKey;
use tovholder_casework::caseload::{ReadyList, Summary};
use tovholder_casework::drift::Drift;
use tovholder_casework::id::*;
use tovholder_casework::plan::CoreTask;
use tovholder_store::caseload::{self as store, Counts, Day, Line, Scope, Sort};
use tovholder_store::db::Conn;
use tovholder_store::filters::{self, MAX_FILTERS, MAX_NAME};
use tovholder_store::people;
use tovholder_store::sessions::Role;
use uuid::Uuid;

use crate::caseload::sheet::{self, Cell};
use crate::caseload::{age, day_of, sought};
use crate::kit::form::{Choice, Errors, Link};
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, Said, page, page_with_errors, see_other};
use crate::kit::sent::Sent;
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;
use crate::kit::words;

/// Lines on one page. A caseload of 400 is one page; a unit of ten thousand is twenty.
pub const PER_PAGE: u32 = 500;

/// Whose citizens, as it stands in the address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ScopeKey {
    /// Those I coordinate.
    #[default]
    Mine,
    /// Those I take part for.
    Part,
    /// Those of a unit I lead.
    Unit,
}
impl ScopeKey {
    const fn as_str(self) -> &'static str {
        match self {
            ScopeKey::Mine => "mine",
            ScopeKey::Part => "part",
            ScopeKey::Unit => "unit",
        }
    }
}

/// The address as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Input {
    scope: String,
    unit: String,
    list: String,
    task: String,
    q: String,
    sort: String,
    page: String,
}

/// What the list shows: everything that stands in its address.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// Whose citizens.
    pub scope: ScopeKey,
    /// Which unit, when it is not the user's own.
    pub unit: Option<UnitId>,
    /// Which ready list.
    pub list: ReadyList,
    /// Only this core task.
    pub task: Option<CoreTask>,
    /// Beginnings of words of the name.
    pub q: String,
    /// The column sorted by.
    pub sort: Sort,
    /// The other way round.
    pub descending: bool,
    /// Page, from 1.
    pub page: u32,
}
impl Default for View {
    fn default() -> Self {
        View {
            scope: ScopeKey::Mine,
            unit: None,
            list: ReadyList::All,
            task: None,
            q: String::new(),
            sort: Sort::Name,
            descending: false,
            page: 1,
        }
    }
}

impl View {
    /// Reads the address; what it does not know counts as not said. Leaders begin with their unit.
    fn read(input: &Input, role: Option<Role>) -> Self {
        let sort = input.sort.trim_start_matches('-');
        let scope = match input.scope.as_str() {
            "part" => ScopeKey::Part,
            "unit" => ScopeKey::Unit,
            "" if matches!(role, Some(Role::TeamLeader | Role::Head)) => ScopeKey::Unit,
            _ => ScopeKey::Mine,
        };
        View {
            scope,
            unit: input.unit.parse().ok(),
            list: input.list.parse().unwrap_or(ReadyList::All),
            task: input.task.parse().ok(),
            q: sought(&input.q),
            sort: Sort::ALL
                .iter()
                .copied()
                .find(|s| s.as_str() == sort)
                .unwrap_or_default(),
            descending: input.sort.starts_with('-'),
            page: input.page.parse().unwrap_or(1).clamp(1, 10_000),
        }
    }

    /// The query as it stands in an address, without `?`.
    #[must_use]
    pub fn query(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("scope", self.scope.as_str());
        if let Some(unit) = self.unit {
            query.append_pair("unit", &unit.to_string());
        }
        if self.list != ReadyList::All {
            query.append_pair("list", self.list.as_str());
        }
        if let Some(task) = self.task {
            query.append_pair("task", task.as_str());
        }
        if !self.q.is_empty() {
            query.append_pair("q", &self.q);
        }
        if self.sort != Sort::Name || self.descending {
            query.append_pair("sort", &self.sort_key());
        }
        if self.page > 1 {
            query.append_pair("page", &self.page.to_string());
        }
        query.finish()
    }

    fn sort_key(&self) -> String {
        format!("{}{}", if self.descending { "-" } else { "" }, self.sort.as_str())
    }

    /// The address.
    #[must_use]
    pub fn href(&self) -> String {
        format!("/citizens?{}", self.query())
    }

    /// The first page of the same view, changed.
    fn but(&self, change: impl FnOnce(&mut View)) -> View {
        let mut view = View {
            page: 1,
            ..self.clone()
        };
        change(&mut view);
        view
    }
}

/// Looking for a number? That may be a CPR number, and those never stand in an address.
fn number_in(q: &str) -> bool {
    q.chars().any(|c| c.is_ascii_digit())
}

struct Row {
    name: String,
    protected: bool,
    plan: PlanId,
    age: i16,
    task: &'static str,
    step: String,
    due: String,
    late: bool,
    next: String,
    last: String,
    company: String,
    marks: Vec<(bool, String)>,
    coordinator: String,
}

struct Column {
    label: &'static str,
    href: String,
    sorted: &'static str,
}

struct Kept {
    id: Uuid,
    name: String,
    href: String,
    current: bool,
}

#[derive(Template)]
#[template(path = "caseload/citizens.html")]
struct Page {
    t: Lang,
    shell: Shell,
    errors: Errors,
    view: View,
    sort: String,
    scope: &'static str,
    pages: Vec<Link>,
    scopes: Vec<Link>,
    units: Vec<Choice>,
    lists: Vec<Link>,
    tasks: Vec<Choice>,
    columns: Vec<Column>,
    rows: Vec<Row>,
    by_unit: bool,
    /// Where the list is taken out as a file, for those who may.
    export: Option<String>,
    clear: String,
    kept: Vec<Kept>,
    query: String,
    filter_name: String,
    filtered: bool,
    any: bool,
    /// What stands where there is nobody yet.
    none_what: &'static str,
    shown: String,
    previous: Option<String>,
    next: Option<String>,
}

/// The page.
///
/// # Errors
/// The user is no employee, leads no such unit, or the database is away.
pub async fn get(visit: Visit, Query(input): Query<Input>) -> Result<Response, Failure> {
    visit.employee()?;
    let view = View::read(&input, visit.user.role);
    if number_in(&view.q) {
        return Ok(Redirect::to(&view.but(|v| v.q.clear()).href()).into_response());
    }
    page(&put_together(&visit, view, Errors::none(), String::new()).await?)
}

/// Keeps the view as a filter, or forgets one.
///
/// # Errors
/// The database is away.
pub async fn post(visit: Visit, sent: Sent) -> Result<Response, Failure> {
    visit.employee()?;
    let input: Input = input_of(sent.text("query"));
    let view = View::read(&input, visit.user.role);
    let user = visit.user.actor.id;
    if let Some(id) = sent.value::<Uuid>("remove") {
        filters::remove(&visit.app.db, user, id).await?;
        return Ok(see_other(&view.href(), Said::Saved, None));
    }
    let name = sought(sent.text("name"));
    let name = name.as_str();
    let t = visit.t;
    let mut errors = Errors::none();
    let many = filters::of_user(&mut visit.read().await?, user).await?;
    if name.is_empty() {
        errors.push("name", t.list_filter_name_missing());
    } else if name.chars().count() > MAX_NAME {
        errors.push("name", t.list_filter_name_long(MAX_NAME));
    } else if many.len() >= MAX_FILTERS && many.iter().all(|kept| kept.name != name) {
        errors.push("name", t.list_filter_too_many(MAX_FILTERS));
    }
    if errors.is_empty() {
        filters::save(&visit.app.db, user, name, &view.but(|_| ()).query()).await?;
        return Ok(see_other(&view.href(), Said::Saved, None));
    }
    page_with_errors(&put_together(&visit, view, errors, name.to_owned()).await?)
}

fn input_of(query: &str) -> Input {
    let mut input = Input::default();
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        let field = match name.as_ref() {
            "scope" => &mut input.scope,
            "unit" => &mut input.unit,
            "list" => &mut input.list,
            "task" => &mut input.task,
            "q" => &mut input.q,
            "sort" => &mut input.sort,
            _ => continue,
        };
        *field = value.into_owned();
    }
    input
}

/// The view as an Excel file: the same filters, all pages.
///
/// # Errors
/// As [`get`].
pub async fn export(visit: Visit, Query(input): Query<Input>) -> Result<Response, Failure> {
    visit.must(Right::ExportCitizens)?;
    let view = View::read(&input, visit.user.role);
    let (t, today, day) = (visit.t, visit.today(), day_of(&visit));
    let mut conn = visit.read().await?;
    let leads = visit.standing(&mut conn).await?.leads;
    let query = store_query(&visit, &view, &leads, None)?;
    let lines = store::lines(&mut conn, &query, &day).await?;
    drop(conn);
    visit
        .exported(Right::ExportCitizens, PageKey::Caseload, lines.len())
        .await?;
    let heads = [
        t.common_name(),
        t.common_phone(),
        t.list_age(),
        t.list_core_task(),
        t.list_coordinator(),
        t.list_next_step(),
        t.list_due(),
        t.list_next_talk(),
        t.list_last_talk(),
        t.list_company_contact(),
        t.list_marks(),
    ];
    let rows: Vec<Vec<Cell>> = lines
        .into_iter()
        .map(|line| {
            let protected = line.protected.then(|| (false, t.list_protected().to_owned()));
            let marks = protected.into_iter().chain(marks(t, &line.summary, &day, today));
            let s = &line.summary;
            vec![
                line.name.into(),
                line.phone.into(),
                Cell::Number(age(line.birth_date, today).into()),
                words::core_task(t, s.core_task).into(),
                line.coordinator.into(),
                s.next_step.clone().into(),
                s.next_step_due.into(),
                next_talk(s, visit.now).map(DateTime::date).into(),
                s.last_held.into(),
                s.last_company_contact.map(|day| day.min(today)).into(),
                marks.map(|(_, text)| text).collect::<Vec<_>>().join(", ").into(),
            ]
        })
        .collect();
    sheet::answer(t.list_citizens_file(), t.list_citizens_title(), &heads, &rows)
}

fn store_query(visit: &Visit, view: &View, leads: &[UnitId], page: Option<u32>) -> Result<store::Query, Failure> {
    let me = visit.employee()?;
    let scope = match view.scope {
        ScopeKey::Mine => Scope::Coordinator(me),
        ScopeKey::Part => Scope::Participant(me),
        ScopeKey::Unit => {
            let unit = view.unit.or(visit.user.unit).ok_or(Failure::NotFound)?;
            // Only whoever leads a unit reads its list.
            Scope::Unit(
                Some(unit)
                    .filter(|unit| leads.contains(unit))
                    .ok_or(Failure::NotFound)?,
            )
        }
    };
    Ok(store::Query {
        scope,
        list: view.list,
        core_task: view.task,
        name: view.q.clone(),
        sort: view.sort,
        descending: view.descending,
        // One more than is shown tells whether there is another page.
        limit: page.map_or(u32::MAX, |_| PER_PAGE + 1),
        offset: page.map_or(0, |page| (page - 1) * PER_PAGE),
    })
}

async fn put_together(visit: &Visit, view: View, errors: Errors, filter_name: String) -> Result<Page, Failure> {
    let (t, day) = (visit.t, day_of(visit));
    let mut conn = visit.read().await?;
    let leads = visit.standing(&mut conn).await?.leads;
    let query = store_query(visit, &view, &leads, Some(view.page))?;
    visit.look(None, PageKey::Caseload).await?;
    let (counts, lines) = store::listing(&mut conn, &query, &day).await?;
    let kept = filters::of_user(&mut conn, visit.user.actor.id).await?;
    let units = units(&mut conn, visit, &view, &leads).await?;
    drop(conn);

    let current = view.but(|_| ()).query();
    let kept = kept.into_iter().map(|filter| Kept {
        id: filter.id,
        name: filter.name,
        current: filter.query == current,
        href: format!("/citizens?{}", filter.query),
    });
    let more = lines.len() > PER_PAGE as usize;
    Ok(Page {
        t,
        shell: visit.shell(t.list_citizens_title()).marked(&errors),
        errors,
        sort: view.sort_key(),
        scope: view.scope.as_str(),
        pages: vec![],
        scopes: scopes(t, &view, !leads.is_empty()),
        units,
        lists: lists(t, &view, &counts),
        tasks: words::choices(
            t,
            CoreTask::ALL,
            words::core_task,
            view.task.map_or("", |task| task.as_str()),
        ),
        columns: columns(t, &view),
        by_unit: view.scope == ScopeKey::Unit,
        export: visit
            .has(Right::ExportCitizens)
            .then(|| format!("/citizens.xlsx?{current}")),
        clear: View {
            scope: view.scope,
            unit: view.unit,
            ..View::default()
        }
        .href(),
        kept: kept.collect(),
        query: current,
        filter_name,
        filtered: view.list != ReadyList::All || view.task.is_some() || !view.q.is_empty(),
        any: counts.of(ReadyList::All) > 0,
        none_what: match view.scope {
            ScopeKey::Mine => t.list_none_yet_what(),
            ScopeKey::Part => t.list_none_part_what(),
            ScopeKey::Unit => t.list_none_unit_what(),
        },
        shown: t.list_shown(counts.of(view.list)),
        previous: (view.page > 1).then(|| {
            View {
                page: view.page - 1,
                ..view.clone()
            }
            .href()
        }),
        next: more.then(|| {
            View {
                page: view.page + 1,
                ..view.clone()
            }
            .href()
        }),
        rows: lines
            .into_iter()
            .take(PER_PAGE as usize)
            .map(|line| row(t, line, &day))
            .collect(),
        view,
    })
}

/// The units to choose between, for whoever leads several.
async fn units(conn: &mut Conn, visit: &Visit, view: &View, leads: &[UnitId]) -> Result<Vec<Choice>, Failure> {
    if view.scope != ScopeKey::Unit || leads.len() < 2 {
        return Ok(vec![]);
    }
    let chosen = view.unit.or(visit.user.unit);
    let units = people::units(conn)
        .await?
        .into_iter()
        .filter(|unit| leads.contains(&unit.id));
    Ok(units
        .map(|unit| Choice::new(unit.id.to_string(), unit.name, Some(unit.id) == chosen))
        .collect())
}

fn scopes(t: Lang, view: &View, leads: bool) -> Vec<Link> {
    let mut all = vec![
        (ScopeKey::Mine, t.list_scope_mine()),
        (ScopeKey::Part, t.list_scope_part()),
    ];
    if leads {
        all.push((ScopeKey::Unit, t.list_scope_unit()));
    }
    let link = |(scope, label)| Link::new(label, view.but(|v| v.scope = scope).href(), scope == view.scope);
    all.into_iter().map(link).collect()
}

fn lists(t: Lang, view: &View, counts: &Counts) -> Vec<Link> {
    // An empty list is no news, unless it is the one on the screen.
    let shown = ReadyList::ALL
        .iter()
        .filter(|list| counts.of(**list) > 0 || **list == view.list || **list == ReadyList::All);
    shown
        .map(|list| {
            let label = format!(
                "{} {}",
                match view.scope {
                    ScopeKey::Unit => words::ready_list_of_unit(t, *list),
                    ScopeKey::Mine | ScopeKey::Part => words::ready_list(t, *list),
                },
                t.integer(i64::from(counts.of(*list)))
            );
            Link::new(label, view.but(|v| v.list = *list).href(), *list == view.list)
        })
        .collect()
}

fn columns(t: Lang, view: &View) -> Vec<Column> {
    let label = |sort| match sort {
        Sort::Name => t.common_name(),
        Sort::Age => t.list_age(),
        Sort::Task => t.list_core_task(),
        Sort::Step => t.list_next_step(),
        Sort::Next => t.list_next_talk(),
        Sort::Last => t.list_last_talk(),
        Sort::Company => t.list_company_contact(),
    };
    Sort::ALL
        .iter()
        .map(|sort| {
            let here = *sort == view.sort;
            let down = here && !view.descending;
            Column {
                label: label(*sort),
                href: view.but(|v| (v.sort, v.descending) = (*sort, down)).href(),
                sorted: match (here, view.descending) {
                    (false, _) => "",
                    (true, false) => "ascending",
                    (true, true) => "descending",
                },
            }
        })
        .collect()
}

/// The next conversation that has not begun.
fn next_talk(s: &Summary, now: DateTime) -> Option<DateTime> {
    [s.first_booked, s.last_booked]
        .into_iter()
        .flatten()
        .find(|at| *at >= now)
}

/// A day without its year when no other year can be meant: in this month, or less than six months from it.
fn near(t: Lang, date: Date, today: Date) -> String {
    let months = i32::from(date.year() - today.year()) * 12 + i32::from(date.month() - today.month());
    if months.abs() < 6 {
        t.format_day_month(date.day(), t.month_short(date.month()))
    } else {
        t.date_short(date)
    }
}

/// Why a plan is drifting, in two words.
#[must_use]
pub fn drift_mark(t: Lang, why: &Drift) -> &'static str {
    match why {
        Drift::NoEmploymentGoal => t.list_mark_no_goal(),
        Drift::NoCompanyContact { .. } => t.list_mark_no_company(),
    }
}

/// What to notice about a plan: whether it asks for something, and the words.
fn marks(t: Lang, s: &Summary, day: &Day, today: Date) -> Vec<(bool, String)> {
    let rule = day.rule(s.core_task);
    let mut marks: Vec<(bool, String)> = s
        .drift(rule, today)
        .iter()
        .map(|why| (true, drift_mark(t, why).to_owned()))
        .collect();
    let is_in = |list| s.is_in(list, rule, day.now);
    if is_in(ReadyList::OutcomeMissing) {
        marks.push((true, t.list_mark_unwritten().to_owned()));
    }
    if is_in(ReadyList::StepOverdue) {
        marks.push((true, t.list_mark_overdue().to_owned()));
    }
    if s.unread_messages > 0 {
        marks.push((false, t.list_mark_unread(s.unread_messages)));
    }
    if s.open_questions > 0 {
        marks.push((false, t.list_questions(s.open_questions)));
    }
    if is_in(ReadyList::NewToMe) {
        marks.push((false, t.list_mark_new().to_owned()));
    }
    if let Some(from) = s.coordinator_from.filter(|_| is_in(ReadyList::ChangeComing)) {
        marks.push((false, t.list_mark_change(near(t, from, today))));
    }
    marks
}

fn row(t: Lang, line: Line, day: &Day) -> Row {
    let today = day.now.date();
    let marks = marks(t, &line.summary, day, today);
    let s = line.summary;
    let date = |date: Option<Date>| date.map_or_else(String::new, |date| near(t, date, today));
    Row {
        age: age(line.birth_date, today),
        name: line.name,
        protected: line.protected,
        plan: s.plan,
        task: match s.core_task {
            CoreTask::Work => t.list_task_work(),
            CoreTask::MeaningfulLife => t.list_task_life(),
            CoreTask::Youth => t.list_task_youth(),
        },
        due: date(s.next_step_due),
        late: s.next_step_due.is_some_and(|due| due < today),
        // The hour stands in the day and in the plan: here it would only make the line longer.
        next: date(next_talk(&s, day.now).map(DateTime::date)),
        last: date(s.last_held),
        company: match s.last_company_contact {
            Some(day) if day > today => t.list_ongoing().to_owned(),
            other => date(other),
        },
        step: s.next_step,
        marks,
        coordinator: line.coordinator,
    }
}
