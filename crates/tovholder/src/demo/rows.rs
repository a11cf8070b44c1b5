//! What was told, as rows: gathered for many citizens, then written table by table.

use jiff::civil::Date;
use tovholder_casework::caseload::Summary;
use tovholder_casework::consent::Consent;
use tovholder_casework::cpr::Cpr;
use tovholder_casework::id::CitizenId;
use tovholder_casework::person::Citizen;
use tovholder_casework::plan::*;
use tovholder_store::acts::{self, Entry};
use tovholder_store::db::{Error, Tx, Value};
use tovholder_store::names::name_words;
use tovholder_store::numbers;
use tovholder_store::records::Table;

use super::calendar::Calendar;
use super::citizen::Told;
use super::costs::Costs;
use super::spells::Span;

type Rows = Vec<Vec<Value>>;

/// The rows of some citizens.
#[derive(Default)]
pub struct Batch {
    /// How many citizens.
    pub citizens: u32,
    /// What their benefits cost.
    pub costs: Costs,
    person: Rows,
    cpr: Vec<(CitizenId, Cpr)>,
    word: Rows,
    spell: Rows,
    class: Rows,
    earning: Rows,
    plan: Rows,
    goal: Rows,
    step: Rows,
    comment: Rows,
    participation: Rows,
    coordination: Rows,
    handover: Rows,
    conversation: Rows,
    question: Rows,
    effort: Rows,
    strength: Rows,
    rating: Rows,
    message: Rows,
    consent: Rows,
    summary: Rows,
    act: Rows,
    chain: Rows,
}

fn put<T: Table>(rows: &mut Rows, records: &[T]) {
    rows.extend(records.iter().map(Table::values));
}

/// The columns from the first day to the last.
fn days(calendar: &Calendar, span: &Span) -> (Date, Option<Date>) {
    (calendar.date(span.from), span.until.map(|day| calendar.date(day)))
}

impl Batch {
    /// Adds a citizen with everything; the acts are chained here.
    pub fn add(&mut self, calendar: &Calendar, mut told: Told) {
        self.citizens += 1;
        let citizen = told.citizen.id;
        put::<Citizen>(&mut self.person, std::slice::from_ref(&told.citizen));
        self.cpr.push((citizen, told.cpr));
        self.word.extend(words(&told.citizen.name, "citizen", citizen));
        self.costs.add(calendar, told.spells.iter().map(|(_, span)| span));
        for (id, span) in &told.spells {
            let (from, until) = days(calendar, span);
            let code = span.code.as_str();
            self.spell.push(vec![
                (*id).into(),
                citizen.into(),
                code.into(),
                from.into(),
                until.into(),
            ]);
        }
        for (id, dimension, span) in &told.classes {
            let (from, until) = days(calendar, span);
            self.class.push(vec![
                (*id).into(),
                citizen.into(),
                (*dimension).into(),
                span.code.as_str().into(),
                from.into(),
                until.into(),
            ]);
        }
        for (id, month, hours) in &told.earned {
            self.earning.push(vec![
                (*id).into(),
                citizen.into(),
                month.as_str().into(),
                (*hours).into(),
            ]);
        }
        for plan in &told.plans {
            self.add_plan(plan);
        }
        let chain = citizen.0;
        told.acts.sort_by_key(|act| act.at);
        let entries: Vec<Entry> = told.acts.into_iter().map(|act| Entry { chain, act }).collect();
        let (mut seq, mut head) = (0, Vec::new());
        self.act.extend(acts::link(&entries, &mut seq, &mut head));
        self.chain.push(vec![chain.into(), seq.into(), Value::Bytes(head)]);
    }

    fn add_plan(&mut self, plan: &Plan) {
        put(&mut self.plan, std::slice::from_ref(&plan.head));
        // A goal above stands before its sub-goals: it was set first.
        put(&mut self.goal, &plan.goals);
        put(&mut self.step, &plan.steps);
        put(&mut self.comment, &plan.comments);
        put(&mut self.participation, &plan.participations);
        put(&mut self.coordination, &plan.coordinations);
        put(&mut self.handover, &plan.handovers);
        put(&mut self.conversation, &plan.conversations);
        put(&mut self.question, &plan.questions);
        put(&mut self.effort, &plan.efforts);
        put(&mut self.strength, &plan.strengths);
        put(&mut self.rating, &plan.ratings);
        put(&mut self.message, &plan.messages);
        put(&mut self.consent, &plan.consents);
        put(&mut self.summary, &[Summary::of(plan)]);
    }

    /// Writes the rows, those that others point at first.
    ///
    /// # Errors
    /// As [`tovholder_store::db::Conn::insert_many`].
    pub async fn write(&self, tx: &mut Tx) -> Result<u64, Error> {
        let keys = tx.keys().clone();
        let sealed = self
            .cpr
            .iter()
            .map(|(citizen, cpr)| numbers::row(&keys, *citizen, *cpr));
        let sealed: Rows = sealed.map(|row| Ok(row?.to_vec())).collect::<Result<_, Error>>()?;
        let tables: [(&'static str, &Rows); 23] = [
            (Citizen::insert(), &self.person),
            (numbers::INSERT, &sealed),
            (WORDS, &self.word),
            ("INSERT INTO spell (id, citizen_id, benefit, starts, ends)", &self.spell),
            (
                "INSERT INTO classification (id, citizen_id, dimension, code, starts, ends)",
                &self.class,
            ),
            ("INSERT INTO earning (id, citizen_id, month, hours)", &self.earning),
            (PlanHead::insert(), &self.plan),
            (Goal::insert(), &self.goal),
            (Step::insert(), &self.step),
            (Comment::insert(), &self.comment),
            (Participation::insert(), &self.participation),
            (Coordination::insert(), &self.coordination),
            (Handover::insert(), &self.handover),
            (Conversation::insert(), &self.conversation),
            (Question::insert(), &self.question),
            (Effort::insert(), &self.effort),
            (Strength::insert(), &self.strength),
            (Rating::insert(), &self.rating),
            (Message::insert(), &self.message),
            (Consent::insert(), &self.consent),
            (Summary::insert(), &self.summary),
            (acts::INSERT_ACTS, &self.act),
            ("INSERT INTO chain (id, seq, hash)", &self.chain),
        ];
        let mut written = 0;
        for (sql, rows) in tables {
            written += tx.insert_many(sql, rows).await?;
        }
        Ok(written)
    }
}

/// The statement for the words of names.
pub const WORDS: &str = "INSERT INTO name_word (word, kind, id)";

/// The rows for the words of a name.
pub fn words(name: &str, kind: &'static str, id: impl Into<Value> + Copy) -> Vec<Vec<Value>> {
    name_words(name)
        .into_iter()
        .map(|word| vec![word.into(), kind.into(), id.into()])
        .collect()
}
