//! What happens between conversations: steps are taken, questions come up, messages are read, and how far one has come is thought over.

use tovholder_casework::access::Action;
use tovholder_casework::act::*;
use tovholder_casework::decide::*;
use tovholder_casework::id::*;
use tovholder_casework::plan::*;

use super::{Event, Story, Who};
use crate::demo::calendar::Day;
use crate::demo::chance::{between, chance, pick};
use crate::demo::texts::progression::PRECONDITIONS;
use crate::demo::texts::{messages, persona};

/// Days between two rounds of the progression view.
const ROUND: Day = 84;

impl Story<'_> {
    /// The steps agreed at a conversation, with what may be said of each when it is done. `last` is the last conversation before today, whose steps decide
    /// what waits now.
    pub(super) fn new_steps(&mut self, goal: Option<GoalId>, last: bool) -> Vec<(StepInput, Option<&'static str>)> {
        self.last_talk = last;
        let many = match self.held {
            0 => between(self.rng, 1, 2),
            _ => between(self.rng, 0, 2),
        };
        let many = match (last, self.cast.character) {
            // The pages of the people placed by hand show steps of several holders.
            (true, Some(_)) => 3,
            (true, None) => many.max(1),
            (false, _) => many,
        };
        let mut steps: Vec<_> = (0..many).map(|n| self.new_step(goal, last && n == 0)).collect();
        if let Some((title, days)) = self.cast.character.and_then(|c| c.step).filter(|_| last) {
            let due = self.world.calendar.date(self.world.calendar.today() + days);
            steps.push((
                StepInput {
                    goal,
                    title: title.to_owned(),
                    holder: Holder::citizen(),
                    due: Some(due),
                    role: None,
                },
                None,
            ));
        }
        steps
    }

    fn new_step(&mut self, goal: Option<GoalId>, decides: bool) -> (StepInput, Option<&'static str>) {
        let texts = self.persona.steps;
        let text = &texts[self.steps % texts.len()];
        self.steps += 1;
        let title = self.say(text.title);
        let days = i32::from(text.days) + between(self.rng, -2, 6);
        let (today, now) = (self.world.calendar.today(), self.now.day);
        let calendar = &self.world.calendar;
        let due = if decides && self.cast.overdue && now < today - 1 {
            between(self.rng, (now + 3).min(today - 1), today - 1)
        } else if self.cast.character.is_some() && self.last_talk {
            calendar.open_from(today + between(self.rng, 4, 16))
        } else {
            calendar.open_from(now + days.max(2))
        };
        let holder = self.holder(text.who);
        let role = match (text.who, between(self.rng, 0, 9)) {
            (persona::Who::Employee, 0..3) => Some(StepRole::Translator),
            (persona::Who::Employee, 3..6) => Some(StepRole::ResourceFinder),
            (_, 6..8) => Some(StepRole::CoBuilder),
            _ => None,
        };
        let input = StepInput {
            goal,
            title,
            holder,
            due: Some(self.world.calendar.date(due)),
            role,
        };
        (input, chance(self.rng, 0.35).then_some(text.comment))
    }

    fn holder(&mut self, who: persona::Who) -> Holder {
        let named = |story: &Self, kind, slot: &str| Holder::named(kind, story.slots.get(slot).unwrap_or("?"));
        match who {
            persona::Who::Citizen => Holder::citizen(),
            persona::Who::Relative => named(self, PersonKind::Relative, "ven"),
            persona::Who::Volunteer => named(self, PersonKind::Volunteer, "mentor"),
            persona::Who::Company => {
                let contact = self.slots.get("kontakt").unwrap_or("?");
                let company = self.slots.get("virksomhed").unwrap_or("?");
                Holder::named(PersonKind::Company, format!("{contact}, {company}"))
            }
            persona::Who::Employee => {
                let today = self.world.calendar.date(self.now.day);
                let team: Vec<(EmployeeId, String)> = self
                    .plan
                    .team_on(today)
                    .filter(|p| p.until.is_none())
                    .filter_map(|p| Some((p.employee?, p.name.clone())))
                    .collect();
                match pick(self.rng, &team) {
                    Some((id, name)) if chance(self.rng, 0.4) => Holder::employee(*id, name.clone()),
                    _ => {
                        let lead = &self.world.employees[self.lead()];
                        Holder::employee(lead.id, lead.name.clone())
                    }
                }
            }
        }
    }

    /// Puts what will become of a step on the agenda.
    pub(super) fn expect_step(&mut self, id: StepId, remark: Option<&'static str>, last: bool) {
        let Some(step) = self.plan.step(id) else { return };
        let today = self.world.calendar.today();
        let due = step.due.map_or(today, |due| self.world.calendar.day(due));
        if self.cast.character.is_some() && last {
            // What was agreed last time is still open on the pages of the people placed by hand.
            return;
        }
        if last && self.cast.overdue && due < today {
            // This is the one that waits.
            return;
        }
        let day = match between(self.rng, 0, 99) {
            0..60 => due - between(self.rng, 0, 4),
            60..85 => due - between(self.rng, 2, 12),
            _ => due + between(self.rng, 1, 20),
        };
        let day = day.max(self.now.day + 1);
        // Late is late, but what was due before today is settled by today unless the plan is to show that it is not.
        let day = if due < today { day.min(today - 1) } else { day };
        if day <= self.now.day {
            return;
        }
        let moment = if step.holder.kind == PersonKind::Citizen {
            self.evening(day)
        } else {
            let open = self.world.calendar.open_until(day).max(self.now.day + 1);
            self.office(open)
        };
        let event = if chance(self.rng, 0.05) {
            Event::Drop(id)
        } else {
            Event::Tick(id, remark)
        };
        self.plan_for(moment, event);
    }

    pub(super) fn tick(&mut self, id: StepId, remark: Option<&'static str>) -> Result<(), Refusal> {
        let Some(step) = self.plan.step(id).filter(|s| s.status == StepStatus::Open) else {
            return Ok(());
        };
        let who = match (step.holder.kind, step.holder.employee) {
            (PersonKind::Citizen, _) => Who::Citizen,
            (_, Some(holder)) => {
                let today = self.world.calendar.date(self.now.day);
                let takes_part = self.plan.team_on(today).any(|p| p.employee == Some(holder));
                match self.known(holder) {
                    Some(employee) if takes_part && self.may(Who::Employee(employee), Action::TakePart) => {
                        Who::Employee(employee)
                    }
                    _ => Who::Employee(self.lead()),
                }
            }
            _ => Who::Employee(self.lead()),
        };
        if chance(self.rng, 0.3) {
            self.look(who, PageKey::Plan);
            self.now.minute += 2;
        }
        self.perform(who, Voice::Own, Intent::TickStep { step: id })?;
        if let Some(remark) = remark {
            let text = self.say(remark);
            self.now.minute += 1;
            let intent = Intent::Comment {
                step: Some(id),
                goal: None,
                text,
            };
            self.perform(who, Voice::Own, intent)?;
        }
        Ok(())
    }

    /// The employee with this id, as a number of the world's.
    pub(super) fn known(&self, id: EmployeeId) -> Option<usize> {
        self.world.employees.iter().position(|e| e.id == id)
    }

    pub(super) fn drop_step(&mut self, id: StepId) -> Result<(), Refusal> {
        let Some(step) = self.plan.step(id).filter(|s| s.status == StepStatus::Open) else {
            return Ok(());
        };
        let reasons = [
            "Det er ikke nødvendigt længere.",
            "Vi fandt en anden vej.",
            "Det løste sig selv.",
            "Det kan vente, til der er mere ro på.",
        ];
        let reason = pick(self.rng, &reasons).copied().unwrap_or_default().to_owned();
        let intent = Intent::DropStep {
            step: id,
            rev: step.rev,
            reason,
        };
        self.perform(Who::Employee(self.lead()), Voice::Together, intent)
            .map(drop)
    }

    /// A smaller goal is reached, or let go.
    pub(super) fn end_goal(&mut self, id: GoalId) -> Result<(), Refusal> {
        let Some(goal) = self.plan.goal(id).filter(|g| g.status == GoalStatus::Open) else {
            return Ok(());
        };
        let (rev, status, reason) = (goal.rev, GoalStatus::Reached, String::new());
        let (status, reason) = if chance(self.rng, 0.85) {
            (status, reason)
        } else {
            (GoalStatus::Dropped, "Noget andet er blevet vigtigere.".to_owned())
        };
        let intent = Intent::EndGoal {
            goal: id,
            rev,
            status,
            reason,
        };
        self.perform(Who::Employee(self.lead()), Voice::Together, intent)
            .map(drop)
    }

    pub(super) fn ask(&mut self) -> Result<(), Refusal> {
        let today = self.world.calendar.today();
        let fixed = self
            .cast
            .character
            .and_then(|c| c.question)
            .filter(|_| self.now.day > today - 60);
        let text = match fixed {
            Some(question) => question.to_owned(),
            None => self.say_one(self.persona.questions),
        };
        if text.is_empty() || self.plan.questions.iter().any(|q| q.text == text) {
            return Ok(());
        }
        self.look(Who::Citizen, PageKey::Conversation);
        self.now.minute += 3;
        self.perform(Who::Citizen, Voice::Own, Intent::Ask { text }).map(drop)
    }

    pub(super) fn read(&mut self) -> Result<(), Refusal> {
        self.look(Who::Citizen, PageKey::Plan);
        if chance(self.rng, 0.04) {
            self.now.minute += 1;
            self.look(Who::Citizen, PageKey::Log);
        }
        self.perform(Who::Citizen, Voice::Own, Intent::ReadMessages)?;
        self.answer()
    }

    /// Some write back at once, and are read within days; what was written last may still wait.
    fn answer(&mut self) -> Result<(), Refusal> {
        let often = if self.cast.character.is_some() { 0.5 } else { 0.15 };
        let last = self
            .plan
            .messages
            .last()
            .filter(|m| m.author_kind != PersonKind::Citizen);
        let Some(message) = last.map(|m| m.id).filter(|_| self.plan.is_open()) else {
            return Ok(());
        };
        if !chance(self.rng, often) {
            return Ok(());
        }
        // Only what can be said to anything: nobody's friend, company or day is in it.
        let plain = |text: &&str| !text.replace("{medarbejder}", "").contains('{');
        let texts: Vec<&str> = messages::FROM_CITIZEN.iter().copied().filter(plain).collect();
        let text = self.say_one(&texts);
        if self.plan.messages.iter().any(|m| m.text == text) {
            return Ok(());
        }
        self.now.minute += 4;
        let changes = self.perform(Who::Citizen, Voice::Own, Intent::Answer { message, text })?;
        let sent = changes.iter().find(|change| change.kind == ActKind::MessageSent);
        // The people placed by hand have one that waits, if they wrote lately.
        let waits = self.cast.character.is_some() && self.now.day + 30 > self.world.calendar.today();
        if let Some(sent) = sent.filter(|_| !waits) {
            let wait = between(self.rng, 1, 4);
            let moment = self.office(self.now.day + wait);
            self.plan_for(moment, Event::ReadAnswer(sent.after.id().into()));
        }
        Ok(())
    }

    /// The coordinator reads what the citizen wrote.
    pub(super) fn read_answer(&mut self, message: MessageId) -> Result<(), Refusal> {
        if !self.plan.is_open() {
            return Ok(());
        }
        let lead = Who::Employee(self.lead());
        self.look(lead, PageKey::Plan);
        self.now.minute += 1;
        self.perform(lead, Voice::Own, Intent::ReadMessage { message })
            .map(drop)
    }

    /// What the plan rests on, written at the first conversations.
    pub(super) fn write_strengths(&mut self) -> Result<(), Refusal> {
        let (kind, texts) = match self.held {
            1 => (StrengthKind::Resource, self.persona.resources),
            2 => (StrengthKind::Hope, self.persona.hopes),
            3 => (StrengthKind::Network, self.persona.network),
            4 => (StrengthKind::Motivation, self.persona.motivation),
            _ => return Ok(()),
        };
        self.strength(kind, texts)?;
        if self.held == 1 && (self.cast.character.is_some() || chance(self.rng, 0.5)) {
            self.strength(StrengthKind::Motivation, self.persona.motivation)?;
            self.strength(StrengthKind::Network, self.persona.network)?;
        }
        Ok(())
    }

    fn strength(&mut self, kind: StrengthKind, texts: &'static [&'static str]) -> Result<(), Refusal> {
        let text = self.say_one(texts);
        if text.is_empty() || self.plan.strengths.iter().any(|s| s.text == text) {
            return Ok(());
        }
        let lead = Who::Employee(self.lead());
        self.perform(lead, Voice::Together, Intent::SetStrength { kind, text })
            .map(drop)
    }

    /// Whether a conversation on the day opens a new round of the progression view.
    pub(super) fn rates_due(&self, day: Day) -> bool {
        self.cast.rates
            && self.held > 0
            && self.rated.is_none_or(|rated| day - rated >= ROUND)
            // Older answers were on paper: the view is about the last two years.
            && day > self.world.calendar.today() - 730
    }

    /// The citizen sits down alone with the six questions, the evening before.
    pub(super) fn rate_oneself(&mut self) -> Result<(), Refusal> {
        if !self.rates_due(self.now.day + 1) {
            return Ok(());
        }
        self.move_levels();
        self.rated_oneself = Some(self.now.day);
        let answers = self.answers(Rater::Citizen);
        let intent = Intent::Rate {
            rater: Rater::Citizen,
            answers,
        };
        self.perform(Who::Citizen, Voice::Own, intent).map(drop)
    }

    /// Both answer the six questions and look at where they differ.
    pub(super) fn rate_together(&mut self) -> Result<(), Refusal> {
        if !self.rates_due(self.now.day) {
            return Ok(());
        }
        let lead = Who::Employee(self.lead());
        if self.rated_oneself.is_none_or(|day| self.now.day - day > 2) {
            self.move_levels();
            let answers = self.answers(Rater::Citizen);
            let rater = Rater::Citizen;
            self.perform(lead, Voice::Together, Intent::Rate { rater, answers })?;
        }
        self.rated = Some(self.now.day);
        let answers = self.answers(Rater::Employee);
        let rater = Rater::Employee;
        self.perform(lead, Voice::Own, Intent::Rate { rater, answers })
            .map(drop)
    }

    /// A season later: most stand still, some go up, a few go down, and the two look at each other's answers.
    fn move_levels(&mut self) {
        if self.rated.is_none() {
            return;
        }
        for (own, other) in &mut self.levels {
            let move_by = |rng: &mut _| match between(rng, 0, 99) {
                0..36 => 1,
                36..44 => -1,
                _ => 0,
            };
            *own = (*own + move_by(self.rng)).clamp(1, 5);
            *other = (*other + move_by(self.rng) + (*own - *other).signum() * between(self.rng, 0, 1)).clamp(1, 5);
        }
    }

    fn answers(&mut self, rater: Rater) -> Vec<(Precondition, u8, String)> {
        let own = rater == Rater::Citizen;
        let often = if self.cast.character.is_some() { 0.5 } else { 0.2 };
        let all = Precondition::ALL.iter().zip(PRECONDITIONS).zip(self.levels);
        all.map(|((precondition, text), (citizen, employee))| {
            let value = u8::try_from(if own { citizen } else { employee }).unwrap_or(3);
            let note = if chance(self.rng, often) {
                self.slots.fill_one(text.comments(value, own), self.rng)
            } else {
                String::new()
            };
            (*precondition, value, note)
        })
        .collect()
    }
}
