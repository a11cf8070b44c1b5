//! The two languages of the screens.
//!
//! Every text lives in `lang/{da,en}/*.ftl`, one file per capability. The build turns the key `plan-next-step` into the method
//! [`Lang`]`::plan_next_step`; its arguments come in alphabetical order. A text that is missing in one language stops the build.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::header::{ACCEPT_LANGUAGE, COOKIE};
use axum::http::{HeaderMap, request::Parts};

/// Name of the cookie that remembers the chosen language; its value is [`Lang::code`].
pub const COOKIE_NAME: &str = "lang";

/// A language of the screens. Danish is the default: it is the language of the authority.
///
/// As an axum extractor it reads the cookie first, then `Accept-Language`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Lang {
    /// Danish.
    #[default]
    Da,
    /// English.
    En,
}

include!(concat!(env!("OUT_DIR"), "/messages.rs"));

impl Lang {
    /// Every language, the default first.
    pub const ALL: [Self; 2] = [Self::Da, Self::En];

    /// `da` or `en`: what stands in `<html lang>`, in the cookie and in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Da => "da",
            Self::En => "en",
        }
    }

    /// What the language calls itself, for the link that switches to it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Da => "Dansk",
            Self::En => "English",
        }
    }

    /// The language one can switch to.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Da => Self::En,
            Self::En => Self::Da,
        }
    }

    /// Reads `da` or `en`, also with a region (`en-GB`) and in any case. `None` for every other language.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let primary = code.trim().split(['-', '_']).next().unwrap_or_default();
        Self::ALL
            .into_iter()
            .find(|lang| lang.code().eq_ignore_ascii_case(primary))
    }

    /// The language in a `Cookie` header, if it holds one.
    #[must_use]
    pub fn from_cookies(header: &str) -> Option<Self> {
        header.split(';').find_map(|pair| {
            let (name, value) = pair.split_once('=')?;
            if name.trim() == COOKIE_NAME {
                Self::from_code(value.trim().trim_matches('"'))
            } else {
                None
            }
        })
    }

    /// The language an `Accept-Language` header likes best (RFC 9110 §12.5.4). `None` if it names neither Danish nor English.
    #[must_use]
    pub fn from_accept_language(header: &str) -> Option<Self> {
        let mut best: Option<(Self, f32)> = None;
        for item in header.split(',') {
            let mut parts = item.split(';');
            let Some(lang) = parts.next().and_then(Self::from_code) else {
                continue;
            };
            let quality = parts
                .find_map(|part| part.trim().strip_prefix("q="))
                .map_or(Some(1.0), |q| q.trim().parse().ok());
            // A quality that cannot be read, or zero, means the language is not wanted. Among equals the first wins.
            if let Some(quality) = quality
                && quality > 0.0
                && best.is_none_or(|(_, highest)| quality > highest)
            {
                best = Some((lang, quality));
            }
        }
        best.map(|(lang, _)| lang)
    }

    /// The language of a request: the cookie, else what the browser prefers, else Danish.
    #[must_use]
    pub fn from_headers(headers: &HeaderMap) -> Self {
        let cookies = headers
            .get_all(COOKIE)
            .into_iter()
            .filter_map(|value| value.to_str().ok());
        cookies
            .into_iter()
            .find_map(Self::from_cookies)
            .or_else(|| {
                headers
                    .get(ACCEPT_LANGUAGE)
                    .and_then(|value| value.to_str().ok())
                    .and_then(Self::from_accept_language)
            })
            .unwrap_or_default()
    }
}

impl<S: Sync> FromRequestParts<S> for Lang {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        Ok(Self::from_headers(&parts.headers))
    }
}

/// A whole number a message counts with: `{ $count -> [one] … *[other] … }`.
///
/// Implemented for the integer types and for references to them, because templates pass fields by reference.
pub trait Count {
    /// The number. What does not fit (beyond nine quintillion) becomes the largest that does.
    fn count(self) -> i64;
}

impl<T: Count + Copy> Count for &T {
    fn count(self) -> i64 {
        (*self).count()
    }
}

macro_rules! count {
    ($($integer:ty),+) => {$(
        impl Count for $integer {
            fn count(self) -> i64 {
                i64::try_from(self).unwrap_or(i64::MAX)
            }
        }
    )+};
}
count!(usize, u64, i64);

