//! The teams' status sheets: every team's own goals, and what it says of them once a month.
//!
//! One page shows a team's sheet as it is now ([`sheet`]), one its history, one fits a sheet of paper, and one shows all teams: every employee may
//! read them, to learn from each other. The team writes, the leader sets goals ([`tovholder_casework::status::Place`]). No page is about a citizen.

pub mod goal;
pub mod goal_end;
pub mod history;
pub mod overview;
pub mod print;
pub mod sheet;
#[cfg(test)]
mod tests;
pub mod update;

use jiff::civil::Date;
use tovholder_casework::decide::Refusal;
use tovholder_casework::id::*;
use tovholder_casework::status::{Judgement, Place, Sheet, TeamGoal, Term, Update};
use tovholder_figures::Figures;
use tovholder_figures::reading::Reading;
use tovholder_figures::set::{Slice, Value};
use tovholder_figures::strategy::{Measure, Strategy};
use tovholder_spells::Month;
use tovholder_store::db::Conn;
use tovholder_store::figures::Target;
use tovholder_store::sessions::Role;
use tovholder_store::teams::{self, Team};
use tovholder_store::{people, status as store};
use uuid::Uuid;

use crate::figures::{Definition, Format, behind, definition, month_name, sentence, target_of, target_sentence, words};
use crate::kit::form::Errors;
use crate::kit::format::sentence as sentence_case;
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, why_words};
use crate::kit::sent::Fields;
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;
use crate::kit::words as labels;

/// The address of a team's sheet.
pub(crate) fn home(team: TeamId) -> String {
    format!("/team/status/{team}")
}

/// A team, its sheet, and the user's place in the team.
struct Opened {
    team: Team,
    sheet: Sheet,
    place: Place,
}

async fn open(visit: &Visit, conn: &mut Conn, team: TeamId) -> Result<Opened, Failure> {
    let me = visit.employee()?;
    let team = teams::find(conn, team).await?.ok_or(Failure::NotFound)?;
    Ok(Opened {
        sheet: store::sheet(conn, team.id).await?,
        place: Place {
            member: team.members.iter().any(|member| member.id == me),
            leader: team.leader == Some(me),
            head: visit.user.role == Some(Role::Head),
        },
        team,
    })
}

/// Opens a team's sheet for somebody who sets its goals. For all others there is no such page.
async fn open_to_set(visit: &Visit, conn: &mut Conn, team: TeamId) -> Result<Opened, Failure> {
    let opened = open(visit, conn, team).await?;
    if opened.place.may_set() {
        Ok(opened)
    } else {
        Err(Failure::NotFound)
    }
}

/// The name of the team's leader; empty without one.
async fn leader_name(conn: &mut Conn, team: &Team) -> Result<String, Failure> {
    let leader: Vec<EmployeeId> = team.leader.into_iter().collect();
    let found = people::employees_among(conn, &leader).await?.pop();
    Ok(found.map_or_else(String::new, |leader| leader.name))
}

/// What every form of a sheet carries.
struct Form {
    /// The sheet's address.
    home: String,
    /// The team's name.
    name: String,
    /// The number of this sending.
    act: String,
    /// Where the form's draft is kept.
    draft: String,
    /// What stands in the fields.
    fields: Fields,
    /// What is wrong with them.
    errors: Errors,
}

impl Form {
    fn new(visit: &Visit, team: &Team, fields: Fields, errors: Errors) -> Self {
        Form {
            home: home(team.id),
            name: team.name.clone(),
            act: Uuid::now_v7().to_string(),
            draft: format!("/draft{}", visit.page_path()),
            fields,
            errors,
        }
    }
    fn text(&self, name: &str) -> &str {
        self.fields.text(name)
    }
}

/// The form as it begins: with what was typed here before and never sent, and for the rest with `fresh`.
async fn begin(
    visit: &Visit,
    conn: &mut Conn,
    team: &Team,
    title: String,
    fresh: Fields,
) -> Result<(Shell, Form), Failure> {
    let mut shell = visit.shell(title);
    let fields = visit.fields(conn, &mut shell, None, fresh).await?;
    Ok((shell, Form::new(visit, team, fields, Errors::none())))
}

