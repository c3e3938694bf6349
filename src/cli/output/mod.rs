//! Where results go: `--format` to standard output, `--output` into files, some formats into a file a report.
//!
//! What stands in them `render` decides. Every file is written whole or not at all, and none over an input.

mod destination;
mod sink;

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use self::destination::{Destination, Files};
pub(super) use self::sink::{Piece, Sink, Target};
use super::{
    annotate,
    args::{Check, Format, Output, Shape},
    exit::Exit,
    gather::{are_several, beside},
    load::{Input, shown},
    screen,
    write::{self, Existing, Guarded, Pending},
};
use crate::{
    Packs,
    render::{Look, Summary, visible},
};

/// All that a run writes.
pub(super) struct Outputs<'a> {
    /// What is made of each input.
    pub sinks: Vec<Sink>,
    destinations: Vec<Destination>,
    /// The files that are written, and those that are read.
    claimed: BTreeSet<PathBuf>,
    guarded: &'a Guarded,
    pieces: usize,
    /// The worst that has happened.
    worst: Exit,
}

impl<'a> Outputs<'a> {
    /// Opens what the words ask for, before any work is done. Files that are `guarded` are not written.
    pub(super) fn open(check: &Check, look: Look, packs: &Packs, guarded: &'a Guarded) -> Result<Self, Exit> {
        let mut outputs = Self {
            sinks: Vec::new(),
            destinations: Vec::new(),
            claimed: BTreeSet::new(),
            guarded,
            pieces: 0,
            worst: Exit::Fine,
        };
        if !check.diff {
            let destination = standard(check, look)?;
            outputs.push(Sink::new(check.format, false, look, packs), destination);
        }
        for output in check.output.iter().flat_map(|outputs| &outputs.0) {
            let destination = outputs.file(check, output)?;
            let is_apart = matches!(destination, Destination::Files(_));
            outputs.push(Sink::new(output.format, is_apart, screen::plain(), packs), destination);
        }
        Ok(outputs)
    }

    fn push(&mut self, sink: Sink, destination: Destination) {
        self.sinks.push(sink);
        self.destinations.push(destination);
    }

    /// Where a value of `--output` leads.
    fn file(&mut self, check: &Check, output: &Output) -> Result<Destination, Exit> {
        let Output { format, path } = output;
        if self.guarded.holds(path) {
            screen::complain_of(&shown(path), &write::same_file());
            return Err(Exit::Usage);
        }
        let is_named_folder = path.is_dir() || shown(path).ends_with(std::path::is_separator);
        let files = files(check, *format, path, is_named_folder);
        let name = shown(path);
        if is_named_folder && files.is_none() {
            return Err(unusable(&format!("“{}”是文件夹", visible(&name)), "这种格式写成一个文件，请写出文件名"));
        }
        let is_folder = files.as_ref().is_some_and(|files| files.is_folder);
        if !is_folder && !self.claimed.insert(write::identity(path)) {
            return Err(unusable(&format!("两种结果都要写到“{}”", visible(&name)), "请各写一个文件名"));
        }
        if let Some(files) = files {
            return Ok(Destination::Files(files));
        }
        match Pending::new(path, Existing::Replace) {
            Ok(file) => Ok(of_format(*format, Destination::File(file, name))),
            Err(failure) => {
                screen::complain_of(&name, &failure);
                Err(Exit::Output)
            }
        }
    }

    /// Where the files about an input go, one for each sink; none for sinks with one file for all.
    pub(super) fn claim(&mut self, input: &Input) -> Vec<Option<Target>> {
        let mut targets = Vec::new();
        for destination in &self.destinations {
            let Destination::Files(Files { path, is_folder, existing, mark, extension }) = destination else {
                targets.push(None);
                continue;
            };
            let path = match is_folder {
                true => free(&path.join(beside(&input.place, mark, Some(extension))), &self.claimed),
                false => path.clone(),
            };
            self.claimed.insert(write::identity(&path));
            targets.push(Some(Target { existing: *existing, is_input: self.guarded.holds(&path), path }));
        }
        targets
    }

    /// Writes what stands before all inputs.
    pub(super) fn begin(&mut self) {
        self.write_all(|sink| if let Sink::Stream(renderer) = sink { renderer.begin() } else { String::new() });
    }

