//! `tovholder import`: files from the command line, with the same reading, the same dry run and the same undo as on the pages.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use tovholder_casework::act::{Actor, UserKind};
use tovholder_casework::id::BatchId;
use tovholder_casework::import::{Counts, Kind, Mapping, Outcome, Planned, Setting, columns, counts, fields, missing};
use tovholder_casework::rules::Rules;
use tovholder_store::db::{Db, Options};
use tovholder_store::imports::{self, ApplyError, Fate, Status};
use tovholder_web::kit::format::wall_clock;
use tovholder_web::kit::lang::Lang;
use tovholder_web::setup::{mend, read, words};
use uuid::Uuid;

use super::{Problem, demo};
use crate::config::Config;

#[derive(clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(clap::Subcommand)]
enum What {
    /// Units: name, kind, phone, address
    Units(File),
    /// Employees: name, unit, login or e-mail, title, role, phone, last working day
    Employees(File),
    /// Teams: name, leader, members
    Teams(File),
    /// Citizens: CPR, name, unit, date of birth, phone, e-mail, address, postal code
    Citizens(File),
    /// Periods on a benefit: CPR, benefit, first day, last day
    Spells(File),
    /// Paid hours of ordinary work: CPR, month, hours; one row a citizen and month
    Hours(File),
    /// Weeks of the DREAM register: CPR, then a column a week (y_2407 or 2024W07) with the code or nothing
    States(File),
    /// Who was responsible for a citizen before there was a plan: CPR, employee, first day, last day
    Assignments(File),
    /// Companies: name, CVR, industry, address, postal code, contact, phone, e-mail, employees
    Companies(File),
    /// Figures others publish, to compare with: Jobindsats, StatBank
    Published(super::published::Files),
    /// Expenses of benefits: month, benefit, kroner paid out, kroner refunded; no persons
    Expenses(File),
    /// The files that were brought in, with the numbers to undo them by
    List(Place),
    /// Take a whole file back: what it made is removed, what it changed becomes what it was
    Undo {
        /// The file's number, as `import list` shows it
        batch: BatchId,
        /// Say what would happen, change nothing
        #[arg(long)]
        dry_run: bool,
        #[command(flatten)]
        place: Place,
    },
}

/// Where the database is.
#[derive(clap::Args)]
#[group(required = true, multiple = false)]
pub struct Place {
    /// The configuration of the installation
    #[arg(long)]
    pub(super) config: Option<PathBuf>,
    /// The demo's folder; only invented CPR numbers (day + 60) are taken
    #[arg(long)]
    pub(super) data: Option<PathBuf>,
}

#[derive(clap::Args)]
struct File {
    /// CSV, .xlsx or .ods; the first row holds the names of the columns
    file: PathBuf,
    #[command(flatten)]
    place: Place,
    /// Say what would happen, change nothing
    #[arg(long)]
    dry_run: bool,
    /// COLUMN=FIELD: take a column for a field (`--map "Borgers nr=cpr"`); an empty field leaves the column out
    #[arg(long = "map", value_name = "COLUMN=FIELD")]
    map: Vec<String>,
    /// FIELD=VALUE: what holds for rows that say nothing themselves (`--set unit=Jobcentret`)
    #[arg(long = "set", value_name = "FIELD=VALUE")]
    set: Vec<String>,
    /// Write the rows with errors to this file, to be mended
    #[arg(long, value_name = "FILE")]
    errors: Option<PathBuf>,
}

/// An open database and what reading a file for it depends on.
pub(super) struct Opened {
    pub(super) db: Db,
    pub(super) rules: Rules,
    demo: bool,
}

pub(super) async fn open(place: &Place) -> Result<Opened, Problem> {
    let (address, rules, demo, options) = match (&place.config, &place.data) {
        (Some(config), _) => {
            let config = Config::read(config)?;
            (
                config.database.address.clone(),
                config.rules()?,
                false,
                config.options()?,
            )
        }
        (None, Some(folder)) => (demo_address(folder)?, Rules::builtin(), true, demo::options(folder)?),
        (None, None) => return Err(Problem::input("say where the database is: --config FILE or --data DIR")),
    };
    let db = Db::open(
        &address,
        Options {
            create: !demo,
            ..options
        },
    )
    .await?;
    db.migrate().await?;
    Ok(Opened { db, rules, demo })
}

