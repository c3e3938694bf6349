//! The bytes of a text or Markdown file with fixes applied; every other byte stays as it is, in the file's encoding.
//!
//! It writes no file and chooses no fix by its content. Word files have `docx`, where the clerk decides on each.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

use super::narrow::narrowed;
use crate::{
    Checked,
    diagnostic::{Diagnostic, Edit, Fix, Safety},
    document::{Document, Format, Origin},
    text::Span,
};

/// What came of applying fixes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mended {
    /// The file with the fixes.
    pub bytes: Vec<u8>,
    /// How many findings were mended.
    pub applied: usize,
}

/// Whether fixes can be applied to files of this format.
#[must_use]
pub const fn is_mendable(format: Format) -> bool {
    matches!(format, Format::Text | Format::Markdown)
}

/// Applies the fixes of `checked`, which was read from `bytes`, up to this safety. Of fixes that overlap the first
/// in the text is applied; silenced findings are left alone. None where there is nothing to apply.
#[must_use]
pub fn mend(bytes: &[u8], checked: &Checked, safety: Safety) -> Option<Mended> {
    let document = &checked.document;
    let encoding = document.origins.encoding().filter(|_| is_mendable(document.format))?;
    let mut mended = Mended { bytes: Vec::with_capacity(bytes.len()), applied: 0 };
    let mut copied = 0;
    for fix in fixes(&checked.review.diagnostics, safety) {
        let Some(patches) = patches(document, fix, encoding, copied) else { continue };
        for patch in patches {
            mended.bytes.extend_from_slice(bytes.get(copied..patch.start)?);
            mended.bytes.extend_from_slice(&patch.bytes);
            copied = patch.end;
        }
        mended.applied += 1;
    }
    mended.bytes.extend_from_slice(bytes.get(copied..)?);
    (mended.applied > 0).then_some(mended)
}

/// The fixes that may be applied, in the order of the text.
fn fixes(findings: &[Diagnostic], safety: Safety) -> impl Iterator<Item = &Fix> {
    let mut fixes: Vec<&Fix> = findings
        .iter()
        .filter(|finding| finding.silenced.is_none())
        .filter_map(|finding| finding.fix.as_ref())
        .filter(|fix| fix.safety <= safety && !fix.edits.is_empty())
        .collect();
    fixes.sort_by_key(|fix| fix.edits.first().map(|edit| (edit.span.start, edit.span.end)));
    fixes.into_iter()
}

/// Bytes of the file that others take the place of.
struct Patch {
    start: usize,
    end: usize,
    bytes: Vec<u8>,
}

/// The patches of a fix; none where they would touch what lies before byte `from` of the file, or hold a character
/// that the file cannot.
fn patches(document: &Document, fix: &Fix, encoding: &'static Encoding, from: usize) -> Option<Vec<Patch>> {
    let mut free = from;
    let mut patches = Vec::new();
    for edit in &fix.edits {
        let edit = narrowed(document, edit)?;
        let (start, end) = place(document, &edit)?;
        if start < free {
            return None;
        }
        free = end;
        patches.push(Patch { start, end, bytes: encoded(&edit.text, encoding)? });
    }
    Some(patches)
}

/// The bytes of the file that an edit replaces. An insertion stands behind the character before it, so that one at
/// the end of a line stays in its line.
fn place(document: &Document, edit: &Edit) -> Option<(usize, usize)> {
    let Span { start, end } = edit.span;
    let file = |span| match document.origins.of(&document.text, span)? {
        Origin::File { start, end } => Some((start, end)),
        _ => None,
    };
    let before = document.text.get(..start)?.chars().next_back().filter(|char| start == end && *char != '\n');
    match before {
        Some(char) => file(Span::new(start - char.len_utf8(), start)).map(|(_, end)| (end, end)),
        None => file(edit.span),
    }
}

/// `text` as the file writes it.
fn encoded(text: &str, encoding: &'static Encoding) -> Option<Vec<u8>> {
    let units = || text.encode_utf16();
    if encoding == UTF_16LE {
        return Some(units().flat_map(u16::to_le_bytes).collect());
    }
    if encoding == UTF_16BE {
        return Some(units().flat_map(u16::to_be_bytes).collect());
    }
    let (bytes, _, has_foreign) = encoding.encode(text);
    (!has_foreign).then(|| bytes.into_owned())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::{document::Lexicon, engine::Review, read};

    fn finding(edits: &[(usize, usize, &str)], safety: Safety) -> Diagnostic {
        let edits = edits.iter().map(|(start, end, text)| Edit { span: Span::new(*start, *end), text: (*text).into() });
        let fix = Fix { safety, edits: edits.collect() };
        Diagnostic {
            rule: "r".into(),
            name: "n".into(),
            severity: crate::diagnostic::Severity::Warning,
            message: "m".into(),
            help: None,
            basis: Vec::new(),
            span: Span::new(0, 3),
            at: None,
            related: Vec::new(),
            fix: Some(fix),
            silenced: None,
        }
    }

    fn mended(bytes: &[u8], findings: Vec<Diagnostic>, safety: Safety) -> Option<Mended> {
        let document = Document::new(read::read(bytes, "报告.txt").unwrap(), &Lexicon::default());
        let review = Review { diagnostics: findings, ..Review::default() };
        mend(bytes, &Checked { document, review }, safety)
    }

    #[test]
    fn only_the_fixed_bytes_change_whatever_the_encoding() {
        let text = "法制建设。\r\n甲镇";
        let fixes = || vec![finding(&[(0, 6, "法治")], Safety::Safe), finding(&[(15, 15, "！")], Safety::Safe)];
        let right = "法治建设。！\r\n甲镇";
        for write in [utf8, marked, gbk, wide] {
            let mended = mended(&write(text), fixes(), Safety::Safe).unwrap();
            assert_eq!((mended.bytes, mended.applied), (write(right), 2));
        }
    }

    fn utf8(text: &str) -> Vec<u8> {
        text.into()
    }

    fn marked(text: &str) -> Vec<u8> {
        format!("\u{feff}{text}").into()
    }

    fn gbk(text: &str) -> Vec<u8> {
        encoding_rs::GB18030.encode(text).0.into_owned()
    }

    fn wide(text: &str) -> Vec<u8> {
        std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn what_a_person_has_to_look_at_is_left_and_so_is_what_overlaps() {
        let text = "法制建设工作";
        let findings = || vec![finding(&[(0, 6, "法治")], Safety::Unsafe), finding(&[(3, 9, "治建")], Safety::Safe)];
        assert_eq!(mended(text.as_bytes(), findings(), Safety::Safe).unwrap().bytes, "法治建设工作".as_bytes());
        let all = mended(text.as_bytes(), findings(), Safety::Unsafe).unwrap();
        assert_eq!((all.bytes, all.applied), ("法治建设工作".into(), 1));
        assert_eq!(mended(text.as_bytes(), Vec::new(), Safety::Unsafe), None);
    }
}
