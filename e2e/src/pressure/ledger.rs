//! What was sent, what the server acknowledged, and whether the database agrees.
//!
//! A form that was acknowledged must be there once: its number, all its acts, all that it wrote. A form that got no answer may be
//! there wholly or not at all; nothing in between, and nothing that nobody sent.

use std::collections::{BTreeMap, HashMap, HashSet};

use tovholder_store::args;
use tovholder_store::db::{Db, Error};
use tovholder_store::drafts;
use uuid::Uuid;

/// Every text that the people write begins with this.
pub const MARK: &str = "Kaosprøve ";

/// Where a text ends up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    /// A step's title.
    Step,
    /// A goal's words.
    Goal,
    /// A remark.
    Comment,
    /// A citizen's question.
    Question,
    /// A message.
    Message,
    /// A conversation's note.
    Note,
}

/// What a form does beside writing texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Nothing.
    Nothing,
    /// Sets whether a step is done.
    Tick(Uuid, bool),
    /// Takes back what another form did.
    Undo(Uuid),
}

/// A form on its way.
#[derive(Clone, Debug)]
pub struct Form {
    /// The number it carries.
    pub number: Uuid,
    /// The address it is sent to.
    pub path: String,
    /// Its fields.
    pub fields: Vec<(String, String)>,
    /// How many acts it makes.
    pub acts: i64,
    /// What it writes.
    pub texts: Vec<(Place, String)>,
    /// What else it does.
    pub effect: Effect,
}

/// What is known of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Sent, and nothing heard.
    Open,
    /// Acknowledged.
    Done,
}

#[derive(Debug, Default)]
struct Draft {
    kept: Option<String>,
    /// Sent, and nothing heard.
    open: Option<String>,
}

#[derive(Debug, Default)]
struct Views {
    /// There before anybody came.
    before: i64,
    shown: i64,
    /// Asked for, and nothing heard.
    open: i64,
}

/// What was found when the database was compared with what is known.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Acknowledged forms that were looked up.
    pub forms: u64,
    /// Acts of those.
    pub acts: u64,
    /// Forms without answer that are there, wholly.
    pub kept: u64,
    /// Forms without answer that are not there at all.
    pub absent: u64,
    /// Acknowledged drafts that were looked up.
    pub drafts: u64,
    /// Pages shown whose looks were looked up.
    pub looks: u64,
    /// Everything that is wrong, in words.
    pub faults: Vec<String>,
}

/// What everybody did since the database was made.
#[derive(Debug, Default)]
pub struct Ledger {
    forms: Vec<(Form, State)>,
    drafts: HashMap<(Uuid, String), Draft>,
    views: HashMap<(Uuid, Uuid), Views>,
    faults: Vec<String>,
}

impl Ledger {
    /// Notes a form that is about to be sent. The answer is its place.
    pub fn send(&mut self, form: Form) -> usize {
        self.forms.push((form, State::Open));
        self.forms.len() - 1
    }

    /// Notes that a form was acknowledged.
    pub fn done(&mut self, place: usize) {
        self.forms[place].1 = State::Done;
    }

    /// How many forms were acknowledged, and how many acts they made.
    #[must_use]
    pub fn acknowledged(&self) -> (u64, u64) {
        let done = self.forms.iter().filter(|(_, state)| *state == State::Done);
        done.fold((0, 0), |(forms, acts), (form, _)| {
            (forms + 1, acts + form.acts.unsigned_abs())
        })
    }

    /// Notes a draft that is about to be sent.
    pub fn send_draft(&mut self, user: Uuid, form: &str, body: &str) {
        self.drafts.entry((user, form.to_owned())).or_default().open = Some(body.to_owned());
    }

    /// Notes that the user's last draft of a form was acknowledged.
    pub fn draft_done(&mut self, user: Uuid, form: &str) {
        if let Some(draft) = self.drafts.get_mut(&(user, form.to_owned())) {
            draft.kept = draft.open.take();
        }
    }

    /// Notes that somebody is about to open a page about a citizen.
    pub fn look(&mut self, user: Uuid, citizen: Uuid) {
        self.views.entry((user, citizen)).or_default().open += 1;
    }

    /// Notes that the page was shown.
    pub fn shown(&mut self, user: Uuid, citizen: Uuid) {
        let views = self.views.entry((user, citizen)).or_default();
        views.open -= 1;
        views.shown += 1;
    }

    /// Notes what should not have happened.
    pub fn fault(&mut self, what: String) {
        self.faults.push(what);
    }

    /// How much should not have happened so far.
    #[must_use]
    pub fn faults(&self) -> usize {
        self.faults.len()
    }

    /// Notes what the log of looks holds before anybody comes.
    ///
    /// # Errors
    /// The database is away.
    pub async fn begin(&mut self, db: &Db) -> Result<(), Error> {
        for (who, looks) in looks(db).await? {
            self.views.entry(who).or_default().before = looks;
        }
        Ok(())
    }

