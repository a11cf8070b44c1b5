//! Figures of other municipalities, as they came in signed files.

use crate::args;
use crate::db::{Conn, Db, Error};
use jiff::Timestamp;
use uuid::Uuid;

/// A file that was brought in, its signature checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// Whose figures.
    pub municipality: String,
    /// The day they were made, `2026-03-16`.
    pub as_of: String,
    /// The key they were signed with, in hexadecimal.
    pub public_key: String,
    /// The lines that were signed.
    pub body: String,
    /// The signature, in hexadecimal.
    pub signature: String,
}

/// Keeps a file. The same file is kept once; answers whether it is new.
///
/// # Errors
/// As [`Conn::execute`].
pub async fn add(db: &Db, file: &Exchange, at: Timestamp) -> Result<bool, Error> {
    let mut tx = db.begin().await?;
    let new = tx
        .execute(
            "INSERT INTO exchange (id, municipality, as_of, public_key, body, signature, at) VALUES ($1, $2, $3, $4, $5, $6, $7) \
             ON CONFLICT (signature) DO NOTHING",
            args![
                Uuid::now_v7(),
                file.municipality.clone(),
                file.as_of.clone(),
                file.public_key.clone(),
                file.body.clone(),
                file.signature.clone(),
                at
            ],
        )
        .await?;
    tx.commit().await?;
    Ok(new > 0)
}

/// Of every municipality the newest file, by name.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn newest(conn: &mut Conn) -> Result<Vec<Exchange>, Error> {
    let sql = "SELECT municipality, as_of, public_key, body, signature FROM exchange ORDER BY municipality, as_of DESC, at DESC, id DESC";
    let mut all: Vec<Exchange> = Vec::new();
    for row in conn.rows(sql, args![]).await? {
        let municipality: String = row.get(0)?;
        if all.last().is_some_and(|last| last.municipality == municipality) {
            continue;
        }
        all.push(Exchange {
            municipality,
            as_of: row.get(1)?,
            public_key: row.get(2)?,
            body: row.get(3)?,
            signature: row.get(4)?,
        });
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::both;

    #[test]
    fn a_file_is_kept_once_and_the_newest_holds() {
        both(async |db| {
            let at = Timestamp::from_second(1_773_651_600).expect("a time");
            let file = |municipality: &str, as_of: &str, mark: &str| Exchange {
                municipality: municipality.to_owned(),
                as_of: as_of.to_owned(),
                public_key: "0".repeat(64),
                body: format!("{as_of}\n"),
                signature: mark.repeat(128),
            };
            for (file, new) in [
                (file("Solvig Kommune", "2026-03-16", "a"), true),
                (file("Solvig Kommune", "2026-03-16", "a"), false),
                (file("Solvig Kommune", "2026-02-16", "b"), true),
                (file("Engby Kommune", "2026-01-16", "c"), true),
            ] {
                assert_eq!(add(&db, &file, at).await.expect("keeps"), new);
            }
            let mut conn = db.read().await.expect("reads");
            let all = newest(&mut conn).await.expect("reads");
            assert_eq!(
                all.iter()
                    .map(|f| (f.municipality.as_str(), f.as_of.as_str()))
                    .collect::<Vec<_>>(),
                [("Engby Kommune", "2026-01-16"), ("Solvig Kommune", "2026-03-16")]
            );
            drop(conn);
            let mut tx = db.begin().await.expect("begins");
            assert!(tx.execute("DELETE FROM exchange", args![]).await.is_err());
        });
    }
}
