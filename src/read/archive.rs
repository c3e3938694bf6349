//! Archives of reports (.zip), as counties receive them: their files, by name.
//!
//! Nothing is written to disk, and an archive inside an archive is not opened. What the files are, [`read`](super::read)
//! tells.

use std::io::{Cursor, Read};

use encoding_rs::GBK;
use zip::{ZipArchive, read::ZipFile};

use super::{ReadError, kind, limits, package, text};

/// A file of an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its path inside the archive, with `/` between folders; it never leads out of it. Where the archive gives a path
    /// that does, it is that path, and there are no bytes.
    pub name: String,
    /// Its bytes, or why they could not be read.
    pub bytes: Result<Vec<u8>, ReadError>,
}

/// Whether bytes are an archive of files, and no document that is itself packed as one (Word, OpenDocument, OFD).
#[must_use]
pub fn is_archive(bytes: &[u8]) -> bool {
    const PARTS: [&str; 4] = ["[Content_Types].xml", "OFD.xml", "mimetype", "META-INF/manifest.xml"];
    let package = || package::Package::open(bytes).ok();
    let is_document =
        |package: &package::Package<'_>| PARTS.iter().any(|part| package.has(part)) || package.has_folder("word/");
    matches!(kind::of(bytes), Ok(kind::Kind::Package)) && package().is_none_or(|package| !is_document(&package))
}

/// The files of an archive in the order of its directory, those that systems and Word leave behind left out.
///
/// A file that cannot be read is among them, with its error. At most 64 MB of a file and 256 MB in all are read,
/// counted while unpacking; what goes beyond has an error. Names are UTF-8 or GBK.
///
/// # Errors
/// Where the archive itself cannot be read (`damaged`), or has more than 4,096 entries (`too-large`).
pub fn entries(bytes: &[u8]) -> Result<Vec<Entry>, ReadError> {
    limits::ENTRIES.check(package::count_entries(bytes))?;
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| package::unreadable(&error))?;
    let mut entries = Vec::new();
    let mut unpacked = 0;
    for index in 0..archive.len() {
        let (name, is_folder) = match archive.by_index_raw(index) {
            Ok(file) => (name(file.name_raw()), file.is_dir()),
            Err(_) => continue,
        };
        let path = path(&name);
        if is_folder || path.as_deref().is_some_and(is_left_behind) {
            continue;
        }
        let bytes = match path {
            None => Err(leads_out()),
            Some(_) => archive
                .by_index(index)
                .map_err(|error| package::unreadable(&error))
                .and_then(|file| unpack(file, &mut unpacked)),
        };
        let bytes = bytes.and_then(|bytes| if is_nested(&name, &bytes) { Err(nested()) } else { Ok(bytes) });
        entries.push(Entry { name: path.unwrap_or(name), bytes });
    }
    Ok(entries)
}

/// The bytes of a file. `unpacked` counts those of all files.
fn unpack(file: ZipFile<'_, Cursor<&[u8]>>, unpacked: &mut usize) -> Result<Vec<u8>, ReadError> {
    if file.is_symlink() {
        return Err(ReadError::damaged("是指向别处的链接，不是文件"));
    }
    let left = limits::PARTS.most.saturating_sub(*unpacked);
    let allowed = limits::PART.most.min(left);
    let mut bytes = Vec::new();
    let read = file.take(allowed as u64 + 1).read_to_end(&mut bytes);
    *unpacked += bytes.len();
    limits::PART.check(bytes.len())?;
    limits::PARTS.check(*unpacked)?;
    read.map_err(|_| ReadError::damaged("压缩内容不完整"))?;
    Ok(bytes)
}

/// A name as it is read: UTF-8, or what Windows writes in China.
fn name(raw: &[u8]) -> String {
    match std::str::from_utf8(raw) {
        Ok(name) if !text::encoding::is_gbk_by_chance(name) => name.to_owned(),
        _ => GBK.decode_without_bom_handling(raw).0.into_owned(),
    }
}

/// A name as a path inside the archive; none for one that leads out of it.
fn path(name: &str) -> Option<String> {
    let name = name.replace('\\', "/");
    let steps: Vec<&str> = name.split('/').filter(|step| !matches!(*step, "" | ".")).collect();
    // On Windows a colon leads to another drive, or to a stream that nobody sees.
    let has_drive = steps.iter().any(|step| step.contains(':'));
    if name.starts_with('/') || has_drive || steps.is_empty() || steps.contains(&"..") {
        return None;
    }
    Some(steps.join("/"))
}

/// Whether a file is one that systems and Word leave behind: owner's marks, views of folders.
fn is_left_behind(path: &str) -> bool {
    let file = path.rsplit('/').next().unwrap_or_default();
    path.split('/').any(|folder| folder == "__MACOSX")
        || file.starts_with("~$")
        || file.starts_with("._")
        || [".DS_Store", "Thumbs.db", "desktop.ini"].iter().any(|name| file.eq_ignore_ascii_case(name))
}

/// Whether a file is an archive too, by its name or by what it holds.
fn is_nested(name: &str, bytes: &[u8]) -> bool {
    let is_named = name.to_lowercase().ends_with(".zip") && bytes.starts_with(b"PK");
    is_named || kind::of(bytes).is_err_and(|error| error.code == "archive")
}

fn nested() -> ReadError {
    ReadError::new("archive", "压缩包里还有压缩包，里面的文件没有检查", "请把它解压出来，再检查里面的报告")
}

fn leads_out() -> ReadError {
    ReadError::new("unsafe-path", "压缩包里的路径指到了压缩包外面，没有读取", "请核对压缩包的来源，重新打包后再检查")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_utf8_or_gbk() {
        assert_eq!(name("青溪镇/报告.docx".as_bytes()), "青溪镇/报告.docx");
        assert_eq!(name(&GBK.encode("青溪镇\\报告.docx").0), "青溪镇\\报告.docx");
        // These bytes are valid UTF-8 as well.
        assert_eq!(name(&GBK.encode("通知.doc").0), "通知.doc");
    }

    #[test]
    fn paths_stay_inside_the_archive() {
        assert_eq!(path("a\\b/./c.txt").as_deref(), Some("a/b/c.txt"));
        for outside in ["../a", "a/../../b", "/etc/passwd", "C:\\a", "C:a", "b/x:y.txt", "\\\\server\\a", "", "./"] {
            assert_eq!(path(outside), None, "{outside}");
        }
    }
}
