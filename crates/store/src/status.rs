//! The teams' status sheets: read whole, written one revision at a time.

use crate::args;
use crate::db::{Conn, Db, Error, Row, Tx, Value};
use crate::plans::{Sender, first_time};
use crate::teams::Team;
use jiff::civil::Date;
use tovholder_casework::decide::Refusal;
use tovholder_casework::id::*;
use tovholder_casework::plan::GoalStatus;
use tovholder_casework::status::*;
use uuid::Uuid;

/// The columns of a goal, in the order [`read_goal`] takes them.
macro_rules! goals {
    ($rest:literal) => {
        concat!(
            "SELECT g.goal_id, g.rev, g.team_id, g.term, g.words, g.measure, g.unit_id, g.target, g.since, g.due, g.status, g.why, \
             g.set_by_name, g.at FROM status_goal g ",
            $rest
        )
    };
}

/// The columns of an update, in the order [`read_update`] takes them.
macro_rules! updates {
    ($rest:literal) => {
        concat!(
            "SELECT u.goal_id, u.month, u.rev, u.judgement, u.says, u.done, u.action, u.holder_id, u.due, u.holder_name, \
             u.written_by_name, u.at FROM status_update u ",
            $rest
        )
    };
}

fn read_goal(row: &Row) -> Result<TeamGoal, Error> {
    let mut f = row.fields();
    Ok(TeamGoal {
        id: f.next()?,
        rev: f.next()?,
        team: f.next()?,
        term: f.next()?,
        words: f.next()?,
        measure: f.next()?,
        unit: f.next()?,
        target: f.next()?,
        since: f.next()?,
        due: f.next()?,
        status: f.next()?,
        why: f.next()?,
        by: f.next()?,
        at: f.next()?,
    })
}

fn read_update(row: &Row) -> Result<Update, Error> {
    let mut f = row.fields();
    Ok(Update {
        goal: f.next()?,
        month: from_text(&f.next::<String>()?)?,
        rev: f.next()?,
        said: UpdateInput {
            judgement: f.next()?,
            says: f.next()?,
            done: f.next()?,
            action: f.next()?,
            holder: f.next()?,
            due: f.next()?,
        },
        holder_name: f.next()?,
        by: f.next()?,
        at: f.next()?,
    })
}

/// A month as it lies in the table: `2026-03`.
fn to_text(month: Date) -> String {
    month.strftime("%Y-%m").to_string()
}

fn from_text(month: &str) -> Result<Date, Error> {
    format!("{month}-01").parse().map_err(|_| Error::Value {
        column: "month".to_owned(),
        wanted: "a month",
        found: "another text",
    })
}

/// A team's sheet with all its history. Two queries.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn sheet(conn: &mut Conn, team: TeamId) -> Result<Sheet, Error> {
    let goals = conn
        .rows(
            goals!("WHERE g.team_id = $1 ORDER BY g.since, g.goal_id, g.rev DESC"),
            args![team],
        )
        .await?;
    let updates = conn
        .rows(
            updates!(
                "WHERE u.goal_id IN (SELECT id FROM status_goal WHERE team_id = $1) ORDER BY u.month DESC, u.goal_id, u.rev DESC"
            ),
            args![team],
        )
        .await?;
    Ok(Sheet {
        goals: goals.iter().map(read_goal).collect::<Result<_, _>>()?,
        updates: updates.iter().map(read_update).collect::<Result<_, _>>()?,
    })
}

/// A team on the page of all teams: its open goals as they are now, and the newest word on each.
#[derive(Clone, Debug, PartialEq)]
pub struct TeamLine {
    /// Its id.
    pub id: TeamId,
    /// Its name.
    pub name: String,
    /// Its leader's name; empty without one.
    pub leader: String,
    /// Whether the employee who asks belongs to it.
    pub mine: bool,
    /// What stands on its sheet now, without history.
    pub sheet: Sheet,
}

