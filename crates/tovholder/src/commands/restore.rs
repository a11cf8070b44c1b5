//! `tovholder restore`: opens a backup into a database with nothing in it, and walks what came out.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, BufReader, Write};
use std::path::{Path, PathBuf};

use tovholder_store::args;
use tovholder_store::backup::{self, BackupError, Head};
use tovholder_store::db::{Db, Engine, Options};
use tovholder_store::keys::Keyring;

use super::backup::{beside, private};
use super::postgres::{Address, Program};
use super::{Problem, verify};

#[derive(clap::Args)]
pub struct Arguments {
    /// The backup
    file: PathBuf,
    /// The address of a database with nothing in it: sqlite:FILE, or postgres://…
    #[arg(long)]
    to: Option<String>,
    /// The key file; left out, the credential of the service manager
    #[arg(long)]
    keys: Option<PathBuf>,
    /// Say what the backup says about itself, and restore nothing; needs no key
    #[arg(long)]
    show: bool,
    /// PostgreSQL: the folder of pg_restore, when it is not in PATH
    #[arg(long, value_name = "FOLDER")]
    programs: Option<PathBuf>,
}

pub async fn run(arguments: Arguments) -> Result<(), Problem> {
    if arguments.show {
        let head = backup::head(&mut reader(&arguments.file)?)?;
        say!(
            "made {} by Tovholder {} of {}, schema {}, {} acts and looks in {} chains, backup key {}",
            head.made,
            head.program,
            head.engine,
            head.schema,
            head.heads.links,
            head.heads.chains,
            head.key
        );
        return Ok(());
    }
    let to = arguments
        .to
        .ok_or_else(|| Problem::input("say where to: --to ADDRESS"))?;
    let keys = Keyring::configured(arguments.keys.as_deref())?;
    let restored = restore(&arguments.file, &to, &keys, arguments.programs.as_deref()).await?;
    say!("restored: {restored}");
    Ok(())
}

fn reader(file: &Path) -> Result<BufReader<File>, Problem> {
    let opened = File::open(file).map_err(|error| Problem::input(format!("{}: {error}", file.display())))?;
    Ok(BufReader::with_capacity(1 << 20, opened))
}

/// What came out of a backup, walked and found whole.
#[derive(Debug)]
pub struct Restored {
    /// What the backup says about itself, and is so.
    pub head: Head,
    citizens: i64,
    employees: i64,
    plans: usize,
}

#[cfg(test)]
impl Restored {
    pub fn citizens_and_plans(&self) -> (i64, usize) {
        (self.citizens, self.plans)
    }
}

impl fmt::Display for Restored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "as of {}, {} citizens, {} plans, {} employees, {} acts and looks in {} chains, all whole",
            self.head.made, self.citizens, self.plans, self.employees, self.head.heads.links, self.head.heads.chains
        )
    }
}

/// The file of an SQLite address.
pub(super) fn sqlite_path(address: &str) -> Option<PathBuf> {
    let path = address.strip_prefix("sqlite:")?;
    Some(path.strip_prefix("//").unwrap_or(path).into())
}

/// To look at a database that only this command uses.
pub(super) fn options(keys: &Keyring) -> Options {
    Options {
        readers: 1,
        connections: 4,
        create: false,
        keys: keys.clone(),
        ..Options::default()
    }
}

/// Restores to a database with nothing in it, brings it to this program's schema, and walks it: SQLite's pages, the log's chains against what
/// the backup says about them, every plan. Whatever does not fit leaves no database behind on SQLite, and an empty one on PostgreSQL when the backup itself is broken.
pub async fn restore(file: &Path, to: &str, keys: &Keyring, programs: Option<&Path>) -> Result<Restored, Problem> {
    let head = backup::head(&mut reader(file)?)?;
    let path = sqlite_path(to);
    match (head.engine(), &path) {
        (Some(Engine::Sqlite), Some(path)) => to_sqlite(file, path, keys).await?,
        (Some(Engine::Postgres), None) => to_postgres(file, to, keys, programs).await?,
        (Some(Engine::Sqlite), None) => return Err(Problem::input("this is a backup of SQLite: say --to sqlite:FILE")),
        (Some(Engine::Postgres), Some(_)) => {
            return Err(Problem::input("this is a backup of PostgreSQL: say --to postgres://…"));
        }
        (None, _) => return Err(BackupError::Head.into()),
    }
    let walked = walk(to, keys, head).await;
    if let (Err(_), Some(path)) = (&walked, path) {
        for left in ["", "-wal", "-shm"] {
            let _ = fs::remove_file(beside(&path, left));
        }
    }
    walked
}

