//! `[log_in]` of the configuration: the providers, and what is asked of those they let in.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;
use tovholder_casework::claims::{Assurance, Names};
use tovholder_casework::cvr::Cvr;
use tovholder_identity::http::Client;
use tovholder_identity::provider::{Provider, Settings};
use tovholder_store::sessions::Role;
use tovholder_web::entry::ways::{Entrance, STEP_UP_MINUTES, Way, Ways};

use crate::commands::Problem;
use crate::config::Server;

/// How people get in. Without anything here: employees by password and code, everybody by links that work once.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LogIn {
    /// Employees may have a password and codes of their own.
    pub passwords: bool,
    /// A provider on this machine may be asked without TLS. Never in a real installation.
    pub development: bool,
    /// For the municipality's own people.
    pub employee: Option<ProviderConfig>,
    /// For citizens.
    pub citizen: Option<ProviderConfig>,
    /// For companies.
    pub company: Option<ProviderConfig>,
}

impl Default for LogIn {
    fn default() -> Self {
        LogIn {
            passwords: true,
            development: false,
            employee: None,
            citizen: None,
            company: None,
        }
    }
}

/// One provider of OpenID Connect.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProviderConfig {
    /// What people call it: `MitID`.
    pub name: String,
    /// The issuer, exactly as the provider writes it.
    pub issuer: String,
    /// Our name there.
    pub client_id: String,
    /// The file that holds our secret there and nothing else. Only the file's name is ever shown.
    pub client_secret_file: PathBuf,
    /// What to ask for beside `openid`.
    #[serde(default)]
    pub scopes: Vec<String>,
    /// Levels to ask for, as the provider calls them, with blanks between.
    #[serde(default)]
    pub acr_values: String,
    /// The least the provider must be sure: `low`, `substantial`, `high`, or `none`.
    #[serde(default = "substantial")]
    pub minimum_assurance: String,
    /// Also fetch claims from the provider's userinfo.
    #[serde(default)]
    pub userinfo: bool,
    /// Minutes for which a proof is recent.
    #[serde(default = "step_up_minutes")]
    pub step_up_minutes: u16,
    /// The municipality's CVR number, for privileges given on its behalf.
    #[serde(default)]
    pub cvr: Option<String>,
    /// What the provider calls its claims.
    #[serde(default)]
    pub claims: Names,
    /// Which role or privilege there means which role here.
    #[serde(default)]
    pub roles: BTreeMap<String, String>,
    /// What the provider calls our units, by their name here.
    #[serde(default)]
    pub units: BTreeMap<String, String>,
}

fn substantial() -> String {
    "substantial".to_owned()
}

const fn step_up_minutes() -> u16 {
    STEP_UP_MINUTES.cast_unsigned() as u16
}

impl LogIn {
    fn providers(&self) -> impl Iterator<Item = (Entrance, &ProviderConfig)> {
        let of = |entrance| match entrance {
            Entrance::Employee => self.employee.as_ref(),
            Entrance::Citizen => self.citizen.as_ref(),
            Entrance::Company => self.company.as_ref(),
        };
        Entrance::ALL
            .into_iter()
            .filter_map(move |entrance| Some((entrance, of(entrance)?)))
    }

    /// The ways in. Nobody is asked anything yet.
    ///
    /// # Errors
    /// The first setting that cannot be used, by name.
    pub fn ways(&self, server: &Server) -> Result<Ways, Problem> {
        let address = server.address();
        if self.providers().next().is_some() && server.public_url.is_none() && !self.development {
            return Err(Problem::input(
                "[server] public_url: needed with a log-in provider, which sends people back to it",
            ));
        }
        let providers = self
            .providers()
            .map(|(entrance, config)| config.way(entrance, &address, self.development))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Ways {
            providers,
            passwords: self.passwords,
            address,
            proxies: server.proxies,
            ..Ways::default()
        })
    }
}

