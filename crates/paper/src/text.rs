//! Letters: how wide they are, which a font has, and where a line is broken.

use krilla::text::{Font, GlyphId, KrillaGlyph};
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

/// The two fonts of a document, as OpenType or TrueType files.
#[derive(Clone, Copy)]
pub struct Fonts {
    /// For text.
    pub regular: &'static [u8],
    /// For headings and numbers.
    pub bold: &'static [u8],
}

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Face {
    Regular,
    Bold,
}

/// A font that can be measured and drawn.
pub(crate) struct Cut<'f> {
    reader: FontRef<'f>,
    pub(crate) font: Font,
    units: f32,
}

impl<'f> Cut<'f> {
    pub(crate) fn read(bytes: &'static [u8]) -> Option<Cut<'f>> {
        let reader = FontRef::new(bytes).ok()?;
        let font = Font::new(bytes.into(), 0)?;
        let units = font.units_per_em();
        Some(Cut { reader, font, units })
    }

    fn glyph(&self, letter: char) -> Option<skrifa::GlyphId> {
        self.reader.charmap().map(letter).filter(|glyph| glyph.to_u32() != 0)
    }

    /// The text with only letters the font has. Others become a question mark, so that nobody takes the gap for nothing; what cannot be seen is left out.
    pub(crate) fn known(&self, text: &str) -> String {
        text.chars()
            .filter_map(|letter| match letter {
                '\n' => Some('\n'),
                '\t' => Some(' '),
                letter if letter.is_control() || is_invisible(letter) => None,
                letter if self.glyph(letter).is_some() => Some(letter),
                '\u{2010}' | '\u{2011}' | '\u{2212}' => Some('-'),
                letter if letter.is_whitespace() => Some(' '),
                _ => Some('?'),
            })
            .collect()
    }

    /// How wide a text is at a size, in points.
    pub(crate) fn width(&self, text: &str, size: f32) -> f32 {
        let metrics = self.reader.glyph_metrics(Size::unscaled(), LocationRef::default());
        let advance = |letter| {
            metrics
                .advance_width(self.glyph(letter).unwrap_or_default())
                .unwrap_or(0.0)
        };
        text.chars().map(advance).sum::<f32>() / self.units * size
    }

    /// The glyphs of a text that holds only letters the font has.
    pub(crate) fn glyphs(&self, text: &str) -> Vec<KrillaGlyph> {
        let metrics = self.reader.glyph_metrics(Size::unscaled(), LocationRef::default());
        text.char_indices()
            .map(|(at, letter)| {
                let glyph = self.glyph(letter).unwrap_or_default();
                let advance = metrics.advance_width(glyph).unwrap_or(0.0) / self.units;
                let id = GlyphId::new(glyph.to_u32());
                KrillaGlyph::new(id, advance, 0.0, 0.0, 0.0, at..at + letter.len_utf8(), None)
            })
            .collect()
    }

    /// Lines no wider than `width`. Broken at blanks; a word that is wider than a whole line is broken where it must be.
    pub(crate) fn lines(&self, text: &str, size: f32, width: f32) -> Vec<String> {
        let text = self.known(text);
        let mut lines = Vec::new();
        for paragraph in text.split('\n') {
            let mut line = String::new();
            for word in paragraph.split(' ').filter(|word| !word.is_empty()) {
                let longer = if line.is_empty() {
                    word.to_owned()
                } else {
                    format!("{line} {word}")
                };
                if self.width(&longer, size) <= width {
                    line = longer;
                    continue;
                }
                if !line.is_empty() {
                    lines.push(std::mem::take(&mut line));
                }
                for letter in word.chars() {
                    line.push(letter);
                    if self.width(&line, size) > width && line.chars().count() > 1 {
                        line.pop();
                        lines.push(std::mem::replace(&mut line, letter.to_string()));
                    }
                }
            }
            lines.push(line);
        }
        lines
    }
}

/// Marks for joining, direction and variants: they have no glyph of their own, and some may not stand in a PDF/UA file.
fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fffe}'
    )
}
