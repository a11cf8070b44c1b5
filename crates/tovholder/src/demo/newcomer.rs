//! Somebody who came yesterday and has no plan yet: for trying the very beginning.

use jiff::civil::{Date, date};
use tovholder_casework::act::UserKind;
use tovholder_casework::cpr::Cpr;
use tovholder_casework::id::*;
use tovholder_store::args;
use tovholder_store::db::{Conn, Error, Tx};
use tovholder_store::names::name_words;
use tovholder_store::numbers;
use tovholder_store::search::{self, Named};
use tovholder_web::Person;
use uuid::Uuid;

const NAME: &str = "Nikolaj Bruun";
const BORN: Date = date(2003, 4, 18);
/// The one id in the demo that is not drawn: the highest of its kind, so that it collides with none.
const ID: CitizenId = CitizenId(Uuid::from_u128(0x0000_0000_0000_7fff_bfff_ffff_ffff_ffff));

/// Writes the newcomer into the unit of the caseworker one logs in as, so that this caseworker may open the plan.
pub async fn write(tx: &mut Tx, today: Date) -> Result<u64, Error> {
    let list = super::people(tx).await?;
    let Some(caseworker) = list.iter().find(|p| p.kind == UserKind::Employee) else {
        return Ok(0);
    };
    let yesterday = today.saturating_sub(jiff::Span::new().days(1));
    let mut rows = tx
        .execute(
            "INSERT INTO citizen (id, unit_id, name, birth_date, phone, email, address, postcode) \
             SELECT $1, unit_id, $2, $3, '60 70 80 90', 'nikolaj@mail.example', 'Møllevej 4', '9581' FROM employee WHERE id = $4",
            args![ID, NAME, BORN, caseworker.id],
        )
        .await?;
    if let Some(cpr) = Cpr::demo(BORN, 9) {
        numbers::set(tx, ID, cpr).await?;
        rows += 1;
    }
    rows += tx
        .execute(
            "INSERT INTO spell (id, citizen_id, benefit, starts, ends) VALUES ($1, $1, 'kontanthjaelp', $2, NULL)",
            args![ID, yesterday],
        )
        .await?;
    search::index(tx, Named::Citizen, ID, NAME).await?;
    Ok(rows + name_words(NAME).len() as u64)
}

/// The newcomer, to log in as.
pub async fn person(conn: &mut Conn) -> Result<Option<Person>, Error> {
    let there = conn.row("SELECT id FROM citizen WHERE id = $1", args![ID]).await?;
    Ok(there.map(|_| Person {
        kind: UserKind::Citizen,
        id: ID.0,
        role: None,
        name: NAME.to_owned(),
        title: String::new(),
        why_da: "Kom i går og har ingen plan endnu. Begynd forfra sammen med ham.".to_owned(),
        why_en: "Came yesterday and has no plan yet. Begin at the beginning with him.".to_owned(),
    }))
}
