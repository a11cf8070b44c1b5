//! The helpers do what they say. Each is shown a little site where the answer is known, and both answers are tried: a
//! check that finds nothing wrong is worth something only when it finds what is.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

use tovholder_e2e::{Browser, Database, Options, Server, ServerOptions};

/// The policy of the real site.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; \
    connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

const FORM: &str = r#"
    <form method="post" action="/sent">
      <p><label for="goal">Mit mål</label> <input id="goal" name="goal" value="gammelt"></p>
      <p><label for="goal2">Mit mål for sommeren</label> <input id="goal2" name="goal2"></p>
      <p><label for="words">Fortæl mere</label> <textarea id="words" name="words"></textarea></p>
      <p><label for="date">Dato</label> <input id="date" name="date" type="date"></p>
      <p><label for="time">Klokken</label> <input id="time" name="time" type="time"></p>
      <p><label for="holder">Hvem gør det?</label>
        <select id="holder" name="holder"><option value="me">Mig selv</option><option value="you">Min rådgiver</option></select></p>
      <fieldset><legend>Sted</legend>
        <p><input type="radio" id="here" name="place" value="here"> <label for="here">Her</label></p>
        <p><input type="radio" id="phone" name="place" value="phone"> <label for="phone">Telefon</label></p>
      </fieldset>
      <p><input type="checkbox" id="tell" name="tell" class="drawn"> <label for="tell">Send mig en besked</label></p>
      <p><button type="button">Gem som kladde</button> <button>Gem</button></p>
    </form>
    <details><summary>Mere om "mål"</summary><p>Et mål er dit eget.</p></details>
    <p><a href="/next">Min rådgivers side</a> <a href="/next">it's "here"</a></p>"#;

const STYLE: &str = "
    .drawn { position: absolute; opacity: 0; }
    .pale { color: #bbb; background: #fff; }
    .wide { width: 800px; }
    .tall { height: 3000px; }
    .paper { display: none; }
    @media print { .screen { display: none; } .paper { display: block; } }
    @media (max-width: 400px) { .desk { display: none; } }";

fn document(body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"da\"><head><meta charset=\"utf-8\"><title>Prøve</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <link rel=\"icon\" href=\"data:,\"><link rel=\"stylesheet\" href=\"/style.css\"></head>\
         <body><main><h1>Prøve</h1>{body}</main><script src=\"/script.js\"></script></body></html>"
    )
}

/// Status, type and body of what is at `path`.
fn answer(path: &str, language: &str, sent: &str) -> (u16, &'static str, String) {
    let page = |body: &str| (200, "text/html; charset=utf-8", document(body));
    match path {
        "/" => page(FORM),
        "/sent" => page(&format!("<p id=\"sent\">{sent}</p>")),
        "/next" => page("<p>Du fulgte et link</p>"),
        "/script" => page("<p id=\"place\">Uden script</p><noscript><p>Slået fra</p></noscript>"),
        "/barriers" => page("<p class=\"pale\">Bleg tekst</p><img src=\"data:,\"><p><input name=\"nameless\"></p>"),
        "/inline" => page("<p style=\"color: red\">Rød</p><script>document.title = 'indlejret'</script>"),
        "/elsewhere" => page("<img alt=\"\" src=\"/missing.png\">"),
        "/wide" => page("<p class=\"wide\">Bred</p><p class=\"desk\">Kun ved et bord</p>"),
        "/tall" => page("<p class=\"tall\">Høj</p>"),
        "/paper" => page("<p class=\"screen\">Skærm</p><p class=\"paper\">Papir</p>"),
        "/language" => page(&format!("<p>{language}</p>")),
        "/style.css" => (200, "text/css", STYLE.to_owned()),
        "/script.js" => {
            let script = "const p = document.getElementById('place'); if (p) { p.textContent = 'Med script'; }";
            (200, "text/javascript", script.to_owned())
        }
        _ => (404, "text/html; charset=utf-8", document("<p>Siden findes ikke</p>")),
    }
}

/// A site for one test, which ends with it.
struct Site {
    address: SocketAddr,
    ending: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Site {
    fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let address = listener.local_addr().expect("an address");
        let ending = Arc::new(AtomicBool::new(false));
        let stop = ending.clone();
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming() {
                if stop.load(Ordering::SeqCst) {
                    break;
                }
                // A browser opens connections that it may never use, so none may hold up the next.
                std::thread::spawn(move || stream.map(serve));
            }
        });
        Self {
            address,
            ending,
            thread: Some(thread),
        }
    }

    async fn open(&self, options: Options) -> Browser {
        Browser::start(&format!("http://{}", self.address), options).await
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.ending.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.address);
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

