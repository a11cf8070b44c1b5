//! `/team/status/{team}/update`: what the team says this month of each of its goals, in one form for one meeting.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;
use tovholder_casework::id::*;
use tovholder_casework::status::{ActionDone, UpdateInput, month_of};
use tovholder_store::figures as targets;
use tovholder_store::status::Unwritten;

use crate::figures::cache::figures;
use crate::kit::form::Choice;
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, Said, page, page_with_errors, see_other};
use crate::kit::sent::{Fields, Sent};
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;
use crate::kit::words;
use crate::status::*;

/// The fields of one goal; each has the goal's id after it.
const FIELDS: &[&str] = &["judgement", "says", "done", "action", "holder", "due"];

/// The name of a goal's field in the form.
fn name(field: &str, goal: TeamGoalId) -> String {
    format!("{field}-{goal}")
}

/// One goal in the form.
struct Ask {
    words: String,
    reach_by: String,
    figure: Option<Figure>,
    /// What was said last.
    last: Option<UpdateView>,
    /// What somebody else has written since the form was drawn.
    theirs: Option<UpdateView>,
    rev_at: String,
    rev: u32,
    judgement_at: String,
    judgements: Vec<Choice>,
    says_at: String,
    says: String,
    done_at: String,
    dones: Vec<Choice>,
    action_at: String,
    action: String,
    holder_at: String,
    holders: Vec<Choice>,
    due_at: String,
    due: String,
}

#[derive(Template)]
#[template(path = "status/update.html")]
struct Page {
    t: Lang,
    shell: Shell,
    form: Form,
    asks: Vec<Ask>,
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] for somebody outside the team.
pub async fn get(visit: Visit, Path(team): Path<TeamId>) -> Result<Response, Failure> {
    let (mut conn, opened) = open_to_write(&visit, team).await?;
    let title = title(&visit, &opened);
    let (shell, form) = begin(&visit, &mut conn, &opened.team, title, fresh(&opened, visit.today())).await?;
    drop(conn);
    page(&view(&visit, &opened, shell, form).await?)
}

/// Writes what was said of each goal in which something was written or changed.
///
/// # Errors
/// As [`get`].
pub async fn post(visit: Visit, Path(team): Path<TeamId>, sent: Sent) -> Result<Response, Failure> {
    let (conn, opened) = open_to_write(&visit, team).await?;
    drop(conn);
    let t = visit.t;
    let mut errors = Errors::none();
    let said = read(&visit, &opened, &sent, &mut errors);
    if said.is_empty() && errors.is_empty() {
        errors.push("", t.status_nothing());
    }
    let wrong = if errors.is_empty() {
        let to = home(team);
        let sender = visit.sender(&sent, &to).await?;
        match store::say(&visit.app.db, &opened.team, said, &sender).await {
            Ok(None) => return Ok(see_other(&to, Said::Saved, None)),
            Ok(Some(to)) => return Ok(Redirect::to(&to).into_response()),
            Err(Unwritten::Db(error)) => return Err(error.into()),
            Err(Unwritten::Refused(wrong)) => wrong,
        }
    } else {
        // Everything is said at once, not one thing after the other.
        check(&visit, &opened, said)
    };
    for (goal, refusal) in wrong {
        let field = if refusal.field.is_empty() {
            "says"
        } else {
            refusal.field
        };
        refused(t, &refusal, &name(field, goal), &mut errors);
    }
    // As it is now: somebody may have been faster.
    let (conn, opened) = open_to_write(&visit, team).await?;
    drop(conn);
    let (shell, form) = again(&visit, &opened.team, title(&visit, &opened), &sent, errors);
    page_with_errors(&view(&visit, &opened, shell, form).await?)
}

async fn open_to_write(visit: &Visit, team: TeamId) -> Result<(Conn, Opened), Failure> {
    let mut conn = visit.read().await?;
    let opened = open(visit, &mut conn, team).await?;
    if opened.place.may_update() && opened.sheet.all_open().next().is_some() {
        Ok((conn, opened))
    } else {
        Err(Failure::NotFound)
    }
}

fn title(visit: &Visit, opened: &Opened) -> String {
    let month = visit.t.month_name(visit.today().month());
    visit.t.status_update_title(month, &opened.team.name)
}

