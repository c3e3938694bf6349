//! Where results go: `--format` to standard output, `--output` into files, some formats into a file a report.
//!
//! What stands in them `render` decides. Every file is written whole or not at all, and none over an input.

use std::{
    collections::BTreeSet,
    io::{self, Write},
    path::{Path, PathBuf},
};

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
    Checked, Packs,
    render::{Entry, Failure, Look, Renderer, Summary, visible},
};

/// What is made of each input; inputs are worked on side by side.
pub(super) enum Sink {
    /// Text in one stream.
    Stream(Box<dyn Renderer>),
    /// An annotated copy of a Word file.
    Annotated,
}

/// Where what is made goes, in the order of the inputs.
enum Destination {
    /// Standard output.
    Standard(Box<dyn Write>),
    /// A file, shown as this.
    File(Pending, String),
    /// A file a report, at this path or below this folder, written where it is made.
    Files { path: PathBuf, is_folder: bool, existing: Existing },
    /// It could not be written to, or its reader went away.
    Closed,
}

/// A piece of what is made of an input.
#[derive(Debug, Default)]
pub(super) struct Piece {
    /// What comes next in the stream.
    bytes: Vec<u8>,
    /// Why there is no file of this input: its name, and what is wrong.
    failure: Option<(String, Failure)>,
}

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
            outputs.open_standard(check, look, packs)?;
        }
        for output in check.output.iter().flat_map(|outputs| &outputs.0) {
            outputs.open_file(check, output, packs)?;
        }
        Ok(outputs)
    }

    fn open_standard(&mut self, check: &Check, look: Look, packs: &Packs) -> Result<(), Exit> {
        let is_binary = !matches!(check.format.shape(), Shape::Stream(_));
        if is_binary && screen::is_terminal() {
            return Err(unusable("这种格式不能显示在屏幕上", "请用 --output 写成文件，例如 --output docx=批注.docx"));
        }
        if is_binary && are_several(&check.paths) {
            return Err(unusable("这种格式每份报告一个文件", "请用 --output 写到文件夹里，例如 --output docx=批注"));
        }
        let destination = Destination::Standard(screen::output(look.colour && !is_binary));
        self.push(Sink::new(check.format, look, packs), destination);
        Ok(())
    }

    fn open_file(&mut self, check: &Check, output: &Output, packs: &Packs) -> Result<(), Exit> {
        let Output { format, path } = output;
        let name = shown(path);
        let refuse = |failure: Failure| {
            screen::complain_of(&name, &failure);
            Err(Exit::Output)
        };
        if check.paths.iter().any(|input| write::is_same(input, path) && !path.is_dir()) {
            screen::complain_of(&name, &write::same_file());
            return Err(Exit::Usage);
        }
        let ends_open = path.as_os_str().as_encoded_bytes().last().is_some_and(|byte| matches!(byte, b'/' | b'\\'));
        let is_folder = are_several(&check.paths) || path.is_dir() || ends_open;
        let destination = match format.shape() {
            Shape::Annotated => {
                let existing = if check.force { Existing::Replace } else { Existing::Keep };
                Destination::Files { path: path.clone(), is_folder, existing }
            }
            Shape::Stream(_) if path.is_dir() || ends_open => {
                return Err(unusable(&format!("{}是文件夹", visible(&name)), "这种格式写成一个文件，请写出文件名"));
            }
            Shape::Stream(_) if !self.claimed.insert(path.clone()) => {
                return Err(unusable(&format!("两种结果都要写到{}", visible(&name)), "请各写一个文件名"));
            }
            Shape::Stream(_) => match Pending::new(path, Existing::Replace) {
                Ok(file) => Destination::File(file, name),
                Err(failure) => return refuse(failure),
            },
        };
        self.push(Sink::new(*format, screen::plain(), packs), destination);
        Ok(())
    }

    fn push(&mut self, sink: Sink, destination: Destination) {
        self.sinks.push(sink);
        self.destinations.push(destination);
    }

    /// Where the files about an input go, one for each sink; none for sinks with one file for all.
    pub(super) fn claim(&mut self, input: &Input) -> Vec<Option<Target>> {
        let mut targets = Vec::new();
        for destination in &self.destinations {
            targets.push(match destination {
                Destination::Files { path, is_folder, existing } => {
                    let mark = annotate::MARK;
                    let wanted =
                        if *is_folder { path.join(beside(&input.place, mark, Some("docx"))) } else { path.clone() };
                    let free = free(&wanted, &self.claimed);
                    self.claimed.insert(free.clone());
                    Some(Target { path: free, existing: *existing })
                }
                _ => None,
            });
        }
        targets
    }

    /// Writes what stands before all inputs.
    pub(super) fn begin(&mut self) {
        self.write_all(|sink| match sink {
            Sink::Stream(renderer) => renderer.begin().into_bytes(),
            Sink::Annotated => Vec::new(),
        });
    }

    /// Writes the pieces of one input, one for each sink.
    pub(super) fn take(&mut self, pieces: Vec<Piece>) {
        if self.pieces > 0 {
            self.write_all(|sink| match sink {
                Sink::Stream(renderer) => renderer.between().as_bytes().to_vec(),
                Sink::Annotated => Vec::new(),
            });
        }
        self.pieces += 1;
        for (destination, piece) in self.destinations.iter_mut().zip(pieces) {
            self.failed |= destination.write(&piece.bytes);
            let Some((name, failure)) = piece.failure else { continue };
            // Of many files that some are not of Word is to be expected; of one it is all that was asked for.
            let is_folder = matches!(destination, Destination::Files { is_folder: true, .. });
            if is_folder && failure.code == annotate::NO_WORD_FILE {
                screen::complain(&format!("{}：{}\n", visible(&name), visible(&failure.message)));
            } else {
                screen::complain_of(&name, &failure);
                self.failed = true;
            }
        }
    }

    /// Writes what stands behind all inputs, and moves the files to their places.
    pub(super) fn end(mut self, summary: &Summary) -> bool {
        self.write_all(|sink| match sink {
            Sink::Stream(renderer) => renderer.end(summary).into_bytes(),
            Sink::Annotated => Vec::new(),
        });
        for destination in self.destinations {
            self.failed |= destination.close();
        }
        self.failed
    }

    /// Whether nobody is left to write for.
    pub(super) fn are_closed(&self) -> bool {
        self.destinations.iter().all(|destination| matches!(destination, Destination::Closed))
            && !self.destinations.is_empty()
    }

    fn write_all(&mut self, text: impl Fn(&Sink) -> Vec<u8>) {
        for (sink, destination) in self.sinks.iter().zip(&mut self.destinations) {
            self.failed |= destination.write(&text(sink));
        }
    }
}

