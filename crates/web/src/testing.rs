//! A small municipality, and users who click: for tests of pages over HTTP without a socket.
//!
//! ```no_run
//! # async fn example() {
//! use tovholder_web::testing::{Town, ANNA_PLAN};
//! let town = Town::sqlite().await;
//! let karen = town.employee("Karen Holm").await;
//! let page = karen.get(&format!("/plans/{ANNA_PLAN}")).await;
//! page.ok().has("Anna Lind");
//! karen.submit("/plans/x/steps/new", &[("title", "Ring til skolen")]).await.redirects_to("/plans/x");
//! # }
//! ```
//!
//! It is 16 March 2026, 10:00 in Denmark, and stays so.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime, date};
use tovholder_casework::access::Standing;
use tovholder_casework::act::*;
use tovholder_casework::consent::{How, Information, Way};
use tovholder_casework::decide::*;
use tovholder_casework::id::*;
use tovholder_casework::plan::*;
use tovholder_casework::research::{Grain, Request as ResearchRequest, Scope};
use tovholder_casework::rules::Rules;
use tovholder_store::args;
use tovholder_store::db::{Db, count};
use tovholder_store::looks::Looks;
use tovholder_store::plans::{self, Performed, Sender};
use tovholder_store::research::{self, Finished, Pseudonyms, Recorded};
use tovholder_store::search::{self, Named};
use tovholder_store::sessions;
use tovholder_store::testing::Folder;
use tower::ServiceExt;
use uuid::Uuid;

use crate::kit::app::{App, Clock, Inner};
use crate::kit::shell::Site;
use crate::kit::theme::Theme;

/// Today.
pub const TODAY: Date = date(2026, 3, 16);
/// The jobcentre.
pub const JOBCENTRE: UnitId = UnitId(Uuid::from_u128(0x100));
/// The youth unit.
pub const YOUTH: UnitId = UnitId(Uuid::from_u128(0x101));
/// Coordinates Anna's plan.
pub const KAREN: EmployeeId = EmployeeId(Uuid::from_u128(0x200));
/// A colleague without relations.
pub const OLE: EmployeeId = EmployeeId(Uuid::from_u128(0x201));
/// A youth guide who takes part in Anna's plan.
pub const METTE: EmployeeId = EmployeeId(Uuid::from_u128(0x202));
/// Leads the jobcentre.
pub const LIS: EmployeeId = EmployeeId(Uuid::from_u128(0x203));
/// Head of department.
pub const PER: EmployeeId = EmployeeId(Uuid::from_u128(0x204));
/// Company consultant.
pub const KIM: EmployeeId = EmployeeId(Uuid::from_u128(0x205));
/// Sets the system up.
pub const ADA: EmployeeId = EmployeeId(Uuid::from_u128(0x206));
/// A citizen with a full plan.
pub const ANNA: CitizenId = CitizenId(Uuid::from_u128(0x300));
/// A citizen whose plan has just been opened.
pub const BO: CitizenId = CitizenId(Uuid::from_u128(0x301));
/// A citizen without a plan.
pub const CILLE: CitizenId = CitizenId(Uuid::from_u128(0x302));
/// A company.
pub const NURSERY: CompanyId = CompanyId(Uuid::from_u128(0x400));

struct Still(Timestamp);
impl Clock for Still {
    fn now(&self) -> Timestamp {
        self.0
    }
}

/// 16 March 2026, 10:00 in Denmark.
#[must_use]
pub fn now() -> Timestamp {
    Timestamp::from_second(1_773_651_600).expect("in range")
}

/// A running application with a few people in it.
pub struct Town {
    /// The application.
    pub app: App,
    /// Anna's plan.
    pub anna_plan: PlanId,
    /// Bo's plan.
    pub bo_plan: PlanId,
    router: Router,
    _folder: Option<Folder>,
}

impl Town {
    /// On a fresh SQLite file.
    pub async fn sqlite() -> Self {
        let (db, folder) = tovholder_store::testing::sqlite().await;
        Self::on(db, Some(folder)).await
    }

