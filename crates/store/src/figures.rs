//! What the leader's figures are made of: everybody's benefits, efforts, coordinators and plans in a few queries; and the targets.
//!
//! The figures are computed by `tovholder-figures` and kept in memory. [`stamp`] tells cheaply whether what they were made of has changed.

use crate::args;
use crate::db::{AssertSqlSafe, Conn, Db, Error, Row, Value};
use crate::plans::{Sender, first_time};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::HashMap;
use tovholder_casework::id::*;
use tovholder_casework::import::weeks::History;
use tovholder_casework::plan::Hours;
use tovholder_figures::register::{Expense, Open, Part, Someone, Town, Weeks};
use tovholder_spells::person::{Assignment, Code, Effort, FOREVER, FULL};
use tovholder_spells::{Day, Interval, Month, interval};
use uuid::Uuid;

/// The key of the number of inhabitants among the settings.
const INHABITANTS: &str = "inhabitants";
/// Full time a week.
const FULL_WEEK: f64 = 37.0;

/// What a word that stands in a row means.
type Reads<'a, T> = Box<dyn Fn(&str) -> T + Send + Sync + 'a>;

/// What the rows mean, which the rules and the strategy know.
pub struct Meaning<'a> {
    /// The code a benefit is counted under.
    pub benefit: Reads<'a, Code>,
    /// Whether a kind of effort is in a company; none for one that is no effort that lasts.
    pub effort: Reads<'a, Option<bool>>,
}

/// Something that differs when what the figures are made of has changed.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn stamp(conn: &mut Conn) -> Result<String, Error> {
    // Rows are added or go up a revision; an import taken back changes its batch.
    let sql = "SELECT 'spell', COUNT(*), COALESCE(MAX(starts), ''), COALESCE(MAX(ends), '') FROM spell \
        UNION ALL SELECT 'effort', COUNT(*), CAST(SUM(rev) AS TEXT), '' FROM effort \
        UNION ALL SELECT 'coordination', COUNT(*), CAST(SUM(rev) AS TEXT), '' FROM coordination \
        UNION ALL SELECT 'participation', COUNT(*), CAST(SUM(rev) AS TEXT), '' FROM participation \
        UNION ALL SELECT 'plan', COUNT(*), CAST(SUM(rev) AS TEXT), '' FROM plan \
        UNION ALL SELECT 'citizen', COUNT(*), CAST(SUM(rev) AS TEXT), '' FROM citizen \
        UNION ALL SELECT 'earning', COUNT(*), COALESCE(MAX(month), ''), '' FROM earning \
        UNION ALL SELECT 'import', COUNT(*), CAST(MAX(applied) AS TEXT), CAST(MAX(undone) AS TEXT) FROM import_batch \
        UNION ALL SELECT 'published', COUNT(*), CAST(MAX(at) AS TEXT), '' FROM published_version \
        UNION ALL SELECT 'undone', COUNT(*), CAST(MAX(at) AS TEXT), '' FROM published_undone \
        UNION ALL SELECT 'setting', COUNT(*), COALESCE(MAX(value), ''), '' FROM setting WHERE key = 'inhabitants'";
    let mut all = String::new();
    for row in conn.rows(sql, args![]).await? {
        let (what, count): (String, i64) = (row.get(0)?, row.get(1)?);
        let (first, second): (Option<String>, Option<String>) = (row.get(2)?, row.get(3)?);
        all.push_str(&format!(
            "{what} {count} {} {};",
            first.unwrap_or_default(),
            second.unwrap_or_default()
        ));
    }
    Ok(all)
}

/// How many people are read at a time: they and their rows are what is in memory. In tests so few that it takes several times.
const AT_A_TIME: u32 = if cfg!(test) { 1 } else { 2_000 };

/// What is known of the municipality as a whole. Five queries.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn town(conn: &mut Conn, meaning: &Meaning<'_>) -> Result<Town, Error> {
    let units = conn
        .rows("SELECT id, name FROM unit ORDER BY name, id", args![])
        .await?;
    let earned_to = conn.row("SELECT MAX(month) FROM earning", args![]).await?;
    let earned_to: Option<String> = earned_to.map(|row| row.get(0)).transpose()?.flatten();
    Ok(Town {
        units: units
            .iter()
            .map(|row| Ok((row.get(0)?, row.get(1)?)))
            .collect::<Result<_, Error>>()?,
        weeks: weeks(conn).await?,
        expenses: expenses(conn, meaning).await?,
        inhabitants: inhabitants(conn).await?,
        earned_to: earned_to.and_then(|month| month.parse().ok()),
    })
}

