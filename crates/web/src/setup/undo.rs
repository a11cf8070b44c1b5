//! `/setup/import/{batch}/undo`: takes a whole file back, after showing what that means.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use tovholder_casework::id::*;
use tovholder_store::imports::{self, ApplyError, Fate, Status};

use super::batch::stays;
use super::open;
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, Said, page, see_other};
use crate::kit::sent::Sent;
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;

/// What stays, shown on the page.
const SHOWN: usize = 50;

#[derive(Template)]
#[template(path = "setup/undo.html")]
struct Page {
    t: Lang,
    shell: Shell,
    action: String,
    receipt: String,
    stats: Vec<(String, &'static str)>,
    possible: bool,
    kept: Vec<(String, String, &'static str)>,
    more: Option<String>,
}

/// What taking it back means. Nothing is written.
///
/// # Errors
/// [`Failure::NotFound`].
pub async fn get(visit: Visit, Path(id): Path<BatchId>) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let batch = open(&visit, &mut conn, id).await?;
    let receipt = format!("/setup/import/{id}");
    if batch.status != Status::Applied {
        return Ok(Redirect::to(&receipt).into_response());
    }
    let changes = imports::undo_check(&mut conn, &batch).await?;
    drop(conn);
    let t = visit.t;
    let count = |fate: Fate| changes.iter().filter(|change| change.fate == fate).count();
    let (removed, restored) = (count(Fate::Remove), count(Fate::Restore));
    let kept: Vec<_> = changes
        .iter()
        .filter(|change| matches!(change.fate, Fate::Used | Fate::Changed))
        .collect();
    page(&Page {
        t,
        shell: visit.shell(t.setup_undo_title(batch.file_name.as_str())),
        action: format!("{receipt}/undo"),
        receipt,
        stats: [
            (removed, t.setup_undo_removed()),
            (restored, t.setup_undo_restored()),
            (kept.len(), t.setup_undo_kept()),
        ]
        .map(|(count, label)| (t.integer(count), label))
        .to_vec(),
        possible: removed + restored > 0,
        more: (kept.len() > SHOWN).then(|| t.setup_undo_kept_more(SHOWN)),
        kept: kept
            .iter()
            .take(SHOWN)
            .map(|c| (t.integer(c.line), c.name.clone(), stays(t, c.fate)))
            .collect(),
    })
}

/// Takes it back.
///
/// # Errors
/// [`Failure::NotFound`].
pub async fn post(visit: Visit, Path(id): Path<BatchId>, _sent: Sent) -> Result<Response, Failure> {
    open(&visit, &mut visit.read().await?, id).await?;
    let receipt = format!("/setup/import/{id}");
    match imports::undo(&visit.app.db, id, &visit.user.actor, visit.at).await {
        Ok(_) => Ok(see_other(&receipt, Said::Undone, None)),
        Err(ApplyError::Nothing) => Ok(see_other(&format!("{receipt}/undo"), Said::CannotUndo, None)),
        // Sent twice: the first one's result.
        Err(ApplyError::NotThere | ApplyError::Changed(_)) => Ok(Redirect::to(&receipt).into_response()),
        Err(ApplyError::Db(error)) => Err(error.into()),
    }
}
