//! A page with one text to write: a remark, a question, a reason.

use askama::Template;
use axum::response::Response;
use tovholder_store::db::Conn;

use super::{new_act, shell};
use crate::kit::form::Errors;
use crate::kit::lang::Lang;
use crate::kit::respond::{Failure, form_page};
use crate::kit::sent::Fields;
use crate::kit::shell::Shell;
use crate::kit::visit::{Opened, Visit};

/// The page and its words.
pub(super) struct Text {
    /// The heading.
    pub title: String,
    /// Where the way back leads, and what it is called.
    pub back: (String, String),
    /// A line or two above the form; may be empty.
    pub lead: String,
    /// What it is about: shown as a quotation; may be empty.
    pub quote: String,
    /// The field.
    pub field: &'static str,
    /// Its label.
    pub label: String,
    /// A word of help; may be empty.
    pub hint: String,
    /// May be left out.
    pub optional: bool,
    /// On the button.
    pub submit: String,
    /// The text and revision to begin with.
    pub value: (String, u32),
    /// As somebody else left it meanwhile.
    pub theirs: Option<(String, u32)>,
    /// Where the form goes that takes it away; empty when that cannot be done.
    pub end: String,
}

#[derive(Template)]
#[template(path = "citizen/write.html")]
struct Page {
    t: Lang,
    shell: Shell,
    errors: Errors,
    act: String,
    end_act: String,
    rev: u32,
    value: String,
    draft: String,
    text: Text,
}

/// Draws it: fresh, from the draft, or as sent with its errors.
pub(super) async fn draw(
    visit: &Visit,
    conn: &mut Conn,
    case: &Opened,
    text: Text,
    sent: Option<&Fields>,
    errors: Errors,
) -> Result<Response, Failure> {
    let fresh = Fields::empty()
        .with(text.field, &text.value.0)
        .with("_rev", text.value.1);
    let mut shell = shell(visit, case, &text.title);
    let fields = visit.fields(conn, &mut shell, sent, fresh).await?;
    // After a conflict the form carries the new revision: saving again is then a choice.
    let rev = text.theirs.as_ref().map_or(fields.rev(), |(_, rev)| *rev);
    let template = Page {
        t: visit.t,
        shell,
        act: new_act(),
        end_act: new_act(),
        rev,
        value: fields.text(text.field).to_owned(),
        draft: format!("/draft{}", visit.page_path()),
        text,
        errors,
    };
    form_page(&template, &template.errors)
}
