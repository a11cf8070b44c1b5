//! The programs of PostgreSQL that copy and restore a database, and the address they are given.

use std::ffi::OsString;
use std::io::{self, Read};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::thread::JoinHandle;

use super::Problem;

/// An address of PostgreSQL in parts. The password goes to a program through its environment: its arguments are there for everybody to read.
pub struct Address {
    /// `postgres://user`, or `postgres://` alone.
    before: String,
    password: Option<String>,
    /// `@host:port`.
    host: String,
    database: String,
    /// `?sslmode=…`.
    options: String,
}

/// The options of an address without those that only our own driver knows: PostgreSQL's programs refuse what they do not know.
fn understood(options: &str) -> String {
    let ours = |option: &&str| !option.starts_with("statement-cache-capacity=");
    let kept: Vec<&str> = options
        .trim_start_matches('?')
        .split('&')
        .filter(|o| !o.is_empty())
        .filter(ours)
        .collect();
    if kept.is_empty() {
        String::new()
    } else {
        format!("?{}", kept.join("&"))
    }
}

impl Address {
    pub fn parse(address: &str) -> Result<Self, Problem> {
        let (scheme, rest) = address
            .split_once("://")
            .filter(|(scheme, _)| matches!(*scheme, "postgres" | "postgresql"))
            .ok_or_else(|| Problem::input("the address of PostgreSQL begins with postgres://"))?;
        let (rest, options) = rest.split_at(rest.find('?').unwrap_or(rest.len()));
        let (authority, database) = rest.split_once('/').unwrap_or((rest, ""));
        let (user, host) = authority.split_at(authority.rfind('@').unwrap_or(0));
        let (user, password) = match user.split_once(':') {
            Some((user, password)) => (user, Some(decoded(password))),
            None => (user, None),
        };
        Ok(Address {
            before: format!("{scheme}://{user}"),
            password,
            host: host.to_owned(),
            database: database.to_owned(),
            options: understood(options),
        })
    }

    /// The address without its password.
    fn open(&self) -> String {
        format!("{}{}/{}{}", self.before, self.host, self.database, self.options)
    }

    /// The whole address of another database on the same server.
    pub fn with_database(&self, name: &str) -> String {
        let password = self.password.as_ref().map_or(String::new(), |password| {
            let encoded: String = password.bytes().map(|byte| format!("%{byte:02X}")).collect();
            format!(":{encoded}")
        });
        format!("{}{password}{}/{name}{}", self.before, self.host, self.options)
    }
}

/// `%40` as `@`.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        match code
            .filter(|_| *first == b'%')
            .and_then(|hex| u8::from_str_radix(hex, 16).ok())
        {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A program to run on a database.
pub struct Program {
    name: &'static str,
    command: Command,
}

impl Program {
    pub fn new(name: &'static str, folder: Option<&Path>, address: &Address) -> Self {
        let mut command = Command::new(folder.map_or(OsString::from(name), |folder| folder.join(name).into()));
        command
            .arg("--dbname")
            .arg(address.open())
            .arg("--no-password")
            .stderr(Stdio::piped());
        // Its messages are read below, in English.
        command.env("LC_ALL", "C");
        if let Some(password) = &address.password {
            command.env("PGPASSWORD", password);
        }
        Program { name, command }
    }

    pub fn arg(mut self, argument: impl Into<OsString>) -> Self {
        self.command.arg(argument.into());
        self
    }

    pub fn args<const N: usize>(mut self, arguments: [&str; N]) -> Self {
        self.command.args(arguments);
        self
    }

    /// Starts it, to read what it writes.
    pub fn writing(mut self) -> Result<Running, Problem> {
        self.command.stdin(Stdio::null()).stdout(Stdio::piped());
        self.start()
    }

    /// Starts it, to give it what it reads.
    pub fn reading(mut self) -> Result<Running, Problem> {
        self.command.stdin(Stdio::piped()).stdout(Stdio::null());
        self.start()
    }

    fn start(mut self) -> Result<Running, Problem> {
        let name = self.name;
        let mut child = self.command.spawn().map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => Problem::other(format!(
                "{name} is not there: install PostgreSQL's client programs, of the server's version or newer, or name their folder with --programs"
            )),
            _ => Problem::other(format!("{name} does not start: {error}")),
        })?;
        let errors = child.stderr.take();
        // Read on the side, so that a program with much to say does not wait for us.
        let said = std::thread::spawn(move || {
            let mut said = Vec::new();
            let _ = errors.map(|mut errors| errors.read_to_end(&mut said));
            String::from_utf8_lossy(&said).into_owned()
        });
        Ok(Running {
            name,
            child,
            said: Some(said),
        })
    }
}

