//! Published figures brought in, version by version, and the groups of municipalities the head has made.
//!
//! A version is never changed. Which of several holds for a month is decided by [`tovholder_figures::published`]; here they are kept and counted.

use crate::args;
use crate::db::{Conn, Db, Error};
use jiff::Timestamp;
use tovholder_casework::id::*;
use tovholder_figures::published::Line;
use tovholder_spells::Month;
use uuid::Uuid;

/// The key of our own municipality among the settings.
const OWN: &str = "municipality";

/// What was brought in at once.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    /// Its id.
    pub id: Uuid,
    /// The files' names, or the address it was fetched from.
    pub origin: String,
    /// The newest month in it.
    pub data_month: Month,
    /// Who brought it in.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Who took it back, and when.
    pub undone: Option<(String, Timestamp)>,
}

/// A version to bring in.
#[derive(Clone, Debug, PartialEq)]
pub struct NewVersion<'a> {
    /// The files' names, or the address it was fetched from.
    pub origin: &'a str,
    /// Who brings it in.
    pub by: &'a str,
    /// When.
    pub at: Timestamp,
    /// What it says.
    pub lines: &'a [Line],
}

/// Brings a version in, whole or not at all. None where it says nothing.
///
/// # Errors
/// As [`Conn::execute`].
pub async fn add(db: &Db, version: &NewVersion<'_>) -> Result<Option<Uuid>, Error> {
    let Some(newest) = version.lines.iter().map(Line::last).max() else {
        return Ok(None);
    };
    let id = Uuid::now_v7();
    let mut tx = db.begin().await?;
    tx.execute(
        "INSERT INTO published_version (id, origin, data_month, actor_name, at) VALUES ($1, $2, $3, $4, $5)",
        args![id, version.origin, newest.to_string(), version.by, version.at],
    )
    .await?;
    let rows: Vec<_> = version
        .lines
        .iter()
        .map(|line| {
            args![
                id,
                line.quantity.code(),
                line.area.code(),
                line.from.to_string(),
                line.text()
            ]
            .to_vec()
        })
        .collect();
    tx.insert_many(
        "INSERT INTO published_line (version_id, quantity, area, from_month, figures)",
        &rows,
    )
    .await?;
    tx.commit().await?;
    Ok(Some(id))
}

/// Every version there has been, the newest first.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn versions(conn: &mut Conn) -> Result<Vec<Version>, Error> {
    let rows = conn
        .rows(
            "SELECT v.id, v.origin, v.data_month, v.actor_name, v.at, u.actor_name, u.at FROM published_version v \
             LEFT JOIN published_undone u ON u.version_id = v.id ORDER BY v.at DESC, v.id DESC",
            args![],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let undone: (Option<String>, Option<Timestamp>) = (row.get(5)?, row.get(6)?);
            Ok(Version {
                id: row.get(0)?,
                origin: row.get(1)?,
                data_month: row.get::<String>(2)?.parse().unwrap_or_default(),
                by: row.get(3)?,
                at: row.get(4)?,
                undone: undone.0.zip(undone.1),
            })
        })
        .collect()
}

/// What each version says that has not been taken back, in the order they were brought in.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn standing(conn: &mut Conn) -> Result<Vec<(Timestamp, Vec<Line>)>, Error> {
    let rows = conn
        .rows(
            "SELECT v.id, v.at, l.quantity, l.area, l.from_month, l.figures FROM published_version v JOIN published_line l ON l.version_id = v.id \
             WHERE NOT EXISTS (SELECT 1 FROM published_undone u WHERE u.version_id = v.id) ORDER BY v.at, v.id, l.quantity, l.area",
            args![],
        )
        .await?;
    let mut all: Vec<(Uuid, Timestamp, Vec<Line>)> = Vec::new();
    for row in &rows {
        let id: Uuid = row.get(0)?;
        if all.last().is_none_or(|(last, ..)| *last != id) {
            all.push((id, row.get(1)?, vec![]));
        }
        let text = |at: usize| row.get::<String>(at);
        let line = Line::read(&text(2)?, &text(3)?, &text(4)?, &text(5)?);
        // A line that a newer program wrote of something this one does not know is passed over.
        if let (Ok(line), Some((.., lines))) = (line, all.last_mut()) {
            lines.push(line);
        }
    }
    Ok(all.into_iter().map(|(_, at, lines)| (at, lines)).collect())
}

