//! A record in words: each part with a label, so that before and after can stand beside each other.

use tovholder_casework::act::Record;
use tovholder_casework::id::*;
use tovholder_casework::plan::*;
use tovholder_casework::rules::{Label, RulesOn};

use crate::kit::lang::Lang;
use crate::kit::words;
use crate::rights::words as rights;

/// One part of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// What it is called.
    pub label: &'static str,
    /// In words; empty when there is nothing.
    pub value: String,
    /// Goes without saying when the record is new, such as that an agreed step is open.
    pub quiet: bool,
}

/// What is needed to put a record into words.
pub struct Reader<'a> {
    /// The language.
    pub t: Lang,
    /// The plan, for the goals that steps point at.
    pub plan: &'a Plan,
    /// The rules, for the names of efforts and roles.
    pub rules: RulesOn<'a>,
    /// The citizen reads about themselves.
    pub own: bool,
    /// The citizen is protected today.
    pub veiled: bool,
    /// What the citizen is called here: *dig* on the citizen's own pages.
    pub citizen: &'a str,
}

/// The plan a record belongs to; none for the citizen's particulars.
#[must_use]
pub fn plan_of(record: &Record) -> Option<PlanId> {
    match record {
        Record::Citizen(_) | Record::Emergency(_) | Record::Correction(_) | Record::Hold(_) => None,
        Record::ClosedNote(r) => Some(r.plan),
        Record::Consent(r) => Some(r.plan),
        Record::Plan(r) => Some(r.id),
        Record::Goal(r) => Some(r.plan),
        Record::Step(r) => Some(r.plan),
        Record::Comment(r) => Some(r.plan),
        Record::Participation(r) => Some(r.plan),
        Record::Coordination(r) => Some(r.plan),
        Record::Handover(r) => Some(r.plan),
        Record::Conversation(r) => Some(r.plan),
        Record::Question(r) => Some(r.plan),
        Record::Effort(r) => Some(r.plan),
        Record::Strength(r) => Some(r.plan),
        Record::Rating(r) => Some(r.plan),
        Record::Message(r) => Some(r.plan),
    }
}

