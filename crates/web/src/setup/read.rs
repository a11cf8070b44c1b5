//! From a file's bytes to a table of text: CSV in whatever character set and with whatever separator, Excel, or OpenDocument.
//!
//! A file may be cut, broken, or made to hurt: nothing here takes more memory than the limits allow.

use std::io::{Cursor, Read};

use calamine::{Data, DataRef, ExcelDateTime, Ods, Reader, Xlsx};
use jiff::civil::{Date, date};
use quick_xml::events::Event;
use tovholder_casework::import::Row;

/// The largest file, in bytes.
pub const MAX_BYTES: usize = 20 * 1024 * 1024;
/// The most rows of one file. More are brought in as several files.
pub const MAX_ROWS: usize = 50_000;
/// The most columns: forty years of weeks.
pub const MAX_COLUMNS: usize = 2_200;
/// The most cells: rows times columns.
const MAX_CELLS: usize = 5_000_000;
/// The most of one cell, in characters; what is longer is no name, number or address, and is shown as wrong.
const MAX_CELL: usize = 5_000;
/// The most an Excel or OpenDocument file may hold once it is unpacked.
const MAX_UNPACKED: u64 = 200 * 1024 * 1024;

/// A file's rows, with the names of the columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The names of the columns: none is empty, no two are alike.
    pub header: Vec<String>,
    /// The rows below, without those that are blank.
    pub rows: Vec<Row>,
}

/// Why a file is no table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// Nothing in it.
    Empty,
    /// Names of columns and nothing below.
    NoRows,
    /// More than [`MAX_BYTES`], or unpacked more than anybody's list.
    TooLarge,
    /// More than [`MAX_ROWS`].
    TooManyRows,
    /// More than [`MAX_COLUMNS`].
    TooManyColumns,
    /// An old Excel file (`.xls`) or one with a password.
    OldOrLocked,
    /// Damaged, or something else than its name says.
    Broken,
}

/// Reads a file. What it is shows in its first bytes; the name is not trusted.
///
/// # Errors
/// See [`Unreadable`].
pub fn table(bytes: &[u8]) -> Result<Table, Unreadable> {
    if bytes.len() > MAX_BYTES {
        return Err(Unreadable::TooLarge);
    }
    let rows = match bytes {
        [b'P', b'K', 3, 4, ..] => sheet(bytes)?,
        // The container of old Office files, and of new ones with a password.
        [0xd0, 0xcf, 0x11, 0xe0, ..] => return Err(Unreadable::OldOrLocked),
        [b'%', b'P', b'D', b'F', ..] => return Err(Unreadable::Broken),
        _ => csv(&text(bytes)?)?,
    };
    headed(rows)
}

// Text -------------------------------------------------------------------------------------------------------------------------

/// UTF-8 or UTF-16 where the file says so or is nothing else; otherwise what Danish Windows programs write.
fn text(bytes: &[u8]) -> Result<String, Unreadable> {
    let text = match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding.decode(bytes).0.into_owned(),
        None => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            // A file cut in the middle of a letter is still UTF-8; only its last row is lost.
            Err(error) if error.error_len().is_none() && error.valid_up_to() > 0 => {
                String::from_utf8_lossy(bytes).into_owned()
            }
            Err(_) => encoding_rs::WINDOWS_1252.decode(bytes).0.into_owned(),
        },
    };
    // No list has these; a picture or a program has.
    if text.chars().take(4_000).any(|c| c == '\0') {
        Err(Unreadable::Broken)
    } else {
        Ok(text)
    }
}

fn csv(text: &str) -> Result<Vec<Row>, Unreadable> {
    // Excel writes the separator on a line of its own when asked to.
    let (skipped, told, text) = match text
        .strip_prefix("sep=")
        .and_then(|rest| Some((rest.chars().next()?, rest.split_once('\n')?.1)))
    {
        Some((separator, rest)) if separator.is_ascii() => (1, Some(separator as u8), rest),
        _ => (0, None, text),
    };
    let separator = told.unwrap_or_else(|| separator(text));
    let mut reader = ::csv::ReaderBuilder::new()
        .delimiter(separator)
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let mut record = ::csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(|_| Unreadable::Broken)? {
        let line = record.position().map_or(0, ::csv::Position::line) + skipped;
        push(&mut rows, line, record.iter().map(str::to_owned).collect())?;
    }
    // A quote that is opened and never closed: the file ends inside a text, so the last row is not whole.
    if !text.matches('"').count().is_multiple_of(2)
        && let Some(last) = rows.last_mut()
    {
        last.cells.pop();
    }
    Ok(rows)
}

