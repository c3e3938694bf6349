//! How a text file is written: UTF-8, GB18030 (with GBK and GB2312), UTF-16 or Big5, with or without a mark.
//!
//! A mark decides; then valid UTF-8; then the pattern of UTF-16; then a statistical guess. Other encodings are
//! not used by Chinese offices: text in them is told to be unreadable rather than read wrongly.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

use super::{ReadError, decode::Start};

/// The guess is made on so many bytes at most; it does not get better with more.
const SAMPLE: usize = 1 << 20;

/// Tells the encoding of a text file.
///
/// # Errors
/// Where the bytes are no text, or text in an encoding that is not read.
pub(in crate::read) fn detect(bytes: &[u8]) -> Result<Start, ReadError> {
    if let Some(start) = marked(bytes) {
        return Ok(start);
    }
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    let unmarked = |encoding| Ok(Start { mark: 0, encoding });
    if sample.contains(&0) {
        return utf16(sample).map_or_else(|| Err(ReadError::binary()), unmarked);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return unmarked(if is_gbk_by_chance(text) { GB18030 } else { UTF_8 });
    }
    if let Some(encoding) = utf16(sample) {
        return unmarked(encoding);
    }
    if is_mostly_utf8(sample) {
        return unmarked(UTF_8);
    }
    if has_control_bytes(sample) {
        return Err(ReadError::binary());
    }
    guess(sample).map_or_else(|| Err(ReadError::encoding()), unmarked)
}

/// Whether a decoded text is no writing: full of control characters, of bytes that mean nothing, or of the accented
/// letters and private characters that a program makes of Chinese when it takes it for another encoding.
pub(in crate::read) fn is_garbage(text: &str) -> bool {
    let (mut all, mut control, mut broken) = (0, 0, 0);
    for char in text.chars() {
        all += 1;
        control += usize::from(is_control(char));
        let stray = matches!(char, char::REPLACEMENT_CHARACTER | '\u{80}'..='\u{ff}' | '\u{e000}'..='\u{f8ff}');
        broken += usize::from(stray);
    }
    let many_control = control * 100 > all && (control >= 4 || control * 2 > all);
    many_control || broken * 5 > all
}

/// Characters that no editor writes into a text. 0x1a once marked the end of a file.
fn is_control(char: char) -> bool {
    char.is_control() && !matches!(char, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1a}')
}

fn marked(bytes: &[u8]) -> Option<Start> {
    const MARKS: [(&[u8], &Encoding); 4] =
        [(b"\xef\xbb\xbf", UTF_8), (b"\xff\xfe", UTF_16LE), (b"\xfe\xff", UTF_16BE), (b"\x84\x31\x95\x33", GB18030)];
    let (mark, encoding) = MARKS.into_iter().find(|(mark, _)| bytes.starts_with(mark))?;
    Some(Start { mark: mark.len(), encoding })
}

/// Whether a short GBK text has bytes that happen to be valid UTF-8: every character takes two bytes in both
/// readings, and none of the UTF-8 reading is Chinese.
pub(in crate::read) fn is_gbk_by_chance(text: &str) -> bool {
    const LONGEST: usize = 256;
    if text.is_ascii() || text.len() > LONGEST {
        return false;
    }
    let two_bytes = |char: char| char.is_ascii() || char.len_utf8() == 2;
    let (other, broken) = GB18030.decode_without_bom_handling(text.as_bytes());
    text.chars().all(two_bytes) && !broken && other.chars().all(|char| char.is_ascii() || is_chinese(char))
}

/// Chinese characters and the marks between them.
fn is_chinese(char: char) -> bool {
    matches!(char, '\u{3000}'..='\u{303f}' | '\u{3400}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

/// UTF-16 without a mark, by the upper bytes of its units: those of Chinese characters and marks, or zero. One
/// unit at least has to be such that no text in a byte encoding has it: two lower-case letters of English look
/// like a Chinese character.
fn utf16(sample: &[u8]) -> Option<&'static Encoding> {
    [(UTF_16LE, false), (UTF_16BE, true)].into_iter().find(|(_, big)| has_pattern(sample, *big)).map(|found| found.0)
}

fn has_pattern(sample: &[u8], big: bool) -> bool {
    let (mut units, mut plausible, mut certain) = (0, 0, 0);
    for pair in sample.chunks_exact(2) {
        let Ok(pair) = <[u8; 2]>::try_from(pair) else { continue };
        let unit = if big { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) };
        let is_certain = matches!(unit, 0x09..=0x0d | 0x20..=0x7e | 0x3000..=0x3002 | 0xff01..=0xff5e);
        units += 1;
        certain += usize::from(is_certain);
        plausible += usize::from(is_certain || matches!(unit, 0x2000..=0x20ff | 0x3003..=0x301f | 0x4e00..=0x9fff));
    }
    certain > 0 && plausible * 10 >= units * 9
}