    /// On a given database with the schema applied.
    pub async fn on(db: Db, folder: Option<Folder>) -> Self {
        Self::changed(db, folder, |_| ()).await
    }

    /// As [`Town::on`], with something about the application changed.
    pub async fn changed(db: Db, folder: Option<Folder>, change: impl FnOnce(&mut Inner)) -> Self {
        people(&db).await;
        let anna_plan = anna(&db).await;
        let bo_plan = open(&db, BO, date(2026, 3, 9)).await;
        Self::standing(db, now(), (anna_plan, bo_plan), folder, change)
    }

    /// The same town at another time.
    #[must_use]
    pub fn at(&self, at: Timestamp) -> Self {
        Self::standing(self.app.db.clone(), at, (self.anna_plan, self.bo_plan), None, |_| ())
    }

    fn standing(
        db: Db,
        at: Timestamp,
        (anna_plan, bo_plan): (PlanId, PlanId),
        folder: Option<Folder>,
        change: impl FnOnce(&mut Inner),
    ) -> Self {
        let mut inner = Inner {
            looks: Looks::start(db.clone()),
            db,
            rules: Rules::builtin(),
            clock: Box::new(Still(at)),
            site: Arc::new(Site {
                municipality: "Lærkebro Kommune".into(),
                phone: "96 12 34 56".into(),
                accessibility_url: "/accessibility".into(),
                security_contact: Some("mailto:sikkerhed@kommune.example".into()),
                demo: true,
                theme: Theme::default(),
            }),
            people: vec![],
            ways: crate::entry::ways::Ways::default(),
            secure_cookies: false,
        };
        change(&mut inner);
        let app = App::new(inner);
        Town {
            router: crate::router(app.clone()),
            app,
            anna_plan,
            bo_plan,
            _folder: folder,
        }
    }

    /// A logged-in employee, by id.
    pub async fn employee(&self, id: EmployeeId) -> Browser<'_> {
        self.log_in(UserKind::Employee, id.0).await
    }
    /// A logged-in citizen.
    pub async fn citizen(&self, id: CitizenId) -> Browser<'_> {
        self.log_in(UserKind::Citizen, id.0).await
    }
    /// Somebody whose browser carries this session.
    pub fn with_session(&self, token: &str) -> Browser<'_> {
        Browser {
            town: self,
            cookies: format!("lang=da; {}={token}", crate::kit::visit::SESSION_COOKIE),
        }
    }
    /// Something an employee of the jobcentre did on a day, without a form.
    pub async fn perform(&self, plan: PlanId, by: EmployeeId, day: Date, intent: Intent) -> Plan {
        let mut sender = sender(day.at(9, 30, 0, 0));
        sender.actor.id = by.0;
        match plans::perform(&self.app.db, plan, intent, &sender)
            .await
            .expect("is allowed")
        {
            Performed::Done(case) => case.plan,
            Performed::Already(_) => unreachable!("every form has a number of its own"),
        }
    }
    /// Somebody who is not logged in.
    pub fn guest(&self) -> Browser<'_> {
        Browser {
            town: self,
            cookies: "lang=da".into(),
        }
    }
    async fn log_in(&self, kind: UserKind, id: Uuid) -> Browser<'_> {
        let token = Uuid::now_v7().simple().to_string();
        sessions::begin(&self.app.db, kind, id, &token, "0123456789abcdef", self.app.clock.now())
            .await
            .expect("a session");
        Browser {
            town: self,
            cookies: format!("lang=da; {}={token}", crate::kit::visit::SESSION_COOKIE),
        }
    }
}

/// Somebody at a browser.
pub struct Browser<'t> {
    town: &'t Town,
    cookies: String,
}

