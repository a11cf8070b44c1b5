//! Every address on one page.

use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, Method, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::Response;
use axum::routing::{get, post};
use tower_http::compression::{CompressionLayer, CompressionLevel};

use crate::access;
use crate::caseload;
use crate::consent;
use crate::conversation;
use crate::coordination;
use crate::entry;
use crate::figures;
use crate::kit::app::App;
use crate::kit::{assets, panic, respond, visit};
use crate::plan;
use crate::record;
use crate::rights;
use crate::setup;
use crate::status;

/// What a browser may do with our pages: nothing from elsewhere, nothing inline.
const CSP: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; \
     form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// The whole application.
pub fn router(app: App) -> Router {
    around(pages(), app)
}

/// Every page.
fn pages() -> Router<App> {
    Router::new()
        .route("/", get(entry::front::get))
        .route("/log-in", get(entry::log_in::get).post(entry::log_in::post))
        .route(
            "/log-in/password",
            get(entry::password::get).post(entry::password::post),
        )
        .route("/log-in/again", get(entry::again::get).post(entry::again::post))
        .route("/log-in/with/{entrance}", get(entry::with::go))
        .route("/log-in/with/{entrance}/callback", get(entry::with::back))
        .route("/log-in/with/{entrance}/logged-out", post(entry::with::told))
        .route("/log-out", post(entry::log_out::post))
        .route("/account", get(entry::account::get).post(entry::account::post))
        .route("/sessions", get(entry::sessions::get).post(entry::sessions::post))
        .route("/sessions/stay", get(entry::sessions::stay))
        .route("/walk/{audience}", get(entry::walk::get))
        .route("/accessibility", get(entry::accessibility::get))
        .route("/was", get(entry::accessibility::statement))
        .route("/language/{code}", get(entry::language::get))
        .route("/draft/{*page}", post(entry::draft::save))
        .route("/discard-draft/{*page}", post(entry::draft::discard))
        // citizen: the citizen's own pages
        .merge(own_plan())
        // plan: a plan as the employee works with it
        .route("/plans/{plan}", get(plan::overview::get))
        .route("/plans/{plan}/print", get(plan::print::get))
        .route(
            "/plans/{plan}/core-task",
            get(plan::core_task::get).post(plan::core_task::post),
        )
        .route(
            "/plans/{plan}/goals/new",
            get(plan::goal_new::get).post(plan::goal_new::post),
        )
        .route(
            "/plans/{plan}/goals/{goal}",
            get(plan::goal::get).post(plan::goal::post),
        )
        .route(
            "/plans/{plan}/goals/{goal}/end",
            get(plan::goal_end::get).post(plan::goal_end::post),
        )
        .route(
            "/plans/{plan}/steps/new",
            get(plan::step_new::get).post(plan::step_new::post),
        )
        .route(
            "/plans/{plan}/steps/{step}",
            get(plan::step::get).post(plan::step::post),
        )
        .route(
            "/plans/{plan}/steps/{step}/drop",
            get(plan::step_drop::get).post(plan::step_drop::post),
        )
        .route(
            "/plans/{plan}/steps/{step}/tick",
            get(plan::step_tick::back).post(plan::step_tick::tick),
        )
        .route(
            "/plans/{plan}/steps/{step}/untick",
            get(plan::step_tick::back).post(plan::step_tick::untick),
        )
        .route(
            "/plans/{plan}/comments/new",
            get(plan::comment_new::get).post(plan::comment_new::post),
        )
        .route(
            "/plans/{plan}/strengths",
            get(plan::strengths::get).post(plan::strengths::post),
        )
        .route(
            "/plans/{plan}/strengths/{strength}",
            get(plan::strength::get).post(plan::strength::post),
        )
        .route(
            "/plans/{plan}/people/new",
            get(plan::person_new::get).post(plan::person_new::post),
        )
        .route(
            "/plans/{plan}/people/{participation}/end",
            get(plan::person_end::get).post(plan::person_end::post),
        )
        .route(
            "/plans/{plan}/efforts/new",
            get(plan::effort_new::get).post(plan::effort_new::post),
        )
        .route(
            "/plans/{plan}/efforts/{effort}",
            get(plan::effort::get).post(plan::effort::post),
        )
        .route(
            "/plans/{plan}/efforts/{effort}/hours",
            get(plan::effort_hours::get).post(plan::effort_hours::post),
        )
        .route(
            "/plans/{plan}/efforts/{effort}/end",
            get(plan::effort_end::get).post(plan::effort_end::post),
        )
        .route(
            "/plans/{plan}/progress",
            get(plan::progress::get).post(plan::progress::post),
        )
        .route(
            "/plans/{plan}/messages/new",
            get(plan::message_new::get).post(plan::message_new::post),
        )
        .route(
            "/plans/{plan}/messages/{message}/answer",
            get(plan::message_new::get_answer).post(plan::message_new::post_answer),
        )
        .route(
            "/plans/{plan}/messages/{message}/read",
            get(plan::message_read::back).post(plan::message_read::post),
        )
        // conversation: holding and booking
        .route(
            "/plans/{plan}/book",
            get(conversation::book::get).post(conversation::book::post),
        )
        .route(
            "/plans/{plan}/conversations/new",
            get(conversation::hold::get_new).post(conversation::hold::post_new),
        )
        .route(
            "/plans/{plan}/conversations/{conversation}",
            get(conversation::hold::get).post(conversation::hold::post),
        )
        .route(
            "/plans/{plan}/conversations/{conversation}/move",
            get(conversation::shift::get).post(conversation::shift::post),
        )
        .route(
            "/plans/{plan}/conversations/{conversation}/cancel",
            get(conversation::cancel::get).post(conversation::cancel::post),
        )
        .route(
            "/plans/{plan}/conversations/{conversation}/missed",
            get(conversation::missed::get).post(conversation::missed::post),
        )
        .route(
            "/plans/{plan}/conversations/{conversation}/note",
            get(conversation::note::get).post(conversation::note::post),
        )
        .route(
            "/plans/{plan}/conversations/{conversation}/calendar.ics",
            get(conversation::calendar::get),
        )
        .route("/plans/{plan}/written/{form}", get(conversation::hold::written))
        // coordination: open, transfer, close, undo
        .route(
            "/citizens/{citizen}/open-plan",
            get(coordination::open::get).post(coordination::open::post),
        )
        .route(
            "/plans/{plan}/transfer",
            get(coordination::transfer::get).post(coordination::transfer::post),
        )
        .route("/plans/{plan}/handover", get(coordination::handover::latest))
        .route(
            "/plans/{plan}/handover/{handover}",
            get(coordination::handover::get).post(coordination::handover::post),
        )
        .route(
            "/my-plan/handover/{handover}",
            get(coordination::handover::get_own).post(coordination::handover::post_own),
        )
        .route(
            "/plans/{plan}/close",
            get(coordination::close::get).post(coordination::close::post),
        )
        .route("/plans/{plan}/undo/{form}", post(coordination::undo::post))
        // caseload: the day, my citizens, the team, companies, search
        .route("/day", get(caseload::day::get).post(caseload::day::post))
        .route("/citizens", get(caseload::citizens::get).post(caseload::citizens::post))
        .route("/citizens.xlsx", get(caseload::citizens::export))
        .route("/search", get(caseload::search::get).post(caseload::search::post))
        .route("/team", get(caseload::team::get))
        .route("/companies", get(caseload::companies::get))
        .route("/companies.xlsx", get(caseload::companies::export))
        .route("/companies/{company}", get(caseload::company::get))
        .route("/companies/{company}/placements.xlsx", get(caseload::company::export))
        // figures: the leader's pages
        .route("/figures", get(figures::overview::get))
        .route(
            "/figures/targets",
            get(figures::targets::get).post(figures::targets::post),
        )
        .route("/figures/groups", get(figures::groups::get).post(figures::groups::post))
        .route(
            "/figures/groups/new",
            get(figures::group::get_new).post(figures::group::post_new),
        )
        .route(
            "/figures/groups/{group}",
            get(figures::group::get).post(figures::group::post),
        )
        .route("/figures/report", get(figures::report::show::latest))
        .route(
            "/figures/report/{month}",
            get(figures::report::show::get).post(figures::report::show::post),
        )
        .route(
            "/figures/report/{month}/edit",
            get(figures::report::edit::get).post(figures::report::edit::post),
        )
        .route("/figures/report/{month}/report.pdf", get(figures::report::pdf::get))
        .route("/figures/report/{month}/table.xlsx", get(figures::report::sheet::get))
        .route("/figures/{measure}", get(figures::measure::get))
        .route("/figures/{measure}/people", get(figures::people::get))
        .route("/figures/{measure}/picture.svg", get(figures::measure::picture))
        .route("/figures/{measure}/table.xlsx", get(figures::measure::table))
        // status: the teams' status sheets
        .route("/team/status", get(status::overview::get))
        .route("/team/status/{team}", get(status::sheet::get))
        .route("/team/status/{team}/history", get(status::history::get))
        .route("/team/status/{team}/print", get(status::print::get))
        .route(
            "/team/status/{team}/update",
            get(status::update::get).post(status::update::post),
        )
        .route(
            "/team/status/{team}/goals/new",
            get(status::goal::get_new).post(status::goal::post_new),
        )
        .route(
            "/team/status/{team}/goals/{goal}",
            get(status::goal::get).post(status::goal::post),
        )
        .route(
            "/team/status/{team}/goals/{goal}/end",
            get(status::goal_end::get).post(status::goal_end::post),
        )
        // access: emergency access, and the leader's review of how the system is used
        .route(
            "/citizens/{citizen}/emergency",
            get(access::emergency::get).post(access::emergency::post),
        )
        .route("/plans/{plan}/contact", get(access::contact::get))
        .route(
            "/plans/{plan}/closed-note",
            get(access::closed::get).post(access::closed::post),
        )
        .route("/my-plan/closed-notes", get(access::closed::own))
        .route("/review/access", get(access::review::get))
        .route(
            "/review/findings/{finding}",
            get(access::finding::get).post(access::finding::post),
        )
        .route(
            "/review/emergency/{emergency}",
            get(access::sign::get).post(access::sign::post),
        )
        // consent: what the citizen has agreed that others may know
        .route("/plans/{plan}/consents", get(consent::list::get))
        .route(
            "/plans/{plan}/consents/new",
            get(consent::ask::get).post(consent::ask::post),
        )
        .route(
            "/plans/{plan}/consents/{consent}",
            get(consent::show::get).post(consent::show::post),
        )
        .route("/my-plan/consents", get(consent::own::get))
        .route(
            "/my-plan/consents/{consent}",
            get(consent::own::get_one).post(consent::own::post_one),
        )
        .route(
            "/my-plan/consents/{consent}/withdraw",
            get(consent::withdraw::get).post(consent::withdraw::post),
        )
        // rights: everything about oneself, and what is wrong in it
        .route(
            "/my-plan/corrections",
            get(rights::corrections::get).post(rights::corrections::post),
        )
        .route("/review/retention", get(rights::retention::get))
        .route(
            "/citizens/{citizen}/hold",
            get(rights::hold::get).post(rights::hold::post),
        )
        .route("/research", get(rights::research::list))
        .route(
            "/research/{export}",
            get(rights::research::get).post(rights::research::post),
        )
        .route("/corrections", get(rights::answers::list))
        .route(
            "/corrections/{correction}",
            get(rights::answers::get).post(rights::answers::post),
        )
        .route("/my-plan/everything", get(rights::everything::get))
        .route("/citizens/{citizen}/everything", get(rights::everything::on_paper))
        .route("/my-plan/everything.json", get(rights::everything::file))
        // record: history and who looked
        .route("/plans/{plan}/history", get(record::history::get))
        .route("/plans/{plan}/log", get(record::log::get))
        .route("/my-plan/history", get(record::history::own))
        .route("/my-plan/log", get(record::log::own))
        // setup: import and administration
        .route("/setup", get(setup::overview::get))
        .route(
            "/setup/import",
            get(setup::upload::get)
                .post(setup::upload::post)
                .layer(setup::upload::limit()),
        )
        .route("/setup/import/example/{file}", get(setup::example::get))
        .route("/setup/import/{batch}", get(setup::batch::get).post(setup::batch::post))
        .route(
            "/setup/import/{batch}/check",
            get(setup::check::get).post(setup::check::post),
        )
        .route("/setup/import/{batch}/errors.csv", get(setup::mend::get))
        .route(
            "/setup/import/{batch}/undo",
            get(setup::undo::get).post(setup::undo::post),
        )
        .route("/setup/import/{batch}/discard", post(setup::discard::post))
        .route("/setup/links", get(setup::links::get).post(setup::links::post))
}

