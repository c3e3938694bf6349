//! Plain text and Markdown, in the encodings that Chinese offices use.
//!
//! The text is the decoded file verbatim: the byte order mark is dropped and line ends become `\n`, nothing else,
//! so that lines and columns are the file's own.

pub(super) mod decode;
pub(super) mod encoding;
mod inline;
mod markdown;
mod table;

use super::{ReadError, limits};
use crate::{
    document::{Format, Origins, Paragraph, ParagraphKind, Source},
    text::Span,
};

/// Reads plain text, or Markdown.
pub(super) fn read(bytes: &[u8], markdown: bool) -> Result<Source, ReadError> {
    let start = encoding::detect(bytes)?;
    let decoded = decode::decode(bytes, start)?;
    if encoding::is_garbage(&decoded.text) {
        return Err(ReadError::binary());
    }
    let (format, paragraphs, markup) = if markdown {
        let marked = markdown::read(&decoded.text);
        (Format::Markdown, marked.paragraphs, marked.markup)
    } else {
        (Format::Text, plain(&decoded.text), Vec::new())
    };
    if paragraphs.is_empty() {
        return Err(ReadError::empty());
    }
    let origins = Origins::new(decoded.pieces);
    Ok(Source { format, text: decoded.text, paragraphs, markup, origins, notes: Vec::new() })
}

/// The lines of a plain text that are not blank.
fn plain(text: &str) -> Vec<Paragraph> {
    let body = |span| Paragraph { span, kind: ParagraphKind::Body, depth: None, continues: false, area: None };
    lines(text).filter_map(|line| trimmed(text, line)).map(body).collect()
}

/// The spans of the lines of `text`, without their `\n`.
fn lines(text: &str) -> impl Iterator<Item = Span> {
    let mut start = 0;
    text.split('\n').map(move |line| {
        let span = Span::new(start, start + line.len());
        start = span.end + 1;
        span
    })
}

/// `span` without the blanks at its ends; none where nothing is left.
pub(in crate::read) fn trimmed(text: &str, span: Span) -> Option<Span> {
    let line = crate::text::slice(text, span);
    let body = line.trim_end_matches(is_blank);
    let start = span.start + (body.len() - body.trim_start_matches(is_blank).len());
    let end = span.start + body.len();
    (start < end).then(|| Span::new(start, end))
}

/// White space, full-width too, and characters of no width.
fn is_blank(char: char) -> bool {
    char.is_whitespace() || matches!(char, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_at_the_ends_are_no_part_of_a_paragraph() {
        let text = "\u{3000}\u{3000}正文。 \n \u{200b}\n尾";
        let found: Vec<&str> = plain(text).iter().map(|line| crate::text::slice(text, line.span)).collect();
        assert_eq!(found, ["正文。", "尾"]);
    }
}
