//! Blocks become rows, rows become pages.
//!
//! A row is a slice of the page that is not broken: a line of text, a row of a table, a picture. Its marks are placed from its own top; putting it on
//! a page only moves it down.

use crate::text::{Cut, Face, Fonts};
use crate::write::Problem;
use crate::{Anchor, Block, Colour, INK, LINE, Paper, Picture, SOFT, Shape, Style};

/// A4, in points.
pub(crate) const WIDTH: f32 = 595.28;
pub(crate) const HEIGHT: f32 = 841.89;
const LEFT: f32 = 56.0;
const TOP: f32 = 56.0;
const BOTTOM: f32 = HEIGHT - 64.0;
/// The line the foot stands on.
const FOOT: f32 = HEIGHT - 34.0;
/// The room for text.
const ROOM: f32 = WIDTH - 2.0 * LEFT;
/// Between the lines of a text, by its size.
const LEADING: f32 = 1.42;

/// What a node of the structure is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind {
    Section,
    Heading(u8, String),
    Paragraph,
    Table,
    Head,
    Body,
    Row,
    ColumnHead,
    RowHead,
    Cell,
    /// With its alternative text.
    Figure(String),
    Caption,
}

/// A node of the structure.
pub(crate) struct Node {
    pub(crate) kind: Kind,
    pub(crate) children: Vec<usize>,
}

/// A text that is drawn.
#[derive(Clone)]
pub(crate) struct Word {
    pub(crate) x: f32,
    pub(crate) y: f32,
    pub(crate) face: Face,
    pub(crate) size: f32,
    pub(crate) colour: Colour,
    pub(crate) text: String,
}

/// Something that is drawn.
#[derive(Clone)]
pub(crate) enum Ink {
    Word(Word),
    Rect(f32, f32, f32, f32, Colour),
    Line((f32, f32), (f32, f32), f32, Vec<f32>, Colour),
    Circle((f32, f32), f32, Colour, Colour),
    Diamond((f32, f32), f32, Colour),
}

impl Ink {
    fn down(&mut self, by: f32) {
        match self {
            Ink::Word(word) => word.y += by,
            Ink::Rect(_, y, ..) | Ink::Circle((_, y), ..) | Ink::Diamond((_, y), ..) => *y += by,
            Ink::Line(from, to, ..) => {
                from.1 += by;
                to.1 += by;
            }
        }
    }
}

/// What belongs to one node, or says nothing.
#[derive(Clone)]
pub(crate) struct Group {
    /// The node; none for what only decorates.
    pub(crate) node: Option<usize>,
    /// Whether it stands at the foot of the page.
    pub(crate) foot: bool,
    pub(crate) ink: Vec<Ink>,
}

/// A slice that is not broken.
struct Row {
    /// Room above, left out at the top of a page.
    before: f32,
    height: f32,
    groups: Vec<Group>,
    /// Headings in it: level, text, place.
    headings: Vec<(u8, String, f32)>,
}

impl Row {
    fn of(height: f32, groups: Vec<Group>) -> Row {
        Row {
            before: 0.0,
            height,
            groups,
            headings: vec![],
        }
    }

    fn down(&mut self, by: f32) {
        self.groups
            .iter_mut()
            .flat_map(|g| &mut g.ink)
            .for_each(|ink| ink.down(by));
        self.headings.iter_mut().for_each(|h| h.2 += by);
    }
}

/// Rows as one.
fn stacked(rows: Vec<Row>) -> Row {
    let mut all = Row::of(0.0, vec![]);
    for (at, mut row) in rows.into_iter().enumerate() {
        if at == 0 {
            all.before = row.before;
        } else {
            all.height += row.before;
        }
        row.down(all.height);
        all.height += row.height;
        all.groups.extend(row.groups);
        all.headings.extend(row.headings);
    }
    all
}

/// A heading as a bookmark: level, text, page, place.
pub(crate) type Bookmark = (u8, String, usize, f32);

/// A document on its pages.
pub(crate) struct Set<'f> {
    pub(crate) pages: Vec<Vec<Group>>,
    pub(crate) nodes: Vec<Node>,
    /// The nodes at the top.
    pub(crate) roots: Vec<usize>,
    pub(crate) bookmarks: Vec<Bookmark>,
    pub(crate) regular: Cut<'f>,
    pub(crate) bold: Cut<'f>,
}