/// The separator that stands in the most of the first records, splits them alike, and into the most columns.
fn separator(text: &str) -> u8 {
    let mut quoted = false;
    // A line ends where no quote is open.
    let ends = |c| {
        quoted ^= c == '"';
        c == '\n' && !quoted
    };
    let records: Vec<&str> = text
        .split(ends)
        .filter(|record| !record.trim().is_empty())
        .take(5)
        .collect();
    let columns = |separator: char| {
        let count = |record: &&str| {
            // Every other piece is outside quotes.
            record
                .split('"')
                .step_by(2)
                .map(|piece| piece.matches(separator).count())
                .sum::<usize>()
        };
        let counts: Vec<usize> = records.iter().map(count).collect();
        let having = counts.iter().filter(|n| **n > 0).count();
        let alike = counts.windows(2).filter(|pair| pair[0] == pair[1]).count();
        (having, alike, counts.iter().sum::<usize>())
    };
    [b';', b',', b'\t']
        .into_iter()
        .rev()
        .max_by_key(|separator| columns(char::from(*separator)))
        .unwrap_or(b';')
}

/// Adds a row unless it is blank.
fn push(rows: &mut Vec<Row>, line: u64, cells: Vec<String>) -> Result<(), Unreadable> {
    // No text holds the character zero, and no database keeps it: a damaged sheet has it.
    let cells: Vec<String> = cells.iter().map(|cell| short(cell).replace('\0', "")).collect();
    if cells.iter().all(|cell| cell.trim().is_empty()) {
        return Ok(());
    }
    if rows.len() > MAX_ROWS + 20 {
        return Err(Unreadable::TooManyRows);
    }
    let line = u32::try_from(line).unwrap_or(u32::MAX);
    rows.push(Row { line, cells });
    Ok(())
}

/// What is kept of a cell.
fn short(cell: &str) -> &str {
    cell.char_indices().nth(MAX_CELL).map_or(cell, |(end, _)| &cell[..end])
}

/// Takes the names of the columns off the top and makes the rows as wide as they are.
fn headed(mut rows: Vec<Row>) -> Result<Table, Unreadable> {
    let filled = |row: &Row| row.cells.iter().filter(|cell| !cell.trim().is_empty()).count();
    let widest = rows.iter().take(50).map(filled).max().ok_or(Unreadable::Empty)?;
    // A title above the table fills one cell where the table fills more.
    let titles = if widest > 1 {
        rows.iter().take(10).take_while(|row| filled(row) == 1).count()
    } else {
        0
    };
    rows.drain(..titles);
    if rows.is_empty() {
        return Err(Unreadable::Empty);
    }
    let names = rows.remove(0).cells;
    let width = names
        .iter()
        .rposition(|name| !name.trim().is_empty())
        .map_or(0, |at| at + 1);
    if width > MAX_COLUMNS {
        return Err(Unreadable::TooManyColumns);
    }
    if rows.len() > MAX_ROWS || rows.len() * width > MAX_CELLS {
        return Err(Unreadable::TooManyRows);
    }
    if rows.is_empty() {
        return Err(Unreadable::NoRows);
    }
    let mut header: Vec<String> = Vec::with_capacity(width);
    for (at, name) in names.iter().take(width).enumerate() {
        let name: String = name
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .chars()
            .take(100)
            .collect();
        let name = if name.is_empty() { format!("({})", at + 1) } else { name };
        let alike = header
            .iter()
            .filter(|other| **other == name || other.starts_with(&format!("{name} (")))
            .count();
        header.push(if alike == 0 {
            name
        } else {
            format!("{name} ({})", alike + 1)
        });
    }
    // Blank cells beyond the last column are nothing; filled ones are, and stay for the row's own error.
    for row in &mut rows {
        while row.cells.len() > width && row.cells.last().is_some_and(|cell| cell.trim().is_empty()) {
            row.cells.pop();
        }
    }
    Ok(Table { header, rows })
}

// Excel and OpenDocument -------------------------------------------------------------------------------------------------------

