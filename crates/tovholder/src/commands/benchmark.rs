//! `tovholder benchmark`: figures exchanged between municipalities as small signed files, without waiting for anybody else.
//!
//! What stands in a file and how it is compared is `tovholder_figures::exchange`; here it is signed, checked and kept. See `docs/exchange.md`.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use ring::rand::SystemRandom;
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey};
use tovholder_casework::rules::Rules;
use tovholder_figures::exchange::{self, Body, Number, Wrong};
use tovholder_figures::set::Slice;
use tovholder_figures::strategy::{Measure, Unit};
use tovholder_figures::{Figures, Strategy};
use tovholder_store::db::{Db, Options};
use tovholder_store::exchanges::{self, Exchange};
use tovholder_web::figures::{cache, day};
use tovholder_web::kit::format::wall_clock;

use super::Problem;
use crate::config::Config;

#[derive(clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(clap::Subcommand)]
enum What {
    /// Make a pair of keys: the private one into a file only you can read, the public one printed, to be given to the others
    Key {
        /// The file to write; never over one that is there
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Write our figures into a signed file: counts of many people, nothing of anybody
    Export {
        #[command(flatten)]
        place: Place,
        /// The private key, from `benchmark key`
        #[arg(long, value_name = "FILE")]
        key: PathBuf,
        /// The file to write
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Check others' files, keep them, and print our figures beside theirs
    Import {
        /// The files
        #[arg(required = true)]
        files: Vec<PathBuf>,
        #[command(flatten)]
        place: Place,
        /// The public keys that are believed, as their owners gave them to you; may be given several times
        #[arg(long = "key", value_name = "PUBLICKEY", required = true)]
        keys: Vec<String>,
    },
}

/// Where the database is.
#[derive(clap::Args)]
#[group(required = true, multiple = false)]
struct Place {
    /// The configuration of the installation
    #[arg(long)]
    config: Option<PathBuf>,
    /// The demo's folder
    #[arg(long)]
    data: Option<PathBuf>,
}

pub async fn run(arguments: Arguments) -> Result<(), Problem> {
    match arguments.what {
        What::Key { out } => key(&out),
        What::Export { place, key, out } => export(&place, &key, &out).await,
        What::Import { files, place, keys } => import(&files, &place, &keys).await,
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Lower case and nothing else: one signature has one spelling, so that no byte of a file can be changed.
fn unhex(text: &str) -> Option<Vec<u8>> {
    let plain = text.len().is_multiple_of(2) && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    plain.then(|| {
        (0..text.len())
            .step_by(2)
            .filter_map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok())
            .collect()
    })
}

fn key(out: &Path) -> Result<(), Problem> {
    use std::io::Write as _;
    use std::os::unix::fs::OpenOptionsExt as _;
    let made = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new())
        .map_err(|_| Problem::other("there is no randomness to make a key of"))?;
    let pair = Ed25519KeyPair::from_pkcs8(made.as_ref()).map_err(|error| Problem::other(error.to_string()))?;
    let cannot = |error: std::io::Error| Problem::input(format!("{}: {error}", out.display()));
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(out)
        .map_err(cannot)?;
    file.write_all(made.as_ref())
        .and_then(|()| file.sync_all())
        .map_err(cannot)?;
    say!("{}", hex(pair.public_key().as_ref()));
    eprintln!(
        "the private key is in {}: keep it, give it to nobody; the line above is the public key",
        out.display()
    );
    Ok(())
}

/// The last line of a file.
fn seal(public: &str, signature: &str) -> String {
    format!("{{\"key\":\"{public}\",\"signature\":\"{signature}\"}}\n")
}

/// A text with its signature.
fn signed(pair: &Ed25519KeyPair, text: &str) -> String {
    let public = hex(pair.public_key().as_ref());
    let signature = hex(pair.sign(text.as_bytes()).as_ref());
    format!("{text}{}", seal(&public, &signature))
}

/// Checks a file: everything before the last line is what was signed, byte by byte.
fn checked(file: &[u8], keys: &[String]) -> Result<(Body, Exchange), Wrong> {
    let wrong = |what: &str| Wrong(what.to_owned());
    let file = std::str::from_utf8(file).map_err(|_| wrong("it is not text"))?;
    let last = file
        .strip_suffix('\n')
        .map(|text| text.rfind('\n').map_or(0, |at| at + 1))
        .ok_or_else(|| wrong("it is cut off"))?;
    let (text, end) = file.split_at(last);
    // The key has 64 letters and the signature 128, each at its place; the line must be the very one we would write.
    let public = end.get(8..72).ok_or_else(|| wrong("it has no signature"))?;
    let signature = end.get(87..215).ok_or_else(|| wrong("it has no signature"))?;
    let (Some(key), Some(sign)) = (unhex(public), unhex(signature)) else {
        return Err(wrong("it has no signature"));
    };
    if end != seal(public, signature) {
        return Err(wrong("it has no signature"));
    }
    if !keys.iter().any(|known| known == public) {
        return Err(Wrong(format!("it is signed with a key you have not named: {public}")));
    }
    UnparsedPublicKey::new(&ED25519, key)
        .verify(text.as_bytes(), &sign)
        .map_err(|_| wrong("it has been changed since it was signed"))?;
    let body = Body::read(text)?;
    let kept = Exchange {
        municipality: body.head.municipality.clone(),
        as_of: body.head.as_of.clone(),
        public_key: public.to_owned(),
        body: text.to_owned(),
        signature: signature.to_owned(),
    };
    Ok((body, kept))
}

/// An open database with its figures.
struct Opened {
    db: Db,
    figures: Figures,
    strategy: Strategy,
    municipality: String,
}

impl Opened {
    /// What we tell others, and the same as a signed file.
    fn file(&self, pair: &Ed25519KeyPair) -> (Body, String) {
        let body = exchange::body(&self.figures, &self.strategy, &self.municipality);
        let text = signed(pair, &body.text());
        (body, text)
    }
}

async fn open(place: &Place) -> Result<Opened, Problem> {
    let (address, rules, municipality, options) = match (&place.config, &place.data) {
        (Some(config), _) => {
            let config = Config::read(config)?;
            (
                config.database.address.clone(),
                config.rules()?,
                config.municipality.name.clone(),
                config.options()?,
            )
        }
        (None, Some(folder)) => {
            let file = folder.join("demo.db");
            if !file.exists() {
                return Err(Problem::input(format!(
                    "{} holds no demo yet: run `tovholder demo` first",
                    folder.display()
                )));
            }
            (
                format!("sqlite:{}", file.display()),
                Rules::builtin(),
                crate::demo::texts::places::MUNICIPALITY.to_owned(),
                super::demo::options(folder)?,
            )
        }
        (None, None) => return Err(Problem::input("say where the database is: --config FILE or --data DIR")),
    };
    let options = Options {
        create: false,
        ..options
    };
    let db = Db::open(&address, options).await?;
    db.migrate().await?;
    let figures = figures(&db, &rules, Timestamp::now()).await?;
    Ok(Opened {
        db,
        figures,
        strategy: Strategy::builtin(),
        municipality,
    })
}

async fn figures(db: &Db, rules: &Rules, at: Timestamp) -> Result<Figures, Problem> {
    let (strategy, today) = (Strategy::builtin(), wall_clock(at).date());
    let mut conn = db.snapshot().await?;
    Ok(cache::compute(&mut conn, &strategy, rules.on(today), day(today)).await?)
}

async fn export(place: &Place, key: &Path, out: &Path) -> Result<(), Problem> {
    let bytes = std::fs::read(key).map_err(|error| Problem::input(format!("{}: {error}", key.display())))?;
    let pair = Ed25519KeyPair::from_pkcs8(&bytes).map_err(|_| {
        Problem::input(format!(
            "{} is no private key from `tovholder benchmark key`",
            key.display()
        ))
    })?;
    let opened = open(place).await?;
    let (body, text) = opened.file(&pair);
    std::fs::write(out, &text).map_err(|error| Problem::input(format!("{}: {error}", out.display())))?;
    say!(
        "{}: {} figures as of {}, {} bytes, signed with {}",
        out.display(),
        body.lines.len(),
        body.head.as_of,
        text.len(),
        hex(pair.public_key().as_ref())
    );
    if opened.figures.inhabitants.is_none() {
        say!("figures per inhabitant are left out: nobody has said how many live here (/figures/targets)");
    }
    Ok(())
}

async fn import(files: &[PathBuf], place: &Place, keys: &[String]) -> Result<(), Problem> {
    // All files are checked before anything is kept: half of what was brought in would be compared as if it were all.
    let mut bodies = Vec::new();
    for file in files {
        let bytes = std::fs::read(file).map_err(|error| Problem::input(format!("{}: {error}", file.display())))?;
        bodies.push(
            checked(&bytes, keys).map_err(|wrong| Problem::input(format!("{} is refused: {wrong}", file.display())))?,
        );
    }
    let opened = open(place).await?;
    for ((_, kept), file) in bodies.iter().zip(files) {
        let new = exchanges::add(&opened.db, kept, Timestamp::now()).await?;
        say!(
            "{}: {}, figures as of {}{}",
            file.display(),
            kept.municipality,
            kept.as_of,
            if new { "" } else { " (already kept)" }
        );
    }
    let bodies: Vec<Body> = bodies.into_iter().map(|(body, _)| body).collect();
    let compared = exchange::compare(&opened.figures, &opened.strategy, &opened.municipality, &bodies);
    for row in &compared.rows {
        let Some((_, measure)) = opened.strategy.measure(&row.measure) else {
            continue;
        };
        let part = match row.slice {
            Slice::Group(place) => format!(", {}", opened.strategy.groups[place].en),
            _ => String::new(),
        };
        say!("\n{}{part} ({})", measure.en.goal, measure.en.name);
        for number in &row.numbers {
            say!("  {}", line(measure, number));
        }
        if let Some(pooled) = row.pooled {
            say!("  {:<32} {:>10}", "all together", shown(measure.unit, pooled));
        }
    }
    for skipped in &compared.skipped {
        say!("left out: {skipped}");
    }
    Ok(())
}

fn shown(unit: Unit, value: f64) -> String {
    match unit {
        Unit::Share => format!("{:.1} %", unit.shown(value)),
        Unit::Count => format!("{:.0}", unit.shown(value)),
        _ => format!("{:.2}", unit.shown(value)),
    }
}

fn line(measure: &Measure, number: &Number) -> String {
    let between = number.between.map_or_else(String::new, |held| {
        format!(
            "  {}–{}",
            shown(measure.unit, held.lower),
            shown(measure.unit, held.upper)
        )
    });
    format!(
        "{:<32} {:>10}{between}  {} (n {}, as of {})",
        number.municipality,
        shown(measure.unit, number.value),
        number.month,
        number.n,
        number.as_of
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::{self, DemoOptions};
    use proptest::prelude::{any, prop, prop_assert, prop_assume, proptest};
    use tovholder_store::{args, testing};

    fn pair() -> Ed25519KeyPair {
        Ed25519KeyPair::from_seed_unchecked(&[7; 32]).expect("a seed of 32 bytes")
    }

    fn file() -> (Vec<u8>, Vec<String>) {
        let town = tovholder_figures::Town {
            inhabitants: Some(10_000),
            ..Default::default()
        };
        let today = "2026-03-15".parse().expect("a day");
        let strategy = Strategy::builtin();
        let body = exchange::body(
            &Figures::compute(&town, [], &strategy, today),
            &strategy,
            "Rebæk Kommune",
        );
        let pair = pair();
        (
            signed(&pair, &body.text()).into_bytes(),
            vec![hex(pair.public_key().as_ref())],
        )
    }

    #[test]
    fn a_file_is_believed_only_from_a_key_that_was_named() {
        let (file, keys) = file();
        assert_eq!(
            checked(&file, &keys).expect("is sound").0.head.municipality,
            "Rebæk Kommune"
        );
        let stranger = [hex(&[3; 32])];
        assert!(
            checked(&file, &stranger)
                .expect_err("a stranger")
                .0
                .contains("a key you have not named")
        );
        for cut in [0, 1, 50, file.len() / 2, file.len() - 1] {
            assert!(checked(&file[..cut], &keys).is_err(), "cut at {cut}");
        }
        let twice = [file.clone(), file].concat();
        assert!(checked(&twice, &keys).is_err());
    }

    #[test]
    fn the_private_key_is_for_its_owner_only_and_never_overwritten() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = std::env::temp_dir().join(format!("tovholder-key-{}", uuid::Uuid::now_v7()));
        std::fs::create_dir(&folder).expect("a folder");
        let out = folder.join("key");
        key(&out).expect("makes a key");
        let mode = std::fs::metadata(&out).expect("is there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        let before = std::fs::read(&out).expect("reads");
        assert!(key(&out).is_err());
        assert_eq!(std::fs::read(&out).expect("reads"), before);
        std::fs::remove_dir_all(&folder).expect("removes");
    }

    #[test]
    fn what_one_municipality_sends_another_keeps_and_compares() {
        let at = "2026-03-16T10:00:00Z".parse().expect("a moment");
        let rules = Rules::builtin();
        testing::both(async |db| {
            let options = DemoOptions {
                citizens: 150,
                seed: 5,
                today: wall_clock(at).date(),
            };
            demo::build(&db, &options, |_, _| {}).await.expect("builds");
            let theirs = Opened {
                figures: figures(&db, &rules, at).await.expect("figures"),
                db: db.clone(),
                strategy: Strategy::builtin(),
                municipality: "Rebæk Kommune".to_owned(),
            };
            let (body, text) = theirs.file(&pair());
            assert!(
                body.lines.iter().any(|line| !line.months.is_empty()),
                "there is something to tell"
            );
            let keys = [hex(pair().public_key().as_ref())];
            let (read, kept) = checked(text.as_bytes(), &keys).expect("is sound");
            assert!(read == body, "what is read is what was written, to the last digit");
            // Nobody who has a name here is in the file.
            let mut conn = db.read().await.expect("reads");
            let names = conn
                .rows("SELECT name FROM citizen UNION SELECT name FROM employee", args![])
                .await
                .expect("names");
            for row in names {
                let name: String = row.get(0).expect("a name");
                assert!(!text.contains(&name), "a name left the house");
            }
            drop(conn);

            // The one who receives has the same people under another name, so every figure meets its equal.
            assert!(exchanges::add(&db, &kept, at).await.expect("keeps"));
            assert!(!exchanges::add(&db, &kept, at).await.expect("is there already"));
            let newest = exchanges::newest(&mut db.read().await.expect("reads"))
                .await
                .expect("reads");
            assert_eq!((newest.len(), &newest[0].body), (1, &kept.body));
            let known = [Body::read(&newest[0].body).expect("reads")];
            let compared = exchange::compare(&theirs.figures, &theirs.strategy, "Lærkebro Kommune", &known);
            let few = |skipped: &String| skipped.ends_with("no month that everybody knows");
            assert!(compared.skipped.iter().all(few), "{:?}", compared.skipped);
            let both = compared.rows.iter().filter(|row| row.numbers.len() == 2);
            let both: Vec<_> = both.collect();
            assert!(!both.is_empty());
            for row in both {
                assert_eq!(row.numbers[0].value, row.numbers[1].value, "{}", row.measure);
            }
        });
    }

    proptest! {
        #[test]
        fn no_byte_can_be_changed(at in any::<prop::sample::Index>(), to in any::<u8>()) {
            let (mut file, keys) = file();
            let at = at.index(file.len());
            prop_assume!(file[at] != to);
            file[at] = to;
            prop_assert!(checked(&file, &keys).is_err());
        }
    }
}
