//! `/plans/{plan}/contact`: where the citizen lives and can be reached. Of a protected citizen it stands here and nowhere else, and every look is
//! written down as a look at this.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use tovholder_casework::access::Action;
use tovholder_casework::act::PageKey;
use tovholder_casework::id::*;
use tovholder_casework::reference::postal_name;
use tovholder_store::people::find_citizen;

use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, page};
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;

#[derive(Template)]
#[template(path = "access/contact.html")]
struct Page {
    t: Lang,
    shell: Shell,
    home: String,
    name: String,
    protected: bool,
    address: String,
    phone: String,
    email: String,
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] for those who may not see it, also when they may read the plan.
pub async fn get(visit: Visit, Path(plan): Path<PlanId>) -> Result<Response, Failure> {
    visit.employee()?;
    let mut conn = visit.read().await?;
    let case = visit
        .open_for(&mut conn, plan, PageKey::Contact, Action::SeeProtected)
        .await?;
    let citizen = find_citizen(&mut conn, case.citizen.id)
        .await?
        .ok_or(Failure::NotFound)?;
    let t = visit.t;
    let town = citizen.postcode.parse().ok().and_then(postal_name).unwrap_or_default();
    let place = format!("{} {town}", citizen.postcode);
    let address = [citizen.address.as_str(), place.trim()];
    let address: Vec<&str> = address.into_iter().filter(|part| !part.is_empty()).collect();
    page(&Page {
        t,
        shell: visit.shell(t.acc_contact_title(citizen.name.as_str())),
        home: crate::plan::home(plan),
        name: citizen.name,
        protected: citizen.protected,
        address: address.join(", "),
        phone: citizen.phone,
        email: citizen.email,
    })
}
