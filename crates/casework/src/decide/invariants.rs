//! What must always be true of a plan.

use crate::consent::{Consent, ConsentStatus};
use crate::plan::*;
use jiff::civil::Date;

/// An invariant that does not hold, in words for a developer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken(pub String);

impl Plan {
    /// Checks everything that must be true of a plan (design §2).
    ///
    /// # Errors
    /// The first invariant that is broken.
    pub fn check(&self) -> Result<(), Broken> {
        self.check_coordinators()?;
        let fail = |what: String| Err(Broken(what));
        if self.head.closed.is_some() != self.head.balance.is_some() {
            return fail("a closed plan has a balance and an open one has none".into());
        }
        for goal in &self.goals {
            if let Some(parent) = goal.parent {
                match self.goal(parent) {
                    None => return fail(format!("goal {} has a parent outside the plan", goal.id)),
                    Some(above) if above.parent.is_some() => return fail(format!("goal {} nests two deep", goal.id)),
                    Some(_) => {}
                }
            }
            if (goal.status == GoalStatus::Open) != goal.ended.is_none() {
                return fail(format!("goal {} is open with an end, or ended without one", goal.id));
            }
            if goal.words.trim().is_empty() {
                return fail(format!("goal {} has no words", goal.id));
            }
        }
        for step in &self.steps {
            if (step.status == StepStatus::Open) != step.ended.is_none() {
                return fail(format!("step {} is open with an end, or ended without one", step.id));
            }
            if step.goal.is_some_and(|goal| self.goal(goal).is_none()) {
                return fail(format!("step {} leads to a goal outside the plan", step.id));
            }
            if (step.holder.kind == PersonKind::Employee) != step.holder.employee.is_some() {
                return fail(format!("step {} has no single holder", step.id));
            }
            if !self.is_open() && step.status == StepStatus::Open {
                return fail(format!("step {} is open in a closed plan", step.id));
            }
        }
        for person in &self.participations {
            if person.until.is_some_and(|until| until < person.from) {
                return fail(format!("participation {} ends before it starts", person.id));
            }
        }
        for effort in &self.efforts {
            if effort.until.is_some_and(|until| until < effort.from) {
                return fail(format!("effort {} ends before it starts", effort.id));
            }
            if effort.hours.windows(2).any(|pair| pair[0].from >= pair[1].from) {
                return fail(format!("effort {} has hours out of order", effort.id));
            }
            if effort.hours.iter().any(|h| h.paid > h.hours) {
                return fail(format!("effort {} has more paid hours than hours", effort.id));
            }
        }
        for consent in &self.consents {
            let twice = |other: &&Consent| {
                consent.unit.is_some() && other.unit == consent.unit && other.status == ConsentStatus::Given
            };
            if consent.status == ConsentStatus::Given && self.consents.iter().filter(twice).count() > 1 {
                return fail(format!("consent {} is one of two for the same unit", consent.id));
            }
            let ended = matches!(consent.status, ConsentStatus::Withdrawn | ConsentStatus::Replaced);
            if ended != consent.end.is_some() {
                return fail(format!(
                    "consent {} has an end it should not have, or lacks one",
                    consent.id
                ));
            }
            if matches!(consent.status, ConsentStatus::Given | ConsentStatus::Declined)
                != (consent.answer.is_some() && !ended)
            {
                return fail(format!("consent {} stands answered without an answer", consent.id));
            }
        }
        Ok(())
    }

    /// Invariant 1: the coordinators' periods tile the plan's life without gap or overlap.
    fn check_coordinators(&self) -> Result<(), Broken> {
        let mut expected: Option<Date> = Some(self.head.opened);
        for period in &self.coordinations {
            match expected {
                None => return Err(Broken(format!("coordination {} follows one without end", period.id))),
                Some(day) if day != period.from => {
                    return Err(Broken(format!(
                        "coordination {} starts {} instead of {day}",
                        period.id, period.from
                    )));
                }
                Some(_) => {}
            }
            if period.until.is_some_and(|until| until < period.from) {
                return Err(Broken(format!("coordination {} ends before it starts", period.id)));
            }
            expected = period
                .until
                .map(|until| until.saturating_add(jiff::Span::new().days(1)));
        }
        let end = self
            .head
            .closed
            .map(|closed| closed.saturating_add(jiff::Span::new().days(1)));
        if expected == end {
            Ok(())
        } else {
            Err(Broken(format!(
                "the coordinators' periods end before {expected:?}, the plan before {end:?}"
            )))
        }
    }
}
