//! Published figures of other municipalities: from files (`tovholder import published`), or fetched by hand (`tovholder published fetch`); listed, and
//! taken back. Nothing is ever fetched by itself.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use tovholder_analysis::benchmark::{self, Figure, Period};
use tovholder_casework::reference;
use tovholder_figures::published::{
    Area, Gathered, Line, Published, Quantity, Source, Table, Version, built_in_tables, recognise,
};
use tovholder_spells::Day;
use tovholder_store::db::Db;
use tovholder_store::published::{self as store, NewVersion};
use tovholder_web::kit::format::wall_clock;
use uuid::Uuid;

use super::Problem;
use super::import::{Opened, Place, open};
use crate::config::Config;
use crate::fetch;

#[derive(clap::Subcommand)]
pub enum Arguments {
    /// Fetch the newest figures from Jobindsats and StatBank, as the configuration says
    Fetch(Fetch),
    /// What was brought in, with the numbers to take it back by
    List(Place),
    /// Take a version back: what it covered holds again
    Undo {
        /// The version's number, as `published list` shows it
        version: Uuid,
        /// Say what would happen, change nothing
        #[arg(long)]
        dry_run: bool,
        #[command(flatten)]
        place: Place,
    },
}

#[derive(clap::Args)]
pub struct Fetch {
    /// The configuration of the installation; its part `published` says where to ask, and where the token is kept
    #[arg(long)]
    config: PathBuf,
    /// Only this source
    #[arg(long, value_parser = ["jobindsats", "statbank"])]
    source: Option<String>,
    /// How many months back
    #[arg(long, default_value_t = 36, value_parser = clap::value_parser!(u16).range(1..=240))]
    months: u16,
    /// Fetch and say what would happen, change nothing in the database
    #[arg(long)]
    dry_run: bool,
}

#[derive(clap::Args)]
pub struct Files {
    /// An answer of Jobindsats' API (version 2 or 3), the file of 98 municipalities, or a table of StatBank as CSV
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The table the files hold, where they do not say so; otherwise the beginning of the file's name (`y60a02_2026.json`)
    #[arg(long)]
    table: Option<String>,
    #[command(flatten)]
    place: Place,
    /// Say what would happen, change nothing
    #[arg(long)]
    dry_run: bool,
}

pub async fn run(arguments: Arguments) -> Result<(), Problem> {
    match arguments {
        Arguments::Fetch(arguments) => fetch_all(arguments).await,
        Arguments::List(place) => {
            let Opened { db, .. } = open(&place).await?;
            list(&db).await
        }
        Arguments::Undo {
            version,
            dry_run,
            place,
        } => {
            let Opened { db, .. } = open(&place).await?;
            if undo(&db, version, dry_run).await? {
                Ok(())
            } else {
                Err(Problem::input(
                    "there is no such version, or it is taken back already; see `tovholder published list`",
                ))
            }
        }
    }
}

/// Who acts when nobody is logged in.
fn actor(command: &str) -> String {
    let user = ["LOGNAME", "USER"].iter().find_map(|name| std::env::var(name).ok());
    user.filter(|name| !name.is_empty())
        .map_or_else(|| command.to_owned(), |name| format!("{name} ({command})"))
}

/// The table a file is about when it does not say so: the beginning of its name.
fn table_of(path: &Path) -> String {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let stem = stem.unwrap_or_default().to_lowercase();
    let end = stem.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(stem.len());
    stem[..end].to_owned()
}

/// Brings files in, all of them as one version.
pub async fn bring_in(files: Files) -> Result<(), Problem> {
    let mut figures = Vec::new();
    let mut names = Vec::new();
    for path in &files.files {
        let bytes = std::fs::read(path).map_err(|error| Problem::input(format!("{}: {error}", path.display())))?;
        let table = files.table.clone().unwrap_or_else(|| table_of(path)).to_lowercase();
        figures.extend(benchmark::read(&path.display().to_string(), &table, &bytes)?);
        names.push(
            path.file_name()
                .map(|n| n.to_string_lossy().into_owned())
                .unwrap_or_default(),
        );
    }
    let tables = match &files.place.config {
        Some(config) => tables(&Config::read(config)?)?,
        None => built_in_tables().to_vec(),
    };
    let gathered = gather(&figures, &tables)?;
    let Opened { db, .. } = open(&files.place).await?;
    save(
        &db,
        &gathered,
        &names.join(", "),
        &actor("tovholder import"),
        files.dry_run,
    )
    .await?;
    db.close().await?;
    Ok(())
}

