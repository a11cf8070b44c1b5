//! The program under test, with a small demo municipality of its own.

use std::cell::RefCell;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use tempfile::TempDir;

use crate::process::{Group, build_dir};

/// Where the demo municipality is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Database {
    /// A file in a fresh folder.
    #[default]
    Sqlite,
    /// A fresh database on the server that `dev/with-postgres` has started.
    Postgres,
}

/// What the demo municipality is like. The default is small, and the same every time.
#[derive(Clone, Debug)]
pub struct ServerOptions {
    /// How many citizens.
    pub citizens: u32,
    /// What the municipality is drawn from: the same seed, the same people.
    pub seed: u64,
    /// The day it is, in the demo (`YYYY-MM-DD`). A Monday, not a holiday.
    pub today: String,
    /// More arguments to the program.
    pub more: Vec<String>,
    /// The longest that it may take to make the municipality and listen.
    pub patience: Duration,
    /// Another program than the one built beside these tests.
    pub program: Option<PathBuf>,
}

impl Default for ServerOptions {
    fn default() -> Self {
        Self {
            citizens: 60,
            seed: 1,
            today: "2026-03-16".to_owned(),
            more: Vec::new(),
            patience: Duration::from_secs(120),
            program: None,
        }
    }
}

/// A running server; it ends when this value is dropped, and its data with it.
pub struct Server {
    group: Group,
    url: String,
    metrics: Option<String>,
    home: Home,
}

/// What a server leaves behind when it ends, and finds when it starts again.
struct Home {
    folder: TempDir,
    /// Its database's address.
    address: String,
    program: PathBuf,
    arguments: Vec<OsString>,
    patience: Duration,
}

impl Home {
    fn new(database: Database, program: PathBuf, patience: Duration) -> Self {
        assert!(
            program.exists(),
            "{} is not built: run `cargo build --workspace --bins` first",
            program.display()
        );
        let folder = TempDir::with_prefix("tovholder-e2e-").expect("a folder for the data");
        let address = match database {
            Database::Sqlite => format!("sqlite:{}", folder.path().join("demo.db").display()),
            Database::Postgres => create_database(),
        };
        Self {
            folder,
            address,
            program,
            arguments: vec![],
            patience,
        }
    }
}

/// The key file in the server's folder, as the demo calls it.
pub(crate) const KEYS: &str = "demo.keys";

/// The program to test.
fn program() -> PathBuf {
    build_dir().join("tovholder")
}

/// The path of a file in `e2e/data`.
pub fn data(file: &str) -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(file);
    assert!(path.exists(), "{} is missing", path.display());
    path.display().to_string()
}

/// A real installation with nothing in it: a configuration, and a database without a table.
pub struct Installation {
    home: Home,
    config: PathBuf,
}

impl Installation {
    /// Writes the configuration. Nothing runs yet.
    pub fn new(database: Database) -> Self {
        Self::listening(database, 0, |_| String::new())
    }

    /// As [`Installation::new`], on this port (0: any), with more at the end of its configuration. `more` is given a folder for files of its own.
    pub fn listening(database: Database, port: u16, more: impl FnOnce(&std::path::Path) -> String) -> Self {
        let mut home = Home::new(database, program(), Duration::from_secs(60));
        let config = home.folder.path().join("tovholder.toml");
        let keys = home.folder.path().join(KEYS);
        let text = format!(
            "[municipality]\nname = \"Rebæk Kommune\"\nphone = \"96 55 44 33\"\naccessibility_url = \"/accessibility\"\n\
             [server]\nlisten = \"127.0.0.1:{port}\"\nmetrics = \"127.0.0.1:0\"\nsecure_cookies = false\n\
             [database]\naddress = \"{}\"\n[keys]\nfile = \"{}\"\n{}",
            home.address,
            keys.display(),
            more(home.folder.path())
        );
        std::fs::write(&config, text).expect("the folder is ours");
        let made = Command::new(program()).args(["keys", "new"]).arg(&keys).output();
        assert!(made.expect("the program starts").status.success(), "no keys");
        home.arguments = vec!["serve".into(), "--config".into(), config.clone().into()];
        Self { home, config }
    }

    /// Names an administrator, and answers with the path that lets them in once (`/log-in?link=…`).
    pub fn administrator(&self, name: &str) -> String {
        let made = Command::new(program())
            .args(["administrator", "--name", name, "--config"])
            .arg(&self.config)
            .output()
            .expect("the program starts");
        let said = String::from_utf8_lossy(&made.stdout).into_owned();
        let failed = String::from_utf8_lossy(&made.stderr);
        assert!(made.status.success(), "no administrator: {said}{failed}");
        let (_, link) = said.rsplit_once("/log-in").expect("it prints a link");
        format!("/log-in{}", link.trim())
    }

