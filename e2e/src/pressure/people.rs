//! What the people do: one form after the other, each sent again with the same number until it is answered, as somebody does who
//! presses *Gem* once more.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use tokio::sync::{RwLock, watch};
use tovholder_casework::act::UserKind;
use uuid::Uuid;

use super::Chance;
use super::cast::{Person, TODAY};
use super::client::{Answer, Client};
use super::ledger::{Effect, Form, Ledger, MARK, Place};

/// The place where people and servers meet.
pub struct World {
    /// HTTP.
    pub client: Client,
    /// Where each server listens; none while it is down.
    pub nodes: watch::Sender<Vec<Option<String>>>,
    /// Held by everybody who waits for an answer. Whoever holds it alone can compare in peace.
    pub gate: RwLock<()>,
    /// How many requests were sent.
    pub sent: watch::Sender<u64>,
    /// How many were answered.
    pub answered: watch::Sender<u64>,
    /// Answers that the service is away for now.
    pub away: AtomicU64,
    /// Forms that were sent twice and answered alike.
    pub twice: AtomicU64,
    /// Requests that broke off without an answer.
    pub broken: AtomicU64,
    /// How long the answers took.
    took: Mutex<Vec<Took>>,
    visits: Mutex<Vec<Visit>>,
    over: AtomicBool,
    ledger: Mutex<Ledger>,
}

/// How long an answer took.
#[derive(Clone, Copy, Debug)]
pub struct Took {
    /// In microseconds.
    pub micros: u32,
    /// Whether a form was sent.
    pub write: bool,
}

/// A session that somebody began on the log-in page.
#[derive(Clone, Debug)]
pub struct Visit {
    /// Its cookie.
    pub cookie: String,
    /// A page that only somebody with a session sees.
    pub page: &'static str,
    /// Whether it is live; unknown while the log-out was not answered.
    pub live: Option<bool>,
}

impl World {
    /// A world with that many servers, all down.
    #[must_use]
    pub fn new(nodes: usize, ledger: Ledger) -> Self {
        Self {
            client: Client::default(),
            nodes: watch::Sender::new(vec![None; nodes]),
            gate: RwLock::new(()),
            sent: watch::Sender::new(0),
            answered: watch::Sender::new(0),
            away: AtomicU64::new(0),
            twice: AtomicU64::new(0),
            broken: AtomicU64::new(0),
            took: Mutex::default(),
            visits: Mutex::default(),
            over: AtomicBool::new(false),
            ledger: Mutex::new(ledger),
        }
    }

