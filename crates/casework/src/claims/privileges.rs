//! OIO Basic Privilege Profile: what somebody may, on whose behalf and limited to what.
//!
//! Two forms. XML, mostly in base64 (model with `PrivilegeGroup`, `Constraint` and `Privilege`):
//!
//! ```xml
//! <bpp:PrivilegeList xmlns:bpp="http://digst.dk/oiosaml/basic_privilege_profile">
//!   <PrivilegeGroup Scope="urn:dk:gov:saml:cvrNumberIdentifier:12345678">
//!     <Constraint Name="http://sts.kombit.dk/constraints/KLE/1">15.*</Constraint>
//!     <Privilege>http://tovholder.example/roles/usersystemrole/caseworker/1</Privilege>
//!   </PrivilegeGroup>
//! </bpp:PrivilegeList>
//! ```
//!
//! And what brokers make of it, `{"cvr": "12345678", "c": [{"…/KLE/1": "15.*"}], "p": ["…"]}`, one or a list of them.
//!
//! Entities, document types and elements that are not of the profile are refused, so there is nothing to expand and nothing to fetch.

use std::fmt;

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use serde_json::{Map, Value};

use super::{Grant, Limits, MOST, Scope};
use crate::cvr::Cvr;

/// The most that is read, in bytes.
const LARGEST: usize = 64 * 1024;
/// The longest text of one element.
const LONGEST: usize = 2000;

/// Why privileges cannot be read. Names of elements and limits are repeated; what they held is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PrivilegeError {
    /// Larger than any we know of.
    TooLong,
    /// Neither XML, JSON nor base64 of one of them.
    NotBase64,
    /// No XML that holds together.
    NotXml,
    /// A document type or an entity: the profile has neither.
    Entity,
    /// An element or a text where the profile has none.
    Unexpected(String),
    /// A group that does not say on whose behalf.
    NoScope,
    /// The number of the company is none.
    Cvr,
    /// A limit without a name.
    NoName,
    /// A limit that is not known and so cannot be kept.
    UnknownLimit(String),
    /// A limit without a value.
    EmptyLimit,
    /// A KLE number that is none.
    Subject,
    /// A sensitivity that is not 0 to 3.
    Sensitivity,
    /// A privilege without a name.
    EmptyPrivilege,
    /// JSON that is not of the brokers' form.
    NotBroker,
}

impl fmt::Display for PrivilegeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PrivilegeError::TooLong => f.write_str("larger than any we know of"),
            PrivilegeError::NotBase64 => f.write_str("neither XML, JSON nor base64"),
            PrivilegeError::NotXml => f.write_str("no XML that holds together"),
            PrivilegeError::Entity => f.write_str("a document type or an entity"),
            PrivilegeError::Unexpected(name) => write!(f, "{name:?} where the profile has none"),
            PrivilegeError::NoScope => f.write_str("a group without a scope"),
            PrivilegeError::Cvr => f.write_str("a CVR number that is none"),
            PrivilegeError::NoName => f.write_str("a constraint without a name"),
            PrivilegeError::UnknownLimit(name) => write!(f, "the constraint {name:?} is not known and cannot be kept"),
            PrivilegeError::EmptyLimit => f.write_str("a constraint without a value"),
            PrivilegeError::Subject => f.write_str("a KLE number that is none"),
            PrivilegeError::Sensitivity => f.write_str("a sensitivity that is not 0 to 3"),
            PrivilegeError::EmptyPrivilege => f.write_str("a privilege without a name"),
            PrivilegeError::NotBroker => f.write_str("JSON of another form than cvr, c and p"),
        }
    }
}

impl std::error::Error for PrivilegeError {}

/// Reads a claim in any of its forms.
pub(super) fn read(claim: &Value) -> Result<Vec<Grant>, PrivilegeError> {
    match claim {
        Value::String(text) => read_text(text.trim(), true),
        other => broker(other),
    }
}

fn read_text(text: &str, may_be_base64: bool) -> Result<Vec<Grant>, PrivilegeError> {
    if text.len() > LARGEST {
        return Err(PrivilegeError::TooLong);
    }
    match text.trim_start_matches('\u{feff}').chars().next() {
        None => Ok(vec![]),
        Some('<') => xml(text.trim_start_matches('\u{feff}')),
        Some('{' | '[') => {
            let json: Value = serde_json::from_str(text).map_err(|_| PrivilegeError::NotBroker)?;
            broker(&json)
        }
        Some(_) if may_be_base64 => {
            let config = GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
            let dense: String = text.chars().filter(|c| !c.is_whitespace()).collect();
            let bytes = GeneralPurpose::new(&STANDARD, config)
                .decode(dense)
                .map_err(|_| PrivilegeError::NotBase64)?;
            let text = String::from_utf8(bytes).map_err(|_| PrivilegeError::NotXml)?;
            read_text(text.trim(), false)
        }
        Some(_) => Err(PrivilegeError::NotXml),
    }
}