/// Sets a paper on pages.
pub(crate) fn set<'f>(paper: &Paper<'_>, fonts: &Fonts) -> Result<Set<'f>, Problem> {
    let mut setter = Setter {
        nodes: vec![],
        regular: Cut::read(fonts.regular).ok_or(Problem::Font)?,
        bold: Cut::read(fonts.bold).ok_or(Problem::Font)?,
        accent: paper.accent,
        tint: paper.tint,
    };
    let mut roots = Vec::new();
    let mut pages: Vec<Vec<Group>> = vec![vec![]];
    let mut bookmarks = Vec::new();
    let mut y = TOP;
    for block in &paper.blocks {
        for mut row in setter.rows(block, LEFT, ROOM, &mut roots) {
            if y > TOP {
                y += row.before;
            }
            if y + row.height > BOTTOM && y > TOP {
                pages.push(vec![]);
                y = TOP;
            }
            row.down(y);
            y += row.height;
            let page = pages.len() - 1;
            bookmarks.extend(
                row.headings
                    .into_iter()
                    .map(|(level, text, at)| (level, text, page, at)),
            );
            pages[page].extend(row.groups);
        }
    }
    let many = pages.len();
    for (at, page) in pages.iter_mut().enumerate() {
        let right = (paper.page)(at + 1, many);
        let size = 8.5;
        let right_width = setter.regular.width(&setter.regular.known(&right), size);
        let word = |x: f32, text: &str| {
            Ink::Word(Word {
                x,
                y: FOOT,
                face: Face::Regular,
                size,
                colour: SOFT,
                text: setter.regular.known(text),
            })
        };
        let rule = Ink::Line((LEFT, FOOT - 14.0), (WIDTH - LEFT, FOOT - 14.0), 0.6, vec![], LINE);
        page.push(Group {
            node: None,
            foot: true,
            ink: vec![rule, word(LEFT, &paper.foot), word(WIDTH - LEFT - right_width, &right)],
        });
    }
    Ok(Set {
        pages,
        nodes: setter.nodes,
        roots,
        bookmarks,
        regular: setter.regular,
        bold: setter.bold,
    })
}

struct Setter<'f> {
    nodes: Vec<Node>,
    regular: Cut<'f>,
    bold: Cut<'f>,
    accent: Colour,
    tint: Colour,
}

/// How a text is set.
#[derive(Clone, Copy)]
struct Look {
    face: Face,
    size: f32,
    colour: Colour,
}

