//! What each row would do: held against what is there, and against the rows before it.

use std::collections::{BTreeMap, HashMap, HashSet};

use uuid::Uuid;

use super::parse::{Draft, Problem, RowError};
use super::weeks::{self, History};
use super::{Kind, mask};
use crate::cpr::Cpr;

/// Something that is there, or will be: its id, and field → value. References are ids; an empty value is no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The id.
    pub id: Uuid,
    /// The values of the kind's fields (see [`super::fields()`]); the CPR number is never among them.
    pub values: BTreeMap<String, String>,
}

/// What is there already, as far as the rows ask for it.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Those that rows may be about, under each of their [`keys`].
    pub items: HashMap<String, Vec<Item>>,
    /// Units by folded name.
    pub units: HashMap<String, Vec<Uuid>>,
    /// Employees by folded log-in, and by folded e-mail.
    pub employees: HashMap<String, Vec<Uuid>>,
    /// Citizens by number.
    pub citizens: HashMap<Cpr, Uuid>,
}

/// What one row does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Makes something new.
    Create(Item),
    /// Changes what is there.
    Update {
        /// As it is.
        before: Item,
        /// As it becomes.
        after: Item,
    },
    /// Says what is there already.
    Unchanged(Uuid),
    /// Cannot be taken.
    Wrong(Vec<RowError>),
}

/// A row and what it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// The line in the file.
    pub line: u32,
    /// What it does.
    pub outcome: Outcome,
    /// The number of a new citizen.
    pub cpr: Option<Cpr>,
    /// Whether a lost 0 was put back.
    pub repaired: bool,
}

/// How many rows do what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Make something new.
    pub created: u32,
    /// Change something.
    pub updated: u32,
    /// Change nothing.
    pub unchanged: u32,
    /// Cannot be taken.
    pub wrong: u32,
    /// Had a lost 0 put back (counted in one of the others too).
    pub repaired: u32,
}

/// Counts the consequences.
pub fn counts(rows: &[Planned]) -> Counts {
    let mut counts = Counts::default();
    for row in rows {
        *match row.outcome {
            Outcome::Create(_) => &mut counts.created,
            Outcome::Update { .. } => &mut counts.updated,
            Outcome::Unchanged(_) => &mut counts.unchanged,
            Outcome::Wrong(_) => &mut counts.wrong,
        } += 1;
        counts.repaired += u32::from(row.repaired && !matches!(row.outcome, Outcome::Wrong(_)));
    }
    counts
}

impl Kind {
    /// Whether each row is about a citizen who is there already, found by number.
    pub const fn of_citizens(self) -> bool {
        matches!(self, Kind::Spells | Kind::Hours | Kind::States | Kind::Assignments)
    }
}

/// What something is recognised by, the surest first. `citizen` is the citizen's id, for what is a citizen's.
pub fn keys<V: AsRef<str>>(
    kind: Kind,
    value: impl Fn(&str) -> Option<V>,
    cpr: Option<Cpr>,
    citizen: Option<Uuid>,
) -> Vec<String> {
    let key = |field: &str| value(field).map(|v| fold_mark(v.as_ref())).filter(|v| !v.is_empty());
    match kind {
        Kind::Units | Kind::Teams => key("name").into_iter().collect(),
        Kind::Employees => ["login", "email"]
            .into_iter()
            .filter_map(|field| Some(format!("{field}:{}", key(field)?)))
            .collect(),
        Kind::Companies => ["cvr", "name"]
            .into_iter()
            .filter_map(|field| Some(format!("{field}:{}", key(field)?)))
            .collect(),
        Kind::Citizens => cpr.map(|cpr| cpr.digits()).into_iter().collect(),
        Kind::Hours => match (citizen, key("month")) {
            (Some(citizen), Some(month)) => vec![format!("{citizen}|{month}")],
            _ => vec![],
        },
        Kind::States => citizen.map(|citizen| citizen.to_string()).into_iter().collect(),
        Kind::Assignments => match (citizen, key("starts")) {
            (Some(citizen), Some(starts)) => vec![format!("{citizen}|{starts}")],
            _ => vec![],
        },
        Kind::Expenses => match (key("month"), key("benefit")) {
            (Some(month), Some(benefit)) => vec![format!("{month}|{benefit}")],
            _ => vec![],
        },
        Kind::Spells => match (citizen, key("benefit"), key("starts")) {
            (Some(citizen), Some(benefit), Some(starts)) => vec![format!("{citizen}|{benefit}|{starts}")],
            _ => vec![],
        },
    }
}

