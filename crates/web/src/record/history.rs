//! `/plans/{plan}/history` and `/my-plan/history`: everything that happened to the plan, in readable words, newest first.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use jiff::civil::Date;
use serde::Deserialize;
use tovholder_casework::act::{Act, ActKind, PageKey, Voice};
use tovholder_casework::id::*;
use tovholder_store::acts;
use tovholder_store::db::Conn;

use crate::kit::form::Link;
use crate::kit::format::wall_clock;
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, page};
use crate::kit::shell::Shell;
use crate::kit::visit::{Opened, Visit};
use crate::kit::words;
use crate::record::fields::{Difference, Reader, differences, plan_of};
use crate::record::{day_heading, shell};

/// Acts read for one page.
const PER_PAGE: u32 = 60;

/// The address as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Input {
    topic: String,
    before: String,
}

/// What the history can be narrowed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Topic {
    All,
    Goals,
    Steps,
    Conversations,
    People,
    Efforts,
    Progress,
    Rest,
}
impl Topic {
    const ALL: &'static [(Topic, &'static str)] = &[
        (Topic::All, "all"),
        (Topic::Goals, "goals"),
        (Topic::Steps, "steps"),
        (Topic::Conversations, "conversations"),
        (Topic::People, "people"),
        (Topic::Efforts, "efforts"),
        (Topic::Progress, "progress"),
        (Topic::Rest, "rest"),
    ];
    fn read(key: &str) -> (Topic, &'static str) {
        Topic::ALL
            .iter()
            .copied()
            .find(|(_, k)| *k == key)
            .unwrap_or((Topic::All, "all"))
    }
    fn label(self, t: Lang) -> &'static str {
        match self {
            Topic::All => t.record_topic_all(),
            Topic::Goals => t.record_topic_goals(),
            Topic::Steps => t.record_topic_steps(),
            Topic::Conversations => t.record_topic_conversations(),
            Topic::People => t.record_topic_people(),
            Topic::Efforts => t.record_topic_efforts(),
            Topic::Progress => t.record_topic_progress(),
            Topic::Rest => t.record_topic_rest(),
        }
    }
    /// The topic a kind of act belongs to: the first word of its key.
    fn of(kind: ActKind) -> Topic {
        match kind.as_str().split('.').next().unwrap_or_default() {
            "goal" | "strength" => Topic::Goals,
            "step" | "comment" => Topic::Steps,
            "conversation" | "question" | "message" => Topic::Conversations,
            "participation" | "coordination" | "handover" => Topic::People,
            "effort" => Topic::Efforts,
            "rating" => Topic::Progress,
            _ => Topic::Rest,
        }
    }
    fn kinds(self) -> Vec<ActKind> {
        let wanted = |kind: &ActKind| !kind.is_look() && (self == Topic::All || Topic::of(*kind) == self);
        ActKind::ALL.iter().copied().filter(wanted).collect()
    }
}

pub(crate) struct Body {
    pub(crate) subject: String,
    pub(crate) changes: Vec<Difference>,
    pub(crate) reason: String,
}

pub(crate) struct Part {
    pub(crate) title: &'static str,
    pub(crate) bodies: Vec<Body>,
    pub(crate) kind: ActKind,
}

/// What came with one form.
pub(crate) struct Moment {
    pub(crate) machine: String,
    pub(crate) time: String,
    pub(crate) who: String,
    pub(crate) voice: &'static str,
    pub(crate) parts: Vec<Part>,
    pub(crate) form: Option<SubmissionId>,
    pub(crate) actor: uuid::Uuid,
}

/// What happened on one day.
pub(crate) struct Day {
    pub(crate) heading: String,
    pub(crate) moments: Vec<Moment>,
}

#[derive(Template)]
#[template(path = "record/history.html")]
struct Page {
    t: Lang,
    shell: Shell,
    lead: &'static str,
    back: String,
    back_words: String,
    topics: Vec<Link>,
    days: Vec<Day>,
    older: Option<String>,
    first: Option<String>,
}

/// The history of a plan, for those around it.
///
/// # Errors
/// [`Failure::NotFound`] without a relation to the plan.
pub async fn get(visit: Visit, Path(plan): Path<PlanId>, Query(input): Query<Input>) -> Result<Response, Failure> {
    visit.employee()?;
    let mut conn = visit.read().await?;
    let case = visit.open(&mut conn, plan, PageKey::History).await?;
    let back = (format!("/plans/{plan}"), case.citizen.name.clone());
    let citizen = visit.t.word_person_citizen();
    page(
        &put_together(
            &visit,
            &mut conn,
            Some(&case),
            back,
            citizen,
            visit.t.record_lead(),
            &input,
        )
        .await?,
    )
}

