//! Whatever comes from outside, thrown at whatever reads it.
//!
//! Each [`Target`] takes any bytes, hands them to one reader, and says what must hold of whatever comes out. A reader may refuse; it may
//! not panic, hang, take all memory, or answer with something it would itself refuse. `make fuzz` looks for such bytes with libFuzzer;
//! `make test` reads again all that were kept in `corpus/`.

mod form;
mod import;
mod log_in;
mod numbers;
mod others;
mod plan;

/// One reader, and what must hold of it.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// The name: of its folder in `corpus/`, and for `FUZZ_TARGET`.
    pub name: &'static str,
    /// What it reads.
    pub about: &'static str,
    /// Reads the bytes; panics when something does not hold.
    pub run: fn(&[u8]),
}

/// Every reader of something that comes from outside.
pub const TARGETS: &[Target] = &[
    Target {
        name: "import_file",
        about: "a list that is brought in, as bytes: CSV, Excel, OpenDocument, to the last decision about each row",
        run: import::file,
    },
    Target {
        name: "import_sheet",
        about: "the inside of an Excel file",
        run: import::sheet,
    },
    Target {
        name: "import_content",
        about: "the inside of an OpenDocument file",
        run: import::content,
    },
    Target {
        name: "import_mapping",
        about: "which column is what, as a form says it",
        run: import::mapping,
    },
    Target {
        name: "published",
        about: "what Jobindsats and StatBank answer, and files of published figures",
        run: others::published,
    },
    Target {
        name: "published_line",
        about: "published figures as they are kept, and the list of tables",
        run: others::line,
    },
    Target {
        name: "exchange",
        about: "figures of another municipality, behind their signature",
        run: others::exchange,
    },
    Target {
        name: "strategy",
        about: "a strategy profile, and dated rules, that replace ours",
        run: others::strategy,
    },
    Target {
        name: "date",
        about: "dates, months, weeks, times and quantities, typed or in files",
        run: numbers::date,
    },
    Target {
        name: "cpr",
        about: "CPR numbers, and texts in which they stand",
        run: numbers::cpr,
    },
    Target {
        name: "cvr",
        about: "numbers of companies and production units",
        run: numbers::cvr,
    },
    Target {
        name: "claims",
        about: "what a provider of log-in says of somebody",
        run: log_in::claims,
    },
    Target {
        name: "privileges",
        about: "roles and their limits: OIO privileges as XML, JSON or base64",
        run: log_in::privileges,
    },
    Target {
        name: "token",
        about: "a signed token, and the keys it is checked with",
        run: log_in::token,
    },
    Target {
        name: "search",
        about: "words to search for",
        run: form::search,
    },
    Target {
        name: "form",
        about: "a form as a browser sends it, and the draft that is kept of it",
        run: form::form,
    },
    Target {
        name: "status_sheet",
        about: "what a team writes on its status sheet",
        run: plan::status_sheet,
    },
    Target {
        name: "plan",
        about: "what people write in a plan, one form after the other",
        run: plan::plan,
    },
];

/// The bytes as text; what is no text is shown as such.
fn text(input: &[u8]) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(input)
}

/// A sound text holds nothing that a database or a page cannot carry.
fn is_clean(text: &str) -> bool {
    !text.chars().any(|c| c.is_control() && c != '\n' && c != '\t')
}
