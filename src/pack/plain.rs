//! Texts without quotes that mean something else than they look like: one that runs on into the next line's “- ”, and
//! one that a `#` cuts short. Both are right to the parser, and hardly ever meant.

use super::flaw::Flaw;
use crate::text::{Span, slice};

/// The flaw of the text without quotes at `span`, if it has one.
pub(super) fn flaw(text: &str, span: Span) -> Option<Flaw> {
    dash(text, span).or_else(|| comment(text, span))
}

/// A line of the text, behind its first, that opens like the item of a list.
fn dash(text: &str, span: Span) -> Option<Flaw> {
    let mut start = span.start;
    for (index, line) in slice(text, span).split_inclusive('\n').enumerate() {
        let body = line.trim();
        if index > 0 && body.starts_with("- ") {
            let at = start + (line.len() - line.trim_start().len());
            let flaw = Flaw::new(Span::new(at, at + body.len()), "这一行接在上一行的文字后面，成了同一项");
            return Some(flaw.help("如果是另一项，与上一项的“- ”左对齐；如果是同一项的文字，给整个值加引号"));
        }
        start += line.len();
    }
    None
}

/// A comment right behind a Chinese text. People who mean one put a blank behind the `#`.
fn comment(text: &str, span: Span) -> Option<Flaw> {
    let ends_chinese = slice(text, span).chars().next_back().is_some_and(|char| !char.is_ascii());
    let rest = text.get(span.end..)?.split('\n').next().unwrap_or_default().trim_end();
    let blank = rest.strip_prefix(' ')?;
    let word = blank.strip_prefix('#').filter(|word| word.starts_with(|char: char| !char.is_ascii()))?;
    let at = span.end + 1;
    let flaw = || Flaw::new(Span::new(at, at + 1 + word.len()), "从“#”起成了备注，不算文字");
    ends_chinese.then(|| flaw().help("如果“#”是文字的一部分，给整个值加引号；如果真是备注，“#”后面空一格"))
}
