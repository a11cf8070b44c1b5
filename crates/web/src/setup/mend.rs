//! `/setup/import/{batch}/errors.csv`: the rows with errors as they came, and what is wrong with each, to be mended and brought in again.

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use tovholder_casework::access::Right;
use tovholder_casework::act::PageKey;
use tovholder_casework::id::*;
use tovholder_casework::import::{Outcome, Planned, Row, counts};
use tovholder_store::imports;

use super::{open, setting, words};
use crate::kit::lang::Lang;
use crate::kit::respond::Failure;
use crate::kit::visit::Visit;

/// The file.
///
/// # Errors
/// [`Failure::NotFound`], also once the rows are no longer kept.
pub async fn get(visit: Visit, Path(id): Path<BatchId>) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let batch = open(&visit, &mut conn, id).await?;
    let rows = imports::rows(&mut conn, id).await?;
    if rows.is_empty() || batch.mapping.is_none() {
        return Err(Failure::NotFound);
    }
    let planned = imports::check(&mut conn, &batch, &rows, &setting(&visit)).await?;
    drop(conn);
    let wrong = counts(&planned).wrong as usize;
    visit.exported(Right::SetUp, PageKey::ImportErrors, wrong).await?;
    let file = file(visit.t, &batch.header, &rows, &planned);
    let name = format!("attachment; filename=\"{}-fejl.csv\"", batch.kind);
    Ok((
        [
            (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
            (header::CONTENT_DISPOSITION, name),
        ],
        file,
    )
        .into_response())
}

/// The rows with errors and one column more, as Excel opens it in Denmark.
#[must_use]
pub fn file(t: Lang, header: &[String], rows: &[Row], planned: &[Planned]) -> Vec<u8> {
    let mut writer = table_writer();
    let mut write = |cells: Vec<String>| {
        // A file in memory takes everything.
        let _ = writer.write_record(cells.iter().map(|cell| guarded(cell)));
    };
    write(
        header
            .iter()
            .cloned()
            .chain([t.setup_errors_column().to_owned()])
            .collect(),
    );
    for (row, planned) in rows.iter().zip(planned) {
        let Outcome::Wrong(errors) = &planned.outcome else {
            continue;
        };
        let told = errors.iter().map(|error| {
            let (expected, repair) = words::problem(t, error);
            format!("{}: {expected}. {repair}", words::column(t, error)).replace("..", ".")
        });
        let mut cells = row.cells.clone();
        // A row that was cut is filled up, so that the last column is the last.
        cells.resize(header.len().max(cells.len()), String::new());
        cells.push(told.collect::<Vec<_>>().join(" "));
        write(cells);
    }
    writer.into_inner().unwrap_or_default()
}

/// A CSV file that begins with the mark Excel knows UTF-8 by. Every cell stands in quotes, so that nothing in it is taken for the separator.
pub(super) fn table_writer() -> ::csv::Writer<Vec<u8>> {
    ::csv::WriterBuilder::new()
        .delimiter(b';')
        .quote_style(::csv::QuoteStyle::Always)
        .flexible(true)
        .from_writer("\u{feff}".as_bytes().to_vec())
}

/// A cell that no spreadsheet takes for a formula. Bringing the file in again takes the apostrophe off.
#[must_use]
pub fn guarded(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}
