//! `/plans/{plan}/conversations/{conversation}` and `…/conversations/new`: the form one writes during a conversation.
//!
//! One submit makes the note, new goals and steps with holders, ticks, answered questions, the next conversation and the message to the
//! citizen; all of it or nothing. An ordinary conversation takes at most eight interactions, so everything has a default that is right
//! most of the time.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::DateTime;
use tovholder_casework::access::Action;
use tovholder_casework::act::{ActKind, Record};
use tovholder_casework::decide::{Booking, GoalInput, Intent, Outcome, Refusal, StepInput, Why};
use tovholder_casework::id::*;
use tovholder_casework::plan::*;
use tovholder_store::acts;
use tovholder_store::db::Conn;
use tovholder_store::plans::{PerformError, Performed};
use uuid::Uuid;

use super::times::{self, Offer, Pick, Times};
use super::{About, first_name, held, open, refusal};
use crate::kit::form::{Choice, Errors};
use crate::kit::lang::Lang;
use crate::kit::parse;
use crate::kit::respond::{Failure, Said, page, page_with_errors, refused, see_other, why_words};
use crate::kit::sent::{Fields, Sent};
use crate::kit::shell::Shell;
use crate::kit::visit::{Opened, Visit};
use crate::kit::words;

/// Rows for new goals and new steps. More than this is rarely remembered by anybody.
const GOALS: usize = 3;
const STEPS: usize = 5;
/// How long a step is given when nobody says otherwise, in days.
const STEP_DAYS: i64 = 14;

/// Those outside the municipality who can hold a step by name.
const OUTSIDE: &[PersonKind] = &[
    PersonKind::Relative,
    PersonKind::Volunteer,
    PersonKind::Company,
    PersonKind::Partner,
];

#[derive(Template)]
#[template(path = "conversation/hold.html")]
struct Page {
    t: Lang,
    shell: Shell,
    errors: Errors,
    first: String,
    plan_url: String,
    action: String,
    act: String,
    rev: u32,
    about: Option<About>,
    early: bool,
    begun: bool,
    unplanned: Option<Unplanned>,
    questions: Vec<Choice>,
    open_steps: Vec<Choice>,
    open_goals: Vec<String>,
    last: Option<(String, String)>,
    note: String,
    goals: Vec<GoalRow>,
    steps: Vec<StepRow>,
    times: Times,
    send: bool,
    message: String,
    together: bool,
}

/// When, how and where a conversation was that had not been booked.
struct Unplanned {
    date: String,
    time: String,
    minutes: String,
    channels: Vec<Choice>,
    place: String,
    summary: String,
    open: bool,
}

struct GoalRow {
    number: usize,
    words_at: String,
    aim_at: String,
    words: String,
    aims: Vec<Choice>,
}

struct StepRow {
    number: usize,
    title_at: String,
    holder_at: String,
    name_at: String,
    due_at: String,
    title: String,
    holders: Vec<Choice>,
    name: String,
    due: String,
}

/// Who can hold a step, nearest first: the form's value, the holder, and what is read.
fn holders(visit: &Visit, case: &Opened) -> Vec<(String, Holder, String)> {
    let t = visit.t;
    let mut people = vec![("citizen".to_owned(), Holder::citizen(), case.citizen.name.clone())];
    let mut employee = |id: EmployeeId, name: &str, label: String| {
        let value = format!("employee:{id}");
        if !people.iter().any(|(v, ..)| *v == value) {
            people.push((value, Holder::employee(id, name), label));
        }
    };
    if let Some(me) = visit.user.employee() {
        employee(
            me,
            &visit.user.actor.name,
            t.talk_holder_me(visit.user.actor.name.as_str()),
        );
    }
    if let Some(c) = case.plan.coordinator_on(visit.today()) {
        employee(
            c.employee,
            &c.name,
            t.talk_holder_role(c.name.as_str(), t.word_relation_coordinator()),
        );
    }
    for p in case.plan.team_on(visit.today()) {
        if let Some(id) = p.employee {
            employee(id, &p.name, t.talk_holder_role(p.name.as_str(), p.role.as_str()));
        }
    }
    for p in case.plan.team_on(visit.today()).filter(|p| p.employee.is_none()) {
        people.push((
            format!("person:{}", p.id),
            Holder::named(p.kind, &p.name),
            t.talk_holder_role(p.name.as_str(), p.role.as_str()),
        ));
    }
    people
}

