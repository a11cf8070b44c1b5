//! The client against a server that answers as the sources do, and against one that does not.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{Request, Response, StatusCode};
use tokio::net::TcpListener;
use tovholder_figures::published::built_in_tables;
use tovholder_store::testing::Folder;

use super::*;

const TOKEN: &str = "hemmelig-nøgle-uden-ø";

/// How the server behaves.
#[derive(Clone, Copy, PartialEq)]
enum Mood {
    V2,
    V3,
    StatBank,
    Html,
    HtmlWithoutSayingSo,
    Status(u16),
    TooMany(&'static str),
    Moved,
    Cut,
    OtherShape,
    NotJson,
    Silent,
}

/// What was asked: method, path with question, authorization, body.
type Asked = Arc<Mutex<Vec<(String, String, String, String)>>>;

struct Server {
    address: String,
    asked: Asked,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn server(mood: Mood) -> Server {
    let asked = Asked::default();
    let router = Router::new().fallback(answer).with_state((mood, asked.clone()));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/api", listener.local_addr().unwrap());
    let task = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    Server { address, asked, task }
}

async fn answer(State((mood, asked)): State<(Mood, Asked)>, request: Request<Body>) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let sent = axum::body::to_bytes(body, 10_000).await.unwrap();
    let question = parts.uri.path_and_query().unwrap().to_string();
    let authorization = parts.headers.get("authorization").map_or("", |v| v.to_str().unwrap());
    asked.lock().unwrap().push((
        parts.method.to_string(),
        question.clone(),
        authorization.to_owned(),
        String::from_utf8(sent.to_vec()).unwrap(),
    ));
    let table = parts.uri.path().split('/').nth(3).unwrap_or_default().to_lowercase();
    let measure = built_in_tables()
        .iter()
        .find(|known| known.id == table)
        .map_or("", |known| &known.measure);
    let whole = || Response::builder().status(200);
    let json = |text: String| {
        whole()
            .header("content-type", "application/json")
            .body(Body::from(text))
            .unwrap()
    };
    match mood {
        Mood::V2 => json(format!(
            r#"[{{"Variables":[{{"Name":"area","Label":"Område"}},{{"Name":"period","Label":"Periode"}},{{"Name":"_ygrpi09","Label":"Ydelsesgruppe"}},{{"Name":"m1","Label":"{measure}"}}],
                "Data":[["Hele landet","2026M08","A-dagpenge","1000,4"],["Odder","2026M08","A-dagpenge",""]]}}]"#
        )),
        Mood::V3 => {
            let place = if question.contains("_nykom=/") { "Hele landet" } else { "Odder" };
            json(format!(r#"{{"columns":["Område","Periode","{measure}"],"rows":[["{place}","2026M07",12],["{place}","2026M08",null]]}}"#))
        }
        Mood::StatBank => whole()
            .header("content-type", "text/csv; charset=utf-8")
            .body(Body::from("\u{feff}OMRÅDE;KØN;ALDER;TID;INDHOLD\r\nHele landet;I alt;Alder i alt;2026M08;6030000\r\nOdder;I alt;Alder i alt;2026M08;24000\r\n"))
            .unwrap(),
        Mood::Html => whole().header("content-type", "text/html").body(Body::from("<html>Log ind</html>")).unwrap(),
        Mood::HtmlWithoutSayingSo => json("<!DOCTYPE html><p>Log ind".to_owned()),
        Mood::Status(status) => Response::builder().status(status).body(Body::from("no")).unwrap(),
        Mood::TooMany(wait) => Response::builder()
            .status(StatusCode::TOO_MANY_REQUESTS)
            .header("retry-after", wait)
            .body(Body::empty())
            .unwrap(),
        Mood::Moved => Response::builder()
            .status(302)
            .header("location", "http://127.0.0.1:9/elsewhere")
            .body(Body::empty())
            .unwrap(),
        // Less than promised: the connection closes in the middle.
        Mood::Cut => whole()
            .header("content-type", "application/json")
            .header("content-length", "5000")
            .body(Body::from(r#"{"columns":["Område"#))
            .unwrap(),
        Mood::OtherShape => json(r#"{"error":"none of your business"}"#.to_owned()),
        Mood::NotJson => json(r#"{"columns":["Område","#.to_owned()),
        Mood::Silent => std::future::pending().await,
    }
}

struct Asking {
    server: Server,
    token: PathBuf,
    _folder: Folder,
}

async fn asking(mood: Mood) -> Asking {
    let folder = Folder::new();
    let token = folder.path().join("jobindsats.token");
    std::fs::write(&token, format!("{}\n", TOKEN.replace('ø', "oe"))).unwrap();
    Asking {
        server: server(mood).await,
        token,
        _folder: folder,
    }
}

impl Asking {
    fn jobindsats(&self, version: u8) -> Jobindsats {
        Jobindsats {
            address: format!("{}/", self.server.address),
            version,
            token_file: self.token.clone(),
            seconds: 1,
        }
    }

    async fn ask(&self, version: u8) -> Result<Vec<Figure>, Problem> {
        let questions = jobindsats(&self.jobindsats(version), built_in_tables(), 24)?;
        tokio::task::spawn_blocking(move || questions.ask()).await.unwrap()
    }

    async fn refused(&self) -> String {
        let problem = self.ask(3).await.unwrap_err();
        assert!(problem.words.contains("Nothing is brought in."), "{problem}");
        assert!(!problem.words.contains("hemmelig"), "{problem}");
        // The first question that fails is the last.
        assert_eq!(self.server.asked.lock().unwrap().len(), 1);
        problem.words
    }

    fn asked(&self) -> Vec<(String, String, String, String)> {
        self.server.asked.lock().unwrap().clone()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn version_3_is_asked_for_municipalities_and_country_with_a_bearer_token() {
    let asking = asking(Mood::V3).await;
    let figures = asking.ask(3).await.unwrap();
    let asked = asking.asked();
    // Four tables, two questions each.
    assert_eq!((asked.len(), figures.len()), (8, 16));
    assert!(
        asked
            .iter()
            .all(|(method, _, token, _)| method == "GET" && token == "Bearer hemmelig-noegle-uden-oe")
    );
    assert_eq!(
        asked[0].1,
        "/api/data/y25i01?mgroup.*=*&period.M=latest:24&hierarchy._nykom=*&hierarchy._ygrpi09=/2/&hierarchy._akassebl=/&format=json"
    );
    assert!(asked[1].1.contains("hierarchy._nykom=/&"));
    assert_eq!(
        (figures[0].area.as_str(), figures[0].value, figures[1].value),
        ("Odder", Some(12.0), None)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn version_2_is_asked_with_the_bare_token() {
    let asking = asking(Mood::V2).await;
    let figures = asking.ask(2).await.unwrap();
    let asked = asking.asked();
    assert_eq!((asked.len(), figures.len()), (4, 8));
    assert!(asked.iter().all(|(_, _, token, _)| token == "hemmelig-noegle-uden-oe"));
    assert_eq!(asked[0].1, "/api/data/Y25I01/json/?period=l(m:24)&area=*&_ygrpi09=*");
    assert_eq!(asked[2].1, "/api/data/Y60A02/json/?period=l(m:24)&area=*");
    assert_eq!(
        (figures[0].group.as_str(), figures[0].value, figures[1].value),
        ("A-dagpenge", Some(1000.4), None)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn statbank_is_asked_for_everybody_without_a_token() {
    let asking = asking(Mood::StatBank).await;
    let config = StatBank {
        address: asking.server.address.clone(),
        seconds: 5,
    };
    let questions = statbank(&config, built_in_tables()).unwrap();
    assert!(questions.origin.ends_with("/api (folk1am)"));
    let figures = tokio::task::spawn_blocking(move || questions.ask())
        .await
        .unwrap()
        .unwrap();
    assert_eq!((figures.len(), figures[1].value), (2, Some(24_000.0)));
    let (method, path, token, body) = asking.asked().remove(0);
    assert_eq!(
        (method.as_str(), path.as_str(), token.as_str()),
        ("POST", "/api/data", "")
    );
    let body: serde_json::Value = serde_json::from_str(&body).unwrap();
    assert_eq!(
        (body["table"].as_str(), body["format"].as_str()),
        (Some("FOLK1AM"), Some("BULK"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_goes_wrong_is_said_and_nothing_is_brought_in() {
    for (mood, says) in [
        (Mood::Status(401), "jobindsats.token was refused (status 401)"),
        (Mood::Status(403), "was refused (status 403)"),
        (Mood::Status(404), "no such table"),
        (Mood::Status(500), "a fault of its own (status 500)"),
        (Mood::Status(418), "would not answer (status 418)"),
        (Mood::TooMany("120"), "Run the command again in 120 seconds."),
        (
            Mood::TooMany("Mon, 23 Nov 2026 08:00:00 GMT"),
            "again after Mon, 23 Nov 2026",
        ),
        (Mood::Moved, "the source has moved (status 302)"),
        (Mood::Html, "a web page came instead of figures"),
        (Mood::HtmlWithoutSayingSo, "found a web page"),
        (Mood::Cut, "the connection failed"),
        (Mood::OtherShape, "expected columns and rows"),
        (Mood::NotJson, "expected JSON"),
        (Mood::Silent, "no whole answer within 1 seconds"),
    ] {
        let said = asking(mood).await.refused().await;
        assert!(said.contains(says), "expected {says:?}, found {said:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_there_is_said() {
    let asking = asking(Mood::V3).await;
    let mut config = asking.jobindsats(3);
    // A port that was free a moment ago.
    let gone = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    config.address = format!("http://{gone}");
    let questions = jobindsats(&config, built_in_tables(), 1).unwrap();
    let said = tokio::task::spawn_blocking(move || questions.ask())
        .await
        .unwrap()
        .unwrap_err();
    assert!(said.words.contains("the connection failed"), "{said}");
}

#[tokio::test]
async fn a_token_only_goes_where_nobody_can_read_it() {
    let asking = asking(Mood::V3).await;
    let with = |address: &str| {
        let mut config = asking.jobindsats(3);
        config.address = address.to_owned();
        jobindsats(&config, built_in_tables(), 1)
    };
    assert!(with("https://api.example.dk/v3").is_ok());
    for address in [
        "http://api.example.dk/v3",
        "http://127.0.0.1.example.dk/v3",
        "https://user:word@api.example.dk/v3",
        "https://api.example.dk/v3?token=x",
        "ftp://127.0.0.1/",
        "api.example.dk",
        "",
    ] {
        assert!(with(address).is_err(), "{address}");
    }
    let mut config = asking.jobindsats(4);
    assert!(jobindsats(&config, built_in_tables(), 1).is_err_and(|e| e.words.contains("expected 2 or 3")));
    config.version = 3;
    for (text, says) in [
        ("", "nothing else"),
        ("to ord", "nothing else"),
        ("linje\nlinje", "nothing else"),
    ] {
        std::fs::write(&asking.token, text).unwrap();
        let said = jobindsats(&config, built_in_tables(), 1).err().unwrap();
        assert!(
            said.words.contains(says) && said.words.contains("jobindsats.token"),
            "{said}"
        );
    }
    config.token_file = "/nowhere/jobindsats.token".into();
    assert!(jobindsats(&config, built_in_tables(), 1).is_err_and(|e| e.status == 2));
}