/// Takes a version back: it is marked and counts no more, so what it covered shows again. False where there is none, or it is taken back already.
///
/// # Errors
/// As [`Conn::execute`].
pub async fn undo(db: &Db, version: Uuid, by: &str, at: Timestamp) -> Result<bool, Error> {
    let mut tx = db.begin().await?;
    let done = tx
        .execute(
            "INSERT INTO published_undone (version_id, actor_name, at) SELECT id, $2, $3 FROM published_version WHERE id = $1 \
             ON CONFLICT (version_id) DO NOTHING",
            args![version, by, at],
        )
        .await?;
    tx.commit().await?;
    Ok(done > 0)
}

/// A group of municipalities as it was at some time.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// The group.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// The municipalities, by code; none: the group was taken away.
    pub areas: Vec<u16>,
    /// Who said so.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// Everything that has been said of every group, the newest first.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn group_history(conn: &mut Conn) -> Result<Vec<Group>, Error> {
    let rows = conn
        .rows(
            "SELECT group_id, name, areas, set_by_name, at FROM comparison_group ORDER BY at DESC, id DESC",
            args![],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Group {
                id: row.get(0)?,
                name: row.get(1)?,
                areas: row
                    .get::<String>(2)?
                    .split(' ')
                    .filter_map(|code| code.parse().ok())
                    .collect(),
                by: row.get(3)?,
                at: row.get(4)?,
            })
        })
        .collect()
}

/// The groups that hold, by name, from what [`group_history`] found.
#[must_use]
pub fn groups(history: &[Group]) -> Vec<&Group> {
    let mut newest: Vec<&Group> = Vec::new();
    for group in history {
        if newest.iter().all(|known| known.id != group.id) {
            newest.push(group);
        }
    }
    newest.retain(|group| !group.areas.is_empty());
    newest.sort_by_key(|group| group.name.to_lowercase());
    newest
}

/// Says what a group is: a new one, another name or other municipalities, or none to take it away. Sent twice, it is said once.
///
/// # Errors
/// As [`Conn::execute`].
pub async fn set_group(
    db: &Db,
    submission: SubmissionId,
    by: (EmployeeId, &str),
    at: Timestamp,
    (group, name, areas): (Uuid, &str, &[u16]),
) -> Result<(), Error> {
    let mut tx = db.begin_for(by.0.0).await?;
    let new = tx
        .execute(
            "INSERT INTO submission (id, at, actor_id, location) VALUES ($1, $2, $3, '/figures/groups') ON CONFLICT (id) DO NOTHING",
            args![submission, at, by.0],
        )
        .await?;
    if new == 0 {
        return Ok(());
    }
    let codes: Vec<String> = areas.iter().map(u16::to_string).collect();
    tx.execute(
        "INSERT INTO comparison_group (id, group_id, name, areas, set_by, set_by_name, at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        args![Uuid::now_v7(), group, name, codes.join(" "), by.0, by.1, at],
    )
    .await?;
    tx.commit().await
}

/// The code of the municipality that others' figures are compared with as our own; none where nobody has said.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn own(conn: &mut Conn) -> Result<Option<u16>, Error> {
    let row = conn.row("SELECT value FROM setting WHERE key = $1", args![OWN]).await?;
    let text: Option<String> = row.map(|row| row.get(0)).transpose()?;
    Ok(text.and_then(|text| text.parse().ok()))
}