    /// Writes the pieces of one input, one for each sink.
    pub(super) fn take(&mut self, pieces: Vec<Piece>) {
        if self.pieces > 0 {
            self.write_all(
                |sink| if let Sink::Stream(renderer) = sink { renderer.between().into() } else { String::new() },
            );
        }
        self.pieces += 1;
        for (destination, piece) in self.destinations.iter_mut().zip(pieces) {
            self.worst = self.worst.max(destination.write(&piece.bytes));
            if let Destination::Workbook(rows, _) = destination {
                rows.extend(piece.rows);
            }
            let Some((name, failure)) = piece.failure else { continue };
            // Of many files that some are not of Word is to be expected; of one it is all that was asked for.
            let is_folder = matches!(destination, Destination::Files(Files { is_folder: true, .. }));
            let is_no_word = failure.code == annotate::NO_WORD_FILE;
            if is_folder && is_no_word {
                screen::complain(&format!("{}：{}\n", visible(&name), visible(&failure.message)));
            } else {
                screen::complain_of(&name, &failure);
                self.worst = self.worst.max(if is_no_word { Exit::Input } else { Exit::Output });
            }
        }
    }

    /// Writes what stands behind all inputs, and moves the files to their places. Gives the worst that has happened.
    pub(super) fn end(mut self, summary: &Summary) -> Exit {
        self.write_all(|sink| if let Sink::Stream(renderer) = sink { renderer.end(summary) } else { String::new() });
        self.destinations.into_iter().fold(self.worst, |worst, destination| worst.max(destination.close()))
    }

    /// Whether nobody is left to write for.
    pub(super) fn are_closed(&self) -> bool {
        let is_closed = |destination: &Destination| matches!(destination, Destination::Closed);
        !self.destinations.is_empty() && self.destinations.iter().all(is_closed)
    }

    fn write_all(&mut self, text: impl Fn(&Sink) -> String) {
        for (sink, destination) in self.sinks.iter().zip(&mut self.destinations) {
            self.worst = self.worst.max(destination.write(text(sink).as_bytes()));
        }
    }
}

/// Standard output for a format.
fn standard(check: &Check, look: Look) -> Result<Destination, Exit> {
    let is_binary = matches!(check.format.shape(), Shape::Annotated | Shape::Workbook);
    if is_binary && screen::is_terminal() {
        return Err(unusable("这种格式不能显示在屏幕上", "请用 --output 写成文件，例如 --output docx=批注.docx"));
    }
    if check.format.shape() == Shape::Annotated && are_several(&check.paths) {
        return Err(unusable("这种格式每份报告一个文件", "请用 --output 写到文件夹里，例如 --output docx=批注"));
    }
    Ok(of_format(check.format, Destination::Standard(screen::output(look.colour && !is_binary))))
}

/// `destination`, behind what a format needs before it.
fn of_format(format: Format, destination: Destination) -> Destination {
    match format.shape() {
        Shape::Workbook => Destination::Workbook(Vec::new(), Box::new(destination)),
        _ => destination,
    }
}

/// The files of a format that has one a report, at or below `path`; none where all reports stand in one file.
fn files(check: &Check, format: Format, path: &Path, is_named_folder: bool) -> Option<Files> {
    let is_folder = are_several(&check.paths) || is_named_folder;
    // A copy that is there may have been worked in.
    let (existing, mark, extension) = match format.shape() {
        Shape::Annotated if check.force => (Existing::Replace, annotate::MARK, "docx"),
        Shape::Annotated => (Existing::Keep, annotate::MARK, "docx"),
        Shape::Page(_) if is_folder => (Existing::ReplacePage, "", "html"),
        _ => return None,
    };
    Some(Files { path: path.to_owned(), is_folder, existing, mark, extension })
}

/// `wanted`, with a number behind its stem where another input has it already.
fn free(wanted: &Path, claimed: &BTreeSet<PathBuf>) -> PathBuf {
    let numbered = |number: usize| beside(wanted, &format!("（{number}）"), None);
    std::iter::once(wanted.to_owned())
        .chain((2..).map(numbered))
        .find(|path| !claimed.contains(&write::identity(path)))
        .unwrap_or_else(|| wanted.to_owned())
}

fn unusable(message: &str, help: &str) -> Exit {
    screen::complain(&format!("{message}\n怎么办：{help}\n"));
    Exit::Usage
}
