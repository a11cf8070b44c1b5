//! `tovholder research`: pseudonymised data for research (databeskyttelsesloven § 10), and the register of who got what.

use std::fmt::Write as _;
use std::fs::{self, DirBuilder, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::Date;
use ring::digest;
use tovholder_casework::access::{Right, role_gives};
use tovholder_casework::act::{Actor, UserKind};
use tovholder_casework::decide::Refusal;
use tovholder_casework::id::CitizenId;
use tovholder_casework::research::anonymity::{self, LADDER, Published};
use tovholder_casework::research::{Grain, LeftOut, Material, Request, Scope, files};
use tovholder_casework::rules::Rules;
use tovholder_store::db::{Db, Error};
use tovholder_store::people::{self, Employee};
use tovholder_store::research::{self, Finished, Pseudonyms, Recorded, Registered};
use tovholder_web::kit::format::wall_clock;

use super::Problem;
use super::backup::{beside, private};
use super::import::{Place, open};

/// The list of the files' sums, itself summed in the register.
const SUMS: &str = "SHA256SUMS";

#[derive(clap::Subcommand)]
pub enum Arguments {
    /// Say what an export would hold, who is left out, and what k-anonymity does not hide; nothing is changed
    Preview(Preview),
    /// Write the files, the register and everybody's log: all of it or nothing
    Export(Box<Export>),
    /// The register: who got what, for what, and until when
    List {
        #[command(flatten)]
        place: Place,
    },
}

#[derive(clap::Args)]
pub struct About {
    #[command(flatten)]
    place: Place,
    /// First day: everybody with a plan or a benefit from this day on
    #[arg(long, value_name = "DAY")]
    from: Date,
    /// Last day
    #[arg(long, value_name = "DAY")]
    until: Date,
    /// At least so many persons look alike; left out, as rules/research.toml says
    #[arg(long)]
    k: Option<u32>,
    /// How exact days are: month, quarter or year
    #[arg(long, default_value = "month", value_name = "HOW", value_parser = grain)]
    dates: Grain,
}

#[derive(clap::Args)]
pub struct Preview {
    #[command(flatten)]
    about: About,
}

#[derive(clap::Args)]
#[command(group = clap::ArgGroup::new("datatilsynet").required(true))]
pub struct Export {
    #[command(flatten)]
    about: About,
    /// The project's number in the municipality's records; the same number gets the same pseudonyms
    #[arg(long, value_name = "NUMBER")]
    reference: String,
    /// What the project is called; the citizens read it
    #[arg(long, value_name = "NAME")]
    project: String,
    /// Who receives it; the citizens read it
    #[arg(long, value_name = "NAME")]
    recipient: String,
    /// For what
    #[arg(long, value_name = "WORDS")]
    purpose: String,
    /// By which law
    #[arg(long, value_name = "LAW", default_value = "databeskyttelsesloven § 10")]
    basis: String,
    /// The number of Datatilsynet's permission, where § 10(3) asks for one
    #[arg(long, value_name = "NUMBER", group = "datatilsynet")]
    permission: Option<String>,
    /// You declare that none of the cases of § 10(3) applies: use outside the GDPR's reach, biological material, publication of the data in a journal
    #[arg(long, group = "datatilsynet")]
    no_permission_needed: bool,
    /// The last day the recipient may keep it
    #[arg(long, value_name = "DAY")]
    delete_by: Date,
    /// The head of department or administrator who answers for it: log-in name or id
    #[arg(long, value_name = "EMPLOYEE")]
    by: String,
    /// A folder that is not there yet
    #[arg(long, value_name = "FOLDER")]
    to: PathBuf,
}

fn grain(word: &str) -> Result<Grain, String> {
    word.parse().map_err(|_| "month, quarter or year".to_owned())
}

pub async fn run(arguments: Arguments) -> Result<(), Problem> {
    let now = Timestamp::now();
    match arguments {
        Arguments::Preview(Preview { about }) => {
            let opened = open(&about.place).await?;
            let scope = scope(&about, &opened.rules, now)?;
            say!("{}", preview(&opened.db, &opened.rules, scope, now).await?);
        }
        Arguments::Export(given) => {
            let opened = open(&given.about.place).await?;
            let job = Job {
                db: &opened.db,
                rules: &opened.rules,
                scope: scope(&given.about, &opened.rules, now)?,
                request: Request {
                    reference: given.reference,
                    project: given.project,
                    recipient: given.recipient,
                    purpose: given.purpose,
                    basis: given.basis,
                    permission: given
                        .permission
                        .filter(|_| !given.no_permission_needed)
                        .unwrap_or_default(),
                    delete_by: given.delete_by,
                },
                by: &given.by,
                to: &given.to,
            };
            say!("{}", export(job, now).await?);
        }
        Arguments::List { place } => {
            let opened = open(&place).await?;
            let all = research::register(&mut opened.db.read().await?).await?;
            say!("{}", list(&all, wall_clock(now).date()));
        }
    }
    Ok(())
}

fn scope(about: &About, rules: &Rules, now: Timestamp) -> Result<Scope, Problem> {
    let scope = Scope {
        from: about.from,
        until: about.until,
        k: about.k.unwrap_or(rules.on(wall_clock(now).date()).research().k),
        grain: about.dates,
    };
    checked(scope, rules, now)
}

fn checked(scope: Scope, rules: &Rules, now: Timestamp) -> Result<Scope, Problem> {
    let today = wall_clock(now).date();
    let least = rules.on(today).research().least;
    scope.checked(least, today).map_err(refused)
}

/// A refusal names the argument: fields are called as they are.
fn refused(refusal: Refusal) -> Problem {
    Problem::input(format!("--{}: {:?}", refusal.field.replace('_', "-"), refusal.why))
}

async fn read(db: &Db, rules: &Rules, scope: &Scope, now: Timestamp) -> Result<(Material, Published), Problem> {
    let material = research::material(&mut db.snapshot().await?, scope.from, scope.until).await?;
    let percent = rules.on(wall_clock(now).date()).research().withheld_percent;
    let published = anonymity::publish(&material.people, scope.k, percent);
    Ok((material, published))
}

/// What an export would hold. Numbers alone; nothing is changed.
pub async fn preview(db: &Db, rules: &Rules, scope: Scope, now: Timestamp) -> Result<String, Problem> {
    let (material, published) = read(db, rules, &scope, now).await?;
    let groups = published.groups();
    let mut said = format!(
        "{} to {}: {} persons had a plan or a benefit\n\
         left out: {} with protected name or address, {} who said no to a use of what is held about them\n\
         k = {}: step {} of {}: {}\n\
         told of: {} persons in {} groups, the smallest of {}; withheld: {}",
        scope.from,
        scope.until,
        material.people.len(),
        material.left_out(LeftOut::Protected),
        material.left_out(LeftOut::Objects),
        scope.k,
        published.rung + 1,
        LADDER.len(),
        LADDER[published.rung],
        published.kept.len(),
        groups.len(),
        groups.values().min().copied().unwrap_or_default(),
        published.withheld.len(),
    );
    for grain in Grain::ALL {
        let histories = anonymity::histories(&Scope { grain: *grain, ..scope }, &material, &published);
        let _ = write!(
            said,
            "\nbenefits by {grain}: {} persons have a group and a history that nobody else has, {} share theirs with fewer than {}",
            histories.alone, histories.few, scope.k
        );
    }
    let (same, all) = anonymity::same_benefits(&material, &published);
    let _ = write!(
        said,
        "\nin {same} of {all} groups everybody has the same benefits\n\
         k-anonymity is of the table of persons alone. Whoever knows some months of somebody's history may find them by it: coarser dates (--dates) help, \
         an agreement and a short time to keep it help more. docs/research.md says what it does not protect against"
    );
    Ok(said)
}

/// What to export, and where to.
pub struct Job<'a> {
    pub db: &'a Db,
    pub rules: &'a Rules,
    pub scope: Scope,
    pub request: Request,
    pub by: &'a str,
    pub to: &'a Path,
}

