//! `/plans/{plan}/book`: an employee agrees on a time with the citizen.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use tovholder_casework::access::Action;
use tovholder_casework::decide::Intent;
use tovholder_casework::id::*;
use tovholder_casework::plan::*;
use tovholder_store::db::Conn;
use tovholder_store::plans::{PerformError, Performed};
use uuid::Uuid;

use super::times::{self, Offer, Pick, Times};
use super::{About, open};
use crate::kit::form::{Errors, Link};
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, Said, page, page_with_errors, refused, see_other};
use crate::kit::sent::{Fields, Sent};
use crate::kit::shell::Shell;
use crate::kit::visit::{Opened, Visit};

/// Booking and moving look alike.
#[derive(Template)]
#[template(path = "conversation/book.html")]
pub(super) struct Page {
    pub t: Lang,
    pub shell: Shell,
    pub errors: Errors,
    pub name: String,
    pub plan_url: String,
    pub action: String,
    pub act: String,
    pub rev: u32,
    /// The time that is given up when a conversation is moved.
    pub now: Option<About>,
    /// Whose times, when there is a choice.
    pub hosts: Vec<Link>,
    pub host: String,
    pub times: Times,
    pub submit: &'static str,
}

/// Those a conversation can be with: the coordinator, oneself, the others of the municipality around the plan.
fn hosts(visit: &Visit, plan: &Plan) -> Vec<(EmployeeId, String)> {
    let mut all: Vec<(EmployeeId, String)> = Vec::new();
    let coordinator = plan.coordinator(visit.today()).map(|c| (c.employee, c.name.clone()));
    let me = visit.user.employee().map(|me| (me, visit.user.actor.name.clone()));
    let team = plan
        .team_on(visit.today())
        .filter_map(|p| Some((p.employee?, p.name.clone())));
    for (id, name) in coordinator.into_iter().chain(me).chain(team) {
        if !all.iter().any(|(other, _)| *other == id) {
            all.push((id, name));
        }
    }
    all
}

/// The chosen one, else the first.
fn host(all: &[(EmployeeId, String)], chosen: Option<EmployeeId>) -> Result<(EmployeeId, String), Failure> {
    let found = all.iter().find(|(id, _)| Some(*id) == chosen).or_else(|| all.first());
    found.cloned().ok_or(Failure::NotFound)
}

fn view(visit: &Visit, shell: Shell, case: &Opened, offer: &Offer, fields: &Fields, errors: Errors) -> Page {
    let t = visit.t;
    let plan_url = format!("/plans/{}", case.plan.head.id);
    let all = hosts(visit, &case.plan);
    let links = all.iter().map(|(id, name)| {
        Link::new(
            name.as_str(),
            format!("{plan_url}/book?with={id}"),
            *id == offer.employee,
        )
    });
    Page {
        t,
        errors,
        name: case.citizen.name.clone(),
        action: format!("{plan_url}/book"),
        act: Uuid::now_v7().to_string(),
        rev: 0,
        now: None,
        hosts: if all.len() > 1 { links.collect() } else { vec![] },
        host: offer.employee.to_string(),
        times: offer.show(t, fields, Pick::Soon, None),
        submit: t.talk_book_submit(),
        plan_url,
        shell,
    }
}

async fn case(visit: &Visit, conn: &mut Conn, plan: PlanId) -> Result<Opened, Failure> {
    let case = open(visit, conn, plan, Action::TakePart).await?;
    if case.plan.is_open() {
        Ok(case)
    } else {
        Err(Failure::NotFound)
    }
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] for somebody who takes no part in the plan.
pub async fn get(visit: Visit, Path(plan): Path<PlanId>) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let case = case(&visit, &mut conn, plan).await?;
    let mut shell = visit.shell(visit.t.talk_book_title(case.citizen.name.as_str()));
    let query = visit
        .path
        .split_once('?')
        .map_or_else(Fields::empty, |(_, query)| Fields::parse(query));
    let kept = visit.draft(&mut conn).await?;
    let chosen = query
        .value("with")
        .or_else(|| kept.as_ref().and_then(|(fields, _)| fields.value("with")));
    let who = host(&hosts(&visit, &case.plan), chosen)?;
    let offer = Offer::of(&visit, &mut conn, &case, who).await?;
    let fields = match kept {
        Some((fields, notice)) => {
            shell.draft = Some(notice);
            fields
        }
        None => offer.fresh(Fields::empty(), Channel::Meeting),
    };
    page(&view(&visit, shell, &case, &offer, &fields, Errors::none()))
}

/// Books it.
///
/// # Errors
/// As [`get`].
pub async fn post(visit: Visit, Path(plan): Path<PlanId>, sent: Sent) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let case = case(&visit, &mut conn, plan).await?;
    let who = host(&hosts(&visit, &case.plan), sent.value("with"))?;
    let offer = Offer::of(&visit, &mut conn, &case, who.clone()).await?;
    drop(conn);
    let mut errors = Errors::none();
    let booking = offer.read(visit.t, &sent, &mut errors);
    if let Some(booking) = booking.filter(|_| errors.is_empty()) {
        let to = format!("/plans/{plan}");
        match visit.perform(plan, Intent::Book(booking), &sent, &to).await? {
            Ok(Performed::Done(_)) => return Ok(see_other(&to, Said::Booked, Some((plan, sent.submission())))),
            Ok(Performed::Already(to)) => return Ok(Redirect::to(&to).into_response()),
            Err(why) => objections(&visit, &why, &sent, &mut errors),
        }
    } else if errors.is_empty() {
        errors.push("next", visit.t.talk_choose_time());
    }
    let mut conn = visit.read().await?;
    let offer = Offer::of(&visit, &mut conn, &case, who).await?;
    let shell = visit
        .shell(visit.t.talk_book_title(case.citizen.name.as_str()))
        .failed();
    page_with_errors(&view(&visit, shell, &case, &offer, &sent, errors))
}

/// What casework and the calendar object to, beside the fields of the time.
pub(super) fn objections(visit: &Visit, why: &PerformError, sent: &Fields, errors: &mut Errors) {
    let starts = times::field_of(sent, "starts");
    refused(
        visit.t,
        why,
        &[
            ("taken", starts),
            ("starts", starts),
            ("minutes", times::field_of(sent, "minutes")),
        ],
        errors,
    );
}
