//! What lies behind: earlier periods on benefits with the plans they had, and the hours of work between them. Without it a register would begin with the
//! people it knows today, and every figure of the leader's would rise from nothing.
//!
//! The plans are short: opened, coordinated, some efforts, closed. They are drawn from numbers of their own, backwards from the first thing the story
//! tells.

use jiff::civil::Date;
use tovholder_casework::act::*;
use tovholder_casework::id::*;
use tovholder_casework::person::Citizen;
use tovholder_casework::plan::*;
use tovholder_casework::rules::Rules;
use uuid::Uuid;

use super::calendar::{Day, at};
use super::chance::{Ids, Stream, between, chance, numbers, pick, waiting};
use super::spells::{Known, Span, by_law};
use super::story::time;
use super::world::World;

/// How far back it goes: five years of figures, and the year before that some of them look back to.
const YEARS: i32 = 6;
/// Hours of work are told for so many months after a benefit.
const EARNING_MONTHS: i32 = 7;
/// The register of wages is so many days behind.
const WAGES_BEHIND: Day = 45;

/// What lies behind.
#[derive(Default)]
pub struct Past {
    /// Benefits, with ids.
    pub spells: Vec<(Uuid, Span)>,
    /// Closed plans, oldest first.
    pub plans: Vec<Plan>,
    /// What happened.
    pub acts: Vec<Act>,
}

/// The first day of it.
pub fn begins(world: &World) -> Day {
    world.calendar.today() - YEARS * 365
}

/// Whether a citizen has a past: grown-ups whose benefit is not for life.
pub fn has(known: &Known) -> bool {
    known.age >= 24 && !matches!(known.benefit, "ingen" | "foertidspension")
}

/// How long such a period lasts on average, in days, and how likely somebody is in work after it.
fn nature(benefit: &str) -> (f64, f64) {
    match benefit {
        "dagpenge" => (200.0, 0.9),
        "sygedagpenge" => (180.0, 0.85),
        "kontanthjaelp" => (420.0, 0.6),
        _ => (420.0, 0.4),
    }
}

/// Tells what lies before `first`, the first day of what is known otherwise.
pub fn tell(
    world: &World,
    seed: u64,
    index: u32,
    (citizen, unit, task): (&Citizen, usize, CoreTask),
    known: Known,
    first: Day,
) -> Past {
    let mut rng = numbers(seed ^ 0x7061_7374, Stream::Citizen(index));
    let mut teller = Teller {
        world,
        citizen,
        unit,
        task,
        ids: Ids::new(numbers(seed ^ 0x7061_6964, Stream::Citizen(index))),
        past: Past::default(),
    };
    let mut periods: Vec<(&str, Day, Day)> = Vec::new();
    let mut end = first - 32 - waiting(&mut rng, 50.0);
    while end > begins(world) + 30 && periods.len() < 12 {
        let benefit = match known.benefit {
            "dagpenge" | "kontanthjaelp" | "sygedagpenge" if chance(&mut rng, 0.8) => known.benefit,
            _ => ["dagpenge", "kontanthjaelp", "sygedagpenge", "jobafklaring"]
                [usize::try_from(between(&mut rng, 0, 3)).unwrap_or(0)],
        };
        let begin = (end - 40 - waiting(&mut rng, nature(benefit).0)).max(begins(world) + 5);
        if begin >= end {
            break;
        }
        periods.push((benefit, begin, end));
        end = begin - 32 - waiting(&mut rng, 50.0);
    }
    periods.reverse();
    for (benefit, from, until) in periods {
        teller.period(&mut rng, known, (benefit, from, until));
    }
    teller.past
}

struct Teller<'w> {
    world: &'w World,
    citizen: &'w Citizen,
    unit: usize,
    task: CoreTask,
    ids: Ids,
    past: Past,
}

