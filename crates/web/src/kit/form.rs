//! What the form macros need: the errors of a form, and the choices of a field.

/// The errors of one form: which field, and what to do about it, in the language of the page.
///
/// Fields keep the order in which they were found wrong, which is the order of the form. The error summary links to the fields by
/// their ids; the macros give a field its name as id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Errors(Vec<(String, String)>);

impl Errors {
    /// No errors.
    #[must_use]
    pub const fn none() -> Self {
        Self(Vec::new())
    }

    /// Adds an error to a field. An empty field name makes an error of the whole form.
    pub fn push(&mut self, field: impl Into<String>, message: impl Into<String>) {
        self.0.push((field.into(), message.into()));
    }

    /// The first error of a field.
    #[must_use]
    pub fn get(&self, field: impl AsRef<str>) -> Option<&str> {
        self.0
            .iter()
            .find(|(name, _)| name == field.as_ref())
            .map(|(_, message)| message.as_str())
    }

    /// Whether the form is fine.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many errors there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// All errors as field and message.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(field, message)| (field.as_str(), message.as_str()))
    }
}

/// One choice of a select, of radio buttons or of check boxes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// A word of explanation below; may be empty.
    pub hint: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

impl Choice {
    /// A choice without a hint.
    #[must_use]
    pub fn new(value: impl Into<String>, label: impl Into<String>, chosen: bool) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            hint: String::new(),
            chosen,
        }
    }

    /// The same with a hint.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }
}

/// Whether one of the choices is chosen.
#[must_use]
pub fn any_chosen(choices: &[Choice]) -> bool {
    choices.iter().any(|choice| choice.chosen)
}

/// One link among others of the same kind: a tab, a filter chip, a page number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// What is read.
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// Whether this is what the page shows.
    pub current: bool,
}

impl Link {
    /// A link.
    #[must_use]
    pub fn new(label: impl Into<String>, href: impl Into<String>, current: bool) -> Self {
        Self {
            label: label.into(),
            href: href.into(),
            current,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_shows_its_first_error() {
        let mut errors = Errors::none();
        assert!(errors.is_empty());
        errors.push("date", "Skriv en dato");
        errors.push("date", "Datoen skal ligge efter i dag");
        errors.push("", "Planen er ændret imens");
        assert_eq!(errors.get("date"), Some("Skriv en dato"));
        assert_eq!(errors.get("name"), None);
        assert_eq!(errors.len(), 3);
        assert_eq!(errors.iter().last(), Some(("", "Planen er ændret imens")));
    }
}
