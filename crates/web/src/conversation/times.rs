//! The times one can choose for a conversation: an employee's free times as radio buttons, and any other time in fields.

use jiff::civil::{Date, DateTime};
use tovholder_casework::decide::Booking;
use tovholder_casework::id::*;
use tovholder_casework::plan::*;
use tovholder_store::db::Conn;
use tovholder_store::people::{self, Slot};

use crate::kit::form::{Choice, Errors};
use crate::kit::lang::Lang;
use crate::kit::parse;
use crate::kit::respond::Failure;
use crate::kit::sent::Fields;
use crate::kit::visit::{Opened, Visit};
use crate::kit::words;

/// Minutes of a conversation when nobody says otherwise.
pub(super) const MINUTES: u32 = 45;
/// How far ahead free times are shown, in days.
const REACH: i64 = 42;

/// What an employee offers.
pub(super) struct Offer {
    pub employee: EmployeeId,
    pub name: String,
    slots: Vec<Slot>,
    /// Where people meet when they meet at the jobcentre.
    address: String,
    home: String,
    today: Date,
}

/// Which of the free times to show.
#[derive(Clone, Copy)]
pub(super) enum Pick {
    /// Some weeks ahead, as after a conversation: few times on different days.
    Later,
    /// As soon as can be.
    Soon,
}

impl Offer {
    pub(super) async fn of(
        visit: &Visit,
        conn: &mut Conn,
        case: &Opened,
        who: (EmployeeId, String),
    ) -> Result<Self, Failure> {
        let today = visit.today();
        let until = today.saturating_add(jiff::Span::new().days(REACH));
        let slots = people::free_slots(conn, who.0, visit.now, until, 500).await?;
        Ok(Offer {
            employee: who.0,
            name: who.1,
            slots,
            address: meeting_place(conn, &case.plan, who.0).await?,
            home: case.citizen.address.clone(),
            today,
        })
    }

    /// The form begins with these.
    pub(super) fn fresh(&self, fields: Fields, channel: Channel) -> Fields {
        fields
            .with("channel", channel)
            .with("place", &self.address)
            .with("next_minutes", MINUTES)
    }

    /// The times as they stand in a form. `fields` holds what is chosen; a chosen time stays in sight as long as it is free.
    pub(super) fn show(&self, t: Lang, fields: &Fields, pick: Pick, none: Option<&str>) -> Times {
        let chosen = fields.text("next");
        let kept = read_slot(chosen).map(|(starts, _)| starts);
        let slots = match pick {
            Pick::Later => later(&self.slots, self.today, kept),
            Pick::Soon => soon(&self.slots, kept),
        };
        let mut choices: Vec<Choice> = slots
            .iter()
            .map(|slot| slot_choice(t, slot, self.today, chosen))
            .collect();
        choices.push(Choice::new("other", t.talk_other_time(), chosen == "other"));
        if let Some(words) = none {
            choices.push(Choice::new("none", words, chosen == "none"));
        }
        Times {
            choices,
            date: fields.text("next_date").to_owned(),
            time: fields.text("next_time").to_owned(),
            minutes: fields.text("next_minutes").to_owned(),
            channels: words::choices(t, Channel::ALL, words::channel, fields.text("channel")),
            place: fields.text("place").to_owned(),
            with: self.name.clone(),
            found: !slots.is_empty(),
        }
    }

    /// Reads what was chosen: a booking, or none when it is to be none.
    pub(super) fn read(&self, t: Lang, sent: &Fields, errors: &mut Errors) -> Option<Booking> {
        let (starts, minutes) = match sent.text("next") {
            "none" => return None,
            "other" => {
                let starts = sent.datetime("next_date", "next_time", t, errors);
                let minutes = match sent.is_blank("next_minutes") {
                    true => Some(MINUTES),
                    false => parse::whole_number(sent.text("next_minutes")),
                };
                if minutes.is_none() {
                    errors.push("next_minutes", t.error_number_expected());
                }
                (starts?, minutes?)
            }
            slot => {
                let slot = read_slot(slot);
                if slot.is_none() {
                    errors.push("next", t.talk_choose_time());
                }
                slot?
            }
        };
        let channel = sent.choice("channel", t, errors)?;
        Some(Booking {
            employee: self.employee,
            name: self.name.clone(),
            starts,
            minutes,
            channel,
            place: self.place(channel, sent.text("place")),
        })
    }

    /// The address of the jobcentre is filled in beforehand; it is not where one telephones or comes home.
    fn place(&self, channel: Channel, typed: &str) -> String {
        let typed = typed.trim();
        let elsewhere = channel != Channel::Meeting && typed == self.address;
        match channel {
            Channel::Home if elsewhere || typed.is_empty() => self.home.clone(),
            _ if elsewhere => String::new(),
            _ => typed.to_owned(),
        }
    }
}

/// Where they met last, else where the employee's unit lives.
async fn meeting_place(conn: &mut Conn, plan: &Plan, employee: EmployeeId) -> Result<String, Failure> {
    let met = plan
        .conversations
        .iter()
        .rev()
        .find(|talk| talk.channel == Channel::Meeting && !talk.place.is_empty());
    if let Some(talk) = met {
        return Ok(talk.place.clone());
    }
    let Some(employee) = people::find_employee(conn, employee).await? else {
        return Ok(String::new());
    };
    let units = people::units(conn).await?;
    Ok(units
        .into_iter()
        .find(|unit| unit.id == employee.unit)
        .map_or_else(String::new, |unit| unit.address))
}

