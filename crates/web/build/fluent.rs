//! Languages at build time: every Fluent message becomes a method on `Lang`.
//!
//! A page that names a message which does not exist, or gives it the wrong arguments, does not compile; a message that lacks a
//! translation stops the build. What is left at run time is a `match` on the language.
//!
//! The part of Fluent we accept is small on purpose: text, `{ $variable }`, `{ "literal" }`, terms, references to other messages, and
//! selection on a count (`[0]`, `[one]`, `*[other]`) or on a word. Attributes and functions are refused.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, Variant, VariantKey};

/// Folder under `lang/` and the variant of `Lang` it becomes. The first is the language of the doc comments.
const LANGUAGES: [(&str, &str); 2] = [("da", "Da"), ("en", "En")];

/// Words a method or an argument cannot be called.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod",
    "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super", "trait", "true",
    "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Methods `Lang` already has by hand (`kit/lang.rs`, `kit/format.rs`) or by derive. A method missing from this list is still caught, by
/// the compiler; the list only makes the message say which key to rename.
const TAKEN: &[&str] = &[
    "clone",
    "clone_from",
    "cmp",
    "code",
    "date",
    "date_short",
    "datetime",
    "datetime_full",
    "decimal",
    "default",
    "duration",
    "eq",
    "fmt",
    "from_accept_language",
    "from_code",
    "from_cookies",
    "hash",
    "hours",
    "instant",
    "integer",
    "message_keys",
    "month_name",
    "month_short",
    "month_year",
    "name",
    "ne",
    "number",
    "other",
    "percent",
    "relative_day",
    "time",
    "time_range",
    "weekday_date",
    "weekday_date_full",
    "weekday_date_near",
    "weekday_name",
    "weeks",
];

/// One Fluent file.
#[derive(Debug, Clone)]
pub struct Source {
    /// Language folder: `da` or `en`.
    pub language: String,
    /// What error messages call the file: `lang/da/plan.ftl`.
    pub path: String,
    /// The whole text.
    pub text: String,
}

/// Build script step: `lang/*/*.ftl` → `$OUT_DIR/messages.rs`. Prints every fault and ends the build if there is one.
pub fn build() {
    println!("cargo::rerun-if-changed=lang");
    println!("cargo::rerun-if-changed=build/fluent.rs");
    let root = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR"));
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    match read_sources(&root).and_then(|sources| generate(&sources)) {
        Ok(code) => std::fs::write(out.join("messages.rs"), code).expect("OUT_DIR is writable"),
        Err(faults) => {
            for fault in &faults {
                println!("cargo::error={}", fault.replace('\n', " "));
            }
            std::process::exit(1);
        }
    }
}

/// Reads every Fluent file under `root/lang`, in a fixed order.
pub fn read_sources(root: &Path) -> Result<Vec<Source>, Vec<String>> {
    let mut sources = Vec::new();
    let mut faults = Vec::new();
    for (language, _) in LANGUAGES {
        let folder = root.join("lang").join(language);
        let mut files = match std::fs::read_dir(&folder) {
            Ok(entries) => entries.flatten().map(|entry| entry.path()).collect::<Vec<_>>(),
            Err(error) => {
                faults.push(format!("lang/{language}: {error}"));
                continue;
            }
        };
        files.retain(|file| file.extension().is_some_and(|extension| extension == "ftl"));
        files.sort();
        for file in files {
            let name = file
                .file_name()
                .map(|name| name.to_string_lossy().into_owned())
                .unwrap_or_default();
            let path = format!("lang/{language}/{name}");
            match std::fs::read_to_string(&file) {
                Ok(text) => sources.push(Source {
                    language: language.to_owned(),
                    path,
                    text,
                }),
                Err(error) => faults.push(format!("{path}: {error}")),
            }
        }
    }
    if faults.is_empty() { Ok(sources) } else { Err(faults) }
}

/// What a message is made of once terms and references have been put in place.
#[derive(Debug, Clone, PartialEq)]
enum Piece {
    Text(String),
    Variable(String),
    Select {
        variable: String,
        kind: Kind,
        arms: Vec<(Key, Vec<Piece>)>,
        default: (Key, Vec<Piece>),
    },
}