/// What a goal usually is about: a plan for work begins with work.
fn usual_aim(plan: &Plan) -> Aim {
    match plan.head.core_task {
        CoreTask::Work => Aim::Employment,
        CoreTask::MeaningfulLife => Aim::Everyday,
        CoreTask::Youth => Aim::Development,
    }
}

/// The form before anything is typed.
fn fresh(visit: &Visit, case: &Opened, offer: &Offer, talk: Option<&Conversation>) -> Fields {
    let mut fields = Fields::empty();
    for n in 1..=GOALS {
        fields = fields.with(&format!("aim-{n}"), usual_aim(&case.plan));
    }
    let due = visit.today().saturating_add(jiff::Span::new().days(STEP_DAYS));
    for n in 1..=STEPS {
        fields = fields
            .with(&format!("holder-{n}"), "citizen")
            .with(&format!("due-{n}"), due);
    }
    let channel = talk.map_or(Channel::Meeting, |talk| talk.channel);
    let fields = offer.fresh(fields, channel);
    let fields = fields.with("send", "on").with("_voice", "together");
    let first = first_name(visit.t, &case.citizen.name);
    // What was written up afterwards was not said today.
    let thanks = match talk.map(|talk| talk.starts.date()) {
        Some(day) if day < visit.today() => visit.t.talk_message_draft_on(visit.t.date(day), first),
        _ => visit.t.talk_message_draft(first),
    };
    let fields = fields.with("message", thanks);
    match talk {
        Some(_) => fields,
        None => {
            // A conversation is usually written when it is over or nearly so.
            let minute = visit.now.minute() / 5 * 5;
            let begun = visit.now.date().at(visit.now.hour(), minute, 0, 0);
            held_at(fields, begun, times::MINUTES, Channel::Meeting, "")
        }
    }
}

fn held_at(fields: Fields, starts: DateTime, minutes: u32, channel: Channel, place: &str) -> Fields {
    fields
        .with("held_date", starts.date())
        .with("held_time", starts.strftime("%H:%M"))
        .with("held_minutes", minutes)
        .with("held_channel", channel)
        .with("held_place", place)
}

/// What the form brings: parsed, with every objection in `errors` beside its field. With `check`, casework is asked about each row.
struct Read {
    outcome: Outcome,
    sound: bool,
}