    /// What is known so far.
    pub fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sessions that visitors began.
    pub fn visits(&self) -> MutexGuard<'_, Vec<Visit>> {
        self.visits.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How long the answers took that came since this was last asked.
    #[must_use]
    pub fn took(&self) -> Vec<Took> {
        std::mem::take(&mut *self.took.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes the ledger out, to compare it while nobody sends anything, and puts it back.
    pub fn swap_ledger(&self, ledger: Ledger) -> Ledger {
        std::mem::replace(&mut *self.ledger(), ledger)
    }

    /// Says that a server listens there, or is down.
    pub fn node(&self, place: usize, address: Option<String>) {
        self.nodes.send_modify(|nodes| nodes[place] = address);
    }

    /// Lets everybody stop before their next request.
    pub fn end(&self) {
        self.over.store(true, Ordering::Relaxed);
        self.nodes.send_modify(|_| ());
    }

    /// Whether everybody is to stop.
    pub fn is_over(&self) -> bool {
        self.over.load(Ordering::Relaxed)
    }

    /// Waits until a server is up. False when it is over.
    async fn ready(&self) -> bool {
        let mut nodes = self.nodes.subscribe();
        let up = nodes.wait_for(|nodes| self.is_over() || nodes.iter().any(Option::is_some));
        up.await.is_ok() && !self.is_over()
    }

    /// The server that the person speaks with: their own, or another while that is down.
    fn server(&self, person: usize) -> Option<String> {
        let nodes = self.nodes.borrow();
        let own = nodes[person % nodes.len()].as_ref();
        own.or_else(|| nodes.iter().flatten().next()).cloned()
    }

    /// One request to whichever server is up. An error when nothing is known of what became of it.
    async fn request(&self, person: usize, path: &str, cookie: &str, form: Option<&Fields>) -> Result<Answer, String> {
        let base = self.server(person).ok_or("no server is up")?;
        self.sent.send_modify(|sent| *sent += 1);
        let began = Instant::now();
        let answer = match form {
            None => self.client.get(&base, path, cookie).await,
            Some(fields) => self.client.post(&base, path, cookie, fields).await,
        };
        self.answered.send_modify(|answered| *answered += 1);
        match answer {
            Ok(answer) if answer.status == 503 => {
                self.away.fetch_add(1, Ordering::Relaxed);
                Err("the service is away".to_owned())
            }
            Ok(answer) => {
                let took = Took {
                    micros: u32::try_from(began.elapsed().as_micros()).unwrap_or(u32::MAX),
                    write: form.is_some(),
                };
                self.took.lock().unwrap_or_else(PoisonError::into_inner).push(took);
                Ok(answer)
            }
            Err(why) => {
                self.broken.fetch_add(1, Ordering::Relaxed);
                Err(why)
            }
        }
    }

    fn strange(&self, what: &str, answer: &Answer) {
        let body = String::from_utf8_lossy(&answer.body);
        let errors: Vec<&str> = body
            .split("-error\"")
            .skip(1)
            .filter_map(|rest| rest.split_once('>')?.1.split('<').next())
            .take(3)
            .collect();
        self.ledger().fault(format!(
            "{what} was answered with {} {} {} {errors:?}",
            answer.status,
            answer.location,
            answer.cookie("flash").unwrap_or_default(),
        ));
    }
}

type Fields = Vec<(String, String)>;

/// Whether a form was accepted: led on, and not to log in, and not to read that nothing was done.
fn accepted(answer: &Answer) -> bool {
    let said = answer.cookie("flash").unwrap_or_default();
    let nothing = said.starts_with("not-done") || said.starts_with("cannot-undo");
    answer.status == 303 && !answer.location.starts_with("/log-in") && !nothing
}

/// Somebody who works through one form after the other.
pub struct Worker {
    world: Arc<World>,
    /// The place among all people.
    place: usize,
    person: Person,
    chance: Chance,
    written: u32,
    done: bool,
    /// The last form that can be taken back.
    last: Option<Uuid>,
    /// In a hundred things done, how many are pages only read.
    reads: u64,
}

impl Worker {
    /// Somebody who has just sat down. In a hundred things they do, `reads` are pages only read.
    #[must_use]
    pub fn new(world: Arc<World>, place: usize, person: Person, seed: u64, reads: u64) -> Self {
        Self {
            world,
            place,
            person,
            chance: Chance::new(seed),
            written: 0,
            done: false,
            last: None,
            reads,
        }
    }

    /// Works without a break until it is over.
    pub async fn work(mut self) {
        while !self.world.is_over() {
            self.act().await;
        }
    }

    /// Does one thing, and sees it through.
    pub async fn act(&mut self) {
        let chosen = self.chance.below(100);
        if chosen < self.reads {
            return self.read().await;
        }
        // What is not reading, shared out.
        match self.chance.below(20) {
            0..=1 => self.draft().await,
            2..=4 if self.last.is_some() => self.undo().await,
            5..=8 if self.person.step.is_some() => self.tick().await,
            n => {
                let form = self.write(n);
                let (number, back) = (
                    form.number,
                    matches!(form.texts[..], [(place, _)] if place != Place::Message),
                );
                if self.send(form).await && back {
                    self.last = Some(number);
                }
            }
        }
    }

    fn citizen(&self) -> bool {
        self.person.kind == UserKind::Citizen
    }

    fn home(&self) -> String {
        if self.citizen() {
            "/my-plan".to_owned()
        } else {
            format!("/plans/{}", self.person.plan)
        }
    }

    fn number(&mut self) -> Uuid {
        Uuid::from_u64_pair(self.chance.next(), self.chance.next())
    }

    /// A text that nobody else writes.
    fn text(&mut self) -> String {
        self.written += 1;
        format!("{MARK}nr. {} fra {}", self.written, self.place)
    }

    fn form(&mut self, path: String, fields: &[(&str, &str)], texts: Vec<(Place, String)>) -> Form {
        let number = self.number();
        let own = [("_csrf", self.person.csrf.clone()), ("_act", number.to_string())];
        let own = own.map(|(name, value)| (name.to_owned(), value));
        let given = fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Form {
            number,
            path,
            fields: own.into_iter().chain(given).collect(),
            acts: texts.len() as i64,
            texts,
            effect: Effect::Nothing,
        }
    }

    /// A form that writes something.
    fn write(&mut self, chosen: u64) -> Form {
        let home = self.home();
        let text = self.text();
        let step = self.person.step.map(|step| step.to_string());
        match (self.citizen(), chosen, step) {
            (true, 16.., _) => self.form(
                format!("{home}/messages/new"),
                &[("text", &text)],
                vec![(Place::Message, text.clone())],
            ),
            (true, 12..=15, _) => self.form(
                format!("{home}/questions"),
                &[("text", &text)],
                vec![(Place::Question, text.clone())],
            ),
            (true, 9..=11, Some(step)) => self.form(
                format!("{home}/steps/{step}/remark"),
                &[("text", &text)],
                vec![(Place::Comment, text.clone())],
            ),
            (true, ..) => self.form(
                format!("{home}/steps/new"),
                &[("title", &text), ("due", ""), ("goal", "")],
                vec![(Place::Step, text.clone())],
            ),
            (false, 15.., _) => self.conversation(&home, text),
            (false, 11..=14, Some(step)) => self.form(
                format!("{home}/comments/new"),
                &[("step", &step), ("text", &text)],
                vec![(Place::Comment, text.clone())],
            ),
            (false, ..) => self.form(
                format!("{home}/steps/new"),
                &[
                    ("title", &text),
                    ("due", ""),
                    ("goal", ""),
                    ("role", ""),
                    ("holder", "citizen"),
                ],
                vec![(Place::Step, text.clone())],
            ),
        }
    }

    /// The one form that does much at once: a note, a goal, two steps and a message.
    fn conversation(&mut self, home: &str, note: String) -> Form {
        let (goal, first, second, message) = (self.text(), self.text(), self.text(), self.text());
        let fields = [
            ("note", note.as_str()),
            ("held_date", TODAY),
            ("held_time", "09:00"),
            ("held_minutes", "30"),
            ("held_channel", "meeting"),
            ("held_place", ""),
            ("goal-1", &goal),
            ("aim-1", "everyday"),
            ("step-1", &first),
            ("holder-1", "citizen"),
            ("due-1", ""),
            ("step-2", &second),
            ("holder-2", "citizen"),
            ("due-2", ""),
            ("next", "none"),
            ("send", "on"),
            ("message", &message),
            ("_voice", "together"),
        ];
        let texts = vec![
            (Place::Note, note.clone()),
            (Place::Goal, goal.clone()),
            (Place::Step, first.clone()),
            (Place::Step, second.clone()),
            (Place::Message, message.clone()),
        ];
        self.form(format!("{home}/conversations/new"), &fields, texts)
    }

    async fn tick(&mut self) {
        let Some(step) = self.person.step else { return };
        let what = if self.done { "untick" } else { "tick" };
        let path = format!("{}/steps/{step}/{what}", self.home());
        let mut form = self.form(path, &[("from", "steps")], vec![]);
        form.acts = 1;
        form.effect = Effect::Tick(step, !self.done);
        if self.send(form).await {
            self.done = !self.done;
        }
    }

    async fn undo(&mut self) {
        let Some(last) = self.last.take() else { return };
        let mut form = self.form(format!("/plans/{}/undo/{last}", self.person.plan), &[], vec![]);
        form.acts = 1;
        form.effect = Effect::Undo(last);
        self.send(form).await;
    }

    /// Sends a form until it is answered. Some people press twice.
    async fn send(&mut self, form: Form) -> bool {
        let world = Arc::clone(&self.world);
        let place = {
            // Nothing is noted while somebody compares.
            let _gate = world.gate.read().await;
            world.ledger().send(form.clone())
        };
        let (path, cookie, fields) = (&form.path, &self.person.cookie, Some(&form.fields));
        let (at_once, later) = (self.chance.percent(5), self.chance.percent(5));
        loop {
            if !world.ready().await {
                return false;
            }
            let gate = world.gate.read().await;
            let answers: Vec<_> = if at_once {
                let (first, second) = tokio::join!(
                    world.request(self.place, path, cookie, fields),
                    world.request(self.place, path, cookie, fields)
                );
                [first, second].into_iter().flatten().collect()
            } else {
                world
                    .request(self.place, path, cookie, fields)
                    .await
                    .into_iter()
                    .collect()
            };
            if let Some(answer) = answers.iter().find(|answer| !accepted(answer)) {
                world.strange(path, answer);
                return false;
            }
            if answers.len() > 1 {
                world.twice.fetch_add(1, Ordering::Relaxed);
            }
            if !answers.is_empty() {
                world.ledger().done(place);
                break;
            }
            drop(gate);
            tokio::task::yield_now().await;
        }
        if later {
            // Pressed again a moment later: the same answer, and nothing is done twice. Without an answer, nobody misses one.
            let _gate = world.gate.read().await;
            if let Ok(answer) = world.request(self.place, path, cookie, fields).await {
                if accepted(&answer) {
                    world.twice.fetch_add(1, Ordering::Relaxed);
                } else {
                    world.strange(&format!("{path}, sent again,"), &answer);
                }
            }
        }
        true
    }

    async fn draft(&mut self) {
        let world = Arc::clone(&self.world);
        let (page, words) = (format!("{}/goals/new", self.home()), self.text());
        let fields = vec![
            ("_csrf".to_owned(), self.person.csrf.clone()),
            ("words".to_owned(), words.clone()),
        ];
        let body = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("words", &words)
            .finish();
        {
            let _gate = world.gate.read().await;
            world.ledger().send_draft(self.person.id, &page, &body);
        }
        while world.ready().await {
            let _gate = world.gate.read().await;
            let answer = world
                .request(self.place, &format!("/draft{page}"), &self.person.cookie, Some(&fields))
                .await;
            match answer {
                Ok(answer) if answer.status == 204 => return world.ledger().draft_done(self.person.id, &page),
                Ok(answer) => return world.strange("a draft", &answer),
                Err(_) => {}
            }
        }
    }

    /// Opens a page. Those about the plan stand in its log, each time.
    async fn read(&mut self) {
        const CITIZEN: &[&str] = &["", "", "/steps", "/goals", "/conversations", "/team"];
        const EMPLOYEE: &[&str] = &["", "", "/day", "/citizens", "/history"];
        let pages = if self.citizen() { CITIZEN } else { EMPLOYEE };
        let page = pages[self.chance.below(pages.len() as u64) as usize];
        let (path, logged) = match page {
            "/day" | "/citizens" => (page.to_owned(), false),
            part => (format!("{}{part}", self.home()), true),
        };
        let world = Arc::clone(&self.world);
        let (user, citizen) = (self.person.id, self.person.citizen);
        if !world.ready().await {
            return;
        }
        let _gate = world.gate.read().await;
        if logged {
            world.ledger().look(user, citizen);
        }
        match world.request(self.place, &path, &self.person.cookie, None).await {
            Ok(answer) if answer.status == 200 && logged => world.ledger().shown(user, citizen),
            Ok(answer) if answer.status == 200 => {}
            Ok(answer) => world.strange(&path, &answer),
            // Whether the look was noted is not known, and nobody asks again.
            Err(_) => {}
        }
    }
}

/// Logs in on the log-in page and out again, over and over: sessions as people make them.
pub async fn visitor(world: Arc<World>, place: usize, who: (Uuid, &'static str), seed: u64) {
    let mut chance = Chance::new(seed);
    let (id, page) = who;
    let person = vec![("person".to_owned(), id.to_string())];
    while world.ready().await {
        let gate = world.gate.read().await;
        let cookie = match world.request(place, "/log-in", "", Some(&person)).await {
            Ok(answer) => match answer.cookie("tovholder") {
                Some(token) if answer.status == 303 => format!("tovholder={token}"),
                _ => return world.strange("the log-in", &answer),
            },
            Err(_) => continue,
        };
        let number = {
            let mut visits = world.visits();
            visits.push(Visit {
                cookie: cookie.clone(),
                page,
                live: Some(true),
            });
            visits.len() - 1
        };
        let csrf = match world.request(place, page, &cookie, None).await {
            Ok(answer) if answer.status == 200 => token_in(&answer),
            Ok(answer) => return world.strange("the first page after the log-in", &answer),
            Err(_) => None,
        };
        drop(gate);
        // Some stay.
        let Some(csrf) = csrf.filter(|_| chance.percent(60)) else {
            continue;
        };
        if !world.ready().await {
            return;
        }
        let _gate = world.gate.read().await;
        world.visits()[number].live = None;
        let form = vec![("_csrf".to_owned(), csrf)];
        match world.request(place, "/log-out", &cookie, Some(&form)).await {
            Ok(answer) if answer.status == 303 => world.visits()[number].live = Some(false),
            Ok(answer) => return world.strange("the log-out", &answer),
            Err(_) => {}
        }
    }
}

/// The token in a page's first form.
fn token_in(page: &Answer) -> Option<String> {
    let body = String::from_utf8_lossy(&page.body);
    let (_, rest) = body.split_once("name=\"_csrf\" value=\"")?;
    rest.split('"').next().map(str::to_owned)
}
