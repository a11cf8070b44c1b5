//! `/plans/{plan}/steps/new`: a small step with one holder and a date.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use tovholder_casework::act::PageKey;
use tovholder_casework::decide::{Intent, StepInput};
use tovholder_casework::id::*;
use tovholder_casework::plan::*;
use tovholder_store::db::Conn;
use tovholder_store::people::{Employee, employees};

use crate::kit::form::{Choice, Errors};
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, Said, page, page_with_errors};
use crate::kit::sent::{Fields, Sent};
use crate::kit::shell::Shell;
use crate::kit::visit::{Opened, Visit};
use crate::kit::words;
use crate::plan::{Form, again, begin, carry_out, clipped, goal_choices, home, query, to_write};

#[derive(Template)]
#[template(path = "plan/step_new.html")]
struct Page {
    t: Lang,
    shell: Shell,
    form: Form,
    step: StepChoices,
}

/// What can be chosen about a step.
pub(super) struct StepChoices {
    pub goals: Vec<Choice>,
    pub holders: Vec<Choice>,
    pub colleagues: Vec<Choice>,
    pub kinds: Vec<Choice>,
    pub roles: Vec<Choice>,
}

/// Those outside the municipality, who are known by name.
pub(super) const OUTSIDE: &[PersonKind] = &[
    PersonKind::Relative,
    PersonKind::Volunteer,
    PersonKind::Company,
    PersonKind::Partner,
];

/// How a holder stands in the form: `citizen`, `employee:ID` or `relative:Name`.
fn key(holder: &Holder) -> String {
    match (holder.kind, holder.employee) {
        (PersonKind::Citizen, _) => "citizen".to_owned(),
        (PersonKind::Employee, Some(id)) => format!("employee:{id}"),
        (kind, _) => format!("{kind}:{}", holder.name),
    }
}

/// The fields that say who holds a step that stands in the plan.
pub(super) fn holder_fields(fields: Fields, holder: &Holder) -> Fields {
    fields.with("holder", key(holder))
}

impl StepChoices {
    pub(super) async fn load(visit: &Visit, conn: &mut Conn, case: &Opened, form: &Form) -> Result<Self, Failure> {
        Ok(Self::of(visit, case, form, &employees(conn).await?))
    }

    fn of(visit: &Visit, case: &Opened, form: &Form, colleagues: &[Employee]) -> Self {
        let t = visit.t;
        let plan = &case.plan;
        let goal = form.text("goal");
        let goals = plan
            .goals
            .iter()
            .filter(|g| g.status == GoalStatus::Open || g.id.to_string() == goal);
        let roles = StepRole::ALL.iter().map(|role| {
            let chosen = role.as_str() == form.text("role");
            Choice::new(role.as_str(), words::step_role(t, *role), chosen).with_hint(words::step_role_hint(t, *role))
        });
        StepChoices {
            goals: goal_choices(goals.cloned(), goal),
            holders: holders(visit, case, form),
            colleagues: colleague_choices(colleagues, form.text("colleague")),
            kinds: words::choices(t, OUTSIDE, words::person_kind, form.text("holder_kind")),
            roles: roles.collect(),
        }
    }
}

/// Everybody of the municipality, for a select.
pub(super) fn colleague_choices(colleagues: &[Employee], chosen: &str) -> Vec<Choice> {
    let line = |e: &Employee| {
        Choice::new(
            e.id.to_string(),
            format!("{} · {}, {}", e.name, e.title, e.unit_name),
            e.id.to_string() == chosen,
        )
    };
    colleagues.iter().map(line).collect()
}

/// Those nearest first: the citizen, the employee who writes, the coordinator, the others around the plan, and whoever holds the step now.
fn holders(visit: &Visit, case: &Opened, form: &Form) -> Vec<Choice> {
    let (t, plan, today) = (visit.t, &case.plan, visit.today());
    let chosen = form.text("holder");
    let mut people: Vec<(String, String, String)> = vec![(
        key(&Holder::citizen()),
        case.citizen.name.clone(),
        t.word_person_citizen().to_owned(),
    )];
    let add = |key: String, name: String, hint: String, people: &mut Vec<(String, String, String)>| {
        if !people.iter().any(|(k, ..)| *k == key) {
            people.push((key, name, hint));
        }
    };
    if let Some(me) = visit.user.employee() {
        let mine = Holder::employee(me, "");
        add(
            key(&mine),
            visit.user.actor.name.clone(),
            t.plan_holder_me().to_owned(),
            &mut people,
        );
    }
    if let Some(c) = plan.coordinator_on(today) {
        add(
            key(&Holder::employee(c.employee, "")),
            c.name.clone(),
            t.word_relation_coordinator().to_owned(),
            &mut people,
        );
    }
    for p in plan.team_on(today) {
        let holder = Holder {
            kind: p.kind,
            employee: p.employee,
            name: p.name.clone(),
        };
        add(key(&holder), p.name.clone(), p.role.clone(), &mut people);
    }
    for step in &plan.steps {
        if key(&step.holder) == chosen {
            let kind = words::person_kind(t, step.holder.kind).to_owned();
            add(chosen.to_owned(), step.holder.name.clone(), kind, &mut people);
        }
    }
    let line = |(value, name, about): (String, String, String)| {
        let label = if about.is_empty() {
            name
        } else {
            format!("{name} · {about}")
        };
        Choice::new(value.clone(), label, value == chosen)
    };
    let mut choices: Vec<Choice> = people.into_iter().map(line).collect();
    choices.push(Choice::new(
        "colleague",
        t.plan_holder_colleague(),
        chosen == "colleague",
    ));
    choices.push(Choice::new("other", t.plan_holder_other(), chosen == "other"));
    choices
}