fn read(
    visit: &Visit,
    case: &Opened,
    talk: Option<&Conversation>,
    offer: &Offer,
    sent: &Fields,
    check: bool,
    errors: &mut Errors,
) -> Read {
    let t = visit.t;
    let put = |errors: &mut Errors, found: Option<Refusal>, place: &dyn Fn(&str) -> String| {
        if let Some(Refusal { field, why }) = found
            && !matches!(why, Why::Conflict(_) | Why::NotBooked)
        {
            errors.push(place(field), why_words(t, &why));
        }
    };
    let ask = |intent: Intent| {
        if check {
            refusal(visit, case, sent.voice(), intent)
        } else {
            None
        }
    };

    let unplanned = if talk.is_none() {
        read_unplanned(visit, sent, errors)
    } else {
        None
    };
    let mut outcome = Outcome {
        conversation: talk.map(|talk| (talk.id, sent.rev())),
        unplanned,
        note: sent.text("note").to_owned(),
        goals: vec![],
        steps: vec![],
        ticked: sent.all("ticked").filter_map(|id| id.parse().ok()).collect(),
        answered: sent.all("answered").filter_map(|id| id.parse().ok()).collect(),
        next: None,
        message: String::new(),
    };
    let bare = Outcome {
        ticked: vec![],
        answered: vec![],
        ..outcome.clone()
    };
    if talk.is_some() || bare.unplanned.is_some() {
        put(errors, ask(Intent::Hold(bare)), &|field| match field {
            "held_at" => "held_date".to_owned(),
            "minutes" => "held_minutes".to_owned(),
            "place" => "held_place".to_owned(),
            other => other.to_owned(),
        });
    }

    for n in 1..=GOALS {
        let (words_at, aim_at) = (format!("goal-{n}"), format!("aim-{n}"));
        if sent.is_blank(&words_at) {
            continue;
        }
        let Some(aim) = sent.choice(&aim_at, t, errors) else {
            continue;
        };
        let goal = GoalInput {
            parent: None,
            words: sent.text(&words_at).to_owned(),
            professional: String::new(),
            aim,
        };
        put(errors, ask(Intent::SetGoal(goal.clone())), &|_| words_at.clone());
        outcome.goals.push(goal);
    }

    // A step beside a new goal leads to that; else, with one goal in the plan, to the one.
    let mut standing = case.plan.goals.iter().filter(|goal| goal.status == GoalStatus::Open);
    let only = match (outcome.goals.is_empty(), standing.next(), standing.next()) {
        (true, Some(goal), None) => Some(goal.id),
        _ => None,
    };
    let people = holders(visit, case);
    for n in 1..=STEPS {
        let at = |name: &str| format!("{name}-{n}");
        if sent.is_blank(&at("step")) && sent.is_blank(&at("holder_name")) {
            continue;
        }
        let chosen = sent.text(&at("holder"));
        let named = chosen.parse().ok().filter(|kind| OUTSIDE.contains(kind));
        let holder = match (named, people.iter().find(|(value, ..)| value == chosen)) {
            (Some(kind), _) => Holder::named(kind, sent.text(&at("holder_name"))),
            (None, Some((_, holder, _))) => holder.clone(),
            (None, None) => {
                errors.push(at("holder"), t.error_choose_one());
                continue;
            }
        };
        let before = errors.len();
        let due = sent.date(&at("due"), t, errors);
        let step = StepInput {
            goal: only,
            title: sent.text(&at("step")).to_owned(),
            holder,
            due,
            role: None,
        };
        put(errors, ask(Intent::SetStep(step.clone())), &|field| match field {
            "holder" => at("holder_name"),
            "due" => at("due"),
            _ => at("step"),
        });
        if errors.len() == before || !check {
            outcome.steps.push(step);
        }
    }

    outcome.next = offer.read(t, sent, errors);
    if let Some(next) = outcome.next.clone() {
        put(errors, ask(Intent::Book(next)), &|field| {
            times::field_of(sent, field).to_owned()
        });
    }
    if sent.has("send") && !sent.is_blank("message") {
        outcome.message = message(t, sent.text("message"), outcome.next.as_ref());
        put(
            errors,
            ask(Intent::Send {
                text: outcome.message.clone(),
            }),
            &|_| "message".to_owned(),
        );
    }
    Read {
        outcome,
        sound: errors.is_empty(),
    }
}

/// What the citizen reads: the words as written, and the agreement about next time below them.
pub(super) fn message(t: Lang, written: &str, next: Option<&Booking>) -> String {
    let Some(next) = next else {
        return written.trim().to_owned();
    };
    let when = t.datetime(next.starts);
    let place = next.place.as_str();
    let line = match next.channel {
        Channel::Phone => t.talk_next_phone(next.name.as_str(), when),
        Channel::Video => t.talk_next_video(next.name.as_str(), when),
        _ if place.is_empty() => t.talk_next_meeting(next.name.as_str(), when),
        _ => t.talk_next_meeting_at(next.name.as_str(), place, when),
    };
    format!("{}\n\n{line}", written.trim())
}

fn read_unplanned(visit: &Visit, sent: &Fields, errors: &mut Errors) -> Option<Booking> {
    let t = visit.t;
    let starts = sent.datetime("held_date", "held_time", t, errors);
    let minutes = match sent.is_blank("held_minutes") {
        true => Some(times::MINUTES),
        false => parse::whole_number(sent.text("held_minutes")),
    };
    if minutes.is_none() {
        errors.push("held_minutes", t.error_number_expected());
    }
    let channel = sent.choice("held_channel", t, errors);
    Some(Booking {
        employee: visit.user.employee()?,
        name: visit.user.actor.name.clone(),
        starts: starts?,
        minutes: minutes?,
        channel: channel?,
        place: sent.text("held_place").to_owned(),
    })
}