impl Teller<'_> {
    fn date(&self, day: Day) -> Date {
        self.world.calendar.date(day)
    }

    fn period(&mut self, rng: &mut rand_chacha::ChaCha8Rng, known: Known, (benefit, from, until): (&str, Day, Day)) {
        let mut spans = Vec::new();
        let rules: &Rules = &self.world.rules;
        by_law(
            rules,
            &self.world.calendar,
            known,
            benefit,
            from,
            Some(until),
            &mut spans,
        );
        for span in spans {
            let id = self.ids.next(self.world.calendar.millis(at(span.from, 8, 0)));
            self.past.spells.push((id, span));
        }
        let coordinators = &self.world.units[self.unit].coordinators;
        let opened = self.world.calendar.open_from(from + between(rng, 2, 20));
        let closed = self.world.calendar.open_until(until - between(rng, 0, 8));
        let Some(&first) = pick(rng, coordinators) else { return };
        if closed <= opened + 14 {
            return;
        }
        let plan = PlanId(self.ids.next(self.world.calendar.millis(at(opened, 9, 0))));
        let mut told = Plan::empty(PlanHead {
            id: plan,
            citizen: self.citizen.id,
            core_task: self.task,
            opened: self.date(opened),
            closed: None,
            balance: None,
            rev: 1,
        });
        self.act(
            first,
            opened,
            9,
            ActKind::PlanOpened,
            None,
            Record::Plan(told.head.clone()),
        );
        self.coordinators(rng, &mut told, first, opened, closed);
        self.efforts(rng, &mut told, first, opened, closed);
        let last = told.coordinations.last().map_or(first, |c| {
            self.world
                .employees
                .iter()
                .position(|e| e.id == c.employee)
                .unwrap_or(first)
        });
        let before = told.head.clone();
        told.head.closed = Some(self.date(closed));
        told.head.rev = 2;
        told.head.balance = Some(Balance {
            reached: "Planen er afsluttet, fordi ydelsen hørte op.".to_owned(),
            helped: String::new(),
            remains: String::new(),
        });
        self.act(
            last,
            closed,
            14,
            ActKind::PlanClosed,
            Some(Record::Plan(before)),
            Record::Plan(told.head.clone()),
        );
        self.past.plans.push(told);
    }

    /// One coordinator, or in long periods a second.
    fn coordinators(
        &mut self,
        rng: &mut rand_chacha::ChaCha8Rng,
        plan: &mut Plan,
        first: usize,
        opened: Day,
        closed: Day,
    ) {
        let others = &self.world.units[self.unit].coordinators;
        let second = pick(rng, others).copied().filter(|second| *second != first);
        let change = second.filter(|_| closed - opened > 90 && chance(rng, f64::from(closed - opened) / 900.0));
        let turn = self
            .world
            .calendar
            .open_from(opened + between(rng, 30, (closed - opened - 30).max(31)));
        let mut periods = vec![(first, opened, closed)];
        if let Some(second) = change.filter(|_| turn < closed) {
            periods = vec![(first, opened, turn - 1), (second, turn, closed)];
        }
        for (n, (who, from, until)) in periods.into_iter().enumerate() {
            let employee = &self.world.employees[who];
            let named = Coordination {
                id: CoordinationId(self.ids.next(self.world.calendar.millis(at(from, 9, 5)))),
                plan: plan.head.id,
                employee: employee.id,
                name: employee.name.clone(),
                from: self.date(from),
                until: None,
                reason: (n > 0).then_some(TransferReason::Workload),
                note: if n > 0 {
                    "Vi fordeler borgerne mere jævnt i teamet, så der er tid til alle.".to_owned()
                } else {
                    String::new()
                },
                rev: 1,
            };
            self.act(
                who,
                from,
                9,
                ActKind::CoordinatorNamed,
                None,
                Record::Coordination(named.clone()),
            );
            let ended = Coordination {
                until: Some(self.date(until)),
                rev: 2,
                ..named.clone()
            };
            self.act(
                who,
                until,
                13,
                ActKind::CoordinatorEnded,
                Some(Record::Coordination(named)),
                Record::Coordination(ended.clone()),
            );
            plan.coordinations.push(ended);
        }
    }

    fn efforts(&mut self, rng: &mut rand_chacha::ChaCha8Rng, plan: &mut Plan, who: usize, opened: Day, closed: Day) {
        let life = closed - opened;
        // Kind, title, how likely, for how long at most, hours a week, of which paid, in a company.
        let kinds: [(&str, &str, f64, i32, f64, f64, bool); 4] = [
            ("company_placement", "Virksomhedspraktik", 0.62, 90, 25.0, 0.0, true),
            ("ordinary_hours", "Lønnede timer", 0.3, 300, 8.0, 6.0, true),
            ("course", "Kursus", 0.3, 60, 30.0, 0.0, false),
            ("job_search", "Hjælp til at søge job", 0.35, 120, 5.0, 0.0, false),
        ];
        for (kind, title, likely, longest, hours, paid, in_company) in kinds {
            // Nobody is offered everything in a short time.
            if life < 40 || !chance(rng, likely * (f64::from(life) / 150.0).min(1.0)) {
                continue;
            }
            let from = opened + between(rng, 10, life - 20);
            let until = (from + between(rng, 14, longest)).min(closed);
            let company = pick(rng, &self.world.companies).filter(|_| in_company);
            let effort = Effort {
                id: EffortId(self.ids.next(self.world.calendar.millis(at(from, 10, 0)))),
                plan: plan.head.id,
                kind: kind.to_owned(),
                title: title.to_owned(),
                unit: None,
                company: company.map(|c| c.id),
                provider: company.map(|c| c.name.clone()).unwrap_or_default(),
                from: self.date(from),
                until: Some(self.date(until)),
                hours: vec![Hours {
                    from: self.date(from),
                    hours,
                    paid,
                }],
                withdrawn: false,
                rev: 1,
            };
            self.act(who, from, 10, ActKind::EffortSet, None, Record::Effort(effort.clone()));
            plan.efforts.push(effort);
        }
    }

    fn act(&mut self, by: usize, day: Day, hour: i32, kind: ActKind, before: Option<Record>, after: Record) {
        let millis = self.world.calendar.millis(at(day, hour, 0));
        self.past.acts.push(Act {
            id: ActId(self.ids.next(millis)),
            at: time(millis),
            actor: self.world.actor(by),
            citizen: Some(self.citizen.id),
            kind,
            submission: Some(SubmissionId(self.ids.next(millis))),
            before,
            after: Some(after),
            reason: String::new(),
            voice: Voice::Own,
        });
    }
}

