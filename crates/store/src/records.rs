//! How each part of a plan lies in its table.
//!
//! A [`Table`] gives one statement that writes a new record or the next revision of an old one: written by anybody else in
//! between, it touches no row and the caller is told of the conflict.

use crate::db::{AssertSqlSafe, Error, Fields, Kind, Stored, Tx, Value, placeholders};
use std::sync::LazyLock;
use tovholder_casework::access::Emergency;
use tovholder_casework::act::Record;
use tovholder_casework::caseload::Summary;
use tovholder_casework::consent::{Consent, Reply, Terms};
use tovholder_casework::correction::Correction;
use tovholder_casework::person::Citizen;
use tovholder_casework::plan::*;
use tovholder_casework::retention::Hold;

/// A record that lies in a table of its own.
pub trait Table: Sized {
    /// The table.
    const NAME: &'static str;
    /// The columns; the first is the primary key.
    const COLUMNS: &'static [&'static str];
    /// The kind of each column, in order.
    fn kinds() -> Vec<Kind>;
    /// Whether the table keeps a revision to guard against lost updates.
    const REVISED: bool = true;
    /// The column values, in order.
    fn values(&self) -> Vec<Value>;
    /// Reads the columns, in order.
    ///
    /// # Errors
    /// [`Error::Value`] when the table holds something else.
    fn read(f: &mut Fields<'_>) -> Result<Self, Error>;
    /// The statement that writes it.
    fn upsert() -> &'static str;
    /// The statement for many new records at once, see [`crate::db::Conn::insert_many`].
    fn insert() -> &'static str;
}

fn upsert_sql<T: Table>() -> String {
    let sets: Vec<_> = T::COLUMNS[1..].iter().map(|c| format!("{c} = excluded.{c}")).collect();
    let guard = if T::REVISED {
        format!(" WHERE {}.rev = excluded.rev - 1", T::NAME)
    } else {
        String::new()
    };
    format!(
        "INSERT INTO {} ({}) VALUES ({}) ON CONFLICT ({}) DO UPDATE SET {}{guard}",
        T::NAME,
        T::COLUMNS.join(", "),
        placeholders(1, T::COLUMNS.len()),
        T::COLUMNS[0],
        sets.join(", "),
    )
}

fn insert_sql<T: Table>() -> String {
    format!("INSERT INTO {} ({})", T::NAME, T::COLUMNS.join(", "))
}

macro_rules! statement {
    () => {
        fn upsert() -> &'static str {
            static SQL: LazyLock<String> = LazyLock::new(upsert_sql::<This>);
            SQL.as_str()
        }
        fn insert() -> &'static str {
            static SQL: LazyLock<String> = LazyLock::new(insert_sql::<This>);
            SQL.as_str()
        }
    };
}

/// The kind a field is stored as.
fn kind<R, T: Stored>(_: fn(&R) -> &T) -> Kind {
    T::KIND
}

/// Declares a table whose columns are the record's fields one by one.
macro_rules! table {
    ($record:ident in $name:literal $(, revised = $revised:literal)? { $($field:ident: $column:literal),+ $(,)? }) => {
        const _: () = {
            type This = $record;
            impl Table for $record {
                const NAME: &'static str = $name;
                const COLUMNS: &'static [&'static str] = &[$($column),+];
                fn kinds() -> Vec<Kind> {
                    vec![$(kind(|record: &This| &record.$field)),+]
                }
                $(const REVISED: bool = $revised;)?
                fn values(&self) -> Vec<Value> {
                    vec![$(Value::from(self.$field.clone())),+]
                }
                fn read(f: &mut Fields<'_>) -> Result<Self, Error> {
                    Ok($record { $($field: f.next()?),+ })
                }
                statement!();
            }
        };
    };
}