/// Who offers the next time: the one who coordinates the plan when it comes.
fn next_host(visit: &Visit, plan: &Plan) -> Option<(EmployeeId, String)> {
    let later = visit.today().saturating_add(jiff::Span::new().days(STEP_DAYS));
    let who = plan.coordinator_on(later).or_else(|| plan.coordinator(visit.today()))?;
    Some((who.employee, who.name.clone()))
}

async fn offer(visit: &Visit, conn: &mut Conn, case: &Opened) -> Result<Offer, Failure> {
    let who = next_host(visit, &case.plan).ok_or(Failure::NotFound)?;
    Offer::of(visit, conn, case, who).await
}

fn view(
    visit: &Visit,
    shell: Shell,
    case: &Opened,
    offer: &Offer,
    talk: Option<&Conversation>,
    fields: &Fields,
    errors: Errors,
) -> Page {
    let (t, today, plan) = (visit.t, visit.today(), &case.plan);
    let plan_url = format!("/plans/{}", plan.head.id);
    let text = |name: &str| fields.text(name).to_owned();
    let ticked: Vec<&str> = fields.all("ticked").collect();
    let answered: Vec<&str> = fields.all("answered").collect();
    let asked = plan.questions.iter().filter(|q| q.waits());
    let questions = asked.map(|q| {
        Choice::new(
            q.id.to_string(),
            q.text.as_str(),
            answered.contains(&q.id.to_string().as_str()),
        )
    });
    let open = plan.steps.iter().filter(|step| step.status == StepStatus::Open);
    let open_steps = open.map(|step| {
        let who = if step.holder.kind == PersonKind::Citizen {
            case.citizen.name.as_str()
        } else {
            step.holder.name.as_str()
        };
        let hint = match step.due {
            None => who.to_owned(),
            Some(due) if due < today => t.talk_step_overdue(t.date_short(due), who),
            Some(due) => t.talk_step_due(t.date_short(due), who),
        };
        let id = step.id.to_string();
        Choice::new(id.as_str(), step.title.as_str(), ticked.contains(&id.as_str())).with_hint(hint)
    });
    let goals = plan
        .goals
        .iter()
        .filter(|goal| goal.status == GoalStatus::Open)
        .map(|goal| goal.words.clone());
    let held = plan
        .conversations
        .iter()
        .rev()
        .find(|c| c.status == ConversationStatus::Held && !c.note.is_empty());
    let people = holders(visit, case);
    let goal_rows = (1..=GOALS).map(|n| {
        let (words_at, aim_at) = (format!("goal-{n}"), format!("aim-{n}"));
        let aims = words::choices(t, Aim::ALL, words::aim, fields.text(&aim_at));
        GoalRow {
            number: n,
            words: text(&words_at),
            words_at,
            aim_at,
            aims,
        }
    });
    let step_rows = (1..=STEPS).map(|n| {
        let at = |name: &str| format!("{name}-{n}");
        let chosen = text(&at("holder"));
        let mut holders: Vec<Choice> = people
            .iter()
            .map(|(v, _, label)| Choice::new(v.as_str(), label.as_str(), *v == chosen))
            .collect();
        holders.extend(
            OUTSIDE
                .iter()
                .map(|kind| Choice::new(kind.as_str(), outside(t, *kind), kind.as_str() == chosen)),
        );
        StepRow {
            number: n,
            title: text(&at("step")),
            name: text(&at("holder_name")),
            due: text(&at("due")),
            holders,
            title_at: at("step"),
            holder_at: at("holder"),
            name_at: at("holder_name"),
            due_at: at("due"),
        }
    });
    let unplanned = talk.is_none().then(|| {
        let channel = fields.value("held_channel").unwrap_or(Channel::Meeting);
        let known = parse::date(fields.text("held_date"))
            .ok()
            .zip(parse::time(fields.text("held_time")).ok());
        Unplanned {
            date: text("held_date"),
            time: text("held_time"),
            minutes: text("held_minutes"),
            channels: words::choices(t, Channel::ALL, words::channel, fields.text("held_channel")),
            place: text("held_place"),
            summary: known.map_or_else(String::new, |(date, time)| {
                t.talk_held_when(t.relative_day(date, today), words::channel(t, channel), t.time(time))
            }),
            open: errors.iter().any(|(field, _)| field.starts_with("held_")),
        }
    });
    Page {
        t,
        first: first_name(t, &case.citizen.name),
        action: match talk {
            Some(talk) => format!("{plan_url}/conversations/{}", talk.id),
            None => format!("{plan_url}/conversations/new"),
        },
        plan_url,
        act: Uuid::now_v7().to_string(),
        rev: talk.map_or(0, |talk| talk.rev),
        about: talk.map(|talk| About::of(visit, talk)),
        early: talk.is_some_and(|talk| talk.starts.date() > today),
        begun: talk.is_some_and(|talk| talk.starts <= visit.now),
        unplanned,
        questions: questions.collect(),
        open_steps: open_steps.collect(),
        open_goals: goals.collect(),
        last: held.map(|c| (t.date(c.starts.date()), c.note.clone())),
        note: text("note"),
        goals: goal_rows.collect(),
        steps: step_rows.collect(),
        times: offer.show(t, fields, Pick::Later, Some(t.talk_no_next())),
        send: fields.has("send"),
        message: text("message"),
        together: fields.text("_voice") == "together",
        errors,
        shell,
    }
}

