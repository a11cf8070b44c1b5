//! `/plans/{plan}`: the whole plan on one page.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use jiff::ToSpan as _;
use jiff::civil::Date;
use tovholder_casework::access::{Action, Reach, Relation};
use tovholder_casework::act::PageKey;
use tovholder_casework::closed::may_write as may_write_closed;
use tovholder_casework::consent::kinds_for;
use tovholder_casework::correction::may_answer;
use tovholder_casework::drift::{Drift, judge};
use tovholder_casework::id::*;
use tovholder_casework::plan::*;
use tovholder_store::people::{Employee, employees_of_plan};
use uuid::Uuid;

use crate::conversation::first_name;
use crate::kit::charts::{Lane, Lanes};
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, page};
use crate::kit::shell::Shell;
use crate::kit::visit::{Opened, Visit};
use crate::kit::words;
use crate::plan::progress::{Standing, standings};
use crate::plan::step_new::holder_name;
use crate::plan::strengths::{Group, groups};
use crate::plan::{answered, clipped, home, look, writes};

#[derive(Template)]
#[template(path = "plan/overview.html")]
struct Page {
    t: Lang,
    shell: Shell,
    home: String,
    head: Head,
    /// May change the plan. Everything that would is hidden otherwise.
    writes: bool,
    transfers: bool,
    closes: bool,
    handed_over: bool,
    reads_log: bool,
    /// Where everything is printed for the citizen; empty for those who do not answer for their rights.
    on_paper: String,
    /// May write the closed note of their own unit.
    closed_note: bool,
    drift: Option<DriftNotice>,
    next_step: Option<StepView>,
    talk: NextTalk,
    goals: Vec<GoalView>,
    ended_goals: Vec<GoalView>,
    loose: Steps,
    strengths: Vec<Group>,
    people: Vec<Person>,
    people_count: String,
    efforts: Option<Lanes>,
    effort_rows: Vec<EffortView>,
    older_efforts: usize,
    standings: Vec<Standing>,
    questions: Vec<QuestionView>,
    talks: Vec<Talk>,
    messages: Vec<MessageView>,
    /// How many messages from the citizen wait to be read.
    unread: usize,
}

/// Whose plan it is, and who coordinates it.
pub(super) struct Head {
    pub name: String,
    pub first: String,
    pub age: i16,
    pub phone: String,
    /// Name and address are protected; where the address stands, for those who may see it.
    pub protected: Option<String>,
    pub core_task: &'static str,
    pub opened: String,
    pub closed: Option<String>,
    pub balance: Option<Balance>,
    pub coordinator: Option<Coordinator>,
    /// The next coordinator and the first day, when a change is agreed.
    pub next_coordinator: Option<(String, String)>,
    /// Why somebody who may only read can see the plan.
    pub reads_only: Option<String>,
}
/// Who coordinates today.
pub(super) struct Coordinator {
    pub name: String,
    pub title: String,
    pub phone: String,
    pub since: String,
}

struct DriftNotice {
    reasons: Vec<String>,
    no_goal: bool,
    no_company: bool,
}

/// A goal with what belongs to it.
pub(super) struct GoalView {
    pub id: GoalId,
    pub words: String,
    pub professional: String,
    pub aim: &'static str,
    pub open: bool,
    pub status: &'static str,
    pub ended: Option<String>,
    pub remarks: usize,
    pub children: Vec<GoalView>,
    pub steps: Steps,
}
/// The steps under a goal: what is to do, and what is behind.
#[derive(Default)]
pub(super) struct Steps {
    pub open: Vec<StepView>,
    pub ended: Vec<StepView>,
}
/// A step in a list.
pub(super) struct StepView {
    pub id: StepId,
    pub title: String,
    pub holder: String,
    pub citizens: bool,
    pub role: Option<&'static str>,
    pub due: Option<String>,
    pub overdue: bool,
    pub done: bool,
    pub ended: Option<String>,
    pub remarks: usize,
    pub tick: String,
    pub act: String,
}

