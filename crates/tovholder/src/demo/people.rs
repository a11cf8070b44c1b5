//! Those to log in as: found in the database by their place in the stories, so that the list fits whatever was built.

use tovholder_casework::act::UserKind;
use tovholder_casework::id::*;
use tovholder_store::args;
use tovholder_store::db::{Conn, Error};
use tovholder_store::people::find_employee;
use tovholder_store::plans;
use tovholder_web::Person;
use uuid::Uuid;

use super::characters::{CHARACTERS, Character};
use super::roster;

/// The characters to log in as, by their place in [`CHARACTERS`], with why.
const CITIZENS: &[(usize, &str, &str)] = &[
    (
        0,
        "På vej tilbage til sit fag. Har en samtale om få dage, et hold fra flere enheder og timer med løn, der stiger.",
        "On her way back to her trade: a conversation in a few days, a team from several units, and paid hours that rise.",
    ),
    (
        1,
        "Arbejde og behandling på samme tid. Fire enheder arbejder sammen om én plan.",
        "Work and treatment at the same time. Four units share one plan.",
    ),
    (
        2,
        "Ung og vild med motorer. Første skridt mod en læreplads.",
        "Young and fond of engines. First steps towards an apprenticeship.",
    ),
    (
        3,
        "Lærer fra sit hjemland. Sprog, skole og arbejde i én plan.",
        "A teacher from her home country. Language, school and work in one plan.",
    ),
    (
        4,
        "En god hverdag kommer først. Haven, børnebarnet og ro på.",
        "A good everyday life comes first: the garden, the grandchild and peace.",
    ),
    (
        5,
        "Søger selv job og klarer det meste på egen hånd. Får snart en ny tovholder.",
        "Searches for a job himself and manages most of it alone. Gets a new coordinator soon.",
    ),
    (
        6,
        "Et barn på vej tilbage i skole, ét fag ad gangen.",
        "A child on the way back to school, one subject at a time.",
    ),
];

/// Everybody to log in as: a citizen, a caseworker, one who coordinates across units, a company consultant, a team leader, the head of department, the
/// administrator, in a large municipality the caseworker with [`roster::LOAD`] citizens, and the other citizens after them; empty when the database holds no demo.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn people(conn: &mut Conn) -> Result<Vec<Person>, Error> {
    let mut list = vec![];
    let Some(citizen) = citizen(conn, 0).await? else {
        return Ok(list);
    };
    let own = plans::current_plan(conn, CitizenId(citizen.id)).await?;
    list.push(citizen);
    if let Some(caseworker) = coordinator(conn, own).await? {
        let (da, en) = (
            "Har en hel stamme borgere. Se Min dag, listerne og samtaleskemaet.",
            "Has a whole caseload. See My day, the lists and the conversation form.",
        );
        employee(conn, &mut list, caseworker, da, en).await?;
    }
    let caseworker = list.last().filter(|p| p.role.is_some()).map_or(Uuid::nil(), |p| p.id);
    let across = match find(conn, &CHARACTERS[4]).await? {
        Some(citizen) => plans::current_plan(conn, citizen).await?,
        None => None,
    };
    if let Some(tovholder) = coordinator(conn, across).await? {
        let (da, en) = (
            "Holder i tovet for borgere med hjælp fra flere enheder.",
            "Holds the rope for citizens who have help from several units.",
        );
        employee(conn, &mut list, tovholder, da, en).await?;
    }
    let consultant = one(
        conn,
        "SELECT e.id FROM employee e LEFT JOIN participation p ON p.employee_id = e.id AND p.plan_id = $1 \
         WHERE e.role = 'consultant' AND e.left_on IS NULL \
         ORDER BY CASE WHEN p.id IS NULL THEN 1 ELSE 0 END, e.name, e.id LIMIT 1",
        own.map_or(Uuid::nil(), |plan| plan.0),
    )
    .await?;
    if let Some(consultant) = consultant {
        let (da, en) = (
            "Én indgang for virksomhederne. Er med i planer, hvor der er et job i sigte.",
            "One entrance for companies. Takes part in plans with a job in sight.",
        );
        employee(conn, &mut list, consultant, da, en).await?;
    }
    let leader = one(
        conn,
        "SELECT t.leader_id FROM team t JOIN team_member m ON m.team_id = t.id WHERE m.employee_id = $1 \
         ORDER BY t.name, t.id LIMIT 1",
        caseworker,
    )
    .await?;
    if let Some(leader) = leader {
        let (da, en) = (
            "Leder et team og ser, hvor der er brug for en hånd.",
            "Leads a team and sees where a hand is needed.",
        );
        employee(conn, &mut list, leader, da, en).await?;
    }
    let head = conn
        .row(
            "SELECT id FROM employee WHERE role = 'head' ORDER BY name, id LIMIT 1",
            args![],
        )
        .await?;
    if let Some(head) = head {
        let (da, en) = (
            "Har ansvar for hele området og følger alle enheder.",
            "Is responsible for the whole department and follows every unit.",
        );
        employee(conn, &mut list, head.get(0)?, da, en).await?;
    }
    let administrator = conn
        .row(
            "SELECT id FROM employee WHERE role = 'administrator' ORDER BY name, id LIMIT 1",
            args![],
        )
        .await?;
    if let Some(administrator) = administrator {
        let (da, en) = (
            "Læser filer ind og giver folk adgang. Kan ikke se nogens plan.",
            "Brings in files and lets people in. Can see nobody's plan.",
        );
        employee(conn, &mut list, administrator.get(0)?, da, en).await?;
    }
    let full_hands = conn
        .row(
            "SELECT coordinator_id FROM plan_summary WHERE closed IS NULL AND coordinator_id IS NOT NULL \
             GROUP BY coordinator_id HAVING count(*) > $1 ORDER BY count(*) DESC, coordinator_id LIMIT 1",
            args![i64::from(roster::LOAD / 2)],
        )
        .await?;
    if let Some(full_hands) = full_hands {
        let (da, en) = (
            "Har langt flere borgere end nogen bør have. Se, om listen stadig er til at arbejde med.",
            "Has far more citizens than anybody should. See whether the list still can be worked with.",
        );
        employee(conn, &mut list, full_hands.get(0)?, da, en).await?;
    }
    for index in 1..CITIZENS.len() {
        list.extend(self::citizen(conn, index).await?);
    }
    list.extend(done(conn).await?);
    list.extend(super::newcomer::person(conn).await?);
    Ok(list)
}

