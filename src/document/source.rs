//! What a reader hands over: [`Source`], the text of a file in lines, with what the format says of each.
//!
//! No judgement yet: what is a heading, a title or a leftover is found later, from all formats alike.

use super::origin::Origins;
use crate::text::Span;

/// The format a report was read from. After reading, only a renderer that writes into the file asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
    /// Word, Office Open XML.
    Docx,
    /// Word 97–2003, and WPS.
    Doc,
    /// OpenDocument text.
    Odt,
    /// A web page.
    Html,
    /// OFD, GB/T 33190.
    Ofd,
    /// PDF with text in it.
    Pdf,
}

impl Format {
    /// Its name in JSON: the usual extension.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Markdown => "md",
            Self::Docx => "docx",
            Self::Doc => "doc",
            Self::Odt => "odt",
            Self::Html => "html",
            Self::Ofd => "ofd",
            Self::Pdf => "pdf",
        }
    }
}

/// The text of a file and what its format says of it.
#[derive(Debug, Clone)]
pub struct Source {
    /// The format it came from.
    pub format: Format,
    /// The whole text; lines end in `\n`. Findings count in its bytes.
    pub text: String,
    /// Its lines in the order of the text, blank ones left out. They do not overlap.
    pub paragraphs: Vec<Paragraph>,
    /// Markup inside paragraphs that a reader of the report does not see (`**`), in the order of the text.
    pub markup: Vec<Span>,
    /// From the text to the file.
    pub origins: Origins,
    /// What a person should know of the file: a tracked change, hidden text.
    pub notes: Vec<Note>,
}

/// One line of a [`Source`]: a paragraph, a table cell, or a piece of a paragraph that a hard line break cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// Its bytes in the text, without markup at its start (`## `) and without blanks at its ends.
    pub span: Span,
    /// What the format calls it.
    pub kind: ParagraphKind,
    /// The depth from 1 that the format gives it as a heading: `#` marks, a heading style.
    pub depth: Option<u8>,
    /// Whether the format says that it goes on from the line before (a hard line break inside a paragraph).
    pub continues: bool,
}

/// What the format calls a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ParagraphKind {
    /// A paragraph of the body.
    Body,
    /// A table cell; cells of one row share `table` and `row`, counted from 0.
    Cell {
        /// Which table of the file.
        table: usize,
        /// Which row of the table.
        row: usize,
    },
    /// A footnote, an endnote.
    Note,
    /// A page header or footer.
    Furniture,
}

/// Something about the file itself that a person should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// What it is.
    pub kind: NoteKind,
    /// Where, in bytes of the text; may be empty where the thing itself is not in the text.
    pub span: Span,
}

/// The kinds of [`Note`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoteKind {
    /// Text inserted by a tracked change, read as accepted.
    Insertion,
    /// Text deleted by a tracked change, left out.
    Deletion,
    /// Hidden text, left out.
    Hidden,
    /// A comment stands here.
    Comment,
    /// The file's properties name a person, who wrote or last changed it.
    Author,
}

impl NoteKind {
    /// All kinds.
    pub const ALL: [Self; 5] = [Self::Insertion, Self::Deletion, Self::Hidden, Self::Comment, Self::Author];

    /// Its name in packs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Insertion => "insertion",
            Self::Deletion => "deletion",
            Self::Hidden => "hidden",
            Self::Comment => "comment",
            Self::Author => "author",
        }
    }
}