/// The tables we know, or the installation's own list of them.
fn tables(config: &Config) -> Result<Vec<Table>, Problem> {
    let Some(path) = &config.published.tables else {
        return Ok(built_in_tables().to_vec());
    };
    let wrong = |why: String| Problem::input(format!("{}: {why}", path.display()));
    let text = std::fs::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
    tovholder_figures::published::tables(&text).map_err(wrong)
}

/// What is left of figures when those that are none of our counts are put aside.
#[derive(Debug)]
struct Found {
    gathered: Gathered,
    /// Figures that are none of the counts we compare, by table, group and measure.
    other: BTreeMap<(String, String, String), usize>,
    /// Places that are neither the country nor a municipality.
    places: BTreeSet<String>,
}

fn gather(figures: &[Figure], tables: &[Table]) -> Result<Found, Problem> {
    let mut found = Found {
        gathered: Gathered::default(),
        other: BTreeMap::new(),
        places: BTreeSet::new(),
    };
    for figure in figures {
        let known = recognise(tables, &figure.table, &figure.group, &figure.measure);
        let (Some(quantity), Period::Month(month)) = (known, figure.period) else {
            let key = (figure.table.clone(), figure.group.clone(), figure.measure.clone());
            *found.other.entry(key).or_default() += 1;
            continue;
        };
        let area = match figure.area.as_str() {
            "Hele landet" => Some(Area::Denmark),
            name => reference::municipality_named(name).map(|m| Area::Municipality(m.code)),
        };
        let Some(area) = area else {
            found.places.insert(figure.area.clone());
            continue;
        };
        let place = || format!("{}, {}, {}", figure.table, figure.area, figure.period);
        let count = match figure.value {
            None => None,
            // A count in full-time persons may come with decimals; we compare whole ones, as the source shows them.
            Some(value) if (0.0..1e9).contains(&value) => Some(value.round() as u64),
            Some(value) => {
                return Err(Problem::input(format!("{}: expected a count, found {value}", place())));
            }
        };
        if !found.gathered.add(quantity, area, month, count) {
            return Err(Problem::input(format!(
                "{}: two different figures of {} for the same place and month",
                place(),
                quantity.code()
            )));
        }
    }
    if !found.gathered.is_empty() {
        return Ok(found);
    }
    let shown: Vec<String> = found
        .other
        .keys()
        .take(10)
        .map(|(table, group, measure)| format!("  {table}: {measure:?} of {group:?}"))
        .collect();
    let wanted: Vec<String> = tables
        .iter()
        .map(|table| format!("  {}: {:?} of {:?}", table.id, table.measure, table.group))
        .collect();
    Err(Problem::input(format!(
        "no figure in it is one we compare; nothing is brought in.\nfound:\n{}\nexpected one of:\n{}\nAn installation may keep its own list (`tables` under [published]).",
        shown.join("\n"),
        wanted.join("\n")
    )))
}

/// Says what a version would change, and brings it in.
async fn save(db: &Db, found: &Found, origin: &str, by: &str, dry_run: bool) -> Result<(), Problem> {
    let lines = found.gathered.lines();
    let held = Published::over(&standing(db).await?);
    for quantity in Quantity::ALL {
        let changes = held.differs(quantity, &lines);
        if let (Some(from), Some(to)) = (changes.from, changes.to) {
            say!(
                "{:<24} {} places, {from} to {to}: new {}, changed {}, as before {}, not shown by the source {}",
                quantity.code(),
                changes.areas,
                changes.new,
                changes.other,
                changes.same,
                changes.withheld
            );
        }
    }
    let other: usize = found.other.values().sum();
    if other > 0 {
        say!("left out: {other} figures that are none of those we compare");
    }
    if !found.places.is_empty() {
        let places: Vec<&str> = found.places.iter().map(String::as_str).collect();
        say!("left out: places that are no municipality ({})", places.join(", "));
    }
    if dry_run {
        say!("dry run: nothing is changed");
        return Ok(());
    }
    let version = NewVersion {
        origin,
        by,
        at: Timestamp::now(),
        lines: &lines,
    };
    if let Some(id) = store::add(db, &version).await? {
        say!("done; to take it back: tovholder published undo {id}");
    }
    Ok(())
}

