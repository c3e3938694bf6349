//! From the bytes of a text file to its text, with the place of each line in the file.
//!
//! Pieces are made line by line while decoding, so that an offset is counted in the file's own bytes, whatever
//! the encoding and the line ends.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::{ReadError, limits};
use crate::{
    document::{Anchor, Piece},
    text::Span,
};

/// Where the text of a file begins, and how it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::read) struct Start {
    /// The bytes of the byte order mark, which is no part of the text.
    pub(in crate::read) mark: usize,
    /// The encoding.
    pub(in crate::read) encoding: &'static Encoding,
}

/// A decoded file.
#[derive(Debug)]
pub(in crate::read) struct Decoded {
    /// The text; lines end in `\n`.
    pub(in crate::read) text: String,
    /// Its lines, or parts of lines around bytes that could not be read.
    pub(in crate::read) pieces: Vec<Piece>,
}

/// Decodes a file. Bytes that mean nothing in the encoding become U+FFFD.
pub(in crate::read) fn decode(bytes: &[u8], start: Start) -> Result<Decoded, ReadError> {
    let wide = start.encoding == UTF_16LE || start.encoding == UTF_16BE;
    let mut decoder = Decoder { bytes, encoding: start.encoding, text: String::new(), pieces: Vec::new() };
    let mut at = start.mark;
    let mut lines = 1;
    while at < bytes.len() {
        let end = if wide { decoder.wide_line_end(at) } else { decoder.line_end(at) };
        decoder.line(at, end);
        at = end;
        let newline = if wide { decoder.wide_newline(at) } else { decoder.newline(at) };
        if newline > 0 {
            decoder.text.push('\n');
            lines += 1;
            at += newline;
        }
        limits::LINES.check(lines)?;
        limits::TEXT.check(decoder.text.len())?;
    }
    Ok(Decoded { text: decoder.text, pieces: decoder.pieces })
}

struct Decoder<'a> {
    bytes: &'a [u8],
    encoding: &'static Encoding,
    text: String,
    pieces: Vec<Piece>,
}

impl Decoder<'_> {
    /// Where the line that begins at byte `start` of the file ends. No encoding but UTF-16 uses the bytes of a line
    /// end inside another character.
    fn line_end(&self, start: usize) -> usize {
        let rest = self.bytes.get(start..).unwrap_or_default();
        let length = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
        start + length.unwrap_or(rest.len())
    }

    /// How many bytes the line end at byte `at` takes.
    fn newline(&self, at: usize) -> usize {
        match (self.bytes.get(at), self.bytes.get(at + 1)) {
            (Some(b'\r'), Some(b'\n')) => 2,
            (Some(b'\r' | b'\n'), _) => 1,
            _ => 0,
        }
    }

    fn wide_line_end(&self, start: usize) -> usize {
        let rest = self.bytes.get(start..).unwrap_or_default();
        let newline = |pair: &[u8]| matches!(self.unit(pair), Some(0x0a | 0x0d));
        let length = rest.chunks(2).position(newline);
        length.map_or(self.bytes.len(), |units| start + 2 * units)
    }

    fn wide_newline(&self, at: usize) -> usize {
        let unit = |at: usize| self.bytes.get(at..at + 2).and_then(|pair| self.unit(pair));
        match (unit(at), unit(at + 2)) {
            (Some(0x0d), Some(0x0a)) => 4,
            (Some(0x0d | 0x0a), _) => 2,
            _ => 0,
        }
    }

    /// A code unit of UTF-16; none for the half that a cut file ends with.
    fn unit(&self, pair: &[u8]) -> Option<u16> {
        let pair: [u8; 2] = pair.try_into().ok()?;
        Some(if self.encoding == UTF_16LE { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) })
    }

    /// Decodes the bytes `start..end`, which hold no line end.
    fn line(&mut self, start: usize, end: usize) {
        let line = self.bytes.get(start..end).unwrap_or_default();
        if line.is_empty() {
            return;
        }
        if self.encoding == UTF_8 {
            self.utf8(start, line);
        } else if self.encoding == UTF_16LE || self.encoding == UTF_16BE {
            self.utf16(start, line);
        } else {
            self.legacy(start, line);
        }
    }

    fn utf8(&mut self, mut offset: usize, line: &[u8]) {
        for chunk in line.utf8_chunks() {
            self.piece(offset, chunk.valid());
            offset += chunk.valid().len() + chunk.invalid().len();
            self.unreadable(chunk.invalid());
        }
    }

    fn utf16(&mut self, offset: usize, line: &[u8]) {
        let pairs = line.chunks_exact(2);
        let rest = pairs.remainder();
        let units = pairs.filter_map(|pair| self.unit(pair));
        let text: String = char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
        self.piece(offset, &text);
        self.unreadable(rest);
    }

    /// A line in a multi-byte encoding. Where encoding it again does not give back its bytes (broken bytes, a
    /// second code for the same character), the places are counted character by character.
    fn legacy(&mut self, offset: usize, line: &[u8]) {
        let (text, broken) = self.encoding.decode_without_bom_handling(line);
        if !broken && *self.encoding.encode(&text).0 == *line {
            self.piece(offset, &text);
        } else {
            self.characters(offset, line);
        }
    }

    fn characters(&mut self, mut offset: usize, line: &[u8]) {
        let mut run = String::new();
        let mut run_offset = offset;
        let mut rest = line;
        while !rest.is_empty() {
            let (character, behind) = rest.split_at(character_length(rest, self.encoding).min(rest.len()));
            let (text, broken) = self.encoding.decode_without_bom_handling(character);
            offset += character.len();
            rest = behind;
            if !broken && *self.encoding.encode(&text).0 == *character {
                run.push_str(&text);
                continue;
            }
            self.piece(run_offset, &std::mem::take(&mut run));
            run_offset = offset;
            if broken {
                self.unreadable(character);
            } else {
                self.piece(offset - character.len(), &text);
            }
        }
        self.piece(run_offset, &run);
    }

    fn piece(&mut self, offset: usize, text: &str) {
        if text.is_empty() {
            return;
        }
        let span = Span::new(self.text.len(), self.text.len() + text.len());
        self.text.push_str(text);
        self.pieces.push(Piece { span, anchor: Anchor::File { offset, encoding: self.encoding } });
    }

    /// Bytes that are no character: one U+FFFD, without a place of its own.
    fn unreadable(&mut self, bytes: &[u8]) {
        if !bytes.is_empty() {
            self.text.push(char::REPLACEMENT_CHARACTER);
        }
    }
}