/// The conversation to come, and those whose time has passed without a word.
struct NextTalk {
    next: Option<Talk>,
    missing: Vec<Talk>,
}
/// A conversation.
pub(super) struct Talk {
    pub id: ConversationId,
    pub when: String,
    pub channel: &'static str,
    pub place: String,
    pub with: String,
    pub status: &'static str,
    pub held: bool,
    pub note: String,
}

/// Somebody around the plan.
pub(super) struct Person {
    /// Set for those whose part can be ended.
    pub participation: Option<ParticipationId>,
    pub name: String,
    pub role: String,
    pub phone: String,
    /// Takes part but cannot read the plan.
    pub shut_out: bool,
}

struct EffortView {
    id: EffortId,
    title: String,
    kind: String,
    who: String,
    hours: String,
    when: String,
}
struct QuestionView {
    text: String,
    asked: String,
}
struct MessageView {
    id: MessageId,
    text: String,
    author: String,
    on: String,
    read: bool,
    /// What it answers; empty when it answers nothing.
    answers: String,
    /// From the citizen, and nobody has read it.
    waits: bool,
    /// Where it is said to be read, with the number of that form.
    read_at: String,
    act: String,
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] for a plan the user has no relation to.
pub async fn get(visit: Visit, Path(plan): Path<PlanId>) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let case = look(&visit, &mut conn, plan, PageKey::Plan).await?;
    let colleagues = employees_of_plan(&mut conn, plan).await?;
    drop(conn);
    page(&view(&visit, &case, &colleagues))
}

fn view(visit: &Visit, case: &Opened, colleagues: &[Employee]) -> Page {
    let (t, today, plan) = (visit.t, visit.today(), &case.plan);
    let writes = writes(case);
    let (people, people_count) = people(visit, case, colleagues);
    let (efforts, effort_rows, older_efforts) = efforts(visit, plan);
    let (goals, ended_goals, loose) = goals(visit, case);
    let mut shell = visit.shell(case.citizen.name.clone());
    shell.title = case.citizen.name.clone();
    Page {
        home: home(plan.head.id),
        head: head(visit, case, colleagues),
        writes,
        transfers: writes && case.may(Action::Transfer),
        closes: writes && case.may(Action::Close),
        handed_over: !plan.handovers.is_empty(),
        reads_log: case.may(Action::ReadLog),
        on_paper: if may_answer(case.relation) {
            crate::rights::on_paper(plan.head.citizen)
        } else {
            String::new()
        },
        closed_note: visit
            .user
            .unit
            .is_some_and(|unit| may_write_closed(case.relation, Some(unit), unit)),
        drift: if plan.is_open() { drift(visit, plan) } else { None },
        next_step: if plan.is_open() {
            plan.next_step().map(|s| step(visit, case, s))
        } else {
            None
        },
        talk: NextTalk {
            next: plan.next_conversation(visit.now).map(|c| talk(visit, c)),
            missing: plan
                .conversations
                .iter()
                .filter(|c| plan.is_open() && c.status == ConversationStatus::Booked && c.starts < visit.now)
                .map(|c| talk(visit, c))
                .collect(),
        },
        goals,
        ended_goals,
        loose,
        strengths: groups(t, plan),
        people,
        people_count,
        efforts,
        effort_rows,
        older_efforts,
        standings: standings(t, plan),
        questions: plan
            .questions
            .iter()
            .filter(|q| q.waits())
            .map(|q| QuestionView {
                text: q.text.clone(),
                asked: t.relative_day(q.asked, today),
            })
            .collect(),
        talks: talks(visit, plan),
        messages: messages(visit, plan),
        unread: plan.messages.iter().filter(|m| m.waits_for_employee()).count(),
        t,
        shell,
    }
}

/// The latest messages, and every one that waits to be read however old it is.
fn messages(visit: &Visit, plan: &Plan) -> Vec<MessageView> {
    const LATEST: usize = 3;
    let newest = plan.messages.iter().rev().filter(|m| !m.withdrawn).enumerate();
    newest
        .filter(|(n, m)| *n < LATEST || m.waits_for_employee())
        .map(|(_, m)| MessageView {
            id: m.id,
            text: m.text.clone(),
            author: m.author.clone(),
            on: visit.t.date(m.on),
            read: m.read,
            answers: answered(plan, m),
            waits: m.waits_for_employee(),
            read_at: format!("{}/messages/{}/read", home(plan.head.id), m.id),
            act: Uuid::now_v7().to_string(),
        })
        .collect()
}