macro_rules! small_count {
    ($($integer:ty),+) => {$(
        impl Count for $integer {
            fn count(self) -> i64 {
                i64::from(self)
            }
        }
    )+};
}
small_count!(u8, u16, u32, i8, i16, i32);

#[cfg(test)]
#[path = "../../build/fluent.rs"]
#[expect(dead_code, reason = "the build script's own entry point is not called here")]
mod fluent;

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn codes_are_read_with_region_and_in_any_case() {
        assert_eq!(Lang::from_code("da"), Some(Lang::Da));
        assert_eq!(Lang::from_code(" EN-gb "), Some(Lang::En));
        assert_eq!(Lang::from_code("en_US"), Some(Lang::En));
        for wrong in ["", "de", "dan", "english", "*"] {
            assert_eq!(Lang::from_code(wrong), None, "{wrong}");
        }
        for lang in Lang::ALL {
            assert_eq!(Lang::from_code(lang.code()), Some(lang));
            assert_ne!(lang.other(), lang);
            assert_eq!(lang.other().other(), lang);
        }
    }

    #[test]
    fn the_browser_preference_is_followed() {
        assert_eq!(Lang::from_accept_language("da, en-gb;q=0.8, en;q=0.7"), Some(Lang::Da));
        assert_eq!(Lang::from_accept_language("en-US,en;q=0.9,da;q=0.8"), Some(Lang::En));
        assert_eq!(Lang::from_accept_language("en;q=0.5, da;q=0.9"), Some(Lang::Da));
        assert_eq!(Lang::from_accept_language("da;q=0, en;q=0.1"), Some(Lang::En));
        assert_eq!(Lang::from_accept_language("da;q=x, en;q=0.1"), Some(Lang::En));
        assert_eq!(Lang::from_accept_language("ar, uk;q=0.8"), None);
        assert_eq!(Lang::from_accept_language(""), None);
    }

    #[test]
    fn the_cookie_wins_over_the_browser_and_danish_is_the_default() {
        let mut headers = HeaderMap::new();
        assert_eq!(Lang::from_headers(&headers), Lang::Da);
        headers.insert(ACCEPT_LANGUAGE, HeaderValue::from_static("en"));
        assert_eq!(Lang::from_headers(&headers), Lang::En);
        headers.insert(COOKIE, HeaderValue::from_static("session=abc; lang=da; theme=x"));
        assert_eq!(Lang::from_headers(&headers), Lang::Da);
        headers.insert(COOKIE, HeaderValue::from_static("slang=da; lang=tlh"));
        assert_eq!(Lang::from_headers(&headers), Lang::En);
    }

    #[test]
    fn counts_come_from_every_integer_and_by_reference() {
        assert_eq!(3_usize.count(), 3);
        assert_eq!((&&7_u32).count(), 7);
        assert_eq!((-2_i32).count(), -2);
        assert_eq!(u64::MAX.count(), i64::MAX);
    }

    #[test]
    fn a_count_chooses_its_form() {
        assert_eq!(Lang::Da.error_summary(1_usize), "Der er én ting, du skal rette");
        assert_eq!(Lang::Da.error_summary(3_usize), "Der er 3 ting, du skal rette");
        assert_eq!(Lang::En.error_summary(1), "There is one thing to correct");
        assert_eq!(Lang::Da.list_shown(1234), "1.234 borgere");
        assert_eq!(Lang::En.list_shown(1234_i64), "1,234 citizens");
        assert_eq!(Lang::Da.list_shown(0), "Ingen borgere");
    }

    #[test]
    fn templates_call_messages_with_fields_and_loop_variables() {
        #[derive(askama::Template)]
        #[template(
            source = "{{ t.common_save() }}|{{ t.error_summary(faults.len()) }}|{% for n in counts %}{{ t.list_shown(n) }} {% endfor %}|{{ t.common_call(name) }}|{{ t.hours(hours) }}|{% if let Some(day) = due %}{{ t.date(day) }}{% endif %}",
            ext = "html"
        )]
        struct Page<'a> {
            t: Lang,
            faults: Vec<u8>,
            counts: &'a [u32],
            name: String,
            hours: f64,
            due: Option<jiff::civil::Date>,
        }
        let page = Page {
            t: Lang::Da,
            faults: vec![1, 2],
            counts: &[0, 1],
            name: "Bo <b>".into(),
            hours: 12.5,
            due: Some(jiff::civil::date(2026, 11, 3)),
        };
        assert_eq!(
            askama::Template::render(&page).expect("renders"),
            "Gem|Der er 2 ting, du skal rette|Ingen borgere 1 borger |Ring til Bo &#60;b&#62;|12,5 timer|3. november 2026"
        );
    }

    #[test]
    fn the_committed_files_are_what_was_compiled() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let code = fluent::read_sources(root).and_then(|sources| fluent::generate(&sources));
        assert_eq!(
            code.as_deref(),
            Ok(include_str!(concat!(env!("OUT_DIR"), "/messages.rs")))
        );
        assert!(Lang::message_keys().contains(&"common-save"));
    }

    /// A translation left in the wrong file or copied and forgotten is easy to miss: sentences must differ between the languages.
    #[test]
    fn sentences_are_translated() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let sources = fluent::read_sources(root).expect("the folder is there");
        let texts = |language: &str| -> std::collections::BTreeMap<String, String> {
            sources
                .iter()
                .filter(|source| source.language == language)
                .flat_map(|source| source.text.lines())
                .filter_map(|line| line.split_once(" = "))
                .map(|(key, text)| (key.to_owned(), text.to_owned()))
                .collect()
        };
        let english = texts("en");
        let same: Vec<_> = texts("da")
            .into_iter()
            .filter(|(key, text)| {
                text.split_whitespace().count() >= 4 && !text.contains('{') && english.get(key) == Some(text)
            })
            .collect();
        assert!(same.is_empty(), "the same in both languages: {same:?}");
    }

    /// Everything the project's own code and templates say outside of tests.
    fn sources(folder: &std::path::Path, out: &mut String) {
        let entries = std::fs::read_dir(folder).expect("a folder of the project");
        for path in entries.map(|entry| entry.expect("is readable").path()) {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            let is_test = name.ends_with("tests.rs") || name == "testing.rs";
            if path.is_dir() {
                if name != "tests" {
                    sources(&path, out);
                }
            } else if !is_test && (name.ends_with(".rs") || name.ends_with(".html")) {
                let text = std::fs::read_to_string(&path).expect("text");
                out.push_str(text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default());
                out.push('\n');
            }
        }
    }

    /// The messages nobody says: no method call in the sources, no reference in another text.
    fn unsaid(keys: &[&'static str], sources: &str, texts: &str) -> Vec<&'static str> {
        let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let mut said = std::collections::BTreeSet::new();
        for (at, _) in sources.match_indices(['.', ':']) {
            let rest = &sources[at + 1..];
            said.insert(rest.split(|c| !word(c)).next().unwrap_or_default());
        }
        let referred = |key: &str| texts.contains(&format!("{{ {key} }}"));
        let method = |key: &str| key.replace('-', "_");
        let silent = |key: &&str| !said.contains(method(key).as_str()) && !referred(key);
        keys.iter().copied().filter(silent).collect()
    }

    #[test]
    fn every_text_is_shown_somewhere() {
        let web = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut all = String::new();
        let crates = web.parent().expect("the folder of all crates");
        for entry in std::fs::read_dir(crates).expect("a folder of the project") {
            let src = entry.expect("is readable").path().join("src");
            if src.is_dir() {
                sources(&src, &mut all);
            }
        }
        sources(&web.join("templates"), &mut all);
        let texts: String = fluent::read_sources(web)
            .expect("the folder is there")
            .into_iter()
            .map(|source| source.text)
            .collect();
        let unused = unsaid(Lang::message_keys(), &all, &texts);
        assert!(
            unused.is_empty(),
            "no page shows {unused:?}: use them, or take them out of lang/"
        );
    }

    #[test]
    fn a_text_nobody_shows_is_found() {
        let keys = ["a-b", "a-c", "a-d", "a-e"];
        let code = "t.a_b(); Lang::a_c; // a_d is only spoken of";
        assert_eq!(unsaid(&keys, code, "x = { a-e } and { $a-d }"), ["a-d"]);
    }
}
