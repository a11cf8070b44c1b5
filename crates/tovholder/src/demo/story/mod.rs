//! One plan, told day by day: every turn is an intended act that [`decide`](tovholder_casework::decide) carries out or refuses, by a person who was there, at a time
//! in office hours or in the evening. What comes out is what the product would have made.

mod between;
mod consents;
mod efforts;
mod talks;
mod team;

use std::collections::BTreeMap;
use std::fmt;

use jiff::Timestamp;
use rand_chacha::ChaCha8Rng;
use tovholder_casework::access::{self, Action, Relation};
use tovholder_casework::act::*;
use tovholder_casework::decide::{self, Context, Intent, Refusal};
use tovholder_casework::id::*;
use tovholder_casework::plan::*;
use uuid::Uuid;

use super::calendar::{Day, Moment, at};
use super::cast::{Period, PlanCast};
use super::chance::{Ids, between, chance};
use super::texts::{self, Persona, Slots};
use super::world::World;

/// What the citizen brings into the story.
pub struct Person {
    /// The id.
    pub id: CitizenId,
    /// The unit responsible.
    pub unit: UnitId,
    /// Whole name.
    pub name: String,
    /// The target group a placement's rules ask for.
    pub target_group: String,
}

/// Who does something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// The citizen.
    Citizen,
    /// An employee, a number of [`World::employees`].
    Employee(usize),
}

/// What is to happen at a moment.
#[derive(Clone, Copy, Debug)]
enum Event {
    FirstTalk,
    Hold(ConversationId),
    Miss(ConversationId),
    Cancel(ConversationId),
    BookOneself,
    Tick(StepId, Option<&'static str>),
    Drop(StepId),
    EndGoal(GoalId),
    Ask,
    Read,
    ReadAnswer(MessageId),
    RateOneself,
    Join(team::Guest),
    Leave(ParticipationId),
    /// A unit, a number of the world's, is asked for.
    Consent(usize),
    Withdraw(ConsentId),
    Look(Who, PageKey),
    Visit,
    Hours(EffortId),
    Transfer(usize),
    TakeOver(usize),
    CorrectHandover,
    Announce,
    Close,
}

/// A turn that was refused: a mistake in the teller, named so that it can be found.
#[derive(Debug)]
pub struct Refused {
    day: String,
    event: String,
    refusal: Refusal,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} on {}: {}", self.event, self.day, self.refusal)
    }
}

impl std::error::Error for Refused {}

/// The story being told.
pub struct Story<'a> {
    world: &'a World,
    person: &'a Person,
    persona: &'static Persona,
    cast: &'a PlanCast,
    rng: &'a mut ChaCha8Rng,
    ids: &'a mut Ids,
    acts: &'a mut Vec<Act>,
    slots: Slots,
    plan: Plan,
    agenda: BTreeMap<(Moment, u32), Event>,
    planned: u32,
    now: Moment,
    /// The last act's time in milliseconds: the next is later.
    last: i64,
    held: u32,
    steps: usize,
    efforts: usize,
    rated: Option<Day>,
    rated_oneself: Option<Day>,
    /// What citizen and employee would answer in the progression view now.
    levels: [(i32, i32); 6],
    /// How the next conversation is to be held, when that is given.
    next_channel: Option<Channel>,
    sub_goals_open: bool,
    /// Whether the conversation being written is the last before today.
    last_talk: bool,
}

/// What telling needs.
pub struct Teller<'a> {
    /// The world around.
    pub world: &'a World,
    /// Whose plan.
    pub person: &'a Person,
    /// The thread of life.
    pub persona: &'static Persona,
    /// Random numbers of the citizen.
    pub rng: &'a mut ChaCha8Rng,
    /// Ids of the citizen.
    pub ids: &'a mut Ids,
    /// What happened so far; the story adds to it.
    pub acts: &'a mut Vec<Act>,
    /// The words of the citizen's texts.
    pub slots: Slots,
}

