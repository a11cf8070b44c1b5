//! The parts of a plan, from thirteen tables in one answer.
//!
//! A plan is a handful of rows in each of many tables, and on PostgreSQL the way to the database and back costs more than the rows. So one
//! statement asks for all of them: a `UNION ALL` whose rows are as wide as it takes to hold a row of any table. A field lies in the
//! first free place of its kind, and the other places are NULL. They come unordered and are put in order here: sorting so few is cheapest
//! where they are read.

use crate::args;
use crate::db::{AssertSqlSafe, Conn, Error, Fields, Kind};
use crate::records::Table;
use std::sync::LazyLock;
use tovholder_casework::consent::Consent;
use tovholder_casework::plan::*;

/// One of the tables.
struct Part {
    name: &'static str,
    columns: &'static [&'static str],
    kinds: Vec<Kind>,
    /// Reads a row into the plan.
    read: fn(&mut Plan, &mut Fields<'_>) -> Result<(), Error>,
    /// Puts what was read in order.
    sort: fn(&mut Plan),
}

/// The plan's lists, what each holds, and what it is ordered by. Two of the same day stand in the order they were written: their ids grow.
macro_rules! parts {
    ($($list:ident: $record:ident by $first:ident),+ $(,)?) => {
        [$(Part {
            name: $record::NAME,
            columns: $record::COLUMNS,
            kinds: $record::kinds(),
            read: |plan, fields| {
                plan.$list.push($record::read(fields)?);
                Ok(())
            },
            sort: |plan| plan.$list.sort_unstable_by_key(|record| (record.$first, record.id)),
        }),+]
    };
}

/// The statement, and the tables with the place of each of their columns in its rows.
struct Union {
    sql: String,
    parts: Vec<(Part, Vec<usize>)>,
}

static UNION: LazyLock<Union> = LazyLock::new(|| {
    Union::new(Vec::from(parts! {
        goals: Goal by since,
        steps: Step by since,
        comments: Comment by on,
        participations: Participation by from,
        coordinations: Coordination by from,
        handovers: Handover by id,
        conversations: Conversation by starts,
        questions: Question by asked,
        efforts: Effort by from,
        strengths: Strength by since,
        ratings: Rating by on,
        messages: Message by on,
        consents: Consent by asked,
    }))
});

impl Union {
    fn new(parts: Vec<Part>) -> Self {
        let mut wide: Vec<Kind> = Vec::new();
        let places = |part: &Part| {
            let mut free: Vec<usize> = (0..wide.len()).collect();
            let mut place = |kind: &Kind| match free.iter().position(|&place| wide[place] == *kind) {
                Some(found) => free.remove(found),
                None => {
                    wide.push(*kind);
                    wide.len() - 1
                }
            };
            part.kinds.iter().map(&mut place).collect::<Vec<_>>()
        };
        let places: Vec<Vec<usize>> = parts.iter().map(places).collect();
        let select = |(number, (part, places)): (usize, (&Part, &Vec<usize>))| {
            // The first SELECT gives every place its type.
            let empty = |kind: &Kind| match number {
                0 => format!("CAST(NULL AS {})", kind.sql()),
                _ => "NULL".to_owned(),
            };
            let mut fields: Vec<String> = wide.iter().map(empty).collect();
            for (column, place) in part.columns.iter().zip(places) {
                fields[*place] = (*column).to_owned();
            }
            let (fields, table) = (fields.join(", "), part.name);
            format!("SELECT {number}, {fields} FROM {table} WHERE plan_id = $1")
        };
        let selects: Vec<String> = parts.iter().zip(&places).enumerate().map(select).collect();
        // The number of the table lies before the others.
        let after_number = |places: Vec<usize>| places.into_iter().map(|place| place + 1).collect();
        Self {
            sql: selects.join(" UNION ALL "),
            parts: parts.into_iter().zip(places.into_iter().map(after_number)).collect(),
        }
    }
}

/// Reads everything in a plan of which only the head was read.
///
/// # Errors
/// As [`Conn::rows`].
pub(crate) async fn read(conn: &mut Conn, plan: &mut Plan) -> Result<(), Error> {
    let union = &*UNION;
    for row in conn
        .rows(AssertSqlSafe(union.sql.as_str()), args![plan.head.id])
        .await?
    {
        let (part, places) = &union.parts[usize::from(row.get::<u16>(0)?)];
        (part.read)(plan, &mut row.fields_at(places))?;
    }
    for (part, _) in &union.parts {
        (part.sort)(plan);
    }
    Ok(())
}
