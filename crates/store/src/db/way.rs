//! The way to the database: who could listen on it, or stand in it.

use std::net::IpAddr;
use std::str::FromStr;

use sqlx::postgres::{PgConnectOptions, PgSslMode};

use super::Error;

/// How what passes between us and a database is guarded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// It does not leave the machine.
    Here,
    /// Over TLS, to the host that the address names: an authority we trust says that it is the one.
    Verified,
    /// Whoever is on the network can read it, or answer in the database's place.
    Open,
}

/// How the way to the database at this address is guarded.
///
/// `sslmode=verify-ca` does not look at the host's name. Beside the authority in `sslrootcert` the driver trusts the public ones, so anybody with a
/// certificate for any host at all would pass: it counts as open, as does `require`, which looks at no certificate.
///
/// ```
/// use tovholder_store::db::{Way, way};
///
/// assert_eq!(way("sqlite:/var/lib/tovholder/tovholder.db").ok(), Some(Way::Here));
/// assert_eq!(way("postgres://tovholder@127.0.0.1/tovholder").ok(), Some(Way::Here));
/// assert_eq!(way("postgres://tovholder@db.example/tovholder").ok(), Some(Way::Open));
/// assert_eq!(way("postgres://tovholder@db.example/tovholder?sslmode=verify-full").ok(), Some(Way::Verified));
/// ```
///
/// # Errors
/// [`Error::Address`] when it is no address of PostgreSQL, nor of a file.
pub fn way(address: &str) -> Result<Way, Error> {
    if address.starts_with("sqlite:") {
        return Ok(Way::Here);
    }
    Ok(guarded(&connect_options(address)?))
}

/// What the driver needs to know to connect.
pub(super) fn connect_options(address: &str) -> Result<PgConnectOptions, Error> {
    // The driver's message may repeat a part of the address, and with it the password.
    let options = PgConnectOptions::from_str(address).map_err(|_| Error::Address {
        reason: "it is no PostgreSQL address".to_owned(),
    })?;
    // On the machine itself nobody listens. Encrypting would cost each request and guard nothing, so it is done only when it is asked for.
    if is_socket(&options) || (is_here(&options) && matches!(options.get_ssl_mode(), PgSslMode::Prefer)) {
        return Ok(options.ssl_mode(PgSslMode::Disable));
    }
    Ok(options)
}

fn guarded(options: &PgConnectOptions) -> Way {
    if is_here(options) {
        Way::Here
    } else if matches!(options.get_ssl_mode(), PgSslMode::VerifyFull) {
        Way::Verified
    } else {
        Way::Open
    }
}

fn is_socket(options: &PgConnectOptions) -> bool {
    options.get_socket().is_some() || options.get_host().starts_with('/')
}

