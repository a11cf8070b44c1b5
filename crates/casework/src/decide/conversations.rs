//! Conversations, questions and messages.

use super::*;

/// The longest note, in characters.
const NOTE: usize = 10_000;

fn booking(
    c: &mut Changes<'_, '_>,
    b: Booking,
    field: &'static str,
    past_allowed: bool,
) -> Result<Conversation, Refusal> {
    if !past_allowed && b.starts < c.ctx.now {
        return refuse(field, Why::InThePast);
    }
    steps::within_reach(c, field, b.starts.date())?;
    if b.starts.date() < c.plan.head.opened {
        return refuse(field, Why::BeforePlan);
    }
    if !(5..=480).contains(&b.minutes) {
        return refuse("minutes", Why::OutOfRange(5, 480));
    }
    Ok(Conversation {
        id: c.id(),
        plan: c.plan.head.id,
        employee: b.employee,
        name: text(field, &b.name, 140)?,
        starts: b.starts,
        minutes: b.minutes,
        channel: b.channel,
        place: optional_text("place", &b.place, 200)?,
        status: ConversationStatus::Booked,
        note: String::new(),
        written_by: None,
        booked_by_citizen: c.ctx.actor.kind == UserKind::Citizen,
        rev: 1,
    })
}

pub(super) fn book(c: &mut Changes<'_, '_>, b: Booking, field: &'static str) -> Result<(), Refusal> {
    let conversation = booking(c, b, field, false)?;
    c.add(ActKind::ConversationBooked, Record::Conversation(conversation));
    Ok(())
}

fn booked(c: &Changes<'_, '_>, id: ConversationId, rev: u32) -> Result<Conversation, Refusal> {
    let now = c.plan.conversation(id).cloned().ok_or(Refusal {
        field: "conversation",
        why: Why::NotFound,
    })?;
    same_rev(Record::Conversation(now.clone()), rev)?;
    if now.status != ConversationStatus::Booked {
        return refuse("conversation", Why::NotBooked);
    }
    Ok(now)
}

pub(super) fn shift(c: &mut Changes<'_, '_>, id: ConversationId, rev: u32, to: Booking) -> Result<(), Refusal> {
    let now = booked(c, id, rev)?;
    let moved = booking(c, to, "starts", false)?;
    let after = Conversation { id: now.id, ..moved };
    c.put(
        ActKind::ConversationMoved,
        Some(Record::Conversation(now)),
        Record::Conversation(after),
        "",
    );
    Ok(())
}

pub(super) fn cancel(c: &mut Changes<'_, '_>, id: ConversationId, rev: u32, reason: &str) -> Result<(), Refusal> {
    let now = booked(c, id, rev)?;
    let reason = optional_text("reason", reason, 500)?;
    let after = Conversation {
        status: ConversationStatus::Cancelled,
        ..now.clone()
    };
    c.put(
        ActKind::ConversationCancelled,
        Some(Record::Conversation(now)),
        Record::Conversation(after),
        &reason,
    );
    Ok(())
}

/// A box that is sent twice counts once: two changes of one record in one act would not build on each other.
fn once<T: Ord>(mut ids: Vec<T>) -> Vec<T> {
    ids.sort();
    ids.dedup();
    ids
}

/// The day of a conversation has come. The hour need not have: one is often met early, and clocks differ.
fn has_come(c: &Changes<'_, '_>, field: &'static str, starts: DateTime) -> Result<(), Refusal> {
    if starts.date() > c.today() {
        refuse(field, Why::NotYet(starts.date()))
    } else {
        Ok(())
    }
}

/// What follows a conversation, held or missed: the next time and a message.
fn follow_up(c: &mut Changes<'_, '_>, next: Option<Booking>, message: String) -> Result<(), Refusal> {
    if let Some(next) = next {
        book(c, next, "next")?;
    }
    if !message.trim().is_empty() {
        send(c, message)?;
    }
    Ok(())
}