/// As names and addresses are compared: in lower case, with single blanks.
fn fold_mark(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Decides what each row does. `new_id` makes the ids of what is new.
pub fn decide(
    kind: Kind,
    drafts: Vec<(u32, Result<Draft, Vec<RowError>>)>,
    known: &Known,
    new_id: &mut dyn FnMut() -> Uuid,
) -> Vec<Planned> {
    let mut seen: HashMap<String, u32> = HashMap::new();
    let mut taken: HashSet<Uuid> = HashSet::new();
    let mut rows = Vec::with_capacity(drafts.len());
    for (line, draft) in drafts {
        let (repaired, cpr) = draft.as_ref().map_or((false, None), |d| (d.repaired, d.cpr));
        let outcome = match draft.and_then(|draft| resolve(kind, draft, known)) {
            Ok((draft, citizen)) => {
                one(kind, &draft, citizen, known, &mut seen, &mut taken, new_id).unwrap_or_else(Outcome::Wrong)
            }
            Err(errors) => Outcome::Wrong(errors),
        };
        let cpr = cpr.filter(|_| kind == Kind::Citizens && matches!(outcome, Outcome::Create(_)));
        rows.push(Planned {
            line,
            outcome,
            cpr,
            repaired,
        });
    }
    if kind == Kind::Assignments {
        refuse_overlaps(&mut rows, known);
    }
    rows
}

/// Two cannot be responsible for a citizen on the same day: of two rows the later is wrong, and of a row and what is there the row.
fn refuse_overlaps(rows: &mut [Planned], known: &Known) {
    type Days = (String, String);
    // ISO dates are in the order of time; an empty end is later than any.
    let days = |item: &Item| -> Option<(String, Days)> {
        let value = |field: &str| item.values.get(field).cloned().unwrap_or_default();
        let end = Some(value("ends")).filter(|end| !end.is_empty());
        Some((
            value("citizen"),
            (value("starts"), end.unwrap_or_else(|| "9999".into())),
        ))
    };
    let changed: HashSet<Uuid> = rows
        .iter()
        .filter_map(|row| match &row.outcome {
            Outcome::Update { after, .. } => Some(after.id),
            _ => None,
        })
        .collect();
    let mut taken: HashMap<String, Vec<(Uuid, Days, Option<u32>)>> = HashMap::new();
    for item in known
        .items
        .values()
        .flatten()
        .filter(|item| !changed.contains(&item.id))
    {
        if let Some((citizen, days)) = days(item) {
            taken.entry(citizen).or_default().push((item.id, days, None));
        }
    }
    for row in rows {
        let (Outcome::Create(item) | Outcome::Update { after: item, .. }) = &row.outcome else {
            continue;
        };
        let Some((citizen, own)) = days(item) else { continue };
        let taken = taken.entry(citizen).or_default();
        let other = taken
            .iter()
            .find(|(id, other, _)| *id != item.id && own.0 <= other.1 && other.0 <= own.1);
        if let Some((_, _, line)) = other {
            row.outcome = Outcome::Wrong(vec![RowError {
                field: "starts",
                column: String::new(),
                problem: Problem::Overlaps { line: *line },
                found: own.0,
            }]);
        } else {
            taken.push((item.id, own, Some(row.line)));
        }
    }
}

fn wrong(draft: &Draft, field: &'static str, problem: Problem) -> RowError {
    let found = match draft.cpr {
        Some(cpr) if field == "cpr" => cpr.to_string(),
        _ => mask(draft.values.get(field).map_or("", String::as_str)),
    };
    RowError {
        field,
        column: draft.columns.get(field).cloned().unwrap_or_default(),
        problem,
        found,
    }
}

/// Turns names into ids. Of what is a citizen's, also finds the citizen.
fn resolve(kind: Kind, mut draft: Draft, known: &Known) -> Result<(Draft, Option<Uuid>), Vec<RowError>> {
    let mut errors = Vec::new();
    let mut find = |draft: &Draft, field: &'static str, written: &str| {
        let (all, unknown) = match field {
            "unit" => (&known.units, Problem::UnknownUnit),
            _ => (&known.employees, Problem::UnknownEmployee),
        };
        match all.get(&fold_mark(written)).map(Vec::as_slice) {
            Some([id]) => Some(id.to_string()),
            other => {
                let problem = if other.is_some_and(|ids| ids.len() > 1) {
                    Problem::Ambiguous
                } else {
                    unknown
                };
                errors.push(RowError {
                    found: mask(written),
                    ..wrong(draft, field, problem)
                });
                None
            }
        }
    };
    for field in ["unit", "leader", "employee"] {
        if let Some(written) = draft.values.get(field).cloned()
            && let Some(id) = find(&draft, field, &written)
        {
            draft.values.insert(field, id);
        }
    }
    if let Some(written) = draft.values.get("members").cloned() {
        let names = written.split([',', ';']).map(str::trim).filter(|name| !name.is_empty());
        let mut ids: Vec<String> = names.filter_map(|name| find(&draft, "members", name)).collect();
        ids.sort();
        ids.dedup();
        draft.values.insert("members", ids.join(","));
    }
    let citizen = kind
        .of_citizens()
        .then(|| draft.cpr.and_then(|cpr| known.citizens.get(&cpr).copied()))
        .flatten();
    if kind.of_citizens() && citizen.is_none() {
        errors.push(wrong(&draft, "cpr", Problem::UnknownCitizen));
    }
    if errors.is_empty() {
        Ok((draft, citizen))
    } else {
        Err(errors)
    }
}