    /// Compares with what the database holds. Nobody may be sending anything meanwhile.
    ///
    /// # Errors
    /// The database is away.
    pub async fn check(&mut self, db: &Db) -> Result<Found, Error> {
        let held = Held::read(db).await?;
        let mut found = Found {
            faults: std::mem::take(&mut self.faults),
            ..Found::default()
        };
        let mut expected: BTreeMap<(Place, &str), (i64, bool)> = BTreeMap::new();
        let mut steps: HashMap<Uuid, (bool, Option<bool>)> = HashMap::new();
        let mut undone: HashSet<Uuid> = HashSet::new();
        for (form, state) in &self.forms {
            let (acts, known) = (held.acts(form.number), held.numbers.contains(&form.number));
            let texts: Vec<i64> = form
                .texts
                .iter()
                .map(|(place, text)| held.count(*place, text))
                .collect();
            let whole = known && acts == form.acts && texts.iter().all(|&count| count == 1);
            let absent = !known && acts == 0 && texts.iter().all(|&count| count == 0);
            for (place, text) in &form.texts {
                expected.insert((*place, text), (1, *state == State::Open));
            }
            match state {
                State::Done => {
                    found.forms += 1;
                    found.acts += form.acts.unsigned_abs();
                    match form.effect {
                        Effect::Nothing => {}
                        Effect::Tick(step, done) => drop(steps.insert(step, (done, None))),
                        Effect::Undo(number) => drop(undone.insert(number)),
                    }
                }
                State::Open => {
                    if whole {
                        found.kept += 1;
                    } else {
                        found.absent += u64::from(absent);
                    }
                    if let Effect::Tick(step, done) = form.effect {
                        steps.entry(step).or_insert((!done, None)).1 = Some(done);
                    }
                }
            }
            let sound = if *state == State::Done { whole } else { whole || absent };
            if !sound {
                found.faults.push(format!(
                    "the form {} to {} was {}: it is {}, with {acts} acts of {}, and its texts are there {texts:?} times",
                    form.number,
                    form.path,
                    if *state == State::Done { "acknowledged" } else { "not answered" },
                    if known { "known" } else { "not known" },
                    form.acts,
                ));
            }
        }
        for (step, (done, open)) in steps {
            let is = held.done.contains(&step);
            if is != done && Some(is) != open {
                found
                    .faults
                    .push(format!("the step {step} is done: {is}, and was left: {done}"));
            }
        }
        for (form, _) in self.forms.iter().filter(|(form, _)| undone.contains(&form.number)) {
            for (place, text) in &form.texts {
                if !held.gone.contains(&(*place, text.clone())) {
                    found.faults.push(format!("“{text}” was taken back and still stands"));
                }
            }
        }
        for ((place, text), count) in &held.texts {
            if *count > 1 {
                found.faults.push(format!("{place:?} “{text}” is there {count} times"));
            }
            if !expected.contains_key(&(*place, text.as_str())) {
                found.faults.push(format!("{place:?} “{text}” was written by nobody"));
            }
        }
        for ((user, form), draft) in &self.drafts {
            let is = held.drafts.get(&(*user, form.clone()));
            found.drafts += u64::from(draft.kept.is_some());
            if is != draft.kept.as_ref() && (is.is_none() || is != draft.open.as_ref()) {
                found.faults.push(format!(
                    "the draft of {form} is {is:?}, and was left {:?} (not answered: {:?})",
                    draft.kept, draft.open
                ));
            }
        }
        for (who, views) in self.views.iter().filter(|(_, views)| views.shown + views.open > 0) {
            let is = held.looks.get(who).copied().unwrap_or(0) - views.before;
            found.looks += views.shown.unsigned_abs();
            // An employee's day shows what citizens wrote, which is a look of its own; a citizen's pages are counted to the last.
            let too_many = who.0 == who.1 && is > views.shown + views.open;
            if is < views.shown || too_many {
                found.faults.push(format!(
                    "{} opened the plan of {} {} times (not answered: {}), and the log says {is}",
                    who.0, who.1, views.shown, views.open
                ));
            }
        }
        Ok(found)
    }
}

/// What the database holds of what the people did.
struct Held {
    numbers: HashSet<Uuid>,
    acts: HashMap<Uuid, i64>,
    texts: HashMap<(Place, String), i64>,
    gone: HashSet<(Place, String)>,
    done: HashSet<Uuid>,
    drafts: HashMap<(Uuid, String), String>,
    looks: HashMap<(Uuid, Uuid), i64>,
}

impl Held {
    fn acts(&self, number: Uuid) -> i64 {
        self.acts.get(&number).copied().unwrap_or(0)
    }

    fn count(&self, place: Place, text: &str) -> i64 {
        self.texts.get(&(place, text.to_owned())).copied().unwrap_or(0)
    }

