//! `/my-plan/team`: everyone around the plan, the coordinator first.

use askama::Template;
use axum::response::Response;
use tovholder_casework::act::PageKey;
use tovholder_casework::id::*;
use tovholder_casework::plan::*;
use tovholder_store::people::{self, Employee};

use super::{Change, Someone, coming_change, employee, shell, start};
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, page};
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;

struct Former {
    name: String,
    from: jiff::civil::Date,
    until: jiff::civil::Date,
}

#[derive(Template)]
#[template(path = "citizen/team.html")]
struct Page {
    t: Lang,
    shell: Shell,
    coordinator: Option<Someone>,
    others: Vec<Someone>,
    /// How many people are involved, the coordinator among them.
    count: usize,
    former: Vec<Former>,
    change: Option<Change>,
    /// What the coordinator was told at the start, when the plan was handed over.
    handover: Option<HandoverId>,
    open: bool,
}

/// Everyone who takes part today besides the coordinator.
pub(super) fn around(visit: &Visit, plan: &Plan, staff: &[Employee]) -> Vec<Someone> {
    let (rules, today) = (visit.rules(), visit.today());
    let coordinator = plan.coordinator(today).map(|c| c.employee);
    let one = |p: &Participation| {
        // The role is a key of the rules, or words of one's own.
        let role = rules.role(&p.role).map_or(p.role.as_str(), |role| match visit.t {
            Lang::Da => &role.label.da,
            Lang::En => &role.label.en,
        });
        let known = p.employee.and_then(|id| staff.iter().find(|e| e.id == id));
        let place = known.map_or(p.organisation.as_str(), |e| e.unit_name.as_str());
        let parts: Vec<&str> = [role, place].into_iter().filter(|part| !part.is_empty()).collect();
        let phone = if p.phone.is_empty() {
            known.map_or("", |e| e.phone.as_str())
        } else {
            &p.phone
        };
        Someone {
            name: p.name.clone(),
            role: parts.join(", "),
            phone: phone.to_owned(),
        }
    };
    plan.team_on(today)
        .filter(|p| p.employee.is_none() || p.employee != coordinator)
        .map(one)
        .collect()
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] for an employee; the database is away.
pub async fn get(visit: Visit) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let Some(case) = visit.open_own(&mut conn, PageKey::People).await? else {
        return Ok(start());
    };
    let (t, plan, today) = (visit.t, &case.plan, visit.today());
    let staff = people::employees_of_plan(&mut conn, plan.head.id).await?;
    let coordinator = plan.coordinator(today);
    let others = around(&visit, plan, &staff);
    let former = plan.coordinations.iter().filter_map(|c| {
        let until = c.until.filter(|until| *until < today)?;
        Some(Former {
            name: c.name.clone(),
            from: c.from,
            until,
        })
    });
    page(&Page {
        t,
        shell: shell(&visit, &case, t.nav_my_team()),
        count: others.len() + usize::from(coordinator.is_some()),
        coordinator: coordinator.map(|c| employee(&staff, c.employee, &c.name)),
        others,
        former: if plan.is_open() { former.collect() } else { vec![] },
        change: coming_change(plan, today),
        handover: coordinator
            .and_then(|c| plan.handovers.iter().find(|h| h.coordination == c.id))
            .map(|h| h.id),
        open: plan.is_open(),
    })
}