async fn standing(db: &Db) -> Result<Vec<Version>, Problem> {
    let standing: Vec<(Timestamp, Vec<Line>)> = store::standing(&mut db.read().await?).await?;
    Ok(standing
        .into_iter()
        .map(|(at, lines)| Version {
            read: Day::from_iso(wall_clock(at).date().to_string().as_bytes()).unwrap_or_default(),
            lines,
        })
        .collect())
}

/// Prints every version, the newest first.
pub async fn list(db: &Db) -> Result<(), Problem> {
    for version in store::versions(&mut db.read().await?).await? {
        let when = wall_clock(version.at);
        say!(
            "{}  {} {:02}:{:02}  published  {}: to {}  {}  ({})",
            version.id,
            when.date(),
            when.hour(),
            when.minute(),
            if version.undone.is_some() {
                "taken back"
            } else {
                "brought in"
            },
            version.data_month,
            version.origin,
            version.by
        );
    }
    Ok(())
}

/// Takes a version back; false when there is none to take back.
pub async fn undo(db: &Db, version: Uuid, dry_run: bool) -> Result<bool, Problem> {
    if dry_run {
        let all = store::versions(&mut db.read().await?).await?;
        let Some(version) = all.iter().find(|v| v.id == version && v.undone.is_none()) else {
            return Ok(false);
        };
        say!("would take back {} (dry run: nothing is changed)", version.origin);
        return Ok(true);
    }
    let done = store::undo(db, version, &actor("tovholder published"), Timestamp::now()).await?;
    if done {
        say!("taken back; what it covered holds again");
    }
    Ok(done)
}