#[derive(Debug, Clone, PartialEq)]
enum Key {
    Number(i64),
    Word(String),
}

/// What an argument is used for, and so which type the method asks for.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    /// Only shown: anything that can be displayed.
    Shown,
    /// Chosen on by plural form or exact value: a whole number, shown with the language's thousands mark.
    Count,
    /// Chosen on by name: a string.
    Word,
}

/// A message or term as parsed, with the file it came from.
struct Parsed {
    path: String,
    value: Pattern<String>,
}

/// Everything said in one language.
#[derive(Default)]
struct Catalogue {
    messages: BTreeMap<String, Parsed>,
    terms: BTreeMap<String, Parsed>,
}

/// Turns the Fluent files of all languages into `impl Lang { … }`, or says everything that is wrong with them, each fault naming file and key.
pub fn generate(sources: &[Source]) -> Result<String, Vec<String>> {
    let mut faults = Vec::new();
    let catalogues = LANGUAGES.map(|(language, _)| {
        let mut catalogue = Catalogue::default();
        for source in sources.iter().filter(|source| source.language == language) {
            read(source, &mut catalogue, &mut faults);
        }
        catalogue
    });

    // Every key of every language, with the file it was first seen in.
    let mut keys = BTreeMap::<&str, &str>::new();
    for catalogue in &catalogues {
        for (key, parsed) in &catalogue.messages {
            keys.entry(key).or_insert(&parsed.path);
        }
    }

    let mut methods = BTreeMap::<String, &str>::new();
    let mut body = String::new();
    for (&key, &path) in &keys {
        let method = key.replace('-', "_");
        if let Err(why) = usable_name(&method) {
            faults.push(format!("{path}: {key}: {why}"));
        }
        if TAKEN.contains(&method.as_str()) {
            faults.push(format!(
                "{path}: {key}: Lang already has a method {method}; choose another key"
            ));
        }
        if let Some(earlier) = methods.insert(method.clone(), key) {
            faults.push(format!(
                "{path}: {key}: becomes the method {method}, and so does {earlier}"
            ));
        }

        let mut translations = Vec::new();
        for ((language, _), catalogue) in LANGUAGES.iter().zip(&catalogues) {
            match catalogue.messages.get(key) {
                None => faults.push(format!("{path}: {key}: missing in lang/{language}")),
                Some(parsed) => match resolve(catalogue, &parsed.value, &mut vec![key.to_owned()]) {
                    Err(why) => faults.push(format!("{}: {key}: {why}", parsed.path)),
                    Ok(pieces) if is_empty(&pieces) => {
                        faults.push(format!("{}: {key}: the text is empty", parsed.path))
                    }
                    Ok(pieces) => translations.push((parsed.path.as_str(), pieces)),
                },
            }
        }
        if translations.len() == LANGUAGES.len() {
            match arguments(&translations) {
                Ok(arguments) => write_method(&mut body, &method, &arguments, &translations),
                Err(whys) => faults.extend(whys.into_iter().map(|(path, why)| format!("{path}: {key}: {why}"))),
            }
        }
    }

    if !faults.is_empty() {
        return Err(faults);
    }
    let mut code = String::from("// Made by build/fluent.rs from lang/*/*.ftl.\n\n");
    code.push_str(
        "#[allow(clippy::all, reason = \"made by a program: style is judged in the program\")]\nimpl Lang {\n",
    );
    code.push_str("    /// The key of every message, sorted. For tests; pages call the methods.\n");
    let _ = writeln!(
        code,
        "    pub const fn message_keys() -> &'static [&'static str] {{\n        &{:?}\n    }}",
        keys.keys().collect::<Vec<_>>()
    );
    code.push_str(&body);
    code.push_str("}\n");
    Ok(code)
}

