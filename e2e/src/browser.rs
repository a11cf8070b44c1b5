//! Chromium, used as a person uses it.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use base64::Engine;
use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::time::{Instant, timeout};

use crate::axe::{self, Violation};
use crate::pages::{Deed, Page};
use crate::process::{Group, build_dir};
use crate::server::data;

/// The longest that anything in a page may take before a test gives up on it. Far more than any page needs, so that a
/// busy machine fails no test; a test that passes never waits for it.
const PATIENCE: Duration = Duration::from_secs(20);

/// What the browser is held in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// 1280 × 900.
    Desk,
    /// 375 × 812, with a touch screen and two device pixels to a CSS pixel.
    Phone,
}

/// The language the browser asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Danish.
    Danish,
    /// English.
    English,
}

impl Language {
    /// Its code, as in `<html lang>`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Danish => "da",
            Self::English => "en",
        }
    }
}

/// How a browser is set up: Danish, at a desk, with JavaScript, unless told otherwise.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// The screen.
    pub screen: Screen,
    /// The language.
    pub language: Language,
    /// Whether pages may run scripts.
    pub javascript: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            screen: Screen::Desk,
            language: Language::Danish,
            javascript: true,
        }
    }
}

impl Options {
    /// On a phone.
    pub fn phone(self) -> Self {
        Self {
            screen: Screen::Phone,
            ..self
        }
    }

    /// In English.
    pub fn english(self) -> Self {
        Self {
            language: Language::English,
            ..self
        }
    }

    /// With JavaScript switched off.
    pub fn no_script(self) -> Self {
        Self {
            javascript: false,
            ..self
        }
    }
}

/// Something the browser wrote to its console as an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsoleEntry {
    /// Where it comes from: `security`, `network`, `javascript`, …
    pub source: String,
    /// What it says.
    pub message: String,
}

impl ConsoleEntry {
    /// The page broke the content security policy it was sent with.
    pub fn breaks_policy(&self) -> bool {
        self.source == "security" || self.message.contains("Content Security Policy")
    }
}

impl fmt::Display for ConsoleEntry {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "[{}] {}", self.source, self.message)
    }
}

/// An open browser with one page. It ends, with all it started, when this value is dropped.
pub struct Browser {
    client: Client,
    base: String,
    options: Options,
    interactions: Cell<usize>,
    trail: RefCell<Vec<String>>,
    // Dropped in this order: the driver and the browser end before their folder is removed.
    driver: Group,
    profile: TempDir,
}

// Starting, and looking under the bonnet.
impl Browser {
    /// Opens a browser for the site at `base` (`http://127.0.0.1:PORT`). `CHROMEDRIVER` and `CHROMIUM` name other
    /// programs than the ones on the path.
    ///
    /// # Panics
    /// When chromedriver or Chromium does not start.
    pub async fn start(base: &str, options: Options) -> Self {
        let profile = TempDir::with_prefix("tovholder-chromium-").expect("a folder for the browser's profile");
        let program = std::env::var_os("CHROMEDRIVER").unwrap_or_else(|| "chromedriver".into());
        let setup = |command: &mut Command| {
            // It finds a free port by itself and says which, so no two tests can want the same one.
            command
                .arg("--port=0")
                .env("HOME", profile.path())
                .env("XDG_CONFIG_HOME", profile.path());
        };
        let port = |line: &str| {
            line.split_once("started successfully on port ")?
                .1
                .trim_end_matches('.')
                .parse::<u16>()
                .ok()
        };
        // The port it finds for IPv6 may be somebody's for IPv4: then it gives up, and another try finds another.
        let mut tries = 3;
        let (driver, port) = loop {
            let mut driver = Group::launch("chromedriver", program.clone(), setup);
            tries -= 1;
            match driver.wait(port, Duration::from_secs(30)) {
                Ok(port) => break (driver, port),
                Err(why) if tries == 0 => panic!("{why}"),
                Err(_) => {}
            }
        };

        let Value::Object(capabilities) = capabilities(&profile, options) else {
            unreachable!("capabilities are an object")
        };
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .unwrap_or_else(|error| panic!("Chromium did not start: {error}. chromedriver said:\n{}", driver.said()));
        Self {
            client,
            base: base.trim_end_matches('/').to_owned(),
            options,
            interactions: Cell::new(0),
            trail: RefCell::default(),
            driver,
            profile,
        }
    }

