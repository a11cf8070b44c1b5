//! What stands around every page: header, menu, messages and footer.
//!
//! Every template context has two fields with fixed names: `t: Lang` and `shell: Shell`. `templates/layout.html` and the macros in
//! `templates/kit/` read them by those names.

use std::fmt::Write as _;
use std::sync::Arc;

use askama::Template;

use crate::kit::form::Errors;
use crate::kit::format;
use crate::kit::lang::Lang;
use crate::kit::theme::Theme;

/// What is the same for all pages and all people of one municipality. Made once, when the server starts.
#[derive(Clone, Debug)]
pub struct Site {
    /// The municipality's name as people say it: `Rebæk Kommune`.
    pub municipality: String,
    /// Phone number a person can call when something does not work, in any spelling.
    pub phone: String,
    /// Address of the accessibility statement. The law wants it on every page.
    pub accessibility_url: String,
    /// Where to tell of a hole in the security, as `security.txt` says it: `mailto:…`, `https://…` or `tel:…`.
    pub security_contact: Option<String>,
    /// Whether this is the demo, with a fictional municipality and fictional people. Every page then says so.
    pub demo: bool,
    /// The municipality's colours.
    pub theme: Theme,
}

/// For whom a page is written. Decides the size of the type and how much a screen holds, nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Large type, one thing at a time, phone first.
    Citizen,
    /// More on one screen.
    Employee,
    /// A company without an account, or a person who is not logged in: as for a citizen, with a menu that may be empty.
    Guest,
}

impl Audience {
    /// Class of `<body>`.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Citizen => "for-citizen",
            Self::Employee => "for-employee",
            Self::Guest => "for-guest",
        }
    }
}

/// The person who is logged in.
#[derive(Clone, Debug)]
pub struct Viewer {
    /// Display name.
    pub name: String,
    /// Role in words, in the language of the page: `Jobrådgiver`.
    pub role: String,
}

impl Viewer {
    /// Initials for the circle beside the name.
    #[must_use]
    pub fn initials(&self) -> String {
        format::initials(&self.name)
    }
}

/// One item of the main menu.
#[derive(Clone, Debug)]
pub struct NavItem {
    /// Text in the language of the page.
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// Name of an icon ([`crate::kit::assets::icon`]); shown on phones.
    pub icon: &'static str,
    /// Whether the page belongs to it.
    pub current: bool,
    /// How many things wait there; 0 shows nothing.
    pub waiting: u32,
}

/// How a message looks and is announced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlashKind {
    /// Something was done.
    Success,
    /// Something to know.
    Info,
    /// Something did not work, or was stopped.
    Warning,
}

impl FlashKind {
    /// Ending of the class `alert-…`.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Info => "info",
            Self::Warning => "warning",
        }
    }

    /// Name of the icon.
    #[must_use]
    pub const fn icon(self) -> &'static str {
        self.class()
    }
}

/// A message on the page after a redirect: what was done.
#[derive(Clone, Debug)]
pub struct Flash {
    /// How it looks.
    pub kind: FlashKind,
    /// The text, in the language of the page.
    pub text: String,
    /// An offer beside it, such as *Fortryd*: label and address of a form posted to with `_csrf` and `_act`.
    pub undo: Option<Undo>,
}

/// The offer to take back what was just done.
#[derive(Clone, Debug)]
pub struct Undo {
    /// Where the form is posted.
    pub action: String,
    /// Key that lets the server recognise a form sent twice.
    pub act: String,
}

/// Text that was typed on this page before and never sent.
#[derive(Clone, Debug)]
pub struct DraftNotice {
    /// When it was kept, in words: `i går kl. 14.05`.
    pub kept: String,
    /// Address a form is posted to in order to throw it away.
    pub discard: String,
}

