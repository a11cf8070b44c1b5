//! How far long work has come, said on standard error when somebody looks.

use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicU64, Ordering};

/// A percentage that grows on one line of the terminal; silent when standard error is a file or a pipe.
pub struct Progress {
    what: &'static str,
    total: u64,
    done: AtomicU64,
    shown: AtomicU64,
    visible: bool,
}

impl Progress {
    /// Work of so many bytes or rows.
    pub fn new(what: &'static str, total: u64) -> Self {
        Progress {
            what,
            total: total.max(1),
            done: AtomicU64::new(0),
            shown: AtomicU64::new(u64::MAX),
            visible: std::io::stderr().is_terminal(),
        }
    }

    /// So much more is done. Any thread may say so.
    pub fn advance(&self, by: u64) {
        let done = self.done.fetch_add(by, Ordering::Relaxed) + by;
        if self.visible {
            let percent = (done * 100 / self.total).min(100);
            if self.shown.swap(percent, Ordering::Relaxed) != percent {
                // A terminal that has gone away is no reason to stop.
                let _ = write!(std::io::stderr(), "\r{} {percent} %", self.what);
            }
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.visible && self.shown.load(Ordering::Relaxed) != u64::MAX {
            let _ = writeln!(std::io::stderr());
        }
    }
}
