//! Pages become a file.

use std::fmt;
use std::num::NonZeroU16;

use krilla::color::rgb;
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{Path, PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, LineCap, Stroke, StrokeDash};
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, BBox, ContentTag, Identifier, SpanTag, TableHeaderScope, Tag, TagGroup, TagKind, TagTree,
};
use krilla::{Document, SerializeSettings};

use crate::layout::{self, Bookmark, Group, HEIGHT, Ink, Kind, Set, WIDTH};
use crate::text::{Face, Fonts};
use crate::{Colour, Paper};

/// Why there is no file.
#[derive(Debug)]
pub enum Problem {
    /// A font cannot be read.
    Font,
    /// The file would not conform to PDF/UA-1, or cannot be written: what the writer said.
    Refused(String),
}
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Problem::Font => f.write_str("a font cannot be read"),
            Problem::Refused(why) => write!(f, "the document was refused: {why}"),
        }
    }
}
impl std::error::Error for Problem {}

impl Paper<'_> {
    /// The document as a PDF file. The same paper gives the same bytes.
    ///
    /// # Errors
    /// A font cannot be read, or the file would not conform to PDF/UA-1.
    pub fn write(&self, fonts: &Fonts) -> Result<Vec<u8>, Problem> {
        let set = layout::set(self, fonts)?;
        let refused = |error: &dyn fmt::Debug| Problem::Refused(format!("{error:?}"));
        let configuration = ConfigurationBuilder::new()
            .with_accessibility_validator(Accessibility::UA1)
            .finish()
            .map_err(|error| refused(&error))?;
        let mut document = Document::new_with(SerializeSettings {
            configuration,
            ..SerializeSettings::default()
        });
        let mut pieces: Vec<Vec<Identifier>> = set.nodes.iter().map(|_| vec![]).collect();
        let mut boxes: Vec<Option<BBox>> = vec![None; set.nodes.len()];
        for (at, groups) in set.pages.iter().enumerate() {
            let size = PageSettings::from_wh(WIDTH, HEIGHT).ok_or_else(|| refused(&"the page has no size"))?;
            let mut page = document.start_page_with(size);
            let mut surface = page.surface();
            for group in groups {
                draw(&mut surface, &set, at, group, &mut pieces, &mut boxes);
            }
            surface.finish();
            page.finish();
        }
        let mut tree = TagTree::new().with_lang(Some(self.language.to_owned()));
        for root in &set.roots {
            tree.push(tagged(&set, *root, &mut pieces, &boxes));
        }
        document.set_tag_tree(tree);
        document.set_outline(outline(&set.bookmarks));
        let (year, month, day) = self.date;
        document.set_metadata(
            Metadata::new()
                .title(self.title.clone())
                .language(self.language.to_owned())
                .authors(vec![self.author.clone()])
                .creator("Tovholder".to_owned())
                .document_id(self.id.clone())
                .creation_date(DateTime::new(year).month(month).day(day)),
        );
        document.finish().map_err(|error| refused(&error))
    }
}

fn draw(
    surface: &mut Surface<'_>,
    set: &Set<'_>,
    page: usize,
    group: &Group,
    pieces: &mut [Vec<Identifier>],
    boxes: &mut [Option<BBox>],
) {
    let artifact = |kind| ContentTag::Artifact(Artifact::with_kind(kind));
    let tag = match group.node {
        None if group.foot => artifact(ArtifactType::Footer),
        None => artifact(ArtifactType::Layout),
        Some(node) if matches!(set.nodes[node].kind, Kind::Figure(_)) => ContentTag::Other,
        Some(_) => ContentTag::Span(SpanTag::empty()),
    };
    let identifier = surface.start_tagged(tag);
    for ink in &group.ink {
        apply(surface, set, ink);
    }
    surface.end_tagged();
    if let Some(node) = group.node {
        pieces[node].push(identifier);
        if matches!(set.nodes[node].kind, Kind::Figure(_)) {
            boxes[node] = around(&group.ink).map(|rect| BBox::new(page, rect));
        }
    }
}

/// What a picture covers.
fn around(ink: &[Ink]) -> Option<Rect> {
    let (mut left, mut top, mut right, mut bottom) = (f32::MAX, f32::MAX, f32::MIN, f32::MIN);
    let mut hold = |x: f32, y: f32| {
        (left, right) = (left.min(x), right.max(x));
        (top, bottom) = (top.min(y), bottom.max(y));
    };
    for ink in ink {
        match ink {
            Ink::Word(word) => hold(word.x, word.y),
            Ink::Rect(x, y, w, h, _) => {
                hold(*x, *y);
                hold(x + w, y + h);
            }
            Ink::Line(from, to, ..) => {
                hold(from.0, from.1);
                hold(to.0, to.1);
            }
            Ink::Circle((x, y), r, ..) | Ink::Diamond((x, y), r, _) => {
                hold(x - r, y - r);
                hold(x + r, y + r);
            }
        }
    }
    Rect::from_ltrb(left, top, right, bottom)
}

