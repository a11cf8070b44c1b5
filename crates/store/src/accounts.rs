//! Local accounts: an employee's password and the secret of their codes, for installations without a provider and for the day it is away.

use jiff::Timestamp;
use tovholder_casework::id::*;

use crate::args;
use crate::db::{Conn, Db, Error};
use crate::keys::{KeyError, Keyring, Place};
use crate::sessions::{Role, digest};

/// An account, as far as checking somebody needs it.
#[derive(Clone)]
pub struct Account {
    /// Whose.
    pub employee: EmployeeId,
    /// The register's role.
    pub role: Role,
    /// The password's hash.
    pub password: String,
    /// The secret of the codes.
    pub secret: Vec<u8>,
    /// The last code that was used: its step.
    pub step: i64,
}

/// What an employee sees of their own account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Own {
    /// The name to log in with.
    pub name: String,
    /// Since when.
    pub made: Timestamp,
    /// Recovery codes that are left.
    pub codes: i64,
}

/// A new account, or a new password and secret for one.
pub struct New<'n> {
    /// Whose.
    pub employee: EmployeeId,
    /// The name to log in with.
    pub name: &'n str,
    /// The password's hash.
    pub password: &'n str,
    /// The secret of the codes.
    pub secret: &'n [u8],
    /// The code it was tried with: its step.
    pub step: i64,
    /// Recovery codes, in the place of those there were.
    pub codes: &'n [String],
}

/// Where the secret of an account's codes lies sealed.
fn place(employee: EmployeeId) -> Place {
    Place::new("account", "secret_sealed", args![employee])
}

/// Seals the secret of an account's codes for its row.
fn seal(keys: &Keyring, employee: EmployeeId, secret: &[u8]) -> Result<Vec<u8>, Error> {
    let hex: String = secret.iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(keys.seal(&place(employee), &hex)?)
}

/// Opens it again.
fn open(keys: &Keyring, employee: EmployeeId, sealed: &[u8]) -> Result<Vec<u8>, Error> {
    let hex = keys.open(&place(employee), sealed)?;
    let byte = |at: usize| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok();
    let bytes: Option<Vec<u8>> = (0..hex.len()).step_by(2).map(byte).collect();
    Ok(bytes.ok_or(KeyError::Damaged)?)
}

/// The name as it is kept and compared.
fn folded(name: &str) -> String {
    name.trim().to_lowercase()
}

/// The account with this name, of somebody who still works here.
///
/// # Errors
/// As [`Conn::row`].
pub async fn find(conn: &mut Conn, name: &str) -> Result<Option<Account>, Error> {
    let row = conn
        .row(
            "SELECT a.employee_id, e.role, a.password, a.secret_sealed, a.step FROM account a JOIN employee e ON e.id = a.employee_id \
             WHERE a.name = $1 AND e.left_on IS NULL",
            args![folded(name)],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    let mut f = row.fields();
    let (employee, role): (EmployeeId, String) = (f.next()?, f.next()?);
    let (password, sealed, step): (String, Vec<u8>, i64) = (f.next()?, f.next()?, f.next()?);
    let Ok(role) = role.parse() else { return Ok(None) };
    Ok(Some(Account {
        employee,
        role,
        password,
        secret: open(conn.keys(), employee, &sealed)?,
        step,
    }))
}

/// An employee's own account.
///
/// # Errors
/// As [`Conn::row`].
pub async fn own(conn: &mut Conn, employee: EmployeeId) -> Result<Option<Own>, Error> {
    let row = conn
        .row(
            "SELECT a.name, a.made, (SELECT count(*) FROM recovery_code c WHERE c.employee_id = a.employee_id AND c.used IS NULL) \
             FROM account a WHERE a.employee_id = $1",
            args![employee],
        )
        .await?;
    row.map(|row| {
        let mut f = row.fields();
        Ok(Own {
            name: f.next()?,
            made: f.next()?,
            codes: f.next()?,
        })
    })
    .transpose()
}

/// What an employee would log in with: the name a provider knows them by, or their e-mail.
///
/// # Errors
/// As [`Conn::row`].
pub async fn suggested_name(conn: &mut Conn, employee: EmployeeId) -> Result<String, Error> {
    let row = conn
        .row(
            "SELECT CASE WHEN login <> '' THEN login ELSE email END FROM employee WHERE id = $1",
            args![employee],
        )
        .await?;
    row.map_or(Ok(String::new()), |row| row.get(0))
}

/// Makes an account, or changes it.
///
/// # Errors
/// [`Error::Conflict`] when somebody else has the name.
pub async fn set(db: &Db, new: &New<'_>, at: Timestamp) -> Result<(), Error> {
    let mut tx = db.begin_for(new.employee.0).await?;
    let sealed = seal(tx.keys(), new.employee, new.secret)?;
    tx.execute(
        "INSERT INTO account (employee_id, name, password, secret_sealed, step, made) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (employee_id) DO UPDATE SET name = $2, password = $3, secret_sealed = $4, step = $5, made = $6",
        args![
            new.employee,
            folded(new.name),
            new.password.to_owned(),
            sealed,
            new.step,
            at
        ],
    )
    .await?;
    tx.execute("DELETE FROM recovery_code WHERE employee_id = $1", args![new.employee])
        .await?;
    for code in new.codes {
        tx.execute(
            "INSERT INTO recovery_code (employee_id, code_hash, used) VALUES ($1, $2, NULL)",
            args![new.employee, digest(code).to_vec()],
        )
        .await?;
    }
    tx.commit().await
}

/// Notes that a code was used, so that it works once; answers whether this was the first time.
///
/// # Errors
/// As [`Conn::execute`].
pub async fn use_step(db: &Db, employee: EmployeeId, step: i64) -> Result<bool, Error> {
    let mut tx = db.begin_for(employee.0).await?;
    let used = tx
        .execute(
            "UPDATE account SET step = $2 WHERE employee_id = $1 AND step < $2",
            args![employee, step],
        )
        .await?;
    tx.commit().await?;
    Ok(used == 1)
}

/// Uses a recovery code; answers whether it was one that had not been used.
///
/// # Errors
/// As [`Conn::execute`].
pub async fn use_code(db: &Db, employee: EmployeeId, code: &str, at: Timestamp) -> Result<bool, Error> {
    let mut tx = db.begin_for(employee.0).await?;
    let used = tx
        .execute(
            "UPDATE recovery_code SET used = $3 WHERE employee_id = $1 AND code_hash = $2 AND used IS NULL",
            args![employee, digest(code).to_vec(), at],
        )
        .await?;
    tx.commit().await?;
    Ok(used == 1)
}