/// The citizen's own.
///
/// # Errors
/// The user is no citizen, or the database is away.
pub async fn own(visit: Visit, Query(input): Query<Input>) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let case = visit.open_own(&mut conn, PageKey::History).await?;
    let back = ("/my-plan/more".to_owned(), visit.t.nav_more().to_owned());
    page(
        &put_together(
            &visit,
            &mut conn,
            case.as_ref(),
            back,
            visit.t.record_you(),
            visit.t.record_own_lead(),
            &input,
        )
        .await?,
    )
}

async fn put_together(
    visit: &Visit,
    conn: &mut Conn,
    case: Option<&Opened>,
    back: (String, String),
    citizen: &str,
    lead: &'static str,
    input: &Input,
) -> Result<Page, Failure> {
    let t = visit.t;
    let (topic, key) = Topic::read(&input.topic);
    let before = input.before.parse().ok();
    let mut all = Vec::new();
    if let Some(case) = case {
        all = acts::of_kinds(conn, case.citizen.id, &topic.kinds(), before, PER_PAGE).await?;
    }
    let here = visit.page_path();
    let oldest = all
        .last()
        .map(|(seq, _)| *seq)
        .filter(|_| all.len() == PER_PAGE as usize);
    let days = case.map_or_else(Vec::new, |case| {
        let reader = Reader {
            t,
            plan: &case.plan,
            rules: visit.rules(),
            own: visit.user.citizen().is_some(),
            veiled: case.citizen.protected,
            citizen,
        };
        // A citizen's chain holds all their plans; this is the history of one.
        let of_plan = |act: &&Act| {
            act.after
                .as_ref()
                .and_then(plan_of)
                .is_none_or(|plan| plan == case.plan.head.id)
        };
        // What the consent does not reach is left out of what happened, as it is of the plan.
        let shown = |act: &&Act| {
            act.before
                .iter()
                .chain(&act.after)
                .all(|record| case.reach.shows(record))
        };
        days(
            visit,
            &reader,
            all.iter().map(|(_, act)| act).filter(of_plan).filter(shown),
        )
    });
    let topics = Topic::ALL
        .iter()
        .map(|(topic, k)| Link::new(topic.label(t), format!("{here}?topic={k}"), *k == key));
    Ok(Page {
        t,
        shell: shell(visit, case, t.record_title()),
        lead,
        topics: topics.collect(),
        days,
        older: oldest.map(|seq| format!("{here}?topic={key}&before={seq}")),
        first: before.map(|_: i64| format!("{here}?topic={key}")),
        back: back.0,
        back_words: back.1,
    })
}

/// What happened, by day and form. The acts come newest first.
pub(crate) fn days<'a>(visit: &Visit, reader: &Reader<'_>, acts: impl Iterator<Item = &'a Act>) -> Vec<Day> {
    let t = visit.t;
    let mut days: Vec<(Date, Day)> = Vec::new();
    // The chain is in the order things were written. Where that is not the order of the days, as after a clock was set back, people look by day.
    let mut acts: Vec<&Act> = acts.collect();
    acts.sort_by_key(|act| std::cmp::Reverse(act.at));
    for act in acts {
        let at = wall_clock(act.at);
        if days.last().is_none_or(|(date, _)| *date != at.date()) {
            days.push((
                at.date(),
                Day {
                    heading: day_heading(t, at.date(), visit.today()),
                    moments: vec![],
                },
            ));
        }
        let Some((_, day)) = days.last_mut() else { continue };
        let together = |m: &Moment| act.submission.is_some() && m.form == act.submission && m.actor == act.actor.id;
        if !day.moments.last().is_some_and(together) {
            day.moments.push(Moment {
                machine: at.strftime("%Y-%m-%dT%H:%M").to_string(),
                time: t.time(at.time()),
                who: who(visit, act),
                voice: if act.voice == Voice::Own {
                    ""
                } else {
                    words::voice(t, act.voice)
                },
                parts: vec![],
                form: act.submission,
                actor: act.actor.id,
            });
        }
        let Some(moment) = day.moments.last_mut() else { continue };
        // Within a form the acts come newest first; they are read in the order they were written.
        if moment.parts.first().is_some_and(|part| part.kind == act.kind) {
            moment.parts[0].bodies.insert(0, body(reader, act));
        } else {
            moment.parts.insert(
                0,
                Part {
                    title: title(t, act.kind),
                    bodies: vec![body(reader, act)],
                    kind: act.kind,
                },
            );
        }
    }
    days.into_iter().map(|(_, day)| day).collect()
}

fn who(visit: &Visit, act: &Act) -> String {
    if act.actor.id == visit.user.actor.id {
        visit.t.record_you_did().to_owned()
    } else if act.actor.unit.is_empty() {
        act.actor.name.clone()
    } else {
        format!("{}, {}", act.actor.name, act.actor.unit)
    }
}

