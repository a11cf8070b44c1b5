//! A form as it was sent: checked for forgery, read field by field, nothing typed thrown away.

use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, header};
use axum::response::Response;
use jiff::civil::{Date, DateTime, Time};
use tovholder_casework::act::Voice;
use tovholder_casework::id::*;
use tovholder_store::drafts;
use tovholder_store::sessions::Found;
use uuid::Uuid;

use crate::kit::app::App;
use crate::kit::form::Errors;
use crate::kit::lang::Lang;
use crate::kit::parse;
use crate::kit::respond::Failure;
use crate::kit::visit::Session;

/// The most a form may hold, in bytes. Long texts are refused beside their field; this only stops floods.
pub const MAX_FORM: usize = 4 * 1024 * 1024;

/// The fields of a form in the order sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// No fields.
    #[must_use]
    pub const fn empty() -> Self {
        Fields(Vec::new())
    }
    /// Reads `application/x-www-form-urlencoded`.
    #[must_use]
    pub fn parse(body: &str) -> Self {
        Fields(form_urlencoded::parse(body.as_bytes()).into_owned().collect())
    }
    /// As a browser would send it, without the token and the number of the sending: that is how a draft is kept. The revision stays,
    /// so that a draft of something others have changed meanwhile is shown beside it when it is sent.
    #[must_use]
    pub fn to_draft(&self) -> String {
        let own = |name: &str| name.starts_with('_') && name != "_voice" && name != "_rev";
        let kept = self.0.iter().filter(|(name, _)| !own(name));
        form_urlencoded::Serializer::new(String::new())
            .extend_pairs(kept)
            .finish()
    }
    /// Sets a field, for the values a form begins with.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.0.push((name.to_owned(), value.to_string()));
        self
    }
    /// These fields, and from `others` those that are not here: what is left of a draft laid over what a form begins with.
    #[must_use]
    pub fn or(mut self, others: Fields) -> Self {
        let missing: Vec<_> = others.0.into_iter().filter(|(name, _)| !self.has(name)).collect();
        self.0.extend(missing);
        self
    }
    /// The same with one field's value replaced.
    #[must_use]
    pub fn replaced(mut self, name: &str, value: impl ToString) -> Self {
        self.0.retain(|(n, _)| n != name);
        self.with(name, value)
    }
    /// A field's first value as typed; empty when it is not there.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value)
    }
    /// All values of a field that may stand several times.
    pub fn all<'f>(&'f self, name: &'f str) -> impl Iterator<Item = &'f str> {
        self.0
            .iter()
            .filter(move |(n, _)| n == name)
            .map(|(_, value)| value.as_str())
    }
    /// Whether the field is there: a ticked box.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(n, _)| n == name)
    }
    /// Whether nothing but blanks was typed.
    #[must_use]
    pub fn is_blank(&self, name: &str) -> bool {
        self.text(name).trim().is_empty()
    }
    /// A value that is read with `FromStr`: a key of an enum, an id. None when it is empty or names nothing.
    #[must_use]
    pub fn value<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.text(name).trim().parse().ok()
    }
    /// The revision of the record the user saw.
    #[must_use]
    pub fn rev(&self) -> u32 {
        self.value("_rev").unwrap_or(0)
    }
    /// A choice that must be made.
    pub fn choice<T: std::str::FromStr>(&self, name: &str, t: Lang, errors: &mut Errors) -> Option<T> {
        let value = self.value(name);
        if value.is_none() {
            errors.push(name, t.error_choose_one());
        }
        value
    }
    /// A date that may be left out. Typed but not understood, it becomes an error beside the field.
    pub fn date(&self, name: &str, t: Lang, errors: &mut Errors) -> Option<Date> {
        if self.is_blank(name) {
            return None;
        }
        parse::date(self.text(name))
            .map_err(|wrong| errors.push(name, wrong.date_message(t)))
            .ok()
    }
    /// A date that must be there.
    pub fn required_date(&self, name: &str, t: Lang, errors: &mut Errors) -> Option<Date> {
        if self.is_blank(name) {
            errors.push(name, t.error_date_required());
            return None;
        }
        self.date(name, t, errors)
    }
    /// A date and a time in two fields.
    pub fn datetime(&self, date: &str, time: &str, t: Lang, errors: &mut Errors) -> Option<DateTime> {
        let day = self.required_date(date, t, errors);
        let time: Option<Time> = parse::time(self.text(time))
            .map_err(|wrong| errors.push(time, wrong.time_message(t)))
            .ok();
        Some(day?.to_datetime(time?))
    }
    /// Hours that may be left out; a decimal comma or a point.
    pub fn hours(&self, name: &str, t: Lang, errors: &mut Errors) -> Option<f64> {
        if self.is_blank(name) {
            return None;
        }
        let hours = parse::hours(self.text(name));
        if hours.is_none() {
            errors.push(name, t.error_number_expected());
        }
        hours
    }
    /// The number of this sending, made when the page was drawn. Without a sound one it gets a new one.
    #[must_use]
    pub fn submission(&self) -> SubmissionId {
        SubmissionId(self.value("_act").unwrap_or_else(Uuid::now_v7))
    }
    /// Whose words: sitting together is a ticked box on the employee's forms.
    #[must_use]
    pub fn voice(&self) -> Voice {
        self.value("_voice").unwrap_or(Voice::Own)
    }
}