/// UTF-8 with some broken bytes, or cut in the middle of a character.
fn is_mostly_utf8(sample: &[u8]) -> bool {
    let (mut sound, mut broken) = (0, 0);
    for chunk in sample.utf8_chunks() {
        sound += chunk.valid().chars().filter(|char| char.len_utf8() > 2).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    sound >= 10 * broken
}

/// A statistical guess. No country is given as a hint: it would turn Big5 into GBK. The end of the sample is not
/// said to be the end of the text, so that a character that is cut there does not count against an encoding.
fn guess(sample: &[u8]) -> Option<&'static Encoding> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, false);
    let guessed = detector.guess(None, Utf8Detection::Deny);
    if guessed == GBK || guessed == GB18030 {
        return Some(GB18030);
    }
    let (big5, gb18030) = (Reading::new(sample, BIG5), Reading::new(sample, GB18030));
    if guessed == BIG5 && big5.is_sound() && big5.broken <= gb18030.broken {
        return Some(BIG5);
    }
    gb18030.is_sound().then_some(GB18030)
}

/// How a sample reads in an encoding: its characters beyond ASCII, of them the Chinese and the broken ones.
struct Reading {
    all: usize,
    chinese: usize,
    broken: usize,
}

impl Reading {
    fn new(sample: &[u8], encoding: &'static Encoding) -> Self {
        let text = encoding.decode_without_bom_handling(sample).0;
        let count = |is: fn(char) -> bool| text.chars().filter(|char| is(*char)).count();
        Self {
            all: count(|char| !char.is_ascii()),
            chinese: count(is_chinese),
            broken: count(|char| char == char::REPLACEMENT_CHARACTER),
        }
    }

    /// Whether it is Chinese for the most part.
    fn is_sound(&self) -> bool {
        self.chinese * 5 >= self.all * 4
    }
}

/// Whether many bytes are such that no text in any encoding has them.
fn has_control_bytes(sample: &[u8]) -> bool {
    let control = sample.iter().filter(|byte| byte.is_ascii() && is_control(char::from(**byte))).count();
    control * 100 > sample.len()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    const TEXT: &str = "竹溪镇二〇二四年法治政府建设情况报告\n今年以来，镇党委、政府认真落实各项任务。\n";

    fn detected(bytes: &[u8]) -> &'static str {
        detect(bytes).map_or_else(|error| error.code, |start| start.encoding.name())
    }

    fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(to_bytes).collect()
    }

    #[test]
    fn a_mark_decides() {
        assert_eq!(detect(b"\xef\xbb\xbfabc"), Ok(Start { mark: 3, encoding: UTF_8 }));
        assert_eq!(detect(b"\xff\xfeN\x00"), Ok(Start { mark: 2, encoding: UTF_16LE }));
        assert_eq!(detect(b"\xfe\xff\x00N"), Ok(Start { mark: 2, encoding: UTF_16BE }));
        assert_eq!(detect(b"\x84\x31\x95\x33\xb7\xa8"), Ok(Start { mark: 4, encoding: GB18030 }));
    }

    #[test]
    fn tells_the_encodings_of_offices() {
        assert_eq!(detected(TEXT.as_bytes()), "UTF-8");
        assert_eq!(detected(&GB18030.encode(TEXT).0), "gb18030");
        assert_eq!(detected(&utf16(TEXT, u16::to_le_bytes)), "UTF-16LE");
        assert_eq!(detected(&utf16(TEXT, u16::to_be_bytes)), "UTF-16BE");
        assert_eq!(detected(b"plain ascii"), "UTF-8");
        assert_eq!(detected(b""), "UTF-8");
    }

    #[test]
    fn tells_traditional_characters_in_big5() {
        let text = "本鎮認真貫徹落實各項任務，全年共受理調解案件三十二件，辦結三十二件。";
        assert_eq!(detected(&BIG5.encode(text).0), "Big5");
    }

    #[test]
    fn short_gbk_text_may_be_valid_utf8() {
        assert_eq!(detected(b"\xcd\xa8\xd6\xaa"), "gb18030");
        assert_eq!(GB18030.decode(b"\xcd\xa8\xd6\xaa").0, "通知");
        assert_eq!(detected("§ 通知".as_bytes()), "UTF-8");
        assert_eq!(detected(&GB18030.encode("法治政府").0), "gb18030");
    }

    #[test]
    fn reads_gb18030_with_four_byte_characters_and_cut_files() {
        let bytes = GB18030.encode("䶮溪镇㙍头村𠮷祥街道€全年调解纠纷").0.into_owned();
        assert_eq!(detected(&bytes), "gb18030");
        assert_eq!(detected(&bytes[..bytes.len() - 1]), "gb18030");
        assert_eq!(detected(&TEXT.as_bytes()[..TEXT.len() - 2]), "UTF-8");
    }

    #[test]
    fn english_with_an_accent_is_no_utf16() {
        assert_eq!(detected(b"a caf\xe9 au lait with milk and sugar for everybody here"), "encoding");
    }

    #[test]
    fn tells_what_is_no_text() {
        assert_eq!(detected(b"\x00\x01\x02\x03\x00\x00\x00"), "binary");
        let noise: Vec<u8> = (0..4096u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8 | 1).collect();
        assert_eq!(detected(&noise), "binary");
        assert!(is_garbage("\u{1}\u{2}\u{3}\u{4}正文"));
        assert!(is_garbage("法\u{fffd}\u{fffd}"));
        assert!(is_garbage("ÖñÏªÕò2024Äê·¨ÖÎÕþ¸®½¨Éè"));
        assert!(!is_garbage("Rapport annuel de la commune, publié l'été dernier"));
        assert!(!is_garbage("第一页\u{c}第二页\u{1a}"));
    }
}
