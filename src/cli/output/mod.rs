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
    write::{self, Existing, Pending},
};
use crate::{
    Packs,
    render::{Look, Summary, visible},
};

/// All that a run writes.
pub(super) struct Outputs {
    /// What is made of each input.
    pub sinks: Vec<Sink>,
    destinations: Vec<Destination>,
    claimed: BTreeSet<PathBuf>,
    pieces: usize,
    /// Whether anything could not be written.
    pub failed: bool,
}

impl Outputs {
    /// Opens what the words ask for, before any work is done.
    pub(super) fn open(check: &Check, look: Look, packs: &Packs) -> Result<Self, Exit> {
        let mut outputs =
            Self { sinks: Vec::new(), destinations: Vec::new(), claimed: BTreeSet::new(), pieces: 0, failed: false };
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
        if check.paths.iter().any(|input| write::is_same(input, path) && !path.is_dir()) {
            screen::complain_of(&shown(path), &write::same_file());
            return Err(Exit::Usage);
        }
        let is_named_folder = path.is_dir() || shown(path).ends_with(std::path::is_separator);
        if let Some(files) = files(check, *format, path, is_named_folder) {
            return Ok(Destination::Files(files));
        }
        let name = shown(path);
        if is_named_folder {
            return Err(unusable(&format!("{}是文件夹", visible(&name)), "这种格式写成一个文件，请写出文件名"));
        }
        if !self.claimed.insert(path.clone()) {
            return Err(unusable(&format!("两种结果都要写到{}", visible(&name)), "请各写一个文件名"));
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
            let place = || path.join(beside(&input.place, mark, Some(extension)));
            let free = free(&if *is_folder { place() } else { path.clone() }, &self.claimed);
            self.claimed.insert(free.clone());
            targets.push(Some(Target { path: free, existing: *existing }));
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
            self.failed |= destination.write(&piece.bytes);
            if let Destination::Workbook(rows, _) = destination {
                rows.extend(piece.rows);
            }
            let Some((name, failure)) = piece.failure else { continue };
            // Of many files that some are not of Word is to be expected; of one it is all that was asked for.
            let is_folder = matches!(destination, Destination::Files(Files { is_folder: true, .. }));
            if is_folder && failure.code == annotate::NO_WORD_FILE {
                screen::complain(&format!("{}：{}\n", visible(&name), visible(&failure.message)));
            } else {
                screen::complain_of(&name, &failure);
                self.failed = true;
            }
        }
    }

    /// Writes what stands behind all inputs, and moves the files to their places. Whether something was lost.
    pub(super) fn end(mut self, summary: &Summary) -> bool {
        self.write_all(|sink| if let Sink::Stream(renderer) = sink { renderer.end(summary) } else { String::new() });
        self.destinations.into_iter().fold(self.failed, |failed, destination| failed | destination.close())
    }

    /// Whether nobody is left to write for.
    pub(super) fn are_closed(&self) -> bool {
        let is_closed = |destination: &Destination| matches!(destination, Destination::Closed);
        !self.destinations.is_empty() && self.destinations.iter().all(is_closed)
    }

    fn write_all(&mut self, text: impl Fn(&Sink) -> String) {
        for (sink, destination) in self.sinks.iter().zip(&mut self.destinations) {
            self.failed |= destination.write(text(sink).as_bytes());
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
    // A copy that is there may have been worked in; a page is only ever made by us.
    let (existing, mark, extension) = match format.shape() {
        Shape::Annotated if check.force => (Existing::Replace, annotate::MARK, "docx"),
        Shape::Annotated => (Existing::Keep, annotate::MARK, "docx"),
        Shape::Page(_) if is_folder => (Existing::Replace, "", "html"),
        _ => return None,
    };
    Some(Files { path: path.to_owned(), is_folder, existing, mark, extension })
}

/// `wanted`, with a number behind its stem where another input has it already.
fn free(wanted: &Path, claimed: &BTreeSet<PathBuf>) -> PathBuf {
    let numbered = |number: usize| beside(wanted, &format!("（{number}）"), None);
    std::iter::once(wanted.to_owned())
        .chain((2..).map(numbered))
        .find(|path| !claimed.contains(path))
        .unwrap_or_else(|| wanted.to_owned())
}

fn unusable(message: &str, help: &str) -> Exit {
    screen::complain(&format!("{message}\n怎么办：{help}\n"));
    Exit::Usage
}
