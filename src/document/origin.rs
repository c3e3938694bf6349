//! From a span of the text to its place in the file: [`Origins`] holds the pieces a reader noted, and answers.
//!
//! Pieces are made while reading. Nothing here searches for a text again.

use std::sync::Arc;

use encoding_rs::Encoding;

use crate::text::{Span, slice};

/// A place in the file that a report was read from.
#[derive(Debug, Clone, PartialEq)]
pub enum Origin {
    /// Bytes of a text file, in its own encoding.
    File {
        /// First byte in the file.
        start: usize,
        /// One behind the last byte.
        end: usize,
    },
    /// Characters of a paragraph of a Word file, as Word shows them: no number label, a tab or break is one.
    Word {
        /// The part's name in the package, e.g. `word/document.xml`.
        part: Arc<str>,
        /// Which `w:p` of the part, in document order, from 0.
        paragraph: usize,
        /// First character, from 0.
        start: usize,
        /// One behind the last character.
        end: usize,
    },
    /// A box on a page of a PDF, in points (1/72 inch) from the top left corner of the page as it is shown.
    Page {
        /// Which page, from 1.
        page: usize,
        /// From the left edge of the page to the box.
        left: f32,
        /// From the top edge of the page to the box.
        top: f32,
        /// The width of the box.
        width: f32,
        /// The height of the box.
        height: f32,
    },
}

/// Where a piece of the text begins in the file; inside the piece both run on together.
#[derive(Debug, Clone)]
pub enum Anchor {
    /// A line of a text file.
    File {
        /// Its first byte in the file.
        offset: usize,
        /// How the file writes characters.
        encoding: &'static Encoding,
    },
    /// A stretch of a Word paragraph.
    Word {
        /// The part's name in the package.
        part: Arc<str>,
        /// Which `w:p` of the part, from 0.
        paragraph: usize,
        /// The character of the paragraph with which the piece begins, from 0.
        character: usize,
    },
    /// A line on a page of a PDF; the lines of one paragraph follow each other without a gap in the text.
    Page {
        /// Which page, from 1.
        page: usize,
        /// From the top edge of the page to the line, in points.
        top: f32,
        /// The height of the line, in points.
        height: f32,
        /// The left and right edge of each character of the piece, in points from the left edge of the page.
        edges: Arc<[(f32, f32)]>,
    },
}

impl Anchor {
    /// The anchor of what stands behind `text`, which begins here.
    #[must_use]
    pub fn after(&self, text: &str) -> Self {
        let mut anchor = self.clone();
        if let Self::File { offset, encoding } = &mut anchor {
            *offset += encoded_length(text, encoding);
        } else if let Self::Word { character, .. } = &mut anchor {
            *character += text.chars().count();
        }
        anchor
    }
}

/// A piece of the text and where it begins in the file.
#[derive(Debug, Clone)]
pub struct Piece {
    /// Its bytes in the text.
    pub span: Span,
    /// Its beginning in the file.
    pub anchor: Anchor,
}

/// All pieces of a text, in its order. Text between them has no origin and maps to the next character that has.
#[derive(Debug, Clone, Default)]
pub struct Origins {
    pieces: Vec<Piece>,
}

impl Origins {
    /// Takes the pieces in the order of the text.
    #[must_use]
    pub fn new(pieces: Vec<Piece>) -> Self {
        debug_assert!(pieces.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
        Self { pieces }
    }

    /// How the file writes characters, where it is a text file.
    #[must_use]
    pub fn encoding(&self) -> Option<&'static Encoding> {
        match self.pieces.first()?.anchor {
            Anchor::File { encoding, .. } => Some(encoding),
            _ => None,
        }
    }

    /// Where `span` of `text` stands in the file. A span over several pieces of one paragraph runs to the end of
    /// its last; one that leaves the paragraph ends with it. Of a PDF it is the box around all its lines, and one
    /// that leaves the page ends with it.
    #[must_use]
    pub fn of(&self, text: &str, span: Span) -> Option<Origin> {
        let first = self.pieces.partition_point(|piece| piece.span.end <= span.start);
        let piece = self.pieces.get(first)?;
        if let Anchor::Page { page, .. } = piece.anchor {
            return self.pieces.get(first..).and_then(|pieces| box_of(text, span, page, pieces));
        }
        let start = span.start.max(piece.span.start);
        let last = self.pieces[first..]
            .iter()
            .take_while(|next| next.span.start < span.end && same_paragraph(&piece.anchor, &next.anchor))
            .last()
            .unwrap_or(piece);
        let end = span.end.min(last.span.end).max(start.max(last.span.start));
        Some(match (&piece.anchor, &last.anchor) {
            (Anchor::Word { part, paragraph, .. }, _) => Origin::Word {
                part: Arc::clone(part),
                paragraph: *paragraph,
                start: offset_in(text, piece, start),
                end: offset_in(text, last, end),
            },
            (Anchor::File { .. }, _) => {
                Origin::File { start: offset_in(text, piece, start), end: offset_in(text, last, end) }
            }
            (Anchor::Page { .. }, _) => return None,
        })
    }
}

