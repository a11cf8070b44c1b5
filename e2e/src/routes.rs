//! Every address of the site, read off the router itself: so that a page that nobody looks at is found.

/// The router as it is written: one address a call.
const ROUTER: &str = include_str!("../../crates/web/src/router.rs");

/// Addresses that are no pages, and why.
pub const NO_PAGES: &[(&str, &str)] = &[
    ("/", "sends on to one's first page"),
    ("/was", "sends on to the accessibility statement"),
    ("/language/{code}", "remembers the language and goes back"),
    (
        "/plans/{plan}/steps/{step}/tick",
        "sends those who come by the address to the plan",
    ),
    (
        "/plans/{plan}/steps/{step}/untick",
        "sends those who come by the address to the plan",
    ),
    (
        "/plans/{plan}/messages/{message}/read",
        "sends those who come by the address to the plan",
    ),
    (
        "/plans/{plan}/written/{form}",
        "sends on to the conversation that a form wrote",
    ),
    ("/plans/{plan}/handover", "sends on to the latest handover"),
    ("/figures/report/{month}/report.pdf", "the report as a file"),
    ("/figures/report/{month}/table.xlsx", "the report as a file"),
    ("/figures/{measure}/picture.svg", "a chart as a file"),
    ("/figures/{measure}/table.xlsx", "a table as a file"),
    (
        "/plans/{plan}/conversations/{conversation}/calendar.ics",
        "a file for a calendar",
    ),
    (
        "/my-plan/conversations/{conversation}/calendar.ics",
        "a file for a calendar",
    ),
    (
        "/my-plan/steps/{step}/{tick}",
        "sends those who come by the address to the step",
    ),
    (
        "/my-plan/questions/{question}/withdraw",
        "sends those who come by the address to the conversations",
    ),
    (
        "/my-plan/myself/{strength}/end",
        "sends those who come by the address to their strengths",
    ),
    (
        "/research/{export}",
        "an export for research; nothing has left the demo municipality",
    ),
    ("/my-plan/everything.json", "all about oneself as a file"),
    ("/citizens.xlsx", "a file for Excel"),
    ("/companies.xlsx", "a file for Excel"),
    ("/companies/{company}/placements.xlsx", "a file for Excel"),
    ("/setup/import/example/{file}", "a file to fill in"),
    ("/setup/import/{batch}/errors.csv", "a file to mend"),
    (
        "/log-in/with/{entrance}",
        "sends on to a log-in provider; tests/log_in.rs goes there",
    ),
    (
        "/log-in/with/{entrance}/callback",
        "where a log-in provider sends back to; tests/log_in.rs comes by",
    ),
    (
        "/sessions/stay",
        "a sign of life from the script that warns before time-out",
    ),
    (
        "/.well-known/security.txt",
        "for those who look for holes; the demo has none",
    ),
    ("/livez", "for the machine that watches the server"),
    ("/readyz", "for the machine that watches the server"),
];

/// The patterns of all addresses, each with whether one can open it (GET) or only send to it.
fn all() -> impl Iterator<Item = (&'static str, bool)> {
    ROUTER.split(".route(").skip(1).map(|call| {
        let call = &call[..end(call).expect("a call that begins ends")];
        let (pattern, handlers) = call
            .split_once('"')
            .and_then(|(_, rest)| rest.split_once('"'))
            .expect("an address is written out");
        let gets = handlers
            .match_indices("get(")
            .any(|(at, _)| !handlers[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'));
        (pattern, gets)
    })
}

/// The patterns of all addresses one can open (GET), such as `/plans/{plan}/goals/new`.
pub fn opened() -> Vec<&'static str> {
    all().filter_map(|(pattern, gets)| gets.then_some(pattern)).collect()
}

/// Where the call ends that begins before this text.
fn end(text: &str) -> Option<usize> {
    let mut open = 1;
    text.char_indices().find_map(|(at, c)| {
        match c {
            '(' => open += 1,
            ')' => open -= 1,
            _ => {}
        }
        (open == 0).then_some(at)
    })
}

/// The pattern that an address has: of several the one with most words of its own, as the router chooses.
pub fn pattern(path: &str) -> Option<&'static str> {
    let path = path.split(['?', '#']).next().unwrap_or(path);
    opened()
        .into_iter()
        .filter(|pattern| fits(pattern, path))
        .min_by_key(|pattern| pattern.matches('{').count())
}

fn fits(pattern: &str, path: &str) -> bool {
    pattern.split('/').count() == path.split('/').count()
        && pattern
            .split('/')
            .zip(path.split('/'))
            .all(|(wanted, word)| wanted.starts_with('{') && !word.is_empty() || wanted == word)
}

/// The patterns of pages that are not among these addresses.
pub fn missing(visited: &[String]) -> Vec<&'static str> {
    let seen: Vec<&str> = visited.iter().filter_map(|path| pattern(path)).collect();
    opened()
        .into_iter()
        .filter(|page| !seen.contains(page) && NO_PAGES.iter().all(|(no_page, _)| no_page != page))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_off_the_router() {
        let all = opened();
        // One on a line of its own, one over several lines, one of the citizen's; and none that is only posted to.
        for page in [
            "/day",
            "/plans/{plan}/goals/new",
            "/my-plan/goals/{goal}/edit",
            "/setup/links",
        ] {
            assert!(all.contains(&page), "{page} is not found");
        }
        for posted in ["/log-out", "/draft/{*page}", "/setup/import/{batch}/discard"] {
            assert!(!all.contains(&posted), "{posted} cannot be opened");
        }
    }

    #[test]
    fn an_address_has_the_pattern_the_router_chooses() {
        assert_eq!(pattern("/plans/1/goals/new"), Some("/plans/{plan}/goals/new"));
        assert_eq!(pattern("/plans/1/goals/2"), Some("/plans/{plan}/goals/{goal}"));
        assert_eq!(pattern("/citizens?list=drifting"), Some("/citizens"));
        assert_eq!(pattern("/plans/1/nothing"), None);
        assert_eq!(pattern("/plans/"), None);
    }

    #[test]
    fn a_page_that_nobody_opened_is_missing() {
        let visited: Vec<String> = opened()
            .iter()
            .filter(|page| **page != "/plans/{plan}/goals/{goal}")
            .map(|page| page.replace(['{', '}'], "_"))
            .collect();
        assert_eq!(missing(&visited), ["/plans/{plan}/goals/{goal}"]);
        assert!(missing(&[]).contains(&"/day"));
    }

    #[test]
    fn exceptions_are_addresses_and_have_reasons() {
        for (page, why) in NO_PAGES {
            assert!(opened().contains(page), "there is no {page} to make an exception for");
            assert!(!why.is_empty(), "{page} has no reason");
        }
    }
}
