//! From a byte of a text to its line and column, in the units that people and programs ask for.
//!
//! Lines end at `\n` alone: readers have turned the other line ends into it.

use unicode_width::UnicodeWidthChar;

use super::{Span, slice};

/// Where a byte stands: counted from 1, the column in Unicode scalar values (a tab is one).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

/// Bytes between two places at which characters are counted beforehand: a text may be one line of megabytes.
const STRIDE: usize = 1_024;

/// The starts of a text's lines, in bytes.
#[derive(Debug, Clone, Default)]
pub struct Lines {
    starts: Vec<usize>,
    /// How many characters begin before each multiple of [`STRIDE`].
    counts: Vec<usize>,
}

impl Lines {
    /// Finds the lines of `text`. An empty text has one line.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect();
        let strides = text.as_bytes().chunks(STRIDE).scan(0, |count, stride| {
            *count += beginnings(stride);
            Some(*count)
        });
        Self { starts, counts: std::iter::once(0).chain(strides).collect() }
    }

    /// How many lines there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// The index from 0 of the line that holds the byte `offset`.
    #[must_use]
    pub fn index(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset).saturating_sub(1)
    }

    /// The span of the line with this index, its `\n` left out.
    #[must_use]
    pub fn span(&self, text: &str, index: usize) -> Span {
        let start = self.starts.get(index).copied().unwrap_or(text.len());
        let end = self.starts.get(index + 1).map_or(text.len(), |next| next - 1);
        Span::new(start, end.max(start))
    }

    /// Line and character column of the byte `offset` of `text`.
    #[must_use]
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let offset = text.floor_char_boundary(offset.min(text.len()));
        let index = self.index(offset);
        let start = self.starts.get(index).copied().unwrap_or_default();
        let column = self.characters_before(text, offset) - self.characters_before(text, start) + 1;
        Position { line: index + 1, column }
    }

    /// UTF-16 code units between the line's start and `offset`, from 0, as editors count.
    #[must_use]
    pub fn utf16_column(&self, text: &str, offset: usize) -> usize {
        self.before(text, offset).chars().map(char::len_utf16).sum()
    }

    /// Terminal cells between the line's start and `offset`, from 0; a Chinese character takes two.
    #[must_use]
    pub fn display_column(&self, text: &str, offset: usize) -> usize {
        display_width(self.before(text, offset))
    }

    /// The line of `text` that holds `offset`, up to there.
    fn before<'a>(&self, text: &'a str, offset: usize) -> &'a str {
        let offset = text.floor_char_boundary(offset.min(text.len()));
        let start = self.starts.get(self.index(offset)).copied().unwrap_or_default();
        slice(text, Span::new(start, offset))
    }

    /// How many characters of `text` begin before the byte `offset`.
    #[must_use]
    pub fn characters_before(&self, text: &str, offset: usize) -> usize {
        let stride = offset / STRIDE;
        let rest = text.as_bytes().get(stride * STRIDE..offset).unwrap_or_default();
        self.counts.get(stride).copied().unwrap_or_default() + beginnings(rest)
    }
}

/// How many characters begin in `bytes`, which are of UTF-8.
fn beginnings(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
}

/// The cells that `text` takes on a terminal. A tab counts as one; other control characters take none.
#[must_use]
pub fn display_width(text: &str) -> usize {
    text.chars().map(|char| if char == '\t' { 1 } else { char.width().unwrap_or(0) }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_each_unit_its_own_way() {
        let text = "首行\n前𠮷\t后，ok";
        let lines = Lines::new(text);
        let at = text.find('后').unwrap_or_default();
        assert_eq!(lines.position(text, at), Position { line: 2, column: 4 });
        assert_eq!(lines.utf16_column(text, at), 4);
        assert_eq!(lines.display_column(text, at), 5);
        let end = text.len();
        assert_eq!(lines.position(text, end), Position { line: 2, column: 8 });
    }

    #[test]
    fn the_newline_belongs_to_its_line() {
        let text = "一\n\n三";
        let lines = Lines::new(text);
        assert_eq!(lines.count(), 3);
        assert_eq!(lines.position(text, 3), Position { line: 1, column: 2 });
        assert_eq!(lines.position(text, 4), Position { line: 2, column: 1 });
        assert_eq!(lines.span(text, 1), Span::new(4, 4));
        assert_eq!(slice(text, lines.span(text, 2)), "三");
    }

    #[test]
    fn columns_of_a_long_line_are_those_of_a_short_one() {
        let text = format!("前\n{}", "𠮷法 治".repeat(1_000));
        let lines = Lines::new(&text);
        for (count, (offset, _)) in text.char_indices().enumerate().skip(2) {
            assert_eq!(lines.position(&text, offset), Position { line: 2, column: count - 1 });
        }
    }

    #[test]
    fn an_empty_text_has_one_line() {
        let lines = Lines::new("");
        assert_eq!(lines.count(), 1);
        assert_eq!(lines.position("", 7), Position { line: 1, column: 1 });
    }
}
