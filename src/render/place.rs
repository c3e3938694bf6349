//! Where a span stands, as every format tells it: lines and columns of the text, the place in the file in words, the
//! sentence around it. Shapes of their own for such places are the formats' business.

use super::words;
use crate::{
    diagnostic::{Diagnostic, Label},
    document::{Document, Format, Origin, Role},
    text::{Lines, Position, Span},
};

/// Lines and columns of a span of the text, from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Region {
    /// The line of the first character.
    pub(super) line: usize,
    /// Its column.
    pub(super) column: usize,
    /// The line of the last character.
    pub(super) end_line: usize,
    /// One behind its column.
    pub(super) end_column: usize,
}

impl Region {
    /// The region of `span`. It ends on the line of the last character, also where that is the line's last.
    pub(super) fn new(document: &Document, span: Span) -> Self {
        let position = |offset| document.lines.position(&document.text, offset);
        let start = position(span.start);
        let last = document.slice(span).chars().next_back();
        let last = last.map(|last| position(span.end.saturating_sub(last.len_utf8())));
        let end = last.map_or(start, |last| Position { column: last.column + 1, ..last });
        Self { line: start.line, column: start.column, end_line: end.line, end_column: end.column }
    }
}

/// Whether lines and columns of the text are those of the file.
pub(super) const fn is_plain(document: &Document) -> bool {
    matches!(document.format, Format::Text | Format::Markdown)
}

/// The page or the paragraph of the file, in words; none where the file has neither, or the text has no origin.
pub(super) fn in_file(document: &Document, span: Span) -> Option<String> {
    match document.origins.of(&document.text, span)? {
        Origin::Word { paragraph, .. } => {
            Some(format!("{}第{}段", apart(document, span).unwrap_or_default(), paragraph + 1))
        }
        Origin::Page { .. } | Origin::File { .. } => page(document, span),
    }
}

/// The page of the file, in words, where the file has pages of its own.
pub(super) fn page(document: &Document, span: Span) -> Option<String> {
    match document.origins.of(&document.text, span)? {
        Origin::Page { page, .. } => Some(format!("第{page}页")),
        _ => None,
    }
}

/// What the text at a place is where it stands apart from the body.
pub(super) fn apart(document: &Document, span: Span) -> Option<&'static str> {
    let block = document.block_at(document.view.from_text(span.start))?;
    match document.blocks.get(block)?.role {
        Role::Note => Some("脚注、尾注"),
        Role::Furniture => Some("页眉、页脚"),
        _ => None,
    }
}

/// Where `span` stands, for a person: the page or paragraph, else line and column.
pub(super) fn spot(document: &Document, span: Span) -> String {
    let Region { line, column, .. } = Region::new(document, span);
    in_file(document, span).unwrap_or_else(|| format!("第{line}行第{column}列"))
}

/// The other places that belong to a finding, a line each.
pub(super) fn related(document: &Document, finding: &Diagnostic) -> Vec<String> {
    let line = |Label { span, message }: &Label| {
        format!("另见{}“{}”：{message}", spot(document, *span), words::quote(document.slice(*span)))
    };
    finding.related.iter().map(line).collect()
}

/// The sentence that holds `span`, or its line where it is in none; never less than `span`.
pub(super) fn sentence(document: &Document, span: Span) -> Span {
    let at = document.view.from_text(span.start);
    let sentence = document.sentence_at(at).and_then(|index| document.sentences.get(index));
    let sentence = sentence.map(|sentence| document.view.to_text(&document.text, sentence.view));
    let bounds = sentence.filter(|found| found.overlaps(span)).unwrap_or_else(|| line(document, span));
    bounds.join(span)
}

fn line(document: &Document, span: Span) -> Span {
    let lines: &Lines = &document.lines;
    lines.span(&document.text, lines.index(span.start))
}
