//! From the paths that a user types to the inputs of a run: folders walked in order, no file twice.
//!
//! It opens no file but to tell our own pages from others. What cannot be reached becomes an input of its own, with the
//! reason; what is of no kind that a report has is named, so that nobody takes it for checked.

use std::{
    collections::BTreeSet,
    ffi::OsStr,
    fs, io,
    path::{Path, PathBuf},
};

use ignore::WalkBuilder;

use super::{
    annotate,
    inputs::Inputs,
    load::{Input, failure, shown},
    mend, write,
};
use crate::render::Failure;

/// The extensions that a report has. Any other file of a folder is none of our business.
pub(super) const REPORT_EXTENSIONS: [&str; 11] =
    ["txt", "md", "markdown", "docx", "doc", "wps", "pdf", "odt", "ofd", "html", "htm"];

/// Those of files that hold text too and that hegui cannot read or reads with luck: they are tried, and listed.
const LIKELY_EXTENSIONS: [&str; 5] = ["docm", "wpt", "rtf", "mht", "mhtml"];

/// Archives, which may hold reports. Those that hegui cannot open are listed, so that nobody takes them for checked.
const ARCHIVE_EXTENSIONS: [&str; 3] = ["zip", "rar", "7z"];

/// The file by which a folder of rules is known; what lies there beside them is about the rules.
const PACK_HEAD: &str = "pack.yaml";

/// How the file begins that Word keeps beside an open document.
const LOCK_FILE: &[u8] = b"~$";

/// The inputs that `paths` mean, in their order, those of a folder by name, those of an archive in its order.
/// `stdin_name` names standard input. What lies in folders at or below `results` is no input: an earlier run wrote it.
pub(super) fn gather<'a>(
    paths: &[PathBuf],
    stdin_name: Option<&str>,
    results: impl IntoIterator<Item = &'a Path>,
) -> Inputs {
    let results = results.into_iter().filter_map(|path| fs::canonicalize(path).ok()).collect();
    let mut gathered = Gathered { results, ..Gathered::default() };
    let here = [PathBuf::from(".")];
    for path in if paths.is_empty() { &here } else { paths } {
        match Input::new(path, stdin_name) {
            input if input.path().is_some_and(Path::is_dir) => gathered.walk(path),
            input => gathered.push(path, input),
        }
    }
    Inputs::new(gathered.inputs, gathered.others)
}

/// Whether `paths` may mean several inputs.
pub(super) fn are_several(paths: &[PathBuf]) -> bool {
    !matches!(paths, [path] if !path.is_dir() && !has_extension(path, &["zip"]))
}

/// `path` with `mark` behind its stem, and this extension or its own.
pub(super) fn beside(path: &Path, mark: &str, extension: Option<&str>) -> PathBuf {
    let mut name = path.file_stem().unwrap_or_default().to_owned();
    name.push(mark);
    if let Some(extension) = extension.map(OsStr::new).or(path.extension()) {
        name.push(".");
        name.push(extension);
    }
    path.with_file_name(name)
}

#[derive(Default)]
struct Gathered {
    inputs: Vec<Input>,
    known: BTreeSet<PathBuf>,
    results: BTreeSet<PathBuf>,
    others: Vec<String>,
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
        let results = self.results.clone();
        if !results.is_empty() {
            let is_result = move |path: &Path| fs::canonicalize(path).is_ok_and(|path| results.contains(&path));
            walker.filter_entry(move |entry| !is_result(entry.path()));
        }
        let (mut found, mut pack) = (false, None);
        for step in walker.build() {
            let (path, input) = match step {
                Ok(entry) if pack.as_ref().is_some_and(|pack| entry.path().starts_with(pack)) => continue,
                // Below the folder that the user named; that one is what he wants checked.
                Ok(entry) if entry.depth() > 0 && entry.path().join(PACK_HEAD).is_file() => {
                    self.others.push(format!("{}（规则）", shown(&without_dot(entry.path(), folder))));
                    pack = Some(entry.into_path());
                    continue;
                }
                Ok(entry) if !entry.file_type().is_some_and(|kind| kind.is_file()) => continue,
                Ok(entry) if is_ours(entry.path()) => continue,
                Ok(entry) if !is_report(entry.path()) => {
                    self.others.extend(other(entry.path()).map(|path| shown(&without_dot(path, folder))));
                    continue;
                }
                Ok(entry) => {
                    let path = without_dot(entry.path(), folder);
                    let place = entry.path().strip_prefix(folder).unwrap_or(&path);
                    (path.clone(), Input::file(&path, place))
                }
                Err(error) => {
                    let Some((path, failure)) = unreached(&error, folder) else { continue };
                    (path.clone(), Input::lost(shown(&path), failure))
                }
            };
            found = true;
            self.push(&path, input);
        }
        if !found {
            self.push(folder, Input::lost(shown(folder), no_reports("文件夹")));
        }
    }
}

/// The path of a file that is of no kind that a report has; none where that is no news: what systems, Word and rule
/// keepers leave behind.
fn other(path: &Path) -> Option<&Path> {
    let name = path.file_name().unwrap_or_default().as_encoded_bytes();
    let is_known = has_extension(path, &["yaml", "yml", "ini", "db", "tmp", "bak"]);
    (!name.starts_with(LOCK_FILE) && !is_known).then_some(path)
}

/// Whether hegui itself made a file: a copy of a report beside it, or a page.
fn is_ours(path: &Path) -> bool {
    is_copy(path, Path::is_file) || (has_extension(path, &["html"]) && write::is_page(path))
}

/// Whether a file of a folder or an archive is taken for a report, or for an archive that may hold some.
pub(super) fn is_report(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().as_encoded_bytes();
    let known = [&REPORT_EXTENSIONS[..], &LIKELY_EXTENSIONS, &ARCHIVE_EXTENSIONS];
    let is_known = known.iter().any(|known| has_extension(path, known));
    !name.starts_with(LOCK_FILE) && is_known
}

pub(super) fn has_extension(path: &Path, known: &[&str]) -> bool {
    let extension = path.extension().unwrap_or_default().to_ascii_lowercase();
    known.iter().any(|known| extension == *known)
}

/// Whether a file is a copy that hegui itself made of a report beside it; the report is checked.
pub(super) fn is_copy(path: &Path, exists: impl Fn(&Path) -> bool) -> bool {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let extension = path.extension().unwrap_or_default().to_string_lossy();
    [annotate::MARK, mend::MARK].iter().any(|mark| {
        let original = stem.strip_suffix(mark).map(|stem| path.with_file_name(format!("{stem}.{extension}")));
        original.is_some_and(|original| exists(&original))
    })
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

pub(super) fn no_reports(place: &str) -> Failure {
    Failure {
        code: "no-reports",
        message: format!("这个{place}里没有可以检查的报告"),
        help: format!("请看看是不是选错了{place}；能认作报告的文件扩展名有 {}", REPORT_EXTENSIONS.join("、")),
    }
}

fn looped() -> Failure {
    Failure {
        code: "loop",
        message: "这个文件夹是一个链接，又指回它的上级文件夹，没有再进去".to_owned(),
        help: "里面的报告已经从上级文件夹查过，可以删去这个链接".to_owned(),
    }
}
