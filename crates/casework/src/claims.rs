//! What an identity provider says of somebody who has logged in, read into types.
//!
//! The caller has checked the token's signature; here its contents are read, and everything that is not understood is refused by name.
//! Claims never give anything: who somebody is and which role they have stands in the register. Claims can only narrow it ([`Reach`]). So
//! a limit that is not understood is an error and never left out, because leaving it out would widen.

mod privileges;
#[cfg(test)]
mod tests;

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::cpr::{Cpr, CprError};
use crate::cvr::{Cvr, NumberError};
use crate::id::UnitId;
use crate::keyed::keyed;

pub use privileges::PrivilegeError;

/// The longest text a claim may hold, the privileges apart.
const LONGEST: usize = 500;
/// The most values a list may hold.
const MOST: usize = 500;

keyed! {
    /// How sure the provider is of who it is (NSIS: Lav, Betydelig, Høj; eIDAS: the same). A higher one is greater.
    Assurance {
        /// NSIS Lav.
        Low = "low",
        /// NSIS Betydelig: MitID with its app.
        Substantial = "substantial",
        /// NSIS Høj.
        High = "high",
    }
}

impl Assurance {
    /// Reads a level: the bare word, or an address of NSIS, eIDAS or a MitID broker that ends in it.
    ///
    /// ```
    /// use tovholder_casework::claims::Assurance;
    ///
    /// let level = |text| Assurance::read(text);
    /// assert_eq!(level("https://data.gov.dk/concept/core/nsis/loa/Substantial"), Some(Assurance::Substantial));
    /// assert_eq!(level("http://eidas.europa.eu/LoA/high"), Some(Assurance::High));
    /// assert_eq!(level("Low"), Some(Assurance::Low));
    /// assert_eq!(level("https://example.org/High"), None);
    /// assert!(Assurance::Low < Assurance::High);
    /// ```
    #[must_use]
    pub fn read(text: &str) -> Option<Assurance> {
        const KNOWN: [&str; 4] = [
            "https://data.gov.dk/concept/core/nsis/loa/",
            "https://data.gov.dk/concept/core/nsis/",
            "http://eidas.europa.eu/LoA/",
            "urn:grn:authn:dk:mitid:",
        ];
        let word = KNOWN.iter().find_map(|known| text.strip_prefix(known)).unwrap_or(text);
        Assurance::ALL
            .iter()
            .copied()
            .find(|level| level.as_str().eq_ignore_ascii_case(word))
    }
}

/// What the provider calls its claims. An empty name: it says nothing of the kind.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Names {
    /// The employee's name in the provider's register.
    pub login: String,
    /// The CPR number.
    pub cpr: String,
    /// The company's CVR number.
    pub cvr: String,
    /// The level of assurance.
    pub assurance: String,
    /// Roles, as a list or one text.
    pub roles: String,
    /// Units the roles are limited to.
    pub units: String,
    /// KLE numbers the roles are limited to.
    pub subjects: String,
    /// The most sensitive information the roles are limited to, 0 to 3.
    pub sensitivity: String,
    /// OIO Basic Privilege Profile as XML in base64, or what a broker makes of it as JSON.
    pub privileges: String,
}

impl Default for Names {
    fn default() -> Self {
        let name = str::to_owned;
        Names {
            login: name("preferred_username"),
            cpr: name("cpr"),
            cvr: name("cvr"),
            assurance: name("loa"),
            roles: name("roles"),
            units: name("units"),
            subjects: name("kle"),
            sensitivity: name("sensitivity"),
            privileges: name("privileges"),
        }
    }
}

/// What was said of somebody.
#[derive(Clone, PartialEq, Eq)]
pub struct Claims {
    /// The provider's own key for them. Never shown.
    pub subject: String,
    /// The employee's name in the provider's register.
    pub login: Option<String>,
    /// The CPR number.
    pub cpr: Option<Cpr>,
    /// The company's number.
    pub cvr: Option<Cvr>,
    /// How sure the provider is.
    pub assurance: Option<Assurance>,
    /// When they last proved who they are.
    pub auth_time: Option<Timestamp>,
    /// Roles and privileges, each with its limits.
    pub grants: Vec<Grant>,
}