fn one(
    kind: Kind,
    draft: &Draft,
    citizen: Option<Uuid>,
    known: &Known,
    seen: &mut HashMap<String, u32>,
    taken: &mut HashSet<Uuid>,
    new_id: &mut dyn FnMut() -> Uuid,
) -> Result<Outcome, Vec<RowError>> {
    let keys = keys(kind, |field| draft.values.get(field), draft.cpr, citizen);
    let name = match (
        kind,
        draft.values.contains_key("login"),
        draft.values.contains_key("cvr"),
    ) {
        (Kind::Citizens, ..) => "cpr",
        (kind, ..) if kind.of_citizens() => "cpr",
        (Kind::Expenses, ..) => "month",
        (Kind::Employees, true, _) => "login",
        (Kind::Employees, false, _) => "email",
        (Kind::Companies, _, true) => "cvr",
        _ => "name",
    };
    // Two companies may share a name when their numbers differ; nobody shares any other key.
    let own = if kind == Kind::Companies {
        &keys[..1.min(keys.len())]
    } else {
        &keys[..]
    };
    if let Some(line) = own.iter().find_map(|key| seen.get(key)) {
        return Err(vec![wrong(draft, name, Problem::Repeated { line: *line })]);
    }
    let before = matching(kind, draft, &keys, known).map_err(|problem| vec![wrong(draft, name, problem)])?;
    if let Some(before) = before
        && !taken.insert(before.id)
    {
        return Err(vec![wrong(draft, name, Problem::Ambiguous)]);
    }
    seen.extend(own.iter().map(|key| (key.clone(), draft.line)));
    let Some(before) = before else {
        let mut values: BTreeMap<String, String> = draft
            .values
            .iter()
            .map(|(k, v)| ((*k).to_owned(), kept(k, v)))
            .collect();
        match kind {
            Kind::Units => drop(values.entry("kind".into()).or_insert_with(|| "other".into())),
            Kind::Employees => drop(values.entry("role".into()).or_insert_with(|| "caseworker".into())),
            kind if kind.of_citizens() => drop(citizen.map(|id| values.insert("citizen".into(), id.to_string()))),
            // What the file says nothing of was not given back.
            Kind::Expenses => drop(values.entry("refund".into()).or_insert_with(|| "0".into())),
            _ => {}
        }
        return Ok(Outcome::Create(Item { id: new_id(), values }));
    };
    let mut after = before.clone();
    if kind == Kind::States {
        let text = |field: &str| draft.values.get(field).map_or("", String::as_str);
        let newer = History::read(text("first_week"), text("last_week"), text("runs"));
        let value = |field: &str| before.values.get(field).map_or("", String::as_str);
        let older = History::read(value("first_week"), value("last_week"), value("runs"));
        let both = older.zip(newer).and_then(|(older, newer)| older.with(&newer));
        let both = both.ok_or_else(|| vec![wrong(draft, "states", Problem::WeeksApart)])?;
        let values = [
            ("first_week", weeks::name(both.first)),
            ("last_week", weeks::name(both.last)),
            ("runs", both.text()),
        ];
        after
            .values
            .extend(values.map(|(field, value)| (field.to_owned(), value)));
    }
    for (field, value) in &draft.values {
        // A birth date that the file does not hold was only read off the number: it corrects nothing.
        if kind == Kind::States || *field == "birth_date" && !draft.columns.contains_key(field) {
            continue;
        }
        after.values.insert((*field).to_owned(), kept(field, value));
    }
    Ok(if same(&after, before) {
        Outcome::Unchanged(before.id)
    } else {
        Outcome::Update {
            before: before.clone(),
            after,
        }
    })
}

