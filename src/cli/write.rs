//! Files written whole or not at all: beside their place, then moved there.
//!
//! It decides nothing about their names, and never writes over a file unless it is told to.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use tempfile::{Builder, NamedTempFile};

use super::load::cause;
use crate::render::Failure;

/// What to do where a file of the same name is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Existing {
    /// Leave it and fail.
    Keep,
    /// Take its place.
    Replace,
}

/// A file that is not yet in its place. Nothing is left of it where it is dropped.
#[derive(Debug)]
pub(super) struct Pending {
    file: NamedTempFile,
    path: PathBuf,
    existing: Existing,
}

impl Pending {
    /// A file that will be at `path`; its folders are made.
    pub(super) fn new(path: &Path, existing: Existing) -> Result<Self, Failure> {
        if existing == Existing::Keep && fs::symlink_metadata(path).is_ok() {
            return Err(taken());
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        fs::create_dir_all(folder).map_err(|error| failed(&error))?;
        let file = temporary(folder).map_err(|error| failed(&error))?;
        Ok(Self { file, path: path.to_owned(), existing })
    }

    /// Adds bytes.
    pub(super) fn add(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.file.write_all(bytes).map_err(|error| failed(&error))
    }

    /// Moves it to its place.
    pub(super) fn keep(self) -> Result<(), Failure> {
        self.file.as_file().sync_all().map_err(|error| failed(&error))?;
        let moved = match self.existing {
            Existing::Keep => self.file.persist_noclobber(&self.path),
            Existing::Replace => self.file.persist(&self.path),
        };
        match moved {
            Ok(_) => Ok(()),
            Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => Err(taken()),
            Err(error) => Err(failed(&error.error)),
        }
    }
}

/// Writes one file.
pub(super) fn write(path: &Path, bytes: &[u8], existing: Existing) -> Result<(), Failure> {
    let mut file = Pending::new(path, existing)?;
    file.add(bytes)?;
    file.keep()
}

/// Whether two paths lead to one file that is there.
pub(super) fn is_same(one: &Path, other: &Path) -> bool {
    matches!((fs::canonicalize(one), fs::canonicalize(other)), (Ok(one), Ok(other)) if one == other)
}

/// What is said of a copy that would take the place of its original.
pub(super) fn same_file() -> Failure {
    refused("same-file", "这就是原文件，不能写在它上面", "请另起一个文件名")
}

/// A new file, which others may read as they may any file that the user makes.
fn temporary(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(".hegui-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

fn taken() -> Failure {
    refused("exists", "已经有这个文件，没有覆盖", "请先把它移走，或者另起一个文件名；要覆盖就加上 --force")
}

/// Why the system did not let us write, and what to do.
pub(super) fn failed(error: &io::Error) -> Failure {
    let help = match error.kind() {
        io::ErrorKind::NotFound => "请看看要写入的文件夹在不在，路径有没有写错",
        io::ErrorKind::PermissionDenied => "请写到自己的文件夹里，例如桌面",
        _ => "请关闭正打开着的同名文件，或者写到别的文件夹里",
    };
    let message = match error.kind() {
        io::ErrorKind::PermissionDenied => "没有写入的权限".to_owned(),
        _ => cause(error),
    };
    Failure { code: "unwritable", message, help: help.to_owned() }
}

fn refused(code: &'static str, message: &str, help: &str) -> Failure {
    Failure { code, message: message.to_owned(), help: help.to_owned() }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_not_kept_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("结果.json");
        let mut file = Pending::new(&path, Existing::Replace).unwrap();
        file.add(b"{").unwrap();
        drop(file);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_file_that_is_there_is_kept_unless_told_otherwise() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("新/报告.txt");
        write(&path, b"1", Existing::Keep).unwrap();
        assert_eq!(write(&path, b"2", Existing::Keep).unwrap_err().code, "exists");
        assert_eq!(fs::read(&path).unwrap(), b"1");
        write(&path, b"2", Existing::Replace).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"2");
    }
}
