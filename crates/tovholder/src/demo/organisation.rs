//! Writing what is there before the citizens: units, employees, teams, companies, free times.

use tovholder_store::db::{Error, Tx, Value};

use super::calendar::at;
use super::cast::{SLOT_DAYS, SLOT_MINUTES, SLOTS, talking_days};
use super::rows::{WORDS, words};
use super::world::World;

type Rows = Vec<Vec<Value>>;

/// Writes the organisation and the companies.
///
/// # Errors
/// As [`tovholder_store::db::Conn::insert_many`].
pub async fn write(world: &World, tx: &mut Tx) -> Result<u64, Error> {
    let tables: [(&'static str, Rows); 7] = [
        ("INSERT INTO unit (id, name, kind, phone, address)", units(world)),
        (
            "INSERT INTO employee (id, unit_id, name, title, role, phone, email, login, left_on)",
            employees(world),
        ),
        (
            "INSERT INTO team (id, name, leader_id)",
            world
                .teams
                .iter()
                .map(|t| vec![t.id.into(), t.name.clone().into(), world.employees[t.leader].id.into()])
                .collect(),
        ),
        ("INSERT INTO team_member (team_id, employee_id)", members(world)),
        (
            "INSERT INTO company (id, name, cvr, industry, address, postcode, contact, phone, email, employees)",
            companies(world),
        ),
        (WORDS, names(world)),
        ("INSERT INTO slot (employee_id, starts, minutes)", slots(world)),
    ];
    let mut written = 0;
    for (sql, rows) in tables {
        written += tx.insert_many(sql, &rows).await?;
    }
    Ok(written)
}

fn units(world: &World) -> Rows {
    let row = |u: &super::world::Unit| {
        vec![
            u.id.into(),
            u.name.clone().into(),
            u.kind.into(),
            u.phone.clone().into(),
            u.address.clone().into(),
        ]
    };
    world.units.iter().map(row).collect()
}

fn employees(world: &World) -> Rows {
    let row = |e: &super::world::Employee| {
        vec![
            e.id.into(),
            world.units[e.unit].id.into(),
            e.name.clone().into(),
            e.title.clone().into(),
            e.role.as_str().into(),
            e.phone.clone().into(),
            e.email.clone().into(),
            e.login.clone().into(),
            e.left.map(|day| world.calendar.date(day)).into(),
        ]
    };
    world.employees.iter().map(row).collect()
}

fn members(world: &World) -> Rows {
    let of = |team: &super::world::Team| -> Rows {
        let row = |who: &usize| vec![team.id.into(), world.employees[*who].id.into()];
        team.members.iter().map(row).collect()
    };
    world.teams.iter().flat_map(of).collect()
}

fn companies(world: &World) -> Rows {
    let row = |c: &super::world::Company| {
        vec![
            c.id.into(),
            c.name.clone().into(),
            c.cvr.clone().into(),
            c.industry.into(),
            c.address.clone().into(),
            c.postcode.into(),
            c.contact.clone().into(),
            c.phone.clone().into(),
            c.email.clone().into(),
            i64::from(c.employees).into(),
        ]
    };
    world.companies.iter().map(row).collect()
}

fn names(world: &World) -> Rows {
    let employees = world.employees.iter().flat_map(|e| words(&e.name, "employee", e.id));
    let companies = world.companies.iter().flat_map(|c| words(&c.name, "company", c.id));
    employees.chain(companies).collect()
}

/// The times each coordinator offers in the coming weeks. Those that are booked are among them; the store knows which are free.
fn slots(world: &World) -> Rows {
    let mut rows = vec![];
    let last = world.calendar.today() + SLOT_DAYS;
    for who in world.units.iter().flat_map(|unit| unit.coordinators.iter().copied()) {
        for day in talking_days(world, who).take_while(|day| *day <= last) {
            for (hour, minute) in SLOTS {
                rows.push(vec![
                    world.employees[who].id.into(),
                    world.calendar.time(at(day, *hour, *minute)).into(),
                    SLOT_MINUTES.into(),
                ]);
            }
        }
    }
    rows
}
