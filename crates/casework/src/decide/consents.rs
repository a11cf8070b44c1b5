//! Asking for a consent, answering it, withdrawing it.

use super::*;
use crate::consent::*;

/// The day a consent asked for today may last to at most.
#[must_use]
pub fn latest(today: Date, months: u32) -> Date {
    today.saturating_add(jiff::Span::new().months(i64::from(months)))
}

pub(super) fn ask(c: &mut Changes<'_, '_>, input: ConsentInput) -> Result<(), Refusal> {
    let Some(asked_by) = c.ctx.actor.employee() else {
        return refuse("", Why::NotAllowed);
    };
    if input.kinds.iter().any(|kind| !input.way.concerns(*kind)) {
        return refuse("kinds", Why::NotFound);
    }
    let mut kinds = input.kinds;
    if input.way == Way::Unit {
        kinds.push(Information::Plan);
    }
    kinds.sort();
    kinds.dedup();
    if kinds.is_empty() {
        return refuse("kinds", Why::Required);
    }
    let unit = match (input.way, input.unit) {
        (Way::Unit, None) => return refuse("party", Why::Required),
        (Way::Unit, unit) => unit,
        _ => None,
    };
    let ours = text("ours", &input.ours, 140)?;
    let party = text("party", &input.party, 140)?;
    let purpose = text("purpose", &input.purpose, 500)?;
    if purpose.chars().count() < 10 {
        return refuse("purpose", Why::TooShort(10));
    }
    for (field, typed) in [("party", &party), ("purpose", &purpose)] {
        if crate::cpr::stands_in(typed) {
            return refuse(field, Why::HasCpr);
        }
    }
    let today = c.today();
    if input.until < today {
        return refuse("until", Why::NotBefore(today));
    }
    let latest = latest(today, input.months);
    if input.until > latest {
        return refuse("until", Why::NotAfter(latest));
    }
    let (from, to) = match input.way {
        Way::Unit | Way::Give => (ours, party),
        Way::Gather => (party, ours),
    };
    let consent = Consent {
        id: c.id(),
        plan: c.plan.head.id,
        unit,
        asked_by,
        asked: today,
        until: input.until,
        status: ConsentStatus::Asked,
        terms: Terms {
            way: input.way,
            from,
            to,
            kinds,
            purpose,
            version: input.version,
            asked_by: c.ctx.actor.name.clone(),
        },
        answer: None,
        end: None,
        rev: 1,
    };
    c.add(ActKind::ConsentAsked, Record::Consent(consent));
    Ok(())
}

fn find(c: &Changes<'_, '_>, id: ConsentId) -> Result<Consent, Refusal> {
    let found = c.plan.consents.iter().find(|consent| consent.id == id).cloned();
    found.ok_or(Refusal {
        field: "consent",
        why: Why::NotFound,
    })
}

/// How it was said: the citizen says it on their own page, an employee enters what was said or signed.
fn reply(c: &Changes<'_, '_>, how: How) -> Result<Reply, Refusal> {
    let citizen = c.ctx.relation == Relation::Citizen;
    if citizen != (how == How::OwnPage) {
        return refuse("how", Why::NotAllowed);
    }
    Ok(Reply {
        on: c.today(),
        by: c.ctx.actor.name.clone(),
        how,
    })
}

fn change(c: &mut Changes<'_, '_>, kind: ActKind, now: Consent, after: Consent) {
    c.put(kind, Some(Record::Consent(now)), Record::Consent(after), "");
}

pub(super) fn answer(c: &mut Changes<'_, '_>, id: ConsentId, yes: bool, how: How) -> Result<(), Refusal> {
    let now = find(c, id)?;
    let reply = reply(c, how)?;
    if !now.waits(reply.on) {
        return refuse("", Why::Changed);
    }
    // A unit reads by one consent at a time, so that withdrawing it closes the plan.
    if let (true, Some(unit)) = (yes, now.unit) {
        let same = |old: &&Consent| old.unit == Some(unit) && old.status == ConsentStatus::Given;
        for old in c.plan.consents.iter().filter(same) {
            let after = Consent {
                status: ConsentStatus::Replaced,
                end: Some(reply.clone()),
                ..old.clone()
            };
            change(c, ActKind::ConsentReplaced, old.clone(), after);
        }
    }
    let (kind, status) = if yes {
        (ActKind::ConsentGiven, ConsentStatus::Given)
    } else {
        (ActKind::ConsentDeclined, ConsentStatus::Declined)
    };
    let after = Consent {
        status,
        answer: Some(reply),
        ..now.clone()
    };
    change(c, kind, now, after);
    Ok(())
}

pub(super) fn withdraw(c: &mut Changes<'_, '_>, id: ConsentId, how: How) -> Result<(), Refusal> {
    let now = find(c, id)?;
    let reply = reply(c, how)?;
    if !matches!(now.status, ConsentStatus::Asked | ConsentStatus::Given) {
        return refuse("", Why::Changed);
    }
    let after = Consent {
        status: ConsentStatus::Withdrawn,
        end: Some(reply),
        ..now.clone()
    };
    change(c, ActKind::ConsentWithdrawn, now, after);
    Ok(())
}