/// The weeks known from the national register.
async fn weeks(conn: &mut Conn) -> Result<Option<Interval>, Error> {
    let sql = "SELECT MIN(first_week), last_week FROM support_history WHERE last_week = (SELECT MAX(last_week) FROM support_history) GROUP BY last_week";
    let Some(row) = conn.row(sql, args![]).await? else {
        return Ok(None);
    };
    let (first, last): (String, String) = (row.get(0)?, row.get(1)?);
    Ok(History::read(&first, &last, "").and_then(|history| whole_weeks(history.first, history.last)))
}

/// The days of the weeks with these Mondays.
fn whole_weeks(first: Date, last: Date) -> Option<Interval> {
    let day = |date: Date| Day::from_iso(date.to_string().as_bytes());
    Interval::new(day(first)?, day(last)? + 7)
}

/// What the benefits cost: of the whole municipality, since the accounts know no units.
async fn expenses(conn: &mut Conn, meaning: &Meaning<'_>) -> Result<Vec<Expense>, Error> {
    let sql = "SELECT month, benefit, gross, refund FROM expense ORDER BY month, benefit";
    let mut expenses = Vec::new();
    for row in conn.rows(sql, args![]).await? {
        let Ok(month) = row.get::<String>(0)?.parse::<Month>() else {
            continue;
        };
        expenses.push(Expense {
            month,
            benefit: (meaning.benefit)(&row.get::<String>(1)?),
            gross: row.get(2)?,
            refund: row.get(3)?,
        });
    }
    Ok(expenses)
}

/// How many live in the municipality; none where nobody has said.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn inhabitants(conn: &mut Conn) -> Result<Option<u32>, Error> {
    let row = conn
        .row("SELECT value FROM setting WHERE key = $1", args![INHABITANTS])
        .await?;
    let text: Option<String> = row.map(|row| row.get(0)).transpose()?;
    Ok(text.and_then(|text| text.parse().ok()).filter(|&many| many > 0))
}

/// Says how many live in the municipality.
///
/// # Errors
/// As [`Conn::execute`].
pub async fn set_inhabitants(tx: &mut Conn, many: u32) -> Result<(), Error> {
    tx.execute(
        "INSERT INTO setting (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        args![INHABITANTS, many.to_string()],
    )
    .await?;
    Ok(())
}

/// The names of these citizens, to be shown to somebody who may see them.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn names_of_unit(conn: &mut Conn, unit: UnitId) -> Result<HashMap<Uuid, (String, Option<PlanId>)>, Error> {
    let rows = conn
        .rows(
            "SELECT c.id, c.name, p.id FROM citizen c LEFT JOIN plan p ON p.citizen_id = c.id AND p.closed IS NULL WHERE c.unit_id = $1",
            args![unit],
        )
        .await?;
    rows.iter()
        .map(|row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))
        .collect()
}

/// Reads people part by part, some eight queries each.
pub struct People<'a> {
    meaning: Meaning<'a>,
    /// The people being read.
    part: Part,
    /// The last of them: the next part begins after.
    last: Uuid,
    /// The unit's code: its place in [`Town::units`] and one.
    codes: HashMap<Uuid, Code>,
    /// Where a citizen of those being read stands in the part.
    places: HashMap<Uuid, usize>,
    /// The person and the plan of theirs, of those being read.
    plans: HashMap<Uuid, (usize, usize)>,
    /// The unit of each employee today.
    units_of: HashMap<Uuid, Code>,
    companies: HashMap<Uuid, u32>,
    /// ` WHERE …` on a table that has the citizen as `c`: those being read.
    only: &'static str,
    args: Vec<Value>,
    unit: Option<UnitId>,
}