/// Somebody outside the municipality, as a choice that asks for a name.
fn outside(t: Lang, kind: PersonKind) -> &'static str {
    match kind {
        PersonKind::Relative => t.talk_holder_relative(),
        PersonKind::Volunteer => t.talk_holder_volunteer(),
        PersonKind::Company => t.talk_holder_company(),
        _ => t.talk_holder_partner(),
    }
}

fn title(t: Lang, case: &Opened) -> String {
    t.talk_title(case.citizen.name.as_str())
}

/// The form of a conversation that was not booked.
///
/// # Errors
/// [`Failure::NotFound`] for somebody who may not write in the plan.
pub async fn get_new(visit: Visit, Path(plan): Path<PlanId>) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let case = open(&visit, &mut conn, plan, Action::Write).await?;
    if !case.plan.is_open() {
        return Err(Failure::NotFound);
    }
    draw(&visit, &mut conn, &case, None).await
}

/// The form of a booked conversation; of one that is over, what came out of it.
///
/// # Errors
/// [`Failure::NotFound`] for somebody without a relation to the plan, and for no such conversation.
pub async fn get(visit: Visit, Path((plan, id)): Path<(PlanId, ConversationId)>) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let case = open(&visit, &mut conn, plan, Action::Read).await?;
    let talk = case.plan.conversation(id).ok_or(Failure::NotFound)?;
    if talk.status == ConversationStatus::Booked && case.may(Action::Write) && case.plan.is_open() {
        return draw(&visit, &mut conn, &case, Some(talk)).await;
    }
    held::draw(&visit, &mut conn, &case, talk).await
}

async fn draw(visit: &Visit, conn: &mut Conn, case: &Opened, talk: Option<&Conversation>) -> Result<Response, Failure> {
    let mut shell = visit.shell(title(visit.t, case));
    let offer = offer(visit, conn, case).await?;
    let fields = match visit.draft(conn).await? {
        Some((kept, notice)) => {
            shell.draft = Some(notice);
            kept
        }
        None => fresh(visit, case, &offer, talk),
    };
    page(&view(visit, shell, case, &offer, talk, &fields, Errors::none()))
}

/// Writes a conversation that was not booked.
///
/// # Errors
/// As [`get_new`].
pub async fn post_new(visit: Visit, Path(plan): Path<PlanId>, sent: Sent) -> Result<Response, Failure> {
    // The address afterwards names the form, so the form must have its number now.
    let sent = if sent.has("_act") {
        sent
    } else {
        Sent(sent.0.with("_act", Uuid::now_v7()))
    };
    let to = format!("/plans/{plan}/written/{}", sent.submission());
    write(visit, plan, None, sent, to).await
}

