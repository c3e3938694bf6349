//! The text of a file of paragraphs (Word, OpenDocument) while it is put together: lines, their places in the file, and notes.
//!
//! A character of a paragraph is what its text, a tab, a break or a hyphen writes: marks of notes and comments,
//! pictures and field codes count for none, nor does an automatic number.

use std::sync::Arc;

use super::{ReadError, limits};
use crate::{
    document::{Anchor, Format, Note, NoteKind, Origins, Paragraph, ParagraphKind, Piece, Source},
    read::text::trimmed,
    text::{Span, slice},
};

/// The text so far.
#[derive(Debug)]
pub(super) struct Output {
    text: String,
    paragraphs: Vec<Paragraph>,
    pieces: Vec<Piece>,
    notes: Vec<Note>,
    lines: usize,
    part: Arc<str>,
    /// Which paragraph of the part is being written.
    paragraph: usize,
    /// How many of its characters have been written.
    character: usize,
    /// Whether the next character goes on in the last piece.
    joined: bool,
    /// Where the line began, and how many pieces there were before.
    line: (usize, usize),
    /// Where the characters of the line begin, behind its automatic number.
    body: usize,
}

impl Output {
    /// Nothing yet.
    pub(super) fn new() -> Self {
        Self {
            text: String::new(),
            paragraphs: Vec::new(),
            pieces: Vec::new(),
            notes: Vec::new(),
            lines: 0,
            part: Arc::from(""),
            paragraph: 0,
            character: 0,
            joined: false,
            line: (0, 0),
            body: 0,
        }
    }

    /// What follows comes from this part.
    pub(super) fn enter_part(&mut self, name: &str) {
        self.part = Arc::from(name);
    }

    /// Begins a line with an automatic number.
    pub(super) fn begin(&mut self, label: &str) {
        self.line = (self.text.len(), self.pieces.len());
        self.text.push_str(label);
        self.body = self.text.len();
    }

    /// What follows comes from this paragraph of the part, from its first character.
    pub(super) fn enter_paragraph(&mut self, paragraph: usize) {
        (self.paragraph, self.character, self.joined) = (paragraph, 0, false);
    }

    /// Where the next character will stand, in bytes of the text.
    pub(super) fn place(&self) -> usize {
        self.text.len()
    }

    /// Which `w:p` of the part is being written, and how many of its characters have been.
    pub(super) fn progress(&self) -> (usize, usize) {
        (self.paragraph, self.character)
    }

    /// Writes characters of the paragraph. Control characters, which XML should not hold, become blanks.
    pub(super) fn write(&mut self, text: &str) {
        for char in text.chars() {
            self.write_char(if char.is_control() { ' ' } else { char });
        }
    }

    /// Writes one character of the paragraph as it is.
    pub(super) fn write_char(&mut self, char: char) {
        let span = Span::new(self.text.len(), self.text.len() + char.len_utf8());
        self.text.push(char);
        match self.pieces.last_mut() {
            Some(piece) if self.joined => piece.span.end = span.end,
            _ => self.pieces.push(Piece { span, anchor: self.anchor() }),
        }
        self.joined = true;
        self.character += 1;
    }

    /// Writes a break. At the start of a line it shows nothing.
    pub(super) fn write_break(&mut self) {
        if self.text.len() > self.body { self.write_char('\n') } else { self.skip() }
    }

    /// A character of the paragraph that is not seen.
    pub(super) fn skip(&mut self) {
        self.character += 1;
        self.joined = false;
    }

    /// Notes something about the text from byte `start` on.
    pub(super) fn note(&mut self, kind: NoteKind, start: usize) {
        let written = slice(&self.text, Span::new(start, self.text.len()));
        let end = start + written.trim_end_matches('\n').len();
        match self.notes.last_mut() {
            Some(last) if last.kind == kind && last.span.end == start && kind != NoteKind::Comment => {
                last.span.end = end;
            }
            _ => self.notes.push(Note { kind, span: Span::new(start, end) }),
        }
    }

    /// Notes something about the whole file.
    pub(super) fn note_of_file(&mut self, kind: NoteKind) {
        self.notes.push(Note { kind, span: Span::new(0, 0) });
    }

    /// Ends a line. One that holds nothing but its own number stays only where it `is_shown`.
    pub(super) fn end(&mut self, kind: ParagraphKind, depth: Option<u8>, is_shown: bool) {
        let (start, pieces) = self.line;
        let bare = trimmed(&self.text, Span::new(self.body, self.text.len())).is_none();
        if bare && !(is_shown && self.body > start) {
            return self.take_back(start, pieces);
        }
        if bare {
            self.pieces.push(Piece { span: Span::new(self.text.len(), self.text.len()), anchor: self.anchor() });
        }
        let mut at = start;
        let mut continues = false;
        for line in slice(&self.text, Span::new(start, self.text.len())).split('\n') {
            let span = trimmed(&self.text, Span::new(at, at + line.len()));
            self.paragraphs.extend(span.map(|span| Paragraph { span, kind, depth, continues }));
            continues |= span.is_some();
            at += line.len() + 1;
            self.lines += 1;
        }
        self.text.push('\n');
    }

    fn take_back(&mut self, start: usize, pieces: usize) {
        self.text.truncate(start);
        self.pieces.truncate(pieces);
        for note in self.notes.iter_mut().rev().take_while(|note| note.span.end > start) {
            note.span = Span::new(note.span.start.min(start), start);
        }
    }

    fn anchor(&self) -> Anchor {
        Anchor::Word { part: Arc::clone(&self.part), paragraph: self.paragraph, character: self.character }
    }

    /// Says whether the text has stayed within its limits.
    pub(super) fn check(&self) -> Result<(), ReadError> {
        limits::LINES.check(self.lines)?;
        limits::TEXT.check(self.text.len())
    }

    /// The finished text of a file of this format.
    pub(super) fn finish(mut self, format: Format) -> Result<Source, ReadError> {
        self.check()?;
        if self.paragraphs.is_empty() {
            return Err(ReadError::empty());
        }
        self.notes.sort_by_key(|note| (note.span.start, note.span.end, note.kind));
        self.notes.dedup();
        Ok(Source {
            format,
            text: self.text,
            paragraphs: self.paragraphs,
            markup: Vec::new(),
            origins: Origins::new(self.pieces),
            notes: self.notes,
        })
    }
}
