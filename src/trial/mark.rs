//! The marks in an example: `⟦…⟧` around what a finding must mark, `⟦wrong→right⟧` with its fix, `⟦⟧` at an anchor.

use crate::text::{Span, slice};

/// A mark, in bytes of the text without marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) span: Span,
    /// The fix that is expected there.
    pub(super) to: Option<String>,
}

/// The text without its marks, and the marks.
pub(super) fn unmark(text: &str) -> (String, Vec<Mark>) {
    let mut plain = String::with_capacity(text.len());
    let mut marks = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('⟦') {
        plain.push_str(before);
        let (inside, behind) = after.split_once('⟧').unwrap_or((after, ""));
        let (found, to) = match inside.split_once('→') {
            Some((found, to)) => (found, Some(to.to_owned())),
            None => (inside, None),
        };
        let start = plain.len();
        plain.push_str(found);
        marks.push(Mark { span: Span::new(start, plain.len()), to });
        rest = behind;
    }
    plain.push_str(rest);
    (plain, marks)
}

/// The text with these marks; one that overlaps the mark before it is left out.
pub(super) fn mark(text: &str, marks: &[Mark]) -> String {
    let mut sorted: Vec<&Mark> = marks.iter().collect();
    sorted.sort_by_key(|mark| (mark.span.start, mark.span.end));
    let mut marked = String::with_capacity(text.len());
    let mut at = 0;
    for mark in sorted.into_iter().filter(|mark| !mark.span.is_empty()) {
        if mark.span.start < at {
            continue;
        }
        marked.push_str(slice(text, Span::new(at, mark.span.start)));
        marked.push('⟦');
        marked.push_str(slice(text, mark.span));
        if let Some(to) = &mark.to {
            marked.push('→');
            marked.push_str(to);
        }
        marked.push('⟧');
        at = mark.span.end;
    }
    marked.push_str(slice(text, Span::new(at, text.len())));
    marked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_marks_out_and_keeps_their_place() {
        let (plain, marks) = unmark("我镇⟦法制→法治⟧宣传⟦3场⟧。");
        assert_eq!(plain, "我镇法制宣传3场。");
        assert_eq!(marks[0], Mark { span: Span::new(6, 12), to: Some("法治".to_owned()) });
        assert_eq!(&plain[marks[1].span.start..marks[1].span.end], "3场");
        assert_eq!(mark(&plain, &marks), "我镇⟦法制→法治⟧宣传⟦3场⟧。");
    }
}
