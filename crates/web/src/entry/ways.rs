//! The ways in: which providers there are, what is asked of each, and how often one may try.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::{Extensions, HeaderMap};
use jiff::Timestamp;
use tokio::sync::Semaphore;
use tovholder_casework::act::UserKind;
use tovholder_casework::claims::{Assurance, Names};
use tovholder_casework::cvr::Cvr;
use tovholder_identity::provider::{Provider, Refused};
use tovholder_identity::throttle::Addresses;
use tovholder_store::db::Error;
use tovholder_store::sessions::Role;

use crate::kit::lang::Lang;
use crate::kit::respond::Failure;

/// Minutes a proof is recent when nothing else is configured.
pub const STEP_UP_MINUTES: i64 = 15;
/// Passwords that are checked at the same time. Each takes 19 MiB and a processor.
const AT_ONCE: usize = 2;

/// For whom a provider is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entrance {
    /// The municipality's own people.
    Employee,
    /// Citizens.
    Citizen,
    /// Companies.
    Company,
}

impl Entrance {
    /// All of them.
    pub const ALL: [Entrance; 3] = [Entrance::Employee, Entrance::Citizen, Entrance::Company];

    /// The word in addresses, in the configuration and in the database.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Entrance::Employee => "employee",
            Entrance::Citizen => "citizen",
            Entrance::Company => "company",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Entrance::ALL.into_iter().find(|entrance| entrance.key() == key)
    }

    /// For whom, in words.
    #[must_use]
    pub fn words(self, t: Lang) -> &'static str {
        match self {
            Entrance::Employee => t.enter_for_employees(),
            Entrance::Citizen => t.enter_for_citizens(),
            Entrance::Company => t.enter_for_companies(),
        }
    }
}

/// A provider, and what is asked of those it lets in.
pub struct Way {
    /// For whom.
    pub entrance: Entrance,
    /// What people call it: `MitID`.
    pub name: String,
    /// The provider.
    pub provider: Provider,
    /// What it calls its claims.
    pub names: Names,
    /// The least it must be sure; none: it need not say.
    pub minimum: Option<Assurance>,
    /// Which privilege means which role. When there are any, an employee needs one that means the role the register gives them. None gives a
    /// role.
    pub roles: BTreeMap<String, Role>,
    /// What the provider calls our units, by the name they have here.
    pub units: BTreeMap<String, String>,
    /// Our own number, for privileges given on behalf of an authority.
    pub ours: Option<Cvr>,
    /// Minutes for which a proof is recent enough for what must not be done by whoever finds an open screen.
    pub step_up_minutes: i64,
}

/// How people get in.
pub struct Ways {
    /// The providers.
    pub providers: Vec<Way>,
    /// Whether employees may have a password and codes of their own.
    pub passwords: bool,
    /// The address users know, without a slash at its end.
    pub address: String,
    /// How many proxies stand in front, each adding to `X-Forwarded-For`.
    pub proxies: usize,
    /// Attempts that failed, by address.
    pub failures: Addresses,
    /// Attempts that began, by address.
    pub beginnings: Addresses,
    /// Room for passwords that are checked.
    pub checking: Semaphore,
}

impl Default for Ways {
    fn default() -> Self {
        Ways {
            providers: vec![],
            passwords: true,
            address: String::new(),
            proxies: 0,
            failures: Addresses::new(60),
            beginnings: Addresses::new(600),
            checking: Semaphore::new(AT_ONCE),
        }
    }
}

impl Ways {
    /// The provider for somebody.
    #[must_use]
    pub fn for_whom(&self, entrance: Entrance) -> Option<&Way> {
        self.providers.iter().find(|way| way.entrance == entrance)
    }

    /// The provider with this issuer.
    #[must_use]
    pub fn by_issuer(&self, issuer: &str) -> Option<&Way> {
        self.providers.iter().find(|way| way.provider.issuer() == issuer)
    }

    /// Minutes for which a user's proof is recent.
    #[must_use]
    pub fn step_up_minutes(&self, kind: UserKind) -> i64 {
        let entrance = if kind == UserKind::Citizen {
            Entrance::Citizen
        } else {
            Entrance::Employee
        };
        self.for_whom(entrance)
            .map_or(STEP_UP_MINUTES, |way| way.step_up_minutes)
    }

    /// The address a request comes from: the connection's, or what the last proxy of ours saw. Without a proxy that is known, everybody behind
    /// one on this machine looks the same, so nobody is counted.
    #[must_use]
    pub fn client(&self, headers: &HeaderMap, extensions: &Extensions) -> Option<IpAddr> {
        let ConnectInfo(peer) = extensions.get::<ConnectInfo<SocketAddr>>()?;
        if self.proxies == 0 {
            return Some(peer.ip()).filter(|ip| !ip.is_loopback());
        }
        let seen: Vec<&str> = headers
            .get_all("x-forwarded-for")
            .into_iter()
            .filter_map(|line| line.to_str().ok())
            .flat_map(|line| line.split(','))
            .collect();
        // What stands further left was written by whoever asks.
        seen.len()
            .checked_sub(self.proxies)
            .and_then(|at| seen.get(at)?.trim().parse().ok())
    }
}

/// Asks a provider where waiting hurts nobody else.
///
/// # Errors
/// What the provider answers, as the inner error; [`Failure::Panicked`] when the asking itself broke.
pub async fn asking<T: Send + 'static>(
    app: &crate::kit::app::App,
    entrance: Entrance,
    ask: impl FnOnce(&Provider, Timestamp) -> Result<T, Refused> + Send + 'static,
) -> Result<Result<T, Refused>, Failure> {
    let (app, now) = (app.clone(), app.clock.now());
    let asked = tokio::task::spawn_blocking(move || {
        let way = app.ways.for_whom(entrance)?;
        Some(ask(&way.provider, now))
    });
    asked.await.map_err(|_| Failure::Panicked)?.ok_or(Failure::NotFound)
}

/// Fills bytes with randomness.
///
/// # Errors
/// The system gives none.
pub fn random(bytes: &mut [u8]) -> Result<(), Failure> {
    getrandom::fill(bytes).map_err(|_| {
        Failure::Db(Error::Unavailable {
            message: "no randomness".to_owned(),
        })
    })
}

/// 256 random bits as text.
///
/// # Errors
/// The system gives no randomness.
pub fn random_text() -> Result<String, Failure> {
    let mut bytes = [0_u8; 32];
    random(&mut bytes)?;
    Ok(bytes.iter().map(|b| format!("{b:02x}")).collect())
}

/// Randomness where a protocol asks for much of it: taken first, so that it cannot fail half-way.
///
/// # Errors
/// The system gives no randomness.
pub fn pool() -> Result<impl FnMut(&mut [u8]) + Send, Failure> {
    let mut pool = [0_u8; 512];
    random(&mut pool)?;
    let mut at = 0;
    Ok(move |bytes: &mut [u8]| {
        let end = at + bytes.len();
        let part = pool.get(at..end).expect("no attempt takes more than 512 bytes");
        bytes.copy_from_slice(part);
        at = end;
    })
}
