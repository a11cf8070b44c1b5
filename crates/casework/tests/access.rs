//! Properties of the access decisions, over random plans, people and days.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use tovholder_casework::access::*;
use tovholder_casework::act::{Actor, Record, UserKind};
use tovholder_casework::consent::*;
use tovholder_casework::id::*;
use tovholder_casework::plan::*;
use uuid::Uuid;

const FIRST: Date = date(2026, 1, 1);

fn employee(n: u8) -> EmployeeId {
    EmployeeId(Uuid::from_u128(1_000 + u128::from(n)))
}
fn unit(n: u8) -> UnitId {
    UnitId(Uuid::from_u128(2_000 + u128::from(n)))
}
const CITIZEN: CitizenId = CitizenId(Uuid::from_u128(7));
const OTHER: CitizenId = CitizenId(Uuid::from_u128(8));

fn day(n: i32) -> Date {
    FIRST.saturating_add(jiff::Span::new().days(n))
}
fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_767_225_600 + seconds).expect("in range")
}

/// A plan with coordinators one after another, and people who take part, among few employees, so that one is often several things.
fn plans() -> impl Strategy<Value = Plan> {
    let coordinators = prop::collection::vec((0u8..5, 5i32..80), 1..5);
    let people = prop::collection::vec((0u8..5, 0i32..200, prop::option::of(0i32..100)), 0..5);
    let consents = prop::collection::vec((0u8..3, 0i32..200, 0i32..200, 0usize..5, any::<[bool; 4]>()), 0..4);
    (coordinators, people, consents, any::<bool>()).prop_map(|(coordinators, people, consents, closed)| {
        let id = PlanId(Uuid::from_u128(9));
        let mut plan = Plan::empty(PlanHead {
            id,
            citizen: CITIZEN,
            core_task: CoreTask::Work,
            opened: FIRST,
            closed: None,
            balance: None,
            rev: 1,
        });
        let (mut from, many) = (0, coordinators.len());
        for (n, (who, days)) in coordinators.into_iter().enumerate() {
            let last = n + 1 == many;
            plan.coordinations.push(Coordination {
                id: CoordinationId(Uuid::from_u128(n as u128)),
                plan: id,
                employee: employee(who),
                name: "E".into(),
                from: day(from),
                until: (!last || closed).then(|| day(from + days - 1)),
                reason: None,
                note: String::new(),
                rev: 1,
            });
            from += days;
        }
        if closed {
            plan.head.closed = Some(day(from - 1));
        }
        for (n, (who, from, days)) in people.into_iter().enumerate() {
            plan.participations.push(Participation {
                id: ParticipationId(Uuid::from_u128(n as u128)),
                plan: id,
                kind: PersonKind::Employee,
                employee: Some(employee(who)),
                name: "E".into(),
                role: "mentor".into(),
                organisation: String::new(),
                phone: String::new(),
                from: day(from),
                until: days.map(|days| day(from + days)),
                rev: 1,
            });
        }
        for (n, (to, from, days, status, kinds)) in consents.into_iter().enumerate() {
            let some = Information::ALL
                .iter()
                .zip(kinds)
                .filter(|(_, wanted)| *wanted)
                .map(|(kind, _)| *kind);
            plan.consents.push(Consent {
                id: ConsentId(Uuid::from_u128(n as u128)),
                plan: id,
                unit: Some(unit(to)),
                asked_by: employee(0),
                asked: day(from),
                until: day(from + days),
                status: ConsentStatus::ALL[status],
                terms: Terms {
                    way: Way::Unit,
                    from: "A".into(),
                    to: "B".into(),
                    kinds: some.collect(),
                    purpose: "At hjælpe på tværs".into(),
                    version: 1,
                    asked_by: "E".into(),
                },
                answer: None,
                end: None,
                rev: 1,
            });
        }
        // A part of every kind a consent can leave out.
        plan.strengths.push(Strength {
            id: StrengthId(Uuid::from_u128(1)),
            plan: id,
            kind: StrengthKind::Hope,
            text: "Ro".into(),
            since: FIRST,
            ended: None,
            rev: 1,
        });
        plan.ratings.push(Rating {
            id: RatingId(Uuid::from_u128(1)),
            plan: id,
            on: FIRST,
            rater: Rater::Citizen,
            precondition: Precondition::Skills,
            value: 3,
            note: String::new(),
            withdrawn: false,
            rev: 1,
        });
        plan.questions.push(Question {
            id: QuestionId(Uuid::from_u128(1)),
            plan: id,
            answered_in: None,
            text: "Hvornår?".into(),
            asked: FIRST,
            withdrawn: false,
            rev: 1,
        });
        plan
    })
}

