//! `tovholder keys`: makes key files, adds newer keys, moves everything to them, and tells what is sealed with which. Never prints a key.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use tovholder_store::keys::{Keyring, Purpose, file};
use tovholder_store::sealing::{self, Share};

use super::Problem;
use super::import::{Opened, Place, open};
use crate::config::Config;

#[derive(clap::Subcommand)]
pub enum Arguments {
    /// Make a key file with one key of each purpose. Keep a copy of it where the backups are not
    New {
        /// The file; never one that is there already
        file: PathBuf,
    },
    /// Add a newer key of each purpose, or of those named, to a key file. Running servers read it within seconds
    Add {
        /// The key file
        file: PathBuf,
        /// seal, lookup or backup; all of them if left out
        #[arg(long = "for", value_name = "PURPOSE")]
        purposes: Vec<String>,
    },
    /// Seal everything anew with the newest keys, while servers run; stopped half-way, run it again
    Rotate(Place),
    /// The numbers of the keys, and how much is sealed with each
    List(Place),
}

/// How often a running server looks whether its key file has changed.
pub const LOOKS_EVERY: Duration = Duration::from_secs(5);

pub async fn run(arguments: Arguments) -> Result<(), Problem> {
    match arguments {
        Arguments::New { file } => {
            file::create(&file)?;
            say!(
                "made {} for its owner alone. Without it nobody reads the sealed texts or the backups again: keep a copy where those are not",
                file.display()
            );
            Ok(())
        }
        Arguments::Add { file, purposes } => add(&file, &purposes),
        Arguments::Rotate(place) => rotate(&place).await,
        Arguments::List(place) => list(&place).await,
    }
}

fn add(file: &Path, purposes: &[String]) -> Result<(), Problem> {
    let purposes: Vec<Purpose> = if purposes.is_empty() {
        Purpose::ALL.to_vec()
    } else {
        let wrong = |word: &str| Problem::input(format!("{word:?} is no purpose: seal, lookup or backup"));
        let read = |word: &String| word.parse().map_err(|()| wrong(word));
        purposes.iter().map(read).collect::<Result<_, _>>()?
    };
    for purpose in purposes {
        say!("{purpose} key {}", file::add(file, purpose)?);
    }
    say!("copy the file to every server, then: tovholder keys rotate --config FILE");
    Ok(())
}

async fn rotate(place: &Place) -> Result<(), Problem> {
    // A server that does not know the new key yet would find nobody by their number.
    if let Some(age) = age(place)? {
        let wait = (LOOKS_EVERY * 2).saturating_sub(age);
        if !wait.is_zero() {
            eprintln!(
                "the keys are new: waiting {} s until running servers have read them",
                wait.as_secs() + 1
            );
            tokio::time::sleep(wait).await;
        }
    }
    let Opened { db, .. } = open(place).await?;
    let turned = sealing::turn(&db, |rows| {
        if std::io::stderr().is_terminal() {
            eprint!("\r  {rows} moved ");
        }
    })
    .await?;
    if std::io::stderr().is_terminal() {
        eprintln!();
    }
    say!("{} texts are sealed anew", turned.rows);
    show(db.keys(), &sealing::shares(&mut db.read().await?).await?);
    db.close().await?;
    if turned.left.is_empty() {
        return Ok(());
    }
    let why: Vec<String> = turned
        .left
        .iter()
        .take(20)
        .map(|(table, why)| format!("{table}: {why}"))
        .collect();
    Err(Problem::other(format!(
        "{} stay as they are, the first of them:\n  {}",
        turned.left.len(),
        why.join("\n  ")
    )))
}

/// How long ago the key file was written; nothing when the service manager gives the keys, for they are then as old as the service.
fn age(place: &Place) -> Result<Option<Duration>, Problem> {
    let file = match (&place.config, &place.data) {
        (Some(config), _) => Config::read(config)?.keys.file,
        (None, Some(folder)) => Some(folder.join(super::demo::KEYS)),
        (None, None) => None,
    };
    let written = file.and_then(|file| std::fs::metadata(file).ok()?.modified().ok());
    // A clock that went backwards makes it new.
    Ok(written.map(|at| SystemTime::now().duration_since(at).unwrap_or_default()))
}

async fn list(place: &Place) -> Result<(), Problem> {
    let Opened { db, .. } = open(place).await?;
    show(db.keys(), &sealing::shares(&mut db.read().await?).await?);
    Ok(db.close().await?)
}

fn show(keys: &Keyring, shares: &[Share]) {
    for line in lines(keys, shares) {
        say!("{line}");
    }
}

/// A line a key, newest first, and what no key here opens.
fn lines(keys: &Keyring, shares: &[Share]) -> Vec<String> {
    let mut lines = Vec::new();
    for purpose in Purpose::ALL {
        for (at, number) in keys.numbers(purpose).into_iter().enumerate() {
            let of: Vec<String> = shares
                .iter()
                .filter(|share| share.purpose == purpose && share.number == Some(number))
                .map(|share| format!("{} in {}", share.rows, share.table))
                .collect();
            let what = match purpose {
                Purpose::Backup => "backups name their key themselves".to_owned(),
                _ if of.is_empty() => "nothing in the database; old backups may need it".to_owned(),
                _ => of.join(", "),
            };
            let newest = if at == 0 { "newest" } else { "      " };
            lines.push(format!("{:<7}{number:>5}  {newest}  {what}", purpose.as_str()));
        }
    }
    for share in shares {
        let known = share
            .number
            .is_some_and(|number| keys.numbers(share.purpose).contains(&number));
        if !known {
            let number = share.number.map_or("?".to_owned(), |number| number.to_string());
            lines.push(format!(
                "{:<7}{number:>5}  MISSING {} in {} do not open: put the key back",
                share.purpose.as_str(),
                share.rows,
                share.table
            ));
        }
    }
    lines
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that panics fails")]
mod tests {
    use tovholder_store::keys::Place;
    use tovholder_store::testing::Folder;

    use super::*;

    #[test]
    fn the_list_tells_what_each_key_seals_and_which_is_missing() {
        let folder = Folder::new();
        let path = folder.path().join("keys");
        file::create(&path).unwrap();
        add(&path, &["seal".to_owned()]).unwrap();
        assert!(add(&path, &["sael".to_owned()]).is_err());
        let keys = Keyring::read(&path).unwrap();
        let share = |number, rows| Share {
            table: "draft",
            purpose: Purpose::Seal,
            number,
            rows,
        };
        let lines = lines(&keys, &[share(Some(2), 12), share(Some(7), 3)]);
        assert_eq!(lines.len(), 5, "{lines:?}");
        assert!(lines[0].contains("2  newest  12 in draft"), "{lines:?}");
        assert!(lines[1].contains("nothing in the database"), "{lines:?}");
        assert!(lines[4].contains("MISSING 3 in draft"), "{lines:?}");
        // Nothing that is printed opens anything.
        let text = std::fs::read_to_string(&path).unwrap();
        for key in text
            .lines()
            .filter_map(|line| line.split_whitespace().nth(2))
            .filter(|key| key.len() == 64)
        {
            assert!(lines.iter().all(|line| !line.contains(key)));
        }
        let here = Place::new("draft", "sealed", &[]);
        assert!(keys.open(&here, &keys.seal(&here, "x").unwrap()).is_ok());
    }
}