/// A file about one input.
#[derive(Debug)]
pub(super) struct Target {
    path: PathBuf,
    existing: Existing,
}

impl Sink {
    fn new(format: Format, look: Look, packs: &Packs) -> Self {
        match format.shape() {
            Shape::Stream(format) => Self::Stream(format.renderer(look, packs)),
            Shape::Annotated => Self::Annotated,
        }
    }

    /// What it makes of an entry, which was read from `bytes` of the file at `input`. Files about it go to `target`.
    pub(super) fn piece(&self, entry: &Entry, bytes: &[u8], input: Option<&Path>, target: Option<&Target>) -> Piece {
        match (self, &entry.outcome) {
            (Self::Stream(renderer), _) => Piece { bytes: renderer.entry(entry).into_bytes(), failure: None },
            (Self::Annotated, Err(_)) => Piece::default(),
            (Self::Annotated, Ok(checked)) => match annotated(bytes, checked, input, target) {
                Ok(bytes) => Piece { bytes, failure: None },
                Err((at_target, failure)) => {
                    let name =
                        target.filter(|_| at_target).map_or_else(|| entry.path.clone(), |target| shown(&target.path));
                    Piece { bytes: Vec::new(), failure: Some((name, failure)) }
                }
            },
        }
    }
}

/// The annotated copy for a stream; nothing where it was written to `target`. A failure says whether it is about that.
fn annotated(
    bytes: &[u8],
    checked: &Checked,
    input: Option<&Path>,
    target: Option<&Target>,
) -> Result<Vec<u8>, (bool, Failure)> {
    let copy = annotate::copy(bytes, checked).map_err(|failure| (false, failure))?;
    let Some(Target { path, existing }) = target else { return Ok(copy) };
    if input.is_some_and(|input| write::is_same(input, path)) {
        return Err((true, write::same_file()));
    }
    write::write(path, &copy, *existing).map_err(|failure| (true, failure))?;
    Ok(Vec::new())
}

impl Destination {
    /// Writes bytes, or closes it and says why. Whether something was lost; what a reader that went away does not
    /// get is not.
    fn write(&mut self, bytes: &[u8]) -> bool {
        let failure = match self {
            Self::Standard(output) => match output.write_all(bytes) {
                Ok(()) => return false,
                Err(error) => return self.give_up(&error),
            },
            Self::File(file, name) => file.add(bytes).err().map(|failure| (name.clone(), failure)),
            Self::Files { .. } | Self::Closed => None,
        };
        let Some((name, failure)) = failure else { return false };
        screen::complain_of(&name, &failure);
        *self = Self::Closed;
        true
    }

    fn give_up(&mut self, error: &io::Error) -> bool {
        *self = Self::Closed;
        screen::write_failed(error) == Exit::Output
    }

    /// Writes what is still held back. Whether something was lost.
    fn close(mut self) -> bool {
        if let Self::Standard(output) = &mut self {
            return output.flush().err().is_some_and(|error| screen::write_failed(&error) == Exit::Output);
        }
        let Self::File(file, name) = self else { return false };
        let kept = file.keep();
        kept.inspect_err(|failure| screen::complain_of(&name, failure)).is_err()
    }
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
