//! `/plans/{plan}/people/new`: somebody joins the plan.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use jiff::civil::Date;
use tovholder_casework::act::PageKey;
use tovholder_casework::decide::{Intent, PersonInput};
use tovholder_casework::id::*;
use tovholder_casework::plan::*;
use tovholder_store::db::Conn;
use tovholder_store::people::{employees, find_employee};

use crate::kit::form::{Choice, Errors};
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, Said, page, page_with_errors};
use crate::kit::sent::{Fields, Sent};
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;
use crate::kit::words;
use crate::plan::step_new::{OUTSIDE, colleague_choices};
use crate::plan::{Form, again, begin, carry_out, home, to_write};

#[derive(Template)]
#[template(path = "plan/person_new.html")]
struct Page {
    t: Lang,
    shell: Shell,
    form: Form,
    kinds: Vec<Choice>,
    colleagues: Vec<Choice>,
    /// Roles to choose among; another may be typed.
    roles: Vec<String>,
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] for somebody who may not write in the plan.
pub async fn get(visit: Visit, Path(plan): Path<PlanId>) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let case = to_write(&visit, &mut conn, plan, PageKey::People).await?;
    let fresh = Fields::empty()
        .with("kind", PersonKind::Employee)
        .with("from", visit.today());
    let (shell, form) = begin(&visit, &mut conn, &case, visit.t.plan_person_new(), fresh).await?;
    page(&view(&visit, &mut conn, shell, form).await?)
}

/// Lets somebody join.
///
/// # Errors
/// As [`get`].
pub async fn post(visit: Visit, Path(plan): Path<PlanId>, sent: Sent) -> Result<Response, Failure> {
    let mut errors = Errors::none();
    if let Some(input) = read(&visit, &sent, &mut errors).await? {
        let to = home(plan);
        let done = carry_out(
            &visit,
            plan,
            Intent::Join(input),
            &sent,
            (&to, Said::Saved),
            &[],
            &mut errors,
        )
        .await?;
        if let Some(done) = done {
            return Ok(done);
        }
    }
    let mut conn = visit.read().await?;
    let case = to_write(&visit, &mut conn, plan, PageKey::People).await?;
    let (shell, form) = again(&visit, &case, visit.t.plan_person_new(), &sent, errors);
    page_with_errors(&view(&visit, &mut conn, shell, form).await?)
}

async fn read(visit: &Visit, sent: &Fields, errors: &mut Errors) -> Result<Option<PersonInput>, Failure> {
    let t = visit.t;
    let kind = sent.choice("kind", t, errors);
    if kind == Some(PersonKind::Citizen) {
        errors.push("kind", t.error_choose_one());
    }
    let text = |name: &str| sent.text(name).to_owned();
    let mut input = PersonInput {
        kind: kind.unwrap_or(PersonKind::Employee),
        employee: None,
        name: text("name"),
        role: text("role"),
        organisation: text("organisation"),
        phone: text("phone"),
        from: Date::default(),
    };
    if kind == Some(PersonKind::Employee) {
        let found = match sent.value("employee") {
            Some(id) => find_employee(&mut visit.read().await?, id).await?,
            None => None,
        };
        match found {
            // What is known of a colleague is not typed again.
            Some(e) => {
                input = PersonInput {
                    employee: Some(e.id),
                    name: e.name,
                    organisation: e.unit_name,
                    phone: e.phone,
                    role: if sent.is_blank("role") { e.title } else { input.role },
                    ..input
                };
            }
            None => errors.push("employee", t.plan_holder_colleague_missing()),
        }
    } else if sent.is_blank("name") {
        errors.push("name", t.plan_holder_name_missing());
    }
    if input.role.trim().is_empty() && kind != Some(PersonKind::Employee) {
        errors.push("role", t.plan_person_role_missing());
    }
    match sent.required_date("from", t, errors) {
        Some(from) if errors.is_empty() => Ok(Some(PersonInput { from, ..input })),
        _ => Ok(None),
    }
}

async fn view(visit: &Visit, conn: &mut Conn, shell: Shell, form: Form) -> Result<Page, Failure> {
    let t = visit.t;
    let kinds: Vec<PersonKind> = [PersonKind::Employee]
        .into_iter()
        .chain(OUTSIDE.iter().copied())
        .collect();
    let mut roles: Vec<String> = visit
        .rules()
        .roles()
        .map(|r| words::rule(t, &r.label).to_owned())
        .collect();
    roles.sort();
    roles.dedup();
    Ok(Page {
        kinds: words::choices(t, &kinds, words::person_kind, form.text("kind")),
        colleagues: colleague_choices(&employees(conn).await?, form.text("employee")),
        roles,
        t,
        shell,
        form,
    })
}
