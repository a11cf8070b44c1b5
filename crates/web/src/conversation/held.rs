//! A conversation as it stands: agreed, called off, missed, or held with what came out of it.

use askama::Template;
use axum::response::Response;
use tovholder_casework::access::Action;
use tovholder_casework::act::{Act, ActKind, Record};
use tovholder_casework::plan::*;
use tovholder_store::acts;
use tovholder_store::db::Conn;

use super::{About, Corrected, corrected, first_name, note};
use crate::kit::format::phone;
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, page};
use crate::kit::shell::Shell;
use crate::kit::visit::{Opened, Visit};
use crate::kit::words;

#[derive(Template)]
#[template(path = "conversation/held.html")]
struct Page {
    t: Lang,
    shell: Shell,
    first: String,
    plan_url: String,
    url: String,
    about: About,
    status: &'static str,
    status_kind: &'static str,
    held: bool,
    missed: bool,
    booked: bool,
    note: String,
    corrected: Option<Corrected>,
    /// Whether the user may correct the note.
    corrects: bool,
    came: Came,
    phone: String,
    may_book: bool,
}

/// What came out of one form.
#[derive(Default)]
struct Came {
    goals: Vec<String>,
    steps: Vec<(String, String)>,
    done: Vec<String>,
    answered: Vec<String>,
    next: Option<(String, String)>,
    message: Option<String>,
}
impl Came {
    const fn is_empty(&self) -> bool {
        self.goals.is_empty()
            && self.steps.is_empty()
            && self.done.is_empty()
            && self.answered.is_empty()
            && self.next.is_none()
            && self.message.is_none()
    }

    fn of(visit: &Visit, case: &Opened, form: Vec<Act>) -> Self {
        let t = visit.t;
        let mut came = Came::default();
        for act in form {
            match (act.kind, act.after) {
                (ActKind::GoalSet, Some(Record::Goal(goal))) => came.goals.push(goal.words),
                (ActKind::StepSet, Some(Record::Step(step))) => {
                    let who = if step.holder.kind == PersonKind::Citizen {
                        &case.citizen.name
                    } else {
                        &step.holder.name
                    };
                    let hint = step
                        .due
                        .map_or_else(|| who.clone(), |due| t.talk_step_due(t.date_short(due), who));
                    came.steps.push((step.title, hint));
                }
                (ActKind::StepDone, Some(Record::Step(step))) => came.done.push(step.title),
                (ActKind::QuestionAnswered, Some(Record::Question(question))) => came.answered.push(question.text),
                (ActKind::ConversationBooked, Some(Record::Conversation(next))) => {
                    // It may have been moved since: the plan knows where it stands now.
                    let now = case
                        .plan
                        .conversation(next.id)
                        .filter(|c| c.status == ConversationStatus::Booked);
                    came.next = now.map(|now| {
                        let about = About::of(visit, now);
                        let line = t.talk_next_short(about.how.as_str(), about.when.as_str(), about.with.as_str());
                        (
                            line,
                            format!("/plans/{}/conversations/{}/calendar.ics", now.plan, now.id),
                        )
                    });
                }
                (ActKind::MessageSent, Some(Record::Message(message))) => came.message = Some(message.text),
                _ => {}
            }
        }
        came
    }
}

/// The page.
pub(super) async fn draw(
    visit: &Visit,
    conn: &mut Conn,
    case: &Opened,
    talk: &Conversation,
) -> Result<Response, Failure> {
    let t = visit.t;
    let form = match talk.status {
        ConversationStatus::Held => {
            acts::of_form_that(conn, case.citizen.id, ActKind::ConversationHeld, talk.id.0).await?
        }
        ConversationStatus::NoShow => {
            acts::of_form_that(conn, case.citizen.id, ActKind::ConversationMissed, talk.id.0).await?
        }
        ConversationStatus::Booked | ConversationStatus::Cancelled => vec![],
    };
    let plan_url = format!("/plans/{}", talk.plan);
    page(&Page {
        t,
        shell: visit.shell(t.talk_title(case.citizen.name.as_str())),
        first: first_name(t, &case.citizen.name),
        url: format!("{plan_url}/conversations/{}", talk.id),
        plan_url,
        about: About::of(visit, talk),
        status: words::conversation_status(t, talk.status),
        status_kind: match talk.status {
            ConversationStatus::Held => "good",
            ConversationStatus::Booked => "info",
            ConversationStatus::NoShow => "warn",
            ConversationStatus::Cancelled => "plain",
        },
        held: talk.status == ConversationStatus::Held,
        missed: talk.status == ConversationStatus::NoShow,
        booked: talk.status == ConversationStatus::Booked,
        note: talk.note.clone(),
        corrected: corrected(visit, conn, case.citizen.id, talk).await?,
        corrects: note::may(visit, case, talk),
        came: Came::of(visit, case, form),
        phone: phone(&case.citizen.phone),
        may_book: case.may(Action::TakePart) && case.plan.is_open(),
    })
}