    /// How it was set up.
    pub fn options(&self) -> Options {
        self.options
    }

    /// The folder where it keeps what it remembers; new for every browser, and removed with it.
    pub fn profile(&self) -> &std::path::Path {
        self.profile.path()
    }

    /// The WebDriver client, for what has no helper here.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Runs a script in the page and returns its answer. It runs whatever the page's policy says, even where pages may
    /// not run scripts of their own.
    pub async fn run(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.or_fail(self.client.execute(script, arguments), "running a script")
            .await
    }

    /// Sends a command to Chromium's own debugging protocol.
    pub async fn devtools(&self, command: &str, parameters: Value) -> Value {
        let body = json!({ "cmd": command, "params": parameters });
        self.or_fail(
            self.client.issue_cmd(Extension {
                path: "goog/cdp/execute",
                body,
            }),
            command,
        )
        .await
    }

    /// Ends the test: says what was wrong, how one got there and what the page shows, and takes a picture of it.
    pub(crate) async fn fail(&self, what: String) -> ! {
        let url = self
            .client
            .current_url()
            .await
            .map_or_else(|error| error.to_string(), Into::into);
        let page = match self.client.find(Locator::Css("body")).await {
            Ok(body) => body.text().await.unwrap_or_else(|error| error.to_string()),
            Err(error) => error.to_string(),
        };
        let picture = match self.client.screenshot().await {
            Ok(png) => {
                let name = std::thread::current().name().unwrap_or("test").replace("::", "-");
                save(&format!("failed-{name}.png"), &png).display().to_string()
            }
            Err(error) => format!("none ({error})"),
        };
        panic!("{what}\n  at {url}\n  picture: {picture}\n--- the page ---\n{page}\n---");
    }

    /// What the driver answers; or the end of the test, when that is an error or does not come.
    async fn or_fail<T>(&self, answer: impl Future<Output = Result<T, CmdError>>, what: impl fmt::Display) -> T {
        match timeout(PATIENCE * 2, answer).await {
            Ok(Ok(value)) => value,
            Ok(Err(error)) => self.fail(format!("{what}: {error}")).await,
            // Not `fail`: whoever does not answer this will not answer its questions either.
            Err(_) => panic!("{what}: no answer. The driver said:\n{}", self.driver.said()),
        }
    }

    fn did(&self, what: String) {
        self.trail.borrow_mut().push(what);
    }

    fn interacted(&self, what: String) {
        self.interactions.set(self.interactions.get() + 1);
        self.did(format!("{what} [{}]", self.interactions.get()));
    }
}

// What a person does.
impl Browser {
    /// Opens a page of the site, as by typing its address; `path` begins with a slash. Counts as no interaction.
    ///
    /// # Panics
    /// When the answer is an error (400 or above): use [`Browser::goto_status`] where one is expected.
    pub async fn goto(&self, path: &str) {
        let status = self.goto_status(path).await;
        if status >= 400 {
            self.fail(format!("{path} answered {status}")).await;
        }
    }

    /// Opens a page and returns its HTTP status.
    pub async fn goto_status(&self, path: &str) -> u16 {
        self.did(format!("opened {path}"));
        let url = if path.starts_with('/') {
            format!("{}{path}", self.base)
        } else {
            path.to_owned()
        };
        self.or_fail(self.client.goto(&url), format!("opening {path}")).await;
        self.status().await
    }

    /// Clicks the link, button, tab or other thing called so. The whole name wins over the beginning of one, and that
    /// over a part in the middle.
    pub async fn click(&self, name: &str) {
        self.click_in("body", name).await;
    }

    /// Clicks the thing called so inside the first element that the CSS selector finds: the right “Gem” of several.
    pub async fn click_in(&self, css: &str, name: &str) {
        let here = self.element(css).await;
        let target = self.named(&here, CLICKABLE, name).await;
        self.press_on(&target, name).await;
    }