/// What every page passes through, and what stands beside the pages.
fn around(pages: Router<App>, app: App) -> Router {
    let theme = app.site.theme.clone();
    let pages = pages
        .fallback(async || respond::Failure::NotFound)
        .layer(from_fn_with_state(app.clone(), visit::layer))
        .layer(from_fn(panic::layer))
        .layer(from_fn_with_state(app.clone(), respond::layer))
        .layer(
            CompressionLayer::new()
                // The second fastest of Brotli. The fastest sends a long list with some hundred bytes more than promised.
                .quality(CompressionLevel::Precise(1))
                .no_deflate()
                .no_zstd(),
        );
    let probes = Router::new()
        .route("/.well-known/security.txt", get(entry::security_txt::get))
        .route("/livez", get(entry::probe::live))
        .route("/readyz", get(entry::probe::ready));
    Router::new()
        .merge(pages)
        .merge(assets::routes(&theme))
        .merge(probes)
        .layer(from_fn_with_state(app.clone(), headers))
        .layer(from_fn(count))
        .with_state(app)
}

/// The citizen's own pages. No address names a plan: it is always the one of whoever is logged in.
#[rustfmt::skip] // one address, one line
fn own_plan() -> Router<App> {
    use crate::citizen::*;
    Router::new()
        .route("/my-plan", get(home::get))
        .route("/my-plan/goals", get(goals::get))
        .route("/my-plan/goals/new", get(goal_form::get_new).post(goal_form::post_new))
        .route("/my-plan/goals/{goal}", get(goal::get))
        .route("/my-plan/goals/{goal}/edit", get(goal_form::get_edit).post(goal_form::post_edit))
        .route("/my-plan/goals/{goal}/remark", get(remark::get_goal).post(remark::post_goal))
        .route("/my-plan/steps", get(steps::get))
        .route("/my-plan/steps/new", get(step_form::get_new).post(step_form::post_new))
        .route("/my-plan/steps/{step}", get(step::get))
        .route("/my-plan/steps/{step}/edit", get(step_form::get_edit).post(step_form::post_edit))
        .route("/my-plan/steps/{step}/drop", get(step_drop::get).post(step_drop::post))
        .route("/my-plan/steps/{step}/remark", get(remark::get_step).post(remark::post_step))
        .route("/my-plan/steps/{step}/{tick}", get(tick::back).post(tick::post))
        .route("/my-plan/team", get(team::get))
        .route("/my-plan/handover", get(handover::get).post(handover::post))
        .route("/my-plan/conversations", get(conversations::get))
        .route("/my-plan/conversations/book", get(book::get_book).post(book::post_book))
        .route("/my-plan/conversations/{conversation}", get(conversation::get))
        .route("/my-plan/conversations/{conversation}/move", get(book::get_move).post(book::post_move))
        .route("/my-plan/conversations/{conversation}/cancel", get(cancel::get).post(cancel::post))
        .route("/my-plan/conversations/{conversation}/calendar.ics", get(calendar::get))
        .route("/my-plan/questions", get(questions::get).post(questions::post))
        .route("/my-plan/questions/{question}/withdraw", get(questions::back).post(questions::withdraw))
        .route("/my-plan/myself", get(myself::get))
        .route("/my-plan/myself/new/{kind}", get(strength::get_new).post(strength::post_new))
        .route("/my-plan/myself/{strength}", get(strength::get_edit).post(strength::post_edit))
        .route("/my-plan/myself/{strength}/end", get(strength::back).post(strength::end))
        .route("/my-plan/wishes", get(wishes::get).post(wishes::post))
        .route("/my-plan/occupation", get(wishes::get_occupation).post(wishes::post_occupation))
        .route("/my-plan/progress", get(progress::get))
        .route("/my-plan/progress/answer", get(progress::get_form).post(progress::post_form))
        .route("/my-plan/messages", get(messages::get))
        .route("/my-plan/messages/new", get(message_new::get).post(message_new::post))
        .route("/my-plan/messages/{message}/answer", get(message_new::get_answer).post(message_new::post_answer))
        .route("/my-plan/efforts", get(efforts::get))
        .route("/my-plan/more", get(more::get))
        .route("/my-plan/print", get(print::get))
}