fn demo_address(folder: &Path) -> Result<String, Problem> {
    let file = folder.join("demo.db");
    if !file.exists() {
        return Err(Problem::input(format!(
            "{} holds no demo yet: run `tovholder demo` first",
            folder.display()
        )));
    }
    Ok(format!("sqlite:{}", file.display()))
}

/// Who acts when nobody is logged in.
fn system() -> Actor {
    Actor {
        kind: UserKind::System,
        id: Uuid::nil(),
        name: "tovholder import".to_owned(),
        unit: String::new(),
    }
}

pub async fn run(arguments: Arguments) -> Result<(), Problem> {
    match arguments.what {
        What::Units(file) => bring_in(Kind::Units, file).await,
        What::Employees(file) => bring_in(Kind::Employees, file).await,
        What::Teams(file) => bring_in(Kind::Teams, file).await,
        What::Citizens(file) => bring_in(Kind::Citizens, file).await,
        What::Spells(file) => bring_in(Kind::Spells, file).await,
        What::Hours(file) => bring_in(Kind::Hours, file).await,
        What::States(file) => bring_in(Kind::States, file).await,
        What::Assignments(file) => bring_in(Kind::Assignments, file).await,
        What::Companies(file) => bring_in(Kind::Companies, file).await,
        What::Published(files) => super::published::bring_in(files).await,
        What::Expenses(file) => bring_in(Kind::Expenses, file).await,
        What::List(place) => list(&place).await,
        What::Undo { batch, dry_run, place } => undo(batch, dry_run, &place).await,
    }
}

/// `A=B` as a pair; the last `=` parts them, because a column's name may hold one.
fn pairs(given: &[String]) -> Result<Vec<(&str, &str)>, Problem> {
    let wrong = |text| Problem::input(format!("{text:?} should be COLUMN=FIELD"));
    given
        .iter()
        .map(|text| text.rsplit_once('=').ok_or_else(|| wrong(text)))
        .collect()
}

fn mapping(kind: Kind, header: &[String], file: &File, suggested: Mapping) -> Result<Mapping, Problem> {
    let known: Vec<&str> = fields(kind).iter().map(|field| field.key).collect();
    let known_field = |field: &str| {
        if known.contains(&field) {
            Ok(())
        } else {
            Err(Problem::input(format!(
                "{kind} have no field {field:?}; there are: {}",
                known.join(", ")
            )))
        }
    };
    let mut mapping = suggested;
    for (column, field) in pairs(&file.map)? {
        let wanted = columns::fold(column);
        let at = header.iter().position(|name| columns::fold(name) == wanted);
        let at = at.ok_or_else(|| {
            Problem::input(format!(
                "the file has no column {column:?}; there are: {}",
                header.join(", ")
            ))
        })?;
        mapping.columns.retain(|_, taken| *taken != at);
        if !field.is_empty() {
            known_field(field)?;
            mapping.columns.insert(field.to_owned(), at);
        }
    }
    for (field, value) in file.set.iter().map(|text| text.split_once('=').unwrap_or((text, ""))) {
        known_field(field)?;
        mapping.fixed.insert(field.to_owned(), value.to_owned());
    }
    let still: Vec<String> = missing(kind, &mapping).iter().map(|group| group.join(" or ")).collect();
    if still.is_empty() {
        return Ok(mapping);
    }
    Err(Problem::input(format!(
        "no column for {}; the file has: {}. Name one with --map \"COLUMN={}\"",
        still.join(", "),
        header.join(", "),
        still
            .first()
            .map_or("", |field| field.split(' ').next().unwrap_or_default())
    )))
}

