//! Text, tables and pictures as a tagged PDF (PDF/UA-1).
//!
//! A [`Paper`] is a list of [`Block`]s in reading order. [`Paper::write`] sets them on A4 pages, tags each with what it is, and lets the writer's own
//! validator refuse the file unless it conforms: a file that comes out can be read aloud, searched and navigated.
//!
//! | to find | look in |
//! |---|---|
//! | what a paper is made of | [`Paper`], [`Block`], [`Picture`] |
//! | how lines are broken | `text` |
//! | how blocks become pages | `layout` |
//! | how pages become a file | `write` |

mod layout;
mod text;
mod write;

pub use text::Fonts;
pub use write::Problem;

/// Red, green, blue, 0–255 each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

/// Ordinary text.
pub const INK: Colour = Colour(0x1c, 0x25, 0x24);
/// Text that stays in the background. Dark enough to read (7 to 1 on white).
pub const SOFT: Colour = Colour(0x54, 0x60, 0x5d);
/// Thin lines.
pub const LINE: Colour = Colour(0xd5, 0xd0, 0xc6);

/// A whole document.
pub struct Paper<'a> {
    /// The title, as readers show it.
    pub title: String,
    /// The language, such as `da-DK`.
    pub language: &'static str,
    /// Who stands behind it.
    pub author: String,
    /// Year, month, day.
    pub date: (u16, u8, u8),
    /// Something that is the same for the same document, and of no other.
    pub id: String,
    /// What stands at the foot of every page, left.
    pub foot: String,
    /// And right: page of pages.
    pub page: &'a dyn Fn(usize, usize) -> String,
    /// The colour of headings and rules.
    pub accent: Colour,
    /// The light colour behind notes.
    pub tint: Colour,
    /// What is in it.
    pub blocks: Vec<Block>,
}

/// A piece of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A heading of level 1 (the title), 2 or 3. Levels 1 and 2 become bookmarks.
    Heading(u8, String),
    /// Plain text; line breaks are kept.
    Text(Style, String),
    /// A number and what it is.
    Number {
        /// The number with its unit.
        value: String,
        /// What it is.
        name: String,
    },
    /// A short mark such as a traffic light has, but in words; with its colour.
    Mark(Colour, String),
    /// Somebody's own words in a box with a heading of level 3.
    Note {
        /// The heading.
        heading: String,
        /// The words.
        text: String,
    },
    /// A table with a row of heads; the first cell of every row is the row's head.
    Table {
        /// The heads with the share of the width, and whether the column holds numbers.
        columns: Vec<Column>,
        /// The rows; each as long as `columns`.
        rows: Vec<Vec<String>>,
    },
    /// A picture with the sentence that stands beneath it.
    Picture(Picture),
    /// Blocks beside a picture: this share of the width for the blocks.
    Beside(f32, Vec<Block>, Picture),
    /// A thin line across the page; says nothing.
    Rule,
    /// Blocks that stay on one page where they fit on one.
    Keep(Vec<Block>),
}

/// How text looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Large, for an introduction.
    Lead,
    /// Ordinary.
    Plain,
    /// Ordinary, bold.
    Bold,
    /// Small and soft.
    Small,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its head.
    pub head: String,
    /// Its share of the width; all together are 1.
    pub share: f32,
    /// Whether it holds numbers, which end at the right.
    pub number: bool,
}

/// A picture of lines and marks.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// What it says to those who cannot see it.
    pub alt: String,
    /// The sentence beneath it.
    pub caption: String,
    /// How wide its own scale is.
    pub width: f32,
    /// How high its own scale is; it is drawn so high, in points, and as wide as there is room.
    pub height: f32,
    /// What is drawn, in order. `x` is stretched to the room there is, `y` is not.
    pub shapes: Vec<Shape>,
}

/// A shape in a picture.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A filled rectangle: left, top, width, height.
    Rect(f32, f32, f32, f32, Colour),
    /// A line from a place to another: width of the pen, dashes (empty for none).
    Line {
        /// From.
        from: (f32, f32),
        /// To.
        to: (f32, f32),
        /// Width of the pen.
        pen: f32,
        /// Lengths of ink and gap.
        dash: Vec<f32>,
        /// Its colour.
        colour: Colour,
    },
    /// A circle: centre, radius; filled with the first colour, drawn with the second.
    Circle((f32, f32), f32, Colour, Colour),
    /// A square on its tip: centre, half its width.
    Diamond((f32, f32), f32, Colour),
    /// A word: place of the line it stands on, and whether the place is its start, middle or end.
    Word((f32, f32), Anchor, String),
}

/// What of a word is at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Its start.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}
