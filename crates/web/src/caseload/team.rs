//! `/team`: the people one works with, and how the work stands for all of them. Sums, never a table of who does best.

use askama::Template;
use axum::response::Response;
use jiff::civil::DateTime;
use tovholder_casework::access::Right;
use tovholder_casework::act::PageKey;
use tovholder_casework::caseload::ReadyList;
use tovholder_casework::id::*;
use tovholder_store::caseload::{self as store, Counts, Day};
use tovholder_store::db::Conn;
use tovholder_store::people::{self, Employee};
use tovholder_store::sessions::Role;
use tovholder_store::teams;
use tovholder_store::{corrections, emergency};

use crate::caseload::citizens::{ScopeKey, View};
use crate::caseload::day_of;
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, page};
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;
use crate::kit::words;

struct Colleague {
    name: String,
    role: String,
    phone: String,
    me: &'static str,
    today: String,
    plans: u32,
}

struct Sum {
    label: &'static str,
    number: String,
    mine: String,
    href: String,
}

struct Group {
    name: String,
    /// The team's status sheet; empty for those who only share a unit.
    status: String,
    colleagues: Vec<Colleague>,
    sums: Vec<Sum>,
}

struct UnitRow {
    name: String,
    cells: Vec<(u32, String)>,
}

#[derive(Template)]
#[template(path = "caseload/team.html")]
struct Page {
    t: Lang,
    shell: Shell,
    heads: Vec<&'static str>,
    units: Vec<UnitRow>,
    total: Vec<u32>,
    groups: Vec<Group>,
    rule: String,
    /// How many times emergency access was taken and waits for the leader's signature; none for those who lead nobody.
    review: Option<u32>,
    /// As on the day's page.
    corrections: (u32, bool),
    /// May see who has had data for research.
    research: bool,
}

/// What is summed for a team: what the work asks for next.
const SUMS: &[ReadyList] = &[
    ReadyList::All,
    ReadyList::Drifting,
    ReadyList::NoNextConversation,
    ReadyList::StepOverdue,
    ReadyList::OutcomeMissing,
];

/// The page.
///
/// # Errors
/// The user is no employee, or the database is away.
pub async fn get(visit: Visit) -> Result<Response, Failure> {
    let (t, me, day) = (visit.t, visit.employee()?, day_of(&visit));
    let mut conn = visit.read().await?;
    let standing = visit.standing(&mut conn).await?;
    let leads = standing.leads.clone();
    visit.look(None, PageKey::Team).await?;
    let (units, total) = units(&visit, &mut conn, &leads, &day).await?;
    let mut groups = Vec::new();
    for (team, name, members) in members(&visit, &mut conn, me).await? {
        let mut group = group(&visit, &mut conn, name, members, &day).await?;
        group.status = team.map(crate::status::home).unwrap_or_default();
        groups.push(group);
    }
    let review = if visit.has(Right::Review) {
        Some(emergency::waiting(&mut conn, &leads, me).await?)
    } else {
        None
    };
    let corrections = if review.is_some() {
        corrections::waiting(&mut conn, me, &standing, visit.today()).await?
    } else {
        (0, false)
    };
    let rule = visit
        .rules()
        .drift(tovholder_casework::plan::CoreTask::Work)
        .explanation
        .clone();
    page(&Page {
        t,
        shell: visit.shell(t.nav_team()),
        heads: ReadyList::ALL
            .iter()
            .map(|list| words::ready_list_of_unit(t, *list))
            .collect(),
        units,
        total,
        groups,
        review,
        corrections,
        research: visit.has(Right::Research),
        rule: match t {
            Lang::Da => rule.da,
            Lang::En => rule.en,
        },
    })
}

/// A team, or a unit without an id, with its name and its people.
type Members = (Option<TeamId>, String, Vec<Employee>);

/// The teams with their people; those without a team see their unit.
async fn members(visit: &Visit, conn: &mut Conn, me: EmployeeId) -> Result<Vec<Members>, Failure> {
    let teams = teams::of_employee(conn, me).await?;
    if !teams.is_empty() {
        let of = |team: teams::Team| (Some(team.id), team.name, team.members);
        return Ok(teams.into_iter().map(of).collect());
    }
    let Some(unit) = visit.user.unit else { return Ok(vec![]) };
    Ok(vec![(
        None,
        visit.user.actor.unit.clone(),
        people::employees_of_unit(conn, unit).await?,
    )])
}

