//! `/team/status/{team}/goals/new` and `/team/status/{team}/goals/{goal}`: a goal is set with the team's leader, and changed.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use tovholder_casework::id::*;
use tovholder_casework::plan::GoalStatus;
use tovholder_casework::status::{TeamGoalInput, unit_of};
use tovholder_figures::strategy::Unit;
use tovholder_store::status::Unwritten;

use crate::kit::form::Choice;
use crate::kit::lang::Lang;
use crate::kit::parse;
use crate::kit::respond::{Failure, Said, page, page_with_errors, see_other};
use crate::kit::sent::{Fields, Sent};
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;
use crate::kit::words;
use crate::status::*;

#[derive(Template)]
#[template(path = "status/goal.html")]
struct Page {
    t: Lang,
    shell: Shell,
    form: Form,
    new: bool,
    terms: Vec<Choice>,
    measures: Vec<Choice>,
    /// Whose figure; empty where the team spans units and there is nothing to choose.
    whose: Vec<Choice>,
    /// How the goal stands now, when somebody else has changed it since the form was drawn.
    theirs: Option<(String, String)>,
}

/// The page of a new goal.
///
/// # Errors
/// [`Failure::NotFound`] for those who do not set the team's goals.
pub async fn get_new(visit: Visit, Path(team): Path<TeamId>) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let opened = open_to_set(&visit, &mut conn, team).await?;
    let fresh = Fields::empty().with("whose", "unit");
    let (shell, form) = begin(&visit, &mut conn, &opened.team, title(&visit, None, &opened), fresh).await?;
    page(&view(&visit, &opened, None, shell, form))
}

/// The page of a goal that is changed.
///
/// # Errors
/// As [`get_new`]; also for a goal that is not open.
pub async fn get(visit: Visit, Path((team, goal)): Path<(TeamId, TeamGoalId)>) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let opened = open_to_set(&visit, &mut conn, team).await?;
    let now = to_change(&opened, goal)?;
    let app = visit.app.clone();
    let measure = app.figures().strategy().measure(&now.measure);
    let target = now.target.zip(measure);
    let fresh = Fields::empty()
        .with("_rev", now.rev)
        .with("words", &now.words)
        .with("term", now.term)
        .with("due", now.due)
        .with("measure", &now.measure)
        .with("whose", if now.unit.is_some() { "unit" } else { "all" })
        .with("target", target.map_or_else(String::new, |(v, (_, m))| typed(m, v)));
    let (shell, form) = begin(
        &visit,
        &mut conn,
        &opened.team,
        title(&visit, Some(now), &opened),
        fresh,
    )
    .await?;
    page(&view(&visit, &opened, Some(now), shell, form))
}

/// Sets a new goal.
///
/// # Errors
/// As [`get_new`].
pub async fn post_new(visit: Visit, Path(team): Path<TeamId>, sent: Sent) -> Result<Response, Failure> {
    set(visit, team, None, sent).await
}

/// Changes a goal: its next revision.
///
/// # Errors
/// As [`get`].
pub async fn post(
    visit: Visit,
    Path((team, goal)): Path<(TeamId, TeamGoalId)>,
    sent: Sent,
) -> Result<Response, Failure> {
    set(visit, team, Some(goal), sent).await
}

async fn set(visit: Visit, team: TeamId, goal: Option<TeamGoalId>, sent: Sent) -> Result<Response, Failure> {
    let t = visit.t;
    let opened = open_to_set(&visit, &mut visit.read().await?, team).await?;
    let mut errors = Errors::none();
    if let Some(input) = read(&visit, &opened, &sent, &mut errors) {
        let of = goal.map(|goal| (goal, sent.rev()));
        let wrong = if errors.is_empty() {
            let to = home(team);
            let sender = visit.sender(&sent, &to).await?;
            match store::set_goal(&visit.app.db, team, of, input, &sender).await {
                Ok(None) => return Ok(see_other(&to, Said::Saved, None)),
                Ok(Some(to)) => return Ok(Redirect::to(&to).into_response()),
                Err(Unwritten::Db(error)) => return Err(error.into()),
                Err(Unwritten::Refused(wrong)) => wrong,
            }
        } else {
            // Everything is said at once, not one thing after the other.
            opened.sheet.set(of, input, visit.today()).err().unwrap_or_default()
        };
        for refusal in &wrong {
            refused(t, refusal, refusal.field, &mut errors);
        }
    }
    // As it is now: somebody may have been faster.
    let opened = open_to_set(&visit, &mut visit.read().await?, team).await?;
    let now = goal.map(|goal| to_change(&opened, goal)).transpose()?;
    let (shell, form) = again(&visit, &opened.team, title(&visit, now, &opened), &sent, errors);
    page_with_errors(&view(&visit, &opened, now, shell, form))
}

