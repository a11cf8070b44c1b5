//! `/my-plan/myself`: what I can, hope for and count on; the work I look for; and small steps I can take right away.

use askama::Template;
use axum::response::Response;
use tovholder_casework::act::PageKey;
use tovholder_casework::plan::*;
use tovholder_casework::reference::occupation;

use super::{new_act, shell, start};
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, page};
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;
use crate::kit::words;

/// One of the four kinds, with what is written.
struct Group {
    heading: &'static str,
    hint: &'static str,
    add: String,
    items: Vec<Item>,
}
struct Item {
    text: String,
    edit: String,
}
/// A step to take with one tap.
struct Idea {
    title: &'static str,
    act: String,
}

#[derive(Template)]
#[template(path = "citizen/myself.html")]
struct Page {
    t: Lang,
    shell: Shell,
    open: bool,
    groups: Vec<Group>,
    wishes: String,
    occupation: &'static str,
    ideas: Vec<Idea>,
}

const fn hint(t: Lang, kind: StrengthKind) -> &'static str {
    match kind {
        StrengthKind::Resource => t.my_resource_hint(),
        StrengthKind::Hope => t.my_hope_hint(),
        StrengthKind::Network => t.my_network_hint(),
        StrengthKind::Motivation => t.my_motivation_hint(),
    }
}

/// Small steps anybody can begin with, by what the plan is for.
fn ideas(t: Lang, task: CoreTask) -> Vec<&'static str> {
    match task {
        CoreTask::Work => {
            vec![
                t.my_idea_good_at(),
                t.my_idea_cv(),
                t.my_idea_call_company(),
                t.my_idea_ask_friend(),
                t.my_idea_find_job(),
                t.my_idea_walk(),
            ]
        }
        CoreTask::MeaningfulLife => vec![
            t.my_idea_walk(),
            t.my_idea_call_someone(),
            t.my_idea_activity(),
            t.my_idea_calm(),
        ],
        CoreTask::Youth => vec![
            t.my_idea_adult(),
            t.my_idea_visit_school(),
            t.my_idea_get_up(),
            t.my_idea_good_at(),
        ],
    }
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] for an employee; the database is away.
pub async fn get(visit: Visit) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let Some(case) = visit.open_own(&mut conn, PageKey::Strengths).await? else {
        return Ok(start());
    };
    let (t, plan) = (visit.t, &case.plan);
    let group = |kind: &StrengthKind| Group {
        heading: words::strength_kind(t, *kind),
        hint: hint(t, *kind),
        add: format!("/my-plan/myself/new/{kind}"),
        items: plan
            .strengths
            .iter()
            .filter(|s| s.kind == *kind && s.ended.is_none())
            .map(|s| Item {
                text: s.text.clone(),
                edit: format!("/my-plan/myself/{}", s.id),
            })
            .collect(),
    };
    let taken = |title: &&str| {
        plan.steps
            .iter()
            .any(|s| s.title == *title && s.status == StepStatus::Open)
    };
    let ideas = ideas(t, plan.head.core_task).into_iter().filter(|title| !taken(title));
    page(&Page {
        t,
        shell: shell(&visit, &case, t.my_myself_title()),
        open: plan.is_open(),
        groups: StrengthKind::ALL.iter().map(group).collect(),
        wishes: case.citizen.wishes.clone(),
        occupation: occupation(&case.citizen.occupation).map_or("", |o| o.title),
        ideas: ideas.map(|title| Idea { title, act: new_act() }).collect(),
    })
}