/// Every team by name, the employee's own first. Three queries.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn teams(conn: &mut Conn, employee: EmployeeId) -> Result<Vec<TeamLine>, Error> {
    let rows = conn
        .rows(
            "SELECT t.id, t.name, COALESCE(e.name, ''), t.leader_id = $1, m.employee_id FROM team t LEFT JOIN employee e ON e.id = t.leader_id \
             LEFT JOIN team_member m ON m.team_id = t.id AND m.employee_id = $1 ORDER BY t.name, t.id",
            args![employee],
        )
        .await?;
    let mut teams = Vec::with_capacity(rows.len());
    for row in &rows {
        let leads: Option<bool> = row.get(3)?;
        teams.push(TeamLine {
            id: row.get(0)?,
            name: row.get(1)?,
            leader: row.get(2)?,
            mine: leads == Some(true) || row.get::<Option<EmployeeId>>(4)?.is_some(),
            sheet: Sheet::default(),
        });
    }
    let goals = conn
        .rows(
            goals!(
                "WHERE g.status = 'open' AND g.rev = (SELECT MAX(n.rev) FROM status_goal n WHERE n.goal_id = g.goal_id) ORDER BY g.since, g.goal_id"
            ),
            args![],
        )
        .await?;
    let updates = conn
        .rows(
            updates!(
                "WHERE u.month = (SELECT MAX(n.month) FROM status_update n WHERE n.goal_id = u.goal_id) \
                 AND u.rev = (SELECT MAX(n.rev) FROM status_update n WHERE n.goal_id = u.goal_id AND n.month = u.month)"
            ),
            args![],
        )
        .await?;
    for goal in &goals {
        let goal = read_goal(goal)?;
        if let Some(team) = teams.iter_mut().find(|team| team.id == goal.team) {
            team.sheet.goals.push(goal);
        }
    }
    for update in &updates {
        let update = read_update(update)?;
        let belongs = |team: &&mut TeamLine| team.sheet.goal(update.goal).is_some();
        if let Some(team) = teams.iter_mut().find(belongs) {
            team.sheet.updates.push(update);
        }
    }
    // Sorting keeps the order of those alike.
    teams.sort_by_key(|team| !team.mine);
    Ok(teams)
}

/// Those of the employee's teams that have not said how it goes this month, though it is time: see [`Sheet::remind`]. One query, and none before that day.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn waiting(conn: &mut Conn, employee: EmployeeId, today: Date) -> Result<Vec<(TeamId, String)>, Error> {
    if today.day() < REMIND_FROM {
        return Ok(vec![]);
    }
    let month = month_of(today);
    let rows = conn
        .rows(
            "SELECT t.id, t.name FROM team t WHERE (t.leader_id = $1 OR t.id IN (SELECT team_id FROM team_member WHERE employee_id = $1)) \
             AND EXISTS (SELECT 1 FROM status_goal g WHERE g.team_id = t.id AND g.status = 'open' AND g.since < $2 \
               AND g.rev = (SELECT MAX(n.rev) FROM status_goal n WHERE n.goal_id = g.goal_id) \
               AND NOT EXISTS (SELECT 1 FROM status_update u WHERE u.goal_id = g.goal_id AND u.month = $3)) \
             ORDER BY t.name, t.id",
            args![employee, month, to_text(month)],
        )
        .await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// Why nothing was written.
#[derive(Debug)]
pub enum Unwritten<R> {
    /// Everything that is wrong with what was typed.
    Refused(Vec<R>),
    /// The database.
    Db(Error),
}
impl<R> From<Error> for Unwritten<R> {
    fn from(error: Error) -> Self {
        Unwritten::Db(error)
    }
}