/// What was typed in a form whose session ended meanwhile is kept as a draft for its user, who is asked to log in again and finds it where
/// it was written. Done before any handler, because a page's other extractors turn the user away before the form is read.
///
/// # Errors
/// [`Failure::LogIn`] once it is kept, [`Failure::TooLarge`], or the database is away.
pub async fn keep(app: &App, user: Uuid, request: Request) -> Result<Response, Failure> {
    let form = form_address(request.uri().path());
    let next = came_from(request.headers()).unwrap_or_else(|| form.clone());
    // A file that was being uploaded is still where it came from.
    if has_fields(request.headers()) {
        keep_draft(app, user, &form, &read(request).await?).await?;
    }
    Err(Failure::LogIn { next })
}

/// A form sent by a user with a live session and the session's token.
pub struct Sent(pub Fields);

impl std::ops::Deref for Sent {
    type Target = Fields;
    fn deref(&self) -> &Fields {
        &self.0
    }
}

impl FromRequest<App> for Sent {
    type Rejection = Failure;
    async fn from_request(request: Request, app: &App) -> Result<Self, Failure> {
        let form = form_address(request.uri().path());
        let from = came_from(request.headers()).unwrap_or_else(|| form.clone());
        let from_own_page = request
            .headers()
            .get("sec-fetch-site")
            .is_some_and(|site| site == "same-origin");
        let session = request.extensions().get::<Session>().cloned();
        let Some(Found::Live(user)) = session.as_ref().map(|s| s.0.as_ref()) else {
            return Err(Failure::LogIn { next: from });
        };
        let fields = read(request).await?;
        if unmasked(fields.text("_csrf")).as_deref() == Some(user.csrf.as_str()) {
            return Ok(Sent(fields));
        }
        // Logged in anew in another tab, most often: then the words are the user's own, and they are kept. A form that stands elsewhere could put
        // words in their mouth.
        let kept = from_own_page && keep_draft(app, user.actor.id, &form, &fields).await?;
        Err(Failure::Forged { kept })
    }
}

async fn read(request: Request) -> Result<Fields, Failure> {
    let body = axum::body::to_bytes(request.into_body(), MAX_FORM)
        .await
        .map_err(|_| Failure::TooLarge)?;
    Ok(Fields::parse(&String::from_utf8_lossy(&body)))
}

/// Keeps what was typed. Answers whether there was anything to keep.
///
/// # Errors
/// [`Failure::TooLarge`] for what no form could have held: nobody is told that it was kept.
pub(crate) async fn keep_draft(app: &App, user: Uuid, form: &str, fields: &Fields) -> Result<bool, Failure> {
    let draft = fields.to_draft();
    if draft.len() > drafts::MAX_BYTES {
        return Err(Failure::TooLarge);
    }
    if draft.is_empty() {
        return Ok(false);
    }
    drafts::save(&app.db, user, form, &draft, app.clock.now()).await?;
    Ok(true)
}

/// The address of the page a form stands on. What a page keeps while somebody types is kept under the page's own address.
fn form_address(path: &str) -> String {
    let page = path.strip_prefix("/draft").filter(|rest| rest.starts_with('/'));
    page.unwrap_or(path).to_owned()
}

fn has_fields(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE);
    kind.is_some_and(|kind| kind.as_bytes().starts_with(b"application/x-www-form-urlencoded"))
}

/// Path and query of the page a form stood on. Some forms, such as the tick at a step, are posted to an address that is no page to come back to.
/// The host is left out, so nobody is sent away from here.
fn came_from(headers: &HeaderMap) -> Option<String> {
    let page = headers.get(header::REFERER)?.to_str().ok()?;
    let (_, rest) = page.split_once("://")?;
    Some(rest.get(rest.find('/')?..)?.to_owned())
}

/// The token as it stands in a page: mixed with fresh random bytes, so that a compressed page never repeats it and its size tells nothing.
#[must_use]
pub fn masked(token: &str) -> String {
    let mut mask = vec![0u8; token.len()];
    // Without randomness the mask is zero: the token is then sent as it is, which is still a token.
    let _ = getrandom::fill(&mut mask);
    let hex = |bytes: &mut dyn Iterator<Item = u8>| bytes.map(|b| format!("{b:02x}")).collect::<String>();
    let mixed = hex(&mut token.bytes().zip(&mask).map(|(a, b)| a ^ b));
    hex(&mut mask.iter().copied()) + &mixed
}

/// The token in a masked one.
pub(crate) fn unmasked(sent: &str) -> Option<String> {
    if !sent.is_ascii() || !sent.len().is_multiple_of(4) {
        return None;
    }
    let bytes: Vec<u8> = (0..sent.len())
        .step_by(2)
        .map(|i| u8::from_str_radix(sent.get(i..i + 2)?, 16).ok())
        .collect::<Option<_>>()?;
    let (mask, mixed) = bytes.split_at(bytes.len() / 2);
    String::from_utf8(mask.iter().zip(mixed).map(|(a, b)| a ^ b).collect()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_masked_token_never_repeats_and_is_read_back() {
        let token = "0123456789abcdef";
        assert_ne!(masked(token), masked(token));
        assert_eq!(unmasked(&masked(token)).as_deref(), Some(token));
        for forged in ["", "zz", "abc", "æøå!", &"0".repeat(32)] {
            assert_ne!(unmasked(forged).as_deref(), Some(token));
        }
    }

    #[test]
    fn a_draft_keeps_what_was_typed_and_not_the_token() {
        let fields = Fields::parse("_csrf=x&_act=y&note=%C3%A6b+%26+%3Cb%3E&step=a&step=b&_voice=together");
        let draft = Fields::parse(&fields.to_draft());
        assert_eq!(draft.text("note"), "æb & <b>");
        assert_eq!(draft.all("step").collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(draft.text("_csrf"), "");
        assert_eq!(draft.voice(), Voice::Together);
    }
}
