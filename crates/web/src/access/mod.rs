//! Access that is out of the ordinary, and how leaders look after it: emergency access, protected addresses, units' closed notes, and the review of how
//! the system is used.

pub mod closed;
pub mod contact;
pub mod emergency;
pub mod finding;
pub mod review;
pub mod sign;
#[cfg(test)]
mod tests;

use crate::kit::form::Errors;
use crate::kit::sent::Fields;
use crate::kit::visit::Visit;
use uuid::Uuid;

/// What the forms here carry.
struct Form {
    /// The number of this sending.
    act: String,
    /// Where the form's draft is kept.
    draft: String,
    /// What stands in the fields.
    fields: Fields,
    /// What is wrong with them.
    errors: Errors,
}

impl Form {
    fn new(visit: &Visit, fields: Fields, errors: Errors) -> Self {
        Form {
            act: Uuid::now_v7().to_string(),
            draft: format!("/draft{}", visit.page_path()),
            fields,
            errors,
        }
    }
    fn text(&self, name: &str) -> &str {
        self.fields.text(name)
    }
}
