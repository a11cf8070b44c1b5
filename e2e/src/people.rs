//! Who is using the browser.

use crate::Browser;

/// The people one can be in the demo. Each is one fixed person on the demo's own log-in page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Not logged in.
    Nobody,
    /// A citizen with an open plan.
    Citizen,
    /// A citizen whose coordinator changes soon.
    CitizenBeforeChange,
    /// A citizen whose plan is closed.
    CitizenAfterwards,
    /// A citizen who has no plan yet.
    NewCitizen,
    /// An employee with citizens.
    Caseworker,
    /// An employee who coordinates joint plans across units.
    Coordinator,
    /// An employee with about 400 citizens; only in a demo of 10,000 citizens and more.
    FullHands,
    /// The one who talks with companies.
    Consultant,
    /// The leader of a team.
    TeamLeader,
    /// The head of department.
    Head,
    /// The one who brings in files and lets people in.
    Administrator,
}

impl Who {
    /// What finds the person's button on the log-in page. A caseworker and a coordinator have the same role; the
    /// coordinator comes second. The citizens stand in a fixed order, the newest last.
    fn button(self) -> &'static str {
        match self {
            Self::Nobody => "",
            Self::Citizen => "(//button[@data-who='citizen'])[1]",
            Self::CitizenBeforeChange => "(//button[@data-who='citizen'])[6]",
            Self::CitizenAfterwards => "(//button[@data-who='citizen'])[last() - 1]",
            Self::NewCitizen => "(//button[@data-who='citizen'])[last()]",
            Self::Caseworker => "(//button[@data-who='caseworker'])[1]",
            Self::Coordinator => "(//button[@data-who='caseworker'])[2]",
            Self::FullHands => "(//button[@data-who='caseworker'])[3]",
            Self::Consultant => "(//button[@data-who='consultant'])[1]",
            Self::TeamLeader => "(//button[@data-who='team_leader'])[1]",
            Self::Head => "(//button[@data-who='head'])[1]",
            Self::Administrator => "(//button[@data-who='administrator'])[1]",
        }
    }
}

impl Browser {
    /// Becomes this person: forgets whoever was logged in, and presses the person's button on the demo's log-in page.
    /// Counts as no interaction, as real log-in happens somewhere else.
    pub async fn log_in(&self, who: Who) {
        self.forget_cookies().await;
        if who == Who::Nobody {
            return;
        }
        self.goto("/log-in").await;
        let before = self.interactions();
        self.click_xpath(who.button()).await;
        self.set_interactions(before);
        if self.path().await.starts_with("/log-in") {
            self.fail(format!("logging in as {who:?} did not work")).await
        }
    }
}
