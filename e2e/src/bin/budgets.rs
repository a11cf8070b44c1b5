//! What each page costs: processor time, SQL queries and bytes, with municipalities of several sizes, on both databases.
//! `make bench` runs it. It ends in failure when a page costs more than was promised.
//!
//!     budgets --server target/release/tovholder [--citizens 3000,10000] [--requests 300] [--pages promised]
//!             [--database sqlite|postgres]
//!
//! Processor time is the server's own, user and system, as the kernel counts it: no clock on the wall is looked at, so a
//! busy machine gives nearly the same answer. What PostgreSQL's processes spend stands in a column of its own. The budgets
//! are for the server; SQLite runs inside it, so there they hold for both.

use std::error::Error;
use std::path::PathBuf;
use std::time::Duration;

use tovholder_e2e::pages::{PAGES, Page, page};
use tovholder_e2e::usage::{cpu_ms, database_ms, memory_mb};
use tovholder_e2e::{Browser, Database, Options, Server, ServerOptions, Who, Wire};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// The most that a first view, with nothing in the browser's cache, may take over the wire.
const FIRST_VIEW: u64 = 130 * 1024;
/// The most that a later view may take.
const LATER_VIEW: u64 = 25 * 1024;
/// The most memory that an idle server may hold.
const IDLE_MEMORY_MB: u64 = 80;
/// The most memory that a server may hold that has served many at once.
const BUSY_MEMORY_MB: u64 = 250;
/// That many at once.
const AT_ONCE: usize = 100;
/// The most processor time that a write may take, in milliseconds.
const WRITE_MS: f64 = 3.0;
/// Requests before counting begins, so that caches and pools are as they are on any day.
const WARM_UP: u32 = 20;

/// The pages of an employee with about 400 citizens, whom a demo of this many citizens and more has.
const FULL_HANDS: &[Page] = &[
    page("citizens-400", Who::FullHands, "/citizens").costs(5.0, 6),
    page("day-400", Who::FullHands, "/day").costs(5.0, 12),
];
const FULL_HANDS_FROM: u32 = 10_000;

struct Arguments {
    server: PathBuf,
    citizens: Vec<u32>,
    requests: u32,
    databases: Vec<Database>,
    only_promised: bool,
}

fn arguments() -> Result<Arguments> {
    let mut given = Arguments {
        server: PathBuf::new(),
        citizens: vec![3_000, 10_000, 100_000],
        requests: 300,
        databases: vec![Database::Sqlite, Database::Postgres],
        only_promised: false,
    };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let value = words.next().ok_or_else(|| format!("{word} needs a value"))?;
        match word.as_str() {
            "--server" => given.server = value.into(),
            "--citizens" => {
                given.citizens = value
                    .split(',')
                    .map(str::parse)
                    .collect::<std::result::Result<_, _>>()?
            }
            "--requests" => given.requests = value.parse()?,
            "--pages" if value == "promised" => given.only_promised = true,
            "--database" if value == "sqlite" => given.databases = vec![Database::Sqlite],
            "--database" if value == "postgres" => given.databases = vec![Database::Postgres],
            _ => return Err(format!("{word} {value} is not understood: the head of budgets.rs says what is").into()),
        }
    }
    if !given.server.exists() {
        return Err("--server must name the program to measure".into());
    }
    Ok(given)
}

/// What was measured of one page.
struct Cost {
    cpu_ms: f64,
    /// PostgreSQL's, beside the server's.
    database_ms: f64,
    queries: Option<f64>,
    first_bytes: u64,
    later_bytes: u64,
}

impl Cost {
    /// In words, what is more than it may be.
    fn over(&self, page: &Page) -> Vec<String> {
        let mut over = Vec::new();
        if let Some(budget) = page.budget {
            if self.cpu_ms > budget.cpu_ms {
                over.push(format!("{:.2} ms of {:.1}", self.cpu_ms, budget.cpu_ms));
            }
            if let Some(queries) = self.queries.filter(|queries| *queries > budget.queries) {
                over.push(format!("{queries:.1} queries of {}", budget.queries));
            }
        }
        for (what, bytes, most) in [
            ("first", self.first_bytes, FIRST_VIEW),
            ("later", self.later_bytes, LATER_VIEW),
        ] {
            if bytes > most {
                over.push(format!("{} KB of {} at a {what} view", kb(bytes), kb(most)));
            }
        }
        over
    }
}