fn body(reader: &Reader<'_>, act: &Act) -> Body {
    let after = act
        .after
        .as_ref()
        .map(|record| reader.fields(record))
        .unwrap_or_default();
    let before = act.before.as_ref().map(|record| reader.fields(record));
    Body {
        subject: after.first().map_or_else(String::new, |field| field.value.clone()),
        changes: differences(before.as_deref(), &after),
        // The words of a change of coordinator stand in the record too.
        reason: Some(&act.reason)
            .filter(|reason| after.iter().all(|field| field.value != **reason))
            .cloned()
            .unwrap_or_default(),
    }
}

/// What was done, in a few words.
fn title(t: Lang, kind: ActKind) -> &'static str {
    match kind {
        ActKind::PlanOpened => t.record_plan_opened(),
        ActKind::PlanClosed => t.record_plan_closed(),
        ActKind::CoreTaskChanged => t.record_core_task_changed(),
        ActKind::GoalSet => t.record_goal_set(),
        ActKind::GoalChanged => t.record_goal_changed(),
        ActKind::GoalReached => t.record_goal_reached(),
        ActKind::GoalDropped => t.record_goal_dropped(),
        ActKind::GoalReopened => t.record_goal_reopened(),
        ActKind::StepSet => t.record_step_set(),
        ActKind::StepChanged => t.record_step_changed(),
        ActKind::StepDone => t.record_step_done(),
        ActKind::StepReopened => t.record_step_reopened(),
        ActKind::StepDropped => t.record_step_dropped(),
        ActKind::Commented => t.record_commented(),
        ActKind::Joined => t.record_joined(),
        ActKind::Left => t.record_left(),
        ActKind::CoordinatorNamed => t.record_coordinator_named(),
        ActKind::CoordinatorEnded => t.record_coordinator_ended(),
        ActKind::HandoverWritten => t.record_handover_written(),
        ActKind::ConversationBooked => t.record_booked(),
        ActKind::ConversationMoved => t.record_moved(),
        ActKind::ConversationCancelled => t.record_cancelled(),
        ActKind::ConversationHeld => t.record_held(),
        ActKind::ConversationMissed => t.record_missed(),
        ActKind::NoteCorrected => t.record_note_corrected(),
        ActKind::QuestionAsked => t.record_asked(),
        ActKind::QuestionAnswered => t.record_answered(),
        ActKind::QuestionWithdrawn => t.record_question_withdrawn(),
        ActKind::EffortSet => t.record_effort_set(),
        ActKind::EffortChanged => t.record_effort_changed(),
        ActKind::EffortEnded => t.record_effort_ended(),
        ActKind::StrengthSet => t.record_strength_set(),
        ActKind::StrengthChanged => t.record_strength_changed(),
        ActKind::StrengthEnded => t.record_strength_ended(),
        ActKind::Rated => t.record_rated(),
        ActKind::MessageSent => t.record_message_sent(),
        ActKind::MessageRead => t.record_message_read(),
        ActKind::Undone => t.record_undone(),
        ActKind::PersonChanged => t.record_person_changed(),
        ActKind::Imported => t.record_imported(),
        ActKind::EmergencyTaken => t.record_emergency_taken(),
        ActKind::EmergencySeen => t.record_emergency_seen(),
        ActKind::ClosedNoteWritten => t.record_closed_note_written(),
        ActKind::ConsentAsked => t.record_consent_asked(),
        ActKind::ConsentGiven => t.record_consent_given(),
        ActKind::ConsentDeclined => t.record_consent_declined(),
        ActKind::ConsentWithdrawn => t.record_consent_withdrawn(),
        ActKind::ConsentReplaced => t.record_consent_replaced(),
        ActKind::AccessReviewed => t.record_access_reviewed(),
        ActKind::CorrectionAsked => t.record_correction_asked(),
        ActKind::CorrectionAnswered => t.record_correction_answered(),
        ActKind::HoldPlaced => t.record_hold_placed(),
        ActKind::HoldLifted => t.record_hold_lifted(),
        ActKind::ResearchDeleted => t.record_research_deleted(),
        ActKind::EndedByRetention => t.record_retention_ended(),
        ActKind::Looked | ActKind::LookedInEmergency | ActKind::Exported => t.record_looked(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_change_belongs_to_one_topic_and_has_words_of_its_own() {
        let topics = Topic::ALL.iter().filter(|(topic, _)| *topic != Topic::All);
        let sum: usize = topics.map(|(topic, _)| topic.kinds().len()).sum();
        assert_eq!(sum, Topic::All.kinds().len());
        for t in [Lang::Da, Lang::En] {
            let titles: std::collections::BTreeSet<_> =
                Topic::All.kinds().into_iter().map(|kind| title(t, kind)).collect();
            assert_eq!(titles.len(), Topic::All.kinds().len());
        }
    }
}