/// A goal that is still open.
pub(super) fn to_change(opened: &Opened, goal: TeamGoalId) -> Result<&TeamGoal, Failure> {
    let goal = opened.sheet.goal(goal).ok_or(Failure::NotFound)?;
    if goal.status == GoalStatus::Open {
        Ok(goal)
    } else {
        Err(Failure::NotFound)
    }
}

fn title(visit: &Visit, now: Option<&TeamGoal>, opened: &Opened) -> String {
    match now {
        None => visit.t.status_goal_new(&opened.team.name),
        Some(_) => visit.t.status_goal_change(&opened.team.name),
    }
}

/// The unit all of the team work in; none when it spans several.
fn unit(opened: &Opened) -> Option<(UnitId, &str)> {
    let units: Vec<UnitId> = opened.team.members.iter().map(|member| member.unit).collect();
    let unit = unit_of(&units)?;
    let name = opened.team.members.iter().find(|member| member.unit == unit)?;
    Some((unit, &name.unit_name))
}

/// Reads the fields; none when the rest cannot be judged without what is wrong.
fn read(visit: &Visit, opened: &Opened, sent: &Fields, errors: &mut Errors) -> Option<TeamGoalInput> {
    let t = visit.t;
    let app = visit.app.clone();
    let term = sent.choice("term", t, errors);
    let due = sent.required_date("due", t, errors);
    let code = sent.text("measure").to_owned();
    let measure = app.figures().strategy().measure(&code).map(|(_, measure)| measure);
    if !code.is_empty() && measure.is_none() {
        errors.push("measure", t.error_choose_one());
    }
    let wanted = sent.text("target").trim().trim_end_matches('%').trim();
    let target = match (wanted, measure) {
        ("", _) => None,
        (_, None) => {
            errors.push("target", t.status_target_alone());
            None
        }
        (wanted, Some(measure)) => {
            let value = parse::hours(wanted).map(|shown| measure.unit.stored(shown));
            let value = value.filter(|value| measure.unit != Unit::Share || *value <= 1.0);
            if value.is_none() {
                errors.push("target", t.fig_value_wrong());
            }
            value
        }
    };
    // Figures that are not about benefits are only known for all.
    let by_unit = sent.text("whose") == "unit" && measure.is_some_and(|measure| !measure.groups.is_empty());
    if sent.is_blank("words") {
        errors.push("words", t.status_words_missing());
    }
    Some(TeamGoalInput {
        term: term?,
        words: sent.text("words").to_owned(),
        measure: code,
        unit: unit(opened).filter(|_| by_unit).map(|(unit, _)| unit),
        target,
        due: due?,
    })
}

fn view(visit: &Visit, opened: &Opened, now: Option<&TeamGoal>, shell: Shell, mut form: Form) -> Page {
    let t = visit.t;
    let app = visit.app.clone();
    let chosen = form.text("measure").to_owned();
    let measure = |m: &Measure| Choice::new(m.code.as_str(), words(t, m).goal.as_str(), m.code == chosen);
    let whose = form.text("whose").to_owned();
    let theirs = now.filter(|now| form.fields.rev() != now.rev);
    let page_rev = now.map_or(0, |now| now.rev);
    let theirs = theirs.map(|now| (now.by.clone(), t.status_goal_by(t.date(now.due), &now.words)));
    let terms = words::choices(t, Term::ALL, words::term, form.text("term"));
    form.fields = form.fields.replaced("_rev", page_rev);
    Page {
        t,
        shell,
        new: now.is_none(),
        terms,
        measures: app.figures().strategy().measures.iter().map(measure).collect(),
        whose: unit(opened).map_or_else(Vec::new, |(_, name)| {
            vec![
                Choice::new("unit", name, whose == "unit"),
                Choice::new("all", t.status_whole(), whose == "all"),
            ]
        }),
        theirs,
        form,
    }
}
