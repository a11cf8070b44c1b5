//! The monthly management reports: versions that are added and never changed.

use crate::args;
use crate::db::{Conn, Db, Error, Row};
use crate::drafts;
use jiff::Timestamp;
use tovholder_casework::id::*;
use tovholder_spells::Month;
use uuid::Uuid;

/// One version of a month's report, without what is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The month it is about.
    pub month: Month,
    /// 1 for the first of its month.
    pub version: u32,
    /// Published: every employee may read it.
    pub closed: bool,
    /// Who saved or closed it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// A version with what is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Which.
    pub version: Version,
    /// What is in it, as JSON.
    pub body: String,
}

const COLUMNS: &str = "month, version, closed, saved_by_name, at";

fn version(row: &Row) -> Result<Option<Version>, Error> {
    let Ok(month) = row.get::<String>(0)?.parse() else {
        return Ok(None);
    };
    Ok(Some(Version {
        month,
        version: u32::try_from(row.get::<i64>(1)?).unwrap_or(0),
        closed: row.get(2)?,
        by: row.get(3)?,
        at: row.get(4)?,
    }))
}

/// Every version there is, the newest month and in it the newest version first.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn all(conn: &mut Conn) -> Result<Vec<Version>, Error> {
    let sql = crate::db::AssertSqlSafe(format!(
        "SELECT {COLUMNS} FROM report ORDER BY month DESC, version DESC"
    ));
    let rows = conn.rows(sql, args![]).await?;
    Ok(rows
        .iter()
        .map(version)
        .collect::<Result<Vec<_>, _>>()?
        .into_iter()
        .flatten()
        .collect())
}

/// One version.
///
/// # Errors
/// As [`Conn::row`].
pub async fn find(conn: &mut Conn, month: Month, number: u32) -> Result<Option<Report>, Error> {
    let sql = crate::db::AssertSqlSafe(format!(
        "SELECT {COLUMNS}, body FROM report WHERE month = $1 AND version = $2"
    ));
    let Some(row) = conn.row(sql, args![month.to_string(), i64::from(number)]).await? else {
        return Ok(None);
    };
    let body = row.get(5)?;
    Ok(version(&row)?.map(|version| Report { version, body }))
}

/// A version to add.
pub struct NewVersion<'a> {
    /// The month.
    pub month: Month,
    /// The version its author had before them; 0 for none.
    pub after: u32,
    /// Whether it is published.
    pub closed: bool,
    /// What is in it.
    pub body: &'a str,
    /// The address of the page whose draft it replaces.
    pub draft: &'a str,
}

/// What became of a version that was to be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// It is there, under this number. A form sent twice is answered alike.
    Yes,
    /// Somebody else has added one meanwhile; nothing was written.
    Conflict,
}

/// Adds a version.
///
/// # Errors
/// As [`Conn::execute`].
pub async fn add(
    db: &Db,
    submission: SubmissionId,
    (by, name): (EmployeeId, &str),
    at: Timestamp,
    new: &NewVersion<'_>,
) -> Result<Added, Error> {
    let mut tx = db.begin_for(by.0).await?;
    let first = tx
        .execute(
            "INSERT INTO submission (id, at, actor_id, location) VALUES ($1, $2, $3, '/figures/report') ON CONFLICT (id) DO NOTHING",
            args![submission, at, by],
        )
        .await?;
    if first == 0 {
        return Ok(Added::Yes);
    }
    let month = new.month.to_string();
    let newest = tx
        .row(
            "SELECT COALESCE(MAX(version), 0) FROM report WHERE month = $1",
            args![month.clone()],
        )
        .await?;
    let newest: i64 = newest.map(|row| row.get(0)).transpose()?.unwrap_or(0);
    if newest != i64::from(new.after) {
        tx.rollback().await?;
        return Ok(Added::Conflict);
    }
    let added = tx
        .execute(
            "INSERT INTO report (id, month, version, closed, body, saved_by, saved_by_name, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            args![
                Uuid::now_v7(),
                month,
                newest + 1,
                new.closed,
                new.body.to_owned(),
                by,
                name,
                at
            ],
        )
        .await;
    match added {
        // PostgreSQL lets two begin at once: the second finds the number taken.
        Err(Error::Conflict { .. }) => {
            tx.rollback().await?;
            return Ok(Added::Conflict);
        }
        other => other?,
    };
    drafts::discard(&mut tx, by.0, new.draft).await?;
    tx.commit().await?;
    Ok(Added::Yes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::both;

    #[test]
    fn versions_are_added_once_and_never_changed() {
        both(async |db| {
            let mut tx = db.begin().await.expect("begins");
            let (unit, lis) = (Uuid::from_u128(1), EmployeeId(Uuid::from_u128(2)));
            tx.execute(
                "INSERT INTO unit (id, name, kind) VALUES ($1, 'Jobcentret', 'x')",
                args![unit],
            )
            .await
            .expect("unit");
            tx.execute(
                "INSERT INTO employee (id, unit_id, name, role) VALUES ($1, $2, 'Lis', 'team_leader')",
                args![lis, unit],
            )
            .await
            .expect("employee");
            tx.commit().await.expect("commits");
            let month: Month = "2026-02".parse().expect("a month");
            let at = Timestamp::from_second(1_773_651_600).expect("a time");
            let new = |after, closed, body| NewVersion {
                month,
                after,
                closed,
                body,
                draft: "/figures/report/2026-02/edit",
            };
            let form = SubmissionId(Uuid::from_u128(9));
            drafts::save(&db, lis.0, "/figures/report/2026-02/edit", "title=x", at)
                .await
                .expect("a draft");
            for _ in 0..2 {
                let added = add(&db, form, (lis, "Lis"), at, &new(0, false, "{}")).await;
                assert_eq!(added.expect("adds"), Added::Yes);
            }
            let mut conn = db.read().await.expect("reads");
            assert_eq!(all(&mut conn).await.expect("reads").len(), 1);
            let draft = drafts::find(&mut conn, lis.0, "/figures/report/2026-02/edit").await;
            assert!(draft.expect("reads").is_none(), "what is saved is no draft any more");
            drop(conn);
            // Somebody who had not seen version 1 does not write over it.
            let late = add(
                &db,
                SubmissionId(Uuid::from_u128(10)),
                (lis, "Lis"),
                at,
                &new(0, false, "late"),
            )
            .await;
            assert_eq!(late.expect("answers"), Added::Conflict);
            let closed = add(
                &db,
                SubmissionId(Uuid::from_u128(11)),
                (lis, "Lis"),
                at,
                &new(1, true, "closed"),
            )
            .await;
            assert_eq!(closed.expect("adds"), Added::Yes);
            let mut conn = db.read().await.expect("reads");
            let list = all(&mut conn).await.expect("reads");
            assert_eq!(
                list.iter().map(|v| (v.version, v.closed)).collect::<Vec<_>>(),
                [(2, true), (1, false)]
            );
            let first = find(&mut conn, month, 1).await.expect("reads").expect("is there");
            assert_eq!((first.body.as_str(), first.version.by.as_str()), ("{}", "Lis"));
            assert_eq!(find(&mut conn, month, 3).await.expect("reads"), None);
            drop(conn);
            for sql in ["UPDATE report SET body = 'x'", "DELETE FROM report"] {
                let mut tx = db.begin().await.expect("begins");
                assert!(tx.execute(sql, args![]).await.is_err(), "{sql}");
            }
        });
    }
}
