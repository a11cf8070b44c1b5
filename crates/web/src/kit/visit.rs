//! A request by somebody who is logged in.
//!
//! [`layer`] finds the session once a request; the extractors [`Visit`] and [`crate::kit::sent::Sent`] take it from there. Somebody who is not
//! logged in is sent to log in and comes back afterwards.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::{FromRequestParts, Request, State};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::Response;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use tovholder_casework::access::{Action, Emergency, Reach, Relation, Right, Standing, may, role_gives};
use tovholder_casework::act::{Act, ActKind, PageKey, Voice};
use tovholder_casework::claims::units_reached;
use tovholder_casework::decide::Intent;
use tovholder_casework::id::*;
use tovholder_casework::rules::RulesOn;
use tovholder_store::acts::Entry;
use tovholder_store::db::{Conn, Error};
use tovholder_store::plans::{self, Case, PerformError, Performed, Readable, Reader, Sender};
use tovholder_store::sessions::{self, Found, Role, User};
use tovholder_store::{drafts, people};
use uuid::Uuid;

use crate::kit::app::App;
use crate::kit::format::wall_clock;
use crate::kit::lang::Lang;
use crate::kit::pace::Paced;
use crate::kit::respond::{Failure, flash_from};
use crate::kit::sent::Fields;
use crate::kit::shell::{Audience, DraftNotice, Flash, NavItem, Shell, Undo, Viewer};

/// The name of the session's cookie.
pub const SESSION_COOKIE: &str = "tovholder";

/// Whose session the request carries; put on every request by [`layer`].
#[derive(Clone)]
pub struct Session(pub Arc<Found>);

/// A cookie's value.
#[must_use]
pub fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let all = headers
        .get_all(axum::http::header::COOKIE)
        .into_iter()
        .filter_map(|line| line.to_str().ok());
    all.flat_map(|line| line.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}

/// Finds the session of every request.
///
/// # Errors
/// The database is away.
pub async fn layer(State(app): State<App>, mut request: Request, next: Next) -> Result<Response, Failure> {
    let found = match cookie(request.headers(), SESSION_COOKIE) {
        None => Found::Nothing,
        Some(token) => {
            let now = app.clock.now();
            let (found, touch) = sessions::find(&mut app.db.read().await?, token, now).await?;
            if touch {
                sessions::touch(&app.db, token, now).await?;
            }
            found
        }
    };
    // What is typed there is a password, or nothing: neither is kept.
    let path = request.uri().path();
    let is_log_in = matches!(path, "/log-in" | "/log-out" | "/account") || path.starts_with("/log-in/");
    if let Found::Ended { user } = found
        && request.method() == axum::http::Method::POST
        && !is_log_in
    {
        return crate::kit::sent::keep(&app, user, request).await;
    }
    let session = Session(Arc::new(found));
    request.extensions_mut().insert(session.clone());
    let mut response = next.run(request).await;
    // A page that says what went wrong has the menu of whoever reads it.
    response.extensions_mut().insert(session);
    Ok(response)
}

/// What stands around a page that says what went wrong: the user's own menu, when somebody is logged in.
#[must_use]
pub fn shell_of(app: &App, session: Option<&Session>, t: Lang, path: String, title: &str) -> Shell {
    let Some(Found::Live(user)) = session.map(|session| session.0.as_ref()) else {
        return Shell::new(app.site.clone(), t, path, title);
    };
    let at = app.clock.now();
    let visit = Visit {
        app: app.clone(),
        user: user.as_ref().clone(),
        t,
        path,
        at,
        now: wall_clock(at),
        flash: None,
    };
    visit.shell(title)
}

/// A request by a user with a live session.
#[derive(Clone)]
pub struct Visit {
    /// The application.
    pub app: App,
    /// Who.
    pub user: User,
    /// The language of the page.
    pub t: Lang,
    /// Path and query.
    pub path: String,
    /// Now.
    pub at: Timestamp,
    /// Now, local time in Denmark.
    pub now: DateTime,
    flash: Option<String>,
}

impl FromRequestParts<App> for Visit {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let path = parts
            .uri
            .path_and_query()
            .map_or_else(|| "/".to_owned(), ToString::to_string);
        let session = parts.extensions.get::<Session>().cloned();
        let Some(Found::Live(user)) = session.as_ref().map(|s| s.0.as_ref()) else {
            return Err(Failure::LogIn { next: path });
        };
        let at = app.clock.now();
        Ok(Visit {
            app: app.clone(),
            user: user.as_ref().clone(),
            t: Lang::from_headers(&parts.headers),
            path,
            at,
            now: wall_clock(at),
            flash: cookie(&parts.headers, crate::kit::respond::FLASH_COOKIE).map(str::to_owned),
        })
    }
}

