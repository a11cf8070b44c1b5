//! Teams: people who work together, possibly across units.

use crate::args;
use crate::db::{Conn, Error, Row};
use crate::people::{self, Employee};
use tovholder_casework::id::*;

/// A team with its members by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Team {
    /// Its id.
    pub id: TeamId,
    /// Its name.
    pub name: String,
    /// Who leads it.
    pub leader: Option<EmployeeId>,
    /// Who works here today and is a member.
    pub members: Vec<Employee>,
}

impl Team {
    /// The members' ids.
    #[must_use]
    pub fn ids(&self) -> Vec<EmployeeId> {
        self.members.iter().map(|member| member.id).collect()
    }
}

/// The teams the employee is a member of or leads, by name. Two queries.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn of_employee(conn: &mut Conn, employee: EmployeeId) -> Result<Vec<Team>, Error> {
    let rows = conn
        .rows(
            "SELECT t.id, t.name, t.leader_id, m.employee_id FROM team t LEFT JOIN team_member m ON m.team_id = t.id \
             WHERE t.leader_id = $1 OR t.id IN (SELECT team_id FROM team_member WHERE employee_id = $1) ORDER BY t.name, t.id",
            args![employee],
        )
        .await?;
    with_members(conn, &rows).await
}

/// One team. Two queries.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn find(conn: &mut Conn, team: TeamId) -> Result<Option<Team>, Error> {
    let rows = conn
        .rows(
            "SELECT t.id, t.name, t.leader_id, m.employee_id FROM team t LEFT JOIN team_member m ON m.team_id = t.id WHERE t.id = $1",
            args![team],
        )
        .await?;
    Ok(with_members(conn, &rows).await?.pop())
}

async fn with_members(conn: &mut Conn, rows: &[Row]) -> Result<Vec<Team>, Error> {
    let mut teams: Vec<Team> = Vec::new();
    let mut members: Vec<(TeamId, EmployeeId)> = Vec::new();
    for row in rows {
        let id: TeamId = row.get(0)?;
        if teams.last().is_none_or(|team| team.id != id) {
            teams.push(Team {
                id,
                name: row.get(1)?,
                leader: row.get(2)?,
                members: vec![],
            });
        }
        members.extend(row.get::<Option<EmployeeId>>(3)?.map(|member| (id, member)));
    }
    let ids: Vec<EmployeeId> = members.iter().map(|(_, id)| *id).collect();
    let people = people::employees_among(conn, &ids).await?;
    for team in &mut teams {
        let belongs = |e: &&Employee| members.contains(&(team.id, e.id));
        team.members = people.iter().filter(belongs).cloned().collect();
    }
    Ok(teams)
}
