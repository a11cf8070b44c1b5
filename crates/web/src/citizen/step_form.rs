//! `/my-plan/steps/new` and `/my-plan/steps/{step}/edit`: a step of the citizen's own. The ideas on *what I can do myself* come here too, with the
//! title written.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use tovholder_casework::access::may_change_step;
use tovholder_casework::act::{PageKey, Record};
use tovholder_casework::decide::{Intent, StepInput};
use tovholder_casework::id::*;
use tovholder_casework::plan::*;

use super::words::when;
use super::{carry_out, conflict, is_missing, new_act, own_case, refusal, shell, start};
use crate::kit::form::{Choice, Errors};
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, Said, form_page};
use crate::kit::sent::{Fields, Sent};
use crate::kit::shell::Shell;
use crate::kit::visit::{Opened, Visit};

#[derive(Template)]
#[template(path = "citizen/step_form.html")]
struct Page {
    t: Lang,
    shell: Shell,
    errors: Errors,
    act: String,
    rev: u32,
    here: String,
    back: (String, &'static str),
    lead: &'static str,
    title: String,
    due: String,
    today: String,
    goals: Vec<Choice>,
    /// The title, and when it is to be done, as somebody else left it meanwhile.
    theirs: Option<(String, String)>,
}

/// Whether the citizen may change or drop this step: their own, and not behind them.
pub(super) fn changes(case: &Opened, step: &Step) -> bool {
    case.plan.is_open() && step.status == StepStatus::Open && may_change_step(case.relation, step)
}

/// The form for a new step.
///
/// # Errors
/// [`Failure::NotFound`] for an employee; the database is away.
pub async fn get_new(visit: Visit) -> Result<Response, Failure> {
    draw(&visit, None, None, Errors::none(), None).await
}

/// The form for a step that is there.
///
/// # Errors
/// [`Failure::NotFound`] for a step that is not the citizen's own, or is done.
pub async fn get_edit(visit: Visit, Path(id): Path<StepId>) -> Result<Response, Failure> {
    draw(&visit, Some(id), None, Errors::none(), None).await
}

async fn draw(
    visit: &Visit,
    id: Option<StepId>,
    sent: Option<&Fields>,
    errors: Errors,
    theirs: Option<Step>,
) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let Some(case) = visit.open_own(&mut conn, PageKey::Steps).await? else {
        return Ok(start());
    };
    if !case.plan.is_open() {
        return Ok(start());
    }
    let t = visit.t;
    let step = match id {
        // What was typed is shown beside what somebody else made of the step meanwhile, whatever that was.
        Some(id) => Some(
            case.plan
                .step(id)
                .filter(|step| theirs.is_some() || changes(&case, step))
                .ok_or(Failure::NotFound)?,
        ),
        None => None,
    };
    let fresh = step.map_or_else(Fields::empty, |step| {
        let fields = Fields::empty()
            .with("title", &step.title)
            .with("due", step.due.map_or_else(String::new, |due| due.to_string()))
            .with("_rev", step.rev);
        match step.goal {
            Some(goal) => fields.with("goal", goal),
            None => fields,
        }
    });
    let title = match id {
        Some(_) => t.my_step_edit_title(),
        None => t.my_step_new_title(),
    };
    let mut shell = shell(visit, &case, title);
    let fields = visit.fields(&mut conn, &mut shell, sent, fresh).await?;
    let chosen = fields.value::<GoalId>("goal");
    // A goal that has been reached since the step was set stays its goal.
    let goals = case.plan.goals.iter();
    let open = goals.filter(|g| g.status == GoalStatus::Open || step.is_some_and(|step| step.goal == Some(g.id)));
    let template = Page {
        t,
        shell,
        act: new_act(),
        // After a conflict the form carries the new revision: saving again is then a choice.
        rev: theirs.as_ref().map_or(fields.rev(), |step| step.rev),
        here: visit.page_path().to_owned(),
        back: match id {
            Some(id) => (format!("/my-plan/steps/{id}"), t.my_back_to_step()),
            None => ("/my-plan/steps".to_owned(), t.my_back_to_steps()),
        },
        lead: match id {
            Some(_) => t.my_step_edit_lead(),
            None => t.my_step_new_lead(),
        },
        title: fields.text("title").to_owned(),
        due: fields.text("due").to_owned(),
        today: visit.today().to_string(),
        goals: open
            .map(|g| Choice::new(g.id.to_string(), g.words.as_str(), chosen == Some(g.id)))
            .collect(),
        theirs: theirs.map(|step| (step.title.clone(), when(t, &step, visit.today()))),
        errors,
    };
    form_page(&template, &template.errors)
}

/// Sets the step.
///
/// # Errors
/// As [`get_new`].
pub async fn post_new(visit: Visit, sent: Sent) -> Result<Response, Failure> {
    post(&visit, None, &sent).await
}

/// Changes the step.
///
/// # Errors
/// As [`get_edit`].
pub async fn post_edit(visit: Visit, Path(id): Path<StepId>, sent: Sent) -> Result<Response, Failure> {
    post(&visit, Some(id), &sent).await
}

async fn post(visit: &Visit, id: Option<StepId>, sent: &Fields) -> Result<Response, Failure> {
    let case = own_case(visit, &mut visit.read().await?).await?;
    if id.is_some_and(|id| case.plan.step(id).is_none()) {
        return Err(Failure::NotFound);
    }
    let mut errors = Errors::none();
    let due = sent.date("due", visit.t, &mut errors);
    if sent.is_blank("title") {
        errors.push("title", visit.t.error_required());
    }
    if !errors.is_empty() {
        return draw(visit, id, Some(sent), errors, None).await;
    }
    let input = StepInput {
        goal: sent.value("goal"),
        title: sent.text("title").to_owned(),
        holder: Holder::citizen(),
        due,
        role: None,
    };
    let (intent, to) = match id {
        None => (Intent::SetStep(input), "/my-plan/steps".to_owned()),
        Some(step) => {
            let rev = sent.rev();
            (
                Intent::ChangeStep { step, rev, input },
                format!("/my-plan/steps/{step}"),
            )
        }
    };
    match carry_out(visit, case.plan.head.id, intent, sent, &to, Said::Saved).await? {
        Ok(done) => Ok(done),
        Err(why) if id.is_some() && is_missing(&why) => Err(Failure::NotFound),
        Err(why) => {
            let theirs = match conflict(&why) {
                Some(Record::Step(now)) => Some(now.clone()),
                _ => None,
            };
            draw(visit, id, Some(sent), refusal(visit, &why, &[]), theirs).await
        }
    }
}