fn sheet(bytes: &[u8]) -> Result<Vec<Row>, Unreadable> {
    let broken = |_| Unreadable::Broken;
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    let mut unpacked = 0u64;
    let mut content = None;
    for at in 0..archive.len() {
        let part = archive.by_index_raw(at).map_err(broken)?;
        unpacked = unpacked.saturating_add(part.size());
        if part.name().is_ok_and(|name| name == "content.xml") {
            content = Some(at);
        }
    }
    if unpacked > MAX_UNPACKED {
        return Err(Unreadable::TooLarge);
    }
    match content {
        Some(at) => {
            let mut text = String::new();
            let part = archive.by_index(at).map_err(|_| Unreadable::OldOrLocked)?;
            part.take(MAX_UNPACKED)
                .read_to_string(&mut text)
                .map_err(|_| Unreadable::OldOrLocked)?;
            ods(bytes, &text)
        }
        None => xlsx(bytes),
    }
}

fn xlsx(bytes: &[u8]) -> Result<Vec<Row>, Unreadable> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| Unreadable::Broken)?;
    for name in book.sheet_names() {
        // Cell by cell: a sheet with one cell in its last corner would otherwise become billions of empty ones.
        let mut cells = book.worksheet_cells_reader(&name).map_err(|_| Unreadable::Broken)?;
        let mut rows = Vec::new();
        let mut current: (u32, Vec<String>) = (0, Vec::new());
        let mut widest = 0;
        while let Some(cell) = cells.next_cell().map_err(|_| Unreadable::Broken)? {
            let (row, column) = cell.get_position();
            let value = match cell.get_value() {
                DataRef::Empty => continue,
                DataRef::Int(n) => n.to_string(),
                DataRef::Float(n) => number(*n),
                // One text may be shared by all cells, and be as long as the file.
                DataRef::String(s) => short(s).to_owned(),
                DataRef::SharedString(s) => short(s).to_owned(),
                DataRef::Bool(b) => b.to_string(),
                DataRef::DateTime(at) => moment(at),
                DataRef::DateTimeIso(s) | DataRef::DurationIso(s) => s.clone(),
                DataRef::Error(error) => error.to_string(),
            };
            let column = column as usize;
            if column >= MAX_COLUMNS {
                if value.trim().is_empty() {
                    continue;
                }
                return Err(Unreadable::TooManyColumns);
            }
            if row != current.0 {
                push(&mut rows, u64::from(current.0) + 1, std::mem::take(&mut current.1))?;
                current.0 = row;
            }
            // All rows become as wide as the widest: a cell far out in each row of a small file would take gigabytes.
            widest = widest.max(column + 1);
            if widest * rows.len() > MAX_CELLS {
                return Err(Unreadable::TooManyRows);
            }
            if current.1.len() <= column {
                current.1.resize(column + 1, String::new());
            }
            current.1[column] = value;
        }
        push(&mut rows, u64::from(current.0) + 1, current.1)?;
        if !rows.is_empty() {
            return Ok(squared(rows));
        }
    }
    Err(Unreadable::Empty)
}

fn ods(bytes: &[u8], content: &str) -> Result<Vec<Row>, Unreadable> {
    if !well_formed(content) {
        return Err(Unreadable::Broken);
    }
    // The reader lays all cells out side by side, so what is repeated a million times must be known before it is asked.
    let (cells, taken) = laid_out(content);
    if cells > 10_000_000 || taken > MAX_UNPACKED {
        return Err(Unreadable::TooLarge);
    }
    let mut book: Ods<_> = Ods::new(Cursor::new(bytes)).map_err(|_| Unreadable::Broken)?;
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).map_err(|_| Unreadable::Broken)?;
        let (first_row, first_column) = range.start().unwrap_or_default();
        let mut rows = Vec::new();
        for (line, cells) in (u64::from(first_row) + 1..).zip(range.rows()) {
            let value = |cell: &Data| match cell {
                Data::Empty => String::new(),
                Data::Int(n) => n.to_string(),
                Data::Float(n) => number(*n),
                Data::String(s) | Data::DateTimeIso(s) | Data::DurationIso(s) => s.clone(),
                Data::Bool(b) => b.to_string(),
                Data::DateTime(at) => moment(at),
                Data::Error(error) => error.to_string(),
            };
            if cells.len() + first_column as usize > MAX_COLUMNS {
                return Err(Unreadable::TooManyColumns);
            }
            push(&mut rows, line, cells.iter().map(value).collect())?;
        }
        if !rows.is_empty() {
            return Ok(squared(rows));
        }
    }
    Err(Unreadable::Empty)
}

