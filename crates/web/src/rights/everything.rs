//! `/my-plan/everything` and `/my-plan/everything.json`: all that the system holds about the citizen who asks, to read, to print and to take along.
//! `/citizens/{citizen}/everything`: the same for a citizen who asks for it on paper, printed by those who answer for the citizen's rights.

use askama::Template;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use tovholder_casework::act::{PageKey, Record};
use tovholder_casework::id::*;
use tovholder_casework::plan::*;
use tovholder_casework::reference::occupation;
use tovholder_store::db::Conn;
use tovholder_store::everything::{self, Everything, OnePlan};
use tovholder_store::{acts, corrections, people, plans};

use super::EVERYTHING;
use crate::kit::format::{sentence, wall_clock};
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, page};
use crate::kit::sent::Fields;
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;
use crate::kit::words;
use crate::record::fields::Reader;
use crate::record::{history, log};

/// A part with its name.
struct Line {
    label: String,
    value: String,
}
fn line(label: impl Into<String>, value: impl Into<String>) -> Line {
    Line {
        label: label.into(),
        value: value.into(),
    }
}

/// One thing that is held.
struct Item {
    title: String,
    lines: Vec<Line>,
}
impl Item {
    fn new(title: impl Into<String>, lines: Vec<Line>) -> Self {
        Item {
            title: title.into(),
            lines: lines.into_iter().filter(|line| !line.value.is_empty()).collect(),
        }
    }
}

/// Things of one kind.
struct Group {
    heading: String,
    items: Vec<Item>,
}
impl Group {
    fn new(heading: impl Into<String>, items: impl IntoIterator<Item = Item>) -> Self {
        Group {
            heading: heading.into(),
            items: items.into_iter().collect(),
        }
    }
}

/// A part of the page one can go to.
struct Section {
    id: String,
    heading: String,
    about: &'static str,
    groups: Vec<Group>,
}

#[derive(Template)]
#[template(path = "rights/everything.html")]
struct Page {
    t: Lang,
    shell: Shell,
    /// The citizen's own page; otherwise one that an employee prints for them.
    own: bool,
    /// Where the page was come from.
    back: (String, String),
    made: String,
    person: Vec<Line>,
    sections: Vec<Section>,
    /// How much has happened, and what.
    changes: usize,
    days: Vec<history::Day>,
    /// How often others have looked, and who.
    looks: usize,
    looked: Vec<log::Day>,
    own_looks: String,
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] for an employee; the proof of who asks is too old; the database is away.
pub async fn get(visit: Visit) -> Result<Response, Failure> {
    let citizen = visit.citizen()?;
    visit.recent()?;
    visit.look(Some(citizen), PageKey::Everything).await?;
    let mut conn = visit.read().await?;
    let all = everything::of(&mut conn, citizen, visit.at).await?;
    let mut shell = crate::citizen::placed(visit.shell(visit.t.rights_everything_title()));
    let all = all.ok_or(Failure::NotFound)?;
    let plans = merged(&all);
    let unread = plans
        .iter()
        .flat_map(|plan| &plan.messages)
        .filter(|m| m.waits_for_citizen())
        .count();
    if let Some(more) = shell.nav.last_mut() {
        more.waiting = u32::try_from(unread).unwrap_or(u32::MAX);
    }
    let back = ("/my-plan/more".to_owned(), visit.t.nav_more().to_owned());
    draw(&visit, conn, &all, plans, shell, back).await
}

/// The page on paper, for a citizen who asks an employee.
///
/// # Errors
/// [`Failure::NotFound`] for everybody but those who answer what the citizen says is wrong; the proof of who asks is too old; the database is away.
pub async fn on_paper(visit: Visit, Path(citizen): Path<CitizenId>) -> Result<Response, Failure> {
    visit.employee()?;
    let sender = visit.sender(&Fields::empty(), EVERYTHING).await?;
    let mut conn = visit.read().await?;
    let someone = people::find_citizen(&mut conn, citizen)
        .await?
        .ok_or(Failure::NotFound)?;
    let plan = plans::current_plan(&mut conn, citizen).await?;
    if !corrections::answers(&mut conn, someone.unit, plan, &sender).await? {
        return Err(Failure::NotFound);
    }
    visit.recent()?;
    visit.may_take_out()?;
    visit.look(Some(citizen), PageKey::Everything).await?;
    let all = everything::to_hand_over(&mut conn, citizen, visit.at).await?;
    let all = all.ok_or(Failure::NotFound)?;
    let shell = visit.shell(visit.t.rights_paper_title(someone.name.as_str()));
    let back = match plan {
        Some(plan) => (crate::plan::home(plan), visit.t.plan_back(someone.name.as_str())),
        None => (
            format!("/citizens/{citizen}/hold"),
            visit.t.rights_hold_title(someone.name.as_str()),
        ),
    };
    let plans = merged(&all);
    draw(&visit, conn, &all, plans, shell, back).await
}