impl Setter<'_> {
    fn cut(&self, face: Face) -> &Cut<'_> {
        match face {
            Face::Regular => &self.regular,
            Face::Bold => &self.bold,
        }
    }

    fn node(&mut self, kind: Kind, parent: &mut Vec<usize>) -> usize {
        self.nodes.push(Node { kind, children: vec![] });
        parent.push(self.nodes.len() - 1);
        self.nodes.len() - 1
    }

    fn child(&mut self, kind: Kind, parent: usize) -> usize {
        self.nodes.push(Node { kind, children: vec![] });
        let node = self.nodes.len() - 1;
        self.nodes[parent].children.push(node);
        node
    }

    /// A text's lines, each a row of its node.
    fn text(&self, look: Look, text: &str, x: f32, width: f32, node: usize) -> Vec<Row> {
        let height = look.size * LEADING;
        let lines = self.cut(look.face).lines(text, look.size, width);
        let last = lines.len() - 1;
        lines
            .into_iter()
            .enumerate()
            .map(|(at, mut line)| {
                // A line that goes on ends with a blank, so that the words stay apart when read aloud or copied.
                if at < last && !line.is_empty() {
                    line.push(' ');
                }
                let ink = (!line.is_empty()).then(|| {
                    Ink::Word(Word {
                        x,
                        y: height * 0.5 + look.size * 0.35,
                        face: look.face,
                        size: look.size,
                        colour: look.colour,
                        text: line,
                    })
                });
                let groups = ink.map(|ink| Group {
                    node: Some(node),
                    foot: false,
                    ink: vec![ink],
                });
                Row::of(height, groups.into_iter().collect())
            })
            .collect()
    }

    fn rows(&mut self, block: &Block, x: f32, width: f32, parent: &mut Vec<usize>) -> Vec<Row> {
        match block {
            Block::Heading(level, text) => {
                let (size, before) = match level {
                    1 => (25.0, 0.0),
                    2 => (15.0, 16.0),
                    _ => (10.5, 8.0),
                };
                let colour = if *level < 3 { self.accent } else { INK };
                let look = Look {
                    face: Face::Bold,
                    size,
                    colour,
                };
                let node = self.node(Kind::Heading(*level, text.clone()), parent);
                // A heading is not broken from its own second line.
                let mut row = stacked(self.text(look, text, x, width, node));
                row.before = before;
                row.height += size * 0.3;
                if *level < 3 {
                    row.headings.push((*level, self.bold.known(text), 0.0));
                }
                vec![row]
            }
            Block::Text(style, text) => {
                let (face, size, colour, before) = match style {
                    Style::Lead => (Face::Regular, 12.0, INK, 6.0),
                    Style::Plain => (Face::Regular, 10.0, INK, 4.0),
                    Style::Bold => (Face::Bold, 10.0, INK, 4.0),
                    Style::Small => (Face::Regular, 8.5, SOFT, 3.0),
                };
                let node = self.node(Kind::Paragraph, parent);
                let mut rows = self.text(Look { face, size, colour }, text, x, width, node);
                rows[0].before = before;
                rows
            }
            Block::Number { value, name } => {
                let node = self.node(Kind::Paragraph, parent);
                let colour = INK;
                let (big, small) = (
                    Look {
                        face: Face::Bold,
                        size: 22.0,
                        colour,
                    },
                    Look {
                        face: Face::Regular,
                        size: 10.0,
                        colour,
                    },
                );
                let mut rows = self.text(big, &format!("{value} "), x, width, node);
                rows.extend(self.text(small, name, x, width, node));
                vec![stacked(rows)]
            }
            Block::Mark(colour, text) => {
                let node = self.node(Kind::Paragraph, parent);
                let look = Look {
                    face: Face::Bold,
                    size: 9.0,
                    colour: *colour,
                };
                let mut row = stacked(self.text(look, text, x + 10.0, width - 10.0, node));
                let bar = Ink::Rect(x, 2.0, 4.0, row.height - 4.0, *colour);
                row.groups.push(decoration(vec![bar]));
                row.height += 2.0;
                vec![row]
            }
            Block::Note { heading, text } => self.note(heading, text, x, width, parent),
            Block::Table { columns, rows } => self.table(columns, rows, x, width, parent),
            Block::Picture(picture) => self.picture(picture, x, width, parent),
            Block::Beside(share, blocks, picture) => {
                let gap = 18.0;
                let left = width * share - gap / 2.0;
                let mut rows = Vec::new();
                for block in blocks {
                    rows.extend(self.rows(block, x, left, parent));
                }
                let mut row = stacked(rows);
                let beside = stacked(self.picture(picture, x + left + gap, width - left - gap, parent));
                row.height = row.height.max(beside.height);
                row.groups.extend(beside.groups);
                row.before = 2.0;
                vec![row]
            }
            Block::Rule => {
                let line = Ink::Line((x, 0.0), (x + width, 0.0), 0.8, vec![], LINE);
                let mut row = Row::of(0.0, vec![decoration(vec![line])]);
                row.before = 16.0;
                vec![row]
            }
            Block::Keep(blocks) => {
                let section = self.node(Kind::Section, parent);
                let mut children = Vec::new();
                let mut rows = Vec::new();
                for block in blocks {
                    rows.extend(self.rows(block, x, width, &mut children));
                }
                self.nodes[section].children = children;
                let height: f32 = rows.iter().map(|row| row.before + row.height).sum();
                if height > BOTTOM - TOP {
                    rows
                } else {
                    vec![stacked(rows)]
                }
            }
        }
    }

    /// A box is as many strips of colour as it has lines, so that it may go on on the next page.
    fn note(&mut self, heading: &str, text: &str, x: f32, width: f32, parent: &mut Vec<usize>) -> Vec<Row> {
        const PAD: f32 = 10.0;
        let look = |face, size| Look {
            face,
            size,
            colour: INK,
        };
        let (left, room) = (x + PAD, width - 2.0 * PAD);
        let head = self.node(Kind::Heading(3, heading.to_owned()), parent);
        let mut rows = vec![Row::of(PAD * 0.6, vec![])];
        rows.extend(self.text(look(Face::Bold, 9.0), heading, left, room, head));
        let body = self.node(Kind::Paragraph, parent);
        rows.extend(self.text(look(Face::Regular, 10.0), text, left, room, body));
        rows.push(Row::of(PAD * 0.8, vec![]));
        for row in &mut rows {
            // A hair higher than the row, so that no white line shows between the strips.
            let strip = Ink::Rect(x, 0.0, width, row.height + 0.2, self.tint);
            let edge = Ink::Rect(x, 0.0, 3.0, row.height + 0.2, self.accent);
            row.groups.insert(0, decoration(vec![strip, edge]));
        }
        rows[0].before = 8.0;
        rows
    }

    fn table(
        &mut self,
        columns: &[crate::Column],
        rows: &[Vec<String>],
        x: f32,
        width: f32,
        parent: &mut Vec<usize>,
    ) -> Vec<Row> {
        let table = self.node(Kind::Table, parent);
        let head = self.child(Kind::Head, table);
        let body = self.child(Kind::Body, table);
        let heads: Vec<String> = columns.iter().map(|c| c.head.clone()).collect();
        let mut set = vec![self.table_row(columns, &heads, x, width, head)];
        for row in rows {
            set.push(self.table_row(columns, row, x, width, body));
        }
        set[0].before = 4.0;
        set
    }

    fn table_row(&mut self, columns: &[crate::Column], cells: &[String], x: f32, width: f32, within: usize) -> Row {
        const PAD: f32 = 4.0;
        let is_head = self.nodes[within].kind == Kind::Head;
        let row = self.child(Kind::Row, within);
        let mut set = Row::of(0.0, vec![]);
        let mut left = x;
        for (at, (column, cell)) in columns.iter().zip(cells).enumerate() {
            let kind = match (is_head, at) {
                (true, _) => Kind::ColumnHead,
                (false, 0) => Kind::RowHead,
                (false, _) => Kind::Cell,
            };
            let node = self.child(kind, row);
            let look = Look {
                face: if is_head { Face::Bold } else { Face::Regular },
                size: 9.0,
                colour: if is_head { SOFT } else { INK },
            };
            let room = width * column.share - PAD * 2.0;
            // A cell without anything in it would be no cell to a reader.
            let text = if cell.trim().is_empty() { "–" } else { cell };
            let mut lines = stacked(self.text(look, text, left + PAD, room, node));
            if column.number {
                for ink in lines.groups.iter_mut().flat_map(|g| &mut g.ink) {
                    if let Ink::Word(word) = ink {
                        word.x += room - self.cut(word.face).width(word.text.trim_end(), word.size);
                    }
                }
            }
            lines.down(PAD);
            set.height = set.height.max(lines.height + 2.0 * PAD);
            set.groups.extend(lines.groups);
            left += width * column.share;
        }
        let (pen, colour) = if is_head { (1.2, self.accent) } else { (0.5, LINE) };
        let under = Ink::Line((x, set.height), (x + width, set.height), pen, vec![], colour);
        set.groups.push(decoration(vec![under]));
        set
    }

    fn picture(&mut self, picture: &Picture, x: f32, width: f32, parent: &mut Vec<usize>) -> Vec<Row> {
        let node = self.node(Kind::Figure(picture.alt.clone()), parent);
        let wide = width / picture.width;
        let place = |(px, py): (f32, f32)| (x + px * wide, py);
        let ink = picture.shapes.iter().map(|shape| match shape {
            Shape::Rect(px, py, w, h, colour) => Ink::Rect(x + px * wide, *py, w * wide, *h, *colour),
            Shape::Line {
                from,
                to,
                pen,
                dash,
                colour,
            } => Ink::Line(place(*from), place(*to), *pen, dash.clone(), *colour),
            Shape::Circle(at, radius, fill, pen) => Ink::Circle(place(*at), *radius, *fill, *pen),
            Shape::Diamond(at, half, colour) => Ink::Diamond(place(*at), *half, *colour),
            Shape::Word(at, anchor, text) => {
                let size = 7.5;
                let text = self.regular.known(text);
                let wide = self.regular.width(&text, size);
                let (px, py) = place(*at);
                let x = match anchor {
                    Anchor::Start => px,
                    Anchor::Middle => px - wide / 2.0,
                    Anchor::End => px - wide,
                };
                Ink::Word(Word {
                    x,
                    y: py,
                    face: Face::Regular,
                    size,
                    colour: SOFT,
                    text,
                })
            }
        });
        let group = Group {
            node: Some(node),
            foot: false,
            ink: ink.collect(),
        };
        let mut rows = vec![Row::of(picture.height, vec![group])];
        if !picture.caption.is_empty() {
            let node = self.node(Kind::Caption, parent);
            let look = Look {
                face: Face::Regular,
                size: 9.0,
                colour: INK,
            };
            let mut caption = self.text(look, &picture.caption, x, width, node);
            caption[0].before = 2.0;
            rows.extend(caption);
        }
        let mut all = stacked(rows);
        all.before = 6.0;
        vec![all]
    }
}

fn decoration(ink: Vec<Ink>) -> Group {
    Group {
        node: None,
        foot: false,
        ink,
    }
}
