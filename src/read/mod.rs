//! From the bytes of a file to a [`Source`]: one folder a format, picked by magic bytes first, then by extension.
//!
//! Readers never fail on content. What is no report at all is a [`ReadError`] that says what to do. No file is
//! opened here, and nothing is judged.

pub mod archive;
mod compound;
mod doc;
pub(crate) mod docx;
mod draft;
mod error;
mod grid;
mod html;
mod kind;
mod limits;
mod number_format;
mod odt;
mod ofd;
mod output;
mod package;
mod pdf;
mod text;
mod xml;

pub use error::ReadError;

use crate::document::Source;
use kind::Kind;
use package::Package;

/// Reads the bytes of a file. `name` is its file name or path, for its extension alone.
///
/// # Errors
/// Where the bytes are not a document that can be read: empty, encrypted, binary, damaged, too large, or of a
/// format that is not supported.
pub fn read(bytes: &[u8], name: &str) -> Result<Source, ReadError> {
    limits::FILE.check(bytes.len())?;
    match kind::of(bytes)? {
        Kind::Package => package(bytes),
        Kind::Compound => doc::read(bytes),
        Kind::Pdf => pdf::read(bytes),
        Kind::Page => html::read(bytes),
        Kind::Text if has_extension(name, &["html", "htm", "shtml", "xhtml"]) => html::read(bytes),
        Kind::Text => text::read(bytes, has_extension(name, &["md", "markdown"])),
    }
}

/// Reads a package by what it holds.
fn package(bytes: &[u8]) -> Result<Source, ReadError> {
    let mut package = Package::open(bytes)?;
    if odt::is(&package) {
        return odt::read(&mut package);
    }
    if ofd::is(&package) {
        return ofd::read(&mut package);
    }
    docx::read(bytes)
}

fn has_extension(name: &str, extensions: &[&str]) -> bool {
    let own = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    extensions.iter().any(|extension| own.eq_ignore_ascii_case(extension))
}