/// Whether every element that begins also ends, each in its turn. The reader waits for a table's end: without one it would wait for ever.
fn well_formed(content: &str) -> bool {
    let mut reader = quick_xml::Reader::from_str(content);
    let mut open = 0u64;
    loop {
        match reader.read_event() {
            Ok(Event::Start(_)) => open += 1,
            // An end that nothing began is an error below.
            Ok(Event::End(_)) => open = open.saturating_sub(1),
            Ok(Event::Eof) => return open == 0,
            Ok(_) => {}
            Err(_) => return false,
        }
    }
}

/// How many cells an OpenDocument table becomes when all that is repeated is laid out: rows up to the last filled one, times the widest.
/// And how many bytes the texts in them take at most. Looked for anywhere between one cell and the next, so that it is rather too much.
fn laid_out(content: &str) -> (u64, u64) {
    let largest = |piece: &str, name: &str| attributes(piece, name).max().unwrap_or(1).max(1);
    let (mut most, mut rows, mut filled_rows, mut widest, mut bytes) = (0u64, 0u64, 0u64, 0u64, 0u64);
    for piece in content.split("<table:table-row").skip(1) {
        let mut cells = piece.split("-cell");
        let alike = largest(cells.next().unwrap_or_default(), "table:number-rows-repeated");
        rows = rows.saturating_add(alike);
        let mut column = 0u64;
        let mut filled = false;
        for cell in cells {
            // The end of a cell is such a piece too: it begins with the bracket.
            if cell.starts_with('>') {
                continue;
            }
            let times = largest(cell, "table:number-columns-repeated");
            column = column.saturating_add(times);
            if cell.contains("office:") || cell.contains("table:formula") {
                filled = true;
                widest = widest.max(column);
                let blanks = attributes(cell, "text:c").fold(cell.len() as u64, u64::saturating_add);
                bytes = bytes.saturating_add(blanks.saturating_mul(times).saturating_mul(alike));
            }
        }
        if filled {
            filled_rows = rows;
        }
        most = most.max(filled_rows.saturating_mul(widest));
    }
    (most, bytes)
}

/// The numbers that attributes of this name hold. What is written in a roundabout way counts as the largest there is.
fn attributes<'p>(piece: &'p str, name: &'p str) -> impl Iterator<Item = u64> + 'p {
    piece.split(name).skip(1).filter_map(|rest| {
        let value = rest.trim_start().strip_prefix('=')?.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let value = value[1..].split(quote).next()?.trim();
        if value.contains('&') {
            Some(u64::MAX)
        } else {
            value.trim_start_matches('+').parse().ok()
        }
    })
}

/// Rows of a sheet are as wide as the widest: what stands behind the last filled cell is blank, not cut.
fn squared(mut rows: Vec<Row>) -> Vec<Row> {
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    for row in &mut rows {
        row.cells.resize(width, String::new());
    }
    rows
}

/// A whole number without a point, as it is seen in the sheet.
fn number(n: f64) -> String {
    if n.fract() == 0.0 && n.abs() < 1e15 {
        format!("{n:.0}")
    } else {
        // With the comma a Danish sheet shows: a point would be taken for one between thousands.
        n.to_string().replace('.', ",")
    }
}

