//! What a file is by its first bytes: a package, a text, or something that no reader takes and why.
//!
//! The extension plays no part here: offices rename files more often than they convert them.

use super::{ReadError, compound, pdf};

/// The formats that a reader takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A zip package, perhaps a Word file.
    Package,
    /// A compound file, perhaps of Word 97–2003.
    Compound,
    /// PDF.
    Pdf,
    /// A web page.
    Page,
    /// Text in some encoding.
    Text,
}

/// Tells the kind of a file, or why it is none that can be read.
pub(super) fn of(bytes: &[u8]) -> Result<Kind, ReadError> {
    if [&b"PK\x03\x04"[..], b"PK\x05\x06", b"PK\x07\x08"].iter().any(|magic| bytes.starts_with(magic)) {
        return Ok(Kind::Package);
    }
    if compound::is(bytes) {
        return Ok(Kind::Compound);
    }
    if PICTURES.iter().any(|magic| bytes.starts_with(magic)) {
        return Err(picture());
    }
    if let Some((_, code, format)) = FOREIGN.iter().find(|(magic, ..)| bytes.starts_with(magic)) {
        return Err(ReadError::no_report(code, format));
    }
    if pdf::is_pdf(bytes) {
        return Ok(Kind::Pdf);
    }
    if is_page(bytes) {
        return Ok(Kind::Page);
    }
    markup(bytes).map_or(Ok(Kind::Text), Err)
}

/// First bytes of pictures.
const PICTURES: &[&[u8]] = &[b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*"];

/// First bytes of other files that hold no text.
const FOREIGN: &[(&[u8], &str, &str)] = &[
    (b"\x7fELF", "program", "程序"),
    (b"MZ\x90\x00", "program", "程序"),
    (b"Rar!\x1a\x07", "archive", "压缩包"),
    (b"7z\xbc\xaf\x27\x1c", "archive", "压缩包"),
    (b"\x1f\x8b\x08", "archive", "压缩包"),
];

/// Formats that are written as text but are not the text of a report.
fn markup(bytes: &[u8]) -> Option<ReadError> {
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let opens =
        |mark: &str| start.get(..mark.len()).is_some_and(|opening| opening.eq_ignore_ascii_case(mark.as_bytes()));
    if opens("{\\rtf") {
        return Some(ReadError::other_format("rich-text", " RTF 文件"));
    }
    if opens("mime-version:") {
        return Some(ReadError::other_format("web-page", "单个文件的网页（.mht）"));
    }
    opens("<?xml").then(|| ReadError::other_format("xml", " XML 文件"))
}

/// Whether a text opens as a web page does, if need be behind the declaration of XML.
fn is_page(bytes: &[u8]) -> bool {
    const HEAD: usize = 512;
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let head = start.get(..HEAD).unwrap_or(start).to_ascii_lowercase();
    let holds = |mark: &[u8]| head.windows(mark.len()).any(|window| window == mark);
    head.starts_with(b"<!doctype html") || head.starts_with(b"<html") || (head.starts_with(b"<?xml") && holds(b"<html"))
}

fn picture() -> ReadError {
    ReadError::new(
        "image",
        "这是图片，读不出里面的文字",
        "请检查原来的 Word 文件（.docx）；只有图片的，请先识别成文字（OCR），存为 .docx 或 .txt 再检查",
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    fn code(bytes: &[u8]) -> &'static str {
        of(bytes).expect_err("no kind that is read").code
    }

    #[test]
    fn tells_what_is_no_report() {
        assert_eq!(of(b"%PDF-1.7\n"), Ok(Kind::Pdf));
        assert_eq!(code(b"{\\rtf1\\ansi"), "rich-text");
        assert_eq!(of("\u{feff}\n<!DOCTYPE HTML>".as_bytes()), Ok(Kind::Page));
        assert_eq!(of(b"<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC ''><html>"), Ok(Kind::Page));
        assert_eq!(code(b"MIME-Version: 1.0\n"), "web-page");
        assert_eq!(code(b"<?xml version='1.0'?>"), "xml");
        assert_eq!(code(b"\xff\xd8\xff\xe0\x00\x10JFIF"), "image");
        assert_eq!(code(b"MZ\x90\x00\x03"), "program");
    }

    #[test]
    fn takes_text_that_only_looks_like_a_magic_number() {
        assert_eq!(of(b"MZ is a name"), Ok(Kind::Text));
        assert_eq!(of("<镇>".as_bytes()), Ok(Kind::Text));
        assert_eq!(of(b""), Ok(Kind::Text));
    }
}
