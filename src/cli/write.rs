//! Files written whole or not at all: beside their place, then moved there.
//!
//! It decides nothing about their names, and never writes over a file unless it is told to.

use std::{
    collections::BTreeSet,
    fs::{self, File, OpenOptions},
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

use tempfile::{Builder, NamedTempFile};

use super::load::cause;
use crate::render::{self, Failure};

/// What to do where a file of the same name is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Existing {
    /// Leave it and fail.
    Keep,
    /// Take its place where it is a page that we made; else leave it and fail.
    ReplacePage,
    /// Take its place.
    Replace,
}

/// As much of a file as tells whether it is a page that we made, in bytes.
const HEAD: u64 = 1024;

/// Files that a run reads and therefore must not write.
#[derive(Debug, Default)]
pub(super) struct Guarded(BTreeSet<PathBuf>);

impl Guarded {
    /// Guards the files at these paths.
    pub(super) fn new<'a>(paths: impl Iterator<Item = &'a Path>) -> Self {
        Self(paths.map(identity).collect())
    }

    /// Whether the file at `path` is one of them, by whatever way it leads there.
    pub(super) fn holds(&self, path: &Path) -> bool {
        self.0.contains(&identity(path))
    }
}

/// One path for all ways to a file, there or not yet.
pub(super) fn identity(path: &Path) -> PathBuf {
    let whole = fs::canonicalize(path).or_else(|_| {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        fs::canonicalize(folder).map(|folder| folder.join(path.file_name().unwrap_or_default()))
    });
    let whole = whole.unwrap_or_else(|_| path.components().collect());
    // These systems take two names for one that differ in case alone.
    let ignores_case = cfg!(any(windows, target_os = "macos"));
    if ignores_case { PathBuf::from(whole.to_string_lossy().to_lowercase()) } else { whole }
}

/// A file that is not yet in its place. Nothing is left of it where it is dropped.
#[derive(Debug)]
pub(super) struct Pending {
    file: Draft,
    path: PathBuf,
    existing: Existing,
}

#[derive(Debug)]
enum Draft {
    /// A file beside the place.
    Beside(NamedTempFile),
    /// What is at the place is no file but a device or a pipe: nothing can take its place.
    Device(File),
}

impl Pending {
    /// A file that will be at `path`, or where a link there leads; its folders are made.
    pub(super) fn new(path: &Path, existing: Existing) -> Result<Self, Failure> {
        let existing = match existing {
            Existing::ReplacePage if is_page(path) => Existing::Replace,
            Existing::ReplacePage => Existing::Keep,
            other => other,
        };
        if existing == Existing::Keep && fs::symlink_metadata(path).is_ok() {
            return Err(taken());
        }
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        fs::create_dir_all(folder).map_err(|error| failed(&error))?;
        let file = draft(&path, folder).map_err(|error| failed(&error))?;
        Ok(Self { file, path, existing })
    }

    /// Adds bytes.
    pub(super) fn add(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        let written = match &mut self.file {
            Draft::Beside(file) => file.write_all(bytes),
            Draft::Device(file) => file.write_all(bytes),
        };
        written.map_err(|error| failed(&error))
    }

    /// Moves it to its place.
    pub(super) fn keep(self) -> Result<(), Failure> {
        let Draft::Beside(file) = self.file else { return Ok(()) };
        file.as_file().sync_all().map_err(|error| failed(&error))?;
        let moved = match self.existing {
            Existing::Keep | Existing::ReplacePage => file.persist_noclobber(&self.path),
            Existing::Replace => file.persist(&self.path),
        };
        match moved {
            Ok(_) => Ok(()),
            Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => Err(taken()),
            Err(error) => Err(failed(&error.error)),
        }
    }
}

/// What is written for `path` in `folder`. Who may not write to a file may not put another in its place either, and
/// who may read it stays the same.
fn draft(path: &Path, folder: &Path) -> io::Result<Draft> {
    let Ok(there) = fs::metadata(path) else { return temporary(folder).map(Draft::Beside) };
    if there.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    let opened = OpenOptions::new().write(true).open(path)?;
    if !there.is_file() {
        return Ok(Draft::Device(opened));
    }
    if there.permissions().readonly() {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    let file = temporary(folder)?;
    file.as_file().set_permissions(there.permissions())?;
    Ok(Draft::Beside(file))
}

/// Whether the file at `path` is a page that an earlier run wrote.
pub(super) fn is_page(path: &Path) -> bool {
    let mut head = Vec::new();
    File::open(path).and_then(|file| file.take(HEAD).read_to_end(&mut head)).is_ok() && render::is_page(&head)
}

/// Writes one file.
pub(super) fn write(path: &Path, bytes: &[u8], existing: Existing) -> Result<(), Failure> {
    let mut file = Pending::new(path, existing)?;
    file.add(bytes)?;
    file.keep()
}

/// What is said of a copy that would take the place of its original.
pub(super) fn same_file() -> Failure {
    refused("same-file", "这是要检查的文件，不能写在它上面", "请另起一个文件名，或者写到别的文件夹里")
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
