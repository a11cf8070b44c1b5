//! Conversations: the first, the next, the ones that did not happen, and what comes out of each.

use tovholder_casework::act::*;
use tovholder_casework::decide::*;
use tovholder_casework::id::*;
use tovholder_casework::plan::*;

use super::{Event, Story, Who};
use crate::demo::calendar::{Moment, at};
use crate::demo::cast::{Drifting, SLOT_MINUTES};
use crate::demo::chance::{between, chance, pick};
use crate::demo::texts::{self, messages};

/// What will become of a conversation that is booked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Held,
    Missed,
    Cancelled,
    /// It lies ahead, or nobody wrote anything.
    Unwritten,
}

impl Story<'_> {
    /// The first conversation: on the day the plan opens, or a few days later.
    pub(super) fn first_talk(&mut self) -> Result<(), Refusal> {
        let booking = self.booking(self.now);
        self.write_outcome(None, Some(booking))
    }

    pub(super) fn hold(&mut self, id: ConversationId) -> Result<(), Refusal> {
        let Some((rev, true)) = self.booked(id) else {
            return Ok(());
        };
        if chance(self.rng, 0.4) {
            self.look(Who::Employee(self.lead()), PageKey::Conversation);
        }
        self.now.minute += 35;
        self.write_outcome(Some((id, rev)), None)
    }

    fn booked(&self, id: ConversationId) -> Option<(u32, bool)> {
        let talk = self.plan.conversation(id)?;
        Some((talk.rev, talk.status == ConversationStatus::Booked))
    }

    /// The one form after a conversation.
    fn write_outcome(
        &mut self,
        conversation: Option<(ConversationId, u32)>,
        unplanned: Option<Booking>,
    ) -> Result<(), Refusal> {
        let lead = self.lead();
        let goals = self.new_goals();
        let note = self.note();
        let alone = self.books_alone();
        let next = if alone { None } else { self.arrange(None) };
        let last_talk = !alone && next.as_ref().is_none_or(|(_, fate)| *fate == Fate::Unwritten);
        let goal = self
            .plan
            .goals
            .iter()
            .rev()
            .find(|g| g.status == GoalStatus::Open && g.parent.is_none());
        let goal = if goals.is_empty() { goal.map(|g| g.id) } else { None };
        let steps = self.new_steps(goal, last_talk);
        let answered = self.plan.questions.iter().filter(|q| q.waits());
        let answered = answered.map(|q| q.id).collect();
        let message = self.message(next.as_ref().map(|(booking, _)| booking));
        let wrote = !message.is_empty();
        let outcome = Outcome {
            conversation,
            unplanned,
            note,
            goals,
            steps: steps.iter().map(|(input, _)| input.clone()).collect(),
            ticked: self.done_by_now(),
            answered,
            next: next.as_ref().map(|(booking, _)| booking.clone()),
            message,
        };
        let changes = self.perform(Who::Employee(lead), Voice::Together, Intent::Hold(outcome))?;
        let mut remarks = steps.into_iter().map(|(_, remark)| remark);
        for change in changes.iter().filter(|change| change.kind == ActKind::StepSet) {
            self.expect_step(change.after.id().into(), remarks.next().flatten(), last_talk);
        }
        self.expect_talks(&changes, next.map(|(_, fate)| fate));
        if wrote {
            self.expect_reading();
        }
        self.now.minute += 1;
        self.held += 1;
        self.write_strengths()?;
        self.write_sub_goals()?;
        self.begin_effort()?;
        self.rate_together()
    }

    /// Most messages are read within some days.
    fn expect_reading(&mut self) {
        if chance(self.rng, 0.85) {
            let wait = between(self.rng, 0, 3);
            let evening = self.evening(self.now.day + wait);
            self.plan_for(evening, Event::Read);
        }
    }

    /// Steps that were taken without being ticked: some are ticked as the talk goes through them.
    fn done_by_now(&mut self) -> Vec<StepId> {
        let near = self.world.calendar.date(self.now.day + 4);
        let due = |s: &&Step| s.status == StepStatus::Open && s.due.is_some_and(|due| due <= near);
        let open: Vec<StepId> = self.plan.steps.iter().filter(due).map(|s| s.id).collect();
        open.into_iter().filter(|_| chance(self.rng, 0.5)).collect()
    }

    /// Whether the citizen finds the next time alone, in the days after: only where there is time for it before today.
    fn books_alone(&mut self) -> bool {
        let end = self.cast.closed.unwrap_or(self.world.calendar.today());
        if self.now.day + 45 > end || !chance(self.rng, 0.15) {
            return false;
        }
        let wait = between(self.rng, 1, 5);
        let evening = self.evening(self.now.day + wait);
        self.plan_for(evening, Event::BookOneself);
        true
    }

    /// What was said, in words not used before in this plan as long as there are any.
    fn note(&mut self) -> String {
        let notes = &self.persona.notes;
        let texts = match (self.held, between(self.rng, 0, 99)) {
            (0, _) => [notes.first, notes.follow_up, notes.follow_up],
            (_, 0..22) => [notes.good, notes.follow_up, notes.setback],
            (_, 22..35) => [notes.setback, notes.follow_up, notes.good],
            _ => [notes.follow_up, notes.good, notes.setback],
        };
        for _ in 0..2 {
            for texts in texts {
                let note = self.say_one(texts);
                if !self.plan.conversations.iter().any(|c| c.note == note) {
                    return note;
                }
            }
        }
        self.say_one(EVEN_NOTES)
    }

    /// Goals of the first conversations: the main one first, another a little later.
    fn new_goals(&mut self) -> Vec<GoalInput> {
        let goals = self.persona.goals;
        let set = self.plan.goals.iter().filter(|g| g.parent.is_none()).count();
        let wanted = match self.held {
            0 => set == 0,
            1 | 2 => set < 2 && goals.len() > 1 && chance(self.rng, 0.5),
            _ => false,
        };
        if !wanted {
            return vec![];
        }
        let no_job = self.cast.drifting == Some(Drifting::NoGoal);
        let work = self.plan.head.core_task == CoreTask::Work;
        let fitting: Vec<_> = goals.iter().filter(|g| !(no_job && g.job)).collect();
        // A plan for work begins with the job, unless it is to be one that drifts.
        let chosen = match set {
            0 if work && !no_job => fitting.iter().find(|g| g.job).or(fitting.first()),
            _ => fitting.get(set).or(fitting.first()),
        };
        let Some(goal) = chosen else {
            return vec![];
        };
        let words = self.say_one(goal.own);
        if self.plan.goals.iter().any(|g| g.words == words) {
            return vec![];
        }
        vec![GoalInput {
            parent: None,
            words,
            professional: self.say(goal.professional),
            aim: aim(goal, self.plan.head.core_task),
        }]
    }

    /// One or two smaller goals on the way to the main one, written while both still sit there.
    fn write_sub_goals(&mut self) -> Result<(), Refusal> {
        let Some(main) = self.plan.goals.iter().find(|g| g.parent.is_none()) else {
            return Ok(());
        };
        if !self.sub_goals_open || self.held > 2 || !(self.cast.character.is_some() || chance(self.rng, 0.55)) {
            return Ok(());
        }
        self.sub_goals_open = false;
        let (parent, aim, employment) = (main.id, main.aim, main.aim.is_employment_directed());
        let Some(goal) = self.persona.goals.iter().find(|g| g.job == employment) else {
            return Ok(());
        };
        let many = if self.cast.character.is_some() {
            2
        } else {
            between(self.rng, 1, 2)
        };
        let subs = texts::fill::some(goal.sub, many.unsigned_abs() as usize, self.rng);
        for sub in subs {
            let words = self.say(sub);
            let input = GoalInput {
                parent: Some(parent),
                words,
                professional: String::new(),
                aim,
            };
            let set = self.perform(Who::Employee(self.lead()), Voice::Together, Intent::SetGoal(input))?;
            if let Some(goal) = set.first().filter(|_| chance(self.rng, 0.5)) {
                let wait = between(self.rng, 50, 240);
                let moment = self.office(self.now.day + wait);
                self.plan_for(moment, Event::EndGoal(goal.after.id().into()));
            }
        }
        Ok(())
    }

    fn message(&mut self, next: Option<&Booking>) -> String {
        let often = if self.cast.character.is_some() { 0.6 } else { 0.22 };
        if !chance(self.rng, often) {
            return String::new();
        }
        match next {
            Some(booking) if chance(self.rng, 0.6) => {
                self.slots.set("dato", &texts_date(booking.starts.date()));
                let time = format!("{}.{:02}", booking.starts.hour(), booking.starts.minute());
                self.slots.set("tid", &time);
                self.say_one(messages::APPOINTMENT)
            }
            _ => {
                // Only who has met a company has somebody there to speak of, and nobody likes the same words twice.
                let met = self.plan.efforts.iter().any(|e| e.company.is_some());
                let texts: Vec<&str> = messages::ENCOURAGEMENT
                    .iter()
                    .copied()
                    .filter(|t| met || !t.contains("ontakt}"))
                    .collect();
                let text = self.say_one(&texts);
                if self.plan.messages.iter().any(|m| m.text == text) {
                    String::new()
                } else {
                    text
                }
            }
        }
    }

    fn booking(&mut self, when: Moment) -> Booking {
        // With today's coordinator: when another takes over, the conversation moves along.
        let who = self.lead();
        let channel = self
            .next_channel
            .take()
            .unwrap_or_else(|| match between(self.rng, 0, 99) {
                0..58 => Channel::Meeting,
                58..84 => Channel::Phone,
                84..92 => Channel::Video,
                _ => Channel::Home,
            });
        let employee = &self.world.employees[who];
        let place = match channel {
            Channel::Meeting => {
                let unit = &self.world.units[employee.unit];
                format!("{}, {}", unit.name, unit.address)
            }
            Channel::Company => self.slots.get("virksomhed").unwrap_or_default().to_owned(),
            _ => String::new(),
        };
        Booking {
            employee: employee.id,
            name: employee.name.clone(),
            starts: self.world.calendar.time(when),
            minutes: if channel == Channel::Phone { 20 } else { SLOT_MINUTES },
            channel,
            place,
        }
    }

    /// Finds the time of the next conversation, `gap` days from now or as long as usual.
    fn arrange(&mut self, gap: Option<i32>) -> Option<(Booking, Fate)> {
        let calendar = &self.world.calendar;
        let today = calendar.today();
        let usual = match self.plan.head.core_task {
            CoreTask::Work => between(self.rng, 24, 49),
            _ => between(self.rng, 35, 63),
        };
        let day = calendar.open_from(self.now.day + gap.unwrap_or(usual));
        if self.cast.closed.is_some_and(|closed| day >= closed) {
            return None;
        }
        if day < today {
            let (hour, minute) = *pick(self.rng, crate::demo::cast::SLOTS).unwrap_or(&(10, 0));
            // Now and then at the company: that is where the goal is.
            let running = self
                .plan
                .efforts
                .iter()
                .any(|e| e.company.is_some() && e.until.is_none_or(|u| u > calendar.date(day)));
            if running && self.cast.drifting.is_none() && chance(self.rng, 0.12) {
                self.next_channel = Some(Channel::Company);
            }
            let booking = self.booking(at(day, hour, minute));
            let fate = match between(self.rng, 0, 99) {
                0..6 => Fate::Missed,
                6..10 => Fate::Cancelled,
                _ => Fate::Held,
            };
            return Some((booking, fate));
        }
        if let Some(unwritten) = self.cast.unwritten
            && unwritten.day > self.now.day
        {
            return Some((self.booking(unwritten), Fate::Unwritten));
        }
        let ahead = self.cast.ahead.filter(|_| !self.cast.no_next)?;
        Some((self.booking(ahead), Fate::Unwritten))
    }

    /// Puts what will become of a booked conversation on the agenda.
    fn expect_talk(&mut self, id: ConversationId, starts: jiff::civil::DateTime, fate: Fate) {
        let today = self.world.calendar.today();
        let day = self.world.calendar.day(starts.date());
        let moment = at(day, i32::from(starts.hour()), i32::from(starts.minute()));
        match fate {
            Fate::Held => self.plan_for(moment, Event::Hold(id)),
            Fate::Missed => self.plan_for(at(day, 15, 50), Event::Miss(id)),
            Fate::Cancelled => {
                let before = self
                    .world
                    .calendar
                    .open_until(day - between(self.rng, 1, 3))
                    .max(self.now.day + 1);
                if before < day {
                    let moment = self.office(before);
                    self.plan_for(moment, Event::Cancel(id));
                } else {
                    self.plan_for(moment, Event::Hold(id));
                }
            }
            Fate::Unwritten => {}
        }
        if fate == Fate::Cancelled {
            return;
        }
        if self.rates_due(day) && chance(self.rng, 0.4) {
            let evening = self.evening(day - 1);
            self.plan_for(evening, Event::RateOneself);
        }
        let last_chance = (day.min(today) - 1).max(self.now.day);
        if chance(self.rng, 0.2) && last_chance > self.now.day {
            let asks = between(self.rng, (last_chance - 6).max(self.now.day + 1), last_chance);
            let evening = self.evening(asks);
            self.plan_for(evening, Event::Ask);
        } else if let Some(character) = self.cast.character
            && character.question.is_some()
            && day >= today
        {
            let evening = self.evening(last_chance);
            self.plan_for(evening, Event::Ask);
        }
    }

    pub(super) fn miss(&mut self, id: ConversationId) -> Result<(), Refusal> {
        let Some((rev, true)) = self.booked(id) else {
            return Ok(());
        };
        let note = self.say_one(messages::NO_SHOW);
        let gap = between(self.rng, 5, 12);
        let next = self.arrange(Some(gap));
        let message = self.message(next.as_ref().map(|(booking, _)| booking));
        let intent = Intent::MissConversation {
            conversation: id,
            rev,
            note,
            next: next.as_ref().map(|(booking, _)| booking.clone()),
            message,
        };
        let changes = self.perform(Who::Employee(self.lead()), Voice::Own, intent)?;
        self.expect_talks(&changes, next.map(|(_, fate)| fate));
        if changes.iter().any(|change| change.kind == ActKind::MessageSent) {
            self.expect_reading();
        }
        Ok(())
    }

    pub(super) fn cancel(&mut self, id: ConversationId) -> Result<(), Refusal> {
        let Some((rev, true)) = self.booked(id) else {
            return Ok(());
        };
        let (who, reasons): (Who, &[&str]) = if chance(self.rng, 0.6) {
            (
                Who::Citizen,
                &[
                    "Jeg er blevet syg.",
                    "Jeg skal på arbejde den dag.",
                    "Mit barn er sygt.",
                    "Jeg kan ikke nå frem.",
                ],
            )
        } else {
            (
                Who::Employee(self.lead()),
                &[
                    "Jeg er syg og foreslår en ny tid.",
                    "Mødet må flyttes på grund af et kursus.",
                ],
            )
        };
        let reason = pick(self.rng, reasons).copied().unwrap_or_default().to_owned();
        let intent = Intent::CancelConversation {
            conversation: id,
            rev,
            reason,
        };
        self.perform(who, Voice::Own, intent)?;
        self.now.minute += 5;
        let gap = between(self.rng, 5, 12);
        self.book(who, Some(gap))
    }

    pub(super) fn book_oneself(&mut self) -> Result<(), Refusal> {
        self.book(Who::Citizen, None)
    }

    fn book(&mut self, who: Who, gap: Option<i32>) -> Result<(), Refusal> {
        let Some((booking, fate)) = self.arrange(gap) else {
            return Ok(());
        };
        let changes = self.perform(who, Voice::Own, Intent::Book(booking))?;
        self.expect_talks(&changes, Some(fate));
        Ok(())
    }

    fn expect_talks(&mut self, changes: &[Change], fate: Option<Fate>) {
        let Some(fate) = fate else { return };
        for change in changes {
            if let Record::Conversation(talk) = &change.after
                && talk.status == ConversationStatus::Booked
            {
                self.expect_talk(talk.id, talk.starts, fate);
            }
        }
    }
}

