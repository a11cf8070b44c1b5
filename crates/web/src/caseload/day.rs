//! `/day`: *Min dag*. What should I do now?

use askama::Template;
use axum::response::Response;
use jiff::civil::Date;
use tovholder_casework::act::PageKey;
use tovholder_casework::caseload::ReadyList;
use tovholder_casework::consent::News;
use tovholder_casework::decide::Intent;
use tovholder_casework::id::*;
use tovholder_casework::plan::ConversationStatus;
use tovholder_store::caseload::{self as store, Appointment, Counts, Line, Query, Scope};
use tovholder_store::consents;
use tovholder_store::plans::Performed;
use tovholder_store::{corrections, status};
use uuid::Uuid;

use crate::caseload::citizens::{self, View};
use crate::caseload::{day_of, plan_href};
use crate::kit::form::Errors;
use crate::kit::format::sentence;
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, Said, page, page_with_errors, refused, see_other};
use crate::kit::sent::Sent;
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;
use crate::kit::words;

/// The most steps, and the most conversations without an outcome, that one screen shows.
const MANY: u32 = 12;
/// The most citizens shown of each list.
const FEW: usize = 3;
/// How many days ahead the next conversations are looked for.
const AHEAD: i32 = 7;

struct Talk {
    time: String,
    machine: String,
    name: String,
    protected: bool,
    plan: String,
    href: String,
    about: String,
    questions: u32,
    booked: bool,
    status: &'static str,
}

struct HeldStep {
    act: String,
    plan: PlanId,
    step: StepId,
    title: String,
    name: String,
    protected: bool,
    href: String,
    due: String,
    late: bool,
}

/// Something a citizen wrote that nobody has read.
struct Unread {
    name: String,
    protected: bool,
    href: String,
    when: String,
}

/// Something to know about a consent.
struct Consent {
    name: String,
    protected: bool,
    href: String,
    what: String,
}

struct Few {
    heading: &'static str,
    total: u32,
    href: String,
    citizens: Vec<Citizen>,
}

struct Citizen {
    name: String,
    protected: bool,
    href: String,
    note: String,
}

#[derive(Template)]
#[template(path = "caseload/day.html")]
struct Page {
    t: Lang,
    shell: Shell,
    errors: Errors,
    date: String,
    today: Vec<Talk>,
    unwritten: Vec<Talk>,
    unread: Vec<Unread>,
    steps: Vec<HeldStep>,
    later_steps: bool,
    next_day: String,
    next: Vec<Talk>,
    lists: Vec<Few>,
    consents: Vec<Consent>,
    citizens: u32,
    /// Own teams that have not said how it goes this month: name and address of their sheet.
    waiting: Vec<(String, String)>,
    month: &'static str,
    /// How many citizens wait for an answer about what is wrong, and whether it is late for one.
    corrections: (u32, bool),
}

/// The page.
///
/// # Errors
/// The user is no employee, or the database is away.
pub async fn get(visit: Visit) -> Result<Response, Failure> {
    page(&put_together(&visit, Errors::none()).await?)
}

/// Ticks a step the user holds.
///
/// # Errors
/// As [`Visit::perform`].
pub async fn post(visit: Visit, sent: Sent) -> Result<Response, Failure> {
    visit.employee()?;
    let (Some(plan), Some(step)) = (sent.value::<PlanId>("plan"), sent.value::<StepId>("step")) else {
        return Err(Failure::NotFound);
    };
    match visit.perform(plan, Intent::TickStep { step }, &sent, "/day").await? {
        Ok(Performed::Done(_)) => Ok(see_other("/day", Said::StepDone, Some((plan, sent.submission())))),
        Ok(Performed::Already(to)) => Ok(see_other(&to, Said::StepDone, None)),
        Err(why) => {
            let mut errors = Errors::none();
            refused(visit.t, &why, &[("step", "")], &mut errors);
            page_with_errors(&put_together(&visit, errors).await?)
        }
    }
}

