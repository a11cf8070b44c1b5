//! Who is using the browser.

use crate::Browser;

/// The people one can be in the demo. Each is one fixed person, chosen by the demo's own "log in as" page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Not logged in.
    Nobody,
    /// A citizen with an open plan.
    Citizen,
    /// An employee with citizens.
    Caseworker,
    /// An employee who coordinates joint plans across units.
    Coordinator,
    /// The one who talks with companies.
    CompanyConsultant,
    /// The leader of a team.
    TeamLeader,
    /// The head of department.
    Head,
}

impl Who {
    /// What the demo's log-in page calls the choice: the value of `data-role` on its button.
    pub fn role(self) -> &'static str {
        match self {
            Self::Nobody => "nobody",
            Self::Citizen => "citizen",
            Self::Caseworker => "caseworker",
            Self::Coordinator => "coordinator",
            Self::CompanyConsultant => "company-consultant",
            Self::TeamLeader => "team-leader",
            Self::Head => "head",
        }
    }
}

/// Where the demo lets one choose a person.
const LOG_IN: &str = "/";

impl Browser {
    /// Becomes this person: forgets whoever was logged in, and presses the person's button on the demo's log-in page.
    /// Counts as no interaction, as real log-in happens somewhere else.
    pub async fn log_in(&self, who: Who) {
        self.forget_cookies().await;
        if who == Who::Nobody {
            return;
        }
        self.goto(LOG_IN).await;
        let before = self.interactions();
        self.click_css(&format!("[data-role='{}']", who.role())).await;
        self.set_interactions(before);
    }
}