/// Adds one constraint to the limits.
fn limit(limits: &mut Limits, name: &str, value: &str) -> Result<(), PrivilegeError> {
    let values: Vec<&str> = value
        .split(',')
        .map(str::trim)
        .filter(|value| !value.is_empty())
        .collect();
    if values.is_empty() {
        return Err(PrivilegeError::EmptyLimit);
    }
    match name.trim() {
        "http://sts.kombit.dk/constraints/KLE/1" | "urn:dk:kombit:KLE" => {
            for value in values {
                limits.subjects.push(value.parse()?);
            }
        }
        "http://sts.kombit.dk/constraints/orgenhed/1"
        | "http://digital-identity.dk/constraints/orgunit/1"
        | "urn:dk:kombit:orgUnit" => limits.units.extend(values.into_iter().map(str::to_owned)),
        "http://sts.kombit.dk/constraints/foelsomhed/1" | "urn:dk:kombit:sensitivity" => {
            for value in values {
                let level: u8 = value.parse().map_err(|_| PrivilegeError::Sensitivity)?;
                if level > 3 {
                    return Err(PrivilegeError::Sensitivity);
                }
                limits.sensitivity = limits.sensitivity.max(Some(level));
            }
        }
        other => return Err(PrivilegeError::UnknownLimit(short(other))),
    }
    Ok(())
}

/// Names in errors go to the log: short, and on one line.
fn short(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(120).collect()
}

fn scope(urn: &str) -> Result<Scope, PrivilegeError> {
    match urn.trim().strip_prefix("urn:dk:gov:saml:cvrNumberIdentifier:") {
        Some(cvr) => Ok(Scope::Company(cvr.parse().map_err(|_| PrivilegeError::Cvr)?)),
        None => Ok(Scope::Other),
    }
}

/// What the text of the element that is open belongs to.
enum Leaf {
    Constraint(String),
    Privilege,
}

fn xml(text: &str) -> Result<Vec<Grant>, PrivilegeError> {
    let mut reader = Reader::from_str(text);
    let mut grants: Vec<Grant> = Vec::new();
    let mut open: Option<Grant> = None;
    let mut leaf: Option<(Leaf, String)> = None;
    let (mut depth, mut rooted) = (0_u8, false);
    loop {
        match reader.read_event().map_err(|_| PrivilegeError::NotXml)? {
            Event::Start(element) => {
                begin(&element, depth, &mut rooted, &mut open, &mut leaf)?;
                depth += 1;
            }
            Event::Empty(element) => {
                begin(&element, depth, &mut rooted, &mut open, &mut leaf)?;
                end(depth, &mut grants, &mut open, &mut leaf)?;
            }
            Event::End(_) => {
                depth = depth.checked_sub(1).ok_or(PrivilegeError::NotXml)?;
                end(depth, &mut grants, &mut open, &mut leaf)?;
            }
            Event::Text(text) => say(&mut leaf, &text.xml10_content())?,
            Event::CData(text) => say(&mut leaf, &text.xml10_content())?,
            Event::GeneralRef(entity) => {
                let known = match entity.resolve_char_ref().map_err(|_| PrivilegeError::Entity)? {
                    Some(c) => Some(c.to_string()),
                    None => quick_xml::escape::resolve_xml_entity(&entity).map(str::to_owned),
                };
                say(&mut leaf, &known.ok_or(PrivilegeError::Entity)?)?;
            }
            Event::DocType(_) => return Err(PrivilegeError::Entity),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof if rooted && depth == 0 => return Ok(grants),
            Event::Eof => return Err(PrivilegeError::NotXml),
        }
    }
}

fn begin(
    element: &BytesStart<'_>,
    depth: u8,
    rooted: &mut bool,
    open: &mut Option<Grant>,
    leaf: &mut Option<(Leaf, String)>,
) -> Result<(), PrivilegeError> {
    let local = element.local_name();
    let name: &str = local.as_ref();
    match (depth, name) {
        (0, "PrivilegeList") if !*rooted => *rooted = true,
        (1, "PrivilegeGroup") => {
            let urn = attribute(element, "Scope")?.ok_or(PrivilegeError::NoScope)?;
            *open = Some(Grant {
                scope: scope(&urn)?,
                privileges: vec![],
                limits: Limits::default(),
            });
        }
        (2, "Constraint") => {
            let name = attribute(element, "Name")?.ok_or(PrivilegeError::NoName)?;
            *leaf = Some((Leaf::Constraint(name), String::new()));
        }
        (2, "Privilege") => *leaf = Some((Leaf::Privilege, String::new())),
        _ => return Err(PrivilegeError::Unexpected(short(name))),
    }
    Ok(())
}

