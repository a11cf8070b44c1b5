//! What people write in plans and on status sheets, one form after the other.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use tovholder_casework::access::Relation;
use tovholder_casework::act::{Actor, Change, Record, UserKind, Voice};
use tovholder_casework::decide::{self, Booking, Context, GoalInput, Intent, Outcome, StepInput};
use tovholder_casework::id::*;
use tovholder_casework::plan::*;
use tovholder_casework::status::{Judgement, Sheet, TeamGoal, TeamGoalInput, Term, Update, UpdateInput, month_of};
use uuid::Uuid;

use crate::{is_clean, text};

const TODAY: Date = date(2026, 3, 16);

fn id(n: u8) -> Uuid {
    Uuid::from_u128(u128::from(n))
}

/// Each line is a form: its first letter says which, the second whom or what it is about, the rest is what was typed.
pub fn plan(input: &[u8]) {
    let all = text(input);
    let mut last = 1_000;
    let mut new_id = || {
        last += 1;
        Uuid::from_u128(last)
    };
    let employee = Actor {
        kind: UserKind::Employee,
        id: id(2),
        name: "Karen".to_owned(),
        unit: "Jobcenter".to_owned(),
    };
    let citizen = Actor {
        kind: UserKind::Citizen,
        id: id(1),
        name: "Anna".to_owned(),
        unit: String::new(),
    };
    let mut ctx = Context {
        actor: &employee,
        relation: Relation::Coordinator,
        voice: Voice::Own,
        now: TODAY.at(10, 0, 0, 0),
        new_id: &mut new_id,
    };
    let first = (EmployeeId(id(2)), "Karen".to_owned());
    let opened = decide::open_plan(CitizenId(id(1)), CoreTask::Work, first, TODAY, &mut ctx);
    let (mut plan, _) = opened.expect("an ordinary opening");
    let mut forms: Vec<Vec<Change>> = Vec::new();
    for line in all.split('\n').take(40) {
        let mut letters = line.chars();
        let (what, which) = (letters.next().unwrap_or(' '), letters.next().unwrap_or('0'));
        let Some(intent) = intent(&plan, &forms, what, which, letters.as_str()) else {
            continue;
        };
        let by_citizen = what.is_ascii_uppercase();
        let mut ctx = Context {
            actor: if by_citizen { &citizen } else { &employee },
            relation: if by_citizen {
                Relation::Citizen
            } else {
                Relation::Coordinator
            },
            voice: Voice::Own,
            now: TODAY.at(10, 0, 0, 0),
            new_id: &mut new_id,
        };
        let Ok(changes) = decide::decide(&plan, intent, &mut ctx) else {
            continue;
        };
        for change in &changes {
            // As it is kept in the record of what happened, and read from it to take the form back.
            let kept = serde_json::to_string(&change.after).expect("a record becomes text");
            let read: Record = serde_json::from_str(&kept).expect("and is read from it");
            assert_eq!(read, change.after);
            assert!(kept.len() < 200_000, "{} bytes in one record", kept.len());
        }
        plan.apply(&changes);
        if let Err(broken) = plan.check() {
            panic!("after {line:?}: {}", broken.0);
        }
        for step in &plan.steps {
            assert!(is_clean(&step.title) && !step.title.trim().is_empty());
        }
        forms.push(changes);
    }
}