fn is_here(options: &PgConnectOptions) -> bool {
    let host = options.get_host();
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    is_socket(options)
        || host.eq_ignore_ascii_case("localhost")
        || address.is_ok_and(|address| address.to_canonical().is_loopback())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that panics fails")]
mod tests {
    use super::super::{Db, Options};
    use super::*;
    use crate::args;

    #[test]
    fn only_a_certificate_for_the_very_host_guards_the_way_to_another_machine() {
        for (address, expected) in [
            ("postgresql:///tovholder?host=/run/postgresql", Way::Here),
            ("postgres://%2Frun%2Fpostgresql/tovholder", Way::Here),
            (
                "postgres://tovholder@localhost:5433/tovholder?sslmode=disable",
                Way::Here,
            ),
            ("postgres://tovholder@[::1]/tovholder", Way::Here),
            ("postgres://tovholder@127.0.0.2/tovholder", Way::Here),
            ("postgres://tovholder@10.0.0.5/tovholder", Way::Open),
            ("postgres://tovholder@127.0.0.1.example/tovholder", Way::Open),
            ("postgres://tovholder@localhost.example/tovholder", Way::Open),
            ("postgres://tovholder@db/tovholder?sslmode=prefer", Way::Open),
            ("postgres://tovholder@db/tovholder?sslmode=require", Way::Open),
            (
                "postgres://tovholder@db/tovholder?sslmode=verify-ca&sslrootcert=/etc/ca.pem",
                Way::Open,
            ),
            (
                "postgres://tovholder@db/tovholder?sslmode=verify-full&sslrootcert=/etc/ca.pem",
                Way::Verified,
            ),
            // The last one counts, as it does when we connect.
            ("postgres://tovholder@localhost/tovholder?host=db.example", Way::Open),
            ("postgres://db/tovholder?sslmode=verify-full&sslmode=disable", Way::Open),
        ] {
            assert_eq!(way(address).unwrap(), expected, "{address}");
        }
        for address in [
            "",
            "tovholder.db",
            "postgres://db:no-port/x",
            "postgres://db/x?sslmode=maybe",
        ] {
            assert!(way(address).is_err(), "{address}");
        }
    }

    #[test]
    fn on_the_machine_itself_nothing_is_encrypted_unless_it_is_asked_for() {
        let mode = |address| connect_options(address).unwrap().get_ssl_mode();
        assert!(matches!(mode("postgres://localhost/x"), PgSslMode::Disable));
        assert!(matches!(
            mode("postgres://localhost/x?sslmode=require"),
            PgSslMode::Require
        ));
        assert!(matches!(
            mode("postgres:///x?host=/run&sslmode=require"),
            PgSslMode::Disable
        ));
        assert!(matches!(mode("postgres://db/x"), PgSslMode::Prefer));
    }

    /// The test server as `host`, with these options; nothing when there is none that speaks TLS.
    async fn open(host: &str, options: &str) -> Option<Result<Db, Error>> {
        let server = std::env::var(crate::testing::POSTGRES).ok()?;
        let folder = std::env::var("TOVHOLDER_TEST_POSTGRES_TLS").ok()?;
        let options = options.replace("{}", &folder);
        let address = format!("{}?{options}", server.replace("127.0.0.1", host));
        Some(Db::open(&address, Options::default()).await)
    }

    #[test]
    fn postgresql_is_spoken_to_over_tls_and_whoever_stands_in_its_place_is_not() {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            for (host, options) in [
                ("localhost", "sslmode=verify-full&sslrootcert={}/right.pem"),
                ("127.0.0.1", "sslmode=verify-ca&sslrootcert={}/right.pem"),
                ("localhost", "sslmode=require"),
            ] {
                let Some(opened) = open(host, options).await else {
                    eprintln!("TLS skipped: no test server that speaks it");
                    return;
                };
                let db = opened.unwrap();
                let sql = "SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid() AND ssl";
                let row = db.read().await.unwrap().row(sql, args![]).await.unwrap();
                assert_eq!(row.expect("over TLS").get::<String>(0).unwrap(), "TLSv1.3", "{options}");
                // The connection kept apart speaks so too: it writes.
                let mut tx = db.begin_apart(uuid::Uuid::nil()).await.unwrap();
                assert!(tx.row(sql, args![]).await.unwrap().is_some());
                tx.rollback().await.unwrap();
                db.close().await.unwrap();
            }
            for (host, options, word) in [
                (
                    "localhost",
                    "sslmode=verify-full&sslrootcert={}/wrong.pem",
                    "sslrootcert",
                ),
                ("localhost", "sslmode=verify-ca&sslrootcert={}/wrong.pem", "sslrootcert"),
                // None of the public authorities has signed it either.
                ("localhost", "sslmode=verify-full", "sslrootcert"),
                (
                    "127.0.0.1",
                    "sslmode=verify-full&sslrootcert={}/right.pem",
                    "for that name",
                ),
                (
                    "localhost",
                    "sslmode=verify-full&sslrootcert={}/none.pem",
                    "is the file there",
                ),
                (
                    "localhost",
                    "sslmode=verify-full&sslrootcert={}/server.key",
                    "sslrootcert",
                ),
            ] {
                let refused = open(host, options).await.unwrap().expect_err(options).to_string();
                assert!(refused.contains(word), "{options}: {refused}");
            }
        });
    }
}
