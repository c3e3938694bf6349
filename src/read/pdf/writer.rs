//! Writes paragraphs, cells, notes and furniture into a [`Source`], each character with its place on the page.

use std::{collections::BTreeSet, sync::Arc};

use super::{line::Line, page::Turn, paragraphs::Paragraph};
use crate::{
    document::{self, Anchor, Format, Origins, ParagraphKind, Piece, Source},
    text::Span,
};

/// How far letters reach above the baseline, in font sizes; the rest of one reaches below.
const ASCENT: f32 = 0.88;

/// A source under construction.
#[derive(Debug)]
pub(super) struct Writer {
    text: String,
    paragraphs: Vec<document::Paragraph>,
    pieces: Vec<Piece>,
    /// Width and height of the pages, from the first on.
    pages: Vec<(f32, f32)>,
    /// The furniture written so far: a header on every page is written once.
    furniture: BTreeSet<String>,
}

impl Writer {
    /// A writer for a file whose pages are so wide and high.
    pub(super) fn new(pages: Vec<(f32, f32)>) -> Self {
        let (text, furniture) = (String::new(), BTreeSet::new());
        Self { text, paragraphs: Vec::new(), pieces: Vec::new(), pages, furniture }
    }

    /// Writes a paragraph as one line of the text. `depth` is its depth as a heading.
    pub(super) fn push(&mut self, paragraph: &Paragraph, kind: ParagraphKind, depth: Option<u8>) {
        let start = self.text.len();
        for (place, line) in paragraph.iter().enumerate() {
            let next = paragraph.get(place + 1).and_then(|next| next.chars.first());
            self.push_line(line, next.map(|char| char.char));
        }
        let span = Span::new(start, self.text.len());
        if kind == ParagraphKind::Furniture
            && !self.furniture.insert(self.text.get(start..).unwrap_or_default().to_owned())
        {
            self.text.truncate(start);
            self.pieces.retain(|piece| piece.span.start < start);
            return;
        }
        if !span.is_empty() {
            self.paragraphs.push(document::Paragraph { span, kind, depth, continues: false, area: None });
            self.text.push('\n');
        }
    }

    /// Writes a line. Words of letters that go on in the next line stay apart by a blank.
    fn push_line(&mut self, line: &Line, next: Option<char>) {
        let mut chars = line.text();
        let (Some((.., right)), Some((last, ..))) = (chars.last().copied(), chars.last().copied()) else { return };
        if last.is_ascii_alphabetic() && next.is_some_and(|next| next.is_ascii_alphabetic()) {
            chars.push((' ', right, right));
        }
        let start = self.text.len();
        self.text.extend(chars.iter().map(|(char, ..)| *char));
        let anchor = self.anchor(line, &chars);
        self.pieces.push(Piece { span: Span::new(start, self.text.len()), anchor });
    }

    /// Where the characters of a line stand on the page as it is shown. Of a line that runs up or down the page it
    /// is the whole line for each.
    fn anchor(&self, line: &Line, chars: &[(char, f32, f32)]) -> Anchor {
        let page = line.page;
        let (width, height) = self.pages.get(page.saturating_sub(1)).copied().unwrap_or_default();
        let (above, below) = (line.baseline - ASCENT * line.size, line.baseline + (1.0 - ASCENT) * line.size);
        let along = |edge: &dyn Fn(f32, f32) -> (f32, f32)| -> Arc<[(f32, f32)]> {
            chars.iter().map(|(_, left, right)| edge(*left, *right)).collect()
        };
        let (top, high, edges) = match line.turn {
            Turn::Right | Turn::Askew => (above, line.size, along(&|left, right| (left, right))),
            Turn::Left => (height - below, line.size, along(&|left, right| (width - right, width - left))),
            Turn::Down => (line.left, line.right - line.left, along(&|_, _| (width - below, width - above))),
            Turn::Up => (height - line.right, line.right - line.left, along(&|_, _| (above, below))),
        };
        Anchor::Page { page, top, height: high, edges }
    }

    /// The source.
    pub(super) fn finish(self) -> Source {
        Source {
            format: Format::Pdf,
            text: self.text,
            paragraphs: self.paragraphs,
            markup: Vec::new(),
            origins: Origins::new(self.pieces),
            notes: Vec::new(),
        }
    }
}
