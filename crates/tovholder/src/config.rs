//! The configuration of an installation: one TOML file.

use std::fmt;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use tovholder_casework::rules::Rules;
use tovholder_store::db::{Options, Way, way};
use tovholder_store::keys::Keyring;
use tovholder_web::kit::shell::Site;
use tovholder_web::kit::theme::Theme;

use crate::commands::Problem;
use crate::log_in::LogIn;

/// What an installation can decide. `docs/operation.md` shows a whole file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The municipality.
    pub municipality: Municipality,
    /// The server.
    #[serde(default)]
    pub server: Server,
    /// How people get in.
    #[serde(default)]
    pub log_in: LogIn,
    /// The database.
    pub database: Database,
    /// Where the keys are.
    #[serde(default)]
    pub keys: Keys,
    /// Three colours; left out, the calm ones.
    pub theme: Option<Colours>,
    /// A folder with rules that replace the built-in files of the same name.
    pub rules: Option<PathBuf>,
    /// Where to ask for published figures when somebody runs `tovholder published fetch`.
    #[serde(default)]
    pub published: PublishedFigures,
}

/// Published figures: nothing is asked unless somebody runs the command.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PublishedFigures {
    /// A list of tables that replaces the built-in one.
    pub tables: Option<PathBuf>,
    /// Jobindsats' API.
    pub jobindsats: Option<Jobindsats>,
    /// StatBank's API.
    pub statbank: Option<StatBank>,
}

/// Jobindsats' API.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Jobindsats {
    /// `https://api.jobindsats.dk/v3`.
    pub address: String,
    /// 2 or 3.
    #[serde(default = "newest_version")]
    pub version: u8,
    /// The file that holds the token and nothing else. Only the file's name is ever shown.
    pub token_file: PathBuf,
    /// How long to wait for an answer.
    #[serde(default = "patience")]
    pub seconds: u16,
}

/// StatBank's API, which asks for no token.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatBank {
    /// `https://api.statbank.dk/v1`.
    pub address: String,
    /// How long to wait for an answer.
    #[serde(default = "patience")]
    pub seconds: u16,
}

const fn newest_version() -> u8 {
    3
}

const fn patience() -> u16 {
    120
}

/// The municipality as its pages name it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Municipality {
    /// `Rebæk Kommune`.
    pub name: String,
    /// Whom to call when something does not work.
    pub phone: String,
    /// The accessibility statement.
    pub accessibility_url: String,
    /// Where to tell of a hole in the security: `mailto:…`, `https://…` or `tel:…`. Left out, there is no `security.txt`.
    pub security_contact: Option<String>,
}

/// Where the server listens.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Server {
    /// Address and port.
    pub listen: String,
    /// Address and port of the metrics; none: no metrics.
    pub metrics: Option<String>,
    /// Cookies over TLS only.
    pub secure_cookies: bool,
    /// The address users know, when it stands behind a proxy.
    pub public_url: Option<String>,
    /// How many proxies of our own stand in front, each adding to `X-Forwarded-For`. 0: attempts to log in are not counted by address when they
    /// come from this machine.
    pub proxies: usize,
}
impl Default for Server {
    fn default() -> Self {
        Server {
            listen: "127.0.0.1:8080".to_owned(),
            metrics: None,
            secure_cookies: true,
            public_url: None,
            proxies: 0,
        }
    }
}
impl Server {
    /// The address users know.
    pub fn address(&self) -> String {
        self.public_url.as_deref().map_or_else(
            || format!("http://{}", self.listen),
            |url| url.trim_end_matches('/').to_owned(),
        )
    }
}

