//! The inputs of a run, one after the other; an archive in their midst is opened when its turn comes.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use super::{
    gather::{has_extension, is_copy, is_report, no_reports},
    load::{From, Input},
};
use crate::read::archive;

/// The inputs of a run, one after the other. An archive is opened when its turn comes.
#[derive(Debug)]
pub(super) struct Inputs {
    waiting: std::vec::IntoIter<Input>,
    opened: std::vec::IntoIter<Input>,
    others: Vec<String>,
}

impl Inputs {
    /// Inputs in this order. `others` are the names of files that were left out.
    pub(super) fn new(inputs: Vec<Input>, others: Vec<String>) -> Self {
        Self { waiting: inputs.into_iter(), opened: Vec::new().into_iter(), others }
    }

    /// The names of files that are of no kind that a report has, as far as archives have been opened.
    pub(super) fn others(&self) -> &[String] {
        &self.others
    }

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
            self.opened = opened(self.waiting.next()?, &mut self.others).into_iter();
        }
    }
}

/// The files of an archive in place of the archive; any other input as it is.
fn opened(input: Input, others: &mut Vec<String>) -> Vec<Input> {
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
    let is_ours = |path: &Path| is_copy(path, |original| names.contains(original));
    let entries = entries.into_iter().filter(|entry| !is_ours(Path::new(&entry.name)));
    let (reports, rest): (Vec<_>, Vec<_>) = entries.partition(|entry| is_report(Path::new(&entry.name)));
    others.extend(rest.iter().map(|entry| format!("{}/{}", input.name, entry.name)));
    let inputs: Vec<_> = reports.into_iter().map(|entry| packed(&input, entry)).collect();
    if inputs.is_empty() { vec![Input::lost(input.name.clone(), no_reports("压缩包"))] } else { inputs }
}

/// A file of an archive.
fn packed(archive: &Input, entry: archive::Entry) -> Input {
    let from = match entry.bytes {
        Ok(bytes) => From::Archive(bytes),
        Err(error) => From::Lost(error.into()),
    };
    let name = format!("{}/{}", archive.name, entry.name);
    // What is lost may have a name that leads out of the archive.
    let inside = match &from {
        From::Lost(_) => PathBuf::from(Path::new(&entry.name).file_name().unwrap_or_default()),
        _ => PathBuf::from(&entry.name),
    };
    Input { place: archive.place.with_extension("").join(inside), name, from }
}