/// A value as it is kept: that somebody is not protected is the same as that nothing is said of it.
fn kept(field: &str, value: &str) -> String {
    if field == "protected" && value == "no" {
        String::new()
    } else {
        value.to_owned()
    }
}

fn same(a: &Item, b: &Item) -> bool {
    let filled = |item: &Item| {
        item.values
            .iter()
            .filter(|(_, v)| !v.is_empty())
            .map(|(k, v)| (k.clone(), v.clone()))
            .collect::<Vec<_>>()
    };
    filled(a) == filled(b)
}

/// The one a row is about. The surest key decides; a less sure one may not point at somebody else.
fn matching<'k>(kind: Kind, draft: &Draft, keys: &[String], known: &'k Known) -> Result<Option<&'k Item>, Problem> {
    let mut found: Option<&Item> = None;
    for key in keys {
        let mut items: Vec<&Item> = known.items.get(key).map(|all| all.iter().collect()).unwrap_or_default();
        if let Some(item) = found {
            // E-mail addresses are shared now and then; only where the key belongs to one other alone is it a contradiction.
            if kind == Kind::Employees && matches!(items[..], [other] if other.id != item.id) {
                return Err(Problem::Ambiguous);
            }
            continue;
        }
        let filled = |item: &Item, field: &str| item.values.get(field).is_some_and(|v| !v.is_empty());
        match kind {
            // By its name only a company whose number is not known, on one side or the other.
            Kind::Companies if key.starts_with("name:") && draft.values.contains_key("cvr") => {
                items.retain(|item| !filled(item, "cvr"))
            }
            // By e-mail only somebody whose log-in is not known to be another.
            Kind::Employees if key.starts_with("email:") && draft.values.contains_key("login") => {
                items.retain(|item| !filled(item, "login"))
            }
            _ => {}
        }
        match items[..] {
            [] => {}
            [item] => found = Some(item),
            _ => return Err(Problem::Ambiguous),
        }
    }
    Ok(found)
}

impl Known {
    /// Adds something that is there, under its keys.
    pub fn add(&mut self, kind: Kind, item: Item, cpr: Option<Cpr>) {
        let citizen = item.values.get("citizen").and_then(|id| id.parse().ok());
        for key in keys(kind, |field| item.values.get(field), cpr, citizen) {
            self.items.entry(key).or_default().push(item.clone());
        }
    }
    /// Adds a unit that rows may name.
    pub fn add_unit(&mut self, id: Uuid, name: &str) {
        self.units.entry(fold_mark(name)).or_default().push(id);
    }
    /// Adds an employee that rows may name.
    pub fn add_employee(&mut self, id: Uuid, login: &str, email: &str) {
        let mut names = vec![fold_mark(login), fold_mark(email)];
        names.dedup();
        for name in names.into_iter().filter(|name| !name.is_empty()) {
            self.employees.entry(name).or_default().push(id);
        }
    }
}
