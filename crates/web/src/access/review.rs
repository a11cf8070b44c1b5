//! `/review/access`: how the system is used in the units one leads: emergency access that waits to be signed, and what else stands out.

use askama::Template;
use axum::response::Response;
use jiff::ToSpan as _;
use tovholder_casework::access::Right;
use tovholder_casework::act::PageKey;
use tovholder_casework::id::*;
use tovholder_casework::review::{self as judge, FROM_HOUR, Finding, FindingKind, Material, UNTIL_HOUR};
use tovholder_store::db::Conn;
use tovholder_store::emergency::{Case, of_units};
use tovholder_store::people;
use tovholder_store::review::{material, remarks};

use crate::kit::format::wall_clock;
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, page};
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;

/// The page's address.
pub const HOME: &str = "/review/access";

/// Days that what has been signed stays on the page.
const DAYS: i64 = 30;

/// One time emergency access was taken.
pub(super) struct EmergencyView {
    pub href: String,
    pub name: String,
    pub unit: String,
    pub citizen: String,
    pub when: String,
    pub reason: String,
    pub looks: String,
    /// Nobody has signed it.
    pub waits: bool,
    /// The reader took it; somebody else signs.
    pub own: bool,
    /// Who signed, when, and with what remark; empty while it waits.
    pub remark: String,
}

#[derive(Template)]
#[template(path = "access/review.html")]
struct Page {
    t: Lang,
    shell: Shell,
    waits: Vec<EmergencyView>,
    signed: Vec<EmergencyView>,
    about: String,
    findings: Vec<FindingView>,
    done: Vec<FindingView>,
}

/// Something that stands out.
pub(super) struct FindingView {
    pub key: String,
    pub href: String,
    pub who: EmployeeId,
    pub name: String,
    pub when: String,
    pub says: String,
    /// Names of citizens of one's own units; of others only where they belong.
    pub citizens: Vec<String>,
    /// It is about the reader; somebody else looks into it.
    pub own: bool,
    /// What a leader found out; empty while nobody has looked into it.
    pub remark: String,
}

/// What stands out among those who work in the units one leads, the latest first.
pub(super) async fn findings(visit: &Visit, conn: &mut Conn) -> Result<Vec<FindingView>, Failure> {
    let leads = visit.standing(conn).await?.leads;
    let since = visit.at.saturating_sub((24 * DAYS).hours()).unwrap_or(visit.at);
    let former_days = visit.rules().coordinator().former_reads_days.cast_signed();
    let material = material(conn, &leads, since, former_days, wall_clock).await?;
    let found = judge::findings(&material);
    let mut about: Vec<EmployeeId> = found.iter().map(|finding| finding.who).collect();
    about.sort_unstable();
    about.dedup();
    let remarks = remarks(conn, &about).await?;
    let units = people::units(conn).await?;
    let t = visit.t;
    let named = |id: &CitizenId| {
        let citizen = material.citizens.iter().find(|citizen| citizen.id == *id)?;
        if leads.contains(&citizen.unit) {
            return Some(citizen.name.clone());
        }
        let unit = units.iter().find(|unit| unit.id == citizen.unit)?;
        Some(t.acc_citizen_of(unit.name.as_str()))
    };
    Ok(found
        .into_iter()
        .map(|finding| {
            let key = finding.key();
            FindingView {
                href: format!("/review/findings/{key}"),
                remark: remarks.get(&key).map_or_else(String::new, |kept| {
                    t.acc_looked_into(kept.remark.as_str(), t.instant(kept.at), kept.by.as_str())
                }),
                key,
                own: visit.user.employee() == Some(finding.who),
                name: name(&material, finding.who),
                citizens: finding.citizens.iter().filter_map(named).collect(),
                when: when(t, &finding),
                says: format!("{} {}.", says(t, &finding), t.acc_found_pages(finding.pages)),
                who: finding.who,
            }
        })
        .collect())
}

fn name(material: &Material, who: EmployeeId) -> String {
    let looker = material.lookers.iter().find(|looker| looker.id == who);
    looker.map_or_else(String::new, |looker| looker.name.clone())
}

fn when(t: Lang, finding: &Finding) -> String {
    match finding.kind {
        FindingKind::ManyPlans => t.acc_week_of(t.date(finding.day)),
        FindingKind::Hours => t.date(finding.day),
        _ => t.month_year(finding.day),
    }
}

fn says(t: Lang, finding: &Finding) -> String {
    match finding.kind {
        FindingKind::ManyPlans => t.acc_found_many_plans(finding.citizens.len()),
        FindingKind::OwnName => t.acc_found_own_name().to_owned(),
        FindingKind::OwnAddress => t.acc_found_own_address().to_owned(),
        FindingKind::Colleague => t.acc_found_colleague().to_owned(),
        FindingKind::Hours => t.acc_found_hours(t.time(finding.last.time())),
    }
}

pub(super) fn emergency(visit: &Visit, case: Case) -> EmergencyView {
    let t = visit.t;
    let taken = case.emergency;
    EmergencyView {
        href: format!("/review/emergency/{}", taken.id),
        own: visit.user.employee() == Some(taken.employee),
        waits: taken.seen.is_none(),
        when: t.acc_from_until(t.instant(taken.from), t.instant(taken.until)),
        looks: t.acc_pages_opened(case.looks),
        remark: taken.seen.map_or_else(String::new, |at| {
            t.acc_signed_by(t.instant(at), taken.remark.as_str(), taken.seen_by.as_str())
        }),
        name: taken.name,
        unit: taken.unit,
        citizen: case.citizen,
        reason: taken.reason,
    }
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] for everybody but leaders.
pub async fn get(visit: Visit) -> Result<Response, Failure> {
    visit.must(Right::Review)?;
    let mut conn = visit.read().await?;
    let leads = visit.standing(&mut conn).await?.leads;
    visit.look(None, PageKey::Review).await?;
    let since = visit.at.saturating_sub((24 * DAYS).hours()).unwrap_or(visit.at);
    let cases = of_units(&mut conn, &leads, since).await?;
    let all = cases.into_iter().map(|case| emergency(&visit, case));
    let (waits, signed) = all.partition(|one| one.waits);
    let (findings, done) = findings(&visit, &mut conn)
        .await?
        .into_iter()
        .partition(|one| one.remark.is_empty());
    page(&Page {
        about: visit
            .t
            .acc_review_days(DAYS, i64::from(FROM_HOUR), i64::from(UNTIL_HOUR)),
        findings,
        done,
        t: visit.t,
        shell: visit.shell(visit.t.acc_review_title()),
        waits,
        signed,
    })
}
