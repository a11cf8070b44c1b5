//! Counting: how many queries a page costs (tests snapshot it), and totals for the metrics page.

use std::cell::Cell;
use std::future::Future;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

tokio::task_local! {
    static SEEN: Cell<u64>;
    static SHARED: ();
}

static STATEMENTS: AtomicU64 = AtomicU64::new(0);
static SHARED_STATEMENTS: AtomicU64 = AtomicU64::new(0);
static ROWS: AtomicU64 = AtomicU64::new(0);
static COMMITS: AtomicU64 = AtomicU64::new(0);
static FAILURES: AtomicU64 = AtomicU64::new(0);

/// Everything this process has asked of its databases since it started. The numbers only grow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Totals {
    /// Statements run, not counting those that begin and end a transaction, nor the shared ones.
    pub statements: u64,
    /// Statements run for many at once, see [`shared`].
    pub shared_statements: u64,
    /// Rows read.
    pub rows: u64,
    /// Transactions committed.
    pub commits: u64,
    /// Statements that failed.
    pub failures: u64,
}

/// The totals now.
#[must_use]
pub fn totals() -> Totals {
    Totals {
        statements: STATEMENTS.load(Relaxed),
        shared_statements: SHARED_STATEMENTS.load(Relaxed),
        rows: ROWS.load(Relaxed),
        commits: COMMITS.load(Relaxed),
        failures: FAILURES.load(Relaxed),
    }
}

/// Runs `work` and answers with its result and the number of statements it ran.
///
/// Statements run by tasks that `work` spawns are not seen. Scopes nest: the outer one counts the inner one's statements too.
pub async fn scope<F: Future>(work: F) -> (F::Output, u64) {
    let (output, seen) = SEEN
        .scope(Cell::new(0), async {
            let output = work.await;
            (output, SEEN.with(Cell::get))
        })
        .await;
    let _ = SEEN.try_with(|outer| outer.set(outer.get() + seen));
    (output, seen)
}

/// Runs `work`, whose statements serve many at once and so are no single page's: [`Totals::shared_statements`] counts them.
pub(crate) async fn shared<F: Future>(work: F) -> F::Output {
    SHARED.scope((), work).await
}

pub(super) fn statement() {
    if SHARED.try_with(|()| ()).is_ok() {
        SHARED_STATEMENTS.fetch_add(1, Relaxed);
        return;
    }
    STATEMENTS.fetch_add(1, Relaxed);
    // Outside any scope there is nobody to count for.
    let _ = SEEN.try_with(|seen| seen.set(seen.get() + 1));
}

pub(super) fn rows(n: usize) {
    ROWS.fetch_add(n as u64, Relaxed);
}

pub(super) fn commit() {
    COMMITS.fetch_add(1, Relaxed);
}

pub(super) fn failure() {
    FAILURES.fetch_add(1, Relaxed);
}