    /// Clicks the first element that the CSS selector finds, for what has no name one could use in both languages.
    pub async fn click_css(&self, css: &str) {
        let target = self.element(css).await;
        self.press_on(&target, css).await;
    }

    /// Clicks the first element that the XPath finds.
    pub(crate) async fn click_xpath(&self, path: &str) {
        let target = self
            .or_fail(self.client.find(Locator::XPath(path)), format!("looking for {path}"))
            .await;
        self.press_on(&target, path).await;
    }

    /// Presses the button called so, which sends its form.
    pub async fn submit(&self, button: &str) {
        let body = self.element("body").await;
        let target = self.named(&body, SUBMITS, button).await;
        self.press_on(&target, button).await;
    }

    /// Writes in the field with this label, in place of what is there. Works for every kind of text, number, date and
    /// time (as `2026-03-16`, `09:30`, `2026-03-16T09:30`).
    pub async fn fill(&self, label: &str, text: &str) {
        let field = self.field(label).await;
        self.write_in(&field, text, label).await;
    }

    /// Writes in the first field that the CSS selector finds.
    pub async fn fill_css(&self, css: &str, text: &str) {
        let field = self.element(css).await;
        self.write_in(&field, text, css).await;
    }

    /// Chooses in the drop-down list with this label, by the words of the choice.
    pub async fn select(&self, label: &str, choice: &str) {
        self.interacted(format!("chose “{choice}” in “{label}”"));
        let field = self.field(label).await;
        self.or_fail(
            field.select_by_label(choice),
            format!("choosing “{choice}” in “{label}”"),
        )
        .await;
    }

    /// Ticks the box, or chooses the radio button, with this label. Nothing, and no interaction, when it is so already.
    pub async fn check(&self, label: &str) {
        self.set_checked(label, true).await;
    }

    /// Takes the tick away again.
    pub async fn uncheck(&self, label: &str) {
        self.set_checked(label, false).await;
    }

    /// Presses a key, or types, where the focus is. The keys with names are in [`fantoccini::key::Key`].
    pub async fn type_keys(&self, keys: &str) {
        self.interacted(format!("typed {keys:?}"));
        let here = self.or_fail(self.client.active_element(), "finding the focus").await;
        self.or_fail(here.send_keys(keys), "typing").await;
    }

    /// Goes back, as with the browser's button.
    pub async fn back(&self) {
        self.interacted("went back".to_owned());
        self.or_fail(self.client.back(), "going back").await;
    }

    /// How many interactions there have been: each click, field written, choice made and key typed is one.
    pub fn interactions(&self) -> usize {
        self.interactions.get()
    }

    /// Starts counting again, from zero. Do this where the task that is measured begins.
    pub fn count_from_here(&self) {
        self.set_interactions(0);
    }

    /// # Panics
    /// When there have been more than `most` interactions since [`Browser::count_from_here`]; with the list of them.
    pub fn assert_interactions_at_most(&self, most: usize) {
        let count = self.interactions();
        assert!(
            count <= most,
            "{count} interactions, and {most} are allowed:\n{}",
            self.way()
        );
    }

    pub(crate) fn set_interactions(&self, count: usize) {
        self.interactions.set(count);
    }

    /// The cookies of this site as a `Cookie` header carries them, to speak to the server as the person who is logged in.
    pub async fn cookie_header(&self) -> String {
        let cookies = self.or_fail(self.client.get_all_cookies(), "reading cookies").await;
        cookies
            .iter()
            .map(|cookie| format!("{}={}", cookie.name(), cookie.value()))
            .collect::<Vec<_>>()
            .join("; ")
    }

    /// Opens a page of the list: its address, then its links, then what there is to do. Returns the HTTP status; 404 when
    /// a link is missing.
    pub async fn open(&self, page: &Page) -> u16 {
        let mut status = self.goto_status(page.path).await;
        for link in page.follow {
            let Some(target) = self.attribute(link, "href").await else {
                return 404;
            };
            status = self.goto_status(&target).await;
        }
        for deed in page.then {
            match *deed {
                Deed::Further(end) => {
                    let here = self.path().await;
                    self.goto_status(&format!("{here}{end}")).await;
                }
                Deed::Press(css) => self.click_css(css).await,
                Deed::Write(css, text) => self.fill_css(css, text).await,
                Deed::Attach(css, file) => self.fill_css(css, &data(file)).await,
            }
            status = self.status().await;
        }
        status
    }

