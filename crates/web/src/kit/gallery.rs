//! All components on one page, at `/udvikling/komponenter`: for looking at, for screenshots and for the accessibility check.
//! Not part of a release build.

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use jiff::civil::{Date, date};

use crate::kit::assets;
use crate::kit::charts::{Lane, Lanes, SideBySide, Views};
use crate::kit::form::{Choice, Errors, Link};
use crate::kit::lang::Lang;
use crate::kit::shell::{Audience, DraftNotice, Flash, FlashKind, NavItem, Shell, Site, Undo, Viewer};
use crate::kit::theme::Theme;

/// Every component, once with and once without errors.
#[derive(Template)]
#[template(path = "kit/gallery.html")]
struct Gallery {
    t: Lang,
    shell: Shell,
    errors: Errors,
    none: Errors,
    choices: Vec<Choice>,
    links: Vec<Link>,
    next: Option<String>,
    previous: Option<String>,
    progress: SideBySide,
    efforts: Lanes,
    scores: [Option<u8>; 3],
    day: Date,
}

/// The page shown when something is wrong.
#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    t: Lang,
    shell: Shell,
    text: String,
    reference: Option<String>,
    back: Option<String>,
}

fn shell(t: Lang, audience: Audience) -> Shell {
    let site = Site {
        municipality: "Rebæk Kommune".into(),
        phone: "96 12 34 56".into(),
        accessibility_url: "/was".into(),
        demo: true,
        theme: Theme::default(),
    };
    let mut shell = Shell::new(Arc::new(site), t, "/udvikling/komponenter", "Komponenter");
    shell.audience = audience;
    shell.csrf = "csrf-token".into();
    let names: &[(&str, &'static str)] = match audience {
        Audience::Citizen => &[
            ("Forside", "home"),
            ("Min plan", "goal"),
            ("Samtaler", "calendar-month"),
            ("Mit hold", "groups"),
            ("Om mig", "person"),
        ],
        Audience::Employee => &[
            ("Min dag", "home"),
            ("Borgere", "persons"),
            ("Bolde", "ball"),
            ("Virksomheder", "business"),
            ("Team", "groups"),
            ("Tal", "analytics"),
        ],
        Audience::Guest => &[],
    };
    shell.nav = names
        .iter()
        .enumerate()
        .map(|(at, (label, icon))| NavItem {
            label: (*label).into(),
            href: "/udvikling/komponenter".into(),
            icon,
            current: at == 1,
            waiting: if at == 2 { 3 } else { 0 },
        })
        .collect();
    match audience {
        Audience::Citizen => {
            shell.viewer = Some(Viewer {
                name: "Mads Lindgaard".into(),
                role: "Borger".into(),
            });
            shell.flash = Some(Flash {
                kind: FlashKind::Success,
                text: "Skridtet er sat som færdigt.".into(),
                undo: Some(Undo {
                    action: "/fortryd".into(),
                    act: "1".into(),
                }),
            });
        }
        Audience::Employee => {
            shell.viewer = Some(Viewer {
                name: "Anne Marie Holm".into(),
                role: "Jobrådgiver".into(),
            });
            shell.search = true;
            shell.draft = Some(DraftNotice {
                kept: "i går kl. 14.05".into(),
                discard: "/kladde/slet".into(),
            });
        }
        Audience::Guest => {}
    }
    shell
}

fn gallery(t: Lang, audience: Audience) -> Gallery {
    let today = date(2026, 11, 16);
    let mut errors = Errors::none();
    errors.push("e-goal", "Skriv med dine egne ord, hvad du gerne vil.");
    errors.push("e-day", "Datoen er gået. Vælg en dag fra i dag og frem.");
    errors.push("e-holder", "Vælg, hvem der tager skridtet.");
    let lane = |label: &str, who: &str, from: Date, to: Option<Date>| Lane {
        label: label.into(),
        who: who.into(),
        href: String::new(),
        from,
        to,
    };
    let mut shell = shell(t, audience);
    shell.failed = true;
    Gallery {
        t,
        shell,
        errors,
        none: Errors::none(),
        choices: vec![
            Choice::new("me", "Mig selv", true),
            Choice::new("anne", "Anne Marie", false).with_hint("Din jobrådgiver"),
            Choice::new("company", "En virksomhed", false),
        ],
        links: vec![
            Link::new("Alle", "?vis=alle", false),
            Link::new("I gang", "?vis=i-gang", true),
            Link::new("Færdige", "?vis=faerdige", false),
        ],
        next: Some("?side=3".into()),
        previous: Some("?side=1".into()),
        progress: SideBySide::new(
            "Tro på, at du kan få et job",
            "Din tro på det er vokset fra 1 til 4. Anne Marie ser det lidt lavere end dig.",
            "Dig",
            "Anne Marie",
            vec![
                Views {
                    date: date(2026, 2, 3),
                    citizen: Some(1),
                    employee: Some(2),
                },
                Views {
                    date: date(2026, 4, 14),
                    citizen: Some(2),
                    employee: Some(2),
                },
                Views {
                    date: date(2026, 7, 1),
                    citizen: Some(3),
                    employee: None,
                },
                Views {
                    date: date(2026, 11, 3),
                    citizen: Some(4),
                    employee: Some(3),
                },
            ],
        ),
        efforts: Lanes::new(
            "Det sker samtidig",
            "Tre indsatser er i gang, og én begynder i januar.",
            vec![
                lane("Timer i køkkenet", "Café Solbakken", date(2026, 8, 10), None),
                lane(
                    "Samtaler om angst",
                    "Sundhedshuset",
                    date(2026, 5, 4),
                    Some(date(2026, 12, 18)),
                ),
                lane("Mentor", "Ungeindsatsen", date(2026, 9, 1), Some(date(2027, 2, 28))),
                lane(
                    "Gældsrådgivning",
                    "Frivilligcentret",
                    date(2026, 6, 1),
                    Some(date(2026, 9, 15)),
                ),
                lane(
                    "Kursus i hygiejne",
                    "Jobcentret",
                    date(2027, 1, 11),
                    Some(date(2027, 1, 29)),
                ),
            ],
            today,
        ),
        scores: [Some(4), Some(1), None],
        day: date(2026, 11, 19),
    }
}

const CSP: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; \
                   connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

fn page(template: &impl Template) -> Response {
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CSP));
    match template.render() {
        Ok(html) => (headers, Html(html)).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}