/// Everything of the plan that somebody sees.
fn seen(plan: &Plan, actor: &Actor, standing: &Standing, today: Date, former: i32) -> Vec<Record> {
    let found = relation(plan, Some(unit(0)), actor, standing, today, former);
    if !may(found, Action::Read) {
        return vec![];
    }
    let reach = reach(found, plan, Some(unit(0)), actor, standing, today, former);
    let plan = reach.cut(plan);
    let mut all = vec![Record::Plan(plan.head)];
    all.extend(plan.strengths.into_iter().map(Record::Strength));
    all.extend(plan.ratings.into_iter().map(Record::Rating));
    all.extend(plan.questions.into_iter().map(Record::Question));
    all
}

fn actors() -> impl Strategy<Value = Actor> {
    let who = prop_oneof![
        (0u8..6).prop_map(|n| (UserKind::Employee, employee(n).0)),
        Just((UserKind::Citizen, CITIZEN.0)),
        Just((UserKind::Citizen, OTHER.0)),
        // The same number in another world: a citizen with an employee's id, an employee with the citizen's.
        (0u8..6).prop_map(|n| (UserKind::Citizen, employee(n).0)),
        Just((UserKind::Employee, CITIZEN.0)),
        Just((UserKind::System, CITIZEN.0)),
    ];
    who.prop_map(|(kind, id)| Actor {
        kind,
        id,
        name: "N".into(),
        unit: "U".into(),
    })
}

fn standings() -> impl Strategy<Value = Standing> {
    (prop::collection::vec(0u8..3, 0..3), prop::option::of(0u8..3)).prop_map(|(leads, own)| Standing {
        unit: own.map(unit),
        leads: leads.into_iter().map(unit).collect(),
        only: None,
    })
}

/// Everything the relation allows.
fn allowed(relation: Relation) -> Vec<Action> {
    Action::ALL
        .iter()
        .copied()
        .filter(|action| may(relation, *action))
        .collect()
}
/// One may do no more than the other.
fn no_wider(narrow: Relation, wide: Relation) -> bool {
    allowed(narrow).iter().all(|action| allowed(wide).contains(action))
}