/// Parses one file into its language's catalogue.
fn read(source: &Source, catalogue: &mut Catalogue, faults: &mut Vec<String>) {
    let path = &source.path;
    // Windows line ends would otherwise end up inside texts of several lines.
    let text = source.text.replace("\r\n", "\n");
    let resource = match fluent_syntax::parser::parse(text.clone()) {
        Ok(resource) => resource,
        Err((resource, errors)) => {
            for error in errors {
                let before = text.get(..error.pos.start).unwrap_or(&text);
                faults.push(format!(
                    "{path}: line {}: {}",
                    before.matches('\n').count() + 1,
                    error.kind
                ));
            }
            resource
        }
    };
    for entry in resource.body {
        let (is_term, id, value, attributes) = match entry {
            Entry::Message(message) => (false, message.id.name, message.value, message.attributes.len()),
            Entry::Term(term) => (true, term.id.name, Some(term.value), term.attributes.len()),
            Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) | Entry::Junk { .. } => continue,
        };
        let shown = if is_term { format!("-{id}") } else { id.clone() };
        if attributes > 0 {
            faults.push(format!(
                "{path}: {shown}: attributes are not supported; give each text its own key"
            ));
        }
        let Some(value) = value else {
            faults.push(format!("{path}: {shown}: the text is empty"));
            continue;
        };
        let parsed = Parsed {
            path: path.clone(),
            value,
        };
        let table = if is_term {
            &mut catalogue.terms
        } else {
            &mut catalogue.messages
        };
        if let Some(earlier) = table.get(&id) {
            faults.push(format!("{path}: {shown}: already defined in {}", earlier.path));
        } else {
            table.insert(id, parsed);
        }
    }
}

/// Replaces terms and message references by what they say. `open` holds the keys being resolved, so that a circle is seen.
fn resolve(catalogue: &Catalogue, pattern: &Pattern<String>, open: &mut Vec<String>) -> Result<Vec<Piece>, String> {
    let mut pieces = Vec::new();
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => add_text(&mut pieces, value),
            PatternElement::Placeable { expression } => resolve_expression(catalogue, expression, open, &mut pieces)?,
        }
    }
    Ok(pieces)
}

fn resolve_expression(
    catalogue: &Catalogue,
    expression: &Expression<String>,
    open: &mut Vec<String>,
    pieces: &mut Vec<Piece>,
) -> Result<(), String> {
    let inline = match expression {
        Expression::Inline(inline) => inline,
        Expression::Select {
            selector: InlineExpression::VariableReference { id },
            variants,
        } => {
            pieces.push(resolve_select(catalogue, &id.name, variants, open)?);
            return Ok(());
        }
        Expression::Select { .. } => return Err("only a { $variable } can be chosen on".to_owned()),
    };
    let (name, table) = match inline {
        InlineExpression::StringLiteral { value } => {
            add_text(pieces, &fluent_syntax::unicode::unescape_unicode_to_string(value));
            return Ok(());
        }
        InlineExpression::NumberLiteral { value } => {
            add_text(pieces, value);
            return Ok(());
        }
        InlineExpression::VariableReference { id } => {
            pieces.push(Piece::Variable(id.name.clone()));
            return Ok(());
        }
        InlineExpression::Placeable { expression } => return resolve_expression(catalogue, expression, open, pieces),
        InlineExpression::FunctionReference { id, .. } => {
            return Err(format!("the function {} is not supported", id.name));
        }
        InlineExpression::MessageReference { attribute: Some(_), .. }
        | InlineExpression::TermReference { attribute: Some(_), .. } => {
            return Err("attributes are not supported".to_owned());
        }
        InlineExpression::TermReference {
            id, arguments: Some(_), ..
        } => return Err(format!("arguments to the term -{} are not supported", id.name)),
        InlineExpression::MessageReference { id, .. } => (id.name.clone(), &catalogue.messages),
        InlineExpression::TermReference { id, .. } => (format!("-{}", id.name), &catalogue.terms),
    };
    let parsed = table
        .get(name.trim_start_matches('-'))
        .ok_or_else(|| format!("refers to {name}, which does not exist in this language"))?;
    if open.contains(&name) {
        return Err(format!("refers to itself through {name}"));
    }
    open.push(name);
    for piece in resolve(catalogue, &parsed.value, open)? {
        match piece {
            Piece::Text(text) => add_text(pieces, &text),
            other => pieces.push(other),
        }
    }
    open.pop();
    Ok(())
}