/// Sets a goal, or a new revision of the goal `of` when that is still the revision that was seen. Answers where the form went when it was carried out before.
///
/// # Errors
/// What [`Sheet::set`] refuses; the database.
pub async fn set_goal(
    db: &Db,
    team: TeamId,
    of: Option<(TeamGoalId, u32)>,
    input: TeamGoalInput,
    sender: &Sender,
) -> Result<Option<String>, Unwritten<Refusal>> {
    let mut tx = db.begin_for(team.0).await?;
    if let Some(location) = first_time(&mut tx, sender).await? {
        return Ok(Some(location));
    }
    let sheet = sheet(&mut tx, team).await?;
    let today = sender.now.date();
    let input = sheet.set(of, input, today).map_err(Unwritten::Refused)?;
    let before = of.and_then(|(id, _)| sheet.goal(id));
    let goal = TeamGoal {
        id: before.map_or_else(|| TeamGoalId(Uuid::now_v7()), |goal| goal.id),
        rev: before.map_or(1, |goal| goal.rev + 1),
        team,
        term: input.term,
        words: input.words,
        measure: input.measure,
        unit: input.unit,
        target: input.target,
        since: before.map_or(today, |goal| goal.since),
        due: input.due,
        status: GoalStatus::Open,
        why: String::new(),
        by: sender.actor.name.clone(),
        at: sender.at,
    };
    insert_goal(&mut tx, &goal, sender).await?;
    Ok(end(tx, sender).await?)
}

/// Ends a goal: reached, or dropped. Answers where the form went when it was carried out before.
///
/// # Errors
/// What [`Sheet::end`] refuses; the database.
pub async fn end_goal(
    db: &Db,
    team: TeamId,
    (id, rev): (TeamGoalId, u32),
    (status, why): (GoalStatus, &str),
    sender: &Sender,
) -> Result<Option<String>, Unwritten<Refusal>> {
    let mut tx = db.begin_for(team.0).await?;
    if let Some(location) = first_time(&mut tx, sender).await? {
        return Ok(Some(location));
    }
    let sheet = sheet(&mut tx, team).await?;
    let why = sheet.end(id, rev, status, why).map_err(Unwritten::Refused)?;
    if let Some(before) = sheet.goal(id) {
        let goal = TeamGoal {
            rev: rev + 1,
            status,
            why,
            by: sender.actor.name.clone(),
            at: sender.at,
            ..before.clone()
        };
        insert_goal(&mut tx, &goal, sender).await?;
    }
    Ok(end(tx, sender).await?)
}

/// Writes what a team says this month, of one goal or several, all or none: of each the goal, the revision that was seen (0 for none) and what is
/// said. Answers where the form went when it was carried out before.
///
/// # Errors
/// What [`Sheet::say`] refuses; the database.
pub async fn say(
    db: &Db,
    team: &Team,
    said: Vec<(TeamGoalId, u32, UpdateInput)>,
    sender: &Sender,
) -> Result<Option<String>, Unwritten<(TeamGoalId, Refusal)>> {
    let mut tx = db.begin_for(team.id.0).await?;
    if let Some(location) = first_time(&mut tx, sender).await? {
        return Ok(Some(location));
    }
    let sheet = sheet(&mut tx, team.id).await?;
    let (today, members) = (sender.now.date(), team.ids());
    let (mut updates, mut wrong) = (Vec::new(), Vec::new());
    for (goal, rev, input) in said {
        match sheet.say(goal, rev, input, &members, today) {
            Ok(None) => (),
            Ok(Some(said)) => {
                let holder = team.members.iter().find(|member| Some(member.id) == said.holder);
                updates.push(Update {
                    goal,
                    month: month_of(today),
                    rev: rev + 1,
                    holder_name: holder.map_or_else(String::new, |holder| holder.name.clone()),
                    said,
                    by: sender.actor.name.clone(),
                    at: sender.at,
                });
            }
            Err(refusals) => wrong.extend(refusals.into_iter().map(|refusal| (goal, refusal))),
        }
    }
    if !wrong.is_empty() {
        return Err(Unwritten::Refused(wrong));
    }
    let by = EmployeeId(sender.actor.id);
    let rows: Vec<_> = updates.iter().map(|u| update_row(Uuid::now_v7(), u, by)).collect();
    tx.insert_many(UPDATE, &rows).await?;
    Ok(end(tx, sender).await?)
}

/// The form is carried out: its draft goes, and everything is written.
async fn end(mut tx: Tx, sender: &Sender) -> Result<Option<String>, Error> {
    if let Some(form) = &sender.draft {
        crate::drafts::discard(&mut tx, sender.actor.id, form).await?;
    }
    tx.commit().await?;
    Ok(None)
}