/// Somebody who may or may not be logged in.
pub struct Guest {
    /// The application.
    pub app: App,
    /// The language of the page.
    pub t: Lang,
    /// Path and query.
    pub path: String,
    /// The live session, if there is one.
    pub user: Option<User>,
    /// Whose session has ended, if the browser still carries one that has.
    pub ended: Option<Uuid>,
}
impl FromRequestParts<App> for Guest {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let (user, ended) = match parts.extensions.get::<Session>().map(|s| s.0.as_ref()) {
            Some(Found::Live(user)) => (Some(user.as_ref().clone()), None),
            Some(Found::Ended { user }) => (None, Some(*user)),
            Some(Found::Nothing) | None => (None, None),
        };
        let path = parts
            .uri
            .path_and_query()
            .map_or_else(|| "/".to_owned(), ToString::to_string);
        Ok(Guest {
            app: app.clone(),
            t: Lang::from_headers(&parts.headers),
            path,
            user,
            ended,
        })
    }
}
impl Guest {
    /// What stands around the page.
    #[must_use]
    pub fn shell(&self, title: impl Into<String>) -> Shell {
        Shell::new(self.app.site.clone(), self.t, self.path.clone(), title)
    }
}

/// A case the user has a relation to.
pub struct Opened {
    /// The case.
    pub case: Case,
    /// The user's relation to it.
    pub relation: Relation,
    /// How far the user sees: the plan is cut to it already.
    pub reach: Reach,
    /// The emergency access it is read by, when there is no other relation.
    pub emergency: Option<Emergency>,
}
impl std::ops::Deref for Opened {
    type Target = Case;
    fn deref(&self) -> &Case {
        &self.case
    }
}
impl Opened {
    /// Whether the user may.
    #[must_use]
    pub const fn may(&self, action: Action) -> bool {
        may(self.relation, action)
    }
}

