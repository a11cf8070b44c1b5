//! `/plans/{plan}/consents/new`: asking the citizen. The text is made from what is chosen here; afterwards it is read, and answered.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use tovholder_casework::access::Action;
use tovholder_casework::act::PageKey;
use tovholder_casework::consent::*;
use tovholder_casework::decide::{ConsentInput, Intent, latest};
use tovholder_casework::id::*;
use tovholder_store::db::Conn;
use tovholder_store::people::{self, Unit};
use tovholder_store::plans::Performed;
use uuid::Uuid;

use super::list::address;
use super::part;
use crate::kit::form::{Choice, Errors, Link};
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, Said, page, page_with_errors, refused, see_other};
use crate::kit::sent::{Fields, Sent};
use crate::kit::shell::Shell;
use crate::kit::visit::{Opened, Visit};
use crate::kit::words;

#[derive(Template)]
#[template(path = "consent/ask.html")]
struct Page {
    t: Lang,
    shell: Shell,
    list: String,
    act: String,
    draft: String,
    fields: Fields,
    errors: Errors,
    ways: Vec<Link>,
    way: Way,
    units: Vec<Choice>,
    kinds: Vec<Choice>,
    today: String,
    latest: String,
    months: u32,
}

/// Opens the plan for somebody who may ask, with the units that can be asked for.
async fn open(visit: &Visit, conn: &mut Conn, plan: PlanId) -> Result<(Opened, Vec<Unit>), Failure> {
    visit.employee()?;
    let case = visit
        .open_for(conn, plan, PageKey::Consents, Action::AskConsent)
        .await?;
    if !case.plan.is_open() {
        return Err(Failure::NotFound);
    }
    let units = people::units(conn).await?;
    Ok((case, units))
}

fn view(visit: &Visit, case: &Opened, units: &[Unit], mut shell: Shell, fields: Fields, errors: Errors) -> Page {
    let (t, today) = (visit.t, visit.today());
    let list = address(case.plan.head.id);
    let way = fields.value("way").unwrap_or(Way::Unit);
    let months = visit.rules().consent_limit().months;
    let chosen: Vec<&str> = fields.all("kinds").collect();
    let kinds = Information::ALL
        .iter()
        .filter(|kind| way.concerns(**kind) && !(way == Way::Unit && **kind == Information::Plan));
    let label = |kind: Information| match kind.is_in_plan() {
        true => part(t, kind).to_owned(),
        false => words::rule(t, &visit.rules().consent_kind(kind).label).to_owned(),
    };
    shell.failed = !errors.is_empty();
    Page {
        t,
        shell,
        act: Uuid::now_v7().to_string(),
        draft: format!("/draft{}", visit.page_path()),
        ways: Way::ALL
            .iter()
            .map(|one| {
                let label = match one {
                    Way::Unit => t.consent_ask_unit(),
                    Way::Give => t.consent_ask_give(),
                    Way::Gather => t.consent_ask_gather(),
                };
                Link::new(label, format!("{list}/new?way={one}"), *one == way)
            })
            .collect(),
        way,
        units: units
            .iter()
            .filter(|unit| unit.id != case.citizen.unit)
            .map(|unit| {
                let id = unit.id.to_string();
                Choice::new(id.clone(), unit.name.clone(), id == fields.text("unit"))
            })
            .collect(),
        kinds: kinds
            .map(|kind| Choice::new(kind.as_str(), label(*kind), chosen.contains(&kind.as_str())))
            .collect(),
        today: today.to_string(),
        latest: latest(today, months).to_string(),
        months,
        list,
        fields,
        errors,
    }
}

/// What the form begins with: an older consent to ask for anew, or the unit or the way of the address.
fn fresh(visit: &Visit, case: &Opened) -> Fields {
    let query = visit
        .path
        .split_once('?')
        .map_or_else(Fields::empty, |(_, query)| Fields::parse(query));
    let months = visit.rules().consent_limit().months;
    let mut fields = Fields::empty().with("until", latest(visit.today(), months));
    let old = query.value::<ConsentId>("renew");
    if let Some(old) = old.and_then(|id| case.plan.consents.iter().find(|consent| consent.id == id)) {
        fields = fields.with("way", old.terms.way).with("purpose", &old.terms.purpose);
        fields = match old.unit {
            Some(unit) => fields.with("unit", unit),
            None => fields.with("party", old.terms.other_side()),
        };
        let kinds = old.terms.kinds.iter();
        return kinds.fold(fields, |fields, kind| fields.with("kinds", kind));
    }
    fields
        .with("way", query.value::<Way>("way").unwrap_or(Way::Unit))
        .with("unit", query.text("unit"))
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] for those who may not ask.
pub async fn get(visit: Visit, Path(plan): Path<PlanId>) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let (case, units) = open(&visit, &mut conn, plan).await?;
    let mut shell = visit.shell(visit.t.consent_new());
    let fresh = fresh(&visit, &case);
    let fields = match visit.draft(&mut conn).await? {
        // What was typed for another way does not fit this one.
        Some((kept, notice)) if kept.text("way") == fresh.text("way") => {
            shell.draft = Some(notice);
            kept
        }
        _ => fresh,
    };
    page(&view(&visit, &case, &units, shell, fields, Errors::none()))
}

/// Asks.
///
/// # Errors
/// As [`get`].
pub async fn post(visit: Visit, Path(plan): Path<PlanId>, sent: Sent) -> Result<Response, Failure> {
    let t = visit.t;
    let mut conn = visit.read().await?;
    let (case, units) = open(&visit, &mut conn, plan).await?;
    drop(conn);
    let mut errors = Errors::none();
    let way = sent.value("way").unwrap_or(Way::Unit);
    let until = sent.required_date("until", t, &mut errors);
    let unit = sent
        .value::<UnitId>("unit")
        .and_then(|id| units.iter().find(|unit| unit.id == id && id != case.citizen.unit));
    let kinds = sent.all("kinds").filter_map(|kind| kind.parse().ok());
    let input = |until| ConsentInput {
        way,
        unit: unit.filter(|_| way == Way::Unit).map(|unit| unit.id),
        party: match way {
            Way::Unit => unit.map_or_else(String::new, |unit| unit.name.clone()),
            Way::Give | Way::Gather => sent.text("party").to_owned(),
        },
        ours: units
            .iter()
            .find(|unit| unit.id == case.citizen.unit)
            .map_or_else(String::new, |unit| unit.name.clone()),
        kinds: kinds.collect(),
        purpose: sent.text("purpose").to_owned(),
        until,
        version: visit.rules().consent_text(way).version,
        months: visit.rules().consent_limit().months,
    };
    if let Some(until) = until {
        let list = address(plan);
        match visit
            .perform(plan, Intent::AskConsent(input(until)), &sent, &list)
            .await?
        {
            Ok(Performed::Done(done)) => {
                let new = done.plan.consents.last().map(|consent| consent.id);
                let to = new.map_or_else(|| list.clone(), |id| format!("{list}/{id}"));
                return Ok(see_other(&to, Said::ConsentAsked, Some((plan, sent.submission()))));
            }
            Ok(Performed::Already(to)) => return Ok(Redirect::to(&to).into_response()),
            Err(why) => {
                let party = if way == Way::Unit { "unit" } else { "party" };
                refused(t, &why, &[("party", party)], &mut errors);
            }
        }
    }
    let shell = visit.shell(t.consent_new());
    page_with_errors(&view(&visit, &case, &units, shell, (*sent).clone(), errors))
}