fn resolve_select(
    catalogue: &Catalogue,
    variable: &str,
    variants: &[Variant<String>],
    open: &mut Vec<String>,
) -> Result<Piece, String> {
    let mut arms = Vec::<(Key, Vec<Piece>)>::new();
    let mut default = None;
    let mut is_count = true;
    let mut has_number = false;
    for variant in variants {
        let key = match &variant.key {
            VariantKey::NumberLiteral { value } => {
                has_number = true;
                Key::Number(
                    value
                        .parse()
                        .map_err(|_| format!("[{value}] on ${variable}: only whole numbers can be chosen on"))?,
                )
            }
            VariantKey::Identifier { name } => {
                is_count &= name == "one" || name == "other";
                Key::Word(name.clone())
            }
        };
        let value = resolve(catalogue, &variant.value, open)?;
        if variant.default {
            default = Some((key, value));
        } else {
            arms.push((key, value));
        }
    }
    let default = default.ok_or_else(|| format!("the choice on ${variable} has no *[other]"))?;
    if arms.is_empty() {
        return Err(format!("the choice on ${variable} has only one variant"));
    }
    let word = |key: &Key| {
        if let Key::Word(word) = key {
            Some(word.clone())
        } else {
            None
        }
    };
    if !is_count {
        if has_number {
            return Err(format!("the choice on ${variable} mixes numbers and words"));
        }
        if let Some(plural) = arms
            .iter()
            .filter_map(|(key, _)| word(key))
            .find(|word| ["zero", "two", "few", "many"].contains(&word.as_str()))
        {
            return Err(format!(
                "[{plural}] on ${variable}: Danish and English only have [one] and [other]; use an exact number such as [0]"
            ));
        }
    } else if word(&default.0).as_deref() != Some("other") {
        return Err(format!("the choice on the count ${variable} must end in *[other]"));
    }
    // In both languages [one] is exactly the number 1, so the arms can be compared as numbers.
    if is_count {
        for (key, _) in &mut arms {
            if *key == Key::Word("one".to_owned()) {
                *key = Key::Number(1);
            }
        }
    }
    for (index, (key, _)) in arms.iter().enumerate() {
        if *key == default.0 || arms[..index].iter().any(|(earlier, _)| earlier == key) {
            return Err(format!("the choice on ${variable} has {} twice", shown_key(key)));
        }
    }
    let kind = if is_count { Kind::Count } else { Kind::Word };
    Ok(Piece::Select {
        variable: variable.to_owned(),
        kind,
        arms,
        default,
    })
}

/// The arguments of a message, sorted by name, after checking that all languages use the same ones in the same way.
fn arguments<'a>(translations: &[(&'a str, Vec<Piece>)]) -> Result<BTreeMap<String, Kind>, Vec<(&'a str, String)>> {
    let mut all = BTreeMap::new();
    let mut faults = Vec::new();
    let mut names = Vec::new();
    for (path, pieces) in translations {
        let mut own = BTreeSet::new();
        collect(pieces, &mut |variable, kind| {
            own.insert(variable.to_owned());
            let known = all
                .entry(variable.replace('-', "_"))
                .or_insert((variable.to_owned(), kind));
            if known.0 != variable {
                faults.push((*path, format!("${variable} and ${} become the same argument", known.0)));
            } else if known.1 == Kind::Shown {
                known.1 = kind;
            } else if kind != Kind::Shown && kind != known.1 {
                faults.push((*path, format!("${variable} is chosen on both as a count and as a word")));
            }
        });
        names.push((*path, own));
    }
    let (first_path, first) = &names[0];
    for (path, own) in &names[1..] {
        let list = |names: &BTreeSet<String>| {
            if names.is_empty() {
                "none".to_owned()
            } else {
                names
                    .iter()
                    .map(|name| format!("${name}"))
                    .collect::<Vec<_>>()
                    .join(", ")
            }
        };
        if own != first {
            faults.push((
                path,
                format!(
                    "the variables are {}, but in {first_path} they are {}",
                    list(own),
                    list(first)
                ),
            ));
        }
    }
    for argument in all.keys() {
        if let Err(why) = usable_name(argument) {
            faults.push((first_path, format!("${argument}: {why}")));
        }
    }
    if faults.is_empty() {
        Ok(all.into_iter().map(|(name, (_, kind))| (name, kind)).collect())
    } else {
        Err(faults)
    }
}