fn serve(stream: TcpStream) -> Option<()> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let mut first = String::new();
    reader.read_line(&mut first).ok()?;
    let (mut length, mut language) = (0, String::new());
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.split_once(':') else {
            break;
        };
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.trim().parse().ok()?,
            "accept-language" => value.trim().clone_into(&mut language),
            _ => {}
        }
    }
    let mut sent = vec![0; length];
    reader.read_exact(&mut sent).ok()?;
    let path = first.split_whitespace().nth(1)?;
    let sent = String::from_utf8_lossy(&sent).replace('&', " ");
    let (status, kind, body) = answer(path, &language, &sent);
    let mut stream = stream;
    write!(
        stream,
        "HTTP/1.1 {status} .\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nContent-Security-Policy: {POLICY}\r\n\
         Connection: close\r\n\r\n{body}",
        body.len()
    )
    .ok()
}

/// What a person does in a form arrives, and each thing done counts as one. With and without JavaScript.
async fn a_form_is_filled_in(options: Options) {
    let site = Site::start();
    let browser = site.open(options).await;
    browser.goto("/").await;
    assert_eq!(browser.value("Mit mål").await, "gammelt");
    browser.fill("Mit mål", "nyt").await;
    browser.fill("Mit mål for", "ferie").await;
    browser.fill("Fortæl mere", "to\nlinjer").await;
    browser.fill("Dato", "2026-03-16").await;
    browser.fill("Klokken", "09:30").await;
    browser.select("Hvem gør det?", "Min rådgiver").await;
    browser.check("Telefon").await;
    browser.check("Telefon").await; // already so: nobody would click again
    browser.check("Send mig").await;
    assert_eq!(browser.interactions(), 8);
    browser.submit("Gem").await;
    assert_eq!(browser.interactions(), 9);
    browser.assert_path("/sent").await;
    assert_eq!(
        browser.text_of("#sent").await,
        "goal=nyt goal2=ferie words=to%0D%0Alinjer date=2026-03-16 time=09%3A30 holder=you place=phone tell=on"
    );
    browser.assert_interactions_at_most(9);
    browser.count_from_here();
    assert_eq!(browser.interactions(), 0);
}

#[tokio::test]
async fn a_form_is_filled_in_with_javascript() {
    a_form_is_filled_in(Options::default()).await;
}

#[tokio::test]
async fn a_form_is_filled_in_on_a_phone_without_javascript() {
    a_form_is_filled_in(Options::default().phone().no_script()).await;
}

#[tokio::test]
async fn things_are_clicked_by_their_names() {
    let site = Site::start();
    let browser = site.open(Options::default()).await;
    browser.goto("/").await;
    browser.assert_not_sees("Et mål er dit eget.").await;
    browser.click("Mere om \"mål\"").await;
    browser.assert_sees("Et mål er dit eget.").await;
    browser.click("Min rådgivers side").await;
    browser.assert_sees("Du fulgte et link").await;
    assert_eq!(browser.heading().await, "Prøve");
    browser.back().await;
    browser.click("it's \"here\"").await;
    browser.assert_path("/next").await;
    assert_eq!(browser.interactions(), 4);
}

#[tokio::test]
#[should_panic(expected = "5 interactions, and 4 are allowed")]
async fn one_interaction_too_many_is_told() {
    let site = Site::start();
    let browser = site.open(Options::default()).await;
    browser.goto("/").await;
    for _ in 0..5 {
        browser.click("Gem som kladde").await;
    }
    browser.assert_interactions_at_most(4);
}

#[tokio::test]
#[should_panic(expected = "nothing to click is called “Slet”")]
async fn a_missing_button_is_told() {
    let site = Site::start();
    let browser = site.open(Options::default()).await;
    browser.goto("/").await;
    browser.click("Slet").await;
}

#[tokio::test]
#[should_panic(expected = "/nowhere answered 404")]
async fn a_missing_page_is_told() {
    let site = Site::start();
    let browser = site.open(Options::default()).await;
    assert_eq!(browser.goto_status("/nowhere").await, 404);
    browser.goto("/nowhere").await;
}

