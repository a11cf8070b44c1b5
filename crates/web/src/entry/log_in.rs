//! `/log-in`: in the demo, choose a person; in a real installation, choose a provider, or come with a password or a link.

use askama::Template;
use axum::extract::{Query, Request};
use axum::response::Response;
use serde::Deserialize;
use tovholder_store::sessions::How;
use tovholder_store::{drafts, sessions};

use crate::entry::enter::{Proved, enter, own_address};
use crate::entry::password::from_here;
use crate::entry::turned_away::{self, Turned};
use crate::entry::walk::Audience;
use crate::entry::ways::Way;
use crate::kit::app::Person;
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, page};
use crate::kit::sent::Fields;
use crate::kit::shell::Shell;
use crate::kit::visit::Guest;

/// Where to go afterwards.
#[derive(Deserialize)]
pub struct Input {
    #[serde(default)]
    next: String,
    /// A one-time link's token.
    #[serde(default)]
    link: String,
}

#[derive(Template)]
#[template(path = "entry/log_in.html")]
struct LogIn<'a> {
    t: Lang,
    shell: Shell,
    people: &'a [Person],
    /// What to say to somebody whose session ended while they were away.
    away: Option<&'static str>,
    next: String,
    link: String,
    doors: Vec<Door>,
    /// Where to log in with a password; empty where nobody has one, and while a link is used.
    password: String,
}

/// A provider to go to.
struct Door {
    href: String,
    label: String,
    whom: &'static str,
    /// Whether it did not answer when it was asked last.
    away: bool,
}

/// The page.
///
/// # Errors
/// The database is away; [`Failure::Page`].
pub async fn get(guest: Guest, Query(input): Query<Input>) -> Result<Response, Failure> {
    let t = guest.t;
    let next = own_address(&input.next);
    let away = match guest.ended {
        Some(user) if !next.is_empty() => {
            let page = next.split('?').next().unwrap_or_default();
            let draft = drafts::find(&mut guest.app.db.read().await?, user, page).await?;
            Some(if draft.is_some() {
                t.log_in_away_kept()
            } else {
                t.log_in_away()
            })
        }
        _ => None,
    };
    page(&LogIn {
        t,
        shell: guest.shell(t.log_in_title()),
        people: guest.app.people.as_slice(),
        away,
        doors: if input.link.is_empty() {
            doors(&guest, &next)
        } else {
            vec![]
        },
        password: if guest.app.ways.passwords && input.link.is_empty() && guest.app.people.is_empty() {
            format!("/log-in/password?next={}", escaped(&next))
        } else {
            String::new()
        },
        next,
        link: input.link,
    })
}

fn escaped(next: &str) -> String {
    form_urlencoded::byte_serialize(next.as_bytes()).collect()
}

fn doors(guest: &Guest, next: &str) -> Vec<Door> {
    let door = |way: &Way| Door {
        href: format!("/log-in/with/{}?next={}", way.entrance.key(), escaped(next)),
        label: guest.t.enter_with(way.name.as_str()),
        whom: way.entrance.words(guest.t),
        away: way.provider.silent(),
    };
    guest.app.ways.providers.iter().map(door).collect()
}

/// The most this form can hold, in bytes: a link's token and an address.
const MAX_FORM: usize = 16 * 1024;

/// Begins a session.
///
/// # Errors
/// [`Failure::NotFound`] for somebody who is not on the list, or a link that is used or too old; [`Failure::Forged`] for a form that stands on
/// another site, which would log somebody in as another without their knowing.
pub async fn post(guest: Guest, request: Request) -> Result<Response, Failure> {
    let app = guest.app.clone();
    let (headers, client) = from_here(&app, &request)?;
    let at = app.clock.now();
    if let Some(client) = client {
        let seconds = app.ways.failures.wait(client, at);
        if seconds > 0 {
            return turned_away::page(&guest, None, "", &Turned::TooMany { seconds }, "");
        }
    }
    let body = axum::body::to_bytes(request.into_body(), MAX_FORM)
        .await
        .map_err(|_| Failure::TooLarge)?;
    let sent = Fields::parse(&String::from_utf8_lossy(&body));
    let (kind, user, role, how) =
        if let Some(chosen) = app.people.iter().find(|p| p.id.to_string() == sent.text("person")) {
            (chosen.kind, chosen.id, chosen.role, How::Demo)
        } else if !sent.is_blank("link") {
            let found = sessions::by_link(&mut app.db.read().await?, sent.text("link"), at).await?;
            let Some((kind, user, role)) = found else {
                if let Some(client) = client {
                    app.ways.failures.count(client, at);
                }
                return Err(Failure::NotFound);
            };
            (kind, user, role, How::Link)
        } else {
            return Err(Failure::NotFound);
        };
    let proved = Proved {
        kind,
        user,
        role,
        how,
        at,
        provider: None,
        link: (how == How::Link).then(|| sent.text("link").to_owned()),
    };
    enter(&app, &headers, proved, sent.text("next")).await
}
