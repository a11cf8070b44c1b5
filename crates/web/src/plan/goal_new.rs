//! `/plans/{plan}/goals/new`: a goal in the citizen's own words.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use tovholder_casework::act::PageKey;
use tovholder_casework::decide::{GoalInput, Intent};
use tovholder_casework::id::*;
use tovholder_casework::plan::*;

use crate::kit::form::{Choice, Errors};
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, Said, page, page_with_errors};
use crate::kit::sent::{Fields, Sent};
use crate::kit::shell::Shell;
use crate::kit::visit::{Opened, Visit};
use crate::kit::words;
use crate::plan::{Form, again, begin, carry_out, goal_choices, home, query, to_write};

#[derive(Template)]
#[template(path = "plan/goal_new.html")]
struct Page {
    t: Lang,
    shell: Shell,
    form: Form,
    goal: GoalChoices,
}

/// What can be chosen about a goal.
pub(super) struct GoalChoices {
    pub aims: Vec<Choice>,
    pub parents: Vec<Choice>,
    pub voices: Vec<Choice>,
}
impl GoalChoices {
    /// For a new goal, or for one that stands in the plan.
    pub(super) fn of(t: Lang, plan: &Plan, form: &Form, own: Option<GoalId>) -> Self {
        // Goals nest one level: a goal with sub-goals stays on top, and no goal belongs to itself.
        let has_children = own.is_some() && plan.goals.iter().any(|g| g.parent == own);
        let chosen = form.text("parent").to_owned();
        let on_top = plan.goals.iter().filter(|g| {
            g.parent.is_none() && Some(g.id) != own && (g.status == GoalStatus::Open || g.id.to_string() == chosen)
        });
        GoalChoices {
            aims: words::choices(t, Aim::ALL, words::aim, form.text("aim")),
            parents: if has_children {
                vec![]
            } else {
                goal_choices(on_top.cloned(), &chosen)
            },
            voices: form.voices(t),
        }
    }
}

/// Reads the fields of a goal.
pub(super) fn read(t: Lang, sent: &Fields, errors: &mut Errors) -> Option<GoalInput> {
    if sent.is_blank("words") {
        errors.push("words", t.plan_goal_words_missing());
    }
    let aim = sent.choice("aim", t, errors);
    let parent = if sent.is_blank("parent") {
        None
    } else {
        Some(sent.choice("parent", t, errors)?)
    };
    let (words, professional) = (sent.text("words").to_owned(), sent.text("professional").to_owned());
    errors.is_empty().then_some(GoalInput {
        parent,
        words,
        professional,
        aim: aim?,
    })
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] for somebody who may not write in the plan.
pub async fn get(visit: Visit, Path(plan): Path<PlanId>) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let case = to_write(&visit, &mut conn, plan, PageKey::Goals).await?;
    let asked = query(&visit);
    let fresh = Fields::empty()
        .with("_voice", "together")
        .with("parent", asked.text("parent"))
        .with("aim", asked.text("aim"));
    let (shell, form) = begin(&visit, &mut conn, &case, visit.t.plan_goal_new(), fresh).await?;
    page(&view(&visit, &case, shell, form))
}

/// Sets the goal.
///
/// # Errors
/// As [`get`].
pub async fn post(visit: Visit, Path(plan): Path<PlanId>, sent: Sent) -> Result<Response, Failure> {
    let mut errors = Errors::none();
    if let Some(input) = read(visit.t, &sent, &mut errors) {
        let to = home(plan);
        let done = carry_out(
            &visit,
            plan,
            Intent::SetGoal(input),
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
    let case = to_write(&visit, &mut conn, plan, PageKey::Goals).await?;
    let (shell, form) = again(&visit, &case, visit.t.plan_goal_new(), &sent, errors);
    page_with_errors(&view(&visit, &case, shell, form))
}

fn view(visit: &Visit, case: &Opened, shell: Shell, form: Form) -> Page {
    let goal = GoalChoices::of(visit.t, &case.plan, &form, None);
    Page {
        t: visit.t,
        shell,
        form,
        goal,
    }
}
