//! From the bytes of a file to a [`Source`]: one folder a format, picked by magic bytes first, then by extension.
//!
//! Readers never fail on content. What is no report at all is a [`ReadError`] that says what to do. No file is
//! opened here, and nothing is judged.

mod compound;
pub(crate) mod docx;
mod error;
mod kind;
mod limits;
mod text;

pub use error::ReadError;

use crate::document::Source;
use kind::Kind;

/// Reads the bytes of a file. `name` is its file name or path, for its extension alone.
///
/// # Errors
/// Where the bytes are not a document that can be read: empty, encrypted, binary, damaged, too large, or of a
/// format that is not supported.
pub fn read(bytes: &[u8], name: &str) -> Result<Source, ReadError> {
    limits::FILE.check(bytes.len())?;
    match kind::of(bytes)? {
        Kind::Package => docx::read(bytes),
        Kind::Text => text::read(bytes, has_markdown_extension(name)),
    }
}

fn has_markdown_extension(name: &str) -> bool {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    extension.eq_ignore_ascii_case("md") || extension.eq_ignore_ascii_case("markdown")
}
