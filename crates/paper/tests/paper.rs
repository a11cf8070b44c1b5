//! A paper with one of everything: what comes out is read as bytes.

#![expect(clippy::unwrap_used, reason = "a test that panics fails")]

use tovholder_paper::*;

fn fonts() -> Fonts {
    let read = |weight: &str| -> &'static [u8] {
        let path = format!(
            "{}/../web/node_modules/dkfds/src/fonts/IBMPlexSans/complete/ttf/IBMPlexSans-{weight}.ttf",
            env!("CARGO_MANIFEST_DIR")
        );
        Box::leak(
            std::fs::read(path)
                .expect("run `npm ci` in crates/web")
                .into_boxed_slice(),
        )
    };
    Fonts {
        regular: read("Regular"),
        bold: read("SemiBold"),
    }
}

fn picture() -> Picture {
    Picture {
        alt: "En linje, der stiger".into(),
        caption: "Tallet er steget".into(),
        width: 100.0,
        height: 60.0,
        shapes: vec![
            Shape::Rect(10.0, 10.0, 80.0, 30.0, Colour(230, 240, 240)),
            Shape::Line {
                from: (10.0, 40.0),
                to: (90.0, 10.0),
                pen: 1.5,
                dash: vec![],
                colour: INK,
            },
            Shape::Circle((10.0, 40.0), 3.0, Colour(255, 255, 255), INK),
            Shape::Diamond((90.0, 10.0), 4.0, INK),
            Shape::Word((0.0, 58.0), Anchor::Start, "mar 26".into()),
        ],
    }
}

fn paper(blocks: Vec<Block>) -> Vec<u8> {
    let page = |at: usize, of: usize| format!("{at} af {of}");
    Paper {
        title: "Prøve".into(),
        language: "da-DK",
        author: "Rebæk Kommune".into(),
        date: (2026, 3, 16),
        id: "proeve-1".into(),
        foot: "Rebæk Kommune".into(),
        page: &page,
        accent: Colour(20, 80, 92),
        tint: Colour(234, 239, 240),
        blocks,
    }
    .write(&fonts())
    .unwrap()
}

fn count(bytes: &[u8], what: &str) -> usize {
    let what = what.as_bytes();
    bytes.windows(what.len()).filter(|window| *window == what).count()
}

fn everything() -> Vec<Block> {
    vec![
        Block::Heading(1, "Prøve på æ, ø og å".into()),
        Block::Text(Style::Lead, "Første linje\nAnden linje".into()),
        Block::Keep(vec![
            Block::Heading(2, "Et tal".into()),
            Block::Beside(
                0.4,
                vec![
                    Block::Mark(INK, "Rigtig vej".into()),
                    Block::Number {
                        value: "12,5 %".into(),
                        name: "af alle".into(),
                    },
                ],
                picture(),
            ),
            Block::Note {
                heading: "Bemærkning".into(),
                text: "Vi er på vej.".into(),
            },
        ]),
        Block::Rule,
        Block::Table {
            columns: vec![
                Column {
                    head: "Mål".into(),
                    share: 0.7,
                    number: false,
                },
                Column {
                    head: "Tal".into(),
                    share: 0.3,
                    number: true,
                },
            ],
            rows: vec![
                vec!["Færre på ydelse".into(), "5".into()],
                vec!["Flere i job".into(), String::new()],
            ],
        },
    ]
}

#[test]
fn everything_is_tagged_with_what_it_is() {
    let bytes = paper(everything());
    assert!(bytes.starts_with(b"%PDF-1."));
    for once in [
        "/StructTreeRoot",
        "/MarkInfo",
        "/DisplayDocTitle true",
        "/Outlines",
        "pdfuaid:part",
    ] {
        assert!(count(&bytes, once) >= 1, "{once}");
    }
    assert!(count(&bytes, "/Lang(da-DK)") + count(&bytes, "/Lang (da-DK)") >= 1);
    for (tag, many) in [
        ("/S/H1", 1),
        ("/S/H2", 1),
        ("/S/H3", 1),
        ("/S/Figure", 1),
        ("/S/Caption", 1),
        ("/S/Table", 1),
        ("/S/TR", 3),
        ("/S/TH", 2 + 2),
        ("/S/TD", 2),
    ] {
        let spaced = tag.replacen("/S/", "/S /", 1);
        let found = count(&bytes, tag) + count(&bytes, &spaced);
        // THead begins like TH.
        let heads = if tag == "/S/TH" { 1 } else { 0 };
        assert_eq!(found, many + heads, "{tag}");
    }
    assert_eq!(
        count(&bytes, "En linje, der stiger"),
        1,
        "the picture says what it shows"
    );
    assert!(count(&bytes, "/FontFile2") >= 2, "both fonts are embedded");
}

#[test]
fn the_same_paper_gives_the_same_bytes() {
    assert_eq!(paper(everything()), paper(everything()));
}

#[test]
fn letters_no_font_has_and_words_wider_than_a_page_are_set_all_the_same() {
    let strange = "漢字 🙂 \u{feff}\u{200d}\u{202e}\u{ad} a\u{301} \t\u{7} ≥ → € ½ »citat«";
    let long = "Sammenhængende".repeat(40);
    let bytes = paper(vec![
        Block::Heading(1, strange.into()),
        Block::Text(Style::Plain, strange.into()),
        Block::Text(Style::Plain, long),
        Block::Text(Style::Plain, "\n\n".into()),
    ]);
    assert!(bytes.starts_with(b"%PDF-1."));
}

#[test]
fn what_is_long_goes_on_on_the_next_page() {
    let long = "Ord og flere ord. ".repeat(600);
    let mut blocks = vec![Block::Heading(1, "Langt".into())];
    let one = paper(blocks.clone());
    blocks.push(Block::Keep(vec![
        Block::Heading(2, "Note".into()),
        Block::Note {
            heading: "Ord".into(),
            text: long,
        },
    ]));
    let many = paper(blocks);
    assert!(
        count(&one, "/MediaBox") == 1 && count(&many, "/MediaBox") > 2,
        "{}",
        count(&many, "/MediaBox")
    );
}