fn kb(bytes: u64) -> String {
    format!("{:.1}", bytes as f64 / 1024.0)
}

/// How many SQL statements the server has run for single pages, when it tells. The few by which the log of looks is written for
/// all pages that wait are counted apart, as `tovholder_sql_shared_statements_total`.
async fn statements(wire: &Wire, server: &Server) -> Result<Option<f64>> {
    let Some(url) = server.metrics_url() else {
        return Ok(None);
    };
    let text = wire.text(url, "").await?;
    let value = text
        .lines()
        .find_map(|line| line.strip_prefix("tovholder_sql_statements_total "));
    Ok(value.map(str::parse).transpose()?)
}

async fn measure(server: &Server, browser: &Browser, wire: &Wire, page: &Page, requests: u32) -> Result<Cost> {
    let status = browser.open(page).await;
    if status != 200 {
        return Err(format!("{} answered {status}", page.name).into());
    }
    let path = browser.path().await;
    browser
        .devtools("Network.clearBrowserCache", serde_json::json!({}))
        .await;
    browser.goto(&path).await;
    let first_bytes = browser.bytes_received().await;
    browser.goto(&path).await;
    let later_bytes = browser.bytes_received().await;

    let (url, cookie) = (format!("{}{path}", server.url()), browser.cookie_header().await);
    // The browser's last requests may still be running when its page is there.
    browser.goto("about:blank").await;
    for _ in 0..WARM_UP {
        wire.packed(&url, &cookie).await?;
    }
    let queries_before = statements(wire, server).await?;
    let (cpu_before, database_before) = (cpu_ms(server.process_id())?, database_ms());
    for _ in 0..requests {
        wire.packed(&url, &cookie).await?;
    }
    let (cpu_after, database_after) = (cpu_ms(server.process_id())?, database_ms());
    let queries_after = statements(wire, server).await?;
    let each = f64::from(requests);
    Ok(Cost {
        cpu_ms: (cpu_after - cpu_before) / each,
        database_ms: (database_after - database_before) / each,
        queries: queries_before
            .zip(queries_after)
            .map(|(before, after)| (after - before) / each),
        first_bytes,
        later_bytes,
    })
}

/// What a write costs: a citizen ticks a step and takes it back, so that the plan is as it was and only its history grew.
/// Milliseconds for each write, the server's and the database's.
async fn measure_writes(server: &Server, browser: &Browser, wire: &Wire, requests: u32) -> Result<(f64, f64)> {
    browser.log_in(Who::Citizen).await;
    browser.goto("/my-plan/steps").await;
    let tick = browser.attribute("form[action$='/tick']", "action").await;
    let tick = tick.ok_or("the citizen has no open step to tick")?;
    let token = browser
        .attribute("form[action$='/tick'] input[name='_csrf']", "value")
        .await;
    let token = token.ok_or("the form has no token")?;
    let cookie = browser.cookie_header().await;
    browser.goto("about:blank").await;
    let step = tick.trim_end_matches("/tick");
    let step = format!("{}{}", server.url(), step.strip_prefix(server.url()).unwrap_or(step));
    let both = async |pairs: u32, first: u32| -> Result<()> {
        for pair in 0..pairs {
            for (n, what) in [(0, "tick"), (1, "untick")] {
                // Any key that was not used before will do.
                let act = format!("00000000-0000-7000-8000-{:012x}", u64::from(first + pair) * 2 + n);
                let fields = [("_csrf", token.as_str()), ("_act", &act), ("from", "steps")];
                wire.post(&format!("{step}/{what}"), &cookie, &fields).await?;
            }
        }
        Ok(())
    };
    both(WARM_UP, 0).await?;
    let (cpu_before, database_before) = (cpu_ms(server.process_id())?, database_ms());
    both(requests / 2, WARM_UP).await?;
    let (cpu_after, database_after) = (cpu_ms(server.process_id())?, database_ms());
    let each = f64::from(requests / 2 * 2);
    Ok((
        (cpu_after - cpu_before) / each,
        (database_after - database_before) / each,
    ))
}

