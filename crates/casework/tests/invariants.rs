//! Random people do random things to a plan; what must always be true, is.

use jiff::civil::{Date, date};
use proptest::prelude::*;
use tovholder_casework::access::Relation;
use tovholder_casework::act::*;
use tovholder_casework::caseload::Summary;
use tovholder_casework::consent::*;
use tovholder_casework::decide::*;
use tovholder_casework::id::*;
use tovholder_casework::plan::*;
use uuid::Uuid;

const START: Date = date(2024, 2, 20);

/// One random move: what is tried (with indices that may point at nothing), and days that pass before it.
#[derive(Clone, Debug)]
struct Move {
    what: u8,
    which: usize,
    days: i32,
    offset: i32,
    by_citizen: bool,
    stale: bool,
    text: String,
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let one = (
        0u8..39,
        0usize..6,
        0i32..40,
        -20i32..60,
        any::<bool>(),
        prop::bool::weighted(0.1),
        "[a-zæøå <>\u{202e}😀]{0,30}",
    )
        .prop_map(|(what, which, days, offset, by_citizen, stale, text)| Move {
            what,
            which,
            days,
            offset,
            by_citizen,
            stale,
            text,
        });
    prop::collection::vec(one, 1..60)
}

/// A consent at any stage, with what was said of it in the first thirty days.
fn consent() -> impl Strategy<Value = Consent> {
    (0..ConsentStatus::ALL.len(), 0i32..=30, 30i32..420, any::<bool>()).prop_map(|(status, said, until, answered)| {
        let day = |days: i32| START.saturating_add(jiff::Span::new().days(days));
        let reply = Reply {
            on: day(said),
            by: "Anna".into(),
            how: How::OwnPage,
        };
        let status = ConsentStatus::ALL[status];
        Consent {
            id: ConsentId(Uuid::from_u128(1)),
            plan: PlanId(Uuid::from_u128(1)),
            unit: None,
            asked_by: employee(0),
            asked: START,
            until: day(until),
            status,
            terms: Terms {
                way: Way::Give,
                from: "Jobcenter".into(),
                to: "Lægen".into(),
                kinds: vec![Information::Plan],
                purpose: "At vi trækker samme vej".into(),
                version: 1,
                asked_by: "Karen".into(),
            },
            answer: (answered || status == ConsentStatus::Declined).then(|| reply.clone()),
            end: (status == ConsentStatus::Withdrawn).then_some(reply),
            rev: 1,
        }
    })
}

fn employee(n: usize) -> EmployeeId {
    EmployeeId(Uuid::from_u128(1_000 + n as u128))
}

struct World {
    plan: Plan,
    today: Date,
    ids: u128,
    last: Vec<Change>,
    /// What each carried-out form did, oldest first.
    forms: Vec<Vec<Change>>,
}

impl World {
    fn start() -> Self {
        let mut ids = 0u128;
        let actor = Actor {
            kind: UserKind::Employee,
            id: employee(0).0,
            name: "Karen".into(),
            unit: "Jobcenter".into(),
        };
        let mut new_id = || {
            ids += 1;
            Uuid::from_u128(ids)
        };
        let mut ctx = Context {
            actor: &actor,
            relation: Relation::Coordinator,
            voice: Voice::Together,
            now: START.at(9, 0, 0, 0),
            new_id: &mut new_id,
        };
        let citizen = CitizenId(Uuid::from_u128(7));
        let (plan, _) =
            open_plan(citizen, CoreTask::Work, (employee(0), "Karen".into()), START, &mut ctx).expect("opens");
        World {
            plan,
            today: START,
            ids,
            last: vec![],
            forms: vec![],
        }
    }

