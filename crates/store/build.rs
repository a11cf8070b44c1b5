//! Embeds `migrations/*.sql` in the order of their numbers, so that adding a step is adding a file.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=migrations");
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("migrations");
    let mut files: Vec<_> = fs::read_dir(&folder)
        .expect("crates/store/migrations exists")
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "sql"))
        .collect();
    files.sort();
    let mut code = String::from(
        "/// Every step of the schema, in order.\npub(crate) const MIGRATIONS: &[Migration<'static>] = &[\n",
    );
    for path in files {
        let name = path
            .file_stem()
            .and_then(|name| name.to_str())
            .expect("a plain file name");
        let version: i64 = name
            .split('_')
            .next()
            .and_then(|number| number.parse().ok())
            .unwrap_or_else(|| panic!("{name}.sql does not start with a number"));
        writeln!(
            code,
            "    Migration {{ version: {version}, name: {name:?}, text: include_str!({path:?}) }},"
        )
        .expect("writing to a string");
    }
    code.push_str("];\n");
    fs::write(
        Path::new(&env::var("OUT_DIR").expect("cargo sets it")).join("migrations.rs"),
        code,
    )
    .expect("a writable build folder");
}
