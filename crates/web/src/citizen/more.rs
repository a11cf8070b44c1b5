//! `/my-plan/more`: everything that does not stand in the menu.

use askama::Template;
use axum::response::Response;
use tovholder_casework::act::PageKey;
use tovholder_casework::plan::Plan;

use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, page};
use crate::kit::shell::Shell;
use crate::kit::visit::Visit;

struct Item {
    icon: &'static str,
    href: &'static str,
    label: &'static str,
    about: &'static str,
}

#[derive(Template)]
#[template(path = "citizen/more.html")]
struct Page {
    t: Lang,
    shell: Shell,
    unread: u32,
    items: Vec<Item>,
}

fn items(t: Lang, plan: Option<&Plan>) -> Vec<Item> {
    let item = |icon, href, label, about| Item {
        icon,
        href,
        label,
        about,
    };
    let mut items = Vec::new();
    if let Some(plan) = plan {
        items.push(item(
            "email",
            "/my-plan/messages",
            t.my_messages_title(),
            t.my_more_messages(),
        ));
        items.push(item("goal", "/my-plan/goals", t.my_goals_title(), t.my_more_goals()));
        items.push(item("star", "/my-plan/myself", t.my_myself_title(), t.my_more_myself()));
        if super::progress::asks(plan.head.core_task) {
            items.push(item(
                "analytics",
                "/my-plan/progress",
                t.my_progress_title(),
                t.my_more_progress(),
            ));
        }
        items.push(item(
            "calendar-month",
            "/my-plan/efforts",
            t.my_efforts_title(),
            t.my_more_efforts(),
        ));
        items.push(item(
            "lock",
            "/my-plan/closed-notes",
            t.acc_closed_own_title(),
            t.acc_closed_more(),
        ));
        items.push(item(
            "how-to-reg",
            "/my-plan/consents",
            t.consent_own_title(),
            t.consent_more(),
        ));
        items.push(item("print", "/my-plan/print", t.my_print_title(), t.my_more_print()));
    }
    items.push(item(
        "search",
        "/my-plan/wishes",
        t.my_wishes_title(),
        t.my_more_wishes(),
    ));
    items.push(item(
        "time",
        "/my-plan/history",
        t.my_more_history_title(),
        t.my_more_history(),
    ));
    items.push(item(
        "visibility",
        "/my-plan/log",
        t.my_more_log_title(),
        t.my_more_log(),
    ));
    items.push(item(
        "feedback",
        crate::rights::CORRECTIONS,
        t.rights_corrections_title(),
        t.rights_corrections_more(),
    ));
    items.push(item(
        "document",
        crate::rights::EVERYTHING,
        t.rights_everything_title(),
        t.rights_everything_more(),
    ));
    items
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] for an employee; the database is away.
pub async fn get(visit: Visit) -> Result<Response, Failure> {
    let mut conn = visit.read().await?;
    let case = visit.open_own(&mut conn, PageKey::More).await?;
    let t = visit.t;
    let shell = match &case {
        Some(case) => super::shell(&visit, case, t.my_more_title()),
        None => visit.shell(t.my_more_title()),
    };
    page(&Page {
        t,
        unread: shell.nav.last().map_or(0, |more| more.waiting),
        shell,
        items: items(t, case.as_ref().map(|case| &case.plan)),
    })
}