/// Reads the fields of a step.
pub(super) async fn read(visit: &Visit, sent: &Fields, errors: &mut Errors) -> Result<Option<StepInput>, Failure> {
    let t = visit.t;
    if sent.is_blank("title") {
        errors.push("title", t.plan_step_title_missing());
    }
    let holder = read_holder(visit, sent, errors).await?;
    let due = sent.date("due", t, errors);
    let goal = if sent.is_blank("goal") {
        None
    } else {
        sent.choice("goal", t, errors)
    };
    let role = if sent.is_blank("role") {
        None
    } else {
        sent.choice("role", t, errors)
    };
    let title = sent.text("title").to_owned();
    Ok(match holder {
        Some(holder) if errors.is_empty() => Some(StepInput {
            goal,
            title,
            holder,
            due,
            role,
        }),
        _ => None,
    })
}

async fn read_holder(visit: &Visit, sent: &Fields, errors: &mut Errors) -> Result<Option<Holder>, Failure> {
    let t = visit.t;
    let chosen = sent.text("holder").trim();
    let (kind, who) = chosen.split_once(':').unwrap_or((chosen, ""));
    let holder = match kind {
        "citizen" => Some(Holder::citizen()),
        "colleague" if sent.is_blank("colleague") => {
            errors.push("colleague", t.plan_holder_colleague_missing());
            return Ok(None);
        }
        "colleague" => colleague(visit, sent.text("colleague")).await?,
        "employee" => colleague(visit, who).await?,
        "other" => {
            let kind = sent.choice("holder_kind", t, errors);
            if sent.is_blank("holder_name") {
                errors.push("holder_name", t.plan_holder_name_missing());
                return Ok(None);
            }
            let Some(kind) = kind.filter(|kind| OUTSIDE.contains(kind)) else {
                return Ok(None);
            };
            Some(Holder::named(kind, sent.text("holder_name")))
        }
        outside => outside
            .parse()
            .ok()
            .filter(|kind| OUTSIDE.contains(kind))
            .map(|kind| Holder::named(kind, who)),
    };
    if holder.is_none() {
        errors.push("holder", t.plan_holder_missing());
    }
    Ok(holder)
}

/// An employee who holds a step, by id.
async fn colleague(visit: &Visit, id: &str) -> Result<Option<Holder>, Failure> {
    let Ok(id) = id.parse() else { return Ok(None) };
    let mut conn = visit.read().await?;
    let found = tovholder_store::people::find_employee(&mut conn, id).await?;
    Ok(found.map(|e| Holder::employee(e.id, e.name)))
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] for somebody who may not write in the plan.
pub async fn get(visit: Visit, Path(plan): Path<PlanId>) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let case = to_write(&visit, &mut conn, plan, PageKey::Steps).await?;
    let asked = query(&visit);
    let fresh = Fields::empty()
        .with("goal", asked.text("goal"))
        .with("role", asked.text("role"));
    let (shell, form) = begin(&visit, &mut conn, &case, visit.t.plan_step_new(), fresh).await?;
    let step = StepChoices::load(&visit, &mut conn, &case, &form).await?;
    page(&Page {
        t: visit.t,
        shell,
        form,
        step,
    })
}

/// Sets the step.
///
/// # Errors
/// As [`get`].
pub async fn post(visit: Visit, Path(plan): Path<PlanId>, sent: Sent) -> Result<Response, Failure> {
    let mut errors = Errors::none();
    if let Some(input) = read(&visit, &sent, &mut errors).await? {
        let to = home(plan);
        let done = carry_out(
            &visit,
            plan,
            Intent::SetStep(input),
            &sent,
            (&to, Said::Saved),
            &[],
            &mut errors,
        )
        .await?;
        if let Some(done) = done {
            return Ok(done);
        }
    }
    let mut conn = visit.read().await?;
    let case = to_write(&visit, &mut conn, plan, PageKey::Steps).await?;
    let (shell, form) = again(&visit, &case, visit.t.plan_step_new(), &sent, errors);
    let step = StepChoices::load(&visit, &mut conn, &case, &form).await?;
    page_with_errors(&Page {
        t: visit.t,
        shell,
        form,
        step,
    })
}

/// Who holds a step, by name.
pub(super) fn holder_name(holder: &Holder, citizen: &str) -> String {
    if holder.kind == PersonKind::Citizen {
        clipped(citizen)
    } else {
        holder.name.clone()
    }
}