/// The database.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Database {
    /// `sqlite:/var/lib/tovholder/tovholder.db` or `postgres://…`.
    pub address: String,
    /// That nobody else is on the network between us and PostgreSQL, so that it may be spoken to on another machine without verified TLS.
    #[serde(default)]
    pub private_network: bool,
}
impl Database {
    /// Refuses a database on another machine on whose way others could listen.
    fn guarded(&self) -> Result<(), Problem> {
        let way = way(&self.address).map_err(|error| Problem::input(error.to_string()))?;
        if way == Way::Open && !self.private_network {
            return Err(Problem::input(
                "[database] address: PostgreSQL is on another machine, and the way to it is not guarded. Add \
                 ?sslmode=verify-full&sslrootcert=FILE to the address (FILE holds the authority that signed the database's certificate; leave \
                 sslrootcert out when a public one did; require and verify-ca are not enough). When nobody else is on the network between the two, \
                 as in a tunnel or on a network of their own, write private_network = true under [database]",
            ));
        }
        Ok(())
    }
}
/// An address may hold a password.
impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.address.split(':').next().unwrap_or_default())?;
        match way(&self.address) {
            Ok(Way::Here) => f.write_str(", on this machine"),
            Ok(Way::Verified) => f.write_str(", over verified TLS"),
            Ok(Way::Open) if self.private_network => f.write_str(", over a private network"),
            Ok(Way::Open) => f.write_str(", over an unguarded network"),
            Err(_) => Ok(()),
        }
    }
}

/// Keys that seal CPR numbers, closed notes and backups.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Keys {
    /// The key file; the credential `tovholder.keys` that the service manager gives goes before it.
    pub file: Option<PathBuf>,
}

/// The municipality's colours, `#rrggbb`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Colours {
    primary: String,
    dark: String,
    darker: String,
}

impl Config {
    /// Reads a file.
    pub fn read(file: &Path) -> Result<Self, Problem> {
        let text =
            std::fs::read_to_string(file).map_err(|error| Problem::input(format!("{}: {error}", file.display())))?;
        let config: Config =
            toml::from_str(&text).map_err(|error| Problem::input(format!("{}: {error}", file.display())))?;
        config.database.guarded()?;
        Ok(config)
    }
    /// The rules: built in, or replaced by the installation's own.
    pub fn rules(&self) -> Result<Rules, Problem> {
        let Some(folder) = &self.rules else {
            return Ok(Rules::builtin());
        };
        let unreadable = |error: std::io::Error| Problem::input(format!("{}: {error}", folder.display()));
        let mut files = Vec::new();
        for entry in std::fs::read_dir(folder).map_err(unreadable)? {
            let path = entry.map_err(unreadable)?.path();
            if path.extension().is_some_and(|e| e == "toml") {
                let name = path
                    .file_name()
                    .map(|n| n.to_string_lossy().into_owned())
                    .unwrap_or_default();
                files.push((name, std::fs::read_to_string(&path).map_err(unreadable)?));
            }
        }
        let pairs = files.iter().map(|(name, text)| (name.as_str(), text.as_str()));
        Rules::from_files(pairs).map_err(|error| Problem::input(error.to_string()))
    }
    /// How to open the database: with the keys.
    pub fn options(&self) -> Result<Options, Problem> {
        let keys = Keyring::configured(self.keys.file.as_deref())?;
        keys.complete()?;
        Ok(Options {
            keys,
            ..Options::default()
        })
    }
    fn security_contact(&self) -> Result<Option<String>, Problem> {
        let contact = self.municipality.security_contact.clone();
        let known = |contact: &String| {
            ["mailto:", "https://", "tel:"]
                .iter()
                .any(|way| contact.starts_with(way))
                && !contact.contains(char::is_whitespace)
        };
        if contact.as_ref().is_some_and(|contact| !known(contact)) {
            return Err(Problem::input(
                "security_contact: an address that begins with mailto:, https:// or tel:, without spaces",
            ));
        }
        Ok(contact)
    }
    /// The municipality as its pages show it.
    pub fn site(&self) -> Result<Site, Problem> {
        let theme = match &self.theme {
            None => Theme::default(),
            Some(c) => Theme::new(&c.primary, &c.dark, &c.darker).map_err(|error| Problem::input(error.to_string()))?,
        };
        Ok(Site {
            municipality: self.municipality.name.clone(),
            phone: self.municipality.phone.clone(),
            accessibility_url: self.municipality.accessibility_url.clone(),
            security_contact: self.security_contact()?,
            demo: false,
            theme,
        })
    }
}

