//! What the documents say is where they say it: paths, links between documents, and the tests that the security tables rest on.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What a path of the repository begins with; everything else in backticks is a command, an address or a word.
const FOLDERS: [&str; 9] = [
    ".cargo",
    ".ci",
    "crates",
    "dev",
    "docs",
    "e2e",
    "fuzz",
    "rules",
    "strategies",
];
/// Beside the documents, but made by a build or fetched.
const NOT_OURS: [&str; 4] = [".git", "dist", "node_modules", "target"];
const STATES: [&str; 4] = ["met", "partly", "not yet", "not applicable"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("e2e lies in the repository")
        .to_owned()
}

/// Every file below a folder whose name ends so.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = vec![];
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of the repository") {
            let entry = entry.expect("an entry of it");
            let name = entry.file_name().to_string_lossy().into_owned();
            if entry.file_type().expect("its kind").is_dir() {
                if !NOT_OURS.contains(&name.as_str()) {
                    folders.push(entry.path());
                }
            } else if name.ends_with(ending) {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    found
}

/// The lines outside of blocks of code, with their numbers.
fn prose(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut code = false;
    text.lines().enumerate().filter_map(move |(at, line)| {
        let fence = line.trim_start().starts_with("```");
        code ^= fence;
        (!code && !fence).then_some((at + 1, line))
    })
}

/// What stands between backticks.
fn ticked(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2)
}

/// Whether a text between backticks is meant as a path of the repository. `rules/*.toml` and `docs/{a,b}` mean several.
fn is_path(text: &str) -> bool {
    let known = text.split_once('/').is_some_and(|(first, _)| FOLDERS.contains(&first));
    known && text.chars().all(|c| c.is_ascii_alphanumeric() || "._-/".contains(c))
}

/// Where the links of a line lead, as far as they lead to files beside the document.
fn links(line: &str) -> impl Iterator<Item = &str> {
    line.split("](").skip(1).filter_map(|rest| {
        let target = rest.split(')').next()?.split('#').next()?;
        (!target.is_empty() && !target.contains(':')).then_some(target)
    })
}

/// The names of a source file's tests: functions that stand under an attribute that says so.
fn tests(source: &str) -> Vec<String> {
    let mut attributed = false;
    let mut names = vec![];
    for line in source.lines().map(str::trim) {
        if line.starts_with("#[") {
            attributed |= line.contains("test]") || line.contains("test(");
        } else if let Some((_, rest)) = line.split_once("fn ") {
            if attributed {
                let name = rest.split(['(', '<']).next().unwrap_or_default();
                names.push(name.to_owned());
            }
            attributed = false;
        } else if !line.starts_with("//") && !line.is_empty() {
            attributed &= line.starts_with("reason =") || line.ends_with(")]");
        }
    }
    names
}

