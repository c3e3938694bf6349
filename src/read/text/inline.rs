//! Markup inside a line of Markdown that a reader of the report does not see: `**`, `__`, a backslash, where a link
//! leads.
//!
//! A single `*` or `_` stays: reports write them for masked digits and blanks to fill in.

use crate::text::Span;

/// Appends the markup within `span` of `text`, which is one line, in the order of the text.
pub(super) fn find(text: &str, span: Span, markup: &mut Vec<Span>) {
    let first = markup.len();
    let line = crate::text::slice(text, span);
    for (mark, byte) in [("**", b'*'), ("__", b'_')] {
        pairs(line, mark, byte, |at| markup.push(Span::new(span.start + at, span.start + at + mark.len())));
    }
    links(line, |from, to| markup.push(Span::new(span.start + from, span.start + to)));
    escapes(line, |at| markup.push(Span::new(span.start + at, span.start + at + 1)));
    markup.get_mut(first..).unwrap_or_default().sort_unstable();
}

/// Marks come in pairs around text that does not begin or end with a blank. A run of another length is no mark.
fn pairs(line: &str, mark: &str, byte: u8, mut found: impl FnMut(usize)) {
    let mut open = None;
    for at in runs(line, mark, byte) {
        let after = line.get(at + mark.len()..).and_then(|rest| rest.chars().next());
        let before = line.get(..at).and_then(|rest| rest.chars().next_back());
        match open {
            Some(start) if before.is_some_and(|char| !char.is_whitespace()) => {
                found(start);
                found(at);
                open = None;
            }
            Some(_) => {}
            None => open = after.is_some_and(|char| !char.is_whitespace()).then_some(at),
        }
    }
}

/// Where runs of exactly the length of `mark` begin; an escaped one does not count.
fn runs<'a>(line: &'a str, mark: &'a str, byte: u8) -> impl Iterator<Item = usize> + 'a {
    let bytes = line.as_bytes();
    line.match_indices(mark).map(|(at, _)| at).filter(move |at| {
        let before = at.checked_sub(1).and_then(|before| bytes.get(before));
        before.is_none_or(|before| *before != byte && *before != b'\\') && bytes.get(at + mark.len()) != Some(&byte)
    })
}

/// Where links and pictures lead: `(…)` right behind a `]`, if it is an address.
fn links(line: &str, mut found: impl FnMut(usize, usize)) {
    for (at, _) in line.match_indices("](") {
        let inside = line.get(at + 2..).unwrap_or_default();
        let length = inside.find(')').unwrap_or(0);
        let address = inside.get(..length).unwrap_or_default();
        if address.contains(['/', '.', '#', ':']) {
            found(at + 1, at + 2 + length + 1);
        }
    }
}

/// Backslashes before a mark that would mean something without them.
fn escapes(line: &str, mut found: impl FnMut(usize)) {
    let mut escaped = false;
    for (at, pair) in line.as_bytes().windows(2).enumerate() {
        let escapes = !escaped && pair.first() == Some(&b'\\') && pair.get(1).is_some_and(u8::is_ascii_punctuation);
        if escapes {
            found(at);
        }
        escaped = escapes;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without_markup(line: &str) -> String {
        let mut markup = Vec::new();
        find(line, Span::new(0, line.len()), &mut markup);
        let mut text = line.to_owned();
        for span in markup.iter().rev() {
            text.replace_range(span.start..span.end, "");
        }
        text
    }

    #[test]
    fn bold_marks_are_markup_in_pairs() {
        assert_eq!(without_markup("**学深。**全年**两次**"), "学深。全年两次");
        assert_eq!(without_markup("__一是__抓学习"), "一是抓学习");
        assert_eq!(without_markup("**未完"), "**未完");
        assert_eq!(without_markup("a ** b ** c"), "a ** b ** c");
    }

    #[test]
    fn blanks_to_fill_in_and_masks_stay() {
        assert_eq!(without_markup("____年__月"), "____年__月");
        assert_eq!(without_markup("立案***件，罚款*元"), "立案***件，罚款*元");
    }

    #[test]
    fn where_a_link_leads_is_markup() {
        assert_eq!(without_markup("见[附件](http://x/法制宣传.pdf)。"), "见[附件]。");
        assert_eq!(without_markup("[甲](乙)"), "[甲](乙)");
    }

    #[test]
    fn a_backslash_before_a_mark_is_markup() {
        assert_eq!(without_markup(r"1\. 学习\*\*"), "1. 学习**");
        assert_eq!(without_markup(r"C:\文件 \\"), r"C:\文件 \");
    }
}
