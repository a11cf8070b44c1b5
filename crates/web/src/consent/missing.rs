//! What stands in a plan's place for somebody who takes part in it while no consent lets their unit read it: whose plan it is, whom to call, what to do.

use askama::Template;
use axum::response::{IntoResponse, Response};
use tovholder_casework::access::Right;
use tovholder_casework::act::PageKey;
use tovholder_store::db::Conn;
use tovholder_store::people;
use tovholder_store::plans::Awaited;

use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, page};
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;

#[derive(Template)]
#[template(path = "consent/missing.html")]
struct Page {
    t: Lang,
    shell: Shell,
    name: String,
    unit: String,
    /// Who can ask for the consent.
    coordinator: Option<(String, String)>,
    /// Where emergency access is taken; empty for those whose role does not give it.
    emergency: String,
}

/// The page, with the status of a door that is closed. That somebody stood before it is logged.
///
/// # Errors
/// The database is away.
pub(crate) async fn instead(visit: &Visit, conn: &mut Conn, awaited: Awaited) -> Result<Response, Failure> {
    let citizen = awaited.citizen;
    visit.look(Some(citizen), PageKey::ConsentMissing).await?;
    let coordinator = match awaited.coordinator {
        Some(id) => people::find_employee(conn, id).await?,
        None => None,
    };
    let t = visit.t;
    let shown = page(&Page {
        t,
        shell: visit.shell(t.consent_missing_title()),
        name: awaited.name,
        unit: visit.user.actor.unit.clone(),
        coordinator: coordinator.map(|who| (who.name, who.phone)),
        emergency: if visit.has(Right::Emergency) {
            format!("/citizens/{citizen}/emergency")
        } else {
            String::new()
        },
    })?;
    Ok((axum::http::StatusCode::FORBIDDEN, shown).into_response())
}