/// The citizen whose plan was closed last, and who has no other: to see what stays when a plan is done.
async fn done(conn: &mut Conn) -> Result<Option<Person>, Error> {
    let row = conn
        .row(
            "SELECT c.id, c.name FROM plan_summary s JOIN citizen c ON c.id = s.citizen_id WHERE s.closed IS NOT NULL \
             AND NOT EXISTS (SELECT 1 FROM plan_summary o WHERE o.citizen_id = s.citizen_id AND o.closed IS NULL) \
             ORDER BY s.closed DESC, c.id LIMIT 1",
            args![],
        )
        .await?;
    row.map(|row| {
        Ok(Person {
            kind: UserKind::Citizen,
            id: row.get(0)?,
            role: None,
            name: row.get(1)?,
            title: String::new(),
            why_da: "Planen er afsluttet. Se, hvad der blev nået, og hvad der hjalp.".to_owned(),
            why_en: "The plan is closed. See what was reached, and what helped.".to_owned(),
        })
    })
    .transpose()
}

async fn one(conn: &mut Conn, sql: &'static str, about: Uuid) -> Result<Option<EmployeeId>, Error> {
    conn.row(sql, args![about]).await?.map(|row| row.get(0)).transpose()
}

async fn find(conn: &mut Conn, character: &Character) -> Result<Option<CitizenId>, Error> {
    let name = format!("{} {}", character.first, character.last);
    let row = conn
        .row(
            "SELECT id FROM citizen WHERE name = $1 AND birth_date = $2",
            args![name, character.born],
        )
        .await?;
    row.map(|row| row.get(0)).transpose()
}

async fn citizen(conn: &mut Conn, index: usize) -> Result<Option<Person>, Error> {
    let (place, why_da, why_en) = CITIZENS[index];
    let character = &CHARACTERS[place];
    let found = find(conn, character).await?;
    Ok(found.map(|id| Person {
        kind: UserKind::Citizen,
        id: id.0,
        role: None,
        name: format!("{} {}", character.first, character.last),
        title: String::new(),
        why_da: why_da.to_owned(),
        why_en: why_en.to_owned(),
    }))
}

async fn coordinator(conn: &mut Conn, plan: Option<PlanId>) -> Result<Option<EmployeeId>, Error> {
    let Some(plan) = plan else { return Ok(None) };
    one(
        conn,
        "SELECT coordinator_id FROM plan_summary WHERE plan_id = $1",
        plan.0,
    )
    .await
}

async fn employee(
    conn: &mut Conn,
    list: &mut Vec<Person>,
    id: EmployeeId,
    why_da: &'static str,
    why_en: &'static str,
) -> Result<(), Error> {
    let found = find_employee(conn, id).await?;
    list.extend(found.map(|employee| Person {
        kind: UserKind::Employee,
        id: employee.id.0,
        role: employee.role,
        name: employee.name,
        title: format!("{}, {}", employee.title, employee.unit_name),
        why_da: why_da.to_owned(),
        why_en: why_en.to_owned(),
    }));
    Ok(())
}