impl Browser<'_> {
    /// The same person, reading English.
    #[must_use]
    pub fn in_english(mut self) -> Self {
        self.cookies = self.cookies.replace("lang=da", "lang=en");
        self
    }
    /// The cookies the browser carries.
    #[must_use]
    pub fn cookies(&self) -> &str {
        &self.cookies
    }
    /// The session's token; empty for a guest.
    #[must_use]
    pub fn token(&self) -> &str {
        let mut pairs = self.cookies.split("; ").filter_map(|pair| pair.split_once('='));
        pairs
            .find(|(name, _)| *name == crate::kit::visit::SESSION_COOKIE)
            .map_or("", |(_, token)| token)
    }
    /// Opens a page.
    pub async fn get(&self, path: &str) -> Page {
        let request = Request::get(path)
            .header(header::COOKIE, &self.cookies)
            .body(Body::empty())
            .expect("a request");
        self.send(path, request).await
    }
    /// Sends a form as it is, with a good token and a number of its own unless `_act` is among the fields.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let mut body = form_urlencoded::Serializer::new(String::new());
        body.append_pair("_csrf", &crate::kit::sent::masked("0123456789abcdef"));
        for (name, value) in fields {
            body.append_pair(name, value);
        }
        let request = Request::post(path)
            .header(header::COOKIE, &self.cookies)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body.finish()))
            .expect("a request");
        self.send(path, request).await
    }
    /// Sends a file with a good token, as a browser sends a form with one.
    pub async fn upload(&self, path: &str, fields: &[(&str, &str)], file_name: &str, file: &[u8]) -> Page {
        let csrf = crate::kit::sent::masked("0123456789abcdef");
        self.upload_with(&csrf, path, fields, file_name, file).await
    }
    /// As [`Browser::upload`], with this token.
    pub async fn upload_with(
        &self,
        csrf: &str,
        path: &str,
        fields: &[(&str, &str)],
        file_name: &str,
        file: &[u8],
    ) -> Page {
        let mut body = Vec::new();
        for (name, value) in [("_csrf", csrf)].iter().chain(fields) {
            body.extend(
                format!("--limit\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes(),
            );
        }
        body.extend(
            format!("--limit\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{file_name}\"\r\n\r\n")
                .bytes(),
        );
        body.extend(file);
        body.extend(b"\r\n--limit--\r\n");
        let request = Request::post(path)
            .header(header::COOKIE, &self.cookies)
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=limit")
            .body(Body::from(body))
            .expect("a request");
        self.send(path, request).await
    }
    async fn send(&self, path: &str, request: Request<Body>) -> Page {
        self.town.ask(path, request).await
    }
}

impl Town {
    /// Sends any request at all.
    pub async fn ask(&self, path: &str, request: Request<Body>) -> Page {
        let (response, queries) = count::scope(self.router.clone().oneshot(request)).await;
        let response = response.expect("an answer");
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.expect("a body");
        let location = parts
            .headers
            .get(header::LOCATION)
            .and_then(|l| l.to_str().ok())
            .unwrap_or_default()
            .to_owned();
        let cookies = parts
            .headers
            .get_all(header::SET_COOKIE)
            .iter()
            .filter_map(|c| c.to_str().ok())
            .map(str::to_owned)
            .collect();
        Page {
            path: path.to_owned(),
            status: parts.status,
            headers: parts.headers,
            location,
            cookies,
            html: String::from_utf8_lossy(&bytes).into_owned(),
            bytes: bytes.to_vec(),
            queries,
        }
    }
}

/// An answer.
pub struct Page {
    /// The address asked for.
    pub path: String,
    /// The status.
    pub status: StatusCode,
    /// Everything it carries.
    pub headers: HeaderMap,
    /// Where it sends to.
    pub location: String,
    /// The cookies it sets.
    pub cookies: Vec<String>,
    /// The body as text.
    pub html: String,
    /// The body.
    pub bytes: Vec<u8>,
    /// SQL statements it took.
    pub queries: u64,
}