async fn draw(
    visit: &Visit,
    mut conn: Conn,
    all: &Everything,
    every_plan: Option<Plan>,
    shell: Shell,
    back: (String, String),
) -> Result<Response, Failure> {
    let (t, citizen, own) = (visit.t, all.person.citizen.id, visit.user.citizen().is_some());
    let changes = acts::of_citizen(&mut conn, citizen, false, None, u32::MAX).await?;
    let looks = acts::of_citizen(&mut conn, citizen, true, None, u32::MAX).await?;
    drop(conn);
    let nothing = Plan::empty(PlanHead {
        id: PlanId(uuid::Uuid::nil()),
        citizen,
        core_task: CoreTask::Work,
        opened: visit.today(),
        closed: None,
        balance: None,
        rev: 1,
    });
    let plan = every_plan.as_ref().unwrap_or(&nothing);
    let reader = Reader {
        t,
        plan,
        rules: visit.rules(),
        own: true,
        veiled: all.person.citizen.protected,
        citizen: t.record_you(),
    };
    let (looked, by_themselves) = log::days(
        t,
        looks.iter().map(|(_, look)| look),
        every_plan.as_ref(),
        visit.today(),
    );
    let by_themselves: u32 = by_themselves.iter().map(|(_, count)| count).sum();
    let mut sections = Vec::new();
    for plan in &all.plans {
        sections.push(of_plan(visit, &reader, plan));
    }
    sections.extend([money(visit, all), around(visit, all, &reader)]);
    sections.retain(|section| !section.groups.is_empty());
    let made = t.instant(visit.at);
    page(&Page {
        t,
        shell,
        own,
        back,
        made: if own {
            t.rights_everything_made(made)
        } else {
            t.rights_paper_made(visit.user.actor.name.as_str(), visit.user.actor.unit.as_str(), made)
        },
        person: person(t, all),
        sections,
        changes: changes.len(),
        looks: looks.len() - by_themselves as usize,
        days: history::days(visit, &reader, changes.iter().map(|(_, act)| act)),
        looked,
        own_looks: t.log_own_looks(by_themselves),
    })
}