fn collect(pieces: &[Piece], seen: &mut dyn FnMut(&str, Kind)) {
    for piece in pieces {
        match piece {
            Piece::Text(_) => {}
            Piece::Variable(variable) => seen(variable, Kind::Shown),
            Piece::Select {
                variable,
                kind,
                arms,
                default,
            } => {
                seen(variable, *kind);
                for (_, pieces) in arms.iter().chain([default]) {
                    collect(pieces, seen);
                }
            }
        }
    }
}

fn write_method(
    code: &mut String,
    method: &str,
    arguments: &BTreeMap<String, Kind>,
    translations: &[(&str, Vec<Piece>)],
) {
    let doc = format!("```text\n{}\n```", shown_pieces(&translations[0].1));
    let _ = writeln!(code, "\n    #[doc = {doc:?}]\n    #[must_use]");
    if arguments.is_empty() {
        let _ = writeln!(
            code,
            "    pub const fn {method}(self) -> &'static str {{\n        match self {{"
        );
        for ((_, variant), (_, pieces)) in LANGUAGES.iter().zip(translations) {
            let _ = writeln!(code, "            Self::{variant} => {:?},", shown_pieces(pieces));
        }
        code.push_str("        }\n    }\n");
        return;
    }
    let list = arguments.iter().map(|(name, kind)| {
        let wanted = match kind {
            Kind::Shown => "std::fmt::Display",
            Kind::Count => "Count",
            Kind::Word => "AsRef<str>",
        };
        format!(", {name}: impl {wanted}")
    });
    let _ = writeln!(
        code,
        "    pub fn {method}(self{}) -> String {{",
        list.collect::<String>()
    );
    for (name, kind) in arguments {
        match kind {
            Kind::Shown => {}
            Kind::Count => {
                let _ = writeln!(code, "        let {name} = Count::count({name});");
            }
            Kind::Word => {
                let _ = writeln!(code, "        let {name} = AsRef::<str>::as_ref(&{name});");
            }
        }
    }
    code.push_str("        let mut __text = String::new();\n        match self {\n");
    for ((_, variant), (_, pieces)) in LANGUAGES.iter().zip(translations) {
        let _ = writeln!(code, "            Self::{variant} => {{");
        write_pieces(code, pieces, arguments, 4);
        code.push_str("            }\n");
    }
    code.push_str("        }\n        __text\n    }\n");
}

fn write_pieces(code: &mut String, pieces: &[Piece], arguments: &BTreeMap<String, Kind>, depth: usize) {
    let indent = "    ".repeat(depth);
    for piece in pieces {
        let _ = match piece {
            Piece::Text(text) => writeln!(code, "{indent}__text.push_str({text:?});"),
            Piece::Variable(variable) => {
                let name = variable.replace('-', "_");
                match arguments.get(&name) {
                    Some(Kind::Count) => writeln!(code, "{indent}__text.push_str(&self.integer({name}));"),
                    Some(Kind::Word) => writeln!(code, "{indent}__text.push_str({name});"),
                    Some(Kind::Shown) | None => writeln!(
                        code,
                        "{indent}let _ = std::fmt::Write::write_fmt(&mut __text, format_args!(\"{{}}\", {name}));"
                    ),
                }
            }
            Piece::Select {
                variable,
                arms,
                default,
                ..
            } => {
                let _ = writeln!(code, "{indent}match {} {{", variable.replace('-', "_"));
                for (key, pieces) in arms {
                    let _ = match key {
                        Key::Number(number) => writeln!(code, "{indent}    {number} => {{"),
                        Key::Word(word) => writeln!(code, "{indent}    {word:?} => {{"),
                    };
                    write_pieces(code, pieces, arguments, depth + 2);
                    let _ = writeln!(code, "{indent}    }}");
                }
                let _ = writeln!(code, "{indent}    _ => {{");
                write_pieces(code, &default.1, arguments, depth + 2);
                writeln!(code, "{indent}    }}\n{indent}}}")
            }
        };
    }
}

