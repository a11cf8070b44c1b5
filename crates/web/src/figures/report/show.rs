//! `/figures/report` and `/figures/report/{month}`: the report, whoever may read it; its author publishes it here.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use serde::Deserialize;
use tovholder_casework::access::Right;
use tovholder_spells::Month;
use tovholder_store::reports::{self, Added, NewVersion, Version};
use uuid::Uuid;

use super::{Body, Entry, Frozen, Shown, Told, may_write, newest, shown};
use crate::figures::cache::figures;
use crate::figures::chart::Trend;
use crate::figures::*;
use crate::kit::form::Link;
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, Said, page, see_other};
use crate::kit::sent::Sent;
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;

/// Which version; none for the newest the reader may see.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Which {
    version: Option<u32>,
}

struct Card {
    number: String,
    href: String,
    told: Told,
    way: WayWords,
    class: &'static str,
    trend: Option<Trend>,
    span: String,
    comment: String,
    definition: String,
}

/// A version in the list.
struct Line {
    href: String,
    month: String,
    about: String,
    draft: bool,
}

#[derive(Template)]
#[template(path = "figures/report.html")]
struct Page {
    t: Lang,
    shell: Shell,
    body: Body,
    about: String,
    draft: bool,
    /// A newer published version than the one shown, or a newer draft for those who write.
    newer: Option<(String, &'static str)>,
    cards: Vec<Card>,
    as_of: String,
    edit: Option<String>,
    publish: Option<(String, String, u32)>,
    pdf: String,
    /// Where the report is taken out as a file, for those who may.
    sheet: Option<String>,
    list: Vec<Line>,
    others: Vec<Link>,
}

#[derive(Template)]
#[template(path = "figures/no_report.html")]
struct Empty {
    t: Lang,
    shell: Shell,
}

/// The address of a month's report.
#[must_use]
pub fn address(month: Month) -> String {
    format!("/figures/report/{month}")
}

/// Which version it is, who saved it and when.
#[must_use]
pub fn about(t: Lang, version: &Version) -> String {
    let (at, by, number) = (t.instant(version.at), version.by.as_str(), version.version);
    if version.closed {
        t.rep_published(at, by, number)
    } else {
        t.rep_saved(at, by, number)
    }
}

/// The versions the reader may see, newest first.
async fn visible(visit: &Visit) -> Result<Vec<Version>, Failure> {
    visit.employee()?;
    let mut all = reports::all(&mut visit.read().await?).await?;
    let writes = may_write(visit);
    all.retain(|v| writes || v.closed);
    Ok(all)
}

/// Finds what is asked for. Answers with the versions the reader may see, too.
///
/// # Errors
/// [`Failure::NotFound`] for what does not exist and what the reader may not see.
pub async fn find(visit: &Visit, month: &str, which: &Which) -> Result<(Shown, Vec<Version>), Failure> {
    let list = visible(visit).await?;
    let month: Month = month.parse().map_err(|_| Failure::NotFound)?;
    let wanted = |v: &&Version| v.month == month && which.version.is_none_or(|number| v.version == number);
    let found = list.iter().find(wanted);
    if found.is_none() && (which.version.is_some() || !may_write(visit)) {
        return Err(Failure::NotFound);
    }
    let report = match found {
        Some(v) => reports::find(&mut visit.read().await?, month, v.version).await?,
        None => None,
    };
    Ok((shown(visit, month, report).await?, list))
}

/// The newest report: of the last month for whoever writes it, the newest published one for everybody else.
///
/// # Errors
/// The user is no employee, or the database is away.
pub async fn latest(visit: Visit) -> Result<Response, Failure> {
    let list = visible(&visit).await?;
    let t = visit.t;
    let month = if may_write(&visit) {
        Some(newest(&*figures(&visit).await?))
    } else {
        list.first().map(|v| v.month)
    };
    let Some(month) = month else {
        let shell = visit.shell(t.rep_title());
        return page(&Empty { t, shell });
    };
    let (shown, list) = find(&visit, &month.to_string(), &Which::default()).await?;
    draw(&visit, shown, list)
}

/// The report of a month.
///
/// # Errors
/// As [`find`].
pub async fn get(visit: Visit, Path(month): Path<String>, Query(which): Query<Which>) -> Result<Response, Failure> {
    let (shown, list) = find(&visit, &month, &which).await?;
    draw(&visit, shown, list)
}

fn draw(visit: &Visit, shown: Shown, list: Vec<Version>) -> Result<Response, Failure> {
    let t = visit.t;
    let to = address(shown.month);
    let number = shown.number();
    let draft = shown.body.frozen.is_none();
    let this = |v: &&Version| v.month == shown.month;
    let newest_here = list.iter().find(this);
    let is_newest = newest_here.is_none_or(|v| v.version == number);
    let newer = newest_here.filter(|_| !is_newest).map(|v| {
        let words = if v.closed { t.rep_newer() } else { t.rep_newer_draft() };
        (format!("{to}?version={}", v.version), words)
    });
    let query = if number > 0 {
        format!("?version={number}")
    } else {
        String::new()
    };
    let writes = may_write(visit);
    let cards = shown.entries().into_iter().map(|entry| card(t, &entry)).collect();
    let others = if writes {
        others(t, visit, &shown, &list)
    } else {
        vec![]
    };
    page(&Page {
        t,
        shell: visit.shell(shown.body.title.as_str()),
        about: match &shown.version {
            Some(version) => about(t, version),
            None => t.rep_unsaved().to_owned(),
        },
        draft,
        newer,
        cards,
        as_of: t.fig_known(t.date(shown.as_of), t.integer(shown.people)),
        edit: (writes && is_newest).then(|| format!("{to}/edit")),
        publish: (writes && is_newest && draft && number > 0).then(|| (to.clone(), Uuid::now_v7().to_string(), number)),
        pdf: format!("{to}/report.pdf{query}"),
        sheet: visit
            .has(Right::ExportFigures)
            .then(|| format!("{to}/table.xlsx{query}")),
        list: list
            .iter()
            .map(|v| Line {
                href: format!("{}?version={}", address(v.month), v.version),
                month: crate::kit::format::sentence(&month_name(t, v.month)),
                about: about(t, v),
                draft: !v.closed,
            })
            .collect(),
        others,
        body: shown.body,
    })
}

/// The months of the last year without a report, for whoever writes them.
fn others(t: Lang, visit: &Visit, shown: &Shown, list: &[Version]) -> Vec<Link> {
    let today = day(visit.today()).month();
    (1..=12)
        .map(|back| today + -back)
        .filter(|m| *m != shown.month && !list.iter().any(|v| v.month == *m))
        .map(|m| Link::new(crate::kit::format::sentence(&month_name(t, m)), address(m), false))
        .collect()
}

fn card(t: Lang, entry: &Entry<'_>) -> Card {
    let figure = &entry.figure;
    let reading = figure.reading();
    let ends = figure.months.first().zip(figure.months.last());
    let span = ends.and_then(|(first, last)| {
        let name = |m: &super::MonthValue| Some(month_name(t, m.month.parse().ok()?));
        Some(t.fig_months(name(first)?, name(last)?))
    });
    Card {
        number: figure.goal.map(|n| n.to_string()).unwrap_or_default(),
        href: format!("/figures/{}", figure.measure),
        told: figure.told(t).clone(),
        way: way_words(t, reading.way),
        class: overview::class(reading.way),
        trend: figure.trend(t, true),
        span: span.unwrap_or_default(),
        comment: entry.comment.to_owned(),
        definition: figure.definition.clone(),
    }
}

/// Publishes the newest version: adds a closed one in which the numbers stand as they are now.
///
/// # Errors
/// As [`find`]; [`Failure::NotFound`] for those who do not write reports.
pub async fn post(visit: Visit, Path(month): Path<String>, sent: Sent) -> Result<Response, Failure> {
    let me = visit.employee()?;
    if !may_write(&visit) {
        return Err(Failure::NotFound);
    }
    let (shown, _) = find(&visit, &month, &Which::default()).await?;
    let to = address(shown.month);
    let after = sent.rev();
    if shown.number() == 0 {
        return Ok(see_other(&to, Said::NotDone, None));
    }
    // Pressed twice, or by two leaders at once: it is published.
    if shown.body.frozen.is_some() {
        return Ok(see_other(&to, Said::Published, None));
    }
    let frozen = Frozen {
        as_of: shown.as_of,
        people: shown.people,
        figures: shown.entries().into_iter().map(|e| e.figure.into_owned()).collect(),
    };
    let body = Body {
        frozen: Some(frozen),
        ..shown.body
    };
    let text = serde_json::to_string(&body).map_err(|error| Failure::Page(askama::Error::Custom(Box::new(error))))?;
    let added = reports::add(
        &visit.app.db,
        sent.submission(),
        (me, visit.user.actor.name.as_str()),
        visit.at,
        &NewVersion {
            month: shown.month,
            after,
            closed: true,
            body: &text,
            draft: &to,
        },
    )
    .await?;
    Ok(match added {
        Added::Yes => see_other(&to, Said::Published, None),
        Added::Conflict => see_other(&to, Said::NotDone, None),
    })
}
