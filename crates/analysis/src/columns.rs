//! Parquet in: a file of columns, read as the rows of a CSV with the same names. Only where the feature `parquet` is on
//! (`docs/decisions/0009-parquet.md`).
//!
//! Days may be dates, timestamps at midnight or text; ids and codes text or whole numbers (which have lost their leading noughts before they came
//! here, and are told so); shares any number. Nothing is nothing. Rows are counted as in a CSV: the names of the columns are row 1.

use std::fs::File;
use std::path::Path;

use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use tovholder_spells::Day;

use crate::problem::{Faults, Problem};
use crate::write;

const A_DAY: i64 = 86_400;

/// The whole file as CSV.
pub(crate) fn as_csv(path: &Path) -> Result<Vec<u8>, Problem> {
    let name = path.display().to_string();
    let problem = |error: &dyn std::fmt::Display| Problem::input(format!("{name}: {error}"));
    let file = File::open(path).map_err(|error| problem(&error))?;
    let reader = SerializedFileReader::new(file).map_err(|error| problem(&error))?;
    let columns: Vec<String> = reader
        .metadata()
        .file_metadata()
        .schema()
        .get_fields()
        .iter()
        .map(|field| field.name().to_owned())
        .collect();
    let mut out = Vec::new();
    let header = columns.iter().map(String::as_str);
    write::line(&mut out, header).map_err(|error| problem(&error))?;
    let mut faults = Faults::new(&name);
    let rows = reader.get_row_iter(None).map_err(|error| problem(&error))?;
    for (i, row) in rows.enumerate() {
        let row = row.map_err(|error| problem(&error))?;
        for (at, (column, field)) in row.get_column_iter().enumerate() {
            if at > 0 {
                out.push(b',');
            }
            match text(field) {
                Some(text) => write::field(&mut out, &text),
                None => faults.add(
                    i as u64 + 2,
                    column,
                    "text in one line, a number or a day",
                    field.to_string(),
                ),
            }
        }
        out.push(b'\n');
    }
    faults.finish()?;
    Ok(out)
}

fn text(field: &Field) -> Option<String> {
    Some(match field {
        Field::Null => String::new(),
        Field::Bool(yes) => u8::from(*yes).to_string(),
        Field::Byte(n) => n.to_string(),
        Field::Short(n) => n.to_string(),
        Field::Int(n) => n.to_string(),
        Field::Long(n) => n.to_string(),
        Field::UByte(n) => n.to_string(),
        Field::UShort(n) => n.to_string(),
        Field::UInt(n) => n.to_string(),
        Field::ULong(n) => n.to_string(),
        Field::Float(n) => n.to_string(),
        Field::Double(n) => n.to_string(),
        Field::Str(text) if !text.contains(['\n', '\r']) => text.clone(),
        Field::Date(days) => Day(*days).to_string(),
        Field::TimestampMillis(time) => midnight(*time, 1_000)?,
        Field::TimestampMicros(time) => midnight(*time, 1_000_000)?,
        _ => return None,
    })
}

/// The day of a time that is its beginning.
fn midnight(time: i64, second: i64) -> Option<String> {
    let days = i32::try_from(time / (A_DAY * second)).ok()?;
    (time % (A_DAY * second) == 0).then(|| Day(days).to_string())
}