fn moment(at: &ExcelDateTime) -> String {
    let (year, month, day, ..) = at.to_ymd_hms_milli();
    let whole = |n: u8| i8::try_from(n).unwrap_or(0);
    let known = i16::try_from(year)
        .ok()
        .and_then(|year| Date::new(year, whole(month), whole(day)).ok());
    match known {
        Some(day) if at.is_datetime() && day > date(1899, 12, 31) => day.to_string(),
        _ => number(at.as_f64()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(bytes: &[u8]) -> (Vec<String>, Vec<Vec<String>>) {
        let table = table(bytes).expect("is a table");
        (table.header, table.rows.into_iter().map(|row| row.cells).collect())
    }

    #[test]
    fn character_set_and_separator_are_told_by_the_file() {
        let expected = (
            vec!["Navn".to_owned(), "By".to_owned()],
            vec![vec!["Søren; Å".to_owned(), "Ærø".to_owned()]],
        );
        let utf8 = "Navn;By\r\n\"Søren; Å\";Ærø\r\n";
        let latin = encoding_rs::WINDOWS_1252.encode(utf8).0.into_owned();
        let utf16: Vec<u8> = [0xff, 0xfe]
            .into_iter()
            .chain(
                utf8.replace(';', "\t")
                    .replace("n\t Å", "n; Å")
                    .encode_utf16()
                    .flat_map(u16::to_le_bytes),
            )
            .collect();
        for file in [
            utf8.as_bytes(),
            &[b"\xef\xbb\xbf", utf8.as_bytes()].concat(),
            &latin,
            "Navn,By\n\"Søren; Å\",Ærø".as_bytes(),
            "sep=;\nNavn;By\n\"Søren; Å\";Ærø\n".as_bytes(),
            &utf16,
        ] {
            assert_eq!(cells(file), expected);
        }
        let decimal = "Navn;Beløb\nA;1,5\nB;2,5\nC;3,5\n";
        assert_eq!(
            cells(decimal.as_bytes()).0,
            ["Navn", "Beløb"],
            "a decimal comma is no separator"
        );
    }

    #[test]
    fn commas_and_lines_within_cells_do_not_decide_the_separator() {
        let cut_rows = "Navn;By;Fejl\nAnna;Å;Vej 2;se her, og her\nBo;;se her, og her\n";
        assert_eq!(cells(cut_rows.as_bytes()).1.len(), 2);
        assert_eq!(cells(cut_rows.as_bytes()).0.len(), 3);
        let lines = "\"Navn\";\"Vej\"\n\"Anna\";\"Vej 2,\n4,\n6,\n8,\"\n";
        assert_eq!(cells(lines.as_bytes()).0, ["Navn", "Vej"]);
    }

    #[test]
    fn titles_blank_lines_and_names_alike_are_put_in_order() {
        let file = "Udtræk af borgere\n\nNavn;;Navn\nAnna;1;A\n;;\nBo;2;B;;\n";
        let table = table(file.as_bytes()).expect("reads");
        assert_eq!(table.header, ["Navn", "(2)", "Navn (2)"]);
        assert_eq!(
            table
                .rows
                .iter()
                .map(|row| (row.line, row.cells.len()))
                .collect::<Vec<_>>(),
            [(4, 3), (6, 3)]
        );
    }

    #[test]
    fn a_file_cut_in_a_row_keeps_the_rows_before() {
        let whole = |file: &str| -> Vec<usize> { cells(file.as_bytes()).1.iter().map(Vec::len).collect() };
        assert_eq!(whole("Navn;Vej;By\nAnna;Lærkevej 2;Å\nBo;Da"), [3, 2]);
        assert_eq!(
            whole("Navn;Vej;By\nAnna;Lærkevej 2;Å\nBo;Vej;\"Rebæ"),
            [3, 2],
            "a text that never ends is no whole cell"
        );
        let cut = [&b"Navn;By\nAnna;\xc3\x85\nBo;K\xc3"[..]].concat();
        assert_eq!(
            cells(&cut).1[0][1],
            "Å",
            "a letter cut in two does not turn the rest into another character set"
        );
    }

    #[test]
    fn what_is_no_table_is_told() {
        assert_eq!(table(b""), Err(Unreadable::Empty));
        assert_eq!(table(b"\n \n;;\n"), Err(Unreadable::Empty));
        assert_eq!(table(b"Navn;By\n"), Err(Unreadable::NoRows));
        assert_eq!(table(&[0xd0, 0xcf, 0x11, 0xe0, 0, 0]), Err(Unreadable::OldOrLocked));
        assert_eq!(table(b"PK\x03\x04 not really"), Err(Unreadable::Broken));
        assert_eq!(table(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), Err(Unreadable::Broken));
        assert_eq!(
            table("a;".repeat(MAX_COLUMNS + 1).replace("a;", "a1;").as_bytes()),
            Err(Unreadable::TooManyColumns)
        );
        let many = format!("Navn\n{}", "x\n".repeat(1_000_000));
        assert_eq!(table(many.as_bytes()), Err(Unreadable::TooManyRows));
        assert_eq!(table(&vec![b'a'; MAX_BYTES + 1]), Err(Unreadable::TooLarge));
    }

    #[test]
    fn a_workbook_is_read_with_its_dates_and_numbers() {
        let mut book = rust_xlsxwriter::Workbook::new();
        let _empty = book.add_worksheet();
        let sheet = book.add_worksheet();
        for (at, name) in ["CPR", "Navn", "Født", "Bemærkning"].into_iter().enumerate() {
            sheet.write(0, at as u16, name).expect("writes");
        }
        let day = rust_xlsxwriter::Format::new().set_num_format("dd-mm-yyyy");
        let born = rust_xlsxwriter::ExcelDateTime::from_ymd(1990, 5, 1).expect("a day");
        sheet.write(1, 0, 101_851_234).expect("writes");
        sheet.write(1, 1, "Åse").expect("writes");
        sheet.write_with_format(1, 2, &born, &day).expect("writes");
        sheet.write(3, 0, "610190-1236").expect("writes");
        let (header, rows) = cells(&book.save_to_buffer().expect("a file"));
        assert_eq!(header, ["CPR", "Navn", "Født", "Bemærkning"]);
        assert_eq!(
            rows,
            [["101851234", "Åse", "1990-05-01", ""], ["610190-1236", "", "", ""]]
        );
    }

    #[test]
    fn a_sheet_with_one_cell_in_its_last_corner_takes_no_memory() {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        sheet.write(0, 0, "Navn").expect("writes");
        sheet.write(1_048_575, 16_383, "x").expect("writes");
        assert_eq!(
            table(&book.save_to_buffer().expect("a file")),
            Err(Unreadable::TooManyColumns)
        );
    }

    #[test]
    fn an_open_document_that_repeats_itself_is_measured_before_it_is_laid_out() {
        let row = |repeat: &str, cells: &str| format!("<table:table-row{repeat}>{cells}</table:table-row>");
        let filled = r#"<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>"#;
        let blank = r#"<table:table-cell table:number-columns-repeated="16380"/>"#;
        let usual =
            row("", &format!("{filled}{filled}{blank}")) + &row(r#" table:number-rows-repeated="1048575""#, blank);
        assert_eq!(
            laid_out(&usual).0,
            2,
            "what LibreOffice writes below and beside every table"
        );
        let bomb = row(
            r#" table:number-rows-repeated="1048575""#,
            &filled.replace(
                "<table:table-cell",
                r#"<table:table-cell table:number-columns-repeated="16384""#,
            ),
        );
        assert!(laid_out(&bomb).0 > 10_000_000);
        // The same in other words.
        let other = bomb
            .replace("=\"16384\"", " = '16384'")
            .replace(" office:value-type=\"string\"", " office:note='>' office:value='1'");
        assert!(laid_out(&other).0 > 10_000_000, "{other}");
        let blanks = filled.replace("x<", "<text:s text:c='&#52;00000000'/><");
        assert!(laid_out(&row("", &blanks)).1 > MAX_UNPACKED);
        // Few enough cells, with a text that is long enough.
        let long = bomb
            .replace(">x<", &format!(">{}<", "x".repeat(100_000)))
            .replace("1048575", "2")
            .replace("16384", "2000");
        let (cells, bytes) = laid_out(&long);
        assert!(cells == 4_000 && bytes > MAX_UNPACKED);
    }

    #[test]
    fn an_open_document_without_its_ends_is_told_to_be_broken() {
        let whole = r#"<?xml version="1.0"?><a:t><a:r><a:c>x</a:c><a:c/></a:r></a:t>"#;
        assert!(well_formed(whole));
        for broken in [
            whole.trim_end_matches("</a:t>"),
            &whole.replace("</a:r>", ""),
            &whole.replace("<a:r>", ""),
            &whole.replace("</a:c>", "</a:d>"),
            &format!("{whole}</a:t>"),
            &format!("{whole}<a:u>"),
        ] {
            assert!(!well_formed(broken), "{broken}");
        }
    }

    #[test]
    fn what_no_database_keeps_is_left_out() {
        let file = format!("Navn;By\n{}Anna;\0Å\n", "Bo;Kø\n".repeat(1_000));
        assert_eq!(cells(file.as_bytes()).1.last().expect("a row"), &["Anna", "Å"]);
        let blank = format!("{file}\0;\0\n");
        assert_eq!(cells(blank.as_bytes()).1.len(), 1_001, "and then the row is blank");
    }

    #[test]
    fn a_sheet_whose_rows_each_reach_far_out_takes_no_memory() {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        for row in 0..3_000 {
            sheet.write(row, 2_100, "x").expect("writes");
        }
        assert_eq!(
            table(&book.save_to_buffer().expect("a file")),
            Err(Unreadable::TooManyRows)
        );
    }

    #[test]
    fn of_a_long_text_in_a_sheet_only_the_beginning_is_kept() {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        let long = "ø".repeat(20_000);
        for (row, text) in [(0, "Navn"), (1, long.as_str())] {
            sheet.write(row, 0, text).expect("writes");
        }
        let (_, rows) = cells(&book.save_to_buffer().expect("a file"));
        assert_eq!(rows[0][0].chars().count(), MAX_CELL);
    }
}
