//! Texts and places in few words, for every format for people: one line, the first characters, the heading above.

use super::visible;
use crate::{
    document::{Document, Role},
    text::Span,
};

/// Characters of a heading, a place or a replacement that are enough to know it by.
pub(crate) const ENOUGH: usize = 24;

/// `text` in one line. A line break between Chinese characters is no blank.
pub(crate) fn one_line(text: &str) -> String {
    let mut line = String::new();
    for word in text.split_whitespace() {
        let chinese = |char: Option<char>| char.is_some_and(|char| !char.is_ascii());
        let joins = chinese(line.chars().next_back()) && chinese(word.chars().next());
        if !line.is_empty() && !joins {
            line.push(' ');
        }
        line += word;
    }
    line
}

/// The first `most` characters of `text`, in visible form.
pub(crate) fn clip(text: &str, most: usize) -> String {
    let end = text.char_indices().nth(most);
    let shown = visible(end.map_or(text, |(at, _)| &text[..at])).into_owned();
    if end.is_some() { shown + "…" } else { shown }
}

/// The heading under which `span` stands, in the text; none where `span` stands in the heading itself, or in a note or
/// the furniture of a page.
pub(crate) fn heading_above(document: &Document, span: Span) -> Option<Span> {
    let block = document.blocks.get(document.block_at(document.view.from_text(span.start))?)?;
    if matches!(block.role, Role::Note | Role::Furniture) {
        return None;
    }
    let heading = document.headings.get(block.heading?)?;
    let stretch = document.view.to_text(&document.text, heading.view);
    (!stretch.overlaps(span)).then_some(stretch)
}
