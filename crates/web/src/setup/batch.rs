//! `/setup/import/{batch}`: what the columns of a file hold; once it is brought in, the receipt.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use tovholder_casework::id::*;
use tovholder_casework::import::{Field, Kind, Mapping, Shape, columns, fields, mask, missing};
use tovholder_store::imports::{self, Batch, Fate, Status};
use tovholder_store::people;
use tovholder_store::sessions::Role;

use super::{open, words};
use crate::kit::form::{Choice, Errors};
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, page, page_with_errors};
use crate::kit::sent::{Fields, Sent};
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;

/// Rows shown so that one recognises the columns.
const SHOWN: u32 = 3;
/// The most of a cell that is shown.
const CELL: usize = 40;
/// Rows looked at to guess what a column holds.
const LOOKED_AT: u32 = 20;
/// Rows that stayed, shown on the receipt.
const KEPT: u32 = 50;

struct Select {
    name: String,
    label: String,
    hint: &'static str,
    optional: bool,
    choices: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "setup/columns.html")]
struct Page {
    t: Lang,
    shell: Shell,
    errors: Errors,
    action: String,
    act: String,
    sample_title: String,
    header: Vec<String>,
    sample: Vec<Vec<String>>,
    selects: Vec<Select>,
}

#[derive(Template)]
#[template(path = "setup/receipt.html")]
struct Receipt {
    t: Lang,
    shell: Shell,
    done: String,
    undone: Option<String>,
    counts: Vec<(String, &'static str)>,
    errors: Option<(String, String)>,
    wrong_kept: String,
    undo: Option<String>,
    kept: Vec<(String, String, &'static str)>,
    kept_more: Option<String>,
}

/// The columns, or the receipt.
///
/// # Errors
/// [`Failure::NotFound`].
pub async fn get(visit: Visit, Path(id): Path<BatchId>) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let batch = open(&visit, &mut conn, id).await?;
    drop(conn);
    if batch.status != Status::Uploaded {
        return receipt(&visit, &batch).await;
    }
    page(&build(&visit, &batch, None, Errors::none()).await?)
}

async fn build(visit: &Visit, batch: &Batch, sent: Option<&Fields>, errors: Errors) -> Result<Page, Failure> {
    let t = visit.t;
    let mut conn = visit.read().await?;
    let sample = imports::sample(&mut conn, batch.id, LOOKED_AT).await?;
    let remembered = imports::remembered(&mut conn, batch.kind).await?;
    let units = people::units(&mut conn).await?;
    drop(conn);
    let mapping = match (sent, &batch.mapping) {
        (Some(sent), _) => chosen(sent, batch),
        (None, Some(mapping)) => mapping.clone(),
        (None, None) => columns::suggest(batch.kind, &batch.header, &sample, &remembered),
    };
    let mut selects = Vec::new();
    for field in fields(batch.kind) {
        selects.push(column_select(t, batch, field, &mapping));
        let chosen = mapping.fixed.get(field.key).map_or("", String::as_str);
        let fixed: Option<(&str, Vec<Choice>)> = match field.key {
            "unit" => {
                let choices = units
                    .iter()
                    .map(|unit| Choice::new(&unit.name, &unit.name, unit.name == chosen));
                Some((t.setup_columns_fixed_unit(), choices.collect()))
            }
            "role" => {
                let choices = Role::ALL
                    .iter()
                    .map(|role| Choice::new(role.as_str(), words::role(t, *role), role.as_str() == chosen));
                Some((t.setup_columns_fixed_role(), choices.collect()))
            }
            _ => None,
        };
        if let Some((label, mut choices)) = fixed {
            choices.insert(0, Choice::new("", t.setup_columns_fixed_none(), chosen.is_empty()));
            selects.push(Select {
                name: format!("fixed_{}", field.key),
                label: label.to_owned(),
                hint: "",
                optional: true,
                choices,
            });
        }
    }
    let title = t.setup_columns_title(words::kind(t, batch.kind));
    let columns = words::shown_columns(t, &batch.header);
    Ok(Page {
        t,
        shell: Shell {
            failed: !errors.is_empty(),
            ..visit.shell(title)
        },
        errors,
        action: format!("/setup/import/{}", batch.id),
        act: String::new(),
        sample_title: t.setup_columns_sample(batch.file_name.as_str()),
        sample: sample
            .iter()
            .take(SHOWN as usize)
            .map(|row| {
                // Of a row that was cut there is less, and of one that runs over there is more.
                let beyond = (batch.header.len()..row.cells.len()).filter_map(|at| row.cells.get(at));
                let own = columns.iter().filter_map(|(at, _)| row.cells.get(*at));
                own.chain(beyond).map(|cell| short(cell)).collect()
            })
            .collect(),
        header: columns.into_iter().map(|(_, name)| name).collect(),
        selects,
    })
}

fn column_select(t: Lang, batch: &Batch, field: &Field, mapping: &Mapping) -> Select {
    let chosen = mapping.columns.get(field.key).copied();
    let mut choices = vec![Choice::new("", t.setup_columns_none(), chosen.is_none())];
    let columns = words::shown_columns(t, &batch.header);
    choices.extend(
        columns
            .into_iter()
            .map(|(at, name)| Choice::new(at.to_string(), name, chosen == Some(at))),
    );
    let needed = field.required || (batch.kind == Kind::Employees && matches!(field.key, "login" | "email"));
    Select {
        name: field.key.to_owned(),
        label: words::field_label(t, field.key),
        hint: words::field_hint(t, field.key),
        optional: !needed || matches!(field.shape, Shape::Unit),
        choices,
    }
}

/// A cell as it may be shown: short, and no CPR number in full.
fn short(cell: &str) -> String {
    let masked = mask(cell.trim());
    if masked.chars().count() <= CELL {
        masked
    } else {
        masked.chars().take(CELL).chain(['…']).collect()
    }
}

/// The mapping a form asks for.
fn chosen(sent: &Fields, batch: &Batch) -> Mapping {
    let mut mapping = Mapping::default();
    for field in fields(batch.kind) {
        if let Some(at) = sent.value::<usize>(field.key).filter(|at| *at < batch.header.len()) {
            mapping.columns.insert(field.key.to_owned(), at);
        }
        let fixed = sent.text(&format!("fixed_{}", field.key));
        if !fixed.is_empty() && matches!(field.key, "unit" | "role") {
            mapping.fixed.insert(field.key.to_owned(), fixed.to_owned());
        }
    }
    mapping
}

/// Keeps the mapping and goes on to what it would do.
///
/// # Errors
/// [`Failure::NotFound`].
pub async fn post(visit: Visit, Path(id): Path<BatchId>, sent: Sent) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let batch = open(&visit, &mut conn, id).await?;
    drop(conn);
    let here = format!("/setup/import/{id}");
    if batch.status != Status::Uploaded {
        return Ok(Redirect::to(&here).into_response());
    }
    let t = visit.t;
    let mapping = chosen(&sent, &batch);
    let mut errors = Errors::none();
    for group in missing(batch.kind, &mapping) {
        match group[..] {
            [one] => errors.push(one, t.setup_columns_missing(words::field(t, one))),
            _ => errors.push(group[0], t.setup_columns_missing_either()),
        }
    }
    let order: Vec<&str> = fields(batch.kind).iter().map(|field| field.key).collect();
    for (at, field) in order.iter().enumerate() {
        let column = mapping.columns.get(*field);
        if let Some(other) = order[..at]
            .iter()
            .find(|other| column.is_some() && mapping.columns.get(**other) == column)
        {
            errors.push(*field, t.setup_columns_twice(words::field(t, other)));
        }
    }
    if !errors.is_empty() {
        return page_with_errors(&build(&visit, &batch, Some(&sent), errors).await?);
    }
    imports::set_mapping(&visit.app.db, &batch, &mapping).await?;
    Ok(Redirect::to(&format!("{here}/check")).into_response())
}

