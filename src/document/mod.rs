//! A report as structure: blocks, outline, items, sentences and clauses over one text, whatever file it came from.
//!
//! It says what stands where, not what it means: years, numbers and units are `facts`, judgements are `engine`.
//! Two coordinates, never mixed: spans of `text` (what findings count in) and spans of `view` (what patterns
//! match in, folded and joined). [`View`] maps from the second to the first.

mod build;
mod lexicon;
mod line;
mod number;
mod origin;
mod outline;
mod role;
mod sentence;
mod source;
mod view;

use std::ops::Range;

pub use lexicon::Lexicon;
pub use number::{Flaw, Form, Numbering, chinese_digit};
pub use origin::{Anchor, Origin, Origins, Piece};
pub use source::{Format, Note, NoteKind, Paragraph, ParagraphKind, Source};
pub use view::{View, fold};

use crate::text::{Lines, Span, slice};

/// A report, read.
#[derive(Debug, Clone)]
pub struct Document {
    /// The format it was read from.
    pub format: Format,
    /// The whole text. All spans are of it unless they are said to be of the view.
    pub text: String,
    /// Its lines.
    pub lines: Lines,
    /// The text as patterns see it.
    pub view: View,
    /// Its paragraphs, cells of one row together, split sentences joined; in the order of the text.
    pub blocks: Vec<Block>,
    /// Its headings in the order of the text.
    pub headings: Vec<Heading>,
    /// Its enumerated items (一是…二是…, 1. in running text) in the order of the text.
    pub items: Vec<Item>,
    /// Its sentences in the order of the text.
    pub sentences: Vec<Sentence>,
    /// The clauses of its sentences in the order of the text.
    pub clauses: Vec<Clause>,
    /// From the text to the file.
    pub origins: Origins,
    /// What a person should know of the file.
    pub notes: Vec<Note>,
}

/// A paragraph, a row of a table, or several lines that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Its lines or cells in the text.
    pub spans: Vec<Span>,
    /// Its bytes in the view.
    pub view: Span,
    /// What it is for.
    pub role: Role,
    /// The innermost heading that it stands under, or that stands in it.
    pub heading: Option<usize>,
    /// Its sentences.
    pub sentences: Range<usize>,
}

/// What a block is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// The report's title, or a line of it.
    Title,
    /// To whom the report is addressed.
    Addressee,
    /// A heading that stands alone.
    Heading,
    /// Running text.
    Body,
    /// A row of a table.
    Row,
    /// The document number, the signing unit or date.
    Imprint,
    /// What a web page or a converter left: metadata, navigation.
    Residue,
    /// A footnote or an endnote.
    Note,
    /// A page header, footer or number.
    Furniture,
}

/// A heading: alone on its line, or the run-in before the first 。 of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// The block that it is or opens.
    pub block: usize,
    /// Its bytes in the view, number included, end mark not.
    pub view: Span,
    /// Its number, if it has one.
    pub number: Option<Numbering>,
    /// Its level from 1, by its number form or else by the file's style.
    pub level: u8,
    /// The heading above it.
    pub parent: Option<usize>,
    /// Whether text follows it in its own paragraph.
    pub run_in: bool,
    /// From its start to the next heading of its level or a higher one, in the view.
    pub range: Span,
}

/// An enumerated item in running text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The block that it stands in.
    pub block: usize,
    /// Its mark.
    pub number: Numbering,
    /// From its mark to the next item of its block or the block's end, in the view.
    pub view: Span,
}

/// A sentence: up to 。！？； or the end of its block, at most 1,000 characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// The block that it stands in.
    pub block: usize,
    /// Its bytes in the view, end mark included.
    pub view: Span,
    /// Its clauses.
    pub clauses: Range<usize>,
}

/// A clause: up to ，；： or the sentence's end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// Its bytes in the view, end mark included.
    pub view: Span,
}

impl Document {
    /// Builds the structure of what a reader handed over.
    #[must_use]
    pub fn new(source: Source, lexicon: &Lexicon) -> Self {
        build::build(source, lexicon)
    }

    /// The text under `span`.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        slice(&self.text, span)
    }

    /// The index of the sentence that holds byte `at` of the view.
    #[must_use]
    pub fn sentence_at(&self, at: usize) -> Option<usize> {
        let index = self.sentences.partition_point(|sentence| sentence.view.end <= at);
        self.sentences.get(index).filter(|sentence| sentence.view.start <= at).map(|_| index)
    }

    /// The index of the clause that holds byte `at` of the view.
    #[must_use]
    pub fn clause_at(&self, at: usize) -> Option<usize> {
        let index = self.clauses.partition_point(|clause| clause.view.end <= at);
        self.clauses.get(index).filter(|clause| clause.view.start <= at).map(|_| index)
    }

    /// The index of the block that holds byte `at` of the view.
    #[must_use]
    pub fn block_at(&self, at: usize) -> Option<usize> {
        let index = self.blocks.partition_point(|block| block.view.end <= at);
        self.blocks.get(index).filter(|block| block.view.start <= at).map(|_| index)
    }

    /// The blocks with this role, in the order of the text.
    pub fn with_role(&self, role: Role) -> impl Iterator<Item = &Block> {
        self.blocks.iter().filter(move |block| block.role == role)
    }
}