/// What ends at this depth.
fn end(
    depth: u8,
    grants: &mut Vec<Grant>,
    open: &mut Option<Grant>,
    leaf: &mut Option<(Leaf, String)>,
) -> Result<(), PrivilegeError> {
    match (depth, leaf.take(), open.as_mut()) {
        (2, Some((Leaf::Constraint(name), value)), Some(grant)) => limit(&mut grant.limits, &name, &value),
        (2, Some((Leaf::Privilege, name)), Some(grant)) => privilege(grant, &name),
        (1, None, Some(_)) => {
            grants.extend(open.take());
            if grants.len() > MOST {
                return Err(PrivilegeError::TooLong);
            }
            Ok(())
        }
        (0, None, None) => Ok(()),
        _ => Err(PrivilegeError::NotXml),
    }
}

fn say(leaf: &mut Option<(Leaf, String)>, text: &str) -> Result<(), PrivilegeError> {
    match leaf {
        Some((_, said)) if said.len() + text.len() <= LONGEST => {
            said.push_str(text);
            Ok(())
        }
        Some(_) => Err(PrivilegeError::TooLong),
        None if text.trim_start_matches('\u{feff}').trim().is_empty() => Ok(()),
        None => Err(PrivilegeError::Unexpected("text".to_owned())),
    }
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Result<Option<String>, PrivilegeError> {
    for attribute in element.attributes() {
        let attribute = attribute.map_err(|_| PrivilegeError::NotXml)?;
        if attribute.key.into_inner() == name {
            let value = attribute
                .normalized_value(XmlVersion::Implicit1_0)
                .map_err(|_| PrivilegeError::Entity)?;
            return Ok(Some(value.trim().to_owned()));
        }
    }
    Ok(None)
}

fn privilege(grant: &mut Grant, name: &str) -> Result<(), PrivilegeError> {
    let name = name.trim();
    if name.is_empty() || name.contains(char::is_control) {
        return Err(PrivilegeError::EmptyPrivilege);
    }
    if grant.privileges.len() >= MOST || name.len() > LONGEST {
        return Err(PrivilegeError::TooLong);
    }
    grant.privileges.push(name.to_owned());
    Ok(())
}

/// `{"cvr", "c", "p"}`, or a list of them; in a list each may be JSON in a text.
fn broker(json: &Value) -> Result<Vec<Grant>, PrivilegeError> {
    match json {
        Value::Object(group) => Ok(vec![broker_group(group)?]),
        Value::Array(groups) if groups.len() <= MOST => groups
            .iter()
            .map(|group| match group {
                Value::Object(group) => broker_group(group),
                Value::String(text) if text.len() <= LARGEST => {
                    let group: Map<String, Value> =
                        serde_json::from_str(text).map_err(|_| PrivilegeError::NotBroker)?;
                    broker_group(&group)
                }
                Value::String(_) => Err(PrivilegeError::TooLong),
                _ => Err(PrivilegeError::NotBroker),
            })
            .collect(),
        Value::Array(_) => Err(PrivilegeError::TooLong),
        _ => Err(PrivilegeError::NotBroker),
    }
}

fn broker_group(group: &Map<String, Value>) -> Result<Grant, PrivilegeError> {
    if let Some(other) = group.keys().find(|key| !matches!(key.as_str(), "cvr" | "c" | "p")) {
        return Err(PrivilegeError::Unexpected(short(other)));
    }
    let cvr: Cvr = match group.get("cvr") {
        Some(Value::String(cvr)) => cvr.parse().map_err(|_| PrivilegeError::Cvr)?,
        Some(_) => return Err(PrivilegeError::Cvr),
        None => return Err(PrivilegeError::NoScope),
    };
    let mut grant = Grant {
        scope: Scope::Company(cvr),
        privileges: vec![],
        limits: Limits::default(),
    };
    let constraints = match group.get("c") {
        None | Some(Value::Null) => &[],
        Some(Value::Array(list)) => list.as_slice(),
        Some(object @ Value::Object(_)) => std::slice::from_ref(object),
        Some(_) => return Err(PrivilegeError::NotBroker),
    };
    for constraint in constraints {
        for (name, value) in constraint.as_object().ok_or(PrivilegeError::NotBroker)? {
            for value in texts(value)? {
                limit(&mut grant.limits, name, value)?;
            }
        }
    }
    match group.get("p") {
        None | Some(Value::Null) => {}
        Some(Value::Array(none)) if none.is_empty() => {}
        Some(value) => {
            for name in texts(value)? {
                privilege(&mut grant, name)?;
            }
        }
    }
    Ok(grant)
}

/// One text, or a list of at least one.
fn texts(value: &Value) -> Result<Vec<&str>, PrivilegeError> {
    match value {
        Value::String(text) => Ok(vec![text]),
        Value::Array(values) if values.is_empty() => Err(PrivilegeError::EmptyLimit),
        Value::Array(values) => values
            .iter()
            .map(|value| value.as_str().ok_or(PrivilegeError::NotBroker))
            .collect(),
        _ => Err(PrivilegeError::NotBroker),
    }
}