async fn put_together(visit: &Visit, errors: Errors) -> Result<Page, Failure> {
    let (t, me, today, day) = (visit.t, visit.employee()?, visit.today(), day_of(visit));
    let mut conn = visit.read().await?;
    visit.look(None, PageKey::Day).await?;
    let until = today.saturating_add(jiff::Span::new().days(AHEAD));
    let all = store::appointments(&mut conn, me, today, until).await?;
    let unwritten = store::unwritten(&mut conn, me, today, MANY).await?;
    let mut steps = store::held_steps(&mut conn, me, today, MANY + 1).await?;
    let (counts, mine) = store::listing(&mut conn, &Query::all(Scope::Coordinator(me)), &day).await?;
    let unread = store::unread(&mut conn, me, today, &mine, MANY).await?;
    let waiting = status::waiting(&mut conn, me, today).await?;
    let remind = visit.rules().consent_limit().remind_days;
    let consents = consents::of_day(&mut conn, me, today, remind, &mine).await?;
    let standing = visit.standing(&mut conn).await?;
    let corrections = corrections::waiting(&mut conn, me, &standing, today).await?;
    drop(conn);

    let lists = [ReadyList::Drifting, ReadyList::NewToMe, ReadyList::ChangeComing];
    let lists = lists.into_iter().filter(|list| counts.of(*list) > 0);
    let lists = lists.map(|list| few(visit, list, &counts, &mine, &day)).collect();
    let next_date = all.iter().map(|a| a.starts.date()).find(|date| *date > today);
    let later_steps = steps.len() > MANY as usize;
    steps.truncate(MANY as usize);
    Ok(Page {
        t,
        shell: visit.shell(t.list_day_title()).marked(&errors),
        errors,
        date: t.weekday_date(today),
        today: talks(t, all.iter().filter(|a| a.starts.date() == today), None),
        unwritten: talks(t, unwritten.iter(), Some(today)),
        unread: unread
            .into_iter()
            .map(|message| Unread {
                href: format!("{}#messages", plan_href(message.plan)),
                when: t.relative_day(message.sent, today),
                name: message.name,
                protected: message.protected,
            })
            .collect(),
        steps: steps.into_iter().map(|step| held_step(t, step, today)).collect(),
        later_steps,
        next_day: next_date.map_or_else(String::new, |date| next_day(t, date, today)),
        next: talks(t, all.iter().filter(|a| Some(a.starts.date()) == next_date), None),
        lists,
        consents: consents.into_iter().map(|line| consent(t, line, today)).collect(),
        citizens: counts.of(ReadyList::All),
        waiting: waiting
            .into_iter()
            .map(|(team, name)| (name, crate::status::home(team)))
            .collect(),
        month: t.month_name(today.month()),
        corrections,
    })
}

fn consent(t: Lang, line: consents::Line, today: Date) -> Consent {
    let (plan, party) = (plan_href(line.plan), line.party.as_str());
    let when = |day: Date| t.relative_day(day, today);
    let what = match line.news {
        News::Missing => t.consent_day_missing().to_owned(),
        News::Ends(day) => t.consent_day_ends(party, when(day)),
        News::Declined(day) => t.consent_day_declined(party, when(day)),
        News::Withdrawn(day) => t.consent_day_withdrawn(party, when(day)),
    };
    Consent {
        name: line.name,
        protected: line.protected,
        href: if line.news == News::Missing {
            plan
        } else {
            format!("{plan}/consents")
        },
        what,
    }
}

fn next_day(t: Lang, date: Date, today: Date) -> String {
    if today.tomorrow().is_ok_and(|tomorrow| tomorrow == date) {
        t.list_tomorrow().to_owned()
    } else {
        sentence(&t.weekday_date(date))
    }
}

fn talks<'a>(t: Lang, all: impl Iterator<Item = &'a Appointment>, relative_to: Option<Date>) -> Vec<Talk> {
    all.map(|a| {
        let until = a.starts.saturating_add(jiff::Span::new().minutes(a.minutes));
        Talk {
            time: relative_to.map_or_else(
                || t.time_range(a.starts.time(), until.time()),
                |today| t.relative_day(a.starts.date(), today),
            ),
            machine: a.starts.strftime("%Y-%m-%dT%H:%M").to_string(),
            name: a.name.clone(),
            protected: a.protected,
            plan: plan_href(a.plan),
            href: format!("/plans/{}/conversations/{}", a.plan, a.id),
            about: if a.place.is_empty() {
                words::channel(t, a.channel).to_owned()
            } else {
                format!("{} · {}", words::channel(t, a.channel), a.place)
            },
            questions: if a.status == ConversationStatus::Booked {
                a.questions
            } else {
                0
            },
            booked: a.status == ConversationStatus::Booked,
            status: words::conversation_status(t, a.status),
        }
    })
    .collect()
}

fn held_step(t: Lang, step: store::HeldStep, today: Date) -> HeldStep {
    HeldStep {
        act: Uuid::now_v7().to_string(),
        plan: step.plan,
        step: step.id,
        title: step.title,
        name: step.name,
        protected: step.protected,
        href: plan_href(step.plan),
        due: step
            .due
            .map_or_else(|| t.common_no_date().to_owned(), |due| t.relative_day(due, today)),
        late: step.due.is_some_and(|due| due < today),
    }
}

fn few(visit: &Visit, list: ReadyList, counts: &Counts, mine: &[Line], day: &store::Day) -> Few {
    let t = visit.t;
    let citizen = |line: &Line| Citizen {
        name: line.name.clone(),
        protected: line.protected,
        href: plan_href(line.summary.plan),
        note: note(t, list, line, day, visit.today()),
    };
    let on_list = mine.iter().filter(|line| day.holds(list, line)).take(FEW);
    Few {
        heading: words::ready_list(t, list),
        total: counts.of(list),
        href: View {
            list,
            scope: citizens::ScopeKey::Mine,
            ..View::default()
        }
        .href(),
        citizens: on_list.map(citizen).collect(),
    }
}

fn note(t: Lang, list: ReadyList, line: &Line, day: &store::Day, today: Date) -> String {
    let since = line.summary.coordinator_from.unwrap_or(today);
    match list {
        ReadyList::Drifting => {
            let why = line.summary.drift(day.rule(line.summary.core_task), today);
            why.iter()
                .map(|why| citizens::drift_mark(t, why))
                .collect::<Vec<_>>()
                .join(", ")
        }
        ReadyList::ChangeComing => t.list_change_on(t.date(since)),
        _ => t.list_with_you_since(t.date(since)),
    }
}