impl<'a> People<'a> {
    /// Before the first part; `unit` only the people this unit is responsible for.
    ///
    /// # Errors
    /// As [`Conn::rows`].
    pub async fn start(
        conn: &mut Conn,
        town: &Town,
        unit: Option<UnitId>,
        meaning: Meaning<'a>,
    ) -> Result<People<'a>, Error> {
        let code = |place: usize| Code::try_from(place + 1).unwrap_or(0);
        let codes: HashMap<Uuid, Code> = town
            .units
            .iter()
            .enumerate()
            .map(|(n, unit)| (unit.0, code(n)))
            .collect();
        let mut units_of = HashMap::new();
        for row in conn.rows("SELECT id, unit_id FROM employee", args![]).await? {
            units_of.insert(row.get(0)?, codes.get(&row.get::<Uuid>(1)?).copied().unwrap_or(0));
        }
        Ok(People {
            meaning,
            part: Part::default(),
            last: Uuid::nil(),
            codes,
            places: HashMap::new(),
            plans: HashMap::new(),
            units_of,
            companies: HashMap::new(),
            only: "",
            args: vec![],
            unit,
        })
    }

    /// The next part; none when there are no more.
    ///
    /// # Errors
    /// As [`Conn::rows`].
    pub async fn next(&mut self, conn: &mut Conn) -> Result<Option<Part>, Error> {
        if !self.people(conn).await? {
            return Ok(None);
        }
        self.benefits(conn).await?;
        self.plans(conn).await?;
        self.coordinators(conn).await?;
        self.participants(conn).await?;
        self.efforts(conn).await?;
        self.earnings(conn).await?;
        self.weeks(conn).await?;
        Ok(Some(std::mem::take(&mut self.part)))
    }

    /// Goes on to the next people; false when there are no more.
    async fn people(&mut self, conn: &mut Conn) -> Result<bool, Error> {
        let after: Value = self.last.into();
        let sql = match self.unit {
            Some(_) => "SELECT c.id, c.unit_id, c.birth_date FROM citizen c WHERE c.id > $1 AND c.unit_id = $2",
            None => "SELECT c.id, c.unit_id, c.birth_date FROM citizen c WHERE c.id > $1",
        };
        let mut args = vec![after.clone()];
        args.extend(self.unit.map(Value::from));
        let sql = AssertSqlSafe(format!("{sql} ORDER BY c.id LIMIT {AT_A_TIME}"));
        let rows = conn.rows(sql, &args).await?;
        self.places.clear();
        self.plans.clear();
        for row in &rows {
            self.last = row.get(0)?;
            self.places.insert(self.last, self.part.people.len());
            self.part.people.push(Someone {
                id: self.last,
                unit: self.codes.get(&row.get::<Uuid>(1)?).copied().unwrap_or(0),
                born: Day::from_iso(row.get::<String>(2)?.as_bytes()),
                ..Someone::default()
            });
        }
        self.only = match self.unit {
            Some(_) => " WHERE c.id > $1 AND c.id <= $2 AND c.unit_id = $3",
            None => " WHERE c.id > $1 AND c.id <= $2",
        };
        self.args = vec![after, self.last.into()];
        self.args.extend(self.unit.map(Value::from));
        Ok(!rows.is_empty())
    }

    async fn rows(&self, conn: &mut Conn, sql: &str) -> Result<Vec<Row>, Error> {
        conn.rows(AssertSqlSafe(format!("{sql}{}", self.only)), &self.args)
            .await
    }

    async fn benefits(&mut self, conn: &mut Conn) -> Result<(), Error> {
        let sql = "SELECT s.citizen_id, s.benefit, s.starts, s.ends FROM spell s JOIN citizen c ON c.id = s.citizen_id";
        for row in self.rows(conn, sql).await? {
            let (Some(&place), Some(days)) = (self.places.get(&row.get(0)?), days(&row, 2)?) else {
                continue;
            };
            let code = (self.meaning.benefit)(&row.get::<String>(1)?);
            self.part.people[place].benefits.push((code, days));
        }
        Ok(())
    }

    async fn plans(&mut self, conn: &mut Conn) -> Result<(), Error> {
        let sql = "SELECT p.id, p.citizen_id, p.opened, p.closed FROM plan p JOIN citizen c ON c.id = p.citizen_id";
        for row in self.rows(conn, sql).await? {
            let (Some(&place), Some(days)) = (self.places.get(&row.get(1)?), days(&row, 2)?) else {
                continue;
            };
            let plans = &mut self.part.people[place].plans;
            self.plans.insert(row.get(0)?, (place, plans.len()));
            plans.push(Open { days, units: vec![] });
        }
        Ok(())
    }

    /// The unit an employee works in, taking part in a plan.
    fn takes_part(&mut self, plan: Uuid, employee: Uuid, days: Interval) -> Option<usize> {
        let (place, plan) = *self.plans.get(&plan)?;
        let unit = self.units_of.get(&employee).copied().unwrap_or(0);
        let person = &mut self.part.people[place];
        if unit > 0 {
            person.plans[plan].units.push((unit, days));
        }
        Some(place)
    }

    async fn coordinators(&mut self, conn: &mut Conn) -> Result<(), Error> {
        let sql = "SELECT k.plan_id, k.employee_id, k.starts, k.ends FROM coordination k JOIN plan p ON p.id = k.plan_id \
                   JOIN citizen c ON c.id = p.citizen_id";
        let mut numbers: HashMap<Uuid, u32> = HashMap::new();
        let mut number = |employee: Uuid| {
            let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            *numbers.entry(employee).or_insert(next)
        };
        for row in self.rows(conn, sql).await? {
            let employee: Uuid = row.get(1)?;
            let Some(days) = days(&row, 2)? else { continue };
            let Some(place) = self.takes_part(row.get(0)?, employee, days) else {
                continue;
            };
            let employee = number(employee);
            self.part.people[place].coordinators.push(Assignment { employee, days });
        }
        let sql = "SELECT a.citizen_id, a.employee_id, a.starts, a.ends FROM assignment a JOIN citizen c ON c.id = a.citizen_id";
        let mut before: HashMap<usize, Vec<Assignment>> = HashMap::new();
        for row in self.rows(conn, sql).await? {
            let (Some(&place), Some(days)) = (self.places.get(&row.get(0)?), days(&row, 2)?) else {
                continue;
            };
            let employee = number(row.get(1)?);
            before.entry(place).or_default().push(Assignment { employee, days });
        }
        for (place, before) in before {
            let own = &mut self.part.people[place].coordinators;
            let pieces = outside(&before, own);
            own.extend(pieces);
        }
        Ok(())
    }

    async fn participants(&mut self, conn: &mut Conn) -> Result<(), Error> {
        let sql = "SELECT k.plan_id, k.employee_id, k.starts, k.ends FROM participation k JOIN plan p ON p.id = k.plan_id \
                   JOIN citizen c ON c.id = p.citizen_id";
        for row in self.rows(conn, sql).await? {
            if row.get::<Option<Uuid>>(1)?.is_none() {
                // A relative or a volunteer.
                continue;
            }
            if let Some(days) = days(&row, 2)? {
                self.takes_part(row.get(0)?, row.get(1)?, days);
            }
        }
        Ok(())
    }

    async fn efforts(&mut self, conn: &mut Conn) -> Result<(), Error> {
        let sql = "SELECT e.plan_id, e.kind, e.starts, e.ends, e.hours, e.company_id, e.withdrawn FROM effort e \
                   JOIN plan p ON p.id = e.plan_id JOIN citizen c ON c.id = p.citizen_id";
        for row in self.rows(conn, sql).await? {
            let withdrawn: bool = row.get(6)?;
            let (Some(&(place, _)), Some(days), Some(company_directed)) = (
                self.plans.get(&row.get(0)?),
                days(&row, 2)?,
                (self.meaning.effort)(&row.get::<String>(1)?),
            ) else {
                continue;
            };
            if withdrawn {
                continue;
            }
            if let Some(company) = row.get::<Option<Uuid>>(5)? {
                let next = u32::try_from(self.companies.len()).unwrap_or(u32::MAX);
                let company = *self.companies.entry(company).or_insert(next);
                self.part.companies.push((company, days));
            }
            // A series of hours that cannot be read counts as no hours given.
            let hours: Vec<Hours> = serde_json::from_str(&row.get::<String>(4)?).unwrap_or_default();
            split(days, &hours, company_directed, &mut self.part.people[place].efforts);
        }
        Ok(())
    }

    /// Weeks on any support, as the national register has them.
    async fn weeks(&mut self, conn: &mut Conn) -> Result<(), Error> {
        let sql = "SELECT s.citizen_id, s.first_week, s.last_week, s.runs FROM support_history s JOIN citizen c ON c.id = s.citizen_id";
        for row in self.rows(conn, sql).await? {
            let texts: (String, String, String) = (row.get(1)?, row.get(2)?, row.get(3)?);
            let (Some(&place), Some(history)) = (
                self.places.get(&row.get(0)?),
                History::read(&texts.0, &texts.1, &texts.2),
            ) else {
                continue;
            };
            let Some(known) = whole_weeks(history.first, history.last) else {
                continue;
            };
            let runs = history.runs.iter().filter_map(|run| whole_weeks(run.first, run.last));
            self.part.people[place].weeks = Some(Weeks {
                known,
                supported: runs.collect(),
            });
        }
        Ok(())
    }

    async fn earnings(&mut self, conn: &mut Conn) -> Result<(), Error> {
        let sql = "SELECT e.citizen_id, e.month, e.hours FROM earning e JOIN citizen c ON c.id = e.citizen_id";
        for row in self.rows(conn, sql).await? {
            let Ok(month) = row.get::<String>(1)?.parse::<Month>() else {
                continue;
            };
            if let Some(&place) = self.places.get(&row.get(0)?) {
                self.part.people[place].earned.push((month, row.get(2)?));
            }
        }
        Ok(())
    }
}