/// Tells that there is something, not what: claims are about a person.
impl fmt::Debug for Claims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Claims")
            .field("login", &self.login.is_some())
            .field("cpr", &self.cpr.is_some())
            .field("cvr", &self.cvr.is_some())
            .field("assurance", &self.assurance)
            .field("auth_time", &self.auth_time)
            .field("grants", &self.grants.len())
            .finish_non_exhaustive()
    }
}

/// On whose behalf privileges are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// By the provider's own organisation: the claim of plain roles.
    Own,
    /// A company or authority.
    Company(Cvr),
    /// A workplace, a person or something else that we give nothing for.
    Other,
}

/// Privileges that share limits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// On whose behalf.
    pub scope: Scope,
    /// The privileges or roles by name.
    pub privileges: Vec<String>,
    /// What they are limited to.
    pub limits: Limits,
}

/// What privileges are limited to. No limit of a kind: nothing is said of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// Units, as the provider names them: a UUID of the organisation, or a name.
    pub units: Vec<String>,
    /// Subjects.
    pub subjects: Vec<Subject>,
    /// The most sensitive information: 0 none, 1 confidential, 2 sensitive, 3 especially protected.
    pub sensitivity: Option<u8>,
}

impl Limits {
    /// Whether there is no limit.
    #[must_use]
    pub const fn is_none(&self) -> bool {
        self.units.is_empty() && self.subjects.is_empty() && self.sensitivity.is_none()
    }
}

/// A KLE number, or the beginning of one: `15.20.01`, `15.20.*`, `15.*`, or `*` for all.
///
/// ```
/// use tovholder_casework::claims::Subject;
///
/// let employment: Subject = "15.*".parse().unwrap();
/// assert!(employment.covers("15.17.30"));
/// assert!(!employment.covers("32.15.00"));
/// assert!("15.20.01".parse::<Subject>().unwrap().covers("15.20.01"));
/// assert!("15..*".parse::<Subject>().is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject(String);

impl Subject {
    /// Whether a KLE number lies under it.
    #[must_use]
    pub fn covers(&self, kle: &str) -> bool {
        self.0.is_empty()
            || kle
                .strip_prefix(self.0.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    }
}

impl std::str::FromStr for Subject {
    type Err = PrivilegeError;
    fn from_str(text: &str) -> Result<Self, PrivilegeError> {
        if text == "*" {
            return Ok(Subject(String::new()));
        }
        let number = text.strip_suffix(".*").unwrap_or(text);
        let parts: Vec<&str> = number.split('.').collect();
        let sound = parts.len() <= 3
            && parts
                .iter()
                .all(|part| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit()));
        // Four parts or `15.20.01.*` is no number of the plan of subjects.
        if sound && !(parts.len() == 3 && number.len() != text.len()) {
            Ok(Subject(number.to_owned()))
        } else {
            Err(PrivilegeError::Subject)
        }
    }
}

/// What a session may reach of that which its user's role and relations give. Kept with the session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reach {
    /// Only these units; empty: all.
    pub units: Vec<UnitId>,
    /// Only these subjects; empty: all.
    pub subjects: Vec<Subject>,
    /// Nothing more sensitive.
    pub sensitivity: Option<u8>,
}

/// What a plan is about: a joint plan, or the citizen's own (KLE). A reach that covers either reaches plans.
pub const PLAN_SUBJECTS: [&str; 2] = ["15.17.30", "15.20.01"];
/// How sensitive what stands in a plan is: health, benefits, family.
pub const PLAN_SENSITIVITY: u8 = 2;

impl Reach {
    /// Whether it reaches plans at all.
    #[must_use]
    pub fn plans(&self) -> bool {
        let about = |subject: &Subject| PLAN_SUBJECTS.iter().any(|kle| subject.covers(kle));
        (self.subjects.is_empty() || self.subjects.iter().any(about))
            && self.sensitivity.is_none_or(|most| most >= PLAN_SENSITIVITY)
    }
}

/// The units whose citizens' plans a session may reach. No answer: all units', because nothing narrows it; none among them: no plans.
#[must_use]
pub fn units_reached(reaches: &[Reach]) -> Option<Vec<UnitId>> {
    let mut units = Vec::new();
    for reach in reaches.iter().filter(|reach| reach.plans()) {
        if reach.units.is_empty() {
            return None;
        }
        units.extend(reach.units.iter().copied());
    }
    (!reaches.is_empty()).then_some(units)
}