proptest! {
    #[test]
    fn whoever_may_anything_may_read_and_without_a_relation_nobody_may(
        plan in plans(), actor in actors(), standing in standings(), now in 0i32..400, former in 0i32..60,
    ) {
        let found = relation(&plan, Some(unit(0)), &actor, &standing, day(now), former);
        prop_assert!(allowed(Relation::None).is_empty());
        prop_assert!(allowed(found).is_empty() || may(found, Action::Read));
        // The system reads nothing, a citizen only their own plan, and only the citizen writes as the citizen.
        match actor.kind {
            UserKind::System => prop_assert_eq!(found, Relation::None),
            UserKind::Citizen => {
                let own = if actor.id == CITIZEN.0 { Relation::Citizen } else { Relation::None };
                prop_assert_eq!(found, own);
            }
            UserKind::Employee => prop_assert!(!may(found, Action::WriteAsCitizen)),
        }
    }

    #[test]
    fn an_employee_who_is_nowhere_in_the_plan_and_leads_nothing_has_no_relation(
        plan in plans(), now in 0i32..400, former in 0i32..60, leads in prop::collection::vec(1u8..3, 0..3),
    ) {
        let stranger = Actor { kind: UserKind::Employee, id: employee(99).0, name: "N".into(), unit: "U".into() };
        // Leading other units gives nothing.
        let standing = Standing { unit: Some(unit(0)), leads: leads.into_iter().map(unit).collect(), only: None };
        prop_assert_eq!(relation(&plan, Some(unit(0)), &stranger, &standing, day(now), former), Relation::None);
        prop_assert_eq!(relation(&plan, None, &stranger, &standing, day(now), former), Relation::None);
    }

    #[test]
    fn taking_something_away_never_opens_anything(
        plan in plans(), actor in actors(), standing in standings(), now in 0i32..400, former in 0i32..60, which in 0usize..5, fewer in 0i32..60,
    ) {
        let before = relation(&plan, Some(unit(0)), &actor, &standing, day(now), former);
        let narrower = |plan: &Plan, standing: &Standing, former: i32| {
            no_wider(relation(plan, Some(unit(0)), &actor, standing, day(now), former), before)
        };
        let before_seen = seen(&plan, &actor, &standing, day(now), former);
        let sees_less = |plan: &Plan, standing: &Standing, former: i32| {
            seen(plan, &actor, standing, day(now), former).iter().all(|record| before_seen.contains(record))
        };
        // A unit less to lead.
        let mut less = standing.clone();
        less.leads.pop();
        prop_assert!(narrower(&plan, &less, former));
        // Somebody's part in the plan is gone, or ended yesterday.
        let mut without = plan.clone();
        if which < without.participations.len() {
            without.participations.remove(which);
            prop_assert!(narrower(&without, &standing, former));
            prop_assert!(sees_less(&without, &standing, former));
            let mut ended = plan.clone();
            let part = &mut ended.participations[which];
            if part.from < day(now) {
                part.until = Some(day(now - 1));
                prop_assert!(narrower(&ended, &standing, former));
            }
        }
        // A consent is withdrawn, ends, covers less, or is not there.
        if which < plan.consents.len() {
            let changed = |change: &dyn Fn(&mut Consent)| {
                let mut changed = plan.clone();
                change(&mut changed.consents[which]);
                changed
            };
            for less in [
                changed(&|consent| consent.status = ConsentStatus::Withdrawn),
                changed(&|consent| consent.until = day(now - 1).min(consent.until)),
                changed(&|consent| { consent.terms.kinds.pop(); }),
                changed(&|consent| consent.unit = None),
            ] {
                prop_assert!(narrower(&less, &standing, former));
                prop_assert!(sees_less(&less, &standing, former));
            }
        }
        // Working nowhere.
        let nowhere = Standing { unit: None, ..standing.clone() };
        prop_assert!(narrower(&plan, &nowhere, former));
        prop_assert!(sees_less(&plan, &nowhere, former));
        // A former coordinator reads for a shorter while.
        prop_assert!(sees_less(&plan, &standing, former.min(fewer)));
        prop_assert!(narrower(&plan, &standing, former.min(fewer)));
    }

    #[test]
    fn a_part_that_ended_gives_nothing(plan in plans(), now in 0i32..400, former in 0i32..60) {
        let today = day(now);
        for n in 0..6u8 {
            let actor = Actor { kind: UserKind::Employee, id: employee(n).0, name: "N".into(), unit: "U".into() };
            let found = relation(&plan, Some(unit(0)), &actor, &Standing::default(), today, former);
            let coordinates = plan.coordinations.iter().any(|c| c.employee == employee(n) && c.covers(today));
            let will = plan.coordinations.iter().any(|c| c.employee == employee(n) && c.from > today);
            let takes_part = plan.participations.iter().any(|p| p.employee == Some(employee(n)) && p.covers(today));
            let last = plan.coordinations.iter().filter(|c| c.employee == employee(n)).filter_map(|c| c.until).max();
            let lately = last.is_some_and(|last| today <= last.saturating_add(jiff::Span::new().days(former)));
            if may(found, Action::Read) {
                prop_assert!(coordinates || will || takes_part || lately, "{:?} without anything", found);
            }
            if may(found, Action::Write) {
                prop_assert!(coordinates || takes_part, "{:?} writes without a part today", found);
            }
            if !plan.is_open() {
                prop_assert!(found != Relation::Participant, "nobody takes part in a closed plan");
            }
        }
    }

    #[test]
    fn another_unit_reads_by_consent_alone_and_no_further(plan in plans(), now in 0i32..400, who in 0u8..6, own in 1u8..3) {
        let actor = Actor { kind: UserKind::Employee, id: employee(who).0, name: "N".into(), unit: "U".into() };
        let standing = Standing { unit: Some(unit(own)), ..Standing::default() };
        let (today, id) = (day(now), employee(who));
        let coordinates = plan.coordinations.iter().any(|c| c.employee == id && (c.covers(today) || c.from > today));
        let takes_part = plan.is_open() && plan.team_on(today).any(|p| p.employee == Some(id));
        let holds = |kind| {
            let valid = |c: &&Consent| {
                c.unit == Some(unit(own)) && c.status == ConsentStatus::Given && c.asked <= today && today <= c.until
            };
            plan.consents.iter().filter(valid).any(|c| c.terms.kinds.contains(&kind))
        };
        let found = relation(&plan, Some(unit(0)), &actor, &standing, today, 0);
        if !coordinates {
            let read = may(found, Action::Read);
            let late = plan.coordinations.iter().any(|c| c.employee == id && c.until.is_some_and(|until| today <= until));
            prop_assert_eq!(read && !late, takes_part && holds(Information::Plan));
            prop_assert_eq!(found == Relation::AwaitsConsent, takes_part && !holds(Information::Plan) && !late);
            if found == Relation::Participant {
                let sees = seen(&plan, &actor, &standing, today, 0);
                prop_assert_eq!(sees.iter().any(|r| matches!(r, Record::Strength(_))), holds(Information::Strengths));
                prop_assert_eq!(sees.iter().any(|r| matches!(r, Record::Rating(_))), holds(Information::Preconditions));
                prop_assert_eq!(sees.iter().any(|r| matches!(r, Record::Question(_))), holds(Information::Conversations));
            }
        }
    }

    #[test]
    fn emergency_access_gives_reading_alone_to_the_one_who_took_it_while_it_lasts(
        plan in plans(), actor in actors(), standing in standings(), now in 0i32..400, who in 0u8..6, other in any::<bool>(), from in -100_000i64..100_000,
    ) {
        let otherwise = relation(&plan, Some(unit(0)), &actor, &standing, day(now), 30);
        let taker = Actor { kind: UserKind::Employee, id: employee(who).0, name: "N".into(), unit: "U".into() };
        let citizen = if other { OTHER } else { CITIZEN };
        let id = EmergencyId(Uuid::from_u128(1));
        let taken = Emergency::take(id, citizen, &taker, "Det kan ikke vente", at(from)).expect("a good reason");
        let found = in_emergency(otherwise, CITIZEN, &actor, &taken, at(0));
        let holds = from <= 0 && 0 < from + EMERGENCY_HOURS * 3_600;
        let own = actor.kind == UserKind::Employee && actor.id == taker.id && citizen == CITIZEN;
        if matches!(otherwise, Relation::None | Relation::AwaitsConsent) && holds && own {
            prop_assert_eq!(found, Relation::Emergency);
            prop_assert_eq!(allowed(found), vec![Action::Read]);
        } else {
            prop_assert_eq!(found, otherwise, "it changes nothing else");
        }
    }

    #[test]
    fn nobody_signs_for_themselves_or_twice(who in 0u8..6, leader in 0u8..6, remark in "[a-zæøå ]{0,40}") {
        let actor = |n: u8| Actor { kind: UserKind::Employee, id: employee(n).0, name: "N".into(), unit: "U".into() };
        let id = EmergencyId(Uuid::from_u128(1));
        let taken = Emergency::take(id, CITIZEN, &actor(who), "Det kan ikke vente", at(0)).expect("a good reason");
        let signed = taken.seen_by(&actor(leader), &remark, at(60));
        prop_assert_eq!(signed.is_ok(), who != leader && !remark.trim().is_empty());
        if let Ok(signed) = signed {
            prop_assert!(signed.seen_by(&actor(leader.wrapping_add(1)), "Igen", at(70)).is_err());
            prop_assert_eq!(signed.until, taken.until, "signing gives no more time");
        }
    }
}

