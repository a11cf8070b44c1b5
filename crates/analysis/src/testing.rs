//! What the tests of the commands share: a folder that goes away, and what a command did in it.

use std::path::PathBuf;

use crate::problem::Problem;

/// A folder for one test. A command under test reads a file of it and writes `out`.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("tovholder-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Whether the command refuses this input as bad and leaves nothing behind.
    pub(crate) fn refuses(&self, input: &str, text: &str, run: impl FnOnce() -> Result<(), Problem>) -> bool {
        std::fs::write(self.path(input), text).unwrap();
        let status = run().unwrap_err().status();
        let files = std::fs::read_dir(&self.0).unwrap().count();
        status == 2 && files == 1
    }

    /// What the command writes from this input.
    pub(crate) fn writes(&self, input: &str, text: &str, run: impl FnOnce() -> Result<(), Problem>) -> String {
        std::fs::write(self.path(input), text).unwrap();
        run().unwrap();
        std::fs::read_to_string(self.path("out")).unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