/// What the system before says of the days on which no plan of ours names anybody. One that was still running there ended when the first
/// plan here named somebody.
fn outside(before: &[Assignment], plans: &[Assignment]) -> Vec<Assignment> {
    let mut named: Vec<Interval> = plans.iter().map(|a| a.days).collect();
    interval::union(&mut named);
    let mut pieces = Vec::new();
    for &Assignment { employee, mut days } in before {
        if days.to == FOREVER
            && let Some(first) = named.iter().find(|named| named.to > days.from)
        {
            days.to = first.from;
        }
        if days.from < days.to {
            let free = interval::without(&[days], &named);
            pieces.extend(free.into_iter().map(|days| Assignment { employee, days }));
        }
    }
    pieces
}

/// The days from the column and the next; none where they are no days.
fn days(row: &Row, from: usize) -> Result<Option<Interval>, Error> {
    let Some(first) = Day::from_iso(row.get::<String>(from)?.as_bytes()) else {
        return Ok(None);
    };
    let last: Option<String> = row.get(from + 1)?;
    let to = match last {
        None => FOREVER,
        Some(last) => Day::from_iso(last.as_bytes()).map_or(FOREVER, |day| day + 1),
    };
    Ok(Interval::new(first, to))
}

/// An effort as a piece for each number of hours. The first number holds from the beginning.
fn split(days: Interval, hours: &[Hours], company_directed: bool, into: &mut Vec<Effort>) {
    if hours.is_empty() {
        into.push(Effort {
            days,
            company_directed,
            share: FULL,
            paid: false,
        });
    }
    for (at, piece) in hours.iter().enumerate() {
        let begin = |hours: &Hours| Day::from_iso(hours.from.to_string().as_bytes()).unwrap_or(days.from);
        let from = if at == 0 {
            days.from
        } else {
            begin(piece).max(days.from)
        };
        let to = hours.get(at + 1).map_or(days.to, |next| begin(next).min(days.to));
        if let Some(days) = Interval::new(from, to) {
            into.push(Effort {
                days,
                company_directed,
                share: (piece.hours / FULL_WEEK * f64::from(FULL)).clamp(0.0, f64::from(FULL)) as u32,
                paid: piece.paid > 0.0,
            });
        }
    }
}

