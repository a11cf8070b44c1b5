//! Every page there is. A page that is not here is not finished: `tests/pages.rs` opens each of these in both languages,
//! on a phone and a desk, with and without JavaScript, checks it, and takes its picture.

use crate::Who;

/// One page, and how to get there.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    /// What its pictures are called: short, lower case, hyphens.
    pub name: &'static str,
    /// Who looks at it.
    pub who: Who,
    /// Where to begin, such as `/min-dag`.
    pub path: &'static str,
    /// Links to follow from there, each the first that this CSS selector finds. Most pages are reached so, because ids
    /// differ from one demo municipality to the next.
    pub follow: &'static [&'static str],
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

const fn page(name: &'static str, who: Who, path: &'static str) -> Page {
    Page {
        name,
        who,
        path,
        follow: &[],
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

/// The list.
pub const PAGES: &[Page] = &[
    page("log-in", Who::Nobody, "/log-in"),
    page("accessibility", Who::Nobody, "/accessibility"),
    page("walk-citizen", Who::Nobody, "/walk/citizen").printed(),
    page("walk-employee", Who::Nobody, "/walk/employee").printed(),
    page("walk-tovholder", Who::Nobody, "/walk/tovholder").printed(),
    page("walk-consultant", Who::Nobody, "/walk/consultant").printed(),
    page("walk-team", Who::Nobody, "/walk/team").printed(),
    page("walk-leader", Who::Nobody, "/walk/leader").printed(),
    page("my-plan", Who::Citizen, "/my-plan").costs(2.0, 12),
    page("my-goals", Who::Citizen, "/my-plan/goals"),
    page("my-goal", Who::Citizen, "/my-plan/goals").follow(&[".card-title a"]),
    page("my-goal-edit", Who::Citizen, "/my-plan/goals").follow(&[".card-title a", "a[href$='/edit']"]),
    page("my-goal-new", Who::Citizen, "/my-plan/goals/new"),
    page("my-steps", Who::Citizen, "/my-plan/steps"),
    page("my-step", Who::Citizen, "/my-plan/steps").follow(&["a.my-step-name"]),
    page("my-step-new", Who::Citizen, "/my-plan/steps/new"),
    page("my-step-edit", Who::Citizen, "/my-plan/steps").follow(&["a.my-step-name", "a[href$='/edit']"]),
    page("my-step-drop", Who::Citizen, "/my-plan/steps").follow(&["a.my-step-name", "a[href$='/drop']"]),
    page("my-team", Who::Citizen, "/my-plan/team"),
    page("my-conversations", Who::Citizen, "/my-plan/conversations"),
    page("my-conversation", Who::Citizen, "/my-plan/conversations").follow(&["a.my-row"]),
    page("my-conversation-book", Who::Citizen, "/my-plan/conversations/book"),
    page("my-question", Who::Citizen, "/my-plan/questions"),
    page("my-myself", Who::Citizen, "/my-plan/myself"),
    page("my-strength", Who::Citizen, "/my-plan/myself/new/hope"),
    page("my-wishes", Who::Citizen, "/my-plan/wishes"),
    page("my-occupation", Who::Citizen, "/my-plan/occupation?q=gartner"),
    page("my-progress", Who::Citizen, "/my-plan/progress"),
    page("my-progress-answer", Who::Citizen, "/my-plan/progress/answer"),
    page("my-messages", Who::Citizen, "/my-plan/messages"),
    page("my-message-answer", Who::Citizen, "/my-plan/messages").follow(&["a[href$='/answer']"]),
    page("my-efforts", Who::Citizen, "/my-plan/efforts"),
    page("my-more", Who::Citizen, "/my-plan/more"),
    page("my-print", Who::Citizen, "/my-plan/print").printed(),
    page("conversation", Who::Caseworker, "/citizens").follow(&["a[href^='/plans/']", "a[href*='/conversations/']"]),
    page("transfer", Who::Caseworker, "/citizens").follow(&["a[href^='/plans/']", "a[href$='/transfer']"]),
    page("day", Who::Caseworker, "/day").costs(5.0, 12),
    page("citizens", Who::Caseworker, "/citizens").costs(5.0, 6),
    page("citizens-drifting", Who::Caseworker, "/citizens?list=drifting"),
    page("citizens-unit", Who::TeamLeader, "/citizens"),
    page("search", Who::Caseworker, "/search"),
    page("team", Who::Caseworker, "/team"),
    page("team-leader", Who::TeamLeader, "/team"),
    page("team-head", Who::Head, "/team"),
    page("companies", Who::Consultant, "/companies"),
    page("company", Who::Consultant, "/companies").follow(&["tbody a[href^='/companies/']"]),
    page("history", Who::Caseworker, "/citizens").follow(&["a[href^='/plans/']", "a[href$='/history']"]),
    page("log", Who::Caseworker, "/citizens").follow(&["a[href^='/plans/']", "a[href$='/log']"]),
    page("my-history", Who::Citizen, "/my-plan/history"),
    page("my-log", Who::Citizen, "/my-plan/log"),
    page("close", Who::Caseworker, "/citizens").follow(&["a[href^='/plans/']", "a[href$='/close']"]),
    page("plan", Who::Caseworker, "/citizens").follow(&["tbody th a"]),
    page("plan-print", Who::Caseworker, "/citizens")
        .follow(&["tbody th a", "a[href$='/print']"])
        .printed(),
    page("plan-goal-new", Who::Caseworker, "/citizens").follow(&["tbody th a", "a[href$='/goals/new']"]),
    page("plan-goal", Who::Caseworker, "/citizens").follow(&["tbody th a", ".goal-words a"]),
    page("plan-goal-end", Who::Caseworker, "/citizens").follow(&[
        "tbody th a",
        ".goal-words a",
        "a[href*='/end?status=reached']",
    ]),
    page("plan-step-new", Who::Caseworker, "/citizens").follow(&["tbody th a", "a[href$='/steps/new']"]),
    page("plan-step", Who::Caseworker, "/citizens?list=step_overdue").follow(&["tbody th a", ".step-late .step-title"]),
    page("plan-step-drop", Who::Caseworker, "/citizens?list=step_overdue").follow(&[
        "tbody th a",
        ".step-late .step-title",
        "a[href$='/drop']",
    ]),
    page("plan-strengths", Who::Caseworker, "/citizens").follow(&["tbody th a", "a[href$='/strengths']"]),
    page("plan-person-new", Who::Caseworker, "/citizens").follow(&["tbody th a", "a[href$='/people/new']"]),
    page("plan-effort-new", Who::Caseworker, "/citizens").follow(&["tbody th a", "a[href$='/efforts/new']"]),
    page("plan-progress", Who::Caseworker, "/citizens").follow(&["tbody th a", "a[href$='/progress']"]),
    page("plan-progress-together", Who::Caseworker, "/citizens").follow(&[
        "tbody th a",
        "a[href$='/progress']",
        "a[href*='together=1']",
    ]),
    page("plan-message-new", Who::Caseworker, "/citizens").follow(&["tbody th a", "a[href$='/messages/new']"]),
    page("plan-core-task", Who::Caseworker, "/citizens").follow(&["tbody th a", "a[href$='/core-task']"]),
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