async fn insert_goal(tx: &mut Tx, goal: &TeamGoal, sender: &Sender) -> Result<(), Error> {
    let id = if goal.rev == 1 { goal.id.0 } else { Uuid::now_v7() };
    let row = goal_row(id, goal, EmployeeId(sender.actor.id));
    tx.insert_many(GOAL, &[row]).await?;
    Ok(())
}

/// The statement for rows of [`goal_row`].
pub const GOAL: &str = "INSERT INTO status_goal (id, goal_id, rev, team_id, term, words, measure, unit_id, target, since, due, status, why, set_by, set_by_name, at)";
/// The statement for rows of [`update_row`].
pub const UPDATE: &str = "INSERT INTO status_update (id, goal_id, month, rev, judgement, says, done, action, holder_id, holder_name, due, written_by, written_by_name, at)";

/// A revision of a goal as it is written; `id` is the row's own, the goal's for its first.
#[must_use]
pub fn goal_row(id: Uuid, goal: &TeamGoal, by: EmployeeId) -> Vec<Value> {
    vec![
        id.into(),
        goal.id.into(),
        goal.rev.into(),
        goal.team.into(),
        goal.term.into(),
        goal.words.clone().into(),
        goal.measure.clone().into(),
        goal.unit.into(),
        goal.target.into(),
        goal.since.into(),
        goal.due.into(),
        goal.status.into(),
        goal.why.clone().into(),
        by.into(),
        goal.by.clone().into(),
        goal.at.into(),
    ]
}