/// The box around `span` on page `page`, from the first of `pieces` on, over the lines of one paragraph.
fn box_of(text: &str, span: Span, page: usize, pieces: &[Piece]) -> Option<Origin> {
    let mut around: Option<[f32; 4]> = None;
    let mut before: Option<&Piece> = None;
    for piece in pieces {
        let goes_on = before.is_none_or(|before| before.span.end == piece.span.start && piece.span.start < span.end);
        let Anchor::Page { page: own, top, height, edges } = &piece.anchor else { break };
        if !goes_on || *own != page {
            break;
        }
        let count = |end: usize| slice(text, Span::new(piece.span.start, end.min(piece.span.end))).chars().count();
        let (from, until) = (count(span.start.max(piece.span.start)), count(span.end));
        let covered = edges.get(from..until.max(from + 1).min(edges.len())).unwrap_or_default();
        for (left, right) in covered {
            let [a, b, c, d] = around.unwrap_or([*left, *top, *right, top + height]);
            around = Some([a.min(*left), b.min(*top), c.max(*right), d.max(top + height)]);
        }
        before = Some(piece);
    }
    around.map(|[left, top, right, bottom]| Origin::Page { page, left, top, width: right - left, height: bottom - top })
}

/// The place of byte `at` of the text, in the unit of the piece's file.
fn offset_in(text: &str, piece: &Piece, at: usize) -> usize {
    let before = slice(text, Span::new(piece.span.start, at));
    match &piece.anchor {
        Anchor::Word { character, .. } => character + before.chars().count(),
        Anchor::File { offset, encoding } => offset + encoded_length(before, encoding),
        Anchor::Page { .. } => before.chars().count(),
    }
}

fn same_paragraph(one: &Anchor, other: &Anchor) -> bool {
    match (one, other) {
        (Anchor::Word { part, paragraph, .. }, Anchor::Word { part: other_part, paragraph: other_paragraph, .. }) => {
            part == other_part && paragraph == other_paragraph
        }
        (Anchor::File { .. }, Anchor::File { .. }) => true,
        _ => false,
    }
}

/// How many bytes `text` takes in a file of this encoding. encoding_rs writes UTF-8 where it reads UTF-16.
fn encoded_length(text: &str, encoding: &'static Encoding) -> usize {
    if encoding == encoding_rs::UTF_8 {
        text.len()
    } else if encoding == encoding_rs::UTF_16LE || encoding == encoding_rs::UTF_16BE {
        text.encode_utf16().count() * 2
    } else {
        encoding.encode(text).0.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_in_the_bytes_of_the_files_encoding() {
        let text = "前镇政府";
        for (encoding, width) in [(encoding_rs::UTF_8, 3), (encoding_rs::GB18030, 2), (encoding_rs::UTF_16LE, 2)] {
            let anchor = Anchor::File { offset: 10, encoding };
            let origins = Origins::new(vec![Piece { span: Span::new(0, text.len()), anchor }]);
            let found = origins.of(text, Span::new(3, 9));
            assert_eq!(found, Some(Origin::File { start: 10 + width, end: 10 + 3 * width }));
        }
    }

    #[test]
    fn a_computed_number_maps_to_the_next_character() {
        let text = "一、法治建设\n后文";
        let part: Arc<str> = "word/document.xml".into();
        let anchor = |paragraph| Anchor::Word { part: Arc::clone(&part), paragraph, character: 0 };
        let pieces = vec![
            Piece { span: Span::new(6, 18), anchor: anchor(0) },
            Piece { span: Span::new(19, 25), anchor: anchor(1) },
        ];
        let origins = Origins::new(pieces);
        let word = |paragraph, start, end| Some(Origin::Word { part: Arc::clone(&part), paragraph, start, end });
        assert_eq!(origins.of(text, Span::new(0, 12)), word(0, 0, 2));
        assert_eq!(origins.of(text, Span::new(9, 22)), word(0, 1, 4));
        assert_eq!(origins.of(text, Span::new(22, 25)), word(1, 1, 2));
        assert_eq!(origins.of(text, Span::new(25, 25)), None);
    }
    #[test]
    fn a_span_over_two_lines_of_a_page_has_one_box_around_both() {
        let text = "法治建设\n后文";
        let line = |start, end, page, top, lefts: &[f32]| Piece {
            span: Span::new(start, end),
            anchor: Anchor::Page { page, top, height: 10.0, edges: lefts.iter().map(|at| (*at, at + 10.0)).collect() },
        };
        let pieces = vec![
            line(0, 6, 1, 100.0, &[80.0, 90.0]),
            line(6, 12, 1, 120.0, &[50.0, 60.0]),
            line(13, 19, 2, 70.0, &[50.0, 60.0]),
        ];
        let origins = Origins::new(pieces);
        let page = |page, left, top, width, height| Some(Origin::Page { page, left, top, width, height });
        assert_eq!(origins.of(text, Span::new(3, 6)), page(1, 90.0, 100.0, 10.0, 10.0));
        assert_eq!(origins.of(text, Span::new(3, 9)), page(1, 50.0, 100.0, 50.0, 30.0));
        assert_eq!(origins.of(text, Span::new(9, 19)), page(1, 60.0, 120.0, 10.0, 10.0));
        assert_eq!(origins.of(text, Span::new(16, 16)), page(2, 60.0, 70.0, 10.0, 10.0));
    }
}
