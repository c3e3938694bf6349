//! A [`Source`] of a web page while its reader writes it, line by line: [`Draft`].
//!
//! It keeps spans, pieces and notes in step with the text and leaves out lines that hold nothing. What a line
//! is, its reader says.

use super::{ReadError, limits, text::trimmed};
use crate::{
    document::{Anchor, Area, Format, Note, NoteKind, Origins, Paragraph, ParagraphKind, Piece, Source},
    text::Span,
};

/// A source in the making. Text goes to the open line until the line is ended.
#[derive(Debug, Default)]
pub(super) struct Draft {
    text: String,
    paragraphs: Vec<Paragraph>,
    pieces: Vec<Piece>,
    notes: Vec<Note>,
    /// Where the open line starts.
    line: usize,
    /// How many pieces there were when the line was opened.
    pieces_before: usize,
    /// The cell in which the lines stand that are ended now.
    pub(super) area: Option<Area>,
}

impl Draft {
    /// Appends to the open line; `anchor` says where the text stands in the file. Line ends and other control
    /// characters become blanks, so that a line stays one line and every character keeps its place.
    pub(super) fn push(&mut self, text: &str, anchor: Option<Anchor>) {
        let start = self.text.len();
        self.text.extend(text.chars().map(|char| if char.is_control() && char != '\t' { ' ' } else { char }));
        let span = Span::new(start, self.text.len());
        if let Some(anchor) = anchor.filter(|_| !span.is_empty()) {
            self.pieces.push(Piece { span, anchor });
        }
    }

    /// Where the next character will stand, in bytes of the text.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// Whether the open line holds nothing yet.
    pub(super) fn is_at_start(&self) -> bool {
        self.text.len() == self.line
    }

    /// Notes something from byte `start` of the text to its end. Nobody reads more notes than a text has lines.
    pub(super) fn note(&mut self, kind: NoteKind, start: usize) {
        if self.notes.len() >= limits::LINES.most {
            return;
        }
        let end = self.text.len();
        self.notes.push(Note { kind, span: Span::new(start.min(end), end) });
    }

    /// Ends the open line. A blank one is dropped, and what was noted on it stands where it would have been.
    /// Returns whether there was anything.
    pub(super) fn end_line(&mut self, kind: ParagraphKind, depth: Option<u8>, continues: bool) -> bool {
        let line = Span::new(self.line, self.text.len());
        let body = trimmed(&self.text, line);
        match body {
            Some(span) => {
                self.paragraphs.push(Paragraph { span, kind, depth, continues, area: self.area });
                self.text.push('\n');
            }
            None => {
                self.text.truncate(self.line);
                self.pieces.truncate(self.pieces_before);
                for note in self.notes.iter_mut().rev().take_while(|note| note.span.end > line.start) {
                    note.span = Span::new(note.span.start.min(line.start), line.start);
                }
            }
        }
        self.line = self.text.len();
        self.pieces_before = self.pieces.len();
        body.is_some()
    }

    /// Hands over what was written.
    ///
    /// # Errors
    /// Where nothing was written, or more than any report holds.
    pub(super) fn finish(mut self, format: Format) -> Result<Source, ReadError> {
        if !self.is_at_start() {
            self.end_line(ParagraphKind::Body, None, false);
        }
        limits::TEXT.check(self.text.len())?;
        limits::LINES.check(self.paragraphs.len())?;
        if self.paragraphs.is_empty() {
            return Err(ReadError::empty());
        }
        let (text, paragraphs, mut notes) = (self.text, self.paragraphs, self.notes);
        notes.sort_by_key(|note| note.span);
        Ok(Source { format, text, paragraphs, markup: Vec::new(), origins: Origins::new(self.pieces), notes })
    }
}