/// Says which municipality is our own.
///
/// # Errors
/// As [`Conn::execute`].
pub async fn set_own(tx: &mut Conn, code: Option<u16>) -> Result<(), Error> {
    tx.execute(
        "INSERT INTO setting (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        args![OWN, code.map_or_else(String::new, |code| code.to_string())],
    )
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::both;
    use tovholder_figures::published::{Area, Published, Quantity, Version as Says};

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_790_000_000 + seconds).expect("a time")
    }

    fn line(area: &str, from: &str, figures: &str) -> Line {
        Line::read("kontanthjaelp_hours", area, from, figures).expect("a line")
    }

    async fn held(db: &Db, month: &str) -> Option<Option<u64>> {
        let standing = standing(&mut db.read().await.expect("reads")).await.expect("reads");
        let versions: Vec<Says> = standing
            .into_iter()
            .map(|(_, lines)| Says {
                read: "2026-11-01".parse().expect("a day"),
                lines,
            })
            .collect();
        let month = month.parse().expect("a month");
        Published::over(&versions).of(Quantity::KontanthjaelpHours, Area::Municipality(741), month)
    }

    #[test]
    fn a_version_holds_until_a_newer_one_and_again_when_that_is_taken_back() {
        both(async |db| {
            let bring = async |seconds: i64, lines: &[Line]| {
                let new = NewVersion {
                    origin: "fil.json",
                    by: "Ada",
                    at: at(seconds),
                    lines,
                };
                add(&db, &new).await.expect("brings in")
            };
            assert_eq!(bring(0, &[]).await, None);
            let first = bring(1, &[line("741", "2026-08", "5 -"), line("DK", "2026-08", "900 950")]).await;
            let second = bring(2, &[line("741", "2026-08", "6 7")]).await.expect("an id");
            assert_eq!(held(&db, "2026-08").await, Some(Some(6)));
            assert_eq!(held(&db, "2026-09").await, Some(Some(7)));
            assert!(undo(&db, second, "Ada", at(3)).await.expect("undoes"));
            assert!(!undo(&db, second, "Ada", at(4)).await.expect("has been"));
            assert!(!undo(&db, Uuid::nil(), "Ada", at(4)).await.expect("is none"));
            assert_eq!(held(&db, "2026-08").await, Some(Some(5)));
            // Not shown by the source stays not shown.
            assert_eq!(held(&db, "2026-09").await, Some(None));
            let all = versions(&mut db.read().await.expect("reads")).await.expect("reads");
            assert_eq!(
                all.iter().map(|v| Some(v.id)).collect::<Vec<_>>(),
                [Some(second), first]
            );
            assert_eq!(
                (all[0].undone.clone(), all[1].undone.clone()),
                (Some(("Ada".into(), at(3))), None)
            );
            assert_eq!(
                (all[1].data_month.to_string(), all[1].origin.as_str()),
                ("2026-09".into(), "fil.json")
            );
            let mut tx = db.begin().await.expect("begins");
            assert!(
                tx.execute("UPDATE published_line SET figures = '1'", args![])
                    .await
                    .is_err()
            );
        });
    }

    #[test]
    fn a_version_is_brought_in_whole_or_not_at_all() {
        both(async |db| {
            let twice = [line("741", "2026-08", "5"), line("741", "2026-09", "6")];
            let new = NewVersion {
                origin: "fil.json",
                by: "Ada",
                at: at(1),
                lines: &twice,
            };
            assert!(add(&db, &new).await.is_err());
            assert_eq!(versions(&mut db.read().await.expect("reads")).await.expect("reads"), []);
        });
    }

    #[test]
    fn a_group_keeps_its_history_and_is_said_once() {
        both(async |db| {
            let karen = EmployeeId(Uuid::from_u128(11));
            let mut tx = db.begin().await.expect("begins");
            tx.execute(
                "INSERT INTO unit (id, name, kind) VALUES ($1, 'Jobcentret', 'x')",
                args![Uuid::from_u128(1)],
            )
            .await
            .expect("unit");
            tx.execute(
                "INSERT INTO employee (id, unit_id, name, role) VALUES ($1, $2, 'Karen', 'head')",
                args![karen, Uuid::from_u128(1)],
            )
            .await
            .expect("employee");
            set_own(&mut tx, Some(766)).await.expect("sets");
            tx.commit().await.expect("commits");
            let (east, west) = (Uuid::from_u128(70), Uuid::from_u128(71));
            let set = async |form: u128, group: Uuid, name: &str, areas: &[u16]| {
                let form = SubmissionId(Uuid::from_u128(form));
                let seconds = i64::try_from(form.0.as_u128()).expect("small");
                set_group(&db, form, (karen, "Karen"), at(seconds), (group, name, areas))
                    .await
                    .expect("sets");
            };
            set(100, east, "Østjylland", &[766, 751]).await;
            set(100, east, "Østjylland", &[766, 751]).await;
            set(101, west, "Vest", &[657]).await;
            set(102, east, "Øst", &[766, 751, 727]).await;
            let mut conn = db.read().await.expect("reads");
            let history = group_history(&mut conn).await.expect("reads");
            assert_eq!(history.len(), 3);
            let names: Vec<&str> = groups(&history).iter().map(|g| g.name.as_str()).collect();
            assert_eq!(names, ["Vest", "Øst"]);
            assert_eq!(groups(&history)[1].areas, [766, 751, 727]);
            assert_eq!(own(&mut conn).await.expect("reads"), Some(766));
            drop(conn);
            set(103, east, "Øst", &[]).await;
            let mut conn = db.read().await.expect("reads");
            let history = group_history(&mut conn).await.expect("reads");
            assert_eq!(
                groups(&history).iter().map(|g| g.name.as_str()).collect::<Vec<_>>(),
                ["Vest"]
            );
            assert_eq!(history.len(), 4);
            drop(conn);
            let mut tx = db.begin().await.expect("begins");
            set_own(&mut tx, None).await.expect("sets");
            assert_eq!(own(&mut tx).await.expect("reads"), None);
            assert!(tx.execute("DELETE FROM comparison_group", args![]).await.is_err());
        });
    }
}