/// The form once more with what was sent, because something must be mended.
fn again(visit: &Visit, team: &Team, title: String, sent: &Fields, errors: Errors) -> (Shell, Form) {
    (
        visit.shell(title).failed(),
        Form::new(visit, team, sent.clone(), errors),
    )
}

/// A refusal beside its field; a field that has an error already is not told twice.
fn refused(t: Lang, refusal: &Refusal, field: &str, errors: &mut Errors) {
    if errors.get(field).is_none() {
        errors.push(field, why_words(t, &refusal.why));
    }
}

/// A judgement in words, with the kind of tag and the icon: never by colour alone.
struct Says {
    text: &'static str,
    kind: &'static str,
    icon: &'static str,
}

fn judged(t: Lang, judgement: Judgement) -> Says {
    let (kind, icon) = match judgement {
        Judgement::OnTheWay => ("info", "arrow-forward"),
        Judgement::Stuck => ("warn", "warning"),
        Judgement::Reached => ("good", "flag"),
    };
    Says {
        text: labels::judgement(t, judgement),
        kind,
        icon,
    }
}

/// What a team said of a goal in a month.
struct UpdateView {
    /// `Marts 2026`.
    month: String,
    judged: Says,
    says: String,
    /// Whether what was agreed before was done; empty when nothing was.
    done: &'static str,
    action: String,
    holder: String,
    due: String,
    by: String,
    when: String,
}

fn said(t: Lang, update: &Update) -> UpdateView {
    UpdateView {
        month: sentence_case(&t.month_year(update.month)),
        judged: judged(t, update.said.judgement),
        says: update.said.says.clone(),
        done: update.said.done.map_or("", |done| labels::action_done(t, done)),
        action: update.said.action.clone(),
        holder: update.holder_name.clone(),
        due: update.said.due.map_or_else(String::new, |due| t.date(due)),
        by: update.by.clone(),
        when: t.instant(update.at),
    }
}

/// The figures, and what they are measured against.
struct Known<'a> {
    strategy: &'a Strategy,
    figures: &'a Figures,
    targets: &'a [Target],
}

/// The figure of a goal, filled in by itself.
struct Figure {
    /// With unit; a dash where it is not known, words where too few stand behind it.
    value: String,
    /// What the number is.
    name: String,
    /// Month, and how many stand behind it.
    about: String,
    /// Whose.
    of: String,
    /// What is aimed at; empty without.
    aim: String,
    /// What it comes to, in a sentence.
    says: &'static str,
    href: String,
    definition: Definition,
    note: String,
}

