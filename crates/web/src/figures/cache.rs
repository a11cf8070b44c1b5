//! The computed figures, kept in memory. Nobody waits for a nightly job: once a minute a cheap question tells whether the data has changed, and
//! only then they are computed anew, beside the requests, which are answered from the old ones meanwhile.

use std::sync::{Arc, PoisonError, RwLock};

use jiff::{SignedDuration, Timestamp};
use tokio::sync::{Mutex, OwnedMutexGuard, mpsc};
use tokio::task::JoinError;
use tovholder_casework::id::UnitId;
use tovholder_casework::rules::RulesOn;
use tovholder_figures::published::Version;
use tovholder_figures::register::{Part, Someone, Town};
use tovholder_figures::{Figures, Published, Strategy};
use tovholder_spells::Day;
use tovholder_store::db::{Conn, Error};
use tovholder_store::figures::{self as store, Meaning};

use crate::figures::day;
use crate::kit::app::App;
use crate::kit::format::wall_clock;
use crate::kit::respond::Failure;
use crate::kit::visit::Visit;

/// How long the figures are used without asking whether the data has changed.
const FRESH: SignedDuration = SignedDuration::from_secs(60);

/// The figures, and what they were made of.
pub struct Cache {
    strategy: Strategy,
    kept: RwLock<Option<Kept>>,
    /// Held by whoever computes: one at a time.
    making: Arc<Mutex<()>>,
}

#[derive(Clone)]
struct Kept {
    figures: Arc<Figures>,
    published: Arc<Published>,
    stamp: String,
    checked: Timestamp,
}

impl Default for Cache {
    fn default() -> Self {
        Cache {
            strategy: Strategy::builtin(),
            kept: RwLock::new(None),
            making: Arc::default(),
        }
    }
}

impl Cache {
    /// The goals and what measures them.
    #[must_use]
    pub fn strategy(&self) -> &Strategy {
        &self.strategy
    }

    /// The published figures of others, as they were when our own were computed; those built in while nothing has been.
    pub fn published(&self) -> Arc<Published> {
        self.kept()
            .map_or_else(|| Arc::new(Published::over(&[])), |kept| kept.published)
    }

    fn kept(&self) -> Option<Kept> {
        self.kept.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn keep(&self, kept: Kept) {
        *self.kept.write().unwrap_or_else(PoisonError::into_inner) = Some(kept);
    }

    /// Throws the figures away: whoever comes next waits for new ones.
    pub fn forget(&self) {
        *self.kept.write().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Waits until nobody computes.
    pub async fn settled(&self) {
        drop(self.making.lock().await);
    }
}

/// The figures as they are now, or as they were a moment ago while new ones are made. Ask before taking a connection: whoever computes needs one.
///
/// # Errors
/// The database is away.
pub async fn figures(visit: &Visit) -> Result<Arc<Figures>, Failure> {
    let (app, at) = (&visit.app, visit.at);
    let today = day(visit.today());
    if let Some(kept) = app.figures().kept() {
        let fresh = at.duration_since(kept.checked) < FRESH && at >= kept.checked;
        if fresh && kept.figures.as_of == today {
            return Ok(kept.figures);
        }
        let stamp = store::stamp(&mut visit.read().await?).await?;
        let same = stamp == kept.stamp && kept.figures.as_of == today;
        app.figures().keep(Kept {
            checked: at,
            ..kept.clone()
        });
        if !same && let Ok(guard) = app.figures().making.clone().try_lock_owned() {
            let app = app.clone();
            tokio::spawn(async move {
                if let Err(error) = make(&app, at, &guard).await {
                    tracing::warn!(%error, "the figures could not be computed");
                }
            });
        }
        return Ok(kept.figures);
    }
    let guard = app.figures().making.clone().lock_owned().await;
    match app.figures().kept() {
        // Somebody else has made them while we waited.
        Some(kept) => Ok(kept.figures),
        None => Ok(make(app, at, &guard).await?),
    }
}

/// Begins to compute the figures when the server starts, so that the first page need not.
pub fn warm(app: &App) {
    let app = app.clone();
    tokio::spawn(async move {
        let guard = app.figures().making.clone().lock_owned().await;
        if let Err(error) = make(&app, app.clock.now(), &guard).await {
            tracing::warn!(%error, "the figures could not be computed");
        }
    });
}

async fn make(app: &App, at: Timestamp, _alone: &OwnedMutexGuard<()>) -> Result<Arc<Figures>, Error> {
    let today = wall_clock(at).date();
    // Everything as it was at one moment.
    let mut conn = app.db.snapshot().await?;
    let stamp = store::stamp(&mut conn).await?;
    let figures = compute(&mut conn, app.figures().strategy(), app.rules.on(today), day(today)).await?;
    let versions = tovholder_store::published::standing(&mut conn).await?;
    drop(conn);
    let versions: Vec<Version> = versions
        .into_iter()
        .map(|(read, lines)| Version {
            read: day(wall_clock(read).date()),
            lines,
        })
        .collect();
    let published = tokio::task::spawn_blocking(move || Published::over(&versions)).await;
    let published = published.map_err(broken_off)?;
    let figures = Arc::new(figures);
    app.figures().keep(Kept {
        figures: figures.clone(),
        published: Arc::new(published),
        stamp,
        checked: at,
    });
    Ok(figures)
}

/// Computes the figures while the people are read, part by part: two parts at most are in memory, however many people there are.
///
/// # Errors
/// The database is away.
pub async fn compute(conn: &mut Conn, strategy: &Strategy, rules: RulesOn<'_>, as_of: Day) -> Result<Figures, Error> {
    let town = store::town(conn, &meaning(strategy, rules)).await?;
    let mut people = store::People::start(conn, &town, None, meaning(strategy, rules)).await?;
    let (give, mut take) = mpsc::channel::<Part>(1);
    let strategy = strategy.clone();
    let computing = tokio::task::spawn_blocking(move || {
        Figures::compute(&town, std::iter::from_fn(|| take.blocking_recv()), &strategy, as_of)
    });
    while let Some(part) = people.next(conn).await? {
        if give.send(part).await.is_err() {
            break;
        }
    }
    drop(give);
    computing.await.map_err(broken_off)
}

fn broken_off(error: JoinError) -> Error {
    Error::Unavailable {
        message: format!("computing the figures: {error}"),
    }
}

/// The people of one unit.
///
/// # Errors
/// The database is away.
pub async fn people_of(
    conn: &mut Conn,
    strategy: &Strategy,
    rules: RulesOn<'_>,
    unit: UnitId,
) -> Result<Vec<Someone>, Error> {
    let town: Town = store::town(conn, &meaning(strategy, rules)).await?;
    let mut people = store::People::start(conn, &town, Some(unit), meaning(strategy, rules)).await?;
    let mut all = Vec::new();
    while let Some(part) = people.next(conn).await? {
        all.extend(part.people);
    }
    Ok(all)
}

/// What the strategy and the day's rules make of what stands in the database.
fn meaning<'a>(strategy: &'a Strategy, rules: RulesOn<'a>) -> Meaning<'a> {
    Meaning {
        benefit: Box::new(|code| strategy.code_of(code)),
        effort: Box::new(move |kind| {
            if strategy.not_an_effort.iter().any(|not| not == kind) {
                return None;
            }
            Some(rules.effort(kind).is_some_and(|effort| effort.company_directed))
        }),
    }
}