impl Page {
    /// It is a page.
    pub fn ok(&self) -> &Self {
        assert_eq!(
            self.status,
            StatusCode::OK,
            "{} answered {} → {}\n{}",
            self.path,
            self.status,
            self.location,
            self.html
        );
        self
    }
    /// It sends the user on.
    pub fn redirects_to(&self, to: &str) -> &Self {
        assert_eq!(
            self.status,
            StatusCode::SEE_OTHER,
            "{} answered {}\n{}",
            self.path,
            self.status,
            self.html
        );
        assert_eq!(self.location, to, "{}", self.path);
        self
    }
    /// It shows the form again with an error.
    pub fn refused(&self) -> &Self {
        assert_eq!(
            self.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{} answered {} → {}",
            self.path,
            self.status,
            self.location
        );
        // Whoever hears the page read aloud hears the title first.
        assert!(
            self.html.contains("<title>Fejl: ") || self.html.contains("<title>Error: "),
            "{}: the title does not say that something is wrong",
            self.path
        );
        self
    }
    /// It does not exist for this user.
    pub fn not_found(&self) -> &Self {
        assert_eq!(self.status, StatusCode::NOT_FOUND, "{}", self.path);
        self
    }
    /// The text stands in it, as escaped in HTML.
    pub fn has(&self, text: &str) -> &Self {
        assert!(self.html.contains(text), "{} lacks {text:?}:\n{}", self.path, self.html);
        self
    }
    /// The text does not stand in it.
    pub fn lacks(&self, text: &str) -> &Self {
        assert!(!self.html.contains(text), "{} has {text:?}", self.path);
        self
    }
}

async fn people(db: &Db) {
    let mut tx = db.begin().await.expect("begins");
    for (id, name, kind) in [(JOBCENTRE, "Jobcentret", "jobcentre"), (YOUTH, "Ungeenheden", "youth")] {
        tx.execute(
            "INSERT INTO unit (id, name, kind, phone, address) VALUES ($1, $2, $3, '96 12 34 00', 'Torvet 1')",
            args![id, name, kind],
        )
        .await
        .expect("unit");
    }
    for (id, unit, name, title, role) in [
        (KAREN, JOBCENTRE, "Karen Holm", "Jobrådgiver", "caseworker"),
        (OLE, JOBCENTRE, "Ole Bang", "Jobrådgiver", "caseworker"),
        (METTE, YOUTH, "Mette Krog", "Ungevejleder", "caseworker"),
        (LIS, JOBCENTRE, "Lis Dahl", "Teamleder", "team_leader"),
        (PER, JOBCENTRE, "Per Juhl", "Afdelingsleder", "head"),
        (KIM, JOBCENTRE, "Kim Frost", "Virksomhedskonsulent", "consultant"),
        (ADA, JOBCENTRE, "Ada Skov", "Systemansvarlig", "administrator"),
    ] {
        tx.execute(
            "INSERT INTO employee (id, unit_id, name, title, role, phone, email) VALUES ($1, $2, $3, $4, $5, '96 12 34 10', 'post@laerkebro.example')",
            args![id, unit, name, title, role],
        )
        .await
        .expect("employee");
    }
    for (id, name, born) in [
        (ANNA, "Anna Lind", "1990-05-01"),
        (BO, "Bo Vang", "1975-11-12"),
        (CILLE, "Cille Rask", "2001-02-03"),
    ] {
        tx.execute(
            "INSERT INTO citizen (id, unit_id, name, birth_date, phone, email, address, postcode) VALUES ($1, $2, $3, $4, '20 30 40 50', '', 'Lærkevej 2', '9581')",
            args![id, JOBCENTRE, name, born],
        )
        .await
        .expect("citizen");
    }
    tx.execute(
        "INSERT INTO company (id, name, industry, contact, phone, employees) VALUES ($1, 'Solhøj Gartneri', 'Gartneri', 'Inge Toft', '96 55 44 33', 14)",
        args![NURSERY],
    )
    .await
    .expect("company");
    for (id, name) in [(ANNA, "Anna Lind"), (BO, "Bo Vang"), (CILLE, "Cille Rask")] {
        search::index(&mut tx, Named::Citizen, id, name).await.expect("index");
    }
    for (id, name) in [
        (KAREN, "Karen Holm"),
        (OLE, "Ole Bang"),
        (METTE, "Mette Krog"),
        (LIS, "Lis Dahl"),
    ] {
        search::index(&mut tx, Named::Employee, id, name).await.expect("index");
    }
    search::index(&mut tx, Named::Company, NURSERY, "Solhøj Gartneri")
        .await
        .expect("index");
    for day in 16..=27 {
        for hour in [9, 10, 11, 13, 14] {
            let starts = date(2026, 3, day).at(hour, 0, 0, 0);
            tx.execute(
                "INSERT INTO slot (employee_id, starts, minutes) VALUES ($1, $2, 45)",
                args![KAREN, starts],
            )
            .await
            .expect("slot");
        }
    }
    tx.commit().await.expect("commits");
}

