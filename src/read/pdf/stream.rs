//! The bytes of a stream of a PDF, never more than asked for.

use std::{borrow::Cow, io::Read};

use flate2::read::{DeflateDecoder, ZlibDecoder};
use hayro_syntax::{
    Filter,
    object::{Dict, Object, Stream},
};

use super::{
    Failure,
    limits::{self, PAGE_CONTENT},
};

/// The limit of the content of a page or a form, as users read it.
pub(super) const PAGE_LIMIT: &str = "一页内容超过32MB";
/// What the search for the ends of inline images may cost, in bytes looked at.
const IMAGE_SEARCH: usize = 1 << 33;

/// What a filter makes of one byte at most.
fn growth(filter: Filter) -> usize {
    match filter {
        Filter::FlateDecode => 1_032,
        Filter::LzwDecode => 2_730,
        Filter::RunLengthDecode => 64,
        _ => 1,
    }
}

/// The decoded bytes of `stream`; none where it can't be decoded or is an image.
///
/// # Errors
/// Where they are or could be more than `most` bytes; `limit` names the limit.
pub(super) fn decode<'a>(
    stream: &Stream<'a>,
    most: usize,
    limit: &'static str,
) -> Result<Option<Cow<'a, [u8]>>, Failure> {
    let raw = stream.raw_data();
    let filters = stream.filters();
    if filters.as_slice() == [Filter::FlateDecode] && !has_parameters(stream) {
        let inflated = inflate(&raw, most);
        return if inflated.len() > most { Err(Failure::TooLarge(limit)) } else { Ok(Some(Cow::Owned(inflated))) };
    }
    let growth = filters.iter().fold(1, |all: usize, filter| all.saturating_mul(growth(*filter)));
    // A chain is decoded at one go; a short one can't reach far.
    if raw.len().saturating_mul(growth) > most.saturating_mul(8) {
        return Err(Failure::TooLarge(limit));
    }
    let Ok(decoded) = stream.decoded_data() else { return Ok(None) };
    if decoded.len() > most { Err(Failure::TooLarge(limit)) } else { Ok(Some(decoded)) }
}

/// Whether the filter has parameters (a predictor), or the data stand in another file.
fn has_parameters(stream: &Stream<'_>) -> bool {
    let dict = stream.dict();
    let other_file = matches!(dict.get::<Object<'_>>("F"), Some(Object::String(_) | Object::Dict(_)));
    other_file || dict.contains_key("DP") || dict.get::<Dict<'_>>("DecodeParms").is_some_and(|dict| !dict.is_empty())
}

/// Inflates up to one byte more than `most`. What stands before a fault is kept.
fn inflate(data: &[u8], most: usize) -> Vec<u8> {
    let limit = most as u64 + 1;
    let mut inflated = Vec::new();
    let whole = ZlibDecoder::new(data).take(limit).read_to_end(&mut inflated).is_ok();
    if !whole && inflated.is_empty() {
        // Some producers leave the two bytes of the header out. A fault is the end of the data here too.
        let _ = DeflateDecoder::new(data).take(limit).read_to_end(&mut inflated);
    }
    inflated
}

/// The content of a page: one stream, or several that are one.
pub(super) fn content_of(page: &Dict<'_>) -> Result<Vec<u8>, Failure> {
    let mut content = Vec::new();
    let streams: Vec<Stream<'_>> = match page.get::<Object<'_>>("Contents") {
        Some(Object::Stream(stream)) => vec![stream],
        Some(Object::Array(array)) => array.iter::<Object<'_>>().filter_map(Object::into_stream).collect(),
        _ => Vec::new(),
    };
    for stream in streams {
        if let Some(part) = decode(&stream, PAGE_CONTENT, PAGE_LIMIT)? {
            if content.len() + part.len() > PAGE_CONTENT {
                return Err(Failure::TooLarge(PAGE_LIMIT));
            }
            content.extend_from_slice(&part);
            content.push(b'\n');
        }
    }
    Ok(content)
}

/// For every inline image the library may search all that follows for its end.
pub(super) fn refuse_inline_image_search(content: &[u8]) -> Result<(), Failure> {
    let mut cost = 0_usize;
    let mut at = 0;
    while let Some(found) = limits::find(content, b"BI", at) {
        cost = cost.saturating_add(content.len() - found);
        if cost > IMAGE_SEARCH {
            return Err(Failure::TooLarge("一页里的小图片过多"));
        }
        at = found + 2;
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::io::Write;

    use flate2::{Compression, write::ZlibEncoder};

    use super::*;

    #[test]
    fn inflates_up_to_the_limit_and_keeps_what_stands_before_a_fault() {
        let mut packed = ZlibEncoder::new(Vec::new(), Compression::default());
        packed.write_all(&b"BT (a) Tj ET ".repeat(1_000)).unwrap();
        let packed = packed.finish().unwrap();
        assert_eq!(inflate(&packed, 20_000).len(), 13_000);
        assert_eq!(inflate(&packed, 100).len(), 101);
        let cut = inflate(&packed[..packed.len() - 12], 20_000);
        assert!(!cut.is_empty() && cut.len() < 13_000);
    }
}