    fn intent(&self, m: &Move) -> Intent {
        fn pick<T>(list: &[T], n: usize) -> Option<&T> {
            if list.is_empty() {
                None
            } else {
                list.get(n % (list.len() + 1))
            }
        }
        let p = &self.plan;
        let day = self.today.saturating_add(jiff::Span::new().days(m.offset));
        let rev = |r: Option<u32>| r.unwrap_or(1).wrapping_sub(u32::from(m.stale));
        let goal = pick(&p.goals, m.which);
        let goal_id = goal.map_or(GoalId(Uuid::from_u128(3)), |g| g.id);
        let step = pick(&p.steps, m.which);
        let step_id = step.map_or(StepId(Uuid::from_u128(3)), |s| s.id);
        let talk = pick(&p.conversations, m.which);
        let talk_id = talk.map_or(ConversationId(Uuid::from_u128(3)), |t| t.id);
        let effort = pick(&p.efforts, m.which);
        let effort_id = effort.map_or(EffortId(Uuid::from_u128(3)), |e| e.id);
        let message_id = pick(&p.messages, m.which).map_or(MessageId(Uuid::from_u128(3)), |x| x.id);
        let consent_id = pick(&p.consents, m.which).map_or(ConsentId(Uuid::from_u128(3)), |x| x.id);
        let booking = || Booking {
            employee: employee(m.which),
            name: "Karen".into(),
            starts: day.at(10, 30, 0, 0),
            minutes: 30 + m.which as u32 * 100,
            channel: Channel::ALL[m.which % 5],
            place: m.text.clone(),
        };
        let goal_input = || GoalInput {
            parent: m.which.is_multiple_of(2).then_some(goal_id),
            words: m.text.clone(),
            professional: m.text.clone(),
            aim: Aim::ALL[m.which],
        };
        let step_input = || StepInput {
            goal: goal.map(|g| g.id),
            title: m.text.clone(),
            holder: match m.which {
                0 | 1 => Holder::citizen(),
                2 => Holder::employee(employee(1), "Ole"),
                _ => Holder::named(PersonKind::ALL[m.which], m.text.clone()),
            },
            due: Some(day),
            role: None,
        };
        let effort_input = || EffortInput {
            kind: "course".into(),
            title: m.text.clone(),
            unit: None,
            company: (m.which > 2).then_some(CompanyId(Uuid::from_u128(9))),
            provider: String::new(),
            from: self.today,
            until: m.which.is_multiple_of(2).then_some(day),
            hours: Some((f64::from(m.offset), f64::from(m.offset) / 2.0)),
        };
        match m.what {
            0 => Intent::SetGoal(goal_input()),
            1 => Intent::ChangeGoal {
                goal: goal_id,
                rev: rev(goal.map(|g| g.rev)),
                input: goal_input(),
            },
            2 => Intent::EndGoal {
                goal: goal_id,
                rev: rev(goal.map(|g| g.rev)),
                status: GoalStatus::ALL[m.which % 3],
                reason: String::new(),
            },
            3 | 4 => Intent::SetStep(step_input()),
            5 => Intent::ChangeStep {
                step: step_id,
                rev: rev(step.map(|s| s.rev)),
                input: step_input(),
            },
            6 => Intent::TickStep { step: step_id },
            7 => Intent::UntickStep { step: step_id },
            8 => Intent::DropStep {
                step: step_id,
                rev: rev(step.map(|s| s.rev)),
                reason: m.text.clone(),
            },
            9 => Intent::Comment {
                step: Some(step_id),
                goal: None,
                text: m.text.clone(),
            },
            10 => Intent::SetStrength {
                kind: StrengthKind::ALL[m.which % 4],
                text: m.text.clone(),
            },
            11 => Intent::Rate {
                rater: Rater::ALL[m.which % 2],
                answers: vec![(Precondition::ALL[m.which], m.which as u8, m.text.clone())],
            },
            12 => Intent::Join(PersonInput {
                kind: PersonKind::Employee,
                employee: Some(employee(m.which)),
                name: m.text.clone(),
                role: "mentor".into(),
                organisation: String::new(),
                phone: String::new(),
                from: day,
            }),
            13 => {
                let who = pick(&p.participations, m.which);
                Intent::Leave {
                    participation: who.map_or(ParticipationId(Uuid::from_u128(3)), |w| w.id),
                    rev: rev(who.map(|w| w.rev)),
                    until: day,
                }
            }
            14 => Intent::SetEffort(effort_input()),
            15 => Intent::ChangeEffort {
                effort: effort_id,
                rev: rev(effort.map(|e| e.rev)),
                input: effort_input(),
            },
            16 => Intent::SetHours {
                effort: effort_id,
                rev: rev(effort.map(|e| e.rev)),
                from: day,
                hours: 12.0,
                paid: f64::from(m.offset),
            },
            17 => Intent::Book(booking()),
            18 => Intent::MoveConversation {
                conversation: talk_id,
                rev: rev(talk.map(|t| t.rev)),
                to: booking(),
            },
            19 => Intent::CancelConversation {
                conversation: talk_id,
                rev: rev(talk.map(|t| t.rev)),
                reason: m.text.clone(),
            },
            20 => Intent::Hold(Outcome {
                conversation: talk.map(|t| (t.id, rev(Some(t.rev)))),
                unplanned: Some(booking()),
                note: m.text.clone(),
                goals: vec![goal_input()],
                steps: vec![step_input()],
                ticked: [step_id, step_id]
                    .into_iter()
                    .chain(p.steps.iter().map(|s| s.id).take(m.which))
                    .filter(|id| p.step(*id).is_some())
                    .collect(),
                answered: p.questions.iter().take(1).map(|q| q.id).collect(),
                next: Some(booking()),
                message: m.text.clone(),
            }),
            29 => Intent::MissConversation {
                conversation: talk_id,
                rev: rev(talk.map(|t| t.rev)),
                note: m.text.clone(),
                next: (m.which > 2).then(booking),
                message: m.text.clone(),
            },
            21 => Intent::Ask { text: m.text.clone() },
            30 => Intent::CorrectNote {
                conversation: talk_id,
                rev: rev(talk.map(|t| t.rev)),
                note: m.text.clone(),
                reason: m.text.clone(),
            },
            31 => Intent::Send { text: m.text.clone() },
            32 => Intent::Answer {
                message: message_id,
                text: m.text.clone(),
            },
            33 => Intent::ReadMessages,
            34 => Intent::ReadMessage { message: message_id },
            22 | 23 => Intent::Transfer {
                to: employee(m.which),
                name: "Ole".into(),
                from: day,
                reason: TransferReason::ALL[m.which % 5],
                note: m.text.clone(),
                handover: m.text.clone(),
            },
            24 if m.which == 0 => Intent::Close {
                rev: rev(Some(p.head.rev)),
                on: day,
                balance: Balance {
                    reached: m.text.clone(),
                    helped: String::new(),
                    remains: String::new(),
                },
                reached: vec![],
            },
            35 => Intent::AskConsent(ConsentInput {
                way: Way::ALL[m.which % 3],
                unit: Some(UnitId(Uuid::from_u128(50 + (m.which % 2) as u128))),
                party: m.text.clone(),
                ours: "Jobcentret".into(),
                kinds: Information::ALL.iter().skip(m.which).take(1).copied().collect(),
                purpose: format!("At hjælpe {}", m.text),
                until: day,
                version: 1,
                months: 1,
            }),
            36 => Intent::AnswerConsent {
                consent: consent_id,
                yes: !m.stale,
                how: if m.by_citizen {
                    How::OwnPage
                } else {
                    How::ALL[m.which % 3]
                },
            },
            37 => Intent::WithdrawConsent {
                consent: consent_id,
                how: if m.by_citizen { How::OwnPage } else { How::Spoken },
            },
            25 => Intent::Undo(self.last.clone()),
            // Undo of something done a while ago, with other things done since.
            _ => Intent::Undo(pick(&self.forms, m.which * 7).cloned().unwrap_or_default()),
        }
    }

