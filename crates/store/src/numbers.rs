//! CPR numbers: sealed in `citizen_cpr`, and found by a keyed hash without being opened.
//!
//! Nothing else reads or writes that table, so that no number lies in the database's file as it is.

use std::collections::HashMap;

use tovholder_casework::cpr::Cpr;
use tovholder_casework::id::CitizenId;

use crate::args;
use crate::db::{AssertSqlSafe, Conn, Error, Tx, Value, placeholders};
use crate::keys::{KeyError, Keyring, Place};

/// The statement for [`row`]s.
pub const INSERT: &str = "INSERT INTO citizen_cpr (citizen_id, sealed, lookup)";

pub(crate) fn place(citizen: CitizenId) -> Place {
    Place::new("citizen_cpr", "sealed", args![citizen])
}

/// A citizen's number as it lies in its table.
///
/// # Errors
/// [`KeyError::Missing`] without keys.
pub fn row(keys: &Keyring, citizen: CitizenId, cpr: Cpr) -> Result<[Value; 3], KeyError> {
    let sealed = keys.seal(&place(citizen), &cpr.digits())?;
    Ok([citizen.into(), sealed.into(), keys.lookup(cpr)?.into()])
}

/// Gives a citizen a number, in the caller's transaction.
///
/// # Errors
/// [`Error::Conflict`] when somebody has it, [`Error::Keys`] without keys.
pub async fn set(tx: &mut Tx, citizen: CitizenId, cpr: Cpr) -> Result<(), Error> {
    let row = row(tx.keys(), citizen, cpr)?;
    tx.insert_many(INSERT, &[row]).await.map(drop)
}

/// Who has a number.
///
/// # Errors
/// [`Error::Keys`] without keys; as [`Conn::rows`].
pub async fn find(conn: &mut Conn, cpr: Cpr) -> Result<Option<CitizenId>, Error> {
    Ok(find_many(conn, &[cpr]).await?.remove(&cpr))
}

/// Numbers asked for in one statement.
const MANY: usize = 500;

/// Who has which of these numbers; numbers of nobody are left out.
///
/// # Errors
/// As [`find`].
pub async fn find_many(conn: &mut Conn, cprs: &[Cpr]) -> Result<HashMap<Cpr, CitizenId>, Error> {
    let mut found = HashMap::new();
    let keys = conn.keys().fresh().clone();
    for cprs in cprs.chunks(MANY) {
        let mut number_of: HashMap<Vec<u8>, Cpr> = HashMap::new();
        for cpr in cprs {
            number_of.extend(keys.lookups(*cpr)?.into_iter().map(|lookup| (lookup, *cpr)));
        }
        let sql = format!(
            "SELECT citizen_id, lookup FROM citizen_cpr WHERE lookup IN ({})",
            placeholders(1, number_of.len())
        );
        let args: Vec<Value> = number_of.keys().cloned().map(Value::from).collect();
        for row in conn.rows(AssertSqlSafe(sql), &args).await? {
            if let Some(cpr) = number_of.get(&row.get::<Vec<u8>>(1)?) {
                found.insert(*cpr, row.get(0)?);
            }
        }
    }
    Ok(found)
}

/// A citizen's number, opened. Call it only where the law lets the number go.
///
/// # Errors
/// [`Error::Keys`] when it does not open; as [`Conn::row`].
pub async fn of(conn: &mut Conn, citizen: CitizenId) -> Result<Option<Cpr>, Error> {
    let sql = "SELECT sealed FROM citizen_cpr WHERE citizen_id = $1";
    let Some(row) = conn.row(sql, args![citizen]).await? else {
        return Ok(None);
    };
    opened(conn.keys(), citizen, &row.get::<Vec<u8>>(0)?).map(Some)
}

/// Everybody's number, opened: for tests, and nobody else.
///
/// # Errors
/// As [`of`].
#[cfg(any(test, feature = "testing"))]
pub async fn all(conn: &mut Conn) -> Result<Vec<(CitizenId, Cpr)>, Error> {
    let sql = "SELECT citizen_id, sealed FROM citizen_cpr ORDER BY citizen_id";
    let rows = conn.rows(sql, args![]).await?;
    rows.iter()
        .map(|row| {
            let citizen = row.get(0)?;
            Ok((citizen, opened(conn.keys(), citizen, &row.get::<Vec<u8>>(1)?)?))
        })
        .collect()
}

pub(crate) fn opened(keys: &Keyring, citizen: CitizenId, sealed: &[u8]) -> Result<Cpr, Error> {
    let digits = keys.open(&place(citizen), sealed)?;
    digits.parse().map_err(|_| Error::Keys(KeyError::Damaged))
}

/// Forgets a citizen's number, in the caller's transaction.
///
/// # Errors
/// As [`Conn::execute`].
pub async fn forget(tx: &mut Tx, citizen: CitizenId) -> Result<(), Error> {
    let sql = "DELETE FROM citizen_cpr WHERE citizen_id = $1";
    tx.execute(sql, args![citizen]).await.map(drop)
}