/// The head of the plan.
pub(super) fn head(visit: &Visit, case: &Opened, colleagues: &[Employee]) -> Head {
    let (t, today, plan) = (visit.t, visit.today(), &case.plan);
    let coordinator = plan.coordinator_on(today).map(|c| {
        let known = colleagues.iter().find(|e| e.id == c.employee);
        Coordinator {
            name: c.name.clone(),
            title: known.map(|e| e.title.clone()).unwrap_or_default(),
            phone: known.map(|e| e.phone.clone()).unwrap_or_default(),
            since: t.date(c.from),
        }
    });
    let reads_only = match case.relation {
        _ if !plan.is_open() && case.emergency.is_none() => None,
        Relation::FormerCoordinator => Some(t.plan_reads_former().to_owned()),
        Relation::NextCoordinator => plan.next_coordinator(today).map(|c| t.plan_reads_next(t.date(c.from))),
        Relation::Emergency => case
            .emergency
            .as_ref()
            .map(|taken| t.acc_emergency_reading(taken.reason.as_str(), t.instant(taken.until))),
        _ => crate::consent::reads_by(visit, case),
    };
    Head {
        name: case.citizen.name.clone(),
        first: first_name(t, &case.citizen.name),
        age: case.citizen.age(today),
        phone: case.citizen.phone.clone(),
        protected: case.citizen.protected.then(|| {
            if case.may(Action::SeeProtected) {
                format!("{}/contact", home(plan.head.id))
            } else {
                String::new()
            }
        }),
        core_task: words::core_task(t, plan.head.core_task),
        opened: t.date(plan.head.opened),
        closed: plan.head.closed.map(|d| t.date(d)),
        balance: plan.head.balance.clone(),
        coordinator,
        next_coordinator: plan.next_coordinator(today).map(|c| (c.name.clone(), t.date(c.from))),
        reads_only,
    }
}

/// What a plan for work lacks under the rules of today.
fn drift(visit: &Visit, plan: &Plan) -> Option<DriftNotice> {
    let rule = visit.rules().drift(plan.head.core_task).limits;
    let found = judge(
        rule,
        plan.head.opened,
        plan.has_employment_goal(),
        plan.last_company_contact(),
        visit.today(),
    );
    if found.is_empty() {
        return None;
    }
    Some(DriftNotice {
        reasons: found.iter().map(|why| words::drift(visit.t, why)).collect(),
        no_goal: found.contains(&Drift::NoEmploymentGoal),
        no_company: found.iter().any(|why| matches!(why, Drift::NoCompanyContact { .. })),
    })
}

fn step(visit: &Visit, case: &Opened, step: &Step) -> StepView {
    let (t, today) = (visit.t, visit.today());
    StepView {
        id: step.id,
        title: step.title.clone(),
        holder: holder_name(&step.holder, &case.citizen.name),
        citizens: step.holder.kind == PersonKind::Citizen,
        role: step.role.map(|role| words::step_role(t, role)),
        due: step.due.map(|due| t.weekday_date_near(due, today)),
        overdue: step.is_overdue(today),
        done: step.status == StepStatus::Done,
        ended: step.ended.map(|day| t.date(day)),
        remarks: case
            .plan
            .comments
            .iter()
            .filter(|c| c.step == Some(step.id) && !c.withdrawn)
            .count(),
        tick: format!("{}/steps/{}/tick", home(case.plan.head.id), step.id),
        act: Uuid::now_v7().to_string(),
    }
}

/// Steps in the order to take them: the open ones by date, what is behind newest first.
fn steps<'p>(visit: &Visit, case: &Opened, steps: impl Iterator<Item = &'p Step>) -> Steps {
    let (mut open, mut ended): (Vec<&Step>, Vec<&Step>) = steps.partition(|s| s.status == StepStatus::Open);
    open.sort_by_key(|s| (s.due.unwrap_or(Date::MAX), s.id));
    ended.sort_by_key(|s| std::cmp::Reverse((s.ended, s.id)));
    let show = |steps: Vec<&Step>| steps.into_iter().map(|s| step(visit, case, s)).collect();
    Steps {
        open: show(open),
        ended: show(ended),
    }
}