impl Reader<'_> {
    /// The record's parts; the first is what it is called.
    #[must_use]
    pub fn fields(&self, record: &Record) -> Vec<Field> {
        let t = self.t;
        let mut all = Vec::new();
        let mut say = |label: &'static str, value: String| {
            all.push(Field {
                label,
                value,
                quiet: false,
            })
        };
        match record {
            Record::Citizen(r) => {
                // Where a protected citizen lives or lived, before or after it was protected, is for the citizen alone.
                let hidden = self.veiled || r.protected;
                let shown = |text: &str| {
                    if hidden && !self.own {
                        String::new()
                    } else {
                        text.to_owned()
                    }
                };
                say(t.common_name(), r.name.clone());
                say(t.common_phone(), shown(&r.phone));
                say(t.common_email(), shown(&r.email));
                say(
                    t.common_address(),
                    shown(format!("{} {}", r.address, r.postcode).trim()),
                );
                all.push(quiet(t.acc_protected(), self.yes(r.protected)));
                let mut say = |label: &'static str, value: String| {
                    all.push(Field {
                        label,
                        value,
                        quiet: false,
                    })
                };
                say(t.record_wishes(), r.wishes.clone());
            }
            Record::Plan(r) => {
                let balance = |part: fn(&Balance) -> &String| r.balance.as_ref().map(part).cloned().unwrap_or_default();
                say(t.record_core_task(), words::core_task(t, r.core_task).to_owned());
                say(t.record_opened(), t.date(r.opened));
                say(t.record_closed(), self.day(r.closed));
                say(t.record_reached(), balance(|b| &b.reached));
                say(t.record_helped(), balance(|b| &b.helped));
                say(t.record_remains(), balance(|b| &b.remains));
            }
            Record::Goal(r) => {
                say(t.record_goal(), r.words.clone());
                say(t.record_professional(), r.professional.clone());
                say(t.record_aim(), words::aim(t, r.aim).to_owned());
                say(t.record_part_of(), self.goal(r.parent));
                all.push(quiet(t.record_status(), words::goal_status(t, r.status)));
            }
            Record::Step(r) => {
                say(t.record_step(), r.title.clone());
                say(t.record_holder(), self.holder(&r.holder));
                say(t.record_due(), self.day(r.due));
                say(
                    t.record_step_role(),
                    r.role.map_or("", |role| words::step_role(t, role)).to_owned(),
                );
                say(t.record_towards(), self.goal(r.goal));
                all.push(quiet(t.record_status(), words::step_status(t, r.status)));
            }
            Record::Comment(r) => {
                say(t.record_remark(), r.text.clone());
                say(t.record_about(), self.about(r));
                all.push(quiet(t.record_withdrawn(), self.yes(r.withdrawn)));
            }
            Record::Participation(r) => {
                say(t.common_name(), r.name.clone());
                say(t.common_role(), self.role(&r.role));
                say(t.record_organisation(), r.organisation.clone());
                say(t.common_phone(), r.phone.clone());
                say(t.common_from(), t.date(r.from));
                say(t.common_until(), self.day(r.until));
            }
            Record::Coordination(r) => {
                say(t.list_coordinator(), r.name.clone());
                say(t.common_from(), t.date(r.from));
                say(t.common_until(), self.day(r.until));
                say(
                    t.common_reason(),
                    r.reason.map_or("", |why| words::transfer_reason(t, why)).to_owned(),
                );
                say(t.common_note(), r.note.clone());
            }
            Record::Handover(r) => say(t.record_handover(), r.text.clone()),
            Record::Conversation(r) => {
                say(t.record_when(), t.datetime_full(r.starts));
                say(t.record_with(), r.name.clone());
                let channel = match r.channel {
                    Channel::Home if self.own => t.my_channel_home(),
                    channel => words::channel(t, channel),
                };
                say(t.record_channel(), channel.to_owned());
                say(t.record_place(), r.place.clone());
                say(t.record_note(), r.note.clone());
                all.push(quiet(t.record_status(), words::conversation_status(t, r.status)));
            }
            Record::Question(r) => {
                say(t.record_question(), r.text.clone());
                all.push(quiet(t.record_withdrawn(), self.yes(r.withdrawn)));
            }
            Record::Effort(r) => {
                let kind = self
                    .rules
                    .effort(&r.kind)
                    .map_or_else(|| r.kind.clone(), |kind| self.label(&kind.label));
                say(t.record_effort(), r.title.clone());
                say(t.record_kind(), kind);
                say(t.record_provider(), r.provider.clone());
                say(t.common_from(), t.date(r.from));
                say(t.common_until(), self.day(r.until));
                say(t.record_hours(), self.hours(&r.hours));
                all.push(quiet(t.record_withdrawn(), self.yes(r.withdrawn)));
            }
            Record::Strength(r) => {
                say(words::strength_kind(t, r.kind), r.text.clone());
                say(t.record_no_longer(), self.day(r.ended));
            }
            Record::Rating(r) => {
                let anchor = words::precondition_anchors(t, r.precondition)
                    .get(usize::from(r.value).wrapping_sub(1))
                    .copied()
                    .unwrap_or_default();
                say(
                    words::rater(t, r.rater),
                    words::precondition(t, r.precondition).to_owned(),
                );
                say(t.record_answer(), format!("{} – {anchor}", r.value));
                say(t.common_note(), r.note.clone());
                all.push(quiet(t.record_withdrawn(), self.yes(r.withdrawn)));
            }
            Record::Consent(r) => {
                let about = r
                    .terms
                    .kinds
                    .iter()
                    .map(|kind| self.label(&self.rules.consent_kind(*kind).label));
                say(t.record_consent(), r.terms.other_side().to_owned());
                say(t.record_consent_about(), about.collect::<Vec<_>>().join("; "));
                say(t.record_consent_purpose(), r.terms.purpose.clone());
                say(t.common_until(), t.date(r.until));
            }
            // That the unit wrote, not what.
            Record::ClosedNote(r) => say(t.record_closed_note(), r.unit_name.clone()),
            Record::Hold(r) => {
                say(t.common_reason(), r.reason.clone());
                say(t.common_until(), self.day(r.until));
                say(t.record_placed_by(), r.placed_by.clone());
                say(t.record_lifted_by(), r.lifted_by.clone());
            }
            Record::Correction(r) => {
                let wish = rights::wish(t, r.wish);
                say(t.record_said(), r.words.clone());
                say(
                    t.record_about(),
                    t.rights_about_heading(rights::about(t, r.about), wish),
                );
                say(
                    t.rights_outcome(),
                    r.outcome.map_or("", |came| rights::outcome(t, came)).to_owned(),
                );
                say(t.record_answer(), r.answer.clone());
                say(t.record_answered_by(), r.answered_by.clone());
            }
            Record::Emergency(r) => {
                say(t.record_emergency(), r.name.clone());
                say(t.record_organisation(), r.unit.clone());
                say(t.common_reason(), r.reason.clone());
                say(t.common_until(), t.instant(r.until));
                say(t.record_seen_by(), r.seen_by.clone());
                say(t.record_remark(), r.remark.clone());
            }
            Record::Message(r) => {
                say(t.record_message(), r.text.clone());
                let to = r.answers.and_then(|id| self.plan.message(id));
                say(
                    t.record_answer_to(),
                    to.map_or_else(String::new, |message| message.text.clone()),
                );
                all.push(quiet(t.record_withdrawn(), self.yes(r.withdrawn)));
            }
        }
        all
    }

    fn day(&self, day: Option<jiff::civil::Date>) -> String {
        day.map_or_else(String::new, |day| self.t.date(day))
    }
    fn yes(&self, yes: bool) -> &'static str {
        if yes { self.t.common_yes() } else { self.t.common_no() }
    }
    fn label(&self, label: &Label) -> String {
        match self.t {
            Lang::Da => label.da.clone(),
            Lang::En => label.en.clone(),
        }
    }
    fn role(&self, role: &str) -> String {
        self.rules
            .role(role)
            .map_or_else(|| role.to_owned(), |found| self.label(&found.label))
    }
    fn goal(&self, goal: Option<GoalId>) -> String {
        goal.and_then(|id| self.plan.goal(id))
            .map_or_else(String::new, |goal| goal.words.clone())
    }
    fn about(&self, comment: &Comment) -> String {
        let step = comment
            .step
            .and_then(|id| self.plan.step(id))
            .map(|step| step.title.clone());
        step.unwrap_or_else(|| self.goal(comment.goal))
    }
    fn holder(&self, holder: &Holder) -> String {
        match holder.kind {
            PersonKind::Citizen => self.citizen.to_owned(),
            kind if holder.name.is_empty() => words::person_kind(self.t, kind).to_owned(),
            _ => holder.name.clone(),
        }
    }
    fn hours(&self, series: &[Hours]) -> String {
        let t = self.t;
        let one = |h: &Hours| t.record_hours_from(t.date(h.from), t.hours(h.hours), t.number(h.paid));
        series.iter().map(one).collect::<Vec<_>>().join("; ")
    }
}

fn quiet(label: &'static str, value: &str) -> Field {
    Field {
        label,
        value: value.to_owned(),
        quiet: true,
    }
}

/// A part that is new, or was something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What it is called.
    pub label: &'static str,
    /// As it was; none when the record is new.
    pub old: Option<String>,
    /// As it became; may be empty.
    pub new: String,
    /// Whether the two need room beside each other.
    pub long: bool,
}

/// What is new in `after`, besides the record's name when the whole record is new.
#[must_use]
pub fn differences(before: Option<&[Field]>, after: &[Field]) -> Vec<Difference> {
    let long = |text: &str| text.chars().count() > 60 || text.contains('\n');
    match before {
        None => after
            .iter()
            .skip(1)
            .filter(|field| !field.quiet && !field.value.is_empty())
            .map(|field| Difference {
                label: field.label,
                old: None,
                new: field.value.clone(),
                long: long(&field.value),
            })
            .collect(),
        Some(before) => before
            .iter()
            .zip(after)
            .filter(|(was, is)| was.value != is.value)
            .map(|(was, is)| Difference {
                label: is.label,
                old: Some(was.value.clone()),
                new: is.value.clone(),
                long: long(&was.value) || long(&is.value),
            })
            .collect(),
    }
}
