//! What the head of the demo aims at: a few targets and the budget, set at New Year, how many live in the municipality, and whom it compares
//! itself with.

use tovholder_casework::reference;
use tovholder_store::args;
use tovholder_store::db::{Error, Tx};
use tovholder_store::figures;
use tovholder_store::published;
use uuid::Uuid;

use super::DemoOptions;
use super::calendar::at;
use super::costs::Costs;
use super::world::World;

/// Inhabitants for each citizen with a plan: with it, people on the benefits are as common as in the country (see [`super::mix`]).
const INHABITANTS: u32 = 19;

/// The municipality the demo compares as. It is invented, and this one is about as large and lies where the demo's towns would.
const COMPARES_AS: u16 = 766;
/// The group of municipalities it compares itself with: its old neighbours.
const NEIGHBOURS: &str = "RAR Østjylland";

/// Measure, group and the value aimed at, as it is computed.
const AIMS: &[(&str, &str, f64)] = &[
    ("support", "", 36.0),
    ("companies_share", "", 0.30),
    ("to_work", "", 0.30),
    ("passive", "", 0.15),
    ("long_term", "", 0.50),
    ("changes", "", 0.80),
    ("support", "kontanthjaelp", 12.0),
];

/// Writes them.
///
/// # Errors
/// As [`Tx::execute`](tovholder_store::db::Conn::execute).
pub async fn write(tx: &mut Tx, world: &World, options: &DemoOptions, costs: &Costs) -> Result<u64, Error> {
    figures::set_inhabitants(tx, options.citizens * INHABITANTS).await?;
    let Some(head) = world
        .employees
        .iter()
        .find(|e| e.role == tovholder_store::sessions::Role::Head)
    else {
        return Ok(1);
    };
    let today = options.today;
    published::set_own(tx, Some(COMPARES_AS)).await?;
    let mut rows = 2;
    let neighbours: Vec<String> = reference::municipalities()
        .iter()
        .filter(|m| m.labour_council == NEIGHBOURS)
        .map(|m| m.code.to_string())
        .collect();
    let long_ago = world
        .calendar
        .day(jiff::civil::Date::new(today.year() - 1, 1, 2).unwrap_or(today));
    let made = world.calendar.millis(at(world.calendar.open_from(long_ago), 9, 30));
    let group = Uuid::from_u128(0x6772_6f75_7000_7000_8000_0000_0000_0001);
    rows += tx
        .execute(
            "INSERT INTO comparison_group (id, group_id, name, areas, set_by, set_by_name, at) VALUES ($1, $1, $2, $3, $4, $5, $6)",
            args![group, NEIGHBOURS, neighbours.join(" "), head.id, head.name.clone(), made],
        )
        .await?;
    for year in [today.year() - 1, today.year()] {
        let new_year = world.calendar.day(jiff::civil::Date::new(year, 1, 2).unwrap_or(today));
        let when = world.calendar.millis(at(world.calendar.open_from(new_year), 9, 0));
        let aims = AIMS
            .iter()
            .map(|(measure, group, value)| (*measure, (*group).to_owned(), *value));
        let budgets = costs.budgets(&world.calendar, year).into_iter();
        let budgets = budgets.map(|(group, value)| ("expenses", group, value));
        for (n, (measure, group, value)) in aims.chain(budgets).enumerate() {
            for month in 1..=12 {
                // The same numbers every time: the demo is the same to the byte.
                let id = Uuid::from_u128(
                    0x7461_7267_6574_7000_8000_0000_0000_0000
                        + (n as u128) * 100_000
                        + year.unsigned_abs() as u128 * 20
                        + month,
                );
                rows += tx
                    .execute(
                        "INSERT INTO target (id, measure, benefit_group, unit_id, month, value, set_by, set_by_name, at) \
                         VALUES ($1, $2, $3, NULL, $4, $5, $6, $7, $8)",
                        args![id, measure, group.clone(), format!("{year:04}-{month:02}"), value, head.id, head.name.clone(), when],
                    )
                    .await?;
            }
        }
    }
    Ok(rows)
}