#[tokio::test]
async fn javascript_is_on_or_off() {
    let site = Site::start();
    let with = site.open(Options::default()).await;
    with.goto("/script").await;
    with.assert_sees("Med script").await;
    with.assert_not_sees("Slået fra").await;
    drop(with);
    let without = site.open(Options::default().no_script()).await;
    without.goto("/script").await;
    without.assert_sees("Uden script").await;
    without.assert_sees("Slået fra").await;
}

#[tokio::test]
async fn a_phone_is_375_wide_and_a_desk_1280() {
    let site = Site::start();
    for (options, width, overflow, seen) in [
        (Options::default().phone(), 375, true, false),
        (Options::default(), 1280, false, true),
        (Options::default().phone().no_script(), 375, true, false),
    ] {
        let browser = site.open(options).await;
        browser.goto("/wide").await;
        assert_eq!(
            browser.run("return document.documentElement.clientWidth", vec![]).await,
            width,
            "{options:?}"
        );
        assert_eq!(browser.overflow().await > 0, overflow, "{options:?}");
        assert_eq!(browser.sees("Kun ved et bord").await, seen, "{options:?}");
    }
}

#[tokio::test]
async fn the_browser_asks_for_its_language() {
    let site = Site::start();
    for (options, language) in [
        (Options::default(), "da-DK,da;q=0.9"),
        (Options::default().english(), "en-GB,en;q=0.9"),
    ] {
        let browser = site.open(options).await;
        browser.goto("/language").await;
        browser.assert_sees(language).await;
        assert_eq!(browser.language().await, "da");
    }
}

#[tokio::test]
async fn axe_finds_the_barriers_that_are_there_and_no_others() {
    let site = Site::start();
    let browser = site.open(Options::default()).await;
    browser.goto("/").await;
    browser.assert_accessible().await;
    browser.goto("/barriers").await;
    let mut rules: Vec<_> = browser
        .axe()
        .await
        .into_iter()
        .map(|violation| violation.rule)
        .collect();
    rules.sort();
    assert_eq!(rules, ["color-contrast", "image-alt", "label"]);
    // The checker itself must not count as the page breaking its policy.
    browser.assert_console_clean().await;
}

#[tokio::test]
#[should_panic(expected = "axe found barriers")]
async fn a_page_with_barriers_is_told() {
    let site = Site::start();
    let browser = site.open(Options::default()).await;
    browser.goto("/barriers").await;
    browser.assert_accessible().await;
}

#[tokio::test]
async fn the_console_tells_of_a_broken_policy_and_a_missing_file() {
    let site = Site::start();
    let browser = site.open(Options::default()).await;
    browser.goto("/").await;
    assert_eq!(browser.console_errors().await, []);
    browser.goto("/elsewhere").await;
    let errors = browser.console_errors().await;
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert!(
        !errors[0].breaks_policy() && errors[0].message.contains("/missing.png"),
        "{errors:?}"
    );
    browser.goto("/inline").await;
    let errors = browser.console_errors().await;
    // The style and the script.
    assert_eq!(
        errors.iter().filter(|entry| entry.breaks_policy()).count(),
        2,
        "{errors:?}"
    );
}

#[tokio::test]
#[should_panic(expected = "the page breaks its content security policy")]
async fn a_page_that_breaks_its_policy_is_told() {
    let site = Site::start();
    let browser = site.open(Options::default()).await;
    browser.goto("/inline").await;
    browser.assert_policy_kept().await;
}

/// Width and height of a PNG, from its header.
fn size(path: &std::path::Path) -> (u32, u32) {
    let bytes = std::fs::read(path).expect("the picture");
    assert_eq!(&bytes[..8], b"\x89PNG\r\n\x1a\n");
    let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().expect("four bytes"));
    (number(16), number(20))
}

#[tokio::test]
async fn pictures_show_the_whole_page_on_screen_and_on_paper() {
    let site = Site::start();
    let browser = site.open(Options::default()).await;
    browser.goto("/tall").await;
    let (width, height) = size(&browser.screenshot("harness-tall").await);
    assert_eq!(width, 1280);
    assert!(height > 3000, "{height}");
    browser.goto("/paper").await;
    browser.assert_sees("Skærm").await;
    browser.print_screenshot("harness-paper").await;
    browser.assert_not_sees("Papir").await; // the screen is back
    let pdf = std::fs::read(browser.print_pdf("harness-paper").await).expect("the file");
    assert!(pdf.starts_with(b"%PDF-"));
    drop(browser);
    let phone = site.open(Options::default().phone()).await;
    phone.goto("/paper").await;
    // Two device pixels to each.
    assert_eq!(size(&phone.screenshot("harness-phone").await).0, 750);
}

