//! `/accessibility`: what has been tested and what has not. `/was`: the statement the law asks of the municipality.

use askama::Template;
use axum::extract::State;
use axum::response::{Redirect, Response};

use crate::kit::app::App;
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, page};
use crate::kit::shell::Shell;
use crate::kit::visit::Guest;

const HERE: &str = "/accessibility";

#[derive(Template)]
#[template(path = "entry/accessibility.html")]
struct Accessibility {
    t: Lang,
    shell: Shell,
    /// The municipality's own statement, when it has one elsewhere.
    statement: Option<String>,
}

/// The page. It tells of the software, so it is the same for everybody and needs no log-in.
///
/// # Errors
/// [`Failure::Page`].
pub async fn get(guest: Guest) -> Result<Response, Failure> {
    let own = &guest.app.site.accessibility_url;
    page(&Accessibility {
        t: guest.t,
        shell: guest.shell(guest.t.accessibility_title()),
        statement: (own != HERE).then(|| own.clone()),
    })
}

/// Sends on to the municipality's statement, so that the address can be printed and told.
pub async fn statement(State(app): State<App>) -> Redirect {
    Redirect::to(&app.site.accessibility_url)
}