impl ProviderConfig {
    fn way(&self, entrance: Entrance, address: &str, development: bool) -> Result<Way, Problem> {
        let wrong = |what: String| Problem::input(format!("[log_in.{}] {what}", entrance.key()));
        let settings = Settings {
            issuer: self.issuer.clone(),
            client_id: self.client_id.clone(),
            client_secret: secret(&self.client_secret_file)
                .map_err(|what| wrong(format!("client_secret_file: {what}")))?,
            redirect_uri: format!("{address}/log-in/with/{}/callback", entrance.key()),
            scopes: self.scopes.clone(),
            acr_values: self.acr_values.clone(),
            userinfo: self.userinfo,
            development,
        };
        settings.check().map_err(|what| wrong(what.to_owned()))?;
        let minimum = match self.minimum_assurance.as_str() {
            "none" => None,
            level => Some(level.parse::<Assurance>().map_err(|_| {
                wrong(format!(
                    "minimum_assurance: expected low, substantial, high or none, found {level:?}"
                ))
            })?),
        };
        let ours = self
            .cvr
            .as_deref()
            .map(str::parse::<Cvr>)
            .transpose()
            .map_err(|error| wrong(format!("cvr: {error}")))?;
        let roles = self
            .roles
            .iter()
            .map(|(privilege, role)| {
                let role: Role = role.parse().map_err(|_| {
                    let known: Vec<&str> = Role::ALL.iter().map(|role| role.as_str()).collect();
                    wrong(format!("roles: expected one of {}, found {role:?}", known.join(", ")))
                })?;
                Ok((privilege.clone(), role))
            })
            .collect::<Result<_, Problem>>()?;
        let needed = match entrance {
            Entrance::Employee => ("login", &self.claims.login),
            Entrance::Citizen => ("cpr", &self.claims.cpr),
            Entrance::Company => ("cvr", &self.claims.cvr),
        };
        if needed.1.is_empty() {
            return Err(wrong(format!("claims.{}: needed to know who somebody is", needed.0)));
        }
        Ok(Way {
            entrance,
            name: self.name.clone(),
            provider: Provider::new(settings, Arc::new(Client::new())),
            names: self.claims.clone(),
            minimum,
            roles,
            units: self.units.clone(),
            ours,
            step_up_minutes: i64::from(self.step_up_minutes),
        })
    }
}

/// A secret in a file of its own.
fn secret(file: &Path) -> Result<String, String> {
    let text = std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let secret = text.trim();
    if secret.is_empty() || secret.contains(char::is_whitespace) {
        return Err(format!("{}: expected the secret and nothing else", file.display()));
    }
    Ok(secret.to_owned())
}

/// What it comes to, without secrets.
impl fmt::Display for LogIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (entrance, config) in self.providers() {
            writeln!(
                f,
                "log-in         {} at {} ({}), least {}",
                entrance.key(),
                config.issuer,
                config.name,
                config.minimum_assurance
            )?;
        }
        let own = if self.passwords {
            "employees may have a password and codes"
        } else {
            "no passwords here"
        };
        let development = if self.development {
            "; DEVELOPMENT: never for real people"
        } else {
            ""
        };
        writeln!(f, "log-in         {own}{development}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> LogIn {
        toml::from_str(text).expect("reads")
    }

    fn server() -> Server {
        Server {
            public_url: Some("https://plan.example/".into()),
            ..Server::default()
        }
    }

    /// A provider whose secret lies in a file of its own; the file's folder goes away with the test.
    fn provider(more: &str) -> (String, tovholder_store::testing::Folder) {
        let folder = tovholder_store::testing::Folder::new();
        let file = folder.path().join("secret");
        std::fs::write(&file, "hemmelig\n").expect("writes");
        let text = format!(
            "[employee]\nname = \"Log-in\"\nissuer = \"https://login.example\"\nclient_id = \"tovholder\"\nclient_secret_file = \"{}\"\n{more}",
            file.display()
        );
        (text, folder)
    }

    #[test]
    fn nothing_is_needed_and_passwords_are_there() {
        let ways = read("").ways(&Server::default()).expect("ways");
        assert!(ways.passwords && ways.providers.is_empty());
    }

    #[test]
    fn a_provider_is_read_and_its_secret_never_shown() {
        let (text, _folder) =
            provider("[employee.roles]\n\"urn:x\" = \"caseworker\"\n[employee.claims]\nlogin = \"upn\"\n");
        let config = read(&text);
        let ways = config.ways(&server()).expect("ways");
        let way = ways.for_whom(Entrance::Employee).expect("is there");
        assert_eq!(
            (way.minimum, way.names.login.as_str()),
            (Some(Assurance::Substantial), "upn")
        );
        assert_eq!(way.names.cpr, "cpr", "what is not said stays as it is");
        assert_eq!(way.roles.get("urn:x"), Some(&Role::Caseworker));
        assert_eq!(ways.address, "https://plan.example");
        assert!(!format!("{config} {config:?}").contains("hemmelig"));
    }

    #[test]
    fn what_cannot_be_used_is_named() {
        for (more, word) in [
            ("minimum_assurance = \"medium\"", "minimum_assurance"),
            ("cvr = \"12345678\"", "cvr"),
            ("[employee.roles]\n\"urn:x\" = \"king\"", "king"),
            ("[employee.claims]\nlogin = \"\"", "claims.login"),
        ] {
            let (text, _folder) = provider(more);
            let problem = read(&text).ways(&server()).err().expect("is refused");
            assert!(problem.words.contains(word), "{problem}");
        }
        let (text, folder) = provider("");
        assert!(read(&text).ways(&Server::default()).is_err(), "nowhere to come back to");
        let http = text.replace("https://login", "http://login");
        assert!(read(&http).ways(&server()).is_err());
        assert!(toml::from_str::<LogIn>(&text.replace("client_id", "clientid")).is_err());
        std::fs::write(folder.path().join("secret"), "two words").expect("writes");
        let problem = read(&text).ways(&server()).err().expect("is refused");
        assert!(problem.words.contains("client_secret_file") && !problem.words.contains("two words"));
    }
}
