//! The whole reports of a pack and their records: from a folder or from the program itself, and back to the folder.
//!
//! What a record says and what changed in it is told by `trial`.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use super::Broken;
use crate::{
    cli::{
        gather::REPORT_EXTENSIONS,
        load::{failure, shown},
        write::{Existing, write},
    },
    pack,
    trial::Record,
};

/// The folder of a pack that holds its reports.
const TESTS: &str = "tests";
/// The folder beside the reports that holds their records.
const RECORDS: &str = "snapshots";
/// The extension of a record.
const EXTENSION: &str = ".snap";
/// The extension of a record that waits for a decision; left by `cargo test`.
const PENDING: &str = ".snap.new";

/// The reports of a pack and what is kept of them.
#[derive(Debug, Default)]
pub(super) struct Reports {
    /// Name and bytes, by name.
    pub reports: Vec<(String, Vec<u8>)>,
    /// The records, by the name of the report.
    pub records: BTreeMap<String, Record>,
    /// Where records can be written; none of a built-in pack.
    folder: Option<PathBuf>,
}

impl Reports {
    /// Those of the pack in a folder.
    pub(super) fn of_folder(pack: &Path) -> Result<Self, Broken> {
        let folder = pack.join(TESTS);
        let mut found = Self { folder: Some(folder.join(RECORDS)), ..Self::default() };
        for path in files(&folder)? {
            let name = name(&path);
            if is_report(&name) {
                found.reports.push((name, fs::read(&path).map_err(|error| (path, failure(&error)))?));
            }
        }
        for path in files(&folder.join(RECORDS))? {
            let name = name(&path);
            if let Some(report) = name.strip_suffix(EXTENSION) {
                let text = fs::read_to_string(&path).map_err(|error| (path.clone(), failure(&error)))?;
                found.records.insert(report.to_owned(), Record::parse(&text));
            }
        }
        Ok(found)
    }

    /// Those of a built-in pack.
    pub(super) fn builtin(pack: &str) -> Self {
        let mut found = Self::default();
        let tests = format!("{pack}/{TESTS}/");
        for (path, bytes) in pack::builtin::export(pack) {
            let Some(inside) = path.strip_prefix(&tests) else { continue };
            match inside.split_once('/') {
                None if is_report(inside) => found.reports.push((inside.to_owned(), bytes)),
                Some((RECORDS, name)) => {
                    if let Some(report) = name.strip_suffix(EXTENSION) {
                        let record = Record::parse(&String::from_utf8_lossy(&bytes));
                        found.records.insert(report.to_owned(), record);
                    }
                }
                _ => {}
            }
        }
        found.reports.sort();
        found
    }

    /// Whether records can be written.
    pub(super) const fn can_write(&self) -> bool {
        self.folder.is_some()
    }

    /// Keeps `snapshot` as the record of a report.
    pub(super) fn keep(&mut self, report: &str, snapshot: &str) -> Result<(), Broken> {
        let Some(folder) = &self.folder else { return Ok(()) };
        let record = match self.records.get(report) {
            Some(record) => record.with(snapshot),
            None => Record::new(&format!("{TESTS}/{report}"), snapshot),
        };
        let path = folder.join(format!("{report}{EXTENSION}"));
        write(&path, record.to_text().as_bytes(), Existing::Replace).map_err(|failure| (path, failure))?;
        // What waited for a decision has got one.
        let _ = fs::remove_file(folder.join(format!("{report}{PENDING}")));
        self.records.insert(report.to_owned(), record);
        Ok(())
    }

    /// Records whose report is not there.
    pub(super) fn unused(&self) -> Vec<&str> {
        let has = |name: &str| self.reports.iter().any(|(report, _)| report == name);
        self.records.keys().map(String::as_str).filter(|name| !has(name)).collect()
    }
}

/// The files of a folder, by name; none where there is no such folder.
fn files(folder: &Path) -> Result<Vec<PathBuf>, Broken> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err((folder.to_owned(), failure(&error))),
    };
    let paths = entries.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<_>>>();
    let mut paths = paths.map_err(|error| (folder.to_owned(), failure(&error)))?;
    paths.retain(|path| path.is_file());
    paths.sort();
    Ok(paths)
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| shown(Path::new(name))).unwrap_or_default()
}

fn is_report(name: &str) -> bool {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    !name.starts_with("~$")
        && !name.starts_with('.')
        && extension.is_some_and(|end| REPORT_EXTENSIONS.contains(&end.as_str()))
}
