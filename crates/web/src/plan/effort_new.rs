//! `/plans/{plan}/efforts/new`: something done for the goal over time. Efforts run in parallel.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use tovholder_casework::act::PageKey;
use tovholder_casework::decide::{EffortInput, Intent};
use tovholder_casework::id::*;

use tovholder_store::db::Conn;
use tovholder_store::people::{company_name, company_names, units};

use crate::kit::form::{Choice, Errors};
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, Said, page, page_with_errors};
use crate::kit::sent::{Fields, Sent};
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;
use crate::kit::words;
use crate::plan::{Form, again, begin, carry_out, home, query, to_write};

#[derive(Template)]
#[template(path = "plan/effort_new.html")]
struct Page {
    t: Lang,
    shell: Shell,
    form: Form,
    effort: EffortChoices,
}

/// What can be chosen about an effort.
pub(super) struct EffortChoices {
    pub kinds: Vec<Choice>,
    pub companies: Vec<Choice>,
    pub units: Vec<Choice>,
}
impl EffortChoices {
    pub(super) async fn load(visit: &Visit, conn: &mut Conn, form: &Form) -> Result<Self, Failure> {
        let chosen = form.text("kind");
        let kinds = visit
            .rules()
            .efforts()
            .map(|e| Choice::new(&e.code, words::rule(visit.t, &e.label), e.code == chosen));
        let mut kinds: Vec<Choice> = kinds.collect();
        // A kind that no rule knows today, as one that was agreed under older rules, stays what it is.
        if !chosen.is_empty() && !kinds.iter().any(|k| k.chosen) {
            kinds.push(Choice::new(chosen, chosen, true));
        }
        let named = |id: String, name: String, chosen: &str| Choice {
            chosen: id == chosen,
            value: id,
            label: name,
            hint: String::new(),
        };
        let company = company_names(conn)
            .await?
            .into_iter()
            .map(|(id, name)| named(id.to_string(), name, form.text("company")));
        let unit = units(conn)
            .await?
            .into_iter()
            .map(|u| named(u.id.to_string(), u.name, form.text("unit")));
        Ok(EffortChoices {
            kinds,
            companies: company.collect(),
            units: unit.collect(),
        })
    }
}

/// Reads the fields of an effort.
pub(super) async fn read(visit: &Visit, sent: &Fields, errors: &mut Errors) -> Result<Option<EffortInput>, Failure> {
    let t = visit.t;
    let kind = sent.text("kind").trim().to_owned();
    if kind.is_empty() {
        errors.push("kind", t.error_choose_one());
    }
    if sent.is_blank("title") {
        errors.push("title", t.plan_effort_title_missing());
    }
    let company: Option<CompanyId> = if sent.is_blank("company") {
        None
    } else {
        sent.choice("company", t, errors)
    };
    let unit: Option<UnitId> = if sent.is_blank("unit") {
        None
    } else {
        sent.choice("unit", t, errors)
    };
    let mut provider = sent.text("provider").trim().to_owned();
    if let Some(id) = company {
        match company_name(&mut visit.read().await?, id).await? {
            // The timeline shows who gives the effort: at a company that is the company, unless somebody else is named.
            Some(name) if provider.is_empty() => provider = name,
            Some(_) => {}
            None => errors.push("company", t.error_choose_one()),
        }
    }
    let from = sent.required_date("from", t, errors);
    let until = sent.date("until", t, errors);
    let hours = read_hours(t, sent, errors);
    let title = sent.text("title").to_owned();
    Ok(match from {
        Some(from) if errors.is_empty() => Some(EffortInput {
            kind,
            title,
            unit,
            company,
            provider,
            from,
            until,
            hours,
        }),
        _ => None,
    })
}

/// Hours a week, and how many of them are paid. Paid hours alone are hours too.
pub(super) fn read_hours(t: Lang, sent: &Fields, errors: &mut Errors) -> Option<(f64, f64)> {
    let hours = sent.hours("hours", t, errors);
    let paid = sent.hours("paid", t, errors);
    match (hours, paid) {
        (None, None) => None,
        (Some(hours), paid) => {
            let paid = paid.unwrap_or(0.0);
            if paid > hours {
                errors.push("paid", t.plan_effort_paid_too_many());
            }
            Some((hours, paid))
        }
        (None, Some(paid)) => Some((paid, paid)),
    }
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] for somebody who may not write in the plan.
pub async fn get(visit: Visit, Path(plan): Path<PlanId>) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let case = to_write(&visit, &mut conn, plan, PageKey::Efforts).await?;
    let fresh = Fields::empty()
        .with("from", visit.today())
        .with("kind", query(&visit).text("kind"));
    let (shell, form) = begin(&visit, &mut conn, &case, visit.t.plan_effort_new(), fresh).await?;
    let effort = EffortChoices::load(&visit, &mut conn, &form).await?;
    page(&Page {
        t: visit.t,
        shell,
        form,
        effort,
    })
}

/// Sets the effort.
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
            Intent::SetEffort(input),
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
    let case = to_write(&visit, &mut conn, plan, PageKey::Efforts).await?;
    let (shell, form) = again(&visit, &case, visit.t.plan_effort_new(), &sent, errors);
    let effort = EffortChoices::load(&visit, &mut conn, &form).await?;
    page_with_errors(&Page {
        t: visit.t,
        shell,
        form,
        effort,
    })
}
