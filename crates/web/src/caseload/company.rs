//! `/companies/{company}`: whom to call, and what the company has done with us. Citizens are named for those who may open their plan only.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use jiff::civil::Date;
use tovholder_casework::access::Right;
use tovholder_casework::act::PageKey;
use tovholder_casework::id::*;
use tovholder_store::companies::{self, Company, Placement};

use crate::caseload::companies::town;
use crate::caseload::sheet::{self, Cell};
use crate::caseload::{plan_href, seeker};
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, page};
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;

/// The most placements one page shows.
const MANY: u32 = 500;

struct Row {
    title: String,
    kind: String,
    citizen: String,
    href: String,
    period: String,
    hours: String,
    paid: String,
}

#[derive(Template)]
#[template(path = "caseload/company.html")]
struct Page {
    t: Lang,
    shell: Shell,
    company: Company,
    place: String,
    ask_for: String,
    now: Vec<Row>,
    /// Agreed, and not begun.
    coming: Vec<Row>,
    before: Vec<Row>,
    /// Where the placements are taken out as a file, for those who may.
    export: Option<String>,
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] when there is no such company or the user is no employee.
pub async fn get(visit: Visit, Path(id): Path<CompanyId>) -> Result<Response, Failure> {
    let (t, today) = (visit.t, visit.today());
    let (company, placements) = read(&visit, id).await?;
    visit.look(None, PageKey::Company).await?;
    let (before, now): (Vec<_>, Vec<_>) = placements
        .into_iter()
        .partition(|p| p.effort.until.is_some_and(|until| until < today));
    let (coming, now): (Vec<_>, Vec<_>) = now.into_iter().partition(|p| p.effort.from > today);
    let rows = |all: Vec<Placement>| all.into_iter().map(|placement| row(&visit, placement)).collect();
    let place = [company.address.clone(), town(&company.postcode)];
    page(&Page {
        t,
        shell: visit.shell(company.name.clone()),
        place: place
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", "),
        now: rows(now),
        coming: rows(coming),
        before: rows(before),
        export: visit
            .has(Right::ExportCompanies)
            .then(|| format!("/companies/{id}/placements.xlsx")),
        ask_for: if company.contact.is_empty() {
            company.name.clone()
        } else {
            company.contact.clone()
        },
        company,
    })
}

async fn read(visit: &Visit, id: CompanyId) -> Result<(Company, Vec<Placement>), Failure> {
    let mut conn = visit.read().await?;
    let seeker = seeker(visit, &mut conn).await?;
    let company = companies::find(&mut conn, id, visit.today())
        .await?
        .ok_or(Failure::NotFound)?;
    let placements = companies::placements(&mut conn, id, &seeker, MANY).await?;
    Ok((company, placements))
}

fn period(t: Lang, from: Date, until: Option<Date>) -> String {
    if until == Some(from) {
        return t.date_short(from);
    }
    let until = until.map_or_else(|| t.common_ongoing().to_owned(), |until| t.date_short(until));
    format!("{} – {until}", t.date_short(from))
}

fn row(visit: &Visit, placement: Placement) -> Row {
    let (t, effort) = (visit.t, placement.effort);
    // The hours of today, or of the last day there was.
    let hours = effort.hours_on(effort.until.map_or(visit.today(), |until| until.min(visit.today())));
    let kind = visit
        .rules()
        .effort(&effort.kind)
        .map_or_else(|| effort.kind.clone(), |kind| label(t, &kind.label));
    Row {
        period: period(t, effort.from, effort.until),
        hours: hours.map_or_else(String::new, |h| t.number(h.hours)),
        paid: hours.map_or_else(String::new, |h| t.number(h.paid)),
        href: placement
            .citizen
            .as_ref()
            .map_or_else(String::new, |_| plan_href(effort.plan)),
        citizen: placement.citizen.unwrap_or_else(|| t.list_a_citizen().to_owned()),
        title: effort.title,
        kind,
    }
}

fn label(t: Lang, label: &tovholder_casework::rules::Label) -> String {
    match t {
        Lang::Da => label.da.clone(),
        Lang::En => label.en.clone(),
    }
}

/// The placements as an Excel file, with the names the user may see.
///
/// # Errors
/// As [`get`].
pub async fn export(visit: Visit, Path(id): Path<CompanyId>) -> Result<Response, Failure> {
    visit.must(Right::ExportCompanies)?;
    let t = visit.t;
    let (company, placements) = read(&visit, id).await?;
    visit
        .exported(Right::ExportCompanies, PageKey::Company, placements.len())
        .await?;
    let heads = [
        t.list_placement(),
        t.list_kind(),
        t.role_citizen(),
        t.common_from(),
        t.common_until(),
        t.list_hours(),
        t.list_paid(),
    ];
    let rows: Vec<Vec<Cell>> = placements
        .into_iter()
        .map(|placement| {
            let (from, until) = (placement.effort.from, placement.effort.until);
            let row = row(&visit, placement);
            vec![
                row.title.into(),
                row.kind.into(),
                row.citizen.into(),
                Some(from).into(),
                until.into(),
                row.hours.into(),
                row.paid.into(),
            ]
        })
        .collect();
    sheet::answer(t.list_placements_file(), &company.name, &heads, &rows)
}
