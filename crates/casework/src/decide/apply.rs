//! Carrying changes out on the plan in memory, and taking them back.

use super::*;
use crate::consent::{Consent, ConsentStatus, How, Reply};

fn upsert<T, K: PartialEq>(list: &mut Vec<T>, new: T, key: impl Fn(&T) -> K) {
    let id = key(&new);
    match list.iter_mut().find(|old| key(old) == id) {
        Some(old) => *old = new,
        None => list.push(new),
    }
}

impl Plan {
    /// Carries out decided changes.
    pub fn apply(&mut self, changes: &[Change]) {
        for change in changes {
            self.put(change.after.clone());
        }
        self.conversations.sort_by_key(|c| c.starts);
        self.coordinations.sort_by_key(|c| c.from);
        self.efforts.sort_by_key(|e| e.from);
        self.ratings.sort_by_key(|r| r.on);
    }

    fn put(&mut self, record: Record) {
        match record {
            // Who the citizen is, who looked at the plan how, what units keep to themselves what the citizen says is wrong, and what is held back stands outside it.
            Record::Citizen(_)
            | Record::Emergency(_)
            | Record::ClosedNote(_)
            | Record::Correction(_)
            | Record::Hold(_) => {}
            Record::Plan(r) => self.head = r,
            Record::Goal(r) => upsert(&mut self.goals, r, |x| x.id),
            Record::Step(r) => upsert(&mut self.steps, r, |x| x.id),
            Record::Comment(r) => upsert(&mut self.comments, r, |x| x.id),
            Record::Participation(r) => upsert(&mut self.participations, r, |x| x.id),
            Record::Coordination(r) => upsert(&mut self.coordinations, r, |x| x.id),
            Record::Handover(r) => upsert(&mut self.handovers, r, |x| x.id),
            Record::Conversation(r) => upsert(&mut self.conversations, r, |x| x.id),
            Record::Question(r) => upsert(&mut self.questions, r, |x| x.id),
            Record::Effort(r) => upsert(&mut self.efforts, r, |x| x.id),
            Record::Strength(r) => upsert(&mut self.strengths, r, |x| x.id),
            Record::Rating(r) => upsert(&mut self.ratings, r, |x| x.id),
            Record::Message(r) => upsert(&mut self.messages, r, |x| x.id),
            Record::Consent(r) => upsert(&mut self.consents, r, |x| x.id),
        }
    }

    /// The record with the same table and id as it stands now.
    pub fn find(&self, like: &Record) -> Option<Record> {
        fn by<T: Clone, K: PartialEq>(list: &[T], like: &T, key: impl Fn(&T) -> K) -> Option<T> {
            list.iter().find(|x| key(x) == key(like)).cloned()
        }
        match like {
            Record::Citizen(_)
            | Record::Emergency(_)
            | Record::ClosedNote(_)
            | Record::Correction(_)
            | Record::Hold(_) => None,
            Record::Plan(r) => (r.id == self.head.id).then(|| Record::Plan(self.head.clone())),
            Record::Goal(r) => by(&self.goals, r, |x| x.id).map(Record::Goal),
            Record::Step(r) => by(&self.steps, r, |x| x.id).map(Record::Step),
            Record::Comment(r) => by(&self.comments, r, |x| x.id).map(Record::Comment),
            Record::Participation(r) => by(&self.participations, r, |x| x.id).map(Record::Participation),
            Record::Coordination(r) => by(&self.coordinations, r, |x| x.id).map(Record::Coordination),
            Record::Handover(r) => by(&self.handovers, r, |x| x.id).map(Record::Handover),
            Record::Conversation(r) => by(&self.conversations, r, |x| x.id).map(Record::Conversation),
            Record::Question(r) => by(&self.questions, r, |x| x.id).map(Record::Question),
            Record::Effort(r) => by(&self.efforts, r, |x| x.id).map(Record::Effort),
            Record::Strength(r) => by(&self.strengths, r, |x| x.id).map(Record::Strength),
            Record::Rating(r) => by(&self.ratings, r, |x| x.id).map(Record::Rating),
            Record::Message(r) => by(&self.messages, r, |x| x.id).map(Record::Message),
            Record::Consent(r) => by(&self.consents, r, |x| x.id).map(Record::Consent),
        }
    }
}

/// Takes back the changes of one submission. Nothing is erased: a new record is taken back by a state that says so.
///
/// A change of coordinator and a closed plan are not undone here: each touches other people's days and has an act of its own. Nor is a conversation that
/// was written without having been booked, or a message that has been read.
pub(super) fn undo(c: &mut Changes<'_, '_>, changes: Vec<Change>) -> Result<(), Refusal> {
    if changes.is_empty() {
        return refuse("", Why::CannotUndo);
    }
    for change in changes.into_iter().rev() {
        let now = c.plan.find(&change.after);
        let Some(now) = now.filter(|now| now.rev() == change.after.rev()) else {
            return refuse("", Why::CannotUndo);
        };
        let today = c.today();
        let back = match (change.before, now.clone()) {
            (Some(Record::Coordination(_) | Record::Plan(_)), _) => return refuse("", Why::CannotUndo),
            // Taking something back never opens what has been closed: for that the citizen is asked anew.
            (Some(Record::Consent(before)), _) if before.status == ConsentStatus::Given => {
                return refuse("", Why::CannotUndo);
            }
            (Some(before), _) => before,
            (None, Record::Goal(g)) => Record::Goal(Goal {
                status: GoalStatus::Dropped,
                ended: Some(today),
                ..g
            }),
            (None, Record::Step(s)) => Record::Step(Step {
                status: StepStatus::Dropped,
                ended: Some(today),
                ..s
            }),
            (None, Record::Comment(r)) => Record::Comment(Comment { withdrawn: true, ..r }),
            (None, Record::Question(r)) => Record::Question(Question { withdrawn: true, ..r }),
            (None, Record::Effort(r)) => Record::Effort(Effort { withdrawn: true, ..r }),
            (None, Record::Message(r)) if !r.read => Record::Message(Message { withdrawn: true, ..r }),
            (None, Record::Strength(r)) => Record::Strength(Strength {
                ended: Some(today),
                ..r
            }),
            (None, Record::Rating(r)) => Record::Rating(Rating { withdrawn: true, ..r }),
            (None, Record::Participation(r)) => Record::Participation(Participation {
                until: Some(today.max(r.from)),
                ..r
            }),
            (None, Record::Consent(r)) => Record::Consent(Consent {
                status: ConsentStatus::Withdrawn,
                end: Some(Reply {
                    on: today,
                    by: c.ctx.actor.name.clone(),
                    how: How::Spoken,
                }),
                ..r
            }),
            (None, Record::Conversation(r)) if r.status == ConversationStatus::Booked => {
                Record::Conversation(Conversation {
                    status: ConversationStatus::Cancelled,
                    ..r
                })
            }
            (None, _) => return refuse("", Why::CannotUndo),
        };
        c.put(ActKind::Undone, Some(now), back, "");
    }
    // What was sound then may not be so now: a goal that has got sub-goals since cannot become a sub-goal again.
    let mut after = c.plan.clone();
    after.apply(&c.out);
    if after.check().is_err() {
        return refuse("", Why::CannotUndo);
    }
    Ok(())
}
