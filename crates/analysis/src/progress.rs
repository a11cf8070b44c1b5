//! How far long work has come, said on standard error when somebody looks.

use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

/// A percentage that grows on one line of the terminal; silent when standard error is a file or a pipe.
pub struct Progress {
    what: &'static str,
    total: u64,
    done: AtomicU64,
    shown: AtomicU64,
    out: Option<Mutex<Box<dyn Write + Send>>>,
}

impl Progress {
    /// Work of so many bytes or rows.
    pub fn new(what: &'static str, total: u64) -> Self {
        let seen = std::io::stderr().is_terminal();
        Self::told(
            what,
            total,
            seen.then(|| Box::new(std::io::stderr()) as Box<dyn Write + Send>),
        )
    }

    /// Work nobody looks at.
    pub fn silent() -> Self {
        Self::told("", 1, None)
    }

    fn told(what: &'static str, total: u64, out: Option<Box<dyn Write + Send>>) -> Self {
        Progress {
            what,
            total: total.max(1),
            done: AtomicU64::new(0),
            shown: AtomicU64::new(u64::MAX),
            out: out.map(Mutex::new),
        }
    }

    /// So much more is done. Any thread may say so.
    pub fn advance(&self, by: u64) {
        let Some(out) = &self.out else { return };
        let done = self.done.fetch_add(by, Ordering::Relaxed) + by;
        let percent = (done * 100 / self.total).min(100);
        if self.shown.swap(percent, Ordering::Relaxed) != percent {
            let mut out = out.lock().unwrap_or_else(PoisonError::into_inner);
            // A terminal that has gone away is no reason to stop.
            let _ = write!(out, "\r{} {percent} %", self.what);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(out) = &self.out
            && self.shown.load(Ordering::Relaxed) != u64::MAX
        {
            let _ = writeln!(out.lock().unwrap_or_else(PoisonError::into_inner));
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that panics fails")]
pub(crate) mod tests {
    use super::*;
    use std::sync::Arc;

    /// A terminal that remembers.
    #[derive(Clone, Default)]
    pub(crate) struct Terminal(Arc<Mutex<Vec<u8>>>);

    impl Terminal {
        pub(crate) fn progress(&self, what: &'static str, total: u64) -> Progress {
            Progress::told(what, total, Some(Box::new(self.clone())))
        }
        pub(crate) fn text(&self) -> String {
            String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
        }
    }

    impl Write for Terminal {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn every_percent_is_said_once_and_the_line_ends() {
        let terminal = Terminal::default();
        let progress = terminal.progress("reading", 400);
        for _ in 0..400 {
            progress.advance(1);
        }
        drop(progress);
        let text = terminal.text();
        assert!(text.starts_with("\rreading 0 %\rreading 1 %"), "{text}");
        assert!(text.ends_with("\rreading 100 %\n"), "{text}");
        assert_eq!(text.matches('%').count(), 101);
        // Work that did not begin leaves no line.
        let idle = Terminal::default();
        drop(idle.progress("reading", 4));
        assert_eq!(idle.text(), "");
    }
}
