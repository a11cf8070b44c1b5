//! `/walk/{audience}`: the demo on one page for each kind of reader, to print and lay beside the screen.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use tovholder_store::sessions::Role;

use crate::kit::app::Person;
use crate::kit::form::Link;
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, page};
use crate::kit::shell::Shell;
use crate::kit::visit::Guest;

/// Whom a walk is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Owns the plan.
    Citizen,
    /// Works with citizens.
    Employee,
    /// Coordinates a plan across units.
    Tovholder,
    /// Works with companies.
    Consultant,
    /// Governs itself.
    Team,
    /// Leads the department.
    Leader,
}

impl Audience {
    /// Everyone there is a walk for, in the order of the menu.
    pub const ALL: &'static [Audience] = &[
        Audience::Citizen,
        Audience::Employee,
        Audience::Tovholder,
        Audience::Consultant,
        Audience::Team,
        Audience::Leader,
    ];

    /// The word in the address.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Audience::Citizen => "citizen",
            Audience::Employee => "employee",
            Audience::Tovholder => "tovholder",
            Audience::Consultant => "consultant",
            Audience::Team => "team",
            Audience::Leader => "leader",
        }
    }

    /// The heading: `Gå med en borger`.
    #[must_use]
    pub const fn title(self, t: &Lang) -> &'static str {
        match self {
            Audience::Citizen => t.walk_citizen_title(),
            Audience::Employee => t.walk_employee_title(),
            Audience::Tovholder => t.walk_tovholder_title(),
            Audience::Consultant => t.walk_consultant_title(),
            Audience::Team => t.walk_team_title(),
            Audience::Leader => t.walk_leader_title(),
        }
    }

    const fn lead(self, t: Lang) -> &'static str {
        match self {
            Audience::Citizen => t.walk_citizen_lead(),
            Audience::Employee => t.walk_employee_lead(),
            Audience::Tovholder => t.walk_tovholder_lead(),
            Audience::Consultant => t.walk_consultant_lead(),
            Audience::Team => t.walk_team_lead(),
            Audience::Leader => t.walk_leader_lead(),
        }
    }

    fn steps(self, t: Lang) -> Vec<Step> {
        // `Later` until the page a step speaks of is built; then it is `Now`.
        use When::{Later, Now};
        let steps: &[(When, &'static str)] = match self {
            Audience::Citizen => &[
                (Now, t.walk_citizen_1()),
                (Now, t.walk_citizen_2()),
                (Now, t.walk_citizen_3()),
                (Now, t.walk_citizen_4()),
                (Now, t.walk_citizen_5()),
                (Later, t.walk_citizen_6()),
                (Now, t.walk_citizen_7()),
                (Now, t.walk_citizen_8()),
            ],
            Audience::Employee => &[
                (Now, t.walk_employee_1()),
                (Now, t.walk_employee_2()),
                (Now, t.walk_employee_3()),
                (Now, t.walk_employee_4()),
                (Now, t.walk_employee_5()),
                (Later, t.walk_employee_6()),
                (Now, t.walk_employee_7()),
                (Now, t.walk_employee_8()),
            ],
            Audience::Tovholder => &[
                (Now, t.walk_tovholder_1()),
                (Now, t.walk_tovholder_2()),
                (Now, t.walk_tovholder_3()),
                (Later, t.walk_tovholder_4()),
                (Later, t.walk_tovholder_5()),
                (Now, t.walk_tovholder_6()),
                (Now, t.walk_tovholder_7()),
            ],
            Audience::Consultant => &[
                (Now, t.walk_consultant_1()),
                (Later, t.walk_consultant_2()),
                (Later, t.walk_consultant_3()),
                (Later, t.walk_consultant_4()),
                (Later, t.walk_consultant_5()),
                (Later, t.walk_consultant_6()),
                (Later, t.walk_consultant_7()),
            ],
            Audience::Team => &[
                (Now, t.walk_team_0()),
                (Now, t.walk_team_1()),
                (Later, t.walk_team_2()),
                (Now, t.walk_team_3()),
                (Later, t.walk_team_4()),
                (Later, t.walk_team_5()),
                (Later, t.walk_team_6()),
            ],
            Audience::Leader => &[
                (Now, t.walk_leader_0()),
                (Now, t.walk_leader_1()),
                (Now, t.walk_leader_2()),
                (Now, t.walk_leader_3()),
                (Now, t.walk_leader_4()),
                (Now, t.walk_leader_5()),
                (Later, t.walk_leader_6()),
                (Later, t.walk_leader_7()),
                (Now, t.walk_leader_8()),
            ],
        };
        steps.iter().map(|(when, text)| Step { when: *when, text }).collect()
    }

    /// Whom to log in as for this walk. Every caseworker coordinates some plans; the one who holds a plan of many units comes second.
    fn person(self, people: &[Person]) -> Option<&Person> {
        let mut fitting = people.iter().filter(|person| match (self, person.role) {
            (Audience::Citizen, None) => true,
            (Audience::Employee | Audience::Tovholder, Some(role)) => role == Role::Caseworker,
            (Audience::Consultant, Some(role)) => role == Role::Consultant,
            (Audience::Team, Some(role)) => role == Role::TeamLeader,
            (Audience::Leader, Some(role)) => role == Role::Head,
            _ => false,
        });
        let first = fitting.next();
        if self == Audience::Tovholder {
            fitting.next().or(first)
        } else {
            first
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum When {
    Now,
    Later,
}

struct Step {
    when: When,
    text: &'static str,
}

#[derive(Template)]
#[template(path = "entry/walk.html")]
struct Walk<'a> {
    t: Lang,
    shell: Shell,
    lead: &'static str,
    person: Option<&'a Person>,
    now: Vec<&'static str>,
    later: Vec<&'static str>,
    others: Vec<Link>,
}

/// The page.
///
/// # Errors
/// [`Failure::NotFound`] outside the demo, and for an audience there is not.
pub async fn get(guest: Guest, Path(key): Path<String>) -> Result<Response, Failure> {
    let audience = Audience::ALL.iter().find(|audience| audience.key() == key);
    let audience = *audience.filter(|_| guest.app.site.demo).ok_or(Failure::NotFound)?;
    let t = guest.t;
    let (now, later): (Vec<Step>, Vec<Step>) = audience.steps(t).into_iter().partition(|step| step.when == When::Now);
    let texts = |steps: Vec<Step>| steps.into_iter().map(|step| step.text).collect();
    let others = Audience::ALL
        .iter()
        .map(|other| Link::new(other.title(&t), format!("/walk/{}", other.key()), *other == audience))
        .collect();
    page(&Walk {
        t,
        shell: guest.shell(audience.title(&t)),
        lead: audience.lead(t),
        person: audience.person(&guest.app.people),
        now: texts(now),
        later: texts(later),
        others,
    })
}
