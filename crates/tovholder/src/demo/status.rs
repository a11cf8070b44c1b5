//! The teams' status sheets: half a year of goals and months, for the teams that have begun.

use jiff::Timestamp;
use jiff::civil::Date;
use tovholder_casework::id::*;
use tovholder_casework::plan::GoalStatus;
use tovholder_casework::status::*;
use tovholder_store::db::{Error, Tx};
use tovholder_store::status as store;
use uuid::Uuid;

use super::DemoOptions;
use super::calendar::at;
use super::texts::status::{GoalText, SHEETS, SheetText};
use super::world::{Employee, Team, World};

/// The day of the month a team meets about its sheet, or the first after it with open offices.
const MEETING: i32 = 7;
/// The day of the month on which it sets goals with its leader.
const SETTING: i32 = 26;

/// Writes them.
///
/// # Errors
/// As [`tovholder_store::db::Conn::insert_many`].
pub async fn write(tx: &mut Tx, world: &World, options: &DemoOptions) -> Result<u64, Error> {
    let mut rows = Rows::default();
    for text in SHEETS {
        if let Some(team) = world.teams.iter().find(|team| team.name == text.team) {
            rows.sheet(world, options.today, team, text);
        }
    }
    Ok(tx.insert_many(store::GOAL, &rows.goals).await? + tx.insert_many(store::UPDATE, &rows.updates).await?)
}

#[derive(Default)]
struct Rows {
    goals: Vec<Vec<tovholder_store::db::Value>>,
    updates: Vec<Vec<tovholder_store::db::Value>>,
    ids: u128,
}

impl Rows {
    /// The same numbers every time: the demo is the same to the byte.
    fn id(&mut self) -> Uuid {
        self.ids += 1;
        Uuid::from_u128(0x7374_6174_7573_7000_8000_0000_0000_0000 + self.ids)
    }

    fn sheet(&mut self, world: &World, today: Date, team: &Team, text: &SheetText) {
        // Everything a month later, for those whose meeting this month has been.
        let later = i32::from(text.prompt && met(world, today, 0, MEETING).0 < today);
        for (n, goal) in text.goals.iter().enumerate() {
            self.goal(world, today, team, (goal, goal.since - later), n);
        }
    }

    fn goal(&mut self, world: &World, today: Date, team: &Team, (text, ago): (&GoalText, i32), n: usize) {
        let leader = &world.employees[team.leader];
        let (since, set_at) = met(world, today, ago, SETTING);
        let id = TeamGoalId(self.id());
        let goal = TeamGoal {
            id,
            rev: 1,
            team: team.id,
            term: text.term,
            words: text.words.to_owned(),
            measure: text.measure.to_owned(),
            unit: (!text.whole && !text.measure.is_empty()).then(|| world.units[leader.unit].id),
            target: text.target,
            since,
            due: months_after(since, text.months),
            status: GoalStatus::Open,
            why: String::new(),
            by: leader.name.clone(),
            at: set_at,
        };
        self.goals.push(store::goal_row(id.0, &goal, leader.id));
        let member = |turn: usize| &world.employees[team.members[turn % team.members.len()]];
        for (turn, said) in text.said.iter().enumerate() {
            let ago = ago - 1 - i32::try_from(turn).unwrap_or(0);
            let (writer, holder) = (member(n + turn), member(n + turn + 1));
            self.update(world, today, id, ago, (writer, holder), said);
        }
        if let Some((status, why)) = text.end {
            let ago = ago - 1 - i32::try_from(text.said.len()).unwrap_or(0);
            let ended = TeamGoal {
                rev: 2,
                status,
                why: why.to_owned(),
                at: met(world, today, ago, SETTING).1,
                ..goal
            };
            let row = self.id();
            self.goals.push(store::goal_row(row, &ended, leader.id));
        }
    }

    fn update(
        &mut self,
        world: &World,
        today: Date,
        goal: TeamGoalId,
        ago: i32,
        (writer, holder): (&Employee, &Employee),
        said: &super::texts::status::SaidText,
    ) {
        let (day, written) = met(world, today, ago, MEETING);
        let acts = !said.3.is_empty();
        let update = Update {
            goal,
            month: month_of(day),
            rev: 1,
            said: UpdateInput {
                judgement: said.0,
                says: said.1.to_owned(),
                done: said.2,
                action: said.3.to_owned(),
                holder: acts.then_some(holder.id),
                due: acts.then(|| day.saturating_add(jiff::Span::new().days(21))),
            },
            holder_name: if acts { holder.name.clone() } else { String::new() },
            by: writer.name.clone(),
            at: written,
        };
        let row = self.id();
        self.updates.push(store::update_row(row, &update, writer.id));
    }
}

/// When the team met, so many months ago: the day, and the moment somebody wrote.
fn met(world: &World, today: Date, ago: i32, day: i32) -> (Date, Timestamp) {
    let first = months_after(month_of(today), -ago);
    let day = world.calendar.open_from(world.calendar.day(first) + day - 1);
    let at = world.calendar.millis(at(day, 10, 15));
    (
        world.calendar.date(day),
        Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH),
    )
}

fn months_after(day: Date, months: i32) -> Date {
    day.saturating_add(jiff::Span::new().months(months))
}
