//! The files a browser asks for besides the page, embedded in the binary by `build/assets.rs`.
//!
//! Templates get addresses from here and nowhere else: [`css`], [`js`], [`icon`], [`mark`]. A name carries a fingerprint of the
//! content, so the browser may keep the file for a year and never asks again.

use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::kit::theme::Theme;

mod built {
    use super::File;

    include!(concat!(env!("OUT_DIR"), "/assets.rs"));

    /// The embedded file of that name.
    pub(super) fn find(name: &str) -> Option<&'static File> {
        FILES.iter().find(|file| file.name == name)
    }

    #[cfg(test)]
    pub(super) fn all() -> &'static [File] {
        FILES
    }
}

pub use built::{ICON_NAMES, PAPER_REGULAR, PAPER_SEMIBOLD};

/// One embedded file with its compressed forms.
#[derive(Debug)]
struct File {
    name: &'static str,
    mime: &'static str,
    plain: &'static [u8],
    br: Option<&'static [u8]>,
    gzip: Option<&'static [u8]>,
}

/// Address of the stylesheet.
#[must_use]
pub const fn css() -> &'static str {
    built::CSS
}

/// Address of the script.
#[must_use]
pub const fn js() -> &'static str {
    built::JS
}

/// Address of the mark of Tovholder, also used as the icon of the browser's tab.
#[must_use]
pub const fn mark() -> &'static str {
    built::MARK
}

/// Addresses of the two fonts every page needs, so that the page can ask for them before it has read the stylesheet.
#[must_use]
pub const fn fonts() -> [&'static str; 2] {
    [built::FONT_REGULAR, built::FONT_SEMIBOLD]
}

/// Address of one icon in the sheet of icons, for `<use href>`.
///
/// An unknown name shows as nothing at all, which is easy to miss; a test reads all templates and looks for such names, and a
/// debug build stops here.
#[must_use]
pub fn icon(name: &str) -> String {
    debug_assert!(
        ICON_NAMES.contains(&name),
        "no icon named {name:?}: add it in build/assets.rs or assets/icons/"
    );
    format!("{}#{name}", built::ICONS)
}

/// Serves everything under `/assets/`: the embedded files and the municipality's [`Theme`].
pub fn routes<S>(theme: &Theme) -> Router<S>
where
    S: Clone + Send + Sync + 'static,
{
    let theme = theme.clone();
    Router::new().route(
        "/assets/{name}",
        get(move |Path(name): Path<String>, headers: HeaderMap| async move {
            if theme.url().strip_prefix("/assets/") == Some(name.as_str()) {
                // A handful of colours: too small to be worth compressing.
                return answer("text/css; charset=utf-8", None, true, theme.css().to_owned());
            }
            serve(&name, &headers)
        }),
    )
}

