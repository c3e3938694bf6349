//! A package (Word, OpenDocument, OFD): its parts by name, unpacked within limits, and the relations between them.
//!
//! Sizes that the package states are not believed; what comes out is counted while it is unpacked.

use std::{
    collections::BTreeMap,
    io::{Cursor, Read},
};

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use zip::{ZipArchive, result::ZipError};

use super::{ReadError, limits, xml::Tree};

/// An open package.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// The entries by their name in lower case, as names of parts differ in more than case.
    entries: BTreeMap<String, usize>,
    /// How many bytes have been unpacked.
    unpacked: usize,
}

/// A relation from a part to another.
#[derive(Debug, Clone)]
pub(super) struct Relation {
    /// Its id within the part that has it.
    pub(super) id: String,
    /// The last word of its type: `officeDocument`, `styles`, `header`.
    pub(super) kind: String,
    /// The name of the part that it leads to.
    pub(super) target: String,
}

impl<'a> Package<'a> {
    /// Opens a package.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, ReadError> {
        limits::ENTRIES.check(count_entries(bytes))?;
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| unreadable(&error))?;
        let names = archive.file_names().enumerate();
        let entries = names.filter_map(|(index, name)| Some((key(&name.ok()?), index))).collect();
        Ok(Self { archive, entries, unpacked: 0 })
    }

    /// Whether there is a part of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.entries.contains_key(&key(name))
    }

    /// Whether a part has a name that begins so.
    pub(super) fn has_folder(&self, folder: &str) -> bool {
        let folder = key(folder);
        self.entries.range(folder.clone()..).next().is_some_and(|(name, _)| name.starts_with(&folder))
    }

    /// The bytes of a part, if there is one of this name.
    pub(super) fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let Some(index) = self.entries.get(&key(name)) else { return Ok(None) };
        let entry = self.archive.by_index(*index).map_err(|error| unreadable(&error))?;
        let allowed = limits::PART.most.min(limits::PARTS.most.saturating_sub(self.unpacked));
        let mut bytes = Vec::new();
        let read = entry.take(allowed as u64 + 1).read_to_end(&mut bytes);
        limits::PART.check(bytes.len())?;
        self.unpacked += bytes.len();
        limits::PARTS.check(self.unpacked)?;
        read.map_err(|_| ReadError::damaged("压缩内容不完整"))?;
        Ok(Some(bytes))
    }

    /// The XML of a part, if there is one of this name.
    pub(super) fn xml(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        self.bytes(name)?.map(decode).transpose()
    }

    /// The relations of a part, in their order; of the package itself for an empty name.
    pub(super) fn relations(&mut self, part: &str) -> Result<Vec<Relation>, ReadError> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let name = format!("{folder}/_rels/{file}.rels");
        let Some(xml) = self.xml(&name)? else { return Ok(Vec::new()) };
        let tree = Tree::parse(&xml)?;
        let relation = |element: super::xml::Element<'_>| {
            let kind = element.attribute("Type")?;
            Some(Relation {
                id: element.attribute("Id")?.into_owned(),
                kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                target: resolve(folder, &element.attribute("Target")?),
            })
        };
        let elements = tree.elements().filter(|element| element.local() == "Relationship");
        Ok(elements.filter_map(relation).collect())
    }
}

/// At least as many entries as the directory of a package has, counted by their signature before it is read.
pub(super) fn count_entries(bytes: &[u8]) -> usize {
    bytes.windows(4).filter(|window| window == b"PK\x01\x02").count()
}

/// The form of a name in which parts are found.
pub(crate) fn key(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_ascii_lowercase()
}

/// The name of the part that `target` means from a part in `folder`. It never leaves the package.
pub(super) fn resolve(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let from = if target.starts_with('/') { "" } else { folder };
    let mut path: Vec<&str> = Vec::new();
    for step in from.split('/').chain(target.split('/')) {
        match step {
            "" | "." => {}
            ".." => drop(path.pop()),
            step => path.push(step),
        }
    }
    path.join("/")
}

/// The text of an XML part: UTF-8 or, by its mark or declaration, another encoding.
fn decode(bytes: Vec<u8>) -> Result<String, ReadError> {
    let unreadable = || ReadError::damaged("XML 的编码读不出来");
    let encoding = match bytes.as_slice() {
        [0xff, 0xfe, ..] | [b'<', 0, ..] => UTF_16LE,
        [0xfe, 0xff, ..] | [0, b'<', ..] => UTF_16BE,
        [0xef, 0xbb, 0xbf, rest @ ..] => return String::from_utf8(rest.to_vec()).map_err(|_| unreadable()),
        other => match declared(other) {
            Some(encoding) => encoding,
            None => return String::from_utf8(bytes).map_err(|_| unreadable()),
        },
    };
    let (text, _, broken) = encoding.decode(&bytes);
    if broken { Err(unreadable()) } else { Ok(text.into_owned()) }
}

/// The encoding that an XML declaration names, where it is not UTF-8.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let bytes = bytes.strip_prefix(b"<?xml")?;
    let declaration = bytes.split(|byte| *byte == b'>').next()?;
    let declaration = std::str::from_utf8(declaration.get(..200).unwrap_or(declaration)).ok()?;
    let value = declaration.split_once("encoding")?.1.split(['"', '\'']).nth(1)?;
    Encoding::for_label(value.as_bytes()).filter(|encoding| *encoding != encoding_rs::UTF_8)
}

/// What a clerk is told of a package that does not open.
pub(super) fn unreadable(error: &ZipError) -> ReadError {
    match error {
        ZipError::UnsupportedArchive(reason) if *reason == ZipError::PASSWORD_REQUIRED => ReadError::encrypted(),
        ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => {
            ReadError::damaged("用了不支持的压缩方式")
        }
        _ => ReadError::damaged("压缩结构不完整"),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn targets_are_found_from_the_folder_of_their_part() {
        assert_eq!(resolve("word", "styles.xml"), "word/styles.xml");
        assert_eq!(resolve("word", "/word/document.xml"), "word/document.xml");
        assert_eq!(resolve("word/sub", "../media/./a.png"), "word/media/a.png");
        assert_eq!(resolve("", "../../etc/passwd"), "etc/passwd");
    }

    #[test]
    fn decodes_parts_in_other_encodings() {
        let xml = "<a>镇</a>";
        let little: Vec<u8> = xml.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(little).unwrap(), xml);
        let big: Vec<u8> = format!("\u{feff}{xml}").encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decode(big).unwrap(), xml);
        assert_eq!(decode(b"\xef\xbb\xbf<a/>".to_vec()).unwrap(), "<a/>");
        let declared = encoding_rs::GB18030.encode("<?xml version='1.0' encoding='GB2312'?><a>镇</a>").0.into_owned();
        assert!(decode(declared).unwrap().ends_with("<a>镇</a>"));
        assert_eq!(decode(b"<a>\xff</a>".to_vec()).unwrap_err().code, "damaged");
    }
}
