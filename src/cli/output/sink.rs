//! What is made of each input: a piece of a stream, a file of its own, rows of a table. It runs side by side.

use std::path::PathBuf;

use crate::{
    Packs,
    cli::{
        annotate,
        args::{Format, Shape},
        load::shown,
        write::{self, Existing},
    },
    render::{Entry, Failure, Look, Renderer, Rows, Summary},
};

/// What is made of each input.
pub(in crate::cli) enum Sink {
    /// Text in one stream.
    Stream(Box<dyn Renderer>),
    /// A page.
    Page(Box<dyn Renderer>),
    /// An annotated copy of a Word file.
    Annotated,
    /// Rows of a workbook.
    Rows,
}

/// A piece of what is made of an input.
#[derive(Default)]
pub(in crate::cli) struct Piece {
    /// What comes next in the stream.
    pub bytes: Vec<u8>,
    /// What comes next in the workbook.
    pub rows: Option<Rows>,
    /// Why there is no file of this input: its name, and what is wrong.
    pub failure: Option<(String, Failure)>,
}

/// A file about one input.
#[derive(Debug)]
pub(in crate::cli) struct Target {
    pub(super) path: PathBuf,
    pub(super) existing: Existing,
    /// Whether it is an input of the run.
    pub(super) is_input: bool,
}

impl Sink {
    /// What `format` makes of each input. `is_apart`: into a file of its own, where the format can be both.
    pub(super) fn new(format: Format, is_apart: bool, look: Look, packs: &Packs) -> Self {
        match format.shape() {
            Shape::Page(format) if is_apart => Self::Page(format.renderer(look, packs)),
            Shape::Stream(format) | Shape::Page(format) => Self::Stream(format.renderer(look, packs)),
            Shape::Annotated => Self::Annotated,
            Shape::Workbook => Self::Rows,
        }
    }

    /// What it makes of an entry, which was read from `bytes`. A file about it goes to `target`.
    pub(in crate::cli) fn piece(&self, entry: &Entry, bytes: &[u8], target: Option<&Target>) -> Piece {
        let file = match (self, &entry.outcome) {
            (Self::Stream(renderer), _) => {
                return Piece { bytes: renderer.entry(entry).into_bytes(), ..Piece::default() };
            }
            (Self::Rows, _) => return Piece { rows: Some(Rows::of(entry)), ..Piece::default() },
            (Self::Annotated, Err(_)) => return Piece::default(),
            (Self::Annotated, Ok(checked)) => annotate::copy(bytes, checked),
            (Self::Page(renderer), _) => Ok(page(renderer.as_ref(), entry)),
        };
        let Some(target) = target else { return piece(file, &entry.path) };
        match file {
            Ok(bytes) => piece(target.write(&bytes).map(|()| Vec::new()), &shown(&target.path)),
            failure => piece(failure, &entry.path),
        }
    }
}

/// Bytes, or what is wrong with the file of this name.
fn piece(file: Result<Vec<u8>, Failure>, name: &str) -> Piece {
    match file {
        Ok(bytes) => Piece { bytes, ..Piece::default() },
        Err(failure) => Piece { failure: Some((name.to_owned(), failure)), ..Piece::default() },
    }
}

/// A page about one report alone.
fn page(renderer: &dyn Renderer, entry: &Entry) -> Vec<u8> {
    (renderer.begin() + &renderer.entry(entry) + &renderer.end(&Summary::of(entry))).into_bytes()
}

impl Target {
    fn write(&self, bytes: &[u8]) -> Result<(), Failure> {
        if self.is_input { Err(write::same_file()) } else { write::write(&self.path, bytes, self.existing) }
    }
}
