//! What reading a PDF may cost, and the refusal of files that would cost more.
//!
//! The library sets no limits of its own. All counters count work (bytes, glyphs), never time, so that the same
//! file is read or refused on every machine.

use flate2::{Decompress, FlushDecompress, Status};

use super::Failure;

/// The longest file, in bytes.
pub(super) const FILE: usize = 100 << 20;
/// The most pages.
pub(super) const PAGES: usize = 2_000;
/// The longest content of one page, in bytes after inflating.
pub(super) const PAGE_CONTENT: usize = 32 << 20;
/// The most content that is worked through for one file, in bytes, forms counted each time they are drawn.
const ALL_CONTENT: usize = 256 << 20;
/// The longest table of a font (its encoding, its map to Unicode), in bytes after inflating.
pub(super) const FONT_TABLE: usize = 8 << 20;
/// The most glyphs on one page.
const PAGE_GLYPHS: usize = 500_000;
/// The most glyphs in one file.
const ALL_GLYPHS: usize = 3_000_000;
/// The longest stream that is no image, in bytes after inflating: the library inflates tables of objects unasked.
const STREAM: u64 = 64 << 20;
/// The longest image; it is never inflated for its content, only here, to see that it is none of the others.
const IMAGE: u64 = 512 << 20;
/// What all streams may come to together, read and inflated.
const ALL_STREAMS: u64 = 4 << 30;
/// For every page the library reads the fonts and forms that it may draw, inherited ones too: the most objects, times
/// the names in the largest.
const NAMES: usize = 50_000_000;
/// The limit of what can't be named better.
pub(super) const STRUCTURE: &str = "结构过于复杂";
/// How far before a stream its dictionary is looked for.
const DICTIONARY: usize = 400;

/// Counts what reading a file has cost.
#[derive(Debug, Default)]
pub(super) struct Budget {
    content: usize,
    page_glyphs: usize,
    all_glyphs: usize,
}

impl Budget {
    /// A new page begins.
    pub(super) fn turn_page(&mut self) {
        self.page_glyphs = 0;
    }

    /// `bytes` more of content are to be worked through.
    pub(super) fn spend_content(&mut self, bytes: usize) -> Result<(), Failure> {
        self.content = self.content.saturating_add(bytes);
        if self.content > ALL_CONTENT { Err(Failure::TooLarge("页面内容超过256MB")) } else { Ok(()) }
    }

    /// One more glyph was drawn.
    pub(super) fn spend_glyph(&mut self) -> Result<(), Failure> {
        self.page_glyphs += 1;
        self.all_glyphs += 1;
        if self.page_glyphs > PAGE_GLYPHS {
            return Err(Failure::TooLarge("一页超过50万字"));
        }
        if self.all_glyphs > ALL_GLYPHS { Err(Failure::TooLarge("全文超过300万字")) } else { Ok(()) }
    }
}

/// Refuses a file with a stream that inflates beyond the limits, before the library inflates it.
pub(super) fn check_streams(bytes: &[u8]) -> Result<(), Failure> {
    let mut spent = 0;
    let mut at = 0;
    while let Some(found) = find(bytes, b"stream", at) {
        at = found + b"stream".len();
        let before = bytes.get(..found).unwrap_or_default();
        if before.ends_with(b"end") {
            continue;
        }
        let data = bytes.get(at..).unwrap_or_default();
        let data = data.strip_prefix(b"\r").unwrap_or(data);
        let data = data.strip_prefix(b"\n").unwrap_or(data);
        let most = if is_image(before) { IMAGE } else { STREAM };
        let (read, inflated) = inflated_length(data, most);
        if inflated > most {
            return Err(Failure::TooLarge("有一段数据解压后超过64MB"));
        }
        spent += read + inflated;
        if spent > ALL_STREAMS {
            return Err(Failure::TooLarge("数据解压后合计超过4GB"));
        }
    }
    Ok(())
}

/// Refuses a file of which the library would read the same dictionary too many times. Only objects that stand open in
/// the file are looked at.
pub(super) fn check_objects(bytes: &[u8]) -> Result<(), Failure> {
    let (mut objects, mut most_names) = (0_usize, 0);
    let mut at = find(bytes, b"obj", 0);
    while let Some(start) = at {
        let next = find(bytes, b"obj", start + 3);
        let object = bytes.get(start..next.unwrap_or(bytes.len())).unwrap_or_default();
        let object = object.get(..find(object, b"stream", 0).unwrap_or(object.len())).unwrap_or_default();
        objects += 1;
        most_names = most_names.max(object.iter().filter(|byte| **byte == b'/').count());
        if has_pages_inside(object) {
            return Err(Failure::TooLarge(STRUCTURE));
        }
        at = next;
    }
    // Every object ends with another `obj`.
    if objects / 2 * most_names > NAMES { Err(Failure::TooLarge(STRUCTURE)) } else { Ok(()) }
}