/// When nothing new is to be told.
const EVEN_NOTES: &[&str] = &[
    "Det går, som vi har aftalt. [{navn} har ingen spørgsmål i dag.|Vi holder fast i skridtene.]",
    "Kort status. [{navn} er i gang med sine skridt.|Alt kører efter planen.] Vi ændrer ikke på noget.",
    "Vi gik skridtene igennem ét for ét. [Datoerne holder.|{navn} ved, hvad der er det næste.]",
    "{navn} fortalte om de sidste uger. [Vi blev enige om at fortsætte.|Planen passer stadig.]",
    "En rolig samtale. [{navn} har det godt med tempoet.|Der er ikke kommet noget nyt til.]",
];

/// What a goal points at.
fn aim(goal: &texts::Goal, core_task: CoreTask) -> Aim {
    let about = |words: &[&str]| words.iter().any(|word| goal.professional.to_lowercase().contains(word));
    match (goal.job, core_task) {
        (true, _) if about(&["uddannelse", "grundforløb", "studie", "10. klasse", "skoleår"]) => Aim::Education,
        (true, _) => Aim::Employment,
        (false, CoreTask::Youth) => Aim::Development,
        (false, _) if about(&["bolig", "økonomi", "hjem", "gæld", "hverdag"]) => Aim::Everyday,
        (false, _) if about(&["fællesskab", "netværk", "ensom", "social", "frivillig"]) => Aim::Community,
        (false, _) => Aim::Health,
    }
}

/// `tirsdag den 3. marts`
pub(super) fn texts_date(date: jiff::civil::Date) -> String {
    const DAYS: [&str; 7] = ["mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"];
    const MONTHS: [&str; 12] = [
        "januar",
        "februar",
        "marts",
        "april",
        "maj",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "december",
    ];
    let weekday = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or(0);
    let month = usize::try_from(date.month() - 1).unwrap_or(0);
    format!("{} den {}. {}", DAYS[weekday], date.day(), MONTHS[month])
}