/// What it comes to, without secrets.
impl fmt::Display for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "municipality   {}", self.municipality.name)?;
        writeln!(f, "phone          {}", self.municipality.phone)?;
        writeln!(f, "listens on     {}", self.server.listen)?;
        writeln!(f, "known as       {}", self.server.address())?;
        writeln!(
            f,
            "metrics on     {}",
            self.server.metrics.as_deref().unwrap_or("(none)")
        )?;
        writeln!(f, "secure cookies {}", self.server.secure_cookies)?;
        write!(f, "{}", self.log_in)?;
        writeln!(f, "database       {:?}", self.database)?;
        writeln!(
            f,
            "keys           {}",
            self.keys
                .file
                .as_ref()
                .map_or("of the service manager".to_owned(), |p| p.display().to_string())
        )?;
        let from = |address: Option<&String>| address.map_or("(none)", String::as_str).to_owned();
        writeln!(
            f,
            "published from {}, {}",
            from(self.published.jobindsats.as_ref().map(|j| &j.address)),
            from(self.published.statbank.as_ref().map(|s| &s.address))
        )?;
        write!(
            f,
            "rules          {}",
            self.rules
                .as_ref()
                .map_or("built in".to_owned(), |p| p.display().to_string())
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "[municipality]\nname = \"Lærkebro Kommune\"\nphone = \"96 12 34 56\"\naccessibility_url = \"https://was.example\"\n\
         [database]\naddress = \"postgres://user:hemmelig@db/x\"\n";

    #[test]
    fn a_small_file_is_enough_and_no_secret_is_shown() {
        let config: Config = toml::from_str(GOOD).expect("reads");
        assert!(config.server.secure_cookies);
        assert!(!format!("{config} {config:?}").contains("hemmelig"));
    }

    #[test]
    fn a_database_on_another_machine_is_spoken_to_over_verified_tls_or_a_private_network() {
        let read = |from: &str, to: &str| -> Result<Config, Problem> {
            let config: Config = toml::from_str(&GOOD.replace(from, to)).expect("reads");
            config.database.guarded().map(|()| config)
        };
        let problem = read("", "").expect_err("is refused").words;
        assert!(
            problem.contains("sslmode=verify-full") && problem.contains("private_network"),
            "{problem}"
        );
        assert!(!problem.contains("hemmelig"));
        assert!(read("db/x", "db/x?sslmode=require").is_err());
        for (from, to, words) in [
            (
                "db/x",
                "db/x?sslmode=verify-full&sslrootcert=/etc/ca.pem",
                "over verified TLS",
            ),
            ("@db/", "@localhost/", "on this machine"),
            (
                "[database]\n",
                "[database]\nprivate_network = true\n",
                "over a private network",
            ),
        ] {
            let config = read(from, to)
                .map_err(|problem| problem.words)
                .expect("is taken")
                .to_string();
            assert!(config.contains(words) && !config.contains("hemmelig"), "{config}");
        }
    }

    #[test]
    fn the_security_contact_is_an_address() {
        for (contact, good) in [
            ("mailto:sikkerhed@kommune.example", true),
            ("tel:+4596123456", true),
            ("sikkerhed@kommune.example", false),
            ("http://was.example", false),
            ("mailto:a@b.example\\nContact: mailto:c@d.example", false),
        ] {
            let text = GOOD.replace("[database]", &format!("security_contact = \"{contact}\"\n[database]"));
            let config: Config = toml::from_str(&text).expect("reads");
            assert_eq!(config.site().is_ok(), good, "{contact}");
        }
    }

    #[test]
    fn a_misspelt_setting_is_named() {
        let text = GOOD.replace("phone", "fone");
        let error = toml::from_str::<Config>(&text).expect_err("is refused").to_string();
        assert!(error.contains("fone"), "{error}");
    }
}
