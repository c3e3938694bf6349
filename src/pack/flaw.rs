//! What is wrong at a place of one file: [`Flaw`], before anybody knows the file's name.
//!
//! The checks of a file's form speak in flaws; `load` adds the file and makes them faults of the pack.

use super::guard::is_hidden;
use crate::text::Span;

/// Something wrong at a place of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Flaw {
    /// Where, in bytes of the file's text without its byte order mark.
    pub span: Span,
    /// What is wrong, in Chinese.
    pub message: String,
    /// How to mend it, in Chinese.
    pub help: Option<String>,
    /// A second place of the same file that belongs to it, and what is there.
    pub related: Option<(Span, String)>,
}

impl Flaw {
    /// A flaw at `span`.
    pub(super) fn new(span: Span, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), help: None, related: None }
    }

    /// The same with a cure.
    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same with a second place.
    pub(super) fn related(mut self, span: Span, message: impl Into<String>) -> Self {
        self.related = Some((span, message.into()));
        self
    }
}

/// What a person wrote, as it may stand in a message: without control characters, and shortened to `limit` characters.
pub(crate) fn quoted(text: &str, limit: usize) -> String {
    let visible = |char: char| if char.is_control() || is_hidden(char) { '␣' } else { char };
    let mut out: String = text.chars().take(limit).map(visible).collect();
    if text.chars().nth(limit).is_some() {
        out.push('…');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn words_in_a_message_are_short_and_clean() {
        assert_eq!(quoted("法治\u{1b}[2J", 40), "法治␣[2J");
        assert_eq!(quoted("一二三四", 3), "一二三…");
    }
}