async fn fetch_all(arguments: Fetch) -> Result<(), Problem> {
    let config = Config::read(&arguments.config)?;
    let tables = tables(&config)?;
    let wanted = |source: Source| arguments.source.as_deref().is_none_or(|only| only == source.code());
    let mut asked = Vec::new();
    if let Some(jobindsats) = config
        .published
        .jobindsats
        .as_ref()
        .filter(|_| wanted(Source::Jobindsats))
    {
        asked.push(fetch::jobindsats(jobindsats, &tables, arguments.months)?);
    }
    if let Some(statbank) = config.published.statbank.as_ref().filter(|_| wanted(Source::StatBank)) {
        asked.push(fetch::statbank(statbank, &tables)?);
    }
    if asked.is_empty() {
        return Err(Problem::input(format!(
            "{}: nothing to ask; see [published.jobindsats] and [published.statbank] in docs/operation.md",
            arguments.config.display()
        )));
    }
    // Everything is fetched and read before anything is written.
    let mut read = Vec::new();
    for questions in asked {
        let origin = questions.origin.clone();
        // The client waits for its answers on the thread that asks.
        let figures = tokio::task::spawn_blocking(move || questions.ask())
            .await
            .map_err(|error| Problem::other(error.to_string()))??;
        read.push((origin, gather(&figures, &tables)?));
    }
    let place = Place {
        config: Some(arguments.config),
        data: None,
    };
    let Opened { db, .. } = open(&place).await?;
    let by = actor("tovholder published fetch");
    for (origin, found) in &read {
        save(&db, found, origin, &by, arguments.dry_run).await?;
    }
    db.close().await?;
    Ok(())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that panics fails")]
mod tests {
    use super::*;
    use tovholder_figures::published::Said;

    fn read(table: &str, text: &str) -> Result<Found, Problem> {
        gather(&benchmark::read("fil", table, text.as_bytes())?, built_in_tables())
    }

    #[test]
    fn figures_become_counts_and_the_rest_is_named() {
        let found = read(
            "y25i01",
            r#"{"columns":["Område","Periode","Ydelsesgruppe","Antal ledige fuldtidspersoner","Antal ledige personer"],"rows":[
                ["Hele landet","2026M07","A-dagpenge","70000,4",1],["Hedensted","2026M07","A-dagpenge",380,1],["Samsø","2026M06","A-dagpenge",null,1],
                ["RAR Østjylland","2026M07","A-dagpenge",9000,1],["Hedensted","2026M07","Kontanthjælp",71,1],["Hedensted","2026Q2","A-dagpenge",400,1]]}"#,
        )
        .unwrap();
        let lines = found.gathered.lines();
        let said: Vec<(String, String, Said)> = lines
            .iter()
            .map(|l| (l.area.code(), l.from.to_string(), l.figures[0]))
            .collect();
        assert_eq!(
            said,
            [
                ("DK".into(), "2026-07".into(), Said::Is(70_000)),
                ("741".into(), "2026-06".into(), Said::Withheld),
                ("766".into(), "2026-07".into(), Said::Is(380)),
            ]
        );
        assert_eq!(found.places.iter().collect::<Vec<_>>(), ["RAR Østjylland"]);
        // Six of the other measure, kontanthjælp, and a quarter.
        assert_eq!(found.other.values().sum::<usize>(), 8);
    }

    #[test]
    fn what_cannot_be_brought_in_says_why() {
        let said = |table: &str, text: &str| read(table, text).unwrap_err().to_string();
        let other = said(
            "y07a02",
            r#"{"columns":["Område","Periode","Antal personer"],"rows":[["Odder","2026M07",5]]}"#,
        );
        assert!(
            other.contains("y07a02: \"Antal personer\" of \"\"") && other.contains("y60a02"),
            "{other}"
        );
        let twice = said(
            "y60a02",
            r#"{"columns":["Område","Periode","Antal personer"],"rows":[["Odder","2026M07",5],["Odder","2026M07",6]]}"#,
        );
        assert!(twice.contains("two different figures"), "{twice}");
        let negative = said(
            "y60a02",
            r#"{"columns":["Område","Periode","Antal personer"],"rows":[["Odder","2026M07",-5]]}"#,
        );
        assert!(negative.contains("expected a count, found -5"), "{negative}");
        assert_eq!(read("x", "<html>").unwrap_err().status, 2);
    }

    #[test]
    fn a_file_is_about_the_table_its_name_begins_with() {
        assert_eq!(table_of(Path::new("/x/FOLK1AM_population.csv")), "folk1am");
        assert_eq!(table_of(Path::new("y60a02.json")), "y60a02");
    }

    #[test]
    fn the_real_files_are_brought_in() {
        let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
        for (file, quantities) in [
            ("jobindsats/kommunal_98_kommuner.json", 5),
            ("dst_statbank/folk1am_population_by_municipality.csv", 1),
        ] {
            let path = shared.join(file);
            let Ok(bytes) = std::fs::read(&path) else {
                eprintln!("{} is not there: skipped", path.display());
                continue;
            };
            let figures = benchmark::read(file, &table_of(&path), &bytes).unwrap();
            let lines = gather(&figures, built_in_tables()).unwrap().gathered.lines();
            assert_eq!(lines.len(), quantities * 99, "{file}");
            // The same source as the built-in counts: what both say is the same.
            let built_in = Published::over(&[]);
            for quantity in Quantity::ALL {
                assert_eq!(
                    built_in.differs(quantity, &lines).other,
                    0,
                    "{file}: {}",
                    quantity.code()
                );
            }
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_dry_run_changes_nothing_and_a_version_can_be_taken_back() {
        let (db, _folder) = tovholder_store::testing::sqlite().await;
        let found = read(
            "y60a02",
            r#"{"columns":["Område","Periode","Antal personer"],"rows":[["Odder","2026M08",5]]}"#,
        )
        .unwrap();
        save(&db, &found, "fil.json", "ada", true).await.unwrap();
        assert!(standing(&db).await.unwrap().is_empty());
        save(&db, &found, "fil.json", "ada", false).await.unwrap();
        let version = store::versions(&mut db.read().await.unwrap()).await.unwrap().remove(0);
        assert_eq!(
            (
                version.origin.as_str(),
                version.by.as_str(),
                version.data_month.to_string().as_str()
            ),
            ("fil.json", "ada", "2026-08")
        );
        let of = async || {
            Published::over(&standing(&db).await.unwrap()).of(
                Quantity::KontanthjaelpPersons,
                Area::Municipality(727),
                version.data_month,
            )
        };
        assert_eq!(of().await, Some(Some(5)));
        assert!(undo(&db, version.id, true).await.unwrap());
        assert_eq!(of().await, Some(Some(5)));
        assert!(undo(&db, version.id, false).await.unwrap());
        assert!(!undo(&db, version.id, false).await.unwrap() && !undo(&db, version.id, true).await.unwrap());
        assert_eq!(of().await, None);
    }
}