fn fill(colour: Colour) -> Option<Fill> {
    Some(Fill {
        paint: rgb::Color::new(colour.0, colour.1, colour.2).into(),
        opacity: NormalizedF32::ONE,
        rule: FillRule::NonZero,
    })
}

fn pen(colour: Colour, width: f32, dash: &[f32]) -> Option<Stroke> {
    Some(Stroke {
        paint: rgb::Color::new(colour.0, colour.1, colour.2).into(),
        width,
        line_cap: LineCap::Butt,
        dash: (!dash.is_empty()).then(|| StrokeDash {
            array: dash.to_vec(),
            offset: 0.0,
        }),
        ..Stroke::default()
    })
}

fn path(build: impl FnOnce(&mut PathBuilder)) -> Option<Path> {
    let mut builder = PathBuilder::new();
    build(&mut builder);
    builder.finish()
}

fn apply(surface: &mut Surface<'_>, set: &Set<'_>, ink: &Ink) {
    let (shape, filled, drawn) = match ink {
        Ink::Word(word) => {
            let cut = match word.face {
                Face::Regular => &set.regular,
                Face::Bold => &set.bold,
            };
            surface.set_stroke(None);
            surface.set_fill(fill(word.colour));
            let start = Point::from_xy(word.x, word.y);
            surface.draw_glyphs(
                start,
                &cut.glyphs(&word.text),
                cut.font.clone(),
                &word.text,
                word.size,
                false,
            );
            return;
        }
        Ink::Rect(x, y, w, h, colour) => {
            let rect = Rect::from_xywh(*x, *y, *w, *h);
            (rect.and_then(|rect| path(|p| p.push_rect(rect))), fill(*colour), None)
        }
        Ink::Line(from, to, width, dash, colour) => {
            let line = path(|p| {
                p.move_to(from.0, from.1);
                p.line_to(to.0, to.1);
            });
            (line, None, pen(*colour, *width, dash))
        }
        Ink::Circle((x, y), r, inside, outside) => {
            // Four curves; the handle that makes them round.
            let k = r * 0.552_284_8;
            let circle = path(|p| {
                p.move_to(x + r, *y);
                p.cubic_to(x + r, y + k, x + k, y + r, *x, y + r);
                p.cubic_to(x - k, y + r, x - r, y + k, x - r, *y);
                p.cubic_to(x - r, y - k, x - k, y - r, *x, y - r);
                p.cubic_to(x + k, y - r, x + r, y - k, x + r, *y);
                p.close();
            });
            (circle, fill(*inside), pen(*outside, 1.2, &[]))
        }
        Ink::Diamond((x, y), r, colour) => {
            let diamond = path(|p| {
                p.move_to(*x, y - r);
                p.line_to(x + r, *y);
                p.line_to(*x, y + r);
                p.line_to(x - r, *y);
                p.close();
            });
            (diamond, fill(*colour), None)
        }
    };
    if let Some(shape) = shape {
        surface.set_fill(filled);
        surface.set_stroke(drawn);
        surface.draw_path(&shape);
    }
}

fn tagged(set: &Set<'_>, node: usize, pieces: &mut [Vec<Identifier>], boxes: &[Option<BBox>]) -> TagGroup {
    let tag: TagKind = match &set.nodes[node].kind {
        Kind::Section => Tag::Section.into(),
        Kind::Heading(level, title) => {
            let level = NonZeroU16::new(u16::from(*level)).unwrap_or(NonZeroU16::MIN);
            Tag::Hn(level, Some(title.clone())).into()
        }
        Kind::Paragraph => Tag::P.into(),
        Kind::Table => Tag::Table.into(),
        Kind::Head => Tag::THead.into(),
        Kind::Body => Tag::TBody.into(),
        Kind::Row => Tag::TR.into(),
        Kind::ColumnHead => Tag::TH(TableHeaderScope::Column).into(),
        Kind::RowHead => Tag::TH(TableHeaderScope::Row).into(),
        Kind::Cell => Tag::TD.into(),
        Kind::Figure(alt) => Tag::Figure(Some(alt.clone())).with_bbox(boxes[node]).into(),
        Kind::Caption => Tag::Caption.into(),
    };
    let mut group = TagGroup::new(tag);
    for piece in std::mem::take(&mut pieces[node]) {
        group.push(piece);
    }
    for child in &set.nodes[node].children {
        group.push(tagged(set, *child, pieces, boxes));
    }
    group
}

/// Headings of level 2 lie under the one of level 1 before them.
fn outline(bookmarks: &[Bookmark]) -> Outline {
    let node = |(_, text, page, y): &Bookmark| {
        let to = XyzDestination::new(*page, Point::from_xy(0.0, *y));
        OutlineNode::new(text.clone(), to)
    };
    let mut outline = Outline::new();
    let mut rest = bookmarks;
    while let Some((first, after)) = rest.split_first() {
        let mut top = node(first).with_open(true);
        let end = after.iter().position(|b| b.0 == 1).unwrap_or(after.len());
        for under in &after[..end] {
            top.push_child(node(under));
        }
        outline.push_child(top);
        rest = &after[end..];
    }
    outline
}
