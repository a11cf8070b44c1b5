//! `/setup/import/example/{kind}.csv`: a template to fill in, with two invented rows that show how.

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use tovholder_casework::import::{Kind, Shape, fields};

use super::mend::table_writer;
use super::{administrator, words};
use crate::kit::lang::Lang;
use crate::kit::respond::Failure;
use crate::kit::visit::Visit;

/// The file.
///
/// # Errors
/// [`Failure::NotFound`] for a kind there is not.
pub async fn get(visit: Visit, Path(name): Path<String>) -> Result<Response, Failure> {
    administrator(&visit)?;
    let kind: Kind = name
        .strip_suffix(".csv")
        .and_then(|kind| kind.parse().ok())
        .ok_or(Failure::NotFound)?;
    let disposition = format!("attachment; filename=\"{kind}.csv\"");
    Ok((
        [
            (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
            (header::CONTENT_DISPOSITION, disposition),
        ],
        file(visit.t, kind),
    )
        .into_response())
}

/// The names of the columns in the language of the page, and two rows.
#[must_use]
pub fn file(t: Lang, kind: Kind) -> Vec<u8> {
    let mut writer = table_writer();
    let header = fields(kind).iter().flat_map(|field| match field.shape {
        // A column a week, as the register writes them.
        Shape::Weeks => ["2026W08", "2026W09", "2026W10"].map(str::to_owned).to_vec(),
        _ => vec![words::field_label(t, field.key)],
    });
    // A file in memory takes everything.
    let _ = writer.write_record(header);
    for row in rows(t, kind) {
        let _ = writer.write_record(row);
    }
    writer.into_inner().unwrap_or_default()
}

fn rows(t: Lang, kind: Kind) -> [Vec<&'static str>; 2] {
    match kind {
        Kind::Units => [
            vec!["Jobcentret", t.setup_unit_kind_jobcentre(), "96 12 34 00", "Torvet 1"],
            vec!["Ungeenheden", t.setup_unit_kind_youth(), "96 12 34 50", "Skolegade 4"],
        ],
        Kind::Employees => [
            vec![
                "Karen Holm",
                "Jobcentret",
                "kaho",
                "karen.holm@laerkebro.example",
                "Jobrådgiver",
                t.role_caseworker(),
                "96 12 34 10",
                "",
            ],
            vec![
                "Lis Dahl",
                "Jobcentret",
                "lida",
                "lis.dahl@laerkebro.example",
                "Teamleder",
                t.role_team_leader(),
                "96 12 34 11",
                "",
            ],
        ],
        Kind::Teams => [vec!["Team Nord", "lida", "kaho, lida"], vec!["Team Syd", "", "kaho"]],
        Kind::Citizens => [
            vec![
                "6105901234",
                "Anna Lind",
                "Jobcentret",
                "01-05-1990",
                "20 30 40 50",
                "anna@post.example",
                "Lærkevej 2",
                "9581",
                t.common_no(),
            ],
            vec![
                "7211750017",
                "Bo Vang",
                "Jobcentret",
                "12-11-1975",
                "",
                "",
                "Torvet 7",
                "9581",
                t.common_yes(),
            ],
        ],
        Kind::Spells => [
            vec!["6105901234", "Kontanthjælp", "01-02-2026", ""],
            vec!["7211750017", "A-dagpenge", "15-09-2025", "31-01-2026"],
        ],
        Kind::Hours => [
            vec!["6105901234", "2026-01", "37,5"],
            vec!["7211750017", "2026-02", "148"],
        ],
        Kind::States => [
            vec!["6105901234", "130", "130", "130"],
            vec!["7211750017", "111", "", ""],
        ],
        Kind::Assignments => [
            vec!["6105901234", "kaho", "01-03-2024", "31-12-2024"],
            vec!["6105901234", "lida", "01-01-2025", ""],
        ],
        Kind::Expenses => [
            vec!["2026-01", "Kontanthjælp", "4.250.000,00", "910.500,50"],
            vec!["2026-01", "Sygedagpenge", "3.120.400", "1.480.000"],
        ],
        Kind::Companies => [
            vec![
                "Solhøj Gartneri",
                "",
                "Gartneri",
                "Markvej 12",
                "9581",
                "Inge Toft",
                "96 55 44 33",
                "inge@solhoej.example",
                "14",
            ],
            vec![
                "Byens Brød",
                "",
                "Bageri",
                "Torvet 3",
                "9581",
                "Ali Demir",
                "96 55 44 34",
                "",
                "6",
            ],
        ],
    }
}