async fn walk(to: &str, keys: &Keyring, head: Head) -> Result<Restored, Problem> {
    let db = Db::open(to, options(keys)).await?;
    if !db.is_whole().await? {
        return Err(Problem::other("SQLite finds the restored file damaged"));
    }
    let found = backup::heads(&mut db.read().await?).await?;
    if found != head.heads {
        return Err(Problem::other(format!(
            "the log is not what the backup says: {} links in {} chains instead of {} in {}, or others",
            found.links, found.chains, head.heads.links, head.heads.chains
        )));
    }
    db.migrate().await?;
    db.settle().await?;
    let proof = verify::prove(&db).await?;
    proof.whole()?;
    let mut conn = db.read().await?;
    let sql = "SELECT (SELECT COUNT(*) FROM citizen), (SELECT COUNT(*) FROM employee)";
    let row = conn
        .row(sql, args![])
        .await?
        .ok_or_else(|| Problem::other("no counts"))?;
    let restored = Restored {
        head,
        citizens: row.get(0)?,
        employees: row.get(1)?,
        plans: proof.plans,
    };
    drop(conn);
    db.close().await?;
    Ok(restored)
}

async fn to_sqlite(file: &Path, path: &Path, keys: &Keyring) -> Result<(), Problem> {
    for there in [path.to_owned(), beside(path, "-wal")] {
        if fs::metadata(&there).is_ok_and(|about| about.len() > 0) {
            return Err(Problem::input(format!(
                "{} is there already: nothing is overwritten",
                there.display()
            )));
        }
    }
    let partial = beside(path, ".restoring");
    // Left by a run that was killed.
    let _ = fs::remove_file(&partial);
    let (mut from, mut to, keys) = (reader(file)?, private(&partial)?, keys.clone());
    let opened = tokio::task::spawn_blocking(move || -> Result<(), BackupError> {
        backup::open(&mut from, &keys, &mut to)?;
        to.flush()?;
        Ok(to.get_ref().sync_all()?)
    });
    let opened = opened.await.map_err(io::Error::other)?;
    if opened.is_err() {
        let _ = fs::remove_file(&partial);
    }
    opened?;
    Ok(fs::rename(&partial, path)?)
}

async fn to_postgres(file: &Path, to: &str, keys: &Keyring, programs: Option<&Path>) -> Result<(), Problem> {
    let db = Db::open(to, options(keys)).await?;
    let empty = db.is_empty().await?;
    db.close().await?;
    if !empty {
        return Err(Problem::input(
            "there is something in that database already: nothing is overwritten",
        ));
    }
    let keys = keys.clone();
    // In one transaction: a backup that breaks off leaves nothing.
    let program = Program::new("pg_restore", programs, &Address::parse(to)?).args([
        "--no-owner",
        "--no-privileges",
        "--single-transaction",
        "--exit-on-error",
    ]);
    let path = file.to_owned();
    let done = tokio::task::spawn_blocking(move || -> Result<(), Problem> {
        // The whole file opens before the database hears of it.
        backup::open(&mut reader(&path)?, &keys, &mut io::sink())?;
        let mut running = program.reading()?;
        let mut input = running.input()?;
        match backup::open(&mut reader(&path)?, &keys, &mut input) {
            // It has stopped reading: why, it says itself.
            Err(BackupError::Io(error)) if error.kind() == io::ErrorKind::BrokenPipe => {}
            Err(error) => {
                // Stopped before it can take what it got for the whole.
                drop(running);
                return Err(error.into());
            }
            Ok(_) => {}
        }
        drop(input);
        running.finish()
    });
    done.await.map_err(io::Error::other)?
}