/// How many bytes the first character takes in GB18030 or Big5; one for a byte that begins none.
fn character_length(bytes: &[u8], encoding: &'static Encoding) -> usize {
    match bytes {
        [0x81..=0xfe, 0x30..=0x39, 0x81..=0xfe, 0x30..=0x39, ..] if encoding == encoding_rs::GB18030 => 4,
        [0x81..=0xfe, 0x40..=0x7e | 0x80..=0xfe, ..] => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use encoding_rs::{BIG5, GB18030};

    use super::*;
    use crate::document::{Origin, Origins};

    fn decoded(bytes: &[u8], encoding: &'static Encoding) -> (String, Origins) {
        let decoded = decode(bytes, Start { mark: 0, encoding }).unwrap();
        (decoded.text, Origins::new(decoded.pieces))
    }

    /// The bytes of the file from which `part` of the text was read.
    fn bytes_of<'a>(bytes: &'a [u8], text: &str, origins: &Origins, part: &str) -> &'a [u8] {
        let start = text.find(part).unwrap();
        match origins.of(text, Span::new(start, start + part.len())) {
            Some(Origin::File { start, end }) => &bytes[start..end],
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn places_are_bytes_of_the_file_behind_any_line_end() {
        for encoding in [UTF_8, GB18030] {
            let bytes = encoding.encode("青砚镇\r\n二〇二四\r𠮷祥街\n末行").0.into_owned();
            let (text, origins) = decoded(&bytes, encoding);
            assert_eq!(text, "青砚镇\n二〇二四\n𠮷祥街\n末行");
            for part in ["砚", "〇二", "𠮷", "祥街", "末行"] {
                assert_eq!(bytes_of(&bytes, &text, &origins, part), &*encoding.encode(part).0, "{part}");
            }
        }
    }

    #[test]
    fn places_are_bytes_in_utf16_of_both_orders() {
        let write = |text: &str, big: bool| -> Vec<u8> {
            text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
        };
        for (encoding, big) in [(UTF_16LE, false), (UTF_16BE, true)] {
            let bytes = write("乙\r\n甲𠮷镇\r丙", big);
            let (text, origins) = decoded(&bytes, encoding);
            assert_eq!(text, "乙\n甲𠮷镇\n丙");
            assert_eq!(bytes_of(&bytes, &text, &origins, "𠮷镇"), write("𠮷镇", big));
            assert_eq!(bytes_of(&bytes, &text, &origins, "丙"), write("丙", big));
        }
    }

    #[test]
    fn broken_bytes_cost_one_character_and_no_place() {
        let mut bytes = "法治".as_bytes().to_vec();
        bytes.extend(b"\xe6\xb3");
        bytes.extend("政府".as_bytes());
        let (text, origins) = decoded(&bytes, UTF_8);
        assert_eq!(text, "法治\u{fffd}政府");
        assert_eq!(bytes_of(&bytes, &text, &origins, "政府"), "政府".as_bytes());

        let (text, origins) = decoded(b"\xb7\xa8\xff\xd6\xce\x80,\xd5", GB18030);
        assert_eq!(text, "法\u{fffd}治€,\u{fffd}");
        assert_eq!(bytes_of(b"\xb7\xa8\xff\xd6\xce\x80,\xd5", &text, &origins, "治"), b"\xd6\xce");
        assert_eq!(bytes_of(b"\xb7\xa8\xff\xd6\xce\x80,\xd5", &text, &origins, ","), b",");
    }

    #[test]
    fn reads_big5_and_a_utf16_file_cut_in_the_middle() {
        let bytes = BIG5.encode("鄉鎮\n法治").0.into_owned();
        let (text, origins) = decoded(&bytes, BIG5);
        assert_eq!(text, "鄉鎮\n法治");
        assert_eq!(bytes_of(&bytes, &text, &origins, "治"), &*BIG5.encode("治").0);
        assert_eq!(decoded(b"\x4e\x4e\x0a\x00\x87", UTF_16LE).0, "\u{4e4e}\n\u{fffd}");
    }

    #[test]
    fn refuses_more_lines_than_a_report_can_have() {
        let bytes = vec![b'\n'; 200_001];
        let error = decode(&bytes, Start { mark: 0, encoding: UTF_8 }).unwrap_err();
        assert_eq!(error.code, "too-large");
        assert!(error.message.contains("行数"));
    }
}
