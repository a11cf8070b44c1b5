//! `/plans/{plan}/handover/{handover}` and `/my-plan/handover/{handover}`: what a new coordinator should know, on one page. The citizen may
//! write in it.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use tovholder_casework::access::Action;
use tovholder_casework::act::{PageKey, Record};
use tovholder_casework::decide::{Intent, Refusal, Why};
use tovholder_casework::id::*;
use tovholder_casework::plan::*;
use tovholder_store::db::Conn;
use tovholder_store::people;
use tovholder_store::plans::{PerformError, Performed};
use uuid::Uuid;

use super::facts::{open_goals, step_line};
use super::open_for;
use crate::conversation::first_name;
use crate::kit::form::Errors;
use crate::kit::format::sentence;
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, Said, page, page_with_errors, refused, see_other};
use crate::kit::sent::{Fields, Sent};
use crate::kit::shell::Shell;
use crate::kit::visit::{Opened, Visit};
use crate::kit::words;

#[derive(Template)]
#[template(path = "coordination/handover.html")]
struct Page {
    t: Lang,
    shell: Shell,
    errors: Errors,
    goals_title: String,
    strengths_title: String,
    back: String,
    url: String,
    act: String,
    rev: u32,
    lead: String,
    reason: String,
    goals: Vec<String>,
    steps: Vec<String>,
    talks: Vec<String>,
    strengths: Vec<(&'static str, String)>,
    people: Vec<Involved>,
    written: String,
    text: String,
    theirs: Option<String>,
    writes: bool,
    editing: bool,
}

/// Somebody who is involved.
struct Involved {
    name: String,
    role: String,
    phone: String,
}

/// On to the page of the last change, where the look is recorded.
///
/// # Errors
/// [`Failure::NotFound`] when the coordinator has never changed.
pub async fn latest(visit: Visit, Path(plan): Path<PlanId>) -> Result<Redirect, Failure> {
    visit.employee()?;
    let case = visit.find(&mut visit.read().await?, plan, Action::Read).await?;
    let last = case
        .plan
        .coordinations
        .iter()
        .rev()
        .find_map(|c| case.plan.handovers.iter().find(|h| h.coordination == c.id));
    let last = last.ok_or(Failure::NotFound)?;
    Ok(Redirect::to(&format!("/plans/{plan}/handover/{}", last.id)))
}

/// The page for an employee.
///
/// # Errors
/// [`Failure::NotFound`] for somebody without a relation to the plan.
pub async fn get(visit: Visit, Path((plan, id)): Path<(PlanId, HandoverId)>) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let case = open_for(&visit, &mut conn, plan, PageKey::Handover, Action::Read).await?;
    draw(&visit, &mut conn, &case, id).await
}

/// The page for the citizen.
///
/// # Errors
/// [`Failure::NotFound`] when it is not in the citizen's own plan.
pub async fn get_own(visit: Visit, Path(id): Path<HandoverId>) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let case = visit
        .open_own(&mut conn, PageKey::Handover)
        .await?
        .ok_or(Failure::NotFound)?;
    draw(&visit, &mut conn, &case, id).await
}

fn title(visit: &Visit, case: &Opened) -> String {
    match visit.user.citizen() {
        Some(_) => visit.t.coord_handover_title_own().to_owned(),
        None => visit.t.coord_handover_title(case.citizen.name.as_str()),
    }
}

fn shell(visit: &Visit, case: &Opened) -> Shell {
    match visit.user.citizen() {
        Some(_) => crate::citizen::shell(visit, case, &title(visit, case)),
        None => visit.shell(title(visit, case)),
    }
}

async fn draw(visit: &Visit, conn: &mut Conn, case: &Opened, id: HandoverId) -> Result<Response, Failure> {
    let mut shell = shell(visit, case);
    let draft = match visit.draft(conn).await? {
        Some((kept, notice)) => {
            shell.draft = Some(notice);
            Some(kept)
        }
        None => None,
    };
    page(&view(visit, conn, shell, case, id, draft.as_ref(), Errors::none(), None).await?)
}

