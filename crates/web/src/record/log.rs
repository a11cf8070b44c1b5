//! `/plans/{plan}/log` and `/my-plan/log`: *Hvem har kigget*. Who looked, when, at what, and why they may.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use jiff::civil::Date;
use serde::Deserialize;
use tovholder_casework::access::Action;
use tovholder_casework::act::{Act, ActKind, PageKey, UserKind};
use tovholder_casework::id::*;
use tovholder_casework::plan::Plan;
use tovholder_store::acts;
use tovholder_store::db::Conn;
use uuid::Uuid;

use crate::kit::form::Choice;
use crate::kit::format::wall_clock;
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, page};
use crate::kit::shell::Shell;
use crate::kit::visit::{Opened, Visit};
use crate::record::{day_heading, shell};

/// Looks read for one page.
const PER_PAGE: u32 = 400;

/// The address as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Input {
    before: String,
    who: String,
}

/// One person's looks on one day.
pub(crate) struct Looker {
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) unit: String,
    /// Each reason once: somebody may search, take emergency access and become coordinator on one day.
    pub(crate) why: Vec<String>,
    pub(crate) times: String,
    pub(crate) count: u32,
    pub(crate) pages: Vec<(&'static str, u32)>,
}

/// Who looked on one day.
pub(crate) struct Day {
    pub(crate) date: Date,
    pub(crate) heading: String,
    pub(crate) lookers: Vec<Looker>,
}

#[derive(Template)]
#[template(path = "record/log.html")]
struct Page {
    t: Lang,
    shell: Shell,
    lead: &'static str,
    back: String,
    back_words: String,
    /// Who has looked, to choose one of.
    lookers: Vec<Choice>,
    here: String,
    /// One of them is chosen.
    chosen: bool,
    days: Vec<Day>,
    own: u32,
    own_days: Vec<(String, u32)>,
    own_words: String,
    older: Option<String>,
    first: Option<String>,
    /// Where a citizen reads all that is held about them; empty for an employee.
    everything: &'static str,
}

/// Who looked at a plan, for those who may read the log.
///
/// # Errors
/// [`Failure::NotFound`] for everybody else.
pub async fn get(visit: Visit, Path(plan): Path<PlanId>, Query(input): Query<Input>) -> Result<Response, Failure> {
    visit.employee()?;
    let mut conn = visit.read().await?;
    let case = visit.open_for(&mut conn, plan, PageKey::Log, Action::ReadLog).await?;
    let back = (format!("/plans/{plan}"), case.citizen.name.clone());
    let t = visit.t;
    page(&put_together(&visit, &mut conn, Some(&case), back, t.log_lead(), &input).await?)
}

/// The citizen's own.
///
/// # Errors
/// The user is no citizen, or the database is away.
pub async fn own(visit: Visit, Query(input): Query<Input>) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let case = visit.open_own(&mut conn, PageKey::Log).await?;
    let back = ("/my-plan/more".to_owned(), visit.t.nav_more().to_owned());
    let t = visit.t;
    page(&put_together(&visit, &mut conn, case.as_ref(), back, t.log_own_lead(), &input).await?)
}

async fn put_together(
    visit: &Visit,
    conn: &mut Conn,
    case: Option<&Opened>,
    back: (String, String),
    lead: &'static str,
    input: &Input,
) -> Result<Page, Failure> {
    let t = visit.t;
    let before: Option<i64> = input.before.parse().ok();
    let who: Option<Uuid> = input.who.parse().ok();
    let (mut looks, mut lookers) = (Vec::new(), Vec::new());
    // A citizen without a plan has been looked up all the same.
    let citizen = case.map(|case| case.citizen.id).or(visit.user.citizen());
    if let Some(citizen) = citizen {
        looks = acts::looks(conn, citizen, who, before, PER_PAGE).await?;
        lookers = acts::lookers(conn, citizen).await?;
    }
    let here = visit.page_path();
    let only = who.map_or_else(String::new, |who| format!("&who={who}"));
    let older = looks
        .last()
        .filter(|_| looks.len() == PER_PAGE as usize)
        .map(|(seq, _)| format!("{here}?before={seq}{only}"));
    let mut choices = vec![Choice::new("", t.log_everybody(), who.is_none())];
    choices.extend(
        lookers
            .into_iter()
            .map(|(id, name)| Choice::new(id.to_string(), name, who == Some(id))),
    );
    let (days, own_days) = days(
        t,
        looks.iter().map(|(_, look)| look),
        case.map(|case| &case.plan),
        visit.today(),
    );
    let own: u32 = own_days.iter().map(|(_, count)| count).sum();
    let citizen = visit.user.citizen().is_some();
    Ok(Page {
        t,
        shell: shell(visit, case, t.log_title()),
        lead,
        back: back.0,
        back_words: back.1,
        lookers: choices,
        here: here.to_owned(),
        chosen: who.is_some(),
        days,
        own,
        own_days,
        own_words: if citizen {
            t.log_own_looks(own)
        } else {
            t.log_citizen_looks(own)
        },
        older,
        first: before.map(|_| here.to_owned()),
        everything: if citizen { crate::rights::EVERYTHING } else { "" },
    })
}