/// Karen, sending a form at some time.
#[must_use]
pub fn sender(day: DateTime) -> Sender {
    Sender {
        actor: Actor {
            kind: UserKind::Employee,
            id: KAREN.0,
            name: "Karen Holm".into(),
            unit: "Jobcentret".into(),
        },
        standing: Standing::default(),
        submission: SubmissionId(Uuid::now_v7()),
        voice: Voice::Together,
        at: now(),
        now: day,
        former_days: 30,
        draft: None,
        location: "/".into(),
    }
}

async fn open(db: &Db, citizen: CitizenId, day: Date) -> PlanId {
    let by = sender(day.at(9, 0, 0, 0));
    plans::open(db, citizen, CoreTask::Work, (KAREN, "Karen Holm".into()), day, &by)
        .await
        .expect("opens")
}

/// A consent for the youth unit, to all of the plan, for the rest of the year.
#[must_use]
pub fn ask_youth() -> ConsentInput {
    ConsentInput {
        way: Way::Unit,
        unit: Some(YOUTH),
        party: "Ungeenheden".into(),
        ours: "Jobcentret".into(),
        kinds: Information::ALL
            .iter()
            .copied()
            .filter(|kind| kind.is_in_plan())
            .collect(),
        purpose: "At du har en mentor, mens du er i praktik".into(),
        until: date(2026, 12, 31),
        version: 1,
        months: 12,
    }
}