    pub(crate) async fn forget_cookies(&self) {
        self.or_fail(self.client.delete_all_cookies(), "forgetting cookies")
            .await;
    }

    /// What was done, one thing a line.
    fn way(&self) -> String {
        self.trail
            .borrow()
            .iter()
            .map(|step| format!("  {step}"))
            .collect::<Vec<_>>()
            .join("\n")
    }

    async fn press_on(&self, target: &Element, name: &str) {
        self.interacted(format!("clicked “{name}”"));
        // A person scrolls a thing out from under the menu at the foot of a phone before touching it.
        let element = serde_json::to_value(target).expect("a reference to an element is plain data");
        self.run("arguments[0].scrollIntoView({ block: 'center' });", vec![element])
            .await;
        let leads_on = self.leads_on(target).await;
        self.or_fail(target.click(), format!("clicking “{name}”")).await;
        if leads_on {
            self.until_gone(target).await;
        }
    }

    /// Whether a click on it asks the server for something: a link to an address, or a button that sends its form.
    async fn leads_on(&self, target: &Element) -> bool {
        let tag = target.tag_name().await.unwrap_or_default();
        let attribute = async |name| target.attr(name).await.ok().flatten().unwrap_or_default();
        match tag.as_str() {
            "a" => {
                let href = attribute("href").await;
                let file = [".ics", ".xlsx", ".csv"]
                    .iter()
                    .any(|end| href.split('?').next().unwrap_or("").ends_with(end));
                !href.is_empty() && !href.starts_with('#') && !file && !href.starts_with("tel:")
            }
            // The property, not the attribute: a button that does not say what it is sends its form.
            "button" => target.prop("type").await.ok().flatten().as_deref() == Some("submit"),
            _ => false,
        }
    }

    /// Waits until the page has taken the answer: what was clicked is then gone. The driver answers a click before a busy
    /// browser has begun to leave the page, and the old page would be asked about the new one's words.
    async fn until_gone(&self, target: &Element) {
        let begun = std::time::Instant::now();
        while begun.elapsed() < PATIENCE && target.tag_name().await.is_ok() {
            tokio::task::yield_now().await;
        }
    }

    async fn write_in(&self, field: &Element, text: &str, name: &str) {
        self.interacted(format!("wrote “{text}” in “{name}”"));
        let kind = self
            .or_fail(field.attr("type"), "reading a field's type")
            .await
            .unwrap_or_default();
        match kind.as_str() {
            // Chromium shows these in parts whose order follows the machine's language, so keys are not to be trusted.
            "date" | "time" | "datetime-local" | "month" | "week" | "color" | "range" => {
                let script = "const [field, text] = arguments; field.value = text;
                    if (field.value !== text) return field.value;
                    for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind, { bubbles: true }));
                    return text;";
                let element = serde_json::to_value(field).expect("a reference to an element is plain data");
                let got = self.run(script, vec![element, text.into()]).await;
                if got != json!(text) {
                    self.fail(format!("“{name}” is a field for a {kind} and does not take “{text}”"))
                        .await;
                }
            }
            "file" => {
                self.or_fail(field.send_keys(text), format!("choosing a file in “{name}”"))
                    .await
            }
            _ => {
                self.or_fail(field.clear(), format!("clearing “{name}”")).await;
                self.or_fail(field.send_keys(text), format!("writing in “{name}”"))
                    .await;
            }
        }
    }

    async fn set_checked(&self, label: &str, wanted: bool) {
        let field = self.field(label).await;
        if self.or_fail(field.is_selected(), format!("reading “{label}”")).await == wanted {
            return;
        }
        // Design systems hide the real box and draw one in the label: that is what a person clicks.
        let id = self
            .or_fail(field.attr("id"), "reading an id")
            .await
            .unwrap_or_default();
        let selector = format!("label[for={}]", css_text(&id));
        let labels = self.client.find_all(Locator::Css(&selector));
        let target = self.or_fail(labels, "finding a label").await.into_iter().next();
        self.press_on(target.as_ref().unwrap_or(&field), label).await;
        if self.or_fail(field.is_selected(), format!("reading “{label}”")).await != wanted {
            self.fail(format!("“{label}” was clicked, but did not change")).await;
        }
    }
}