impl Known<'_> {
    /// The part of the people a goal's figure is about; none for a unit that is no more.
    fn slice(&self, goal: &TeamGoal) -> Option<Slice> {
        let Some(unit) = goal.unit else { return Some(Slice::All) };
        let place = self.figures.units.iter().position(|(id, _)| *id == unit.0)?;
        Some(Slice::Unit(place))
    }

    fn name_of(&self, t: Lang, slice: Slice) -> String {
        match slice {
            Slice::Unit(place) => self.figures.units[place].1.clone(),
            _ => t.status_whole().to_owned(),
        }
    }

    /// The goal's figure now; none for a goal without one, or whose measure the strategy no longer has.
    fn figure(&self, t: Lang, goal: &TeamGoal) -> Option<Figure> {
        let (place, measure) = self.strategy.measure(&goal.measure)?;
        let slice = self.slice(goal)?;
        let series = self.figures.series(place, slice);
        let reading = Reading::of(&series, measure.better);
        // That too few stand behind the newest month is said, instead of an old number that hides it.
        let known = |value: &&Value| value.withheld || value.value.is_some();
        let latest = series.values.iter().rev().find(known);
        let format = Format::of(measure, self.figures);
        let withheld = latest.is_some_and(|latest| latest.withheld);
        let (value, about) = match withheld {
            true => (
                "–".to_owned(),
                latest.map_or_else(String::new, |latest| month_name(t, latest.month)),
            ),
            false => shown(t, measure, format, latest),
        };
        let target = latest.and_then(|latest| self.aim(measure, goal, latest.month));
        let says = match (latest.and_then(|latest| latest.value), target) {
            (Some(value), Some(target)) => target_sentence(t, &reading, value, target, measure.better),
            // Nothing is read out of what is not shown.
            _ if withheld => t.status_withheld(),
            _ => "",
        };
        let words = words(t, measure);
        Some(Figure {
            name: format.name(t, measure, words).to_owned(),
            of: self.name_of(t, slice),
            aim: match (target, goal.target) {
                (Some(target), Some(_)) => t.status_aim_own(format.show(t, target)),
                (Some(target), None) => t.status_aim_strategy(format.show(t, target)),
                (None, _) => String::new(),
            },
            says: if says.is_empty() { sentence(t, &reading) } else { says },
            href: match goal.unit {
                Some(unit) => format!("/figures/{}?unit={unit}", measure.code),
                None => format!("/figures/{}", measure.code),
            },
            definition: definition(t, measure),
            note: words.note.clone(),
            value,
            about,
        })
    }

    /// The figure a team looked at in a month: that of the month before, the last that was over.
    fn figure_then(&self, t: Lang, goal: &TeamGoal, month: Date) -> String {
        let Some((place, measure)) = self.strategy.measure(&goal.measure) else {
            return String::new();
        };
        let Some(slice) = self.slice(goal) else {
            return String::new();
        };
        let before = Month(i32::from(month.year()) * 12 + i32::from(month.month()) - 1) + -1;
        let series = self.figures.series(place, slice);
        let format = Format::of(measure, self.figures);
        match series.of(before) {
            Some(value) if value.withheld || value.value.is_some() => {
                let (number, about) = shown(t, measure, format, Some(value));
                t.status_figure_line(about, format.name(t, measure, words(t, measure)), number)
            }
            _ => String::new(),
        }
    }

    /// What is aimed at: the team's own number, or the strategy's target of the month.
    fn aim(&self, measure: &Measure, goal: &TeamGoal, month: Month) -> Option<f64> {
        goal.target
            .or_else(|| target_of(self.targets, measure, "", goal.unit, month)?.value)
    }
}

/// A value and what is to be known of it: month and how many.
fn shown(t: Lang, measure: &Measure, format: Format, value: Option<&Value>) -> (String, String) {
    let Some(value) = value else {
        return ("–".to_owned(), t.fig_no_value().to_owned());
    };
    let month = month_name(t, value.month);
    if value.withheld {
        return (t.fig_few().to_owned(), month);
    }
    let number = value
        .value
        .map_or_else(|| "–".to_owned(), |number| format.show(t, number));
    let about = if value.provisional {
        t.fig_about_provisional(month, behind(t, measure, value))
    } else {
        t.fig_about(month, behind(t, measure, value))
    };
    (number, about)
}

/// A goal on the sheet.
struct GoalView {
    href: String,
    end: String,
    words: String,
    due: String,
    /// Its day has passed and it is still open.
    passed: bool,
    figure: Option<Figure>,
    update: Option<UpdateView>,
    /// Nothing has been said of it this month, though it is older than the month.
    silent: bool,
}

/// The open goals of a term as they are now.
fn goals(visit: &Visit, opened: &Opened, known: &Known<'_>, term: Term) -> Vec<GoalView> {
    let (t, today) = (visit.t, visit.today());
    let home = home(opened.team.id);
    let view = |goal: &TeamGoal| GoalView {
        href: format!("{home}/goals/{}", goal.id),
        end: format!("{home}/goals/{}/end", goal.id),
        words: goal.words.clone(),
        due: t.date(goal.due),
        passed: goal.due < today,
        figure: known.figure(t, goal),
        update: opened.sheet.latest(goal.id, today).map(|update| said(t, update)),
        silent: opened.sheet.silent(today).any(|silent| silent.id == goal.id),
    };
    opened.sheet.open(term).into_iter().map(view).collect()
}

/// A number as somebody would type it: `12,5`.
fn typed(measure: &Measure, value: f64) -> String {
    let shown = format!("{:.2}", measure.unit.shown(value));
    shown.trim_end_matches('0').trim_end_matches('.').replace('.', ",")
}
