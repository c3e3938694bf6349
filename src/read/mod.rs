//! From the bytes of a file to a [`Source`]: one file a format, picked by magic bytes first, then by extension.
//!
//! Readers never fail on content. What is no report at all is a [`ReadError`] that says what to do.

mod docx;
mod error;
mod pdf;
mod txt;

pub use error::ReadError;

use crate::document::Source;

/// Reads the bytes of a file. `name` is its file name or path, for its extension alone.
///
/// # Errors
/// Where the bytes are not a document that can be read: empty, encrypted, binary, damaged, too large.
pub fn read(bytes: &[u8], name: &str) -> Result<Source, ReadError> {
    let extension = name.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase()).unwrap_or_default();
    if bytes.starts_with(b"PK\x03\x04") {
        return docx::read(bytes);
    }
    if pdf::is_pdf(bytes) || extension == "pdf" {
        return pdf::read(bytes);
    }
    txt::read(bytes, extension == "md" || extension == "markdown")
}
