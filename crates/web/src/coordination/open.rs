//! `/citizens/{citizen}/open-plan`: a citizen without a plan gets one, with a coordinator from the first day.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use tovholder_casework::access::{Right, may_open_plan};
use tovholder_casework::act::PageKey;
use tovholder_casework::id::*;
use tovholder_casework::person::Citizen;
use tovholder_casework::plan::*;
use tovholder_store::db::Conn;
use tovholder_store::people;
use tovholder_store::plans::{self, PerformError};
use uuid::Uuid;

use super::{UnitOfChoices, colleagues, coordinators};
use crate::conversation::first_name;
use crate::kit::form::{Choice, Errors};
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, Said, page, page_with_errors, refused, see_other};
use crate::kit::sent::{Fields, Sent};
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;
use crate::kit::words;

#[derive(Template)]
#[template(path = "coordination/open.html")]
struct Page {
    t: Lang,
    shell: Shell,
    errors: Errors,
    first: String,
    url: String,
    act: String,
    core_tasks: Vec<Choice>,
    units: Vec<UnitOfChoices>,
    chosen: bool,
    opened: String,
}

/// The citizen, for an employee who may open a plan for them, and whether the employee will have a relation to it as a leader.
async fn citizen(visit: &Visit, conn: &mut Conn, id: CitizenId) -> Result<(Citizen, bool), Failure> {
    visit.must(Right::OpenPlan)?;
    let citizen = people::find_citizen(conn, id).await?.ok_or(Failure::NotFound)?;
    let standing = visit.standing(conn).await?;
    if !may_open_plan(citizen.unit, visit.user.unit, &standing) {
        return Err(Failure::NotFound);
    }
    visit.look(Some(citizen.id), PageKey::OpenPlan).await?;
    let leads = standing.leads.contains(&citizen.unit);
    Ok((citizen, leads))
}

/// The open plan the citizen has already.
async fn has_plan(conn: &mut Conn, citizen: CitizenId) -> Result<Option<PlanId>, Failure> {
    let Some(id) = plans::current_plan(conn, citizen).await? else {
        return Ok(None);
    };
    Ok(plans::load(conn, id)
        .await?
        .filter(|case| case.plan.is_open())
        .map(|case| case.plan.head.id))
}

async fn view(
    visit: &Visit,
    conn: &mut Conn,
    shell: Shell,
    citizen: &Citizen,
    fields: &Fields,
    errors: Errors,
) -> Result<Page, Failure> {
    let t = visit.t;
    let units = colleagues(conn, t, citizen.unit, None, fields.text("coordinator")).await?;
    Ok(Page {
        t,
        errors,
        first: first_name(t, &citizen.name),
        url: format!("/citizens/{}/open-plan", citizen.id),
        act: Uuid::now_v7().to_string(),
        core_tasks: words::choices(t, CoreTask::ALL, words::core_task, fields.text("core_task")),
        chosen: units.iter().any(|unit| unit.people.iter().any(|p| p.chosen)),
        units,
        opened: fields.text("opened").to_owned(),
        shell,
    })
}

/// The page. Somebody who has a plan already is shown that.
///
/// # Errors
/// [`Failure::NotFound`] for an employee outside the unit responsible for the citizen.
pub async fn get(visit: Visit, Path(id): Path<CitizenId>) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let (citizen, _) = citizen(&visit, &mut conn, id).await?;
    if let Some(plan) = has_plan(&mut conn, id).await? {
        return Ok(Redirect::to(&format!("/plans/{plan}")).into_response());
    }
    let shell = visit.shell(visit.t.coord_open_title(citizen.name.as_str()));
    let fields = Fields::empty()
        .with("core_task", CoreTask::Work)
        .with("coordinator", visit.employee()?)
        .with("opened", visit.today());
    page(&view(&visit, &mut conn, shell, &citizen, &fields, Errors::none()).await?)
}

/// Opens the plan.
///
/// # Errors
/// As [`get`].
pub async fn post(visit: Visit, Path(id): Path<CitizenId>, sent: Sent) -> Result<Response, Failure> {
    let t = visit.t;
    let mut conn = visit.read().await?;
    let (citizen, leads) = citizen(&visit, &mut conn, id).await?;
    let mut errors = Errors::none();
    let core_task = sent.choice("core_task", t, &mut errors);
    let chosen: Option<EmployeeId> = sent.value("coordinator");
    let coordinator = coordinators(&mut conn)
        .await?
        .into_iter()
        .find(|e| Some(e.id) == chosen);
    drop(conn);
    if coordinator.is_none() {
        errors.push("coordinator", t.coord_choose_colleague());
    }
    let opened = sent.required_date("opened", t, &mut errors);
    if let (Some(core_task), Some(coordinator), Some(opened)) = (core_task, coordinator, opened)
        && errors.is_empty()
    {
        let own = leads || Some(coordinator.id) == visit.user.employee();
        let sender = visit.sender(&sent, "/day").await?;
        match plans::open(
            &visit.app.db,
            id,
            core_task,
            (coordinator.id, coordinator.name),
            opened,
            &sender,
        )
        .await
        {
            // Who opens a plan for a colleague to coordinate has no business in it afterwards.
            Ok(plan) => {
                return Ok(see_other(
                    &if own {
                        format!("/plans/{plan}")
                    } else {
                        "/day".to_owned()
                    },
                    Said::PlanOpened,
                    None,
                ));
            }
            Err(PerformError::Taken) => errors.push("", t.coord_has_plan(first_name(t, &citizen.name))),
            Err(PerformError::NotFound) => return Err(Failure::NotFound),
            Err(PerformError::Db(error)) => return Err(Failure::Db(error)),
            Err(why) => refused(t, &why, &[], &mut errors),
        }
    }
    let mut conn = visit.read().await?;
    let shell = visit.shell(t.coord_open_title(citizen.name.as_str())).failed();
    page_with_errors(&view(&visit, &mut conn, shell, &citizen, &sent, errors).await?)
}
