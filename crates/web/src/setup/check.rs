//! `/setup/import/{batch}/check`: what would happen; said yes to, it happens.

use std::collections::HashMap;

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use tovholder_casework::id::*;
use tovholder_casework::import::{self, Counts, Item, Outcome, Planned, fields};
use tovholder_store::db::Conn;
use tovholder_store::imports::{self, ApplyError, Batch, Status};
use tovholder_store::people;

use super::{open, setting, words};
use crate::kit::form::Errors;
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, Said, page, page_with_errors, see_other};
use crate::kit::sent::Sent;
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;
use crate::kit::words::rule;

/// Errors shown on the page; all stand in the file to mend.
const ERRORS: usize = 50;
/// Changes shown on the page.
const UPDATES: usize = 20;

pub(super) struct ErrorLine {
    line: String,
    column: String,
    found: String,
    expected: String,
    repair: String,
}

struct Update {
    name: String,
    field: String,
    before: String,
    after: String,
}

#[derive(Template)]
#[template(path = "setup/check.html")]
struct Page {
    t: Lang,
    shell: Shell,
    errors: Errors,
    action: String,
    columns: String,
    counts: Counts,
    stats: Vec<(String, &'static str)>,
    repaired: Option<String>,
    confirm: Option<String>,
    nothing: &'static str,
    updates: Vec<Update>,
    updates_more: Option<String>,
    lines: Vec<ErrorLine>,
    lines_more: Option<String>,
    download: String,
}

/// What would happen. Nothing is written.
///
/// # Errors
/// [`Failure::NotFound`].
pub async fn get(visit: Visit, Path(id): Path<BatchId>) -> Result<Response, Failure> {
    match build(&visit, id, Errors::none()).await? {
        Ok(built) => page(&built),
        Err(elsewhere) => Ok(elsewhere),
    }
}

async fn build(visit: &Visit, id: BatchId, errors: Errors) -> Result<Result<Page, Response>, Failure> {
    let t = visit.t;
    let mut conn = visit.read().await?;
    let batch = open(visit, &mut conn, id).await?;
    let here = format!("/setup/import/{id}");
    if batch.status != Status::Uploaded || batch.mapping.is_none() {
        return Ok(Err(Redirect::to(&here).into_response()));
    }
    let rows = imports::rows(&mut conn, id).await?;
    let planned = imports::check(&mut conn, &batch, &rows, &setting(visit)).await?;
    let counts = import::counts(&planned);
    let (updates, updated) = updates(visit, &mut conn, &batch, &planned).await?;
    drop(conn);
    let lines = error_lines(t, &planned, ERRORS);
    let all = planned
        .iter()
        .map(|row| {
            if let Outcome::Wrong(errors) = &row.outcome {
                errors.len()
            } else {
                0
            }
        })
        .sum::<usize>();
    let does = counts.created + counts.updated;
    let stats = [
        (counts.created, t.setup_count_created()),
        (counts.updated, t.setup_count_updated()),
        (counts.unchanged, t.setup_count_unchanged()),
        (counts.wrong, t.setup_count_wrong()),
    ];
    Ok(Ok(Page {
        t,
        shell: Shell {
            failed: !errors.is_empty(),
            ..visit.shell(t.setup_check_title(words::kind(t, batch.kind)))
        },
        errors,
        action: format!("{here}/check"),
        columns: here.clone(),
        counts,
        stats: stats.map(|(count, label)| (t.integer(count), label)).to_vec(),
        repaired: (counts.repaired > 0).then(|| t.setup_count_repaired(counts.repaired)),
        confirm: (does > 0).then(|| {
            if counts.wrong > 0 {
                t.setup_confirm_without(does)
            } else {
                t.setup_confirm(does)
            }
        }),
        nothing: if counts.unchanged > 0 {
            t.setup_check_same()
        } else {
            t.setup_check_nothing()
        },
        updates,
        updates_more: (updated > UPDATES).then(|| t.setup_check_updates_more(UPDATES)),
        lines_more: (all > lines.len()).then(|| t.setup_check_errors_more(all, lines.len())),
        lines,
        download: t.setup_errors_download(counts.wrong),
    }))
}

/// The first errors in words.
pub(super) fn error_lines(t: Lang, planned: &[Planned], limit: usize) -> Vec<ErrorLine> {
    let wrong = planned.iter().filter_map(|row| {
        if let Outcome::Wrong(errors) = &row.outcome {
            Some((row.line, errors))
        } else {
            None
        }
    });
    let all = wrong.flat_map(|(line, errors)| errors.iter().map(move |error| (line, error)));
    all.take(limit)
        .map(|(line, error)| {
            let (expected, repair) = words::problem(t, error);
            let found = if error.found.is_empty() {
                t.setup_blank().to_owned()
            } else {
                error.found.clone()
            };
            ErrorLine {
                line: t.integer(line),
                column: words::column(t, error),
                found,
                expected,
                repair,
            }
        })
        .collect()
}

/// The first changes field by field, and how many there are.
async fn updates(
    visit: &Visit,
    conn: &mut Conn,
    batch: &Batch,
    planned: &[Planned],
) -> Result<(Vec<Update>, usize), Failure> {
    let t = visit.t;
    let benefit = |code: String| match visit.rules().benefit(&code) {
        Some(benefit) => rule(t, &benefit.label).to_owned(),
        None => code,
    };
    let changed = planned.iter().filter_map(|row| match &row.outcome {
        Outcome::Update { before, after } => Some((before, after)),
        _ => None,
    });
    let value = |item: &Item, key: &str| item.values.get(key).cloned().unwrap_or_default();
    let mut all: Vec<(String, &'static str, String, String)> = Vec::new();
    let mut count = 0;
    for (before, after) in changed {
        for field in fields(batch.kind) {
            let (was, is) = (value(before, field.key), value(after, field.key));
            if was != is {
                count += 1;
                if all.len() < UPDATES {
                    let name = value(before, "name");
                    all.push((
                        if name.is_empty() {
                            [
                                value(before, "month"),
                                benefit(value(before, "benefit")),
                                value(before, "starts"),
                            ]
                            .join(" ")
                            .trim()
                            .to_owned()
                        } else {
                            name
                        },
                        field.key,
                        was,
                        is,
                    ));
                }
            }
        }
    }
    // Units and people stand there as ids; they are shown by their names.
    let mut names: HashMap<String, String> = HashMap::new();
    if all.iter().any(|(_, field, ..)| *field == "unit") {
        names.extend(
            people::units(conn)
                .await?
                .into_iter()
                .map(|unit| (unit.id.to_string(), unit.name)),
        );
    }
    if all
        .iter()
        .any(|(_, field, ..)| matches!(*field, "leader" | "members" | "employee"))
    {
        names.extend(
            people::employees(conn)
                .await?
                .into_iter()
                .map(|e| (e.id.to_string(), e.name)),
        );
    }
    let shown = |field: &str, value: String| match field {
        _ if value.is_empty() => t.setup_blank().to_owned(),
        "unit" | "leader" | "members" | "employee" => value
            .split(',')
            .map(|id| names.get(id).map_or("–", String::as_str))
            .collect::<Vec<_>>()
            .join(", "),
        "kind" | "role" => words::key(t, &value).to_owned(),
        "benefit" => benefit(value),
        "left_on" | "birth_date" | "starts" | "ends" => value
            .parse::<jiff::civil::Date>()
            .map_or(value, |day| t.date_short(day)),
        "gross" | "refund" => value.parse::<f64>().map_or(value, |kroner| t.decimal(kroner, 2)),
        "hours" => value.parse::<f64>().map_or(value, |hours| t.decimal(hours, 2)),
        _ => value,
    };
    let updates = all.into_iter().map(|(name, field, before, after)| Update {
        name,
        field: words::field_label(t, field),
        before: shown(field, before),
        after: shown(field, after),
    });
    Ok((updates.collect(), count))
}

/// Carries it out, if it is still what was shown.
///
/// # Errors
/// [`Failure::NotFound`].
pub async fn post(visit: Visit, Path(id): Path<BatchId>, sent: Sent) -> Result<Response, Failure> {
    open(&visit, &mut visit.read().await?, id).await?;
    let shown = |name: &str| sent.value::<u32>(name).unwrap_or(u32::MAX);
    let shown = Counts {
        created: shown("created"),
        updated: shown("updated"),
        unchanged: shown("unchanged"),
        wrong: shown("wrong"),
        repaired: shown("repaired"),
    };
    let db = &visit.app.db;
    let here = format!("/setup/import/{id}");
    let why = match imports::apply(db, id, Some(shown), &visit.user.actor, visit.at, &setting(&visit)).await {
        Ok(_) => return Ok(see_other(&here, Said::Saved, None)),
        // Sent twice: the first one's result.
        Err(ApplyError::NotThere) => return Ok(Redirect::to(&here).into_response()),
        Err(ApplyError::Changed(_)) => visit.t.setup_check_changed(),
        Err(ApplyError::Nothing) => visit.t.setup_check_nothing(),
        Err(ApplyError::Db(error)) => return Err(error.into()),
    };
    let mut errors = Errors::none();
    errors.push("", why);
    match build(&visit, id, errors).await? {
        Ok(built) => page_with_errors(&built),
        Err(elsewhere) => Ok(elsewhere),
    }
}
