//! What the citizen agrees that other units may read. Most say yes when somebody from another unit joins; a few think about it, say no, or change their mind.

use tovholder_casework::access::{self, Action, Standing};
use tovholder_casework::act::*;
use tovholder_casework::consent::*;
use tovholder_casework::decide::*;
use tovholder_casework::id::*;

use super::{Event, Story, Who};

/// What the consent is for, by the kind of unit that joins.
fn purpose(unit: &str) -> &'static str {
    match unit {
        "benefits" => "At min ydelse og min plan passer sammen, så jeg ikke mangler noget",
        "youth" => "At min vejleder kan hjælpe mig med skole og arbejde på samme tid",
        "companies" => "At finde en arbejdsplads, der passer til mine mål",
        "substance_abuse" => "At min behandling og min plan følges ad",
        "social_psychiatry" => "At støtten derhjemme og vejen til arbejde trækker samme vej",
        "health" => "At det, jeg gør for mit helbred, passer til mine skridt",
        "family" => "At hjælpen til familien og min plan passer sammen",
        "integration" => "At dansk og arbejde kan følges ad",
        _ => "At de, der hjælper mig, arbejder mod de samme mål",
    }
}

impl Story<'_> {
    /// What is known of somebody when relations are found.
    pub(super) fn standing(&self, who: Who) -> Standing {
        let unit = match who {
            Who::Employee(employee) => {
                let employee = &self.world.employees[employee];
                Some(self.world.units[employee.unit].id)
            }
            Who::Citizen => None,
        };
        Standing {
            unit,
            ..Standing::default()
        }
    }

    /// Whether somebody may do this with the plan now.
    pub(super) fn may(&self, who: Who, action: Action) -> bool {
        let (actor, today) = (self.actor(who), self.world.calendar.date(self.now.day));
        let unit = Some(self.person.unit);
        let relation = access::relation(&self.plan, unit, &actor, &self.standing(who), today, 30);
        access::may(relation, action)
    }

    /// A number from 0 to 19 that is the plan's and the unit's own. Not from the citizen's random numbers, so that the rest of their story stays as it is.
    fn draw(&self, unit: usize) -> u128 {
        (self.plan.head.id.0.as_u128() + unit as u128 * 7) % 20
    }

    /// The coordinator asks for the unit of a colleague who has just joined, or whose consent ends soon, and the citizen answers there and then, or later.
    pub(super) fn consent(&mut self, unit: usize) -> Result<(), Refusal> {
        let (id, name, kind) = {
            let unit = &self.world.units[unit];
            (unit.id, unit.name.clone(), unit.kind)
        };
        let today = self.world.calendar.date(self.now.day);
        let of_unit = |p: &tovholder_casework::plan::Participation| {
            let employee = p.employee.and_then(|id| self.known(id));
            employee.is_some_and(|employee| self.world.employees[employee].unit == unit)
        };
        let needed = self.plan.team_on(today).any(of_unit);
        if id == self.person.unit || !needed {
            return Ok(());
        }
        let first = !self.plan.consents.iter().any(|c| c.unit == Some(id));
        let waits = self.plan.consents.iter().any(|c| c.unit == Some(id) && c.waits(today));
        if waits {
            return Ok(());
        }
        // The characters say yes to all of it: their pages are shown around.
        let draw = if self.cast.character.is_some() {
            7
        } else {
            self.draw(unit)
        };
        let some = [
            Information::Conversations,
            Information::Preconditions,
            Information::Strengths,
        ];
        let rules = self.world.rules.on(today);
        let months = rules.consent_limit().months;
        let ours = self.world.units.iter().find(|unit| unit.id == self.person.unit);
        let ask = ConsentInput {
            way: Way::Unit,
            unit: Some(id),
            party: name,
            ours: ours.map_or_else(String::new, |unit| unit.name.clone()),
            kinds: some.into_iter().take((draw % 4) as usize).collect(),
            purpose: purpose(kind).to_owned(),
            until: latest(today, months),
            version: rules.consent_text(Way::Unit).version,
            months,
        };
        let kept = self.rng.clone();
        let asked = self.perform(Who::Employee(self.lead()), Voice::Together, Intent::AskConsent(ask));
        let done = asked.and_then(|changes| self.answered(changes, draw, first, unit));
        *self.rng = kept;
        done
    }

    fn answered(&mut self, asked: Vec<Change>, draw: u128, first: bool, unit: usize) -> Result<(), Refusal> {
        let Some(Record::Consent(consent)) = asked.into_iter().next().map(|change| change.after) else {
            return Ok(());
        };
        let lately = self.world.calendar.today() - self.now.day < 45;
        let how = if draw.is_multiple_of(3) {
            How::Paper
        } else {
            How::Spoken
        };
        let answer = |yes| Intent::AnswerConsent {
            consent: consent.id,
            yes,
            how,
        };
        let lead = Who::Employee(self.lead());
        match draw {
            // Still thinking about it.
            4 | 11 if first && lately => return Ok(()),
            17 if first => {
                self.perform(lead, Voice::Together, answer(false))?;
                return Ok(());
            }
            _ => self.perform(lead, Voice::Together, answer(true))?,
        };
        if draw == 8 && first {
            let moment = self.office(self.now.day + 75);
            self.plan_for(moment, Event::Withdraw(consent.id));
        } else {
            // Before it ends, they are reminded, and it is asked for again.
            let ends = self.world.calendar.day(consent.until);
            let moment = self.office(ends - 9);
            self.plan_for(moment, Event::Consent(unit));
        }
        Ok(())
    }

    /// The citizen changes their mind, at home.
    pub(super) fn withdraw(&mut self, consent: ConsentId) -> Result<(), Refusal> {
        let today = self.world.calendar.date(self.now.day);
        if !self.plan.consents.iter().any(|c| c.id == consent && c.holds(today)) {
            return Ok(());
        }
        let kept = self.rng.clone();
        let intent = Intent::WithdrawConsent {
            consent,
            how: How::OwnPage,
        };
        let done = self.perform(Who::Citizen, Voice::Own, intent).map(drop);
        *self.rng = kept;
        done
    }
}