/// What the team has said this month already.
fn fresh(opened: &Opened, today: Date) -> Fields {
    let mut fields = Fields::empty();
    for goal in opened.sheet.all_open() {
        let Some(now) = opened.sheet.update(goal.id, month_of(today)) else {
            continue;
        };
        let of = |field: &str| name(field, goal.id);
        fields = fields
            .with(&of("rev"), now.rev)
            .with(&of("judgement"), now.said.judgement)
            .with(&of("says"), &now.said.says)
            .with(&of("done"), now.said.done.map_or("", ActionDone::as_str))
            .with(&of("action"), &now.said.action)
            .with(
                &of("holder"),
                now.said.holder.map_or_else(String::new, |who| who.to_string()),
            )
            .with(&of("due"), now.said.due.map_or_else(String::new, |day| day.to_string()));
    }
    fields
}

/// What was written of which goal. A goal that was left empty waits.
fn read(visit: &Visit, opened: &Opened, sent: &Fields, errors: &mut Errors) -> Vec<(TeamGoalId, u32, UpdateInput)> {
    let mut all = Vec::new();
    for goal in opened.sheet.all_open() {
        let of = |field: &str| name(field, goal.id);
        let seen = sent.value(&of("rev")).unwrap_or(0);
        if seen == 0 && FIELDS.iter().all(|field| sent.is_blank(&of(field))) {
            continue;
        }
        let judgement = sent.choice(&of("judgement"), visit.t, errors);
        let input = UpdateInput {
            // Without a choice nothing is written; the rest is checked all the same.
            judgement: judgement.unwrap_or(Judgement::OnTheWay),
            says: sent.text(&of("says")).to_owned(),
            done: sent.value(&of("done")),
            action: sent.text(&of("action")).to_owned(),
            holder: sent.value(&of("holder")),
            due: sent.date(&of("due"), visit.t, errors),
        };
        all.push((goal.id, seen, input));
    }
    all
}

/// What else is wrong with it.
fn check(visit: &Visit, opened: &Opened, said: Vec<(TeamGoalId, u32, UpdateInput)>) -> Vec<(TeamGoalId, Refusal)> {
    let members = opened.team.ids();
    let wrong = |(goal, seen, input)| {
        let refusals = opened.sheet.say(goal, seen, input, &members, visit.today()).err();
        refusals.into_iter().flatten().map(move |refusal| (goal, refusal))
    };
    said.into_iter().flat_map(wrong).collect()
}

async fn view(visit: &Visit, opened: &Opened, shell: Shell, form: Form) -> Result<Page, Failure> {
    let t = visit.t;
    let figures = figures(visit).await?;
    let targets = targets::targets(&mut visit.read().await?, None).await?;
    let app = visit.app.clone();
    let known = Known {
        strategy: app.figures().strategy(),
        figures: &figures,
        targets: &targets,
    };
    let month = month_of(visit.today());
    let sheet = &opened.sheet;
    let ask = |goal: &TeamGoal| {
        let of = |field: &str| name(field, goal.id);
        let text = |field: &str| form.text(&of(field)).to_owned();
        let now = sheet.update(goal.id, month);
        let last = sheet.before(goal.id, month);
        let rev = now.map_or(0, |now| now.rev);
        let holder = |member: &people::Employee| {
            Choice::new(
                member.id.to_string(),
                member.name.as_str(),
                member.id.to_string() == text("holder"),
            )
        };
        Ask {
            words: goal.words.clone(),
            reach_by: t.status_reach_by(t.date(goal.due)),
            figure: known.figure(t, goal),
            theirs: now
                .filter(|_| form.fields.value(&of("rev")).unwrap_or(0) != rev)
                .map(|now| said(t, now)),
            // What is sent next time is said with theirs in sight.
            rev,
            rev_at: of("rev"),
            judgements: words::choices(t, Judgement::ALL, words::judgement, &text("judgement")),
            judgement_at: of("judgement"),
            says: text("says"),
            says_at: of("says"),
            dones: match last {
                Some(last) if !last.said.action.is_empty() => {
                    words::choices(t, ActionDone::ALL, words::action_done, &text("done"))
                }
                _ => vec![],
            },
            done_at: of("done"),
            action: text("action"),
            action_at: of("action"),
            holders: opened.team.members.iter().map(holder).collect(),
            holder_at: of("holder"),
            due: text("due"),
            due_at: of("due"),
            last: last.map(|last| said(t, last)),
        }
    };
    let asks = [Term::Short, Term::Long]
        .into_iter()
        .flat_map(|term| sheet.open(term))
        .map(ask)
        .collect();
    Ok(Page { t, shell, asks, form })
}
