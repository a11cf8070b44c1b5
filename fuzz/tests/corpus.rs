//! Every input that was kept is read again: what once broke a reader stays mended.

use std::path::PathBuf;

use tovholder_fuzz::TARGETS;

fn corpus() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

#[test]
fn every_kept_input_is_read_without_complaint() {
    let mut read = 0;
    for target in TARGETS {
        let folder = corpus().join(target.name);
        let files: Vec<_> = std::fs::read_dir(&folder)
            .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
            .map(|entry| entry.expect("a file").path())
            .collect();
        assert!(!files.is_empty(), "{} has no inputs to begin with", target.name);
        for file in files {
            let input = std::fs::read(&file).expect("reads");
            assert!(input.len() <= 64 * 1024, "{} is too large to keep", file.display());
            // Says which file it was, should it panic.
            println!("{}", file.display());
            (target.run)(&input);
            read += 1;
        }
    }
    println!("{read} inputs for {} targets", TARGETS.len());
}

#[test]
fn every_folder_of_inputs_has_its_target() {
    for entry in std::fs::read_dir(corpus()).expect("the corpus is there") {
        let name = entry.expect("a folder").file_name();
        assert!(
            TARGETS.iter().any(|target| name == target.name),
            "{} belongs to no target",
            name.display()
        );
    }
}
