//! `/search`: citizens one may open, colleagues, companies. What is searched for is posted: it may be a CPR number, and those stand in
//! no address and no log.

use askama::Template;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use tovholder_casework::access::Right;
use tovholder_casework::act::PageKey;
use tovholder_casework::cpr::{Cpr, CprError};
use tovholder_casework::reference::postal_name;
use tovholder_store::companies::{self, Company, CompanyQuery};
use tovholder_store::db::Conn;
use tovholder_store::search::{self, FoundCitizen, FoundColleague, Seeker};

use crate::caseload::{age, plan_href, seeker, sought};
use crate::kit::lang::Lang;
use crate::kit::pace::Paced;
use crate::kit::respond::{Failure, page, page_too_fast, too_fast_words};
use crate::kit::sent::Sent;
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;

/// The most of each kind.
const MANY: u32 = 12;

struct Citizen {
    name: String,
    protected: bool,
    href: String,
    about: String,
    /// Where a plan is opened for a citizen who has none; empty when the user may not.
    open: String,
}

struct Firm {
    name: String,
    href: String,
    about: String,
    phone: String,
}

/// Somebody has the CPR number, and the user has no relation to the plan: whom to turn to, and nothing else.
struct Turn {
    name: String,
    phone: String,
    /// Where emergency access is taken; empty when there is no plan, or the user's role does not give it.
    emergency: String,
}

#[derive(Template)]
#[template(path = "caseload/search.html")]
struct Page {
    t: Lang,
    shell: Shell,
    q: String,
    asked: bool,
    number: bool,
    turn: Option<Turn>,
    citizens: Vec<Citizen>,
    colleagues: Vec<FoundColleague>,
    firms: Vec<Firm>,
    /// That the user has to wait, in words.
    wait: String,
}
impl Page {
    fn new(visit: &Visit, q: String) -> Self {
        Page {
            t: visit.t,
            shell: visit.shell(visit.t.list_search_title()),
            asked: !q.is_empty(),
            q,
            number: false,
            turn: None,
            citizens: vec![],
            colleagues: vec![],
            firms: vec![],
            wait: String::new(),
        }
    }
    fn nothing(&self) -> bool {
        self.citizens.is_empty() && self.colleagues.is_empty() && self.firms.is_empty() && self.turn.is_none()
    }
}

/// An empty page to search from.
///
/// # Errors
/// The user is no employee.
pub async fn get(visit: Visit) -> Result<Response, Failure> {
    visit.employee()?;
    page(&Page::new(&visit, String::new()))
}

/// What was found.
///
/// # Errors
/// The user is no employee, or the database is away.
pub async fn post(visit: Visit, headers: HeaderMap, sent: Sent) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let seeker = seeker(&visit, &mut conn).await?;
    let mut found = Page::new(&visit, sought(sent.text("q")));
    if !found.asked {
        return page(&found);
    }
    let number = cpr(&found.q);
    let mut seconds = visit.pace(Paced::Search);
    if number.is_some() {
        // The number is not written into the page again.
        found.q.clear();
        found.number = true;
        seconds = seconds.max(visit.pace(Paced::Number));
    }
    if seconds > 0 {
        found.wait = too_fast_words(visit.t, seconds);
        return page_too_fast(&found, seconds);
    }
    if let Some(cpr) = number {
        if let Some(citizen) = search::by_cpr(&mut conn, cpr, &seeker).await? {
            drop(conn);
            match citizen.plan.filter(|_| citizen.related) {
                // The plan's own page writes in the log that it was opened. A search as you type shows a link instead.
                Some(plan) if !headers.contains_key("hx-request") => {
                    return Ok(Redirect::to(&plan_href(plan)).into_response());
                }
                Some(_) => found.citizens.push(shown(&visit, citizen)),
                None if citizen.may_open => {
                    visit.look(Some(citizen.id), PageKey::Search).await?;
                    found.citizens.push(shown(&visit, citizen));
                }
                None => {
                    visit.look(Some(citizen.id), PageKey::Search).await?;
                    let nobody = citizen.coordinator.is_empty();
                    let emergency = citizen.plan.is_some() && visit.has(Right::Emergency);
                    found.turn = Some(Turn {
                        emergency: if emergency {
                            format!("/citizens/{}/emergency", citizen.id)
                        } else {
                            String::new()
                        },
                        name: if nobody { citizen.unit } else { citizen.coordinator },
                        phone: citizen.phone,
                    });
                }
            }
        }
        return page(&found);
    }
    visit.look(None, PageKey::Search).await?;
    names(&visit, &mut conn, &seeker, &mut found).await?;
    page(&found)
}

fn cpr(q: &str) -> Option<Cpr> {
    match q.parse() {
        Ok(cpr) | Err(CprError::LeadingZeroLost { repaired: cpr }) => Some(cpr),
        Err(_) => None,
    }
}

async fn names(visit: &Visit, conn: &mut Conn, seeker: &Seeker, found: &mut Page) -> Result<(), Failure> {
    let citizens = search::citizens(conn, &found.q, seeker, MANY).await?;
    found.citizens = citizens.into_iter().map(|citizen| shown(visit, citizen)).collect();
    found.colleagues = search::colleagues(conn, &found.q, MANY).await?;
    let query = CompanyQuery {
        name: found.q.clone(),
        limit: MANY,
        ..CompanyQuery::default()
    };
    let firms = if tovholder_store::names::name_words(&found.q).is_empty() {
        vec![]
    } else {
        companies::list(conn, &query, visit.today()).await?
    };
    found.firms = firms.into_iter().map(firm).collect();
    Ok(())
}

fn shown(visit: &Visit, citizen: FoundCitizen) -> Citizen {
    let t = visit.t;
    let years = t.list_years(age(citizen.birth_date, visit.today()));
    let plan = match (citizen.plan, citizen.closed) {
        (None, _) => t.list_no_plan().to_owned(),
        (Some(_), true) => t.list_plan_closed().to_owned(),
        (Some(_), false) => t.list_coordinated_by(citizen.coordinator),
    };
    Citizen {
        href: citizen
            .plan
            .filter(|_| citizen.related)
            .map_or_else(String::new, plan_href),
        open: if citizen.may_open {
            format!("/citizens/{}/open-plan", citizen.id)
        } else {
            String::new()
        },
        name: citizen.name,
        protected: citizen.protected,
        about: format!("{years} · {plan}"),
    }
}

fn firm(company: Company) -> Firm {
    let town = company.postcode.parse().ok().and_then(postal_name).unwrap_or_default();
    let about: Vec<&str> = [company.industry.as_str(), town]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    Firm {
        href: format!("/companies/{}", company.id),
        about: about.join(" · "),
        name: company.name,
        phone: company.phone,
    }
}
