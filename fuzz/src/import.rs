//! Lists that are brought in.

use std::collections::BTreeMap;
use std::io::{Cursor, Write as _};
use std::sync::LazyLock;

use jiff::civil::{Date, date};
use tovholder_casework::cpr::stands_in;
use tovholder_casework::import::{self, Kind, Known, Mapping, Outcome, Row, Setting, columns};
use tovholder_casework::rules::Rules;
use tovholder_web::kit::lang::Lang;
use tovholder_web::setup::mend;
use tovholder_web::setup::read::{MAX_COLUMNS, MAX_ROWS, Table, Unreadable, table};
use uuid::Uuid;
use zip::write::SimpleFileOptions;

use crate::text;

const TODAY: Date = date(2026, 3, 16);
static RULES: LazyLock<Rules> = LazyLock::new(Rules::builtin);

/// Any bytes as a file.
pub fn file(input: &[u8]) {
    // What is large is tested by what is small: the limits stand in the reader's own tests.
    if let Ok(table) = table(input) {
        is_a_table(&table);
        let header = columns::masked_names(&table.header);
        for kind in Kind::ALL {
            let mapping = columns::suggest(*kind, &header, &table.rows, &BTreeMap::new());
            goes_through(*kind, &header, &table.rows, &mapping);
        }
    }
}

fn is_a_table(table: &Table) {
    assert!(!table.rows.is_empty() && !table.header.is_empty());
    assert!(table.rows.len() <= MAX_ROWS && table.header.len() <= MAX_COLUMNS);
    for (at, name) in table.header.iter().enumerate() {
        assert!(!name.trim().is_empty(), "column {at} has no name");
        assert!(!table.header[..at].contains(name), "two columns are called {name:?}");
    }
}

/// From rows to decisions, and from these to the file of errors, which can itself be brought in.
fn goes_through(kind: Kind, header: &[String], rows: &[Row], mapping: &Mapping) {
    let setting = Setting {
        demo: true,
        today: TODAY,
        rules: &RULES,
    };
    let mut known = Known::default();
    known.add_unit(Uuid::from_u128(1), "Jobcenter");
    known.add_employee(Uuid::from_u128(2), "karen", "karen@example.dk");
    let mut last = 100;
    let mut new_id = || {
        last += 1;
        Uuid::from_u128(last)
    };
    let drafts = import::parse(kind, header, rows, mapping, &setting);
    assert_eq!(drafts.len(), rows.len(), "every row is answered");
    let planned = import::decide(kind, drafts, &known, &mut new_id);
    assert_eq!(planned.len(), rows.len(), "every row is decided");
    let counts = import::counts(&planned);
    let all = counts.created + counts.updated + counts.unchanged + counts.wrong;
    assert_eq!(all as usize, rows.len(), "every row is counted once");
    for row in &planned {
        match &row.outcome {
            Outcome::Create(item) | Outcome::Update { after: item, .. } => {
                for (field, value) in &item.values {
                    assert!(!value.contains('\0'), "{field} holds what no database keeps: {value:?}");
                }
            }
            Outcome::Wrong(errors) => {
                assert!(!errors.is_empty(), "a row is refused without a reason");
                let said = format!("{errors:?}");
                assert!(!stands_in(&said), "an error repeats a CPR number: {said}");
            }
            Outcome::Unchanged(_) => {}
        }
    }
    if counts.wrong > 0 {
        let file = mend::file(Lang::Da, header, rows, &planned);
        match table(&file) {
            Ok(again) => assert_eq!(
                again.rows.len(),
                counts.wrong as usize,
                "the file of errors has every row"
            ),
            Err(Unreadable::TooManyColumns) => {}
            Err(why) => panic!("the file of errors cannot be brought in again: {why:?}"),
        }
    }
}

/// The sheet of an Excel file, with whatever stands in it.
pub fn sheet(input: &[u8]) {
    let file = zipped(&[
        (
            "[Content_Types].xml",
            br#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#,
        ),
        (
            "xl/workbook.xml",
            br#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Ark1" sheetId="1" r:id="r1"/></sheets></workbook>"#,
        ),
        (
            "xl/_rels/workbook.xml.rels",
            br#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
        ),
        ("xl/worksheets/sheet1.xml", input),
    ]);
    self::file(&file);
}

/// The content of an OpenDocument file.
pub fn content(input: &[u8]) {
    let file = zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        (
            "META-INF/manifest.xml",
            br#"<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>"#,
        ),
        ("content.xml", input),
    ]);
    self::file(&file);
}

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let plain = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, content) in parts {
        writer.start_file(*name, plain).expect("memory takes everything");
        writer.write_all(content).expect("memory takes everything");
    }
    writer.finish().expect("memory takes everything").into_inner()
}

/// A mapping as somebody may send it who did not take it from the page: the first line says kind and columns, the rest is the file.
pub fn mapping(input: &[u8]) {
    let all = text(input);
    let (first, rest) = all.split_once('\n').unwrap_or((&all, ""));
    let mut words = first.split(' ');
    let Some(kind) = words.next().and_then(|word| word.parse::<Kind>().ok()) else {
        return;
    };
    let mut given = Mapping::default();
    for word in words {
        if let Some((field, column)) = word.split_once('=') {
            match column.parse() {
                Ok(column) => drop(given.columns.insert(field.to_owned(), column)),
                Err(_) => drop(given.fixed.insert(field.to_owned(), column.to_owned())),
            }
        }
    }
    let Ok(table) = table(rest.as_bytes()) else { return };
    let header = columns::masked_names(&table.header);
    goes_through(kind, &header, &table.rows, &given);
    // Remembered, it is suggested again where it can be.
    let remembered = columns::to_remember(&header, &given);
    assert!(
        !remembered.keys().any(|name| stands_in(name)),
        "a CPR number is remembered"
    );
    let suggested = columns::suggest(kind, &header, &table.rows, &remembered);
    assert!(suggested.columns.values().all(|at| *at < header.len()));
    goes_through(kind, &header, &table.rows, &suggested);
}
