//! One input and its bytes: read within bounds, the system's failures put into Chinese.
//!
//! Which inputs there are, `gather` says.

use std::{
    borrow::Cow,
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
};

use crate::render::Failure;

/// The most that is read of one input, in bytes. Reports have some kilobytes, with photographs some megabytes.
const LARGEST: u64 = 64 * 1024 * 1024;

/// Something to be read.
#[derive(Debug)]
pub(super) struct Input {
    /// Its name as shown.
    pub name: String,
    /// Where a file about it goes, below the folder that is chosen for such files; it never leads out of that.
    pub place: PathBuf,
    /// Where its bytes come from.
    pub from: From,
}

/// Where the bytes of an input come from.
#[derive(Debug)]
pub(super) enum From {
    /// A file.
    File(PathBuf),
    /// Standard input.
    Standard,
    /// A file of an archive, unpacked.
    Archive(Vec<u8>),
    /// Nowhere: what it is cannot be reached, and why.
    Lost(Failure),
}

impl Input {
    /// What a user means by `path`. `stdin_name` names standard input.
    pub(super) fn new(path: &Path, stdin_name: Option<&str>) -> Self {
        if path == Path::new("-") {
            let name = stdin_name.unwrap_or("-").to_owned();
            return Self {
                place: Path::new(&name).file_name().unwrap_or("-".as_ref()).into(),
                name,
                from: From::Standard,
            };
        }
        Self::file(path, path.file_name().unwrap_or_default().as_ref())
    }

    /// The file at `path`; what is about it goes to `place`.
    pub(super) fn file(path: &Path, place: &Path) -> Self {
        Self { name: shown(path), place: place.to_owned(), from: From::File(path.to_owned()) }
    }

    /// What cannot be reached.
    pub(super) fn lost(name: String, failure: Failure) -> Self {
        Self { place: PathBuf::from(Path::new(&name).file_name().unwrap_or_default()), name, from: From::Lost(failure) }
    }

    /// The path of the file, where it is one.
    pub(super) fn path(&self) -> Option<&Path> {
        if let From::File(path) = &self.from { Some(path) } else { None }
    }

    /// Its bytes.
    pub(super) fn load(&self) -> Result<Cow<'_, [u8]>, Failure> {
        match &self.from {
            From::File(path) => File::open(path).map_err(|error| failure(&error)).and_then(bounded).map(Cow::Owned),
            From::Standard => bounded(io::stdin().lock()).map(Cow::Owned),
            From::Archive(bytes) => Ok(Cow::Borrowed(bytes)),
            From::Lost(failure) => Err(failure.clone()),
        }
    }
}

fn bounded(source: impl Read) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    // One byte more than allowed tells a file that is too large from one that is just not.
    source.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|error| failure(&error))?;
    if bytes.len() as u64 > LARGEST {
        return Err(Failure {
            code: "too-large",
            message: format!("文件超过{}MB，太大了", LARGEST / 1024 / 1024),
            help: "请确认这是一份报告；若是图片太多，请删去图片另存后再检查".to_owned(),
        });
    }
    Ok(bytes)
}

/// `path` in characters; bytes that are none are written out, so that different names look different.
pub(super) fn shown(path: &Path) -> String {
    let mut shown = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        shown.push_str(chunk.valid());
        for byte in chunk.invalid() {
            shown.push_str(&format!("\\x{byte:02X}"));
        }
    }
    shown
}

/// Why the system did not let us at a file, and what to do.
pub(super) fn failure(error: &io::Error) -> Failure {
    let (code, help) = match error.kind() {
        _ if is_busy(error) => ("busy", "请先在 Word、WPS 等程序里关闭这个文件，再检查一次"),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
            ("missing", "请看看路径和文件名有没有写错；名字里有空格时，整个路径要加引号")
        }
        io::ErrorKind::IsADirectory => ("folder", "请写出文件夹里某一份报告的文件名"),
        io::ErrorKind::PermissionDenied => {
            ("permission", "请让文件的主人给出读取权限，或者把文件复制到自己的文件夹里再检查")
        }
        _ => ("unreadable", "请把文件复制到本机的硬盘上，再检查一次"),
    };
    Failure { code, message: cause(error), help: help.to_owned() }
}

/// What the system says, in Chinese.
pub(super) fn cause(error: &io::Error) -> String {
    match error.kind() {
        _ if is_busy(error) => "文件正被别的程序占用".to_owned(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => "找不到这个文件或文件夹".to_owned(),
        io::ErrorKind::PermissionDenied => "没有读取它的权限".to_owned(),
        io::ErrorKind::IsADirectory => "这是一个文件夹，不是文件".to_owned(),
        io::ErrorKind::StorageFull => "磁盘已满".to_owned(),
        _ => {
            let number = error.raw_os_error().map(|number| format!("（系统错误{number}）")).unwrap_or_default();
            format!("读写时系统报告错误{number}")
        }
    }
}

/// Whether another program keeps the file to itself: ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION.
fn is_busy(error: &io::Error) -> bool {
    cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_endless_input_is_too_large() {
        let failure = bounded(io::repeat(b'x')).map(|bytes| bytes.len());
        assert_eq!(failure.map_err(|failure| failure.code), Err("too-large"));
    }

    #[cfg(unix)]
    #[test]
    fn bytes_that_are_no_characters_are_written_out() {
        use std::os::unix::ffi::OsStrExt;
        let name = std::ffi::OsStr::from_bytes(b"\xb1\xa8\xb8\xe6.txt");
        assert_eq!(shown(Path::new(name)), "\\xB1\\xA8\\xB8\\xE6.txt");
    }
}
