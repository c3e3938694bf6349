//! From a reader's [`Source`] to a [`Document`]: lines, number forms and headings, roles, joins, sentences.

use super::{Block, Document, Lexicon, Role, Source, View, sentence};
use crate::text::Lines;

/// Builds the structure.
pub(super) fn build(source: Source, _lexicon: &Lexicon) -> Document {
    let mut view = View::default();
    let (mut blocks, mut sentences, mut clauses) = (Vec::new(), Vec::new(), Vec::new());
    for paragraph in &source.paragraphs {
        let start = view.len();
        view.push(&source.text, paragraph.span, &source.markup);
        let span = crate::text::Span::new(start, view.len());
        let first = sentences.len();
        sentence::cut(view.text(), span, blocks.len(), &mut sentences, &mut clauses);
        blocks.push(Block {
            spans: vec![paragraph.span],
            view: span,
            role: Role::Body,
            heading: None,
            sentences: first..sentences.len(),
        });
    }
    Document {
        format: source.format,
        lines: Lines::new(&source.text),
        text: source.text,
        view,
        blocks,
        headings: Vec::new(),
        items: Vec::new(),
        sentences,
        clauses,
        origins: source.origins,
        notes: source.notes,
    }
}
