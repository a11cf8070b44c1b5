//! `/my-plan/efforts`: what is going on at the same time, on one time line.

use askama::Template;
use axum::response::Response;
use jiff::civil::Date;
use tovholder_casework::act::PageKey;
use tovholder_casework::plan::*;

use super::{shell, start};
use crate::kit::charts::{Lane, Lanes, Stage};
use crate::kit::format::sentence;
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, page};
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;

/// One of them in words.
pub(super) struct Line {
    pub title: String,
    /// What kind it is, by the rules of today.
    pub kind: String,
    pub who: String,
    pub when: String,
    pub hours: String,
    pub state: &'static str,
}

#[derive(Template)]
#[template(path = "citizen/efforts.html")]
struct Page {
    t: Lang,
    shell: Shell,
    chart: Option<Lanes>,
    lines: Vec<Line>,
}

pub(super) fn stage(effort: &Effort, today: Date) -> Stage {
    if effort.from > today {
        Stage::Planned
    } else if effort.until.is_some_and(|until| until < today) {
        Stage::Ended
    } else {
        Stage::Ongoing
    }
}

pub(super) fn line(visit: &Visit, effort: &Effort) -> Line {
    let (t, today) = (visit.t, visit.today());
    let kind = visit
        .rules()
        .effort(&effort.kind)
        .map_or_else(String::new, |kind| match t {
            Lang::Da => kind.label.da.clone(),
            Lang::En => kind.label.en.clone(),
        });
    let hours = effort.hours_on(today).map_or_else(String::new, |h| {
        if h.paid > 0.0 {
            t.my_effort_hours_paid(t.hours(h.hours), t.hours(h.paid))
        } else {
            t.my_effort_hours(t.hours(h.hours))
        }
    });
    Line {
        title: effort.title.clone(),
        kind,
        who: effort.provider.clone(),
        when: match effort.until {
            Some(until) if until == effort.from => sentence(&t.date(until)),
            Some(until) => t.my_effort_from_until(t.date(effort.from), t.date(until)),
            None => t.my_effort_from(t.date(effort.from)),
        },
        hours,
        state: stage(effort, today).label(t),
    }
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] for an employee; the database is away.
pub async fn get(visit: Visit) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let Some(case) = visit.open_own(&mut conn, PageKey::Efforts).await? else {
        return Ok(start());
    };
    let (t, today) = (visit.t, visit.today());
    let efforts: Vec<&Effort> = case.plan.efforts.iter().filter(|e| !e.withdrawn).collect();
    let many = |at: Stage| efforts.iter().filter(|e| stage(e, today) == at).count();
    let reading = t.my_efforts_reading(many(Stage::Ongoing), many(Stage::Planned));
    let lanes = efforts.iter().map(|e| Lane {
        label: e.title.clone(),
        who: e.provider.clone(),
        href: String::new(),
        from: e.from,
        to: e.until,
    });
    let chart = Lanes::new(t.my_efforts_chart(), reading, lanes.collect(), today);
    page(&Page {
        t,
        shell: shell(&visit, &case, t.my_efforts_title()),
        chart: (!efforts.is_empty()).then_some(chart),
        lines: efforts.iter().map(|e| line(&visit, e)).collect(),
    })
}