async fn group(
    visit: &Visit,
    conn: &mut Conn,
    name: String,
    members: Vec<Employee>,
    day: &Day,
) -> Result<Group, Failure> {
    let t = visit.t;
    let me = visit.employee()?;
    let ids: Vec<EmployeeId> = members.iter().map(|member| member.id).collect();
    let counts = store::employee_counts(conn, &ids, day).await?;
    let busy = store::busy(conn, &ids, visit.now).await?;
    let of = |id: EmployeeId| {
        counts
            .iter()
            .find(|(who, _)| *who == id)
            .map_or_else(Counts::default, |(_, counts)| *counts)
    };
    let all = counts.iter().fold(Counts::default(), |sum, (_, counts)| sum + *counts);
    let sum = |list: &ReadyList| Sum {
        label: if *list == ReadyList::All {
            t.list_open_plans()
        } else {
            words::ready_list_of_unit(t, *list)
        },
        number: t.integer(i64::from(all.of(*list))),
        mine: if of(me).of(ReadyList::All) > 0 {
            t.list_of_them_yours(of(me).of(*list))
        } else {
            String::new()
        },
        href: if of(me).of(*list) > 0 {
            View {
                list: *list,
                ..View::default()
            }
            .href()
        } else {
            String::new()
        },
    };
    let colleague = |member: Employee| {
        let (_, many, next) = busy
            .iter()
            .find(|(who, ..)| *who == member.id)
            .copied()
            .unwrap_or((member.id, 0, None));
        Colleague {
            me: if member.id == me { t.list_me() } else { "" },
            today: today(t, many, next),
            plans: of(member.id).of(ReadyList::All),
            role: t.list_title_at(member.title, member.unit_name),
            name: member.name,
            phone: member.phone,
        }
    };
    Ok(Group {
        name,
        status: String::new(),
        // Nought five times says nothing about a team that coordinates no plans.
        sums: if all.of(ReadyList::All) > 0 {
            SUMS.iter().map(sum).collect()
        } else {
            vec![]
        },
        colleagues: members.into_iter().map(colleague).collect(),
    })
}

fn today(t: Lang, many: u32, next: Option<DateTime>) -> String {
    match (many, next) {
        (0, _) => t.list_busy_none().to_owned(),
        (_, None) => t.list_busy_over(many),
        (_, Some(next)) => t.list_busy_next(many, t.time(next.time())),
    }
}

/// How the units stand, for those who lead them, and their sum.
async fn units(
    visit: &Visit,
    conn: &mut Conn,
    leads: &[UnitId],
    day: &Day,
) -> Result<(Vec<UnitRow>, Vec<u32>), Failure> {
    if !matches!(visit.user.role, Some(Role::TeamLeader | Role::Head)) || leads.is_empty() {
        return Ok((vec![], vec![]));
    }
    let counts = store::unit_counts(conn, leads, day).await?;
    let numbers = |counts: &Counts| ReadyList::ALL.iter().map(|list| counts.of(*list)).collect::<Vec<_>>();
    let sum = counts.iter().fold(Counts::default(), |sum, (_, counts)| sum + *counts);
    let mut rows = Vec::new();
    for unit in people::units(conn)
        .await?
        .into_iter()
        .filter(|unit| leads.contains(&unit.id))
    {
        // A unit without plans, such as the one that pays benefits, has nothing to show.
        let Some((_, counts)) = counts.iter().find(|(id, _)| *id == unit.id) else {
            continue;
        };
        let href = |list: ReadyList| {
            View {
                scope: ScopeKey::Unit,
                unit: Some(unit.id),
                list,
                ..View::default()
            }
            .href()
        };
        rows.push(UnitRow {
            cells: ReadyList::ALL
                .iter()
                .map(|list| (counts.of(*list), href(*list)))
                .collect(),
            name: unit.name,
        });
    }
    let total = if rows.len() > 1 { numbers(&sum) } else { vec![] };
    Ok((rows, total))
}