/// The page of components as it looks for a `borger`, for a `medarbejder` and for a `gaest`, in both languages, and the error page.
pub fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
{
    Router::new()
        .merge(assets::routes(&Theme::default()))
        .route(
            "/udvikling/komponenter",
            get(|t: Lang| async move { page(&gallery(t, Audience::Citizen)) }),
        )
        .route(
            "/udvikling/komponenter/{audience}",
            get(|Path(audience): Path<String>, t: Lang| async move {
                match audience.as_str() {
                    "borger" => page(&gallery(t, Audience::Citizen)),
                    "medarbejder" => page(&gallery(t, Audience::Employee)),
                    "gaest" => page(&gallery(t, Audience::Guest)),
                    "fejl" => page(&error(t)),
                    _ => StatusCode::NOT_FOUND.into_response(),
                }
            }),
        )
}

fn error(t: Lang) -> ErrorPage {
    let mut shell = shell(t, Audience::Guest);
    shell.title = t.error_server_title().into();
    ErrorPage {
        t,
        shell,
        text: t.error_server_text().into(),
        reference: Some("7F3K".into()),
        back: None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn attributes<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
        let marker = format!(" {name}=\"");
        html.split(marker.as_str())
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect()
    }

    fn all_pages() -> Vec<String> {
        let mut pages = Vec::new();
        for t in [Lang::Da, Lang::En] {
            for audience in [Audience::Citizen, Audience::Employee, Audience::Guest] {
                pages.push(gallery(t, audience).render().expect("a page of components"));
            }
            pages.push(error(t).render().expect("an error page"));
        }
        pages
    }

    #[test]
    fn ids_are_unique_and_every_reference_leads_somewhere() {
        for html in all_pages() {
            let ids = attributes(&html, "id");
            let known: BTreeSet<&str> = ids.iter().copied().collect();
            assert_eq!(ids.len(), known.len(), "an id stands twice: {ids:?}");
            for name in ["for", "aria-describedby", "aria-labelledby"] {
                for target in attributes(&html, name).into_iter().flat_map(str::split_whitespace) {
                    assert!(known.contains(target), "{name}={target:?} leads nowhere");
                }
            }
            for target in attributes(&html, "href")
                .into_iter()
                .filter_map(|href| href.strip_prefix('#'))
            {
                assert!(known.contains(target), "href=#{target} leads nowhere");
            }
        }
    }

    #[test]
    fn nothing_is_inline_that_the_security_policy_forbids() {
        for html in all_pages() {
            assert!(attributes(&html, "style").is_empty() && !html.contains("<style"));
            assert_eq!(html.matches("<script").count(), 1);
            assert!(!html.contains(" onclick") && !html.contains(" hx-on"));
        }
    }

    #[test]
    fn every_form_that_posts_carries_the_token() {
        for html in all_pages() {
            for form in html.split("<form").skip(1) {
                let form = form.split("</form>").next().expect("split gives one part");
                let head = form.split('>').next().expect("split gives one part");
                if head.contains("post") {
                    assert!(form.contains("name=\"_csrf\" value=\"csrf-token\""), "{form}");
                }
            }
        }
    }

    #[test]
    fn errors_stand_in_the_summary_and_at_the_field() {
        let html = gallery(Lang::Da, Audience::Citizen)
            .render()
            .expect("a page of components");
        assert!(html.contains("<title>Fejl: Komponenter – Rebæk Kommune</title>"));
        let message = "Skriv med dine egne ord, hvad du gerne vil.";
        assert_eq!(html.matches(message).count(), 2);
        assert!(html.contains("<a href=\"#e-goal\">"));
        assert!(html.contains("aria-invalid=\"true\" aria-describedby=\"e-goal-hint e-goal-error\""));
        // What was typed is still there, with everything that could break out of the field made harmless.
        assert!(html.contains("&#60;b&#62;Kok&#60;/b&#62;"), "{html}");
    }
}
