//! The report as an Excel file: a sheet with a row for each figure, and one with its months.

use axum::extract::{Path, Query};
use axum::response::Response;
use tovholder_casework::access::Right;
use tovholder_casework::act::PageKey;

use super::show::{Which, find};
use crate::caseload::sheet::{self, Cell, Sheet};
use crate::kit::respond::Failure;
use crate::kit::visit::Visit;

/// The file.
///
/// # Errors
/// As [`find`].
pub async fn get(visit: Visit, Path(month): Path<String>, Query(which): Query<Which>) -> Result<Response, Failure> {
    visit.must(Right::ExportFigures)?;
    let t = visit.t;
    let (shown, _) = find(&visit, &month, &which).await?;
    let empty = || Cell::Text(String::new());
    let number = |value: Option<f64>| value.map_or_else(empty, Cell::Number);
    let (mut figures, mut months) = (Vec::new(), Vec::new());
    for entry in shown.entries() {
        let (figure, told) = (&entry.figure, entry.figure.told(t));
        let latest = figure.months.iter().rev().find(|m| m.value.is_some());
        let value = |value: Option<f64>| number(value.map(|v| figure.unit.shown(v)));
        figures.push(vec![
            figure.goal.map_or_else(empty, |n| Cell::Number(f64::from(n))),
            told.title.clone().into(),
            latest.map_or("", |m| m.month.as_str()).into(),
            value(latest.and_then(|m| m.value)),
            told.name.clone().into(),
            value(latest.and_then(|m| m.target)),
            value(latest.and_then(|m| Some(m.value? - m.target?))),
            number(latest.and_then(|m| m.n).map(|n| n as f64)),
            told.says.clone().into(),
            told.compared.clone().into(),
            entry.comment.into(),
            told.means.clone().into(),
            figure.definition.clone().into(),
            Cell::Day(Some(shown.as_of)),
        ]);
        for m in &figure.months {
            months.push(vec![
                told.title.clone().into(),
                m.month.clone().into(),
                value(m.value),
                told.name.clone().into(),
                number(m.numerator),
                number(m.denominator),
                number(m.n.map(|n| n as f64)),
                value(m.target),
                if m.few {
                    t.fig_few()
                } else if m.value.is_none() {
                    t.fig_not_known()
                } else if m.open {
                    t.fig_may_change()
                } else {
                    ""
                }
                .into(),
                figure.definition.clone().into(),
                Cell::Day(Some(shown.as_of)),
            ]);
        }
    }
    let many = figures.len() + months.len();
    visit.exported(Right::ExportFigures, PageKey::Figures, many).await?;
    sheet::answer_all(
        &shown.file(t),
        &[
            Sheet {
                title: t.rep_title(),
                heads: &[
                    t.rep_number(),
                    t.fig_goal(),
                    t.fig_month(),
                    t.fig_value(),
                    t.fig_measure(),
                    t.fig_target(),
                    t.fig_deviation(),
                    t.fig_n(),
                    t.fig_way(),
                    t.rep_compared(),
                    t.rep_comment(),
                    t.fig_what_is_it(),
                    t.fig_definition(),
                    t.fig_data_date(),
                ],
                rows: &figures,
            },
            Sheet {
                title: t.fig_table_caption(),
                heads: &[
                    t.fig_goal(),
                    t.fig_month(),
                    t.fig_value(),
                    t.fig_measure(),
                    t.fig_counted(),
                    t.fig_of(),
                    t.fig_n(),
                    t.fig_target(),
                    t.fig_remark(),
                    t.fig_definition(),
                    t.fig_data_date(),
                ],
                rows: &months,
            },
        ],
    )
}
