//! Compound files, in which Word wrote before 2007 and in which an encrypted .docx is wrapped.
//!
//! It reads the names in the directory, to say what the file is; nothing is unpacked.

use super::ReadError;

const MAGIC: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// The size of a directory entry, on whose multiples they stand in any compound file.
const ENTRY: usize = 128;
/// Where an entry says how many bytes its name takes, the closing NUL included.
const NAME_LENGTH: usize = 64;

/// Whether these are the bytes of a compound file.
pub(super) fn is(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC)
}

/// What a clerk is told of the compound file `bytes`.
pub(super) fn error(bytes: &[u8]) -> ReadError {
    if holds(bytes, "EncryptedPackage") {
        return ReadError::encrypted();
    }
    if holds(bytes, "Workbook") || holds(bytes, "Book") {
        return ReadError::no_report("spreadsheet", "表格文件");
    }
    if holds(bytes, "PowerPoint Document") {
        return ReadError::no_report("presentation", "演示文稿");
    }
    ReadError::other_format("old-word", "旧版 WPS 或其他程序的文件")
}

/// Whether an entry of the directory has this name.
fn holds(bytes: &[u8], name: &str) -> bool {
    let name: Vec<u8> = name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
    bytes.chunks_exact(ENTRY).any(|entry| {
        entry.starts_with(&name) && entry.get(NAME_LENGTH).is_some_and(|length| usize::from(*length) == name.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.resize(512, 0);
        let name: Vec<u8> = name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
        bytes.extend(&name);
        bytes.resize(512 + NAME_LENGTH, 0);
        bytes.push(u8::try_from(name.len()).unwrap_or_default());
        bytes.resize(1024, 0);
        bytes
    }

    #[test]
    fn tells_an_encrypted_file_from_an_old_one() {
        assert_eq!(error(&file("EncryptedPackage")).code, "encrypted");
        assert_eq!(error(&file("WordDocument")).code, "old-word");
        assert_eq!(error(&file("Workbook")).code, "spreadsheet");
        assert_eq!(error(MAGIC).code, "old-word");
    }
}