impl<'a> Teller<'a> {
    /// Tells the plan from its first day to its last, or to this morning.
    ///
    /// # Errors
    /// [`Refused`] when casework refuses a turn.
    pub fn tell(self, cast: &'a PlanCast) -> Result<Plan, Refused> {
        let Teller {
            world,
            person,
            persona,
            rng,
            ids,
            acts,
            slots,
        } = self;
        let now = at(cast.opened, 9, between(rng, 0, 8) * 5);
        let lead = cast.coordinators[0];
        let last = world.calendar.millis(now);
        let actor = world.actor(lead.who);
        let mut new_id = || ids.next(last);
        let mut ctx = Context {
            actor: &actor,
            relation: Relation::Coordinator,
            voice: Voice::Together,
            now: world.calendar.time(now),
            new_id: &mut new_id,
        };
        let core_task = match persona.core_task {
            texts::CoreTask::Work => CoreTask::Work,
            texts::CoreTask::MeaningfulLife => CoreTask::MeaningfulLife,
            texts::CoreTask::Youth => CoreTask::Youth,
        };
        let who = &world.employees[lead.who];
        let opened = world.calendar.date(cast.opened);
        let (plan, changes) = decide::open_plan(person.id, core_task, (who.id, who.name.clone()), opened, &mut ctx)
            .map_err(|refusal| Refused {
                day: opened.to_string(),
                event: "opening".to_owned(),
                refusal,
            })?;
        let levels = std::array::from_fn(|_| {
            let own = between(rng, 1, 4);
            (
                own,
                (own + between(rng, -1, 1) - i32::from(chance(rng, 0.3))).clamp(1, 5),
            )
        });
        let mut story = Story {
            world,
            person,
            persona,
            cast,
            rng,
            ids,
            acts,
            slots,
            plan,
            agenda: BTreeMap::new(),
            planned: 0,
            now,
            last,
            held: 0,
            steps: 0,
            efforts: 0,
            rated: None,
            rated_oneself: None,
            levels,
            next_channel: None,
            sub_goals_open: true,
            last_talk: false,
        };
        story.slots.set("medarbejder", &who.first);
        story.keep(changes, actor, last);
        story.prepare();
        story.run()?;
        Ok(story.plan)
    }
}