async fn anna(db: &Db) -> PlanId {
    let first = date(2026, 1, 12);
    let plan = open(db, ANNA, first).await;
    let perform = async |day: Date, intent: Intent| -> Plan {
        match plans::perform(db, plan, intent, &sender(day.at(9, 30, 0, 0)))
            .await
            .expect("is allowed")
        {
            Performed::Done(case) => case.plan,
            Performed::Already(_) => unreachable!("every form has a number of its own"),
        }
    };
    let booking = |day: Date, channel| Booking {
        employee: KAREN,
        name: "Karen Holm".into(),
        starts: day.at(9, 0, 0, 0),
        minutes: 45,
        channel,
        place: "Torvet 1".into(),
    };
    let held = Outcome {
        conversation: None,
        unplanned: Some(booking(first, Channel::Meeting)),
        note: "Anna vil gerne arbejde med planter igen. Hun sover dårligt og vil begynde i det små.".into(),
        goals: vec![GoalInput {
            parent: None,
            words: "Jeg vil have et job, hvor jeg er ude".into(),
            professional: "Ordinær beskæftigelse 20 timer inden for gartneri".into(),
            aim: Aim::Employment,
        }],
        steps: vec![
            StepInput {
                goal: None,
                title: "Ring til Solhøj Gartneri".into(),
                holder: Holder::citizen(),
                due: Some(date(2026, 3, 20)),
                role: None,
            },
            StepInput {
                goal: None,
                title: "Aftal besøg i gartneriet".into(),
                holder: Holder::employee(KAREN, "Karen Holm"),
                due: Some(date(2026, 3, 12)),
                role: Some(StepRole::CoBuilder),
            },
        ],
        ticked: vec![],
        answered: vec![],
        next: Some(booking(date(2026, 3, 18), Channel::Meeting)),
        message: "Tak for en god samtale. Vi ses den 18. marts.".into(),
    };
    perform(first, Intent::Hold(held)).await;
    perform(
        first,
        Intent::SetGoal(GoalInput {
            parent: None,
            words: "Jeg vil sove om natten".into(),
            professional: String::new(),
            aim: Aim::Health,
        }),
    )
    .await;
    perform(
        first,
        Intent::Join(PersonInput {
            kind: PersonKind::Employee,
            employee: Some(METTE),
            name: "Mette Krog".into(),
            role: "Mentor".into(),
            organisation: "Ungeenheden".into(),
            phone: "96 12 34 10".into(),
            from: date(2026, 2, 1),
        }),
    )
    .await;
    // Mette's unit reads all of the plan by Anna's consent.
    let asked = perform(first, Intent::AskConsent(ask_youth())).await;
    let yes = Intent::AnswerConsent {
        consent: asked.consents[0].id,
        yes: true,
        how: How::Spoken,
    };
    perform(first, yes).await;
    perform(
        first,
        Intent::SetEffort(EffortInput {
            kind: "company_placement".into(),
            title: "Praktik i Solhøj Gartneri".into(),
            unit: Some(JOBCENTRE),
            company: Some(NURSERY),
            provider: "Solhøj Gartneri".into(),
            from: date(2026, 3, 2),
            until: Some(date(2026, 5, 31)),
            hours: Some((15.0, 2.5)),
        }),
    )
    .await;
    perform(
        first,
        Intent::SetStrength {
            kind: StrengthKind::Hope,
            text: "At min datter ser mig gå på arbejde".into(),
        },
    )
    .await;
    perform(
        first,
        Intent::Ask {
            text: "Kan jeg få kørsel betalt?".into(),
        },
    )
    .await;
    for (day, citizen, employee) in [(first, 3, 2), (date(2026, 3, 2), 4, 2)] {
        for (rater, value) in [(Rater::Citizen, citizen), (Rater::Employee, employee)] {
            let answers = Precondition::ALL.iter().map(|p| (*p, value, String::new())).collect();
            perform(day, Intent::Rate { rater, answers }).await;
        }
    }
    plan
}

impl Town {
    /// An export for research that Anna, Bo and Cille are in, made by Per at this moment.
    pub async fn research(&self, project: &str, delete_by: Date, at: Timestamp) -> ExportId {
        let request = ResearchRequest {
            reference: format!("24/{project}"),
            project: project.to_owned(),
            recipient: "Aalborg <Universitet>".to_owned(),
            purpose: "Hvad der hjælper <b>".to_owned(),
            basis: "databeskyttelsesloven § 10".to_owned(),
            permission: String::new(),
            delete_by,
        };
        let scope = Scope {
            from: date(2025, 1, 1),
            until: date(2025, 12, 31),
            k: 3,
            grain: Grain::Month,
        };
        let mut conn = self.app.db.read().await.expect("reads");
        let pseudonyms = Pseudonyms::of(&mut conn, &request.reference)
            .await
            .expect("draws a key");
        drop(conn);
        let finished = Finished {
            request: &request,
            scope: &scope,
            persons: &[ANNA, BO, CILLE],
            coarsened: "birth years in bands of 20".to_owned(),
            withheld: 2,
            left_out: 1,
            told: "persons.csv: person".to_owned(),
            sha256: "ab".repeat(32),
        };
        let per = Actor {
            kind: UserKind::Employee,
            id: PER.0,
            name: "Per Juhl".into(),
            unit: "Jobcentret".into(),
        };
        let recorded = research::record(&self.app.db, &pseudonyms, &finished, &per, at).await;
        match recorded.expect("records") {
            Recorded::Done(id) => id,
            Recorded::Meanwhile(_) => panic!("somebody in the town is left out"),
        }
    }
}
