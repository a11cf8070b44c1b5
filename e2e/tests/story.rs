//! The story everything hangs on, told by people at a browser: a first conversation becomes a plan, the citizen ticks a step, the coordinator changes, and the plan
//! is closed with its balance. In both languages, on a phone and at a desk, with and without JavaScript, on both databases.

use tovholder_e2e::{Browser, Database, Options, Server, Who};

/// What the conversation form may ask of somebody in the middle of a conversation.
const CONVERSATION_INTERACTIONS: usize = 8;

struct Story {
    browser: Browser,
    plan: String,
}

impl Story {
    async fn press(&self, css: &str) {
        self.browser.click_css(css).await;
    }

    /// axe is a script: without JavaScript it cannot ask, and the page is the same.
    async fn accessible(&self) {
        if self.browser.options().javascript {
            self.browser.assert_accessible().await;
        }
    }

    /// Sends the page's own form: the one that posts to the page's address.
    async fn send(&self) {
        self.press("main form.talk button[type=submit].button-primary, main form[novalidate] button[type=submit].button-primary").await;
    }

    /// Chooses in a list by how the choice begins, whatever the list is called in this language.
    async fn choose(&self, id: &str, begins: &str) {
        let options = self.browser.texts_of(&format!("#{id} option")).await;
        let words = options
            .iter()
            .map(|o| o.trim())
            .find(|o| o.starts_with(begins))
            .expect("is among the choices");
        let label = self.browser.text_of(&format!("label[for='{id}']")).await;
        self.browser.select(&label, words).await;
    }

    /// A new citizen is found by name and gets a plan, first day two weeks ago.
    async fn opens_a_plan(&mut self, citizen: &str) {
        self.browser.log_in(Who::Caseworker).await;
        self.browser.fill_css("#find", citizen).await;
        self.press(".find-button").await;
        self.press("main a[href$='/open-plan']").await;
        self.press("label[for^='core_task']").await;
        self.browser.fill_css("#opened", "2026-03-02").await;
        self.send().await;
        self.plan = self.browser.path().await;
        assert!(self.plan.starts_with("/plans/"), "the plan is shown: {}", self.plan);
        self.browser.assert_sees(citizen).await;
    }

    /// One form makes note, goal, step, next conversation and message, in at most eight interactions.
    async fn holds_the_first_conversation(&self) {
        self.browser.count_from_here();
        self.press("main a[href$='/conversations/new']").await;
        self.browser
            .fill_css(
                "[name='note']",
                "Nikolaj vil gerne arbejde med træ. Han møder gerne tidligt.",
            )
            .await;
        self.browser.fill_css("[name='goal-1']", "Jeg vil være tømrer").await;
        self.browser.fill_css("[name='step-1']", "Ring til en tømrer").await;
        self.press(".times label").await;
        self.send().await;
        self.browser.assert_interactions_at_most(CONVERSATION_INTERACTIONS);
        self.browser.goto(&self.plan).await;
        for words in ["Jeg vil være tømrer", "Ring til en tømrer", "Han møder gerne tidligt"] {
            self.browser.assert_sees(words).await;
        }
        self.accessible().await;
    }

    /// The citizen ticks the step, takes it back, and ticks it again.
    async fn the_citizen_ticks(&self) {
        self.browser.log_in(Who::NewCitizen).await;
        self.browser.assert_path("/my-plan").await;
        self.browser.assert_sees("Ring til en tømrer").await;
        self.press("form[action$='/tick'] button").await;
        self.browser.goto("/my-plan/steps").await;
        self.browser.assert_not_sees("Ring til en tømrer").await;
        self.press("main details summary").await;
        self.press("form[action$='/untick'] button, main details .my-step-name")
            .await;
        if self.browser.count("form[action$='/untick'] button").await > 0 {
            self.press("form[action$='/untick'] button").await;
        }
        self.browser.goto("/my-plan/steps").await;
        self.browser.assert_sees("Ring til en tømrer").await;
        self.press("form[action$='/tick'] button").await;
        self.accessible().await;
    }

    /// The coordinator changes from today, with a reason and a page for the new one.
    async fn the_coordinator_changes(&self, to: &str) {
        self.browser.log_in(Who::Caseworker).await;
        self.browser.goto(&format!("{}/transfer", self.plan)).await;
        self.choose("to", to).await;
        self.press("label[for^='reason']").await;
        self.send().await;
        self.browser.goto(&self.plan).await;
        self.browser.assert_sees(to).await;
        // The former coordinator still reads, and changes nothing.
        assert_eq!(self.browser.count("main a[href$='/conversations/new']").await, 0);
    }

    /// The new coordinator closes the plan with a balance, and the citizen reads it.
    async fn the_plan_is_closed(&self) {
        self.browser.log_in(Who::Coordinator).await;
        self.browser.goto(&format!("{}/close", self.plan)).await;
        self.browser
            .fill_css("[name='reached']", "Nikolaj begynder som lærling den 1. april.")
            .await;
        self.send().await;
        self.browser.goto(&self.plan).await;
        self.browser.assert_sees("Nikolaj begynder som lærling").await;
        self.browser.log_in(Who::NewCitizen).await;
        self.browser.assert_sees("Nikolaj begynder som lærling").await;
        self.accessible().await;
    }
}

async fn from_first_conversation_to_balance(database: Database, options: Options) {
    let server = Server::start(database);
    let browser = Browser::start(server.url(), options).await;
    browser.goto("/log-in").await;
    let citizens = browser.texts_of("button[data-who='citizen'] .choose-name").await;
    let colleagues = browser.texts_of("button[data-who='caseworker'] .choose-name").await;
    let (citizen, colleague) = (
        citizens.last().expect("citizens"),
        colleagues.last().expect("caseworkers"),
    );
    let mut story = Story {
        browser,
        plan: String::new(),
    };
    story.opens_a_plan(citizen).await;
    story.holds_the_first_conversation().await;
    story.the_citizen_ticks().await;
    story.the_coordinator_changes(colleague).await;
    story.the_plan_is_closed().await;
    story.browser.assert_policy_kept().await;
}

macro_rules! told {
    ($($name:ident: $database:ident, $options:expr;)+) => {$(
        #[tokio::test]
        async fn $name() {
            from_first_conversation_to_balance(Database::$database, $options).await;
        }
    )+};
}

told! {
    danish_desk: Sqlite, Options::default();
    danish_phone: Postgres, Options::default().phone();
    danish_desk_without_script: Postgres, Options::default().no_script();
    danish_phone_without_script: Sqlite, Options::default().phone().no_script();
    english_desk: Postgres, Options::default().english();
    english_phone: Sqlite, Options::default().phone().english();
    english_desk_without_script: Sqlite, Options::default().english().no_script();
    english_phone_without_script: Postgres, Options::default().phone().english().no_script();
}
