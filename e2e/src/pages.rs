//! Every page there is. A page that is not here is not finished: `tests/pages.rs` opens each of these in both languages,
//! on a phone and a desk, with and without JavaScript, checks it, and takes its picture. It also compares what was opened
//! with the router ([`crate::routes`]), so that no address is forgotten.

use crate::Who;

/// What somebody does to get further than a link leads.
#[derive(Clone, Copy, Debug)]
pub enum Deed {
    /// Opens this page's address with these letters after it, as some pages have no link of their own.
    Further(&'static str),
    /// Presses the first thing that this CSS selector finds.
    Press(&'static str),
    /// Writes in the first field that the CSS selector finds.
    Write(&'static str, &'static str),
    /// Chooses a file of `e2e/data` in the first field that the CSS selector finds.
    Attach(&'static str, &'static str),
}
use Deed::{Attach, Further, Press, Write};

/// One page, and how to get there.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    /// What its pictures are called: short, lower case, hyphens.
    pub name: &'static str,
    /// Who looks at it.
    pub who: Who,
    /// Where to begin, such as `/day`.
    pub path: &'static str,
    /// Links to follow from there, each the first that this CSS selector finds. Most pages are reached so, because ids
    /// differ from one demo municipality to the next.
    pub follow: &'static [&'static str],
    /// What to do after that.
    pub then: &'static [Deed],
    /// The HTTP status it answers with; 200, but for pages that say what went wrong.
    pub status: u16,
    /// People print it: it also gets a picture as it looks on paper.
    pub printed: bool,
    /// What one request for it may cost, where that is promised.
    pub budget: Option<Budget>,
}

/// What one request for a page may cost the server.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Budget {
    /// Milliseconds of processor time.
    pub cpu_ms: f64,
    /// SQL queries.
    pub queries: f64,
}

/// A page one gets to by its address.
pub const fn page(name: &'static str, who: Who, path: &'static str) -> Page {
    Page {
        name,
        who,
        path,
        follow: &[],
        then: &[],
        status: 200,
        printed: false,
        budget: None,
    }
}

impl Page {
    /// The page one gets to by following these links (CSS selectors) from the path.
    pub const fn follow(mut self, links: &'static [&'static str]) -> Self {
        self.follow = links;
        self
    }

    /// The page one gets to by doing this after the links.
    pub const fn then(mut self, deeds: &'static [Deed]) -> Self {
        self.then = deeds;
        self
    }

    /// It says that something went wrong, with this HTTP status.
    pub const fn answers(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    /// One request for it costs the server at most this much processor time, in milliseconds, and this many SQL queries.
    pub const fn costs(mut self, cpu_ms: f64, queries: u32) -> Self {
        self.budget = Some(Budget {
            cpu_ms,
            queries: queries as f64,
        });
        self
    }

    /// People print this page.
    pub const fn printed(mut self) -> Self {
        self.printed = true;
        self
    }
}

/// The button that sends the page's own form.
const SEND: &str = "main form[novalidate] button[type=submit].button-primary";
/// The citizen with the fullest plan of the demo, the one to log in as: in the list of the caseworker one logs in as.
const METTE: &str = "/citizens?q=Mette+Lindegaard";
/// From the list to a plan.
const PLAN: &str = "tbody th a";
/// From a plan to its consents.
const CONSENTS: &str = "nav a[href$='/consents']";
/// From the team to its status sheet.
const SHEET: &str = "main a[href^='/team/status/']";
/// Units that are new.
const UNITS: Deed = Attach("#file", "units.csv");
/// Citizens: new ones, one who is there already, and three rows to mend.
const CITIZENS: Deed = Attach("#file", "citizens.csv");
/// What the leader's figures need beside the plans: of each a few good rows, and some to mend.
const HOURS: Deed = Attach("#file", "hours.csv");
const EXPENSES: Deed = Attach("#file", "expenses.csv");
const ASSIGNMENTS: Deed = Attach("#file", "assignments.csv");
const STATES: Deed = Attach("#file", "states.csv");
/// Sends the file.
const UPLOAD: Deed = Press("form[enctype] button[type=submit].button-primary");
/// Goes on from the columns, and from what would happen.
const ON: Deed = Press("main form[method=post] button[type=submit].button-primary");