table!(Citizen in "citizen" {
    id: "id", unit: "unit_id", name: "name", birth_date: "birth_date", phone: "phone", email: "email", address: "address",
    postcode: "postcode", protected: "protected", wishes: "wishes", occupation: "occupation", rev: "rev",
});
table!(Emergency in "emergency" {
    id: "id", citizen: "citizen_id", employee: "employee_id", name: "name", unit: "unit", reason: "reason", from: "starts", until: "ends",
    seen: "seen", seen_by: "seen_by", remark: "remark", rev: "rev",
});
table!(Correction in "correction" {
    id: "id", citizen: "citizen_id", wish: "wish", about: "about", words: "words", asked: "asked", due: "due", outcome: "outcome",
    answer: "answer", answered_by: "answered_by", answered: "answered", rev: "rev",
});
table!(Hold in "hold" {
    id: "id", citizen: "citizen_id", reason: "reason", placed: "placed", placed_by: "placed_by", until: "until", lifted: "lifted",
    lifted_by: "lifted_by", rev: "rev",
});
table!(Goal in "goal" {
    id: "id", plan: "plan_id", parent: "parent_id", words: "words", professional: "professional", aim: "aim", status: "status",
    since: "since", ended: "ended", rev: "rev",
});
table!(Comment in "comment" {
    id: "id", plan: "plan_id", step: "step_id", goal: "goal_id", author_kind: "author_kind", author: "author", text: "body",
    on: "written", withdrawn: "withdrawn", rev: "rev",
});
table!(Participation in "participation" {
    id: "id", plan: "plan_id", kind: "kind", employee: "employee_id", name: "name", role: "role", organisation: "organisation",
    phone: "phone", from: "starts", until: "ends", rev: "rev",
});
table!(Coordination in "coordination" {
    id: "id", plan: "plan_id", employee: "employee_id", name: "name", from: "starts", until: "ends", reason: "reason",
    note: "note", rev: "rev",
});
table!(Handover in "handover" { id: "id", plan: "plan_id", coordination: "coordination_id", text: "body", rev: "rev" });
table!(Conversation in "conversation" {
    id: "id", plan: "plan_id", employee: "employee_id", name: "name", starts: "starts", minutes: "minutes", channel: "channel",
    place: "place", status: "status", note: "note", written_by: "written_by", booked_by_citizen: "booked_by_citizen", rev: "rev",
});
table!(Question in "question" {
    id: "id", plan: "plan_id", answered_in: "answered_in", text: "body", asked: "asked", withdrawn: "withdrawn", rev: "rev",
});
table!(Strength in "strength" {
    id: "id", plan: "plan_id", kind: "kind", text: "body", since: "since", ended: "ended", rev: "rev",
});
table!(Rating in "rating" {
    id: "id", plan: "plan_id", on: "given", rater: "rater", precondition: "precondition", value: "value", note: "note",
    withdrawn: "withdrawn", rev: "rev",
});
table!(Message in "message" {
    id: "id", plan: "plan_id", author_kind: "author_kind", author: "author", employee: "employee_id", answers: "answers",
    text: "body", on: "sent", read: "seen", withdrawn: "withdrawn", rev: "rev",
});
table!(Summary in "plan_summary", revised = false {
    plan: "plan_id", citizen: "citizen_id", core_task: "core_task", opened: "opened", closed: "closed",
    coordinator: "coordinator_id", coordinator_from: "coordinator_from", previous_coordinator: "previous_coordinator_id",
    has_employment_goal: "has_employment_goal", last_company_contact: "last_company_contact", first_booked: "first_booked",
    last_booked: "last_booked", last_held: "last_held", next_step: "next_step", next_step_due: "next_step_due",
    earliest_due: "earliest_due", waits_citizen: "waits_citizen", waits_employee: "waits_employee",
    open_questions: "open_questions", unread_messages: "unread_messages", first_consent_news: "first_consent_news",
    last_consent_news: "last_consent_news",
});

