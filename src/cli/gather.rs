//! From the paths that a user types to the inputs of a run: folders walked in order, no file twice.
//!
//! It opens no file but archives, and those only when their turn comes. What cannot be reached becomes an input of
//! its own, with the reason.

use std::{
    collections::BTreeSet,
    ffi::OsStr,
    fs, io,
    path::{Path, PathBuf},
};

use ignore::WalkBuilder;

use super::{
    annotate,
    load::{From, Input, failure, shown},
    mend,
};
use crate::{read::archive, render::Failure};

/// The extensions that a report has. Any other file of a folder is none of our business.
pub(super) const REPORT_EXTENSIONS: [&str; 11] =
    ["txt", "md", "markdown", "docx", "doc", "wps", "pdf", "odt", "ofd", "html", "htm"];

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
    Inputs { waiting: gathered.inputs.into_iter(), opened: Vec::new().into_iter() }
}

/// The inputs of a run, one after the other. An archive is opened when its turn comes.
#[derive(Debug)]
pub(super) struct Inputs {
    waiting: std::vec::IntoIter<Input>,
    opened: std::vec::IntoIter<Input>,
}

impl Inputs {
    /// Those that have not had their turn, archives as they are.
    pub(super) fn waiting(&self) -> &[Input] {
        self.waiting.as_slice()
    }

    /// The same, handed over.
    pub(super) fn into_waiting(self) -> Vec<Input> {
        self.waiting.collect()
    }

    /// How many are left; an archive that was not opened yet counts as one.
    pub(super) fn left(&self) -> usize {
        self.waiting.len() + self.opened.len()
    }
}

impl Iterator for Inputs {
    type Item = Input;

    fn next(&mut self) -> Option<Input> {
        loop {
            if let Some(input) = self.opened.next() {
                return Some(input);
            }
            self.opened = opened(self.waiting.next()?).into_iter();
        }
    }
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

/// The files of an archive in place of the archive; any other input as it is.
pub(super) fn opened(input: Input) -> Vec<Input> {
    let is_named = input.path().is_some_and(|path| has_extension(path, &["zip"]));
    let Some(bytes) = Some(&input).filter(|_| is_named).and_then(|input| input.load().ok()) else {
        return vec![input];
    };
    if !archive::is_archive(&bytes) {
        return vec![input];
    }
    let entries = match archive::entries(&bytes) {
        Ok(entries) => entries,
        Err(error) => return vec![Input::lost(input.name.clone(), error.into())],
    };
    let names: BTreeSet<_> = entries.iter().map(|entry| PathBuf::from(&entry.name)).collect();
    let is_input = |path: &Path| is_report(path) && !is_copy(path, |original| names.contains(original));
    let reports = entries.into_iter().filter(|entry| is_input(Path::new(&entry.name)));
    let inputs: Vec<_> = reports.map(|entry| packed(&input, entry)).collect();
    if inputs.is_empty() { vec![Input::lost(input.name.clone(), no_reports("压缩包"))] } else { inputs }
}

/// A file of an archive.
fn packed(archive: &Input, entry: archive::Entry) -> Input {
    let from = match entry.bytes {
        Ok(bytes) => From::Archive(bytes),
        Err(error) => From::Lost(error.into()),
    };
    // The archive itself refuses names that lead out of it.
    let place = match &from {
        From::Lost(_) => PathBuf::new(),
        _ => archive.place.with_extension("").join(&entry.name),
    };
    Input { name: format!("{}/{}", archive.name, entry.name), place, from }
}

#[derive(Default)]
struct Gathered {
    inputs: Vec<Input>,
    known: BTreeSet<PathBuf>,
    results: BTreeSet<PathBuf>,
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
        let is_result = move |path: &Path| fs::canonicalize(path).is_ok_and(|path| results.contains(&path));
        let has_results = !self.results.is_empty();
        // Below the folder that the user named; that one is what he wants checked.
        walker.filter_entry(move |entry| {
            let is_pack = entry.depth() > 0 && entry.path().join(PACK_HEAD).is_file();
            !is_pack && !(has_results && is_result(entry.path()))
        });
        let mut found = false;
        for step in walker.build() {
            let (path, input) = match step {
                Ok(entry) if !entry.file_type().is_some_and(|kind| kind.is_file()) => continue,
                Ok(entry) if !is_report(entry.path()) => continue,
                Ok(entry) if is_copy(entry.path(), Path::is_file) => continue,
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

/// Whether a file of a folder or an archive is taken for a report, or for an archive that may hold some.
fn is_report(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().as_encoded_bytes();
    let is_known = has_extension(path, &REPORT_EXTENSIONS) || has_extension(path, &ARCHIVE_EXTENSIONS);
    !name.starts_with(LOCK_FILE) && is_known
}

fn has_extension(path: &Path, known: &[&str]) -> bool {
    let extension = path.extension().unwrap_or_default().to_ascii_lowercase();
    known.iter().any(|known| extension == *known)
}

/// Whether a file is a copy that hegui itself made of a report beside it; the report is checked.
fn is_copy(path: &Path, exists: impl Fn(&Path) -> bool) -> bool {
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

fn no_reports(place: &str) -> Failure {
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