pub(super) fn miss(
    c: &mut Changes<'_, '_>,
    id: ConversationId,
    rev: u32,
    note: String,
    next: Option<Booking>,
    message: String,
) -> Result<(), Refusal> {
    let now = booked(c, id, rev)?;
    has_come(c, "note", now.starts)?;
    let note = optional_text("note", &note, NOTE)?;
    let after = Conversation {
        status: ConversationStatus::NoShow,
        note,
        written_by: c.ctx.actor.employee(),
        ..now.clone()
    };
    c.put(
        ActKind::ConversationMissed,
        Some(Record::Conversation(now)),
        Record::Conversation(after),
        "",
    );
    follow_up(c, next, message)
}

/// One form: the note, goals, steps, steps ticked, answered questions, the next conversation and a message, all or nothing.
pub(super) fn hold(c: &mut Changes<'_, '_>, o: Outcome) -> Result<(), Refusal> {
    let note = text("note", &o.note, NOTE)?;
    let written_by = c.ctx.actor.employee();
    let held = match (o.conversation, o.unplanned) {
        (Some((id, rev)), _) => {
            let now = booked(c, id, rev)?;
            has_come(c, "note", now.starts)?;
            let after = Conversation {
                status: ConversationStatus::Held,
                note,
                written_by,
                ..now.clone()
            };
            c.put(
                ActKind::ConversationHeld,
                Some(Record::Conversation(now)),
                Record::Conversation(after),
                "",
            );
            id
        }
        (None, Some(b)) => {
            let new = booking(c, b, "held_at", true)?;
            has_come(c, "held_at", new.starts)?;
            let id = new.id;
            let after = Conversation {
                status: ConversationStatus::Held,
                note,
                written_by,
                ..new
            };
            c.add(ActKind::ConversationHeld, Record::Conversation(after));
            id
        }
        (None, None) => return refuse("held_at", Why::Required),
    };
    let mut first_new_goal = None;
    for goal in o.goals {
        let id = steps::set_goal(c, goal)?;
        first_new_goal.get_or_insert(id);
    }
    for mut step in o.steps {
        // A step written beside a new goal leads towards it unless another was chosen.
        step.goal = step.goal.or(first_new_goal);
        steps::set_step(c, step, "")?;
    }
    for id in once(o.answered) {
        let found = c.plan.questions.iter().find(|q| q.id == id && q.waits()).cloned();
        let now = found.ok_or(Refusal {
            field: "answered",
            why: Why::NotFound,
        })?;
        let after = Question {
            answered_in: Some(held),
            ..now.clone()
        };
        c.put(
            ActKind::QuestionAnswered,
            Some(Record::Question(now)),
            Record::Question(after),
            "",
        );
    }
    for id in once(o.ticked) {
        steps::tick(c, id, true)?;
    }
    follow_up(c, o.next, o.message)
}

pub(super) fn ask(c: &mut Changes<'_, '_>, typed: String) -> Result<(), Refusal> {
    let question = Question {
        id: c.id(),
        plan: c.plan.head.id,
        answered_in: None,
        text: text("text", &typed, 1_000)?,
        asked: c.today(),
        withdrawn: false,
        rev: 1,
    };
    c.add(ActKind::QuestionAsked, Record::Question(question));
    Ok(())
}

pub(super) fn withdraw_question(c: &mut Changes<'_, '_>, id: QuestionId, rev: u32) -> Result<(), Refusal> {
    let found = c.plan.questions.iter().find(|q| q.id == id).cloned();
    let now = found.ok_or(Refusal {
        field: "question",
        why: Why::NotFound,
    })?;
    same_rev(Record::Question(now.clone()), rev)?;
    let after = Question {
        withdrawn: true,
        ..now.clone()
    };
    c.put(
        ActKind::QuestionWithdrawn,
        Some(Record::Question(now)),
        Record::Question(after),
        "",
    );
    Ok(())
}

