//! Whom a link to log in can be made for, found by name.

use jiff::civil::Date;
use tovholder_casework::act::UserKind;
use uuid::Uuid;

use crate::args;
use crate::db::{AssertSqlSafe, Conn, Error, Value};
use crate::names::name_words;

/// Somebody who can log in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The citizen's or the employee's id.
    pub id: Uuid,
    /// The name.
    pub name: String,
    /// The unit.
    pub unit: String,
    /// An employee's title; empty for a citizen.
    pub title: String,
    /// A citizen's date of birth.
    pub born: Option<Date>,
}

const EMPLOYEES: &str = "SELECT p.id, p.name, u.name, p.title, CAST(NULL AS TEXT) FROM employee p JOIN unit u ON u.id = p.unit_id \
     WHERE p.left_on IS NULL";
const CITIZENS: &str =
    "SELECT p.id, p.name, u.name, '', p.birth_date FROM citizen p JOIN unit u ON u.id = p.unit_id WHERE 1 = 1";

const fn select(kind: UserKind) -> &'static str {
    if matches!(kind, UserKind::Citizen) {
        CITIZENS
    } else {
        EMPLOYEES
    }
}

fn person(row: &crate::db::Row) -> Result<Person, Error> {
    let mut f = row.fields();
    Ok(Person {
        id: f.next()?,
        name: f.next()?,
        unit: f.next()?,
        title: f.next()?,
        born: f.next()?,
    })
}

/// Those whose name has a word beginning with each of the words typed, by name.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn find(conn: &mut Conn, kind: UserKind, typed: &str, limit: u32) -> Result<Vec<Person>, Error> {
    let words = name_words(typed);
    if words.is_empty() {
        return Ok(vec![]);
    }
    let mut sql = select(kind).to_owned();
    let mut args: Vec<Value> = vec![kind.into()];
    for word in words.iter().take(5) {
        // A range and not LIKE: it uses the index, and a % that somebody types is only a letter.
        let at = args.len();
        sql += &format!(
            " AND p.id IN (SELECT w.id FROM name_word w WHERE w.kind = $1 AND w.word >= ${} AND w.word < ${})",
            at + 1,
            at + 2
        );
        args.extend([Value::from(word.as_str()), Value::from(format!("{word}\u{10ffff}"))]);
    }
    sql += &format!(" ORDER BY p.name, p.id LIMIT {limit}");
    conn.rows(AssertSqlSafe(sql), &args).await?.iter().map(person).collect()
}

/// One person.
///
/// # Errors
/// As [`Conn::row`].
pub async fn by_id(conn: &mut Conn, kind: UserKind, id: Uuid) -> Result<Option<Person>, Error> {
    conn.row(AssertSqlSafe(format!("{} AND p.id = $1", select(kind))), args![id])
        .await?
        .as_ref()
        .map(person)
        .transpose()
}
