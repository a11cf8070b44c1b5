//! Servers that can be killed, and the database server that can be stopped.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;
use tovholder_store::db::{Db, Error, Options};
use tovholder_store::keys::Keyring;

use super::cast::TODAY;
use crate::process::Group;
use crate::server::{Database, KEYS, create_database};

/// The longest that a server may take to listen.
const PATIENCE: Duration = Duration::from_secs(60);

/// A database with a small municipality in it, and what it takes to start servers on it.
pub struct Town {
    program: PathBuf,
    folder: TempDir,
    /// The database's address.
    pub address: String,
    arguments: Vec<OsString>,
}

impl Town {
    /// Makes the municipality.
    ///
    /// # Panics
    /// When it cannot be made.
    #[must_use]
    pub fn build(program: &Path, database: Database, citizens: u32, seed: u64) -> Self {
        let mut town = Self::empty(program, database);
        let folder = town.folder.path().as_os_str().to_owned();
        town.arguments = vec!["demo".into(), "--port".into(), "0".into(), "--data".into(), folder];
        town.arguments.extend(["--today".into(), TODAY.into()]);
        if database == Database::Postgres {
            town.arguments
                .extend(["--database".into(), town.address.clone().into()]);
        }
        let (citizens, seed) = (citizens.to_string(), (seed % 1_000_000).to_string());
        let made = Command::new(program)
            .args(&town.arguments)
            .args(["--build-only", "--citizens", &citizens, "--seed", &seed])
            .output()
            .expect("the program starts");
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        town
    }

    /// An empty database, as a real installation begins.
    ///
    /// # Panics
    /// When there is no place for it.
    #[must_use]
    pub fn empty(program: &Path, database: Database) -> Self {
        let folder = TempDir::with_prefix("tovholder-chaos-").expect("a folder for the data");
        let address = match database {
            Database::Sqlite => format!("sqlite:{}", folder.path().join("demo.db").display()),
            Database::Postgres => create_database(),
        };
        let config = folder.path().join("tovholder.toml");
        let keys = folder.path().join(KEYS);
        let text = format!(
            "[municipality]\nname = \"Rebæk Kommune\"\nphone = \"96 55 44 33\"\naccessibility_url = \"/accessibility\"\n\
             [server]\nlisten = \"127.0.0.1:0\"\nsecure_cookies = false\n[database]\naddress = \"{address}\"\n[keys]\nfile = \"{}\"\n",
            keys.display()
        );
        std::fs::write(&config, text).expect("the folder is ours");
        let made = Command::new(program).args(["keys", "new"]).arg(&keys).output();
        assert!(made.expect("the program starts").status.success(), "no keys");
        Self {
            program: program.to_owned(),
            folder,
            address,
            arguments: vec!["serve".into(), "--config".into(), config.into()],
        }
    }

    /// The key file: what opens that which lies sealed in the database.
    #[must_use]
    pub fn keys(&self) -> PathBuf {
        self.folder.path().join(KEYS)
    }

    /// Opens the database, as a server does.
    ///
    /// # Errors
    /// As [`Db::open`].
    pub async fn open(&self) -> Result<Db, Error> {
        let options = Options {
            create: false,
            connections: 2,
            readers: 1,
            keys: Keyring::read(&self.keys())?,
            ..Options::default()
        };
        Db::open(&self.address, options).await
    }

    /// Starts a server, and does not wait for it.
    #[must_use]
    pub fn launch(&self) -> Node {
        let setup = |command: &mut Command| {
            command.args(&self.arguments);
        };
        Node {
            group: Group::launch("the server", self.program.clone().into_os_string(), setup),
            began: Instant::now(),
        }
    }

    /// Runs `tovholder verify`: the log's chains, the invariants of every plan, the caseload's lines.
    ///
    /// # Errors
    /// What it says that does not hold.
    pub fn verify(&self) -> Result<(), String> {
        let checked = Command::new(&self.program)
            .args(["verify", "--database", &self.address])
            .output()
            .expect("the program starts");
        if checked.status.success() {
            return Ok(());
        }
        Err(format!(
            "verify: {}{}",
            String::from_utf8_lossy(&checked.stdout),
            String::from_utf8_lossy(&checked.stderr)
        ))
    }

    /// Leaves the folder where it is, to be looked at.
    #[must_use]
    pub fn keep(self) -> PathBuf {
        self.folder.keep()
    }
}

/// A server, which is killed at the latest when this value is dropped.
pub struct Node {
    group: Group,
    began: Instant,
}

impl Node {
    /// Waits until it listens: where, and how long it took.
    ///
    /// # Errors
    /// What it said instead.
    pub fn listening(&mut self) -> Result<(String, Duration), String> {
        let url = self.listening_within(PATIENCE)?;
        Ok((url, self.began.elapsed()))
    }

    /// Waits until it listens, but no longer than that.
    ///
    /// # Errors
    /// As [`Node::listening`].
    pub fn listening_within(&mut self, most: Duration) -> Result<String, String> {
        let ready = |line: &str| {
            let (_, url) = line.split_once("listening on ")?;
            Some(url.trim().trim_end_matches('/').to_owned())
        };
        self.group.wait(ready, most)
    }

    /// Kills it, with nothing said to it first.
    pub fn kill(&mut self) {
        self.group.kill();
    }

    /// Its process id.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.group.id()
    }

    /// What it wrote about things that should not happen.
    #[must_use]
    pub fn complaints(&self) -> Vec<String> {
        let lines = self.group.lines().into_iter();
        lines
            .filter(|line| line.contains("ERROR") || line.contains("panicked"))
            .collect()
    }
}

/// Stops the database server as a power cut would, or starts it again on what it left. `dev/with-postgres` says how.
///
/// # Panics
/// When it was not started by `dev/with-postgres`, or does not do it.
pub fn database_server(what: &str) {
    let control =
        std::env::var("TOVHOLDER_TEST_POSTGRES_CONTROL").expect("dev/with-postgres says how to stop its server");
    let done = Command::new("sh")
        .args([control.as_str(), what])
        .stdout(Stdio::null())
        .status()
        .expect("there is a shell");
    assert!(done.success(), "the database server did not {what}");
}