/// Why claims cannot be read. Repeats names of claims, never what they held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClaimsError {
    /// Not JSON.
    NotJson,
    /// JSON, but no object.
    NotAnObject,
    /// A claim that must be there is not.
    Missing(String),
    /// A claim should be text.
    NotText(String),
    /// A claim should be a whole number.
    NotANumber(String),
    /// A claim should be text or a list of texts.
    NotAList(String),
    /// A claim holds more than any we know of.
    TooLong(String),
    /// The CPR number is none.
    Cpr(CprError),
    /// The CVR number is none.
    Cvr(NumberError),
    /// The level of assurance is none we know.
    Assurance,
    /// The time of the proof is no time.
    AuthTime,
    /// The privileges.
    Privileges(PrivilegeError),
}

impl fmt::Display for ClaimsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ClaimsError::NotJson => f.write_str("the claims are no JSON"),
            ClaimsError::NotAnObject => f.write_str("the claims are no JSON object"),
            ClaimsError::Missing(name) => write!(f, "the claim {name:?} is missing"),
            ClaimsError::NotText(name) => write!(f, "the claim {name:?} is no text"),
            ClaimsError::NotANumber(name) => write!(f, "the claim {name:?} is no whole number"),
            ClaimsError::NotAList(name) => write!(f, "the claim {name:?} is no text and no list of texts"),
            ClaimsError::TooLong(name) => write!(f, "the claim {name:?} is too long"),
            ClaimsError::Cpr(error) => write!(f, "the CPR number: {error}"),
            ClaimsError::Cvr(error) => write!(f, "the CVR number: {error}"),
            ClaimsError::Assurance => f.write_str("a level of assurance that is not known"),
            ClaimsError::AuthTime => f.write_str("auth_time is no time"),
            ClaimsError::Privileges(error) => write!(f, "the privileges: {error}"),
        }
    }
}

impl std::error::Error for ClaimsError {}

impl From<PrivilegeError> for ClaimsError {
    fn from(error: PrivilegeError) -> Self {
        ClaimsError::Privileges(error)
    }
}

impl Claims {
    /// Reads the JSON of a token whose signature has been checked.
    ///
    /// # Errors
    /// The first thing that is not understood.
    pub fn read(json: &[u8], names: &Names) -> Result<Claims, ClaimsError> {
        let value: Value = serde_json::from_slice(json).map_err(|_| ClaimsError::NotJson)?;
        Claims::from_json(&value, names)
    }

    /// As [`Claims::read`], from JSON that has been parsed.
    ///
    /// # Errors
    /// As [`Claims::read`].
    pub fn from_json(value: &Value, names: &Names) -> Result<Claims, ClaimsError> {
        let fields = value.as_object().ok_or(ClaimsError::NotAnObject)?;
        let subject = text(fields, "sub")?.ok_or_else(|| ClaimsError::Missing("sub".to_owned()))?;
        let cpr = text(fields, &names.cpr)?
            .map(|digits| digits.parse())
            .transpose()
            .map_err(ClaimsError::Cpr)?;
        let cvr = match given(fields, &names.cvr) {
            Some(Value::Number(number)) => Some(number.to_string()),
            _ => text(fields, &names.cvr)?,
        };
        let cvr = cvr.map(|digits| digits.parse()).transpose().map_err(ClaimsError::Cvr)?;
        let assurance = text(fields, &names.assurance)?
            .map(|level| Assurance::read(&level).ok_or(ClaimsError::Assurance))
            .transpose()?;
        let auth_time = given(fields, "auth_time")
            .map(|value| {
                let seconds = value.as_i64().ok_or(ClaimsError::AuthTime)?;
                Timestamp::from_second(seconds).map_err(|_| ClaimsError::AuthTime)
            })
            .transpose()?;
        let mut grants = Vec::new();
        let limits = Limits {
            units: list(fields, &names.units)?,
            subjects: list(fields, &names.subjects)?
                .iter()
                .map(|subject| subject.parse())
                .collect::<Result<_, _>>()?,
            sensitivity: sensitivity(fields, &names.sensitivity)?,
        };
        let roles = list(fields, &names.roles)?;
        if !roles.is_empty() || !limits.is_none() {
            grants.push(Grant {
                scope: Scope::Own,
                privileges: roles,
                limits,
            });
        }
        if let Some(value) = given(fields, &names.privileges) {
            grants.extend(privileges::read(value)?);
        }
        Ok(Claims {
            subject,
            login: text(fields, &names.login)?,
            cpr,
            cvr,
            assurance,
            auth_time,
            grants,
        })
    }

