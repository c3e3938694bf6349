//! Plain text and Markdown, in the encodings that Chinese offices use.

use super::ReadError;
use crate::{
    document::{Format, Origins, Paragraph, ParagraphKind, Source},
    text::Span,
};

/// Reads plain text, or Markdown.
pub(super) fn read(bytes: &[u8], markdown: bool) -> Result<Source, ReadError> {
    let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n");
    let mut paragraphs = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let body = line.trim();
        if !body.is_empty() {
            let start = at + line.find(body).unwrap_or(0);
            paragraphs.push(Paragraph {
                span: Span::new(start, start + body.len()),
                kind: ParagraphKind::Body,
                depth: None,
                continues: false,
            });
        }
        at += line.len();
    }
    let format = if markdown { Format::Markdown } else { Format::Text };
    Ok(Source { format, text, paragraphs, markup: Vec::new(), origins: Origins::default(), notes: Vec::new() })
}
