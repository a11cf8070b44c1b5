//! The people around the plan: who joins, the change of coordinator, and the close.

use tovholder_casework::act::*;
use tovholder_casework::decide::*;
use tovholder_casework::id::*;
use tovholder_casework::plan::*;

use super::{Event, Story, Who};
use crate::demo::calendar::Day;
use crate::demo::cast::Period;
use crate::demo::chance::{between, chance, pick};
use crate::demo::texts::{self, CoreTask as TextTask, places::ASSOCIATIONS};

/// Who joins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Guest {
    /// A colleague from a unit, a number of the world's.
    Colleague(usize),
    /// A friend or relative.
    Friend,
    /// A volunteer.
    Volunteer,
}

impl Story<'_> {
    /// Puts on the agenda who joins when.
    pub(super) fn invite(&mut self, end: Day) {
        let life = end - self.cast.opened;
        let own = self.world.employees[self.cast.coordinators[0].who].unit;
        let mut units: Vec<usize> = self
            .persona
            .other_units
            .iter()
            .map(|key| self.world.unit(key))
            .collect();
        if self.cast.joint {
            // Several units: at least two beside the coordinator's.
            for key in ["sundhed", "ydelse", "virksomhed"] {
                let unit = self.world.unit(key);
                if units.len() < 2 && !units.contains(&unit) {
                    units.push(unit);
                }
            }
            units.truncate(3);
        } else {
            let one = self.persona.core_task == TextTask::Work && chance(self.rng, 0.3);
            units.truncate(usize::from(one));
        }
        units.retain(|unit| *unit != own);
        let often = if self.cast.character.is_some() { 1.0 } else { 0.15 };
        let mut guests: Vec<Guest> = units.into_iter().map(Guest::Colleague).collect();
        if chance(self.rng, often) {
            guests.push(Guest::Friend);
        }
        if chance(self.rng, often / 3.0) {
            guests.push(Guest::Volunteer);
        }
        for (n, guest) in guests.into_iter().enumerate() {
            let n = i32::try_from(n).unwrap_or(0);
            let wait = between(self.rng, 1, 12 + n * 20).min((life - 2).max(1));
            let moment = self.office(self.cast.opened + wait);
            if moment.day < end {
                self.plan_for(moment, Event::Join(guest));
            }
        }
    }

    pub(super) fn join(&mut self, guest: Guest) -> Result<(), Refusal> {
        let from = self.world.calendar.date(self.now.day);
        let slot = |story: &Self, slot| story.slots.get(slot).unwrap_or("?").to_owned();
        let named = |kind, name, role: &str, organisation: &str| PersonInput {
            kind,
            employee: None,
            name,
            role: role.to_owned(),
            organisation: organisation.to_owned(),
            phone: String::new(),
            from,
        };
        let (input, colleague) = match guest {
            Guest::Friend => (named(PersonKind::Relative, slot(self, "ven"), "Pårørende", ""), None),
            Guest::Volunteer => {
                let association = pick(self.rng, ASSOCIATIONS).copied().unwrap_or_default();
                let mentor = slot(self, "mentor");
                (named(PersonKind::Volunteer, mentor, "Frivillig", association), None)
            }
            Guest::Colleague(unit) => {
                let specialists = &self.world.units[unit].specialists;
                let Some(who) = pick(self.rng, specialists).copied() else {
                    return Ok(());
                };
                let employee = &self.world.employees[who];
                let input = PersonInput {
                    kind: PersonKind::Employee,
                    employee: Some(employee.id),
                    name: employee.name.clone(),
                    role: employee.title.clone(),
                    organisation: self.world.units[unit].name.clone(),
                    phone: employee.phone.clone(),
                    from,
                };
                (input, Some(who))
            }
        };
        if input.employee.is_some() && self.plan.participations.iter().any(|p| p.employee == input.employee) {
            return Ok(());
        }
        let changes = self.perform(Who::Employee(self.lead()), Voice::Together, Intent::Join(input))?;
        let Some(who) = colleague else { return Ok(()) };
        self.consent(self.world.employees[who].unit)?;
        let soon = between(self.rng, 0, 4);
        let look = self.office(self.now.day + soon);
        self.plan_for(look, Event::Look(Who::Employee(who), PageKey::Plan));
        if let Some(Record::Participation(part)) = changes.into_iter().next().map(|c| c.after) {
            // Some are there for a while only: the fewest possible professionals at a time.
            if self.cast.character.is_none() && chance(self.rng, 0.35) {
                let wait = between(self.rng, 60, 260);
                let moment = self.office(self.now.day + wait);
                self.plan_for(moment, Event::Leave(part.id));
            } else if chance(self.rng, 0.6) {
                let wait = between(self.rng, 20, 200);
                let moment = self.office(self.now.day + wait);
                self.plan_for(moment, Event::Look(Who::Employee(who), PageKey::Plan));
            }
        }
        Ok(())
    }

    pub(super) fn leave(&mut self, id: ParticipationId) -> Result<(), Refusal> {
        let part = self
            .plan
            .participations
            .iter()
            .find(|p| p.id == id && p.until.is_none());
        let Some(part) = part else { return Ok(()) };
        let (rev, employee) = (part.rev, part.employee);
        // Nobody leaves with a ball in the hand: the coordinator takes over what was promised.
        self.take_steps_of(employee)?;
        let intent = Intent::Leave {
            participation: id,
            rev,
            until: self.world.calendar.date(self.now.day),
        };
        self.perform(Who::Employee(self.lead()), Voice::Together, intent)
            .map(drop)
    }

    /// The coordinator takes over the open steps of an employee.
    fn take_steps_of(&mut self, employee: Option<EmployeeId>) -> Result<(), Refusal> {
        let lead = self.lead();
        let (id, name) = (self.world.employees[lead].id, self.world.employees[lead].name.clone());
        let open = self.plan.steps.iter().filter(|s| s.status == StepStatus::Open);
        let held: Vec<Step> = open
            .filter(|s| employee.is_some() && s.holder.employee == employee)
            .cloned()
            .collect();
        for step in held {
            let input = StepInput {
                goal: step.goal,
                title: step.title,
                holder: Holder::employee(id, name.clone()),
                due: step.due,
                role: step.role,
            };
            let intent = Intent::ChangeStep {
                step: step.id,
                rev: step.rev,
                input,
            };
            self.perform(Who::Employee(lead), Voice::Own, intent)?;
        }
        Ok(())
    }

    /// The coordinator agrees with the citizen who takes over, and writes the handover page with them.
    pub(super) fn transfer(&mut self, to: Period) -> Result<(), Refusal> {
        let (reason, text) = to.why;
        let note = self.say(text);
        let pages = texts::fill::some(self.persona.handover, 3, self.rng);
        let lines: Vec<String> = pages.iter().map(|line| self.say(line)).collect();
        let who = &self.world.employees[to.who];
        let intent = Intent::Transfer {
            to: who.id,
            name: who.name.clone(),
            from: self.world.calendar.date(to.from),
            reason,
            note,
            handover: lines.join("\n"),
        };
        self.perform(Who::Employee(self.lead()), Voice::Together, intent)
            .map(drop)
    }

    /// The new coordinator's first morning: reads the handover page, takes over what the former held and the conversation that is booked.
    pub(super) fn take_over(&mut self, n: usize) -> Result<(), Refusal> {
        let who = self.cast.coordinators[n].who;
        let former = self.world.employees[self.cast.coordinators[n - 1].who].id;
        let first = self.world.employees[who].first.clone();
        self.slots.set("medarbejder", &first);
        self.look(Who::Employee(who), PageKey::Handover);
        self.now.minute += 4;
        self.look(Who::Employee(who), PageKey::Plan);
        self.now.minute += 3;
        self.take_steps_of(Some(former))?;
        let booked = self
            .plan
            .conversations
            .iter()
            .filter(|c| c.status == ConversationStatus::Booked);
        let booked: Vec<Conversation> = booked.filter(|c| c.employee == former).cloned().collect();
        for talk in booked {
            let (employee, unit) = (
                &self.world.employees[who],
                &self.world.units[self.world.employees[who].unit],
            );
            let to = Booking {
                employee: employee.id,
                name: employee.name.clone(),
                starts: talk.starts,
                minutes: talk.minutes,
                channel: talk.channel,
                place: match talk.channel {
                    Channel::Meeting => format!("{}, {}", unit.name, unit.address),
                    _ => talk.place,
                },
            };
            if to.starts <= self.world.calendar.time(self.now) {
                continue;
            }
            let intent = Intent::MoveConversation {
                conversation: talk.id,
                rev: talk.rev,
                to,
            };
            self.perform(Who::Employee(who), Voice::Own, intent)?;
        }
        if self.cast.character.is_some() || chance(self.rng, 0.2) {
            let wait = between(self.rng, 0, 4);
            let evening = self.evening(self.now.day + wait);
            self.plan_for(evening, Event::CorrectHandover);
        }
        Ok(())
    }

    /// Now and then the citizen reads the page too, and adds a line.
    pub(super) fn correct_handover(&mut self) -> Result<(), Refusal> {
        let Some(page) = self.plan.handovers.last().cloned() else {
            return Ok(());
        };
        let line = self.say_one(self.persona.handover);
        if page.text.contains(&line) {
            return Ok(());
        }
        self.look(Who::Citizen, PageKey::Handover);
        self.now.minute += 1;
        let intent = Intent::WriteHandover {
            handover: page.id,
            rev: page.rev,
            text: format!("{}\n{line}", page.text),
        };
        self.perform(Who::Citizen, Voice::Own, intent).map(drop)
    }

    /// The last conversation: what was reached, what helped, what remains.
    pub(super) fn close(&mut self) -> Result<(), Refusal> {
        let balance = Balance {
            reached: self.say_one(self.persona.reached),
            helped: self.say_one(self.persona.helped),
            remains: self.say_one(self.persona.remains),
        };
        let open = self
            .plan
            .goals
            .iter()
            .filter(|g| g.status == GoalStatus::Open)
            .map(|g| g.id);
        let open: Vec<GoalId> = open.collect();
        let reached = open.into_iter().filter(|_| chance(self.rng, 0.7)).collect();
        let intent = Intent::Close {
            rev: self.plan.head.rev,
            on: self.world.calendar.date(self.now.day),
            balance,
            reached,
        };
        self.perform(Who::Employee(self.lead()), Voice::Together, intent)
            .map(drop)
    }
}