/// Whether a text between backticks is the name of a function: words of small letters, joined.
fn is_name(text: &str) -> bool {
    text.contains('_')
        && text
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

#[test]
fn every_path_and_link_in_the_documents_leads_to_something() {
    let root = root();
    let mut missing = vec![];
    let mut paths = 0;
    for document in files(&root.join("docs"), ".md") {
        let text = fs::read_to_string(&document).expect("a document");
        let folder = document.parent().expect("its folder");
        let short = document
            .strip_prefix(&root)
            .expect("below the root")
            .display()
            .to_string();
        for (at, line) in prose(&text) {
            for path in ticked(line).filter(|text| is_path(text)) {
                paths += 1;
                if !root.join(path).exists() {
                    missing.push(format!("{short}:{at}: `{path}`"));
                }
            }
            for link in links(line) {
                if !folder.join(link).exists() {
                    missing.push(format!("{short}:{at}: ]({link})"));
                }
            }
        }
    }
    assert!(paths > 100, "only {paths} paths were found: are they still looked for?");
    assert!(missing.is_empty(), "not there:\n{}", missing.join("\n"));
}

#[test]
fn every_row_of_the_asvs_has_a_state_and_what_is_met_has_code_and_tests_that_exist() {
    let root = root();
    let known: BTreeSet<String> = ["crates", "e2e", "fuzz"]
        .iter()
        .map(|folder| root.join(folder))
        .filter(|folder| folder.exists())
        .flat_map(|folder| files(&folder, ".rs"))
        .flat_map(|file| tests(&fs::read_to_string(file).expect("a source file")))
        .collect();
    let text = fs::read_to_string(root.join("docs/security/asvs.md")).expect("the table");
    let mut wrong = vec![];
    let mut rows = 0;
    let mut counted = [0; STATES.len()];
    for (at, line) in prose(&text) {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        if !line.starts_with("| ") || !cells[0].starts_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        rows += 1;
        let [number, _, state, code, proof] = cells[..] else {
            wrong.push(format!("line {at}: {} cells, not five", cells.len()));
            continue;
        };
        match STATES.iter().position(|known| *known == state) {
            Some(known) => counted[known] += 1,
            None => wrong.push(format!("{number}: “{state}” is no state")),
        }
        if ["met", "partly"].contains(&state) && !ticked(code).any(|text| root.join(text).exists()) {
            wrong.push(format!("{number}: {state}, and no file is named"));
        }
        for name in ticked(proof).filter(|text| is_name(text)) {
            if !known.contains(name) {
                wrong.push(format!("{number}: there is no test `{name}`"));
            }
        }
    }
    assert!(rows > 100, "only {rows} rows were found: are they still read?");
    let [met, partly, not_yet, not_applicable] = counted;
    let sum = format!("{met} rows are met, {partly} partly, {not_yet} not yet, {not_applicable} not applicable.");
    assert!(text.contains(&sum), "the page should say: {sum}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// `make sbom`: what is compiled or embedded, each with its checksum; nothing that only tests or writes code.
#[test]
fn the_bill_of_materials_names_what_is_in_the_program_and_nothing_else() {
    let made = std::process::Command::new("node")
        .arg(root().join("dev/sbom.mjs"))
        .output()
        .expect("node runs");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let bill: serde_json::Value = serde_json::from_slice(&made.stdout).expect("JSON");
    assert_eq!(bill["specVersion"], "1.6");
    let components = bill["components"].as_array().expect("a list");
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let names: BTreeSet<String> = components.iter().map(|one| text(&one["name"])).collect();
    for name in [
        "axum",
        "rusqlite",
        "sqlx-postgres",
        "ring",
        "tovholder-casework",
        "dkfds",
        "htmx.org",
    ] {
        assert!(names.contains(name), "{name} is missing");
    }
    for name in [
        "proptest",
        "fantoccini",
        "askama_derive",
        "cc",
        "axe-core",
        "tovholder-e2e",
    ] {
        assert!(!names.contains(name), "{name} is not in the program");
    }
    let lock = fs::read_to_string(root().join("Cargo.lock")).expect("the lock file");
    for one in components {
        let (name, purl) = (text(&one["name"]), text(&one["purl"]));
        assert!(one["licenses"][0]["expression"].is_string(), "{name} has no licence");
        let own = name.starts_with("tovholder-");
        let sum = text(&one["hashes"][0]["content"]);
        assert_eq!(sum.is_empty(), own, "{name}: {sum:?}");
        if purl.starts_with("pkg:cargo/") {
            assert!(own || lock.contains(&sum), "{name}: not the lock file's checksum");
        }
    }
}

#[test]
fn what_is_looked_for_is_found() {
    let line = "See `docs/figures.md`, `rules/*.toml`, `/plans/{plan}`, `cargo test` and [it](figures.md#n) or [there](https://example.org).";
    assert_eq!(
        ticked(line).filter(|text| is_path(text)).collect::<Vec<_>>(),
        ["docs/figures.md"]
    );
    assert_eq!(links(line).collect::<Vec<_>>(), ["figures.md"]);
    assert_eq!(
        prose("a\n```sh\n`docs/b`\n```\nc").collect::<Vec<_>>(),
        [(1, "a"), (5, "c")]
    );
    let source =
        "#[tokio::test]\nasync fn one() {}\nfn two() {}\nproptest! {\n    #[test]\n    fn three(x in 0..9) {}\n}";
    assert_eq!(tests(source), ["one", "three"]);
}