    /// What is left of a role that the register gives: limits of which one must hold, or nothing when no privilege means the role.
    /// An empty list: the role is not narrowed.
    ///
    /// `means` says whether a privilege means the role; `ours` is the authority's own number, without which privileges given on behalf of a
    /// company mean nothing.
    #[must_use]
    pub fn narrowed(&self, means: impl Fn(&str) -> bool, ours: Option<Cvr>) -> Option<Vec<Limits>> {
        let counts = |grant: &&Grant| {
            let here = match grant.scope {
                Scope::Own => true,
                Scope::Company(cvr) => ours == Some(cvr),
                Scope::Other => false,
            };
            here && grant.privileges.iter().any(|privilege| means(privilege))
        };
        let grants: Vec<&Grant> = self.grants.iter().filter(counts).collect();
        if grants.is_empty() {
            return None;
        }
        if grants.iter().any(|grant| grant.limits.is_none()) {
            return Some(vec![]);
        }
        Some(grants.into_iter().map(|grant| grant.limits.clone()).collect())
    }

    /// The limits beside the plain roles, for a provider whose roles are not used: one that must hold, or none.
    #[must_use]
    pub fn own_limits(&self) -> Vec<Limits> {
        let own = self
            .grants
            .iter()
            .filter(|grant| grant.scope == Scope::Own && !grant.limits.is_none());
        own.map(|grant| grant.limits.clone()).collect()
    }
}

/// A claim that is there and says something. An empty name names none.
fn given<'f>(fields: &'f Map<String, Value>, name: &str) -> Option<&'f Value> {
    if name.is_empty() {
        return None;
    }
    fields.get(name).filter(|value| !value.is_null())
}

fn text(fields: &Map<String, Value>, name: &str) -> Result<Option<String>, ClaimsError> {
    let Some(value) = given(fields, name) else {
        return Ok(None);
    };
    let text = value.as_str().ok_or_else(|| ClaimsError::NotText(name.to_owned()))?;
    checked(name, text).map(|text| (!text.is_empty()).then_some(text))
}

/// One value without blanks around it, short enough, and without what no name holds.
fn checked(name: &str, text: &str) -> Result<String, ClaimsError> {
    let text = text.trim();
    if text.len() > LONGEST {
        return Err(ClaimsError::TooLong(name.to_owned()));
    }
    if text.contains(char::is_control) {
        return Err(ClaimsError::NotText(name.to_owned()));
    }
    Ok(text.to_owned())
}

fn list(fields: &Map<String, Value>, name: &str) -> Result<Vec<String>, ClaimsError> {
    let wrong = || ClaimsError::NotAList(name.to_owned());
    let values = match given(fields, name) {
        None => return Ok(vec![]),
        Some(Value::Array(values)) => values.as_slice(),
        Some(value) => std::slice::from_ref(value),
    };
    if values.len() > MOST {
        return Err(ClaimsError::TooLong(name.to_owned()));
    }
    values
        .iter()
        .map(|value| {
            let value = checked(name, value.as_str().ok_or_else(wrong)?)?;
            // An empty limit would be none.
            if value.is_empty() { Err(wrong()) } else { Ok(value) }
        })
        .collect()
}

fn sensitivity(fields: &Map<String, Value>, name: &str) -> Result<Option<u8>, ClaimsError> {
    let Some(value) = given(fields, name) else {
        return Ok(None);
    };
    let wrong = || ClaimsError::NotANumber(name.to_owned());
    let level = match value {
        Value::Number(number) => number.as_u64().and_then(|level| u8::try_from(level).ok()),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    };
    level.filter(|level| *level <= 3).map(Some).ok_or_else(wrong)
}