impl Story<'_> {
    /// Puts the fixed turns on the agenda.
    fn prepare(&mut self) {
        let today = self.world.calendar.today();
        let end = self.cast.closed.unwrap_or(today);
        let soon = if chance(self.rng, 0.75) || self.cast.character.is_some() {
            Moment {
                day: self.now.day,
                minute: self.now.minute + 30,
            }
        } else {
            let wait = between(self.rng, 1, 6);
            self.office(self.now.day + wait)
        };
        self.plan_for(soon, Event::FirstTalk);
        for (n, period) in self.cast.coordinators.iter().enumerate().skip(1) {
            let told = self.world.calendar.open_until(period.from - between(self.rng, 1, 9));
            let told = told.max(self.cast.coordinators[n - 1].from + 1);
            self.plan_for(at(told, 14, 5), Event::Transfer(n));
            let first = self.world.calendar.open_from(period.from);
            self.plan_for(at(first, 8, 20), Event::TakeOver(n));
        }
        if self.cast.coming.is_some() {
            let day = self.world.calendar.open_until(today - between(self.rng, 1, 5));
            self.plan_for(at(day, 13, 10), Event::Announce);
        }
        self.invite(end);
        if self.plan.head.core_task == CoreTask::Work && self.cast.drifting.is_none() && end - self.cast.opened > 35 {
            // Job first: whatever else happens, there has been contact with a company within the rule's weeks.
            let back = between(self.rng, 4, 40);
            let moment = self.office(end - back);
            self.plan_for(moment, Event::Visit);
        }
        if let Some(closed) = self.cast.closed {
            self.plan_for(at(closed, 15, 10), Event::Close);
        }
    }

    /// Carries out what is on the agenda up to the plan's end, or this morning.
    fn run(&mut self) -> Result<(), Refused> {
        let today = self.world.calendar.today();
        while let Some(((moment, _), event)) = self.agenda.pop_first() {
            if moment.day >= today || !self.plan.is_open() {
                break;
            }
            self.now = moment.max(self.now);
            self.turn(event).map_err(|refusal| Refused {
                day: self.world.calendar.date(moment.day).to_string(),
                event: format!("{event:?}"),
                refusal,
            })?;
        }
        Ok(())
    }

    fn turn(&mut self, event: Event) -> Result<(), Refusal> {
        match event {
            Event::FirstTalk => self.first_talk(),
            Event::Hold(id) => self.hold(id),
            Event::Miss(id) => self.miss(id),
            Event::Cancel(id) => self.cancel(id),
            Event::BookOneself => self.book_oneself(),
            Event::Tick(id, remark) => self.tick(id, remark),
            Event::Drop(id) => self.drop_step(id),
            Event::EndGoal(id) => self.end_goal(id),
            Event::Ask => self.ask(),
            Event::Read => self.read(),
            Event::ReadAnswer(id) => self.read_answer(id),
            Event::RateOneself => self.rate_oneself(),
            Event::Join(guest) => self.join(guest),
            Event::Leave(id) => self.leave(id),
            Event::Consent(unit) => self.consent(unit),
            Event::Withdraw(id) => self.withdraw(id),
            Event::Look(who, page) => {
                self.look(who, page);
                Ok(())
            }
            Event::Visit => self.visit(),
            Event::Hours(id) => self.more_hours(id),
            Event::Transfer(n) => self.transfer(self.cast.coordinators[n]),
            Event::TakeOver(n) => self.take_over(n),
            Event::CorrectHandover => self.correct_handover(),
            Event::Announce => match self.cast.coming {
                Some(coming) => self.transfer(coming),
                None => Ok(()),
            },
            Event::Close => self.close(),
        }
    }

    fn plan_for(&mut self, moment: Moment, event: Event) {
        self.planned += 1;
        self.agenda.insert((moment, self.planned), event);
    }

    /// A time in office hours on the day or the next open one.
    fn office(&mut self, day: Day) -> Moment {
        let day = self.world.calendar.open_from(day);
        at(day, between(self.rng, 8, 15), between(self.rng, 0, 11) * 5)
    }

    /// A time in the evening, when people sit down with their papers.
    fn evening(&mut self, day: Day) -> Moment {
        at(day, between(self.rng, 16, 21), between(self.rng, 0, 59))
    }

    /// The coordinator of the day, a number of [`World::employees`].
    fn lead(&self) -> usize {
        self.period().who
    }

    fn period(&self) -> Period {
        let begun = self.cast.coordinators.iter().rev().find(|p| p.from <= self.now.day);
        *begun.unwrap_or(&self.cast.coordinators[0])
    }

    fn actor(&self, who: Who) -> Actor {
        match who {
            Who::Employee(employee) => self.world.actor(employee),
            Who::Citizen => Actor {
                kind: UserKind::Citizen,
                id: self.person.id.0,
                name: self.person.name.clone(),
                unit: String::new(),
            },
        }
    }

    /// A text of the citizen's, with its slots filled and its alternatives settled.
    fn say(&mut self, text: &str) -> String {
        self.slots.fill(text, self.rng)
    }

    fn say_one(&mut self, texts: &[&str]) -> String {
        self.slots.fill_one(texts, self.rng)
    }

    /// The time of the next act: within the minute, after the last.
    fn clock(&mut self) -> i64 {
        let moment = self.world.calendar.millis(self.now) + i64::from(between(self.rng, 0, 50_000));
        self.last = moment.max(self.last + 1);
        self.last
    }

    /// Carries out an intended act.
    fn perform(&mut self, who: Who, voice: Voice, intent: Intent) -> Result<Vec<Change>, Refusal> {
        let actor = self.actor(who);
        let millis = self.clock();
        let now = self.world.calendar.time(self.now);
        let unit = Some(self.person.unit);
        let relation = access::relation(&self.plan, unit, &actor, &self.standing(who), now.date(), 30);
        let mut new_id = || self.ids.next(millis);
        let mut ctx = Context {
            actor: &actor,
            relation,
            voice,
            now,
            new_id: &mut new_id,
        };
        let changes = decide::decide(&self.plan, intent, &mut ctx)?;
        self.plan.apply(&changes);
        self.keep(changes.clone(), actor, millis);
        Ok(changes)
    }

    /// Keeps changes as acts, as the store would.
    fn keep(&mut self, changes: Vec<Change>, actor: Actor, millis: i64) {
        let submission = SubmissionId(self.id_at(millis));
        for change in changes {
            let id = ActId(self.id_at(millis));
            self.acts.push(Act {
                id,
                at: time(millis),
                actor: actor.clone(),
                citizen: Some(self.person.id),
                kind: change.kind,
                submission: Some(submission),
                before: change.before,
                after: Some(change.after),
                reason: change.reason,
                voice: change.voice,
            });
        }
    }

    /// Somebody opens a page.
    fn look(&mut self, who: Who, page: PageKey) {
        let page = if self.may(who, Action::Read) {
            page
        } else {
            PageKey::ConsentMissing
        };
        let actor = self.actor(who);
        let millis = self.clock();
        let id = ActId(self.id_at(millis));
        self.acts.push(Act {
            id,
            at: time(millis),
            actor,
            citizen: Some(self.person.id),
            kind: ActKind::Looked,
            submission: None,
            before: None,
            after: None,
            reason: page.as_str().to_owned(),
            voice: Voice::Own,
        });
    }

    fn id_at(&mut self, millis: i64) -> Uuid {
        self.ids.next(millis)
    }
}

/// Milliseconds as a point in time.
pub fn time(millis: i64) -> Timestamp {
    Timestamp::from_millisecond(millis).unwrap_or(Timestamp::UNIX_EPOCH)
}
