//! `tovholder retention`: what is to be deleted because its time is over, and its deletion.

use std::fs::{self, File};
use std::io::{BufReader, Write};
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use tovholder_casework::id::CitizenId;
use tovholder_casework::retention::Kept;
use tovholder_casework::rules::Rules;
use tovholder_store::backup::{self, Head, Heads, Sealer};
use tovholder_store::db::Db;
use tovholder_store::{everything, people, retention};

use super::Problem;
use super::backup::{beside, private};
use crate::config::Config;

/// What the head of an archive says instead of an engine, so that nobody restores it as a database.
const ARCHIVE: &str = "archive";

#[derive(clap::Args)]
#[command(
    after_help = "Without --carry-out nothing is changed. Names are not printed: leaders read them on the page Frister for sletning. \
    The rules are in rules/retention.toml."
)]
pub struct Arguments {
    /// The configuration of the installation
    #[arg(long)]
    config: PathBuf,
    /// Delete what is due; needs --archive
    #[arg(long, requires = "archive")]
    carry_out: bool,
    /// A file that is not there yet: everything of those who are deleted, sealed with the backup key
    #[arg(long, value_name = "FILE")]
    archive: Option<PathBuf>,
    /// Open an archive instead, and write it to --to: one citizen a line, as docs/everything.md tells
    #[arg(long, value_name = "ARCHIVE", requires = "to", conflicts_with = "carry_out")]
    open: Option<PathBuf>,
    /// Where an opened archive is written: a file that is not there yet
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
}

pub async fn run(arguments: Arguments) -> Result<(), Problem> {
    let config = Config::read(&arguments.config)?;
    let mut options = config.options()?;
    options.create = false;
    if let (Some(archive), Some(to)) = (&arguments.open, &arguments.to) {
        let lines = open(archive, &options.keys, to)?;
        say!("{lines} citizens written to {}, in the open", to.display());
        return Ok(());
    }
    let db = Db::open(&config.database.address, options).await?;
    db.must_be_current().await?;
    let rules = config.rules()?;
    let now = Timestamp::now();
    // Days are those of Denmark. Without its time zone a day is at most two hours late, and nothing goes too early by that.
    let today = TimeZone::get("Europe/Copenhagen")
        .unwrap_or(TimeZone::UTC)
        .to_datetime(now)
        .date();
    let plan = preview(&db, &rules, today, now).await?;
    say!("{plan}");
    if let Some(archive) = arguments.archive.as_deref().filter(|_| arguments.carry_out) {
        say!("{}", carry_out(&db, &rules, archive, (today, now)).await?);
    }
    Ok(db.close().await?)
}

/// What would be deleted, by number and id.
pub async fn preview(db: &Db, rules: &Rules, today: Date, now: Timestamp) -> Result<String, Problem> {
    let soon = today.saturating_add(1.year());
    let mut conn = db.read().await?;
    let all = retention::due_by(&mut conn, None, rules.on(today), today, soon).await?;
    let citizens = people::count_citizens(&mut conn).await?;
    drop(conn);
    let (mut due, mut held, mut within, mut lines) = (0, 0, 0, String::new());
    for one in &all {
        match &one.kept {
            Kept::Due { until, kle, years } => {
                due += 1;
                lines.push_str(&format!(
                    "\n  {} kept until {until}: KLE {kle}, {years} years",
                    one.citizen
                ));
            }
            Kept::Held(_) => held += 1,
            Kept::Until(_) => within += 1,
            Kept::InUse => {}
        }
    }
    let leftovers = retention::leftovers(db, rules, today, now, false).await?;
    let leftovers: Vec<String> = leftovers
        .iter()
        .map(|(what, count)| format!("{count} {what}s"))
        .collect();
    Ok(format!(
        "{today}: {due} of {citizens} citizens are due, {held} held back, {within} more within a year; {} past their days{lines}",
        leftovers.join(", ")
    ))
}

/// Archives what is due, and when the archive is on the disk deletes it, one citizen at a time. Killed in between, the next run goes on with those who are left.
pub async fn carry_out(
    db: &Db,
    rules: &Rules,
    archive: &Path,
    (today, now): (Date, Timestamp),
) -> Result<String, Problem> {
    if archive.exists() {
        return Err(Problem::input(format!("{} is there already", archive.display())));
    }
    let all = retention::due_by(&mut db.read().await?, None, rules.on(today), today, today).await?;
    let due: Vec<CitizenId> = all
        .iter()
        .filter(|one| matches!(one.kept, Kept::Due { .. }))
        .map(|one| one.citizen)
        .collect();
    if !due.is_empty() {
        let partial = beside(archive, ".partial");
        // Left by a run that was killed: nothing was deleted on its account.
        let _ = fs::remove_file(&partial);
        let written = write(db, &due, &partial, now).await;
        if written.is_err() {
            let _ = fs::remove_file(&partial);
        }
        written?;
        fs::rename(&partial, archive)?;
        if let Some(folder) = archive.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            File::open(folder)?.sync_all()?;
        }
    }
    let mut deleted = 0;
    for citizen in &due {
        if retention::delete(db, *citizen, rules, today, now).await? {
            deleted += 1;
        }
    }
    let leftovers = retention::leftovers(db, rules, today, now, true).await?;
    let leftovers: Vec<String> = leftovers
        .iter()
        .map(|(what, count)| format!("{count} {what}s"))
        .collect();
    let kept = if due.is_empty() {
        "no archive was needed".to_owned()
    } else {
        format!("{} holds {} citizens", archive.display(), due.len())
    };
    Ok(format!("deleted: {deleted} citizens, {}; {kept}", leftovers.join(", ")))
}