/// Who looked, by day and person, and how often the citizen looked, by day. The looks come newest first; `plan` is where the reasons stand.
pub(crate) fn days<'a>(
    t: Lang,
    looks: impl Iterator<Item = &'a Act>,
    plan: Option<&Plan>,
    today: Date,
) -> (Vec<Day>, Vec<(String, u32)>) {
    let (mut days, mut own): (Vec<Day>, Vec<(Date, u32)>) = (Vec::new(), Vec::new());
    for look in looks {
        let at = wall_clock(look.at);
        if look.actor.kind == UserKind::Citizen {
            match own.last_mut() {
                Some((date, count)) if *date == at.date() => *count += 1,
                _ => own.push((at.date(), 1)),
            }
            continue;
        }
        if days.last().is_none_or(|day| day.date != at.date()) {
            days.push(Day {
                date: at.date(),
                heading: day_heading(t, at.date(), today),
                lookers: vec![],
            });
        }
        if let Some(day) = days.last_mut() {
            note(t, day, look, plan, t.time(at.time()));
        }
    }
    let own = own
        .into_iter()
        .map(|(date, count)| (day_heading(t, date, today), count));
    (days, own.collect())
}

/// Adds a look to its day. Looks come newest first.
fn note(t: Lang, day: &mut Day, look: &Act, plan: Option<&Plan>, time: String) {
    // A page that is no more still says that somebody looked.
    let (page, reason) = look.looked_at();
    let words = page.map_or_else(|| t.log_page_other(), |page| page_words(t, page));
    let why = if look.kind == ActKind::LookedInEmergency {
        t.log_why_emergency(reason)
    } else if look.kind == ActKind::Exported && page == Some(PageKey::Research) {
        t.log_why_research(reason)
    } else {
        why(t, plan, EmployeeId(look.actor.id), day.date, page)
    };
    let Some(looker) = day.lookers.iter_mut().find(|looker| looker.id == look.actor.id) else {
        day.lookers.push(Looker {
            id: look.actor.id,
            name: look.actor.name.clone(),
            unit: look.actor.unit.clone(),
            why: vec![why],
            times: t.log_at(time),
            count: 1,
            pages: vec![(words, 1)],
        });
        return;
    };
    if !looker.why.contains(&why) {
        looker.why.push(why);
    }
    looker.count += 1;
    match looker.pages.iter_mut().find(|(page, _)| *page == words) {
        Some((_, count)) => *count += 1,
        None => looker.pages.push((words, 1)),
    }
}

/// Why the employee looked, in a sentence a citizen understands: their part in the plan on that day.
fn why(t: Lang, plan: Option<&Plan>, who: EmployeeId, day: Date, page: Option<PageKey>) -> String {
    let periods = || {
        plan.into_iter()
            .flat_map(|plan| &plan.coordinations)
            .filter(|c| c.employee == who)
    };
    if periods().any(|c| c.covers(day)) {
        return t.log_why_coordinator().to_owned();
    }
    if let Some(part) = plan
        .into_iter()
        .flat_map(|plan| &plan.participations)
        .find(|p| p.employee == Some(who) && p.covers(day))
    {
        return t.log_why_participant(part.role.as_str());
    }
    if periods().any(|c| c.from > day) {
        return t.log_why_next().to_owned();
    }
    if periods().any(|c| c.until.is_some_and(|until| until < day)) {
        return t.log_why_former().to_owned();
    }
    match page {
        Some(PageKey::Search | PageKey::Emergency) => t.log_why_search(),
        Some(PageKey::LogInLink) => t.log_why_log_in_link(),
        _ => t.log_why_leader(),
    }
    .to_owned()
}

/// A page in words. A page without words of its own does not compile.
const fn page_words(t: Lang, page: PageKey) -> &'static str {
    match page {
        PageKey::Plan => t.log_page_plan(),
        PageKey::Goals => t.log_page_goals(),
        PageKey::Steps => t.log_page_steps(),
        PageKey::Progress => t.log_page_progress(),
        PageKey::Efforts => t.log_page_efforts(),
        PageKey::Strengths => t.log_page_strengths(),
        PageKey::People => t.log_page_people(),
        PageKey::Messages => t.log_page_messages(),
        PageKey::Remarks => t.log_page_remarks(),
        PageKey::Conversation => t.log_page_conversation(),
        PageKey::Handover => t.log_page_handover(),
        PageKey::Log => t.log_page_log(),
        PageKey::History => t.log_page_history(),
        PageKey::Print => t.log_page_print(),
        PageKey::Close => t.log_page_close(),
        PageKey::Transfer => t.log_page_transfer(),
        PageKey::OpenPlan => t.log_page_open_plan(),
        PageKey::Wishes => t.log_page_wishes(),
        PageKey::More => t.log_page_more(),
        PageKey::Caseload => t.log_page_caseload(),
        PageKey::Search => t.log_page_search(),
        PageKey::Day => t.log_page_day(),
        PageKey::Team => t.log_page_team(),
        PageKey::Companies => t.log_page_companies(),
        PageKey::Company => t.log_page_company(),
        PageKey::ImportErrors => t.log_page_import_errors(),
        PageKey::LogInLink => t.log_page_log_in_link(),
        PageKey::PeopleBehind => t.log_page_people_behind(),
        PageKey::Emergency => t.log_page_emergency(),
        PageKey::Contact => t.log_page_contact(),
        PageKey::ClosedNote => t.log_page_closed_note(),
        PageKey::Consents => t.log_page_consents(),
        PageKey::ConsentMissing => t.log_page_consent_missing(),
        PageKey::Review => t.log_page_review(),
        PageKey::Everything => t.log_page_everything(),
        PageKey::Corrections => t.log_page_corrections(),
        PageKey::Retention => t.log_page_retention(),
        PageKey::Research => t.log_page_research(),
        PageKey::Figures => t.log_page_figures(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_has_words_of_its_own_in_both_languages() {
        for t in Lang::ALL {
            let words: std::collections::BTreeSet<_> = PageKey::ALL.iter().map(|page| page_words(t, *page)).collect();
            assert_eq!(words.len(), PageKey::ALL.len(), "{words:?}");
            assert!(!words.contains(t.log_page_other()));
        }
    }
}