/// Writes a booked conversation.
///
/// # Errors
/// As [`get`].
pub async fn post(
    visit: Visit,
    Path((plan, id)): Path<(PlanId, ConversationId)>,
    sent: Sent,
) -> Result<Response, Failure> {
    let to = format!("/plans/{plan}/conversations/{id}");
    write(visit, plan, Some(id), sent, to).await
}

async fn write(
    visit: Visit,
    plan: PlanId,
    id: Option<ConversationId>,
    sent: Sent,
    to: String,
) -> Result<Response, Failure> {
    let (case, offer) = {
        let mut conn = visit.read().await?;
        let case = open(&visit, &mut conn, plan, Action::Write).await?;
        let offer = offer(&visit, &mut conn, &case).await?;
        (case, offer)
    };
    let talk = match id {
        Some(id) => Some(case.plan.conversation(id).ok_or(Failure::NotFound)?),
        None => None,
    };
    let mut errors = Errors::none();
    let mut why = None;
    let form = read(&visit, &case, talk, &offer, &sent, false, &mut errors);
    if form.sound {
        match visit.perform(plan, Intent::Hold(form.outcome), &sent, &to).await? {
            Ok(Performed::Done(_)) => return Ok(see_other(&to, Said::ConversationSaved, None)),
            Ok(Performed::Already(to)) => return Ok(Redirect::to(&to).into_response()),
            Err(refused) => why = Some(refused),
        }
    }
    // Something must be mended. Now everything is asked about, so that the reader finds all of it at once.
    let mut errors = Errors::none();
    read(&visit, &case, talk, &offer, &sent, true, &mut errors);
    let mut conn = visit.read().await?;
    let case = open(&visit, &mut conn, plan, Action::Write).await?;
    let offer = self::offer(&visit, &mut conn, &case).await?;
    let mut talk = id.and_then(|id| case.plan.conversation(id)).cloned();
    let mut fields = sent.0.clone();
    if let Some(now) = talk.clone() {
        if now.status != ConversationStatus::Booked {
            // Called off or written by somebody else meanwhile: what was typed can still be saved, as a conversation of its own.
            errors.push("", visit.t.talk_changed_meanwhile());
            fields = held_at(fields, now.starts.min(visit.now), now.minutes, now.channel, &now.place);
            talk = None;
        } else if now.rev != sent.rev() {
            errors.push("", visit.t.talk_moved_meanwhile(visit.t.datetime(now.starts)));
        }
    }
    if errors.is_empty()
        && let Some(why) = &why
    {
        let next = times::field_of(&sent, "next");
        refused(
            visit.t,
            why,
            &[
                ("taken", next),
                ("next", next),
                ("held_at", "held_date"),
                ("answered", "answered"),
                ("step", "ticked"),
            ],
            &mut errors,
        );
    } else if let Some(PerformError::Taken) = why {
        errors.push(times::field_of(&sent, "next"), visit.t.error_taken());
    }
    let shell = visit.shell(title(visit.t, &case)).failed();
    page_with_errors(&view(&visit, shell, &case, &offer, talk.as_ref(), &fields, errors))
}

/// `/plans/{plan}/written/{form}`: the conversation one form wrote, for the one who sent it. Its id is not known before it is written.
///
/// # Errors
/// [`Failure::NotFound`] when the form wrote none in this plan, and for everybody else.
pub async fn written(visit: Visit, Path((plan, form)): Path<(PlanId, SubmissionId)>) -> Result<Redirect, Failure> {
    let me = visit.employee()?;
    let acts = acts::of_submission(&mut visit.read().await?, form).await?;
    let mut own = acts.into_iter().filter(|act| act.actor.employee() == Some(me));
    let found = own.find_map(|act| match (act.kind, act.after) {
        (ActKind::ConversationHeld, Some(Record::Conversation(talk))) if talk.plan == plan => Some(talk.id),
        _ => None,
    });
    let id = found.ok_or(Failure::NotFound)?;
    Ok(Redirect::to(&format!("/plans/{plan}/conversations/{id}")))
}