/// What a leader aims at in a month.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// Its id.
    pub id: Uuid,
    /// The measure's code.
    pub measure: String,
    /// The group's code; empty for all the measure is about.
    pub group: String,
    /// The unit; none for the whole municipality.
    pub unit: Option<UnitId>,
    /// The month.
    pub month: Month,
    /// The target, as the figure is computed; none takes an earlier one away.
    pub value: Option<f64>,
    /// Who set it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// Every target there has been, the newest first; `measure` only of this one.
///
/// # Errors
/// As [`Conn::rows`].
pub async fn targets(conn: &mut Conn, measure: Option<&str>) -> Result<Vec<Target>, Error> {
    let columns = "SELECT id, measure, benefit_group, unit_id, month, value, set_by_name, at FROM target";
    let order = "ORDER BY at DESC, id DESC";
    let rows = match measure {
        None => conn.rows(AssertSqlSafe(format!("{columns} {order}")), args![]).await?,
        Some(code) => {
            let sql = AssertSqlSafe(format!("{columns} WHERE measure = $1 {order}"));
            conn.rows(sql, args![code.to_owned()]).await?
        }
    };
    let mut all = Vec::with_capacity(rows.len());
    for row in &rows {
        let Ok(month) = row.get::<String>(4)?.parse() else {
            continue;
        };
        all.push(Target {
            id: row.get(0)?,
            measure: row.get(1)?,
            group: row.get(2)?,
            unit: row.get(3)?,
            month,
            value: row.get(5)?,
            by: row.get(6)?,
            at: row.get(7)?,
        });
    }
    Ok(all)
}

/// A target to set in a month.
#[derive(Clone, Debug, PartialEq)]
pub struct NewTarget {
    /// The measure's code.
    pub measure: String,
    /// The group's code; empty for all the measure is about.
    pub group: String,
    /// The unit; none for the whole municipality.
    pub unit: Option<UnitId>,
    /// The month.
    pub month: Month,
    /// The target, as the figure is computed; none takes an earlier one away.
    pub value: Option<f64>,
}