/// Exports: the files whole in a folder beside, then the register and the log, and only then the folder gets its name. Answers with what to say.
pub async fn export(job: Job<'_>, now: Timestamp) -> Result<String, Problem> {
    let Job { db, rules, to, .. } = job;
    if to.exists() {
        return Err(Problem::input(format!("{} is there already", to.display())));
    }
    let partial = beside(to, ".partial");
    if partial.exists() {
        if is_complete(&partial) && research::is_registered(&mut db.read().await?, &sum_of(&partial)?).await? {
            // Stopped after it was recorded: it is the export that the register and the log tell of.
            name(&partial, to)?;
            return Ok(format!(
                "{}: finished what was stopped; it is in the register",
                to.display()
            ));
        }
        // Left by a run that was stopped before: it never was an export.
        fs::remove_dir_all(&partial)?;
    }
    let scope = checked(job.scope, rules, now)?;
    let request = job.request.checked(wall_clock(now).date()).map_err(refused)?;
    let by = answers(db, job.by).await?;
    let (material, published) = read(db, rules, &scope, now).await?;
    let pseudonyms = Pseudonyms::of(&mut db.read().await?, &request.reference).await?;
    let written = files::write(&request, &scope, rules, &material, &published, |id| {
        pseudonyms.pseudonym(id)
    })
    .map_err(|unproved| Problem::input(format!("{unproved}: nothing was exported")))?;
    let kept = put(&partial, &written.files);
    if kept.is_err() {
        let _ = fs::remove_dir_all(&partial);
    }
    kept?;
    let persons: Vec<CitizenId> = published.kept.keys().copied().collect();
    let finished = Finished {
        request: &request,
        scope: &scope,
        persons: &persons,
        coarsened: LADDER[published.rung].to_string(),
        withheld: published.withheld.len(),
        left_out: material.left_out(LeftOut::Protected) + material.left_out(LeftOut::Objects),
        told: files::columns(),
        sha256: sum_of(&partial)?,
    };
    let recorded = research::record(db, &pseudonyms, &finished, &by, now).await;
    if !matches!(recorded, Ok(Recorded::Done(_))) {
        fs::remove_dir_all(&partial)?;
    }
    match recorded {
        Err(Error::Conflict { .. }) => {
            return Err(Problem::other(
                "another export has just begun this project: run it again",
            ));
        }
        Err(error) => return Err(error.into()),
        Ok(Recorded::Meanwhile(gone)) => {
            return Err(Problem::other(format!(
                "{gone} of the persons have gone, become protected or said no meanwhile: nothing was exported, run it again"
            )));
        }
        Ok(Recorded::Done(_)) => {}
    }
    name(&partial, to)?;
    Ok(format!(
        "{}: {} persons in {} groups, the smallest of {}; {} withheld, {} left out\nsha256 {} (of {SUMS}); it is in the register, and in the log of each person",
        to.display(),
        written.proof.persons,
        written.proof.groups,
        written.proof.smallest,
        finished.withheld,
        finished.left_out,
        finished.sha256
    ))
}