fn serve(name: &str, headers: &HeaderMap) -> Response {
    let Some(file) = built::find(name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let accepted = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let (encoding, body) = match (file.br, file.gzip) {
        (Some(br), _) if accepts(accepted, "br") => (Some("br"), br),
        (_, Some(gzip)) if accepts(accepted, "gzip") => (Some("gzip"), gzip),
        _ => (None, file.plain),
    };
    // The one file without a fingerprint: it must not stay in a browser for a year.
    let fingerprinted = file.name != "licences.txt";
    answer(file.mime, encoding, fingerprinted, body)
}

fn answer(mime: &'static str, encoding: Option<&'static str>, keep: bool, body: impl IntoResponse) -> Response {
    let keep = if keep {
        "public, max-age=31536000, immutable"
    } else {
        "public, max-age=3600"
    };
    let fixed: [(HeaderName, &str); 4] = [
        (header::CONTENT_TYPE, mime),
        (header::CACHE_CONTROL, keep),
        (header::VARY, "accept-encoding"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    match encoding {
        Some(encoding) => (fixed, [(header::CONTENT_ENCODING, encoding)], body).into_response(),
        None => (fixed, body).into_response(),
    }
}

/// Whether a list such as `gzip, br;q=0.5` accepts a coding. A quality of zero is a refusal.
fn accepts(list: &str, coding: &str) -> bool {
    list.split(',').any(|item| {
        let mut parts = item.split(';').map(str::trim);
        parts.next().is_some_and(|name| name.eq_ignore_ascii_case(coding))
            && !parts.any(|parameter| {
                parameter
                    .strip_prefix("q=")
                    .is_some_and(|quality| quality.trim().parse::<f32>().is_ok_and(|q| q <= 0.0))
            })
    })
}

#[cfg(test)]
mod tests {
    use axum::body::{Body, to_bytes};
    use axum::http::Request;
    use tower::ServiceExt as _;

    use super::*;

    async fn ask(path: &str, encodings: &str) -> (StatusCode, HeaderMap, Vec<u8>) {
        let request = Request::get(path)
            .header(header::ACCEPT_ENCODING, encodings)
            .body(Body::empty())
            .expect("a plain request");
        let response = routes::<()>(&Theme::default())
            .oneshot(request)
            .await
            .expect("the router never fails");
        let (head, body) = response.into_parts();
        (
            head.status,
            head.headers,
            to_bytes(body, 10_000_000).await.expect("an embedded body").to_vec(),
        )
    }

    #[tokio::test]
    async fn the_stylesheet_is_served_compressed_and_for_good() {
        let (status, headers, body) = ask(css(), "gzip, deflate, br").await;
        assert_eq!(status, StatusCode::OK);
        assert_eq!(headers[header::CONTENT_TYPE], "text/css; charset=utf-8");
        assert_eq!(headers[header::CONTENT_ENCODING], "br");
        assert_eq!(headers[header::CACHE_CONTROL], "public, max-age=31536000, immutable");
        assert_eq!(headers[header::VARY], "accept-encoding");

        let mut unpacked = Vec::new();
        brotli::BrotliDecompress(&mut &body[..], &mut unpacked).expect("brotli");
        let (_, plain_headers, plain) = ask(css(), "").await;
        assert!(!plain_headers.contains_key(header::CONTENT_ENCODING));
        assert_eq!(unpacked, plain);

        let (_, gzip_headers, _) = ask(css(), "gzip;q=1, br;q=0").await;
        assert_eq!(gzip_headers[header::CONTENT_ENCODING], "gzip");
    }

    #[tokio::test]
    async fn what_is_not_there_is_not_found() {
        assert_eq!(ask("/assets/app.css", "br").await.0, StatusCode::NOT_FOUND);
        assert_eq!(ask("/assets/..%2fapp.css", "br").await.0, StatusCode::NOT_FOUND);
        assert_eq!(
            ask("/assets/theme-000000000000.css", "br").await.0,
            StatusCode::NOT_FOUND
        );
    }

    #[tokio::test]
    async fn the_theme_is_served_under_its_own_name() {
        let (status, headers, body) = ask(Theme::default().url(), "br").await;
        assert_eq!(status, StatusCode::OK);
        assert_eq!(headers[header::CONTENT_TYPE], "text/css; charset=utf-8");
        assert_eq!(body, Theme::default().css().as_bytes());
    }

    #[tokio::test]
    async fn licences_of_others_are_there_to_read() {
        let (status, headers, body) = ask("/assets/licences.txt", "").await;
        let text = String::from_utf8(body).expect("text");
        assert_eq!(status, StatusCode::OK);
        assert_eq!(headers[header::CACHE_CONTROL], "public, max-age=3600");
        for part in ["SIL OPEN FONT LICENSE", "Zero-Clause BSD", "Danish Business Authority"] {
            assert!(text.contains(part), "{part} is missing");
        }
    }

    #[test]
    fn the_first_view_leaves_room_for_the_page_itself() {
        // 130 KB is the budget for everything; 15 KB of it is for the page.
        let packed = |url: &str| {
            let file = built::find(url.trim_start_matches("/assets/")).expect("an embedded file");
            file.br.unwrap_or(file.plain).len()
        };
        let total: usize = [css(), js(), mark(), built::ICONS, fonts()[0], fonts()[1]]
            .into_iter()
            .map(packed)
            .sum();
        assert!(total <= 115_000, "{total} bytes");
    }

    #[test]
    fn the_stylesheet_asks_for_nothing_that_is_not_served() {
        let css = built::all()
            .iter()
            .find(|file| file.name.ends_with(".css"))
            .expect("a stylesheet");
        let css = std::str::from_utf8(css.plain).expect("text");
        for part in css.split("url(").skip(1) {
            let target = part.trim_start_matches('"');
            let known = target.starts_with("data:image/svg+xml,")
                || target
                    .strip_prefix("/assets/")
                    .and_then(|rest| built::find(rest.split(')').next()?))
                    .is_some();
            assert!(known, "url({}", &target[..target.len().min(80)]);
        }
        assert!(!css.contains("@import"));
    }

    #[test]
    fn every_icon_a_template_names_exists() {
        fn walk(dir: &std::path::Path, seen: &mut usize) {
            for entry in std::fs::read_dir(dir).expect("templates can be read") {
                let path = entry.expect("templates can be read").path();
                if path.is_dir() {
                    walk(&path, seen);
                    continue;
                }
                let text = std::fs::read_to_string(&path).expect("templates are text");
                for marker in ["icon(\"", "icon=\""] {
                    for part in text.split(marker).skip(1) {
                        let name = part.split('"').next().expect("split gives one part");
                        assert!(
                            name.is_empty() || ICON_NAMES.contains(&name),
                            "{}: no icon {name:?}",
                            path.display()
                        );
                        *seen += 1;
                    }
                }
            }
        }
        let mut seen = 0;
        walk(
            &std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("templates"),
            &mut seen,
        );
        assert!(
            seen > 5,
            "only {seen} icons found: does the test still read the templates?"
        );
    }
}