/// Sets targets. Answers where the form went when it was carried out before.
///
/// # Errors
/// As [`Conn::execute`].
pub async fn set_targets(db: &Db, targets: &[NewTarget], sender: &Sender) -> Result<Option<String>, Error> {
    let mut tx = db.begin_for(sender.actor.id).await?;
    if let Some(location) = first_time(&mut tx, sender).await? {
        return Ok(Some(location));
    }
    let rows: Vec<_> = targets
        .iter()
        .map(|target| {
            args![
                Uuid::now_v7(),
                target.measure.clone(),
                target.group.clone(),
                target.unit,
                target.month.to_string(),
                target.value,
                sender.actor.id,
                sender.actor.name.clone(),
                sender.at
            ]
            .to_vec()
        })
        .collect();
    tx.insert_many(
        "INSERT INTO target (id, measure, benefit_group, unit_id, month, value, set_by, set_by_name, at)",
        &rows,
    )
    .await?;
    tx.commit().await?;
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::Tx;
    use crate::testing::{both, sender};

    async fn put(tx: &mut Tx, sql: &'static str) {
        tx.execute(sql, args![]).await.expect(sql);
    }

    fn id(n: u128) -> Uuid {
        Uuid::from_u128(n)
    }

    async fn town(db: &Db) {
        let mut tx = db.begin().await.expect("begins");
        for (unit, name) in [(1u128, "Jobcentret"), (2, "Ungeenheden")] {
            tx.execute(
                "INSERT INTO unit (id, name, kind) VALUES ($1, $2, 'x')",
                args![id(unit), name],
            )
            .await
            .expect("unit");
            tx.execute(
                "INSERT INTO employee (id, unit_id, name, role) VALUES ($1, $2, 'Karen', 'team_leader')",
                args![id(unit + 10), id(unit)],
            )
            .await
            .expect("employee");
            tx.execute(
                "INSERT INTO citizen (id, unit_id, name, birth_date) VALUES ($1, $2, 'Anna', '1990-05-01')",
                args![id(unit + 20), id(unit)],
            )
            .await
            .expect("citizen");
        }
        tx.execute(
            "INSERT INTO spell (id, citizen_id, benefit, starts, ends) VALUES ($1, $2, 'dagpenge', '2026-01-01', '2026-01-31'), ($3, $2, 'kontanthjaelp', '2026-02-01', NULL)",
            args![id(30), id(21), id(31)],
        )
        .await
        .expect("spells");
        tx.execute(
            "INSERT INTO plan (id, citizen_id, core_task, opened, rev) VALUES ($1, $2, 'work', '2026-01-05', 1)",
            args![id(40), id(21)],
        )
        .await
        .expect("plan");
        tx.execute(
            "INSERT INTO coordination (id, plan_id, employee_id, name, starts, note, rev) VALUES ($1, $2, $3, 'Karen', '2026-01-05', '', 1)",
            args![id(41), id(40), id(11)],
        )
        .await
        .expect("coordination");
        tx.execute(
            "INSERT INTO participation (id, plan_id, kind, employee_id, name, role, organisation, phone, starts, ends, rev) \
             VALUES ($1, $2, 'employee', $3, 'Mette', 'x', '', '', '2026-02-01', '2026-02-10', 1)",
            args![id(42), id(40), id(12)],
        )
        .await
        .expect("participation");
        tx.execute("INSERT INTO company (id, name) VALUES ($1, 'Solhøj')", args![id(50)])
            .await
            .expect("company");
        for (n, kind, hours) in [
            (
                51u128,
                "company_placement",
                r#"[{"from":"2026-02-01","hours":18.5,"paid":0.0},{"from":"2026-03-01","hours":40.0,"paid":4.0}]"#,
            ),
            (52, "company_visit", "[]"),
            (53, "mentor", "[]"),
        ] {
            tx.execute(
                "INSERT INTO effort (id, plan_id, kind, title, company_id, provider, starts, ends, hours, withdrawn, rev) \
                 VALUES ($1, $2, $3, 'x', $4, '', '2026-01-20', NULL, $5, FALSE, 1)",
                args![id(n), id(40), kind, if n == 53 { None } else { Some(id(50)) }, hours],
            )
            .await
            .expect("effort");
        }
        tx.execute(
            "INSERT INTO earning (id, citizen_id, month, hours) VALUES ($2, $1, '2026-02', 37.5)",
            args![id(21), id(60)],
        )
        .await
        .expect("earning");
        set_inhabitants(&mut tx, 10_000).await.expect("set");
        tx.commit().await.expect("commits");
    }

    /// The town, and all its people put together.
    async fn register(conn: &mut Conn, unit: Option<UnitId>, meaning: Meaning<'_>) -> Result<(Town, Part), Error> {
        let town = super::town(conn, &meaning).await?;
        let mut people = People::start(conn, &town, unit, meaning).await?;
        let mut all = Part::default();
        while let Some(part) = people.next(conn).await? {
            assert_eq!(part.people.len(), 1, "as many as are read at a time");
            all.people.extend(part.people);
            all.companies.extend(part.companies);
        }
        Ok((town, all))
    }

    fn meaning() -> Meaning<'static> {
        Meaning {
            benefit: Box::new(|code| if code == "dagpenge" { 1 } else { 2 }),
            effort: Box::new(|kind| match kind {
                "company_visit" => None,
                kind => Some(kind == "company_placement"),
            }),
        }
    }

    #[test]
    fn the_register_is_read_whole_and_by_unit() {
        both(async |db| {
            town(&db).await;
            let mut conn = db.read().await.expect("reads");
            let all = register(&mut conn, None, meaning()).await.expect("reads");
            assert_eq!((all.1.people.len(), all.0.inhabitants), (2, Some(10_000)));
            assert_eq!(all.0.earned_to, "2026-02".parse().ok());
            let day = |text: &str| text.parse::<Day>().expect("a day");
            let anna = all.1.people.iter().find(|p| p.id == id(21)).expect("Anna");
            assert_eq!((anna.unit, anna.born), (1, Some(day("1990-05-01"))));
            assert_eq!(
                anna.benefits
                    .iter()
                    .map(|(code, days)| (*code, days.from, days.to))
                    .collect::<Vec<_>>(),
                [
                    (1, day("2026-01-01"), day("2026-02-01")),
                    (2, day("2026-02-01"), FOREVER)
                ]
            );
            // Two pieces of the placement, one of the mentor; the visit is no effort.
            let mut efforts = anna.efforts.clone();
            efforts.sort_by_key(|e| (!e.company_directed, e.days.from));
            assert_eq!(efforts.len(), 3);
            assert_eq!(
                (efforts[0].days.from, efforts[0].days.to),
                (day("2026-01-20"), day("2026-03-01"))
            );
            assert_eq!((efforts[0].share, efforts[0].paid), (FULL / 2, false));
            assert_eq!((efforts[1].share, efforts[1].paid), (FULL, true));
            assert!(!efforts[2].company_directed && efforts[2].share == FULL);
            assert_eq!(all.1.companies.len(), 1);
            assert_eq!(anna.coordinators.len(), 1);
            assert_eq!(
                anna.plans[0]
                    .units
                    .iter()
                    .map(|(unit, days)| (*unit, days.from))
                    .collect::<Vec<_>>(),
                [(1, day("2026-01-05")), (2, day("2026-02-01"))]
            );
            let own = register(&mut conn, Some(UnitId(id(2))), meaning())
                .await
                .expect("reads");
            assert_eq!(own.1.people.iter().map(|p| p.id).collect::<Vec<_>>(), [id(22)]);
            assert_eq!(own.0.units.len(), 2);
        });
    }

    /// Anna's coordinator is Karen from 5 January. Before that somebody in the other unit, and from New Year on a third, as the old system
    /// still believes.
    #[test]
    fn who_was_responsible_before_the_plan_is_known_and_the_plan_wins() {
        both(async |db| {
            town(&db).await;
            let mut tx = db.begin().await.expect("begins");
            for (n, employee, starts, ends) in [
                (70u128, 12u128, "2024-06-01", Some("2025-12-31")),
                (71, 11, "2026-01-01", None),
            ] {
                tx.execute(
                    "INSERT INTO assignment (id, citizen_id, employee_id, starts, ends) VALUES ($1, $2, $3, $4, $5)",
                    args![id(n), id(21), id(employee), starts, ends],
                )
                .await
                .expect("assignment");
            }
            tx.commit().await.expect("commits");
            let all = register(&mut db.read().await.expect("reads"), None, meaning())
                .await
                .expect("reads");
            let anna = all.1.people.iter().find(|p| p.id == id(21)).expect("Anna");
            let mut found: Vec<(String, String, u32)> = anna
                .coordinators
                .iter()
                .map(|a| (a.days.from.to_string(), (a.days.to - 1).to_string(), a.employee))
                .collect();
            found.sort();
            let days: Vec<(&str, &str)> = found.iter().map(|(from, to, _)| (from.as_str(), to.as_str())).collect();
            assert_eq!(days[..2], [("2024-06-01", "2025-12-31"), ("2026-01-01", "2026-01-04")]);
            assert_eq!(days[2].0, "2026-01-05");
            assert_eq!(found[1].2, found[2].2, "Karen is the same in both");
            assert_ne!(found[0].2, found[1].2);
            assert_eq!(tovholder_spells::person::changes(&anna.coordinators).len(), 1);
        });
    }

    #[test]
    fn weeks_on_support_are_read_and_the_newest_file_says_how_far() {
        both(async |db| {
            town(&db).await;
            let mut tx = db.begin().await.expect("begins");
            for (n, citizen, last, runs) in [
                (80u128, 21u128, "2026W06", "2026W02 2026W03 111;2026W05 2026W05 651"),
                (81, 22, "2026W04", ""),
            ] {
                tx.execute(
                    "INSERT INTO support_history (id, citizen_id, first_week, last_week, runs) VALUES ($1, $2, '2026W01', $3, $4)",
                    args![id(n), id(citizen), last, runs],
                )
                .await
                .expect("weeks");
            }
            tx.commit().await.expect("commits");
            let all = register(&mut db.read().await.expect("reads"), None, meaning())
                .await
                .expect("reads");
            let shown = |days: &Interval| (days.from.to_string(), (days.to - 1).to_string());
            let days = |from: &str, to: &str| (from.to_owned(), to.to_owned());
            assert_eq!(all.0.weeks.as_ref().map(shown), Some(days("2025-12-29", "2026-02-08")));
            let anna = all
                .1
                .people
                .iter()
                .find(|p| p.id == id(21))
                .and_then(|p| p.weeks.as_ref())
                .expect("Anna");
            let found: Vec<_> = anna.supported.iter().map(shown).collect();
            assert_eq!(
                found,
                [days("2026-01-05", "2026-01-18"), days("2026-01-26", "2026-02-01")]
            );
        });
    }

    #[test]
    fn a_period_of_before_is_cut_where_a_plan_names_somebody() {
        let who = |employee, from, to| Assignment {
            employee,
            days: Interval::new(Day(from), Day(to)).expect("days"),
        };
        let plans = [who(1, 100, 200), who(2, 200, 250), who(1, 400, FOREVER.0)];
        // Inside, over the edge, around the pause, and one that never ended.
        assert_eq!(outside(&[who(9, 120, 180)], &plans), []);
        assert_eq!(outside(&[who(9, 50, 120)], &plans), [who(9, 50, 100)]);
        assert_eq!(outside(&[who(9, 50, 300)], &plans), [who(9, 50, 100), who(9, 250, 300)]);
        assert_eq!(outside(&[who(9, 50, FOREVER.0)], &plans), [who(9, 50, 100)]);
        assert_eq!(outside(&[who(9, 150, FOREVER.0)], &plans), []);
        assert_eq!(outside(&[who(9, 50, FOREVER.0)], &[]), [who(9, 50, FOREVER.0)]);
    }

    #[test]
    fn the_stamp_follows_every_change() {
        both(async |db| {
            town(&db).await;
            let before = stamp(&mut db.read().await.expect("reads")).await.expect("reads");
            assert_eq!(
                before,
                stamp(&mut db.read().await.expect("reads")).await.expect("reads")
            );
            for sql in [
                "UPDATE effort SET rev = rev + 1 WHERE kind = 'mentor'",
                "UPDATE spell SET ends = '2026-03-01' WHERE ends IS NULL",
                "UPDATE plan SET rev = rev + 1",
                "UPDATE setting SET value = '10001'",
                "DELETE FROM earning",
            ] {
                let before = stamp(&mut db.read().await.expect("reads")).await.expect("reads");
                let mut tx = db.begin().await.expect("begins");
                put(&mut tx, sql).await;
                tx.commit().await.expect("commits");
                assert_ne!(
                    before,
                    stamp(&mut db.read().await.expect("reads")).await.expect("reads"),
                    "{sql}"
                );
            }
        });
    }

    #[test]
    fn targets_keep_their_history_and_are_set_once() {
        both(async |db| {
            town(&db).await;
            let month: Month = "2026-04".parse().expect("a month");
            let one = |value| {
                [NewTarget {
                    measure: "passive".to_owned(),
                    group: String::new(),
                    unit: None,
                    month,
                    value,
                }]
            };
            let sender = |form, seconds| sender((EmployeeId(id(11)), "Karen"), form, seconds);
            for again in [None, Some("/there".to_owned())] {
                let done = set_targets(&db, &one(Some(0.2)), &sender(77, 1_773_651_600)).await;
                assert_eq!(done.expect("sets"), again);
            }
            set_targets(&db, &one(None), &sender(78, 1_773_651_700))
                .await
                .expect("sets");
            let mut conn = db.read().await.expect("reads");
            let found = targets(&mut conn, Some("passive")).await.expect("reads");
            assert_eq!(found.iter().map(|t| t.value).collect::<Vec<_>>(), [None, Some(0.2)]);
            assert_eq!((found[1].by.as_str(), found[1].month), ("Karen", month));
            assert_eq!(targets(&mut conn, Some("support")).await.expect("reads"), []);
            drop(conn);
            let mut tx = db.begin().await.expect("begins");
            assert!(tx.execute("UPDATE target SET value = 1", args![]).await.is_err());
        });
    }
}