/// The same as a file for machines. `docs/everything.md` tells each name in it.
///
/// # Errors
/// As [`get`].
pub async fn file(visit: Visit) -> Result<Response, Failure> {
    let citizen = visit.citizen()?;
    visit.recent()?;
    visit.taken_along(PageKey::Everything).await?;
    let all = everything::of(&mut visit.read().await?, citizen, visit.at)
        .await?
        .ok_or(Failure::NotFound)?;
    // Plain data with string keys always becomes JSON.
    let body = serde_json::to_string_pretty(&all).unwrap_or_default();
    let name = format!("attachment; filename=\"tovholder-{}.json\"", visit.today());
    let headers = [
        (header::CONTENT_TYPE, "application/json; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, body).into_response())
}

/// All plans as one, for what refers to a part of any of them.
fn merged(all: &Everything) -> Option<Plan> {
    let mut plans = all.plans.iter().map(OnePlan::plan);
    let mut merged = plans.next_back()?;
    for plan in plans {
        merged.goals.extend(plan.goals);
        merged.steps.extend(plan.steps);
        merged.messages.extend(plan.messages);
        merged.coordinations.extend(plan.coordinations);
        merged.participations.extend(plan.participations);
    }
    Some(merged)
}

fn person(t: Lang, all: &Everything) -> Vec<Line> {
    let who = &all.person.citizen;
    let cpr = all.person.cpr.as_deref().unwrap_or_default();
    let (date, number) = cpr.split_at(cpr.len().min(6));
    let lines = vec![
        line(t.common_name(), who.name.as_str()),
        line(t.rights_cpr(), format!("{date} {number}").trim()),
        line(t.rights_born(), t.date(who.birth_date)),
        line(t.common_phone(), crate::kit::format::phone(&who.phone)),
        line(t.common_email(), who.email.as_str()),
        line(t.common_address(), format!("{} {}", who.address, who.postcode).trim()),
        line(t.acc_protected(), if who.protected { t.common_yes() } else { "" }),
        line(t.rights_unit(), all.person.unit_name.as_str()),
        line(t.my_wishes_title(), who.wishes.as_str()),
        line(
            t.rights_occupation(),
            occupation(&who.occupation).map_or(who.occupation.as_str(), |o| o.title),
        ),
    ];
    lines.into_iter().filter(|line| !line.value.is_empty()).collect()
}

/// From and until, in words.
fn period(t: Lang, from: Date, until: Option<Date>) -> String {
    match until {
        Some(until) => t.rights_period(t.date(from), t.date(until)),
        None => t.rights_period_open(t.date(from)),
    }
}

/// What stands in a record, its first part as the title; what goes without saying is left out.
fn item(reader: &Reader<'_>, record: Record, more: Vec<Line>) -> Item {
    let t = reader.t;
    let named = matches!(record, Record::Strength(_) | Record::Rating(_));
    let mut fields = reader.fields(&record).into_iter();
    let title = fields.next().map_or_else(String::new, |first| {
        if named {
            format!("{}: {}", first.label, first.value)
        } else {
            first.value
        }
    });
    let said =
        |field: &crate::record::fields::Field| field.label != t.record_withdrawn() || field.value != t.common_no();
    let mut lines: Vec<Line> = fields
        .filter(said)
        .map(|field| line(field.label, field.value))
        .collect();
    lines.extend(more);
    Item::new(title, lines)
}

fn of_plan(visit: &Visit, reader: &Reader<'_>, one: &OnePlan) -> Section {
    let t = visit.t;
    let day = |day: Option<Date>| day.map_or_else(String::new, |day| t.date(day));
    let written = |since: Date, ended: Option<Date>| {
        vec![
            line(t.rights_since(), t.date(since)),
            line(t.rights_ended(), day(ended)),
        ]
    };
    let notes = one.closed_notes.iter().map(|note| {
        let when = t.acc_closed_last(t.instant(note.written), note.author.as_str());
        let words = note.text.as_deref().unwrap_or(t.rights_paper_closed());
        Item::new(
            note.unit_name.as_str(),
            vec![line(t.common_note(), words), line(t.acc_when(), when)],
        )
    });
    let groups = [
        Group::new(
            t.rights_plan_itself(),
            [item(reader, Record::Plan(one.head.clone()), vec![])],
        ),
        Group::new(
            t.my_goals_title(),
            one.goals
                .iter()
                .map(|g| item(reader, Record::Goal(g.clone()), written(g.since, g.ended))),
        ),
        Group::new(
            t.my_steps_title(),
            one.steps
                .iter()
                .map(|s| item(reader, Record::Step(s.clone()), written(s.since, s.ended))),
        ),
        Group::new(
            t.my_talks_title(),
            one.conversations.iter().map(|c| {
                let by = if c.booked_by_citizen { t.rights_you_chose() } else { "" };
                let more = vec![
                    line(t.rights_length(), t.rights_minutes(c.minutes)),
                    line(t.rights_time_chosen(), by),
                ];
                item(reader, Record::Conversation(c.clone()), more)
            }),
        ),
        Group::new(
            t.my_questions(),
            one.questions.iter().map(|q| {
                let answered = if q.answered_in.is_some() {
                    t.common_yes()
                } else {
                    t.common_no()
                };
                let more = vec![
                    line(t.rights_asked(), t.date(q.asked)),
                    line(t.rights_answered(), answered),
                ];
                item(reader, Record::Question(q.clone()), more)
            }),
        ),
        Group::new(
            t.my_messages_title(),
            one.messages.iter().map(|m| {
                let read = if m.read { t.common_yes() } else { t.common_no() };
                let more = vec![
                    line(t.common_from(), m.author.as_str()),
                    line(t.common_date(), t.date(m.on)),
                    line(t.rights_read(), read),
                ];
                item(reader, Record::Message(m.clone()), more)
            }),
        ),
        Group::new(
            t.consent_title(),
            one.consents.iter().map(|c| {
                let more = crate::consent::course(t, c, true).into_iter();
                item(
                    reader,
                    Record::Consent(c.clone()),
                    more.map(|said| line(t.record_status(), said)).collect(),
                )
            }),
        ),
        Group::new(
            t.rights_remarks(),
            one.comments.iter().map(|c| {
                let more = vec![
                    line(t.common_from(), c.author.as_str()),
                    line(t.common_date(), t.date(c.on)),
                ];
                item(reader, Record::Comment(c.clone()), more)
            }),
        ),
        Group::new(
            t.rights_efforts(),
            one.efforts
                .iter()
                .map(|e| item(reader, Record::Effort(e.clone()), vec![])),
        ),
        Group::new(
            t.my_myself_title(),
            one.strengths.iter().map(|s| {
                item(
                    reader,
                    Record::Strength(s.clone()),
                    vec![line(t.rights_since(), t.date(s.since))],
                )
            }),
        ),
        Group::new(
            t.rights_ratings(),
            one.ratings.iter().map(|r| {
                item(
                    reader,
                    Record::Rating(r.clone()),
                    vec![line(t.common_date(), t.date(r.on))],
                )
            }),
        ),
        Group::new(
            t.rights_coordinators(),
            one.coordinations
                .iter()
                .map(|c| item(reader, Record::Coordination(c.clone()), vec![])),
        ),
        Group::new(
            t.rights_people(),
            one.participations.iter().map(|p| {
                let kind = words::person_kind(t, p.kind);
                item(
                    reader,
                    Record::Participation(p.clone()),
                    vec![line(t.rights_person_kind(), sentence(kind))],
                )
            }),
        ),
        Group::new(
            t.rights_handovers(),
            one.handovers
                .iter()
                .map(|h| item(reader, Record::Handover(h.clone()), vec![])),
        ),
        Group::new(t.acc_closed_own_title(), notes),
    ];
    Section {
        id: format!("plan-{}", one.head.id),
        heading: match one.head.closed {
            Some(closed) => t.rights_plan_closed(t.date(one.head.opened), t.date(closed)),
            None => t.rights_plan_open(t.date(one.head.opened)),
        },
        about: "",
        groups: groups.into_iter().filter(|group| !group.items.is_empty()).collect(),
    }
}

/// What comes from registers: benefits, categories, hours, weeks.
fn money(visit: &Visit, all: &Everything) -> Section {
    let t = visit.t;
    let label = |found: Option<&tovholder_casework::rules::Label>, code: &str| {
        found.map_or_else(|| code.to_owned(), |label| words::rule(t, label).to_owned())
    };
    let benefits = all.benefits.iter().map(|spell| {
        let rules = visit.app.rules.on(spell.from);
        let name = label(rules.benefit(&spell.benefit).map(|b| &b.label), &spell.benefit);
        Item::new(name, vec![line(t.rights_when(), period(t, spell.from, spell.until))])
    });
    let classes = all.classifications.iter().map(|class| {
        let rules = visit.app.rules.on(class.from);
        let name = if class.dimension == "target_group" {
            label(rules.target_group(&class.code).map(|g| &g.label), &class.code)
        } else {
            label(rules.readiness(&class.code).map(|r| &r.label), &class.code)
        };
        Item::new(name, vec![line(t.rights_when(), period(t, class.from, class.until))])
    });
    let hours = all.paid_hours.iter().map(|paid| {
        let month = format!("{}-01", paid.month).parse::<Date>();
        let month = month.map_or_else(|_| paid.month.clone(), |day| sentence(&t.month_year(day)));
        Item::new(month, vec![line(t.rights_hours(), t.number(paid.hours))])
    });
    let weeks = all.support_weeks.iter().map(|weeks| {
        let runs: Vec<String> = weeks
            .runs
            .split(';')
            .filter(|run| !run.is_empty())
            .map(str::to_owned)
            .collect();
        let told = t.rights_weeks_told(weeks.first_week.as_str(), weeks.last_week.as_str());
        Item::new(told, vec![line(t.rights_weeks_runs(), runs.join(", "))])
    });
    let before = all.responsible.iter().map(|one| {
        Item::new(
            one.name.as_str(),
            vec![line(t.rights_when(), period(t, one.from, one.until))],
        )
    });
    let groups = [
        Group::new(t.rights_benefits(), benefits),
        Group::new(t.rights_classes(), classes),
        Group::new(t.rights_paid_hours(), hours),
        Group::new(t.rights_weeks(), weeks),
        Group::new(t.rights_responsible(), before),
    ];
    Section {
        id: "registers".to_owned(),
        heading: t.rights_registers().to_owned(),
        about: t.rights_registers_about(),
        groups: groups.into_iter().filter(|group| !group.items.is_empty()).collect(),
    }
}

/// What lies around the plan: emergency access, drafts, log-ins, files.
fn around(visit: &Visit, all: &Everything, reader: &Reader<'_>) -> Section {
    let t = visit.t;
    let emergencies = all.emergency_access.iter().map(|one| {
        item(
            reader,
            Record::Emergency(one.clone()),
            vec![line(t.common_from(), t.instant(one.from))],
        )
    });
    let drafts = all.drafts.iter().map(|draft| {
        // What the form carries for itself, its name begins so, was not typed.
        let typed = form_urlencoded::parse(draft.fields.as_bytes())
            .filter(|(name, value)| !name.starts_with('_') && !value.trim().is_empty())
            .map(|(_, value)| value.into_owned());
        let typed = typed.collect::<Vec<_>>().join("\n");
        Item::new(
            draft.form.as_str(),
            vec![
                line(t.rights_typed(), typed),
                line(t.rights_kept(), t.instant(draft.saved)),
            ],
        )
    });
    let log_ins = all.log_ins.iter().rev().map(|one| {
        let began = wall_clock(one.began);
        let ended = one.ended.map_or_else(String::new, |at| t.instant(at));
        let lines = vec![
            line(t.rights_browser(), one.device.as_str()),
            line(t.rights_seen(), t.instant(one.seen)),
            line(t.rights_ended(), ended),
            line(t.rights_provider(), one.provider.clone().unwrap_or_default()),
        ];
        Item::new(sentence(&t.datetime_full(began)), lines)
    });
    let links = all.log_in_links.iter().map(|link| {
        let used = link.used.map_or_else(String::new, |at| t.instant(at));
        Item::new(
            t.rights_link_until(t.instant(link.expires)),
            vec![line(t.rights_used(), used)],
        )
    });
    let imports = all.imports.iter().map(|one| {
        let text = |json: &serde_json::Value| match json.as_object() {
            Some(fields) => fields
                .iter()
                .filter_map(|(name, value)| {
                    let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                    (!value.is_empty() && value != "null").then(|| format!("{name}: {value}"))
                })
                .collect::<Vec<_>>()
                .join(", "),
            None => json.to_string(),
        };
        let lines = vec![
            line(t.rights_import_by(), one.by.as_str()),
            line(t.acc_when(), t.instant(one.at)),
            line(t.record_before(), one.before.as_ref().map_or_else(String::new, text)),
            line(t.record_after(), text(&one.after)),
        ];
        Item::new(t.rights_import_line(one.file.as_str(), one.line), lines)
    });
    let corrections = all.corrections.iter().map(|one| {
        let more = vec![
            line(t.acc_when(), t.instant(one.asked)),
            line(t.rights_answer_at_the_latest(), t.date(one.due)),
            line(
                t.rights_answered(),
                one.answered.map_or_else(String::new, |at| t.instant(at)),
            ),
        ];
        item(reader, Record::Correction(one.clone()), more)
    });
    let groups = [
        Group::new(t.rights_corrections_title(), corrections),
        Group::new(
            t.record_hold_placed(),
            all.holds.iter().map(|one| {
                let placed = vec![line(t.acc_when(), t.instant(one.placed))];
                item(reader, Record::Hold(one.clone()), placed)
            }),
        ),
        Group::new(t.acc_emergency_title(), emergencies),
        Group::new(t.rights_drafts(), drafts),
        Group::new(t.rights_log_ins(), log_ins),
        Group::new(t.rights_links(), links),
        Group::new(t.rights_imports(), imports),
    ];
    Section {
        id: "around".to_owned(),
        heading: t.rights_around().to_owned(),
        about: t.rights_around_about(),
        groups: groups.into_iter().filter(|group| !group.items.is_empty()).collect(),
    }
}
