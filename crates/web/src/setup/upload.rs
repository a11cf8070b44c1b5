//! `/setup/import`: choose a file.

use askama::Template;
use axum::extract::multipart::{Field, Multipart};
use axum::extract::{DefaultBodyLimit, FromRequest, Query, Request};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use tovholder_casework::import::Kind;
use tovholder_store::imports;
use tovholder_store::sessions::{Found, Role};

use super::read::{self, Unreadable};
use super::{administrator, words};
use crate::kit::app::App;
use crate::kit::form::{Choice, Errors, Link};
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, page, page_with_errors};
use crate::kit::sent::unmasked;
use crate::kit::shell::Shell;
use crate::kit::visit::{Session, Visit};

/// The most a request may hold. Larger than the largest file, so that one that is a little too large is answered with a message beside
/// the field and not with a broken connection.
const MAX_REQUEST: usize = 3 * read::MAX_BYTES;

/// Lets requests to this address be as large as a file.
pub fn limit() -> DefaultBodyLimit {
    DefaultBodyLimit::max(MAX_REQUEST)
}

/// What is chosen beforehand.
#[derive(Deserialize)]
pub struct Input {
    #[serde(default)]
    kind: String,
}

#[derive(Template)]
#[template(path = "setup/upload.html")]
struct Page {
    t: Lang,
    shell: Shell,
    errors: Errors,
    kinds: Vec<Choice>,
    hint: String,
    privacy: String,
    examples: Vec<Link>,
}

fn build(visit: &Visit, chosen: Option<Kind>, errors: Errors) -> Page {
    let t = visit.t;
    let kinds = Kind::ALL
        .iter()
        .map(|kind| Choice::new(kind.as_str(), words::kind(t, *kind), chosen == Some(*kind)))
        .collect();
    let examples = Kind::ALL.iter().map(|kind| {
        Link::new(
            words::kind(t, *kind),
            format!("/setup/import/example/{kind}.csv"),
            false,
        )
    });
    Page {
        t,
        shell: Shell {
            failed: !errors.is_empty(),
            ..visit.shell(t.setup_upload_title())
        },
        errors,
        kinds,
        hint: t.setup_upload_file_hint(read::MAX_BYTES / 1024 / 1024, t.integer(read::MAX_ROWS)),
        privacy: t.setup_upload_privacy(imports::KEPT_DAYS),
        examples: examples.collect(),
    }
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] for anybody but the administrator.
pub async fn get(visit: Visit, Query(input): Query<Input>) -> Result<Response, Failure> {
    administrator(&visit)?;
    page(&build(&visit, input.kind.parse().ok(), Errors::none()))
}

/// A file sent by the administrator, with the session's token. Nothing of a file is read before the token is known.
pub struct Upload {
    kind: Option<Kind>,
    name: String,
    /// The bytes, or nothing when there are too many.
    bytes: Option<Vec<u8>>,
}

impl FromRequest<App> for Upload {
    type Rejection = Failure;
    async fn from_request(request: Request, app: &App) -> Result<Self, Failure> {
        let path = request.uri().path().to_owned();
        let session = request.extensions().get::<Session>().cloned();
        let user = match session.as_ref().map(|s| s.0.as_ref()) {
            Some(Found::Live(user)) => user.clone(),
            _ => return Err(Failure::LogIn { next: path }),
        };
        if user.role != Some(Role::Administrator) {
            return Err(Failure::NotFound);
        }
        let mut parts = Multipart::from_request(request, app)
            .await
            .map_err(|_| Failure::Forged { kept: false })?;
        let mut upload = Upload {
            kind: None,
            name: String::new(),
            bytes: Some(Vec::new()),
        };
        let mut known = false;
        while let Some(part) = parts.next_field().await.map_err(|_| Failure::TooLarge)? {
            match part.name().unwrap_or_default() {
                "_csrf" => {
                    let sent = part.text().await.map_err(|_| Failure::TooLarge)?;
                    known = unmasked(&sent).as_deref() == Some(user.csrf.as_str());
                }
                _ if !known => return Err(Failure::Forged { kept: false }),
                "kind" => upload.kind = part.text().await.map_err(|_| Failure::TooLarge)?.parse().ok(),
                "file" => {
                    upload.name = file_name(part.file_name().unwrap_or_default());
                    upload.bytes = take(part).await?;
                }
                _ => {}
            }
        }
        if known {
            Ok(upload)
        } else {
            Err(Failure::Forged { kept: false })
        }
    }
}

/// Only the last part of a path, short, without what does not belong in a line of text.
fn file_name(sent: &str) -> String {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars()
        .filter(|c| !c.is_control())
        .take(120)
        .collect::<String>()
        .trim()
        .to_owned()
}

/// The bytes of a file, or nothing when there are more than we take; the rest is then read and thrown away.
async fn take(mut part: Field<'_>) -> Result<Option<Vec<u8>>, Failure> {
    let mut bytes = Some(Vec::new());
    while let Some(chunk) = part.chunk().await.map_err(|_| Failure::TooLarge)? {
        bytes = bytes.filter(|all| all.len() + chunk.len() <= read::MAX_BYTES);
        if let Some(all) = &mut bytes {
            all.extend_from_slice(&chunk);
        }
    }
    Ok(bytes)
}

/// Keeps the file and goes on to its columns.
///
/// # Errors
/// [`Failure::NotFound`] for anybody but the administrator.
pub async fn post(visit: Visit, upload: Upload) -> Result<Response, Failure> {
    administrator(&visit)?;
    let t = visit.t;
    let mut errors = Errors::none();
    let Upload { kind, name, bytes } = upload;
    if kind.is_none() {
        errors.push("kind", t.error_choose_one());
    }
    let table = match bytes {
        Some(bytes) if bytes.is_empty() && name.is_empty() => {
            errors.push("file", t.setup_file_missing());
            None
        }
        // Unpacking takes time, and others are waiting for this thread.
        Some(bytes) => Some(
            tokio::task::spawn_blocking(move || read::table(&bytes))
                .await
                .unwrap_or(Err(Unreadable::Broken)),
        ),
        None => Some(Err(Unreadable::TooLarge)),
    };
    let table = table.and_then(|table| table.map_err(|why| errors.push("file", words::unreadable(t, why))).ok());
    match (kind, table) {
        (Some(kind), Some(table)) => {
            let db = &visit.app.db;
            imports::purge(db, visit.at).await?;
            let id = imports::add(db, kind, &name, &table.header, &table.rows, &visit.user.actor, visit.at).await?;
            Ok(Redirect::to(&format!("/setup/import/{id}")).into_response())
        }
        _ => page_with_errors(&build(&visit, kind, errors)),
    }
}
