//! `tovholder backup`: a copy of the database while servers write, sealed, and proved by restoring it.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use jiff::Timestamp;
use tovholder_store::args;
use tovholder_store::backup::{self, Head, Sealer};
use tovholder_store::db::{AssertSqlSafe, Db, Engine};
use tovholder_store::keys::Keyring;
use uuid::Uuid;

use super::Problem;
use super::postgres::{Address, Program};
use super::restore::{self, Restored};
use crate::config::Config;

/// A backup that is written and could not be proved.
const NOT_PROVED: u8 = 3;

#[derive(clap::Args)]
#[command(
    after_help = "Ends with 0 when the backup is written and proved, 1 when none was written, 2 when something asked for makes no sense, \
    3 when it is written and could not be proved: then no older one is removed."
)]
pub struct Arguments {
    /// The configuration of the installation
    #[arg(long)]
    config: PathBuf,
    /// A folder, where the backup gets a name by its time, or a file that is not there yet
    #[arg(long)]
    to: PathBuf,
    /// In a folder: remove all but so many of the newest backups, once this one is proved
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(1..))]
    keep: Option<u16>,
    /// Where the copy lies in the open until it is sealed and proved; left out, beside an SQLite database, and in the temporary folder for PostgreSQL
    #[arg(long, value_name = "FOLDER")]
    work: Option<PathBuf>,
    /// PostgreSQL: an empty database to restore to for proof; left out, one is made on the same server and removed again
    #[arg(long, value_name = "ADDRESS")]
    trial: Option<String>,
    /// PostgreSQL: the folder of pg_dump and pg_restore, when they are not in PATH
    #[arg(long, value_name = "FOLDER")]
    programs: Option<PathBuf>,
}

/// What to copy, and where to.
pub struct Job<'a> {
    pub db: &'a Db,
    pub address: &'a str,
    pub to: &'a Path,
    pub keep: Option<u16>,
    pub work: Option<&'a Path>,
    pub trial: Option<&'a str>,
    pub programs: Option<&'a Path>,
}

pub async fn run(arguments: Arguments) -> Result<(), Problem> {
    let config = Config::read(&arguments.config)?;
    let mut options = config.options()?;
    options.create = false;
    let db = Db::open(&config.database.address, options).await?;
    let job = Job {
        db: &db,
        address: &config.database.address,
        to: &arguments.to,
        keep: arguments.keep,
        work: arguments.work.as_deref(),
        trial: arguments.trial.as_deref(),
        programs: arguments.programs.as_deref(),
    };
    let done = back_up(&job, Timestamp::now()).await?;
    say!("{done}");
    Ok(db.close().await?)
}

/// Copies, seals, proves, and removes what is older than asked for. Answers with what to say.
pub async fn back_up(job: &Job<'_>, now: Timestamp) -> Result<String, Problem> {
    let began = Instant::now();
    let named_by_us = job.to.is_dir();
    let file = if named_by_us {
        job.to
            .join(format!("{PREFIX}{}{SUFFIX}", now.strftime("%Y%m%dT%H%M%SZ")))
    } else {
        job.to.to_owned()
    };
    if file.exists() {
        return Err(Problem::input(format!("{} is there already", file.display())));
    }
    if job.keep.is_some() && !named_by_us {
        return Err(Problem::input("--keep needs a folder: say --to FOLDER"));
    }
    let work = Work::begin(&job.work_folder())?;
    let partial = beside(&file, ".partial");
    // Left by a run that was killed: it was never a backup.
    let _ = fs::remove_file(&partial);
    let written = write(job, &work, &partial, now).await;
    if written.is_err() {
        let _ = fs::remove_file(&partial);
    }
    let head = written?;
    fs::rename(&partial, &file)?;
    if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        File::open(folder)?.sync_all()?;
    }
    let size = fs::metadata(&file)?.len();
    let proved = prove(job, &work, &file, &head).await.map_err(|problem| Problem {
        words: format!(
            "{} is written, and could not be proved: {problem}. Older backups are kept",
            file.display()
        ),
        status: NOT_PROVED,
    })?;
    let removed = match job.keep {
        Some(keep) => remove_older(job.to, usize::from(keep))?,
        None => 0,
    };
    let mut said = format!(
        "{}: {:.1} MB, {proved}; restored for proof, {:.1} s in all",
        file.display(),
        size as f64 / 1e6,
        began.elapsed().as_secs_f64()
    );
    if removed > 0 {
        said.push_str(&format!("; {removed} older removed"));
    }
    Ok(said)
}

impl Job<'_> {
    fn work_folder(&self) -> PathBuf {
        match (self.work, restore::sqlite_path(self.address)) {
            (Some(folder), _) => folder.to_owned(),
            (None, Some(path)) => path.parent().map(Path::to_owned).unwrap_or_default(),
            (None, None) => std::env::temp_dir(),
        }
    }
}