#[test]
fn no_role_alone_reads_a_plan() {
    // What a role gives is never a relation: an administrator and a consultant have none at all, a leader leads the unit or has none.
    assert!(
        Right::ALL
            .iter()
            .filter(|right| role_gives(Role::Administrator, **right))
            .eq([&Right::Research, &Right::SetUp])
    );
    assert!(!role_gives(Role::Consultant, Right::ExportCitizens) && !role_gives(Role::Consultant, Right::Emergency));
    for role in Role::ALL {
        let leads = matches!(role, Role::TeamLeader | Role::Head);
        assert_eq!(role_gives(*role, Right::Review), leads, "{role}");
    }
}

proptest! {
    /// What a log-in provider's claims narrow is narrowed whatever the relation, and they never give one.
    #[test]
    fn claims_only_narrow(
        plan in plans(), actor in actors(), standing in standings(), now in 0i32..400, former in 0i32..60,
        only in prop::collection::vec(0u8..3, 0..3),
    ) {
        let whole = relation(&plan, Some(unit(0)), &actor, &standing, day(now), former);
        let narrowed = Standing { only: Some(only.iter().copied().map(unit).collect()), ..standing.clone() };
        let left = relation(&plan, Some(unit(0)), &actor, &narrowed, day(now), former);
        prop_assert!(no_wider(left, whole));
        // A citizen's own plan is theirs; an employee has all of their relation, or nothing of it.
        if actor.kind == UserKind::Citizen || only.contains(&0) {
            prop_assert_eq!(left, whole);
        } else {
            prop_assert_eq!(left, Relation::None);
        }
        prop_assert!(standing.reaches(Some(unit(0))));
        prop_assert!(!may_open_plan(unit(0), Some(unit(0)), &narrowed) || only.contains(&0));
    }
}
