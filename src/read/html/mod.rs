//! Web pages (.html): the part of the page that holds the report, line by line, with its places in the file.
//!
//! The rest of the page (navigation, lists of links, the site's foot) is left out; the title and what stands between
//! it and the report are kept. Nothing is loaded and no script is run.

mod entity;
mod lines;
mod part;
mod places;
mod tree;

use encoding_rs::{Encoding, GB18030, GBK, UTF_8};

use super::{ReadError, draft::Draft, limits, text};
use crate::document::{Format, Source};
use text::decode::Start;

/// The declaration of the encoding stands within so many bytes.
const HEAD: usize = 4096;

/// Reads a web page.
pub(super) fn read(bytes: &[u8]) -> Result<Source, ReadError> {
    limits::PAGE.check(bytes.len())?;
    let decoded = text::decode::decode(bytes, start(bytes)?)?;
    if text::encoding::is_garbage(&decoded.text) {
        return Err(ReadError::binary());
    }
    let tree = tree::parse(&decoded.text)?;
    let parts = part::find(&tree, &decoded.text);
    let mut draft = Draft::default();
    lines::write(&tree, &decoded, &parts, &mut draft);
    draft.finish(Format::Html)
}

/// How the page is written. Its bytes decide where they can; then what it declares, which is often wrong.
fn start(bytes: &[u8]) -> Result<Start, ReadError> {
    let is_utf8 = std::str::from_utf8(bytes).is_ok();
    let declared = declared(bytes).filter(|encoding| *encoding != UTF_8);
    match declared {
        Some(encoding) if !is_utf8 && !encoding.decode_without_bom_handling(bytes).1 => Ok(Start { mark: 0, encoding }),
        _ => text::encoding::detect(bytes),
    }
}

/// The encoding that the page declares, among those that Chinese pages are written in.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..HEAD).unwrap_or(bytes).to_ascii_lowercase();
    let mark = b"charset=";
    let at = head.windows(mark.len()).position(|window| window == mark)? + mark.len();
    let value = head.get(at..)?.trim_ascii_start();
    let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
    let length = value.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'-').count();
    let encoding = Encoding::for_label(value.get(..length)?)?;
    if encoding == GBK { Some(GB18030) } else { Some(encoding).filter(|encoding| encoding.is_ascii_compatible()) }
}