// What a person sees.
impl Browser {
    /// All text that can be seen on the page.
    pub async fn text(&self) -> String {
        self.text_of("body").await
    }

    /// The page as it stands now, as HTML: also what cannot be seen.
    pub async fn html(&self) -> String {
        self.or_fail(self.client.source(), "reading the page").await
    }

    /// The text that can be seen in the first element that the CSS selector finds.
    pub async fn text_of(&self, css: &str) -> String {
        let element = self.element(css).await;
        self.or_fail(element.text(), format!("reading {css}")).await
    }

    /// The text of each element that the CSS selector finds.
    pub async fn texts_of(&self, css: &str) -> Vec<String> {
        let mut texts = Vec::new();
        for element in self.or_fail(self.client.find_all(Locator::Css(css)), css).await {
            texts.push(self.or_fail(element.text(), format!("reading {css}")).await);
        }
        texts
    }

    /// An attribute of the first element that the CSS selector finds; none when there is no such element.
    pub async fn attribute(&self, css: &str, name: &str) -> Option<String> {
        let found = self
            .or_fail(self.client.find_all(Locator::Css(css)), css)
            .await
            .into_iter()
            .next()?;
        self.or_fail(found.attr(name), format!("reading {css}")).await
    }

    /// The page's main heading.
    pub async fn heading(&self) -> String {
        self.text_of("h1").await
    }

    /// Whether this text can be seen, now.
    pub async fn sees(&self, text: &str) -> bool {
        self.text().await.contains(text)
    }

    /// What the field with this label holds.
    pub async fn value(&self, label: &str) -> String {
        let field = self.field(label).await;
        self.or_fail(field.prop("value"), format!("reading “{label}”"))
            .await
            .unwrap_or_default()
    }

    /// How many elements the CSS selector finds.
    pub async fn count(&self, css: &str) -> usize {
        self.or_fail(self.client.find_all(Locator::Css(css)), css).await.len()
    }

    /// The address, without the server: `/min-dag?side=2`.
    pub async fn path(&self) -> String {
        let url = self.or_fail(self.client.current_url(), "reading the address").await;
        url[url::Position::BeforePath..].to_owned()
    }

    /// # Panics
    /// When this text cannot be seen and does not come. Waits for it where a script brings it in, or a page is on its way.
    pub async fn assert_sees(&self, text: &str) {
        let deadline = Instant::now() + PATIENCE;
        while !self.sees(text).await {
            if Instant::now() >= deadline {
                self.fail(format!("“{text}” is not on the page")).await;
            }
            tokio::task::yield_now().await;
        }
    }

    /// # Panics
    /// When this text can be seen.
    pub async fn assert_not_sees(&self, text: &str) {
        if self.sees(text).await {
            self.fail(format!("“{text}” is on the page, and should not be")).await;
        }
    }

    /// # Panics
    /// When the address is another one, and does not become this one.
    pub async fn assert_path(&self, path: &str) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let here = self.path().await;
            if here == path {
                return;
            }
            if Instant::now() >= deadline {
                self.fail(format!("this is {here}, not {path}")).await;
            }
            tokio::task::yield_now().await;
        }
    }
}

// What a person cannot see at a glance.
impl Browser {
    /// The HTTP status that the page came with.
    pub async fn status(&self) -> u16 {
        let status = self
            .run(
                "return performance.getEntriesByType('navigation')[0].responseStatus",
                vec![],
            )
            .await;
        status
            .as_u64()
            .and_then(|status| u16::try_from(status).ok())
            .unwrap_or_default()
    }

    /// The language the page says it is in.
    pub async fn language(&self) -> String {
        let html = self.element("html").await;
        self.or_fail(html.attr("lang"), "reading the language")
            .await
            .unwrap_or_default()
    }

