//! What each page costs: processor time, SQL queries and bytes, with municipalities of several sizes, on both databases.
//! `make bench` runs it. It ends in failure when a page costs more than was promised.
//!
//!     budgets --server target/release/tovholder [--citizens 3000,10000] [--requests 300]
//!
//! Processor time is the server's own, user and system, as the kernel counts it: no clock on the wall is looked at, so a
//! busy machine gives the same answer. PostgreSQL's own time comes on top and is not counted.

use std::error::Error;
use std::path::PathBuf;
use std::time::Duration;

use http::Request;
use http_body_util::{BodyExt, Empty};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use tovholder_e2e::pages::{PAGES, Page};
use tovholder_e2e::{Browser, Database, Options, Server, ServerOptions, Who};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// The most that a first view, with nothing in the browser's cache, may take over the wire.
const FIRST_VIEW: u64 = 130 * 1024;
/// The most that a later view may take.
const LATER_VIEW: u64 = 25 * 1024;
/// The most memory that an idle server may hold.
const IDLE_MEMORY_MB: u64 = 80;
/// Requests before counting begins, so that caches and pools are as they are on any day.
const WARM_UP: u32 = 20;

struct Arguments {
    server: PathBuf,
    citizens: Vec<u32>,
    requests: u32,
}

fn arguments() -> Result<Arguments> {
    let mut given = Arguments {
        server: PathBuf::new(),
        citizens: vec![3_000, 10_000, 100_000],
        requests: 300,
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
            _ => return Err(format!("there is no {word}; there are --server, --citizens and --requests").into()),
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

/// Speaks HTTP to the server, as a browser does but without one.
struct Wire(Client<HttpConnector, Empty<&'static [u8]>>);

impl Wire {
    async fn get(&self, url: &str, cookie: &str) -> Result<String> {
        let request = Request::get(url)
            .header("cookie", cookie)
            .header("accept-encoding", "br, gzip");
        let answer = self.0.request(request.body(Empty::new())?).await?;
        let status = answer.status();
        let body = answer.into_body().collect().await?.to_bytes();
        if status != 200 {
            return Err(format!("{url} answered {status}").into());
        }
        Ok(String::from_utf8_lossy(&body).into_owned())
    }

    /// How many SQL statements the server has run, when it tells.
    async fn statements(&self, server: &Server) -> Result<Option<f64>> {
        let Some(url) = server.metrics_url() else {
            return Ok(None);
        };
        let text = self.get(url, "").await?;
        let value = text
            .lines()
            .find_map(|line| line.strip_prefix("tovholder_sql_statements_total "));
        Ok(value.map(str::parse).transpose()?)
    }
}

/// Processor time that a process has used, in milliseconds.
fn cpu_ms(process: u32) -> Result<f64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/stat"))?;
    // The program's name is in brackets and may hold anything; user and system time are fields 14 and 15.
    let (_, rest) = status.rsplit_once(')').ok_or("an unknown format of /proc")?;
    let ticks: f64 = rest
        .split_whitespace()
        .skip(11)
        .take(2)
        .map(|ticks| ticks.parse::<f64>().unwrap_or(0.0))
        .sum();
    Ok(ticks * 1000.0 / rustix::param::clock_ticks_per_second() as f64)
}

/// Memory that a process holds now, in MB.
fn memory_mb(process: u32) -> Result<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))
        .ok_or("the process has ended")?;
    Ok(line.trim().trim_end_matches(" kB").parse::<u64>()? / 1024)
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
        wire.get(&url, &cookie).await?;
    }
    let (cpu_before, queries_before) = (cpu_ms(server.process_id())?, wire.statements(server).await?);
    for _ in 0..requests {
        wire.get(&url, &cookie).await?;
    }
    let (cpu_after, queries_after) = (cpu_ms(server.process_id())?, wire.statements(server).await?);
    let each = f64::from(requests);
    Ok(Cost {
        cpu_ms: (cpu_after - cpu_before) / each,
        queries: queries_before
            .zip(queries_after)
            .map(|(before, after)| (after - before) / each),
        first_bytes,
        later_bytes,
    })
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let given = arguments()?;
    let wire = Wire(Client::builder(TokioExecutor::new()).build_http());
    let mut over = Vec::new();
    for database in [Database::Sqlite, Database::Postgres] {
        for &citizens in &given.citizens {
            let options = ServerOptions {
                citizens,
                program: Some(given.server.clone()),
                patience: Duration::from_secs(1800),
                ..ServerOptions::default()
            };
            let server = Server::start_with(database, options);
            let idle = memory_mb(server.process_id())?;
            println!("\n{database:?}, {citizens} citizens; {idle} MB when idle\n");
            println!("| page | CPU ms | SQL queries | KB first | KB later | over budget |");
            println!("|---|--:|--:|--:|--:|---|");
            if idle > IDLE_MEMORY_MB {
                over.push(format!(
                    "{database:?}, {citizens} citizens: {idle} MB when idle of {IDLE_MEMORY_MB}"
                ));
            }
            let browser = Browser::start(server.url(), Options::default()).await;
            let mut here = Who::Nobody;
            for page in PAGES {
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
                    "| {} | {:.2} | {queries} | {first} | {later} | {too_much} |",
                    page.name, cost.cpu_ms
                );
                if !too_much.is_empty() {
                    over.push(format!("{database:?}, {citizens} citizens, {}: {too_much}", page.name));
                }
            }
            println!("\n{} MB after this", memory_mb(server.process_id())?);
        }
    }
    if over.is_empty() {
        Ok(())
    } else {
        Err(format!("over budget:\n  {}", over.join("\n  ")).into())
    }
}
