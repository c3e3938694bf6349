//! From the paths that a user types to the inputs of a run: folders walked in order, no file twice.
//!
//! It opens no file. What cannot be reached becomes an input of its own, with the reason.

use std::{
    collections::BTreeSet,
    ffi::OsStr,
    fs, io,
    path::{Path, PathBuf},
};

use ignore::WalkBuilder;

use super::load::{Input, failure, shown};
use crate::render::Failure;

/// The extensions that a report has. hegui cannot read all of them yet; one that it cannot is said to be unreadable,
/// where any other file of a folder is none of its business.
const REPORT_EXTENSIONS: [&str; 11] =
    ["txt", "md", "markdown", "docx", "doc", "wps", "pdf", "odt", "ofd", "html", "htm"];

/// How the file begins that Word keeps beside an open document.
const LOCK_FILE: &[u8] = b"~$";

/// The inputs that `paths` mean, in their order, those of a folder by name. `stdin_name` names standard input.
pub(super) fn gather(paths: &[PathBuf], stdin_name: Option<&str>) -> Vec<Input> {
    let mut gathered = Gathered::default();
    let here = [PathBuf::from(".")];
    for path in if paths.is_empty() { &here } else { paths } {
        match Input::new(path, stdin_name) {
            Input::File(path) if path.is_dir() => gathered.walk(&path),
            input => gathered.push(path, input),
        }
    }
    gathered.inputs
}

#[derive(Default)]
struct Gathered {
    inputs: Vec<Input>,
    known: BTreeSet<PathBuf>,
}

impl Gathered {
    /// Takes `input` unless the file at `path` was taken before, by whatever way.
    fn push(&mut self, path: &Path, input: Input) {
        if self.known.insert(fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())) {
            self.inputs.push(input);
        }
    }

    /// Takes the reports below `folder`. Files that name other files to be ignored are not obeyed: a folder that
    /// somebody sent must not hide reports.
    fn walk(&mut self, folder: &Path) {
        let mut walker = WalkBuilder::new(folder);
        walker.standard_filters(false).hidden(true).follow_links(true).sort_by_file_name(OsStr::cmp);
        let mut found = false;
        for step in walker.build() {
            let (path, input) = match step {
                Ok(entry) if !entry.file_type().is_some_and(|kind| kind.is_file()) => continue,
                Ok(entry) if !is_report(entry.path()) => continue,
                Ok(entry) => {
                    let path = without_dot(entry.path(), folder);
                    (path.clone(), Input::File(path))
                }
                Err(error) => {
                    let Some((path, failure)) = unreached(&error, folder) else { continue };
                    (path.clone(), Input::Lost(shown(&path), failure))
                }
            };
            found = true;
            self.push(&path, input);
        }
        if !found {
            self.push(folder, Input::Lost(shown(folder), no_reports()));
        }
    }
}

/// Whether a file of a folder is taken for a report.
fn is_report(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().as_encoded_bytes();
    let extension = path.extension().unwrap_or_default().to_ascii_lowercase();
    !name.starts_with(LOCK_FILE) && REPORT_EXTENSIONS.iter().any(|known| extension == *known)
}

/// `path` as a user would write it: without the `./` of the current folder.
fn without_dot(path: &Path, folder: &Path) -> PathBuf {
    if folder == Path::new(".") { path.strip_prefix(".").unwrap_or(path).to_owned() } else { path.to_owned() }
}

/// What a walk could not reach, and why; none where it is no report.
fn unreached(error: &ignore::Error, folder: &Path) -> Option<(PathBuf, Failure)> {
    let (path, failure) = match place(error) {
        (path, Cause::Loop) => (path, looped()),
        (path, Cause::Io(error)) => {
            // A link that leads nowhere matters only if it stands for a report; a folder always does.
            let gone = error.kind() == io::ErrorKind::NotFound;
            if gone && path.is_some_and(|path| !is_report(path)) {
                return None;
            }
            (path, failure(error))
        }
        (path, Cause::Other) => (path, failure(&io::Error::from(io::ErrorKind::Other))),
    };
    Some((without_dot(path.unwrap_or(folder), folder), failure))
}

enum Cause<'a> {
    Loop,
    Io(&'a io::Error),
    Other,
}

/// The path and the cause inside an error of the walk.
fn place(error: &ignore::Error) -> (Option<&Path>, Cause<'_>) {
    match error {
        ignore::Error::WithPath { path, err } => {
            let (inner, cause) = place(err);
            (inner.or(Some(path)), cause)
        }
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => place(err),
        ignore::Error::Loop { child, .. } => (Some(child), Cause::Loop),
        ignore::Error::Io(error) => (None, Cause::Io(error)),
        _ => (None, Cause::Other),
    }
}

fn no_reports() -> Failure {
    Failure {
        code: "no-reports",
        message: "这个文件夹里没有可以检查的报告".to_owned(),
        help: format!("请看看是不是选错了文件夹；能认作报告的文件扩展名有 {}", REPORT_EXTENSIONS.join("、")),
    }
}

fn looped() -> Failure {
    Failure {
        code: "loop",
        message: "这个文件夹是一个链接，又指回它的上级文件夹，没有再进去".to_owned(),
        help: "里面的报告已经从上级文件夹查过，可以删去这个链接".to_owned(),
    }
}