    /// How many bytes came over the wire for this page and all it needed (0 for what the browser had already).
    pub async fn bytes_received(&self) -> u64 {
        let script = "return ['navigation', 'resource'].flatMap(kind => performance.getEntriesByType(kind))
            .reduce((sum, entry) => sum + entry.transferSize, 0)";
        self.run(script, vec![]).await.as_u64().unwrap_or_default()
    }

    /// How many CSS pixels the page is wider than the screen; 0 when nobody has to scroll sideways.
    pub async fn overflow(&self) -> i64 {
        let script = "const root = document.documentElement; return root.scrollWidth - root.clientWidth";
        self.run(script, vec![]).await.as_i64().unwrap_or(i64::MAX)
    }

    /// What axe finds in the page: barriers for people who see, hear, move or read in other ways.
    pub async fn axe(&self) -> Vec<Violation> {
        self.run(&axe::source(), vec![]).await;
        let answer = self.client.execute_async(axe::RUN, vec![json!(axe::TAGS)]);
        let answer = self.or_fail(answer, "running axe").await;
        match axe::violations(&answer) {
            Ok(violations) => violations,
            Err(error) => self.fail(format!("axe: {error}")).await,
        }
    }

    /// # Panics
    /// When axe finds anything; with where it is and what to do about it.
    pub async fn assert_accessible(&self) {
        let found = self.axe().await;
        if !found.is_empty() {
            self.fail(format!("axe found barriers:\n{}", axe::report(&found))).await;
        }
    }

    /// The errors that the browser wrote to its console since last asked.
    pub async fn console_errors(&self) -> Vec<ConsoleEntry> {
        let log = self.client.issue_cmd(Extension {
            path: "se/log",
            body: json!({ "type": "browser" }),
        });
        let log = self.or_fail(log, "reading the console").await;
        let entries = log
            .as_array()
            .into_iter()
            .flatten()
            .filter(|entry| entry["level"] == "SEVERE");
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        entries
            .map(|e| ConsoleEntry {
                source: text(&e["source"]),
                message: text(&e["message"]),
            })
            .collect()
    }

    /// # Panics
    /// When the page broke its content security policy: a style or script that is not allowed, say.
    pub async fn assert_policy_kept(&self) {
        let broken: Vec<_> = self
            .console_errors()
            .await
            .into_iter()
            .filter(ConsoleEntry::breaks_policy)
            .collect();
        if !broken.is_empty() {
            self.fail(format!(
                "the page breaks its content security policy:\n{}",
                lines(&broken)
            ))
            .await;
        }
    }

    /// # Panics
    /// When the console has any error: also a script that failed, or a file that was not found.
    pub async fn assert_console_clean(&self) {
        let errors = self.console_errors().await;
        if !errors.is_empty() {
            self.fail(format!("the browser's console has errors:\n{}", lines(&errors)))
                .await;
        }
    }