/// The open goals with their sub-goals and steps, the ended ones, and the steps that belong to no open goal.
pub(super) fn goals(visit: &Visit, case: &Opened) -> (Vec<GoalView>, Vec<GoalView>, Steps) {
    let (t, plan) = (visit.t, &case.plan);
    let open = |id: Option<GoalId>| {
        id.and_then(|id| plan.goal(id))
            .is_some_and(|g| g.status == GoalStatus::Open)
    };
    let show = |goal: &Goal, children: Vec<GoalView>| GoalView {
        id: goal.id,
        words: goal.words.clone(),
        professional: goal.professional.clone(),
        aim: words::aim(t, goal.aim),
        open: goal.status == GoalStatus::Open,
        status: words::goal_status(t, goal.status),
        ended: goal.ended.map(|day| t.date(day)),
        remarks: plan
            .comments
            .iter()
            .filter(|c| c.goal == Some(goal.id) && !c.withdrawn)
            .count(),
        children,
        // A step to do under a goal that has ended stands among the loose ones, so that nobody overlooks it.
        steps: steps(
            visit,
            case,
            plan.steps.iter().filter(|s| {
                s.goal == Some(goal.id) && (goal.status == GoalStatus::Open || s.status != StepStatus::Open)
            }),
        ),
    };
    let with_children = |goal: &Goal| {
        let below = plan.goals.iter().filter(|g| g.parent == Some(goal.id));
        show(goal, below.map(|g| show(g, vec![])).collect())
    };
    // A sub-goal whose parent has ended goes on by itself.
    let on_top = |g: &&Goal| !open(g.parent);
    let open_goals = plan
        .goals
        .iter()
        .filter(on_top)
        .filter(|g| g.status == GoalStatus::Open);
    let ended_goals = plan
        .goals
        .iter()
        .filter(on_top)
        .filter(|g| g.status != GoalStatus::Open);
    let loose = plan
        .steps
        .iter()
        .filter(|s| s.goal.is_none() || (s.status == StepStatus::Open && !open(s.goal)));
    (
        open_goals.map(with_children).collect(),
        ended_goals.map(|g| show(g, vec![])).collect(),
        steps(visit, case, loose),
    )
}

pub(super) fn talk(visit: &Visit, c: &Conversation) -> Talk {
    let t = visit.t;
    Talk {
        id: c.id,
        when: t.datetime(c.starts),
        channel: words::channel(t, c.channel),
        place: c.place.clone(),
        with: c.name.clone(),
        status: words::conversation_status(t, c.status),
        held: c.status == ConversationStatus::Held,
        note: c.note.clone(),
    }
}

/// The last conversations, newest first.
fn talks(visit: &Visit, plan: &Plan) -> Vec<Talk> {
    let told = |c: &&Conversation| matches!(c.status, ConversationStatus::Held | ConversationStatus::NoShow);
    plan.conversations
        .iter()
        .rev()
        .filter(told)
        .take(4)
        .map(|c| talk(visit, c))
        .collect()
}

