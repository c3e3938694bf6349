//! Where an absence is shown: on real words near the place where the content belongs.

use super::context::Context;
use crate::{diagnostic::At, document::Role, text::Span};

/// The place for something absent that belongs into the part `section`: its heading, else a neighbour's, else the
/// title, else the first line. Spans are of the text.
pub(super) fn of(context: &Context<'_>, section: Option<usize>) -> (Span, At) {
    let opened = &context.parts.opened_by;
    let heading = |kind: usize| opened.get(kind).copied().flatten().map(|index| context.document.headings[index].view);
    let Some(kind) = section else { return outside(context) };
    if let Some(view) = heading(kind) {
        return (context.text_span(view), At::Inside);
    }
    if let Some(view) = (kind + 1..opened.len()).find_map(heading) {
        return (context.text_span(view), At::Before);
    }
    if let Some(view) = (0..kind).rev().find_map(heading) {
        return (context.text_span(view), At::After);
    }
    outside(context)
}

/// Behind the title, else at the first line.
fn outside(context: &Context<'_>) -> (Span, At) {
    let document = context.document;
    if let Some(title) = document.blocks.iter().rfind(|block| block.role == Role::Title) {
        return (context.text_span(title.view), At::After);
    }
    let first = document.blocks.iter().find(|block| block.role == Role::Body).or_else(|| document.blocks.first());
    match first.and_then(|block| block.spans.first()) {
        Some(line) => {
            let head = document.slice(*line).char_indices().nth(20).map_or(line.end, |(at, _)| line.start + at);
            (Span::new(line.start, head), At::Inside)
        }
        None => (Span::new(0, document.text.trim_end_matches('\n').len()), At::Inside),
    }
}