    async fn read(db: &Db) -> Result<Self, Error> {
        let looks = looks(db).await?;
        let mut conn = db.snapshot().await?;
        let mut held = Self {
            numbers: HashSet::new(),
            acts: HashMap::new(),
            texts: HashMap::new(),
            gone: HashSet::new(),
            done: HashSet::new(),
            drafts: HashMap::new(),
            looks,
        };
        for row in conn.rows("SELECT id FROM submission", args![]).await? {
            held.numbers.insert(row.get(0)?);
        }
        let acts = "SELECT submission, COUNT(*) FROM act WHERE submission IS NOT NULL GROUP BY submission";
        for row in conn.rows(acts, args![]).await? {
            held.acts.insert(row.get(0)?, row.get(1)?);
        }
        for (place, sql) in [
            (
                Place::Step,
                "SELECT title, status = 'dropped' FROM step WHERE title LIKE $1",
            ),
            (
                Place::Goal,
                "SELECT words, status = 'dropped' FROM goal WHERE words LIKE $1",
            ),
            (Place::Comment, "SELECT body, withdrawn FROM comment WHERE body LIKE $1"),
            (
                Place::Question,
                "SELECT body, withdrawn FROM question WHERE body LIKE $1",
            ),
            (Place::Message, "SELECT body, withdrawn FROM message WHERE body LIKE $1"),
            (
                Place::Note,
                "SELECT note, status = 'cancelled' FROM conversation WHERE note LIKE $1",
            ),
        ] {
            for row in conn.rows(sql, args![format!("{MARK}%")]).await? {
                let (text, gone): (String, bool) = (row.get(0)?, row.get(1)?);
                if gone {
                    held.gone.insert((place, text.clone()));
                }
                *held.texts.entry((place, text)).or_default() += 1;
            }
        }
        for row in conn.rows("SELECT id FROM step WHERE status = 'done'", args![]).await? {
            held.done.insert(row.get(0)?);
        }
        for row in conn.rows("SELECT user_id, form FROM draft", args![]).await? {
            let (user, form): (Uuid, String) = (row.get(0)?, row.get(1)?);
            // Opened with the keys: a sealed draft that nobody can open is lost.
            if let Some(draft) = drafts::find(&mut conn, user, &form).await? {
                held.drafts.insert((user, form), draft.body);
            }
        }
        Ok(held)
    }
}

/// How often each user has looked at each citizen's plan.
async fn looks(db: &Db) -> Result<HashMap<(Uuid, Uuid), i64>, Error> {
    let sql = "SELECT actor_id, chain, COUNT(*) FROM act WHERE kind = 'look' GROUP BY actor_id, chain";
    let rows = db.read().await?.rows(sql, args![]).await?;
    rows.iter()
        .map(|row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use tovholder_store::db::Options;

    fn form(n: u128, acts: i64, text: &str) -> Form {
        Form {
            number: Uuid::from_u128(n),
            path: "/my-plan/questions".to_owned(),
            fields: vec![],
            acts,
            texts: vec![(Place::Question, format!("{MARK}{text}"))],
            effect: Effect::Nothing,
        }
    }

    /// The ledger finds what it is there to find: each kind of loss is made by hand, and named.
    #[tokio::test]
    async fn what_is_lost_halved_doubled_or_invented_is_found() {
        let folder = tempfile::tempdir().expect("a folder");
        let address = format!("sqlite:{}", folder.path().join("a.db").display());
        let db = Db::open(&address, Options::default()).await.expect("opens");
        db.migrate().await.expect("the schema applies");
        let mut ledger = Ledger::default();
        let lost = ledger.send(form(1, 1, "tabt"));
        ledger.done(lost);
        ledger.send(form(2, 1, "halv"));
        ledger.send(form(3, 1, "aldrig set"));
        ledger.send_draft(Uuid::nil(), "/x", "a=1");
        ledger.draft_done(Uuid::nil(), "/x");
        ledger.look(Uuid::nil(), Uuid::nil());
        ledger.shown(Uuid::nil(), Uuid::nil());
        let mut tx = db.begin().await.expect("begins");
        let half = args![Uuid::from_u128(2), 0_i64, Uuid::nil(), "/"];
        tx.execute(
            "INSERT INTO submission (id, at, actor_id, location) VALUES ($1, $2, $3, $4)",
            half,
        )
        .await
        .expect("runs");
        tx.commit().await.expect("commits");
        let found = ledger.check(&db).await.expect("reads");
        let said = found.faults.join("\n");
        assert_eq!(found.faults.len(), 4, "{said}");
        for what in [
            "-000000000001 to",
            "-000000000002 to",
            "the draft of /x",
            "the log says 0",
        ] {
            assert!(said.contains(what), "{what} is not in: {said}");
        }
        assert_eq!((found.forms, found.kept, found.absent), (1, 0, 1));
    }
}