    /// Takes a picture of the whole page, top to bottom, as `target/screenshots/NAME.png`.
    pub async fn screenshot(&self, name: &str) -> PathBuf {
        let metrics = self.devtools("Page.getLayoutMetrics", json!({})).await;
        let size = &metrics["cssContentSize"];
        let clip = json!({ "x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1 });
        let picture = json!({ "format": "png", "captureBeyondViewport": true, "clip": clip });
        let answer = self.devtools("Page.captureScreenshot", picture).await;
        save(&format!("{name}.png"), &self.decoded(&answer).await)
    }

    /// Takes a picture of the page as its rules for print make it look.
    pub async fn print_screenshot(&self, name: &str) -> PathBuf {
        let metrics = |width: u32, height: u32, scale: f64, mobile: bool| {
            let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": scale, "mobile": mobile });
            self.devtools("Emulation.setDeviceMetricsOverride", metrics)
        };
        // A4 within its margins, at 96 dots an inch: the sheet is as wide whatever the screen is.
        metrics(672, 987, 1.5, false).await;
        self.devtools("Emulation.setEmulatedMedia", json!({ "media": "print" }))
            .await;
        let path = self.screenshot(name).await;
        self.devtools("Emulation.setEmulatedMedia", json!({ "media": "" }))
            .await;
        match self.options.screen {
            Screen::Desk => {
                self.devtools("Emulation.clearDeviceMetricsOverride", json!({})).await;
            }
            Screen::Phone => {
                metrics(375, 812, 2.0, true).await;
            }
        }
        path
    }

    /// Prints the page on A4, as `target/screenshots/NAME.pdf`.
    pub async fn print_pdf(&self, name: &str) -> PathBuf {
        // In inches; the page's own style may ask for another size.
        let paper = json!({ "paperWidth": 8.27, "paperHeight": 11.69, "preferCSSPageSize": true });
        let answer = self.devtools("Page.printToPDF", paper).await;
        save(&format!("{name}.pdf"), &self.decoded(&answer).await)
    }

    async fn decoded(&self, answer: &Value) -> Vec<u8> {
        let data = answer["data"].as_str().unwrap_or_default();
        match base64::engine::general_purpose::STANDARD.decode(data) {
            Ok(bytes) if !bytes.is_empty() => bytes,
            _ => self.fail("Chromium sent no picture".to_owned()).await,
        }
    }
}

// Finding things by the names people know them by.
impl Browser {
    async fn element(&self, css: &str) -> Element {
        self.or_fail(self.client.find(Locator::Css(css)), format!("looking for {css}"))
            .await
    }

    /// The field that has this label.
    async fn field(&self, label: &str) -> Element {
        let body = self.element("body").await;
        let fields = "self::input[not(@type='hidden')] or self::textarea or self::select";
        let name = xpath_text(label);
        for how in How::ALL {
            let text = how.test("normalize-space(.)", &name);
            let own = how.test("normalize-space(@aria-label)", &name);
            let path = format!(
                "//*[{fields}][@id = //label[{text}]/@for or ancestor::label[{text}] or {own} \
                 or @aria-labelledby = //*[@id][{text}]/@id]"
            );
            // A drawn box hides the real one, so what cannot be seen counts too, but only after what can.
            let found = self.find_in(&body, &path).await;
            if let Some(field) = self.best(found, how, label, true).await {
                return field;
            }
        }
        self.fail(format!("no field has the label “{label}”")).await
    }

    /// The one thing inside `here` that has this name, among those that the XPath test `kinds` lets through.
    async fn named(&self, here: &Element, kinds: &str, name: &str) -> Element {
        let quoted = xpath_text(name);
        for how in How::ALL {
            let tests = [
                "normalize-space(.)",
                "normalize-space(@aria-label)",
                "normalize-space(@value)",
            ]
            .map(|text| how.test(text, &quoted))
            .join(" or ");
            let found = self.find_in(here, &format!(".//*[{kinds}][{tests}]")).await;
            if let Some(target) = self.best(found, how, name, false).await {
                return target;
            }
        }
        self.fail(format!("nothing to click is called “{name}”")).await
    }

    async fn find_in(&self, here: &Element, path: &str) -> Vec<Element> {
        self.or_fail(here.find_all(Locator::XPath(path)), path).await
    }

    /// The first that can be seen (or, with `hidden`, if none can, the first). Several that only have the words
    /// somewhere in their name are too many: the test should say which it means.
    async fn best(&self, found: Vec<Element>, how: How, name: &str, hidden: bool) -> Option<Element> {
        let mut seen = Vec::new();
        let mut unseen = Vec::new();
        for element in found {
            let shown = self
                .or_fail(element.is_displayed(), format!("looking at “{name}”"))
                .await;
            if shown {
                seen.push(element)
            } else {
                unseen.push(element)
            }
        }
        if how == How::Part && seen.len() > 1 {
            self.fail(format!(
                "{} things have “{name}” in their names: which one?",
                seen.len()
            ))
            .await;
        }
        let unseen = unseen.into_iter().filter(|_| hidden);
        seen.into_iter().chain(unseen).next()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("--- the way there ({:?}) ---\n{}", self.options, self.way());
        }
    }
}

/// What can be clicked.
const CLICKABLE: &str = "self::a[@href] or self::button or self::summary or self::label \
    or self::input[@type='submit' or @type='button' or @type='reset' or @type='image'] \
    or @role='button' or @role='link' or @role='tab' or @role='menuitem' or @role='option'";

/// What sends a form.
const SUBMITS: &str = "self::button[not(@type) or @type='submit'] or self::input[@type='submit']";

/// How a name must agree with the words one looks for, best first.
#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    Whole,
    Beginning,
    Part,
}