async fn bring_in(kind: Kind, file: File) -> Result<(), Problem> {
    let name = file
        .file
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let size = std::fs::metadata(&file.file)
        .map_err(|error| Problem::input(format!("{}: {error}", file.file.display())))?
        .len();
    if size > read::MAX_BYTES as u64 {
        return Err(Problem::input(words::unreadable(Lang::En, read::Unreadable::TooLarge)));
    }
    let table =
        read::table(&std::fs::read(&file.file)?).map_err(|why| Problem::input(words::unreadable(Lang::En, why)))?;
    let Opened { db, rules, demo } = open(&file.place).await?;
    let now = Timestamp::now();
    let remembered: BTreeMap<String, String> = imports::remembered(&mut db.read().await?, kind).await?;
    let suggested = columns::suggest(kind, &table.header, &table.rows, &remembered);
    let mapping = mapping(kind, &table.header, &file, suggested)?;
    for field in fields(kind) {
        if let Some(at) = mapping.columns.get(field.key) {
            say!("{:<12} {}", field.key, table.header[*at]);
        }
    }
    let setting = Setting {
        demo,
        today: wall_clock(now).date(),
        rules: &rules,
    };
    imports::purge(&db, now).await?;
    let id = imports::add(&db, kind, &name, &table.header, &table.rows, &system(), now).await?;
    let done = carry_out(&db, id, &mapping, &setting, &file, now).await;
    // Only a file that was brought in leaves anything behind.
    imports::discard(&db, id).await?;
    done?;
    db.close().await?;
    Ok(())
}

async fn carry_out(
    db: &Db,
    id: BatchId,
    mapping: &Mapping,
    setting: &Setting<'_>,
    file: &File,
    now: Timestamp,
) -> Result<(), Problem> {
    let gone = || Problem::other("the file is gone; run the command again");
    let batch = imports::find(&mut db.read().await?, id).await?.ok_or_else(gone)?;
    imports::set_mapping(db, &batch, mapping).await?;
    let mut conn = db.read().await?;
    let batch = imports::find(&mut conn, id).await?.ok_or_else(gone)?;
    let rows = imports::rows(&mut conn, id).await?;
    let planned = imports::check(&mut conn, &batch, &rows, setting).await?;
    drop(conn);
    let all = counts(&planned);
    show_errors(&planned);
    show(&all);
    if let Some(path) = file.errors.as_ref().filter(|_| all.wrong > 0) {
        std::fs::write(path, mend::file(Lang::Da, &batch.header, &rows, &planned))?;
        say!("the rows with errors are in {}", path.display());
    }
    if file.dry_run {
        say!("dry run: nothing is changed");
        return Ok(());
    }
    match imports::apply(db, id, Some(all), &system(), now, setting).await {
        Ok(_) => {
            say!("done; to take it back: tovholder import undo {id}");
            Ok(())
        }
        Err(ApplyError::Nothing) => Err(Problem::input("no row can be brought in as it is")),
        Err(ApplyError::Changed(_)) => Err(Problem::other(
            "somebody changed something meanwhile; nothing is written, run the command again",
        )),
        Err(ApplyError::NotThere) => Err(gone()),
        Err(ApplyError::Db(error)) => Err(error.into()),
    }
}

/// Errors shown; the file to mend has them all.
const SHOWN: usize = 20;

fn show_errors(planned: &[Planned]) {
    let wrong = planned.iter().filter_map(|row| {
        if let Outcome::Wrong(errors) = &row.outcome {
            Some((row.line, errors))
        } else {
            None
        }
    });
    let mut all = wrong.flat_map(|(line, errors)| errors.iter().map(move |error| (line, error)));
    for (line, error) in all.by_ref().take(SHOWN) {
        let (expected, repair) = words::problem(Lang::En, error);
        say!(
            "row {line}, {}: found {:?}, expected: {expected}. {repair}",
            words::column(Lang::En, error),
            error.found
        );
    }
    let more = all.count();
    if more > 0 {
        say!("and {more} more; --errors FILE writes them all to a file to mend");
    }
}

fn show(counts: &Counts) {
    say!(
        "new {}, changed {}, unchanged {}, with errors {}",
        counts.created,
        counts.updated,
        counts.unchanged,
        counts.wrong
    );
    if counts.repaired > 0 {
        say!("a lost 0 in front was put back in {} of them", counts.repaired);
    }
}

