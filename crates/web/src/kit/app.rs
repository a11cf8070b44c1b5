//! What every request needs: the database, the log, the rules, the clock and the municipality.

use std::sync::Arc;

use jiff::Timestamp;
use tovholder_casework::act::UserKind;
use tovholder_casework::rules::Rules;
use tovholder_store::db::Db;
use tovholder_store::looks::Looks;
use tovholder_store::sessions::Role;
use uuid::Uuid;

use crate::entry::ways::Ways;
use crate::figures::cache::Cache;
use crate::kit::lang::Lang;
use crate::kit::pace::Pace;
use crate::kit::shell::Site;

/// Tells the time. Tests and the demo hold it still.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Timestamp;
}

/// The machine's clock.
pub struct SystemClock;
impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// A clock that runs from a chosen moment, as fast as the machine's.
pub struct ShiftedClock {
    start: Timestamp,
    began: std::time::Instant,
}
impl ShiftedClock {
    /// A clock that shows `start` now.
    #[must_use]
    pub fn at(start: Timestamp) -> Self {
        ShiftedClock {
            start,
            began: std::time::Instant::now(),
        }
    }
}
impl Clock for ShiftedClock {
    fn now(&self) -> Timestamp {
        self.start
            .saturating_add(jiff::SignedDuration::try_from(self.began.elapsed()).unwrap_or_default())
            .unwrap_or(self.start)
    }
}

/// Somebody to log in as in the demo.
#[derive(Clone, Debug)]
pub struct Person {
    /// Which kind of user.
    pub kind: UserKind,
    /// The citizen's or the employee's id.
    pub id: Uuid,
    /// The employee's role; none for a citizen.
    pub role: Option<Role>,
    /// Name.
    pub name: String,
    /// Title, or what the person does.
    pub title: String,
    /// Why this person is worth a visit, in Danish.
    pub why_da: String,
    /// The same in English.
    pub why_en: String,
}
impl Person {
    /// Which of the demo's people this is, for whoever looks for one by something else than words.
    #[must_use]
    pub fn who(&self) -> &'static str {
        self.role.map_or("citizen", Role::as_str)
    }

    /// Why this person is worth a visit.
    #[must_use]
    pub fn why(&self, t: &Lang) -> &str {
        match t {
            Lang::Da => &self.why_da,
            Lang::En => &self.why_en,
        }
    }
}

/// The application, shared by all requests.
#[derive(Clone)]
pub struct App(Arc<Inner>, Arc<Cache>, Arc<Pace>);

/// What [`App`] shares.
pub struct Inner {
    /// The database.
    pub db: Db,
    /// The log of looks.
    pub looks: Looks,
    /// The dated rules.
    pub rules: Rules,
    /// The clock.
    pub clock: Box<dyn Clock>,
    /// The municipality.
    pub site: Arc<Site>,
    /// The people to log in as: the demo's, empty in a real installation.
    pub people: Vec<Person>,
    /// How people get in.
    pub ways: Ways,
    /// Whether cookies are sent over TLS only. Off for the demo on loopback.
    pub secure_cookies: bool,
}

impl App {
    /// Puts the application together.
    #[must_use]
    pub fn new(inner: Inner) -> Self {
        App(Arc::new(inner), Arc::default(), Arc::default())
    }

    /// The leader's figures, kept in memory.
    #[must_use]
    pub fn figures(&self) -> &Arc<Cache> {
        &self.1
    }

    /// How often everybody has searched and taken files out, of late.
    #[must_use]
    pub fn pace(&self) -> &Pace {
        &self.2
    }
}

impl std::ops::Deref for App {
    type Target = Inner;
    fn deref(&self) -> &Inner {
        &self.0
    }
}