async fn write(db: &Db, due: &[CitizenId], file: &Path, now: Timestamp) -> Result<(), Problem> {
    let mut head = Head::new(db.keys(), db.read().await?.engine(), now, 0, Heads::default())?;
    head.engine = ARCHIVE.to_owned();
    let mut sealer = Sealer::new(private(file)?, db.keys(), &head)?;
    let mut conn = db.read().await?;
    for citizen in due {
        let Some(all) = everything::of(&mut conn, *citizen, now).await? else {
            continue;
        };
        writeln!(sealer, "{}", all.line())?;
    }
    let file = sealer
        .finish()?
        .into_inner()
        .map_err(|error| Problem::other(error.to_string()))?;
    Ok(file.sync_all()?)
}

/// Opens an archive. Answers how many citizens are in it.
fn open(archive: &Path, keys: &tovholder_store::keys::Keyring, to: &Path) -> Result<usize, Problem> {
    let reading = |error| Problem::input(format!("{}: {error}", archive.display()));
    let mut from = BufReader::with_capacity(1 << 20, File::open(archive).map_err(reading)?);
    if backup::head(&mut from)?.engine != ARCHIVE {
        return Err(Problem::input(format!("{} is no archive", archive.display())));
    }
    let mut from = BufReader::with_capacity(1 << 20, File::open(archive).map_err(reading)?);
    let mut out = private(to)?;
    let opened = backup::open(&mut from, keys, &mut out);
    if let Err(error) = opened {
        let _ = fs::remove_file(to);
        return Err(error.into());
    }
    out.into_inner()
        .map_err(|error| Problem::other(error.to_string()))?
        .sync_all()?;
    Ok(fs::read_to_string(to)?.lines().count())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use tovholder_store::args;
    use tovholder_store::testing;
    use uuid::Uuid;

    fn id(n: u128) -> Uuid {
        Uuid::from_u128(n)
    }

    #[test]
    fn what_is_due_is_archived_sealed_and_then_gone() {
        testing::both(async |db| {
            let mut tx = db.begin().await.expect("begins");
            tx.execute(
                "INSERT INTO unit (id, name, kind) VALUES ($1, 'Jobcentret', 'jobcentre')",
                args![id(1)],
            )
            .await
            .expect("unit");
            for (n, name, ends) in [
                (10, "Inge Gammelgaard", "2015-06-30"),
                (11, "Ulla Nygaard", "2025-06-30"),
            ] {
                tx.execute(
                    "INSERT INTO citizen (id, unit_id, name, birth_date) VALUES ($1, $2, $3, '1950-01-01')",
                    args![id(n), id(1), name],
                )
                .await
                .expect("citizen");
                tx.execute(
                    "INSERT INTO spell (id, citizen_id, benefit, starts, ends) VALUES ($1, $2, 'kontanthjaelp', '2010-01-01', $3)",
                    args![id(n + 100), id(n), ends],
                )
                .await
                .expect("spell");
            }
            tx.commit().await.expect("commits");
            let rules = Rules::builtin();
            let (today, now) = (
                date(2026, 3, 16),
                Timestamp::from_second(1_773_651_600).expect("a time"),
            );
            let said = preview(&db, &rules, today, now).await.expect("previews");
            assert!(said.contains("1 of 2 citizens are due"), "{said}");
            assert!(
                said.contains(&id(10).to_string()) && !said.contains("Inge"),
                "ids and no names: {said}"
            );

            let folder = testing::Folder::new();
            let archive = folder.path().join("2026.archive");
            let said = carry_out(&db, &rules, &archive, (today, now)).await.expect("deletes");
            assert!(said.contains("deleted: 1 citizens"), "{said}");
            let sealed = fs::read(&archive).expect("is there");
            assert!(!sealed.windows(4).any(|bytes| bytes == b"Inge"), "sealed");
            let out = folder.path().join("out.jsonl");
            assert_eq!(open(&archive, db.keys(), &out).expect("opens"), 1);
            let text = fs::read_to_string(&out).expect("is there");
            assert!(text.contains("Inge Gammelgaard") && !text.contains("Ulla"), "{text}");
            let mut conn = db.read().await.expect("reads");
            let rows = conn.rows("SELECT name FROM citizen", args![]).await.expect("reads");
            let left: Vec<String> = rows.iter().map(|row| row.get(0).expect("a name")).collect();
            assert_eq!(left, ["Ulla Nygaard"]);
            drop(conn);
            let again = carry_out(&db, &rules, &archive, (today, now)).await;
            assert!(again.is_err(), "an archive is never written over");
            let none = carry_out(&db, &rules, &folder.path().join("next"), (today, now))
                .await
                .expect("runs");
            assert!(
                none.contains("deleted: 0 citizens") && none.contains("no archive"),
                "{none}"
            );
        });
    }
}