/// The list. Pages of the same person stand together, and pages that change something stand after those that only look.
pub const PAGES: &[Page] = &[
    page("log-in", Who::Nobody, "/log-in"),
    page("log-in-link", Who::Nobody, "/log-in?link=0123456789abcdef"),
    page("log-in-password", Who::Nobody, "/log-in/password"),
    page("log-in-password-wrong", Who::Nobody, "/log-in/password")
        .then(&[Press(SEND)])
        .answers(422),
    page("accessibility", Who::Nobody, "/accessibility"),
    page("walk-citizen", Who::Nobody, "/walk/citizen").printed(),
    page("walk-employee", Who::Nobody, "/walk/employee").printed(),
    page("walk-tovholder", Who::Nobody, "/walk/tovholder").printed(),
    page("walk-consultant", Who::Nobody, "/walk/consultant").printed(),
    page("walk-team", Who::Nobody, "/walk/team").printed(),
    page("walk-leader", Who::Nobody, "/walk/leader").printed(),
    // The citizen
    page("my-plan", Who::Citizen, "/my-plan").costs(2.0, 12),
    page("my-goals", Who::Citizen, "/my-plan/goals"),
    page("my-goal", Who::Citizen, "/my-plan/goals").follow(&[".card-title a"]),
    page("my-goal-edit", Who::Citizen, "/my-plan/goals").follow(&[".card-title a", "a[href$='/edit']"]),
    page("my-goal-remark", Who::Citizen, "/my-plan/goals")
        .follow(&[".card-title a"])
        .then(&[Further("/remark")]),
    page("my-goal-new", Who::Citizen, "/my-plan/goals/new"),
    page("my-goal-new-error", Who::Citizen, "/my-plan/goals/new")
        .then(&[Press(SEND)])
        .answers(422),
    page("my-steps", Who::Citizen, "/my-plan/steps"),
    page("my-step", Who::Citizen, "/my-plan/steps").follow(&["a.my-step-name"]),
    page("my-step-remark", Who::Citizen, "/my-plan/steps")
        .follow(&["a.my-step-name"])
        .then(&[Further("/remark")]),
    page("my-step-new", Who::Citizen, "/my-plan/steps/new"),
    page("my-step-edit", Who::Citizen, "/my-plan/steps").follow(&["a.my-step-name", "a[href$='/edit']"]),
    page("my-step-drop", Who::Citizen, "/my-plan/steps").follow(&["a.my-step-name", "a[href$='/drop']"]),
    page("my-team", Who::Citizen, "/my-plan/team"),
    page("my-handover-read", Who::Citizen, "/my-plan/team")
        .follow(&["a[href^='/my-plan/handover/']"])
        .printed(),
    page("my-conversations", Who::Citizen, "/my-plan/conversations"),
    page("my-conversation", Who::Citizen, "/my-plan/conversations").follow(&["a.my-row"]),
    page("my-conversation-move", Who::Citizen, "/my-plan/conversations").follow(&["a.my-row", "a[href$='/move']"]),
    page("my-conversation-cancel", Who::Citizen, "/my-plan/conversations").follow(&["a.my-row", "a[href$='/cancel']"]),
    page("my-conversation-book", Who::Citizen, "/my-plan/conversations/book"),
    page("my-question", Who::Citizen, "/my-plan/questions"),
    page("my-myself", Who::Citizen, "/my-plan/myself"),
    page("my-strength-new", Who::Citizen, "/my-plan/myself/new/hope"),
    page("my-strength", Who::Citizen, "/my-plan/myself").follow(&[".my-idea a"]),
    page("my-wishes", Who::Citizen, "/my-plan/wishes"),
    page("my-occupation", Who::Citizen, "/my-plan/occupation?q=gartner"),
    page("my-progress", Who::Citizen, "/my-plan/progress"),
    page("my-progress-answer", Who::Citizen, "/my-plan/progress/answer"),
    page("my-messages", Who::Citizen, "/my-plan/messages"),
    page("my-message-new", Who::Citizen, "/my-plan/messages/new"),
    page("my-message-answer", Who::Citizen, "/my-plan/messages").follow(&["a[href$='/answer']"]),
    page("my-efforts", Who::Citizen, "/my-plan/efforts"),
    page("my-history", Who::Citizen, "/my-plan/history"),
    page("my-log", Who::Citizen, "/my-plan/log"),
    page("my-more", Who::Citizen, "/my-plan/more"),
    page("my-print", Who::Citizen, "/my-plan/print").printed(),
    page("my-corrections", Who::Citizen, "/my-plan/corrections"),
    page("my-everything", Who::Citizen, "/my-plan/everything").printed(),
    page("my-sessions", Who::Citizen, "/sessions"),
    page("not-found", Who::Citizen, "/my-plan/not-there").answers(404),
    page("my-plan-before-change", Who::CitizenBeforeChange, "/my-plan"),
    page("my-handover", Who::CitizenBeforeChange, "/my-plan/handover"),
    page("my-plan-none", Who::NewCitizen, "/my-plan"),
    page("my-plan-closed", Who::CitizenAfterwards, "/my-plan"),
    page("my-print-closed", Who::CitizenAfterwards, "/my-plan/print").printed(),
    // The employee: the day and the lists
    page("day", Who::Caseworker, "/day").costs(5.0, 12),
    page("citizens", Who::Caseworker, "/citizens").costs(5.0, 6),
    page("citizens-drifting", Who::Caseworker, "/citizens?list=drifting"),
    page("search", Who::Caseworker, "/search"),
    page("search-found", Who::Caseworker, "/search").then(&[Write("#q", "a"), Press("main form button")]),
    page("team", Who::Caseworker, "/team"),
    page("sessions", Who::Caseworker, "/sessions"),
    page("account", Who::Caseworker, "/account"),
    page("account-error", Who::Caseworker, "/account")
        .then(&[Press(SEND)])
        .answers(422),
    page("log-in-again", Who::Caseworker, "/log-in/again?next=/day"),
    // The employee: a plan
    page("plan", Who::Caseworker, METTE).follow(&[PLAN]),
    page("plan-print", Who::Caseworker, METTE)
        .follow(&[PLAN, "a[href$='/print']"])
        .printed(),
    page("history", Who::Caseworker, METTE).follow(&[PLAN, "a[href$='/history']"]),
    page("log", Who::Caseworker, METTE).follow(&[PLAN, "a[href$='/log']"]),
    page("handover", Who::Caseworker, METTE)
        .follow(&[PLAN, "a[href$='/handover']"])
        .printed(),
    page("plan-core-task", Who::Caseworker, METTE).follow(&[PLAN, "a[href$='/core-task']"]),
    page("plan-goal-new", Who::Caseworker, METTE).follow(&[PLAN, "a[href$='/goals/new']"]),
    page("plan-goal", Who::Caseworker, METTE).follow(&[PLAN, ".goal-words a"]),
    page("plan-goal-end", Who::Caseworker, METTE).follow(&[PLAN, ".goal-words a", "a[href*='/end?status=reached']"]),
    page("plan-comment", Who::Caseworker, METTE)
        .follow(&[PLAN, ".goal-words a"])
        .then(&[Press("form[action$='/comments/new'] button")])
        .answers(422),
    page("plan-step-new", Who::Caseworker, METTE).follow(&[PLAN, "a[href$='/steps/new']"]),
    page("plan-step", Who::Caseworker, "/citizens?list=step_overdue").follow(&[PLAN, ".step-late .step-title"]),
    page("plan-step-drop", Who::Caseworker, "/citizens?list=step_overdue").follow(&[
        PLAN,
        ".step-late .step-title",
        "a[href$='/drop']",
    ]),
    page("plan-strengths", Who::Caseworker, METTE).follow(&[PLAN, "a[href$='/strengths']"]),
    page("plan-strength", Who::Caseworker, METTE).follow(&[PLAN, "a[href$='/strengths']", "a[href*='/strengths/']"]),
    page("plan-person-new", Who::Caseworker, METTE).follow(&[PLAN, "a[href$='/people/new']"]),
    page("plan-person-end", Who::Caseworker, METTE).follow(&[PLAN, "a[href*='/people/'][href$='/end']"]),
    page("plan-effort-new", Who::Caseworker, METTE).follow(&[PLAN, "a[href$='/efforts/new']"]),
    page("plan-effort", Who::Caseworker, METTE).follow(&[PLAN, ".items a[href*='/efforts/']"]),
    page("plan-effort-hours", Who::Caseworker, METTE).follow(&[
        PLAN,
        ".items a[href*='/efforts/']",
        "a[href$='/hours']",
    ]),
    page("plan-effort-end", Who::Caseworker, METTE).follow(&[
        PLAN,
        ".items a[href*='/efforts/']",
        "a[href*='/efforts/'][href$='/end']",
    ]),
    page("plan-progress", Who::Caseworker, METTE).follow(&[PLAN, "a[href$='/progress']"]),
    page("plan-progress-together", Who::Caseworker, METTE).follow(&[
        PLAN,
        "a[href$='/progress']",
        "a[href*='together=1']",
    ]),
    page("plan-message-new", Who::Caseworker, METTE).follow(&[PLAN, "a[href$='/messages/new']"]),
    page("plan-message-answer", Who::Caseworker, "/citizens?q=Torben+Bach").follow(&[PLAN, "a[href$='/answer']"]),
    // The employee: conversations
    page("conversation", Who::Caseworker, METTE).follow(&[PLAN, ".plan-next a[href*='/conversations/']"]),
    page("conversation-error", Who::Caseworker, METTE)
        .follow(&[PLAN, ".plan-next a[href*='/conversations/']"])
        .then(&[Press(".talk-form button[type=submit].button-primary")])
        .answers(422),
    page(
        "conversation-new",
        Who::Caseworker,
        "/citizens?list=no_next_conversation",
    )
    .follow(&[PLAN, "a[href$='/conversations/new']"]),
    page("conversation-held", Who::Caseworker, METTE).follow(&[PLAN, ".past-talk a[href*='/conversations/']"]),
    page("conversation-note", Who::Caseworker, METTE).follow(&[
        PLAN,
        ".past-talk a[href*='/conversations/']",
        "a[href$='/note']",
    ]),
    page("conversation-move", Who::Caseworker, METTE).follow(&[PLAN, "a[href$='/move']"]),
    page("conversation-cancel", Who::Caseworker, METTE).follow(&[
        PLAN,
        ".plan-next a[href*='/conversations/']",
        "a[href$='/cancel']",
    ]),
    page("conversation-missed", Who::Caseworker, "/citizens?list=outcome_missing").follow(&[
        PLAN,
        ".alert-warning a[href*='/conversations/']",
        "a[href$='/missed']",
    ]),
    page(
        "conversation-book",
        Who::Caseworker,
        "/citizens?list=no_next_conversation",
    )
    .follow(&[PLAN, "a[href$='/book']"]),
    // The employee: who holds the rope
    page("transfer", Who::Caseworker, METTE).follow(&[PLAN, "a[href$='/transfer']"]),
    page("close", Who::Caseworker, METTE).follow(&[PLAN, "a[href$='/close']"]),
    page("open-plan", Who::Caseworker, "/search").then(&[
        Write("#q", "Nikolaj Bruun"),
        Press("main form button"),
        Press("a[href$='/open-plan']"),
    ]),
    page("plan-closed", Who::Coordinator, "/citizens")
        .follow(&[PLAN, "a[href$='/close']"])
        .then(&[
            Write(
                "[name='reached']",
                "To formiddage om ugen i haven, og en fast aftale om onsdagen.",
            ),
            Write(
                "[name='helped']",
                "At det gik roligt frem, og at den samme person ringede hver gang.",
            ),
            Press(SEND),
        ])
        .printed(),
    // The consultant
    page("figures", Who::Head, "/figures").costs(5.0, 8),
    page("figures-caseworker", Who::Caseworker, "/figures"),
    page("figure", Who::Head, "/figures/support").costs(5.0, 8),
    page("figure-passive", Who::TeamLeader, "/figures/passive"),
    page("figure-unit", Who::Head, "/figures/passive").follow(&[".parts a[href*='unit=']"]),
    page("figure-expenses", Who::Head, "/figures/expenses"),
    page("figure-budget", Who::Head, "/figures/targets?measure=expenses"),
    page("figure-people", Who::TeamLeader, "/figures/passive/people"),
    page("figure-targets", Who::Head, "/figures/targets").costs(5.0, 8),
    page("figure-compared", Who::Head, "/figures/support?with=like#compare"),
    page("figure-groups", Who::Head, "/figures/groups").costs(5.0, 8),
    page("figure-groups-caseworker", Who::Caseworker, "/figures/groups"),
    page("figure-group-new", Who::Head, "/figures/groups/new"),
    page("figure-group", Who::Head, "/figures/groups").follow(&[".items a[href^='/figures/groups/']"]),
    page("report", Who::Head, "/figures/report").printed(),
    page("report-caseworker", Who::Caseworker, "/figures/report"),
    page("report-edit", Who::Head, "/figures/report").follow(&["a[href$='/edit']"]),
    page("report-earlier", Who::Head, "/figures/report").follow(&[".report-list details a"]),
    page("companies", Who::Consultant, "/companies"),
    page("company", Who::Consultant, "/companies").follow(&["tbody a[href^='/companies/']"]),
    // Access out of the ordinary
    page("access-emergency", Who::Coordinator, "/search").then(&[
        Write("#q", "6903840000"),
        Press("main form button"),
        Press("a[href$='/emergency']"),
    ]),
    page("access-emergency-error", Who::Coordinator, "/search")
        .then(&[
            Write("#q", "6903840000"),
            Press("main form button"),
            Press("a[href$='/emergency']"),
            Press(SEND),
        ])
        .answers(422),
    page("access-contact", Who::Caseworker, METTE)
        .follow(&[PLAN])
        .then(&[Further("/contact")]),
    page("access-closed-note", Who::Caseworker, METTE).follow(&[PLAN, "a[href$='/closed-note']"]),
    page("access-my-closed-notes", Who::Citizen, "/my-plan/closed-notes"),
    page("consents", Who::Caseworker, METTE).follow(&[PLAN, CONSENTS]),
    page("consent", Who::Caseworker, METTE).follow(&[PLAN, CONSENTS, "main h3 a"]),
    page("consent-new", Who::Caseworker, METTE).follow(&[PLAN, CONSENTS, "a[href$='/consents/new']"]),
    page("consent-new-outside", Who::Caseworker, METTE).follow(&[
        PLAN,
        CONSENTS,
        "a[href$='/consents/new']",
        "a[href$='?way=gather']",
    ]),
    page("consent-new-error", Who::Caseworker, METTE)
        .follow(&[PLAN, CONSENTS, "a[href$='/consents/new']"])
        .then(&[Press(SEND)])
        .answers(422),
    page("consent-mine", Who::Citizen, "/my-plan/consents"),
    page("consent-mine-one", Who::Citizen, "/my-plan/consents").follow(&["main h3 a"]),
    page("consent-mine-withdraw", Who::Citizen, "/my-plan/consents").follow(&["main h3 a", "a[href$='/withdraw']"]),
    page("rights-paper", Who::Caseworker, METTE)
        .follow(&[PLAN, "a[href$='/everything']"])
        .printed(),
    page("rights-retention", Who::TeamLeader, "/review/retention"),
    page("rights-hold", Who::TeamLeader, "/review/retention").follow(&["a[href$='/hold']"]),
    page("rights-research", Who::Head, "/research"),
    page("rights-answers", Who::TeamLeader, "/corrections"),
    page("rights-answer", Who::TeamLeader, "/corrections").follow(&["a[href^='/corrections/']"]),
    page("access-review", Who::TeamLeader, "/review/access"),
    page("access-review-emergency", Who::TeamLeader, "/review/access").follow(&["a[href^='/review/emergency/']"]),
    page("access-review-finding", Who::Head, "/review/access").follow(&["a[href^='/review/findings/']"]),
    // The leaders
    page("citizens-unit", Who::TeamLeader, "/citizens"),
    page("team-leader", Who::TeamLeader, "/team"),
    page("team-head", Who::Head, "/team"),
    // The teams' status sheets
    page("status-teams", Who::Head, "/team/status"),
    page("status", Who::TeamLeader, "/team").follow(&[SHEET]),
    page("status-caseworker", Who::Caseworker, "/team").follow(&[SHEET]),
    page("status-not-begun", Who::Head, "/team/status").follow(&["article:not(:has(li)) .card-title a"]),
    page("status-history", Who::Caseworker, "/team").follow(&[SHEET, "a[href$='/history']"]),
    page("status-print", Who::TeamLeader, "/team")
        .follow(&[SHEET, "a[href$='/print']"])
        .printed(),
    page("status-goal-new", Who::TeamLeader, "/team").follow(&[SHEET, "a[href$='/goals/new']"]),
    page("status-goal", Who::TeamLeader, "/team").follow(&[SHEET, ".status-links a"]),
    page("status-goal-end", Who::TeamLeader, "/team").follow(&[SHEET, ".status-links a[href$='/end']"]),
    page("status-update", Who::Caseworker, "/team").follow(&[SHEET, "a[href$='/update']"]),
    page("status-update-error", Who::Caseworker, "/team")
        .follow(&[SHEET, "a[href$='/update']"])
        .then(&[Press(SEND)])
        .answers(422),
    // Setting up
    page("setup-import", Who::Administrator, "/setup/import"),
    page("setup-import-error", Who::Administrator, "/setup/import")
        .then(&[UPLOAD])
        .answers(422),
    page("setup-columns", Who::Administrator, "/setup/import?kind=citizens").then(&[CITIZENS, UPLOAD]),
    page("setup-check", Who::Administrator, "/setup/import?kind=citizens").then(&[CITIZENS, UPLOAD, ON]),
    page("setup-receipt", Who::Administrator, "/setup/import?kind=citizens").then(&[CITIZENS, UPLOAD, ON, ON]),
    page("setup-undo", Who::Administrator, "/setup/import?kind=units").then(&[
        UNITS,
        UPLOAD,
        ON,
        ON,
        Press("a[href$='/undo']"),
    ]),
    page("setup-columns-hours", Who::Administrator, "/setup/import?kind=hours").then(&[HOURS, UPLOAD]),
    page("setup-check-hours", Who::Administrator, "/setup/import?kind=hours").then(&[HOURS, UPLOAD, ON]),
    page(
        "setup-check-expenses",
        Who::Administrator,
        "/setup/import?kind=expenses",
    )
    .then(&[EXPENSES, UPLOAD, ON]),
    page(
        "setup-check-assignments",
        Who::Administrator,
        "/setup/import?kind=assignments",
    )
    .then(&[ASSIGNMENTS, UPLOAD, ON]),
    page("setup-columns-states", Who::Administrator, "/setup/import?kind=states").then(&[STATES, UPLOAD]),
    page("setup-check-states", Who::Administrator, "/setup/import?kind=states").then(&[STATES, UPLOAD, ON]),
    page("setup", Who::Administrator, "/setup"),
    page("setup-links", Who::Administrator, "/setup/links"),
    page("setup-links-found", Who::Administrator, "/setup/links").then(&[Write("#name", "a"), Press(SEND)]),
    page("setup-links-made", Who::Administrator, "/setup/links").then(&[
        Write("#name", "a"),
        Press(SEND),
        Press(".person-choice button"),
    ]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_pages_share_a_name() {
        for (at, page) in PAGES.iter().enumerate() {
            assert!(
                !PAGES[..at].iter().any(|other| other.name == page.name),
                "two pages are called {}",
                page.name
            );
        }
    }
}