async fn write(job: &Job<'_>, work: &Work, partial: &Path, now: Timestamp) -> Result<Head, Problem> {
    let keys = job.db.keys();
    match job.db.engine() {
        Engine::Sqlite => {
            let copy = work.0.join("copy.db");
            job.db.copy_to(&copy).await?;
            // Of the copy, so that they are of the same moment.
            let opened = Db::open(&format!("sqlite:{}", copy.display()), restore::options(keys)).await?;
            let mut conn = opened.read().await?;
            let (schema, heads) = (backup::schema(&mut conn).await?, backup::heads(&mut conn).await?);
            drop(conn);
            opened.close().await?;
            let head = Head::new(keys, Engine::Sqlite, now, schema, heads)?;
            let sealer = Sealer::new(private(partial)?, keys, &head)?;
            sealed(sealer, File::open(&copy)?).await?;
            fs::remove_file(&copy)?;
            Ok(head)
        }
        Engine::Postgres => {
            let mut conn = job.db.snapshot().await?;
            let (schema, heads) = (backup::schema(&mut conn).await?, backup::heads(&mut conn).await?);
            let row = conn.row("SELECT pg_export_snapshot()", args![]).await?;
            let snapshot: String = row.ok_or_else(|| Problem::other("no snapshot"))?.get(0)?;
            let head = Head::new(keys, Engine::Postgres, now, schema, heads)?;
            let sealer = Sealer::new(private(partial)?, keys, &head)?;
            let dump = Program::new("pg_dump", job.programs, &Address::parse(job.address)?)
                .args(["--format=custom", "--no-owner", "--no-privileges"])
                .arg(format!("--snapshot={snapshot}"));
            let mut running = dump.writing()?;
            sealed(sealer, running.output()?).await?;
            tokio::task::spawn_blocking(move || running.finish())
                .await
                .map_err(io::Error::other)??;
            // Not before: what is dumped is what this connection sees.
            drop(conn);
            Ok(head)
        }
    }
}

/// Seals all that is read, and leaves it on the disk.
async fn sealed(mut sealer: Sealer<BufWriter<File>>, mut from: impl io::Read + Send + 'static) -> Result<(), Problem> {
    let work = move || -> Result<(), Problem> {
        io::copy(&mut from, &mut sealer)?;
        let mut out = sealer.finish()?;
        out.flush()?;
        Ok(out.get_ref().sync_all()?)
    };
    tokio::task::spawn_blocking(work).await.map_err(io::Error::other)?
}

/// A new file that only its owner may read.
pub(super) fn private(path: &Path) -> io::Result<BufWriter<File>> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    Ok(BufWriter::with_capacity(1 << 20, options.open(path)?))
}

/// Restores what was written, from the disk, and walks it.
async fn prove(job: &Job<'_>, work: &Work, file: &Path, head: &Head) -> Result<Restored, Problem> {
    let keys = job.db.keys();
    let restored = match (job.db.engine(), job.trial) {
        (Engine::Sqlite, _) => {
            let trial = format!("sqlite:{}", work.0.join("trial.db").display());
            restore::restore(file, &trial, keys, job.programs).await?
        }
        (Engine::Postgres, Some(trial)) => restore::restore(file, trial, keys, job.programs).await?,
        (Engine::Postgres, None) => on_the_same_server(job, file, keys).await?,
    };
    if restored.head == *head {
        Ok(restored)
    } else {
        Err(Problem::other("the file says something else than was written"))
    }
}

async fn on_the_same_server(job: &Job<'_>, file: &Path, keys: &Keyring) -> Result<Restored, Problem> {
    let name = format!("tovholder_trial_{}", Uuid::now_v7().simple());
    let trial = Address::parse(job.address)?.with_database(&name);
    let made = AssertSqlSafe(format!("CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'"));
    job.db.read().await?.execute(made, args![]).await.map_err(|error| {
        Problem::other(format!(
            "no database could be made to restore to ({error}): give the role CREATEDB, or name an empty database with --trial"
        ))
    })?;
    let restored = restore::restore(file, &trial, keys, job.programs).await;
    let gone = AssertSqlSafe(format!("DROP DATABASE {name} WITH (FORCE)"));
    job.db.read().await?.execute(gone, args![]).await?;
    restored
}

const PREFIX: &str = "tovholder-";
const SUFFIX: &str = ".backup";

/// Removes all but the newest backups of a folder; answers with how many. Their names are their times.
fn remove_older(folder: &Path, keep: usize) -> Result<usize, Problem> {
    let mut backups: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if name.starts_with(PREFIX) && name.ends_with(SUFFIX) {
            backups.push(path);
        }
    }
    backups.sort();
    let older = backups.len().saturating_sub(keep);
    for path in &backups[..older] {
        fs::remove_file(path)?;
    }
    Ok(older)
}

pub(super) fn beside(path: &Path, more: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(more);
    name.into()
}

/// The folder where the copy lies in the open: nobody else may enter it, one backup at a time uses it, and it is removed afterwards, by the next
/// run if this one is killed.
struct Work(PathBuf, Option<File>);

impl Work {
    fn begin(folder: &Path) -> Result<Self, Problem> {
        let path = folder.join(".tovholder-backup");
        if !path.exists() {
            let mut builder = fs::DirBuilder::new();
            #[cfg(unix)]
            std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
            builder
                .create(&path)
                .map_err(|error| Problem::input(format!("{}: {error}", path.display())))?;
        }
        let lock = File::create(path.join("lock"))?;
        if lock.try_lock().is_err() {
            return Err(Problem::other(format!(
                "another backup is working in {}",
                path.display()
            )));
        }
        for entry in fs::read_dir(&path)? {
            let left = entry?.path();
            if left.file_name().is_some_and(|name| name != "lock") {
                fs::remove_file(left)?;
            }
        }
        Ok(Work(path, Some(lock)))
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        // What cannot be removed now is removed by the next run.
        let _ = fs::remove_dir_all(&self.0);
        drop(self.1.take());
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that panics fails")]
#[path = "backup_tests.rs"]
mod tests;