/// Everything around one page.
#[derive(Clone, Debug)]
pub struct Shell {
    /// The municipality.
    pub site: Arc<Site>,
    /// Language of the page.
    pub lang: Lang,
    /// For whom the page is written.
    pub audience: Audience,
    /// Path and query of this page, to come back to it in the other language.
    pub path: String,
    /// Title of the page, without the municipality's name.
    pub title: String,
    /// Whether the page is a form that came back with errors. The title of the browser's tab then says so first.
    pub failed: bool,
    /// Who is logged in.
    pub viewer: Option<Viewer>,
    /// Main menu; at most five items for citizens.
    pub nav: Vec<NavItem>,
    /// Whether the person may search everything (employees).
    pub search: bool,
    /// Token against forged forms; goes into every form as `_csrf`.
    pub csrf: String,
    /// Message after a redirect.
    pub flash: Option<Flash>,
    /// Unsent text that was brought back into this page's form.
    pub draft: Option<DraftNotice>,
    /// Seconds until the session ends when nothing more is done; 0: there is none.
    pub session_ends: i64,
    /// Where the browser goes on to by itself, at once.
    pub onwards: Option<String>,
}

/// A part of what stands around every page.
macro_rules! frame {
    ($name:ident, $path:literal) => {
        #[derive(Template)]
        #[template(path = $path)]
        struct $name<'s> {
            t: Lang,
            shell: &'s Shell,
        }
    };
}
frame!(Top, "kit/frame/top.html");
frame!(Messages, "kit/frame/messages.html");
frame!(Foot, "kit/frame/foot.html");

impl Shell {
    /// The same around a form: one that came back with errors says so.
    #[must_use]
    pub fn marked(mut self, errors: &Errors) -> Self {
        self.failed = !errors.is_empty();
        self
    }

    /// The same around a form that came back with errors.
    #[must_use]
    pub fn failed(mut self) -> Self {
        self.failed = true;
        self
    }

    /// What comes before a page: head, header, menu.
    pub(crate) fn top(&self) -> impl Template {
        let (t, shell) = (self.lang, self);
        Top { t, shell }
    }

    /// What the last form led to, and a draft that was brought back.
    pub(crate) fn messages(&self) -> impl Template {
        let (t, shell) = (self.lang, self);
        Messages { t, shell }
    }

    /// What comes after a page.
    pub(crate) fn foot(&self) -> impl Template {
        let (t, shell) = (self.lang, self);
        Foot { t, shell }
    }

    /// A shell for somebody who is not logged in. The other fields are public: set what the page needs.
    #[must_use]
    pub fn new(site: Arc<Site>, lang: Lang, path: impl Into<String>, title: impl Into<String>) -> Self {
        Self {
            site,
            lang,
            audience: Audience::Guest,
            path: path.into(),
            title: title.into(),
            failed: false,
            viewer: None,
            nav: Vec::new(),
            search: false,
            csrf: String::new(),
            flash: None,
            draft: None,
            session_ends: 0,
            onwards: None,
        }
    }

    /// The same page in the other language.
    #[must_use]
    pub fn other_language_url(&self) -> String {
        let mut back = String::new();
        for byte in self.path.bytes() {
            match byte {
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' => {
                    back.push(char::from(byte))
                }
                other => {
                    let _ = write!(back, "%{other:02X}");
                }
            }
        }
        format!("/language/{}?back={back}", self.lang.other().code())
    }
}

/// An address as an id in the page: `/plan/skridt/7` → `plan-skridt-7`.
#[must_use]
pub fn slug(address: &str) -> String {
    let parts: Vec<&str> = address
        .split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty())
        .collect();
    parts.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_becomes_an_id() {
        assert_eq!(slug("/plan/skridt/7?vis=alle"), "plan-skridt-7-vis-alle");
    }

    #[test]
    fn the_language_link_comes_back_to_the_same_page() {
        let site = Arc::new(Site {
            municipality: String::new(),
            phone: String::new(),
            accessibility_url: String::new(),
            security_contact: None,
            demo: false,
            theme: Theme::default(),
        });
        let shell = Shell::new(site, Lang::Da, "/min-plan?vis=mål&side=2", "");
        assert_eq!(
            shell.other_language_url(),
            "/language/en?back=/min-plan%3Fvis%3Dm%C3%A5l%26side%3D2"
        );
    }
}