async fn list(place: &Place) -> Result<(), Problem> {
    let Opened { db, .. } = open(place).await?;
    for batch in imports::list(&mut db.read().await?, 50).await? {
        let state = match batch.status {
            Status::Uploaded => "not brought in",
            Status::Applied => "brought in",
            Status::Undone => "undone",
        };
        let when = wall_clock(batch.undone.or(batch.applied).unwrap_or(batch.uploaded));
        let day = when.date();
        let counts = batch.counts;
        say!(
            "{}  {day} {:02}:{:02}  {:<9}  {state}: new {}, changed {}  {}  ({})",
            batch.id,
            when.hour(),
            when.minute(),
            batch.kind.as_str(),
            counts.created,
            counts.updated,
            batch.file_name,
            batch.actor_name
        );
    }
    super::published::list(&db).await
}

async fn undo(id: BatchId, dry_run: bool, place: &Place) -> Result<(), Problem> {
    let Opened { db, .. } = open(place).await?;
    if super::published::undo(&db, id.0, dry_run).await? {
        return Ok(());
    }
    let not_there =
        || Problem::input("there is no such file, or it has not been brought in; see `tovholder import list`");
    let changes = if dry_run {
        let mut conn = db.read().await?;
        let batch = imports::find(&mut conn, id)
            .await?
            .filter(|b| b.status == Status::Applied)
            .ok_or_else(not_there)?;
        imports::undo_check(&mut conn, &batch).await?
    } else {
        match imports::undo(&db, id, &system(), Timestamp::now()).await {
            Ok(changes) => changes,
            Err(ApplyError::NotThere | ApplyError::Changed(_)) => return Err(not_there()),
            Err(ApplyError::Nothing) => {
                return Err(Problem::input(
                    "everything in it has been used or changed since; nothing can be undone",
                ));
            }
            Err(ApplyError::Db(error)) => return Err(error.into()),
        }
    };
    for change in &changes {
        match change.fate {
            Fate::Used => say!(
                "row {} stays, it has been put to use since: {}",
                change.line,
                change.name
            ),
            Fate::Changed => say!("row {} stays, it has been changed since: {}", change.line, change.name),
            Fate::Remove | Fate::Restore => {}
        }
    }
    let count = |fate: Fate| changes.iter().filter(|change| change.fate == fate).count();
    say!(
        "removed {}, as before {}, stay {}{}",
        count(Fate::Remove),
        count(Fate::Restore),
        count(Fate::Used) + count(Fate::Changed),
        if dry_run { " (dry run: nothing is changed)" } else { "" }
    );
    db.close().await?;
    Ok(())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that panics fails")]
mod tests {
    use super::*;
    use clap::Parser;
    use tovholder_store::args;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        arguments: Arguments,
    }

    /// A folder with a demo in which two citizens and a colleague live; gone when dropped.
    struct Folder(PathBuf);
    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }

    impl Folder {
        async fn new() -> Folder {
            let folder = Folder(std::env::temp_dir().join(format!("tovholder-import-{}", Uuid::now_v7())));
            std::fs::create_dir(&folder.0).unwrap();
            let db = Db::open(
                &format!("sqlite:{}", folder.0.join("demo.db").display()),
                demo::options(&folder.0).unwrap(),
            )
            .await
            .unwrap();
            db.migrate().await.unwrap();
            db.close().await.unwrap();
            folder.run("units", "Navn\nJobcentret\n", &[]).await.unwrap();
            let people = "CPR;Navn;Enhed\n6101901236;Anna;Jobcentret\n7112750017;Bo;Jobcentret\n";
            folder.run("citizens", people, &[]).await.unwrap();
            folder
        }

        /// Writes the file and runs the command on it.
        async fn run(&self, kind: &str, file: impl AsRef<[u8]>, more: &[&str]) -> Result<(), Problem> {
            let (path, data) = (self.0.join("fil.csv"), self.0.display().to_string());
            std::fs::write(&path, file).unwrap();
            let path = path.display().to_string();
            let words = ["import", kind, &path, "--data", &data];
            run(Line::try_parse_from(words.iter().chain(more)).unwrap().arguments).await
        }

        async fn count(&self, sql: &'static str) -> i64 {
            let db = Db::open(&demo_address(&self.0).ok().unwrap(), Options::default())
                .await
                .unwrap();
            let row = db.read().await.unwrap().row(sql, args![]).await.unwrap().unwrap();
            let count = row.get(0).unwrap();
            db.close().await.unwrap();
            count
        }
    }

    #[tokio::test]
    async fn hours_come_in_after_a_dry_run_that_changes_nothing() {
        let folder = Folder::new().await;
        let file = "CPR;Måned;Timer\n610190-1236;2026-01;37,5\n7112750017;2026-01;900\n";
        folder.run("hours", file, &["--dry-run"]).await.unwrap();
        assert_eq!(folder.count("SELECT COUNT(*) FROM earning").await, 0);
        let errors = folder.0.join("fejl.csv").display().to_string();
        folder.run("hours", file, &["--errors", &errors]).await.unwrap();
        assert_eq!(folder.count("SELECT COUNT(*) FROM earning WHERE hours = 37.5").await, 1);
        let mend = std::fs::read_to_string(&errors).unwrap();
        assert!(
            mend.contains(r#""7112750017";"2026-01";"900";"#) && !mend.contains("610190-1236"),
            "{mend}"
        );
        let nothing = folder
            .run("hours", "CPR;Måned;Timer\n7112750017;2026-13;1\n", &[])
            .await;
        assert!(nothing.is_err(), "no row can be taken");
        let unmapped = folder.run("hours", "Hvem;Hvornår\n7112750017;2026-01\n", &[]).await;
        assert!(unmapped.is_err(), "nobody said where the hours stand");
        assert_eq!(
            folder
                .count("SELECT COUNT(*) FROM import_batch WHERE kind = 'hours'")
                .await,
            1
        );
    }

    #[tokio::test]
    async fn accounts_as_danish_windows_writes_them_come_in_and_go_out_again() {
        let folder = Folder::new().await;
        let file =
            b"M\xe5ned;Ydelse;Udgift;Refusion\n2026-01;Kontanthj\xe6lp;1.250.000,50;12.000-\n2026-01;Guldpension;1;\n";
        folder.run("expenses", file, &[]).await.unwrap();
        let there =
            "SELECT COUNT(*) FROM expense WHERE benefit = 'kontanthjaelp' AND gross = 1250000.5 AND refund = -12000";
        assert_eq!(folder.count(there).await, 1);
        let db = Db::open(&demo_address(&folder.0).ok().unwrap(), Options::default())
            .await
            .unwrap();
        let batch = imports::list(&mut db.read().await.unwrap(), 1).await.unwrap()[0]
            .id
            .to_string();
        db.close().await.unwrap();
        let data = folder.0.display().to_string();
        for more in [&["--dry-run"][..], &[]] {
            assert_eq!(folder.count("SELECT COUNT(*) FROM expense").await, 1);
            let words = ["import", "undo", &batch, "--data", &data];
            let line = Line::try_parse_from(words.iter().chain(more)).unwrap();
            run(line.arguments).await.unwrap();
        }
        assert_eq!(folder.count("SELECT COUNT(*) FROM expense").await, 0);
    }

    #[tokio::test]
    async fn caseworkers_of_before_and_weeks_come_in() {
        let folder = Folder::new().await;
        let colleagues = "Navn;Enhed;Login;Sidste arbejdsdag\nKaren;Jobcentret;kaho;\nOle;Jobcentret;oleb;2024-12-31\n";
        folder.run("employees", colleagues, &[]).await.unwrap();
        let before = "CPR;Medarbejder;Fra;Til\n6101901236;oleb;2024-01-01;2024-12-31\n6101901236;kaho;2024-12-01;\n6101901236;kaho;2025-01-01;\n";
        folder.run("assignments", before, &[]).await.unwrap();
        // The second of the three overlaps the first, and is told about instead of brought in.
        assert_eq!(folder.count("SELECT COUNT(*) FROM assignment").await, 2);
        let weeks = "CPR,2025W51,2025W52,2026W01\n6101901236,111,111,\n7112750017,,,\n";
        folder.run("states", weeks, &[]).await.unwrap();
        let sql = "SELECT COUNT(*) FROM support_history WHERE runs = '2025W51 2025W52 111' AND last_week = '2026W01'";
        assert_eq!(folder.count(sql).await, 1);
        assert_eq!(
            folder
                .count("SELECT COUNT(*) FROM support_history WHERE runs = ''")
                .await,
            1
        );
        let hole = folder.run("states", "CPR,2026W03\n6101901236,111\n", &[]).await;
        assert!(hole.is_err(), "week 2 would be unknown");
    }
}
