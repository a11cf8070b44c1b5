//! Child processes that never outlive the test that started them.

use std::ffi::OsString;
use std::io::{BufRead, BufReader, Read};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process, kill_process_group};

/// How many of a child's last lines are shown when something goes wrong.
const TAIL: usize = 40;

/// The guard that a program is started through. It ends the whole process group when its standard input closes, which
/// happens whenever the test program ends, however it ends: also when someone presses Ctrl-C in the middle of a test.
/// It first says the program's process id, and then lets go of the outputs, so that they close when the program ends.
const GUARD: &str = r#""$@" & echo "process $!"; exec >/dev/null 2>&1; cat; kill -s KILL -- -$$"#;

/// Everything a child has written, on both of its outputs: some tests ask what is *not* in it.
type Lines = Arc<Mutex<Vec<String>>>;

/// A program in a process group of its own, which is ended, with all that it started, when this value is dropped.
pub(crate) struct Group {
    name: String,
    guard: Child,
    _input: Option<ChildStdin>,
    program: u32,
    lines: Receiver<String>,
    /// What it said before the guard said its process id.
    early: Vec<String>,
    written: Lines,
    /// Never carries anything: it closes when the last process has let go of the outputs.
    ended: Receiver<()>,
}

impl Group {
    /// Starts a program and waits, at most `within`, for the first line on its standard output that `ready` makes
    /// something of.
    ///
    /// # Panics
    /// When the program cannot be started, ends before that line, or takes longer; with its last lines.
    pub(crate) fn start<T>(
        name: &str,
        program: OsString,
        setup: impl FnOnce(&mut Command),
        ready: impl Fn(&str) -> Option<T>,
        within: Duration,
    ) -> (Self, T) {
        let mut group = Self::launch(name, program, setup);
        match group.wait(ready, within) {
            Ok(found) => (group, found),
            Err(why) => panic!("{why}"),
        }
    }

    /// Starts a program, and waits for nothing but its process id.
    ///
    /// # Panics
    /// When the program cannot be started.
    pub(crate) fn launch(name: &str, program: OsString, setup: impl FnOnce(&mut Command)) -> Self {
        let mut command = Command::new("sh");
        command.args(["-c", GUARD, "guard"]).arg(program);
        setup(&mut command);
        let mut guard = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0)
            .spawn()
            .unwrap_or_else(|error| panic!("{name} did not start ({command:?}): {error}"));
        let written = Lines::default();
        let (line_sender, lines) = channel();
        let (end_sender, ended) = channel();
        let input = guard.stdin.take();
        // The outputs are read to their end, or the program would stop when they are full.
        read_lines(
            guard.stdout.take(),
            Some(line_sender),
            end_sender.clone(),
            written.clone(),
        );
        read_lines(guard.stderr.take(), None, end_sender, written.clone());
        let mut group = Self {
            name: name.to_owned(),
            guard,
            _input: input,
            program: 0,
            lines,
            early: Vec::new(),
            written,
            ended,
        };
        // Which comes first, the guard's line or one of the program's, is up to the machine.
        while group.program == 0 {
            match group.lines.recv_timeout(Duration::from_secs(20)) {
                Ok(line) => match line.strip_prefix("process ") {
                    Some(id) => group.program = id.parse().expect("the guard says a number"),
                    None => group.early.push(line),
                },
                Err(why) => panic!("{name} did not say its process id ({why}). It said:\n{}", group.said()),
            }
        }
        group
    }

    /// Waits, at most `within`, for the first line on its standard output that `ready` makes something of.
    ///
    /// # Errors
    /// In words, with its last lines, when it ends before that line, or takes longer.
    pub(crate) fn wait<T>(&mut self, ready: impl Fn(&str) -> Option<T>, within: Duration) -> Result<T, String> {
        let deadline = Instant::now() + within;
        if let Some(found) = self.early.drain(..).find_map(|line| ready(&line)) {
            return Ok(found);
        }
        loop {
            match self
                .lines
                .recv_timeout(deadline.saturating_duration_since(Instant::now()))
            {
                Ok(line) => {
                    if let Some(found) = ready(&line) {
                        return Ok(found);
                    }
                }
                Err(why) => {
                    // A program that has ended may have said why on its other output, which is read beside this one.
                    let _ = self.ended.recv_timeout(Duration::from_secs(1));
                    return Err(format!(
                        "{} was not ready within {within:?} ({why}). It said:\n{}",
                        self.name,
                        self.said()
                    ));
                }
            }
        }
    }

    /// Ends the program as a power cut would, with nothing said to it first, and waits until it is gone.
    pub(crate) fn kill(&mut self) {
        let id = i32::try_from(self.program).ok().and_then(Pid::from_raw);
        // An error means that it has ended already.
        let _ = kill_process(id.expect("a process id is a positive number"), Signal::KILL);
        // The outputs close when the last process that has them is gone.
        let _ = self.ended.recv_timeout(Duration::from_secs(20));
    }

    /// Its last lines, on both of its outputs.
    pub(crate) fn said(&self) -> String {
        let lines = self.lines();
        if lines.is_empty() {
            "(nothing)".to_owned()
        } else {
            lines[lines.len().saturating_sub(TAIL)..].join("\n")
        }
    }

    /// All it has written, on both of its outputs.
    pub(crate) fn lines(&self) -> Vec<String> {
        self.written
            .lock()
            .expect("no reader panics while it holds the lock")
            .clone()
    }

    /// The program's process id.
    pub(crate) fn id(&self) -> u32 {
        self.program
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        // An error means that it has ended already, which is what we want.
        let _ = kill_process_group(Pid::from_child(&self.guard), Signal::KILL);
        let _ = self.guard.wait();
        // A signal is sent in no time, but ending takes some: until then files may still be written.
        let _ = self.ended.recv_timeout(Duration::from_secs(10));
        if std::thread::panicking() {
            eprintln!("--- the last that {} said ---\n{}", self.name, self.said());
        }
    }
}

