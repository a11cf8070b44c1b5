//! Follows every link from everybody's first page: none leads nowhere, and what each page asks of the database is on record.
//!
//! `queries.txt` beside this file is the record. When a page's number changes on purpose, run this test with `UPDATE_QUERIES=1` and look at the
//! difference before it is committed: a number that grows with the length of a list is a mistake.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use axum::http::{StatusCode, header};

use crate::testing::*;

const RECORD: &str = include_str!("queries.txt");

/// So many addresses of one kind are enough to see what the kind costs.
const OF_A_KIND: usize = 4;

/// The address without its query, and with `{…}` for what differs from one record to the next.
fn kind(path: &str) -> String {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let part = |part: &str| {
        let id = part.len() >= 32 && part.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
        let day = part.starts_with("20") && part.contains('-');
        if id || day { "{…}".to_owned() } else { part.to_owned() }
    };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

/// The addresses that a page links to, on this site.
fn links(html: &str) -> impl Iterator<Item = String> {
    html.split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|href| href.starts_with('/') && !href.starts_with("/assets/"))
        .map(|href| href.replace("&amp;", "&").replace("&#38;", "&"))
}

/// Everything that can be reached from the first page by links: what each kind of address costs at most, and links that lead nowhere.
async fn walk(browser: &Browser<'_>, first: &str, costs: &mut BTreeMap<String, u64>) -> Vec<String> {
    let (mut waiting, mut seen) = (vec![("the first page".to_owned(), first.to_owned())], BTreeSet::new());
    let mut of_a_kind: BTreeMap<String, usize> = BTreeMap::new();
    let mut broken = vec![];
    while let Some((from, path)) = waiting.pop() {
        let kind = kind(&path);
        let count = of_a_kind.entry(kind.clone()).or_default();
        if *count == OF_A_KIND || !seen.insert(path.clone()) {
            continue;
        }
        *count += 1;
        let page = browser.get(&path).await;
        if page.status.is_redirection() {
            waiting.push((from, page.location.clone()));
            continue;
        }
        if page.status != StatusCode::OK {
            broken.push(format!("{path} answers {}; {from} links to it", page.status));
            continue;
        }
        let most = costs.entry(kind).or_default();
        *most = page.queries.max(*most);
        let html = page
            .headers
            .get(header::CONTENT_TYPE)
            .is_some_and(|t| t.as_bytes().starts_with(b"text/html"));
        if html {
            waiting.extend(links(&page.html).map(|to| (path.clone(), to)));
        }
    }
    broken
}

#[tokio::test]
async fn every_link_leads_somewhere_and_what_pages_ask_of_the_database_is_on_record() {
    let town = Town::sqlite().await;
    let mut broken = vec![];
    let mut costs = BTreeMap::new();
    broken.extend(walk(&town.guest(), "/log-in", &mut costs).await);
    for citizen in [ANNA, BO, CILLE] {
        broken.extend(walk(&town.citizen(citizen).await, "/", &mut costs).await);
    }
    for employee in [KAREN, METTE, OLE, LIS, PER, KIM, ADA] {
        broken.extend(walk(&town.employee(employee).await, "/", &mut costs).await);
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
    assert!(costs.len() > 50, "only {} kinds of pages were reached", costs.len());

    let mut now = String::new();
    for (kind, queries) in &costs {
        writeln!(now, "{queries:>3} {kind}").expect("a string takes everything");
    }
    if std::env::var_os("UPDATE_QUERIES").is_some() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/src/router/tests/queries.txt");
        std::fs::write(file, &now).expect("the record can be written");
        return;
    }
    let changed: Vec<_> = now
        .lines()
        .filter(|line| !RECORD.lines().any(|known| known == *line))
        .collect();
    let gone: Vec<_> = RECORD
        .lines()
        .filter(|line| !now.lines().any(|known| known == *line))
        .collect();
    assert!(
        changed.is_empty() && gone.is_empty(),
        "queries.txt no longer fits. Now:\n{}\nOn record:\n{}",
        changed.join("\n"),
        gone.join("\n")
    );
}