#[tokio::test]
async fn bytes_over_the_wire_are_counted() {
    let site = Site::start();
    let browser = site.open(Options::default()).await;
    browser.goto("/").await;
    // At least the page itself and its style; at most these, the script and some headers.
    let least = (document(FORM).len() + STYLE.len()) as u64;
    let received = browser.bytes_received().await;
    assert!((least..least + 2000).contains(&received), "{received}");
}

#[tokio::test]
async fn nothing_outlives_the_browser() {
    let site = Site::start();
    let browser = site.open(Options::default()).await;
    browser.goto("/").await;
    let marker = browser.run("return navigator.userAgent", vec![]).await;
    assert!(marker.as_str().is_some_and(|agent| agent.contains("Chrome")));
    let profile = browser.profile().to_owned();
    assert!(processes_of(&profile) > 0);
    drop(browser);
    assert!(!profile.exists());
    assert_eq!(processes_of(&profile), 0);
}

/// How many processes have this folder on their command line.
fn processes_of(profile: &std::path::Path) -> usize {
    let profile = profile.to_str().expect("a plain name");
    let entries = std::fs::read_dir("/proc").expect("Linux has /proc").flatten();
    // A process that has ended but has not been waited for has no command line left.
    entries
        .filter(|e| std::fs::read_to_string(e.path().join("cmdline")).is_ok_and(|line| line.contains(profile)))
        .count()
}

/// Whether a process is there and has not ended. Its command line would not tell: it is empty for a moment while one program becomes another.
fn runs(process: u32) -> bool {
    let state = |stat: &str| stat.rsplit_once(") ").and_then(|(_, rest)| rest.chars().next());
    std::fs::read_to_string(format!("/proc/{process}/stat"))
        .is_ok_and(|stat| !matches!(state(&stat), None | Some('Z' | 'X')))
}

/// A program that says what it was started with, and that it listens.
fn stand_in(folder: &std::path::Path) -> ServerOptions {
    use std::os::unix::fs::PermissionsExt;
    let program = folder.join("stand-in");
    std::fs::write(
        &program,
        "#!/bin/sh\necho \"with $*\"\necho 'listening on http://127.0.0.1:7/'\nexec cat /dev/zero >/dev/null\n",
    )
    .and_then(|()| std::fs::set_permissions(&program, PermissionsExt::from_mode(0o700)))
    .expect("a script");
    ServerOptions {
        program: Some(program),
        more: vec!["--more".to_owned()],
        ..ServerOptions::default()
    }
}

#[test]
fn a_server_is_started_with_its_demo_and_ends_with_the_test() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start_with(Database::Sqlite, stand_in(folder.path()));
    assert_eq!(server.url(), "http://127.0.0.1:7");
    let said = server.said();
    assert!(said.contains("with demo --port 0 --data /"), "{said}");
    assert!(
        said.contains(" --citizens 60 --seed 1 --today 2026-03-16 --more"),
        "{said}"
    );
    let process = server.process_id();
    assert!(runs(process));
    drop(server);
    assert!(!runs(process));
}

#[test]
fn a_server_on_postgresql_gets_a_database_of_its_own() {
    let folder = tempfile::tempdir().expect("a folder");
    let names: Vec<_> = [(); 2]
        .map(|()| {
            let said = Server::start_with(Database::Postgres, stand_in(folder.path())).said();
            let url = said
                .split_once("--database ")
                .expect("an address")
                .1
                .lines()
                .next()
                .expect("a line")
                .to_owned();
            let here = [
                "--no-psqlrc",
                "--tuples-only",
                "--no-align",
                "--command",
                "SELECT current_database()",
            ];
            let answer = std::process::Command::new("psql")
                .args(["--dbname", &url])
                .args(here)
                .output()
                .expect("psql");
            String::from_utf8(answer.stdout).expect("a name").trim().to_owned()
        })
        .into();
    assert!(names.iter().all(|name| name.starts_with("e2e_")), "{names:?}");
    assert_ne!(names[0], names[1]);
}