const _: () = {
    type This = PlanHead;
    impl Table for PlanHead {
        const NAME: &'static str = "plan";
        const COLUMNS: &'static [&'static str] = &[
            "id",
            "citizen_id",
            "core_task",
            "opened",
            "closed",
            "balance_reached",
            "balance_helped",
            "balance_remains",
            "rev",
        ];
        fn kinds() -> Vec<Kind> {
            use Kind::{Int, Text, Uuid};
            vec![Uuid, Uuid, Text, Text, Text, Text, Text, Text, Int]
        }
        fn values(&self) -> Vec<Value> {
            let balance = |part: fn(&Balance) -> &String| Value::from(self.balance.as_ref().map(|b| part(b).clone()));
            vec![
                self.id.into(),
                self.citizen.into(),
                self.core_task.into(),
                self.opened.into(),
                self.closed.into(),
                balance(|b| &b.reached),
                balance(|b| &b.helped),
                balance(|b| &b.remains),
                self.rev.into(),
            ]
        }
        fn read(f: &mut Fields<'_>) -> Result<Self, Error> {
            let (id, citizen, core_task, opened, closed) = (f.next()?, f.next()?, f.next()?, f.next()?, f.next()?);
            let (reached, helped, remains): (Option<String>, Option<String>, Option<String>) =
                (f.next()?, f.next()?, f.next()?);
            let balance = reached.map(|reached| Balance {
                reached,
                helped: helped.unwrap_or_default(),
                remains: remains.unwrap_or_default(),
            });
            Ok(PlanHead {
                id,
                citizen,
                core_task,
                opened,
                closed,
                balance,
                rev: f.next()?,
            })
        }
        statement!();
    }
};

const _: () = {
    type This = Step;
    impl Table for Step {
        const NAME: &'static str = "step";
        const COLUMNS: &'static [&'static str] = &[
            "id",
            "plan_id",
            "goal_id",
            "title",
            "holder_kind",
            "holder_employee",
            "holder_name",
            "due",
            "role",
            "status",
            "since",
            "ended",
            "rev",
        ];
        fn kinds() -> Vec<Kind> {
            use Kind::{Int, Text, Uuid};
            vec![
                Uuid, Uuid, Uuid, Text, Text, Uuid, Text, Text, Text, Text, Text, Text, Int,
            ]
        }
        fn values(&self) -> Vec<Value> {
            vec![
                self.id.into(),
                self.plan.into(),
                self.goal.into(),
                self.title.clone().into(),
                self.holder.kind.into(),
                self.holder.employee.into(),
                self.holder.name.clone().into(),
                self.due.into(),
                self.role.into(),
                self.status.into(),
                self.since.into(),
                self.ended.into(),
                self.rev.into(),
            ]
        }
        fn read(f: &mut Fields<'_>) -> Result<Self, Error> {
            Ok(Step {
                id: f.next()?,
                plan: f.next()?,
                goal: f.next()?,
                title: f.next()?,
                holder: Holder {
                    kind: f.next()?,
                    employee: f.next()?,
                    name: f.next()?,
                },
                due: f.next()?,
                role: f.next()?,
                status: f.next()?,
                since: f.next()?,
                ended: f.next()?,
                rev: f.next()?,
            })
        }
        statement!();
    }
};

const _: () = {
    type This = Effort;
    impl Table for Effort {
        const NAME: &'static str = "effort";
        const COLUMNS: &'static [&'static str] = &[
            "id",
            "plan_id",
            "kind",
            "title",
            "unit_id",
            "company_id",
            "provider",
            "starts",
            "ends",
            "hours",
            "withdrawn",
            "rev",
        ];
        fn kinds() -> Vec<Kind> {
            use Kind::{Bool, Int, Text, Uuid};
            vec![Uuid, Uuid, Text, Text, Uuid, Uuid, Text, Text, Text, Text, Bool, Int]
        }
        fn values(&self) -> Vec<Value> {
            // A list of plain numbers and dates always becomes JSON.
            let hours = serde_json::to_string(&self.hours).unwrap_or_else(|_| "[]".to_owned());
            vec![
                self.id.into(),
                self.plan.into(),
                self.kind.clone().into(),
                self.title.clone().into(),
                self.unit.into(),
                self.company.into(),
                self.provider.clone().into(),
                self.from.into(),
                self.until.into(),
                hours.into(),
                self.withdrawn.into(),
                self.rev.into(),
            ]
        }
        fn read(f: &mut Fields<'_>) -> Result<Self, Error> {
            Ok(Effort {
                id: f.next()?,
                plan: f.next()?,
                kind: f.next()?,
                title: f.next()?,
                unit: f.next()?,
                company: f.next()?,
                provider: f.next()?,
                from: f.next()?,
                until: f.next()?,
                hours: {
                    let text: String = f.next()?;
                    serde_json::from_str(&text).map_err(|_| Error::Value {
                        column: "hours".to_owned(),
                        wanted: "a series of hours as JSON",
                        found: "other text",
                    })?
                },
                withdrawn: f.next()?,
                rev: f.next()?,
            })
        }
        statement!();
    }
};

