//! What axe-core, the usual checker of accessibility, finds in a page.

use std::fmt::{self, Write};
use std::path::Path;

use serde_json::Value;

/// The rules that are run: WCAG 2.0 to 2.2 at levels A and AA, and axe's own good practice. Colour contrast is among them.
pub const TAGS: [&str; 6] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/// One rule that a page breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// axe's name for the rule, such as `color-contrast`.
    pub rule: String,
    /// How bad it is: minor, moderate, serious or critical.
    pub impact: String,
    /// The rule in words.
    pub help: String,
    /// The elements at fault.
    pub places: Vec<Place>,
}

/// One element at fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// A CSS selector that finds it.
    pub selector: String,
    /// Its HTML, shortened.
    pub html: String,
    /// What to do about it.
    pub advice: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} ({}): {}", self.rule, self.impact, self.help)?;
        for place in &self.places {
            write!(
                out,
                "\n    {}\n      {}\n      {}",
                place.selector, place.html, place.advice
            )?;
        }
        Ok(())
    }
}

/// All violations as one text, a line and more for each.
pub fn report(violations: &[Violation]) -> String {
    violations.iter().fold(String::new(), |mut text, violation| {
        let _ = writeln!(text, "  {violation}");
        text
    })
}

/// The checker's own source, as npm put it beside these tests.
///
/// # Panics
/// When it is not there.
pub(crate) fn source() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("node_modules/axe-core/axe.min.js");
    std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{} is missing ({error}): run `npm ci` in e2e/", path.display()))
}

/// The script that runs it; the last argument is the function to call when it is done.
pub(crate) const RUN: &str = "
    const done = arguments[arguments.length - 1];
    axe.run(document, { runOnly: arguments[0], resultTypes: ['violations'] })
        .then(result => done({ violations: result.violations }), error => done({ error: String(error) }));
";

/// Reads what [`RUN`] answers.
pub(crate) fn violations(answer: &Value) -> Result<Vec<Violation>, String> {
    if let Some(error) = answer["error"].as_str() {
        return Err(error.to_owned());
    }
    let list = answer["violations"].as_array().ok_or("axe answered without a list")?;
    Ok(list
        .iter()
        .map(|violation| Violation {
            rule: text(&violation["id"]),
            impact: text(&violation["impact"]),
            help: text(&violation["help"]),
            places: violation["nodes"].as_array().into_iter().flatten().map(place).collect(),
        })
        .collect())
}

fn place(node: &Value) -> Place {
    let html = text(&node["html"]);
    let advice = text(&node["failureSummary"]);
    Place {
        selector: node["target"]
            .as_array()
            .into_iter()
            .flatten()
            .map(text)
            .collect::<Vec<_>>()
            .join(" "),
        html: html.chars().take(160).collect(),
        advice: advice.split_whitespace().collect::<Vec<_>>().join(" "),
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_violation_reads_as_where_and_what_to_do() {
        let answer = json!({ "violations": [{
            "id": "label", "impact": "critical", "help": "Form elements must have labels",
            "nodes": [{ "target": ["#name"], "html": "<input id=\"name\">", "failureSummary": "Fix any:\n  no label" }],
        }] });
        let found = violations(&answer).expect("a list");
        assert_eq!(
            report(&found),
            "  label (critical): Form elements must have labels\n    #name\n      <input id=\"name\">\n      Fix any: no label\n"
        );
    }

    #[test]
    fn a_checker_that_fails_is_not_a_page_without_faults() {
        assert!(violations(&json!({ "error": "no document" })).is_err());
        assert!(violations(&json!(null)).is_err());
    }
}