/// A program that runs; dropped before it is finished, it is stopped.
pub struct Running {
    name: &'static str,
    child: Child,
    said: Option<JoinHandle<String>>,
}

impl Running {
    pub fn output(&mut self) -> Result<ChildStdout, Problem> {
        self.child.stdout.take().ok_or_else(|| Problem::other("no output"))
    }

    pub fn input(&mut self) -> Result<ChildStdin, Problem> {
        self.child.stdin.take().ok_or_else(|| Problem::other("no input"))
    }

    /// Waits until it has ended.
    pub fn finish(&mut self) -> Result<(), Problem> {
        let status = self.child.wait()?;
        let said = self.said.take().and_then(|said| said.join().ok()).unwrap_or_default();
        if status.success() {
            return Ok(());
        }
        // The lines below an error repeat rows, so only its first line is told.
        let why: String = said
            .lines()
            .find(|line| line.contains("error"))
            .unwrap_or("no reason")
            .chars()
            .take(300)
            .collect();
        Err(Problem::other(format!("{} failed: {why}", self.name)))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if self.said.is_some() {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that panics fails")]
mod tests {
    use super::*;

    #[test]
    fn a_password_leaves_the_address_and_comes_back() {
        let address = Address::parse("postgres://ada:hem%40me:lig@db.internal:5433/tovholder?sslmode=require").unwrap();
        assert_eq!(
            address.open(),
            "postgres://ada@db.internal:5433/tovholder?sslmode=require"
        );
        assert_eq!(address.password.as_deref(), Some("hem@me:lig"));
        let trial = address.with_database("trial");
        assert!(!trial.contains("hem@me"), "{trial}");
        let again = Address::parse(&trial).unwrap();
        assert_eq!(again.password, address.password);
        assert_eq!(again.open(), "postgres://ada@db.internal:5433/trial?sslmode=require");
    }

    #[test]
    fn short_addresses_and_sockets() {
        for (given, trial) in [
            (
                "postgres://tovholder@127.0.0.1:20001/postgres",
                "postgres://tovholder@127.0.0.1:20001/t",
            ),
            (
                "postgresql:///tovholder?host=/run/postgresql",
                "postgresql:///t?host=/run/postgresql",
            ),
            ("postgres://localhost", "postgres://localhost/t"),
        ] {
            let address = Address::parse(given).unwrap();
            assert_eq!(address.with_database("t"), trial);
            assert_eq!(address.password, None);
        }
        assert!(Address::parse("sqlite:x.db").is_err());
    }

    #[test]
    fn a_program_that_is_not_there_or_fails_says_so() {
        let address = Address::parse("postgres://ada:hemmelig@127.0.0.1:1/x").unwrap();
        let missing = Program::new("pg_dump", Some(Path::new("/nowhere")), &address).writing();
        assert!(missing.err().unwrap().words.contains("--programs"));
        if let Ok(mut running) = Program::new("pg_dump", None, &address).writing() {
            let failed = running.finish().unwrap_err().words;
            assert!(
                failed.starts_with("pg_dump failed") && !failed.contains("hemmelig"),
                "{failed}"
            );
        }
    }
}
