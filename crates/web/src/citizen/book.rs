//! `/my-plan/conversations/book` and `/my-plan/conversations/{conversation}/move`: choose among the free times.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use jiff::Span;
use jiff::civil::{Date, DateTime};
use tovholder_casework::act::PageKey;
use tovholder_casework::decide::{Booking, Intent};
use tovholder_casework::id::*;
use tovholder_casework::person::Citizen;
use tovholder_casework::plan::*;
use tovholder_store::db::Conn;
use tovholder_store::people::{self, Slot};
use tovholder_store::plans::PerformError;

use super::words::{Talk, channel};
use super::{carry_out, new_act, own_case, refusal, shell, start};
use crate::kit::form::{Choice, Errors};
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, Said, form_page};
use crate::kit::sent::{Fields, Sent};
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;

/// How far ahead the free times are shown, in days.
const AHEAD: i64 = 42;
/// The most times shown: more than anybody reads, and a page that still loads at once.
const MOST: u32 = 120;
/// Days that stand open; the rest are folded.
const OPEN_DAYS: usize = 4;

/// The times of one day.
struct Day {
    name: String,
    with: String,
    times: Vec<Time>,
}
struct Time {
    /// The id of the button: the first is the field's name, where the error summary leads.
    id: String,
    value: String,
    label: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "citizen/book.html")]
struct Page {
    t: Lang,
    shell: Shell,
    errors: Errors,
    act: String,
    rev: u32,
    here: String,
    /// The conversation that is moved.
    moving: Option<Talk>,
    days: Vec<Day>,
    later: Vec<Day>,
    /// Whether the chosen time stands among the folded ones.
    later_open: bool,
    channels: Vec<Choice>,
    how_hint: String,
    call: String,
}

/// The form for a new conversation.
///
/// # Errors
/// [`Failure::NotFound`] for an employee; the database is away.
pub async fn get_book(visit: Visit) -> Result<Response, Failure> {
    draw(&visit, None, None, Errors::none()).await
}
/// The form that moves one.
///
/// # Errors
/// [`Failure::NotFound`] for a conversation that is not in the citizen's own plan, or is over.
pub async fn get_move(visit: Visit, Path(id): Path<ConversationId>) -> Result<Response, Failure> {
    draw(&visit, Some(id), None, Errors::none()).await
}

/// Whose times are offered, from when to when: whoever holds the conversation that is moved; else the coordinator, and from the day of an
/// agreed change the next one.
fn whose(plan: &Plan, moving: Option<&Conversation>, now: DateTime) -> Vec<(EmployeeId, String, DateTime, Date)> {
    let last = now.date().saturating_add(Span::new().days(AHEAD));
    if let Some(talk) = moving {
        return vec![(talk.employee, talk.name.clone(), now, last)];
    }
    let ahead = plan
        .coordinations
        .iter()
        .filter(|c| c.from <= last && c.until.is_none_or(|until| until >= now.date()));
    ahead
        .map(|c| {
            let from = if c.from > now.date() {
                c.from.at(0, 0, 0, 0)
            } else {
                now
            };
            (
                c.employee,
                c.name.clone(),
                from,
                c.until.map_or(last, |until| until.min(last)),
            )
        })
        .collect()
}

async fn free(
    conn: &mut Conn,
    plan: &Plan,
    moving: Option<&Conversation>,
    now: DateTime,
) -> Result<Vec<(Slot, String)>, Failure> {
    let mut out = Vec::new();
    for (id, name, from, until) in whose(plan, moving, now) {
        let slots = people::free_slots(conn, id, from, until, MOST).await?;
        out.extend(slots.into_iter().map(|slot| (slot, name.clone())));
    }
    Ok(out)
}

/// The ways a citizen may choose; the one it has already stays possible.
fn channels(t: Lang, moving: Option<&Conversation>, chosen: Option<Channel>) -> Vec<Choice> {
    let mut all = vec![Channel::Meeting, Channel::Phone, Channel::Video];
    if let Some(now) = moving.map(|c| c.channel).filter(|c| !all.contains(c)) {
        all.push(now);
    }
    all.into_iter()
        .map(|c| Choice::new(c.as_str(), channel(t, c), chosen == Some(c)))
        .collect()
}

fn days(t: Lang, slots: &[(Slot, String)], chosen: Option<DateTime>, today: Date) -> Vec<Day> {
    let several = slots.iter().any(|(_, name)| *name != slots[0].1);
    let mut days: Vec<(Date, Day)> = Vec::new();
    for (at, (slot, name)) in slots.iter().enumerate() {
        let date = slot.starts.date();
        if days.last().is_none_or(|(day, _)| *day != date) {
            let with = if several {
                t.my_book_with(name.as_str())
            } else {
                String::new()
            };
            days.push((
                date,
                Day {
                    name: t.weekday_date_near(date, today),
                    with,
                    times: vec![],
                },
            ));
        }
        if let Some((_, day)) = days.last_mut() {
            day.times.push(Time {
                id: if at == 0 {
                    "starts".to_owned()
                } else {
                    format!("starts-{at}")
                },
                value: slot.starts.strftime("%Y-%m-%dT%H:%M").to_string(),
                label: t.time(slot.starts.time()),
                chosen: chosen == Some(slot.starts),
            });
        }
    }
    days.into_iter().map(|(_, day)| day).collect()
}

