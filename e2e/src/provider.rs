//! A log-in provider on this machine: `provider/serve.mjs`, a certified implementation of OpenID Connect with invented people.

use std::ffi::OsString;
use std::net::TcpListener;
use std::path::Path;
use std::time::Duration;

use crate::process::Group;

/// A running provider; it ends when this value is dropped.
pub struct LogInProvider {
    _group: Group,
    issuer: String,
    port: u16,
}

impl LogInProvider {
    /// Starts one that knows Tovholder at a port that is free.
    ///
    /// # Panics
    /// When it does not start: it needs Node and `npm ci` in `e2e`.
    #[must_use]
    pub fn start() -> Self {
        // Provider and Tovholder must know each other's address before they start, so one of the ports is chosen beforehand.
        let port = TcpListener::bind("127.0.0.1:0")
            .and_then(|listener| listener.local_addr())
            .expect("a free port")
            .port();
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("provider/serve.mjs");
        let setup = |command: &mut std::process::Command| {
            command
                .arg(&script)
                .env("TOVHOLDER_URL", format!("http://127.0.0.1:{port}"));
        };
        let ready = |line: &str| line.strip_prefix("provider on ").map(str::to_owned);
        let node = OsString::from("node");
        let (group, issuer) = Group::start("the log-in provider", node, setup, ready, Duration::from_secs(60));
        Self {
            _group: group,
            issuer,
            port,
        }
    }

    /// Its address.
    #[must_use]
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// The port that Tovholder must listen at.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// What Tovholder's configuration says of it. `folder`: for the secret.
    ///
    /// # Panics
    /// When the secret cannot be written.
    #[must_use]
    pub fn config(&self, folder: &Path) -> String {
        let secret = folder.join("log-in.secret");
        std::fs::write(&secret, "hemmelig\n").expect("the folder is ours");
        let block = |entrance: &str, name: &str, more: &str| {
            format!(
                "[log_in.{entrance}]\nname = \"{name}\"\nissuer = \"{}\"\nclient_id = \"{entrance}\"\nclient_secret_file = \"{}\"\n{more}\n",
                self.issuer,
                secret.display()
            )
        };
        let roles = "userinfo = true\n[log_in.employee.roles]\n\"urn:tovholder:caseworker\" = \"caseworker\"\n\
                     \"urn:tovholder:team_leader\" = \"team_leader\"\n\"urn:tovholder:administrator\" = \"administrator\"";
        format!(
            "[log_in]\ndevelopment = true\n{}{}",
            block("employee", "Rebæk-login", roles),
            block("citizen", "Prøve-ID", "")
        )
    }
}