#[expect(
    clippy::too_many_arguments,
    reason = "the page as it is first drawn, after an error, and after a conflict"
)]
async fn view(
    visit: &Visit,
    conn: &mut Conn,
    shell: Shell,
    case: &Opened,
    id: HandoverId,
    fields: Option<&Fields>,
    errors: Errors,
    theirs: Option<Handover>,
) -> Result<Page, Failure> {
    let (t, today, plan) = (visit.t, visit.today(), &case.plan);
    let handover = plan.handovers.iter().find(|h| h.id == id).ok_or(Failure::NotFound)?;
    let at = plan
        .coordinations
        .iter()
        .position(|c| c.id == handover.coordination)
        .ok_or(Failure::NotFound)?;
    let new = &plan.coordinations[at];
    let before = at
        .checked_sub(1)
        .map(|at| plan.coordinations[at].name.as_str())
        .unwrap_or_default();
    let reason = new.reason.map_or("", |reason| words::transfer_reason(t, reason));
    let colleagues = people::employees_of_plan(conn, plan.head.id).await?;
    let mut involved = vec![Involved {
        name: new.name.clone(),
        role: t.word_relation_coordinator().to_owned(),
        phone: colleagues
            .iter()
            .find(|e| e.id == new.employee)
            .map_or_else(String::new, |e| e.phone.clone()),
    }];
    for p in plan.team_on(today).filter(|p| p.employee != Some(new.employee)) {
        let colleague = colleagues.iter().find(|e| Some(e.id) == p.employee);
        let phone = if p.phone.is_empty() {
            colleague.map_or("", |e| e.phone.as_str())
        } else {
            p.phone.as_str()
        };
        // The role is a key of the rules, or words of one's own.
        let rules = visit.rules();
        let role = rules
            .role(&p.role)
            .map_or(p.role.as_str(), |role| words::rule(t, &role.label));
        let role = [role, p.organisation.as_str()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", ");
        involved.push(Involved {
            name: p.name.clone(),
            role,
            phone: phone.to_owned(),
        });
    }
    let booked = plan
        .conversations
        .iter()
        .filter(|c| c.status == ConversationStatus::Booked && c.starts >= visit.now);
    // Several of one kind stand together, in the order of the kinds.
    let strengths = StrengthKind::ALL.iter().filter_map(|kind| {
        let texts: Vec<&str> = plan
            .strengths
            .iter()
            .filter(|s| s.ended.is_none() && s.kind == *kind)
            .map(|s| s.text.as_str())
            .collect();
        (!texts.is_empty()).then(|| (words::strength_kind(t, *kind), texts.join("\n")))
    });
    let first = first_name(t, &case.citizen.name);
    let rev = theirs.as_ref().map_or(handover.rev, |now| now.rev);
    let own = visit.user.citizen().is_some();
    let (url, back) = match visit.user.citizen() {
        Some(_) => (format!("/my-plan/handover/{id}"), "/my-plan/team".to_owned()),
        None => (
            format!("/plans/{}/handover/{id}", plan.head.id),
            format!("/plans/{}", plan.head.id),
        ),
    };
    Ok(Page {
        t,
        goals_title: if own {
            t.coord_goals_title_own().to_owned()
        } else {
            t.coord_goals_title(first.as_str())
        },
        strengths_title: if own {
            t.coord_strengths_title_own().to_owned()
        } else {
            t.coord_strengths_title(first.as_str())
        },
        back,
        url,
        act: Uuid::now_v7().to_string(),
        rev,
        lead: match before {
            "" => t.coord_handover_first(t.date(new.from), new.name.as_str()),
            before if new.from <= today => t.coord_handover_past(before, t.date(new.from), new.name.as_str()),
            before => t.coord_handover_lead(before, t.date(new.from), new.name.as_str()),
        },
        reason: if new.note.is_empty() {
            reason.to_owned()
        } else {
            format!("{reason}. {}", new.note)
        },
        goals: open_goals(plan).map(|goal| goal.words.clone()).collect(),
        steps: plan
            .open_steps()
            .into_iter()
            .map(|step| step_line(t, &case.citizen, step))
            .collect(),
        talks: booked
            .map(|c| sentence(&t.coord_talk_line(words::channel(t, c.channel), t.datetime(c.starts), c.name.as_str())))
            .collect(),
        strengths: strengths.collect(),
        people: involved,
        written: handover.text.clone(),
        text: fields.map_or_else(|| handover.text.clone(), |fields| fields.text("text").to_owned()),
        theirs: theirs.map(|now| now.text),
        writes: (case.may(Action::WriteAsCitizen) || case.may(Action::Write)) && plan.is_open(),
        editing: fields.is_some(),
        errors,
        shell,
    })
}

/// An employee writes in it.
///
/// # Errors
/// As [`get`].
pub async fn post(visit: Visit, Path((plan, id)): Path<(PlanId, HandoverId)>, sent: Sent) -> Result<Response, Failure> {
    visit.employee()?;
    write(visit, plan, id, sent, format!("/plans/{plan}/handover/{id}")).await
}

/// The citizen writes in it.
///
/// # Errors
/// As [`get_own`].
pub async fn post_own(visit: Visit, Path(id): Path<HandoverId>, sent: Sent) -> Result<Response, Failure> {
    let case = visit
        .open_own(&mut visit.read().await?, PageKey::Handover)
        .await?
        .ok_or(Failure::NotFound)?;
    write(visit, case.plan.head.id, id, sent, format!("/my-plan/handover/{id}")).await
}

async fn write(visit: Visit, plan: PlanId, id: HandoverId, sent: Sent, to: String) -> Result<Response, Failure> {
    let t = visit.t;
    let mut errors = Errors::none();
    let intent = Intent::WriteHandover {
        handover: id,
        rev: sent.rev(),
        text: sent.text("text").to_owned(),
    };
    let theirs = match visit.perform(plan, intent, &sent, &to).await? {
        Ok(Performed::Done(_)) => return Ok(see_other(&to, Said::Saved, Some((plan, sent.submission())))),
        Ok(Performed::Already(to)) => return Ok(Redirect::to(&to).into_response()),
        Err(PerformError::Refused(Refusal {
            why: Why::Conflict(now),
            ..
        })) => {
            errors.push("text", t.error_conflict_text());
            if let Record::Handover(now) = *now {
                Some(now)
            } else {
                None
            }
        }
        Err(why) => {
            refused(t, &why, &[], &mut errors);
            None
        }
    };
    let mut conn = visit.read().await?;
    let case = visit.open(&mut conn, plan, PageKey::Handover).await?;
    let shell = shell(&visit, &case).failed();
    page_with_errors(&view(&visit, &mut conn, shell, &case, id, Some(&sent), errors, theirs).await?)
}
