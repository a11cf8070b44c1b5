//! Words and lines several of the citizen's pages share.

use jiff::civil::{Date, DateTime};
use tovholder_casework::act::{Act, ActKind, Record};
use tovholder_casework::plan::*;
use tovholder_store::db::Error;

use crate::kit::lang::Lang;

/// How a conversation is held, said to the citizen.
pub(super) const fn channel(t: Lang, channel: Channel) -> &'static str {
    match channel {
        Channel::Meeting => t.my_channel_meeting(),
        Channel::Phone => t.my_channel_phone(),
        Channel::Video => t.my_channel_video(),
        Channel::Home => t.my_channel_home(),
        Channel::Company => t.my_channel_company(),
    }
}

/// A step in a list.
pub(super) struct StepLine {
    pub title: String,
    pub href: String,
    /// When it should be done, or was.
    pub when: String,
    pub late: bool,
    /// Who holds it; empty when the citizen does.
    pub who: String,
    /// The goal it leads towards, in the citizen's words.
    pub goal: String,
    pub done: bool,
    /// How many remarks there are, in words; empty for none.
    pub remarks: String,
    /// Whether the page may offer to tick it.
    pub can_tick: bool,
    /// The number of the form that ticks it.
    pub act: String,
}

impl StepLine {
    pub(super) fn new(t: Lang, plan: &Plan, step: &Step, today: Date) -> Self {
        let mine = step.holder.kind == PersonKind::Citizen;
        let done = step.status == StepStatus::Done;
        let remarks = plan
            .comments
            .iter()
            .filter(|c| c.step == Some(step.id) && !c.withdrawn)
            .count();
        StepLine {
            title: step.title.clone(),
            href: format!("/my-plan/steps/{}", step.id),
            when: when(t, step, today),
            late: step.is_overdue(today),
            who: if mine { String::new() } else { step.holder.name.clone() },
            goal: step
                .goal
                .and_then(|id| plan.goal(id))
                .map_or_else(String::new, |g| g.words.clone()),
            done,
            remarks: if remarks == 0 {
                String::new()
            } else {
                t.my_remarks_count(remarks)
            },
            can_tick: mine && plan.is_open() && step.status == StepStatus::Open,
            act: super::new_act(),
        }
    }
}

/// When a step should be done, or what became of it.
pub(super) fn when(t: Lang, step: &Step, today: Date) -> String {
    match (step.status, step.ended, step.due) {
        (StepStatus::Done, Some(day), _) => t.my_step_done_on(t.date(day)),
        (StepStatus::Dropped, Some(day), _) => t.my_step_dropped_on(t.date(day)),
        (_, _, None) => String::new(),
        (_, _, Some(due)) if due < today => t.my_step_was_due(t.date(due)),
        (_, _, Some(due)) => t.my_step_due(t.weekday_date_near(due, today), t.relative_day(due, today)),
    }
}

/// A conversation in a list or on its page.
pub(super) struct Talk {
    pub href: String,
    /// `onsdag den 18. marts`
    pub day: String,
    /// `9.00–9.45`
    pub hours: String,
    /// `om 2 dage`
    pub far: String,
    pub machine: String,
    pub with: String,
    pub channel: &'static str,
    pub place: String,
    pub state: &'static str,
    /// Ending of the tag's class.
    pub kind: &'static str,
    pub note: String,
    /// Agreed and not begun: may be moved and called off.
    pub coming: bool,
}

impl Talk {
    pub(super) fn new(t: Lang, talk: &Conversation, now: DateTime) -> Self {
        let ends = talk
            .starts
            .saturating_add(jiff::Span::new().minutes(i64::from(talk.minutes)));
        let coming = talk.status == ConversationStatus::Booked && talk.starts >= now;
        let (state, kind) = match talk.status {
            ConversationStatus::Booked if coming => (t.my_talk_booked(), "info"),
            ConversationStatus::Booked => (t.my_talk_not_written(), "plain"),
            ConversationStatus::Held => (t.my_talk_held(), "good"),
            ConversationStatus::Cancelled => (t.my_talk_cancelled(), "plain"),
            ConversationStatus::NoShow => (t.my_talk_missed(), "plain"),
        };
        Talk {
            href: format!("/my-plan/conversations/{}", talk.id),
            day: t.weekday_date_near(talk.starts.date(), now.date()),
            hours: t.time_range(talk.starts.time(), ends.time()),
            far: t.relative_day(talk.starts.date(), now.date()),
            machine: talk.starts.strftime("%Y-%m-%dT%H:%M").to_string(),
            with: talk.name.clone(),
            channel: channel(t, talk.channel),
            place: talk.place.clone(),
            state,
            kind,
            note: talk.note.clone(),
            coming,
        }
    }
}