async fn receipt(visit: &Visit, batch: &Batch) -> Result<Response, Failure> {
    let t = visit.t;
    let mut conn = visit.read().await?;
    let kept = imports::kept(&mut conn, batch.id, KEPT).await?;
    let wrong_left = imports::sample(&mut conn, batch.id, 1).await?.len() == 1;
    drop(conn);
    let kind = words::kind(t, batch.kind);
    let undone = batch.status == Status::Undone;
    let title = if undone {
        t.setup_receipt_undone_title(kind)
    } else {
        t.setup_receipt_title(kind)
    };
    let counts = &batch.counts;
    let when = |at| t.instant(at);
    page(&Receipt {
        t,
        shell: visit.shell(title),
        done: t.setup_receipt_by(
            batch.file_name.as_str(),
            batch.applied.map(when).unwrap_or_default(),
            batch.actor_name.as_str(),
        ),
        undone: batch
            .undone
            .map(|at| t.setup_receipt_undone_by(batch.file_name.as_str(), t.instant(at))),
        counts: [
            (counts.created, t.setup_count_created()),
            (counts.updated, t.setup_count_updated()),
            (counts.unchanged, t.setup_count_unchanged()),
            (counts.wrong, t.setup_count_wrong()),
        ]
        .map(|(count, label)| (t.integer(count), label))
        .to_vec(),
        errors: (wrong_left && !undone).then(|| {
            (
                format!("/setup/import/{}/errors.csv", batch.id),
                t.setup_errors_download(counts.wrong),
            )
        }),
        wrong_kept: t.setup_receipt_wrong_kept(imports::KEPT_DAYS),
        undo: (!undone && counts.created + counts.updated > 0).then(|| format!("/setup/import/{}/undo", batch.id)),
        kept_more: (batch.kept > KEPT).then(|| t.setup_undo_kept_more(KEPT)),
        kept: kept
            .into_iter()
            .map(|(line, name, fate)| (t.integer(line), name, stays(t, fate)))
            .collect(),
    })
}

/// Why something stays.
#[must_use]
pub fn stays(t: Lang, fate: Fate) -> &'static str {
    if fate == Fate::Used {
        t.setup_undo_used()
    } else {
        t.setup_undo_changed()
    }
}
