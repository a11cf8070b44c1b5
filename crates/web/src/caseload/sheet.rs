//! Lists as Excel files.
//!
//! Text is written as text: what a citizen or a company is called never becomes a formula. Dates are real dates, so that they sort.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, XlsxError};

use crate::kit::respond::Failure;

/// One cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Text, always as text.
    Text(String),
    /// A day; none is an empty cell.
    Day(Option<Date>),
    /// A number.
    Number(f64),
}
impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Cell::Text(text.to_owned())
    }
}
impl From<String> for Cell {
    fn from(text: String) -> Self {
        Cell::Text(text)
    }
}
impl From<Option<Date>> for Cell {
    fn from(day: Option<Date>) -> Self {
        Cell::Day(day)
    }
}

/// One sheet of a file.
#[derive(Clone, Copy)]
pub struct Sheet<'a> {
    /// Its name.
    pub title: &'a str,
    /// The columns.
    pub heads: &'a [&'a str],
    /// The rows.
    pub rows: &'a [Vec<Cell>],
}

fn write(sheets: &[Sheet<'_>]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    for sheet in sheets {
        add(&mut book, *sheet)?;
    }
    book.save_to_buffer()
}

fn add(book: &mut Workbook, Sheet { title, heads, rows }: Sheet<'_>) -> Result<(), XlsxError> {
    let (bold, day) = (Format::new().set_bold(), Format::new().set_num_format("dd-mm-yyyy"));
    let sheet = book.add_worksheet();
    // Excel takes 31 characters, and none of these, for the name of a sheet.
    let name: String = title.chars().filter(|c| !"[]:*?/\\'".contains(*c)).take(31).collect();
    sheet.set_name(if name.is_empty() { "1" } else { &name })?;
    for (column, head) in (0u16..).zip(heads) {
        sheet.write_string_with_format(0, column, *head, &bold)?;
    }
    for (row, cells) in (1u32..).zip(rows) {
        for (column, cell) in (0u16..).zip(cells) {
            match cell {
                Cell::Text(text) => {
                    // A cell holds 32,767 characters.
                    let text: String = text.chars().take(32_000).collect();
                    sheet.write_string(row, column, text)?;
                }
                Cell::Day(Some(date)) => {
                    let at = ExcelDateTime::from_ymd(
                        date.year().unsigned_abs(),
                        date.month().unsigned_abs(),
                        date.day().unsigned_abs(),
                    )?;
                    sheet.write_datetime_with_format(row, column, at, &day)?;
                }
                Cell::Day(None) => {}
                Cell::Number(number) => {
                    sheet.write_number(row, column, *number)?;
                }
            }
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.autofit();
    Ok(())
}

/// The file as an answer.
///
/// # Errors
/// [`Failure::Page`].
pub fn answer(file: &str, title: &str, heads: &[&str], rows: &[Vec<Cell>]) -> Result<Response, Failure> {
    answer_all(file, &[Sheet { title, heads, rows }])
}

/// A file of several sheets as an answer.
///
/// # Errors
/// [`Failure::Page`].
pub fn answer_all(file: &str, sheets: &[Sheet<'_>]) -> Result<Response, Failure> {
    let bytes = write(sheets).map_err(|error| Failure::Page(askama::Error::Custom(Box::new(error))))?;
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    );
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{file}.xlsx\"")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(response)
}