fn intent(plan: &Plan, forms: &[Vec<Change>], what: char, which: char, typed: &str) -> Option<Intent> {
    let place = which as usize;
    let words = typed.to_owned();
    let step = plan.steps.get(place % plan.steps.len().max(1));
    let goal = plan.goals.get(place % plan.goals.len().max(1));
    let day = typed.parse().unwrap_or(TODAY);
    let step_input = || StepInput {
        goal: goal.filter(|_| place.is_multiple_of(2)).map(|goal| goal.id),
        title: words.clone(),
        holder: if place.is_multiple_of(3) {
            Holder::citizen()
        } else {
            Holder::named(PersonKind::Relative, typed)
        },
        due: place.is_multiple_of(5).then_some(day),
        role: None,
    };
    let goal_input = || GoalInput {
        parent: goal.filter(|_| place.is_multiple_of(2)).map(|goal| goal.id),
        words: words.clone(),
        professional: words.clone(),
        aim: Aim::ALL[place % Aim::ALL.len()],
    };
    let booking = || Booking {
        employee: EmployeeId(id(2)),
        name: "Karen".to_owned(),
        starts: typed.parse().unwrap_or(TODAY.at(9, 0, 0, 0)),
        minutes: u32::from(which) % 600,
        channel: Channel::Meeting,
        place: words.clone(),
    };
    Some(match what.to_ascii_lowercase() {
        'g' => Intent::SetGoal(goal_input()),
        'h' => Intent::ChangeGoal {
            goal: goal?.id,
            rev: goal?.rev,
            input: goal_input(),
        },
        'e' => Intent::EndGoal {
            goal: goal?.id,
            rev: goal?.rev,
            status: GoalStatus::Reached,
            reason: words,
        },
        's' => Intent::SetStep(step_input()),
        'c' => Intent::ChangeStep {
            step: step?.id,
            rev: step?.rev,
            input: step_input(),
        },
        't' => Intent::TickStep { step: step?.id },
        'u' => Intent::UntickStep { step: step?.id },
        'd' => Intent::DropStep {
            step: step?.id,
            rev: step?.rev,
            reason: words,
        },
        'r' => Intent::Comment {
            step: step.map(|step| step.id),
            goal: None,
            text: words,
        },
        'q' => Intent::Ask { text: words },
        'm' => Intent::Send { text: words },
        'b' => Intent::Book(booking()),
        'l' => Intent::Hold(Outcome {
            conversation: None,
            unplanned: Some(booking()),
            note: words.clone(),
            goals: vec![goal_input()],
            steps: vec![step_input()],
            ticked: step.map(|step| step.id).into_iter().collect(),
            answered: vec![],
            next: None,
            message: words,
        }),
        'z' => Intent::Undo(forms.get(place % forms.len().max(1))?.clone()),
        _ => return None,
    })
}

/// Two lines are a goal and what is said of it; the next two another.
pub fn status_sheet(input: &[u8]) {
    let all = text(input);
    let mut sheet = Sheet::default();
    let team = [EmployeeId(id(2))];
    let mut lines = all.split('\n').take(40);
    let mut place = 10_u8;
    while let Some(words) = lines.next() {
        let says = lines.next().unwrap_or_default();
        let goal = TeamGoalInput {
            term: if words.len().is_multiple_of(2) {
                Term::Short
            } else {
                Term::Long
            },
            words: words.to_owned(),
            measure: String::new(),
            unit: None,
            target: says.parse().ok(),
            due: says.parse().unwrap_or(date(2026, 5, 1)),
        };
        let Ok(goal) = sheet.set(None, goal, TODAY) else {
            continue;
        };
        assert!(is_clean(&goal.words) && !goal.words.trim().is_empty());
        place += 1;
        let goal_id = TeamGoalId(id(place));
        sheet.goals.push(TeamGoal {
            id: goal_id,
            rev: 1,
            team: TeamId(id(3)),
            term: goal.term,
            words: goal.words,
            measure: goal.measure,
            unit: goal.unit,
            target: goal.target,
            due: goal.due,
            since: TODAY,
            status: GoalStatus::Open,
            why: String::new(),
            by: "Karen".to_owned(),
            at: Timestamp::UNIX_EPOCH,
        });
        let said = UpdateInput {
            judgement: Judgement::ALL[words.len() % Judgement::ALL.len()],
            says: says.to_owned(),
            done: None,
            action: words.to_owned(),
            holder: team.first().copied(),
            due: Some(TODAY),
        };
        if let Ok(Some(said)) = sheet.say(goal_id, 0, said, &team, TODAY) {
            assert!(is_clean(&said.says) && is_clean(&said.action));
            sheet.updates.insert(
                0,
                Update {
                    goal: goal_id,
                    month: month_of(TODAY),
                    rev: 1,
                    said: said.clone(),
                    holder_name: "Karen".to_owned(),
                    by: "Karen".to_owned(),
                    at: Timestamp::UNIX_EPOCH,
                },
            );
            assert_eq!(
                sheet.say(goal_id, 1, said, &team, TODAY),
                Ok(None),
                "said twice is said once"
            );
        }
    }
    let _ = (sheet.remind(TODAY), sheet.silent(TODAY).count());
}