impl Visit {
    /// Today.
    #[must_use]
    pub fn today(&self) -> Date {
        self.now.date()
    }
    /// That the user has proved of late who they are: asked before what must not be done by whoever finds an open screen. Otherwise they are
    /// sent to prove it, and come back.
    ///
    /// # Errors
    /// [`Failure::ProveAgain`].
    pub fn recent(&self) -> Result<(), Failure> {
        let minutes = self.app.ways.step_up_minutes(self.user.actor.kind);
        if self.at.as_second() - self.user.proved.as_second() <= minutes * 60 {
            Ok(())
        } else {
            Err(Failure::ProveAgain {
                next: self.path.clone(),
            })
        }
    }
    /// The rules that hold today.
    #[must_use]
    pub fn rules(&self) -> RulesOn<'_> {
        self.app.rules.on(self.today())
    }
    /// A connection to read with. Let go of it before carrying anything out.
    ///
    /// # Errors
    /// The database is away.
    pub async fn read(&self) -> Result<Conn, Error> {
        self.app.db.read().await
    }
    /// The logged-in citizen; an employee who came to a citizen's page is told it does not exist.
    ///
    /// # Errors
    /// [`Failure::NotFound`].
    pub fn citizen(&self) -> Result<CitizenId, Failure> {
        self.user.citizen().ok_or(Failure::NotFound)
    }
    /// The logged-in employee.
    ///
    /// # Errors
    /// [`Failure::NotFound`].
    pub fn employee(&self) -> Result<EmployeeId, Failure> {
        self.user.employee().ok_or(Failure::NotFound)
    }
    /// The units the user leads.
    ///
    /// # Errors
    /// The database is away.
    pub async fn standing(&self, conn: &mut Conn) -> Result<Standing, Failure> {
        let mut standing = people::standing(conn, self.user.role, self.user.unit).await?;
        standing.only = units_reached(&self.user.reach);
        // Lists of what one leads hold no more than what one may open.
        let leads = std::mem::take(&mut standing.leads);
        standing.leads = leads.into_iter().filter(|unit| standing.reaches(Some(*unit))).collect();
        Ok(standing)
    }
    /// The user's relation to a plan, emergency access apart.
    #[must_use]
    pub fn relation(&self, case: &Case, standing: &Standing) -> Relation {
        plans::relation(case, &self.user.actor, standing, self.today(), self.former_days())
    }
    fn former_days(&self) -> i32 {
        self.rules().coordinator().former_reads_days.cast_signed()
    }

    /// Opens a plan for reading: finds the user's relation, and records the look before anything is shown.
    /// `page` is what is looked at.
    ///
    /// # Errors
    /// [`Failure::NotFound`] alike for no such plan and no relation to it.
    pub async fn open(&self, conn: &mut Conn, plan: PlanId, page: PageKey) -> Result<Opened, Failure> {
        self.open_for(conn, plan, page, Action::Read).await
    }

    /// As [`Visit::open`], for those who may do this with the plan: nobody else is told that there is such a page, nor is a look recorded.
    ///
    /// # Errors
    /// As [`Visit::open`].
    pub async fn open_for(
        &self,
        conn: &mut Conn,
        plan: PlanId,
        page: PageKey,
        action: Action,
    ) -> Result<Opened, Failure> {
        let opened = self.find(conn, plan, action).await?;
        let citizen = Some(opened.case.citizen.id);
        match &opened.emergency {
            None => self.look(citizen, page).await?,
            Some(taken) => {
                let reason = Act::looking_at(page, &taken.reason);
                self.log(ActKind::LookedInEmergency, citizen, reason).await?;
            }
        }
        Ok(opened)
    }

    /// As [`Visit::open_for`], for what only leads on to a page: nothing is shown of the plan, and so no look is recorded.
    ///
    /// # Errors
    /// As [`Visit::open`].
    pub async fn find(&self, conn: &mut Conn, plan: PlanId, action: Action) -> Result<Opened, Failure> {
        let standing = self.standing(conn).await?;
        let reader = Reader {
            actor: &self.user.actor,
            standing: &standing,
            at: self.at,
            today: self.today(),
            former_days: self.former_days(),
        };
        let Readable {
            case,
            relation,
            reach,
            emergency,
        } = match plans::read_as(conn, plan, &reader).await? {
            Some(readable) => readable,
            // Who takes part but is not reached by a consent learns whom to call, whatever the address under the plan.
            None => match plans::awaited(conn, plan, &reader).await? {
                Some(awaited) => {
                    let page = crate::consent::missing::instead(self, conn, awaited).await?;
                    return Err(Failure::Instead(Box::new(page)));
                }
                None => return Err(Failure::NotFound),
            },
        };
        if !may(relation, action) {
            return Err(Failure::NotFound);
        }
        Ok(Opened {
            case,
            relation,
            reach,
            emergency,
        })
    }

    /// Opens the logged-in citizen's own plan; none when there has never been one.
    ///
    /// # Errors
    /// The database is away, or the user is no citizen.
    pub async fn open_own(&self, conn: &mut Conn, page: PageKey) -> Result<Option<Opened>, Failure> {
        let Some(case) = plans::load_current(conn, self.citizen()?).await? else {
            return Ok(None);
        };
        self.look(Some(case.citizen.id), page).await?;
        Ok(Some(Opened {
            case,
            relation: Relation::Citizen,
            reach: Reach::Whole,
            emergency: None,
        }))
    }

    /// Records a look. Without a citizen it is a list or a page about many: it goes into the user's own chain.
    ///
    /// # Errors
    /// The log cannot be written: then nothing is shown.
    pub async fn look(&self, citizen: Option<CitizenId>, page: PageKey) -> Result<(), Failure> {
        self.log(ActKind::Looked, citizen, Act::looking_at(page, "")).await
    }
    /// Counts that the user does this now; answers the seconds until they may, 0 when they may.
    #[must_use]
    pub fn pace(&self, what: Paced) -> i64 {
        self.app.pace().count(self.user.actor.id, what, self.at)
    }
    /// That the user has not taken much out of the system of late.
    ///
    /// # Errors
    /// [`Failure::TooFast`].
    pub fn may_take_out(&self) -> Result<(), Failure> {
        match self.pace(Paced::Export) {
            0 => Ok(()),
            seconds => Err(Failure::TooFast(seconds)),
        }
    }
    /// Records that a list left the system, and how many rows it had.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for those without the right; [`Failure::TooFast`]; the log cannot be written: then nothing leaves.
    pub async fn exported(&self, right: Right, what: PageKey, rows: usize) -> Result<(), Failure> {
        self.must(right)?;
        // Figures name nobody, and small ones are withheld.
        if right != Right::ExportFigures {
            self.may_take_out()?;
        }
        let reason = Act::looking_at(what, &rows.to_string());
        self.log(ActKind::Exported, None, reason).await
    }
    /// Records that the citizen takes what is held about them along as a file.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for an employee; the log cannot be written: then nothing leaves.
    pub async fn taken_along(&self, what: PageKey) -> Result<(), Failure> {
        let citizen = self.citizen()?;
        self.may_take_out()?;
        let reason = Act::looking_at(what, "json");
        self.log(ActKind::Exported, Some(citizen), reason).await
    }
    /// Whether the user's role gives the right.
    #[must_use]
    pub fn has(&self, right: Right) -> bool {
        self.user.role.is_some_and(|role| role_gives(role, right))
    }
    /// The user's role gives the right, or there is no such page.
    ///
    /// # Errors
    /// [`Failure::NotFound`].
    pub fn must(&self, right: Right) -> Result<(), Failure> {
        if self.has(right) {
            Ok(())
        } else {
            Err(Failure::NotFound)
        }
    }
    async fn log(&self, kind: ActKind, citizen: Option<CitizenId>, reason: String) -> Result<(), Failure> {
        let act = Act {
            id: ActId(Uuid::now_v7()),
            at: self.at,
            actor: self.user.actor.clone(),
            citizen,
            kind,
            submission: None,
            before: None,
            after: None,
            reason,
            voice: Voice::Own,
        };
        let chain = citizen.map_or(self.user.actor.id, |c| c.0);
        Ok(self.app.looks.record(Entry { chain, act }).await?)
    }

    /// Who sends a form. `draft` is the address of the page the form stands on; `location` where the user goes afterwards.
    ///
    /// # Errors
    /// The database is away.
    pub async fn sender(&self, sent: &Fields, location: &str) -> Result<Sender, Failure> {
        let standing = self.standing(&mut self.read().await?).await?;
        Ok(Sender {
            actor: self.user.actor.clone(),
            standing,
            submission: sent.submission(),
            voice: sent.voice(),
            at: self.at,
            now: self.now,
            former_days: self.former_days(),
            draft: Some(self.page_path().to_owned()),
            location: location.to_owned(),
        })
    }

    /// Carries out what a form asks, as the logged-in user.
    ///
    /// # Errors
    /// See [`PerformError`]; [`Failure::NotFound`] for a plan the user has no relation to. A refusal comes back as `Ok(Err(…))`: the page shows it
    /// beside the field.
    pub async fn perform(
        &self,
        plan: PlanId,
        intent: Intent,
        sent: &Fields,
        location: &str,
    ) -> Result<Result<Performed, PerformError>, Failure> {
        let sender = self.sender(sent, location).await?;
        Self::refusal_apart(plans::perform(&self.app.db, plan, intent, &sender).await)
    }

    /// Undoes what one form did.
    ///
    /// # Errors
    /// As [`Visit::perform`].
    pub async fn undo(
        &self,
        plan: PlanId,
        form: SubmissionId,
        sent: &Fields,
        location: &str,
    ) -> Result<Result<Performed, PerformError>, Failure> {
        let sender = self.sender(sent, location).await?;
        Self::refusal_apart(plans::undo(&self.app.db, plan, form, &sender).await)
    }

    /// What the page shows apart from what makes another page: a refusal is shown beside its field.
    pub(crate) fn refusal_apart<T>(done: Result<T, PerformError>) -> Result<Result<T, PerformError>, Failure> {
        match done {
            Err(PerformError::NotFound) => Err(Failure::NotFound),
            Err(PerformError::Db(error)) => Err(Failure::Db(error)),
            other => Ok(other),
        }
    }

    /// The address of this page, without query.
    #[must_use]
    pub fn page_path(&self) -> &str {
        self.path.split('?').next().unwrap_or("/")
    }

    /// What a form on this page shows: as it was sent, because something must be mended; else the draft that was kept; else `fresh`. What stands around the
    /// page says which.
    ///
    /// # Errors
    /// The database is away.
    pub async fn fields(
        &self,
        conn: &mut Conn,
        shell: &mut Shell,
        sent: Option<&Fields>,
        fresh: Fields,
    ) -> Result<Fields, Failure> {
        if let Some(sent) = sent {
            shell.failed = true;
            return Ok(sent.clone());
        }
        Ok(match self.draft(conn).await? {
            Some((draft, notice)) => {
                shell.draft = Some(notice);
                // A draft kept without its revision is of the record as it is today.
                draft.or(Fields::empty().with("_rev", fresh.rev()))
            }
            None => fresh,
        })
    }

    /// What the user typed on this page before and has not sent: the fields, and what to say about it.
    ///
    /// # Errors
    /// The database is away.
    pub async fn draft(&self, conn: &mut Conn) -> Result<Option<(Fields, DraftNotice)>, Failure> {
        let found = drafts::find(conn, self.user.actor.id, self.page_path()).await?;
        Ok(found.map(|draft| {
            let kept = self.t.instant(draft.saved);
            (
                Fields::parse(&draft.body),
                DraftNotice {
                    kept,
                    discard: format!("/discard-draft{}", self.page_path()),
                },
            )
        }))
    }

    /// What stands around the page.
    #[must_use]
    pub fn shell(&self, title: impl Into<String>) -> Shell {
        let mut shell = Shell::new(self.app.site.clone(), self.t, self.path.clone(), title);
        shell.audience = if self.user.citizen().is_some() {
            Audience::Citizen
        } else {
            Audience::Employee
        };
        shell.viewer = Some(Viewer {
            name: self.user.actor.name.clone(),
            role: self.role_words().to_owned(),
        });
        shell.nav = self.nav();
        shell.session_ends = (self.user.until.as_second() - self.at.as_second()).min(sessions::IDLE_MINUTES * 60);
        shell.search = self.user.employee().is_some();
        shell.csrf = crate::kit::sent::masked(&self.user.csrf);
        shell.flash = self
            .flash
            .as_deref()
            .and_then(|cookie| flash_from(self.t, cookie))
            .map(|(kind, text, undo)| Flash {
                kind,
                text,
                undo: undo.map(|action| Undo {
                    action,
                    act: Uuid::now_v7().to_string(),
                }),
            });
        shell
    }

    /// The user's role in words.
    #[must_use]
    pub fn role_words(&self) -> &'static str {
        match self.user.role {
            None => self.t.role_citizen(),
            Some(Role::Caseworker) => self.t.role_caseworker(),
            Some(Role::Consultant) => self.t.role_consultant(),
            Some(Role::TeamLeader) => self.t.role_team_leader(),
            Some(Role::Head) => self.t.role_head(),
            Some(Role::Administrator) => self.t.role_administrator(),
        }
    }

    fn nav(&self) -> Vec<NavItem> {
        let t = self.t;
        let items: &[(&str, &'static str, &'static str)] = match self.user.role {
            None => &[
                (t.nav_my_plan(), "/my-plan", "home"),
                (t.nav_my_steps(), "/my-plan/steps", "checklist"),
                (t.nav_my_conversations(), "/my-plan/conversations", "calendar-month"),
                (t.nav_my_team(), "/my-plan/team", "groups"),
                (t.nav_more(), "/my-plan/more", "menu"),
            ],
            Some(Role::Caseworker) => &[
                (t.nav_day(), "/day", "home"),
                (t.nav_citizens(), "/citizens", "persons"),
                (t.nav_companies(), "/companies", "business"),
                (t.nav_team(), "/team", "groups"),
                (t.nav_figures(), "/figures", "analytics"),
            ],
            Some(Role::Consultant) => &[
                (t.nav_companies(), "/companies", "business"),
                (t.nav_day(), "/day", "home"),
                (t.nav_citizens(), "/citizens", "persons"),
                (t.nav_team(), "/team", "groups"),
                (t.nav_figures(), "/figures", "analytics"),
            ],
            Some(Role::TeamLeader | Role::Head) => &[
                (t.nav_team(), "/team", "groups"),
                (t.nav_figures(), "/figures", "analytics"),
                (t.nav_day(), "/day", "home"),
                (t.nav_citizens(), "/citizens", "persons"),
                (t.nav_companies(), "/companies", "business"),
            ],
            Some(Role::Administrator) => &[(t.nav_setup(), "/setup", "settings")],
        };
        let here = self.page_path();
        // The longest address that this page lies under is the current one.
        let current = items
            .iter()
            .filter(|(_, href, _)| here == *href || here.strip_prefix(href).is_some_and(|rest| rest.starts_with('/')))
            .map(|(_, href, _)| *href)
            .max_by_key(|href| href.len());
        items
            .iter()
            .map(|(label, href, icon)| NavItem {
                label: (*label).to_owned(),
                href: (*href).to_owned(),
                icon,
                current: current == Some(*href),
                waiting: 0,
            })
            .collect()
    }
}
