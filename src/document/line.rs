//! The lines of a source before they are blocks: folded, with their number forms.

use super::{
    Lexicon, Paragraph, ParagraphKind, Role, Source, View,
    number::{Opening, line_opening},
};
use crate::text::Span;

/// A line on its way to become a block or a part of one.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// As the reader handed it over.
    pub(super) paragraph: Paragraph,
    /// Its bytes in the scratch view.
    pub(super) scratch: Span,
    /// Its length in characters of the view.
    pub(super) length: usize,
    /// The numbering it opens with.
    pub(super) opening: Option<Opening>,
    /// What it is for, as far as it is known.
    pub(super) role: Role,
}

/// Folds every line of `source` into one scratch view and reads its number form.
pub(super) fn lines(source: &Source) -> (View, Vec<Line>) {
    let mut scratch = View::default();
    let mut lines = Vec::with_capacity(source.paragraphs.len());
    for paragraph in &source.paragraphs {
        let start = scratch.len();
        scratch.push(&source.text, paragraph.span, &source.markup);
        let span = Span::new(start, scratch.len());
        if span.is_empty() {
            continue;
        }
        let text = scratch.slice(span);
        let body = paragraph.kind == ParagraphKind::Body;
        lines.push(Line {
            paragraph: paragraph.clone(),
            scratch: span,
            length: text.chars().count(),
            opening: body.then(|| line_opening(text)).flatten(),
            role: match paragraph.kind {
                ParagraphKind::Body => Role::Body,
                ParagraphKind::Cell { .. } => Role::Row,
                ParagraphKind::Note => Role::Note,
                ParagraphKind::Furniture => Role::Furniture,
            },
        });
    }
    (scratch, lines)
}

/// Whether a line of the view ends in a mark that closes a sentence.
pub(super) fn is_closed(text: &str) -> bool {
    text.ends_with(['。', '！', '？', '；', '：', '…', '”'])
}

/// Whether one of `words` stands in `text`.
pub(super) fn has_any(text: &str, words: &[String]) -> bool {
    words.iter().any(|word| !word.is_empty() && text.contains(word.as_str()))
}

/// Whether `text` ends in one of `words`.
pub(super) fn ends_in_any(text: &str, words: &[String]) -> bool {
    words.iter().any(|word| !word.is_empty() && text.ends_with(word.as_str()))
}

/// Whether `text` ends in the name of an office or of a unit.
pub(super) fn ends_as_signature(text: &str, lexicon: &Lexicon) -> bool {
    ends_in_any(text, &lexicon.offices)
        || ends_in_any(text, &lexicon.addressees)
        || lexicon.levels.keys().any(|level| text.ends_with(level.as_str()))
}