/// Everyone around the plan today, the coordinator first, and how many they are.
pub(super) fn people(visit: &Visit, case: &Opened, colleagues: &[Employee]) -> (Vec<Person>, String) {
    let (t, today, plan) = (visit.t, visit.today(), &case.plan);
    let known = |id: Option<EmployeeId>| colleagues.iter().find(|e| Some(e.id) == id);
    let coordinator = plan.coordinator_on(today);
    let mut people = Vec::new();
    let mut units: Vec<UnitId> = Vec::new();
    if let Some(c) = coordinator {
        let e = known(Some(c.employee));
        units.extend(e.map(|e| e.unit));
        people.push(Person {
            participation: None,
            name: c.name.clone(),
            role: e.map_or_else(String::new, |e| t.plan_person_coordinator(&e.title, &e.unit_name)),
            phone: e.map(|e| e.phone.clone()).unwrap_or_default(),
            shut_out: false,
        });
    }
    // Somebody may take part twice, in two roles: shown twice, counted once.
    let mut counted: Vec<(Option<EmployeeId>, &str)> = Vec::new();
    for p in plan.team_on(today) {
        let e = known(p.employee);
        units.extend(e.map(|e| e.unit));
        let from = if p.organisation.is_empty() {
            words::person_kind(t, p.kind)
        } else {
            &p.organisation
        };
        people.push(Person {
            participation: Some(p.id),
            name: p.name.clone(),
            role: t.plan_person_role(from, &p.role),
            phone: if p.phone.is_empty() {
                e.map(|e| e.phone.clone()).unwrap_or_default()
            } else {
                p.phone.clone()
            },
            shut_out: e.is_some_and(|e| {
                // Who sees less than all does not see whom else the citizen has said yes to.
                case.reach == Reach::Whole
                    && plan.is_open()
                    && e.unit != case.citizen.unit
                    && coordinator.is_none_or(|c| c.employee != e.id)
                    && kinds_for(&plan.consents, e.unit, today).is_empty()
            }),
        });
        let who = (p.employee, if p.employee.is_some() { "" } else { p.name.as_str() });
        if p.employee.is_none_or(|id| coordinator.is_none_or(|c| c.employee != id)) && !counted.contains(&who) {
            counted.push(who);
        }
    }
    units.sort();
    units.dedup();
    let count = counted.len() + usize::from(coordinator.is_some());
    (
        people,
        t.plan_people_count(t.plan_count_people(count), t.plan_count_units(units.len())),
    )
}

/// Efforts that run or are planned, and those that ended within half a year, on one timeline; how many are older.
fn efforts(visit: &Visit, plan: &Plan) -> (Option<Lanes>, Vec<EffortView>, usize) {
    let (t, today) = (visit.t, visit.today());
    let recent = today.saturating_sub(6.months());
    let all = || plan.efforts.iter().filter(|e| !e.withdrawn);
    let (shown, older): (Vec<&Effort>, Vec<&Effort>) = all().partition(|e| e.until.is_none_or(|until| until >= recent));
    let runs = |e: &&&Effort| e.from <= today && e.until.is_none_or(|until| until >= today);
    let running = shown.iter().filter(runs).count();
    let planned = shown.iter().filter(|e| e.from > today).count();
    let label = |code: &str| {
        visit
            .rules()
            .effort(code)
            .map_or_else(|| code.to_owned(), |e| words::rule(t, &e.label).to_owned())
    };
    let rows = shown.iter().map(|e| EffortView {
        id: e.id,
        title: e.title.clone(),
        kind: label(&e.kind),
        who: e.provider.clone(),
        hours: hours(t, e, today),
        when: match e.until {
            Some(until) if until == e.from => t.date_short(e.from),
            Some(until) => t.plan_effort_from_until(t.date_short(e.from), t.date_short(until)),
            None => t.plan_effort_from(t.date_short(e.from)),
        },
    });
    let rows: Vec<EffortView> = rows.collect();
    if shown.is_empty() {
        return (None, rows, older.len());
    }
    let lanes = shown.iter().zip(&rows).map(|(e, row)| Lane {
        label: clipped(&e.title),
        who: row.hours.clone(),
        href: format!("{}/efforts/{}", home(plan.head.id), e.id),
        from: e.from,
        to: e.until,
    });
    let reading = t.plan_efforts_reading(planned, running);
    (
        Some(Lanes::new(t.plan_efforts_chart(), reading, lanes.collect(), today)),
        rows,
        older.len(),
    )
}

/// `15 timer om ugen, 2,5 med løn`.
fn hours(t: Lang, effort: &Effort, today: Date) -> String {
    match effort.hours_on(today) {
        None => String::new(),
        Some(h) if h.paid > 0.0 => t.plan_effort_hours_paid(t.hours(h.hours), t.number(h.paid)),
        Some(h) => t.plan_effort_hours_week(t.hours(h.hours)),
    }
}