/// Hours of work in the months after each benefit, as an id, `2026-03` and a number.
pub fn earned(world: &World, seed: u64, index: u32, spells: &[(Uuid, Span)]) -> Vec<(Uuid, String, f64)> {
    let mut ids = Ids::new(numbers(seed ^ 0x6561_6964, Stream::Citizen(index)));
    let mut rng = numbers(seed ^ 0x6561_726e, Stream::Citizen(index));
    let mut days: Vec<(&str, Day, Option<Day>)> =
        spells.iter().map(|(_, s)| (s.code.as_str(), s.from, s.until)).collect();
    days.sort_by_key(|(_, from, _)| *from);
    let known = world.calendar.today() - WAGES_BEHIND;
    let mut all: Vec<(Uuid, String, f64)> = Vec::new();
    for (n, (benefit, _, until)) in days.iter().enumerate() {
        let Some(until) = *until else { continue };
        let next = days.get(n + 1).map_or(world.calendar.today(), |(_, from, _)| *from);
        // A quarter year's difference between summer and winter, as outdoor work has it.
        let season = f64::from(world.calendar.date(until).month() - 6).abs() / 40.0;
        let likely = nature(benefit).1 + 0.08 - season;
        let hours = f64::from(between(&mut rng, 40, 160));
        if next <= until + 20 || !chance(&mut rng, likely) {
            continue;
        }
        for month in 0..EARNING_MONTHS {
            let day = until + 20 + month * 30;
            if day >= next.min(known) {
                break;
            }
            let date = world.calendar.date(day);
            let name = format!("{:04}-{:02}", date.year(), date.month());
            if all.last().is_none_or(|(_, last, _)| *last < name) {
                all.push((ids.next(world.calendar.millis(at(day, 7, 0))), name, hours));
            }
        }
    }
    all
}
