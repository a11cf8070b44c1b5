//! `tovholder demo`: a fictional municipality, made once and served on loopback.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use jiff::Timestamp;
use jiff::civil::Date;
use tovholder_casework::rules::Rules;
use tovholder_store::db::{Db, Options};
use tovholder_store::keys::{self, Keyring};
use tovholder_store::looks::Looks;
use tovholder_web::entry::ways::Ways;
use tovholder_web::kit::shell::Site;
use tovholder_web::kit::theme::Theme;
use tovholder_web::{App, Clock, Inner, ShiftedClock, SystemClock};

use super::Problem;
use crate::demo::{self, DemoOptions};
use crate::serve;

#[derive(clap::Args)]
pub struct Arguments {
    /// Port on 127.0.0.1; 0 takes a free one
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Port of the metrics on 127.0.0.1; 0 takes a free one
    #[arg(long, default_value_t = 0)]
    metrics_port: u16,
    /// Where the demo municipality is kept
    #[arg(long, default_value = "data")]
    data: PathBuf,
    /// How many citizens, when it is made
    #[arg(long, default_value_t = 3_000, value_parser = clap::value_parser!(u32).range(20..=1_000_000))]
    citizens: u32,
    /// What it is drawn from: the same seed, the same people
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The day it is in the demo, YYYY-MM-DD; today if left out
    #[arg(long)]
    today: Option<Date>,
    /// A PostgreSQL database instead of a file in the data folder
    #[arg(long)]
    database: Option<String>,
    /// Make the municipality and stop
    #[arg(long)]
    build_only: bool,
}

pub async fn run(arguments: Arguments) -> Result<(), Problem> {
    serve::log();
    let clock: Box<dyn Clock> = match arguments.today {
        // Half past nine in Denmark, summer or winter: everybody is at work.
        Some(day) => Box::new(ShiftedClock::at(at_work(day)?)),
        None => Box::new(SystemClock),
    };
    let today = tovholder_web::kit::format::wall_clock(clock.now()).date();
    let db = made(&arguments, today).await?;
    if arguments.build_only {
        return Ok(db.close().await?);
    }
    let people = demo::people(&mut db.read().await?).await?;
    let app = App::new(Inner {
        looks: Looks::start(db.clone()),
        db,
        rules: Rules::builtin(),
        clock,
        site: Arc::new(Site {
            municipality: format!(
                "{} Kommune",
                demo::texts::places::MUNICIPALITY.trim_end_matches(" Kommune")
            ),
            phone: "96 12 34 56".to_owned(),
            accessibility_url: "/accessibility".to_owned(),
            security_contact: None,
            demo: true,
            theme: Theme::default(),
        }),
        people: people.clone(),
        ways: Ways::default(),
        secure_cookies: false,
    });
    tovholder_web::figures::cache::warm(&app);
    let say = move |url: &str| {
        say!("\nThe demo municipality is open at {url}\n\nLog in as:");
        for person in &people {
            say!("  {:<28} {}", person.name, person.title);
        }
        say!("\nStop with Ctrl-C.\n");
    };
    let listen = format!("127.0.0.1:{}", arguments.port);
    let metrics = format!("127.0.0.1:{}", arguments.metrics_port);
    serve::run(app, &listen, Some(&metrics), say).await
}

fn at_work(day: Date) -> Result<Timestamp, Problem> {
    let winter = day
        .at(8, 30, 0, 0)
        .to_zoned(jiff::tz::TimeZone::UTC)
        .map_err(|_| Problem::input("that day is out of range"))?
        .timestamp();
    let hour = tovholder_web::kit::format::wall_clock(winter).hour();
    Ok(winter - jiff::SignedDuration::from_hours(i64::from(hour) - 9))
}

/// The demo's keys: random, made with it, and gone with its folder.
pub(super) const KEYS: &str = "demo.keys";

/// How to open a demo's database: with the keys of its own that lie beside it, made when they are not there.
pub(super) fn options(folder: &Path) -> Result<Options, Problem> {
    let file = folder.join(KEYS);
    if !file.exists() {
        keys::file::create(&file)?;
    }
    Ok(Options {
        keys: Keyring::read(&file)?,
        ..Options::default()
    })
}

/// The database with the municipality in it, made first if it is not there.
async fn made(arguments: &Arguments, today: Date) -> Result<Db, Problem> {
    let file = arguments.data.join("demo.db");
    let address = arguments
        .database
        .clone()
        .unwrap_or_else(|| format!("sqlite:{}", file.display()));
    std::fs::create_dir_all(&arguments.data).map_err(|error| {
        Problem::input(format!(
            "the folder {} cannot be made: {error}",
            arguments.data.display()
        ))
    })?;
    let half = arguments.data.join("demo.db.unfinished");
    // A file being made has another name until it is whole: stopped half-way, nothing half-made is ever served.
    let building = arguments.database.is_none() && !file.exists();
    let build_address = if building {
        for leftover in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(arguments.data.join(format!("demo.db.unfinished{leftover}")));
        }
        format!("sqlite:{}", half.display())
    } else {
        address.clone()
    };
    let db = Db::open(
        &build_address,
        Options {
            bulk: building,
            ..options(&arguments.data)?
        },
    )
    .await?;
    db.migrate().await?;
    if demo::is_empty(&mut db.read().await?).await? {
        let began = Instant::now();
        eprintln!("Making a municipality with {} citizens …", arguments.citizens);
        let what = DemoOptions {
            citizens: arguments.citizens,
            seed: arguments.seed,
            today,
        };
        demo::build(&db, &what, |done, all| {
            if std::io::IsTerminal::is_terminal(&std::io::stderr()) {
                eprint!("\r  {done} of {all}");
            }
        })
        .await?;
        eprintln!("\r  made in {:.1} s          ", began.elapsed().as_secs_f64());
    }
    if !building {
        return Ok(db);
    }
    db.close().await?;
    std::fs::rename(&half, &file)?;
    Ok(Db::open(&address, options(&arguments.data)?).await?)
}