/// Many at once, half citizens and half employees, each opening twenty pages: the most memory that the server held, in MB.
async fn memory_of_many(server: &Server, browser: &Browser, wire: &Wire) -> Result<u64> {
    let mut visits = Vec::new();
    for (who, path) in [(Who::Citizen, "/my-plan"), (Who::Caseworker, "/citizens")] {
        browser.log_in(who).await;
        visits.push((format!("{}{path}", server.url()), browser.cookie_header().await));
    }
    let mut people = tokio::task::JoinSet::new();
    for person in 0..AT_ONCE {
        let (wire, (url, cookie)) = (wire.clone(), visits[person % visits.len()].clone());
        people.spawn(async move {
            for _ in 0..20 {
                wire.packed(&url, &cookie).await.map_err(|error| error.to_string())?;
            }
            Ok::<_, String>(())
        });
    }
    while let Some(done) = people.join_next().await {
        done??;
    }
    memory_mb(server.process_id(), "VmHWM")
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let given = arguments()?;
    let wire = Wire::default();
    let mut over = Vec::new();
    for &database in &given.databases {
        for &citizens in &given.citizens {
            let options = ServerOptions {
                citizens,
                program: Some(given.server.clone()),
                patience: Duration::from_secs(3600),
                ..ServerOptions::default()
            };
            let building = Server::start_with(database, options);
            let built_ms = cpu_ms(building.process_id())?;
            let built_mb = memory_mb(building.process_id(), "VmHWM")?;
            let server = building.again();
            let idle = memory_mb(server.process_id(), "VmRSS")?;
            let place = format!("{database:?}, {citizens} citizens");
            println!("\n## {place}\n");
            println!("Built with {:.1} s CPU, {built_mb} MB at most.", built_ms / 1000.0);
            println!("Started again: {idle} MB when idle.\n");
            if idle > IDLE_MEMORY_MB {
                over.push(format!("{place}: {idle} MB when idle of {IDLE_MEMORY_MB}"));
            }
            let browser = Browser::start(server.url(), Options::default()).await;
            // A server that starts makes the figures beside the requests, once; this page waits for them, in a great municipality longer
            // than a browser would. What that costs is no page's.
            browser.log_in(Who::Head).await;
            let figures = format!("{}/figures", server.url());
            wire.file(&figures, &browser.cookie_header().await).await?;
            println!(
                "The figures made with {:.1} s CPU since the start.\n",
                cpu_ms(server.process_id())? / 1000.0
            );
            println!("| page | CPU ms | database's ms | SQL queries | KB first | KB later | over budget |");
            println!("|---|--:|--:|--:|--:|--:|---|");
            let mut here = Who::Nobody;
            // Pages that come of doing something, or say what went wrong, are the answers to forms.
            let looked_at = PAGES.iter().filter(|p| p.then.is_empty() && p.status == 200);
            let full_hands = FULL_HANDS.iter().filter(|_| citizens >= FULL_HANDS_FROM);
            for page in looked_at
                .chain(full_hands)
                .filter(|p| p.budget.is_some() || !given.only_promised)
            {
                if page.who != here {
                    browser.log_in(page.who).await;
                    here = page.who;
                }
                let cost = measure(&server, &browser, &wire, page, given.requests).await?;
                let too_much = cost.over(page).join(", ");
                let queries = cost
                    .queries
                    .map_or_else(|| "not told".to_owned(), |queries| format!("{queries:.1}"));
                let (first, later) = (kb(cost.first_bytes), kb(cost.later_bytes));
                println!(
                    "| {} | {:.2} | {:.2} | {queries} | {first} | {later} | {too_much} |",
                    page.name, cost.cpu_ms, cost.database_ms
                );
                if !too_much.is_empty() {
                    over.push(format!("{place}, {}: {too_much}", page.name));
                }
            }
            let (write, write_database) = measure_writes(&server, &browser, &wire, given.requests).await?;
            println!(
                "\nA write (a step ticked, or the tick taken back): {write:.2} ms CPU, the database's {write_database:.2}."
            );
            if write > WRITE_MS {
                over.push(format!("{place}: a write takes {write:.2} ms of {WRITE_MS:.1}"));
            }
            let busy = memory_of_many(&server, &browser, &wire).await?;
            println!("{busy} MB at most, with {AT_ONCE} people at once.");
            if busy > BUSY_MEMORY_MB {
                over.push(format!("{place}: {busy} MB of {BUSY_MEMORY_MB} with {AT_ONCE} at once"));
            }
        }
    }
    if over.is_empty() {
        Ok(())
    } else {
        Err(format!("over budget:\n  {}", over.join("\n  ")).into())
    }
}