/// Whether an object lists many pages that stand inside it; proper ones are objects of their own.
fn has_pages_inside(object: &[u8]) -> bool {
    let Some(kids) = find(object, b"/Kids", 0) else { return false };
    let list = object.get(kids..find(object, b"]", kids).unwrap_or(object.len())).unwrap_or_default();
    list.windows(2).filter(|pair| *pair == b"<<").count() > PAGES
}

/// Whether the dictionary at the end of `before` says that an image follows.
fn is_image(before: &[u8]) -> bool {
    let dictionary = before.get(before.len().saturating_sub(DICTIONARY)..).unwrap_or_default();
    let own = (0..dictionary.len()).rev().find(|at| dictionary.get(*at..).is_some_and(|rest| rest.starts_with(b"obj")));
    find(dictionary, b"/Image", own.unwrap_or_default()).is_some()
}

/// How many bytes of `data` an inflater reads and how many it gives, until it ends, fails or gives more than `most`.
fn inflated_length(data: &[u8], most: u64) -> (u64, u64) {
    let is_zlib = matches!(data, [method, flags, ..]
        if method & 0x0f == 8 && (u32::from(*method) << 8 | u32::from(*flags)).is_multiple_of(31));
    if !is_zlib {
        return (0, 0);
    }
    let mut inflater = Decompress::new(true);
    let mut sink = [0; 1 << 15];
    while inflater.total_out() <= most {
        let (read, given) = (inflater.total_in(), inflater.total_out());
        let rest = usize::try_from(read).ok().and_then(|read| data.get(read..)).unwrap_or_default();
        let status = inflater.decompress(rest, &mut sink, FlushDecompress::None);
        let stuck = inflater.total_in() == read && inflater.total_out() == given;
        if stuck || !matches!(status, Ok(Status::Ok)) {
            break;
        }
    }
    (inflater.total_in(), inflater.total_out())
}

/// Where `needle` stands in `bytes` at or after `from`.
pub(super) fn find(bytes: &[u8], needle: &[u8], from: usize) -> Option<usize> {
    let first = needle.first()?;
    let mut at = from;
    loop {
        at += bytes.get(at..)?.iter().position(|byte| byte == first)?;
        if bytes.get(at..)?.starts_with(needle) {
            return Some(at);
        }
        at += 1;
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::io::Write;

    use flate2::{Compression, write::ZlibEncoder};

    use super::*;

    fn stream(dictionary: &str, megabytes: usize) -> Vec<u8> {
        let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
        for _ in 0..megabytes {
            packed.write_all(&[b' '; 1 << 20]).unwrap();
        }
        [format!("7 0 obj <<{dictionary}>> stream\r\n").into_bytes(), packed.finish().unwrap()].concat()
    }

    #[test]
    fn refuses_a_stream_that_inflates_without_end() {
        assert!(check_streams(&stream("/Filter/FlateDecode", 4)).is_ok());
        assert_eq!(check_streams(&stream("/Filter/FlateDecode", 65)).unwrap_err().code(), "too-large");
        assert!(check_streams(&stream("/Subtype/Image/Filter/FlateDecode", 65)).is_ok());
    }

    #[test]
    fn refuses_a_dictionary_that_every_page_would_read_again() {
        let page = "3 0 obj<</Parent 2 0 R>>endobj ".repeat(8_000);
        let fonts = |count: usize| format!("2 0 obj<</Font<<{}>>>>endobj ", "/F1 5 0 R".repeat(count));
        assert!(check_objects([page.clone(), fonts(500)].concat().as_bytes()).is_ok());
        assert_eq!(check_objects([page, fonts(8_000)].concat().as_bytes()).unwrap_err().code(), "too-large");
        let inside = format!("2 0 obj<</Kids[{}]>>endobj", "<<>>".repeat(3_000));
        assert!(check_objects(inside.as_bytes()).is_err());
    }

    #[test]
    fn counts_glyphs_by_page_and_in_all() {
        let mut budget = Budget::default();
        for _ in 0..PAGE_GLYPHS {
            budget.spend_glyph().unwrap();
        }
        assert!(budget.spend_glyph().is_err());
        budget.turn_page();
        assert!(budget.spend_glyph().is_ok());
        assert!(budget.spend_content(ALL_CONTENT).is_ok());
        assert!(budget.spend_content(1).is_err());
    }
}