async fn draw(
    visit: &Visit,
    id: Option<ConversationId>,
    sent: Option<&Fields>,
    errors: Errors,
) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let Some(case) = visit.open_own(&mut conn, PageKey::Conversation).await? else {
        return Ok(start());
    };
    if !case.plan.is_open() {
        return Ok(start());
    }
    let (t, plan) = (visit.t, &case.plan);
    let moving = match id {
        None => None,
        Some(id) => {
            let coming = |c: &&Conversation| Talk::new(t, c, visit.now).coming;
            Some(plan.conversation(id).filter(coming).ok_or(Failure::NotFound)?)
        }
    };
    let slots = free(&mut conn, plan, moving, visit.now).await?;
    let first = moving.map_or(Channel::Meeting, |c| c.channel);
    let fresh = Fields::empty()
        .with("channel", first)
        .with("_rev", moving.map_or(0, |c| c.rev));
    let mut shell = shell(
        visit,
        &case,
        if id.is_some() {
            t.my_move_title()
        } else {
            t.my_book_title()
        },
    );
    let fields = visit.fields(&mut conn, &mut shell, sent, fresh).await?;
    let mut days = days(t, &slots, fields.value("starts"), visit.today());
    let later = days.split_off(days.len().min(OPEN_DAYS));
    let template = Page {
        t,
        act: new_act(),
        // Somebody may have moved it meanwhile: the page shows what holds now, and sending again is a choice.
        rev: moving.map_or(0, |c| c.rev),
        here: visit.page_path().to_owned(),
        moving: moving.map(|c| Talk::new(t, c, visit.now)),
        later_open: later.iter().flat_map(|d| &d.times).any(|time| time.chosen),
        days,
        later,
        channels: channels(t, moving, fields.value("channel")),
        how_hint: match case.citizen.phone.trim() {
            "" => String::new(),
            number => t.my_book_how_hint(crate::kit::format::phone(number)),
        },
        call: shell.site.phone.clone(),
        shell,
        errors,
    };
    form_page(&template, &template.errors)
}

/// Books.
///
/// # Errors
/// As [`get_book`].
pub async fn post_book(visit: Visit, sent: Sent) -> Result<Response, Failure> {
    post(visit, None, sent).await
}
/// Moves.
///
/// # Errors
/// As [`get_move`].
pub async fn post_move(visit: Visit, Path(id): Path<ConversationId>, sent: Sent) -> Result<Response, Failure> {
    post(visit, Some(id), sent).await
}

async fn post(visit: Visit, id: Option<ConversationId>, sent: Sent) -> Result<Response, Failure> {
    let t = visit.t;
    let mut conn = visit.read().await?;
    let case = own_case(&visit, &mut conn).await?;
    let plan = &case.plan;
    let moving = id
        .map(|id| plan.conversation(id).ok_or(Failure::NotFound))
        .transpose()?;
    let mut errors = Errors::none();
    let starts: Option<DateTime> = sent.value("starts");
    if starts.is_none() {
        errors.push("starts", t.my_book_choose_time());
    }
    let allowed = channels(t, moving, None);
    let channel = sent
        .value::<Channel>("channel")
        .filter(|c| allowed.iter().any(|choice| choice.value == c.as_str()));
    if channel.is_none() {
        errors.push("channel", t.error_choose_one());
    }
    let (Some(starts), Some(channel)) = (starts, channel) else {
        drop(conn);
        return draw(&visit, id, Some(&sent), errors).await;
    };
    let offered = free(&mut conn, plan, moving, visit.now)
        .await?
        .into_iter()
        .find(|(slot, _)| slot.starts == starts);
    // A form sent twice finds its own time taken. It goes on: its number tells what became of it, and a second booking of the same time
    // is stopped by the database.
    let own = |c: &&Conversation| c.starts == starts && c.status == ConversationStatus::Booked;
    let own = plan.conversations.iter().find(own);
    let own = own.map(|c| {
        (
            Slot {
                employee: c.employee,
                starts,
                minutes: c.minutes,
            },
            c.name.clone(),
        )
    });
    let slot = offered.or(own);
    let Some((slot, name)) = slot else {
        drop(conn);
        errors.push("starts", t.error_taken());
        return draw(&visit, id, Some(&sent), errors).await;
    };
    let place = place(&mut conn, &case.citizen, moving, channel, slot.employee).await?;
    drop(conn);
    let booking = Booking {
        employee: slot.employee,
        name,
        starts,
        minutes: slot.minutes,
        channel,
        place,
    };
    let (intent, said) = match moving {
        None => (Intent::Book(booking), Said::Booked),
        Some(now) => (
            Intent::MoveConversation {
                conversation: now.id,
                rev: sent.rev(),
                to: booking,
            },
            Said::Moved,
        ),
    };
    match carry_out(&visit, plan.head.id, intent, &sent, "/my-plan/conversations", said).await? {
        Ok(done) => Ok(done),
        Err(why) => {
            let errors = match why {
                PerformError::Taken => {
                    errors.push("starts", t.error_taken());
                    errors
                }
                why => refusal(&visit, &why, &[("conversation", "")]),
            };
            draw(&visit, id, Some(&sent), errors).await
        }
    }
}

/// Where it takes place, as far as the way it is held says so.
async fn place(
    conn: &mut Conn,
    citizen: &Citizen,
    moving: Option<&Conversation>,
    channel: Channel,
    employee: EmployeeId,
) -> Result<String, Failure> {
    if let Some(now) = moving.filter(|c| c.channel == channel) {
        return Ok(now.place.clone());
    }
    Ok(match channel {
        Channel::Meeting => {
            let unit = people::find_employee(conn, employee).await?.map(|e| e.unit);
            let units = people::units(conn).await?;
            units
                .into_iter()
                .find(|u| Some(u.id) == unit)
                .map_or_else(String::new, |u| u.address)
        }
        // The place of a conversation stands in lists and calendars.
        Channel::Phone if citizen.protected => String::new(),
        Channel::Phone => crate::kit::format::phone(&citizen.phone),
        _ => String::new(),
    })
}