/// A revision of an update as it is written.
#[must_use]
pub fn update_row(id: Uuid, update: &Update, by: EmployeeId) -> Vec<Value> {
    let said = &update.said;
    vec![
        id.into(),
        update.goal.into(),
        to_text(update.month).into(),
        update.rev.into(),
        said.judgement.into(),
        said.says.clone().into(),
        said.done.into(),
        said.action.clone().into(),
        said.holder.into(),
        update.holder_name.clone().into(),
        said.due.into(),
        by.into(),
        update.by.clone().into(),
        update.at.into(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::teams;
    use crate::testing::{both, sender};
    use jiff::civil::date;
    use tovholder_casework::decide::Why;

    const TEAM: TeamId = TeamId(Uuid::from_u128(1));
    const OTHER: TeamId = TeamId(Uuid::from_u128(2));
    const LIS: EmployeeId = EmployeeId(Uuid::from_u128(11));
    const KAREN: EmployeeId = EmployeeId(Uuid::from_u128(12));
    const OLE: EmployeeId = EmployeeId(Uuid::from_u128(13));
    /// 16 March 2026, 9:00.
    const MARCH: i64 = 1_773_651_600;
    /// 20 April 2026.
    const APRIL: i64 = MARCH + 35 * 86_400;

    async fn town(db: &Db) {
        let mut tx = db.begin().await.expect("begins");
        tx.execute(
            "INSERT INTO unit (id, name, kind) VALUES ($1, 'Jobcentret', 'x')",
            args![Uuid::from_u128(5)],
        )
        .await
        .expect("unit");
        for (id, name) in [(LIS, "Lis"), (KAREN, "Karen"), (OLE, "Ole")] {
            tx.execute(
                "INSERT INTO employee (id, unit_id, name, role) VALUES ($1, $2, $3, 'caseworker')",
                args![id, Uuid::from_u128(5), name],
            )
            .await
            .expect("employee");
        }
        for (team, name, leader) in [(TEAM, "Team Nord", Some(LIS)), (OTHER, "Team Anker", None)] {
            tx.execute(
                "INSERT INTO team (id, name, leader_id) VALUES ($1, $2, $3)",
                args![team, name, leader],
            )
            .await
            .expect("team");
        }
        tx.execute(
            "INSERT INTO team_member (team_id, employee_id) VALUES ($1, $2)",
            args![TEAM, KAREN],
        )
        .await
        .expect("member");
        tx.commit().await.expect("commits");
    }

    fn input(words: &str) -> TeamGoalInput {
        TeamGoalInput {
            term: Term::Short,
            words: words.into(),
            measure: "passive".into(),
            unit: Some(UnitId(Uuid::from_u128(5))),
            target: Some(0.2),
            due: date(2026, 6, 1),
        }
    }

    fn said(says: &str, done: Option<ActionDone>) -> UpdateInput {
        UpdateInput {
            judgement: Judgement::OnTheWay,
            says: says.into(),
            done,
            action: "Vi ringer til alle".into(),
            holder: Some(KAREN),
            due: Some(date(2026, 5, 1)),
        }
    }

    async fn read(db: &Db, team: TeamId) -> Sheet {
        sheet(&mut db.read().await.expect("reads"), team).await.expect("reads")
    }

    async fn nord(db: &Db) -> Team {
        let found = teams::find(&mut db.read().await.expect("reads"), TEAM).await;
        found.expect("reads").expect("is there")
    }

    fn goal_why(answer: Result<Option<String>, Unwritten<Refusal>>) -> Vec<Why> {
        match answer {
            Err(Unwritten::Refused(wrong)) => wrong.into_iter().map(|refusal| refusal.why).collect(),
            other => panic!("not refused: {other:?}"),
        }
    }

    fn why(answer: Result<Option<String>, Unwritten<(TeamGoalId, Refusal)>>) -> Vec<(TeamGoalId, Why)> {
        match answer {
            Err(Unwritten::Refused(wrong)) => wrong.into_iter().map(|(goal, refusal)| (goal, refusal.why)).collect(),
            other => panic!("not refused: {other:?}"),
        }
    }

    #[test]
    fn a_sheet_is_written_revision_by_revision_and_read_back() {
        both(async |db| {
            town(&db).await;
            let lis = |form, at| sender((LIS, "Lis"), form, at);
            for again in [None, Some("/there".to_owned())] {
                let set = set_goal(&db, TEAM, None, input("Færre venter"), &lis(1, MARCH)).await;
                assert_eq!(set.expect("sets"), again, "sent twice, set once");
            }
            let first = read(&db, TEAM).await;
            let goal = first.goals[0].clone();
            assert_eq!((first.goals.len(), goal.rev, goal.since), (1, 1, date(2026, 3, 16)));
            assert_eq!(
                (goal.measure.as_str(), goal.target, goal.unit),
                ("passive", Some(0.2), input("").unit)
            );
            set_goal(&db, TEAM, Some((goal.id, 1)), input("Ingen venter"), &lis(2, MARCH))
                .await
                .expect("sets");
            let stale = set_goal(&db, TEAM, Some((goal.id, 1)), input("Alle venter"), &lis(3, MARCH)).await;
            assert_eq!(goal_why(stale), [Why::Changed]);
            let team = nord(&db).await;
            let karen = |form, at| sender((KAREN, "Karen"), form, at);
            for (form, rev, says) in [(4, 0, "Vi er begyndt"), (5, 1, "Vi er godt i gang")] {
                say(&db, &team, vec![(goal.id, rev, said(says, None))], &karen(form, MARCH))
                    .await
                    .expect("says");
            }
            let stale = say(&db, &team, vec![(goal.id, 1, said("Nej", None))], &karen(6, MARCH)).await;
            assert_eq!(why(stale), [(goal.id, Why::Changed)]);
            let unasked = say(&db, &team, vec![(goal.id, 0, said("April", None))], &karen(7, APRIL)).await;
            assert_eq!(why(unasked), [(goal.id, Why::Required)]);
            let april = said("April", Some(ActionDone::No));
            say(&db, &team, vec![(goal.id, 0, april.clone())], &karen(8, APRIL))
                .await
                .expect("says");
            end_goal(
                &db,
                TEAM,
                (goal.id, 2),
                (GoalStatus::Reached, "Alle er ringet op"),
                &lis(9, APRIL),
            )
            .await
            .expect("ends");
            let sheet = read(&db, TEAM).await;
            assert_eq!(
                sheet
                    .goals
                    .iter()
                    .map(|g| (g.rev, g.words.as_str(), g.status))
                    .collect::<Vec<_>>(),
                [
                    (3, "Ingen venter", GoalStatus::Reached),
                    (2, "Ingen venter", GoalStatus::Open),
                    (1, "Færre venter", GoalStatus::Open)
                ]
            );
            assert_eq!(
                sheet
                    .updates
                    .iter()
                    .map(|u| (u.month, u.rev, u.said.says.as_str()))
                    .collect::<Vec<_>>(),
                [
                    (date(2026, 4, 1), 1, "April"),
                    (date(2026, 3, 1), 2, "Vi er godt i gang"),
                    (date(2026, 3, 1), 1, "Vi er begyndt")
                ]
            );
            assert_eq!(sheet.updates[0].said, april);
            assert_eq!(
                (sheet.updates[0].holder_name.as_str(), sheet.updates[0].by.as_str()),
                ("Karen", "Karen")
            );
            assert_eq!(read(&db, OTHER).await, Sheet::default());
        });
    }

    #[test]
    fn a_form_that_is_wrong_in_one_goal_writes_none_and_can_be_sent_again() {
        both(async |db| {
            town(&db).await;
            for (form, words) in [(1, "Et"), (2, "To")] {
                let set = set_goal(&db, TEAM, None, input(words), &sender((LIS, "Lis"), form, MARCH)).await;
                set.expect("sets");
            }
            let goals: Vec<TeamGoalId> = read(&db, TEAM).await.goals.iter().map(|g| g.id).collect();
            let team = nord(&db).await;
            let by = sender((KAREN, "Karen"), 3, MARCH);
            let wrong = vec![(goals[0], 0, said("Fint", None)), (goals[1], 0, said(" ", None))];
            assert_eq!(why(say(&db, &team, wrong, &by).await), [(goals[1], Why::Required)]);
            assert_eq!(read(&db, TEAM).await.updates, []);
            let right = || goals.iter().map(|goal| (*goal, 0, said("Fint", None))).collect();
            for again in [None, Some("/there".to_owned())] {
                assert_eq!(say(&db, &team, right(), &by).await.expect("says"), again);
            }
            // Another sending with the same words writes nothing more.
            let other = sender((KAREN, "Karen"), 4, MARCH);
            assert_eq!(say(&db, &team, right(), &other).await.expect("says"), None);
            assert_eq!(read(&db, TEAM).await.updates.len(), 2);
        });
    }

    #[test]
    fn the_page_of_all_teams_shows_what_is_open_now_and_the_newest_word() {
        both(async |db| {
            town(&db).await;
            let lis = |form| sender((LIS, "Lis"), form, MARCH);
            for (form, words) in [(1, "Et"), (2, "To")] {
                set_goal(&db, TEAM, None, input(words), &lis(form)).await.expect("sets");
            }
            let goals: Vec<TeamGoalId> = read(&db, TEAM).await.goals.iter().map(|g| g.id).collect();
            end_goal(&db, TEAM, (goals[1], 1), (GoalStatus::Dropped, "Nej"), &lis(3))
                .await
                .expect("ends");
            let team = nord(&db).await;
            for (form, at, done) in [(4, MARCH, None), (5, APRIL, Some(ActionDone::Yes))] {
                let by = sender((KAREN, "Karen"), form, at);
                say(&db, &team, vec![(goals[0], 0, said("Fint", done))], &by)
                    .await
                    .expect("says");
            }
            let lines = |who| {
                let db = db.clone();
                async move { teams(&mut db.read().await.expect("reads"), who).await.expect("reads") }
            };
            let seen = |lines: &[TeamLine]| -> Vec<(String, String, bool, usize, usize)> {
                lines
                    .iter()
                    .map(|l| {
                        (
                            l.name.clone(),
                            l.leader.clone(),
                            l.mine,
                            l.sheet.goals.len(),
                            l.sheet.updates.len(),
                        )
                    })
                    .collect()
            };
            let anker = |mine| ("Team Anker".to_owned(), String::new(), mine, 0, 0);
            let north = |mine| ("Team Nord".to_owned(), "Lis".to_owned(), mine, 1, 1);
            assert_eq!(seen(&lines(OLE).await), [anker(false), north(false)]);
            for own in [KAREN, LIS] {
                let lines = lines(own).await;
                assert_eq!(seen(&lines), [north(true), anker(false)]);
                assert_eq!(lines[0].sheet.updates[0].month, date(2026, 4, 1));
            }
        });
    }

    #[test]
    fn who_has_not_written_is_reminded_and_the_query_agrees_with_the_rule() {
        both(async |db| {
            town(&db).await;
            set_goal(&db, TEAM, None, input("Et"), &sender((LIS, "Lis"), 1, MARCH))
                .await
                .expect("sets");
            let agree = async |expected: &[(i16, i8, i8, bool)]| {
                let sheet = read(&db, TEAM).await;
                for &(year, month, day, waits) in expected {
                    let today = date(year, month, day);
                    for who in [LIS, KAREN] {
                        let found = waiting(&mut db.read().await.expect("reads"), who, today)
                            .await
                            .expect("reads");
                        assert_eq!(
                            found.iter().map(|(id, _)| *id).collect::<Vec<_>>(),
                            if waits { vec![TEAM] } else { vec![] }
                        );
                    }
                    assert_eq!(sheet.remind(today), waits, "{today}");
                }
                let nobody = waiting(&mut db.read().await.expect("reads"), OLE, date(2026, 4, 20)).await;
                assert_eq!(nobody.expect("reads"), []);
            };
            // Set in March, so April is the first month to speak of.
            agree(&[(2026, 3, 31, false), (2026, 4, 14, false), (2026, 4, 15, true)]).await;
            let goal = read(&db, TEAM).await.goals[0].id;
            let team = nord(&db).await;
            let by = sender((KAREN, "Karen"), 2, APRIL);
            say(&db, &team, vec![(goal, 0, said("Fint", None))], &by)
                .await
                .expect("says");
            agree(&[(2026, 4, 30, false), (2026, 5, 20, true)]).await;
            end_goal(
                &db,
                TEAM,
                (goal, 1),
                (GoalStatus::Reached, "Ja"),
                &sender((LIS, "Lis"), 3, APRIL),
            )
            .await
            .expect("ends");
            agree(&[(2026, 5, 20, false)]).await;
        });
    }

    #[test]
    fn the_database_itself_keeps_history_and_order() {
        both(async |db| {
            town(&db).await;
            set_goal(&db, TEAM, None, input("Et"), &sender((LIS, "Lis"), 1, MARCH))
                .await
                .expect("sets");
            let goal = read(&db, TEAM).await.goals[0].clone();
            let team = nord(&db).await;
            let by = sender((KAREN, "Karen"), 2, MARCH);
            say(&db, &team, vec![(goal.id, 0, said("Fint", None))], &by)
                .await
                .expect("says");
            let update = read(&db, TEAM).await.updates[0].clone();
            for sql in [
                "UPDATE status_goal SET words = 'x'",
                "DELETE FROM status_goal",
                "UPDATE status_update SET says = 'x'",
                "DELETE FROM status_update",
            ] {
                let mut tx = db.begin().await.expect("begins");
                assert!(tx.execute(sql, args![]).await.is_err(), "{sql}");
            }
            let mut twice = db.begin().await.expect("begins");
            let row = update_row(Uuid::now_v7(), &update, KAREN);
            assert!(
                twice.insert_many(UPDATE, &[row]).await.is_err(),
                "the same revision twice"
            );
            drop(twice);
            let mut nobody = db.begin().await.expect("begins");
            let mut without_holder = Update { rev: 2, ..update };
            without_holder.said.holder = None;
            let row = update_row(Uuid::now_v7(), &without_holder, KAREN);
            assert!(
                nobody.insert_many(UPDATE, &[row]).await.is_err(),
                "an action without a holder"
            );
            drop(nobody);
            let mut unsaid = db.begin().await.expect("begins");
            let ended = TeamGoal {
                rev: 2,
                status: GoalStatus::Dropped,
                ..goal
            };
            let row = goal_row(Uuid::now_v7(), &ended, LIS);
            assert!(unsaid.insert_many(GOAL, &[row]).await.is_err(), "an end without a word");
        });
    }
}