/// The text as a translator wrote it, with terms and references filled in.
fn shown_pieces(pieces: &[Piece]) -> String {
    let mut shown = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(text) => shown.push_str(text),
            Piece::Variable(variable) => {
                let _ = write!(shown, "{{ ${variable} }}");
            }
            Piece::Select {
                variable,
                arms,
                default,
                ..
            } => {
                let _ = write!(shown, "{{ ${variable} ->");
                for (key, pieces) in arms {
                    let _ = write!(shown, " {} {}", shown_key(key), shown_pieces(pieces));
                }
                let _ = write!(shown, " *{} {} }}", shown_key(&default.0), shown_pieces(&default.1));
            }
        }
    }
    shown
}

fn shown_key(key: &Key) -> String {
    match key {
        Key::Number(number) => format!("[{number}]"),
        Key::Word(word) => format!("[{word}]"),
    }
}

fn usable_name(name: &str) -> Result<(), String> {
    if name.chars().any(|c| c.is_ascii_uppercase()) {
        Err("use lower case and hyphens only".to_owned())
    } else if KEYWORDS.contains(&name) {
        Err(format!("{name} is a Rust keyword; choose another name"))
    } else {
        Ok(())
    }
}

fn is_empty(pieces: &[Piece]) -> bool {
    pieces
        .iter()
        .all(|piece| matches!(piece, Piece::Text(text) if text.trim().is_empty()))
}