/// Who answers for an export: somebody whose role lets them see the register.
async fn answers(db: &Db, name: &str) -> Result<Actor, Problem> {
    let mut conn = db.read().await?;
    let may = |employee: &Employee| employee.role.is_some_and(|role| role_gives(role, Right::Research));
    let known = people::employee_known_as(&mut conn, name).await?;
    let Some(employee) = known.filter(may) else {
        let all = people::employees(&mut conn).await?;
        let all: Vec<String> = all
            .iter()
            .filter(|one| may(one))
            .map(|one| format!("{} {}", one.id, one.name))
            .collect();
        return Err(Problem::input(format!(
            "--by {name}: a head of department or an administrator answers for an export, by log-in name or id:\n  {}",
            all.join("\n  ")
        )));
    };
    Ok(Actor {
        kind: UserKind::Employee,
        id: employee.id.0,
        name: employee.name,
        unit: employee.unit_name,
    })
}

fn sha256(bytes: &[u8]) -> String {
    let sum = digest::digest(&digest::SHA256, bytes);
    sum.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Writes the files and the list of their sums into a new folder that only its owner may enter, and leaves all of it on the disk.
fn put(folder: &Path, all: &[files::File]) -> Result<(), Problem> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)?;
    let mut sums = String::new();
    for file in all {
        let _ = writeln!(sums, "{}  {}", sha256(file.text.as_bytes()), file.name);
        keep(&folder.join(file.name), &file.text)?;
    }
    // Last: with it the folder is complete.
    keep(&folder.join(SUMS), &sums)?;
    Ok(File::open(folder)?.sync_all()?)
}

fn keep(path: &Path, text: &str) -> Result<(), Problem> {
    let mut out = private(path)?;
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(out.get_ref().sync_all()?)
}

/// Whether every file of the folder is as the list of sums says.
fn is_complete(folder: &Path) -> bool {
    let Ok(sums) = fs::read_to_string(folder.join(SUMS)) else {
        return false;
    };
    sums.lines().count() > 0
        && sums.lines().all(|line| {
            line.split_once("  ")
                .is_some_and(|(sum, name)| fs::read(folder.join(name)).is_ok_and(|bytes| sha256(&bytes) == sum))
        })
}

fn sum_of(folder: &Path) -> Result<String, Problem> {
    Ok(sha256(&fs::read(folder.join(SUMS))?))
}

/// Gives the finished folder its name.
fn name(partial: &Path, to: &Path) -> Result<(), Problem> {
    fs::rename(partial, to)?;
    let parent = to.parent().filter(|folder| !folder.as_os_str().is_empty());
    Ok(File::open(parent.unwrap_or(Path::new(".")))?.sync_all()?)
}

/// The register, a line an export.
fn list(all: &[Registered], today: Date) -> String {
    if all.is_empty() {
        return "nothing has left for research".to_owned();
    }
    let line = |one: &Registered| {
        let deleted = match &one.deletion {
            Some(deletion) => format!("deleted {}", deletion.day),
            None if one.is_overdue(today) => format!("OVERDUE: to be deleted by {}", one.request.delete_by),
            None => format!("to be deleted by {}", one.request.delete_by),
        };
        format!(
            "{} {} ({}) to {}: {} to {}, k {}, {} persons, by {}; {deleted}; sha256 {}",
            wall_clock(one.made).date(),
            one.request.project,
            one.request.reference,
            one.request.recipient,
            one.scope.from,
            one.scope.until,
            one.scope.k,
            one.persons,
            one.employee,
            one.sha256
        )
    };
    all.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests;