/// Counts every answer by the route's pattern, never by the address itself: an address may name a person's plan.
async fn count(request: Request, next: Next) -> Response {
    let method = match *request.method() {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::HEAD => "HEAD",
        // Anyone can invent a method; they must not invent a time series with it.
        _ => "other",
    };
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "none".to_owned(), |path| path.as_str().to_owned());
    let response = next.run(request).await;
    let status = response.status().as_str().to_owned();
    metrics::counter!("tovholder_http_requests_total", "method" => method, "route" => route, "status" => status)
        .increment(1);
    response
}

/// What every answer carries, whoever made it.
async fn headers(State(app): State<App>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let mut set = |name: HeaderName, value: &'static str| {
        response
            .headers_mut()
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    };
    set(header::CONTENT_SECURITY_POLICY, CSP);
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::REFERRER_POLICY, "same-origin");
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    set(
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=()",
    );
    set(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains");
    // Nothing about a person stays on a shared machine. Assets have said already how long they may be kept.
    set(header::CACHE_CONTROL, "no-store");
    if app.secure_cookies {
        secure(&mut response);
    }
    response
}

/// Lets every cookie travel over TLS only. Done here, for all of them, so that nobody can forget it.
fn secure(response: &mut Response) {
    let cookies: Vec<HeaderValue> = response.headers().get_all(header::SET_COOKIE).iter().cloned().collect();
    response.headers_mut().remove(header::SET_COOKIE);
    for cookie in cookies {
        let secured = HeaderValue::from_bytes(&[cookie.as_bytes(), b"; Secure"].concat()).unwrap_or(cookie);
        response.headers_mut().append(header::SET_COOKIE, secured);
    }
}

#[cfg(test)]
mod tests;