/// What a consent says and what became of it, as it lies in one column: nothing of it is asked for in SQL.
#[derive(serde::Serialize, serde::Deserialize)]
struct Said {
    terms: Terms,
    answer: Option<Reply>,
    end: Option<Reply>,
}

/// The terms, the answer and the end of a consent, from its column.
fn said(text: &str) -> Result<(Terms, Option<Reply>, Option<Reply>), Error> {
    let said: Said = serde_json::from_str(text).map_err(|_| Error::Value {
        column: "said".to_owned(),
        wanted: "a consent as JSON",
        found: "other text",
    })?;
    Ok((said.terms, said.answer, said.end))
}

const _: () = {
    type This = Consent;
    impl Table for Consent {
        const NAME: &'static str = "consent";
        const COLUMNS: &'static [&'static str] = &[
            "id", "plan_id", "unit_id", "asked_by", "asked", "until", "status", "said", "rev",
        ];
        fn kinds() -> Vec<Kind> {
            use Kind::{Int, Text, Uuid};
            vec![Uuid, Uuid, Uuid, Uuid, Text, Text, Text, Text, Int]
        }
        fn values(&self) -> Vec<Value> {
            let said = Said {
                terms: self.terms.clone(),
                answer: self.answer.clone(),
                end: self.end.clone(),
            };
            // Words, numbers and dates always become JSON.
            let said = serde_json::to_string(&said).unwrap_or_default();
            vec![
                self.id.into(),
                self.plan.into(),
                self.unit.into(),
                self.asked_by.into(),
                self.asked.into(),
                self.until.into(),
                self.status.into(),
                said.into(),
                self.rev.into(),
            ]
        }
        fn read(f: &mut Fields<'_>) -> Result<Self, Error> {
            let (id, plan, unit, asked_by, asked, until, status) = (
                f.next()?,
                f.next()?,
                f.next()?,
                f.next()?,
                f.next()?,
                f.next()?,
                f.next()?,
            );
            let (terms, answer, end) = said(&f.next::<String>()?)?;
            Ok(Consent {
                id,
                plan,
                unit,
                asked_by,
                asked,
                until,
                status,
                terms,
                answer,
                end,
                rev: f.next()?,
            })
        }
        statement!();
    }
};

/// Writes one record: new, or the next revision. Answers `false` when somebody else wrote that revision first.
///
/// # Errors
/// As [`crate::db::Conn::execute`].
pub async fn write<T: Table>(tx: &mut Tx, record: &T) -> Result<bool, Error> {
    Ok(tx.execute(AssertSqlSafe(T::upsert()), &record.values()).await? == 1)
}

/// Writes any record; see [`write`].
///
/// # Errors
/// As [`crate::db::Conn::execute`].
pub async fn write_any(tx: &mut Tx, record: &Record) -> Result<bool, Error> {
    match record {
        Record::Citizen(r) => write(tx, r).await,
        Record::Plan(r) => write(tx, r).await,
        Record::Goal(r) => write(tx, r).await,
        Record::Step(r) => write(tx, r).await,
        Record::Comment(r) => write(tx, r).await,
        Record::Participation(r) => write(tx, r).await,
        Record::Coordination(r) => write(tx, r).await,
        Record::Handover(r) => write(tx, r).await,
        Record::Conversation(r) => write(tx, r).await,
        Record::Question(r) => write(tx, r).await,
        Record::Effort(r) => write(tx, r).await,
        Record::Strength(r) => write(tx, r).await,
        Record::Rating(r) => write(tx, r).await,
        Record::Message(r) => write(tx, r).await,
        Record::Emergency(r) => write(tx, r).await,
        Record::Consent(r) => write(tx, r).await,
        Record::Correction(r) => write(tx, r).await,
        Record::Hold(r) => write(tx, r).await,
        // Its words are not in the record: only `closed` writes it.
        Record::ClosedNote(_) => Ok(false),
    }
}
