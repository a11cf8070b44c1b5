//! Conversations as the employee holds and books them: the one form that writes all that came out of a talk ([`hold`]), booking, moving,
//! calling off, and what to do when the citizen did not come.

pub mod book;
pub mod calendar;
pub mod cancel;
pub mod held;
pub mod hold;
pub mod missed;
pub mod note;
pub mod shift;
#[cfg(test)]
mod tests;
mod times;

use tovholder_casework::access::Action;
use tovholder_casework::act::{ActKind, PageKey, Record, Voice};
use tovholder_casework::decide::{self, Context, Intent, Refusal};
use tovholder_casework::id::*;
use tovholder_casework::plan::*;
use tovholder_store::acts;
use tovholder_store::db::Conn;
use uuid::Uuid;

use crate::kit::format::wall_clock;
use crate::kit::lang::Lang;
use crate::kit::respond::Failure;
use crate::kit::visit::{Opened, Visit};
use crate::kit::words;

/// Opens a plan for an employee who wants to do this. Citizens have pages of their own.
async fn open(visit: &Visit, conn: &mut Conn, plan: PlanId, action: Action) -> Result<Opened, Failure> {
    visit.employee()?;
    visit.open_for(conn, plan, PageKey::Conversation, action).await
}

/// A booked conversation of the plan.
fn booked(case: &Opened, id: ConversationId) -> Result<Conversation, Failure> {
    let found = case
        .plan
        .conversation(id)
        .filter(|talk| talk.status == ConversationStatus::Booked);
    found.cloned().ok_or(Failure::NotFound)
}

/// What casework would say to this, without doing it: so that each row of a long form gets its own answer.
fn refusal(visit: &Visit, case: &Opened, voice: Voice, intent: Intent) -> Option<Refusal> {
    let mut new_id = Uuid::now_v7;
    let mut ctx = Context {
        actor: &visit.user.actor,
        relation: case.relation,
        voice,
        now: visit.now,
        new_id: &mut new_id,
    };
    decide::decide(&case.plan, intent, &mut ctx).err()
}

/// What one calls the citizen in a friendly sentence.
pub(crate) fn first_name(t: Lang, name: &str) -> String {
    name.split_whitespace()
        .next()
        .map_or_else(|| t.word_person_citizen().to_owned(), str::to_owned)
}

/// When a conversation ends.
fn ends(talk: &Conversation) -> jiff::civil::DateTime {
    talk.starts
        .saturating_add(jiff::Span::new().minutes(i64::from(talk.minutes)))
}

/// A note that does not say what it first said: who corrected it last, when, and why.
pub(crate) struct Corrected {
    /// `Rettet 16. marts 2026 af Karen Holm`
    pub line: String,
    /// In the words of whoever corrected it.
    pub reason: String,
}

/// How a conversation's note came to say what it says, when that is not what was first written.
pub(crate) async fn corrected(
    visit: &Visit,
    conn: &mut Conn,
    citizen: CitizenId,
    talk: &Conversation,
) -> Result<Option<Corrected>, Failure> {
    let form = acts::of_form_that(conn, citizen, ActKind::NoteCorrected, talk.id.0).await?;
    // A correction that was undone is not what the note says now.
    let last = form.into_iter().find(
        |act| matches!(&act.after, Some(Record::Conversation(now)) if now.id == talk.id && now.note == talk.note),
    );
    Ok(last.map(|act| Corrected {
        line: visit
            .t
            .talk_corrected(visit.t.date(wall_clock(act.at).date()), act.actor.name.as_str()),
        reason: act.reason,
    }))
}

/// A conversation in short, for the top of a page.
struct About {
    when: String,
    how: String,
    place: String,
    with: String,
}
impl About {
    fn of(visit: &Visit, talk: &Conversation) -> Self {
        let t = visit.t;
        let day = t.weekday_date_near(talk.starts.date(), visit.today());
        About {
            when: t.talk_day_and_time(day, t.time_range(talk.starts.time(), ends(talk).time())),
            how: words::channel(t, talk.channel).to_owned(),
            place: talk.place.clone(),
            with: talk.name.clone(),
        }
    }
}