impl How {
    const ALL: [Self; 3] = [Self::Whole, Self::Beginning, Self::Part];

    fn test(self, text: &str, name: &str) -> String {
        match self {
            Self::Whole => format!("{text} = {name}"),
            Self::Beginning => format!("starts-with({text}, {name})"),
            Self::Part => format!("contains({text}, {name})"),
        }
    }
}

/// A text in XPath 1.0, which has no way to escape a quotation mark.
fn xpath_text(text: &str) -> String {
    if !text.contains('\'') {
        return format!("'{text}'");
    }
    let parts: Vec<_> = text.split('\'').map(|part| format!("'{part}'")).collect();
    format!("concat({})", parts.join(", \"'\", "))
}

/// A text in a CSS selector.
fn css_text(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn lines(entries: &[ConsoleEntry]) -> String {
    entries
        .iter()
        .map(|entry| format!("  {entry}"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// Writes a file beside the other pictures and returns its path.
fn save(name: &str, bytes: &[u8]) -> PathBuf {
    let build = build_dir();
    let folder = build.parent().unwrap_or(&build).join("screenshots");
    let path = folder.join(name);
    let written = std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(&path, bytes));
    written.unwrap_or_else(|error| panic!("{} could not be written: {error}", path.display()));
    path
}

fn capabilities(profile: &TempDir, options: Options) -> Value {
    let language = match options.language {
        Language::Danish => "da-DK,da",
        Language::English => "en-GB,en",
    };
    let mut arguments = vec![
        "--headless=new".to_owned(),
        "--no-sandbox".to_owned(), // Chromium's sandbox needs rights that a build machine's container seldom gives.
        "--disable-gpu".to_owned(),
        "--disable-dev-shm-usage".to_owned(),
        "--disable-quic".to_owned(),
        "--disable-background-networking".to_owned(),
        "--disable-component-update".to_owned(),
        "--disable-sync".to_owned(),
        "--no-first-run".to_owned(),
        "--no-default-browser-check".to_owned(),
        // Pages that ask for anything from elsewhere fail, and show up as errors in the console.
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1".to_owned(),
        "--force-color-profile=srgb".to_owned(),
        "--hide-scrollbars".to_owned(),
        format!("--lang={}", options.language.code()),
        format!("--accept-lang={language}"),
        format!("--user-data-dir={}", profile.path().join("chromium").display()),
    ];
    let mut chromium = json!({
        "prefs": {
            "intl.accept_languages": language,
            "profile.managed_default_content_settings.javascript": if options.javascript { 1 } else { 2 },
        },
    });
    match options.screen {
        Screen::Desk => arguments.push("--window-size=1280,900".to_owned()),
        // A window cannot be made this narrow; a phone's screen can.
        Screen::Phone => {
            // chromedriver's finger needs scripts in the page; without them the touch never ends, so a mouse does it.
            let touch = options.javascript;
            chromium["mobileEmulation"] = json!({
                "deviceMetrics": { "width": 375, "height": 812, "pixelRatio": 2.0, "mobile": true, "touch": touch },
            });
        }
    }
    if let Some(program) = std::env::var_os("CHROMIUM") {
        chromium["binary"] = program.to_string_lossy().into();
    }
    chromium["args"] = json!(arguments);
    json!({
        "browserName": "chrome",
        "goog:chromeOptions": chromium,
        "goog:loggingPrefs": { "browser": "ALL" },
        "timeouts": { "pageLoad": PATIENCE.as_millis(), "script": PATIENCE.as_millis(), "implicit": 0 },
    })
}

/// A command of chromedriver's own, beside the standard.
#[derive(Debug)]
struct Extension {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Extension {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.body.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotation_marks_survive_in_selectors() {
        assert_eq!(xpath_text("Min plan"), "'Min plan'");
        assert_eq!(xpath_text("it's"), "concat('it', \"'\", 's')");
        assert_eq!(css_text("a\"b\\"), "\"a\\\"b\\\\\"");
    }
}
