//! Cuts the sentence around a place to what fits on one line: [`Excerpt`]. It draws nothing.
//!
//! A paragraph of a thousand characters on one line is normal in a report; nobody wants to see it whole.

use std::ops::Range;

use super::super::{place, visible::push_visible};
use crate::{
    document::Document,
    text::{Span, display_width, slice},
};

/// Characters shown before a place, if there is room.
const BEFORE: usize = 18;
/// Characters shown behind it.
const AFTER: usize = 22;
/// Characters shown of the place itself.
const LONGEST_MARK: usize = 40;

/// One line of text with a place in it, safe for a terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Excerpt {
    /// The line.
    pub text: String,
    /// The place, in bytes of the line.
    pub mark: Range<usize>,
}

impl Excerpt {
    /// The surroundings of `span` within its sentence, in at most about `cells` cells.
    pub(crate) fn new(document: &Document, span: Span, cells: usize) -> Self {
        let bounds = place::sentence(document, span);
        let text = &document.text;
        let room = cells.saturating_sub(2);
        let context = (room / 3).min(20);
        let mark_end = forwards(text, span, LONGEST_MARK, room.saturating_sub(context));
        let room = room.saturating_sub(shown_width(slice(text, Span::new(span.start, mark_end))));
        let before =
            backwards(text, Span::new(bounds.start, span.start), BEFORE, (room * BEFORE).div_ceil(BEFORE + AFTER));
        let room = room.saturating_sub(shown_width(slice(text, Span::new(before, span.start))));
        let after = match mark_end < span.end {
            true => mark_end,
            false => forwards(text, Span::new(span.end, bounds.end), AFTER, room),
        };
        let mut excerpt = Self { text: String::new(), mark: 0..0 };
        let lead = slice(text, Span::new(before, span.start));
        if before > bounds.start {
            excerpt.text.push('…');
            excerpt.push(lead);
        } else {
            excerpt.push(lead.trim_start());
        }
        let start = excerpt.text.len();
        excerpt.push(slice(text, Span::new(span.start, mark_end)));
        excerpt.mark = start..excerpt.text.len();
        excerpt.push(slice(text, Span::new(mark_end, after)).trim_end());
        if after < bounds.end {
            excerpt.text.push('…');
        }
        excerpt
    }

    /// Appends `text` in visible form. Line ends and the blanks around them become one mark.
    fn push(&mut self, text: &str) {
        for char in text.chars() {
            if !(char.is_whitespace() && self.text.ends_with('↵')) {
                push_visible(&mut self.text, char);
            }
        }
    }
}

/// Where to stop, going forward through `range` as far as the characters and cells allow, at least one character.
fn forwards(text: &str, range: Span, characters: usize, cells: usize) -> usize {
    let mut used = 0;
    let source = slice(text, range);
    for (count, (at, char)) in source.char_indices().enumerate() {
        used += shown_width(char.encode_utf8(&mut [0; 4]));
        if count == characters || (count > 0 && used > cells) {
            return range.start + at;
        }
    }
    range.start + source.len()
}

/// Where to start, so that the way to the end of `range` is as long as the characters and cells allow.
fn backwards(text: &str, range: Span, characters: usize, cells: usize) -> usize {
    let mut used = 0;
    let mut start = range.end;
    for (at, char) in slice(text, range).char_indices().rev().take(characters) {
        used += shown_width(char.encode_utf8(&mut [0; 4]));
        if used > cells {
            break;
        }
        start = range.start + at;
    }
    start
}

/// The cells that `text` takes in its visible form.
fn shown_width(text: &str) -> usize {
    display_width(&super::super::visible(text))
}