    fn play(&mut self, m: &Move) -> Result<(), Refusal> {
        self.today = self.today.saturating_add(jiff::Span::new().days(m.days));
        let intent = self.intent(m);
        let (kind, id) = if m.by_citizen {
            (UserKind::Citizen, self.plan.head.citizen.0)
        } else {
            (UserKind::Employee, employee(0).0)
        };
        let actor = Actor {
            kind,
            id,
            name: "x".into(),
            unit: String::new(),
        };
        let relation = if m.by_citizen {
            Relation::Citizen
        } else {
            Relation::Coordinator
        };
        let ids = &mut self.ids;
        let mut new_id = || {
            *ids += 1;
            Uuid::from_u128(*ids)
        };
        let now = self.today.at(9, 0, 0, 0);
        let mut ctx = Context {
            actor: &actor,
            relation,
            voice: Voice::Own,
            now,
            new_id: &mut new_id,
        };
        let changes = decide(&self.plan, intent, &mut ctx)?;
        self.plan.apply(&changes);
        self.forms.push(changes.clone());
        self.last = changes;
        Ok(())
    }
}

/// A citizen moves no step that somebody else holds, except by undoing an own act; and what a note said is changed by a correction that says why, or by
/// undoing one.
fn own_words(change: &Change, by_citizen: bool) -> Result<(), TestCaseError> {
    match (&change.before, &change.after) {
        (Some(Record::Step(before)), Record::Step(after)) if by_citizen && change.kind != ActKind::Undone => {
            let ticks = matches!(change.kind, ActKind::StepDone | ActKind::StepReopened);
            prop_assert!(ticks || before.holder.kind == PersonKind::Citizen, "{:?}", change);
            prop_assert_eq!(&before.holder, &after.holder);
        }
        (Some(Record::Conversation(before)), Record::Conversation(after)) if before.note != after.note => {
            let written = before.status == ConversationStatus::Booked;
            let corrected = change.kind == ActKind::NoteCorrected && !change.reason.is_empty();
            prop_assert!(written || corrected || change.kind == ActKind::Undone, "{:?}", change);
        }
        _ => {}
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Whatever people try, the plan's invariants hold, each change builds on the record it names, and exactly one coordinator holds every day.
    #[test]
    fn invariants_hold(moves in moves()) {
        let mut world = World::start();
        for m in &moves {
            let before = world.plan.clone();
            match world.play(m) {
                Ok(()) => {
                    for change in &world.last {
                        match &change.before {
                            None => prop_assert_eq!(change.after.rev(), 1),
                            Some(b) => {
                                prop_assert_eq!(b.id(), change.after.id());
                                prop_assert_eq!(b.rev() + 1, change.after.rev());
                                prop_assert_eq!(before.find(b), Some(b.clone()));
                            }
                        }
                        own_words(change, m.by_citizen)?;
                    }
                }
                Err(_) => prop_assert_eq!(&before, &world.plan),
            }
            // What a consent says never changes, and one that has ended does not begin to hold again, by undoing neither.
            for old in &before.consents {
                let now = world.plan.consents.iter().find(|c| c.id == old.id);
                let now = now.expect("nothing is erased");
                prop_assert_eq!((&now.terms, now.unit, now.until), (&old.terms, old.unit, old.until));
                // A question that was taken back, or answered with no, may stand again by undoing that; a yes may not.
                let ended = matches!(old.status, ConsentStatus::Withdrawn | ConsentStatus::Replaced);
                if ended && old.answer.is_some() {
                    prop_assert_eq!(now.status, old.status);
                }
                if ended || old.status == ConsentStatus::Declined {
                    prop_assert_ne!(now.status, ConsentStatus::Given);
                }
            }
            if let Err(broken) = world.plan.check() {
                prop_assert!(false, "{} after {:?}", broken.0, m);
            }
            let end = world.plan.head.closed.unwrap_or(world.today.max(START));
            let mut day = world.plan.head.opened;
            while day <= end {
                let holding = world.plan.coordinations.iter().filter(|c| c.covers(day)).count();
                prop_assert_eq!(holding, 1, "on {}", day);
                day = day.tomorrow().expect("in range");
            }
        }
    }

    /// A change that is undone at once leaves the same summary, apart from what is said to be undone.
    #[test]
    fn undo_gives_the_summary_back(moves in moves(), text in "[a-z]{1,10}") {
        let mut world = World::start();
        for m in &moves {
            let _ = world.play(m);
        }
        let before = Summary::of(&world.plan);
        let step = Move { what: 3, which: 0, days: 0, offset: 10, by_citizen: true, stale: false, text };
        if world.play(&step).is_ok() && world.plan.is_open() {
            prop_assert_ne!(&before, &Summary::of(&world.plan));
            let undo = Move { what: 25, ..step };
            world.play(&undo).expect("the step can be undone");
            prop_assert_eq!(before, Summary::of(&world.plan));
        }
    }

    /// Where the caseload's line says that no consent can be news, none is: the day's page asks no further then.
    #[test]
    fn the_line_misses_no_news_of_a_consent(consents in prop::collection::vec(consent(), 1..4), remind in 0u32..60) {
        let mut plan = World::start().plan;
        plan.consents = consents;
        let summary = Summary::of(&plan);
        for offset in 30..430 {
            let day = START.saturating_add(jiff::Span::new().days(offset));
            let news = plan.consents.iter().find_map(|consent| consent.news(day, remind));
            prop_assert!(news.is_none() || summary.may_have_consent_news(day, remind), "{news:?} on {day}");
        }
    }
}
