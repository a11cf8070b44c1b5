//! Tables and JSON out: to standard output, or whole into a file or not at all.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::problem::Problem;

/// The form of an output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Comma-separated, UTF-8, with a header
    #[default]
    Csv,
    /// JSON
    Json,
}

/// Where the answer goes: an argument group for any command.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Destination {
    /// Write to this file instead of standard output; it appears whole or not at all
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

impl Destination {
    /// Lets `fill` write. A file is written beside its place and moved there when it is complete, so a reader never sees half.
    pub fn write(&self, fill: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Problem> {
        match &self.out {
            Some(path) => whole_file(path, fill),
            None => {
                let mut out = BufWriter::new(io::stdout().lock());
                match fill(&mut out).and_then(|()| out.flush()) {
                    // The reader has seen enough (`… | head`).
                    Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
                    Err(error) => Err(Problem::other(format!("standard output: {error}"))),
                    Ok(()) => Ok(()),
                }
            }
        }
    }

    /// Writes a value as indented JSON with a line end.
    pub fn json(&self, value: &impl serde::Serialize) -> Result<(), Problem> {
        self.write(|out| {
            serde_json::to_writer_pretty(&mut *out, value)?;
            writeln!(out)
        })
    }
}

/// Writes a file beside its place and moves it there when it is complete.
pub fn whole_file(path: &Path, fill: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Problem> {
    let problem = |error: io::Error| Problem::other(format!("{}: {error}", path.display()));
    let mut name = path
        .file_name()
        .ok_or_else(|| Problem::input(format!("{}: not a file name", path.display())))?
        .to_owned();
    name.push(format!(".part{}", std::process::id()));
    let part = path.with_file_name(name);
    let written = File::create(&part).and_then(|file| {
        let mut out = BufWriter::with_capacity(1 << 20, file);
        fill(&mut out)?;
        out.flush()?;
        std::fs::rename(&part, path)
    });
    if written.is_err() {
        // Best effort: the first error is the one to tell about.
        let _ = std::fs::remove_file(&part);
    }
    written.map_err(problem)
}

/// Appends a field to a line of CSV, in quotes only where it needs them.
pub fn field(line: &mut Vec<u8>, text: &str) {
    if text.contains([',', ';', '"', '\n', '\r']) {
        line.push(b'"');
        for byte in text.bytes() {
            if byte == b'"' {
                line.push(b'"');
            }
            line.push(byte);
        }
        line.push(b'"');
    } else {
        line.extend_from_slice(text.as_bytes());
    }
}

/// Writes one line of CSV.
pub fn line<'a>(out: &mut dyn Write, fields: impl IntoIterator<Item = &'a str>) -> io::Result<()> {
    let mut bytes = Vec::with_capacity(128);
    for (i, text) in fields.into_iter().enumerate() {
        if i > 0 {
            bytes.push(b',');
        }
        field(&mut bytes, text);
    }
    bytes.push(b'\n');
    out.write_all(&bytes)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that panics fails")]
mod tests {
    use super::*;

    #[test]
    fn a_failed_write_leaves_nothing() {
        let folder = std::env::temp_dir().join(format!("tovholder-write-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join("table.csv");
        let failed = whole_file(&path, |out| {
            out.write_all(b"half")?;
            Err(io::Error::other("no more"))
        });
        assert_eq!(failed.unwrap_err().status(), 1);
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 0);
        whole_file(&path, |out| line(out, ["a", "b,c", "say \"hi\""])).unwrap();
        assert_eq!(
            std::fs::read_to_string(&path).unwrap(),
            "a,\"b,c\",\"say \"\"hi\"\"\"\n"
        );
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