/// The field in which casework's objection to a booking belongs.
pub(super) fn field_of(sent: &Fields, refused: &str) -> &'static str {
    match (refused, sent.text("next")) {
        ("minutes", "other") => "next_minutes",
        ("place", _) => "place",
        (_, "other") => "next_date",
        _ => "next",
    }
}

/// The times as a template draws them.
pub(super) struct Times {
    pub choices: Vec<Choice>,
    pub date: String,
    pub time: String,
    pub minutes: String,
    pub channels: Vec<Choice>,
    pub place: String,
    pub with: String,
    pub found: bool,
}

fn slot_choice(t: Lang, slot: &Slot, today: Date, chosen: &str) -> Choice {
    let value = format!("{}/{}", slot.starts.strftime("%Y-%m-%dT%H:%M"), slot.minutes);
    let label = t.talk_day_and_time(
        t.weekday_date_near(slot.starts.date(), today),
        t.time(slot.starts.time()),
    );
    Choice::new(value.as_str(), label, value == chosen)
}

/// `2026-03-31T10:00/45`
fn read_slot(value: &str) -> Option<(DateTime, u32)> {
    let (starts, minutes) = value.split_once('/')?;
    Some((starts.parse().ok()?, minutes.parse().ok()?))
}

/// The days on which there are times, with their first and their last.
fn by_day(slots: &[Slot]) -> Vec<(Slot, Slot)> {
    let mut days: Vec<(Slot, Slot)> = Vec::new();
    for slot in slots {
        match days.last_mut() {
            Some((first, last)) if first.starts.date() == slot.starts.date() => *last = *slot,
            _ => days.push((*slot, *slot)),
        }
    }
    days
}

/// Five times two to four weeks ahead, spread over the days, in the morning and in the afternoon by turns. When there are hardly any so
/// far ahead, from tomorrow on.
fn later(slots: &[Slot], today: Date, kept: Option<DateTime>) -> Vec<Slot> {
    const SHOWN: usize = 5;
    let day = |n: i64| today.saturating_add(jiff::Span::new().days(n));
    let within = |from: Date, until: Date| -> Vec<Slot> {
        slots
            .iter()
            .filter(|slot| (from..=until).contains(&slot.starts.date()))
            .copied()
            .collect()
    };
    let mut days = by_day(&within(day(12), day(30)));
    if days.len() < 3 {
        days = by_day(&within(day(1), day(REACH)));
    }
    let shown = SHOWN.min(days.len());
    let spread = (0..shown).map(|n| {
        let (first, last) = days[n * (days.len() - 1) / (shown - 1).max(1)];
        if n % 2 == 0 { first } else { last }
    });
    with_kept(spread.collect(), slots, kept)
}

/// The next ten times, at most two a day.
fn soon(slots: &[Slot], kept: Option<DateTime>) -> Vec<Slot> {
    let mut next = Vec::new();
    for (first, last) in by_day(slots).into_iter().take(5) {
        next.push(first);
        if last != first {
            next.push(last);
        }
    }
    with_kept(next, slots, kept)
}

fn with_kept(mut shown: Vec<Slot>, slots: &[Slot], kept: Option<DateTime>) -> Vec<Slot> {
    let missing = |slot: &&Slot| Some(slot.starts) == kept && !shown.contains(slot);
    if let Some(slot) = slots.iter().find(missing) {
        shown.push(*slot);
        shown.sort_by_key(|slot| slot.starts);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use uuid::Uuid;

    const TODAY: Date = date(2026, 3, 16);

    fn slots(days: impl Iterator<Item = i64>) -> Vec<Slot> {
        let at = |n: i64, hour| Slot {
            employee: EmployeeId(Uuid::nil()),
            starts: TODAY.saturating_add(jiff::Span::new().days(n)).at(hour, 0, 0, 0),
            minutes: 45,
        };
        days.flat_map(|n| [at(n, 9), at(n, 11), at(n, 14)]).collect()
    }

    #[test]
    fn five_times_some_weeks_ahead_on_different_days_morning_and_afternoon() {
        let shown = later(&slots(0..40), TODAY, None);
        assert_eq!(shown.len(), 5);
        let day = |n: i64| TODAY.saturating_add(jiff::Span::new().days(n));
        assert!(
            shown
                .iter()
                .all(|slot| slot.starts.date() >= day(12) && slot.starts.date() <= day(30))
        );
        assert!(
            shown
                .windows(2)
                .all(|pair| pair[0].starts.date() < pair[1].starts.date())
        );
        assert!(shown.iter().any(|slot| slot.starts.hour() == 9) && shown.iter().any(|slot| slot.starts.hour() == 14));
    }

    #[test]
    fn with_few_times_ahead_the_nearest_are_shown() {
        assert!(later(&[], TODAY, None).is_empty());
        let one = slots([3].into_iter());
        assert_eq!(later(&one, TODAY, None).len(), 1, "one day with times gives one time");
        let near = later(&slots(1..8), TODAY, None);
        assert_eq!(near.len(), 5);
        assert_eq!(soon(&slots(1..8), None).len(), 10);
    }

    #[test]
    fn a_chosen_time_stays_in_sight_while_it_is_free() {
        let all = slots(0..40);
        let chosen = all[40].starts;
        assert!(
            later(&all, TODAY, Some(chosen))
                .iter()
                .any(|slot| slot.starts == chosen)
        );
        let taken = date(2026, 4, 1).at(10, 0, 0, 0);
        assert!(!later(&all, TODAY, Some(taken)).iter().any(|slot| slot.starts == taken));
        assert_eq!(
            read_slot("2026-03-31T10:00/45"),
            Some((date(2026, 3, 31).at(10, 0, 0, 0), 45))
        );
        assert_eq!(read_slot("<b>"), None);
    }
}