/// A remark under a step or a goal.
pub(super) struct Said {
    pub who: String,
    pub text: String,
    pub when: String,
    /// The citizen's own.
    pub own: bool,
}

/// The remarks that hold, oldest first.
pub(super) fn remarks<'p>(t: Lang, today: Date, all: impl Iterator<Item = &'p Comment>) -> Vec<Said> {
    all.filter(|c| !c.withdrawn)
        .map(|c| Said {
            who: c.author.clone(),
            text: c.text.clone(),
            when: t.relative_day(c.on, today),
            own: c.author_kind == PersonKind::Citizen,
        })
        .collect()
}

/// Something others did in the plan.
pub(super) struct News {
    pub who: String,
    pub text: String,
    pub when: String,
    pub href: String,
}

/// How many days what others have done stands on the first page.
pub(super) const NEWS_DAYS: i64 = 30;

/// What others have done lately, newest first: only what says something by itself.
pub(super) fn news(
    t: Lang,
    plan: &Plan,
    acts: impl Iterator<Item = Result<Act, Error>>,
    now: jiff::Timestamp,
) -> Result<Vec<News>, Error> {
    let today = crate::kit::format::wall_clock(now).date();
    let since = today.saturating_sub(jiff::Span::new().days(NEWS_DAYS));
    let mut out: Vec<News> = Vec::new();
    for act in acts {
        let act = act?;
        let day = crate::kit::format::wall_clock(act.at).date();
        if act.actor.id == plan.head.citizen.0 || day < since {
            continue;
        }
        let Some((text, href)) = act.after.as_ref().and_then(|after| news_of(t, act.kind, after)) else {
            continue;
        };
        out.push(News {
            who: act.actor.name,
            text,
            when: t.relative_day(day, today),
            href,
        });
        if out.len() == 4 {
            break;
        }
    }
    Ok(out)
}

fn news_of(t: Lang, kind: ActKind, after: &Record) -> Option<(String, String)> {
    let step = |s: &Step| format!("/my-plan/steps/{}", s.id);
    let goal = |g: &Goal| format!("/my-plan/goals/{}", g.id);
    let talk = |c: &Conversation| format!("/my-plan/conversations/{}", c.id);
    Some(match (kind, after) {
        (ActKind::GoalSet, Record::Goal(g)) => (t.my_news_goal_set(g.words.as_str()), goal(g)),
        (ActKind::GoalChanged, Record::Goal(g)) => (t.my_news_goal_changed(g.words.as_str()), goal(g)),
        (ActKind::GoalReached, Record::Goal(g)) => (t.my_news_goal_reached(g.words.as_str()), goal(g)),
        (ActKind::StepSet, Record::Step(s)) => (t.my_news_step_set(s.title.as_str()), step(s)),
        (ActKind::StepChanged, Record::Step(s)) => (t.my_news_step_changed(s.title.as_str()), step(s)),
        (ActKind::StepDone, Record::Step(s)) => (t.my_news_step_done(s.title.as_str()), step(s)),
        (ActKind::Commented, Record::Comment(c)) => {
            let href = match (c.step, c.goal) {
                (Some(id), _) => format!("/my-plan/steps/{id}"),
                (_, Some(id)) => format!("/my-plan/goals/{id}"),
                _ => return None,
            };
            (t.my_news_remark().to_owned(), href)
        }
        (ActKind::ConversationBooked, Record::Conversation(c)) => {
            (t.my_news_talk_booked(t.datetime(c.starts)), talk(c))
        }
        (ActKind::ConversationMoved, Record::Conversation(c)) => (t.my_news_talk_moved(t.datetime(c.starts)), talk(c)),
        (ActKind::ConversationCancelled, Record::Conversation(c)) => {
            (t.my_news_talk_cancelled(t.datetime(c.starts)), talk(c))
        }
        (ActKind::ConversationHeld, Record::Conversation(c)) => (t.my_news_talk_held(t.date(c.starts.date())), talk(c)),
        (ActKind::NoteCorrected, Record::Conversation(c)) => {
            (t.my_news_note_corrected(t.date(c.starts.date())), talk(c))
        }
        (ActKind::EffortSet, Record::Effort(e)) => {
            (t.my_news_effort_set(e.title.as_str()), "/my-plan/efforts".to_owned())
        }
        (ActKind::Joined, Record::Participation(p)) => (t.my_news_joined(p.name.as_str()), "/my-plan/team".to_owned()),
        _ => return None,
    })
}
