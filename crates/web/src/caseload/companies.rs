//! `/companies`: the companies the municipality works with.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use serde::Deserialize;
use tovholder_casework::access::Right;
use tovholder_casework::act::PageKey;
use tovholder_casework::reference::postal_name;
use tovholder_store::companies::{self, Company, CompanyQuery};

use crate::caseload::sheet::{self, Cell};
use crate::caseload::sought;
use crate::kit::form::{Choice, Link};
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, page};
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;

/// Companies on one page.
const PER_PAGE: u32 = 100;

/// The address as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Input {
    q: String,
    industry: String,
    town: String,
    active: String,
    page: String,
}
impl Input {
    fn page(&self) -> u32 {
        self.page.parse().unwrap_or(1).clamp(1, 10_000)
    }
    fn store(&self, page: Option<u32>) -> CompanyQuery {
        CompanyQuery {
            name: sought(&self.q),
            industry: sought(&self.industry),
            postcode: sought(&self.town),
            active: !self.active.is_empty(),
            limit: page.map_or(1_000_000, |_| PER_PAGE + 1),
            offset: page.map_or(0, |page| (page - 1) * PER_PAGE),
        }
    }
    fn query(&self, page: u32) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let page = if page > 1 { page.to_string() } else { String::new() };
        let pairs = [
            ("q", &self.q),
            ("industry", &self.industry),
            ("town", &self.town),
            ("active", &self.active),
            ("page", &page),
        ];
        query.extend_pairs(pairs.into_iter().filter(|(_, value)| !value.is_empty()));
        query.finish()
    }
}

struct Firm {
    name: String,
    href: String,
    industry: String,
    town: String,
    contact: String,
    phone: String,
    active: u32,
}

#[derive(Template)]
#[template(path = "caseload/companies.html")]
struct Page {
    t: Lang,
    shell: Shell,
    input: Input,
    industries: Vec<Choice>,
    towns: Vec<Choice>,
    firms: Vec<Firm>,
    filtered: bool,
    /// Where the list is taken out as a file, for those who may.
    export: Option<String>,
    pages: Vec<Link>,
    previous: Option<String>,
    next: Option<String>,
}

/// A town's name with its postal code.
#[must_use]
pub fn town(postcode: &str) -> String {
    match postcode.parse().ok().and_then(postal_name) {
        Some(name) => format!("{postcode} {name}"),
        None => postcode.to_owned(),
    }
}

/// The page.
///
/// # Errors
/// The user is no employee, or the database is away.
pub async fn get(visit: Visit, Query(input): Query<Input>) -> Result<Response, Failure> {
    visit.employee()?;
    let (t, number) = (visit.t, input.page());
    let mut conn = visit.read().await?;
    visit.look(None, PageKey::Companies).await?;
    let (industries, postcodes) = companies::choices(&mut conn).await?;
    let found = companies::list(&mut conn, &input.store(Some(number)), visit.today()).await?;
    drop(conn);
    let href = |number| format!("/companies?{}", input.query(number));
    page(&Page {
        t,
        shell: visit.shell(t.nav_companies()),
        industries: industries
            .into_iter()
            .map(|i| Choice::new(i.clone(), i.clone(), i == input.industry))
            .collect(),
        towns: postcodes
            .into_iter()
            .map(|p| Choice::new(p.clone(), town(&p), p == input.town))
            .collect(),
        filtered: !input.query(1).is_empty(),
        export: visit
            .has(Right::ExportCompanies)
            .then(|| format!("/companies.xlsx?{}", input.query(1))),
        pages: vec![],
        previous: (number > 1).then(|| href(number - 1)),
        next: (found.len() > PER_PAGE as usize).then(|| href(number + 1)),
        firms: found.into_iter().take(PER_PAGE as usize).map(firm).collect(),
        input,
    })
}

fn firm(company: Company) -> Firm {
    Firm {
        href: format!("/companies/{}", company.id),
        town: town(&company.postcode),
        name: company.name,
        industry: company.industry,
        contact: company.contact,
        phone: company.phone,
        active: company.active,
    }
}

/// The list as an Excel file: the same filters, all pages.
///
/// # Errors
/// As [`get`].
pub async fn export(visit: Visit, Query(input): Query<Input>) -> Result<Response, Failure> {
    visit.must(Right::ExportCompanies)?;
    let t = visit.t;
    let found = companies::list(&mut visit.read().await?, &input.store(None), visit.today()).await?;
    visit
        .exported(Right::ExportCompanies, PageKey::Companies, found.len())
        .await?;
    let heads = [
        t.common_name(),
        t.list_cvr(),
        t.list_industry(),
        t.common_address(),
        t.list_town(),
        t.list_contact(),
        t.common_phone(),
        t.common_email(),
        t.list_employees(),
        t.list_active(),
    ];
    let rows: Vec<Vec<Cell>> = found
        .into_iter()
        .map(|c| {
            vec![
                c.name.into(),
                c.cvr.into(),
                c.industry.into(),
                c.address.into(),
                town(&c.postcode).into(),
                c.contact.into(),
                c.phone.into(),
                c.email.into(),
                Cell::Number(f64::from(c.employees)),
                Cell::Number(f64::from(c.active)),
            ]
        })
        .collect();
    sheet::answer(t.list_companies_file(), t.nav_companies(), &heads, &rows)
}