/// Only the note is changed, and only of a conversation that has been: what was agreed there are records of their own.
pub(super) fn correct(
    c: &mut Changes<'_, '_>,
    id: ConversationId,
    rev: u32,
    note: &str,
    reason: &str,
) -> Result<(), Refusal> {
    let now = c.plan.conversation(id).cloned().ok_or(Refusal {
        field: "conversation",
        why: Why::NotFound,
    })?;
    if !access::may_correct(c.ctx.relation, c.ctx.actor, &now) {
        return refuse("", Why::NotAllowed);
    }
    // What a missed conversation's note says may be left out, as when it was written.
    let note = match now.status {
        ConversationStatus::Held => text("note", note, NOTE)?,
        ConversationStatus::NoShow => optional_text("note", note, NOTE)?,
        ConversationStatus::Booked | ConversationStatus::Cancelled => {
            return refuse("conversation", Why::NotFound);
        }
    };
    let reason = text("reason", reason, 500)?;
    same_rev(Record::Conversation(now.clone()), rev)?;
    if note != now.note {
        let after = Conversation { note, ..now.clone() };
        c.put(
            ActKind::NoteCorrected,
            Some(Record::Conversation(now)),
            Record::Conversation(after),
            &reason,
        );
    }
    Ok(())
}

/// A message from the acting user. `employee` is whom it goes to when the citizen writes.
fn message(
    c: &mut Changes<'_, '_>,
    field: &'static str,
    typed: &str,
    employee: Option<EmployeeId>,
    answers: Option<MessageId>,
) -> Result<(), Refusal> {
    let from_citizen = c.ctx.actor.kind == UserKind::Citizen;
    let message = Message {
        id: c.id(),
        plan: c.plan.head.id,
        author_kind: if from_citizen {
            PersonKind::Citizen
        } else {
            PersonKind::Employee
        },
        author: c.ctx.actor.name.clone(),
        employee: employee.or(c.ctx.actor.employee()),
        answers,
        text: text(field, typed, 2_000)?,
        on: c.today(),
        read: false,
        withdrawn: false,
        rev: 1,
    };
    c.add(ActKind::MessageSent, Record::Message(message));
    Ok(())
}

pub(super) fn send(c: &mut Changes<'_, '_>, typed: String) -> Result<(), Refusal> {
    let coordinator = c.plan.coordinator(c.today()).map(|now| now.employee);
    let by_citizen = c.ctx.actor.kind == UserKind::Citizen;
    message(c, "message", &typed, coordinator.filter(|_| by_citizen), None)
}

fn find_message(c: &Changes<'_, '_>, id: MessageId) -> Result<Message, Refusal> {
    let found = c.plan.message(id).filter(|m| !m.withdrawn).cloned();
    found.ok_or(Refusal {
        field: "message",
        why: Why::NotFound,
    })
}

pub(super) fn answer(c: &mut Changes<'_, '_>, id: MessageId, typed: String) -> Result<(), Refusal> {
    let to = find_message(c, id)?;
    let by_citizen = c.ctx.actor.kind == UserKind::Citizen;
    if (to.author_kind == PersonKind::Citizen) == by_citizen {
        // Nobody answers their own side.
        return refuse("message", Why::NotFound);
    }
    message(c, "text", &typed, to.employee.filter(|_| by_citizen), Some(id))?;
    mark_read(c, to);
    Ok(())
}

fn mark_read(c: &mut Changes<'_, '_>, now: Message) {
    if now.read {
        return;
    }
    let after = Message {
        read: true,
        ..now.clone()
    };
    c.put(
        ActKind::MessageRead,
        Some(Record::Message(now)),
        Record::Message(after),
        "",
    );
}

pub(super) fn read_messages(c: &mut Changes<'_, '_>) {
    if c.ctx.relation != Relation::Citizen {
        return;
    }
    let waiting: Vec<Message> = c
        .plan
        .messages
        .iter()
        .filter(|m| m.waits_for_citizen())
        .cloned()
        .collect();
    for now in waiting {
        mark_read(c, now);
    }
}

pub(super) fn read_message(c: &mut Changes<'_, '_>, id: MessageId) -> Result<(), Refusal> {
    let now = find_message(c, id)?;
    if now.author_kind != PersonKind::Citizen {
        return refuse("message", Why::NotFound);
    }
    mark_read(c, now);
    Ok(())
}
