//! `/citizens/{citizen}/emergency`: an employee who has no part in a plan reads it for a day, and says why. Until then they learn that there is a plan,
//! and whom to call, and nothing else.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use tovholder_casework::access::{Action, EMERGENCY_HOURS, Right, may};
use tovholder_casework::act::PageKey;
use tovholder_casework::id::*;
use tovholder_store::db::Conn;
use tovholder_store::emergency::{Taken, held, take};
use tovholder_store::{people, plans};

use super::Form;
use crate::kit::form::Errors;
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, page, page_with_errors, refused};
use crate::kit::sent::{Fields, Sent};
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;

#[derive(Template)]
#[template(path = "access/emergency.html")]
struct Page {
    t: Lang,
    shell: Shell,
    form: Form,
    hours: i64,
    /// Whom to call first.
    name: String,
    role: String,
    phone: String,
}

/// Whom to call first: the coordinator, or the unit that is responsible.
struct Turn {
    name: String,
    role: String,
    phone: String,
}

/// The page's facts, or the plan that the user may read already.
async fn open(visit: &Visit, conn: &mut Conn, citizen: CitizenId) -> Result<Result<Turn, PlanId>, Failure> {
    visit.must(Right::Emergency)?;
    let me = visit.employee()?;
    let case = plans::load_current(conn, citizen).await?.ok_or(Failure::NotFound)?;
    let standing = visit.standing(conn).await?;
    let plan = case.plan.head.id;
    let related = may(visit.relation(&case, &standing), Action::Read);
    if related || held(conn, citizen, me, visit.at).await?.is_some() {
        return Ok(Err(plan));
    }
    visit.look(Some(citizen), PageKey::Emergency).await?;
    let t = visit.t;
    let coordinator = case.plan.coordinator_on(visit.today()).map(|c| c.employee);
    if let Some(id) = coordinator
        && let Some(who) = people::find_employee(conn, id).await?
    {
        return Ok(Ok(Turn {
            name: who.name,
            role: t.list_coordinator().to_owned(),
            phone: who.phone,
        }));
    }
    let unit = people::units(conn)
        .await?
        .into_iter()
        .find(|unit| unit.id == case.citizen.unit);
    Ok(Ok(unit.map_or_else(
        || Turn {
            name: String::new(),
            role: String::new(),
            phone: String::new(),
        },
        |unit| Turn {
            name: unit.name,
            role: t.list_turn_to().to_owned(),
            phone: unit.phone,
        },
    )))
}

fn view(visit: &Visit, turn: Turn, form: Form, shell: Shell) -> Page {
    Page {
        t: visit.t,
        shell,
        form,
        hours: EMERGENCY_HOURS,
        name: turn.name,
        role: turn.role,
        phone: turn.phone,
    }
}

fn plan_page(plan: PlanId) -> Response {
    Redirect::to(&crate::plan::home(plan)).into_response()
}

/// The page. Somebody who may read the plan already is sent to it.
///
/// # Errors
/// [`Failure::NotFound`] for those whose role does not give the right, and when the citizen has no plan.
pub async fn get(visit: Visit, Path(citizen): Path<CitizenId>) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let turn = match open(&visit, &mut conn, citizen).await? {
        Ok(turn) => turn,
        Err(plan) => return Ok(plan_page(plan)),
    };
    let mut shell = visit.shell(visit.t.acc_emergency_title());
    let fields = visit.fields(&mut conn, &mut shell, None, Fields::empty()).await?;
    let form = Form::new(&visit, fields, Errors::none());
    page(&view(&visit, turn, form, shell))
}

/// Takes the access.
///
/// # Errors
/// As [`get`].
pub async fn post(visit: Visit, Path(citizen): Path<CitizenId>, sent: Sent) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let turn = match open(&visit, &mut conn, citizen).await? {
        Ok(turn) => turn,
        Err(plan) => return Ok(plan_page(plan)),
    };
    drop(conn);
    let sender = visit.sender(&sent, "").await?;
    let taken = take(&visit.app.db, citizen, visit.user.role, sent.text("reason"), &sender).await;
    match Visit::refusal_apart(taken)? {
        Ok(Taken::Given(plan) | Taken::Needless(plan)) => Ok(plan_page(plan)),
        Err(why) => {
            let mut errors = Errors::none();
            refused(visit.t, &why, &[], &mut errors);
            let shell = visit.shell(visit.t.acc_emergency_title()).failed();
            let form = Form::new(&visit, (*sent).clone(), errors);
            page_with_errors(&view(&visit, turn, form, shell))
        }
    }
}