fn read_lines(
    pipe: Option<impl Read + Send + 'static>,
    lines: Option<Sender<String>>,
    ended: Sender<()>,
    written: Lines,
) {
    let pipe = pipe.expect("both outputs were asked to be piped");
    std::thread::spawn(move || {
        for line in BufReader::new(pipe).lines().map_while(Result::ok) {
            written
                .lock()
                .expect("no test panics while it holds the lock")
                .push(line.clone());
            if let Some(lines) = &lines {
                // Nobody listens any more once the program is ready.
                let _ = lines.send(line);
            }
        }
        drop(ended);
    });
}

/// Where Cargo put the program that runs now, and so all others of the same profile (`target/debug`, say).
pub fn build_dir() -> PathBuf {
    let program = std::env::current_exe().expect("a running program has a path");
    let dir = program.parent().expect("a program is in a folder");
    // Test programs are one folder further down.
    if dir.ends_with("deps") {
        dir.parent().expect("deps is in a folder").to_owned()
    } else {
        dir.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::RecvTimeoutError;

    fn shell(script: &str, ready: &str) -> Group {
        let setup = |command: &mut Command| {
            command.args(["-c", script]);
        };
        let ready = |line: &str| (line == ready).then_some(());
        Group::start("the script", "sh".into(), setup, ready, Duration::from_secs(20)).0
    }

    fn runs(id: &str) -> bool {
        // A process that ends lets go of its memory, where its command line is, before it closes its outputs.
        std::fs::read(format!("/proc/{id}/cmdline")).is_ok_and(|line| !line.is_empty())
    }

    #[test]
    fn children_of_children_end_too() {
        let group = shell("cat /dev/zero >/dev/null & echo $!; echo ready; wait", "ready");
        let said = group.said();
        let id = said
            .lines()
            .find(|line| line.parse::<u32>().is_ok())
            .expect("the script says a number")
            .to_owned();
        // Only that they are there: a process in the middle of becoming `cat` has no command line for a moment.
        let is_there = |id: &str| std::path::Path::new("/proc").join(id).exists();
        assert!(is_there(&id) && is_there(&group.id().to_string()));
        drop(group);
        assert!(!runs(&id));
    }

    #[test]
    fn the_guard_ends_the_group_when_the_test_program_is_gone() {
        // The shell stays what it is, as it has more to do: one in the middle of becoming `cat` has no command line for a moment.
        let mut group = shell("echo ready; cat /dev/zero >/dev/null; :", "ready");
        let id = group.id().to_string();
        assert!(runs(&id));
        drop(group._input.take());
        group.guard.wait().expect("the guard ends by itself");
        assert_eq!(
            group.ended.recv_timeout(Duration::from_secs(20)),
            Err(RecvTimeoutError::Disconnected)
        );
        assert!(!runs(&id));
    }

    #[test]
    #[should_panic(expected = "no luck")]
    fn a_program_that_ends_at_once_is_not_waited_for() {
        shell("echo no luck >&2", "ready");
    }
}
