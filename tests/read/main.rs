//! The readers, from the bytes of a file to its text, its places and its notes; or to an error that helps.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod archive;
mod doc;
mod docx;
mod errors;
mod files;
mod html;
mod numbering;
mod odt;
mod ofd;
mod package;
mod revisions;
mod robust;
#[path = "../common/stored.rs"]
mod stored;
mod text;

use hegui::{
    document::{NoteKind, Origin, ParagraphKind, Source},
    read::read,
    text::{Span, slice},
};

/// The lines of a file that is read.
fn lines(source: &Source) -> Vec<&str> {
    source.paragraphs.iter().map(|line| slice(&source.text, line.span)).collect()
}

/// The kinds of its lines.
fn kinds(source: &Source) -> Vec<ParagraphKind> {
    source.paragraphs.iter().map(|line| line.kind).collect()
}

/// The notes with the text that they mark.
fn notes(source: &Source) -> Vec<(NoteKind, &str)> {
    source.notes.iter().map(|note| (note.kind, slice(&source.text, note.span))).collect()
}

/// The span of the only place where `part` stands.
fn span_of(source: &Source, part: &str) -> Span {
    let mut found = source.text.match_indices(part);
    let (start, _) = found.next().unwrap_or_else(|| panic!("{part} is not in {:?}", source.text));
    assert_eq!(found.next(), None, "{part} stands twice");
    Span::new(start, start + part.len())
}

/// Paragraph, first and last character of `part` in the Word file; its part is the main one.
fn word_place(source: &Source, part: &str) -> (usize, usize, usize) {
    match source.origins.of(&source.text, span_of(source, part)) {
        Some(Origin::Word { paragraph, start, end, .. }) => (paragraph, start, end),
        other => panic!("{part}: {other:?}"),
    }
}

/// Reads a Word file with this body.
#[track_caller]
fn body(body: &str) -> Source {
    read(&package::Docx::new(body).build(), "报告.docx").unwrap()
}

/// The code of the error that these bytes give.
#[track_caller]
fn code(bytes: &[u8]) -> &'static str {
    let error = read(bytes, "报告.txt").expect_err("not readable");
    assert!(!error.message.is_empty() && !error.help.is_empty(), "{error:?}");
    error.code
}