    /// Brings a file of `e2e/data` in.
    pub fn import(&self, kind: &str, file: &str) {
        let made = Command::new(program())
            .args(["import", kind, &data(file), "--config"])
            .arg(&self.config)
            .output()
            .expect("the program starts");
        let failed = String::from_utf8_lossy(&made.stderr);
        assert!(made.status.success(), "{file} is not in: {failed}");
    }

    /// `tovholder serve --config …`.
    pub fn serve(self) -> Server {
        Server::in_home(self.home)
    }
}

impl Server {
    /// Starts the server with the default demo municipality.
    pub fn start(database: Database) -> Self {
        Self::start_with(database, ServerOptions::default())
    }

    /// Starts the server.
    ///
    /// # Panics
    /// When it does not listen within its time, with what it said.
    pub fn start_with(database: Database, options: ServerOptions) -> Self {
        let mut home = Home::new(database, options.program.unwrap_or_else(program), options.patience);
        let folder = home.folder.path().as_os_str().to_owned();
        home.arguments = vec!["demo".into(), "--port".into(), "0".into(), "--data".into(), folder];
        for (name, value) in [
            ("--citizens", options.citizens.to_string()),
            ("--seed", options.seed.to_string()),
            ("--today", options.today),
        ] {
            home.arguments.extend([name.into(), value.into()]);
        }
        home.arguments.extend(options.more.into_iter().map(OsString::from));
        if database == Database::Postgres {
            home.arguments
                .extend(["--database".into(), home.address.clone().into()]);
        }
        Self::in_home(home)
    }

    /// Ends the server and starts it again on the data it leaves: the municipality is there already.
    ///
    /// # Panics
    /// As [`Server::start_with`].
    pub fn again(self) -> Self {
        let Self { group, home, .. } = self;
        drop(group);
        Self::in_home(home)
    }

    fn in_home(home: Home) -> Self {
        let setup = |command: &mut Command| {
            command.args(&home.arguments);
        };
        let after = |line: &str, words: &str| {
            line.split_once(words)
                .map(|(_, url)| url.trim().trim_end_matches('/').to_owned())
        };
        let metrics = RefCell::new(None);
        let listening = |line: &str| {
            if let Some(url) = after(line, "metrics on ") {
                metrics.replace(Some(url));
            }
            after(line, "listening on ")
        };
        let program = home.program.clone().into_os_string();
        let (group, url) = Group::start("the server", program, setup, listening, home.patience);
        Self {
            group,
            url,
            metrics: metrics.into_inner(),
            home,
        }
    }

    /// `http://127.0.0.1:PORT`, without a slash at the end.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Where it tells its metrics, when it said so (`metrics on http://…`) before it said where it listens.
    pub fn metrics_url(&self) -> Option<&str> {
        self.metrics.as_deref()
    }

    /// Its process id, to read how much processor time and memory it has used.
    pub fn process_id(&self) -> u32 {
        self.group.id()
    }

    /// The last lines it wrote.
    pub fn said(&self) -> String {
        self.group.said()
    }

    /// All it wrote, on both of its outputs.
    pub fn log(&self) -> String {
        self.group.lines().join("\n")
    }

    /// Its key file, to open what lies sealed in its database.
    pub fn keys(&self) -> PathBuf {
        self.home.folder.path().join(KEYS)
    }

    /// The address of its database, to look at what no page shows.
    pub fn database(&self) -> &str {
        &self.home.address
    }
}

/// A database of our own on the server that `TOVHOLDER_TEST_POSTGRES` points to; its address.
pub(crate) fn create_database() -> String {
    let server = std::env::var("TOVHOLDER_TEST_POSTGRES")
        .expect("TOVHOLDER_TEST_POSTGRES is not set: run the tests inside dev/with-postgres");
    // Unique among the test programs that run now (process id) and within each (a count).
    static NEXT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
    let number = NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let name = format!("e2e_{}_{number}", std::process::id());
    let made = Command::new("psql")
        .args([
            "--no-psqlrc",
            "--quiet",
            "--dbname",
            &server,
            "--command",
            &format!("CREATE DATABASE {name}"),
        ])
        .output()
        .expect("psql comes with PostgreSQL");
    assert!(
        made.status.success(),
        "no database: {}",
        String::from_utf8_lossy(&made.stderr)
    );
    let mut url = url::Url::parse(&server).expect("TOVHOLDER_TEST_POSTGRES is an address");
    url.set_path(&name);
    url.into()
}
