//! Consents: what the citizen has agreed that others may know, on the citizen's own pages and on the employee's, and the page that stands in a plan's
//! place for those a consent does not reach.

pub mod ask;
pub mod list;
pub mod missing;
pub mod own;
pub mod show;
#[cfg(test)]
mod tests;
pub mod withdraw;

use jiff::civil::Date;
use tovholder_casework::access::{Reach, Relation};
use tovholder_casework::consent::*;
use tovholder_casework::id::*;
use tovholder_casework::rules::Label;

use crate::kit::lang::Lang;
use crate::kit::respond::Failure;
use crate::kit::visit::{Opened, Visit};
use crate::kit::words;

/// A consent as it is shown: in the words of the day it was asked for.
struct View {
    href: String,
    /// The other side.
    party: String,
    /// What it comes to, in a line.
    about: &'static str,
    /// What the citizen agrees to, as it is read.
    text: String,
    /// What a no means.
    refusal: String,
    /// What withdrawing means.
    ending: String,
    purpose: String,
    until: String,
    /// That it ends within the days of the rules; empty when it does not.
    soon: String,
    status: &'static str,
    /// Ending of the tag's class.
    kind: &'static str,
    /// What happened, oldest first.
    course: Vec<String>,
    /// Which text it was.
    version: String,
    waits: bool,
    holds: bool,
}

/// What stands on a line: who it is about, and which information.
fn kinds(visit: &Visit, asked: Date, kinds: &[Information]) -> String {
    let rules = visit.app.rules.on(asked);
    let all: Vec<&str> = kinds
        .iter()
        .map(|kind| words::rule(visit.t, &rules.consent_kind(*kind).label))
        .collect();
    all.join("; ")
}

fn view(visit: &Visit, consent: &Consent, base: &str) -> View {
    let (t, today, terms) = (visit.t, visit.today(), &consent.terms);
    // The text of the day it was asked for: a newer one does not change what was agreed.
    let text = visit.app.rules.on(consent.asked).consent_text(terms.way);
    let (what, until) = (kinds(visit, consent.asked, &terms.kinds), t.date(consent.until));
    // The sentence ends with a stop of its own.
    let purpose = terms.purpose.trim_end_matches('.');
    let places = [
        ("from", terms.from.as_str()),
        ("to", terms.to.as_str()),
        ("what", what.as_str()),
        ("purpose", purpose),
        ("until", until.as_str()),
    ];
    let read = |label: &Label| fill(words::rule(t, label), &places);
    let own = visit.user.citizen().is_some();
    let (status, kind) = status(t, consent, today);
    let limit = visit.rules().consent_limit();
    View {
        href: format!("{base}/{}", consent.id),
        party: terms.other_side().to_owned(),
        about: way(t, terms.way),
        text: read(&text.text),
        refusal: read(&text.refusal),
        ending: read(&text.ending),
        purpose: terms.purpose.clone(),
        soon: if consent.ends_soon(today, limit.remind_days) {
            t.relative_day(consent.until, today)
        } else {
            String::new()
        },
        until,
        status,
        kind,
        course: course(t, consent, own),
        version: t.consent_version(t.date(consent.asked), i64::from(terms.version)),
        waits: consent.waits(today),
        holds: consent.holds(today),
    }
}

/// What happened with it, oldest first; `own` when the citizen reads.
pub(crate) fn course(t: Lang, consent: &Consent, own: bool) -> Vec<String> {
    let mut course = vec![t.consent_asked_by(t.date(consent.asked), consent.terms.asked_by.as_str())];
    course.extend(consent.answer.as_ref().map(|said| answered(t, said, own)));
    course.extend(consent.end.as_ref().map(|end| {
        let (day, who) = (t.date(end.on), end.by.as_str());
        match consent.status {
            ConsentStatus::Replaced => t.consent_replaced_on(day),
            _ if end.how == How::OwnPage && own => t.consent_withdrawn_own(day),
            _ => t.consent_withdrawn_on(day, who),
        }
    }));
    course
}

fn answered(t: Lang, said: &Reply, own: bool) -> String {
    let (day, who) = (t.date(said.on), said.by.as_str());
    match said.how {
        How::OwnPage if own => t.consent_answered_you(day),
        How::OwnPage => t.consent_answered_own_page(day),
        How::Spoken => t.consent_answered_spoken(day, who),
        How::Paper => t.consent_answered_paper(day, who),
    }
}

fn status(t: Lang, consent: &Consent, today: Date) -> (&'static str, &'static str) {
    match consent.status {
        ConsentStatus::Asked if consent.waits(today) => (t.consent_status_asked(), "info"),
        ConsentStatus::Asked => (t.consent_status_unanswered(), "plain"),
        ConsentStatus::Given if consent.holds(today) => (t.consent_status_given(), "good"),
        ConsentStatus::Given => (t.consent_status_over(), "plain"),
        ConsentStatus::Declined => (t.consent_status_declined(), "plain"),
        ConsentStatus::Withdrawn if consent.answer.is_none() => (t.consent_status_taken_back(), "plain"),
        ConsentStatus::Withdrawn => (t.consent_status_withdrawn(), "plain"),
        ConsentStatus::Replaced => (t.consent_status_replaced(), "plain"),
    }
}

fn way(t: Lang, way: Way) -> &'static str {
    match way {
        Way::Unit => t.consent_way_unit(),
        Way::Give => t.consent_way_give(),
        Way::Gather => t.consent_way_gather(),
    }
}

/// The consents of a plan in three heaps: asked for, in force, and over. The newest first, of those in force the one that ends first.
fn heaps(visit: &Visit, case: &Opened, base: &str) -> [Vec<View>; 3] {
    let today = visit.today();
    let mut heaps: [Vec<&Consent>; 3] = Default::default();
    for consent in case.plan.consents.iter().rev() {
        let heap = match () {
            () if consent.waits(today) => 0,
            () if consent.holds(today) => 1,
            () => 2,
        };
        heaps[heap].push(consent);
    }
    heaps[1].sort_by_key(|consent| consent.until);
    heaps.map(|heap| heap.into_iter().map(|consent| view(visit, consent, base)).collect())
}

fn find(case: &Opened, id: ConsentId) -> Result<&Consent, Failure> {
    let found = case.plan.consents.iter().find(|consent| consent.id == id);
    found.ok_or(Failure::NotFound)
}

/// By which consent an employee of another unit reads the plan, and what it leaves out; none when nothing is left to say.
pub(crate) fn reads_by(visit: &Visit, case: &Opened) -> Option<String> {
    let (Reach::Consented { kinds: has, .. }, Relation::Participant) = (&case.reach, case.relation) else {
        return None;
    };
    let (t, today) = (visit.t, visit.today());
    let until = case
        .plan
        .consents
        .iter()
        .filter(|c| c.holds(today))
        .map(|c| c.until)
        .max()?;
    let left_out: Vec<Information> = Information::ALL
        .iter()
        .copied()
        .filter(|kind| kind.is_in_plan() && !has.contains(kind))
        .collect();
    let short = |kind: &Information| part(t, *kind);
    Some(if left_out.is_empty() {
        t.consent_reads_all(t.date(until))
    } else {
        let names: Vec<&str> = left_out.iter().map(short).collect();
        t.consent_reads_part(t.date(until), names.join(", "))
    })
}

/// A part of the plan in an employee's words.
fn part(t: Lang, kind: Information) -> &'static str {
    match kind {
        Information::Conversations => t.consent_part_conversations(),
        Information::Preconditions => t.consent_part_preconditions(),
        Information::Strengths => t.consent_part_strengths(),
        _ => t.consent_part_plan(),
    }
}