fn add_text(pieces: &mut Vec<Piece>, text: &str) {
    if let Some(Piece::Text(last)) = pieces.last_mut() {
        last.push_str(text);
    } else {
        pieces.push(Piece::Text(text.to_owned()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources(da: &str, en: &str) -> Vec<Source> {
        [("da", da), ("en", en)]
            .map(|(language, text)| Source {
                language: language.into(),
                path: format!("lang/{language}/plan.ftl"),
                text: text.into(),
            })
            .to_vec()
    }

    fn faults(da: &str, en: &str) -> String {
        generate(&sources(da, en)).expect_err("a fault was expected").join("\n")
    }

    #[test]
    fn a_plain_message_becomes_a_constant() {
        let code = generate(&sources(
            "plan-next-step = Næste \"skridt\"\n",
            "plan-next-step = Next \"step\"\n",
        ))
        .expect("valid");
        assert!(
            code.contains("pub const fn plan_next_step(self) -> &'static str"),
            "{code}"
        );
        assert!(code.contains(r#"Self::Da => "Næste \"skridt\"","#), "{code}");
        assert!(code.contains(r#"Self::En => "Next \"step\"","#), "{code}");
        assert!(code.contains(r#"&["plan-next-step"]"#), "{code}");
    }

    #[test]
    fn arguments_come_in_alphabetical_order_whatever_the_text_does() {
        let code = generate(&sources(
            "a = { $zebra } og { $ape }\n",
            "a = { $zebra } and { $ape }\n",
        ))
        .expect("valid");
        assert!(
            code.contains("pub fn a(self, ape: impl std::fmt::Display, zebra: impl std::fmt::Display) -> String"),
            "{code}"
        );
    }

    #[test]
    fn a_count_in_one_language_is_a_count_in_both() {
        let da = "left = { $count ->\n    [0] Ingen\n    [one] Ét skridt\n   *[other] { $count } skridt\n }\n";
        let code = generate(&sources(da, "left = { $count } left\n")).expect("valid");
        assert!(
            code.contains("pub fn left(self, count: impl Count) -> String"),
            "{code}"
        );
        assert!(
            code.contains("0 => {") && code.contains("1 => {") && code.contains("_ => {"),
            "{code}"
        );
        assert_eq!(code.matches("self.integer(count)").count(), 2, "{code}");
    }

    #[test]
    fn a_choice_on_words_takes_a_string() {
        let text = "task = { $kind ->\n    [work] Job\n   *[life] Liv\n }\n";
        let code = generate(&sources(text, text)).expect("valid");
        assert!(
            code.contains("pub fn task(self, kind: impl AsRef<str>) -> String"),
            "{code}"
        );
        assert!(code.contains(r#""work" => {"#), "{code}");
    }

    #[test]
    fn terms_and_references_are_filled_in() {
        let da = "-product = Tovholder\nhello = Hej { $name }\nwelcome = { hello }, her er { -product }\n";
        let en = "-product = Tovholder\nhello = Hi { $name }\nwelcome = { hello }, this is { -product }\n";
        let code = generate(&sources(da, en)).expect("valid");
        assert!(
            code.contains("pub fn welcome(self, name: impl std::fmt::Display) -> String"),
            "{code}"
        );
        assert!(code.contains(r#"push_str(", her er Tovholder")"#), "{code}");
    }

    #[test]
    fn a_key_missing_in_one_language_is_named_with_its_file() {
        assert_eq!(
            faults("a = A\nb = B\n", "a = A\n"),
            "lang/da/plan.ftl: b: missing in lang/en"
        );
        assert_eq!(
            faults("a = A\n", "a = A\nb = B\n"),
            "lang/en/plan.ftl: b: missing in lang/da"
        );
    }

    #[test]
    fn differing_variables_are_named() {
        assert_eq!(
            faults("a = Hej { $name }\n", "a = Hi { $who }\n"),
            "lang/en/plan.ftl: a: the variables are $who, but in lang/da/plan.ftl they are $name"
        );
        assert!(faults("a = Hej { $name }\n", "a = Hi\n").contains("the variables are none"));
    }

    #[test]
    fn a_key_in_two_files_is_a_fault() {
        let mut files = sources("a = A\n", "a = A\n");
        files.push(Source {
            language: "da".into(),
            path: "lang/da/team.ftl".into(),
            text: "a = Igen\n".into(),
        });
        assert_eq!(
            generate(&files),
            Err(vec![
                "lang/da/team.ftl: a: already defined in lang/da/plan.ftl".to_owned()
            ])
        );
    }

    #[test]
    fn what_is_not_supported_is_refused() {
        let both = |text: &str| faults(text, text);
        assert!(both("a = A\n    .title = T\n").contains("plan.ftl: a: attributes are not supported"));
        assert!(both("a = { NUMBER($n) }\n").contains("a: the function NUMBER is not supported"));
        assert!(both("a = { -t(x: 1) }\n-t = T\n").contains("a: arguments to the term -t are not supported"));
        assert!(both("a = { b }\n").contains("a: refers to b, which does not exist"));
        assert!(both("a = { b }\nb = { a }\n").contains("refers to itself"));
        assert!(both("a = { $n ->\n    [1.5] x\n   *[other] y\n }\n").contains("only whole numbers"));
        assert!(both("a = { $n ->\n    [few] x\n   *[other] y\n }\n").contains("only have [one] and [other]"));
        assert!(both("a = { $n ->\n    [1] x\n   *[work] y\n }\n").contains("mixes numbers and words"));
        assert!(both("a = { $n ->\n    [1] x\n    [one] z\n   *[other] y\n }\n").contains("has [1] twice"));
        assert!(both("a = { $n ->\n    [other] x\n   *[one] y\n }\n").contains("must end in *[other]"));
        assert!(both("a = { $n ->\n   *[other] y\n }\n").contains("only one variant"));
        assert!(
            both("a = { $n ->\n    [one] x\n   *[other] y\n }{ $n ->\n    [work] x\n   *[other] y\n }\n")
                .contains("both as a count and as a word")
        );
    }

    #[test]
    fn empty_and_broken_texts_are_refused() {
        assert!(faults("a = { \"\" }\n", "a = A\n").contains("lang/da/plan.ftl: a: the text is empty"));
        assert!(faults("a = { \" \" }\n", "a = A\n").contains("the text is empty"));
        let broken = faults("b = B\na = { $x\n", "b = B\na = { $x }\n");
        assert!(
            broken.contains("lang/da/plan.ftl: line 2") || broken.contains("lang/da/plan.ftl: line 3"),
            "{broken}"
        );
    }

    #[test]
    fn names_rust_cannot_have_are_refused() {
        let both = |text: &str| faults(text, text);
        assert!(both("a-b = A\na_b = B\n").contains("becomes the method a_b, and so does a-b"));
        assert!(both("move = Flyt\n").contains("move is a Rust keyword"));
        assert!(both("other = Anden\n").contains("Lang already has a method other"));
        assert!(both("a = { $type }\n").contains("$type: type is a Rust keyword"));
        assert!(both("a = { $x-y } { $x_y }\n").contains("become the same argument"));
    }
}
